//! The influence of single clusters on a fit, and the weights of effects.
//!
//! For each cluster the model is fitted again without it, from the maximum with it. From that fit come the deleted
//! residuals, Cook's distances `(b − b₍₋c₎)' Var(b)⁻¹ (b − b₍₋c₎)`, DFBETAS (changes in standard errors of the coefficients of all
//! effects at the variances without the cluster) and the ratio of generalized variances; from the full fit the leverages
//! `diag X(X'WX)⁻¹X'W`.
//!
//! References: Belsley D. A., Kuh E., Welsch R. E. (1980), Regression Diagnostics, doi:10.1002/0471725153; Viechtbauer W.,
//! Cheung M. W.-L. (2010), doi:10.1002/jrsm.11.

use nalgebra::{Cholesky, DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::dense;
use super::factor::Factor;
use super::fit::MultilevelFit;
use super::likelihood::Point;
use super::optimize::search;
use super::options::{ComponentIntervals, Multilevel};
use super::readings::{Source, at_fit, singular};
use super::setting::Setting;
use crate::stat::{
    chi2,
    progress::{NOT_DONE, each_of},
};
use crate::{EffectSizes, Error, Result};

/// The fit without a cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Without {
    /// The coefficients.
    pub estimates: Vec<f64>,
    /// Their model-based standard errors.
    pub ses: Vec<f64>,
    /// The variances of the intercepts, in the order of the model.
    pub sigma2: Vec<f64>,
    /// The variances of the structured terms, one list for each.
    pub tau2: Vec<Vec<f64>>,
    /// Their correlations or ranges.
    pub rho: Vec<Vec<Option<f64>>>,
    /// Cochran's Q, generalized.
    pub q: Option<f64>,
    /// Cook's distance.
    pub cook_distance: f64,
    /// For each coefficient its change in standard errors.
    pub dfbetas: Vec<f64>,
    /// The generalized variance of the coefficients without the cluster over that with it.
    pub cov_ratio: f64,
    /// For a cluster of one effect: its deleted residual over its standard error.
    pub rstudent: Option<f64>,
    /// The squared length of the cluster's deleted residuals, in their own covariance.
    pub residual_chi2: f64,
    /// Its P value by chi-square with as many degrees of freedom as the cluster has effects; `None` if their covariance is
    /// singular.
    pub residual_p_value: Option<f64>,
}

/// One cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClusterInfluence {
    /// The cluster.
    pub cluster: String,
    /// The number of its effects.
    pub k: usize,
    /// The sum of their leverages; over all clusters these sum to the number of coefficients.
    pub hat: f64,
    /// The sum of their weights in per cent, as [`EffectWeight::weight`].
    pub weight: f64,
    /// The fit without it; `None` if the model cannot be fitted without it.
    pub without: Option<Without>,
    /// The reason if not.
    pub reason: Option<String>,
}

/// All clusters, in the order of the factor's levels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelInfluence {
    /// The factor.
    pub by: String,
    /// The names of the coefficients.
    pub terms: Vec<String>,
    /// The clusters.
    pub clusters: Vec<ClusterInfluence>,
}

/// The fit without one cluster, with the inference of the fit of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The cluster.
    pub cluster: String,
    /// The number of effects that are left.
    pub k: usize,
    /// The fit; `None` if the model cannot be fitted without the cluster.
    pub fit: Option<MultilevelFit>,
    /// The reason if not.
    pub reason: Option<String>,
}

/// The weight of one effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EffectWeight {
    /// The effect's label.
    pub label: String,
    /// Per cent: the diagonal of the inverse covariance.
    pub diagonal: f64,
    /// Per cent: the sums of its rows, which are the weights of the effects in the mean of a model without moderators.
    pub weight: f64,
    /// The leverage.
    pub hat: f64,
}

/// The diagonal of W, its row sums and the leverages.
struct Spread {
    diagonal: Vec<f64>,
    sums: Vec<f64>,
    hat: Vec<f64>,
}

