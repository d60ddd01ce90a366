//! Properties of models of counts: symmetries, limits, agreement of models, and answers to every table.

use consilience::{
    EffectSizes, Level, Measure,
    effect::{TwoByTwo, ZeroCells},
    glmm::{CountFit, CountInference, CountMeasure, Counts, Effects, Glmm, Model, Penalty},
    pool::RandomEffects,
    tau2::Tau2,
};
use proptest::prelude::*;

/// Catheter infections: Niël-Weise and others (2007).
const CATHETERS: [[f64; 4]; 18] = [
    [0.0, 116.0, 3.0, 117.0],
    [1.0, 44.0, 3.0, 35.0],
    [2.0, 208.0, 9.0, 195.0],
    [0.0, 130.0, 7.0, 136.0],
    [5.0, 151.0, 6.0, 157.0],
    [1.0, 98.0, 4.0, 139.0],
    [1.0, 174.0, 3.0, 177.0],
    [1.0, 74.0, 2.0, 39.0],
    [1.0, 97.0, 19.0, 103.0],
    [1.0, 113.0, 2.0, 122.0],
    [0.0, 66.0, 7.0, 64.0],
    [0.0, 70.0, 1.0, 58.0],
    [3.0, 188.0, 5.0, 175.0],
    [6.0, 187.0, 11.0, 180.0],
    [0.0, 118.0, 0.0, 105.0],
    [0.0, 252.0, 1.0, 262.0],
    [1.0, 345.0, 3.0, 362.0],
    [4.0, 64.0, 1.0, 69.0],
];

fn labels(k: usize) -> Vec<String> {
    (1..=k).map(|i| format!("study {i}")).collect()
}

fn odds(rows: &[[f64; 4]]) -> Counts {
    Counts::two_groups(CountMeasure::OddsRatio, labels(rows.len()), rows).unwrap()
}

fn estimate(fit: &CountFit) -> f64 {
    fit.effect.as_ref().unwrap().estimate.unwrap()
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * (1.0 + a.abs()), "{a} {b}");
}

#[test]
fn exchanging_groups_or_events_changes_signs_alone() {
    let swapped: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [c, m, a, n]).collect();
    let others: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [n - a, n, m - c, m]).collect();
    for model in [Model::CmEl, Model::UmFs, Model::UmRs] {
        let options = Glmm::new(model).without_tau2_interval();
        let fit = options.fit(&odds(&CATHETERS)).unwrap();
        for exchanged in [&swapped, &others] {
            let other = options.fit(&odds(exchanged)).unwrap();
            close(estimate(&fit), -estimate(&other), 1e-8);
            close(fit.fit.log_likelihood, other.fit.log_likelihood, 1e-9);
            close(fit.heterogeneity.tau2.unwrap(), other.heterogeneity.tau2.unwrap(), 1e-7);
        }
    }
}

#[test]
fn a_double_zero_study_and_the_order_of_studies_change_nothing() {
    let mut more = CATHETERS.to_vec();
    more.push([0.0, 1000.0, 0.0, 10.0]);
    let reversed: Vec<[f64; 4]> = CATHETERS.iter().rev().copied().collect();
    for model in [Model::CmEl, Model::CmAl, Model::UmFs] {
        let options = Glmm::new(model).without_tau2_interval();
        let fit = options.fit(&odds(&CATHETERS)).unwrap();
        let other = options.fit(&odds(&more)).unwrap();
        assert_eq!(estimate(&fit), estimate(&other));
        assert_eq!((other.k, other.k_informative), (19, 17));
        let back = options.fit(&odds(&reversed)).unwrap();
        close(estimate(&fit), estimate(&back), 1e-9);
    }
}

