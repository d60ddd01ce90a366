//! Cholesky's factor A = L Lᵀ of a symmetric positive definite matrix, and what follows from it.
//!
//! For normal equations, marginal covariance matrices and their log-determinants. The factor is computed in place,
//! left-looking by blocks of columns, so that large matrices spend their time in one matrix product; a matrix of 64
//! rows or fewer is one block and allocates nothing.
//!
//! ```
//! use consilience::linalg::cholesky;
//!
//! let mut l = [4.0, 2.0, 2.0, 5.0];
//! cholesky::factor(&mut l, 2)?;
//! let mut x = [8.0, 12.0];
//! cholesky::solve(&l, 2, &mut x)?;
//! assert_eq!(x, [1.0, 2.0]);
//! assert!((cholesky::ln_determinant(&l, 2)? - 16.0_f64.ln()).abs() < 1e-15);
//! # Ok::<(), consilience::linalg::Defect>(())
//! ```
//!
//! Reference: G. H. Golub and C. F. Van Loan, Matrix Computations (4th ed. 2013), section 4.2.

use nalgebra::{DMatrixView, DMatrixViewMut};

use super::Defect;

/// Columns factored at once.
const BLOCK: usize = 64;

fn check(l: &[f64], n: usize) -> Result<(), Defect> {
    if n.checked_mul(n) == Some(l.len()) { Ok(()) } else { Err(Defect::Shape) }
}

/// Replaces the lower triangle of the n × n matrix `a` by its Cholesky factor L; the upper triangle becomes 0.
///
/// # Errors
///
/// [`Defect::NotPositiveDefinite`] with the first failing pivot (also for NaN); `a` is then partly overwritten.
pub fn factor(a: &mut [f64], n: usize) -> Result<(), Defect> {
    check(a, n)?;
    let mut start = 0;
    while start < n {
        let width = BLOCK.min(n - start);
        let (left, right) = a.split_at_mut(start * n);
        let panel = &mut right[..width * n];
        if start > 0 {
            // panel −= L[start.., ..start] L[start..start + width, ..start]ᵀ
            let left = DMatrixView::from_slice(left, n, start);
            let rows = left.rows(start, n - start);
            let block = left.rows(start, width).transpose();
            let mut panel = DMatrixViewMut::from_slice(panel, n, width);
            panel.rows_mut(start, n - start).gemm(-1.0, &rows, &block, 1.0);
        }
        for k in 0..width {
            let (done, rest) = panel.split_at_mut((k + 1) * n);
            let column = &mut done[k * n + start + k..];
            let pivot = column[0];
            if !(pivot > 0.0 && pivot < f64::INFINITY) {
                return Err(Defect::NotPositiveDefinite { pivot: start + k });
            }
            let root = pivot.sqrt();
            column[0] = root;
            let reciprocal = 1.0 / root;
            for x in &mut column[1..] {
                *x *= reciprocal;
            }
            for (j, other) in rest.chunks_exact_mut(n).enumerate() {
                // column start + k + 1 + j, from its diagonal down
                let factor = column[1 + j];
                for (x, l) in other[start + k + 1 + j..].iter_mut().zip(&column[1 + j..]) {
                    *x -= factor * l;
                }
            }
        }
        start += width;
    }
    for (j, column) in a.chunks_exact_mut(n.max(1)).enumerate() {
        column[..j].fill(0.0);
    }
    Ok(())
}

/// Solves L X = B in place; `b` holds one or more columns of n values.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn solve_lower(l: &[f64], n: usize, b: &mut [f64]) -> Result<(), Defect> {
    check(l, n)?;
    if n == 0 || !b.len().is_multiple_of(n) {
        return if b.is_empty() { Ok(()) } else { Err(Defect::Shape) };
    }
    for x in b.chunks_exact_mut(n) {
        for (k, column) in l.chunks_exact(n).enumerate() {
            let value = x[k] / column[k];
            x[k] = value;
            if value != 0.0 {
                for (x, l) in x[k + 1..].iter_mut().zip(&column[k + 1..]) {
                    *x -= value * l;
                }
            }
        }
    }
    Ok(())
}

/// Solves Lᵀ X = B in place; `b` holds one or more columns of n values.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn solve_lower_transposed(l: &[f64], n: usize, b: &mut [f64]) -> Result<(), Defect> {
    check(l, n)?;
    if n == 0 || !b.len().is_multiple_of(n) {
        return if b.is_empty() { Ok(()) } else { Err(Defect::Shape) };
    }
    for x in b.chunks_exact_mut(n) {
        for (k, column) in l.chunks_exact(n).enumerate().rev() {
            let sum: f64 = x[k + 1..].iter().zip(&column[k + 1..]).map(|(x, l)| x * l).sum();
            x[k] = (x[k] - sum) / column[k];
        }
    }
    Ok(())
}

