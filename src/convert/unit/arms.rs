//! Several arms: combine groups into one, or split a shared comparator.
//!
//! Use it when a trial compares, say, two doses with one control. Combining ([`combine_means`], [`combine_counts`],
//! [`combine_events`]) makes one pair-wise comparison that counts every person once and is the method of choice. Splitting the
//! control ([`Split`]) keeps the comparisons apart but treats them as independent; the covariance of comparisons that share a
//! control is better told to the model ([`super::covariance`]).
//!
//! With sizes n, means m and SDs s of the groups: N = Σn, M = Σn·m/N and
//! S² = (Σ (n - 1)·s² + Σ n·(m - M)²)/(N - 1), which is what the pooled data would give.
//!
//! ```
//! use consilience::effect::OneMean;
//! use consilience::convert::unit::arms;
//!
//! let both = arms::combine_means(&[OneMean::new(10.0, 2.0, 20.0)?, OneMean::new(12.0, 3.0, 30.0)?])?.value;
//! assert_eq!((both.ni(), both.mi()), (50.0, 11.2));
//! assert!((both.sdi() - 2.803_060).abs() < 1e-6);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Higgins JPT, Li T, Deeks JJ (2023). Cochrane Handbook, sections 6.5.2.10 and 23.3.4. doi:10.1002/9781119536604

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Step};
use crate::{
    Error, Result,
    effect::{OneMean, Proportion, Rate},
};

const HANDBOOK: &str = "Cochrane Handbook 6.5.2.10 and 23.3.4, doi:10.1002/9781119536604";

fn at_least_two(k: usize) -> Result<()> {
    if k >= 2 {
        Ok(())
    } else {
        Err(Error::data(format!("{k} group"), "give at least two groups to combine"))
    }
}

/// Means and SDs of two or more groups as those of one.
///
/// # Errors
///
/// If fewer than two groups are given or they hold fewer than two people.
pub fn combine_means(groups: &[OneMean]) -> Result<Derived<OneMean>> {
    at_least_two(groups.len())?;
    let total: f64 = groups.iter().map(|g| g.ni()).sum();
    check::size("n of all groups", total, 2.0)?;
    let mean = groups.iter().map(|g| g.ni() * g.mi()).sum::<f64>() / total;
    let squares: f64 =
        groups.iter().map(|g| (g.ni() - 1.0) * g.sdi() * g.sdi() + g.ni() * (g.mi() - mean).powi(2)).sum();
    let value = OneMean::new(mean, (squares / (total - 1.0)).sqrt(), total)?;
    let mut step = Step::new(
        "groups combined into one",
        "N = Σn, M = Σnm/N, S² = (Σ(n - 1)s² + Σn(m - M)²)/(N - 1)",
        HANDBOOK,
    );
    for (i, group) in groups.iter().enumerate() {
        step = step
            .from(&format!("mean {}", i + 1), group.mi())
            .from(&format!("sd {}", i + 1), group.sdi())
            .from(&format!("n {}", i + 1), group.ni());
    }
    Ok(step.result("mean", value.mi()).result("sd", value.sdi()).result("n", value.ni()).gives(value))
}

/// Rate and sizes of two or more groups added up.
///
/// # Errors
///
/// If fewer than two groups are given.
pub fn combine_counts(groups: &[Proportion]) -> Result<Derived<Proportion>> {
    at_least_two(groups.len())?;
    let value = Proportion::new(groups.iter().map(|g| g.xi()).sum(), groups.iter().map(|g| g.ni()).sum())?;
    let mut step = Step::new("groups combined into one", "sums of events and sizes", HANDBOOK);
    for (i, group) in groups.iter().enumerate() {
        step = step.from(&format!("events {}", i + 1), group.xi()).from(&format!("n {}", i + 1), group.ni());
    }
    Ok(step.result("events", value.xi()).result("n", value.ni()).gives(value))
}

