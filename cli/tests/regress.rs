//! `regress` through the program: what it adds to a fit, and what wrong input gets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

const BCG: &str = "tests/data/metafor/data/bcg.csv";
const BCG_OPTIONS: [&str; 4] = ["--measure", "RR", "--columns", "ai=tpos,bi=tneg,ci=cpos,di=cneg"];

fn run(data: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_consilience"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .args(["regress", data])
        .args(args)
        .output()
        .unwrap()
}

fn bcg(args: &[&str]) -> Output {
    run(BCG, &[&BCG_OPTIONS[..], args].concat())
}

fn json(args: &[&str]) -> Value {
    let output = bcg(&[args, &["--format", "json"]].concat());
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(args: &[&str]) -> String {
    let output = bcg(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The command fails with this status, writes nothing to standard output and says these words.
#[track_caller]
fn fails(output: &Output, status: i32, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{said}");
    assert!(output.stdout.is_empty());
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
}

#[track_caller]
fn close(got: &Value, expected: f64, tolerance: f64) {
    let got = got.as_f64().unwrap_or_else(|| panic!("{got} is no number"));
    assert!((got - expected).abs() <= tolerance * expected.abs(), "{got} is not {expected}");
}

/// `anova(full, reduced)`, `anova(fit, X)` and `vif(fit)` of metafor 3.8; multcomp 1.4 for the single-step P values.
#[test]
fn tests_contrasts_and_comparisons() {
    let result = json(&[
        "--mods",
        "ablat + alloc",
        "--test",
        "alloc",
        "--contrast",
        "allocrandom",
        "--contrast",
        "allocsystematic",
        "--contrast",
        "systematic versus random = allocsystematic - allocrandom",
        "--adjust",
        "single-step",
        "--vif",
    ]);
    let contrasts = &result["contrasts"]["contrasts"];
    for (at, p) in [0.7241027898, 0.9869183070, 0.5433153863].into_iter().enumerate() {
        close(&contrasts[at]["adjusted_p_value"], p, 1e-7);
    }
    assert_eq!(contrasts[2]["term"], "systematic versus random");
    close(&contrasts[2]["ratio"][0], contrasts[2]["estimate"].as_f64().unwrap().exp(), 1e-12);
    assert_eq!(result["subset_tests"][0]["df1"], 2);
    close(&result["inflation"][0]["vif"], 1.01510381990006, 1e-8);
    assert!(result["multimodel"].is_null() && result["permutation_interval"].is_null());

    let compared = json(&["--mods", "ablat + alloc", "--compare", "ablat", "--method", "ML"]);
    assert_eq!(compared["comparison"]["df"], 2);
    let said = text(&["--mods", "ablat + alloc", "--compare", "ablat", "--method", "ML", "--multimodel"]);
    assert!(said.contains("LRT") && said.contains("All subsets of the terms"));
}

/// The marginal means of a balanced average are predictions at the mean of the other moderators.
#[test]
fn marginal_means_and_bubbles() {
    let result = json(&["--mods", "ablat + alloc", "--marginal", "alloc", "--bubble", "ablat"]);
    let mean = 435.0 / 13.0;
    let grid = format!("ablat={mean};alloc=alternate,random,systematic");
    let predicted = json(&["--mods", "ablat + alloc", "--predict", &grid]);
    for at in 0..3 {
        let (a, b) = (&result["marginal_means"][0]["means"][at], &predicted["predictions"][at]);
        for key in ["estimate", "se", "ci_lower", "prediction_upper"] {
            close(&a[key], b[key].as_f64().unwrap(), 1e-9);
        }
    }
    let line = result["bubble"]["line"].as_array().unwrap();
    assert_eq!((line.len(), result["bubble"]["studies"].as_array().unwrap().len()), (101, 13));
    close(&line[100]["values"]["ablat"], 55.0, 1e-12);
}

/// Where the effects agree without moderators, none of the heterogeneity is accounted for, as in metafor 5.0-1
/// (`rma(yi, vi, mods = ~ x)$R2` is 0 for these data), and the note says that there is none.
#[test]
fn no_heterogeneity_to_account_for_is_a_share_of_nothing() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let data = "study,yi,vi,x\na,0.30,0.04,1\nb,0.35,0.1,2\nc,0.31,0.05,3\nd,0.28,0.09,5\ne,0.33,0.06,4\n";
    std::fs::write(file.path(), data).unwrap();
    let args = ["--mods", "x", "--method", "DL", "--format", "json"];
    let output = run(file.path().to_str().unwrap(), &args);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&result["residual_heterogeneity"]["tau2"], &result["r2"]), (&0.0.into(), &0.0.into()));
    assert!(result["notes"].to_string().contains("tau² is 0 without the moderators too"));
}

