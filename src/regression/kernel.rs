//! Weighted least squares with known weights: coefficients, their covariance, and Wald statistics, through p-by-p matrices.
//!
//! Everything lives on Q of X = QR: an estimable contrast l'b is the contrast R⁻ᵀl of the coefficients on Q, whose
//! covariance is as well conditioned as the weights allow, so that the origin and the unit of a moderator cost no digits.

use nalgebra::{DMatrix, DVector};

use crate::{
    linear::basis::independent,
    tau2::{linear::Linear, model::Model},
};

/// The coefficients on Q and their covariance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solution {
    /// The p coefficients.
    pub g: Vec<f64>,
    /// Their covariance, p by p.
    pub c: DMatrix<f64>,
    /// y'Py with P at weights 1 / (v + tau²), whatever the weights of the coefficients: its mean is k - p.
    pub rss: f64,
}

impl Solution {
    /// At weights 1 / (v + tau²), or the given ones, whose covariance is then the sandwich
    /// (X'AX)⁻¹ X'A (V + tau² I) A X (X'AX)⁻¹.
    pub fn new(model: &mut Linear<'_>, tau2: f64, weights: Option<&[f64]>) -> Self {
        let p = model.p();
        let (g, inverse) = match weights {
            None => model.solution(|_, v| 1.0 / (v + tau2)),
            Some(a) => model.solution(|i, _| a[i]),
        };
        let g = g.to_vec();
        let mut c = DMatrix::from_column_slice(p, p, inverse);
        if let Some(a) = weights {
            let mut meat = DMatrix::zeros(p, p);
            for (i, (&v, &a)) in model.vi().iter().zip(a).enumerate() {
                let row = DVector::from_column_slice(model.row(i));
                meat.ger(a * a * (v + tau2), &row, &row, 1.0);
            }
            c = &c * meat * &c;
        }
        let rss = model.residual(|_, v| 1.0 / (v + tau2)).rss;
        Solution { g, c, rss }
    }

    /// The fitted value of each study.
    pub fn fitted(&self, model: &Linear<'_>) -> Vec<f64> {
        (0..model.k()).map(|i| dot(model.row(i), &self.g)).collect()
    }

    /// The estimate of the contrast `l` (on Q) and its variance.
    pub fn contrast(&self, l: &[f64]) -> (f64, f64) {
        let l = DVector::from_column_slice(l);
        (l.dot(&DVector::from_column_slice(&self.g)), (&self.c * &l).dot(&l))
    }

    /// The Wald statistic that all contrasts (the columns of `l`, on Q) are 0; `None` if they are linearly dependent.
    pub fn wald(&self, l: &DMatrix<f64>) -> Option<f64> {
        let values = l.tr_mul(&DVector::from_column_slice(&self.g));
        let covariance = l.tr_mul(&(&self.c * l));
        let solved = independent(covariance)?.solve(&values);
        Some(values.dot(&solved))
    }
}

/// Contrasts of the coefficients on X as the columns of a matrix of contrasts on Q.
pub(super) fn contrasts_on_q(model: &Linear<'_>, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
    let columns: Vec<DVector<f64>> =
        contrasts.iter().map(|l| DVector::from_vec(model.contrast_on_q(l))).collect();
    DMatrix::from_columns(&columns)
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