#[test]
fn common_models_of_rates_agree() {
    let rows: Vec<[f64; 4]> = CATHETERS.iter().map(|&[a, n, c, m]| [a, n, c, m]).collect();
    let rates = Counts::two_groups(CountMeasure::RateRatio, labels(18), &rows).unwrap();
    let common = |model| Glmm::new(model).effects(Effects::Common).fit(&rates).unwrap();
    let (fixed, conditional) = (common(Model::UmFs), common(Model::CmEl));
    close(estimate(&fixed), estimate(&conditional), 1e-9);
    close(fixed.effect.unwrap().se.unwrap(), conditional.effect.clone().unwrap().se.unwrap(), 1e-9);
    // The approximate likelihood of odds ratios is the exact one of rates.
    let approximate = Glmm::new(Model::CmAl).fit(&odds(&rows)).unwrap();
    let exact = Glmm::new(Model::CmEl).fit(&rates).unwrap();
    close(estimate(&approximate), estimate(&exact), 1e-10);
}

#[test]
fn exact_and_approximate_conditional_models_agree_as_events_become_rare() {
    let mut distance = f64::INFINITY;
    for factor in [1.0, 10.0, 100.0] {
        let rare: Vec<[f64; 4]> =
            CATHETERS.iter().map(|&[a, n, c, m]| [a, n * factor, c, m * factor]).collect();
        let fit = |model| estimate(&Glmm::new(model).fit(&odds(&rare)).unwrap());
        let next = (fit(Model::CmEl) - fit(Model::CmAl)).abs();
        assert!(next < 0.2 * distance, "{factor}: {next}");
        distance = next;
    }
    assert!(distance < 2e-3);
}

#[test]
fn matched_pairs_give_the_ratio_of_discordant_pairs() {
    // 12 pairs with the event in group 1 alone, 5 in group 2 alone, 9 in neither.
    let mut rows = vec![[1.0, 1.0, 0.0, 1.0]; 12];
    rows.extend(vec![[0.0, 1.0, 1.0, 1.0]; 5]);
    rows.extend(vec![[0.0, 1.0, 0.0, 1.0]; 9]);
    let fit = Glmm::new(Model::CmEl).effects(Effects::Common).fit(&odds(&rows)).unwrap();
    close(estimate(&fit), (12.0_f64 / 5.0).ln(), 1e-10);
    assert_eq!(fit.k_informative, 17);
}

#[test]
fn identical_studies_merge_into_one() {
    let one = [3.0, 40.0, 8.0, 42.0];
    let rates = |rows: &[[f64; 4]]| {
        let counts = Counts::two_groups(CountMeasure::RateRatio, labels(rows.len()), rows).unwrap();
        Glmm::new(Model::CmEl).effects(Effects::Common).fit(&counts).unwrap().effect.unwrap()
    };
    let (many, merged) = (rates(&[one; 5]), rates(&[one.map(|x| 5.0 * x)]));
    close(many.estimate.unwrap(), merged.estimate.unwrap(), 1e-10);
    close(many.se.unwrap(), merged.se.unwrap(), 1e-10);
}

#[test]
fn large_counts_agree_with_inverse_variance() {
    let rows: Vec<[f64; 4]> = CATHETERS
        .iter()
        .filter(|row| row[0] > 0.0 && row[2] > 0.0)
        .map(|row| row.map(|x| 1000.0 * x))
        .collect();
    let tables: Vec<TwoByTwo> =
        rows.iter().map(|&[a, n, c, m]| TwoByTwo::from_totals(a, n, c, m).unwrap()).collect();
    let effects =
        EffectSizes::from_two_by_two(Measure::OddsRatio, labels(rows.len()), &tables, ZeroCells::none())
            .unwrap();
    let pooled = RandomEffects::new(Tau2::Ml).fit(&effects).unwrap();
    for model in [Model::CmEl, Model::UmFs] {
        let fit = Glmm::new(model).without_tau2_interval().fit(&odds(&rows)).unwrap();
        close(estimate(&fit), pooled.estimate, 1e-3);
        close(fit.heterogeneity.tau2.unwrap(), pooled.heterogeneity.tau2.unwrap(), 3e-3);
    }
}

