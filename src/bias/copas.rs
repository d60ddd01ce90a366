//! The Copas selection model: what if the chance to be published depends on precision, and on the result?
//!
//! A study with standard error s is published if zᵢ = γ₀ + γ₁ / sᵢ + δᵢ > 0, δ ~ N(0, 1), and its error has the correlation ρ
//! with δ. With u = γ₀ + γ₁ / s, λ = φ(u) / Φ(u), c² = λ(u + λ), the variance before selection is σ² = s² / (1 - c²ρ²), and with
//! V = σ² + tau², ρ̃ = ρσ / √V, e = (y - μ) / √V, v = (u + ρ̃ e) / √(1 - ρ̃²) the log-likelihood of the published studies is
//!
//! Σ [ -½ ln(2πV) - ½ e² - ln Φ(u) + ln Φ(v) ].
//!
//! γ₀ and γ₁ cannot be told from the data, so μ, tau² and ρ are estimated for a grid of them: the pairs of the publication
//! probability Φ(u) of the least and of the most precise study. For each, a likelihood-ratio test of a slope of y on s, with ρ
//! at its estimate, says whether selection of this strength leaves asymmetry behind (with ρ free, slope and correlation of
//! opposite sign make up for each other, and the test says nothing of the selection that was fitted), and Σ (1 - Φ(u)) / Φ(u) is the number of studies that would be
//! missing. The adjusted estimate is that with the fewest missing studies among those whose residual asymmetry has P of at
//! least 0.1, the rule of Copas and Shi (2000); the first row of the grid has no selection at all.
//!
//! Where ρ is at its bound, the standard error of the mean takes it as known, and is too small.
//!
//! A sensitivity analysis, not an estimate of what was published.
//!
//! References: Copas and Shi (2000), Meta-analysis, funnel plots and sensitivity analysis, doi:10.1093/biostatistics/1.3.247;
//! (2001), A sensitivity analysis for publication bias in systematic reviews, doi:10.1177/096228020101000402. Carpenter,
//! Schwarzer, Rücker and Künstler (2009), Empirical evaluation showed that the Copas selection model provided a useful summary in
//! 80% of meta-analyses, doi:10.1016/j.jclinepi.2008.12.002.

use serde::{Deserialize, Serialize};

use super::{
    jet::{Bounds, Jet, Peak, maximum},
    options::Settings,
};
use crate::{
    EffectSizes, Error, Result,
    pool::{PoolModel, kernel},
    stat::{Tail, chi2, normal},
    tau2::Tau2,
};

/// The fit at one strength of selection.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CopasPoint {
    /// The publication probability of the least precise study.
    pub least_precise: f64,
    /// That of the most precise one.
    pub most_precise: f64,
    /// γ₀; `None` without selection.
    pub gamma0: Option<f64>,
    /// γ₁; `None` without selection.
    pub gamma1: Option<f64>,
    /// The number of studies that would be missing.
    pub missing: f64,
    /// The mean effect.
    pub estimate: f64,
    /// Its standard error; `None` if the likelihood is flat.
    pub se: Option<f64>,
    /// Its P value, by the normal distribution.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit.
    pub ci_upper: Option<f64>,
    /// tau².
    pub tau2: f64,
    /// The correlation of error and publication, within ±0.9999; `None` without selection.
    pub rho: Option<f64>,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// The P value of the residual asymmetry.
    pub residual_p_value: f64,
}

/// The Copas selection model over a grid of strengths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Copas {
    /// The grid; its first point is without selection.
    pub grid: Vec<CopasPoint>,
    /// The point of the adjusted estimate; `None` if every strength leaves asymmetry behind.
    pub chosen: Option<usize>,
    /// The adjusted estimate.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Its P value.
    pub p_value: Option<f64>,
    /// Its lower confidence limit.
    pub ci_lower: Option<f64>,
    /// Its upper confidence limit.
    pub ci_upper: Option<f64>,
    /// The number of studies that would be missing there.
    pub missing: Option<f64>,
}

/// The publication probabilities of the most precise study.
const MOST: [f64; 3] = [0.999, 0.99, 0.9];
/// Those of the least precise one.
const LEAST: [f64; 9] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
/// The largest |ρ|.
const RHO: f64 = 0.9999;
/// The P value of residual asymmetry that is enough.
const ENOUGH: f64 = 0.1;

/// The log-likelihood in (μ, tau², ρ, slope on s); without selection if `gamma` is `None`.
fn log_likelihood(yi: &[f64], si: &[f64], gamma: Option<(f64, f64)>, x: &[Jet<4>; 4]) -> Jet<4> {
    let [mu, tau2, rho, slope] = *x;
    let one = Jet::constant(1.0);
    let mut total = Jet::constant(0.0);
    for (&y, &s) in yi.iter().zip(si) {
        let residual = Jet::constant(y) - mu - slope * Jet::constant(s);
        let (variance, selected) = match gamma {
            None => (Jet::constant(s * s), Jet::constant(0.0)),
            Some((gamma0, gamma1)) => {
                let u = gamma0 + gamma1 / s;
                let lambda = (normal::ln_pdf(u) - normal::ln_cdf(u)).exp();
                let c2 = lambda * (u + lambda);
                let sigma2 = Jet::constant(s * s) / (one - Jet::constant(c2) * rho.square());
                let v = sigma2 + tau2;
                let tilde = rho * (sigma2 / v).sqrt();
                let argument =
                    (Jet::constant(u) + tilde * residual / v.sqrt()) / (one - tilde.square()).sqrt();
                (sigma2, argument.ln_cdf() - Jet::constant(normal::ln_cdf(u)))
            }
        };
        let v = variance + tau2;
        let half = Jet::constant(0.5);
        total = total + selected
            - half * v.ln()
            - half * residual.square() / v
            - Jet::constant(0.5 * (2.0 * std::f64::consts::PI).ln());
    }
    total
}

