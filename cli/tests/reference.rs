//! The program against reference values: every case of `tests/data/metafor/*.json`,
//! `tests/data/glmm/glmm.json` and `tests/data/network/network.json` is a command line and what it must
//! say, in the shape that the schema of answers gives it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod schema;

use std::{path::PathBuf, process::Command};

use serde_json::{Value, json};

fn folder(set: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data").join(set)
}

/// The value at a dotted path; list positions count from 0.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |value, step| match value {
        Value::Array(list) => list.get(step.parse::<usize>().ok()?),
        other => other.get(step),
    })
}

/// The tolerance for a path: that of the case, or of the longest prefix with one of its own.
fn tolerance(case: &Value, path: &str) -> f64 {
    let loose = case["loose"].as_object();
    let longest = loose
        .into_iter()
        .flatten()
        .filter(|(prefix, _)| path.starts_with(prefix.as_str()))
        .max_by_key(|(p, _)| p.len());
    longest.map_or(&case["tolerance"], |(_, t)| t).as_f64().unwrap()
}

fn agrees(case: &Value, path: &str, expected: &Value, got: &Value) -> bool {
    match (expected.as_f64(), got.as_f64()) {
        (Some(expected), Some(got)) if path.ends_with("p_value") => {
            (got - expected).abs() <= tolerance(case, path) * expected.abs()
        }
        (Some(expected), Some(got)) => {
            let absolute = case["absolute"].as_f64().unwrap_or(0.0);
            (got - expected).abs() <= tolerance(case, path) * expected.abs() + absolute
        }
        _ => expected == got,
    }
}

/// Expected values that are wrong, with the right ones and the proof, in `tests/data/metafor/corrected.json`.
fn corrected() -> Vec<Value> {
    let text = std::fs::read_to_string(folder("metafor").join("corrected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn run(command: &str) {
    run_set("metafor", command);
}

fn run_set(set: &str, command: &str) {
    let folder = folder(set);
    let cases: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join(format!("{command}.json"))).unwrap())
            .unwrap();
    assert!(!cases.is_empty());
    let (right, answers_schema) = (corrected(), schema::shipped("answer.json"));
    let (mut values, mut wrong) = (0, Vec::new());
    let mut answers = Vec::new();
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let data = folder.join(case["data"].as_str().unwrap()).to_str().unwrap().to_owned();
        let mut words = vec![command.to_owned(), data];
        words.extend(case["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap().to_owned()));
        let output = Command::new(env!("CARGO_BIN_EXE_consilience"))
            .args(&words)
            .args(["--format", "json"])
            .output()
            .unwrap();
        answers.push(json!({
            "id": id, "words": words, "failed": !output.status.success(), "json": String::from_utf8_lossy(&output.stdout),
        }));
        if !output.status.success() {
            wrong.push(format!("{id}: {}", String::from_utf8_lossy(&output.stderr)));
            continue;
        }
        let result: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(result["command"], command);
        wrong.extend(
            schema::fault(&answers_schema, &answers_schema, &result).map(|fault| format!("{id}{fault}")),
        );
        for (path, expected) in case["expect"].as_object().unwrap() {
            values += 1;
            let known = right.iter().find(|row| row["case"] == id && row["path"] == path.as_str());
            let expected = known.map_or(expected, |row| &row["value"]);
            match at(&result, path) {
                Some(got) if agrees(case, path, expected, got) => {}
                got => wrong.push(format!("{id}, {path}: expected {expected}, got {got:?}")),
            }
        }
    }
    // The Python package is held against what the program said here, without running it again.
    let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("answers-{set}-{command}.json"));
    std::fs::write(kept, Value::from(answers).to_string()).unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {values} values differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

#[test]
fn effects() {
    run("effects");
}

#[test]
fn pool() {
    run("pool");
}

#[test]
fn glmm() {
    run_set("glmm", "glmm");
}

#[test]
fn regress() {
    run("regress");
}

#[test]
fn multilevel() {
    run("multilevel");
}

#[test]
fn bias() {
    run("bias");
}

#[test]
fn influence() {
    run("influence");
}

#[test]
fn network() {
    run_set("network", "network");
}
