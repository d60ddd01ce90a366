//! The summary of findings: for each outcome its effect and the certainty of the evidence (GRADE).
//!
//! Absolute effects follow from the relative effect and the risk with the comparator
//! ([`baseline_risk`](crate::convert::baseline_risk)). The certainty is a judgement of the reviewers and is never derived.
//!
//! # References
//!
//! - Guyatt GH, Oxman AD, Santesso N, and others (2013). GRADE guidelines: 12. Preparing summary of findings tables: binary
//!   outcomes. J Clin Epidemiol 66:158-172. doi:10.1016/j.jclinepi.2012.01.012
//! - Schünemann HJ, Higgins JPT, Vist GE, and others. Completing 'Summary of findings' tables and grading the certainty of
//!   the evidence. Cochrane Handbook, chapter 14. doi:10.1002/9781119536604.ch14

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    convert::baseline_risk::{self, RelativeEffect, WithInterval},
    plot::{
        font,
        frame::Look,
        number::fixed,
        scene::{Anchor, Paint, Scene, Shape, Stroke},
        sheet::{Sheet, Style, page_wide, sheet_setters},
    },
    report::{Align, Grid},
    table::Table,
};

/// The certainty of a body of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Very low.
    VeryLow,
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

impl Certainty {
    /// All of them, from the lowest.
    pub const ALL: [Certainty; 4] =
        [Certainty::VeryLow, Certainty::Low, Certainty::Moderate, Certainty::High];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::VeryLow => "Very low",
            Certainty::Low => "Low",
            Certainty::Moderate => "Moderate",
            Certainty::High => "High",
        }
    }

    /// How many of the four signs are full.
    pub fn plusses(self) -> usize {
        self as usize + 1
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Certainty {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wanted = text.trim().to_lowercase().replace(['-', '_'], " ");
        Certainty::ALL.into_iter().find(|c| c.name().to_lowercase() == wanted).ok_or_else(|| {
            Error::data(format!("`{text}` is no certainty"), "write one of: High, Moderate, Low, Very low")
        })
    }
}

/// What is measured by a relative or absolute effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Kind {
    Rr,
    Or,
    Hr,
    Rd,
    Md,
    Smd,
}

impl Kind {
    const ALL: [(&'static str, Kind); 6] = [
        ("RR", Kind::Rr),
        ("OR", Kind::Or),
        ("HR", Kind::Hr),
        ("RD", Kind::Rd),
        ("MD", Kind::Md),
        ("SMD", Kind::Smd),
    ];

    fn code(self) -> &'static str {
        Kind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(code, _)| code)
    }

    fn read(text: &str) -> Result<Kind> {
        let wanted = text.trim().to_uppercase();
        let found = Kind::ALL.iter().find(|(code, _)| *code == wanted).map(|(_, kind)| *kind);
        found.ok_or_else(|| {
            let codes: Vec<&str> = Kind::ALL.iter().map(|(code, _)| *code).collect();
            Error::data(
                format!("`{text}` is no measure of a finding"),
                format!("write one of: {}", codes.join(", ")),
            )
        })
    }
}

/// Risks without and with the intervention, among 1000 people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AbsoluteEffect {
    /// Events among 1000 people with the comparator.
    pub comparator: f64,
    /// Events among 1000 people with the intervention; `None` without a relative effect.
    pub intervention: Option<f64>,
    /// The limits of the latter.
    pub interval: Option<[f64; 2]>,
}

/// A row of the table: an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The outcome, with its time of measurement.
    pub outcome: String,
    /// The number of studies, or studies by design, as printed: `3 RCT, 1 CBA`.
    pub studies: Option<String>,
    /// Their participants.
    pub participants: Option<u64>,
    effect: Option<(Kind, WithInterval)>,
    /// The risk with the comparator, between 0 and 1.
    pub comparator_risk: Option<f64>,
    /// The certainty of the evidence; `None` where nothing was found.
    pub certainty: Option<Certainty>,
    /// Why it is not high, as a footnote: `serious imprecision`.
    pub reasons: Vec<String>,
    /// What it means, in words.
    pub conclusion: Option<String>,
}

