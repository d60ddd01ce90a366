//! Fixed-effect and random-effects pooling by inverse-variance weights.
//!
//! Use the random-effects model when the studies estimate different effects and their mean and spread are of interest;
//! the fixed-effect one for the average effect of just these studies, or when they can be taken to share one effect (the
//! arithmetic is the same, the meaning is not).
//!
//! yᵢ = μ + uᵢ + εᵢ, Var(uᵢ) = tau² (0 for a fixed effect), Var(εᵢ) = vᵢ; μ̂ = Σwy / Σw with w = 1 / (v + tau²). Given weights a
//! replace w in the mean, Σay / Σa, whose variance is then Σa²(v + tau²) / (Σa)².
//!
//! With one study the mean is that study's effect, tau² does not exist, and t-based inference falls back to Wald's with
//! a note.
//!
//! ```
//! use consilience::{EffectSizes, Measure, pool::{Inference, RandomEffects}, tau2::Tau2};
//!
//! // HADS anxiety in two trials of social prescribing (Grant 2000, Mercer 2019).
//! let effects = EffectSizes::from_standard_errors(
//!     Measure::MeanDifference, ["Grant 2000", "Mercer 2019"], [-1.9, -0.41], [0.58675, 0.29847])?;
//! let fit = RandomEffects::new(Tau2::Reml).inference(Inference::HartungKnapp).fit(&effects)?;
//! assert!((fit.estimate - -1.0694).abs() < 5e-5);
//! assert!((fit.ci_upper - 8.334).abs() < 5e-4); // nobody can say
//! # Ok::<(), consilience::Error>(())
//! ```

use super::{
    Back, FittedStudies, Heterogeneity, Inference, MeanInference, PoolFit, PoolModel, Prediction,
    SubgroupTau2, henmi_copas, kenward_roger, kernel, notes, profile_likelihood, subgroups, zero_variances,
};
use crate::{
    EffectSizes, Error, Level, Result,
    linear::{Estimates, ModelSpec, spec_setters},
    tau2::{self, Tau2, linear::Linear, model::Mean},
};

/// A fixed-effect model.
///
/// ```
/// use consilience::{EffectSizes, Measure, pool::FixedEffect};
///
/// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B"], [1.0, 3.0], [1.0, 1.0])?;
/// let fit = FixedEffect::default().fit(&effects)?;
/// assert_eq!((fit.estimate, fit.heterogeneity.q), (2.0, Some(2.0)));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FixedEffect {
    spec: ModelSpec,
}

/// A random-effects model.
///
/// The default is REML with Wald inference at 95 %, as in metafor.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RandomEffects {
    spec: ModelSpec,
    subgroup_tau2: SubgroupTau2,
}

impl Default for FixedEffect {
    fn default() -> Self {
        FixedEffect { spec: ModelSpec::fixed() }
    }
}

impl From<ModelSpec> for RandomEffects {
    fn from(spec: ModelSpec) -> Self {
        RandomEffects { spec, subgroup_tau2: SubgroupTau2::default() }
    }
}

impl FixedEffect {
    spec_setters! {
        /// `Wald`, `T`, `HartungKnapp` (the Birge ratio) or `HartungKnappAdHoc`.
        inference,
        level,
        weights,
    }

    fn model(&self) -> RandomEffects {
        self.spec.clone().into()
    }

    /// Fits the model.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, or the inference is one for random effects only.
    pub fn fit(&self, effects: &EffectSizes) -> Result<PoolFit> {
        self.model().fit(effects)
    }

    /// Fits the model to all studies and to each group of them; `groups` names the group of each study.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and if there is not one group name for each study.
    pub fn fit_by<S: AsRef<str>>(&self, effects: &EffectSizes, groups: &[S]) -> Result<PoolFit> {
        self.model().fit_by(effects, groups)
    }
}

impl RandomEffects {
    /// A model with this estimator of tau².
    pub fn new(estimator: Tau2) -> Self {
        ModelSpec::random(estimator).into()
    }

    spec_setters! {
        /// `HenmiCopas` brings its own estimator of tau² (DL) and weights, `ProfileLikelihood` its own (ML); the fit says so.
        inference,
        prediction,
        level,
        tau2,
        weights,
        tau2_interval,
    }

