//! Orthogonal polynomials in one variable, as R's `poly` has them.
//!
//! With p₀ = 1 and p₁ = x − α₀ the recurrence is p_{j+1} = (x − α_j) p_j − (n_j / n_{j−1}) p_{j−1}, where n_j = Σ p_j² and
//! α_j = Σ x p_j² / n_j over the data; column j is p_j / √n_j. So columns have length 1, are orthogonal to each other and
//! to the constant, and have positive leading coefficients. The α and n are kept, and the recurrence with them gives the
//! columns at any other x.
//!
//! Reference: Forsythe (1957), Generation and use of orthogonal polynomials for data-fitting with a digital computer,
//! Journal of the Society for Industrial and Applied Mathematics 5:74, doi:10.1137/0105007.

use serde::{Deserialize, Serialize};

/// Polynomials that are orthogonal over the data they were fitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Orthogonal {
    /// α of each degree from 0.
    alpha: Vec<f64>,
    /// n of each degree from 0.
    norm2: Vec<f64>,
}

impl Orthogonal {
    /// Degrees 1 to `degree`; `None` if there are not more different values than that.
    pub(super) fn fit(x: &[f64], degree: usize) -> Option<Self> {
        let mut sorted = x.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup_by(|a, b| a == b);
        if sorted.len() <= degree {
            return None;
        }
        let mut fit = Orthogonal { alpha: Vec::new(), norm2: Vec::new() };
        let mut last = vec![0.0; x.len()];
        let mut now = vec![1.0; x.len()];
        for j in 0..=degree {
            let norm2: f64 = now.iter().map(|p| p * p).sum();
            if j == degree {
                fit.norm2.push(norm2);
                break;
            }
            let alpha = x.iter().zip(&now).map(|(x, p)| x * p * p).sum::<f64>() / norm2;
            let back = fit.norm2.last().map_or(0.0, |before| norm2 / before);
            for ((x, p), q) in x.iter().zip(&mut now).zip(&mut last) {
                let next = (x - alpha) * *p - back * *q;
                *q = std::mem::replace(p, next);
            }
            fit.alpha.push(alpha);
            fit.norm2.push(norm2);
        }
        fit.norm2.iter().all(|n| *n > 0.0 && n.is_finite()).then_some(fit)
    }

    pub(super) fn degree(&self) -> usize {
        self.alpha.len()
    }

    /// A column for each degree.
    pub(super) fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut columns: Vec<Vec<f64>> = Vec::with_capacity(self.degree());
        let mut last = vec![0.0; x.len()];
        let mut now = vec![1.0; x.len()];
        let mut before = None;
        for ((alpha, norm2), next2) in self.alpha.iter().zip(&self.norm2).zip(self.norm2.iter().skip(1)) {
            let back = before.map_or(0.0, |b| norm2 / b);
            for ((x, p), q) in x.iter().zip(&mut now).zip(&mut last) {
                let next = (x - alpha) * *p - back * *q;
                *q = std::mem::replace(p, next);
            }
            before = Some(norm2);
            let length = next2.sqrt();
            columns.push(now.iter().map(|p| p / length).collect());
        }
        columns
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn columns_are_orthonormal_and_orthogonal_to_the_constant() {
        let x: Vec<f64> = (0..30).map(|i| 1950.0 + f64::from(i * i % 37)).collect();
        let columns = Orthogonal::fit(&x, 5).unwrap().columns(&x);
        for (i, a) in columns.iter().enumerate() {
            assert!(a.iter().sum::<f64>().abs() < 1e-12);
            for (j, b) in columns.iter().enumerate() {
                let dot: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                assert!((dot - f64::from(u8::from(i == j))).abs() < 1e-11, "{i} {j} {dot}");
            }
        }
    }

    #[test]
    fn a_degree_needs_more_different_values() {
        assert!(Orthogonal::fit(&[1.0, 2.0, 2.0, 3.0], 3).is_none());
        assert!(Orthogonal::fit(&[1.0, 2.0, 2.0, 3.0], 2).is_some());
        assert!(Orthogonal::fit(&[], 0).is_none());
    }
}
