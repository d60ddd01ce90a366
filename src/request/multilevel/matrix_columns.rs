//! Covariances of sampling errors in columns: the matrix of each cluster, a row of it beside each effect.
//!
//! Column j of a row is the covariance with effect j of the same cluster, in the order of the file. A cluster of two effects
//! has two columns; what stands beyond is no datum of it. An effect that is left out for another reason keeps its column, so
//! that those behind it keep theirs.

use std::collections::HashMap;

use crate::{Error, Result, effect::Studies, table::Table};

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
        let mut counts: HashMap<String, usize> = HashMap::new();
        let place = table.column(cluster)?.as_groups().into_iter().map(|group| {
            let count = counts.entry(group?).or_default();
            *count += 1;
            Some(*count - 1)
        });
        Ok(MatrixColumns { table, names: names.to_vec(), values, place: place.collect() })
    }

    fn cell(&self, row: usize, place: usize) -> Option<f64> {
        self.values.get(place)?.get(row).copied().flatten()
    }

    /// The rows without a variance of their own in the matrix.
    pub(super) fn lacking(&self, studies: &Studies) -> Vec<usize> {
        let lacks = |row: &usize| {
            let place = self.place.get(*row).copied().flatten();
            place.is_some_and(|place| self.cell(*row, place).is_none())
        };
        studies.complete.iter().copied().filter(lacks).collect()
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
