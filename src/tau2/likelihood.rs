//! Maximum likelihood and restricted maximum likelihood, always at the global maximum.
//!
//! With w = 1 / (v + tau²) the two log-likelihoods, profiled over the coefficients, are
//!
//! - ML: -½ [k log 2π + Σ log(v + tau²) + y'Py]
//! - REML: -½ [(k - p) log 2π + Σ log(v + tau²) + log|X'WX| - log|X'X| + y'Py]
//!
//! with scores ½ (y'PPy - Σw) and ½ (y'PPy - tr P). Both can have several maxima when the variances are very unequal. The
//! score is negative beyond the root of RSS₀ / (t + v_min)² = (k - p) / (t + v_max) (RSS₀ the unweighted residual sum of
//! squares), because P ≤ W ≤ I / (t + v_min) and tr P ≥ (k - p) / (t + v_max); ML is bounded likewise. Within that
//! range the score is evaluated on a grid that is even in log(t + v_min), fine enough for the shortest scale on which a
//! likelihood can turn; every fall through 0 is a maximum, refined by safeguarded Newton steps, and the highest is
//! taken, the boundary 0 included.

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
    let tau2 = maximum(model, Likelihood::Ml);
    (tau2, (2.0 / model.traces(|_, v| 1.0 / (v + tau2)).ww).sqrt())
}

/// The REML estimate of tau² and its standard error from the expected information.
pub(super) fn reml<M: Model>(model: &mut M) -> (f64, f64) {
    let tau2 = maximum(model, Likelihood::Reml);
    (tau2, (2.0 / model.traces(|_, v| 1.0 / (v + tau2)).pp).sqrt())
}

/// The log-likelihood at `tau2`.
pub(crate) fn log_likelihood<M: Model>(model: &mut M, kind: Likelihood, tau2: f64) -> f64 {
    let ln_v: f64 = model.vi().iter().map(|v| (v + tau2).ln()).sum();
    let rss = model.residual(|_, v| 1.0 / (v + tau2)).rss;
    match kind {
        Likelihood::Ml => -0.5 * (model.k() as f64 * TAU.ln() + ln_v + rss),
        Likelihood::Reml => {
            let ln_det = model.ln_det(|_, v| 1.0 / (v + tau2));
            -0.5 * (model.df() * TAU.ln() + ln_v + ln_det + rss)
        }
    }
}

/// Twice the score in tau².
fn score<M: Model>(model: &mut M, kind: Likelihood, tau2: f64) -> f64 {
    let (r, t) = model.residual_and_traces(|_, v| 1.0 / (v + tau2));
    r.rss2 - if kind == Likelihood::Ml { t.w } else { t.p }
}

/// Twice the score, and its derivative.
fn score_and_slope<M: Model>(model: &mut M, kind: Likelihood, tau2: f64) -> (f64, f64) {
    let (r, t) = model.residual_and_traces(|_, v| 1.0 / (v + tau2));
    match kind {
        Likelihood::Ml => (r.rss2 - t.w, t.ww - 2.0 * r.rss3),
        Likelihood::Reml => (r.rss2 - t.p, t.pp - 2.0 * r.rss3),
    }
}

/// The largest step of the grid in log(t + v_min).
const GRID_STEP: f64 = 0.25;

/// The tau² at the global maximum.
pub(crate) fn maximum<M: Model>(model: &mut M, kind: Likelihood) -> f64 {
    let (v_min, v_max) = range(model.vi());
    let rss0 = model.residual(|_, _| 1.0).rss;
    let n = if kind == Likelihood::Ml { model.k() as f64 } else { model.df() };
    // Largest root of n (t + v_min)² = rss0 (t + v_max), with s = t + v_min.
    let spread = v_max - v_min;
    let mut bound = (rss0 + (rss0 * rss0 + 4.0 * n * rss0 * spread).sqrt()) / (2.0 * n);
    if bound <= v_min {
        return 0.0;
    }
    // With equal variances the root is the bound itself, and rounding may leave it on either side.
    bound *= 1.0 + 1e-3;
    let length = (bound / v_min).ln();
    let cells = (length / GRID_STEP).ceil().max(4.0);
    let ratio = (length / cells).exp();

    let mut best: Option<f64> = None;
    let mut left = 0.0;
    let mut left_score = score(model, kind, 0.0);
    if left_score <= 0.0 {
        best = Some(0.0);
    }
    let mut s = v_min;
    for cell in 1..=cells as usize {
        s *= ratio;
        let right = if cell == cells as usize { bound - v_min } else { s - v_min };
        let right_score = score(model, kind, right);
        if left_score > 0.0 && right_score <= 0.0 {
            let found = refine(model, kind, left, right);
            best = Some(match best {
                Some(other) if log_likelihood(model, kind, other) >= log_likelihood(model, kind, found) => {
                    other
                }
                _ => found,
            });
        }
        (left, left_score) = (right, right_score);
    }
    best.unwrap_or(0.0)
}

/// The root of the score in [a, b], where it falls from above 0 to 0 or below: Newton steps kept within a shrinking
/// bracket.
fn refine<M: Model>(model: &mut M, kind: Likelihood, mut a: f64, mut b: f64) -> f64 {
    let mut t = 0.5 * (a + b);
    for _ in 0..200 {
        let (f, slope) = score_and_slope(model, kind, t);
        if f > 0.0 {
            a = t;
        } else if f < 0.0 {
            b = t;
        } else {
            return t;
        }
        let newton = t - f / slope;
        let next = if slope < 0.0 && newton > a && newton < b { newton } else { 0.5 * (a + b) };
        if (next - t).abs() <= 4.0 * f64::EPSILON * next || next == a || next == b {
            return next;
        }
        t = next;
    }
    t
}

fn range(vi: &[f64]) -> (f64, f64) {
    vi.iter().fold((f64::INFINITY, 0.0_f64), |(lo, hi), &v| (lo.min(v), hi.max(v)))
}
