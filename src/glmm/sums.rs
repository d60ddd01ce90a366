//! The log-likelihood of all studies with its derivatives, gathered study by study.

use nalgebra::DMatrix;

use crate::stat::newton::Point;

/// Sums over studies: the log-likelihood, its gradient and its Hessian in the parameters of the model, of which the
/// first are the coefficients of the effect.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    value: f64,
    gradient: Vec<f64>,
    hessian: DMatrix<f64>,
}

/// One study: its log-likelihood with derivatives in its linear predictor and in some more parameters.
pub(super) struct Share<const Q: usize> {
    pub value: f64,
    pub gradient: [f64; Q],
    pub hessian: [[f64; Q]; Q],
}

impl Sums {
    pub fn new(parameters: usize) -> Self {
        Sums { value: 0.0, gradient: vec![0.0; parameters], hessian: DMatrix::zeros(parameters, parameters) }
    }

    /// Adds a study whose linear predictor is `row` times the first coefficients; its other parameters stand at
    /// `others` (in the order of its derivatives, from the second on; `None` for one that the model does not have).
    #[allow(clippy::needless_range_loop)] // places in two matrices
    pub fn add<const Q: usize>(&mut self, row: &[f64], others: &[Option<usize>], share: &Share<Q>) {
        self.value += share.value;
        let p = row.len();
        for a in 0..p {
            self.gradient[a] += row[a] * share.gradient[0];
            for b in 0..p {
                self.hessian[(a, b)] += row[a] * row[b] * share.hessian[0][0];
            }
        }
        for (i, at) in (1..Q).zip(others) {
            let Some(at) = *at else { continue };
            self.gradient[at] += share.gradient[i];
            for a in 0..p {
                let cross = row[a] * share.hessian[0][i];
                self.hessian[(a, at)] += cross;
                self.hessian[(at, a)] += cross;
            }
            for (j, to) in (1..Q).zip(others) {
                if let Some(to) = *to {
                    self.hessian[(at, to)] += share.hessian[i][j];
                }
            }
        }
    }

    /// The objective −log L at `theta`; `None` if it is not finite.
    pub fn objective(self, theta: &[f64]) -> Option<Point> {
        let finite = self.value.is_finite()
            && self.gradient.iter().all(|g| g.is_finite())
            && self.hessian.iter().all(|h| h.is_finite());
        finite.then(|| Point {
            theta: theta.to_vec(),
            value: -self.value,
            gradient: self.gradient.iter().map(|g| -g).collect(),
            hessian: -self.hessian,
            expected: None,
            extra: (),
        })
    }
}

/// The linear predictor of a row.
pub(super) fn predictor(row: &[f64], coefficients: &[f64]) -> f64 {
    row.iter().zip(coefficients).map(|(x, b)| x * b).sum()
}
