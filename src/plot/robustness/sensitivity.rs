//! The estimate and its interval over a range of an assumption.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    convert::sensitivity::Sensitivity,
    plot::{
        AxisKind, EffectAxis, Scene,
        frame::{Axis, Key, Look, Page, Panel},
        number,
        scene::{Paint, Stroke},
    },
};

/// A sensitivity curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SensitivityPlot {
    /// The answers over the assumption.
    pub sensitivity: Sensitivity,
    /// The value that the main analysis assumes: a line.
    pub base: Option<f64>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl SensitivityPlot {
    /// The value that the main analysis assumes.
    #[must_use]
    pub fn base(mut self, value: impl Into<Option<f64>>) -> Self {
        self.base = value.into();
        self
    }

    /// The answers in the order of what they assume.
    fn points(&self) -> Vec<Point> {
        let answers = self.sensitivity.points.iter();
        let mut points: Vec<Point> =
            answers.map(|p| (p.value, p.answer.estimate, p.answer.ci_lower, p.answer.ci_upper)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        points
    }

    fn panel(&self, page: &mut Page, points: &[Point]) -> Panel {
        let values = points.iter().map(|p| p.0).chain(self.base);
        let x = Axis::around(AxisKind::Linear, self.sensitivity.assumption.clone(), values, 0.02);
        let effects = points.iter().flat_map(|p| [p.1, p.2, p.3]).chain(self.effect.null);
        let y = self.effect.around(effects, 0.05);
        let y = match y.kind {
            AxisKind::Log => Axis { title: format!("{}, log scale", y.title), ..y },
            AxisKind::Linear => y,
        };
        page.panel(page.area, &x, &y)
    }

    fn draw_points(&self, page: &mut Page, panel: &Panel, points: &[Point], line: Stroke) {
        let paint = Paint::fill(page.theme.summary);
        for p in points {
            let hint = format!(
                "{} {}: {} [{}, {}]",
                self.sensitivity.assumption,
                number::shortest(p.0),
                self.effect.write(p.1, 2),
                self.effect.write(p.2, 2),
                self.effect.write(p.3, 2)
            );
            if points.len() == 1 {
                panel.line(page, "interval", (p.0, p.2), (p.0, p.3), line);
            }
            panel.point(page, "point", (p.0, p.1), 0.22 * self.look.text_size(), paint, Some(hint));
        }
    }
}

/// A value to assume, the estimate and its limits.
type Point = (f64, f64, f64, f64);

impl Figure for SensitivityPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no answer, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let points = self.points();
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Err(Error::data("no answer", "give at least one value to assume"));
        };
        let assumption = &self.sensitivity.assumption;
        let mut description = format!(
            "The estimate over {assumption} from {} to {}.",
            number::shortest(first.0),
            number::shortest(last.0)
        );
        let notes: Vec<String> = self.sensitivity.notes.iter().map(|note| sentence(note)).collect();
        for note in &notes {
            description += &format!(" {note}");
        }
        let mut page = Page::new(&self.look, &format!("Sensitivity to {assumption}"), description)?;
        // The foot of the page fills upwards.
        for note in notes.iter().rev() {
            page.note(note);
        }
        let theme = page.theme;
        let band = theme.paper.mix(theme.study, 0.28);
        let line = Stroke::solid(theme.summary, 1.3);
        let base = Stroke::dashed(theme.prediction, 1.0, 2.5, 2.0);
        let mut keys = vec![Key::line("estimate", line), Key::area("confidence interval", Paint::fill(band))];
        if let Some(value) = self.base {
            let value = number::shortest((value * 1e4).round() / 1e4);
            keys.push(Key::line(format!("main analysis, {value}"), base));
        }
        page.legend(&keys);
        let panel = self.panel(&mut page, &points);
        let edge = |read: &dyn Fn(&Point) -> f64| -> Vec<(f64, f64)> {
            points.iter().map(|p| (p.0, read(p))).collect()
        };
        panel.band(&mut page, "interval", &edge(&|p| p.2), &edge(&|p| p.3), band);
        if let Some(null) = self.effect.null {
            panel.horizontal(&mut page, "null-line", null, Stroke::solid(theme.soft, 0.9 * theme.rule));
        }
        if let Some(value) = self.base {
            panel.vertical(&mut page, "base", value, base);
        }
        panel.polyline(&mut page, "estimate", &edge(&|p| p.1), line);
        // A few values are what was computed; of many only the line.
        if points.len() <= 25 {
            self.draw_points(&mut page, &panel, &points, line);
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

impl Sensitivity {
    /// The curve of these answers, with effects read as the axis says.
    pub fn sensitivity_plot(&self, effect: EffectAxis) -> SensitivityPlot {
        SensitivityPlot { sensitivity: self.clone(), base: None, effect, look: Look::new(120.0, 80.0) }
    }
}

/// With a capital at its beginning and a full stop at its end.
fn sentence(note: &str) -> String {
    let mut letters = note.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
