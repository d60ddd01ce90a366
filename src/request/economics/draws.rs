//! `economics psa` and `economics evppi`: draws of a probabilistic model, a table each for costs, effects and parameters.

use crate::{
    Error, Result,
    economics::{Draws, Evppi, EvppiResult, PsaResult},
    table::Table,
    text::{Align, Grid},
};

use super::{COMMAND, chosen_draws::Files, tables};
use crate::request::{
    Answer, Format, Inputs,
    args::{DrawsArgs, EvppiArgs, PsaArgs},
    data, json,
};

/// The analysis of the draws that the options name, and the draws.
pub fn analysis(args: &PsaArgs, inputs: &Inputs<'_>) -> Result<(PsaResult, Draws)> {
    let wtp = &args.wtp.wtp;
    let (draws, _, notes) = read(inputs, &args.draws, None)?;
    let mut result = draws.analysis(wtp)?;
    result.notes.splice(0..0, notes);
    Ok((result, draws))
}

pub fn psa(args: &PsaArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (result, _) = analysis(args, inputs)?;
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &result)?,
            Format::Csv => thresholds(&result).to_csv(),
            Format::Markdown => {
                format!("{}\n{}", options(&result).to_markdown(), thresholds(&result).to_markdown())
                    + &tables::notes(&result.notes)
            }
            Format::Text => result.to_string(),
        };
        Ok(text)
    }))
}

/// The value of the parameters that the options name, and the draws.
pub fn partial_information(args: &EvppiArgs, inputs: &Inputs<'_>) -> Result<(EvppiResult, Draws)> {
    let wtp = &args.wtp.wtp;
    let names = named(&args.of)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let table = inputs.table(&args.parameters)?;
    if let Some(unknown) = names.iter().find(|name| !table.names().any(|known| known == **name)) {
        return Err(table.in_file(Error::unknown("parameter", unknown, table.names())));
    }
    let (draws, values, notes) = read(inputs, &args.draws, Some((table, names.clone())))?;
    let parameters: Vec<(&str, &[f64])> =
        names.iter().copied().zip(values.iter().map(Vec::as_slice)).collect();
    let mut result = Evppi::new(args.method).of(&draws, &parameters, wtp)?;
    result.notes.splice(0..0, notes);
    Ok((result, draws))
}

/// The names of a list that commas separate: those within brackets (`beta[1,2]`) or quotation marks belong to a name.
fn named(list: &str) -> Result<Vec<String>> {
    let (mut names, mut name, mut depth, mut quoted) = (Vec::new(), String::new(), 0usize, false);
    for c in list.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if depth == 0 && !quoted => names.push(std::mem::take(&mut name)),
            _ => {
                match c {
                    '[' | '(' | '{' => depth += 1,
                    ']' | ')' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                name.push(c);
            }
        }
    }
    names.push(name);
    let names: Vec<String> =
        names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    if names.is_empty() || quoted {
        return Err(Error::setting(
            "--of",
            if quoted { "a quotation mark is not closed" } else { "no parameter" },
            "name one or more columns of the parameters: `a,b`, `beta[1,2]` or `\"a name, with a comma\"`",
        ));
    }
    Ok(names)
}

pub fn evppi(args: &EvppiArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (result, _) = partial_information(args, inputs)?;
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &result)?,
            Format::Csv => values_of_information(&result).to_csv(),
            Format::Markdown => values_of_information(&result).to_markdown() + &tables::notes(&result.notes),
            Format::Text => result.to_string(),
        };
        Ok(text)
    }))
}

