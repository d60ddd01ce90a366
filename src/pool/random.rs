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
    Back, Between, FitInfo, Heterogeneity, Inference, MeanInference, PoolFit, PoolModel, Prediction,
    StudyWeight, SubgroupTau2, henmi_copas, kenward_roger, kernel, notes, profile_likelihood, subgroups,
};
use crate::{
    EffectSizes, Error, Level, Result,
    tau2::{
        self, Tau2, Tau2Estimate, Tau2IntervalMethod,
        likelihood::{Likelihood, log_likelihood},
        linear::Linear,
        model::{Mean, Model},
    },
};

/// The weights of the mean.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Weights {
    /// 1 / (v + tau²).
    #[default]
    InverseVariance,
    /// The same for every study: the plain mean.
    Equal,
    /// Given, one for each study.
    Given(Vec<f64>),
}

impl Weights {
    /// The given weights of `k` studies, checked; `None` for inverse variances.
    pub(crate) fn given(&self, k: usize) -> Result<Option<Vec<f64>>> {
        match self {
            Weights::InverseVariance => Ok(None),
            Weights::Equal => Ok(Some(vec![1.0; k])),
            Weights::Given(weights) => {
                if weights.len() != k {
                    return Err(Error::setting(
                        "weights",
                        format!("{} weights for {k} studies", weights.len()),
                        "give one weight for every study",
                    ));
                }
                if let Some((row, w)) =
                    weights.iter().enumerate().find(|(_, w)| !(w.is_finite() && **w >= 0.0))
                {
                    return Err(Error::data(
                        format!("weight is {w}"),
                        "weights must be finite and not below 0",
                    )
                    .in_row(row + 1)
                    .in_column("weights"));
                }
                if weights.iter().sum::<f64>() <= 0.0 {
                    return Err(Error::setting(
                        "weights",
                        "all weights are 0",
                        "at least one must be above 0",
                    ));
                }
                Ok(Some(weights.clone()))
            }
        }
    }
}

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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FixedEffect {
    model: RandomEffects,
}

/// A random-effects model.
///
/// The default is REML with Wald inference at 95 %, as in metafor.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomEffects {
    estimator: Tau2,
    inference: Inference,
    prediction: Option<Prediction>,
    level: f64,
    fixed_tau2: Option<f64>,
    weights: Weights,
    interval: Option<Tau2IntervalMethod>,
    subgroup_tau2: SubgroupTau2,
}

impl Default for RandomEffects {
    fn default() -> Self {
        RandomEffects::new(Tau2::default())
    }
}

impl FixedEffect {
    /// The inference for the mean: `Wald`, `T`, `HartungKnapp` (the Birge ratio) or `HartungKnappAdHoc`.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.model.inference = inference;
        self
    }

    /// The confidence level, as a fraction.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.model.level = level;
        self
    }

    /// The weights of the mean.
    #[must_use]
    pub fn weights(mut self, weights: Weights) -> Self {
        self.model.weights = weights;
        self
    }

    /// Fits the model.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, or the inference is one for random effects only.
    pub fn fit(&self, effects: &EffectSizes) -> Result<PoolFit> {
        self.model.fit_model(effects, PoolModel::Fixed)
    }

    /// Fits the model to all studies and to each group of them; `groups` names the group of each study.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and if there is not one group name for each study.
    pub fn fit_by<S: AsRef<str>>(&self, effects: &EffectSizes, groups: &[S]) -> Result<PoolFit> {
        self.model.fit_groups(effects, groups, PoolModel::Fixed)
    }
}

impl RandomEffects {
    /// A model with this estimator of tau².
    pub fn new(estimator: Tau2) -> Self {
        RandomEffects {
            estimator,
            inference: Inference::default(),
            prediction: None,
            level: 0.95,
            fixed_tau2: None,
            weights: Weights::default(),
            interval: None,
            subgroup_tau2: SubgroupTau2::default(),
        }
    }

