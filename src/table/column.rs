//! A named column's cells: numbers or texts, each of which may be missing.
//!
//! A cell is *missing* if it is empty or one of `NA`, `NaN` and `.`, in exactly this case (as R has it: `na` is a
//! text). White space around a cell does not count. Numbers are kept as `f64`, eight bytes a row; where the number does
//! not print as it was written (`0.10`, `007`, `1e3`) the written form is kept beside it, so that labels and copies of
//! the data show what the file says. Texts are kept once each, with a code for every row.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The code of a missing text.
const NO_TEXT: u32 = u32::MAX;

/// A column of a [`Table`](super::Table): numbers or texts, with missing cells.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Plain", try_from = "Plain")]
pub struct Column {
    cells: Cells,
}

#[derive(Clone, Debug)]
enum Cells {
    /// Missing values are NaN; no other value here is NaN or infinite.
    Number {
        values: Vec<f64>,
        written: Written,
    },
    Text {
        distinct: Vec<String>,
        codes: Vec<u32>,
    },
}

/// The serialized form.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Plain {
    Number { values: Vec<Option<f64>>, written: Vec<(usize, String)> },
    Text(Vec<Option<String>>),
}

/// A column as groups: its levels in order and, for each row, the position of its level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Levels {
    /// The levels that occur: texts in the order of their bytes, numbers in numeric order.
    pub names: Vec<String>,
    /// For each row the position of its level in `names`; `None` where the cell is missing.
    pub codes: Vec<Option<usize>>,
}

/// What a cell of a file says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    Missing,
    Number(f64),
    Infinite,
    Text,
}

/// Reads a cell whose surrounding white space is gone.
pub(super) fn classify(text: &str) -> Cell {
    if matches!(text, "" | "NA" | "NaN" | ".") {
        return Cell::Missing;
    }
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if bare.eq_ignore_ascii_case("inf") || bare.eq_ignore_ascii_case("infinity") {
        return Cell::Infinite;
    }
    if !bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Cell::Text;
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Cell::Number(value),
        Ok(_) => Cell::Infinite,
        Err(_) => Cell::Text,
    }
}

/// The error for a text that stands where a number is needed.
pub(super) fn not_a_number(text: &str) -> Error {
    let shown = shorten(text);
    if classify(text) == Cell::Infinite {
        return infinite(text);
    }
    let numeric = |s: &str| matches!(classify(s.trim()), Cell::Number(_));
    let remedy = if numeric(&text.replacen(',', ".", 1)) {
        let point = text.replacen(',', ".", 1);
        format!("write numbers with a decimal point and no other separator, as in `{point}`")
    } else if numeric(&text.replace([',', ' ', '\'', '\u{a0}', '\u{202f}'], "")) {
        "write numbers without separators between the thousands".to_owned()
    } else if numeric(&text.replace(['\u{2212}', '\u{2013}'], "-")) {
        "write the minus sign as `-`".to_owned()
    } else if text.ends_with('%') {
        "write a number without the per cent sign".to_owned()
    } else if matches!(text.to_ascii_lowercase().as_str(), "na" | "n/a" | "nan" | "null" | "none" | "-" | "?")
    {
        "write a missing value as NA or leave the field empty".to_owned()
    } else {
        "a number is needed here (a missing value is written NA or left empty)".to_owned()
    };
    Error::data(format!("`{shown}` is not a number"), remedy)
}

fn infinite(text: &str) -> Error {
    Error::data(
        format!("`{}` is infinite", shorten(text)),
        "values must be finite; write NA for a value that is not known",
    )
}

/// At most 40 characters of a text, for messages.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}...", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a number of this text prints as this very text, judged without printing it: at most 15 digits, no
/// exponent, no sign but a minus, and no zero that could be left out.
fn prints_as_written(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > 16 {
        return false;
    }
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let length = whole.len() + fraction.map_or(0, str::len);
    plain(whole)
        && length <= 15
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|part| plain(part) && !part.ends_with('0'))
}

/// The written forms of some rows, in the order of the rows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Written {
    rows: Vec<usize>,
    ends: Vec<usize>,
    text: String,
}

