//! The albatross plot: P values against sample sizes, with contours of the effect that both suggest.
//!
//! For reviews whose studies report a P value, a direction and a number of people, and little else. The horizontal axis is
//! the two-sided P value on a logarithmic scale, null in the middle, the comparator's side at the left; the vertical axis the
//! total number of people N on a scale of (log₁₀ N)². A contour joins the points at which an effect of one size would lie:
//! with z = Φ⁻¹(1 - P/2) and the large-sample variance v/N of the effect θ, it is N = v·z²/θ². Studies along one contour
//! agree on the size of the effect; what a contour says rests on its assumptions, which are stated below the figure.
//!
//! | contours | θ | v, with a share r of the people in the intervention group |
//! |---|---|---|
//! | standardized mean difference | d | 1/(r(1-r)) + d²/2 |
//! | correlation | atanh ρ | N/(N-3), so that N = 3 + z²/θ² |
//! | odds ratio | ln OR | 1/(r·p₁(1-p₁)) + 1/((1-r)·p₀(1-p₀)) |
//! | risk ratio | ln RR | (1-p₁)/(r·p₁) + (1-p₀)/((1-r)·p₀) |
//!
//! p₀ is the risk with the comparator, p₁ what the contour makes of it.
//!
//! # References
//!
//! - Harrison S, Jones HE, Martin RM, Lewis SJ, Higgins JPT (2017). The albatross plot: a novel graphical tool for presenting
//!   results of diversely reported studies in a systematic review. Res Synth Methods 8:281-289. doi:10.1002/jrsm.1239

mod contours;
mod read;

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

pub use self::contours::Contours;
use crate::{
    Error, Result,
    plot::{
        Symbol, Theme, font,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        number::shortest,
        scene::{Anchor, Paint, Scene, Shape, Stroke, Weight},
    },
    stat::{Tail, normal},
};

/// A study in an albatross plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AlbatrossPoint {
    /// Its name, shown when the pointer rests on it.
    pub study: String,
    /// Its two-sided P value.
    pub p_value: f64,
    /// True if only a bound was reported (`P < 0.05`): an open symbol.
    pub bound: bool,
    /// The number of its people.
    pub n: f64,
    /// True if it favors the intervention: right of the middle.
    pub favours: bool,
    /// The group that gives it color and symbol.
    pub group: Option<String>,
}

impl AlbatrossPoint {
    /// A study.
    pub fn new(study: impl Into<String>, p_value: f64, n: f64, favours: bool) -> Self {
        AlbatrossPoint { study: study.into(), p_value, bound: false, n, favours, group: None }
    }

    /// Only a bound was reported.
    #[must_use]
    pub fn bound(mut self) -> Self {
        self.bound = true;
        self
    }

    /// The group that gives it color and symbol.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Its place along the horizontal axis: log₁₀ of P, positive in favour.
    fn place(&self) -> f64 {
        let distance = -self.p_value.log10();
        if self.favours { distance } else { -distance }
    }
}

/// P values against sample sizes.
///
/// ```
/// use consilience::plot::Figure;
/// # fn main() -> consilience::Result<()> {
/// use consilience::plot::review::{Albatross, AlbatrossPoint, Contours};
///
/// let scene = Albatross::new()
///     .point(AlbatrossPoint::new("First trial", 0.012, 302.0, true))
///     .point(AlbatrossPoint::new("Second trial", 0.65, 900.0, true))
///     .contours(Contours::StandardizedMeanDifference { sizes: vec![0.1, 0.25, 0.5], share: 0.5 })
///     .scene()?;
/// assert_eq!(scene.of_class("point").count(), 2);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Albatross {
    /// The studies.
    pub points: Vec<AlbatrossPoint>,
    /// Contours of an effect.
    pub contours: Contours,
    /// The labels left and right of the middle.
    pub sides: [String; 2],
    /// Size, theme and heading.
    pub look: Look,
}

impl Default for Albatross {
    fn default() -> Self {
        Albatross {
            points: Vec::new(),
            contours: Contours::None,
            sides: ["Favours comparator", "Favours intervention"].map(str::to_owned),
            look: Look::new(140.0, 95.0),
        }
    }
}

impl Albatross {
    /// No study yet.
    pub fn new() -> Self {
        Albatross::default()
    }

