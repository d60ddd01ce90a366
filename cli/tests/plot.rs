//! Each kind of figure through the program: a whole SVG with its title, and nothing else left; what is missing is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

fn bcg() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/metafor/data/bcg_roles.csv")
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_consilience"))
        .current_dir(folder)
        .arg("plot")
        .args(args)
        .output()
        .unwrap()
}

/// The SVG of a kind, of `data` with these options.
#[track_caller]
fn draws(kind: &str, data: &str, options: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let name = if data.contains('\n') {
        fs::write(folder.path().join("data.csv"), data).unwrap();
        "data.csv".to_owned()
    } else {
        data.to_owned()
    };
    let title = ["-o", "figure.svg", "--title", "A heading"];
    let output = run(folder.path(), &[&[kind, name.as_str()], options, &title].concat());
    assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
    let svg = fs::read_to_string(folder.path().join("figure.svg")).unwrap();
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{kind}");
    assert!(
        svg.trim_end().ends_with("</svg>") && svg.contains("<title") && svg.contains("A heading"),
        "{kind}"
    );
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{kind}");
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, if data.contains('\n') { 2 } else { 1 }, "{kind}");
    svg
}

#[test]
fn every_kind_of_a_fit() {
    let bcg = bcg();
    let bcg = bcg.to_str().unwrap();
    let rr = ["--measure", "RR"];
    for kind in [
        "forest",
        "funnel",
        "doi",
        "radial",
        "labbe",
        "drapery",
        "caterpillar",
        "orchard",
        "profile",
        "multiverse",
        "baujat",
        "influence",
        "leave-one-out",
        "cumulative",
        "qq",
        "p-curve",
    ] {
        let svg = draws(kind, bcg, &rr);
        assert!(svg.len() > 1500, "{kind}");
        // The same input gives the same bytes.
        assert_eq!(svg, draws(kind, bcg, &rr), "{kind}");
    }
    draws("gosh", bcg, &[&rr[..], &["--gosh", "500", "--study", "TPT Madras 1980", "--quiet"]].concat());
    draws("selection", bcg, &[&rr[..], &["--selection", "beta"]].concat());
    draws("bubble", bcg, &[&rr[..], &["--mods", "ablat"]].concat());
    draws("permutation", bcg, &[&rr[..], &["--mods", "ablat", "--permute", "200"]].concat());
    for region in ["pseudo", "power"] {
        draws("funnel", bcg, &[&rr[..], &["--region", region]].concat());
    }
}

#[test]
fn figures_of_a_review() {
    let judged = "study,D1,D2,D3,D4,D5,Overall\nA & B,low,some concerns,low,low,high,high\nC,low,low,low,low,low,low\n";
    assert!(draws("traffic-light", judged, &[]).contains("A &amp; B"));
    draws("risk-of-bias", judged, &[]);
    draws("albatross", "study,p_value,ni,direction\nA,0.01,120,positive\nB,0.4,80,negative\n", &[]);
    draws(
        "findings",
        "outcome,studies,participants,certainty\nPain,3,412,Moderate\n",
        &["--groups", "Vaccine,Control"],
    );
}

#[test]
fn what_a_figure_lacks_is_said() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("yi.csv"), "study,yi,vi\nA,1,1\nB,2,1\nC,1,2\n").unwrap();
    let judged = "study,D1,D2,D3,D4,D5,Overall\nA,low,lwo,low,low,low,low\n";
    fs::write(folder.path().join("rob.csv"), judged).unwrap();
    for (args, status, words) in [
        (vec!["radial", "yi.csv"], 2, vec!["--output", "-o figure.svg"]),
        (vec!["labbe", "yi.csv", "-o", "f.svg"], 1, vec!["events of two groups"]),
        (vec!["radail", "yi.csv", "-o", "f.svg"], 2, vec!["radial"]),
        (vec!["bubble", "yi.csv", "--mods", "dose", "-o", "f.svg"], 2, vec!["unknown column `dose`"]),
        (vec!["radial", "yi.csv", "-o", "no/such/f.svg"], 1, vec!["no/such/f.svg"]),
        (vec!["radial", "yi.csv", "-o", "f.gif"], 2, vec!["gif", "svg, png, pdf"]),
        (vec!["funnel", "yi.csv", "--region", "pwoer", "-o", "f.svg"], 2, vec!["did you mean `power`"]),
        (vec!["traffic-light", "rob.csv", "-o", "f.svg"], 1, vec!["rob.csv", "row 1", "D2", "lwo"]),
    ] {
        let output = run(folder.path(), &args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
        assert!(output.stdout.is_empty());
        words.iter().for_each(|word| assert!(said.contains(word), "{args:?}: `{word}` is not in: {said}"));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    let text = run(folder.path(), &["funnel", "yi.csv"]);
    assert!(text.status.success() && !text.stdout.is_empty());
}
