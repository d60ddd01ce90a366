//! The funnel plot: each study's estimate against its standard error, to see whether small studies say something else.
//!
//! The vertical axis is the standard error with 0 at the top. The pseudo confidence region holds, for each standard error
//! s, the estimates within θ ± z·s of the pooled estimate θ (with `tau2`, θ ± z·√(s² + τ²)): without heterogeneity and
//! without bias 95 in 100 studies lie within it. Contours (Peters et al. 2008) shade instead, about the null, where a study
//! is not significant at 10 %, between 10 and 5 %, between 5 and 1 %: studies that are missing from the white or pale area
//! alone suggest that results were published for their P value. Bands of power (the sunset plot of Kossmeier et al. 2020)
//! say instead how likely a study with a standard error was to be significant if the pooled effect is the true one.
//!
//! # References
//!
//! - Sterne JAC, Egger M (2001). Funnel plots for detecting bias in meta-analysis: guidelines on choice of axis. J Clin
//!   Epidemiol 54:1046-1055. doi:10.1016/S0895-4356(01)00377-8
//! - Peters JL, Sutton AJ, Jones DR, Abrams KR, Rushton L (2008). Contour-enhanced meta-analysis funnel plots help
//!   distinguish publication bias from other causes of asymmetry. J Clin Epidemiol 61:991-996.
//!   doi:10.1016/j.jclinepi.2007.11.010
//! - Kossmeier M, Tran US, Voracek M (2020). Power-enhanced funnel plots for meta-analysis: the sunset funnel plot. Z
//!   Psychol 228:43-49. doi:10.1027/2151-2604/a000392

use serde::{Deserialize, Serialize};

use super::{Figure, Look, axis::AxisKind, effect_axis::with_unit, scene::Scene};
use crate::{Error, Level, Measure, Result};

mod draw;
mod fit;
mod text;

/// A funnel plot, independent of any model. Estimates are on the scale of the analysis.
///
/// ```
/// use consilience::plot::Figure;
/// # fn main() -> consilience::Result<()> {
/// use consilience::{Measure, plot::funnel::{Funnel, FunnelPoint}};
///
/// let scene = Funnel::of_measure(Measure::RiskRatio)
///     .point(FunnelPoint::new("Aronson 1948", -0.8893, 0.5706))
///     .point(FunnelPoint::new("Stein & Aronson 1953", -0.7861, 0.0831))
///     .point(FunnelPoint::filled("Filled 1", 0.2, 0.5706))
///     .estimate(-0.7145)
///     .scene()?;
/// assert_eq!(scene.of_class("point").count(), 2);
/// assert_eq!(scene.of_class("filled-point").count(), 1);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Funnel {
    /// The studies, and those that trim-and-fill adds.
    pub points: Vec<FunnelPoint>,
    /// The pooled estimate: where the funnel stands.
    pub estimate: Option<f64>,
    /// Heterogeneity that widens the pseudo confidence region; 0 is the customary funnel.
    pub tau2: f64,
    /// The level of the pseudo confidence region.
    pub level: Level,
    /// The regions behind the points.
    pub region: FunnelRegion,
    /// The line of a regression on the standard error, such as Egger's.
    pub line: Option<FunnelLine>,
    /// The effect for which power is shown; the pooled estimate without one.
    pub power_effect: Option<f64>,
    /// No effect: where a thin line stands and about which contours are drawn.
    pub null: Option<f64>,
    /// The estimated quantity: the label of the horizontal axis.
    pub effect_label: String,
    /// Linear, or logarithmic if estimates are logarithms of what people read; ticks are then the ratios.
    pub axis: AxisKind,
    /// Size, theme and heading.
    pub look: Look,
}

/// The regions behind the points of a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum FunnelRegion {
    /// The pseudo confidence region about the pooled estimate.
    #[default]
    Pseudo,
    /// Contours of significance about the null at 10, 5 and 1 %, and the lines of the pseudo confidence region.
    Contours,
    /// Bands of power for the pooled effect (or `power_effect`), with the power at the right; and lines where a study is
    /// significant at 5 %.
    Power,
}

crate::codes::codes!(FunnelRegion, "region" {
    Pseudo "pseudo" [], Contours "contours" [], Power "power" [],
});

/// The line estimate = limit + slope × standard error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FunnelLine {
    /// Its name in the legend.
    pub label: String,
    /// The estimate of an infinitely large study.
    pub limit: f64,
    /// The change of the estimate with the standard error.
    pub slope: f64,
}

