//! From one effect measure to another, with the variance.
//!
//! Use it when some trials of a review dichotomised an outcome, others report correlations, others U statistics. Every
//! conversion rests on an assumption about the distribution behind the data, which the record names.
//!
//! | from | to | function |
//! |---|---|---|
//! | ln odds ratio | d, and back | [`log_odds_ratio_to_d`], [`d_to_log_odds_ratio`]: π/√3 (logistic), 1.65 (Cox) |
//! | d | r, and back | [`d_to_correlation`] r = d/√(d² + a), a = (n1 + n2)²/(n1·n2); [`correlation_to_d`], [`correlation_to_d_of_groups`] |
//! | r | Fisher's z, and back | [`correlation_to_fisher_z`], [`fisher_z_to_correlation`] |
//! | point-biserial r | biserial r | [`point_biserial_to_biserial`] r·√(pq)/φ(z_p) |
//! | odds ratio | tetrachoric r | [`log_odds_ratio_to_tetrachoric`] (Digby 1983) |
//! | d | probability of superiority, and back | [`d_to_superiority`] Φ(d/√2); [`superiority_to_d`] |
//! | phi, biserial r, tetrachoric r | ln OR, point-biserial r | [`super::dichotomies`] |
//! | U statistic | probability of superiority | [`superiority_from_u`] U/(n1·n2) |
//! | t, F | d | [`d_from_t`], [`d_from_f`] |
//! | d | g, and back | [`hedges_correction`], [`cohen_of_hedges`] |
//! | ln risk ratio | vaccine efficacy, and back | [`vaccine_efficacy`], [`vaccine_efficacy_to_log_ratio`] |
//! | sensitivity and specificity | ln diagnostic odds ratio | [`diagnostic_odds_ratio`] |
//!
//! Variances are by the delta method: the square of the derivative times the variance.
//!
//! ```
//! use consilience::convert::metrics::{self, Latent};
//! use consilience::effect::Effect;
//!
//! // Borenstein et al. (2009), chapter 7: ln OR 0.9069 with variance 0.0676 is d 0.5000 with variance 0.0205.
//! let d = metrics::log_odds_ratio_to_d(Effect { yi: 0.9069, vi: 0.0676 }, Latent::Logistic)?.value;
//! assert!((d.yi - 0.5000).abs() < 5e-5 && (d.vi - 0.0205).abs() < 5e-5);
//! // d 0.5000 with 100 people in each group is r 0.2425 with variance 0.0043.
//! let r = metrics::d_to_correlation(d, 100.0, 100.0)?.value;
//! assert!((r.yi - 0.2425).abs() < 5e-5 && (r.vi - 0.0043).abs() < 5e-5);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Borenstein M, Hedges LV, Higgins JPT, Rothstein HR (2009). Introduction to meta-analysis, chapters 4, 6 and 7. doi:10.1002/9780470743386
//! - Chinn S (2000). A simple method for converting an odds ratio to effect size for use in meta-analysis.
//!   doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M
//! - Sánchez-Meca J, Marín-Martínez F, Chacón-Moscoso S (2003). Effect-size indices for dichotomized outcomes in
//!   meta-analysis. doi:10.1037/1082-989X.8.4.448
//! - Digby PGN (1983). Approximating the tetrachoric correlation coefficient. doi:10.2307/2531104
//! - McGraw KO, Wong SP (1992). A common language effect size statistic. doi:10.1037/0033-2909.111.2.361
//! - Tate RF (1955). The theory of correlation between two continuous variables when one is dichotomized. doi:10.1093/biomet/42.1-2.205
//! - Glas AS, et al. (2003). The diagnostic odds ratio. doi:10.1016/S0895-4356(03)00177-X

use std::f64::consts::{PI, SQRT_2};

use super::baseline_risk::WithInterval;
use super::check;
use super::pre_post_control::small_sample_factor;
use super::record::{Derived, Step};
use crate::codes::codes;
use crate::{
    Error, Level, Result,
    effect::{Effect, Superiority, TwoByTwo},
    stat::{Tail, normal},
};

const BORENSTEIN: &str = "Borenstein et al. 2009, doi:10.1002/9780470743386";

/// The distribution behind a dichotomised outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Latent {
    /// Logistic: ln OR = d·π/√3.
    #[default]
    Logistic,
    /// Normal, by Cox's approximation: ln OR = 1.65·d.
    Normal,
}

