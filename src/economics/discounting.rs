//! Discounting: rates for costs and effects with the conventions that change results, in one value.
//!
//! # Model
//!
//! An amount at time t years is worth (1 + r)^(-t) now; t is read by the [`DiscountTiming`]: as it is, half a year or
//! a whole year on, or rounded down to whole years. The rate of a cycle of 1/m years is (1 + r)^(1/m) - 1, never r/m.
//! The annuity of n yearly payments of 1 at the ends of years is (1 - (1 + r)^(-n)) / r.
//!
//! # Edge cases
//!
//! At r = 0 every factor is 1 and an annuity is n: annuities go through `ln_1p` and `exp_m1`, so that they are also
//! right near 0. A rate of 1 or more is allowed and noted: 3.5 per cent is 0.035, not 3.5.
//!
//! ```
//! use consilience::economics::{DiscountTiming, Discounting, annuity};
//!
//! let discounting = Discounting::new(0.06, 0.0, DiscountTiming::AsTimed)?;
//! assert!((discounting.cost_factor(2.0) - 1.06f64.powi(-2)).abs() < 1e-15);
//! assert_eq!(discounting.effect_factor(2.0), 1.0);
//! // 1,000 people a year over ten years at 3.5 per cent, from the end of the first and from its start:
//! assert!((1000.0 * annuity(0.035, 10.0)? - 8316.6053).abs() < 1e-4);
//! assert!((1000.0 * annuity(0.035, 10.0)? * 1.035 - 8607.6865).abs() < 1e-4);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Drummond MF, Sculpher MJ, Claxton K, Stoddart GL, Torrance GW (2015). *Methods for the Economic Evaluation of Health
//!   Care Programmes*, 4th edition. Oxford University Press.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::range::computed;
use crate::{Error, Result};

/// The way the time of an amount is read for discounting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DiscountTiming {
    /// At the time as given: amounts at t = 0 are not discounted.
    AsTimed,
    /// Half a year later than given.
    MidYear,
    /// A year later than given: the first year is discounted once.
    EndOfYear,
    /// Rounded down to whole years: nothing within the first year is discounted.
    WholeYears,
}

impl fmt::Display for DiscountTiming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DiscountTiming::AsTimed => "from time 0",
            DiscountTiming::MidYear => "mid-year",
            DiscountTiming::EndOfYear => "end of year",
            DiscountTiming::WholeYears => "whole years",
        })
    }
}

/// Yearly discount rates for costs and effects with their timing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Unchecked")]
pub struct Discounting {
    cost_rate: f64,
    effect_rate: f64,
    timing: DiscountTiming,
    notes: Vec<String>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Unchecked {
    cost_rate: f64,
    effect_rate: f64,
    timing: DiscountTiming,
}

impl TryFrom<Unchecked> for Discounting {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        Discounting::new(raw.cost_rate, raw.effect_rate, raw.timing)
    }
}

impl Discounting {
    /// Yearly rates as fractions: 0.035 is 3.5 per cent.
    ///
    /// # Errors
    ///
    /// If a rate is not above -1, or above 1e9.
    pub fn new(cost_rate: f64, effect_rate: f64, timing: DiscountTiming) -> Result<Self> {
        let mut notes = Vec::new();
        for (what, rate) in [("costs", cost_rate), ("effects", effect_rate)] {
            check_rate(rate)?;
            if rate >= 1.0 {
                notes.push(format!(
                    "the discount rate of {what} is {rate}, that is {} per cent a year; {rate} per cent is {}",
                    rate * 100.0,
                    rate / 100.0
                ));
            }
        }
        Ok(Discounting { cost_rate, effect_rate, timing, notes })
    }

    /// No discounting.
    pub fn none() -> Self {
        Discounting { cost_rate: 0.0, effect_rate: 0.0, timing: DiscountTiming::AsTimed, notes: Vec::new() }
    }

    /// The yearly rate of costs.
    pub fn cost_rate(&self) -> f64 {
        self.cost_rate
    }

    /// The yearly rate of effects.
    pub fn effect_rate(&self) -> f64 {
        self.effect_rate
    }

    /// The way times are read.
    pub fn timing(&self) -> DiscountTiming {
        self.timing
    }

    /// Notes and warnings, such as on a rate of 3.5.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The factor of a cost at `years`.
    pub fn cost_factor(&self, years: f64) -> f64 {
        self.factor(self.cost_rate, years)
    }

    /// The factor of an effect at `years`.
    pub fn effect_factor(&self, years: f64) -> f64 {
        self.factor(self.effect_rate, years)
    }

    fn factor(&self, rate: f64, years: f64) -> f64 {
        let years = match self.timing {
            DiscountTiming::AsTimed => years,
            DiscountTiming::MidYear => years + 0.5,
            DiscountTiming::EndOfYear => years + 1.0,
            DiscountTiming::WholeYears => (years + 1e-9).floor(), // 12 months of 1/12 are a year
        };
        present_factor(rate, years)
    }
}

impl fmt::Display for Discounting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "costs {}%, effects {}% a year, {}",
            percent(self.cost_rate),
            percent(self.effect_rate),
            self.timing
        )
    }
}

/// A rate in per cent without the digits that binary fractions add.
fn percent(rate: f64) -> f64 {
    (rate * 1e12).round() / 1e10
}

/// (1 + r)^(-t), exactly 1 at r = 0.
pub(super) fn present_factor(rate: f64, years: f64) -> f64 {
    (-years * rate.ln_1p()).exp()
}

/// A yearly rate that no inflation has seen; what is above is no rate, and powers of it are beyond numbers.
const HIGHEST_RATE: f64 = 1e9;

