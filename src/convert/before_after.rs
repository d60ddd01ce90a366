//! Controlled before-after studies: the difference in differences of means, proportions, rates and percentages.
//!
//! Use it when groups, wards or areas were measured before and after, some with the intervention and some without, and
//! nobody was randomised. The effect is what the change with the intervention exceeds the change without, so that
//! stable differences between the groups cancel:
//!
//! | outcome | scale | yi |
//! |---|---|---|
//! | means | difference | (m_T,after - m_T,before) - (m_C,after - m_C,before) |
//! | proportions | [`ProportionContrast::Difference`], [`ProportionContrast::RiskRatio`], [`ProportionContrast::OddsRatio`] | the same of p, ln p, logit p: the logarithm of a ratio of ratios |
//! | rates | [`RateContrast::Ratio`], [`RateContrast::Difference`] | the same of ln(x/t), x/t |
//! | ready-made effects | [`from_effects`] | effect after - effect before |
//!
//! Variances add up over the four cells. If the *same* people were measured twice ([`Samples::Same`]), twice the
//! covariance r·√(v_before·v_after) is taken off in each group. Counts of areas vary more than Poisson counts: their variances
//! are multiplied by a dispersion factor that is assumed or estimated from repeated counts ([`dispersion`]).
//!
//! ```
//! use consilience::convert::before_after::{self, BeforeAfter, RateContrast};
//! use consilience::effect::Rate;
//!
//! // Crashes in treated and comparison areas, two years before and two years after.
//! let treated = BeforeAfter::new(Rate::new(180.0, 2.0)?, Rate::new(120.0, 2.0)?);
//! let comparison = BeforeAfter::new(Rate::new(200.0, 2.0)?, Rate::new(190.0, 2.0)?);
//! let derived = before_after::rates(treated, comparison, RateContrast::Ratio, 1.0)?;
//! assert!((derived.value.yi.exp() - (120.0 / 180.0) / (190.0 / 200.0)).abs() < 1e-12);
//! assert!((derived.value.vi - (1.0 / 180.0 + 1.0 / 120.0 + 1.0 / 200.0 + 1.0 / 190.0)).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Wing C, Simon K, Bello-Gomez RA (2018). Designing difference in difference studies. doi:10.1146/annurev-publhealth-040617-013507
//! - Elvik R (2013). International transferability of accident modification functions, on odds ratios of before-after
//!   counts with comparison groups. doi:10.1016/j.aap.2012.08.013
//! - McCullagh P, Nelder JA (1989). Generalized linear models, section 6.2.3 (dispersion). doi:10.1007/978-1-4899-3242-6

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::check;
use super::record::{Derived, Step};
use crate::{
    Error, Result,
    effect::{Effect, OneMean, Proportion, Rate},
};

const REFERENCE: &str = "Wing et al. 2018, doi:10.1146/annurev-publhealth-040617-013507";

/// Something measured before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BeforeAfter<T> {
    /// Before.
    pub before: T,
    /// After.
    pub after: T,
}

impl<T> BeforeAfter<T> {
    /// A pair of measurements.
    pub fn new(before: T, after: T) -> Self {
        BeforeAfter { before, after }
    }
}

/// The people who were measured before and after.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Samples {
    /// Different people each time (repeated cross-sections).
    #[default]
    Independent,
    /// The same people, with a correlation of before and after within each group.
    Same {
        /// The correlation.
        correlation: f64,
    },
}

impl Samples {
    fn correlation(self) -> Result<f64> {
        match self {
            Samples::Independent => Ok(0.0),
            Samples::Same { correlation } => check::inner_correlation("correlation", correlation),
        }
    }

    fn noted(self, step: Step) -> Step {
        match self {
            Samples::Independent => step.assuming_that("independent samples before and after"),
            Samples::Same { correlation } => step.assuming("correlation of before and after", correlation),
        }
    }
}

/// The scale for proportions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProportionContrast {
    /// Difference in risk differences.
    Difference,
    /// Ln ratio of risk ratios.
    RiskRatio,
    /// Ln ratio of odds ratios.
    OddsRatio,
}

