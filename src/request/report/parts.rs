//! The parts of a report that reviewers fill in: the flow of studies, the risk of bias, the certainty of the evidence, and what a
//! synthesis without a pooled effect must say.

use std::path::Path;

use super::figure;
use crate::{
    Error, Result,
    plot::{
        Figure as _,
        review::{Prisma, RiskOfBias, SummaryOfFindings},
    },
    report::{Align, Grid, Section},
    table::Table,
};

use crate::request::{Inputs, ReportFormat, args::ReportArgs, plot};

/// The files of the reviewers, read and checked.
pub struct Parts {
    flow: Option<Prisma>,
    risk_of_bias: Option<RiskOfBias>,
    findings: Option<SummaryOfFindings>,
    swim: Option<Vec<(&'static str, Option<String>)>>,
    /// Studies and judgements that do not match.
    pub notes: Vec<String>,
}

/// The sections of the parts, by their place in the report.
pub struct PartSections {
    /// Those that stand before the studies.
    pub before: Vec<Section>,
    /// Those that stand after the results.
    pub after: Vec<Section>,
}

/// The items of the SWiM guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890), in our words.
const SWIM: [&str; 9] = [
    "Grouping of the studies for the synthesis",
    "Standardized metric and transformations",
    "Methods of synthesis",
    "Criteria by which results were prioritized",
    "Investigation of heterogeneity",
    "Certainty of the evidence",
    "Presentation of the data",
    "Reporting of the results",
    "Limitations of the synthesis",
];

impl Parts {
    /// Reads the files that the options name; `labels` are the studies of the report.
    pub fn read(args: &ReportArgs, labels: &[String], inputs: &Inputs<'_>) -> Result<Self> {
        let table = |path: &Path| -> Result<Table> { inputs.table(path) };
        let flow = args.prisma.as_deref().map(|path| Prisma::from_table(&table(path)?)).transpose()?;
        let tool = args.tool;
        let judged = |path: &Path| RiskOfBias::from_table(&table(path)?, tool);
        let risk_of_bias = args.risk_of_bias.as_deref().map(judged).transpose()?;
        let notes =
            risk_of_bias.as_ref().map(|judged| judged.unpaired(labels)).transpose()?.unwrap_or_default();
        let [intervention, comparator] = plot::pair("--groups", &args.groups)?;
        let found = |path: &Path| SummaryOfFindings::from_table(&table(path)?, intervention, comparator);
        let findings = args.grade.as_deref().map(found).transpose()?;
        let swim = args.swim.as_deref().map(|path| items(&table(path)?)).transpose()?;
        Ok(Parts { flow, risk_of_bias, findings, swim, notes })
    }

    /// The sections with their figures in the form of the report.
    pub fn sections(&self, form: ReportFormat) -> Result<PartSections> {
        let mut sections = PartSections { before: Vec::new(), after: Vec::new() };
        if let Some(flow) = &self.flow {
            let figure = figure("Flow of studies (PRISMA 2020)", &flow.scene()?, form)?;
            sections.before.push(Section::new("Flow of studies").figure(figure));
        }
        if let Some(review) = &self.risk_of_bias {
            sections.after.push(risk_of_bias(review, form)?.list(self.notes.iter().cloned()));
        }
        if let Some(findings) = &self.findings {
            let caption = "Summary of findings; the certainty is a judgement of the reviewers";
            sections.after.push(Section::new("Certainty of the evidence").table(caption, findings.grid()?));
        }
        if let Some(items) = &self.swim {
            sections.after.push(swim(items));
        }
        Ok(sections)
    }
}

fn risk_of_bias(review: &RiskOfBias, form: ReportFormat) -> Result<Section> {
    let mut grid = Grid::new(
        [("study".to_owned(), Align::Left)]
            .into_iter()
            .chain((1..=review.domains.len()).map(|i| (format!("D{i}"), Align::Left)))
            .chain([("overall".to_owned(), Align::Left)]),
    );
    for study in &review.studies {
        let name = |judgement: Option<_>| judgement.map_or("-", crate::plot::review::Judgement::name);
        let mut row = vec![study.study.clone()];
        row.extend(study.domains.iter().map(|judgement| name(*judgement).to_owned()));
        row.push(name(study.overall).to_owned());
        grid.row(row);
    }
    let domains = review.domains.iter().enumerate().map(|(i, name)| format!("D{}: {name}", i + 1));
    let lights = figure("Risk of bias, study by study", &review.traffic_light().scene()?, form)?;
    let shares = figure("Risk of bias, domain by domain", &review.summary().scene()?, form)?;
    Ok(Section::new("Risk of bias")
        .paragraph(format!("Judged by the reviewers with {}.", review.tool.name()))
        .list(domains)
        .figure(lights)
        .figure(shares)
        .table("Judgements", grid))
}

/// The statements on the items, from a table with columns `item` (1 to 9) and `statement`.
fn items(table: &Table) -> Result<Vec<(&'static str, Option<String>)>> {
    let numbers = table.complete_numbers("item")?;
    let statements = table.texts("statement")?;
    let mut items: Vec<(&str, Option<String>)> = SWIM.map(|name| (name, None)).to_vec();
    for (row, (number, statement)) in numbers.iter().zip(statements).enumerate() {
        let wrong = |found: String, remedy: &str| {
            table.in_file(Error::data(found, remedy).in_column("item").in_row(row + 1))
        };
        let at = (1..=SWIM.len()).find(|at| *at as f64 == *number);
        let place = at.and_then(|at| items.get_mut(at - 1)).ok_or_else(|| {
            wrong(format!("{number} is no item"), "SWiM has the items 1 to 9: give their numbers")
        })?;
        if place.1.is_some() {
            return Err(wrong(format!("item {number} comes twice"), "state each item once"));
        }
        place.1 = statement.filter(|text| !text.trim().is_empty());
    }
    Ok(items)
}

fn swim(items: &[(&'static str, Option<String>)]) -> Section {
    let mut grid = Grid::new(["item", "statement"].map(|name| (name, Align::Left)));
    for (at, (name, statement)) in items.iter().enumerate() {
        grid.row([
            format!("{}. {name}", at + 1),
            statement.clone().unwrap_or_else(|| "not stated".to_owned()),
        ]);
    }
    let missing = items.iter().filter(|(_, statement)| statement.is_none()).count();
    let note = match missing {
        0 => String::new(),
        1 => "One item is not stated.".to_owned(),
        n => format!("{n} items are not stated."),
    };
    Section::new("Synthesis without meta-analysis")
        .paragraph("Statements of the reviewers on the items of the SWiM guideline (Campbell et al. 2020, doi:10.1136/bmj.l6890).")
        .table("", grid)
        .paragraph(note)
}
