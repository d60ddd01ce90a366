//! The minimum of a smooth function in a box: damped Newton steps with the exact Hessian, from one start or several.
//!
//! For the likelihoods of models: an [`Objective`] is `−log L` with its gradient and Hessian, written once by the model
//! that owns it; the way down, the treatment of bounds and the comparison of several optima live here.
//!
//! Parameters at a bound whose gradient points outwards are held; for the others the Newton step uses the absolute
//! values of the Hessian's eigenvalues, so that it descends wherever it is taken and leaves saddles. The step is
//! projected onto the box and halved until the objective falls enough; near the optimum steps are accepted while the
//! projected gradient still shrinks, until rounding stops it (Bertsekas 1982, doi:10.1137/0320018; Dauphin et al. 2014,
//! arXiv:1406.2572). Where an objective also knows its expected Hessian, far from the optimum a step is one of Fisher's
//! scoring: it takes variances of any size to the right magnitude at once, where Newton's method doubles or halves them.

use std::borrow::Cow;

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};

/// More steps than any likelihood has needed by far.
const MOST_STEPS: usize = 500;

/// A step that promises more of the objective than this, a unit of the log-likelihood, is far from the optimum.
const FAR: f64 = 1.0;

/// A billionth of a step, which is no longer than a few sizes of its parameter: what goes down no earlier is a kink or rounding.
const MOST_HALVINGS: usize = 30;

/// A relative change below this is followed by one whose square is below rounding: the method converges quadratically.
const LAST_STEP: f64 = 1e-8;

/// A relative change below this changes nothing but what it moves: the step is taken without an evaluation.
const TRUSTED: f64 = 1e-11;

/// A decrement below this leaves nothing that the values can show: steps are judged by the gradient from here.
const POLISHING: f64 = 1e-7;

/// So many steps below that decrement are enough: quadratic convergence takes a few, rounding would take all.
const MOST_POLISHED: usize = 40;

/// A step that brings less than this part of what it promises meets a kink or rounding.
const STALLING: f64 = 1e-3;

/// So many such steps in succession lead nowhere.
const MOST_STALLED: usize = 8;

/// A smooth function to minimise.
pub(crate) trait Objective {
    /// The by-product of an evaluation beside the derivatives.
    type Extra: Clone;

    /// The function at `theta`, a point of the box; `None` where it is not defined.
    fn point(&self, theta: &[f64]) -> Option<Point<Self::Extra>>;

    /// The point nearest to `other` of those at which a symmetry makes the function what it is at `theta`.
    fn twin<'a>(&self, theta: &'a [f64], _other: &[f64]) -> Cow<'a, [f64]> {
        Cow::Borrowed(theta)
    }

    /// The decrement that is close enough to an optimum; 0 goes on until rounding ends the way.
    fn enough(&self) -> f64 {
        0.0
    }
}

/// An objective at one point, with all that follows from it.
#[derive(Debug, Clone)]
pub(crate) struct Point<E = ()> {
    pub theta: Vec<f64>,
    pub value: f64,
    pub gradient: Vec<f64>,
    pub hessian: DMatrix<f64>,
    /// The expected Hessian, where it is known and a step of scoring makes sense.
    pub expected: Option<DMatrix<f64>>,
    #[allow(dead_code)] // for the objectives that have more to tell
    pub extra: E,
}

/// The bounds of one parameter and the size of a long step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub lower: f64,
    pub upper: f64,
    pub size: f64,
}

impl Bound {
    /// A parameter without bounds, whose long step is 1.
    pub const FREE: Bound = Bound { lower: f64::NEG_INFINITY, upper: f64::INFINITY, size: 1.0 };
    /// A variance: 0 or more.
    pub const VARIANCE: Bound = Bound { lower: 0.0, ..Bound::FREE };
}

/// The way to one optimum.
#[derive(Debug, Clone)]
pub(crate) struct Path<E = ()> {
    pub point: Point<E>,
    /// The end of the step from there, which was not taken.
    pub ahead: Vec<f64>,
    pub steps: usize,
    pub evaluations: usize,
    /// True if rounding, not the limit of steps, ended the way.
    pub converged: bool,
    /// True if the way led to an optimum that was known before.
    pub duplicate: bool,
}

/// The lowest of the optima that several starts lead to.
#[derive(Debug, Clone)]
#[allow(dead_code)] // the record of a search, for the models that print it
pub(crate) struct Search<E = ()> {
    pub best: Path<E>,
    pub start: Vec<f64>,
    pub starts: usize,
    pub evaluations: usize,
    /// Different optima, the best included.
    pub optima: usize,
}

