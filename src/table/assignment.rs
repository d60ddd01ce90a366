//! New columns from those that are there: `scale = recode(instrument, HADS = anxiety, BDI = mood)`.
//!
//! The right-hand side is `recode(column, old = new, ...)`, which merges or renames levels (`else = new` for all that are not
//! named; they stay as they are without it), `coalesce(a, b, ...)`, which takes the first value of a row that is not missing,
//! `number(column, 2)`, which takes the second number of a text such as `0.50 (0.30 to 0.83)`, or arithmetic as in formulas (`(upper - lower) / 3.92`, `log(or)`). Names in backticks and texts in quotation marks.

use std::fmt;
use std::str::FromStr;

use super::cell::{Cell, classify};
use super::column::Column;
use super::condition::equal;
use super::frame::Table;
use super::parse::{self, Argument, Expression, Kind, number_text};
use super::recipe::{Arithmetic, Recipe};
use crate::{Error, Result};

/// A column to be made from others.
///
/// ```
/// use consilience::table::{Assignment, Column, Table};
/// let table = Table::new().with("instrument", Column::read(["HADS", "STAI", "BDI"])?)?;
/// let set: Assignment = "scale = recode(instrument, HADS = anxiety, STAI = anxiety)".parse()?;
/// let table = set.apply(table)?;
/// assert_eq!(table.levels("scale")?.names, ["BDI", "anxiety"]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    name: String,
    source: String,
    value: Expression,
}

fn fault(found: impl Into<String>) -> Error {
    Error::setting(
        "--set",
        found,
        "write for example --set \"scale = recode(instrument, HADS = anxiety)\" or --set \"n = coalesce(n_analyzed, n_total)\"",
    )
}

impl FromStr for Assignment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut quoted = None;
        let equals = text.char_indices().find(|(_, c)| {
            if quoted == Some(*c) {
                quoted = None;
            } else if quoted.is_none() && matches!(c, '"' | '\'' | '`') {
                quoted = Some(*c);
            }
            *c == '=' && quoted.is_none()
        });
        let Some((at, _)) = equals else { return Err(fault(format!("`{text}` has no `=`"))) };
        let name = text.get(..at).unwrap_or_default().trim();
        let bare = name.trim_matches(['"', '\'', '`']);
        let source = text.get(at + 1..).unwrap_or_default().trim();
        if bare.is_empty() || source.is_empty() || source.starts_with('=') {
            return Err(fault(format!("`{text}` is not of the form NAME = VALUE")));
        }
        let value = parse::parse(source).map_err(|error| match error {
            Error::Setting { name, found, remedy } if source.starts_with("recode") => {
                let remedy = remedy.replacen(
                    '\n',
                    "; levels with other characters than letters stand in quotation marks\n",
                    1,
                );
                Error::Setting { name, found, remedy }
            }
            other => other,
        })?;
        Ok(Assignment { name: bare.to_owned(), source: source.to_owned(), value })
    }
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name, self.source)
    }
}

impl Assignment {
    /// The table with the column, which takes the place of one of its name, and a note that says so.
    ///
    /// # Errors
    /// If a column or a level does not exist, or a value does not come to a finite number.
    pub fn apply(&self, table: Table) -> Result<Table> {
        let column = match &self.value.kind {
            Kind::Call(function, arguments) if function == "recode" => recode(&table, arguments)?,
            Kind::Call(function, arguments) if function == "coalesce" => coalesce(&table, arguments)?,
            Kind::Call(function, arguments) if function == "number" => number_of(&table, arguments)?,
            Kind::Name(name) => table.column(name)?.clone(),
            _ => match Recipe::read(&self.source, &self.value)? {
                Recipe::Arithmetic(of) => self.arithmetic(&table, &of)?,
                _ => return Err(fault(format!("`{}` makes no column of values", self.source))),
            },
        };
        let name = table.name_of(&self.name).map(str::to_owned).unwrap_or_else(|_| self.name.clone());
        Ok(table.replace(&name, column)?.with_note(format!("column {self} was set")))
    }

