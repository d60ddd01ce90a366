//! From a CSV file to the raw data of studies: roles to columns, rows to typed values.

use std::collections::HashSet;

use crate::{
    EffectSizes, Error, Level, Measure, Result,
    effect::{
        Correlation, DataKind, Generic, Genotypes, MatchedMargins, MatchedPairs, OneMean, Outcome, Paired,
        Pairing, PartialCorrelation, PersonTime, Proportion, RSquared, Rate, Reliability,
        SemiPartialCorrelation, StudyData, Superiority, TwoByTwo, TwoMeans, Uncertainty, ZeroCells,
    },
    table::{Design, DesignOptions, Formula, Roles, Table},
};

use crate::request::{
    Inputs,
    args::{EffectArgs, InputArgs},
};

/// Reads the file (`-`: standard input) and maps its columns.
pub fn read(inputs: &Inputs<'_>, input: &InputArgs) -> Result<Table> {
    let roles = match &input.columns {
        Some(text) => text.parse::<Roles>()?,
        None => Roles::new(),
    };
    inputs.table(&input.data)?.with_roles(roles)
}

/// The table that the bytes of a file hold, with its columns mapped.
pub fn table_of(bytes: &[u8], name: &str, columns: Option<&str>) -> Result<Table> {
    let roles = match columns {
        Some(text) => text.parse::<Roles>()?,
        None => Roles::new(),
    };
    Table::read(bytes, name)?.with_roles(roles)
}

/// The studies of a file: the raw data of the complete rows, and what became of all rows.
pub struct Studies {
    /// The table, all rows.
    pub table: Table,
    /// The measure.
    pub measure: Measure,
    /// The positions of the rows that have all their values.
    pub complete: Vec<usize>,
    /// The raw data of these rows.
    pub data: StudyData,
    /// Their effects, or why there is none.
    pub outcomes: Vec<Outcome>,
    /// Notes on the rows that are incomplete, and on labels that several rows share.
    pub notes: Vec<String>,
    log: bool,
}

impl Studies {
    /// Computes the effects of a table's rows. `default` is the measure if none is named and the data have no `yi`.
    pub fn new(
        table: Table,
        args: &EffectArgs,
        default: Option<Measure>,
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        let measure = match (args.measure()?, default) {
            (Some(measure), _) => measure,
            (None, Some(default)) => default,
            (None, None) if table.role("yi").is_some() => Measure::Generic,
            (None, None) => {
                return Err(Error::setting(
                    "--measure",
                    "no measure is named, and the data have no ready-made effects `yi`",
                    "name one, such as --measure RR, or map the column of effects with --columns yi=NAME",
                ));
            }
        };
        let log = args.is_log()?;
        let generic = measure.data_kind() == DataKind::Generic;
        // A column of ready-made effects serves any measure: it then only names the scale.
        let ready = !generic && table.role("yi").is_some() && raw_roles(&table, measure.data_kind()).is_err();
        if (args.ratio || log) && !(generic || ready) {
            return Err(Error::setting(
                if args.ratio { "--ratio" } else { "--scale" },
                format!("it is for ready-made effects, and {measure} is computed from raw data"),
                "leave it out",
            ));
        }
        let kind = if ready { DataKind::Generic } else { measure.data_kind() };
        let (complete, data) = raw_data(&table, kind, args.ratio)?;
        let options = args.options(zero_cells)?;
        let outcomes = match kind {
            DataKind::Generic => with_sizes(data.effects(Measure::Generic, &options)?, &table, &complete)?,
            _ => data.effects(measure, &options)?,
        };
        let mut notes = missing_note(&table, &complete);
        notes.extend(table.label_notes());
        Ok(Studies { table, measure, complete, data, outcomes, notes, log: log || args.ratio })
    }

    /// The labels of the complete rows.
    pub fn labels(&self) -> Vec<String> {
        self.complete.iter().map(|&row| self.table.label(row)).collect()
    }

    /// The effects that enter an analysis, and the positions of their rows in the table.
    pub fn effects(&self) -> Result<(EffectSizes, Vec<usize>)> {
        if self.complete.is_empty() {
            return Err(self.table.in_file(Error::data(
                "no row has all the values that are needed",
                format!("{} needs {}", self.measure, self.data.kind().roles()),
            )));
        }
        let effects = EffectSizes::from_outcomes(self.measure, self.labels(), &self.outcomes)
            .map_err(|error| self.table.in_file(error))?;
        let effects = if self.log { effects.on_log_scale() } else { effects };
        let effects = self.notes.iter().fold(effects, |effects, note| effects.with_note(note));
        let usable = self.complete.iter().zip(&self.outcomes).filter(|(_, o)| o.unusable().is_none());
        Ok((effects, usable.map(|(&row, _)| row).collect()))
    }

