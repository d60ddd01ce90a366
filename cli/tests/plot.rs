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

const WIDE: &str = "parameter,low,high,outcome_low,outcome_high\nprice <a>,1,3,600,-400\ngain,0.1,0.5,-200,900\nsmall,1,2,99,101\n";
const LONG: &str = "parameter,value,outcome\nprice <a>,3,-400\nprice <a>,1,600\nprice <a>,2,100\ngain,0.5,900\ngain,0.1,-200\n\
                    small,1,99\nsmall,2,101\n";

#[test]
fn a_tornado_of_either_table() {
    let money = ["--base", "100", "--outcome", "Net benefit", "--currency", "EUR", "--price-year", "2020"];
    let wide = draws("tornado", WIDE, &money);
    assert_eq!(wide, draws("tornado", LONG, &money));
    assert!(wide.contains("price &lt;a&gt; (1 to 3)") && wide.contains("€"), "{wide}");
    let of = |svg: &str, class: &str| svg.matches(&format!("class=\"{class}\"")).count();
    assert_eq!((of(&wide, "bar"), of(&wide, "threshold")), (6, 1));
    let few = draws("tornado", WIDE, &["--base", "100", "--most", "2", "--threshold", "none"]);
    assert_eq!((of(&few, "bar"), of(&few, "threshold")), (4, 0));
    assert!(!few.contains("small"));
}

#[test]
fn a_dominance_matrix_by_each_rule() {
    let studies = "study,cost_difference,effect_difference,cost_ci_lower,cost_ci_upper,effect_ci_lower,effect_ci_upper\n\
                   A,-500,0.02,-900,-100,0.01,0.03\nB,300,0.03,-10,610,0.01,0.05\nC,20,-0.01,10,30,-0.02,0.01\nD,,1,,,,\n";
    // By hand: exact: A accept, B trade-off, C reject; below 50 and 0.001 C costs the same, still worse; by intervals B costs the
    // same and is better, C costs more and is no better.
    for (rule, says) in [
        ("exact", "1 accept, 1 trade-off, 1 reject, 0 indifferent"),
        ("50,0.001", "1 accept, 1 trade-off, 1 reject, 0 indifferent"),
        ("50,0.02", "1 accept, 1 trade-off, 0 reject, 1 indifferent"),
        ("interval", "2 accept, 0 trade-off, 1 reject, 0 indifferent"),
    ] {
        let svg = draws("dominance", studies, &["--same", rule]);
        assert!(svg.contains(says), "{rule}: {svg}");
    }
}

