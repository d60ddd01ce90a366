//! Case diagnostics and fits without a study under changes of order, origin, unit, sign and division of the data, and by
//! their definition: the fit of the others.

use consilience::{
    EffectSizes, Measure,
    influence::{Influence, InfluenceReport, StudyInfluence},
    pool::{FixedEffect, RandomEffects},
    tau2::Tau2,
};
use proptest::prelude::*;

fn studies() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    proptest::collection::vec((-2.0..2.0f64, -4.0..0.0f64), 4..9)
        .prop_map(|rows| rows.into_iter().map(|(y, ln_v)| (y, ln_v.exp())).unzip())
}

fn effects(yi: &[f64], vi: &[f64]) -> EffectSizes {
    let labels: Vec<String> = (1..=yi.len()).map(|study| format!("Study {study}")).collect();
    EffectSizes::new(Measure::MeanDifference, labels, yi, vi).unwrap()
}

/// By random effects (the moment estimator has no search to stop) and by a fixed effect.
fn reports(yi: &[f64], vi: &[f64]) -> [InfluenceReport; 2] {
    [Influence::new(Tau2::Dl), Influence::fixed_effect()]
        .map(|options| options.fit(&effects(yi, vi)).unwrap())
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs())),
        (a, b) => a == b,
    }
}

/// What does not change with origin, unit and order, but for the sign of the first two.
fn unchanged(a: &StudyInfluence, b: &StudyInfluence, sign: f64) -> bool {
    let turned = |value: Option<f64>| value.map(|value| sign * value);
    near(a.rstudent, turned(b.rstudent))
        && near(a.dffits, turned(b.dffits))
        && near(a.cook_d, b.cook_d)
        && near(a.cov_r, b.cov_r)
        && near(a.q_del, b.q_del)
        && near(Some(a.hat), Some(b.hat))
        && near(Some(a.weight), Some(b.weight))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_order_of_the_studies_does_not_matter((yi, vi) in studies()) {
        let (ry, rv): (Vec<f64>, Vec<f64>) = yi.iter().copied().zip(vi.iter().copied()).rev().unzip();
        for (a, b) in reports(&yi, &vi).iter().zip(&reports(&ry, &rv)) {
            for (one, other) in a.diagnostics().iter().zip(b.diagnostics().iter().rev()) {
                prop_assert!(unchanged(one, other, 1.0), "{one:?} {other:?}");
            }
            for (one, other) in a.without_each().iter().zip(b.without_each().iter().rev()) {
                prop_assert!(near(Some(one.estimate), Some(other.estimate)) && near(one.tau2, other.tau2));
            }
        }
    }

    #[test]
    fn shift_unit_and_sign_move_estimates_alone(
        (yi, vi) in studies(),
        shift in -3.0..3.0f64,
        ln_unit in -3.0..3.0f64,
        turned in any::<bool>(),
    ) {
        let (unit, sign) = (ln_unit.exp(), if turned { -1.0 } else { 1.0 });
        let y: Vec<f64> = yi.iter().map(|y| sign * unit * (y + shift)).collect();
        let v: Vec<f64> = vi.iter().map(|v| unit * unit * v).collect();
        for (a, b) in reports(&yi, &vi).iter().zip(&reports(&y, &v)) {
            for (one, other) in a.diagnostics().iter().zip(b.diagnostics()) {
                prop_assert!(unchanged(one, other, sign), "{one:?} {other:?}");
                prop_assert!(near(one.tau2_del, other.tau2_del.map(|tau2| tau2 / (unit * unit))));
                prop_assert_eq!(one.influential, other.influential);
            }
            for (one, other) in a.without_each().iter().zip(b.without_each()) {
                prop_assert!(near(Some(one.estimate + shift), Some(sign * other.estimate / unit)));
                prop_assert!(near(Some(one.se), Some(other.se / unit)) && near(one.i2, other.i2));
            }
        }
    }

    #[test]
    fn a_fit_without_a_study_is_the_fit_of_the_others((yi, vi) in studies()) {
        let all = effects(&yi, &vi);
        let [random, fixed] = reports(&yi, &vi);
        for left in 0..yi.len() {
            let kept: Vec<usize> = (0..yi.len()).filter(|&study| study != left).collect();
            let others = all.subset(&kept).unwrap();
            let fits = [
                (RandomEffects::new(Tau2::Dl).fit(&others).unwrap(), &random),
                (FixedEffect::default().fit(&others).unwrap(), &fixed),
            ];
            for (fit, report) in fits {
                let without = &report.without_each()[left];
                prop_assert!(near(Some(without.estimate), Some(fit.estimate)), "{without:?}");
                prop_assert!(near(Some(without.se), Some(fit.se)) && near(without.p_value, fit.p_value));
                prop_assert!(near(without.tau2, fit.heterogeneity.tau2) && near(without.q, fit.heterogeneity.q));
                prop_assert!(near(report.diagnostics()[left].q_del, fit.heterogeneity.q));
            }
        }
        // The hat values of a mean add up to 1, its weights to 100 %.
        for report in [&random, &fixed] {
            let sum = |of: fn(&StudyInfluence) -> f64| report.diagnostics().iter().map(of).sum::<f64>();
            prop_assert!((sum(|s| s.hat) - 1.0).abs() < 1e-9 && (sum(|s| s.weight) - 100.0).abs() < 1e-7);
        }
    }

    #[test]
    fn a_study_twice_at_half_the_precision_weighs_half_and_leaves_the_mean((yi, vi) in studies()) {
        let twice = [yi.clone(), yi.clone()].concat();
        let halved: Vec<f64> = [vi.clone(), vi.clone()].concat().iter().map(|v| 2.0 * v).collect();
        let ([_, one], [_, two]) = (reports(&yi, &vi), reports(&twice, &halved));
        for (study, single) in one.diagnostics().iter().enumerate() {
            for copy in [study, study + yi.len()] {
                let double = &two.diagnostics()[copy];
                prop_assert!(near(Some(single.hat), Some(2.0 * double.hat)), "{single:?} {double:?}");
            }
        }
    }
}
