//! Any text as a formula, on a small table: a sound design, or refused.
#![no_main]

#[path = "../../tests/properties/fuzzed/formula.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
