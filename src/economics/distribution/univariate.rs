//! Distributions of single inputs, by parameters, moments, intervals or counts.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::readings::ends;
use crate::{
    Error, Level, Result,
    stat::{Tail, beta, gamma, root},
};

/// The distribution of one uncertain input. Constructors check that it exists; every draw is its quantile function at a
/// uniform number, so that draws can be correlated, stratified and shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Kind", into = "Kind")]
pub struct Distribution {
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "distribution", rename_all = "kebab-case")]
pub(super) enum Kind {
    Fixed {
        value: f64,
    },
    Uniform {
        low: f64,
        high: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    T {
        location: f64,
        scale: f64,
        df: f64,
    },
    Beta {
        alpha: f64,
        beta: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
    },
    /// exp of another.
    Exp {
        log: Box<Kind>,
    },
    /// 1 minus another.
    OneMinus {
        loss: Box<Kind>,
    },
    Truncated {
        of: Box<Kind>,
        low: Option<f64>,
        high: Option<f64>,
    },
}

impl From<Distribution> for Kind {
    fn from(distribution: Distribution) -> Self {
        distribution.kind
    }
}

impl TryFrom<Kind> for Distribution {
    type Error = Error;

    fn try_from(kind: Kind) -> Result<Self> {
        Ok(match kind {
            Kind::Fixed { value } => Distribution::fixed(value)?,
            Kind::Uniform { low, high } => Distribution::uniform(low, high)?,
            Kind::Normal { mean, sd } => Distribution::normal(mean, sd)?,
            Kind::T { location, scale, df } => Distribution::t(location, scale, df)?,
            Kind::Beta { alpha, beta } => Distribution::beta(alpha, beta)?,
            Kind::Gamma { shape, scale } => Distribution::gamma(shape, scale)?,
            Kind::Exp { log } => Distribution::try_from(*log)?.exponentiated(),
            Kind::OneMinus { loss } => Distribution::try_from(*loss)?.one_minus(),
            Kind::Truncated { of, low, high } => Distribution::try_from(*of)?
                .truncated(low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))?,
        })
    }
}

fn require(ok: bool, name: &str, found: String, remedy: &str) -> Result<()> {
    if ok { Ok(()) } else { Err(Error::setting(name, found, remedy)) }
}

/// A number above 0 whose square and inverse square are numbers.
fn positive(x: f64) -> bool {
    (1e-150..=1e150).contains(&x)
}

/// A number whose square is one.
fn location(x: f64) -> bool {
    x.abs() <= 1e150
}

fn ordered(name: &str, lower: f64, upper: f64) -> Result<()> {
    require(
        location(lower) && location(upper) && lower < upper,
        name,
        format!("interval {lower:?} to {upper:?}"),
        "give finite limits of at most 1e150 in size, the lower first",
    )
}

impl Distribution {
    /// A value without uncertainty.
    ///
    /// # Errors
    ///
    /// If it is not finite.
    pub fn fixed(value: f64) -> Result<Self> {
        require(
            location(value),
            "fixed",
            format!("{value:?}"),
            "give a finite value of at most 1e150 in size",
        )?;
        Ok(Distribution { kind: Kind::Fixed { value } })
    }

    /// Uniform between two limits.
    ///
    /// # Errors
    ///
    /// If they are not finite or not in order.
    pub fn uniform(low: f64, high: f64) -> Result<Self> {
        ordered("uniform", low, high)?;
        Ok(Distribution { kind: Kind::Uniform { low, high } })
    }

    /// Normal by mean and standard deviation (of the estimate: its standard error).
    ///
    /// # Errors
    ///
    /// If the mean is not finite or the deviation not above 0.
    pub fn normal(mean: f64, sd: f64) -> Result<Self> {
        require(
            location(mean) && positive(sd),
            "normal",
            format!("mean {mean:?}, sd {sd:?}"),
            "give a finite mean and an sd above 0, of at most 1e150 in size",
        )?;
        Ok(Distribution { kind: Kind::Normal { mean, sd } })
    }

    /// Normal by its confidence interval; the mean is the middle.
    ///
    /// # Errors
    ///
    /// If the limits are not finite or not in order.
    pub fn normal_from_interval(lower: f64, upper: f64, level: Level) -> Result<Self> {
        ordered("normal", lower, upper)?;
        Self::normal(0.5 * (lower + upper), (upper - lower) / (2.0 * level.critical_value(None)))
    }

