//! Maximum likelihood and restricted maximum likelihood, always at the global maximum.
//!
//! With w = 1 / (v + tau²) the two log-likelihoods, profiled over the coefficients, are
//!
//! - ML: -½ [k log 2π + Σ log(v + tau²) + y'Py]
//! - REML: -½ [(k - p) log 2π + Σ log(v + tau²) + log|X'WX| - log|X'X| + y'Py]
//!
//! with scores ½ (y'PPy - g), g = Σw for ML and tr P for REML. Both can have several maxima when the variances are very
//! unequal; the highest is taken, the boundary 0 included.
//!
//! # Why none is missed
//!
//! With λ the eigenvalues of the sampling variances in the space that the design leaves and u the effects there,
//! y'PPy = Σ u² / (λ + tau²)² and g = Σ 1 / (λ + tau²) (the λ of ML are the v). So F = (y'PPy)^(-½) and H = 1 / g are power
//! means of λ + tau²: increasing, concave, and nearly straight lines. A concave function lies above its chords and below
//! its tangents, which bounds the sign of the score, that of H - F², over a whole interval by what is known at its ends,
//! and beyond the last point by the slope of F at infinity, 1 / √RSS₀ (RSS₀ the unweighted residual sum of squares). One
//! root with its two sides proved needs no more than a handful of evaluations; an interval that is not proved is halved until
//! it is, or is too short (a thousandth in log(tau² + v_min)) to matter.
//!
//! Roots are found by replacing F and H with their tangents, within a bracket.

use std::f64::consts::TAU;

use super::model::Model;

/// The kind of likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likelihood {
    Ml,
    Reml,
}

/// The ML estimate of tau² and its standard error from the expected information.
pub(super) fn ml<M: Model>(model: &mut M) -> (f64, f64) {
    let at = highest(model, Likelihood::Ml);
    (at.tau2, (2.0 / at.information).sqrt())
}

/// The REML estimate of tau² and its standard error from the expected information.
pub(super) fn reml<M: Model>(model: &mut M) -> (f64, f64) {
    let at = highest(model, Likelihood::Reml);
    (at.tau2, (2.0 / at.information).sqrt())
}

/// The log-likelihood at `tau2`.
pub(crate) fn log_likelihood<M: Model>(model: &mut M, kind: Likelihood, tau2: f64) -> f64 {
    let ln_v = sum_of_logarithms(model.vi(), tau2);
    let rss = model.residual(|_, v| 1.0 / (v + tau2)).rss;
    match kind {
        Likelihood::Ml => -0.5 * (model.k() as f64 * TAU.ln() + ln_v + rss),
        Likelihood::Reml => {
            let ln_det = model.ln_det(|_, v| 1.0 / (v + tau2));
            -0.5 * (model.df() * TAU.ln() + ln_v + ln_det + rss)
        }
    }
}

/// Σ log(v + t), by the logarithms of products where these do not leave the range of numbers.
pub(crate) fn sum_of_logarithms(vi: &[f64], t: f64) -> f64 {
    let chunk = |chunk: &[f64]| {
        let product: f64 = chunk.iter().map(|v| v + t).product();
        if (1e-250..1e250).contains(&product) {
            product.ln()
        } else {
            chunk.iter().map(|v| (v + t).ln()).sum()
        }
    };
    vi.chunks(8).map(chunk).sum()
}

/// The tau² at the global maximum.
pub(crate) fn maximum<M: Model>(model: &mut M, kind: Likelihood) -> f64 {
    highest(model, kind).tau2
}

/// The state of the search at one tau².
#[derive(Debug, Clone, Copy)]
struct At {
    tau2: f64,
    /// F and its slope.
    f: f64,
    f_slope: f64,
    /// H and its slope.
    h: f64,
    h_slope: f64,
    /// tr PP or Σw², twice the expected information.
    information: f64,
}

