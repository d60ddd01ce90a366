//! The influence of studies: `cargo bench --bench influence`.
#![allow(clippy::expect_used, dead_code, missing_docs)]

mod common;

use consilience::{influence::Influence, tau2::Tau2};
use divan::{Bencher, black_box, counter::ItemsCount};

fn main() {
    divan::main();
}

/// All subsets of 20 studies.
#[divan::bench(args = [Tau2::Dl, Tau2::Reml], sample_count = 3, sample_size = 1)]
fn gosh_2_to_the_20(bencher: Bencher, method: Tau2) {
    let effects = common::effects(&common::simulated(common::size(20, 10), 1));
    let influence = Influence::new(method).gosh(1 << 20, 1);
    bencher
        .counter(ItemsCount::new(1_usize << common::size(20, 10)))
        .bench_local(|| influence.fit(black_box(&effects)).expect("a report"));
}

/// A hundred thousand random subsets of 60 studies.
#[divan::bench(args = [Tau2::Dl, Tau2::Reml], sample_count = 5, sample_size = 1)]
fn gosh_random_100000_of_60(bencher: Bencher, method: Tau2) {
    let effects = common::effects(&common::simulated(60, 1));
    let influence = Influence::new(method).gosh(common::size(100_000, 1000), 1);
    bencher
        .counter(ItemsCount::new(100_000_usize))
        .bench_local(|| influence.fit(black_box(&effects)).expect("a report"));
}

/// Everything without subsets: case diagnostics, leave-one-out, cumulative, Baujat's coordinates.
#[divan::bench(args = common::sizes(&[13, 100, 1000]), sample_count = 20)]
fn report_reml(bencher: Bencher, k: usize) {
    let effects = common::effects(&common::simulated(k, 1));
    let influence = Influence::new(Tau2::Reml);
    bencher.counter(ItemsCount::new(k)).bench_local(|| influence.fit(black_box(&effects)).expect("a report"));
}

/// The same by DerSimonian and Laird.
#[divan::bench(args = common::sizes(&[13, 100, 1000]), sample_count = 20)]
fn report_dl(bencher: Bencher, k: usize) {
    let effects = common::effects(&common::simulated(k, 1));
    let influence = Influence::new(Tau2::Dl);
    bencher.counter(ItemsCount::new(k)).bench_local(|| influence.fit(black_box(&effects)).expect("a report"));
}
