//! Eigenvalues and eigenvectors of symmetric matrices: of up to 24 rows by Jacobi's rotations, which keep the small eigenvalues of
//! graded matrices and do not allocate, larger ones by nalgebra's tridiagonal QR.
//!
//! ```
//! use consilience::linalg::symmetric;
//!
//! let mut a = [2.0, 1.0, 1.0, 2.0];
//! let (mut values, mut vectors) = ([0.0; 2], [0.0; 4]);
//! symmetric::eigen(&mut a, 2, &mut values, &mut vectors)?;
//! assert!((values[0] - 1.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
//! # Ok::<(), consilience::linalg::Defect>(())
//! ```
//!
//! References: G. H. Golub and C. F. Van Loan, Matrix Computations (4th ed. 2013), sections 8.3 and 8.5.

use super::Defect;

/// Up to this size Jacobi's method is used.
const SMALL: usize = 24;

/// The eigenvalues, increasing, and the eigenvectors, in the columns of `vectors`, of the n × n symmetric matrix `a`.
///
/// `a` is read from its lower triangle and overwritten; `values` has length n, `vectors` n².
///
/// # Errors
///
/// [`Defect::Shape`] if the lengths do not fit, [`Defect::NotFinite`] if a value is infinite or NaN.
pub fn eigen(a: &mut [f64], n: usize, values: &mut [f64], vectors: &mut [f64]) -> Result<(), Defect> {
    if n.checked_mul(n) != Some(a.len()) || values.len() != n || vectors.len() != a.len() {
        return Err(Defect::Shape);
    }
    for j in 0..n {
        for i in j + 1..n {
            a[i * n + j] = a[j * n + i];
        }
    }
    if !a.iter().all(|x| x.is_finite()) {
        return Err(Defect::NotFinite);
    }
    if n > SMALL {
        let matrix = nalgebra::DMatrix::from_column_slice(n, n, a);
        if let Some(eigen) = nalgebra::SymmetricEigen::try_new(matrix, f64::EPSILON, 100 * n) {
            values.copy_from_slice(eigen.eigenvalues.as_slice());
            vectors.copy_from_slice(eigen.eigenvectors.as_slice());
            sort(n, values, vectors);
            return Ok(());
        }
    }
    jacobi(a, n, vectors);
    for (i, value) in values.iter_mut().enumerate() {
        *value = a[i * n + i];
    }
    sort(n, values, vectors);
    Ok(())
}

/// Cyclic rotations until nothing is left beside the diagonal.
fn jacobi(a: &mut [f64], n: usize, vectors: &mut [f64]) {
    vectors.fill(0.0);
    for i in 0..n {
        vectors[i * n + i] = 1.0;
    }
    for _ in 0..60 {
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                let apq = a[p * n + q];
                let (app, aqq) = (a[p * n + p], a[q * n + q]);
                // below this the rotation would change neither diagonal entry
                if apq.abs() <= f64::MIN_POSITIVE
                    || apq.abs() <= 1e-17 * (app.abs().sqrt() * aqq.abs().sqrt())
                {
                    a[p * n + q] = 0.0;
                    a[q * n + p] = 0.0;
                    continue;
                }
                rotated = true;
                let theta = 0.5 * (aqq - app) / apq;
                let t = if theta.abs() > 1e150 {
                    0.5 / theta
                } else {
                    1.0_f64.copysign(theta) / (theta.abs() + (theta * theta + 1.0).sqrt())
                };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for k in 0..n {
                    let (x, y) = (a[p * n + k], a[q * n + k]);
                    a[p * n + k] = c * x - s * y;
                    a[q * n + k] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (a[k * n + p], a[k * n + q]);
                    a[k * n + p] = c * x - s * y;
                    a[k * n + q] = s * x + c * y;
                }
                a[p * n + p] = app - t * apq;
                a[q * n + q] = aqq + t * apq;
                a[p * n + q] = 0.0;
                a[q * n + p] = 0.0;
                for k in 0..n {
                    let (x, y) = (vectors[p * n + k], vectors[q * n + k]);
                    vectors[p * n + k] = c * x - s * y;
                    vectors[q * n + k] = s * x + c * y;
                }
            }
        }
        if !rotated {
            break;
        }
    }
}

