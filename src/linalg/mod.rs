//! The few dense matrix operations that models need, on plain slices.
//!
//! A matrix is a slice of n · m values in column-major order; a symmetric one is read from its lower triangle. Nothing
//! is allocated for small matrices, so kernels can call these functions millions of times with their own scratch.
//! Shapes are checked: a slice of the wrong length is [`Defect::Shape`].
//!
//! | module | holds |
//! |---|---|
//! | [`cholesky`] | factor, solves, inverse, log-determinant |
//! | [`symmetric`] | eigenvalues and eigenvectors |
//! | [`secular`] | eigenvalues of a diagonal matrix less one of rank one, in time n² |
//! | [`rank`] | which columns of a design matrix are linear combinations of earlier ones |

pub mod cholesky;
pub mod rank;
pub mod secular;
pub mod symmetric;

use crate::Error;

/// The reason why a matrix operation has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Defect {
    /// A slice has the wrong length.
    #[error("a matrix has the wrong number of entries")]
    Shape,
    /// The matrix is not positive definite.
    #[error("the matrix is not positive definite: its leading minor of order {} is not positive", .pivot + 1)]
    NotPositiveDefinite {
        /// The first row and column, from 0, that is a linear combination of those before it, or worse.
        pivot: usize,
    },
    /// The matrix holds an infinite value or NaN.
    #[error("the matrix holds a value that is not finite")]
    NotFinite,
}

impl From<Defect> for Error {
    fn from(defect: Defect) -> Self {
        let remedy = match defect {
            Defect::NotPositiveDefinite { .. } => "remove coefficients or effects that the others determine",
            _ => "check the variances and moderators",
        };
        Error::model(defect.to_string(), remedy)
    }
}

/// The place of row a and column b ≤ a in a lower triangle that is stored row by row. Row n would start at `triangle(n, 0)`, the
/// number of entries of n rows.
#[cfg(feature = "multilevel")]
#[inline(always)]
pub(crate) const fn triangle(a: usize, b: usize) -> usize {
    a * (a + 1) / 2 + b
}

/// The eigenvalues, increasing, of the symmetric n × n matrix `a`, which is read from its lower triangle.
///
/// [`symmetric::eigenvalues`] for callers that do not mind an allocation; empty if `a` has the wrong length or holds a
/// value that is not finite.
pub fn symmetric_eigenvalues(a: &[f64], n: usize) -> Vec<f64> {
    let mut values = vec![0.0; n];
    match symmetric::eigenvalues(&mut a.to_vec(), n, &mut values) {
        Ok(()) => values,
        Err(_) => Vec::new(),
    }
}
