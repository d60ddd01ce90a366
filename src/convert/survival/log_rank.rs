//! The log hazard ratio from the quantities of a log-rank test.
//!
//! With O and E the observed and expected events of the intervention group and V the variance of O - E:
//!
//! - O - E and V: ln HR = (O - E)/V, variance 1/V (Peto);
//! - observed and expected events of both groups: ln HR = ln((O1/E1)/(O2/E2)), V = 1/(1/E1 + 1/E2);
//! - a two-sided P value with the events: |O - E| = z(P)·√V, V ≈ D·n1·n2/(n1 + n2)² for D events in all (D/4 with equal
//!   groups), or O1·O2/(O1 + O2) if the events of both groups are known.
//!
//! ```
//! use consilience::convert::survival::log_rank;
//!
//! // O - E = -10.9 with V = 50: a hazard ratio of 0.80.
//! let effect = log_rank::from_o_minus_e(-10.9, 50.0)?.value;
//! assert!((effect.yi - -0.218).abs() < 1e-12 && (effect.vi - 0.02).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Tierney JF, Stewart LA, Ghersi D, Burdett S, Sydes MR (2007). Practical methods for incorporating summary
//!   time-to-event data into meta-analysis. doi:10.1186/1745-6215-8-16
//! - Parmar MKB, Torri V, Stewart L (1998). Extracting summary statistics to perform meta-analyses of the published
//!   literature for survival endpoints. doi:10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Quantity, Relation, Step};
use super::super::standard_error::PValue;
use crate::{
    Error, Result,
    effect::Effect,
    stat::{Tail, normal},
};

pub(super) const TIERNEY: &str = "Tierney et al. 2007, doi:10.1186/1745-6215-8-16";

/// From O - E of the intervention group and its variance V.
///
/// # Errors
///
/// If V is not above 0 or O - E not finite.
pub fn from_o_minus_e(o_minus_e: f64, v: f64) -> Result<Derived<Effect>> {
    check::finite("O - E", o_minus_e)?;
    check::positive("V", v)?;
    let effect = Effect {
        yi: check::computable("log hazard ratio", o_minus_e / v)?,
        vi: check::computable("variance", 1.0 / v)?,
    };
    Ok(Step::new("log hazard ratio from O - E and V", "(O - E)/V; variance 1/V", TIERNEY)
        .from_all(&[("O - E", o_minus_e), ("V", v)])
        .result("yi", effect.yi)
        .result("vi", effect.vi)
        .gives(effect))
}

/// From the observed and expected events of both groups.
///
/// # Errors
///
/// If a number is not above 0.
pub fn from_observed_expected(o1: f64, e1: f64, o2: f64, e2: f64) -> Result<Derived<Effect>> {
    for (name, value) in [
        ("observed, intervention", o1),
        ("expected, intervention", e1),
        ("observed, comparator", o2),
        ("expected, comparator", e2),
    ] {
        check::positive(name, value)?;
    }
    let effect = Effect { yi: (o1 / e1).ln() - (o2 / e2).ln(), vi: 1.0 / e1 + 1.0 / e2 };
    check::computable("log hazard ratio", effect.yi)?;
    check::computable("variance", effect.vi)?;
    let mut step = Step::new(
        "log hazard ratio from observed and expected events",
        "ln((O1/E1)/(O2/E2)); variance 1/E1 + 1/E2",
        TIERNEY,
    )
    .from_all(&[
        ("observed, intervention", o1),
        ("expected, intervention", e1),
        ("observed, comparator", o2),
        ("expected, comparator", e2),
    ])
    .result("yi", effect.yi)
    .result("vi", effect.vi);
    if ((o1 + o2) - (e1 + e2)).abs() > 0.02 * (o1 + o2) {
        step = step
            .note("observed and expected events differ in their totals: a log-rank test has equal totals");
    }
    Ok(step.gives(effect))
}

/// The known numbers of events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum KnownEvents {
    /// All events, with the sizes of the groups.
    Total {
        /// Events in both groups.
        events: f64,
        /// Size of the intervention group.
        n1: f64,
        /// Size of the comparator.
        n2: f64,
    },
    /// The events of each group.
    EachGroup {
        /// Events in the intervention group.
        events1: f64,
        /// Events in the comparator.
        events2: f64,
    },
}

/// The group that fares better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FavoredGroup {
    /// Fewer events with the intervention: HR below 1.
    Intervention,
    /// Fewer events with the comparator: HR above 1.
    Comparator,
}

