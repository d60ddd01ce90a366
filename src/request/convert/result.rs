//! The result of a conversion as it is written: a table that `pool` reads, with the record of every number.

use crate::{
    convert::{Assumption, Derived, Provenance, Step, sensitivity::Sensitivity},
    table::Table,
    text::{Align, Grid},
};
use serde::Serialize;

use super::{COMMAND, Values};
use crate::request::{Answer, Format, json};

/// The columns of a CSV that hold the record.
pub const RECORD: [&str; 4] = ["derived", "reference", "assumption", "note"];

/// The record of a row in words, under [`RECORD`]; what several steps share is said once.
pub fn record(steps: &[Step]) -> [String; 4] {
    let list = |parts: Vec<String>| {
        let mut once: Vec<String> = Vec::new();
        for part in parts {
            if !once.contains(&part) {
                once.push(part);
            }
        }
        once.join("; ")
    };
    [
        list(steps.iter().map(|s| format!("{}: {}", s.what, s.formula)).collect()),
        list(steps.iter().map(|s| s.reference.clone()).collect()),
        list(steps.iter().flat_map(|s| s.assumptions.iter().map(ToString::to_string)).collect()),
        list(steps.iter().flat_map(|s| s.notes.clone()).collect()),
    ]
}

/// One row of results.
pub struct Line {
    pub study: String,
    /// The rows of the table that it rests on.
    pub rows: Vec<usize>,
    /// Texts beside the numbers, as the names of arms.
    pub texts: Vec<(String, String)>,
    pub values: Vec<(String, f64)>,
    pub steps: Vec<Step>,
}

impl Line {
    pub fn new(study: impl Into<String>, rows: Vec<usize>, values: Values) -> Self {
        Line { study: study.into(), rows, texts: Vec::new(), values: values.value, steps: values.steps }
    }

    pub fn text(mut self, name: &str, text: impl Into<String>) -> Self {
        self.texts.push((name.to_owned(), text.into()));
        self
    }
}

/// The results of all rows.
#[derive(Default)]
pub struct Converted {
    pub lines: Vec<Line>,
    pub sensitivity: Vec<Sensitivity>,
    pub notes: Vec<String>,
    /// Steps that belong to the whole table.
    pub steps: Vec<Step>,
    /// True if the columns of the input stay beside the results: only where a row gives one line.
    pub rearranged: bool,
}

impl Converted {
    pub fn new() -> Self {
        Converted::default()
    }

    /// For results whose rows are not those of the table.
    pub fn rearranged() -> Self {
        Converted { rearranged: true, ..Converted::default() }
    }

