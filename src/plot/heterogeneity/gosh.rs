//! The GOSH plot: the pooled effect and I² of every subset of the studies, colored by whether a study is in it.
//!
//! The page is divided into cells; the darker a cell, the more subsets lie in it, and its hue says which share of them
//! holds the study. Above, the two distributions of the pooled effect. Without a study all cells have one hue.
//!
//! Reference: Olkin I, Dahabreh IJ, Trikalinos TA (2012), GOSH: a graphical display of study heterogeneity, Research
//! Synthesis Methods 3:214-223. doi:10.1002/jrsm.1053

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    influence::InfluenceReport,
    plot::{
        Color, EffectAxis, Scene, Theme,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        number,
        scene::{Bounds, Paint, Shape, Stroke},
    },
};

/// A GOSH plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GoshPlot {
    /// The pooled effect and I² (per cent) of each subset, and whether the study of the color is in it.
    pub subsets: Vec<(f64, f64, bool)>,
    /// The study whose subsets are colored.
    pub study: Option<String>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

/// Cells across and down.
const CELLS: (usize, usize) = (110, 70);
/// So many subsets are drawn as points.
const FEW: usize = 200;

impl GoshPlot {
    /// The colors of the subsets without the study and with it.
    fn colors(theme: &Theme) -> [Color; 2] {
        [theme.series(0).color, theme.series(1).color]
    }

    /// The cells of the page, the darker the more subsets lie in them; of few subsets each is a point.
    fn draw_cells(&self, page: &mut Page, panel: &Panel, subsets: &[(f64, f64, bool)]) {
        let theme = page.theme;
        let [without, with] = Self::colors(&theme);
        if subsets.len() <= FEW {
            let radius = 0.26 * page.size;
            for &(e, i2, member) in subsets {
                let color = if member && self.study.is_some() { with } else { without };
                let paint = Paint::outlined(color, Stroke::solid(theme.paper, 0.4));
                panel.point(page, "subset", (e, i2 / 100.0), radius, paint, None);
            }
            return;
        }
        let (x, y) = (&panel.x_axis, &panel.y_axis);
        let mut counts = vec![(0_u32, 0_u32); CELLS.0 * CELLS.1];
        for &(e, i2, member) in subsets {
            let row = ((i2 / 100.0 - y.low) / (y.high - y.low) * CELLS.1 as f64) as usize;
            if let Some(count) = counts.get_mut(row.min(CELLS.1 - 1) * CELLS.0 + column(x, e)) {
                count.0 += 1;
                count.1 += u32::from(member);
            }
        }
        let most = counts.iter().map(|c| c.0).max().unwrap_or(1).max(2);
        let (wide, high) = ((x.high - x.low) / CELLS.0 as f64, (y.high - y.low) / CELLS.1 as f64);
        for (i, &(count, members)) in counts.iter().enumerate().filter(|(_, c)| c.0 > 0) {
            let share = if self.study.is_some() { f64::from(members) / f64::from(count) } else { 0.0 };
            let dense = 0.28 + 0.72 * f64::from(count).ln() / f64::from(most).ln();
            let color = theme.paper.mix(without.mix(with, share), dense);
            let (column, row) = ((i % CELLS.0) as f64, (i / CELLS.0) as f64);
            let a = (x.low + column * wide, y.low + row * high);
            panel.bar(page, "cell", a, (a.0 + wide, a.1 + high), Paint::fill(color));
        }
    }

    /// The distributions of the pooled effect, above the cells and on the same axis, their tops at `head`.
    fn draw_distributions(&self, page: &mut Page, panel: &Panel, subsets: &[(f64, f64, bool)], head: f64) {
        let theme = page.theme;
        let [without, with] = Self::colors(&theme);
        let x = &panel.x_axis;
        let mut bins = [vec![0_u32; CELLS.0], vec![0_u32; CELLS.0]];
        for &(e, _, member) in subsets {
            if let Some(count) = bins[usize::from(member)].get_mut(column(x, e)) {
                *count += 1;
            }
        }
        let wide = (x.high - x.low) / CELLS.0 as f64;
        let tallest = bins.iter().flatten().copied().max().unwrap_or(1).max(1);
        let foot = panel.area.top - 0.3 * page.size;
        let [bins_without, bins_with] = &bins;
        let mut parts = vec![(bins_without, without, "distribution-without")];
        parts.extend(self.study.is_some().then_some((bins_with, with, "distribution-with")));
        for (bins, color, class) in parts {
            let mut points = vec![(panel.x(x.low), foot)];
            for (i, count) in bins.iter().enumerate() {
                let y = foot - f64::from(*count) / f64::from(tallest) * (foot - head);
                points.push((panel.x(x.low + i as f64 * wide), y));
                points.push((panel.x(x.low + (i + 1) as f64 * wide), y));
            }
            points.push((panel.x(x.high), foot));
            let fill = Paint::fill(theme.paper.mix(color, 0.25));
            page.scene.push(class, Shape::Polygon { points: points.clone(), paint: fill });
            page.scene.push(class, Shape::Polyline { points, stroke: Stroke::solid(color, 0.7) });
        }
    }
}

