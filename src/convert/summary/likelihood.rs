//! Maximum likelihood for data that are normal after a power transformation (Cai, Zhou & Pan 2021, MLN).
//!
//! The reported numbers x with ranks r among n are order statistics. If f(x) = (x^λ - 1)/λ (ln x at 0) is normal with
//! mean μ and SD σ, their log-likelihood is, with z = (f(x) - μ)/σ and up to a constant,
//!
//! Σ [ln φ(z_i) - ln σ + (λ - 1) ln x_i] + (r_1 - 1) ln Φ(z_1) + Σ (r_(i+1) - r_i - 1) ln(Φ(z_(i+1)) - Φ(z_i)) + (n - r_k) ln Φ(-z_k).
//!
//! Three steps: λ in [0, 5] maximises it with Luo's mean and Wan's SD of the transformed numbers in the place of μ and σ; then μ
//! and σ maximise it at that λ; then mean and SD of x follow by integration, as in the Box-Cox method. In α = μ/σ and
//! β = 1/σ the second step is concave, so that Newton's method with halved steps finds the one maximum.
//!
//! The terms (λ - 1) ln x_i, the Jacobian of the transformation, make the result the same in every unit of measurement. Without
//! them λ falls as the unit becomes smaller. The R package estmeansd (1.0) gives values as of λ near 0 for most data, as a
//! likelihood without these terms does; ours therefore differ from its values, by up to half the SD in skewed data.

use super::box_cox::{forward, moments};
use super::normal_rules;
use super::order_statistics::ranks;
use super::reported::ReportedSummary;
use crate::stat::{minimum, normal};

/// The result with the power used.
pub(super) struct Mln {
    pub lambda: f64,
    pub mean: f64,
    pub sd: f64,
}

/// The people between two reported numbers: the positions of the numbers (none beyond the ends), and how many.
type Gap = (Option<usize>, Option<usize>, f64);

fn gaps(ranks: &[f64], n: f64) -> Vec<Gap> {
    let last = ranks.len().saturating_sub(1);
    let mut all: Vec<Gap> = Vec::with_capacity(ranks.len() + 1);
    if let (Some(first), Some(highest)) = (ranks.first(), ranks.last()) {
        all.push((None, Some(0), (first - 1.0).max(0.0)));
        for (i, pair) in ranks.windows(2).enumerate() {
            if let &[low, high] = pair {
                all.push((Some(i), Some(i + 1), (high - low - 1.0).max(0.0)));
            }
        }
        all.push((Some(last), None, (n - highest).max(0.0)));
    }
    all.retain(|gap| gap.2 > 0.0);
    all
}

/// Φ(b) - Φ(a) without cancellation in the upper tail.
fn between(a: f64, b: f64) -> f64 {
    if a > 0.0 { normal::sf(a) - normal::sf(b) } else { normal::cdf(b) - normal::cdf(a) }
}

fn at(z: &[f64], position: Option<usize>, beyond: f64) -> f64 {
    position.and_then(|i| z.get(i).copied()).unwrap_or(beyond)
}

/// The log-likelihood of transformed numbers `y`, without the Jacobian.
fn log_likelihood(y: &[f64], gaps: &[Gap], alpha: f64, beta: f64) -> f64 {
    let z: Vec<f64> = y.iter().map(|y| beta * y - alpha).collect();
    let densities: f64 = z.iter().map(|z| -0.5 * z * z).sum::<f64>() + z.len() as f64 * beta.ln();
    let counts = gaps.iter().map(|&(low, high, count)| match (low, high) {
        (None, _) => count * normal::ln_cdf(at(&z, high, f64::INFINITY)),
        (_, None) => count * normal::ln_sf(at(&z, low, f64::NEG_INFINITY)),
        _ => count * between(at(&z, low, f64::NEG_INFINITY), at(&z, high, f64::INFINITY)).ln(),
    });
    densities + counts.sum::<f64>()
}

