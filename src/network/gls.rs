//! Generalized least squares over studies: what estimators of tau² ask of a model, and the model with a dense design.
//!
//! y_s ~ N(X_s β, V_s + tau² S_s) for the contrasts of study s. The network itself has the design of treatments
//! (`assembly`, sparse); component networks, regressions and classes have their own design, [`Design`].
//!
//! Algorithm: A = Σ Xᵀ W X and Xᵀ W y are summed study by study and solved by Cholesky's factor after scaling A to unit
//! diagonal.

use super::data::Network;
use crate::{Error, Result, linalg::cholesky};

/// Sums at a given tau², W = (V + tau² S)⁻¹ and C = A⁻¹.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    /// rᵀ W r.
    pub q: f64,
    /// rᵀ W S W r.
    pub square: f64,
    /// tr(W S).
    pub trace_ws: f64,
    /// tr(C M), M = Xᵀ W S W X.
    pub trace_cm: f64,
    /// ln |V + tau² S|.
    pub ln_sigma: f64,
    /// ln |A|.
    pub ln_precision: f64,
}

/// A model that is linear in its effects, with one tau².
pub(crate) trait Gls {
    /// The number of contrasts, N.
    fn contrasts(&self) -> usize;
    /// The number of effects, r.
    fn rank(&self) -> usize;
    /// rᵀ W r at a given tau².
    fn q(&mut self, tau2: f64) -> Result<f64>;
    /// rᵀ W r and rᵀ W S W r, minus its derivative in tau².
    fn q_and_square(&mut self, tau2: f64) -> Result<(f64, f64)> {
        let moments = self.moments(tau2)?;
        Ok((moments.q, moments.square))
    }
    /// All sums at a given tau².
    fn moments(&mut self, tau2: f64) -> Result<Moments>;
    /// ln |Xᵀ X|.
    fn ln_design(&self) -> Result<f64>;
    /// An evaluation is so expensive that a likelihood is not searched on a grid.
    fn is_large(&self) -> bool {
        false
    }
    /// N - r.
    fn df(&self) -> usize {
        self.contrasts().saturating_sub(self.rank())
    }
}

/// The contrasts of a network with a design of their own.
#[derive(Debug, Clone)]
pub(crate) struct Design<'a> {
    network: &'a Network,
    /// Row by row, N × c, in the order of the studies and their contrasts.
    x: Vec<f64>,
    columns: usize,
}

/// The estimates of a [`Design`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DesignFit {
    /// The coefficients.
    pub beta: Vec<f64>,
    /// Their covariance, c × c.
    pub covariance: Vec<f64>,
    /// rᵀ W r.
    pub q: f64,
    ln_precision: f64,
}

impl<'a> Design<'a> {
    /// A design of full column rank: `x` holds N rows of `columns` values, in the order of the studies and their contrasts.
    pub fn new(network: &'a Network, x: Vec<f64>, columns: usize) -> Self {
        Design { network, x, columns }
    }

    /// The design in which the effect of treatment t is row t of `map` (T × c, row by row): X_s times the map.
    pub fn mapped(network: &'a Network, map: &[f64], columns: usize) -> Self {
        let mut x = Vec::with_capacity(network.contrast_count() * columns);
        for study in &network.studies {
            let first = study.arms[0].treatment * columns;
            for arm in &study.arms[1..] {
                let own = arm.treatment * columns;
                x.extend((0..columns).map(|c| map[own + c] - map[first + c]));
            }
        }
        Design { network, x, columns }
    }

    /// The rows of the design.
    pub fn rows(&self) -> &[f64] {
        &self.x
    }

    /// Calls `visit` with each study's position, its first row, and its precision W (n × n).
    fn each(&self, tau2: f64, mut visit: impl FnMut(usize, usize, &[f64], f64)) {
        let mut first = 0;
        let mut l = Vec::new();
        let mut w = Vec::new();
        for (s, study) in self.network.studies.iter().enumerate() {
            let (p, n) = (study.arms.len(), study.contrasts.len());
            let ln = study.laplacian_into(tau2, &mut l);
            w.clear();
            w.extend((0..n * n).map(|at| l[(at / n + 1) * p + at % n + 1]));
            visit(s, first, &w, ln);
            first += n;
        }
    }

