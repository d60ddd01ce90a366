//! The gallery: every kind is on its page, and each command there draws, byte for byte, the figure that stands above it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{fs, path::PathBuf, process::Command};

use tempfile::TempDir;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The words of a command; double quotes keep spaces.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// The file and the command of each figure of the page.
fn page() -> Vec<(String, Vec<String>)> {
    let page = fs::read_to_string(project().join("docs/gallery.md")).unwrap();
    let mut out = Vec::new();
    let mut file = String::new();
    for line in page.lines() {
        if let Some((_, rest)) = line.split_once("](gallery/") {
            file = rest.trim_end_matches(')').to_owned();
        }
        if let Some(command) = line.strip_prefix("consilience plot ") {
            out.push((std::mem::take(&mut file), words(command)));
        }
    }
    out
}

#[test]
fn each_command_draws_its_figure() {
    let folder = TempDir::new().unwrap();
    for (file, command) in page() {
        let path = folder.path().join(&file);
        let output = Command::new(env!("CARGO_BIN_EXE_consilience"))
            .current_dir(project())
            .arg("plot")
            .args(&command)
            .arg("-o")
            .arg(&path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
        let (drawn, kept) = (
            fs::read_to_string(&path).unwrap(),
            fs::read_to_string(project().join("docs/gallery").join(&file)),
        );
        assert!(
            kept.is_ok_and(|kept| kept == drawn),
            "docs/gallery/{file} is not what its command draws: run `cargo run --example gallery` and look at it"
        );
    }
}

#[test]
fn every_kind_and_no_stray_file_is_there() {
    let pages = page();
    let help = Command::new(env!("CARGO_BIN_EXE_consilience")).args(["plot", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let kinds: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|kind| *kind != "help")
        .collect();
    assert!(kinds.len() > 40, "{kinds:?}");
    for kind in kinds {
        assert!(pages.iter().any(|(_, command)| command[0] == kind), "no figure of kind {kind}");
    }
    for entry in fs::read_dir(project().join("docs/gallery")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(pages.iter().any(|(file, _)| *file == name), "{name} is on no page");
    }
}
