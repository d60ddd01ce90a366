//! What a request gives: text in several forms, JSON, figures, notes.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::host::Source;
use crate::{
    Error, Result,
    plot::{ImageFormat, SaveOptions, Scene},
};

/// The version of the crate, as answers tell it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The number of the schema of answers; it rises when a field changes its name or meaning, not when one is added.
pub const SCHEMA: u32 = 1;

/// The format of an answer's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Tables in plain text, for terminals.
    Text,
    /// All numbers with all their digits.
    Json,
    /// The main table as comma-separated values.
    Csv,
    /// Tables in Markdown.
    Markdown,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportFormat {
    /// A page that stands alone.
    Html,
    /// Markdown.
    Markdown,
    /// Rich text, for word processors.
    Rtf,
}

/// The form of an answer's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rendering {
    /// Its format.
    pub format: Format,
    /// Leaves out what is printed beside the result.
    pub quiet: bool,
}

impl Rendering {
    /// A format with all that is printed beside the result.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Rendering { format, quiet: false }
    }

    /// Leaves out what is printed beside the result (the plain-text forest plot, derivations).
    #[must_use]
    pub fn quiet(mut self, quiet: bool) -> Self {
        self.quiet = quiet;
        self
    }
}

type Body = Box<dyn Fn(Rendering) -> Result<String>>;
type Report = Box<dyn Fn(ReportFormat) -> Result<String>>;

/// The answer to a request. Its text is made when it is asked for.
#[non_exhaustive]
pub struct Answer {
    /// The command.
    pub command: &'static str,
    /// What was read, with digests.
    pub sources: Vec<Source>,
    /// Remarks beside the result, which are not in its text.
    pub notes: Vec<String>,
    /// Figures.
    pub figures: Vec<Figure>,
    body: Option<Body>,
    report: Option<Report>,
}

type Draw = Box<dyn Fn() -> Result<Scene>>;

/// A figure of an answer. It is drawn when it is asked for.
#[non_exhaustive]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// The file that the request itself names for it.
    pub file: Option<PathBuf>,
    /// Resolution and fonts.
    pub options: SaveOptions,
    draw: Draw,
}

/// A figure as a file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Drawing {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// What a reader of the figure cannot see in it.
    pub notes: Vec<String>,
}

impl Figure {
    pub(crate) fn new(
        name: &'static str,
        options: SaveOptions,
        draw: impl Fn() -> Result<Scene> + 'static,
    ) -> Self {
        Figure { name, file: None, options, draw: Box::new(draw) }
    }

    /// Names the file that the figure goes to.
    pub(crate) fn to_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// What is drawn.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] and [`Error::Setting`] for what cannot be drawn.
    pub fn scene(&self) -> Result<Scene> {
        (self.draw)()
    }

    /// The figure in a format.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](Self::scene) and of [`Scene::encode`].
    pub fn draw(&self, format: ImageFormat) -> Result<Drawing> {
        let scene = self.scene()?;
        let bytes = scene.encode(format, &self.options)?;
        let missing = scene.missing_characters();
        let mut notes = scene.notes;
        if !missing.is_empty() && self.options.fonts.is_empty() && format != ImageFormat::Svg {
            let some: String = missing.iter().take(12).collect();
            notes.push(format!("the bundled font lacks {some}; name one that has them with --font"));
        }
        Ok(Drawing { bytes, notes })
    }
}

impl Answer {
    /// An answer whose text is written by `body`.
    pub(crate) fn new(command: &'static str, body: impl Fn(Rendering) -> Result<String> + 'static) -> Self {
        Answer { body: Some(Box::new(body)), ..Answer::empty(command) }
    }

    /// An answer without text, for figures alone.
    pub(crate) fn empty(command: &'static str) -> Self {
        Answer {
            command,
            sources: Vec::new(),
            notes: Vec::new(),
            figures: Vec::new(),
            body: None,
            report: None,
        }
    }

    /// An answer that is a report.
    pub(crate) fn of_report(
        command: &'static str,
        report: impl Fn(ReportFormat) -> Result<String> + 'static,
    ) -> Self {
        Answer { report: Some(Box::new(report)), ..Answer::empty(command) }
    }

    /// Adds a figure.
    pub(crate) fn figure(mut self, figure: Figure) -> Self {
        self.figures.push(figure);
        self
    }

    /// Adds remarks beside the result.
    pub(crate) fn notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// True for a report.
    pub fn is_report(&self) -> bool {
        self.report.is_some()
    }

    /// The report in a format; `None` for any other answer.
    ///
    /// # Errors
    ///
    /// What cannot be computed or drawn.
    pub fn report(&self, format: ReportFormat) -> Result<Option<String>> {
        self.report.as_ref().map(|report| report(format)).transpose()
    }

    /// The text in a form; `None` for a figure or a report, which have none.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] for a result that has no such form.
    pub fn render(&self, rendering: Rendering) -> Result<Option<String>> {
        let text = self.body.as_ref().map(|body| body(rendering)).transpose()?;
        match (text, rendering.format) {
            (Some(text), Format::Json) => self.with_origin(text).map(Some),
            (text, _) => Ok(text),
        }
    }

    /// The result as tables in plain text.
    ///
    /// # Errors
    ///
    /// Those of [`render`](Self::render), and [`Error::Setting`] if the answer has no text.
    pub fn text(&self) -> Result<String> {
        self.formatted(Format::Text)
    }

    /// All numbers as JSON.
    ///
    /// # Errors
    ///
    /// Those of [`text`](Self::text).
    pub fn json(&self) -> Result<String> {
        self.formatted(Format::Json)
    }

    /// The main table as comma-separated values.
    ///
    /// # Errors
    ///
    /// Those of [`text`](Self::text).
    pub fn csv(&self) -> Result<String> {
        self.formatted(Format::Csv)
    }

    /// The result in Markdown.
    ///
    /// # Errors
    ///
    /// Those of [`text`](Self::text).
    pub fn markdown(&self) -> Result<String> {
        self.formatted(Format::Markdown)
    }

    fn formatted(&self, format: Format) -> Result<String> {
        self.render(Rendering::new(format))?.ok_or_else(|| {
            Error::setting(
                "format",
                format!("the answer of `{}` has no text", self.command),
                "take its figure or report",
            )
        })
    }

    /// The JSON with the version of the crate, the schema and what was read.
    fn with_origin(&self, text: String) -> Result<String> {
        #[derive(Serialize)]
        struct Origin<'a> {
            version: &'static str,
            schema: u32,
            sources: &'a [Source],
        }
        let Some(rest) = text.strip_prefix(&opening(self.command)) else { return Ok(text) };
        let origin = Origin { version: VERSION, schema: SCHEMA, sources: &self.sources };
        let origin = serde_json::to_string_pretty(&origin).map_err(|e| unwritable(&e))?.replace('\n', "\n  ");
        Ok(format!("{},\n  \"consilience\": {origin}{rest}", opening(self.command)))
    }
}

/// The JSON of a result, with the command's name first.
pub(crate) fn json<T: Serialize>(command: &'static str, result: &T) -> Result<String> {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        command: &'static str,
        #[serde(flatten)]
        result: &'a T,
    }
    serde_json::to_string_pretty(&Envelope { command, result })
        .map(|text| text + "\n")
        .map_err(|e| unwritable(&e))
}

/// How the JSON of a command begins.
fn opening(command: &str) -> String {
    format!("{{\n  \"command\": \"{command}\"")
}

fn unwritable(error: &serde_json::Error) -> Error {
    Error::model(format!("the result cannot be written as JSON ({error})"), "choose another format")
}