    /// The estimates at a given tau².
    pub fn solve(&self, tau2: f64) -> Result<DesignFit> {
        let c = self.columns;
        let mut a = vec![0.0; c * c];
        let mut b = vec![0.0; c];
        self.each(tau2, |s, first, w, _| {
            let y = &self.network.studies[s].contrasts;
            let n = y.len();
            for i in 0..n {
                let wy: f64 = (0..n).map(|j| w[i * n + j] * y[j]).sum();
                let row = &self.x[(first + i) * c..(first + i + 1) * c];
                for (k, x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                    b[k] += x * wy;
                    for j in 0..n {
                        let other = &self.x[(first + j) * c..(first + j + 1) * c];
                        let weight = x * w[i * n + j];
                        a[k * c..(k + 1) * c].iter_mut().zip(other).for_each(|(a, o)| *a += weight * o);
                    }
                }
            }
        });
        let (covariance, ln_precision) = scaled_inverse(a, c)?;
        let beta: Vec<f64> = (0..c).map(|k| (0..c).map(|j| covariance[j * c + k] * b[j]).sum()).collect();
        let mut q = 0.0;
        self.each(tau2, |s, first, w, _| {
            let r = self.residuals(s, first, &beta);
            let n = r.len();
            q += (0..n).map(|i| r[i] * (0..n).map(|j| w[i * n + j] * r[j]).sum::<f64>()).sum::<f64>();
        });
        Ok(DesignFit { beta, covariance, q, ln_precision })
    }

    fn residuals(&self, s: usize, first: usize, beta: &[f64]) -> Vec<f64> {
        let c = self.columns;
        let y = &self.network.studies[s].contrasts;
        let fitted = |i: usize| -> f64 {
            self.x[(first + i) * c..(first + i + 1) * c].iter().zip(beta).map(|(x, b)| x * b).sum()
        };
        y.iter().enumerate().map(|(i, y)| y - fitted(i)).collect()
    }
}

/// The inverse of a positive definite matrix, scaled to unit diagonal before it is factored, and its log-determinant.
pub(crate) fn scaled_inverse(mut a: Vec<f64>, n: usize) -> Result<(Vec<f64>, f64)> {
    let scale: Vec<f64> = (0..n).map(|k| 1.0 / a[k * n + k].sqrt()).collect();
    if !scale.iter().all(|s| s.is_finite()) {
        return Err(Error::model(
            "the data say nothing about one of the coefficients",
            "remove it from the model",
        ));
    }
    for k in 0..n {
        for j in 0..n {
            a[k * n + j] *= scale[k] * scale[j];
        }
    }
    let ln = cholesky::invert(&mut a, n)?;
    for k in 0..n {
        for j in 0..n {
            a[k * n + j] *= scale[k] * scale[j];
        }
    }
    Ok((a, ln - 2.0 * scale.iter().map(|s| s.ln()).sum::<f64>()))
}

impl Gls for Design<'_> {
    fn contrasts(&self) -> usize {
        self.network.contrast_count()
    }

    fn rank(&self) -> usize {
        self.columns
    }

    fn q(&mut self, tau2: f64) -> Result<f64> {
        Ok(self.solve(tau2)?.q)
    }

    fn moments(&mut self, tau2: f64) -> Result<Moments> {
        let c = self.columns;
        let fit = self.solve(tau2)?;
        let (mut square, mut trace_ws, mut trace_cm, mut ln_sigma) = (0.0, 0.0, 0.0, 0.0);
        self.each(tau2, |s, first, w, ln| {
            ln_sigma += ln;
            let r = self.residuals(s, first, &fit.beta);
            let n = r.len();
            // uᵀ S v = ½ (u · v + Σu Σv)
            let between = |u: &[f64], v: &[f64]| {
                let dot: f64 = u.iter().zip(v).map(|(a, b)| a * b).sum();
                0.5 * (dot + u.iter().sum::<f64>() * v.iter().sum::<f64>())
            };
            let through = |v: &dyn Fn(usize) -> f64| -> Vec<f64> {
                (0..n).map(|i| (0..n).map(|j| w[i * n + j] * v(j)).sum()).collect()
            };
            let u = through(&|j| r[j]);
            square += between(&u, &u);
            trace_ws += 0.5 * ((0..n).map(|i| w[i * n + i]).sum::<f64>() + w.iter().sum::<f64>());
            let wx: Vec<Vec<f64>> = (0..c).map(|k| through(&|j| self.x[(first + j) * c + k])).collect();
            for k in 0..c {
                for j in 0..=k {
                    let twice = if j == k { 1.0 } else { 2.0 };
                    trace_cm += twice * fit.covariance[k * c + j] * between(&wx[k], &wx[j]);
                }
            }
        });
        Ok(Moments { q: fit.q, square, trace_ws, trace_cm, ln_sigma, ln_precision: fit.ln_precision })
    }

    fn ln_design(&self) -> Result<f64> {
        let c = self.columns;
        let mut a = vec![0.0; c * c];
        for row in self.x.chunks_exact(c.max(1)) {
            for (k, x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                a[k * c..(k + 1) * c].iter_mut().zip(row).for_each(|(a, o)| *a += x * o);
            }
        }
        Ok(scaled_inverse(a, c)?.1)
    }
}
