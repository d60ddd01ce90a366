//! Fitting: the search for the maximum, then the coefficients, tests, intervals and readings at it.

use nalgebra::{DMatrix, DVector};

use super::dense;
use super::fit::{
    MultilevelCoefficient, MultilevelFit, MultilevelHeterogeneity, MultilevelPrediction, MultilevelTest,
    Optimization, StructureEstimate, TestDistribution, VarianceComponent,
};
use super::fixed_effects::FixedEffects;
use super::likelihood::{Kind, Point};
use super::optimize::{search, slope};
use super::options::{ComponentIntervals, Estimation, Multilevel};
use super::prepare::{Prepared, prepare};
use super::profile;
use super::random::{RandomTerm, Term, code};
use super::sampling::Sampling;
use crate::pool::{FitInfo, Inference, Prediction, PredictionInterval};
use crate::robust::{Block, ClusterBlock, ClusterRobust, ClusteredModel};
use crate::stat::{self, Tail, chi2};
use crate::{EffectSizes, Error, Level, Result};

/// A model that has been brought together with its data.
pub(super) struct Setting {
    pub design: FixedEffects,
    pub sampling: Sampling,
    pub terms: Vec<Term>,
    pub prepared: Prepared,
    pub notes: Vec<String>,
}

impl Setting {
    pub fn new(model: &Multilevel, effects: &EffectSizes) -> Result<Self> {
        let k = effects.len();
        let design = model.fixed.clone().unwrap_or_else(|| FixedEffects::intercept(k));
        design.check(k)?;
        if k <= design.columns().len() {
            return Err(Error::model(
                format!("{k} effects for {} coefficients", design.columns().len()),
                "a multilevel model needs more effects than coefficients",
            ));
        }
        let mut notes = effects.notes().to_vec();
        let sampling = model.sampling.blocks(effects)?;
        let terms = code(&model.random, effects, &mut notes)?;
        let kind = match model.method {
            Estimation::Ml => Kind::Ml,
            Estimation::Reml => Kind::Reml,
        };
        let prepared = prepare(effects, &design, &sampling, &terms, kind)?;
        Ok(Setting { design, sampling, terms, prepared, notes })
    }

    /// Coefficients and their model-based covariance, on the scale of the data.
    pub fn coefficients(&self, point: &Point) -> (DVector<f64>, DMatrix<f64>) {
        let back = &self.prepared.from_orthonormal;
        let unit = self.prepared.unit;
        let estimates = &self.prepared.shift + back * &point.coefficients * unit.sqrt();
        (estimates, back * &point.covariance * back.transpose() * unit)
    }

    pub fn residuals(&self, effects: &EffectSizes, estimates: &DVector<f64>) -> Vec<f64> {
        (0..effects.len())
            .map(|i| {
                let fitted: f64 =
                    self.design.columns().iter().zip(estimates.iter()).map(|(x, b)| x[i] * b).sum();
                effects.yi()[i] - fitted
            })
            .collect()
    }
}

