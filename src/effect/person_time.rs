//! Events and person-time: rates in two groups and in one.
//!
//! With x events in the person-time t:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `IRR` | ln[(x1/t1)/(x2/t2)] | 1/x1 + 1/x2 |
//! | `IRD` | x1/t1 - x2/t2 | x1/t1² + x2/t2² |
//! | `IRSD` | √(x1/t1) - √(x2/t2) | 1/(4t1) + 1/(4t2) |
//! | `IR` | x/t | x/t² |
//! | `IRLN` | ln(x/t) | 1/x |
//! | `IRS` | √(x/t) | 1/(4t) |
//! | `IRFT` | ½[√(x/t) + √((x+1)/t)] | 1/(4t) |
//!
//! `IR` and `IRLN` also serve for standardized incidence ratios, with the expected number of events as t. Zero counts follow
//! [`ZeroCells`]: the amount goes to the events, the person-time stays.
//!
//! # References
//!
//! - Rothman KJ, Greenland S, Lash TL (2008). Modern Epidemiology, 3rd edition, chapter 14.
//! - Bagos PG, Nikolopoulos GK (2009). Mixed-effects Poisson regression models for meta-analysis of follow-up studies with
//!   constant or varying durations. doi:10.2202/1557-4679.1168
//! - Freeman MF, Tukey JW (1950). Transformations related to the angular and the square root. doi:10.1214/aoms/1177729756

use serde::Serialize;

use super::{
    Measure, ZeroCells,
    check::{count, getters, positive},
    outcome::{Computed, Outcome, computed},
};
use crate::Result;

/// Events and person-time in two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonTime {
    x1i: f64,
    t1i: f64,
    x2i: f64,
    t2i: f64,
}

impl PersonTime {
    /// `x1i` events in the person-time `t1i` of group 1, `x2i` in `t2i` of group 2.
    ///
    /// # Errors
    ///
    /// If a number of events is negative, a person-time is not positive, or a value is not finite.
    pub fn new(x1i: f64, t1i: f64, x2i: f64, t2i: f64) -> Result<Self> {
        Ok(PersonTime {
            x1i: count("x1i", x1i)?,
            t1i: positive("t1i", "person-time", t1i)?,
            x2i: count("x2i", x2i)?,
            t2i: positive("t2i", "person-time", t2i)?,
        })
    }

    getters! {
        /// Events in group 1.
        x1i,
        /// Person-time of group 1.
        t1i,
        /// Events in group 2.
        x2i,
        /// Person-time of group 2.
        t2i,
    }
}

/// Events and person-time in one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    xi: f64,
    ti: f64,
}

impl Rate {
    /// `xi` events in the person-time `ti`.
    ///
    /// # Errors
    ///
    /// If the number of events is negative, the person-time is not positive, or a value is not finite.
    pub fn new(xi: f64, ti: f64) -> Result<Self> {
        Ok(Rate { xi: count("xi", xi)?, ti: positive("ti", "person-time", ti)? })
    }

    getters! {
        /// Events.
        xi,
        /// Person-time.
        ti,
    }
}

/// The outcomes of two groups under a zero-cell policy.
pub(crate) fn outcomes(
    measure: Measure,
    data: &[PersonTime],
    zero_cells: &ZeroCells,
) -> Result<Vec<Outcome>> {
    let amount = zero_cells.amount(measure)?;
    let drops = zero_cells.drops(measure);
    let is_empty = |p: &PersonTime| p.x1i == 0.0 && p.x2i == 0.0;
    let zero: Vec<bool> =
        data.iter().map(|p| (p.x1i == 0.0 || p.x2i == 0.0) && !(drops && is_empty(p))).collect();
    let unusable = |row: usize| data.get(row).is_some_and(|p| !effect(measure, p).is_ok_and(|e| e.vi > 0.0));
    let corrected = zero_cells.rows(&zero, unusable);
    let outcome = |(p, &is_corrected): (&PersonTime, &bool)| {
        let size = p.t1i + p.t2i;
        if drops && is_empty(p) {
            return Outcome::new(Err("there are no events in either group"), size);
        }
        if !is_corrected {
            return Outcome::new(effect(measure, p), size);
        }
        let (add1, add2) = zero_cells.shares(amount, p.t1i, p.t2i);
        let adjusted = PersonTime { x1i: p.x1i + add1, x2i: p.x2i + add2, ..*p };
        Outcome::new(effect(measure, &adjusted), size).with_note(zero_cells.note(amount, measure))
    };
    Ok(data.iter().zip(&corrected).map(outcome).collect())
}

