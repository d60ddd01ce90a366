//! Minima: of one variable by Brent's method, of several within bounds by BOBYQA.
//!
//! For profile likelihoods and for likelihoods with several variance parameters where derivatives are not at hand. A
//! minimum found from values alone is accurate to about the square root of the rounding error, 1e-8 of the curvature's
//! scale; where the derivative is known, solve for its root ([`super::root`]) instead, or polish.
//!
//! ```
//! use consilience::stat::minimum;
//!
//! let (x, fx) = minimum::brent(|x| (x - 2.0) * (x - 2.0) + 1.0, 0.0, 5.0);
//! assert!((x - 2.0).abs() < 1e-7 && (fx - 1.0).abs() < 1e-15);
//!
//! // the exact zero of a bound is reached
//! let fit = minimum::bounded(
//!     |x| (x[0] + 1.0) * (x[0] + 1.0) + (x[1] - 3.0) * (x[1] - 3.0),
//!     &[1.0, 1.0],
//!     &[0.0, 0.0],
//!     &[f64::INFINITY, f64::INFINITY],
//!     &minimum::Options::default(),
//! )
//! .unwrap();
//! assert_eq!(fit.x[0], 0.0);
//! assert!((fit.x[1] - 3.0).abs() < 1e-6);
//! ```
//!
//! References: R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 5; M. J. D. Powell, The
//! BOBYQA algorithm for bound constrained optimization without derivatives, DAMTP 2009/NA06 (2009).

