//! `Setting`: a model brought together with its data.

use nalgebra::{DMatrix, DVector};

use super::estimate::unweighted;
use super::likelihood::{Kind, Point};
use super::options::{Estimation, Multilevel};
use super::prepare::{Prepared, prepare};
use super::random::{Term, code};
use super::sampling::Sampling;
use crate::linear::Design;
use crate::{EffectSizes, Error, Result};

/// The least variance, in units of the problem, of an effect without a sampling error: below it the likelihood has no maximum.
const LEAST_VARIANCE: f64 = 1e-6;

/// A model that has been brought together with its data.
pub(super) struct Setting {
    pub design: Design,
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
        let design = model.design(k)?;
        design.check_rows(k, effects.rows(), "the design")?;
        if design.p() == 0 {
            return Err(Error::model(
                "the model has neither an intercept nor a moderator",
                "keep the intercept",
            ));
        }
        if k <= design.p() {
            return Err(Error::model(
                format!("effects: {k}, coefficients: {}", design.p()),
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

    /// Refuses effects without any variance: those of sampling variance 0 whose random effects have none either.
    pub fn check_variances(&self, effects: &EffectSizes, point: &Point) -> Result<()> {
        for (row, variance) in self.sampling.variances.iter().enumerate() {
            let of_term = |term: &Term| {
                if term.count > 0 { term.covariance(&point.theta, row, row) } else { 0.0 }
            };
            if *variance == 0.0 && self.terms.iter().map(of_term).sum::<f64>() < LEAST_VARIANCE {
                return Err(unweighted(effects.labels().get(row).map_or("an effect", String::as_str)));
            }
        }
        Ok(())
    }

    /// Coefficients and their model-based covariance, on the scale of the data.
    pub fn coefficients(&self, point: &Point) -> (DVector<f64>, DMatrix<f64>) {
        let back = &self.prepared.from_orthonormal;
        let unit = self.prepared.unit;
        let estimates = &self.prepared.shift + back * &point.extra.coefficients * unit.sqrt();
        (estimates, back * &point.extra.covariance * back.transpose() * unit)
    }

    /// The positions of the moderators. A column of ones is the mean, whether or not the design calls it an intercept.
    pub fn moderators(&self) -> Vec<usize> {
        moderators(&self.design)
    }

    pub fn residuals(&self, effects: &EffectSizes, estimates: &DVector<f64>) -> Vec<f64> {
        (0..effects.len())
            .map(|i| {
                let fitted: f64 = self.design.columns().zip(estimates.iter()).map(|(x, b)| x[i] * b).sum();
                effects.yi()[i] - fitted
            })
            .collect()
    }
}

/// The positions of the columns that are not constant at 1; the first such column is the mean.
pub(super) fn moderators(design: &Design) -> Vec<usize> {
    let constant = design.columns().position(|column| column.iter().all(|x| *x == 1.0));
    (0..design.p()).filter(|column| Some(*column) != constant).collect()
}
