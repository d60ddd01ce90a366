//! Decision models with published totals.

use approx::assert_relative_eq;
use consilience::economics::{Accumulation, Counting, CyclePoint, Trace};

const COUNTS: [[f64; 4]; 3] =
    [[1251.0, 350.0, 116.0, 17.0], [0.0, 731.0, 512.0, 15.0], [0.0, 0.0, 1312.0, 437.0]];

/// Chancellor et al. (1997), Briggs et al. (2006) exercise 2.5: cost and life years of mono- and combination therapy.
fn hiv(combination: bool, counting: Counting) -> (f64, f64) {
    let trace = Trace::run(["A", "B", "C", "dead"], &[1.0, 0.0, 0.0, 0.0], 20, |k, matrix| {
        let risk = if combination && k < 2 { 0.509 } else { 1.0 };
        matrix.fill(0.0);
        for (s, row) in COUNTS.iter().enumerate() {
            let total: f64 = row.iter().sum();
            for d in s + 1..4 {
                matrix[s * 4 + d] = risk * row[d] / total;
            }
            matrix[s * 4 + s] = 1.0 - matrix[s * 4..s * 4 + 4].iter().sum::<f64>();
        }
        matrix[15] = 1.0;
    })
    .unwrap();
    let how = Accumulation { counting, discounted_at: CyclePoint::End, cycle_years: 1.0 };
    let cost = trace
        .total(
            how,
            |t| 1.06f64.powf(-t),
            |k, s| {
                let drugs = 2278.0 + if combination && k < 2 { 2086.5 } else { 0.0 };
                [2756.0 + drugs, 3052.0 + drugs, 9007.0 + drugs, 0.0][s]
            },
        )
        .unwrap();
    let years = trace.total(how, |_| 1.0, |_, s| if s < 3 { 1.0 } else { 0.0 }).unwrap();
    (cost, years)
}

#[test]
fn hiv_combination_therapy() {
    let rows = [
        (Counting::End, (44663.4535637, 7.9912066), (50601.6513312, 8.9373889), 6275.95560),
        (Counting::Beginning, (46785.260427, 8.959443089593), (52600.038246690, 9.896181585190), 6207.471826),
        (Counting::LifeTable, (45724.356995, 8.475324867717), (51600.844788947, 9.416785238417), 6241.885454),
    ];
    for (counting, mono, combination, icer) in rows {
        let (a, b) = (hiv(false, counting), hiv(true, counting));
        assert_relative_eq!(a.0, mono.0, epsilon = 5e-7);
        assert_relative_eq!(a.1, mono.1, epsilon = 5e-8);
        assert_relative_eq!(b.0, combination.0, epsilon = 5e-7);
        assert_relative_eq!(b.1, combination.1, epsilon = 5e-8);
        assert_relative_eq!((b.0 - a.0) / (b.1 - a.1), icer, epsilon = 5e-6);
    }
}

/// Briggs et al. (2006) exercise 3.5: cost and QALYs of a standard and a new hip prosthesis for women of 60.
fn hip(new: bool) -> (f64, f64) {
    let deaths = [0.99, 2.6, 6.7, 19.3, 53.5, 154.8].map(|d| d / 1000.0);
    let gamma = 0.3740968f64.exp();
    let lambda = (-5.490935 - 0.0367022 * 60.0f64).exp() * if new { (-1.344474f64).exp() } else { 1.0 };
    // primary operation, success, revision operation, success after it, dead
    let start = [1.0, 0.0, 0.0, 0.0, 0.0];
    let trace = Trace::run(["primary", "success", "revision", "revised", "dead"], &start, 61, |k, matrix| {
        let t = (k + 1) as f64;
        let band = (((60.0 + t - 35.0) / 10.0).floor() as usize).min(5);
        let mortality = deaths[band];
        let fails = 1.0 - (lambda * ((t - 1.0).powf(gamma) - t.powf(gamma))).exp();
        let rows = [
            [0.0, 0.98, 0.0, 0.0, 0.02],
            [0.0, 1.0 - fails - mortality, fails, 0.0, mortality],
            [0.0, 0.0, 0.0, 1.0 - 0.02 - mortality, 0.02 + mortality],
            [0.0, 0.0, 0.04, 1.0 - 0.04 - mortality, mortality],
            [0.0, 0.0, 0.0, 0.0, 1.0],
        ];
        matrix.copy_from_slice(rows.as_flattened());
    })
    .unwrap();
    let how =
        Accumulation { counting: Counting::Beginning, discounted_at: CyclePoint::Start, cycle_years: 1.0 };
    let cost = trace.total(how, |t| 1.06f64.powf(-t), |_, s| if s == 2 { 5294.0 } else { 0.0 }).unwrap();
    let qalys = trace.total(how, |t| 1.015f64.powf(-t), |_, s| [0.0, 0.85, 0.30, 0.75, 0.0][s]).unwrap();
    (cost + if new { 579.0 } else { 394.0 }, qalys)
}

#[test]
fn total_hip_replacement() {
    let (standard, new) = (hip(false), hip(true));
    assert_relative_eq!(standard.0, 512.434658, epsilon = 5e-7);
    assert_relative_eq!(standard.1, 14.6531896, epsilon = 5e-8);
    assert_relative_eq!(new.0, 610.311818, epsilon = 5e-7);
    assert_relative_eq!(new.1, 14.69770986, epsilon = 5e-9);
    assert_relative_eq!((new.0 - standard.0) / (new.1 - standard.1), 2198.486665, epsilon = 5e-6);
}

#[cfg(feature = "random")]
#[test]
fn a_model_over_draws_gives_the_analysis_of_its_draws() {
    use consilience::economics::{Distribution, Inputs, Sampling, run_model, run_model_while};
    let inputs = Inputs::new()
        .with("cost", Distribution::gamma_from_mean_sd(1000.0, 200.0).unwrap())
        .unwrap()
        .with("gain", Distribution::normal(0.05, 0.03).unwrap())
        .unwrap();
    let drawn = inputs.draw(2000, Sampling::LatinHypercube { seed: 4 }).unwrap();
    let draws = run_model(&drawn, ["usual", "new"], |x| Ok(vec![(0.0, 0.0), (x[0], x[1])])).unwrap();
    let result = draws.analysis(&"0:60000:10000".parse().unwrap()).unwrap();
    assert_relative_eq!(result.options[1].mean_cost, 1000.0, max_relative = 1e-3);
    assert_relative_eq!(result.options[1].icer.unwrap(), 20000.0, max_relative = 2e-3);
    assert_eq!(result.wtp[1].optimal, "usual");
    assert_eq!(result.wtp[4].optimal, "new");
    assert!(run_model(&drawn, ["one"], |_| Ok(vec![])).is_err());
    // Stopped after the first report of progress, the draws done until then are those of the whole.
    let part =
        run_model_while(&drawn, ["usual", "new"], |x| Ok(vec![(0.0, 0.0), (x[0], x[1])]), |_, _| false)
            .unwrap();
    assert_eq!(part.effects(), &draws.effects()[..part.effects().len()]);
}
