//! Effects under exchanges of groups and outcomes, changes of units, and the policies for zero cells.

use consilience::{
    EffectSizes, Level, Measure,
    effect::{
        EffectOptions, Generic, Outcome, Paired, PersonTime, Proportion, StudyData, TwoByTwo, TwoMeans,
        Uncertainty, ZeroCells,
    },
};
use proptest::prelude::*;

fn first(data: &StudyData, measure: Measure) -> Outcome {
    data.effects(measure, &EffectOptions::default()).unwrap().remove(0)
}

fn table(cells: [f64; 4]) -> StudyData {
    let [a, b, c, d] = cells;
    StudyData::TwoByTwo(vec![TwoByTwo::new(a, b, c, d).unwrap()])
}

fn means(v: [f64; 6]) -> StudyData {
    let [m1, s1, n1, m2, s2, n2] = v;
    StudyData::TwoMeans(vec![TwoMeans::new(m1, s1, n1, m2, s2, n2).unwrap()])
}

/// Both have no effect, or effects that agree with `sign` times the estimate and the same variance.
fn agree(a: &Outcome, b: &Outcome, sign: f64) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(y.abs()) + 1e-12;
    match (a.effect, b.effect) {
        (None, None) => true,
        (Some(a), Some(b)) => near(a.yi, sign * b.yi) && near(a.vi, b.vi),
        _ => false,
    }
}

fn count() -> impl Strategy<Value = f64> {
    (0u32..60).prop_map(f64::from)
}

fn size() -> impl Strategy<Value = f64> {
    (3u32..200).prop_map(f64::from)
}

fn two_means() -> impl Strategy<Value = [f64; 6]> {
    (1.0..50.0, 0.5..20.0, size(), 1.0..50.0, 0.5..20.0, size())
        .prop_map(|(a, b, c, d, e, f)| [a, b, c, d, e, f])
}

const TABLE_MEASURES: [Measure; 15] = [
    Measure::RiskRatio,
    Measure::OddsRatio,
    Measure::PetoOddsRatio,
    Measure::RiskDifference,
    Measure::ArcsineDifference,
    Measure::Phi,
    Measure::ZPhi,
    Measure::YuleQ,
    Measure::YuleY,
    Measure::Tetrachoric,
    Measure::ZTetrachoric,
    Measure::ProbitDifference,
    Measure::OddsRatioToSmd,
    Measure::OddsRatioToSmdNormal,
    Measure::OddsRatioToSmdLogistic,
];

