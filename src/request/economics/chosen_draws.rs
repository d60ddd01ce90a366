//! The draws that a condition chooses: rows of files that lie beside each other.

use std::collections::BTreeMap;

use crate::{
    Error, Result,
    economics::Draws,
    request::{Inputs, args::DrawsArgs, host::Part},
    table::{Choice, Condition, Table},
};

/// The files of a probabilistic model: costs, effects and, where they are needed, parameters.
pub struct Files {
    pub costs: Table,
    pub effects: Table,
    pub parameters: Option<Table>,
    /// The columns that chose the draws, which are no options.
    pub choosing: Vec<String>,
    /// Remarks on the choice of draws.
    pub notes: Vec<String>,
}

impl Files {
    /// Reads the files and keeps the draws that fulfil the conditions.
    pub fn read(inputs: &Inputs<'_>, args: &DrawsArgs, parameters: Option<Table>) -> Result<Self> {
        let marked = |table: Table| match &args.na {
            Some(marks) => Choice::new().missing(marks)?.apply(table),
            None => Ok(table),
        };
        let (costs, effects) = (marked(inputs.table(&args.costs)?)?, marked(inputs.table(&args.effects)?)?);
        let parameters = parameters.map(marked).transpose()?;
        for table in parameters.iter().chain([&effects]) {
            if table.len() != costs.len() {
                return Err(table.in_file(Error::data(
                    format!("{} rows, where the costs have {}", table.len(), costs.len()),
                    "a row of each file is the same draw of the model",
                )));
            }
        }
        let mut notes = Vec::new();
        let effects = in_order_of(&costs, effects, &mut notes)?;
        let parameters = parameters.map(|table| in_order_of(&costs, table, &mut notes)).transpose()?;
        let files = Files { costs, effects, parameters, choosing: Vec::new(), notes };
        let files = args.filter.iter().try_fold(files, |files, text| files.choose(&text.parse()?))?;
        match inputs.part() {
            Some(part) => files.of_part(&part),
            None => Ok(files),
        }
    }

    /// The file that has a column; the costs where none has.
    pub fn holding(self, column: &str) -> Table {
        let has = |table: &Table| table.column(column).is_ok();
        if has(&self.costs) {
            return self.costs;
        }
        let others = [Some(self.effects), self.parameters].into_iter().flatten();
        others.into_iter().find(has).unwrap_or(self.costs)
    }

    /// Keeps the draws of a level.
    fn of_part(self, part: &Part) -> Result<Self> {
        let Some(holder) = self.tables().find(|table| table.column(&part.column).is_ok()) else {
            return Ok(self);
        };
        let rows = part.rows(holder)?;
        for other in self.tables().filter(|table| table.column(&part.column).is_ok()) {
            if part.rows(other)? != rows {
                let found = format!(
                    "other draws have {} = {} than in {}",
                    part.column,
                    part.level,
                    holder.file().unwrap_or("the costs")
                );
                let remedy = "a row of each file is the same draw of the model: put them in one order";
                return Err(other.in_file(Error::data(found, remedy).in_column(&part.column)));
            }
        }
        let note = format!("draws of {} = {}: {} of {}", part.column, part.level, rows.len(), holder.len());
        self.keep(&rows, note, &[&part.column])
    }

    fn tables(&self) -> impl Iterator<Item = &Table> {
        [&self.costs, &self.effects].into_iter().chain(&self.parameters)
    }

    /// Keeps the draws that fulfil a condition in every file that has its columns.
    fn choose(self, condition: &Condition) -> Result<Self> {
        let all = self.costs.len();
        let has = |table: &&Table| condition.columns().iter().all(|name| table.column(name).is_ok());
        let mut rows: Vec<usize> = (0..all).collect();
        let mut holders = self.tables().filter(has).peekable();
        if holders.peek().is_none() {
            condition.rows(&self.costs)?; // the error that names the columns
        }
        for table in holders {
            let fulfilling = condition.rows(table)?;
            rows.retain(|row| fulfilling.binary_search(row).is_ok());
        }
        if rows.is_empty() {
            let found = format!("no draw fulfils `{condition}`");
            let remedy = format!("the files have {all} draws: choose with another condition");
            return Err(self.costs.in_file(Error::data(found, remedy)));
        }
        let note = format!("draws chosen by `{condition}`: {} of {all}", rows.len());
        self.keep(&rows, note, &condition.columns())
    }

