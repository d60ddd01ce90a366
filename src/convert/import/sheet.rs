//! A CSV file of another program: its header may name columns twice, and cells may hold words in the place of numbers.

use std::borrow::Cow;

use crate::{Error, Result};

const LARGEST: usize = 100_000_000;

/// The cells of a file, all rows as long as the header.
pub(super) struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A name without case, spaces and punctuation.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The delimiter that occurs most often in the first line, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let (mut quoted, mut counts) = (false, [(b',', 0usize), (b';', 0), (b'\t', 0)]);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

impl Sheet {
    /// Reads the text of a file.
    pub(super) fn read(text: &str) -> Result<Sheet> {
        if text.len() > LARGEST {
            return Err(Error::data(format!("a file of {} bytes", text.len()), "a file has at most 100 MB"));
        }
        let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\n', '\r']);
        if text.contains('\0') {
            return Err(Error::data("the file holds a NUL byte", "give a CSV file in UTF-8"));
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut header: Vec<String> = Vec::new();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for record in reader.records() {
            let record =
                record.map_err(|error| Error::data(format!("{error}"), "give a CSV file in UTF-8"))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if header.is_empty() {
                header = cells;
                continue;
            }
            // Spreadsheets leave out empty cells at the end, or write more of them.
            while cells.len() > header.len() && cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            if cells.len() > header.len() {
                return Err(Error::data(
                    format!("line {line} has {} cells and the header {}", cells.len(), header.len()),
                    "each row needs one cell for each column: check quotation marks",
                ));
            }
            cells.resize(header.len(), String::new());
            rows.push(cells);
        }
        if header.is_empty() {
            return Err(Error::data("the file is empty", "give a CSV file with a header"));
        }
        Ok(Sheet { header, rows })
    }

    /// A note that names the columns which hold something and are neither used nor known by their plain names to change no number.
    pub(super) fn others(
        &self,
        used: impl IntoIterator<Item = Option<usize>>,
        known: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let used: Vec<usize> = used.into_iter().flatten().collect();
        let filled = |column: usize| (0..self.len()).any(|row| self.text(row, Some(column)).is_some());
        let names: Vec<&str> = (self.header.iter().enumerate())
            .filter(|(column, name)| !used.contains(column) && !known(&plain(name)) && filled(*column))
            .filter(|(_, name)| !name.is_empty())
            .map(|(_, name)| name.as_str())
            .collect();
        (!names.is_empty()).then(|| format!("columns that were not taken over: {}", names.join(", ")))
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// The first column with one of these names (plain).
    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|known| plain(known) == *name))
    }

    /// As [`find`](Self::find), or an error that names what the file has.
    pub(super) fn need(&self, name: &str, format: &str) -> Result<usize> {
        self.find(&[&plain(name)]).ok_or_else(|| {
            let known: Vec<&str> = self.header.iter().take(12).map(String::as_str).collect();
            Error::data(
                format!("the file has no column `{name}`, but {}", known.join(", ")),
                format!("{format} has this column: give that file as it was saved"),
            )
        })
    }

    /// A cell, `None` if it is empty or does not apply (`#N/A`), or there is no such column.
    pub(super) fn text(&self, row: usize, column: Option<usize>) -> Option<&str> {
        let cell = self.rows.get(row)?.get(column?).map(String::as_str)?;
        (!cell.is_empty() && !cell.to_ascii_uppercase().starts_with("#N/A")).then_some(cell)
    }

    /// A cell as a number; what stands for a missing value is `None`.
    pub(super) fn number(&self, row: usize, column: Option<usize>) -> Result<Option<f64>> {
        let Some(cell) = self.text(row, column) else { return Ok(None) };
        if ["na", "nan", "", "notestimable", "notapplicable"].contains(&plain(cell).as_str()) {
            return Ok(None);
        }
        match decimal(cell).parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => {
                let name = column.and_then(|c| self.header.get(c)).map_or("", String::as_str);
                let remedy = match cell.contains(',') {
                    true => "a number is needed, without separators of thousands",
                    false => "a number is needed",
                };
                Err(Error::data(format!("`{cell}`"), remedy).in_column(name).in_row(row + 1))
            }
        }
    }

    /// Several cells as numbers, `None` if one is missing.
    pub(super) fn numbers<const N: usize>(
        &self,
        row: usize,
        columns: [Option<usize>; N],
    ) -> Result<Option<[f64; N]>> {
        let mut values = [0.0; N];
        for (value, column) in values.iter_mut().zip(columns) {
            match self.number(row, column)? {
                Some(number) => *value = number,
                None => return Ok(None),
            }
        }
        Ok(Some(values))
    }
}

/// A cell with a decimal comma, which cannot stand between thousands, as a number with a decimal point.
fn decimal(cell: &str) -> Cow<'_, str> {
    let bare = cell.trim_start_matches(['-', '+']);
    match bare.split_once(',') {
        Some((whole, decimals))
            if !decimals.contains([',', '.']) && (decimals.len() != 3 || whole == "0") =>
        {
            Cow::Owned(cell.replacen(',', ".", 1))
        }
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn delimiters_marks_and_short_rows() {
        let sheet = Sheet::read("\u{feff}Study;\"O-E; x\";O-E\nA;1;2,5\n\nB;;\nC\n").unwrap();
        assert_eq!((sheet.len(), sheet.header().len()), (3, 3));
        assert_eq!(sheet.find(&["oe"]), Some(2));
        assert_eq!(sheet.text(2, Some(1)), None);
        assert_eq!(sheet.number(0, Some(2)).unwrap(), Some(2.5));
        let sheet = Sheet::read("Study;O-E\nA;1,200\n").unwrap();
        let error = sheet.number(0, Some(1)).unwrap_err().to_string();
        assert!(error.contains("row 1") && error.contains("O-E") && error.contains("`1,200`"), "{error}");
        assert!(Sheet::read("a,b\n1,2,3\n").err().unwrap().to_string().contains("line 2 has 3 cells"));
        assert!(Sheet::read("").is_err() && Sheet::read("a\0b\n").is_err());
    }
}
