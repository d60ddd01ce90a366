//! Errors of the crate as the exceptions of `consilience.errors`, with what they know as attributes.

use consilience::Error;
use pyo3::{prelude::*, sync::PyOnceLock, types::PyType};

/// The classes of `consilience.errors`, looked up once.
struct Classes {
    data: Py<PyType>,
    model: Py<PyType>,
    unknown: Py<PyType>,
    setting: Py<PyType>,
    file: Py<PyType>,
}

impl Classes {
    fn get(py: Python<'_>) -> PyResult<&Classes> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || {
            let module = py.import("consilience.errors")?;
            let class = |name: &str| -> PyResult<Py<PyType>> {
                Ok(module.getattr(name)?.cast_into::<PyType>()?.unbind())
            };
            Ok(Classes {
                data: class("DataError")?,
                model: class("ModelError")?,
                unknown: class("UnknownNameError")?,
                setting: class("SettingError")?,
                file: class("FileError")?,
            })
        })
    }
}

/// The exception for an error.
pub fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).map_or_else(|failed| failed, |value| PyErr::from_value(value))
}

fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let classes = Classes::get(py)?;
    let message = error.to_string();
    Ok(match error {
        Error::Data { place, found, remedy } => {
            let value = classes.data.bind(py).call1((message, found, remedy))?;
            value.setattr("file", place.file.as_deref())?;
            value.setattr("row", place.row)?;
            value.setattr("study", place.study.as_deref())?;
            value.setattr("column", place.column.as_deref())?;
            value
        }
        Error::Unknown { name, nearest, known, .. } => {
            let found = format!("unknown name {name}");
            let remedy = nearest.as_ref().map_or(String::new(), |nearest| format!("did you mean {nearest}?"));
            let value = classes.unknown.bind(py).call1((message, found, remedy))?;
            value.setattr("name", name)?;
            value.setattr("nearest", nearest.as_deref())?;
            value.setattr("known", known.clone())?;
            value
        }
        Error::Setting { name, found, remedy } => {
            let value = classes.setting.bind(py).call1((message, found, remedy))?;
            value.setattr("option", name.trim_start_matches('-').replace('-', "_"))?;
            value
        }
        Error::File { path, found, remedy } => {
            let value = classes.file.bind(py).call1((message, found, remedy))?;
            value.setattr("file", path)?;
            value
        }
        Error::Model { found, remedy } => classes.model.bind(py).call1((message, found, remedy))?,
        _ => classes.model.bind(py).call1((message,))?,
    })
}
