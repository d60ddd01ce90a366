//! Q-profile: the two roots of Q(tau²) = a chi-square quantile, each found as the Paule-Mandel root is.

use std::cell::Cell;

use super::super::{
    model::Model,
    paule_mandel::{Point, root_from},
};
use crate::{Level, stat::Tail, stat::chi2};

thread_local! {
    /// The level and the degrees of freedom of the last interval, and their quantiles: analyses in a row often have as many studies.
    static LAST: Cell<Option<(Level, f64, [f64; 2])>> = const { Cell::new(None) };
}

/// The lower and the upper quantile of the chi-square distribution.
fn quantiles(level: Level, df: f64) -> [f64; 2] {
    LAST.with(|last| match last.get() {
        Some((known, of, quantiles)) if known == level && of == df => quantiles,
        _ => {
            let quantiles = [Tail::Lower, Tail::Upper].map(|tail| chi2::quantile(tail(level.tail()), df));
            last.set(Some((level, df, quantiles)));
            quantiles
        }
    })
}

/// The limits, or `None` if the set is empty. Both are searched from `near`, a tau² that should lie between them.
pub(super) fn q_profile<M: Model>(model: &mut M, near: f64, level: Level) -> Option<(f64, f64)> {
    let [least, most] = quantiles(level, model.df());
    let start = Point::new(model, near);
    // Q falls, so that only where it is small here it needs to be looked at in 0.
    if start.q() < least && (near == 0.0 || model.q() < least) {
        return None;
    }
    Some((root_from(model, most, start), root_from(model, least, start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_belong_to_the_analysis_that_asks() {
        for (level, df) in [(0.95, 12.0), (0.9, 12.0), (0.95, 3.0), (0.95, 3.0), (0.95, 12.0)] {
            let tail = 0.5 * (1.0 - level);
            let quantiles = quantiles(Level::new(level).unwrap_or_default(), df);
            let expected = [chi2::quantile(Tail::Lower(tail), df), chi2::quantile(Tail::Upper(tail), df)];
            assert!(quantiles.iter().zip(expected).all(|(q, e)| (q / e - 1.0).abs() < 1e-14), "{level} {df}");
        }
    }
}