/// Insertion sort by eigenvalue, columns following.
fn sort(n: usize, values: &mut [f64], vectors: &mut [f64]) {
    for i in 1..n {
        let mut j = i;
        while j > 0 && values[j] < values[j - 1] {
            values.swap(j, j - 1);
            let (left, right) = vectors.split_at_mut(j * n);
            left[(j - 1) * n..].swap_with_slice(&mut right[..n]);
            j -= 1;
        }
    }
}

/// The eigenvalues alone, increasing.
///
/// `a` is read from its lower triangle and overwritten; `values` has length n.
///
/// # Errors
///
/// As [`eigen`].
pub fn eigenvalues(a: &mut [f64], n: usize, values: &mut [f64]) -> Result<(), Defect> {
    if n > SMALL && n.checked_mul(n) == Some(a.len()) && values.len() == n {
        if !a.chunks_exact(n).enumerate().all(|(j, column)| column[j..].iter().all(|x| x.is_finite())) {
            return Err(Defect::NotFinite);
        }
        let matrix = nalgebra::DMatrix::from_column_slice(n, n, a);
        values.copy_from_slice(matrix.symmetric_eigenvalues().as_slice());
        values.sort_by(f64::total_cmp);
        return Ok(());
    }
    let mut small = [0.0; SMALL * SMALL];
    let Some(vectors) = n.checked_mul(n).and_then(|size| small.get_mut(..size)) else {
        return Err(Defect::Shape);
    };
    eigen(a, n, values, vectors)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The second difference matrix, whose eigenvalues are 2 − 2 cos(kπ/(n+1)).
    fn second_difference(n: usize) -> Vec<f64> {
        let mut a = vec![0.0; n * n];
        for i in 0..n {
            a[i * n + i] = 2.0;
            if i + 1 < n {
                a[i * n + i + 1] = -1.0;
            }
        }
        a
    }

    #[test]
    fn eigenvalues_of_the_second_difference() {
        for n in [1, 2, 3, 10, 24, 25, 60] {
            let (mut values, mut vectors) = (vec![0.0; n], vec![0.0; n * n]);
            eigen(&mut second_difference(n), n, &mut values, &mut vectors).unwrap();
            let mut alone = vec![0.0; n];
            eigenvalues(&mut second_difference(n), n, &mut alone).unwrap();
            for k in 0..n {
                let exact = 2.0 - 2.0 * (std::f64::consts::PI * (k + 1) as f64 / (n + 1) as f64).cos();
                assert!((values[k] - exact).abs() < 1e-14 * n as f64, "n = {n}: {} {exact}", values[k]);
                assert!((alone[k] - exact).abs() < 1e-14 * n as f64);
                let v = &vectors[k * n..(k + 1) * n];
                let length: f64 = v.iter().map(|x| x * x).sum();
                assert!((length - 1.0).abs() < 1e-13);
                for i in 0..n {
                    let mut av = 2.0 * v[i];
                    av -= if i > 0 { v[i - 1] } else { 0.0 };
                    av -= if i + 1 < n { v[i + 1] } else { 0.0 };
                    assert!((av - values[k] * v[i]).abs() < 1e-13, "n = {n}, k = {k}");
                }
            }
        }
    }

    #[test]
    fn graded_matrices_keep_their_small_eigenvalues() {
        let d = [1.0, 1e-8, 1e-16];
        let mut a: Vec<f64> =
            (0..9).map(|k| d[k % 3] * d[k / 3] * if k % 3 == k / 3 { 1.0 } else { 0.25 }).collect();
        let mut values = [0.0; 3];
        eigenvalues(&mut a, 3, &mut values).unwrap();
        // of the same matrix in 60-digit arithmetic (mpmath 1.3.0)
        for (x, y) in
            values.iter().zip([8.9999999999999993e-33, 9.37500000000000098e-17, 1.00000000000000001])
        {
            assert!((x / y - 1.0).abs() < 1e-14, "{x:e} {y:e}");
        }
    }

    #[test]
    fn senseless_input_is_refused() {
        assert_eq!(eigenvalues(&mut [1.0, 2.0], 2, &mut [0.0; 2]), Err(Defect::Shape));
        assert_eq!(eigenvalues(&mut [f64::NAN], 1, &mut [0.0]), Err(Defect::NotFinite));
    }
}
