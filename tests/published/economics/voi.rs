//! Value of information against closed forms, quadrature and mgcv.

use approx::assert_relative_eq;
use consilience::economics::{Draws, Evppi, EvppiMethod, WillingnessToPay};

fn draws_of(inb: Vec<f64>) -> Draws {
    let zero = vec![0.0; inb.len()];
    Draws::from_columns([("comparator", zero.clone(), zero.clone()), ("intervention", zero, inb)]).unwrap()
}

/// mgcv 1.8-41: `gam(y ~ s(x, bs = "cr", k = 10), method = "REML")` and `te(x, z, bs = "cr", k = 5)`. Both stop short of the
/// exact optimum of the smoothing parameter, which moves fits by some 1e-5.
#[test]
fn smoothers_agree_with_mgcv() {
    let text = include_str!("../../data/economics_gam/data.csv");
    let rows: Vec<Vec<f64>> =
        text.lines().skip(1).map(|l| l.split(',').map(|v| v.parse().unwrap()).collect()).collect();
    let column = |j: usize| rows.iter().map(|r| r[j]).collect::<Vec<f64>>();
    let (x, z, draws) = (column(0), column(1), draws_of(column(2)));
    let gam = Evppi::new(EvppiMethod::Gam);
    let one = gam.expectations(&draws, &[("x", &x)]).unwrap();
    let two = gam.expectations(&draws, &[("x", &x), ("z", &z)]).unwrap();
    for (i, row) in rows.iter().enumerate() {
        assert_relative_eq!(one.effects()[2 * i + 1], row[3], epsilon = 2e-4);
        assert_relative_eq!(two.effects()[2 * i + 1], row[4], epsilon = 2e-4);
    }
}

/// An exact Gaussian process over all 300 draws by scipy (`fit.py`), with length scales by restricted maximum likelihood. Here it
/// rests on 60 inducing points, and its length scales come from 40; with all draws as points it agrees within 1 % too.
#[test]
fn the_process_agrees_with_an_exact_one() {
    let text = include_str!("../../data/economics_gp/data.csv");
    let rows: Vec<Vec<f64>> =
        text.lines().skip(1).map(|l| l.split(',').map(|v| v.parse().unwrap()).collect()).collect();
    let column = |j: usize| rows.iter().map(|r| r[j]).collect::<Vec<f64>>();
    let zero = vec![0.0; rows.len()];
    let draws = Draws::from_columns([("old", zero.clone(), zero), ("new", column(2), column(3))]).unwrap();
    let wtp = WillingnessToPay::new([10_000.0, 20_000.0, 30_000.0]).unwrap();
    let (a, b) = (column(0), column(1));
    let gp = Evppi::new(EvppiMethod::Gp).size(60);
    let result = gp.of(&draws, &[("a", &a), ("b", &b)], &wtp).unwrap();
    for (point, expected) in
        result.evppi.iter().zip([43.11709861288792, 95.3680415590125, 153.67495556440647])
    {
        assert_relative_eq!(point.raw, expected, max_relative = 0.02);
    }
}

#[test]
fn bad_parameters_are_named() {
    let draws = draws_of(vec![1.0, -1.0, 2.0, -2.0, 0.5]);
    let wtp = WillingnessToPay::new([1.0]).unwrap();
    let of = |method, parameters: &[(&str, &[f64])]| {
        Evppi::new(method).of(&draws, parameters, &wtp).unwrap_err().to_string()
    };
    let x = [1.0, 2.0, 3.0, 4.0, 5.0];
    assert!(of(EvppiMethod::Gam, &[]).contains("name at least one"));
    assert!(of(EvppiMethod::Gam, &[("x", &x[..3])]).contains("3 values for 5 draws"));
    assert!(of(EvppiMethod::Linear, &[("x", &[1.0; 5])]).contains("does not vary"));
    assert!(
        of(EvppiMethod::Linear, &[("x", &[1.0, f64::NAN, 1.0, 1.0, 2.0])]).starts_with("row 2, column x")
    );
    assert!(of(EvppiMethod::Gam, &[("x", &x)]).contains("5 draws for a basis of 5"));
    assert!(of(EvppiMethod::Blocks, &[("x", &x), ("y", &x)]).contains("it takes one"));
    assert!(of(EvppiMethod::Segments, &[("x", &x), ("y", &x)]).contains("one parameter and two options"));
    let five: Vec<(&str, &[f64])> = ["a", "b", "c", "d", "e"].map(|n| (n, &x[..])).to_vec();
    assert!(of(EvppiMethod::Gam, &five).contains("one to four"));
    assert!("gma".parse::<EvppiMethod>().unwrap_err().to_string().contains("did you mean `gam`"));
}

