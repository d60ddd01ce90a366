//! A named column's cells: numbers or texts, each of which may be missing.
//!
//! A cell is *missing* if it is empty or one of `NA`, `NaN`, `.` and `#N/A`, in exactly this case (as R has it: `na` is a
//! text). White space around a cell does not count. Numbers are kept as `f64`, eight bytes a row; where the number does
//! not print as it was written (`0.10`, `007`, `1e3`) the written form is kept beside it, so that labels and copies of
//! the data show what the file says. A column with a text among its numbers, or an infinite number, is one of texts: what
//! needs numbers names the cells that are none.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, classify, means_number, not_a_number, says_missing, shorten};
use super::growing::Growing;
use super::number::{self, Form};
use super::texts::{Collector, Texts};
use super::written::Written;
use crate::{Error, Result};

/// A column of a [`Table`](super::Table): numbers or texts, with missing cells.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Plain", try_from = "Plain")]
pub struct Column {
    /// Copies share the cells.
    cells: Arc<Cells>,
}

#[derive(Clone, Debug)]
pub(super) enum Cells {
    /// Missing values are NaN; no other value here is NaN or infinite.
    Number {
        values: Vec<f64>,
        written: Written,
    },
    Text(Texts),
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
    /// The levels that occur: numbers in numeric order, then texts in the order of their bytes.
    pub names: Vec<String>,
    /// For each row the position of its level in `names`; `None` where the cell is missing.
    pub codes: Vec<Option<usize>>,
}

impl Column {
    pub(super) fn of(cells: Cells) -> Self {
        Column { cells: Arc::new(cells) }
    }

    /// A column of numbers.
    ///
    /// # Errors
    /// If a value is infinite or NaN (a missing value is `None`).
    pub fn numbers(values: impl IntoIterator<Item = Option<f64>>) -> Result<Self> {
        let given = values.into_iter();
        let mut values = Vec::with_capacity(given.size_hint().0);
        for value in given {
            match value {
                None => values.push(f64::NAN),
                Some(value) if value.is_finite() => values.push(value),
                Some(value) => return Err(not_finite(value, values.len())),
            }
        }
        Ok(Column::of(Cells::Number { values, written: Written::default() }))
    }

    /// A column of numbers as arrays have them: NaN where a value is missing.
    ///
    /// ```
    /// use consilience::table::Column;
    /// assert_eq!(Column::floats(vec![0.5, f64::NAN])?, Column::numbers([Some(0.5), None])?);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a value is infinite.
    pub fn floats(values: Vec<f64>) -> Result<Self> {
        match values.iter().enumerate().find(|(_, value)| value.is_infinite()) {
            Some((row, value)) => Err(not_finite(*value, row)),
            None => Ok(Column::of(Cells::Number { values, written: Written::default() })),
        }
    }

    /// A column of texts; an empty text counts as missing.
    ///
    /// # Errors
    /// None at present; the signature is that of the other constructors.
    pub fn texts<S: AsRef<str>>(texts: impl IntoIterator<Item = Option<S>>) -> Result<Self> {
        let mut growing = Growing::new(false);
        growing.turn_to_text();
        for text in texts {
            growing.push_text(text.as_ref().map(AsRef::as_ref));
        }
        Ok(growing.finish())
    }

    /// The same column with an order of its levels, as a categorical column of a data frame brings it; levels that it does not
    /// name come after it. Numbers keep their numeric order.
    ///
    /// ```
    /// use consilience::table::Column;
    /// let doses = Column::read(["low", "high", "none", "low"])?.ordered(["none", "low", "high"]);
    /// assert_eq!(doses.levels().names, ["none", "low", "high"]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    #[must_use]
    pub fn ordered<S: Into<String>>(self, levels: impl IntoIterator<Item = S>) -> Self {
        Column::of(match Arc::unwrap_or_clone(self.cells) {
            Cells::Text(texts) => Cells::Text(texts.ordered(levels.into_iter().map(Into::into).collect())),
            cells => cells,
        })
    }

    /// The order of the levels that was given with [`ordered`](Self::ordered); empty without one.
    #[must_use]
    pub fn order(&self) -> &[String] {
        match &*self.cells {
            Cells::Text(texts) => texts.order(),
            Cells::Number { .. } => &[],
        }
    }

