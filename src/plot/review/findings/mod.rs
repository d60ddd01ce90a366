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

mod certainty;
mod draw;
mod finding;
mod read;

use serde::{Deserialize, Serialize};

pub use self::{
    certainty::Certainty,
    finding::{AnticipatedEffect, Finding},
};
use crate::{
    Error, Result,
    plot::{frame::Look, number::fixed, scene::Anchor, sheet::page_wide},
    text::{Align, Grid},
};

/// A summary of findings, as a figure, as text or as a table for a word processor.
///
/// ```
/// use consilience::plot::Figure;
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
    /// The comparator.
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

    /// Adds an outcome.
    #[must_use]
    pub fn finding(mut self, finding: Finding) -> Self {
        self.findings.push(finding);
        self
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
}

/// `a`, `b`, ..., `z`, `aa`, ...
fn letter(i: usize) -> String {
    let c = char::from(b'a' + (i % 26) as u8);
    if i < 26 { c.to_string() } else { letter(i / 26 - 1) + &c.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::plot::Figure as _;
    use crate::{
        plot::sheet::assert_tidy,
        table::{Column as TableColumn, Table},
    };

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
        assert!(
            text.contains("⊕⊖⊖⊖ Very low \\[a,b\\]") && text.contains("MD −1.25 (−3.00 to 0.50)"),
            "{text}"
        );
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
