//! `MetaRegression`: the choices of a meta-regression, and its fit.

use super::{
    Engine, ModelMatrix, RegressionFit,
    fit::{between_of, labels_of},
    notes,
};
use crate::{
    EffectSizes, Error, Level, Result,
    linear::{Back, FitInfo, Heterogeneity, Inference, Prediction, StudyWeight},
    pool::{PoolModel, Weights},
    tau2::{
        self, Tau2, Tau2Estimate, Tau2IntervalMethod,
        likelihood::{Likelihood, log_likelihood},
        linear::Linear,
        model::{Mean, Model},
    },
};

/// A meta-regression: effects explained by moderators, with (mixed effects) or without (fixed effects) variance between
/// studies beyond them.
///
/// The default is mixed effects, REML, Wald inference at 95 %, as in metafor.
#[derive(Debug, Clone, PartialEq)]
pub struct MetaRegression {
    pub(super) model: PoolModel,
    pub(super) estimator: Tau2,
    pub(super) inference: Inference,
    pub(super) prediction: Option<Prediction>,
    pub(super) level: f64,
    pub(super) fixed_tau2: Option<f64>,
    pub(super) weights: Weights,
    pub(super) interval: Option<Tau2IntervalMethod>,
}

impl Default for MetaRegression {
    fn default() -> Self {
        MetaRegression::new(Tau2::default())
    }
}

/// The estimates of a fit, without labels: the part that refits repeat.
pub(super) struct Estimates {
    pub tau2: Option<Tau2Estimate>,
    pub weights: Option<Vec<f64>>,
}

impl MetaRegression {
    /// A mixed-effects model with this estimator of the residual tau².
    pub fn new(estimator: Tau2) -> Self {
        MetaRegression {
            model: PoolModel::Random,
            estimator,
            inference: Inference::default(),
            prediction: None,
            level: 0.95,
            fixed_tau2: None,
            weights: Weights::default(),
            interval: None,
        }
    }

    /// A fixed-effects model: no variance between studies beyond what the moderators explain.
    pub fn fixed_effects() -> Self {
        MetaRegression { model: PoolModel::Fixed, ..MetaRegression::default() }
    }

