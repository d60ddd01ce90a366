//! A table: named columns of one length, labels of its rows and the roles of its columns.
//!
//! Every error about a cell names the file, the row (counted from 1 without the header, in the file, also after rows
//! were left out), the label of the row, the column and the value. Reading a column as numbers or groups copies it, so
//! that nothing borrows from the table.

use serde::{Deserialize, Serialize};

use super::column::{Column, Levels, not_a_number};
use super::roles::Roles;
use crate::{Error, Result};

/// The columns that label a row, in the order in which they are looked for.
const LABELS: [&str; 4] = ["study", "slab", "label", "author"];

/// Named columns of one length.
///
/// ```
/// use consilience::table::{Column, Table};
/// let table = Table::new()
///     .with("author", Column::texts([Some("Aronson"), Some("Ferguson & Simes")])?)?
///     .with("year", Column::numbers([Some(1948.0), Some(1949.0)])?)?
///     .with("ablat", Column::numbers([Some(44.0), None])?)?;
/// assert_eq!(table.labels(), ["Aronson 1948", "Ferguson & Simes 1949"]);
/// assert_eq!(table.numbers("ablat")?, [Some(44.0), None]);
/// assert_eq!(
///     table.complete_numbers("ablat").unwrap_err().to_string(),
///     "row 2 (Ferguson & Simes 1949), column ablat: the value is missing; a number is needed here"
/// );
/// assert!(table.numbers("ablatt").unwrap_err().to_string().contains("did you mean `ablat`?"));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Table {
    columns: Vec<(String, Column)>,
    file: Option<String>,
    roles: Roles,
    /// The rows of the source, counted from 1, once some are left out.
    origin: Option<Vec<usize>>,
}

#[derive(Deserialize)]
struct Parts {
    columns: Vec<(String, Column)>,
    file: Option<String>,
    roles: Roles,
    origin: Option<Vec<usize>>,
}

impl TryFrom<Parts> for Table {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self> {
        let table = parts
            .columns
            .into_iter()
            .try_fold(Table::new(), |table, (name, column)| table.with(&name, column))?
            .with_roles(parts.roles)?;
        if parts.origin.as_ref().is_some_and(|rows| rows.len() != table.len()) {
            return Err(Error::data(
                "the table's rows and their numbers differ in length",
                "give one number a row",
            ));
        }
        Ok(Table { file: parts.file, origin: parts.origin, ..table })
    }
}

impl Table {
    /// A table without columns.
    #[must_use]
    pub fn new() -> Self {
        Table::default()
    }

    /// Adds a column.
    ///
    /// # Errors
    /// If its name is empty or taken, or its length is not that of the table.
    pub fn with(mut self, name: &str, column: Column) -> Result<Self> {
        if name.is_empty() {
            return Err(self.in_file(Error::data("a column has no name", "name every column")));
        }
        if self.has(name) {
            return Err(self.in_file(Error::data(
                format!("two columns are named `{name}`"),
                "give every column its own name",
            )));
        }
        if !self.columns.is_empty() && column.len() != self.len() {
            let found = format!("column has {} rows, the table {}", column.len(), self.len());
            return Err(self.in_file(Error::data(found, "columns have one length").in_column(name)));
        }
        self.columns.push((name.to_owned(), column));
        Ok(self)
    }