codes! { Latent, "distribution" {
    Logistic "logistic" [],
    Normal "normal" ["probit"],
} }

impl Latent {
    fn factor(self) -> f64 {
        match self {
            Latent::Logistic => PI / 3f64.sqrt(),
            Latent::Normal => 1.65,
        }
    }

    fn described(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Latent::Logistic => (
                "π/√3",
                "logistic outcome with equal SDs",
                "Chinn 2000, doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M",
            ),
            Latent::Normal => (
                "1.65",
                "normal outcome with equal SDs",
                "Sánchez-Meca et al. 2003, doi:10.1037/1082-989X.8.4.448",
            ),
        }
    }
}

pub(super) fn checked(effect: Effect) -> Result<Effect> {
    check::finite("yi", effect.yi)?;
    check::positive("vi", effect.vi)?;
    Ok(effect)
}

/// The delta method: a value, its derivative with respect to the source, and the record.
pub(super) fn delta(
    source: Effect,
    names: (&str, &str),
    value: f64,
    slope: f64,
    step: Step,
) -> Result<Derived<Effect>> {
    let (from, to) = names;
    let vi = check::positive("variance", check::computable("variance", slope * slope * source.vi)?)?;
    let yi = check::computable(to, value)?;
    let mut all = step;
    all.sources.insert(0, super::record::Quantity::new(from, source.yi));
    all.sources.insert(1, super::record::Quantity::new("variance", source.vi));
    Ok(all.result(to, yi).result("variance", vi).gives(Effect { yi, vi }))
}

/// d = ln OR over π/√3 or 1.65.
///
/// # Errors
///
/// If the effect is not finite or its variance not above 0.
pub fn log_odds_ratio_to_d(effect: Effect, latent: Latent) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let (factor, assumed, reference) = latent.described();
    let step =
        Step::new("d from a log odds ratio", format!("ln OR/({factor})"), reference).assuming_that(assumed);
    let slope = 1.0 / latent.factor();
    delta(effect, ("ln OR", "d"), effect.yi * slope, slope, step)
}

/// ln OR = d times π/√3 or 1.65.
///
/// # Errors
///
/// If the effect is not finite or its variance not above 0.
pub fn d_to_log_odds_ratio(effect: Effect, latent: Latent) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let (factor, assumed, reference) = latent.described();
    let step = Step::new("log odds ratio from d", format!("d·{factor}"), reference).assuming_that(assumed);
    delta(effect, ("d", "ln OR"), effect.yi * latent.factor(), latent.factor(), step)
}

/// r = d/√(d² + a), a = (n1 + n2)²/(n1·n2), with the variance a²·v/(d² + a)³.
///
/// # Errors
///
/// If the effect is not finite, its variance not above 0, or a group empty.
pub fn d_to_correlation(effect: Effect, n1: f64, n2: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let (n1, n2) = (check::positive("n1", n1)?, check::positive("n2", n2)?);
    let a = (n1 + n2).powi(2) / (n1 * n2);
    let square = effect.yi * effect.yi + a;
    let step = Step::new("correlation from d", "d/√(d² + a), a = (n1 + n2)²/(n1·n2)", BORENSTEIN)
        .from_all(&[("n1", n1), ("n2", n2)]);
    delta(effect, ("d", "r"), effect.yi / square.sqrt(), a / square.powf(1.5), step)
}

/// d = 2r/√(1 - r²), groups of equal size, with the variance 4v/(1 - r²)³.
///
/// # Errors
///
/// If r is not strictly between -1 and 1 or its variance not above 0.
pub fn correlation_to_d(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = check::inner_correlation("correlation", effect.yi)?;
    let rest = 1.0 - r * r;
    let step = Step::new("d from a correlation", "2r/√(1 - r²)", BORENSTEIN)
        .assuming_that("continuous variable cut into groups of equal size");
    delta(effect, ("r", "d"), 2.0 * r / rest.sqrt(), 2.0 / rest.powf(1.5), step)
}

