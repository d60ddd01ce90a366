//! Individual times: the Kaplan-Meier curve, Cox regression on one group, and the restricted mean survival time.
//!
//! These are what reconstructed individual data ([`super::kaplan_meier`]) are for; they serve original data just as well.
//!
//! - Cox: the partial likelihood with Efron's handling of ties; it is concave in β = ln HR, so that its score has one root, which is bracketed. A group
//!   without events has no finite estimate.
//! - Restricted mean up to τ: the area under the Kaplan-Meier curve, with variance Σ A(t)²·d/(n(n - d)), A(t) the area from the event
//!   time t to τ (Greenwood).
//!
//! # References
//!
//! - Efron B (1977). The efficiency of Cox's likelihood function for censored data. doi:10.1080/01621459.1977.10480613
//! - Royston P, Parmar MKB (2013). Restricted mean survival time. doi:10.1186/1471-2288-13-152

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Step};
use crate::{Error, Result, effect::Effect, stat::root};

/// One person: how long followed, and whether the event occurred.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Subject {
    /// Time of the event or of the end of follow-up.
    pub time: f64,
    /// True if the event occurred.
    pub event: bool,
}

impl Subject {
    /// An event at a time.
    pub fn event(time: f64) -> Self {
        Subject { time, event: true }
    }

    /// Censored at a time.
    pub fn censored(time: f64) -> Self {
        Subject { time, event: false }
    }
}

fn checked(subjects: &[Subject], group: &str) -> Result<Vec<Subject>> {
    if subjects.is_empty() {
        return Err(Error::data(format!("nobody in the {group}"), "give at least one person"));
    }
    for subject in subjects {
        check::not_negative("time", subject.time)?;
    }
    let mut sorted = subjects.to_vec();
    // Events come before censored times of the same day.
    sorted.sort_by(|a, b| a.time.total_cmp(&b.time).then(b.event.cmp(&a.event)));
    Ok(sorted)
}

/// One step of a Kaplan-Meier curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KaplanMeierStep {
    /// The time.
    pub time: f64,
    /// People at risk just before it.
    pub at_risk: f64,
    /// Events at it.
    pub events: f64,
    /// Survival just after it.
    pub survival: f64,
}

/// The Kaplan-Meier curve: one step for each time with events.
///
/// # Errors
///
/// If nobody is given or a time is below 0 or not finite.
pub fn kaplan_meier(subjects: &[Subject]) -> Result<Vec<KaplanMeierStep>> {
    let sorted = checked(subjects, "group")?;
    let mut steps: Vec<KaplanMeierStep> = Vec::new();
    let mut survival = 1.0;
    let mut at_risk = sorted.len() as f64;
    for group in sorted.chunk_by(|a, b| a.time == b.time) {
        let events = group.iter().filter(|s| s.event).count() as f64;
        if let (true, Some(first)) = (events > 0.0, group.first()) {
            survival *= 1.0 - events / at_risk;
            steps.push(KaplanMeierStep { time: first.time, at_risk, events, survival });
        }
        at_risk -= group.len() as f64;
    }
    Ok(steps)
}