#[test]
fn a_cohort_and_a_further_trial() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("t.csv", "from,Well,Ill <2,Dead\nWell,0.8,0.15,0.05\nIll <2,0,0.7,0.3\nDead,0,0,1\n");
    write("s.csv", "state,start\nWell,1\nIll <2,0\nDead,0\n");
    write("bad.csv", "state,start\nWell,1\nIll <2,0\nDaed,0\n");
    let trace = ["trace", "t.csv", "--states", "s.csv", "--cycles", "10"];
    let ok = |args: &[&str]| {
        let output = run(folder.path(), args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = ok(&trace);
    assert!(
        text.contains("A Well") && text.contains("Share of the cohort") && text.contains("100% ┤A"),
        "{text}"
    );
    ok(&[&trace[..], &["--cycle-years", "0.5", "-o", "f.svg"]].concat());
    let svg = fs::read_to_string(folder.path().join("f.svg")).unwrap();
    assert!(svg.contains("Ill &lt;2") && svg.contains(">Years<") && svg.contains(">5<"), "{svg}");

    let known = ["--inb", "1000", "--se", "2000", "--prior-size", "100", "--sizes", "10:1000:10"];
    let people =
        ["--incidence", "1000", "--years", "10", "--discount-rate", "0.035", "--fixed-cost", "500000"];
    // Perfect information is worth 395.6 per person: 2000 · unit normal loss of ½ = 2000 · 0.19780 (DeGroot 1970, table).
    assert!(ok(&[&["evsi"], &known[..]].concat()).contains("Perfect information (EVPI)"));
    ok(&[&["evsi"], &known[..], &["-o", "f.svg"]].concat());
    let svg = fs::read_to_string(folder.path().join("f.svg")).unwrap();
    assert!(svg.contains("395.6") || svg.contains("396"), "{svg}");
    let enbs = [&["enbs"], &known[..], &people, &["--cost-per-patient", "2000"]].concat();
    assert!(ok(&enbs).contains("Net benefit (ENBS)"));

    let fails = |args: &[&str], status: i32, words: &[&str]| {
        let output = run(folder.path(), &[args, &["-o", "new.svg"]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
        words.iter().for_each(|word| assert!(said.contains(word), "{args:?}: `{word}` is not in: {said}"));
        assert!(!folder.path().join("new.svg").exists(), "{args:?}");
    };
    fails(&[&["enbs"], &known[..]].concat(), 2, &["--incidence"]);
    fails(&[&["evsi"], &known[..6], &["--sizes", "100"]].concat(), 2, &["one size", "100:1000:100"]);
    fails(&["trace", "t.csv", "--states", "bad.csv", "--cycles", "10"], 2, &["Dead", "did you mean `Daed`"]);
    fails(&["trace", "t.csv", "--states", "s.csv", "--cycles", "0"], 2, &["--cycles"]);
    fails(&[&trace[..], &["--cycle-years", "-1"]].concat(), 2, &["--cycle-years"]);
    write("one.csv", WIDE);
    fails(&["tornado", "one.csv"], 2, &["--base"]);
    fails(&["tornado", "one.csv", "--base", "1", "--threshold", "x"], 2, &["--threshold", "none"]);
    fails(&["tornado", "one.csv", "--base", "1", "--most", "0"], 2, &["--most"]);
    fails(&["tornado", "s.csv", "--base", "1"], 1, &["s.csv", "no column `parameter`"]);
    fails(&["tornaod", "one.csv", "--base", "1"], 2, &["tornado"]);
    fails(&["dominance", "one.csv", "--same", "exact"], 1, &["cost_difference"]);
    fails(&["dominance", "one.csv", "--same", "exactly"], 2, &["--same", "interval"]);
    fails(&["dominance", "one.csv"], 2, &["--same"]);
    write("d.csv", "study,cost_difference,effect_difference\nA,1,x\n");
    fails(&["dominance", "d.csv", "--same", "exact"], 1, &["d.csv", "effect_difference", "x"]);
}

#[test]
fn judgements_beside_the_studies() {
    let trials = "study,ai,n1i,ci,n2i\nA & B,4,50,9,50\nC,8,90,12,88\n";
    let judged = "study,D1,D2,D3,D4,D5,overall\nA & B,low,some concerns,low,low,high,high\nC,low,low,low,low,low,low\n";
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("t.csv", trials);
    write("rob.csv", judged);
    write("other.csv", &judged.replace("A & B", "X").replace("\nC,", "\nY,"));
    let forest = |rob: &str, more: &[&str]| {
        run(folder.path(), &[&["forest", "t.csv", "--measure", "RR", "--risk-of-bias", rob], more].concat())
    };
    let drawn = forest("rob.csv", &["-o", "f.svg"]);
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let svg = fs::read_to_string(folder.path().join("f.svg")).unwrap();
    assert_eq!(svg.matches("class=\"light\"").count(), 12);
    assert!(
        svg.contains("A &amp; B, D5: High risk of bias") && svg.contains("D1: Bias arising from"),
        "{svg}"
    );
    assert!(String::from_utf8_lossy(&forest("rob.csv", &[]).stdout).contains("Risk of bias. D1"));
    for (rob, tool, status, word) in
        [("other.csv", "rob2", 1, "A & B"), ("rob.csv", "robins-i", 1, "D6"), ("rob.csv", "rob3", 2, "rob2")]
    {
        let failed = forest(rob, &["--tool", tool, "-o", "g.svg"]);
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert!(failed.status.code() == Some(status) && said.contains(word), "{rob} {tool}: {said}");
        assert!(!folder.path().join("g.svg").exists());
    }
}

#[test]
fn contours_of_an_albatross() {
    let data = "study,p_value,ni,direction\nA,0.01,120,positive\nB,0.4,80,negative\n";
    for (contours, options, says) in [
        ("smd:0.1,0.5", vec![], "SMD ±0.1"),
        ("cor:0.1", vec![], "±0.1"),
        ("or:1.5", vec!["--baseline-risk", "0.2"], "1.5"),
        ("rr:1.5", vec!["--baseline-risk", "0.2", "--share", "0.3"], "1.5"),
    ] {
        let svg = draws("albatross", data, &[&["--contours", contours], &options[..]].concat());
        assert!(svg.contains(says), "{contours}: {svg}");
    }
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.csv"), data).unwrap();
    for (options, word) in [
        (vec!["--contours", "smd"], "smd:0.1,0.25,0.5"),
        (vec!["--contours", "sdm:1"], "did you mean `smd`"),
        (vec!["--contours", "or:1.5"], "--baseline-risk"),
        (vec!["--contours", "cor:2"], "between 0 and 1"),
    ] {
        let output = run(folder.path(), &[&["albatross", "a.csv", "-o", "f.svg"], &options[..]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(word), "{options:?}: {said}");
    }
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

/// Forty studies with events in two groups, one of them without any event at all.
fn many() -> String {
    let mut csv = "study,ai,bi,ci,di\n".to_owned();
    for i in 0..40 {
        csv += &match i {
            7 => "Nobody 1999,0,50,0,50\n".to_owned(),
            i => format!("Study {i},{},{},{},{}\n", 3 + i % 7, 40 + i, 5 + i % 5, 45 + i),
        };
    }
    csv
}

#[test]
fn a_long_forest_plot_goes_on_pages() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("many.csv"), many()).unwrap();
    let forest = ["forest", "many.csv", "--measure", "RR", "--pages=120"];
    let output = run(folder.path(), &[&forest[..], &["-o", "f.svg"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = |n: usize| fs::read_to_string(folder.path().join(format!("f-{n}.svg"))).unwrap();
    let count = fs::read_dir(folder.path()).unwrap().count() - 1;
    assert!(count >= 2 && page(1).contains(&format!("(page 1 of {count})")), "{count}");
    let summary = "<title>Random effects";
    assert!(page(1).contains("Study 0<") && !page(1).contains(summary));
    assert!((2..=count).any(|n| page(n).contains(summary)) && !page(count).contains("Study 0<"));
    let output = run(folder.path(), &[&forest[..], &["-o", "f.pdf"]].concat());
    assert!(output.status.success() && folder.path().join("f.pdf").exists(), "one file of two pages");
    let output =
        run(folder.path(), &["forest", "many.csv", "--measure", "RR", "--height", "90", "-o", "g.svg"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--pages"));
}

#[test]
fn a_study_without_an_effect_stands_in_the_forest_plot() {
    let folder = TempDir::new().unwrap();
    let csv = "study,ai,bi,ci,di\nA,4,119,11,128\nNobody,0,50,0,50\nB,6,300,29,274\n";
    fs::write(folder.path().join("d.csv"), csv).unwrap();
    let output =
        run(folder.path(), &["forest", "d.csv", "--measure", "RR", "--zero-cells", "none", "-o", "f.svg"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("Nobody"), "{said}");
    let svg = fs::read_to_string(folder.path().join("f.svg")).unwrap();
    let place = |text: &str| svg.find(&format!(">{text}<")).unwrap_or_else(|| panic!("{text}"));
    assert!(place("A") < place("Nobody") && place("Nobody") < place("B"));
    assert!(svg.contains("not estimable"));
}

#[test]
fn statistics_in_the_words_of_review_manager() {
    let bcg = bcg();
    let revman = draws("forest", bcg.to_str().unwrap(), &["--measure", "RR", "--layout", "revman5"]);
    // Collins et al.: the sums of the thirteen trials, and metafor's Q, I² and Z of the DerSimonian-Laird model.
    for text in ["Total events", "1065", "1510", "Chi² = 152.23, df = 12 (P &lt; 0.00001); I² = 92%"] {
        assert!(revman.contains(text), "{text}");
    }
    assert!(revman.contains("Test for overall effect: Z = 3.97 (P &lt; 0.0001)"));
    let asked = draws("forest", bcg.to_str().unwrap(), &["--measure", "RR", "--statistics", "revman"]);
    assert!(asked.contains("Total events"));
}

#[test]
fn a_gray_theme_has_no_color() {
    let bcg = bcg();
    for layout in ["revman5", "jama", "bmj"] {
        let svg = draws(
            "forest",
            bcg.to_str().unwrap(),
            &["--measure", "RR", "--layout", layout, "--theme", "gray"],
        );
        for color in svg.split("=\"#").skip(1).map(|rest| &rest[..6]) {
            assert!(color[..2] == color[2..4] && color[2..4] == color[4..], "{layout}: #{color}");
        }
    }
}

#[test]
fn dependent_effects_have_the_mean_of_their_model() {
    let csv = "study,effect,yi,vi\nA,A1,0.2,0.04\nA,A2,0.35,0.05\nB,B1,0.1,0.05\nB,B2,0.22,0.04\nC,C1,0.6,0.03\n\
               C,C2,0.7,0.06\nD,D1,0.3,0.05\n";
    for kind in ["orchard", "funnel", "caterpillar", "forest"] {
        draws(kind, csv, &["--random", "study/effect"]);
    }
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("d.csv"), csv).unwrap();
    let read = |command: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_consilience"))
            .current_dir(folder.path())
            .args(command)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let model = ["multilevel", "d.csv", "--random", "study/effect", "--no-intervals", "--format", "json"];
    let fit: serde_json::Value = serde_json::from_str(&read(&model)).unwrap();
    let mean = fit["coefficients"][0]["estimate"].as_f64().unwrap();
    let forest = read(&["plot", "forest", "d.csv", "--random", "study/effect"]);
    let row = forest.lines().find(|line| line.starts_with("Random effects")).unwrap();
    assert!(row.contains(&format!("{mean:.2}")), "{row}");
    let refused = run(folder.path(), &["multiverse", "d.csv", "--random", "study", "-o", "f.svg"]);
    assert_eq!(refused.status.code(), Some(2));
}