/// The minimum of `f` between `a` and `b`, as (x, f(x)).
///
/// Golden sections with parabolic steps; a local minimum if there are several, an end of the interval if the function
/// decreases towards it (to about 1e-8 of the interval). Values that are NaN count as infinite.
pub fn brent(mut f: impl FnMut(f64) -> f64, a: f64, b: f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.381_966_011_250_105_15;
    let mut f = |x: f64| {
        let y = f(x);
        if y.is_nan() { f64::INFINITY } else { y }
    };
    let (mut a, mut b) = (a.min(b), a.max(b));
    // A minimum at 0 has no relative precision: it is found to a part of the interval.
    let smallest = 1e-10 * (b - a);
    let mut x = a + GOLDEN * (b - a);
    let (mut w, mut v) = (x, x);
    let mut fx = f(x);
    let (mut fw, mut fv) = (fx, fx);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 0..500 {
        let middle = 0.5 * (a + b);
        // Near a minimum values differ by the square of the distance: the root of rounding is as near as values can tell.
        let tolerance = 1.5e-8 * x.abs() + smallest;
        if (x - middle).abs() <= 2.0 * tolerance - 0.5 * (b - a) {
            break;
        }
        let (mut p, mut q, mut r) = (0.0, 0.0, 0.0);
        if before.abs() > tolerance {
            r = (x - w) * (fx - fv);
            q = (x - v) * (fx - fw);
            p = (x - v) * q - (x - w) * r;
            q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p;
            } else {
                q = -q;
            }
            r = before;
            before = step;
        }
        if p.abs() < (0.5 * q * r).abs() && p > q * (a - x) && p < q * (b - x) {
            step = p / q;
            let u = x + step;
            if u - a < 2.0 * tolerance || b - u < 2.0 * tolerance {
                step = if x < middle { tolerance } else { -tolerance };
            }
        } else {
            before = if x < middle { b - x } else { a - x };
            step = GOLDEN * before;
        }
        let u = if step.abs() >= tolerance { x + step } else { x + tolerance.copysign(step) };
        let fu = f(u);
        if fu <= fx {
            if u < x {
                b = x;
            } else {
                a = x;
            }
            (v, fv) = (w, fw);
            (w, fw) = (x, fx);
            (x, fx) = (u, fu);
        } else {
            if u < x {
                a = u;
            } else {
                b = u;
            }
            if fu <= fw || w == x {
                (v, fv) = (w, fw);
                (w, fw) = (u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    (x, fx)
}

/// Settings of [`bounded`].
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    steps: Option<Vec<f64>>,
    tolerance: f64,
    evaluations: usize,
}

impl Default for Options {
    /// Steps of a tenth of each variable's starting size (at least 0.1), tolerance 1e-9, 2000 evaluations per variable.
    fn default() -> Self {
        Options { steps: None, tolerance: 1e-9, evaluations: 2000 }
    }
}

impl Options {
    /// The first step in each variable: about a tenth of the expected distance to the minimum.
    #[must_use]
    pub fn steps(mut self, steps: impl Into<Vec<f64>>) -> Self {
        self.steps = Some(steps.into());
        self
    }

    /// The final step as a part of the first.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// The largest number of evaluations per variable.
    #[must_use]
    pub fn evaluations(mut self, evaluations: usize) -> Self {
        self.evaluations = evaluations;
        self
    }
}

/// The result of [`bounded`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Minimum {
    /// The place of the minimum.
    pub x: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// The number of evaluations of the function.
    pub evaluations: usize,
}

/// The minimum of `f` within bounds (which may be infinite), from `start`; a local one if there are several.
///
/// BOBYQA in variables scaled by the steps, started again from its result with smaller steps until that no longer
/// changes. NaN and infinite values are treated as barriers. Every evaluation lies within the bounds.
///
/// `None` if the lengths differ, the bounds exclude each other, an option is not a positive number, or no finite value
/// was found.
pub fn bounded(
    mut f: impl FnMut(&[f64]) -> f64,
    start: &[f64],
    lower: &[f64],
    upper: &[f64],
    options: &Options,
) -> Option<Minimum> {
    let n = start.len();
    if n == 0 || lower.len() != n || upper.len() != n || !(options.tolerance > 0.0 && options.tolerance < 1.0)
    {
        return None;
    }
    let mut steps = match &options.steps {
        Some(steps) => steps.clone(),
        None => start.iter().map(|x| 0.1 * x.abs().max(1.0)).collect(),
    };
    if steps.len() != n || !steps.iter().all(|s| *s > 0.0 && s.is_finite()) {
        return None;
    }
    let bounds: Vec<(f64, f64)> = lower.iter().copied().zip(upper.iter().copied()).collect();
    if !bounds.iter().all(|(l, u)| l <= u) || !start.iter().all(|x| x.is_finite()) {
        return None;
    }
    let mut x: Vec<f64> = start.iter().zip(&bounds).map(|(x, (l, u))| x.clamp(*l, *u)).collect();
    // variables held fixed by their bounds are left out
    let free: Vec<usize> = (0..n).filter(|&i| bounds[i].0 < bounds[i].1).collect();
    let mut best = f(&x);
    let mut evaluations = 1;
    if !free.is_empty() {
        // BOBYQA needs bounds at least two steps apart
        for &i in &free {
            steps[i] = steps[i].min(0.25 * (bounds[i].1 - bounds[i].0));
        }
        for round in 0..6 {
            let frame = Frame::new(&x, &steps, &bounds, &free);
            let mut trial = x.clone();
            let mut u = vec![0.0; free.len()];
            let mut config = bobyqa::Config::new(free.len());
            config.rho_begin = 1.0;
            config.rho_end = options.tolerance;
            config.max_fun = (options.evaluations * free.len()).max(config.npt + 1);
            let value = |u: &[f64]| {
                frame.place(u, &mut trial);
                f(&trial)
            };
            let outcome = bobyqa::bobyqa(value, &mut u, &frame.low, &frame.high, config);
            evaluations += outcome.n_eval;
            if !outcome.found_finite() {
                break;
            }
            let improvement = best - outcome.f;
            // A round that gains less than a thousand units in the last place has found nothing but rounding.
            let worthwhile = !best.is_finite() || improvement > 1e-13 * best.abs().max(1e-300);
            if !best.is_finite() || improvement > 0.0 {
                frame.place(&u, &mut x);
                best = outcome.f;
            }
            if round > 0 && !worthwhile {
                break;
            }
            for &i in &free {
                steps[i] *= 0.1;
            }
        }
    }
    best.is_finite().then_some(Minimum { x, value: best, evaluations })
}

/// The variables that can move, in units of their steps from an origin.
struct Frame<'a> {
    origin: Vec<f64>,
    steps: Vec<f64>,
    bounds: &'a [(f64, f64)],
    free: &'a [usize],
    low: Vec<f64>,
    high: Vec<f64>,
}