/// The log hazard ratio of Cox's model (intervention to comparator) with its variance.
///
/// # Errors
///
/// If a group is empty, or the estimate is infinite (no events in a group, or complete separation).
pub fn cox(intervention: &[Subject], comparator: &[Subject]) -> Result<Derived<Effect>> {
    let mut all: Vec<(Subject, bool)> =
        checked(intervention, "intervention group")?.into_iter().map(|s| (s, true)).collect();
    all.extend(checked(comparator, "comparator")?.into_iter().map(|s| (s, false)));
    all.sort_by(|a, b| a.0.time.total_cmp(&b.0.time));
    // For each event time: events and people at risk in both groups.
    let (mut r1, mut r2) = (intervention.len() as f64, comparator.len() as f64);
    let mut times: Vec<[f64; 4]> = Vec::new();
    for group in all.chunk_by(|a, b| a.0.time == b.0.time) {
        let count = |first: bool, events: bool| {
            group.iter().filter(|(s, g)| *g == first && (!events || s.event)).count() as f64
        };
        let (d1, d2) = (count(true, true), count(false, true));
        if d1 + d2 > 0.0 {
            times.push([d1, d2, r1, r2]);
        }
        r1 -= count(true, false);
        r2 -= count(false, false);
    }
    let score_information = |beta: f64| {
        let hazard = beta.exp();
        let (mut score, mut information) = (0.0, 0.0);
        for &[d1, d2, r1, r2] in &times {
            score += d1;
            let d = d1 + d2;
            for l in 0..d as usize {
                let share = l as f64 / d;
                let first = (r1 - share * d1) * hazard;
                let p = first / (first + r2 - share * d2);
                score -= p;
                information += p * (1.0 - p);
            }
        }
        (score, information)
    };
    let infinite = || {
        Error::model(
            "the hazard ratio is infinite or 0: at every event time only one group has people with events",
            "report the events of both groups instead, as a rate ratio",
        )
    };
    // The score falls with β.
    let (low, high) = (-30.0, 30.0);
    if !(score_information(low).0 > 0.0 && score_information(high).0 < 0.0) {
        return Err(infinite());
    }
    let beta = root::find(|beta| score_information(beta).0, low, high).ok_or_else(infinite)?;
    let information = score_information(beta).1;
    if beta.abs() > 25.0 || information <= 1e-10 {
        return Err(infinite());
    }
    let events = |group: &[Subject]| group.iter().filter(|s| s.event).count() as f64;
    Ok(Step::new(
        "log hazard ratio by Cox regression",
        "root of the score of the partial likelihood (Efron); variance 1/information",
        "Efron 1977, doi:10.1080/01621459.1977.10480613",
    )
    .from_all(&[
        ("n, intervention", intervention.len() as f64),
        ("events, intervention", events(intervention)),
        ("n, comparator", comparator.len() as f64),
        ("events, comparator", events(comparator)),
    ])
    .assuming_that("proportional hazards")
    .result("yi", beta)
    .result("vi", 1.0 / information)
    .gives(Effect { yi: beta, vi: 1.0 / information }))
}

/// The restricted mean survival time up to `tau`, with its variance.
///
/// # Errors
///
/// If `tau` is not above 0 or beyond the longest follow-up of a curve that has not reached 0.
pub fn restricted_mean(subjects: &[Subject], tau: f64) -> Result<Derived<Effect>> {
    check::positive("tau", tau)?;
    let curve = kaplan_meier(subjects)?;
    let longest = subjects.iter().map(|s| s.time).fold(0.0, f64::max);
    let ends_at_0 = curve.last().is_some_and(|step| step.survival <= 0.0);
    if tau > longest && !ends_at_0 {
        return Err(Error::data(
            format!("tau is {tau} and the longest follow-up {longest}"),
            "the restricted mean is known up to the longest follow-up only: lower tau",
        ));
    }
    let within: Vec<&KaplanMeierStep> = curve.iter().take_while(|step| step.time < tau).collect();
    // Areas from each event time to tau, from the last backwards.
    let (mut area, mut end, mut variance) = (0.0, tau, 0.0);
    for step in within.iter().rev() {
        area += step.survival * (end - step.time);
        end = step.time;
        if step.at_risk > step.events {
            variance += area * area * step.events / (step.at_risk * (step.at_risk - step.events));
        }
    }
    let mean = area + end;
    Ok(Step::new(
        "restricted mean survival time",
        "area under the Kaplan-Meier curve to τ; variance Σ A(t)²·d/(n(n - d))",
        "Royston & Parmar 2013, doi:10.1186/1471-2288-13-152",
    )
    .from_all(&[("tau", tau), ("n", subjects.len() as f64)])
    .result("restricted mean", mean)
    .gives(Effect { yi: mean, vi: variance }))
}

/// The difference in restricted mean survival time (intervention minus comparator) up to `tau`.
///
/// # Errors
///
/// As [`restricted_mean`], or if nobody had an event before `tau`.
pub fn restricted_mean_difference(
    intervention: &[Subject],
    comparator: &[Subject],
    tau: f64,
) -> Result<Derived<Effect>> {
    restricted_mean(intervention, tau)?.and(restricted_mean(comparator, tau)?).then(|(one, two)| {
        let (yi, vi) = (one.yi - two.yi, one.vi + two.vi);
        check::positive("variance of the difference", vi)?;
        Ok(Step::new(
            "difference in restricted mean survival time",
            "mean 1 - mean 2; variances added",
            "Royston & Parmar 2013, doi:10.1186/1471-2288-13-152",
        )
        .from_all(&[("mean 1", one.yi), ("mean 2", two.yi)])
        .result("yi", yi)
        .result("vi", vi)
        .gives(Effect { yi, vi }))
    })
}
