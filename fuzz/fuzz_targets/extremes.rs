//! Any bytes as the choices of a call with extreme values: refused, or answered with numbers. `EXTREMES_FAMILY=pool` runs one
//! family alone. The calls of each family are told now and then.
#![no_main]
#![allow(dead_code)] // the watch of the long runs

#[path = "../../tests/properties/extremes/data.rs"]
mod data;
#[path = "../../tests/properties/extremes/distributions.rs"]
mod distributions;
#[path = "../../tests/properties/extremes/economics.rs"]
mod economics;
#[path = "../../tests/properties/extremes/families.rs"]
mod families;
#[path = "../../tests/properties/extremes/models.rs"]
mod models;
#[path = "../../tests/properties/extremes/numbers.rs"]
mod numbers;
#[path = "../../tests/properties/extremes/requests.rs"]
mod requests;
#[path = "../../tests/properties/extremes/target.rs"]
mod target;
#[path = "../../tests/properties/extremes/watch.rs"]
mod watch;

use std::sync::{Mutex, OnceLock};

use families::FAMILIES;

/// Calls between two tellings.
const TOLD: u64 = 20_000;

static CALLS: Mutex<[u64; FAMILIES.len()]> = Mutex::new([0; FAMILIES.len()]);

fn only() -> Option<u8> {
    static ONLY: OnceLock<Option<u8>> = OnceLock::new();
    *ONLY.get_or_init(|| {
        let name = std::env::var("EXTREMES_FAMILY").ok()?;
        FAMILIES.iter().position(|family| family.name == name).map(|place| place as u8)
    })
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut bytes = bytes.to_vec();
    if let (Some(first), Some(family)) = (bytes.first_mut(), only()) {
        *first = family;
    }
    let (place, calls) = target::run(&bytes);
    let mut all = CALLS.lock().unwrap();
    let before: u64 = all.iter().sum();
    all[place] += calls;
    if (before + calls) / TOLD > before / TOLD {
        let each = FAMILIES.iter().zip(all.iter()).filter(|(_, calls)| **calls > 0);
        let each: Vec<String> = each.map(|(family, calls)| format!("{} {calls}", family.name)).collect();
        eprintln!("CALLS {}: {}", before + calls, each.join(", "));
    }
});
