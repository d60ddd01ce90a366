//! Meta-regression: `cargo bench --bench regression`.
#![allow(clippy::expect_used, missing_docs)]

mod common;

use consilience::{
    EffectSizes,
    pool::Inference,
    regression::{Arrangements, Design, LocationScale, MetaRegression, PermutationOptions, RegressionFit},
    robust::RobustType,
    tau2::Tau2,
};
use divan::{Bencher, black_box, counter::ItemsCount};

fn main() {
    divan::main();
}

/// `k` studies and a design of an intercept and four moderators.
fn simulated(k: usize) -> (EffectSizes, Design) {
    let (studies, moderators) = common::moderated(k, 1);
    let design = moderators
        .into_iter()
        .enumerate()
        .try_fold(Design::with_intercept(k), |design, (n, x)| design.column(format!("x{}", n + 1), x))
        .expect("a design");
    (common::effects(&studies), design)
}

fn bcg() -> (EffectSizes, Design) {
    let effects = common::effects(&common::bcg());
    let design = Design::with_intercept(13).column("ablat", common::BCG_LATITUDE).expect("a design");
    (effects, design)
}

fn bcg_fit() -> RegressionFit {
    let (effects, design) = bcg();
    MetaRegression::default().inference(Inference::HartungKnapp).fit(&effects, &design).expect("a fit")
}

/// Every estimator of tau² with one moderator of thirteen studies: the complete, labelled fit.
#[divan::bench(args = Tau2::ALL)]
fn complete_fit_13(bencher: Bencher, method: Tau2) {
    let (effects, design) = bcg();
    let options = MetaRegression::new(method);
    bencher.bench_local(|| options.fit(black_box(&effects), black_box(&design)).expect("a fit"));
}

/// REML with four moderators: the complete fit, with Q-profile interval, R², likelihood and weights; linear in k.
#[divan::bench(args = common::sizes(&[100, 1000, 10_000, 100_000]), max_time = 5)]
fn complete_reml_fit(bencher: Bencher, k: usize) {
    let (effects, design) = simulated(k);
    let options = MetaRegression::new(Tau2::Reml);
    bencher
        .counter(ItemsCount::new(k))
        .bench_local(|| options.fit(black_box(&effects), black_box(&design)).expect("a fit"));
}

/// Ten thousand random permutations of the BCG trials, each with its own REML fit.
#[divan::bench(sample_count = 5)]
fn ten_thousand_permutations_13(bencher: Bencher) {
    let fit = bcg_fit();
    bencher.counter(ItemsCount::new(10_000_usize)).bench_local(|| {
        let test = black_box(&fit).permutation_test(&PermutationOptions::new(1)).expect("a test");
        assert_eq!(test.arrangements, Arrangements::RandomPermutations);
        test
    });
}

#[divan::bench(args = common::sizes(&[13, 200]))]
fn diagnostics(bencher: Bencher, k: usize) {
    let fit = if k == 13 {
        bcg_fit()
    } else {
        let (effects, design) = simulated(k);
        MetaRegression::default().fit(&effects, &design).expect("a fit")
    };
    bencher.bench_local(|| black_box(&fit).diagnostics().expect("diagnostics"));
}

#[divan::bench(args = [RobustType::Cr1, RobustType::Cr2])]
fn robust_200_by_50(bencher: Bencher, kind: RobustType) {
    let (effects, design) = simulated(200);
    let fit = MetaRegression::default().fit(&effects, &design).expect("a fit");
    let clusters: Vec<String> = (0..200).map(|i| (i % 50).to_string()).collect();
    bencher.bench_local(|| black_box(&fit).robust(&clusters, kind).expect("a robust fit"));
}

#[divan::bench(args = common::sizes(&[13, 200]))]
fn location_scale(bencher: Bencher, k: usize) {
    let (effects, design) = if k == 13 { bcg() } else { simulated(k) };
    bencher
        .bench_local(|| LocationScale::default().fit(black_box(&effects), &design, &design).expect("a fit"));
}
