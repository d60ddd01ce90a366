//! The bounds of Clopper and Pearson for few events, by Newton's method on the logit.
//!
//! ln P(X ≥ x) and ln P(X ≤ x) are concave in η = logit p, with slopes E(X | X ≥ x) − np and E(X | X ≤ x) − np; the tails
//! are sums of neighboring ratios from x on.

use super::kernel::{ln_choose, logistic};

/// Sums of more terms are left to the incomplete beta function.
const MOST: f64 = 60.0;

/// Steps of Newton's method.
const MOST_STEPS: usize = 40;

/// A term below this part of a sum no longer counts.
const NOTHING: f64 = 1e-18;

/// The p at which P(X ≥ x) = `tail` for X binomial (n, p); `None` where sums are long.
pub(super) fn lower(x: f64, n: f64, tail: f64) -> Option<f64> {
    bound(x, n, tail, true)
}

/// The p at which P(X ≤ x) = `tail`.
pub(super) fn upper(x: f64, n: f64, tail: f64) -> Option<f64> {
    bound(x, n, tail, false)
}

fn bound(x: f64, n: f64, tail: f64, above: bool) -> Option<f64> {
    if x > MOST || n < 2.0 * x {
        return None;
    }
    let constant = ln_choose(n, x);
    let side = if above { -1.0 } else { 1.0 };
    // Two standard errors off, of a logit with half an event more.
    let (events, others) = (x + 0.5 + 0.5 * side, n - x + 0.5 - 0.5 * side);
    let mut eta = (events.max(0.5) / others).ln() + 2.0 * side / events.max(0.5).sqrt();
    for _ in 0..MOST_STEPS {
        let (ln_p, ln_q, p) = logistic(eta);
        let odds = eta.exp();
        let (mut sum, mut moment, mut term, mut j) = (1.0, 0.0, 1.0, x);
        // Terms from x on, as long as they count; the distance from x is what the moment is of.
        loop {
            let ratio = if above { odds * (n - j) / (j + 1.0) } else { j / ((n - j + 1.0) * odds) };
            term *= ratio;
            if !(term > NOTHING * sum) {
                break;
            }
            j -= side;
            sum += term;
            moment += term * (j - x);
            if (j - x).abs() > 400.0 {
                return None;
            }
        }
        let value = constant + x * ln_p + (n - x) * ln_q + sum.ln() - tail.ln();
        let slope = x + moment / sum - n * p;
        let step = -value / slope;
        if !step.is_finite() || slope * side > 0.0 {
            return None;
        }
        eta += step.clamp(-1.5, 1.5);
        if step.abs() < 1e-8 {
            return Some(logistic(eta).2);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stat::{Tail, beta};

    #[test]
    fn bounds_are_quantiles_of_the_beta_distribution() {
        for (x, n) in [(0.0, 10.0), (1.0, 10.0), (3.0, 117.0), (5.0, 10.0), (12.0, 1e6), (60.0, 121.0)] {
            for tail in [0.025, 0.05, 0.0005] {
                if x > 0.0 {
                    let known = beta::quantile(Tail::Lower(tail), x, n - x + 1.0);
                    approx::assert_relative_eq!(lower(x, n, tail).unwrap(), known, max_relative = 2e-13);
                }
                let known = beta::quantile(Tail::Upper(tail), x + 1.0, n - x);
                approx::assert_relative_eq!(upper(x, n, tail).unwrap(), known, max_relative = 2e-13);
            }
        }
    }
}
