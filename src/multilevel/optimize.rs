//! The maximum of the likelihood: Newton's method with the exact Hessian inside a box, from several starts.
//!
//! Where the covariances are linear in the parameters, far from the optimum a step is one of Fisher's scoring: it takes
//! variances of any size to the right magnitude at once, where Newton's method doubles or halves them.
//!
//! Parameters at a bound whose gradient points outwards are held; for the others the Newton step uses the absolute
//! values of the Hessian's eigenvalues, so that it descends wherever it is taken and leaves saddles. The step is
//! projected onto the box and halved until the objective falls enough; near the optimum steps are accepted while the
//! projected gradient still shrinks, until rounding stops it (Bertsekas 1982, doi:10.1137/0320018; Dauphin et al. 2014,
//! arXiv:1406.2572).

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};

use super::likelihood::{Point, Problem};
use super::structure::{Bound, Shape};

/// More steps than any likelihood has needed by far.
const MOST_STEPS: usize = 500;

/// A step that promises more of the objective than this, a unit of the log-likelihood, is far from the optimum.
const FAR: f64 = 1.0;

/// The way to one optimum.
#[derive(Debug, Clone)]
pub(super) struct Path {
    pub point: Point,
    pub steps: usize,
    pub evaluations: usize,
    /// Whether rounding, not the limit of steps, ended the way.
    pub converged: bool,
    /// Whether the way led to an optimum that was known before.
    pub duplicate: bool,
}

/// The largest gradient that is not held by a bound, in units of the objective per size of the parameter.
pub(super) fn slope(point: &Point, bounds: &[Bound], fixed: &[bool]) -> f64 {
    (0..point.theta.len())
        .filter(|&i| !held(point, bounds, fixed, i))
        .map(|i| (point.gradient[i] * (point.theta[i].abs() + 1e-3 * bounds[i].size)).abs())
        .fold(0.0, f64::max)
}

fn held(point: &Point, bounds: &[Bound], fixed: &[bool], i: usize) -> bool {
    let (theta, gradient) = (point.theta[i], point.gradient[i]);
    fixed[i] || (theta <= bounds[i].lower && gradient >= 0.0) || (theta >= bounds[i].upper && gradient <= 0.0)
}

