//! Writing results: to standard output, or to a file that appears whole or not at all.

use std::io::{self, Write};

use consilience::{Error, Result, text};
use serde::Serialize;

use crate::args::OutputArgs;

/// Writes a finished text where the user wants it.
pub fn write(args: &OutputArgs, contents: &str) -> Result<()> {
    match &args.output {
        Some(path) => text::write(path, contents.as_bytes()),
        None => {
            let mut out = io::stdout().lock();
            match out.write_all(contents.as_bytes()).and_then(|()| out.flush()) {
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

fn failed(path: &str, error: &io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        found: format!("cannot be written ({error})"),
        remedy: "choose a file in a folder that exists and may be written to".to_owned(),
    }
}

/// Prints a note to standard error.
pub fn note(note: &str) {
    // Nothing can be done if standard error is gone.
    let _ = writeln!(io::stderr().lock(), "note: {}", text::visible(note));
}

/// Prints an error to standard error.
pub fn report(error: &Error) {
    let mut err = io::stderr().lock();
    // Nothing can be done if standard error is gone.
    let _ = writeln!(err, "error: {error}");
}
