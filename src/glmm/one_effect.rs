//! One count a study with a normal random effect: proportions and rates of single groups, and the conditional models.
//!
//! The likelihood of a study is ∫ L(θ + τz) φ(z) dz. With s = (l', z l') the score of (θ, τ) at a node and weights
//! proportional to the integrand, the score of the study is E\[s\] and its Hessian E\[∂s\] + Var\[s\] (Fisher's identity).
//!
//! Since φ' = −zφ, integration by parts turns derivatives of L into polynomials of z: τ ∫ L' φ = ∫ L zφ, τ² ∫ L'' φ =
//! ∫ L (z² − 1) φ, and so on (Stein's identity). Unless τ is so small that the division takes digits away, the value and all derivatives
//! follow from the moments of z up to the fourth, and no slope is computed at any node:
//!
//! ```text
//! ∂θ = E z / τ       ∂τ = (E z² − 1) / τ      ∂θθ = (Var z − 1) / τ²
//! ∂θτ = (E z³ − 3 E z) / τ² − ∂θ ∂τ           ∂ττ = (E z⁴ − 5 E z² + 2) / τ² − (∂τ)²
//! ```

use crate::stat::{
    log_concave::Rule,
    newton::{Objective, Point},
};

use super::{
    kernel::Kernel,
    line::{LN_SQRT_2PI, through_peak},
    sums::{Share, Sums, predictor},
    tally::{Moments, Powers, Slopes},
};

/// Below this deviation derivatives are taken by Fisher's identity: rounding over τ² would be 1e-12 and more.
const SMALL: f64 = 0.03;

/// The likelihood in the coefficients and τ, in this order.
#[derive(Debug, Clone)]
pub(super) struct OneEffect {
    pub p: usize,
    /// Study by study, the p values of the design.
    pub rows: Vec<f64>,
    pub kernels: Vec<Kernel>,
    /// The trapezoidal rule.
    pub rule: Rule,
}

impl Objective for OneEffect {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let p = self.p;
        let mut sums = Sums::new(p);
        for (kernel, row) in self.kernels.iter().zip(self.rows.chunks(p)) {
            let share = marginal(kernel, predictor(row, &theta[..p]), theta[p], self.rule)?;
            sums.add(row, &share);
        }
        sums.objective(theta, &[Some(p)])
    }
}

/// The log of ∫ L(θ + τz) φ(z) dz with its derivatives in (θ, τ).
pub(super) fn marginal(kernel: &Kernel, eta: f64, tau: f64, rule: Rule) -> Option<Share<2>> {
    if tau == 0.0 {
        let [value, first, second] = kernel.at(eta);
        // The cross derivative vanishes: the likelihood is even in τ.
        let hessian = [[second, 0.0], [0.0, second + first * first]];
        return Some(Share { value, gradient: [first, 0.0], hessian });
    }
    let (line, z, height) = through_peak([kernel], [eta], [tau])?;
    let at = |log: f64| height + log - LN_SQRT_2PI;
    if tau.abs() < SMALL {
        let (log, sums) = line.integral::<Slopes, 7>([kernel], rule)?;
        let (gradient, hessian) = by_slopes(z, &sums.moments());
        return Some(Share { value: at(log), gradient, hessian });
    }
    let (log, sums) = line.integral::<Powers, 5>([kernel], rule)?;
    let [distance, moments @ ..] = sums.central();
    let (gradient, hessian) = by_moments(z + distance, moments, tau);
    Some(Share { value: at(log), gradient, hessian })
}

/// Fisher's identity, where the origin of the line is at `z`.
fn by_slopes(z: f64, sums: &Moments<1, 1>) -> ([f64; 2], [[f64; 2]; 2]) {
    let total = sums.total;
    // From the distance t of a point to the origin of the line to its z.
    let ([[s, st]], [[b0, b1, b2]]) = (sums.slope, sums.bend);
    let gradient = [s / total, (z * s + st) / total];
    let bends = [b0, z * b0 + b1, z * z * b0 + 2.0 * z * b1 + b2];
    let second = |i: usize, j: usize| bends[i + j] / total - gradient[i] * gradient[j];
    (gradient, [[second(0, 0), second(0, 1)], [second(0, 1), second(1, 1)]])
}