    /// A column as text at the given rows, none of which may be missing.
    pub fn groups(&self, column: &str, rows: &[usize]) -> Result<Vec<String>> {
        groups(&self.table, column, rows)
    }

    /// A column as numbers at the given rows, none of which may be missing.
    pub fn numbers(&self, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
        numbers(&self.table, column, rows)
    }
}

/// A column as text at the given rows, none of which may be missing.
pub fn groups(table: &Table, column: &str, rows: &[usize]) -> Result<Vec<String>> {
    let texts = table.texts(column)?;
    rows.iter()
        .map(|&row| texts.get(row).cloned().flatten().ok_or_else(|| missing(table, column, row)))
        .collect()
}

/// A column as numbers at the given rows, none of which may be missing.
pub fn numbers(table: &Table, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
    let numbers = table.numbers(column)?;
    rows.iter()
        .map(|&row| numbers.get(row).copied().flatten().ok_or_else(|| missing(table, column, row)))
        .collect()
}

fn missing(table: &Table, column: &str, row: usize) -> Error {
    let missing = Error::data("the value is missing", "every study of the analysis needs one");
    table.at(missing, row, Some(column))
}

/// The effects with a complete row of moderators, and their design.
pub struct Modelled {
    /// The effects.
    pub effects: EffectSizes,
    /// Their rows in the table.
    pub rows: Vec<usize>,
    /// The design on these rows.
    pub design: Design,
}

impl Studies {
    /// The effects and the design of a formula, on the rows that have an effect, every moderator, and a value in each of
    /// the further columns; what is left out is named in the notes of the effects.
    pub fn modelled(&self, formula: &str, further: &[&str]) -> Result<Modelled> {
        self.modelled_with(formula, further, &DesignOptions::new())
    }

    /// The same with choices of the design.
    pub fn modelled_with(
        &self,
        formula: &str,
        further: &[&str],
        options: &DesignOptions,
    ) -> Result<Modelled> {
        let formula: Formula = formula.parse()?;
        let (effects, with_effect) = self.effects()?;
        let missing: HashSet<usize> = self.table.missing_rows(further)?.into_iter().collect();
        let candidates: Vec<usize> =
            with_effect.iter().copied().filter(|row| !missing.contains(row)).collect();
        let design = Design::among(&formula, &self.table, &candidates, options)?;
        let used: HashSet<usize> = design.rows.iter().copied().collect();
        let positions: Vec<usize> =
            (0..with_effect.len()).filter(|&i| used.contains(&with_effect[i])).collect();
        let mut effects = effects.subset(&positions)?;
        let dropped: Vec<String> = with_effect
            .iter()
            .filter(|row| missing.contains(row))
            .map(|&row| self.table.label(row))
            .collect();
        if !dropped.is_empty() {
            effects = effects.with_note(format!(
                "left out for missing values of {}: {}",
                further.join(", "),
                dropped.join(", ")
            ));
        }
        for note in &design.notes {
            effects = effects.with_note(note);
        }
        Ok(Modelled { effects, rows: design.rows.clone(), design })
    }
}

/// Sizes beside ready-made effects, from `ni`, or `n1i` and `n2i`.
fn with_sizes(mut outcomes: Vec<Outcome>, table: &Table, rows: &[usize]) -> Result<Vec<Outcome>> {
    let column = |role: &str| table.role(role).map(|name| table.numbers(name)).transpose();
    let (ni, n1i, n2i) = (column("ni")?, column("n1i")?, column("n2i")?);
    let at = |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
    for (outcome, &row) in outcomes.iter_mut().zip(rows) {
        let sum = at(&n1i, row).zip(at(&n2i, row)).map(|(a, b)| a + b);
        outcome.size = at(&ni, row).or(sum).filter(|n| *n > 0.0);
    }
    Ok(outcomes)
}

fn missing_note(table: &Table, complete: &[usize]) -> Vec<String> {
    let mut complete = complete.iter().copied().peekable();
    let mut missing = Vec::new();
    for row in 0..table.len() {
        match complete.peek() {
            Some(&next) if next == row => {
                complete.next();
            }
            _ => missing.push(format!("{} (row {})", table.label(row), table.row_number(row))),
        }
    }
    match missing.len() {
        0 => Vec::new(),
        n if n > 20 => {
            vec![format!("left out for missing values: {} and {} more", missing[..20].join(", "), n - 20)]
        }
        _ => vec![format!("left out for missing values: {}", missing.join(", "))],
    }
}

