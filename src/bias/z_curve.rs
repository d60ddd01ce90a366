//! z-curve 2.0: the power of the significant studies, and of those that were not published.
//!
//! The significant |z| up to 5 are a mixture of folded normal distributions with means 0, 1, ..., 6 and variance 1, truncated to
//! [1.96, 5]; larger ones count as studies with a power of 1. With the weights wⱼ of the mixture (maximum likelihood), the
//! chance of significance in either direction p⁺ⱼ, p⁻ⱼ of component j and their sum, the power pⱼ:
//!
//! - expected replication rate ERR = Σ wⱼ (p⁺ⱼ² + p⁻ⱼ²) / pⱼ: the chance that an exact replication of a significant study is
//!   significant in the same direction;
//! - expected discovery rate EDR = 1 / Σ (wⱼ / pⱼ): the share of significant results among all that were done;
//! - Soric's bound of the false discovery risk (1 / EDR - 1) α / (1 - α), and the file drawer ratio (1 - EDR) / EDR.
//!
//! The published algorithm is expectation-maximisation from random starts until a step changes little; the likelihood is concave
//! in the weights, so its maximum is found here without starts, by expectation-maximisation and then Newton's method on the
//! weights above 0, to where no weight can gain. Intervals are percentiles over resampled studies (clusters, where effects
//! depend on each other), widened by 0.03 for ERR and 0.05 for EDR, as the authors' simulations asked for.
//!
//! References: Bartoš and Schimmack (2022), Z-curve 2.0: estimating replication rates and discovery rates,
//! doi:10.15626/MP.2021.2720. Brunner and Schimmack (2020), doi:10.15626/MP.2018.874. Sorić (1989), Statistical "discoveries"
//! and effect-size estimation, doi:10.1080/01621459.1989.10478811.

use serde::{Deserialize, Serialize};

use super::options::Settings;
use crate::{
    EffectSizes, Error, Result,
    linalg::cholesky,
    stat::{Tail, normal},
};

/// The result of z-curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZCurve {
    /// The number of studies.
    pub k: usize,
    /// The number of significant studies, two-sided at 0.05.
    pub k_significant: usize,
    /// The number of these with |z| up to 5, to which the mixture is fitted.
    pub k_fitted: usize,
    /// The observed discovery rate: the share of significant studies.
    pub observed_discovery_rate: f64,
    /// The expected replication rate.
    pub err: f64,
    /// The lower limit of its interval; `None` without a bootstrap.
    pub err_ci_lower: Option<f64>,
    /// The upper limit.
    pub err_ci_upper: Option<f64>,
    /// The expected discovery rate.
    pub edr: f64,
    /// The lower limit of its interval; `None` without a bootstrap.
    pub edr_ci_lower: Option<f64>,
    /// The upper limit.
    pub edr_ci_upper: Option<f64>,
    /// Soric's maximal false discovery risk.
    pub soric_fdr: f64,
    /// The number of unpublished studies for each significant one.
    pub file_drawer_ratio: f64,
    /// The weights of the components with means 0 to 6 among the significant studies up to 5.
    pub weights: Vec<f64>,
    /// The log-likelihood of the mixture.
    pub log_likelihood: f64,
    /// The number of resampled sets behind the intervals.
    pub bootstrap: usize,
}

const COMPONENTS: usize = 7;
/// Larger |z| count as power 1.
const HIGH: f64 = 5.0;
const ALPHA: f64 = 0.05;
/// The fewest |z| in range that a mixture is fitted to, as the authors ask.
const FEWEST: usize = 10;

type Weights = [f64; COMPONENTS];

/// The densities of the components at a value.
fn densities(z: f64, critical: f64) -> Weights {
    std::array::from_fn(|j| {
        let m = j as f64;
        let mass = |a: f64, b: f64| {
            if a > 0.0 { normal::sf(a) - normal::sf(b) } else { normal::cdf(b) - normal::cdf(a) }
        };
        let within = mass(critical - m, HIGH - m) + mass(critical + m, HIGH + m);
        (normal::pdf(z - m) + normal::pdf(z + m)) / within
    })
}

