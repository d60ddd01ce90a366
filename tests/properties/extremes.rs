//! Public functions with extreme values: none may panic, none may work without end, and no result that is given may hold a number
//! that is none.
//!
//! Every family makes one random call, or a few, from a seed. In the ordinary tests each family gets a short run of seeds of its
//! own. The long run makes ten million calls, half an hour with optimization and checks of overflow:
//!
//! ```text
//! CARGO_TARGET_DIR=target/long CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true \
//!     cargo test --release --test properties -- --ignored --nocapture ten_million_calls
//! ```
//!
//! `EXTREMES_FAMILY=pool` runs one family alone, `EXTREMES=1000` so many seeds of each, and `EXTREMES_SEED=7` is where the seeds
//! begin: a finding tells its family and seed. A call that does not end within its bound is reported likewise, and ends the
//! program.

#![allow(clippy::print_stderr)] // the counts of long runs

mod data;
mod distributions;
mod economics;
mod models;
mod numbers;
mod requests;
mod watch;

use watch::{Family, check};

/// Every family, with the seeds of a short run and of a long one.
const FAMILIES: [Family; 19] = [
    Family { name: "distributions", seeds: [40, 90_000], one: distributions::one },
    Family { name: "effects", seeds: [150, 100_000], one: data::effects },
    Family { name: "conversions", seeds: [60, 50_000], one: data::conversions },
    Family { name: "texts", seeds: [40, 60_000], one: data::texts },
    Family { name: "formulas", seeds: [100, 40_000], one: data::formulas },
    Family { name: "pool", seeds: [2, 4_000], one: models::pool },
    Family { name: "tau2", seeds: [60, 60_000], one: models::tau2 },
    Family { name: "batch", seeds: [40, 60_000], one: models::batch },
    Family { name: "regression", seeds: [40, 30_000], one: models::regression },
    Family { name: "location-scale", seeds: [2, 4_000], one: models::location_scale },
    Family { name: "multilevel", seeds: [12, 12_000], one: models::multilevel },
    Family { name: "robust", seeds: [30, 30_000], one: models::robust },
    Family { name: "network", seeds: [12, 12_000], one: models::network },
    Family { name: "glmm", seeds: [6, 10_000], one: models::glmm },
    Family { name: "bias", seeds: [5, 10_000], one: models::bias },
    Family { name: "influence", seeds: [8, 10_000], one: models::influence },
    Family { name: "tables", seeds: [1, 2_000], one: models::tables },
    Family { name: "economics", seeds: [200, 150_000], one: economics::one },
    Family { name: "requests", seeds: [25, 60_000], one: requests::one },
];

#[test]
fn extreme_values_are_answered_or_refused() {
    check(&FAMILIES, 0);
}

#[test]
#[ignore = "makes ten million calls, which takes half an hour with optimization"]
fn ten_million_calls() {
    let calls = check(&FAMILIES, 1);
    let whole = std::env::var_os("EXTREMES").is_none() && std::env::var_os("EXTREMES_FAMILY").is_none();
    assert!(calls >= 10_000_000 || !whole, "{calls} calls");
}
