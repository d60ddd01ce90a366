//! The log-likelihood of all studies with its derivatives, gathered study by study.

use nalgebra::DMatrix;

use crate::stat::newton::Point;

/// Sums over studies: the log-likelihood, its gradient and its Hessian in the parameters of the model, of which the
/// first are the coefficients of the effect.
#[derive(Debug, Clone)]
pub(super) struct Sums<const Q: usize> {
    value: f64,
    /// The derivatives in the parameters that are no coefficients, from the second place on.
    gradient: [f64; Q],
    hessian: [[f64; Q]; Q],
    /// For each coefficient, its gradient and the mixed derivatives with the others.
    mixed: Vec<[f64; Q]>,
    /// The Hessian in the coefficients, row after row up to the diagonal.
    square: Vec<f64>,
}

/// One study: its log-likelihood with derivatives in its linear predictor and in some more parameters.
pub(super) struct Share<const Q: usize> {
    pub value: f64,
    pub gradient: [f64; Q],
    pub hessian: [[f64; Q]; Q],
}

impl<const Q: usize> Sums<Q> {
    /// Nothing yet, with `p` coefficients.
    pub fn new(p: usize) -> Self {
        Sums {
            value: 0.0,
            gradient: [0.0; Q],
            hessian: [[0.0; Q]; Q],
            mixed: vec![[0.0; Q]; p],
            square: vec![0.0; p * (p + 1) / 2],
        }
    }

    /// Adds a study whose linear predictor is `row` times the coefficients.
    #[allow(clippy::needless_range_loop)] // places in two lists
    pub fn add(&mut self, row: &[f64], share: &Share<Q>) {
        self.value += share.value;
        for i in 1..Q {
            self.gradient[i] += share.gradient[i];
            for j in 1..=i {
                self.hessian[i][j] += share.hessian[i][j];
            }
        }
        let mut square = self.square.iter_mut();
        for (a, (x, mixed)) in row.iter().zip(&mut self.mixed).enumerate() {
            mixed[0] += x * share.gradient[0];
            for i in 1..Q {
                mixed[i] += x * share.hessian[0][i];
            }
            let bend = x * share.hessian[0][0];
            row[..=a].iter().zip(&mut square).for_each(|(other, sum)| *sum += bend * other);
        }
    }

    /// The objective −log L at `theta`; `None` if it is not finite. The other parameters stand at `others` (in the order of the
    /// derivatives, from the second on; `None` for one that the model does not have).
    pub fn objective(&self, theta: &[f64], others: &[Option<usize>]) -> Option<Point> {
        let m = theta.len();
        let (mut gradient, mut hessian) = (vec![0.0; m], DMatrix::zeros(m, m));
        let mut square = self.square.iter();
        for (a, mixed) in self.mixed.iter().enumerate() {
            gradient[a] = -mixed[0];
            for (b, sum) in (0..=a).zip(&mut square) {
                (hessian[(a, b)], hessian[(b, a)]) = (-sum, -sum);
            }
        }
        for (i, at) in (1..Q).zip(others) {
            let Some(at) = *at else { continue };
            gradient[at] = -self.gradient[i];
            for (a, mixed) in self.mixed.iter().enumerate() {
                (hessian[(a, at)], hessian[(at, a)]) = (-mixed[i], -mixed[i]);
            }
            for (j, to) in (1..=i).zip(others) {
                if let Some(to) = *to {
                    (hessian[(at, to)], hessian[(to, at)]) = (-self.hessian[i][j], -self.hessian[i][j]);
                }
            }
        }
        let finite = self.value.is_finite() && gradient.iter().chain(&hessian).all(|x: &f64| x.is_finite());
        finite.then(|| Point {
            theta: theta.to_vec(),
            value: -self.value,
            gradient,
            hessian,
            expected: None,
            extra: (),
        })
    }
}

/// The linear predictor of a row.
pub(super) fn predictor(row: &[f64], coefficients: &[f64]) -> f64 {
    row.iter().zip(coefficients).map(|(x, b)| x * b).sum()
}
