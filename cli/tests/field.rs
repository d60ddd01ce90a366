//! The field cases: files as people have them, with what the program answers (see tests/data/field/README.md).
#![allow(clippy::unwrap_used, clippy::panic)]

mod schema;

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// Cases that do not hold, with the reason: `fsn(type = "General")` of metafor can answer one more than the smallest number, which is
/// 25 here (tests of fail-safe numbers, `tests/data/metafor`).
const PENDING: &[&str] = &["fail-safe-n-general-heterogeneous-nulls"];

/// The time in which the program answers; tests run without optimization, several at once.
const PATIENCE: Duration = Duration::from_secs(60);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/field")
}

/// The value at a dotted path; a key may itself hold dots.
fn at<'a>(tree: &'a Value, path: &str) -> Option<&'a Value> {
    if path.is_empty() {
        return Some(tree);
    }
    if let Value::Array(items) = tree {
        let (head, rest) = path.split_once('.').unwrap_or((path, ""));
        return at(items.get(head.parse::<usize>().ok()?)?, rest);
    }
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    ends.iter().find_map(|end| {
        let rest = path.get(*end..)?.trim_start_matches('.');
        at(tree.as_object()?.get(path.get(..*end)?)?, rest)
    })
}

fn agrees(expected: &Value, got: &Value, tolerance: f64) -> bool {
    match (expected.as_f64(), got.as_f64()) {
        (Some(expected), Some(got)) => (got - expected).abs() <= tolerance * expected.abs().max(1.0),
        _ => expected == got,
    }
}

fn words<'a>(case: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    case.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Runs the program in a folder; status, standard output and standard error.
fn run(case: &Value, folder: &Path) -> Result<(i32, String, String), String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_consilience"))
        .args(words(case, "args"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |pipe: &mut dyn Read| {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let (out, err) = (thread::spawn(move || read(&mut out)), thread::spawn(move || read(&mut err)));
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                child.kill().unwrap();
                return Err("no answer".to_owned());
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    Ok((status.code().unwrap_or(-1), out.join().unwrap(), err.join().unwrap()))
}

fn check(case: &Value, folder: &Path, answers: &Value) -> Result<(), String> {
    let (status, out, err) = run(case, folder)?;
    let wanted = case["exit"].as_i64().unwrap();
    if i64::from(status) != wanted {
        return Err(format!("status {status}, not {wanted}: {err}"));
    }
    // Every command of every case, whatever else is expected: JSON has no place for a number that is none.
    if out.starts_with('{') && out.contains("\"not_finite\"") {
        return Err(format!("numbers that are none: {out}"));
    }
    for (key, text) in [("stderr_contains", &err), ("stdout_contains", &out)] {
        if let Some(word) = words(case, key).find(|word| !text.to_lowercase().contains(&word.to_lowercase()))
        {
            return Err(format!("{key} lacks {word:?}: {text}"));
        }
    }
    if out.starts_with('{') && !words(case, "args").any(|word| word == "plot") {
        let answer = serde_json::from_str(&out).map_err(|e| format!("no JSON: {e}"))?;
        if let Some(fault) = schema::fault(answers, answers, &answer) {
            return Err(format!("not as the schema of answers says{fault}"));
        }
    }
    let Some(expected) = case["expect"].as_object().filter(|expected| !expected.is_empty()) else {
        return Ok(());
    };
    let tree: Value = serde_json::from_str(&out).map_err(|e| format!("no JSON: {e}"))?;
    let tolerance = case.get("tolerance").and_then(Value::as_f64).unwrap_or(1e-6);
    for (path, value) in expected {
        match at(&tree, path) {
            None => return Err(format!("{path} is missing")),
            Some(got) if !agrees(value, got, tolerance) => {
                return Err(format!("{path} is {got}, not {value}"));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Runs the cases of a set on a copy of its folder.
fn holds(set: &str) {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(root().join(set)).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    let text = std::fs::read_to_string(copy.path().join("cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(!cases.is_empty());
    let answers = schema::shipped("answer.json");
    let mut wrong = Vec::new();
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        if PENDING.contains(&id) {
            continue;
        }
        if let Err(why) = check(case, copy.path(), &answers) {
            wrong.push(format!("{id}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases of {set}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn meta_analysis() {
    holds("meta");
}

#[test]
fn economics() {
    holds("econ");
}

#[test]
fn suites_of_other_programs() {
    holds("suites");
}

#[test]
fn replications_of_published_reviews() {
    holds("replications");
}

#[test]
fn reliability() {
    holds("reliability");
}

#[test]
fn shapes_of_files() {
    holds("shapes");
}

#[test]
fn doors_of_the_program() {
    holds("doors");
}

#[test]
fn workbooks() {
    holds("workbooks");
}
