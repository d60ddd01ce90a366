//! Paule and Mandel's estimator (1982, doi:10.6028/jres.087.022) and its relatives: the tau² at which the generalized Q
//! statistic Q(tau²) = y'Py, with weights 1 / (v + tau²), equals a given value.
//!
//! Q(tau²) = Σⱼ uⱼ² / (λⱼ + tau²) for some λⱼ > 0, so it falls strictly, and 1 / Q, a harmonic mean of linear functions, is
//! concave. Newton's method on 1 / Q from the left therefore rises to the root without ever passing it.
//!
//! The value k - p gives PM, Morris's empirical Bayes estimate (EB) and the fixed point of iterated DerSimonian-Laird
//! (DLIT); the median of the chi-square distribution with k - p degrees of freedom gives the median-unbiased PMM
//! (Viechtbauer 2021, doi:10.1002/jrsm.1517); its other quantiles give the Q-profile interval.

use super::model::{Model, sums};
use crate::stat::{Tail, chi2};

/// PM (or EB) and its standard error.
pub(super) fn pm<M: Model>(model: &mut M) -> (f64, f64) {
    let tau2 = root(model, model.df());
    (tau2, standard_error(model, tau2))
}

/// PMM and its standard error.
pub(super) fn pmm<M: Model>(model: &mut M) -> (f64, f64) {
    let tau2 = root(model, chi2::quantile(Tail::Lower(0.5), model.df()));
    (tau2, standard_error(model, tau2))
}

/// √(2 k² / (k - p)) / Σw (Sidik and Jonkman 2007; Viechtbauer et al. 2015, doi:10.1037/met0000011).
fn standard_error<M: Model>(model: &mut M, tau2: f64) -> f64 {
    let k = model.k() as f64;
    let [w] = sums(model.yi(), model.vi(), |_, _, v| [1.0 / (v + tau2)]);
    (2.0 * k * k / model.df()).sqrt() / w
}

/// The tau² with Q(tau²) = `target`, 0 if Q(0) is not above it.
pub(super) fn root<M: Model>(model: &mut M, target: f64) -> f64 {
    root_from(model, target, 0.0)
}

/// The same from a `start` that is known to lie below it, or is 0.
pub(super) fn root_from<M: Model>(model: &mut M, target: f64, start: f64) -> f64 {
    let mut tau2 = start;
    // Convergence is monotone and finally quadratic; the limit is never met in practice.
    for _ in 0..500 {
        let r = model.residual(|_, v| 1.0 / (v + tau2));
        // Newton on 1 / Q - 1 / target, whose derivative is y'PPy / Q².
        let mut step = r.rss * (r.rss - target) / (target * r.rss2);
        if !(r.rss < 1e150 && r.rss2 < f64::INFINITY) {
            step = far_step(model, tau2, target, (r.rss, r.rss2));
        }
        if !(step > 0.0) {
            break;
        }
        let next = tau2 + step;
        // 1 / Q bends so little that what is left is at most of the order of the square of a short step.
        if next == tau2 || step < 1e-9 * next {
            return next;
        }
        tau2 = next;
    }
    tau2
}

/// The step where the square of Q or y'PPy are beyond the numbers. Q(tau² + s) is at least Q(tau²) (v + tau²) / (v + tau² + s) with the
/// smallest v, which gives a step that is never too long either.
#[cold]
fn far_step<M: Model>(model: &M, tau2: f64, target: f64, (q, curvature): (f64, f64)) -> f64 {
    let scale = match curvature < f64::INFINITY {
        true => q / curvature,
        false => model.vi().iter().copied().fold(f64::INFINITY, f64::min) + tau2,
    };
    (q / target - 1.0) * scale
}

#[cfg(test)]
mod tests {
    use super::super::model::Mean;
    use super::*;

    /// With equal variances v, Q(tau²) = S / (v + tau²) for the sum of squares S, so that tau² = S / target - v.
    #[test]
    fn the_root_is_found_where_squares_of_q_overflow() {
        for (y, v) in [(1e150, 1.0), (1e-1, 1e-305), (1e3, 1e-299), (1e145, 1e-15)] {
            let (yi, vi) = ([-y, y], [v, v]);
            let tau2 = root(&mut Mean::new(&yi, &vi), 3.0);
            let expected = 2.0 * y * y / 3.0;
            assert!((tau2 / expected - 1.0).abs() < 1e-12, "{y} {v}: {tau2} {expected}");
        }
    }
}