impl Finding {
    /// An outcome of which nothing is said yet.
    pub fn new(outcome: impl Into<String>) -> Self {
        Finding {
            outcome: outcome.into(),
            studies: None,
            participants: None,
            effect: None,
            comparator_risk: None,
            certainty: None,
            reasons: Vec::new(),
            conclusion: None,
        }
    }

    /// The number of studies, or studies by design.
    #[must_use]
    pub fn studies(mut self, studies: impl ToString) -> Self {
        self.studies = Some(studies.to_string());
        self
    }

    /// The participants of the studies.
    #[must_use]
    pub fn participants(mut self, participants: u64) -> Self {
        self.participants = Some(participants);
        self
    }

    /// The effect with its interval; `measure` is one of `RR OR HR RD MD SMD`, ratios as ratios.
    ///
    /// # Errors
    ///
    /// If the measure is not known, a value is not finite or the estimate lies outside its interval.
    pub fn effect(mut self, measure: &str, estimate: f64, lower: f64, upper: f64) -> Result<Self> {
        let kind = Kind::read(measure)?;
        // The constructors check what a ratio or a difference can be.
        let checked = if matches!(kind, Kind::Rr | Kind::Or | Kind::Hr) {
            RelativeEffect::risk_ratio(estimate, lower, upper)
        } else {
            RelativeEffect::risk_difference(estimate, lower, upper)
        };
        checked.map_err(|error| error.in_study(&self.outcome))?;
        let values = baseline_interval(estimate, lower, upper);
        self.effect = Some((kind, values));
        Ok(self)
    }

    /// The risk with the comparator, between 0 and 1.
    #[must_use]
    pub fn comparator_risk(mut self, risk: f64) -> Self {
        self.comparator_risk = Some(risk);
        self
    }

    /// The certainty of the evidence.
    #[must_use]
    pub fn certainty(mut self, certainty: Certainty) -> Self {
        self.certainty = Some(certainty);
        self
    }

    /// A reason why the certainty is not high.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }

    /// What it means, in words.
    #[must_use]
    pub fn conclusion(mut self, text: impl Into<String>) -> Self {
        self.conclusion = Some(text.into());
        self
    }

