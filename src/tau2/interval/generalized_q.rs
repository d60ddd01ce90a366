//! Generalized Q with fixed weights a: the tau² at which the observed y'P_a y lies in neither tail of its distribution.
//!
//! y'P_a y is distributed as Σ λⱼ χ²₁ with λ the eigenvalues of Σ^½ P_a Σ^½, Σ = V + tau² I, which grows with tau²; so both
//! limits are roots of a monotone function.

use super::super::model::Model;
use crate::{
    Error, Level, Result, linalg,
    memory::room_for,
    stat::{quadratic_form, root},
};

/// The exact distribution of y'P_a y: the shape of P_a once, its eigenvalues at each tau².
pub(crate) struct Distribution {
    vi: Vec<f64>,
    shape: Shape,
    /// The observed value.
    pub q: f64,
}

/// P_a.
enum Shape {
    /// diag(a) - aa' / Σa, for one mean: eigenvalues in time k².
    Mean(Vec<f64>),
    /// Any k-by-k matrix, row by row: in time k³.
    Dense(Vec<f64>),
}

impl Distribution {
    pub fn new<M: Model>(model: &mut M, weight: impl Fn(usize, f64) -> f64) -> Self {
        let k = model.k();
        let shape = if model.is_mean() {
            Shape::Mean(model.vi().iter().enumerate().map(|(i, v)| weight(i, *v)).collect())
        } else {
            let mut projection = vec![0.0; k * k];
            model.projection(&weight, &mut projection);
            Shape::Dense(projection)
        };
        Distribution { shape, vi: model.vi().to_vec(), q: model.residual(weight).rss }
    }

    fn eigenvalues(&self, tau2: f64) -> Vec<f64> {
        let mut lambda = match &self.shape {
            Shape::Mean(weights) => {
                let total: f64 = weights.iter().sum();
                let d: Vec<f64> = weights.iter().zip(&self.vi).map(|(a, v)| a * (v + tau2)).collect();
                let u2: Vec<f64> = d.iter().zip(weights).map(|(d, a)| d * a / total).collect();
                let mut lambda = linalg::secular::eigenvalues(&d, &u2);
                // the smallest belongs to the mean, and is 0
                lambda.drain(..lambda.len().min(1));
                lambda
            }
            Shape::Dense(projection) => {
                let root: Vec<f64> = self.vi.iter().map(|v| (v + tau2).sqrt()).collect();
                let mut s = projection.clone();
                for (i, row) in s.chunks_exact_mut(self.vi.len()).enumerate() {
                    for (value, r) in row.iter_mut().zip(&root) {
                        *value *= root[i] * r;
                    }
                }
                linalg::symmetric_eigenvalues(&s, self.vi.len())
            }
        };
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
        let mut above = self.vi.iter().sum::<f64>() / self.vi.len() as f64;
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

/// Refuses a model with moderators whose matrices of the distribution do not fit into memory.
pub(crate) fn check_room<M: Model>(model: &M) -> Result<()> {
    if model.is_mean() {
        return Ok(());
    }
    let k = model.k();
    let bytes = k.saturating_mul(k).saturating_mul(3 * size_of::<f64>());
    room_for(
        bytes,
        || format!("the distribution of Q of {k} studies with moderators"),
        "use REML or DL, and Q-profile limits",
    )
}

/// The limits, or `None` if the set is empty.
pub(super) fn interval<M: Model>(
    model: &mut M,
    weight: impl Fn(usize, f64) -> f64,
    level: Level,
) -> Result<Option<(f64, f64)>> {
    check_room(model)?;
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
