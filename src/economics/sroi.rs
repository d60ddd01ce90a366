//! Social return on investment: the monetised value of outcomes over the value of the inputs.
//!
//! Use it to recompute or report a published SROI. It is not a cost-effectiveness analysis: there is no comparator,
//! the proxies are prices and not opportunity costs, and the ratio cannot be compared with a willingness to pay. It
//! therefore has a type of its own that converts to nothing else.
//!
//! # Model
//!
//! For each outcome, with shares d (deadweight: what would have happened anyway), p (displacement), a (attribution to
//! others) and r_o (drop-off a year):
//!
//! - impact in year 1 = quantity · proxy · (1 - d)(1 - p)(1 - a); in year y it is that times (1 - r_o)^(y-1);
//! - the ratio is the present value of all impacts at the discount rate over the input; the net ratio is
//!   (present value - input) / input.
//!
//! ```
//! use consilience::economics::{DiscountTiming, Discounting, Sroi, SroiOutcome};
//!
//! let outcome = SroiOutcome { name: "less isolation".into(), quantity: 100.0, proxy: 500.0, deadweight: 0.25,
//!     displacement: 0.10, attribution_to_others: 0.30, drop_off: 0.20, years: 3 };
//! let sroi = Sroi::new(20_000.0, [outcome], &Discounting::new(0.035, 0.035, DiscountTiming::EndOfYear)?)?;
//! assert!((sroi.present_value - 54_106.8129).abs() < 1e-4);
//! assert!((sroi.ratio - 2.705341).abs() < 1e-6);
//! assert!((sroi.net_ratio - 1.705341).abs() < 1e-6);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Nicholls J, Lawlor E, Neitzert E, Goodspeed T (2012). *A Guide to Social Return on Investment*. The SROI Network.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::discounting::Discounting;
use crate::{Error, Result};

/// An outcome of a programme with all that reduces it; shares are fractions from 0 to 1 and none has a default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SroiOutcome {
    /// The change, and for whom.
    pub name: String,
    /// The number of people or units that changed.
    pub quantity: f64,
    /// The financial proxy: money per person or unit and year.
    pub proxy: f64,
    /// The share that would have happened anyway.
    pub deadweight: f64,
    /// The share that displaced other outcomes.
    pub displacement: f64,
    /// The share due to others.
    pub attribution_to_others: f64,
    /// The share lost each year after the first.
    pub drop_off: f64,
    /// The number of years that the outcome lasts.
    pub years: u32,
}

/// A social return on investment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sroi {
    /// The value of the inputs.
    pub input: f64,
    /// For each outcome: its name, its impact in the first year and its present value.
    pub impacts: Vec<SroiImpact>,
    /// The present value of all impacts.
    pub present_value: f64,
    /// Present value over input.
    pub ratio: f64,
    /// Present value less input, over input.
    pub net_ratio: f64,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

/// The impact of one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SroiImpact {
    /// The outcome.
    pub name: String,
    /// Its impact in the first year.
    pub first_year: f64,
    /// The present value over all years.
    pub present_value: f64,
}

impl Sroi {
    /// The return of outcomes on an input; impacts are discounted at the rate of costs, the first year's at time 0 as
    /// the timing of `discounting` reads it.
    ///
    /// # Errors
    ///
    /// If the input is not above 0, there are no outcomes, a share is not within 0 to 1 or a value is not finite.
    pub fn new(
        input: f64,
        outcomes: impl IntoIterator<Item = SroiOutcome>,
        discounting: &Discounting,
    ) -> Result<Self> {
        if !(input.is_finite() && input > 0.0) {
            return Err(Error::data(format!("input is {input}"), "the value of the inputs must be above 0"));
        }
        let mut impacts = Vec::new();
        for o in outcomes {
            for (column, share) in [
                ("deadweight", o.deadweight),
                ("displacement", o.displacement),
                ("attribution_to_others", o.attribution_to_others),
                ("drop_off", o.drop_off),
            ] {
                if !(0.0..=1.0).contains(&share) {
                    return Err(Error::data(
                        format!("share {share} of outcome `{}`", o.name),
                        "give it from 0 to 1",
                    )
                    .in_column(column));
                }
            }
            let first_year = o.quantity
                * o.proxy
                * (1.0 - o.deadweight)
                * (1.0 - o.displacement)
                * (1.0 - o.attribution_to_others);
            let present_value: f64 = (0..o.years)
                .map(|year| {
                    let year = f64::from(year);
                    first_year * (1.0 - o.drop_off).powf(year) * discounting.cost_factor(year)
                })
                .sum();
            if !present_value.is_finite() {
                return Err(Error::data(
                    format!("outcome `{}`: {} times {}", o.name, o.quantity, o.proxy),
                    "quantities and proxies must be finite",
                ));
            }
            impacts.push(SroiImpact { name: o.name, first_year, present_value });
        }
        if impacts.is_empty() {
            return Err(Error::data("no outcomes", "an SROI needs at least one"));
        }
        let present_value: f64 = impacts.iter().map(|impact| impact.present_value).sum();
        let mut notes = vec![
            "an SROI has no comparator and values outcomes by proxies: it is not a cost-effectiveness ratio"
                .to_owned(),
        ];
        notes.extend_from_slice(discounting.notes());
        Ok(Sroi {
            input,
            impacts,
            present_value,
            ratio: present_value / input,
            net_ratio: (present_value - input) / input,
            notes,
        })
    }
}

impl fmt::Display for Sroi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Social return on investment: {:.2} (net {:.2})", self.ratio, self.net_ratio)?;
        for impact in &self.impacts {
            writeln!(
                f,
                "  {}: {:.2} in the first year, present value {:.2}",
                impact.name, impact.first_year, impact.present_value
            )?;
        }
        writeln!(f, "  Input {:.2}, present value of impacts {:.2}", self.input, self.present_value)?;
        for note in &self.notes {
            writeln!(f, "Note: {note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn shares_beyond_one_are_named() {
        let outcome = SroiOutcome {
            name: "x".into(),
            quantity: 1.0,
            proxy: 1.0,
            deadweight: 25.0,
            displacement: 0.0,
            attribution_to_others: 0.0,
            drop_off: 0.0,
            years: 1,
        };
        let none = Discounting::none();
        assert!(Sroi::new(1.0, [outcome.clone()], &none).unwrap_err().to_string().contains("deadweight"));
        assert!(Sroi::new(0.0, [SroiOutcome { deadweight: 0.0, ..outcome }], &none).is_err());
        assert!(Sroi::new(1.0, [], &none).is_err());
    }
}