    /// The names of texts and numbers, in the order in which they first appear.
    fn columns(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut texts, mut numbers): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for line in &self.lines {
            for (name, _) in &line.texts {
                if !texts.contains(&name.as_str()) {
                    texts.push(name);
                }
            }
            for (name, _) in &line.values {
                if !numbers.contains(&name.as_str()) {
                    numbers.push(name);
                }
            }
        }
        (texts, numbers)
    }

    /// The derivations of all studies.
    fn provenance(&self) -> Provenance {
        let mut provenance = Provenance::new();
        for step in &self.steps {
            provenance.add("all studies", &step.clone().gives(()));
        }
        for (i, line) in self.lines.iter().enumerate() {
            // What makes several rows of a study at once is told once.
            let told = self.lines.get(..i).unwrap_or_default().iter().any(|before| {
                before.study == line.study && !line.steps.is_empty() && before.steps == line.steps
            });
            if told {
                continue;
            }
            for step in &line.steps {
                provenance.add(&line.study, &step.clone().gives(()));
            }
        }
        provenance
    }

    /// The results as CSV that analyses read: the columns of the input, the results, and the record in words.
    pub fn csv(&self, table: Option<&Table>) -> Grid {
        let (texts, numbers) = self.columns();
        let computed = |name: &str| {
            name == "study" || texts.contains(&name) || numbers.contains(&name) || RECORD.contains(&name)
        };
        let kept: Vec<&str> = match table {
            Some(table) if !self.rearranged => {
                table.names().filter(|name| !computed(name) && !superseded(name, &numbers)).collect()
            }
            _ => Vec::new(),
        };
        let header = std::iter::once("study").chain(kept.iter().copied()).chain(texts.iter().copied());
        let header = header.chain(numbers.iter().copied()).chain(RECORD);
        let mut grid = Grid::new(header.map(|name| (name, Align::Right)));
        for line in &self.lines {
            let mut cells = vec![line.study.clone()];
            let row = line.rows.first().copied().unwrap_or(0);
            cells.extend(kept.iter().map(|name| {
                let column = table.and_then(|table| table.column(name).ok());
                column.and_then(|c| c.get(row).map(|v| v.into_owned())).unwrap_or_default()
            }));
            let text = |name: &&str| {
                line.texts.iter().find(|(known, _)| known == name).map_or(String::new(), |(_, t)| t.clone())
            };
            let number = |name: &&str| {
                line.values
                    .iter()
                    .find(|(known, _)| known == name)
                    .map_or(String::new(), |(_, v)| v.to_string())
            };
            cells.extend(texts.iter().map(text));
            cells.extend(numbers.iter().map(number));
            cells.extend(record(&line.steps));
            grid.row(cells);
        }
        grid
    }

    fn grid(&self) -> Grid {
        let (texts, numbers) = self.columns();
        let header = std::iter::once(("study", Align::Left))
            .chain(texts.iter().map(|name| (*name, Align::Left)))
            .chain(numbers.iter().map(|name| (*name, Align::Right)));
        let mut grid = Grid::new(header);
        for line in &self.lines {
            let mut cells = vec![line.study.clone()];
            for name in &texts {
                cells.push(
                    line.texts.iter().find(|(k, _)| k == name).map_or("-".to_owned(), |(_, t)| t.clone()),
                );
            }
            for name in &numbers {
                let value = line.values.iter().find(|(known, _)| known == name);
                cells.push(value.map_or("-".to_owned(), |(_, value)| shown(*value)));
            }
            grid.row(cells);
        }
        grid
    }
}

/// Columns of the input that would be read in the place of the results, as an interval or P value beside a variance.
fn superseded(name: &str, numbers: &[&str]) -> bool {
    let effects = ["vi", "sei", "ci_lower", "ci_upper", "p_value"];
    numbers.contains(&"yi") && effects.contains(&name)
}

