//! Fitting: the search for the maximum, then the inference, tests, intervals and components at it.

use nalgebra::{DMatrix, DVector};

use super::components::{boundary, components};
use super::containment::containment;
use super::fit::{
    MultilevelCoefficient, MultilevelFit, MultilevelHeterogeneity, MultilevelPrediction, Optimization,
};
use super::inference::CoefficientInference;
use super::likelihood::{Kind, Point};
use super::optimize::{Search, search, slope};
use super::options::{Estimation, Multilevel};
use super::prepare::Prepared;
use super::random::Term;
use super::readings::Source;
use super::robust::Working;
use super::setting::Setting;
use super::small_sample::{free_parameters, small_sample};
use crate::linear::{
    Back, FitInfo, Inference, Prediction, Transformed,
    basis::{Basis, Reference, Spread},
    small_sample::SmallSample,
};
use crate::stat::chi2;
use crate::{EffectSizes, Error, Level, Result};

/// The note on predictions of a model in which no one variance is that of all effects.
const NO_ONE_VARIANCE: &str = "predictions have no prediction interval: the variance of the true effects differs between levels or \
                               slopes of a random term";

impl Multilevel {
    /// Fits the model.
    ///
    /// # Errors
    ///
    /// If the data do not fit together, a sampling covariance matrix is not positive definite (the error names the
    /// cluster, its rows and the smallest eigenvalue), moderators are linearly dependent, or a variance or correlation
    /// cannot be estimated for a reason that the error gives.
    pub fn fit(&self, effects: &EffectSizes) -> Result<MultilevelFit> {
        let level = self.level.check()?;
        if self.inference == CoefficientInference::KenwardRoger && self.method != Estimation::Reml {
            return Err(Error::setting(
                "inference",
                "`kr` with ML",
                "the method of Kenward and Roger needs REML",
            ));
        }
        effects.check_range_beside_zeros()?;
        let mut setting = Setting::new(self, effects)?;
        let mut notes = std::mem::take(&mut setting.notes);
        let Prepared { problem, bounds, fixed, starts, .. } = &setting.prepared;
        let zeros = setting.sampling.has_zeros();
        let singular = || if zeros { unweighted("some effects") } else { indefinite() };
        let found = search(problem, bounds, fixed, starts).ok_or_else(singular)?;
        let zero = problem.at(&vec![0.0; problem.m]);
        if zero.is_none() && !zeros {
            return Err(indefinite());
        }
        if zeros {
            setting.check_variances(effects, &found.best.point)?;
            notes.push(WITHOUT_Q.to_owned());
        }
        let zero = zero.as_ref();
        let maximum = Maximum { model: self, effects, setting: &setting, found: &found, zero, level };
        maximum.fit(&mut notes)
    }
}

/// The note of a fit whose effects have sampling variances of 0.
const WITHOUT_Q: &str = "some sampling variances are 0: these effects have the variance of their random effects alone; Q and I², which \
                         rest on the sampling variances, do not exist";

/// The error for effects without any variance.
pub(super) fn unweighted(which: &str) -> Error {
    Error::model(
        format!(
            "the sampling variance of {which} is 0, and the random effects leave no variance of their own: the weight would be infinite"
        ),
        "give a random effect that every effect has for itself (`--random study/effect`), give the variance, or leave the effect out",
    )
}

fn indefinite() -> Error {
    Error::model(
        "the covariance matrix of the effects is singular to working precision",
        "check the sampling variances: some are many orders of magnitude apart",
    )
}

/// The maximum of the likelihood, with all that is read off it.
struct Maximum<'a> {
    model: &'a Multilevel,
    effects: &'a EffectSizes,
    setting: &'a Setting,
    found: &'a Search,
    /// Without random effects; `None` if a sampling variance is 0.
    zero: Option<&'a Point>,
    level: Level,
}

