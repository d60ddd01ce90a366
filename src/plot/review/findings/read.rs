//! A summary of findings from a table with a row for each outcome.

use super::{Certainty, Finding, SummaryOfFindings};
use crate::{Error, Result, table::Table};

impl SummaryOfFindings {
    /// Reads a table with a row for each outcome: `outcome`, and as far as they are there `studies`, `participants`, `measure`
    /// with `estimate ci_lower ci_upper`, `comparator_risk` (0 to 1) or `comparator_per_1000`, `certainty`, `reasons`
    /// (separated by semicolons), `conclusion`.
    ///
    /// # Errors
    ///
    /// If there is no column `outcome`, or a cell cannot be read: the error names row, column, value and what is allowed.
    pub fn from_table(table: &Table, intervention: &str, comparator: &str) -> Result<Self> {
        if !table.has("outcome") {
            let error =
                Error::data("no column `outcome`", "a summary of findings has a row for each outcome");
            return Err(table.in_file(error));
        }
        let columns = Columns::of(table)?;
        let mut made = SummaryOfFindings::new(intervention, comparator);
        for row in 0..table.len() {
            made.findings.push(columns.finding(row)?);
        }
        Ok(made)
    }
}

type Texts = Option<Vec<Option<String>>>;
type Numbers = Option<Vec<Option<f64>>>;

/// The columns that are there.
struct Columns<'a> {
    table: &'a Table,
    outcome: Texts,
    studies: Texts,
    certainty: Texts,
    reasons: Texts,
    conclusion: Texts,
    measure: Texts,
    participants: Numbers,
    estimate: Numbers,
    ci_lower: Numbers,
    ci_upper: Numbers,
    risk: Numbers,
    per_1000: Numbers,
}

fn text(column: &Texts, row: usize) -> Option<String> {
    column.as_ref()?.get(row).cloned().flatten()
}

fn number(column: &Numbers, row: usize) -> Option<f64> {
    column.as_ref()?.get(row).copied().flatten()
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Result<Self> {
        let texts = |name: &str| {
            if table.has(name) { table.texts(name).map(Some) } else { Ok(None) }
        };
        let numbers = |name: &str| {
            if table.has(name) { table.numbers(name).map(Some) } else { Ok(None) }
        };
        Ok(Self {
            table,
            outcome: texts("outcome")?,
            studies: texts("studies")?,
            certainty: texts("certainty")?,
            reasons: texts("reasons")?,
            conclusion: texts("conclusion")?,
            measure: texts("measure")?,
            participants: numbers("participants")?,
            estimate: numbers("estimate")?,
            ci_lower: numbers("ci_lower")?,
            ci_upper: numbers("ci_upper")?,
            risk: numbers("comparator_risk")?,
            per_1000: numbers("comparator_per_1000")?,
        })
    }

    fn finding(&self, row: usize) -> Result<Finding> {
        let at = |error: Error, column: &str| self.table.at(error, row, Some(column));
        let Some(name) = text(&self.outcome, row) else {
            return Err(at(Error::data("the outcome is missing", "name each outcome"), "outcome"));
        };
        let mut finding = self.with_effect(Finding::new(name), row)?;
        finding.studies = text(&self.studies, row);
        finding.participants = match number(&self.participants, row) {
            Some(n) if n >= 0.0 && n.fract() == 0.0 && n < 9e15 => Some(n as u64),
            Some(n) => {
                let error = Error::data(format!("{n} participants"), "write a whole number");
                return Err(at(error, "participants"));
            }
            None => None,
        };
        finding.comparator_risk = number(&self.risk, row).or(number(&self.per_1000, row).map(|n| n / 1000.0));
        finding.certainty = text(&self.certainty, row)
            .map(|text| text.parse::<Certainty>().map_err(|error| at(error, "certainty")))
            .transpose()?;
        let parts = text(&self.reasons, row).unwrap_or_default();
        finding.reasons =
            parts.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        finding.conclusion = text(&self.conclusion, row);
        finding.absolute().map_err(|error| self.table.at(error, row, None))?;
        Ok(finding)
    }

    /// Adds the relative effect, if the row has one.
    fn with_effect(&self, finding: Finding, row: usize) -> Result<Finding> {
        let at = |error: Error, column: &str| self.table.at(error, row, Some(column));
        let Some(code) = text(&self.measure, row) else { return Ok(finding) };
        let numbers = (number(&self.estimate, row), number(&self.ci_lower, row), number(&self.ci_upper, row));
        match numbers {
            (Some(e), Some(l), Some(u)) => {
                finding.effect(&code, e, l, u).map_err(|error| at(error, "measure"))
            }
            (None, None, None) => Ok(finding),
            _ => {
                let error = Error::data(
                    "an effect without its whole interval",
                    "give estimate, ci_lower and ci_upper, or none of them",
                );
                Err(at(error, "estimate"))
            }
        }
    }
}