impl FromStr for ProportionContrast {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name.to_ascii_uppercase().as_str() {
            "RD" => Ok(ProportionContrast::Difference),
            "RR" => Ok(ProportionContrast::RiskRatio),
            "OR" => Ok(ProportionContrast::OddsRatio),
            _ => Err(Error::unknown("contrast", name, ["RD", "RR", "OR"])),
        }
    }
}

/// The scale for rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RateContrast {
    /// Ln ratio of rate ratios.
    Ratio,
    /// Difference in rate differences.
    Difference,
}

impl FromStr for RateContrast {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name.to_ascii_uppercase().as_str() {
            "IRR" => Ok(RateContrast::Ratio),
            "IRD" => Ok(RateContrast::Difference),
            _ => Err(Error::unknown("contrast", name, ["IRR", "IRD"])),
        }
    }
}

/// One cell on the scale of the analysis: value and variance.
type Cell = (f64, f64);

/// (T after - T before) - (C after - C before) with its variance.
fn contrast(t: BeforeAfter<Cell>, c: BeforeAfter<Cell>, r: f64, step: Step) -> Result<Derived<Effect>> {
    let change = |g: &BeforeAfter<Cell>| {
        let (v1, v2) = (g.before.1, g.after.1);
        (g.after.0 - g.before.0, v1 + v2 - 2.0 * r * (v1 * v2).sqrt())
    };
    let ((yt, vt), (yc, vc)) = (change(&t), change(&c));
    let yi = check::computable("effect", yt - yc)?;
    let vi = check::computable("variance", vt + vc)?;
    if vi <= 0.0 {
        return Err(Error::data(
            "the sampling variance is 0",
            "no variation was observed on this scale; use another one",
        ));
    }
    Ok(step.result("yi", yi).result("vi", vi).gives(Effect { yi, vi }))
}

fn cells<'a, T>(t: &'a BeforeAfter<T>, c: &'a BeforeAfter<T>) -> [(&'static str, &'a T); 4] {
    [
        ("intervention before", &t.before),
        ("intervention after", &t.after),
        ("comparator before", &c.before),
        ("comparator after", &c.after),
    ]
}

fn each<T, U>(group: &BeforeAfter<T>, f: impl Fn(&T) -> U) -> BeforeAfter<U> {
    BeforeAfter { before: f(&group.before), after: f(&group.after) }
}

/// Difference in differences of means.
///
/// # Errors
///
/// If the same people have different sizes before and after, or the correlation is beyond ±1.
pub fn means(
    intervention: BeforeAfter<OneMean>,
    comparator: BeforeAfter<OneMean>,
    samples: Samples,
) -> Result<Derived<Effect>> {
    let r = samples.correlation()?;
    same_sizes(samples, &each(&intervention, |m| m.ni()))?;
    same_sizes(samples, &each(&comparator, |m| m.ni()))?;
    let mut step = Step::new(
        "difference in differences of means",
        "(T after - T before) - (C after - C before); variance Σ sd²/n less 2·r·sd·sd/n in each group",
        REFERENCE,
    );
    for (name, cell) in cells(&intervention, &comparator) {
        step = step
            .from(&format!("mean, {name}"), cell.mi())
            .from(&format!("sd, {name}"), cell.sdi())
            .from(&format!("n, {name}"), cell.ni());
    }
    let cell = |m: &OneMean| (m.mi(), m.sdi() * m.sdi() / m.ni());
    contrast(each(&intervention, cell), each(&comparator, cell), r, samples.noted(step))
}

fn same_sizes(samples: Samples, n: &BeforeAfter<f64>) -> Result<()> {
    if matches!(samples, Samples::Same { .. }) && n.before != n.after {
        return Err(Error::data(
            format!("{} people before and {} after", n.before, n.after),
            "the same people need one size: give the number measured at both times, or take the samples as independent",
        ));
    }
    Ok(())
}

