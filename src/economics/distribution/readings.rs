//! Readings of a distribution: quantiles, probabilities, mean and standard deviation.

use super::univariate::{Distribution, Kind};
use crate::stat::{Tail, beta, gamma, normal, t};

impl Distribution {
    /// The value below which the probability lies.
    pub fn quantile(&self, tail: Tail) -> f64 {
        self.kind.quantile(tail)
    }

    /// P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        self.kind.cdf(x)
    }

    /// P(X > x).
    pub fn sf(&self, x: f64) -> f64 {
        self.kind.sf(x)
    }

    /// The mean; `None` where it does not exist, has no closed form or is beyond the range of numbers.
    pub fn mean(&self) -> Option<f64> {
        self.kind.mean().filter(|mean| mean.is_finite())
    }

    /// The standard deviation; `None` where it does not exist, has no closed form or is beyond the range of numbers.
    pub fn sd(&self) -> Option<f64> {
        self.kind.sd().filter(|sd| sd.is_finite())
    }
}

pub(super) fn ends(low: Option<f64>, high: Option<f64>) -> (f64, f64) {
    (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))
}

fn flipped(tail: Tail) -> Tail {
    match tail {
        Tail::Lower(p) => Tail::Upper(p),
        Tail::Upper(p) => Tail::Lower(p),
    }
}

fn lower_probability(tail: Tail) -> f64 {
    match tail {
        Tail::Lower(p) => p,
        Tail::Upper(q) => 1.0 - q,
    }
}

impl Kind {
    pub(super) fn quantile(&self, tail: Tail) -> f64 {
        match self {
            Kind::Fixed { value } => *value,
            Kind::Uniform { low, high } => low + (high - low) * lower_probability(tail),
            Kind::Normal { mean, sd } => mean + sd * normal::quantile(tail),
            Kind::T { location, scale, df } => location + scale * t::quantile(tail, *df),
            Kind::Beta { alpha, beta } => beta::quantile(tail, *alpha, *beta),
            Kind::Gamma { shape, scale } => gamma::quantile(tail, *shape, *scale),
            Kind::Exp { log } => log.quantile(tail).exp(),
            Kind::OneMinus { loss } => 1.0 - loss.quantile(flipped(tail)),
            Kind::Truncated { of, low, high } => {
                let (low, high) = ends(*low, *high);
                // In the upper tail work with survival probabilities, which keep their digits there.
                let p = lower_probability(tail);
                let (a, b) = (of.cdf(low), of.cdf(high));
                let x = if a < 0.5 {
                    of.quantile(Tail::Lower(a + p * (b - a)))
                } else {
                    let (a, b) = (of.sf(low), of.sf(high));
                    of.quantile(Tail::Upper(a + p * (b - a)))
                };
                x.clamp(low, high)
            }
        }
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        match self {
            Kind::Fixed { value } => f64::from(u8::from(x >= *value)),
            Kind::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Kind::Normal { mean, sd } => normal::cdf((x - mean) / sd),
            Kind::T { location, scale, df } => t::cdf((x - location) / scale, *df),
            Kind::Beta { alpha, beta } => beta::cdf(x.clamp(0.0, 1.0), *alpha, *beta),
            Kind::Gamma { shape, scale } => gamma::cdf(x.max(0.0), *shape, *scale),
            Kind::Exp { log } => {
                if x <= 0.0 {
                    0.0
                } else {
                    log.cdf(x.ln())
                }
            }
            Kind::OneMinus { loss } => loss.sf(1.0 - x),
            Kind::Truncated { of, low, high } => {
                let (low, high) = ends(*low, *high);
                (of.between(low, x.clamp(low, high)) / of.between(low, high)).clamp(0.0, 1.0)
            }
        }
    }

    pub(super) fn sf(&self, x: f64) -> f64 {
        match self {
            Kind::Normal { mean, sd } => normal::sf((x - mean) / sd),
            Kind::T { location, scale, df } => t::sf((x - location) / scale, *df),
            Kind::Beta { alpha, beta } => beta::sf(x.clamp(0.0, 1.0), *alpha, *beta),
            Kind::Gamma { shape, scale } => gamma::sf(x.max(0.0), *shape, *scale),
            Kind::Exp { log } if x > 0.0 => log.sf(x.ln()),
            Kind::OneMinus { loss } => loss.cdf(1.0 - x),
            Kind::Truncated { of, low, high } => {
                let (low, high) = ends(*low, *high);
                (of.between(x.clamp(low, high), high) / of.between(low, high)).clamp(0.0, 1.0)
            }
            Kind::Uniform { low, high } => ((high - x) / (high - low)).clamp(0.0, 1.0),
            Kind::Fixed { .. } | Kind::Exp { .. } => 1.0 - self.cdf(x),
        }
    }

    /// P(low < X ≤ high), from the tail that keeps its digits.
    pub(super) fn between(&self, low: f64, high: f64) -> f64 {
        let (a, b) = (self.cdf(low), self.cdf(high));
        if a < 0.5 { b - a } else { self.sf(low) - self.sf(high) }
    }

    pub(super) fn mean(&self) -> Option<f64> {
        match self {
            Kind::Fixed { value } => Some(*value),
            Kind::Uniform { low, high } => Some(0.5 * (low + high)),
            Kind::Normal { mean, .. } => Some(*mean),
            Kind::T { location, df, .. } => (*df > 1.0).then_some(*location),
            Kind::Beta { alpha, beta } => Some(alpha / (alpha + beta)),
            Kind::Gamma { shape, scale } => Some(shape * scale),
            Kind::Exp { log } => match **log {
                Kind::Fixed { value } => Some(value.exp()),
                Kind::Normal { mean, sd } => Some((mean + 0.5 * sd * sd).exp()),
                _ => None,
            },
            Kind::OneMinus { loss } => loss.mean().map(|m| 1.0 - m),
            Kind::Truncated { .. } => None,
        }
    }

    pub(super) fn sd(&self) -> Option<f64> {
        match self {
            Kind::Fixed { .. } => Some(0.0),
            Kind::Uniform { low, high } => Some((high - low) / 12f64.sqrt()),
            Kind::Normal { sd, .. } => Some(*sd),
            Kind::T { scale, df, .. } => (*df > 2.0).then(|| scale * (df / (df - 2.0)).sqrt()),
            Kind::Beta { alpha, beta } => {
                let n = alpha + beta;
                Some((alpha * beta / (n + 1.0)).sqrt() / n)
            }
            Kind::Gamma { shape, scale } => Some(shape.sqrt() * scale),
            Kind::Exp { log } => match **log {
                Kind::Fixed { .. } => Some(0.0),
                Kind::Normal { mean, sd } => Some((mean + 0.5 * sd * sd).exp() * (sd * sd).exp_m1().sqrt()),
                _ => None,
            },
            Kind::OneMinus { loss } => loss.sd(),
            Kind::Truncated { .. } => None,
        }
    }
}
