//! The cost-effectiveness plane: differences in effect (right is better) and cost (up is dearer), intervention minus
//! comparator.
//!
//! The ellipse of level 1 - α holds the points whose squared distance from the mean, in the metric of the covariance, is
//! at most -2 ln α, the quantile of χ² with two degrees of freedom: with jointly normal differences it covers the pair with
//! probability 1 - α. Lines through the origin are thresholds: points below and to the right of one are worth their price.
//!
//! Reference: Nixon RM, Wonderling D, Grieve RD (2010). Non-parametric methods for cost-effectiveness analysis: the central
//! limit theorem and the bootstrap compared. Health Econ 19:316-333. doi:10.1002/hec.1477

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::{currency_sign, per_unit, priced};
use crate::{
    Error, Level, Result,
    economics::{Draws, Incremental, PriceBase, QuadrantShares},
    plot::{
        Color, Scene, Symbol, Theme,
        axis::AxisKind,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        number::{fixed, money, shortest},
        scene::{Anchor, Paint, Shape, Stroke},
    },
};

/// The most points that are drawn; of more, every second, third, ... is.
const MOST_POINTS: usize = 3000;

/// The cost-effectiveness plane of an intervention against a comparator.
///
/// ```
/// use consilience::plot::Figure;
/// use consilience::economics::{Dependence, Incremental};
///
/// let scene = Incremental::new(25.0, 124.0, 0.042, 0.019, Dependence::Correlation(0.2))?
///     .ce_plane()
///     .threshold(20_000.0)
///     .scene()?;
/// assert_eq!(scene.of_class("ellipse").count(), 1);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CePlane {
    /// The intervention.
    pub intervention: String,
    /// The comparator.
    pub comparator: String,
    /// Draws or replicates: difference in effect, difference in cost.
    pub points: Vec<(f64, f64)>,
    /// The mean differences in effect and cost.
    pub mean: (f64, f64),
    /// Variance of the effect, variance of the cost, covariance.
    pub covariance: (f64, f64, f64),
    /// The shares of the quadrants, if they are known.
    pub quadrants: Option<QuadrantShares>,
    /// The level of the ellipse; `None` for none.
    pub ellipse: Option<Level>,
    /// Thresholds, in money per unit of effect.
    pub thresholds: Vec<f64>,
    /// The unit of effect, for the axis.
    pub effect_unit: String,
    /// The place of the intervention in the series of colors: an option has one color in all figures.
    #[serde(default)]
    pub series: Option<usize>,
    /// The currency and price year, where stated.
    pub price_base: Option<PriceBase>,
    /// Size, theme and heading.
    pub look: Look,
}

impl Incremental {
    /// The cost-effectiveness plane: the mean and its ellipse.
    pub fn ce_plane(&self) -> CePlane {
        CePlane {
            intervention: self.intervention().to_owned(),
            comparator: self.comparator().to_owned(),
            points: Vec::new(),
            mean: (self.effect(), self.cost()),
            covariance: (self.effect_se().powi(2), self.cost_se().powi(2), self.covariance()),
            quadrants: self.quadrants(),
            ellipse: Some(Level::default()),
            thresholds: Vec::new(),
            effect_unit: String::new(),
            series: None,
            price_base: self.price_base(),
            look: Look::new(120.0, 95.0),
        }
    }
}

impl Draws {
    /// The cost-effectiveness plane of an option against another: every draw, their mean and ellipse.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if a name is not known, [`Error::Data`] with fewer than two draws.
    pub fn ce_plane(&self, intervention: &str, comparator: &str) -> Result<CePlane> {
        let (i, j) = (self.position(intervention)?, self.position(comparator)?);
        let d = self.options().len();
        let difference = |values: &[f64]| -> Vec<f64> {
            values.chunks_exact(d).filter_map(|row| Some(row.get(i)? - row.get(j)?)).collect()
        };
        let (cost, effect) = (difference(self.costs()), difference(self.effects()));
        let made = Incremental::from_replicates(&cost, &effect)?.named(intervention, comparator);
        Ok(CePlane {
            points: effect.into_iter().zip(cost).collect(),
            quadrants: Some(self.quadrants(intervention, comparator)?),
            price_base: self.price_base(),
            series: Some(i),
            ..made.ce_plane()
        })
    }
}

impl CePlane {
    /// Adds a threshold, in money per unit of effect.
    #[must_use]
    pub fn threshold(mut self, wtp: f64) -> Self {
        self.thresholds.push(wtp);
        self
    }

    /// The level of the ellipse; `None` for none.
    #[must_use]
    pub fn ellipse(mut self, level: impl Into<Option<Level>>) -> Self {
        self.ellipse = level.into();
        self
    }

    /// The unit of effect, such as `QALYs`.
    #[must_use]
    pub fn effect_unit(mut self, unit: impl Into<String>) -> Self {
        self.effect_unit = unit.into();
        self
    }

