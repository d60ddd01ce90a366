//! Readings of a fit: the predicted deviations of groups (best linear unbiased predictions).

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

use super::dense;
use super::estimate::Setting;
use super::fit::MultilevelFit;
use super::options::Multilevel;
use super::random::RandomTerm;
use crate::{EffectSizes, Error, Result};

/// The predicted deviation of one group from the mean, shrunk towards 0 by what is not known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RandomEffect {
    /// The random term: `district`, `district/school`, `outcome|trial`.
    pub term: String,
    /// The group; for an `inner | outer` term `outer: inner`.
    pub level: String,
    /// The prediction.
    pub estimate: f64,
    /// The standard error of prediction, with the uncertainty of the coefficients.
    pub se: f64,
    /// The lower limit, by the normal distribution at the level of the fit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// `û = C Σ⁻¹ r` with the covariance C of u and the effects; its variance of prediction is
/// `G − C Σ⁻¹ C' + C Σ⁻¹ X (X'Σ⁻¹X)⁻¹ X' Σ⁻¹ C'`.
pub(super) fn random_effects(
    model: &Multilevel,
    effects: &EffectSizes,
    fit: &MultilevelFit,
) -> Result<Vec<RandomEffect>> {
    let setting = Setting::new(model, effects)?;
    let problem = &setting.prepared.problem;
    let theta = &fit.optimization.end;
    let stranger =
        || Error::setting("fit", "it is not a fit of this model to these effects", "fit the model first");
    if fit.k != problem.k || theta.len() != problem.m {
        return Err(stranger());
    }
    let point = problem.point(theta).ok_or_else(stranger)?;
    let unit = setting.prepared.unit;
    let (k, p) = (problem.k, problem.p);
    let q = p + 1;
    let critical = fit.level.critical_value(None);
    // Each term's groups, or pairs of group and inner level, in order.
    let mut found: Vec<std::collections::BTreeMap<(usize, usize), RandomEffect>> =
        vec![std::collections::BTreeMap::new(); setting.terms.len()];
    let (mut sigma, mut w) = (Vec::new(), Vec::new());
    for block in dense::split(k, &setting.sampling, &setting.terms, unit) {
        let n = block.rows.len();
        dense::covariance(&block, &setting.terms, theta, &mut sigma);
        dense::invert(&mut sigma, &mut w, n).ok_or_else(stranger)?;
        let residual: Vec<f64> = block
            .rows
            .iter()
            .map(|&row| {
                let u = &problem.u[row * q..(row + 1) * q];
                u[p] - u[..p].iter().zip(point.coefficients.iter()).map(|(x, b)| x * b).sum::<f64>()
            })
            .collect();
        for ((at, term), random) in setting.terms.iter().enumerate().zip(&model.random) {
            let mut seen = std::collections::BTreeMap::new();
            for (i, &row) in block.rows.iter().enumerate() {
                let inner = term.inner.as_ref().map_or(0, |(_, inner)| inner[row]);
                seen.entry((term.groups[row], inner)).or_insert(i);
            }
            for (key, representative) in seen {
                let row = block.rows[representative];
                // The covariance of this deviation with each effect is that of the effect that represents it.
                let c: Vec<f64> =
                    block.rows.iter().map(|&other| term.covariance(theta, row, other)).collect();
                let wc: Vec<f64> =
                    (0..n).map(|i| w[i * n..(i + 1) * n].iter().zip(&c).map(|(w, c)| w * c).sum()).collect();
                let estimate: f64 = wc.iter().zip(&residual).map(|(w, r)| w * r).sum();
                let mut x = DVector::zeros(p);
                for (value, &row) in wc.iter().zip(&block.rows) {
                    for a in 0..p {
                        x[a] += value * problem.u[row * q + a];
                    }
                }
                let known: f64 = wc.iter().zip(&c).map(|(w, c)| w * c).sum();
                let variance = c[representative] - known + x.dot(&(&point.covariance * &x));
                let se = (variance.max(0.0) * unit).sqrt();
                let estimate = estimate * unit.sqrt();
                let level = match random {
                    RandomTerm::Intercept(factor) => factor.levels()[key.0].clone(),
                    RandomTerm::Structured { inner, outer, .. } => {
                        format!("{}: {}", outer.levels()[key.0], inner.levels()[key.1])
                    }
                };
                found[at].insert(
                    key,
                    RandomEffect {
                        term: random.name(),
                        level,
                        estimate,
                        se,
                        lower: estimate - critical * se,
                        upper: estimate + critical * se,
                    },
                );
            }
        }
    }
    Ok(found.into_iter().flat_map(std::collections::BTreeMap::into_values).collect())
}
