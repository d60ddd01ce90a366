//! Under the null, at the conditions it is made for, each test rejects as often as it says: by simulation with fixed seeds.
//!
//! Of R replicates a share of 0.05 is expected with a standard error of √(0.05 · 0.95 / R); four of them are allowed, which an
//! exact test exceeds once in 16,000 seeds. The tests by regression and by ranks that the program simulates itself are in
//! `bias_methods`.

use consilience::{
    EffectSizes, Measure,
    bias::{
        Alternative, Analysis, Bias, BiasReport, ExcessTest, MissingEstimator, PowerOptions, Predictor,
        RegressionModel, Side,
    },
    effect::{EffectOptions, StudyData, TwoByTwo},
    stat::{Tail, normal},
    tau2::Tau2,
};

/// Marsaglia's xorshift and the normal quantile: enough to draw studies with.
struct Draws(u64);

impl Draws {
    fn new(seed: u64) -> Self {
        Draws(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Between 0 and 1, neither included.
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    fn normal(&mut self) -> f64 {
        normal::quantile(Tail::Lower(self.uniform()))
    }
}

/// Variances that differ, as a regression on the standard error needs.
fn variances(k: usize) -> Vec<f64> {
    (0..k).map(|i| 0.01 + 0.2 * (i as f64 / k as f64).powi(2)).collect()
}

/// `k` studies about `mean` with tau², all published.
fn studies(draws: &mut Draws, k: usize, mean: f64, tau2: f64) -> EffectSizes {
    let v = variances(k);
    let y: Vec<f64> = v.iter().map(|v| mean + draws.normal() * (v + tau2).sqrt()).collect();
    let sizes = v.iter().map(|v| (4.0 / v).round()).collect::<Vec<f64>>();
    let labels = (1..=k).map(|i| i.to_string());
    EffectSizes::new(Measure::MeanDifference, labels, y, v).unwrap().with_sizes(sizes).unwrap()
}

/// `k` studies with these z values.
fn with_z(z: &[f64]) -> EffectSizes {
    let v = variances(z.len());
    let y: Vec<f64> = z.iter().zip(&v).map(|(z, v)| z * v.sqrt()).collect();
    EffectSizes::new(Measure::MeanDifference, (1..=z.len()).map(|i| i.to_string()), y, v).unwrap()
}

/// The share of P values below 0.05, and how far it may be from 0.05.
fn share(replicates: usize, mut p: impl FnMut(&mut Draws) -> Option<f64>) -> (f64, f64) {
    let mut draws = Draws::new(2011);
    let hits = (0..replicates).filter(|_| p(&mut draws).unwrap() < 0.05).count();
    let n = replicates as f64;
    (hits as f64 / n, 4.0 * (0.05_f64 * 0.95 / n).sqrt())
}

fn exact(what: &str, replicates: usize, p: impl FnMut(&mut Draws) -> Option<f64>) {
    let (size, tolerance) = share(replicates, p);
    assert!((size - 0.05).abs() < tolerance, "{what}: {size}");
}

/// For tests that are discrete, or at the bound of a parameter: no more than nominal, and not never.
fn conservative(what: &str, replicates: usize, p: impl FnMut(&mut Draws) -> Option<f64>) {
    let (size, tolerance) = share(replicates, p);
    assert!(size < 0.05 + tolerance && size > 0.002, "{what}: {size}");
}

fn fit(bias: Bias, part: Analysis, effects: &EffectSizes) -> BiasReport {
    bias.analyses([part]).fit(effects, None).unwrap()
}

/// Weighted least squares with a multiplicative dispersion is exact for normal effects with variances in proportion to the known
/// ones, whatever the predictor; so are PET, PEESE and UWLS without an effect, and the part of Q that the standard error explains
/// without heterogeneity.
#[test]
fn regressions_are_exact() {
    for predictor in Predictor::ALL {
        exact(predictor.code(), 1000, |draws| {
            let bias = Bias::default().regression(RegressionModel::Lm, *predictor);
            fit(bias, Analysis::Regression, &studies(draws, 12, 0.4, 0.0)).tests[0].p_value
        });
    }
    let adjusted = |part: Analysis, p: fn(BiasReport) -> Option<f64>| {
        exact(part.code(), 1000, |draws| p(fit(Bias::default(), part, &studies(draws, 12, 0.0, 0.0))));
    };
    adjusted(Analysis::PetPeese, |report| report.pet_peese?.pet.p_value);
    adjusted(Analysis::PetPeese, |report| report.pet_peese?.peese.p_value);
    adjusted(Analysis::Uwls, |report| report.uwls?.uwls.p_value);
    adjusted(Analysis::Limit, |report| Some(report.limit?.q_small_study_p_value));
}

/// The additive forms with heterogeneity, in 40 studies: t and z tests with an estimated tau².
#[test]
fn meta_regressions_are_near() {
    for predictor in [Predictor::Sei, Predictor::Ninv, Predictor::SqrtNinv] {
        let (size, tolerance) = share(1000, |draws| {
            let bias = Bias::new(Tau2::Dl).regression(RegressionModel::Rma, predictor);
            fit(bias, Analysis::Regression, &studies(draws, 40, 0.4, 0.05)).tests[0].p_value
        });
        // Wald's test takes the estimated tau² as known, which costs it about a fifth at 40 studies.
        assert!((size - 0.05).abs() < tolerance + 0.01, "{predictor}: {size}");
    }
}

/// The diagnostic odds ratio's test and the arcsine one on tables without an effect.
#[test]
fn tests_of_tables() {
    let k = 30;
    let rows = (0..k).map(|i| {
        let n = 100.0 + 5.0 * f64::from(i);
        TwoByTwo::from_totals(20.0 + f64::from(i), n, 20.0 + f64::from(i), n).unwrap()
    });
    let raw = StudyData::TwoByTwo(rows.collect());
    let labels = (1..=k).map(|i| i.to_string());
    let effects =
        EffectSizes::from_study_data(Measure::OddsRatio, labels, &raw, &EffectOptions::default()).unwrap();
    let tests = [Analysis::Deeks, Analysis::Ruecker, Analysis::Power];
    let bias = Bias::new(Tau2::Dl).analyses(tests).power(PowerOptions::new(5).replicates(1000));
    let power = bias.fit(&effects, Some(&raw)).unwrap().power.unwrap();
    let tolerance = 4.0 * (0.05_f64 * 0.95 / 1000.0).sqrt();
    for test in power.tests {
        let size = test.size.unwrap();
        match test.name {
            Analysis::Deeks => assert!((size - 0.05).abs() < tolerance, "{test:?}"),
            // tau² at or above 0 makes the additive form conservative.
            _ => assert!(size < 0.05 + tolerance && size > 0.01, "{test:?}"),
        }
    }
}

/// Likelihood-ratio tests of selection: chi-square in large samples where the parameter is free (a step function); at its bound 0
/// half of the time (half-normal, negative exponential), which halves the size.
#[test]
fn likelihood_ratios_of_selection() {
    let lrt = |model: &str, draws: &mut Draws| {
        let bias = Bias::default().selections([model.parse().unwrap()], Alternative::Greater);
        // With studies on both sides of the step.
        let report = fit(bias, Analysis::Selection, &studies(draws, 60, 0.25, 0.02));
        report.selection_models[0].lrt_p_value
    };
    let (size, tolerance) = share(160, |draws| lrt("3psm", draws));
    assert!((size - 0.05).abs() < tolerance, "3psm: {size}");
    for model in ["halfnorm", "negexp"] {
        let (size, _) = share(160, |draws| lrt(model, draws));
        assert!((size - 0.025).abs() < 4.0 * (0.025_f64 * 0.975 / 160.0).sqrt(), "{model}: {size}");
    }
}

/// Without an effect significant P values are uniform; at a power of 33 % the flatness tests are.
#[test]
fn p_curve_is_exact() {
    let critical = normal::quantile(Tail::Upper(0.025));
    let curve = |draws: &mut Draws, shift: f64, least: f64| {
        let z: Vec<f64> = (0..8)
            .map(|_| {
                loop {
                    let z = shift + draws.normal();
                    if z.abs() > least {
                        break z;
                    }
                }
            })
            .collect();
        fit(Bias::default(), Analysis::PCurve, &with_z(&z)).p_curve
    };
    exact("right skew", 1000, |draws| Some(curve(draws, 0.0, critical)?.right_skew_full.p_value));
    let half = normal::quantile(Tail::Upper(0.0125));
    exact("right skew of the half curve", 1000, |draws| {
        Some(curve(draws, 0.0, half)?.right_skew_half?.p_value)
    });
    conservative("binomial", 1000, |draws| Some(curve(draws, 0.0, critical)?.right_skew_binomial_p_value));
    // P(|Z| > 1.96) = 1/3 at this shift.
    let shift = 1.528_568_712_712_56;
    let power = normal::sf(critical - shift) + normal::cdf(-critical - shift);
    assert!((power - 1.0 / 3.0).abs() < 1e-12, "{power}");
    exact("flatness", 1000, |draws| Some(curve(draws, shift, critical)?.flatness_full.p_value));
}

/// p-uniform: conditional P values without an effect are uniform, and their sum is Irwin and Hall's.
#[test]
fn p_uniform_is_exact() {
    exact("p-uniform", 100, |draws| {
        let z: Vec<f64> = (0..4).map(|_| normal::quantile(Tail::Upper(0.025 * draws.uniform()))).collect();
        let bias = Bias::default().direction(Alternative::Greater);
        Some(fit(bias, Analysis::PUniform, &with_z(&z)).p_uniform?.p_value)
    });
}

/// Counts: the number of significant studies at a common effect, the longest run on one side of a symmetric funnel.
#[test]
fn counts_are_conservative() {
    for test in [ExcessTest::Exact, ExcessTest::Binom] {
        conservative("excess", 1000, |draws| {
            let bias = Bias::fixed_effect().excess_test(test);
            let report = fit(bias, Analysis::ExcessSignificance, &studies(draws, 25, 0.3, 0.0));
            report.excess_significance?.p_value
        });
    }
    conservative("R0", 1000, |draws| {
        let bias = Bias::fixed_effect().missing_estimator(MissingEstimator::R0).side(Side::Left);
        fit(bias, Analysis::TrimAndFill, &studies(draws, 25, 0.3, 0.0)).trim_and_fill?.k0_p_value
    });
}