impl FunnelLine {
    /// A line by its estimate at standard error 0 and its slope.
    pub fn new(label: impl Into<String>, limit: f64, slope: f64) -> Self {
        FunnelLine { label: label.into(), limit, slope }
    }
}

/// A study in a funnel plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FunnelPoint {
    /// Its name, shown when the pointer rests on it.
    pub label: String,
    /// Its estimate on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Seen or added.
    pub kind: FunnelPointKind,
}

/// The origin of a point: a study that was seen, or one that a method adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunnelPointKind {
    /// A study; a filled circle.
    #[default]
    Observed,
    /// Added by trim-and-fill; an open circle.
    Filled,
}

impl FunnelPoint {
    /// A study.
    pub fn new(label: impl Into<String>, estimate: f64, se: f64) -> Self {
        FunnelPoint { label: label.into(), estimate, se, kind: FunnelPointKind::Observed }
    }

    /// A study that trim-and-fill adds.
    pub fn filled(label: impl Into<String>, estimate: f64, se: f64) -> Self {
        FunnelPoint { kind: FunnelPointKind::Filled, ..FunnelPoint::new(label, estimate, se) }
    }
}

impl Funnel {
    /// An empty funnel plot of what is estimated, on a linear scale with its null at 0.
    pub fn new(effect_label: impl Into<String>) -> Self {
        Funnel {
            points: Vec::new(),
            estimate: None,
            tau2: 0.0,
            level: Level::default(),
            region: FunnelRegion::Pseudo,
            line: None,
            power_effect: None,
            null: Some(0.0),
            effect_label: effect_label.into(),
            axis: AxisKind::Linear,
            look: Look::new(120.0, 90.0),
        }
    }

    /// An empty funnel plot of a measure. Ratios are read on a logarithmic axis; all others on the scale of the analysis,
    /// as the funnel is symmetric only there.
    pub fn of_measure(measure: Measure) -> Self {
        let forest = super::Forest::of_measure(measure);
        if forest.axis == AxisKind::Log {
            Funnel { axis: AxisKind::Log, null: forest.null, ..Funnel::new(measure.display_label()) }
        } else {
            Funnel { null: forest.null, ..Funnel::new(measure.label()) }
        }
    }

    /// Adds a study.
    #[must_use]
    pub fn point(mut self, point: FunnelPoint) -> Self {
        self.points.push(point);
        self
    }

    /// The pooled estimate on the scale of the analysis.
    #[must_use]
    pub fn estimate(mut self, estimate: f64) -> Self {
        self.estimate = Some(estimate);
        self
    }

    /// Heterogeneity that widens the pseudo confidence region.
    #[must_use]
    pub fn tau2(mut self, tau2: f64) -> Self {
        self.tau2 = tau2;
        self
    }

    /// The level of the pseudo confidence region.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The regions behind the points.
    #[must_use]
    pub fn region(mut self, region: FunnelRegion) -> Self {
        self.region = region;
        self
    }

    /// The line of a regression on the standard error.
    #[must_use]
    pub fn line(mut self, line: FunnelLine) -> Self {
        self.line = Some(line);
        self
    }

    /// The effect for which power is shown.
    #[must_use]
    pub fn power_effect(mut self, effect: f64) -> Self {
        self.power_effect = Some(effect);
        self
    }

    /// No effect; `None` for no line (contours then stand about 0).
    #[must_use]
    pub fn null(mut self, null: impl Into<Option<f64>>) -> Self {
        self.null = null.into();
        self
    }

    /// Lays the figure out and writes it in the format that the file's extension names.
    ///
    /// # Errors
    ///
    /// Those of [`scene`](Self::scene) and of [`Scene::save`].
    pub fn save(&self, path: impl AsRef<std::path::Path>) -> Result<()> {
        self.scene()?.save(path)
    }

    fn check(&self) -> Result<()> {
        if self.points.is_empty() {
            return Err(Error::data("no study", "a funnel plot needs at least one"));
        }
        for point in &self.points {
            if !point.estimate.is_finite() {
                let found = format!("the estimate {}", point.estimate);
                return Err(Error::data(found, "it must be a finite number").in_study(&point.label));
            }
            if !(point.se.is_finite() && point.se > 0.0) {
                let found = format!("the standard error {}", point.se);
                return Err(Error::data(found, "it must be a finite number above 0").in_study(&point.label));
            }
        }
        for (name, value) in [
            ("estimate", self.estimate),
            ("null", self.null),
            ("power effect", self.power_effect),
            ("line", self.line.as_ref().map(|line| line.limit + line.slope)),
        ] {
            if let Some(value) = value.filter(|value| !value.is_finite()) {
                return Err(Error::setting(name, value.to_string(), "give a finite number"));
            }
        }
        if !(self.tau2.is_finite() && self.tau2 >= 0.0) {
            return Err(Error::setting("tau2", self.tau2.to_string(), "give a variance of 0 or above"));
        }
        if self.region == FunnelRegion::Power && self.estimate.or(self.power_effect).is_none() {
            return Err(Error::setting("region", "power without an effect", "give the pooled estimate"));
        }
        Ok(())
    }
}