    /// Tells whether subgroups have one tau² or each its own.
    #[must_use]
    pub fn subgroup_tau2(mut self, subgroup_tau2: SubgroupTau2) -> Self {
        self.subgroup_tau2 = subgroup_tau2;
        self
    }

    /// Fits the model.
    ///
    /// # Errors
    ///
    /// If an option is outside its range or two contradict each other, or the model has no answer for the data.
    pub fn fit(&self, effects: &EffectSizes) -> Result<PoolFit> {
        self.fit_model(effects)
    }

    /// Fits the model to all studies and to each group of them; `groups` names the group of each study.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and if there is not one group name for each study.
    pub fn fit_by<S: AsRef<str>>(&self, effects: &EffectSizes, groups: &[S]) -> Result<PoolFit> {
        let mut whole = self.fit_model(effects)?;
        let mut within = self.clone();
        let common = self.subgroup_tau2 == SubgroupTau2::Common && self.spec.is_random();
        if common && groups.len() == effects.len() {
            let tau2 = self.common_tau2(effects, groups)?;
            within.spec.fixed_tau2 = Some(tau2);
            whole.notes.push(format!("the subgroups share one tau² of {tau2:.4}, estimated within them"));
        }
        subgroups::add(&mut whole, groups, |rows| {
            let mut options = within.clone();
            options.spec.weights = self.spec.weights.of_rows(rows);
            let mut part = options.fit_model(&effects.subset(rows)?)?;
            part.notes.retain(|note| !effects.notes().contains(note));
            Ok(part)
        })?;
        Ok(whole)
    }

    /// tau² of the meta-regression on the groups.
    fn common_tau2<S: AsRef<str>>(&self, effects: &EffectSizes, groups: &[S]) -> Result<f64> {
        if let Some(tau2) = self.spec.fixed_tau2 {
            return Ok(tau2);
        }
        effects.check_range()?;
        let levels = subgroups::levels(groups);
        let k = effects.len();
        if k <= levels.len() {
            return Err(Error::model(
                format!(
                    "{k} studies in {} subgroups leave nothing to estimate a common tau² from",
                    levels.len()
                ),
                "give each subgroup its own tau², or merge subgroups",
            ));
        }
        let mut design = vec![0.0; k * levels.len()];
        for (column, (_, rows)) in levels.iter().enumerate() {
            for row in rows {
                design[column * k + row] = 1.0;
            }
        }
        let mut model = Linear::new(effects.yi(), effects.vi(), &design)?;
        Ok(tau2::estimate_of(&mut model, self.spec.estimator, self.spec.weights.given(k)?.as_deref()).tau2)
    }

    fn check(&self, weighted: bool) -> Result<()> {
        let ModelSpec { model, inference, fixed_tau2, .. } = self.spec;
        self.spec.check_tau2()?;
        let own = matches!(inference, Inference::HenmiCopas | Inference::ProfileLikelihood);
        let random_only = own || inference == Inference::KenwardRoger;
        let setting = |found: &str, remedy: &str| {
            Err(Error::setting("inference", format!("{} inference {found}", inference.name()), remedy))
        };
        if model == PoolModel::Fixed && random_only {
            return setting(
                "belongs to random-effects models",
                "use wald, t, hksj or hksj-adhoc with a fixed-effect model",
            );
        }
        if weighted && random_only {
            return setting("has weights of its own", "use wald, t, hksj or hksj-adhoc with given weights");
        }
        if own && fixed_tau2.is_some() {
            return setting("estimates tau² itself", "leave tau² to it, or use another inference");
        }
        Ok(())
    }

    /// The choices as `k` studies allow them, with notes on what is not as it was asked for: inference that one study cannot have, and
    /// estimators that inference brings along.
    fn possible(&self, k: usize, notes: &mut Vec<String>) -> ModelSpec {
        let mut spec = self.spec.clone();
        if k == 1 && spec.inference != Inference::Wald {
            notes
                .push(format!("one study: {} inference does not exist, Wald is used", spec.inference.name()));
            spec.inference = Inference::Wald;
        }
        spec.estimator = match spec.inference {
            Inference::HenmiCopas => Tau2::Dl,
            Inference::ProfileLikelihood => Tau2::Ml,
            _ => spec.estimator,
        };
        if spec.estimator != self.spec.estimator {
            let (name, estimator) = (spec.inference.name(), spec.estimator);
            notes.push(format!("{name} inference uses the {estimator} estimate of tau²"));
        }
        spec
    }

