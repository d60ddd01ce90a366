//! Requests and their answers.

use std::{
    io,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use consilience::{
    plot::ImageFormat,
    request::{self, Format, Host, Rendering, ReportFormat},
    stat::progress::Progress,
    table::Table,
};
use pyo3::{
    exceptions::PyKeyboardInterrupt,
    prelude::*,
    types::{PyBytes, PyDict, PyFrozenSet},
};

use crate::{
    errors::raise,
    frame::{self, Columns},
};

/// The world of a request that comes from Python: tables in memory, files beside them, a call-back that hears of
/// long work.
struct Notebook {
    tables: Vec<(String, Table)>,
    hearing: Progress,
    heard: Arc<Heard>,
}

/// What ended work before its time.
#[derive(Default)]
struct Heard {
    interrupted: AtomicBool,
    /// The error that the call-back raised.
    raised: Mutex<Option<PyErr>>,
}

impl Notebook {
    /// Signals are looked at, and a call-back hears, whenever long work tells how far it is.
    fn new(progress: Option<Py<PyAny>>) -> Self {
        let heard = Arc::<Heard>::default();
        let within = Arc::clone(&heard);
        let hearing = Progress::new(move |work, done, all| {
            Python::attach(|py| {
                if py.check_signals().is_err() {
                    within.interrupted.store(true, Ordering::Relaxed);
                    return false;
                }
                let Some(progress) = &progress else { return true };
                match progress.call1(py, (work, done, all)) {
                    Ok(answer) => answer.extract::<bool>(py).unwrap_or(true),
                    Err(error) => {
                        if let Ok(mut raised) = within.raised.lock() {
                            *raised = Some(error);
                        }
                        false
                    }
                }
            })
        });
        Notebook { tables: Vec::new(), hearing, heard }
    }
}

impl Host for Notebook {
    fn open(&self, source: &Path) -> io::Result<Box<dyn io::Read + '_>> {
        match self.table(source) {
            Some(table) => Ok(Box::new(io::Cursor::new(frame::csv(&table)))),
            None => Ok(Box::new(std::fs::File::open(source)?)),
        }
    }

    fn table(&self, source: &Path) -> Option<Table> {
        let source = source.to_str()?;
        self.tables.iter().find(|(name, _)| name == source).map(|(_, table)| table.clone())
    }

    fn progress(&self) -> Option<Progress> {
        Some(self.hearing.clone())
    }

    fn call(&self) -> String {
        "consilience (Python)".to_owned()
    }
}

/// A request, read once and answered as often as data come for it.
#[pyclass(frozen)]
pub struct Request {
    request: request::Request,
}

#[pymethods]
impl Request {
    /// Reads a request in JSON.
    #[new]
    fn new(py: Python<'_>, json: &str) -> PyResult<Self> {
        json.parse().map(|request| Request { request }).map_err(|error| raise(py, &error))
    }

    /// The answer, with tables in memory by the names that the request gives them.
    #[pyo3(signature = (tables, progress = None))]
    fn run(
        &self,
        py: Python<'_>,
        tables: &Bound<'_, PyDict>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Answer> {
        let mut host = Notebook::new(progress);
        for (name, columns) in tables {
            host.tables.push((name.extract()?, columns.cast::<Columns>()?.get().table()));
        }
        answer(py, &self.request, host)
    }
}

/// The answer to a request; its forms are made when they are asked for.
#[pyclass(frozen)]
pub struct Answer {
    answer: request::Answer,
}

/// The answer of a host to a request, with the interpreter free for others meanwhile.
fn answer(py: Python<'_>, request: &request::Request, host: Notebook) -> PyResult<Answer> {
    let answer = py.detach(|| request.run(&host));
    if let Some(raised) = host.heard.raised.lock().ok().and_then(|mut raised| raised.take()) {
        return Err(raised);
    }
    let answer = answer.map_err(|error| {
        if host.heard.interrupted.load(Ordering::Relaxed) {
            PyKeyboardInterrupt::new_err(error.to_string())
        } else {
            raise(py, &error)
        }
    })?;
    Ok(Answer { answer })
}