impl Written {
    fn push(&mut self, row: usize, text: &str) {
        self.rows.push(row);
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn get(&self, row: usize) -> Option<&str> {
        let at = self.rows.binary_search(&row).ok()?;
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(start..*self.ends.get(at)?)
    }
}

/// Collects the cells of a column as they are read: numbers until the first text, from then on texts.
#[derive(Debug)]
pub(super) struct Growing {
    column: Column,
    known: HashMap<String, u32>,
    /// The first row with an infinite value, in a column of numbers.
    infinite: Option<usize>,
}

impl Growing {
    pub(super) fn new() -> Self {
        let cells = Cells::Number { values: Vec::new(), written: Written::default() };
        Growing { column: Column { cells }, known: HashMap::new(), infinite: None }
    }

    /// Adds a cell; white space around it is dropped.
    pub(super) fn push(&mut self, cell: &str) -> Result<()> {
        let cell = cell.trim();
        let kind = classify(cell);
        let row = self.column.len();
        if let Cells::Number { values, written } = &mut self.column.cells {
            match kind {
                Cell::Missing => values.push(f64::NAN),
                Cell::Number(value) => {
                    values.push(value);
                    if !prints_as_written(cell) {
                        written.push(row, cell);
                    }
                }
                Cell::Infinite => {
                    values.push(f64::NAN);
                    written.push(row, cell);
                    self.infinite.get_or_insert(row);
                }
                Cell::Text => {
                    self.turn_to_text()?;
                    return self.push_text(Some(cell));
                }
            }
            return Ok(());
        }
        self.push_text((kind != Cell::Missing).then_some(cell))
    }

    fn turn_to_text(&mut self) -> Result<()> {
        let cells = Cells::Text { distinct: Vec::new(), codes: Vec::with_capacity(self.column.len() + 1) };
        let numbers = std::mem::replace(&mut self.column.cells, cells);
        self.infinite = None;
        let numbers = Column { cells: numbers };
        (0..numbers.len()).try_for_each(|row| self.push_text(numbers.get(row).as_deref()))
    }

    fn push_text(&mut self, text: Option<&str>) -> Result<()> {
        let Cells::Text { distinct, codes } = &mut self.column.cells else { return Ok(()) };
        let code = match text {
            None => NO_TEXT,
            Some(text) => match self.known.get(text) {
                Some(code) => *code,
                None => {
                    let code = u32::try_from(distinct.len()).ok().filter(|code| *code != NO_TEXT);
                    let code = code.ok_or_else(|| {
                        Error::data("more than four thousand million different texts", "split the file")
                    })?;
                    distinct.push(text.to_owned());
                    self.known.insert(text.to_owned(), code);
                    code
                }
            },
        };
        codes.push(code);
        Ok(())
    }

    /// The column; an error in row `n` (counted from 1) for an infinite value in a column of numbers.
    pub(super) fn finish(self) -> Result<Column> {
        match self.infinite {
            Some(row) => Err(infinite(self.column.get(row).as_deref().unwrap_or_default()).in_row(row + 1)),
            None => Ok(self.column),
        }
    }
}

impl Column {
    /// A column of numbers.
    ///
    /// # Errors
    /// If a value is infinite or NaN (a missing value is `None`).
    pub fn numbers(values: impl IntoIterator<Item = Option<f64>>) -> Result<Self> {
        let number = |(row, value): (usize, Option<f64>)| match value {
            None => Ok(f64::NAN),
            Some(value) if value.is_finite() => Ok(value),
            Some(value) => Err(Error::data(
                format!("`{value}` is not a finite number"),
                "values must be finite; a missing value is `None`",
            )
            .in_row(row + 1)),
        };
        let values = values.into_iter().enumerate().map(number).collect::<Result<Vec<_>>>()?;
        Ok(Column { cells: Cells::Number { values, written: Written::default() } })
    }

    /// A column of texts.
    ///
    /// # Errors
    /// If there are more than about 4.29e9 different texts.
    pub fn texts<S: AsRef<str>>(texts: impl IntoIterator<Item = Option<S>>) -> Result<Self> {
        let mut growing = Growing::new();
        growing.turn_to_text()?;
        for text in texts {
            growing.push_text(text.as_ref().map(AsRef::as_ref))?;
        }
        growing.finish()
    }