/// d = r·√a/√(1 - r²), a = (n1 + n2)²/(n1·n2), the inverse of [`d_to_correlation`] for groups of any sizes, with the variance
/// a·v/(1 - r²)³.
///
/// # Errors
///
/// If r is not strictly between -1 and 1, its variance not above 0, or a group empty.
pub fn correlation_to_d_of_groups(effect: Effect, n1: f64, n2: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = check::inner_correlation("correlation", effect.yi)?;
    let (n1, n2) = (check::positive("n1", n1)?, check::positive("n2", n2)?);
    let root = (n1 + n2) / (n1 * n2).sqrt();
    let rest = 1.0 - r * r;
    let step = Step::new("d from a correlation", "r·√a/√(1 - r²), a = (n1 + n2)²/(n1·n2)", BORENSTEIN)
        .from_all(&[("n1", n1), ("n2", n2)]);
    delta(effect, ("r", "d"), root * r / rest.sqrt(), root / rest.powf(1.5), step)
}

/// z = atanh r.
///
/// # Errors
///
/// If r is not strictly between -1 and 1 or its variance not above 0.
pub fn correlation_to_fisher_z(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = check::inner_correlation("correlation", effect.yi)?;
    let step = Step::new("Fisher's z from a correlation", "atanh r", BORENSTEIN);
    delta(effect, ("r", "z"), r.atanh(), 1.0 / (1.0 - r * r), step)
}

/// r = tanh z.
///
/// # Errors
///
/// If the effect is not finite or its variance not above 0.
pub fn fisher_z_to_correlation(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = effect.yi.tanh();
    let step = Step::new("correlation from Fisher's z", "tanh z", BORENSTEIN);
    delta(effect, ("z", "r"), r, effect.yi.cosh().powi(-2), step)
}

/// The biserial correlation from a point-biserial one with the share p of one group, r·√(p(1 - p))/φ(Φ⁻¹(p)).
///
/// # Errors
///
/// If r is not strictly between -1 and 1, p not between 0 and 1, or the result is beyond ±1.
pub fn point_biserial_to_biserial(effect: Effect, p: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = check::inner_correlation("point-biserial correlation", effect.yi)?;
    let p = check::probability("share of one group", p)?;
    let slope = (p * (1.0 - p)).sqrt() / normal::pdf(normal::quantile(Tail::Lower(p)));
    let value = r * slope;
    if !(-1.0..=1.0).contains(&value) {
        return Err(Error::data(
            format!(
                "point-biserial correlation {r} with {p} in one group is a biserial correlation of {value}"
            ),
            "the variable behind the groups cannot be normal",
        ));
    }
    let step = Step::new(
        "biserial from point-biserial correlation",
        "r·√(pq)/φ(z_p)",
        "Tate 1955, doi:10.1093/biomet/42.1-2.205",
    )
    .from("share of one group", p)
    .assuming_that("normal variable behind the groups");
    delta(effect, ("point-biserial r", "biserial r"), value, slope, step)
}

/// Digby's approximation of the tetrachoric correlation, (OR^¾ - 1)/(OR^¾ + 1). With the whole table, the measure `RTET` is exact.
///
/// # Errors
///
/// If the effect is not finite or its variance not above 0.
pub fn log_odds_ratio_to_tetrachoric(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    // (e^x - 1)/(e^x + 1) = tanh(x/2) with x = ¾ ln OR.
    let half = 0.375 * effect.yi;
    let step = Step::new(
        "tetrachoric correlation from a log odds ratio",
        "(OR^¾ - 1)/(OR^¾ + 1)",
        "Digby 1983, doi:10.2307/2531104",
    )
    .assuming_that("two normal variables cut into two categories each");
    delta(effect, ("ln OR", "tetrachoric r"), half.tanh(), 0.375 * half.cosh().powi(-2), step)
}

/// The probability that a value of group 1 exceeds one of group 2, Φ(d/√2).
///
/// # Errors
///
/// If the effect is not finite or its variance not above 0.
pub fn d_to_superiority(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let z = effect.yi / SQRT_2;
    let step = Step::new(
        "probability of superiority from d",
        "Φ(d/√2)",
        "McGraw & Wong 1992, doi:10.1037/0033-2909.111.2.361",
    )
    .assuming_that("normal outcome with equal SDs");
    delta(effect, ("d", "CLES"), normal::cdf(z), normal::pdf(z) / SQRT_2, step)
}