    /// A column from cells as a file has them: numbers if each that is not missing is one, else texts.
    ///
    /// ```
    /// use consilience::table::Column;
    /// let column = Column::read(["0.10", "NA", " 2 "])?;
    /// assert_eq!(column.as_numbers()?, [Some(0.1), None, Some(2.0)]);
    /// assert_eq!(column.get(0).as_deref(), Some("0.10"));
    /// assert_eq!(column.decimals(0), Some(2));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    /// None at present; the signature is that of the other constructors.
    pub fn read<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> Result<Self> {
        let mut growing = Growing::new(false);
        cells.into_iter().for_each(|cell| growing.push(cell.as_ref().trim()));
        Ok(growing.finish())
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &*self.cells {
            Cells::Number { values, .. } => values.len(),
            Cells::Text(texts) => texts.len(),
        }
    }

    /// True if there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True if every cell that is not missing is a finite number.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(*self.cells, Cells::Number { .. })
    }

    /// The cell of a row (counted from 0) as it was written; `None` if it is missing or there is no such row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Cow<'_, str>> {
        match &*self.cells {
            Cells::Number { values, written } => match written.kept(row) {
                Some(text) => Some(Cow::Borrowed(text)),
                None => values.get(row).filter(|v| !v.is_nan()).map(|v| Cow::Owned(written.text(row, *v))),
            },
            Cells::Text(texts) => texts.get(row).map(Cow::Borrowed),
        }
    }

    /// The number in a row (counted from 0); `None` if the cell is missing or not a number.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<f64> {
        match &*self.cells {
            Cells::Number { values, .. } => values.get(row).copied().filter(|v| !v.is_nan()),
            Cells::Text(texts) => match classify(texts.get(row)?.trim()) {
                Cell::Number(value) => Some(value),
                _ => None,
            },
        }
    }

    /// The number of decimals with which the number of a row (counted from 0) was written: two for `3.50`, one for `3.5`.
    /// `None` if the cell is missing or not a number.
    #[must_use]
    pub fn decimals(&self, row: usize) -> Option<usize> {
        self.number(row)?;
        if let Cells::Number { written, .. } = &*self.cells {
            match written.form(row) {
                Form::Decimals(decimals) | Form::Comma(decimals) => return Some(usize::from(decimals)),
                Form::Shortest | Form::Other => {}
            }
        }
        let text = self.get(row)?;
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().unwrap_or(0)),
            None => (&*text, 0),
        };
        let decimals = mantissa.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
        Some(usize::try_from(decimals as i64 - exponent).unwrap_or(0))
    }

    /// True if the cell of a row (counted from 0) is missing; so is a row that does not exist.
    #[must_use]
    pub fn is_missing(&self, row: usize) -> bool {
        match &*self.cells {
            Cells::Number { values, .. } => values.get(row).is_none_or(|v| v.is_nan()),
            Cells::Text(texts) => texts.position(row).is_none(),
        }
    }

    /// The column as numbers, `None` where missing.
    ///
    /// # Errors
    /// If a cell is neither a number nor missing; the error names row and value.
    pub fn as_numbers(&self) -> Result<Vec<Option<f64>>> {
        self.numbers_or_text().map_err(|(row, text)| not_a_number(text).in_row(row + 1))
    }

    /// The numbers of a column of nothing else, none of them missing.
    pub(super) fn complete(&self) -> Option<Vec<f64>> {
        match &*self.cells {
            Cells::Number { values, .. } => {
                values.iter().all(|value| !value.is_nan()).then(|| values.clone())
            }
            Cells::Text(_) => None,
        }
    }

    /// The column as numbers, or the first cell that is none with its row (counted from 0).
    pub(super) fn numbers_or_text(&self) -> std::result::Result<Vec<Option<f64>>, (usize, &str)> {
        let (numbers, faults) = self.numbers_and_faults();
        match faults.first() {
            None => Ok(numbers),
            Some(row) => Err((*row, self.text_at(*row))),
        }
    }

    /// The column as numbers, `None` where missing or not a number, and the rows (counted from 0) of the latter.
    pub(super) fn numbers_and_faults(&self) -> (Vec<Option<f64>>, Vec<usize>) {
        match &*self.cells {
            Cells::Number { values, .. } => {
                (values.iter().map(|v| if v.is_nan() { None } else { Some(*v) }).collect(), Vec::new())
            }
            Cells::Text(texts) => {
                let kinds: Vec<Cell> = (0..texts.kept()).map(|at| classify(texts.text(at).trim())).collect();
                let mut faults = Vec::new();
                let number = |row: usize| match texts.position(row).and_then(|at| kinds.get(at)) {
                    None | Some(Cell::Missing) => None,
                    Some(Cell::Number(value)) => Some(*value),
                    Some(Cell::Infinite | Cell::Text) => {
                        faults.push(row);
                        None
                    }
                };
                let numbers = (0..texts.len()).map(number).collect();
                (numbers, faults)
            }
        }
    }

    /// The text of a row in a column of texts.
    pub(super) fn text_at(&self, row: usize) -> &str {
        match &*self.cells {
            Cells::Text(texts) => texts.get(row).unwrap_or_default(),
            Cells::Number { .. } => "",
        }
    }

    /// The rows (counted from 0) whose cells are no numbers, if the column seems to be meant as one of numbers: more than
    /// half of the cells that are not said to be missing are numbers or written as only numbers are (`1,200`, `12%`).
    pub(super) fn stray_cells(&self) -> Option<Vec<usize>> {
        let Cells::Text(texts) = &*self.cells else { return None };
        let mut counts = vec![0_usize; texts.kept()];
        for row in 0..texts.len() {
            if let Some(count) = texts.position(row).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        let (mut numbers, mut others) = (0, 0);
        for (at, count) in counts.iter().enumerate() {
            let text = texts.text(at);
            if matches!(classify(text.trim()), Cell::Number(_) | Cell::Infinite) || means_number(text) {
                numbers += count;
            } else if !says_missing(text) {
                others += count;
            }
        }
        (numbers > others).then(|| self.numbers_and_faults().1)
    }

    /// The column with further texts that say that a value is missing; `None` if none of them occurs.
    pub(super) fn with_missing(&self, marks: &[&str]) -> Option<Column> {
        let values: Vec<f64> = marks.iter().filter_map(|mark| Some(number::read(mark, false)?.0)).collect();
        let marked = |row: usize| match &*self.cells {
            Cells::Number { values: cells, .. } => cells.get(row).is_some_and(|v| values.contains(v)),
            Cells::Text(texts) => texts.get(row).is_some_and(|text| {
                let number = || number::read(text.trim(), false).is_some_and(|(v, _)| values.contains(&v));
                marks.contains(&text.trim()) || number()
            }),
        };
        if !(0..self.len()).any(marked) {
            return None;
        }
        let mut growing = Growing::new(false);
        for row in 0..self.len() {
            let cell = self.get(row).filter(|_| !marked(row));
            growing.push(cell.as_deref().unwrap_or_default());
        }
        Some(growing.finish())
    }

    /// The column as texts, each as it was written; `None` where missing.
    #[must_use]
    pub fn as_texts(&self) -> Vec<Option<String>> {
        (0..self.len()).map(|row| self.get(row).map(Cow::into_owned)).collect()
    }

    /// The column as groups: the levels that occur, in the order that was given, then numbers in numeric order, then texts in
    /// the order of their bytes. In a column of numbers `1`, `1.0` and `01` are one level.
    #[must_use]
    pub fn levels(&self) -> Levels {
        match &*self.cells {
            Cells::Number { values, .. } => {
                let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
                sorted.sort_by(f64::total_cmp);
                sorted.dedup_by(|a, b| a == b);
                let place = |v: &f64| sorted.binary_search_by(|s| s.partial_cmp(v).unwrap_or(NAN_LAST)).ok();
                let codes = values.iter().map(|v| if v.is_nan() { None } else { place(v) }).collect();
                Levels { names: sorted.iter().map(f64::to_string).collect(), codes }
            }
            Cells::Text(texts) => text_levels(one_spelling(texts).as_ref().unwrap_or(texts)),
        }
    }

    /// The level of each row, `None` where missing; numbers without the marks of their writing, also beside a few texts (`NR`).
    #[must_use]
    pub fn as_groups(&self) -> Vec<Option<String>> {
        match &*self.cells {
            Cells::Number { values, .. } => {
                values.iter().map(|v| (!v.is_nan()).then(|| (v + 0.0).to_string())).collect()
            }
            Cells::Text(texts) => match one_spelling(texts) {
                Some(texts) => texts.iter().map(|text| text.map(str::to_owned)).collect(),
                None => self.as_texts(),
            },
        }
    }

    /// The names in the cells as they were written, `None` where missing; numbers without the marks of their writing if one of them
    /// is written in two ways.
    pub(crate) fn as_names(&self) -> Vec<Option<String>> {
        let (texts, groups) = (self.as_texts(), self.as_groups());
        let count = |names: &[Option<String>]| names.iter().flatten().collect::<HashSet<_>>().len();
        if count(&texts) > count(&groups) { groups } else { texts }
    }

    /// The given rows (counted from 0) in the given order; positions beyond the end become missing.
    pub(super) fn select(&self, rows: &[usize]) -> Column {
        let cells = match &*self.cells {
            Cells::Number { values, written } => {
                let kept = written.select(rows);
                let values = rows.iter().map(|row| values.get(*row).copied().unwrap_or(f64::NAN)).collect();
                Cells::Number { values, written: kept }
            }
            Cells::Text(texts) => Cells::Text(texts.select(rows)),
        };
        Column::of(cells)
    }
}

