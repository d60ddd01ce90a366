//! Quadratic forms in normal variables: Q = Σ λᵢ Zᵢ² with λᵢ ≥ 0 and Zᵢ independent standard normal.
//!
//! For the exact distribution of Cochran's Q and of generalized Q statistics under heterogeneity. With the cumulant
//! generating function K(s) = −½ Σ ln(1 − 2 s λᵢ), P(Q > q) = (1/2πi) ∫ exp(K(s) − s q) / s ds along any path from below
//! to above that crosses the real axis between 0 and 1/(2 max λ), and P(Q ≤ q) is minus that integral along one that
//! crosses it left of 0.
//!
//! The path is a parabola through the saddle point of the integrand that follows the direction of steepest descent to
//! third order. On it the integrand neither oscillates nor cancels and falls off like a normal density, so that the
//! trapezoidal rule converges geometrically; its step is halved until the result stands. Equal and nearly equal weights
//! are no special case, and both tails keep their relative accuracy: 1e-13 down to 1e-300 in the tables of the tests.
//!
//! Weights that are rounding errors of a zero eigenvalue (below 1e-14 of the largest in size) are left out.
//!
//! ```
//! use consilience::stat::{chi2, quadratic_form};
//!
//! // equal weights: a scaled chi-square
//! let p = quadratic_form::sf(10.0, &[2.0, 2.0, 2.0]);
//! assert!((p / chi2::sf(5.0, 3.0) - 1.0).abs() < 1e-13);
//! // Imhof (1961), table 1: P(0.6 χ²₁ + 0.3 χ²₁ + 0.1 χ²₁ > 2) = 0.1240
//! assert!((quadratic_form::sf(2.0, &[0.6, 0.3, 0.1]) - 0.1240).abs() < 5e-5);
//! ```
//!
//! References: J. P. Imhof, Computing the distribution of quadratic forms in normal variables, Biometrika 48 (1961),
//! doi:10.1093/biomet/48.3-4.419; R. B. Davies, Algorithm AS 155: the distribution of a linear combination of χ² random
//! variables, Appl. Stat. 29 (1980), doi:10.2307/2346911; S. O. Rice, Distribution of quadratic forms in normal random
//! variables, SIAM J. Sci. Stat. Comput. 1 (1980), doi:10.1137/0901032; L. N. Trefethen and J. A. C. Weideman, The
//! exponentially convergent trapezoidal rule, SIAM Rev. 56 (2014), doi:10.1137/130932132.

use std::f64::consts::{PI, TAU};

use super::kernel::scaled_exp;

/// P(Q ≤ q) for the weights `lambda`.
///
/// NaN if a weight is negative or not finite. Without weights Q is 0.
pub fn cdf(q: f64, lambda: &[f64]) -> f64 {
    tail(q, lambda, Side::Lower)
}

/// P(Q > q) for the weights `lambda`.
///
/// NaN if a weight is negative or not finite. Without weights Q is 0.
pub fn sf(q: f64, lambda: &[f64]) -> f64 {
    tail(q, lambda, Side::Upper)
}

/// A ratio to the largest weight that is small beside every weight.
const TINY: f64 = 1e-60;

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Lower,
    Upper,
}

fn tail(q: f64, lambda: &[f64], side: Side) -> f64 {
    let largest = lambda.iter().copied().fold(0.0_f64, f64::max);
    // A coefficient so small moves no digit of the probability that is computed.
    let negligible = 1e-14 * largest;
    if q.is_nan() || !lambda.iter().all(|l| l.is_finite() && *l >= -negligible) {
        return f64::NAN;
    }
    let (none, all) = if side == Side::Lower { (0.0, 1.0) } else { (1.0, 0.0) };
    if q < 0.0 || (q == 0.0 && largest > 0.0) {
        return none;
    }
    if q == f64::INFINITY || largest == 0.0 {
        return all;
    }
    let form = Form { lambda, largest, negligible, q: q / largest };
    let mean = form.weights().sum::<f64>();
    let n = form.weights().count() as f64;
    if 0.25 * form.q > 0.35 * n + 750.0 {
        return all; // by Chernoff's bound at s = 1/4 the upper tail is below the smallest double
    }
    if form.q < TINY {
        // only the leading power of q is left
        let value =
            Form { q: TINY, ..form }.saddle_integral(Side::Lower) * (0.5 * n * (form.q / TINY).ln()).exp();
        return if side == Side::Lower { value } else { 1.0 - value };
    }
    // the tail on q's own side of the mean is the smaller one; the other is its complement
    let own = if form.q < mean { Side::Lower } else { Side::Upper };
    let value = form.saddle_integral(own).clamp(0.0, 1.0);
    if own == side { value } else { 1.0 - value }
}

/// The form scaled to a largest weight of 1.
struct Form<'a> {
    lambda: &'a [f64],
    largest: f64,
    negligible: f64,
    q: f64,
}

