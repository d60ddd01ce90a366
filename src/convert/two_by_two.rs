//! Two-by-two tables from what is left of them: an odds ratio and margins, a risk ratio and one risk, phi, chi-square.
//!
//! Use it when a report gives the total, how many had the intervention, how many had the event, and one measure of
//! association. With n people, `row` of them in group 1 and `column` with the event, the table has one free cell a:
//! b = row - a, c = column - a, d = n - row - column + a.
//!
//! - odds ratio: the root of a·d = OR·b·c between the bounds that keep every cell at 0 or above; there is exactly one;
//! - phi: a = (row·column + φ·√(row·(n - row)·column·(n - column)))/n; chi-square: φ = ±√(χ²/n);
//! - risk ratio with the risk p2 and the sizes of the groups: a = n1·RR·p2, c = n2·p2; odds ratio likewise.
//!
//! Counts are whole, so the cells are rounded; [`CellRounding::Exact`] keeps the fractions.
//!
//! ```
//! use consilience::convert::two_by_two::{CellRounding, TableMargins};
//!
//! let table = TableMargins::new(120.0, 60.0, 44.0)?.odds_ratio(1.8, CellRounding::Rounded)?.value;
//! assert_eq!((table.ai(), table.bi(), table.ci(), table.di()), (26.0, 34.0, 18.0, 42.0));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Bonett DG (2007). Transforming odds ratios into correlations for meta-analytic research. doi:10.1037/0003-066X.62.3.254
//! - Di Pietrantonj C (2006). Four-fold table cell frequencies imputation in meta analysis. doi:10.1002/sim.2287

use serde::{Deserialize, Serialize};

use super::check;
use super::record::{Derived, Step};
use crate::{Error, Result, effect::TwoByTwo, stat::root};

const REFERENCE: &str = "Di Pietrantonj 2006, doi:10.1002/sim.2287";

/// The rounding of cells to whole people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CellRounding {
    /// Whole people.
    #[default]
    Rounded,
    /// As computed.
    Exact,
}

/// The total and the two margins of a table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TableMargins {
    /// All people.
    pub n: f64,
    /// People in group 1.
    pub row: f64,
    /// People with the event.
    pub column: f64,
}

impl TableMargins {
    /// All people, those in group 1, those with the event.
    ///
    /// # Errors
    ///
    /// If a margin is not strictly between 0 and n.
    pub fn new(n: f64, row: f64, column: f64) -> Result<Self> {
        check::positive("n", n)?;
        for (name, margin) in [("size of group 1", row), ("number of events", column)] {
            if !(margin > 0.0 && margin < n) {
                return Err(Error::data(
                    format!("{name} is {margin} of {n}"),
                    "each margin must lie strictly between 0 and the total",
                ));
            }
        }
        Ok(TableMargins { n, row, column })
    }

    fn bounds(&self) -> (f64, f64) {
        ((self.row + self.column - self.n).max(0.0), self.row.min(self.column))
    }

    fn table(&self, a: f64, cells: CellRounding, step: Step) -> Result<Derived<TwoByTwo>> {
        let (low, high) = self.bounds();
        let a = match cells {
            CellRounding::Exact => a,
            CellRounding::Rounded => a.round(),
        };
        let a = a.clamp(low, high);
        let value = TwoByTwo::new(a, self.row - a, self.column - a, self.n - self.row - self.column + a)?;
        let mut step = step.from_all(&[("n", self.n), ("group 1", self.row), ("events", self.column)]);
        if cells == CellRounding::Rounded {
            step = step.note(
                "cells rounded to whole people: effects of the table differ slightly from the reported one",
            );
        }
        Ok(cells_of(step, &value).gives(value))
    }

    /// The table with this odds ratio.
    ///
    /// # Errors
    ///
    /// If the odds ratio is not above 0.
    pub fn odds_ratio(&self, or: f64, cells: CellRounding) -> Result<Derived<TwoByTwo>> {
        check::positive("odds ratio", or)?;
        let (low, high) = self.bounds();
        let excess = |a: f64| {
            let (b, c, d) = (self.row - a, self.column - a, self.n - self.row - self.column + a);
            a * d - or * b * c
        };
        let a = root::find(excess, low, high).ok_or_else(|| {
            Error::data(format!("no table has the odds ratio {or} with these margins"), "check the margins")
        })?;
        let step = Step::new(
            "table from an odds ratio and margins",
            "a·d = OR·b·c with the margins fixed",
            REFERENCE,
        )
        .from("odds ratio", or);
        self.table(a, cells, step)
    }

    /// The table with this phi coefficient.
    ///
    /// # Errors
    ///
    /// If phi is beyond ±1 or beyond what the margins allow.
    pub fn phi(&self, phi: f64, cells: CellRounding) -> Result<Derived<TwoByTwo>> {
        check::correlation("phi", phi)?;
        let spread = (self.row * (self.n - self.row) * self.column * (self.n - self.column)).sqrt();
        let a = (self.row * self.column + phi * spread) / self.n;
        let (low, high) = self.bounds();
        // A rounded phi may lead half a person beyond a bound.
        if a < low - 0.5 || a > high + 0.5 {
            return Err(Error::data(
                format!("phi is {phi}"),
                format!(
                    "these margins allow a phi between {} and {}",
                    super::record::short((self.n * low - self.row * self.column) / spread),
                    super::record::short((self.n * high - self.row * self.column) / spread)
                ),
            ));
        }
        let step = Step::new(
            "table from phi and margins",
            "a = (row·column + φ·√(row·(n - row)·column·(n - column)))/n",
            REFERENCE,
        )
        .from("phi", phi);
        self.table(a, cells, step)
    }

