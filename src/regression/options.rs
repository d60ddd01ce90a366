//! `MetaRegression`: the choices of a meta-regression, and its fit.

use super::{Design, Regressed, RegressionFit, fit::labels_of, notes};
use crate::{
    EffectSizes, Error, Level, Result,
    linear::{
        Back, Coefficient, Estimates, FittedStudies, Heterogeneity, Inference, ModelSpec, PoolModel,
        Prediction, spec_setters,
    },
    tau2::{
        self, Tau2,
        linear::Linear,
        model::{Mean, Model},
    },
};

/// A meta-regression: effects explained by moderators, with (mixed effects) or without (fixed effects) variance between
/// studies beyond them.
///
/// The default is mixed effects, REML, Wald inference at 95 %, as in metafor.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetaRegression {
    pub(super) spec: ModelSpec,
}

impl MetaRegression {
    /// A mixed-effects model with this estimator of the residual tau².
    pub fn new(estimator: Tau2) -> Self {
        MetaRegression { spec: ModelSpec::random(estimator) }
    }

    /// A fixed-effects model: no variance between studies beyond what the moderators explain.
    pub fn fixed_effects() -> Self {
        MetaRegression { spec: ModelSpec::fixed() }
    }

    spec_setters! {
        /// `Wald`, `T`, `HartungKnapp`, `HartungKnappAdHoc` or, for mixed effects, `KenwardRoger`.
        inference,
        prediction,
        level,
        tau2,
        weights,
        tau2_interval,
    }

    /// Fits the model to the effects and the design, whose rows stand in the same order.
    ///
    /// # Errors
    ///
    /// If there are not more studies than coefficients, columns of the design say the same (they are named), lengths
    /// differ, or an option is outside its range or contradicts another.
    pub fn fit(&self, effects: &EffectSizes, design: impl Into<Design>) -> Result<RegressionFit> {
        let design = design.into();
        let level = self.spec.level.check()?;
        let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
        design.check_rows(k, effects.rows(), "the design")?;
        effects.check_spread()?;
        let mut linear = model_of(yi, vi, &design)?;
        let given = self.spec.weights.given(k)?;
        self.check(given.is_some())?;
        let estimates = self.spec.estimates(&mut linear, given);
        let weights = estimates.weights.as_deref();
        let heterogeneity = self.heterogeneity(&mut linear, &estimates, level)?;
        let fit = match weights {
            None => self.spec.fit_info(&mut linear, &heterogeneity),
            Some(_) => None,
        };
        let regressed = Regressed::new(linear, estimates.tau2, weights, self.spec.inference);
        let factor = regressed.factor;
        let basis = regressed.basis(design.names());
        let coefficients = basis.coefficients(level).and_then(determined)?;
        let studies = FittedStudies::of(effects, |row| match weights {
            Some(given) => given[row],
            None => 1.0 / (vi[row] + estimates.tau2),
        });
        let prediction_method = Prediction::of_coefficients(self.spec.prediction, self.spec.inference)?;
        let mut fit = RegressionFit {
            measure: effects.measure(),
            model: self.spec.model,
            method: self.spec.method(),
            inference: self.spec.inference,
            level,
            k,
            coefficients,
            moderator_test: basis.test_columns(&design.moderators()),
            r2: self.r2(yi, vi, &design, &heterogeneity, weights),
            residual_heterogeneity: heterogeneity,
            fit,
            prediction_method: self.spec.is_random().then_some(prediction_method),
            predictions: None,
            permutation: None,
            robust: None,
            covariance: basis.covariance(),
            studies,
            design,
            weights: estimates.weights,
            clusters: None,
            cluster_names: Vec::new(),
            back: Back::of(effects),
            notes: effects.notes().to_vec(),
            prediction_choice: self.spec.prediction,
        };
        notes::flag(&mut fit, effects, factor, self.spec.fixed_tau2);
        Ok(fit)
    }

    fn heterogeneity(
        &self,
        linear: &mut Linear<'_>,
        estimates: &Estimates,
        level: Level,
    ) -> Result<Heterogeneity> {
        let Estimates { between, weights, .. } = estimates;
        let interval = self.spec.tau2_interval();
        let mut heterogeneity = Heterogeneity::of(linear, *between, interval, weights.as_deref(), level)?;
        // D² compares the variances of two means.
        (heterogeneity.d2, heterogeneity.d2_ci) = (None, None);
        Ok(heterogeneity)
    }

    fn check(&self, weighted: bool) -> Result<()> {
        let spec = &self.spec;
        spec.check_tau2()?;
        if matches!(spec.inference, Inference::HenmiCopas | Inference::ProfileLikelihood) {
            return Err(Error::setting(
                "inference",
                format!("{} inference is for a single mean", spec.inference.name()),
                "use wald, t, hksj, hksj-adhoc or kr with moderators",
            ));
        }
        let kenward_roger = spec.inference == Inference::KenwardRoger;
        if kenward_roger && spec.model == PoolModel::Fixed {
            return Err(Error::setting(
                "inference",
                "Kenward-Roger inference belongs to mixed-effects models",
                "use wald, t, hksj or hksj-adhoc with a fixed-effects model",
            ));
        }
        if kenward_roger && (weighted || spec.is_generalized()) {
            return Err(Error::setting(
                "inference",
                "Kenward-Roger inference has weights of its own",
                "use wald, t, hksj or hksj-adhoc with given weights",
            ));
        }
        Ok(())
    }

    /// The proportional reduction of tau² by the moderators, 0 where there is none to account for; for fixed effects the
    /// adjusted R² of the regression.
    fn r2(
        &self,
        yi: &[f64],
        vi: &[f64],
        design: &Design,
        h: &Heterogeneity,
        weights: Option<&[f64]>,
    ) -> Option<f64> {
        if !design.has_intercept() || design.p() < 2 {
            return None;
        }
        let mut null = Mean::new(yi, vi);
        let random = self.spec.model == PoolModel::Random;
        let (without, with) = match random {
            true => {
                h.is_estimated().then_some(())?;
                (tau2::estimate_of(&mut null, self.spec.estimator, weights).tau2, h.tau2?)
            }
            false => (null.q() / null.df(), h.q? / h.q_df as f64),
        };
        match without > 0.0 {
            true => Some((100.0 * (1.0 - with / without)).max(0.0)),
            false => random.then_some(0.0),
        }
    }
}

/// Refuses coefficients that studies with a weight do not determine.
fn determined(coefficients: Vec<Coefficient>) -> Result<Vec<Coefficient>> {
    match coefficients.iter().find(|c| !(c.estimate.is_finite() && c.se.is_finite())) {
        Some(bad) => Err(Error::model(
            format!("the weights leave the coefficient of {} undetermined", bad.term),
            "give more studies a weight above 0, or leave it out",
        )),
        None => Ok(coefficients),
    }
}

/// The linear model of a design; columns that are combinations of others are named.
pub(super) fn model_of<'a>(yi: &'a [f64], vi: &'a [f64], design: &Design) -> Result<Linear<'a>> {
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
