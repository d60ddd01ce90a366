//! Q-profile: the two roots of Q(tau²) = a chi-square quantile, each found as the Paule-Mandel root is.

use super::super::{model::Model, paule_mandel};
use crate::{Level, stat::Tail, stat::chi2};

/// The limits, or `None` if the set is empty.
pub(super) fn q_profile<M: Model>(model: &mut M, level: Level) -> Option<(f64, f64)> {
    let df = model.df();
    let least = chi2::quantile(Tail::Lower(level.tail()), df);
    if model.q() < least {
        return None;
    }
    let lower = paule_mandel::root(model, chi2::quantile(Tail::Upper(level.tail()), df));
    Some((lower, paule_mandel::root_from(model, least, lower)))
}
