//! The F distribution.
//!
//! For tests of several coefficients with a scale estimated on df2 degrees of freedom. X = (df2/df1) W with W the odds
//! of a beta variable of parameters df1/2 and df2/2. df2 may be infinite, then df1 · X is chi-square; degrees of
//! freedom may be any positive numbers. An x below 0 has cdf 0 and sf 1.
//!
//! ```
//! use consilience::stat::{Tail, f};
//!
//! assert!((f::quantile(Tail::Upper(0.05), 2.0, 10.0) - 4.102821015130401).abs() < 1e-14);
//! ```

use super::kernel::{NORMAL, beta_density_over, beta_pair, half, parameter, positive};
use super::{Tail, beta, chi2, normal};

/// Beyond this df2 is infinite for all purposes.
const LARGE: f64 = 1e20;

fn valid(df1: f64, df2: f64) -> bool {
    parameter(df1) && df2 >= 1e-100
}

/// The beta variable df1 x / (df2 + df1 x) and its complement.
pub(crate) fn split(x: f64, df1: f64, df2: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    // Odds beyond the numbers are as large or small as one can be, so that the rest is not nothing.
    let odds = (x * (df1 / df2)).clamp(5e-324, f64::MAX);
    if odds < 1.0 {
        (odds / (1.0 + odds), 1.0 / (1.0 + odds))
    } else {
        (1.0 / (1.0 + 1.0 / odds), 1.0 / (1.0 + odds))
    }
}

/// The density at x.
pub fn pdf(x: f64, df1: f64, df2: f64) -> f64 {
    if x.is_nan() || !valid(df1, df2) {
        return f64::NAN;
    }
    if df2 > LARGE {
        return df1 * chi2::pdf(df1 * x, df1);
    }
    if x < 0.0 || x == f64::INFINITY {
        return 0.0;
    }
    if x == 0.0 {
        return match df1.partial_cmp(&2.0) {
            Some(std::cmp::Ordering::Less) => f64::INFINITY,
            Some(std::cmp::Ordering::Equal) => 1.0,
            _ => 0.0,
        };
    }
    let (u, v) = split(x, df1, df2);
    beta_density_over(0.5 * df1, 0.5 * df2, u, v, x)
}

/// P(X ≤ x).
pub fn cdf(x: f64, df1: f64, df2: f64) -> f64 {
    if x.is_nan() || !(positive(df1) && df2 > 0.0) { f64::NAN } else { tails(x, df1, df2).0 }
}

/// P(X > x).
pub fn sf(x: f64, df1: f64, df2: f64) -> f64 {
    if x.is_nan() || !(positive(df1) && df2 > 0.0) { f64::NAN } else { tails(x, df1, df2).1 }
}

/// Both tails.
fn tails(x: f64, df1: f64, df2: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    if df1 > NORMAL && df2 > NORMAL && df2 < f64::INFINITY {
        let z = x.ln() / (2.0 / df1 + 2.0 / df2).sqrt();
        return (normal::cdf(z), normal::sf(z));
    }
    if df2 > LARGE {
        return (chi2::cdf(df1 * x, df1), chi2::sf(df1 * x, df1));
    }
    if df1 > NORMAL {
        return (chi2::sf(df2 / x, df2), chi2::cdf(df2 / x, df2));
    }
    let (u, v) = split(x, df1, df2);
    beta_pair(half(df1), half(df2), u, v)
}

/// The x with the given tail probability; 0 and infinity at the ends, NaN outside [0, 1].
pub fn quantile(tail: Tail, df1: f64, df2: f64) -> f64 {
    if !(positive(df1) && df2 > 0.0) {
        return f64::NAN;
    }
    if df1 > NORMAL && df2 > NORMAL {
        return match tail.smaller() {
            None => f64::NAN,
            Some(Tail::Lower(0.0)) => 0.0,
            Some(Tail::Upper(0.0)) => f64::INFINITY,
            Some(_) => 1.0,
        };
    }
    if df2 > LARGE {
        return chi2::quantile(tail, df1) / df1;
    }
    let ratio = df2 / df1;
    let odds = beta::odds_quantile(tail, half(df1), half(df2), None);
    if odds == f64::INFINITY {
        return odds; // beyond the numbers, however small the ratio
    }
    if ratio.is_normal() { odds * ratio } else { odds * df2 / df1 }
}
