//! `economics cohort`: a cohort over cycles, with its discounted costs, life years and quality-adjusted life years.

use std::fmt::Write;

use crate::{
    Error, Result,
    economics::{Accumulation, Discounting, PriceBase, Trace},
    table::{Choice, Condition, Table},
    text::{Align, Grid},
};
use serde::Serialize;

use super::{COMMAND, tables};
use crate::request::{
    Answer, Format, Inputs,
    args::{CohortArgs, CohortFilesArgs},
    data, json,
};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report {
    states: Vec<String>,
    cycles: usize,
    accumulation: Accumulation,
    discounting: Discounting,
    price_base: Option<PriceBase>,
    /// Discounted totals per person.
    cost: f64,
    qalys: f64,
    /// Not discounted.
    undiscounted_cost: f64,
    undiscounted_qalys: f64,
    /// The shares of the states at the start and after each cycle.
    trace: Vec<Vec<f64>>,
    notes: Vec<String>,
}

/// The files of a model, with the rows that are chosen of them.
struct Files {
    transitions: Table,
    states: Table,
    /// The columns that chose the rows, which are no states.
    choosing: Vec<String>,
    notes: Vec<String>,
}

impl Files {
    fn read(args: &CohortFilesArgs, inputs: &Inputs<'_>) -> Result<Self> {
        let (transitions, states) = (inputs.table(&args.transitions)?, inputs.table(&args.states)?);
        let files = Files { transitions, states, choosing: Vec::new(), notes: Vec::new() };
        args.filter.iter().try_fold(files, |files, text| files.choose(text))
    }

    /// Keeps the rows that fulfil a condition in every file that has its columns.
    fn choose(mut self, text: &str) -> Result<Self> {
        let condition: Condition = text.parse()?;
        let columns = condition.columns();
        let has = |table: &Table| columns.iter().all(|name| table.column(name).is_ok());
        if !has(&self.transitions) && !has(&self.states) {
            condition.rows(&self.transitions)?; // the error that names the columns
        }
        let choice = Choice::new().filter(text)?;
        for table in [&mut self.transitions, &mut self.states] {
            if has(table) {
                let known = table.notes().len();
                *table = choice.apply(table.clone())?;
                let file = table.file().unwrap_or_default();
                self.notes.extend(table.notes().iter().skip(known).map(|note| format!("{file}: {note}")));
            }
        }
        self.choosing.extend(columns.into_iter().map(str::to_owned));
        Ok(self)
    }
}

struct States {
    names: Vec<String>,
    start: Vec<f64>,
    cost: Vec<f64>,
    utility: Vec<f64>,
    price_base: Option<PriceBase>,
}

/// The states and their starting shares, and the rows of the table, which need the further columns too.
fn names_and_start(table: &Table, further: &[&str]) -> Result<(Vec<String>, Vec<f64>, Vec<usize>)> {
    let mut columns = vec![table.require_role("state")?, table.require_role("start")?];
    columns.extend_from_slice(further);
    let rows = tables::complete(table, &columns)?;
    if let Some(row) = (0..table.len()).find(|row| rows.binary_search(row).is_err()) {
        return Err(table.at(Error::data("a value is missing", "every state needs all of them"), row, None));
    }
    let names = data::groups(table, columns[0], &rows)?;
    if let Some((i, name)) = names.iter().enumerate().find(|(i, name)| names[..*i].contains(name)) {
        let error = Error::data(format!("a second state `{name}`"), "name each state once");
        return Err(table.at(error, rows[i], Some(columns[0])));
    }
    let start = data::numbers(table, columns[1], &rows)?;
    Ok((names, start, rows))
}

impl States {
    fn read(table: &Table, args: &CohortArgs) -> Result<Self> {
        let [cost, utility_column] = [table.require_role("cost")?, table.require_role("utility")?];
        let (names, start, rows) = names_and_start(table, &[cost, utility_column])?;
        let utility = data::numbers(table, utility_column, &rows)?;
        for (&row, &utility) in rows.iter().zip(&utility) {
            if utility > 1.0 {
                let error = Error::data(
                    format!("utility {utility}"),
                    "utilities are at most 1, full health: give them per year, not in per cent",
                );
                return Err(table.at(error, row, Some(utility_column)));
            }
        }
        Ok(States {
            names,
            start,
            cost: data::numbers(table, cost, &rows)?,
            utility,
            price_base: tables::price_base(table, &rows, &args.money)?,
        })
    }
}