/// The largest gradient that is not held by a bound, in units of the objective per size of the parameter.
pub(crate) fn slope<E>(point: &Point<E>, bounds: &[Bound], fixed: &[bool]) -> f64 {
    (0..point.theta.len())
        .filter(|&i| !held(point, bounds, fixed, i))
        // A parameter near 0 counts as a thousandth of a long step, so that its gradient is not scaled away.
        .map(|i| (point.gradient[i] * (point.theta[i].abs() + 1e-3 * bounds[i].size)).abs())
        .fold(0.0, f64::max)
}

/// True if parameter `i` is fixed, or at a bound that its gradient points beyond.
fn held<E>(point: &Point<E>, bounds: &[Bound], fixed: &[bool], i: usize) -> bool {
    let (theta, gradient) = (point.theta[i], point.gradient[i]);
    fixed[i] || (theta <= bounds[i].lower && gradient >= 0.0) || (theta >= bounds[i].upper && gradient <= 0.0)
}

/// Goes down from `start`, which lies in the box; parameters that are `fixed` stay. Stops early near a `known` optimum.
pub(crate) fn descend<O: Objective>(
    objective: &O,
    bounds: &[Bound],
    start: &[f64],
    fixed: &[bool],
    known: &[Point<O::Extra>],
) -> Option<Path<O::Extra>> {
    let point = objective.point(start)?;
    let mut path =
        Path { point, ahead: start.to_vec(), steps: 0, evaluations: 1, converged: false, duplicate: false };
    let (mut stalled, mut polished) = (0, 0);
    let leads = |theta: &[f64], share: f64| {
        known.iter().any(|other| near(&objective.twin(theta, &other.theta), &other.theta, bounds, share))
    };
    while path.steps < MOST_STEPS {
        path.steps += 1;
        let point = &path.point;
        // Within 2 % of a known optimum the way is taken to lead there: the rest of it would cost evaluations only.
        if leads(&point.theta, 0.02) {
            path.duplicate = true;
            break;
        }
        let (direction, hold) = projected_step(point, bounds, fixed)?;
        // Where the objective is convex and the Newton step leads to a known minimum, the way ends there.
        path.ahead = ahead(&point.theta, bounds, &direction, 1.0);
        if leads(&path.ahead, 0.1) && convex(point, &hold) {
            path.duplicate = true;
            break;
        }
        let change = relative(&direction, &point.theta, bounds);
        let decrement: f64 = -direction.iter().zip(&point.gradient).map(|(d, g)| d * g).sum::<f64>();
        // Steps of a few hundred units in the last place are rounding.
        if change < 1e-13 || decrement <= objective.enough() {
            path.converged = true;
            break;
        }
        if decrement < POLISHING && change < TRUSTED {
            path.point.value -= 0.5 * decrement;
            path.point.theta.clone_from(&path.ahead);
            path.converged = true;
            break;
        }
        match advance(objective, bounds, fixed, &mut path, &direction, decrement < POLISHING) {
            Some(next) => {
                let fall = path.point.value - next.value;
                stalled = if fall < STALLING * decrement { stalled + 1 } else { 0 };
                path.point = next;
                polished += usize::from(decrement < POLISHING);
                if polished == MOST_POLISHED {
                    path.converged = true;
                    break;
                }
                if decrement >= POLISHING && stalled == MOST_STALLED {
                    break;
                }
                if decrement < POLISHING && change < LAST_STEP {
                    path.converged = true;
                    break;
                }
            }
            None => {
                // No step goes down: with less than that to gain it is rounding that hides it, with more the objective is not smooth.
                path.converged = decrement < 1e-5;
                break;
            }
        }
    }
    Some(path)
}

/// The largest relative change of a step; for a parameter at 0 it is measured by a ten-thousandth of a long step.
fn relative(direction: &[f64], theta: &[f64], bounds: &[Bound]) -> f64 {
    let changes = direction.iter().zip(theta.iter().zip(bounds));
    changes.map(|(d, (t, bound))| d.abs() / (t.abs() + 1e-4 * bound.size)).fold(0.0, f64::max)
}

/// True if no parameter differs by more than `share` of its size.
fn near(theta: &[f64], other: &[f64], bounds: &[Bound], share: f64) -> bool {
    theta
        .iter()
        .zip(other)
        .zip(bounds)
        .all(|((t, other), bound)| (t - other).abs() <= share * (other.abs() + 1e-2 * bound.size))
}

