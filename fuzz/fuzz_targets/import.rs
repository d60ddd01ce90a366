//! Any bytes as a file of another program: refused with an error, or a review of sound rows.
#![no_main]

#[path = "../../tests/properties/fuzzed/import.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
