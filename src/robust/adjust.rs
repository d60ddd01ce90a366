//! The adjustment matrices of CR2 and CR3, applied to a cluster's scores: `A_j' W_j X_j M`.

use nalgebra::{Cholesky, DMatrix, SymmetricEigen};

use super::model::{ClusterBlock, ClusterMatrix, Part};
use crate::{Error, Result};

/// Below this share of a cluster's variance its residuals have no variance left in that direction.
const SINGULAR: f64 = 1e-10;

/// `A' W X M` of CR2, n by p.
pub(super) fn bias_reduced(
    cluster: &ClusterBlock,
    part: &Part,
    bread: &DMatrix<f64>,
    meat: &DMatrix<f64>,
) -> Result<DMatrix<f64>> {
    let plain = &part.score * bread;
    if let (ClusterMatrix::Diagonal(phi), None) = (&cluster.covariance, &cluster.weight)
        && let Some(&first) = phi.first()
        && phi.iter().all(|value| *value == first)
    {
        return equal_variances(first, part, bread, &plain);
    }
    let n = part.x.nrows();
    // Var(e_j) under the working model.
    let xm = &part.x * bread;
    let own = cluster.covariance.matrix(n);
    let variance = match &cluster.weight {
        None => &own - &xm * part.x.transpose(),
        Some(_) => {
            let cross = &xm * cluster.covariance.times(&part.score).transpose();
            &own - &cross - cross.transpose() + &xm * meat * xm.transpose()
        }
    };
    // Φ = C C', D = C', B = D Var D'.
    let c = match (&cluster.covariance, &part.factor) {
        (_, Some(factor)) => factor.l(),
        (ClusterMatrix::Diagonal(values), None) => {
            DMatrix::from_diagonal(&nalgebra::DVector::from_iterator(n, values.iter().map(|v| v.sqrt())))
        }
        (ClusterMatrix::Full(_), None) => return Err(no_eigenvalues()),
    };
    let b = symmetric(c.transpose() * &variance * &c);
    let eigen = decompose(b)?;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| eigen.eigenvalues[j].total_cmp(&eigen.eigenvalues[i]));
    let largest = order.first().map_or(0.0, |&i| eigen.eigenvalues[i]);
    let smallest = order.last().map_or(0.0, |&i| eigen.eigenvalues[i]);
    // The rank is counted on the scale-free C⁻¹ Var C⁻ᵀ, whose eigenvalues are shares of the working variance.
    let rank = if smallest > 1e-6 * largest {
        n
    } else {
        let half = c.solve_lower_triangular(&variance).ok_or_else(no_eigenvalues)?;
        let shares = c.solve_lower_triangular(&half.transpose()).ok_or_else(no_eigenvalues)?;
        decompose(symmetric(shares))?.eigenvalues.iter().filter(|share| **share > SINGULAR).count()
    };
    // A' = C B^{+1/2} C' is symmetric.
    let right = eigen.eigenvectors.transpose() * (c.transpose() * plain);
    let mut scaled = DMatrix::zeros(n, right.ncols());
    for &i in order.iter().take(rank) {
        let value = eigen.eigenvalues[i];
        if value > 0.0 {
            scaled.set_row(i, &(right.row(i) / value.sqrt()));
        }
    }
    Ok(c * (eigen.eigenvectors * scaled))
}

/// With Φ = φI, `A = (I − X M X'/φ)^{+1/2}` through the p-by-p matrix `L' X'X L / φ`, `M = L L'`.
fn equal_variances(
    phi: f64,
    part: &Part,
    bread: &DMatrix<f64>,
    plain: &DMatrix<f64>,
) -> Result<DMatrix<f64>> {
    let l = Cholesky::new(bread.clone()).ok_or_else(no_eigenvalues)?.l();
    let y = (&part.x * l) / phi.sqrt();
    let eigen = decompose(symmetric(y.tr_mul(&y)))?;
    let mut middle = (y.clone() * &eigen.eigenvectors).tr_mul(plain);
    for (i, &share) in eigen.eigenvalues.iter().enumerate() {
        let left = 1.0 - share;
        // ((1 − λ)^{-1/2} − 1)/λ, without cancellation for small λ.
        let factor = if left > SINGULAR {
            let root = left.sqrt();
            1.0 / (root * (1.0 + root))
        } else {
            -1.0 / share
        };
        for value in middle.row_mut(i).iter_mut() {
            *value *= factor;
        }
    }
    Ok(plain + y * eigen.eigenvectors * middle)
}

/// `A' W X M` of CR3, n by p: `(I − X M X'W)⁻¹ = I + X (M⁻¹ − X'WX)⁻¹ X'W`. `None` if the cluster determines a
/// coefficient alone.
pub(super) fn jackknife(
    part: &Part,
    information: &DMatrix<f64>,
    bread: &DMatrix<f64>,
) -> Option<DMatrix<f64>> {
    let p = bread.nrows();
    // The share of the information that the other clusters hold, which must be whole in every direction.
    let l = Cholesky::new(bread.clone())?.l();
    let shares = symmetric(DMatrix::identity(p, p) - l.transpose() * &part.own * &l);
    let shares = decompose(shares).ok()?;
    if shares.eigenvalues.iter().any(|share| *share < SINGULAR) {
        return None;
    }
    let others = Cholesky::new(information - &part.own)?;
    Some(&part.score * (DMatrix::identity(p, p) + others.solve(&part.own)) * bread)
}

fn symmetric(matrix: DMatrix<f64>) -> DMatrix<f64> {
    let transposed = matrix.transpose();
    (matrix + transposed) * 0.5
}

fn decompose(matrix: DMatrix<f64>) -> Result<SymmetricEigen<f64, nalgebra::Dyn>> {
    SymmetricEigen::try_new(matrix, f64::EPSILON, 10_000).ok_or_else(no_eigenvalues)
}

fn no_eigenvalues() -> Error {
    Error::model(
        "the variance of a cluster's residuals has no eigenvalues to working precision",
        "check the scale of the variances of its effects",
    )
}
