//! Profile-likelihood intervals: the values of one variance or correlation at which twice the fall of the log-likelihood,
//! maximized over all else, equals the quantile of chi-square with one degree of freedom.
//!
//! The signed root of that fall is nearly linear in the logarithm of a variance, and its slope is known from the gradient
//! (the other parameters are at their optimum), so that a bracketed Newton iteration takes few steps. Of many parameters an end is
//! looked for in all at once (`crossing`), and so only where that finds none. What is no parameter of the model is made one first,
//! in another form of the same covariance.

use std::cell::Cell;

use super::crossing::Crossing;
use super::likelihood::{Point, Problem};
use super::prepare::Prepared;
use super::structure::{Bound, Reading};
use crate::stat::{newton::descend, progress};

/// The work that intervals may take together: evaluations of the likelihood times the square of the number of parameters, which is
/// what an evaluation costs. Models of a dozen parameters need a tenth of it; an unstructured covariance of eleven levels, whose 66
/// parameters have 132 ends of about seven evaluations each, half.
const MOST_WORK: usize = 8_000_000;

/// The root of the fall at a bound, in units of that at the end, from which on the end is taken to lie before the bound.
const OPEN: f64 = 3.0;

/// With more parameters than this the ends are looked for in all parameters at once first.
const MANY: usize = 10;

/// The least that an evaluation counts, so that ten thousand of them are the most: profiles with kinks would take any number.
const LEAST_WORK: usize = MOST_WORK / 10_000;

/// The work that is told as one step.
const STEP: usize = 1000;

/// The work that intervals may still take.
pub(super) struct Budget {
    left: Cell<usize>,
    /// True if it was ended from outside.
    cut: Cell<bool>,
}

impl Budget {
    pub fn new() -> Self {
        Budget { left: Cell::new(MOST_WORK), cut: Cell::new(false) }
    }

    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    pub fn is_cut(&self) -> bool {
        self.cut.get()
    }

    fn spend(&self, evaluations: usize, parameters: usize) {
        let cost = evaluations * ((parameters + 1) * (parameters + 1)).max(LEAST_WORK);
        self.left.set(self.left.get().saturating_sub(cost));
        let spent = MOST_WORK - self.left.get();
        if !progress::goes_on("steps of profile intervals", spent / STEP, MOST_WORK / STEP) {
            self.left.set(0);
            self.cut.set(true);
        }
    }
}

/// The interval of the variance that is parameter `i`, in the units of the problem; an end that does not exist is `None`.
/// `None` if the work for intervals is spent.
pub(super) fn variance(
    prepared: &Prepared,
    best: &Point,
    i: usize,
    quantile: f64,
    budget: &Budget,
) -> Option<[Option<f64>; 2]> {
    let Prepared { problem, bounds, fixed, .. } = prepared;
    let ends = Profile::new(problem, (bounds, fixed), best, i, quantile, budget).positive();
    (!budget.is_spent()).then_some(ends)
}

/// The interval of the `at`-th variance (or, after them, correlation) of a structured term, as users know it.
pub(super) fn reading(
    prepared: &Prepared,
    best: &Point,
    term: usize,
    at: usize,
    quantile: f64,
    budget: &Budget,
) -> Option<[Option<f64>; 2]> {
    let own = &prepared.problem.terms[term];
    let range = own.first..own.first + own.count;
    let (shape, _) = own.inner.as_ref()?;
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
        let problem = prepared.problem.in_form(term, &form);
        let mut point = best.theta.clone();
        point.splice(range, theta);
        for (value, bound) in point.iter_mut().zip(&bounds) {
            *value = value.clamp(bound.lower, bound.upper);
        }
        let best = problem.at(&point)?;
        other = (problem, best);
        (&other.0, &other.1)
    };
    let unit = prepared.unit;
    let profile = Profile::new(problem, (&bounds, &prepared.fixed), best, i, quantile, budget);
    let ends = match kind {
        Reading::Variance => profile.positive().map(|end| end.map(|x| x * unit)),
        Reading::Root => profile.positive().map(|end| end.map(|x| x * x * unit)),
        Reading::Correlation => profile.bounded().map(|end| end.and_then(|value| form.known_as(value))),
    };
    (!budget.is_spent()).then_some(ends)
}

struct Profile<'a> {
    problem: &'a Problem,
    bounds: &'a [Bound],
    fixed: &'a [bool],
    best: &'a Point,
    i: usize,
    target: f64,
    /// Newton's steps are taken in the logarithm of the parameter.
    logarithmic: bool,
    budget: &'a Budget,
}

impl<'a> Profile<'a> {
    fn new(
        problem: &'a Problem,
        (bounds, fixed): (&'a [Bound], &'a [bool]),
        best: &'a Point,
        i: usize,
        quantile: f64,
        budget: &'a Budget,
    ) -> Self {
        Profile { problem, bounds, fixed, best, i, target: quantile.sqrt(), logarithmic: false, budget }
    }