/// From the two-sided P value of a log-rank test, the events and the direction. A bound (P < 0.01) leads to the hazard
/// ratio nearest to 1 that it allows, and the record says so.
///
/// # Errors
///
/// If a number is out of its range.
pub fn from_p_value(p: PValue, events: KnownEvents, favours: FavoredGroup) -> Result<Derived<Effect>> {
    let (v, formula) = match events {
        KnownEvents::Total { events, n1, n2 } => {
            check::positive("events", events)?;
            check::positive("n1", n1)?;
            check::positive("n2", n2)?;
            if events > n1 + n2 {
                return Err(Error::data(
                    format!("{events} events among {} people", n1 + n2),
                    "there cannot be more events than people",
                ));
            }
            (events * n1 * n2 / (n1 + n2).powi(2), "V = D·n1·n2/(n1 + n2)²")
        }
        KnownEvents::EachGroup { events1, events2 } => {
            check::positive("events, intervention", events1)?;
            check::positive("events, comparator", events2)?;
            (events1 * events2 / (events1 + events2), "V = O1·O2/(O1 + O2)")
        }
    };
    if p.sides == super::super::standard_error::Sides::One && p.value >= 0.5 {
        return Err(Error::data(
            format!("one-sided P value is {}", p.value),
            "a one-sided P value in the direction of the effect is below 0.5",
        ));
    }
    let tail = match p.sides {
        super::super::standard_error::Sides::One => p.value,
        super::super::standard_error::Sides::Two => 0.5 * p.value,
    };
    let z = normal::quantile(Tail::Upper(tail));
    let sign = match favours {
        FavoredGroup::Intervention => -1.0,
        FavoredGroup::Comparator => 1.0,
    };
    let effect = Effect { yi: sign * z / v.sqrt(), vi: 1.0 / v };
    check::computable("log hazard ratio", effect.yi)?;
    let mut step = Step::new(
        "log hazard ratio from a log-rank P value",
        format!("±z(P)/√V, {formula}; variance 1/V"),
        TIERNEY,
    )
    .from_quantity(Quantity::bound("P value", p.relation, p.value));
    step = match events {
        KnownEvents::Total { events, n1, n2 } => step
            .from_all(&[("events", events), ("n1", n1), ("n2", n2)])
            .assuming_that("events in proportion to the sizes of the groups"),
        KnownEvents::EachGroup { events1, events2 } => {
            step.from_all(&[("events, intervention", events1), ("events, comparator", events2)])
        }
    };
    if p.relation != Relation::Equal {
        let far = if p.relation == Relation::Below { "further from" } else { "nearer to" };
        step = step
            .assuming("P value at its bound", p.value)
            .note(format!("the true log hazard ratio lies {far} 0 than the one used"));
    }
    Ok(step.result("yi", effect.yi).result("vi", effect.vi).gives(effect))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// The ways agree where they must: O - E = z·√V.
    #[test]
    fn p_value_and_o_minus_e_agree() {
        let v: f64 = 200.0 / 4.0;
        let z = 2.1;
        let p = PValue::exact(2.0 * normal::sf(z)).unwrap();
        let known = KnownEvents::Total { events: 200.0, n1: 150.0, n2: 150.0 };
        let a = from_p_value(p, known, FavoredGroup::Intervention).unwrap().value;
        let b = from_o_minus_e(-z * v.sqrt(), v).unwrap().value;
        assert_relative_eq!(a.yi, b.yi, max_relative = 1e-10);
        assert_relative_eq!(a.vi, b.vi, max_relative = 1e-14);
        let each = KnownEvents::EachGroup { events1: 100.0, events2: 100.0 };
        assert_relative_eq!(
            from_p_value(p, each, FavoredGroup::Comparator).unwrap().value.yi,
            -a.yi,
            max_relative = 1e-12
        );
        let bound = from_p_value("<0.05".parse().unwrap(), known, FavoredGroup::Intervention).unwrap();
        assert!(bound.notes().any(|n| n.contains("further from 0")));
    }

    #[test]
    fn observed_and_expected() {
        let effect = from_observed_expected(34.0, 45.23, 36.0, 24.77).unwrap();
        assert_relative_eq!(effect.value.yi, ((34.0f64 / 45.23) / (36.0 / 24.77)).ln(), max_relative = 1e-12);
        assert!(effect.notes().next().is_none());
        assert!(from_observed_expected(34.0, 20.0, 36.0, 24.77).unwrap().notes().next().is_some());
        assert!(from_o_minus_e(1.0, 0.0).is_err());
    }
}
