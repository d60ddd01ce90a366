//! Integrals: Gauss-Legendre and Gauss-Hermite rules, adaptive Gauss-Kronrod.
//!
//! Gauss-Hermite for normal random effects (∫ exp(−x²) g(x) dx), Gauss-Legendre for smooth functions on an interval,
//! the adaptive rule for anything else, on finite and infinite intervals.
//!
//! ```
//! use consilience::stat::{normal, quadrature};
//!
//! let mass = quadrature::adaptive(normal::pdf, f64::NEG_INFINITY, 1.0, 1e-13);
//! assert!((mass - normal::cdf(1.0)).abs() < 1e-14);
//!
//! let rule = quadrature::gauss_hermite(7);
//! let fourth_moment: f64 = rule.iter().map(|(x, w)| w * x.powi(4)).sum();
//! assert!((fourth_moment - 0.75 * std::f64::consts::PI.sqrt()).abs() < 1e-14);
//! ```
//!
//! References: G. H. Golub and J. H. Welsch, Calculation of Gauss quadrature rules, Math. Comp. 23 (1969),
//! doi:10.1090/S0025-5718-69-99647-1; R. Piessens et al., QUADPACK (1983), doi:10.1007/978-3-642-61786-7.

use std::f64::consts::PI;

/// Nodes and weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The nodes, increasing.
    pub nodes: Vec<f64>,
    /// The weights, in the order of the nodes.
    pub weights: Vec<f64>,
}

impl Rule {
    /// The pairs of node and weight.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.nodes.iter().copied().zip(self.weights.iter().copied())
    }
}

/// The `n`-point rule for ∫ f(x) dx over [−1, 1], exact for polynomials of degree 2n − 1.
///
/// Newton's method on the Legendre polynomial from Tricomi's approximations; empty for n = 0.
pub fn gauss_legendre(n: usize) -> Rule {
    let mut nodes = vec![0.0; n];
    let mut weights = vec![0.0; n];
    let count = n as f64;
    for i in 0..n.div_ceil(2) {
        let mut x = (PI * (i as f64 + 0.75) / (count + 0.5)).cos()
            * (1.0 - (1.0 - 1.0 / count) / (8.0 * count * count));
        if 2 * i + 1 == n {
            x = 0.0;
        }
        let mut slope = 1.0;
        for _ in 0..20 {
            let (value, before) = legendre(n, x);
            slope = count * (x * value - before) / (x * x - 1.0);
            let step = value / slope;
            if 2 * i + 1 != n {
                x -= step;
            }
            // A unit in the last place of a node, which lies between -1 and 1.
            if step.abs() <= 2e-16 {
                break;
            }
        }
        let weight = 2.0 / ((1.0 - x * x) * slope * slope);
        nodes[i] = -x;
        nodes[n - 1 - i] = x;
        weights[i] = weight;
        weights[n - 1 - i] = weight;
    }
    Rule { nodes, weights }
}

/// P_n(x) and P_{n−1}(x).
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut value, mut before) = (1.0, 0.0);
    for k in 1..=n {
        let k = k as f64;
        (value, before) = (((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k, value);
    }
    (value, before)
}

/// The `n`-point rule for ∫ exp(−x²) f(x) dx over the line, exact for polynomials of degree 2n − 1.
///
/// For a normal variable of mean μ and standard deviation σ, E g = Σ w g(μ + √2 σ x) / √π. Eigenvalues of the Jacobi
/// matrix, then Newton's method on orthonormal Hermite functions; empty for n = 0.
pub fn gauss_hermite(n: usize) -> Rule {
    if n == 0 {
        return Rule { nodes: Vec::new(), weights: Vec::new() };
    }
    // the Jacobi matrix has zeros on its diagonal and √(k/2) beside it
    let jacobi = nalgebra::DMatrix::from_fn(n, n, |i, j| {
        if i.abs_diff(j) == 1 { (0.5 * i.max(j) as f64).sqrt() } else { 0.0 }
    });
    let mut starts: Vec<f64> = jacobi.symmetric_eigenvalues().iter().copied().collect();
    starts.sort_by(f64::total_cmp);
    let mut nodes = vec![0.0; n];
    let mut weights = vec![0.0; n];
    for i in 0..n.div_ceil(2) {
        let mut x = if 2 * i + 1 == n { 0.0 } else { starts[n - 1 - i] };
        for _ in 0..10 {
            let (value, before) = hermite(n, x);
            // the derivative of the orthonormal polynomial is √(2n) times its predecessor
            let step = value / ((2.0 * n as f64).sqrt() * before);
            if 2 * i + 1 != n && step.is_finite() {
                x -= step;
            }
            if step.is_nan() || step.abs() <= 1e-16 * x.abs() {
                break;
            }
        }
        let (_, before) = hermite(n, x);
        let weight = (-x * x).exp() / (n as f64 * before * before);
        nodes[i] = -x;
        nodes[n - 1 - i] = x;
        weights[i] = weight;
        weights[n - 1 - i] = weight;
    }
    Rule { nodes, weights }
}

/// The Hermite functions ψ_n(x) and ψ_{n−1}(x), orthonormal polynomials times exp(−x²/2).
fn hermite(n: usize, x: f64) -> (f64, f64) {
    let (mut value, mut before) = (PI.powf(-0.25) * (-0.5 * x * x).exp(), 0.0);
    for k in 1..=n {
        let k = k as f64;
        (value, before) = (x * (2.0 / k).sqrt() * value - ((k - 1.0) / k).sqrt() * before, value);
    }
    (value, before)
}

/// The result of [`integrate`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Integral {
    /// The integral.
    pub value: f64,
    /// An estimate of its absolute error, usually far too large.
    pub error: f64,
    /// The number of evaluations of the function.
    pub evaluations: usize,
}

