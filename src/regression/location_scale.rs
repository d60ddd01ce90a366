//! Location-scale models: moderators of the size of the effects, and of how much they vary.
//!
//! Use it when studies of one kind disagree more than those of another (small and large ones, strict and loose
//! protocols), so that one tau² for all is wrong.
//!
//! yᵢ ~ N(xᵢ'β, vᵢ + tau²ᵢ) with log tau²ᵢ = zᵢ'α (log link) or tau²ᵢ = zᵢ'α, at least 0 for every study (identity link).
//! Scale coefficients maximize the likelihood or the restricted likelihood, profiled over β; the coefficients β are then
//! those of weighted least squares. Newton's method with exact second derivatives climbs from many starts (the tau² of the
//! model without scale moderators, smaller and larger ones, spread along each scale moderator) and the highest maximum is
//! taken; the identity link keeps to tau² ≥ 0 by an active set. Standard errors of α are from the observed information.
//!
//! Where a likelihood rises without end as some tau² goes to 0, the log link has no maximum: the fit stops where nothing
//! is left to gain, says so, and gives the scale coefficients without standard errors. So does the identity link for a
//! maximum at the boundary.
//!
//! ```
//! use consilience::{EffectSizes, Measure, regression::{LocationScale, Design}};
//!
//! let effects = EffectSizes::new(
//!     Measure::MeanDifference, ["A", "B", "C", "D", "E", "F", "G", "H"],
//!     [0.1, 0.2, 0.15, 0.25, -0.9, 1.2, 0.8, -0.4], [0.01; 8])?;
//! let late = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
//! let mean = Design::with_intercept(8);
//! let fit = LocationScale::default().fit(&effects, &mean, &mean.clone().column("late", late)?)?;
//! assert!(fit.tau2[7] > 20.0 * fit.tau2[0]);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Reference: Viechtbauer and López-López (2022), Location-scale models for meta-analysis, doi:10.1002/jrsm.1562.

use nalgebra::{Cholesky, DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::{
    Design, Regressed,
    fit::labels_of,
    kernel::contrasts_on_q,
    options::model_of,
    scale_likelihood::{Curve, Maximum, ScaleLikelihood, ascend},
};
use crate::{
    EffectSizes, Error, Level, Measure, Result,
    codes::codes,
    linear::{
        Back, Coefficient, FitInfo, FittedStudies, Inference, ModelSpec, Point, PredictedEffect, Prediction,
        WaldTest,
        basis::{Spread, independent, unit_contrasts},
        spec_setters,
    },
    tau2::{
        Tau2,
        likelihood::{Likelihood, log_likelihood, maximum},
        linear::Linear,
        model::Model,
    },
};

/// The link from the scale coefficients to tau².
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ScaleLink {
    /// `log`: log tau² is linear in the moderators.
    #[default]
    Log,
    /// `identity`: tau² is.
    Identity,
}

codes! { ScaleLink, "link" {
    Log "log" [],
    Identity "identity" [],
} }

/// A location-scale model. The default is REML with the log link and Wald inference at 95 %.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LocationScale {
    spec: ModelSpec,
    link: ScaleLink,
}

/// One coefficient of the scale part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScaleCoefficient {
    /// Its name.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// The standard error; this and what follows from it are `None` at a boundary.
    pub se: Option<f64>,
    /// Estimate over standard error.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit.
    pub ci_upper: Option<f64>,
}