impl At {
    fn new<M: Model>(model: &mut M, kind: Likelihood, tau2: f64) -> Self {
        let (r, t) = model.residual_and_traces(|_, v| 1.0 / (v + tau2));
        let (g, information) = match kind {
            Likelihood::Ml => (t.w, t.ww),
            Likelihood::Reml => (t.p, t.pp),
        };
        let f = r.rss2.sqrt().recip();
        At {
            tau2,
            f,
            f_slope: r.rss3 / r.rss2 * f,
            h: g.recip(),
            h_slope: information / (g * g),
            information,
        }
    }

    /// F² - H: negative where the likelihood rises.
    fn fall(&self) -> f64 {
        self.f * self.f - self.h
    }

    /// The same point as a root: the likelihood neither rises nor falls.
    fn as_root(mut self) -> Self {
        self.h = self.f * self.f;
        self
    }

    /// The step to the root of the tangents' (F + F's)² = H + H's; `None` if they have none on the right side.
    fn step(&self) -> Option<f64> {
        let (a, b, c) =
            (self.f_slope * self.f_slope, 2.0 * self.f * self.f_slope - self.h_slope, self.fall());
        let root = (b * b - 4.0 * a * c).sqrt();
        let step = if b > 0.0 {
            -2.0 * c / (b + root)
        } else if c <= 0.0 {
            (root - b) / (2.0 * a)
        } else {
            return None;
        };
        step.is_finite().then_some(step)
    }
}

/// Tells whether (f + s x)² - (h + t x) is nowhere negative for x in [from, to].
fn stays_above(f: f64, s: f64, h: f64, t: f64, from: f64, to: f64) -> bool {
    let value = |x: f64| (f + s * x) * (f + s * x) - (h + t * x);
    // A parabola that opens upwards: its ends, and its vertex if it lies between them.
    let vertex = (t - 2.0 * f * s) / (2.0 * s * s);
    let inside = vertex > from && vertex < to;
    value(from) >= 0.0 && (to.is_infinite() || value(to) >= 0.0) && !(inside && value(vertex) < 0.0)
}

/// Tells whether the likelihood is proved to fall between `a` and `b`.
fn falls(a: &At, b: &At) -> bool {
    let width = b.tau2 - a.tau2;
    let chord = (b.f - a.f) / width;
    // H lies below both tangents, which cross at x.
    let x = ((b.h - b.h_slope * width - a.h) / (a.h_slope - b.h_slope)).clamp(0.0, width);
    let x = if x.is_nan() { width } else { x };
    stays_above(a.f, chord, a.h, a.h_slope, 0.0, x)
        && stays_above(a.f, chord, b.h - b.h_slope * width, b.h_slope, x, width)
}

/// Tells whether the likelihood is proved to rise between `a` and `b`.
fn rises(a: &At, b: &At) -> bool {
    let width = b.tau2 - a.tau2;
    let chord = (b.h - a.h) / width;
    // F lies below both tangents, which cross at x; its square less the chord of H is convex on either side.
    let x = ((b.f - b.f_slope * width - a.f) / (a.f_slope - b.f_slope)).clamp(0.0, width);
    let x = if x.is_nan() { width } else { x };
    let f = a.f + a.f_slope * x;
    a.fall() <= 0.0 && b.fall() <= 0.0 && f * f <= a.h + chord * x
}

/// Tells whether the likelihood is proved to fall beyond `a`; `slope` is that of F at infinity.
fn falls_beyond(a: &At, slope: f64) -> bool {
    stays_above(a.f, slope, a.h, a.h_slope, 0.0, f64::INFINITY)
}

/// The share of tau² + v_min below which an interval is not halved.
const SHORT: f64 = 1e-3;

