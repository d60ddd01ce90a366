//! Judgements on the risk of bias of each study, by domain and overall.
//!
//! # References
//!
//! - Sterne JAC, Savović J, Page MJ, and others (2019). RoB 2: a revised tool for assessing risk of bias in randomised
//!   trials. BMJ 366:l4898. doi:10.1136/bmj.l4898
//! - Sterne JAC, Hernán MA, Reeves BC, and others (2016). ROBINS-I: a tool for assessing risk of bias in non-randomised
//!   studies of interventions. BMJ 355:i4919. doi:10.1136/bmj.i4919
//! - Whiting PF, Rutjes AWS, Westwood ME, and others (2011). QUADAS-2: a revised tool for the quality assessment of
//!   diagnostic accuracy studies. Ann Intern Med 155:529-536. doi:10.7326/0003-4819-155-8-201110180-00009

use serde::{Deserialize, Serialize};

use super::Judgement;
use crate::{
    Error, Result,
    codes::codes,
    table::{Table, spelled},
};

/// The tool by which the risk of bias was judged: its domains and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RiskOfBiasTool {
    /// RoB 2, for randomised trials.
    Rob2,
    /// ROBINS-I, for other studies of interventions.
    RobinsI,
    /// ROBINS-E, for studies of exposures.
    RobinsE,
    /// QUADAS-2, for studies of diagnostic accuracy.
    Quadas2,
    /// Any other: domains are named by the columns, all words are allowed.
    Other,
}

codes!(RiskOfBiasTool, "risk-of-bias tool" {
    Rob2 "rob2" [], RobinsI "robins-i" [], RobinsE "robins-e" [], Quadas2 "quadas-2" [], Other "other" [],
});

impl RiskOfBiasTool {
    /// The name in print.
    pub fn name(self) -> &'static str {
        match self {
            RiskOfBiasTool::Rob2 => "RoB 2",
            RiskOfBiasTool::RobinsI => "ROBINS-I",
            RiskOfBiasTool::RobinsE => "ROBINS-E",
            RiskOfBiasTool::Quadas2 => "QUADAS-2",
            RiskOfBiasTool::Other => "Risk of bias",
        }
    }

    /// The domains in their order; none for [`Other`](Self::Other).
    pub fn domains(self) -> &'static [&'static str] {
        match self {
            RiskOfBiasTool::Rob2 => &[
                "Bias arising from the randomisation process",
                "Bias due to deviations from intended interventions",
                "Bias due to missing outcome data",
                "Bias in measurement of the outcome",
                "Bias in selection of the reported result",
            ],
            RiskOfBiasTool::RobinsI => &[
                "Bias due to confounding",
                "Bias in selection of participants into the study",
                "Bias in classification of interventions",
                "Bias due to deviations from intended interventions",
                "Bias due to missing data",
                "Bias in measurement of outcomes",
                "Bias in selection of the reported result",
            ],
            RiskOfBiasTool::RobinsE => &[
                "Bias due to confounding",
                "Bias arising from measurement of the exposure",
                "Bias in selection of participants into the study",
                "Bias due to post-exposure interventions",
                "Bias due to missing data",
                "Bias arising from measurement of the outcome",
                "Bias in selection of the reported result",
            ],
            RiskOfBiasTool::Quadas2 => {
                &["Patient selection", "Index test", "Reference standard", "Flow and timing"]
            }
            RiskOfBiasTool::Other => &[],
        }
    }

    /// The judgements that the tool knows.
    pub fn judgements(self) -> &'static [Judgement] {
        use Judgement::*;
        match self {
            RiskOfBiasTool::Rob2 => &[Low, SomeConcerns, High],
            RiskOfBiasTool::RobinsI => &[Low, Moderate, Serious, Critical, NoInformation],
            RiskOfBiasTool::RobinsE => &[Low, SomeConcerns, High, VeryHigh],
            RiskOfBiasTool::Quadas2 => &[Low, High, Unclear],
            RiskOfBiasTool::Other => &Judgement::ALL,
        }
    }

    /// Words of neighboring tools that tables of this one use, such as those that come with robvis.
    fn tolerated(self) -> &'static [Judgement] {
        use Judgement::*;
        match self {
            RiskOfBiasTool::Rob2 => &[NoInformation],
            RiskOfBiasTool::RobinsI => &[],
            RiskOfBiasTool::RobinsE => &[NoInformation],
            RiskOfBiasTool::Quadas2 => &[SomeConcerns, NoInformation],
            RiskOfBiasTool::Other => &[],
        }
    }

    /// Reads a judgement in the tool's words.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] that names what is allowed.
    pub fn judgement(self, text: &str) -> Result<Judgement> {
        let known = |judgement: &Judgement| {
            self.judgements().contains(judgement) || self.tolerated().contains(judgement)
        };
        match Judgement::read(text).filter(known) {
            Some(judgement) => Ok(judgement),
            None => {
                let allowed: Vec<&str> = self.judgements().iter().map(|j| j.name()).collect();
                Err(Error::data(
                    format!("`{text}` is no judgement of {}", self.name()),
                    format!("write one of: {}", allowed.join(", ")),
                ))
            }
        }
    }
}

