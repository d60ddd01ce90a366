//! A table: named columns of one length. What labels its rows is in `labels`, which columns play which roles in `players`.
//!
//! Every error about a cell names the file, the row (counted from 1 without the header, in the file, also after rows
//! were left out), the label of the row, the column and the value. Reading a column as numbers or groups copies it, so
//! that nothing borrows from the table.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::assignment::numbers_in;
use super::cell::not_a_number;
use super::column::{Column, Levels};
use super::customary::spelling;
use super::lookup::Lookup;
use super::roles::Roles;
use crate::{Error, Result};

/// The text after a name that stands twice in a file, before the number of the column.
pub(super) const NUMBERED: &str = " (column ";

/// True for one of several columns of this name.
pub(super) fn is_numbered(column: &str, name: &str) -> bool {
    column.strip_prefix(name).is_some_and(|rest| rest.starts_with(NUMBERED))
}

/// Tables of more rows are not remembered when some of their rows are chosen.
const REMEMBERED: usize = 100_000;

/// As many names are listed in a message.
const LISTED: usize = 60;

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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Table {
    pub(super) columns: Vec<(String, Column)>,
    file: Option<String>,
    pub(super) roles: Roles,
    /// The rows of the source, counted from 1, once some are left out.
    origin: Option<Vec<usize>>,
    /// The table before some of its rows were chosen.
    #[serde(skip)]
    whole: Option<Arc<Table>>,
    /// The changes that the reader made to the file and the choice of its rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// The columns by their names; copies of a table share it.
    #[serde(skip)]
    pub(super) lookup: Arc<Lookup>,
    /// The positions of the columns from which labels are made, once they were looked for.
    #[serde(skip)]
    pub(super) labelled: OnceLock<Option<Labelled>>,
    /// True for rows that are known by their numbers where no column names them, which is then nothing to tell.
    #[serde(skip)]
    pub(super) nameless: bool,
}

/// The positions of the column of labels and of that of the years after them.
pub(super) type Labelled = (usize, Option<usize>);

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.columns == other.columns
            && self.file == other.file
            && self.roles == other.roles
            && self.origin == other.origin
            && self.notes == other.notes
    }
}

