//! The funnel plot: each study's estimate against its standard error, to see whether small studies say something else.
//!
//! The vertical axis is the standard error with 0 at the top. The pseudo confidence region holds, for each standard error
//! s, the estimates within θ ± z·s of the pooled estimate θ (with `tau2`, θ ± z·√(s² + τ²)): without heterogeneity and
//! without bias 95 in 100 studies lie within it. Contours (Peters et al. 2008) shade instead, about the null, where a study
//! is not significant at 10 %, between 10 and 5 %, between 5 and 1 %: studies that are missing from the white or pale area
//! alone suggest that results were published for their P value.
//!
//! # References
//!
//! - Sterne JAC, Egger M (2001). Funnel plots for detecting bias in meta-analysis: guidelines on choice of axis. J Clin
//!   Epidemiol 54:1046-1055. doi:10.1016/S0895-4356(01)00377-8
//! - Peters JL, Sutton AJ, Jones DR, Abrams KR, Rushton L (2008). Contour-enhanced meta-analysis funnel plots help
//!   distinguish publication bias from other causes of asymmetry. J Clin Epidemiol 61:991-996.
//!   doi:10.1016/j.jclinepi.2007.11.010

use serde::{Deserialize, Serialize};

use super::{
    axis::{self, AxisKind, Tick},
    font,
    scene::{Anchor, POINTS_PER_MM, Paint, Scene, Shape, Stroke, Text, Weight},
    theme::{Color, Theme},
};
use crate::{
    Error, Level, Measure, Result,
    stat::{Tail, normal},
};

/// A funnel plot, independent of any model. Estimates are on the scale of the analysis.
///
/// ```
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
    /// A heading above the figure; none is the default.
    pub title: Option<String>,
    /// The studies, and those that trim-and-fill adds.
    pub points: Vec<FunnelPoint>,
    /// The pooled estimate: where the funnel stands.
    pub estimate: Option<f64>,
    /// Heterogeneity that widens the pseudo confidence region; 0 is the customary funnel.
    pub tau2: f64,
    /// The level of the pseudo confidence region.
    pub level: Level,
    /// What is shown behind the points.
    pub region: FunnelRegion,
    /// No effect: where a thin line stands and about which contours are drawn.
    pub null: Option<f64>,
    /// What is estimated: the label of the horizontal axis.
    pub effect_label: String,
    /// Linear, or logarithmic if estimates are logarithms of what people read; ticks are then the ratios.
    pub axis: AxisKind,
    /// Width of the figure in millimetres.
    pub width_mm: f64,
    /// Height of the figure in millimetres.
    pub height_mm: f64,
    /// Colors and sizes.
    pub theme: Theme,
}

/// What is shown behind the points of a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FunnelRegion {
    /// The pseudo confidence region about the pooled estimate.
    #[default]
    Pseudo,
    /// Contours of significance about the null at 10, 5 and 1 %, and the lines of the pseudo confidence region.
    Contours,
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

