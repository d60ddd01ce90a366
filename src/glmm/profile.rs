//! Bounds from the profile likelihood: where twice the fall of the likelihood reaches the quantile of χ² with 1 df.
//!
//! The signed root r(b) = √(2(l̂ − l(b))) is nearly linear in b, so that Newton's method on it needs three or four
//! inner fits, each warm-started from the last; a bracket keeps it from leaving.
//!
//! Where random effects correlate, the profile has a branch of either sign of the correlation: every inner fit starts
//! from both, or the curve would jump from one to the other. Evaluations are counted: a bound that is not found within
//! so many is given up, never guessed.

use std::cell::Cell;

use crate::stat::newton::{Bound, Objective, Point, descend};

use super::{
    joint,
    problem::{Likelihood, POINTS_PER_STUDY, Problem, UNBOUNDED},
};

/// The bounds and the value of the profile at one point.
#[derive(Debug, Clone)]
pub(super) struct Profile<'a> {
    problem: &'a Problem,
    /// The parameter that is profiled.
    at: usize,
    /// The largest log-likelihood.
    highest: f64,
    /// Evaluations of the likelihood so far.
    spent: Cell<usize>,
}

/// The end of an interval on one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    At(f64),
    /// The likelihood never falls far enough.
    Never,
    /// The search was given up.
    Lost,
}

impl End {
    /// The place, where there is one.
    pub fn place(self) -> Option<f64> {
        if let End::At(place) = self { Some(place) } else { None }
    }
}

/// The note on a bound that was given up.
pub(super) const LOST: &str = "a bound of a profile likelihood was not found within the evaluations that one may take, \
                               and is left out: the likelihood is too flat or has several ridges";

/// Evaluations of the likelihood for one bound: a hundred or two are customary.
const MOST_EVALUATIONS: usize = 1000;

/// A likelihood higher by this than its maximum shows that there is another one.
const HIGHER: f64 = 1e-6;

/// A root of twice the fall this close to the quantile has reached it.
const REACHED: f64 = 1e-6;

/// A likelihood within this of the level is at its bound.
const SAME: f64 = 1e-9;

/// Beyond this distance, in units of the orthonormal coordinates, a likelihood that still has not fallen never will.
const FAR: f64 = 120.0;

impl<'a> Profile<'a> {
    pub fn new(problem: &'a Problem, at: usize, highest: f64) -> Self {
        Profile { problem, at, highest, spent: Cell::new(0) }
    }

    /// The highest point with the parameter at `value`, climbed to from `warm`.
    pub fn point(&self, value: f64, warm: &[f64]) -> Option<Point> {
        let likelihood = &self.problem.likelihood;
        let bounds = likelihood.bounds();
        let dispersion = likelihood.dispersion();
        let fixed = self.fixed();
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
        self.correlations(&mut starts);
        let starts: Vec<Vec<f64>> = starts.iter().map(|start| self.inside(start)).collect();
        self.descended(&starts, &bounds, &fixed)
    }

    /// The parameters that do not move: the one that is profiled, and without heterogeneity its deviations.
    fn fixed(&self) -> Vec<bool> {
        let likelihood = &self.problem.likelihood;
        let mut fixed = if self.problem.random {
            vec![false; likelihood.parameters()]
        } else {
            likelihood.held_without_dispersion()
        };
        fixed[self.at] = true;
        fixed
    }

    /// The place beyond `from`, in the direction of `step`, where twice the fall reaches `cut`²: by Newton's method on all
    /// parameters where that leads to the highest point of its place, else by a bracket.
    pub fn end(&self, from: &[f64], step: f64, cut: f64) -> End {
        self.limited(|| self.end_within(from, step, cut))
    }

    /// A search with the points of integrals that it may take.
    fn limited(&self, search: impl FnOnce() -> End) -> End {
        self.problem.likelihood.allow(POINTS_PER_STUDY);
        let end = search();
        self.problem.likelihood.allow(u64::MAX);
        end
    }

