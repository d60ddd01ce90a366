//! Profile-likelihood intervals: the values of one variance at which twice the fall of the log-likelihood, maximised over
//! all else, equals the quantile of chi-square with one degree of freedom.
//!
//! The signed root of that fall is nearly linear in the logarithm of the variance, and its slope is known from the
//! gradient (the other parameters are at their optimum), so that a bracketed Newton iteration takes few steps.

use super::likelihood::{Point, Problem};
use super::optimize::descend;
use super::structure::Bound;

/// The interval of parameter `i`, in the units of the problem; an end that does not exist is `None`.
pub(super) fn interval(
    problem: &Problem,
    bounds: &[Bound],
    best: &Point,
    i: usize,
    quantile: f64,
) -> (Option<f64>, Option<f64>) {
    let mut profile = Profile { problem, bounds, best, i, target: quantile.sqrt() };
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
    (lower, upper)
}

struct Profile<'a> {
    problem: &'a Problem,
    bounds: &'a [Bound],
    best: &'a Point,
    i: usize,
    target: f64,
}

impl Profile<'_> {
    /// Root of the fall less its target, its slope, and the point, with parameter i at `x`.
    fn root(&mut self, x: f64, warm: &Point) -> Option<(f64, f64, Point)> {
        let mut fixed = vec![false; self.bounds.len()];
        fixed[self.i] = true;
        let mut lowest: Option<Point> = None;
        for start in [&warm.theta, &self.best.theta] {
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
            // Newton in log x.
            let next = if x > 0.0 && slope != 0.0 { x * (-root / (slope * x)).exp() } else { f64::NAN };
            let (low, high) = (outside.min(inside), outside.max(inside));
            let previous = x;
            x = if next > low && next < high { next } else { 0.5 * (low + high) };
            if (x - previous).abs() <= 1e-12 * previous.abs() || high - low <= 1e-14 * high {
                return Some(x);
            }
        }
        Some(x)
    }
}
