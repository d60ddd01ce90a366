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
fn figures_of_the_flow_and_direction() {
    draws(
        "prisma",
        "data,n\ndatabase_results,1200\nregister_results,40\nduplicates,300\nrecords_screened,940\nrecords_excluded,800\n\
         dbr_sought_reports,140\ndbr_notretrieved_reports,5\ndbr_assessed,135\n\"dbr_excluded\",\"Wrong design, 90; Wrong outcome, 37\"\n\
         new_studies,8\nnew_reports,8\n",
        &[],
    );
    let directions =
        "study,outcome,direction,design\nA,Anxiety,favours,RCT\nB,Anxiety,mixed,CBA\nC,Anxiety,against,RCT\n";
    draws("harvest", directions, &[]);
    draws("effect-direction", directions, &[]);
}

/// Each figure of a probabilistic analysis of three options, and the frontier.
#[test]
fn figures_of_economics() {
    let folder = TempDir::new().unwrap();
    let table = |value: &dyn Fn(f64) -> [f64; 3]| {
        let rows: Vec<String> = (0..60)
            .map(|i| {
                let [a, b, c] = value(((i * 37 % 60) as f64 - 29.5) / 30.0);
                format!("{a},{b},{c}")
            })
            .collect();
        format!("Usual,Link,Group\n{}\n", rows.join("\n"))
    };
    fs::write(folder.path().join("costs.csv"), table(&|u| [1000.0, 1300.0 + 50.0 * u, 1200.0 - 80.0 * u]))
        .unwrap();
    fs::write(folder.path().join("effects.csv"), table(&|u| [0.70, 0.72 + 0.01 * u * u, 0.71 - 0.02 * u]))
        .unwrap();
    fs::write(folder.path().join("st.csv"), "strategy,cost,effect\nA,1000,0.7\nB,1300,0.72\nC,1250,0.71\n")
        .unwrap();
    let psa =
        ["--costs", "costs.csv", "--effects", "effects.csv", "--currency", "GBP", "--price-year", "2021"];
    for kind in ["ceac", "ceaf", "expected-loss", "evpi", "ce-plane"] {
        let wtp = if kind == "ce-plane" { "20000,30000" } else { "0:50000:5000" };
        let output = run(folder.path(), &[&[kind], &psa[..], &["--wtp", wtp, "-o", "f.svg"]].concat());
        assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
        let svg = fs::read_to_string(folder.path().join("f.svg")).unwrap();
        assert!(svg.contains("GBP 2021") && !svg.contains("NaN"), "{kind}");
        fs::remove_file(folder.path().join("f.svg")).unwrap();
    }
    let output = run(folder.path(), &["frontier", "st.csv", "--unit", "QALYs", "-o", "f.svg"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = run(folder.path(), &[&["ceac"], &psa[..], &["--wtp", "0:50000:5000"]].concat());
    assert!(String::from_utf8_lossy(&text.stdout).contains("Link"));
    let output = run(
        folder.path(),
        &[&["ce-plane"], &psa[..], &["--wtp", "1", "--intervention", "Lnik", "-o", "g.svg"]].concat(),
    );
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("`Link`"));
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
