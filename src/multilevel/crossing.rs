//! The end of a profile-likelihood interval in all parameters at once.
//!
//! At an end of the interval of β the objective f = −log L is its minimum plus ½ χ², and the gradient by the other parameters ω is 0:
//! as many equations as parameters. Newton's method solves them together (Venzon and Moolgavkar 1988, doi:10.2307/2347496) in about
//! six evaluations; a search over ω within a search over β takes some ten times as many, which models of dozens of parameters cannot
//! afford. With H the Hessian, from every point
//!
//! ```text
//! r = √(2 (f − ½ g_ω' H_ωω⁻¹ g_ω − f_min)),  b = g_β − H_βω H_ωω⁻¹ g_ω     the root of the fall of the profile, and its slope
//! δβ = (√χ² − r) r / b,  δω = −H_ωω⁻¹ (g_ω + H_ωβ δβ)
//! ```
//!
//! Steps in a variance are steps in its logarithm, in which r is nearly linear. Where the Hessian of ω is not positive definite, the
//! profile turns back or the steps do not converge there is no answer, and the search within a search decides.

use crate::stat::tangent::Tangent;

use super::likelihood::{Point, Problem};
use super::structure::Bound;

/// More steps than converge.
const MOST_STEPS: usize = 12;

/// A step may multiply or divide a variance by about five.
const LONGEST: f64 = 1.6;

/// The part of the way to a bound that a step may take.
const TOWARDS_BOUND: f64 = 0.7;

/// A step below this, after which the gradient by ω is 0 to the same order, is followed by one whose square is below rounding.
const LAST_STEP: f64 = 1e-6;

/// A model with a maximum, and the parameter whose interval is looked for.
#[derive(Clone, Copy)]
pub(super) struct Crossing<'a> {
    pub problem: &'a Problem,
    pub bounds: &'a [Bound],
    pub fixed: &'a [bool],
    pub best: &'a Point,
    pub i: usize,
    /// √χ².
    pub target: f64,
    /// Steps are taken in the logarithm of the parameter.
    pub logarithmic: bool,
}

/// The step from a point.
struct Step {
    beta: f64,
    omega: Vec<(usize, f64)>,
    /// ½ g_ω' H_ωω⁻¹ g_ω: what ω still has to gain.
    gain: f64,
}

impl Crossing<'_> {
    /// The end above the estimate, or below it; the second value is the number of evaluations.
    pub fn find(&self, above: bool) -> (Option<f64>, usize) {
        let mut evaluations = 0;
        (self.walk(above, &mut evaluations), evaluations)
    }

    fn walk(&self, above: bool, evaluations: &mut usize) -> Option<f64> {
        let side = if above { 1.0 } else { -1.0 };
        let mut point = self.best.clone();
        for _ in 0..MOST_STEPS {
            let step = self.step(&point, side)?;
            let longest = self.longest(&point, step.beta);
            let mut length = (longest / step.beta.abs()).min(1.0);
            if step.beta.abs() <= LAST_STEP && step.gain <= LAST_STEP * LAST_STEP {
                return Some(self.moved(point.theta[self.i], step.beta));
            }
            let mut next = None;
            for _ in 0..4 {
                *evaluations += 1;
                next = self.problem.at(&self.along(&point, &step, length));
                if next.is_some() {
                    break;
                }
                length *= 0.5;
            }
            point = next?;
            if (point.theta[self.i] - self.best.theta[self.i]) * side <= 0.0 {
                return None;
            }
        }
        None
    }

    /// The point at another value of the parameter, the others where the tangent of the profile at the maximum leads.
    pub fn foreseen(&self, value: f64) -> Option<Vec<f64>> {
        let linear = Crossing { logarithmic: false, ..*self };
        let change = value - self.best.theta[self.i];
        let mut theta = self.best.theta.clone();
        for other in linear.tangent(self.best)?.others {
            let bound = self.bounds[other.at];
            theta[other.at] = (theta[other.at] + other.change(change)).clamp(bound.lower, bound.upper);
        }
        theta[self.i] = value;
        Some(theta)
    }

    /// The root of the fall at another value of the parameter, as the curvature at the maximum foresees it.
    pub fn foreseen_root(&self, value: f64) -> Option<f64> {
        let linear = Crossing { logarithmic: false, ..*self };
        let curvature = linear.tangent(self.best)?.curvature;
        Some(curvature.max(0.0).sqrt() * (value - self.best.theta[self.i]).abs())
    }

    fn tangent(&self, point: &Point) -> Option<Tangent> {
        let i = self.i;
        let outwards = |j: usize| {
            let (theta, gradient, bound) = (point.theta[j], point.gradient[j], self.bounds[j]);
            (theta <= bound.lower && gradient >= 0.0) || (theta >= bound.upper && gradient <= 0.0)
        };
        let free: Vec<usize> =
            (0..point.theta.len()).filter(|&j| j != i && !self.fixed[j] && !outwards(j)).collect();
        let tangent = Tangent::new(point, i, &free)?;
        Some(match self.logarithmic {
            true => tangent.in_logarithm(point.theta[i], point.gradient[i]),
            false => tangent,
        })
    }

    fn step(&self, point: &Point, side: f64) -> Option<Step> {
        let Tangent { others, curvature, slope, gain } = self.tangent(point)?;
        let beta = if point.theta == self.best.theta {
            side * self.target / curvature.max(0.0).sqrt()
        } else {
            let fall = 2.0 * (point.value - gain - self.best.value);
            if !(fall > 0.0 && slope * side > 0.0) {
                return None;
            }
            let root = fall.sqrt();
            (self.target - root) * root / slope
        };
        if !beta.is_finite() {
            return None;
        }
        let omega = others.iter().map(|other| (other.at, other.change(beta))).collect();
        Some(Step { beta, omega, gain })
    }

    /// The longest step of the parameter in the direction of `beta`.
    fn longest(&self, point: &Point, beta: f64) -> f64 {
        if self.logarithmic {
            return LONGEST;
        }
        let (value, bound) = (point.theta[self.i], self.bounds[self.i]);
        TOWARDS_BOUND * if beta > 0.0 { bound.upper - value } else { value - bound.lower }
    }

    fn moved(&self, value: f64, change: f64) -> f64 {
        if self.logarithmic { value * change.exp() } else { value + change }
    }

    /// A part of the step, within the box.
    fn along(&self, point: &Point, step: &Step, length: f64) -> Vec<f64> {
        let mut theta = point.theta.clone();
        // ω follows the tangent of the profile wherever β stops.
        for &(j, change) in &step.omega {
            theta[j] = (theta[j] + length * change).clamp(self.bounds[j].lower, self.bounds[j].upper);
        }
        theta[self.i] = self.moved(theta[self.i], length * step.beta);
        theta
    }
}
