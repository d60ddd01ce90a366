//! The Box-Cox method: transform to symmetry, estimate there, transform back.
//!
//! The power λ ≥ 0 makes the reported numbers as symmetric about the median as possible: f(high) - f(m) = f(m) - f(low)
//! with f(x) = (x^λ - 1)/λ (ln x at 0); with all five numbers the sum of the two squared differences is minimised. On
//! that scale Luo's mean and Wan's SD estimate a normal distribution; the mean and SD of x = (λy + 1)^(1/λ) follow by
//! integration over y, with both tails cut at the same distance where λy + 1 would be negative.

use super::normal_rules;
use super::reported::ReportedSummary;
use crate::stat::minimum;

/// The result with the power used.
pub(super) struct BoxCox {
    pub lambda: f64,
    pub mean: f64,
    pub sd: f64,
}

pub(super) fn forward(x: f64, lambda: f64) -> f64 {
    if lambda.abs() < 1e-9 { x.ln() } else { (lambda * x.ln()).exp_m1() / lambda }
}

fn backward(y: f64, lambda: f64) -> f64 {
    if lambda.abs() < 1e-9 { y.exp() } else { ((lambda * y).ln_1p() / lambda).exp() }
}

/// The squared asymmetry of the transformed numbers, in units of the median, so that powers compare fairly.
fn asymmetry(s: &ReportedSummary, lambda: f64) -> f64 {
    let m = forward(s.median(), lambda);
    [s.extremes(), s.quartile_pair()]
        .into_iter()
        .flatten()
        .map(|(low, high)| (forward(high, lambda) + forward(low, lambda) - 2.0 * m).powi(2))
        .sum()
}

/// `None` if a number is not above 0 or the transformed numbers have no spread.
pub(super) fn box_cox(s: &ReportedSummary) -> Option<BoxCox> {
    if s.lowest() <= 0.0 {
        return None;
    }
    // Dividing by the median changes the objective by a factor that depends on λ, so the numbers stay as they are.
    const GRID: usize = 200;
    let at = |i: usize| 5.0 * i as f64 / GRID as f64;
    let best = (0..=GRID).map(|i| (i, asymmetry(s, at(i)))).min_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let (lambda, _) =
        minimum::brent(|lambda| asymmetry(s, lambda), at(best.saturating_sub(1)), at((best + 1).min(GRID)));
    let transformed = s.transformed(|x| forward(x, lambda)).ok()?;
    let (mu, sigma) = (normal_rules::mean_luo(&transformed), normal_rules::sd_wan(&transformed));
    let (mean, sd) = moments(mu, sigma, lambda, s.median())?;
    Some(BoxCox { lambda, mean, sd })
}

/// Mean and SD of x = (λy + 1)^(1/λ) for a normal y, both tails cut at the same distance where λy + 1 would be negative.
/// `reference` is a value of the size of x, about which the moments are taken. `None` if they cannot be computed.
pub(super) fn moments(mu: f64, sigma: f64, lambda: f64, reference: f64) -> Option<(f64, f64)> {
    let cut = if lambda.abs() < 1e-9 { f64::INFINITY } else { ((mu + 1.0 / lambda) / sigma).abs() };
    let half = cut.min(9.0);
    // Simpson's rule on the part of the normal distribution that is kept.
    const STEPS: usize = 4000;
    let (mut mass, mut first, mut second) = (0.0, 0.0, 0.0);
    for i in 0..=STEPS {
        let z = half * (2.0 * i as f64 / STEPS as f64 - 1.0);
        let simpson = if i == 0 || i == STEPS { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
        let weight = simpson * (-0.5 * z * z).exp();
        let y = mu + sigma * z;
        let x = if lambda * y > -1.0 { backward(y, lambda) } else { 0.0 };
        mass += weight;
        first += weight * (x - reference);
        second += weight * (x - reference).powi(2);
    }
    let shift = first / mass;
    let (mean, sd) = (reference + shift, (second / mass - shift * shift).max(0.0).sqrt());
    (mean.is_finite() && sd.is_finite() && sd > 0.0).then_some((mean, sd))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// √2 + √18 = 2√8, so that λ = 1/2 exactly; mean and SD by scipy 1.10 on a fine grid (1e-5: the grid).
    #[test]
    fn half_power() {
        let s1 = ReportedSummary::range(2.0, 8.0, 18.0, 50.0).unwrap();
        let fit = box_cox(&s1).unwrap();
        assert_relative_eq!(fit.lambda, 0.5, max_relative = 1e-6);
        assert_relative_eq!(fit.mean, 8.397_354_37, max_relative = 1e-5);
        assert_relative_eq!(fit.sd, 3.609_807_31, max_relative = 1e-5);
    }
}