/// d from the probability of superiority, √2·Φ⁻¹(p).
///
/// # Errors
///
/// If the probability is not strictly between 0 and 1 or its variance not above 0.
pub fn superiority_to_d(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let z = normal::quantile(Tail::Lower(check::probability("probability of superiority", effect.yi)?));
    let step = Step::new(
        "d from the probability of superiority",
        "√2·Φ⁻¹(p)",
        "McGraw & Wong 1992, doi:10.1037/0033-2909.111.2.361",
    )
    .assuming_that("normal outcome with equal SDs");
    delta(effect, ("CLES", "d"), SQRT_2 * z, SQRT_2 / normal::pdf(z), step)
}

/// The probability of superiority from the Mann-Whitney U of group 1 (pairs in which its value is the larger, ties half).
///
/// # Errors
///
/// If U is below 0 or above n1·n2, or a group is empty.
pub fn superiority_from_u(u: f64, n1: f64, n2: f64) -> Result<Derived<Superiority>> {
    check::not_negative("U", u)?;
    let pairs = check::size("n1", n1, 1.0)? * check::size("n2", n2, 1.0)?;
    if u > pairs {
        return Err(Error::data(
            format!("U is {u} with {n1} and {n2} people"),
            format!("U lies between 0 and {pairs}, the number of pairs"),
        ));
    }
    let value = Superiority::new(u / pairs, n1, n2)?;
    Ok(Step::new(
        "probability of superiority from U",
        "U/(n1·n2)",
        "McGraw & Wong 1992, doi:10.1037/0033-2909.111.2.361",
    )
    .from_all(&[("U", u), ("n1", n1), ("n2", n2)])
    .result("CLES", u / pairs)
    .gives(value))
}

/// Hedges' g from a two-sample t statistic: J(N - 2)·t·√(1/n1 + 1/n2), variance 1/n1 + 1/n2 + g²/(2N).
///
/// # Errors
///
/// If t is not finite or a group has fewer than 2 people.
pub fn d_from_t(t: f64, n1: f64, n2: f64) -> Result<Derived<Effect>> {
    check::finite("t", t)?;
    let (n1, n2) = (check::size("n1", n1, 2.0)?, check::size("n2", n2, 2.0)?);
    let harmonic = 1.0 / n1 + 1.0 / n2;
    let yi = small_sample_factor(n1 + n2 - 2.0) * t * harmonic.sqrt();
    let vi = check::computable("variance", harmonic + yi * yi / (2.0 * (n1 + n2)))?;
    Ok(Step::new("standardized mean difference from t", "J(N - 2)·t·√(1/n1 + 1/n2)", BORENSTEIN)
        .from_all(&[("t", t), ("n1", n1), ("n2", n2)])
        .result("yi", yi)
        .result("vi", vi)
        .gives(Effect { yi, vi }))
}

/// Hedges' g from an F statistic of two groups, t = ±√F, with the sign of `direction`.
///
/// # Errors
///
/// If F is below 0, the direction 0, or a group has fewer than 2 people.
pub fn d_from_f(f: f64, direction: f64, n1: f64, n2: f64) -> Result<Derived<Effect>> {
    check::not_negative("F", f)?;
    if direction.is_nan() || direction == 0.0 {
        return Err(Error::data(
            format!("direction is {direction}"),
            "give a number above 0 if group 1 has the larger mean, else below 0",
        ));
    }
    d_from_t(f.sqrt().copysign(direction), n1, n2)
}

/// Hedges' g from Cohen's d with `df` degrees of freedom: J(df)·d, variance J²·v.
///
/// # Errors
///
/// If the effect is not finite, its variance not above 0, or df below 2.
pub fn hedges_correction(effect: Effect, df: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let j = small_sample_factor(check::size("df", df, 2.0)?);
    let step = Step::new("Hedges' g from Cohen's d", "J(df)·d", BORENSTEIN).from("df", df);
    delta(effect, ("d", "g"), j * effect.yi, j, step)
}

/// Cohen's d from Hedges' g with `df` degrees of freedom: g/J(df), variance v/J².
///
/// # Errors
///
/// If the effect is not finite, its variance not above 0, or df below 2.
pub fn cohen_of_hedges(effect: Effect, df: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let slope = 1.0 / small_sample_factor(check::size("df", df, 2.0)?);
    let step = Step::new("Cohen's d from Hedges' g", "g/J(df)", BORENSTEIN).from("df", df);
    delta(effect, ("g", "d"), slope * effect.yi, slope, step)
}

