//! The way up to the maximum of the likelihood: Newton's method with a safeguard, from several starts.

use super::likelihood::{Derivatives, Precision, Problem};
use crate::linalg::cholesky;

/// The search in coordinates (β, tau², δ), of which those that must be above 0 are taken by their logarithm.
pub(super) struct Search<'a> {
    pub problem: &'a Problem<'a>,
    /// The parameters that stay where they start.
    pub held: Vec<bool>,
}

/// When a climb ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// A step gains less than 0.001, by rough integrals: a start is worth following, or not.
    Rough,
    /// No step gains anything.
    Exact,
}

impl Search<'_> {
    fn tau2(&self) -> usize {
        self.problem.coefficients()
    }

    /// Whether a coordinate is a logarithm.
    pub fn logarithmic(&self, i: usize) -> bool {
        i > self.tau2() && self.problem.selection.positive(i - self.tau2() - 1)
    }

    /// Whether a coordinate has the lower bound 0.
    pub fn bounded(&self, i: usize) -> bool {
        i == self.tau2() || i > self.tau2() && !self.logarithmic(i)
    }

    fn natural(&self, x: &[f64]) -> Vec<f64> {
        x.iter().enumerate().map(|(i, &x)| if self.logarithmic(i) { x.exp() } else { x }).collect()
    }

    fn coordinates(&self, theta: &[f64]) -> Vec<f64> {
        theta.iter().enumerate().map(|(i, &x)| if self.logarithmic(i) { x.ln() } else { x }).collect()
    }

    fn evaluate(&self, x: &[f64], end: End) -> Derivatives {
        let theta = self.natural(x);
        let precision = if end == End::Rough { Precision::Rough } else { Precision::Exact };
        let mut d = self.problem.evaluate_to(&theta, precision);
        let n = theta.len();
        for a in (0..n).filter(|&a| self.logarithmic(a)) {
            for b in 0..n {
                d.second[a * n + b] *= theta[a];
                d.second[b * n + a] *= theta[a];
            }
            d.first[a] *= theta[a];
            d.second[a * n + a] += d.first[a];
        }
        d
    }

    /// Newton's method with a growing ridge until the step goes up, the bounds held exactly.
    fn climb(&self, start: Vec<f64>, end: End) -> (Vec<f64>, Derivatives) {
        let mut x = start;
        let mut at = self.evaluate(&x, end);
        let n = x.len();
        // From a rough maximum Newton's method needs no help.
        let mut ridge = if end == End::Rough { 1e-3 } else { 1e-9 };
        for _ in 0..200 {
            let free: Vec<usize> = (0..n)
                .filter(|&i| !(self.held[i] || self.bounded(i) && x[i] <= 0.0 && at.first[i] <= 0.0))
                .collect();
            let m = free.len();
            let mut moved = false;
            for _ in 0..40 {
                let mut a = vec![0.0; m * m];
                for (r, &i) in free.iter().enumerate() {
                    for (c, &j) in free.iter().enumerate() {
                        a[c * m + r] = -at.second[i * n + j];
                    }
                    a[r * m + r] += ridge * (at.second[i * n + i].abs() + 1e-8);
                }
                let mut step: Vec<f64> = free.iter().map(|&i| at.first[i]).collect();
                let solved = cholesky::factor(&mut a, m).and_then(|()| cholesky::solve(&a, m, &mut step));
                if solved.is_ok() {
                    let mut next = x.clone();
                    for (&i, step) in free.iter().zip(&step) {
                        next[i] += if self.logarithmic(i) { step.clamp(-2.0, 2.0) } else { *step };
                        if self.bounded(i) {
                            next[i] = next[i].max(0.0);
                        }
                    }
                    let trial = self.evaluate(&next, end);
                    if trial.value >= at.value {
                        let gain = trial.value - at.value;
                        let change = next
                            .iter()
                            .zip(&x)
                            .map(|(a, b)| if a == b { 0.0 } else { (a - b).abs() / (b.abs() + 1e-6) })
                            .fold(0.0, f64::max);
                        // A full step that short leaves its square.
                        let arrived = ridge <= 1e-8 && change < 1e-7;
                        (x, at) = (next, trial);
                        ridge *= 0.05;
                        if ridge < 1e-14 {
                            ridge = 0.0;
                        }
                        moved = !arrived && change > 1e-13 && !(gain == 0.0 && change < 1e-9);
                        if end == End::Rough && gain < 1e-3 {
                            moved = false;
                        }
                        break;
                    }
                }
                ridge = if ridge == 0.0 { 1e-10 } else { ridge * 8.0 };
            }
            if !moved {
                break;
            }
        }
        (x, at)
    }

    /// The highest of the maxima above these starts, with the derivatives in the parameters themselves; `None` if the
    /// likelihood is nowhere finite.
    pub fn best(&self, starts: &[Vec<f64>]) -> Option<(Vec<f64>, Derivatives)> {
        let mut rough: Vec<(Vec<f64>, f64)> = starts
            .iter()
            .map(|start| self.climb(self.coordinates(start), End::Rough))
            .map(|(x, at)| (x, at.value))
            .filter(|(_, value)| value.is_finite())
            .collect();
        rough.sort_by(|a, b| b.1.total_cmp(&a.1));
        let top = rough.first()?.1;
        let mut best: Option<(Vec<f64>, f64)> = None;
        let mut followed: Vec<Vec<f64>> = Vec::new();
        for (x, value) in rough {
            // A climb that ended far below, or at the foot of one that was followed, is not worth following.
            let near = |other: &Vec<f64>| {
                other.iter().zip(&x).all(|(a, b)| (a - b).abs() <= 0.02 * (1.0 + a.abs().max(b.abs())))
            };
            if value < top - 1.0 || followed.iter().any(near) {
                continue;
            }
            followed.push(x.clone());
            let (found, at) = self.climb(x, End::Exact);
            if best.as_ref().is_none_or(|(_, b)| at.value > *b + 1e-12) {
                best = Some((found, at.value));
            }
        }
        let theta = self.natural(&best?.0);
        let at = self.problem.evaluate(&theta);
        Some((theta, at))
    }

    /// The maximum with coordinate `i` held at `c` (of the search, not of the model), from a start that is moved to the
    /// maximum found.
    pub fn held_at(&self, i: usize, c: f64, x: &mut Vec<f64>) -> f64 {
        let mut held = self.held.clone();
        held[i] = true;
        let search = Search { problem: self.problem, held };
        let mut start = x.clone();
        start[i] = c;
        let (found, at) = search.climb(start, End::Exact);
        *x = found;
        at.value
    }

    /// The coordinates of parameters.
    pub fn at(&self, theta: &[f64]) -> Vec<f64> {
        self.coordinates(theta)
    }
}
