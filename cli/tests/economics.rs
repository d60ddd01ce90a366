//! `economics` through the program: published and independently recomputed numbers, and what wrong input gets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_consilience"))
        .current_dir(folder)
        .arg("economics")
        .args(args)
        .output()
        .unwrap()
}

fn text(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let result: Value = serde_json::from_str(&text(folder, &[args, &["--format", "json"]].concat())).unwrap();
    assert_eq!(result["command"], "economics");
    result
}

/// The command fails with this status, writes nothing to standard output and says these words.
fn fails(folder: &Path, args: &[&str], status: i32, words: &[&str]) {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
    assert!(output.stdout.is_empty(), "{args:?}");
    for word in words {
        assert!(said.contains(word), "{args:?}: `{word}` is not in: {said}");
    }
}

#[track_caller]
fn close(got: &Value, expected: f64, tolerance: f64) {
    let got = got.as_f64().unwrap_or_else(|| panic!("{got} is no number"));
    assert!((got - expected).abs() <= tolerance * expected.abs().max(1e-300), "{got} is not {expected}");
}

// Frontiers: VA Health Economics Resource Center; Paltiel 2006 (doi:10.7326/0003-4819-145-11-200612050-00004).

fn frontier(rows: &str) -> (Vec<String>, Vec<Value>) {
    let folder = folder(&[("strategies.csv", &format!("strategy,cost,effect\n{rows}"))]);
    let result = json(folder.path(), &["frontier", "strategies.csv"]);
    let rows = result["strategies"].as_array().unwrap();
    let status = rows.iter().map(|s| s["status"].as_str().unwrap().to_owned()).collect();
    (status, rows.iter().map(|s| s["icer"].clone()).collect())
}

#[test]
fn frontiers_of_six_and_of_five_options() {
    let (status, icer) = frontier("UC,5000,1\nA,12000,1.5\nB,10000,2\nC,25000,3\nD,35000,4\nE,55000,5\n");
    assert_eq!(status, ["frontier", "dominated", "frontier", "extended", "frontier", "frontier"]);
    assert!(icer[0].is_null() && icer[1].is_null() && icer[3].is_null());
    close(&icer[2], 5000.0, 1e-12);
    close(&icer[4], 12_500.0, 1e-12);
    close(&icer[5], 20_000.0, 1e-12);

    let months = [277.25, 277.57, 277.78, 277.83, 277.76];
    let costs = [26_000, 27_000, 28_020, 28_440, 29_440];
    let rows: String =
        months.iter().zip(costs).enumerate().map(|(i, (e, c))| format!("S{i},{c},{}\n", e / 12.0)).collect();
    let (status, icer) = frontier(&rows);
    assert_eq!(status, ["frontier", "frontier", "frontier", "frontier", "dominated"]);
    close(&icer[1], 37_500.0, 1e-9);
    close(&icer[2], 58_285.714_285_714, 1e-9);
    close(&icer[3], 100_800.0, 1e-9);
}

#[test]
fn frontiers_with_extended_dominance_and_ties() {
    let set = |costs: &[f64], effects: &[f64]| {
        let rows: String = costs
            .iter()
            .zip(effects)
            .enumerate()
            .map(|(i, (c, e))| format!("S{},{c},{e}\n", i + 1))
            .collect();
        frontier(&rows)
    };
    let (status, icer) = set(
        &[25_000.0, 35_000.0, 50_000.0, 54_651.0, 64_266.0, 91_744.0],
        &[10.2497, 11.1654, 11.3, 11.6588, 11.7, 12.1],
    );
    assert_eq!(status, ["frontier", "frontier", "extended", "frontier", "extended", "frontier"]);
    close(&icer[1], 10_920.607_186, 1e-9);
    close(&icer[3], 39_827.725_983, 1e-9);
    close(&icer[5], 84_072.982_774, 1e-9);
    let (status, icer) = set(
        &[14_807.0, 26_041.0, 49_706.0, 64_266.0, 40_022.0, 57_392.0, 91_744.0, 54_651.0],
        &[9.635, 10.2497, 11.1654, 11.5152, 11.582, 11.6248, 11.6296, 11.6588],
    );
    assert_eq!(status[1], "extended");
    close(&icer[4], 12_950.693_374, 1e-9);
    close(&icer[7], 190_481.770_833, 1e-9);
    let (status, icer) =
        set(&[163_771.0, 164_848.7, 163_765.1, 163_765.1], &[6.48273, 6.52861, 6.52861, 6.52861]);
    assert_eq!(status, ["dominated", "dominated", "frontier", "tied"]);
    assert!(icer.iter().all(Value::is_null));
}

#[test]
fn money_is_stated_once() {
    let folder = folder(&[
        ("one.csv", "strategy,cost,effect,currency,price_year\nA,1,1,GBP,2021\nB,2,2,gbp,2021\n"),
        ("two.csv", "strategy,cost,effect,currency,price_year\nA,1,1,GBP,2021\nB,2,2,EUR,2021\n"),
        ("years.csv", "strategy,cost,effect,price_year\nA,1,1,2020\nB,2,2,2021\n"),
    ]);
    let at = folder.path();
    let result = json(at, &["frontier", "one.csv"]);
    assert_eq!(result["price_base"], serde_json::json!({"currency": "GBP", "price_year": 2021}));
    fails(at, &["frontier", "two.csv"], 1, &["two.csv", "row 2", "GBP (2021) and EUR (2021)"]);
    fails(at, &["frontier", "years.csv", "--currency", "GBP"], 1, &["years.csv", "row 2", "2020"]);
    fails(at, &["frontier", "years.csv"], 1, &["price year", "--currency"]);
    fails(at, &["frontier", "one.csv", "--currency", "USD"], 1, &["GBP", "USD"]);
    fails(at, &["frontier", "one.csv", "--currency", "pounds"], 2, &["--currency"]);
}