#[pymethods]
impl Answer {
    /// Remarks that are not in the text of the answer.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.answer.notes.clone()
    }

    /// All remarks, those within the result last; `None` if the whole result must be read for them.
    fn told(&self) -> Option<Vec<String>> {
        self.answer.told()
    }

    /// One field of the result, as a number or else as its JSON; `None` if the whole must be read.
    fn part<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(json) = self.answer.part(name) else { return Ok(None) };
        let number = json.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            && json.contains(['.', 'e']);
        Ok(Some(match json.parse::<f64>() {
            Ok(value) if number => value.into_pyobject(py)?.into_any(),
            _ => json.into_pyobject(py)?.into_any(),
        }))
    }

    /// The text in a format: `json`, `text`, `csv` or `markdown`; `None` for figures and reports.
    #[pyo3(signature = (format, quiet = false))]
    fn render(&self, py: Python<'_>, format: &str, quiet: bool) -> PyResult<Option<String>> {
        let format = match format {
            "json" => Format::Json,
            "csv" => Format::Csv,
            "markdown" => Format::Markdown,
            _ => Format::Text,
        };
        py.detach(|| self.answer.render(Rendering::new(format).quiet(quiet))).map_err(|e| raise(py, &e))
    }

    /// The sentences for the results section of a paper; `None` for commands that have none.
    fn paragraph(&self) -> Option<String> {
        self.answer.paragraph()
    }

    /// The notes within the result, those of several analyses with the level of each.
    fn result_notes(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.answer.result_notes())
    }

    /// The report as the bytes of a file: `html`, `markdown`, `rtf` or `docx`; `None` for any other answer.
    fn report<'py>(&self, py: Python<'py>, format: &str) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let format = match format {
            "markdown" => ReportFormat::Markdown,
            "rtf" => ReportFormat::Rtf,
            "docx" => ReportFormat::Docx,
            _ => ReportFormat::Html,
        };
        let file = py.detach(|| self.answer.report_file(format)).map_err(|error| raise(py, &error))?;
        Ok(file.map(|bytes| PyBytes::new(py, &bytes)))
    }

    /// The figures.
    #[getter]
    fn figures(slf: Py<Self>, py: Python<'_>) -> Vec<Figure> {
        (0..slf.get().answer.figures.len())
            .map(|position| Figure { answer: slf.clone_ref(py), position })
            .collect()
    }
}

/// A figure of an answer.
#[pyclass(frozen)]
pub struct Figure {
    answer: Py<Answer>,
    position: usize,
}

#[pymethods]
impl Figure {
    /// The bytes of the figure as `svg`, `png` or `pdf`, and what a reader of it cannot see.
    fn draw<'py>(&self, py: Python<'py>, format: &str) -> PyResult<(Bound<'py, PyBytes>, Vec<String>)> {
        let format = match format {
            "png" => ImageFormat::Png,
            "pdf" => ImageFormat::Pdf,
            _ => ImageFormat::Svg,
        };
        let answer = self.answer.get();
        let drawing = py.detach(|| match answer.answer.figures.get(self.position) {
            Some(figure) => figure.draw(format),
            None => Err(consilience::Error::model("the figure is gone", "draw it anew")),
        });
        let drawing = drawing.map_err(|error| raise(py, &error))?;
        Ok((PyBytes::new(py, &drawing.bytes), drawing.notes))
    }
}

/// The names of columns that play a role without being mapped, in lower case and without punctuation.
#[pyfunction]
pub fn customary_names(py: Python<'_>) -> PyResult<Bound<'_, PyFrozenSet>> {
    PyFrozenSet::new(py, consilience::table::customary_names())
}

/// Raises the error of a name that is not known, with the nearest that is.
#[pyfunction]
pub fn unknown(py: Python<'_>, kind: &str, name: &str, known: Vec<String>) -> PyResult<()> {
    let kind = if kind == "column" { "column" } else { "option" };
    Err(raise(py, &consilience::Error::unknown(kind, name, known)))
}

/// Answers a request given as the words of a command line, without output options.
#[pyfunction]
pub fn run_words(py: Python<'_>, words: Vec<String>) -> PyResult<Answer> {
    let request = request::Request::from_words(words).map_err(|error| raise(py, &error))?;
    answer(py, &request, Notebook::new(None))
}
