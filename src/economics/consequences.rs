//! Costs and consequences side by side, for where they cannot or should not be brought to one number.
//!
//! A cost-consequence table shows every cost and every outcome of two options in its own unit, with their difference, and leaves
//! the weighing to the reader. Rows cannot be added: they have no common unit, and costs of one row may be part of another's.
//!
//! ```
//! use consilience::{Level, economics::{Consequence, CostConsequence}};
//!
//! let table = CostConsequence::new("link worker", "usual care")
//!     .row(Consequence::cost("cost per person", "GBP 2000", 153.0, 133.0)?.se(8.92)?)
//!     .row(Consequence::outcome("anxiety (HADS-A)", "points", None, None)?.difference(-1.9, 0.587)?);
//! let text = table.to_text(Level::default());
//! assert!(text.contains("20.000") && text.contains("-1.900"), "{text}");
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Reference: Hunter R, Shearer J (2014). Cost-consequences analysis: an underused method of economic evaluation. National
//! Institute for Health and Care Research, Research Design Service London.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The side of a row: paid or gained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsequenceKind {
    /// A cost.
    Cost,
    /// An outcome.
    Outcome,
}

/// A cost or an outcome of two options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Consequence {
    /// Cost or outcome.
    pub kind: ConsequenceKind,
    /// The name of the row.
    pub name: String,
    /// Its unit: `GBP 2021`, `points`, `days`.
    pub unit: String,
    /// The intervention's value.
    pub intervention: Option<f64>,
    /// The comparator's value.
    pub comparator: Option<f64>,
    /// Intervention minus comparator; `None` where neither it nor both values are known.
    pub difference: Option<f64>,
    /// The standard error of the difference.
    pub se: Option<f64>,
}

impl Consequence {
    /// A cost of the two options.
    ///
    /// # Errors
    ///
    /// If a value is not finite.
    pub fn cost(
        name: impl Into<String>,
        unit: impl Into<String>,
        intervention: impl Into<Option<f64>>,
        comparator: impl Into<Option<f64>>,
    ) -> Result<Self> {
        Self::new(ConsequenceKind::Cost, name.into(), unit.into(), intervention.into(), comparator.into())
    }

    /// An outcome of the two options.
    ///
    /// # Errors
    ///
    /// If a value is not finite.
    pub fn outcome(
        name: impl Into<String>,
        unit: impl Into<String>,
        intervention: impl Into<Option<f64>>,
        comparator: impl Into<Option<f64>>,
    ) -> Result<Self> {
        Self::new(ConsequenceKind::Outcome, name.into(), unit.into(), intervention.into(), comparator.into())
    }

    fn new(
        kind: ConsequenceKind,
        name: String,
        unit: String,
        intervention: Option<f64>,
        comparator: Option<f64>,
    ) -> Result<Self> {
        if let Some(value) = [intervention, comparator].into_iter().flatten().find(|v| !v.is_finite()) {
            return Err(
                Error::data(format!("value is {value}"), "leave out what is not known").in_column(&name)
            );
        }
        let difference = intervention.zip(comparator).map(|(i, c)| i - c);
        Ok(Consequence { kind, name, unit, intervention, comparator, difference, se: None })
    }

    /// The standard error of the difference.
    ///
    /// # Errors
    ///
    /// If it is negative or not finite, or no difference is known.
    pub fn se(mut self, se: f64) -> Result<Self> {
        if self.difference.is_none() || !(se.is_finite() && se >= 0.0) {
            return Err(Error::data(
                format!("standard error is {se}"),
                "a difference has one of at least 0; give both values or the difference first",
            )
            .in_column(&self.name));
        }
        self.se = Some(se);
        Ok(self)
    }

    /// The difference as reported (adjusted, say), with its standard error.
    ///
    /// # Errors
    ///
    /// If it is not finite, or the standard error negative or not finite.
    pub fn difference(mut self, difference: f64, se: f64) -> Result<Self> {
        if !difference.is_finite() {
            return Err(Error::data(format!("difference is {difference}"), "differences must be finite")
                .in_column(&self.name));
        }
        self.difference = Some(difference);
        self.se(se)
    }
}

/// The costs and consequences of an intervention against a comparator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostConsequence {
    /// The intervention.
    pub intervention: String,
    /// The comparator.
    pub comparator: String,
    /// The rows, in order.
    pub rows: Vec<Consequence>,
}

impl CostConsequence {
    /// An empty table.
    pub fn new(intervention: impl Into<String>, comparator: impl Into<String>) -> Self {
        CostConsequence { intervention: intervention.into(), comparator: comparator.into(), rows: Vec::new() }
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: Consequence) -> Self {
        self.rows.push(row);
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_not_known_is_not_made_up() {
        let row = Consequence::outcome("pain", "points", 3.0, None).unwrap();
        assert_eq!(row.difference, None);
        assert!(row.clone().se(0.1).unwrap_err().to_string().contains("column pain"));
        assert!(row.difference(f64::NAN, 0.1).is_err());
        assert!(Consequence::cost("c", "GBP", f64::INFINITY, 1.0).is_err());
    }
}
