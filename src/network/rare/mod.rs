//! Odds ratios of rare events, from the counts as they are.
//!
//! Use it where many arms have few events or none, so that inverse-variance weights and continuity corrections mislead.
//!
//! | estimator | model |
//! |---|---|
//! | [`RareMethod::MantelHaenszel`] | Mantel-Haenszel within designs, common-effect least squares across them |
//! | [`RareMethod::Hypergeometric`] | exact conditional likelihood given each study's events, common effect |
//! | [`RareMethod::Penalized`] | binomial logit with an intercept for each study, likelihood penalized as of Firth |
//!
//! Edge cases: a treatment without events (or non-events) in all its studies has no finite conditional estimate, an error
//! that names it and points at the penalized likelihood; for Mantel-Haenszel its arms are dropped and named. No estimator
//! here knows heterogeneity.

use serde::{Deserialize, Serialize};

use super::{Difference, Network, data::ArmData};
use crate::{Error, Level, Measure, Result, stat::chi2};

mod firth;
mod hypergeometric;
mod mantel_haenszel;

/// The estimator of rare events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RareMethod {
    /// Mantel-Haenszel, `mh` (Efthimiou et al. 2019).
    #[default]
    MantelHaenszel,
    /// Non-central hypergeometric, `nch` (Stijnen et al. 2010).
    Hypergeometric,
    /// Penalized logistic regression, `firth` (Evrenoglou et al. 2022).
    Penalized,
}

crate::codes::codes!(RareMethod, "estimator" {
    MantelHaenszel "mh" [], Hypergeometric "nch" [], Penalized "firth" ["penalized"],
});

/// Odds ratios of a network by an estimator for rare events, on the logarithmic scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RareFit {
    /// The estimator.
    pub method: RareMethod,
    /// The treatments that have an estimate.
    pub treatments: Vec<String>,
    /// The position of the reference among them.
    pub reference: usize,
    /// Their log odds ratios against the reference (whose own is 0).
    pub theta: Vec<f64>,
    /// Their covariance, T × T, zero in the row and the column of the reference.
    pub covariance: Vec<f64>,
    /// The confidence level.
    pub level: Level,
    /// Q between designs; `None` where the estimator has none.
    pub q: Option<f64>,
    /// Its degrees of freedom.
    pub q_df: Option<usize>,
    /// Its P value.
    pub q_p_value: Option<f64>,
    /// The maximum of the likelihood; `None` for Mantel-Haenszel.
    pub log_likelihood: Option<f64>,
    /// The studies analyzed.
    pub k: usize,
    /// Limits of the effects against the reference from the penalized profile likelihood, in the order of `treatments`;
    /// `None` for the reference and for other estimators.
    pub profile: Vec<Option<(f64, f64)>>,
    /// The studies left out.
    pub notes: Vec<String>,
}

impl RareFit {
    /// Treatment `i` versus `j`, positions among [`treatments`](Self::treatments).
    pub fn difference(&self, i: usize, j: usize) -> Difference {
        let t = self.theta.len();
        let c = |a: usize, b: usize| self.covariance[a * t + b];
        let variance = (c(i, i) + c(j, j) - 2.0 * c(i, j)).max(0.0);
        Difference::new(self.theta[i] - self.theta[j], variance.sqrt(), None, self.level)
    }
}

/// The events and non-events of a study's arms.
#[derive(Debug, Clone, PartialEq)]
struct Counts {
    label: String,
    arms: Vec<usize>,
    events: Vec<f64>,
    others: Vec<f64>,
}

impl Network {
    /// Fits odds ratios of rare events; `reference` names the treatment that others are compared with, else the first.
    ///
    /// # Errors
    ///
    /// If the measure is not the odds ratio, a study was not given by counts, the reference is unknown, the studies do not
    /// connect the treatments, or an estimate is infinite.
    pub fn fit_rare(&self, method: RareMethod, reference: Option<&str>, level: Level) -> Result<RareFit> {
        if self.measure != Measure::OddsRatio {
            return Err(Error::setting(
                "estimator",
                format!("`{method}` with {}", self.measure),
                "these estimators are those of the odds ratio, OR",
            ));
        }
        let reference = reference.map_or(Ok(0), |name| self.treatment(name))?;
        let studies = self.studies.iter().map(counts).collect::<Result<Vec<_>>>()?;
        match method {
            RareMethod::MantelHaenszel => mantel_haenszel::fit(self, studies, reference, level),
            RareMethod::Hypergeometric => hypergeometric::fit(self, studies, reference, level),
            RareMethod::Penalized => firth::fit(self, studies, reference, level),
        }
    }
}

