//! Any numbers as tables and as effects: refused with an error, or pooled by every method to finite numbers.
#![no_main]

#[path = "../../tests/properties/fuzzed/pool.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
