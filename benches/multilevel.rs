//! Multilevel and multivariate models: `cargo bench --bench multilevel`.
#![allow(clippy::expect_used, missing_docs)]

mod common;

use common::nested;
use consilience::{
    EffectSizes,
    multilevel::{CoefficientInference, ComponentIntervals, Factor, Multilevel, Structure},
};
use divan::{Bencher, black_box, counter::ItemsCount};

fn main() {
    divan::main();
}

/// Effects in studies of five, in districts of four studies.
fn three_levels(k: usize) -> (EffectSizes, Multilevel) {
    let effects = nested(k, 5);
    let district = Factor::new("district", (0..k).map(|i| (i / 20).to_string())).expect("labels");
    let study = Factor::new("study", (0..k).map(|i| (i / 5).to_string())).expect("labels");
    let effect = Factor::each_effect("effect", k).expect("labels");
    let model = Multilevel::nested([district, study, effect]).expect("equal lengths");
    (effects, model.intervals(ComponentIntervals::Omit))
}

/// Districts, studies and effects: linear in k.
#[divan::bench(args = common::sizes(&[60, 1200, 12_000, 100_000]), max_time = 10)]
fn three_levels_reml(bencher: Bencher, k: usize) {
    let (effects, model) = three_levels(k);
    bencher.counter(ItemsCount::new(k)).bench_local(|| model.fit(black_box(&effects)).expect("a fit"));
}

/// The same with the profile-likelihood intervals of the three variances.
#[divan::bench]
fn three_levels_with_intervals_1200(bencher: Bencher) {
    let (effects, model) = three_levels(1200);
    let model = model.intervals(ComponentIntervals::Profile);
    bencher.bench_local(|| model.fit(black_box(&effects)).expect("a fit"));
}

/// Studies and effects with the degrees of freedom of Kenward and Roger.
#[divan::bench]
fn kenward_roger_1200(bencher: Bencher) {
    let (effects, model) = three_levels(1200);
    let model = model.inference(CoefficientInference::KenwardRoger);
    bencher.bench_local(|| model.fit(black_box(&effects)).expect("a fit"));
}

/// The size of published reviews of community interventions: 349 effects of 49 studies, sampling correlation 0.6, CR2.
#[divan::bench]
fn correlated_hierarchical_349(bencher: Bencher) {
    let effects = nested(349, 7);
    let study = Factor::new("study", (0..349).map(|i| (i * 49 / 349).to_string())).expect("labels");
    let model =
        Multilevel::correlated_hierarchical(study, 0.6).expect("effects").intervals(ComponentIntervals::Omit);
    bencher.bench_local(|| model.fit(black_box(&effects)).expect("a fit"));
}

/// Two outcomes of 200 studies, unstructured.
#[divan::bench]
fn bivariate_200(bencher: Bencher) {
    let effects = nested(400, 2);
    let outcome = Factor::new("outcome", (0..400).map(|i| (i % 2).to_string())).expect("labels");
    let study = Factor::new("study", (0..400).map(|i| (i / 2).to_string())).expect("labels");
    let model = Multilevel::multivariate(outcome, study, Structure::Un).intervals(ComponentIntervals::Omit);
    bencher.bench_local(|| model.fit(black_box(&effects)).expect("a fit"));
}

/// Every one of 60 studies left out of 300 effects.
#[divan::bench]
fn influence_of_60_studies(bencher: Bencher) {
    let effects = nested(300, 5);
    let study = Factor::new("study", (0..300).map(|i| (i / 5).to_string())).expect("labels");
    let effect = Factor::each_effect("effect", 300).expect("labels");
    let model = Multilevel::nested([study.clone(), effect]).expect("equal lengths");
    let model = model.intervals(ComponentIntervals::Omit);
    let fit = model.fit(&effects).expect("a fit");
    bencher.bench_local(|| black_box(&fit).influence(&study).expect("influence"));
}