fn counts(study: &super::Study) -> Result<Counts> {
    let (mut events, mut others) = (Vec::new(), Vec::new());
    for arm in &study.arms {
        let ArmData::Events { events: x, size } = arm.data else {
            return Err(Error::data("no events and persons of an arm", "give the counts of every arm")
                .in_study(study.label.clone()));
        };
        events.push(x);
        others.push(size - x);
    }
    let arms = study.arms.iter().map(|arm| arm.treatment).collect();
    Ok(Counts { label: study.label.clone(), arms, events, others })
}

/// Effects of the kept treatments from estimates without the reference.
struct Estimates {
    kept: Vec<usize>,
    beta: Vec<f64>,
    covariance: Vec<f64>,
}

impl Estimates {
    /// The fit with a zero for the reference, whose position is among `kept`.
    fn finish(
        self,
        network: &Network,
        method: RareMethod,
        reference: usize,
        level: Level,
        k: usize,
    ) -> RareFit {
        let t = self.kept.len();
        let at = self.kept.iter().position(|i| *i == reference).unwrap_or(0);
        let column = |i: usize| if i < at { Some(i) } else { (i > at).then(|| i - 1) };
        let mut theta = vec![0.0; t];
        let mut covariance = vec![0.0; t * t];
        for i in 0..t {
            let Some(a) = column(i) else { continue };
            theta[i] = self.beta[a];
            for j in 0..t {
                if let Some(b) = column(j) {
                    covariance[i * t + j] = self.covariance[a * (t - 1) + b];
                }
            }
        }
        RareFit {
            method,
            treatments: self.kept.iter().map(|i| network.treatments[*i].clone()).collect(),
            reference: at,
            theta,
            covariance,
            level,
            q: None,
            q_df: None,
            q_p_value: None,
            log_likelihood: None,
            k,
            profile: vec![None; t],
            notes: network.notes.clone(),
        }
    }
}

impl RareFit {
    fn with_q(mut self, q: f64, df: usize) -> Self {
        (self.q, self.q_df) = (Some(q), Some(df));
        self.q_p_value = (df > 0).then(|| chi2::sf(q, df as f64));
        self
    }
}

/// The treatments that groups of arms connect with the reference; an error that names those that are cut off.
fn connected(network: &Network, groups: &[Vec<usize>], reference: usize) -> Result<Vec<usize>> {
    let t = network.treatments.len();
    let (mut present, mut reached) = (vec![false; t], vec![false; t]);
    groups.iter().flatten().for_each(|i| present[*i] = true);
    if !present[reference] {
        return Err(Error::model(
            format!("the reference `{}` has no usable arm", network.treatments[reference]),
            "choose another reference",
        ));
    }
    reached[reference] = true;
    loop {
        let mut changed = false;
        for group in groups {
            if group.iter().any(|i| reached[*i]) {
                for i in group {
                    changed |= !std::mem::replace(&mut reached[*i], true);
                }
            }
        }
        if !changed {
            break;
        }
    }
    let cut: Vec<&str> =
        (0..t).filter(|i| present[*i] && !reached[*i]).map(|i| network.treatments[i].as_str()).collect();
    if !cut.is_empty() {
        return Err(Error::model(
            format!("without events in some arms, nothing connects {} with the reference", cut.join(", ")),
            "choose the penalized likelihood (firth), or analyze the parts on their own",
        ));
    }
    Ok((0..t).filter(|i| present[*i]).collect())
}

/// The names of treatments that have left.
fn lost_note(network: &Network, kept: &[usize]) -> Option<String> {
    let lost: Vec<&str> = (0..network.treatments.len())
        .filter(|i| !kept.contains(i))
        .map(|i| network.treatments[i].as_str())
        .collect();
    (!lost.is_empty())
        .then(|| format!("without usable events, these treatments left the network: {}", lost.join(", ")))
}
