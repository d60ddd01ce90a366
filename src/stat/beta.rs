//! The beta distribution.
//!
//! For proportions: Clopper-Pearson limits, beta-binomial models. The density is f(x) = x^(a−1) (1−x)^(b−1) / B(a, b)
//! on [0, 1]. Tails are the incomplete beta ratios of `cdflib`, extended to the smallest subnormal; the quantile is
//! Newton's method on the logarithm of the smaller tail as a function of the log odds. An x below 0 has cdf 0,
//! above 1 has cdf 1. Parameters may be any positive numbers; the density is known from 1e-101 to 1e101.
//!
//! ```
//! use consilience::stat::{Tail, beta};
//!
//! // the Clopper-Pearson interval of 3 events in 20
//! let lower = beta::quantile(Tail::Lower(0.025), 3.0, 18.0);
//! let upper = beta::quantile(Tail::Upper(0.025), 4.0, 17.0);
//! assert!((lower - 0.0320709371854637).abs() < 1e-15 && (upper - 0.378926826545314).abs() < 1e-14);
//! ```
//!
//! References: A. R. Didonato and A. H. Morris, Algorithm 708: significant digit computation of the incomplete beta
//! function ratios, ACM Trans. Math. Softw. 18 (1992), doi:10.1145/131766.131776.

use super::inversion::positive_quantile;
use super::kernel::{NORMAL, beta_density_over, beta_log_odds_density, beta_pair, parameter, positive};
use super::{Tail, gamma, normal, special};

fn valid(a: f64, b: f64) -> bool {
    parameter(a) && parameter(b)
}

/// The density at x.
pub fn pdf(x: f64, a: f64, b: f64) -> f64 {
    if x.is_nan() || !valid(a, b) {
        return f64::NAN;
    }
    if !(0.0..=1.0).contains(&x) {
        return 0.0;
    }
    let edge = |own: f64, other: f64| match own.partial_cmp(&1.0) {
        Some(std::cmp::Ordering::Less) => f64::INFINITY,
        Some(std::cmp::Ordering::Equal) => other,
        _ => 0.0,
    };
    if x == 0.0 {
        return edge(a, b);
    }
    if x == 1.0 {
        return edge(b, a);
    }
    let y = 1.0 - x;
    beta_density_over(a, b, x, y, x * y)
}

/// P(X ≤ x).
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    if x.is_nan() || !(positive(a) && positive(b)) {
        return f64::NAN;
    }
    let x = x.clamp(0.0, 1.0);
    beta_pair(a, b, x, 1.0 - x).0
}

/// P(X > x).
pub fn sf(x: f64, a: f64, b: f64) -> f64 {
    if x.is_nan() || !(positive(a) && positive(b)) {
        return f64::NAN;
    }
    let x = x.clamp(0.0, 1.0);
    beta_pair(a, b, x, 1.0 - x).1
}

/// The x with the given tail probability; 0 and 1 at the ends, NaN outside [0, 1].
pub fn quantile(tail: Tail, a: f64, b: f64) -> f64 {
    let odds = odds_quantile(tail, a, b, None);
    if odds == f64::INFINITY { 1.0 } else { odds / (1.0 + odds) }
}

/// The quantile of X / (1 − X).
pub(crate) fn odds_quantile(tail: Tail, a: f64, b: f64, start: Option<f64>) -> f64 {
    if !(positive(a) && positive(b)) {
        return f64::NAN;
    }
    if !valid(a, b) {
        return odds_limit(tail, a, b);
    }
    let start = start.unwrap_or_else(|| normal_odds(tail, a, b));
    // the power laws of the tails, F ≤ w^a / (a B) and S ≤ w^−b / (b B), bound the quantile
    let ln_beta = special::ln_beta(a, b);
    let start = match tail.smaller() {
        None => return f64::NAN,
        Some(Tail::Lower(p)) => start.max(((p.ln() + a.ln() + ln_beta) / a).exp()),
        Some(Tail::Upper(q)) => start.min((-(q.ln() + b.ln() + ln_beta) / b).exp()),
    };
    positive_quantile(tail, start, |w| {
        let (x, y) =
            if w < 1.0 { (w / (1.0 + w), 1.0 / (1.0 + w)) } else { (1.0 / (1.0 + 1.0 / w), 1.0 / (1.0 + w)) };
        let (p, q) = beta_pair(a, b, x, y);
        (p, q, beta_log_odds_density(a, b, x, y))
    })
}

/// [`odds_quantile`] where a parameter is next to nothing or beyond all counts, as the tails themselves go to their limits.
fn odds_limit(tail: Tail, a: f64, b: f64) -> f64 {
    let flipped = match tail {
        Tail::Lower(p) => Tail::Upper(p),
        Tail::Upper(p) => Tail::Lower(p),
    };
    let smaller = match tail.smaller() {
        None => return f64::NAN,
        Some(Tail::Lower(0.0)) => return 0.0,
        Some(Tail::Upper(0.0)) => return f64::INFINITY,
        Some(smaller) => smaller,
    };
    if a.max(b) < 1e-30 {
        let below = match tail {
            Tail::Lower(p) => p.partial_cmp(&(1.0 / (1.0 + a / b))),
            Tail::Upper(q) => (1.0 / (1.0 + b / a)).partial_cmp(&q),
        };
        return match below {
            Some(std::cmp::Ordering::Less) => 0.0,
            Some(std::cmp::Ordering::Equal) => 1.0,
            _ => f64::INFINITY,
        };
    }
    if a.min(b) > NORMAL {
        return a / b;
    }
    if b > 1e101 {
        return gamma::quantile(tail, a, 1.0) / b;
    }
    if a > 1e101 || b < 1e-101 {
        return 1.0 / odds_quantile(flipped, b, a, None);
    }
    match smaller {
        Tail::Lower(_) => 0.0,
        Tail::Upper(q) => match q / a * 1e-101 {
            q if q >= 0.5 => 0.0,
            q => odds_quantile(Tail::Upper(q), 1e-101, b, None),
        },
    }
}

/// The odds at a normal approximation of their logarithm.
fn normal_odds(tail: Tail, a: f64, b: f64) -> f64 {
    let z = normal::quantile(tail).clamp(-40.0, 40.0);
    (a / b) * (z * (1.0 / a + 1.0 / b).sqrt()).exp()
}