/// The count behind a percentage (0 to 100) of n people.
///
/// # Errors
///
/// If the percentage is not between 0 and 100 or n not above 0.
pub fn percentage(percent: f64, n: f64) -> Result<Derived<Proportion>> {
    if !(0.0..=100.0).contains(&percent) {
        return Err(Error::data(
            format!("the percentage is {percent}"),
            "a percentage lies between 0 and 100",
        ));
    }
    let events = percent / 100.0 * check::positive("n", n)?;
    Ok(Step::new("count from a percentage", "n·percentage/100", "definition")
        .from_all(&[("percentage", percent), ("n", n)])
        .result("events", events)
        .gives(Proportion::new(events, n)?))
}

/// Difference in differences of proportions or percentages (see [`percentage`]), as a difference or as the logarithm of a ratio of ratios.
/// A cell without events (for odds ratios: or without non-events) adds one half to every cell on the ratio scales, and a note says so.
///
/// # Errors
///
/// If the same people have different sizes before and after, the correlation is beyond ±1, or the variance is 0.
pub fn proportions(
    intervention: BeforeAfter<Proportion>,
    comparator: BeforeAfter<Proportion>,
    scale: ProportionContrast,
    samples: Samples,
) -> Result<Derived<Effect>> {
    let r = samples.correlation()?;
    same_sizes(samples, &each(&intervention, |p| p.ni()))?;
    same_sizes(samples, &each(&comparator, |p| p.ni()))?;
    let (what, formula) = match scale {
        ProportionContrast::Difference => ("difference in risk differences", "sum of p(1 - p)/n"),
        ProportionContrast::RiskRatio => ("log ratio of risk ratios", "sum of 1/x - 1/n"),
        ProportionContrast::OddsRatio => ("log ratio of odds ratios", "sum of 1/x + 1/(n - x)"),
    };
    let mut step = Step::new(
        format!("controlled before-after: {what}"),
        format!(
            "(T after - T before) - (C after - C before); variance {formula}, less 2r√(v·v) for the same people"
        ),
        REFERENCE,
    );
    let all = cells(&intervention, &comparator);
    for (name, cell) in all {
        step = step.from(&format!("events, {name}"), cell.xi()).from(&format!("n, {name}"), cell.ni());
    }
    let empty = all.iter().any(|(_, cell)| match scale {
        ProportionContrast::Difference => false,
        ProportionContrast::RiskRatio => cell.xi() <= 0.0,
        ProportionContrast::OddsRatio => cell.xi() <= 0.0 || cell.xi() >= cell.ni(),
    });
    let add = if empty { 0.5 } else { 0.0 };
    if empty {
        step = step
            .assuming("continuity correction", add)
            .note("a cell is empty: 0.5 was added to the events and non-events of all four samples");
    }
    let cell = |p: &Proportion| {
        let (x, n) = (p.xi() + add, p.ni() + 2.0 * add);
        match scale {
            ProportionContrast::Difference => (x / n, x / n * (1.0 - x / n) / n),
            ProportionContrast::RiskRatio => ((x / n).ln(), 1.0 / x - 1.0 / n),
            ProportionContrast::OddsRatio => ((x / (n - x)).ln(), 1.0 / x + 1.0 / (n - x)),
        }
    };
    contrast(each(&intervention, cell), each(&comparator, cell), r, samples.noted(step))
}

