//! Columns of Python as a table of the crate, and back.

use consilience::table::{Column, Table};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::{
    prelude::*,
    types::{PyDict, PyList, PyString, PyType},
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

/// The columns of a call, copied once; the calls that follow it on the same data share them.
#[pyclass(frozen, name = "Table", module = "consilience._consilience")]
pub struct Columns {
    table: Table,
    bare: bool,
}

/// A class, and the arguments of which it makes a table.
type Parts<'py> = (Bound<'py, PyType>, (Bound<'py, PyDict>, bool));

#[pymethods]
impl Columns {
    /// The columns of a mapping of names to float64 arrays (NaN is missing) and lists of texts (`None` is missing); `bare` ones
    /// never were columns of a frame, so that nobody misses one that names the studies.
    #[new]
    #[pyo3(signature = (columns, bare = false))]
    fn new(py: Python<'_>, columns: &Bound<'_, PyDict>, bare: bool) -> PyResult<Self> {
        let mut table = Table::new();
        let mut lengths: Option<usize> = None;
        for (name, values) in columns {
            let name = name.cast::<PyString>()?.to_str()?;
            let column = column(&values)?.map_err(|error| raise(py, &error.in_column(name)))?;
            if *lengths.get_or_insert(column.len()) != column.len() {
                return Err(raise(py, &of_several_lengths(columns)?));
            }
            table = table.with(name, column).map_err(|error| raise(py, &error.in_column(name)))?;
        }
        Ok(Columns { table: if bare { table.without_names() } else { table }, bare })
    }

    /// The class and the arguments that make the same table.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Parts<'py>> {
        let (py, Columns { table, bare }) = (slf.py(), slf.get());
        let columns = PyDict::new(py);
        for name in table.names() {
            let column = table.column(name).map_err(|error| raise(py, &error))?;
            columns.set_item(name, values(py, column)?)?;
        }
        Ok((slf.get_type(), (columns, *bare)))
    }
}

impl Columns {
    /// A copy of the table, which shares the cells.
    pub fn table(&self) -> Table {
        self.table.clone()
    }
}

/// The column of an array or a list.
fn column(values: &Bound<'_, PyAny>) -> PyResult<consilience::Result<Column>> {
    match values.cast::<PyArray1<f64>>() {
        Ok(array) => Ok(Column::floats(numbers(array)?)),
        Err(_) => texts(values.cast::<PyList>()?),
    }
}

/// The array or the list of a column.
fn values<'py>(py: Python<'py>, column: &Column) -> PyResult<Bound<'py, PyAny>> {
    if column.is_numeric() {
        let numbers = column.as_numbers().map_err(|error| raise(py, &error))?;
        return Ok(PyArray1::from_iter(py, numbers.into_iter().map(|x| x.unwrap_or(f64::NAN))).into_any());
    }
    let texts = PyList::new(py, (0..column.len()).map(|row| column.get(row)))?;
    if column.order().is_empty() {
        return Ok(texts.into_any());
    }
    py.import("consilience.frames")?.getattr("Categories")?.call1((texts, column.order()))
}

/// The error for columns of several lengths.
fn of_several_lengths(columns: &Bound<'_, PyDict>) -> PyResult<consilience::Error> {
    let mut said = Vec::new();
    for (name, values) in columns {
        said.push(format!("{name} {}", values.len()?));
    }
    let found = format!("columns differ in length ({})", said.join(", "));
    Ok(consilience::Error::data(found, "give one value for each study"))
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
