//! Eigenvalues of a diagonal matrix less a matrix of rank one, diag(d) - u u', in time k².
//!
//! For the exact distribution of a quadratic form about one weighted mean, whose matrix has this shape: a dense method
//! takes time k³.
//!
//! With the d sorted and equal ones merged, exactly one eigenvalue lies between two neighbors, and one below the smallest
//! d, where 1 = Σ u²/(d - λ); of m equal d, m - 1 remain eigenvalues. Each root is found by its distance from the nearer
//! neighbour, so that close neighbors lose no digits.
//!
//! Reference: G. H. Golub, Some modified matrix eigenvalue problems, SIAM Rev. 15 (1973), doi:10.1137/1015032.

use crate::stat::root;

/// The eigenvalues of diag(`d`) - u u', increasing, with the squares of u in `u2`.
///
/// Empty if the lengths differ or a value is not finite (or a square negative).
///
/// ```
/// use consilience::linalg::secular;
///
/// // [[2, 0], [0, 3]] - [[1, 1], [1, 1]] has trace 3 and determinant 1.
/// let values = secular::eigenvalues(&[2.0, 3.0], &[1.0, 1.0]);
/// assert!((values[0] + values[1] - 3.0).abs() < 1e-14 && (values[0] * values[1] - 1.0).abs() < 1e-14);
/// ```
pub fn eigenvalues(d: &[f64], u2: &[f64]) -> Vec<f64> {
    if d.len() != u2.len() || !d.iter().chain(u2).all(|x| x.is_finite()) || u2.iter().any(|u| *u < 0.0) {
        return Vec::new();
    }
    let mut pairs: Vec<(f64, f64)> = d.iter().copied().zip(u2.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut values = Vec::with_capacity(d.len());
    let mut poles: Vec<(f64, f64)> = Vec::with_capacity(d.len());
    for (d, u2) in pairs {
        match poles.last_mut() {
            _ if u2 == 0.0 => values.push(d),
            Some(last) if d - last.0 <= 4.0 * f64::EPSILON * d.abs() => {
                values.push(last.0);
                last.1 += u2;
            }
            _ => poles.push((d, u2)),
        }
    }
    let total: f64 = poles.iter().map(|p| p.1).sum();
    for (i, pole) in poles.iter().enumerate() {
        // λ lies in (low, pole): the smallest one no more than Σu² below the smallest d
        let low = i.checked_sub(1).map_or(pole.0 - total, |before| poles[before].0);
        values.push(root_between(&poles, low, i));
    }
    values.sort_by(f64::total_cmp);
    values
}

/// The root between `low` and pole `i`.
fn root_between(poles: &[(f64, f64)], low: f64, i: usize) -> f64 {
    let high = poles[i].0;
    let half = 0.5 * (high - low);
    // 1 - Σ u²/(d - λ) at λ = origin + x falls from +∞ (the first one from 0 or more) at `low` to -∞ at `high`
    let secular =
        |origin: f64, x: f64| 1.0 - poles.iter().map(|(d, u2)| u2 / ((d - origin) - x)).sum::<f64>();
    // times the distance from the nearer pole, it is finite there
    let found = if secular(low, half) > 0.0 {
        let regular = |x: f64| if x == 0.0 { -poles[i].1 } else { -x * secular(high, x) };
        root::find(regular, -half, 0.0).map(|x| high + x)
    } else {
        match i.checked_sub(1) {
            None => root::find(|x| secular(low, x), 0.0, half),
            Some(before) => {
                let regular = |x: f64| if x == 0.0 { poles[before].1 } else { x * secular(low, x) };
                root::find(regular, 0.0, half)
            }
        }
        .map(|x| low + x)
    };
    // without a change of sign the root is `low`, up to rounding errors
    found.unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_dense_method() {
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for n in [1, 2, 3, 7, 20, 60] {
            for ties in [false, true] {
                let d: Vec<f64> = (0..n)
                    .map(|_| if ties { (4.0 * random()).floor() } else { (6.0 * random()).exp() })
                    .collect();
                let u: Vec<f64> = (0..n).map(|i| if i % 5 == 3 { 0.0 } else { random() }).collect();
                let dense: Vec<f64> = (0..n * n)
                    .map(|at| if at / n == at % n { d[at / n] } else { 0.0 } - u[at / n] * u[at % n])
                    .collect();
                let squares: Vec<f64> = u.iter().map(|u| u * u).collect();
                let values = eigenvalues(&d, &squares);
                let expected = crate::linalg::symmetric_eigenvalues(&dense, n);
                assert_eq!(values.len(), n);
                let scale = expected.iter().fold(1.0_f64, |a, b| a.max(b.abs()));
                for (value, expected) in values.iter().zip(&expected) {
                    assert!((value - expected).abs() < 1e-13 * scale, "{n}: {values:?} {expected:?}");
                }
            }
        }
    }

    #[test]
    fn refuses_what_is_no_matrix() {
        assert!(eigenvalues(&[1.0], &[1.0, 2.0]).is_empty());
        assert!(eigenvalues(&[f64::NAN], &[1.0]).is_empty());
        assert!(eigenvalues(&[1.0], &[-1.0]).is_empty());
    }
}
