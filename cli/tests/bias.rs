//! `bias` as a user runs it: the names of the JSON, options in combination, and what bad input is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::process::{Command, Output};

use serde_json::Value;

fn run(args: &[&str]) -> Output {
    let data = format!("{}/../tests/data", env!("CARGO_MANIFEST_DIR"));
    let (file, rest) = args.split_first().unwrap();
    let path = format!("{data}/{file}");
    Command::new(env!("CARGO_BIN_EXE_consilience")).args(["bias", &path]).args(rest).output().unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = run(&[args, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn everything_that_fits_in_one_run() {
    let report = json(&["metafor/data/mcdaniel1994.csv", "--measure", "ZCOR", "--bootstrap", "100"]);
    let names: Vec<&str> =
        report["tests"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
    for name in ["egger", "begg", "regression", "thompson-sharp", "macaskill", "skewness", "lfk"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for part in [
        "trim_and_fill",
        "failsafe_n",
        "pet_peese",
        "limit",
        "p_curve",
        "excess_significance",
        "henmi_copas",
        "uwls",
        "copas",
        "p_uniform",
        "p_uniform_star",
        "z_curve",
        "worst_case",
        "reporting_bias",
    ] {
        assert!(!report[part].is_null(), "{part}: {:?}", report["notes"]);
    }
    assert!(report["missing_outcomes"].is_null() && report["power"].is_null());
    assert_eq!(report["selection_models"][0]["model"], "stepfun:0.025");
    assert!(report["guidance"].as_str().unwrap().len() > 50);
}

#[test]
fn options_reach_the_library() {
    let smoking = "metafor/data/hackshaw1998_log.csv";
    let report = json(&[
        smoking,
        "--selection",
        "3psm",
        "--selection",
        "negexp:0.05@sei",
        "--selection",
        "severe-one-tailed",
        "--selection-ci",
        "profile",
        "--cluster",
        "country",
        "--trim-model",
        "fixed",
        "--power",
        "200",
        "--test",
        "egger,trim-and-fill,selection,worst-case,reporting-bias",
        "--threshold",
        "0.1",
        "--unreported",
        "3,9",
    ]);
    assert_eq!(report["clusters"], 9);
    assert_eq!(report["trim_and_fill"]["trimming"], "fixed");
    let models = report["selection_models"].as_array().unwrap();
    assert_eq!(models.len(), 3);
    assert!(models.iter().all(|m| m["profile"].is_object()));
    assert_eq!(models[2]["lrt"], Value::Null);
    assert_eq!(report["worst_case"]["threshold"], 0.1);
    assert_eq!(report["reporting_bias"][1]["unreported"], 9);
    assert_eq!(report["power"]["tests"][0]["name"], "egger");
    assert_eq!(report["power"]["replicates"], 200);
    let moderated =
        json(&["bias/baskerville2012.csv", "--mods", "blind", "--test", "selection", "--selection", "beta"]);
    assert_eq!(moderated["selection_models"][0]["coefficients"][1]["term"], "blind");
}

#[test]
fn missing_outcomes_by_role() {
    let columns = "ai=r1,bi=f1,ci=r2,di=f2,miss1i=m1,miss2i=m2";
    let args = [
        "bias/haloperidol.csv",
        "--measure",
        "RR",
        "--columns",
        columns,
        "--model",
        "fixed",
        "--event",
        "good",
    ];
    let report = json(&[&args[..], &["--test", "missing-outcomes", "--imor", "2"]].concat());
    let rows = report["missing_outcomes"].as_array().unwrap();
    assert_eq!(rows.len(), 9);
    assert_eq!(rows[0]["strategy"], "aca");
    assert!((rows[0]["estimate"].as_f64().unwrap() - 0.449_180_630_952_938_25).abs() < 1e-9);
}

#[test]
fn bad_input_is_told_what_would_be_right() {
    let smoking = "metafor/data/hackshaw1998_log.csv";
    let cases: [(&[&str], i32, &str); 8] = [
        (&[smoking, "--selection", "stepfn:0.05"], 2, "did you mean `stepfun`"),
        (&[smoking, "--selection", "beta@sei"], 2, "halfnorm"),
        (&[smoking, "--test", "eger"], 2, "did you mean `egger`"),
        (&[smoking, "--direction", "two-sided"], 2, "greater"),
        (&[smoking, "--power", "5"], 2, "at least 100"),
        (&[smoking, "--cluster", "contry"], 1, "country"),
        (&[smoking, "--trim-model", "mixed"], 2, "fixed"),
        (
            &["bias/haloperidol.csv", "--measure", "RR", "--columns", "ai=r1,bi=f1,ci=r2,di=f2,miss1i=m1"],
            1,
            "miss2i",
        ),
    ];
    for (args, code, words) in cases {
        let output = run(args);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(words), "{args:?}: {error}");
        assert!(output.stdout.is_empty());
        let got = output.status.code().unwrap();
        assert!(got == code || got == 3 - code, "{args:?}: {got}");
    }
}

/// `influence` with too few studies for the models with outliers still gives the rest, and says what is missing.
#[test]
fn influence_of_few_studies_names_what_is_missing() {
    let data = "study,yi,vi\na,0.3,0.04\nb,0.5,0.1\n";
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), data).unwrap();
    let path = file.path().to_str().unwrap();
    let args = ["influence", path, "--outliers", "--sequential", "0.2", "--gosh", "10", "--format", "json"];
    let output = Command::new(env!("CARGO_BIN_EXE_consilience")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["leave_one_out"].as_array().unwrap().len(), 2);
    assert!(report["sequential"].is_object() && report["outliers"].is_null());
    // metafor 5.0-1, influence(rma(yi, vi)): the studentized deleted residual 0.2/√(0.04 + 0.1), hat values 5/7 and 2/7.
    let close =
        |x: &Value, expected: f64| assert!((x.as_f64().unwrap() - expected).abs() < 1e-9, "{x} {expected}");
    close(&report["studies"][1]["rstudent"], 0.2 / 0.14f64.sqrt());
    close(&report["studies"][0]["hat"], 5.0 / 7.0);
    close(&report["studies"][1]["hat"], 2.0 / 7.0);
    let notes: Vec<&str> = report["notes"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    assert!(notes.iter().any(|note| note.starts_with("no models with outliers")), "{notes:?}");
}
