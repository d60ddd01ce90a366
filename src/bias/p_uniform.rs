//! p-uniform and p-uniform*: the effect at which the P values of the published studies are what they should be.
//!
//! **p-uniform** takes the significant studies in the direction of the effect (two-sided 0.05). Given significance, study i has
//! the conditional P value qᵢ(μ) = P(Y ≥ yᵢ) / P(Y ≥ cᵢ), Y ~ N(μ, vᵢ), c = 1.96 √v, uniform if μ is the effect. The estimate solves
//! Σ qᵢ(μ) = k / 2; Σ q has the Irwin-Hall distribution, whose quantiles give the interval, whose lower tail at μ = 0 tests the
//! effect, and whose upper tail at the fixed-effect mean tests publication bias. It assumes one effect: heterogeneity makes it
//! too large.
//!
//! **p-uniform\*** takes all studies and lets effects vary: significant and other studies are each conditioned on what they are,
//! Y ~ N(μ, vᵢ + tau²) given Y > cᵢ or Y ≤ cᵢ, and the product of the densities is maximized. Intervals and tests are those of
//! the (profile) likelihood ratio. No assumption is made on how many of either kind are published.
//!
//! References: van Assen, van Aert and Wicherts (2015), Meta-analysis using effect size distributions of only statistically
//! significant studies, doi:10.1037/met0000025. van Aert, Wicherts and van Assen (2016), Conducting meta-analyses based on p
//! values: reservations and recommendations for applying p-uniform and p-curve, doi:10.1177/1745691616650874. van Aert and van
//! Assen (2018), Correcting for publication bias in a meta-analysis with the p-uniform* method, doi:10.31222/osf.io/zqjr9.

use serde::{Deserialize, Serialize};

use super::{
    Alternative, irwin_hall,
    jet::{Bounds, Jet, Peak, maximum},
    options::Settings,
};
use crate::{
    EffectSizes, Error, Result,
    pool::kernel,
    stat::{Tail, chi2, normal, root},
    tau2::Tau2,
};

/// The result of p-uniform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PUniform {
    /// The direction of the effect, `greater` or `less`.
    pub side: Alternative,
    /// The number of significant studies, which it rests on.
    pub k_significant: usize,
    /// The effect.
    pub estimate: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The sum of the conditional P values without an effect.
    pub statistic: f64,
    /// The one-sided P value of an effect in that direction.
    pub p_value: f64,
    /// The fixed-effect mean of the significant studies.
    pub fixed_estimate: f64,
    /// The one-sided P value of publication bias: that the fixed-effect mean is too large.
    pub bias_p_value: f64,
}

/// The result of p-uniform*.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PUniformStar {
    /// The direction of the effect, `greater` or `less`.
    pub side: Alternative,
    /// The number of significant studies.
    pub k_significant: usize,
    /// The number of other studies.
    pub k_other: usize,
    /// The mean effect.
    pub estimate: f64,
    /// The lower profile-likelihood limit; `None` where the likelihood does not fall.
    pub ci_lower: Option<f64>,
    /// The upper limit.
    pub ci_upper: Option<f64>,
    /// The likelihood-ratio statistic of no mean effect.
    pub lrt: f64,
    /// Its P value.
    pub p_value: f64,
    /// tau².
    pub tau2: f64,
    /// The lower profile-likelihood limit of tau².
    pub tau2_ci_lower: Option<f64>,
    /// The upper limit.
    pub tau2_ci_upper: Option<f64>,
    /// The likelihood-ratio statistic of tau² = 0.
    pub tau2_lrt: f64,
    /// Its P value, with one degree of freedom.
    pub tau2_p_value: f64,
    /// The log-likelihood.
    pub log_likelihood: f64,
}

/// The studies turned so that the effect is positive.
struct Turned {
    side: Alternative,
    sign: f64,
    y: Vec<f64>,
    s: Vec<f64>,
    /// The critical values.
    c: Vec<f64>,
}