fn spread(setting: &Setting, point: &Point) -> Result<Spread> {
    let problem = &setting.prepared.problem;
    let (k, p, q) = (problem.k, problem.p, problem.p + 1);
    let mut spread = Spread { diagonal: vec![0.0; k], sums: vec![0.0; k], hat: vec![0.0; k] };
    let (mut sigma, mut w) = (Vec::new(), Vec::new());
    for block in dense::split(k, &setting.sampling, &setting.terms, setting.prepared.unit) {
        let n = block.rows.len();
        dense::covariance(&block, &setting.terms, &point.theta, &mut sigma);
        dense::invert(&mut sigma, &mut w, n).ok_or_else(singular)?;
        for (i, &row) in block.rows.iter().enumerate() {
            let mut image = DVector::zeros(p);
            for (j, &other) in block.rows.iter().enumerate() {
                let weight = w[i * n + j];
                spread.sums[row] += weight;
                for a in 0..p {
                    image[a] += weight * problem.u[other * q + a];
                }
            }
            spread.diagonal[row] = w[i * n + i];
            let own = DVector::from_column_slice(&problem.u[row * q..row * q + p]);
            spread.hat[row] = own.dot(&(&point.extra.covariance * image));
        }
    }
    Ok(spread)
}

impl MultilevelFit {
    /// The influence of each cluster (or of each effect, with a factor that tells them all apart): the model is fitted without it.
    ///
    /// # Errors
    ///
    /// If the clusters do not fit the effects, or the fit was read from a file.
    pub fn influence(&self, cluster: &Factor) -> Result<MultilevelInfluence> {
        influence(self, cluster)
    }

    /// The whole fit without each cluster in turn: estimates with the intervals and tests of this fit's inference.
    ///
    /// # Errors
    ///
    /// If the clusters do not fit the effects, or the fit was read from a file.
    pub fn without_each(&self, cluster: &Factor) -> Result<Vec<LeftOut>> {
        without_each(self, cluster)
    }

    /// The weights of the effects.
    ///
    /// # Errors
    ///
    /// If the fit was read from a file.
    pub fn weights(&self) -> Result<Vec<EffectWeight>> {
        weights(self)
    }
}

fn weights(fit: &MultilevelFit) -> Result<Vec<EffectWeight>> {
    let (setting, point) = at_fit(fit)?;
    let effects = &fit.source()?.effects;
    let spread = spread(&setting, &point)?;
    let (diagonal, sums): (f64, f64) = (spread.diagonal.iter().sum(), spread.sums.iter().sum());
    Ok(effects
        .labels()
        .iter()
        .enumerate()
        .map(|(i, label)| EffectWeight {
            label: label.clone(),
            diagonal: 100.0 * spread.diagonal[i] / diagonal,
            weight: 100.0 * spread.sums[i] / sums,
            hat: spread.hat[i],
        })
        .collect())
}

/// Refuses clusters that are not one for each effect.
fn check_clusters(cluster: &Factor, effects: &EffectSizes) -> Result<()> {
    if cluster.len() == effects.len() {
        return Ok(());
    }
    let found = format!("{} labels for {} effects", cluster.len(), effects.len());
    Err(Error::data(found, "the clusters need one label for each effect").in_column(cluster.name()))
}

fn without_each(fit: &MultilevelFit, cluster: &Factor) -> Result<Vec<LeftOut>> {
    let Source { model, effects } = fit.source()?;
    check_clusters(cluster, effects)?;
    let members = cluster.members();
    let one = |at: usize| {
        let kept = others(effects.len(), &members[at]);
        let refit = || {
            let kept = kept.as_ref().map_err(Error::clone)?;
            model.subset(kept).intervals(ComponentIntervals::Omit).fit(&effects.subset(kept)?)
        };
        match refit() {
            Ok(fit) => (Some(fit), None),
            Err(error) => (None, Some(error.to_string())),
        }
    };
    let fits = each_of("fits", members.len(), one, |_| (None, Some(NOT_DONE.to_owned())))?;
    let row = |(at, (fit, reason)): (usize, (Option<MultilevelFit>, Option<String>))| LeftOut {
        cluster: cluster.levels()[at].clone(),
        k: effects.len() - members[at].len(),
        fit,
        reason,
    };
    Ok(fits.into_iter().enumerate().map(row).collect())
}