    /// Student's t with location, scale and degrees of freedom.
    ///
    /// # Errors
    ///
    /// If the location is not finite, or scale or degrees of freedom are not above 0.
    pub fn t(location: f64, scale: f64, df: f64) -> Result<Self> {
        require(
            self::location(location) && positive(scale) && positive(df),
            "t",
            format!("location {location:?}, scale {scale:?}, {df:?} degrees of freedom"),
            "give a finite location, scale and degrees of freedom above 0, of at most 1e150 in size",
        )?;
        Ok(Distribution { kind: Kind::T { location, scale, df } })
    }

    /// Beta by its two shapes.
    ///
    /// # Errors
    ///
    /// If a shape is not above 0.
    pub fn beta(alpha: f64, beta: f64) -> Result<Self> {
        require(
            positive(alpha) && positive(beta),
            "beta",
            format!("shapes {alpha:?} and {beta:?}"),
            "give shapes above 0, from 1e-150 to 1e150",
        )?;
        Ok(Distribution { kind: Kind::Beta { alpha, beta } })
    }

    /// Beta by its mean m and standard deviation s: κ = m(1-m)/s² - 1, shapes mκ and (1-m)κ.
    ///
    /// # Errors
    ///
    /// If the mean is not within 0 and 1, or s² is m(1-m) or more, which no distribution on 0 to 1 has.
    pub fn beta_from_mean_sd(mean: f64, sd: f64) -> Result<Self> {
        let kappa = mean * (1.0 - mean) / (sd * sd) - 1.0;
        require(
            mean > 0.0 && mean < 1.0 && positive(sd) && kappa > 0.0,
            "beta",
            format!("mean {mean}, sd {sd}"),
            "give a mean within 0 and 1 and an sd below the root of mean times (1 - mean)",
        )?;
        Self::beta(mean * kappa, (1.0 - mean) * kappa)
    }

    /// Beta by counts: shapes events and n - events. Add a prior to both counts first if one is wanted.
    ///
    /// # Errors
    ///
    /// If the events are not above 0 and below n.
    pub fn beta_from_counts(events: f64, n: f64) -> Result<Self> {
        require(
            positive(events) && n.is_finite() && events < n,
            "beta",
            format!("{events} events of {n}"),
            "give events above 0 and below n, or add a prior to both",
        )?;
        Self::beta(events, n - events)
    }

    /// Beta with the given central interval.
    ///
    /// # Errors
    ///
    /// If the limits are not within 0 and 1 or not in order, or no beta distribution has them.
    pub fn beta_from_interval(lower: f64, upper: f64, level: Level) -> Result<Self> {
        ordered("beta", lower, upper)?;
        require(
            lower > 0.0 && upper < 1.0,
            "beta",
            format!("interval {lower} to {upper}"),
            "give limits within 0 and 1",
        )?;
        let tail = level.tail();
        // For each precision κ the mean that puts `tail` below the lower limit; then κ by the upper limit.
        let mean_at = |kappa: f64| {
            root::find(|m| beta::cdf(lower, m * kappa, (1.0 - m) * kappa) - tail, 1e-12, 1.0 - 1e-12)
        };
        let excess = |log_kappa: f64| {
            let kappa = log_kappa.exp();
            match mean_at(kappa) {
                Some(m) => beta::sf(upper, m * kappa, (1.0 - m) * kappa) - tail,
                None => f64::NAN,
            }
        };
        // Start where the tails are well defined and widen.
        let spread = upper - lower;
        let guess = (4.0 * level.critical_value(None).powi(2) * 0.25 / (spread * spread)).ln();
        let (mut low, mut high) = (guess, guess);
        for _ in 0..60 {
            let (a, b) = (excess(low), excess(high));
            if a.is_finite() && b.is_finite() && (a > 0.0) != (b > 0.0) {
                let kappa = root::find(excess, low, high).map(f64::exp);
                if let Some((kappa, mean)) = kappa.and_then(|k| Some((k, mean_at(k)?))) {
                    return Self::beta(mean * kappa, (1.0 - mean) * kappa);
                }
                break;
            }
            low -= 0.25;
            high += 0.25;
        }
        Err(Error::setting(
            "beta",
            format!("no distribution with the interval {lower} to {upper}"),
            "give the mean and standard deviation",
        ))
    }

