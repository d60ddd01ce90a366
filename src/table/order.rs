//! The order of values that are numbers or dates: `1994`, `1994a`, `1994-03`, `1994-03-17`.
//!
//! Dates become years with a fraction, and the letters that tell publications of one year apart follow each other within a
//! year, so that all of them can stand in one column.

use super::cell::{Cell, classify};
use super::frame::Table;
use crate::{Error, Result};

impl Table {
    /// The values of a column as numbers that order its rows, `None` where missing: numbers as they are, ISO dates
    /// (`1994-03-17`) and years with a letter (`1994a`) as years with a fraction.
    ///
    /// ```
    /// use consilience::table::{Column, Table};
    /// let table = Table::new().with("year", Column::read(["1994b", "1994a", "1993", "1993-06-01", "NA"])?)?;
    /// let order = table.order("year")?;
    /// assert!(order[1] < order[0] && order[2] < order[3] && order[3] < order[1] && order[4].is_none());
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such column, or a cell is none of these.
    pub fn order(&self, name: &str) -> Result<Vec<Option<f64>>> {
        let column = self.column(name)?;
        if column.is_numeric() {
            return column.as_numbers();
        }
        let value = |row: usize| match column.get(row) {
            None => Ok(None),
            Some(text) => key(&text).map(Some).ok_or_else(|| {
                let found = format!("`{}` has no place in an order", super::cell::shorten(&text));
                let remedy = "give numbers, years (also 1994a) or dates such as 1994-03-17";
                self.at(Error::data(found, remedy), row, Some(name))
            }),
        };
        (0..self.len()).map(value).collect()
    }
}

/// The place of a value in an order.
pub(super) fn key(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Cell::Number(value) = classify(text) {
        return Some(value);
    }
    let digits =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let year = text.get(..4).and_then(digits)?;
    let rest = text.get(4..)?;
    let mut letters = rest.chars();
    if let (Some(letter @ 'a'..='z'), None) = (letters.next().map(|c| c.to_ascii_lowercase()), letters.next())
    {
        return Some(f64::from(year) + (f64::from(u32::from(letter)) - 96.0) / 1000.0);
    }
    // a time of day after the date does not matter
    let date = rest.split(['T', ' ']).next()?;
    let mut parts = date.strip_prefix(['-', '/'])?.split(['-', '/']);
    let month =
        parts.next().filter(|part| part.len() <= 2).and_then(digits).filter(|m| (1..=12).contains(m))?;
    let day = match parts.next() {
        None => 1,
        Some(part) => digits(part).filter(|d| part.len() <= 2 && (1..=31).contains(d))?,
    };
    if parts.next().is_some() {
        return None;
    }
    // months of equal length keep the order, which is all that is asked
    Some(f64::from(year) + (f64::from(month - 1) + f64::from(day - 1) / 32.0) / 12.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_letters_order_within_their_year() {
        let order = ["1993", "1993-01-02", "1993-12-31", "1994", "1994a", "1994b", "1994/02", "1995-01"];
        let keys: Vec<Option<f64>> = order.iter().map(|text| key(text)).collect();
        assert!(keys.iter().all(Option::is_some), "{keys:?}");
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
        for text in ["late", "1994ab", "1994-13-01", "03.04.1994", "1994-1-1-1", "in press", "19é4"] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
