//! Any bytes as CSV text: read into a table of sound columns, or refused.
#![no_main]

#[path = "../../tests/properties/fuzzed/csv.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
