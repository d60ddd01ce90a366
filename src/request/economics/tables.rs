//! The common parts of the economic tables: complete rows, one currency and price year, errors at their place.

use crate::{
    Error, Result,
    economics::{Currency, PriceBase},
    table::Table,
    text::{Align, Grid},
};

use crate::request::args::MoneyArgs;

/// The positions of the rows without a missing value in these columns; an error if there is none.
pub fn complete(table: &Table, columns: &[&str]) -> Result<Vec<usize>> {
    let missing = table.missing_rows(columns)?;
    let rows: Vec<usize> = (0..table.len()).filter(|row| missing.binary_search(row).is_err()).collect();
    if rows.is_empty() {
        return Err(table.in_file(Error::data(
            "no row has all the values that are needed",
            format!("give rows with {}", columns.join(", ")),
        )));
    }
    Ok(rows)
}

/// A note on the rows that are not among those that are used.
pub fn left_out(table: &Table, used: &[usize]) -> Option<String> {
    let missing: Vec<usize> = (0..table.len()).filter(|row| used.binary_search(row).is_err()).collect();
    let name = |&row: &usize| {
        let (label, number) = (table.label(row), table.row_number(row));
        if label == number.to_string() { format!("row {number}") } else { format!("{label} (row {number})") }
    };
    let shown: Vec<String> = missing.iter().take(20).map(name).collect();
    match missing.len() {
        0 => None,
        n if n > shown.len() => {
            Some(format!("left out for missing values: {} and {} more", shown.join(", "), n - shown.len()))
        }
        _ => Some(format!("left out for missing values: {}", shown.join(", "))),
    }
}

/// Adds the file, and turns a row among those that are used into the row of the file.
pub fn placed(table: &Table, rows: &[usize], error: Error) -> Error {
    let error = match error {
        Error::Data { mut place, found, remedy } => {
            let row = place.row.and_then(|row| rows.get(row.checked_sub(1)?));
            place.row = row.map(|&row| table.row_number(row)).or(place.row);
            let column = place.column.take();
            place.column = column.map(|role| match table.role(&role) {
                Some(name) if name != role => format!("{name} ({role})"),
                _ => role,
            });
            Error::Data { place, found, remedy }
        }
        other => other,
    };
    table.in_file(error)
}

/// The currency and price year of the rows, from the columns `currency` and `price_year` and the options.
pub fn price_base(table: &Table, rows: &[usize], money: &MoneyArgs) -> Result<Option<PriceBase>> {
    let (currency_column, year_column) = (table.role("currency"), table.role("price_year"));
    if currency_column.is_none() && year_column.is_none() {
        return money.base();
    }
    let stated = money.currency;
    let currencies = currency_column.map(|name| table.texts(name)).transpose()?;
    let years = year_column.map(|name| table.numbers(name)).transpose()?;
    let mut shared = None;
    for &row in rows {
        let currency = match (&currencies, currency_column) {
            (Some(cells), Some(name)) => {
                let code = cells.get(row).cloned().flatten().unwrap_or_default();
                let found = code.parse::<Currency>().map_err(|e| table.at(e, row, Some(name)))?;
                if let Some(stated) = stated
                    && stated != found
                {
                    let error = Error::data(
                        format!("the currency is {found}, that of --currency {stated}"),
                        "convert the costs first, or leave out the option",
                    );
                    return Err(table.at(error, row, Some(name)));
                }
                Some(found)
            }
            _ => stated,
        };
        let year = match (&years, year_column) {
            (Some(cells), Some(name)) => {
                let found =
                    year(cells.get(row).copied().flatten()).map_err(|e| table.at(e, row, Some(name)))?;
                if let Some(stated) = money.price_year
                    && stated != found
                {
                    let error = Error::data(
                        format!("the price year is {found}, that of --price-year {stated}"),
                        "convert the costs first, or leave out the option",
                    );
                    return Err(table.at(error, row, Some(name)));
                }
                Some(found)
            }
            _ => money.price_year,
        };
        let base = match (currency, year) {
            (Some(currency), Some(year)) => {
                PriceBase::new(currency, year).map_err(|e| table.at(e, row, year_column))?
            }
            (Some(_), None) => {
                return Err(table.in_file(Error::data(
                    "the costs have a currency but no price year",
                    "add a column `price_year`, or --price-year",
                )));
            }
            _ => {
                return Err(table.in_file(Error::data(
                    "the costs have a price year but no currency",
                    "add a column `currency`, or --currency",
                )));
            }
        };
        shared = PriceBase::shared(shared, Some(base)).map_err(|e| table.at(e, row, None))?;
    }
    Ok(shared)
}

fn year(cell: Option<f64>) -> Result<i32> {
    match cell {
        Some(year) if year.fract() == 0.0 && year.abs() <= 9999.0 => Ok(year as i32),
        Some(year) => {
            Err(Error::data(format!("price year {year}"), "give the four-digit year of the prices"))
        }
        None => Err(Error::data("the price year is missing", "every row needs one")),
    }
}

/// A grid of numbers under these names.
pub fn grid<const N: usize>(names: [&str; N]) -> Grid {
    Grid::new(names.map(|name| (name, Align::Right)))
}

/// A number with all its digits, empty if there is none.
pub fn cell(value: impl Into<Option<f64>>) -> String {
    value.into().map_or(String::new(), |value| value.to_string())
}

/// Notes as a Markdown list under a table.
pub fn notes(notes: &[String]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    notes.iter().fold("\n".to_owned(), |text, note| format!("{text}- {note}\n"))
}
