//! The standard normal distribution.

/// P(X ≤ x).
pub fn cdf(x: f64) -> f64 {
    let (p, _) = (x, x);
    p
}