/// A study with its judgements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RiskOfBiasStudy {
    /// Its name.
    pub study: String,
    /// A judgement for each domain; `None` where there is none.
    pub domains: Vec<Option<Judgement>>,
    /// The overall judgement.
    pub overall: Option<Judgement>,
    /// Its weight, for bars that show shares of the evidence rather than of the studies.
    pub weight: Option<f64>,
}

impl RiskOfBiasStudy {
    /// A study with a judgement for each domain.
    pub fn new(study: impl Into<String>, domains: impl IntoIterator<Item = Judgement>) -> Self {
        RiskOfBiasStudy {
            study: study.into(),
            domains: domains.into_iter().map(Some).collect(),
            overall: None,
            weight: None,
        }
    }

    /// The overall judgement.
    #[must_use]
    pub fn overall(mut self, judgement: Judgement) -> Self {
        self.overall = Some(judgement);
        self
    }

    /// The weight of the study.
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = Some(weight);
        self
    }
}

/// The judgements of a review.
///
/// ```
/// use consilience::plot::Figure;
/// # fn main() -> consilience::Result<()> {
/// use consilience::{plot::review::{RiskOfBias, RiskOfBiasTool}, table::{Column, Table}};
///
/// let column = |texts: [&str; 2]| Column::texts(texts.map(Some));
/// let table = Table::new()
///     .with("study", column(["First trial", "Second trial"])?)?
///     .with("D1", column(["Low", "High"])?)?
///     .with("D2", column(["Low", "Some concerns"])?)?
///     .with("D3", column(["Low", "Low"])?)?
///     .with("D4", column(["Low", "Low"])?)?
///     .with("D5", column(["Low", "Low"])?)?
///     .with("overall", column(["Low", "High"])?)?;
/// let review = RiskOfBias::from_table(&table, RiskOfBiasTool::Rob2)?;
/// let scene = review.traffic_light().scene()?;
/// assert_eq!(scene.of_class("light").count(), 12 + 3); // the judgements and the legend
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RiskOfBias {
    /// The tool.
    pub tool: RiskOfBiasTool,
    /// The names of the domains.
    pub domains: Vec<String>,
    /// The studies.
    pub studies: Vec<RiskOfBiasStudy>,
    /// True if the studies have no names but the numbers of their rows, by which no other file can refer to them.
    #[serde(default)]
    pub numbered: bool,
}

impl RiskOfBias {
    /// No study yet, and the domains of the tool.
    pub fn new(tool: RiskOfBiasTool) -> Self {
        RiskOfBias {
            tool,
            domains: tool.domains().iter().map(|&d| d.to_owned()).collect(),
            studies: Vec::new(),
            numbered: false,
        }
    }

    /// The domains of a tool that has none of its own.
    #[must_use]
    pub fn domains<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.domains = names.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a study.
    #[must_use]
    pub fn study(mut self, study: RiskOfBiasStudy) -> Self {
        self.studies.push(study);
        self
    }

