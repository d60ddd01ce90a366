//! Pooling under changes of order, origin, unit, sign and division of the data; at the edges; and its estimating
//! equations, written out here from their definitions.

use consilience::{
    EffectSizes, Level, Measure,
    pool::{FixedEffect, Inference, Multiverse, PoolFit, RandomEffects, SubgroupTau2, kernel},
    stat::{Tail, chi2},
    tau2::{self, Tau2, Tau2Interval, Tau2IntervalMethod},
};
use proptest::prelude::*;

/// k studies whose variances span three orders of magnitude.
fn studies(k: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    proptest::collection::vec((-3.0..3.0f64, -5.0..2.0f64), k)
        .prop_map(|rows| rows.into_iter().map(|(y, ln_v)| (y, ln_v.exp())).unzip())
}

fn effects(yi: &[f64], vi: &[f64]) -> EffectSizes {
    let labels: Vec<String> = (1..=yi.len()).map(|study| format!("Study {study}")).collect();
    EffectSizes::new(Measure::MeanDifference, labels, yi, vi).unwrap()
}

fn fit(yi: &[f64], vi: &[f64], method: Tau2, inference: Inference) -> PoolFit {
    RandomEffects::new(method).inference(inference).fit(&effects(yi, vi)).unwrap()
}

/// The REML fits of two versions of the data by each inference that exists for them.
fn by_inference(a: (&[f64], &[f64]), b: (&[f64], &[f64])) -> Vec<(Inference, PoolFit, PoolFit)> {
    let of = |(yi, vi), inference| RandomEffects::new(Tau2::Reml).inference(inference).fit(&effects(yi, vi));
    let pairs = Inference::ALL.iter().filter_map(|&inference| match (of(a, inference), of(b, inference)) {
        (Ok(a), Ok(b)) => Some((inference, a, b)),
        // Kenward and Roger's degrees of freedom can be too few for an interval.
        (Err(_), Err(_)) if inference == Inference::KenwardRoger => None,
        other => panic!("{inference}: {other:?}"),
    });
    pairs.collect()
}

fn tau2(yi: &[f64], vi: &[f64], method: Tau2) -> f64 {
    tau2::estimate(yi, vi, method).unwrap().tau2
}

/// The estimators that invert the exact distribution of Q cost most; these are the others.
fn fast() -> impl Iterator<Item = Tau2> {
    Tau2::ALL.iter().copied().filter(|&method| method != Tau2::Genqm)
}

/// Agreement relative to the larger value, or to `scale` where both are small beside it.
fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(scale)
}