    /// The points of the ellipse, if it has an extent.
    pub fn outline(&self) -> Option<Vec<(f64, f64)>> {
        let alpha = 2.0 * self.ellipse?.tail();
        let radius = (-2.0 * alpha.ln()).sqrt();
        let (effect, cost, covariance) = self.covariance;
        // The lower Cholesky factor of the covariance.
        let a = effect.sqrt();
        if !(a > 0.0 && cost > 0.0) {
            return None;
        }
        let (b, c) = (covariance / a, (cost - (covariance / a).powi(2)).max(0.0).sqrt());
        let points = (0..=120).map(|step| {
            let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 120.0).sin_cos();
            (self.mean.0 + radius * a * cos, self.mean.1 + radius * (b * cos + c * sin))
        });
        Some(points.collect())
    }

    fn description(&self, sign: &str) -> String {
        let mut text = format!(
            "Mean difference in cost {}, in effect {}.",
            money(self.mean.1, sign),
            shortest(self.mean.0)
        );
        if let Some(q) = &self.quadrants {
            text += &format!(
                " Shares of the quadrants: more effective and dearer {}%, more effective and cheaper {}%, less effective and \
                 cheaper {}%, less effective and dearer {}%.",
                fixed(100.0 * q.north_east, 1),
                fixed(100.0 * q.south_east, 1),
                fixed(100.0 * q.south_west, 1),
                fixed(100.0 * q.north_west, 1)
            );
        }
        text
    }

    fn check(&self) -> Result<()> {
        let mut all = self.points.iter().chain([&self.mean]);
        if let Some((e, c)) = all.find(|(e, c)| !(e.is_finite() && c.is_finite())) {
            return Err(Error::data(format!("the differences {e} and {c}"), "differences must be finite"));
        }
        if let Some(bad) = self.thresholds.iter().find(|wtp| !(wtp.is_finite() && **wtp >= 0.0)) {
            return Err(Error::setting("threshold", bad.to_string(), "give a finite number of at least 0"));
        }
        Ok(())
    }

    /// Of so many draws one is drawn.
    fn every(&self) -> usize {
        self.points.len().div_ceil(MOST_POINTS).max(1)
    }

    /// The color of the draws.
    fn pale(&self, theme: &Theme) -> Color {
        self.series.map_or(theme.study, |i| theme.series(i).color).mix(theme.paper, 0.45)
    }

    fn keys(&self, theme: &Theme, sign: &str, with_ellipse: bool) -> Vec<Key> {
        let mut keys = Vec::new();
        if !self.points.is_empty() {
            let every = self.every();
            let label = if every > 1 { format!("Draws (one in {every})") } else { "Draws".to_owned() };
            keys.push(Key::point(label, Paint::fill(self.pale(theme))));
        }
        keys.push(Key::symbol("Mean", Symbol::Diamond, mean_paint(theme)));
        if let (Some(level), true) = (self.ellipse, with_ellipse) {
            keys.push(Key::line(format!("{level} ellipse"), ellipse_stroke(theme)));
        }
        let per = per_unit(&self.effect_unit);
        let threshold = |(i, wtp): (usize, &f64)| {
            Key::line(format!("{} {per}", money(*wtp, sign)), threshold_stroke(theme, i))
        };
        keys.extend(self.thresholds.iter().enumerate().map(threshold));
        keys
    }

    /// Axes about the draws, the mean, the ellipse and the origin.
    fn panel(&self, page: &mut Page, sign: &str, outline: &[(f64, f64)]) -> Panel {
        let shown = || self.points.iter().chain([&self.mean]).chain(outline).chain([&(0.0, 0.0)]);
        let unit =
            if self.effect_unit.is_empty() { String::new() } else { format!(" ({})", self.effect_unit) };
        let title = format!("Difference in effect{unit}");
        let x_axis = Axis::around(AxisKind::Linear, title, shown().map(|p| p.0), 0.07);
        let title = priced("Difference in cost", self.price_base);
        let y_axis = Axis::around(AxisKind::Linear, title, shown().map(|p| p.1), 0.09)
            .labels(TickLabels::Money(sign.to_owned()));
        page.panel(page.area, &x_axis, &y_axis)
    }
}

fn threshold_stroke(theme: &Theme, i: usize) -> Stroke {
    Stroke { color: theme.ink, width: 0.9, dash: theme.series(i + 1).dash }
}

fn ellipse_stroke(theme: &Theme) -> Stroke {
    Stroke::solid(theme.summary, 1.0)
}

fn mean_paint(theme: &Theme) -> Paint {
    Paint::outlined(theme.paper, Stroke::solid(theme.ink, 1.0))
}

