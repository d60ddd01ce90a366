//! The program `consilience`: a thin shell over the library. It parses, asks and prints; every number is a field of a public
//! library type.
//!
//! Exit status: 0 done; 1 the data or the model cannot give an answer; 2 the command line is wrong. Errors go to standard
//! error; standard output then stays empty and an existing output file is left as it was.

mod host;
mod output;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use consilience::{
    Error, Result,
    plot::ImageFormat,
    request::{Command, Format, Host, ReportFormat, Request},
};

/// Evidence synthesis: meta-analysis and cost-effectiveness.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    output: OutputArgs,
}

/// What the program is asked.
#[derive(Debug, Subcommand)]
enum Verb {
    #[command(flatten)]
    Ask(Command),
    /// Answer a request in a JSON file: `{"command": "pool", "data": "trials.csv", "measure": "RR"}`.
    Run {
        /// The file with the request; `-` reads standard input. Options are keys, with `_` between words.
        #[arg(value_name = "REQUEST.json")]
        request: PathBuf,
    },
}

/// How results are written.
#[derive(Debug, Clone, Args)]
struct OutputArgs {
    /// How the result is written.
    #[arg(long, value_enum, default_value = "text", global = true)]
    format: Format,
    /// The file to write; standard output without it.
    #[arg(long, short, value_name = "FILE", global = true)]
    output: Option<PathBuf>,
    /// Leave out what is printed beside the result (the plain-text forest plot).
    #[arg(long, short, global = true)]
    quiet: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match answer(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(status(&error))
        }
    }
}

/// Asks the library, and writes what it answers.
fn answer(cli: &Cli) -> Result<()> {
    let host = host::Machine::new(!cli.output.quiet);
    let request = match &cli.verb {
        Verb::Ask(command) => Request::new(command.clone()),
        Verb::Run { request } => read(request, &host)?,
    };
    check(request.command(), &cli.output)?;
    let answer = request.run(&host)?;
    output::write(&cli.output, &answer)
}

/// The request in a file.
fn read(path: &Path, host: &host::Machine) -> Result<Request> {
    let name = path.display().to_string();
    let mut text = String::new();
    host.open(path).and_then(|mut reader| reader.read_to_string(&mut text)).map_err(|e| Error::File {
        path: name,
        found: format!("cannot be read ({e})"),
        remedy: "name a JSON file that exists and may be read".to_owned(),
    })?;
    text.parse()
}

/// Refuses an output that the answer cannot have before anything is computed.
fn check(command: &Command, output: &OutputArgs) -> Result<()> {
    match (command, &output.output) {
        (Command::Report(_), _) => report_format(output).map(|_| ()),
        (Command::Plot(_), Some(path)) => ImageFormat::of(path).map(|_| ()),
        (Command::Plot(plot), None) if !plot.has_text() => Err(Error::setting(
            "--output",
            "this kind of figure has no text form",
            "name a file: -o figure.svg, figure.png or figure.pdf",
        )),
        _ => Ok(()),
    }
}

/// The format of a report by the name of its file; Markdown without one.
fn report_format(output: &OutputArgs) -> Result<ReportFormat> {
    match (&output.output, output.format) {
        (Some(path), _) => ReportFormat::of(path),
        (None, Format::Text | Format::Markdown) => Ok(ReportFormat::Markdown),
        (None, Format::Json | Format::Csv) => Err(Error::setting(
            "--format",
            "a report is HTML, Markdown or RTF",
            "name a file with --output that ends in .html, .md or .rtf; for numbers use `pool --format json`",
        )),
    }
}

/// 2 where the command line is at fault, 1 where data, model or files are.
fn status(error: &Error) -> u8 {
    match error {
        Error::Unknown { .. } | Error::Setting { .. } => 2,
        _ => 1,
    }
}
