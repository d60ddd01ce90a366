//! Any costs and effects: refused, or compared to numbers.
#![no_main]

#[path = "../../tests/properties/fuzzed/numbers.rs"]
mod numbers;
#[path = "../../tests/properties/fuzzed/economics.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
