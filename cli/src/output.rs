//! Writing results: to standard output, or to a file that appears whole or not at all.

use std::{
    io::{self, IsTerminal as _, Write},
    path::{Path, PathBuf},
};

use clap::builder::styling::{AnsiColor, Effects, Style};
use consilience::{
    Error, Result,
    plot::ImageFormat,
    request::{Answer, AnswerFigure, Format, Rendering},
    text::{csv_safe, visible},
};

use crate::{OutputArgs, report_format};

const HEADING: Style = Style::new().bold();
const NOTE: Style = AnsiColor::Yellow.on_default();
const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);

/// Writes an answer where the user wants it: its figure or report to a file that is named, else its text.
pub fn write(args: &OutputArgs, answer: &Answer) -> Result<()> {
    let format = if answer.is_report() { Format::Markdown } else { args.format()? };
    if args.csv_safe && format != Format::Csv {
        let remedy = "add --format csv, or leave it out";
        return Err(Error::setting("--csv-safe", "the result is not written as CSV", remedy));
    }
    let figures = answer.figures.iter().filter_map(|figure| figure.file.as_ref());
    for path in args.output.iter().chain(figures) {
        spare_sources(path, answer)?;
    }
    let rendering = Rendering::new(format).quiet(args.quiet);
    for figure in &answer.figures {
        if let Some(path) = &figure.file {
            draw(figure, path, args.quiet, answer)?;
        }
    }
    match (&args.output, answer.figures.iter().find(|figure| figure.file.is_none())) {
        (Some(path), Some(figure)) => draw(figure, path, args.quiet, answer)?,
        (Some(path), None) if answer.is_report() => {
            let bytes = answer.report_file(report_format(args)?)?.unwrap_or_default();
            consilience::text::write(path, &bytes)?;
        }
        (output, _) => {
            let report = if answer.is_report() { answer.report(report_format(args)?)? } else { None };
            let text = match report {
                Some(report) => report,
                None => answer.render(rendering)?.unwrap_or_default(),
            };
            let text = if args.csv_safe { csv_safe(&visible(&text)) } else { text };
            match output {
                Some(path) => consilience::text::write(path, text.as_bytes())?,
                None if format == Format::Text && shows_color() => print(&colored(&text))?,
                // Values stay as they are in what another program reads.
                None if io::stdout().is_terminal() => print(&visible(&text))?,
                None => print(&text)?,
            }
        }
    }
    if !args.quiet {
        answer.notes.iter().for_each(|text| note(text));
        if format == Format::Csv {
            let within = answer.result_notes();
            within.iter().filter(|text| !answer.notes.contains(text)).for_each(|text| note(text));
        }
    }
    Ok(())
}

/// Refuses to write over what an answer rests on: its data, its settings, and what standard input reads.
fn spare_sources(path: &Path, answer: &Answer) -> Result<()> {
    let settings = answer.settings.iter().map(|taken| taken.file.as_str());
    let sources = answer.sources.iter().map(|source| source.name.as_str());
    sources.chain(settings).chain(["/dev/stdin"]).try_for_each(|source| spare(path, Path::new(source)))
}

/// Refuses to write over a file that was read, under whatever name.
pub fn spare(path: &Path, source: &Path) -> Result<()> {
    let same = path
        .canonicalize()
        .is_ok_and(|target| target.is_file() && source.canonicalize().is_ok_and(|source| source == target));
    match same {
        true => Err(Error::File {
            path: path.display().to_string(),
            found: format!("is the file that was read ({}), and is left as it was", source.display()),
            remedy: "choose another name for the result".to_owned(),
        }),
        false => Ok(()),
    }
}

/// Writes a figure to a file, and says what a reader cannot see in it.
fn draw(figure: &AnswerFigure, path: &Path, quiet: bool, answer: &Answer) -> Result<()> {
    let files = figure.files(ImageFormat::of(path)?)?;
    let several = files.len() > 1;
    if several {
        (1..=files.len()).try_for_each(|page| spare_sources(&numbered(path, page), answer))?;
    }
    for (page, drawing) in files.iter().enumerate() {
        let file = if several { numbered(path, page + 1) } else { path.to_owned() };
        consilience::text::write(file, &drawing.bytes)?;
        if !quiet {
            drawing.notes.iter().filter(|text| !answer.notes.contains(text)).for_each(|text| note(text));
        }
    }
    if several && !quiet {
        note(&format!("{} pages, from {} on", files.len(), numbered(path, 1).display()));
    }
    Ok(())
}

/// `forest-2.svg` for page 2 of `forest.svg`.
fn numbered(path: &Path, page: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{page}.{extension}"))
}

/// True if standard output is a terminal that shows color, and nobody has asked for none (`NO_COLOR`).
fn shows_color() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// The text with its first line and the headings of its sections in bold.
fn colored(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut above = "";
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let heading = words.ends_with(':') && !words.starts_with([' ', '-']);
        if above.trim().is_empty() && (heading || out.is_empty()) && !words.is_empty() {
            out += &format!("{HEADING}{words}{HEADING:#}\n");
        } else {
            out += line;
        }
        above = line;
    }
    out
}

/// Prints to standard output.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // The reader has gone, as `head` does: nothing more to do.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(failed("standard output", &e)),
        Ok(()) => Ok(()),
    }
}

fn failed(path: &str, error: &io::Error) -> Error {
    // The temporary file that could not be made beside the target is no concern of the user's.
    let reason = error.to_string();
    let reason = reason.split(" at path ").next().unwrap_or_default();
    Error::File {
        path: path.to_owned(),
        found: format!("cannot be written ({reason})"),
        remedy: "choose a file in a folder that exists and may be written to".to_owned(),
    }
}

/// Prints a note to standard error.
pub fn note(note: &str) {
    // Nothing can be done if standard error is gone.
    let _ = writeln!(anstream::stderr().lock(), "{NOTE}note:{NOTE:#} {}", visible(note));
}

/// Prints what is wrong with the command line, which may hold what acts on a terminal.
pub fn refuse(text: &str) {
    // Nothing can be done if standard error is gone.
    let _ = write!(io::stderr().lock(), "{}", visible(text));
}

/// Prints an error to standard error.
pub fn report(error: &Error) {
    // Nothing can be done if standard error is gone.
    let _ = writeln!(anstream::stderr().lock(), "{ERROR}error:{ERROR:#} {error}");
}
