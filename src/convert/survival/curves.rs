//! The log hazard ratio from survival curves read at a few times.
//!
//! Use it when a paper shows the curves and nothing else, and they cannot be digitised finely enough for
//! [`super::kaplan_meier`]. For each interval between two reading times, with survival S falling from Ss to Se,
//! q = (Ss - Se)/Ss and R people at risk at its start:
//!
//! - numbers at risk printed below the curves (Rs at the start, Re at the end): D = (Rs + Re)(Ss - Se)/(Ss + Se) events
//!   and C = Rs - Re - D censored people (Williamson 2002);
//! - otherwise censoring is uniform between the shortest and the longest follow-up (Parmar 1998): C = R·(share of the
//!   remaining follow-up that the interval covers), D = (R - C/2)·q, and R - C - D are at risk next.
//!
//! With R* = R - C/2 the interval gives ln HR = ln((D1/R1*)/(D2/R2*)) with variance 1/D1 - 1/R1* + 1/D2 - 1/R2*; the
//! intervals are pooled by inverse variance. Intervals without events in a group carry no information and are skipped.
//!
//! # References
//!
//! - Parmar MKB, Torri V, Stewart L (1998). doi:10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8
//! - Williamson PR, Tudur Smith C, Hutton JL, Marson AG (2002). Aggregate data meta-analysis with time-to-event outcomes.
//!   doi:10.1002/sim.1303
//! - Tierney JF, et al. (2007). doi:10.1186/1745-6215-8-16

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Step};
use super::log_rank::TIERNEY;
use crate::{Error, Result, effect::Effect};

/// The number of people still followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FollowUp {
    /// Numbers at risk at every reading time.
    AtRisk(Vec<f64>),
    /// The number at the start, and the shortest and longest follow-up.
    Uniform {
        /// People at the start.
        n: f64,
        /// Shortest follow-up.
        shortest: f64,
        /// Longest follow-up.
        longest: f64,
    },
}

/// The readings of one curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SurvivalCurve {
    /// Survival proportions at the reading times.
    pub survival: Vec<f64>,
    /// The people followed.
    pub follow_up: FollowUp,
}

impl SurvivalCurve {
    /// Survival proportions at the reading times (the first is usually 1 at time 0), and who was followed.
    pub fn new(survival: impl Into<Vec<f64>>, follow_up: FollowUp) -> Self {
        SurvivalCurve { survival: survival.into(), follow_up }
    }

    /// Events and effective numbers at risk of each interval.
    fn intervals(&self, times: &[f64], group: &str) -> Result<Vec<(f64, f64)>> {
        let s = &self.survival;
        if s.len() != times.len() {
            return Err(Error::data(
                format!("{} survival values of the {group} at {} times", s.len(), times.len()),
                "read both curves at every time",
            ));
        }
        for (pair, time) in s.windows(2).zip(times.iter().skip(1)) {
            if let &[a, b] = pair
                && b > a
            {
                return Err(Error::data(
                    format!("survival of the {group} rises from {a} to {b} at time {time}"),
                    "a survival curve never rises",
                ));
            }
        }
        for &value in s {
            if !(0.0..=1.0).contains(&value) {
                return Err(Error::data(
                    format!("survival of the {group} is {value}"),
                    "survival lies between 0 and 1 (divide percentages by 100)",
                ));
            }
        }
        match &self.follow_up {
            FollowUp::AtRisk(at_risk) => self.by_numbers_at_risk(at_risk, times, group),
            FollowUp::Uniform { n, shortest, longest } => self.by_follow_up(times, *n, *shortest, *longest),
        }
    }