/// Vaccine efficacy 1 - RR with its interval, from a log ratio (risk, rate, hazard or odds) with variance.
///
/// # Errors
///
/// If the effect is not finite or its variance not above 0.
pub fn vaccine_efficacy(effect: Effect, level: Level) -> Result<Derived<WithInterval>> {
    let effect = checked(effect)?;
    let half = normal::quantile(Tail::Upper(level.tail())) * effect.sei();
    let at = |y: f64| -y.exp_m1();
    let value = WithInterval {
        estimate: check::computable("efficacy", at(effect.yi))?,
        ci_lower: check::computable("efficacy", at(effect.yi + half))?,
        ci_upper: at(effect.yi - half),
    };
    Ok(Step::new("vaccine efficacy", "1 - ratio", "definition")
        .from_all(&[("log ratio", effect.yi), ("variance", effect.vi), ("level", level.fraction())])
        .result("efficacy", value.estimate)
        .gives(value))
}

/// The log ratio from a vaccine efficacy (as a proportion) with its interval.
///
/// # Errors
///
/// If an efficacy is not below 1, or estimate and limits are not in order.
pub fn vaccine_efficacy_to_log_ratio(
    estimate: f64,
    lower: f64,
    upper: f64,
    level: Level,
) -> Result<Derived<Effect>> {
    for (name, value) in [("efficacy", estimate), ("lower limit", lower), ("upper limit", upper)] {
        if !(value.is_finite() && value < 1.0) {
            return Err(Error::data(
                format!("{name} is {value}"),
                "an efficacy is a proportion below 1 (divide a percentage by 100)",
            ));
        }
    }
    let mut derived = super::standard_error::ReportedInterval::new(1.0 - upper, 1.0 - lower)?
        .around(1.0 - estimate)
        .level(level)
        .effect(super::standard_error::ReportedScale::Ratio)?;
    derived.steps.insert(
        0,
        Step::new("ratio from a vaccine efficacy", "1 - efficacy", "definition").from_all(&[
            ("efficacy", estimate),
            ("lower limit", lower),
            ("upper limit", upper),
        ]),
    );
    Ok(derived)
}

