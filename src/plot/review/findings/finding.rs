//! A row of the table: an outcome with its effect, its risks and the certainty of the evidence.

use serde::{Deserialize, Serialize};

use super::Certainty;
use crate::{
    Error, Result,
    convert::baseline_risk::{self, RelativeEffect, WithInterval},
    plot::number::fixed,
};

/// The quantity measured by a relative or absolute effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Kind {
    Rr,
    Or,
    Hr,
    Rd,
    Md,
    Smd,
}

impl Kind {
    const ALL: [(&'static str, Kind); 6] = [
        ("RR", Kind::Rr),
        ("OR", Kind::Or),
        ("HR", Kind::Hr),
        ("RD", Kind::Rd),
        ("MD", Kind::Md),
        ("SMD", Kind::Smd),
    ];

    fn code(self) -> &'static str {
        Kind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(code, _)| code)
    }

    fn read(text: &str) -> Result<Kind> {
        let wanted = text.trim().to_uppercase();
        let found = Kind::ALL.iter().find(|(code, _)| *code == wanted).map(|(_, kind)| *kind);
        found.ok_or_else(|| {
            let codes: Vec<&str> = Kind::ALL.iter().map(|(code, _)| *code).collect();
            Error::data(
                format!("`{text}` is no measure of a finding"),
                format!("write one of: {}", codes.join(", ")),
            )
        })
    }
}

/// Risks without and with the intervention, among 1000 people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AnticipatedEffect {
    /// Events among 1000 people with the comparator.
    pub comparator: f64,
    /// Events among 1000 people with the intervention; `None` without a relative effect.
    pub intervention: Option<f64>,
    /// The limits of the latter.
    pub interval: Option<[f64; 2]>,
}

/// A row of the table: an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The outcome, with its time of measurement.
    pub outcome: String,
    /// The number of studies, or studies by design, as printed: `3 RCT, 1 CBA`.
    pub studies: Option<String>,
    /// Their participants.
    pub participants: Option<u64>,
    effect: Option<(Kind, WithInterval)>,
    /// The risk with the comparator, between 0 and 1.
    pub comparator_risk: Option<f64>,
    /// The certainty of the evidence; `None` where nothing was found.
    pub certainty: Option<Certainty>,
    /// The reason for which it is not high, as a footnote: `serious imprecision`.
    pub reasons: Vec<String>,
    /// Its meaning, in words.
    pub conclusion: Option<String>,
}

impl Finding {
    /// An outcome of which nothing is said yet.
    pub fn new(outcome: impl Into<String>) -> Self {
        Finding {
            outcome: outcome.into(),
            studies: None,
            participants: None,
            effect: None,
            comparator_risk: None,
            certainty: None,
            reasons: Vec::new(),
            conclusion: None,
        }
    }

    /// The number of studies, or studies by design.
    #[must_use]
    pub fn studies(mut self, studies: impl ToString) -> Self {
        self.studies = Some(studies.to_string());
        self
    }

    /// The participants of the studies.
    #[must_use]
    pub fn participants(mut self, participants: u64) -> Self {
        self.participants = Some(participants);
        self
    }

    /// The effect with its interval; `measure` is one of `RR OR HR RD MD SMD`, ratios as ratios.
    ///
    /// # Errors
    ///
    /// If the measure is not known, a value is not finite or the estimate lies outside its interval.
    pub fn effect(mut self, measure: &str, estimate: f64, lower: f64, upper: f64) -> Result<Self> {
        let kind = Kind::read(measure)?;
        // The constructors check what a ratio or a difference can be.
        let checked = if matches!(kind, Kind::Rr | Kind::Or | Kind::Hr) {
            RelativeEffect::risk_ratio(estimate, lower, upper)
        } else {
            RelativeEffect::risk_difference(estimate, lower, upper)
        };
        checked.map_err(|error| error.in_study(&self.outcome))?;
        let values = baseline_interval(estimate, lower, upper);
        self.effect = Some((kind, values));
        Ok(self)
    }

    /// The risk with the comparator, between 0 and 1.
    #[must_use]
    pub fn comparator_risk(mut self, risk: f64) -> Self {
        self.comparator_risk = Some(risk);
        self
    }

    /// The certainty of the evidence.
    #[must_use]
    pub fn certainty(mut self, certainty: Certainty) -> Self {
        self.certainty = Some(certainty);
        self
    }

    /// A reason why the certainty is not high.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }

    /// Its meaning, in words.
    #[must_use]
    pub fn conclusion(mut self, text: impl Into<String>) -> Self {
        self.conclusion = Some(text.into());
        self
    }

    /// Risks among 1000 people, if the risk with the comparator is known.
    ///
    /// # Errors
    ///
    /// If the risk is not between 0 and 1, or the effect leads to a risk outside.
    pub fn absolute(&self) -> Result<Option<AnticipatedEffect>> {
        let Some(risk) = self.comparator_risk else { return Ok(None) };
        let place = |error: Error| error.in_study(&self.outcome);
        let mut made = AnticipatedEffect { comparator: 1000.0 * risk, intervention: None, interval: None };
        let Some((kind, e)) = &self.effect else {
            return if (0.0..=1.0).contains(&risk) {
                Ok(Some(made))
            } else {
                Err(place(Error::data(format!("a risk of {risk}"), "a risk lies between 0 and 1")))
            };
        };
        let effect = match kind {
            Kind::Rr => RelativeEffect::risk_ratio(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Or => RelativeEffect::odds_ratio(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Hr => RelativeEffect::hazard_ratio(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Rd => RelativeEffect::risk_difference(e.estimate, e.ci_lower, e.ci_upper),
            Kind::Md | Kind::Smd => {
                let found = format!("a risk with the comparator beside a {}", kind.code());
                return Err(place(Error::data(found, "risks go with RR, OR, HR or RD")));
            }
        };
        let at = effect
            .and_then(|effect| effect.at(risk, baseline_risk::EventValue::Undesirable))
            .map_err(place)?;
        let with = at.value.risk;
        made.intervention = Some(1000.0 * with.estimate);
        made.interval = Some([1000.0 * with.ci_lower, 1000.0 * with.ci_upper]);
        Ok(Some(made))
    }

    /// `RR 0.49 (0.34 to 0.70)`.
    pub(super) fn effect_text(&self) -> Option<String> {
        let (kind, e) = self.effect.as_ref()?;
        let [estimate, lower, upper] = [e.estimate, e.ci_lower, e.ci_upper].map(|v| fixed(v, 2));
        Some(format!("{} {estimate} ({lower} to {upper})", kind.code()))
    }
}

/// The values as the type of `convert`, which has no constructor of its own.
fn baseline_interval(estimate: f64, ci_lower: f64, ci_upper: f64) -> WithInterval {
    WithInterval { estimate, ci_lower, ci_upper }
}