    /// Gamma by shape and scale.
    ///
    /// # Errors
    ///
    /// If one is not above 0.
    pub fn gamma(shape: f64, scale: f64) -> Result<Self> {
        require(
            positive(shape) && positive(scale),
            "gamma",
            format!("shape {shape:?}, scale {scale:?}"),
            "give both above 0, from 1e-150 to 1e150",
        )?;
        Ok(Distribution { kind: Kind::Gamma { shape, scale } })
    }

    /// Gamma by mean m and standard deviation s: shape m²/s², scale s²/m. For costs.
    ///
    /// # Errors
    ///
    /// If one is not above 0.
    pub fn gamma_from_mean_sd(mean: f64, sd: f64) -> Result<Self> {
        require(
            positive(mean) && positive(sd),
            "gamma",
            format!("mean {mean:?}, sd {sd:?}"),
            "give both above 0, from 1e-150 to 1e150",
        )?;
        Self::gamma((mean / sd).powi(2), sd * sd / mean)
    }

    /// Gamma with the given central interval.
    ///
    /// # Errors
    ///
    /// If the limits are not above 0 or not in order.
    pub fn gamma_from_interval(lower: f64, upper: f64, level: Level) -> Result<Self> {
        ordered("gamma", lower, upper)?;
        require(lower > 0.0, "gamma", format!("interval {lower} to {upper}"), "give limits above 0")?;
        let tail = level.tail();
        let ratio = (upper / lower).ln();
        let quantiles = |shape: f64| {
            (gamma::quantile(Tail::Lower(tail), shape, 1.0), gamma::quantile(Tail::Upper(tail), shape, 1.0))
        };
        let excess = |log_shape: f64| {
            let (a, b) = quantiles(log_shape.exp());
            (b / a).ln() - ratio // falls as the shape grows
        };
        let found = root::find(excess, (0.02f64).ln(), (1e9f64).ln());
        match found.map(f64::exp) {
            Some(shape) => Self::gamma(shape, upper / quantiles(shape).1),
            None => Err(Error::setting(
                "gamma",
                format!("no distribution with the interval {lower} to {upper}"),
                "give the mean and standard deviation",
            )),
        }
    }

    /// Log-normal by mean and standard deviation of the logarithm.
    ///
    /// # Errors
    ///
    /// If the mean is not finite or the deviation not above 0.
    pub fn log_normal(mean_log: f64, sd_log: f64) -> Result<Self> {
        Ok(Self::normal(mean_log, sd_log)?.exponentiated())
    }

    /// Log-normal for a ratio (of risks, odds, hazards) with its confidence interval: the ratio is the *median*, the
    /// deviation of the log is (ln U - ln L)/(2z).
    ///
    /// # Errors
    ///
    /// If a value is not above 0, the limits are not in order.
    pub fn log_normal_from_ratio(ratio: f64, lower: f64, upper: f64, level: Level) -> Result<Self> {
        require(
            positive(ratio) && positive(lower),
            "log-normal",
            format!("ratio {ratio} ({lower} to {upper})"),
            "give a ratio and limits above 0",
        )?;
        ordered("log-normal", lower, upper)?;
        Self::log_normal(ratio.ln(), (upper.ln() - lower.ln()) / (2.0 * level.critical_value(None)))
    }

    /// Log-normal by its *mean* m and standard deviation s: μ = ln(m/√(1 + s²/m²)), σ = √ln(1 + s²/m²).
    ///
    /// # Errors
    ///
    /// If one is not above 0.
    pub fn log_normal_from_mean_sd(mean: f64, sd: f64) -> Result<Self> {
        require(
            positive(mean) && positive(sd),
            "log-normal",
            format!("mean {mean:?}, sd {sd:?}"),
            "give both above 0, from 1e-150 to 1e150",
        )?;
        let variance = (sd / mean).powi(2).ln_1p();
        Self::log_normal(mean.ln() - 0.5 * variance, variance.sqrt())
    }

    /// A utility that may be negative: 1 minus a gamma distributed loss.
    ///
    /// # Errors
    ///
    /// If the mean is not below 1 or the deviation not above 0.
    pub fn utility_from_mean_sd(mean: f64, sd: f64) -> Result<Self> {
        require(mean < 1.0 && location(mean), "utility", format!("mean {mean}"), "utilities are below 1")?;
        Ok(Self::gamma_from_mean_sd(1.0 - mean, sd)?.one_minus())
    }