    fn by_numbers_at_risk(&self, at_risk: &[f64], times: &[f64], group: &str) -> Result<Vec<(f64, f64)>> {
        if at_risk.len() != times.len() {
            return Err(Error::data(
                format!("{} numbers at risk of the {group} at {} times", at_risk.len(), times.len()),
                "give the number at risk at every time",
            ));
        }
        let mut out = Vec::new();
        for (at_risk, survival) in at_risk.windows(2).zip(self.survival.windows(2)) {
            let (&[rs, re], &[ss, se]) = (at_risk, survival) else { continue };
            check::not_negative("number at risk", rs)?;
            check::not_negative("number at risk", re)?;
            if re > rs {
                return Err(Error::data(
                    format!("the number at risk of the {group} rises from {rs} to {re}"),
                    "people leave the risk set and never enter it",
                ));
            }
            let events = if ss + se > 0.0 { (rs + re) * (ss - se) / (ss + se) } else { 0.0 };
            let events = events.min(rs - re);
            let censored = rs - re - events;
            out.push((events, rs - 0.5 * censored));
        }
        Ok(out)
    }

    /// Without numbers at risk: people leave uniformly between the shortest and the longest follow-up.
    fn by_follow_up(&self, times: &[f64], n: f64, shortest: f64, longest: f64) -> Result<Vec<(f64, f64)>> {
        let mut at_risk = check::positive("people at the start", n)?;
        check::not_negative("shortest follow-up", shortest)?;
        if !(longest.is_finite() && longest > shortest) {
            return Err(Error::data(
                format!("follow-up from {shortest} to {longest}"),
                "the longest follow-up must exceed the shortest",
            ));
        }
        let mut out = Vec::new();
        for (time, survival) in times.windows(2).zip(self.survival.windows(2)) {
            let (&[ts, te], &[ss, se]) = (time, survival) else { continue };
            let from = ts.max(shortest);
            let share = if te <= from { 0.0 } else { ((te - from) / (longest - from)).clamp(0.0, 1.0) };
            let censored = if from < longest { at_risk * share } else { at_risk };
            let effective = at_risk - 0.5 * censored;
            let q = if ss > 0.0 { (ss - se) / ss } else { 0.0 };
            let events = effective * q;
            out.push((events, effective));
            at_risk = (at_risk - censored - events).max(0.0);
        }
        Ok(out)
    }
}

