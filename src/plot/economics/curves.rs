//! Curves over a common horizontal axis, as a figure and as text.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    plot::{
        Scene,
        axis::AxisKind,
        frame::{Axis, Key, Look, Page, TickLabels},
        number::money,
        scene::Stroke,
    },
};

/// The notation of the values of an axis.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AxisNotation {
    /// As numbers.
    #[default]
    Numbers,
    /// As shares between 0 and 1, on an axis from 0 to 1.
    Shares,
    /// As money after a sign, which may be empty.
    Money(String),
}

/// A curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Curve {
    /// Its name; an only curve needs none.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<(f64, f64)>,
    /// Limits about it, if it has any: place, lower and upper.
    pub band: Vec<(f64, f64, f64)>,
    /// Its place in the series of colors, if that is not its place among the curves: an option has one color in all figures.
    #[serde(default)]
    pub series: Option<usize>,
}

impl Curve {
    /// A curve through points.
    pub fn new(name: impl Into<String>, points: impl Into<Vec<(f64, f64)>>) -> Self {
        Curve { name: name.into(), points: points.into(), band: Vec::new(), series: None }
    }

    /// Its place in the series of colors, whatever its place among the curves.
    #[must_use]
    pub fn series(mut self, series: usize) -> Self {
        self.series = Some(series);
        self
    }

    /// Limits about it: place, lower and upper.
    #[must_use]
    pub fn band(mut self, band: impl Into<Vec<(f64, f64, f64)>>) -> Self {
        self.band = band.into();
        self
    }
}

/// Curves over a common horizontal axis.
///
/// ```
/// use consilience::plot::Figure;
/// use consilience::{economics::{Draws, WillingnessToPay}, plot::economics::CurvePlot};
///
/// let draws = Draws::from_columns([
///     ("usual care", vec![0.0, 0.0, 0.0, 0.0], vec![0.0, 0.0, 0.0, 0.0]),
///     ("link workers", vec![100.0, 120.0, 90.0, 110.0], vec![0.004, 0.012, 0.001, 0.008]),
/// ])?;
/// let plot: CurvePlot = draws.analysis(&WillingnessToPay::range(0.0, 50_000.0, 1000.0)?)?.ceac();
/// assert_eq!(plot.scene()?.of_class("curve").count(), 2);
/// assert!(plot.to_text(72)?.contains("link workers"));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CurvePlot {
    /// The kind of figure, for those who cannot see it.
    pub name: String,
    /// The curves.
    pub curves: Vec<Curve>,
    /// The title of the horizontal axis.
    pub x_title: String,
    /// The notation of its values.
    pub x_values: AxisNotation,
    /// The title of the vertical axis.
    pub y_title: String,
    /// The notation of its values.
    pub y_values: AxisNotation,
    /// Places of the horizontal axis that a dashed line marks, with their labels: thresholds of decision makers.
    pub marks: Vec<(f64, String)>,
    /// A sentence below the figure.
    pub note: Option<String>,
    /// Size, theme and heading.
    pub look: Look,
}

impl CurvePlot {
    /// Curves with the titles of their axes; `name` says what the figure is.
    pub fn new(name: &str, x_title: impl Into<String>, y_title: impl Into<String>) -> Self {
        CurvePlot {
            name: name.to_owned(),
            curves: Vec::new(),
            x_title: x_title.into(),
            x_values: AxisNotation::Numbers,
            y_title: y_title.into(),
            y_values: AxisNotation::Numbers,
            marks: Vec::new(),
            note: None,
            look: Look::new(120.0, 85.0),
        }
    }

    /// Adds a curve.
    #[must_use]
    pub fn curve(mut self, curve: Curve) -> Self {
        self.curves.push(curve);
        self
    }

    /// Sets the notation of the values of the two axes.
    #[must_use]
    pub fn values(mut self, horizontal: AxisNotation, vertical: AxisNotation) -> Self {
        (self.x_values, self.y_values) = (horizontal, vertical);
        self
    }

    /// Marks a place of the horizontal axis, such as a decision maker's threshold.
    #[must_use]
    pub fn mark(mut self, place: f64, label: impl Into<String>) -> Self {
        self.marks.push((place, label.into()));
        self
    }

