//! `economics trial`: two arms of patients with their costs and effects.

use crate::{
    Error, Result,
    economics::{BootstrapSummary, TrialAnalysis, TrialData, TrialSummary, TrialVariance},
    table::{DesignOptions, Formula, FormulaDesign, Table},
};
use std::collections::BTreeMap;

use serde::Serialize;

use super::{COMMAND, icer, tables};
use crate::request::{Answer, Format, Inputs, args::TrialArgs, data, json};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report {
    #[serde(flatten)]
    summary: TrialSummary,
    /// The covariates of both regressions.
    covariates: Vec<String>,
    variance: TrialVariance,
    clusters: Option<usize>,
    bootstrap: Option<BootstrapSummary>,
}

pub fn run(args: &TrialArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (level, wtp) = (args.input.level()?, &args.wtp.wtp);
    let table = data::read(inputs, &args.input)?;
    let patients = Patients::new(args, &table)?;
    let analysis = match patients.covariates.as_slice() {
        [] => TrialAnalysis::new(),
        names => TrialAnalysis::new().adjust(names),
    };
    let fit = analysis.fit(&patients.data)?;
    let mut summary = fit.summary(wtp, level)?;
    summary.incremental.notes.splice(0..0, patients.notes);
    let bootstrap = match args.bootstrap {
        Some(replicates) => {
            Some(analysis.bootstrap(&patients.data, replicates, args.seed)?.summary(wtp, level)?)
        }
        None => None,
    };
    let report = Report {
        summary,
        covariates: fit.cost_covariates,
        variance: fit.variance,
        clusters: fit.clusters,
        bootstrap,
    };
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report)?,
            Format::Csv => icer::grid(&report.summary.incremental).to_csv(),
            Format::Markdown => {
                icer::markdown(&report.summary.incremental)
                    + &report.bootstrap.as_ref().map_or(String::new(), |b| format!("\n```text\n{b}```\n"))
            }
            Format::Text => {
                report.summary.to_string()
                    + &report.bootstrap.as_ref().map_or(String::new(), |b| format!("\n{b}"))
            }
        };
        Ok(text)
    }))
}

struct Patients {
    data: TrialData,
    covariates: Vec<String>,
    notes: Vec<String>,
}

impl Patients {
    fn new(args: &TrialArgs, whole: &Table) -> Result<Self> {
        let arm = whole.require_role("arm")?;
        let (table, others) = two_arms(args, whole, arm)?;
        let table = &table;
        let (cost, effect) = (table.require_role("cost")?, table.require_role("effect")?);
        let formula = args.adjust.as_deref().map(str::parse::<Formula>).transpose()?;
        let mut columns = vec![arm, cost, effect];
        columns.extend(args.cluster.as_deref());
        columns.extend(formula.iter().flat_map(Formula::columns));
        let rows = tables::complete(table, &columns)?;
        let placed = |error| tables::placed(table, &rows, error);

        let arms = data::groups(table, arm, &rows)?;
        let mut patients = TrialData::new(
            &arms,
            data::numbers(table, cost, &rows)?,
            data::numbers(table, effect, &rows)?,
            &args.intervention,
            &args.comparator,
        )
        .map_err(placed)?;
        if let Some(base) = tables::price_base(table, &rows, &args.money)? {
            patients = patients.priced_in(base);
        }
        if let Some(column) = &args.cluster {
            patients = patients.clusters(&data::groups(table, column, &rows)?).map_err(placed)?;
        }
        let notes = others.into_iter().chain(tables::left_out(table, &rows)).collect();
        let mut made = Patients { data: patients, covariates: Vec::new(), notes };
        if let Some(formula) = &formula {
            made = made.adjusted(formula, table, &rows)?;
        }
        Ok(made)
    }

    /// Adds the covariates of a formula.
    fn adjusted(mut self, formula: &Formula, table: &Table, rows: &[usize]) -> Result<Self> {
        if !formula.has_intercept() {
            return Err(Error::setting(
                "--adjust",
                "a formula without intercept",
                "the arms are compared with an intercept: leave out `- 1`",
            ));
        }
        let design = FormulaDesign::among(formula, table, rows, &DesignOptions::new())?;
        self.notes.extend(design.notes.iter().cloned());
        for (position, name) in design.names.iter().enumerate().skip(usize::from(design.intercept)) {
            let values = design.column(position).unwrap_or_default();
            self.data =
                self.data.covariate(name, values).map_err(|error| tables::placed(table, rows, error))?;
            self.covariates.push(name.clone());
        }
        Ok(self)
    }
}

/// The patients of the two arms that are named, and of none; and a note on the patients of other arms.
fn two_arms(args: &TrialArgs, table: &Table, column: &str) -> Result<(Table, Option<String>)> {
    let arms = table.texts(column)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for arm in arms.iter().flatten() {
        *counts.entry(arm).or_default() += 1;
    }
    let compared = [args.intervention.as_str(), args.comparator.as_str()];
    for arm in compared {
        if !counts.contains_key(arm) {
            return Err(Error::unknown("arm", arm, counts.keys()));
        }
    }
    let kept: Vec<usize> = arms
        .iter()
        .enumerate()
        .filter(|(_, arm)| arm.as_deref().is_none_or(|arm| compared.contains(&arm)))
        .map(|(row, _)| row)
        .collect();
    let others: Vec<String> = counts
        .iter()
        .filter(|(arm, _)| !compared.contains(*arm))
        .map(|(arm, count)| format!("{arm} ({count} patients)"))
        .collect();
    let note = (!others.is_empty()).then(|| format!("left out, being of other arms: {}", others.join(", ")));
    Ok((table.select(&kept)?, note))
}
