//! Readings of a fit: the predicted deviations of groups (best linear unbiased predictions).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

use super::dense;

use super::fit::MultilevelFit;
use super::likelihood::Point;
use super::options::Multilevel;
use super::random::{RandomTerm, Term};
use super::setting::Setting;
use super::structure::Shape;
use crate::{EffectSizes, Error, Result};

/// The predicted deviation of one group from the mean, shrunk towards 0 by what is not known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// The covariance of effects that cannot be inverted at a maximum.
pub(super) fn singular() -> Error {
    Error::model(
        "the covariance matrix of the effects is singular to working precision",
        "check the sampling variances: some are many orders of magnitude apart",
    )
}

/// The model and the effects of a fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    pub model: Multilevel,
    pub effects: EffectSizes,
}

impl Source {
    pub fn new(model: &Multilevel, effects: &EffectSizes) -> Arc<Self> {
        Arc::new(Source { model: model.clone(), effects: effects.clone() })
    }
}

impl MultilevelFit {
    /// The model and the effects that the fit was made from.
    pub(super) fn source(&self) -> Result<&Source> {
        self.source.as_deref().ok_or_else(|| {
            Error::setting("fit", "a fit that was read from a file", "fit the model to the effects again")
        })
    }
}

/// The model brought together with its data, at the maximum that a fit has found.
pub(super) fn at_fit(fit: &MultilevelFit) -> Result<(Setting, Point)> {
    let Source { model, effects } = fit.source()?;
    let setting = Setting::new(model, effects)?;
    let theta = &fit.optimization.end;
    let point = setting.prepared.problem.at(theta).ok_or_else(singular)?;
    Ok((setting, point))
}

impl MultilevelFit {
    /// The predicted deviations of every group of every random term, with their standard errors (best linear unbiased
    /// predictions).
    ///
    /// # Errors
    ///
    /// If the fit was read from a file.
    pub fn random_effects(&self) -> Result<Vec<RandomEffect>> {
        random_effects(self)
    }

    /// A prediction for a new effect of a known group: of a study with its effects, of a district with its schools. What the
    /// group's effects say of its deviation is used; levels within the group are new. `row` has a value for each column of the
    /// design, `[1.0]` for a model without moderators.
    ///
    /// # Errors
    ///
    /// If there is no such term or level, the row does not fit the design, the model has a covariance structure other than
    /// intercepts, or the fit was read from a file.
    pub fn predict_within(&self, term: &str, level: &str, row: &[f64]) -> Result<GroupPrediction> {
        predict_within(self, (term, level), row)
    }
}