    /// A column from cells as a file has them: numbers if each that is not missing is one, else texts.
    ///
    /// ```
    /// use consilience::table::Column;
    /// let column = Column::read(["0.10", "NA", " 2 "])?;
    /// assert_eq!(column.as_numbers()?, [Some(0.1), None, Some(2.0)]);
    /// assert_eq!(column.get(0).as_deref(), Some("0.10"));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a value is infinite in a column of numbers.
    pub fn read<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> Result<Self> {
        let mut growing = Growing::new();
        cells.into_iter().try_for_each(|cell| growing.push(cell.as_ref()))?;
        growing.finish()
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.cells {
            Cells::Number { values, .. } => values.len(),
            Cells::Text { codes, .. } => codes.len(),
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every cell that is not missing is a number.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self.cells, Cells::Number { .. })
    }

    /// The cell of a row (counted from 0) as it was written; `None` if it is missing or there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Cow<'_, str>> {
        match &self.cells {
            Cells::Number { values, written } => match written.get(row) {
                Some(text) => Some(Cow::Borrowed(text)),
                None => values.get(row).filter(|v| !v.is_nan()).map(|v| Cow::Owned(v.to_string())),
            },
            Cells::Text { distinct, codes } => {
                let code = codes.get(row).filter(|code| **code != NO_TEXT)?;
                distinct.get(*code as usize).map(|text| Cow::Borrowed(text.as_str()))
            }
        }
    }

    /// Whether the cell of a row (counted from 0) is missing; so is a row that does not exist.
    #[must_use]
    pub fn is_missing(&self, row: usize) -> bool {
        match &self.cells {
            Cells::Number { values, .. } => values.get(row).is_none_or(|v| v.is_nan()),
            Cells::Text { codes, .. } => codes.get(row).is_none_or(|code| *code == NO_TEXT),
        }
    }

    /// The column as numbers, `None` where missing.
    ///
    /// # Errors
    /// If a cell is neither a number nor missing; the error names row and value.
    pub fn as_numbers(&self) -> Result<Vec<Option<f64>>> {
        self.numbers_or_text().map_err(|(row, text)| not_a_number(text).in_row(row + 1))
    }

    /// The column as numbers, or the first cell that is none with its row (counted from 0).
    pub(super) fn numbers_or_text(&self) -> std::result::Result<Vec<Option<f64>>, (usize, &str)> {
        match &self.cells {
            Cells::Number { values, .. } => {
                Ok(values.iter().map(|v| if v.is_nan() { None } else { Some(*v) }).collect())
            }
            Cells::Text { distinct, codes } => {
                let kinds: Vec<Cell> = distinct.iter().map(|text| classify(text.trim())).collect();
                let number = |(row, code): (usize, &u32)| match kinds.get(*code as usize) {
                    None | Some(Cell::Missing) => Ok(None),
                    Some(Cell::Number(value)) => Ok(Some(*value)),
                    Some(Cell::Infinite | Cell::Text) => {
                        Err((row, distinct.get(*code as usize).map_or("", String::as_str)))
                    }
                };
                codes.iter().enumerate().map(number).collect()
            }
        }
    }

    /// The column as texts, each as it was written; `None` where missing.
    #[must_use]
    pub fn as_texts(&self) -> Vec<Option<String>> {
        (0..self.len()).map(|row| self.get(row).map(Cow::into_owned)).collect()
    }