impl Form<'_> {
    fn weights(&self) -> impl Iterator<Item = f64> + '_ {
        self.lambda.iter().filter(|l| **l > self.negligible).map(|l| l / self.largest)
    }

    /// The first three derivatives of K(s) − s q − ln |s| at a real s.
    fn derivatives(&self, s: f64) -> (f64, f64, f64) {
        let (mut d1, mut d2, mut d3) = (-self.q - 1.0 / s, 1.0 / (s * s), -2.0 / (s * s * s));
        for l in self.weights() {
            let r = l / (1.0 - 2.0 * s * l);
            d1 += r;
            d2 += 2.0 * r * r;
            d3 += 8.0 * r * r * r;
        }
        (d1, d2, d3)
    }

    /// The saddle point right of 0 (upper tail) or left of it; a few digits suffice.
    fn saddle(&self, side: Side) -> f64 {
        let n = self.weights().count() as f64;
        // the derivative increases from −∞ to ∞ in the upper bracket, from −q to ∞ in the lower
        let (mut low, mut high) = match side {
            Side::Upper => (0.0, 0.5),
            Side::Lower => (-(0.5 * n + 1.0) / self.q * 1.001, 0.0),
        };
        let mut s = match side {
            Side::Upper => 0.25,
            Side::Lower => 0.5 * low,
        };
        for _ in 0..200 {
            let (d1, d2, _) = self.derivatives(s);
            if d1 < 0.0 {
                low = s;
            } else {
                high = s;
            }
            let next = s - d1 / d2;
            let next = if next > low && next < high { next } else { 0.5 * (low + high) };
            let distance = match side {
                Side::Upper => s.min(0.5 - s),
                Side::Lower => -s,
            };
            let small = (next - s).abs() < 1e-3 * distance;
            s = next;
            if small {
                break;
            }
        }
        s
    }

    /// The tail probability on `side`.
    fn saddle_integral(&self, side: Side) -> f64 {
        let c = self.saddle(side);
        let (_, d2, d3) = self.derivatives(c);
        let width = 1.0 / d2.sqrt();
        // the path s(u) = c + i width u + bend u² has its phase stationary to third order; it has to end on the right
        let gentle: f64 = self.weights().map(|l| l / (1.0 - 2.0 * c * l)).fold(0.0, f64::max);
        let bend = (d3 / (6.0 * d2)).max(0.1 * gentle) * width * width;
        let ln_center: f64 = -0.5 * self.weights().map(|l| (-2.0 * c * l).ln_1p()).sum::<f64>();

        // Im of exp(K(s) − s q − K(c) + c q) c/s ds/du, and the size of the same
        let integrand = |u: f64| {
            let (x, y) = (c + bend * u * u, width * u);
            let (ln_size, phase) = self.half_log_product(x, y);
            let exponent = -ln_size - ln_center - (x - c) * self.q;
            let phase = -phase - y * self.q;
            // (c / s) (2 bend u + i width)
            let scale = c / (x * x + y * y);
            let (re, im) = (2.0 * bend * u, width);
            let (fr, fi) = (scale * (x * re + y * im), scale * (x * im - y * re));
            let size = exponent.exp();
            (size * (phase.cos() * fi + phase.sin() * fr), size * fr.hypot(fi))
        };

        let mut step = 0.5;
        let mut sum = 0.5 * width;
        // points u = offset, offset + step, ... until the integrand has vanished
        let add = |sum: &mut f64, offset: f64, step: f64| {
            let (mut u, mut quiet) = (offset, 0);
            for _ in 0..1_000_000 {
                let (value, size) = integrand(u);
                *sum += value;
                quiet = if size < 1e-18 * width { quiet + 1 } else { 0 };
                if quiet == 2 || size.is_nan() {
                    break;
                }
                u += step;
            }
        };
        add(&mut sum, step, step);
        let mut integral = sum * step;
        for _ in 0..14 {
            add(&mut sum, 0.5 * step, step);
            step *= 0.5;
            let better = sum * step;
            let change = (better - integral).abs();
            integral = better;
            // the error is squared with every halving
            if change <= 1e-8 * integral.abs() {
                break;
            }
        }
        scaled_exp(integral / (PI * c.abs()), ln_center - c * self.q)
    }

    /// ½ Σ ln(1 − 2 s λ) at s = x + i y with y > 0, as real and imaginary part.
    ///
    /// The factors are multiplied; each has its argument in (−π, 0), so that half turns can be counted.
    fn half_log_product(&self, x: f64, y: f64) -> (f64, f64) {
        let (mut re, mut im) = (1.0_f64, 0.0_f64);
        let (mut turns, mut ln) = (0.0_f64, 0.0_f64);
        for l in self.weights() {
            let (fr, fi) = (1.0 - 2.0 * x * l, -2.0 * y * l);
            let before = im < 0.0 || (im == 0.0 && re < 0.0);
            (re, im) = (re * fr - im * fi, re * fi + im * fr);
            if before && im > 0.0 {
                turns += 1.0;
            }
            let size = re.abs() + im.abs();
            // The logarithm is taken out before a product can leave the doubles.
            if !(1e-100..1e100).contains(&size) {
                ln += size.ln();
                re /= size;
                im /= size;
            }
        }
        let argument = if im == 0.0 && re < 0.0 { -PI } else { im.atan2(re) };
        (0.5 * (ln + 0.5 * (re * re + im * im).ln()), 0.5 * (argument - TAU * turns))
    }
}
