//! The axis of effects: ratios on a logarithmic one, all else on the scale of the analysis.

use serde::{Deserialize, Serialize};

use super::{Forest, axis::AxisKind, frame::Axis, number};
use crate::{
    Error, Measure, Result,
    effect::Transform,
    pool::{Back, PoolFit},
};

/// The estimated quantity and its scale along an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EffectAxis {
    /// The estimated quantity: the title of the axis.
    pub label: String,
    /// Logarithmic if estimates are logarithms of what people read.
    pub kind: AxisKind,
    /// No effect, on the scale of the analysis.
    pub null: Option<f64>,
}

impl EffectAxis {
    /// A linear axis with its null at 0.
    pub fn new(label: impl Into<String>) -> Self {
        EffectAxis { label: label.into(), kind: AxisKind::Linear, null: Some(0.0) }
    }

    /// The axis of a measure.
    pub fn of_measure(measure: Measure) -> Self {
        let forest = Forest::of_measure(measure);
        match forest.axis {
            AxisKind::Log => EffectAxis {
                label: measure.display_label().to_owned(),
                kind: AxisKind::Log,
                null: forest.null,
            },
            AxisKind::Linear => {
                EffectAxis { label: measure.label().to_owned(), kind: AxisKind::Linear, null: forest.null }
            }
        }
    }

    /// The axis of a pooled fit.
    pub fn of_fit(fit: &PoolFit) -> Self {
        EffectAxis::of(fit.measure, &fit.back)
    }

    /// The axis of a fit, whose ready-made effects may be logarithms of ratios.
    pub(crate) fn of(measure: Measure, back: &Back) -> Self {
        let own = EffectAxis::of_measure(measure);
        match back.transform {
            Transform::Exp if measure.scale().is_none() => {
                EffectAxis { label: measure.display_label().to_owned(), kind: AxisKind::Log, ..own }
            }
            _ => own,
        }
    }

    /// Writes a unit behind the title.
    pub(crate) fn set_unit(&mut self, unit: &str) -> Result<()> {
        with_unit(&mut self.label, self.kind, unit)
    }

    /// The axis over places.
    pub(crate) fn around(&self, places: impl IntoIterator<Item = f64>, pad: f64) -> Axis {
        Axis::around(self.kind, self.label.clone(), places, pad)
    }

    /// An effect as people read it.
    pub(crate) fn write(&self, effect: f64, decimals: usize) -> String {
        number::fixed(self.kind.value(effect), decimals)
    }
}

/// Writes a unit behind the title of an axis of effects; ratios have none.
pub(in crate::plot) fn with_unit(title: &mut String, kind: AxisKind, unit: &str) -> Result<()> {
    match kind {
        AxisKind::Log => Err(Error::setting("unit", format!("`{unit}`: a ratio has none"), "leave it out")),
        AxisKind::Linear => {
            *title = format!("{title} ({})", unit.trim());
            Ok(())
        }
    }
}
