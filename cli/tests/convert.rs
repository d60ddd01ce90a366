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

/// Each names the row, its column, the value and what would be right.
#[test]
fn bad_values_are_named_with_their_column() {
    for (text, args, words) in [
        (
            "study,ni,q1i,mediani,q3i\nA,20,3,4,6\nB,30,9,5,7\n",
            &["means-sds"][..],
            ["row 2 (B), column mediani", "median 5 is below the first quartile 9", "in order"],
        ),
        (
            "study,ni,q1i,mediani,q3i\nA,2,3,4,6\n",
            &["means-sds"],
            ["row 1 (A), column ni", "n is 2", "at least 4"],
        ),
        (
            "study,ni,mini,mediani,maxi\nA,20,1,15,7\n",
            &["means-sds"],
            ["column maxi", "maximum 7 is below the median 15", "in order"],
        ),
        (
            "study,ni,q1i,mediani,q3i\nA,20,-3,4,6\n",
            &["means-sds", "--summary", "mln"],
            ["column q1i", "-3", "above 0"],
        ),
        ("study,ni,mi,sdi\nA,20,3,0\n", &["means-sds"], ["column sdi", "standard deviation is 0", "above 0"]),
        ("study,ni,mi,sei\nA,20,3,0\n", &["means-sds"], ["column sei", "standard error is 0", "above 0"]),
        (
            "study,n1i,m1i,n2i,m2i,p_value\nA,10,3,12,5,0\n",
            &["means-sds"],
            ["column p_value", "P value is 0", "`<0.0005`"],
        ),
        (
            "study,ai,n1i,ci,n2i,cluster_size,icc\nA,6,29,8,33,10,1.5\n",
            &["cluster"],
            ["column icc", "intracluster correlation is 1.5", "between -0.111111 and 1"],
        ),
        (
            "study,ai,n1i,ci,n2i,cluster_size,icc\nA,6,29,8,33,10,-0.2\n",
            &["cluster"],
            ["column icc", "intracluster correlation is -0.2", "between -0.111111 and 1"],
        ),
        (
            "study,mi_pre,sdi_pre,mi,sdi,ni,ri\nA,10,2,12,2,50,-1.2\n",
            &["change"],
            ["column ri", "correlation is -1.2", "between -1 and 1"],
        ),
        (
            "study,mi_pre,sdi_pre,mi,sdi,ni,sdi_change\nA,10,2,12,2.4,50,9\n",
            &["change"],
            ["row 1 (A)", "SD of change 9", "between 0.4 and 4.4"],
        ),
        (
            "study,n1i,n2i,risk_ratio,risk2\nA,100,50,5,0.5\n",
            &["two-by-two"],
            ["column risk_ratio", "risk ratio 5", "at most 1"],
        ),
        (
            "study,ni,n1i,events,phi\nA,100,50,10,0.9\n",
            &["two-by-two"],
            ["column phi", "phi is 0.9", "between -0.333333 and 0.333333"],
        ),
        (
            "study,x1i,x2i,ni,ri\nA,28,2,20,0.1\n",
            &["cross-over", "--effect", "OR"],
            ["column x1i", "28 events exceed the 20", "at most"],
        ),
        (
            "study,yi,vi,n1i,n2i\nA,1.2,0.1,10,10\n",
            &["metric", "--from", "r", "--to", "d"],
            ["column yi", "correlation is 1.2", "strictly between -1 and 1"],
        ),
        (
            "study,yi,vi,ri\nA,1,2,0\nA,1,1,0\nA,1,1,0\n",
            &["aggregate", "--assume", "correlation=-0.9"],
            ["row 1 (A)", "correlation is -0.9", "between -0.5 and 1"],
        ),
        (
            "study,ai,n1i,ci,n2i\nA,1,20,3,30\nA,2,20,4,30\n",
            &["shared-comparator", "--measure", "OR"],
            ["row 2 (A)", "another comparator", "same numbers in group 2"],
        ),
        (
            "study,m1i,sd1i,n1i,m2i,sd2i,n2i\nA,1,2,20,3,4,30\nA,2,2,20,4,3,30\n",
            &["endpoints", "--measure", "SMD", "--assume", "correlation=1.4"],
            ["study A", "is 1.4", "between -1 and 1"],
        ),
        (
            "study,p_value,favours,events,n1i,n2i\nA,0.03,1,200,20,20\n",
            &["survival"],
            ["column events", "200 events among 40", "more events than people"],
        ),
        (
            "study,arm,time,survival,at_risk\nA,x,0,1,20\nA,x,1,.8,16\nA,x,2,.9,10\nA,y,0,1,20\nA,y,1,.8,16\nA,y,2,.7,10\n",
            &["curves"],
            ["row 1 (A)", "rises from 0.8 to 0.9 at time 2", "never rises"],
        ),
        (
            "study,estimate,ci_lower,ci_upper,baseline_risk\nA,0.8,0.5,0.9,20\n",
            &["absolute", "--effect", "RR"],
            ["column baseline_risk", "baseline risk is 20", "divide a percentage by 100"],
        ),
    ] {
        let args: Vec<&str> = args[..1].iter().chain(&["data.csv"]).chain(&args[1..]).copied().collect();
        refuses(text, &args, 1, &[&["data.csv"], &words[..]].concat());
    }
}

