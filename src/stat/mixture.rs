//! Poisson mixtures of tail probabilities, the form of the noncentral chi-square and F distributions.

use super::kernel::{poisson_deviance, stirling_remainder};

/// The direction in which the mixed tail changes with its index.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Trend {
    /// Lower tails fall as the index grows.
    Falling,
    /// Upper tails rise.
    Rising,
}

/// ln P(J = j) of a Poisson variable.
fn ln_weight(j: f64, mean: f64) -> f64 {
    if j == 0.0 {
        return -mean;
    }
    -stirling_remainder(j) - poisson_deviance(j, mean) - 0.5 * (std::f64::consts::TAU * j).ln()
}

/// Σ P(J = j) tail(j) for a Poisson variable J of the given mean; the summand must be log-concave in j.
///
/// The largest term is found first, then terms are added on both sides until they no longer count. All terms are
/// positive, so that the relative error is that of `tail`.
pub(crate) fn poisson_mixture(mean: f64, trend: Trend, last: f64, tail: impl Fn(f64) -> f64) -> f64 {
    let ln_term = |j: f64| ln_weight(j, mean) + tail(j).ln();
    // ternary search for the largest term; where both probes underflow, the trend tells the way
    let (mut low, mut high) = (0.0, last.floor());
    while high - low > 2.0 {
        let third = ((high - low) / 3.0).floor().max(1.0);
        let (a, b) = (ln_term(low + third), ln_term(high - third));
        let up =
            if a == f64::NEG_INFINITY && b == f64::NEG_INFINITY { trend == Trend::Rising } else { a < b };
        if up {
            low += third;
        } else {
            high -= third;
        }
    }
    let mode = (low + 1.0).min(high);
    let mut sum = 0.0;
    for direction in [-1.0, 1.0] {
        let mut j = if direction < 0.0 { mode } else { mode + 1.0 };
        while j >= 0.0 {
            let term = ln_weight(j, mean).exp() * tail(j);
            sum += term;
            // What follows adds less than rounding.
            if term <= 1e-18 * sum {
                break;
            }
            j += direction;
        }
    }
    sum.min(1.0)
}
