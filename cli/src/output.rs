//! Writing results: to standard output, or to a file that appears whole or not at all.

use std::{
    io::{self, Write},
    path::Path,
};

use consilience::{
    Error, Result,
    plot::ImageFormat,
    request::{Answer, Figure, Format, Rendering},
};

use crate::{OutputArgs, report_format};

/// Writes an answer where the user wants it: its figure or report to a file that is named, else its text.
pub fn write(args: &OutputArgs, answer: &Answer) -> Result<()> {
    let format = if answer.is_report() { Format::Markdown } else { args.format()? };
    let rendering = Rendering::new(format).quiet(args.quiet);
    for figure in &answer.figures {
        if let Some(path) = &figure.file {
            draw(figure, path, args.quiet)?;
        }
    }
    match (&args.output, answer.figures.iter().find(|figure| figure.file.is_none())) {
        (Some(path), Some(figure)) => draw(figure, path, args.quiet)?,
        (output, _) => {
            let report = if answer.is_report() { answer.report(report_format(args)?)? } else { None };
            let text = match report {
                Some(report) => report,
                None => answer.render(rendering)?.unwrap_or_default(),
            };
            match output {
                Some(path) => write_file(path, text.as_bytes())?,
                None => print(&text)?,
            }
        }
    }
    if !args.quiet {
        answer.notes.iter().for_each(|text| note(text));
    }
    Ok(())
}

/// Writes a figure to a file, and says what a reader cannot see in it.
fn draw(figure: &Figure, path: &Path, quiet: bool) -> Result<()> {
    let drawing = figure.draw(ImageFormat::of(path)?)?;
    write_file(path, &drawing.bytes)?;
    if !quiet {
        drawing.notes.iter().for_each(|text| note(text));
    }
    Ok(())
}

fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // The reader has gone, as `head` does: nothing more to do.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(failed("standard output", &e)),
        Ok(()) => Ok(()),
    }
}

/// Writes bytes to a temporary file beside the target and moves it there.
fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = path.display().to_string();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| failed(&name, &e))?;
    file.write_all(bytes).map_err(|e| failed(&name, &e))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = std::fs::metadata(path).map(|m| m.permissions());
        let permissions = permissions.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o644));
        file.as_file().set_permissions(permissions).map_err(|e| failed(&name, &e))?;
    }
    file.persist(path).map_err(|e| failed(&name, &e.error))?;
    Ok(())
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
fn note(note: &str) {
    // Nothing can be done if standard error is gone.
    let _ = writeln!(io::stderr().lock(), "note: {note}");
}

/// Prints an error to standard error.
pub fn report(error: &Error) {
    let mut err = io::stderr().lock();
    // Nothing can be done if standard error is gone.
    let _ = writeln!(err, "error: {error}");
}