/// `û = C Σ⁻¹ r` with the covariance C of u and the effects; its variance of prediction is
/// `G − C Σ⁻¹ C' + C Σ⁻¹ X (X'Σ⁻¹X)⁻¹ X' Σ⁻¹ C'`.
fn random_effects(fit: &MultilevelFit) -> Result<Vec<RandomEffect>> {
    let (setting, point) = at_fit(fit)?;
    let model = &fit.source()?.model;
    let problem = &setting.prepared.problem;
    let theta = &point.theta;
    let unit = setting.prepared.unit;
    let (k, p) = (problem.k, problem.p);
    let q = p + 1;
    let critical = fit.level.critical_value(None);
    // Each term's groups, or pairs of group and inner level, in order.
    let mut found: Vec<BTreeMap<(usize, usize), RandomEffect>> = vec![BTreeMap::new(); setting.terms.len()];
    let (mut sigma, mut w) = (Vec::new(), Vec::new());
    for block in dense::split(k, &setting.sampling, &setting.terms, unit) {
        let n = block.rows.len();
        dense::covariance(&block, &setting.terms, theta, &mut sigma);
        dense::invert(&mut sigma, &mut w, n).ok_or_else(singular)?;
        let residual: Vec<f64> = block
            .rows
            .iter()
            .map(|&row| {
                let u = &problem.u[row * q..(row + 1) * q];
                u[p] - u[..p].iter().zip(point.extra.coefficients.iter()).map(|(x, b)| x * b).sum::<f64>()
            })
            .collect();
        for ((at, term), random) in setting.terms.iter().enumerate().zip(&model.random) {
            for deviation in deviations(term, random, &block.rows, theta) {
                let Deviation { key, level, c, variance } = deviation;
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
                let left = variance - known + x.dot(&(&point.extra.covariance * &x));
                let se = (left.max(0.0) * unit).sqrt();
                let estimate = estimate * unit.sqrt();
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

/// A deviation of a term, with its covariances with the effects of a block.
struct Deviation {
    /// Its group and its place within it.
    key: (usize, usize),
    level: String,
    c: Vec<f64>,
    variance: f64,
}

fn deviations(term: &Term, random: &RandomTerm, rows: &[usize], theta: &[f64]) -> Vec<Deviation> {
    let outer = random.groups();
    if let Some((Shape::Slopes(shape), codes)) = &term.inner {
        let own = &theta[term.first..term.first + term.count];
        let groups: BTreeSet<usize> = rows.iter().map(|&row| term.groups[row]).collect();
        let names = random.inner_levels();
        return groups
            .into_iter()
            .flat_map(|group| (0..names.len()).map(move |column| (group, column)))
            .map(|(group, column)| Deviation {
                key: (group, column),
                level: format!("{}: {}", outer.levels()[group], names[column]),
                c: rows
                    .iter()
                    .map(|&row| {
                        if term.groups[row] == group {
                            shape.with_effect(own, column, codes[row])
                        } else {
                            0.0
                        }
                    })
                    .collect(),
                variance: shape.variance(own, column),
            })
            .collect();
    }
    let mut seen = BTreeMap::new();
    for (i, &row) in rows.iter().enumerate() {
        let inner = term.inner.as_ref().map_or(0, |(_, codes)| codes[row]);
        seen.entry((term.groups[row], inner)).or_insert(i);
    }
    seen.into_iter()
        .map(|(key, representative)| {
            let row = rows[representative];
            // The covariance of this deviation with each effect is that of the effect that represents it.
            let c: Vec<f64> = rows.iter().map(|&other| term.covariance(theta, row, other)).collect();
            let level = match random {
                RandomTerm::Structured { inner, .. } => {
                    format!("{}: {}", outer.levels()[key.0], inner.levels()[key.1])
                }
                RandomTerm::Spatial { places, .. } => {
                    format!("{}: {}", outer.levels()[key.0], places.label(row))
                }
                _ => outer.levels()[outer.codes()[row]].clone(),
            };
            Deviation { key, level, variance: c[representative], c }
        })
        .collect()
}

/// The predicted true effect of a new effect of a known group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GroupPrediction {
    /// The term whose group is known.
    pub term: String,
    /// The group.
    pub level: String,
    /// The values of the design's columns.
    pub row: Vec<f64>,
    /// The prediction: the mean, and what the group's effects say of its deviation.
    pub estimate: f64,
    /// Its standard error, without what is new within the group: of the mean of the group's true effects.
    pub se: f64,
    /// The variance of what is new within the group.
    pub variance_within: f64,
    /// The lower limit for the mean of the group's true effects, by the normal distribution at the level of the fit.
    pub mean_lower: f64,
    /// The upper limit.
    pub mean_upper: f64,
    /// The lower limit for the true effect of a new effect of the group.
    pub prediction_lower: f64,
    /// The upper limit.
    pub prediction_upper: f64,
}

/// `x'β̂ + c'W(y − Xβ̂)`, with the error variance `g − c'Wc + d'Φd`, `d = x − X'Wc`.
fn predict_within(fit: &MultilevelFit, (name, level): (&str, &str), row: &[f64]) -> Result<GroupPrediction> {
    let (setting, point) = at_fit(fit)?;
    let model = &fit.source()?.model;
    let problem = &setting.prepared.problem;
    let (p, unit) = (problem.p, setting.prepared.unit);
    check_row(model, row, p)?;
    let names = || model.random.iter().map(RandomTerm::name).collect::<Vec<_>>();
    let at = model
        .random
        .iter()
        .position(|term| term.name() == name)
        .ok_or_else(|| Error::unknown("random effect", name, names()))?;
    let factor = model.random[at].groups();
    let code = factor
        .levels()
        .iter()
        .position(|known| known == level)
        .ok_or_else(|| Error::unknown("level", level, factor.levels().iter().cloned()))?;
    let members: Vec<usize> = (0..problem.k).filter(|&row| factor.codes()[row] == code).collect();
    let Some(&representative) = members.first() else { return Err(singular()) };
    // Terms of which the whole group has one level are shared with the new effect; it has a new level of the others.
    let (mut shared, mut within) = (Vec::new(), 0.0);
    for term in &setting.terms {
        if encloses(&term.groups, factor.codes()) {
            shared.push(term);
        } else {
            within += term.covariance(&point.theta, representative, representative);
        }
    }
    let covariance = |row: usize| -> f64 {
        shared.iter().map(|term| term.covariance(&point.theta, representative, row)).sum()
    };
    let x = setting.prepared.from_orthonormal.tr_mul(&DVector::from_column_slice(row));
    let Known { deviation, known, image } = Known::of(&setting, &point, covariance)?;
    let d = &x - image;
    let left = covariance(representative) - known + d.dot(&(&point.extra.covariance * &d));
    let (estimates, _) = setting.coefficients(&point);
    let mean: f64 = row.iter().zip(estimates.iter()).map(|(x, b)| x * b).sum();
    let estimate = mean + deviation * unit.sqrt();
    let variance = left.max(0.0) * unit;
    let (se, within) = (variance.sqrt(), within * unit);
    let critical = fit.level.critical_value(None);
    let whole = (variance + within).sqrt();
    Ok(GroupPrediction {
        term: name.to_owned(),
        level: level.to_owned(),
        row: row.to_vec(),
        estimate,
        se,
        variance_within: within,
        mean_lower: estimate - critical * se,
        mean_upper: estimate + critical * se,
        prediction_lower: estimate - critical * whole,
        prediction_upper: estimate + critical * whole,
    })
}

/// Refuses a row that does not fit the design, and models whose groups are not all plain intercepts.
fn check_row(model: &Multilevel, row: &[f64], p: usize) -> Result<()> {
    if row.len() != p || !row.iter().all(|x| x.is_finite()) {
        return Err(Error::setting(
            "row",
            format!("{} values for {p} columns of the design", row.len()),
            "give one finite value for each column, the intercept's 1 included",
        ));
    }
    match model.random.iter().find(|term| !matches!(term, RandomTerm::Intercept(_))) {
        Some(other) => Err(Error::model(
            format!("{} has a covariance structure", other.name()),
            "predictions within a group are made for models of random intercepts",
        )),
        None => Ok(()),
    }
}

/// The evidence of all effects on a deviation: with its covariances c with them, `c'W(y − Xβ̂)`, `c'Wc` and `X'Wc`.
struct Known {
    deviation: f64,
    known: f64,
    image: DVector<f64>,
}

impl Known {
    fn of(setting: &Setting, point: &Point, covariance: impl Fn(usize) -> f64) -> Result<Known> {
        let problem = &setting.prepared.problem;
        let (p, q, unit) = (problem.p, problem.p + 1, setting.prepared.unit);
        let (mut deviation, mut known, mut image) = (0.0, 0.0, DVector::zeros(p));
        let (mut sigma, mut w) = (Vec::new(), Vec::new());
        for block in dense::split(problem.k, &setting.sampling, &setting.terms, unit) {
            let c: Vec<f64> = block.rows.iter().map(|&row| covariance(row)).collect();
            if c.iter().all(|c| *c == 0.0) {
                continue;
            }
            let n = block.rows.len();
            dense::covariance(&block, &setting.terms, &point.theta, &mut sigma);
            dense::invert(&mut sigma, &mut w, n).ok_or_else(singular)?;
            for i in 0..n {
                let u = &problem.u[block.rows[i] * q..(block.rows[i] + 1) * q];
                let wc: f64 = w[i * n..(i + 1) * n].iter().zip(&c).map(|(w, c)| w * c).sum();
                let fitted: f64 =
                    u[..p].iter().zip(point.extra.coefficients.iter()).map(|(x, b)| x * b).sum();
                deviation += wc * (u[p] - fitted);
                known += wc * c[i];
                for a in 0..p {
                    image[a] += wc * u[a];
                }
            }
        }
        Ok(Known { deviation, known, image })
    }
}

/// Tells whether every level of the second grouping lies within one of the first.
fn encloses(outer: &[usize], inner: &[usize]) -> bool {
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    outer.iter().zip(inner).all(|(&outer, &inner)| *of.entry(inner).or_insert(outer) == outer)
}
