//! Decisions under uncertainty: `cargo bench --bench economics`.
#![allow(clippy::expect_used, missing_docs)]

mod common;

use consilience::{
    Result,
    economics::{
        Accumulation, Distribution, Draws, Evppi, EvppiMethod, InputDraws, Inputs, Sampling, Trace,
        WillingnessToPay, run_model,
    },
};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Draws of three options, and the parameter behind them.
fn draws(n: usize) -> (Draws, Vec<f64>) {
    let common::Model { parameter, options: [usual, new, dear] } = common::model(n);
    let columns = [("usual", usual.0, usual.1), ("new", new.0, new.1), ("dear", dear.0, dear.1)];
    (Draws::from_columns(columns).expect("draws"), parameter)
}

/// Acceptability, its frontier, EVPI and expected losses of 10,000 draws and three options at 1,000 thresholds.
#[divan::bench]
fn psa_curves_10_000x3x1_000(bencher: Bencher) {
    let (draws, _) = draws(common::size(10_000, 500));
    let wtp = WillingnessToPay::range(0.0, 99_900.0, 100.0).expect("thresholds");
    bencher.bench_local(|| black_box(&draws).curves(&wtp).expect("curves"));
}

/// The same with names, as the program prints it.
#[divan::bench]
fn psa_analysis_10_000x3x1_000(bencher: Bencher) {
    let (draws, _) = draws(common::size(10_000, 500));
    let wtp = WillingnessToPay::range(0.0, 99_900.0, 100.0).expect("thresholds");
    bencher.bench_local(|| black_box(&draws).analysis(&wtp).expect("an analysis"));
}

/// The value of one parameter for three options.
#[divan::bench(args = common::sizes(&[10_000, 1_000_000]), sample_count = 10)]
fn evppi_gam(bencher: Bencher, n: usize) {
    let (draws, parameter) = draws(common::size(n, 1000));
    let wtp = WillingnessToPay::new([20_000.0]).expect("a threshold");
    let evppi = Evppi::new(EvppiMethod::Gam);
    bencher.bench_local(|| evppi.of(black_box(&draws), &[("parameter", &parameter)], &wtp).expect("a value"));
}

#[divan::bench(sample_count = 5)]
fn evppi_gaussian_process_10_000(bencher: Bencher) {
    let (draws, parameter) = draws(common::size(10_000, 300));
    let wtp = WillingnessToPay::new([20_000.0]).expect("a threshold");
    let evppi = Evppi::new(EvppiMethod::Gp);
    bencher.bench_local(|| evppi.of(black_box(&draws), &[("parameter", &parameter)], &wtp).expect("a value"));
}

fn inputs(n: usize) -> InputDraws {
    Inputs::new()
        .with("progression", Distribution::beta_from_mean_sd(0.1, 0.02).expect("a distribution"))
        .and_then(|inputs| inputs.with("effect", Distribution::log_normal(-0.2, 0.1)?))
        .and_then(|inputs| inputs.with("cost", Distribution::gamma_from_mean_sd(1000.0, 200.0)?))
        .and_then(|inputs| inputs.draw(n, Sampling::Random { seed: 1 }))
        .expect("draws")
}

/// Two options of a cohort of 20 states over 60 cycles in 10,000 draws: matrices are new in each draw and for each option,
/// costs and effects discounted, half-cycle correction.
#[divan::bench(sample_count = 5)]
fn cohort_20_states_60_cycles_10_000_draws(bencher: Bencher) {
    let (inputs, states) = (inputs(common::size(10_000, 50)), 20);
    let names: Vec<String> = (1..=states).map(|state| format!("stage {state}")).collect();
    let mut start = vec![0.0; states];
    start[0] = 1.0;
    bencher.bench_local(|| {
        run_model(black_box(&inputs), ["usual", "new"], |draw| {
            let option = |ratio: f64, extra: f64| -> Result<(f64, f64)> {
                let trace = Trace::run(&names, &start, 60, |_, matrix| {
                    let (on, death) = (draw[0] * ratio, 0.02);
                    matrix.fill(0.0);
                    for state in 0..states - 1 {
                        let row = &mut matrix[state * states..(state + 1) * states];
                        row[states - 1] += death;
                        row[state + 1] += on;
                        row[state] += 1.0 - on - death;
                    }
                    matrix[states * states - 1] = 1.0;
                })?;
                let alive = |value: f64, state: usize| if state + 1 < states { value } else { 0.0 };
                let discount = |years: f64| 1.035_f64.powf(-years);
                let cost = |_: usize, state: usize| alive(draw[2] + extra + 50.0 * state as f64, state);
                let effect = |_: usize, state: usize| alive(0.9 - 0.03 * state as f64, state);
                let how = Accumulation::default();
                Ok((trace.total(how, discount, cost)?, trace.total(how, discount, effect)?))
            };
            Ok(vec![option(1.0, 0.0)?, option(draw[1], 300.0)?])
        })
        .expect("draws")
    });
}