    fn end_within(&self, from: &[f64], step: f64, cut: f64) -> End {
        let likelihood = &self.problem.likelihood;
        if matches!(likelihood, Likelihood::Over(_)) {
            return self.bracketed(from, step, cut, None);
        }
        let value = -self.highest + 0.5 * cut * cut;
        let fixed = self.fixed();
        let (found, evaluations) =
            joint::bound(likelihood, &joint::Level { at: self.at, value, fixed: &fixed }, from, step);
        self.spent.set(self.spent.get() + evaluations);
        let Some(theta) = found else { return self.bracketed(from, step, cut, None) };
        let (place, far) = (theta[self.at], self.reach(from[self.at], step));
        match self.point(place, &theta) {
            // No higher point there, and the fall is the one that was looked for.
            Some(point) if (point.value - value).abs() < SAME && (place - from[self.at]).abs() < far => {
                End::At(place)
            }
            _ => self.bracketed(from, step, cut, None),
        }
    }

    /// Adds the first start with the correlation of the random effects near either end.
    fn correlations(&self, starts: &mut Vec<Vec<f64>>) {
        if let Likelihood::Random(random) = &self.problem.likelihood
            && random.correlated
            && self.problem.random
            && let Some(first) = starts.first().cloned()
        {
            let at = random.p + 2;
            let deviation = first[at].hypot(first[at + 1]);
            for share in [0.9_f64, -0.9] {
                let mut start = first.clone();
                (start[at], start[at + 1]) = ((1.0 - share * share).sqrt() * deviation, share * deviation);
                starts.push(start);
            }
        }
    }

    /// The highest point that the starts lead to.
    fn descended(&self, starts: &[Vec<f64>], bounds: &[Bound], fixed: &[bool]) -> Option<Point> {
        let likelihood = &self.problem.likelihood;
        let spend = |evaluations: usize| self.spent.set(self.spent.get() + evaluations);
        let exact = |start: &[f64]| {
            let path = descend(likelihood, bounds, start, fixed, &[])?;
            spend(path.evaluations);
            Some(path.point)
        };
        let coarse = match likelihood {
            // Most of the way by cheap integrals, as exact ones take long, and the rest of the best way by exact ones.
            Likelihood::Random(_) => likelihood.coarse(),
            _ => None,
        };
        let climber = coarse.as_ref().unwrap_or(likelihood);
        let mut found: Vec<Point> = Vec::new();
        for start in starts {
            // Ways to a point that is known are cut short.
            if let Some(path) = descend(climber, bounds, start, fixed, &found) {
                spend(path.evaluations);
                found.push(path.point);
            }
        }
        let best = found.into_iter().min_by(|a, b| a.value.total_cmp(&b.value))?;
        if coarse.is_some() { exact(&best.theta) } else { Some(best) }
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

    /// The place beyond `from`, in the direction of `step`, where twice the fall reaches `cut`².
    pub fn bound(&self, from: &[f64], step: f64, cut: f64) -> End {
        self.bound_before(from, step, cut, None)
    }

    /// The same before a place where the fall is known to be larger: the search does not look there or beyond, so that
    /// it neither meets the kink that a profile can have at a deviation of 0 nor the mirror image of a bound.
    pub fn bound_before(&self, from: &[f64], step: f64, cut: f64, beyond: Option<f64>) -> End {
        self.limited(|| self.bracketed(from, step, cut, beyond))
    }

    fn bracketed(&self, from: &[f64], step: f64, cut: f64, beyond: Option<f64>) -> End {
        let limit = self.spent.get() + MOST_EVALUATIONS;
        let origin = from[self.at];
        let far = self.reach(origin, step);
        let (mut inner, mut outer) = (origin, beyond);
        let mut value = origin + step;
        let mut warm = from.to_vec();
        for _ in 0..100 {
            let Some(point) = self.point(value, &warm) else { return End::Lost };
            if -point.value > self.highest + HIGHER || self.spent.get() > limit {
                return End::Lost;
            }
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
                return End::At(value + change);
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
                    return End::Never;
                }
                next = next.clamp(origin - far, origin + far);
            }
            if let Some(outer) = outer
                && (outer - inner).abs() <= fine
            {
                // A bracket without the quantile within is a jump of the curve, no bound.
                let reached = (root - cut).abs() < REACHED * cut;
                return if reached { End::At(0.5 * (inner + outer)) } else { End::Lost };
            }
            value = next;
        }
        End::Lost
    }
}