    /// exp of a variable with this distribution: an effect pooled on the log scale becomes a ratio.
    #[must_use]
    pub fn exponentiated(self) -> Self {
        Distribution { kind: Kind::Exp { log: Box::new(self.kind) } }
    }

    /// 1 minus a variable with this distribution.
    #[must_use]
    pub fn one_minus(self) -> Self {
        Distribution { kind: Kind::OneMinus { loss: Box::new(self.kind) } }
    }

    /// This distribution given that the value lies between two limits (either may be infinite).
    ///
    /// # Errors
    ///
    /// If the limits are not in order or nothing lies between them.
    pub fn truncated(self, low: f64, high: f64) -> Result<Self> {
        let mass = self.kind.between(low, high);
        require(
            low < high && mass > 0.0,
            "truncated",
            format!("limits {low} and {high}"),
            "give limits in order with some probability between them",
        )?;
        Ok(Distribution {
            kind: Kind::Truncated {
                of: Box::new(self.kind),
                low: low.is_finite().then_some(low),
                high: high.is_finite().then_some(high),
            },
        })
    }
}

impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Fixed { value } => write!(f, "{value}"),
            Kind::Uniform { low, high } => write!(f, "uniform({low}, {high})"),
            Kind::Normal { mean, sd } => write!(f, "normal({mean}, {sd})"),
            Kind::T { location, scale, df } => write!(f, "t({location}, {scale}, {df})"),
            Kind::Beta { alpha, beta } => write!(f, "beta({alpha}, {beta})"),
            Kind::Gamma { shape, scale } => write!(f, "gamma({shape}, {scale})"),
            Kind::Exp { log } => write!(f, "exp({log})"),
            Kind::OneMinus { loss } => write!(f, "1 - {loss}"),
            Kind::Truncated { of, low, high } => {
                let (low, high) = ends(*low, *high);
                write!(f, "{of} within {low} to {high}")
            }
        }
    }
}

