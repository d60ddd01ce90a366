//! An axis: its title, its ends, and what is written at its ticks.

use crate::plot::{
    axis::{self, AxisKind, Tick},
    number,
};

/// An axis: its title, the places at its ends, and how they are read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Axis {
    /// Its title; empty for none.
    pub title: String,
    /// The kind of places: values or their logarithms.
    pub kind: AxisKind,
    /// The lower place.
    pub low: f64,
    /// The upper place.
    pub high: f64,
    /// True if the lower place is at the right or the top.
    pub reversed: bool,
    /// The labels of its ticks.
    pub labels: TickLabels,
    /// The most ticks it has.
    pub most: usize,
}

/// The labels of the ticks of an axis.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum TickLabels {
    /// Numbers at round values.
    #[default]
    Numbers,
    /// The values (0 to 1) in per cent.
    Percent,
    /// Numbers with separated thousands after a sign, such as `£`.
    Money(String),
    /// Names at given places.
    Names(Vec<(f64, String)>),
    /// Nothing, and no ticks.
    Nothing,
}

impl Axis {
    /// An axis between two places.
    pub fn new(kind: AxisKind, title: impl Into<String>, low: f64, high: f64) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        Axis { title: title.into(), kind, low, high, reversed: false, labels: TickLabels::Numbers, most: 9 }
    }

    /// A linear axis between two values.
    pub fn linear(title: impl Into<String>, low: f64, high: f64) -> Self {
        Axis::new(AxisKind::Linear, title, low, high)
    }

    /// An axis that shows all finite places of `places` with a margin of `pad` times their span at both ends.
    pub fn around(
        kind: AxisKind,
        title: impl Into<String>,
        places: impl IntoIterator<Item = f64>,
        pad: f64,
    ) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for place in places.into_iter().filter(|place| place.is_finite()) {
            (low, high) = (low.min(place), high.max(place));
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        let span = high - low;
        let margin = if span > 1e-12 * low.abs().max(high.abs()) && span > 0.0 {
            pad * span
        } else if low == 0.0 {
            0.5
        } else {
            0.1 * low.abs()
        };
        Axis::new(kind, title, low - margin, high + margin)
    }

    /// Lets the lower place stand at the right or the top.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.reversed = true;
        self
    }

    /// The labels of its ticks.
    #[must_use]
    pub fn labels(mut self, labels: TickLabels) -> Self {
        self.labels = labels;
        self
    }

    /// The most ticks.
    #[must_use]
    pub fn most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// From the lower place to the upper one: 0 to 1.
    pub(super) fn share(&self, place: f64) -> f64 {
        let share = (place - self.low) / (self.high - self.low);
        if self.reversed { 1.0 - share } else { share }
    }

    pub(super) fn good(&self) -> bool {
        self.low.is_finite() && self.high.is_finite() && self.high > self.low
    }

    /// Ticks as places with labels, those that `fits` judges to fit.
    pub(super) fn ticks(&self, fits: impl Fn(&[(f64, String)]) -> bool) -> Vec<(f64, String)> {
        let inside = |place: f64| {
            let slack = 1e-9 * (self.high - self.low);
            place >= self.low - slack && place <= self.high + slack
        };
        let placed = |ticks: &[Tick]| -> Vec<(f64, String)> {
            let labels = self.written(ticks);
            ticks.iter().map(|tick| self.kind.position(tick.value)).zip(labels).collect()
        };
        match &self.labels {
            TickLabels::Nothing => Vec::new(),
            TickLabels::Names(names) => names.iter().filter(|(place, _)| inside(*place)).cloned().collect(),
            _ => {
                let (low, high) = (self.kind.value(self.low), self.kind.value(self.high));
                placed(&axis::ticks(self.kind, low, high, self.most, |ticks| fits(&placed(ticks))))
            }
        }
    }

    /// The labels of ticks, all with the same number of decimals.
    fn written(&self, ticks: &[Tick]) -> Vec<String> {
        let of = |factor: f64| -> Vec<String> {
            let values: Vec<f64> = ticks.iter().map(|tick| factor * tick.value).collect();
            axis::labelled(&values).into_iter().map(|tick| tick.label).collect()
        };
        match &self.labels {
            TickLabels::Percent => of(100.0).into_iter().map(|label| label + "%").collect(),
            TickLabels::Money(sign) => {
                let whole = ticks.iter().all(|tick| tick.value.fract() == 0.0 || tick.value.abs() >= 100.0);
                let decimals = if whole { 0 } else { 2 };
                ticks.iter().map(|tick| number::money_with(tick.value, sign, decimals)).collect()
            }
            _ => ticks.iter().map(|tick| tick.label.clone()).collect(),
        }
    }
}