    /// Adds a study.
    #[must_use]
    pub fn point(mut self, point: AlbatrossPoint) -> Self {
        self.points.push(point);
        self
    }

    /// Contours of an effect.
    #[must_use]
    pub fn contours(mut self, contours: Contours) -> Self {
        self.contours = contours;
        self
    }

    /// The labels left and right of the middle.
    #[must_use]
    pub fn sides(mut self, left: impl Into<String>, right: impl Into<String>) -> Self {
        self.sides = [left.into(), right.into()];
        self
    }

    fn check(&self) -> Result<()> {
        if self.points.is_empty() {
            return Err(Error::data("no study", "an albatross plot needs at least one"));
        }
        for point in &self.points {
            if !(point.p_value > 0.0 && point.p_value <= 1.0) {
                let found = format!("the P value {}", point.p_value);
                return Err(Error::data(found, "it must be above 0 and at most 1").in_study(&point.study));
            }
            if !(point.n.is_finite() && point.n >= 1.0) {
                let found = format!("{} people", point.n);
                return Err(Error::data(found, "there must be at least 1").in_study(&point.study));
            }
        }
        self.contours.check()
    }

    /// The groups in the order of their first study.
    fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for group in self.points.iter().filter_map(|p| p.group.as_deref()) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }

    /// The paint of the points of a group, or of all points where there are no groups.
    fn paint(theme: &Theme, group: Option<usize>, open: bool) -> Paint {
        let color = group.map_or(theme.study, |i| theme.series(i).color);
        if open {
            Paint::outlined(theme.paper, Stroke::solid(color, 0.9))
        } else {
            Paint::outlined(color, Stroke::solid(theme.paper, 0.4))
        }
    }

    fn keys(&self, theme: &Theme) -> Vec<Key> {
        let groups = self.groups();
        let of_group = |(i, group): (usize, &&str)| {
            Key::symbol(*group, theme.series(i).symbol, Self::paint(theme, Some(i), false))
        };
        let mut keys: Vec<Key> = groups.iter().enumerate().map(of_group).collect();
        let sizes = self.contours.sizes();
        let contour =
            |(i, size): (usize, &f64)| Key::line(self.contours.label(*size), contour_stroke(theme, i));
        keys.extend(sizes.iter().enumerate().map(contour));
        if self.points.iter().any(|p| p.bound) {
            let first = (!groups.is_empty()).then_some(0);
            keys.push(Key::point("P reported as a bound", Self::paint(theme, first, true)));
        }
        keys
    }

    /// The farthest place of the horizontal axis: beyond every study, and beyond P = 0.05.
    fn farthest(&self) -> f64 {
        self.points.iter().map(|p| p.place().abs()).fold(-(0.05_f64).log10(), f64::max) * 1.08 + 0.1
    }

    fn panel(&self, page: &mut Page) -> Panel {
        let theme = page.theme;
        let farthest = self.farthest();
        let (least, most) =
            self.points.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), p| (a.min(p.n), b.max(p.n)));
        let (low, high) = (people_place((0.7 * least).max(1.0)), people_place(1.5 * most));
        let y_ticks: Vec<(f64, String)> =
            people_ticks(low, high).into_iter().map(|n| (people_place(n), shortest(n))).collect();
        let narrow = self.look.width_mm < 110.0;
        let x_ticks = p_ticks(farthest, if narrow { 3 } else { 5 });
        let x_axis =
            Axis::linear("P value (two-sided)", -farthest, farthest).labels(TickLabels::Names(x_ticks));
        let y_axis = Axis::linear("Number of people", low, high).labels(TickLabels::Names(y_ticks));
        let panel = page.panel(page.area, &x_axis, &y_axis);
        let pale = Stroke::solid(theme.contours[1], 0.6);
        for place in [-(0.05_f64.log10()), 0.05_f64.log10()] {
            panel.vertical(page, "significance", place, pale);
        }
        panel.vertical(page, "null", 0.0, Stroke::solid(theme.ink, 0.6));
        panel
    }

    fn draw_contours(&self, page: &mut Page, panel: &Panel) {
        let farthest = self.farthest();
        for (i, &size) in self.contours.sizes().iter().enumerate() {
            for (size, sign) in [(size, 1.0), (self.contours.mirrored(size), -1.0)] {
                let places: Vec<(f64, f64)> = (0..=240)
                    .filter_map(|step| {
                        let place = farthest * f64::from(step) / 240.0;
                        let z = normal::quantile(Tail::Upper(0.5 * 10f64.powf(-place)));
                        let n = self.contours.people(size, z)?;
                        (n >= 1.0).then(|| (sign * place, people_place(n)))
                    })
                    .collect();
                panel.polyline(page, "contour", &places, contour_stroke(&page.theme, i));
            }
        }
    }

    fn draw_points(&self, page: &mut Page, panel: &Panel) {
        let (theme, groups) = (page.theme, self.groups());
        for point in &self.points {
            let group = point.group.as_deref().and_then(|g| groups.iter().position(|known| *known == g));
            // Where there are groups, a study of none takes the look of the first.
            let group = group.or((!groups.is_empty()).then_some(0));
            let sign = if point.bound { "<" } else { "=" };
            let hint =
                format!("{}: P {sign} {}, n = {}", point.study, shortest(point.p_value), shortest(point.n));
            let symbol = group.map_or(Symbol::Circle, |i| theme.series(i).symbol);
            let mark = (symbol, 2.4, Self::paint(&theme, group, point.bound));
            panel.symbol(page, "point", (point.place(), people_place(point.n)), mark, Some(hint));
        }
    }

    /// The labels of the two sides, at the height `y`.
    fn draw_sides(&self, page: &mut Page, panel: &Panel, y: f64) {
        let size = 0.95 * page.size;
        let center = panel.x(0.0);
        let [left, right] = &self.sides;
        for (text, x, room, anchor) in [
            (left, center - 0.6 * size, center - panel.area.left, Anchor::End),
            (right, center + 0.6 * size, panel.area.right - center, Anchor::Start),
        ] {
            let cut = font::cut(text, room - 0.6 * size, |part| font::width(part, size, Weight::Regular));
            let text = page.text(x, y, &cut, anchor);
            page.scene.push("side", Shape::Text(text));
        }
    }
}

