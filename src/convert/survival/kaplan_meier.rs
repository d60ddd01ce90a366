//! Individual data from a digitised Kaplan-Meier curve (Guyot 2012).
//!
//! Use it when a figure can be digitised and the numbers at risk are printed below it. Within each interval of the
//! risk table censoring is taken as evenly spread; the number of censored people is adjusted until the reconstructed number at
//! risk meets the printed one at the start of the next interval. With the total number of events known, the censoring after the
//! last printed number is adjusted to it as well; otherwise it continues at the average rate.
//!
//! The readings must start at time 0 with survival 1, have rising times and not rise in survival. Slips of the mouse
//! that rise are refused with their place, rather than smoothed.
//!
//! ```
//! use consilience::convert::survival::{kaplan_meier::DigitisedCurve, subjects};
//!
//! // Ten people, no censoring, events at 1, 2, 3 (two) and 5; risk table at 0 and 4.
//! let curve = DigitisedCurve::new(
//!     [(0.0, 1.0), (1.0, 0.9), (2.0, 0.8), (3.0, 0.6), (4.0, 0.6), (5.0, 0.5)],
//!     [(0.0, 10.0), (4.0, 6.0)],
//! )?
//! .total_events(5.0)?;
//! let people = curve.reconstruct()?.value;
//! assert_eq!((people.len(), people.iter().filter(|s| s.event).count()), (10, 5));
//! let steps = subjects::kaplan_meier(&people)?;
//! assert!((steps[3].survival - 0.5).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Guyot P, Ades AE, Ouwens MJNM, Welton NJ (2012). Enhanced secondary analysis of survival data: reconstructing the
//!   data from published Kaplan-Meier survival curves. doi:10.1186/1471-2288-12-9

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Step};
use super::subjects::Subject;
use crate::{Error, Result};

/// The most people at risk: a record is made for each, anew in each step of the search for the number censored; no published curve
/// has so many.
const MOST_AT_RISK: f64 = 1e6;

/// A digitised curve with its risk table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DigitisedCurve {
    readings: Vec<(f64, f64)>,
    at_risk: Vec<(f64, f64)>,
    total_events: Option<f64>,
}

/// Checks a list of times and values: from time 0, times that rise, values that do not.
fn falling(column: &str, what: &str, list: &[(f64, f64)]) -> Result<()> {
    let place = |error: Error, i: usize| error.in_column(column).in_row(i + 1);
    match list.first() {
        Some(&(0.0, _)) => {}
        first => {
            return Err(Error::data(
                match first {
                    Some((time, _)) => format!("the {what} starts at time {time}"),
                    None => format!("no {what}"),
                },
                "readings and risk table must start at time 0",
            )
            .in_column(column));
        }
    }
    for (i, &(time, value)) in list.iter().enumerate() {
        check::not_negative("time", time).map_err(|e| e.in_row(i + 1))?;
        check::not_negative(what, value).map_err(|e| place(e, i))?;
    }
    for (i, pair) in list.windows(2).enumerate() {
        let &[(t1, v1), (t2, v2)] = pair else { continue };
        if t2 <= t1 && !(column == "survival" && t2 == t1) {
            return Err(Error::data(format!("time {t2} after {t1}"), "times must rise").in_row(i + 2));
        }
        if v2 > v1 {
            return Err(place(
                Error::data(
                    format!("the {what} rises from {v1} to {v2} at time {t2}"),
                    "it can only fall: correct the digitised points",
                ),
                i + 1,
            ));
        }
    }
    Ok(())
}