    /// A sentence below the figure.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The ends of all curves: left, right, bottom, top.
    pub(super) fn extent(&self) -> Result<[f64; 4]> {
        let points = self.curves.iter().flat_map(|curve| &curve.points);
        let mut ends = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
        for &(x, y) in points {
            if !(x.is_finite() && y.is_finite()) {
                return Err(Error::data(format!("the point ({x}, {y}) of a curve"), "points must be finite"));
            }
            ends = [ends[0].min(x), ends[1].max(x), ends[2].min(y), ends[3].max(y)];
        }
        if ends[0] > ends[1] {
            return Err(Error::data("no curve", "a figure of curves needs at least one with a point"));
        }
        for &(_, low, high) in self.curves.iter().flat_map(|curve| &curve.band) {
            if low.is_finite() && high.is_finite() {
                ends = [ends[0], ends[1], ends[2].min(low), ends[3].max(high)];
            }
        }
        if self.y_values == AxisNotation::Shares {
            (ends[2], ends[3]) = (0.0, 1.0);
        }
        Ok(ends)
    }

    /// The last value of each curve, for those who cannot see the figure.
    fn description(&self) -> String {
        let value = |y: f64| match &self.y_values {
            AxisNotation::Shares => format!("{}%", crate::plot::number::fixed(100.0 * y, 0)),
            AxisNotation::Money(sign) => money(y, sign),
            AxisNotation::Numbers => crate::plot::number::shortest(y),
        };
        let parts: Vec<String> = self
            .curves
            .iter()
            .filter_map(|curve| {
                let (first, last) = (curve.points.first()?, curve.points.last()?);
                let name = if curve.name.is_empty() { &self.name } else { &curve.name };
                Some(format!("{name}: {} at the left, {} at the right.", value(first.1), value(last.1)))
            })
            .collect();
        format!("{} by {}. {}", self.y_title, self.x_title.to_lowercase(), parts.join(" "))
    }
}