    /// Risks among 1000 people, if the risk with the comparator is known.
    ///
    /// # Errors
    ///
    /// If the risk is not between 0 and 1, or the effect leads to a risk outside.
    pub fn absolute(&self) -> Result<Option<AbsoluteEffect>> {
        let Some(risk) = self.comparator_risk else { return Ok(None) };
        let place = |error: Error| error.in_study(&self.outcome);
        let mut made = AbsoluteEffect { comparator: 1000.0 * risk, intervention: None, interval: None };
        let Some((kind, e)) = &self.effect else {
            return if (0.0..=1.0).contains(&risk) {
                Ok(Some(made))
            } else {
                Err(place(Error::data(format!("a risk of {risk}"), "a risk lies between 0 and 1")))
            };
        };
        let effect = match kind {
            Kind::Rr => RelativeEffect::risk_ratio(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Or => RelativeEffect::odds_ratio(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Hr => RelativeEffect::hazard_ratio(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Rd => RelativeEffect::risk_difference(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Md | Kind::Smd => {
                let found = format!("a risk with the comparator beside a {}", kind.code());
                return Err(place(Error::data(found, "risks go with RR, OR, HR or RD")));
            }
        };
        let at = effect
            .and_then(|effect| effect.at(risk, baseline_risk::Direction::Undesirable))
            .map_err(place)?;
        let with = at.value.risk;
        made.intervention = Some(1000.0 * with.estimate);
        made.interval = Some([1000.0 * with.ci_lower, 1000.0 * with.ci_upper]);
        Ok(Some(made))
    }

    /// `RR 0.49 (0.34 to 0.70)`.
    fn effect_text(&self) -> Option<String> {
        let (kind, e) = self.effect.as_ref()?;
        let [estimate, lower, upper] = [e.estimate, e.ci_lower, e.ci_upper].map(|v| fixed(v, 2));
        Some(format!("{} {estimate} ({lower} to {upper})", kind.code()))
    }
}

/// The values as the type of `convert`, which has no constructor of its own.
fn baseline_interval(estimate: f64, ci_lower: f64, ci_upper: f64) -> WithInterval {
    WithInterval { estimate, ci_lower, ci_upper }
}

/// A summary of findings, as a figure, as text or as a table for a word processor.
///
/// ```
/// # fn main() -> consilience::Result<()> {
/// use consilience::plot::review::{Certainty, Finding, SummaryOfFindings};
///
/// let table = SummaryOfFindings::new("Vaccine", "No vaccine").finding(
///     Finding::new("Tuberculosis")
///         .studies(13)
///         .participants(357_347)
///         .effect("RR", 0.49, 0.34, 0.70)?
///         .comparator_risk(0.02)
///         .certainty(Certainty::Moderate)
///         .reason("inconsistency"),
/// );
/// let text = table.grid()?.to_text();
/// assert!(text.contains("20 per 1000") && text.contains("10 per 1000 (7 to 14)"), "{text}");
/// assert_eq!(table.scene()?.of_class("plus").count(), 3);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SummaryOfFindings {
    /// The intervention.
    pub intervention: String,
    /// What it is compared with.
    pub comparator: String,
    /// A row for each outcome.
    pub findings: Vec<Finding>,
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

/// A cell: its text, or the certainty with the marks of its footnotes.
enum Cell {
    Text(String),
    Certainty(Option<Certainty>, String),
}

/// A column: its header, on which side its cells stand, and its cells.
struct Column {
    header: String,
    anchor: Anchor,
    cells: Vec<Cell>,
}

impl SummaryOfFindings {
    /// An empty table.
    pub fn new(intervention: impl Into<String>, comparator: impl Into<String>) -> Self {
        SummaryOfFindings {
            intervention: intervention.into(),
            comparator: comparator.into(),
            findings: Vec::new(),
            look: page_wide(),
        }
    }

    sheet_setters!();

    /// Adds an outcome.
    #[must_use]
    pub fn finding(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
    }

    /// Reads a table with a row for each outcome: `outcome`, and as far as they are there `studies`, `participants`, `measure`
    /// with `estimate ci_lower ci_upper`, `comparator_risk` (0 to 1) or `comparator_per_1000`, `certainty`, `reasons`
    /// (separated by semicolons), `conclusion`.
    ///
    /// # Errors
    ///
    /// If there is no column `outcome`, or a cell cannot be read: the error names row, column, value and what is allowed.
    pub fn from_table(table: &Table, intervention: &str, comparator: &str) -> Result<Self> {
        let texts = |name: &str| {
            if table.has(name) { table.texts(name).map(Some) } else { Ok(None) }
        };
        let numbers = |name: &str| {
            if table.has(name) { table.numbers(name).map(Some) } else { Ok(None) }
        };
        if !table.has("outcome") {
            let error =
                Error::data("no column `outcome`", "a summary of findings has a row for each outcome");
            return Err(table.in_file(error));
        }
        let (outcome, studies, certainty, reasons, conclusion, measure) = (
            texts("outcome")?,
            texts("studies")?,
            texts("certainty")?,
            texts("reasons")?,
            texts("conclusion")?,
            texts("measure")?,
        );
        let (participants, estimate, lower, upper) =
            (numbers("participants")?, numbers("estimate")?, numbers("ci_lower")?, numbers("ci_upper")?);
        let (risk, per_1000) = (numbers("comparator_risk")?, numbers("comparator_per_1000")?);
        let text = |column: &Option<Vec<Option<String>>>, row: usize| {
            column.as_ref().and_then(|c| c.get(row).cloned().flatten())
        };
        let number =
            |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
        let mut made = SummaryOfFindings::new(intervention, comparator);
        for row in 0..table.len() {
            let at = |error: Error, column: &str| table.at(error, row, Some(column));
            let Some(name) = text(&outcome, row) else {
                return Err(at(Error::data("the outcome is missing", "name each outcome"), "outcome"));
            };
            let mut finding = Finding::new(name);
            finding.studies = text(&studies, row);
            finding.participants = match number(&participants, row) {
                Some(n) if n >= 0.0 && n.fract() == 0.0 && n < 9e15 => Some(n as u64),
                Some(n) => {
                    return Err(at(
                        Error::data(format!("{n} participants"), "write a whole number"),
                        "participants",
                    ));
                }
                None => None,
            };
            if let Some(code) = text(&measure, row) {
                match (number(&estimate, row), number(&lower, row), number(&upper, row)) {
                    (Some(e), Some(l), Some(u)) => {
                        finding = finding.effect(&code, e, l, u).map_err(|error| at(error, "measure"))?;
                    }
                    (None, None, None) => {}
                    _ => {
                        let error = Error::data(
                            "an effect without its whole interval",
                            "give estimate, ci_lower and ci_upper, or none of them",
                        );
                        return Err(at(error, "estimate"));
                    }
                }
            }
            finding.comparator_risk = number(&risk, row).or(number(&per_1000, row).map(|n| n / 1000.0));
            finding.certainty = text(&certainty, row)
                .map(|text| text.parse::<Certainty>().map_err(|error| at(error, "certainty")))
                .transpose()?;
            let parts = text(&reasons, row).unwrap_or_default();
            finding.reasons =
                parts.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
            finding.conclusion = text(&conclusion, row);
            finding.absolute().map_err(|error| table.at(error, row, None))?;
            made.findings.push(finding);
        }
        Ok(made)
    }

    /// The reasons of all rows, each once, in the order in which they first occur: the footnotes.
    fn footnotes(&self) -> Vec<&str> {
        let mut notes: Vec<&str> = Vec::new();
        for reason in self.findings.iter().flat_map(|f| &f.reasons) {
            if !notes.contains(&reason.as_str()) {
                notes.push(reason);
            }
        }
        notes
    }

    fn columns(&self) -> Result<Vec<Column>> {
        if self.findings.is_empty() {
            return Err(Error::data("no outcome", "a summary of findings needs at least one"));
        }
        let notes = self.footnotes();
        let absolute = self.findings.iter().map(Finding::absolute).collect::<Result<Vec<_>>>()?;
        let text = |texts: Vec<Option<String>>| -> Option<Vec<Cell>> {
            texts.iter().any(Option::is_some).then(|| {
                texts.into_iter().map(|text| Cell::Text(text.unwrap_or_else(|| "–".to_owned()))).collect()
            })
        };
        let of = |get: &dyn Fn(&Finding) -> Option<String>| text(self.findings.iter().map(get).collect());
        let whole = |value: f64| fixed(value, 0);
        let columns = [
            ("Outcome".to_owned(), Anchor::Start, of(&|f| Some(f.outcome.clone()))),
            ("Studies".to_owned(), Anchor::Start, of(&|f| f.studies.clone())),
            ("Participants".to_owned(), Anchor::End, of(&|f| f.participants.map(|n| n.to_string()))),
            ("Effect (95% CI)".to_owned(), Anchor::Start, of(&Finding::effect_text)),
            (
                format!("Risk: {}", self.comparator),
                Anchor::Start,
                text(
                    absolute.iter().map(|a| a.map(|a| format!("{} per 1000", whole(a.comparator)))).collect(),
                ),
            ),
            (
                format!("Risk: {} (95% CI)", self.intervention),
                Anchor::Start,
                text(
                    absolute
                        .iter()
                        .map(|a| {
                            let (with, [low, high]) = (a.as_ref()?.intervention?, a.as_ref()?.interval?);
                            Some(format!("{} per 1000 ({} to {})", whole(with), whole(low), whole(high)))
                        })
                        .collect(),
                ),
            ),
            (
                "Certainty".to_owned(),
                Anchor::Start,
                self.findings.iter().any(|f| f.certainty.is_some()).then(|| {
                    let marks = |f: &Finding| -> String {
                        let places = f.reasons.iter().filter_map(|r| notes.iter().position(|n| n == r));
                        places.map(letter).collect::<Vec<_>>().join(",")
                    };
                    self.findings.iter().map(|f| Cell::Certainty(f.certainty, marks(f))).collect()
                }),
            ),
            ("What it means".to_owned(), Anchor::Start, of(&|f| f.conclusion.clone())),
        ];
        let present = columns
            .into_iter()
            .filter_map(|(header, anchor, cells)| Some(Column { header, anchor, cells: cells? }));
        Ok(present.collect())
    }

    /// The table as a grid, for text, Markdown, CSV and documents.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without an outcome, or if a risk is impossible.
    pub fn grid(&self) -> Result<Grid> {
        let columns = self.columns()?;
        let mut grid =
            Grid::new(columns.iter().map(|c| {
                (c.header.clone(), if c.anchor == Anchor::End { Align::Right } else { Align::Left })
            }));
        for row in 0..self.findings.len() {
            grid.row(columns.iter().map(|column| match column.cells.get(row) {
                Some(Cell::Text(text)) => text.clone(),
                Some(Cell::Certainty(Some(c), marks)) => {
                    let signs = "⊕".repeat(c.plusses()) + &"⊖".repeat(4 - c.plusses());
                    let marks = if marks.is_empty() { String::new() } else { format!(" [{marks}]") };
                    format!("{signs} {c}{marks}")
                }
                _ => "–".to_owned(),
            }));
        }
        Ok(grid)
    }

    /// The footnotes of the table: `a. inconsistency`.
    pub fn notes(&self) -> Vec<String> {
        self.footnotes().iter().enumerate().map(|(i, note)| format!("{}. {note}", letter(i))).collect()
    }

    /// Lays the table out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without an outcome, or if a risk is impossible; [`Error::Setting`] for a size out of range.
    pub fn scene(&self) -> Result<Scene> {
        let columns = self.columns()?;
        let mut sheet = Sheet::new(&self.look)?;
        // Many columns on a narrow page take smaller text.
        let mut size = sheet.size;
        let gap = |size: f64| if columns.len() > 5 { 0.7 } else { 1.1 } * size;
        let widths = loop {
            let style = Style { size, ..sheet.style() };
            let least: Vec<f64> = columns.iter().map(|c| column_width(c, style, true)).collect();
            let most: Vec<f64> = columns.iter().map(|c| column_width(c, style, false)).collect();
            let room = sheet.room() - gap(size) * (columns.len() - 1) as f64;
            let smallest = size <= sheet.theme.smallest_size;
            if least.iter().sum::<f64>() <= room || smallest {
                break shared(&least, &most, room);
            }
            size = (size - 0.25).max(sheet.theme.smallest_size);
        };
        let style = Style { size, ..sheet.style() };
        let mut lefts = Vec::with_capacity(widths.len());
        let mut x = sheet.left;
        for width in &widths {
            lefts.push(x);
            x += width + gap(size);
        }
        let at = |column: &Column, left: f64, width: f64| match column.anchor {
            Anchor::End => (left + width, style.end()),
            _ => (left, style),
        };
        let top = sheet.y;
        let mut tallest = 0.0_f64;
        for ((column, left), width) in columns.iter().zip(&lefts).zip(&widths) {
            let (x, style) = at(column, *left, *width);
            tallest = tallest.max(sheet.paragraph("header", &column.header, x, top, *width, style.bold()));
        }
        sheet.y = top + tallest + 0.3 * size;
        let ink = sheet.theme.ink;
        sheet.rule(sheet.y, ink);
        for (row, finding) in self.findings.iter().enumerate() {
            let top = sheet.y + 0.35 * size;
            let mut tallest = 0.0_f64;
            for ((column, left), width) in columns.iter().zip(&lefts).zip(&widths) {
                let (x, style) = at(column, *left, *width);
                let height = match column.cells.get(row) {
                    Some(Cell::Text(text)) => sheet.paragraph("cell", text, x, top, *width, style),
                    Some(Cell::Certainty(certainty, marks)) => certainty_cell(
                        &mut sheet,
                        *certainty,
                        marks,
                        (x, top),
                        *width,
                        style,
                        &finding.outcome,
                    ),
                    None => 0.0,
                };
                tallest = tallest.max(height);
            }
            sheet.y = top + tallest + 0.35 * size;
            let last = row + 1 == self.findings.len();
            let color = if last { ink } else { sheet.theme.contours[1] };
            sheet.rule(sheet.y, color);
        }
        sheet.y += 0.5 * size;
        let notes = self.notes();
        let small = style.sized(0.9 * size);
        let compared = format!("Intervention: {}; comparator: {}.", self.intervention, self.comparator);
        for note in std::iter::once(&compared).chain(&notes) {
            let (left, y, room) = (sheet.left, sheet.y, sheet.room());
            sheet.y += sheet.paragraph("note", note, left, y, room, small);
        }
        let description = format!(
            "{} outcomes of {} versus {}. {}",
            self.findings.len(),
            self.intervention,
            self.comparator,
            self.findings
                .iter()
                .filter_map(|f| Some(format!(
                    "{}: {} certainty.",
                    f.outcome,
                    f.certainty?.name().to_lowercase()
                )))
                .collect::<Vec<_>>()
                .join(" ")
        );
        Ok(sheet.finish(&self.look, "Summary of findings", description))
    }
}

/// `a`, `b`, ..., `z`, `aa`, ...
fn letter(i: usize) -> String {
    let c = char::from(b'a' + (i % 26) as u8);
    if i < 26 { c.to_string() } else { letter(i / 26 - 1) + &c.to_string() }
}

/// Radius of a sign of certainty, in ems.
const PLUS: f64 = 0.42;

/// The four signs and the name below them; returns the height.
fn certainty_cell(
    sheet: &mut Sheet,
    certainty: Option<Certainty>,
    marks: &str,
    (x, y): (f64, f64),
    room: f64,
    style: Style,
    outcome: &str,
) -> f64 {
    let Some(certainty) = certainty else { return sheet.paragraph("cell", "–", x, y, room, style) };
    let (radius, ink) = (PLUS * style.size, style.color);
    let line = Stroke::solid(ink, 0.09 * style.size);
    for i in 0..4 {
        let full = i < certainty.plusses();
        let center = (x + radius + f64::from(i as u8) * 2.35 * radius, y + 0.62 * style.size);
        let shape =
            Shape::Circle { center, radius: radius - 0.3, paint: Paint { fill: None, stroke: Some(line) } };
        let hint = format!("{outcome}: {certainty} certainty");
        sheet.scene.push_with_hint(if full { "plus" } else { "minus" }, shape, hint);
        let arm = radius - 0.3;
        sheet.line("sign", (center.0 - arm, center.1), (center.0 + arm, center.1), line);
        if full {
            sheet.line("sign", (center.0, center.1 - arm), (center.0, center.1 + arm), line);
        }
    }
    let mut text = certainty.name().to_owned();
    if !marks.is_empty() {
        text += &format!(" [{marks}]");
    }
    let below = 1.3 * style.size;
    below + sheet.paragraph("certainty", &text, x, y + below, room, style)
}

/// The width of a column: of its longest word, or of its longest line.
fn column_width(column: &Column, style: Style, words: bool) -> f64 {
    let width = |text: &str, style: Style| -> f64 {
        let clean = font::clean(text);
        if words {
            clean.split([' ', '/']).map(|word| style.width(word)).fold(0.0, f64::max)
        } else {
            style.width(&clean)
        }
    };
    let header = width(&column.header, style.bold());
    column.cells.iter().fold(header, |most, cell| {
        most.max(match cell {
            Cell::Text(text) => width(text, style),
            Cell::Certainty(Some(c), marks) => {
                let name = if marks.is_empty() { c.name().to_owned() } else { format!("{c} [{marks}]") };
                (4.0 * 2.35 * PLUS * style.size).max(width(&name, style))
            }
            Cell::Certainty(None, _) => 0.0,
        })
    })
}

/// Divides a room: each column gets its least width, what is left goes to those that want more, in proportion.
fn shared(least: &[f64], most: &[f64], room: f64) -> Vec<f64> {
    let (sum_least, sum_most) = (least.iter().sum::<f64>(), most.iter().sum::<f64>());
    if sum_most <= room {
        return most.to_vec();
    }
    if sum_least >= room {
        return least.iter().map(|w| w * room / sum_least).collect();
    }
    let share = (room - sum_least) / (sum_most - sum_least);
    least.iter().zip(most).map(|(l, m)| l + share * (m - l)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{plot::sheet::assert_tidy, table::Column as TableColumn};

    fn table() -> SummaryOfFindings {
        let finding = |name: &str| Finding::new(name).studies("3 RCT").participants(1234);
        SummaryOfFindings::new("Link worker & <b>", "Usual care")
            .finding(
                finding("Death within one year of follow-up")
                    .effect("RR", 0.5, 0.4, 0.8)
                    .unwrap()
                    .comparator_risk(0.1)
                    .certainty(Certainty::High)
                    .conclusion("fewer deaths"),
            )
            .finding(
                finding("Health-related quality of life")
                    .effect("MD", -1.25, -3.0, 0.5)
                    .unwrap()
                    .certainty(Certainty::VeryLow)
                    .reason("risk of bias")
                    .reason("imprecision")
                    .conclusion("The evidence is very uncertain about what happens to the quality of life"),
            )
            .finding(Finding::new("Harms").reason("imprecision"))
    }

    #[test]
    fn absolute_effects_follow_from_relative_ones() {
        // 1000 · 0.1 · 0.5, and the odds ratio by hand: odds 1/9 · 2 = 2/9, risk 2/11.
        let a = table().findings[0].absolute().unwrap().unwrap();
        assert_eq!((a.comparator, a.intervention), (100.0, Some(50.0)));
        let or = Finding::new("x").effect("OR", 2.0, 1.0, 3.0).unwrap().comparator_risk(0.1);
        assert!((or.absolute().unwrap().unwrap().intervention.unwrap() - 2000.0 / 11.0).abs() < 1e-9);
        let md = Finding::new("x").effect("MD", 2.0, 1.0, 3.0).unwrap().comparator_risk(0.1);
        assert!(md.absolute().unwrap_err().to_string().contains("beside a MD"));
        assert!(Finding::new("x").comparator_risk(1.5).absolute().is_err());
    }

    #[test]
    fn the_table_is_tidy_and_complete() {
        for width in [85.0, 170.0] {
            let scene = table().width_mm(width).title("Summary of findings").scene().unwrap();
            assert_tidy(&scene);
            assert_eq!((scene.of_class("plus").count(), scene.of_class("minus").count()), (5, 3));
        }
        let text = table().grid().unwrap().to_markdown();
        assert!(text.contains("⊕⊖⊖⊖ Very low [a,b]") && text.contains("MD −1.25 (−3.00 to 0.50)"), "{text}");
        assert_eq!(table().notes(), ["a. risk of bias", "b. imprecision"]);
        assert!(!table().scene().unwrap().to_svg().contains("<b>"));
    }

    #[test]
    fn faults_of_a_table_are_named() {
        let texts = |texts: [&str; 2]| TableColumn::texts(texts.map(Some)).unwrap();
        let table = Table::new().with("outcome", texts(["A", "B"])).unwrap();
        let with = |name: &str, cells: [&str; 2]| table.clone().with(name, texts(cells)).unwrap();
        let error = |table: &Table| SummaryOfFindings::from_table(table, "I", "C").unwrap_err().to_string();
        assert_eq!(
            error(&with("certainty", ["low", "medium"])),
            "row 2, column certainty: `medium` is no certainty; write one of: High, Moderate, Low, Very low"
        );
        assert!(error(&Table::new().with("x", texts(["a", "b"])).unwrap()).contains("no column `outcome`"));
        assert!(SummaryOfFindings::new("I", "C").scene().is_err());
        assert!(Finding::new("x").effect("XX", 1.0, 1.0, 1.0).is_err());
        assert!(Finding::new("x").effect("RR", 1.0, 2.0, 3.0).is_err());
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27].map(letter), ["a", "z", "aa", "ab"]);
    }
}