impl Figure for Funnel {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] for an estimate that is not finite or a standard error that is not above 0, and for no study;
    /// [`Error::Setting`] for a size out of range.
    fn scene(&self) -> Result<Scene> {
        self.check()?;
        draw::draw(self)
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        with_unit(&mut self.effect_label, self.axis, unit)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::plot::scene::Shape;

    fn funnel() -> Funnel {
        Funnel::new("Effect")
            .point(FunnelPoint::new("A", 0.1, 0.1))
            .point(FunnelPoint::new("B", 0.6, 0.4))
            .point(FunnelPoint::filled("C", -0.2, 0.4))
            .estimate(0.2)
    }

    #[test]
    fn the_limits_of_the_region_are_z_standard_errors_away() {
        let scene = funnel().scene().unwrap();
        let circle = |i: usize| match scene.of_class("point").nth(i).unwrap().shape {
            Shape::Circle { center, .. } => center,
            _ => panic!("a point is a circle"),
        };
        // The two points give the scales of both axes.
        let (a, b) = (circle(0), circle(1));
        let per_x = (b.0 - a.0) / 0.5;
        let per_y = (b.1 - a.1) / 0.3;
        for (i, side) in [-1.0, 1.0].into_iter().enumerate() {
            let Shape::Polyline { points, .. } = &scene.of_class("pseudo-limit").nth(i).unwrap().shape else {
                panic!()
            };
            let (tip, foot) = (points[0], points[points.len() - 1]);
            let se = (foot.1 - tip.1) / per_y;
            assert!((foot.0 - tip.0 - side * 1.959963984540054 * se * per_x).abs() < 1e-9);
            assert!((tip.0 - (a.0 + 0.1 * per_x)).abs() < 1e-9, "the tip stands at the pooled estimate");
        }
    }

    #[test]
    fn nothing_leaves_the_page() {
        for region in [FunnelRegion::Pseudo, FunnelRegion::Contours, FunnelRegion::Power] {
            for (width, height) in [(50.0, 50.0), (85.0, 60.0), (170.0, 120.0)] {
                for tau2 in [0.0, 0.3] {
                    let scene = funnel()
                        .region(region)
                        .tau2(tau2)
                        .line(FunnelLine::new("Egger", 0.1, 1.0))
                        .size_mm(width, height)
                        .title("T")
                        .scene()
                        .unwrap();
                    for element in scene.elements.iter() {
                        let b = element.bounds();
                        assert!(b.left >= 0.0 && b.top >= 0.0, "{element:?}");
                        assert!(b.right <= scene.width && b.bottom <= scene.height, "{element:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn contours_cover_the_frame() {
        for (region, class) in [(FunnelRegion::Contours, "contour"), (FunnelRegion::Power, "power")] {
            let scene = funnel().region(region).scene().unwrap();
            covers(&scene, class);
        }
    }

    fn covers(scene: &Scene, class: &str) {
        let area = |points: &[(f64, f64)]| {
            let next = points.iter().cycle().skip(1);
            points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
        };
        let sum: f64 = scene
            .of_class(class)
            .map(|element| match &element.shape {
                Shape::Polygon { points, .. } => area(points),
                Shape::Rect { width, height, .. } => width * height,
                _ => 0.0,
            })
            .sum();
        let axis = scene.of_class("axis").next().unwrap().bounds();
        let line = 0.6;
        let frame = (axis.right - axis.left - line) * (axis.bottom - axis.top - line);
        assert!((sum / frame - 1.0).abs() < 1e-9, "{sum} of {frame}");
    }

    #[test]
    fn bad_input_is_named() {
        assert!(Funnel::new("x").scene().is_err());
        let error = funnel().point(FunnelPoint::new("Z", 0.0, 0.0)).scene().unwrap_err().to_string();
        assert!(error.starts_with("study Z: the standard error 0"), "{error}");
        assert!(funnel().estimate(f64::NAN).scene().is_err());
        assert!(funnel().size_mm(10.0, 90.0).scene().is_err());
        assert!(funnel().tau2(-1.0).scene().is_err());
    }
}
