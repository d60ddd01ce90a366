//! `NetworkFit`: the effects of a network with their covariance, and every comparison read from them.

use serde::{Deserialize, Serialize};

use super::{
    Network, NetworkHeterogeneity, NetworkMeta,
    assembly::Assembly,
    gls::{Gls, Moments},
    tau2,
};
use crate::{
    Error, Level, Result,
    memory::room_for,
    pool::{FitInfo, Inference},
    stat::{chi2, normal, t},
    tau2::Tau2,
};

/// The model of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum NetworkModel {
    /// Every comparison has a distribution of effects, with one variance for the network.
    #[default]
    Random,
    /// Every comparison has one effect.
    Common,
}

crate::codes::codes!(NetworkModel, "model" { Random "random" [], Common "common" ["fixed"] });

/// A difference of two treatments, intervention minus comparator, with its test and intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// The estimate, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The test statistic of no difference; `None` if the standard error is 0.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The lower prediction limit; `None` for a common-effect model or without degrees of freedom.
    pub prediction_lower: Option<f64>,
    /// The upper prediction limit.
    pub prediction_upper: Option<f64>,
}

impl Difference {
    /// The estimate with its standard error, test and interval; no prediction.
    pub fn new(estimate: f64, se: f64, df: Option<f64>, level: Level) -> Self {
        let statistic = Some(estimate / se).filter(|s| s.is_finite());
        let p_value = statistic.map(|s| match df {
            Some(df) => t::two_sided(s, df),
            None => normal::two_sided(s),
        });
        let half = level.critical_value(df) * se;
        Difference {
            estimate,
            se,
            statistic,
            df,
            p_value,
            ci_lower: estimate - half,
            ci_upper: estimate + half,
            prediction_lower: None,
            prediction_upper: None,
        }
    }

    /// The same difference the other way round.
    #[must_use]
    pub fn reversed(self) -> Self {
        let negative = |x: f64| 0.0 - x;
        Difference {
            estimate: negative(self.estimate),
            statistic: self.statistic.map(negative),
            ci_lower: negative(self.ci_upper),
            ci_upper: negative(self.ci_lower),
            prediction_lower: self.prediction_upper.map(negative),
            prediction_upper: self.prediction_lower.map(negative),
            ..self
        }
    }
}

/// The fit of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkFit {
    /// The data.
    pub network: Network,
    /// The model.
    pub model: NetworkModel,
    /// The estimator of tau²; `None` for a common effect or a fixed tau².
    pub method: Option<Tau2>,
    /// The inference.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The position of the reference.
    pub reference: usize,
    /// The effects of the treatments against the reference (whose own is 0), T values.
    pub theta: Vec<f64>,
    /// Their covariance at tau², T × T, zero in the row and the column of the reference; without [`inflation`](Self::inflation).
    pub covariance: Vec<f64>,
    /// The variances of all differences, T × T; without [`inflation`](Self::inflation).
    pub variances: Vec<f64>,
    /// The variance between studies; 0 for a common effect.
    pub tau2: f64,
    /// The factor of Hartung and Knapp on every variance; else 1.
    pub inflation: f64,
    /// The heterogeneity.
    pub heterogeneity: NetworkHeterogeneity,
    /// The likelihood and information criteria.
    pub fit: FitInfo,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

/// Refuses more treatments than there is memory for the matrices of all pairs: covariances and variances, and those from which they
/// are made.
fn check_room(treatments: usize) -> Result<()> {
    let bytes = treatments.saturating_mul(treatments).saturating_mul(5 * size_of::<f64>());
    let work = || format!("a network of {treatments} treatments");
    room_for(bytes, work, "check the columns of treatments, or merge treatments")
}