    fn fit_model(&self, effects: &EffectSizes) -> Result<PoolFit> {
        let level = self.spec.level.check()?;
        let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
        let given = self.spec.weights.given(k)?;
        self.check(given.is_some())?;
        if vi.contains(&0.0) && self.spec.is_random() && k > 1 {
            return zero_variances::fit(&self.spec, effects, given, level);
        }
        effects.check_range()?;
        let mut notes: Vec<String> = effects.notes().to_vec();
        let spec = self.possible(k, &mut notes);
        let inference = spec.inference;

        let mut model = Mean::new(yi, vi);
        let Estimates { between, tau2, weights } = spec.estimates(&mut model, given);
        let heterogeneity =
            Heterogeneity::of(&mut model, between, spec.tau2_interval(), weights.as_deref(), level)?;
        let mean = infer(inference, yi, vi, tau2, weights.as_deref(), level)?;
        if !(mean.ci_lower.is_finite() && mean.ci_upper.is_finite()) {
            return Err(Error::model(
                format!("{} inference leaves too few degrees of freedom for an interval", inference.name()),
                "use Hartung-Knapp or Wald inference",
            ));
        }
        let studies = FittedStudies::of(effects, |row| match &weights {
            Some(given) => given[row],
            None if inference == Inference::HenmiCopas => 1.0 / vi[row],
            None => 1.0 / (vi[row] + tau2),
        });

        let mut fit = PoolFit::assemble(
            effects.measure(),
            spec.model,
            level,
            (inference, mean),
            heterogeneity,
            Back::of(effects),
            studies,
        );
        if spec.is_random() {
            fit.method = Some(spec.estimator);
            fit.prediction_choice = spec.prediction;
            fit.prediction = fit.prediction_by(spec.prediction.unwrap_or(Prediction::matching(inference)));
            fit.update_transformed();
            if let Some(tau2) = spec.fixed_tau2 {
                notes.push(format!("tau² was fixed at {tau2}"));
            }
        }
        if weights.is_none() && inference != Inference::HenmiCopas {
            fit.fit = spec.fit_info(&mut model, &fit.heterogeneity);
        }
        fit.notes = notes;
        notes::flag(&mut fit, effects, spec.prediction);
        Ok(fit)
    }
}

/// The mean by the chosen inference.
pub(crate) fn infer(
    inference: Inference,
    yi: &[f64],
    vi: &[f64],
    tau2: f64,
    weights: Option<&[f64]>,
    level: Level,
) -> Result<MeanInference> {
    match inference {
        Inference::HenmiCopas => return Ok(henmi_copas::infer(yi, vi, level)?.0),
        Inference::ProfileLikelihood => return Ok(profile_likelihood::infer(yi, vi, level).0),
        _ => {}
    }
    let (estimate, variance) = match weights {
        None => kernel::mean_at(yi, vi, tau2),
        Some(weights) => weighted_mean(yi, vi, weights, tau2),
    };
    let df = yi.len() as f64 - 1.0;
    // The factor measures the spread about the inverse-variance mean, whatever weights the mean itself has.
    let factor = || kernel::hartung_knapp_factor(yi, vi, kernel::mean_at(yi, vi, tau2).0, tau2);
    let (variance, df) = match inference {
        Inference::Wald => (variance, None),
        Inference::T => (variance, Some(df)),
        Inference::HartungKnapp => (variance * factor(), Some(df)),
        Inference::HartungKnappAdHoc => (variance * factor().max(1.0), Some(df)),
        _ => {
            let (variance, df) = kenward_roger::adjusted(yi, vi, tau2);
            (variance, Some(df))
        }
    };
    Ok(MeanInference::symmetric(estimate, variance.sqrt(), df, level))
}

/// Σay / Σa and its variance Σa²(v + tau²) / (Σa)².
fn weighted_mean(yi: &[f64], vi: &[f64], weights: &[f64], tau2: f64) -> (f64, f64) {
    let total: f64 = weights.iter().sum();
    let estimate = weights.iter().zip(yi).map(|(a, y)| a * y).sum::<f64>() / total;
    let variance = weights.iter().zip(vi).map(|(a, v)| a * a * (v + tau2)).sum::<f64>() / (total * total);
    (estimate, variance)
}
