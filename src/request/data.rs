//! From a file to its studies: the options of a request and the columns of a table.

use crate::{
    Error, Measure, Result,
    effect::{DataKind, InputScale, StudyOptions, ZeroCells},
    memory::has_room,
    table::{Roles, Table},
};

use crate::request::{
    Inputs,
    args::{EffectArgs, InputArgs, TableArgs},
    host::name_of,
};

pub use crate::effect::{Modelled, Studies};
pub(crate) use crate::effect::{dependence, placed};

/// Reads the file (`-`: standard input), maps its columns and chooses its rows; in an analysis of one level, only its rows.
pub fn read(inputs: &Inputs<'_>, input: &InputArgs) -> Result<Table> {
    part(inputs, &input.table)
}

/// The table that is asked for; in an analysis of one level, only its rows.
pub fn part(inputs: &Inputs<'_>, args: &TableArgs) -> Result<Table> {
    let table = table(inputs, args)?;
    match inputs.part() {
        Some(part) => part.of(table),
        None => Ok(table),
    }
}

/// The memory that an analysis takes for a row beside the table: labels, effects, their weights and the text of the answer. The
/// most that was seen is 1,230 bytes (a pooled table with the forest of its studies).
const BYTES_PER_ROW: usize = 1536;

/// The table that is asked for.
pub fn table(inputs: &Inputs<'_>, args: &TableArgs) -> Result<Table> {
    let roles: Roles = args.columns.as_deref().map_or_else(|| Ok(Roles::new()), str::parse)?;
    let choice = args.choice()?;
    // A role may be played by a column that --set makes, and roles say which column labels the rows.
    let whole = choice.with_columns(inputs.sheet(&args.data, args.sheet.as_deref())?)?;
    let table = choice.rows_of(whole.with_roles(roles)?)?;
    check_room(&table, args)?;
    inputs.tell(table.notes());
    inputs.map(table.roles());
    Ok(table)
}

/// Refuses a table whose analysis does not fit into memory.
fn check_room(table: &Table, args: &TableArgs) -> Result<()> {
    let bytes = table.len().saturating_mul(BYTES_PER_ROW);
    if has_room(bytes) {
        return Ok(());
    }
    Err(Error::File {
        path: name_of(&args.data),
        found: format!(
            "the analysis of {} rows needs {} MB of memory, more than there is",
            table.len(),
            bytes >> 20
        ),
        remedy: "keep the rows that are needed, or allow more memory".to_owned(),
    })
}

impl Studies {
    /// The studies of a table under the options of a request. `default` is the measure if none is named and the data have no
    /// `yi`.
    pub(crate) fn new(
        table: Table,
        args: &EffectArgs,
        default: Option<Measure>,
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        Self::beside_model(table, args, default, zero_cells, false).map_err(beside_other_variance)
    }

    /// The same; `exact` if the model gives effects another variance, so that their sampling variances may be 0.
    pub(crate) fn beside_model(
        table: Table,
        args: &EffectArgs,
        default: Option<Measure>,
        zero_cells: ZeroCells,
        exact: bool,
    ) -> Result<Self> {
        let said = args.measure.is_some() || args.ratio || args.scale.is_some();
        let carried = if said { None } else { carried_measure(&table)? };
        let measure = args.measure.or(carried).or(default);
        let mut options = StudyOptions { measure, ..StudyOptions::default() };
        options.log = args.is_log();
        options.zero_variances = exact;
        options.scale = match (args.ratio, args.scale.is_some() || carried.is_some()) {
            (true, _) => InputScale::Ratio,
            (false, true) => InputScale::Analysis,
            (false, false) => InputScale::Unstated,
        };
        let measure = match options.measure {
            Some(measure) => measure,
            None => Measure::Generic,
        };
        options.effects = args.options(measure, zero_cells);
        let mut studies = Studies::from_table(table, &options).map_err(as_options)?;
        args.check(studies.measure, studies.data.kind())?;
        if let Some(measure) = carried {
            let label = measure.label().to_lowercase();
            let ready = studies.data.kind() == DataKind::Generic;
            studies.notes.push(match ready {
                true => format!("effects are read as {label} ({measure}), as their column `measure` says"),
                false => format!("the effect is the {label} ({measure}), as the column `measure` says"),
            });
        }
        Ok(studies)
    }
}

/// The measure that the results of `effects` and `convert import` carry with them, in a column `measure` beside `yi` or raw data. A
/// column of this name that holds anything but codes of measures is none of theirs.
fn carried_measure(table: &Table) -> Result<Option<Measure>> {
    if !table.has("measure") {
        return Ok(None);
    }
    let texts = table.texts("measure")?;
    let mut found: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
    found.sort_unstable();
    found.dedup();
    let codes: Option<Vec<Measure>> = found
        .iter()
        .map(|text| Measure::ALL.iter().copied().find(|measure| measure.code() == *text))
        .collect();
    match codes.as_deref() {
        Some([measure]) => Ok(Some(*measure)),
        Some([_, _, ..]) => Err(table.in_file(
            Error::data(
                format!("effects of several measures: {}", found.join(", ")),
                "choose those of one with --where, or say with --measure what they are",
            )
            .in_column("measure"),
        )),
        _ => Ok(None),
    }
}

/// Tells of a sampling variance of 0 which commands have another variance beside it.
fn beside_other_variance(error: Error) -> Error {
    match error {
        Error::Data { found, remedy, place } if found.contains("variance is 0") => {
            let models = "`pool` and `multilevel --random study/effect --mods ...` take it beside a variance between studies";
            Error::Data { found, remedy: format!("{remedy}; {models}"), place }
        }
        other => other,
    }
}

/// An error that the library names by its own options, named by those of a request.
fn as_options(error: Error) -> Error {
    match error {
        Error::Setting { name, found, .. } if name == "scale of the effects" => Error::setting(
            "--ratio, --scale",
            found,
            "give --ratio if the effects are ratios, --scale log if they are logarithms of ratios",
        ),
        Error::Setting { name, found, remedy } if name == "kind of the effects" => {
            Error::setting("--measure", found, remedy)
        }
        other => other,
    }
}

/// A column as levels at the given rows, none of which may be missing.
pub fn groups(table: &Table, column: &str, rows: &[usize]) -> Result<Vec<String>> {
    table.groups_at(column, rows)
}

/// A column as numbers at the given rows, none of which may be missing, and none of which may be one of thousands.
pub fn numbers(table: &Table, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
    let values = table.numbers_at(column, rows)?;
    table.refuse_grouped(column, &table.numbers_and_faults(column)?.0)?;
    Ok(values)
}
