//! The exact interval of one table with few possible counts, whose probabilities are polynomials of the ratio.
//!
//! With weights wⱼ and y = e^θ, P(X ≥ x) = Σ_{j≥x} wⱼyʲ / Σ wⱼyʲ. Its logarithm is concave in θ, with the slope
//! E(X | X ≥ x) − E X, so that Newton's method finds the bounds.

use super::{kernel::Kernel, line::polynomial, options::Link};

/// Supports up to this width.
const MOST: f64 = 64.0;

/// Beyond this log ratio nothing is looked for here.
const FAR: f64 = 30.0;

/// Steps of Newton's method.
const MOST_STEPS: usize = 60;

/// The estimate and the bounds of an exact interval, each `None` where it is infinite.
type Interval = (Option<f64>, Option<f64>, Option<f64>);

/// The conditional maximum and the bounds that leave `tail` on each side; `None` for tables with many possible counts or
/// bounds far out.
pub(super) fn interval(kernel: &Kernel, tail: f64) -> Option<Interval> {
    let (x, weights) = weights(kernel)?;
    let last = weights.len() - 1;
    let estimate = if x == 0 || x == last { None } else { Some(mean_at(x as f64, &weights)?) };
    let from = match estimate {
        Some(estimate) => estimate,
        None => mean_at(if x == 0 { 0.5 } else { last as f64 - 0.5 }, &weights)?,
    };
    // P(X ≥ x) rises with θ, P(X ≤ x) falls.
    let lower = if x == 0 { None } else { Some(bound(&weights, x..last + 1, tail, from)?) };
    let upper = if x == last { None } else { Some(bound(&weights, 0..x + 1, tail, from)?) };
    Some((estimate, lower, upper))
}

/// The position of the observed count among the possible ones, and their weights.
fn weights(kernel: &Kernel) -> Option<(usize, Vec<f64>)> {
    match kernel {
        Kernel::Hypergeometric(margin) => {
            margin.polynomial().map(|weights| ((margin.x - margin.low) as usize, weights.to_vec()))
        }
        Kernel::Binomial { x, n, offset, link: Link::Logit, .. } if *n <= MOST && offset.abs() < 4.0 => {
            let odds = offset.exp();
            let mut weight = 1.0;
            let weights = (0..=*n as usize).map(|j| {
                let here = weight;
                weight *= odds * (n - j as f64) / (j as f64 + 1.0);
                here
            });
            Some((*x as usize, weights.collect()))
        }
        _ => None,
    }
}

/// The θ at which the mean is `target`.
fn mean_at(target: f64, weights: &[f64]) -> Option<f64> {
    newton(0.0, |theta| {
        let [_, [mean], [variance]] = polynomial(weights, [theta.exp()]);
        [target - mean, -variance]
    })
}

/// The θ at which the powers in `range` have this probability.
fn bound(weights: &[f64], range: std::ops::Range<usize>, tail: f64, from: f64) -> Option<f64> {
    let (start, part) = (range.start as f64, weights.get(range)?);
    let wanted = tail.ln();
    newton(from, |theta| {
        let y = theta.exp();
        let ([[all], [mean], _], [[some], [within], _]) = (polynomial(weights, [y]), polynomial(part, [y]));
        [(some / all).ln() + start * theta - wanted, start + within - mean]
    })
}

/// The root of a monotone function that is given with its slope, by Newton's method in a bracket.
fn newton(from: f64, at: impl Fn(f64) -> [f64; 2]) -> Option<f64> {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut theta = from;
    for _ in 0..MOST_STEPS {
        let [value, slope] = at(theta);
        if !(value.is_finite() && slope.is_finite()) || theta.abs() > FAR {
            return None;
        }
        // The root lies where the function goes to.
        if (value > 0.0) == (slope > 0.0) {
            high = theta
        } else {
            low = theta
        }
        let step = (-value / slope).clamp(-2.0, 2.0);
        if step.abs() < 1e-9 {
            // The next step would be below rounding.
            return Some(theta + step);
        }
        let mut next = theta + step;
        if !(next > low && next < high) {
            next = if low.is_finite() && high.is_finite() { 0.5 * (low + high) } else { return None };
        }
        theta = next;
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        Level,
        glmm::{exact::Total, table::Margin},
    };

    #[test]
    fn bounds_are_those_of_the_exact_distribution() {
        let kernels = [
            Kernel::Hypergeometric(Margin::new(2.0, 40.0, 5.0, 38.0)),
            Kernel::Hypergeometric(Margin::new(0.0, 116.0, 3.0, 117.0)),
            Kernel::Hypergeometric(Margin::new(7.0, 9.0, 30.0, 61.0)),
            Kernel::Hypergeometric(Margin::new(9.0, 9.0, 30.0, 61.0)),
            Kernel::split(3.0, 50.0, 1.0, 60.0),
            Kernel::split(0.0, 50.0, 9.0, 20.0),
        ];
        for kernel in &kernels {
            for level in [0.9, 0.95, 0.999] {
                let level = Level::new(level).unwrap();
                let expected = Total::of_kernels(vec![kernel.clone()]).unwrap().interval(level).unwrap();
                let found = interval(kernel, level.tail()).unwrap();
                for (a, b) in [(found.0, expected.0), (found.1, expected.1), (found.2, expected.2)] {
                    assert_eq!(a.is_some(), b.is_some(), "{kernel:?}");
                    if let (Some(a), Some(b)) = (a, b) {
                        assert!((a - b).abs() < 1e-12 * (1.0 + b.abs()), "{kernel:?}: {a} {b}");
                    }
                }
            }
        }
    }
}
