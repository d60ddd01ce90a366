//! PET, PEESE and the rule that chooses between them; the limit meta-analysis.
//!
//! PET is the effect at standard error 0 of the line y = b₀ + b₁ √v, PEESE that at variance 0 of y = b₀ + b₁ v, both by
//! least squares with weights 1 / v. PEESE is taken if PET's effect is significant in the direction of the pooled effect
//! (one-sided 0.05, the usual rule), else PET. With clusters both have the CR2 sandwich over them. Beside a random-effects model the
//! same two lines are also fitted as mixed-effects meta-regressions, with weights 1 / (v + tau²) and the residual tau² of each.
//!
//! The limit meta-analysis lets the bias depend on the standard error including heterogeneity: with s = √(v + tau²),
//! y = β + s α + s ε, Var ε = 1, the effect of an infinitely large study in this collection is β + tau α. Q - Q' is the part of
//! Cochran's Q that the line on the standard error explains.
//!
//! References: Stanley and Doucouliagos (2014), doi:10.1002/jrsm.1095. Rücker, Schwarzer, Carpenter, Binder and Schumacher
//! (2011), Treatment-effect estimates adjusted for small-study effects via a limit meta-analysis,
//! doi:10.1093/biostatistics/kxq046.

use serde::{Deserialize, Serialize};

use super::{
    line::{Line, Tested},
    options::Settings,
};
use crate::{
    EffectSizes, Result,
    pool::{PoolModel, kernel},
    stat::chi2,
};

/// An effect adjusted for small-study effects.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AdjustedEffect {
    /// The effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Its test statistic.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// Two-sided.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
}

impl AdjustedEffect {
    pub(super) fn new(tested: Tested, df: Option<f64>) -> Self {
        AdjustedEffect {
            estimate: tested.estimate,
            se: tested.se,
            statistic: tested.statistic,
            df,
            p_value: tested.p_value,
            ci_lower: tested.ci_lower,
            ci_upper: tested.ci_upper,
        }
    }
}

/// The estimate that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PetOrPeese {
    /// The line on the standard error.
    Pet,
    /// The line on the variance.
    Peese,
}

/// PET, PEESE and the choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PetPeese {
    /// The effect at standard error 0.
    pub pet: AdjustedEffect,
    /// The effect at variance 0.
    pub peese: AdjustedEffect,
    /// The one that the rule takes.
    pub chosen: PetOrPeese,
    /// Its effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Its lower confidence limit.
    pub ci_lower: f64,
    /// Its upper confidence limit.
    pub ci_upper: f64,
    /// The same by mixed-effects meta-regression, with a residual tau² of its own for each line, if the model is a random-effects one.
    #[serde(default)]
    pub random_effects: Option<RandomPetPeese>,
}

/// PET, PEESE and the choice by mixed-effects meta-regressions on the standard error and the variance: weights 1 / (v + tau²), with
/// the inference of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RandomPetPeese {
    /// The effect at standard error 0.
    pub pet: AdjustedEffect,
    /// The residual tau² beside the standard error.
    pub pet_tau2: f64,
    /// The effect at variance 0.
    pub peese: AdjustedEffect,
    /// The residual tau² beside the variance.
    pub peese_tau2: f64,
    /// The one that the rule takes.
    pub chosen: PetOrPeese,
    /// Its effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Its lower confidence limit.
    pub ci_lower: f64,
    /// Its upper confidence limit.
    pub ci_upper: f64,
}

/// The random-effects form.
fn random_effects(effects: &EffectSizes, settings: &Settings) -> Result<RandomPetPeese> {
    let (yi, vi, level) = (effects.yi(), effects.vi(), settings.level);
    let sei: Vec<f64> = vi.iter().map(|v| v.sqrt()).collect();
    let at_zero = |x: &[f64]| -> Result<(AdjustedEffect, f64)> {
        let (line, tau2) =
            Line::mixed(x, (yi, vi), PoolModel::Random, settings.spec.estimator, settings.spec.inference)?;
        let weights: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
        let line = line.over(settings.clusters.as_deref(), x, yi, &weights)?;
        Ok((AdjustedEffect::new(line.intercept(level), line.df_intercept), tau2))
    };
    let ((pet, pet_tau2), (peese, peese_tau2)) = (at_zero(&sei)?, at_zero(vi)?);
    let mean = kernel::random(yi, vi, settings.spec.estimator).estimate;
    let (chosen, taken) = choose(pet, peese, mean);
    Ok(RandomPetPeese {
        pet,
        pet_tau2,
        peese,
        peese_tau2,
        chosen,
        estimate: taken.estimate,
        se: taken.se,
        ci_lower: taken.ci_lower,
        ci_upper: taken.ci_upper,
    })
}