impl DigitisedCurve {
    /// Readings (time, survival) and numbers at risk (time, number), both in rising time from 0.
    ///
    /// # Errors
    ///
    /// If a list does not start at time 0, times do not rise, survival rises or leaves 0 to 1, numbers at risk rise, or they begin
    /// with more than a million people; the error names column (`survival`, `at_risk`) and row of the list.
    pub fn new(readings: impl Into<Vec<(f64, f64)>>, at_risk: impl Into<Vec<(f64, f64)>>) -> Result<Self> {
        let readings: Vec<(f64, f64)> = readings.into();
        let at_risk: Vec<(f64, f64)> = at_risk.into();
        falling("survival", "survival", &readings)?;
        falling("at_risk", "number at risk", &at_risk)?;
        if readings.first().is_none_or(|r| r.1 != 1.0) {
            return Err(Error::data(
                "the curve does not start at survival 1",
                "give survival as proportions, from 1 at time 0",
            )
            .in_column("survival"));
        }
        match at_risk.first() {
            Some(&(_, most)) if most > MOST_AT_RISK => Err(Error::data(
                format!("the number at risk is {most}"),
                format!(
                    "a record is made for each person, for at most {MOST_AT_RISK} of them: check for a slip"
                ),
            )
            .in_column("at_risk")
            .in_row(1)),
            Some(&(_, most)) if most >= 1.0 => Ok(DigitisedCurve { readings, at_risk, total_events: None }),
            _ => {
                Err(Error::data("nobody at risk at time 0", "give the numbers at risk").in_column("at_risk"))
            }
        }
    }

    /// With the reported total number of events.
    ///
    /// # Errors
    ///
    /// If it is below 0 or above the number of people.
    pub fn total_events(mut self, events: f64) -> Result<Self> {
        check::not_negative("total events", events)?;
        if self.at_risk.first().is_some_and(|&(_, n)| events > n) {
            return Err(Error::data(format!("{events} events"), "there cannot be more events than people"));
        }
        self.total_events = Some(events);
        Ok(self)
    }

    /// The individual data.
    ///
    /// # Errors
    ///
    /// If an interval of the risk table holds no reading.
    pub fn reconstruct(&self) -> Result<Derived<Vec<Subject>>> {
        let start = self.at_risk.first().map_or(0.0, |r| r.1).round();
        // The curve may end before the last printed number at risk, which is then later follow-up without events.
        let followed = self.at_risk.iter().rev().find(|r| r.1 >= 1.0).map_or(0.0, |r| r.0);
        let end = self.readings.last().map_or(0.0, |r| r.0).max(followed);
        let mut people: Vec<Subject> = Vec::new();
        let mut state = State { at_risk: start, survival: 1.0 };
        let mut notes: Vec<String> = Vec::new();
        let mut censored_so_far = 0.0;
        for (i, &(from, _)) in self.at_risk.iter().enumerate() {
            let next = self.at_risk.get(i + 1).filter(|(time, _)| *time <= end);
            let to = next.map_or(f64::INFINITY, |n| n.0);
            let inside: Vec<(f64, f64)> = self
                .readings
                .iter()
                .copied()
                .filter(|&(time, _)| time >= from && time < to && (time > 0.0 || from > 0.0))
                .collect();
            let until = if to.is_finite() { to } else { end };
            let run = match next {
                Some(&(_, target)) => {
                    self.meet_at_risk(&state, &inside, from, until, target.round(), &mut notes)
                }
                None => self.last_interval(&state, &inside, from, until, censored_so_far, &people),
            };
            censored_so_far += run.censored;
            people.extend(&run.people);
            state = run.state;
            if next.is_none() {
                break;
            }
        }
        // Who is left was followed to the end of the curve.
        let remaining = state.at_risk.max(0.0) as usize;
        people.extend(std::iter::repeat_n(Subject::censored(end), remaining));
        Ok(self.recorded(people, start, notes))
    }

    /// The people with the record of how they were reconstructed.
    fn recorded(&self, people: Vec<Subject>, start: f64, notes: Vec<String>) -> Derived<Vec<Subject>> {
        let events = people.iter().filter(|s| s.event).count() as f64;
        let mut step = Step::new(
            "individual data from a Kaplan-Meier curve",
            "events d = n(1 - S/S_before) at each reading; censoring even within an interval and adjusted to the numbers at risk",
            "Guyot et al. 2012, doi:10.1186/1471-2288-12-9",
        )
        .from_all(&[
            ("readings", self.readings.len() as f64),
            ("numbers at risk", self.at_risk.len() as f64),
            ("n", start),
        ])
        .assuming_that("even censoring within each interval of the risk table")
        .result("people", people.len() as f64)
        .result("events", events);
        if let Some(total) = self.total_events {
            step = step.from("total events", total);
            if (events - total).abs() > 0.5 {
                step = step.note(format!("{events} events were reconstructed, {total} were reported"));
            }
        }
        notes.into_iter().fold(step, Step::note).gives(people)
    }

