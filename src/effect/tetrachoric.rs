//! The tetrachoric correlation of a two-by-two table by maximum likelihood.
//!
//! Two normal variables with correlation ρ are cut at h and k into the events and non-events of rows and columns. The model
//! has as many parameters as the table has free cells, so the maximum of the likelihood reproduces the table: h and k
//! follow from the margins and ρ solves Φ₂(h, k; ρ) = a/N. The root is bracketed on the scale of arcsin ρ, with the table
//! turned so that the smallest cell is fitted.
//!
//! By the delta method, with s = √(1-ρ²), A = Φ((k-ρh)/s) and B = Φ((h-ρk)/s), the correlation changes with the
//! cell probabilities at the rates (1-A-B, -A, -B, 0)/φ₂(h, k; ρ), whose multinomial variance over N is that of ρ. A table
//! with a zero cell has its maximum at ρ = ±1 (or no maximum) and no variance.
//!
//! # References
//!
//! - Pearson K (1900). On the correlation of characters not quantitatively measurable. doi:10.1098/rsta.1900.0022
//! - Kirk DB (1973). On the numerical approximation of the bivariate normal (tetrachoric) correlation coefficient.
//!   doi:10.1007/BF02291118

use std::f64::consts::{FRAC_PI_2, PI};

use super::two_by_two::probit;
use crate::stat::{bivariate_normal, normal, root};

/// The correlation and its sampling variance; `None` if a cell is 0.
pub(crate) fn estimate(cells: [f64; 4]) -> Option<(f64, f64)> {
    let [a, b, c, d] = cells;
    let smallest = a.min(b).min(c).min(d);
    if smallest <= 0.0 {
        return None;
    }
    // Exchanging rows or columns changes the sign of the correlation.
    if smallest == a {
        fit(cells)
    } else if smallest == d {
        fit([d, c, b, a])
    } else if smallest == b {
        fit([b, a, d, c]).map(|(rho, vi)| (-rho, vi))
    } else {
        fit([c, d, a, b]).map(|(rho, vi)| (-rho, vi))
    }
}

/// As [`estimate`], for a table whose first cell is the smallest.
fn fit([a, b, c, d]: [f64; 4]) -> Option<(f64, f64)> {
    let total = a + b + c + d;
    let (h, k) = (probit(a + b, c + d), probit(a + c, b + d));
    let target = a / total;
    let excess = |angle: f64| bivariate_normal::cdf(h, k, angle.sin()) / target - 1.0;
    let edge = FRAC_PI_2 * (1.0 - 1e-12);
    let rho = root::find(excess, -edge, edge)?.sin();
    let s = ((1.0 - rho) * (1.0 + rho)).sqrt();
    let density = (-0.5 * (h * h - 2.0 * rho * h * k + k * k) / (s * s)).exp() / (2.0 * PI * s);
    let (row, column) = (normal::cdf((k - rho * h) / s), normal::cdf((h - rho * k) / s));
    let rates = [1.0 - row - column, -row, -column, 0.0];
    let parts = [a, b, c, d].map(|cell| cell / total);
    let mean: f64 = rates.iter().zip(parts).map(|(rate, part)| part * rate).sum();
    let spread: f64 = rates.iter().zip(parts).map(|(rate, part)| part * (rate - mean).powi(2)).sum();
    Some((rho, spread / (total * density * density)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn turning_the_table_changes_only_the_sign() {
        let (rho, vi) = estimate([11.0, 128.0, 29.0, 110.0]).unwrap();
        // mpmath 1.3 with 25 digits: the root and the delta method on it
        approx::assert_relative_eq!(rho, -0.3593247614372465, max_relative = 1e-12);
        approx::assert_relative_eq!(vi, 0.01151119997582797545, max_relative = 1e-12);
        for (turned, sign) in [
            ([110.0, 29.0, 128.0, 11.0], 1.0),
            ([128.0, 11.0, 110.0, 29.0], -1.0),
            ([29.0, 110.0, 11.0, 128.0], -1.0),
        ] {
            let (r, v) = estimate(turned).unwrap();
            approx::assert_relative_eq!(r, sign * rho, max_relative = 1e-13);
            approx::assert_relative_eq!(v, vi, max_relative = 1e-12);
        }
    }

    #[test]
    fn margins_at_one_half_give_sheppards_formula() {
        // with h = k = 0, a/N = 1/4 + asin(ρ)/(2π)
        let (rho, _) = estimate([40.0, 10.0, 10.0, 40.0]).unwrap();
        approx::assert_relative_eq!(rho, (2.0 * PI * 0.15).sin(), max_relative = 1e-13);
    }

    #[test]
    fn a_zero_cell_has_no_variance() {
        assert_eq!(estimate([0.0, 8.0, 4.0, 9.0]), None);
        assert_eq!(estimate([0.0, 0.0, 4.0, 9.0]), None);
    }
}
