//! Quantiles of positive variables: Newton on the logarithm of the smaller tail, in the logarithm of x.
//!
//! For gamma variables and for beta variables on the odds scale the density of ln X is log-concave, hence both
//! ln F and ln S are concave in u = ln x: Newton's method overshoots at most once and then converges monotonically.
//! A bracket catches the overshoot, and the last step is a relative correction of x itself, so that the result is
//! accurate to rounding whatever the size of u.

use super::Tail;

/// Solves `tail` for x > 0, starting at `start`.
///
/// `eval(x)` returns F(x), S(x) and x f(x). Results below the smallest or above the largest double are 0 and infinity.
pub(crate) fn positive_quantile(tail: Tail, start: f64, eval: impl Fn(f64) -> (f64, f64, f64)) -> f64 {
    let (target, lower) = match tail.smaller() {
        None => return f64::NAN,
        Some(Tail::Lower(p)) => (p, true),
        Some(Tail::Upper(q)) => (q, false),
    };
    if target == 0.0 {
        return if lower { 0.0 } else { f64::INFINITY };
    }
    // x below `low` is too small, above `high` too large
    let (mut low, mut high) = (0.0_f64, f64::INFINITY);
    let mut x = if start > 0.0 && start < f64::INFINITY { start } else { 1.0 };
    for _ in 0..300 {
        let (p, q, slope) = eval(x);
        let value = if lower { p } else { q };
        let ratio = (value - target) / target;
        if ratio == 0.0 {
            return x;
        }
        if (ratio < 0.0) == lower {
            low = low.max(x);
        } else {
            high = high.min(x);
        }
        let g = if ratio.abs() < 0.5 { ratio.ln_1p() } else { value.ln() - target.ln() };
        let step = if lower { -g * (value / slope) } else { g * (value / slope) };
        // Newton squares an error this small to below rounding: the step is taken and is the last.
        if g.abs() < 1e-8 && step.abs() < 1e-8 {
            return x + x * step;
        }
        let next = x * step.exp();
        x = if next > low && next < high && next < f64::INFINITY && step.is_finite() {
            next
        } else {
            let (bottom, top) = (low.max(5e-324), high.min(f64::MAX));
            let middle = bottom.sqrt() * top.sqrt();
            if middle <= bottom || middle >= top || top <= bottom {
                // nothing left between: the answer underflows, overflows or is one of two neighbors
                return if low == 0.0 {
                    0.0
                } else if high == f64::INFINITY {
                    f64::INFINITY
                } else {
                    low
                };
            }
            middle
        };
    }
    x
}