/// The global maximum.
fn highest<M: Model>(model: &mut M, kind: Likelihood) -> At {
    let zero = At::new(model, kind, 0.0);
    let rss0 = model.unweighted_rss();
    // Effects that lie on the regression: the likelihood falls everywhere.
    if !(zero.f.is_finite() && zero.f_slope.is_finite() && rss0 > 0.0) {
        return zero;
    }
    let slope = rss0.sqrt().recip();
    let falling = zero.fall() >= 0.0;
    if falling && falls_beyond(&zero, slope) {
        return zero;
    }
    let (v_min, v_max) = range(model.vi());
    // Beyond the largest root of n (t + v_min)² = rss0 (t + v_max) both likelihoods fall, because P ≤ W ≤ I / (t + v_min)
    // and g ≥ n / (t + v_max).
    let n = if kind == Likelihood::Ml { model.k() as f64 } else { model.df() };
    let bound = (rss0 + (rss0 * rss0 + 4.0 * n * rss0 * (v_max - v_min)).sqrt()) / (2.0 * n) - v_min;
    let bound = bound.max(0.0) * (1.0 + 1e-3) + 1e-3 * v_min;

    let mut maxima = Vec::new();
    let mut last = zero;
    if falling {
        maxima.push(zero);
    } else {
        let root = climb(model, kind, v_min, zero, bound);
        if !rises(&zero, &root) {
            isolate(model, kind, v_min, zero, root, &mut maxima);
        }
        maxima.push(root);
        last = root;
    }
    // Outwards until the rest is proved.
    while !falls_beyond(&last, slope) && last.tau2 < bound {
        let next = At::new(model, kind, (2.0 * last.tau2 + v_min).min(bound));
        isolate(model, kind, v_min, last, next, &mut maxima);
        last = next;
    }
    match maxima.as_slice() {
        [] => zero,
        [only] => *only,
        several => {
            let likelihoods: Vec<f64> =
                several.iter().map(|at| log_likelihood(model, kind, at.tau2)).collect();
            let best = (0..several.len()).max_by(|&a, &b| likelihoods[a].total_cmp(&likelihoods[b]));
            best.map_or(zero, |best| several[best])
        }
    }
}

/// Finds the maxima between `a` and `b`.
fn isolate<M: Model>(model: &mut M, kind: Likelihood, v_min: f64, a: At, b: At, maxima: &mut Vec<At>) {
    let mut open = vec![(a, b)];
    while let Some((a, b)) = open.pop() {
        if !(b.tau2 > a.tau2) || falls(&a, &b) || rises(&a, &b) {
            continue;
        }
        // Where slopes are beyond floats, with tau² above 1e150 or so, nothing can be proved.
        let provable = a.h_slope.is_finite() && b.h_slope.is_finite();
        if b.tau2 - a.tau2 < SHORT * (a.tau2 + v_min) || !provable {
            if a.fall() < 0.0 && b.fall() > 0.0 {
                maxima.push(climb(model, kind, v_min, a, b.tau2));
            }
            continue;
        }
        let middle = between(a.tau2, b.tau2, v_min);
        if middle <= a.tau2 || middle >= b.tau2 {
            continue;
        }
        let middle = At::new(model, kind, middle);
        open.push((a, middle));
        open.push((middle, b));
    }
}

/// The middle of an interval in log(tau² + v_min).
fn between(a: f64, b: f64, v_min: f64) -> f64 {
    ((a + v_min).sqrt() * (b + v_min).sqrt() - v_min).clamp(a, b)
}

/// A maximum between `left`, where the likelihood rises, and `right`, where it falls.
fn climb<M: Model>(model: &mut M, kind: Likelihood, v_min: f64, left: At, right: f64) -> At {
    let (mut low, mut high) = (left.tau2, right);
    let mut at = left;
    let mut before = f64::INFINITY;
    for _ in 0..200 {
        let step = at.step();
        let size = step.map_or(f64::INFINITY, f64::abs);
        // The last digits of the step are rounding, relative to the scale F / F' on which the likelihood changes.
        let scale = at.f / at.f_slope;
        if size <= 1e-14 * at.tau2 || size <= 1e-15 * scale || (size <= 1e-9 * scale && size > 0.5 * before) {
            return at.as_root();
        }
        before = size;
        let next = step.map(|step| at.tau2 + step).filter(|next| *next > low && *next < high);
        let next = next.unwrap_or_else(|| between(low, high, v_min));
        if next == at.tau2 || next <= low || next >= high {
            return at.as_root();
        }
        at = At::new(model, kind, next);
        if at.fall() < 0.0 {
            low = next;
        } else {
            high = next;
        }
    }
    at.as_root()
}

fn range(vi: &[f64]) -> (f64, f64) {
    vi.iter().fold((f64::INFINITY, 0.0_f64), |(lo, hi), &v| (lo.min(v), hi.max(v)))
}

