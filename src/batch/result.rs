//! The columns that a batch gives.

use serde::{Deserialize, Serialize};

use super::{BatchOptions, Detail};

/// The fate of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Flag {
    /// Two studies or more, pooled.
    Pooled,
    /// A single study: its own estimate, with tau² = 0 and no test of heterogeneity.
    OneStudy,
    /// No study with an estimate and a variance.
    NoStudies,
    /// A variance that is not positive, or an infinite value: nothing was computed.
    Refused,
}

impl Flag {
    /// The code of the flag, as it serializes.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Pooled => "pooled",
            Flag::OneStudy => "one-study",
            Flag::NoStudies => "no-studies",
            Flag::Refused => "refused",
        }
    }
}

/// The results of a batch: one value for each group in every column, in the order of the groups. A value that does not
/// exist is NaN; columns that were not asked for are empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchResult {
    /// The number of studies that were pooled.
    pub k: Vec<u32>,
    /// The pooled mean.
    pub estimate: Vec<f64>,
    /// The standard error of the mean, by the chosen inference.
    pub se: Vec<f64>,
    /// The variance between studies; 0 in a fixed-effect model and for a single study.
    pub tau2: Vec<f64>,
    /// Cochran's Q.
    pub q: Vec<f64>,
    /// The lower confidence limit of the mean.
    pub ci_lower: Vec<f64>,
    /// The upper confidence limit of the mean.
    pub ci_upper: Vec<f64>,
    /// The mean over its standard error.
    pub statistic: Vec<f64>,
    /// The natural logarithm of the two-sided P value.
    pub ln_p_value: Vec<f64>,
    /// I² in per cent: from tau² in a random-effects model, from Q in a fixed-effect one.
    pub i2: Vec<f64>,
    /// The lower limit of the prediction interval; empty in a fixed-effect model.
    pub prediction_lower: Vec<f64>,
    /// The upper limit of the prediction interval; empty in a fixed-effect model.
    pub prediction_upper: Vec<f64>,
    /// The fate of the group.
    pub flag: Vec<Flag>,
}

impl BatchResult {
    /// The number of groups.
    pub fn len(&self) -> usize {
        self.flag.len()
    }

    /// True for no groups at all.
    pub fn is_empty(&self) -> bool {
        self.flag.is_empty()
    }

    /// The columns of numbers by name, those that were computed.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, &[f64])> {
        [
            ("estimate", &self.estimate),
            ("se", &self.se),
            ("tau2", &self.tau2),
            ("q", &self.q),
            ("ci_lower", &self.ci_lower),
            ("ci_upper", &self.ci_upper),
            ("statistic", &self.statistic),
            ("ln_p_value", &self.ln_p_value),
            ("i2", &self.i2),
            ("prediction_lower", &self.prediction_lower),
            ("prediction_upper", &self.prediction_upper),
        ]
        .into_iter()
        .map(|(name, values)| (name, values.as_slice()))
        .filter(|(_, values)| values.len() == self.len())
    }

    /// Makes room for the columns that `options` ask for, of so many groups more.
    pub(super) fn reserve(&mut self, options: &BatchOptions, groups: usize) {
        self.k.reserve(groups);
        self.flag.reserve(groups);
        let means = [&mut self.estimate, &mut self.se, &mut self.tau2, &mut self.q];
        means.into_iter().for_each(|column| column.reserve(groups));
        if options.detail == Detail::Means {
            return;
        }
        for column in [
            &mut self.ci_lower,
            &mut self.ci_upper,
            &mut self.statistic,
            &mut self.ln_p_value,
            &mut self.i2,
            &mut self.prediction_lower,
            &mut self.prediction_upper,
        ] {
            column.reserve(groups);
        }
    }

    /// Appends the results of the groups that follow.
    pub(super) fn append(&mut self, mut next: BatchResult) {
        self.k.append(&mut next.k);
        self.flag.append(&mut next.flag);
        for (column, more) in [
            (&mut self.estimate, &mut next.estimate),
            (&mut self.se, &mut next.se),
            (&mut self.tau2, &mut next.tau2),
            (&mut self.q, &mut next.q),
            (&mut self.ci_lower, &mut next.ci_lower),
            (&mut self.ci_upper, &mut next.ci_upper),
            (&mut self.statistic, &mut next.statistic),
            (&mut self.ln_p_value, &mut next.ln_p_value),
            (&mut self.i2, &mut next.i2),
            (&mut self.prediction_lower, &mut next.prediction_lower),
            (&mut self.prediction_upper, &mut next.prediction_upper),
        ] {
            column.append(more);
        }
    }
}
