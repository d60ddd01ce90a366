//! Paule and Mandel's estimator (1982, doi:10.6028/jres.087.022) and its relatives: the tau² at which the generalized Q
//! statistic Q(tau²) = y'Py, with weights 1 / (v + tau²), equals a given value.
//!
//! Q(tau²) = Σⱼ uⱼ² / (λⱼ + tau²) for some λⱼ > 0, so it falls strictly, and 1 / Q, a harmonic mean of linear functions, is
//! concave: Newton's method on 1 / Q never passes the root from below. Halley's method, the root of the hyperbola that has
//! Q, Q' and Q'' in common with Q, takes shorter steps from above, none of which passes the root either, and longer ones from
//! below, where the root lies between the two: the Schwarzian derivative of Q is nowhere negative. The digits triple with each of
//! its steps; where the two are far from agreeing Newton's is taken.
//!
//! The value k - p gives PM, Morris's empirical Bayes estimate (EB) and the fixed point of iterated DerSimonian-Laird
//! (DLIT); the median of the chi-square distribution with k - p degrees of freedom gives the median-unbiased PMM
//! (Viechtbauer 2021, doi:10.1002/jrsm.1517); its other quantiles give the Q-profile interval.

use super::{
    lanes::sums,
    model::{Model, Residual},
};
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
    let [w] = sums!(model.yi(), model.vi(), |_, _, v| [(v + tau2).recip()]);
    (2.0 * k * k / model.df()).sqrt() / w
}

/// The tau² with Q(tau²) = `target`, 0 if Q(0) is not above it.
pub(super) fn root<M: Model>(model: &mut M, target: f64) -> f64 {
    let start = Point::new(model, 0.0);
    root_from(model, target, start)
}

/// The same, searched from any `start`.
pub(super) fn root_from<M: Model>(model: &mut M, target: f64, start: Point) -> f64 {
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut at = start;
    // The limit is never met in practice.
    for _ in 0..500 {
        let tau2 = at.tau2;
        let (step, short) = if at.q() > target {
            low = tau2;
            at.step_from_below(model, target, high)
        } else if tau2 > 0.0 {
            high = tau2;
            at.step_from_above(model, target)
        } else {
            return 0.0;
        };
        // Without a finite step from above the start of the range is looked at.
        let mut next = (tau2 + step).max(low);
        if next == low && high == tau2 && low > 0.0 {
            next = 0.5 * (low + high);
        }
        if next == tau2 || step.abs() < short * next {
            return next;
        }
        at = Point::new(model, next);
    }
    at.tau2
}

/// The share of tau² below which a step of Newton's is the last: 1 / Q bends so little that what is left is at most of the order of
/// its square.
const SHORT: f64 = 1e-9;

/// The same for a step of Halley's, which leaves its cube: half a unit in the last place.
const SHORT_OF_HALLEY: f64 = 5e-6;

/// Q and its derivatives at one tau².
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    tau2: f64,
    at: Residual,
}

impl Point {
    pub fn new<M: Model>(model: &mut M, tau2: f64) -> Self {
        Point { tau2, at: model.residual(|_, v| 1.0 / (v + tau2)) }
    }

    /// Q(tau²).
    pub fn q(&self) -> f64 {
        self.at.rss
    }

    /// Tells whether the products of the steps are numbers.
    fn within(&self) -> bool {
        let Residual { rss, rss2, rss3 } = self.at;
        rss < 1e150 && rss2 < f64::INFINITY && rss3 < f64::INFINITY
    }

    /// Halley's step, from Q' = -y'PPy and Q'' = 2 y'PPPy.
    fn halley(&self, target: f64) -> f64 {
        let Residual { rss, rss2, rss3 } = self.at;
        let excess = rss - target;
        excess / (rss2 - excess * (rss3 / rss2))
    }

    /// A step upwards that does not pass the root by more than Newton's falls short of it, nor reaches `high`, with the share
    /// of tau² below which it is the last.
    fn step_from_below<M: Model>(&self, model: &M, target: f64, high: f64) -> (f64, f64) {
        if !self.within() {
            return (far_step(model, self, target), SHORT);
        }
        let newton = self.at.rss * (self.at.rss - target) / (target * self.at.rss2);
        let halley = self.halley(target);
        match halley >= newton && halley <= 2.0 * newton && self.tau2 + halley < high {
            true => (halley, SHORT_OF_HALLEY),
            false => (newton, SHORT),
        }
    }

    /// A step downwards that does not pass the root.
    fn step_from_above<M: Model>(&self, model: &M, target: f64) -> (f64, f64) {
        match self.within() {
            true => (self.halley(target), SHORT_OF_HALLEY),
            false => (far_step(model, self, target), SHORT),
        }
    }
}

/// The step where the square of Q or y'PPy are beyond the numbers. Q(tau² + s) is at least Q(tau²) (v + tau²) / (v + tau² + s) with the
/// smallest v, which gives a step that is never too long either.
#[cold]
fn far_step<M: Model>(model: &M, from: &Point, target: f64) -> f64 {
    let Residual { rss, rss2, .. } = from.at;
    let scale = match rss2 < f64::INFINITY {
        true => rss / rss2,
        false => model.vi().iter().copied().fold(f64::INFINITY, f64::min) + from.tau2,
    };
    (rss / target - 1.0) * scale
}

#[cfg(test)]
mod tests {
    use super::super::model::Mean;
    use super::*;

    /// The root does not depend on where the search starts.
    #[test]
    fn the_root_is_found_from_anywhere() {
        let yi: Vec<f64> = (0..9).map(|i| f64::from(i * i % 7) * 0.4).collect();
        for spread in [0.0, 1.0, 4.0, 12.0] {
            let vi: Vec<f64> =
                (0..9).map(|i| 10f64.powf(spread * (f64::from(i * 5 % 9) / 8.0 - 0.5))).collect();
            let mut model = Mean::new(&yi, &vi);
            for tau2 in [1e-9, 1e-3, 0.1, 3.0, 1e4] {
                let target = Point::new(&mut model, tau2).q();
                for start in [0.0, 1e-12, 1e-4, 0.09, 0.5, 7.0, 1e6, 1e12] {
                    let start = Point::new(&mut model, start);
                    let found = root_from(&mut model, target, start);
                    // Q hardly falls where tau² is small beside all variances.
                    let slope = Point::new(&mut model, tau2).at.rss2;
                    let error = (found - tau2).abs() * slope / target;
                    assert!(error < 1e-14, "{spread} {tau2} {}: {found} {error}", start.tau2);
                }
            }
        }
    }

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