/// The error for a value that is not finite in a row (counted from 0).
fn not_finite(value: f64, row: usize) -> Error {
    let found = format!("`{value}` is not a finite number");
    Error::data(found, "values must be finite; a missing value is `None`").in_row(row + 1)
}

/// The order of levels: numbers by their value, then texts by their bytes.
pub(crate) fn level_order(a: &str, b: &str) -> std::cmp::Ordering {
    let value = |text: &str| match classify(text) {
        Cell::Number(value) => Some(value),
        _ => None,
    };
    match (value(a), value(b)) {
        (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

/// The texts with one spelling of every number, where at least half of them are numbers and one is written in another way than it
/// prints; a text among numbers (`NR`) does not make `1` and `01` two levels.
fn one_spelling(texts: &Texts) -> Option<Texts> {
    let number = |text: &str| match classify(text) {
        Cell::Number(value) => Some((value + 0.0).to_string()),
        _ => None,
    };
    let (mut numbers, mut others, mut marked) = (0_usize, 0_usize, false);
    for text in texts.iter().flatten() {
        match number(text) {
            Some(plain) => {
                numbers += 1;
                marked |= plain != text;
            }
            None => others += 1,
        }
    }
    if !marked || numbers < others {
        return None;
    }
    let mut plain = Collector::new();
    for text in texts.iter() {
        plain.push(text.map(|text| number(text).unwrap_or_else(|| text.to_owned())).as_deref());
    }
    Some(plain.finish())
}

fn text_levels(texts: &Texts) -> Levels {
    // texts without codes may repeat: the first position of each stands for all
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut used = vec![None; texts.kept()];
    for row in 0..texts.len() {
        if let Some(at) = texts.position(row)
            && let Some(slot) = used.get_mut(at)
            && slot.is_none()
        {
            *slot = Some(*first.entry(texts.text(at)).or_insert(at));
        }
    }
    let mut order: Vec<(&str, usize)> = first.into_iter().collect();
    order.sort_by(|(a, _), (b, _)| texts.place(a).cmp(&texts.place(b)).then_with(|| level_order(a, b)));
    let mut rank = vec![None; texts.kept()];
    for (place, (_, at)) in order.iter().enumerate() {
        if let Some(slot) = rank.get_mut(*at) {
            *slot = Some(place);
        }
    }
    let code = |row: usize| {
        let at = used.get(texts.position(row)?).copied().flatten()?;
        rank.get(at).copied().flatten()
    };
    Levels {
        names: order.iter().map(|(name, _)| (*name).to_owned()).collect(),
        codes: (0..texts.len()).map(code).collect(),
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
        match &*column.cells {
            Cells::Number { values, written } => Plain::Number {
                values: values.iter().map(|v| if v.is_nan() { None } else { Some(*v) }).collect(),
                written: written
                    .rows()
                    .filter_map(|row| Some((row, column.get(row)?.into_owned())))
                    .collect(),
            },
            Cells::Text(_) => Plain::Text(column.as_texts()),
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
                if let Cells::Number { values, written } = Arc::make_mut(&mut column.cells) {
                    let mut last = None;
                    for (row, text) in forms {
                        let read = number::read(&text, true);
                        let fits = values.get(row).zip(read).is_some_and(|(value, (read, _))| *value == read);
                        if !fits || last.is_some_and(|last| last >= row) {
                            let found = format!(
                                "the written form `{}` does not belong to its number",
                                shorten(&text)
                            );
                            let remedy =
                                "written forms come in the order of the rows, each reading as its number";
                            return Err(Error::data(found, remedy).in_row(row.saturating_add(1)));
                        }
                        last = Some(row);
                        written.push(row, read.map_or(Form::Other, |(_, form)| form), &text);
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
    fn a_text_turns_the_column_without_losing_what_was_read() {
        let read = column(&["01", "NA", "2.0", "Inf", "late", "01"]).unwrap();
        assert!(!read.is_numeric());
        let shown: Vec<Option<String>> = read.as_texts();
        let expected = [Some("01"), None, Some("2.0"), Some("Inf"), Some("late"), Some("01")];
        assert_eq!(shown, expected.map(|s| s.map(str::to_owned)));
        assert_eq!(read.levels().names, ["1", "2", "Inf", "late"]);
        assert_eq!(read.levels().codes, [Some(0), None, Some(1), Some(2), Some(3), Some(0)]);
        let mixed = column(&["10", "9", "x", "2b"]).unwrap();
        assert_eq!(mixed.levels().names, ["9", "10", "2b", "x"]);
        let numbers = column(&["1", "1.0", "01", "2"]).unwrap();
        assert_eq!(numbers.as_groups(), ["1", "1", "1", "2"].map(|s| Some(s.to_owned())));
    }

    #[test]
    fn an_infinite_number_is_an_error_where_numbers_are_needed() {
        for cell in ["Inf", "-inf", "1e999", "Infinity"] {
            let error = column(&["1", cell]).unwrap().as_numbers().unwrap_err().to_string();
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
    fn decimals_are_those_written() {
        let read = column(&["3.50", "3.5", "12", "1.2e-3", "1e3", "", "x"]).unwrap();
        let decimals: Vec<Option<usize>> = (0..7).map(|row| read.decimals(row)).collect();
        assert_eq!(decimals, [Some(2), Some(1), Some(0), Some(4), Some(0), None, None]);
    }

    #[test]
    fn texts_among_numbers_are_told_from_factors() {
        let stray = |cells: &[&str]| column(cells).unwrap().stray_cells();
        assert_eq!(stray(&["12", "15", "NR", "18"]), Some(vec![2]));
        assert_eq!(stray(&["12", "NR", "NR", "n/a", "<5"]), None);
        assert_eq!(stray(&["12", "13", "NR", "n/a", "<5"]), Some(vec![2, 3, 4]));
        assert_eq!(stray(&["12%", "15%"]), Some(vec![0, 1]));
        assert_eq!(stray(&["1", "1", "2b", "2b"]), None);
        assert_eq!(stray(&["0-5", "6-12", "13-18"]), None);
        let mended = column(&["12", "NR", "18"]).unwrap().with_missing(&["NR"]).unwrap();
        assert_eq!(mended.as_numbers().unwrap(), [Some(12.0), None, Some(18.0)]);
        assert_eq!(column(&["12", "-99"]).unwrap().with_missing(&["-99"]).unwrap().number(1), None);
    }

    #[test]
    fn texts_where_numbers_are_needed_say_what_would_be_right() {
        let remedy =
            |cell: &str| column(&["1", "x", cell]).unwrap().select(&[0, 2]).as_numbers().unwrap_err();
        for (cell, part) in [
            ("1,5", "as in `1.5`"),
            ("1,200", "`1200` if the comma stands between thousands, or `1.200`"),
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
