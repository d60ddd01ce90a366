//! The Baujat plot: each study's contribution to heterogeneity against its influence on the result.
//!
//! Reference: Baujat B, Mahé C, Pignon JP, Hill C (2002), A graphical method for exploring heterogeneity in meta-analyses,
//! Statistics in Medicine 21:2641-2652. doi:10.1002/sim.1221

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    influence::{BaujatPoint, InfluenceReport},
    plot::{
        AxisKind, Scene,
        frame::{Axis, Look, Page},
        labels::Labels,
        number,
        scene::{Paint, Stroke},
    },
};

/// A Baujat plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BaujatPlot {
    /// The studies; those without an influence are left out and named in the scene's notes.
    pub points: Vec<BaujatPoint>,
    /// Size, theme and heading.
    pub look: Look,
}

impl BaujatPlot {
    /// A plot of these coordinates.
    pub fn new(points: impl Into<Vec<BaujatPoint>>) -> Self {
        BaujatPlot { points: points.into(), look: Look::new(120.0, 90.0) }
    }
}

impl Figure for BaujatPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If no study has coordinates, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let mut shown: Vec<(&str, f64, f64)> =
            self.points.iter().filter_map(|p| Some((p.study.as_str(), p.x, p.y?))).collect();
        if shown.is_empty() {
            return Err(Error::data(
                "no study with coordinates",
                "a Baujat plot needs at least three studies, and one more with each moderator",
            ));
        }
        let description =
            format!("Contributions of {} studies to heterogeneity against their influence.", shown.len());
        let mut page = Page::new(&self.look, "Baujat plot", description)?;
        let theme = page.theme;
        let end = |values: &mut dyn Iterator<Item = f64>| 1.08 * values.fold(0.0, f64::max).max(1e-12);
        let width = end(&mut shown.iter().map(|s| s.1));
        let height = end(&mut shown.iter().map(|s| s.2));
        let x = Axis::new(
            AxisKind::Linear,
            "Squared Pearson residual (contribution to heterogeneity)",
            -0.02 * width,
            width,
        );
        let y = Axis::new(AxisKind::Linear, "Influence on the result", -0.02 * height, height);
        let panel = page.panel(page.area, &x, &y);
        let radius = 0.29 * page.size;
        let mut labels = Labels::new();
        for (_, x, y) in &shown {
            labels.block((panel.x(*x), panel.y(*y)), radius);
        }
        let paint = Paint::outlined(theme.study, Stroke::solid(theme.paper, 0.4));
        for (name, x, y) in &shown {
            let hint = format!("{name}: {}, {}", number::fixed(*x, 2), number::fixed(*y, 2));
            panel.point(&mut page, "point", (*x, *y), radius, paint, Some(hint));
        }
        // Those far from the origin are the ones to name first.
        shown.sort_by(|a, b| {
            let far = |s: &(&str, f64, f64)| (s.1 / width).hypot(s.2 / height);
            far(b).total_cmp(&far(a))
        });
        labels.place_all(&mut page, &panel, radius, shown.iter().copied());
        let missing: Vec<&str> =
            self.points.iter().filter(|p| p.y.is_none()).map(|p| p.study.as_str()).collect();
        if !missing.is_empty() {
            page.scene.notes.push(format!("without coordinates: {}", missing.join(", ")));
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl InfluenceReport {
    /// The Baujat plot of this report.
    ///
    /// # Errors
    ///
    /// If the report has no coordinates (it needs at least three studies).
    pub fn baujat_plot(&self) -> Result<BaujatPlot> {
        match &self.baujat {
            Some(points) => Ok(BaujatPlot::new(points.clone())),
            None => Err(Error::data(
                "no coordinates",
                "a Baujat plot needs at least three studies, and one more with each moderator",
            )),
        }
    }
}
