//! The options of a batch.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Level, Result,
    pool::{Inference, Prediction},
    tau2::Tau2,
};

/// The pooling model of every group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum BatchModel {
    /// One common effect: tau² = 0.
    Fixed,
    /// Random effects, with tau² by this estimator.
    Random(Tau2),
}

/// The columns that are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Detail {
    /// `estimate`, `se`, `tau2`, `q` and `k` alone; the other columns stay empty.
    Means,
    /// All columns.
    #[default]
    Complete,
}

/// The options of a batch of meta-analyses, the same for every group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BatchOptions {
    pub(super) model: BatchModel,
    pub(super) inference: Inference,
    pub(super) prediction: Option<Prediction>,
    pub(super) level: Level,
    pub(super) detail: Detail,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self::random(Tau2::Reml)
    }
}

impl BatchOptions {
    /// Random-effects models with tau² by `method`.
    pub fn random(method: Tau2) -> Self {
        BatchOptions {
            model: BatchModel::Random(method),
            inference: Inference::Wald,
            prediction: None,
            level: Level::default(),
            detail: Detail::Complete,
        }
    }

    /// Models with one common effect.
    pub fn fixed() -> Self {
        BatchOptions { model: BatchModel::Fixed, ..Self::default() }
    }

    /// The inference for the means: Wald (the default), t, or Hartung-Knapp with or without the ad hoc correction.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.inference = inference;
        self
    }

    /// The convention of the prediction intervals; by default the one that matches the inference.
    #[must_use]
    pub fn prediction(mut self, prediction: Prediction) -> Self {
        self.prediction = Some(prediction);
        self
    }

    /// The confidence level of all intervals.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The columns that are computed.
    #[must_use]
    pub fn detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Refuses what a batch does not offer.
    pub(super) fn check(&self) -> Result<()> {
        match self.inference {
            Inference::Wald | Inference::T | Inference::HartungKnapp | Inference::HartungKnappAdHoc => {}
            other => {
                return Err(Error::setting(
                    "inference",
                    format!("`{other}` in a batch"),
                    "use wald, t, hksj or hksj-adhoc, or pool the groups one by one",
                ));
            }
        }
        if self.prediction == Some(Prediction::Nnf) {
            return Err(Error::setting(
                "prediction",
                "`nnf` in a batch",
                "use t, hts or normal, or pool the groups one by one",
            ));
        }
        if self.prediction.is_some() && self.model == BatchModel::Fixed {
            return Err(Error::setting(
                "prediction",
                "a model with one common effect has no prediction interval",
                "leave it out, or choose a random-effects model",
            ));
        }
        Ok(())
    }

    /// The convention of the prediction intervals, if the model has any.
    pub(super) fn convention(&self) -> Option<Prediction> {
        match self.model {
            BatchModel::Fixed => None,
            BatchModel::Random(_) => Some(self.prediction.unwrap_or(Prediction::matching(self.inference))),
        }
    }
}