pub(super) fn copas(effects: &EffectSizes, settings: &Settings) -> Result<Copas> {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    if k < 4 {
        return Err(Error::model(
            format!("{k} {}", if k == 1 { "study" } else { "studies" }),
            "the Copas model needs at least 4",
        ));
    }
    let si: Vec<f64> = vi.iter().map(|v| v.sqrt()).collect();
    let (low, high) = si.iter().fold((f64::MAX, f64::MIN), |(a, b), &s| (a.min(s), b.max(s)));
    if !(high - low > 1e-9 * high) {
        return Err(Error::model(
            "all studies have the same standard error",
            "there is no precision to select by",
        ));
    }
    let random = settings.spec.model == PoolModel::Random;
    let plain = if random { kernel::random(yi, vi, Tau2::Ml) } else { kernel::fixed(yi, vi) };
    let mut grid = Vec::new();
    let mut pairs = vec![None];
    for most in MOST {
        pairs.extend(LEAST.iter().filter(|least| **least <= most).map(|&least| Some((least, most))));
    }
    for pair in pairs {
        grid.extend(point(yi, &si, pair, (low, high), (plain.estimate, plain.tau2), settings));
    }
    let chosen = grid
        .iter()
        .enumerate()
        .filter(|(_, p)| p.residual_p_value >= ENOUGH)
        .min_by(|(_, a), (_, b)| a.missing.total_cmp(&b.missing))
        .map(|(i, _)| i);
    let taken = chosen.and_then(|i| grid.get(i)).copied();
    Ok(Copas {
        grid,
        chosen,
        estimate: taken.map(|p| p.estimate),
        se: taken.and_then(|p| p.se),
        p_value: taken.and_then(|p| p.p_value),
        ci_lower: taken.and_then(|p| p.ci_lower),
        ci_upper: taken.and_then(|p| p.ci_upper),
        missing: taken.map(|p| p.missing),
    })
}

/// The bounds of (μ, tau², ρ, slope); the slope is tested with the correlation held at `sloped`.
fn bounds(random: bool, correlated: bool, sloped: Option<f64>) -> Bounds<4> {
    [
        (f64::NEG_INFINITY, f64::INFINITY),
        (0.0, if random { f64::INFINITY } else { 0.0 }),
        match sloped {
            Some(rho) => (rho, rho),
            None if correlated => (-RHO, RHO),
            None => (0.0, 0.0),
        },
        if sloped.is_some() { (f64::NEG_INFINITY, f64::INFINITY) } else { (0.0, 0.0) },
    ]
}

/// The fit at one pair of probabilities (least, most precise), without selection for `None`.
fn point(
    yi: &[f64],
    si: &[f64],
    pair: Option<(f64, f64)>,
    (low, high): (f64, f64),
    (mean, tau2): (f64, f64),
    settings: &Settings,
) -> Option<CopasPoint> {
    let gamma = pair.map(|(least, most)| {
        let quantile = |p: f64| normal::quantile(Tail::Lower(p));
        let gamma1 = (quantile(most) - quantile(least)) / (1.0 / low - 1.0 / high);
        (quantile(least) - gamma1 / high, gamma1)
    });
    let random = settings.spec.model == PoolModel::Random;
    let spread = si.iter().map(|s| s * s).sum::<f64>() / si.len() as f64;
    let correlated = gamma.is_some();
    let bounds = |sloped: Option<f64>| bounds(random, correlated, sloped);
    let f = |x: &[Jet<4>; 4]| log_likelihood(yi, si, gamma, x);
    let rhos: &[f64] = if correlated { &[0.0, 0.6, -0.6, 0.95, -0.95] } else { &[0.0] };
    let mut starts: Vec<[f64; 4]> =
        rhos.iter().flat_map(|&rho| [[mean, tau2, rho, 0.0], [mean, tau2 + spread, rho, 0.0]]).collect();
    let peak: Peak<4> = maximum(f, &starts, &bounds(None))?;
    starts.truncate(3);
    starts.push(peak.x);
    let sloped = maximum(f, &starts, &bounds(Some(peak.x[2])))?;
    let lrt = (2.0 * (sloped.at.value - peak.at.value)).max(0.0);
    let [estimate, tau2, rho, _] = peak.x;
    let se = peak.se(0, &bounds(None));
    let half = se.map(|se| settings.level.critical_value(None) * se);
    let missing = gamma.map_or(0.0, |(gamma0, gamma1)| {
        si.iter().map(|s| gamma0 + gamma1 / s).map(|u| normal::sf(u) / normal::cdf(u)).sum()
    });
    let (least_precise, most_precise) = pair.unwrap_or((1.0, 1.0));
    Some(CopasPoint {
        least_precise,
        most_precise,
        gamma0: gamma.map(|g| g.0),
        gamma1: gamma.map(|g| g.1),
        missing,
        estimate,
        se,
        p_value: se.map(|se| normal::two_sided(estimate / se)),
        ci_lower: half.map(|h| estimate - h),
        ci_upper: half.map(|h| estimate + h),
        tau2,
        rho: gamma.map(|_| rho),
        log_likelihood: peak.at.value,
        residual_p_value: chi2::sf(lrt, 1.0),
    })
}