impl Figure for CurvePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without a curve or for a point that is not finite; [`Error::Setting`] for a size out of range.
    fn scene(&self) -> Result<Scene> {
        let [left, right, bottom, top] = self.extent()?;
        let mut page = Page::new(&self.look, &self.name, self.description())?;
        let theme = page.theme;
        if let Some(note) = &self.note {
            page.note(note);
        }
        let series = |i: usize, curve: &Curve| theme.series(curve.series.unwrap_or(i));
        let stroke = |i: usize, curve: &Curve| series(i, curve).stroke(1.3);
        let several = self.curves.len() > 1 || self.curves.iter().any(|c| !c.band.is_empty());
        let mut keys: Vec<Key> = Vec::new();
        if several {
            let named = self.curves.iter().enumerate().filter(|(_, c)| !c.name.is_empty());
            keys.extend(named.map(|(i, curve)| Key::line(&curve.name, stroke(i, curve))));
        }
        let dashed = Stroke::dashed(theme.soft, 0.7, 2.5, 2.0);
        keys.extend(self.marks.iter().take(1).map(|(_, label)| Key::line(label, dashed)));
        page.legend(&keys);

        let written = |values: &AxisNotation| match values {
            AxisNotation::Numbers => TickLabels::Numbers,
            AxisNotation::Shares => TickLabels::Percent,
            AxisNotation::Money(sign) => TickLabels::Money(sign.clone()),
        };
        let x_axis = match left < right {
            true => Axis::linear(&self.x_title, left, right),
            false => Axis::around(AxisKind::Linear, &self.x_title, [left], 0.05),
        };
        let y_axis = match self.y_values {
            AxisNotation::Shares => Axis::linear(&self.y_title, 0.0, 1.0),
            // Curves of losses and values begin at 0, which is part of what they say.
            _ if bottom >= 0.0 => Axis::linear(&self.y_title, 0.0, if top > 0.0 { 1.05 * top } else { 1.0 }),
            _ => Axis::around(AxisKind::Linear, &self.y_title, [bottom, top.max(0.0)], 0.05),
        };
        let panel = page.panel(
            page.area,
            &x_axis.labels(written(&self.x_values)),
            &y_axis.labels(written(&self.y_values)),
        );
        if bottom < 0.0 {
            panel.horizontal(&mut page, "null", 0.0, Stroke::solid(theme.ink, 0.5));
        }
        for (place, _) in &self.marks {
            panel.vertical(&mut page, "mark", *place, dashed);
        }
        for (i, curve) in self.curves.iter().enumerate() {
            let color = series(i, curve).color.mix(theme.paper, 0.8);
            let side =
                |pick: fn(&(f64, f64, f64)) -> (f64, f64)| curve.band.iter().map(pick).collect::<Vec<_>>();
            if curve.band.len() > 1 {
                panel.band(&mut page, "band", &side(|b| (b.0, b.1)), &side(|b| (b.0, b.2)), color);
            }
        }
        for (i, curve) in self.curves.iter().enumerate() {
            panel.polyline(&mut page, "curve", &curve.points, stroke(i, curve));
            if let [only] = curve.points.as_slice() {
                let series = series(i, curve);
                let paint = crate::plot::scene::Paint::fill(series.color);
                panel.symbol(&mut page, "curve-point", *only, (series.symbol, 2.2, paint), None);
            }
        }
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    /// `per QALY` instead of `per unit of effect`.
    fn set_unit(&mut self, unit: &str) -> Result<()> {
        const UNNAMED: &str = "per unit of effect";
        let titles = [&mut self.x_title, &mut self.y_title];
        let mut named = titles.into_iter().filter(|title| title.contains(UNNAMED)).peekable();
        if named.peek().is_none() {
            let found = format!("`{unit}`: no axis of the figure is in a unit of the effect");
            return Err(Error::setting("unit", found, "leave it out"));
        }
        let per = super::per_unit(unit);
        named.for_each(|title| *title = title.replace(UNNAMED, &per));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::plot::{scene::Shape, sheet::assert_tidy};

    fn plot(curves: usize) -> CurvePlot {
        (0..curves).fold(CurvePlot::new("Curves", "Willingness to pay", "Probability"), |plot, i| {
            let points: Vec<(f64, f64)> = (0..=50)
                .map(|x| (1000.0 * f64::from(x), (f64::from(x) * 0.1 * (i as f64 + 0.2)).sin().abs()))
                .collect();
            plot.curve(Curve::new(format!("Option <{i}> 王"), points))
        })
    }

    #[test]
    fn the_figure_is_tidy() {
        for curves in [1, 2, 9, 30] {
            for (width, height) in [(85.0, 65.0), (170.0, 110.0)] {
                for values in [AxisNotation::Numbers, AxisNotation::Shares, AxisNotation::Money("£".into())]
                {
                    let plot = plot(curves)
                        .values(AxisNotation::Money("£".into()), values)
                        .mark(20_000.0, "Threshold")
                        .note("A note.")
                        .title("Title")
                        .size_mm(width, height);
                    let scene = plot.scene().unwrap();
                    assert_tidy(&scene);
                    assert_eq!(scene.of_class("curve").count(), curves);
                }
            }
        }
    }

    #[test]
    fn a_share_of_one_lies_at_the_top() {
        let plot = CurvePlot::new("x", "x", "y")
            .values(AxisNotation::Numbers, AxisNotation::Shares)
            .curve(Curve::new("", vec![(0.0, 0.0), (1.0, 1.0)]));
        let scene = plot.scene().unwrap();
        let axis = scene.of_class("axis").next().unwrap().bounds();
        let Shape::Polyline { points, .. } = &scene.of_class("curve").next().unwrap().shape else { panic!() };
        assert!(
            (points[1].1 - (axis.top + 0.3)).abs() < 1e-9 && (points[0].1 - (axis.bottom - 0.3)).abs() < 1e-9
        );
    }

    #[test]
    fn bad_input_is_named() {
        assert!(plot(0).scene().is_err());
        let bad = CurvePlot::new("x", "x", "y").curve(Curve::new("", vec![(0.0, f64::NAN)]));
        assert!(bad.scene().unwrap_err().to_string().contains("NaN"));
        let one = CurvePlot::new("x", "x", "y").curve(Curve::new("", vec![(3.0, 1.0)]));
        assert_tidy(&one.scene().unwrap());
    }
}
