//! Any text as a request: refused, or answered in every format.
#![no_main]

#[path = "../../tests/properties/fuzzed/request.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::run(bytes));
