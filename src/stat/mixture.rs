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

/// The largest noncentrality: with more of it the places of terms, doubles, could not tell them apart.
pub(crate) const MOST: f64 = 1e20;

/// Summands that are wider than this are summed at strides.
const WIDE: f64 = 64.0;

/// More steps of the search for the largest term than halve the range of numbers.
const MOST_STEPS: usize = 4000;

/// Σ P(J = j) tail(j) for a Poisson variable J of the given mean; the summand must be log-concave in j.
///
/// The largest term is found first, then terms are added on both sides until they no longer count. All terms are positive, so that
/// the relative error is that of `tail`. A summand of width w, over which its logarithm falls by ½, is summed at strides of w/8: by
/// Poisson's summation formula the error of such a sum times its stride is of the order of exp(−2π² 4²), so that the cost does not grow
/// with the mean (Trefethen and Weideman 2014, doi:10.1137/130932132).
pub(crate) fn poisson_mixture(mean: f64, trend: Trend, last: f64, tail: impl Fn(f64) -> f64) -> f64 {
    let ln_term = |j: f64| ln_weight(j, mean) + tail(j).ln();
    let mode = largest(trend, last, &ln_term);
    let stride = stride(mode, &ln_term);
    let mut sum = 0.0;
    for direction in [-1.0, 1.0] {
        let mut j = if direction < 0.0 { mode } else { mode + stride };
        while j >= 0.0 {
            let term = ln_weight(j, mean).exp() * tail(j);
            sum += term;
            // What follows adds less than rounding.
            if !(term > 1e-18 * sum) {
                break;
            }
            j += direction * stride;
        }
    }
    (sum * stride).min(1.0)
}

/// The place of the largest term, by ternary search; where both probes underflow, the trend tells the way.
fn largest(trend: Trend, last: f64, ln_term: &impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, last.floor());
    for _ in 0..MOST_STEPS {
        let third = ((high - low) / 3.0).floor().max(1.0);
        if high - low <= 2.0 || low + third == low {
            break;
        }
        let (a, b) = (ln_term(low + third), ln_term(high - third));
        let up =
            if a == f64::NEG_INFINITY && b == f64::NEG_INFINITY { trend == Trend::Rising } else { a < b };
        if up {
            low += third;
        } else {
            high -= third;
        }
    }
    (low + 1.0).min(high)
}

/// The stride at which the terms about the largest are summed.
fn stride(mode: f64, ln_term: &impl Fn(f64) -> f64) -> f64 {
    let top = ln_term(mode);
    if !top.is_finite() {
        return 1.0;
    }
    let falls = |place: f64| place >= 0.0 && !(ln_term(place) > top - 0.5);
    let mut width = 1.0;
    while !(falls(mode - width) || falls(mode + width)) && width < mode {
        width *= 2.0;
    }
    if width > WIDE { width / 8.0 } else { 1.0 }
}
