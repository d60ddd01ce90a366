//! Simulated truth is recovered: estimates without bias, intervals with their coverage.

use consilience::multilevel::{CoefficientInference, ComponentIntervals, Factor, Multilevel};
use consilience::stat::{Tail, normal};
use consilience::{EffectSizes, Measure};

/// Marsaglia's xorshift: normal numbers for data.
struct Numbers(u64);

impl Numbers {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        normal::quantile(Tail::Lower(self.uniform()))
    }
}

const STUDIES: usize = 12;
const EACH: usize = 4;

#[test]
fn three_levels_are_recovered() {
    let k = STUDIES * EACH;
    let (mean, between, within) = (0.3, 0.06_f64, 0.03_f64);
    let study = Factor::new("study", (0..k).map(|i| (i / EACH).to_string())).unwrap();
    let effect = Factor::each_effect("effect", k).unwrap();
    let model = Multilevel::nested([study, effect]).unwrap().intervals(ComponentIntervals::Omit);
    let wald = model.clone().inference(CoefficientInference::Wald);
    let model = model.inference(CoefficientInference::KenwardRoger);
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let replicates = 400;
    let (mut covered, mut narrow, mut sums, mut squares) = (0, 0, [0.0; 3], [0.0; 3]);
    for _ in 0..replicates {
        let vi: Vec<f64> = (0..k).map(|i| 0.02 + 0.02 * (i % 5) as f64).collect();
        let deviations: Vec<f64> = (0..STUDIES).map(|_| between.sqrt() * numbers.normal()).collect();
        let yi: Vec<f64> = (0..k)
            .map(|i| {
                mean + deviations[i / EACH]
                    + within.sqrt() * numbers.normal()
                    + vi[i].sqrt() * numbers.normal()
            })
            .collect();
        let effects = EffectSizes::new(Measure::Generic, (0..k).map(|i| i.to_string()), yi, vi).unwrap();
        let fit = model.fit(&effects).unwrap();
        let coefficient = &fit.coefficients[0];
        covered += usize::from(coefficient.ci_lower <= mean && mean <= coefficient.ci_upper);
        let coefficient = &wald.fit(&effects).unwrap().coefficients[0];
        narrow += usize::from(coefficient.ci_lower <= mean && mean <= coefficient.ci_upper);
        let found = [
            fit.coefficients[0].estimate,
            fit.variance_components[0].sigma2,
            fit.variance_components[1].sigma2,
        ];
        for (at, value) in found.into_iter().enumerate() {
            sums[at] += value;
            squares[at] += value * value;
        }
    }
    let n = replicates as f64;
    for (at, truth) in [mean, between, within].into_iter().enumerate() {
        let average = sums[at] / n;
        let error = ((squares[at] / n - average * average) / n).sqrt();
        // Estimates of variances are cut at 0, which lifts them by less than a twentieth here.
        let lift = if at == 0 { 0.0 } else { 0.05 * truth };
        assert!((average - truth).abs() < 4.0 * error + lift, "{at}: {average} for {truth}");
    }
    // 95% within 3.5 binomial standard errors; the normal distribution covers less with 12 studies.
    let coverage = covered as f64 / n;
    let tolerance = 3.5 * (0.95 * 0.05 / n).sqrt();
    assert!((coverage - 0.95).abs() < tolerance, "{coverage}");
    assert!(narrow < covered, "{narrow} {covered}");
}
