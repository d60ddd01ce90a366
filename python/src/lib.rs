//! The native module of the Python package: requests in, answers out.
//!
//! Columns come as numpy arrays and lists of texts and are copied once, requests as the JSON of `consilience::request`; everything
//! else (signatures, frames, results) is Python.

mod answer;
mod batch;
mod errors;
mod frame;

use mimalloc::MiMalloc;
use pyo3::prelude::*;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The native part of the package `consilience`.
#[pymodule(gil_used = false)]
fn _consilience(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<answer::Request>()?;
    module.add_class::<answer::Answer>()?;
    module.add_class::<answer::Figure>()?;
    module.add_class::<frame::Columns>()?;
    module.add_function(wrap_pyfunction!(answer::run_words, module)?)?;
    module.add_function(wrap_pyfunction!(answer::customary_names, module)?)?;
    module.add_function(wrap_pyfunction!(answer::unknown, module)?)?;
    module.add_function(wrap_pyfunction!(batch::batch, module)?)?;
    module.add_function(wrap_pyfunction!(batch::set_threads, module)?)?;
    Ok(())
}
