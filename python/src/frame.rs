//! Columns of Python as a table of the crate.

use consilience::table::{Column, Table};
use numpy::PyReadonlyArray1;
use pyo3::{
    prelude::*,
    types::{PyDict, PyList},
};

use crate::errors::raise;

/// A column of texts; a list of categories brings the order of its levels.
fn texts(values: &Bound<'_, PyList>) -> PyResult<consilience::Result<Column>> {
    let texts: Vec<Option<String>> = values.extract()?;
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
        let name: String = name.extract()?;
        let column = if let Ok(numbers) = values.extract::<PyReadonlyArray1<'_, f64>>() {
            let numbers = numbers.as_array();
            Column::numbers(numbers.iter().map(|&x| (!x.is_nan()).then_some(x)))
        } else {
            texts(values.cast::<PyList>()?)?
        };
        let with = column.and_then(|column| table.with(&name, column));
        table = with.map_err(|error| raise(py, &error.in_column(name)))?;
    }
    Ok(table)
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
