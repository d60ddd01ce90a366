//! provisional
#![allow(missing_docs, clippy::all)]
pub fn symmetric_eigenvalues(a: &[f64], n: usize) -> Vec<f64> {
    nalgebra::DMatrix::from_column_slice(n, n, a).symmetric_eigenvalues().iter().copied().collect()
}
