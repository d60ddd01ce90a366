//! `economics trial`: two arms of patients with their costs and effects.

use crate::{
    Error, Result,
    economics::{BootstrapSummary, TrialAnalysis, TrialData, TrialSummary, TrialVariance},
    table::{Design, DesignOptions, Formula, Table},
};
use serde::Serialize;

use super::{COMMAND, icer, tables};
use crate::request::{Answer, Format, Inputs, args::TrialArgs, data, json};

#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    summary: TrialSummary,
    /// The covariates of both regressions.
    covariates: Vec<String>,
    variance: TrialVariance,
    clusters: Option<usize>,
    bootstrap: Option<BootstrapSummary>,
}

pub fn run(args: &TrialArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (level, wtp) = (args.input.level()?, args.wtp.values()?);
    let table = data::read(inputs, &args.input)?;
    let patients = Patients::new(args, &table)?;
    let analysis = match patients.covariates.as_slice() {
        [] => TrialAnalysis::new(),
        names => TrialAnalysis::new().adjust(names),
    };
    let fit = analysis.fit(&patients.data)?;
    let mut summary = fit.summary(&wtp, level)?;
    summary.incremental.notes.splice(0..0, patients.notes);
    let bootstrap = match args.bootstrap {
        Some(replicates) => {
            Some(analysis.bootstrap(&patients.data, replicates, args.seed)?.summary(&wtp, level)?)
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
    fn new(args: &TrialArgs, table: &Table) -> Result<Self> {
        let (arm, cost, effect) =
            (table.require_role("arm")?, table.require_role("cost")?, table.require_role("effect")?);
        let formula = args.adjust.as_deref().map(str::parse::<Formula>).transpose()?;
        let mut columns = vec![arm, cost, effect];
        columns.extend(args.cluster.as_deref());
        columns.extend(formula.iter().flat_map(Formula::columns));
        let rows = tables::complete(table, &columns)?;
        known_arms(args, table, arm)?;
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
        let mut notes: Vec<String> = tables::left_out(table, &rows).into_iter().collect();
        let mut covariates = Vec::new();
        if let Some(formula) = &formula {
            if !formula.has_intercept() {
                return Err(Error::setting(
                    "--adjust",
                    "a formula without intercept",
                    "the arms are compared with an intercept: leave out `- 1`",
                ));
            }
            let design = Design::among(formula, table, &rows, &DesignOptions::new())?;
            notes.extend(design.notes.iter().cloned());
            for (position, name) in design.names.iter().enumerate().skip(usize::from(design.intercept)) {
                let values = design.column(position).unwrap_or_default();
                patients = patients.covariate(name, values).map_err(placed)?;
                covariates.push(name.clone());
            }
        }
        Ok(Patients { data: patients, covariates, notes })
    }
}

/// Refuses an arm that is not in the table.
fn known_arms(args: &TrialArgs, table: &Table, column: &str) -> Result<()> {
    let mut known: Vec<String> = table.texts(column)?.into_iter().flatten().collect();
    known.sort();
    known.dedup();
    for arm in [&args.intervention, &args.comparator] {
        if !known.contains(arm) {
            return Err(Error::unknown("arm", arm, known));
        }
    }
    Ok(())
}