/// PEESE if PET's effect is significant in the direction of the mean.
fn choose(pet: AdjustedEffect, peese: AdjustedEffect, mean: f64) -> (PetOrPeese, AdjustedEffect) {
    let significant = pet.estimate * mean > 0.0 && pet.p_value.is_some_and(|p| p < 0.10);
    if significant { (PetOrPeese::Peese, peese) } else { (PetOrPeese::Pet, pet) }
}

pub(super) fn pet_peese(effects: &EffectSizes, settings: &Settings) -> Result<PetPeese> {
    let (yi, vi, level) = (effects.yi(), effects.vi(), settings.level);
    let sei: Vec<f64> = vi.iter().map(|v| v.sqrt()).collect();
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / v).collect();
    let at_zero = |x: &[f64]| -> Result<AdjustedEffect> {
        let line = Line::least_squares(x, yi, &w)?.over(settings.clusters.as_deref(), x, yi, &w)?;
        Ok(AdjustedEffect::new(line.intercept(level), line.df_intercept))
    };
    let (pet, peese) = (at_zero(&sei)?, at_zero(vi)?);
    let (chosen, taken) = choose(pet, peese, kernel::fixed(yi, vi).estimate);
    let random = settings.spec.model == PoolModel::Random;
    Ok(PetPeese {
        pet,
        peese,
        chosen,
        estimate: taken.estimate,
        se: taken.se,
        ci_lower: taken.ci_lower,
        ci_upper: taken.ci_upper,
        random_effects: if random { Some(random_effects(effects, settings)?) } else { None },
    })
}

/// The limit meta-analysis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LimitMetaAnalysis {
    /// The effect adjusted for small-study effects.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Its test statistic.
    pub statistic: Option<f64>,
    /// Two-sided.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The bias α of the line.
    pub alpha: f64,
    /// tau² behind it.
    pub tau2: f64,
    /// Cochran's Q.
    pub q: f64,
    /// The part of Q that the standard error explains, 1 degree of freedom.
    pub q_small_study: f64,
    /// Its P value.
    pub q_small_study_p_value: f64,
    /// The rest of Q, k - 2 degrees of freedom.
    pub q_residual: f64,
    /// Its P value.
    pub q_residual_p_value: f64,
}

pub(super) fn limit(effects: &EffectSizes, settings: &Settings) -> Result<LimitMetaAnalysis> {
    let (yi, vi) = (effects.yi(), effects.vi());
    let sei: Vec<f64> = vi.iter().map(|v| v.sqrt()).collect();
    let w: Vec<f64> = vi.iter().map(|v| 1.0 / v).collect();
    let residual = Line::least_squares(&sei, yi, &w)?;
    let pooled = kernel::random(yi, vi, settings.spec.estimator);
    let s: Vec<f64> = vi.iter().map(|v| (v + pooled.tau2).sqrt()).collect();
    let w: Vec<f64> = s.iter().map(|s| 1.0 / (s * s)).collect();
    let line = Line::least_squares(&s, yi, &w)?;
    let df = yi.len() as f64 - 2.0;
    let tau = pooled.tau2.sqrt();
    // Var ε is 1 by construction: tau² is in s already.
    let dispersion = line.rss / df;
    let spread = line.var_intercept + tau * (tau * line.var_slope + 2.0 * line.covariance);
    let tested = Tested::new(
        line.intercept + tau * line.slope,
        if dispersion > 0.0 { spread / dispersion } else { 0.0 },
        None,
        settings.level,
    )
    .within_range()?;
    let explained = (pooled.q - residual.rss).max(0.0);
    Ok(LimitMetaAnalysis {
        estimate: tested.estimate,
        se: tested.se,
        statistic: tested.statistic,
        p_value: tested.p_value,
        ci_lower: tested.ci_lower,
        ci_upper: tested.ci_upper,
        alpha: line.slope,
        tau2: pooled.tau2,
        q: pooled.q,
        q_small_study: explained,
        q_small_study_p_value: chi2::sf(explained, 1.0),
        q_residual: residual.rss,
        q_residual_p_value: chi2::sf(residual.rss, df),
    })
}
