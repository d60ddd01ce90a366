//! The specification curve of a multiverse: the results of all combinations of methods in the order of their estimates, and
//! below each the choices that it made.
//!
//! Reference: Simonsohn U, Simmons JP, Nelson LD (2020), Specification curve analysis, Nature Human Behaviour 4:1208-1214.
//! doi:10.1038/s41562-020-0912-z

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Measure, Result,
    plot::{
        AxisKind, Color, EffectAxis, Scene, Theme, font,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        scene::{Anchor, Bounds, POINTS_PER_MM, Paint, Shape, Stroke, Weight},
    },
    pool::{Multiverse, PoolModel},
};

/// A specification curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpecificationPlot {
    /// The combinations: estimate, lower and upper limit, and the choice made of each aspect.
    pub rows: Vec<(f64, f64, f64, Vec<String>)>,
    /// The aspects with their choices in the order in which they are listed.
    pub aspects: Vec<(String, Vec<String>)>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

type Row = (f64, f64, f64, Vec<String>);

/// The part below the curve: where it begins, the pitch of its lines, their size, and the room of their names.
struct Choices {
    top: f64,
    pitch: f64,
    size: f64,
    names: f64,
}

impl SpecificationPlot {
    fn excludes_null(&self, row: &Row) -> bool {
        self.effect.null.is_some_and(|null| row.1 > null || row.2 < null)
    }

    fn color(&self, theme: &Theme, row: &Row) -> Color {
        if self.excludes_null(row) { theme.summary } else { theme.prediction }
    }

    /// Divides the page between the curve and the choices.
    fn choices(&self, page: &Page) -> Choices {
        let lines = self.aspects.iter().map(|a| a.1.len() as f64 + 1.3).sum::<f64>();
        let height = page.area.bottom - page.area.top;
        let size = (0.85 * page.size).min(0.6 * height / lines.max(1.0) / 1.18).max(0.45 * page.size);
        let names = self.aspects.iter().flat_map(|a| &a.1);
        let widest = names.map(|name| font::width(name, size, Weight::Regular)).fold(0.0, f64::max);
        let top = page.area.bottom - (lines * 1.18 * size).min(0.68 * height);
        let pitch = (page.area.bottom - top) / lines.max(1.0);
        Choices { top, pitch, size, names: widest.min(0.34 * self.look.width_mm * POINTS_PER_MM) }
    }

    /// The upper part. Both parts share their left edge, that of the longer labels.
    fn curve(&self, page: &mut Page, rows: &[&Row], choices: &Choices) -> Panel {
        let upper = Bounds { bottom: choices.top - 0.4 * choices.size, ..page.area };
        let (low, high) = reach(rows);
        let cut = rows.iter().filter(|r| r.1 < low || r.2 > high).count();
        if cut > 0 {
            page.scene.notes.push(format!("{cut} intervals reach beyond the axis"));
        }
        let places = rows.iter().flat_map(|r| [r.0, r.1.max(low), r.2.min(high)]).chain(self.effect.null);
        let y = self.effect.around(places, 0.04);
        let y = match y.kind {
            AxisKind::Log => Axis { title: format!("{}, log scale", y.title), ..y },
            AxisKind::Linear => y,
        };
        let x = Axis::linear("", -0.7, rows.len() as f64 - 0.3).labels(TickLabels::Nothing);
        let probe = page.panel(upper, &x, &y);
        let indent = (page.area.left + choices.names + 0.8 * choices.size - probe.area.left).max(0.0);
        let panel = page.panel(Bounds { left: upper.left + indent, ..upper }, &x, &y);
        let theme = page.theme;
        if let Some(null) = self.effect.null {
            panel.horizontal(page, "null-line", null, Stroke::solid(theme.soft, theme.rule));
        }
        let step = (panel.area.right - panel.area.left) / rows.len() as f64;
        let width = (0.5 * step).clamp(0.35, 1.4);
        for (i, row) in rows.iter().enumerate() {
            let (color, at) = (self.color(&theme, row), i as f64);
            panel.line(page, "interval", (at, row.1), (at, row.2), Stroke::solid(color, width));
            let hint = format!(
                "{}: {} [{}, {}]",
                row.3.join(", "),
                self.effect.write(row.0, 2),
                self.effect.write(row.1, 2),
                self.effect.write(row.2, 2)
            );
            let radius = (0.45 * step).clamp(0.6, 1.8);
            panel.point(page, "point", (at, row.0), radius, Paint::fill(color), Some(hint));
        }
        panel.axes(page);
        panel
    }

