//! Small-study effects and publication bias: `cargo bench --bench bias`.
#![allow(clippy::expect_used, dead_code, missing_docs)]

mod common;

use consilience::bias::{Alternative, Analysis, Bias, PowerOptions, Selection, SelectionInterval};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const MODELS: [&str; 10] = [
    "3psm",
    "stepfun:0.05,0.1,0.5",
    "halfnorm",
    "negexp",
    "logistic",
    "power",
    "beta",
    "negexppow",
    "halfnorm@sei",
    "severe-one-tailed",
];

fn selection(model: &str, interval: SelectionInterval) -> Bias {
    let selection: Selection = model.parse().expect("a model");
    Bias::default()
        .analyses([Analysis::Selection])
        .selections([selection], Alternative::Greater)
        .selection_interval(interval)
}

/// One selection model of 37 studies, with its tests.
#[divan::bench(args = MODELS)]
fn selection_37(bencher: Bencher, model: &str) {
    let effects = common::effects(&common::passive_smoking());
    let bias = selection(model, SelectionInterval::Wald);
    bencher.bench_local(|| bias.fit(black_box(&effects), None).expect("a report"));
}

/// The same with profile-likelihood intervals of every parameter.
#[divan::bench(args = common::sizes(&["3psm", "halfnorm", "beta"]), sample_count = 20)]
fn selection_profile_37(bencher: Bencher, model: &str) {
    let effects = common::effects(&common::passive_smoking());
    let bias = selection(model, SelectionInterval::Profile);
    bencher.bench_local(|| bias.fit(black_box(&effects), None).expect("a report"));
}

/// One part of the report.
#[divan::bench(args = [Analysis::Egger, Analysis::Begg, Analysis::TrimAndFill, Analysis::FailsafeN, Analysis::Copas,
    Analysis::PCurve, Analysis::PUniform, Analysis::WorstCase])]
fn part_37(bencher: Bencher, part: Analysis) {
    let effects = common::effects(&common::passive_smoking());
    let bias = Bias::default().analyses([part]);
    bencher.bench_local(|| bias.fit(black_box(&effects), None).expect("a report"));
}

/// z-curve of 400 studies with 1000 resampled sets.
#[divan::bench(sample_count = 10)]
fn z_curve_400(bencher: Bencher) {
    let effects = common::effects(&common::simulated(common::size(400, 60), 1));
    let bias = Bias::default().analyses([Analysis::ZCurve]);
    bencher.bench_local(|| bias.fit(black_box(&effects), None).expect("a report"));
}

/// Size and power of six tests, 1000 replicates of either.
#[divan::bench(sample_count = 10)]
fn power_37(bencher: Bencher) {
    let effects = common::effects(&common::passive_smoking());
    let bias = Bias::default()
        .analyses([Analysis::Power])
        .power(PowerOptions::new(1).replicates(common::size(1000, 100)));
    bencher.bench_local(|| bias.fit(black_box(&effects), None).expect("a report"));
}
