//! Special functions: the gamma function and its relatives, the error function, one hypergeometric function.
//!
//! Arguments are real and, unless said otherwise, positive. Kernel: `cdflib` (Cody's and Didonato and Morris's
//! approximations); ratios that effect sizes need are computed as ratios, never as differences of logarithms.
//!
//! ```
//! use consilience::stat::special;
//!
//! // the exact small-sample factor of Hedges' g on 10 degrees of freedom
//! let j = special::gamma_ratio_half(4.5) / 5.0_f64.sqrt();
//! assert!((j - 0.9227456).abs() < 1e-6);
//! ```
//!
//! References: W. J. Cody, A. J. Strecok and H. C. Thacher, Chebyshev approximations for the psi function,
//! Math. Comp. 27 (1973), doi:10.1090/S0025-5718-1973-0319331-9; L. N. Trefethen and J. A. C. Weideman,
//! The exponentially convergent trapezoidal rule, SIAM Rev. 56 (2014), doi:10.1137/130932132.

use cdflib::special as cdf;

use super::normal;

/// ln Γ(x) for x > 0; infinite at 0 and infinity.
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        f64::NAN
    } else if x == 0.0 || x == f64::INFINITY {
        f64::INFINITY
    } else {
        cdf::gamma_log(x)
    }
}

/// ln Γ(1 + x) for x > −1, accurate for small x.
pub(crate) fn ln_gamma_1p(x: f64) -> f64 {
    if x.abs() >= 0.2 {
        return ln_gamma(1.0 + x);
    }
    // −ln(1 + x) + (1 − γ) x + Σ (ζ(k) − 1) (−x)^k / k
    const ONE_MINUS_EULER: f64 = 0.422_784_335_098_467_139_39;
    const ZETA: [f64; 15] = [
        0.322467033424113218,
        0.0673523010531980951,
        0.0205808084277845479,
        0.00738555102867398527,
        0.00289051033074152329,
        0.00119275391170326098,
        0.000509669524743042422,
        0.00022315475845357938,
        0.0000994575127818085337,
        0.0000449262367381331417,
        0.0000205072127756706916,
        9.4394882752683959e-6,
        4.3748667899074878e-6,
        2.03921575380136624e-6,
        9.55141213040741983e-7,
    ];
    let series = ZETA.iter().rev().fold(0.0, |sum, c| c - sum * x);
    x * (ONE_MINUS_EULER + x * series) - x.ln_1p()
}

/// The digamma function ψ(x) = d ln Γ(x) / dx; NaN at its poles 0, −1, −2, ...
pub fn digamma(x: f64) -> f64 {
    // the positive zero, in two parts, and the Taylor coefficients there
    const ZERO: f64 = 1.4616321449683622;
    const ZERO_REST: f64 = 9.54999542996569772e-17;
    const TAYLOR: [f64; 13] = [
        0.96767224544762117,
        -0.442763168983592106,
        0.258499760955651011,
        -0.163942705442406528,
        0.107824050691262366,
        -0.0721995612564547109,
        0.0488042881641431072,
        -0.0331611264748473593,
        0.0225976482322181047,
        -0.0154247659049489591,
        0.0105387916166121754,
        -0.00720453438635686824,
        0.00492678139572985345,
    ];
    let h = (x - ZERO) - ZERO_REST;
    if h.abs() < 0.02 {
        return h * TAYLOR.iter().rev().fold(0.0, |sum, c| sum * h + c);
    }
    if x > 1e8 {
        return x.ln() - 0.5 / x;
    }
    cdf::try_psi(x).unwrap_or(f64::NAN)
}

/// The trigamma function ψ′(x) = d² ln Γ(x) / dx² for x > 0.
pub fn trigamma(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::INFINITY;
    }
    if x > 1e150 {
        return 1.0 / x;
    }
    let mut z = x;
    let mut sum = 0.0;
    while z < 12.0 {
        sum += 1.0 / (z * z);
        z += 1.0;
    }
    // 1/z + 1/(2z²) + Σ B_2k / z^(2k+1)
    let t = 1.0 / (z * z);
    let bernoulli = [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
    let series = bernoulli.iter().rev().fold(0.0, |s, b| s * t + b);
    sum + (1.0 / z + 0.5 * t + series * t / z)
}

/// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b) for a, b > 0.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() || a < 0.0 || b < 0.0 {
        f64::NAN
    } else if a == 0.0 || b == 0.0 {
        f64::INFINITY
    } else if a == f64::INFINITY || b == f64::INFINITY {
        f64::NEG_INFINITY
    } else {
        cdf::beta_log(a, b)
    }
}

/// ln of the binomial coefficient n over k, for 0 ≤ k ≤ n (which need not be integers).
pub fn ln_choose(n: f64, k: f64) -> f64 {
    if !(0.0..f64::INFINITY).contains(&n) || !(0.0..=n).contains(&k) {
        return f64::NAN;
    }
    let k = k.min(n - k);
    if k == 0.0 {
        0.0
    } else if k == 1.0 {
        n.ln()
    } else {
        -(n + 1.0).ln() - ln_beta(n - k + 1.0, k + 1.0)
    }
}

