//! Models of counts: `cargo bench --bench glmm`.
//!
//! For scale: on one core rma.glmm of metafor 5.0-1 takes 5 to 36 s for `cm-el`, 0.1 to 0.5 s for `um-fs` and `um-rs`, and
//! about 0.05 s for proportions, at ten to thirty studies.
#![allow(clippy::expect_used, missing_docs)]

mod common;

use consilience::{
    Level,
    glmm::{CountInference, CountMeasure, Counts, Effects, Glmm, Model, Penalty},
};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn odds(k: usize) -> Counts {
    let labels = (1..=k).map(|i| i.to_string());
    Counts::two_groups(CountMeasure::OddsRatio, labels, &common::trials(k)).expect("counts")
}

fn proportions(k: usize) -> Counts {
    let rows: Vec<[f64; 2]> = common::trials(k).iter().map(|row| [row[0], row[1]]).collect();
    Counts::one_group(CountMeasure::Proportion, (1..=k).map(|i| i.to_string()), &rows).expect("counts")
}

/// Every likelihood of odds ratios for twenty trials: the fit without the interval of tau².
#[divan::bench(args = [
    Model::CmEl,
    Model::CmAl,
    Model::UmFs,
    Model::UmRs,
    Model::BetaBinomial,
    Model::BivariateBetaBinomial,
])]
fn odds_ratio_20(bencher: Bencher, model: Model) {
    let counts = odds(20);
    let options = Glmm::new(model).without_tau2_interval();
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

#[divan::bench(args = common::sizes(&[20, 100, 1000]), sample_count = 20)]
fn conditional(bencher: Bencher, k: usize) {
    let counts = odds(k);
    let options = Glmm::new(Model::CmEl).without_tau2_interval();
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

#[divan::bench(args = common::sizes(&[20, 100, 1000]), sample_count = 20)]
fn fixed_study_effects(bencher: Bencher, k: usize) {
    let counts = odds(k);
    let options = Glmm::new(Model::UmFs).without_tau2_interval();
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

#[divan::bench(args = common::sizes(&[20, 1000]), sample_count = 20)]
fn binomial_normal(bencher: Bencher, k: usize) {
    let counts = proportions(k);
    let options = Glmm::new(Model::Normal).without_tau2_interval();
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

/// With the profile intervals of the effect and of tau².
#[divan::bench]
fn conditional_with_profile_intervals_20(bencher: Bencher) {
    let counts = odds(20);
    let options = Glmm::new(Model::CmEl).inference(CountInference::Profile);
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

#[divan::bench]
fn common_effect_20(bencher: Bencher) {
    let counts = odds(20);
    let options = Glmm::new(Model::CmEl).effects(Effects::Common);
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

#[divan::bench]
fn exact_20(bencher: Bencher) {
    let counts = odds(20);
    bencher.bench_local(|| black_box(&counts).exact(Level::default()).expect("exact inference"));
}

/// A penalized likelihood with a parameter for every study.
#[divan::bench]
fn firth_20(bencher: Bencher) {
    let counts = odds(20);
    let options = Glmm::new(Model::UmFs).effects(Effects::Common).penalty(Penalty::Firth);
    bencher.bench_local(|| options.fit(black_box(&counts)).expect("a fit"));
}

/// Twenty replicates.
#[divan::bench(sample_count = 20)]
fn bootstrap_20(bencher: Bencher) {
    let counts = odds(20);
    let options = Glmm::new(Model::CmEl);
    bencher.bench_local(|| options.bootstrap(black_box(&counts), 20, 1).expect("a test"));
}