fn effect(measure: Measure, &PersonTime { x1i: x1, t1i: t1, x2i: x2, t2i: t2 }: &PersonTime) -> Computed {
    let (r1, r2) = (x1 / t1, x2 / t2);
    match measure {
        Measure::RateRatio => computed(r1.ln() - r2.ln(), 1.0 / x1 + 1.0 / x2),
        Measure::RateDifference => computed(r1 - r2, r1 / t1 + r2 / t2),
        Measure::SquareRootRateDifference => computed(r1.sqrt() - r2.sqrt(), 0.25 / t1 + 0.25 / t2),
        _ => Err("the measure is not one of person-time data"),
    }
}

/// The outcomes of one group under a zero-cell policy.
pub(crate) fn rate_outcomes(measure: Measure, data: &[Rate], zero_cells: &ZeroCells) -> Result<Vec<Outcome>> {
    let amount = zero_cells.amount(measure)?;
    let zero: Vec<bool> = data.iter().map(|r| r.xi == 0.0).collect();
    let unusable = |row: usize| {
        data.get(row).is_some_and(|r| !rate_effect(measure, r.xi, r.ti).is_ok_and(|e| e.vi > 0.0))
    };
    let corrected = zero_cells.rows(&zero, unusable);
    let outcome = |(r, &is_corrected): (&Rate, &bool)| {
        let events = if is_corrected { r.xi + amount } else { r.xi };
        Outcome::new(rate_effect(measure, events, r.ti), r.ti).with_note(if is_corrected {
            zero_cells.note(amount, measure)
        } else {
            None
        })
    };
    Ok(data.iter().zip(&corrected).map(outcome).collect())
}

fn rate_effect(measure: Measure, x: f64, t: f64) -> Computed {
    let rate = x / t;
    match measure {
        Measure::IncidenceRate => computed(rate, rate / t),
        Measure::LogIncidenceRate => computed(rate.ln(), 1.0 / x),
        Measure::SquareRootIncidenceRate => computed(rate.sqrt(), 0.25 / t),
        Measure::DoubleSquareRootIncidenceRate => {
            computed(0.5 * (rate.sqrt() + ((x + 1.0) / t).sqrt()), 0.25 / t)
        }
        _ => Err("the measure is not one of rates"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::effect::DoubleZero;

    #[test]
    fn zero_counts_are_corrected_as_in_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, x1i=c(0,3), t1i=c(10,12), x2i=c(0,0), t2i=c(9,8))
        let data =
            [PersonTime::new(0.0, 10.0, 0.0, 9.0).unwrap(), PersonTime::new(3.0, 12.0, 0.0, 8.0).unwrap()];
        let irr = outcomes(Measure::RateRatio, &data, &ZeroCells::default()).unwrap();
        approx::assert_relative_eq!(irr[0].yi().unwrap(), -0.105360515657826, max_relative = 1e-13);
        approx::assert_relative_eq!(irr[1].yi().unwrap(), 1.540445040947149, max_relative = 1e-13);
        approx::assert_relative_eq!(irr[1].vi().unwrap(), 2.28571428571429, max_relative = 1e-13);
        let irsd = outcomes(Measure::SquareRootRateDifference, &data, &ZeroCells::default()).unwrap();
        assert_eq!((irsd[0].yi(), irsd[1].yi()), (Some(0.0), Some(0.5)));
        assert!(irsd[0].notes.is_empty());
        let dropped =
            outcomes(Measure::RateRatio, &data, &ZeroCells::default().drop00(DoubleZero::Drop)).unwrap();
        assert_eq!(dropped[0].effect, None);
        assert_eq!(dropped[1], irr[1]);
    }

    #[test]
    fn no_person_time_is_refused() {
        let error = PersonTime::new(1.0, 10.0, 2.0, 0.0).unwrap_err();
        assert_eq!(error.to_string(), "column t2i: person-time is 0; a person-time must be above 0");
        assert!(Rate::new(-1.0, 3.0).is_err());
    }
}
