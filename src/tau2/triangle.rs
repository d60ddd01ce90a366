//! Small symmetric matrices by columns: the Cholesky factor, solutions by it, and traces.

/// Copies the lower triangle to the upper.
pub(super) fn mirror(a: &mut [f64], p: usize) {
    for j in 0..p {
        for i in j + 1..p {
            a[i * p + j] = a[j * p + i];
        }
    }
}

/// The Cholesky factor of a positive-definite matrix, in its lower triangle (by columns). The matrix Q'WQ with positive
/// weights is positive definite; rounding cannot make a pivot vanish unless the weights differ by more than 10¹⁵.
pub(super) fn factor(a: &mut [f64], p: usize) {
    for j in 0..p {
        for i in 0..j {
            let l = a[i * p + j];
            for row in j..p {
                a[j * p + row] -= l * a[i * p + row];
            }
        }
        let pivot = a[j * p + j].max(f64::MIN_POSITIVE).sqrt();
        for value in &mut a[j * p + j..(j + 1) * p] {
            *value /= pivot;
        }
        a[j * p + j] = pivot;
    }
}

/// L x = b in place.
pub(super) fn forward(l: &[f64], b: &mut [f64]) {
    let p = b.len();
    for j in 0..p {
        b[j] /= l[j * p + j];
        let x = b[j];
        for i in j + 1..p {
            b[i] -= l[j * p + i] * x;
        }
    }
}

/// L' x = b in place.
pub(super) fn backward(l: &[f64], b: &mut [f64]) {
    let p = b.len();
    for j in (0..p).rev() {
        let mut x = b[j];
        for i in j + 1..p {
            x -= l[j * p + i] * b[i];
        }
        b[j] = x / l[j * p + j];
    }
}

/// tr(M A M B) for symmetric matrices.
pub(super) fn trace_of_products(m: &[f64], a: &[f64], b: &[f64], p: usize) -> f64 {
    // tr((MA)(MB)) = Σ (MA)ᵢⱼ (MB)ⱼᵢ.
    let entry = |s: &[f64], i: usize, j: usize| (0..p).map(|l| m[i * p + l] * s[j * p + l]).sum::<f64>();
    let mut trace = 0.0;
    for i in 0..p {
        for j in 0..p {
            trace += entry(a, i, j) * entry(b, j, i);
        }
    }
    trace
}
