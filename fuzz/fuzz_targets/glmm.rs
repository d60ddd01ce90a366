//! Any counts as models of counts: refused, or fitted to numbers.
#![no_main]

#[path = "../../tests/properties/fuzzed/glmm.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
