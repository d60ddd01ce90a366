//! Profile likelihood: the tau² whose log-likelihood lies within ½ χ²₁ of the maximum, from the lowest to the highest
//! (between two peaks the likelihood may dip below; the interval spans the dip).

use super::super::{
    likelihood::{Likelihood, log_likelihood, maximum},
    model::Model,
};
use crate::{
    Error, Level, Result,
    range::REMEDY,
    stat::{Tail, chi2, root},
};

/// A tau² that is larger is beyond the range of computation.
const LARGEST: f64 = 1e305;

/// The limits.
///
/// # Errors
///
/// If the upper limit is beyond the range of computation.
pub(super) fn interval<M: Model>(model: &mut M, kind: Likelihood, level: Level) -> Result<(f64, f64)> {
    let best = maximum(model, kind);
    let drop = 0.5 * chi2::quantile(Tail::Upper(2.0 * level.tail()), 1.0);
    let floor = log_likelihood(model, kind, best) - drop;
    let v_min = model.vi().iter().copied().fold(f64::INFINITY, f64::min);

    // Beyond the largest maximum the likelihood falls without end: step outwards until it is below the floor.
    let mut outside = best + v_min;
    while outside < LARGEST && log_likelihood(model, kind, outside) > floor {
        outside = 2.0 * outside + v_min;
    }
    if !(outside < LARGEST) {
        let found = "the upper limit of tau² is beyond the range of numbers";
        return Err(Error::model(found, REMEDY));
    }
    // Walk inwards from both ends on a grid even in log(tau² + v_min), so that a second peak is not passed over.
    let cells = (((outside + v_min) / v_min).ln() / 0.25).ceil().max(4.0) as usize;
    let ratio = ((outside + v_min) / v_min).ln() / cells as f64;
    let at = |cell: usize| if cell == cells { outside } else { v_min * (ratio * cell as f64).exp_m1() };
    let mut excess = |tau2: f64| log_likelihood(model, kind, tau2) - floor;

    let lower = if excess(0.0) >= 0.0 {
        0.0
    } else {
        let inside = (1..=cells).map(at).find(|&t| t >= best || excess(t) >= 0.0).unwrap_or(best).min(best);
        let below = (0..cells).rev().map(at).find(|&t| t < inside && excess(t) < 0.0).unwrap_or(0.0);
        root::find(&mut excess, below, inside).unwrap_or(inside)
    };
    let inside = (0..cells).rev().map(at).find(|&t| t <= best || excess(t) >= 0.0).unwrap_or(best).max(best);
    let above = (1..=cells).map(at).find(|&t| t > inside && excess(t) < 0.0).unwrap_or(outside);
    Ok((lower, root::find(&mut excess, inside, above).unwrap_or(inside)))
}
