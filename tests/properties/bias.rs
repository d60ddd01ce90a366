//! Small-study effects and influence under mirrored effects, another order of the studies, and smaller data.

use consilience::{
    EffectSizes, Measure,
    bias::{Alternative, Analysis, Bias, Selection, Side},
    influence::Influence,
    pool::RandomEffects,
    tau2::Tau2,
};
use proptest::prelude::*;

fn effects(yi: &[f64], vi: &[f64]) -> EffectSizes {
    let labels = (1..=yi.len()).map(|i| i.to_string());
    EffectSizes::new(Measure::MeanDifference, labels, yi.to_vec(), vi.to_vec()).unwrap()
}

fn studies() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (5..12_usize)
        .prop_flat_map(|k| (prop::collection::vec(-2.0..2.0_f64, k), prop::collection::vec(0.01..1.0_f64, k)))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-7 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn mirrored_effects_mirror_the_answers((yi, vi) in studies()) {
        let mirrored: Vec<f64> = yi.iter().map(|y| -y).collect();
        let (one, other) = (effects(&yi, &vi), effects(&mirrored, &vi));
        let parts = [Analysis::Egger, Analysis::Regression, Analysis::PetPeese, Analysis::Limit, Analysis::TrimAndFill];
        let bias = Bias::default().analyses(parts);
        let (a, b) = (
            bias.clone().side(Side::Left).fit(&one, None).unwrap(),
            bias.side(Side::Right).fit(&other, None).unwrap(),
        );
        prop_assert!(near(a.tests[0].intercept.unwrap(), -b.tests[0].intercept.unwrap()));
        prop_assert!(near(a.tests[1].p_value.unwrap(), b.tests[1].p_value.unwrap()));
        prop_assert!(near(a.limit.unwrap().estimate, -b.limit.unwrap().estimate));
        prop_assert!(near(a.pet_peese.unwrap().estimate, -b.pet_peese.unwrap().estimate));
        prop_assert_eq!(a.trim_and_fill.is_some(), b.trim_and_fill.is_some());
        if let (Some(a), Some(b)) = (a.trim_and_fill, b.trim_and_fill) {
            prop_assert_eq!(a.k0, b.k0);
            prop_assert!(near(a.estimate, -b.estimate));
        }
        let selection = |effects: &EffectSizes, alternative| {
            let power: Selection = "halfnorm".parse().unwrap();
            let bias = Bias::default().analyses([Analysis::Selection]).selections([power], alternative);
            bias.fit(effects, None).unwrap().selection_models
        };
        let (a, b) = (selection(&one, Alternative::Greater), selection(&other, Alternative::Less));
        prop_assert_eq!(a.len(), b.len());
        for (a, b) in a.iter().zip(&b) {
            prop_assert!(near(a.log_likelihood, b.log_likelihood));
        }
    }

    /// Selection never fits worse than no selection.
    #[test]
    fn likelihood_ratios_are_not_negative((yi, vi) in studies()) {
        let effects = effects(&yi, &vi);
        let all: Vec<Selection> =
            ["halfnorm", "negexp", "logistic", "power"].iter().map(|s| s.parse().unwrap()).collect();
        let bias = Bias::default().analyses([Analysis::Selection]).selections(all, Alternative::TwoSided);
        for fit in bias.fit(&effects, None).unwrap().selection_models {
            let (lrt, p) = (fit.lrt.unwrap(), fit.lrt_p_value.unwrap());
            prop_assert!(lrt >= 0.0 && lrt.is_finite() && (0.0..=1.0).contains(&p));
        }
    }

    #[test]
    fn leaving_one_out_is_pooling_the_rest((yi, vi) in studies()) {
        let all = effects(&yi, &vi);
        let report = Influence::new(Tau2::Pm).fit(&all).unwrap();
        let rest: Vec<usize> = (1..yi.len()).collect();
        let pooled = RandomEffects::new(Tau2::Pm).fit(&all.subset(&rest).unwrap()).unwrap();
        let first = &report.leave_one_out.unwrap()[0];
        prop_assert!(near(first.estimate, pooled.estimate) && near(first.ci_upper, pooled.ci_upper));
        let deleted = &report.studies.unwrap()[0];
        prop_assert!(near(deleted.tau2_del.unwrap(), first.tau2.unwrap()));
        let last = &report.cumulative.unwrap()[yi.len() - 1];
        let whole = RandomEffects::new(Tau2::Pm).fit(&all).unwrap();
        prop_assert!(near(last.estimate, whole.estimate));
    }

    /// The same seed gives the same subsets; all subsets include the whole.
    #[test]
    fn subsets((yi, vi) in studies(), seed in any::<u64>()) {
        let all = effects(&yi, &vi);
        let gosh = |n: usize| Influence::new(Tau2::Dl).gosh(n, seed).fit(&all).unwrap().gosh.unwrap();
        prop_assert_eq!(gosh(20), gosh(20));
        let every = gosh(4096);
        prop_assert!(every.exhaustive && every.subsets == (1 << yi.len()) - 1);
        let whole = RandomEffects::new(Tau2::Dl).fit(&all).unwrap();
        prop_assert!(near(every.estimate[every.subsets - 1], whole.estimate));
    }
}
