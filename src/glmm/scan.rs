//! Where a likelihood may have maxima in the deviation of the random effects: the slope of its profile at a ladder of deviations.
//!
//! At each rung the other parameters start from where the last rung expects them and follow by Newton steps until they hardly
//! move, so that the slope is that of the profile to first order. A maximum lies between a rung where the profile rises and the
//! next, where it falls. Of 2,250 random data sets of two to five studies with large and small counts, one step alone missed
//! fifteen maxima, worth up to one unit of the log-likelihood, and these steps one, worth 3e-5. To start from where the last rung
//! leads, and to stop once the sign of a slope is known, lost none of 26,900 further fits.

use crate::stat::{
    newton::{Objective, Point},
    tangent::{Follower, Tangent},
};

use super::problem::Likelihood;

/// The deviations at which the profile is looked at; a rise at the last is followed from there.
const RUNGS: [f64; 4] = [0.15, 0.5, 1.2, 3.2];

/// Longer steps of the other parameters show that the likelihood is no parabola: the climb goes from all starts.
const LONG: f64 = 3.0;

/// After steps of the other parameters shorter than this the slope is that of the profile.
const SHORT: f64 = 0.05;

/// Nor do other parameters this near to their maximum leave the sign of the slope open, if `SURE` times what they have to gain is less
/// than the slope in ln τ. What the tangent leaves out of the slope is, to the next order, their gain times the relative change of
/// their information with ln τ, which is 2 at most as information is no more than 1/τ² a study: this is ten times as much.
const NEAR: f64 = 0.3;
const SURE: f64 = 20.0;

/// Newton steps of the other parameters at one rung.
const MOST_STEPS: usize = 3;

/// The profile at one deviation.
#[derive(Debug, Clone)]
struct Rung {
    tau: f64,
    /// The slope of the log-likelihood and its own slope.
    slope: f64,
    bend: f64,
    theta: Vec<f64>,
    followers: Vec<Follower>,
}

/// The starting points of a climb in the deviation at `at`, each near a maximum that is not at 0, from the maximum at 0; other
/// parameters move but for those that are `fixed`. `None` where the ladder cannot tell.
pub(super) fn starts(
    likelihood: &Likelihood,
    from: &Point,
    at: usize,
    fixed: &[bool],
) -> Option<Vec<Vec<f64>>> {
    let others: Vec<usize> =
        (0..from.theta.len()).filter(|&i| i != at && !fixed.get(i).copied().unwrap_or(true)).collect();
    let bend = -from.hessian[(at, at)];
    let mut below = Rung { tau: 0.0, slope: 0.0, bend, theta: from.theta.clone(), followers: Vec::new() };
    let mut starts = Vec::new();
    for tau in RUNGS {
        let rung = below.next(tau, likelihood, at, &others)?;
        if below.rises() && !rung.rises() {
            starts.push(below.maximum_before(&rung, at));
        }
        below = rung;
    }
    if below.rises() {
        starts.push(below.theta);
    }
    Some(starts)
}

impl Rung {
    /// True if the profile rises from here; next to 0 it does if it bends upwards there.
    fn rises(&self) -> bool {
        if self.tau > 0.0 { self.slope > 0.0 } else { self.bend > 0.0 }
    }

    /// The profile at a larger deviation, towards which the others go on as with its logarithm; from where they are if that is no good
    /// guess.
    fn next(&self, tau: f64, likelihood: &Likelihood, at: usize, others: &[usize]) -> Option<Rung> {
        let mut ahead = self.theta.clone();
        let way = if self.tau > 0.0 { self.tau * (tau / self.tau).ln() } else { 0.0 };
        self.followers.iter().for_each(|other| ahead[other.at] -= (other.along * way).clamp(-1.0, 1.0));
        let guessed = Rung::new(tau, ahead, likelihood, at, others);
        guessed.or_else(|| Rung::new(tau, self.theta.clone(), likelihood, at, others))
    }

    /// The profile at a deviation, to which the others are led by Newton's method.
    fn new(
        tau: f64,
        mut theta: Vec<f64>,
        likelihood: &Likelihood,
        at: usize,
        others: &[usize],
    ) -> Option<Rung> {
        theta[at] = tau;
        for step in 1.. {
            let tangent = Tangent::new(&likelihood.point(&theta)?, at, others)?;
            let longest = tangent.others.iter().map(|other| other.behind.abs()).fold(0.0, f64::max);
            if !(longest < LONG) {
                return None;
            }
            let (slope, bend) = (-tangent.slope, -tangent.curvature);
            tangent.others.iter().for_each(|other| theta[other.at] -= other.behind);
            let known = longest < NEAR && SURE * tangent.gain < tau * slope.abs();
            if step == MOST_STEPS || longest < SHORT || known {
                return Some(Rung { tau, slope, bend, theta, followers: tangent.others });
            }
        }
        None
    }

    /// About the maximum between here, where the profile rises, and a rung where it falls. The others are taken to be straight.
    fn maximum_before(&self, next: &Rung, at: usize) -> Vec<f64> {
        let part = if self.tau > 0.0 { self.part_before(next) } else { self.part_from_none(next) };
        let mut theta: Vec<f64> =
            self.theta.iter().zip(&next.theta).map(|(from, to)| from + part * (to - from)).collect();
        theta[at] = self.tau + part * (next.tau - self.tau);
        theta
    }

    /// The part of the way at which the cubic with the slopes at both ends and their own slopes is 0.
    fn part_before(&self, next: &Rung) -> f64 {
        let width = next.tau - self.tau;
        fall(|part| {
            let rest = 1.0 - part;
            rest * rest * ((1.0 + 2.0 * part) * self.slope + part * width * self.bend)
                + part * part * ((1.0 + 2.0 * rest) * next.slope - rest * width * next.bend)
        })
    }

    /// The same from a deviation of 0, about which slopes are odd functions, and a little further: this side of the maximum, where the
    /// profile bends upwards, Newton's method leads astray.
    fn part_from_none(&self, next: &Rung) -> f64 {
        let (ratio, bend) = (next.slope / next.tau - self.bend, next.bend - self.bend);
        let fifth = 0.5 * (bend - 3.0 * ratio);
        let square = fall(|square| self.bend + square * (ratio - fifth + square * fifth));
        (1.2 * square.sqrt()).min(1.0)
    }
}

/// The place at which a function on (0, 1) falls below 0.
fn fall(function: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if function(middle) > 0.0 { low = middle } else { high = middle }
    }
    high
}
