//! Firth's penalty: the likelihood of a common effect times Jeffreys' prior, finite for every table.
//!
//! l*(θ) = l(θ) + ½ ln I(θ), with I the information. In the conditional models l' = Σ (x − E) and I = Σ V of the studies'
//! tables, so that the penalized score is Σ (x − E) + Σ μ₃ / (2 Σ V) with the third central moments μ₃: finite for every
//! table whose support has more than one point. The interval comes from the penalized profile likelihood.
//!
//! References: D. Firth, Bias reduction of maximum likelihood estimates, Biometrika 80 (1993),
//! doi:10.1093/biomet/80.1.27; G. Heinze and M. Schemper, A solution to the problem of separation in logistic regression,
//! Stat. Med. 21 (2002), doi:10.1002/sim.1047.

use crate::stat::root;

use super::kernel::Kernel;

/// The penalized likelihood of one common parameter.
pub(super) struct Penalized<'a> {
    kernels: &'a [Kernel],
}

/// Beyond this the penalty has won long ago.
const LIMIT: f64 = 200.0;

impl<'a> Penalized<'a> {
    pub fn new(kernels: &'a [Kernel]) -> Self {
        Penalized { kernels }
    }

    /// Σ l, Σ l', the information and its derivative.
    fn sums(&self, theta: f64) -> [f64; 4] {
        let mut sums = [0.0; 4];
        for kernel in self.kernels {
            let [value, first, second, third] = kernel.cumulants(theta);
            for (sum, term) in sums.iter_mut().zip([value, first, -second, -third]) {
                *sum += term;
            }
        }
        sums
    }

    pub fn information(&self, theta: f64) -> f64 {
        self.sums(theta)[2]
    }

    pub fn value(&self, theta: f64) -> f64 {
        let [value, _, information, _] = self.sums(theta);
        value + 0.5 * information.ln()
    }

    fn score(&self, theta: f64) -> f64 {
        let [_, first, information, derivative] = self.sums(theta);
        first + 0.5 * derivative / information
    }

    /// The maximum, searched from `start`.
    pub fn maximum(&self, start: f64) -> Option<f64> {
        let step = if self.score(start) > 0.0 { 0.5 } else { -0.5 };
        let (a, b) = root::expand(|theta| self.score(theta), start, step, start + step.signum() * LIMIT)?;
        root::find_between(|theta| self.score(theta), a, b)
    }

    /// The place where twice the fall from the maximum is `cut`², on the side of `step`.
    pub fn bound(&self, estimate: f64, step: f64, cut: f64) -> Option<f64> {
        let highest = self.value(estimate);
        let excess = |theta: f64| 2.0 * (highest - self.value(theta)) - cut * cut;
        let (a, b) = root::expand(excess, estimate, step, estimate + step.signum() * LIMIT)?;
        root::find_between(excess, a, b)
    }
}
