//! The estimates of the studies by themselves, and notes on the studies that readers must know of.

use crate::{Level, Result, stat::root};

use super::{
    Glmm,
    data::{CountMeasure, Counts, EventCount},
    exact::Total,
    few_counts,
    fit::{CountHeterogeneity, CountStudy},
    kernel::Kernel,
    problem::{Likelihood, Problem, conditional},
};

/// A standard deviation of log ratios beyond which studies differ more than a hundredfold.
const ENORMOUS: f64 = 5.0;

/// The estimates of the studies by themselves, where options ask for them; those in `used` are in the likelihood.
///
/// # Errors
///
/// If the interval does not apply to the measure.
pub(super) fn own_estimates(counts: &Counts, used: &[usize], options: &Glmm) -> Result<Vec<CountStudy>> {
    if !options.study_estimates {
        return Ok(Vec::new());
    }
    let (level, interval) = (options.level, options.study_interval);
    let mut informative = vec![false; counts.len()];
    used.iter().for_each(|&i| informative[i] = true);
    (0..counts.len())
        .map(|i| {
            let (estimate, ci_lower, ci_upper) = match counts.study(i) {
                Some((one, None)) => {
                    let [lower, upper] = if counts.measure.is_rate() {
                        interval.of_rate(one.events, one.size, level)?
                    } else {
                        interval.of_proportion(one.events, one.size, level)
                    };
                    ((one.size > 0.0).then(|| one.events / one.size), Some(lower), Some(upper))
                }
                Some((one, Some(two))) if counts.is_informative(i) => {
                    let kernel = conditional(counts.measure, one, two, true);
                    if let Some(found) = few_counts::interval(&kernel, level.tail()) {
                        found
                    } else if wide(counts.measure, one, two) {
                        by_likelihood(&kernel, level)
                    } else {
                        Total::of_kernels(vec![kernel])?.interval(level)?
                    }
                }
                _ => (None, None, None),
            };
            let study = counts.labels[i].clone();
            Ok(CountStudy { study, informative: informative[i], estimate, ci_lower, ci_upper })
        })
        .collect()
}

/// More possible numbers of events than exact inference lists.
fn wide(measure: CountMeasure, one: EventCount, two: EventCount) -> bool {
    let events = one.events + two.events;
    let fewer =
        if measure.is_rate() { 0.0 } else { (events - one.size).max(0.0) + (events - two.size).max(0.0) };
    events - fewer > 1e4
}

/// The maximum and the interval of the likelihood ratio: of many events as good as exact.
fn by_likelihood(kernel: &Kernel, level: Level) -> (Option<f64>, Option<f64>, Option<f64>) {
    let cut = level.critical_value(None);
    let peak = kernel.peak();
    let highest = peak.map_or(0.0, |peak| kernel.at(peak)[0]);
    let from = peak.unwrap_or(if kernel.lowest() { -60.0 } else { 60.0 });
    let bound = |step: f64| {
        let excess = |eta: f64| 2.0 * (highest - kernel.at(eta)[0]) - cut * cut;
        let (a, b) = root::expand(excess, from, step, from + step.signum() * 100.0)?;
        root::find_between(excess, a, b)
    };
    (peak, bound(-0.01), bound(0.01))
}

/// The notes on a finite fit.
pub(super) fn remarks(
    notes: &mut Vec<String>,
    counts: &Counts,
    problem: &Problem,
    heterogeneity: &CountHeterogeneity,
    peaks: usize,
) {
    uninformative(notes, counts, problem);
    if problem.leaves_out && !(0..counts.len()).any(|i| counts.is_double_zero(i)) {
        notes.push("no study is without events in both groups: nothing was left out".to_owned());
    }
    let k = problem.used.len();
    if problem.random && (2..=3).contains(&k) && !matches!(problem.likelihood, Likelihood::Over(_)) {
        notes.push(format!("tau² rests on {k} studies"));
    }
    match (heterogeneity.tau, heterogeneity.tau2_ci) {
        (Some(0.0), Some((_, Some(upper)))) => notes.push(format!(
            "no heterogeneity beyond chance was estimated; {k} studies cannot exclude tau² up to {upper:.3}"
        )),
        (Some(0.0), _) => notes.push("no heterogeneity beyond chance was estimated".to_owned()),
        (Some(tau), _) if tau > ENORMOUS => {
            notes.push("studies differ more than a hundredfold; look at the data".to_owned());
        }
        _ => {}
    }
    if let Some((_, None)) = heterogeneity.tau2_ci {
        notes.push("the likelihood sets no upper bound to tau²".to_owned());
    }
    if heterogeneity.rho.is_some_and(|rho| rho.abs() > 0.9999) {
        notes.push("the correlation of the random effects is estimated at its bound".to_owned());
    }
    if peaks > 1 {
        notes.push(format!("the likelihood has {peaks} peaks; the highest is given"));
    }
}

/// Names the studies without information, or counts those that only inform the baseline.
pub(super) fn uninformative(notes: &mut Vec<String>, counts: &Counts, problem: &Problem) {
    let many = |i: usize| match counts.study(i) {
        Some((one, Some(two))) if counts.is_informative(i) => wide(counts.measure, one, two),
        _ => false,
    };
    if (0..counts.len()).any(many) {
        notes.push(
            "the intervals of studies with more than 10,000 possible numbers of events are those of the likelihood ratio"
                .to_owned(),
        );
    }
    let outside: Vec<usize> = (0..counts.len()).filter(|i| !problem.used.contains(i)).collect();
    let name = |which: &[usize]| {
        let names: Vec<&str> =
            which.iter().filter_map(|&i| counts.labels.get(i).map(String::as_str)).collect();
        names.join(", ")
    };
    if !outside.is_empty() {
        let what =
            if counts.measure.two_groups() { "no information on a ratio" } else { "no person was observed" };
        let studies = if outside.len() == 1 { "study" } else { "studies" };
        let why = if counts.measure.two_groups() {
            if counts.measure.is_rate() {
                " without events in both groups"
            } else {
                " without events, or without non-events, in both groups, or with an empty group"
            }
        } else {
            ""
        };
        notes.push(format!("{what}: {} {studies}{why} ({})", outside.len(), name(&outside)));
    } else if counts.measure.two_groups() {
        let zero = (0..counts.len()).filter(|&i| counts.is_double_zero(i)).count();
        if zero > 0 {
            let studies = if zero == 1 { "study" } else { "studies" };
            notes.push(format!(
                "{zero} {studies} without events (or with events only) in both groups informed the baseline"
            ));
        }
    }
}
