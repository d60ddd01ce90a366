//! What the program says to data and command lines that cannot be right: file, row, study, column, value and the remedy on
//! standard error, nothing on standard output, nothing overwritten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_consilience")).current_dir(folder).args(args).output().unwrap()
}

/// `pool` on a file with these bytes ends with `status` and says these words. An output file keeps what it held, and the
/// forest plot fails in the same way and leaves no file.
#[track_caller]
fn refuses(bytes: impl AsRef<[u8]>, args: &[&str], status: i32, words: &[&str]) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("data.csv"), bytes).unwrap();
    fs::write(folder.path().join("kept.json"), "kept").unwrap();
    let pool = [&["pool", "data.csv", "--output", "kept.json"], args].concat();
    let forest = [&["plot", "forest", "data.csv", "-o", "forest.svg"], args].concat();
    for command in [pool, forest] {
        let output = run(folder.path(), &command);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{command:?}: {said}");
        assert!(output.stdout.is_empty(), "{command:?}");
        assert!(said.lines().count() <= 3, "{said}");
        for word in words {
            assert!(said.contains(word), "{command:?}: `{word}` is not in: {said}");
        }
    }
    assert_eq!(fs::read_to_string(folder.path().join("kept.json")).unwrap(), "kept");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something half-written is left");
}

/// `pool` succeeds and its notes say these words.
#[track_caller]
fn notes(text: &str, args: &[&str], words: &[&str]) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("data.csv"), text).unwrap();
    let output = run(folder.path(), &[&["pool", "data.csv", "--format", "json"], args].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let said = result["notes"].to_string();
    for word in words {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
}

const RR: &[&str] = &["--measure", "RR"];
const TABLES: &str = "study,ai,n1i,ci,n2i\nA,1,10,2,10\n";

#[test]
fn columns_and_cells() {
    refuses("study,ai,n1i,ci\nA,1,10,2\n", RR, 1, &["data.csv", "n2i", "--columns n2i=NAME"]);
    refuses(format!("{TABLES}B,x,10,3,10\n"), RR, 1, &["data.csv", "row 2", "(B)", "column ai", "`x`"]);
    refuses(format!("{TABLES}B,-1,10,3,10\n"), RR, 1, &["data.csv", "row 2", "(B)", "column ai", "-1"]);
    refuses(
        format!("{TABLES}B,11,10,3,10\n"),
        RR,
        1,
        &["data.csv", "row 2", "(B)", "column ai", "11 events", "10 persons"],
    );
    refuses("study,yi,vi\nA,inf,1\nB,2,1\n", &[], 1, &["data.csv", "row 1", "column yi", "`inf`", "NA"]);
    refuses("study,yi,vi\nA,1,1\nB,2\n", &[], 1, &["data.csv", "row 2", "2 fields", "3"]);
    refuses("study,yi,yi,vi\nA,1,1,1\n", &[], 1, &["data.csv", "yi"]);
}

#[test]
fn impossible_values() {
    let fixed = ["--model", "fixed"];
    refuses("study,yi,vi\nA,1,0\nB,2,1\n", &fixed, 1, &["row 1", "(A)", "column vi", "is 0", "above 0"]);
    refuses("study,yi,vi\nA,1,0\nB,2,1\n", &[], 1, &["of A is 0", "infinite", "hold tau² above 0"]);
    refuses("study,yi,vi\nA,1,1\nB,2,-1\n", &[], 1, &["row 2", "(B)", "column vi", "is -1"]);
    refuses("study,yi,sei\nA,1,0\nB,2,1\n", &fixed, 1, &["row 1", "(A)", "column sei", "is 0"]);
    let means = "study,m1i,sd1i,n1i,m2i,sd2i,n2i\n";
    refuses(
        format!("{means}A,1,-1,10,1,1,10\n"),
        &["--measure", "MD"],
        1,
        &["row 1", "column sd1i", "is -1"],
    );
    refuses(
        format!("{means}A,1,1,1,1,1,10\n"),
        &["--measure", "SMD"],
        1,
        &["row 1", "column n1i", "is 1", "at least 2"],
    );
    let interval = "study,yi,ci_lower,ci_upper\n";
    refuses(format!("{interval}A,1,2,0\n"), &[], 1, &["row 1", "(A)", "ci_lower", "2", "0", "swap"]);
    refuses(format!("{interval}A,1,1,1\n"), &[], 1, &["row 1", "(A)", "ci_lower", "both limits are 1"]);
    refuses(format!("{interval}A,5,1,2\n"), &[], 1, &["row 1", "(A)", "5"]);
    refuses(format!("{interval}A,0,0.5,2\n"), &["--ratio"], 1, &["row 1", "(A)", "yi", "ratio is 0"]);
    refuses("study,yi,p_value\nA,1,1.2\n", &[], 1, &["row 1", "p_value", "1.2"]);
    refuses("study,ri,ni\nA,45,100\n", &["--measure", "ZCOR"], 1, &["row 1", "column ri", "45", "-1 and 1"]);
    refuses("study,xi,ni\nA,45,20\n", &["--measure", "PLO"], 1, &["row 1", "column xi", "45 events", "20"]);
    refuses("study,ai,mi,ni\nA,85,10,100\n", &["--measure", "ABT"], 1, &["row 1", "column ai", "85"]);
}

#[test]
fn files_that_are_no_tables() {
    refuses("", &[], 1, &["data.csv", "empty"]);
    refuses("\u{feff}", &[], 1, &["data.csv", "empty"]);
    refuses("study,yi,vi\n", &[], 1, &["data.csv", "header", "no rows"]);
    refuses([0x7f, b'E', b'L', b'F', 0, 1, 2, 3], &[], 1, &["data.csv", "not a text"]);
    refuses(b"s,yi\n\xc3\xa4,1\n\xff\xfe,1\n", &[], 1, &["data.csv", "line 3", "UTF-8"]);
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), &["pool", "absent.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("absent.csv: there is no such file"));
}

/// A result never takes the place of the file that it was made from, under whatever name.
#[test]
fn an_output_spares_what_was_read() {
    let text = "study,yi,vi\nA,0.1,0.02\nB,0.3,0.04\n";
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("data.csv"), text).unwrap();
    for name in ["data.csv", "./data.csv"] {
        for command in ["pool", "effects"] {
            let output = run(folder.path(), &[command, "data.csv", "-o", name]);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success() && said.contains("is the file that was read"), "{said}");
            assert_eq!(fs::read_to_string(folder.path().join("data.csv")).unwrap(), text);
        }
    }
    let request = r#"{"command":"pool","data":"data.csv"}"#;
    fs::write(folder.path().join("request.json"), request).unwrap();
    let output = run(folder.path(), &["run", "request.json", "-o", "request.json"]);
    assert!(!output.status.success());
    assert_eq!(fs::read_to_string(folder.path().join("request.json")).unwrap(), request);
}