/// The share of the draws in each quadrant, in its outer corner.
fn name_quadrants(page: &mut Page, panel: &Panel, shares: &QuadrantShares) {
    let area = panel.area;
    let size = 0.85 * page.size;
    let (cx, cy) = (panel.x(0.0), panel.y(0.0));
    let inset = 0.5 * size;
    for (name, share, right, top) in [
        ("NE", shares.north_east, true, true),
        ("NW", shares.north_west, false, true),
        ("SE", shares.south_east, true, false),
        ("SW", shares.south_west, false, false),
    ] {
        // A quadrant that is but a sliver has no room for its name.
        let (wide, high) = (
            if right { area.right - cx } else { cx - area.left },
            if top { cy - area.top } else { area.bottom - cy },
        );
        let content = format!("{name} {}%", fixed(100.0 * share, 1));
        let (x, anchor) =
            if right { (area.right - inset, Anchor::End) } else { (area.left + inset, Anchor::Start) };
        let y = if top { area.top + 1.1 * size } else { area.bottom - 0.6 * size };
        let mut text = page.text(x, y, &content, anchor);
        (text.size, text.color) = (size, page.theme.ink);
        if text.width() + 2.0 * inset < wide && high > 1.8 * size {
            page.scene.push("quadrant", Shape::Text(text));
        }
    }
}

impl Figure for CePlane {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] for a difference that is not finite, [`Error::Setting`] for a threshold below 0 or a size out of range.
    fn scene(&self) -> Result<Scene> {
        self.check()?;
        let sign = currency_sign(self.price_base);
        let mut page = Page::new(&self.look, "Cost-effectiveness plane", self.description(&sign))?;
        let note = format!("{} versus {}.", self.intervention, self.comparator);
        if !self.intervention.is_empty() {
            page.note(&note);
        }
        let outline = self.outline();
        page.legend(&self.keys(&page.theme, &sign, outline.is_some()));
        let panel = self.panel(&mut page, &sign, outline.as_deref().unwrap_or_default());
        let theme = page.theme;
        for point in self.points.iter().step_by(self.every()) {
            panel.point(&mut page, "draw", *point, 0.9, Paint::fill(self.pale(&theme)), None);
        }
        let zero = Stroke::solid(theme.ink, 0.6);
        panel.vertical(&mut page, "null", 0.0, zero);
        panel.horizontal(&mut page, "null", 0.0, zero);
        let (low, high) = (panel.x_axis.low, panel.x_axis.high);
        for (i, wtp) in self.thresholds.iter().enumerate() {
            panel.line(
                &mut page,
                "threshold",
                (low, wtp * low),
                (high, wtp * high),
                threshold_stroke(&theme, i),
            );
        }
        if let Some(points) = &outline {
            panel.polyline(&mut page, "ellipse", points, ellipse_stroke(&theme));
        }
        let hint = format!("Mean: {} for {}", money(self.mean.1, &sign), shortest(self.mean.0));
        panel.symbol(&mut page, "mean", self.mean, (Symbol::Diamond, 2.8, mean_paint(&theme)), Some(hint));
        if let Some(shares) = &self.quadrants {
            name_quadrants(&mut page, &panel, shares);
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        self.effect_unit = unit.to_owned();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{economics::Dependence, plot::sheet::assert_tidy};

    fn plane() -> CePlane {
        Incremental::new(25.0, 124.0, 0.042, 0.019, Dependence::Correlation(0.4)).unwrap().ce_plane()
    }

    #[test]
    fn the_ellipse_has_its_level() {
        // Every point of the outline has the squared Mahalanobis distance -2 ln 0.05 = 5.991465 (chi-squared, 2 df).
        let p = plane();
        let (ve, vc, s) = p.covariance;
        let det = ve * vc - s * s;
        for (e, c) in p.outline().unwrap() {
            let (x, y) = (e - p.mean.0, c - p.mean.1);
            let distance = (vc * x * x - 2.0 * s * x * y + ve * y * y) / det;
            assert!((distance - 5.991464547107979).abs() < 1e-9, "{distance}");
        }
    }

    #[test]
    fn the_figure_is_tidy_and_a_threshold_has_its_slope() {
        for (width, height) in [(85.0, 70.0), (170.0, 120.0)] {
            let scene =
                plane().threshold(20_000.0).threshold(0.0).title("T").size_mm(width, height).scene().unwrap();
            assert_tidy(&scene);
            assert_eq!(scene.of_class("threshold").count(), 2);
        }
        let none = Incremental::new(25.0, 0.0, 0.0, 0.0, Dependence::Correlation(0.0));
        if let Ok(none) = none {
            assert_tidy(&none.ce_plane().scene().unwrap());
        }
        assert!(plane().threshold(-1.0).scene().is_err());
    }

    #[test]
    fn draws_make_a_plane() {
        let draws = Draws::from_columns([
            ("a", vec![0.0; 5000], vec![0.0; 5000]),
            (
                "b",
                (0..5000).map(|i| f64::from(i % 71) - 30.0).collect(),
                (0..5000).map(|i| f64::from(i % 13) - 4.0).collect(),
            ),
        ])
        .unwrap();
        let scene = draws.ce_plane("b", "a").unwrap().scene().unwrap();
        assert_tidy(&scene);
        assert_eq!(scene.of_class("draw").count(), 2500);
        assert!(scene.texts().any(|t| t.content == "Draws (one in 2)"));
        assert!(draws.ce_plane("x", "a").unwrap_err().to_string().contains("unknown"));
    }
}