#[cfg(test)]
mod tests {
    use super::{super::model::Mean, *};

    /// Two maxima, one at 0 and one far out, of which either can be the higher.
    #[test]
    fn the_higher_of_two_maxima_is_found() {
        for (spread, k) in [(3.0, 40), (5.0, 40), (8.0, 30), (20.0, 12), (2.5, 80)] {
            let yi: Vec<f64> =
                (0..k)
                    .map(|i| {
                        if i % 2 == 0 {
                            1e-3 * (i % 3) as f64
                        } else {
                            spread * (((i * 7) % 11) as f64 - 5.0)
                        }
                    })
                    .collect();
            let vi: Vec<f64> = (0..k).map(|i| if i % 2 == 0 { 1e-4 } else { 10.0 }).collect();
            for kind in [Likelihood::Ml, Likelihood::Reml] {
                let mut model = Mean::new(&yi, &vi);
                let found = maximum(&mut model, kind);
                let height = log_likelihood(&mut model, kind, found);
                let beyond = (-2000..2000).map(|i| 10f64.powf(f64::from(i) / 200.0));
                for t in std::iter::once(0.0).chain(beyond) {
                    let there = log_likelihood(&mut model, kind, t);
                    assert!(
                        there <= height + 1e-12 * height.abs(),
                        "{kind:?} {spread}: {t} {there} {found} {height}"
                    );
                }
            }
        }
    }

    /// Variances so large that the square of tau² is beyond a float: REML of two studies is (y1 - y2)²/2 less the mean variance.
    #[test]
    fn enormous_variances_end() {
        let (yi, vi) = ([1.1945305269639785e103, 1.24e-279], [1.1945305291614289e103, 4.2719734113680316e96]);
        let found = maximum(&mut Mean::new(&yi, &vi), Likelihood::Reml);
        let expected = 0.5 * yi[0] * yi[0];
        assert!((found / expected - 1.0).abs() < 1e-8, "{found:e} {expected:e}");
    }

    #[test]
    fn few_evaluations_are_needed() {
        struct Counting<'a>(Mean<'a>, usize);
        impl Model for Counting<'_> {
            fn yi(&self) -> &[f64] {
                self.0.yi()
            }
            fn vi(&self) -> &[f64] {
                self.0.vi()
            }
            fn p(&self) -> usize {
                self.0.p()
            }
            fn residual(&mut self, weight: impl Fn(usize, f64) -> f64) -> super::super::model::Residual {
                self.0.residual(weight)
            }
            fn traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> super::super::model::Traces {
                self.1 += 1;
                self.0.traces(weight)
            }
            fn moments(&mut self, weight: impl Fn(usize, f64) -> f64) -> super::super::model::Moments {
                self.0.moments(weight)
            }
            fn ln_det(&mut self, weight: impl Fn(usize, f64) -> f64) -> f64 {
                self.0.ln_det(weight)
            }
            fn projection(&mut self, weight: impl Fn(usize, f64) -> f64, out: &mut [f64]) {
                self.0.projection(weight, out);
            }
        }
        // The BCG trials.
        let yi = [
            -0.8893113339,
            -1.5853886572,
            -1.3480731483,
            -1.4415511900,
            -0.2175473222,
            -0.7861155858,
            -1.6208982236,
            0.0119523335,
            -0.4694176487,
            -1.3713448035,
            -0.3393588283,
            0.4459134006,
            -0.0173139482,
        ];
        let vi = [
            0.3255847650,
            0.1945811214,
            0.4153679654,
            0.0200100319,
            0.0512101722,
            0.0069056185,
            0.2230172476,
            0.0039615793,
            0.0564342105,
            0.0730247936,
            0.0124122140,
            0.5325058452,
            0.0714046597,
        ];
        let mut model = Counting(Mean::new(&yi, &vi), 0);
        let tau2 = maximum(&mut model, Likelihood::Reml);
        assert!((tau2 - 0.3132433).abs() < 1e-7);
        assert!(model.1 <= 8, "{}", model.1);
    }
}