/// The maximum of the mean of ln Σ w f over weights of at least 0 and sum 1; `counts` are the multiplicities of the rows.
///
/// With the mean of the ln minus Σ w in place of the constraint, whose maximum has the sum 1. The bootstrap solves thousands of these, in
/// arrays of seven, so that they do not go through `stat::newton`.
fn mixture(rows: &[Weights], counts: &[f64]) -> Weights {
    let n: f64 = counts.iter().sum();
    let derivatives = |w: &Weights| {
        let (mut value, mut first, mut second) = (0.0, [0.0; COMPONENTS], [[0.0; COMPONENTS]; COMPONENTS]);
        for (f, count) in rows.iter().zip(counts).filter(|(_, c)| **c > 0.0) {
            let mixed: f64 = f.iter().zip(w).map(|(f, w)| f * w).sum();
            value += count * mixed.ln();
            for a in 0..COMPONENTS {
                let r = f[a] / mixed;
                first[a] += count * r;
                for b in a..COMPONENTS {
                    second[a][b] -= count * r * f[b] / mixed;
                }
            }
        }
        value = value / n - w.iter().sum::<f64>();
        first.iter_mut().for_each(|g| *g = *g / n - 1.0);
        let upper = second;
        for (a, row) in second.iter_mut().enumerate() {
            for (b, x) in row.iter_mut().enumerate() {
                *x = upper[a.min(b)][a.max(b)] / n;
            }
        }
        (value, first, second)
    };
    let mut w = [1.0 / COMPONENTS as f64; COMPONENTS];
    for _ in 0..30 {
        let (_, first, _) = derivatives(&w);
        w.iter_mut().zip(&first).for_each(|(w, g)| *w *= g + 1.0);
    }
    let (mut value, mut first, mut second) = derivatives(&w);
    let mut ridge = 1e-6;
    for _ in 0..500 {
        // Weights near 0 that want to fall are set to 0 and left there.
        let bound = |i: usize, w: &Weights, g: &Weights| w[i] <= 1e-9 && g[i] <= 0.0;
        let free: Vec<usize> = (0..COMPONENTS).filter(|&i| !bound(i, &w, &first)).collect();
        let residual = (0..COMPONENTS)
            .map(|i| if w[i] > 0.0 { (w[i].min(1.0) * first[i]).abs() } else { first[i].max(0.0) })
            .fold(0.0, f64::max);
        // The conditions of Karush, Kuhn and Tucker hold to a few hundred units in the last place.
        if residual < 1e-13 {
            break;
        }
        let m = free.len();
        let mut a: Vec<f64> = free
            .iter()
            .flat_map(|&r| free.iter().map(move |&c| (r, c)))
            .map(|(r, c)| -second[r][c])
            .collect();
        for r in 0..m {
            a[r * m + r] *= 1.0 + ridge;
            a[r * m + r] += 1e-14;
        }
        let mut step: Vec<f64> = free.iter().map(|&i| first[i]).collect();
        let solved = cholesky::factor(&mut a, m).and_then(|()| cholesky::solve(&a, m, &mut step));
        let mut moved = false;
        if solved.is_ok() {
            let mut length = 1.0;
            for _ in 0..40 {
                let mut next = w;
                (0..COMPONENTS).filter(|i| !free.contains(i)).for_each(|i| next[i] = 0.0);
                for (&i, step) in free.iter().zip(&step) {
                    next[i] = (w[i] + length * step).max(0.0);
                }
                let there = derivatives(&next);
                if there.0 >= value && next != w {
                    w = next;
                    (value, first, second) = there;
                    moved = true;
                    break;
                }
                length *= 0.5;
            }
        }
        if moved {
            ridge = (ridge * 0.1_f64).max(1e-12);
        } else {
            ridge *= 100.0;
            if ridge > 1e6 {
                break;
            }
        }
    }
    let sum: f64 = w.iter().sum();
    w.map(|w| w / sum)
}

/// ERR and EDR of weights and the share of studies beyond [`HIGH`].
fn rates(w: &Weights, high: f64, critical: f64) -> (f64, f64) {
    let (mut err, mut inverse) = (high, high);
    for (j, w) in w.iter().enumerate() {
        let w = w * (1.0 - high);
        let (up, down) = (normal::sf(critical - j as f64), normal::cdf(-critical - j as f64));
        err += w * (up * up + down * down) / (up + down);
        inverse += w / (up + down);
    }
    (err, 1.0 / inverse)
}