pub(super) fn fit(model: &Multilevel, effects: &EffectSizes) -> Result<MultilevelFit> {
    let level = model.level.map_or(Ok(Level::default()), Level::new)?;
    if !matches!(model.inference, Inference::Wald | Inference::T) {
        return Err(Error::setting(
            "inference",
            format!("`{}` is not defined for multilevel models", model.inference),
            "use wald or t, or cluster-robust inference",
        ));
    }
    let mut setting = Setting::new(model, effects)?;
    let mut notes = std::mem::take(&mut setting.notes);
    let problem = &setting.prepared.problem;
    let bounds = &setting.prepared.bounds;
    let indefinite = || {
        Error::model(
            "the covariance matrix of the effects is singular to working precision",
            "check the sampling variances: some are many orders of magnitude apart",
        )
    };
    let found = search(problem, bounds, &setting.prepared.starts).ok_or_else(indefinite)?;
    let best = &found.best.point;
    let (k, p) = (problem.k, problem.p);
    let (estimates, model_covariance) = setting.coefficients(best);
    let residuals = setting.residuals(effects, &estimates);

    let robust = match &model.robust {
        Some((kind, cluster)) => {
            Some(robust(&setting, best, (estimates.as_slice(), &residuals), *kind, cluster)?)
        }
        None => None,
    };
    let residual_df = (k - p) as f64;
    let inference = Summary {
        estimates: &estimates,
        covariance: match &robust {
            Some(robust) => DMatrix::from_column_slice(p, p, robust.covariance()),
            None => model_covariance,
        },
        df: (model.inference == Inference::T).then_some(residual_df),
        robust: robust.as_ref(),
        level,
    };
    let coefficients = setting
        .design
        .names()
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let mut row = vec![0.0; p];
            row[i] = 1.0;
            let mean = inference.mean(&row)?;
            Ok(MultilevelCoefficient {
                term: name.clone(),
                estimate: mean.estimate,
                se: mean.se,
                statistic: Some(mean.estimate / mean.se),
                df: mean.df,
                p_value: Some(mean.p_value),
                ci_lower: mean.ci_lower,
                ci_upper: mean.ci_upper,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let moderators = setting.design.moderators();
    let moderator_test = inference.test(&moderators);
    if moderator_test.is_none() && !moderators.is_empty() {
        notes.push(
            "the covariance of the coefficients does not support the test of the moderators".to_owned(),
        );
    }
    if let Some(robust) = &robust {
        notes.extend(robust.notes(setting.design.names()));
    }

    let zero = problem.point(&vec![0.0; problem.m]).ok_or_else(indefinite)?;
    let variance = total_variance(&setting.terms, best, setting.prepared.unit);
    let residual_heterogeneity = heterogeneity(&zero, k - p, variance, setting.prepared.typical_variance);
    let convention = Prediction::of_coefficients(model.prediction, model.inference)?;
    let interval = |mean: &Mean| {
        variance.filter(|_| !setting.terms.is_empty()).and_then(|variance| {
            PredictionInterval::new(convention, mean.estimate, mean.se, variance, mean.df, residual_df, level)
        })
    };
    let prediction = if moderators.is_empty() {
        inference.mean(&[1.0]).ok().and_then(|mean| interval(&mean))
    } else {
        None
    };
    let predictions = model
        .predictions
        .iter()
        .map(|row| {
            if row.len() != p || !row.iter().all(|x| x.is_finite()) {
                return Err(Error::setting(
                    "predict",
                    format!("{} values for {p} columns of the design", row.len()),
                    "give one finite value for each column, the intercept's 1 included",
                ));
            }
            let mean = inference.mean(row)?;
            let interval = interval(&mean);
            Ok(MultilevelPrediction {
                row: row.clone(),
                estimate: mean.estimate,
                se: mean.se,
                df: mean.df,
                ci_lower: mean.ci_lower,
                ci_upper: mean.ci_upper,
                prediction_lower: interval.map(|interval| interval.lower),
                prediction_upper: interval.map(|interval| interval.upper),
            })
        })
        .collect::<Result<Vec<_>>>()?;

    let (variance_components, structures) =
        components(model, &setting, best, level, residual_heterogeneity.typical_variance, variance);
    let boundary = boundary(model, &setting, best, &mut notes);
    let no_bound = vec![false; bounds.len()];
    if !found.best.converged {
        notes.push(format!(
            "the search for the maximum of the likelihood stopped at a gradient of {:.1e}: the likelihood is flat there",
            slope(best, bounds, &no_bound)
        ));
    }
    Ok(MultilevelFit {
        measure: effects.measure(),
        method: model.method,
        inference: model.inference,
        level,
        k,
        coefficients,
        covariance: inference.covariance.as_slice().to_vec(),
        moderator_test,
        residual_heterogeneity,
        variance_components,
        structures,
        prediction,
        predictions,
        fit: fit_info(&setting.prepared, best, &zero),
        robust: robust.as_ref().map(ClusterRobust::summary),
        optimization: Optimization {
            starts: found.starts,
            maxima: found.optima,
            start: found.start,
            end: best.theta.clone(),
            unit: setting.prepared.unit,
            steps: found.best.steps,
            evaluations: found.evaluations,
            gradient: slope(best, bounds, &no_bound),
            boundary,
            converged: found.best.converged,
        },
        notes,
    })
}

/// A mean with its inference.
struct Mean {
    estimate: f64,
    se: f64,
    df: Option<f64>,
    p_value: f64,
    ci_lower: f64,
    ci_upper: f64,
}

/// The inference that was chosen, model-based or robust.
struct Summary<'a> {
    estimates: &'a DVector<f64>,
    covariance: DMatrix<f64>,
    df: Option<f64>,
    robust: Option<&'a ClusterRobust>,
    level: Level,
}

impl Summary<'_> {
    fn mean(&self, row: &[f64]) -> Result<Mean> {
        if let Some(robust) = self.robust {
            let mean = robust.contrast(row, self.level.fraction())?;
            return Ok(Mean {
                estimate: mean.estimate,
                se: mean.se,
                df: Some(mean.df),
                p_value: mean.p_value,
                ci_lower: mean.ci_lower,
                ci_upper: mean.ci_upper,
            });
        }
        let c = DVector::from_column_slice(row);
        let estimate = c.dot(self.estimates);
        let se = c.dot(&(&self.covariance * &c)).max(0.0).sqrt();
        let half = se * self.level.critical_value(self.df);
        let statistic = estimate / se;
        let p_value = match self.df {
            Some(df) => stat::t::two_sided(statistic, df),
            None => stat::normal::two_sided(statistic),
        };
        Ok(Mean { estimate, se, df: self.df, p_value, ci_lower: estimate - half, ci_upper: estimate + half })
    }

    fn test(&self, positions: &[usize]) -> Option<MultilevelTest> {
        if let Some(robust) = self.robust {
            let test = robust.test(positions)?;
            return Some(MultilevelTest {
                statistic: test.statistic,
                df1: test.df1,
                df2: Some(test.df2),
                p_value: test.p_value,
                distribution: TestDistribution::F,
            });
        }
        if positions.is_empty() {
            return None;
        }
        let n = positions.len();
        let b = DVector::from_fn(n, |i, _| self.estimates[positions[i]]);
        let v = DMatrix::from_fn(n, n, |i, j| self.covariance[(positions[i], positions[j])]);
        let wald = b.dot(&nalgebra::Cholesky::new(v)?.solve(&b));
        let df1 = n as f64;
        Some(match self.df {
            Some(df2) => MultilevelTest {
                statistic: wald / df1,
                df1: n,
                df2: Some(df2),
                p_value: stat::f::sf(wald / df1, df1, df2),
                distribution: TestDistribution::F,
            },
            None => MultilevelTest {
                statistic: wald,
                df1: n,
                df2: None,
                p_value: chi2::sf(wald, df1),
                distribution: TestDistribution::Chi2,
            },
        })
    }
}

