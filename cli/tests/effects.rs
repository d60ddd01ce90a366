//! Choices in how effects are computed, through the program: variance types, bias corrections, policies for zero cells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{path::PathBuf, process::Command};

use serde_json::Value;

/// The JSON of a command on a file of the reference data.
fn run(command: &str, file: &str, args: &[&str]) -> Value {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/metafor/data").join(file);
    let output = Command::new(env!("CARGO_BIN_EXE_consilience"))
        .arg(command)
        .arg(data)
        .args(["--format", "json"])
        .args(args)
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn close(got: &Value, expected: f64) {
    let got = got.as_f64().unwrap();
    assert!((got - expected).abs() <= 1e-12 * expected.abs(), "{got} is not {expected}");
}

/// The first study of Normand (1999) by `escalc` of metafor 3.8.1: (155, 55, 47) against (156, 75, 64).
#[test]
fn variance_types() {
    for (measure, vtype, yi, vi) in [
        ("SMD", "LS", -0.355169640940107, 0.0130646755415297),
        ("SMD", "UB", -0.355169640940107, 0.0130671503925683),
        ("SMD", "LS2", -0.355169640940107, 0.0130022562030212),
        ("SMD", "AV", -0.355169640940107, 0.0132960163301312),
        ("MD", "HO", -20.0, 40.58631541754),
    ] {
        let result = run("effects", "normand1999.csv", &["--measure", measure, "--vtype", vtype]);
        close(&result["studies"][0]["yi"], yi);
        close(&result["studies"][0]["vi"], vi);
    }
}

/// Cohen's d is the difference over the pooled standard deviation; Hedges' approximate factor is 1 - 3/(4 · 309 - 1).
#[test]
fn bias_corrections() {
    let d = -20.0 / ((154.0 * 47.0_f64.powi(2) + 155.0 * 64.0_f64.powi(2)) / 309.0).sqrt();
    for (how, yi) in [("none", d), ("approximate", d * (1.0 - 3.0 / 1235.0))] {
        let result = run("effects", "normand1999.csv", &["--measure", "SMD", "--bias-correction", how]);
        close(&result["studies"][0]["yi"], yi);
    }
}

/// Catheter infections: `meta` and the Handbook leave the study without events out of a ratio, metafor keeps it.
#[test]
fn zero_cells_by_program() {
    for (preset, k) in [("metafor", 18), ("meta", 17), ("handbook", 17), ("revman", 17)] {
        let result = run("pool", "nielweise2007.csv", &["--measure", "OR", "--zero-cells", preset]);
        assert_eq!(result["k"], k, "{preset}");
    }
}
