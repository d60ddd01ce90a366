//! The bubble plot: effects against a moderator, with the fitted line, its confidence band and the prediction band.

use serde::{Deserialize, Serialize};

use super::radius_of;
use crate::{
    Error, Level, Result,
    plot::{
        AxisKind, EffectAxis, Scene,
        frame::{Axis, Key, Look, Page, look_setters},
        number,
        scene::{Paint, Stroke},
    },
    regression::{ModeratorCurve, RegressionFit},
};

/// A bubble plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BubblePlot {
    /// The studies: name, moderator, effect, weight.
    pub studies: Vec<(String, f64, f64, f64)>,
    /// The fitted line with its bands.
    pub curve: ModeratorCurve,
    /// The level of the bands.
    pub level: Level,
    /// How effects are read.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl BubblePlot {
    look_setters!();

    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    pub fn scene(&self) -> Result<Scene> {
        if self.studies.is_empty() {
            return Err(Error::data("no study", "a bubble plot needs at least one"));
        }
        let curve = &self.curve;
        let description = format!(
            "Effects of {} studies against {}, with the fitted line.",
            self.studies.len(),
            curve.moderator
        );
        let name = format!("Bubble plot: {} by {}", self.effect.label, curve.moderator);
        let mut page = Page::new(&self.look, &name, description)?;
        let theme = page.theme;
        let level = number::shortest(self.level.as_percent());
        let (band, tint) = (theme.paper.mix(theme.study, 0.3), theme.paper.mix(theme.prediction, 0.18));
        let line = Stroke::solid(theme.summary, 1.3);
        if !curve.notes.is_empty() {
            let notes = curve.notes.join("; ");
            let mut first = notes.chars();
            let upper: String = first.next().iter().flat_map(|c| c.to_uppercase()).chain(first).collect();
            page.note(&format!("{upper}."));
        }
        let predicted = curve.predicted.iter().any(|p| p.prediction_lower.is_some());
        let mut keys = vec![
            Key::line("fitted", line),
            Key::area(format!("{level}% confidence band"), Paint::fill(band)),
        ];
        if predicted {
            keys.push(Key::area(format!("{level}% prediction band"), Paint::fill(tint)));
        }
        page.legend(&keys);
        let edge = |read: &dyn Fn(&crate::regression::PredictedEffect) -> Option<f64>| -> Vec<(f64, f64)> {
            curve.at.iter().zip(&curve.predicted).filter_map(|(x, p)| Some((*x, read(p)?))).collect()
        };
        let (lower, upper) = (edge(&|p| Some(p.ci_lower)), edge(&|p| Some(p.ci_upper)));
        let (far_lower, far_upper) = (edge(&|p| p.prediction_lower), edge(&|p| p.prediction_upper));
        let effects = self
            .studies
            .iter()
            .map(|s| s.2)
            .chain(lower.iter().chain(&upper).map(|p| p.1))
            .chain(far_lower.iter().chain(&far_upper).map(|p| p.1));
        let y = self.effect.around(effects, 0.05);
        let x =
            Axis::around(AxisKind::Linear, curve.moderator.clone(), self.studies.iter().map(|s| s.1), 0.05);
        // The title says the scale, which a vertical axis does not add by itself.
        let y = match y.kind {
            AxisKind::Log => Axis { title: format!("{}, log scale", y.title), ..y },
            AxisKind::Linear => y,
        };
        let panel = page.panel(page.area, &x, &y);
        panel.band(&mut page, "prediction-band", &far_lower, &far_upper, tint);
        panel.band(&mut page, "confidence-band", &lower, &upper, band);
        if let Some(null) = self.effect.null {
            panel.horizontal(&mut page, "null-line", null, Stroke::solid(theme.soft, 0.9 * theme.rule));
        }
        panel.polyline(&mut page, "fitted", &edge(&|p| Some(p.estimate)), line);
        let most = self.studies.iter().map(|s| s.3).fold(0.0, f64::max);
        let mut order: Vec<&(String, f64, f64, f64)> = self.studies.iter().collect();
        order.sort_by(|a, b| b.3.total_cmp(&a.3));
        let largest = 0.85 * page.size * (30.0 / order.len() as f64).sqrt().clamp(0.5, 1.0);
        let paint = Paint::outlined(theme.paper.mix(theme.study, 0.62), Stroke::solid(theme.summary, 0.5));
        for (name, x, y, weight) in order {
            let radius = radius_of(*weight, most, largest).max(0.8);
            let hint = format!("{name}: {} at {}", self.effect.write(*y, 2), number::shortest(*x));
            panel.point(&mut page, "point", (*x, *y), radius, paint, Some(hint));
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }
}

impl RegressionFit {
    /// The bubble plot of this fit along a moderator.
    ///
    /// # Errors
    ///
    /// If the curve is not one of this fit's studies.
    pub fn bubble_plot(&self, curve: ModeratorCurve) -> Result<BubblePlot> {
        if curve.observed.len() != self.studies.len() {
            let found = format!("{} values for {} studies", curve.observed.len(), self.studies.len());
            return Err(Error::data(found, "give the curve of this fit"));
        }
        let studies = self.studies.iter().zip(&curve.observed);
        let studies =
            studies.filter_map(|(s, x)| Some((s.study.clone(), *x, s.yi?, s.weight.unwrap_or(1.0))));
        Ok(BubblePlot {
            studies: studies.collect(),
            level: self.level,
            effect: EffectAxis::of(self.measure, &self.back),
            look: Look::new(120.0, 90.0),
            curve,
        })
    }
}