/// The fit of a location-scale model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LocationScaleFit {
    /// The effect measure.
    pub measure: Measure,
    /// `REML` or `ML`.
    pub method: Tau2,
    /// The link of the scale part.
    pub link: ScaleLink,
    /// The inference for the coefficients.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The p location coefficients.
    pub coefficients: Vec<Coefficient>,
    /// The test of the location moderators.
    pub moderator_test: Option<WaldTest>,
    /// The q scale coefficients.
    pub scale_coefficients: Vec<ScaleCoefficient>,
    /// The test of the scale moderators; `None` without any, or at a boundary.
    pub scale_test: Option<WaldTest>,
    /// The likelihood-ratio test against one tau² for all studies.
    pub scale_lrt: Option<WaldTest>,
    /// tau² of every study.
    pub tau2: Vec<f64>,
    /// The likelihood and information criteria.
    pub fit: FitInfo,
    /// The convention of prediction intervals.
    pub prediction_method: Prediction,
    /// The studies, with their weights.
    pub studies: FittedStudies,
    /// The location design.
    pub design: Design,
    /// The scale design.
    pub scale_design: Design,
    /// The back-transformation to the original scale.
    pub back: Back,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl LocationScale {
    /// A model by REML or ML.
    pub fn new(method: Tau2) -> Self {
        LocationScale { spec: ModelSpec::random(method), link: ScaleLink::default() }
    }

    /// The link of the scale part.
    #[must_use]
    pub fn link(mut self, link: ScaleLink) -> Self {
        self.link = link;
        self
    }

    spec_setters! {
        /// `Wald`, or `T` (k - p and k - q degrees of freedom).
        inference,
        prediction,
        level,
    }

    /// Fits the model to the effects and the designs of location and scale.
    ///
    /// # Errors
    ///
    /// If the method is neither REML nor ML, the inference neither Wald nor t, lengths differ, or a design has dependent
    /// columns or as many as there are studies.
    pub fn fit(
        &self,
        effects: &EffectSizes,
        location: impl Into<Design>,
        scale: impl Into<Design>,
    ) -> Result<LocationScaleFit> {
        let (design, scale_design) = (location.into(), scale.into());
        effects.check_spread()?;
        let level = self.spec.level.check()?;
        let kind = self.likelihood()?;
        let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
        design.check_rows(k, effects.rows(), "the design")?;
        scale_design.check_rows(k, effects.rows(), "the design of the scale")?;
        let mut linear = model_of(yi, vi, &design)?;
        let scale = model_of(yi, vi, &scale_design)?;
        let (p, q) = (design.p(), scale_design.p());
        let rows = |model: &Linear<'_>| -> Vec<DVector<f64>> {
            (0..k).map(|i| DVector::from_column_slice(model.row(i))).collect()
        };
        let likelihood =
            ScaleLikelihood { yi, vi, x: rows(&linear), z: rows(&scale), kind, curve: self.link.curve() };
        let common = maximum(&mut linear, kind);
        let best = climb(&likelihood, common).ok_or_else(infeasible)?;
        let tau2 = likelihood.tau2(&best.alpha);
        let mut notes = [effects.notes(), design.notes()].concat();
        let covariance = scale_covariance(&likelihood, &best, &tau2, &mut notes);
        let df = (self.spec.inference == Inference::T).then_some((k - q) as f64);
        let part = ScalePart { design: &scale_design, model: &scale, alpha: &best.alpha, covariance, df };
        let one = log_likelihood(&mut linear, kind, common);
        let scale_lrt = (scale_design.has_intercept() && q > 1)
            .then(|| WaldTest::chi2((2.0 * (best.at.value - one)).max(0.0), q - 1));

        let total: Vec<f64> = vi.iter().zip(&tau2).map(|(v, t)| v + t).collect();
        let weighted = Linear::new(yi, &total, design.values())?;
        let basis = Regressed::new(weighted, 0.0, None, self.spec.inference).basis(design.names());
        let fit = match (kind, (p + q) as f64) {
            (Likelihood::Reml, n) => FitInfo::new(best.at.value, -2.0 * best.at.value, n, (k - p) as f64),
            (Likelihood::Ml, n) => FitInfo::of_maximum(best.at.value, vi, n),
        };
        note_few_studies(k, [&design, &scale_design], &mut notes);
        Ok(LocationScaleFit {
            measure: effects.measure(),
            method: self.spec.estimator,
            link: self.link,
            inference: self.spec.inference,
            level,
            k,
            coefficients: basis.coefficients(level)?,
            moderator_test: basis.test_columns(&design.moderators()),
            scale_coefficients: part.coefficients(level),
            scale_test: part.test(),
            scale_lrt,
            fit,
            prediction_method: Prediction::of_coefficients(self.spec.prediction, self.spec.inference)?,
            studies: FittedStudies::of(effects, |row| 1.0 / total[row]),
            tau2,
            design,
            scale_design,
            back: Back::of(effects),
            notes,
        })
    }

    /// The likelihood that is maximized; refuses methods and kinds of inference that the model has not.
    fn likelihood(&self) -> Result<Likelihood> {
        if !matches!(self.spec.inference, Inference::Wald | Inference::T) {
            return Err(Error::setting(
                "inference",
                format!("{} inference is not defined for location-scale models", self.spec.inference.name()),
                "use wald or t",
            ));
        }
        match self.spec.estimator {
            Tau2::Reml => Ok(Likelihood::Reml),
            Tau2::Ml => Ok(Likelihood::Ml),
            other => Err(Error::setting(
                "method",
                format!("{other} does not maximise a likelihood"),
                "use REML or ML for a location-scale model",
            )),
        }
    }
}