fn turned(effects: &EffectSizes, alternative: Option<Alternative>) -> Turned {
    let fixed = kernel::fixed(effects.yi(), effects.vi()).estimate;
    let side = match alternative {
        Some(side @ (Alternative::Greater | Alternative::Less)) => side,
        _ if fixed < 0.0 => Alternative::Less,
        _ => Alternative::Greater,
    };
    let sign = if side == Alternative::Less { -1.0 } else { 1.0 };
    let critical = normal::quantile(Tail::Upper(0.025));
    let s: Vec<f64> = effects.vi().iter().map(|v| v.sqrt()).collect();
    Turned {
        side,
        sign,
        y: effects.yi().iter().map(|y| sign * y).collect(),
        c: s.iter().map(|s| critical * s).collect(),
        s,
    }
}

pub(super) fn p_uniform(effects: &EffectSizes, settings: &Settings) -> Result<PUniform> {
    let data = turned(effects, settings.direction);
    let rows: Vec<usize> = (0..data.y.len()).filter(|&i| data.y[i] > data.c[i]).collect();
    let n = rows.len();
    if n == 0 {
        return Err(Error::model(
            "no study is significant in the direction of the effect",
            "p-uniform is made of significant ones",
        ));
    }
    let sum = |mu: f64| -> f64 {
        rows.iter()
            .map(|&i| {
                let (y, c, s) = (data.y[i], data.c[i], data.s[i]);
                (normal::ln_sf((y - mu) / s) - normal::ln_sf((c - mu) / s)).exp()
            })
            .sum()
    };
    let largest = rows.iter().map(|&i| data.s[i]).fold(0.0, f64::max);
    // The sum rises with μ from 0 to n.
    let solve = |target: f64| -> Result<f64> {
        let f = |mu: f64| sum(mu) - target;
        let step = if f(0.0) > 0.0 { -largest } else { largest };
        root::expand(f, 0.0, step, step * 1e6).and_then(|(a, b)| root::find_between(f, a, b)).ok_or_else(
            || {
                Error::model(
                    "the significant P values are too close to 0.05 for an estimate",
                    "p-uniform has no answer for them",
                )
            },
        )
    };
    let half = 0.5 * (1.0 - settings.level.fraction());
    let estimate = solve(0.5 * n as f64)?;
    let lower = solve(irwin_hall::quantile(half, n))?;
    let upper = solve(n as f64 - irwin_hall::quantile(half, n))?;
    let y: Vec<f64> = rows.iter().map(|&i| data.y[i]).collect();
    let v: Vec<f64> = rows.iter().map(|&i| data.s[i] * data.s[i]).collect();
    let fixed = kernel::fixed(&y, &v).estimate;
    let (low, high) = if data.sign > 0.0 { (lower, upper) } else { (-upper, -lower) };
    let statistic = sum(0.0);
    Ok(PUniform {
        side: data.side,
        k_significant: n,
        estimate: data.sign * estimate,
        ci_lower: low,
        ci_upper: high,
        statistic,
        p_value: irwin_hall::cdf(statistic, n),
        fixed_estimate: data.sign * fixed,
        // The upper tail, by symmetry.
        bias_p_value: irwin_hall::cdf(n as f64 - sum(fixed), n),
    })
}

/// The log-likelihood at (μ, tau²): each effect given that it is, or is not, significant.
fn star_likelihood(data: &Turned, x: &[Jet<2>; 2]) -> Jet<2> {
    let ([mu, tau2], k) = (*x, data.y.len());
    let mut total = Jet::constant(-0.5 * k as f64 * (2.0 * std::f64::consts::PI).ln());
    for i in 0..k {
        let v = Jet::constant(data.s[i] * data.s[i]) + tau2;
        let residual = Jet::constant(data.y[i]) - mu;
        let half = Jet::constant(0.5);
        let limit = (Jet::constant(data.c[i]) - mu) / v.sqrt();
        let chance = if data.y[i] > data.c[i] { (-limit).ln_cdf() } else { limit.ln_cdf() };
        total = total - half * v.ln() - half * residual.square() / v - chance;
    }
    total
}

