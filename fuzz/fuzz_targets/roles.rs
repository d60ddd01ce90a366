//! Any bytes as a table and any text as a choice of its rows: sound effects of the rows that are there, or refused.
#![no_main]

#[path = "../../tests/properties/fuzzed/roles.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
