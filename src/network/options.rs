//! The model of a network and its options.

use super::{NetworkModel, tau2};
use crate::{Error, Level, Result, pool::Inference, tau2::Tau2};

/// A network meta-analysis.
///
/// The default is random effects by REML with Wald inference at 95 %, against the first treatment.
///
/// ```
/// use consilience::{Measure, network::{NetworkData, NetworkMeta, PairRow}};
///
/// // Three trials in a line: the indirect effect is the sum of the steps, and so is its variance.
/// let rows = [
///     PairRow::new("1", "B", "A", 1.0, 0.04),
///     PairRow::new("2", "C", "B", 0.5, 0.09),
/// ];
/// let network = NetworkData::new(Measure::Generic).contrasts(&rows)?;
/// let fit = NetworkMeta::common().fit(&network)?;
/// let c_versus_a = fit.difference(2, 0);
/// assert!((c_versus_a.estimate - 1.5).abs() < 1e-12);
/// assert!((c_versus_a.se.powi(2) - 0.13).abs() < 1e-12);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkMeta {
    pub(super) model: NetworkModel,
    pub(super) method: Tau2,
    pub(super) fixed_tau2: Option<f64>,
    pub(super) inference: Inference,
    pub(super) level: Level,
    pub(super) reference: Option<String>,
}

impl Default for NetworkMeta {
    fn default() -> Self {
        NetworkMeta::random(Tau2::Reml)
    }
}

impl NetworkMeta {
    /// Random effects with this estimator of tau²: `Reml`, `Ml` or `Dl`.
    pub fn random(method: Tau2) -> Self {
        NetworkMeta {
            model: NetworkModel::Random,
            method,
            fixed_tau2: None,
            inference: Inference::Wald,
            level: Level::default(),
            reference: None,
        }
    }

    /// A common effect for every comparison.
    pub fn common() -> Self {
        NetworkMeta { model: NetworkModel::Common, ..NetworkMeta::default() }
    }

    /// Fixes tau² in place of estimating it.
    #[must_use]
    pub fn tau2(mut self, tau2: f64) -> Self {
        self.fixed_tau2 = Some(tau2);
        self
    }

    /// The inference: `Wald`, `T`, `HartungKnapp` (Jackson and Riley 2014) or `HartungKnappAdHoc`.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.inference = inference;
        self
    }

    /// The confidence level.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The treatment that the others are compared with; by default the first.
    #[must_use]
    pub fn reference(mut self, treatment: impl Into<String>) -> Self {
        self.reference = Some(treatment.into());
        self
    }

    /// The model.
    pub fn model(&self) -> NetworkModel {
        self.model
    }

    /// Checks the options.
    pub(super) fn check(&self) -> Result<()> {
        tau2::check(self.method)?;
        if let Some(t) = self.fixed_tau2.filter(|t| !(t.is_finite() && *t >= 0.0)) {
            return Err(Error::setting("tau2", format!("tau² is {t}"), "it must be finite and not below 0"));
        }
        if self.model == NetworkModel::Common && self.fixed_tau2.is_some() {
            return Err(Error::setting(
                "tau2",
                "a common-effect model has no tau²",
                "choose the random-effects model",
            ));
        }
        match self.inference {
            Inference::Wald | Inference::T | Inference::HartungKnapp | Inference::HartungKnappAdHoc => Ok(()),
            other => Err(Error::setting(
                "inference",
                format!("`{other}` is not defined for a network"),
                "choose wald, t, hksj or hksj-adhoc",
            )),
        }
    }
}