/// The step of the free parameters, and those that are held: fixed, at a bound, or pushed out of the box by the step.
fn projected_step<E>(point: &Point<E>, bounds: &[Bound], fixed: &[bool]) -> Option<(Vec<f64>, Vec<bool>)> {
    let m = point.theta.len();
    let mut hold: Vec<bool> = (0..m).map(|i| held(point, bounds, fixed, i)).collect();
    let mut direction = step(point, bounds, &hold)?;
    loop {
        let out = (0..m).find(|&i| {
            !hold[i]
                && ((point.theta[i] <= bounds[i].lower && direction[i] < 0.0)
                    || (point.theta[i] >= bounds[i].upper && direction[i] > 0.0))
        });
        let Some(i) = out else { return Some((direction, hold)) };
        hold[i] = true;
        direction = step(point, bounds, &hold)?;
    }
}

/// The first point along the projected step that is good enough; when `polishing`, one with a smaller gradient.
fn advance<O: Objective>(
    objective: &O,
    bounds: &[Bound],
    fixed: &[bool],
    path: &mut Path<O::Extra>,
    direction: &[f64],
    polishing: bool,
) -> Option<Point<O::Extra>> {
    let point = &path.point;
    let m = point.theta.len();
    let before = slope(point, bounds, fixed);
    let mut length = 1.0;
    for attempt in 0..MOST_HALVINGS {
        let theta = ahead(&point.theta, bounds, direction, length);
        path.evaluations += 1;
        if let Some(next) = objective.point(&theta) {
            let predicted: f64 = (0..m).map(|i| point.gradient[i] * (theta[i] - point.theta[i])).sum();
            // Armijo's condition with its customary constant: a ten-thousandth of what the gradient promises.
            let falls = predicted < 0.0 && next.value <= point.value + 1e-4 * predicted;
            if (falls && !polishing) || (polishing && slope(&next, bounds, fixed) < before) {
                return Some(next);
            }
        }
        if polishing && attempt > 3 {
            return None;
        }
        // The projection can bend the step uphill; up to the first bound the step itself goes down.
        length *= 0.5;
        if attempt == 3 {
            length = length.min(room(&point.theta, direction, bounds));
        }
    }
    None
}

/// The end of a part of a step, in the box.
fn ahead(theta: &[f64], bounds: &[Bound], direction: &[f64], length: f64) -> Vec<f64> {
    let ends = theta.iter().zip(direction).map(|(theta, direction)| theta + length * direction);
    ends.zip(bounds).map(|(end, bound)| end.clamp(bound.lower, bound.upper)).collect()
}

/// The part of the step up to the first bound on its way.
fn room(theta: &[f64], direction: &[f64], bounds: &[Bound]) -> f64 {
    (0..theta.len())
        .filter(|&i| direction[i] != 0.0)
        .map(|i| {
            let bound = if direction[i] > 0.0 { bounds[i].upper } else { bounds[i].lower };
            (bound - theta[i]) / direction[i]
        })
        .filter(|t| *t > 0.0)
        .fold(f64::INFINITY, f64::min)
}

/// True if the objective is convex in the parameters that are not held.
fn convex<E>(point: &Point<E>, hold: &[bool]) -> bool {
    let free = free(hold);
    let n = free.len();
    Cholesky::new(DMatrix::from_fn(n, n, |a, b| point.hessian[(free[a], free[b])])).is_some()
}

fn free(hold: &[bool]) -> Vec<usize> {
    (0..hold.len()).filter(|&i| !hold[i]).collect()
}

/// The step of the parameters that are not held: of scoring while it promises much or the objective is not convex, of
/// Newton's method else.
fn step<E>(point: &Point<E>, bounds: &[Bound], hold: &[bool]) -> Option<Vec<f64>> {
    match scoring(point, hold) {
        Some((direction, decrement)) if decrement > FAR || !convex(point, hold) => Some(direction),
        _ => newton(point, bounds, hold),
    }
}

/// The step of Fisher's scoring and its scalar product with the gradient, with the sign changed.
fn scoring<E>(point: &Point<E>, hold: &[bool]) -> Option<(Vec<f64>, f64)> {
    let expected = point.expected.as_ref()?;
    let free = free(hold);
    let n = free.len();
    let factor = Cholesky::new(DMatrix::from_fn(n, n, |a, b| expected[(free[a], free[b])]))?;
    let gradient = DVector::from_fn(n, |a, _| point.gradient[free[a]]);
    let solved = factor.solve(&gradient);
    let mut direction = vec![0.0; hold.len()];
    for (&i, value) in free.iter().zip(&solved) {
        direction[i] = -value;
    }
    direction.iter().all(|d| d.is_finite()).then(|| (direction, solved.dot(&gradient)))
}

