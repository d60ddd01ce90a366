//! `multilevel` as a user runs it: structures, readings, bad input.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

fn run(args: &str) -> Output {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    Command::new(env!("CARGO_BIN_EXE_consilience"))
        .current_dir(root)
        .arg("multilevel")
        .args(args.split_whitespace())
        .output()
        .unwrap()
}

const SCHOOLS: &str = "tests/data/multilevel/konstantopoulos2011.csv";

fn json(args: &str) -> serde_json::Value {
    let out = run(&format!("{args} --format json"));
    assert!(out.status.success(), "{args}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn close(value: &serde_json::Value, expected: f64) {
    let got = value.as_f64().unwrap();
    assert!((got - expected).abs() <= 2e-4 * (1e-3 + expected.abs()), "{got} instead of {expected}");
}

/// Values of tests/data/multilevel/oracle.csv.
#[test]
fn structures() {
    let fit = json(&format!("{SCHOOLS} --random study --random x+y|district --structure spgau"));
    close(&fit["structures"][0]["rho"][0], 17.8689530907313);
    close(&fit["structures"][0]["tau2"][0], 0.0756146590666865);
    assert_eq!(fit["structures"][0]["structure"], "SPGAU");
    let fit = json(&format!("{SCHOOLS} --random x+y --structure spexp --method ML"));
    close(&fit["structures"][0]["rho"][0], 0.176090729120245);
    let fit = json(&format!("{SCHOOLS} --random study --random z|district --structure gdiag --mods z"));
    close(&fit["structures"][0]["tau2"][1], 0.0475633350926862);
    let fit = json(&format!("{SCHOOLS} --random district/school --fix district/school=0.05"));
    close(&fit["variance_components"][0]["sigma2"], 0.0589281407323127);
    // Two structures, each for its term.
    let fit = json(&format!(
        "{SCHOOLS} --random school|district --random z|district --structure cs,gdiag --no-intervals"
    ));
    assert_eq!(fit["structures"][0]["structure"], "CS");
    assert_eq!(fit["structures"][1]["name"], "1+z|district");
}

#[test]
fn correlations_from_a_matrix_and_a_tree() {
    let folder = tempfile::tempdir().unwrap();
    let levels = ["11", "12", "18", "27", "56", "58", "71", "86", "91", "108", "644"];
    // Rows in another order than columns.
    let mut text = format!("name,{}\n", levels.join(","));
    for (i, row) in levels.iter().enumerate().rev() {
        let cells: Vec<String> = (0..11).map(|j| 0.8_f64.powi(i.abs_diff(j) as i32).to_string()).collect();
        text += &format!("{row},{}\n", cells.join(","));
    }
    let matrix = folder.path().join("m.csv");
    std::fs::write(&matrix, text).unwrap();
    let fit = json(&format!("{SCHOOLS} --random district --correlation district={}", matrix.display()));
    close(&fit["variance_components"][0]["sigma2"], 0.487928080351026);
    let tree = folder.path().join("t.nwk");
    let tips: Vec<String> = levels.iter().map(|level| format!("{level}:1")).collect();
    std::fs::write(&tree, format!("({});", tips.join(","))).unwrap();
    // A star is independence.
    let star = json(&format!("{SCHOOLS} --random district --correlation district={}", tree.display()));
    let plain = json(&format!("{SCHOOLS} --random district"));
    close(&star["fit"]["log_likelihood"], plain["fit"]["log_likelihood"].as_f64().unwrap());
}

#[test]
fn distances_from_a_matrix() {
    let folder = tempfile::tempdir().unwrap();
    // The districts in the order of their means, along a ring.
    let levels = ["11", "58", "86", "108", "56", "12", "644", "91", "18", "27", "71"];
    let mut text = levels.join(",") + "\n";
    for i in 0..11_usize {
        let steps = |j: usize| i.abs_diff(j).min(11 - i.abs_diff(j));
        text += &((0..11).map(|j| steps(j).to_string()).collect::<Vec<_>>().join(",") + "\n");
    }
    let file = folder.path().join("ring.csv");
    std::fs::write(&file, text).unwrap();
    let distance = format!("--structure spexp --distance district={}", file.display());
    let fit = json(&format!("{SCHOOLS} --random study --random district|1 {distance}"));
    close(&fit["coefficients"][0]["estimate"], 0.193751022181865);
    close(&fit["structures"][0]["tau2"][0], 0.0973832828074686);
    close(&fit["structures"][0]["rho"][0], 3.2016521860544);
    let text = run(&format!("{SCHOOLS} --random study --random district|1 {distance} --no-intervals"));
    assert!(String::from_utf8_lossy(&text.stdout).contains("places: district"));
    let unused = run(&format!("{SCHOOLS} --random study --distance district={}", file.display()));
    assert!(String::from_utf8_lossy(&unused.stderr).contains("`district` is no place of a random effect"));
    std::fs::write(&file, "11,12\n0,1\n1,0\n").unwrap();
    let fails = run(&format!("{SCHOOLS} --random district|1 {distance}"));
    let said = String::from_utf8_lossy(&fails.stderr).into_owned();
    assert!(said.contains("site 18 has no distances") && said.contains("ring.csv"), "{said}");
    // The row of the effect is none of the matrix.
    assert!(!said.contains("row"), "{said}");
}

#[test]
fn readings() {
    let fit = json(&format!(
        "{SCHOOLS} --random district/school --inference contain --blup --weights --influence district \
         --within district=71 --small-study sei --without district --bootstrap 50 --seed 3"
    ));
    assert_eq!(fit["coefficients"][0]["df"], 10.0);
    assert_eq!(fit["random_effects"].as_array().unwrap().len(), 67);
    assert_eq!(fit["weights"].as_array().unwrap().len(), 56);
    close(&fit["influence"]["clusters"][0]["without"]["cook_distance"], 0.0693784161134231);
    assert!(fit["within"][0]["estimate"].as_f64().unwrap() > 0.5);
    assert!(fit["small_study"]["pet_peese"]["pet"]["estimate"].is_number());
    assert!(fit["without"]["boundary_p_value"].as_f64().unwrap() < 1e-4);
    assert!(fit["without"]["bootstrap"]["p_value"].as_f64().unwrap() < 0.03);
    assert_eq!(fit["bootstrap"]["replicates"], 50);
    let text = run(&format!("{SCHOOLS} --random district/school --influence effect --no-intervals"));
    assert!(String::from_utf8_lossy(&text.stdout).contains("Without each effect"));
}

#[test]
fn sampling_correlations_by_kind() {
    let fit = json("tests/data/metafor/data/berkey1998.csv --vcov 0.9,0.4:trial/outcome --mods outcome-1");
    let one = json("tests/data/metafor/data/berkey1998.csv --vcov 0.4:trial --mods outcome-1");
    assert_eq!(fit["coefficients"], one["coefficients"]);
}

#[test]
fn bad_input_is_named() {
    for (args, status, said) in [
        ("--random z|district", 2, "has no structure"),
        ("--random z|district --structure spam", 2, "unknown structure `spam`"),
        ("--random z|district --structure cs,un", 2, "--structure: 2 structures"),
        ("--random z|district --structure spexp --distance great-circle", 2, "a latitude and a longitude"),
        ("--random z|district --structure spexp --distance miles", 2, "unknown distance `miles`"),
        ("--random x+y --structure un", 2, "`x+y`"),
        ("--random a//b", 2, "`a//b`"),
        ("--random nothing", 1, "unknown column `nothing`"),
        ("--random district --correlation district=/none.nwk", 2, "/none.nwk"),
        ("--random district --correlation year=/none.nwk", 2, "/none.nwk"),
        ("--random district --fix town=1", 2, "unknown random effect `town`"),
        ("--random district --fix district=x", 2, "`x`"),
        ("--random district --fix district=-1", 2, "0 or more"),
        ("--random district --fix district=1,2", 2, "2 values"),
        ("--random district --share district,school", 2, "unknown random effect `school`"),
        ("--random district --without school", 2, "unknown random effect `school`"),
        ("--random district --inference kr --method ML", 2, "needs REML"),
        ("--random district --inference hksj", 2, "known: wald, t, contain, satterthwaite, kr"),
        ("--random district --bootstrap 3", 2, "between 10"),
        ("--random district --influence nothing", 1, "unknown column `nothing`"),
        ("--random district --within district=9", 2, "unknown level `9`"),
        ("--random district --within district", 2, "`district`"),
        ("--random district --small-study ni", 1, "sample sizes"),
        ("--random district --small-study size", 2, "unknown predictor `size`"),
        ("--random district --vcov 1.5:district", 2, "between -1 and 1"),
        ("--random year --mods factor(district) --inference contain", 1, "no degrees of freedom"),
    ] {
        let out = run(&format!("{SCHOOLS} {args}"));
        let error = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(status), "{args}: {error}");
        assert!(error.contains(said), "{args}: {error}");
        assert!(out.stdout.is_empty(), "{args}");
    }
}