/// Whether a study was seen or is one that a method adds.
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
            title: None,
            points: Vec::new(),
            estimate: None,
            tau2: 0.0,
            level: Level::default(),
            region: FunnelRegion::Pseudo,
            null: Some(0.0),
            effect_label: effect_label.into(),
            axis: AxisKind::Linear,
            width_mm: 120.0,
            height_mm: 90.0,
            theme: Theme::default(),
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

    /// A heading above the figure.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
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

    /// What is shown behind the points.
    #[must_use]
    pub fn region(mut self, region: FunnelRegion) -> Self {
        self.region = region;
        self
    }

    /// No effect; `None` for no line (contours then stand about 0).
    #[must_use]
    pub fn null(mut self, null: impl Into<Option<f64>>) -> Self {
        self.null = null.into();
        self
    }

    /// Width and height of the figure in millimetres.
    #[must_use]
    pub fn size_mm(mut self, width: f64, height: f64) -> Self {
        (self.width_mm, self.height_mm) = (width, height);
        self
    }

    /// Colors and sizes.
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] for an estimate that is not finite or a standard error that is not above 0, and for no study;
    /// [`Error::Setting`] for a size out of range.
    pub fn scene(&self) -> Result<Scene> {
        self.check()?;
        Ok(FunnelDrawing::new(self)?.draw())
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
        for (name, value) in [("estimate", self.estimate), ("null", self.null)] {
            if let Some(value) = value.filter(|value| !value.is_finite()) {
                return Err(Error::setting(name, value.to_string(), "give a finite number"));
            }
        }
        if !(self.tau2.is_finite() && self.tau2 >= 0.0) {
            return Err(Error::setting("tau2", self.tau2.to_string(), "give a variance of 0 or above"));
        }
        let range = 50.0..=2000.0;
        if !(range.contains(&self.width_mm) && range.contains(&self.height_mm)) {
            let found = format!("{} by {} mm", self.width_mm, self.height_mm);
            return Err(Error::setting("size", found, "give a width and a height between 50 and 2000 mm"));
        }
        if !(self.theme.size > 0.0 && self.theme.size <= 20.0 && (0.0..40.0).contains(&self.theme.margin)) {
            let found = format!("text of {} points, margin {}", self.theme.size, self.theme.margin);
            return Err(Error::setting("theme", found, "give a size up to 20 points and a margin below 40"));
        }
        Ok(())
    }
}

/// Two-sided significance at the edges of the contours, from the center outwards.
const CONTOURS: [f64; 3] = [0.10, 0.05, 0.01];

/// What the contours mean.
const CONTOUR_LABELS: [&str; 4] = ["P > 0.10", "0.10 to 0.05", "0.05 to 0.01", "P < 0.01"];

/// Distance of the lines of the legend, in ems.
const LEGEND_LINE: f64 = 1.5;

/// The entries of each line of the legend, with its width.
fn legend_rows<'a>(labels: impl Iterator<Item = &'a str>, room: f64, size: f64) -> Vec<(usize, f64)> {
    let mut rows: Vec<(usize, f64)> = Vec::new();
    for label in labels {
        let entry = 0.9 * size * 1.6 + font::width(label, 0.9 * size, Weight::Regular);
        match rows.last_mut().filter(|row| row.1 + 1.08 * size + entry <= room) {
            Some(row) => *row = (row.0 + 1, row.1 + 1.08 * size + entry),
            None => rows.push((1, entry)),
        }
    }
    rows
}

struct FunnelDrawing<'a> {
    funnel: &'a Funnel,
    size: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    low: f64,
    high: f64,
    /// The standard error at the bottom.
    deepest: f64,
    z: f64,
    vertical: Vec<Tick>,
}

