//! Columns that are linear combinations of columns before them.
//!
//! The columns are made orthogonal in their order by the modified Gram-Schmidt process, done twice for each column. A column
//! of which less than 1e-10 of its length is left is collinear, and the triangular factor gives its combination. What comes
//! first stays, so main effects are kept before interactions, as R's `lm` does. Cost O(k p²).
//!
//! Reference: Björck (1994), Numerics of Gram-Schmidt orthogonalization, Linear Algebra and its Applications 197:297,
//! doi:10.1016/0024-3795(94)90493-6.

use serde::{Deserialize, Serialize};

/// The part of a column's length that must be its own.
const OWN: f64 = 1e-10;

/// A column that is a combination of columns before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Collinear {
    /// The column.
    pub column: String,
    /// The columns it is made of and their factors; empty if the column is zero everywhere.
    pub combination: Vec<(String, f64)>,
}

impl std::fmt::Display for Collinear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} =", self.column)?;
        if self.combination.is_empty() {
            return f.write_str(" 0");
        }
        for (at, (name, factor)) in self.combination.iter().enumerate() {
            let sign = match (at, *factor < 0.0) {
                (0, true) => " -",
                (0, false) => " ",
                (_, true) => " - ",
                (_, false) => " + ",
            };
            let size = format!("{:.6e}", factor.abs()).parse::<f64>().unwrap_or(factor.abs());
            match (name.as_str(), size == 1.0) {
                (INTERCEPT, _) => write!(f, "{sign}{size}")?,
                (name, true) => write!(f, "{sign}{name}")?,
                (name, false) => write!(f, "{sign}{size} {name}")?,
            }
        }
        Ok(())
    }
}

/// The name of the intercept.
pub(super) const INTERCEPT: &str = "(Intercept)";

/// The positions of the collinear columns, each with the positions and factors of its combination.
pub(super) fn find(columns: &[&[f64]]) -> Vec<(usize, Vec<(usize, f64)>)> {
    let mut found = Vec::new();
    // unit vectors of the columns that are kept; for each, its length and its projections on the earlier ones
    let mut kept: Vec<(usize, Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let size = length(column);
        let mut rest = column.to_vec();
        let mut projections = vec![0.0; kept.len()];
        for _ in 0..2 {
            for ((_, unit, ..), projection) in kept.iter().zip(&mut projections) {
                let dot: f64 = unit.iter().zip(&rest).map(|(u, r)| u * r).sum();
                rest.iter_mut().zip(unit).for_each(|(r, u)| *r -= dot * u);
                *projection += dot;
            }
        }
        let own = length(&rest);
        if own > OWN * size {
            rest.iter_mut().for_each(|r| *r /= own);
            kept.push((at, rest, projections, own));
            continue;
        }
        // column = Σ projections · unit, and unit_j = (column_j − Σ projections_j · unit) / own_j
        let mut combination = Vec::new();
        for (place, (position, _, earlier, own)) in kept.iter().enumerate().rev() {
            let factor = projections.get(place).copied().unwrap_or(0.0) / own;
            projections.iter_mut().zip(earlier).for_each(|(p, e)| *p -= factor * e);
            let weight = columns.get(*position).map_or(0.0, |c| length(c)) * factor.abs();
            if weight > 1e-8 * size {
                combination.push((*position, factor));
            }
        }
        combination.reverse();
        found.push((at, combination));
    }
    found
}

fn length(column: &[f64]) -> f64 {
    let largest = column.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    if largest == 0.0 {
        return 0.0;
    }
    largest * column.iter().map(|v| (v / largest).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_combination_is_found() {
        let one = [1.0; 6];
        let a = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0];
        let b = [2.0, 7.0, 1.0, 8.0, 2.0, 8.0];
        let c: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 100.0 - 2.0 * a + 0.5 * b).collect();
        let zero = [0.0; 6];
        let found = find(&[&one, &a, &b, &c, &zero]);
        assert_eq!(found.len(), 2);
        let (at, combination) = &found[0];
        assert_eq!(*at, 3);
        for ((position, factor), expected) in combination.iter().zip([(0, 100.0), (1, -2.0), (2, 0.5)]) {
            assert_eq!(*position, expected.0);
            assert!((factor - expected.1).abs() < 1e-11);
        }
        assert_eq!(found[1], (4, vec![]));
    }

    #[test]
    fn powers_of_years_are_not_collinear() {
        let year: Vec<f64> = (0..20).map(|i| 1960.0 + f64::from(i)).collect();
        let power = |n| year.iter().map(|y| f64::powi(*y, n)).collect::<Vec<_>>();
        assert!(find(&[&power(0), &power(1), &power(2), &power(3)]).is_empty());
    }

    #[test]
    fn a_combination_reads_as_an_equation() {
        let equation = |terms: &[(&str, f64)]| {
            let combination = terms.iter().map(|(name, factor)| ((*name).to_owned(), *factor)).collect();
            Collinear { column: "c".to_owned(), combination }.to_string()
        };
        assert_eq!(
            equation(&[("(Intercept)", 99.99999999999), ("a", -2.0), ("b", 1.0)]),
            "c = 100 - 2 a + b"
        );
        assert_eq!(equation(&[("a", -1.0)]), "c = -a");
        assert_eq!(equation(&[]), "c = 0");
    }
}