    /// Adjusts the censoring of an interval until the number at risk at its end is the printed one.
    fn meet_at_risk(
        &self,
        state: &State,
        inside: &[(f64, f64)],
        from: f64,
        until: f64,
        target: f64,
        notes: &mut Vec<String>,
    ) -> Run {
        // More censored people leave fewer at risk (and fewer events): the count that meets the target, or comes
        // nearest, by bisection on whole people.
        let (mut low, mut high) = (0.0, (state.at_risk - target).max(0.0));
        while high - low > 0.5 {
            let middle = ((low + high) / 2.0).floor();
            if run(state, inside, from, until, middle).state.at_risk > target {
                low = middle + 1.0;
            } else {
                high = middle;
            }
        }
        let candidates = [low - 1.0, low, low + 1.0].into_iter().filter(|c| *c >= 0.0);
        let best = candidates
            .map(|censored| run(state, inside, from, until, censored))
            .min_by(|a, b| (a.state.at_risk - target).abs().total_cmp(&(b.state.at_risk - target).abs()));
        let result = best.unwrap_or_else(|| run(state, inside, from, until, 0.0));
        if (result.state.at_risk - target).abs() > 1.5 {
            notes.push(format!(
                "at time {until} the curve leads to {} people at risk where {target} are printed",
                result.state.at_risk
            ));
        }
        result
    }

    /// After the last printed number at risk: to the total of events if known, else at the average censoring rate.
    fn last_interval(
        &self,
        state: &State,
        inside: &[(f64, f64)],
        from: f64,
        until: f64,
        censored_so_far: f64,
        people: &[Subject],
    ) -> Run {
        let Some(total) = self.total_events else {
            let rate = if from > 0.0 { censored_so_far / from } else { 0.0 };
            let censored = (rate * (until - from)).round().clamp(0.0, state.at_risk);
            return run(state, inside, from, until, censored);
        };
        let before = people.iter().filter(|s| s.event).count() as f64;
        let wanted = (total - before).max(0.0);
        // More censored people, fewer events.
        let (mut low, mut high) = (0.0, state.at_risk);
        while high - low > 0.5 {
            let middle = ((low + high) / 2.0).floor();
            if run(state, inside, from, until, middle).events > wanted {
                low = middle + 1.0;
            } else {
                high = middle;
            }
        }
        run(state, inside, from, until, low)
    }
}

/// The state of the reconstruction.
#[derive(Debug, Clone, Copy)]
struct State {
    at_risk: f64,
    survival: f64,
}

/// One interval of the risk table.
struct Run {
    people: Vec<Subject>,
    state: State,
    events: f64,
    censored: f64,
}

/// Runs through the readings of an interval with a number of censored people spread evenly over it.
fn run(state: &State, inside: &[(f64, f64)], from: f64, until: f64, censored: f64) -> Run {
    let mut state = *state;
    let mut people = Vec::new();
    let count = censored.max(0.0) as usize;
    let width = until - from;
    let mut times = (0..count).map(|i| from + width * (i as f64 + 1.0) / (count as f64 + 1.0)).peekable();
    let (mut events, mut lost) = (0.0, 0.0);
    let mut leave = |state: &mut State, people: &mut Vec<Subject>, time: f64| {
        if state.at_risk >= 1.0 {
            state.at_risk -= 1.0;
            lost += 1.0;
            people.push(Subject::censored(time));
        }
    };
    for &(time, survival) in inside {
        while let Some(at) = times.next_if(|&at| at < time) {
            leave(&mut state, &mut people, at);
        }
        let d = if state.survival > 0.0 {
            (state.at_risk * (1.0 - survival / state.survival)).round().clamp(0.0, state.at_risk)
        } else {
            0.0
        };
        if d > 0.0 {
            state.survival *= 1.0 - d / state.at_risk;
            state.at_risk -= d;
            events += d;
            people.extend(std::iter::repeat_n(Subject::event(time), d as usize));
        }
    }
    for at in times {
        leave(&mut state, &mut people, at);
    }
    Run { people, state, events, censored: lost }
}
