//! `Reproduction`: a review computed anew, as titled sections of text, tables and comparisons.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    pool::PoolFit,
    text::{Align, Grid, fixed},
};

/// A number as it was published beside the same number computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Comparison {
    /// Its description.
    pub quantity: String,
    /// As printed in the source; `None` if it was not published.
    pub published: Option<String>,
    /// As computed here, with all digits.
    pub computed: f64,
    /// True if the computed value, rounded as the published one, equals it; `None` if none was published.
    pub agrees: Option<bool>,
}

impl Comparison {
    /// Compares `computed` with a number as printed (`-0.5429`), rounded to as many decimals.
    pub fn new(quantity: impl Into<String>, published: &str, computed: f64) -> Self {
        let digits = decimals(published);
        let agrees = fixed(computed, digits) == published;
        Comparison {
            quantity: quantity.into(),
            published: Some(published.to_owned()),
            computed,
            agrees: Some(agrees),
        }
    }

    /// A computed number that was not published.
    pub fn unpublished(quantity: impl Into<String>, computed: f64) -> Self {
        Comparison { quantity: quantity.into(), published: None, computed, agrees: None }
    }

    fn computed_text(&self) -> String {
        let whole = self.computed.fract() == 0.0;
        match self.published.as_deref() {
            Some(published) if whole && decimals(published) == 0 => fixed(self.computed, 0),
            Some(published) => fixed(self.computed, decimals(published).max(2)),
            None => fixed(self.computed, if whole { 0 } else { 4 }),
        }
    }
}

fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// One piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ReproductionBlock {
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table {
        /// The header.
        header: Vec<String>,
        /// The rows, each as long as the header.
        rows: Vec<Vec<String>>,
    },
    /// Published beside computed.
    Comparisons(Vec<Comparison>),
}

/// A titled part of a reproduction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReproductionSection {
    /// The title.
    pub title: String,
    /// The contents, in order.
    pub blocks: Vec<ReproductionBlock>,
}

impl ReproductionSection {
    /// An empty section.
    pub(super) fn new(title: &str) -> Self {
        ReproductionSection { title: title.to_owned(), blocks: Vec::new() }
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.blocks.push(ReproductionBlock::Text(text.into()));
        self
    }

    pub(super) fn list<S: Into<String>>(mut self, items: impl IntoIterator<Item = S>) -> Self {
        self.blocks.push(ReproductionBlock::List(items.into_iter().map(Into::into).collect()));
        self
    }

    pub(super) fn table<const N: usize>(
        mut self,
        header: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        self.blocks.push(ReproductionBlock::Table {
            header: header.map(str::to_owned).to_vec(),
            rows: rows.into_iter().map(Vec::from).collect(),
        });
        self
    }

    pub(super) fn compare(mut self, comparisons: impl Into<Vec<Comparison>>) -> Self {
        self.blocks.push(ReproductionBlock::Comparisons(comparisons.into()));
        self
    }
}

/// A fit that a reproduction rests on, by a name that serves for the file of its forest plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NamedFit {
    /// The name, fit for a file.
    pub name: String,
    /// Its subject.
    pub title: String,
    /// The direction left of no effect, on a plot.
    pub favours_left: Option<String>,
    /// The direction right of no effect, on a plot.
    pub favours_right: Option<String>,
    /// The fit.
    pub fit: PoolFit,
}

/// A review computed anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reproduction {
    /// The review's name.
    pub name: String,
    /// Its description.
    pub title: String,
    /// The sources.
    pub sources: Vec<String>,
    /// The parts.
    pub sections: Vec<ReproductionSection>,
    /// The fits behind them.
    pub fits: Vec<NamedFit>,
}

impl Reproduction {
    /// All comparisons of published with computed numbers.
    pub fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        self.sections.iter().flat_map(|s| &s.blocks).flat_map(|block| match block {
            ReproductionBlock::Comparisons(list) => list.as_slice(),
            _ => &[],
        })
    }

    /// The whole as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n", self.title, self.sources.join("\n\n"));
        for section in &self.sections {
            out += &format!("\n## {}\n", section.title);
            for block in &section.blocks {
                out.push('\n');
                match block {
                    ReproductionBlock::Text(text) => out += &format!("{text}\n"),
                    ReproductionBlock::List(items) => {
                        items.iter().for_each(|item| out += &format!("- {item}\n"))
                    }
                    ReproductionBlock::Table { header, rows } => out += &grid(header, rows).to_markdown(),
                    ReproductionBlock::Comparisons(list) => out += &comparison_grid(list).to_markdown(),
                }
            }
        }
        out
    }
}

/// The width to which paragraphs are filled.
const WIDTH: usize = 100;

impl fmt::Display for Reproduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n", self.title, "=".repeat(self.title.chars().count()))?;
        for source in &self.sources {
            writeln!(f, "{}", fill(source, ""))?;
        }
        for section in &self.sections {
            writeln!(f, "\n{}\n{}", section.title, "-".repeat(section.title.chars().count()))?;
            for block in &section.blocks {
                writeln!(f)?;
                match block {
                    ReproductionBlock::Text(text) => writeln!(f, "{}", fill(text, ""))?,
                    ReproductionBlock::List(items) => {
                        for item in items {
                            writeln!(f, "- {}", fill(item, "  "))?;
                        }
                    }
                    ReproductionBlock::Table { header, rows } => {
                        write!(f, "{}", grid(header, rows).to_text())?
                    }
                    ReproductionBlock::Comparisons(list) => write!(f, "{}", comparison_grid(list).to_text())?,
                }
            }
        }
        Ok(())
    }
}

/// A table whose columns of numbers stand right.
fn grid(header: &[String], rows: &[Vec<String>]) -> Grid {
    let is_number = |cell: &str| {
        cell.is_empty() || cell == "-" || cell.starts_with(|c: char| c.is_ascii_digit() || "+-<".contains(c))
    };
    let align = |column: usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(column));
        if !rows.is_empty() && cells.all(|cell| is_number(cell)) { Align::Right } else { Align::Left }
    };
    let mut grid = Grid::new(header.iter().enumerate().map(|(i, name)| (name.clone(), align(i))));
    for row in rows {
        grid.row(row.iter().cloned());
    }
    grid
}

fn comparison_grid(list: &[Comparison]) -> Grid {
    let mut grid = Grid::new([
        ("", Align::Left),
        ("published", Align::Right),
        ("computed", Align::Right),
        ("", Align::Left),
    ]);
    for c in list {
        let verdict = match c.agrees {
            Some(true) => "agrees",
            Some(false) => "differs",
            None => "",
        };
        let published = c.published.clone().unwrap_or_else(|| "-".to_owned());
        grid.row([c.quantity.clone(), published, c.computed_text(), verdict.to_owned()]);
    }
    grid
}

/// Breaks a paragraph at spaces; further lines start with `indent`.
fn fill(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut length = indent.len();
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if length > indent.len() && length + 1 + width > WIDTH {
            out += &format!("\n{indent}");
            length = indent.len();
        } else if length > indent.len() {
            out.push(' ');
            length += 1;
        }
        out += word;
        length += width;
    }
    out
}
