//! The part of a table that is taken: texts for missing values, columns made from others, rows by condition and without some studies.

use super::assignment::Assignment;
use super::condition::Condition;
use super::frame::Table;
use super::roles::{split, unquote};
use crate::{Error, Result};

/// The choice of rows and columns of a table, applied in this order: texts for missing values, new columns, conditions,
/// excluded studies. Each leaves a note in the table.
///
/// ```
/// use consilience::table::{Choice, Column, Table};
/// let table = Table::new()
///     .with("study", Column::read(["Ash 2001", "Elm 2003", "Oak 2005"])?)?
///     .with("year", Column::read(["2001", "2003", "2005"])?)?;
/// let choice = Choice::new().filter("year > 2001")?.exclude("Oak 2005");
/// let table = choice.apply(table)?;
/// assert_eq!(table.labels(), ["Elm 2003"]);
/// assert_eq!(table.notes(), ["rows chosen by `year > 2001`: 2 of 3", "excluded: Oak 2005 (row 3)"]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    missing: Vec<String>,
    set: Vec<Assignment>,
    filter: Vec<Condition>,
    exclude: Vec<String>,
}

impl Choice {
    /// The whole table.
    #[must_use]
    pub fn new() -> Self {
        Choice::default()
    }

    /// Adds texts that stand for missing values: `NR,n/a`.
    ///
    /// # Errors
    /// If a quotation mark is not closed.
    pub fn missing(mut self, marks: &str) -> Result<Self> {
        let marks = split(marks, ',').map_err(|_| super::roles::open_quote("--na"))?;
        self.missing.extend(marks.into_iter().map(unquote));
        Ok(self)
    }

    /// Adds a column made from others: `scale = recode(instrument, HADS = anxiety)`.
    ///
    /// # Errors
    /// If the text is not an assignment.
    pub fn set(mut self, assignment: &str) -> Result<Self> {
        self.set.push(assignment.parse()?);
        Ok(self)
    }

    /// Keeps the rows that fulfil a condition: `outcome == anxiety & year >= 2000`.
    ///
    /// # Errors
    /// If the text is not a condition.
    pub fn filter(mut self, condition: &str) -> Result<Self> {
        self.filter.push(condition.parse()?);
        Ok(self)
    }

    /// Leaves out the rows with a label, or with the labels of a list separated by commas or semicolons.
    #[must_use]
    pub fn exclude(mut self, label: impl Into<String>) -> Self {
        self.exclude.push(label.into());
        self
    }

    /// True if nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Choice::default()
    }

    /// The part of the table that is chosen; its notes say what was done.
    ///
    /// # Errors
    /// If a column, value or label does not exist, or no row is left.
    pub fn apply(&self, table: Table) -> Result<Table> {
        self.rows_of(self.with_columns(table)?)
    }

    /// The table with the missing values and the columns that are set.
    pub(crate) fn with_columns(&self, mut table: Table) -> Result<Table> {
        if !self.missing.is_empty() {
            table = table.with_missing(&self.missing)?;
        }
        for assignment in &self.set {
            table = assignment.apply(table)?;
        }
        Ok(table)
    }

    /// The rows of a table that are chosen.
    pub(crate) fn rows_of(&self, mut table: Table) -> Result<Table> {
        for condition in &self.filter {
            let (rows, all) = (condition.rows(&table)?, table.len());
            let note = format!("rows chosen by `{condition}`: {} of {all}", rows.len());
            if rows.is_empty() {
                return Err(table.in_file(Error::data(
                    format!("no row fulfils `{condition}`"),
                    format!("the table has {all} rows: choose with another condition"),
                )));
            }
            let alike = condition.alike(&table);
            table = alike.into_iter().fold(table.choose(&rows)?.with_note(note), Table::with_note);
        }
        self.without_excluded(table)
    }

    fn without_excluded(&self, table: Table) -> Result<Table> {
        if self.exclude.is_empty() {
            return Ok(table);
        }
        let labels = table.labels();
        let mut wanted: Vec<String> = Vec::new();
        for given in &self.exclude {
            let whole = given.trim();
            if let Some(found) = labels_in(whole, &labels) {
                wanted.extend(found);
            } else {
                let comma = split(whole, ',').map_err(|_| super::roles::open_quote("--exclude"))?;
                let parts =
                    comma.into_iter().flat_map(|part| split(part, ';').unwrap_or_else(|_| vec![part]));
                wanted.extend(parts.map(unquote).filter(|part| !part.is_empty()));
            }
        }
        if let Some(unknown) =
            wanted.iter().find(|name| !labels.iter().any(|label| label.trim() == name.as_str()))
        {
            let error = Error::unknown("study", unknown, labels.iter().take(60)).to_string();
            let (found, remedy) = error.split_once("; ").unwrap_or((&error, ""));
            return Err(table.in_file(Error::data(format!("--exclude names an {found}"), remedy)));
        }
        let gone =
            |row: &usize| labels.get(*row).is_some_and(|label| wanted.iter().any(|w| w == label.trim()));
        let (out, rows): (Vec<usize>, Vec<usize>) = (0..table.len()).partition(gone);
        if rows.is_empty() {
            return Err(table.in_file(Error::data("every row is excluded", "exclude fewer studies")));
        }
        let names: Vec<String> =
            out.iter().map(|row| format!("{} (row {})", table.label(*row), table.row_number(*row))).collect();
        Ok(table.choose(&rows)?.with_note(format!("excluded: {}", names.join(", "))))
    }
}

/// The labels of a list of labels, which may themselves hold commas; `None` if it is none of known ones.
fn labels_in(list: &str, labels: &[String]) -> Option<Vec<String>> {
    let (mut rest, mut found) = (list.trim(), Vec::new());
    while !rest.is_empty() {
        let begins = |label: &&str| {
            let after = rest.strip_prefix(*label).map(str::trim_start);
            !label.is_empty() && after.is_some_and(|after| after.is_empty() || after.starts_with([',', ';']))
        };
        let label = labels.iter().map(|label| label.trim()).filter(begins).max_by_key(|label| label.len())?;
        found.push(label.to_owned());
        rest = rest.get(label.len()..)?.trim_start().trim_start_matches([',', ';']).trim_start();
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Column;
    use super::*;

    #[test]
    fn labels_with_commas_and_lists_of_labels_are_excluded() {
        let table = || {
            let labels = ["Ash, 2001", "Elm 2003", "Oak 2005", "Yew 2007"];
            Table::new().with("study", Column::read(labels).unwrap()).unwrap()
        };
        let left = |text: &str| Choice::new().exclude(text).apply(table()).map(|t| t.labels());
        assert_eq!(left("Ash, 2001").unwrap(), ["Elm 2003", "Oak 2005", "Yew 2007"]);
        assert_eq!(left("Elm 2003, \"Ash, 2001\"; Oak 2005").unwrap(), ["Yew 2007"]);
        assert_eq!(left("Elm 2003, Ash, 2001, Yew 2007").unwrap(), ["Oak 2005"]);
        assert!(left("Elm 2002").unwrap_err().to_string().contains("did you mean `Elm 2003`?"));
        assert!(
            Choice::new()
                .filter("study == \"Elm 2003\" & study == \"Oak 2005\"")
                .unwrap()
                .apply(table())
                .is_err()
        );
    }
}
