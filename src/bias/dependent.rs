//! Small-study effects when studies report several effects: Egger's regression and PET-PEESE within a multilevel model.
//!
//! The model keeps its random effects, sampling covariances and robust inference and gets one more moderator: the slope on
//! it is the test, the intercept the effect where the moderator is 0. With cluster-robust inference this is the Egger
//! sandwich test of Rodgers and Pustejovsky (2021, doi:10.1037/met0000300), and PET-PEESE-RVE.
//!
//! Standardized mean differences depend on their own standard errors; for them 1/n and its root avoid the artefact
//! (Pustejovsky and Rodgers 2019, doi:10.1002/jrsm.1332).

use serde::{Deserialize, Serialize};

use super::{PetOrPeese, Predictor};
use crate::{
    EffectSizes, Error, Result,
    multilevel::{Multilevel, MultilevelCoefficient, MultilevelFit},
};

/// The slope on a measure of imprecision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelSlope {
    /// The measure of imprecision.
    pub predictor: Predictor,
    /// The slope with its test.
    pub slope: MultilevelCoefficient,
    /// The effect where the predictor is 0, for a model without other moderators.
    pub limit: Option<MultilevelCoefficient>,
}

/// PET, PEESE and the choice between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelPetPeese {
    /// The effect at standard error 0.
    pub pet: MultilevelCoefficient,
    /// The effect at variance 0.
    pub peese: MultilevelCoefficient,
    /// PEESE if PET's effect has the sign of the mean and a two-sided P value below 0.10 (Stanley and Doucouliagos 2014,
    /// doi:10.1002/jrsm.1095).
    pub chosen: PetOrPeese,
}

/// Small-study effects within a model for dependent effects.
pub trait DependentEffects {
    /// The slope on a measure of imprecision, beside the moderators that the model has.
    ///
    /// # Errors
    ///
    /// If the predictor needs sizes that the effects do not have, all effects are equally precise, or the model cannot be
    /// fitted.
    fn small_study_slope(&self, effects: &EffectSizes, predictor: Predictor) -> Result<MultilevelSlope>;

    /// PET-PEESE of a model without moderators.
    ///
    /// # Errors
    ///
    /// As [`small_study_slope`](Self::small_study_slope), and if the model has moderators.
    fn pet_peese(&self, effects: &EffectSizes) -> Result<MultilevelPetPeese>;
}

impl DependentEffects for Multilevel {
    fn small_study_slope(&self, effects: &EffectSizes, predictor: Predictor) -> Result<MultilevelSlope> {
        let fit = with_predictor(self, effects, predictor)?;
        let (slope, others) = split(&fit)?;
        let limit = match others {
            [only] if !matches!(predictor, Predictor::Ni | Predictor::SqrtNi) => Some(only.clone()),
            _ => None,
        };
        Ok(MultilevelSlope { predictor, slope: slope.clone(), limit })
    }

    fn pet_peese(&self, effects: &EffectSizes) -> Result<MultilevelPetPeese> {
        let at_zero = |predictor: Predictor| -> Result<MultilevelCoefficient> {
            let fit = with_predictor(self, effects, predictor)?;
            match split(&fit)?.1 {
                [only] => Ok(only.clone()),
                _ => Err(Error::setting(
                    "pet-peese",
                    "a model with moderators",
                    "PET-PEESE adjusts a mean: leave the moderators out",
                )),
            }
        };
        let (pet, peese) = (at_zero(Predictor::Sei)?, at_zero(Predictor::Vi)?);
        let mean = self.fit(effects)?.coefficients.first().map_or(0.0, |mean| mean.estimate);
        let significant = pet.estimate * mean > 0.0 && pet.p_value.is_some_and(|p| p < 0.10);
        let chosen = if significant { PetOrPeese::Peese } else { PetOrPeese::Pet };
        Ok(MultilevelPetPeese { pet, peese, chosen })
    }
}

fn with_predictor(model: &Multilevel, effects: &EffectSizes, predictor: Predictor) -> Result<MultilevelFit> {
    let sizes = || {
        effects.sizes().ok_or_else(|| {
            Error::data(
                format!("the predictor {predictor} needs sample sizes, which these effects do not have"),
                "give a column ni, or use the predictor sei",
            )
        })
    };
    let values: Vec<f64> = match predictor {
        Predictor::Sei => effects.vi().iter().map(|v| v.sqrt()).collect(),
        Predictor::Vi => effects.vi().to_vec(),
        Predictor::Ni => sizes()?.to_vec(),
        Predictor::Ninv => sizes()?.iter().map(|n| 1.0 / n).collect(),
        Predictor::SqrtNi => sizes()?.iter().map(|n| n.sqrt()).collect(),
        Predictor::SqrtNinv => sizes()?.iter().map(|n| 1.0 / n.sqrt()).collect(),
    };
    if values.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err(Error::data(
            format!("all effects have the same {predictor}"),
            "small-study effects show when effects differ in precision",
        ));
    }
    model.clone().moderator(predictor.to_string(), values).fit(effects)
}

/// The slope, which came last, and the other coefficients.
fn split(fit: &MultilevelFit) -> Result<(&MultilevelCoefficient, &[MultilevelCoefficient])> {
    fit.coefficients
        .split_last()
        .ok_or_else(|| Error::model("the model has no coefficients", "give it a mean or moderators"))
}