impl<'a> FunnelDrawing<'a> {
    fn new(funnel: &'a Funnel) -> Result<Self> {
        let z = normal::quantile(Tail::Upper(funnel.level.tail()));
        let size = if funnel.width_mm < 100.0 { 0.875 } else { 1.0 } * funnel.theme.size;
        let largest = funnel.points.iter().map(|point| point.se).fold(0.0, f64::max);
        let deepest = largest * 1.05;
        let mut ends: Vec<f64> = funnel.points.iter().map(|point| point.estimate).collect();
        ends.extend(funnel.null);
        if let Some(center) = funnel.estimate {
            let half = z * (deepest * deepest + funnel.tau2).sqrt();
            ends.extend([center - half, center + half]);
        }
        let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let pad = ((high - low) * 0.05).max(largest * 0.5);
        let (low, high) = (low - pad, high + pad);
        if !(low.is_finite() && high.is_finite() && deepest.is_finite() && high > low) {
            return Err(Error::data("the estimates span more than a number holds", "check their scale"));
        }
        let (width, height) = (funnel.width_mm * POINTS_PER_MM, funnel.height_mm * POINTS_PER_MM);
        let margin = funnel.theme.margin;
        let title = if funnel.title.is_some() { 1.8 * size } else { 0.0 };
        let room = width - 2.0 * margin;
        let legend = match funnel.region {
            FunnelRegion::Contours => {
                0.3 * size
                    + LEGEND_LINE * size * legend_rows(CONTOUR_LABELS.into_iter(), room, size).len() as f64
            }
            FunnelRegion::Pseudo => 0.0,
        };
        let (top, bottom) = (margin + title + 0.4 * size, height - margin - 3.6 * size - legend);
        let apart = |ticks: &[Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => (b.value - a.value) / deepest * (bottom - top) > 1.6 * size,
                _ => true,
            })
        };
        let vertical = axis::ticks(AxisKind::Linear, 0.0, deepest, 7, apart);
        let widest = vertical.iter().map(|tick| font::width(&tick.label, 0.95 * size, Weight::Regular));
        let left = margin + 1.5 * size + widest.fold(0.0, f64::max) + 6.0;
        Ok(FunnelDrawing {
            funnel,
            size,
            left,
            right: width - margin - 0.5 * size,
            top,
            bottom,
            low,
            high,
            deepest,
            z,
            vertical,
        })
    }

    fn x(&self, estimate: f64) -> f64 {
        self.left + (estimate - self.low) / (self.high - self.low) * (self.right - self.left)
    }

    fn y(&self, se: f64) -> f64 {
        self.top + se / self.deepest * (self.bottom - self.top)
    }

    fn text(&self, x: f64, y: f64, content: &str, anchor: Anchor) -> Text {
        Text {
            x,
            y,
            content: content.to_owned(),
            size: 0.95 * self.size,
            weight: Weight::Regular,
            anchor,
            color: self.funnel.theme.ink,
            rotation: 0.0,
        }
    }

    fn draw(&self) -> Scene {
        let funnel = self.funnel;
        let theme = &funnel.theme;
        let mut scene = Scene::new(funnel.width_mm * POINTS_PER_MM, funnel.height_mm * POINTS_PER_MM);
        scene.background = theme.paper;
        scene.title = funnel.title.clone().unwrap_or_else(|| format!("Funnel plot: {}", funnel.effect_label));
        let of = |kind: FunnelPointKind| funnel.points.iter().filter(move |point| point.kind == kind);
        let filled = of(FunnelPointKind::Filled).count();
        scene.description = format!(
            "Standard errors of {} studies against their estimates{}.",
            of(FunnelPointKind::Observed).count(),
            if filled > 0 { format!(", and {filled} filled in") } else { String::new() }
        );
        if let Some(title) = &funnel.title {
            let content = font::cut(&font::clean(title), scene.width - 2.0 * theme.margin, |text| {
                font::width(text, 1.2 * self.size, Weight::Bold)
            });
            let mut text = self.text(theme.margin, theme.margin + 1.1 * self.size, &content, Anchor::Start);
            (text.size, text.weight) = (1.2 * self.size, Weight::Bold);
            scene.push("title", Shape::Text(text));
        }
        if funnel.region == FunnelRegion::Contours {
            self.contours(&mut scene);
        }
        self.region(&mut scene);
        self.axes(&mut scene);
        let line = Stroke::solid(theme.paper, 0.4);
        for point in of(FunnelPointKind::Observed) {
            self.point(&mut scene, "point", point, Paint::outlined(theme.study, line));
        }
        for point in of(FunnelPointKind::Filled) {
            let open = Paint::outlined(theme.paper, Stroke::solid(theme.study, 0.9));
            self.point(&mut scene, "filled-point", point, open);
        }
        scene
    }

    fn point(&self, scene: &mut Scene, class: &str, point: &FunnelPoint, paint: Paint) {
        let radius = (0.3 * self.size).min(2.6);
        let circle = Shape::Circle { center: (self.x(point.estimate), self.y(point.se)), radius, paint };
        let (estimate, se) = (super::number::fixed(point.estimate, 3), super::number::fixed(point.se, 3));
        scene.push_with_hint(class, circle, format!("{}: {estimate}, standard error {se}", point.label));
    }

    /// The polygon of |estimate - center| between `inner` and `outer` standard errors on one side, within the frame.
    fn wedge(&self, center: f64, inner: f64, outer: Option<f64>, side: f64) -> Vec<(f64, f64)> {
        let edge = if side < 0.0 { self.low } else { self.high };
        let reach = ((edge - center) * side).max(0.0);
        let at = |distance: f64, se: f64| (self.x(center + side * distance), self.y(se));
        // Down along a ray from (center, 0) at `slope`, to the bottom or to the edge.
        let ray = |slope: f64| {
            let distance = slope * self.deepest;
            if distance <= reach {
                (at(distance, self.deepest), true)
            } else {
                (at(reach, reach / slope), false)
            }
        };
        let mut corners = vec![at(0.0, 0.0)];
        let (inner_end, inner_at_bottom) =
            if inner > 0.0 { ray(inner) } else { (at(0.0, self.deepest), true) };
        corners.push(inner_end);
        match outer.map(ray) {
            Some((outer_end, outer_at_bottom)) => {
                if inner_at_bottom && !outer_at_bottom {
                    corners.push(at(reach, self.deepest));
                }
                corners.push(outer_end);
            }
            None => {
                if inner_at_bottom {
                    corners.push(at(reach, self.deepest));
                }
                corners.push(at(reach, 0.0));
            }
        }
        corners
    }

    fn contours(&self, scene: &mut Scene) {
        let theme = &self.funnel.theme;
        let center = self.funnel.null.unwrap_or(0.0);
        let slopes = CONTOURS.map(|p| normal::quantile(Tail::Upper(p / 2.0)));
        let bands = [
            (0.0, slopes.first().copied(), theme.paper, CONTOUR_LABELS[0]),
            (slopes[0], slopes.get(1).copied(), theme.contours[2], CONTOUR_LABELS[1]),
            (slopes[1], slopes.get(2).copied(), theme.contours[1], CONTOUR_LABELS[2]),
            (slopes[2], None, theme.contours[0], CONTOUR_LABELS[3]),
        ];
        for (inner, outer, color, _) in bands {
            for side in [-1.0, 1.0] {
                let points = self.wedge(center, inner, outer, side);
                scene.push("contour", Shape::Polygon { points, paint: Paint::fill(color) });
            }
        }
        self.legend(scene, &bands.map(|(_, _, color, label)| (color, label)));
    }

    /// The shades and what they mean, in as many lines as the page asks for.
    fn legend(&self, scene: &mut Scene, entries: &[(Color, &str)]) {
        let size = 0.9 * self.size;
        let (swatch, gap) = (1.2 * size, 1.2 * size);
        let rows = legend_rows(entries.iter().map(|(_, label)| *label), self.page_width(), self.size);
        let foot = self.funnel.height_mm * POINTS_PER_MM - self.funnel.theme.margin - 0.4 * size;
        let mut rest = entries.iter();
        for (i, &(count, width)) in rows.iter().enumerate() {
            let center = (self.left + self.right) / 2.0;
            let most = self.funnel.width_mm * POINTS_PER_MM - self.funnel.theme.margin - width;
            let mut x = (center - width / 2.0).min(most).max(self.funnel.theme.margin);
            let y = foot - (rows.len() - 1 - i) as f64 * LEGEND_LINE * self.size;
            for (color, label) in rest.by_ref().take(count) {
                let paint = Paint::outlined(*color, Stroke::solid(self.funnel.theme.soft, 0.4));
                let shape = Shape::Rect { x, y: y - 0.8 * size, width: swatch, height: 0.85 * size, paint };
                scene.push("legend-swatch", shape);
                x += swatch + 0.4 * size;
                let mut text = self.text(x, y - 0.05 * size, label, Anchor::Start);
                text.size = size;
                x += text.width() + gap;
                scene.push("legend", Shape::Text(text));
            }
        }
    }

    /// The width between the margins.
    fn page_width(&self) -> f64 {
        self.funnel.width_mm * POINTS_PER_MM - 2.0 * self.funnel.theme.margin
    }

    /// The edges of the pseudo confidence region, the line of the pooled estimate and that of the null.
    fn region(&self, scene: &mut Scene) {
        let (funnel, theme) = (self.funnel, &self.funnel.theme);
        let vertical = |at: f64, stroke: Stroke| Shape::Line {
            from: (self.x(at), self.top),
            to: (self.x(at), self.bottom),
            stroke,
        };
        if let Some(null) = funnel.null {
            scene.push("null-line", vertical(null, Stroke::solid(theme.soft, 0.8 * theme.rule)));
        }
        let Some(center) = funnel.estimate else { return };
        scene.push("summary-line", vertical(center, Stroke::solid(theme.summary, theme.rule)));
        // A hyperbola if there is heterogeneity, else two straight lines.
        let steps = if funnel.tau2 > 0.0 { 48 } else { 1 };
        for side in [-1.0, 1.0] {
            let points = (0..=steps)
                .map(|i| {
                    let se = self.deepest * i as f64 / steps as f64;
                    (self.x(center + side * self.z * (se * se + funnel.tau2).sqrt()), self.y(se))
                })
                .collect();
            let stroke = Stroke::dashed(theme.ink, theme.rule, 2.5, 2.0);
            scene.push("pseudo-limit", Shape::Polyline { points, stroke });
        }
    }

    fn axes(&self, scene: &mut Scene) {
        let (funnel, theme) = (self.funnel, &self.funnel.theme);
        let size = 0.95 * self.size;
        let rule = Stroke::solid(theme.ink, theme.rule);
        let points = vec![(self.left, self.top), (self.left, self.bottom), (self.right, self.bottom)];
        scene.push("axis", Shape::Polyline { points, stroke: rule });
        for tick in &self.vertical {
            let y = self.y(tick.value);
            scene.push("tick", Shape::Line { from: (self.left - 2.5, y), to: (self.left, y), stroke: rule });
            let text = self.text(self.left - 4.5, y + font::CAPITAL * size / 2.0, &tick.label, Anchor::End);
            scene.push("tick-label", Shape::Text(text));
        }
        let kind = funnel.axis;
        let place = |tick: &Tick| self.x(kind.position(tick.value));
        let fits = |ticks: &[Tick]| {
            ticks.windows(2).all(|pair| match pair {
                [a, b] => {
                    let half = |tick: &Tick| font::width(&tick.label, size, Weight::Regular) / 2.0;
                    place(a) + half(a) + 0.7 * size <= place(b) - half(b)
                }
                _ => true,
            })
        };
        for tick in axis::ticks(kind, kind.value(self.low), kind.value(self.high), 9, fits) {
            let x = place(&tick);
            scene.push(
                "tick",
                Shape::Line { from: (x, self.bottom), to: (x, self.bottom + 2.5), stroke: rule },
            );
            let text = self.text(x, self.bottom + 3.5 + 0.95 * size, &tick.label, Anchor::Middle);
            scene.push("tick-label", Shape::Text(text));
        }
        let scale = if kind == AxisKind::Log { ", log scale" } else { "" };
        let label = font::cut(&(font::clean(&funnel.effect_label) + scale), self.right - self.left, |text| {
            font::width(text, size, Weight::Regular)
        });
        let y = self.bottom + 3.5 + 2.35 * size;
        scene.push(
            "axis-label",
            Shape::Text(self.text((self.left + self.right) / 2.0, y, &label, Anchor::Middle)),
        );
        let x = theme.margin + size;
        let mut text = self.text(x, (self.top + self.bottom) / 2.0, "Standard error", Anchor::Middle);
        text.rotation = -90.0;
        scene.push("axis-label", Shape::Text(text));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

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
        for region in [FunnelRegion::Pseudo, FunnelRegion::Contours] {
            for (width, height) in [(50.0, 50.0), (85.0, 60.0), (170.0, 120.0)] {
                for tau2 in [0.0, 0.3] {
                    let scene =
                        funnel().region(region).tau2(tau2).size_mm(width, height).title("T").scene().unwrap();
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
        let scene = funnel().region(FunnelRegion::Contours).scene().unwrap();
        let area = |points: &[(f64, f64)]| {
            let next = points.iter().cycle().skip(1);
            points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
        };
        let sum: f64 = scene
            .of_class("contour")
            .map(|element| match &element.shape {
                Shape::Polygon { points, .. } => area(points),
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
