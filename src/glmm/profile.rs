//! Bounds from the profile likelihood: where twice the fall of the likelihood reaches the quantile of χ² with 1 df.
//!
//! The signed root r(b) = √(2(l̂ − l(b))) is nearly linear in b, so that Newton's method on it needs three or four
//! inner fits, each warm-started from the last; a bracket keeps it from leaving.

use crate::stat::newton::{Objective, Point, descend};

use super::problem::{Likelihood, Problem, UNBOUNDED};

/// The bounds and the value of the profile at one point.
#[derive(Debug, Clone)]
pub(super) struct Profile<'a> {
    problem: &'a Problem,
    /// The parameter that is profiled.
    at: usize,
    /// The largest log-likelihood.
    highest: f64,
}

/// Beyond this distance, in units of the orthonormal coordinates, a likelihood that still has not fallen never will.
const FAR: f64 = 120.0;

impl<'a> Profile<'a> {
    pub fn new(problem: &'a Problem, at: usize, highest: f64) -> Self {
        Profile { problem, at, highest }
    }

    /// The highest point with the parameter at `value`, climbed to from `warm`.
    pub fn point(&self, value: f64, warm: &[f64]) -> Option<Point> {
        let likelihood = &self.problem.likelihood;
        let bounds = likelihood.bounds();
        let dispersion = likelihood.dispersion();
        let mut fixed = if self.problem.random {
            vec![false; bounds.len()]
        } else {
            likelihood.held_without_dispersion()
        };
        fixed[self.at] = true;
        let mut start = warm.to_vec();
        start[self.at] = value;
        let mut starts = vec![start.clone()];
        if self.problem.random && self.at != dispersion {
            // From exactly 0 there is no way to a positive τ; and a second peak may have grown.
            let other = if start[dispersion].abs() < 0.05 { 0.3 } else { 0.0 };
            if let Likelihood::Over(_) = likelihood {
                start[dispersion] = 0.2 * other;
            } else {
                start[dispersion] = other;
            }
            starts.push(start);
        }
        starts
            .iter()
            .map(|start| self.inside(start))
            .map(|start| match likelihood.coarse() {
                // Most of the way by cheap integrals, where exact ones take long.
                Some(coarse @ Likelihood::Random(_)) => {
                    descend(&coarse, &bounds, &start, &fixed, &[]).map_or(start, |path| path.point.theta)
                }
                _ => start,
            })
            .filter_map(|start| descend(likelihood, &bounds, &start, &fixed, &[]))
            .map(|path| path.point)
            .min_by(|a, b| a.value.total_cmp(&b.value))
    }

    /// The start, with a baseline so low that the risks of a log link are below 1.
    fn inside(&self, start: &[f64]) -> Vec<f64> {
        let mut start = start.to_vec();
        if let Likelihood::Over(over) = &self.problem.likelihood
            && over.two()
        {
            for _ in 0..200 {
                if over.point(&start).is_some() {
                    break;
                }
                start[over.p] -= 0.5;
            }
        }
        start
    }

    /// Twice the fall of the log-likelihood at a point, 0 or more.
    pub fn fall(&self, point: &Point) -> f64 {
        (2.0 * (self.highest + point.value)).max(0.0)
    }

    /// The distance at which a bound counts as infinite: a standard deviation ends where the climb does.
    fn reach(&self, origin: f64, step: f64) -> f64 {
        let likelihood = &self.problem.likelihood;
        let deviation = self.at == likelihood.dispersion() && !matches!(likelihood, Likelihood::Over(_));
        if deviation { (UNBOUNDED * step.signum() - origin).abs() } else { FAR }
    }

    /// The place beyond `from`, in the direction of `step`, where twice the fall reaches `cut`²; `None` if it never does.
    pub fn bound(&self, from: &[f64], step: f64, cut: f64) -> Option<f64> {
        let origin = from[self.at];
        let far = self.reach(origin, step);
        let (mut inner, mut outer): (f64, Option<f64>) = (origin, None);
        let mut value = origin + step;
        let mut warm = from.to_vec();
        for _ in 0..100 {
            let point = self.point(value, &warm)?;
            let root = self.fall(&point).sqrt();
            // The slope of the root, which grows away from the maximum.
            let slope = point.gradient[self.at] / root.max(1e-8) * step.signum();
            if root < cut {
                inner = value;
            } else {
                outer = Some(value);
            }
            let change = (cut - root) / slope * step.signum();
            warm = point.theta;
            let fine = 1e-12 * (value.abs() + step.abs());
            if change.is_finite() && slope > 0.0 && change.abs() < 1e3 * fine {
                return Some(value + change);
            }
            let mut next = value + change;
            let within = |next: f64| match outer {
                Some(outer) => (next - inner) * (outer - next) > 0.0,
                None => (next - inner) * step > 0.0,
            };
            if !(slope > 0.0 && next.is_finite() && within(next)) {
                next = match outer {
                    Some(outer) => 0.5 * (inner + outer),
                    None => inner + 2.0 * (inner - origin).abs().max(step.abs()) * step.signum(),
                };
            }
            if outer.is_none() {
                // No more than a few times as far as has been seen.
                let most = inner + 4.0 * (inner - origin).abs().max(step.abs()) * step.signum();
                next = if step > 0.0 { next.min(most) } else { next.max(most) };
                if (inner - origin).abs() >= far {
                    return None;
                }
                next = next.clamp(origin - far, origin + far);
            }
            if let Some(outer) = outer
                && (outer - inner).abs() <= fine
            {
                return Some(0.5 * (inner + outer));
            }
            value = next;
        }
        Some(value)
    }
}