    /// The column as groups: levels that occur, texts in the order of their bytes and numbers in numeric order.
    #[must_use]
    pub fn levels(&self) -> Levels {
        match &self.cells {
            Cells::Number { values, .. } => {
                let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
                sorted.sort_by(f64::total_cmp);
                sorted.dedup_by(|a, b| a == b);
                let place = |v: &f64| sorted.binary_search_by(|s| s.partial_cmp(v).unwrap_or(NAN_LAST)).ok();
                let codes = values.iter().map(|v| if v.is_nan() { None } else { place(v) }).collect();
                Levels { names: sorted.iter().map(f64::to_string).collect(), codes }
            }
            Cells::Text { distinct, codes } => {
                let mut used = vec![false; distinct.len()];
                for code in codes {
                    if let Some(flag) = used.get_mut(*code as usize) {
                        *flag = true;
                    }
                }
                let mut order: Vec<usize> =
                    (0..distinct.len()).filter(|i| used.get(*i) == Some(&true)).collect();
                order.sort_by_key(|i| distinct.get(*i));
                let mut rank = vec![None; distinct.len()];
                for (place, code) in order.iter().enumerate() {
                    if let Some(slot) = rank.get_mut(*code) {
                        *slot = Some(place);
                    }
                }
                Levels {
                    names: order.iter().filter_map(|i| distinct.get(*i).cloned()).collect(),
                    codes: codes.iter().map(|code| rank.get(*code as usize).copied().flatten()).collect(),
                }
            }
        }
    }

    /// The given rows (counted from 0) in the given order; positions beyond the end become missing.
    pub(super) fn select(&self, rows: &[usize]) -> Column {
        let cells = match &self.cells {
            Cells::Number { values, written } => {
                let mut kept = Written::default();
                if !written.rows.is_empty() {
                    for (row, from) in rows.iter().enumerate() {
                        if let Some(text) = written.get(*from) {
                            kept.push(row, text);
                        }
                    }
                }
                let values = rows.iter().map(|row| values.get(*row).copied().unwrap_or(f64::NAN)).collect();
                Cells::Number { values, written: kept }
            }
            Cells::Text { distinct, codes } => Cells::Text {
                distinct: distinct.clone(),
                codes: rows.iter().map(|row| codes.get(*row).copied().unwrap_or(NO_TEXT)).collect(),
            },
        };
        Column { cells }
    }
}

/// Never reached for values that are not NaN.
const NAN_LAST: std::cmp::Ordering = std::cmp::Ordering::Greater;

/// Columns are equal if they are of one kind and every row reads the same.
impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.is_numeric() == other.is_numeric()
            && self.len() == other.len()
            && (0..self.len()).all(|row| self.get(row) == other.get(row))
    }
}

impl From<Column> for Plain {
    fn from(column: Column) -> Self {
        match column.cells {
            Cells::Number { values, written } => Plain::Number {
                values: values.iter().map(|v| if v.is_nan() { None } else { Some(*v) }).collect(),
                written: written
                    .rows
                    .iter()
                    .filter_map(|row| Some((*row, written.get(*row)?.to_owned())))
                    .collect(),
            },
            Cells::Text { .. } => Plain::Text(column.as_texts()),
        }
    }
}

impl TryFrom<Plain> for Column {
    type Error = Error;

