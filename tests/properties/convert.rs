//! Properties of the conversions: shift and scale, inverses, symmetry, and no panic on any input.

use approx::assert_relative_eq;
use consilience::Level;
use consilience::Measure;
use consilience::convert::baseline_risk::{EventValue, RelativeEffect};
use consilience::convert::change::BeforeAfterSds;
use consilience::convert::dichotomies;
use consilience::convert::import::pairwise::PairData;
use consilience::convert::metrics;
use consilience::convert::standard_error::{PValue, ReportedInterval, ReportedScale, Statistic};
use consilience::convert::summary::{Method, ReportedSummary};
use consilience::convert::two_by_two::{CellRounding, TableMargins};
use consilience::convert::unit::{aggregate, arms, cluster::DesignEffect, dependent};
use consilience::effect::{BiasCorrection, Effect, OneMean, TwoByTwo, TwoMeans};
use proptest::prelude::*;

const METHODS: [Method; 9] = [
    Method::Optimal,
    Method::Wan,
    Method::Bland,
    Method::Hozo,
    Method::Blue,
    Method::QuantileEstimation,
    Method::BoxCox,
    Method::Mln,
    Method::LogNormal,
];

fn any() -> impl Strategy<Value = f64> {
    prop_oneof![
        -1e3..1e3f64,
        Just(0.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(-1.0),
        Just(1.0),
        Just(1e300),
        Just(1e-300),
        Just(0.5),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The methods for normal data follow shifts and changes of unit; all follow changes of unit.
    #[test]
    fn means_follow_shift_and_unit(
        start in 0.5..5.0f64, gaps in prop::array::uniform4(0.2..4.0f64), n in 5u32..300, shift in -3.0..3.0f64, unit in 0.2..5.0f64,
    ) {
        let q: Vec<f64> = gaps.iter().scan(start, |at, gap| { *at += gap; Some(*at) }).collect();
        let of = |f: &dyn Fn(f64) -> f64| {
            ReportedSummary::five(f(start), f(q[0]), f(q[1]), f(q[2]), f(q[3]), f64::from(n)).unwrap()
        };
        let plain = of(&|x| x);
        for method in [Method::Optimal, Method::Wan, Method::Bland, Method::Blue] {
            let (a, b) = (plain.mean_sd(method).unwrap().value, of(&|x| shift + unit * x).mean_sd(method).unwrap().value);
            assert_relative_eq!(b.mi(), shift + unit * a.mi(), max_relative = 1e-9, epsilon = 1e-9);
            assert_relative_eq!(b.sdi(), unit * a.sdi(), max_relative = 1e-9);
        }
        for method in [Method::QuantileEstimation, Method::Mln, Method::LogNormal] {
            let (a, b) = (plain.mean_sd(method).unwrap().value, of(&|x| unit * x).mean_sd(method).unwrap().value);
            // The search stops where values no longer differ: half the digits.
            assert_relative_eq!(b.mi(), unit * a.mi(), max_relative = 1e-5);
            assert_relative_eq!(b.sdi(), unit * a.sdi(), max_relative = 1e-5);
        }
    }

    /// Symmetric numbers have their median as the mean, by every method for normal data.
    #[test]
    fn symmetric_numbers_keep_their_middle(m in -10.0..10.0f64, inner in 0.5..3.0f64, outer in 0.1..5.0f64, n in 5u32..400) {
        let s = ReportedSummary::five(m - inner - outer, m - inner, m, m + inner, m + inner + outer, f64::from(n)).unwrap();
        for method in [Method::Optimal, Method::Wan, Method::Bland, Method::Blue] {
            assert_relative_eq!(s.mean_sd(method).unwrap().value.mi(), m, max_relative = 1e-8, epsilon = 1e-8);
        }
        prop_assert!(s.skewness().is_none_or(|test| !test.skewed));
    }

    /// Nothing panics, and what comes out is finite.
    #[test]
    fn no_input_panics(a in any(), b in any(), c in any(), d in any(), e in any(), n in any()) {
        for s in [ReportedSummary::five(a, b, c, d, e, n), ReportedSummary::range(a, b, c, n), ReportedSummary::quartiles(a, b, c, n)].into_iter().flatten() {
            for method in METHODS {
                if let Ok(derived) = s.mean_sd(method) {
                    prop_assert!(derived.value.mi().is_finite() && derived.value.sdi() > 0.0);
                }
            }
        }
        for scale in [ReportedScale::Identity, ReportedScale::Ratio, ReportedScale::Proportion, ReportedScale::Correlation] {
            if let Ok(interval) = ReportedInterval::new(a, b)
                && let Ok(level) = Level::new(d)
                && let Ok(derived) = interval.around(c).level(level).effect(scale)
            {
                prop_assert!(derived.value.yi.is_finite() && derived.value.vi > 0.0);
            }
        }
        if let Ok(p) = PValue::exact(a)
            && let Ok(derived) = p.effect(b, Statistic::T { df: c })
        {
            prop_assert!(derived.value.vi.is_finite() && derived.value.vi > 0.0);
        }
        if let Ok(margins) = TableMargins::new(a, b, c) {
            let _ = margins.odds_ratio(d, CellRounding::Exact);
            let _ = margins.phi(d, CellRounding::Rounded);
            let _ = margins.chi_square(d, e, CellRounding::Rounded);
        }
        let _ = DesignEffect::varying(a, b, c);
        let _ = RelativeEffect::odds_ratio(a, b, c).and_then(|r| r.at(d, EventValue::Desirable));
        let effect = Effect { yi: a, vi: b };
        let _ = metrics::d_to_correlation(effect, c, d);
        let _ = metrics::correlation_to_d(effect);
        let _ = metrics::superiority_to_d(effect);
        let _ = metrics::vaccine_efficacy(effect, Level::default());
        let _ = aggregate::effects(&[effect, Effect { yi: c, vi: d }], e, aggregate::AggregateWeights::Optimal);
    }

    #[test]
    fn the_sd_of_change_lies_between_its_bounds(s1 in 0.1..50.0f64, s2 in 0.1..50.0f64, r in -1.0..0.999f64) {
        let spread = BeforeAfterSds::new(s1, s2).unwrap();
        let sd = spread.sd_of_change(r).unwrap().value;
        prop_assert!(sd >= (s1 - s2).abs() * (1.0 - 1e-12) && sd <= (s1 + s2) * (1.0 + 1e-12));
    }

    /// Combining is the same in any grouping.
    #[test]
    fn combining_arms_is_associative(v in prop::array::uniform3((-5.0..5.0f64, 0.1..4.0f64, 2u32..80))) {
        let [a, b, c] = v.map(|(m, s, n)| OneMean::new(m, s, f64::from(n)).unwrap());
        let all = arms::combine_means(&[a, b, c]).unwrap().value;
        let two = arms::combine_means(&[a, b]).unwrap().value;
        let steps = arms::combine_means(&[two, c]).unwrap().value;
        assert_relative_eq!(all.mi(), steps.mi(), max_relative = 1e-10, epsilon = 1e-12);
        assert_relative_eq!(all.sdi(), steps.sdi(), max_relative = 1e-10);
    }

    /// The optimal weights never lose to equal ones.
    #[test]
    fn optimal_weights_have_the_smaller_variance(v in prop::collection::vec((-2.0..2.0f64, 0.01..2.0f64), 2..6), rho in 0.0..0.95f64) {
        let effects: Vec<Effect> = v.into_iter().map(|(yi, vi)| Effect { yi, vi }).collect();
        let equal = aggregate::effects(&effects, rho, aggregate::AggregateWeights::Equal).unwrap().value.vi;
        let optimal = aggregate::effects(&effects, rho, aggregate::AggregateWeights::Optimal).unwrap().value.vi;
        prop_assert!(optimal <= equal * (1.0 + 1e-9));
    }

    /// Effects against one comparator are positively correlated, and no combination of them has a variance of 0 or less.
    #[test]
    fn a_shared_comparator_gives_a_covariance_matrix(
        control in (1u32..40, 41u32..200),
        arms in prop::collection::vec((1u32..40, 41u32..200), 2..5),
        contrast in prop::collection::vec(-1.0..1.0f64, 5),
    ) {
        let pairs: Vec<PairData> = arms
            .iter()
            .map(|&(x, n)| {
                let [x, n, c, m] = [x, n, control.0, control.1].map(f64::from);
                PairData::Counts(TwoByTwo::from_totals(x, n, c, m).unwrap())
            })
            .collect();
        for measure in [Measure::OddsRatio, Measure::RiskRatio, Measure::RiskDifference] {
            let all = dependent::shared_comparator(&pairs, measure, BiasCorrection::Exact).unwrap().value;
            let mut variance = 0.0;
            for i in 0..pairs.len() {
                prop_assert_eq!(all.covariance(i, i), all.effects[i].vi);
                for j in 0..pairs.len() {
                    prop_assert!(all.covariance(i, j) > 0.0);
                    variance += contrast[i] * contrast[j] * all.covariance(i, j);
                }
            }
            let size: f64 = contrast[..pairs.len()].iter().map(|c| c * c).sum();
            prop_assert!(variance > 0.0 || size < 1e-12);
        }
    }

    /// Phi and the odds ratio of the same margins are two names of one table.
    #[test]
    fn phi_and_odds_ratios_lead_there_and_back(ln_or in -3.0..3.0f64, vi in 0.01..1.0f64, p in 0.05..0.95f64, q in 0.05..0.95f64) {
        let effect = Effect { yi: ln_or, vi };
        let phi = dichotomies::log_odds_ratio_to_phi(effect, p, q).unwrap().value;
        let back = dichotomies::phi_to_log_odds_ratio(phi, p, q).unwrap().value;
        prop_assert!(phi.yi.abs() < 1.0);
        assert_relative_eq!(back.yi, ln_or, max_relative = 1e-7, epsilon = 1e-8);
        assert_relative_eq!(back.vi, vi, max_relative = 1e-6);
    }

    /// No numbers make dependent effects or dichotomies panic or give what is no number.
    #[test]
    fn no_dependent_effects_panic(v in prop::collection::vec(any(), 12), r in any()) {
        let sound = |effect: Effect| effect.yi.is_finite() && effect.vi > 0.0;
        let pairs: Vec<PairData> = v
            .chunks_exact(6)
            .flat_map(|c| {
                let means = TwoMeans::new(c[0], c[1], c[2], c[3], c[4], c[5]).map(PairData::Means);
                [means, TwoByTwo::from_totals(c[0], c[1], c[2], c[3]).map(PairData::Counts)]
            })
            .flatten()
            .collect();
        let pairs: Vec<&[PairData]> = (0..pairs.len()).flat_map(|i| (i + 1..=pairs.len()).map(move |j| (i, j))).map(|(i, j)| &pairs[i..j]).collect();
        for pairs in pairs {
            for measure in [Measure::OddsRatio, Measure::RiskDifference, Measure::StandardizedMeanDifference, Measure::RatioOfMeans] {
                let one = dependent::shared_comparator(pairs, measure, BiasCorrection::Exact);
                let other = dependent::endpoints(pairs, measure, &[r], BiasCorrection::Exact);
                for derived in [one, other].into_iter().flatten() {
                    prop_assert!(derived.value.effects.iter().all(|effect| sound(*effect)));
                }
            }
        }
        let effect = Effect { yi: v[0], vi: v[1] };
        for derived in [
            dichotomies::log_odds_ratio_to_phi(effect, v[2], v[3]),
            dichotomies::phi_to_log_odds_ratio(effect, v[2], v[3]),
            dichotomies::biserial_to_point_biserial(effect, v[2]),
            dichotomies::tetrachoric_to_log_odds_ratio(effect),
        ]
        .into_iter()
        .flatten()
        {
            prop_assert!(sound(derived.value), "{effect:?} {v:?}");
        }
    }
}