impl NetworkMeta {
    /// Fits the model.
    ///
    /// # Errors
    ///
    /// If an option is outside its range, the reference is unknown, or the network is not connected.
    pub fn fit(&self, network: &Network) -> Result<NetworkFit> {
        self.check()?;
        let reference = match &self.reference {
            Some(name) => network.treatment(name)?,
            None => 0,
        };
        network.require_connected()?;
        check_room(network.treatments.len())?;
        let mut model = Assembly::new(network, reference);
        let at_zero = model.moments(0.0)?;
        let tau2 = self.tau2_of(&mut model, &at_zero)?;
        let heterogeneity = self.heterogeneity(&mut model, &at_zero, tau2)?;
        let (moments, factor, theta) = model.solved(tau2)?;
        let (covariance, variances) = factor.covariances();
        if !theta.iter().chain(&variances).all(|value| value.is_finite()) {
            return Err(Error::model(
                "the effects of the network are beyond the range of numbers",
                "check the variances, some of which are many orders of magnitude apart, or give the effects in another unit",
            ));
        }
        let likelihood = self.likelihood(&model, &moments)?;
        let mut fit = NetworkFit {
            network: network.clone(),
            model: self.model,
            method: (self.model == NetworkModel::Random && self.fixed_tau2.is_none()).then_some(self.method),
            inference: self.inference,
            level: self.level,
            reference,
            theta,
            covariance,
            variances,
            tau2,
            inflation: 1.0,
            heterogeneity,
            fit: likelihood,
            notes: network.notes.clone(),
        };
        self.set_inflation(&mut fit, &mut model)?;
        fit.add_notes(self.reference.is_none());
        Ok(fit)
    }

    /// tau² as the model has it.
    pub(super) fn tau2_of(&self, model: &mut impl Gls, at_zero: &Moments) -> Result<f64> {
        match (self.model, self.fixed_tau2) {
            (NetworkModel::Common, _) => Ok(0.0),
            (NetworkModel::Random, Some(tau2)) => Ok(tau2),
            (NetworkModel::Random, None) => tau2::estimate(self.method, model, at_zero),
        }
    }

    /// The factor of Hartung and Knapp; 1 for other inferences or without degrees of freedom.
    pub(super) fn inflation(&self, model: &mut impl Gls, tau2: f64, df: usize) -> Result<f64> {
        if df == 0 {
            return Ok(1.0);
        }
        match self.inference {
            Inference::HartungKnapp => Ok(model.q(tau2)? / df as f64),
            Inference::HartungKnappAdHoc => Ok((model.q(tau2)? / df as f64).max(1.0)),
            _ => Ok(1.0),
        }
    }

    fn heterogeneity(
        &self,
        model: &mut Assembly<'_>,
        at_zero: &Moments,
        tau2: f64,
    ) -> Result<NetworkHeterogeneity> {
        let df = model.df();
        let mut h = NetworkHeterogeneity { q: at_zero.q, q_df: df, ..NetworkHeterogeneity::default() };
        if self.model == NetworkModel::Random {
            h.tau2 = Some(tau2);
            h.tau = Some(tau2.sqrt());
        }
        if df == 0 {
            return Ok(h);
        }
        let n = df as f64;
        h.q_p_value = Some(chi2::sf(h.q, n));
        let from_q = if h.q > n { 100.0 * (h.q - n) / h.q } else { 0.0 };
        h.i2_q = Some(from_q);
        let typical = n / (at_zero.trace_ws - at_zero.trace_cm);
        h.typical_variance = Some(typical).filter(|v| v.is_finite() && *v > 0.0);
        match self.model {
            NetworkModel::Common => {
                h.i2 = Some(from_q);
                h.h2 = Some(h.q / n);
            }
            NetworkModel::Random => {
                h.i2 = h.typical_variance.map(|typical| 100.0 * tau2 / (tau2 + typical));
                h.h2 = h.typical_variance.map(|typical| 1.0 + tau2 / typical);
                h.tau2_ci = tau2::q_profile(model, at_zero, self.level)?;
            }
        }
        Ok(h)
    }

