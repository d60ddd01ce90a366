//! Correlations of variables that were cut in two: phi and the odds ratio, biserial and point-biserial, tetrachoric.
//!
//! Use it with [`super::metrics`] when a report has a phi coefficient or a biserial or tetrachoric correlation and the analysis another
//! measure.
//!
//! - phi and ln OR of a table whose margins are known: with the share p of group 1 and the share q of people with the event, the share a
//!   in group 1 with the event satisfies OR = a(1 - p - q + a)/((p - a)(q - a)) and φ = (a - pq)/√(p(1 - p)q(1 - q)). The slope of φ in ln OR is
//!   1/(√(p(1 - p)q(1 - q))·Σ 1/cell).
//! - point-biserial from biserial: r·φ(z_p)/√(p(1 - p)), φ the normal density (Tate 1955).
//! - ln OR from tetrachoric, the inverse of Digby's approximation: (8/3)·atanh r.
//!
//! Variances are by the delta method, the shares taken as known.
//!
//! ```
//! use consilience::convert::dichotomies;
//! use consilience::effect::Effect;
//!
//! // 30 of 50 against 20 of 50: OR 2.25 and phi 0.2.
//! let phi = dichotomies::log_odds_ratio_to_phi(Effect { yi: 2.25f64.ln(), vi: 0.17 }, 0.5, 0.5)?.value;
//! assert!((phi.yi - 0.2).abs() < 1e-10);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Bonett DG (2007). Transforming odds ratios into correlations for meta-analytic research. doi:10.1037/0003-066X.62.3.254
//! - Tate RF (1955). The theory of correlation between two continuous variables when one is dichotomized. doi:10.1093/biomet/42.1-2.205
//! - Digby PGN (1983). Approximating the tetrachoric correlation coefficient. doi:10.2307/2531104

use super::check;
use super::metrics::{checked, delta};
use super::record::{Derived, Step, short};
use super::two_by_two::{CellRounding, TableMargins};
use crate::{
    Error, Result,
    effect::Effect,
    stat::{Tail, normal},
};

const BONETT: &str = "Bonett 2007, doi:10.1037/0003-066X.62.3.254";

/// The spread of a table with shares p and q, √(p(1 - p)q(1 - q)), and the slope of φ in ln OR there.
fn slope(a: f64, p: f64, q: f64) -> (f64, f64) {
    let spread = (p * (1.0 - p) * q * (1.0 - q)).sqrt();
    let cells = [a, p - a, q - a, 1.0 - p - q + a];
    (spread, 1.0 / (spread * cells.iter().map(|cell| 1.0 / cell).sum::<f64>()))
}

fn shares(p: f64, q: f64) -> Result<(f64, f64)> {
    Ok((check::probability("share of group 1", p)?, check::probability("share with the event", q)?))
}

/// The phi coefficient of a log odds ratio, with the share `p` of people in group 1 and the share `q` of people with the event.
///
/// # Errors
///
/// If the effect is not finite, its variance not above 0, or a share not strictly between 0 and 1.
pub fn log_odds_ratio_to_phi(effect: Effect, p: f64, q: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let (p, q) = shares(p, q)?;
    let or = check::computable("odds ratio", effect.yi.exp())?;
    let a = TableMargins::new(1.0, p, q)?.odds_ratio(or, CellRounding::Exact)?.value.ai();
    let (spread, slope) = slope(a, p, q);
    let step =
        Step::new("phi from a log odds ratio", "(a - pq)/√(p(1 - p)q(1 - q)), a from OR and margins", BONETT)
            .from_all(&[("share of group 1", p), ("share with the event", q)]);
    delta(effect, ("ln OR", "phi"), (a - p * q) / spread, slope, step)
}

/// The log odds ratio of a phi coefficient, with the share `p` of people in group 1 and the share `q` of people with the event.
///
/// # Errors
///
/// If phi is beyond what the shares allow, its variance not above 0, or a share not strictly between 0 and 1.
pub fn phi_to_log_odds_ratio(effect: Effect, p: f64, q: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let phi = check::inner_correlation("phi", effect.yi)?;
    let (p, q) = shares(p, q)?;
    let spread = (p * (1.0 - p) * q * (1.0 - q)).sqrt();
    let a = p * q + phi * spread;
    let (low, high) = ((p + q - 1.0).max(0.0), p.min(q));
    if !(a > low && a < high) {
        return Err(Error::data(
            format!("phi is {phi}"),
            format!(
                "with shares {p} and {q} it lies between {} and {}",
                short((low - p * q) / spread),
                short((high - p * q) / spread)
            ),
        ));
    }
    let value = (a * (1.0 - p - q + a) / ((p - a) * (q - a))).ln();
    let step = Step::new("log odds ratio from phi", "a = pq + φ·√(p(1 - p)q(1 - q)); ln(a·d/(b·c))", BONETT)
        .from_all(&[("share of group 1", p), ("share with the event", q)]);
    delta(effect, ("phi", "ln OR"), value, 1.0 / slope(a, p, q).1, step)
}

