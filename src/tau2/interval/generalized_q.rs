//! Generalized Q with fixed weights a: the tau² at which the observed y'P_a y lies in neither tail of its distribution.
//!
//! y'P_a y is distributed as Σ λⱼ χ²₁ with λ the eigenvalues of Σ^½ P_a Σ^½, Σ = V + tau² I, which grows with tau²; so both
//! limits are roots of a monotone function.

use super::super::model::Model;
use crate::{
    Error, Level, Result, linalg,
    stat::{quadratic_form, root},
};

/// The exact distribution of y'P_a y: P_a once, its eigenvalues at each tau².
pub(crate) struct Distribution {
    k: usize,
    projection: Vec<f64>,
    vi: Vec<f64>,
    /// The observed value.
    pub q: f64,
}

impl Distribution {
    pub fn new<M: Model>(model: &mut M, weight: impl Fn(usize, f64) -> f64) -> Self {
        let k = model.k();
        let mut projection = vec![0.0; k * k];
        model.projection(&weight, &mut projection);
        Distribution { k, projection, vi: model.vi().to_vec(), q: model.residual(weight).rss }
    }

    fn eigenvalues(&self, tau2: f64) -> Vec<f64> {
        let root: Vec<f64> = self.vi.iter().map(|v| (v + tau2).sqrt()).collect();
        let mut s = self.projection.clone();
        for (i, row) in s.chunks_exact_mut(self.k).enumerate() {
            for (value, r) in row.iter_mut().zip(&root) {
                *value *= root[i] * r;
            }
        }
        let mut lambda = linalg::symmetric_eigenvalues(&s, self.k);
        let largest = lambda.iter().copied().fold(0.0, f64::max);
        lambda.retain(|l| *l > 1e-12 * largest);
        lambda
    }

    /// P(Q ≥ observed) at `tau2`.
    pub fn upper_tail(&self, tau2: f64) -> f64 {
        quadratic_form::sf(self.q, &self.eigenvalues(tau2))
    }

    /// P(Q ≤ observed) at `tau2`.
    pub fn lower_tail(&self, tau2: f64) -> f64 {
        quadratic_form::cdf(self.q, &self.eigenvalues(tau2))
    }

    /// The tau² at which `excess`, which falls or rises monotonically, is 0; `None` if it already has its final sign at 0.
    pub fn solve(&self, excess: impl Fn(f64) -> f64) -> Option<f64> {
        if excess(0.0) >= 0.0 {
            return None;
        }
        let mut above = self.vi.iter().sum::<f64>() / self.k as f64;
        let mut below = 0.0;
        for _ in 0..2000 {
            if excess(above) >= 0.0 {
                return root::find(&excess, below, above);
            }
            (below, above) = (above, 2.0 * above);
        }
        None
    }
}

/// The limits, or `None` if the set is empty.
pub(super) fn interval<M: Model>(
    model: &mut M,
    weight: impl Fn(usize, f64) -> f64,
    level: Level,
) -> Result<Option<(f64, f64)>> {
    let distribution = Distribution::new(model, weight);
    let tail = level.tail();
    if distribution.lower_tail(0.0) < tail {
        return Ok(None);
    }
    let lower = distribution.solve(|t| distribution.upper_tail(t) - tail).unwrap_or(0.0);
    let upper = distribution.solve(|t| tail - distribution.lower_tail(t)).ok_or_else(|| {
        Error::model("the generalized-Q interval for tau² has no upper limit", "use the Q-profile interval")
    })?;
    Ok(Some((lower, upper)))
}
