//! The parametric bootstrap: effects drawn from a fitted model, `y* = Xβ̂ + Lz` with `LL' = Σ(θ̂)` block by block.
//!
//! Each replicate has its own stream of random numbers, so that results depend on the seed alone.

use nalgebra::{Cholesky, DMatrix};
use serde::{Deserialize, Serialize};

use super::dense;
use super::fit::MultilevelFit;
use super::likelihood::Point;
use super::optimize::search;
use super::options::{ComponentIntervals, Multilevel};
use super::readings::{Source, at_fit, singular};
use super::setting::Setting;
use crate::stat::chance::{quantile, replicates, stream};
use crate::{EffectSizes, Error, Result};

/// A quantity with its distribution over replicates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Drawn {
    /// The coefficient's or random effect's name.
    pub name: String,
    /// The estimate.
    pub estimate: f64,
    /// The standard deviation of the replicates.
    pub se: f64,
    /// Their mean less the estimate.
    pub bias: f64,
    /// The lower percentile limit, at the level of the fit.
    pub lower: f64,
    /// The upper percentile limit.
    pub upper: f64,
}

/// The result of the parametric bootstrap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelBootstrap {
    /// The replicates that were fitted.
    pub replicates: usize,
    /// Those that could not be.
    pub failed: usize,
    /// The seed.
    pub seed: u64,
    /// The coefficients.
    pub coefficients: Vec<Drawn>,
    /// The variances, then the correlations or ranges, term by term. Replicates in which one does not exist (a correlation
    /// beside a variance of 0) are left out of its distribution.
    pub components: Vec<Drawn>,
}

/// A likelihood-ratio test by parametric bootstrap.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BootstrapTest {
    /// Twice the difference of the log-likelihoods.
    pub statistic: f64,
    /// `(1 + replicates with a larger statistic)/(1 + replicates)`.
    pub p_value: f64,
    /// The replicates that were fitted.
    pub replicates: usize,
    /// The seed.
    pub seed: u64,
}

/// Draws effects from the model at a point.
struct Draws<'a> {
    setting: &'a Setting,
    fitted: Vec<f64>,
    /// For each block its rows and L, n by n.
    factors: Vec<(Vec<usize>, DMatrix<f64>)>,
}

impl<'a> Draws<'a> {
    fn new(setting: &'a Setting, point: &Point) -> Result<Self> {
        let problem = &setting.prepared.problem;
        let unit = setting.prepared.unit;
        let (estimates, _) = setting.coefficients(point);
        let fitted = (0..problem.k)
            .map(|i| setting.design.columns().zip(estimates.iter()).map(|(x, b)| x[i] * b).sum())
            .collect();
        let mut sigma = Vec::new();
        let mut factors = Vec::new();
        for block in dense::split(problem.k, &setting.sampling, &setting.terms, unit) {
            let n = block.rows.len();
            dense::covariance(&block, &setting.terms, &point.theta, &mut sigma);
            let matrix = DMatrix::from_row_slice(n, n, &sigma) * unit;
            factors.push((block.rows, Cholesky::new(matrix).ok_or_else(singular)?.unpack()));
        }
        Ok(Draws { setting, fitted, factors })
    }

    fn draw(&self, seed: u64, replicate: u64) -> Vec<f64> {
        let mut stream = stream(seed, replicate);
        let mut y = self.fitted.clone();
        for (rows, l) in &self.factors {
            let z: Vec<f64> = rows.iter().map(|_| stream.normal()).collect();
            for (i, &row) in rows.iter().enumerate() {
                y[row] += (0..=i).map(|j| l[(i, j)] * z[j]).sum::<f64>();
            }
        }
        y
    }

    fn effects(&self, effects: &EffectSizes, y: Vec<f64>) -> Result<EffectSizes> {
        EffectSizes::with_zero_variances(effects.measure(), effects.labels().iter().cloned(), y, effects.vi())
    }
}

/// The maximum for other outcomes of the same design, from the maximum for the true ones and from moments.
fn refit(model: &Multilevel, effects: &EffectSizes, unit: f64, theta: &[f64]) -> Option<(Setting, Point)> {
    let setting = Setting::in_units(model, effects, Some(unit)).ok()?;
    let prepared = &setting.prepared;
    let mut starts = vec![theta.to_vec()];
    starts.extend(prepared.starts.iter().take(2).cloned());
    let found = search(&prepared.problem, &prepared.bounds, &prepared.fixed, &starts)?;
    let point = found.best.point;
    Some((setting, point))
}

/// Variances and correlations with their names, term by term.
fn components(model: &Multilevel, setting: &Setting, point: &Point) -> Vec<(String, Option<f64>)> {
    let unit = setting.prepared.unit;
    let mut all = Vec::new();
    for (random, term) in model.random.iter().zip(&setting.terms) {
        let name = random.name();
        let Some((shape, _)) = &term.inner else {
            let value = if term.count > 0 { point.theta[term.first] * unit } else { 0.0 };
            all.push((name, Some(value)));
            continue;
        };
        let (tau2, rho) = shape.report(&point.theta[term.first..term.first + term.count], unit);
        let number =
            |count: usize, at: usize| if count == 1 { String::new() } else { format!(".{}", at + 1) };
        let (variances, correlations) = (tau2.len(), rho.len());
        for (at, value) in tau2.into_iter().enumerate() {
            all.push((format!("{name} tau2{}", number(variances, at)), Some(value)));
        }
        for (at, value) in rho.into_iter().enumerate() {
            all.push((format!("{name} rho{}", number(correlations, at)), value));
        }
    }
    all
}

