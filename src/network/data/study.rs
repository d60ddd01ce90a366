//! A study of a network: its arms, its contrasts and their covariance, and its precision as a Laplacian.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::rows::ArmData;
use crate::{
    Error, Result,
    linalg::cholesky,
    range::{REMEDY, beyond},
};

/// An arm of a study.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Arm {
    /// The position of its treatment among those of the network.
    pub treatment: usize,
    /// The report of it.
    pub data: ArmData,
    /// The number of persons, where known.
    pub size: Option<f64>,
    /// The number of events, where known.
    pub events: Option<f64>,
}

/// A study of a network. Its arms stand in the order of the treatments' levels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Study {
    /// The label.
    pub label: String,
    /// The first row of the data that belongs to it, counted from 1.
    pub row: usize,
    /// Its p arms.
    pub arms: Vec<Arm>,
    /// The p - 1 contrasts: arm j minus the first arm, j = 2..p.
    pub contrasts: Vec<f64>,
    /// The (p - 1) × (p - 1) sampling covariance of the contrasts, column by column.
    pub covariance: Vec<f64>,
    /// The arms' own variances, if the variance of every pair is the sum of two of them and all are positive.
    pub arm_variances: Option<Vec<f64>>,
    /// By how far the given pairs (1,2), (1,3), ..., (2,3), ... were off the consistent contrasts; empty where nothing was
    /// projected.
    pub residuals: Vec<f64>,
}

impl Study {
    /// The distinct treatments, in the order of the levels.
    pub fn design(&self) -> Vec<usize> {
        let mut design: Vec<usize> = self.arms.iter().map(|arm| arm.treatment).collect();
        design.dedup();
        design
    }

    /// The estimate and the sampling variance of arm `i` minus arm `j` (positions among the arms).
    pub fn pair(&self, i: usize, j: usize) -> (f64, f64) {
        let n = self.contrasts.len();
        let value = |a: usize| if a == 0 { 0.0 } else { self.contrasts[a - 1] };
        let cov = |a: usize, b: usize| {
            if a == 0 || b == 0 { 0.0 } else { self.covariance[(b - 1) * n + a - 1] }
        };
        match &self.arm_variances {
            Some(v) if i != j => (value(i) - value(j), v[i] + v[j]),
            _ => (value(i) - value(j), cov(i, i) + cov(j, j) - 2.0 * cov(i, j)),
        }
    }

    /// The pairs of arms (i, j), i < j, as (i, j, residual), in the order (1,2), (1,3), ..., (2,3), ...
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let p = self.arms.len();
        (0..p)
            .flat_map(move |i| (i + 1..p).map(move |j| (i, j)))
            .enumerate()
            .map(|(at, (i, j))| (i, j, self.residuals.get(at).copied().unwrap_or(0.0)))
    }

    /// The p × p Laplacian of the study's precision at the between-study variance `tau2`, into `l`; returns the
    /// log-determinant of the contrasts' covariance V + tau² S.
    ///
    /// Without its first row and column it is W = (V + tau² S)⁻¹; its rows sum to 0.
    pub fn laplacian_into(&self, tau2: f64, l: &mut Vec<f64>) -> f64 {
        let p = self.arms.len();
        l.clear();
        l.resize(p * p, 0.0);
        match &self.arm_variances {
            _ if p == 2 => {
                let v = self.covariance[0] + tau2;
                let w = 1.0 / v;
                l.copy_from_slice(&[w, -w, -w, w]);
                v.ln()
            }
            Some(variances) => additive_laplacian(variances, tau2, l),
            None => self.general_laplacian(tau2, l),
        }
    }

    /// The Laplacian by inverting V + tau² S.
    fn general_laplacian(&self, tau2: f64, l: &mut [f64]) -> f64 {
        let (p, n) = (self.arms.len(), self.contrasts.len());
        let mut w = self.marginal_covariance(tau2);
        // V is positive definite by construction, so V + tau² S is
        let ln = cholesky::invert(&mut w, n).unwrap_or(f64::NAN);
        for a in 0..n {
            let mut sum = 0.0;
            for b in 0..n {
                l[(a + 1) * p + b + 1] = w[a * n + b];
                sum += w[a * n + b];
            }
            l[(a + 1) * p] = -sum;
            l[a + 1] = -sum;
            l[0] += sum;
        }
        ln
    }

    /// V + tau² S.
    pub fn marginal_covariance(&self, tau2: f64) -> Vec<f64> {
        let n = self.contrasts.len();
        let mut v = self.covariance.clone();
        for (at, x) in v.iter_mut().enumerate() {
            *x += if at / n == at % n { tau2 } else { 0.5 * tau2 };
        }
        v
    }

    /// The precision W = (V + tau² S)⁻¹ of the contrasts, (p - 1) × (p - 1).
    pub fn precision(&self, tau2: f64) -> Vec<f64> {
        let (p, n) = (self.arms.len(), self.contrasts.len());
        let mut l = Vec::new();
        self.laplacian_into(tau2, &mut l);
        (0..n * n).map(|at| l[(at / n + 1) * p + at % n + 1]).collect()
    }
}