proptest! {
    #[test]
    fn exchanging_groups_changes_the_sign(a in count(), b in count(), c in count(), d in count()) {
        for measure in TABLE_MEASURES {
            let (one, other) = (first(&table([a, b, c, d]), measure), first(&table([c, d, a, b]), measure));
            prop_assert!(agree(&one, &other, -1.0), "{measure}: {one:?} {other:?}");
        }
    }

    #[test]
    fn exchanging_events_and_non_events_changes_the_sign(a in count(), b in count(), c in count(), d in count()) {
        for measure in TABLE_MEASURES.into_iter().filter(|m| *m != Measure::RiskRatio) {
            let (one, other) = (first(&table([a, b, c, d]), measure), first(&table([b, a, d, c]), measure));
            prop_assert!(agree(&one, &other, -1.0), "{measure}: {one:?} {other:?}");
        }
    }

    #[test]
    fn effects_are_finite_or_explained(a in count(), b in count(), c in count(), d in count()) {
        for policy in [
            ZeroCells::metafor(), ZeroCells::meta(), ZeroCells::handbook(), ZeroCells::revman(),
            ZeroCells::treatment_arm(), ZeroCells::none(),
        ] {
            for measure in TABLE_MEASURES {
                let options = EffectOptions::default().zero_cells(policy);
                let outcome = table([a, b, c, d]).effects(measure, &options).unwrap().remove(0);
                prop_assert_eq!(outcome.effect.is_none(), outcome.reason.is_some());
                if let Some(effect) = outcome.effect {
                    prop_assert!(effect.yi.is_finite() && effect.vi.is_finite() && effect.vi >= 0.0);
                }
            }
        }
    }

    #[test]
    fn tables_without_zeros_do_not_depend_on_the_policy(a in 1u32..60, b in 1u32..60, c in 1u32..60, d in 1u32..60) {
        let cells = [a, b, c, d].map(f64::from);
        for measure in TABLE_MEASURES {
            let plain = first(&table(cells), measure);
            for policy in [ZeroCells::meta(), ZeroCells::revman(), ZeroCells::treatment_arm(), ZeroCells::none()] {
                let options = EffectOptions::default().zero_cells(policy);
                prop_assert_eq!(&table(cells).effects(measure, &options).unwrap()[0], &plain);
            }
        }
    }

    #[test]
    fn the_treatment_arm_correction_of_no_events_shows_no_risk_ratio(n1 in size(), n2 in size()) {
        let policy = ZeroCells { drop00: consilience::effect::DoubleZero::Keep, ..ZeroCells::treatment_arm() };
        let options = EffectOptions::default().zero_cells(policy);
        for measure in [Measure::RiskRatio, Measure::OddsRatio] {
            let outcome = table([0.0, n1, 0.0, n2]).effects(measure, &options).unwrap().remove(0);
            prop_assert!(outcome.yi().unwrap().abs() < 1e-12);
        }
    }

    #[test]
    fn tetrachoric_correlations_have_the_sign_of_phi(a in 1u32..99, b in 1u32..99, c in 1u32..99, d in 1u32..99) {
        let cells = [a, b, c, d].map(f64::from);
        let (rho, phi) = (first(&table(cells), Measure::Tetrachoric), first(&table(cells), Measure::Phi));
        let (rho, phi) = (rho.yi().unwrap(), phi.yi().unwrap());
        prop_assert!(rho.abs() <= 1.0 && rho.abs() >= phi.abs() - 1e-9 && rho * phi >= -1e-12, "{rho} {phi}");
    }

    #[test]
    fn exchanging_groups_with_means_changes_the_sign(v in two_means()) {
        let [m1, s1, n1, m2, s2, n2] = v;
        for measure in [
            Measure::MeanDifference, Measure::StandardizedMeanDifference, Measure::SmdHeteroscedastic,
            Measure::RatioOfMeans, Measure::VariabilityRatio, Measure::CoefficientOfVariationRatio,
            Measure::PointBiserial, Measure::Biserial, Measure::SmdToOddsRatio,
        ] {
            let (one, other) = (first(&means(v), measure), first(&means([m2, s2, n2, m1, s1, n1]), measure));
            prop_assert!(agree(&one, &other, -1.0), "{measure}: {one:?} {other:?}");
        }
        let p = first(&means(v), Measure::CommonLanguageNormal);
        let q = first(&means([m2, s2, n2, m1, s1, n1]), Measure::CommonLanguageNormal);
        prop_assert!((p.yi().unwrap() + q.yi().unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn units_do_not_matter_to_standardized_measures(v in two_means(), scale in 0.01..100.0f64, shift in -100.0..100.0f64) {
        let [m1, s1, n1, m2, s2, n2] = v;
        let scaled = means([m1 * scale, s1 * scale, n1, m2 * scale, s2 * scale, n2]);
        for measure in [Measure::RatioOfMeans, Measure::VariabilityRatio, Measure::CoefficientOfVariationRatio] {
            prop_assert!(agree(&first(&means(v), measure), &first(&scaled, measure), 1.0), "{measure}");
        }
        let moved = means([m1 * scale + shift, s1 * scale, n1, m2 * scale + shift, s2 * scale, n2]);
        for measure in [
            Measure::StandardizedMeanDifference, Measure::SmdHeteroscedastic, Measure::SmdComparator,
            Measure::SmdComparatorHeteroscedastic, Measure::CommonLanguageNormal, Measure::PointBiserial,
            Measure::ZPointBiserial, Measure::Biserial,
        ] {
            let (one, other) = (first(&means(v), measure), first(&moved, measure));
            let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
                (Some(x), Some(y)) => (x - y).abs() <= 1e-7 * x.abs() + 1e-9,
                _ => x == y,
            };
            prop_assert!(near(one.yi(), other.yi()) && near(one.vi(), other.vi()), "{measure}");
        }
        let (plain, scaled) = (first(&means(v), Measure::MeanDifference), first(&scaled, Measure::MeanDifference));
        prop_assert!((plain.sei().unwrap() * scale - scaled.sei().unwrap()).abs() <= 1e-9 * scaled.sei().unwrap());
    }

    #[test]
    fn units_of_time_only_shift_rates(x1 in 1u32..50, t1 in 1.0..500.0f64, x2 in 1u32..50, t2 in 1.0..500.0f64) {
        let of = |scale: f64| {
            let row = PersonTime::new(f64::from(x1), t1 * scale, f64::from(x2), t2 * scale).unwrap();
            StudyData::PersonTime(vec![row])
        };
        prop_assert!(agree(&first(&of(1.0), Measure::RateRatio), &first(&of(365.25), Measure::RateRatio), 1.0));
        let (years, days) = (first(&of(1.0), Measure::RateDifference), first(&of(365.25), Measure::RateDifference));
        prop_assert!((years.yi().unwrap() / 365.25 - days.yi().unwrap()).abs() < 1e-12);
    }

    #[test]
    fn an_uncorrelated_pair_is_two_groups_of_equal_size(v in two_means()) {
        let [m1, s1, n, m2, s2, _] = v;
        let paired = StudyData::Paired(vec![Paired::new(m1, m2, s1, s2, n, 0.0).unwrap()]);
        let groups = means([m1, s1, n, m2, s2, n]);
        for (change, difference) in [
            (Measure::MeanChange, Measure::MeanDifference),
            (Measure::RatioOfMeansChange, Measure::RatioOfMeans),
            (Measure::VariabilityRatioChange, Measure::VariabilityRatio),
            (Measure::CoefficientOfVariationRatioChange, Measure::CoefficientOfVariationRatio),
            (Measure::SmdChangePooledHeteroscedastic, Measure::SmdHeteroscedastic),
            (Measure::CommonLanguageChange, Measure::CommonLanguageNormal),
        ] {
            let (one, other) = (first(&paired, change), first(&groups, difference));
            prop_assert!(agree(&one, &other, 1.0), "{change}: {one:?} {other:?}");
        }
    }

    #[test]
    fn the_complement_of_a_proportion_mirrors_it(x in 0u32..60, rest in 0u32..60) {
        prop_assume!(x + rest > 0);
        let n = f64::from(x + rest);
        let of = |x: u32| StudyData::Proportion(vec![Proportion::new(f64::from(x), n).unwrap()]);
        for measure in [Measure::LogitProportion, Measure::ProbitProportion] {
            prop_assert!(agree(&first(&of(x), measure), &first(&of(rest), measure), -1.0), "{measure}");
        }
        for (measure, total) in [
            (Measure::RawProportion, 1.0),
            (Measure::ArcsineProportion, std::f64::consts::FRAC_PI_2),
            (Measure::DoubleArcsineProportion, std::f64::consts::FRAC_PI_2),
        ] {
            let sum = first(&of(x), measure).yi().unwrap() + first(&of(rest), measure).yi().unwrap();
            prop_assert!((sum - total).abs() < 1e-12, "{measure}: {sum}");
        }
    }

    #[test]
    fn ready_made_effects_return_from_their_interval_and_p_value(yi in -3.0..3.0f64, sei in 0.01..2.0f64) {
        prop_assume!(yi.abs() / sei > 1e-3 && yi.abs() / sei < 35.0);
        let effects = EffectSizes::new(Measure::Generic, ["A"], [yi], [sei * sei]).unwrap();
        let level = Level::new(0.9).unwrap();
        let interval = effects.intervals(level)[0];
        let uncertainty = Uncertainty::Interval { lower: interval.ci_lower, upper: interval.ci_upper, level };
        let back = Generic::new(yi, uncertainty).unwrap();
        prop_assert!((back.vi() - sei * sei).abs() <= 1e-9 * sei * sei);
        let p = consilience::stat::normal::two_sided(yi / sei);
        let back = Generic::new(yi, Uncertainty::PValue(p)).unwrap();
        prop_assert!((back.vi().sqrt() - sei).abs() <= 1e-9 * sei * (1.0 + (sei / yi).abs()));
        let ratio = Generic::ratio(yi.exp(), Uncertainty::StandardError(sei)).unwrap();
        prop_assert!((ratio.yi() - yi).abs() < 1e-12);
    }
}