/// The Newton step of the parameters that are not held, no longer than a few sizes.
fn newton<E>(point: &Point<E>, bounds: &[Bound], hold: &[bool]) -> Option<Vec<f64>> {
    let free = free(hold);
    let n = free.len();
    let mut direction = vec![0.0; hold.len()];
    if n == 0 {
        return Some(direction);
    }
    if let [i] = free[..] {
        let most = 4.0 * (point.theta[i].abs() + bounds[i].size);
        let raw = -point.gradient[i] / point.hessian[(i, i)].abs().max(f64::MIN_POSITIVE);
        direction[i] = raw.clamp(-most, most);
        return raw.is_finite().then_some(direction);
    }
    let units = units(point, bounds, &free);
    let hessian = DMatrix::from_fn(n, n, |a, b| point.hessian[(free[a], free[b])] * units[a] * units[b]);
    let gradient = DVector::from_fn(n, |a, _| point.gradient[free[a]] * units[a]);
    if !hessian.iter().chain(&gradient).all(|x| x.is_finite()) {
        return None;
    }
    let eigen = SymmetricEigen::try_new(hessian, f64::EPSILON, 10_000)?;
    let largest = eigen.eigenvalues.amax();
    let mut along = eigen.eigenvectors.tr_mul(&gradient);
    for (value, eigenvalue) in along.iter_mut().zip(&eigen.eigenvalues) {
        // A direction this flat has no curvature to go by; without the floor the step along it would be all rounding.
        *value /= -eigenvalue.abs().max(1e-10 * largest).max(f64::MIN_POSITIVE);
    }
    let raw = &eigen.eigenvectors * along;
    let mut shrink: f64 = 1.0;
    for (a, &i) in free.iter().enumerate() {
        direction[i] = raw[a] * units[a];
        // A step may take a parameter to five times itself: longer ones leave the region in which the quadratic says anything.
        let most = 4.0 * (point.theta[i].abs() + bounds[i].size);
        shrink = shrink.min(most / direction[i].abs().max(f64::MIN_POSITIVE));
    }
    for value in &mut direction {
        *value *= shrink;
    }
    direction.iter().all(|d| d.is_finite()).then_some(direction)
}

/// Units of the free parameters in which the Hessian has a unit diagonal, as far as it has one.
fn units<E>(point: &Point<E>, bounds: &[Bound], free: &[usize]) -> Vec<f64> {
    free.iter()
        .map(|&i| {
            let size = point.theta[i].abs() + bounds[i].size;
            let curvature = point.hessian[(i, i)].abs().sqrt();
            // A curvature that changes the objective by less than rounding over a long step gives no unit.
            if curvature * size > 1e-8 { 1.0 / curvature } else { size }
        })
        .collect()
}

/// Goes down from every start and keeps the best.
pub(crate) fn search<O: Objective>(
    objective: &O,
    bounds: &[Bound],
    fixed: &[bool],
    starts: &[Vec<f64>],
) -> Option<Search<O::Extra>> {
    search_beyond(objective, bounds, fixed, starts, &[])
}

