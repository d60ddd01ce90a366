//! Incomplete gamma and beta ratios, both tails at once, total on their domains and down to the smallest subnormal.
//!
//! The kernel is `cdflib` (Didonato and Morris 1986, 1992). Around it: arguments that it refuses or loops on are
//! answered by their limits, and tails that it flushes to zero (below about 1e-304) are summed here with the
//! logarithm of the prefactor, from the continued fraction of the tail.
//!
//! References: A. R. Didonato and A. H. Morris, Computation of the incomplete gamma function ratios and their inverse,
//! ACM Trans. Math. Softw. 12 (1986), doi:10.1145/22721.23109; the same, Algorithm 708: significant digit computation
//! of the incomplete beta function ratios, ACM Trans. Math. Softw. 18 (1992), doi:10.1145/131766.131776;
//! C. Loader, Fast and accurate computation of binomial probabilities (2000).

use cdflib::special as cdf;

use super::{normal, special};

/// Below this a tail of the gamma distribution is recomputed here, where cdflib loses digits at large shapes.
const GAMMA_FAR: f64 = 1e-60;

/// Below this a tail of the beta distribution is recomputed here, with a prefactor that does not underflow.
const BETA_FAR: f64 = 1e-290;

/// The smallest and the largest parameter that the expansions are made for; beyond them the limits hold to the last digit.
const LEAST: f64 = 1e-101;
const MOST: f64 = 1e101;

/// Beyond this a gamma variable has the normal distribution, to the last digit of every tail.
pub(crate) const NORMAL: f64 = 1e40;

/// Tells whether a parameter is in the domain of the expansions.
pub(crate) fn parameter(x: f64) -> bool {
    (LEAST..=MOST).contains(&x)
}

/// Tells whether a parameter is a positive number.
pub(crate) fn positive(x: f64) -> bool {
    x > 0.0 && x < f64::INFINITY
}

/// Half the degrees of freedom, never 0; NaN unless they are positive.
pub(crate) fn half(df: f64) -> f64 {
    if df > 0.0 { (0.5 * df).max(5e-324) } else { f64::NAN }
}

/// x − ln(1 + x) for −½ ≤ x ≤ 1, without cancellation.
fn x_minus_ln_1p(x: f64) -> f64 {
    // ln(1 + x) = 2 atanh r with r = x / (2 + x), and x − 2r = x r
    let r = x / (2.0 + x);
    let t = r * r;
    let (mut sum, mut k) = (0.0, 37.0);
    while k > 2.0 {
        sum = sum * t + 1.0 / k;
        k -= 2.0;
    }
    x * r - 2.0 * r * t * sum
}

/// The deviance x ln(x/m) + m − x ≥ 0 of a Poisson count.
pub(crate) fn poisson_deviance(x: f64, m: f64) -> f64 {
    if x == 0.0 {
        return m;
    }
    let e = (m - x) / x;
    if (-0.5..=1.0).contains(&e) {
        return x * x_minus_ln_1p(e);
    }
    let ratio = x / m;
    let ln = if ratio < f64::INFINITY { ratio.ln() } else { x.ln() - m.ln() };
    x * ln + (m - x)
}

/// The remainder of Stirling's series, ln Γ(a) − (a − ½) ln a + a − ½ ln 2π.
pub(crate) fn stirling_remainder(a: f64) -> f64 {
    const HALF_LN_2PI: f64 = 0.918_938_533_204_672_741_78;
    if a < 10.0 {
        return special::ln_gamma(a) - ((a - 0.5) * a.ln() - a + HALF_LN_2PI);
    }
    let t = (1.0 / a) * (1.0 / a);
    let series = 1.0 / 12.0
        - t * (1.0 / 360.0
            - t * (1.0 / 1260.0
                - t * (1.0 / 1680.0 - t * (1.0 / 1188.0 - t * (691.0 / 360_360.0 - t / 156.0)))));
    series / a
}

/// exp(x) without losing digits of subnormal results: `scale * exp(x)`.
pub(crate) fn scaled_exp(scale: f64, x: f64) -> f64 {
    if x > -690.0 {
        return scale * x.exp();
    }
    let half = (0.5 * x).exp();
    (scale * half) * half
}

/// x^a e^−x / Γ(a) as (scale, exponent).
fn gamma_prefactor(a: f64, x: f64) -> (f64, f64) {
    if a < 10.0 {
        return (1.0, a * x.ln() - x - special::ln_gamma(a));
    }
    // -deviance has the exponent, the square root and Stirling's remainder the scale
    ((a / std::f64::consts::TAU).sqrt(), -poisson_deviance(a, x) - stirling_remainder(a))
}

