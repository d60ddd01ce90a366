//! `economics pool-inb`: the net benefits of studies at one willingness to pay, pooled.

use crate::{
    Error, Level, Result,
    economics::{Dependence, InbStudies, InbStudy, PriceBase, Reported, ReportedStudy},
    effect::labelled_totals,
    plot::forest::TextOptions,
    pool::{PoolFit, Weights},
    table::Table,
    text::{Grid, fixed},
};
use serde::Serialize;
use serde_json::Value;

use super::{COMMAND, tables};
use crate::request::{
    Answer, Format, Inputs,
    args::{Model, PoolInbArgs},
    data, json, pool,
};

/// The keys of a pooled fit, and what is known of each net benefit.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report {
    wtp: f64,
    assumed_correlation: f64,
    price_base: Option<PriceBase>,
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(with = "PooledBenefit<'static>"))]
    fit: Value,
}

/// The keys of `fit`: those of a pooled fit, its studies with what is known of each net benefit.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[allow(dead_code)]
struct PooledBenefit<'a> {
    #[schemars(flatten)]
    fit: PoolFit,
    studies: Vec<Study<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Study<'a> {
    #[serde(flatten)]
    net_benefit: &'a InbStudy,
    yi: Option<f64>,
    vi: Option<f64>,
    weight: Option<f64>,
}

pub fn run(args: &PoolInbArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let model = args.model.model;
    if matches!(model, Model::Mh | Model::Peto) {
        return Err(Error::setting(
            "--model",
            "Mantel-Haenszel and Peto pool tables of events",
            "use random or fixed",
        ));
    }
    let (level, synthesis, subgroup_tau2) =
        (args.input.level()?.fraction(), args.synthesis()?, args.subgroup_tau2);
    let robust = args.robust.choice()?;

    let table = data::read(inputs, &args.input)?;
    let Reports { rows, studies, notes } = Reports::read(&table)?;
    let base = tables::price_base(&table, &rows, &args.money)?;
    let placed = |error| tables::placed(&table, &rows, error);
    let inb = synthesis.studies(studies).map_err(placed)?;
    let effects =
        notes.iter().fold(inb.effect_sizes().map_err(placed)?, |effects, note| effects.with_note(note));

    let weights = match args.model.weights.as_deref() {
        None => Weights::InverseVariance,
        Some("equal") => Weights::Equal,
        Some(column) => Weights::Given(data::numbers(&table, column, &rows)?),
    };
    let groups = args.subgroup.as_deref().map(|column| data::groups(&table, column, &rows)).transpose()?;
    let subgroups = groups.as_ref().map(|groups| (groups.as_slice(), subgroup_tau2));
    let mut fit = pool::pooled(&args.model, model, level, weights, subgroups, &effects)?;
    if let Some((column, kind)) = robust {
        fit = fit.robust(&data::groups(&table, column, &rows)?, kind)?;
    }

    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report(&inb, base, &fit)?)?,
            Format::Csv => grid(&inb, &fit).to_csv(),
            Format::Markdown => format!("{}\n\n{}", heading(&inb, base), fit.to_markdown()),
            Format::Text => {
                let picture = if how.quiet {
                    String::new()
                } else {
                    format!("\n{}", fit.forest().to_text(&TextOptions::default())?)
                };
                format!("{}\n\n{}\n{fit}{picture}", heading(&inb, base), studies_as_text(&inb).to_text())
            }
        };
        Ok(text)
    }))
}

fn report(inb: &InbStudies, price_base: Option<PriceBase>, fit: &PoolFit) -> Result<Report> {
    let failed =
        |e| Error::model(format!("the result cannot be written as JSON ({e})"), "choose another format");
    let studies: Vec<Study<'_>> = inb
        .studies
        .iter()
        .zip(&fit.studies)
        .map(|(net_benefit, s)| Study { net_benefit, yi: s.yi, vi: s.vi, weight: s.weight })
        .collect();
    let mut pooled = serde_json::to_value(fit).map_err(failed)?;
    if let Some(keys) = pooled.as_object_mut() {
        keys.insert("studies".to_owned(), serde_json::to_value(studies).map_err(failed)?);
    }
    Ok(Report { wtp: inb.wtp, assumed_correlation: inb.assumed_correlation, price_base, fit: pooled })
}

fn heading(inb: &InbStudies, base: Option<PriceBase>) -> String {
    let unit = base.map_or(String::new(), |base| format!(" {base}"));
    format!("Incremental net benefit at a willingness to pay of {}{unit}", inb.wtp)
}

