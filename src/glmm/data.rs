//! Counts of events as studies report them: whole numbers, checked once.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

use crate::codes::choice;

choice! {
    /// A quantity that is estimated from counts.
    CountMeasure "measure" {
        /// The odds ratio of two groups.
        OddsRatio "OR",
        /// The rate ratio of two groups.
        RateRatio "IRR",
        /// The risk ratio of two groups.
        RiskRatio "RR",
        /// The proportion of one group.
        Proportion "PLO",
        /// The rate of one group.
        Rate "IRLN",
    }
}

impl CountMeasure {
    /// True if two groups are compared.
    pub fn two_groups(self) -> bool {
        !matches!(self, CountMeasure::Proportion | CountMeasure::Rate)
    }

    /// True if events are counted over person-time.
    pub fn is_rate(self) -> bool {
        matches!(self, CountMeasure::RateRatio | CountMeasure::Rate)
    }

    /// The words for the quantity.
    pub fn name(self) -> &'static str {
        match self {
            CountMeasure::OddsRatio => "odds ratio",
            CountMeasure::RateRatio => "rate ratio",
            CountMeasure::RiskRatio => "risk ratio",
            CountMeasure::Proportion => "proportion",
            CountMeasure::Rate => "rate",
        }
    }
}

/// One group of a study: events, and the persons or the person-time that they are out of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EventCount {
    /// The number of events.
    pub events: f64,
    /// The persons, or the person-time.
    pub size: f64,
}

/// The counts of all studies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    pub(super) measure: CountMeasure,
    pub(super) labels: Vec<String>,
    pub(super) first: Vec<EventCount>,
    /// Group 2; empty for one group.
    pub(super) second: Vec<EventCount>,
}

