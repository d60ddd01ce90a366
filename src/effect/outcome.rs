//! The outcome of each study: its effect, or the reason why none can be computed.
//!
//! An [`Outcome`] stands for one row of raw data. Rows keep their order, so that a table of all studies can be shown
//! beside an analysis of those that have an effect. [`EffectSizes::from_outcomes`](crate::EffectSizes::from_outcomes)
//! keeps the rows with a positive variance and says in its notes which others there were.

use serde::{Deserialize, Serialize};

use crate::Level;

/// An estimate and its sampling variance on the scale of the analysis. Both are finite; the variance is 0 for the few
/// data without any sampling variation on that scale (no events in either group and a risk difference, say), which no
/// model can weigh.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Effect {
    /// The estimate.
    pub yi: f64,
    /// Its sampling variance.
    pub vi: f64,
}

/// A confidence interval of one study, yi ± z·√vi.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StudyInterval {
    /// Its lower limit.
    pub ci_lower: f64,
    /// Its upper limit.
    pub ci_upper: f64,
}

impl Effect {
    /// The standard error, √vi.
    pub fn sei(&self) -> f64 {
        self.vi.sqrt()
    }

    /// The interval yi ± z·√vi.
    pub fn interval(&self, level: Level) -> StudyInterval {
        let margin = level.critical_value(None) * self.sei();
        StudyInterval { ci_lower: self.yi - margin, ci_upper: self.yi + margin }
    }
}

/// The result of one row of raw data.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The effect, if there is one.
    pub effect: Option<Effect>,
    /// The reason for which there is none: its value or variance is undefined or infinite, or a policy drops the study.
    pub reason: Option<String>,
    /// Notes on what was done, e.g. `0.5 was added to each cell`.
    pub notes: Vec<String>,
    /// The sample size (of both groups together) or person-time, where the raw data have one.
    pub size: Option<f64>,
    /// True if a model may take the effect though its sampling variance is 0.
    #[serde(skip)]
    pub(crate) exact: bool,
}

impl Outcome {
    /// The estimate, if there is one.
    pub fn yi(&self) -> Option<f64> {
        self.effect.map(|effect| effect.yi)
    }

    /// The sampling variance, if there is an effect.
    pub fn vi(&self) -> Option<f64> {
        self.effect.map(|effect| effect.vi)
    }

    /// The standard error, if there is an effect.
    pub fn sei(&self) -> Option<f64> {
        self.effect.map(|effect| effect.sei())
    }

    /// The interval yi ± z·√vi, if there is an effect.
    pub fn interval(&self, level: Level) -> Option<StudyInterval> {
        self.effect.map(|effect| effect.interval(level))
    }

    pub(crate) fn new(computed: Computed, size: f64) -> Self {
        let (effect, reason) = match computed {
            Ok(effect) => (Some(effect), None),
            Err(reason) => (None, Some(reason.to_owned())),
        };
        Outcome { effect, reason, notes: Vec::new(), size: Some(size), exact: false }
    }

    pub(crate) fn with_note(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// The reason for which no model can use this row; `None` if it has an effect with a positive variance.
    pub fn unusable(&self) -> Option<&str> {
        match (&self.effect, &self.reason) {
            (Some(effect), _) if effect.vi > 0.0 || self.exact => None,
            (Some(_), _) => Some("its sampling variance is 0"),
            (None, Some(reason)) => Some(reason),
            (None, None) => Some("it has no effect"),
        }
    }
}

/// An effect, or the reason why there is none.
pub(crate) type Computed = std::result::Result<Effect, &'static str>;

/// The pair as an effect if it is one.
pub(crate) fn computed(yi: f64, vi: f64) -> Computed {
    if yi.is_nan() {
        Err("the effect is not defined for these data")
    } else if yi.is_infinite() {
        Err("the effect is infinite")
    } else if vi.is_nan() || vi < 0.0 {
        Err("the sampling variance is not defined for these data")
    } else if vi.is_infinite() {
        Err("the sampling variance is infinite")
    } else {
        Ok(Effect { yi, vi })
    }
}

/// Notes about a table of studies: what was done to which of them, and which are left out and why.
pub fn notes_of(labels: &[String], outcomes: &[Outcome]) -> Vec<String> {
    let mut done: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut out: Vec<(&str, Vec<&str>)> = Vec::new();
    fn record<'a>(list: &mut Vec<(&'a str, Vec<&'a str>)>, text: &'a str, label: &'a str) {
        match list.iter_mut().find(|(t, _)| *t == text) {
            Some((_, names)) => names.push(label),
            None => list.push((text, vec![label])),
        }
    }
    for (label, outcome) in labels.iter().zip(outcomes) {
        for note in &outcome.notes {
            record(&mut done, note, label);
        }
        if let Some(reason) = outcome.unusable() {
            record(&mut out, reason, label);
        }
    }
    let mut notes: Vec<String> =
        done.iter().map(|(text, names)| format!("{text}: {}", names.join(", "))).collect();
    notes
        .extend(out.iter().map(|(reason, names)| format!("left out because {reason}: {}", names.join(", "))));
    notes
}