/// The probabilities of a cycle and of those after it, until the next one: a row of states for each state.
struct Matrix {
    from_cycle: usize,
    values: Vec<f64>,
    /// The states that have a row of this cycle.
    filled: Vec<bool>,
}

/// The cycle of a row, counted from 0.
fn cycle_of(value: f64) -> Result<usize> {
    if value.fract() == 0.0 && (1.0..=1e9).contains(&value) {
        return Ok(value as usize - 1);
    }
    Err(Error::data(format!("cycle {value}"), "count cycles from 1"))
}

/// The matrices of a table in the order of their cycles.
fn matrices(files: &Files, names: &[String]) -> Result<Vec<Matrix>> {
    let table = &files.transitions;
    let from = table.require_role("from")?;
    let mut columns = vec![from];
    columns.extend(table.role("cycle"));
    columns.extend(names.iter().map(String::as_str));
    let chose = |name: &str| files.choosing.iter().any(|column| column.eq_ignore_ascii_case(name));
    if let Some(name) = table.names().find(|name| !columns.contains(name) && !chose(name)) {
        return Err(table.in_file(Error::unknown("state", name, names)));
    }
    let n = names.len();
    let rows: Vec<usize> = (0..table.len()).collect();
    let origins = data::groups(table, from, &rows)?;
    let cycles = match table.role("cycle") {
        Some(column) => data::numbers(table, column, &rows)?,
        None => vec![1.0; rows.len()],
    };
    let probabilities =
        names.iter().map(|name| data::numbers(table, name, &rows)).collect::<Result<Vec<_>>>()?;
    let mut made: Vec<Matrix> = Vec::new();
    for ((&row, origin), cycle) in rows.iter().zip(&origins).zip(cycles) {
        let at = |error, column| table.at(error, row, Some(column));
        let state = names.iter().position(|name| name == origin).ok_or_else(|| {
            let remedy = format!("the states are {}", names.join(", "));
            at(Error::data(format!("`{origin}` is no state"), remedy), from)
        })?;
        let from_cycle = cycle_of(cycle).map_err(|error| at(error, "cycle"))?;
        let which = made.iter().position(|m| m.from_cycle == from_cycle).unwrap_or_else(|| {
            made.push(Matrix { from_cycle, values: vec![0.0; n * n], filled: vec![false; n] });
            made.len() - 1
        });
        if std::mem::replace(&mut made[which].filled[state], true) {
            let error =
                Error::data(format!("a second row from `{origin}`"), "give each state one row a cycle");
            return Err(at(error, from));
        }
        for (to, column) in probabilities.iter().enumerate() {
            made[which].values[state * n + to] = column[row];
        }
    }
    made.sort_by_key(|m| m.from_cycle);
    hold_on(&mut made, names).map_err(|error| table.in_file(error))?;
    Ok(made)
}

/// Lets the rows of a state hold on until it has new ones; in the first cycle each state needs a row.
fn hold_on(matrices: &mut [Matrix], names: &[String]) -> Result<()> {
    let n = names.len();
    let Some(first) = matrices.first().filter(|first| first.from_cycle == 0) else {
        return Err(Error::data("no probabilities for cycle 1", "the first rows hold from cycle 1 on"));
    };
    if let Some(state) = first.filled.iter().position(|filled| !filled) {
        return Err(Error::data(
            format!("no row from `{}` for cycle 1", names[state]),
            "give each state a row, with probability 1 to itself if it is never left; rows hold on until the next ones",
        ));
    }
    for which in 1..matrices.len() {
        let (before, after) = matrices.split_at_mut(which);
        let (Some(last), Some(next)) = (before.last(), after.first_mut()) else { continue };
        for state in (0..n).filter(|&state| !next.filled[state]) {
            let row = state * n..(state + 1) * n;
            next.values[row.clone()].copy_from_slice(&last.values[row]);
        }
    }
    Ok(())
}

