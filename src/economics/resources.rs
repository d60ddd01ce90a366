//! Costs from resource use: quantities that carry over between places, priced by the unit costs of one's own.
//!
//! A cost of another country and year carries its prices along; quantities (visits, days, tests) carry over where practice
//! is alike. With quantities q_i, standard errors s_i and unit costs p_i the cost is Σ p_i q_i, and its standard error √(p' S p)
//! with S the covariance of the quantities, diagonal unless correlations are given. Unit costs are taken as known.
//!
//! ```
//! use consilience::economics::{Money, ResourceUse};
//!
//! // Two visits (SE 0.2) and half a day in hospital (SE 0.1) more, at local prices of 2021.
//! let gbp = |amount| Money::new(amount, "GBP".parse()?, 2021);
//! let costed = ResourceUse::new()
//!     .item("visits", 2.0, 0.2)?
//!     .item("hospital days", 0.5, 0.1)?
//!     .priced([("visits", gbp(40.0)?), ("hospital days", gbp(600.0)?)])?;
//! assert!((costed.total.amount() - 380.0).abs() < 1e-12);
//! assert!((costed.se - (8.0_f64 * 8.0 + 60.0 * 60.0).sqrt()).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Reference: Drummond M, Barbieri M, Cook J, and others (2009). Transferability of economic evaluations across jurisdictions:
//! ISPOR good research practices task force report. *Value in Health* 12:409-418. doi:10.1111/j.1524-4733.2008.00489.x

use serde::{Deserialize, Serialize};

use super::Money;
use crate::{Error, Result};

/// Quantities of resources, or differences of them, with standard errors.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ResourceUse {
    items: Vec<(String, f64, f64)>,
    correlations: Vec<(usize, usize, f64)>,
}

/// One resource with its cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostedItem {
    /// The resource.
    pub item: String,
    /// Its quantity.
    pub quantity: f64,
    /// The standard error of the quantity.
    pub quantity_se: f64,
    /// The unit cost.
    pub unit_cost: Money,
    /// Their product.
    pub cost: Money,
}

/// The cost of all resources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostedResources {
    /// Each resource.
    pub items: Vec<CostedItem>,
    /// The sum.
    pub total: Money,
    /// Its standard error.
    pub se: f64,
}

impl ResourceUse {
    /// No resources yet.
    pub fn new() -> Self {
        ResourceUse::default()
    }

    /// Adds a quantity with its standard error (0 where it is certain).
    ///
    /// # Errors
    ///
    /// If the name stands already, the quantity is not finite, or the standard error negative or not finite.
    pub fn item(mut self, name: impl Into<String>, quantity: f64, se: f64) -> Result<Self> {
        let name = name.into();
        let fault = |found: String, remedy: &str| Err(Error::data(found, remedy).in_column(&name));
        if self.items.iter().any(|(other, ..)| *other == name) {
            return fault(format!("resource `{name}` stands twice"), "add its quantities first");
        }
        if !quantity.is_finite() {
            return fault(format!("quantity is {quantity}"), "quantities must be finite");
        }
        if !(se.is_finite() && se >= 0.0) {
            return fault(format!("standard error is {se}"), "a standard error is at least 0");
        }
        self.items.push((name, quantity, se));
        Ok(self)
    }

    /// Sets the correlation of two quantities.
    ///
    /// # Errors
    ///
    /// If a resource is unknown or the correlation lies beyond -1 and 1.
    pub fn correlated(mut self, one: &str, other: &str, correlation: f64) -> Result<Self> {
        let (a, b) = (self.position(one)?, self.position(other)?);
        if !(correlation.abs() <= 1.0) || a == b {
            return Err(Error::setting(
                "correlation",
                format!("{correlation} of `{one}` and `{other}`"),
                "correlations of two different resources lie between -1 and 1",
            ));
        }
        self.correlations.push((a, b, correlation));
        Ok(self)
    }