impl Counts {
    /// Two groups: for each study [x₁, n₁, x₂, n₂], events and persons (or person-time) of group 1 and of group 2.
    ///
    /// # Errors
    ///
    /// If the measure is one of a single group, there is no study, labels and rows differ in number, or a count is
    /// negative, not whole, or above the size of its group. A person-time of 0 is refused.
    pub fn two_groups<S: Into<String>>(
        measure: CountMeasure,
        labels: impl IntoIterator<Item = S>,
        rows: &[[f64; 4]],
    ) -> Result<Self> {
        let names: [&'static str; 4] =
            if measure.is_rate() { ["x1i", "t1i", "x2i", "t2i"] } else { ["ai", "n1i", "ci", "n2i"] };
        let mut counts = Self::empty(measure, labels, rows.len(), true)?;
        for (row, values) in rows.iter().enumerate() {
            let [x1, n1, x2, n2] = *values;
            let place = |error: Error| error.in_row(row + 1).in_study(counts.labels[row].clone());
            let first = event_count(measure, x1, n1, names[0], names[1]).map_err(place)?;
            let second = event_count(measure, x2, n2, names[2], names[3]).map_err(place)?;
            counts.first.push(first);
            counts.second.push(second);
        }
        Ok(counts)
    }

    /// One group: for each study [x, n], events and persons (or person-time).
    ///
    /// # Errors
    ///
    /// As [`two_groups`](Self::two_groups).
    pub fn one_group<S: Into<String>>(
        measure: CountMeasure,
        labels: impl IntoIterator<Item = S>,
        rows: &[[f64; 2]],
    ) -> Result<Self> {
        let names: [&'static str; 2] = if measure.is_rate() { ["xi", "ti"] } else { ["xi", "ni"] };
        let mut counts = Self::empty(measure, labels, rows.len(), false)?;
        for (row, &[x, n]) in rows.iter().enumerate() {
            let place = |error: Error| error.in_row(row + 1).in_study(counts.labels[row].clone());
            let first = event_count(measure, x, n, names[0], names[1]).map_err(place)?;
            counts.first.push(first);
        }
        Ok(counts)
    }

    fn empty<S: Into<String>>(
        measure: CountMeasure,
        labels: impl IntoIterator<Item = S>,
        rows: usize,
        two: bool,
    ) -> Result<Self> {
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        if measure.two_groups() != two {
            let remedy =
                if two { "use OR, RR or IRR for two groups" } else { "use PLO or IRLN for one group" };
            return Err(Error::setting("measure", format!("`{measure}` does not fit the data"), remedy));
        }
        if rows == 0 || labels.len() != rows {
            return Err(Error::data(
                format!("{} labels for {rows} studies", labels.len()),
                "give every study a label, and at least one study",
            ));
        }
        Ok(Counts { measure, labels, first: Vec::with_capacity(rows), second: Vec::new() })
    }

    /// The number of studies.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// True if there is no study.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The quantity that is estimated.
    pub fn measure(&self) -> CountMeasure {
        self.measure
    }

    /// The names of the studies.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The counts of a study: those of its only group, or of both.
    pub fn study(&self, i: usize) -> Option<(EventCount, Option<EventCount>)> {
        Some((*self.first.get(i)?, self.second.get(i).copied()))
    }

    /// The same studies read for another measure of the same data: the risk ratio beside the odds ratio.
    ///
    /// # Errors
    ///
    /// If the data have other groups or other sizes.
    pub fn measured_by(&self, measure: CountMeasure) -> Result<Counts> {
        if measure.two_groups() != self.measure.two_groups() || measure.is_rate() != self.measure.is_rate() {
            let found = format!("`{measure}` cannot be estimated from the data of `{}`", self.measure);
            return Err(Error::setting("measure", found, "give the measure when the counts are read"));
        }
        Ok(Counts { measure, ..self.clone() })
    }

    /// The studies at the given positions.
    pub(super) fn select(&self, positions: &[usize]) -> Counts {
        let pick = |groups: &[EventCount]| positions.iter().filter_map(|&i| groups.get(i).copied()).collect();
        Counts {
            measure: self.measure,
            labels: positions.iter().filter_map(|&i| self.labels.get(i).cloned()).collect(),
            first: pick(&self.first),
            second: pick(&self.second),
        }
    }

    /// True if study `i` has no event in either group, or only events (rates: no event).
    pub fn is_double_zero(&self, i: usize) -> bool {
        let (Some(one), Some(two)) = (self.first.get(i), self.second.get(i)) else { return false };
        let none = one.events == 0.0 && two.events == 0.0;
        none || (!self.measure.is_rate() && one.events == one.size && two.events == two.size)
    }

    /// True if the study says something about a ratio: it has events (and non-events), and both groups have members.
    pub fn is_informative(&self, i: usize) -> bool {
        match self.study(i) {
            Some((one, Some(two))) => one.size > 0.0 && two.size > 0.0 && !self.is_double_zero(i),
            Some((one, None)) => one.size > 0.0,
            None => false,
        }
    }
}

fn event_count(
    measure: CountMeasure,
    events: f64,
    size: f64,
    column: &'static str,
    size_column: &'static str,
) -> Result<EventCount> {
    let events = whole(column, events)?;
    if measure.is_rate() {
        if !(size.is_finite() && size > 0.0) {
            let remedy = "a person-time must be above 0; leave the study out if it observed nobody";
            return Err(Error::data(format!("person-time is {size}"), remedy).in_column(size_column));
        }
        return Ok(EventCount { events, size });
    }
    let size = whole(size_column, size)?;
    if events > size {
        let found = format!("{events} events exceed the {size} persons of {size_column}");
        return Err(Error::data(found, "events must be at most the size of the group").in_column(column));
    }
    Ok(EventCount { events, size })
}

/// A count: finite, not negative, whole.
fn whole(column: &'static str, value: f64) -> Result<f64> {
    let refuse = |remedy: &str| Err(Error::data(format!("count is {value}"), remedy).in_column(column));
    if !value.is_finite() {
        return refuse("counts must be finite numbers");
    }
    if value < 0.0 {
        return refuse("counts cannot be negative");
    }
    if value.fract() != 0.0 {
        return refuse("counts must be whole numbers; for weighted counts use `pool`");
    }
    if value > 1e12 {
        return refuse("counts go up to 1e12");
    }
    Ok(value + 0.0)
}
