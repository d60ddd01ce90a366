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
struct Diagnostic {
    name: &'static str,
    values: Vec<Option<f64>>,
    bounds: Vec<f64>,
    center: Option<f64>,
}

impl InfluencePlot {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let of = |read: &dyn Fn(&StudyInfluence) -> Option<f64>| self.studies.iter().map(read).collect();
        let (dffits, cook_d, hat) = self.bounds;
        let z = 1.96;
        let all = vec![
            Diagnostic {
                name: "Standardized residual",
                values: of(&|s| s.rstudent),
                bounds: vec![-z, z],
                center: Some(0.0),
            },
            Diagnostic {
                name: "DFFITS",
                values: of(&|s| s.dffits),
                bounds: dffits.map_or_else(Vec::new, |d| vec![-d, d]),
                center: Some(0.0),
            },
            Diagnostic {
                name: "Cook’s distance",
                values: of(&|s| s.cook_d),
                bounds: vec![cook_d],
                center: None,
            },
            Diagnostic {
                name: "Covariance ratio",
                values: of(&|s| s.cov_r),
                bounds: Vec::new(),
                center: Some(1.0),
            },
            Diagnostic {
                name: "τ² without the study",
                values: of(&|s| s.tau2_del),
                bounds: Vec::new(),
                center: None,
            },
            Diagnostic {
                name: "Q without the study",
                values: of(&|s| s.q_del),
                bounds: Vec::new(),
                center: None,
            },
            Diagnostic { name: "Leverage", values: of(&|s| Some(s.hat)), bounds: vec![hat], center: None },
            Diagnostic {
                name: "Weight (%)",
                values: of(&|s| Some(s.weight)),
                bounds: Vec::new(),
                center: Some(100.0 / self.studies.len().max(1) as f64),
            },
        ];
        // A fixed-effect model has no τ².
        all.into_iter().filter(|d| d.values.iter().any(Option::is_some)).collect()
    }

    /// A diagnostic over the studies.
    fn draw(&self, page: &mut Page, area: Bounds, diagnostic: &Diagnostic, title: &str) {
        let (theme, k) = (page.theme, self.studies.len());
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
        for (study, place) in self.studies.iter().zip(&places).filter(|(_, p)| p.1.is_finite()) {
            let hint = format!("{}: {}", study.study, number::shortest((place.1 * 1e4).round() / 1e4));
            let mark = match study.influential {
                true => (Symbol::Diamond, 1.5 * radius, Paint::fill(theme.prediction)),
                false => (Symbol::Circle, radius, Paint::fill(theme.study)),
            };
            panel.symbol(page, "point", *place, mark, Some(hint));
        }
        panel.axes(page);
    }
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
        let diagnostics = self.diagnostics();
        if self.studies.is_empty() || diagnostics.is_empty() {
            return Err(Error::data(
                "no diagnostics",
                "they need at least three studies, and one more with each moderator",
            ));
        }
        let influential: Vec<&str> =
            self.studies.iter().filter(|s| s.influential).map(|s| s.study.as_str()).collect();
        let verdict = match influential.as_slice() {
            [] => "No study counts as influential.".to_owned(),
            names => format!("Influential: {}.", names.join(", ")),
        };
        let description = format!("Case diagnostics of {} studies. {verdict}", self.studies.len());
        let mut page = Page::new(&self.look, "Influence diagnostics", description)?;
        let numbered: Vec<String> = self
            .studies
            .iter()
            .enumerate()
            .filter(|(_, s)| s.influential)
            .map(|(i, s)| format!("{} {}", i + 1, s.study))
            .collect();
        page.note(&match numbered.is_empty() {
            true => "No study counts as influential. Studies in the order of the data.".to_owned(),
            false => format!("Influential: {}.", numbered.join(", ")),
        });
        let columns = if self.look.width_mm < 120.0 { 1 } else { 2 };
        let cells = page.cells(columns, diagnostics.len().div_ceil(columns));
        for (i, (diagnostic, cell)) in diagnostics.iter().zip(cells).enumerate() {
            let area = page.headed(cell, diagnostic.name);
            let last = i + columns >= diagnostics.len();
            self.draw(&mut page, area, diagnostic, if last { "Study" } else { "" });
        }
        Ok(page.finish())
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
        match &self.studies {
            Some(studies) => Ok(InfluencePlot {
                studies: studies.clone(),
                bounds: (bounds.dffits, bounds.cook_d, bounds.hat),
                look: Look::new(170.0, 170.0),
            }),
            None => Err(Error::data(
                "no diagnostics",
                "they need at least three studies, and one more with each moderator",
            )),
        }
    }
}