    fn position(&self, name: &str) -> Result<usize> {
        let known = self.items.iter().map(|(name, ..)| name.as_str());
        self.items
            .iter()
            .position(|(item, ..)| item == name)
            .ok_or_else(|| Error::unknown("resource", name, known))
    }

    /// The costs at these unit costs, one for each resource.
    ///
    /// # Errors
    ///
    /// If a resource has no unit cost or a unit cost no resource, prices differ in currency or year, or the correlations
    /// make a negative variance.
    pub fn priced<S: AsRef<str>>(
        &self,
        unit_costs: impl IntoIterator<Item = (S, Money)>,
    ) -> Result<CostedResources> {
        let mut prices: Vec<Option<Money>> = vec![None; self.items.len()];
        for (name, price) in unit_costs {
            prices[self.position(name.as_ref())?] = Some(price);
        }
        let mut items = Vec::with_capacity(self.items.len());
        let mut total: Option<Money> = None;
        for ((name, quantity, se), price) in self.items.iter().zip(prices) {
            let unit_cost = price.ok_or_else(|| {
                Error::data(format!("resource `{name}` has no unit cost"), "give the price of every resource")
                    .in_column(name)
            })?;
            let cost = unit_cost.times(*quantity)?;
            total = Some(match &total {
                None => cost,
                Some(sum) => sum.plus(&cost)?,
            });
            items.push(CostedItem {
                item: name.clone(),
                quantity: *quantity,
                quantity_se: *se,
                unit_cost,
                cost,
            });
        }
        let total = total.ok_or_else(|| Error::data("no resource is named", "add at least one"))?;
        let spread = |i: usize| items[i].quantity_se * items[i].unit_cost.amount();
        let mut variance: f64 = (0..items.len()).map(|i| spread(i).powi(2)).sum();
        for &(a, b, r) in &self.correlations {
            variance += 2.0 * r * spread(a) * spread(b);
        }
        if variance < -1e-12 * (0..items.len()).map(|i| spread(i).powi(2)).sum::<f64>() {
            return Err(Error::model(
                "the correlations of the quantities contradict each other",
                "give correlations that can hold together",
            ));
        }
        let se = variance.max(0.0).sqrt();
        Ok(CostedResources { items, total, se })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn gbp(amount: f64) -> Money {
        Money::new(amount, "GBP".parse().unwrap(), 2021).unwrap()
    }

    #[test]
    fn correlated_quantities_add_their_covariance() {
        let used = ResourceUse::new().item("a", 1.0, 0.3).unwrap().item("b", 2.0, 0.4).unwrap();
        let prices = [("a", gbp(10.0)), ("b", gbp(10.0))];
        // √(3² + 4² + 2 r 3 4): 7, 5 and 1
        for (r, se) in [(1.0, 7.0), (0.0, 5.0), (-1.0, 1.0)] {
            let costed = used.clone().correlated("a", "b", r).unwrap().priced(prices).unwrap();
            assert!((costed.se - se).abs() < 1e-12 && (costed.total.amount() - 30.0).abs() < 1e-12);
        }
    }

    #[test]
    fn what_cannot_be_priced_is_named() {
        let used = ResourceUse::new().item("visits", 1.0, 0.0).unwrap().item("days", 2.0, 0.1).unwrap();
        let said = |result: Result<CostedResources>| result.unwrap_err().to_string();
        assert!(said(used.priced([("visits", gbp(1.0))])).contains("`days` has no unit cost"));
        assert!(said(used.priced([("visit", gbp(1.0))])).contains("did you mean `visits`"));
        let euros = Money::new(1.0, "EUR".parse().unwrap(), 2021).unwrap();
        assert!(said(used.priced([("visits", gbp(1.0)), ("days", euros)])).contains("EUR"));
        assert!(ResourceUse::new().item("a", 1.0, -1.0).is_err());
        assert!(used.clone().item("days", 1.0, 0.0).is_err());
        assert!(used.correlated("days", "visits", 1.5).is_err());
        assert!(said(ResourceUse::new().priced([] as [(&str, Money); 0])).contains("no resource"));
    }
}
