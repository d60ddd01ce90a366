//! The Doi plot: effects against the normal quantiles of their ranks, a mountain whose limbs are alike if small studies
//! do not say something else.
//!
//! Reference: Furuya-Kanamori L, Barendregt JJ, Doi SAR (2018), doi:10.1097/XEB.0000000000000141

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    bias::{doi_quantiles, lfk},
    plot::{
        EffectAxis, Scene,
        frame::{Axis, Look, Page},
        number,
        scene::{Paint, Stroke},
    },
    pool::PoolFit,
};

/// A Doi plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DoiPlot {
    /// The studies: name, effect, and normal quantile of its rank.
    pub studies: Vec<(String, f64, f64)>,
    /// The pooled effect: a line.
    pub estimate: f64,
    /// The LFK index; `None` with fewer than three different effects.
    pub lfk: Option<f64>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl DoiPlot {}

impl Figure for DoiPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        if self.studies.is_empty() {
            return Err(Error::data("no study", "a Doi plot needs at least one"));
        }
        let mut description =
            format!("Effects of {} studies against normal quantiles of their ranks.", self.studies.len());
        let index = self.lfk.map(|lfk| format!("LFK index {}.", number::fixed(lfk, 2)));
        if let Some(index) = &index {
            description += &format!(" {index}");
        }
        let mut page = Page::new(&self.look, &format!("Doi plot: {}", self.effect.label), description)?;
        let theme = page.theme;
        if let Some(index) = &index {
            page.note(index);
        }
        let mut points: Vec<(f64, f64)> = self.studies.iter().map(|(_, y, z)| (*y, z.abs())).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let deepest = 1.06 * points.iter().map(|p| p.1).fold(0.1, f64::max);
        let places = points.iter().map(|p| p.0).chain(self.effect.null).chain([self.estimate]);
        let x = self.effect.around(places, 0.05);
        let panel = page.panel(page.area, &x, &Axis::linear("|z| of the rank", 0.0, deepest).reversed());
        if let Some(null) = self.effect.null {
            panel.vertical(&mut page, "null-line", null, Stroke::solid(theme.soft, 0.8 * theme.rule));
        }
        let stroke = Stroke::dashed(theme.summary, theme.rule, 2.5, 2.0);
        panel.vertical(&mut page, "summary-line", self.estimate, stroke);
        panel.polyline(&mut page, "limb", &points, Stroke::solid(theme.subtotal, 0.9));
        let (radius, paint) =
            (0.3 * page.size, Paint::outlined(theme.study, Stroke::solid(theme.paper, 0.4)));
        for (name, y, z) in &self.studies {
            let hint = format!("{name}: {}", self.effect.write(*y, 2));
            panel.point(&mut page, "point", (*y, z.abs()), radius, paint, Some(hint));
        }
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

impl PoolFit {
    /// The Doi plot of the studies of this fit.
    pub fn doi_plot(&self) -> DoiPlot {
        let studies: Vec<(&str, f64, f64)> =
            self.studies.iter().filter_map(|s| Some((s.study.as_str(), s.yi?, s.vi?))).collect();
        let yi: Vec<f64> = studies.iter().map(|s| s.1).collect();
        let vi: Vec<f64> = studies.iter().map(|s| s.2).collect();
        let quantiles = doi_quantiles(&yi, &vi);
        let lfk = lfk(&yi, &vi).ok();
        let studies = studies.iter().zip(quantiles).map(|((name, y, _), z)| ((*name).to_owned(), *y, z));
        DoiPlot {
            studies: studies.collect(),
            estimate: self.estimate,
            lfk,
            effect: EffectAxis::of(self.measure, &self.back),
            look: Look::new(120.0, 90.0),
        }
    }
}
