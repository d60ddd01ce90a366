//! Networks: `cargo bench --bench network`.
#![allow(clippy::expect_used, missing_docs)]

mod common;

use consilience::{
    Measure,
    network::{
        ContributionMethod, LeftOutTau2, Network, NetworkData, NetworkMeta, PairRow, RankingOptions,
        SmallValues, SplitMethod,
    },
    tau2::Tau2,
};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// A ring with chords: `studies` two-arm studies of `treatments` treatments, effects and variances that follow no pattern.
fn simulated(treatments: usize, studies: usize) -> Network {
    repeated(treatments, studies, studies)
}

/// The same with no more than so many compared `pairs`.
fn repeated(treatments: usize, pairs: usize, studies: usize) -> Network {
    let rows: Vec<PairRow> = (0..studies)
        .map(|s| {
            let (a, around) = (s % pairs % treatments, s % pairs / treatments);
            let b = (a + 1 + (around * 7) % (treatments - 1)) % treatments;
            let x = s as f64;
            let estimate = 0.1 * (b as f64 - a as f64) / treatments as f64 + 0.3 * (12.9898 * x).sin();
            let variance = 0.02 + 0.1 * (78.233 * x).sin().powi(2);
            PairRow::new(format!("S{s}"), format!("T{a:04}"), format!("T{b:04}"), estimate, variance)
        })
        .collect();
    NetworkData::new(Measure::Generic).contrasts(&rows).expect("a network")
}

#[divan::bench(args = common::sizes(&[(10, 26), (50, 500), (200, 5_000)]))]
fn reml(bencher: Bencher, (treatments, studies): (usize, usize)) {
    let network = simulated(treatments, studies);
    bencher.bench_local(|| NetworkMeta::random(Tau2::Reml).fit(black_box(&network)).expect("a fit"));
}

#[divan::bench(sample_count = 1, args = [(common::size(1_000, 10), common::size(100_000, 60))])]
fn reml_large(bencher: Bencher, (treatments, studies): (usize, usize)) {
    let network = simulated(treatments, studies);
    bencher.bench_local(|| NetworkMeta::random(Tau2::Reml).fit(black_box(&network)).expect("a fit"));
}

/// Many treatments of which few are compared with one another.
#[divan::bench(sample_count = 5)]
fn reml_sparse(bencher: Bencher) {
    let network = repeated(common::size(1_000, 10), common::size(1_500, 15), common::size(100_000, 60));
    bencher.bench_local(|| NetworkMeta::random(Tau2::Reml).fit(black_box(&network)).expect("a fit"));
}

#[divan::bench]
fn consistency_26(bencher: Bencher) {
    let fit = NetworkMeta::default().fit(&simulated(10, 26)).expect("a fit");
    bencher.bench_local(|| {
        let split = fit.split(SplitMethod::Side).expect("a split");
        (split, fit.decompose().expect("a decomposition"), fit.net_heat().expect("a matrix"))
    });
}

#[divan::bench]
fn leave_one_out_26(bencher: Bencher) {
    let fit = NetworkMeta::default().fit(&simulated(10, 26)).expect("a fit");
    bencher.bench_local(|| fit.leave_one_out(LeftOutTau2::Refit).expect("fits"));
}

/// Everything that `network --all` reads from a fit, for a network of the size of Senn (2013).
#[divan::bench]
fn all_parts_26(bencher: Bencher) {
    let network = simulated(10, 26);
    bencher.bench_local(|| {
        let fit = NetworkMeta::default().fit(black_box(&network)).expect("a fit");
        let consistency = (fit.split(SplitMethod::Side), fit.decompose(), fit.net_heat(), fit.loops());
        let studies = (fit.impact(), fit.leave_one_out(LeftOutTau2::Refit));
        let contributions = fit.contributions(ContributionMethod::RandomWalk, None);
        (consistency, studies, contributions, fit.thresholds(SmallValues::Good))
    });
}

#[divan::bench]
fn rank_probabilities_10(bencher: Bencher) {
    let fit = NetworkMeta::default().fit(&simulated(10, 26)).expect("a fit");
    bencher.bench_local(|| fit.ranking(&RankingOptions::default()).expect("a ranking"));
}

#[divan::bench(sample_count = 5)]
fn rank_probabilities_30(bencher: Bencher) {
    let fit = NetworkMeta::default().fit(&simulated(common::size(30, 9), 120)).expect("a fit");
    bencher.bench_local(|| fit.ranking(&RankingOptions::default()).expect("a ranking"));
}

#[divan::bench(sample_count = 5)]
fn side_splits_500(bencher: Bencher) {
    let fit =
        NetworkMeta::default().fit(&simulated(common::size(50, 6), common::size(500, 20))).expect("a fit");
    bencher.bench_local(|| fit.split(SplitMethod::Refit).expect("splits"));
}

#[divan::bench(sample_count = 5)]
fn leave_one_out_500(bencher: Bencher) {
    let fit =
        NetworkMeta::default().fit(&simulated(common::size(50, 6), common::size(500, 20))).expect("a fit");
    bencher.bench_local(|| fit.leave_one_out(LeftOutTau2::Refit).expect("fits"));
}