/// Solves A X = B in place with A = L Lᵀ; `b` holds one or more columns of n values.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn solve(l: &[f64], n: usize, b: &mut [f64]) -> Result<(), Defect> {
    solve_lower(l, n, b)?;
    solve_lower_transposed(l, n, b)
}

/// The logarithm of the determinant of A = L Lᵀ.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn ln_determinant(l: &[f64], n: usize) -> Result<f64, Defect> {
    check(l, n)?;
    Ok(2.0 * l.iter().step_by(n + 1).map(|x| x.ln()).sum::<f64>())
}

/// Replaces the factor L, whose upper triangle is 0 as [`factor`] leaves it, by its inverse; by blocks, from the last one on.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn invert_lower(l: &mut [f64], n: usize) -> Result<(), Defect> {
    check(l, n)?;
    let mut below = Vec::new();
    for start in (0..n).step_by(BLOCK).rev() {
        let width = BLOCK.min(n - start);
        let (end, rest) = (start + width, n - start - width);
        invert_block(l, n, start, width);
        if rest == 0 {
            continue;
        }
        // With the inverse D of what follows and A of the block, B between them becomes −D B A.
        below.resize(2 * rest * width, 0.0);
        let (product, done) = below.split_at_mut(rest * width);
        let (head, tail) = l.split_at_mut(end * n);
        let panel = &mut head[start * n..];
        let mut product = DMatrixViewMut::from_slice(product, rest, width);
        let mut done = DMatrixViewMut::from_slice(done, rest, width);
        let panel_view = DMatrixView::from_slice(panel, n, width);
        let following = DMatrixView::from_slice(tail, n, rest);
        product.gemm(1.0, &following.rows(end, rest), &panel_view.rows(end, rest), 0.0);
        done.gemm(-1.0, &product, &panel_view.rows(start, width), 0.0);
        DMatrixViewMut::from_slice(panel, n, width).rows_mut(end, rest).copy_from(&done);
    }
    Ok(())
}

/// Replaces one block of the diagonal by its inverse, in place: column j of the inverse needs only columns j.. of L.
fn invert_block(l: &mut [f64], n: usize, start: usize, width: usize) {
    let end = start + width;
    for j in start..end {
        let (head, tail) = l.split_at_mut((j + 1) * n);
        let column = &mut head[j * n..];
        let diagonal = 1.0 / column[j];
        column[j] = diagonal;
        for x in &mut column[j + 1..end] {
            *x *= -diagonal;
        }
        for (k, other) in (j + 1..end).zip(tail.chunks_exact(n)) {
            let value = column[k] / other[k];
            column[k] = value;
            for (x, l) in column[k + 1..end].iter_mut().zip(&other[k + 1..end]) {
                *x -= value * l;
            }
        }
    }
}

/// A⁻¹ = Mᵀ M from M = L⁻¹, both triangles, by blocks of columns: for matrices of hundreds of rows.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn inverse_from_inverse_factor(m: &[f64], n: usize) -> Result<Vec<f64>, Defect> {
    check(m, n)?;
    let m = DMatrixView::from_slice(m, n, n);
    let turned = m.transpose();
    let mut inverse = vec![0.0; n * n];
    for start in (0..n).step_by(BLOCK) {
        let (width, rest) = (BLOCK.min(n - start), n - start);
        // entry (i, j) for i ≥ j needs rows i.. of columns i and j
        let (rows, columns) =
            (turned.view((start, start), (rest, rest)), m.view((start, start), (rest, width)));
        let panel = &mut inverse[start * n..(start + width) * n];
        DMatrixViewMut::from_slice(panel, n, width).rows_mut(start, rest).gemm(1.0, &rows, &columns, 0.0);
    }
    for j in 0..n {
        for i in j + 1..n {
            inverse[i * n + j] = inverse[j * n + i];
        }
    }
    Ok(inverse)
}