#[cfg(feature = "random")]
mod simulated {
    use consilience::economics::{
        Distribution, Inputs, NestedEvppi, Sampling, evsi_from_summaries, evsi_normal, nested_evppi,
        unit_normal_loss,
    };

    use super::*;

    /// Five standard normal columns.
    fn normals(n: usize) -> Vec<Vec<f64>> {
        let mut inputs = Inputs::new();
        for name in ["a", "b", "c", "d", "e"] {
            inputs = inputs.with(name, Distribution::normal(0.0, 1.0).unwrap()).unwrap();
        }
        inputs.draw(n, Sampling::Random { seed: 11 }).unwrap().columns
    }

    fn one() -> WillingnessToPay {
        WillingnessToPay::new([1.0]).unwrap()
    }

    #[test]
    fn one_linear_parameter_by_every_method() {
        let columns = normals(8000);
        let inb: Vec<f64> = (0..8000).map(|i| 0.5 + 2.0 * columns[0][i] + 3.0 * columns[1][i]).collect();
        let draws = draws_of(inb);
        let exact = unit_normal_loss(0.5, 2.0).unwrap();
        for method in [EvppiMethod::Blocks, EvppiMethod::Segments, EvppiMethod::Linear, EvppiMethod::Gam] {
            let got = Evppi::new(method).of(&draws, &[("a", &columns[0])], &one()).unwrap();
            let point = &got.evppi[0];
            assert!(
                (point.raw - exact).abs() < 4.0 * point.se,
                "{method}: {} {} {exact}",
                point.raw,
                point.se
            );
            assert!(point.se > 0.0 && point.se < 0.04, "{}", point.se);
            assert!(point.value <= point.evpi);
        }
    }

    /// E max(0, m + XY), X and Y standard normal, by quadrature (SciPy 1.17.1): what a product of parameters is worth.
    #[test]
    fn two_to_four_parameters_that_interact() {
        let columns = normals(3000);
        let inb: Vec<f64> = (0..3000).map(|i| 0.2 + columns[0][i] * columns[1][i] + columns[4][i]).collect();
        let draws = draws_of(inb);
        let exact = 0.4388783703 - 0.2;
        let names = ["a", "b", "c", "d"];
        for count in 2..=4 {
            let parameters: Vec<(&str, &[f64])> = (0..count).map(|k| (names[k], &columns[k][..])).collect();
            // The default sizes of three and four parameters are slow without optimisation.
            let gam = Evppi::new(EvppiMethod::Gam);
            let gam = if count > 2 { gam.size(3) } else { gam };
            let got = gam.of(&draws, &parameters, &one()).unwrap();
            let point = &got.evppi[0];
            // Extra parameters cost a little overfit: some degrees of freedom among 3,000 draws.
            assert!(
                (point.raw - exact).abs() < 4.0 * point.se + 0.01 * count as f64,
                "{count}: {} {exact}",
                point.raw
            );
        }
        // The mean of a product given one factor does not vary: nothing to learn from one alone.
        let alone = Evppi::new(EvppiMethod::Gam).of(&draws, &[("a", &columns[0])], &one()).unwrap();
        assert!(alone.evppi[0].raw < 0.05, "{}", alone.evppi[0].raw);
    }

    #[test]
    fn every_threshold_from_one_fit_and_three_options() {
        let columns = normals(2000);
        let n = 2000;
        let costs = |k: usize| (0..n).map(|i| 100.0 * k as f64 + 50.0 * columns[k][i]).collect::<Vec<f64>>();
        let effects =
            |k: usize| (0..n).map(|i| 0.1 * k as f64 + 0.2 * columns[3][i] * k as f64).collect::<Vec<f64>>();
        let draws = Draws::from_columns((0..3).map(|k| (format!("o{k}"), costs(k), effects(k)))).unwrap();
        let wtp: WillingnessToPay = "0:3000:100".parse().unwrap();
        let parameters: [(&str, &[f64]); 1] = [("d", &columns[3])];
        let all = Evppi::new(EvppiMethod::Gam).of(&draws, &parameters, &wtp).unwrap();
        assert_eq!((all.evppi.len(), all.regressions.len()), (31, 4));
        for point in all.evppi.iter().step_by(10) {
            // Net benefits that are smoothed at the threshold itself.
            let at = |k: usize| {
                let nb: Vec<f64> = (0..n).map(|i| point.wtp * effects(k)[i] - costs(k)[i]).collect();
                (format!("o{k}"), vec![0.0; n], nb)
            };
            let single = Draws::from_columns((0..3).map(at)).unwrap();
            let direct = &Evppi::new(EvppiMethod::Linear).of(&single, &parameters, &one()).unwrap().evppi[0];
            assert!(
                (direct.raw - point.raw).abs() < 0.05 * direct.evpi + 1e-9,
                "{} {}",
                direct.raw,
                point.raw
            );
        }
    }