/// The draws that are complete in all tables, the parameters of the same draws, and a note on those left out.
fn read(
    inputs: &Inputs<'_>,
    args: &DrawsArgs,
    parameters: Option<(Table, Vec<&str>)>,
) -> Result<(Draws, Vec<Vec<f64>>, Vec<String>)> {
    let names = parameters.as_ref().map_or_else(Vec::new, |(_, names)| names.clone());
    let files = Files::read(inputs, args, parameters.map(|(table, _)| table))?;
    let (costs, effects) = (&files.costs, &files.effects);
    let mut parts = vec![(costs, files.options(costs)), (effects, files.options(effects))];
    parts.extend(files.parameters.as_ref().map(|table| (table, names.clone())));
    let mut missing = Vec::new();
    for (table, columns) in &parts {
        missing.extend(table.missing_rows(columns)?);
    }
    missing.sort_unstable();
    missing.dedup();
    let rows: Vec<usize> = (0..costs.len()).filter(|row| missing.binary_search(row).is_err()).collect();
    if rows.is_empty() {
        return Err(costs.in_file(Error::data("no draw has all its values", "give complete draws")));
    }
    let columns = |table: &Table, names: &[&str]| -> Result<Vec<(String, Vec<f64>)>> {
        names.iter().map(|name| Ok(((*name).to_owned(), data::numbers(table, name, &rows)?))).collect()
    };
    let values = match &files.parameters {
        Some(table) => columns(table, &names)?.into_iter().map(|(_, values)| values).collect(),
        None => Vec::new(),
    };
    let mut notes = files.notes.clone();
    notes.extend(tables::left_out(costs, &rows));
    let (mut of_costs, mut of_effects) =
        (columns(costs, &files.options(costs))?, columns(effects, &files.options(effects))?);
    let numbering = |costs: &[(String, Vec<f64>)], effects: &[(String, Vec<f64>)]| {
        Draws::numbering(costs, effects).or_else(|| Draws::numbering(effects, costs)).map(str::to_owned)
    };
    while let Some(name) = numbering(&of_costs, &of_effects) {
        notes.push(format!("column `{name}` numbers the draws and was left out: it is no option"));
        of_costs.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        of_effects.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
    }
    let both = format!("{}, {}", costs.file().unwrap_or_default(), effects.file().unwrap_or_default());
    let mut draws = Draws::from_tables(of_costs, of_effects).map_err(|e| e.in_file(both))?;
    if let Some(base) = tables::price_base(costs, &rows, &args.money)? {
        draws = draws.priced_in(base);
    }
    Ok((draws, values, notes))
}

fn options(result: &PsaResult) -> Grid {
    let mut grid =
        tables::grid(["option", "mean_cost", "sd_cost", "mean_effect", "sd_effect", "status", "icer"]);
    for o in &result.options {
        grid.row([
            o.option.clone(),
            tables::cell(o.mean_cost),
            tables::cell(o.sd_cost),
            tables::cell(o.mean_effect),
            tables::cell(o.sd_effect),
            o.status.to_string(),
            tables::cell(o.icer),
        ]);
    }
    grid
}

fn thresholds(result: &PsaResult) -> Grid {
    let options: Vec<&String> = result.options.iter().map(|o| &o.option).collect();
    let mut names: Vec<String> = ["wtp", "optimal", "ceaf", "evpi", "evpi_se"].map(str::to_owned).to_vec();
    for what in ["probability", "expected_loss"] {
        names.extend(options.iter().map(|option| format!("{what}_{option}")));
    }
    let mut grid = Grid::new(names.into_iter().map(|name| (name, Align::Right)));
    for t in &result.wtp {
        let mut row = vec![
            tables::cell(t.wtp),
            t.optimal.clone(),
            tables::cell(t.ceaf),
            tables::cell(t.evpi),
            tables::cell(t.evpi_se),
        ];
        for values in [&t.probability, &t.expected_loss] {
            row.extend(options.iter().map(|option| tables::cell(values.get(*option).copied())));
        }
        grid.row(row);
    }
    grid
}

fn values_of_information(result: &EvppiResult) -> Grid {
    let mut grid = tables::grid(["wtp", "parameters", "value", "raw", "se", "evpi"]);
    for p in &result.evppi {
        grid.row([
            tables::cell(p.wtp),
            p.parameters.join(", "),
            tables::cell(p.value),
            tables::cell(p.raw),
            tables::cell(p.se),
            tables::cell(p.evpi),
        ]);
    }
    grid
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_may_hold_commas() {
        assert_eq!(named("beta[1,2], theta ,\"a, b\"").unwrap(), ["beta[1,2]", "theta", "a, b"]);
        assert!(named(" , ").is_err() && named("\"a,b").is_err());
    }
}
