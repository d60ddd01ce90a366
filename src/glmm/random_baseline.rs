//! Two counts a study with normal random effects of the treatment and of the study (UM.RS), correlated or not.
//!
//! The predictors are η₁ = α + θ + c₁τz + σv + λz and η₂ = α + c₂τz + σv + λz with independent standard normal z and v;
//! λ = 0 unless the effects correlate, and the standard deviation of the study effect is √(σ² + λ²). The integral over
//! (z, v) is taken by the product trapezoidal rule around the peak of each study, with steps that shrink as the
//! predictors grow steep: where deviations are large, a rule as wide as the peak would be wrong in value and slope.

use crate::stat::{
    log_concave::{Nodes, Peak2, Rule},
    newton::{Objective, Point},
};

use super::{
    kernel::Kernel,
    sums::{Share, Sums, predictor},
};

/// The likelihood in the coefficients, τ, α, σ and, where effects correlate, λ.
#[derive(Debug, Clone)]
pub(super) struct RandomBaseline {
    pub p: usize,
    pub rows: Vec<f64>,
    pub arms: Vec<[Kernel; 2]>,
    pub shares: [f64; 2],
    pub correlated: bool,
    /// The fineness of the product rule.
    pub rule: Rule,
}

/// The step of the product rule where predictors are not steep, in standard deviations of the peak: for results, and on the
/// way to them.
const FINE: f64 = 0.3;
const COARSE: f64 = 0.7;

impl RandomBaseline {
    pub fn parameters(&self) -> usize {
        self.p + 3 + usize::from(self.correlated)
    }
}

impl Objective for RandomBaseline {
    type Extra = ();

    fn point(&self, theta: &[f64]) -> Option<Point> {
        let p = self.p;
        let mut sums = Sums::new(self.parameters());
        let others = [Some(p), Some(p + 1), Some(p + 2), self.correlated.then_some(p + 3)];
        for (arms, row) in self.arms.iter().zip(self.rows.chunks(p)) {
            let lambda = if self.correlated { theta[p + 3] } else { 0.0 };
            let study = Study {
                arms,
                shares: self.shares,
                base: [theta[p + 1] + predictor(row, &theta[..p]), theta[p + 1]],
                tau: theta[p],
                sigma: theta[p + 2],
                lambda,
            };
            sums.add(row, &others, &study.marginal(self.rule)?);
        }
        sums.objective(theta)
    }
}

/// One study at given parameters.
struct Study<'a> {
    arms: &'a [Kernel; 2],
    shares: [f64; 2],
    /// The predictors without random effects.
    base: [f64; 2],
    tau: f64,
    sigma: f64,
    lambda: f64,
}

/// The position of the product of two of the monomials 1, z, v among 1, z, v, z², zv, v².
const PRODUCT: [[usize; 3]; 3] = [[0, 1, 2], [1, 3, 4], [2, 4, 5]];

/// Sums over the nodes: of the slopes times 1, z, v and of second derivatives times the six products.
#[derive(Default)]
struct Moments {
    total: f64,
    slope: [[f64; 3]; 2],
    /// l₁'' + l₁'², l₂'' + l₂'², l₁' l₂'.
    bend: [[f64; 6]; 3],
}

impl Moments {
    fn add(&mut self, weight: f64, z: f64, v: f64, one: [f64; 3], two: [f64; 3]) {
        self.total += weight;
        let products = [1.0, z, v, z * z, z * v, v * v];
        let slopes = [weight * one[1], weight * two[1]];
        for (sums, slope) in self.slope.iter_mut().zip(slopes) {
            sums[0] += slope;
            sums[1] += slope * z;
            sums[2] += slope * v;
        }
        let bends =
            [weight * one[2] + slopes[0] * one[1], weight * two[2] + slopes[1] * two[1], slopes[0] * two[1]];
        for (sums, bend) in self.bend.iter_mut().zip(bends) {
            for (sum, product) in sums.iter_mut().zip(products) {
                *sum += bend * product;
            }
        }
    }
}