    /// The inference for the coefficients: `Wald`, `T`, `HartungKnapp`, `HartungKnappAdHoc` or, for mixed effects,
    /// `KenwardRoger`.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.inference = inference;
        self
    }

    /// The convention of prediction intervals; without it, the one that matches the inference.
    #[must_use]
    pub fn prediction(mut self, prediction: Prediction) -> Self {
        self.prediction = Some(prediction);
        self
    }

    /// The confidence level, as a fraction.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.level = level;
        self
    }

    /// Fixes tau² in place of estimating it.
    #[must_use]
    pub fn tau2(mut self, tau2: f64) -> Self {
        self.fixed_tau2 = Some(tau2);
        self
    }

    /// The weights of the least squares; those of GENQ and GENQM also give tau².
    #[must_use]
    pub fn weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// The method of the confidence interval for tau²; without it Q-profile, and for GENQ the generalized Q with its
    /// weights.
    #[must_use]
    pub fn tau2_interval(mut self, method: Tau2IntervalMethod) -> Self {
        self.interval = Some(method);
        self
    }

    /// Fits the model to the effects and the design, whose rows stand in the same order.
    ///
    /// # Errors
    ///
    /// If there are not more studies than coefficients, columns of the design say the same (they are named), lengths
    /// differ, or an option is outside its range or contradicts another.
    pub fn fit(&self, effects: &EffectSizes, design: impl Into<ModelMatrix>) -> Result<RegressionFit> {
        let design = design.into();
        let level = Level::new(self.level)?;
        let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
        if design.k() != k {
            return Err(Error::data(
                format!("a design of {} rows for {k} effects", design.k()),
                "give the moderators of every study, in the order of the effects",
            ));
        }
        effects.rows().check(design.source_rows(), "the design")?;
        effects.check_range()?;
        let mut linear = model_of(yi, vi, &design)?;
        let given = self.weights.given(k)?;
        let weighted = given.is_some();
        self.check(weighted)?;
        let Estimates { tau2: estimate, weights } = self.estimate(&mut linear, given)?;
        let tau2 = self.tau2_of(estimate);

        let generalized = self.generalized();
        let interval = self.interval.unwrap_or(match generalized {
            true => Tau2IntervalMethod::GeneralizedQ,
            false => Tau2IntervalMethod::QProfile,
        });
        let between = between_of(self.model, self.fixed_tau2, self.estimator, estimate);
        let mut heterogeneity = Heterogeneity::of(&mut linear, between, interval, weights.as_deref(), level)?;
        // D² compares the variances of two means.
        (heterogeneity.d2, heterogeneity.d2_ci) = (None, None);

        let fit = weights.is_none().then(|| self.fit_info(&mut linear, &heterogeneity));
        let engine = Engine::new(linear, tau2, weights.as_deref(), self.inference);
        let coefficients = engine.coefficients(design.names(), level)?;
        if let Some(bad) = coefficients.iter().find(|c| !(c.estimate.is_finite() && c.se.is_finite())) {
            return Err(Error::model(
                format!("the weights leave the coefficient of {} undetermined", bad.term),
                "give more studies a weight above 0, or leave it out",
            ));
        }
        let moderator_test = engine.test_columns(&design.moderators());
        let r2 = self.r2(yi, vi, &design, &heterogeneity, weights.as_deref());

        let weight_of = |row: usize| match &weights {
            Some(given) => given[row],
            None => 1.0 / (vi[row] + tau2),
        };
        let total: f64 = (0..k).map(weight_of).sum();
        let studies = (0..k)
            .map(|row| {
                let weight = 100.0 * weight_of(row) / total;
                StudyWeight {
                    study: effects.labels()[row].clone(),
                    yi: Some(yi[row]),
                    vi: Some(vi[row]),
                    weight: Some(weight),
                    size: effects.sizes().map(|sizes| sizes[row]),
                }
            })
            .collect();
        let prediction_method = Prediction::of_coefficients(self.prediction, self.inference)?;
        let mut fit = RegressionFit {
            measure: effects.measure(),
            model: self.model,
            method: (self.model == PoolModel::Random).then_some(self.estimator),
            inference: self.inference,
            level,
            k,
            coefficients,
            moderator_test,
            residual_heterogeneity: heterogeneity,
            r2,
            fit,
            prediction_method: (self.model == PoolModel::Random).then_some(prediction_method),
            predictions: None,
            permutation: None,
            robust: None,
            covariance: engine.covariance(),
            studies,
            design,
            weights,
            clusters: None,
            back: Back::of(effects),
            notes: effects.notes().to_vec(),
            prediction_choice: self.prediction,
        };
        notes::flag(&mut fit, effects, engine.factor, self.fixed_tau2);
        Ok(fit)
    }

    /// The residual tau² and the weights of the least squares, given or those of GENQ.
    pub(super) fn estimate(&self, model: &mut Linear<'_>, given: Option<Vec<f64>>) -> Result<Estimates> {
        let estimated = self.model == PoolModel::Random && self.fixed_tau2.is_none();
        let tau2 = estimated.then(|| tau2::estimate_of(model, self.estimator, given.as_deref()));
        // GENQ has fixed weights for the coefficients too: 1 / v unless others are given.
        let weights = match given {
            None if self.generalized() => Some(model.vi().iter().map(|v| 1.0 / v).collect()),
            other => other,
        };
        Ok(Estimates { tau2, weights })
    }

    pub(super) fn tau2_of(&self, estimate: Option<Tau2Estimate>) -> f64 {
        match self.model {
            PoolModel::Random => self.fixed_tau2.or(estimate.map(|e| e.tau2)).unwrap_or(0.0),
            _ => 0.0,
        }
    }

    fn generalized(&self) -> bool {
        self.model == PoolModel::Random && matches!(self.estimator, Tau2::Genq | Tau2::Genqm)
    }

    fn check(&self, weighted: bool) -> Result<()> {
        if let Some(tau2) = self.fixed_tau2
            && !(tau2.is_finite() && tau2 >= 0.0)
        {
            return Err(Error::setting(
                "tau2",
                format!("tau² is {tau2}"),
                "it must be finite and not below 0",
            ));
        }
        if matches!(self.inference, Inference::HenmiCopas | Inference::ProfileLikelihood) {
            return Err(Error::setting(
                "inference",
                format!("{} inference is for a single mean", self.inference.name()),
                "use wald, t, hksj, hksj-adhoc or kr with moderators",
            ));
        }
        let kenward_roger = self.inference == Inference::KenwardRoger;
        if kenward_roger && self.model == PoolModel::Fixed {
            return Err(Error::setting(
                "inference",
                "Kenward-Roger inference belongs to mixed-effects models",
                "use wald, t, hksj or hksj-adhoc with a fixed-effects model",
            ));
        }
        if kenward_roger && (weighted || self.generalized()) {
            return Err(Error::setting(
                "inference",
                "Kenward-Roger inference has weights of its own",
                "use wald, t, hksj or hksj-adhoc with given weights",
            ));
        }
        Ok(())
    }

    /// The proportional reduction of tau² by the moderators; for fixed effects the adjusted R² of the regression.
    fn r2(
        &self,
        yi: &[f64],
        vi: &[f64],
        design: &ModelMatrix,
        h: &Heterogeneity,
        weights: Option<&[f64]>,
    ) -> Option<f64> {
        if !design.has_intercept() || design.p() < 2 {
            return None;
        }
        let mut null = Mean::new(yi, vi);
        let (without, with) = match self.model {
            PoolModel::Random => {
                h.is_estimated().then_some(())?;
                (tau2::estimate_of(&mut null, self.estimator, weights).tau2, h.tau2?)
            }
            _ => (null.q() / null.df(), h.q? / h.q_df as f64),
        };
        (without > 0.0).then(|| (100.0 * (1.0 - with / without)).max(0.0))
    }

    /// The likelihood: REML where the estimator is REML, else ML.
    fn fit_info(&self, model: &mut Linear<'_>, h: &Heterogeneity) -> FitInfo {
        let (k, df) = (model.k() as f64, model.df());
        let tau2 = h.tau2.unwrap_or(0.0);
        let parameters = model.p() as f64 + if h.is_estimated() { 1.0 } else { 0.0 };
        if self.model == PoolModel::Random && self.estimator == Tau2::Reml {
            let ll = log_likelihood(model, Likelihood::Reml, tau2);
            return FitInfo::new(ll, -2.0 * ll, parameters, df);
        }
        let ll = log_likelihood(model, Likelihood::Ml, tau2);
        let saturated: f64 = -0.5 * model.vi().iter().map(|v| (std::f64::consts::TAU * v).ln()).sum::<f64>();
        FitInfo::new(ll, 2.0 * (saturated - ll), parameters, k)
    }
}

/// The linear model of a design; columns that are combinations of others are named.
pub(super) fn model_of<'a>(yi: &'a [f64], vi: &'a [f64], design: &ModelMatrix) -> Result<Linear<'a>> {
    let (k, p) = (design.k(), design.p());
    if p == 0 {
        return Err(Error::model("the design has no column", "add an intercept or a moderator"));
    }
    if k <= p {
        return Err(Error::model(
            format!("{p} coefficients for {k} studies ({})", labels_of(design.names())),
            "a model needs more studies than coefficients: leave out moderators or merge levels",
        ));
    }
    Linear::new(yi, vi, design.values()).map_err(|error| {
        let broken = |columns: usize| Linear::new(yi, vi, &design.values()[..columns * k]).is_err();
        match (1..=p).find(|&columns| broken(columns)) {
            Some(columns) => Error::model(
                format!(
                    "the column {} is a combination of those before it ({})",
                    design.names()[columns - 1],
                    labels_of(&design.names()[..columns - 1])
                ),
                "leave it out",
            ),
            None => error,
        }
    })
}