    /// The ends for a parameter that is 0 or more.
    fn positive(mut self) -> [Option<f64>; 2] {
        self.logarithmic = true;
        [self.at_once(0.0).or_else(|| self.lower()), self.at_once(f64::INFINITY).or_else(|| self.upper())]
    }

    /// The end of a parameter that is 0 or more below the estimate.
    fn lower(&self) -> Option<f64> {
        let (best, estimate) = (self.best, self.best.theta[self.i]);
        match self.root(0.0, best) {
            Some((root, _, _)) if root > 0.0 => self.cross(0.0, estimate, best),
            Some(_) => Some(0.0),
            // Effects without a sampling error have no variance where theirs is 0, but just above it.
            None if estimate > 0.0 => self.cross(1e-9 * estimate, estimate, best),
            None => None,
        }
    }

    /// The end of a parameter that is 0 or more above the estimate.
    fn upper(&self) -> Option<f64> {
        let estimate = self.best.theta[self.i];
        let mut warm = self.best.clone();
        let mut inner = estimate;
        let mut outer = (estimate * 2.0).max(0.1);
        for _ in 0..60 {
            let (root, _, point) = self.root(outer, &warm)?;
            if root >= 0.0 {
                return self.cross(outer, inner, &point);
            }
            warm = point;
            inner = outer;
            outer *= 2.0;
        }
        None
    }

    /// The ends for a parameter between bounds; a bound that the likelihood does not exclude is the end.
    fn bounded(self) -> [Option<f64>; 2] {
        [self.bounds[self.i].lower, self.bounds[self.i].upper]
            .map(|bound| self.at_once(bound).or_else(|| self.end_towards(bound)))
    }

    fn end_towards(&self, bound: f64) -> Option<f64> {
        let (best, estimate) = (self.best, self.best.theta[self.i]);
        match self.root(bound, best) {
            Some((root, _, _)) if root > 0.0 => self.cross(bound, estimate, best),
            Some(_) => Some(bound),
            // At the bound itself the covariance can be singular: just inside it is not.
            None => self.cross(bound + 1e-9 * (estimate - bound), estimate, best),
        }
    }

    /// The end on the side of a bound of a model of many parameters, in all of them at once; `None` if it is not found so.
    fn at_once(&self, bound: f64) -> Option<f64> {
        let estimate = self.best.theta[self.i];
        let free = self.fixed.iter().filter(|fixed| !**fixed).count();
        if free <= MANY || self.budget.is_spent() || (self.logarithmic && estimate == 0.0) {
            return None;
        }
        let crossing = Crossing {
            problem: self.problem,
            bounds: self.bounds,
            fixed: self.fixed,
            best: self.best,
            i: self.i,
            target: self.target,
            logarithmic: self.logarithmic,
        };
        // Where the curvature at the maximum leaves it open if the bound is excluded, the bound is looked at first.
        if bound.is_finite() && crossing.foreseen_root(bound)? < OPEN * self.target {
            let (root, ..) = self.root_from(bound, &[crossing.foreseen(bound)?])?;
            if root <= 0.0 {
                return Some(bound);
            }
        }
        let (end, evaluations) = crossing.find(bound > estimate);
        self.budget.spend(evaluations, self.best.theta.len());
        end
    }

    /// Root of the fall less its target, its slope, and the point, with parameter i at `x`.
    fn root(&self, x: f64, warm: &Point) -> Option<(f64, f64, Point)> {
        // From the last point and, for variances, from the maximum too, in case the profile has another branch.
        let again = self.logarithmic && warm.theta != self.best.theta;
        let starts: Vec<Vec<f64>> =
            std::iter::once(&warm.theta).chain(again.then_some(&self.best.theta)).cloned().collect();
        self.root_from(x, &starts)
    }