    fn arithmetic(&self, table: &Table, of: &Arithmetic) -> Result<Column> {
        let mut used = Vec::new();
        of.columns(&mut used);
        let mut columns = Vec::new();
        for column in &used {
            columns.push((column.name.as_str(), table.numbers(&column.name)?));
        }
        let value = |row: usize| {
            let missing = columns.iter().any(|(_, values)| values.get(row).copied().flatten().is_none());
            if missing && !columns.is_empty() {
                return Ok(None);
            }
            let look = |name: &str| {
                let column = columns.iter().find(|(known, _)| *known == name);
                column.and_then(|(_, values)| values.get(row).copied().flatten()).unwrap_or(f64::NAN)
            };
            let value = of.value(&look);
            if value.is_finite() {
                return Ok(Some(value));
            }
            let found = format!("`{}` comes to {value}", self.source);
            let error = Error::data(found, "leave the row out or compute the value in another way");
            Err(table.at(error, row, Some(&self.name)))
        };
        Column::numbers((0..table.len()).map(value).collect::<Result<Vec<_>>>()?)
    }
}

/// A constant of an expression as a cell: a word, a text or a number.
fn constant(expression: &Expression) -> Option<String> {
    match &expression.kind {
        Kind::Name(text) | Kind::Text(text) => Some(text.clone()),
        Kind::Number(value, _) => Some(number_text(*value)),
        Kind::Signed(parse::Sign::Minus, of) => match of.kind {
            Kind::Number(value, _) => Some(number_text(-value)),
            _ => None,
        },
        _ => None,
    }
}

fn recode(table: &Table, arguments: &[Argument]) -> Result<Column> {
    let Some((Argument { name: None, value }, rest)) = arguments.split_first() else {
        return Err(fault("recode names a column first"));
    };
    let Kind::Name(name) = &value.kind else { return Err(fault("recode names a column first")) };
    let column = table.column(name)?;
    let (mut pairs, mut other) = (Vec::new(), None);
    for argument in rest {
        let new = constant(&argument.value)
            .ok_or_else(|| fault("recode gives each level a word, a text or a number"))?;
        match argument.name.as_deref() {
            Some("else") => other = Some(new),
            Some(old) => pairs.push((old, new)),
            None => return Err(fault(format!("recode does not say which level becomes `{new}`"))),
        }
    }
    let levels = column.levels().names;
    for (old, _) in &pairs {
        if !levels.iter().any(|level| equal(level, old)) {
            let error = Error::unknown("level", old, levels.iter().take(60)).to_string();
            let (found, remedy) = error.split_once("; ").unwrap_or((&error, ""));
            return Err(table.in_file(Error::data(found, remedy).in_column(name)));
        }
    }
    let cell = |row: usize| {
        let cell = column.get(row)?;
        match pairs.iter().find(|(old, _)| equal(old, &cell)) {
            Some((_, new)) => Some(new.clone()),
            None => Some(other.clone().unwrap_or_else(|| cell.into_owned())),
        }
    };
    Column::read((0..table.len()).map(|row| cell(row).unwrap_or_default()))
}

fn coalesce(table: &Table, arguments: &[Argument]) -> Result<Column> {
    enum Source<'a> {
        Column(&'a Column),
        Constant(String),
    }
    let source = |argument: &Argument| match &argument.value.kind {
        Kind::Name(name) => table.column(name).map(Source::Column),
        _ => constant(&argument.value)
            .map(Source::Constant)
            .ok_or_else(|| fault("coalesce takes columns, texts and numbers")),
    };
    let sources = arguments.iter().map(source).collect::<Result<Vec<_>>>()?;
    if sources.len() < 2 {
        return Err(fault("coalesce takes two or more columns"));
    }
    let cell = |row: usize| {
        let found = sources.iter().find_map(|source| match source {
            Source::Column(column) => column.get(row).map(std::borrow::Cow::into_owned),
            Source::Constant(text) => Some(text.clone()).filter(|text| classify(text) != Cell::Missing),
        });
        found.unwrap_or_default()
    };
    Column::read((0..table.len()).map(cell))
}