/// Four decimals, or as many digits as a small number needs; whole numbers as such.
fn shown(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e9 {
        return format!("{value:.0}");
    }
    if value != 0.0 && value.abs() < 0.001 { format!("{value:.3e}") } else { format!("{value:.4}") }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Study<'a> {
    study: &'a str,
    rows: Vec<usize>,
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    labels: serde_json::Map<String, serde_json::Value>,
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, f64>"))]
    values: serde_json::Map<String, serde_json::Value>,
    steps: &'a [Step],
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assumed {
    #[serde(flatten)]
    assumption: Assumption,
    studies: Vec<String>,
}

impl Assumed {
    /// The distinct assumptions of a record with the studies that rest on them.
    pub fn all(provenance: &Provenance) -> Vec<Self> {
        let all = provenance.assumptions().into_iter();
        all.map(|(assumption, studies)| Assumed { assumption, studies }).collect()
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report<'a> {
    kind: &'static str,
    studies: Vec<Study<'a>>,
    steps: &'a [Step],
    assumptions: Vec<Assumed>,
    sensitivity: &'a [Sensitivity],
    notes: &'a [String],
}

/// The results of a conversion.
pub fn answer(kind: &'static str, table: Table, converted: Converted) -> Answer {
    let provenance = converted.provenance();
    Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => {
                let report = Report {
                    kind,
                    studies: converted
                        .lines
                        .iter()
                        .map(|line| Study {
                            study: &line.study,
                            rows: line.rows.iter().map(|&row| table.row_number(row)).collect(),
                            labels: line.texts.iter().map(|(n, t)| (n.clone(), t.clone().into())).collect(),
                            values: line.values.iter().map(|(n, v)| (n.clone(), (*v).into())).collect(),
                            steps: &line.steps,
                        })
                        .collect(),
                    steps: &converted.steps,
                    assumptions: Assumed::all(&provenance),
                    sensitivity: &converted.sensitivity,
                    notes: &converted.notes,
                };
                json(COMMAND, &report)?
            }
            Format::Csv => converted.csv(Some(&table)).to_csv(),
            Format::Markdown => {
                let mut text = converted.grid().to_markdown();
                if !how.quiet {
                    text += &format!(
                        "\n### How the numbers were derived\n\n{}",
                        derivations(&provenance).to_markdown()
                    );
                    if !provenance.assumptions().is_empty() {
                        text += &format!("\n### Assumptions\n\n{}", assumptions(&provenance).to_markdown());
                    }
                }
                for sensitivity in &converted.sensitivity {
                    text += &format!(
                        "\n### Sensitivity to the {}\n\n{}",
                        sensitivity.assumption,
                        points(sensitivity).to_markdown()
                    );
                    text += &listed(&sensitivity.notes);
                }
                text + &listed(&converted.notes)
            }
            Format::Text => {
                let mut text = converted.grid().to_text();
                if !how.quiet {
                    text += &format!("\nHow the numbers were derived\n\n{provenance}");
                    if !text.ends_with('\n') {
                        text.push('\n');
                    }
                    if !provenance.assumptions().is_empty() {
                        text += &format!("\nAssumptions\n\n{}", assumptions(&provenance).to_text());
                    }
                }
                for sensitivity in &converted.sensitivity {
                    text += &format!("\nPooled at each assumed {}\n\n{sensitivity}", sensitivity.assumption);
                }
                if !converted.notes.is_empty() {
                    text += "\nNotes:\n";
                    text += &converted.notes.iter().map(|note| format!("- {note}\n")).collect::<String>();
                }
                text
            }
        };
        Ok(text)
    })
}

fn listed(notes: &[String]) -> String {
    if notes.is_empty() {
        return String::new();
    }
    notes.iter().fold("\n".to_owned(), |text, note| format!("{text}- {note}\n"))
}

pub fn assumptions(provenance: &Provenance) -> Grid {
    let mut grid = Grid::new(["assumption", "studies"].map(|name| (name, Align::Left)));
    for (assumption, studies) in provenance.assumptions() {
        grid.row([assumption.to_string(), studies.join(", ")]);
    }
    grid
}

pub fn derivations(provenance: &Provenance) -> Grid {
    let header = ["study", "derived", "from", "formula", "reference", "assumption", "note"];
    let mut grid = Grid::new(header.map(|name| (name, Align::Left)));
    let list = |quantities: &[crate::convert::Quantity]| {
        quantities.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    for entry in &provenance.entries {
        let step = &entry.step;
        let derived = if step.results.is_empty() { step.what.clone() } else { list(&step.results) };
        let assumed: Vec<String> = step.assumptions.iter().map(ToString::to_string).collect();
        grid.row([
            entry.study.clone(),
            derived,
            list(&step.sources),
            step.formula.clone(),
            step.reference.clone(),
            assumed.join("; "),
            step.notes.join("; "),
        ]);
    }
    grid
}

fn points(sensitivity: &Sensitivity) -> Grid {
    let header =
        [sensitivity.assumption.as_str(), "estimate", "se", "ci_lower", "ci_upper", "p_value", "tau2"];
    let mut grid = Grid::new(header.map(|name| (name, Align::Right)));
    for point in &sensitivity.points {
        let a = &point.answer;
        let optional = |value: Option<f64>| value.map_or(String::new(), shown);
        grid.row([
            point.value.to_string(),
            shown(a.estimate),
            shown(a.se),
            shown(a.ci_lower),
            shown(a.ci_upper),
            optional(a.p_value),
            optional(a.tau2),
        ]);
    }
    grid
}

/// Values as reported, without a derivation.
pub fn reported(values: Vec<(String, f64)>) -> Values {
    Derived::reported(values)
}
