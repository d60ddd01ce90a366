//! Estimates that are infinite because one group has no events (or only events) in all studies.
//!
//! The likelihood then has no maximum but a supremum, approached as the effect goes to infinity. One bound of the
//! profile-likelihood interval is finite all the same, and so is the likelihood ratio against no effect.

use crate::{Error, Result, linear::Design, stat::chi2};

use super::{
    data::Counts,
    fit::{CountCoefficient, CountFit, CountFitInfo, CountHeterogeneity, Interval, inverse},
    kernel::Kernel,
    options::{Glmm, Link},
    overdispersed::{Group, Law, Overdispersed},
    problem::{Likelihood, Problem},
    profile::{End, LOST, Profile},
    studies::own_estimates,
};

/// The way to the supremum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Down,
    Up,
}

/// A predictor so far out that the likelihood has reached its limit.
const AT_INFINITY: f64 = 50.0;

/// The direction in which the estimate of a mean is infinite; `None` if it is finite.
pub(super) fn direction(likelihood: &Likelihood) -> Option<Direction> {
    let (down, up) = match likelihood {
        Likelihood::One(one) => {
            let all =
                |end: fn(&Kernel) -> bool| one.kernels.iter().all(|kernel| kernel.flat() || end(kernel));
            (all(Kernel::lowest), all(Kernel::highest))
        }
        Likelihood::Fixed(fixed) => (
            fixed.arms.iter().all(|[one, two]| one.lowest() || two.highest()),
            fixed.arms.iter().all(|[one, two]| one.highest() || two.lowest()),
        ),
        Likelihood::Random(random) => {
            let all = |arm: usize, end: fn(&Kernel) -> bool| {
                random.arms.iter().all(|arms| arms[arm].flat() || end(&arms[arm]))
            };
            (
                all(0, Kernel::lowest) || all(1, Kernel::highest),
                all(0, Kernel::highest) || all(1, Kernel::lowest),
            )
        }
        Likelihood::Over(over) => overdispersed(over),
    };
    match (down, up) {
        (true, _) => Some(Direction::Down),
        (_, true) => Some(Direction::Up),
        _ => None,
    }
}

fn overdispersed(over: &Overdispersed) -> (bool, bool) {
    let first = |end: &dyn Fn(&Group) -> bool| over.groups.iter().all(|(group, _)| end(group));
    let second = |end: &dyn Fn(&Group) -> bool| {
        over.two() && over.groups.iter().all(|(_, group)| group.as_ref().is_some_and(end))
    };
    let none = |group: &Group| group.x == 0.0;
    let all = |group: &Group| over.law != Law::NegativeBinomial && group.x == group.size;
    (first(&none) || second(&all), first(&all) || second(&none))
}

/// The fit: no estimate, one bound, the likelihood-ratio test.
pub(super) fn fit(
    options: &Glmm,
    counts: &Counts,
    design: &Design,
    problem: &mut Problem,
    direction: Direction,
    mut notes: Vec<String>,
) -> Result<CountFit> {
    let sign = if direction == Direction::Up { 1.0 } else { -1.0 };
    let parameters = problem.parameters();
    if matches!(problem.likelihood, Likelihood::Random(_)) && problem.random {
        // Where one group has no events its random effect and that of the baseline cannot be told apart.
        problem.random = false;
        notes.push("the bound and the P value are those of an effect without heterogeneity".to_owned());
    }
    let lost = || Error::model("the likelihood has no limit that can be computed", "use --exact");
    let start = problem.starts().into_iter().next().unwrap_or_default();
    let far = if counts.measure.two_groups() { sign * AT_INFINITY } else { start[0] + sign * AT_INFINITY };
    let limit = Profile::new(problem, 0, 0.0).point(far, &start).ok_or_else(lost)?;
    let profile = Profile::new(problem, 0, -limit.value);
    let cut = options.level.critical_value(None);
    let end = if at_any_effect(problem, cut) {
        End::Never
    } else {
        profile.bound(&limit.theta, -0.5 * sign * AT_INFINITY, cut)
    };
    if end == End::Lost {
        notes.push(LOST.to_owned());
    }
    let bound = end.place();
    let null = profile.point(0.0, &start);
    let p_value = null.map(|null| chi2::sf(profile.fall(&null).min(most_fall(problem)), 1.0));
    let (ci_lower, ci_upper) = if direction == Direction::Up { (bound, None) } else { (None, bound) };
    let effect = CountCoefficient {
        term: design.names()[0].clone(),
        estimate: None,
        se: None,
        statistic: None,
        df: None,
        p_value,
        ci_lower,
        ci_upper,
    };
    notes.push(note(counts, direction, end));
    super::studies::uninformative(&mut notes, counts, problem);
    let info = CountFitInfo::new(-limit.value, parameters, problem.observations());
    result(options, counts, design, problem, effect, info, notes)
}

