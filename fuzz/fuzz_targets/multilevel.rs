//! Any small data as a multilevel model of any structure: refused, or fitted to numbers.
#![no_main]

#[path = "../../tests/properties/fuzzed/numbers.rs"]
mod numbers;
#[path = "../../tests/properties/fuzzed/multilevel.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