/// The columns of roles, of which one set must be there.
fn raw_roles(table: &Table, kind: DataKind) -> Result<&'static [&'static str]> {
    let sets: &[&[&str]] = match kind {
        DataKind::TwoByTwo => &[&["ai", "bi", "ci", "di"], &["ai", "n1i", "ci", "n2i"]],
        DataKind::MatchedPairs => &[&["ai", "bi", "ci", "di"]],
        DataKind::MatchedMargins => &[&["ai", "bi", "ci", "di", "ri"], &["ai", "bi", "ci", "di", "pi"]],
        DataKind::PersonTime => &[&["x1i", "t1i", "x2i", "t2i"]],
        DataKind::TwoMeans => &[&["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"]],
        DataKind::Superiority => &[&["ai", "n1i", "n2i"]],
        DataKind::Correlation => &[&["ri", "ni"]],
        DataKind::PartialCorrelation => &[&["ri", "mi", "ni"], &["ti", "mi", "ni"]],
        DataKind::SemiPartialCorrelation => &[&["ri", "mi", "ni", "r2i"], &["ti", "mi", "ni", "r2i"]],
        DataKind::RSquared => &[&["r2i", "mi", "ni"]],
        DataKind::Proportion => &[&["xi", "ni"]],
        DataKind::Rate => &[&["xi", "ti"]],
        DataKind::Mean => &[&["mi", "sdi", "ni"]],
        DataKind::Paired => &[&["m1i", "m2i", "sd1i", "sd2i", "ni", "ri"]],
        DataKind::Reliability => &[&["ai", "mi", "ni"]],
        DataKind::Genotypes => &[&["ai", "bi", "ci"]],
        _ => &[&["yi"]],
    };
    if let Some(set) = sets.iter().find(|set| set.iter().all(|role| table.role(role).is_some())) {
        return Ok(set);
    }
    // The set of which most is there says best what is missing.
    let best = sets.iter().max_by_key(|set| set.iter().filter(|role| table.role(role).is_some()).count());
    let missing = best.and_then(|set| set.iter().find(|role| table.role(role).is_none()));
    match missing {
        Some(role) => {
            let there: Vec<&str> = table.names().collect();
            Err(table.in_file(Error::data(
                format!("no column plays the role `{role}`; the columns are {}", there.join(", ")),
                format!("the measure needs {}; map a column with --columns {role}=NAME", kind.roles()),
            )))
        }
        None => {
            Err(table
                .in_file(Error::data("no columns for this measure", format!("it needs {}", kind.roles()))))
        }
    }
}