/// What reviewers' files hold, and other programs take for something else.
#[test]
fn doubtful_readings_are_refused() {
    let means = "study;m1i;sd1i;n1i;m2i;sd2i;n2i\nA;1.200;40;60;1.100;35;60\nB;900;50;40;800;44;40\n";
    refuses(means, &["--measure", "MD"], 1, &["row 1 (A)", "`1.200`", "1200"]);
    refuses("study,yi,vi\nA,1.5,0.1\nB,0.5,0.1\n", &["--measure", "COR"], 1, &["1.5", "correlation", "COR"]);
    let tests = "study,di,ti,n1i,n2i\nA,0.3,5.01,20,20\nB,0.2,0.6,20,20\n";
    refuses(tests, &["--measure", "SMD"], 1, &["row 1 (A)", "5.01", "0.3"]);
    let tables = "study,ai,n1i,ci,n2i\nA,4,100,8,100\nB,3,80,6,82\n";
    refuses(tables, &["--measure", "RR", "--model", "peto"], 2, &["--measure", "RR", "odds ratio"]);
    let clusters = "study,yi,vi,c\nA,0.1,0.02,1\nB,0.3,0.03,1\nC,0.2,0.02,2\n";
    refuses(clusters, &["--inference", "hksj", "--cluster", "c"], 2, &["--inference", "--cluster"]);
    notes("study,pi,n1i,n2i\nA,0.2,30,28\nB,0.1,20,20\n", &["--measure", "SMD"], &["positive", "minus sign"]);
    notes(
        "study,yi,vi\nA,0.5,0.1\nB,0.4,0.1\nTotal (95% CI),0.45,0.05\n",
        &[],
        &["Total (95% CI)", "--exclude"],
    );
}