impl ScaleLink {
    fn curve(self) -> Curve {
        match self {
            ScaleLink::Log => Curve::Exponential,
            ScaleLink::Identity => Curve::Straight,
        }
    }
}

fn infeasible() -> Error {
    Error::model("the scale moderators allow no tau² at or above 0 for all studies", "use the log link")
}

/// Fewer than five studies for each coefficient leave the scale part to chance.
fn note_few_studies(k: usize, [location, scale]: [&Design; 2], notes: &mut Vec<String>) {
    let coefficients = location.p() + scale.p();
    if k / coefficients < 5 {
        notes.push(format!(
            "{k} studies for {coefficients} coefficients of location and scale ({}; {}): estimates of the scale part are unreliable",
            labels_of(location.names()),
            labels_of(scale.names())
        ));
    }
}

/// The covariance of the scale coefficients by the observed information; `None` at a boundary or on a flat likelihood, with a note.
fn scale_covariance(
    likelihood: &ScaleLikelihood<'_>,
    best: &Maximum,
    tau2: &[f64],
    notes: &mut Vec<String>,
) -> Option<DMatrix<f64>> {
    let least = likelihood.vi.iter().copied().fold(f64::INFINITY, f64::min);
    // A tau² of a ten-millionth of the least sampling variance changes no digit of the likelihood that matters: it goes to 0.
    let vanishing = likelihood.curve == Curve::Exponential && tau2.iter().any(|t| *t < 1e-7 * least);
    let boundary = vanishing || !best.active.is_empty();
    let information = if boundary { None } else { Cholesky::new(-&best.at.hessian) };
    if vanishing {
        notes.push(
            "the likelihood rises without end as tau² of some studies goes to 0: the scale coefficients have no \
             finite estimate, those given are as far as there was anything to gain"
                .to_owned(),
        );
    } else if boundary {
        notes.push(
            "tau² of some studies is at its boundary, 0: no standard errors of the scale coefficients"
                .to_owned(),
        );
    } else if information.is_none() {
        notes.push("the likelihood is flat in the scale coefficients: no standard errors".to_owned());
    }
    information.map(|information| information.inverse())
}

/// The fitted scale part, on Q of its design.
struct ScalePart<'a> {
    design: &'a Design,
    model: &'a Linear<'a>,
    alpha: &'a DVector<f64>,
    covariance: Option<DMatrix<f64>>,
    df: Option<f64>,
}

impl ScalePart<'_> {
    fn coefficients(&self, level: Level) -> Vec<ScaleCoefficient> {
        let q = self.design.p();
        let estimates = self.model.on_design(self.alpha.as_slice());
        let units = unit_contrasts(&(0..q).collect::<Vec<_>>(), q);
        let each = self.design.names().iter().zip(&estimates).zip(units);
        each.map(|((name, &estimate), unit)| {
            let l = DVector::from_vec(self.model.contrast_on_q(&unit));
            let se = self.covariance.as_ref().map(|c| (c * &l).dot(&l).max(0.0).sqrt());
            let whole = se.map(|se| Coefficient::new(name, estimate, se, self.df, level));
            let limits = whole.clone().and_then(|whole| whole.within_range().ok());
            ScaleCoefficient {
                term: name.clone(),
                estimate,
                se,
                statistic: whole.as_ref().and_then(|c| c.statistic),
                df: self.df,
                p_value: whole.as_ref().and_then(|c| c.p_value),
                ci_lower: limits.as_ref().map(|c| c.ci_lower),
                ci_upper: limits.as_ref().map(|c| c.ci_upper),
            }
        })
        .collect()
    }

    /// The test of the scale moderators.
    fn test(&self) -> Option<WaldTest> {
        let moderators = self.design.moderators();
        let c = self.covariance.as_ref().filter(|_| !moderators.is_empty())?;
        let l = contrasts_on_q(self.model, &unit_contrasts(&moderators, self.design.p()));
        let values = l.tr_mul(self.alpha);
        let statistic = values.dot(&independent(l.tr_mul(&(c * &l)))?.solve(&values));
        let m = moderators.len();
        Some(match self.df {
            Some(df) => WaldTest::f(statistic / m as f64, m, df),
            None => WaldTest::chi2(statistic, m),
        })
    }
}