    fn likelihood(&self, model: &Assembly<'_>, moments: &Moments) -> Result<FitInfo> {
        let estimated = self.model == NetworkModel::Random && self.fixed_tau2.is_none();
        let restricted = estimated && self.method == Tau2::Reml && model.df() > 0;
        let method = if restricted { Tau2::Reml } else { Tau2::Ml };
        let value = tau2::log_likelihood(method, model, moments)?;
        let parameters = (model.rank() + usize::from(estimated)) as f64;
        let n = if restricted { model.df() } else { model.contrasts() };
        Ok(FitInfo::new(value, -2.0 * value, parameters, n as f64))
    }

    /// The factor Q(tau²) / df on the covariance.
    fn set_inflation(&self, fit: &mut NetworkFit, model: &mut Assembly<'_>) -> Result<()> {
        let df = fit.heterogeneity.q_df;
        if self.inference == Inference::Wald {
            return Ok(());
        }
        if df == 0 {
            fit.inference = Inference::Wald;
            fit.notes.push(format!(
                "`{}` needs residual degrees of freedom, and there are none; Wald inference was used",
                self.inference
            ));
            return Ok(());
        }
        fit.inflation = self.inflation(model, fit.tau2, df)?;
        if df < 3 {
            fit.notes.push(format!(
                "`{}` has only {df} degrees of freedom: intervals are very wide",
                self.inference
            ));
        }
        Ok(())
    }
}

impl NetworkFit {
    /// The number of treatments.
    pub fn treatment_count(&self) -> usize {
        self.theta.len()
    }

    /// The degrees of freedom of tests and intervals; `None` for the normal distribution.
    pub fn df(&self) -> Option<f64> {
        (self.inference != Inference::Wald).then_some(self.heterogeneity.q_df as f64)
    }

    /// The variance of treatment `i` versus `j`, as tests and intervals use it.
    pub fn variance(&self, i: usize, j: usize) -> f64 {
        self.variances[i * self.theta.len() + j] * self.inflation
    }

    /// Treatment `i` versus `j`: θᵢ - θⱼ with its test, confidence and prediction interval.
    pub fn difference(&self, i: usize, j: usize) -> Difference {
        let variance = self.variance(i, j);
        let estimate = self.theta[i] - self.theta[j];
        let mut difference = Difference::new(estimate, variance.sqrt(), self.df(), self.level);
        let df = self.heterogeneity.q_df;
        if self.model == NetworkModel::Random && df > 0 && i != j {
            let half = self.level.critical_value(Some(df as f64)) * (variance + self.tau2).sqrt();
            difference.prediction_lower = Some(estimate - half);
            difference.prediction_upper = Some(estimate + half);
        }
        difference
    }

    /// A difference on the scale that people read; `None` if that is the scale of the analysis.
    pub fn back(&self, y: f64) -> Option<f64> {
        use crate::effect::{Scale, Transform};
        match (self.network.measure.transform(), self.network.scale) {
            (_, None) => None,
            (Transform::Identity, Some(Scale::Ratio)) => Some(y.exp()),
            (transform, Some(_)) => transform.apply(y, None),
        }
    }

    /// Notes on estimates at their boundary and on the choice of the reference.
    fn add_notes(&mut self, reference_by_default: bool) {
        if self.heterogeneity.q_df == 0 {
            self.notes.push(
                "there are no residual degrees of freedom: heterogeneity cannot be estimated".to_owned(),
            );
        } else if self.tau2 == 0.0 && self.method.is_some() {
            self.notes.push("the heterogeneity is estimated as zero".to_owned());
        }
        if reference_by_default && self.theta.len() > 2 {
            let best = self.best_connected();
            let first = &self.network.treatments[self.reference];
            if best != self.reference {
                self.notes.push(format!(
                    "the reference is `{first}`, the first treatment; `{}` is in most studies",
                    self.network.treatments[best]
                ));
            }
        }
    }

    fn best_connected(&self) -> usize {
        let mut count = vec![0_usize; self.theta.len()];
        for study in &self.network.studies {
            study.design().iter().for_each(|&t| count[t] += 1);
        }
        (0..count.len()).rev().max_by_key(|&t| count[t]).unwrap_or(0)
    }
}