#[test]
fn command_lines() {
    let good = "study,ai,n1i,ci,n2i\nA,1,10,2,10\nB,3,10,3,10\n";
    refuses(good, &["--measure", "RRR"], 2, &["measure `RRR`", "did you mean `RR`"]);
    refuses(good, &["--measure", "RR", "--method", "REMLL"], 2, &["method `REMLL`", "did you mean `REML`"]);
    refuses(
        good,
        &["--measure", "RR", "--inference", "hksjj"],
        2,
        &["inference `hksjj`", "did you mean `hksj`"],
    );
    refuses(good, &["--measure", "RR", "--level", "0.95"], 2, &["0.95", "per cent"]);
    refuses(good, &[], 2, &["--measure"]);
    refuses(good, &["--measure", "RR", "--columns", "ai=events"], 1, &["data.csv", "`events`"]);
    refuses(good, &["--measure", "RR", "--columns", "aii=ai"], 2, &["role `aii`"]);
    refuses(good, &["--measure", "RR", "--tau2=-1"], 2, &["-1"]);
    refuses(good, &["--measure", "SMD", "--model", "mh"], 1, &["data.csv", "m1i"]);
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("data.csv"), good).unwrap();
    for (args, words) in [
        (
            vec!["plot", "forest", "data.csv", "--measure", "RR", "-o", "forest.gif"],
            vec!["`gif`", "svg, png, pdf"],
        ),
        (
            vec!["effects", "data.csv", "--measure", "RR", "-o", "effects.XLSX"],
            vec!["effects.XLSX", "no .xlsx", ".csv"],
        ),
        (vec!["pol", "data.csv"], vec!["'pol'", "pool"]),
        (vec!["reproduce", "kiely2020"], vec!["`kiely2020`", "did you mean `kiely2022`"]),
    ] {
        let output = run(folder.path(), &args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(output.stdout.is_empty());
        words.iter().for_each(|word| assert!(said.contains(word), "{said}"));
    }
    let output =
        run(folder.path(), &["pool", "data.csv", "--measure", "RR", "--output", "no/such/result.json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("no/such/result.json") && !said.contains(".tmp"), "{said}");
}

#[test]
fn what_is_doubtful_is_noted() {
    notes("study,yi,vi\nA,1,1\nA,2,1\n", &[], &["several effects", "A (2)"]);
    notes("study,yi,vi\nA,NA,1\nB,2,1\nC,1,2\n", &[], &["A", "left out"]);
    notes("study,yi,ci_lower,ci_upper\nA,1.05,0.12,3.07\nB,1,0,2\n", &[], &["A", "symmetric"]);
}

/// Effects whose squares no sum can hold, with the study.
#[test]
fn numbers_beyond_computation() {
    refuses("study,yi,vi\nA,1,0.1\nB,1e200,0.1\n", &[], 1, &["study B", "yi", "beyond the range"]);
    refuses("study,yi,vi\nA,1,1e-320\nB,1,0.1\n", &[], 1, &["study A", "vi", "beyond the range"]);
    let folder = TempDir::new().unwrap();
    let studies = "study,yi,vi,x\nA,1,1e-299,1\nB,0.4,1,2\nC,0.2,0.3,3\nD,0.7,0.2,5\n";
    fs::write(folder.path().join("data.csv"), studies).unwrap();
    let output = run(folder.path(), &["regress", "data.csv", "--mods", "x", "--format", "json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{said}");
    for word in ["study A", "1e-299", "beyond the range of a regression", "leave the study out"] {
        assert!(said.contains(word), "`{word}` is not in: {said}");
    }
}

/// The message about a wrong command line holds nothing of it that acts on a terminal.
#[test]
fn command_lines_that_act_on_terminals() {
    let folder = TempDir::new().unwrap();
    for args in [["pool", "a.csv", "--level=\u{1b}[2J\u{202e}"], ["pool", "a.csv", "--\u{1b}]0;x\u{7}"]] {
        let output = run(folder.path(), &args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{said:?}");
    }
}

/// An interrupt ends work in steps with what is done, said on standard error and in the JSON.
#[cfg(unix)]
#[test]
fn an_interrupt_gives_what_is_done() {
    use std::{process::Stdio, thread, time::Duration};
    let folder = TempDir::new().unwrap();
    let rows: String = (0..40)
        .map(|i| {
            format!("{i},{},{},{}\n", f64::from(i * i % 7) / 5.0, 0.1 + f64::from(i % 5) / 20.0, i * i % 11)
        })
        .collect();
    fs::write(folder.path().join("data.csv"), format!("study,yi,vi,x\n{rows}")).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_consilience"))
        .current_dir(folder.path())
        .args([
            "regress",
            "data.csv",
            "--mods",
            "x",
            "--permute",
            "4000000",
            "--seed",
            "1",
            "--format",
            "json",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(1500));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // A machine that does much else may not have come to the first step: then the program ends without an answer.
    if output.status.code() == Some(130) {
        assert!(said.contains("interrupted") && text.is_empty(), "{said}");
        return;
    }
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("interrupted: the result rests on"), "{said}");
    assert!(text.contains("\"interrupted\": [\n"), "{text}");
}

/// A table whose analysis does not fit into memory is an error that names the file, not a crash.
#[cfg(target_os = "linux")]
#[test]
fn a_limit_on_memory_is_an_error() {
    let folder = TempDir::new().unwrap();
    let rows: String = (0..200_000).map(|i| format!("{i},0.1,0.2\n")).collect();
    fs::write(folder.path().join("large.csv"), format!("study,yi,vi\n{rows}")).unwrap();
    let program = env!("CARGO_BIN_EXE_consilience");
    // The address space of the program itself and of its threads, and 100 MB.
    let script = format!("ulimit -v 350000; exec '{program}' pool large.csv");
    let output = Command::new("sh")
        .current_dir(folder.path())
        .env("RAYON_NUM_THREADS", "1")
        .env("MALLOC_ARENA_MAX", "1")
        .args(["-c", &script])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("large.csv") && said.contains("more memory"), "{said}");
}