impl LocationScaleFit {
    /// tau² at a row of the scale design (q values).
    ///
    /// # Errors
    ///
    /// If the row has not q finite values.
    pub fn tau2_at(&self, scale_row: &[f64]) -> Result<f64> {
        let q = self.scale_coefficients.len();
        if scale_row.len() != q || scale_row.iter().any(|z| !z.is_finite()) {
            return Err(Error::setting(
                "scale",
                format!("{} values for {q} scale coefficients", scale_row.len()),
                "give one finite value for each",
            ));
        }
        let eta: f64 = scale_row.iter().zip(&self.scale_coefficients).map(|(z, a)| z * a.estimate).sum();
        Ok(match self.link {
            ScaleLink::Log => eta.exp(),
            ScaleLink::Identity => eta.max(0.0),
        })
    }

    /// The predicted effect at rows of both designs, its prediction interval with the tau² there.
    ///
    /// # Errors
    ///
    /// If a row has the wrong length or a value that is not finite.
    pub fn predict(&self, location_row: &[f64], scale_row: &[f64]) -> Result<PredictedEffect> {
        let tau2 = self.tau2_at(scale_row)?;
        let p = self.design.p();
        if location_row.len() != p || location_row.iter().any(|x| !x.is_finite()) {
            return Err(Error::setting(
                "predict",
                format!("{} values for {p} coefficients", location_row.len()),
                "give one finite value for each coefficient",
            ));
        }
        let (yi, variance): (Vec<f64>, Vec<f64>) = self
            .studies
            .iter()
            .zip(&self.tau2)
            .filter_map(|(study, tau2)| Some((study.yi?, study.vi? + tau2)))
            .unzip();
        let model = Linear::new(&yi, &variance, self.design.values())?;
        let residual = model.df();
        let basis = Regressed::new(model, 0.0, None, self.inference).basis(self.design.names());
        let mean = basis.contrast("a predicted value", location_row, self.level)?;
        let interval = Spread { method: self.prediction_method, tau2, residual }.interval(&mean, self.level);
        Ok(PredictedEffect::new(Point::default(), &mean, interval, self.back))
    }
}

/// The highest maximum from many starts about the common tau².
fn climb(likelihood: &ScaleLikelihood<'_>, common: f64) -> Option<Maximum> {
    let z = &likelihood.z;
    let (k, q) = (z.len(), z.first()?.len());
    let middle = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let base = common.max(0.05 * middle(likelihood.vi));
    let straight = likelihood.curve == Curve::Straight;
    // Least squares of targets on the orthonormal scale columns.
    let project = |targets: &[f64]| -> DVector<f64> {
        let mut alpha = DVector::zeros(q);
        for (z, t) in z.iter().zip(targets) {
            alpha.axpy(*t, z, 1.0);
        }
        alpha
    };
    let mut starts = Vec::new();
    for factor in [1.0, 0.05, 0.3, 4.0] {
        let level = base * factor;
        let flat = if straight { level } else { level.ln() };
        starts.push(project(&vec![flat; k]));
        // Along each scale column, both ways.
        for j in 0..q {
            let largest = z.iter().map(|z| z[j].abs()).fold(f64::MIN_POSITIVE, f64::max);
            for sign in [-1.0, 1.0] {
                let spread = if straight { 0.9 * level } else { 2.0 };
                let targets: Vec<f64> = z.iter().map(|z| flat + sign * spread * z[j] / largest).collect();
                starts.push(project(&targets));
            }
        }
    }
    let constraints: Vec<DVector<f64>> = if straight { distinct(z) } else { Vec::new() };
    let mut best: Option<Maximum> = None;
    for start in starts {
        if constraints.iter().any(|z| z.dot(&start) < 0.0) {
            continue;
        }
        if let Some(found) = ascend(likelihood, &constraints, start)
            && best.as_ref().is_none_or(|best| found.at.value > best.at.value)
        {
            best = Some(found);
        }
    }
    best
}

/// The different rows.
fn distinct(rows: &[DVector<f64>]) -> Vec<DVector<f64>> {
    let mut out: Vec<DVector<f64>> = Vec::new();
    for row in rows {
        if !out.iter().any(|other| (other - row).norm() <= 1e-13 * row.norm()) {
            out.push(row.clone());
        }
    }
    out
}
