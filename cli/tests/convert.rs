//! `convert` through the program: published figures, CSV that feeds `pool`, ranges of assumptions, and what wrong input gets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

fn folder(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("data.csv"), text).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_consilience")).current_dir(folder).args(args).output().unwrap()
}

#[track_caller]
fn csv(text: &str, args: &[&str]) -> Vec<Vec<String>> {
    let folder = folder(text);
    let output = run(folder.path(), &[&["convert"], args, &["--format", "csv"]].concat());
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[track_caller]
fn column(rows: &[Vec<String>], name: &str) -> Vec<f64> {
    let at = rows[0].iter().position(|n| n == name).unwrap_or_else(|| panic!("{name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].parse().unwrap()).collect()
}

#[track_caller]
fn refuses(text: &str, args: &[&str], status: i32, words: &[&str]) {
    let folder = folder(text);
    let output = run(folder.path(), &[&["convert"], args].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
    assert!(output.stdout.is_empty());
    words.iter().for_each(|word| assert!(said.contains(word), "{args:?}: `{word}` is not in: {said}"));
}

/// An interval of 1.96 standard errors on each side, a P value of 0.05 two-sided, and t = 2 on 10 degrees of freedom.
#[test]
fn standard_errors() {
    let rows = csv(
        "study,yi,ci_lower,ci_upper\nA,0.5,0.108007,0.891993\nB,1,0.020018,1.979982\n",
        &["se", "data.csv"],
    );
    for (got, expected) in column(&rows, "sei").iter().zip([0.2, 0.5]) {
        assert!((got - expected).abs() < 1e-6, "{got} {expected}");
    }
    let rows = csv("study,yi,p_value\nA,1.959963984540054,0.05\n", &["se", "data.csv"]);
    assert!((column(&rows, "sei")[0] - 1.0).abs() < 1e-12);
}

/// Luo et al. (2018) and Wan et al. (2014) at S2 of the appendix: n 1000 are symmetric quartiles, whose mean is the median and
/// whose SD is (q3 - q1) / (2 Φ⁻¹((0.75 n - 0.125) / (n + 0.25))).
#[test]
fn quartiles_feed_a_pool_of_means() {
    let text = "study,n1i,median1i,q1_1i,q3_1i,n2i,median2i,q1_2i,q3_2i\nA,1000,10,8,12,1000,9,7,11\nB,500,10,8,12,500,8,6,10\n";
    let rows = csv(text, &["means-sds", "data.csv"]);
    assert!(column(&rows, "m1i").iter().all(|m| (m - 10.0).abs() < 1e-9));
    // scipy: 4 / (2 norm.ppf(749.875 / 1000.25)) = 2.969531450747854
    assert!((column(&rows, "sd1i")[0] - 2.969531450747854).abs() < 1e-9, "{:?}", column(&rows, "sd1i"));
    let folder = folder(text);
    let made =
        run(folder.path(), &["convert", "means-sds", "data.csv", "--format", "csv", "--output", "made.csv"]);
    assert!(made.status.success());
    let pooled =
        run(folder.path(), &["pool", "made.csv", "--measure", "MD", "--model", "fixed", "--format", "json"]);
    let result: Value = serde_json::from_slice(&pooled.stdout).unwrap();
    let estimate = result["estimate"].as_f64().unwrap();
    assert!(estimate > 1.0 && estimate < 2.0, "{estimate}");
}

/// Cochrane Handbook, section 23.1.4: 12 of 37.1 effective... with 10.8 people in a cluster and an ICC of 0.02 the design effect
/// is 1.196.
#[test]
fn cluster_trials_shrink_by_the_design_effect() {
    let rows = csv(
        "study,ai,n1i,ci,n2i,cluster_size\nA,63,295,84,330,10.8\n",
        &["cluster", "data.csv", "--assume", "icc=0.02"],
    );
    assert!((column(&rows, "n1i")[0] - 295.0 / 1.196).abs() < 1e-9);
    assert!((column(&rows, "ai")[0] - 63.0 / 1.196).abs() < 1e-9);
}

#[test]
fn assumptions_are_recorded_and_varied() {
    let text = "study,m1i_pre,sd1i_pre,m1i,sd1i,n1i,m2i_pre,sd2i_pre,m2i,sd2i,n2i\n\
                A,10,2,12,2,50,10,2,10.5,2,50\nB,10,2,11.5,2,40,10,2,10,2,40\n";
    let folder = folder(text);
    let args = ["convert", "change", "data.csv", "--assume", "correlation=0.5", "--format", "json"];
    let output = run(folder.path(), &args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("correlation") && text.contains("assum"), "{text}");
    // SD of change = √(2² + 2² - 2 · 0.5 · 2 · 2) = 2
    assert!(text.contains("\"sd1i\": 2.0"), "{text}");
    let range = [
        "convert",
        "change",
        "data.csv",
        "--sensitivity",
        "correlation=0:0.9:0.3",
        "--measure",
        "MD",
        "--format",
        "json",
    ];
    let output = run(folder.path(), &range);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(result.to_string().matches("\"ci_lower\"").count() >= 4, "{result}");
}

#[test]
fn impossible_reports_are_named() {
    refuses(
        "study,ni,mediani,q1i,q3i\nA,50,5,7,9\n",
        &["means-sds", "data.csv"],
        1,
        &["data.csv", "row 1", "(A)"],
    );
    refuses(
        "study,ai,n1i,ci,n2i,cluster_size\nA,6,29,8,33,10\n",
        &["cluster", "data.csv", "--assume", "icc=1.5"],
        1,
        &["1.5"],
    );
    refuses("study,yi,p_value\nA,1,1.2\n", &["se", "data.csv"], 1, &["data.csv", "row 1", "1.2"]);
    refuses("study,yi,vi\nA,1,1\n", &["cluster", "data.csv"], 1, &["data.csv"]);
    refuses("study,yi,vi\nA,1,1\n", &["clutser", "data.csv"], 2, &["cluster"]);
    refuses("study,x\nA,1\n", &["import", "data.csv"], 1, &["data.csv", "no columns of data"]);
}
