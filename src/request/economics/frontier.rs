//! `economics frontier`: which options are worth their price, and what beats the others.

use std::fmt::Write;

use crate::{
    Result,
    economics::{Frontier, Strategies},
    text::Grid,
};
use serde::Serialize;

use super::{COMMAND, tables};
use crate::request::{Answer, Format, Inputs, args::FrontierArgs, data, json};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report {
    #[serde(flatten)]
    frontier: Frontier,
    notes: Vec<String>,
}

/// The frontier of the strategies, and what a reader should know.
pub fn of(args: &FrontierArgs, inputs: &Inputs<'_>) -> Result<(Frontier, Vec<String>)> {
    let table = data::read(inputs, &args.input)?;
    args.input.level()?;
    let columns =
        [table.require_role("strategy")?, table.require_role("cost")?, table.require_role("effect")?];
    let [strategy, cost, effect] = columns;
    let rows = tables::complete(&table, &columns)?;
    let mut strategies = Strategies::new(
        data::groups(&table, strategy, &rows)?,
        data::numbers(&table, cost, &rows)?,
        data::numbers(&table, effect, &rows)?,
    )
    .map_err(|e| tables::placed(&table, &rows, e))?;
    if let Some(base) = tables::price_base(&table, &rows, &args.money)? {
        strategies = strategies.priced_in(base);
    }
    let mut notes = table.notes().to_vec();
    notes.extend(tables::left_out(&table, &rows));
    Ok((strategies.frontier(), notes))
}

pub fn run(args: &FrontierArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (frontier, notes) = of(args, inputs)?;
    let report = Report { frontier, notes };
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report)?,
            Format::Csv => grid(&report.frontier).to_csv(),
            Format::Markdown => grid(&report.frontier).to_markdown() + &tables::notes(&report.notes),
            Format::Text => {
                let mut text = report.frontier.to_string();
                for note in &report.notes {
                    let _ = write!(text, "\nNote: {note}\n"); // a string takes everything
                }
                text
            }
        };
        Ok(text)
    }))
}

fn grid(frontier: &Frontier) -> Grid {
    let mut grid = tables::grid(["strategy", "cost", "effect", "status", "icer", "compared_with"]);
    for s in &frontier.strategies {
        grid.row([
            s.strategy.clone(),
            tables::cell(s.cost),
            tables::cell(s.effect),
            s.status.to_string(),
            tables::cell(s.icer),
            s.compared_with.clone().unwrap_or_default(),
        ]);
    }
    grid
}
