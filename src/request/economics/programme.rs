//! `economics sroi` and `economics budget`: returns on inputs, and what a new mix of options costs a payer.

use std::fmt::Write;

use crate::{
    Error, Result,
    economics::{BudgetImpact, PriceBase, Sroi, SroiOutcome},
    text::Grid,
};
use serde::Serialize;

use super::{COMMAND, tables};
use crate::request::{
    Answer, Format, Inputs,
    args::{BudgetArgs, SroiArgs},
    data, json,
};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct SroiReport<'a> {
    #[serde(flatten)]
    sroi: &'a Sroi,
    price_base: Option<PriceBase>,
}

pub fn sroi(args: &SroiArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let table = data::read(inputs, &args.data)?;
    args.data.level()?;
    let columns = [
        table.require_role("outcome")?,
        table.require_role("quantity")?,
        table.require_role("proxy")?,
        table.require_role("deadweight")?,
        table.require_role("displacement")?,
        table.require_role("attribution_to_others")?,
        table.require_role("drop_off")?,
        table.require_role("years")?,
    ];
    let rows = tables::complete(&table, &columns)?;
    let names = data::groups(&table, columns[0], &rows)?;
    let mut numbers = Vec::new();
    for column in &columns[1..] {
        numbers.push(data::numbers(&table, column, &rows)?);
    }
    let at =
        |column: usize, i: usize| numbers.get(column).and_then(|v| v.get(i)).copied().unwrap_or(f64::NAN);
    let mut outcomes = Vec::new();
    for (i, (name, &row)) in names.into_iter().zip(&rows).enumerate() {
        let years = at(6, i);
        if !(years.fract() == 0.0 && (1.0..=1000.0).contains(&years)) {
            let error = Error::data(format!("{years} years"), "give a whole number of years from 1");
            return Err(table.at(error, row, Some(columns[7])));
        }
        let outcome = SroiOutcome {
            name,
            quantity: at(0, i),
            proxy: at(1, i),
            deadweight: at(2, i),
            displacement: at(3, i),
            attribution_to_others: at(4, i),
            drop_off: at(5, i),
            years: years as u32,
        };
        // Each on its own first, so that an error has its row.
        Sroi::new(1.0, [outcome.clone()], &args.discounting()?).map_err(|e| table.at(e, row, None))?;
        outcomes.push(outcome);
    }
    if !(args.input.is_finite() && args.input > 0.0) {
        return Err(Error::setting("--input", args.input.to_string(), "give a value above 0"));
    }
    let price_base = tables::price_base(&table, &rows, &args.money)?;
    let mut sroi = Sroi::new(args.input, outcomes, &args.discounting()?)?;
    sroi.notes.extend(tables::left_out(&table, &rows));
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &SroiReport { sroi: &sroi, price_base })?,
            Format::Csv => impacts(&sroi).to_csv(),
            Format::Markdown => format!(
                "SROI {:.2}, net {:.2}\n\n{}{}",
                sroi.ratio,
                sroi.net_ratio,
                impacts(&sroi).to_markdown(),
                tables::notes(&sroi.notes)
            ),
            Format::Text => match price_base {
                Some(base) => format!("Values in {base}\n{sroi}"),
                None => sroi.to_string(),
            },
        };
        Ok(text)
    }))
}

fn impacts(sroi: &Sroi) -> Grid {
    let mut grid = tables::grid(["outcome", "first_year", "present_value"]);
    for impact in &sroi.impacts {
        grid.row([impact.name.clone(), tables::cell(impact.first_year), tables::cell(impact.present_value)]);
    }
    grid
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct BudgetReport {
    #[serde(flatten)]
    budget: BudgetImpact,
    price_base: Option<PriceBase>,
    notes: Vec<String>,
}

pub fn budget(args: &BudgetArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (table, prices) = (data::read(inputs, &args.data)?, inputs.table(&args.costs)?);
    args.data.level()?;
    let [option, cost] = [prices.require_role("option")?, prices.require_role("cost")?];
    let priced = tables::complete(&prices, &[option, cost])?;
    let options = data::groups(&prices, option, &priced)?;
    let costs = data::numbers(&prices, cost, &priced)?;

    let people = table.require_role("people")?;
    let shares = |what: &str| options.iter().map(|o| format!("{what}_{o}")).collect::<Vec<String>>();
    let (present, new) = (shares("present"), shares("new"));
    let mut columns = vec![people];
    columns.extend(present.iter().chain(&new).map(String::as_str));
    let unknown = table
        .names()
        .find(|name| (name.starts_with("present_") || name.starts_with("new_")) && !columns.contains(name));
    if let Some(name) = unknown {
        return Err(table.in_file(Error::data(
            format!("column `{name}` is of no option in {}", prices.file().unwrap_or_default()),
            format!("the options are {}", options.join(", ")),
        )));
    }
    let rows = tables::complete(&table, &columns)?;
    let by_year = |names: &[String]| -> Result<Vec<Vec<f64>>> {
        let mut columns = Vec::new();
        for name in names {
            columns.push(data::numbers(&table, name, &rows)?);
        }
        Ok((0..rows.len()).map(|y| columns.iter().filter_map(|c| c.get(y).copied()).collect()).collect())
    };
    let names: Vec<&str> = options.iter().map(String::as_str).collect();
    let budget = BudgetImpact::new(
        &names,
        &costs,
        &data::numbers(&table, people, &rows)?,
        &by_year(&present)?,
        &by_year(&new)?,
    )
    .map_err(|e| tables::placed(&table, &rows, e))?;
    let price_base = tables::price_base(&prices, &priced, &args.money)?;
    let mut notes: Vec<String> =
        tables::left_out(&table, &rows).into_iter().chain(tables::left_out(&prices, &priced)).collect();
    notes.push("a budget impact is not discounted".to_owned());
    let report = BudgetReport { budget, price_base, notes };
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report)?,
            Format::Csv => years(&report.budget).to_csv(),
            Format::Markdown => years(&report.budget).to_markdown() + &tables::notes(&report.notes),
            Format::Text => words(&report),
        };
        Ok(text)
    }))
}

fn years(budget: &BudgetImpact) -> Grid {
    let mut grid = tables::grid(["year", "people", "present", "new", "impact"]);
    for (i, y) in budget.years.iter().enumerate() {
        grid.row([
            (i + 1).to_string(),
            tables::cell(y.people),
            tables::cell(y.present),
            tables::cell(y.new),
            tables::cell(y.impact),
        ]);
    }
    grid
}

fn words(report: &BudgetReport) -> String {
    let unit = report.price_base.map(|base| format!("Costs in {base}\n")).unwrap_or_default();
    // A string takes everything.
    let mut text =
        format!("{unit}{:>6} {:>12} {:>16} {:>16} {:>16}\n", "year", "people", "present", "new", "impact");
    for (i, y) in report.budget.years.iter().enumerate() {
        let _ = writeln!(
            text,
            "{:>6} {:>12} {:>16.2} {:>16.2} {:>16.2}",
            i + 1,
            y.people,
            y.present,
            y.new,
            y.impact
        );
    }
    let _ = writeln!(text, "\nTotal impact: {:.2}", report.budget.total);
    for note in &report.notes {
        let _ = writeln!(text, "\nNote: {note}");
    }
    text
}