// Two arms of 250 in the teaching data of Glick, Doshi, Sonnad and Polsky.

const DIFFERENCES: [&str; 8] = [
    "--cost-difference",
    "25",
    "--cost-se",
    "124.43805975206877",
    "--effect-difference",
    "0.04245907942950733",
    "--effect-se",
    "0.01889562111585824",
];

fn check_glick(result: &Value, tolerance: f64) {
    assert_eq!(result["icer"]["quadrant"], "NE");
    close(&result["icer"]["value"], 25.0 / 0.04245907942950733, tolerance);
    assert_eq!(result["fieller"]["kind"], "interval");
    close(&result["fieller"]["lower"], -6_036.751_839_044, tolerance);
    close(&result["fieller"]["upper"], 22_611.616_177_334, tolerance);
    let expected = [
        (0.0, -25.0, 124.438_059_752_068_77, 0.420_387_146_589_04),
        (10_000.0, 399.590_794_295, 253.511_440_175, 0.942_512_895_333_62),
        (20_000.0, 824.181_588_590, 429.488_264_514, 0.972_506_891_454_02),
        (30_000.0, 1_248.772_382_885, 613.238_279_857, 0.979_142_766_108_08),
        (50_000.0, 2_097.953_971_475, 986.655_929_566, 0.983_262_014_240_97),
    ];
    let rows = result["inb"].as_array().unwrap();
    assert_eq!(rows.len(), expected.len());
    for (row, (wtp, inb, se, probability)) in rows.iter().zip(expected) {
        close(&row["wtp"], wtp, 0.0);
        close(&row["estimate"], inb, tolerance);
        close(&row["se"], se, tolerance);
        close(&row["probability_cost_effective"], probability, tolerance);
    }
}

const THRESHOLDS: [&str; 2] = ["--wtp", "0:30000:10000,50000"];

#[test]
fn two_differences_with_their_covariance() {
    let folder = folder(&[]);
    let covariance = ["--covariance", "-0.6539384924695202"];
    let args = [&["icer"], &DIFFERENCES[..], &covariance, &THRESHOLDS].concat();
    check_glick(&json(folder.path(), &args), 2e-11);
    let correlation = (-0.6539384924695202f64 / (124.43805975206877 * 0.01889562111585824)).to_string();
    let args = [&["icer"], &DIFFERENCES[..], &["--correlation", &correlation], &THRESHOLDS].concat();
    check_glick(&json(folder.path(), &args), 2e-11);

    let args = [&["icer"], &DIFFERENCES[..], &covariance, &["--format", "csv", "--wtp", "20000"]].concat();
    let csv = text(folder.path(), &args);
    assert_eq!(csv.lines().count(), 4);
    assert!(
        csv.starts_with("quantity,wtp,estimate,se,ci_lower,ci_upper,p_value,probability_cost_effective\n")
    );
    let words = text(folder.path(), &[&["icer"], &DIFFERENCES[..], &covariance].concat());
    assert!(words.contains("-6036.75 to 22611.62"), "{words}");
}