/// Counts and person-times of two or more groups added up.
///
/// # Errors
///
/// If fewer than two groups are given.
pub fn combine_events(groups: &[Rate]) -> Result<Derived<Rate>> {
    at_least_two(groups.len())?;
    let value = Rate::new(groups.iter().map(|g| g.xi()).sum(), groups.iter().map(|g| g.ti()).sum())?;
    let mut step = Step::new("groups combined into one", "sums of counts and person-times", HANDBOOK);
    for (i, group) in groups.iter().enumerate() {
        step =
            step.from(&format!("count {}", i + 1), group.xi()).from(&format!("time {}", i + 1), group.ti());
    }
    Ok(step.result("count", value.xi()).result("time", value.ti()).gives(value))
}

/// A shared comparator divided among several comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Split {
    /// The number of comparisons that share it.
    pub comparisons: u32,
}

impl Split {
    /// Among two or more comparisons.
    ///
    /// # Errors
    ///
    /// If there are fewer than two.
    pub fn among(comparisons: u32) -> Result<Self> {
        at_least_two(comparisons as usize)?;
        Ok(Split { comparisons })
    }

    fn step(&self, formula: &str) -> Step {
        Step::new("share of a comparator", formula, HANDBOOK)
            .from("comparisons", f64::from(self.comparisons))
            .assuming_that("comparisons that share a comparator are independent after the split")
    }

    /// The same mean and SD with a share of the size.
    ///
    /// # Errors
    ///
    /// If the share is below one person.
    pub fn means(&self, group: OneMean) -> Result<Derived<OneMean>> {
        let value = OneMean::new(group.mi(), group.sdi(), group.ni() / f64::from(self.comparisons))?;
        Ok(self.step("n/k; mean and SD unchanged").from("n", group.ni()).result("n", value.ni()).gives(value))
    }

    /// A share of events and size.
    ///
    /// # Errors
    ///
    /// If the share is below one person.
    pub fn counts(&self, group: Proportion) -> Result<Derived<Proportion>> {
        let k = f64::from(self.comparisons);
        let value = Proportion::new(group.xi() / k, group.ni() / k)?;
        Ok(self
            .step("events/k and n/k")
            .from_all(&[("events", group.xi()), ("n", group.ni())])
            .result("events", value.xi())
            .result("n", value.ni())
            .gives(value))
    }

    /// A share of count and person-time.
    ///
    /// # Errors
    ///
    /// If the share cannot be formed.
    pub fn events(&self, group: Rate) -> Result<Derived<Rate>> {
        let k = f64::from(self.comparisons);
        let value = Rate::new(group.xi() / k, group.ti() / k)?;
        Ok(self
            .step("count/k and time/k")
            .from_all(&[("count", group.xi()), ("time", group.ti())])
            .result("count", value.xi())
            .result("time", value.ti())
            .gives(value))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Two samples and their union, by hand: 1, 2, 3 and 5, 7.
    #[test]
    fn combined_groups_are_the_union_of_the_data() {
        let a = OneMean::new(2.0, 1.0, 3.0).unwrap();
        let b = OneMean::new(6.0, 2f64.sqrt(), 2.0).unwrap();
        let all = combine_means(&[a, b]).unwrap().value;
        assert_relative_eq!(all.mi(), 3.6, max_relative = 1e-14);
        assert_relative_eq!(all.sdi(), 5.8f64.sqrt(), max_relative = 1e-14);
        assert!(combine_means(&[a]).is_err());
    }

    #[test]
    fn a_split_comparator_adds_up_again() {
        let control = Proportion::new(12.0, 90.0).unwrap();
        let share = Split::among(3).unwrap().counts(control).unwrap().value;
        let again = combine_counts(&[share; 3]).unwrap().value;
        assert_relative_eq!(again.xi(), 12.0, max_relative = 1e-14);
        assert_relative_eq!(again.ni(), 90.0, max_relative = 1e-14);
        assert!(Split::among(1).is_err());
    }
}