#[test]
fn without_heterogeneity_the_models_are_regressions() {
    // The same risks everywhere: tau² and the overdispersion are 0, and all models give the crude odds ratio.
    let rows = [[10.0, 100.0, 20.0, 100.0]; 6];
    let crude = (10.0_f64 / 90.0 / (20.0 / 80.0)).ln();
    for model in [Model::UmFs, Model::UmRs, Model::BetaBinomial] {
        let fit = Glmm::new(model).fit(&odds(&rows)).unwrap();
        close(estimate(&fit), crude, 1e-8);
        let h = &fit.heterogeneity;
        assert_eq!(h.tau2.or(h.overdispersion), Some(0.0), "{model}");
        assert!(fit.notes.iter().any(|note| note.contains("no heterogeneity")) || h.tau2.is_none());
    }
}

#[test]
fn profile_bounds_lie_where_the_likelihood_has_fallen() {
    let counts = odds(&CATHETERS);
    for model in [Model::CmEl, Model::UmFs] {
        let options = Glmm::new(model).inference(CountInference::Profile);
        let fit = options.fit(&counts).unwrap();
        let profile = options.effect_profile(&counts, 41).unwrap();
        assert_eq!(profile.ci_lower, fit.effect.as_ref().unwrap().ci_lower);
        close(profile.maximum - profile.threshold, 1.920_729_410_347_062, 1e-9);
        // The curve crosses the threshold at the bounds.
        let bounds = [profile.ci_lower.unwrap(), profile.ci_upper.unwrap()];
        for (effect, value) in profile.effect.iter().zip(&profile.log_likelihood) {
            let inside = *effect > bounds[0] && *effect < bounds[1];
            assert_eq!(*value > profile.threshold, inside, "{model} at {effect}");
            assert!(*value <= profile.maximum + 1e-9);
        }
    }
}

#[test]
fn a_group_without_events_has_one_finite_bound() {
    let rows =
        [[0.0, 40.0, 2.0, 41.0], [0.0, 55.0, 1.0, 50.0], [0.0, 120.0, 3.0, 118.0], [0.0, 33.0, 0.0, 35.0]];
    let counts = odds(&rows);
    for model in [Model::CmEl, Model::CmAl, Model::UmFs, Model::UmRs, Model::BetaBinomial] {
        let fit = Glmm::new(model).fit(&counts).unwrap();
        let effect = fit.effect.unwrap();
        assert_eq!((effect.estimate, effect.se, effect.ci_lower), (None, None, None), "{model}");
        assert!(effect.ci_upper.is_some_and(|upper| upper < 1.0), "{model}: {:?}", effect.ci_upper);
        assert!(effect.p_value.is_some_and(|p| p > 1e-4 && p < 0.2), "{model}: {:?}", effect.p_value);
        assert!(fit.notes.iter().any(|note| note.contains("group 1 has no events")), "{:?}", fit.notes);
    }
    let exact = counts.exact(Level::default()).unwrap();
    assert_eq!((exact.estimate, exact.ci_lower), (None, None));
    let firth = Glmm::new(Model::CmEl).effects(Effects::Common).penalty(Penalty::Firth).fit(&counts).unwrap();
    assert!(firth.effect.unwrap().estimate.is_some());
    let none = odds(&[[0.0, 40.0, 0.0, 41.0], [0.0, 55.0, 0.0, 50.0]]);
    let error = Glmm::default().fit(&none).unwrap_err().to_string();
    assert!(error.starts_with("no study has an event"), "{error}");
}

#[test]
fn counts_that_are_not_whole_are_refused_with_the_study() {
    let error = Counts::two_groups(
        CountMeasure::OddsRatio,
        ["A", "B"],
        &[[1.0, 10.0, 2.0, 9.0], [1.5, 10.0, 2.0, 9.0]],
    )
    .unwrap_err()
    .to_string();
    assert!(
        error.contains("row 2 (B), column ai: count is 1.5") && error.contains("whole numbers"),
        "{error}"
    );
}

