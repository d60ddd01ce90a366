//! Floor one: distributions with both tails, roots, minimisation and quadrature.

pub mod normal;

/// A probability with the tail it lies in, so that probabilities near 0 and 1 keep all their digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tail {
    /// P(X ≤ x).
    Lower(f64),
    /// P(X > x).
    Upper(f64),
}
