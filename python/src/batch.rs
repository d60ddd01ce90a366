//! `pool_many`: columns of many meta-analyses.

use consilience::{
    Level,
    batch::{Batch, BatchOptions, Detail},
    pool::{Inference, Prediction},
    tau2::Tau2,
};
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::{prelude::*, types::PyDict};

use crate::errors::raise;

/// Pools the groups `offsets[g]..offsets[g + 1]` of the studies; a mapping of column names to arrays.
#[pyfunction]
#[pyo3(signature = (yi, vi, offsets, model, method, inference, prediction, level, means_only))]
#[allow(clippy::too_many_arguments)] // one for each option; the Python function has names and defaults
pub fn batch<'py>(
    py: Python<'py>,
    yi: PyReadonlyArray1<'py, f64>,
    vi: PyReadonlyArray1<'py, f64>,
    offsets: PyReadonlyArray1<'py, i64>,
    model: &str,
    method: &str,
    inference: &str,
    prediction: Option<&str>,
    level: f64,
    means_only: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let refuse = |error: consilience::Error| raise(py, &error);
    let options = options(model, method, inference, prediction, level, means_only).map_err(refuse)?;
    let offsets: Vec<usize> =
        offsets.as_array().iter().map(|&at| usize::try_from(at).unwrap_or(usize::MAX)).collect();
    let (yi, vi) = (yi.as_slice()?, vi.as_slice()?);
    let result =
        py.detach(|| Batch::new(yi, vi, &offsets).and_then(|batch| options.run(batch))).map_err(refuse)?;
    let columns = PyDict::new(py);
    columns.set_item("k", PyArray1::from_iter(py, result.k.iter().map(|&k| i64::from(k))))?;
    for (name, values) in result.columns() {
        columns.set_item(name, PyArray1::from_slice(py, values))?;
    }
    columns.set_item("flag", result.flag.iter().map(|flag| flag.code()).collect::<Vec<_>>())?;
    Ok(columns)
}

fn options(
    model: &str,
    method: &str,
    inference: &str,
    prediction: Option<&str>,
    level: f64,
    means_only: bool,
) -> consilience::Result<BatchOptions> {
    let method: Tau2 = method.parse()?;
    let mut options = match model {
        "random" => BatchOptions::random(method),
        "fixed" => BatchOptions::fixed(),
        other => return Err(consilience::Error::unknown("model", other, ["random", "fixed"])),
    };
    options = options.inference(inference.parse::<Inference>()?).level(Level::percent(level)?);
    if let Some(prediction) = prediction {
        options = options.prediction(prediction.parse::<Prediction>()?);
    }
    Ok(if means_only { options.detail(Detail::Means) } else { options })
}

/// Uses so many threads for what runs in parallel; only before the first such call.
#[pyfunction]
pub fn set_threads(py: Python<'_>, threads: usize) -> PyResult<()> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(|_| {
        let error = consilience::Error::setting(
            "threads",
            "work in parallel has begun, and the number of threads is settled",
            "set it before the first call",
        );
        raise(py, &error)
    })
}