/// The scale on which a tau² of 0 is 0: the smallest variance. Rounding of the estimating equations moves estimates on it
/// by 1e-16 times the spread of the weights.
fn smallest(vi: &[f64]) -> f64 {
    vi.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Q(tau²) with weights 1 / (v + tau²).
fn q(yi: &[f64], vi: &[f64], tau2: f64) -> f64 {
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
    let mean = w.iter().zip(yi).map(|(w, y)| w * y).sum::<f64>() / w.iter().sum::<f64>();
    w.iter().zip(yi).map(|(w, y)| w * (y - mean).powi(2)).sum()
}

/// The restricted log-likelihood without its constant.
fn restricted(yi: &[f64], vi: &[f64], tau2: f64) -> f64 {
    let ln_v: f64 = vi.iter().map(|v| (v + tau2).ln()).sum();
    let total: f64 = vi.iter().map(|v| 1.0 / (v + tau2)).sum();
    -0.5 * (ln_v + total.ln() + q(yi, vi, tau2))
}

/// The log-likelihood without its constant.
fn likelihood(yi: &[f64], vi: &[f64], tau2: f64) -> f64 {
    -0.5 * (vi.iter().map(|v| (v + tau2).ln()).sum::<f64>() + q(yi, vi, tau2))
}

/// Twice the restricted score, and the size of its two terms.
fn score(yi: &[f64], vi: &[f64], tau2: f64) -> (f64, f64) {
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
    let total: f64 = w.iter().sum();
    let mean = w.iter().zip(yi).map(|(w, y)| w * y).sum::<f64>() / total;
    let squares: f64 = w.iter().zip(yi).map(|(w, y)| (w * (y - mean)).powi(2)).sum();
    let trace = total - w.iter().map(|w| w * w).sum::<f64>() / total;
    (squares - trace, total)
}

/// All numbers of a fit that a reader sees.
fn numbers(fit: &PoolFit) -> Vec<f64> {
    let h = &fit.heterogeneity;
    let mut all = vec![fit.estimate, fit.se, fit.ci_lower, fit.ci_upper];
    all.extend(
        [fit.statistic, fit.p_value, fit.df, h.q, h.q_p_value, h.tau2, h.tau2_se, h.tau].iter().flatten(),
    );
    all.extend([h.i2, h.h2, h.h, h.i2_q, h.r_b, h.d2].iter().flatten());
    for pair in [h.tau2_ci, h.tau_ci, h.i2_ci, h.h2_ci, h.i2_q_ci, h.r_b_ci, h.d2_ci].iter().flatten() {
        all.extend(pair);
    }
    all.extend(fit.prediction.iter().flat_map(|p| [p.lower, p.upper].into_iter().chain(p.sd)));
    all.extend(fit.studies.iter().filter_map(|s| s.weight));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_the_studies_does_not_matter((yi, vi) in studies(2..12)) {
        let (ry, rv): (Vec<f64>, Vec<f64>) = (yi.iter().rev().copied().collect(), vi.iter().rev().copied().collect());
        for method in Tau2::ALL.iter().copied() {
            prop_assert!(near(tau2(&yi, &vi, method), tau2(&ry, &rv, method), smallest(&vi)), "{method}");
        }
        for (inference, a, b) in by_inference((&yi, &vi), (&ry, &rv)) {
            prop_assert!(near(a.ci_lower, b.ci_lower, a.se) && near(a.ci_upper, b.ci_upper, a.se), "{inference}");
        }
    }

    #[test]
    fn a_shift_moves_the_mean_and_nothing_else((yi, vi) in studies(2..12), shift in -5.0..5.0f64) {
        let moved: Vec<f64> = yi.iter().map(|y| y + shift).collect();
        for method in Tau2::ALL.iter().copied() {
            prop_assert!(near(tau2(&yi, &vi, method), tau2(&moved, &vi, method), smallest(&vi)), "{method}");
        }
        for (inference, a, b) in by_inference((&yi, &vi), (&moved, &vi)) {
            prop_assert!(near(a.estimate + shift, b.estimate, 1.0), "{inference}");
            prop_assert!(near(a.ci_lower + shift, b.ci_lower, 1.0 + a.se), "{inference}");
            prop_assert!(near(a.ci_upper + shift, b.ci_upper, 1.0 + a.se), "{inference}");
        }
    }

    #[test]
    fn a_unit_scales_effects_and_its_square_variances((yi, vi) in studies(2..12), ln_unit in -6.0..6.0f64) {
        let unit = ln_unit.exp();
        let y: Vec<f64> = yi.iter().map(|y| unit * y).collect();
        let v: Vec<f64> = vi.iter().map(|v| unit * unit * v).collect();
        for method in Tau2::ALL.iter().copied().filter(|&m| m != Tau2::Sj2) { // SJ2 has an absolute floor of 0.01
            prop_assert!(near(unit * unit * tau2(&yi, &vi, method), tau2(&y, &v, method), smallest(&v)), "{method}");
        }
        for (inference, a, b) in by_inference((&yi, &vi), (&y, &v)) {
            prop_assert!(near(unit * a.estimate, b.estimate, b.se), "{inference}");
            prop_assert!(near(unit * a.ci_lower, b.ci_lower, b.se), "{inference}");
            prop_assert!(near(a.heterogeneity.i2.unwrap(), b.heterogeneity.i2.unwrap(), 1.0), "{inference}");
        }
    }

    #[test]
    fn a_change_of_sign_mirrors_the_interval((yi, vi) in studies(2..12)) {
        let mirrored: Vec<f64> = yi.iter().map(|y| -y).collect();
        for (inference, a, b) in by_inference((&yi, &vi), (&mirrored, &vi)) {
            prop_assert!(near(a.ci_lower, -b.ci_upper, a.se) && near(a.ci_upper, -b.ci_lower, a.se), "{inference}");
            prop_assert!(near(a.p_value.unwrap_or(0.5), b.p_value.unwrap_or(0.5), 1e-300), "{inference}");
        }
    }

    #[test]
    fn each_study_twice_at_half_the_precision_changes_nothing_about_the_common_mean((yi, vi) in studies(1..12)) {
        let twice = [yi.clone(), yi.clone()].concat();
        let halved: Vec<f64> = [vi.clone(), vi.clone()].concat().iter().map(|v| 2.0 * v).collect();
        let (a, b) = (kernel::fixed(&yi, &vi), kernel::fixed(&twice, &halved));
        prop_assert!(near(a.estimate, b.estimate, a.variance.sqrt()) && near(a.variance, b.variance, 0.0));
        prop_assert!(near(a.q, b.q, 1.0));
        // With tau² doubled as well the mean stays in the random-effects model.
        let (m, variance) = kernel::mean_at(&yi, &vi, 0.7);
        let (n, other) = kernel::mean_at(&twice, &halved, 1.4);
        prop_assert!(near(m, n, 1.0) && near(variance, other, 0.0));
    }

    #[test]
    fn with_equal_variances_the_moment_estimators_coincide(
        yi in proptest::collection::vec(-3.0..3.0f64, 2..12), v in 0.01..3.0f64,
    ) {
        let vi = vec![v; yi.len()];
        let k = yi.len() as f64;
        let mean = yi.iter().sum::<f64>() / k;
        let squares = yi.iter().map(|y| (y - mean).powi(2)).sum::<f64>();
        let expected = (squares / (k - 1.0) - v).max(0.0);
        for method in [
            Tau2::Dl, Tau2::He, Tau2::Hsk, Tau2::Pm, Tau2::Eb, Tau2::Dlit, Tau2::Dl2, Tau2::Ca2, Tau2::Genq, Tau2::Sjit, Tau2::Reml,
        ] {
            prop_assert!(near(tau2(&yi, &vi, method), expected, v), "{method}: {expected}");
        }
        for method in [Tau2::Ml, Tau2::Hs] {
            prop_assert!(near(tau2(&yi, &vi, method), (squares / k - v).max(0.0), v), "{method}");
        }
        prop_assert!(near(fit(&yi, &vi, Tau2::Reml, Inference::Wald).estimate, mean, 1.0));
    }

    #[test]
    fn one_study_is_its_own_mean(y in -3.0..3.0f64, v in 1e-3..10.0f64) {
        for inference in Inference::ALL.iter().copied() {
            let one = fit(&[y], &[v], Tau2::Reml, inference);
            prop_assert!(near(one.estimate, y, 0.0) && one.heterogeneity.tau2.is_none());
            prop_assert!(near(one.se, v.sqrt(), 0.0));
            prop_assert!(one.prediction.is_none() && one.heterogeneity.q.is_none());
        }
    }

    #[test]
    fn two_studies_have_solutions_in_closed_form(d in 0.0..6.0f64, v1 in 0.01..3.0f64, v2 in 0.01..3.0f64) {
        // (y1 - y2)² / (v1 + v2 + 2 tau²) = 1 is the equation of PM, DL, HE and REML alike.
        let expected = (0.5 * (d * d - v1 - v2)).max(0.0);
        for method in [Tau2::Dl, Tau2::He, Tau2::Pm, Tau2::Reml, Tau2::Genq, Tau2::Dl2] {
            prop_assert!(near(tau2(&[d, 0.0], &[v1, v2], method), expected, v1.min(v2)), "{method}");
        }
    }

    #[test]
    fn no_heterogeneity_gives_the_common_mean(vi in proptest::collection::vec(0.01..3.0f64, 2..12), y in -3.0..3.0f64) {
        let yi = vec![y; vi.len()];
        for method in fast() {
            let random = fit(&yi, &vi, method, Inference::Wald);
            let t = random.heterogeneity.tau2.unwrap();
            // Sidik and Jonkman's start is 0 up to the rounding of the mean.
            prop_assert!(t < 1e-20 || method == Tau2::Sj2, "{method}: {t}");
            prop_assert!(near(random.estimate, y, 1.0));
            if t == 0.0 {
                let common = FixedEffect::default().fit(&effects(&yi, &vi)).unwrap();
                prop_assert!(near(random.se, common.se, 0.0));
                prop_assert!(random.heterogeneity.i2 == Some(0.0) && random.heterogeneity.tau2_ci_empty);
            }
        }
    }

    #[test]
    fn extreme_variances_give_finite_numbers(
        rows in proptest::collection::vec((-3.0..3.0f64, -12.0..12.0f64), 2..9),
    ) {
        let (yi, vi): (Vec<f64>, Vec<f64>) = rows.iter().map(|&(y, log10)| (y, 10f64.powf(log10))).unzip();
        let effects = effects(&yi, &vi);
        for method in fast() {
            for inference in [Inference::Wald, Inference::HartungKnapp, Inference::HartungKnappAdHoc, Inference::KenwardRoger] {
                if let Ok(fit) = RandomEffects::new(method).inference(inference).fit(&effects) {
                    prop_assert!(numbers(&fit).iter().all(|x| x.is_finite()), "{method} {inference}: {fit:?}");
                    prop_assert!(fit.heterogeneity.tau2.unwrap() >= 0.0);
                }
            }
        }
        let quick = kernel::dersimonian_laird(&yi, &vi);
        prop_assert!(quick.tau2.is_finite() && near(quick.tau2, tau2(&yi, &vi, Tau2::Dl), smallest(&vi)), "{quick:?}");
        for inference in [Inference::HenmiCopas, Inference::ProfileLikelihood] {
            if let Ok(fit) = RandomEffects::default().inference(inference).fit(&effects) {
                prop_assert!(numbers(&fit).iter().all(|x| x.is_finite()), "{inference}: {fit:?}");
            }
        }
        for &method in Tau2IntervalMethod::ALL {
            if let Ok(ci) = Tau2Interval::new(&yi, &vi, method, Tau2::Reml, Level::default()) {
                prop_assert!(ci.lower.is_finite() && ci.upper.is_finite() && 0.0 <= ci.lower && ci.lower <= ci.upper, "{ci:?}");
            }
        }
    }

    #[test]
    fn paule_mandel_solves_its_equation((yi, vi) in studies(2..15)) {
        let df = yi.len() as f64 - 1.0;
        let at = tau2(&yi, &vi, Tau2::Pm);
        let reached = q(&yi, &vi, at);
        prop_assert!(near(reached, df, 0.0) || (at == 0.0 && reached <= df));
        let median = chi2::quantile(Tail::Lower(0.5), df);
        let at = tau2(&yi, &vi, Tau2::Pmm);
        let reached = q(&yi, &vi, at);
        prop_assert!(near(reached, median, 0.0) || (at == 0.0 && reached <= median));
    }

    #[test]
    fn likelihood_estimates_are_the_global_maxima(
        (yi, vi) in studies(2..15), tried in proptest::collection::vec(-9.0..4.0f64, 200),
    ) {
        for (method, height) in [
            (Tau2::Reml, restricted as fn(&[f64], &[f64], f64) -> f64),
            (Tau2::Ml, likelihood),
        ] {
            let at = tau2(&yi, &vi, method);
            let top = height(&yi, &vi, at);
            for other in tried.iter().map(|ln| ln.exp()).chain([0.0]) {
                let beside = height(&yi, &vi, other);
                prop_assert!(beside <= top + 1e-12 * top.abs().max(1.0), "{method}: {at} {top}, {other} {beside}");
            }
        }
        let at = tau2(&yi, &vi, Tau2::Reml);
        let (slope, size) = score(&yi, &vi, at);
        let solved = slope.abs() <= 1e-11 * size || (at == 0.0 && slope <= 0.0);
        prop_assert!(solved, "{at}: {slope} of {size}");
    }

    #[test]
    fn q_profile_limits_solve_their_equations((yi, vi) in studies(2..15), level in 0.5..0.999f64) {
        let level = Level::new(level).unwrap();
        let ci = Tau2Interval::new(&yi, &vi, Tau2IntervalMethod::QProfile, Tau2::Reml, level).unwrap();
        let df = yi.len() as f64 - 1.0;
        let (least, most) = (chi2::quantile(Tail::Lower(level.tail()), df), chi2::quantile(Tail::Upper(level.tail()), df));
        let at_zero = q(&yi, &vi, 0.0);
        prop_assert_eq!(ci.empty, at_zero < least);
        if !ci.empty {
            prop_assert!(near(q(&yi, &vi, ci.upper), least, 0.0));
            let reached = q(&yi, &vi, ci.lower);
            prop_assert!(near(reached, most, 0.0) || (ci.lower == 0.0 && reached <= most));
        }
    }

    #[test]
    fn profile_likelihood_limits_solve_their_equations((yi, vi) in studies(2..15)) {
        let drop = 0.5 * chi2::quantile(Tail::Upper(0.05), 1.0);
        for (method, interval, height) in [
            (Tau2::Reml, Tau2IntervalMethod::ProfileReml, restricted as fn(&[f64], &[f64], f64) -> f64),
            (Tau2::Ml, Tau2IntervalMethod::ProfileMl, likelihood),
        ] {
            let ci = Tau2Interval::new(&yi, &vi, interval, method, Level::default()).unwrap();
            let at = tau2(&yi, &vi, method);
            prop_assert!(ci.lower <= at && at <= ci.upper);
            let floor = height(&yi, &vi, at) - drop;
            prop_assert!((height(&yi, &vi, ci.upper) - floor).abs() < 1e-9);
            prop_assert!(ci.lower == 0.0 || (height(&yi, &vi, ci.lower) - floor).abs() < 1e-9);
        }
    }

    #[test]
    fn kernels_agree_with_fits((yi, vi) in studies(2..12)) {
        for method in fast().filter(|&method| method != Tau2::Genq) { // GENQ has its own weights of the mean
            let (quick, full) = (kernel::random(&yi, &vi, method), fit(&yi, &vi, method, Inference::Wald));
            prop_assert!(near(quick.estimate, full.estimate, full.se) && near(quick.variance.sqrt(), full.se, 0.0), "{method}");
            prop_assert!(near(quick.tau2, full.heterogeneity.tau2.unwrap(), smallest(&vi)), "{method}");
            prop_assert!(near(quick.q, full.heterogeneity.q.unwrap(), 1.0), "{method}");
        }
    }

    #[test]
    fn fits_come_back_from_json((yi, vi) in studies(1..8)) {
        let fit = fit(&yi, &vi, Tau2::Reml, Inference::HartungKnapp);
        let text = serde_json::to_string(&fit).unwrap();
        prop_assert_eq!(serde_json::from_str::<PoolFit>(&text).unwrap(), fit);
        let table = Multiverse::new(&effects(&yi, &vi), 0.9).unwrap();
        let text = serde_json::to_string(&table).unwrap();
        prop_assert_eq!(serde_json::from_str::<Multiverse>(&text).unwrap(), table);
    }

    #[test]
    fn subgroups_divide_the_studies((yi, vi) in studies(4..14), split in any::<u16>()) {
        let groups: Vec<&str> = (0..yi.len()).map(|row| if split >> row & 1 == 1 { "yes" } else { "no" }).collect();
        for tau2 in [SubgroupTau2::Separate, SubgroupTau2::Common] {
            let whole = RandomEffects::new(Tau2::Dl).subgroup_tau2(tau2).fit_by(&effects(&yi, &vi), &groups).unwrap();
            let parts = whole.subgroups.unwrap();
            prop_assert_eq!(parts.iter().map(|part| part.k).sum::<usize>(), whole.k);
            let mut rows: Vec<usize> = parts.iter().flat_map(|part| part.rows.clone()).collect();
            rows.sort_unstable();
            prop_assert_eq!(rows, (0..whole.k).collect::<Vec<_>>());
        }
        // Without tau² the Q of the whole is that within and between the groups.
        let whole = FixedEffect::default().fit_by(&effects(&yi, &vi), &groups).unwrap();
        let parts = whole.subgroups.unwrap();
        let within: f64 = parts.iter().filter_map(|part| part.heterogeneity.q).sum();
        let between = whole.subgroup_test.map_or(0.0, |test| test.q);
        prop_assert!(near(within + between, whole.heterogeneity.q.unwrap(), 1.0));
    }
}