pub(super) fn z_curve(effects: &EffectSizes, settings: &Settings) -> Result<ZCurve> {
    let critical = normal::quantile(Tail::Upper(0.5 * ALPHA));
    let z: Vec<f64> = effects.yi().iter().zip(effects.vi()).map(|(y, v)| y.abs() / v.sqrt()).collect();
    let significant: Vec<usize> = (0..z.len()).filter(|&i| z[i] > critical).collect();
    let fitted: Vec<usize> = significant.iter().copied().filter(|&i| z[i] <= HIGH).collect();
    let (n, m) = (significant.len(), fitted.len());
    if m < FEWEST {
        return Err(Error::model(
            format!("{m} significant studies with |z| up to 5"),
            format!("a z-curve needs at least {FEWEST}"),
        ));
    }
    let rows: Vec<Weights> = fitted.iter().map(|&i| densities(z[i], critical)).collect();
    let w = mixture(&rows, &vec![1.0; m]);
    let share = |m: usize, n: usize| (n - m) as f64 / n as f64;
    let (err, edr) = rates(&w, share(m, n), critical);
    let resampled = resampled(&significant, &fitted, &rows, critical, settings)?;
    let interval = |of: fn(&(f64, f64)) -> f64, widen: f64, low: f64| -> Option<(f64, f64)> {
        let mut values: Vec<f64> = resampled.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        let half = 0.5 * (1.0 - settings.level.fraction());
        let at = |p: f64| -> Option<f64> {
            let x = p * values.len().checked_sub(1)? as f64;
            let (i, t) = (x.floor() as usize, x.fract());
            let next = values.get(i + 1).or(values.get(i))?;
            Some(values.get(i)? * (1.0 - t) + next * t)
        };
        Some(((at(half)? - widen).max(low), (at(1.0 - half)? + widen).min(1.0)))
    };
    let (err_ci, edr_ci) = (interval(|r| r.0, 0.03, 0.5 * ALPHA), interval(|r| r.1, 0.05, ALPHA));
    let log_likelihood =
        rows.iter().map(|f| f.iter().zip(&w).map(|(f, w)| f * w).sum::<f64>().ln()).sum::<f64>();
    Ok(ZCurve {
        k: z.len(),
        k_significant: n,
        k_fitted: m,
        observed_discovery_rate: n as f64 / z.len() as f64,
        err,
        err_ci_lower: err_ci.map(|c| c.0),
        err_ci_upper: err_ci.map(|c| c.1),
        edr,
        edr_ci_lower: edr_ci.map(|c| c.0),
        edr_ci_upper: edr_ci.map(|c| c.1),
        soric_fdr: (1.0 / edr - 1.0) * ALPHA / (1.0 - ALPHA),
        file_drawer_ratio: (1.0 - edr) / edr,
        weights: w.to_vec(),
        log_likelihood,
        bootstrap: resampled.len(),
    })
}

/// ERR and EDR of resampled studies.
#[cfg(feature = "random")]
fn resampled(
    significant: &[usize],
    fitted: &[usize],
    rows: &[Weights],
    critical: f64,
    settings: &Settings,
) -> Result<Vec<(f64, f64)>> {
    use super::chance::{replicates, stream};
    // Units that are drawn together: studies, or clusters of them.
    let cluster = |i: usize| settings.clusters.as_ref().map_or(i, |clusters| clusters[i]);
    let mut units: std::collections::BTreeMap<usize, (usize, Vec<usize>)> = std::collections::BTreeMap::new();
    for &i in significant {
        let unit = units.entry(cluster(i)).or_default();
        unit.0 += 1;
        unit.1.extend(fitted.iter().position(|&f| f == i));
    }
    let units: Vec<(usize, Vec<usize>)> = units.into_values().collect();
    let one = |replicate: u64| {
        let mut random = stream(settings.seed, replicate);
        let mut counts = vec![0.0; rows.len()];
        let (mut n, mut m) = (0, 0);
        for _ in 0..units.len() {
            if let Some((size, members)) = units.get(random.below(units.len())) {
                n += size;
                m += members.len();
                members.iter().for_each(|&row| counts[row] += 1.0);
            }
        }
        if m == 0 {
            return (1.0, 1.0);
        }
        rates(&mixture(rows, &counts), (n - m) as f64 / n as f64, critical)
    };
    replicates(settings.replicates, one)
}

#[cfg(not(feature = "random"))]
fn resampled(_: &[usize], _: &[usize], _: &[Weights], _: f64, _: &Settings) -> Result<Vec<(f64, f64)>> {
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_of_one_component() {
        // Without an effect: 5 % discoveries, half of them in each direction.
        let critical = normal::quantile(Tail::Upper(0.025));
        let mut w = [0.0; COMPONENTS];
        w[0] = 1.0;
        let (err, edr) = rates(&w, 0.0, critical);
        assert!((err - 0.025).abs() < 1e-15 && (edr - 0.05).abs() < 1e-15);
        assert_eq!(rates(&w, 1.0, critical), (1.0, 1.0));
    }

    /// The conditions of a constrained maximum: no component can gain, and those in use are level.
    #[test]
    fn no_weight_can_gain() {
        let critical = normal::quantile(Tail::Upper(0.025));
        let z: Vec<f64> = (0..60).map(|i| 1.97 + 3.0 * ((i * i) as f64 / 3481.0)).collect();
        let rows: Vec<Weights> = z.iter().map(|&z| densities(z, critical)).collect();
        let w = mixture(&rows, &[1.0; 60]);
        for j in 0..COMPONENTS {
            let g =
                rows.iter().map(|f| f[j] / f.iter().zip(&w).map(|(f, w)| f * w).sum::<f64>()).sum::<f64>()
                    / 60.0;
            assert!(g < 1.0 + 1e-10, "{j}: {g}");
            assert!(w[j] * (g - 1.0).abs() < 1e-10, "{j}: {} {g}", w[j]);
        }
    }
}