/// Goes down from `start`, which lies in the box; parameters that are `fixed` stay. Stops early near a `known` optimum.
pub(super) fn descend(
    problem: &Problem,
    bounds: &[Bound],
    start: &[f64],
    fixed: &[bool],
    known: &[Point],
) -> Option<Path> {
    let m = start.len();
    let mut point = problem.point(start)?;
    let mut path =
        Path { point: point.clone(), steps: 0, evaluations: 1, converged: false, duplicate: false };
    while path.steps < MOST_STEPS {
        path.steps += 1;
        let near = |other: &Point| {
            (0..m).all(|i| {
                (point.theta[i] - other.theta[i]).abs()
                    <= 0.02 * (other.theta[i].abs() + 1e-2 * bounds[i].size)
            })
        };
        if known.iter().any(near) {
            path.duplicate = true;
            break;
        }
        let mut hold: Vec<bool> = (0..m).map(|i| held(&point, bounds, fixed, i)).collect();
        let mut direction = step(&point, bounds, &hold)?;
        // A free parameter at its bound that the step would push out is held too.
        loop {
            let out = (0..m).find(|&i| {
                !hold[i]
                    && ((point.theta[i] <= bounds[i].lower && direction[i] < 0.0)
                        || (point.theta[i] >= bounds[i].upper && direction[i] > 0.0))
            });
            match out {
                Some(i) => {
                    hold[i] = true;
                    direction = step(&point, bounds, &hold)?;
                }
                None => break,
            }
        }
        let change = (0..m)
            .map(|i| direction[i].abs() / (point.theta[i].abs() + 1e-4 * bounds[i].size))
            .fold(0.0, f64::max);
        let decrement: f64 = -(0..m).map(|i| direction[i] * point.gradient[i]).sum::<f64>();
        // Where the objective is convex and the Newton step leads to a known minimum, the way ends there.
        let leads_to = |other: &Point| {
            (0..m).all(|i| {
                (point.theta[i] + direction[i] - other.theta[i]).abs()
                    <= 0.1 * (other.theta[i].abs() + 1e-2 * bounds[i].size)
            })
        };
        if known.iter().any(leads_to) && convex(&point, &hold) {
            path.duplicate = true;
            break;
        }
        if change < 1e-13 || decrement <= 0.0 {
            path.converged = true;
            break;
        }
        let before = slope(&point, bounds, fixed);
        let polishing = decrement < 1e-7;
        let mut accepted = None;
        let mut length = 1.0;
        for attempt in 0..60 {
            let theta: Vec<f64> = (0..m)
                .map(|i| (point.theta[i] + length * direction[i]).clamp(bounds[i].lower, bounds[i].upper))
                .collect();
            path.evaluations += 1;
            if let Some(next) = problem.point(&theta) {
                let predicted: f64 = (0..m).map(|i| point.gradient[i] * (theta[i] - point.theta[i])).sum();
                let falls = predicted < 0.0 && next.value <= point.value + 1e-4 * predicted;
                if (falls && !polishing) || (polishing && slope(&next, bounds, fixed) < before) {
                    accepted = Some(next);
                    break;
                }
            }
            if polishing && attempt > 3 {
                break;
            }
            // The projection can bend the step uphill; up to the first bound the step itself goes down.
            if attempt == 3 {
                let first = (0..m)
                    .filter(|&i| direction[i] != 0.0)
                    .map(|i| {
                        let bound = if direction[i] > 0.0 { bounds[i].upper } else { bounds[i].lower };
                        (bound - point.theta[i]) / direction[i]
                    })
                    .filter(|t| *t > 0.0)
                    .fold(f64::INFINITY, f64::min);
                length = first.min(length * 0.5);
            } else {
                length *= 0.5;
            }
        }
        match accepted {
            Some(next) => point = next,
            None => {
                path.converged = decrement < 1e-5;
                break;
            }
        }
    }
    path.point = point;
    Some(path)
}

/// Whether the objective is convex in the parameters that are not held.
fn convex(point: &Point, hold: &[bool]) -> bool {
    let free: Vec<usize> = (0..hold.len()).filter(|&i| !hold[i]).collect();
    let n = free.len();
    Cholesky::new(DMatrix::from_fn(n, n, |a, b| point.hessian[(free[a], free[b])])).is_some()
}

/// The step of the parameters that are not held: of scoring while it promises much or the objective is not convex, of
/// Newton's method else.
fn step(point: &Point, bounds: &[Bound], hold: &[bool]) -> Option<Vec<f64>> {
    match scoring(point, hold) {
        Some((direction, decrement)) if decrement > FAR || !convex(point, hold) => Some(direction),
        _ => newton(point, bounds, hold),
    }
}