/// True if a variance between studies explains the data at any effect: as it grows without limit each study's likelihood tends to a
/// half of its supremum.
fn at_any_effect(problem: &Problem, cut: f64) -> bool {
    most_fall(problem) <= cut * cut
}

/// The largest twice the fall of the profile likelihood.
fn most_fall(problem: &Problem) -> f64 {
    match problem.likelihood {
        Likelihood::One(_) if problem.random => 2.0 * std::f64::consts::LN_2 * problem.used.len() as f64,
        _ => f64::INFINITY,
    }
}

/// All of the fit but what the limit says.
fn result(
    options: &Glmm,
    counts: &Counts,
    design: &Design,
    problem: &Problem,
    effect: CountCoefficient,
    info: CountFitInfo,
    notes: Vec<String>,
) -> Result<CountFit> {
    let link = if counts.measure.two_groups() { Link::Log } else { problem.link };
    let shown = |value: Option<f64>| value.map(|value| inverse(link, value));
    let (ci_lower, ci_upper) = (effect.ci_lower, effect.ci_upper);
    Ok(CountFit {
        measure: counts.measure,
        model: problem.model,
        effects: options.effects,
        link: problem.link,
        inference: options.inference,
        penalty: options.penalty,
        level: options.level,
        k: counts.len(),
        k_informative: problem.used.len(),
        coefficients: None,
        profile: Some(Interval { estimate: None, ci_lower, ci_upper }),
        effect: Some(effect),
        moderator_test: None,
        heterogeneity: CountHeterogeneity::default(),
        fit: info,
        transformed: Interval { estimate: None, ci_lower: shown(ci_lower), ci_upper: shown(ci_upper) },
        marginal: None,
        study_interval: options.study_interval,
        coding: problem.coding(options),
        baseline: None,
        covariance: Vec::new(),
        terms: design.names().to_vec(),
        studies: own_estimates(counts, &problem.used, options)?,
        notes,
    })
}

fn note(counts: &Counts, direction: Direction, end: End) -> String {
    let none =
        |groups: &[super::EventCount]| !groups.is_empty() && groups.iter().all(|group| group.events == 0.0);
    let what = if !counts.measure.two_groups() {
        if direction == Direction::Down { "no study has an event" } else { "every person has the event" }
    } else if none(&counts.first) {
        "group 1 has no events in any study"
    } else if none(&counts.second) {
        "group 2 has no events in any study"
    } else {
        "in every informative study the events of one group are at the end of their possible range"
    };
    let help = if counts.measure.two_groups() {
        "an exact interval (exact), Firth's penalty (penalty firth) or the studies together give what the data hold"
    } else {
        "the intervals of the studies give what the data hold"
    };
    let side = if direction == Direction::Down { "minus infinity" } else { "plus infinity" };
    let bounds = match end {
        End::At(_) => {
            "one bound is finite, from the profile likelihood, as is the P value of the likelihood ratio"
        }
        End::Never => {
            "no bound is finite, because heterogeneity without a limit explains so few studies at any effect"
        }
        End::Lost => "the P value is that of the likelihood ratio",
    };
    format!("{what}: the estimate is {side} on the scale of the model; {bounds}; {help}")
}