/// Files of Review Manager that are none, cut off, or made to do harm.
#[test]
fn malformed_reviews_are_refused() {
    let entities = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><COCHRANE_REVIEW>&b;</COCHRANE_REVIEW>";
    let external =
        "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><COCHRANE_REVIEW>&a;</COCHRANE_REVIEW>";
    let deep = format!("{}{}", "<A>".repeat(50_000), "</A>".repeat(50_000));
    for (text, words) in [
        (entities, ["DTD", "as RevMan saved it"]),
        (external, ["DTD", "as RevMan saved it"]),
        (deep.as_str(), ["nested deeper than 100", "as RevMan saved it"]),
        ("<COCHRANE_REVIEW><ANALYSES_AND_DATA>", ["never closed", "as RevMan saved it"]),
        ("<html><body>404</body></html>", ["holds a `html`", "COCHRANE_REVIEW"]),
        ("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><COCHRANE_REVIEW/>", ["ebcdic", "UTF-8"]),
        ("", ["is empty", "as its program saved it"]),
    ] {
        refuses(text, &["import", "data.csv"], 1, &[&["data.csv"], &words[..]].concat());
    }
    // The file is in ISO-8859-1, which its ASCII part does not show.
    let review = fs::read(data("fleiss1993/review.rm5")).unwrap();
    let review: String = review.into_iter().filter(u8::is_ascii).map(char::from).collect();
    let wrong = review.replace("EVENTS_1=\"", "EVENTS_1=\"x");
    refuses(&wrong, &["import", "data.csv"], 1, &["study MRC-1", "column EVENTS_1", "a number is needed"]);
}

fn data(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data").join(file)
}