/// Replaces the factor L by the inverse of A = L Lᵀ, both triangles.
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit.
pub fn inverse_from_factor(l: &mut [f64], n: usize) -> Result<(), Defect> {
    invert_lower(l, n)?;
    // A⁻¹ = Mᵀ M with M = L⁻¹: entry (i, j) for i ≥ j needs rows i.. of columns i and j
    for j in 0..n {
        for i in j..n {
            let (head, tail) = l.split_at(i * n);
            let own = if i == j { &tail[..n] } else { &head[j * n..(j + 1) * n] };
            let sum: f64 = tail[i..n].iter().zip(&own[i..]).map(|(a, b)| a * b).sum();
            // row i of column j is not needed for later rows of that column, nor for later columns
            l[j * n + i] = sum;
        }
    }
    for j in 0..n {
        for i in j + 1..n {
            l[i * n + j] = l[j * n + i];
        }
    }
    Ok(())
}

/// Replaces the n × n symmetric positive definite matrix `a` by its inverse, both triangles, and returns the logarithm
/// of its determinant.
///
/// # Errors
///
/// As [`factor`].
pub fn invert(a: &mut [f64], n: usize) -> Result<f64, Defect> {
    factor(a, n)?;
    let ln = ln_determinant(a, n)?;
    inverse_from_factor(a, n)?;
    Ok(ln)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A positive definite matrix with entries that follow no pattern.
    fn example(n: usize) -> Vec<f64> {
        let mut a = vec![0.0; n * n];
        for j in 0..n {
            for i in 0..n {
                let (lo, hi) = (i.min(j) as f64, i.max(j) as f64);
                a[j * n + i] = (0.3 * lo + 1.7 * hi).sin() + if i == j { n as f64 + lo } else { 0.0 };
            }
        }
        a
    }

    #[test]
    fn the_factor_reproduces_the_matrix_below_and_above_the_block_size() {
        for n in [1, 2, 5, 20, 64, 65, 130, 200] {
            let a = example(n);
            let mut l = a.clone();
            factor(&mut l, n).unwrap();
            let mut worst = 0.0_f64;
            for j in 0..n {
                for i in j..n {
                    let sum: f64 = (0..=j).map(|k| l[k * n + i] * l[k * n + j]).sum();
                    worst = worst.max((sum - a[j * n + i]).abs());
                }
            }
            assert!(worst < 1e-12 * n as f64, "n = {n}: {worst}");
        }
    }

    #[test]
    fn solve_and_inverse_agree() {
        for n in [1, 2, 3, 7, 40, 64, 65, 90, 150] {
            let a = example(n);
            let b: Vec<f64> = (0..2 * n).map(|i| (i as f64).cos()).collect();
            let mut l = a.clone();
            factor(&mut l, n).unwrap();
            let mut x = b.clone();
            solve(&l, n, &mut x).unwrap();
            let mut inverse = a.clone();
            let ln = invert(&mut inverse, n).unwrap();
            assert_eq!(ln, ln_determinant(&l, n).unwrap());
            let mut m = l.clone();
            invert_lower(&mut m, n).unwrap();
            for (x, y) in inverse_from_inverse_factor(&m, n).unwrap().iter().zip(&inverse) {
                assert!((x - y).abs() < 1e-15, "n = {n}: {x} {y}");
            }
            for (x, b) in x.chunks(n).zip(b.chunks(n)) {
                for i in 0..n {
                    let through: f64 = (0..n).map(|j| inverse[j * n + i] * b[j]).sum();
                    assert!((through - x[i]).abs() < 1e-13, "n = {n}: {through} {}", x[i]);
                    let back: f64 = (0..n).map(|j| a[j * n + i] * x[j]).sum();
                    assert!((back - b[i]).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn hilbert_determinant() {
        // det of the Hilbert matrix of order 4 is 1/6048000
        let mut a: Vec<f64> = (0..16).map(|k| 1.0 / (k % 4 + k / 4 + 1) as f64).collect();
        let ln = invert(&mut a, 4).unwrap();
        assert!((ln + 6_048_000.0_f64.ln()).abs() < 1e-11, "{ln}");
        // whose inverse is made of integers
        assert!(
            (a[0] - 16.0).abs() < 1e-9 && (a[5] - 1200.0).abs() < 1e-7 && (a[4] + 120.0).abs() < 1e-8,
            "{a:?}"
        );
    }

    #[test]
    fn the_failing_pivot_is_named() {
        let mut a = [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        assert_eq!(factor(&mut a, 3), Err(Defect::NotPositiveDefinite { pivot: 1 }));
        let mut a = [f64::NAN];
        assert_eq!(factor(&mut a, 1), Err(Defect::NotPositiveDefinite { pivot: 0 }));
        assert_eq!(factor(&mut [1.0, 2.0], 2), Err(Defect::Shape));
        assert_eq!(solve(&[1.0], 1, &mut []), Ok(()));
        assert_eq!(factor(&mut [], 0), Ok(()));
    }
}
