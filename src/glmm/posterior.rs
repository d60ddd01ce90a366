//! The posterior of a study's effect given the fitted distribution of effects (empirical Bayes).
//!
//! The density of z in θ + τz is proportional to L(z) φ(z) with the likelihood of the model that was fitted: of the table
//! given its margins (conditional models), of both groups at the study's own baseline (`um-fs`), or over the baselines
//! (`um-rs`). It is log-concave: its range is found from its peak, and its mean and quantiles by Gauss-Legendre rules on
//! panels of it.

use crate::stat::{
    log_concave::{Nodes, Rule},
    quadrature::gauss_legendre,
    root,
};

use super::{
    CountFit, CountMeasure, Counts, Model, kernel::Kernel, options::Coding, problem::conditional,
    study_effects::own_baseline,
};

/// Panels of the range, and nodes of each.
const PANELS: usize = 40;
const NODES: usize = 8;

/// The depth below the peak at which a density no longer counts.
const DEPTH: f64 = 46.0;

/// The posterior mean of θ + τz and the quantiles that leave `tail` on each side; `None` for a study without information.
pub(super) fn posterior(fit: &CountFit, counts: &Counts, i: usize, eta: f64) -> Option<[f64; 3]> {
    let tau = fit.heterogeneity.tau.unwrap_or(0.0);
    let density = density(fit, counts, i, eta, tau)?;
    if tau == 0.0 {
        return Some([eta; 3]);
    }
    let [mean, lower, upper] = readings(&*density, fit.level.tail())?;
    Some([eta + tau * mean, eta + tau * lower, eta + tau * upper])
}

type Density<'a> = Box<dyn Fn(f64) -> f64 + 'a>;

/// The log of the density of z, without its constant.
fn density<'a>(fit: &CountFit, counts: &'a Counts, i: usize, eta: f64, tau: f64) -> Option<Density<'a>> {
    let (one, two) = counts.study(i)?;
    if matches!(fit.model, Model::UmFs | Model::UmRs) {
        return of_both_groups(fit, counts, i, eta, tau);
    }
    if !counts.is_informative(i) {
        return None;
    }
    let kernel = match two {
        Some(two) => conditional(counts.measure, one, two, fit.model == Model::CmEl),
        None if counts.measure == CountMeasure::Rate => Kernel::poisson(one.events, one.size),
        None => Kernel::binomial(one.events, one.size, fit.link),
    };
    Some(Box::new(move |z| kernel.at(eta + tau * z)[0] - 0.5 * z * z))
}

/// The same for models of both groups' counts.
fn of_both_groups<'a>(
    fit: &CountFit,
    counts: &'a Counts,
    i: usize,
    eta: f64,
    tau: f64,
) -> Option<Density<'a>> {
    if !fit.studies.get(i)?.informative {
        return None;
    }
    let (one, Some(two)) = counts.study(i)? else { return None };
    let arms = [one, two].map(|group| match counts.measure == CountMeasure::RateRatio {
        true => Kernel::poisson(group.events, group.size),
        false => Kernel::binomial(group.events, group.size, fit.link),
    });
    let shares = fit.coding.unwrap_or(Coding::Half).shares();
    if fit.model == Model::UmFs {
        let base = own_baseline(&arms, shares, eta, tau)?;
        let [t1, t2] = shares.map(|share| share * tau);
        return Some(Box::new(move |z| {
            arms[0].at(base + eta + t1 * z)[0] + arms[1].at(base + t2 * z)[0] - 0.5 * z * z
        }));
    }
    let (base, variance) = (fit.baseline?, fit.heterogeneity.sigma2?);
    let lambda = fit.heterogeneity.rho.unwrap_or(0.0) * variance.sqrt();
    let sigma = (variance - lambda * lambda).max(0.0).sqrt();
    let [t1, t2] = shares.map(|share| share * tau + lambda);
    Some(Box::new(move |z| over_baselines(&arms, [base + eta + t1 * z, base + t2 * z], sigma) - 0.5 * z * z))
}

/// ln ∫ L₁(η₁ + σv) L₂(η₂ + σv) φ(v) dv.
fn over_baselines(arms: &[Kernel; 2], eta: [f64; 2], sigma: f64) -> f64 {
    let log = |v: f64| {
        let (one, two) = (arms[0].at(eta[0] + sigma * v), arms[1].at(eta[1] + sigma * v));
        [one[0] + two[0], sigma * (one[1] + two[1]), sigma * sigma * (one[2] + two[2])]
    };
    if sigma == 0.0 {
        return log(0.0)[0];
    }
    let Some(nodes) = Nodes::of(log, Rule::FINE) else { return f64::NEG_INFINITY };
    nodes.ln_integral(nodes.iter().map(|v| (log(v)[0] - 0.5 * v * v - nodes.height).exp()).sum())
}

/// The mean of a log-concave density and the quantiles that leave `tail` on each side.
fn readings(log: &dyn Fn(f64) -> f64, tail: f64) -> Option<[f64; 3]> {
    let (peak, height) = peak(log);
    if !height.is_finite() {
        return None;
    }
    let end = |sign: f64| {
        // The density falls at least as fast as the standard normal one.
        let (mut inner, mut outer) = (0.0, 9.7);
        for _ in 0..40 {
            let middle = 0.5 * (inner + outer);
            if log(peak + sign * middle) > height - DEPTH {
                inner = middle;
            } else {
                outer = middle;
            }
        }
        peak + sign * outer
    };
    let (from, to) = (end(-1.0), end(1.0));
    let width = (to - from) / PANELS as f64;
    let rule = gauss_legendre(NODES);
    let part = |a: f64, b: f64, power: i32| -> f64 {
        let (center, half) = (0.5 * (a + b), 0.5 * (b - a));
        let term = |node: f64, weight: f64| {
            let z = center + half * node;
            half * weight * (log(z) - height).exp() * z.powi(power)
        };
        rule.iter().map(|(node, weight)| term(node, weight)).sum()
    };
    let start = |panel: usize| from + width * panel as f64;
    let masses: Vec<f64> = (0..PANELS).map(|i| part(start(i), start(i + 1), 0)).collect();
    let total: f64 = masses.iter().sum();
    let mean = (0..PANELS).map(|i| part(start(i), start(i + 1), 1)).sum::<f64>() / total;
    let quantile = |probability: f64| {
        let mut below = 0.0;
        for (i, mass) in masses.iter().enumerate() {
            if below + mass >= probability * total {
                let left = |z: f64| below + part(start(i), z, 0) - probability * total;
                return root::find(left, start(i), start(i + 1)).unwrap_or(start(i + 1));
            }
            below += mass;
        }
        to
    };
    (total > 0.0).then(|| [mean, quantile(tail), quantile(1.0 - tail)])
}

/// The highest point of a log-concave function that bends down at least as the standard normal density does, by the golden
/// section.
fn peak(log: &dyn Fn(f64) -> f64) -> (f64, f64) {
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut a, mut b) = (-64.0, 64.0);
    let (mut c, mut d) = (b - golden * (b - a), a + golden * (b - a));
    let (mut at_c, mut at_d) = (log(c), log(d));
    for _ in 0..70 {
        if at_c > at_d {
            (b, d, at_d) = (d, c, at_c);
            c = b - golden * (b - a);
            at_c = log(c);
        } else {
            (a, c, at_c) = (c, d, at_d);
            d = a + golden * (b - a);
            at_d = log(d);
        }
    }
    let z = 0.5 * (a + b);
    (z, log(z))
}