/// The (α, β) that maximise the likelihood, by Newton's method from a start.
fn maximise(y: &[f64], gaps: &[Gap], start: (f64, f64)) -> Option<(f64, f64)> {
    let (mut alpha, mut beta) = start;
    let mut value = log_likelihood(y, gaps, alpha, beta);
    for _ in 0..100 {
        // Gradient and negative Hessian; dz/dα = -1, dz/dβ = y.
        let (mut ga, mut gb) = (0.0, y.len() as f64 / beta);
        let (mut haa, mut hab, mut hbb) = (y.len() as f64, 0.0, y.len() as f64 / (beta * beta));
        for &y in y {
            let z = beta * y - alpha;
            ga += z;
            gb -= z * y;
            hab -= y;
            hbb += y * y;
        }
        for &(low, high, count) in gaps {
            let end =
                |position: Option<usize>| position.and_then(|i| y.get(i)).map(|&y| (beta * y - alpha, y));
            let (low, high) = (end(low), end(high));
            let mass = match (low, high) {
                (None, Some((b, _))) => normal::cdf(b),
                (Some((a, _)), None) => normal::sf(a),
                (Some((a, _)), Some((b, _))) => between(a, b),
                (None, None) => continue,
            };
            // The derivatives of ln mass by its ends, and the negative second derivatives.
            let slope =
                |end: Option<(f64, f64)>, sign: f64| end.map_or(0.0, |(z, _)| sign * normal::pdf(z) / mass);
            let (da, db) = (slope(low, -1.0), slope(high, 1.0));
            let (za, zb) = (low.map_or(0.0, |e| e.0), high.map_or(0.0, |e| e.0));
            let (ya, yb) = (low.map_or(0.0, |e| e.1), high.map_or(0.0, |e| e.1));
            let (naa, nbb, nab) = (da * (da + za), db * (db + zb), da * db);
            ga -= count * (da + db);
            gb += count * (da * ya + db * yb);
            haa += count * (naa + nbb + 2.0 * nab);
            hab -= count * (naa * ya + nbb * yb + nab * (ya + yb));
            hbb += count * (naa * ya * ya + nbb * yb * yb + 2.0 * nab * ya * yb);
        }
        let determinant = haa * hbb - hab * hab;
        if !(determinant.is_finite() && determinant > 0.0) {
            return None;
        }
        let (mut step_a, mut step_b) =
            ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant);
        let done = step_a.abs() <= 1e-13 * (1.0 + alpha.abs()) && step_b.abs() <= 1e-13 * beta;
        let mut moved = false;
        for _ in 0..60 {
            let next = beta + step_b;
            if next > 0.0 {
                let reached = log_likelihood(y, gaps, alpha + step_a, next);
                if reached >= value {
                    (alpha, beta, value, moved) = (alpha + step_a, next, reached, true);
                    break;
                }
            }
            (step_a, step_b) = (0.5 * step_a, 0.5 * step_b);
        }
        if done || !moved {
            break;
        }
    }
    (alpha.is_finite() && beta.is_finite() && beta > 0.0).then_some((alpha, beta))
}

