//! Readings study by study: the fit without each, residuals, and empirical Bayes estimates.
//!
//! The residual of a study is Φ⁻¹(u) of the mid-P probability integral transform u = P(X < x) + ½ P(X = x) of its events
//! of group 1, given its margins, under the fitted distribution of effects: standard normal if the model holds, and
//! defined for zeros (Dunn and Smyth 1996, doi:10.1080/10618600.1996.10474708, with the mean instead of a random point).
//! The empirical Bayes estimate is the posterior mean of the study's effect given the fitted distribution; its interval is
//! of posterior quantiles, not ± 1.96 standard deviations, since the posterior of a study without events is skewed.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    stat::{Tail, binomial, noncentral_hypergeometric::Margins, normal, poisson},
};

use super::{CountFit, CountMeasure, Counts, Glmm, Link, Model, kernel::Kernel, problem::conditional};

/// The fit without one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountLeftOut {
    /// The study that was left out.
    pub study: String,
    /// The estimate without it; `None` if it is infinite.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit.
    pub ci_upper: Option<f64>,
    /// The P value.
    pub p_value: Option<f64>,
    /// The likelihood-ratio form of Q.
    pub q: Option<f64>,
    /// tau² without it.
    pub tau2: Option<f64>,
    /// Always `None`: the likelihood has no I².
    pub i2: Option<f64>,
}

/// The residual and the empirical Bayes estimate of a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountResidual {
    /// The study.
    pub study: String,
    /// The normal score of its mid-P transform; `None` for studies without information.
    pub residual: Option<f64>,
    /// The posterior mean of its effect.
    pub blup: Option<f64>,
    /// The lower posterior quantile.
    pub blup_ci_lower: Option<f64>,
    /// The upper posterior quantile.
    pub blup_ci_upper: Option<f64>,
}

impl Glmm {
    /// The fits without each study in turn.
    ///
    /// # Errors
    ///
    /// With fewer than two studies, or if a model without one of them has no answer at all.
    pub fn leave_one_out(&self, counts: &Counts) -> Result<Vec<CountLeftOut>> {
        if counts.len() < 2 {
            return Err(Error::model("there is one study to leave out", "leave-one-out needs two studies"));
        }
        let options = self.without_tau2_interval();
        (0..counts.len())
            .map(|left| {
                let rest: Vec<usize> = (0..counts.len()).filter(|&i| i != left).collect();
                let fit = options.fit(&counts.select(&rest))?;
                let effect = fit.effect.as_ref();
                Ok(CountLeftOut {
                    study: counts.labels[left].clone(),
                    estimate: effect.and_then(|e| e.estimate),
                    se: effect.and_then(|e| e.se),
                    ci_lower: effect.and_then(|e| e.ci_lower),
                    ci_upper: effect.and_then(|e| e.ci_upper),
                    p_value: effect.and_then(|e| e.p_value),
                    q: fit.heterogeneity.q_lrt.map(|test| test.statistic),
                    tau2: fit.heterogeneity.tau2,
                    i2: None,
                })
            })
            .collect()
    }
}

impl CountFit {
    /// Residuals and empirical Bayes estimates of the studies that the model was fitted to; `predictors` holds the fitted
    /// value of each (the estimate, or the row of the design times the coefficients).
    ///
    /// # Errors
    ///
    /// For `bb` and `nb`, whose heterogeneity is not one of effects.
    pub fn residuals(&self, counts: &Counts, predictors: &[f64]) -> Result<Vec<CountResidual>> {
        if matches!(self.model, Model::BetaBinomial | Model::NegativeBinomial) {
            let found = format!("`{}` has no random effect of the studies", self.model);
            return Err(Error::setting("residuals", found, "use another model"));
        }
        let tau = self.heterogeneity.tau.unwrap_or(0.0);
        (0..counts.len())
            .map(|i| {
                let study = counts.labels[i].clone();
                let eta = predictors.get(i).copied().filter(|eta| eta.is_finite());
                let kernel = own_kernel(counts, i, self.link);
                let (Some(eta), Some(kernel)) = (eta, kernel) else {
                    return Ok(CountResidual {
                        study,
                        residual: None,
                        blup: None,
                        blup_ci_lower: None,
                        blup_ci_upper: None,
                    });
                };
                let [mean, lower, upper] = posterior(&kernel, eta, tau, self.level.tail());
                Ok(CountResidual {
                    study,
                    residual: score(counts, i, &kernel, self.link, eta, tau),
                    blup: Some(mean),
                    blup_ci_lower: Some(lower),
                    blup_ci_upper: Some(upper),
                })
            })
            .collect()
    }
}