    /// Names the source of the table, for messages.
    #[must_use]
    pub fn from_file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }

    /// Says which columns play which roles.
    ///
    /// # Errors
    /// If a column does not exist.
    pub fn with_roles(mut self, roles: Roles) -> Result<Self> {
        for (_, column) in roles.iter() {
            self.column(column)?;
        }
        self.roles = roles;
        Ok(self)
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of the source, if it is known.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The roles as they were given.
    #[must_use]
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The names of the columns in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// Whether there is a column of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }

    /// The column of this name.
    ///
    /// # Errors
    /// If there is none; the error has the nearest name.
    pub fn column(&self, name: &str) -> Result<&Column> {
        match self.columns.iter().find(|(n, _)| n == name) {
            Some((_, column)) => Ok(column),
            None => Err(self.unknown(name)),
        }
    }

    /// The error for a column that does not exist.
    fn unknown(&self, name: &str) -> Error {
        let text = Error::unknown("column", name, self.names()).to_string();
        let (found, remedy) = text.split_once("; ").unwrap_or((&text, "name a column of the table"));
        self.in_file(Error::data(found, remedy))
    }

    /// A column as numbers, `None` where missing.
    ///
    /// # Errors
    /// If there is no such column, or a cell is neither a number nor missing.
    pub fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>> {
        self.column(name)?
            .numbers_or_text()
            .map_err(|(row, text)| self.at(not_a_number(text), row, Some(name)))
    }

    /// A column as numbers, none of them missing.
    ///
    /// # Errors
    /// As [`numbers`](Self::numbers), and if a cell is missing.
    pub fn complete_numbers(&self, name: &str) -> Result<Vec<f64>> {
        let missing =
            |row| self.at(Error::data("the value is missing", "a number is needed here"), row, Some(name));
        let numbers = self.numbers(name)?;
        numbers.into_iter().enumerate().map(|(row, value)| value.ok_or_else(|| missing(row))).collect()
    }

    /// A column as texts, each as it was written, `None` where missing.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<String>>> {
        Ok(self.column(name)?.as_texts())
    }

    /// A column as groups, its levels in the order of their bytes or, if they are numbers, in numeric order.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn levels(&self, name: &str) -> Result<Levels> {
        Ok(self.column(name)?.levels())
    }

    /// The column that plays a role: the one that is mapped to it, or else the one that bears its name and is not
    /// mapped to another role.
    #[must_use]
    pub fn role(&self, role: &str) -> Option<&str> {
        self.roles.column(role).or_else(|| {
            self.names().find(|name| *name == role).filter(|name| self.roles.role(name).is_none())
        })
    }

    /// The column that plays a role.
    ///
    /// # Errors
    /// If there is none; the error has the nearest name of a column.
    pub fn require_role(&self, role: &str) -> Result<&str> {
        match (self.role(role), self.roles.role(role)) {
            (Some(name), _) => Ok(name),
            (None, Some(other)) => Err(self.in_file(Error::data(
                format!("no column plays the role `{role}`: column `{role}` was given the role `{other}`"),
                format!("say which column it is with {role}=NAME"),
            ))),
            (None, None) => Err(self.unknown(role)),
        }
    }

    /// The number of a row (counted from 1) in the source, for a position (counted from 0) in the table.
    #[must_use]
    pub fn row_number(&self, position: usize) -> usize {
        match &self.origin {
            Some(rows) => rows.get(position).copied().unwrap_or(position.saturating_add(1)),
            None => position.saturating_add(1),
        }
    }

    /// The label of a row, for a position counted from 0: the cell of the column that plays `study`, else `slab`,
    /// `label` or `author` (with that of `year` after it), else the number of the row; the latter also where the cell
    /// is missing.
    #[must_use]
    pub fn label(&self, position: usize) -> String {
        self.written_label(position).unwrap_or_else(|| self.row_number(position).to_string())
    }

    fn written_label(&self, position: usize) -> Option<String> {
        let role = LABELS.into_iter().find(|role| self.role(role).is_some())?;
        let cell = |role: &str| self.column(self.role(role)?).ok()?.get(position);
        let label = cell(role)?;
        match cell("year").filter(|_| role == "author") {
            Some(year) => Some(format!("{label} {year}")),
            None => Some(label.into_owned()),
        }
    }

    /// The labels of all rows.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        (0..self.len()).map(|row| self.label(row)).collect()
    }

    /// A note for every label that several rows share, in the order of the rows.
    #[must_use]
    pub fn label_notes(&self) -> Vec<String> {
        let labels = self.labels();
        let mut rows: std::collections::HashMap<&str, Vec<usize>> = std::collections::HashMap::new();
        for (position, label) in labels.iter().enumerate() {
            rows.entry(label).or_default().push(self.row_number(position));
        }
        let mut shared: Vec<(&str, Vec<usize>)> =
            rows.into_iter().filter(|(_, rows)| rows.len() > 1).collect();
        shared.sort_by_key(|(_, rows)| rows.first().copied());
        let note = |(label, rows): (&str, Vec<usize>)| {
            let shown: Vec<String> = rows.iter().take(10).map(usize::to_string).collect();
            let rest = if rows.len() > 10 { ", ..." } else { "" };
            format!("the label `{label}` stands in {} rows: {}{rest}", rows.len(), shown.join(", "))
        };
        shared.into_iter().map(note).collect()
    }

    /// The rows at these positions (counted from 0) in this order; errors go on naming the rows of the source.
    ///
    /// # Errors
    /// If there is no row at a position.
    pub fn select(&self, positions: &[usize]) -> Result<Table> {
        if let Some(beyond) = positions.iter().find(|position| **position >= self.len()) {
            return Err(self.in_file(Error::data(
                format!("there is no row at position {beyond}"),
                format!("the table has {} rows, counted from 0", self.len()),
            )));
        }
        Ok(Table {
            columns: self
                .columns
                .iter()
                .map(|(name, column)| (name.clone(), column.select(positions)))
                .collect(),
            file: self.file.clone(),
            roles: self.roles.clone(),
            origin: Some(positions.iter().map(|position| self.row_number(*position)).collect()),
        })
    }

    /// The positions (counted from 0) of the rows in which one of these columns is missing.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn missing_rows<S: AsRef<str>>(&self, names: &[S]) -> Result<Vec<usize>> {
        let columns = names.iter().map(|name| self.column(name.as_ref())).collect::<Result<Vec<_>>>()?;
        Ok((0..self.len()).filter(|row| columns.iter().any(|column| column.is_missing(*row))).collect())
    }

    /// Adds to an error the file, the row at a position (counted from 0), its label and, if given, the column.
    #[must_use]
    pub fn at(&self, error: Error, position: usize, column: Option<&str>) -> Error {
        error.at(|place| {
            place.file.clone_from(&self.file);
            place.row = Some(self.row_number(position));
            place.study = self.written_label(position);
            place.column = column.map(str::to_owned);
        })
    }

    /// Adds to an error the file.
    #[must_use]
    pub fn in_file(&self, error: Error) -> Error {
        error.at(|place| place.file.clone_from(&self.file))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(cells: &[&str]) -> Column {
        Column::texts(cells.iter().map(|cell| (!cell.is_empty()).then_some(*cell))).unwrap()
    }

    fn trials() -> Table {
        Table::new()
            .from_file("trials.csv")
            .with("author", text(&["Hart", "Rosenthal", "", "Hart"]))
            .unwrap()
            .with("year", Column::numbers([Some(1977.0), None, Some(1961.0), Some(1977.0)]).unwrap())
            .unwrap()
            .with("tpos", text(&["62", "x", "17", ""]))
            .unwrap()
    }

    #[test]
    fn labels_follow_the_first_of_their_columns() {
        let table = trials();
        assert_eq!(table.labels(), ["Hart 1977", "Rosenthal", "3", "Hart 1977"]);
        assert_eq!(table.label_notes(), ["the label `Hart 1977` stands in 2 rows: 1, 4"]);
        let table = table.with("study", text(&["a", "b", "c", "d"])).unwrap();
        assert_eq!(table.labels(), ["a", "b", "c", "d"]);
        let table = table.with_roles("study=tpos".parse().unwrap()).unwrap();
        assert_eq!(table.labels(), ["62", "x", "17", "4"]);
    }

    #[test]
    fn errors_name_the_row_of_the_file_after_a_selection() {
        let table = trials().select(&[2, 1]).unwrap();
        assert_eq!(table.labels(), ["3", "Rosenthal"]);
        assert_eq!(
            table.numbers("tpos").unwrap_err().to_string(),
            "trials.csv, row 2 (Rosenthal), column tpos: `x` is not a number; a number is needed here (a missing \
             value is written NA or left empty)"
        );
        assert_eq!(table.select(&[0]).unwrap().numbers("tpos").unwrap(), [Some(17.0)]);
        assert!(table.select(&[2]).is_err());
    }

    #[test]
    fn an_unknown_column_is_named_with_the_nearest() {
        let error = trials().numbers("tpso").unwrap_err().to_string();
        assert_eq!(
            error,
            "trials.csv: unknown column `tpso`; did you mean `tpos`? Known: author, year, tpos"
        );
        let error = trials().with_roles("ai=tpso".parse().unwrap()).unwrap_err().to_string();
        assert!(error.contains("did you mean `tpos`"), "{error}");
    }

    #[test]
    fn a_mapped_column_no_longer_plays_its_own_role() {
        let table = trials().with("ai", text(&["1", "2", "3", "4"])).unwrap();
        assert_eq!(table.role("ai"), Some("ai"));
        let table = table.with_roles("ci=ai".parse().unwrap()).unwrap();
        assert_eq!((table.role("ai"), table.role("ci")), (None, Some("ai")));
        let error = table.require_role("ai").unwrap_err().to_string();
        assert!(error.contains("column `ai` was given the role `ci`"), "{error}");
    }

    #[test]
    fn columns_of_a_table_are_checked() {
        assert!(trials().with("year", text(&["1", "2", "3", "4"])).is_err());
        assert!(trials().with("", text(&["1", "2", "3", "4"])).is_err());
        let error = trials().with("short", text(&["1"])).unwrap_err().to_string();
        assert_eq!(
            error,
            "trials.csv, column short: column has 1 rows, the table 4; columns have one length"
        );
    }

    #[test]
    fn a_table_survives_serialization() {
        let table = trials().with_roles("ai=tpos".parse().unwrap()).unwrap().select(&[0, 2]).unwrap();
        let json = serde_json::to_string(&table).unwrap();
        assert_eq!(serde_json::from_str::<Table>(&json).unwrap(), table);
    }
}