impl Maximum<'_> {
    fn best(&self) -> &Point {
        &self.found.best.point
    }

    fn fit(&self, notes: &mut Vec<String>) -> Result<MultilevelFit> {
        let (model, setting, best, level) = (self.model, self.setting, self.best(), self.level);
        let (k, p) = (setting.prepared.problem.k, setting.prepared.problem.p);
        let (estimates, model_covariance) = setting.coefficients(best);
        let working = self.working(&estimates);
        let inferred = self.inferred(&working, &estimates, notes)?;
        let spread = self.spread(k - p)?;
        let coefficients = self.coefficients(&inferred, &model_covariance)?;
        let moderators = setting.moderators();
        let moderator_test = inferred.test_columns(&moderators);
        if moderator_test.is_none() && !moderators.is_empty() {
            notes.push(inferred.why_no_test(&moderators));
        }
        if let Some(robust) = inferred.clusters() {
            notes.extend(robust.notes(setting.design.names()));
        }
        let variance = total_variance(&setting.terms, best, setting.prepared.unit);
        let back = Back::of(self.effects);
        // One mean for all effects.
        let whole =
            if moderators.is_empty() { inferred.contrast("the mean", &[1.0], level).ok() } else { None };
        let prediction = whole.as_ref().and_then(|mean| spread?.interval(mean, level));
        let limits = prediction.map(|interval| [interval.lower, interval.upper]);
        let transformed = whole.map_or_else(Transformed::default, |mean| {
            back.transformed(mean.estimate, [mean.ci_lower, mean.ci_upper], limits)
        });
        let predictions = self.predictions(&inferred, spread, back)?;
        if !predictions.is_empty() && spread.is_none() && !setting.terms.is_empty() {
            notes.push(NO_ONE_VARIANCE.to_owned());
        }
        let (variance_components, structures) = components(model, setting, best, level, variance, notes);
        let optimization = self.optimization(notes);
        let typical = setting.prepared.typical_variance;
        Ok(MultilevelFit {
            measure: self.effects.measure(),
            method: model.method,
            inference: model.inference,
            level,
            k,
            coefficients,
            covariance: inferred.covariance(),
            moderator_test,
            residual_heterogeneity: heterogeneity(self.zero, best, k - p, variance, typical),
            variance_components,
            structures,
            prediction,
            transformed,
            back,
            predictions,
            fit: fit_info(&setting.prepared, best, self.zero),
            robust: inferred.clusters().map(|robust| robust.summary()),
            optimization,
            notes: std::mem::take(notes),
            working: Some(Box::new(working)),
            inferred: Some(Box::new(inferred)),
            spread,
            source: Some(Source::new(model, self.effects)),
        })
    }

    fn working(&self, estimates: &DVector<f64>) -> Working {
        Working {
            design: self.setting.design.clone(),
            sampling: self.setting.sampling.clone(),
            terms: self.setting.terms.clone(),
            theta: self.best().theta.clone(),
            unit: self.setting.prepared.unit,
            residuals: self.setting.residuals(self.effects, estimates),
        }
    }

    /// The inference that the model chooses.
    fn inferred(
        &self,
        working: &Working,
        estimates: &DVector<f64>,
        notes: &mut Vec<String>,
    ) -> Result<Basis> {
        let (model, setting, best) = (self.model, self.setting, self.best());
        let (k, p) = (setting.prepared.problem.k, setting.prepared.problem.p);
        let mut covariance = best.extra.covariance.clone();
        let reference = match (&model.robust, model.inference) {
            (Some((kind, cluster)), _) => {
                Reference::Clusters(working.judge(estimates.as_slice(), *kind, cluster)?)
            }
            (None, CoefficientInference::Wald) => Reference::Normal,
            (None, CoefficientInference::T) => Reference::T((k - p) as f64),
            (None, CoefficientInference::Containment) => {
                Reference::Coefficients(containment(&model.random, &setting.design, k)?)
            }
            (None, CoefficientInference::Satterthwaite) => self
                .small_sample(notes)?
                .map_or(Reference::Normal, |(small, _)| Reference::Satterthwaite(small)),
            (None, CoefficientInference::KenwardRoger) => match self.small_sample(notes)? {
                Some((small, adjusted)) => {
                    covariance = adjusted;
                    Reference::KenwardRoger(small)
                }
                None => Reference::Normal,
            },
        };
        let unit = setting.prepared.unit;
        let on_q = (&best.extra.coefficients * unit.sqrt(), covariance * unit);
        let basis =
            Basis::new(setting.design.names(), on_q, setting.prepared.from_orthonormal.clone(), reference);
        Ok(basis.about(setting.prepared.shift.clone()))
    }

    /// The variance about predicted means, if there is one for all.
    fn spread(&self, residual: usize) -> Result<Option<Spread>> {
        let model = self.model;
        // By default the interval takes the quantile of the mean's inference, t by clusters.
        let reference = if model.robust.is_some() { Inference::T } else { model.inference.reference() };
        let method = Prediction::of_coefficients(model.prediction, reference)?;
        let variance = total_variance(&self.setting.terms, self.best(), self.setting.prepared.unit);
        Ok(variance.filter(|_| !self.setting.terms.is_empty()).map(|tau2| Spread {
            method,
            tau2,
            residual: residual as f64,
        }))
    }

    /// `None` if no variance is estimated, with a note.
    fn small_sample(&self, notes: &mut Vec<String>) -> Result<Option<(SmallSample, DMatrix<f64>)>> {
        let Prepared { problem, bounds, fixed, .. } = &self.setting.prepared;
        let free = free_parameters(self.best(), bounds, fixed);
        if free.is_empty() {
            let why = if fixed.iter().any(|fixed| *fixed) {
                "no variance is estimated: those that are held count as known"
            } else {
                "no variance is estimated above 0"
            };
            notes.push(format!("{why}; tests rest on the normal distribution"));
            return Ok(None);
        }
        small_sample(problem, &free, self.best()).map(Some).ok_or_else(|| {
            Error::model(
                "the information about the variances is singular",
                "use the inference t, contain or cluster-robust",
            )
        })
    }

    fn coefficients(
        &self,
        inferred: &Basis,
        model_covariance: &DMatrix<f64>,
    ) -> Result<Vec<MultilevelCoefficient>> {
        let each = inferred.coefficients(self.level)?.into_iter().enumerate();
        Ok(each
            .map(|(i, c)| {
                let i2 = coefficient_i2(self.setting, self.zero, model_covariance, i);
                MultilevelCoefficient::new(c, i2)
            })
            .collect())
    }

    /// The means at the rows of the design that were asked for; without prediction intervals where effects differ in variance.
    fn predictions(
        &self,
        inferred: &Basis,
        spread: Option<Spread>,
        back: Back,
    ) -> Result<Vec<MultilevelPrediction>> {
        let p = inferred.names().len();
        self.model
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
                let mean = inferred.contrast("a predicted value", row, self.level)?;
                let interval = spread.and_then(|spread| spread.interval(&mean, self.level));
                let limits = interval.map(|interval| [interval.lower, interval.upper]);
                Ok(MultilevelPrediction {
                    values: crate::linear::Point::default(),
                    row: row.clone(),
                    estimate: mean.estimate,
                    se: mean.se,
                    df: mean.df,
                    ci_lower: mean.ci_lower,
                    ci_upper: mean.ci_upper,
                    prediction_lower: limits.map(|[lower, _]| lower),
                    prediction_upper: limits.map(|[_, upper]| upper),
                    transformed: back.transformed(mean.estimate, [mean.ci_lower, mean.ci_upper], limits),
                })
            })
            .collect()
    }

    /// The search, and notes on parameters that ended at a bound or not at all.
    fn optimization(&self, notes: &mut Vec<String>) -> Optimization {
        let (found, best) = (self.found, self.best());
        let Prepared { bounds, fixed, unit, .. } = &self.setting.prepared;
        let boundary = boundary(self.model, self.setting, best, notes);
        let gradient = slope(best, bounds, fixed);
        if !found.best.converged {
            notes.push(format!(
                "the search for the maximum of the likelihood stopped at a gradient of {gradient:.1e}: the likelihood is flat there"
            ));
        }
        Optimization {
            starts: found.starts,
            maxima: found.optima,
            parameters: fixed.iter().filter(|fixed| !**fixed).count(),
            start: found.start.clone(),
            end: best.theta.clone(),
            unit: *unit,
            steps: found.best.steps,
            evaluations: found.evaluations,
            gradient,
            boundary,
            converged: found.best.converged,
        }
    }
}