pub(super) fn check_rate(rate: f64) -> Result<()> {
    if rate > -1.0 && rate <= HIGHEST_RATE {
        Ok(())
    } else {
        Err(Error::setting(
            "discount rate",
            rate.to_string(),
            "give a fraction, such as 0.035 for 3.5 per cent",
        ))
    }
}

/// The present value of 1 at the end of each of `years` years at the yearly `rate`: (1 - (1 + r)^(-n)) / r, n at r = 0.
///
/// # Errors
///
/// If the rate is not above -1, the years are negative, or the value is beyond the range of numbers.
pub fn annuity(rate: f64, years: f64) -> Result<f64> {
    check_rate(rate)?;
    check_years(years)?;
    computed("annuity", if rate == 0.0 { years } else { -(-years * rate.ln_1p()).exp_m1() / rate })
}

/// The present value of a stream of 1 a year that flows for `years` years: (1 - e^(-δn)) / δ with δ = ln(1 + r), n at
/// r = 0.
///
/// # Errors
///
/// As [`annuity`].
pub fn continuous_annuity(rate: f64, years: f64) -> Result<f64> {
    check_rate(rate)?;
    check_years(years)?;
    let delta = rate.ln_1p();
    computed("annuity", if delta == 0.0 { years } else { -(-years * delta).exp_m1() / delta })
}

/// The yearly payment at the ends of `years` years that is worth `present_value` now: K = PV · r / (1 - (1 + r)^(-n)).
///
/// # Errors
///
/// As [`annuity`], and if there are no years.
pub fn equivalent_annual_cost(present_value: f64, rate: f64, years: f64) -> Result<f64> {
    let annuity = annuity(rate, years)?;
    if annuity > 0.0 && present_value.is_finite() {
        computed("equivalent annual cost", present_value / annuity)
    } else {
        Err(Error::setting(
            "equivalent annual cost",
            format!("{present_value} over {years} years"),
            "give a finite value and years above 0",
        ))
    }
}

/// The rate of one of `cycles_per_year` cycles that compounds to the yearly `rate`: (1 + r)^(1/m) - 1.
///
/// # Errors
///
/// If the rate is not above -1 or there are no cycles.
pub fn cycle_rate(rate: f64, cycles_per_year: f64) -> Result<f64> {
    check_rate(rate)?;
    if cycles_per_year.is_finite() && cycles_per_year > 0.0 {
        computed("rate of a cycle", (rate.ln_1p() / cycles_per_year).exp_m1())
    } else {
        Err(Error::setting("cycles per year", cycles_per_year.to_string(), "give a number above 0"))
    }
}

fn check_years(years: f64) -> Result<()> {
    if years.is_finite() && years >= 0.0 {
        Ok(())
    } else {
        Err(Error::setting("years", years.to_string(), "give a finite number of at least 0"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn annuities_are_continuous_at_rate_0() {
        for years in [1.0, 10.0, 77.5] {
            assert_eq!(annuity(0.0, years).unwrap(), years);
            assert_eq!(continuous_annuity(0.0, years).unwrap(), years);
            // The expansion n - r n(n+1)/2 holds to r².
            approx::assert_relative_eq!(
                annuity(1e-9, years).unwrap(),
                years - 1e-9 * years * (years + 1.0) / 2.0,
                max_relative = 1e-13
            );
        }
        approx::assert_relative_eq!(
            continuous_annuity(0.035, 10.0).unwrap(),
            8.461_311_5,
            max_relative = 1e-8
        );
        approx::assert_relative_eq!(
            equivalent_annual_cost(annuity(0.05, 7.0).unwrap() * 3.0, 0.05, 7.0).unwrap(),
            3.0,
            max_relative = 1e-14
        );
        assert!(equivalent_annual_cost(1.0, 0.05, 0.0).is_err());
    }

    #[test]
    fn timings_and_cycles() {
        let at = |timing, t| Discounting::new(0.1, 0.2, timing).unwrap().cost_factor(t);
        assert_eq!(at(DiscountTiming::AsTimed, 0.0), 1.0);
        approx::assert_relative_eq!(
            at(DiscountTiming::MidYear, 0.0),
            1.1f64.powf(-0.5),
            max_relative = 1e-15
        );
        approx::assert_relative_eq!(at(DiscountTiming::EndOfYear, 0.0), 1.0 / 1.1, max_relative = 1e-15);
        assert_eq!(at(DiscountTiming::WholeYears, 0.999), 1.0);
        approx::assert_relative_eq!(
            at(DiscountTiming::WholeYears, (1.0 / 12.0) * 12.0 - 1e-16),
            1.0 / 1.1,
            max_relative = 1e-15
        );
        let monthly = cycle_rate(0.035, 12.0).unwrap();
        approx::assert_relative_eq!((1.0 + monthly).powi(12), 1.035, max_relative = 1e-14);
        assert_eq!(cycle_rate(0.0, 12.0).unwrap(), 0.0);
    }

    #[test]
    fn a_rate_of_three_and_a_half_is_noted() {
        let discounting = Discounting::new(3.5, 0.035, DiscountTiming::AsTimed).unwrap();
        assert_eq!(discounting.notes().len(), 1);
        assert!(discounting.notes()[0].contains("3.5 per cent is 0.035"), "{}", discounting.notes()[0]);
        assert!(Discounting::new(-1.0, 0.0, DiscountTiming::AsTimed).is_err());
        assert!(Discounting::new(f64::NAN, 0.0, DiscountTiming::AsTimed).is_err());
        assert_eq!(
            Discounting::new(0.035, 0.015, DiscountTiming::AsTimed).unwrap().to_string(),
            "costs 3.5%, effects 1.5% a year, from time 0"
        );
    }
}