/// The raw data of the complete rows, with the rows' positions.
fn raw_data(table: &Table, kind: DataKind, ratio: bool) -> Result<(Vec<usize>, StudyData)> {
    if kind == DataKind::Generic {
        let (rows, effects) = generic(table, ratio)?;
        return Ok((rows, StudyData::Generic(effects)));
    }
    let roles = raw_roles(table, kind)?;
    let columns = roles
        .iter()
        .map(|role| table.require_role(role).and_then(|name| table.numbers(name)))
        .collect::<Result<Vec<_>>>()?;
    let complete: Vec<usize> = (0..table.len())
        .filter(|&row| columns.iter().all(|c| c.get(row).is_some_and(Option::is_some)))
        .collect();
    let value = |column: usize, row: usize| {
        columns.get(column).and_then(|c| c.get(row).copied().flatten()).unwrap_or(f64::NAN)
    };

    macro_rules! rows {
        ($make:expr) => {
            complete
                .iter()
                .map(|&row| $make(&|column| value(column, row)).map_err(|e| placed(table, e, row)))
                .collect::<Result<Vec<_>>>()?
        };
    }
    type Cell<'a> = &'a dyn Fn(usize) -> f64;
    let last = roles.last().copied().unwrap_or_default();
    let data = match kind {
        DataKind::TwoByTwo if roles.contains(&"n1i") => {
            StudyData::TwoByTwo(rows!(|v: Cell| TwoByTwo::from_totals(v(0), v(1), v(2), v(3))))
        }
        DataKind::TwoByTwo => StudyData::TwoByTwo(rows!(|v: Cell| TwoByTwo::new(v(0), v(1), v(2), v(3)))),
        DataKind::MatchedPairs => {
            StudyData::MatchedPairs(rows!(|v: Cell| MatchedPairs::new(v(0), v(1), v(2), v(3))))
        }
        DataKind::MatchedMargins => StudyData::MatchedMargins(rows!(|v: Cell| {
            let pairing = if last == "ri" { Pairing::Correlation(v(4)) } else { Pairing::Both(v(4)) };
            MatchedMargins::new(v(0), v(1), v(2), v(3), pairing)
        })),
        DataKind::PersonTime => {
            StudyData::PersonTime(rows!(|v: Cell| PersonTime::new(v(0), v(1), v(2), v(3))))
        }
        DataKind::TwoMeans => {
            StudyData::TwoMeans(rows!(|v: Cell| TwoMeans::new(v(0), v(1), v(2), v(3), v(4), v(5))))
        }
        DataKind::Superiority => StudyData::Superiority(rows!(|v: Cell| Superiority::new(v(0), v(1), v(2)))),
        DataKind::Correlation => StudyData::Correlation(rows!(|v: Cell| Correlation::new(v(0), v(1)))),
        DataKind::PartialCorrelation if roles.contains(&"ti") => {
            StudyData::PartialCorrelation(rows!(|v: Cell| PartialCorrelation::from_t(v(0), v(1), v(2))))
        }
        DataKind::PartialCorrelation => {
            StudyData::PartialCorrelation(rows!(|v: Cell| PartialCorrelation::new(v(0), v(1), v(2))))
        }
        DataKind::SemiPartialCorrelation if roles.contains(&"ti") => StudyData::SemiPartialCorrelation(
            rows!(|v: Cell| SemiPartialCorrelation::from_t(v(0), v(1), v(2), v(3))),
        ),
        DataKind::SemiPartialCorrelation => {
            StudyData::SemiPartialCorrelation(rows!(|v: Cell| SemiPartialCorrelation::new(
                v(0),
                v(1),
                v(2),
                v(3)
            )))
        }
        DataKind::RSquared => StudyData::RSquared(rows!(|v: Cell| RSquared::new(v(0), v(1), v(2)))),
        DataKind::Proportion => StudyData::Proportion(rows!(|v: Cell| Proportion::new(v(0), v(1)))),
        DataKind::Rate => StudyData::Rate(rows!(|v: Cell| Rate::new(v(0), v(1)))),
        DataKind::Mean => StudyData::Mean(rows!(|v: Cell| OneMean::new(v(0), v(1), v(2)))),
        DataKind::Paired => {
            StudyData::Paired(rows!(|v: Cell| Paired::new(v(0), v(1), v(2), v(3), v(4), v(5))))
        }
        DataKind::Reliability => StudyData::Reliability(rows!(|v: Cell| Reliability::new(v(0), v(1), v(2)))),
        DataKind::Genotypes => StudyData::Genotypes(rows!(|v: Cell| Genotypes::new(v(0), v(1), v(2)))),
        other => {
            return Err(Error::setting(
                "--measure",
                format!("{other:?} data are not read from tables"),
                "use another measure",
            ));
        }
    };
    Ok((complete, data))
}

/// Ready-made effects: each row by the first of variance, standard error, interval and P value that it has.
fn generic(table: &Table, ratio: bool) -> Result<(Vec<usize>, Vec<Generic>)> {
    let yi = table.numbers(table.require_role("yi")?)?;
    let column = |role: &str| table.role(role).map(|name| table.numbers(name)).transpose();
    let (vi, sei, p) = (column("vi")?, column("sei")?, column("p_value")?);
    let (lower, upper) = (column("ci_lower")?, column("ci_upper")?);
    let interval = lower.is_some() && upper.is_some();
    if vi.is_none() && sei.is_none() && p.is_none() && !interval {
        return Err(table.in_file(Error::data(
            "the effects `yi` have no uncertainty",
            "give a column `vi`, `sei`, `ci_lower` with `ci_upper`, or `p_value`, or map one with --columns",
        )));
    }
    let at = |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
    let (mut rows, mut effects) = (Vec::new(), Vec::new());
    for (row, y) in yi.iter().enumerate() {
        let uncertainty = at(&vi, row)
            .map(Uncertainty::Variance)
            .or_else(|| at(&sei, row).map(Uncertainty::StandardError))
            .or_else(|| {
                Some(Uncertainty::Interval {
                    lower: at(&lower, row)?,
                    upper: at(&upper, row)?,
                    level: Level::default(),
                })
            })
            .or_else(|| at(&p, row).map(Uncertainty::PValue));
        if let (Some(y), Some(uncertainty)) = (*y, uncertainty) {
            let effect = if ratio { Generic::ratio(y, uncertainty) } else { Generic::new(y, uncertainty) };
            effects.push(effect.map_err(|e| placed(table, e, row))?);
            rows.push(row);
        }
    }
    Ok((rows, effects))
}

/// Adds file, row and label, and names the column as the file does.
pub fn placed(table: &Table, error: Error, row: usize) -> Error {
    let error = match error {
        Error::Data { mut place, found, remedy } => {
            if let Some(role) = place.column.take() {
                let shown = match table.role(&role) {
                    Some(name) if name != role => format!("{name} ({role})"),
                    _ => role,
                };
                place.column = Some(shown);
            }
            Error::Data { place, found, remedy }
        }
        other => other,
    };
    table.at(error, row, None)
}