    #[test]
    fn sample_information_in_the_normal_case() {
        // INB = 1000 + 2000 Z with a prior worth 100 observations; 50 observations are worth 123.37.
        let columns = normals(8000);
        let mean: Vec<f64> = columns[0].iter().map(|z| 1000.0 + 2000.0 * z).collect();
        let draws = draws_of(mean.clone());
        let wtp = one();
        let exact = evsi_normal(1000.0, 2000.0, 100.0, 50.0).unwrap();
        let gam = Evppi::new(EvppiMethod::Gam);
        let expectations = gam.expectations(&draws, &[("mean", &mean)]).unwrap();
        let gaussian = expectations.evsi_gaussian(50.0, 100.0, &wtp).unwrap()[0];
        assert_relative_eq!(gaussian.value, exact, max_relative = 0.08);
        // One observation has variance 100 · 2000²; the mean of 50 of them is the summary.
        let sd = (100.0f64 / 50.0).sqrt() * 2000.0;
        let data: Vec<f64> = mean.iter().zip(&columns[1]).map(|(m, e)| m + sd * e).collect();
        let regression = evsi_from_summaries(&gam, &draws, &[("sample mean", &data)], &wtp).unwrap();
        let point = &regression.evppi[0];
        assert!((point.raw - exact).abs() < 4.0 * point.se, "{} {exact}", point.raw);
        // The study leaves the variance 2000² · 100/150.
        let matched = expectations.evsi_moment_matching(2000.0f64.powi(2) * 100.0 / 150.0, 1.0).unwrap();
        assert_relative_eq!(matched.value, exact, max_relative = 0.08);
        // From the variances that studies of 25 and 200 leave, 2000² · 100/(100 + n), those of other sizes follow in closed form.
        let left = |n: f64| (n, 2000.0f64.powi(2) * 100.0 / (100.0 + n));
        let curve = expectations
            .evsi_moment_matching_sizes(&[left(25.0), left(200.0)], &[0.0, 50.0, 400.0], 1.0)
            .unwrap();
        assert_eq!((curve[0].value, curve[0].n), (0.0, Some(0.0)));
        for point in &curve[1..] {
            let n = point.n.unwrap();
            assert_relative_eq!(
                point.value,
                evsi_normal(1000.0, 2000.0, 100.0, n).unwrap(),
                max_relative = 0.08
            );
        }
        assert!(expectations.evsi_moment_matching_sizes(&[], &[50.0], 1.0).is_err());
        // Importance sampling on a part of the draws.
        let part = draws_of(mean[..800].to_vec());
        let some = gam.expectations(&part, &[("mean", &mean[..800])]).unwrap();
        let weighed =
            some.evsi_importance(|i, j| -0.5 * ((data[i] - mean[j]) / sd).powi(2), &wtp).unwrap()[0];
        assert!(
            (weighed.value - exact).abs() < 4.0 * weighed.se.unwrap() + 10.0,
            "{} {exact}",
            weighed.value
        );
        assert_eq!(expectations.evsi_gaussian(0.0, 100.0, &wtp).unwrap()[0].value, 0.0);
        assert!(expectations.evsi_gaussian(0.0, 0.0, &wtp).is_err());
    }

    #[test]
    fn nested_simulation_agrees() {
        let exact = unit_normal_loss(0.5, 2.0).unwrap();
        let model = |seed: u64, runs: usize| {
            let inputs = Inputs::new()
                .with("outer", Distribution::normal(0.0, 2.0)?)?
                .with("inner", Distribution::normal(0.0, 1.0)?)?;
            let drawn = inputs.draw(runs, Sampling::Random { seed })?;
            let fixed = drawn.columns[0][0];
            let inb: Vec<f64> = drawn.columns[1].iter().map(|x| 0.5 + fixed + x).collect();
            let zero = vec![0.0; runs];
            Draws::from_columns([("a", zero.clone(), zero.clone()), ("b", zero, inb)])
        };
        let size = NestedEvppi { outer: 2000, inner: 100, seed: 5 };
        let got = nested_evppi(size, &one(), model).unwrap()[0];
        assert!((got.0 - exact).abs() < 4.0 * got.1, "{got:?} {exact}");
        assert_eq!(got, nested_evppi(size, &one(), model).unwrap()[0]);
    }
}
