//! Change from baseline: its SD from the SDs before and after, and the correlation behind a reported SD of change.
//!
//! Use it when a trial reports the SDs at both times but the analysis needs that of the change: SD = √(s1² + s2² -
//! 2·r·s1·s2). The correlation r is taken from a study that reports all three SDs ([`BeforeAfterSds::correlation`]), or is
//! assumed and then varied ([`super::sensitivity`]).
//!
//! ```
//! use consilience::convert::change::BeforeAfterSds;
//!
//! // SDs 4.0 and 4.4 with an SD of change of 3.8.
//! let r = BeforeAfterSds::new(4.0, 4.4)?.correlation(3.8)?.value;
//! assert!((r - 0.594_3).abs() < 1e-4);
//! // A spread that no correlation allows is refused.
//! assert!(BeforeAfterSds::new(4.0, 4.4)?.correlation(9.0).is_err());
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Higgins JPT, Li T, Deeks JJ (2023). Cochrane Handbook, section 6.5.2.8. doi:10.1002/9781119536604.ch6
//! - Follmann D, Elliott P, Suh I, Cutler J (1992). Variance imputation for overviews of clinical trials with continuous
//!   response. doi:10.1016/0895-4356(92)90054-q

use serde::{Deserialize, Serialize};

use super::check;
use super::record::{Derived, Step, short};
use crate::{Error, Result, effect::OneMean};

const HANDBOOK: &str = "Cochrane Handbook 6.5.2.8, doi:10.1002/9781119536604.ch6";

/// The SDs of the same people before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BeforeAfterSds {
    /// The SD before.
    pub before: f64,
    /// The SD after.
    pub after: f64,
}

impl BeforeAfterSds {
    /// Two SDs above 0.
    ///
    /// # Errors
    ///
    /// If one is not finite and above 0.
    pub fn new(before: f64, after: f64) -> Result<Self> {
        Ok(BeforeAfterSds {
            before: check::positive("sd before", before)?,
            after: check::positive("sd after", after)?,
        })
    }

    /// √(s1² + s2² - 2·r·s1·s2), written so that it keeps its digits when r is near 1.
    pub(super) fn change(&self, r: f64) -> f64 {
        let difference = self.before - self.after;
        (difference * difference + 2.0 * (1.0 - r) * self.before * self.after).sqrt()
    }

    /// The SD of the change with an assumed correlation.
    ///
    /// # Errors
    ///
    /// If r is beyond ±1, or the SD comes out as 0 (equal SDs and r = 1: everybody changed by the same amount).
    pub fn sd_of_change(&self, r: f64) -> Result<Derived<f64>> {
        let sd = self.change(check::correlation("correlation", r)?);
        if sd <= 0.0 {
            return Err(Error::data(
                format!("the SD of change is 0 with correlation {r}"),
                "give a correlation below 1",
            ));
        }
        Ok(Step::new("SD of change", "√(s1² + s2² - 2·r·s1·s2)", HANDBOOK)
            .from_all(&[("sd before", self.before), ("sd after", self.after)])
            .assuming("correlation", r)
            .result("sd of change", sd)
            .gives(sd))
    }

    /// The correlation behind a reported SD of change, r = (s1² + s2² - sd²)/(2·s1·s2).
    ///
    /// # Errors
    ///
    /// If the SD is not above 0, or the three SDs contradict each other (r beyond ±1).
    pub fn correlation(&self, sd_of_change: f64) -> Result<Derived<f64>> {
        check::positive("sd of change", sd_of_change)?;
        let (s1, s2) = (self.before, self.after);
        let r = (s1 * s1 + s2 * s2 - sd_of_change * sd_of_change) / (2.0 * s1 * s2);
        // Rounded SDs may lead just beyond 1; anything more is a contradiction.
        if !(-1.0..=1.0).contains(&r) {
            return Err(Error::data(
                format!(
                    "SDs {s1} and {s2} with SD of change {sd_of_change} need a correlation of {}",
                    short(r)
                ),
                format!(
                    "the SD of change must lie between {} and {}: one of the three is wrong, or a standard error",
                    short((s1 - s2).abs()),
                    short(s1 + s2)
                ),
            ));
        }
        Ok(Step::new("correlation of before and after", "(s1² + s2² - sd²)/(2·s1·s2)", HANDBOOK)
            .from_all(&[("sd before", s1), ("sd after", s2), ("sd of change", sd_of_change)])
            .result("correlation", r)
            .gives(r))
    }

    /// The correlation from the paired t statistic of the mean change of n people: sd = √n·|change/t|.
    ///
    /// # Errors
    ///
    /// If change or t is 0 or not finite, n is below 2, or the numbers contradict each other.
    pub fn correlation_from_t(&self, change: f64, t: f64, n: f64) -> Result<Derived<f64>> {
        check::size("n", n, 2.0)?;
        super::standard_error::from_statistic(change.abs(), t.abs())?
            .then(|effect| self.correlation(effect.sei() * n.sqrt()))
    }
}

/// The mean change with its SD, from the means before and after of the same n people.
///
/// # Errors
///
/// If the sizes differ, r is beyond ±1, or the SD of change is 0.
pub fn mean_change(before: OneMean, after: OneMean, r: f64) -> Result<Derived<OneMean>> {
    if before.ni() != after.ni() {
        return Err(Error::data(
            format!("{} people before and {} after", before.ni(), after.ni()),
            "the change of the same people needs one size: give the number measured at both times",
        ));
    }
    BeforeAfterSds::new(before.sdi(), after.sdi())?.sd_of_change(r)?.then(|sd| {
        let value = OneMean::new(after.mi() - before.mi(), sd, after.ni())?;
        Ok(Step::new("mean change", "mean after - mean before", HANDBOOK)
            .from_all(&[("mean before", before.mi()), ("mean after", after.mi()), ("n", after.ni())])
            .result("mean change", value.mi())
            .gives(value))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn correlation_and_sd_are_inverse() {
        let spread = BeforeAfterSds::new(15.0, 11.6).unwrap();
        for r in [-1.0, -0.3, 0.0, 0.47, 0.99] {
            let sd = spread.sd_of_change(r).unwrap().value;
            assert_relative_eq!(
                spread.correlation(sd).unwrap().value,
                r,
                max_relative = 1e-12,
                epsilon = 1e-14
            );
        }
        let t = 7.9 / (spread.change(0.47) / 20f64.sqrt());
        assert_relative_eq!(
            spread.correlation_from_t(7.9, t, 20.0).unwrap().value,
            0.47,
            max_relative = 1e-12
        );
    }

    #[test]
    fn contradictions_are_refused_with_the_possible_range() {
        let spread = BeforeAfterSds::new(4.0, 4.4).unwrap();
        let text = spread.correlation(0.3).unwrap_err().to_string();
        assert!(text.contains("between 0.4 and 8.4"), "{text}");
        assert!(spread.sd_of_change(1.2).is_err());
        assert!(BeforeAfterSds::new(2.0, 2.0).unwrap().sd_of_change(1.0).is_err());
        assert!(BeforeAfterSds::new(0.0, 2.0).is_err());
        let (a, b) = (OneMean::new(1.0, 2.0, 10.0).unwrap(), OneMean::new(2.0, 2.0, 9.0).unwrap());
        assert!(mean_change(a, b, 0.5).unwrap_err().to_string().contains("10 people before and 9 after"));
    }
}
