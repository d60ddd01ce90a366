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
mod families;
mod models;
mod numbers;
#[cfg(feature = "request")] // with `--workspace`
mod requests;
pub mod target;
mod watch;

use families::FAMILIES;
use watch::check;

#[test]
fn extreme_values_are_answered_or_refused() {
    check(FAMILIES, 0);
}

#[test]
#[ignore = "makes ten million calls, which takes half an hour with optimization"]
fn ten_million_calls() {
    let calls = check(FAMILIES, 1);
    let whole = std::env::var_os("EXTREMES").is_none() && std::env::var_os("EXTREMES_FAMILY").is_none();
    assert!(calls >= 10_000_000 || !whole, "{calls} calls");
}