/// L = diag(w) - w wᵀ / Σw with wₐ = 1 / (vₐ + tau²/2): the arms as a star, its center eliminated.
fn additive_laplacian(variances: &[f64], tau2: f64, l: &mut [f64]) -> f64 {
    let p = variances.len();
    let w = |a: usize| 1.0 / (variances[a] + 0.5 * tau2);
    let total: f64 = (0..p).map(w).sum();
    for a in 0..p {
        let mut sum = 0.0;
        for b in (0..p).filter(|&b| b != a) {
            let weight = w(a) * w(b) / total;
            l[a * p + b] = -weight;
            sum += weight;
        }
        l[a * p + a] = sum;
    }
    total.ln() - (0..p).map(|a| w(a).ln()).sum::<f64>()
}

/// An arm before the treatments have their positions.
#[derive(Debug, Clone)]
pub(crate) struct DraftArm {
    pub name: String,
    pub data: ArmData,
}

/// A study before the treatments have their positions: contrasts with its first arm as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub label: String,
    pub row: usize,
    pub arms: Vec<DraftArm>,
    pub contrasts: Vec<f64>,
    pub covariance: Vec<f64>,
    pub arm_variances: Option<Vec<f64>>,
    /// Residual of pair (i, j), i < j, at `i * p + j`: given minus consistent; empty if nothing was projected.
    pub residuals: Vec<f64>,
}

impl Draft {
    /// The study with its arms in the order of the levels.
    pub fn finish(self, index: &HashMap<String, usize>) -> Result<Study> {
        let (p, n) = (self.arms.len(), self.contrasts.len());
        let position = |a: usize| index.get(&self.arms[a].name).copied();
        let mut order: Vec<usize> = (0..p).collect();
        order.sort_by_key(|&a| position(a));
        let value = |a: usize| if a == 0 { 0.0 } else { self.contrasts[a - 1] };
        let cov = |a: usize, b: usize| {
            if a == 0 || b == 0 { 0.0 } else { self.covariance[(b - 1) * n + a - 1] }
        };
        let first = order[0];
        // the contrast a - f against the new first arm f: (a - o) - (f - o), o the old first arm
        let moved = |a: usize, b: usize| cov(a, b) - cov(a, first) - cov(first, b) + cov(first, first);
        let others = &order[1..];
        let mut covariance = Vec::with_capacity(n * n);
        for &b in others {
            covariance.extend(others.iter().map(|&a| moved(a, b)));
        }
        let mut arms = Vec::with_capacity(p);
        for &a in &order {
            let treatment = position(a).ok_or_else(|| {
                Error::data(format!("unknown treatment `{}`", self.arms[a].name), "name it")
            })?;
            let data = self.arms[a].data;
            arms.push(Arm { treatment, data, size: data.size(), events: data.events() });
        }
        let contrasts: Vec<f64> = others.iter().map(|&a| value(a) - value(first)).collect();
        let variances = covariance.iter().step_by(n + 1);
        if let Some((_, found)) = contrasts.iter().zip(variances).find_map(|(&y, &v)| beyond(y, v)) {
            return Err(Error::data(found, REMEDY).in_row(self.row).in_study(self.label));
        }
        Ok(Study {
            contrasts,
            covariance,
            arm_variances: self.arm_variances.map(|v| order.iter().map(|&a| v[a]).collect()),
            residuals: moved_residuals(&self.residuals, &order),
            label: self.label,
            row: self.row,
            arms,
        })
    }
}

/// The residuals of the pairs in the order of the levels; their signs follow the orientation.
fn moved_residuals(residuals: &[f64], order: &[usize]) -> Vec<f64> {
    if residuals.is_empty() {
        return Vec::new();
    }
    let p = order.len();
    let of = |a: usize, b: usize| if a < b { residuals[a * p + b] } else { -residuals[b * p + a] };
    (0..p).flat_map(|i| (i + 1..p).map(move |j| (i, j))).map(|(i, j)| of(order[i], order[j])).collect()
}
