//! A profile-likelihood bound with all other parameters at once.
//!
//! A bound solves l(ψ) = l̂ − χ²/2 with the derivatives by all other parameters 0. Newton's method on these equations
//! (D. J. Venzon and S. H. Moolgavkar, A method for computing profile-likelihood-based confidence intervals, Appl. Stat.
//! 37 (1988), doi:10.2307/2347496) takes the likelihood for a parabola: the others follow the parameter, and the
//! parameter goes to where the parabola reaches the level. It needs one evaluation a step; whatever it cannot do is left
//! to the bracket.

use crate::stat::{
    newton::{Objective, Point},
    tangent::Tangent,
};

use super::problem::Likelihood;

/// Steps to a bound; six or seven are customary.
const MOST_STEPS: usize = 25;

/// The last steps, in units of the first one: what follows would be below rounding.
const LAST: f64 = 1e-7;

/// A deviation to go on from where the likelihood rises away from none.
const AWAY: f64 = 0.3;

/// The bound that is asked for: the parameter, minus the log-likelihood at its bound, and the parameters that stay.
pub(super) struct Level<'a> {
    pub at: usize,
    pub value: f64,
    pub fixed: &'a [bool],
}

/// The parameters at the bound in the direction of `step` from the maximum `from`; `None` if the way is not smooth. The second
/// number counts evaluations.
pub(super) fn bound(
    likelihood: &Likelihood,
    level: &Level<'_>,
    from: &[f64],
    step: f64,
) -> (Option<Vec<f64>>, usize) {
    let mut theta = from.to_vec();
    let mut last = f64::INFINITY;
    for evaluations in 1..=MOST_STEPS {
        let Some(point) = likelihood.point(&theta) else { return (None, evaluations) };
        let dispersion = likelihood.dispersion();
        let free = dispersion != level.at && !level.fixed.get(dispersion).copied().unwrap_or(true);
        if free && theta[dispersion].abs() < 1e-9 && point.hessian[(dispersion, dispersion)] < 0.0 {
            theta[dispersion] = AWAY;
            continue;
        }
        let Some(change) = change(&point, level, step, evaluations == 1) else { return (None, evaluations) };
        let others = change.iter().fold(0.0, |most: f64, change| most.max(change.abs()));
        if !(others < 4.0 + 2.0 * step.abs()) {
            return (None, evaluations);
        }
        theta.iter_mut().zip(&change).for_each(|(theta, change)| *theta += change);
        let distance = others / step.abs().min(1.0);
        if distance < LAST {
            let right_way = (theta[level.at] - from[level.at]) * step > 0.0;
            return (right_way.then_some(theta), evaluations);
        }
        // Newton's method closes in after a few steps or not at all.
        if evaluations > 8 && distance > 0.7 * last {
            return (None, evaluations);
        }
        last = distance;
    }
    (None, MOST_STEPS)
}

/// Newton's change of all parameters; at the maximum itself, where nothing falls yet, the parabola gives the whole way.
fn change(point: &Point, level: &Level<'_>, step: f64, first: bool) -> Option<Vec<f64>> {
    let at = level.at;
    let others: Vec<usize> =
        (0..point.theta.len()).filter(|&i| i != at && !level.fixed.get(i).copied().unwrap_or(true)).collect();
    // The profile of minus the log-likelihood as a parabola in the parameter.
    let Tangent { others, slope, curvature: bend, gain } = Tangent::new(point, at, &others)?;
    let height = point.value - gain - level.value;
    let sign = step.signum();
    let inside = slope * slope - 2.0 * bend * height;
    let along = if first {
        (-2.0 * height / bend).max(0.0).sqrt() * sign
    } else if inside >= 0.0 && slope * sign > 0.0 {
        -2.0 * height / (slope + sign * inside.sqrt())
    } else {
        return None;
    };
    let along =
        if along.is_finite() { along.clamp(-3.0 * step.abs(), 3.0 * step.abs()) } else { return None };
    let mut change = vec![0.0; point.theta.len()];
    change[at] = along;
    others.iter().for_each(|other| change[other.at] = other.change(along));
    change.iter().all(|change| change.is_finite()).then_some(change)
}
