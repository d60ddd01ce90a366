//! Readings study by study: the fit without each, residuals, and empirical Bayes estimates.
//!
//! The residual of a study is Φ⁻¹(u) of the mid-P probability integral transform u = P(X < x) + ½ P(X = x) of its events
//! of group 1, given its margins, under the fitted distribution of effects: standard normal if the model holds, and
//! defined for zeros (Dunn and Smyth 1996, doi:10.1080/10618600.1996.10474708, with the mean instead of a random point).
//! The empirical Bayes estimate is the posterior mean of the study's effect given the fitted model; its interval is of
//! posterior quantiles, not ± 1.96 standard deviations, since the posterior of a study without events is skewed.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    stat::{
        Tail, binomial,
        noncentral_hypergeometric::Margins,
        normal, parallel, poisson,
        progress::{NOT_DONE, each_of},
        quadrature::gauss_legendre,
    },
};

use super::{
    CountFit, CountMeasure, Counts, Glmm, Link, kernel::Kernel, overdispersed_residuals,
    posterior::posterior, problem::conditional,
};

/// The fit without one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The reason for no answer, if there is none.
    #[serde(default)]
    pub note: Option<String>,
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
    /// With fewer than two studies, or if options do not apply. A model that has no answer without a study is a row with
    /// a note.
    pub fn leave_one_out(&self, counts: &Counts) -> Result<Vec<CountLeftOut>> {
        if counts.len() < 2 {
            return Err(Error::model("there is one study to leave out", "leave-one-out needs two studies"));
        }
        let options = self.without_tau2_interval().without_study_estimates();
        let without = |note: String, left: usize| CountLeftOut::new(&counts.labels[left], None, Some(note));
        let one = |left: usize| {
            let rest: Vec<usize> = (0..counts.len()).filter(|&i| i != left).collect();
            match options.fit(&counts.select(&rest)) {
                Ok(fit) => Ok(CountLeftOut::new(&counts.labels[left], Some(&fit), None)),
                Err(Error::Model { found, .. }) => Ok(without(found, left)),
                Err(other) => Err(other),
            }
        };
        let rows = each_of("fits", counts.len(), one, |left| Ok(without(NOT_DONE.to_owned(), left)))?;
        rows.into_iter().collect()
    }
}

impl CountLeftOut {
    fn new(study: &str, fit: Option<&CountFit>, note: Option<String>) -> Self {
        let effect = fit.and_then(|fit| fit.effect.as_ref());
        CountLeftOut {
            study: study.to_owned(),
            estimate: effect.and_then(|e| e.estimate),
            se: effect.and_then(|e| e.se),
            ci_lower: effect.and_then(|e| e.ci_lower),
            ci_upper: effect.and_then(|e| e.ci_upper),
            p_value: effect.and_then(|e| e.p_value),
            q: fit.and_then(|fit| fit.heterogeneity.q_lrt.map(|test| test.statistic)),
            tau2: fit.and_then(|fit| fit.heterogeneity.tau2),
            i2: None,
            note,
        }
    }
}

impl CountFit {
    /// Residuals and empirical Bayes estimates of the studies that the model was fitted to; `predictors` holds the fitted
    /// value of each (the estimate, or the row of the design times the coefficients). The studies of overdispersed models of
    /// two groups have risks, but no effect of their own to predict.
    ///
    /// # Errors
    ///
    /// If there is not one predictor for every study.
    pub fn residuals(&self, counts: &Counts, predictors: &[f64]) -> Result<Vec<CountResidual>> {
        if predictors.len() != counts.len() || counts.len() != self.k {
            let found = format!(
                "{} predictors and {} studies for a fit of {}",
                predictors.len(),
                counts.len(),
                self.k
            );
            return Err(Error::data(found, "give one fitted value for every study of the fit"));
        }
        let tau = self.heterogeneity.tau.unwrap_or(0.0);
        let one = |i: usize| {
            let study = counts.labels[i].clone();
            let eta = predictors.get(i).copied().filter(|eta| eta.is_finite());
            if let (true, Some(eta)) = (self.model.overdispersed(), eta) {
                return overdispersed_residuals::residual(self, counts, i, eta);
            }
            let posterior = eta.and_then(|eta| posterior(self, counts, i, eta));
            let score =
                eta.and_then(|eta| score(counts, i, &own_kernel(counts, i, self.link)?, self.link, eta, tau));
            CountResidual {
                study,
                residual: score,
                blup: posterior.map(|[mean, ..]| mean),
                blup_ci_lower: posterior.map(|[_, lower, _]| lower),
                blup_ci_upper: posterior.map(|[.., upper]| upper),
            }
        };
        Ok(parallel::map(counts.len(), one))
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
        // Short panels where the tail is steep: around the study's own estimate.
        let own = kernel.peak().map(|peak| {
            let width = 1.0 / (-kernel.at(peak)[2]).max(1e-300).sqrt() / tau;
            ((peak - eta) / tau, 12.0 * width)
        });
        let mut breaks: Vec<f64> = (-36..=36).map(|i| 0.25 * f64::from(i)).collect();
        if let Some((center, reach)) = own.filter(|(_, reach)| *reach < 4.0) {
            breaks.extend((-12..=12).map(|i| center + reach * f64::from(i) / 12.0).filter(|z| z.abs() < 9.0));
        }
        breaks.sort_by(f64::total_cmp);
        let rule = gauss_legendre(8);
        for pair in breaks.windows(2) {
            let (middle, half) = (0.5 * (pair[0] + pair[1]), 0.5 * (pair[1] - pair[0]));
            for (node, weight) in rule.iter() {
                let z = middle + half * node;
                add(z, half * weight * (-0.5 * z * z).exp());
            }
        }
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
