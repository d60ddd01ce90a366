//! The program `consilience`: a thin shell over the library. It parses, asks and prints; every number is a field of a public
//! library type.
//!
//! Exit status: 0 done; 1 the data or the model cannot give an answer; 2 the command line is wrong; 130 interrupted. Errors go to standard
//! error; standard output then stays empty and an existing output file is left as it was.

mod help;
mod host;
mod output;
mod settings;
mod shell;

use std::{
    error::Error as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, FromArgMatches, Parser, Subcommand};
use consilience::{
    Error, Result,
    plot::ImageFormat,
    request::{Command, Format, Host, OF_ANALYSIS, ReportFormat, Request, Taken, UNREAD, check_given, given},
};
use settings::Applied;

/// Evidence synthesis: meta-analysis and cost-effectiveness.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    output: OutputArgs,
}

/// A question to the program.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)] // one in a run of the program
enum Verb {
    #[command(flatten)]
    Ask(Command),
    /// Answer a request in a JSON file: `{"command": "pool", "data": "trials.csv", "measure": "RR"}`.
    Run {
        /// The file with the request; `-` reads standard input. Options are keys, with `_` between words.
        #[arg(value_name = "REQUEST.json")]
        request: PathBuf,
    },
    /// Print what a shell needs to complete commands and options.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder; it is made if it does not exist.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

/// The output.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
struct OutputArgs {
    /// The format of the result; without it as the name of the output file says (.json, .csv, .md), else as text.
    #[arg(long, value_enum, global = true)]
    format: Option<Format>,
    /// The file to write; standard output without it.
    #[arg(long, short, value_name = "FILE", global = true)]
    output: Option<PathBuf>,
    /// Leave out what is printed beside the result (the plain-text forest plot).
    #[arg(long, short, global = true)]
    quiet: bool,
    /// With --format csv: an apostrophe before cells that a spreadsheet would take for a formula (=, +, -, @); numbers stay.
    #[arg(long, global = true)]
    csv_safe: bool,
}

impl OutputArgs {
    /// The format that is named, or that of the file by its ending; the two must agree.
    fn format(&self) -> Result<Format> {
        let ending =
            self.output.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
        let by_name = match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Some(Format::Json),
            Some("csv") => Some(Format::Csv),
            Some("md" | "markdown") => Some(Format::Markdown),
            _ => None,
        };
        match (self.format, by_name) {
            (Some(chosen), Some(by_name)) if chosen != by_name => {
                Err(self.contradiction("of another format"))
            }
            (chosen, by_name) => Ok(chosen.or(by_name).unwrap_or(Format::Text)),
        }
    }

    /// Refuses a look of numbers for an output that holds all digits, and logarithms.
    fn shows(&self, look: Option<&str>) -> Result<()> {
        let name = match (look, self.format()) {
            (Some(name), Ok(Format::Json | Format::Csv)) => name,
            _ => return Ok(()),
        };
        let found = "JSON and CSV hold all digits on the scale of the analysis";
        Err(Error::setting(format!("--{name}"), found, "leave it out, or take text or Markdown"))
    }

    fn contradiction(&self, found: &str) -> Error {
        let file = self.output.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        Error::setting(
            "--format",
            format!("the name of the file, {file}, is {found}"),
            "leave out --format, or name the file accordingly",
        )
    }
}

/// Lets an allocation that fails end the program with the status of an error in place of a crash; the standard library says what
/// failed.
#[cfg(unix)]
fn end_without_memory() {
    let always = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    // without the handler the program ends all the same
    let _ = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGABRT, 1, always);
}

#[cfg(not(unix))]
fn end_without_memory() {}

fn main() -> ExitCode {
    end_without_memory();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(status(&error))
        }
    }
}

/// Reads the command line over the settings of the review, and does what it asks.
fn run() -> Result<()> {
    let Applied { commands, taken } = settings::applied(help::commands())?;
    let said = || {
        if let Some(taken) = &taken {
            output::note(&taken.sentence());
        }
    };
    let refused = |error: clap::Error| -> ! {
        if error.use_stderr() {
            said();
            if let Some(own) = error.source().and_then(|source| source.downcast_ref::<Error>()) {
                output::report(own);
                std::process::exit(i32::from(status(own)));
            }
            output::refuse(&error.render().to_string());
            std::process::exit(2);
        }
        // Help and version.
        error.exit()
    };
    let matches = commands.try_get_matches().unwrap_or_else(|error| refused(error));
    let asked = Cli::from_arg_matches(&matches).unwrap_or_else(|error| refused(error));
    let mut given = given(&matches);
    // The look of numbers on the command line must have an effect; in the settings it holds where there are such numbers, and the choices
    // of an analysis hold for the figures that show them.
    let look = given.iter().find(|name| ["log", "digits"].contains(&name.as_str())).cloned();
    let settings = taken.iter().flat_map(|taken| &taken.keys);
    let figure = matches!(&asked.verb, Verb::Ask(Command::Plot(_)));
    let lenient = |key: &str| ["log", "digits"].contains(&key) || figure && OF_ANALYSIS.contains(&key);
    given.extend(settings.filter(|key| !lenient(key)).cloned());
    let done = match &asked.verb {
        Verb::Completions { shell } => shell::completions(*shell),
        Verb::Man { folder } => shell::manual(folder),
        _ => asked.output.shows(look.as_deref()).and_then(|()| answer(&asked, &given, taken.as_ref())),
    };
    if done.is_err() || !asked.output.quiet {
        said();
    }
    done
}