#[test]
fn options_that_do_not_apply_are_refused() {
    let counts = odds(&CATHETERS);
    for options in [
        Glmm::new(Model::NegativeBinomial),
        Glmm::new(Model::Normal),
        Glmm::new(Model::CmEl).correlated(),
        Glmm::new(Model::CmEl).coding("1".parse().unwrap()),
        Glmm::new(Model::CmEl).link("probit".parse().unwrap()),
        Glmm::new(Model::BetaBinomial).effects(Effects::Common),
        Glmm::new(Model::CmEl).penalty(Penalty::Firth),
    ] {
        assert!(matches!(options.fit(&counts), Err(consilience::Error::Setting { .. })), "{options:?}");
    }
}

/// The exact interval covers at least its level, the mid-P interval about its level, in every table of a common odds ratio.
#[test]
fn exact_intervals_cover() {
    let sizes = [(12_u64, 9_u64, 5_u64), (7, 15, 4), (20, 20, 3)];
    let truth = 0.7_f64;
    // All tables with these margins, with their probabilities.
    let mut covered = [0.0; 2];
    let mut all = 0.0;
    for x1 in 0..=5_u64 {
        for x2 in 0..=4_u64 {
            for x3 in 0..=3_u64 {
                let mut probability = 1.0;
                let mut rows = Vec::new();
                for (&(n1, n2, m), x) in sizes.iter().zip([x1, x2, x3]) {
                    let margins = consilience::stat::noncentral_hypergeometric::Margins::new(n1, n2, m);
                    probability *= margins.pmf(x, truth.exp());
                    rows.push([x, n1, m - x, n2].map(|count| count as f64));
                }
                let exact = odds(&rows).exact(Level::default()).unwrap();
                let holds = |lower: Option<f64>, upper: Option<f64>| {
                    lower.is_none_or(|lower| lower <= truth) && upper.is_none_or(|upper| truth <= upper)
                };
                all += probability;
                covered[0] += probability * f64::from(u8::from(holds(exact.ci_lower, exact.ci_upper)));
                covered[1] +=
                    probability * f64::from(u8::from(holds(exact.mid_p.ci_lower, exact.mid_p.ci_upper)));
            }
        }
    }
    close(all, 1.0, 1e-12);
    assert!(covered[0] >= 0.95 && covered[1] > 0.93 && covered[1] <= covered[0], "{covered:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Small tables of rare events: every model answers, or says why not; no number is NaN, no limit out of order.
    #[test]
    fn every_small_table_has_an_answer_or_a_note(
        rows in prop::collection::vec((0_u32..30, 0_u32..30, 0.0..1.0_f64, 0.0..1.0_f64), 1..6),
        power in 0.5..6.0_f64,
    ) {
        let rows: Vec<[f64; 4]> = rows
            .iter()
            .map(|&(n1, n2, u, v)| {
                let (n1, n2) = (f64::from(n1), f64::from(n2));
                [(n1 * u.powf(power)).floor(), n1, (n2 * v.powf(power)).floor(), n2]
            })
            .collect();
        let counts = odds(&rows);
        let risks = counts.measured_by(CountMeasure::RiskRatio).unwrap();
        let models = [Model::CmEl, Model::CmAl, Model::UmFs, Model::BetaBinomial];
        let fits = models.iter().map(|&model| (model, Glmm::new(model).fit(&counts)));
        for (model, fit) in fits.chain([(Model::BetaBinomial, Glmm::default().fit(&risks))]) {
            let Ok(fit) = fit else { continue };
            let text = format!("{fit:?}");
            prop_assert!(!text.contains("NaN"), "{model} {rows:?}: {text}");
            let effect = fit.effect.unwrap();
            if effect.estimate.is_none() || effect.se.is_none() {
                prop_assert!(!fit.notes.is_empty(), "{model} {rows:?}");
            }
            if let (Some(lower), Some(estimate), Some(upper)) = (effect.ci_lower, effect.estimate, effect.ci_upper) {
                prop_assert!(lower <= estimate && estimate <= upper, "{model} {rows:?}");
            }
        }
        if let Ok(exact) = counts.exact(Level::default()) {
            let text = format!("{exact:?}");
            prop_assert!(!text.contains("NaN"), "{}", text);
            prop_assert!(exact.estimate.is_some() || exact.ci_lower.is_none() || exact.ci_upper.is_none());
        }
    }
}
