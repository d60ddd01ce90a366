//! The columns of a design matrix that are linear combinations of earlier ones.
//!
//! For refusing, by name, a moderator that the others determine. Columns are orthogonalized one after the other (twice
//! by the modified Gram-Schmidt process, so that rounding errors do not hide a dependence); one whose remainder is
//! shorter than `tolerance` times itself is dependent and is not used further, as R's `lm` does.
//!
//! ```
//! use consilience::linalg::rank;
//!
//! // an intercept, a year, and the same year counted from 1990
//! let x = [1.0, 1.0, 1.0, 1990.0, 1995.0, 2003.0, 0.0, 5.0, 13.0];
//! assert_eq!(rank::dependent_columns(&x, 3, 1e-10)?, [2]);
//! # Ok::<(), consilience::linalg::Defect>(())
//! ```
//!
//! Reference: G. H. Golub and C. F. Van Loan, Matrix Computations (4th ed. 2013), section 5.2.

use super::Defect;

/// The indices, increasing, of the columns of `x` (with `rows` rows) that depend on the columns before them.
///
/// Columns that are all 0 depend on nothing and are included. 1e-10 is a sensible tolerance.
///
/// # Errors
///
/// [`Defect::Shape`] if the length is no multiple of `rows`, [`Defect::NotFinite`] for an infinite value or NaN.
pub fn dependent_columns(x: &[f64], rows: usize, tolerance: f64) -> Result<Vec<usize>, Defect> {
    if rows == 0 || !x.len().is_multiple_of(rows) {
        return if x.is_empty() { Ok(Vec::new()) } else { Err(Defect::Shape) };
    }
    if !x.iter().all(|v| v.is_finite()) {
        return Err(Defect::NotFinite);
    }
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let mut dependent = Vec::new();
    for (j, column) in x.chunks_exact(rows).enumerate() {
        let largest = column.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        if largest == 0.0 {
            dependent.push(j);
            continue;
        }
        let mut remainder: Vec<f64> = column.iter().map(|v| v / largest).collect();
        let length = norm(&remainder);
        for _ in 0..2 {
            for unit in &basis {
                let dot: f64 = remainder.iter().zip(unit).map(|(a, b)| a * b).sum();
                for (r, u) in remainder.iter_mut().zip(unit) {
                    *r -= dot * u;
                }
            }
        }
        let left = norm(&remainder);
        if left <= tolerance * length || basis.len() == rows {
            dependent.push(j);
        } else {
            remainder.iter_mut().for_each(|r| *r /= left);
            basis.push(remainder);
        }
    }
    Ok(dependent)
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|v| v * v).sum::<f64>().sqrt()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn dependence_is_found_across_scales() {
        let base: Vec<f64> = (0..6).map(|i| f64::from(i * i)).collect();
        let mut x = vec![1.0; 6];
        x.extend(base.iter().map(|v| v * 1e-9));
        x.extend(base.iter().map(|v| 1e6 + v));
        x.extend([0.0; 6]);
        x.extend([0.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        assert_eq!(dependent_columns(&x, 6, 1e-10).unwrap(), [2, 3]);
    }

    #[test]
    fn more_columns_than_rows() {
        let x = [1.0, 0.0, 0.0, 1.0, 1.0, 2.0];
        assert_eq!(dependent_columns(&x, 2, 1e-10).unwrap(), [2]);
        assert_eq!(dependent_columns(&x, 4, 1e-10), Err(Defect::Shape));
        assert_eq!(dependent_columns(&[], 0, 1e-10).unwrap(), [] as [usize; 0]);
    }
}
