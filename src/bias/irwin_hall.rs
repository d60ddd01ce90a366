//! The sum of n uniform variables (Irwin-Hall).
//!
//! The density of the sum of n is the cardinal B-spline Nₙ(x) = (x Nₙ₋₁(x) + (n - x) Nₙ₋₁(x - 1)) / (n - 1), and its
//! distribution function Fₙ(x) = Σⱼ Nₙ₊₁(x - j): sums of positive terms, without the cancellation of the textbook's formula.

use crate::stat::root;

/// P(U₁ + ... + Uₙ ≤ x); small probabilities keep their digits.
pub(super) fn cdf(x: f64, n: usize) -> f64 {
    let n_ = n as f64;
    if x <= 0.0 {
        return 0.0;
    }
    if x >= n_ {
        return 1.0;
    }
    if x > 0.5 * n_ {
        return 1.0 - cdf(n_ - x, n);
    }
    let (whole, t) = (x.floor() as usize, x.fract());
    // splines[j] = N_m(t + j) for m from 1 to n + 1.
    let mut splines = vec![0.0; whole + 1];
    splines[0] = 1.0;
    for m in 2..=n + 1 {
        let order = m as f64;
        for j in (0..=whole).rev() {
            let x = t + j as f64;
            let before = if j > 0 { splines[j - 1] } else { 0.0 };
            splines[j] = (x * splines[j] + (order - x).max(0.0) * before) / (order - 1.0);
        }
    }
    splines.iter().sum::<f64>().min(1.0)
}

/// The x with F(x) = p ≤ ½.
pub(super) fn quantile(p: f64, n: usize) -> f64 {
    root::find(|x| cdf(x, n) - p, 0.0, 0.5 * n as f64).unwrap_or(0.5 * n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many() {
        // Directly: x² / 2, and for three 1 / 6 + ... at 1.5 one half.
        assert!((cdf(0.6, 1) - 0.6).abs() < 1e-15);
        assert!((cdf(0.8, 2) - 0.32).abs() < 1e-15);
        assert!((cdf(1.3, 2) - (1.0 - 0.5 * 0.7 * 0.7)).abs() < 1e-15);
        assert!((cdf(1.5, 3) - 0.5).abs() < 1e-15);
        // mpmath, 60 digits: sum((-1)**j*binomial(n,j)*(x-j)**n, 0 <= j <= x) / n!
        assert!((cdf(4.2, 20) / 1.095457943681041e-6 - 1.0).abs() < 1e-12, "{}", cdf(4.2, 20));
        assert!((cdf(quantile(0.025, 40), 40) - 0.025).abs() < 1e-14);
    }
}
