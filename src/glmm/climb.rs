//! The global maximum of a likelihood of counts, without and with heterogeneity.
//!
//! The likelihood is even in τ, so that τ = 0 is an ordinary stationary point at which nothing is singular. The climb
//! starts wherever the profile passes from rising to falling along a ladder of τ, since likelihoods with two peaks exist
//! (from several values of τ where there is more than one deviation to look along), and is compared with the maximum at
//! τ = 0.

use crate::{
    Error, Result,
    stat::newton::{Bound, Path, Point, search, search_beyond},
};

use super::{
    problem::{Likelihood, POINTS_PER_STUDY, Problem, UNBOUNDED},
    scan,
};

/// A gain of the log-likelihood below this does not speak for heterogeneity.
const NO_GAIN: f64 = 1e-9;

/// The maxima of a likelihood.
#[derive(Debug, Clone)]
pub(super) struct Maxima {
    /// The maximum of the model.
    pub best: Point,
    /// The maximum without heterogeneity.
    pub common: Point,
    pub converged: bool,
    /// True if a standard deviation has no finite estimate.
    pub unbounded: bool,
    /// Different peaks that were seen.
    pub peaks: usize,
}

/// Finds the maxima.
pub(super) fn climb(problem: &Problem) -> Result<Maxima> {
    problem.likelihood.allow(POINTS_PER_STUDY);
    let maxima = maxima(problem);
    problem.likelihood.allow(u64::MAX);
    maxima
}

fn maxima(problem: &Problem) -> Result<Maxima> {
    let common = without_heterogeneity(problem)?;
    if !problem.random {
        return Ok(Maxima {
            best: common.point.clone(),
            converged: common.converged,
            common: common.point,
            unbounded: false,
            peaks: 1,
        });
    }
    let bounds = problem.likelihood.bounds();
    let fixed = vec![false; bounds.len()];
    let at = problem.likelihood.dispersion();
    let climber = problem.likelihood.coarse();
    let ladder = if problem.likelihood.rises_by_one_deviation() {
        scan::starts(climber.as_ref().unwrap_or(&problem.likelihood), &common.point, at, &fixed)
    } else {
        None
    };
    let starts = ladder.unwrap_or_else(|| problem.random_starts(&common.point.theta));
    // Ways that lead back to the maximum without heterogeneity are cut short, if it is one.
    let is_maximum = match problem.likelihood {
        Likelihood::Over(_) => common.point.gradient[at] > 0.0,
        _ => common.point.hessian[(at, at)] > 0.0,
    };
    let known = if is_maximum { std::slice::from_ref(&common.point) } else { &[] };
    let climber = climber.as_ref().unwrap_or(&problem.likelihood);
    let Some(mut found) = search_beyond(climber, &bounds, &fixed, &starts, known) else {
        let best = common.point.clone();
        return Ok(Maxima {
            converged: common.converged,
            best,
            common: common.point,
            unbounded: false,
            peaks: 1,
        });
    };
    problem.likelihood.allow(POINTS_PER_STUDY);
    found.best = polish(problem, &bounds, found.best);
    let gain = common.point.value - found.best.point.value;
    let best = if gain > NO_GAIN { found.best } else { common.clone() };
    let unbounded = bounds
        .iter()
        .zip(&best.point.theta)
        .any(|(bound, theta)| bound.upper == UNBOUNDED && theta.abs() > 0.999 * UNBOUNDED);
    Ok(Maxima {
        converged: best.converged,
        best: best.point,
        common: common.point,
        unbounded,
        peaks: found.optima,
    })
}

/// Climbs on by the exact integrals.
fn polish(problem: &Problem, bounds: &[Bound], best: Path) -> Path {
    let fixed = vec![false; bounds.len()];
    let polished = search(&problem.likelihood, bounds, &fixed, std::slice::from_ref(&best.ahead));
    polished.map_or(Path { converged: false, ..best }, |polished| polished.best)
}

/// The maximum without heterogeneity where baselines vary: at equal baselines, or where the profile along their deviation
/// passes from rising to falling; `None` if the ladder cannot tell.
fn of_baselines(problem: &Problem, sigma: usize) -> Option<Path> {
    let bounds = problem.likelihood.bounds();
    let moving = problem.likelihood.held_without_dispersion();
    let mut fixed = moving.clone();
    fixed[sigma] = true;
    let mut start = problem.starts().into_iter().next()?;
    start[sigma] = 0.0;
    let equal = search(&problem.likelihood, &bounds, &fixed, &[start])?.best;
    let climber = problem.likelihood.coarse()?;
    let starts = scan::starts(&climber, &equal.point, sigma, &moving)?;
    let mut best = equal;
    for start in starts {
        let near = search(&climber, &bounds, &moving, &[start])?.best.ahead;
        let found = search(&problem.likelihood, &bounds, &moving, &[near])?.best;
        if found.point.value < best.point.value - NO_GAIN {
            best = found;
        }
    }
    Some(best)
}

fn without_heterogeneity(problem: &Problem) -> Result<Path> {
    if let Likelihood::Random(random) = &problem.likelihood
        && let Some(found) = of_baselines(problem, random.p + 2)
    {
        return Ok(found);
    }
    let bounds = problem.likelihood.bounds();
    let fixed = problem.likelihood.held_without_dispersion();
    let starts = problem.starts();
    // With one deviation nothing is left to integrate.
    let climber =
        if let Likelihood::Random(_) = problem.likelihood { problem.likelihood.coarse() } else { None };
    let found = search(climber.as_ref().unwrap_or(&problem.likelihood), &bounds, &fixed, &starts);
    let found = found.ok_or_else(failed)?;
    if climber.is_none() {
        return Ok(found.best);
    }
    let polished = search(&problem.likelihood, &bounds, &fixed, &[found.best.ahead]);
    polished.map(|polished| polished.best).ok_or_else(failed)
}

pub(super) fn failed() -> Error {
    Error::model(
        "the likelihood of the counts is not finite where the search starts",
        "check the counts and the moderators for values that are out of all proportion",
    )
}
