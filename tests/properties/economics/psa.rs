//! Probabilistic analysis: against direct evaluation, and identities.

use approx::assert_relative_eq;
use consilience::economics::{Draws, PsaCurves, WillingnessToPay};
use proptest::prelude::*;

/// Draws on a grid (ties and duplicates are common) or not, of up to five options.
fn draws() -> impl Strategy<Value = (usize, Vec<(f64, f64)>)> {
    (1usize..6, 1usize..30, any::<bool>()).prop_flat_map(|(d, n, coarse)| {
        prop::collection::vec((-400i32..4000, -40i32..400), d * n).prop_map(move |v| {
            let step = if coarse { 200 } else { 1 };
            let value =
                |(c, e): (i32, i32)| (f64::from(c / step * step), f64::from(e / step * step) * 0.0025);
            (d, v.into_iter().map(value).collect())
        })
    })
}

fn build(d: usize, values: &[(f64, f64)]) -> Draws {
    let (costs, effects): (Vec<f64>, Vec<f64>) = values.iter().copied().unzip();
    Draws::from_rows((0..d).map(|i| format!("o{i}")).collect(), costs, effects).unwrap()
}

fn grid() -> WillingnessToPay {
    "0:20000:250".parse().unwrap()
}

#[allow(clippy::type_complexity)] // the four curves, once
/// Everything by definition.
fn directly(
    d: usize,
    values: &[(f64, f64)],
    wtp: &[f64],
) -> (Vec<Vec<f64>>, Vec<f64>, Vec<Vec<f64>>, Vec<f64>) {
    let n = values.len() / d;
    let (mut p, mut evpi, mut loss, mut se) =
        (vec![vec![0.0; wtp.len()]; d], vec![], vec![vec![0.0; wtp.len()]; d], vec![]);
    for (l, &wtp) in wtp.iter().enumerate() {
        let nb: Vec<Vec<f64>> =
            values.chunks(d).map(|row| row.iter().map(|(c, e)| wtp * e - c).collect()).collect();
        let mean: Vec<f64> = (0..d).map(|o| nb.iter().map(|r| r[o]).sum::<f64>() / n as f64).collect();
        let star = (0..d).max_by(|&a, &b| mean[a].total_cmp(&mean[b])).unwrap();
        let max: Vec<f64> = nb.iter().map(|r| r.iter().copied().fold(f64::NEG_INFINITY, f64::max)).collect();
        for o in 0..d {
            for (r, m) in nb.iter().zip(&max) {
                if r[o] == *m {
                    p[o][l] += 1.0 / r.iter().filter(|x| *x == m).count() as f64 / n as f64;
                }
                loss[o][l] += (m - r[o]) / n as f64;
            }
        }
        let v: Vec<f64> = nb.iter().zip(&max).map(|(r, m)| m - r[star]).collect();
        let e = v.iter().sum::<f64>() / n as f64;
        evpi.push(e);
        se.push((v.iter().map(|x| (x - e).powi(2)).sum::<f64>() / (n as f64 - 1.0) / n as f64).sqrt());
    }
    (p, evpi, loss, se)
}

fn close(got: &[f64], want: &[f64], scale: f64) {
    for (g, w) in got.iter().zip(want) {
        assert_relative_eq!(*g, *w, epsilon = 1e-9 * scale);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_envelope_gives_what_direct_evaluation_gives((d, values) in draws()) {
        let wtp = grid();
        let curves: PsaCurves = build(d, &values).curves(&wtp).unwrap();
        let (p, evpi, loss, se) = directly(d, &values, wtp.values());
        for o in 0..d {
            close(&curves.probability[o], &p[o], 1.0);
            close(&curves.expected_loss[o], &loss[o], 1e4);
        }
        close(&curves.evpi, &evpi, 1e4);
        if values.len() / d > 1 {
            // Where two options have the same mean, either may be the reference of the error.
            let got = curves.evpi_se.unwrap();
            for l in 0..wtp.values().len() {
                let tied = (0..d).filter(|&o| (loss[o][l] - evpi[l]).abs() < 1e-6).count() > 1;
                prop_assert!(tied || (got[l] - se[l]).abs() < 1e-4, "{} {}", got[l], se[l]);
            }
        }
    }

    #[test]
    fn probabilities_sum_to_one_and_the_least_loss_is_the_value_of_information((d, values) in draws()) {
        let wtp = grid();
        let result = build(d, &values).analysis(&wtp).unwrap();
        for t in &result.wtp {
            assert_relative_eq!(t.probability.values().sum::<f64>(), 1.0, epsilon = 1e-12);
            let least = t.expected_loss.values().copied().fold(f64::INFINITY, f64::min);
            assert_relative_eq!(least, t.evpi, epsilon = 1e-9);
            assert_relative_eq!(t.expected_loss[&t.optimal], t.evpi, epsilon = 1e-9);
            prop_assert!(t.evpi >= 0.0);
            prop_assert_eq!(t.ceaf, t.probability[&t.optimal]);
        }
        // Where options tie, the one that is named need not be on the frontier.
        let alone = |t: &&consilience::economics::PsaThreshold| {
            t.expected_loss.values().filter(|loss| **loss - t.evpi < 1e-6).count() == 1
        };
        let best =
            result.wtp.iter().filter(alone).map(|t| t.optimal.clone()).collect::<std::collections::BTreeSet<_>>();
        let frontier: Vec<&str> = result.options.iter().filter(|o| o.status == consilience::economics::Status::Frontier).map(|o| o.option.as_str()).collect();
        prop_assert!(best.iter().all(|o| frontier.contains(&o.as_str())));
    }

    #[test]
    fn a_dominated_option_and_a_change_of_currency_change_nothing((d, values) in draws(), scale in 0.1f64..10.0) {
        let wtp = grid();
        let before = build(d, &values).curves(&wtp).unwrap();
        let worst: Vec<(f64, f64)> = values.chunks(d).flat_map(|row| {
            let c = row.iter().map(|r| r.0).fold(f64::NEG_INFINITY, f64::max) + 1.0;
            let e = row.iter().map(|r| r.1).fold(f64::INFINITY, f64::min) - 1.0;
            row.iter().copied().chain([(c, e)]).collect::<Vec<_>>()
        }).collect();
        let after = build(d + 1, &worst).curves(&wtp).unwrap();
        close(&after.evpi, &before.evpi, 1e3);
        prop_assert!(after.probability[d].iter().all(|p| *p == 0.0));
        for o in 0..d {
            close(&after.probability[o], &before.probability[o], 1.0);
        }
        let scaled: Vec<(f64, f64)> = values.iter().map(|(c, e)| (c * scale, *e)).collect();
        let grid = WillingnessToPay::new(wtp.values().iter().map(|w| w * scale).collect::<Vec<_>>()).unwrap();
        let other = build(d, &scaled).curves(&grid).unwrap();
        let back: Vec<f64> = other.evpi.iter().map(|v| v / scale).collect();
        close(&back, &before.evpi, 1e4);
    }
}
