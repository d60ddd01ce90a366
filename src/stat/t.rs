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

use std::cell::Cell;

use super::kernel::beta_pair;
use super::{Tail, beta, normal, quadrature, special};

/// The number of quantiles that a thread remembers.
const REMEMBERED: usize = 64;

thread_local! {
    /// Tail probability, degrees of freedom and quantile of the last calls: intervals of many fits ask for few of them.
    static KNOWN: [Cell<(f64, f64, f64)>; REMEMBERED] =
        const { [const { Cell::new((f64::NAN, f64::NAN, f64::NAN)) }; REMEMBERED] };
}

/// The smallest degrees of freedom; with fewer all probability is beyond every number, as it is with these.
const LEAST: f64 = 1e-100;

fn valid(df: f64) -> bool {
    df > 0.0
}

/// The density at x.
pub fn pdf(x: f64, df: f64) -> f64 {
    if x.is_nan() || !(df >= LEAST) {
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
    // The square of a larger ratio would overflow; 1 beside it is lost anyway.
    let ln_1p = if ratio < 1e100 { (ratio * ratio).ln_1p() } else { 2.0 * ratio.ln() };
    let constant = special::gamma_ratio_half(0.5 * df) / (std::f64::consts::PI * df).sqrt();
    super::kernel::scaled_exp(constant, -0.5 * (df + 1.0) * ln_1p)
}

/// P(|X| ≤ |x|) and P(|X| > |x|).
fn absolute(x: f64, df: f64) -> (f64, f64) {
    let df = df.max(LEAST);
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

/// The logarithm of the two-sided P value, also where the P value itself underflows.
///
/// There, P = I_s(df/2, ½) with s = df / (df + x²) small, by the series of the incomplete beta function
/// s^a (1 - s)^½ / (a B(a, ½)) · Σ (a + ½)ₙ / (a + 1)ₙ sⁿ (DLMF 8.17.8), whose terms fall faster than sⁿ.
pub fn ln_two_sided(x: f64, df: f64) -> f64 {
    let direct = two_sided(x, df);
    let df = df.max(LEAST);
    // Above this P value nothing of its digits is lost to subnormal numbers.
    if !(direct < 1e-290) || df > 1e20 {
        return if df > 1e20 { normal::ln_two_sided(x) } else { direct.ln() };
    }
    if x.is_infinite() {
        return f64::NEG_INFINITY;
    }
    let a = 0.5 * df;
    let square = x * x;
    let ln_s = if square.is_finite() { -(square / df).ln_1p() } else { df.ln() - 2.0 * x.abs().ln() };
    if df > MANY {
        return ln_far_tail(x.abs(), df, -ln_s);
    }
    let s = ln_s.exp();
    let (mut term, mut sum, mut n) = (1.0, 1.0, 0.0);
    while term > f64::EPSILON * sum {
        term *= (a + 0.5 + n) / (a + 1.0 + n) * s;
        sum += term;
        n += 1.0;
    }
    a * ln_s + 0.5 * (-s).ln_1p() - a.ln() - special::ln_beta(a, 0.5) + sum.ln()
}

/// Degrees of freedom above which the series of the far tail would need too many terms: 36 / (1 - s), that is 36 df / x² near 0.
const MANY: f64 = 1e6;

/// ln P(|T| > x) far out in the tail: the density times ∫ exp(h(v)) dv / λ, with λ the slope of its logarithm at x and h(v) the fall of
/// the logarithm over v / λ, which is nearly -v; `l` is ln(1 + x²/df).
fn ln_far_tail(x: f64, df: f64, l: f64) -> f64 {
    /// exp(-60) of the integral lies beyond.
    const END: f64 = 60.0;
    let n = df + 1.0;
    let curvature = 1.0 + (df / x) / x;
    let fall = |v: f64| (-0.5 * n * (2.0 * v / n + curvature * (v / n) * (v / n)).ln_1p()).exp();
    let integral = quadrature::adaptive(fall, 0.0, END, 1e-14);
    let density = -special::ln_beta(0.5 * df, 0.5) - (0.5 * n - 1.0) * l;
    std::f64::consts::LN_2 + density + 0.5 * df.ln() - n.ln() - x.ln() + integral.ln()
}

/// The x with the given tail probability; infinite at 0 and 1, NaN outside [0, 1].
pub fn quantile(tail: Tail, df: f64) -> f64 {
    if !valid(df) {
        return f64::NAN;
    }
    if df > 1e20 {
        return normal::quantile(tail);
    }
    let df = df.max(LEAST);
    match tail.smaller() {
        None => f64::NAN,
        Some(Tail::Lower(p)) => -remembered(p, df),
        Some(Tail::Upper(q)) => remembered(q, df),
    }
}

/// [`upper_quantile`], computed once for arguments that come again.
fn remembered(q: f64, df: f64) -> f64 {
    // the upper six bits of a multiplicative hash (Knuth 1998, The Art of Computer Programming 3, section 6.4)
    let hash = (q.to_bits() ^ df.to_bits().rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58;
    KNOWN.with(|known| {
        let Some(cell) = known.get(hash as usize) else { return upper_quantile(q, df) };
        let (known_q, known_df, x) = cell.get();
        if known_q == q && known_df == df {
            return x;
        }
        let x = upper_quantile(q, df);
        cell.set((q, df, x));
        x
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The regularised incomplete beta function by mpmath 1.3 with 40 digits.
    #[test]
    fn logarithms_of_p_values_far_below_the_smallest_number() {
        for (x, df, expected) in [
            (1e80, 4.0, -735.035_470_288_866_6),
            (50.0, 400.0, -399.348_630_013_340_8),
            (1e4, 100.0, -693.306_453_811_97),
            (1e200, 2.5, -1_150.928_820_861_017_4),
            (-3.0, 5.0, -3.503_255_094_334_745_5),
            (60.0, 1000.0, -766.585_786_542_521_3),
            // the integral of the density beyond, with 60 digits
            (50.0, 1e7, -1_253.981_865_036_187_4),
            (1e3, 1e9, -499_757.299_589_648_3),
            (40.0, 1e15, -803.915_294_832_553),
            (1e200, 1e8, -45_130_667_832.119_43),
            (100.0, 2e6, -4_992.370_078_906_863),
        ] {
            let got = ln_two_sided(x, df);
            assert!((got - expected).abs() < 1e-12 * expected.abs(), "t({df}) at {x}: {got}, not {expected}");
        }
        assert!((normal::ln_two_sided(-50.0) + 1_254.138_213_958_86).abs() < 1e-10);
    }
}