    /// The inference for the mean. `HenmiCopas` brings its own estimator of tau² (DL) and weights,
    /// `ProfileLikelihood` its own (ML); the fit says so.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.inference = inference;
        self
    }

    /// The convention of the prediction interval; without it, the one that matches the inference.
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

    /// The weights of the mean; those of GENQ and GENQM also give tau².
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
        self.fit_model(effects, PoolModel::Random)
    }

    /// Fits the model to all studies and to each group of them; `groups` names the group of each study.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and if there is not one group name for each study.
    pub fn fit_by<S: AsRef<str>>(&self, effects: &EffectSizes, groups: &[S]) -> Result<PoolFit> {
        self.fit_groups(effects, groups, PoolModel::Random)
    }

    fn fit_groups<S: AsRef<str>>(
        &self,
        effects: &EffectSizes,
        groups: &[S],
        model: PoolModel,
    ) -> Result<PoolFit> {
        let mut whole = self.fit_model(effects, model)?;
        let mut within = self.clone();
        if self.subgroup_tau2 == SubgroupTau2::Common
            && model == PoolModel::Random
            && groups.len() == effects.len()
        {
            let tau2 = self.common_tau2(effects, groups)?;
            within.fixed_tau2 = Some(tau2);
            whole.notes.push(format!("the subgroups share one tau² of {tau2:.4}, estimated within them"));
        }
        subgroups::add(&mut whole, groups, |rows| {
            let mut options = within.clone();
            if let Weights::Given(weights) = &self.weights {
                options.weights =
                    Weights::Given(rows.iter().filter_map(|&row| weights.get(row).copied()).collect());
            }
            let mut part = options.fit_model(&effects.subset(rows)?, model)?;
            part.notes.retain(|note| !effects.notes().contains(note));
            Ok(part)
        })?;
        Ok(whole)
    }

    /// tau² of the meta-regression on the groups.
    fn common_tau2<S: AsRef<str>>(&self, effects: &EffectSizes, groups: &[S]) -> Result<f64> {
        if let Some(tau2) = self.fixed_tau2 {
            return Ok(tau2);
        }
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
        Ok(tau2::estimate_of(&mut model, self.estimator, self.given_weights(k)?.as_deref()).tau2)
    }

    /// The given weights, checked.
    fn given_weights(&self, k: usize) -> Result<Option<Vec<f64>>> {
        self.weights.given(k)
    }

    fn check(&self, model: PoolModel, weighted: bool) -> Result<()> {
        if let Some(tau2) = self.fixed_tau2.filter(|tau2| !(tau2.is_finite() && *tau2 >= 0.0)) {
            return Err(Error::setting(
                "tau2",
                format!("tau² is {tau2}"),
                "it must be finite and not below 0",
            ));
        }
        let own = matches!(self.inference, Inference::HenmiCopas | Inference::ProfileLikelihood);
        let random_only = own || self.inference == Inference::KenwardRoger;
        if model == PoolModel::Fixed && random_only {
            return Err(Error::setting(
                "inference",
                format!("{} inference belongs to random-effects models", self.inference.name()),
                "use wald, t, hksj or hksj-adhoc with a fixed-effect model",
            ));
        }
        if weighted && random_only {
            return Err(Error::setting(
                "inference",
                format!("{} inference has weights of its own", self.inference.name()),
                "use wald, t, hksj or hksj-adhoc with given weights",
            ));
        }
        if own && self.fixed_tau2.is_some() {
            return Err(Error::setting(
                "inference",
                format!("{} inference estimates tau² itself", self.inference.name()),
                "leave tau² to it, or use another inference",
            ));
        }
        Ok(())
    }

    fn fit_model(&self, effects: &EffectSizes, kind: PoolModel) -> Result<PoolFit> {
        let level = Level::new(self.level)?;
        let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
        let weights = self.given_weights(k)?;
        self.check(kind, weights.is_some())?;
        effects.check_range()?;
        let mut notes: Vec<String> = effects.notes().to_vec();
        let mut model = Mean::new(yi, vi);

        let mut inference = self.inference;
        if k == 1 && inference != Inference::Wald {
            notes.push(format!("one study: {} inference does not exist, Wald is used", inference.name()));
            inference = Inference::Wald;
        }
        let estimator = match inference {
            Inference::HenmiCopas => Tau2::Dl,
            Inference::ProfileLikelihood => Tau2::Ml,
            _ => self.estimator,
        };
        if estimator != self.estimator {
            notes.push(format!("{} inference uses the {estimator} estimate of tau²", inference.name()));
        }

        let between = match (kind, self.fixed_tau2) {
            (PoolModel::Random, Some(tau2)) => Between::Fixed(tau2),
            (PoolModel::Random, None) if k > 1 => {
                Between::Estimated(estimator, tau2::estimate_of(&mut model, estimator, weights.as_deref()))
            }
            _ => Between::None,
        };
        let tau2 = match between {
            Between::None => 0.0,
            Between::Fixed(tau2) | Between::Estimated(_, Tau2Estimate { tau2, .. }) => tau2,
        };

        let generalized = matches!(estimator, Tau2::Genq | Tau2::Genqm);
        // GENQ has fixed weights for the mean too: 1 / v unless others are given.
        let weights = match weights {
            None if generalized && kind == PoolModel::Random => Some(vi.iter().map(|v| 1.0 / v).collect()),
            other => other,
        };
        let interval = self.interval.unwrap_or(match generalized {
            true => Tau2IntervalMethod::GeneralizedQ,
            false => Tau2IntervalMethod::QProfile,
        });
        let heterogeneity = Heterogeneity::of(&mut model, between, interval, weights.as_deref(), level)?;
        let mean = infer(inference, yi, vi, tau2, weights.as_deref(), level)?;
        if !(mean.ci_lower.is_finite() && mean.ci_upper.is_finite()) {
            return Err(Error::model(
                format!("{} inference leaves too few degrees of freedom for an interval", inference.name()),
                "use Hartung-Knapp or Wald inference",
            ));
        }

        let weight_of = |row: usize| match &weights {
            Some(given) => given[row],
            None if inference == Inference::HenmiCopas => 1.0 / vi[row],
            None => 1.0 / (vi[row] + tau2),
        };
        let total: f64 = (0..k).map(weight_of).sum();
        let studies = (0..k)
            .map(|row| StudyWeight {
                study: effects.labels()[row].clone(),
                yi: Some(yi[row]),
                vi: Some(vi[row]),
                weight: Some(100.0 * weight_of(row) / total),
                size: effects.sizes().map(|sizes| sizes[row]),
            })
            .collect();

        let mut fit = PoolFit::assemble(
            effects.measure(),
            kind,
            level,
            (inference, mean),
            heterogeneity,
            Back::of(effects),
            studies,
        );
        if kind == PoolModel::Random {
            fit.method = Some(estimator);
            fit.prediction_choice = self.prediction;
            fit.prediction = fit.prediction_by(self.prediction.unwrap_or(Prediction::matching(inference)));
            fit.update_transformed();
            if let Some(tau2) = self.fixed_tau2 {
                notes.push(format!("tau² was fixed at {tau2}"));
            }
        }
        if weights.is_none() && inference != Inference::HenmiCopas {
            fit.fit = fit_info(&model, kind, estimator, &fit.heterogeneity);
        }
        fit.notes = notes;
        notes::flag(&mut fit, effects, self.prediction);
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

/// The likelihood at the fitted mean: REML where the estimator is REML, else ML. `None` where it does not exist (REML with
/// one study) or is not what was maximized (given weights).
fn fit_info(model: &Mean<'_>, kind: PoolModel, estimator: Tau2, h: &Heterogeneity) -> Option<FitInfo> {
    let k = model.k() as f64;
    let tau2 = h.tau2.unwrap_or(0.0);
    let parameters = if h.is_estimated() { 2.0 } else { 1.0 };
    let mut model = *model;
    if kind == PoolModel::Random && estimator == Tau2::Reml && h.tau2.is_some() {
        let ll = log_likelihood(&mut model, Likelihood::Reml, tau2);
        return (k > 1.0).then(|| FitInfo::new(ll, -2.0 * ll, parameters, k - 1.0));
    }
    let ll = log_likelihood(&mut model, Likelihood::Ml, tau2);
    let saturated: f64 = -0.5 * model.vi().iter().map(|v| (std::f64::consts::TAU * v).ln()).sum::<f64>();
    Some(FitInfo::new(ll, 2.0 * (saturated - ll), parameters, k))
}