    fn try_from(plain: Plain) -> Result<Self> {
        match plain {
            Plain::Text(texts) => Column::texts(texts),
            Plain::Number { values, written: forms } => {
                let mut column = Column::numbers(values)?;
                if let Cells::Number { values, written } = &mut column.cells {
                    for (row, text) in forms {
                        let fits = match (values.get(row), classify(&text)) {
                            (Some(value), Cell::Number(read)) => *value == read,
                            _ => false,
                        };
                        if !fits || written.rows.last().is_some_and(|last| *last >= row) {
                            return Err(Error::data(
                                format!(
                                    "the written form `{}` does not belong to its number",
                                    shorten(&text)
                                ),
                                "written forms come in the order of the rows, each reading as its number",
                            )
                            .in_row(row.saturating_add(1)));
                        }
                        written.push(row, &text);
                    }
                }
                Ok(column)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn column(cells: &[&str]) -> Result<Column> {
        Column::read(cells)
    }

    #[test]
    fn missing_cells_are_recognized_in_the_case_of_r() {
        let read = column(&["NA", "NaN", ".", "", "  ", "1"]).unwrap();
        assert!(read.is_numeric());
        assert_eq!(read.as_numbers().unwrap(), [None, None, None, None, None, Some(1.0)]);
        assert_eq!(classify("na"), Cell::Text);
        assert_eq!(classify("nan"), Cell::Text);
    }

    #[test]
    fn numbers_keep_their_written_form() {
        let cells = ["1", "0.10", "007", "1e3", "-0", "+5", "2.50", "1948", ".5", "123456789012345678"];
        let read = column(&cells).unwrap();
        assert!(read.is_numeric());
        let shown: Vec<String> = read.as_texts().into_iter().flatten().collect();
        assert_eq!(shown, cells);
        let picked = read.select(&[2, 0, 1]);
        assert_eq!(picked.as_texts(), [Some("007".into()), Some("1".into()), Some("0.10".into())]);
    }

    #[test]
    fn what_prints_as_written_is_judged_rightly() {
        for text in ["0", "-0", "12.5", "0.001", "999999999999999", "-3.25", "123456.789012345"] {
            assert!(prints_as_written(text));
            assert_eq!(text.parse::<f64>().unwrap().to_string(), text);
        }
        for text in ["00", "1.0", "1.", ".1", "1e1", "+1", "", "-", "1234567890123456"] {
            assert!(!prints_as_written(text), "{text}");
        }
    }

    #[test]
    fn a_text_turns_the_column_without_losing_what_was_read() {
        let read = column(&["01", "NA", "2.0", "Inf", "late", "01"]).unwrap();
        assert!(!read.is_numeric());
        let shown: Vec<Option<String>> = read.as_texts();
        let expected = [Some("01"), None, Some("2.0"), Some("Inf"), Some("late"), Some("01")];
        assert_eq!(shown, expected.map(|s| s.map(str::to_owned)));
        assert_eq!(read.levels().names, ["01", "2.0", "Inf", "late"]);
        assert_eq!(read.levels().codes, [Some(0), None, Some(1), Some(2), Some(3), Some(0)]);
    }

    #[test]
    fn an_infinite_number_is_an_error_with_its_row() {
        for cell in ["Inf", "-inf", "1e999", "Infinity"] {
            let error = column(&["1", cell]).unwrap_err().to_string();
            assert_eq!(
                error,
                format!(
                    "row 2: `{cell}` is infinite; values must be finite; write NA for a value that is not known"
                )
            );
        }
        assert!(Column::numbers([Some(f64::NAN)]).is_err());
    }

    #[test]
    fn texts_where_numbers_are_needed_say_what_would_be_right() {
        let remedy =
            |cell: &str| column(&["1", "x", cell]).unwrap().select(&[0, 2]).as_numbers().unwrap_err();
        for (cell, part) in [
            ("1,5", "as in `1.5`"),
            ("1,234,567", "thousands"),
            ("\u{2212}0.5", "minus sign"),
            ("12%", "per cent"),
            ("n/a", "missing value as NA"),
            ("twelve", "a number is needed"),
            ("Inf", "infinite"),
        ] {
            let error = remedy(cell).to_string();
            assert!(error.contains("row 2") && error.contains(cell) && error.contains(part), "{error}");
        }
    }

    #[test]
    fn levels_stand_in_numeric_or_byte_order_and_skip_what_does_not_occur() {
        let numbers = column(&["10", "9", "-1", "10", "NA"]).unwrap();
        assert_eq!(numbers.levels().names, ["-1", "9", "10"]);
        assert_eq!(numbers.levels().codes, [Some(2), Some(1), Some(0), Some(2), None]);
        let texts = column(&["b", "B", "a", "é", "c"]).unwrap().select(&[0, 1, 2, 3]);
        assert_eq!(texts.levels().names, ["B", "a", "b", "é"]);
    }

    #[test]
    fn columns_survive_serialization() {
        for cells in [vec!["1", "0.10", "NA"], vec!["a", "", "1"]] {
            let read = column(&cells).unwrap();
            let text = serde_json::to_string(&read).unwrap();
            assert_eq!(serde_json::from_str::<Column>(&text).unwrap(), read);
        }
        let wrong = r#"{"number":{"values":[1.0],"written":[[0,"2"]]}}"#;
        assert!(serde_json::from_str::<Column>(wrong).is_err());
    }
}
