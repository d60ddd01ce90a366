//! Pooling: `cargo bench --bench pool`.
#![allow(clippy::expect_used, missing_docs)]

mod common;

use consilience::{
    pool::{RandomEffects, kernel},
    tau2::{self, Tau2},
};
use divan::{Bencher, black_box, counter::ItemsCount};

fn main() {
    divan::main();
}

#[divan::bench]
fn fixed_13(bencher: Bencher) {
    let data = common::bcg();
    bencher.bench_local(|| kernel::fixed(black_box(&data.yi), black_box(&data.vi)));
}

#[divan::bench]
fn dersimonian_laird_13(bencher: Bencher) {
    let data = common::bcg();
    bencher.bench_local(|| kernel::dersimonian_laird(black_box(&data.yi), black_box(&data.vi)));
}

/// Every estimator of tau² for thirteen studies.
#[divan::bench(args = Tau2::ALL)]
fn estimator_13(bencher: Bencher, method: Tau2) {
    let data = common::bcg();
    bencher.bench_local(|| {
        tau2::estimate(black_box(&data.yi), black_box(&data.vi), method).expect("an estimate")
    });
}

#[divan::bench(args = common::sizes(&[13, 100, 1000, 10_000]))]
fn reml_kernel(bencher: Bencher, k: usize) {
    let data = if k == 13 { common::bcg() } else { common::simulated(k, 1) };
    bencher.bench_local(|| kernel::random(black_box(&data.yi), black_box(&data.vi), Tau2::Reml));
}

/// The labelled fit with Q-profile interval, likelihood, prediction interval, weights and notes.
#[divan::bench]
fn complete_reml_fit_13(bencher: Bencher) {
    let effects = common::effects(&common::bcg());
    bencher.bench_local(|| RandomEffects::new(Tau2::Reml).fit(black_box(&effects)).expect("a fit"));
}

/// Ten thousand meta-analyses of twenty studies.
#[divan::bench(args = [Tau2::Dl, Tau2::Pm, Tau2::Reml], sample_count = 20)]
fn ten_thousand_of_20(bencher: Bencher, method: Tau2) {
    let data = common::batch(common::size(10_000, 10), 20);
    bencher.counter(ItemsCount::new(data.len())).bench_local(|| {
        data.iter()
            .map(|one| kernel::random(black_box(&one.yi), black_box(&one.vi), method).estimate)
            .sum::<f64>()
    });
}
