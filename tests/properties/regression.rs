//! Properties of meta-regression.

use consilience::{
    EffectSizes, Measure,
    pool::Inference,
    regression::{Adjustment, Design, MetaRegression, PermutationOptions, RegressionFit, TestedContrast},
    tau2::Tau2,
};
use proptest::prelude::*;

fn studies() -> impl Strategy<Value = Vec<(f64, f64, f64, bool)>> {
    prop::collection::vec((-2.0..2.0_f64, 0.01..1.0_f64, -3.0..3.0_f64, any::<bool>()), 6..20).prop_filter(
        "both groups, moderators that vary",
        |rows| {
            let group = rows.iter().filter(|r| r.3).count();
            let spread = |values: Vec<f64>| {
                let (lo, hi) =
                    values.iter().fold((f64::MAX, f64::MIN), |(lo, hi), v| (lo.min(*v), hi.max(*v)));
                values.len() > 2 && hi - lo > 0.3
            };
            let of = |g: bool| rows.iter().filter(|r| r.3 == g).map(|r| r.2).collect::<Vec<_>>();
            group >= 3 && rows.len() - group >= 3 && spread(of(true)) && spread(of(false))
        },
    )
}

fn fit(
    options: &MetaRegression,
    rows: &[(f64, f64, f64, bool)],
    x: impl Fn(f64) -> f64,
    ones: bool,
) -> RegressionFit {
    let k = rows.len();
    let effects = EffectSizes::new(
        Measure::Generic,
        (0..k).map(|i| i.to_string()),
        rows.iter().map(|r| r.0).collect::<Vec<_>>(),
        rows.iter().map(|r| r.1).collect::<Vec<_>>(),
    )
    .unwrap();
    let design = Design::with_intercept(k)
        .column("x", rows.iter().map(|r| x(r.2)).collect::<Vec<_>>())
        .unwrap()
        .column("group", rows.iter().map(|r| f64::from(u8::from(r.3 == ones))).collect::<Vec<_>>())
        .unwrap();
    options.fit(&effects, &design).unwrap()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The unit and origin of a moderator, and which group is the reference, change nothing but the coding.
    #[test]
    fn rescaling_and_recoding(rows in studies(), scale in 1e-3..1e3_f64, origin in -1e4..1e4_f64, hk in any::<bool>()) {
        let inference = if hk { Inference::HartungKnapp } else { Inference::Wald };
        let options = MetaRegression::new(Tau2::Reml).inference(inference);
        let a = fit(&options, &rows, |x| x, true);
        let b = fit(&options, &rows, |x| scale * (x + origin), false);
        prop_assert!(close(a.tau2(), b.tau2()));
        prop_assert!(close(a.coefficients[1].estimate, scale * b.coefficients[1].estimate));
        prop_assert!(close(a.coefficients[1].se, scale * b.coefficients[1].se));
        prop_assert!(close(a.coefficients[2].estimate, -b.coefficients[2].estimate));
        let (ta, tb) = (a.moderator_test.unwrap(), b.moderator_test.unwrap());
        prop_assert!(close(ta.statistic, tb.statistic) && close(ta.p_value, tb.p_value));
        let (pa, pb) = (
            a.predict_at(&[("x", 1.0), ("group", 1.0)]).unwrap(),
            b.predict_at(&[("x", scale * (1.0 + origin)), ("group", 0.0)]).unwrap(),
        );
        prop_assert!(close(pa.estimate, pb.estimate) && close(pa.se, pb.se));
    }

    /// A model has no lower likelihood and no higher Q than one nested in it.
    #[test]
    fn nested_models_are_ordered(rows in studies()) {
        let ml = MetaRegression::new(Tau2::Ml);
        let whole = fit(&ml, &rows, |x| x, true);
        let k = rows.len();
        let effects = EffectSizes::new(Measure::Generic, (0..k).map(|i| i.to_string()),
            rows.iter().map(|r| r.0).collect::<Vec<_>>(), rows.iter().map(|r| r.1).collect::<Vec<_>>()).unwrap();
        let mean = ml.fit(&effects, Design::with_intercept(k)).unwrap();
        prop_assert!(whole.residual_heterogeneity.q.unwrap() <= mean.residual_heterogeneity.q.unwrap() + 1e-9);
        let comparison = whole.compare(&mean).unwrap();
        prop_assert!(comparison.lrt >= 0.0 && comparison.df == 2);
        prop_assert!(whole.fit.unwrap().log_likelihood >= mean.fit.unwrap().log_likelihood - 1e-9);
    }

    /// Hat values sum to p; no permutation P value is below 1 / N, and a seed gives the same P values again.
    #[test]
    fn leverage_and_permutations(rows in studies(), seed in any::<u64>()) {
        let found = fit(&MetaRegression::new(Tau2::Dl), &rows, |x| x, true);
        if let Ok(all) = found.diagnostics() {
            prop_assert!(close(all.iter().map(|d| d.hat).sum(), 3.0));
        }
        let options = PermutationOptions::new(seed).iterations(60);
        let test = found.permutation_test(&options).unwrap();
        prop_assert!(test.p_values.iter().all(|p| *p >= 1.0 / 60.0 - 1e-12 && *p <= 1.0));
        prop_assert_eq!(&test, &found.permutation_test(&options).unwrap());
    }

    /// No tau² has a higher likelihood than the estimate, however unequal the variances: the search misses no maximum.
    #[test]
    fn likelihoods_are_at_their_global_maximum(
        rows in studies(),
        spread in 1.0..5.0_f64,
        far in 0.0..30.0_f64,
        restricted in any::<bool>(),
    ) {
        // Variances over many orders of magnitude, and a few effects far out.
        let rows: Vec<(f64, f64, f64, bool)> = rows
            .iter()
            .enumerate()
            .map(|(i, r)| (if i % 3 == 0 { r.0 * far } else { r.0 }, (r.1.ln() * spread).exp(), r.2, r.3))
            .collect();
        let options = MetaRegression::new(if restricted { Tau2::Reml } else { Tau2::Ml });
        let best = fit(&options, &rows, |x| x, true);
        let height = best.fit.unwrap().log_likelihood;
        for step in -60..60 {
            let tau2 = 10f64.powf(f64::from(step) / 6.0);
            let there = fit(&options.clone().tau2(tau2), &rows, |x| x, true).fit.unwrap().log_likelihood;
            prop_assert!(there <= height + 1e-9 * (1.0 + height.abs()), "{} at {tau2}, {height} at {}", there, best.tau2());
        }
        let zero = fit(&options.clone().tau2(0.0), &rows, |x| x, true).fit.unwrap().log_likelihood;
        prop_assert!(zero <= height + 1e-9 * (1.0 + height.abs()));
    }

    /// What the diagnostics say of a model without a study is what a fit without it says.
    #[test]
    fn deletion_is_a_fit_of_the_others(rows in studies(), method in prop::sample::select(vec![Tau2::Reml, Tau2::Dl, Tau2::Pm, Tau2::Sj])) {
        let options = MetaRegression::new(method);
        let whole = fit(&options, &rows, |x| x, true);
        for (i, study) in whole.diagnostics().unwrap().iter().enumerate() {
            let mut rest = rows.clone();
            rest.remove(i);
            let other = fit(&options, &rest, |x| x, true);
            prop_assert!(close(study.tau2_del.unwrap(), other.tau2()));
            prop_assert!(close(study.q_del.unwrap(), other.residual_heterogeneity.q.unwrap()));
            let at = [("x", rows[i].2), ("group", f64::from(u8::from(rows[i].3)))];
            let predicted = other.predict_at(&at).unwrap();
            let spread = (rows[i].1 + other.tau2() + predicted.se * predicted.se).sqrt();
            prop_assert!(close(study.rstudent.unwrap(), (rows[i].0 - predicted.estimate) / spread));
        }
    }

    /// Adjusted P values lie between the single and Bonferroni's, and keep the order of the single ones.
    #[test]
    fn single_step_adjustment_is_bounded(rows in studies(), t in any::<bool>()) {
        let inference = if t { Inference::T } else { Inference::Wald };
        let found = fit(&MetaRegression::default().inference(inference), &rows, |x| x, true);
        let all = found.adjusted_coefficients(&["x", "group"], Adjustment::SingleStep).unwrap().contrasts;
        for c in &all {
            let (one, adjusted) = (c.contrast.p_value.unwrap(), c.adjusted_p_value.unwrap());
            prop_assert!(adjusted >= one * (1.0 - 1e-12) && adjusted <= 2.0 * one * (1.0 + 1e-12));
        }
        let order = |p: fn(&TestedContrast) -> f64| p(&all[0]) < p(&all[1]);
        prop_assert_eq!(order(|c| c.contrast.p_value.unwrap()), order(|c| c.adjusted_p_value.unwrap()));
    }
}