/// x^a e^−x / Γ(a), the density of ln X for a gamma variable X of shape a.
pub(crate) fn gamma_log_density(a: f64, x: f64) -> f64 {
    if x == 0.0 || x == f64::INFINITY {
        return 0.0;
    }
    let (scale, exponent) = gamma_prefactor(a, x);
    scaled_exp(scale, exponent)
}

/// x^(a−1) e^−x / Γ(a) for x > 0.
pub(crate) fn gamma_density(a: f64, x: f64) -> f64 {
    if x == f64::INFINITY {
        return 0.0;
    }
    let (scale, exponent) = gamma_prefactor(a, x);
    over(scale, exponent, x)
}

/// scale · exp(exponent) / d, where the product alone could underflow.
fn over(scale: f64, exponent: f64, d: f64) -> f64 {
    // What has underflowed is not brought back by the division.
    if d < 1e-10 { scaled_exp(scale, exponent - d.ln()) } else { scaled_exp(scale, exponent) / d }
}

/// P(a, x) and Q(a, x) for a > 0 and x ≥ 0.
pub(crate) fn gamma_pair(a: f64, x: f64) -> (f64, f64) {
    if a.is_nan() || x.is_nan() || a <= 0.0 || x < 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    if a == f64::INFINITY {
        return (0.0, 1.0);
    }
    if x < 1e-150 && a < 1.0 {
        // the first term of the series; cdflib looks at a * x, which may underflow
        let ln_p = a * x.ln() - special::ln_gamma_1p(a);
        return (scaled_exp(1.0, ln_p), -ln_p.exp_m1());
    }
    if a < LEAST {
        // Nearly all mass is at 0, and the little that is not is proportional to the shape.
        return (1.0, gamma_pair(LEAST, x).1 * (a / LEAST));
    }
    if a > NORMAL {
        let z = (x - a) / a.sqrt();
        return (normal::cdf(z), normal::sf(z));
    }
    let Ok((p, q)) = cdf::try_gamma_inc(a, x) else {
        let z = (x - a) / a.sqrt(); // shapes beyond 1e28 only
        return (normal::cdf(z), normal::sf(z));
    };
    if a > 1e8 {
        return (p, q); // the expansions below would need too many terms
    }
    if p < GAMMA_FAR && x < a {
        return (gamma_far_lower(a, x), q);
    }
    if q < GAMMA_FAR && x > a {
        return (p, gamma_far_upper(a, x));
    }
    (p, q)
}

/// The series P = x^a e^−x / Γ(a + 1) (1 + x/(a+1) + ...), for x well below a.
fn gamma_far_lower(a: f64, x: f64) -> f64 {
    let (scale, exponent) = gamma_prefactor(a, x);
    let (mut term, mut sum, mut n) = (1.0, 1.0, a);
    for _ in 0..100_000 {
        n += 1.0;
        term *= x / n;
        sum += term;
        // Below half a unit in the last place of the sum.
        if term < 1e-17 * sum {
            break;
        }
    }
    scaled_exp(scale * sum / a, exponent)
}

/// Legendre's continued fraction of Q by the modified Lentz method, for x well above a.
fn gamma_far_upper(a: f64, x: f64) -> f64 {
    let (scale, exponent) = gamma_prefactor(a, x);
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..100_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / nonzero(an * d + b);
        c = nonzero(b + an / c);
        let change = d * c;
        h *= change;
        if (change - 1.0).abs() < 2e-16 {
            break;
        }
    }
    scaled_exp(scale * h, exponent)
}

fn nonzero(x: f64) -> f64 {
    // Lentz's method may not divide by 0; any number far below the fraction will do.
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// x^a y^b / B(a, b) as (scale, exponent), x + y = 1.
fn beta_prefactor(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let (ln_x, ln_y) = if x < y { (x.ln(), (-x).ln_1p()) } else { ((-y).ln_1p(), y.ln()) };
    if a.min(b) < 8.0 {
        return (1.0, a * ln_x + b * ln_y - special::ln_beta(a, b));
    }
    let n = a + b;
    let lambda = a * y - b * x; // a - n x, without cancellation when x or y is small
    let e = -lambda / a;
    let u = if (-0.5..=1.0).contains(&e) { x_minus_ln_1p(e) } else { e - ln_x + (a / n).ln() };
    let e = lambda / b;
    let v = if (-0.5..=1.0).contains(&e) { x_minus_ln_1p(e) } else { e - ln_y + (b / n).ln() };
    let correction = stirling_remainder(n) - stirling_remainder(a) - stirling_remainder(b);
    (((a / n) * b / std::f64::consts::TAU).sqrt(), correction - (a * u + b * v))
}

/// x^a y^b / B(a, b), the density of the log odds of a beta variable; x + y = 1.
pub(crate) fn beta_log_odds_density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x == 0.0 || y == 0.0 {
        return 0.0;
    }
    let (scale, exponent) = beta_prefactor(a, b, x, y);
    scaled_exp(scale, exponent)
}

