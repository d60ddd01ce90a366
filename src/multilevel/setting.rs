//! `Setting`: a model brought together with its data.

use nalgebra::{DMatrix, DVector};

use super::fixed_effects::FixedEffects;
use super::likelihood::{Kind, Point};
use super::options::{Estimation, Multilevel};
use super::prepare::{Prepared, prepare};
use super::random::{Term, code};
use super::sampling::Sampling;
use crate::{EffectSizes, Error, Result};

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
        effects.rows().check(&design.rows, "the design")?;
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
        let estimates = &self.prepared.shift + back * &point.extra.coefficients * unit.sqrt();
        (estimates, back * &point.extra.covariance * back.transpose() * unit)
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