fn contour_stroke(theme: &Theme, i: usize) -> Stroke {
    Stroke { color: theme.soft, width: 0.7, dash: theme.series(i + 1).dash }
}

/// The place of a number of people along the vertical axis.
fn people_place(n: f64) -> f64 {
    n.log10().powi(2)
}

impl Figure for Albatross {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without a study, for a P value that is none or a number of people below 1; [`Error::Setting`] for contours or a size
    /// out of range.
    fn scene(&self) -> Result<Scene> {
        self.check()?;
        let favouring = self.points.iter().filter(|p| p.favours).count();
        let description = format!(
            "{} studies by P value and number of people; {favouring} favour the intervention, {} the comparator.",
            self.points.len(),
            self.points.len() - favouring
        );
        let mut page = Page::new(&self.look, "Albatross plot", description)?;
        if let Some(text) = self.contours.assumption() {
            page.note(&text);
        }
        page.legend(&self.keys(&page.theme));
        // The sides' names stand over the panel.
        let size = 0.95 * page.size;
        let side = page.area.top + size;
        page.area.top += 1.5 * size;
        let panel = self.panel(&mut page);
        self.draw_contours(&mut page, &panel);
        self.draw_points(&mut page, &panel);
        self.draw_sides(&mut page, &panel, side);
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

/// Round numbers of people between two places of the vertical axis, far enough apart.
fn people_ticks(low: f64, high: f64) -> Vec<f64> {
    let mut ticks: Vec<f64> = Vec::new();
    for exponent in 0..=9 {
        for mantissa in [1.0, 2.0, 5.0] {
            let n = mantissa * 10f64.powi(exponent);
            let apart =
                ticks.last().is_none_or(|last| people_place(n) - people_place(*last) > 0.075 * (high - low));
            if people_place(n) >= low && people_place(n) <= high && n >= 1.0 && apart {
                ticks.push(n);
            }
        }
    }
    ticks
}

/// P values on both sides of the middle: powers of ten, at most so many on a side.
fn p_ticks(farthest: f64, most: usize) -> Vec<(f64, String)> {
    let every = (farthest / most as f64).ceil().max(1.0);
    let places: Vec<f64> = (1..).map(|i| f64::from(i) * every).take_while(|p| *p <= farthest).collect();
    let label = |place: f64| shortest(10f64.powf(-place));
    let left = places.iter().rev().map(|p| (-p, label(*p)));
    left.chain([(0.0, "1".to_owned())]).chain(places.iter().map(|p| (*p, label(*p)))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{plot::sheet::assert_tidy, table::Table};

    fn smd() -> Contours {
        Contours::StandardizedMeanDifference { sizes: vec![0.1, 0.25, 0.5], share: 0.5 }
    }

    #[test]
    fn a_study_on_a_contour_has_its_effect() {
        // Two groups of 100 with d = 0.25: variance 1/100 + 1/100 + d²/400, z = d over its root.
        let z = 0.25 / (0.02_f64 + 0.0625 / 400.0).sqrt();
        assert!((smd().people(0.25, z).unwrap() - 200.0).abs() < 1e-9);
        // A table of 30/100 against 20/100: the odds ratio's z from its cells.
        let (a, b, c, d) = (30.0_f64, 70.0, 20.0, 80.0);
        let or = a * d / (b * c);
        let z = or.ln() / (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
        let contours = Contours::OddsRatio { sizes: vec![or], baseline: 0.2, share: 0.5 };
        assert!((contours.people(or, z).unwrap() - 200.0).abs() < 1e-9);
        let z = 1.5_f64.ln() / (1.0 / a - 0.01 + 1.0 / c - 0.01).sqrt();
        let contours = Contours::RiskRatio { sizes: vec![1.5], baseline: 0.2, share: 0.5 };
        assert!((contours.people(1.5, z).unwrap() - 200.0).abs() < 1e-9);
        // r = 0.3 among 50: Fisher's z over 1/√47.
        let z = 0.3_f64.atanh() * 47.0_f64.sqrt();
        assert!((Contours::Correlation { sizes: vec![0.3] }.people(0.3, z).unwrap() - 50.0).abs() < 1e-9);
    }

    #[test]
    fn the_figure_is_tidy() {
        let mut plot = Albatross::new().contours(smd());
        for i in 0..60 {
            let p = 10f64.powf(-0.13 * f64::from(i));
            let point = AlbatrossPoint::new(format!("S{i}"), p, 20.0 + 37.0 * f64::from(i), i % 3 > 0);
            plot = plot.point(point.group(if i % 2 > 0 { "randomised" } else { "other <b>" }));
        }
        for (width, height) in [(85.0, 70.0), (170.0, 110.0)] {
            assert_tidy(&plot.clone().size_mm(width, height).title("Albatross").scene().unwrap());
        }
        let one = Albatross::new().point(AlbatrossPoint::new("S", 1.0, 1.0, true).bound());
        assert_tidy(&one.scene().unwrap());
    }

    #[test]
    fn bad_input_is_named() {
        let with = |p: f64, n: f64| Albatross::new().point(AlbatrossPoint::new("S", p, n, true)).scene();
        assert!(with(0.0, 10.0).unwrap_err().to_string().starts_with("study S: the P value 0"));
        assert!(with(0.5, 0.0).is_err());
        assert!(Albatross::new().scene().is_err());
        let point = AlbatrossPoint::new("S", 0.1, 50.0, true);
        let bad = Contours::RiskRatio { sizes: vec![3.0], baseline: 0.5, share: 0.5 };
        assert!(Albatross::new().point(point).contours(bad).scene().is_err());
    }

    #[cfg(feature = "csv")]
    #[test]
    fn tables_are_read_and_faults_named() {
        let read = |text: &str| Albatross::from_table(&Table::read(text.as_bytes(), "t.csv").unwrap());
        let plot = read("study,p_value,n1i,n2i,yi\nA,<0.05,10,12,-1\nB,0.3,10,30,2\nC,,1,1,1\n").unwrap();
        assert_eq!((plot.points.len(), plot.points[0].n, plot.points[0].bound), (2, 22.0, true));
        assert!(!plot.points[0].favours && plot.points[1].favours);
        let error = |text: &str| read(text).unwrap_err().to_string();
        assert!(error("study,p_value,n\nA,0.1,10\n").contains("no column `direction`"));
        let e = error("study,p_value,n,direction\nA,1.1,10,favours\n");
        assert!(e.starts_with("t.csv, row 1 (A), column p_value: `1.1` is no P value"), "{e}");
        let e = error("study,p_value,n,direction\nA,0.1,10,sideways\n");
        assert!(e.contains("column direction: `sideways` is no direction"), "{e}");
    }
}