/// `None` if a number is not above 0, numbers coincide that have people between them, or the moments do not exist.
pub(super) fn mln(s: &ReportedSummary) -> Option<Mln> {
    if s.lowest() <= 0.0 {
        return None;
    }
    // In units of the median, so that no power overflows.
    let unit = s.median();
    let scaled = s.transformed(|x| x / unit).ok()?;
    let ranks = ranks(&scaled);
    let gaps = gaps(&ranks, scaled.n());
    let x: Vec<f64> = scaled.named().into_iter().map(|(_, value)| value).collect();
    let jacobian: f64 = x.iter().map(|x| x.ln()).sum();
    let start = |lambda: f64| -> Option<(Vec<f64>, f64, f64)> {
        let y = scaled.transformed(|x| forward(x, lambda)).ok()?;
        let (mu, sigma) = (normal_rules::mean_luo(&y), normal_rules::sd_wan(&y));
        (sigma > 0.0).then(|| (y.named().into_iter().map(|(_, value)| value).collect(), mu, sigma))
    };
    let loss = |lambda: f64| {
        start(lambda).map_or(f64::INFINITY, |(y, mu, sigma)| {
            -(log_likelihood(&y, &gaps, mu / sigma, 1.0 / sigma) + (lambda - 1.0) * jacobian)
        })
    };
    const GRID: usize = 100;
    let point = |i: usize| 5.0 * i as f64 / GRID as f64;
    let best = (0..=GRID).map(|i| (i, loss(point(i)))).min_by(|a, b| a.1.total_cmp(&b.1))?;
    if !best.1.is_finite() {
        return None;
    }
    let (inner, value) = minimum::brent(loss, point(best.0.saturating_sub(1)), point((best.0 + 1).min(GRID)));
    let lambda = if value <= best.1 { inner } else { point(best.0) };
    let (y, mu, sigma) = start(lambda)?;
    let (alpha, beta) = maximise(&y, &gaps, (mu / sigma, 1.0 / sigma))?;
    let (mean, sd) = moments(alpha / beta, 1.0 / beta, lambda, 1.0)?;
    let result = Mln { lambda, mean: unit * mean, sd: unit * sd };
    (result.mean.is_finite() && result.sd.is_finite() && result.sd > 0.0).then_some(result)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    fn scenarios(unit: f64) -> [ReportedSummary; 3] {
        [
            ReportedSummary::range(2.0 * unit, 8.0 * unit, 18.0 * unit, 50.0).unwrap(),
            ReportedSummary::quartiles(4.0 * unit, 8.0 * unit, 13.0 * unit, 50.0).unwrap(),
            ReportedSummary::five(2.0 * unit, 4.0 * unit, 8.0 * unit, 13.0 * unit, 18.0 * unit, 50.0)
                .unwrap(),
        ]
    }

    /// scipy 1.10: the same likelihood, λ by a bounded search, μ and σ by Nelder-Mead, the moments on a grid of two
    /// million points. The power is found from values of the likelihood, hence to half the digits.
    #[test]
    fn agrees_with_scipy() {
        let expected = [
            (0.475_010_0, 8.401_202_10, 3.635_232_09),
            (0.567_005_0, 8.920_287_94, 5.934_617_58),
            (0.339_440_7, 8.622_809_42, 5.043_879_32),
        ];
        for (s, (lambda, mean, sd)) in scenarios(1.0).iter().zip(expected) {
            let fit = mln(s).unwrap();
            assert_relative_eq!(fit.lambda, lambda, max_relative = 1e-6);
            assert_relative_eq!(fit.mean, mean, max_relative = 1e-7);
            assert_relative_eq!(fit.sd, sd, max_relative = 1e-6);
        }
    }

    /// In millimetres as in centimetres: the Jacobian at work.
    #[test]
    fn the_unit_of_measurement_does_not_matter() {
        for (a, b) in scenarios(1.0).iter().zip(&scenarios(1000.0)) {
            let (a, b) = (mln(a).unwrap(), mln(b).unwrap());
            assert_relative_eq!(a.lambda, b.lambda, max_relative = 1e-6);
            assert_relative_eq!(1000.0 * a.mean, b.mean, max_relative = 1e-7);
            assert_relative_eq!(1000.0 * a.sd, b.sd, max_relative = 1e-6);
        }
    }

    /// estmeansd 1.0 (S3: mean 8.771997315, SD 6.131299127) is what the second and third steps give at λ = 0, within
    /// the error of the simulation by which it transforms back; λ = 0 maximises a likelihood without the Jacobian.
    #[test]
    fn estmeansd_is_the_log_normal_case() {
        let s = &scenarios(1.0)[2];
        let logs = s.transformed(f64::ln).unwrap();
        let y: Vec<f64> = logs.named().into_iter().map(|(_, value)| value).collect();
        let gaps = gaps(&ranks(s), 50.0);
        let (alpha, beta) = maximise(&y, &gaps, (3.0, 1.5)).unwrap();
        let (mean, sd) = moments(alpha / beta, 1.0 / beta, 0.0, 8.0).unwrap();
        assert_relative_eq!(mean, 8.771_997_315, max_relative = 0.002);
        assert_relative_eq!(sd, 6.131_299_127, max_relative = 0.02);
    }

    #[test]
    fn coinciding_numbers_with_people_between_them_have_no_likelihood() {
        assert!(mln(&ReportedSummary::quartiles(2.0, 2.0, 5.0, 60.0).unwrap()).is_none());
        assert!(mln(&ReportedSummary::range(0.0, 2.0, 5.0, 60.0).unwrap()).is_none());
        assert!(mln(&ReportedSummary::range(1.0, 2.0, 5.0, 3.0).unwrap()).is_some());
    }
}
