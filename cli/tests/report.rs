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
    for (file, status, word) in [("r.docx", 2, "html"), ("no/such/r.html", 1, "no/such/r.html")] {
        let output = run(folder.path(), &[&bcg, "--measure", "RR", "-o", file]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(status) && said.contains(word), "{file}: {said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