    /// The same from the lowest of what these starts lead to.
    fn root_from(&self, x: f64, starts: &[Vec<f64>]) -> Option<(f64, f64, Point)> {
        if self.budget.is_spent() {
            return None;
        }
        let mut fixed = self.fixed.to_vec();
        fixed[self.i] = true;
        let mut lowest: Option<Point> = None;
        for start in starts {
            let mut theta = start.clone();
            theta[self.i] = x;
            let known: Vec<Point> = lowest.iter().cloned().collect();
            let path = descend(self.problem, self.bounds, &theta, &fixed, &known);
            self.budget.spend(path.as_ref().map_or(1, |path| path.evaluations), theta.len());
            if let Some(path) = path
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

    /// The crossing of 0 between `outside` (above) and `inside` (below).
    fn cross(&self, mut outside: f64, mut inside: f64, warm: &Point) -> Option<f64> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::multilevel::{
        Design, Factor, RandomTerm, SamplingCovariance, Structure, dense,
        held::Holding,
        likelihood::{Blocks, Kind},
        optimize::search,
        prepare::prepare,
        random::code,
    };
    use crate::{EffectSizes, Measure};

    /// Outcomes of studies that share what moves them, so that the parameters of their covariance are known well, beside intercepts of
    /// four years, if they are asked for.
    fn outcomes((studies, kinds): (usize, usize), structure: Structure, years: bool) -> (Prepared, Prepared) {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut normal = || {
            let uniform = |state: &mut u64| {
                *state ^= *state << 13;
                *state ^= *state >> 7;
                *state ^= *state << 17;
                (*state >> 11) as f64 / (1_u64 << 53) as f64
            };
            (0..12).map(|_| uniform(&mut state)).sum::<f64>() - 6.0
        };
        let mut y = Vec::new();
        for _ in 0..studies {
            let common = normal();
            y.extend((0..kinds).map(|kind| 0.7 * common + (0.5 + 0.1 * kind as f64) * normal()));
        }
        let k = studies * kinds;
        let v: Vec<f64> = (0..k).map(|i| 0.05 + 0.01 * (i % 7) as f64).collect();
        let names: Vec<String> = (0..k).map(|i| i.to_string()).collect();
        let effects = EffectSizes::new(Measure::Generic, names, y, v).unwrap();
        let factor = |name: &str, of: &dyn Fn(usize) -> usize| {
            Factor::new(name, (0..k).map(|i| of(i).to_string())).unwrap()
        };
        let (inner, outer) = (factor("outcome", &|i| i % kinds), factor("study", &|i| i / kinds));
        let mut terms = vec![RandomTerm::Structured { inner, outer, structure }];
        if years {
            terms.push(RandomTerm::Intercept(factor("year", &|i| (i + i / kinds) % 4)));
        }
        let sampling = SamplingCovariance::Independent.blocks(&effects).unwrap();
        let coded = code(&terms, &Holding::default(), &effects, &mut Vec::new()).unwrap();
        let prepared =
            prepare(&effects, &Design::with_intercept(k), &sampling, &coded, (Kind::Reml, None)).unwrap();
        // The same in dense blocks.
        let mut dense = prepared.clone();
        dense.problem.blocks = Blocks::Dense(dense::split(k, &sampling, &coded, prepared.unit));
        (prepared, dense)
    }

    /// The form in which a reading is a parameter is that of the blocks, whatever they are.
    #[test]
    fn profiles_do_not_depend_on_the_kind_of_blocks() {
        for (years, structure) in [(false, Structure::Un), (true, Structure::Un), (true, Structure::Cs)] {
            let (prepared, dense) = outcomes((20, 2), structure, years);
            assert_eq!(matches!(prepared.problem.blocks, Blocks::Crossed(_)), years);
            let Prepared { problem, bounds, fixed, starts, .. } = &prepared;
            let best = search(problem, bounds, fixed, starts).unwrap().best.point;
            let (shape, _) = problem.terms[0].inner.as_ref().unwrap();
            let (tau2, rho) = shape.report(&best.theta, 1.0);
            for at in 0..tau2.len() + rho.len() {
                let ends = |prepared| reading(prepared, &best, 0, at, 3.841_458_820_694_124, &Budget::new());
                for (own, other) in ends(&prepared).unwrap().into_iter().zip(ends(&dense).unwrap()) {
                    let (own, other) = (own.unwrap(), other.unwrap());
                    assert!((own - other).abs() < 1e-8 * (1.0 + other.abs()), "{at}: {own} {other}");
                }
            }
        }
    }

    /// The ends that are found in all parameters at once are those of the search within a search.
    #[test]
    fn ends_at_once_are_those_of_the_profile() {
        let (prepared, _) = outcomes((40, 5), Structure::Un, false);
        let fixed = &prepared.fixed;
        let best = search(&prepared.problem, &prepared.bounds, fixed, &prepared.starts).unwrap().best.point;
        let (shape, _) = prepared.problem.terms[0].inner.as_ref().unwrap();
        let (mut found, mut asked) = (0, 0);
        for at in (0..best.theta.len()).step_by(4) {
            let (form, theta, i, kind) = shape.with_reading(&best.theta, at).unwrap();
            let bounds = form.bounds();
            let problem = prepared.problem.in_form(0, &form);
            let best = problem.at(&theta).unwrap();
            let budget = Budget::new();
            let mut profile =
                Profile::new(&problem, (&bounds, fixed), &best, i, 3.841_458_820_694_124, &budget);
            profile.logarithmic = !matches!(kind, Reading::Correlation);
            let ways = match profile.logarithmic {
                true => [(0.0, profile.lower()), (f64::INFINITY, profile.upper())],
                false => [bounds[i].lower, bounds[i].upper].map(|bound| (bound, profile.end_towards(bound))),
            };
            for (bound, slowly) in ways {
                asked += 1;
                let Some(end) = profile.at_once(bound) else { continue };
                found += 1;
                let slowly = slowly.unwrap();
                assert!((end - slowly).abs() < 1e-8 * (1.0 + slowly.abs()), "{at} {bound}: {end} {slowly}");
            }
        }
        assert!(best.theta.len() > MANY && 2 * found > asked, "{found} of {asked}");
    }
}
