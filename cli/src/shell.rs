//! Companions of the program: completions for shells, manual pages.

use std::{fs, io, path::Path};

use clap_complete::Shell;
use consilience::{Error, Result};

use crate::{help, output};

/// Prints what a shell needs to complete commands and options.
pub fn completions(shell: Shell) -> Result<()> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut help::commands(), "consilience", &mut text);
    output::print(&String::from_utf8_lossy(&text))
}

/// Writes a manual page for every command.
pub fn manual(folder: &Path) -> Result<()> {
    let written = |result: io::Result<()>| {
        result.map_err(|e| Error::File {
            path: folder.display().to_string(),
            found: format!("cannot be written ({e})"),
            remedy: "name a folder that may be written to".to_owned(),
        })
    };
    written(fs::create_dir_all(folder))?;
    written(clap_mangen::generate_to(help::commands(), folder))
}