/// The point-biserial correlation of a biserial one with the share `p` of one group, r·φ(z_p)/√(p(1 - p)): the inverse of
/// [`point_biserial_to_biserial`](super::metrics::point_biserial_to_biserial).
///
/// # Errors
///
/// If r is beyond ±1, its variance not above 0, or p not strictly between 0 and 1.
pub fn biserial_to_point_biserial(effect: Effect, p: f64) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = check::correlation("biserial correlation", effect.yi)?;
    let p = check::probability("share of one group", p)?;
    let slope = normal::pdf(normal::quantile(Tail::Lower(p))) / (p * (1.0 - p)).sqrt();
    let step = Step::new(
        "point-biserial from biserial correlation",
        "r·φ(z_p)/√(pq)",
        "Tate 1955, doi:10.1093/biomet/42.1-2.205",
    )
    .from("share of one group", p)
    .assuming_that("normal variable behind the groups");
    delta(effect, ("biserial r", "point-biserial r"), r * slope, slope, step)
}

/// The log odds ratio of a tetrachoric correlation by the inverse of Digby's approximation, (8/3)·atanh r.
///
/// # Errors
///
/// If r is not strictly between -1 and 1 or its variance not above 0.
pub fn tetrachoric_to_log_odds_ratio(effect: Effect) -> Result<Derived<Effect>> {
    let effect = checked(effect)?;
    let r = check::inner_correlation("tetrachoric correlation", effect.yi)?;
    let step = Step::new(
        "log odds ratio from a tetrachoric correlation",
        "(8/3)·atanh r",
        "Digby 1983, doi:10.2307/2531104",
    )
    .assuming_that("two normal variables cut into two categories each");
    let factor = 8.0 / 3.0;
    delta(effect, ("tetrachoric r", "ln OR"), factor * r.atanh(), factor / (1.0 - r * r), step)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::metrics;
    use super::*;
    use approx::assert_relative_eq;

    /// The table 12, 28, 9, 51: phi by its definition, and the effect measures of the crate there.
    #[test]
    fn phi_and_odds_ratio_of_one_table() {
        let (a, b, c, d): (f64, f64, f64, f64) = (12.0, 28.0, 9.0, 51.0);
        let (n, row, column) = (100.0, 40.0, 21.0);
        let phi = (a * d - b * c) / (row * 60.0 * column * 79.0_f64).sqrt();
        let effect = Effect { yi: (a * d / (b * c)).ln(), vi: 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d };
        let there = log_odds_ratio_to_phi(effect, row / n, column / n).unwrap();
        assert_relative_eq!(there.value.yi, phi, max_relative = 1e-10);
        let back = phi_to_log_odds_ratio(there.value, row / n, column / n).unwrap().value;
        assert_relative_eq!(back.yi, effect.yi, max_relative = 1e-9);
        assert_relative_eq!(back.vi, effect.vi, max_relative = 1e-9);
        // The slope by a central difference.
        let at =
            |yi: f64| log_odds_ratio_to_phi(Effect { yi, vi: 1.0 }, row / n, column / n).unwrap().value.yi;
        let slope = (at(effect.yi + 1e-5) - at(effect.yi - 1e-5)) / 2e-5;
        assert_relative_eq!(there.value.vi, slope * slope * effect.vi, max_relative = 1e-6);
    }

    #[test]
    fn inverses_of_metrics() {
        let e = Effect { yi: 0.41, vi: 0.02 };
        for derived in [
            metrics::point_biserial_to_biserial(e, 0.3).unwrap().then(|e| biserial_to_point_biserial(e, 0.3)),
            metrics::log_odds_ratio_to_tetrachoric(e).unwrap().then(tetrachoric_to_log_odds_ratio),
        ] {
            let value = derived.unwrap().value;
            assert_relative_eq!(value.yi, e.yi, max_relative = 1e-12);
            assert_relative_eq!(value.vi, e.vi, max_relative = 1e-12);
        }
    }

    #[test]
    fn what_margins_do_not_allow_is_named() {
        let error = phi_to_log_odds_ratio(Effect { yi: 0.9, vi: 0.1 }, 0.5, 0.1).unwrap_err().to_string();
        assert!(error.contains("phi is 0.9") && error.contains("between -0.333333 and 0.333333"), "{error}");
        assert!(log_odds_ratio_to_phi(Effect { yi: 0.9, vi: 0.1 }, 1.0, 0.1).is_err());
        assert!(log_odds_ratio_to_phi(Effect { yi: 800.0, vi: 0.1 }, 0.5, 0.1).is_err());
        assert!(tetrachoric_to_log_odds_ratio(Effect { yi: 1.0, vi: 0.1 }).is_err());
        assert!(biserial_to_point_biserial(Effect { yi: 1.1, vi: 0.1 }, 0.5).is_err());
    }
}
