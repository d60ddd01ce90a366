//! Residuals and empirical Bayes estimates of overdispersed counts (`bb`, `bivariate-bb`, `nb`).
//!
//! One group: X has the fitted beta-binomial or negative binomial law, and the posterior of its proportion or rate is a beta
//! or gamma law; its mean and quantiles are given on the scale of the link. Two groups: the events of group 1 given those of
//! both, from the product of both laws; the studies then have risks but no effect of their own. Probabilities run outwards
//! from the observed count by the ratios of neighbors.

use crate::stat::{Tail, beta, gamma, normal, special};

use super::{CountFit, CountMeasure, Counts, EventCount, Model, diagnostics::CountResidual, fit::inverse};

/// The fitted law of the counts of one group.
#[derive(Debug, Clone, Copy)]
struct Fitted {
    model: Model,
    /// The mean risk or rate.
    mean: f64,
    size: f64,
    phi: f64,
}

impl Fitted {
    /// P(X = j + 1) / P(X = j).
    fn ratio(&self, j: f64) -> f64 {
        let Fitted { mean, size, phi, .. } = *self;
        if self.model == Model::NegativeBinomial {
            let expected = mean * size;
            return (1.0 + j * phi) * expected / ((j + 1.0) * (1.0 + phi * expected));
        }
        (size - j) / (j + 1.0) * (mean + j * phi) / (1.0 - mean + (size - j - 1.0) * phi)
    }

    /// The largest possible count; of rates, one whose probability no longer counts.
    fn most(&self, x: f64) -> f64 {
        if self.model != Model::NegativeBinomial {
            return self.size;
        }
        let expected = self.mean * self.size;
        let deviation = (expected + self.phi * expected * expected).sqrt();
        x + 60.0 + 60.0 * deviation + 40.0 * self.phi * expected
    }
}

/// The residual of study `i` at its predictor.
pub(super) fn residual(fit: &CountFit, counts: &Counts, i: usize, eta: f64) -> CountResidual {
    let study = counts.labels.get(i).cloned().unwrap_or_default();
    let score = match counts.study(i) {
        Some((one, None)) if one.size > 0.0 => {
            let law = fitted(fit, one, eta);
            score(one.events, 0.0, law.most(one.events), |j| law.ratio(j))
        }
        Some((one, Some(two))) if counts.is_informative(i) => given_margins(fit, one, two, eta),
        _ => None,
    };
    let posterior = match counts.study(i) {
        Some((one, None)) if one.size > 0.0 => Some(posterior(fit, counts.measure, one, eta)),
        _ => None,
    };
    CountResidual {
        study,
        residual: score,
        blup: posterior.map(|[mean, ..]| mean),
        blup_ci_lower: posterior.map(|[_, lower, _]| lower).filter(|limit| limit.is_finite()),
        blup_ci_upper: posterior.map(|[.., upper]| upper).filter(|limit| limit.is_finite()),
    }
}

fn phi(fit: &CountFit) -> f64 {
    let overdispersion = fit.heterogeneity.overdispersion.unwrap_or(0.0);
    if fit.model == Model::NegativeBinomial {
        overdispersion
    } else {
        overdispersion / (1.0 - overdispersion)
    }
}

fn fitted(fit: &CountFit, group: EventCount, eta: f64) -> Fitted {
    Fitted { model: fit.model, mean: inverse(fit.link, eta), size: group.size, phi: phi(fit) }
}

/// The most probabilities that are added for one residual.
const MOST_TERMS: usize = 10_000_000;

/// The normal score of the mid-P transform of `x` under weights whose neighbors have these ratios; `None` where it is
/// infinite, or the weights are spread over more counts than can be added.
fn score(x: f64, low: f64, high: f64, ratio: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut above, mut weight, mut j, mut terms) = (0.0, 1.0, x, 0);
    while j < high {
        weight *= ratio(j);
        above += weight;
        j += 1.0;
        terms += 1;
        if weight < 1e-18 * (1.0 + above) {
            break;
        }
        if terms > MOST_TERMS {
            return None;
        }
    }
    let mut below = 0.0;
    (weight, j) = (1.0, x);
    while j > low {
        weight /= ratio(j - 1.0);
        below += weight;
        j -= 1.0;
        terms += 1;
        if weight < 1e-18 * (1.0 + below) {
            break;
        }
        if terms > MOST_TERMS {
            return None;
        }
    }
    let total = below + above + 1.0;
    let (lower, upper) = ((below + 0.5) / total, (above + 0.5) / total);
    let score = normal::quantile(if lower < upper { Tail::Lower(lower) } else { Tail::Upper(upper) });
    score.is_finite().then_some(score)
}

/// The score of the events of group 1 given those of both groups.
fn given_margins(fit: &CountFit, one: EventCount, two: EventCount, eta: f64) -> Option<f64> {
    let base = fit.baseline?;
    let (first, second) = (fitted(fit, one, base + eta), fitted(fit, two, base));
    let events = one.events + two.events;
    let (low, high) = if fit.model == Model::NegativeBinomial {
        (0.0, events)
    } else {
        ((events - two.size).max(0.0), one.size.min(events))
    };
    let association = |j: f64| {
        // ω of the correlation of the risks.
        let spread = first.mean * (1.0 - first.mean) * second.mean * (1.0 - second.mean);
        let omega = fit.heterogeneity.rho.unwrap_or(0.0) * (1.0 + first.phi) / (first.phi * spread.sqrt());
        let part = |law: &Fitted, x: f64| law.phi * (x - law.size * law.mean) / (1.0 + law.size * law.phi);
        1.0 + omega * part(&first, j) * part(&second, events - j)
    };
    let correlated = fit.model == Model::BivariateBetaBinomial && first.phi > 0.0;
    score(one.events, low, high, |j| {
        let independent = first.ratio(j) / second.ratio(events - j - 1.0);
        if correlated { independent * association(j + 1.0) / association(j) } else { independent }
    })
}

/// The posterior mean and quantiles of the transformed proportion or rate of one group.
fn posterior(fit: &CountFit, measure: CountMeasure, group: EventCount, eta: f64) -> [f64; 3] {
    let (phi, tail) = (phi(fit), fit.level.tail());
    if !(phi > 0.0) {
        return [eta; 3];
    }
    let (x, mean) = (group.events, inverse(fit.link, eta));
    if measure == CountMeasure::Rate {
        let (shape, rate) = (x + 1.0 / phi, group.size + 1.0 / (phi * mean));
        let quantile = |tail: Tail| (gamma::quantile(tail, shape, 1.0) / rate).ln();
        let center = special::digamma(shape) - rate.ln();
        return [center, quantile(Tail::Lower(tail)), quantile(Tail::Upper(tail))];
    }
    let (a, b) = (x + mean / phi, group.size - x + (1.0 - mean) / phi);
    let quantile = |tail: Tail| beta::odds_quantile(tail, a, b, None).ln();
    let center = special::digamma(a) - special::digamma(b);
    [center, quantile(Tail::Lower(tail)), quantile(Tail::Upper(tail))]
}
