//! Axes: the values at which ticks stand, linear or logarithmic, and their labels.
//!
//! Linear ticks stand at multiples of 1, 2 or 5 times a power of ten. Logarithmic ones at 0.1, 0.2, 0.5, 1, 2, 5, 10, ...;
//! within a decade also at 0.15, 0.3, 0.7, ...; over many decades at every power of ten, or every second, third, ...; over a short stretch at linear ticks. The caller
//! says which sets of labels fit, and the densest that does is taken. 1 (logarithmic) and 0 (linear) are ticks whenever
//! they are on the axis.

use serde::{Deserialize, Serialize};

use super::number;

/// The scale: equal distances are equal differences or equal ratios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AxisKind {
    /// Equal differences.
    #[default]
    Linear,
    /// Equal ratios.
    Log,
}

impl AxisKind {
    /// The place of a value along the axis, before scaling: the value itself or its logarithm.
    pub(crate) fn position(self, value: f64) -> f64 {
        match self {
            AxisKind::Linear => value,
            AxisKind::Log => value.ln(),
        }
    }

    /// The value at a place.
    pub(crate) fn value(self, position: f64) -> f64 {
        match self {
            AxisKind::Linear => position,
            AxisKind::Log => position.exp(),
        }
    }
}

/// A tick: where it stands along the axis (see [`AxisKind`]) and what is written below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    /// The value on the original scale.
    pub value: f64,
    /// Its label.
    pub label: String,
}

/// The densest ticks between the values `low` and `high` whose labels fit, as `fits` judges; at most `most`.
pub fn ticks(kind: AxisKind, low: f64, high: f64, most: usize, fits: impl Fn(&[Tick]) -> bool) -> Vec<Tick> {
    let mut fallback = Vec::new();
    for values in candidates(kind, low, high) {
        if values.len() > most.max(1) {
            continue;
        }
        let set = labelled(&values);
        if fits(&set) {
            return set;
        }
        if !set.is_empty() {
            fallback = set;
        }
    }
    fallback.truncate(1);
    fallback
}

/// Ticks at given values: evenly spaced ones show the same number of decimals, others (0.5, 1, 2) as few as each needs.
pub fn labelled(values: &[f64]) -> Vec<Tick> {
    let mut ticks: Vec<Tick> =
        values.iter().map(|&value| Tick { value, label: number::shortest(value) }).collect();
    let even = values.len() > 1
        && values.windows(3).all(|three| match three {
            [a, b, c] => ((c - b) - (b - a)).abs() < 1e-6 * (c - a).abs(),
            _ => true,
        });
    let decimals = |tick: &Tick| tick.label.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let most = ticks.iter().map(decimals).max().unwrap_or(0);
    if even && most > 0 && ticks.iter().all(|tick| !tick.label.contains("10⁻") && !tick.label.contains('×'))
    {
        for tick in &mut ticks {
            tick.label = number::fixed(tick.value, most);
        }
    }
    ticks
}

/// Sets of tick values from dense to sparse.
fn candidates(kind: AxisKind, low: f64, high: f64) -> Vec<Vec<f64>> {
    if !(low.is_finite() && high.is_finite() && high > low) {
        return Vec::new();
    }
    match kind {
        AxisKind::Linear => linear(low, high),
        AxisKind::Log if low <= 0.0 => Vec::new(),
        AxisKind::Log => logarithmic(low, high),
    }
}

fn linear(low: f64, high: f64) -> Vec<Vec<f64>> {
    let decade = (high - low).log10().floor() as i32;
    let mut sets = Vec::new();
    for exponent in (decade - 1)..=(decade + 1) {
        for factor in [1.0, 2.0, 5.0] {
            let multiple = |i: f64| {
                // Dividing by a power of ten is exact where multiplying by its inverse is not.
                if exponent < 0 {
                    i * factor / 10f64.powi(-exponent)
                } else {
                    i * factor * 10f64.powi(exponent)
                }
            };
            let step = multiple(1.0);
            let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
            let count = last - first + 1.0;
            if step > 0.0 && (1.0..=60.0).contains(&count) {
                sets.push((0..count as usize).map(|i| multiple(first + i as f64)).collect());
            }
        }
    }
    sets
}

fn logarithmic(low: f64, high: f64) -> Vec<Vec<f64>> {
    let (from, to) = (low.log10(), high.log10());
    let inside = |value: &f64| *value >= low * (1.0 - 1e-9) && *value <= high * (1.0 + 1e-9);
    let power = |exponent: i32| 10f64.powi(exponent);
    let (first, last) = (from.floor() as i32 - 1, to.ceil() as i32 + 1);
    let mut sets: Vec<Vec<f64>> = Vec::new();
    if high / low < 4.5 {
        sets.extend(linear(low, high).into_iter().filter(|set| {
            // 1 is where the ratio says that nothing differs, so it must be a tick.
            set.len() > 2 && (!inside(&1.0) || set.iter().any(|v| (v - 1.0).abs() < 1e-9))
        }));
    }
    let dense = (high / low < 10.0).then_some(&[1.0, 1.5, 2.0, 3.0, 5.0, 7.0][..]);
    for mantissas in dense.into_iter().chain([&[1.0, 2.0, 5.0][..], &[1.0, 3.0][..]]) {
        let set: Vec<f64> = (first..=last)
            .flat_map(|exponent| {
                mantissas
                    .iter()
                    .map(move |m| if exponent < 0 { m / power(-exponent) } else { m * power(exponent) })
            })
            .filter(inside)
            .collect();
        sets.push(set);
    }
    for every in 1..=(last - first).max(1) {
        let set: Vec<f64> = (first..=last).filter(|e| e % every == 0).map(power).filter(inside).collect();
        sets.push(set);
    }
    sets.retain(|set| !set.is_empty());
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(kind: AxisKind, low: f64, high: f64, most: usize) -> Vec<String> {
        ticks(kind, low, high, most, |_| true).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn logarithmic_ticks_are_the_customary_ones() {
        assert_eq!(labels(AxisKind::Log, 0.08, 12.0, 9), ["0.1", "0.2", "0.5", "1", "2", "5", "10"]);
        assert_eq!(
            labels(AxisKind::Log, 0.008, 130.0, 9),
            ["0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30", "100"]
        );
        assert_eq!(labels(AxisKind::Log, 0.008, 130.0, 5), ["0.01", "0.1", "1", "10", "100"]);
        assert_eq!(labels(AxisKind::Log, 0.008, 130.0, 3), ["0.01", "1", "100"]);
        assert_eq!(labels(AxisKind::Log, 0.75, 1.33, 7), ["0.8", "0.9", "1.0", "1.1", "1.2", "1.3"]);
    }

    #[test]
    fn linear_ticks_have_zero_among_them_and_equal_decimals() {
        assert_eq!(labels(AxisKind::Linear, -1.2, 0.7, 5), ["−1.0", "−0.5", "0.0", "0.5"]);
        assert_eq!(labels(AxisKind::Linear, -30.0, 110.0, 8), ["−20", "0", "20", "40", "60", "80", "100"]);
        assert_eq!(
            labels(AxisKind::Linear, 0.0, 0.3, 7),
            ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]
        );
    }

    #[test]
    fn impossible_axes_have_no_ticks() {
        assert!(labels(AxisKind::Linear, 1.0, 1.0, 9).is_empty());
        assert!(labels(AxisKind::Log, -1.0, 1.0, 9).is_empty());
        assert!(labels(AxisKind::Linear, f64::NAN, 1.0, 9).is_empty());
    }
}
