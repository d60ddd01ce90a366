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
        let texts = |name: &str| {
            if table.has(name) { table.texts(name).map(Some) } else { Ok(None) }
        };
        let numbers = |name: &str| {
            if table.has(name) { table.numbers(name).map(Some) } else { Ok(None) }
        };
        if !table.has("outcome") {
            let error =
                Error::data("no column `outcome`", "a summary of findings has a row for each outcome");
            return Err(table.in_file(error));
        }
        let (outcome, studies, certainty, reasons, conclusion, measure) = (
            texts("outcome")?,
            texts("studies")?,
            texts("certainty")?,
            texts("reasons")?,
            texts("conclusion")?,
            texts("measure")?,
        );
        let (participants, estimate, lower, upper) =
            (numbers("participants")?, numbers("estimate")?, numbers("ci_lower")?, numbers("ci_upper")?);
        let (risk, per_1000) = (numbers("comparator_risk")?, numbers("comparator_per_1000")?);
        let text = |column: &Option<Vec<Option<String>>>, row: usize| {
            column.as_ref().and_then(|c| c.get(row).cloned().flatten())
        };
        let number =
            |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
        let mut made = SummaryOfFindings::new(intervention, comparator);
        for row in 0..table.len() {
            let at = |error: Error, column: &str| table.at(error, row, Some(column));
            let Some(name) = text(&outcome, row) else {
                return Err(at(Error::data("the outcome is missing", "name each outcome"), "outcome"));
            };
            let mut finding = Finding::new(name);
            finding.studies = text(&studies, row);
            finding.participants = match number(&participants, row) {
                Some(n) if n >= 0.0 && n.fract() == 0.0 && n < 9e15 => Some(n as u64),
                Some(n) => {
                    return Err(at(
                        Error::data(format!("{n} participants"), "write a whole number"),
                        "participants",
                    ));
                }
                None => None,
            };
            if let Some(code) = text(&measure, row) {
                match (number(&estimate, row), number(&lower, row), number(&upper, row)) {
                    (Some(e), Some(l), Some(u)) => {
                        finding = finding.effect(&code, e, l, u).map_err(|error| at(error, "measure"))?;
                    }
                    (None, None, None) => {}
                    _ => {
                        let error = Error::data(
                            "an effect without its whole interval",
                            "give estimate, ci_lower and ci_upper, or none of them",
                        );
                        return Err(at(error, "estimate"));
                    }
                }
            }
            finding.comparator_risk = number(&risk, row).or(number(&per_1000, row).map(|n| n / 1000.0));
            finding.certainty = text(&certainty, row)
                .map(|text| text.parse::<Certainty>().map_err(|error| at(error, "certainty")))
                .transpose()?;
            let parts = text(&reasons, row).unwrap_or_default();
            finding.reasons =
                parts.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
            finding.conclusion = text(&conclusion, row);
            finding.absolute().map_err(|error| table.at(error, row, None))?;
            made.findings.push(finding);
        }
        Ok(made)
    }
}