fn influence(fit: &MultilevelFit, cluster: &Factor) -> Result<MultilevelInfluence> {
    let Source { model, effects } = fit.source()?;
    check_clusters(cluster, effects)?;
    let (setting, point) = at_fit(fit)?;
    let spread = spread(&setting, &point)?;
    let total: f64 = spread.sums.iter().sum();
    let full = Full { model, effects, setting: &setting, point: &point };
    let members = cluster.members();
    let one = |at: usize| match full.without(&members[at]) {
        Ok(without) => (Some(without), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let fits = each_of("fits", members.len(), one, |_| (None, Some(NOT_DONE.to_owned())))?;
    let row = |(at, (without, reason)): (usize, (Option<Without>, Option<String>))| {
        let rows = &members[at];
        ClusterInfluence {
            cluster: cluster.levels()[at].clone(),
            k: rows.len(),
            hat: rows.iter().map(|&row| spread.hat[row]).sum(),
            weight: 100.0 * rows.iter().map(|&row| spread.sums[row]).sum::<f64>() / total,
            without,
            reason,
        }
    };
    Ok(MultilevelInfluence {
        by: cluster.name().to_owned(),
        terms: setting.design.names().to_vec(),
        clusters: fits.into_iter().enumerate().map(row).collect(),
    })
}

/// The effects outside these rows.
fn others(k: usize, rows: &[usize]) -> Result<Vec<usize>> {
    let mut out = vec![false; k];
    for &row in rows {
        out[row] = true;
    }
    let kept: Vec<usize> = (0..k).filter(|&row| !out[row]).collect();
    if kept.is_empty() {
        return Err(Error::model("no effect is left", "a cluster must not hold all effects"));
    }
    Ok(kept)
}

/// The fit of all effects.
struct Full<'a> {
    model: &'a Multilevel,
    effects: &'a EffectSizes,
    setting: &'a Setting,
    point: &'a Point,
}

impl Full<'_> {
    fn without(&self, rows: &[usize]) -> Result<Without> {
        let kept = others(self.effects.len(), rows)?;
        let model = self.model.subset(&kept);
        let effects = self.effects.subset(&kept)?;
        let unit = self.setting.prepared.unit;
        let setting = Setting::in_units(&model, &effects, Some(unit))?;
        let prepared = &setting.prepared;
        let mut starts = Vec::new();
        if prepared.problem.m == self.point.theta.len() {
            starts.push(self.point.theta.clone());
        }
        starts.extend(prepared.starts.iter().cloned());
        let failed = || Error::model("the likelihood has no maximum", "look at the effects that are left");
        let found =
            search(&prepared.problem, &prepared.bounds, &prepared.fixed, &starts).ok_or_else(failed)?;
        let best = &found.best.point;
        let (estimates, covariance) = setting.coefficients(best);
        let zero = prepared.problem.at(&vec![0.0; prepared.problem.m]);
        if setting.sampling.has_zeros() {
            setting.check_variances(&effects, best)?;
        } else if zero.is_none() {
            return Err(failed());
        }

        let (all, all_covariance) = self.setting.coefficients(self.point);
        let change = &all - &estimates;
        let inverse = Cholesky::new(all_covariance.clone()).ok_or_else(failed)?;
        let cook_distance = change.dot(&inverse.solve(&change));
        // The full design at the variances without the cluster.
        let same = prepared.problem.m == self.point.theta.len();
        let at_those = if same { self.setting.prepared.problem.at(&best.theta) } else { None };
        let errors =
            at_those.map_or_else(|| all_covariance.clone(), |point| self.setting.coefficients(&point).1);
        let dfbetas = (0..change.len()).map(|a| change[a] / errors[(a, a)].sqrt()).collect();
        let cov_ratio = covariance.determinant() / all_covariance.determinant();

        // Deleted residuals with their covariance: sampling, random effects at the variances without the cluster, mean.
        let n = rows.len();
        let theta = if same { &best.theta } else { &self.point.theta };
        let design = &self.setting.design;
        let x = DMatrix::from_fn(n, design.p(), |i, a| design.values_of(a)[rows[i]]);
        let residuals = DVector::from_fn(n, |i, _| self.effects.yi()[rows[i]]) - &x * &estimates;
        let spread = self.marginal(rows, theta) + &x * &covariance * x.transpose();
        let factor = Cholesky::new(spread.clone());
        let residual_chi2 =
            factor.as_ref().map_or(f64::INFINITY, |factor| residuals.dot(&factor.solve(&residuals)));
        let (sigma2, tau2, rho) = variances(&model, &setting, &best.theta, unit);
        Ok(Without {
            ses: (0..estimates.len()).map(|a| covariance[(a, a)].sqrt()).collect(),
            estimates: estimates.as_slice().to_vec(),
            sigma2,
            tau2,
            rho,
            q: zero.map(|zero| zero.extra.quadratic.max(0.0)),
            cook_distance,
            dfbetas,
            cov_ratio,
            rstudent: (n == 1).then(|| residuals[0] / spread[(0, 0)].sqrt()),
            residual_chi2,
            residual_p_value: factor.map(|_| chi2::sf(residual_chi2, n as f64)),
        })
    }

    /// The covariance of these effects about their means: sampling errors and random effects.
    fn marginal(&self, rows: &[usize], theta: &[f64]) -> DMatrix<f64> {
        let (n, unit) = (rows.len(), self.setting.prepared.unit);
        let mut marginal = DMatrix::zeros(n, n);
        for (i, &row) in rows.iter().enumerate() {
            marginal[(i, i)] = self.setting.sampling.variances[row];
        }
        for block in &self.setting.sampling.blocks {
            for (a, &i) in block.rows.iter().enumerate() {
                for (b, &j) in block.rows.iter().enumerate() {
                    let place = |row: usize| rows.iter().position(|&own| own == row);
                    if let (Some(s), Some(t)) = (place(i), place(j)) {
                        marginal[(s, t)] = block.matrix[a * block.rows.len() + b];
                    }
                }
            }
        }
        for (s, &i) in rows.iter().enumerate() {
            for (t, &j) in rows.iter().enumerate() {
                for term in &self.setting.terms {
                    marginal[(s, t)] += term.covariance(theta, i, j) * unit;
                }
            }
        }
        marginal
    }
}

/// The variances of intercepts, and the variances and correlations of structured terms, on the scale of the data.
#[allow(clippy::type_complexity)] // one for each term, as the report has them
fn variances(
    model: &Multilevel,
    setting: &Setting,
    theta: &[f64],
    unit: f64,
) -> (Vec<f64>, Vec<Vec<f64>>, Vec<Vec<Option<f64>>>) {
    let (mut sigma2, mut tau2, mut rho) = (Vec::new(), Vec::new(), Vec::new());
    for (random, term) in model.random.iter().zip(&setting.terms) {
        let own = &theta[term.first..term.first + term.count];
        match &term.inner {
            None => sigma2.push(own.first().map_or(0.0, |value| value * unit)),
            Some((shape, _)) => {
                let (variances, correlations) = shape.report(own, unit);
                if random.structure().is_some() {
                    tau2.push(variances);
                    rho.push(correlations);
                } else {
                    sigma2.extend(variances);
                }
            }
        }
    }
    (sigma2, tau2, rho)
}
