//! One count a study with a normal random effect: proportions and rates of single groups, and the conditional models.
//!
//! The likelihood of a study is ∫ L(θ + τz) φ(z) dz. With s = (l', z l') the score of (θ, τ) at a node and weights
//! proportional to the integrand, the score of the study is E\[s\] and its Hessian E\[∂s\] + Var\[s\] (Fisher's identity).

use crate::stat::{
    log_concave::Nodes,
    newton::{Objective, Point},
};

use super::{
    kernel::Kernel,
    sums::{Share, Sums, predictor},
};

/// The likelihood in the coefficients and τ, in this order.
#[derive(Debug, Clone)]
pub(super) struct OneEffect {
    pub p: usize,
    /// Study by study, the p values of the design.
    pub rows: Vec<f64>,
    pub kernels: Vec<Kernel>,
    /// Steps of the trapezoidal rule.
    pub steps: usize,
}

impl Objective for OneEffect {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let p = self.p;
        let mut sums = Sums::new(p + 1);
        for (kernel, row) in self.kernels.iter().zip(self.rows.chunks(p)) {
            let share = marginal(kernel, predictor(row, &theta[..p]), theta[p], self.steps)?;
            sums.add(row, &[Some(p)], &share);
        }
        sums.objective(theta)
    }
}

/// The log of ∫ L(θ + τz) φ(z) dz with its derivatives in (θ, τ).
pub(super) fn marginal(kernel: &Kernel, eta: f64, tau: f64, steps: usize) -> Option<Share<2>> {
    if tau == 0.0 {
        let [value, first, second] = kernel.at(eta);
        // The cross derivative vanishes: the likelihood is even in τ.
        let hessian = [[second, 0.0], [0.0, second + first * first]];
        return Some(Share { value, gradient: [first, 0.0], hessian });
    }
    let scaled = |z: f64| {
        let [value, first, second] = kernel.at(eta + tau * z);
        [value, tau * first, tau * tau * second]
    };
    let nodes = Nodes::of(scaled, steps)?;
    let mut total = 0.0;
    // Sums of the score and of its square plus derivative, times 1, z and z².
    let (mut s, mut sz) = (0.0, 0.0);
    let mut h = [0.0; 3];
    for z in nodes.iter() {
        let [value, first, second] = kernel.at(eta + tau * z);
        let weight = (value - 0.5 * z * z - nodes.height).exp();
        let (score, bend) = (weight * first, weight * (second + first * first));
        total += weight;
        s += score;
        sz += score * z;
        h[0] += bend;
        h[1] += bend * z;
        h[2] += bend * z * z;
    }
    let gradient = [s / total, sz / total];
    let second = |i: usize, j: usize| h[i + j] / total - gradient[i] * gradient[j];
    let hessian = [[second(0, 0), second(0, 1)], [second(0, 1), second(1, 1)]];
    Some(Share { value: nodes.ln_integral(total), gradient, hessian })
}