/// The same from the mean of z and its central moments of the orders two to four.
fn by_moments(mean: f64, [variance, third, fourth]: [f64; 3], tau: f64) -> ([f64; 2], [[f64; 2]; 2]) {
    let (excess, scale) = (variance - 1.0, 1.0 / (tau * tau));
    let gradient = [mean / tau, (excess + mean * mean) / tau];
    let mixed = third + 2.0 * mean * excess;
    let kurtosis = fourth - 3.0 * variance * variance;
    let by_tau =
        kurtosis + (2.0 * variance - 1.0) * excess + mean * (4.0 * third + mean * (4.0 * variance - 3.0));
    (gradient, [[excess * scale, mixed * scale], [mixed * scale, by_tau * scale]])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::glmm::{Link, table::Margin};

    /// mpmath with 40 digits (tests/data/glmm/integrals.py).
    const INTEGRALS: &str = include_str!("../../tests/data/glmm/integrals.csv");

    #[test]
    fn integrals_agree_with_forty_digits() {
        let mut lines = 0;
        for line in INTEGRALS.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let value = |i: usize| fields[i].parse::<f64>().unwrap();
            let kernel = if fields[0] == "binomial" {
                Kernel::binomial(value(1), value(2), Link::Logit)
            } else {
                Kernel::poisson(value(1), value(2))
            };
            let share = marginal(&kernel, value(3), value(4), Rule::FINE).unwrap();
            // Within the rounding of the constants of the likelihood.
            let scale = 1.0 + value(2) * 1e-3;
            assert!((share.value - value(5)).abs() < 2e-13 * scale, "{line}: {}", share.value);
            lines += 1;
        }
        assert_eq!(lines, 12);
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let kernels = [
            Kernel::binomial(0.0, 40.0, Link::Logit),
            Kernel::binomial(3.0, 9.0, Link::Probit),
            Kernel::binomial(2.0, 7.0, Link::Cloglog),
            Kernel::poisson(4.0, 11.0),
            Kernel::split(3.0, 50.0, 1.0, 60.0),
            Kernel::Hypergeometric(Margin::new(2.0, 40.0, 5.0, 38.0)),
        ];
        for kernel in &kernels {
            for (eta, tau) in [(-1.0, 0.7), (0.4, 2.0), (-0.3, -0.4)] {
                let at = |eta: f64, tau: f64| marginal(kernel, eta, tau, Rule::FINE).unwrap();
                let (share, h) = (at(eta, tau), 1e-5);
                let (up, down) = (at(eta + h, tau), at(eta - h, tau));
                let (wide, narrow) = (at(eta, tau + h), at(eta, tau - h));
                let pairs = [
                    (share.gradient[0], (up.value - down.value) / (2.0 * h)),
                    (share.gradient[1], (wide.value - narrow.value) / (2.0 * h)),
                    (share.hessian[0][0], (up.gradient[0] - down.gradient[0]) / (2.0 * h)),
                    (share.hessian[0][1], (up.gradient[1] - down.gradient[1]) / (2.0 * h)),
                    (share.hessian[1][1], (wide.gradient[1] - narrow.gradient[1]) / (2.0 * h)),
                ];
                for &(exact, difference) in &pairs {
                    assert!(
                        (exact - difference).abs() < 2e-7 * (1.0 + exact.abs()),
                        "{kernel:?} {eta} {tau}: {exact} {difference} {pairs:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_likelihood_is_even_and_smooth_in_tau() {
        let kernel = Kernel::binomial(1.0, 30.0, Link::Logit);
        let (zero, small) = (
            marginal(&kernel, -2.0, 0.0, Rule::FINE).unwrap(),
            marginal(&kernel, -2.0, 1e-4, Rule::FINE).unwrap(),
        );
        let minus = marginal(&kernel, -2.0, -1e-4, Rule::FINE).unwrap();
        assert!((small.value - minus.value).abs() < 1e-14);
        let expected = zero.value + 0.5 * 1e-8 * zero.hessian[1][1];
        assert!((small.value - expected).abs() < 1e-13);
        assert!((small.hessian[1][1] - zero.hessian[1][1]).abs() < 1e-6);
    }
}
