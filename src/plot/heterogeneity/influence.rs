//! The influence panel: the case diagnostics of every study side by side.
//!
//! A study that counts as influential is colored in every panel; bounds are dashed.
//!
//! Reference: Viechtbauer W, Cheung MWL (2010), Outlier and influence diagnostics for meta-analysis, Research Synthesis
//! Methods 1:112-125. doi:10.1002/jrsm.11

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    influence::{InfluenceReport, StudyInfluence},
    plot::{
        AxisKind, Scene, Symbol,
        frame::{Axis, Look, Page, TickLabels},
        number,
        scene::{Bounds, Paint, Stroke},
    },
};

/// The diagnostics of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InfluencePlot {
    /// The studies with their diagnostics.
    pub studies: Vec<StudyInfluence>,
    /// Bounds: of |DFFITS|, Cook's distance and the leverage.
    pub bounds: (Option<f64>, f64, f64),
    /// Size, theme and heading.
    pub look: Look,
}

/// A diagnostic: its name, its values, its bounds, and where its values would lie without influence.
pub(super) struct Diagnostic {
    pub name: String,
    pub values: Vec<Option<f64>>,
    pub bounds: Vec<f64>,
    pub center: Option<f64>,
}

impl Diagnostic {
    pub(super) fn new(name: impl Into<String>, values: Vec<Option<f64>>) -> Self {
        Diagnostic { name: name.into(), values, bounds: Vec::new(), center: None }
    }

    pub(super) fn center(mut self, center: f64) -> Self {
        self.center = Some(center);
        self
    }

    pub(super) fn bounds(mut self, bounds: impl IntoIterator<Item = f64>) -> Self {
        self.bounds.extend(bounds);
        self
    }
}

/// The part left out in turn: its name, and the mark of those that count as influential.
pub(super) struct Cases<'a> {
    /// One of them: `study`.
    pub noun: &'a str,
    /// Their names and marks.
    pub named: Vec<(&'a str, bool)>,
}

/// The limits of standardized residuals between which 95% of normal ones lie.
pub(super) const RESIDUAL: f64 = 1.96;

impl InfluencePlot {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let of = |name: &str, read: &dyn Fn(&StudyInfluence) -> Option<f64>| {
            Diagnostic::new(name, self.studies.iter().map(read).collect())
        };
        let (dffits, cook_d, hat) = self.bounds;
        let share = 100.0 / self.studies.len().max(1) as f64;
        vec![
            of("Standardized residual", &|s| s.rstudent).bounds([-RESIDUAL, RESIDUAL]).center(0.0),
            of("DFFITS", &|s| s.dffits).bounds(dffits.into_iter().flat_map(|d| [-d, d])).center(0.0),
            of("Cook’s distance", &|s| s.cook_d).bounds([cook_d]),
            of("Covariance ratio", &|s| s.cov_r).center(1.0),
            of("τ² without the study", &|s| s.tau2_del),
            of("Q without the study", &|s| s.q_del),
            of("Leverage", &|s| Some(s.hat)).bounds([hat]),
            of("Weight (%)", &|s| Some(s.weight)).center(share),
        ]
    }
}

