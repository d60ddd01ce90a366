//! Quality-adjusted life years of a patient: the area under the utility curve.
//!
//! # Model
//!
//! Utilities u_j at times t_j (years) are joined by straight lines: Q = Σ ½(u_j + u_{j+1})(t_{j+1} - t_j). With a
//! discount rate the area is split at whole years and the part within year k is multiplied by the factor of time k, so
//! that with timing "from time 0" the first year is not discounted.
//!
//! Death sets the utility to 0 from its time on; up to it the last utility holds ([`Death::Drop`]) or falls in a straight
//! line ([`Death::LineToZero`]).
//!
//! # Edge cases
//!
//! Utilities may be negative (worse than dead) but not above 1. Missing visits are for the user to impute: as utilities,
//! not as QALYs. Adjust QALYs for baseline utility by regression, whether or not the arms differ in it.
//!
//! ```
//! use consilience::economics::{Discounting, qaly};
//!
//! let q = qaly(&[0.0, 0.25, 0.5, 1.0], &[0.6, 0.7, 0.75, 0.8], None, &Discounting::none())?;
//! assert!((q - 0.73125).abs() < 1e-15);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Manca A, Hawkins N, Sculpher MJ (2005). Estimating mean QALYs in trial-based cost-effectiveness analysis: the
//!   importance of controlling for baseline utility. *Health Economics* 14:487-496. doi:10.1002/hec.944

use serde::{Deserialize, Serialize};

use crate::{Error, Result, economics::discounting::Discounting};

/// The latest time: the area is cut at whole years, and a later one is in another unit.
const MOST_YEARS: f64 = 10_000.0;

/// The time of death (years) and the course of utility up to it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Death {
    /// The last utility holds until death.
    Drop(f64),
    /// The utility falls from its last value to 0 at death in a straight line.
    LineToZero(f64),
}

/// The QALYs of a patient with utilities at times in years, up to the last time.
///
/// # Errors
///
/// If there are fewer than two times (one suffices with a death), they do not increase, or a utility is above 1 or not
/// finite.
pub fn qaly(
    times: &[f64],
    utilities: &[f64],
    death: Option<Death>,
    discounting: &Discounting,
) -> Result<f64> {
    if times.len() != utilities.len() {
        return Err(Error::data(
            format!("{} times and {} utilities", times.len(), utilities.len()),
            "give one utility for every time",
        ));
    }
    for (row, (&t, &u)) in times.iter().zip(utilities).enumerate() {
        if !(u.is_finite() && u <= 1.0) {
            return Err(Error::data(format!("utility is {u}"), "utilities are at most 1 (full health)")
                .in_column("utility")
                .in_row(row + 1));
        }
        if !(0.0..=MOST_YEARS).contains(&t) || row > 0 && t <= times[row - 1] {
            return Err(Error::data(
                format!("time is {t}"),
                "times are in years, from 0 to 10000, and increase",
            )
            .in_column("time")
            .in_row(row + 1));
        }
    }
    let mut points: Vec<(f64, f64)> = times.iter().copied().zip(utilities.iter().copied()).collect();
    if let Some(death) = death {
        let (at, line) = match death {
            Death::Drop(at) => (at, false),
            Death::LineToZero(at) => (at, true),
        };
        if !(at <= MOST_YEARS && times.first().is_some_and(|&first| at >= first)) {
            return Err(Error::data(format!("time of death is {at}"), "death comes after the first visit"));
        }
        points.retain(|&(t, _)| t < at || t == times[0]);
        if let Some(&(_, last)) = points.last() {
            points.push((at, if line { 0.0 } else { last }));
        }
    }
    if points.len() < 2 {
        return Err(Error::data("fewer than two visits", "an area needs at least two times"));
    }
    Ok(points.windows(2).map(|pair| area(pair[0], pair[1], discounting)).sum())
}

/// The discounted area under the line from one point to the next, split at whole years.
fn area((t0, u0): (f64, f64), (t1, u1): (f64, f64), discounting: &Discounting) -> f64 {
    if t1 <= t0 {
        return 0.0;
    }
    if discounting.effect_rate() == 0.0 {
        return 0.5 * (u0 + u1) * (t1 - t0);
    }
    let at = |t: f64| u0 + (u1 - u0) * (t - t0) / (t1 - t0);
    let mut total = 0.0;
    let mut from = t0;
    while from < t1 {
        let year = from.floor();
        let to = (year + 1.0).min(t1);
        total += 0.5 * (at(from) + at(to)) * (to - from) * discounting.effect_factor(year);
        from = to;
    }
    total
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::economics::DiscountTiming;

    #[test]
    fn death_and_discounting() {
        let none = Discounting::none();
        let q = |death| qaly(&[0.0, 1.0, 2.0], &[0.8, 0.6, 0.0], death, &none).unwrap();
        approx::assert_relative_eq!(q(Some(Death::Drop(1.5))), 0.7 + 0.3, max_relative = 1e-14);
        approx::assert_relative_eq!(q(Some(Death::LineToZero(1.5))), 0.7 + 0.15, max_relative = 1e-14);
        approx::assert_relative_eq!(q(Some(Death::Drop(1.0))), 0.8, max_relative = 1e-14);
        assert_eq!(q(Some(Death::Drop(0.0))), 0.0);
        let discounting = Discounting::new(0.0, 0.1, DiscountTiming::AsTimed).unwrap();
        let q = qaly(&[0.0, 2.5], &[0.5, 0.5], None, &discounting).unwrap();
        approx::assert_relative_eq!(q, 0.5 * (1.0 + 1.0 / 1.1 + 0.5 / 1.21), max_relative = 1e-14);
    }

    #[test]
    fn bad_visits_are_named() {
        let q = |t: &[f64], u: &[f64]| qaly(t, u, None, &Discounting::none()).unwrap_err().to_string();
        assert!(q(&[0.0, 1.0], &[0.5, 1.1]).starts_with("row 2, column utility: utility is 1.1"));
        assert!(q(&[0.0, 0.0], &[0.5, 0.5]).contains("column time"));
        assert!(q(&[0.0], &[0.5]).contains("fewer than two"));
        assert!(q(&[0.0, 1.0], &[0.5]).contains("2 times"));
    }
}
