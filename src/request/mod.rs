//! The front door: one request for each command, and the answer that every door shows.
//!
//! The program, Python and the browser page fill a [`Request`] (from JSON, or from words), call [`Request::run`] with a [`Host`] (which opens the sources that
//! the request names) and show the [`Answer`]: text in four formats, figures, reports, notes. Nothing here prints, and nothing
//! reads or writes by itself.
//!
//! # Adding a command
//!
//! 1. Its options: a struct `NameArgs` in `args/name.rs`, each field with the help text as its doc comment and its option as
//!    `#[arg(long)]`; what several commands share (`InputArgs`, `EffectArgs`, `ModelArgs`) is
//!    flattened. Formats and files of the output are no business of a command. The JSON of the request follows from them.
//! 2. A variant in [`Command`] (with the line of help), and an arm in [`Command::run`].
//! 3. Its work in `name.rs`: `pub fn run(args: &NameArgs, inputs: &Inputs<'_>) -> Result<Answer>` reads with
//!    `data::read(inputs, &args.input)` (further files with `inputs.table(path)`), computes, and ends with
//!    `Answer::new("name", move |how| Ok(match how.format { Format::Json => json("name", &result)?, ... }))`, so that text is
//!    made only when it is asked for. A figure is added with [`AnswerFigure`], a remark beside the result with `notes`.
//! 4. Long loops of the library ask [`stat::progress`](crate::stat::progress), which hears the host, and end with what there is.

mod answer;
#[cfg(feature = "schema")]
mod answer_schema;
mod applies;
mod args;
mod bias;
mod by;
mod convert;
mod data;
mod economics;
mod effects;
mod examples;
mod explain;
mod field;
mod finite;
mod glmm;
mod host;
mod influence;
mod json;
mod measures;
mod multilevel;
mod network;
mod plot;
mod pool;
mod regress;
mod report;
mod reproduce;
mod schema;
mod settings;

pub use answer::{Answer, AnswerFigure, Drawing, Format, Rendering, ReportFormat, SCHEMA, Taken, VERSION};
#[cfg(feature = "schema")]
pub use answer_schema::answer_schema;
pub use applies::{OF_ANALYSIS, check_given, given};
pub use args::*;
pub use examples::examples;
pub use host::{Host, Source, UNREAD};
pub use json::{NoFiles, Request};
pub use schema::request_schema;
pub use settings::{SETTINGS, Setting, Settings};

use crate::Result;
use answer::json;
use host::Inputs;

impl Command {
    /// Answers the request.
    ///
    /// # Errors
    ///
    /// All that can be wrong with options, sources, data and models.
    pub fn run(&self, host: &dyn Host) -> Result<Answer> {
        let Some(progress) = host.progress() else { return self.divided(host) };
        let mut answer = progress.during(|| self.divided(host))?;
        answer.cut = progress.cuts().iter().map(ToString::to_string).collect();
        answer.notes.extend(answer.cut.iter().cloned());
        Ok(answer)
    }

    /// Answers the request, for each level of a column where that is asked.
    fn divided(&self, host: &dyn Host) -> Result<Answer> {
        let inputs = &Inputs::new(host);
        let divided = self.divisible().and_then(|division| Some((division.column?, division)));
        let mut answer = match divided {
            Some((column, division)) => by::run(self, column, &division, inputs),
            None => self.answer(inputs),
        }?;
        answer.sources = inputs.sources();
        // A report reads its data when it is written.
        if !answer.is_report() {
            answer.notes.extend(inputs.unasked());
        }
        if !inputs.untold(&answer.notes).is_empty() {
            let known: Vec<String> = answer.notes.iter().cloned().chain(answer.result_notes()).collect();
            answer.notes.extend(inputs.untold(&known));
        }
        Ok(answer)
    }

    /// Answers the request about the data that the inputs give.
    fn answer(&self, inputs: &Inputs<'_>) -> Result<Answer> {
        match self {
            Command::Effects(args) => effects::run(args, inputs),
            Command::Pool(args) => pool::run(args, inputs),
            Command::Regress(args) => regress::run(args, inputs),
            Command::Glmm(args) => glmm::run(args, inputs),
            Command::Multilevel(args) => multilevel::run(args, inputs),
            Command::Network(args) => network::run(args, inputs),
            Command::Influence(args) => influence::run(args, inputs),
            Command::Bias(args) => bias::run(args, inputs),
            Command::Economics(command) => economics::run(command, inputs),
            Command::Convert(command) => convert::run(command, inputs),
            Command::Plot(command) => plot::run(command, inputs),
            Command::Report(args) => report::run(args, inputs),
            Command::NetworkReport(args) => network::review(args, inputs),
            Command::Reproduce(args) => reproduce::run(args),
            Command::Measures(args) => measures::run(args),
            Command::Roles(args) => measures::roles(args),
            Command::Explain(args) => explain::run(args),
        }
    }
}