/// The same, with ways that lead to points that are `known` already cut short; `None` if all do.
pub(crate) fn search_beyond<O: Objective>(
    objective: &O,
    bounds: &[Bound],
    fixed: &[bool],
    starts: &[Vec<f64>],
    known: &[Point<O::Extra>],
) -> Option<Search<O::Extra>> {
    let mut known: Vec<Point<O::Extra>> = known.to_vec();
    let mut best: Option<(Path<O::Extra>, Vec<f64>)> = None;
    let mut evaluations = 0;
    for start in starts {
        let clamped: Vec<f64> =
            start.iter().zip(bounds).map(|(s, bound)| s.clamp(bound.lower, bound.upper)).collect();
        let Some(path) = descend(objective, bounds, &clamped, fixed, &known) else { continue };
        evaluations += path.evaluations;
        if path.duplicate {
            continue;
        }
        // The same optimum in other parameters (signs of a Cholesky factor) is no other optimum.
        if !known.iter().any(|other| (other.value - path.point.value).abs() < 1e-8) {
            known.push(path.point.clone());
        }
        let better = best.as_ref().is_none_or(|(best, _)| {
            // A gain below this is rounding: the first of equal optima stays, so that results do not hang on the order of starts.
            path.point.value < best.point.value - 1e-9 || (path.converged && !best.converged)
        });
        if better {
            best = Some((path, clamped));
        }
    }
    let (best, start) = best?;
    Some(Search { best, start, starts: starts.len(), evaluations, optima: known.len() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Rosenbrock's valley, whose minimum is at (1, 1).
    struct Valley;

    impl Objective for Valley {
        type Extra = ();

        fn point(&self, theta: &[f64]) -> Option<Point> {
            let (x, y) = (theta[0], theta[1]);
            let bend = y - x * x;
            Some(Point {
                theta: theta.to_vec(),
                value: 100.0 * bend * bend + (1.0 - x).powi(2),
                gradient: vec![-400.0 * x * bend - 2.0 * (1.0 - x), 200.0 * bend],
                hessian: DMatrix::from_row_slice(
                    2,
                    2,
                    &[800.0 * x * x - 400.0 * bend + 2.0, -400.0 * x, -400.0 * x, 200.0],
                ),
                expected: None,
                extra: (),
            })
        }
    }

    /// x⁴ − 2x² + 0.1x has minima near −1 (the lower one) and 1, and is flat near 0.
    struct TwoWells;

    impl Objective for TwoWells {
        type Extra = ();

        fn point(&self, theta: &[f64]) -> Option<Point> {
            let x = theta[0];
            Some(Point {
                theta: theta.to_vec(),
                value: x.powi(4) - 2.0 * x * x + 0.1 * x,
                gradient: vec![4.0 * x.powi(3) - 4.0 * x + 0.1],
                hessian: DMatrix::from_element(1, 1, 12.0 * x * x - 4.0),
                expected: None,
                extra: (),
            })
        }
    }

    /// (x² − 1)², whose minima at x = ±1 are one by symmetry.
    struct Mirrored;

    impl Objective for Mirrored {
        type Extra = ();

        fn point(&self, theta: &[f64]) -> Option<Point> {
            let x = theta[0];
            Some(Point {
                theta: theta.to_vec(),
                value: (x * x - 1.0).powi(2),
                gradient: vec![4.0 * x * (x * x - 1.0)],
                hessian: DMatrix::from_element(1, 1, 12.0 * x * x - 4.0),
                expected: None,
                extra: (),
            })
        }

        fn twin<'a>(&self, theta: &'a [f64], other: &[f64]) -> Cow<'a, [f64]> {
            if theta[0] * other[0] < 0.0 { Cow::Owned(vec![-theta[0]]) } else { Cow::Borrowed(theta) }
        }
    }

    #[test]
    fn the_valley_is_followed_to_its_end() {
        let path = descend(&Valley, &[Bound::FREE; 2], &[-1.2, 1.0], &[false; 2], &[]).unwrap();
        assert!(path.converged);
        approx::assert_relative_eq!(path.point.theta[0], 1.0, max_relative = 1e-12);
        approx::assert_relative_eq!(path.point.theta[1], 1.0, max_relative = 1e-12);
    }

    #[test]
    fn bounds_hold_and_fixed_parameters_stay() {
        let low = Bound { upper: 0.5, ..Bound::FREE };
        let path = descend(&Valley, &[low, Bound::FREE], &[-1.2, 1.0], &[false; 2], &[]).unwrap();
        assert_eq!(path.point.theta[0], 0.5);
        approx::assert_relative_eq!(path.point.theta[1], 0.25, max_relative = 1e-12);
        let path = descend(&Valley, &[Bound::FREE; 2], &[-1.2, 1.0], &[false, true], &[]).unwrap();
        assert_eq!(path.point.theta[1], 1.0);
        assert!(path.converged && path.point.gradient[0].abs() < 1e-9);
    }

    #[test]
    fn a_mirrored_optimum_is_recognized() {
        let first = descend(&Mirrored, &[Bound::FREE], &[1.4], &[false], &[]).unwrap();
        let known = [first.point];
        let again = descend(&Mirrored, &[Bound::FREE], &[-1.4], &[false], &known).unwrap();
        assert!(again.duplicate && again.evaluations < first.evaluations);
    }

    #[test]
    fn the_lower_of_two_wells_is_found() {
        let starts = [vec![1.5], vec![0.9], vec![-0.3]];
        let found = search(&TwoWells, &[Bound::FREE], &[false], &starts).unwrap();
        assert!(found.best.point.theta[0] < -1.0 && found.best.converged);
        assert_eq!(found.optima, 2);
    }
}