/// The step of Fisher's scoring and its scalar product with the gradient, with the sign changed.
fn scoring(point: &Point, hold: &[bool]) -> Option<(Vec<f64>, f64)> {
    let free: Vec<usize> = (0..hold.len()).filter(|&i| !hold[i]).collect();
    let n = free.len();
    let expected = point.expected.as_ref()?;
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
fn newton(point: &Point, bounds: &[Bound], hold: &[bool]) -> Option<Vec<f64>> {
    let m = hold.len();
    let free: Vec<usize> = (0..m).filter(|&i| !hold[i]).collect();
    let mut direction = vec![0.0; m];
    if free.is_empty() {
        return Some(direction);
    }
    let n = free.len();
    // In units in which the Hessian has a unit diagonal, as far as it has one.
    let units: Vec<f64> = free
        .iter()
        .map(|&i| {
            let size = point.theta[i].abs() + bounds[i].size;
            let curvature = point.hessian[(i, i)].abs().sqrt();
            if curvature * size > 1e-8 { 1.0 / curvature } else { size }
        })
        .collect();
    let hessian = DMatrix::from_fn(n, n, |a, b| point.hessian[(free[a], free[b])] * units[a] * units[b]);
    let gradient = DVector::from_fn(n, |a, _| point.gradient[free[a]] * units[a]);
    let eigen = SymmetricEigen::try_new(hessian, f64::EPSILON, 10_000)?;
    let largest = eigen.eigenvalues.amax();
    let mut along = eigen.eigenvectors.tr_mul(&gradient);
    for (value, eigenvalue) in along.iter_mut().zip(&eigen.eigenvalues) {
        *value /= -eigenvalue.abs().max(1e-10 * largest).max(f64::MIN_POSITIVE);
    }
    let raw = &eigen.eigenvectors * along;
    let mut shrink: f64 = 1.0;
    for (a, &i) in free.iter().enumerate() {
        direction[i] = raw[a] * units[a];
        let most = 4.0 * (point.theta[i].abs() + bounds[i].size);
        shrink = shrink.min(most / direction[i].abs().max(f64::MIN_POSITIVE));
    }
    for value in &mut direction {
        *value *= shrink;
    }
    direction.iter().all(|d| d.is_finite()).then_some(direction)
}

/// The global maximum as far as the starts show, and what was seen on the way.
#[derive(Debug, Clone)]
pub(super) struct Search {
    pub best: Path,
    pub start: Vec<f64>,
    pub starts: usize,
    pub evaluations: usize,
    /// Different optima, the best included.
    pub optima: usize,
}

/// Goes down from every start and keeps the best.
pub(super) fn search(
    problem: &Problem,
    bounds: &[Bound],
    fixed: &[bool],
    starts: &[Vec<f64>],
) -> Option<Search> {
    let mut known: Vec<Point> = Vec::new();
    let mut best: Option<(Path, Vec<f64>)> = None;
    let mut evaluations = 0;
    for start in starts {
        let clamped: Vec<f64> =
            start.iter().zip(bounds).map(|(s, bound)| s.clamp(bound.lower, bound.upper)).collect();
        let Some(path) = descend(problem, bounds, &clamped, fixed, &known) else { continue };
        evaluations += path.evaluations;
        if path.duplicate {
            continue;
        }
        // The same optimum in other parameters (signs of a Cholesky factor) is no other optimum.
        if !known.iter().any(|other| (other.value - path.point.value).abs() < 1e-8) {
            known.push(path.point.clone());
        }
        let better = best.as_ref().is_none_or(|(best, _)| {
            path.point.value < best.point.value - 1e-9 || (path.converged && !best.converged)
        });
        if better {
            best = Some((path, clamped));
        }
    }
    let (mut best, start) = best?;
    for term in problem.terms.iter() {
        if let Some((Shape::Spatial(shape), _)) = &term.inner
            && shape.kinked()
            && !fixed[term.first + 1]
        {
            evaluations += unkink(problem, bounds, fixed, term.first + 1, &mut best);
        }
    }
    Some(Search { best, start, starts: starts.len(), evaluations, optima: known.len() })
}

/// Brings parameter `i`, over which the objective has kinks, to the lowest point of the profile: a grid, then golden
/// sections. Returns the number of evaluations.
fn unkink(problem: &Problem, bounds: &[Bound], fixed: &[bool], i: usize, best: &mut Path) -> usize {
    const GRID: usize = 64;
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let mut hold = fixed.to_vec();
    hold[i] = true;
    let mut evaluations = 0;
    let mut lowest = best.clone();
    let mut profile = |x: f64, lowest: &mut Path| {
        let mut theta = lowest.point.theta.clone();
        theta[i] = x;
        let Some(path) = descend(problem, bounds, &theta, &hold, &[]) else { return f64::INFINITY };
        evaluations += path.evaluations;
        let value = path.point.value;
        if value < lowest.point.value {
            *lowest = Path { converged: true, ..path };
        }
        value
    };
    let (low, high) = (bounds[i].lower, bounds[i].upper);
    let width = (high - low) / GRID as f64;
    for step in 0..=GRID {
        profile(low + width * step as f64, &mut lowest);
    }
    let center = lowest.point.theta[i];
    let (mut a, mut b) = ((center - width).max(low), (center + width).min(high));
    let (mut x, mut y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut at_x, mut at_y) = (profile(x, &mut lowest), profile(y, &mut lowest));
    while b - a > 1e-10 {
        if at_x <= at_y {
            (b, y, at_y) = (y, x, at_x);
            x = b - GOLDEN * (b - a);
            at_x = profile(x, &mut lowest);
        } else {
            (a, x, at_x) = (x, y, at_y);
            y = a + GOLDEN * (b - a);
            at_y = profile(y, &mut lowest);
        }
    }
    lowest.converged = true;
    *best = lowest;
    evaluations
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::multilevel::{
        Factor, FixedEffects, RandomTerm, SamplingCovariance,
        held::Holding,
        likelihood::Kind,
        prepare::{Prepared, prepare},
        random::code,
    };
    use crate::{EffectSizes, Measure};

    /// Few effects in studies in districts, with sampling variances over some decades and outliers: likelihoods with several
    /// optima are not rare here. `None` if the levels cannot be told apart.
    fn wild(normal: &mut impl FnMut() -> f64) -> Option<Prepared> {
        let k = 6 + (3.0 * normal().abs()) as usize;
        let mut labels = |rate: f64, outer: &[usize]| {
            let mut label = 0;
            (0..k)
                .map(|i| {
                    if i > 0 && (outer[i] != outer[i - 1] || normal() > rate) {
                        label += 1;
                    }
                    label
                })
                .collect::<Vec<usize>>()
        };
        let district = labels(0.9, &vec![0; k]);
        let study = labels(0.3, &district);
        let shift: Vec<f64> = (0..k).map(|_| normal()).collect();
        let (mut y, mut v) = (Vec::new(), Vec::new());
        for &own in &study {
            let variance = 10f64.powf(normal());
            let outlier = if normal() > 1.2 { 6.0 } else { 1.0 };
            y.push(shift[own] + outlier * normal() * variance.sqrt());
            v.push(variance);
        }
        let names: Vec<String> = (0..k).map(|i| i.to_string()).collect();
        let effects = EffectSizes::new(Measure::Generic, names, y, v).unwrap();
        let factor =
            |name: &str, codes: &[usize]| Factor::new(name, codes.iter().map(ToString::to_string)).unwrap();
        let effect = Factor::each_effect("effect", k).unwrap();
        let terms =
            RandomTerm::nested([factor("district", &district), factor("study", &study), effect]).unwrap();
        let sampling = SamplingCovariance::Independent.blocks(&effects).unwrap();
        let coded = code(&terms, &Holding::default(), &effects, &mut Vec::new()).ok()?;
        let kind = if normal() > 0.0 { Kind::Reml } else { Kind::Ml };
        prepare(&effects, &FixedEffects::intercept(k), &sampling, &coded, (kind, None)).ok()
    }

    /// The search against ways down from every point of a grid.
    #[test]
    fn the_highest_of_several_optima_is_found() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut normal = || {
            (0..12)
                .map(|_| {
                    // Marsaglia's xorshift.
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    (state >> 11) as f64 / (1_u64 << 53) as f64
                })
                .sum::<f64>()
                - 6.0
        };
        let mut several = 0;
        for _ in 0..120 {
            let Some(Prepared { problem, bounds, fixed, starts, .. }) = wild(&mut normal) else { continue };
            let m = bounds.len();
            let mut optima: Vec<f64> = (0..4_usize.pow(m as u32))
                .filter_map(|at| {
                    let coordinate = |i: usize| [0.0, 1e-3, 0.1, 3.0][at / 4_usize.pow(i as u32) % 4];
                    let start: Vec<f64> = (0..m).map(coordinate).collect();
                    descend(&problem, &bounds, &start, &fixed, &[])
                })
                .filter(|path| path.converged)
                .map(|path| path.point.value)
                .collect();
            optima.sort_by(f64::total_cmp);
            several += usize::from(optima[optima.len() - 1] - optima[0] > 1e-4);
            let found = search(&problem, &bounds, &fixed, &starts).unwrap();
            assert!(
                found.best.point.value < optima[0] + 1e-7,
                "{} instead of {}",
                found.best.point.value,
                optima[0]
            );
        }
        assert!(several > 5, "{several} likelihoods have several optima");
    }
}