    /// Reads a table with a row for each study: `study` (or what else [`Table::label`] takes), the domains in columns `D1`,
    /// `D2`, ... (for [`RiskOfBiasTool::Other`]: all columns that are not named here), `overall` (or `risk_of_bias`), and if there is one
    /// `weight`. An empty cell is a judgement that was not made.
    ///
    /// # Errors
    ///
    /// If a column of the tool's domains is missing, or a cell holds no judgement of the tool: the error names row, column,
    /// value and what is allowed.
    pub fn from_table(table: &Table, tool: RiskOfBiasTool) -> Result<Self> {
        let lower = |name: &str| name.to_lowercase();
        let named = |wanted: &[&str]| {
            let found = table.names().find(|name| wanted.contains(&lower(name).as_str()));
            found.map(str::to_owned)
        };
        // `D1. Randomization process`, `Domain 1`
        let begun = |beginning: String| {
            let of = |name: &&str| {
                let plain = spelled(name);
                let rest = plain.strip_prefix(beginning.as_str());
                rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            };
            table.names().find(of).map(str::to_owned)
        };
        let overall =
            named(&["overall", "risk_of_bias", "overall_risk_of_bias"]).or_else(|| begun("overall".into()));
        let weight = named(&["weight", "weights"]);
        let mut columns: Vec<String> = Vec::new();
        let mut review = RiskOfBias::new(tool);
        if tool == RiskOfBiasTool::Other {
            let known = ["study", "slab", "label", "author", "year", "trial", "id", "weight", "weights"];
            columns = table
                .names()
                .filter(|name| !known.contains(&lower(name).as_str()) && Some(*name) != overall.as_deref())
                .filter(|name| {
                    table
                        .texts(name)
                        .is_ok_and(|texts| texts.iter().flatten().all(|t| Judgement::read(t).is_some()))
                })
                .map(str::to_owned)
                .collect();
            // R writes the blanks and brackets of a header as points.
            let plain = |name: &String| name.replace(['_', '.'], " ").trim().to_owned();
            review.domains = columns.iter().map(plain).collect();
        } else {
            for (i, domain) in tool.domains().iter().enumerate() {
                let code = format!("d{}", i + 1);
                let column = named(&[&code, &lower(domain)])
                    .or_else(|| begun(code.clone()))
                    .or_else(|| begun(format!("domain{}", i + 1)));
                let column = column.ok_or_else(|| {
                    table.in_file(Error::data(
                        format!("no column `D{}`", i + 1),
                        format!(
                            "{} has {} domains, a column for each: D{} is \u{201c}{domain}\u{201d}",
                            tool.name(),
                            tool.domains().len(),
                            i + 1
                        ),
                    ))
                })?;
                columns.push(column);
            }
        }
        if columns.is_empty() && overall.is_none() {
            return Err(table.in_file(Error::data(
                "no column of judgements",
                "give a column for each domain, or at least `overall`",
            )));
        }
        let read = |column: &str, row: usize, cells: &[Option<String>]| -> Result<Option<Judgement>> {
            match cells.get(row).cloned().flatten() {
                None => Ok(None),
                Some(text) => tool.judgement(&text).map(Some).map_err(|e| table.at(e, row, Some(column))),
            }
        };
        let cells = columns.iter().map(|name| table.texts(name)).collect::<Result<Vec<_>>>()?;
        let overalls = overall.as_deref().map(|name| table.texts(name)).transpose()?;
        let weights = weight.as_deref().map(|name| table.numbers(name)).transpose()?;
        review.numbered = (0..table.len()).all(|row| table.label(row) == table.row_number(row).to_string());
        for row in 0..table.len() {
            let mut study = RiskOfBiasStudy::new(table.label(row), []);
            for (name, cells) in columns.iter().zip(&cells) {
                study.domains.push(read(name, row, cells)?);
            }
            if let (Some(name), Some(cells)) = (&overall, &overalls) {
                study.overall = read(name, row, cells)?;
            }
            study.weight = weights.as_ref().and_then(|w| w.get(row).copied().flatten());
            review.studies.push(study);
        }
        Ok(review)
    }

    /// True if any study has an overall judgement.
    pub(super) fn has_overall(&self) -> bool {
        self.studies.iter().any(|study| study.overall.is_some())
    }

    /// The judgements that occur or that the tool knows, for the legend.
    pub(super) fn legend(&self) -> Vec<Judgement> {
        let used = |j: &Judgement| {
            self.studies.iter().any(|s| s.overall == Some(*j) || s.domains.contains(&Some(*j)))
        };
        match self.tool {
            RiskOfBiasTool::Other => Judgement::ALL.into_iter().filter(used).collect(),
            tool => {
                let more = tool.tolerated().iter().copied().filter(used);
                tool.judgements().iter().copied().chain(more).collect()
            }
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.studies.is_empty() {
            return Err(Error::data("no study", "a figure of the risk of bias needs at least one"));
        }
        for study in &self.studies {
            if study.domains.len() != self.domains.len() {
                return Err(Error::data(
                    format!("{} judgements for {} domains", study.domains.len(), self.domains.len()),
                    "give each study a judgement for each domain",
                )
                .in_study(&study.study));
            }
            if let Some(weight) = study.weight.filter(|w| !(w.is_finite() && *w >= 0.0)) {
                return Err(Error::data(
                    format!("the weight {weight}"),
                    "it must be a finite number of at least 0",
                )
                .in_study(&study.study));
            }
        }
        Ok(())
    }
}