impl Study<'_> {
    /// The multiples of z in the two predictors.
    fn of_z(&self) -> [f64; 2] {
        self.shares.map(|c| c * self.tau + self.lambda)
    }

    fn log(&self, z: f64, v: f64) -> ([f64; 3], [f64; 3]) {
        let [a1, a2] = self.of_z();
        let one = self.arms[0].at(self.base[0] + a1 * z + self.sigma * v);
        let two = self.arms[1].at(self.base[1] + a2 * z + self.sigma * v);
        (one, two)
    }

    fn peak(&self) -> Option<Peak2> {
        let [a1, a2] = self.of_z();
        let s = self.sigma;
        Peak2::of(|z, v| {
            let (one, two) = self.log(z, v);
            let value = one[0] + two[0] - 0.5 * (z * z + v * v);
            let gradient = [a1 * one[1] + a2 * two[1] - z, s * (one[1] + two[1]) - v];
            let hessian = [
                a1 * a1 * one[2] + a2 * a2 * two[2] - 1.0,
                s * (a1 * one[2] + a2 * two[2]),
                s * s * (one[2] + two[2]) - 1.0,
            ];
            (value, gradient, hessian)
        })
    }

    /// The integral over (z, v) and its moments.
    fn over_both(&self, rule: Rule) -> Option<(f64, Moments)> {
        let peak = self.peak()?;
        let mut moments = Moments::default();
        let step = if rule.is_fine() { FINE } else { COARSE };
        let steps = peak.steps(step, self.of_z().map(|a| [a, self.sigma]));
        peak.sweep(steps, rule.depth, |z, v| {
            let (one, two) = self.log(z, v);
            let log = one[0] + two[0] - 0.5 * (z * z + v * v);
            moments.add((log - peak.height).exp(), z, v, one, two);
            log
        });
        Some((peak.ln_integral(steps, moments.total) - std::f64::consts::TAU.ln(), moments))
    }

    /// The same where no predictor depends on z, which is then normal whatever the counts are: one integral, and moments with
    /// E z = 0 and E z² = 1.
    fn over_baselines(&self, rule: Rule) -> Option<(f64, Moments)> {
        let s = self.sigma;
        let nodes = Nodes::of(
            |v| {
                let (one, two) = self.log(0.0, v);
                [one[0] + two[0], s * (one[1] + two[1]), s * s * (one[2] + two[2])]
            },
            rule,
        )?;
        let mut moments = Moments::default();
        for v in nodes.iter() {
            let (one, two) = self.log(0.0, v);
            let weight = (one[0] + two[0] - 0.5 * v * v - nodes.height).exp();
            moments.add(weight, 0.0, v, one, two);
        }
        for bend in &mut moments.bend {
            bend[PRODUCT[1][1]] = bend[0];
        }
        Some((nodes.ln_integral(moments.total), moments))
    }

    /// The log-likelihood with its derivatives in (θ, τ, α, σ, λ).
    fn marginal(&self, rule: Rule) -> Option<Share<5>> {
        let (value, moments) = match self.of_z() {
            [0.0, 0.0] => self.over_baselines(rule)?,
            _ => self.over_both(rule)?,
        };
        // The derivatives of the predictors: a multiple of 1, z or v for each parameter.
        let [c1, c2] = self.shares;
        let first = [(1.0, 0), (c1, 1), (1.0, 0), (1.0, 2), (1.0, 1)];
        let second = [(0.0, 0), (c2, 1), (1.0, 0), (1.0, 2), (1.0, 1)];
        let gradient: [f64; 5] = std::array::from_fn(|i| {
            let ((f, m), (g, n)) = (first[i], second[i]);
            (f * moments.slope[0][m] + g * moments.slope[1][n]) / moments.total
        });
        let hessian = std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let sum = first[i].0 * first[j].0 * moments.bend[0][PRODUCT[first[i].1][first[j].1]]
                    + second[i].0 * second[j].0 * moments.bend[1][PRODUCT[second[i].1][second[j].1]]
                    + first[i].0 * second[j].0 * moments.bend[2][PRODUCT[first[i].1][second[j].1]]
                    + second[i].0 * first[j].0 * moments.bend[2][PRODUCT[second[i].1][first[j].1]];
                sum / moments.total - gradient[i] * gradient[j]
            })
        });
        (moments.total > 0.0).then_some(Share { value, gradient, hessian })
    }
}