    /// The table with this chi-square statistic (without continuity correction), whose direction is that of the sign of
    /// `direction` (above 0: more events in group 1 than expected).
    ///
    /// # Errors
    ///
    /// If the statistic is below 0 or larger than the margins allow, or the direction is 0.
    pub fn chi_square(
        &self,
        chi_square: f64,
        direction: f64,
        cells: CellRounding,
    ) -> Result<Derived<TwoByTwo>> {
        check::not_negative("chi-square", chi_square)?;
        if direction.is_nan() || direction == 0.0 {
            return Err(Error::data(
                format!("direction is {direction}"),
                "give a number above 0 if group 1 has more events than expected, else below 0",
            ));
        }
        let phi = (chi_square / self.n).sqrt();
        if phi > 1.0 {
            return Err(Error::data(
                format!("chi-square is {chi_square} with {} people", self.n),
                "the statistic of a two-by-two table is at most n",
            ));
        }
        self.phi(phi.copysign(direction), cells)
    }
}

fn cells_of(step: Step, table: &TwoByTwo) -> Step {
    step.result("ai", table.ai()).result("bi", table.bi()).result("ci", table.ci()).result("di", table.di())
}

/// A relative measure with the risk of the comparator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Relative {
    /// A risk ratio.
    RiskRatio(f64),
    /// An odds ratio.
    OddsRatio(f64),
}

impl Relative {
    fn parts(self) -> Result<(&'static str, f64)> {
        match self {
            Relative::RiskRatio(value) => Ok(("risk ratio", check::positive("risk ratio", value)?)),
            Relative::OddsRatio(value) => Ok(("odds ratio", check::positive("odds ratio", value)?)),
        }
    }
}

/// The table of two groups of sizes n1 and n2 with a relative measure and the risk in group 2.
///
/// # Errors
///
/// If a value is out of its range, or the risk in group 1 comes out above 1.
pub fn from_risk(
    relative: Relative,
    risk2: f64,
    n1: f64,
    n2: f64,
    cells: CellRounding,
) -> Result<Derived<TwoByTwo>> {
    let (name, value) = relative.parts()?;
    check::probability("risk in group 2", risk2)?;
    check::positive("n1", n1)?;
    check::positive("n2", n2)?;
    let risk1 = match relative {
        Relative::RiskRatio(rr) => rr * risk2,
        Relative::OddsRatio(or) => or * risk2 / (1.0 - risk2 + or * risk2),
    };
    if risk1 > 1.0 {
        return Err(Error::data(
            format!("{name} {value} at a risk of {risk2} is a risk of {risk1}"),
            "a risk is at most 1: check the risk and the direction of the ratio",
        ));
    }
    let exact = (n1 * risk1, n2 * risk2);
    let (a, c) = match cells {
        CellRounding::Exact => exact,
        CellRounding::Rounded => (exact.0.round(), exact.1.round()),
    };
    let table = TwoByTwo::from_totals(a, n1, c, n2)?;
    let mut step =
        Step::new(format!("table from a {name} and one risk"), "a = n1·p1(p2), c = n2·p2", REFERENCE)
            .from_all(&[(name, value), ("risk in group 2", risk2), ("n1", n1), ("n2", n2)]);
    if cells == CellRounding::Rounded {
        step = step.note(
            "cells rounded to whole people: effects of the table differ slightly from the reported one",
        );
    }
    Ok(cells_of(step, &table).gives(table))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn margins_and_odds_ratio_are_kept() {
        let margins = TableMargins::new(120.0, 60.0, 44.0).unwrap();
        for or in [0.01, 0.5, 1.0, 1.8, 300.0] {
            let t = margins.odds_ratio(or, CellRounding::Exact).unwrap().value;
            assert_relative_eq!(t.ai() * t.di() / (t.bi() * t.ci()), or, max_relative = 1e-9);
            assert_relative_eq!(t.ai() + t.ci(), 44.0, max_relative = 1e-14);
        }
    }

    /// chisq.test of 26/34/18/42 by hand: χ² = n(ad - bc)²/(margins).
    #[test]
    fn phi_and_chi_square_lead_back() {
        let margins = TableMargins::new(120.0, 60.0, 44.0).unwrap();
        let (a, b, c, d) = (26.0f64, 34.0, 18.0, 42.0);
        let chi2 = 120.0 * (a * d - b * c).powi(2) / (60.0 * 60.0 * 44.0 * 76.0);
        let t = margins.chi_square(chi2, 1.0, CellRounding::Exact).unwrap().value;
        assert_relative_eq!(t.ai(), 26.0, max_relative = 1e-12);
        let t = margins.chi_square(chi2, -1.0, CellRounding::Rounded).unwrap().value;
        assert_eq!(t.ai(), 18.0);
        assert!(
            margins.phi(0.99, CellRounding::Exact).unwrap_err().to_string().contains("allow a phi between")
        );
        assert!(TableMargins::new(100.0, 100.0, 3.0).is_err());
    }

    #[test]
    fn one_risk_is_enough() {
        let t = from_risk(Relative::RiskRatio(0.5), 0.2, 100.0, 200.0, CellRounding::Rounded).unwrap().value;
        assert_eq!((t.ai(), t.ci()), (10.0, 40.0));
        let t = from_risk(Relative::OddsRatio(0.5), 0.2, 100.0, 200.0, CellRounding::Exact).unwrap().value;
        assert_relative_eq!(t.ai() * t.di() / (t.bi() * t.ci()), 0.5, max_relative = 1e-12);
        assert!(from_risk(Relative::RiskRatio(6.0), 0.2, 10.0, 10.0, CellRounding::Exact).is_err());
    }
}
