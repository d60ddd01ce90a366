//! Writing results: to standard output, or to a file that appears whole or not at all.

use std::{
    io::{self, Write},
    path::Path,
};

use consilience::{Error, Result};
use serde::Serialize;

use crate::args::OutputArgs;

/// Writes a finished text where the user wants it.
pub fn write(args: &OutputArgs, text: &str) -> Result<()> {
    match &args.output {
        Some(path) => write_file(path, text),
        None => {
            let mut out = io::stdout().lock();
            match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                // The reader has gone, as `head` does: nothing more to do.
                Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                Err(e) => Err(failed("standard output", &e)),
                Ok(()) => Ok(()),
            }
        }
    }
}

/// The JSON of a result, with the command's name first.
pub fn json<T: Serialize>(command: &'static str, result: &T) -> Result<String> {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        command: &'static str,
        #[serde(flatten)]
        result: &'a T,
    }
    serde_json::to_string_pretty(&Envelope { command, result }).map(|text| text + "\n").map_err(|e| {
        Error::model(format!("the result cannot be written as JSON ({e})"), "choose another format")
    })
}

/// Writes a text to a temporary file beside the target and moves it there.
fn write_file(path: &Path, text: &str) -> Result<()> {
    let name = path.display().to_string();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| failed(&name, &e))?;
    file.write_all(text.as_bytes()).map_err(|e| failed(&name, &e))?;
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
pub fn note(note: &str) {
    // Nothing can be done if standard error is gone.
    let _ = writeln!(io::stderr().lock(), "note: {note}");
}

/// Prints an error to standard error.
pub fn report(error: &Error) {
    let mut err = io::stderr().lock();
    // Nothing can be done if standard error is gone.
    let _ = writeln!(err, "error: {error}");
}
