//! Fitting: the search for the maximum, then the coefficients, tests, intervals and readings at it.

use nalgebra::{DMatrix, DVector};

use super::components::{boundary, components};
use super::containment::containment;
use super::fit::{
    MultilevelCoefficient, MultilevelFit, MultilevelHeterogeneity, MultilevelPrediction, Optimization,
};
use super::fixed_effects::FixedEffects;
use super::inference::{Basis, CoefficientInference, Mean, Summary};
use super::likelihood::{Kind, Point};
use super::optimize::{search, slope};
use super::options::{Estimation, Multilevel};
use super::prepare::{Prepared, prepare};
use super::random::{Term, code};
use super::robust::Working;
use super::sampling::Sampling;
use super::small_sample::{SmallSample, free_parameters};
use crate::pool::{Back, FitInfo, Inference, Prediction, PredictionInterval, Transformed};
use crate::stat::chi2;
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
        Setting::in_units(model, effects, None)
    }

    /// With a given unit of variance, so that parameters of another fit mean the same.
    pub fn in_units(model: &Multilevel, effects: &EffectSizes, unit: Option<f64>) -> Result<Self> {
        let k = effects.len();
        let design = model.fixed.clone().unwrap_or_else(|| FixedEffects::intercept(k));
        design.check(k)?;
        if k <= design.columns().len() {
            return Err(Error::model(
                format!("effects: {k}, coefficients: {}", design.columns().len()),
                "a multilevel model needs more effects than coefficients",
            ));
        }
        let mut notes = effects.notes().to_vec();
        let sampling = model.sampling.blocks(effects)?;
        let terms = code(&model.random, &model.holding, effects, &mut notes)?;
        let kind = match model.method {
            Estimation::Ml => Kind::Ml,
            Estimation::Reml => Kind::Reml,
        };
        let prepared = prepare(effects, &design, &sampling, &terms, (kind, unit))?;
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
    if model.inference == CoefficientInference::KenwardRoger && model.method != Estimation::Reml {
        return Err(Error::setting(
            "inference",
            "`kr` with ML",
            "the method of Kenward and Roger needs REML",
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
    let fixed = &setting.prepared.fixed;
    let found = search(problem, bounds, fixed, &setting.prepared.starts).ok_or_else(indefinite)?;
    let best = &found.best.point;
    let (k, p) = (problem.k, problem.p);
    let (estimates, model_covariance) = setting.coefficients(best);
    let residuals = setting.residuals(effects, &estimates);

    let residual_df = (k - p) as f64;
    let mut covariance = model_covariance.clone();
    let small_sample = |notes: &mut Vec<String>| {
        if free_parameters(best, bounds, fixed).is_empty() {
            let why = if fixed.iter().any(|fixed| *fixed) {
                "no variance is estimated: those that are held count as known"
            } else {
                "no variance is estimated above 0"
            };
            notes.push(format!("{why}; tests rest on the normal distribution"));
            return Ok(None);
        }
        SmallSample::new(problem, bounds, fixed, best, &setting.prepared.from_orthonormal)
            .map(Some)
            .ok_or_else(|| {
                Error::model(
                    "the information about the variances is singular",
                    "use the inference t, contain or cluster-robust",
                )
            })
    };
    let working = Working {
        design: setting.design.clone(),
        sampling: setting.sampling.clone(),
        terms: setting.terms.clone(),
        theta: best.theta.clone(),
        unit: setting.prepared.unit,
        residuals,
    };
    let basis = match &model.robust {
        Some((kind, cluster)) => {
            let robust = working.judge(estimates.as_slice(), *kind, cluster)?;
            for (at, term) in setting.design.names().iter().enumerate() {
                // One without a robust variance is named, with the cluster that alone informs it.
                robust.coefficient(term, at, level.fraction())?;
            }
            covariance = DMatrix::from_column_slice(p, p, robust.covariance());
            Basis::Robust(robust)
        }
        None => match model.inference {
            CoefficientInference::Wald => Basis::Normal,
            CoefficientInference::T => Basis::Coefficients(vec![residual_df; p]),
            CoefficientInference::Containment => {
                Basis::Coefficients(containment(&model.random, &setting.design, k)?)
            }
            CoefficientInference::Satterthwaite => {
                small_sample(&mut notes)?.map_or(Basis::Normal, Basis::Satterthwaite)
            }
            CoefficientInference::KenwardRoger => match small_sample(&mut notes)? {
                Some(small) => {
                    let back = &setting.prepared.from_orthonormal;
                    covariance = back * small.adjusted() * back.transpose() * setting.prepared.unit;
                    Basis::KenwardRoger(small)
                }
                None => Basis::Normal,
            },
        },
    };
    let inference = Summary { estimates: &estimates, covariance, basis, level };
    let zero = problem.point(&vec![0.0; problem.m]).ok_or_else(indefinite)?;
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
                i2: coefficient_i2(&setting, &zero, &model_covariance, i),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let moderators = setting.design.moderators();
    let moderator_test = inference.test(&moderators);
    if moderator_test.is_none() && !moderators.is_empty() {
        notes.push(match &inference.basis {
            Basis::Robust(robust) => {
                let rows: Vec<Vec<f64>> = moderators
                    .iter()
                    .map(|&at| (0..p).map(|column| f64::from(u8::from(column == at))).collect())
                    .collect();
                robust.why_no_test(&rows, setting.design.names())
            }
            _ => "the covariance of the coefficients does not support the test of the moderators".to_owned(),
        });
    }
    if let Basis::Robust(robust) = &inference.basis {
        notes.extend(robust.notes(setting.design.names()));
    }

    let variance = total_variance(&setting.terms, best, setting.prepared.unit);
    let residual_heterogeneity =
        heterogeneity(&zero, best, k - p, variance, setting.prepared.typical_variance);
    // By default the interval takes the quantile of the mean's inference, t by clusters.
    let reference = if model.robust.is_some() { Inference::T } else { model.inference.reference() };
    let convention = Prediction::of_coefficients(model.prediction, reference)?;
    let interval = |mean: &Mean| {
        variance.filter(|_| !setting.terms.is_empty()).and_then(|variance| {
            PredictionInterval::new(convention, mean.estimate, mean.se, variance, mean.df, residual_df, level)
        })
    };
    let back = Back::of(effects);
    let transformed = |mean: &Mean, interval: Option<PredictionInterval>| {
        let limits = interval.map(|interval| [interval.lower, interval.upper]);
        back.transformed(mean.estimate, [mean.ci_lower, mean.ci_upper], limits)
    };
    // One mean for all effects.
    let whole = if moderators.is_empty() { inference.mean(&[1.0]).ok() } else { None };
    let prediction = whole.as_ref().and_then(interval);
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
                transformed: transformed(&mean, interval),
            })
        })
        .collect::<Result<Vec<_>>>()?;

    let (variance_components, structures) = components(model, &setting, best, level, variance, &mut notes);
    let boundary = boundary(model, &setting, best, &mut notes);
    if !found.best.converged {
        notes.push(format!(
            "the search for the maximum of the likelihood stopped at a gradient of {:.1e}: the likelihood is flat there",
            slope(best, bounds, fixed)
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
        transformed: whole.map_or_else(Transformed::default, |mean| transformed(&mean, prediction)),
        back,
        predictions,
        fit: fit_info(&setting.prepared, best, &zero),
        robust: match &inference.basis {
            Basis::Robust(robust) => Some(robust.summary()),
            _ => None,
        },
        optimization: Optimization {
            starts: found.starts,
            maxima: found.optima,
            parameters: fixed.iter().filter(|fixed| !**fixed).count(),
            start: found.start,
            end: best.theta.clone(),
            unit: setting.prepared.unit,
            steps: found.best.steps,
            evaluations: found.evaluations,
            gradient: slope(best, bounds, fixed),
            boundary,
            converged: found.best.converged,
        },
        notes,
        working: Some(Box::new(working)),
    })
}