fn studies_as_text(inb: &InbStudies) -> Grid {
    let mut grid = tables::grid(["study", "net benefit", "se", "scenario"]);
    for s in &inb.studies {
        let scenario = s.scenario.map_or("-".to_owned(), |scenario| scenario.to_string());
        grid.row([s.study.clone(), fixed(s.inb, 2), fixed(s.variance.sqrt(), 2), scenario]);
    }
    grid
}

fn grid(inb: &InbStudies, fit: &PoolFit) -> Grid {
    let mut grid = tables::grid(["study", "inb", "variance", "scenario", "covariance", "borrowed", "weight"]);
    for (s, w) in inb.studies.iter().zip(&fit.studies) {
        grid.row([
            s.study.clone(),
            tables::cell(s.inb),
            tables::cell(s.variance),
            s.scenario.map_or(String::new(), |scenario| scenario.to_string()),
            tables::cell(s.covariance),
            s.borrowed.to_string(),
            tables::cell(w.weight),
        ]);
    }
    grid
}

/// The uncertainty of an estimate, as a column or a pair of columns tells it.
#[derive(Debug, Clone, Copy)]
enum Spread {
    Se(f64),
    Interval([f64; 2]),
}

impl Spread {
    /// The 95 per cent interval; a standard error's is symmetric.
    fn interval(self, estimate: f64) -> [f64; 2] {
        match self {
            Spread::Se(se) => {
                let half = Level::default().critical_value(None) * se;
                [estimate - half, estimate + half]
            }
            Spread::Interval(limits) => limits,
        }
    }
}

/// The studies that report enough.
struct Reports {
    rows: Vec<usize>,
    studies: Vec<ReportedStudy>,
    notes: Vec<String>,
}

impl Reports {
    /// Each row by the first of covariance, correlation, standard error of the ratio and interval of the ratio that it has,
    /// and by standard errors before intervals. A row with neither for cost nor effect reports its estimates only.
    fn read(table: &Table) -> Result<Self> {
        let numbers = |role: &str| table.role(role).map(|name| table.plain_numbers(name)).transpose();
        let at = |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
        let spread = |quantity: &str| -> Result<Vec<Option<Spread>>> {
            let (se, lower, upper) = (
                numbers(&format!("{quantity}_se"))?,
                numbers(&format!("{quantity}_ci_lower"))?,
                numbers(&format!("{quantity}_ci_upper"))?,
            );
            let one = |row| match (at(&se, row), at(&lower, row), at(&upper, row)) {
                (Some(se), ..) => Some(Spread::Se(se)),
                (None, Some(lower), Some(upper)) => Some(Spread::Interval([lower, upper])),
                _ => None,
            };
            Ok((0..table.len()).map(one).collect())
        };
        let differences = [table.require_role("cost_difference")?, table.require_role("effect_difference")?];
        let [costs, effects] = differences.map(|name| table.plain_numbers(name));
        let (costs, effects) = (costs?, effects?);
        let (cost_spread, effect_spread, ratio_spread) =
            (spread("cost")?, spread("effect")?, spread("icer")?);
        let (covariance, correlation, icer) =
            (numbers("covariance")?, numbers("correlation")?, numbers("icer")?);

        let mut made = Reports { rows: Vec::new(), studies: Vec::new(), notes: Vec::new() };
        let columns = costs.iter().zip(&effects).zip(&cost_spread).zip(&effect_spread).zip(&ratio_spread);
        for (row, ((((cost, effect), cost_spread), effect_spread), ratio_spread)) in columns.enumerate() {
            let (Some(cost), Some(effect)) = (*cost, *effect) else { continue };
            let dependence = at(&covariance, row)
                .map(Dependence::Covariance)
                .or_else(|| at(&correlation, row).map(Dependence::Correlation));
            let reported = match (*cost_spread, *effect_spread) {
                (Some(c), Some(e)) => {
                    reported(cost, effect, c, e, dependence, ratio_spread.filter(|_| dependence.is_none()))
                }
                (None, None) => Reported::PointOnly { like: Vec::new() },
                _ => continue,
            };
            for (quantity, estimate) in [("cost", cost), ("effect", effect)] {
                made.notes.extend(interval_beside(table, quantity, row, estimate)?);
            }
            dependence_beside(table, row)?;
            let label = table.label(row);
            if let Some(stated) = at(&icer, row)
                && effect != 0.0
                && (stated - cost / effect).abs() > 0.05 * (cost / effect).abs()
            {
                made.notes.push(format!(
                    "{label}: the ratio {stated} is not that of its differences, {}; the differences are used",
                    cost / effect
                ));
            }
            made.rows.push(row);
            made.studies.push(ReportedStudy::new(label, cost, effect, reported));
        }
        if made.rows.is_empty() {
            return Err(table.in_file(Error::data(
                "no row has all the values that are needed",
                "give cost_difference, effect_difference, and a standard error or 95% interval of both",
            )));
        }
        made.notes.extend(tables::left_out(table, &made.rows));
        let labels: Vec<String> = made.rows.iter().map(|&row| table.label(row)).collect();
        made.notes.extend(data::dependence(&labels));
        made.notes.extend(labelled_totals(table, &made.rows));
        Ok(made)
    }
}