/// The cell of an effect along its axis.
fn column(x: &Axis, effect: f64) -> usize {
    (((effect - x.low) / (x.high - x.low) * CELLS.0 as f64) as usize).min(CELLS.0 - 1)
}

impl Figure for GoshPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no subset, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let subsets: Vec<(f64, f64, bool)> =
            self.subsets.iter().copied().filter(|(e, i2, _)| e.is_finite() && i2.is_finite()).collect();
        if subsets.is_empty() {
            return Err(Error::data("no subset", "ask for subsets of the studies"));
        }
        if subsets.len() == 1 {
            return Err(Error::data("one subset", "a GOSH plot needs at least two studies"));
        }
        let mut description = format!("Pooled effects and I² of {} subsets of the studies.", subsets.len());
        if let Some(study) = &self.study {
            description += &format!(" Coloured: the subsets with {study}.");
        }
        let mut page = Page::new(&self.look, "GOSH plot", description)?;
        let theme = page.theme;
        let [without, with] = Self::colors(&theme);
        match &self.study {
            Some(study) => page.legend(&[
                Key::area(format!("subsets with {study}"), Paint::fill(with)),
                Key::area("subsets without", Paint::fill(without)),
            ]),
            None => page
                .note(&format!("{} subsets; the darker, the more.", number::shortest(subsets.len() as f64))),
        }
        let x = self.effect.around(subsets.iter().map(|s| s.0), 0.04);
        let top = subsets.iter().map(|s| s.1).fold(0.0, f64::max);
        let y = Axis::linear("I²", -0.015, (1.05 * top / 100.0).clamp(0.1, 1.02)).labels(TickLabels::Percent);
        let upper = 0.24 * (page.area.bottom - page.area.top);
        let area = Bounds { top: page.area.top + upper, ..page.area };
        let panel = page.panel(area, &x, &y);
        self.draw_cells(&mut page, &panel, &subsets);
        if let Some(null) = self.effect.null {
            let stroke = Stroke::solid(theme.soft, 0.8 * theme.rule);
            panel.vertical(&mut page, "null-line", null, stroke);
        }
        panel.axes(&mut page);
        let head = page.area.top;
        self.draw_distributions(&mut page, &panel, &subsets, head);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        self.effect.set_unit(unit)
    }
}

impl InfluenceReport {
    /// The GOSH plot of the subsets of this report, colored by a study: by its name, or without one by the study that
    /// splits the cloud most.
    ///
    /// # Errors
    ///
    /// If the report has no subsets, or the study is unknown.
    pub fn gosh_plot(&self, study: Option<&str>) -> Result<GoshPlot> {
        let Some(gosh) = &self.gosh else {
            return Err(Error::data("no subsets", "ask the influence analysis for them: `gosh(10000, 1)`"));
        };
        let position = match study {
            Some(name) => Some(gosh.studies.iter().position(|s| s.study == name).ok_or_else(|| {
                Error::unknown("study", name, gosh.studies.iter().map(|s| s.study.clone()))
            })?),
            None => (0..gosh.studies.len()).max_by(|&a, &b| {
                let apart = |i: usize| gosh.studies.get(i).and_then(|s| s.separation).map_or(-1.0, f64::abs);
                // The first of equals.
                apart(a).total_cmp(&apart(b)).then(b.cmp(&a))
            }),
        };
        // Membership is kept for the first 64 studies.
        if let (Some(name), Some(64..)) = (study, position) {
            return Err(Error::setting("study", name, "subsets can be coloured by the first 64 studies"));
        }
        let position = position.filter(|&i| i < 64);
        let inside = |members: u64| position.is_some_and(|i| members >> i & 1 == 1);
        let subsets = gosh.estimate.iter().zip(&gosh.i2).zip(&gosh.members);
        Ok(GoshPlot {
            subsets: subsets.map(|((e, i2), members)| (*e, *i2, inside(*members))).collect(),
            study: position.and_then(|i| gosh.studies.get(i)).map(|s| s.study.clone()),
            effect: EffectAxis::of_measure(self.measure),
            look: Look::new(120.0, 100.0),
        })
    }
}