#[derive(Deserialize)]
struct Parts {
    columns: Vec<(String, Column)>,
    file: Option<String>,
    roles: Roles,
    origin: Option<Vec<usize>>,
    #[serde(default)]
    notes: Vec<String>,
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
        Ok(Table { file: parts.file, origin: parts.origin, notes: parts.notes, ..table })
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
        self.push(name.to_owned(), column);
        Ok(self)
    }

    fn push(&mut self, name: String, column: Column) {
        self.columns.push((name, column));
        Arc::make_mut(&mut self.lookup).add(&self.columns);
        self.labelled = OnceLock::new();
    }

    /// Puts a column in the place of the one of its name, or adds it.
    ///
    /// # Errors
    /// As [`with`](Self::with).
    pub fn replace(mut self, name: &str, column: Column) -> Result<Self> {
        match self.lookup.position(&self.columns, name) {
            Some(at) if column.len() == self.len() => {
                if let Some((_, old)) = self.columns.get_mut(at) {
                    *old = column;
                }
                self.labelled = OnceLock::new();
                Ok(self)
            }
            Some(_) => Err(self
                .in_file(Error::data("column has another length than the table", "columns have one length"))
                .in_column(name)),
            None => self.with(name, column),
        }
    }

    /// Adds a note on how the table came about.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The notes on how the table came about: what the reader did to the file, and what was chosen of it.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Takes further texts for missing values (`NR`, `n/a`, `-99`), in every column.
    ///
    /// # Errors
    /// If a text is empty, or none of them occurs.
    pub fn with_missing<S: AsRef<str>>(mut self, marks: &[S]) -> Result<Self> {
        let marks: Vec<&str> = marks.iter().map(|mark| mark.as_ref().trim()).collect();
        let occurs = self.columns.iter().any(|(_, column)| column.with_missing(&marks).is_some());
        if !occurs || marks.iter().any(|mark| mark.is_empty()) {
            let shown: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
            let found = format!("no cell holds {}", shown.join(" or "));
            return Err(Error::setting("--na", found, "name texts of the file, separated by commas"));
        }
        for (_, column) in &mut self.columns {
            if let Some(mended) = column.with_missing(&marks) {
                *column = mended;
            }
        }
        let shown: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
        Ok(self.with_note(format!("read as missing: {}", shown.join(", "))))
    }

    /// Names the source of the table, for messages.
    #[must_use]
    pub fn from_file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }

    /// Says that the rows are known by their numbers where no column names them, as values that never were a file are: no note
    /// tells of it.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.nameless = true;
        self
    }

    /// Says which columns play which roles.
    ///
    /// # Errors
    /// If a column does not exist, or its name fits several.
    pub fn with_roles(mut self, roles: Roles) -> Result<Self> {
        let mut named = Roles::new();
        for (role, column) in roles.iter() {
            named = named.with(role, self.name_of(column)?)?;
        }
        self.roles = named;
        self.labelled = OnceLock::new();
        Ok(self)
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    /// True if there is no row.
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

    /// True if there is a column of exactly this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.lookup.position(&self.columns, name).is_some()
    }

    /// The column of this name; if there is none, the one whose name has the same letters and digits, case ignored.
    ///
    /// # Errors
    /// If there is none, with the nearest name in the error, or there are several.
    pub fn column(&self, name: &str) -> Result<&Column> {
        let at = self.position(name)?;
        let (name, column) = self.columns.get(at).ok_or_else(|| self.unknown(name))?;
        self.roles.ask_by_name(name);
        Ok(column)
    }

    /// The name, as it stands in the table, of the column that a name means.
    ///
    /// # Errors
    /// As [`column`](Self::column).
    pub fn name_of(&self, name: &str) -> Result<&str> {
        let at = self.position(name)?;
        self.columns.get(at).map(|(name, _)| name.as_str()).ok_or_else(|| self.unknown(name))
    }

    pub(super) fn position(&self, name: &str) -> Result<usize> {
        if let Some(at) = self.lookup.position(&self.columns, name) {
            return Ok(at);
        }
        let spelled = spelling(name);
        match self.lookup.spelled(name).as_slice() {
            [at] if !spelled.is_empty() => Ok(*at),
            several if several.len() > 1 && !spelled.is_empty() => Err(self.ambiguous(name, several)),
            _ => Err(self.unknown(name)),
        }
    }

    fn ambiguous(&self, name: &str, columns: &[usize]) -> Error {
        let names: Vec<String> = columns
            .iter()
            .filter_map(|at| self.columns.get(*at))
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        self.in_file(Error::data(
            format!("`{name}` may be {}", names.join(" or ")),
            "write the name as it stands in the file, or rename one of the columns",
        ))
    }

    /// The error for a column that does not exist.
    pub(super) fn unknown(&self, name: &str) -> Error {
        let twice: Vec<String> =
            self.names().filter(|n| is_numbered(n, name)).map(|n| format!("`{n}`")).collect();
        if !twice.is_empty() {
            return self.in_file(Error::data(
                format!("several columns are named `{name}`"),
                format!("give every column that is used its own name, or write {}", twice.join(" or ")),
            ));
        }
        let text = Error::unknown("column", name, self.names().take(LISTED)).to_string();
        let text = if self.columns.len() > LISTED {
            format!("{text}, ... ({} columns)", self.columns.len())
        } else {
            text
        };
        let (found, remedy) = text.split_once("; ").unwrap_or((&text, "name a column of the table"));
        // a name that was cut at one of the signs that separate names
        let whole = |n: &&str| {
            n.len() > name.len()
                && n.contains(['/', ',', '|', '+', ':'])
                && n.split(['/', ',', '|', '+', ':']).any(|part| part.trim() == name)
        };
        match self.names().find(whole) {
            Some(whole) => self.in_file(Error::data(
                found,
                format!("write \"{whole}\" in quotation marks if it is meant; {remedy}"),
            )),
            None => self.in_file(Error::data(found, remedy)),
        }
    }

    /// A column as numbers, `None` where missing.
    ///
    /// # Errors
    /// If there is no such column, or a cell is neither a number nor missing.
    pub fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let (numbers, faults) = self.numbers_and_faults(name)?;
        self.number_error(name, &faults)?;
        Ok(numbers)
    }

    /// A column as numbers, `None` where missing or not a number, and the positions (counted from 0) of the latter.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn numbers_and_faults(&self, name: &str) -> Result<(Vec<Option<f64>>, Vec<usize>)> {
        Ok(self.column(name)?.numbers_and_faults())
    }

    /// The error for cells of a column that are no numbers, if there are any: the first with its remedy, the others by name.
    pub(crate) fn number_error(&self, name: &str, faults: &[usize]) -> Result<()> {
        let Some((first, others)) = faults.split_first() else { return Ok(()) };
        let column = self.column(name)?;
        let error = not_a_number(column.text_at(*first));
        let error = match error {
            Error::Data { place, found, remedy } if !others.is_empty() => {
                let cell = |row: &usize| {
                    let text = super::cell::shorten(column.text_at(*row)).into_owned();
                    format!("`{text}` in row {}", self.row_number(*row))
                };
                let shown: Vec<String> = others.iter().take(LISTED / 3).map(cell).collect();
                let more = others.len() - shown.len();
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                Error::Data { place, found: format!("{found}, nor are {}{more}", shown.join(", ")), remedy }
            }
            other => other,
        };
        let name = self.name_of(name)?;
        let error = match error {
            Error::Data { place, found, remedy }
                if numbers_in(column.text_at(*first)).is_ok_and(|all| all.len() > 1) =>
            {
                let remedy = format!(
                    "{remedy}; --set \"NAME = number(`{name}`, 1)\" takes the first number of such texts"
                );
                Error::Data { place, found, remedy }
            }
            other => other,
        };
        Err(self.at(error, *first, Some(name)))
    }

    /// The levels of a column at these positions (counted from 0), none of which may be missing; in a column of numbers `1`,
    /// `1.0` and `01` are one level.
    ///
    /// # Errors
    /// If there is no such column, or a value is missing.
    pub fn groups_at(&self, name: &str, positions: &[usize]) -> Result<Vec<String>> {
        let groups = self.column(name)?.as_groups();
        let group = |row: &usize| groups.get(*row).cloned().flatten().ok_or_else(|| self.lacks(name, *row));
        positions.iter().map(group).collect()
    }

    /// A column as numbers at these positions (counted from 0), none of which may be missing.
    ///
    /// # Errors
    /// If there is no such column, or a value is missing or not a number.
    pub fn numbers_at(&self, name: &str, positions: &[usize]) -> Result<Vec<f64>> {
        let numbers = self.numbers(name)?;
        let number = |row: &usize| numbers.get(*row).copied().flatten().ok_or_else(|| self.lacks(name, *row));
        positions.iter().map(number).collect()
    }

    /// The places of rows in the order of a column, as [`order`](Self::order) has it, none of which may be missing.
    ///
    /// # Errors
    /// If there is no such column, or a value is missing or has no place in an order.
    pub fn order_at(&self, name: &str, positions: &[usize]) -> Result<Vec<f64>> {
        let order = self.order(name)?;
        let place = |row: &usize| order.get(*row).copied().flatten().ok_or_else(|| self.lacks(name, *row));
        positions.iter().map(place).collect()
    }

    fn lacks(&self, name: &str, row: usize) -> Error {
        self.at(Error::data("the value is missing", "every study of the analysis needs one"), row, Some(name))
    }

    /// A column as numbers, none of them missing.
    ///
    /// # Errors
    /// As [`numbers`](Self::numbers), and if a cell is missing.
    pub fn complete_numbers(&self, name: &str) -> Result<Vec<f64>> {
        if let Some(complete) = self.column(name)?.complete() {
            return Ok(complete);
        }
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

    /// The number of a row (counted from 1) in the source, for a position (counted from 0) in the table.
    #[must_use]
    pub fn row_number(&self, position: usize) -> usize {
        match &self.origin {
            Some(rows) => rows.get(position).copied().unwrap_or(position.saturating_add(1)),
            None => position.saturating_add(1),
        }
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
        let columns = self.columns.iter().map(|(name, column)| (name.clone(), column.select(positions)));
        Ok(Table {
            columns: columns.collect(),
            file: self.file.clone(),
            roles: self.roles.clone(),
            origin: Some(positions.iter().map(|position| self.row_number(*position)).collect()),
            whole: self.whole.clone(),
            notes: self.notes.clone(),
            lookup: Arc::clone(&self.lookup),
            labelled: OnceLock::new(),
            nameless: self.nameless,
        })
    }

    /// The rows that a user chose of the table, which remembers the others: columns may be about all rows of the source.
    pub(crate) fn choose(self, positions: &[usize]) -> Result<Table> {
        let mut chosen = self.select(positions)?;
        if chosen.whole.is_none() && positions.len() < self.len() && self.len() <= REMEMBERED {
            chosen.whole = Some(Arc::new(self));
        }
        Ok(chosen)
    }

    /// The table before rows were chosen; itself where all are there.
    #[cfg(feature = "request")]
    pub(crate) fn whole(&self) -> &Table {
        self.whole.as_deref().unwrap_or(self)
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

/// The name that the reader gives to a first column without a name.
pub(super) const UNNAMED_FIRST: &str = "column 1";

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
