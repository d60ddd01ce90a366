//! The counts of a table: their measure, their columns, and the design of moderators on the complete rows.

use std::collections::HashSet;

use crate::{
    Error, Result,
    effect::{DataKind, compare_counts, totals},
    glmm::{CountMeasure, Counts},
    request::{args::GlmmArgs, data::placed},
    table::{DesignOptions, Formula, FormulaDesign, Table},
};

/// The counts of a file, with the design where there are moderators.
pub struct Read {
    pub counts: Counts,
    pub design: Option<FormulaDesign>,
    pub notes: Vec<String>,
}

/// The measure that is named, or that the columns are for.
fn measure(args: &GlmmArgs, table: &Table) -> Result<CountMeasure> {
    if let Some(measure) = args.measure {
        return Ok(measure);
    }
    let has = |role: &str| table.role(role).is_some();
    Ok(if has("x1i") && has("t1i") {
        CountMeasure::RateRatio
    } else if has("xi") && has("ti") {
        CountMeasure::Rate
    } else if has("xi") && (has("ni") || has("mi")) && !has("ai") {
        CountMeasure::Proportion
    } else {
        CountMeasure::OddsRatio
    })
}

/// The roles of a measure's columns: events and sizes, or events and non-events.
fn roles(measure: CountMeasure, table: &Table) -> &'static [&'static str] {
    match measure {
        CountMeasure::RateRatio => &["x1i", "t1i", "x2i", "t2i"],
        CountMeasure::Proportion if table.role("ni").is_none() && table.role("mi").is_some() => &["xi", "mi"],
        CountMeasure::Proportion => &["xi", "ni"],
        CountMeasure::Rate => &["xi", "ti"],
        _ if table.role("n1i").is_none() && table.role("bi").is_some() => &["ai", "bi", "ci", "di"],
        _ => &["ai", "n1i", "ci", "n2i"],
    }
}

/// The counts of the complete rows, with the design on them.
pub fn read(args: &GlmmArgs, table: Table) -> Result<Read> {
    let measure = measure(args, &table)?;
    let roles = roles(measure, &table);
    let columns = roles
        .iter()
        .map(|role| {
            let name = table.require_role(role).map_err(|error| table.in_file(error))?;
            table.numbers(name)
        })
        .collect::<Result<Vec<_>>>()?;
    let named: Vec<_> = roles.iter().copied().zip(columns.iter().cloned()).collect();
    compare_counts(&table, kind(measure), &named)?;
    let mut notes = table.notes().to_vec();
    notes.extend(table.renamed_note(roles));
    notes.extend(table.label_notes());
    let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
    let (mut missing, mut unobserved) = (Vec::new(), Vec::new());
    for row in 0..table.len() {
        let values: Option<Vec<f64>> =
            columns.iter().map(|column| column.get(row).copied().flatten()).collect();
        match values {
            None => missing.push(format!("{} (row {})", table.label(row), table.row_number(row))),
            Some(values) if measure.is_rate() && values.chunks(2).any(|pair| pair == [0.0, 0.0]) => {
                unobserved.push(table.label(row));
            }
            Some(values) => rows.push((row, persons(roles, values, &table, row)?)),
        }
    }
    if !missing.is_empty() {
        notes.push(format!("left out for missing values: {}", missing.join(", ")));
    }
    if !unobserved.is_empty() {
        notes.push(format!(
            "left out, as a group was not observed (no person-time): {}",
            unobserved.join(", ")
        ));
    }
    let places: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
    notes.extend(totals(&table, kind(measure), &named, &places));
    let design = design(args, &table, &rows, &mut notes)?;
    if let Some(design) = &design {
        let used: HashSet<usize> = design.rows.iter().copied().collect();
        rows.retain(|(row, _)| used.contains(row));
    }
    if rows.is_empty() {
        let found = "no row has all the values that are needed";
        return Err(table.in_file(Error::data(found, format!("{measure} needs {}", roles.join(", ")))));
    }
    Ok(Read { counts: counts(measure, &table, &rows)?, design, notes })
}

/// The kind of data of a measure.
fn kind(measure: CountMeasure) -> DataKind {
    match measure {
        CountMeasure::RateRatio => DataKind::PersonTime,
        CountMeasure::Proportion => DataKind::Proportion,
        CountMeasure::Rate => DataKind::Rate,
        _ => DataKind::TwoByTwo,
    }
}

/// The values with persons in place of non-events; refuses counts that are not whole.
fn persons(roles: &[&str], values: Vec<f64>, table: &Table, row: usize) -> Result<Vec<f64>> {
    for (role, &value) in roles.iter().zip(&values) {
        let count = !role.starts_with('t');
        if count && (value < 0.0 || value.fract() != 0.0) {
            let remedy = if value < 0.0 {
                "counts cannot be negative"
            } else {
                "counts must be whole numbers; for weighted counts use `pool`"
            };
            let error = Error::data(format!("count is {value}"), remedy).in_column(*role);
            return Err(placed(table, error, row));
        }
    }
    Ok(match (roles, values.as_slice()) {
        (["ai", "bi", "ci", "di"], &[a, b, c, d]) => vec![a, a + b, c, c + d],
        (["xi", "mi"], &[x, m]) => vec![x, x + m],
        _ => values,
    })
}

fn design(
    args: &GlmmArgs,
    table: &Table,
    rows: &[(usize, Vec<f64>)],
    notes: &mut Vec<String>,
) -> Result<Option<FormulaDesign>> {
    let Some(formula) = &args.mods else { return Ok(None) };
    let formula: Formula = formula.parse()?;
    let candidates: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
    let design = FormulaDesign::among(&formula, table, &candidates, &DesignOptions::new())?;
    notes.extend(design.notes.iter().cloned());
    Ok(Some(design))
}

fn counts(measure: CountMeasure, table: &Table, rows: &[(usize, Vec<f64>)]) -> Result<Counts> {
    let make = |rows: &[(usize, Vec<f64>)]| {
        let labels: Vec<String> = rows.iter().map(|(row, _)| table.label(*row)).collect();
        if measure.two_groups() {
            let values: Vec<[f64; 4]> =
                rows.iter().filter_map(|(_, values)| values.as_slice().try_into().ok()).collect();
            Counts::two_groups(measure, labels, &values)
        } else {
            let values: Vec<[f64; 2]> =
                rows.iter().filter_map(|(_, values)| values.as_slice().try_into().ok()).collect();
            Counts::one_group(measure, labels, &values)
        }
    };
    // Row by row first: an error then names the row of the file.
    for one in rows {
        make(std::slice::from_ref(one)).map_err(|error| placed(table, without_row(error), one.0))?;
    }
    make(rows)
}

/// The error without the position among the complete rows.
fn without_row(error: Error) -> Error {
    match error {
        Error::Data { mut place, found, remedy } => {
            (place.row, place.study) = (None, None);
            Error::Data { place, found, remedy }
        }
        other => other,
    }
}