/// A number of the texts of a column, by its place among the numbers of each.
fn number_of(table: &Table, arguments: &[Argument]) -> Result<Column> {
    let usage = || fault("number takes a column and the place of a number in its texts: number(ci, 1)");
    let [Argument { name: None, value: of }, Argument { name: None, value: place }] = arguments else {
        return Err(usage());
    };
    let (Kind::Name(name), Kind::Number(place, _)) = (&of.kind, &place.kind) else { return Err(usage()) };
    if !(place.fract() == 0.0 && (1.0..=100.0).contains(place)) {
        return Err(usage());
    }
    let column = table.column(name)?;
    let cell = |row: usize| {
        let Some(text) = column.get(row).filter(|text| classify(text) != Cell::Missing) else {
            return Ok(String::new());
        };
        let found = numbers_in(&text).map_err(|number| {
            let found = format!("`{number}` in `{text}` may be a number of thousands or have three decimals");
            table.at(Error::data(found, "write it without the mark between thousands"), row, Some(name))
        })?;
        found.get(*place as usize - 1).cloned().ok_or_else(|| {
            let found = format!("`{text}` holds {} numbers", found.len());
            table.at(
                Error::data(found, format!("there is no number {place}: mend the text")),
                row,
                Some(name),
            )
        })
    };
    Column::read((0..table.len()).map(cell).collect::<Result<Vec<_>>>()?)
}

/// The numbers of a text, with points as decimal marks. A sign directly behind a digit stands between two numbers.
///
/// # Errors
///
/// The number that may be read in two ways: a comma or a point between thousands or before decimals, or a sign between two numbers.
pub(super) fn numbers_in(text: &str) -> std::result::Result<Vec<String>, String> {
    let characters: Vec<char> = text.chars().collect();
    let at = |place: usize| characters.get(place).copied().unwrap_or(' ');
    let (mut tokens, mut place): (Vec<Token>, usize) = (Vec::new(), 0);
    while place < characters.len() {
        let begins = at(place).is_ascii_digit() || at(place) == '.' && at(place + 1).is_ascii_digit();
        if !begins {
            place += 1;
            continue;
        }
        let start = place;
        let marked = |place: usize| matches!(at(place), '.' | ',') && at(place + 1).is_ascii_digit();
        while at(place).is_ascii_digit() || marked(place) {
            place += 1;
        }
        let digits: String = characters.get(start..place).into_iter().flatten().collect();
        let sign = usize::from(matches!(at(place + 1), '-' | '+'));
        let mut exponent = String::new();
        if matches!(at(place), 'e' | 'E') && at(place + 1 + sign).is_ascii_digit() {
            let from = place;
            place += 1 + sign;
            while at(place).is_ascii_digit() {
                place += 1;
            }
            exponent.extend(characters.get(from..place).into_iter().flatten());
        }
        let dash = |place: usize| matches!(at(place), '-' | '\u{2212}' | '\u{2013}');
        let before = |back: usize| start.checked_sub(back).map_or(' ', at);
        let signed = start > 0 && dash(start - 1) && !(before(2).is_ascii_digit() || before(2) == '%');
        tokens.push(Token { digits, exponent, signed });
    }
    // the marks that only decimals can have say what the others are
    let comma = tokens.iter().any(|token| token.decimal() == Some(','));
    let point = tokens.iter().any(|token| token.decimal() == Some('.'));
    tokens.iter().map(|token| token.read(comma, point)).collect()
}

/// A number as it is written.
struct Token {
    digits: String,
    exponent: String,
    signed: bool,
}

impl Token {
    fn count(&self, mark: char) -> usize {
        self.digits.matches(mark).count()
    }

    /// True if one mark may stand between thousands: one to three digits before, three behind, and no leading 0.
    fn may_be_grouped(&self, mark: char) -> bool {
        let mut parts = self.digits.split(mark);
        let first = parts.next().unwrap_or_default();
        (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|part| part.len() == 3)
    }

    /// The decimal mark, where the number alone tells.
    fn decimal(&self) -> Option<char> {
        match (self.count(','), self.count('.')) {
            (0, 1) if !self.may_be_grouped('.') => Some('.'),
            (1, 0) if !self.may_be_grouped(',') => Some(','),
            (1.., 1) if self.digits.rfind('.') > self.digits.rfind(',') => Some('.'),
            (1, 1..) if self.digits.rfind(',') > self.digits.rfind('.') => Some(','),
            _ => None,
        }
    }