/// The log hazard ratio (intervention to comparator) from two curves read at the same times.
///
/// # Errors
///
/// If times or curves are malformed, or no interval has events in both groups.
pub fn hazard_ratio(
    times: &[f64],
    intervention: &SurvivalCurve,
    comparator: &SurvivalCurve,
) -> Result<Derived<Effect>> {
    let rising = times.windows(2).all(|w| matches!(w, &[a, b] if a < b));
    if times.len() < 2 || !rising {
        return Err(Error::data("reading times that do not rise", "give at least two rising times"));
    }
    for &time in times {
        check::not_negative("time", time)?;
    }
    let one = intervention.intervals(times, "intervention group")?;
    let two = comparator.intervals(times, "comparator")?;
    let (mut weight, mut sum, mut events, mut skipped) = (0.0, 0.0, 0.0, 0usize);
    for (&(d1, r1), &(d2, r2)) in one.iter().zip(&two) {
        events += d1 + d2;
        let variance = 1.0 / d1 - 1.0 / r1 + 1.0 / d2 - 1.0 / r2;
        if d1 <= 0.0 || d2 <= 0.0 || !(variance.is_finite() && variance > 0.0) {
            skipped += 1;
            continue;
        }
        weight += 1.0 / variance;
        sum += ((d1 / r1) / (d2 / r2)).ln() / variance;
    }
    if weight <= 0.0 {
        return Err(Error::data(
            "no interval has events in both groups",
            "read the curves at fewer times, so that every interval has events",
        ));
    }
    let effect = Effect { yi: sum / weight, vi: 1.0 / weight };
    let mut step = Step::new(
        "log hazard ratio from survival curves",
        "inverse-variance mean over intervals of ln((D1/R1*)/(D2/R2*)), variance 1/D1 - 1/R1* + 1/D2 - 1/R2*",
        TIERNEY,
    )
    .from_all(&[("intervals", one.len() as f64), ("events estimated", events)])
    .assuming_that(match (&intervention.follow_up, &comparator.follow_up) {
        (FollowUp::AtRisk(_), FollowUp::AtRisk(_)) => "constant censoring within each interval",
        _ => "uniform censoring between the shortest and the longest follow-up",
    })
    .assuming_that("proportional hazards")
    .result("yi", effect.yi)
    .result("vi", effect.vi);
    if skipped > 0 {
        step =
            step.note(format!("{skipped} of {} intervals without events in a group were skipped", one.len()));
    }
    Ok(step.gives(effect))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Without censoring the events are the losses of the risk set, and the result is the pooled log risk ratio of the
    /// intervals, by hand.
    #[test]
    fn without_censoring() {
        let times = [0.0, 1.0, 2.0];
        let a = SurvivalCurve::new([1.0, 0.8, 0.6], FollowUp::AtRisk(vec![100.0, 80.0, 60.0]));
        let b = SurvivalCurve::new([1.0, 0.7, 0.35], FollowUp::AtRisk(vec![100.0, 70.0, 35.0]));
        let derived = hazard_ratio(&times, &a, &b).unwrap();
        let (v1, y1) = (1.0 / 20.0 - 1.0 / 100.0 + 1.0 / 30.0 - 1.0 / 100.0, (0.2f64 / 0.3).ln());
        let (v2, y2) = (1.0 / 20.0 - 1.0 / 80.0 + 1.0 / 35.0 - 1.0 / 70.0, (0.25f64 / 0.5).ln());
        let w = 1.0 / v1 + 1.0 / v2;
        assert_relative_eq!(derived.value.yi, (y1 / v1 + y2 / v2) / w, max_relative = 1e-12);
        assert_relative_eq!(derived.value.vi, 1.0 / w, max_relative = 1e-12);
        // The same by uniform follow-up that ends after the last reading.
        let u = FollowUp::Uniform { n: 100.0, shortest: 5.0, longest: 6.0 };
        let same = hazard_ratio(
            &times,
            &SurvivalCurve::new([1.0, 0.8, 0.6], u.clone()),
            &SurvivalCurve::new([1.0, 0.7, 0.35], u),
        )
        .unwrap();
        assert_relative_eq!(same.value.yi, derived.value.yi, max_relative = 1e-12);
    }

    /// Exponential survival with hazards 0.1 and 0.2 read finely: the ratio of the hazards comes back.
    #[test]
    fn exponential_curves() {
        let times: Vec<f64> = (0..=20).map(|i| f64::from(i) * 0.25).collect();
        let curve = |h: f64| {
            let s: Vec<f64> = times.iter().map(|t| (-h * t).exp()).collect();
            SurvivalCurve::new(s, FollowUp::Uniform { n: 500.0, shortest: 2.0, longest: 8.0 })
        };
        let effect = hazard_ratio(&times, &curve(0.1), &curve(0.2)).unwrap().value;
        assert_relative_eq!(effect.yi, 0.5f64.ln(), max_relative = 0.02); // risk ratios of short intervals
    }

    #[test]
    fn malformed_curves_are_refused() {
        let r = || FollowUp::AtRisk(vec![10.0, 5.0]);
        let good = SurvivalCurve::new([1.0, 0.5], r());
        assert!(hazard_ratio(&[0.0, 1.0], &SurvivalCurve::new([0.5, 0.6], r()), &good).is_err());
        assert!(
            hazard_ratio(&[0.0, 1.0], &SurvivalCurve::new([100.0, 60.0], r()), &good)
                .unwrap_err()
                .to_string()
                .contains("divide")
        );
        assert!(hazard_ratio(&[1.0, 0.0], &good, &good).is_err());
        assert!(
            hazard_ratio(&[0.0, 1.0], &SurvivalCurve::new([1.0, 1.0], r()), &good)
                .unwrap_err()
                .to_string()
                .contains("no interval")
        );
    }
}