/// The share of the variance of a coefficient that the random effects bring, per cent.
fn coefficient_i2(setting: &Setting, zero: &Point, covariance: &DMatrix<f64>, i: usize) -> Option<f64> {
    let back = setting.prepared.from_orthonormal.row(i);
    let without = (back * &zero.covariance * back.transpose())[(0, 0)] * setting.prepared.unit;
    (!setting.terms.is_empty()).then(|| 100.0 * (1.0 - without / covariance[(i, i)]))
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

fn heterogeneity(
    zero: &Point,
    best: &Point,
    df: usize,
    variance: Option<f64>,
    typical: f64,
) -> MultilevelHeterogeneity {
    let q = zero.quadratic.max(0.0);
    let p = zero.coefficients.len() as f64;
    let ratio = zero.covariance.determinant() / best.covariance.determinant();
    MultilevelHeterogeneity {
        q,
        q_df: df,
        q_p_value: chi2::sf(q, df as f64),
        tau2: variance,
        i2: variance.map(|tau2| 100.0 * tau2 / (tau2 + typical)),
        h2: variance.map(|tau2| (tau2 + typical) / typical),
        jackson_i2: (ratio > 0.0 && !best.theta.is_empty()).then(|| 100.0 * (1.0 - ratio.powf(1.0 / p))),
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
    let free = prepared.fixed.iter().filter(|fixed| !**fixed).count();
    FitInfo::new(log_likelihood, deviance, (problem.p + free) as f64, n)
}