/// The cohort over its cycles, and a note if some probabilities are not reached.
fn over_cycles(
    (names, start): (&[String], &[f64]),
    cycles: usize,
    files: &Files,
) -> Result<(Trace, Option<String>)> {
    if cycles == 0 || cycles > 1_000_000 {
        return Err(Error::setting("--cycles", cycles.to_string(), "give a number from 1 to 1,000,000"));
    }
    let matrices = matrices(files, names)?;
    let trace = Trace::run(names.to_vec(), start, cycles, |cycle, matrix| {
        if let Some(m) = matrices.iter().rev().find(|m| m.from_cycle <= cycle) {
            matrix.copy_from_slice(&m.values);
        }
    })
    .map_err(|error| match error {
        Error::Model { found, remedy } => files.transitions.in_file(Error::data(found, remedy)), // a row of probabilities
        other => files.states.in_file(other), // the starting shares
    })?;
    let unreached = matrices.iter().find(|m| m.from_cycle >= cycles);
    let note = unreached
        .map(|m| format!("the probabilities of cycle {} are beyond the last cycle", m.from_cycle + 1));
    Ok((trace, note))
}

/// The trace alone, for which states need a name and a starting share.
pub fn trace(args: &CohortFilesArgs, inputs: &Inputs<'_>) -> Result<(Trace, Vec<String>)> {
    let files = Files::read(args, inputs)?;
    let (names, start, _) = names_and_start(&files.states, &[])?;
    let (trace, note) = over_cycles((&names, &start), args.cycles, &files)?;
    Ok((trace, files.notes.into_iter().chain(note).collect()))
}

pub fn run(args: &CohortArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let discounting = args.discounting()?;
    let files = Files::read(&args.files, inputs)?;
    let states = States::read(&files.states, args)?;
    let cycles = args.files.cycles;
    let (trace, note) = over_cycles((&states.names, &states.start), cycles, &files)?;
    let how = args.accumulation();
    let cost = |_: usize, state: usize| states.cost[state];
    let qalys = |_: usize, state: usize| states.utility[state] * args.cycle_years;
    let mut notes = files.notes;
    notes.extend(discounting.notes().iter().cloned().chain(note));
    let report = Report {
        cycles,
        accumulation: how,
        cost: trace.total(how, |years| discounting.cost_factor(years), cost)?,
        qalys: trace.total(how, |years| discounting.effect_factor(years), qalys)?,
        undiscounted_cost: trace.total(how, |_| 1.0, cost)?,
        undiscounted_qalys: trace.total(how, |_| 1.0, qalys)?,
        trace: (0..=cycles).filter_map(|t| trace.at(t).map(<[f64]>::to_vec)).collect(),
        price_base: states.price_base,
        states: states.names.clone(),
        discounting,
        notes,
    };
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report)?,
            Format::Csv => grid(&report).to_csv(),
            Format::Markdown => {
                format!(
                    "{}\n{}{}",
                    totals(&report),
                    grid(&report).to_markdown(),
                    tables::notes(&report.notes)
                )
            }
            Format::Text => words(&report),
        };
        Ok(text)
    }))
}

fn grid(report: &Report) -> Grid {
    let names = std::iter::once("time").chain(report.states.iter().map(String::as_str));
    let mut grid = Grid::new(names.map(|name| (name.to_owned(), Align::Right)));
    for (t, shares) in report.trace.iter().enumerate() {
        grid.row(std::iter::once(t.to_string()).chain(shares.iter().map(|&share| tables::cell(share))));
    }
    grid
}

fn totals(report: &Report) -> String {
    let unit = report.price_base.map(|base| format!(" {base}")).unwrap_or_default();
    format!(
        "{} cycles of {} years; {}\nCost {:.2}{unit} (undiscounted {:.2}); QALYs {:.5} (undiscounted {:.5})\n",
        report.cycles,
        report.accumulation.cycle_years,
        report.discounting,
        report.cost,
        report.undiscounted_cost,
        report.qalys,
        report.undiscounted_qalys
    )
}

fn words(report: &Report) -> String {
    let mut text = totals(report);
    let widths: Vec<usize> = report.states.iter().map(|s| s.chars().count().max(8)).collect();
    // A string takes everything.
    let _ = write!(text, "\n{:>6}", "time");
    for (state, width) in report.states.iter().zip(&widths) {
        let _ = write!(text, " {state:>width$}");
    }
    text.push('\n');
    let last = report.trace.len().saturating_sub(1);
    let step = last.div_ceil(20).max(1);
    for (t, shares) in report.trace.iter().enumerate().filter(|(t, _)| t % step == 0 || *t == last) {
        let _ = write!(text, "{t:>6}");
        for (share, width) in shares.iter().zip(&widths) {
            let _ = write!(text, " {share:>width$.5}");
        }
        text.push('\n');
    }
    for note in &report.notes {
        let _ = writeln!(text, "\nNote: {note}");
    }
    text
}