/// Difference in differences of rates, with a dispersion factor (1 for Poisson counts) that multiplies the variance.
/// A count of 0 adds one half to every count on the ratio scale, and a note says so.
///
/// # Errors
///
/// If the dispersion is not above 0 or all counts of a difference are 0.
pub fn rates(
    intervention: BeforeAfter<Rate>,
    comparator: BeforeAfter<Rate>,
    scale: RateContrast,
    dispersion: f64,
) -> Result<Derived<Effect>> {
    check::positive("dispersion", dispersion)?;
    let (what, formula) = match scale {
        RateContrast::Ratio => ("log ratio of rate ratios", "φ·Σ 1/x"),
        RateContrast::Difference => ("difference in rate differences", "φ·Σ x/t²"),
    };
    let mut step = Step::new(
        format!("controlled before-after: {what}"),
        format!("(T after - T before) - (C after - C before); variance {formula}"),
        "McCullagh & Nelder 1989, doi:10.1007/978-1-4899-3242-6",
    );
    let all = cells(&intervention, &comparator);
    for (name, cell) in all {
        step = step.from(&format!("count, {name}"), cell.xi()).from(&format!("time, {name}"), cell.ti());
    }
    step = if dispersion == 1.0 {
        step.assuming_that("Poisson counts")
    } else {
        step.assuming("dispersion factor", dispersion)
    };
    let empty = scale == RateContrast::Ratio && all.iter().any(|(_, cell)| cell.xi() <= 0.0);
    let add = if empty { 0.5 } else { 0.0 };
    if empty {
        step = step
            .assuming("continuity correction", add)
            .note("a count is 0: 0.5 was added to all four counts");
    }
    let cell = |e: &Rate| {
        let x = e.xi() + add;
        match scale {
            RateContrast::Ratio => ((x / e.ti()).ln(), dispersion / x),
            RateContrast::Difference => (x / e.ti(), dispersion * x / (e.ti() * e.ti())),
        }
    };
    contrast(each(&intervention, cell), each(&comparator, cell), 0.0, step)
}

/// The dispersion factor of repeated counts with a common rate: Pearson's χ²/(k - 1). Below 1 it is raised to 1, and a
/// note says so.
///
/// # Errors
///
/// If there are fewer than two periods or no events.
pub fn dispersion(periods: &[Rate]) -> Result<Derived<f64>> {
    if periods.len() < 2 {
        return Err(Error::data(
            format!("{} period", periods.len()),
            "the dispersion needs at least two periods",
        ));
    }
    let total: f64 = periods.iter().map(|e| e.xi()).sum();
    let time: f64 = periods.iter().map(|e| e.ti()).sum();
    check::positive("total count", total)?;
    let rate = total / time;
    let pearson: f64 = periods.iter().map(|e| (e.xi() - rate * e.ti()).powi(2) / (rate * e.ti())).sum();
    let df = periods.len() as f64 - 1.0;
    let factor = check::computable("dispersion", pearson / df)?;
    let mut step = Step::new(
        "dispersion of repeated counts",
        "Σ (x - μ)²/μ / (k - 1)",
        "McCullagh & Nelder 1989, doi:10.1007/978-1-4899-3242-6",
    )
    .from_all(&[("total count", total), ("total time", time), ("periods", df + 1.0)])
    .assuming_that("constant rate over the periods");
    if factor < 1.0 {
        step = step.note(format!("the counts vary less than Poisson counts ({factor:.3}): taken as 1"));
    }
    let factor = factor.max(1.0);
    Ok(step.result("dispersion", factor).gives(factor))
}

