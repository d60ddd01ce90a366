//! Covariances of sampling errors in columns: the matrix of each cluster, a row of it beside each effect.
//!
//! Column j of a row is the covariance with effect j of the same cluster, in the order of the file. A cluster of two effects
//! has two columns; what stands beyond is no datum of it. An effect that is left out for another reason keeps its column, so
//! that those behind it keep theirs.

use std::collections::HashMap;

use crate::{
    Error, Result,
    effect::{DataKind, Studies},
    table::{Column, Table},
};

/// So many effects are named in a note.
const NAMED: usize = 10;

/// The columns of covariances and the column of clusters.
pub(super) struct MatrixColumns<'a> {
    table: &'a Table,
    names: Vec<&'a str>,
    values: Vec<Vec<Option<f64>>>,
    /// The place of each row among those of its cluster; `None` without a cluster.
    place: Vec<Option<usize>>,
}

impl<'a> MatrixColumns<'a> {
    pub(super) fn new(table: &'a Table, names: &[&'a str], cluster: &str) -> Result<Self> {
        let values = names.iter().map(|name| table.numbers(name)).collect::<Result<Vec<_>>>()?;
        // The columns are about all rows of the file, also where some were chosen.
        let whole = table.whole();
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        for (row, group) in whole.column(cluster)?.as_groups().into_iter().enumerate() {
            let Some(group) = group else { continue };
            let count = counts.entry(group).or_default();
            places.insert(whole.row_number(row), *count);
            *count += 1;
        }
        let place = (0..table.len()).map(|row| places.get(&table.row_number(row)).copied()).collect();
        Ok(MatrixColumns { table, names: names.to_vec(), values, place })
    }

    fn cell(&self, row: usize, place: usize) -> Option<f64> {
        self.values.get(place)?.get(row).copied().flatten()
    }

    /// The table with the variances of the matrix as those of its effects, if it says nothing else of their uncertainty.
    pub(super) fn with_variances(table: Table, names: &[&str], cluster: &str) -> Result<Table> {
        let uncertain = ["vi", "sei", "ci_lower", "p_value"].iter().any(|role| table.role(role).is_some());
        if uncertain || table.role("yi").is_none() || table.has("vi") {
            return Ok(table);
        }
        let variances = {
            let matrix = MatrixColumns::new(&table, names, cluster)?;
            let own = |(row, place): (usize, &Option<usize>)| matrix.cell(row, (*place)?);
            Column::numbers(matrix.place.iter().enumerate().map(own).collect::<Vec<_>>())?
        };
        let note = "the sampling variances are those of the matrix: there is no other column of them";
        Ok(table.with("vi", variances)?.with_note(note))
    }

    /// The rows without a variance of their own in the matrix.
    pub(super) fn lacking(&self, studies: &Studies) -> Vec<usize> {
        let lacks = |row: &usize| {
            let place = self.place.get(*row).copied().flatten();
            place.is_some_and(|place| self.cell(*row, place).is_none())
        };
        studies.complete.iter().copied().filter(lacks).collect()
    }

    /// Compares the variances in the matrix with those of the effects: what rounding does not explain is an error where both stand
    /// in the table, and a note where the variances follow from raw data; so are differences that rounding explains, above 5 per cent.
    pub(super) fn compared(&self, rows: &[usize], vi: &[f64], kind: DataKind) -> Result<Option<String>> {
        let role = ["vi", "sei"].into_iter().find_map(|role| Some((role, self.table.role(role)?)));
        let mut differing = Vec::new();
        for (&row, &own) in rows.iter().zip(vi) {
            let Some(place) = self.place.get(row).copied().flatten() else { continue };
            let (Some(cell), Some(name)) = (self.cell(row, place), self.names.get(place)) else { continue };
            let half = self.half(name, row);
            let (low, high) = match role {
                Some(("vi", column)) => (own - self.half(column, row), own + self.half(column, row)),
                Some((_, column)) => {
                    let (se, half) = (own.sqrt(), self.half(column, row));
                    ((se - half).max(0.0).powi(2), (se + half).powi(2))
                }
                None => (own * 0.99, own * 1.01),
            };
            let apart = cell - half > high * (1.0 + 1e-6) || cell + half < low * (1.0 - 1e-6);
            if apart && role.is_some() && kind == DataKind::Generic {
                let found = format!("the variance in the matrix is {cell}, that of the effect {own}");
                let remedy = "one of them is wrong: mend it, or leave the columns vi and sei out";
                return Err(self.table.at(Error::data(found, remedy), row, Some(name)));
            }
            if apart || (cell / own - 1.0).abs() > 0.1 {
                differing.push(format!("{} ({cell:.4} and {own:.4})", self.table.label(row)));
            }
        }
        let more = differing.len().saturating_sub(NAMED);
        differing.truncate(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Ok((!differing.is_empty()).then(|| {
            let list = differing.join(", ");
            format!(
                "the variances of the matrix were taken, which differ from those of the effects: {list}{more}"
            )
        }))
    }

    /// Half a unit of the last decimal of a cell.
    fn half(&self, column: &str, row: usize) -> f64 {
        let decimals = self.table.column(column).ok().and_then(|c| c.decimals(row)).unwrap_or(17);
        0.5 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300))
    }

    /// The columns for the rows of an analysis, in which each effect of a cluster has the column of its place there.
    pub(super) fn of(&self, rows: &[usize], clusters: &[String]) -> Result<Vec<Vec<f64>>> {
        let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
        for (row, cluster) in rows.iter().zip(clusters) {
            members.entry(cluster).or_default().push(*row);
        }
        let most = members.values().map(Vec::len).max().unwrap_or(0).max(self.names.len());
        let mut columns = vec![vec![f64::NAN; rows.len()]; most];
        for (at, (row, cluster)) in rows.iter().zip(clusters).enumerate() {
            let own = self.place.get(*row).copied().flatten();
            for (j, other) in members.get(cluster.as_str()).into_iter().flatten().enumerate() {
                let place = self.place.get(*other).copied().flatten();
                let (Some(own), Some(place)) = (own, place) else { continue };
                // a matrix is symmetric, and one triangle of it is enough
                let value = self.cell(*row, place).or_else(|| self.cell(*other, own));
                let value = value.ok_or_else(|| {
                    let name = self.names.get(place).copied();
                    let missing = Error::data(
                        "the covariance is missing",
                        "a cluster needs as many columns as it has effects, with a value in each",
                    );
                    self.table.at(missing, *row, name)
                })?;
                if let Some(cell) = columns.get_mut(j).and_then(|column| column.get_mut(at)) {
                    *cell = value;
                }
            }
        }
        Ok(columns)
    }
}