/// The table behind a log diagnostic odds ratio, from sensitivity, specificity and the numbers of people with and
/// without the disease: true positives and false negatives, false positives and true negatives. Analyse it as `OR`.
///
/// # Errors
///
/// If a proportion is outside 0 to 1 or a number not above 0.
pub fn diagnostic_odds_ratio(
    sensitivity: f64,
    specificity: f64,
    diseased: f64,
    healthy: f64,
) -> Result<Derived<TwoByTwo>> {
    for (name, value) in [("sensitivity", sensitivity), ("specificity", specificity)] {
        if !(0.0..=1.0).contains(&value) {
            return Err(Error::data(
                format!("{name} is {value}"),
                "it lies between 0 and 1 (divide a percentage by 100)",
            ));
        }
    }
    check::positive("people with the disease", diseased)?;
    check::positive("people without the disease", healthy)?;
    let (tp, tn) = ((sensitivity * diseased).round(), (specificity * healthy).round());
    let (tp, tn) = (tp.min(diseased), tn.min(healthy));
    let table = TwoByTwo::new(tp, diseased - tp, healthy - tn, tn)?;
    Ok(Step::new(
        "table of a diagnostic test",
        "TP = sensitivity·diseased, TN = specificity·healthy, rounded; DOR = TP·TN/(FP·FN)",
        "Glas et al. 2003, doi:10.1016/S0895-4356(03)00177-X",
    )
    .from_all(&[
        ("sensitivity", sensitivity),
        ("specificity", specificity),
        ("diseased", diseased),
        ("healthy", healthy),
    ])
    .result("ai", table.ai())
    .result("bi", table.bi())
    .result("ci", table.ci())
    .result("di", table.di())
    .gives(table))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    const E: Effect = Effect { yi: 0.45, vi: 0.031 };

    #[test]
    fn pairs_are_inverse() {
        let there_and_back = [
            log_odds_ratio_to_d(E, Latent::Normal).unwrap().then(|e| d_to_log_odds_ratio(e, Latent::Normal)),
            correlation_to_fisher_z(E).unwrap().then(fisher_z_to_correlation),
            d_to_superiority(E).unwrap().then(superiority_to_d),
            hedges_correction(E, 20.0).unwrap().then(|e| cohen_of_hedges(e, 20.0)),
            d_to_correlation(E, 50.0, 50.0).unwrap().then(correlation_to_d),
            d_to_correlation(E, 20.0, 90.0).unwrap().then(|e| correlation_to_d_of_groups(e, 20.0, 90.0)),
        ];
        for derived in there_and_back {
            let derived = derived.unwrap();
            assert_relative_eq!(derived.value.yi, E.yi, max_relative = 1e-10);
            assert_relative_eq!(derived.value.vi, E.vi, max_relative = 1e-10);
            assert_eq!(derived.steps.len(), 2);
        }
        let ve = vaccine_efficacy(Effect { yi: -1.2, vi: 0.04 }, Level::default()).unwrap().value;
        let back = vaccine_efficacy_to_log_ratio(ve.estimate, ve.ci_lower, ve.ci_upper, Level::default())
            .unwrap()
            .value;
        assert_relative_eq!(back.yi, -1.2, max_relative = 1e-10);
        assert_relative_eq!(back.vi, 0.04, max_relative = 1e-10);
    }

    /// Borenstein et al. (2009), chapter 7: d 0.5000 (0.0205), r 0.5 (0.0058) printed with four decimals.
    #[test]
    fn borensteins_examples() {
        let lor = d_to_log_odds_ratio(Effect { yi: 0.5, vi: 0.0205 }, Latent::Logistic).unwrap().value;
        assert!((lor.yi - 0.9069).abs() < 5e-5 && (lor.vi - 0.0676).abs() < 2e-4); // from a rounded variance
        let d = correlation_to_d(Effect { yi: 0.5, vi: 0.0058 }).unwrap().value;
        assert!((d.yi - 1.1547).abs() < 5e-5 && (d.vi - 0.0550).abs() < 5e-5);
    }

    /// Every derivative against a central difference.
    #[test]
    fn variances_are_squared_slopes() {
        type F = fn(Effect) -> Result<Derived<Effect>>;
        let all: [F; 8] = [
            |e| log_odds_ratio_to_d(e, Latent::Logistic),
            |e| d_to_correlation(e, 30.0, 70.0),
            correlation_to_d,
            correlation_to_fisher_z,
            fisher_z_to_correlation,
            |e| point_biserial_to_biserial(e, 0.3),
            log_odds_ratio_to_tetrachoric,
            d_to_superiority,
        ];
        for f in all {
            let at = |y: f64| f(Effect { yi: y, vi: E.vi }).unwrap().value.yi;
            let slope = (at(E.yi + 1e-5) - at(E.yi - 1e-5)) / 2e-5;
            // A central difference with this step is good to about 1e-9.
            assert_relative_eq!(f(E).unwrap().value.vi, slope * slope * E.vi, max_relative = 1e-7);
        }
    }

    /// metafor 3.8: escalc("SMD", ti, n1i, n2i) has the exact factor; t = 2.5 with 20 and 25 people.
    #[test]
    fn t_and_f_statistics() {
        let g = d_from_t(2.5, 20.0, 25.0).unwrap().value;
        assert_relative_eq!(g.yi, SMD.0, max_relative = 1e-10);
        assert_relative_eq!(g.vi, SMD.1, max_relative = 1e-10);
        assert_relative_eq!(d_from_f(6.25, -1.0, 20.0, 25.0).unwrap().value.yi, -g.yi, max_relative = 1e-14);
    }
    const SMD: (f64, f64) = (0.73682921760532, 0.09603241439908);

    #[test]
    fn tables_and_u_statistics() {
        let table = diagnostic_odds_ratio(0.9, 0.8, 50.0, 100.0).unwrap().value;
        assert_eq!((table.ai(), table.bi(), table.ci(), table.di()), (45.0, 5.0, 20.0, 80.0));
        assert!(diagnostic_odds_ratio(90.0, 0.8, 50.0, 100.0).is_err());
        assert!(superiority_from_u(401.0, 20.0, 20.0).is_err());
        assert!(superiority_from_u(300.0, 20.0, 20.0).is_ok());
        assert!(correlation_to_d(Effect { yi: 1.0, vi: 0.1 }).is_err());
    }
}