pub(super) fn p_uniform_star(effects: &EffectSizes, settings: &Settings) -> Result<PUniformStar> {
    let data = turned(effects, settings.direction);
    let k = data.y.len();
    let significant = (0..k).filter(|&i| data.y[i] > data.c[i]).count();
    if k < 2 {
        return Err(Error::model(format!("{k} study"), "p-uniform* needs at least 2"));
    }
    let f = |x: &[Jet<2>; 2]| star_likelihood(&data, x);
    let plain = kernel::random(effects.yi(), effects.vi(), Tau2::Ml);
    let spread = effects.vi().iter().sum::<f64>() / k as f64;
    let (mean, reach) = (data.sign * plain.estimate, spread.sqrt());
    let starts: Vec<[f64; 2]> = [mean, 0.0, mean - reach, mean + reach]
        .into_iter()
        .flat_map(|mu| [plain.tau2, plain.tau2 + spread].map(|tau2| [mu, tau2]))
        .collect();
    let open = (f64::NEG_INFINITY, f64::INFINITY);
    let bounds: Bounds<2> = [open, (0.0, f64::INFINITY)];
    let peak = maximum(f, &starts, &bounds)
        .filter(|p| p.x[0].abs() < 1e3 * (reach + mean.abs()) && p.x[1] < 1e6 * (spread + mean * mean))
        .ok_or_else(|| {
            Error::model("the likelihood rises without end", "the significant P values are too close to 0.05")
        })?;
    let top = peak.at.value;
    let held = |i: usize, at: f64| -> f64 {
        let mut bounds = bounds;
        bounds[i] = (at, at);
        let mut starts = starts.clone();
        starts.push(peak.x);
        maximum(f, &starts, &bounds).map_or(f64::NEG_INFINITY, |p| p.at.value)
    };
    let lrt = (2.0 * (top - held(0, 0.0))).max(0.0);
    let tau2_lrt = (2.0 * (top - held(1, 0.0))).max(0.0);
    let critical = chi2::quantile(Tail::Lower(settings.level.fraction()), 1.0);
    let excess = |i: usize, at: f64| 2.0 * (top - held(i, at)) - critical;
    let limit = |i: usize, direction: f64, end: f64| {
        let step = Peak::se(&peak, i, &bounds).unwrap_or(reach.min(spread)).max(1e-6);
        let (a, b) = root::expand(|at| excess(i, at), peak.x[i], direction * step, end)?;
        root::find_between(|at| excess(i, at), a, b)
    };
    let far = 1e3 * (reach + mean.abs());
    let (low, high) = (limit(0, -1.0, peak.x[0] - far), limit(0, 1.0, peak.x[0] + far));
    let (low, high) = if data.sign > 0.0 { (low, high) } else { (high.map(|x| -x), low.map(|x| -x)) };
    let tau2_low = if peak.x[1] <= 0.0 || tau2_lrt <= critical { Some(0.0) } else { limit(1, -1.0, 0.0) };
    Ok(PUniformStar {
        side: data.side,
        k_significant: significant,
        k_other: k - significant,
        estimate: data.sign * peak.x[0],
        ci_lower: low,
        ci_upper: high,
        lrt,
        p_value: chi2::sf(lrt, 1.0),
        tau2: peak.x[1],
        tau2_ci_lower: tau2_low,
        tau2_ci_upper: limit(1, 1.0, peak.x[1] + 1e6 * (spread + mean * mean)),
        tau2_lrt,
        tau2_p_value: chi2::sf(tau2_lrt, 1.0),
        log_likelihood: top,
    })
}
