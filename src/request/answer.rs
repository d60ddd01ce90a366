//! The answer to a request: text in several forms, JSON, figures, notes.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{finite::not_finite, host::Source};
use crate::{
    Error, Result,
    plot::{ImageFormat, SaveOptions, Scene},
    text::{Document, Section, markdown, plain, visible, visible_json},
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

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportFormat {
    /// A page that stands alone.
    Html,
    /// Markdown.
    Markdown,
    /// Rich text, for word processors.
    Rtf,
    /// A Word file; only with feature `docx`.
    Docx,
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

impl Rendering {
    /// Sections below a headline, in Markdown or else in plain text.
    pub(super) fn sections(&self, headline: &str, sections: &[Section]) -> String {
        match self.format {
            Format::Markdown => markdown(headline, sections),
            _ => plain(headline, sections),
        }
    }
}
/// The bound of a result: it is written as JSON, and with feature `schema` has a schema.
#[cfg(not(feature = "schema"))]
pub(crate) use serde::Serialize as Told;

/// The bound of a result: it is written as JSON, and with feature `schema` has a schema.
#[cfg(feature = "schema")]
pub(crate) trait Told: Serialize + schemars::JsonSchema {}

#[cfg(feature = "schema")]
impl<T: Serialize + schemars::JsonSchema> Told for T {}

type Parts = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;
type Notes = Box<dyn Fn() -> Vec<String> + Send + Sync>;
/// The options that were taken from a file of settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Taken {
    /// The file.
    pub file: String,
    /// The options as words of a command line.
    pub options: Vec<String>,
}

type Body = Box<dyn Fn(Rendering) -> Result<String> + Send + Sync>;
type Paragraph = Box<dyn Fn() -> String + Send + Sync>;
type Report = Box<dyn Fn(ReportFormat) -> Result<Document> + Send + Sync>;

/// The answer to a request. Its text is made when it is asked for.
#[non_exhaustive]
pub struct Answer {
    /// The command.
    pub command: &'static str,
    /// The sources that were read, with digests.
    pub sources: Vec<Source>,
    /// The options that were taken from a file of settings.
    pub settings: Option<Taken>,
    /// Remarks beside the result, which are not in its text.
    pub notes: Vec<String>,
    /// Figures.
    pub figures: Vec<AnswerFigure>,
    /// Work that was interrupted, on whose beginning the result rests.
    pub(super) cut: Vec<String>,
    body: Option<Body>,
    /// True if the text is a drawing, which is neither JSON nor a table.
    pub(super) drawn: bool,
    parts: Option<Parts>,
    /// The notes within the result.
    within: Option<Notes>,
    report: Option<Report>,
    paragraph: Option<Paragraph>,
}

type Draw = Box<dyn Fn() -> Result<Vec<Scene>> + Send + Sync>;

/// A figure of an answer. It is drawn when it is asked for.
#[non_exhaustive]
pub struct AnswerFigure {
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
    /// Notes on what the figure does not show.
    pub notes: Vec<String>,
}

impl AnswerFigure {
    pub(crate) fn new(
        name: &'static str,
        options: SaveOptions,
        draw: impl Fn() -> Result<Scene> + Send + Sync + 'static,
    ) -> Self {
        AnswerFigure { name, file: None, options, draw: Box::new(move || Ok(vec![draw()?])) }
    }

    /// A figure of several pages.
    pub(crate) fn paged(
        name: &'static str,
        options: SaveOptions,
        draw: impl Fn() -> Result<Vec<Scene>> + Send + Sync + 'static,
    ) -> Self {
        AnswerFigure { name, file: None, options, draw: Box::new(draw) }
    }

    /// Names the file that the figure goes to.
    pub(crate) fn for_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// The drawn pages.
    pub(super) fn pages(&self) -> Result<Vec<Scene>> {
        (self.draw)()
    }

    /// The drawn scene; of a figure on several pages, the first.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] and [`Error::Setting`] for what cannot be drawn.
    pub fn scene(&self) -> Result<Scene> {
        let pages = (self.draw)()?;
        pages.into_iter().next().ok_or_else(|| Error::model("a figure without a page", "draw something"))
    }

    /// The figure in a format.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](Self::scene) and of [`Scene::encode`].
    pub fn draw(&self, format: ImageFormat) -> Result<Drawing> {
        let scene = self.scene()?;
        let bytes = scene.encode(format, &self.options)?;
        Ok(Drawing { bytes, notes: self.notes(&[scene], format) })
    }

    /// The files of the figure in a format: one, or one for each page where the format has no pages.
    ///
    /// # Errors
    ///
    /// Those of [`draw`](Self::draw).
    pub fn files(&self, format: ImageFormat) -> Result<Vec<Drawing>> {
        let pages = (self.draw)()?;
        let files = Scene::encode_pages(&pages, format, &self.options)?;
        let mut notes = self.notes(&pages, format);
        Ok(files.into_iter().map(|bytes| Drawing { bytes, notes: std::mem::take(&mut notes) }).collect())
    }

    /// Remarks that the pages do not show.
    fn notes(&self, pages: &[Scene], format: ImageFormat) -> Vec<String> {
        let mut notes: Vec<String> = pages.iter().flat_map(|page| page.notes.iter().cloned()).collect();
        let missing: std::collections::BTreeSet<char> =
            pages.iter().flat_map(Scene::missing_characters).collect();
        if !missing.is_empty() && self.options.fonts.is_empty() && format != ImageFormat::Svg {
            let some: String = missing.iter().take(12).collect();
            notes.push(format!("the bundled font lacks {some}; name one that has them with --font"));
        }
        notes
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figures: Vec<&str> = self.figures.iter().map(|figure| figure.name).collect();
        f.debug_struct("Answer")
            .field("command", &self.command)
            .field("sources", &self.sources)
            .field("notes", &self.notes)
            .field("figures", &figures)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// An answer whose text is written by `body`.
    pub(crate) fn new(
        command: &'static str,
        body: impl Fn(Rendering) -> Result<String> + Send + Sync + 'static,
    ) -> Self {
        Answer { body: Some(Box::new(body)), ..Answer::empty(command) }
    }

    /// An answer whose text is a drawing of its figure, which has no other form.
    pub(crate) fn drawing(
        command: &'static str,
        draw: impl Fn() -> Result<String> + Send + Sync + 'static,
    ) -> Self {
        Answer { body: Some(Box::new(move |_| draw())), drawn: true, ..Answer::empty(command) }
    }

    /// An answer without text, for figures alone.
    pub(crate) fn empty(command: &'static str) -> Self {
        Answer {
            command,
            sources: Vec::new(),
            settings: None,
            notes: Vec::new(),
            figures: Vec::new(),
            cut: Vec::new(),
            body: None,
            drawn: false,
            parts: None,
            within: None,
            report: None,
            paragraph: None,
        }
    }

    /// Adds the fields of the JSON one by one, to be had without the others, and the notes among them.
    pub(crate) fn in_parts(
        mut self,
        parts: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
        notes: impl Fn() -> Vec<String> + Send + Sync + 'static,
    ) -> Self {
        self.parts = Some(Box::new(parts));
        self.within = Some(Box::new(notes));
        self
    }

    /// The JSON of one field of the result, with the digits of [`json`](Self::json); `None` if the answer has no such field
    /// or does not give its fields one by one, so that the whole must be read.
    pub fn part(&self, name: &str) -> Option<String> {
        self.parts.as_ref().and_then(|parts| parts(name))
    }

    /// Adds the sentences for the results section of a paper.
    pub(crate) fn in_words(mut self, paragraph: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.paragraph = Some(Box::new(paragraph));
        self
    }

    /// The sentences for the results section of a paper; `None` for commands that have none.
    pub fn paragraph(&self) -> Option<String> {
        self.paragraph.as_ref().map(|paragraph| paragraph())
    }

    /// An answer that is a report.
    pub(crate) fn of_report(
        command: &'static str,
        report: impl Fn(ReportFormat) -> Result<Document> + Send + Sync + 'static,
    ) -> Self {
        Answer { report: Some(Box::new(report)), ..Answer::empty(command) }
    }

    /// Adds a figure.
    pub(crate) fn figure(mut self, figure: AnswerFigure) -> Self {
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

    /// The document of a report; `None` for any other answer.
    pub(super) fn document(&self, format: ReportFormat) -> Result<Option<Document>> {
        self.report.as_ref().map(|report| report(format)).transpose()
    }

    /// The report in a format of text; `None` for any other answer.
    ///
    /// # Errors
    ///
    /// Errors of the analysis or of its figures; [`Error::Setting`] for a Word file, which is no text.
    pub fn report(&self, format: ReportFormat) -> Result<Option<String>> {
        let Some(report) = &self.report else { return Ok(None) };
        match format {
            ReportFormat::Html => Ok(Some(report(format)?.to_html())),
            ReportFormat::Markdown => Ok(Some(report(format)?.to_markdown())),
            ReportFormat::Rtf => Ok(Some(report(format)?.to_rtf())),
            ReportFormat::Docx => {
                Err(Error::setting("format", "a Word file is no text", "take its bytes (`report_file`)"))
            }
        }
    }

    /// The report as the bytes of a file; `None` for any other answer.
    ///
    /// # Errors
    ///
    /// Errors of the analysis or of its figures; [`Error::Setting`] for a Word file without feature `docx`.
    pub fn report_file(&self, format: ReportFormat) -> Result<Option<Vec<u8>>> {
        if format != ReportFormat::Docx {
            return Ok(self.report(format)?.map(String::into_bytes));
        }
        self.report.as_ref().map(|report| word_file(&report(format)?)).transpose()
    }

    /// The text in a form; `None` for a figure or a report, which have none (a figure may have a drawing in plain text).
    ///
    /// # Errors
    ///
    /// [`Error::Model`] for a result that has no such form.
    pub fn render(&self, rendering: Rendering) -> Result<Option<String>> {
        if self.drawn && !matches!(rendering.format, Format::Text | Format::Markdown) {
            let found = if rendering.format == Format::Json {
                "a figure has no JSON"
            } else {
                "a figure is no table"
            };
            return Err(Error::setting("format", found, "leave it out, or write the figure to a file"));
        }
        let text = self.body.as_ref().map(|body| body(rendering)).transpose()?;
        match (text, rendering.format) {
            (Some(text), Format::Json) => self.with_origin(text).map(Some),
            (Some(text), Format::Text | Format::Markdown) => Ok(Some(visible(&text).into_owned())),
            (text, _) => Ok(text),
        }
    }

    /// All notes, those within the result last; `None` if the answer does not give its fields one by one, so that the whole must be
    /// read for them.
    pub fn told(&self) -> Option<Vec<String>> {
        let mut within = self.within.as_ref()?();
        if self.notes.is_empty() {
            return Some(within);
        }
        let mut told = self.notes.clone();
        told.append(&mut within);
        Some(told)
    }

    /// The notes within the result, which its CSV has no place for; those of several analyses with the level of each.
    pub fn result_notes(&self) -> Vec<String> {
        if let Some(within) = &self.within {
            return within();
        }
        let Ok(Some(text)) = self.render(Rendering::new(Format::Json)) else { return Vec::new() };
        let result: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let list = |tree: &serde_json::Value, key: &str| {
            tree.get(key).and_then(|list| list.as_array()).cloned().unwrap_or_default()
        };
        let notes = |tree: &serde_json::Value| {
            list(tree, "notes").into_iter().filter_map(|note| note.as_str().map(str::to_owned))
        };
        let of_level = |analysis: serde_json::Value| {
            let level = analysis.get("value").and_then(|level| level.as_str()).unwrap_or_default().to_owned();
            notes(&analysis).map(|note| format!("{level}: {note}")).collect::<Vec<_>>()
        };
        notes(&result).chain(list(&result, "analyses").into_iter().flat_map(of_level)).collect()
    }

    /// True if the answer has a text.
    pub(super) fn has_text(&self) -> bool {
        self.body.is_some()
    }

    /// The text in a form, without what is told of its origin.
    pub(super) fn plain(&self, how: Rendering) -> Result<Option<String>> {
        self.body.as_ref().map(|body| body(how)).transpose()
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
        let Some(rest) = text.strip_prefix(&opening(self.command)) else { return Ok(text) };
        let within = |note: &str| {
            let written = serde_json::to_string(note).map(visible_json).unwrap_or_default();
            rest.contains(&written) || self.cut.iter().any(|cut| cut == note)
        };
        let origin = Origin {
            version: VERSION,
            schema: SCHEMA,
            sources: &self.sources,
            settings: self.settings.as_ref(),
            interrupted: &self.cut,
            notes: self.notes.iter().map(String::as_str).filter(|note| !within(note)).collect(),
        };
        let origin = serde_json::to_string_pretty(&origin).map_err(|e| unwritable(&e))?;
        let origin = visible_json(origin).replace('\n', "\n  ");
        Ok(format!("{},\n  \"consilience\": {origin}{rest}", opening(self.command)))
    }
}

/// The version of the crate, the schema and what was read.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Origin<'a> {
    version: &'static str,
    schema: u32,
    sources: &'a [Source],
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<&'a Taken>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    interrupted: &'a [String],
    /// Remarks beside those of the result: on how tables were read, and what was chosen of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
}

#[cfg(feature = "docx")]
fn word_file(document: &Document) -> Result<Vec<u8>> {
    document.to_docx()
}

#[cfg(not(feature = "docx"))]
fn word_file(_: &Document) -> Result<Vec<u8>> {
    let found = "this build writes no Word files";
    Err(Error::setting("format", found, "choose .html, .md or .rtf, or build with feature `docx`"))
}

/// The JSON of a result, with the command's name first.
pub(crate) fn json<T: Told>(command: &'static str, result: &T) -> Result<String> {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        command: &'static str,
        #[serde(flatten)]
        result: &'a T,
        /// JSON has no such numbers and writes them as `null`: their places are told.
        #[serde(skip_serializing_if = "Vec::is_empty")] // the sign of a defect, not a key of results
        not_finite: Vec<String>,
    }
    let not_finite = not_finite(result);
    serde_json::to_string_pretty(&Envelope { command, result, not_finite })
        .map(|text| visible_json(text) + "\n")
        .map_err(|e| unwritable(&e))
}

/// The beginning of the JSON of a command.
pub(super) fn opening(command: &str) -> String {
    format!("{{\n  \"command\": \"{command}\"")
}

pub(super) fn unwritable(error: &serde_json::Error) -> Error {
    Error::model(format!("the result cannot be written as JSON ({error})"), "choose another format")
}
