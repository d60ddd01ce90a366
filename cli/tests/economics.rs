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
    fails(at, &with("three.csv", "new", &wtp), 1, &["three.csv", "row 9", "other"]);
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
    fails(at, &evppi("z", "linear"), 1, &["parameters.csv", "z"]);
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
