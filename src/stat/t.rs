//! Student's t distribution.
//!
//! For inference with an estimated standard error: Hartung-Knapp intervals, prediction intervals, robust variances.
//! The density is f(x) = Γ((df+1)/2) / (√(π df) Γ(df/2)) (1 + x²/df)^(−(df+1)/2). `df` is any positive number, 1e8 and
//! infinity (the normal distribution) included.
//!
//! With W = x²/df the odds of a beta variable of parameters ½ and df/2, both tails of |X| are incomplete beta ratios
//! computed without cancellation, near 0 as well as far out.
//!
//! ```
//! use consilience::stat::{Tail, t};
//!
//! assert!((t::quantile(Tail::Upper(0.025), 12.0) - 2.178812829667229).abs() < 1e-14);
//! assert!((t::two_sided(2.178812829667229, 12.0) - 0.05).abs() < 1e-15);
//! ```

use super::kernel::beta_pair;
use super::{Tail, beta, normal, special};

fn valid(df: f64) -> bool {
    df >= 1e-100
}

/// The density at x.
pub fn pdf(x: f64, df: f64) -> f64 {
    if x.is_nan() || !valid(df) {
        return f64::NAN;
    }
    if df > 1e20 {
        return normal::pdf(x);
    }
    if x.is_infinite() {
        return 0.0;
    }
    let x = x.abs();
    let ratio = x / df.sqrt();
    let ln_1p = if ratio < 1e100 { (ratio * ratio).ln_1p() } else { 2.0 * ratio.ln() };
    let constant = special::gamma_ratio_half(0.5 * df) / (std::f64::consts::PI * df).sqrt();
    super::kernel::scaled_exp(constant, -0.5 * (df + 1.0) * ln_1p)
}

/// P(|X| ≤ |x|) and P(|X| > |x|).
fn absolute(x: f64, df: f64) -> (f64, f64) {
    let ratio = x.abs() / df.sqrt();
    if ratio > 1e150 {
        // the odds overflow; S = Γ ratio / √π · (2/df) |x/√df|^−df, the first term of the series in df/x²
        let b = 0.5 * df;
        let ln_s = -df * ratio.ln() - b.ln() - special::ln_beta(b, 0.5);
        return (-ln_s.exp_m1(), super::kernel::scaled_exp(1.0, ln_s));
    }
    let odds = ratio * ratio;
    let (inside, outside) = if odds < 1.0 {
        (odds / (1.0 + odds), 1.0 / (1.0 + odds))
    } else {
        (1.0 / (1.0 + 1.0 / odds), 1.0 / (1.0 + odds))
    };
    if inside == 0.0 && x != 0.0 {
        return (2.0 * x.abs() * pdf(0.0, df), 1.0);
    }
    beta_pair(0.5, 0.5 * df, inside, outside)
}

/// P(X ≤ x).
pub fn cdf(x: f64, df: f64) -> f64 {
    if x.is_nan() || !valid(df) {
        return f64::NAN;
    }
    if df > 1e20 {
        return normal::cdf(x);
    }
    let (inside, outside) = absolute(x, df);
    if x < 0.0 {
        0.5 * outside
    } else if outside < 0.5 {
        1.0 - 0.5 * outside
    } else {
        0.5 + 0.5 * inside
    }
}

/// P(X > x).
pub fn sf(x: f64, df: f64) -> f64 {
    cdf(-x, df)
}

/// The two-sided P value 2 P(X > |x|).
pub fn two_sided(x: f64, df: f64) -> f64 {
    if x.is_nan() || !valid(df) {
        return f64::NAN;
    }
    if df > 1e20 { normal::two_sided(x) } else { absolute(x, df).1 }
}

/// The x with the given tail probability; infinite at 0 and 1, NaN outside [0, 1].
pub fn quantile(tail: Tail, df: f64) -> f64 {
    if !valid(df) {
        return f64::NAN;
    }
    if df > 1e20 {
        return normal::quantile(tail);
    }
    match tail.smaller() {
        None => f64::NAN,
        Some(Tail::Lower(p)) => -upper_quantile(p, df),
        Some(Tail::Upper(q)) => upper_quantile(q, df),
    }
}

/// The x ≥ 0 with P(X > x) = q ≤ ½.
fn upper_quantile(q: f64, df: f64) -> f64 {
    if q == 0.0 {
        return f64::INFINITY;
    }
    if q == 0.5 {
        return 0.0;
    }
    let inner = if q > 0.25 { Tail::Lower(1.0 - 2.0 * q) } else { Tail::Upper(2.0 * q) };
    let z = normal::quantile(Tail::Upper(q));
    let odds = beta::odds_quantile(inner, 0.5, 0.5 * df, Some(z * z / df));
    if odds == f64::INFINITY {
        // S = |x/√df|^−df / (b B(b, ½)) with b = df/2
        let b = 0.5 * df;
        let ln_ratio = -((2.0 * q).ln() + b.ln() + special::ln_beta(b, 0.5)) / df;
        return (ln_ratio + 0.5 * df.ln()).exp();
    }
    odds.sqrt() * df.sqrt()
}
