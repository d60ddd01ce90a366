//! `report`: the whole analysis in one file.

mod dependent;
mod independent;
mod parts;

use std::path::Path;

use crate::{
    Error, Result,
    plot::{ImageFormat, SaveOptions, Scene},
    report::{DocumentFigure, ReportOrigin},
};

use crate::request::{
    Answer, Inputs, ReportFormat,
    args::ReportArgs,
    data::{self, Studies},
};
use parts::Parts;

impl ReportFormat {
    /// The format by the name of a file.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for a name that says no format of a report.
    pub fn of(path: &Path) -> Result<Self> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "html" | "htm" => Ok(ReportFormat::Html),
            "md" | "markdown" => Ok(ReportFormat::Markdown),
            "rtf" | "doc" => Ok(ReportFormat::Rtf),
            "docx" => Ok(ReportFormat::Docx),
            _ => Err(Error::unknown("kind of report", &extension, ["html", "md", "rtf", "docx"])),
        }
    }
}

pub fn run(args: &ReportArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let table = data::read(inputs, &args.pool.input)?;
    let provenance = provenance(inputs);
    let mut seen = std::collections::HashSet::new();
    let labels: Vec<String> = table.labels().into_iter().filter(|label| seen.insert(label.clone())).collect();
    let parts = Parts::read(args, &labels, inputs)?;
    let notes = parts.notes.clone();
    if args.dependence.is_given() {
        let built = dependent::build(args, table, inputs)?;
        let args = args.clone();
        return Ok(Answer::of_report("report", move |form| {
            dependent::document(&args, &built, &parts, provenance.clone(), form)
        })
        .notes(notes));
    }
    args.dependence.check()?;
    let args = args.clone();
    Ok(Answer::of_report("report", move |form| {
        independent::document(&args, table.clone(), &parts, provenance.clone(), form)
    })
    .notes(notes))
}

/// The origin of what was read so far.
pub fn provenance(inputs: &Inputs<'_>) -> ReportOrigin {
    inputs.sources().into_iter().fold(ReportOrigin::new(inputs.call()), |told, source| {
        told.input(&source.name, source.sha256, source.bytes)
    })
}

/// The assumptions of `convert`, from the column `assumption` of its results: each assumption with the studies that rest on it.
fn assumptions(studies: &Studies) -> Vec<String> {
    let Ok(column) = studies.table.texts("assumption") else { return Vec::new() };
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for &row in &studies.complete {
        let Some(text) = column.get(row).and_then(Option::as_deref) else { continue };
        let label = studies.table.label(row);
        for one in text.split("; ").map(str::trim).filter(|one| !one.is_empty()) {
            match found.iter_mut().find(|(known, _)| known == one) {
                Some((_, labels)) if labels.contains(&label) => {}
                Some((_, labels)) => labels.push(label.clone()),
                None => found.push((one.to_owned(), vec![label.clone()])),
            }
        }
    }
    found.into_iter().map(|(assumption, labels)| format!("{assumption} ({})", labels.join(", "))).collect()
}

/// A figure in the form that the report needs.
pub fn figure(caption: &str, scene: &Scene, form: ReportFormat) -> Result<DocumentFigure> {
    let figure = scene.figure(caption);
    match form {
        ReportFormat::Rtf | ReportFormat::Docx => {
            Ok(figure.png(scene.encode(ImageFormat::Png, &SaveOptions::default().dpi(220.0))?))
        }
        _ => Ok(figure),
    }
}