/// A mean is tested by all changes of sign, and gets its interval.
#[test]
fn permutation_of_a_mean() {
    let result = json(&["--mods", "1", "--permute", "8192", "--method", "DL"]);
    assert_eq!(result["permutation"]["arrangements"], "all-signs");
    assert_eq!(result["permutation"]["iterations"], 8192);
    let interval = &result["permutation_interval"];
    assert!(interval["lower"].as_f64().unwrap() < -0.7 && interval["upper"].as_f64().unwrap() < 0.0);
}

#[test]
fn seeds_give_the_same_digits() {
    let args = [
        "--mods",
        "ablat + alloc",
        "--permute",
        "200",
        "--r2-bootstrap",
        "200",
        "--vif",
        "200",
        "--seed",
        "5",
    ];
    let (first, second) = (bcg(&args), bcg(&args));
    assert!(first.status.success() && first.stdout == second.stdout);
    let other = bcg(&[&args[..9], &["6"]].concat());
    assert!(first.stdout != other.stdout);
}

#[test]
fn clusters_and_scale_moderators() {
    let said = text(&["--mods", "ablat", "--cluster", "alloc", "--wild-bootstrap", "99"]);
    assert!(said.contains("all 8 sign patterns") && said.contains("below 4"), "{said}");
    let result = json(&["--mods", "ablat", "--scale-mods", "alloc", "--scale-link", "identity"]);
    assert_eq!(result["location_scale"]["link"], "identity");
    assert_eq!(result["location_scale"]["scale_coefficients"].as_array().unwrap().len(), 3);
    let said = text(&["--mods", "ablat", "--diagnostics"]);
    assert!(said.contains("cook.d") && said.contains("dfbs ablat"));
    for coding in ["sum", "helmert"] {
        let coded = json(&["--mods", "ablat + alloc", "--coding", coding]);
        let plain = json(&["--mods", "ablat + alloc"]);
        close(
            &coded["moderator_test"]["statistic"],
            plain["moderator_test"]["statistic"].as_f64().unwrap(),
            1e-9,
        );
    }
}

#[test]
fn mistakes_are_named() {
    fails(&bcg(&["--mods", "ablta"]), 2, &["unknown column `ablta`", "did you mean `ablat`", "^^^^^"]);
    fails(
        &bcg(&["--mods", "ablat + alloc", "--predict", "ablat=1;alloc=randm"]),
        1,
        &["did you mean `random`"],
    );
    fails(&bcg(&["--mods", "log(ablat - 13)"]), 1, &["row 5", "infinite for ablat = 13"]);
    fails(&bcg(&["--mods", "ablat + I(2*ablat)"]), 2, &["I(2 * ablat) = 2 ablat"]);
    assert!(bcg(&["--mods", "ablat + I(2*ablat)", "--collinear", "drop"]).status.success());
    fails(&bcg(&["--mods", "factor(year)*alloc"]), 1, &["36 coefficients", "13 studies"]);
    fails(&bcg(&["--mods", "ablat", "--contrast", "ablt"]), 2, &["did you mean `ablat`"]);
    fails(&bcg(&["--mods", "ablat", "--adjust", "foo"]), 2, &["single-step"]);
    fails(&bcg(&["--mods", "ablat", "--wild-bootstrap", "99"]), 2, &["--cluster"]);
    fails(&bcg(&["--mods", "ablat + alloc", "--compare", "ablat"]), 2, &["REML", "by ML"]);
    fails(&bcg(&["--mods", "ablat + alloc", "--multimodel"]), 2, &["use ML"]);
    fails(&bcg(&["--mods", "ablat", "--marginal", "ablat"]), 2, &["factor(ablat)"]);
    fails(&bcg(&["--mods", "ablat", "--scale-mods", "alloc", "--method", "DL"]), 2, &["REML or ML"]);
    fails(&bcg(&["--mods", "ablat", "--permute", "0"]), 2, &["no arrangement"]);
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("one.csv");
    std::fs::write(&path, "study,yi,vi,g,x\na,0.1,0.1,u,1\nb,0.2,0.1,u,\nc,0.3,0.1,u,3\nd,.5,.1,u,2\n")
        .unwrap();
    let path = path.to_str().unwrap();
    fails(&run(path, &["--mods", "g"]), 2, &["the factor `g` has one level only"]);
    let output = run(path, &["--mods", "x"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("a moderator is missing: b"));
}
