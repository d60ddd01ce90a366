//! The coefficients of a design that the data determine, and those that are confounded with one another.
//!
//! A linear function l'β is estimable if and only if it is orthogonal to the null space of the design. Columns that depend
//! on earlier ones are found by orthogonalizing one after the other; each gives a vector of the null space, itself less its
//! combination of the independent columns.

use crate::{Error, Result, linalg::cholesky, linalg::rank};

/// Below this share of its length a column counts as a combination of others: designs hold small whole numbers, doses or
/// years, so that rounding is many orders below.
const TOLERANCE: f64 = 1e-9;

/// The null space of a design.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Identified {
    /// The columns that are kept, in order.
    pub kept: Vec<usize>,
    /// Vectors that span the null space, over all columns.
    null: Vec<Vec<f64>>,
    columns: usize,
}

impl Identified {
    /// Reads a design of N rows of `columns` values.
    pub fn new(x: &[f64], columns: usize) -> Result<Self> {
        let rows = x.len().checked_div(columns).unwrap_or(0);
        // Rows that repeat say nothing new.
        let mut distinct: Vec<&[f64]> = x.chunks_exact(columns.max(1)).collect();
        distinct.sort_by(|a, b| {
            a.iter()
                .zip(*b)
                .map(|(x, y)| x.total_cmp(y))
                .find(|o| o.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        distinct.dedup();
        if rows == 0 {
            return Err(Error::model("a design without rows or columns", "give studies and components"));
        }
        let n = distinct.len();
        let by_column: Vec<f64> = (0..columns).flat_map(|c| distinct.iter().map(move |row| row[c])).collect();
        let dependent = rank::dependent_columns(&by_column, n, TOLERANCE)?;
        let kept: Vec<usize> = (0..columns).filter(|c| !dependent.contains(c)).collect();
        let column = |c: usize| &by_column[c * n..(c + 1) * n];
        let null = null_space(&kept, &dependent, columns, &column)?;
        Ok(Identified { kept, null, columns })
    }

    /// The number of coefficients that the data determine.
    pub fn rank(&self) -> usize {
        self.kept.len()
    }

    /// The data determine l'β.
    pub fn is_estimable(&self, l: &[f64]) -> bool {
        let length = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
        self.null.iter().all(|k| {
            let dot: f64 = k.iter().zip(l).map(|(a, b)| a * b).sum();
            dot.abs() <= 1e-8 * length(k) * length(l)
        })
    }

    /// The sets of columns that are confounded with one another.
    pub fn confounded(&self) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = Vec::new();
        for vector in &self.null {
            let largest = vector.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
            let mut support: Vec<usize> =
                (0..self.columns).filter(|c| vector[*c].abs() > 1e-8 * largest).collect();
            // Vectors that share a column are one set.
            let (shared, apart): (Vec<_>, Vec<_>) =
                sets.into_iter().partition(|set| set.iter().any(|c| support.contains(c)));
            support.extend(shared.into_iter().flatten());
            support.sort_unstable();
            support.dedup();
            sets = apart;
            sets.push(support);
        }
        sets.sort();
        sets
    }

    /// The columns of `l` that are kept.
    pub fn reduced(&self, l: &[f64]) -> Vec<f64> {
        self.kept.iter().map(|c| l[*c]).collect()
    }
}

/// For each dependent column e_d less its coefficients on the kept ones, by least squares on scaled columns.
fn null_space<'a>(
    kept: &[usize],
    dependent: &[usize],
    columns: usize,
    column: &impl Fn(usize) -> &'a [f64],
) -> Result<Vec<Vec<f64>>> {
    if dependent.is_empty() {
        return Ok(Vec::new());
    }
    let r = kept.len();
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
    let scale: Vec<f64> = kept.iter().map(|c| 1.0 / dot(column(*c), column(*c)).sqrt()).collect();
    let mut gram = vec![0.0; r * r];
    for a in 0..r {
        for b in 0..r {
            gram[a * r + b] = scale[a] * scale[b] * dot(column(kept[a]), column(kept[b]));
        }
    }
    cholesky::factor(&mut gram, r)?;
    let mut null = Vec::with_capacity(dependent.len());
    for d in dependent {
        let mut b: Vec<f64> = (0..r).map(|a| scale[a] * dot(column(kept[a]), column(*d))).collect();
        cholesky::solve(&gram, r, &mut b)?;
        let mut vector = vec![0.0; columns];
        vector[*d] = 1.0;
        for a in 0..r {
            vector[kept[a]] = -b[a] * scale[a];
        }
        null.push(vector);
    }
    Ok(null)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn columns_that_always_occur_together_are_confounded() {
        // b and c are only ever given together.
        let x = [1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0];
        let found = Identified::new(&x, 3).unwrap();
        assert_eq!(found.rank(), 2);
        assert_eq!(found.confounded(), [vec![1, 2]]);
        assert!(found.is_estimable(&[1.0, 0.0, 0.0]) && found.is_estimable(&[0.0, 1.0, 1.0]));
        assert!(!found.is_estimable(&[0.0, 1.0, 0.0]));
    }
}
