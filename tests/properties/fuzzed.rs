//! The targets of the fuzzer in `fuzz/`, and their inputs run again: seeds, and what the fuzzer found once.

mod csv;
mod economics;
mod formula;
mod glmm;
mod import;
mod multilevel;
mod network;
mod numbers;
mod pool;
#[cfg(feature = "request")] // with `--workspace`
mod request;
mod roles;

/// The name of a target, and what it does with an input.
type Target = (&'static str, fn(&[u8]));

const TARGETS: &[Target] = &[
    ("csv", csv::run),
    ("economics", economics::run),
    ("extremes", |bytes| {
        super::extremes::target::run(bytes);
    }),
    ("formula", formula::run),
    ("glmm", glmm::run),
    ("import", import::run),
    ("multilevel", multilevel::run),
    ("network", network::run),
    ("pool", pool::run),
    #[cfg(feature = "request")]
    ("request", request::run),
    ("roles", roles::run),
];

#[test]
fn inputs_of_the_fuzzer_are_answered_or_refused() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz");
    for (name, run) in TARGETS {
        let mut files: Vec<_> =
            std::fs::read_dir(corpus.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{name}");
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            let outcome = std::panic::catch_unwind(|| run(&bytes));
            assert!(outcome.is_ok(), "{}", file.display());
        }
    }
}