impl MultilevelFit {
    /// Parametric bootstrap: effects drawn from the fitted model, to which the model is fitted again.
    ///
    /// # Errors
    ///
    /// If fewer than half of the replicates can be fitted, or the fit was read from a file.
    pub fn bootstrap(&self, replicates: usize, seed: u64) -> Result<MultilevelBootstrap> {
        bootstrap(self, replicates, seed)
    }

    /// The likelihood-ratio test of this model against a smaller one by parametric bootstrap: the ratio's distribution is
    /// that of effects drawn from the smaller model, which takes account of variances at 0 and correlations at the edge.
    ///
    /// # Errors
    ///
    /// If a model cannot be fitted, the two cannot be [compared](MultilevelFit::compare), fewer than half of the
    /// replicates can be fitted, or the fit was read from a file.
    pub fn bootstrap_test(
        &self,
        smaller: &Multilevel,
        replicates: usize,
        seed: u64,
    ) -> Result<BootstrapTest> {
        let Source { model, effects } = self.source()?;
        test(model, smaller, effects, replicates, seed)
    }
}

fn bootstrap(fit: &MultilevelFit, count: usize, seed: u64) -> Result<MultilevelBootstrap> {
    check(count)?;
    let (setting, point) = at_fit(fit)?;
    let Source { model, effects } = fit.source()?;
    let source = Draws::new(&setting, &point)?;
    let unit = setting.prepared.unit;
    type Replicate = (Vec<f64>, Vec<Option<f64>>);
    let drawn: Vec<Option<Replicate>> = replicates(count, |replicate| {
        let again = source.effects(effects, source.draw(seed, replicate)).ok()?;
        let (setting, point) = refit(model, &again, unit, &point.theta)?;
        let (estimates, _) = setting.coefficients(&point);
        let values = components(model, &setting, &point).into_iter().map(|(_, value)| value).collect();
        Some((estimates.as_slice().to_vec(), values))
    })?;
    let count = drawn.len();
    let done: Vec<Replicate> = drawn.into_iter().flatten().collect();
    enough(done.len(), count)?;
    let tail = 0.5 * (1.0 - fit.level.fraction());
    let summary = |name: String, estimate: f64, mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let se = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        Drawn {
            name,
            estimate,
            se,
            bias: mean - estimate,
            lower: quantile(&values, tail),
            upper: quantile(&values, 1.0 - tail),
        }
    };
    let (estimates, _) = setting.coefficients(&point);
    let coefficients = setting
        .design
        .names()
        .iter()
        .enumerate()
        .map(|(a, name)| summary(name.clone(), estimates[a], done.iter().map(|(b, _)| b[a]).collect()))
        .collect();
    let components = components(model, &setting, &point)
        .into_iter()
        .enumerate()
        .filter_map(|(at, (name, estimate))| {
            let values: Vec<f64> = done.iter().filter_map(|(_, values)| values[at]).collect();
            (values.len() > 1).then(|| summary(name, estimate.unwrap_or(f64::NAN), values))
        })
        .filter(|drawn| drawn.estimate.is_finite())
        .collect();
    Ok(MultilevelBootstrap {
        replicates: done.len(),
        failed: count - done.len(),
        seed,
        coefficients,
        components,
    })
}

fn test(
    larger: &Multilevel,
    smaller: &Multilevel,
    effects: &EffectSizes,
    count: usize,
    seed: u64,
) -> Result<BootstrapTest> {
    check(count)?;
    let quick =
        |model: &Multilevel| Multilevel { robust: None, ..model.clone() }.intervals(ComponentIntervals::Omit);
    let (larger, smaller) = (quick(larger), quick(smaller));
    let (fit, small_fit) = (larger.fit(effects)?, smaller.fit(effects)?);
    let statistic = fit.compare(&small_fit)?.statistic;
    let (large_setting, large) = at_fit(&fit)?;
    let (setting, point) = at_fit(&small_fit)?;
    let source = Draws::new(&setting, &point)?;
    let log_likelihood = |model: &Multilevel, effects: &EffectSizes, unit: f64, theta: &[f64]| {
        let (setting, point) = refit(model, effects, unit, theta)?;
        // The constant of the scaling is that of the unit, which is the same in every replicate of a model.
        let n = match setting.prepared.problem.kind {
            super::likelihood::Kind::Reml => setting.prepared.problem.k - setting.prepared.problem.p,
            super::likelihood::Kind::Ml => setting.prepared.problem.k,
        } as f64;
        Some(-point.value - 0.5 * n * unit.ln())
    };
    let larger_ones: Vec<Option<bool>> = replicates(count, |replicate| {
        let again = source.effects(effects, source.draw(seed, replicate)).ok()?;
        let full = log_likelihood(&larger, &again, large_setting.prepared.unit, &large.theta)?;
        let less = log_likelihood(&smaller, &again, source.setting.prepared.unit, &point.theta)?;
        // Likelihood ratios of 0 are found to about 1e-10, which may not decide.
        Some(2.0 * (full - less) >= statistic - 1e-9)
    })?;
    let count = larger_ones.len();
    let done = larger_ones.iter().flatten().count();
    enough(done, count)?;
    let more = larger_ones.iter().flatten().filter(|more| **more).count();
    Ok(BootstrapTest { statistic, p_value: (more + 1) as f64 / (done + 1) as f64, replicates: done, seed })
}

fn check(count: usize) -> Result<()> {
    if (10..=10_000_000).contains(&count) {
        return Ok(());
    }
    Err(Error::setting("replicates", count.to_string(), "give between 10 and 10 million; 1000 is common"))
}

fn enough(done: usize, count: usize) -> Result<()> {
    if 2 * done >= count {
        return Ok(());
    }
    Err(Error::model(
        format!("{} of {count} replicates could not be fitted", count - done),
        "the model has more variances than the data can tell apart; use a smaller one",
    ))
}
