//! Public functions with extreme values: none may panic, none may work without end, and no result that is given may hold a number
//! that is none.
//!
//! Every family makes one random call, or a few, from a seed. In the ordinary tests each family gets a short run; with
//! `EXTREMES=100000` in the environment it gets so many seeds, with `EXTREMES_FAMILY=pool` one family alone does, and
//! `EXTREMES_SEED=7` is where the seeds begin:
//!
//! ```text
//! EXTREMES=100000 cargo test --release --test properties extremes -- --ignored --nocapture
//! ```
//!
//! A call that does not end within its bound is reported, with its family and seed, and ends the program.

#![allow(clippy::print_stderr)] // the counts of long runs

mod data;
mod distributions;
mod economics;
mod models;
mod numbers;
mod requests;
mod watch;

use watch::{Family, check};

#[test]
#[ignore = "finds overflow and missing numbers that are not repaired yet; run with --ignored"]
fn distributions_answer_to_everything() {
    check(&[Family::new("distributions", 400, distributions::one)]);
}

#[test]
#[ignore = "finds overflow and missing numbers that are not repaired yet; run with --ignored"]
fn data_are_read_or_refused() {
    check(&[
        Family::new("effects", 60, data::effects),
        Family::new("conversions", 100, data::conversions),
        Family::new("texts", 100, data::texts),
        Family::new("formulas", 60, data::formulas),
    ]);
}

#[test]
#[ignore = "finds overflow and missing numbers that are not repaired yet; run with --ignored"]
fn models_answer_or_refuse() {
    check(&[
        Family::new("pool", 30, models::pool),
        Family::new("tau2", 40, models::tau2),
        Family::new("batch", 20, models::batch),
        Family::new("regression", 15, models::regression),
        Family::new("location-scale", 4, models::location_scale),
        Family::new("multilevel", 6, models::multilevel),
        Family::new("robust", 15, models::robust),
        Family::new("network", 8, models::network),
        Family::new("glmm", 4, models::glmm),
        Family::new("bias", 8, models::bias),
        Family::new("influence", 4, models::influence),
        Family::new("tables", 20, models::tables),
    ]);
}

#[test]
#[ignore = "finds overflow and missing numbers that are not repaired yet; run with --ignored"]
fn economics_answers_or_refuses() {
    check(&[Family::new("economics", 60, economics::one)]);
}

#[test]
#[ignore = "finds overflow and missing numbers that are not repaired yet; run with --ignored"]
fn every_request_is_answered_or_refused() {
    check(&[Family::new("requests", 150, requests::one)]);
}