const KRONROD_NODES: [f64; 8] = [
    0.99145537112081263921,
    0.94910791234275852453,
    0.86486442335976907279,
    0.74153118559939443986,
    0.58608723546769113029,
    0.40584515137739716691,
    0.2077849550078984676,
    0.0,
];
const KRONROD_WEIGHTS: [f64; 8] = [
    0.022935322010529224964,
    0.063092092629978553291,
    0.10479001032225018384,
    0.14065325971552591875,
    0.16900472663926790283,
    0.19035057806478540991,
    0.20443294007529889241,
    0.20948214108472782801,
];
/// For the nodes of odd index.
const GAUSS_WEIGHTS: [f64; 4] =
    [0.12948496616886969327, 0.2797053914892766679, 0.38183005050511894495, 0.41795918367346938776];

/// The integral of `f` from `a` to `b`, either of which may be infinite, to the relative tolerance `rel_tol`.
///
/// As [`integrate`], without its error estimate.
pub fn adaptive(f: impl FnMut(f64) -> f64, a: f64, b: f64, rel_tol: f64) -> f64 {
    integrate(f, a, b, rel_tol).value
}

/// The integral of `f` from `a` to `b`, either of which may be infinite, to the relative tolerance `rel_tol`, with an error estimate.
///
/// Bisection of the interval with the largest error, each by the 15-point Gauss-Kronrod rule; infinite intervals are
/// mapped to finite ones. Stops at 4000 intervals or when rounding errors dominate. A function that is not finite at
/// an interior point makes the result NaN. Peaks much narrower than a hundredth of the interval should be at a break
/// point: integrate the parts.
pub fn integrate(mut f: impl FnMut(f64) -> f64, a: f64, b: f64, rel_tol: f64) -> Integral {
    if a.is_nan() || b.is_nan() {
        return Integral { value: f64::NAN, error: f64::NAN, evaluations: 0 };
    }
    if a > b {
        let reversed = integrate(f, b, a, rel_tol);
        return Integral { value: -reversed.value, ..reversed };
    }
    if a == b {
        return Integral { value: 0.0, error: 0.0, evaluations: 0 };
    }
    match (a.is_finite(), b.is_finite()) {
        (true, true) => finite(f, a, b, rel_tol),
        // x = a + u / (1 − u) and its mirror image
        (true, false) => finite(|u| f(a + u / (1.0 - u)) / ((1.0 - u) * (1.0 - u)), 0.0, 1.0, rel_tol),
        (false, true) => finite(|u| f(b - u / (1.0 - u)) / ((1.0 - u) * (1.0 - u)), 0.0, 1.0, rel_tol),
        (false, false) => finite(
            |u| {
                let v = u / (1.0 - u);
                (f(v) + f(-v)) / ((1.0 - u) * (1.0 - u))
            },
            0.0,
            1.0,
            rel_tol,
        ),
    }
}

/// An interval with its integral and error.
#[derive(Clone, Copy)]
struct Piece {
    a: f64,
    b: f64,
    value: f64,
    error: f64,
}

fn finite(mut f: impl FnMut(f64) -> f64, a: f64, b: f64, rel_tol: f64) -> Integral {
    // two pieces to begin with, so that an accident of symmetry is not taken for convergence
    let middle = 0.5 * a + 0.5 * b;
    let mut pieces = vec![kronrod(&mut f, a, middle), kronrod(&mut f, middle, b)];
    let mut evaluations = 30;
    loop {
        let value: f64 = pieces.iter().map(|p| p.value).sum();
        let error: f64 = pieces.iter().map(|p| p.error).sum();
        let worst = pieces.iter().enumerate().max_by(|x, y| x.1.error.total_cmp(&y.1.error));
        let Some((at, piece)) = worst.map(|(i, p)| (i, *p)) else {
            return Integral { value, error, evaluations };
        };
        let middle = 0.5 * piece.a + 0.5 * piece.b;
        let enough = error <= rel_tol * value.abs() || error == 0.0 || !error.is_finite();
        if enough || pieces.len() >= 4000 || middle <= piece.a || middle >= piece.b {
            return Integral { value, error, evaluations };
        }
        pieces[at] = kronrod(&mut f, piece.a, middle);
        pieces.push(kronrod(&mut f, middle, piece.b));
        evaluations += 30;
    }
}