/// x^a y^b / B(a, b) / d, for the density of a function of the odds with respect to d times itself.
pub(crate) fn beta_density_over(a: f64, b: f64, x: f64, y: f64, d: f64) -> f64 {
    if x == 0.0 || y == 0.0 {
        return 0.0;
    }
    let (scale, exponent) = beta_prefactor(a, b, x, y);
    over(scale, exponent, d)
}

/// I_x(a, b) and 1 − I_x(a, b) for a, b > 0, with y = 1 − x given by the caller, who knows the smaller of the two.
pub(crate) fn beta_pair(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if a.is_nan() || b.is_nan() || a <= 0.0 || b <= 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    if y == 0.0 {
        return (1.0, 0.0);
    }
    if !(parameter(a) && parameter(b)) {
        return beta_limit(a, b, x, y);
    }
    // Near the smallest doubles only the leading power is left, which has all digits there.
    if x < 1e-290 && x * b < 1e-18 {
        return beta_edge(a, b, x);
    }
    if y < 1e-290 && y * a < 1e-18 {
        let (q, p) = beta_edge(b, a, y);
        return (p, q);
    }
    let Ok((p, q)) = cdf::try_beta_inc(a, b, x, y) else {
        return (f64::NAN, f64::NAN); // x outside [0, 1] or x + y unequal 1
    };
    let mean = a / (a + b);
    if p < BETA_FAR && x < mean {
        return (beta_far(a, b, x, y), q);
    }
    if q < BETA_FAR && x > mean {
        return (p, beta_far(b, a, y, x));
    }
    (p, q)
}

/// [`beta_pair`] where a parameter is next to nothing or beyond all counts.
fn beta_limit(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if a.max(b) < 1e-30 {
        // The mass is at the ends, shared by the parameters.
        return (1.0 / (1.0 + a / b), 1.0 / (1.0 + b / a));
    }
    if a.min(b) > NORMAL {
        // The log odds are normal.
        let z = ((x / y).ln() - (a.ln() - b.ln())) / (1.0 / a + 1.0 / b).sqrt();
        return (normal::cdf(z), normal::sf(z));
    }
    // A gamma variable over the other, which is its parameter to the last digit.
    if b > MOST {
        return gamma_pair(a, b * (x / y));
    }
    if a > MOST {
        let (q, p) = gamma_pair(b, a * (y / x));
        return (p, q);
    }
    // Nearly all mass is at one end, and the little that is not is proportional to the parameter.
    if a < LEAST {
        return (1.0, beta_pair(LEAST, b, x, y).1 * (a / LEAST));
    }
    (beta_pair(a, LEAST, x, y).0 * (b / LEAST), 1.0)
}

/// The first term x^a / (a B(a, b)), all that is left of the series when x is next to nothing.
fn beta_edge(a: f64, b: f64, x: f64) -> (f64, f64) {
    // a B(a, b) = Γ(a + 1) Γ(b) / Γ(a + b)
    let ln_ab = if a < 1e-8 {
        // ln Γ(1 + a) + ln Γ(b) − ln Γ(a + b) to first order in a
        a * (special::digamma(1.0) - special::digamma(b))
    } else {
        a.ln() + special::ln_beta(a, b)
    };
    let ln_p = a * x.ln() - ln_ab;
    if ln_p >= 0.0 {
        return (1.0, 0.0);
    }
    (scaled_exp(1.0, ln_p), -ln_p.exp_m1())
}

/// Didonato and Morris's continued fraction of I_x(a, b), for x well below a / (a + b).
fn beta_far(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let (scale, exponent) = beta_prefactor(a, b, x, y);
    let lambda = a * y - b * x;
    let denominator = |n: f64| {
        n + n * (b - n) * x / (a + 2.0 * n - 1.0)
            + (a + n) / (a + 2.0 * n + 1.0) * (lambda + 1.0 + n * (1.0 + y))
    };
    let first = nonzero(a / (a + 1.0) * (lambda + 1.0));
    let (mut c, mut d, mut h) = (first, 0.0, first);
    for n in 1..100_000 {
        let n = f64::from(n);
        let m = a + 2.0 * n - 1.0;
        let numerator = (a + n - 1.0) / m * ((a + b + n - 1.0) / m) * n * (b - n) * x * x;
        let b_n = denominator(n);
        d = 1.0 / nonzero(b_n + numerator * d);
        c = nonzero(b_n + numerator / c);
        let change = d * c;
        h *= change;
        if (change - 1.0).abs() < 2e-16 {
            break;
        }
    }
    scaled_exp(scale / h, exponent)
}
