//! A row of each shape of data, as a caller or a table gives it.

use serde::{Deserialize, Serialize};

use crate::{Result, effect};

/// The report of an arm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ArmData {
    /// Events among persons (`OR`, `RR`, `RD`, `AS`).
    Events {
        /// The number of events.
        events: f64,
        /// The number of persons.
        size: f64,
    },
    /// Events in person-time (`IRR`, `IRD`).
    Rate {
        /// The number of events.
        events: f64,
        /// The person-time.
        time: f64,
    },
    /// A mean with its standard deviation (`MD`, `SMD`, `ROM`).
    Mean {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
        /// The number of persons.
        size: f64,
    },
    /// A ready-made value of the arm.
    Value {
        /// The value, on the scale of the analysis.
        estimate: f64,
        /// Its sampling variance.
        variance: f64,
    },
    /// Nothing but, possibly, numbers of persons and events: the study was given by its contrasts.
    Contrast {
        /// The number of persons.
        size: Option<f64>,
        /// The number of events.
        events: Option<f64>,
    },
}

impl ArmData {
    /// The number of persons, where known.
    pub fn size(self) -> Option<f64> {
        match self {
            ArmData::Events { size, .. } | ArmData::Mean { size, .. } => Some(size),
            ArmData::Contrast { size, .. } => size,
            _ => None,
        }
    }

    /// The number of events, where known.
    pub fn events(self) -> Option<f64> {
        match self {
            ArmData::Events { events, .. } | ArmData::Rate { events, .. } => Some(events),
            ArmData::Contrast { events, .. } => events,
            _ => None,
        }
    }

    /// The data, if every number in them is possible.
    pub(crate) fn check(self) -> Result<Self> {
        match self {
            ArmData::Events { events, size } => {
                effect::check::positive("ni", "number of persons", size)?;
                effect::check::events_of("xi", events, "ni", size)?;
            }
            ArmData::Rate { events, time } => {
                effect::check::count("xi", events)?;
                effect::check::positive("ti", "person-time", time)?;
            }
            ArmData::Mean { mean, sd, size } => {
                effect::check::finite("mi", mean)?;
                effect::check::positive("sdi", "standard deviation", sd)?;
                effect::check::at_least("ni", "number of persons", size, 1.0)?;
            }
            ArmData::Value { estimate, variance } => {
                effect::check::finite("yi", estimate)?;
                effect::check::positive("vi", "variance", variance)?;
            }
            ArmData::Contrast { .. } => {}
        }
        Ok(self)
    }
}

/// A row of arms in the long shape: an arm of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct ArmRow {
    /// The study.
    pub study: String,
    /// The treatment.
    pub treatment: String,
    /// The report; `None` if a value is missing.
    pub data: Option<ArmData>,
    /// The row of the data, counted from 1.
    pub row: usize,
}

impl ArmRow {
    /// An arm with its data; its row is set by [`at_row`](Self::at_row).
    pub fn new(study: impl Into<String>, treatment: impl Into<String>, data: ArmData) -> Self {
        ArmRow { study: study.into(), treatment: treatment.into(), data: Some(data), row: 0 }
    }

    /// Says which row of the data it is, for messages.
    #[must_use]
    pub fn at_row(mut self, row: usize) -> Self {
        self.row = row;
        self
    }
}

/// A row of contrasts: a pair of arms, `intervention` minus `comparator`.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRow {
    /// The study.
    pub study: String,
    /// The treatment of the first arm.
    pub intervention: String,
    /// The treatment of the second arm.
    pub comparator: String,
    /// The estimate, intervention minus comparator; `None` if it is missing.
    pub estimate: Option<f64>,
    /// Its sampling variance; `None` if it is missing.
    pub variance: Option<f64>,
    /// The numbers of persons of the two arms.
    pub sizes: [Option<f64>; 2],
    /// The numbers of events of the two arms.
    pub events: [Option<f64>; 2],
    /// The variances of the two arms' own values, which complete missing pairs.
    pub arm_variances: [Option<f64>; 2],
    /// The row of the data, counted from 1.
    pub row: usize,
}

impl PairRow {
    /// A pair with its estimate and sampling variance; its row is set by [`at_row`](Self::at_row).
    pub fn new(
        study: impl Into<String>,
        intervention: impl Into<String>,
        comparator: impl Into<String>,
        estimate: f64,
        variance: f64,
    ) -> Self {
        PairRow {
            study: study.into(),
            intervention: intervention.into(),
            comparator: comparator.into(),
            estimate: Some(estimate),
            variance: Some(variance),
            sizes: [None; 2],
            events: [None; 2],
            arm_variances: [None; 2],
            row: 0,
        }
    }

    /// Says which row of the data it is, for messages.
    #[must_use]
    pub fn at_row(mut self, row: usize) -> Self {
        self.row = row;
        self
    }
}

/// A row of baseline contrasts: an arm minus the study's own baseline arm, whose row has no estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselineRow {
    /// The study.
    pub study: String,
    /// The treatment.
    pub treatment: String,
    /// The arm minus the baseline arm; `None` in the row of the baseline arm.
    pub estimate: Option<f64>,
    /// Its sampling variance; in the row of the baseline arm the variance of that arm's own value.
    pub variance: Option<f64>,
    /// The number of persons.
    pub size: Option<f64>,
    /// The row of the data, counted from 1.
    pub row: usize,
}