/// The variance between effects of different groups, on the scale of the data; `None` if it differs by inner level.
fn total_variance(terms: &[Term], best: &Point, unit: f64) -> Option<f64> {
    let mut total = 0.0;
    for term in terms.iter().filter(|term| term.count > 0) {
        total += match &term.inner {
            None => best.theta[term.first],
            Some((shape, _)) => shape.common_variance(&best.theta[term.first..term.first + term.count])?,
        };
    }
    Some(total * unit)
}

fn heterogeneity(zero: &Point, df: usize, variance: Option<f64>, typical: f64) -> MultilevelHeterogeneity {
    let q = zero.quadratic.max(0.0);
    MultilevelHeterogeneity {
        q,
        q_df: df,
        q_p_value: chi2::sf(q, df as f64),
        tau2: variance,
        i2: variance.map(|tau2| 100.0 * tau2 / (tau2 + typical)),
        h2: variance.map(|tau2| (tau2 + typical) / typical),
        typical_variance: typical,
    }
}

fn fit_info(prepared: &Prepared, best: &Point, zero: &Point) -> FitInfo {
    let problem = &prepared.problem;
    let n = match problem.kind {
        Kind::Reml => problem.k - problem.p,
        Kind::Ml => problem.k,
    } as f64;
    let log_likelihood = -best.value - 0.5 * n * prepared.unit.ln();
    let deviance = match problem.kind {
        Kind::Reml => -2.0 * log_likelihood,
        // Less that of a model that fits every effect exactly, with the sampling covariances.
        Kind::Ml => 2.0 * (best.value - (zero.value - 0.5 * zero.quadratic)),
    };
    FitInfo::new(log_likelihood, deviance, (problem.p + problem.m) as f64, n)
}

fn components(
    model: &Multilevel,
    setting: &Setting,
    best: &Point,
    level: Level,
    typical: f64,
    total: Option<f64>,
) -> (Vec<VarianceComponent>, Vec<StructureEstimate>) {
    let unit = setting.prepared.unit;
    let quantile = chi2::quantile(Tail::Upper(1.0 - level.fraction()), 1.0);
    let (mut intercepts, mut structures) = (Vec::new(), Vec::new());
    for (random, term) in model.random.iter().zip(&setting.terms) {
        match (random, &term.inner) {
            (RandomTerm::Structured { inner, outer, structure }, Some((shape, _))) => {
                let (tau2, rho) = shape.report(&best.theta[term.first..term.first + term.count], unit);
                structures.push(StructureEstimate {
                    name: random.name(),
                    structure: *structure,
                    levels: inner.levels().to_vec(),
                    outer_levels: outer.levels().len(),
                    tau2,
                    rho,
                });
            }
            _ => {
                let estimated = term.count > 0;
                let sigma2 = if estimated { best.theta[term.first] * unit } else { 0.0 };
                let ci = (estimated && model.intervals == ComponentIntervals::Profile).then(|| {
                    let prepared = &setting.prepared;
                    let (lower, upper) =
                        profile::interval(&prepared.problem, &prepared.bounds, best, term.first, quantile);
                    [lower.map(|x| x * unit), upper.map(|x| x * unit)]
                });
                intercepts.push(VarianceComponent {
                    name: random.name(),
                    levels: random.groups().levels().len(),
                    sigma2,
                    ci,
                    i2: total.map(|total| 100.0 * sigma2 / (total + typical)),
                });
            }
        }
    }
    (intercepts, structures)
}