impl Cases<'_> {
    /// A diagnostic over the studies.
    fn draw(&self, page: &mut Page, area: Bounds, diagnostic: &Diagnostic, title: &str) {
        let (theme, k) = (page.theme, self.named.len());
        let x = Axis::linear(title, 0.5, k as f64 + 0.5);
        let x = match k {
            0..=12 => x.labels(TickLabels::Names((1..=k).map(|i| (i as f64, i.to_string())).collect())),
            _ => x.most(6),
        };
        let panel = page.panel(area, &x, &diagnostic.axis());
        if let Some(center) = diagnostic.center {
            panel.horizontal(page, "center", center, Stroke::solid(theme.soft, 0.7 * theme.rule));
        }
        for &bound in &diagnostic.bounds {
            let stroke = Stroke::dashed(theme.ink, 0.8 * theme.rule, 2.5, 2.0);
            panel.horizontal(page, "bound", bound, stroke);
        }
        let values = diagnostic.values.iter().enumerate();
        let places: Vec<(f64, f64)> =
            values.map(|(j, value)| (j as f64 + 1.0, value.unwrap_or(f64::NAN))).collect();
        panel.polyline(page, "trace", &places, Stroke::solid(theme.subtotal, 0.7));
        let radius = (0.24 * page.size).min(0.42 * (panel.area.right - panel.area.left) / k as f64).max(0.8);
        for ((name, influential), place) in self.named.iter().zip(&places).filter(|(_, p)| p.1.is_finite()) {
            let hint = format!("{name}: {}", number::shortest((place.1 * 1e4).round() / 1e4));
            let mark = match influential {
                true => (Symbol::Diamond, 1.5 * radius, Paint::fill(theme.prediction)),
                false => (Symbol::Circle, radius, Paint::fill(theme.study)),
            };
            panel.symbol(page, "point", *place, mark, Some(hint));
        }
        panel.axes(page);
    }

    /// The diagnostics side by side.
    pub(super) fn scene(&self, look: &Look, mut diagnostics: Vec<Diagnostic>) -> Result<Scene> {
        // A fixed-effect model has no τ².
        diagnostics.retain(|d| d.values.iter().any(Option::is_some));
        if self.named.is_empty() || diagnostics.is_empty() {
            return Err(none());
        }
        let (one, many) = (self.noun, plural(self.noun));
        let marked = self.named.iter().enumerate().filter(|(_, (_, influential))| *influential);
        let (names, numbered): (Vec<&str>, Vec<String>) =
            marked.map(|(i, (name, _))| (*name, format!("{} ({name})", i + 1))).unzip();
        let none = format!("No {one} counts as influential.");
        let verdict = match names.is_empty() {
            true => none.clone(),
            false => format!("Influential: {}.", names.join(", ")),
        };
        let description = format!("Case diagnostics of {} {many}. {verdict}", self.named.len());
        let mut page = Page::new(look, "Influence diagnostics", description)?;
        let capital = capitalized(&many);
        page.note(&match numbered.is_empty() {
            true => format!("{none} {capital} in the order of the data."),
            false => format!("Influential: {}.", numbered.join(", ")),
        });
        let columns = if look.width_mm < 120.0 { 1 } else { 2 };
        let cells = page.cells(columns, diagnostics.len().div_ceil(columns));
        let title = capitalized(one);
        for (i, (diagnostic, cell)) in diagnostics.iter().zip(cells).enumerate() {
            let area = page.headed(cell, &diagnostic.name);
            let last = i + columns >= diagnostics.len();
            self.draw(&mut page, area, diagnostic, if last { &title } else { "" });
        }
        Ok(page.finish())
    }
}

fn none() -> Error {
    Error::data("no diagnostics", "they need at least three studies, and one more with each moderator")
}

fn plural(noun: &str) -> String {
    noun.strip_suffix('y').map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ies"))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Diagnostic {
    /// An axis about the values; a bound is shown unless it would squeeze them.
    fn axis(&self) -> Axis {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in self.values.iter().flatten().copied().chain(self.center) {
            (low, high) = (low.min(value), high.max(value));
        }
        let reach = 1.2 * (high - low);
        for &bound in &self.bounds {
            if bound >= low - reach && bound <= high + reach {
                (low, high) = (low.min(bound), high.max(bound));
            }
        }
        Axis::around(AxisKind::Linear, "", [low, high], 0.08).most(4)
    }
}

impl Figure for InfluencePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let named = self.studies.iter().map(|s| (s.study.as_str(), s.influential)).collect();
        Cases { noun: "study", named }.scene(&self.look, self.diagnostics())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl InfluenceReport {
    /// The case diagnostics of this report side by side.
    ///
    /// # Errors
    ///
    /// If the report has none (it needs at least three studies).
    pub fn influence_plot(&self) -> Result<InfluencePlot> {
        let bounds = self.bounds();
        let studies = self.studies.clone().ok_or_else(none)?;
        Ok(InfluencePlot {
            studies,
            bounds: (bounds.dffits, bounds.cook_d, bounds.hat),
            look: Look::new(170.0, 170.0),
        })
    }
}
