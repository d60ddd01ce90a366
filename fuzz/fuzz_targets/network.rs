//! Any small data as a network of treatments: refused, or fitted to numbers.
#![no_main]

#[path = "../../tests/properties/fuzzed/numbers.rs"]
mod numbers;
#[path = "../../tests/properties/fuzzed/network.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
