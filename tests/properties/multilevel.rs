//! Simulated truth is recovered: estimates without bias, intervals with their coverage. And multilevel models under changes of
//! order, origin, unit, sign and division of the data; against the pooled model; at the height of their likelihood.

use consilience::multilevel::{CoefficientInference, ComponentIntervals, Factor, Multilevel};
use consilience::pool::RandomEffects;
use consilience::stat::{Tail, normal};
use consilience::tau2::Tau2;
use consilience::{EffectSizes, Measure};
use proptest::prelude::*;

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

/// Studies with two to four effects each, whose variances span two orders of magnitude.
fn clustered() -> impl Strategy<Value = (Vec<String>, Vec<f64>, Vec<f64>)> {
    let study = proptest::collection::vec((-1.0..1.0f64, -5.0..-0.5f64), 2..5);
    (proptest::collection::vec(study, 4..7), proptest::collection::vec(-1.5..1.5f64, 6)).prop_map(
        |(studies, means)| {
            let (mut groups, mut yi, mut vi) = (Vec::new(), Vec::new(), Vec::new());
            for ((study, rows), mean) in studies.iter().enumerate().zip(means) {
                for (y, ln_v) in rows {
                    groups.push(format!("study {study}"));
                    yi.push(mean + y);
                    vi.push(ln_v.exp());
                }
            }
            (groups, yi, vi)
        },
    )
}

fn effects(yi: &[f64], vi: &[f64]) -> EffectSizes {
    EffectSizes::new(Measure::Generic, (0..yi.len()).map(|i| i.to_string()), yi, vi).unwrap()
}

/// Effects within studies.
fn within(groups: &[String]) -> Multilevel {
    let study = Factor::new("study", groups.to_vec()).unwrap();
    let effect = Factor::each_effect("effect", groups.len()).unwrap();
    Multilevel::nested([study, effect]).unwrap().intervals(ComponentIntervals::Omit)
}

/// The mean, its standard error, and the variances.
fn found(model: &Multilevel, yi: &[f64], vi: &[f64]) -> (f64, f64, Vec<f64>, f64) {
    let fit = model.fit(&effects(yi, vi)).unwrap();
    let variances = fit.variance_components.iter().map(|component| component.sigma2).collect();
    (fit.coefficients[0].estimate, fit.coefficients[0].se, variances, fit.fit.log_likelihood)
}

/// Agreement of estimates beside a typical variance of 1: a flat likelihood holds them to about a root of rounding.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * (1.0 + a.abs().max(b.abs()))
}

fn all_near(a: &[f64], b: impl IntoIterator<Item = f64>) -> bool {
    a.iter().zip(b).all(|(a, b)| near(*a, b))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_effects_and_studies_does_not_matter((groups, yi, vi) in clustered()) {
        let turned = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
        let names: Vec<String> = groups.iter().rev().cloned().collect();
        let (mean, se, variances, likelihood) = found(&within(&groups), &yi, &vi);
        let (mean2, se2, variances2, likelihood2) = found(&within(&names), &turned(&yi), &turned(&vi));
        prop_assert!(near(likelihood, likelihood2), "{likelihood} {likelihood2}");
        prop_assert!(near(mean, mean2) && near(se, se2) && all_near(&variances, variances2));
    }

    #[test]
    fn shift_unit_and_sign_do_what_they_say(
        (groups, yi, vi) in clustered(),
        shift in -3.0..3.0f64,
        ln_unit in -2.0..2.0f64,
        turned in any::<bool>(),
    ) {
        let (unit, sign) = (ln_unit.exp(), if turned { -1.0 } else { 1.0 });
        let y: Vec<f64> = yi.iter().map(|y| sign * unit * (y + shift)).collect();
        let v: Vec<f64> = vi.iter().map(|v| unit * unit * v).collect();
        let (mean, se, variances, _) = found(&within(&groups), &yi, &vi);
        let (mean2, se2, variances2, _) = found(&within(&groups), &y, &v);
        prop_assert!(near(mean + shift, sign * mean2 / unit), "{mean} {mean2}");
        prop_assert!(near(se, se2 / unit));
        prop_assert!(all_near(&variances, variances2.into_iter().map(|sigma2| sigma2 / (unit * unit))));
    }

    /// Two halves of an effect that share its study say together what it says.
    #[test]
    fn each_effect_twice_at_half_the_precision_changes_nothing((groups, yi, vi) in clustered()) {
        let studies = |groups: &[String]| {
            let study = Factor::new("study", groups.to_vec()).unwrap();
            Multilevel::nested([study]).unwrap().intervals(ComponentIntervals::Omit)
        };
        let halved: Vec<f64> = [vi.clone(), vi.clone()].concat().iter().map(|v| 2.0 * v).collect();
        let (mean, se, variances, _) = found(&studies(&groups), &yi, &vi);
        let (names, twice) = ([groups.clone(), groups].concat(), [yi.clone(), yi].concat());
        let (mean2, se2, variances2, _) = found(&studies(&names), &twice, &halved);
        prop_assert!(near(mean, mean2) && near(se, se2) && all_near(&variances, variances2));
    }

    /// With one effect in each study the model is that of `pool`.
    #[test]
    fn one_effect_in_each_study_is_the_pooled_model((_, yi, vi) in clustered()) {
        let each = Factor::each_effect("study", yi.len()).unwrap();
        let model = Multilevel::nested([each]).unwrap().intervals(ComponentIntervals::Omit);
        let (mean, se, variances, likelihood) = found(&model, &yi, &vi);
        let pooled = RandomEffects::new(Tau2::Reml).fit(&effects(&yi, &vi)).unwrap();
        prop_assert!(near(likelihood, pooled.fit.unwrap().log_likelihood));
        prop_assert!(near(mean, pooled.estimate) && near(se, pooled.se));
        prop_assert!(near(variances[0], pooled.heterogeneity.tau2.unwrap()));
    }

    /// The estimating equations: from the estimate every variance leads down, or to below 0.
    #[test]
    fn the_likelihood_is_highest_at_the_estimates((groups, yi, vi) in clustered()) {
        let model = within(&groups);
        let (_, _, variances, likelihood) = found(&model, &yi, &vi);
        for at in 0..2 {
            for step in [-0.02, 0.02] {
                let mut held = variances.clone();
                held[at] = (held[at] + step * (1.0 + held[at])).max(0.0);
                let names = ["study", "study/effect"];
                let fixed = names.iter().zip(&held).fold(model.clone(), |m, (name, v)| m.fix(*name, [Some(*v)]));
                let (_, _, _, beside) = found(&fixed, &yi, &vi);
                prop_assert!(beside <= likelihood + 1e-9, "{held:?}: {beside} above {likelihood}");
            }
        }
    }
}