#[test]
fn a_set_of_ratios_that_is_no_interval() {
    let folder = folder(&[]);
    let result = json(
        folder.path(),
        &[
            "icer",
            "--cost-difference",
            "-29361.75064935065",
            "--cost-se",
            "15438.191957292265",
            "--effect-difference",
            "0.15616883116883118",
            "--effect-se",
            "0.08896312356461199",
            "--covariance",
            "-300.90582832030873",
        ],
    );
    assert_eq!(result["icer"]["quadrant"], "SE");
    assert!(result["icer"]["value"].is_null());
    assert_eq!(result["fieller"]["kind"], "complement");
    close(&result["fieller"]["lower"], 7_847.076_105_367_572, 1e-10);
    close(&result["fieller"]["upper"], 1_132_596.055_154_411_3, 1e-10);
    assert_eq!(result["inb"], serde_json::json!([]));
    assert_eq!(result["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn icer_needs_possible_numbers() {
    let folder = folder(&[]);
    let with = |more: &[&'static str]| [&["icer"], &DIFFERENCES[..], more].concat();
    fails(folder.path(), &with(&[]), 2, &["--covariance", "--correlation"]);
    fails(folder.path(), &with(&["--covariance", "1", "--correlation", "0"]), 2, &[]);
    fails(folder.path(), &with(&["--covariance", "10"]), 2, &["--covariance"]);
    fails(folder.path(), &with(&["--correlation", "-1.5"]), 2, &["--correlation"]);
    fails(folder.path(), &with(&["--correlation", "0", "--df", "0"]), 2, &["degrees of freedom"]);
    fails(folder.path(), &with(&["--correlation", "0", "--wtp", "-1"]), 2, &["willingness to pay"]);
    fails(folder.path(), &with(&["--correlation", "0", "--currency", "GBP"]), 2, &["--price-year"]);
}

/// Four patients an arm whose mean differences have exactly the moments of the teaching data: the patterns
/// (1, 1, -1, -1) and (1, -1, 1, -1) are orthogonal, and each arm has half of the variances and of the covariance.
fn patients() -> String {
    let (cost_variance, effect_variance) = (124.43805975206877f64.powi(2), 0.01889562111585824f64.powi(2));
    let covariance = -0.6539384924695202;
    let a = (1.5 * cost_variance).sqrt();
    let b = 1.5 * covariance / a;
    let c = (1.5 * effect_variance - b * b).sqrt();
    let mut rows = "arm,cost,effect\n".to_owned();
    let effect = 0.615394960403 - 0.04245907942950733;
    for (arm, cost, effect) in [("new", 3040.0, 0.615394960403), ("usual", 3015.0, effect)] {
        for (u, v) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
            rows += &format!("{arm},{},{}\n", cost + a * u, effect + b * u + c * v);
        }
    }
    rows
}

#[test]
fn a_trial_has_the_readings_of_its_differences() {
    let folder = folder(&[("patients.csv", &patients())]);
    let arms = ["trial", "patients.csv", "--intervention", "new", "--comparator", "usual"];
    let result = json(folder.path(), &[&arms[..], &THRESHOLDS].concat());
    check_glick(&result, 1e-9);
    close(&result["cost_difference"]["estimate"], 25.0, 1e-10);
    close(&result["covariance"], -0.6539384924695202, 1e-9);
    close(&result["ceac"][1]["probability"], 0.942_512_895_333_62, 1e-9);
    assert!(result["bootstrap"].is_null());
    assert!(result["quadrants"]["NE"].is_number());
}

fn trial_data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/economics_trial")
}

#[test]
fn adjusted_and_clustered_trials() {
    // statsmodels 0.15.0 and NumPy 2.4.6; see tests/data/economics_trial/origin.toml.
    let all: Value =
        serde_json::from_str(&std::fs::read_to_string(trial_data().join("expected.json")).unwrap()).unwrap();
    let arms = ["trial", "data.csv", "--intervention", "new", "--comparator", "usual", "--wtp", "20000"];
    let cases: [(&str, &[&str]); 3] = [
        ("welch", &[]),
        ("adjusted", &["--adjust", "baseline + age"]),
        ("clustered", &["--adjust", "baseline + age", "--cluster", "cluster"]),
    ];
    for (name, more) in cases {
        let result = json(&trial_data(), &[&arms[..], more].concat());
        let expected = |key: &str| all[name][key].as_f64().unwrap();
        close(&result["cost_difference"]["estimate"], expected("cost"), 1e-8);
        close(&result["cost_difference"]["se"], expected("cost_se"), 1e-8);
        close(&result["effect_difference"]["estimate"], expected("effect"), 1e-8);
        close(&result["effect_difference"]["se"], expected("effect_se"), 1e-8);
        close(&result["covariance"], expected("covariance"), 1e-8);
    }
    let boot = [&arms[..], &["--bootstrap", "500", "--seed", "3"]].concat();
    let result = json(&trial_data(), &boot);
    assert_eq!(result["bootstrap"]["replicates"], 500);
    assert_eq!(result, json(&trial_data(), &boot));
}

#[test]
fn trials_that_cannot_be_compared() {
    let folder = folder(&[
        ("patients.csv", &patients()),
        ("three.csv", &(patients() + "other,1,1\n")),
        ("gaps.csv", &(patients() + "new,NA,0.5\n")),
    ]);
    let at = folder.path();
    let with = |file: &'static str, arm: &'static str, more: &[&'static str]| {
        [&["trial", file, "--intervention", arm, "--comparator", "usual"], more].concat()
    };
    let wtp = ["--wtp", "20000"];
    fails(at, &with("patients.csv", "new", &[]), 2, &["--wtp"]);
    fails(at, &with("patients.csv", "nwe", &wtp), 2, &["arm", "nwe", "new"]);
    let third = json(at, &with("three.csv", "new", &wtp));
    assert!(third["notes"].to_string().contains("other"), "{}", third["notes"]);
    fails(at, &with("patients.csv", "usual", &wtp), 2, &["comparator"]);
    fails(at, &with("patients.csv", "new", &["--wtp", "20000", "--adjust", "age"]), 1, &["age"]);
    let result = json(at, &with("gaps.csv", "new", &wtp));
    assert_eq!(result["notes"], serde_json::json!(["left out for missing values: row 9"]));
}

// A model of eight draws: no costs, and at 1 per unit the net benefit of B against A is the parameter itself.
// Its mean is 2/8, the mean of its positive part 12/8: perfect information is worth 1.25.

const DRAWS: [f64; 8] = [-4.0, 3.0, -2.0, 1.0, -1.0, 6.0, 2.0, -3.0];

fn model() -> TempDir {
    let lines = |header: &str, row: &dyn Fn(f64) -> String| {
        DRAWS.iter().fold(format!("{header}\n"), |text, x| text + &row(*x) + "\n")
    };
    folder(&[
        ("costs.csv", &lines("A,B", &|_| "0,0".to_owned())),
        ("effects.csv", &lines("B,A", &|x| format!("{x},0"))),
        ("parameters.csv", &lines("x,y", &|x| format!("{x},{}", x * x))),
        ("others.csv", &lines("A,C", &|_| "0,0".to_owned())),
        ("short.csv", "A,B\n0,0\n"),
        (
            "money.csv",
            &lines("A,B,currency,price_year", &|x| {
                format!("0,0,{},2020", if x > 5.0 { "EUR" } else { "GBP" })
            }),
        ),
    ])
}

#[test]
fn a_probabilistic_model_and_the_worth_of_its_parameter() {
    let folder = model();
    let at = folder.path();
    let files = ["--costs", "costs.csv", "--effects", "effects.csv"];
    let result = json(at, &[&["psa"], &files[..], &["--wtp", "1"]].concat());
    assert_eq!(result["options"][1]["option"], "B");
    close(&result["options"][1]["mean_effect"], 0.25, 1e-14);
    let at_one = &result["wtp"][0];
    assert_eq!(at_one["optimal"], "B");
    close(&at_one["evpi"], 1.25, 1e-14);
    close(&at_one["probability"]["B"], 0.5, 1e-14);
    close(&at_one["expected_loss"]["A"], 1.5, 1e-14);
    close(&result["quadrants"]["on_axis"], 1.0, 1e-14);

    for method in ["linear", "segments", "blocks"] {
        let more = ["--parameters", "parameters.csv", "--of", "x", "--method", method, "--wtp", "1"];
        let result = json(at, &[&["evppi"], &files[..], &more].concat());
        assert_eq!(result["evppi"][0]["parameters"], serde_json::json!(["x"]));
        close(&result["evppi"][0]["value"], 1.25, 1e-9);
        close(&result["evppi"][0]["evpi"], 1.25, 1e-14);
    }
    let csv = text(at, &[&["psa"], &files[..], &["--wtp", "0:2:1", "--format", "csv"]].concat());
    assert!(csv.starts_with("wtp,optimal,ceaf,evpi,evpi_se,probability_A,probability_B,expected_loss_A,"));
    assert_eq!(csv.lines().count(), 4);
}

/// Each level of a column gives what a file of its draws alone would give; the column is no option.
#[test]
fn draws_of_each_scenario_have_an_analysis_of_their_own() {
    let folder = folder(&[
        ("costs.csv", "scenario,A,B\nshort,0,1\nlong,0,2\nshort,0,3\nlong,0,8\n"),
        ("effects.csv", "A,B\n0,1\n0,2\n0,3\n0,4\n"),
        ("parameters.csv", "x\n1\n2\n3\n4\n"),
    ]);
    let at = folder.path();
    let files = ["--costs", "costs.csv", "--effects", "effects.csv", "--wtp", "1", "--by", "scenario"];
    let result = json(at, &[&["psa"], &files[..]].concat());
    for (which, (level, cost, effect)) in [("long", 5.0, 3.0), ("short", 2.0, 2.0)].into_iter().enumerate() {
        let analysis = &result["analyses"][which];
        assert_eq!((&analysis["value"], &analysis["options"][1]["option"]), (&level.into(), &"B".into()));
        close(&analysis["options"][1]["mean_cost"], cost, 1e-14);
        close(&analysis["options"][1]["mean_effect"], effect, 1e-14);
    }
    let of = ["--parameters", "parameters.csv", "--of", "x", "--method", "blocks"];
    let result = json(at, &[&["evppi"], &files[..], &of].concat());
    assert_eq!(result["analyses"].as_array().unwrap().len() + result["failed"].as_array().unwrap().len(), 2);
    fails(at, &[&["psa"], &files[..7], &["year"]].concat(), 1, &["unknown column `year`", "scenario"]);
    let turned = "scenario,A,B\nlong,0,1\nlong,0,2\nshort,0,3\nshort,0,4\n";
    std::fs::write(at.join("effects.csv"), turned).unwrap();
    fails(at, &[&["psa"], &files[..]].concat(), 1, &["effects.csv", "scenario", "costs.csv", "one order"]);
}

/// Costs and effects of the same draws in another order give what they give in one order; other draws are refused.
#[test]
fn draws_are_put_in_the_order_of_their_numbers() {
    let folder = folder(&[
        ("costs.csv", "draw,A,B\n1,0,1\n2,0,2\n3,0,6\n"),
        ("effects.csv", "draw,A,B\n1,0,1\n2,0,2\n3,0,9\n"),
        ("turned.csv", "draw,A,B\n3,0,9\n1,0,1\n2,0,2\n"),
        ("others.csv", "draw,A,B\n4,0,9\n1,0,1\n2,0,2\n"),
    ]);
    let at = folder.path();
    let run = |effects: &'static str| ["psa", "--costs", "costs.csv", "--effects", effects, "--wtp", "1"];
    let (plain, turned) = (json(at, &run("effects.csv")), json(at, &run("turned.csv")));
    assert_eq!(plain["wtp"], turned["wtp"]);
    assert!(turned["notes"][0].as_str().unwrap().contains("the order of draw"), "{}", turned["notes"]);
    fails(at, &run("others.csv"), 1, &["others.csv", "draw", "other draws than those of the costs"]);
    let grouped = ["psa", "--costs", "costs.csv", "--effects", "effects.csv", "--wtp", "20,000"];
    fails(at, &grouped, 2, &["`20,000`", "20000"]);
}

#[test]
fn models_whose_tables_do_not_belong_together() {
    let folder = model();
    let at = folder.path();
    let psa = |costs: &'static str| ["psa", "--costs", costs, "--effects", "effects.csv", "--wtp", "1"];
    fails(at, &psa("others.csv"), 1, &["others.csv", "option `B`"]);
    fails(at, &psa("short.csv"), 1, &["effects.csv", "8 rows"]);
    fails(at, &psa("money.csv"), 1, &["money.csv", "row 6", "GBP (2020) and EUR (2020)"]);
    fails(at, &psa("none.csv"), 1, &["none.csv"]);
    fails(at, &psa("costs.csv")[..5], 2, &["--wtp"]);
    let evppi = |of: &'static str, method: &'static str| {
        [
            "evppi",
            "--costs",
            "costs.csv",
            "--effects",
            "effects.csv",
            "--parameters",
            "parameters.csv",
            "--of",
            of,
            "--method",
            method,
            "--wtp",
            "1",
        ]
    };
    fails(at, &evppi("x", "gq"), 2, &["gq", "gp", "gam", "linear", "blocks", "segments"]);
    fails(at, &evppi("z", "linear"), 2, &["unknown parameter `z`", "x, y"]);
    fails(at, &evppi("x,y", "blocks"), 2, &["blocks with 2 parameters"]);
}

// Five synthetic studies at 20 000 per unit, recomputed independently (NumPy); one for each way of reporting. The fourth
// has the means, variances and covariance of eight points of a cost-effectiveness plane.

fn studies() -> String {
    let effect = [0.02, 0.03, 0.05, 0.01, 0.04, 0.06, 0.03, 0.0];
    let cost = [100.0, 250.0, 150.0, 300.0, 50.0, 400.0, 200.0, 350.0];
    let mean = |v: &[f64]| v.iter().sum::<f64>() / 8.0;
    let cross = |v: &[f64], w: &[f64]| {
        let (a, b) = (mean(v), mean(w));
        v.iter().zip(w).map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / 7.0
    };
    let header = "study,cost_difference,cost_se,cost_ci_lower,cost_ci_upper,effect_difference,effect_se,\
                  effect_ci_lower,effect_ci_upper,covariance,correlation,icer,icer_se,icer_ci_lower,icer_ci_upper,income";
    format!(
        "{header}\n\
         S1,500,150,,,0.05,0.012,,,,,10000,3800,,,high\n\
         S2,300,,100,500,0.04,,0.01,0.07,,,7500,,1500,13500,high\n\
         S3,-200,250,,,0.01,0.02,,,,0,,,,,low\n\
         S4,{},{},,,{},{},,,{},,,,,,low\n\
         S5,400,,,,0.03,,,,,,,,,,low\n",
        mean(&cost),
        cross(&cost, &cost).sqrt(),
        mean(&effect),
        cross(&effect, &effect).sqrt(),
        cross(&cost, &effect),
    )
}

#[test]
fn net_benefits_of_five_studies_pooled() {
    let folder = folder(&[("studies.csv", &studies())]);
    let at = folder.path();
    let common = ["pool-inb", "studies.csv", "--wtp", "20000", "--ratio-guard", "off"];
    for model in [&["--model", "fixed"][..], &["--method", "DL"]] {
        let result = json(at, &[&common[..], model].concat());
        close(&result["estimate"], 422.991_012_377, 5e-12);
        close(&result["se"], 154.401_414_282, 5e-12);
        close(&result["ci_lower"], 120.369_801_222, 1e-11);
        close(&result["ci_upper"], 725.612_223_529, 1e-11);
        close(&result["heterogeneity"]["q"], 0.513_096_441_9, 1e-9);
        assert_eq!(result["k"], 5);
        let expected = [
            ("S1", 500.0, 78_500.0, 1),
            ("S2", 500.0, 81_201.790_229_5, 2),
            ("S3", 400.0, 222_500.0, 3),
            ("S4", 375.0, 186_428.571_428_571, 3),
            ("S5", 200.0, 142_157.590_414_5, 5),
        ];
        for (study, (name, inb, variance, scenario)) in
            result["studies"].as_array().unwrap().iter().zip(expected)
        {
            assert_eq!(study["study"], name);
            close(&study["inb"], inb, 1e-10);
            close(&study["variance"], variance, 1e-10);
            close(&study["yi"], inb, 1e-10);
            assert_eq!(study["scenario"], scenario);
            assert!(study["weight"].is_number());
        }
        assert!(result["notes"].to_string().contains("S5: reports no uncertainty"));
    }
    let groups = json(at, &[&common[..], &["--subgroup", "income"]].concat());
    assert_eq!(groups["subgroups"].as_array().unwrap().len(), 2);
    let guarded = json(at, &common[..4]);
    assert_eq!(guarded["studies"][1]["scenario"], 3);
    let words = text(at, &[&common[..], &["--currency", "GBP", "--price-year", "2021"]].concat());
    assert!(
        words.starts_with("Incremental net benefit at a willingness to pay of 20000 GBP (2021)\n"),
        "{words}"
    );
}

#[test]
fn net_benefits_that_cannot_be_pooled() {
    let mixed = "study,cost_difference,cost_se,effect_difference,effect_se,correlation,currency,price_year\n\
                 A,1,1,0.1,0.1,0,GBP,2020\nB,1,1,0.1,0.1,0,USD,2020\n";
    let impossible = "study,cost_difference,cost_se,effect_difference,effect_se,covariance\n\
                      A,1,1,0.1,0.1,0.01\nB,1,,0.1,0.1,0\nC,1,1,0.1,0.1,5\n";
    let folder = folder(&[("studies.csv", &studies()), ("mixed.csv", mixed), ("impossible.csv", impossible)]);
    let at = folder.path();
    fails(at, &["pool-inb", "studies.csv"], 2, &["--wtp"]);
    fails(at, &["pool-inb", "studies.csv", "--wtp", "1,2"], 2, &["--wtp", "2 values"]);
    fails(at, &["pool-inb", "studies.csv", "--wtp", "1", "--model", "mh"], 2, &["--model"]);
    fails(at, &["pool-inb", "studies.csv", "--wtp", "1", "--ratio-guard", "maybe"], 2, &["maybe"]);
    fails(
        at,
        &["pool-inb", "mixed.csv", "--wtp", "1"],
        1,
        &["mixed.csv", "row 2 (B)", "GBP (2020) and USD (2020)"],
    );
    fails(
        at,
        &["pool-inb", "impossible.csv", "--wtp", "1"],
        1,
        &["impossible.csv", "row 3 (C)", "covariance"],
    );
    std::fs::write(at.join("kept.json"), "before").unwrap();
    fails(at, &["pool-inb", "impossible.csv", "--wtp", "1", "--output", "kept.json"], 1, &[]);
    assert_eq!(std::fs::read_to_string(at.join("kept.json")).unwrap(), "before");
}

// The value of one more trial. Expected: the unit normal loss in scipy 1.x, σφ(μ/σ) - |μ|Φ(-|μ|/σ), and sums of 1.035^-t.

#[test]
fn the_value_of_a_trial_by_its_size() {
    let folder = folder(&[]);
    let net = ["evsi", "--inb", "1000", "--se", "2000", "--prior-size", "100"];
    let people = ["--incidence", "1000", "--years", "10", "--discount-rate", "0.035"];
    let costs = ["--fixed-cost", "500000", "--cost-per-patient", "2000"];
    let sizes = ["--sizes", "50,100,200,400,800"];
    let result = json(folder.path(), &[&net[..], &people, &costs, &sizes].concat());
    close(&result["evpi"], 395.593_114_8, 1e-9);
    close(&result["people"], 8_607.686_5, 1e-8);
    let evsi =
        [123.367_784_369_9, 199.641_228_374_2, 269.941_925_474_4, 322.341_829_419_8, 355.626_994_414_7];
    let enbs =
        [461_911.213_149_9, 1_018_449.108_090_9, 1_423_575.470_084_2, 1_474_617.416_340_8, 961_125.682_012_6];
    for (i, (evsi, enbs)) in evsi.into_iter().zip(enbs).enumerate() {
        close(&result["evsi"][i]["evsi"], evsi, 1e-10);
        close(&result["evsi"][i]["enbs"], enbs, 1e-9);
    }
    close(&result["optimal_n"], 400.0, 0.0);
    // 1,423,575 is within 5% of 1,474,617.
    assert_eq!(result["near_optimal"], serde_json::json!([200.0, 400.0]));

    // A pooled gain with its heterogeneity, worth 20,000 a QALY, for a trial with half of n in each arm.
    let effect = ["evsi", "--effect", "0.02", "--se", "0.01", "--tau2", "0.0004", "--sd", "0.2"];
    let result = json(
        folder.path(),
        &[&effect[..], &["--wtp", "20000", "--extra-cost", "300", "--sizes", "200,800"]].concat(),
    );
    close(&result["inb"], 100.0, 1e-12);
    close(&result["evsi"][0]["evsi"], 0.786_351_760_471_026, 1e-10);
    close(&result["evsi"][1]["evsi"], 3.277_555_412_983_263, 1e-10);
    assert!(result["evsi"][0]["enbs"].is_null() && result["optimal_n"].is_null());
    assert!(result["notes"][0].as_str().unwrap().contains("per person"));
}

#[test]
fn trials_that_cannot_be_valued() {
    let folder = folder(&[]);
    let with = |se: &str, sizes: &str| -> Vec<String> {
        ["evsi", "--inb", "1", "--prior-size", "10", "--se", se, "--sizes", sizes].map(str::to_owned).to_vec()
    };
    let wrong = |args: Vec<String>, words: &[&str]| {
        fails(folder.path(), &args.iter().map(String::as_str).collect::<Vec<_>>(), 2, words);
    };
    wrong(with("-1", "10"), &["--se", "-1"]);
    wrong(with("1", "0"), &["--sizes", "above 0"]);
    wrong(with("1", "ten"), &["--sizes", "`ten`"]);
    fails(folder.path(), &["evsi", "--se", "1", "--sizes", "10"], 2, &["--effect", "--inb"]);
    fails(folder.path(), &["evsi", "--effect", "1", "--se", "1", "--sizes", "10"], 2, &["--wtp", "--sd"]);
    // 3.5 that should be per cent is computed and noted.
    let people = ["--incidence", "10", "--years", "2", "--discount-rate", "3.5", "--fixed-cost", "99"]
        .map(str::to_owned);
    let args = [with("1", "10"), people.to_vec()].concat();
    let result = json(folder.path(), &args.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(result["notes"][0].as_str().unwrap().contains("3.5 per cent is 0.035"));
    assert!(result["notes"][1].as_str().unwrap().contains("no size"));
}

// A cohort of three states whose probabilities change with the third cycle; expected: the same sums in numpy.

const TRANSITIONS: &str = "from,cycle,well,ill,dead\nwell,1,.8,.15,.05\nill,1,0,.9,.1\ndead,1,0,0,1\n\
                           well,3,.7,.2,.1\nill,3,0,.8,.2\ndead,3,0,0,1\n";
const STATES: &str = "state,start,cost,utility\nwell,1,1000,.8\nill,0,2000,.5\ndead,0,0,0\n";

#[test]
fn a_cohort_over_half_years() {
    let folder = folder(&[("t.csv", TRANSITIONS), ("s.csv", STATES)]);
    let args =
        ["cohort", "t.csv", "--states", "s.csv", "--cycles", "4", "--cycle-years", "0.5", "--discount-rate"];
    let result = json(folder.path(), &[&args[..], &["0.035"]].concat());
    close(&result["cost"], 4_226.383_387_293_531, 1e-12);
    close(&result["qalys"], 1.209_351_274_632_769, 1e-12);
    close(&result["undiscounted_cost"], 4374.0, 1e-12);
    for (state, share) in [0.3136, 0.3552, 0.3312].into_iter().enumerate() {
        close(&result["trace"][4][state], share, 1e-12);
    }
    let result = json(folder.path(), &[&args[..], &["0.035", "--counting", "end"]].concat());
    close(&result["cost"], 4_204.340_865_881_13, 1e-12);
    let result = json(folder.path(), &[&args[..], &["3.5"]].concat());
    assert!(result["notes"][0].as_str().unwrap().contains("3.5 per cent is 0.035"));
}

#[test]
fn cohorts_that_cannot_be_run() {
    let run = |transitions: &str, states: &str, status: i32, words: &[&str]| {
        let folder = folder(&[("t.csv", transitions), ("s.csv", states)]);
        let args = ["cohort", "t.csv", "--states", "s.csv", "--cycles", "4", "--discount-rate", "0"];
        fails(folder.path(), &args, status, words);
    };
    run(TRANSITIONS, &STATES.replace(",.8", ",80"), 1, &["s.csv", "row 1", "utility", "80", "at most 1"]);
    run(TRANSITIONS, &STATES.replace("well,1", "well,0.9"), 1, &["s.csv", "0.9", "sum to 1"]);
    run(&TRANSITIONS.replace("1,.8", "1,.9"), STATES, 1, &["t.csv", "cycle 1", "well"]);
    // A state without a row of its own for a later cycle holds on to its last one.
    let held = folder(&[("t.csv", &TRANSITIONS.replace("dead,3,0,0,1\n", "")), ("s.csv", STATES)]);
    let args = ["cohort", "t.csv", "--states", "s.csv", "--cycles", "4", "--discount-rate", "0"];
    json(held.path(), &args);
    run(&TRANSITIONS.replace("ill,3", "sick,3"), STATES, 1, &["row 5", "`sick` is no state"]);
    run(&TRANSITIONS.replace("cycle,well", "cycle,wel"), STATES, 2, &["state", "wel"]);
}

/// A file with the probabilities of two scenarios, of which a condition chooses one, gives what the file of that one gives.
#[test]
fn a_cohort_of_the_chosen_scenario() {
    let mut lines = TRANSITIONS.lines();
    let mut both = format!("scenario,{}\n", lines.next().unwrap());
    for line in lines {
        both += &format!("base,{line}\nworse,{}\n", line.replace(",1,.8", ",1,.7"));
    }
    let folder = folder(&[("t.csv", TRANSITIONS), ("both.csv", &both), ("s.csv", STATES)]);
    let run = |file: &'static str, more: &[&'static str]| {
        let args = ["cohort", file, "--states", "s.csv", "--cycles", "4", "--discount-rate", "0"];
        [&args[..], more].concat()
    };
    let mut chosen = json(folder.path(), &run("both.csv", &["--where", "scenario == base"]));
    assert!(chosen["notes"][0].as_str().unwrap().contains("rows chosen by `scenario == base`"), "{chosen}");
    let alone = json(folder.path(), &run("t.csv", &[]));
    chosen["notes"] = alone["notes"].clone();
    assert_eq!((&chosen["cost"], &chosen["trace"]), (&alone["cost"], &alone["trace"]));
    fails(
        folder.path(),
        &run("both.csv", &["--where", "scenario == bad"]),
        1,
        &["both.csv", "scenario", "`bad`"],
    );
}

#[test]
fn budgets_and_social_returns() {
    let years = "people,present_usual,present_new,new_usual,new_new\n1000,1,0,.8,.2\n1100,1,0,.5,.5\n";
    let outcomes = "outcome,quantity,proxy,deadweight,displacement,attribution_to_others,drop_off,years\n\
                    less isolation,100,500,.25,.10,.30,.20,3\n";
    let folder = folder(&[
        ("costs.csv", "option,cost\nusual,100\nnew,300\n"),
        ("years.csv", years),
        ("more.csv", &years.replace("new_new", "new_old")),
        ("shares.csv", &years.replace(".5,.5", ".5,.4")),
        ("outcomes.csv", outcomes),
        ("percent.csv", &outcomes.replace(".25", "25")),
        ("half.csv", &outcomes.replace(".20,3", ".20,2.5")),
    ]);
    // 1000 · 0.2 · 200 and 1100 · 0.5 · 200.
    let result = json(folder.path(), &["budget", "years.csv", "--costs", "costs.csv"]);
    close(&result["years"][0]["impact"], 40_000.0, 1e-12);
    close(&result["years"][1]["impact"], 110_000.0, 1e-12);
    close(&result["total"], 150_000.0, 1e-12);
    fails(folder.path(), &["budget", "more.csv", "--costs", "costs.csv"], 1, &["new_old", "usual, new"]);
    fails(
        folder.path(),
        &["budget", "shares.csv", "--costs", "costs.csv"],
        1,
        &["shares.csv", "row 2", "sum to 1"],
    );

    // 100 · 500 · 0.75 · 0.9 · 0.7 = 23,625, then 80% of it each year, at 3.5% from the end of the first.
    let sroi = ["--input", "20000", "--discount-rate", "0.035"];
    let result = json(folder.path(), &[&["sroi", "outcomes.csv"][..], &sroi].concat());
    close(&result["impacts"][0]["first_year"], 23_625.0, 1e-12);
    close(&result["present_value"], 54_106.812_9, 1e-8);
    close(&result["ratio"], 2.705_341, 1e-6); // to the digits of the specification
    assert!(result["notes"][0].as_str().unwrap().contains("not a cost-effectiveness ratio"));
    let wrong = |file: &str, words: &[&str]| {
        fails(folder.path(), &[&["sroi", file][..], &sroi].concat(), 1, words);
    };
    wrong("percent.csv", &["percent.csv", "row 1", "deadweight", "25"]);
    wrong("half.csv", &["half.csv", "row 1", "years", "2.5"]);
    fails(folder.path(), &["sroi", "outcomes.csv", "--input", "0", "--discount-rate", "0"], 2, &["--input"]);
}

#[test]
fn money_of_another_year_and_currency() {
    let folder = folder(&[
        ("amounts.csv", "study,amount,currency,price_year\nS1,100,AAA,2010\nS2,100,BBB,2010\n"),
        ("plain.csv", "study,amount\nS1,100\n"),
        ("index.csv", "currency,year,value\nAAA,2010,90\nAAA,2020,108\nBBB,2010,95\nBBB,2020,104\n"),
        ("twice.csv", "currency,year,value\nAAA,2010,90\nAAA,2010,91\n"),
        ("ppp.csv", "currency,year,value\nAAA,2010,.8\nAAA,2020,.9\nBBB,2010,1\nBBB,2020,1\n"),
    ]);
    let with = |file: &'static str, order: &'static str, index: &'static str| {
        [
            "convert-money",
            file,
            "--to-currency",
            "BBB",
            "--to-year",
            "2020",
            "--order",
            order,
            "--index",
            index,
            "--ppp",
            "ppp.csv",
            "--vintage",
            "2024-01",
        ]
    };
    // 100 · 108/90 · 1/0.9, and 100 · 1/0.8 · 104/95; the second amount needs inflation only.
    let result = json(folder.path(), &with("amounts.csv", "inflate-first", "index.csv"));
    close(&result["amounts"][0]["converted"]["amount"], 400.0 / 3.0, 1e-12);
    close(&result["amounts"][1]["converted"]["amount"], 10_400.0 / 95.0, 1e-12);
    assert!(result["amounts"][0]["sources"].to_string().contains("2024-01"));
    let result = json(folder.path(), &with("amounts.csv", "convert-first", "index.csv"));
    close(&result["amounts"][0]["converted"]["amount"], 125.0 * 104.0 / 95.0, 1e-12);

    fails(folder.path(), &with("plain.csv", "inflate-first", "index.csv"), 1, &["no currency", "--currency"]);
    fails(
        folder.path(),
        &with("amounts.csv", "inflate-first", "twice.csv"),
        1,
        &["twice.csv", "row 2", "second"],
    );
    fails(folder.path(), &with("amounts.csv", "split", "index.csv"), 2, &["--tradable-share"]);
    let year =
        with("amounts.csv", "inflate-first", "index.csv").map(|a| if a == "2020" { "2021" } else { a });
    fails(folder.path(), &year, 1, &["amounts.csv", "S1", "no value for 2021"]);
}

