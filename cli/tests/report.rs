//! The report through the program: one file in each form, whole, with its figures, and nothing from elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_consilience"))
        .current_dir(folder)
        .arg("report")
        .args(args)
        .output()
        .unwrap()
}

fn bcg() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/metafor/data/bcg_roles.csv");
    path.to_str().unwrap().to_owned()
}

#[track_caller]
fn made(folder: &Path, file: &str, more: &[&str]) -> String {
    let bcg = bcg();
    let output = run(folder, &[&[bcg.as_str(), "--measure", "RR", "-o", file], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn a_page_with_its_figures_that_needs_nothing_else() {
    let folder = TempDir::new().unwrap();
    let more = ["--mods", "ablat", "--subgroup", "alloc", "--title", "BCG <vaccine> & more"];
    let page = made(folder.path(), "r.html", &more);
    assert_eq!(page.matches("<svg ").count(), 5, "forest, bubble, specification curve, funnel, Baujat");
    for title in [
        "Result",
        "Methods",
        "Studies",
        "Heterogeneity",
        "Subgroups",
        "Meta-regression",
        "Sensitivity to the method",
        "Small-study effects",
        "Influence of single studies",
        "Assumptions and notes",
        "Reproduction",
    ] {
        assert!(page.contains(&format!("{title}</h2>")), "no section {title}");
    }
    assert!(page.contains("<th scope=\"col\" class=\"n\">se(log)</th>"), "ratios stand as ratios");
    assert!(page.contains("BCG &lt;vaccine&gt; &amp; more") && !page.contains("<vaccine>"));
    for foreign in ["<script", "src=", "@import", "url(", "<link"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert_eq!(page, made(folder.path(), "r.html", &more), "the same input gives the same bytes");
    // Every color of a figure has a counterpart on a dark page.
    for part in page.split("fill=\"#").skip(1) {
        let Some((color, _)) = part.split_once('"') else { continue };
        if color.len() == 6 {
            assert!(page.contains(&format!("svg [fill=\"#{color}\"]{{fill:#")), "#{color}");
        }
    }
}

#[test]
fn other_forms_and_what_is_refused() {
    let folder = TempDir::new().unwrap();
    let text = made(folder.path(), "r.md", &[]);
    assert!(text.contains("Standard error") && text.contains("● study"), "the funnel plot in characters");
    let rtf = made(folder.path(), "r.rtf", &[]);
    assert!(
        rtf.starts_with("{\\rtf1") && rtf.trim_end().ends_with('}') && rtf.matches("\\pngblip").count() == 4
    );
    let bcg = bcg();
    for (file, status, word) in [("r.odt", 2, "docx"), ("no/such/r.html", 1, "no/such/r.html")] {
        let output = run(folder.path(), &[&bcg, "--measure", "RR", "-o", file]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(status) && said.contains(word), "{file}: {said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

/// Files of the reviewers beside the data.
fn parts(folder: &Path) -> Vec<String> {
    let gallery = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/gallery");
    let swim = folder.join("swim.csv");
    fs::write(&swim, "item,statement\n1,By the age of the vaccinated\n3,\n").unwrap();
    let file = |name: &str| gallery.join(name).to_str().unwrap().to_owned();
    let options = [
        ("--prisma", file("flow.csv")),
        ("--risk-of-bias", file("risk_of_bias.csv")),
        ("--grade", file("findings.csv")),
        ("--swim", swim.to_str().unwrap().to_owned()),
    ];
    options.into_iter().flat_map(|(option, file)| [option.to_owned(), file]).collect()
}

#[test]
fn the_parts_of_the_reviewers_stand_beside_the_results() {
    let folder = TempDir::new().unwrap();
    let parts = parts(folder.path());
    let more: Vec<&str> = parts.iter().map(String::as_str).collect();
    let text = made(folder.path(), "r.md", &more);
    for title in
        ["Flow of studies", "Risk of bias", "Certainty of the evidence", "Synthesis without meta-analysis"]
    {
        assert!(text.contains(&format!("## {title}")), "{title}");
    }
    assert!(
        text.contains("By the age of the vaccinated") && text.contains("8 items are not stated"),
        "{text}"
    );
    assert!(text.contains("How to cite"));
    fs::write(folder.path().join("swim.csv"), "item,statement\n10,x\n").unwrap();
    let bcg = bcg();
    let asked = [&[bcg.as_str(), "--measure", "RR", "-o", "s.md"], &more[..]].concat();
    let output = run(folder.path(), &asked);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("10 is no item"), "{said}");
}

#[test]
fn a_word_file_is_the_same_at_every_making_and_holds_its_figures() {
    let folder = TempDir::new().unwrap();
    let bcg = bcg();
    let write = |file: &str| {
        let output = run(folder.path(), &[&bcg, "--measure", "RR", "-o", file, "--title", "BCG & more"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(folder.path().join(file)).unwrap()
    };
    let bytes = write("r.docx");
    let holds = |part: &str| bytes.windows(part.len()).any(|window| window == part.as_bytes());
    assert!(bytes.starts_with(b"PK") && holds("word/document.xml") && holds("BCG &amp; more"));
    let pictures = (1..9).filter(|at| holds(&format!("word/media/rIdFigure{at}.png"))).count();
    assert_eq!(pictures, 4, "forest, specification curve, funnel, Baujat");
}

#[test]
fn effects_that_depend_on_each_other_have_a_report() {
    let folder = TempDir::new().unwrap();
    let data =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/metafor/data/konstantopoulos2011.csv");
    let data = data.to_str().unwrap();
    let output = run(folder.path(), &[data, "--random", "district/school", "-o", "r.md"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(folder.path().join("r.md")).unwrap();
    // The mean and the variances that metafor 5.0 gives for the data of Konstantopoulos (2011).
    for part in ["56 effects in 11 levels of district were included", "| 0.1847 |", "0.0651", "0.0327"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for title in
        ["Result", "Methods", "Effects", "Heterogeneity", "Small-study effects", "Influence of single groups"]
    {
        assert!(text.contains(&format!("## {title}")), "{title}");
    }
    let refused =
        run(folder.path(), &[data, "--random", "district/school", "--subgroup", "year", "-o", "s.md"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--subgroup"));
}