/// Widths of bootstrapped and transformed intervals, and those of another level, over those of normal ones.
const CUSTOMARY: (f64, f64) = (0.82, 1.72);

/// A number of a role and half of its last decimal.
fn rounded(table: &Table, role: &str, row: usize) -> Result<Option<(f64, f64)>> {
    let Some(name) = table.role(role) else { return Ok(None) };
    let decimals = table.column(name)?.decimals(row).unwrap_or(17);
    let half = 0.5 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300));
    Ok(table.numbers(name)?.get(row).copied().flatten().map(|value| (value, half)))
}

/// Refuses a covariance beside a correlation that contradicts it beyond rounding.
fn dependence_beside(table: &Table, row: usize) -> Result<()> {
    let cell = |role: &str| rounded(table, role, row);
    let (Some((covariance, a)), Some((correlation, b)), Some((cost, c)), Some((effect, e))) =
        (cell("covariance")?, cell("correlation")?, cell("cost_se")?, cell("effect_se")?)
    else {
        return Ok(());
    };
    let implied = covariance / (cost * effect);
    let rounding = b + implied.abs() * (c / cost.abs() + e / effect.abs()) + a / (cost * effect).abs();
    if (implied - correlation).abs() <= rounding + 0.02 {
        return Ok(());
    }
    let found = format!(
        "the covariance {covariance} makes the correlation {implied:.4}, beside which {correlation} stands"
    );
    let remedy = "one of them is wrong: mend it, or leave one of the columns out";
    Err(table.at(Error::data(found, remedy), row, table.role("covariance")))
}

/// Compares an interval with the standard error beside it: a note on a difference beyond rounding.
///
/// # Errors
///
/// If the estimate lies outside the interval, or no custom makes the interval that of the standard error.
fn interval_beside(table: &Table, quantity: &str, row: usize, estimate: f64) -> Result<Option<String>> {
    let cell = |part: &str| rounded(table, &format!("{quantity}_{part}"), row);
    let (Some((se, own)), Some((lower, below)), Some((upper, above))) =
        (cell("se")?, cell("ci_lower")?, cell("ci_upper")?)
    else {
        return Ok(None);
    };
    let width = 2.0 * Level::default().critical_value(None);
    let (least, most) = ((upper - lower - below - above) / width, (upper - lower + below + above) / width);
    let slack = cell("difference")?.map_or(0.0, |(_, half)| half);
    let outside = estimate + slack < lower - below || estimate - slack > upper + above;
    let ratio = (least / (se + own), most / (se - own).max(f64::MIN_POSITIVE));
    if outside || ratio.1 < CUSTOMARY.0 || ratio.0 > CUSTOMARY.1 {
        let found = match outside {
            true => format!("the difference {estimate} lies outside its interval from {lower} to {upper}"),
            false => format!(
                "the interval {lower} to {upper} belongs to a standard error of {:.4}, but that of the row is {se}",
                (upper - lower) / width
            ),
        };
        let remedy = "one of them is wrong: mend it, or leave the columns of the interval out";
        let name = table.role(&format!("{quantity}_ci_lower"));
        return Err(table.at(Error::data(found, remedy), row, name));
    }
    let agrees = least <= (se + own) * 1.05 && most >= (se - own) * 0.95;
    Ok((!agrees).then(|| {
        let (label, other) = (table.label(row), (upper - lower) / width);
        format!("{label}: {quantity}_se {se} was taken; the interval beside it would give {other:.4}")
    }))
}

fn reported(
    cost: f64,
    effect: f64,
    cost_spread: Spread,
    effect_spread: Spread,
    dependence: Option<Dependence>,
    ratio_spread: Option<Spread>,
) -> Reported {
    match (cost_spread, effect_spread, ratio_spread) {
        (Spread::Se(cost_se), Spread::Se(effect_se), None) => {
            Reported::StandardErrors { cost_se, effect_se, dependence }
        }
        (Spread::Se(cost_se), Spread::Se(effect_se), Some(Spread::Se(icer_se))) => {
            Reported::RatioSe { cost_se, effect_se, icer_se }
        }
        (c, e, None) => {
            Reported::Intervals { cost: c.interval(cost), effect: e.interval(effect), dependence }
        }
        (c, e, Some(ratio)) => Reported::RatioInterval {
            cost: c.interval(cost),
            effect: e.interval(effect),
            icer: ratio.interval(cost / effect),
        },
    }
}