#[test]
fn the_reporting_checklist() {
    let folder = folder(&[
        ("costs.csv", "usual,new\n100,300\n100,300\n100,300\n100,300\n"),
        ("effects.csv", "usual,new\n.5,.52\n.5,.56\n.5,.48\n.5,.6\n"),
        ("patients.csv", &patients()),
        ("none.json", "{}"),
    ]);
    let psa = [
        "psa",
        "--costs",
        "costs.csv",
        "--effects",
        "effects.csv",
        "--wtp",
        "5000,10000",
        "--format",
        "json",
    ];
    text(folder.path(), &[&psa[..], &["-o", "psa.json"]].concat());
    let icer = [
        "icer",
        "--cost-difference",
        "25",
        "--cost-se",
        "124",
        "--effect-difference",
        ".042",
        "--effect-se",
        ".019",
        "--correlation",
        "0",
        "--format",
        "json",
        "-o",
        "icer.json",
    ];
    text(folder.path(), &icer);
    let cheers = [
        "cheers",
        "psa.json",
        "icer.json",
        "--set",
        "8=Health service",
        "--set",
        "27=Nobody",
        "--currency",
        "GBP",
        "--price-year",
        "2021",
        "--discount-rate",
        "3.5",
    ];
    let result = json(folder.path(), &cheers);
    let item = |number: usize| result["items"][number - 1].clone();
    assert_eq!(result["items"].as_array().unwrap().len(), 28);
    assert_eq!(
        (item(8)["status"].as_str(), item(8)["authors"].as_str()),
        (Some("written"), Some("Health service"))
    );
    assert_eq!(item(10)["status"], "partly");
    assert_eq!(item(15)["analysis"][0], "Costs in GBP (2021).");
    assert_eq!(item(28)["status"], "to be written");
    // Of four draws at 10,000 two and a half are best for `new`.
    assert!(item(24)["analysis"].to_string().contains("probability 0.625"));
    assert!(item(23)["analysis"].to_string().contains("ICER: 595.24"));
    assert!(result["notes"][0].as_str().unwrap().contains("3.5 per cent is 0.035"));
    let markdown = text(folder.path(), &[&cheers[..], &["--format", "markdown"]].concat());
    assert!(markdown.contains("| 27 | Other information | Source of funding | written | Nobody |"));

    fails(folder.path(), &["cheers", "none.json"], 1, &["none.json", "no result of an economic analysis"]);
    fails(folder.path(), &["cheers", "costs.csv"], 1, &["costs.csv", "not JSON"]);
    fails(folder.path(), &["cheers", "--set", "29=x"], 2, &["29", "from 1 to 28"]);
    fails(folder.path(), &["cheers", "--set", "eight"], 2, &["--set", "eight"]);
    fails(folder.path(), &["cheers", "--price-year", "2021"], 2, &["--currency"]);
}

