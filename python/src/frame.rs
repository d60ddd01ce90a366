//! Columns of Python as a table of the crate.

use consilience::table::{Column, Table};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::{
    prelude::*,
    types::{PyDict, PyList, PyString},
};

use crate::errors::raise;

/// A text, or `None` for a missing one.
fn text<'a>(item: &'a Bound<'_, PyAny>) -> PyResult<Option<&'a str>> {
    if item.is_none() { Ok(None) } else { item.cast::<PyString>()?.to_str().map(Some) }
}

/// A column of texts; a list of categories brings the order of its levels.
fn texts(values: &Bound<'_, PyList>) -> PyResult<consilience::Result<Column>> {
    let items: Vec<Bound<'_, PyAny>> = values.iter().collect();
    let texts = items.iter().map(text).collect::<PyResult<Vec<Option<&str>>>>()?;
    let column = Column::texts(texts);
    if values.is_exact_instance_of::<PyList>() {
        return Ok(column);
    }
    let order: Vec<String> = values.getattr("order")?.extract()?;
    Ok(column.map(|column| column.ordered(order)))
}

/// The table of a mapping of names to float64 arrays (NaN is missing) and lists of texts (`None` is missing).
pub fn table(columns: &Bound<'_, PyDict>) -> PyResult<Table> {
    let py = columns.py();
    let mut table = Table::new();
    for (name, values) in columns {
        let name = name.cast::<PyString>()?.to_str()?;
        let column = match values.cast::<PyArray1<f64>>() {
            Ok(array) => Column::floats(numbers(array)?),
            Err(_) => texts(values.cast::<PyList>()?)?,
        };
        let with = column.and_then(|column| table.with(name, column));
        table = with.map_err(|error| raise(py, &error.in_column(name)))?;
    }
    Ok(table)
}

/// A copy of the numbers of an array, whose elements may lie apart.
fn numbers(array: &Bound<'_, PyArray1<f64>>) -> PyResult<Vec<f64>> {
    match array.to_vec() {
        Ok(numbers) => Ok(numbers),
        Err(_) => Ok(array.try_readonly()?.as_array().to_vec()),
    }
}

/// The table as CSV, for commands that read bytes.
pub fn csv(table: &Table) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let names: Vec<&str> = table.names().collect();
    let mut out = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",") + "\n";
    for row in 0..table.len() {
        let cell = |name: &&str| {
            let column = table.column(name).ok()?;
            let text = column.get(row)?;
            Some(if column.is_numeric() { text.into_owned() } else { quoted(&text) })
        };
        out += &names.iter().map(|name| cell(name).unwrap_or_default()).collect::<Vec<_>>().join(",");
        out.push('\n');
    }
    out.into_bytes()
}