/// Asks the library, and writes what it answers.
fn answer(cli: &Cli, given: &[String], taken: Option<&settings::Taken>) -> Result<()> {
    let words = taken.map(settings::Taken::words).unwrap_or_default();
    let host = host::Machine::new(!cli.output.quiet, words.clone());
    let request = match &cli.verb {
        Verb::Ask(command) => {
            check_given(command, given)?;
            Request::new(command.clone())
        }
        Verb::Run { request } => read(request, &host)?,
        Verb::Completions { .. } | Verb::Man { .. } => return Ok(()),
    };
    check(request.command(), &cli.output)?;
    if let (Verb::Run { request }, Some(path)) = (&cli.verb, &cli.output.output) {
        output::spare(path, request)?;
    }
    host.watch();
    let answer = request.run(&host);
    host.done();
    let mut answer = answer?;
    // Columns in the settings are those of all commands.
    if taken.is_some_and(|taken| taken.keys.iter().any(|key| key == "columns")) {
        answer.notes.retain(|note| !note.starts_with(UNREAD));
    }
    answer.settings = taken.map(|taken| Taken { file: taken.file.clone(), options: words });
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
        (Command::Report(_) | Command::NetworkReport(_), _) => report_format(output).map(|_| ()),
        (Command::Plot(_), Some(_)) if output.format.is_some() => {
            Err(output.contradiction("that of a figure, which takes its format from it"))
        }
        (Command::Plot(_), Some(path)) => ImageFormat::of(path).map(|_| ()),
        (Command::Plot(_), None) if output.format.is_some_and(|format| format != Format::Text) => {
            let found = "a figure is drawn as text, or to a file that ends in .svg, .png or .pdf";
            let remedy = "leave it out; the numbers are those of the command of the analysis, such as `pool --format json`";
            Err(Error::setting("--format", found, remedy))
        }
        (Command::Plot(plot), None) if !plot.has_text() => Err(Error::setting(
            "--output",
            "this kind of figure has no text form",
            "name a file: -o figure.svg, figure.png or figure.pdf",
        )),
        (_, path) => {
            path.as_deref().map_or(Ok(()), check_ending)?;
            output.format().map(|_| ())
        }
    }
}

/// Refuses a file that other programs would take for a workbook, a document or a picture, which a result in text is none of.
fn check_ending(path: &Path) -> Result<()> {
    const OTHERS: [&str; 13] =
        ["xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "doc", "rtf", "html", "htm", "pdf", "svg", "png"];
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !OTHERS.contains(&ending.as_str()) {
        return Ok(());
    }
    let found = format!("{}: the result is a text, no .{ending}", path.display());
    let remedy = "name a file that ends in .csv (which spreadsheets open), .json, .md or .txt; `report` writes documents, `plot` figures";
    Err(Error::setting("--output", found, remedy))
}

/// The format of a report by the name of its file; Markdown without one.
fn report_format(output: &OutputArgs) -> Result<ReportFormat> {
    match (&output.output, output.format) {
        (Some(path), chosen) => match (ReportFormat::of(path)?, chosen) {
            (format, None) | (format @ ReportFormat::Markdown, Some(Format::Markdown)) => Ok(format),
            _ => Err(output.contradiction("that of a report, which takes its format from it")),
        },
        (None, None | Some(Format::Text | Format::Markdown)) => Ok(ReportFormat::Markdown),
        (None, Some(Format::Json | Format::Csv)) => Err(Error::setting(
            "--format",
            "a report is HTML, Markdown, RTF or a Word file",
            "name a file with --output that ends in .html, .md, .rtf or .docx; for numbers use `pool --format json`",
        )),
    }
}

/// 2 where the command line is at fault, 1 where data, model or files are.
fn status(error: &Error) -> u8 {
    match error {
        Error::Interrupted { .. } => host::INTERRUPTED,
        Error::Unknown { .. } | Error::Setting { .. } => 2,
        _ => 1,
    }
}