#[test]
fn wrong_values_are_named_with_their_place() {
    let folder = folder(&[
        ("costs.csv", "A,B\n1,2\n3,4\n"),
        ("effects.csv", "A,B\n1,2\n3,4\n"),
        ("short.csv", "A,B\n1,2\n"),
        ("renamed.csv", "A,C\n1,2\n3,4\n"),
        ("infinite.csv", "A,B\n1,2\n3,-inf\n"),
        (
            "studies.csv",
            "study,cost_difference,cost_se,effect_difference,effect_se,correlation\nS1,1,1,1,-1,0\n",
        ),
        ("nothing.csv", "A,B\nNA,2\n3,NA\n"),
    ]);
    let at = folder.path();
    let psa = |effects: &'static str, more: &[&'static str]| {
        [&["psa", "--costs", "costs.csv", "--effects", effects, "--wtp", "1"], more].concat()
    };
    fails(at, &psa("short.csv", &[]), 1, &["short.csv", "1 rows", "have 2"]);
    fails(at, &psa("renamed.csv", &[]), 1, &["renamed.csv", "`C`", "no costs"]);
    fails(at, &psa("infinite.csv", &[]), 1, &["infinite.csv", "row 2", "column B", "-inf", "finite"]);
    fails(at, &psa("nothing.csv", &[]), 1, &["no draw"]);
    fails(at, &psa("effects.csv", &["--currency", "GBP"]), 2, &["--currency", "--price-year"]);
    fails(at, &psa("effects.csv", &["--price-year", "2021"]), 2, &["--price-year", "--currency"]);
    let pool = ["pool-inb", "studies.csv", "--wtp", "1"];
    fails(at, &pool, 1, &["studies.csv", "row 1", "S1", "effect_se", "-1"]);
    let icer = ["--cost-difference", "1", "--cost-se", "-1", "--effect-difference", "1", "--effect-se", "1"];
    fails(
        at,
        &[&["icer"][..], &icer, &["--correlation", "0"]].concat(),
        2,
        &["--cost-se", "-1", "at least 0"],
    );
}