/// Γ(x + ½) / Γ(x) for x ≥ 0.
///
/// The exact small-sample factor of a standardized mean difference on m degrees of freedom is
/// J(m) = Γ(m/2) / (√(m/2) Γ((m−1)/2)) = `gamma_ratio_half((m − 1)/2) / (m/2).sqrt()`.
pub fn gamma_ratio_half(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == f64::INFINITY {
        return x;
    }
    // up to where the asymptotic series is exact: r(x) = r(x + 1) x / (x + ½)
    let (mut z, mut factor) = (x, 1.0);
    while z < 16.0 {
        factor *= z / (z + 0.5);
        z += 1.0;
    }
    factor * z.sqrt() * ln_ratio_series(z).exp()
}

/// ln(Γ(x + ½) / Γ(x)) for x > 0.
pub fn ln_gamma_ratio_half(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        f64::NAN
    } else if x < 16.0 {
        gamma_ratio_half(x).ln()
    } else {
        0.5 * x.ln() + ln_ratio_series(x)
    }
}

/// ln(Γ(z + ½) / (√z Γ(z))) for z ≥ 16.
fn ln_ratio_series(z: f64) -> f64 {
    let t = 1.0 / (z * z);
    let coefficients = [
        -1.0 / 8.0,
        1.0 / 192.0,
        -1.0 / 640.0,
        17.0 / 14_336.0,
        -31.0 / 18_432.0,
        691.0 / 180_224.0,
        -5461.0 / 425_984.0,
    ];
    coefficients.iter().rev().fold(0.0, |s, c| s * t + c) / z
}

/// The error function.
pub fn erf(x: f64) -> f64 {
    if x.is_nan() { f64::NAN } else { cdf::error_f(x.clamp(-30.0, 30.0)) }
}

/// The complementary error function 1 − erf(x), accurate in its far tail.
pub fn erfc(x: f64) -> f64 {
    if x.is_nan() {
        f64::NAN
    } else if x > 26.0 {
        normal::erfc_far(x)
    } else {
        cdf::error_fc(x.max(-30.0))
    }
}

/// The hypergeometric function ₂F₁(½, ½; c; z) for c ≥ ½ and 0 ≤ z < 1 (z = 1 where c > 1).
///
/// The unbiased correlation of Olkin and Pratt is r · ₂F₁(½, ½; (n − 2)/2; 1 − r²). The power series where it
/// converges quickly, Euler's integral by the trapezoidal rule elsewhere. Reference: I. Olkin and
/// J. W. Pratt, Unbiased estimation of certain correlation coefficients, Ann. Math. Statist. 29 (1958),
/// doi:10.1214/aoms/1177706717.
pub fn hypergeometric_half_half(c: f64, z: f64) -> f64 {
    if c.is_nan() || c < 0.5 || !(0.0..=1.0).contains(&z) {
        return f64::NAN;
    }
    if c == 0.5 {
        return 1.0 / (1.0 - z).sqrt();
    }
    if z == 1.0 {
        // Gauss: Γ(c) Γ(c − 1) / Γ(c − ½)², infinite for c ≤ 1
        return if c > 1.0 { gamma_ratio_half(c - 0.5) / gamma_ratio_half(c - 1.0) } else { f64::INFINITY };
    }
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 0..60 {
        let n = f64::from(n);
        term *= (n + 0.5) * (n + 0.5) / ((n + c) * (n + 1.0)) * z;
        sum += term;
        if term < 1e-17 * sum {
            return sum;
        }
    }
    // ∫ t^(−½) (1−t)^(c−3/2) (1−zt)^(−½) dt / B(½, c−½) with t = 1 / (1 + e^−w): the integrand in w is analytic in the
    // strip |Im w| < π and decays exponentially, so the trapezoidal rule converges geometrically
    let step = 0.25;
    let points = |rate: f64| (40.0 / (rate * step)).min(1e6) as i32;
    let mut integral = 0.0;
    for i in -points(0.5)..=points(c - 0.5) + 160 {
        let w = step * f64::from(i);
        let (ln_t, ln_rest) = (-(-w).exp().ln_1p(), -w.exp().ln_1p());
        // beyond the range of exp the logarithm of 1 + e^w is w
        let ln_t = if w < -700.0 { w } else { ln_t };
        let ln_rest = if w > 700.0 { -w } else { ln_rest };
        integral += (0.5 * ln_t + (c - 0.5) * ln_rest).exp() / ((1.0 - z) + z * ln_rest.exp()).sqrt();
    }
    // 1 / B(½, c − ½) = Γ(c) / (√π Γ(c − ½))
    integral * step / std::f64::consts::PI.sqrt() * gamma_ratio_half(c - 0.5)
}