impl<'a> Frame<'a> {
    fn new(origin: &[f64], steps: &[f64], bounds: &'a [(f64, f64)], free: &'a [usize]) -> Self {
        // A bound further than 1e20 steps is as good as none, and BOBYQA needs finite ones.
        let scaled = |bound: f64, i: usize| ((bound - origin[i]) / steps[i]).clamp(-1e20, 1e20);
        let low = free.iter().map(|&i| scaled(bounds[i].0, i)).collect();
        let high = free.iter().map(|&i| scaled(bounds[i].1, i)).collect();
        Frame { origin: origin.to_vec(), steps: steps.to_vec(), bounds, free, low, high }
    }

    /// Writes the point u of the search into the variables.
    fn place(&self, u: &[f64], x: &mut [f64]) {
        for ((&i, u), (low, high)) in self.free.iter().zip(u).zip(self.low.iter().zip(&self.high)) {
            let (lower, upper) = self.bounds[i];
            // a variable at its bound is exactly there
            x[i] = if u <= low && lower.is_finite() {
                lower
            } else if u >= high && upper.is_finite() {
                upper
            } else {
                (self.origin[i] + u * self.steps[i]).clamp(lower, upper)
            };
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn brent_finds_smooth_and_sharp_minima() {
        let (x, _) = brent(f64::cos, 0.0, 6.0);
        assert!((x - std::f64::consts::PI).abs() < 1e-7, "{x}");
        let (x, _) = brent(|x| (x - 0.3).abs(), -10.0, 1.0);
        assert!((x - 0.3).abs() < 1e-7, "{x}");
        let (x, _) = brent(|x| x, 1.0, 2.0);
        assert!((x - 1.0).abs() < 1e-7, "{x}");
        let (x, _) = brent(|x| if x < 0.5 { f64::NAN } else { x * x }, 0.0, 10.0);
        assert!((x - 0.5).abs() < 1e-6, "{x}");
    }

    #[test]
    fn rosenbrock_from_the_customary_start() {
        let f = |x: &[f64]| 100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2);
        let inf = [f64::INFINITY; 2];
        let fit = bounded(f, &[-1.2, 1.0], &inf.map(|x| -x), &inf, &Options::default()).unwrap();
        assert!((fit.x[0] - 1.0).abs() < 1e-6 && (fit.x[1] - 1.0).abs() < 1e-6, "{fit:?}");
        // the minimum on the face x0 ≤ 0.5 is at (0.5, 0.25)
        let fit = bounded(f, &[-1.2, 1.0], &[-2.0, -2.0], &[0.5, 2.0], &Options::default()).unwrap();
        assert_eq!(fit.x[0], 0.5);
        assert!((fit.x[1] - 0.25).abs() < 1e-7, "{fit:?}");
    }

    #[test]
    fn badly_scaled_and_fixed_variables() {
        let f = |x: &[f64]| (x[0] - 1e-4).powi(2) * 1e8 + (x[1] - 2000.0).powi(2) * 1e-6 + x[2];
        let options = Options::default().steps([1e-5, 100.0, 1.0]);
        let fit = bounded(f, &[0.0, 1000.0, 5.0], &[0.0, 0.0, 5.0], &[1.0, 1e6, 5.0], &options).unwrap();
        assert!((fit.x[0] - 1e-4).abs() < 1e-10 && (fit.x[1] - 2000.0).abs() < 1e-3, "{fit:?}");
        assert_eq!(fit.x[2], 5.0);
    }

    #[test]
    fn senseless_settings_are_none() {
        let f = |x: &[f64]| x[0];
        assert!(bounded(f, &[1.0], &[2.0], &[1.0], &Options::default()).is_none());
        assert!(bounded(f, &[1.0], &[0.0, 0.0], &[1.0], &Options::default()).is_none());
        assert!(bounded(|_| f64::NAN, &[1.0], &[0.0], &[2.0], &Options::default()).is_none());
    }
}
