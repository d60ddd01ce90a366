//! Residuals against normal quantiles, with the envelope that independent normal residuals keep to.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    influence::{InfluenceReport, NormalQuantiles},
    plot::{
        AxisKind, Scene,
        frame::{Axis, Key, Look, Page},
        labels::Labels,
        number,
        scene::{Paint, Stroke},
    },
    regression::RegressionFit,
};

/// A normal quantile-quantile plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuantilePlot {
    /// Residuals, quantiles and envelope.
    pub quantiles: NormalQuantiles,
    /// Size, theme and heading.
    pub look: Look,
}

impl QuantilePlot {
    /// A plot of these quantiles.
    pub fn new(quantiles: NormalQuantiles) -> Self {
        QuantilePlot { quantiles, look: Look::new(105.0, 95.0) }
    }
}

impl Figure for QuantilePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no residual, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let points = &self.quantiles.points;
        if points.is_empty() {
            return Err(Error::data(
                "no residual",
                "residuals need at least three studies, and one more with each moderator",
            ));
        }
        let outside = points.iter().filter(|p| p.residual < p.lower || p.residual > p.upper).count();
        let description = format!(
            "Residuals of {} studies against normal quantiles; {outside} lie outside the envelope.",
            points.len()
        );
        let mut page = Page::new(&self.look, "Normal quantile plot", description)?;
        let theme = page.theme;
        let level = number::shortest(self.quantiles.level.as_percent());
        let band = theme.contours[1];
        page.legend(&[Key::area(format!("{level}% of normal values, pointwise"), Paint::fill(band))]);
        let x = Axis::around(AxisKind::Linear, "Normal quantile", points.iter().map(|p| p.quantile), 0.06);
        let y = Axis::around(
            AxisKind::Linear,
            self.quantiles.residual.clone(),
            points.iter().flat_map(|p| [p.residual, p.lower.max(-4.5), p.upper.min(4.5)]),
            0.03,
        );
        let panel = page.panel(page.area, &x, &y);
        let edge = |read: &dyn Fn(&crate::influence::QuantilePoint) -> f64| {
            points.iter().map(|p| (p.quantile, read(p))).collect::<Vec<_>>()
        };
        panel.band(&mut page, "envelope", &edge(&|p| p.lower), &edge(&|p| p.upper), band);
        let stroke = Stroke::dashed(theme.ink, theme.rule, 2.5, 2.0);
        let far = x.low.min(y.low).abs().max(x.high.max(y.high));
        panel.line(&mut page, "identity", (-far, -far), (far, far), stroke);
        let radius = 0.29 * page.size;
        let mut labels = Labels::new();
        for p in points {
            labels.block((panel.x(p.quantile), panel.y(p.residual)), radius);
        }
        for p in points {
            let beyond = p.residual < p.lower || p.residual > p.upper;
            let color = if beyond { theme.prediction } else { theme.study };
            let paint = Paint::outlined(color, Stroke::solid(theme.paper, 0.4));
            let hint = format!("{}: {}", p.study, number::fixed(p.residual, 2));
            panel.point(&mut page, "point", (p.quantile, p.residual), radius, paint, Some(hint));
        }
        for p in points.iter().filter(|p| p.residual < p.lower || p.residual > p.upper) {
            labels.place(&mut page, &panel, (panel.x(p.quantile), panel.y(p.residual)), radius, &p.study);
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl InfluenceReport {
    /// The externally standardized residuals against normal quantiles.
    ///
    /// # Errors
    ///
    /// If the report has no residuals.
    pub fn quantile_plot(&self) -> Result<QuantilePlot> {
        Ok(QuantilePlot::new(self.normal_quantiles()?))
    }
}

impl RegressionFit {
    /// The internally standardized residuals against normal quantiles.
    ///
    /// # Errors
    ///
    /// If the fit has no residuals.
    pub fn quantile_plot(&self) -> Result<QuantilePlot> {
        Ok(QuantilePlot::new(self.normal_quantiles()?))
    }
}
