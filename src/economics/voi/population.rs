//! The value of information to all the people it serves, less its costs.
//!
//! # Model
//!
//! People served: a pool at the start and I a year over T years, discounted: prevalent + I Σ_t (1 + r)^(-t), with t from 0
//! (start of each year), from 1 (end) or continuous. A last part of a year has its part of the people and the factor of its
//! year, so that there are never more people than I·T. At r = 0 the sum is T. The expected net benefit of sampling is
//! ENBS(n) = people · EVSI(n) - fixed cost - n · cost per patient - n · opportunity cost per patient.
//!
//! ```
//! use consilience::economics::{Population, DiscountTiming};
//!
//! let people = Population { prevalent: 0.0, incidence: 1000.0, years: 10.0, discount_rate: 0.035, timing: DiscountTiming::AsTimed };
//! assert!((people.size()? - 8607.6865).abs() < 1e-4);
//! assert!((Population { timing: DiscountTiming::EndOfYear, ..people }.size()? - 8316.6053).abs() < 1e-4);
//! assert_eq!(Population { discount_rate: 0.0, ..people }.size()?, 10_000.0);
//! assert!((Population { years: 0.5, discount_rate: 0.0, ..people }.size()? - 500.0).abs() < 1e-9);
//! assert!((people.continuous_size()? - 8461.3115).abs() < 1e-4);
//! # Ok::<(), consilience::Error>(())
//! ```

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    economics::discounting::{DiscountTiming, annuity, continuous_annuity},
};

/// The people a decision serves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Population {
    /// People at the start.
    pub prevalent: f64,
    /// New people a year.
    pub incidence: f64,
    /// The years over which the decision is useful.
    pub years: f64,
    /// The yearly discount rate.
    pub discount_rate: f64,
    /// The point of a year at which its people fall: as timed (its start), mid-year, or its end; whole years are its start.
    pub timing: DiscountTiming,
}

impl Population {
    /// The discounted number of people.
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite, or the rate is not above -1.
    pub fn size(&self) -> Result<f64> {
        let later = match self.timing {
            DiscountTiming::AsTimed | DiscountTiming::WholeYears => 1.0,
            DiscountTiming::MidYear => 0.5,
            DiscountTiming::EndOfYear => 0.0,
        };
        let whole = self.years.floor();
        let force = self.discount_rate.ln_1p();
        let part = (self.years - whole) * (-(whole + 1.0) * force).exp();
        let years = annuity(self.discount_rate, whole)? + if part.is_finite() { part } else { 0.0 };
        self.scaled(years * (later * force).exp())
    }

    /// The discounted number of people who arrive continuously.
    ///
    /// # Errors
    ///
    /// As [`size`](Self::size).
    pub fn continuous_size(&self) -> Result<f64> {
        self.scaled(continuous_annuity(self.discount_rate, self.years)?)
    }

    fn scaled(&self, years: f64) -> Result<f64> {
        let size = self.prevalent + self.incidence * years;
        if self.prevalent >= 0.0 && self.incidence >= 0.0 && size.is_finite() {
            Ok(size)
        } else {
            Err(Error::setting(
                "population",
                format!("{} people and {} a year", self.prevalent, self.incidence),
                "give finite numbers of at least 0",
            ))
        }
    }
}

/// The costs of a study.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StudyDesign {
    /// Costs that do not depend on n.
    pub fixed_cost: f64,
    /// Cost per patient.
    pub cost_per_patient: f64,
    /// Net benefit forgone per patient who is treated worse because of the study.
    pub opportunity_cost_per_patient: f64,
}

/// The net benefit of a study of one size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Enbs {
    /// The sample size.
    pub n: f64,
    /// The value of the study per person.
    pub evsi: f64,
    /// The value for the population.
    pub population_evsi: f64,
    /// The cost of the study.
    pub cost: f64,
    /// Value less cost.
    pub enbs: f64,
}

/// The net benefit of studies of several sizes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EnbsCurve {
    /// Each size, in the order given.
    pub sizes: Vec<Enbs>,
    /// The size with the greatest net benefit, of equals the smallest; `None` if no size is worth its cost.
    pub optimal_n: Option<f64>,
    /// The smallest and the greatest of the sizes whose net benefit is within 5% of the greatest.
    pub near_optimal: Option<[f64; 2]>,
}

impl StudyDesign {
    /// The expected net benefit of sampling at each size, from the value of a study per person.
    ///
    /// # Errors
    ///
    /// If a cost or size is negative or not finite, or the value of a study fails.
    pub fn enbs(
        &self,
        sizes: &[f64],
        people: &Population,
        mut evsi: impl FnMut(f64) -> Result<f64>,
    ) -> Result<EnbsCurve> {
        for cost in [self.fixed_cost, self.cost_per_patient, self.opportunity_cost_per_patient] {
            if !(cost.is_finite() && cost >= 0.0) {
                return Err(Error::setting("study cost", cost.to_string(), "give amounts of at least 0"));
            }
        }
        let people = people.size()?;
        let mut made = Vec::with_capacity(sizes.len());
        for &n in sizes {
            if !(n.is_finite() && n >= 0.0) {
                return Err(Error::setting("sample size", n.to_string(), "give numbers of at least 0"));
            }
            let each = evsi(n)?;
            let cost = self.fixed_cost + n * (self.cost_per_patient + self.opportunity_cost_per_patient);
            let population_evsi = people * each;
            made.push(Enbs { n, evsi: each, population_evsi, cost, enbs: population_evsi - cost });
        }
        let best = made
            .iter()
            .filter(|e| e.enbs > 0.0)
            .max_by(|a, b| a.enbs.total_cmp(&b.enbs).then(b.n.total_cmp(&a.n)))
            .copied();
        let near_optimal = best.map(|best| {
            let near = made.iter().filter(|e| e.enbs >= 0.95 * best.enbs).map(|e| e.n);
            near.fold([f64::INFINITY, 0.0], |[low, high], n| [f64::min(low, n), f64::max(high, n)])
        });
        Ok(EnbsCurve { sizes: made, optimal_n: best.map(|b| b.n), near_optimal })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::economics::voi::evsi_normal;

    #[test]
    fn the_best_size_is_found_and_a_worthless_study_has_none() {
        let people = Population {
            prevalent: 100.0,
            incidence: 1000.0,
            years: 10.0,
            discount_rate: 0.0,
            timing: DiscountTiming::AsTimed,
        };
        assert_eq!(people.size().unwrap(), 10_100.0);
        let design =
            StudyDesign { fixed_cost: 5e5, cost_per_patient: 2000.0, opportunity_cost_per_patient: 0.0 };
        let sizes: Vec<f64> = (0..=20).map(|i| f64::from(i) * 50.0).collect();
        let curve = design.enbs(&sizes, &people, |n| evsi_normal(1000.0, 2000.0, 100.0, n)).unwrap();
        let n = curve.optimal_n.unwrap();
        assert!(curve.sizes.iter().all(|e| e.enbs <= curve.sizes.iter().find(|b| b.n == n).unwrap().enbs));
        assert_eq!(curve.sizes[0].enbs, -5e5);
        let [low, high] = curve.near_optimal.unwrap();
        assert!(low <= n && n <= high);
        let dear = StudyDesign { fixed_cost: 1e12, ..design };
        assert_eq!(dear.enbs(&sizes, &people, |_| Ok(1.0)).unwrap().optimal_n, None);
        assert!(Population { incidence: -1.0, ..people }.size().is_err());
    }
}
