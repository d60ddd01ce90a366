//! Profile-likelihood intervals: the values of one variance or correlation at which twice the fall of the log-likelihood,
//! maximised over all else, equals the quantile of chi-square with one degree of freedom.
//!
//! The signed root of that fall is nearly linear in the logarithm of a variance, and its slope is known from the gradient
//! (the other parameters are at their optimum), so that a bracketed Newton iteration takes few steps. What is no parameter
//! of the model is made one first, in another form of the same covariance.

use super::likelihood::{Point, Problem};
use super::optimize::descend;
use super::prepare::Prepared;
use super::structure::{Bound, Reading};

/// The interval of the variance that is parameter `i`, in the units of the problem; an end that does not exist is `None`.
pub(super) fn variance(prepared: &Prepared, best: &Point, i: usize, quantile: f64) -> [Option<f64>; 2] {
    positive(&prepared.problem, &prepared.bounds, &prepared.fixed, best, i, quantile)
}

/// The interval of the `at`-th variance (or, after them, correlation) of a structured term, as users know it.
pub(super) fn reading(
    prepared: &Prepared,
    best: &Point,
    term: usize,
    at: usize,
    quantile: f64,
) -> Option<[Option<f64>; 2]> {
    let own = &prepared.problem.terms[term];
    let range = own.first..own.first + own.count;
    let (shape, codes) = own.inner.as_ref()?;
    let (form, theta, place, kind) = shape.with_reading(&best.theta[range.clone()], at)?;
    let i = own.first + place;
    if own.held.iter().any(|held| held.place == place) || (form != *shape && !own.held.is_empty()) {
        return None;
    }
    let mut bounds = prepared.bounds.clone();
    let other;
    let (problem, best) = if form == *shape {
        (&prepared.problem, best)
    } else {
        bounds.splice(range.clone(), form.bounds());
        let mut problem = prepared.problem.clone();
        problem.terms[term].inner = Some((form.clone(), codes.clone()));
        let mut point = best.theta.clone();
        point.splice(range, theta);
        for (value, bound) in point.iter_mut().zip(&bounds) {
            *value = value.clamp(bound.lower, bound.upper);
        }
        let best = problem.point(&point)?;
        other = (problem, best);
        (&other.0, &other.1)
    };
    let fixed = &prepared.fixed;
    let unit = prepared.unit;
    Some(match kind {
        Reading::Variance => {
            positive(problem, &bounds, fixed, best, i, quantile).map(|end| end.map(|x| x * unit))
        }
        Reading::Root => {
            positive(problem, &bounds, fixed, best, i, quantile).map(|end| end.map(|x| x * x * unit))
        }
        Reading::Correlation => bounded(problem, &bounds, fixed, best, i, quantile)
            .map(|end| end.and_then(|value| form.known_as(value))),
    })
}

/// The ends for a parameter that is 0 or more.
fn positive(
    problem: &Problem,
    bounds: &[Bound],
    fixed: &[bool],
    best: &Point,
    i: usize,
    quantile: f64,
) -> [Option<f64>; 2] {
    let mut profile = Profile { problem, bounds, fixed, best, i, target: quantile.sqrt(), logarithmic: true };
    let estimate = best.theta[i];
    let lower = match profile.root(0.0, best) {
        Some((root, _, _)) if root > 0.0 => profile.cross(0.0, estimate, best),
        Some(_) => Some(0.0),
        None => None,
    };
    let mut upper = None;
    let mut inner = estimate;
    let mut outer = (estimate * 2.0).max(0.1);
    let mut warm = best.clone();
    for _ in 0..60 {
        match profile.root(outer, &warm) {
            Some((root, _, point)) => {
                if root >= 0.0 {
                    upper = profile.cross(outer, inner, &point);
                    break;
                }
                warm = point;
                inner = outer;
                outer *= 2.0;
            }
            None => break,
        }
    }
    [lower, upper]
}

/// The ends for a parameter between bounds; a bound that the likelihood does not exclude is the end.
fn bounded(
    problem: &Problem,
    bounds: &[Bound],
    fixed: &[bool],
    best: &Point,
    i: usize,
    quantile: f64,
) -> [Option<f64>; 2] {
    let mut profile =
        Profile { problem, bounds, fixed, best, i, target: quantile.sqrt(), logarithmic: false };
    let estimate = best.theta[i];
    [bounds[i].lower, bounds[i].upper].map(|bound| match profile.root(bound, best) {
        Some((root, _, _)) if root > 0.0 => profile.cross(bound, estimate, best),
        Some(_) => Some(bound),
        // At the bound itself the covariance can be singular: just inside it is not.
        None => profile.cross(bound + 1e-9 * (estimate - bound), estimate, best),
    })
}

struct Profile<'a> {
    problem: &'a Problem,
    bounds: &'a [Bound],
    fixed: &'a [bool],
    best: &'a Point,
    i: usize,
    target: f64,
    /// Whether Newton's steps are taken in the logarithm of the parameter.
    logarithmic: bool,
}

impl Profile<'_> {
    /// Root of the fall less its target, its slope, and the point, with parameter i at `x`.
    fn root(&mut self, x: f64, warm: &Point) -> Option<(f64, f64, Point)> {
        let mut fixed = self.fixed.to_vec();
        fixed[self.i] = true;
        let mut lowest: Option<Point> = None;
        // From the last point and, for variances, from the maximum too, in case the profile has another branch.
        let again = self.logarithmic && warm.theta != self.best.theta;
        for start in std::iter::once(&warm.theta).chain(again.then_some(&self.best.theta)) {
            let mut theta = start.clone();
            theta[self.i] = x;
            let known: Vec<Point> = lowest.iter().cloned().collect();
            if let Some(path) = descend(self.problem, self.bounds, &theta, &fixed, &known)
                && !path.duplicate
                && lowest.as_ref().is_none_or(|point| path.point.value < point.value)
            {
                lowest = Some(path.point);
            }
        }
        let point = lowest?;
        let root = (2.0 * (point.value - self.best.value)).max(0.0).sqrt();
        let slope = if root > 0.0 { point.gradient[self.i] / root } else { 0.0 };
        Some((root - self.target, slope, point))
    }

    /// Where the root crosses 0 between `outside` (above) and `inside` (below).
    fn cross(&mut self, mut outside: f64, mut inside: f64, warm: &Point) -> Option<f64> {
        let mut warm = warm.clone();
        let mut x = 0.5 * (outside + inside);
        for _ in 0..200 {
            let (root, slope, point) = self.root(x, &warm)?;
            if root == 0.0 {
                return Some(x);
            }
            if root > 0.0 {
                outside = x;
            } else {
                inside = x;
            }
            warm = point;
            let next = if slope == 0.0 {
                f64::NAN
            } else if !self.logarithmic {
                x - root / slope
            } else if x > 0.0 {
                x * (-root / (slope * x)).exp()
            } else {
                f64::NAN
            };
            let (low, high) = (outside.min(inside), outside.max(inside));
            let previous = x;
            x = if next > low && next < high { next } else { 0.5 * (low + high) };
            if (x - previous).abs() <= 1e-12 * previous.abs() || high - low <= 1e-14 * (1.0 + high.abs()) {
                return Some(x);
            }
        }
        Some(x)
    }
}