/// Concentrations of a Dirichlet distribution from the means of all categories and the standard deviation of the first:
/// α₀ = p₁(1 - p₁)/s₁² - 1. The other deviations follow and cannot be chosen.
///
/// # Errors
///
/// If the means are not within 0 and 1 or do not sum to 1, or the deviation is too large.
pub fn dirichlet_from_means(means: &[f64], sd_of_first: f64) -> Result<Vec<f64>> {
    let total: f64 = means.iter().sum();
    let first = means.first().copied().unwrap_or(0.0);
    let precision = first * (1.0 - first) / (sd_of_first * sd_of_first) - 1.0;
    require(
        means.len() > 1
            && means.iter().all(|m| *m > 0.0)
            && (total - 1.0).abs() < 1e-9
            && positive(sd_of_first)
            && precision > 0.0,
        "Dirichlet",
        format!("means {means:?}, sd of the first {sd_of_first}"),
        "give means above 0 that sum to 1 and a deviation below the root of mean times (1 - mean)",
    )?;
    Ok(means.iter().map(|m| m * precision).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    fn parameters(distribution: &Distribution) -> (f64, f64) {
        match &distribution.kind {
            Kind::Beta { alpha, beta } => (*alpha, *beta),
            Kind::Gamma { shape, scale } => (*shape, *scale),
            Kind::Exp { log } => match **log {
                Kind::Normal { mean, sd } => (mean, sd),
                _ => (f64::NAN, f64::NAN),
            },
            _ => (f64::NAN, f64::NAN),
        }
    }

    /// Values of dampack's `beta_params`, `gamma_params`, `lnorm_params` and `dirichlet_params`, and of the relative
    /// risk of Briggs et al. (2006) under both readings of a log-normal distribution.
    #[test]
    fn moments_and_intervals() {
        let (a, b) = parameters(&Distribution::beta_from_mean_sd(0.5, 0.2).unwrap());
        assert_relative_eq!(a, 2.625, max_relative = 1e-14);
        assert_relative_eq!(b, 2.625, max_relative = 1e-14);
        assert_eq!(parameters(&Distribution::gamma_from_mean_sd(2.0, 1.0).unwrap()), (4.0, 0.5));
        let (m, s) = parameters(&Distribution::log_normal_from_mean_sd(3.0, 0.1).unwrap());
        assert_relative_eq!(m, 1.0980570415, epsilon = 5e-11);
        assert_relative_eq!(s, 0.0333240796, epsilon = 5e-11);
        let alphas = dirichlet_from_means(&[0.1, 0.4, 0.5], 0.05).unwrap();
        for (got, want) in alphas.iter().zip([3.5, 14.0, 17.5]) {
            assert_relative_eq!(*got, want, max_relative = 1e-14);
        }
        let (m, s) =
            parameters(&Distribution::log_normal_from_ratio(0.509, 0.365, 0.710, Level::default()).unwrap());
        assert_relative_eq!(m, -0.6753072624, epsilon = 5e-11);
        assert_relative_eq!(s, 0.1697397559, epsilon = 5e-11);
        let (m, s) = parameters(&Distribution::log_normal_from_mean_sd(0.509, 0.1).unwrap());
        assert_relative_eq!(m, -0.6942431101, epsilon = 5e-11);
        assert_relative_eq!(s, 0.1946065143, epsilon = 5e-11);
    }

    #[test]
    fn intervals_are_met() {
        for (lower, upper) in [(0.02, 0.3), (0.4, 0.6), (0.7, 0.99), (1e-4, 5e-3)] {
            let made = Distribution::beta_from_interval(lower, upper, Level::default()).unwrap();
            assert_relative_eq!(made.cdf(lower), 0.025, max_relative = 1e-8);
            assert_relative_eq!(made.sf(upper), 0.025, max_relative = 1e-8);
        }
        for (lower, upper) in [(10.0, 11.0), (1.0, 500.0)] {
            let made = Distribution::gamma_from_interval(lower, upper, Level::new(0.9).unwrap()).unwrap();
            assert_relative_eq!(made.cdf(lower), 0.05, max_relative = 1e-8);
            assert_relative_eq!(made.sf(upper), 0.05, max_relative = 1e-8);
        }
        let made = Distribution::normal_from_interval(-1.0, 3.0, Level::default()).unwrap();
        assert_relative_eq!(made.cdf(-1.0), 0.025, max_relative = 1e-12);
    }

    #[test]
    fn quantiles_invert_and_truncation_stays_within() {
        let all = [
            Distribution::uniform(2.0, 3.0).unwrap(),
            Distribution::t(1.0, 2.0, 5.0).unwrap(),
            Distribution::utility_from_mean_sd(0.2, 0.3).unwrap(),
            Distribution::log_normal(0.1, 0.4).unwrap(),
            Distribution::normal(0.0, 1.0).unwrap().truncated(1.0, f64::INFINITY).unwrap(),
            Distribution::normal(0.0, 1.0).unwrap().truncated(7.0, 8.0).unwrap(),
            Distribution::gamma(2.0, 3.0).unwrap().truncated(1.0, 4.0).unwrap(),
        ];
        for d in &all {
            for p in [0.01, 0.3, 0.5, 0.9] {
                let x = d.quantile(Tail::Lower(p));
                assert_relative_eq!(d.cdf(x), p, max_relative = 1e-9);
                assert_relative_eq!(d.cdf(x) + d.sf(x), 1.0, epsilon = 1e-12);
            }
            let json = serde_json::to_string(d).unwrap();
            {
                let back = serde_json::from_str::<Distribution>(&json).unwrap();
                assert_relative_eq!(
                    back.quantile(Tail::Lower(0.3)),
                    d.quantile(Tail::Lower(0.3)),
                    max_relative = 1e-14
                );
            }
        }
        assert_relative_eq!(all[2].mean().unwrap(), 0.2, max_relative = 1e-14);
        assert_relative_eq!(all[2].sd().unwrap(), 0.3, max_relative = 1e-14);
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        assert!(Distribution::beta_from_mean_sd(0.5, 0.5).is_err());
        assert!(Distribution::beta_from_counts(0.0, 10.0).is_err());
        assert!(Distribution::gamma_from_mean_sd(-5.0, 1.0).is_err());
        assert!(Distribution::normal(0.0, -1.0).is_err());
        assert!(Distribution::log_normal_from_ratio(0.5, 0.7, 0.3, Level::default()).is_err());
        assert!(Distribution::uniform(0.0, 1.0).unwrap().truncated(2.0, 3.0).is_err());
        assert!(dirichlet_from_means(&[0.5, 0.6], 0.1).is_err());
        assert!(
            serde_json::from_str::<Distribution>(r#"{"distribution":"normal","mean":0,"sd":-1}"#).is_err()
        );
    }
}