/// The 15-point rule with QUADPACK's error estimate.
fn kronrod(f: &mut impl FnMut(f64) -> f64, a: f64, b: f64) -> Piece {
    let (center, half) = (0.5 * a + 0.5 * b, 0.5 * (b - a));
    let middle = f(center);
    let mut values = [(0.0, 0.0); 7];
    let mut wide = KRONROD_WEIGHTS[7] * middle;
    let mut narrow = GAUSS_WEIGHTS[3] * middle;
    let mut size = KRONROD_WEIGHTS[7] * middle.abs();
    for (j, pair) in values.iter_mut().enumerate() {
        let d = half * KRONROD_NODES[j];
        *pair = (f(center - d), f(center + d));
        wide += KRONROD_WEIGHTS[j] * (pair.0 + pair.1);
        size += KRONROD_WEIGHTS[j] * (pair.0.abs() + pair.1.abs());
        if j % 2 == 1 {
            narrow += GAUSS_WEIGHTS[j / 2] * (pair.0 + pair.1);
        }
    }
    let mean = 0.5 * wide;
    let mut spread = KRONROD_WEIGHTS[7] * (middle - mean).abs();
    for (j, pair) in values.iter().enumerate() {
        spread += KRONROD_WEIGHTS[j] * ((pair.0 - mean).abs() + (pair.1 - mean).abs());
    }
    let (mut error, spread) = (((wide - narrow) * half).abs(), spread * half.abs());
    if spread > 0.0 && error > 0.0 {
        error = spread * (200.0 * error / spread).powf(1.5).min(1.0);
    }
    // what rounding leaves is no reason to go on
    let noise = 2.0 * f64::EPSILON * size * half.abs();
    Piece { a, b, value: wide * half, error: if error <= noise { 0.0 } else { error } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legendre_rules_integrate_polynomials() {
        for n in [1, 2, 3, 5, 8, 20, 64, 200] {
            let rule = gauss_legendre(n);
            for degree in [0, (n - 1) / 2 * 2, 2 * n - 2] {
                let exact = 2.0 / (degree as f64 + 1.0);
                let sum: f64 = rule.iter().map(|(x, w)| w * x.powi(degree as i32)).sum();
                assert!((sum - exact).abs() < 5e-14, "n = {n}, degree {degree}: {sum}");
            }
            let odd: f64 = rule.iter().map(|(x, w)| w * x).sum();
            assert!(odd.abs() < 1e-16);
        }
    }

    #[test]
    fn hermite_rules_integrate_polynomials_and_the_cosine() {
        for n in [1, 2, 3, 7, 15, 31, 100] {
            let rule = gauss_hermite(n);
            let mass: f64 = rule.weights.iter().sum();
            assert!((mass - PI.sqrt()).abs() < 1e-13, "n = {n}: {mass}");
            if n >= 15 {
                let sum: f64 = rule.iter().map(|(x, w)| w * x.cos()).sum();
                assert!((sum - PI.sqrt() * (-0.25_f64).exp()).abs() < 1e-13, "n = {n}: {sum}");
            }
        }
        // Abramowitz and Stegun (1964), table 25.10
        let rule = gauss_hermite(3);
        assert!((rule.nodes[2] - 1.224_744_871_391_589).abs() < 1e-15);
        assert!((rule.weights[2] - 2.954_089_751_509_193e-1).abs() < 1e-15);
    }

    #[test]
    fn adaptive_integrals_of_known_value() {
        let close = |integral: Integral, exact: f64, tolerance: f64| {
            assert!(
                (integral.value - exact).abs() <= tolerance * exact.abs(),
                "{integral:?} instead of {exact}"
            );
        };
        close(integrate(f64::sqrt, 0.0, 1.0, 1e-13), 2.0 / 3.0, 1e-13);
        close(integrate(|x| 1.0 / (1.0 + x * x), f64::NEG_INFINITY, f64::INFINITY, 1e-13), PI, 1e-13);
        close(integrate(|x| (-x).exp(), 2.0, f64::INFINITY, 1e-13), (-2.0_f64).exp(), 1e-13);
        close(integrate(|x| x.exp(), f64::NEG_INFINITY, 1.0, 1e-13), 1.0_f64.exp(), 1e-13);
        close(integrate(|x| -x.ln(), 0.0, 1.0, 1e-12), 1.0, 1e-12);
        close(integrate(|x| x, 2.0, 1.0, 1e-12), -1.5, 1e-14);
        assert!(adaptive(|_| f64::NAN, 0.0, 1.0, 1e-12).is_nan());
    }
}