/// Every example of the documentation runs, and every kind has one.
#[test]
fn the_examples_of_the_documentation_run() {
    let manual =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/convert.md")).unwrap();
    let help = run(Path::new("."), &["convert", "--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    let listed = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next()).unwrap();
    let names = |line: &&str| line.starts_with("  ") && line.as_bytes()[2].is_ascii_lowercase();
    let kinds: Vec<&str> = listed.lines().filter(|line| line.len() > 2).filter(names).collect();
    let kinds: Vec<&str> = kinds
        .iter()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|kind| *kind != "help")
        .collect();
    assert!(kinds.len() > 20, "{kinds:?}");
    let blocks = |section: &str, kind: &str| -> Vec<String> {
        let fence = format!("```{kind}\n");
        let parts = section.split(fence.as_str()).skip(1);
        parts.map(|part| part.split("```").next().unwrap().to_owned()).collect()
    };
    for kind in kinds {
        let section = manual.split("\n## `").find(|part| part.starts_with(&format!("{kind}`")));
        let section = section.unwrap_or_else(|| panic!("{kind} is not in docs/convert.md"));
        let folder = TempDir::new().unwrap();
        for (name, text) in ["data.csv", "risk.csv"].iter().zip(blocks(section, "csv")) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        fs::copy(data("fleiss1993/review.rm5"), folder.path().join("review.rm5")).unwrap();
        let commands = blocks(section, "sh");
        assert!(!commands.is_empty(), "{kind} has no example");
        for command in commands.iter().flat_map(|block| block.lines()) {
            let args: Vec<&str> =
                command.split_whitespace().skip(1).map(|word| word.trim_matches('"')).collect();
            let output = run(folder.path(), &args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{command}: {said}");
        }
    }
}

/// What the command line makes of a three-arm trial and of several outcomes goes into a multivariate model whose studies have
/// different numbers of effects: metafor 3.8.1, `rma.mv(c(.4, .3, .2), V)` with the covariance 0.6·√(0.04·0.05).
#[test]
fn covariances_of_unequal_studies_feed_a_model() {
    let text = "study,kind,yi,vi\nA,pain,0.4,0.04\nA,function,0.3,0.05\nB,pain,0.2,0.03\n";
    let folder = folder(text);
    let convert =
        ["convert", "vcov", "data.csv", "--assume", "between=0.6", "--format", "csv", "-o", "v.csv"];
    assert!(run(folder.path(), &convert).status.success());
    let output = run(folder.path(), &["multilevel", "v.csv", "--vcov", "v1i,v2i:study", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["k"], 3, "{result}");
    let text = result.to_string();
    assert!(text.contains("0.27531743432772") && text.contains("0.1272883314852"), "{text}");

    let rows = csv(
        "study,ai,n1i,ci,n2i\nA,10,100,20,110\nA,15,100,20,110\nB,8,60,12,55\n",
        &["shared-comparator", "data.csv", "--measure", "OR"],
    );
    // Woolf's variances; the covariance is the part of the comparator, 1/20 + 1/90.
    let expected = [1.0 / 10.0 + 1.0 / 90.0 + 1.0 / 20.0 + 1.0 / 90.0, 1.0 / 20.0 + 1.0 / 90.0];
    let (v1, v2) = (column(&rows, "v1i"), column(&rows, "v2i"));
    assert!((v1[0] - expected[0]).abs() < 1e-14 && (v1[1] - expected[1]).abs() < 1e-14);
    assert!((v2[0] - expected[1]).abs() < 1e-14 && v2[2] == 0.0);
}

/// A range of an assumption as a figure; one that cannot be drawn is refused before anything is written.
#[test]
fn a_range_of_an_assumption_is_drawn() {
    let text = "study,ai,n1i,ci,n2i,cluster_size\nA,63,295,84,330,10.8\nB,20,150,31,148,12\n";
    let folder = folder(text);
    let args = |file: &'static str| {
        ["convert", "cluster", "data.csv", "--assume", "icc=0.02", "--measure", "OR", "--plot", file]
    };
    let range = ["--sensitivity", "icc=0:0.1:0.02"];
    let output = run(folder.path(), &[&args("icc.svg")[..], &range].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawn = fs::read_to_string(folder.path().join("icc.svg")).unwrap();
    assert!(drawn.contains("icc") && drawn.contains("Odds ratio") && drawn.contains("main analysis, 0.02"));
    for (args, words) in [
        (args("icc.svg").to_vec(), ["--plot", "0 ranges"]),
        ([&args("icc.gif")[..], &range].concat(), ["unknown image format", "gif"]),
        ([&args("icc.svg")[..], &range, &range].concat(), ["--plot", "2 ranges"]),
    ] {
        let output = run(folder.path(), &args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        words.iter().for_each(|word| assert!(said.contains(word), "`{word}` is not in: {said}"));
    }
}

/// Odds ratios with limits, as Comprehensive Meta-Analysis holds them: the standard error that they imply, how it came about, and what a
/// fixed-effect model makes of it (ln 0.8 and ln 0.7 with equal weights).
#[test]
fn imported_numbers_keep_their_record() {
    let text = "Study name,Odds ratio,Lower limit,Upper limit\nA,0.8,0.6576122,0.9732180\nB,0.7,0.5754106,0.8515658\n";
    let folder = folder(text);
    let output = run(folder.path(), &["convert", "import", "data.csv", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let step = &result["rows"][0]["steps"][0];
    assert!(step["reference"].as_str().unwrap().contains("Cochrane Handbook"), "{step}");
    assert!(step["formula"].as_str().unwrap().contains("upper - lower"), "{step}");
    assert_eq!(step["sources"][0]["value"], 0.6576122);

    let rows = csv(text, &["import", "data.csv"]);
    assert!((column(&rows, "vi")[0] - 0.01).abs() < 1e-7);
    assert!(rows[0].contains(&"derived".to_owned()) && rows[0].contains(&"reference".to_owned()));
    let made = run(folder.path(), &["convert", "import", "data.csv", "--format", "csv", "-o", "made.csv"]);
    assert!(made.status.success());
    let args = ["pool", "made.csv", "--measure", "OR", "--model", "fixed", "--format", "json"];
    let result: Value = serde_json::from_slice(&run(folder.path(), &args).stdout).unwrap();
    let expected = (0.8f64.ln() + 0.7f64.ln()) / 2.0;
    assert!((result["estimate"].as_f64().unwrap() - expected).abs() < 1e-6, "{result}");
}

#[test]
fn rows_of_an_import_are_chosen() {
    let text = "Study name,Odds ratio,Lower limit,Upper limit\nA,0.8,0.6576122,0.9732180\nB,0.7,0.5754106,0.8515658\n";
    for choice in [["--exclude", "A"], ["--where", "yi < -0.3"]] {
        let rows = csv(text, &[&["import", "data.csv"], &choice[..]].concat());
        assert_eq!((rows.len(), rows[1][0].as_str()), (2, "B"), "{choice:?}");
    }
    refuses(text, &["import", "data.csv", "--exclude", "C"], 1, &["data.csv", "unknown study `C`", "A, B"]);
}

/// The same trials from the file of Review Manager and from the CSV that it exports; the odds ratio that the review published.
#[test]
fn both_files_of_review_manager_agree() {
    let there = |file: &str, extra: &[&str]| {
        let path = data(file);
        let args = ["convert", "import", path.to_str().unwrap(), "--outcome", "1", "--format"];
        let output = run(Path::new("."), &[&args[..], extra].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let rows = |text: &str| -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let (rm5, export) = (there("fleiss1993/review.rm5", &["csv"]), there("fleiss1993/export.csv", &["csv"]));
    for name in ["ai", "n1i", "ci", "n2i"] {
        let (one, two) = (column(&rows(&rm5), name), column(&rows(&export), name));
        assert!(one.len() == 7 && one == two, "{name}: {one:?} {two:?}");
    }
    let json: Value = serde_json::from_str(&there("fleiss1993/review.rm5", &["json"])).unwrap();
    let effect = &json["published"][0]["effect"];
    let published = ["estimate", "ci_lower", "ci_upper"].map(|name| effect[name].as_f64().unwrap());
    // R metafor 3.8.1: rma.mh(measure = "OR") of the seven trials, on the scale of odds ratios.
    for (got, expected) in published.iter().zip([0.896865560913071, 0.8405144008917794, 0.9569947088336492]) {
        assert!((got - expected).abs() < 1e-12, "{got} {expected}");
    }
}
