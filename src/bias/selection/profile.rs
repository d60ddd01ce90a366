//! Profile-likelihood intervals of a selection model: the values that a likelihood-ratio test does not reject.
//!
//! They need no standard error, follow the skewness of the likelihood, and end at a bound where it is not rejected.

use serde::{Deserialize, Serialize};

use super::{likelihood::Derivatives, search::Search};
use crate::{
    Level,
    stat::{Tail, chi2, root},
};

/// Profile-likelihood intervals. A limit is `None` where the likelihood never falls far enough.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SelectionProfile {
    /// The interval of each coefficient; of the mean, if there are no moderators.
    pub coefficients: Vec<[Option<f64>; 2]>,
    /// That of tau²; `None` for a fixed effect.
    pub tau2: Option<[Option<f64>; 2]>,
    /// Those of the parameters of the selection function, without the first of a step function; `None` for a fixed one.
    pub delta: Vec<Option<[Option<f64>; 2]>>,
}

/// The distance to which the logarithm of a parameter is followed.
const REACH: f64 = 18.4;

pub(super) fn profile(
    search: &Search<'_>,
    theta: &[f64],
    at: &Derivatives,
    errors: &[Option<f64>],
    sign: f64,
    level: Level,
) -> SelectionProfile {
    let p = search.problem.coefficients();
    let critical = chi2::quantile(Tail::Lower(level.fraction()), 1.0);
    let interval = |i: usize| -> Option<[Option<f64>; 2]> {
        (!search.held[i]).then(|| {
            [-1.0, 1.0].map(|direction| limit(search, theta, at.value, errors[i], i, direction, critical))
        })
    };
    SelectionProfile {
        coefficients: (0..p)
            .map(|i| {
                let [low, high] = interval(i).unwrap_or_default();
                if sign < 0.0 { [high.map(|x| -x), low.map(|x| -x)] } else { [low, high] }
            })
            .collect(),
        tau2: interval(p),
        delta: (p + 1..theta.len()).map(interval).collect(),
    }
}

fn limit(
    search: &Search<'_>,
    theta: &[f64],
    top: f64,
    se: Option<f64>,
    i: usize,
    direction: f64,
    critical: f64,
) -> Option<f64> {
    let mut x = search.coordinates(theta);
    let centre = x[i];
    let log = search.logarithmic(i);
    let step = match (se, log) {
        (Some(se), true) => (se / theta[i]).clamp(0.05, 3.0),
        (Some(se), false) => se,
        (None, true) => 0.5,
        (None, false) => 0.1 * centre.abs() + 0.05,
    };
    let end = match (log, direction < 0.0) {
        (true, true) => (-REACH).min(centre - 1.0),
        (true, false) => REACH.max(centre + 1.0),
        (false, true) if search.bounded(i) => 0.0,
        (false, _) => centre + direction * 1e5 * (step + centre.abs()),
    };
    // From the neighbor and from the maximum: the likelihood may have more than one peak.
    let peak = x.clone();
    let mut excess = |c: f64| {
        let excess = 2.0 * (top - search.held_at(i, c, &mut x, &peak)) - critical;
        // Within the rounding of the likelihood the limit is found.
        if excess.abs() < 1e-10 { 0.0 } else { excess }
    };
    let lower_bound = direction < 0.0 && (log || search.bounded(i));
    if lower_bound && (centre <= end || excess(end) <= 0.0) {
        return Some(0.0);
    }
    // Outward in growing steps, so that each maximum starts from its neighbour.
    let (a, b) = root::expand(&mut excess, centre, direction * step, end)?;
    let found = root::find_between(&mut excess, a, b)?;
    Some(if log { found.exp() } else { found })
}