/// The difference of two effects of the same groups, after less before, as of two log odds ratios. The correlation is that of
/// their sampling errors (0 for different people each time).
///
/// # Errors
///
/// If a variance is not above 0 or the correlation is beyond ±1.
pub fn from_effects(before: Effect, after: Effect, correlation: f64) -> Result<Derived<Effect>> {
    check::inner_correlation("correlation", correlation)?;
    for effect in [before, after] {
        check::finite("yi", effect.yi)?;
        check::positive("vi", effect.vi)?;
    }
    let yi = check::computable("effect", after.yi - before.yi)?;
    let vi = before.vi + after.vi - 2.0 * correlation * (before.vi * after.vi).sqrt();
    Ok(Step::new("effect after less effect before", "yi2 - yi1; variance v1 + v2 - 2r√(v1·v2)", REFERENCE)
        .from_all(&[
            ("yi before", before.yi),
            ("vi before", before.vi),
            ("yi after", after.yi),
            ("vi after", after.vi),
        ])
        .assuming("correlation of the two effects", correlation)
        .result("yi", yi)
        .result("vi", vi)
        .gives(Effect { yi, vi: check::positive("variance", vi)? }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    fn pair(x1: f64, n1: f64, x2: f64, n2: f64) -> BeforeAfter<Proportion> {
        BeforeAfter::new(Proportion::new(x1, n1).unwrap(), Proportion::new(x2, n2).unwrap())
    }

    /// R 4.2: the interaction of the saturated model glm(cbind(x, n - x) ~ group * time, binomial).
    #[test]
    fn ratio_of_odds_ratios_is_the_interaction_of_a_logistic_model() {
        let (t, c) = (pair(40.0, 100.0, 25.0, 110.0), pair(38.0, 95.0, 36.0, 105.0));
        let got = proportions(t, c, ProportionContrast::OddsRatio, Samples::Independent).unwrap().value;
        assert_relative_eq!(got.yi, -0.573_187_865_481, max_relative = 1e-11);
        assert_relative_eq!(got.vi.sqrt(), 0.423_747_039_014, max_relative = 1e-11);
    }

    #[test]
    fn percentages_are_proportions() {
        let derived = percentage(22.5, 400.0).unwrap();
        assert_relative_eq!(derived.value.xi(), 90.0);
        assert!(percentage(101.0, 10.0).is_err());
    }

    #[test]
    fn empty_cells_are_corrected_and_noted() {
        let derived = proportions(
            pair(0.0, 20.0, 3.0, 20.0),
            pair(5.0, 20.0, 6.0, 20.0),
            ProportionContrast::RiskRatio,
            Samples::Independent,
        )
        .unwrap();
        assert!(derived.notes().any(|n| n.contains("0.5 was added")));
        let derived = proportions(
            pair(0.0, 20.0, 3.0, 20.0),
            pair(5.0, 20.0, 6.0, 20.0),
            ProportionContrast::Difference,
            Samples::Independent,
        )
        .unwrap();
        assert_eq!(derived.notes().count(), 0);
        assert_relative_eq!(derived.value.yi, 0.15 - 0.05, max_relative = 1e-12);
    }

    #[test]
    fn the_same_people_gain_precision() {
        let m = |mean, sd, n| OneMean::new(mean, sd, n).unwrap();
        let (t, c) = (
            BeforeAfter::new(m(50.0, 10.0, 40.0), m(44.0, 11.0, 40.0)),
            BeforeAfter::new(m(51.0, 10.0, 38.0), m(50.0, 10.5, 38.0)),
        );
        let alone = means(t, c, Samples::Independent).unwrap().value;
        let paired = means(t, c, Samples::Same { correlation: 0.5 }).unwrap().value;
        assert_relative_eq!(alone.yi, -5.0);
        let sds = [(10.0f64, 11.0f64, 40.0), (10.0, 10.5, 38.0)];
        let expected: f64 = sds.iter().map(|(a, b, n)| (a * a + b * b - a * b) / n).sum();
        assert_relative_eq!(paired.vi, expected, max_relative = 1e-12);
        assert!(paired.vi < alone.vi);
        let unequal = BeforeAfter::new(m(50.0, 10.0, 40.0), m(44.0, 11.0, 35.0));
        assert!(means(unequal, c, Samples::Same { correlation: 0.5 }).is_err());
    }

    #[test]
    fn dispersion_by_hand() {
        let year = |x| Rate::new(x, 1.0).unwrap();
        let phi = dispersion(&[year(10.0), year(20.0), year(30.0)]).unwrap();
        assert_relative_eq!(phi.value, 5.0, max_relative = 1e-12);
        let flat = dispersion(&[year(20.0), year(20.0)]).unwrap();
        assert_eq!(flat.value, 1.0);
        assert!(flat.notes().next().is_some());
        assert!(dispersion(&[year(0.0), year(0.0)]).is_err());
        let (t, c) = (BeforeAfter::new(year(30.0), year(20.0)), BeforeAfter::new(year(30.0), year(30.0)));
        let plain = rates(t, c, RateContrast::Ratio, 1.0).unwrap().value;
        let wide = rates(t, c, RateContrast::Ratio, 5.0).unwrap().value;
        assert_relative_eq!(wide.vi, 5.0 * plain.vi, max_relative = 1e-14);
    }
}