    fn read(&self, comma: bool, point: bool) -> std::result::Result<String, String> {
        let decimal = match (self.count(','), self.count('.'), self.decimal()) {
            (.., Some(mark)) => Some(mark),
            (0, 0, _) => None,
            // points are decimal marks unless commas are
            (0, 1, _) if !comma => Some('.'),
            (1, 0, _) if comma && !point => Some(','),
            (0, _, _) if comma && self.may_be_grouped('.') => None,
            (_, 0, _) if (point || self.count(',') > 1) && self.may_be_grouped(',') => None,
            _ => return Err(self.digits.clone()),
        };
        let sign = if self.signed { "-" } else { "" };
        let (whole, part) = match decimal {
            Some(mark) => self.digits.rsplit_once(mark).unwrap_or((&self.digits, "")),
            None => (self.digits.as_str(), ""),
        };
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        let dot = if part.is_empty() { "" } else { "." };
        Ok(format!("{sign}{whole}{dot}{part}{}", self.exponent))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn set(text: &str) -> Result<Vec<Option<String>>> {
        let column = |cells: &[&str]| Column::read(cells).unwrap();
        let table = Table::new()
            .with("instrument", column(&["HADS", "STAI-S", "BDI", ""]))
            .unwrap()
            .with("n", column(&["10", "", "30", ""]))
            .unwrap()
            .with("N total", column(&["11", "21", "", ""]))
            .unwrap();
        let assignment: Assignment = text.parse()?;
        let table = assignment.apply(table)?;
        assert!(table.notes().last().unwrap().contains("was set"));
        table.texts(&assignment.name)
    }

    fn texts(cells: &[&str]) -> Vec<Option<String>> {
        cells.iter().map(|c| (!c.is_empty()).then(|| (*c).to_owned())).collect()
    }

    #[test]
    fn columns_are_made() {
        let recoded =
            set("scale = recode(instrument, HADS = anxiety, \"STAI-S\" = anxiety, else = 'other')").unwrap();
        assert_eq!(recoded, texts(&["anxiety", "anxiety", "other", ""]));
        let arm = set("n = recode(n, 10 = small, 30 = NA)").unwrap();
        assert_eq!(arm, texts(&["small", "", "", ""]));
        assert_eq!(set("size = coalesce(n, `N total`, 5)").unwrap(), texts(&["10", "21", "30", "5"]));
        assert_eq!(set("half = n / 2 + 1").unwrap(), texts(&["6", "", "16", ""]));
        assert_eq!(set("copy = instrument").unwrap(), texts(&["HADS", "STAI-S", "BDI", ""]));
    }

    #[test]
    fn numbers_are_taken_from_texts() {
        let of =
            |text: &str| numbers_in(text).map_or_else(|number| format!("? {number}"), |all| all.join(" "));
        assert_eq!(of("0.50 (0.30 to 0.83)"), "0.50 0.30 0.83");
        assert_eq!(of("[-0.9; -0.2]"), "-0.9 -0.2");
        assert_eq!(of("0.30-0.83"), "0.30 0.83");
        assert_eq!(of("\u{2212}0.9 \u{2013} 0.1"), "-0.9 0.1");
        assert_eq!(of("1,24 (0,98-1,57)"), "1.24 0.98 1.57");
        assert_eq!(of("0.5, 0.8"), "0.5 0.8");
        assert_eq!(of("1.2e-3; .5 (n = 40)"), "1.2e-3 .5 40");
        assert_eq!(of("1,200 (34%)"), "? 1,200");
        assert_eq!(of("1,200 (34.5%)"), "1200 34.5");
        assert_eq!(of("1,234.5 mg; 1.234,5 mg"), "1234.5 1234.5");
        assert_eq!(of("1.200 (34,5)"), "1200 34.5");
        assert_eq!(of("1,234,567"), "1234567");
        assert_eq!(of("1.245 (0.980-1.571)"), "1.245 0.980 1.571");
        assert_eq!(of("none"), "");
        assert_eq!(set("m = number(`N total`, 1)").unwrap(), texts(&["11", "21", "", ""]));
    }

    #[test]
    fn mistakes_are_named() {
        let error = |text: &str| set(text).unwrap_err().to_string();
        assert!(error("scale = recode(instrument, HDAS = a)").contains("did you mean `HADS`?"));
        assert!(error("scale = recode(instrumnt, HADS = a)").contains("did you mean `instrument`?"));
        assert!(error("scale recode(instrument)").contains("has no `=`"));
        assert!(error("x = coalesce(n)").contains("two or more"));
        assert!(error("x = log(n - 10)").contains("comes to -inf"));
        assert!(error("x = factor(n)").contains("makes no column"));
        assert!(error("x = number(instrument, 2)").contains("`HADS` holds 0 numbers"));
        assert!(error("x = number(instrument)").contains("number(ci, 1)"));
        assert!(error("x = recode(instrument, a)").contains("which level"));
    }
}