    /// The lower part: a line for each choice, marked below the combinations that made it.
    fn draw_choices(&self, page: &mut Page, panel: &Panel, rows: &[&Row], choices: &Choices) {
        let &Choices { pitch, size, names, .. } = choices;
        let theme = page.theme;
        let step = (panel.area.right - panel.area.left) / rows.len() as f64;
        let mut top = choices.top;
        for (j, (aspect, options)) in self.aspects.iter().enumerate() {
            top += 0.3 * pitch;
            let mut text = page.text(page.area.left, top + 0.72 * pitch, aspect, Anchor::Start);
            (text.size, text.weight) = (size, Weight::Bold);
            page.scene.push("aspect", Shape::Text(text));
            top += pitch;
            for (c, choice) in options.iter().enumerate() {
                let middle = top + 0.5 * pitch;
                if c % 2 == 0 {
                    let paint = Paint::fill(theme.contours[0]);
                    let (x, width) = (panel.area.left, panel.area.right - panel.area.left);
                    page.scene.push("stripe", Shape::Rect { x, y: top, width, height: pitch, paint });
                }
                let measure = |text: &str| font::width(text, size, Weight::Regular);
                let name = font::cut(&font::clean(choice), names, measure);
                let y = middle + font::CAPITAL * size / 2.0;
                let mut text = page.text(panel.area.left - 0.6 * size, y, &name, Anchor::End);
                text.size = size;
                page.scene.push("choice", Shape::Text(text));
                let made = |row: &Row| row.3.get(j).is_some_and(|made| made == choice);
                for (i, row) in rows.iter().enumerate().filter(|(_, row)| made(row)) {
                    let (width, height) = ((0.72 * step).clamp(0.4, 3.0), 0.62 * pitch);
                    let (x, y) = (panel.x(i as f64) - width / 2.0, middle - height / 2.0);
                    let paint = Paint::fill(self.color(&theme, row));
                    page.scene.push("made", Shape::Rect { x, y, width, height, paint });
                }
                top += pitch;
            }
        }
    }
}

impl Figure for SpecificationPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no combination, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let n = self.rows.len();
        if n == 0 {
            return Err(Error::data("no combination of methods", "a specification curve needs at least one"));
        }
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        // methods that agree but for rounding keep the order in which they are listed
        let size = rows.iter().map(|row| row.0.abs().max(row.1.abs())).fold(f64::MIN_POSITIVE, f64::max);
        let place = |value: f64| (value / (1e-8 * size)).round();
        rows.sort_by(|a, b| place(a.0).total_cmp(&place(b.0)).then(place(a.1).total_cmp(&place(b.1))));
        let away = rows.iter().filter(|row| self.excludes_null(row)).count();
        let description = match self.effect.null {
            Some(_) => format!("{n} combinations of methods; the intervals of {away} exclude the null."),
            None => format!("{n} combinations of methods."),
        };
        let mut page =
            Page::new(&self.look, &format!("Specification curve: {}", self.effect.label), description)?;
        let (clear, unclear) = (page.theme.summary, page.theme.prediction);
        if self.effect.null.is_some() {
            page.legend(&[
                Key::line(format!("interval excludes the null ({away} of {n})"), Stroke::solid(clear, 1.2)),
                Key::line("includes it", Stroke::solid(unclear, 1.2)),
            ]);
        }
        let choices = self.choices(&page);
        let panel = self.curve(&mut page, &rows, &choices);
        self.draw_choices(&mut page, &panel, &rows, &choices);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        self.effect.set_unit(unit)
    }
}

impl Multiverse {
    /// The specification curve of these results. `measure` says how effects are read.
    pub fn specification_plot(&self, measure: Measure) -> SpecificationPlot {
        let mut aspects: Vec<(String, Vec<String>)> =
            vec![("Estimator of τ²".to_owned(), Vec::new()), ("Inference".to_owned(), Vec::new())];
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let estimator = match (row.model, row.method) {
                (PoolModel::Random, Some(method)) => method.to_string(),
                _ => "fixed effect".to_owned(),
            };
            let choices = vec![estimator, row.inference.code().to_owned()];
            for (choice, (_, seen)) in choices.iter().zip(&mut aspects) {
                if !seen.contains(choice) {
                    seen.push(choice.clone());
                }
            }
            rows.push((row.estimate, row.ci_lower, row.ci_upper, choices));
        }
        SpecificationPlot {
            rows,
            aspects,
            effect: EffectAxis::of_measure(measure),
            look: Look::new(170.0, 130.0),
        }
    }
}

/// The length of the axis: a few degrees of freedom make intervals that would leave no room for any other, so that it shows all
/// estimates and four times the median half of an interval on both sides.
fn reach(rows: &[&(f64, f64, f64, Vec<String>)]) -> (f64, f64) {
    let mut halves: Vec<f64> = rows.iter().flat_map(|r| [r.0 - r.1, r.2 - r.0]).collect();
    halves.retain(|half| half.is_finite());
    halves.sort_by(f64::total_cmp);
    let median = halves.get(halves.len() / 2).copied().unwrap_or(f64::INFINITY);
    let low = rows.iter().map(|r| r.0).fold(f64::INFINITY, f64::min);
    let high = rows.iter().map(|r| r.0).fold(f64::NEG_INFINITY, f64::max);
    (low - 4.0 * median, high + 4.0 * median)
}