/// The likelihood of a study's own effect: conditional for two groups.
fn own_kernel(counts: &Counts, i: usize, link: Link) -> Option<Kernel> {
    if !counts.is_informative(i) {
        return None;
    }
    match counts.study(i)? {
        (one, Some(two)) => Some(conditional(counts.measure, one, two, true)),
        (one, None) if counts.measure == CountMeasure::Rate => Some(Kernel::poisson(one.events, one.size)),
        (one, None) => Some(Kernel::binomial(one.events, one.size, link)),
    }
}

/// Nodes over the standard normal density, in steps of 0.02 to ± 9.
fn nodes() -> impl Iterator<Item = f64> {
    (-450..=450).map(|i| 0.02 * f64::from(i))
}

/// The posterior mean of η + τz and the quantiles that leave `tail` on each side.
fn posterior(kernel: &Kernel, eta: f64, tau: f64, tail: f64) -> [f64; 3] {
    if tau == 0.0 {
        return [eta; 3];
    }
    let logs: Vec<f64> = nodes().map(|z| kernel.at(eta + tau * z)[0] - 0.5 * z * z).collect();
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| (log - highest).exp()).collect();
    let total: f64 = weights.iter().sum();
    let mean: f64 = nodes().zip(&weights).map(|(z, w)| w * (eta + tau * z)).sum::<f64>() / total;
    let quantile = |probability: f64| {
        let mut below = 0.0;
        let mut before = 0.0;
        for (z, weight) in nodes().zip(&weights) {
            // The mass up to z by the trapezoidal rule.
            let next = below + 0.5 * (before + weight) / total;
            if next >= probability {
                let share = if next > below { (probability - below) / (next - below) } else { 0.0 };
                return eta + tau * (z - 0.02 * (1.0 - share));
            }
            (below, before) = (next, *weight);
        }
        eta + tau * 9.0
    };
    [mean, quantile(tail), quantile(1.0 - tail)]
}

/// The normal score of the mid-P transform of the events of group 1.
fn score(counts: &Counts, i: usize, kernel: &Kernel, link: Link, eta: f64, tau: f64) -> Option<f64> {
    let (mut lower, mut upper, mut total) = (0.0, 0.0, 0.0);
    let mut add = |z: f64, weight: f64| {
        let [below, above] = tails(counts, i, kernel, link, eta + tau * z);
        lower += weight * below;
        upper += weight * above;
        total += weight;
    };
    if tau == 0.0 {
        add(0.0, 1.0);
    } else {
        nodes().step_by(5).for_each(|z| add(z, (-0.5 * z * z).exp()));
    }
    // The smaller tail has the digits.
    let (lower, upper) = (lower / total, upper / total);
    let score = normal::quantile(if lower < upper { Tail::Lower(lower) } else { Tail::Upper(upper) });
    score.is_finite().then_some(score)
}

/// P(X < x) + ½ P(X = x) and P(X > x) + ½ P(X = x) at a predictor.
fn tails(counts: &Counts, i: usize, kernel: &Kernel, link: Link, eta: f64) -> [f64; 2] {
    let half = 0.5 * kernel.at(eta)[0].exp();
    let (below, above) = match kernel {
        Kernel::Hypergeometric(margin) => {
            let (one, two) = (counts.first[i], counts.second[i]);
            let margins = Margins::new(one.size as u64, two.size as u64, (one.events + two.events) as u64);
            let (x, odds_ratio) = (margin.x as u64, eta.clamp(-600.0, 600.0).exp());
            let below = if x > 0 { margins.cdf(x - 1, odds_ratio) } else { 0.0 };
            (below, margins.sf(x, odds_ratio))
        }
        Kernel::Binomial { x, n, offset, .. } => {
            let p = super::fit::inverse(link_of(counts.measure, link), eta + offset);
            let (x, n) = (*x as u64, *n as u64);
            (if x > 0 { binomial::cdf(x - 1, n, p) } else { 0.0 }, binomial::sf(x, n, p))
        }
        Kernel::Poisson { x, t, .. } => {
            let (x, mean) = (*x as u64, t * eta.min(600.0).exp());
            (if x > 0 { poisson::cdf(x - 1, mean) } else { 0.0 }, poisson::sf(x, mean))
        }
    };
    [below + half, above + half]
}

/// The link of a binomial kernel: that of a conditional one is the logit.
fn link_of(measure: CountMeasure, link: Link) -> Link {
    if measure.two_groups() { Link::Logit } else { link }
}
