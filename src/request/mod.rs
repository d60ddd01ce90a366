//! The front door: one request for each command, and the answer that every door shows.

mod answer;
mod args;
mod bias;
mod convert;
mod data;
mod economics;
mod effects;
mod host;
mod influence;
mod multilevel;
mod plot;
mod pool;
mod regress;
mod report;
mod reproduce;

pub use answer::{Answer, Drawing, Figure, Format, Rendering, ReportFormat};
pub use args::*;
pub use host::{Host, Source};

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
        let inputs = &Inputs::new(host);
        let mut answer = match self {
            Command::Effects(args) => effects::run(args, inputs),
            Command::Pool(args) => pool::run(args, inputs),
            Command::Regress(args) => regress::run(args, inputs),
            Command::Multilevel(args) => multilevel::run(args, inputs),
            Command::Influence(args) => influence::run(args, inputs),
            Command::Bias(args) => bias::run(args, inputs),
            Command::Economics(command) => economics::run(command, inputs),
            Command::Convert(command) => convert::run(command, inputs),
            Command::Plot(command) => plot::run(command, inputs),
            Command::Report(args) => report::run(args, inputs),
            Command::Reproduce(args) => reproduce::run(args),
        }?;
        answer.sources = inputs.sources();
        Ok(answer)
    }
}
