//! The bubble plot: effects against a moderator, with the fitted line, its confidence band and the prediction band.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::radius_of;
use crate::{
    Error, Level, Result,
    multilevel::MultilevelFit,
    plot::{
        AxisKind, EffectAxis, Scene,
        frame::{Axis, Key, Look, Page, Panel},
        number,
        scene::{Paint, Stroke},
    },
    regression::{BubbleData, PredictedEffect, RegressionFit},
    table::Value,
};

/// A bubble plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BubblePlot {
    /// The studies, and the fitted line with its bands.
    pub data: BubbleData,
    /// The level of the bands.
    pub level: Level,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl BubblePlot {
    fn new(data: BubbleData, level: Level, effect: EffectAxis) -> Self {
        BubblePlot { data, level, effect, look: Look::new(120.0, 90.0) }
    }

    /// A reading of the fitted line over the moderator.
    fn edge(&self, read: &dyn Fn(&PredictedEffect) -> Option<f64>) -> Vec<(f64, f64)> {
        let places = self.data.line.iter().filter_map(|p| match p.values.0.first() {
            Some((_, Value::Number(x))) => Some((*x, read(p)?)),
            _ => None,
        });
        places.collect()
    }

    fn panel(&self, page: &mut Page, edges: [&[(f64, f64)]; 4]) -> Panel {
        let curve = &self.data;
        let bands = edges.into_iter().flatten().map(|p| p.1);
        let y = self.effect.around(curve.studies.iter().map(|s| s.yi).chain(bands), 0.05);
        let values = curve.studies.iter().map(|s| s.x);
        let x = Axis::around(AxisKind::Linear, curve.moderator.clone(), values, 0.05);
        // The title says the scale, which a vertical axis does not add by itself.
        let y = match y.kind {
            AxisKind::Log => Axis { title: format!("{}, log scale", y.title), ..y },
            AxisKind::Linear => y,
        };
        page.panel(page.area, &x, &y)
    }

    /// The studies, the heaviest below the others.
    fn draw_studies(&self, page: &mut Page, panel: &Panel) {
        let (theme, studies) = (page.theme, &self.data.studies);
        let most = studies.iter().filter_map(|s| s.weight).fold(0.0, f64::max);
        let mut order: Vec<_> = studies.iter().collect();
        order.sort_by(|a, b| b.weight.unwrap_or(1.0).total_cmp(&a.weight.unwrap_or(1.0)));
        let largest = 0.85 * page.size * (30.0 / order.len() as f64).sqrt().clamp(0.5, 1.0);
        let paint = Paint::outlined(theme.paper.mix(theme.study, 0.62), Stroke::solid(theme.summary, 0.5));
        for study in order {
            let radius = radius_of(study.weight.unwrap_or(1.0), most, largest).max(0.8);
            let (effect, at) = (self.effect.write(study.yi, 2), number::shortest(study.x));
            let hint = format!("{}: {effect} at {at}", study.study);
            panel.point(page, "point", (study.x, study.yi), radius, paint, Some(hint));
        }
    }
}

impl Figure for BubblePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        if self.data.studies.is_empty() {
            return Err(Error::data("no study", "a bubble plot needs at least one"));
        }
        let curve = &self.data;
        let description = format!(
            "Effects of {} studies against {}, with the fitted line.",
            self.data.studies.len(),
            curve.moderator
        );
        let name = format!("Bubble plot: {} by {}", self.effect.label, curve.moderator);
        let mut page = Page::new(&self.look, &name, description)?;
        let theme = page.theme;
        let level = number::shortest(self.level.as_percent());
        let (band, tint) = (theme.paper.mix(theme.study, 0.3), theme.paper.mix(theme.prediction, 0.18));
        let line = Stroke::solid(theme.summary, 1.3);
        let predicted = curve.line.iter().any(|p| p.prediction_lower.is_some());
        let mut keys = vec![
            Key::line("fitted", line),
            Key::area(format!("{level}% confidence band"), Paint::fill(band)),
        ];
        if predicted {
            keys.push(Key::area(format!("{level}% prediction band"), Paint::fill(tint)));
        }
        page.legend(&keys);
        let edge = |read: &dyn Fn(&PredictedEffect) -> Option<f64>| self.edge(read);
        let (lower, upper) = (edge(&|p| Some(p.ci_lower)), edge(&|p| Some(p.ci_upper)));
        let (far_lower, far_upper) = (edge(&|p| p.prediction_lower), edge(&|p| p.prediction_upper));
        let panel = self.panel(&mut page, [&lower, &upper, &far_lower, &far_upper]);
        panel.band(&mut page, "prediction-band", &far_lower, &far_upper, tint);
        panel.band(&mut page, "confidence-band", &lower, &upper, band);
        if let Some(null) = self.effect.null {
            panel.horizontal(&mut page, "null-line", null, Stroke::solid(theme.soft, 0.9 * theme.rule));
        }
        panel.polyline(&mut page, "fitted", &edge(&|p| Some(p.estimate)), line);
        self.draw_studies(&mut page, &panel);
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        self.effect.set_unit(unit)
    }
}

impl RegressionFit {
    /// The bubble plot of this fit from its [`bubble`](Self::bubble) data.
    ///
    /// ```
    /// use consilience::plot::Figure;
    /// use consilience::{
    ///     EffectSizes, Measure,
    ///     regression::{MarginalWeights, MetaRegression},
    ///     table::{Column, FormulaDesign, DesignOptions, Table},
    /// };
    ///
    /// let table = Table::new().with("dose", Column::numbers([1.0, 2.0, 3.0, 4.0].map(Some))?)?;
    /// let design = FormulaDesign::new(&"dose".parse()?, &table, &DesignOptions::new())?;
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D"], [0.1, 0.2, 0.3, 0.4], [0.01, 0.02, 0.01, 0.02])?;
    /// let fit = MetaRegression::default().fit(&effects, &design)?;
    /// let data = fit.bubble(&design, &table, "dose", MarginalWeights::Equal)?;
    /// let scene = fit.bubble_plot(data).scene()?;
    /// assert_eq!(scene.of_class("point").count(), 4);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn bubble_plot(&self, data: BubbleData) -> BubblePlot {
        BubblePlot::new(data, self.level, EffectAxis::of(self.measure, &self.back))
    }
}

impl MultilevelFit {
    /// The bubble plot of this fit from its [`bubble`](Self::bubble) data.
    pub fn bubble_plot(&self, data: BubbleData) -> BubblePlot {
        BubblePlot::new(data, self.level, EffectAxis::of(self.measure, &self.back))
    }
}
