//! Budget impact: what an uptake of options costs a payer, year by year, against the present mix.
//!
//! Budgets are what is paid, so they are not discounted. In year y, with P_y eligible people, shares u_o,y of the options and
//! cost c_o per person and year, the budget is P_y Σ_o u_o,y c_o; the impact is the difference between two mixes.
//!
//! ```
//! use consilience::economics::BudgetImpact;
//!
//! let impact = BudgetImpact::new(&["old", "new"], &[100.0, 250.0], &[1000.0, 1100.0],
//!     &[vec![1.0, 0.0], vec![1.0, 0.0]], &[vec![0.9, 0.1], vec![0.8, 0.2]])?;
//! assert!((impact.years[1].impact - 33_000.0).abs() < 1e-9);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Sullivan SD, Mauskopf JA, Augustovski F, and others (2014). Budget impact analysis: principles of good practice. *Value
//!   in Health* 17:5-14. doi:10.1016/j.jval.2013.08.2291

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The budget of one year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BudgetYear {
    /// Eligible people.
    pub people: f64,
    /// The budget with the present mix.
    pub present: f64,
    /// The budget with the new mix.
    pub new: f64,
    /// New less present.
    pub impact: f64,
}

/// Budgets over years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BudgetImpact {
    /// Each year.
    pub years: Vec<BudgetYear>,
    /// The sum of the impacts.
    pub total: f64,
}

impl BudgetImpact {
    /// Budgets from the yearly cost per person of each option, the people of each year, and the shares of the options in
    /// each year: with the present mix and with the new one.
    ///
    /// # Errors
    ///
    /// If columns differ in length, a value is not finite, people are negative, or the shares of a year do not sum to 1;
    /// the error names the year.
    pub fn new(
        options: &[&str],
        costs: &[f64],
        people: &[f64],
        present: &[Vec<f64>],
        new: &[Vec<f64>],
    ) -> Result<Self> {
        if options.len() != costs.len() || people.len() != present.len() || people.len() != new.len() {
            return Err(Error::data(
                format!(
                    "{} options, {} costs, {} years of people, {} and {} of shares",
                    options.len(),
                    costs.len(),
                    people.len(),
                    present.len(),
                    new.len()
                ),
                "give a cost for each option, and people and both shares for each year",
            ));
        }
        if let Some(o) = costs.iter().position(|c| !c.is_finite()) {
            return Err(Error::data(
                format!("cost of `{}` is {}", options[o], costs[o]),
                "costs must be finite",
            ));
        }
        let mut years = Vec::with_capacity(people.len());
        for (y, ((&people, present), new)) in people.iter().zip(present).zip(new).enumerate() {
            for shares in [present, new] {
                let total: f64 = shares.iter().sum();
                if shares.len() != costs.len()
                    || shares.iter().any(|s| !(0.0..=1.0).contains(s))
                    || (total - 1.0).abs() > 1e-9
                    || !(people.is_finite() && people >= 0.0)
                {
                    return Err(Error::data(
                        format!("{people} people with shares {shares:?}"),
                        "people are at least 0; there is a share for each option and they sum to 1",
                    )
                    .in_row(y + 1));
                }
            }
            let budget = |shares: &[f64]| people * shares.iter().zip(costs).map(|(s, c)| s * c).sum::<f64>();
            let impact =
                people * present.iter().zip(new).zip(costs).map(|((p, n), c)| (n - p) * c).sum::<f64>();
            years.push(BudgetYear { people, present: budget(present), new: budget(new), impact });
        }
        let total = years.iter().map(|y| y.impact).sum();
        Ok(BudgetImpact { years, total })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn shares_that_do_not_sum_to_one_are_named() {
        let error = BudgetImpact::new(
            &["a", "b"],
            &[1.0, 2.0],
            &[10.0, 10.0],
            &[vec![1.0, 0.0], vec![1.0, 0.0]],
            &[vec![1.0, 0.0], vec![0.5, 0.4]],
        );
        assert!(error.unwrap_err().to_string().starts_with("row 2"));
    }
}