    /// Keeps draws; the columns that chose them are no options.
    fn keep(mut self, rows: &[usize], note: String, columns: &[&str]) -> Result<Self> {
        self.notes.push(note);
        self.choosing.extend(columns.iter().map(|&name| name.to_owned()));
        Ok(Files {
            costs: self.costs.select(rows)?,
            effects: self.effects.select(rows)?,
            parameters: self.parameters.map(|table| table.select(rows)).transpose()?,
            ..self
        })
    }

    /// The columns of options: all but those of the money and those that chose the draws.
    pub fn options<'a>(&self, table: &'a Table) -> Vec<&'a str> {
        let money = ["currency", "price_year"];
        let chose = |name: &str| self.choosing.iter().any(|column| column.eq_ignore_ascii_case(name));
        table.names().filter(|name| !money.contains(name) && !chose(name)).collect()
    }
}

/// The numbers of the draws of a table by the columns of these names; `None` if they are not whole numbers, one set for each draw.
fn numbers(table: &Table, names: &[&str]) -> Option<Vec<Vec<i64>>> {
    let columns: Vec<Vec<Option<f64>>> = names.iter().filter_map(|name| table.numbers(name).ok()).collect();
    let whole = |value: f64| (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i64);
    let rows = (0..table.len()).map(|row| columns.iter().map(|column| column[row].and_then(whole)).collect());
    let rows: Vec<Vec<i64>> = rows.collect::<Option<_>>()?;
    let mut seen = rows.clone();
    seen.sort_unstable();
    seen.dedup();
    (columns.len() == names.len() && seen.len() == rows.len()).then_some(rows)
}

/// Names that are an option's or a parameter's as often as those of draws.
const SHORT: [&str; 8] = ["", "x", "n", "no", "id", "index", "row", "rowid"];

/// A table in the order of the draws of the costs, where both number them: the same row is the same draw.
fn in_order_of(costs: &Table, table: Table, notes: &mut Vec<String>) -> Result<Table> {
    let both = |name: &&str| Draws::is_numbering(name) && table.names().any(|known| known == *name);
    let mut shared: Vec<&str> = costs.names().filter(both).collect();
    let mut named: Vec<&str> = shared.clone();
    if shared.is_empty() {
        // one column of each file, under names of their own
        let own = |table: &'_ Table| -> Vec<String> {
            let tells =
                |name: &&str| Draws::is_numbering(name) && !SHORT.contains(&name.to_lowercase().as_str());
            table.names().filter(tells).map(str::to_owned).collect()
        };
        let (of_costs, of_table) = (own(costs), own(&table));
        let ([one], [other]) = (&of_costs[..], &of_table[..]) else { return Ok(table) };
        shared = costs.names().filter(|name| name == one).collect();
        named = table.names().filter(|name| name == other).collect();
    }
    let (Some(wanted), Some(found)) = (numbers(costs, &shared), numbers(&table, &named)) else {
        return Ok(table);
    };
    if wanted == found {
        return Ok(table);
    }
    let places: BTreeMap<&Vec<i64>, usize> =
        found.iter().enumerate().map(|(row, draw)| (draw, row)).collect();
    let columns = shared.join(", ");
    let order: Option<Vec<usize>> = wanted.iter().map(|draw| places.get(draw).copied()).collect();
    let file = table.file().unwrap_or_default().to_owned();
    match order {
        Some(order) => {
            notes.push(format!("the rows of {file} were put in the order of {columns} of the costs"));
            table.select(&order)
        }
        None if shared.iter().all(|name| SHORT.contains(&name.to_lowercase().as_str())) => Ok(table),
        // columns of other names may number something else
        None if shared != named => {
            notes.push(format!(
                "{} of {file} and {columns} of the costs differ: rows were paired as they stand",
                named.join(", ")
            ));
            Ok(table)
        }
        None => Err(table.in_file(
            Error::data(
                "other draws than those of the costs",
                "give the same draws in all files, or leave their numbers out",
            )
            .in_column(named.join(", ")),
        )),
    }
}
