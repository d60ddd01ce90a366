//! Columns whose values belong to studies: constant over the rows of a study.

use std::{collections::HashMap, fmt::Display};

use crate::{
    Error, Result,
    network::{DataShape, Network, Study},
    table::Table,
};

/// For every study of the network the row (from 0) of its first value; `None` if it has none.
///
/// # Errors
///
/// If the rows of a study have different values; the error names study, row, column and both values.
pub fn rows<T: PartialEq + Display>(
    network: &Network,
    table: &Table,
    value: impl Fn(usize) -> Option<T>,
    column: &str,
) -> Result<Vec<Option<usize>>> {
    let labels = match table.role("study") {
        Some(name) if network.shape != DataShape::Wide => Some(table.column(name)?.as_names()),
        None if network.shape != DataShape::Wide && table.is_labelled() => {
            Some(table.labels().into_iter().map(Some).collect())
        }
        _ => None,
    };
    let Some(labels) = labels else {
        let by_number: HashMap<usize, usize> =
            (0..table.len()).map(|at| (table.row_number(at), at)).collect();
        let of = |study: &Study| by_number.get(&study.row).copied().filter(|at| value(*at).is_some());
        return Ok(network.studies.iter().map(of).collect());
    };
    let mut first: HashMap<&str, (usize, T)> = HashMap::new();
    for (at, label) in labels.iter().enumerate() {
        let (Some(label), Some(found)) = (label.as_deref(), value(at)) else { continue };
        match first.get(label) {
            None => {
                first.insert(label, (at, found));
            }
            Some((_, known)) if *known == found => {}
            Some((row, known)) => {
                let number = table.row_number(*row);
                let error = Error::data(
                    format!("the value is {found}, and {known} in row {number} of the study"),
                    "what belongs to a study is constant within it",
                )
                .in_study(label);
                return Err(table.at(error, at, Some(column)));
            }
        }
    }
    Ok(network.studies.iter().map(|study| first.get(study.label.as_str()).map(|(at, _)| *at)).collect())
}

/// The text of every study with the row (from 0) that it stands in.
///
/// # Errors
///
/// As [`rows`].
pub fn texts(network: &Network, table: &Table, column: &str) -> Result<Vec<(Option<String>, usize)>> {
    let texts = table.texts(column)?;
    let of = |row: usize| texts.get(row).cloned().flatten();
    let found = rows(network, table, of, column)?;
    let studies = network.studies.iter();
    let place = |study: &Study| (0..table.len()).find(|at| table.row_number(*at) == study.row).unwrap_or(0);
    Ok(studies.zip(found).map(|(s, row)| (row.and_then(of), row.unwrap_or_else(|| place(s)))).collect())
}

/// The error for a study without a value.
pub fn missing(table: &Table, row: usize, column: &str) -> Error {
    let error = Error::data("the study has no judgment", "judge every study: low, some or high");
    table.at(error, row, Some(column))
}