/// The share of the variance of a coefficient that the random effects bring, per cent.
fn coefficient_i2(
    setting: &Setting,
    zero: Option<&Point>,
    covariance: &DMatrix<f64>,
    i: usize,
) -> Option<f64> {
    let back = setting.prepared.from_orthonormal.row(i);
    let without = (back * &zero?.extra.covariance * back.transpose())[(0, 0)] * setting.prepared.unit;
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
    zero: Option<&Point>,
    best: &Point,
    df: usize,
    variance: Option<f64>,
    typical: Option<f64>,
) -> MultilevelHeterogeneity {
    let q = zero.map(|zero| zero.extra.quadratic.max(0.0));
    let jackson = zero.and_then(|zero| {
        let p = zero.extra.coefficients.len() as f64;
        let ratio = zero.extra.covariance.determinant() / best.extra.covariance.determinant();
        (ratio > 0.0 && !best.theta.is_empty()).then(|| 100.0 * (1.0 - ratio.powf(1.0 / p)))
    });
    let both = variance.zip(typical);
    MultilevelHeterogeneity {
        q,
        q_df: df,
        q_p_value: q.map(|q| chi2::sf(q, df as f64)),
        tau2: variance,
        i2: both.map(|(tau2, typical)| 100.0 * tau2 / (tau2 + typical)),
        h2: both.map(|(tau2, typical)| (tau2 + typical) / typical),
        jackson_i2: jackson,
        typical_variance: typical,
    }
}

fn fit_info(prepared: &Prepared, best: &Point, zero: Option<&Point>) -> FitInfo {
    let problem = &prepared.problem;
    let n = match problem.kind {
        Kind::Reml => problem.k - problem.p,
        Kind::Ml => problem.k,
    } as f64;
    let log_likelihood = -best.value - 0.5 * n * prepared.unit.ln();
    let deviance = match (problem.kind, zero) {
        // Less that of a model that fits every effect exactly, with the sampling covariances.
        (Kind::Ml, Some(zero)) => 2.0 * (best.value - (zero.value - 0.5 * zero.extra.quadratic)),
        _ => -2.0 * log_likelihood,
    };
    let free = prepared.fixed.iter().filter(|fixed| !**fixed).count();
    FitInfo::new(log_likelihood, deviance, (problem.p + free) as f64, n)
}