/// The names of the parameters that ended at a bound, with notes.
fn boundary(model: &Multilevel, setting: &Setting, best: &Point, notes: &mut Vec<String>) -> Vec<String> {
    let mut names = Vec::new();
    for (random, term) in model.random.iter().zip(&setting.terms) {
        let name = random.name();
        match (&term.inner, random) {
            (None, _) if term.count > 0 && best.theta[term.first] == 0.0 => {
                notes.push(format!(
                    "the variance of {name} is estimated as 0, at the edge of what is possible"
                ));
                names.push(name);
            }
            (Some((shape, _)), RandomTerm::Structured { inner, .. }) => {
                let (tau2, rho) =
                    shape.report(&best.theta[term.first..term.first + term.count], setting.prepared.unit);
                let largest = tau2.iter().copied().fold(0.0, f64::max);
                for (at, value) in tau2.iter().enumerate() {
                    if *value <= 1e-10 * (largest + setting.prepared.unit) {
                        let which = if tau2.len() == 1 {
                            name.clone()
                        } else {
                            format!("{name}: {}", inner.levels()[at])
                        };
                        notes.push(format!(
                            "the variance of {which} is estimated as 0, at the edge of what is possible"
                        ));
                        names.push(format!("tau2 {which}"));
                    }
                }
                for value in rho.iter().flatten() {
                    if value.abs() >= 1.0 - 1e-8 {
                        notes.push(format!("a correlation of {name} is estimated as {value:.0}, at the edge of what is possible"));
                        names.push(format!("rho {name}"));
                    }
                }
            }
            _ => {}
        }
    }
    names
}

/// The cluster-robust covariance with the fitted model as the working model.
fn robust(
    setting: &Setting,
    best: &Point,
    fitted: (&[f64], &[f64]),
    kind: crate::robust::RobustType,
    cluster: &super::factor::Factor,
) -> Result<ClusterRobust> {
    let (estimates, residuals) = fitted;
    let k = residuals.len();
    if cluster.len() != k {
        return Err(Error::data(
            format!("{} labels for {k} effects", cluster.len()),
            "the clusters need one label for each effect",
        )
        .in_column(cluster.name()));
    }
    let component = dense::components(k, &setting.sampling, &setting.terms);
    let mut of_component: Vec<Option<usize>> = vec![None; k];
    for (row, (&component, &code)) in component.iter().zip(cluster.codes()).enumerate() {
        let known = *of_component[component].get_or_insert(code);
        if known != code {
            return Err(Error::model(
                format!(
                    "row {} of cluster {} depends, by a random effect or a sampling covariance, on effects of cluster {}",
                    row + 1,
                    cluster.levels()[code],
                    cluster.levels()[known]
                ),
                "cluster by a factor whose levels contain whole groups of every random effect",
            ));
        }
    }
    let unit = setting.prepared.unit;
    let blocks = dense::split(k, &setting.sampling, &setting.terms, unit);
    let mut members = vec![Vec::new(); cluster.levels().len()];
    for block in &blocks {
        if let Some(&row) = block.rows.first() {
            members[cluster.codes()[row]].push(block);
        }
    }
    let mut sigma = Vec::new();
    let clusters = members
        .into_iter()
        .filter(|blocks| !blocks.is_empty())
        .map(|blocks| {
            let rows: Vec<usize> = blocks.iter().flat_map(|block| block.rows.iter().copied()).collect();
            let n = rows.len();
            let diagonal = blocks.iter().all(|block| block.rows.len() == 1);
            let mut values = if diagonal { Vec::with_capacity(n) } else { vec![0.0; n * n] };
            let mut offset = 0;
            for block in blocks {
                dense::covariance(block, &setting.terms, &best.theta, &mut sigma);
                let width = block.rows.len();
                if diagonal {
                    values.push(sigma[0] * unit);
                } else {
                    for a in 0..width {
                        for b in 0..width {
                            values[(offset + a) * n + offset + b] = sigma[a * width + b] * unit;
                        }
                    }
                }
                offset += width;
            }
            let covariance = if diagonal { Block::Diagonal(values) } else { Block::Full(values) };
            ClusterBlock { rows, covariance, weight: None }
        })
        .collect();
    let design: Vec<f64> = setting.design.columns().concat();
    ClusteredModel { design: &design, estimates, residuals, clusters }.robust(kind)
}
