//! The fitted selection functions: how likely a result is to be seen, by its P value, relative to the most likely one.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    bias::{Alternative, BiasReport, SelectionFit, SelectionFunction},
    plot::{
        Scene,
        frame::{Axis, Key, Look, Page},
        scene::Stroke,
    },
    text::p_value_sentence,
};

/// Curves of selection models.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SelectionPlot {
    /// The models.
    pub curves: Vec<SelectionCurve>,
    /// The side of one-sided P values; two-sided ones have none.
    pub alternative: Alternative,
    /// Size, theme and heading.
    pub look: Look,
}

/// The curve of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SelectionCurve {
    /// Its name in the legend.
    pub label: String,
    /// P values and relative weights.
    pub points: Vec<(f64, f64)>,
}

impl SelectionCurve {
    fn of(fit: &SelectionFit) -> Result<Self> {
        // Closer together towards 0, where the functions turn.
        let mut p: Vec<f64> = (0..=300).map(|i| (f64::from(i) / 300.0).powi(3)).collect();
        for &step in &fit.steps {
            p.extend([step, (step + 1e-9).min(1.0)]);
        }
        p.sort_by(f64::total_cmp);
        let weights = fit.relative_weights(&p)?;
        let mut name = fit.name.to_string();
        if fit.name == SelectionFunction::Stepfun {
            let steps: Vec<String> =
                fit.steps.iter().filter(|s| **s < 1.0).map(|s| crate::plot::number::shortest(*s)).collect();
            name = format!("steps at {}", steps.join(", "));
        }
        let label = match fit.lrt_p_value {
            Some(p) => format!("{name} (test of selection: {})", p_value_sentence(p)),
            None => name,
        };
        Ok(SelectionCurve { label, points: p.into_iter().zip(weights).collect() })
    }
}

impl SelectionPlot {
    /// The curves of fitted selection models with the same alternative.
    ///
    /// # Errors
    ///
    /// If there is no model, or their alternatives differ.
    pub fn new(fits: &[SelectionFit]) -> Result<Self> {
        let Some(first) = fits.first() else {
            return Err(Error::data("no selection model", "ask for one: stepfun:0.025, beta, ..."));
        };
        if fits.iter().any(|fit| fit.alternative != first.alternative) {
            return Err(Error::data(
                "selection models on different P values",
                "draw each alternative by itself",
            ));
        }
        Ok(SelectionPlot {
            curves: fits.iter().map(SelectionCurve::of).collect::<Result<_>>()?,
            alternative: first.alternative,
            look: Look::new(120.0, 85.0),
        })
    }
}

impl Figure for SelectionPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no curve, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        if self.curves.is_empty() {
            return Err(Error::data("no selection model", "fit at least one"));
        }
        let names: Vec<&str> = self.curves.iter().map(|curve| curve.label.as_str()).collect();
        let description = format!("The relative chance of being seen by P value: {}.", names.join("; "));
        let mut page = Page::new(&self.look, "Selection functions", description)?;
        let theme = page.theme;
        let keys: Vec<Key> = self
            .curves
            .iter()
            .enumerate()
            .map(|(i, curve)| Key::line(&curve.label, theme.series(i).stroke(1.2)))
            .collect();
        page.legend(&keys);
        let title = match self.alternative {
            Alternative::TwoSided => "Two-sided P value",
            Alternative::Less => "One-sided P value (for a lower effect)",
            _ => "One-sided P value (for a higher effect)",
        };
        let y = Axis::linear("Relative chance of being seen", 0.0, 1.04);
        let panel = page.panel(page.area, &Axis::linear(title, 0.0, 1.0), &y);
        for p in [0.025, 0.05, 0.5] {
            panel.vertical(&mut page, "guide", p, Stroke::dashed(theme.soft, 0.6 * theme.rule, 1.0, 1.5));
        }
        for (i, curve) in self.curves.iter().enumerate() {
            panel.polyline(&mut page, "curve", &curve.points, theme.series(i).stroke(1.2));
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl BiasReport {
    /// The fitted selection functions of this report.
    ///
    /// # Errors
    ///
    /// If the report has no selection model.
    pub fn selection_plot(&self) -> Result<SelectionPlot> {
        SelectionPlot::new(&self.selection_models)
    }
}
