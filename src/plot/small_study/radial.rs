//! The radial plot (Galbraith): standardized effects against precision.
//!
//! A study stands at (1/√(v + τ²), y/√(v + τ²)), τ² that of the fit. The slope of the line from the origin to it is its
//! effect, read on the scale at the right; the pooled effect is a line of its own, and the band about it, as high as the
//! critical value, holds the studies that agree with it.
//!
//! Reference: Galbraith RF (1988), Graphical display of estimates having differing standard errors, Technometrics
//! 30:271-281. doi:10.1080/00401706.1988.10488400

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Level, Result,
    plot::{
        EffectAxis, Scene, axis, font,
        frame::{Axis, Look, Page, Panel},
        scene::{Anchor, Bounds, Paint, Shape, Stroke, Weight},
    },
    pool::PoolFit,
};

/// A radial plot. Its points are of the scale of the analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RadialPlot {
    /// The studies: name, effect, and the standard deviation √(v + τ²).
    pub studies: Vec<(String, f64, f64)>,
    /// The pooled effect.
    pub estimate: f64,
    /// The heterogeneity in the standard deviations.
    pub tau2: f64,
    /// The level of the band.
    pub level: Level,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl RadialPlot {
    fn axes(&self, points: &[(f64, f64)], deepest: f64, z: f64) -> (Axis, Axis) {
        let mut heights: Vec<f64> = points.iter().map(|p| p.1).collect();
        heights.extend([-z, z, 0.0, deepest * self.estimate - z, deepest * self.estimate + z]);
        let (x_title, y_title) = if self.tau2 > 0.0 {
            ("1 / √(variance + τ²)", "Effect / √(variance + τ²)")
        } else {
            ("1 / standard error", "Effect / standard error")
        };
        let y = Axis::around(axis::AxisKind::Linear, y_title, heights, 0.04);
        (Axis::linear(x_title, 0.0, deepest), y)
    }

    /// Ticks of the scale at the right: effects whose lines leave through the right edge.
    fn effect_ticks(&self, page: &Page, y: &Axis, deepest: f64) -> Vec<axis::Tick> {
        let size = 0.95 * page.size;
        let (low, high) = (y.low / deepest, y.high / deepest);
        let kind = self.effect.kind;
        let height = page.area.bottom - page.area.top - 5.0 * size;
        let fits = |ticks: &[axis::Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => {
                    (kind.position(b.value) - kind.position(a.value)) / (high - low) * height > 1.6 * size
                }
                _ => true,
            })
        };
        axis::ticks(kind, kind.value(low), kind.value(high), 9, fits)
    }

    fn draw_effect_axis(&self, page: &mut Page, panel: &Panel, ticks: &[axis::Tick], deepest: f64) {
        let size = 0.95 * page.size;
        let Bounds { right, top, bottom, .. } = panel.area;
        let rule = Stroke::solid(page.theme.ink, page.theme.rule);
        page.scene.push("axis", Shape::Line { from: (right, top), to: (right, bottom), stroke: rule });
        for tick in ticks {
            let at = panel.y(self.effect.kind.position(tick.value) * deepest);
            page.scene.push("tick", Shape::Line { from: (right, at), to: (right + 2.5, at), stroke: rule });
            let text = page.text(right + 4.0, at + font::CAPITAL * size / 2.0, &tick.label, Anchor::Start);
            page.scene.push("tick-label", Shape::Text(text));
        }
        let measure = |text: &str| font::width(text, size, Weight::Regular);
        let title = font::cut(&self.effect.label, bottom - top, measure);
        let middle = (top + bottom) / 2.0;
        let mut text = page.text(page.area.right - 0.3 * size, middle, &title, Anchor::Middle);
        text.rotation = -90.0;
        page.scene.push("axis-label", Shape::Text(text));
    }
}

impl Figure for RadialPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        if self.studies.is_empty() {
            return Err(Error::data("no study", "a radial plot needs at least one"));
        }
        let z = self.level.critical_value(None);
        let description = format!(
            "Standardized effects of {} studies against their precision; the pooled effect is {}.",
            self.studies.len(),
            self.effect.write(self.estimate, 2)
        );
        let mut page = Page::new(&self.look, &format!("Radial plot: {}", self.effect.label), description)?;
        let theme = page.theme;
        let points: Vec<(f64, f64)> = self.studies.iter().map(|(_, y, sd)| (1.0 / sd, y / sd)).collect();
        let deepest = 1.08 * points.iter().map(|p| p.0).fold(0.0, f64::max);
        let (x, y) = self.axes(&points, deepest, z);
        let ticks = self.effect_ticks(&page, &y, deepest);
        let size = 0.95 * page.size;
        let widest = ticks.iter().map(|t| font::width(&t.label, size, Weight::Regular)).fold(0.0, f64::max);
        let area = Bounds { right: page.area.right - widest - 5.0 - 1.5 * size + 0.5 * size, ..page.area };
        let panel = page.panel(area, &x, &y);
        let band = |side: f64| [(0.0, side * z), (deepest, deepest * self.estimate + side * z)];
        panel.band(&mut page, "band", &band(-1.0), &band(1.0), theme.contours[0]);
        panel.horizontal(&mut page, "null-line", 0.0, Stroke::solid(theme.soft, 0.8 * theme.rule));
        for side in [-1.0, 1.0] {
            let stroke = Stroke::dashed(theme.ink, theme.rule, 2.5, 2.0);
            panel.polyline(&mut page, "limit", &band(side), stroke);
        }
        let stroke = Stroke::solid(theme.summary, 1.2 * theme.rule);
        panel.line(&mut page, "summary-line", (0.0, 0.0), (deepest, deepest * self.estimate), stroke);
        let (radius, paint) =
            (0.3 * page.size, Paint::outlined(theme.study, Stroke::solid(theme.paper, 0.4)));
        for ((name, y, _), place) in self.studies.iter().zip(&points) {
            let hint = format!("{name}: {}", self.effect.write(*y, 2));
            panel.point(&mut page, "point", *place, radius, paint, Some(hint));
        }
        panel.axes(&mut page);
        self.draw_effect_axis(&mut page, &panel, &ticks, deepest);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl PoolFit {
    /// The radial plot of this fit.
    ///
    /// ```
    /// use consilience::plot::Figure;
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects};
    ///
    /// let effects = EffectSizes::new(Measure::RiskRatio, ["A", "B", "C"], [0.1, 0.3, 0.8], [0.1, 0.2, 0.1])?;
    /// let scene = RandomEffects::default().fit(&effects)?.radial_plot().scene()?;
    /// assert_eq!(scene.of_class("point").count(), 3);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn radial_plot(&self) -> RadialPlot {
        let tau2 = self.heterogeneity.tau2.unwrap_or(0.0);
        let studies =
            self.studies.iter().filter_map(|s| Some((s.study.clone(), s.yi?, (s.vi? + tau2).sqrt())));
        RadialPlot {
            studies: studies.collect(),
            estimate: self.estimate,
            tau2,
            level: self.level,
            effect: EffectAxis::of(self.measure, &self.back),
            look: Look::new(120.0, 90.0),
        }
    }
}
