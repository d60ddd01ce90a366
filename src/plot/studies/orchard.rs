//! The orchard plot: every effect as a circle beside the mean of its group, with its confidence and prediction intervals.
//!
//! The area of a circle is proportional to the precision 1/s; circles give way to each other up and down, without chance.
//!
//! Reference: Nakagawa S, Lagisz M, O'Dea RE et al. (2021), The orchard plot: cultivating a forest plot for use in ecology,
//! evolution, and beyond, Research Synthesis Methods 12:4-12. doi:10.1002/jrsm.1424

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::radius_of;
use crate::{
    EffectSizes, Error, Result,
    multilevel::MultilevelFit,
    plot::{
        EffectAxis, Scene, Symbol, Theme,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        scene::{Paint, Stroke},
    },
    pool::PoolFit,
};

/// An orchard plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrchardPlot {
    /// The groups from top to bottom.
    pub groups: Vec<OrchardGroup>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

/// Effects with their mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrchardGroup {
    /// Its name.
    pub name: String,
    /// The effects: name, effect, standard error.
    pub effects: Vec<(String, f64, f64)>,
    /// The mean with its confidence limits.
    pub mean: (f64, f64, f64),
    /// The prediction interval.
    pub prediction: Option<(f64, f64)>,
}

impl OrchardGroup {
    /// A group with its mean and confidence limits.
    pub fn new(name: impl Into<String>, effects: Vec<(String, f64, f64)>, mean: (f64, f64, f64)) -> Self {
        OrchardGroup { name: name.into(), effects, mean, prediction: None }
    }

    /// The prediction interval of the group.
    #[must_use]
    pub fn prediction(mut self, lower: f64, upper: f64) -> Self {
        self.prediction = Some((lower, upper));
        self
    }
}

impl OrchardPlot {
    /// A plot of these groups.
    pub fn new(groups: impl Into<Vec<OrchardGroup>>, effect: EffectAxis) -> Self {
        let groups = groups.into();
        let height = if groups.len() == 1 { 62.0 } else { 45.0 + 23.0 * groups.len().clamp(1, 8) as f64 };
        OrchardPlot { groups, effect, look: Look::new(120.0, height) }
    }

    fn effects(&self) -> impl Iterator<Item = &(String, f64, f64)> {
        self.groups.iter().flat_map(|g| &g.effects)
    }

    fn description(&self) -> String {
        let mut text = format!("{} effects.", self.effects().count());
        for group in &self.groups {
            let (mean, lower, upper) = group.mean;
            let read = |v: f64| self.effect.write(v, 2);
            text += &format!(" {}: {} [{}, {}].", group.name, read(mean), read(lower), read(upper));
        }
        text
    }

    fn panel(&self, page: &mut Page) -> Panel {
        let n = self.groups.len();
        let places = self
            .effects()
            .map(|e| e.1)
            .chain(self.groups.iter().flat_map(|g| [g.mean.1, g.mean.2]))
            .chain(self.groups.iter().filter_map(|g| g.prediction).flat_map(|(a, b)| [a, b]))
            .chain(self.effect.null);
        let x = self.effect.around(places, 0.05);
        let names = self.groups.iter().enumerate().map(|(i, group)| {
            let name = match n {
                1 => format!("k = {}", group.effects.len()),
                _ => format!("{} (k = {})", group.name, group.effects.len()),
            };
            (i as f64, name)
        });
        let names = TickLabels::Names(names.collect());
        let y = Axis::linear("", -0.5, n as f64 - 0.5).reversed().labels(names);
        page.panel(page.area, &x, &y)
    }

    /// The effects of a group as a swarm of circles that touch neither each other nor the line of the mean.
    fn draw_effects(&self, page: &mut Page, panel: &Panel, i: usize, group: &OrchardGroup) {
        let theme = page.theme;
        let most = self.effects().map(|e| 1.0 / e.2).fold(0.0, f64::max);
        let row = (panel.area.bottom - panel.area.top) / self.groups.len() as f64;
        let crowd = (60.0 / self.groups.iter().map(|g| g.effects.len()).max().unwrap_or(1) as f64).sqrt();
        let largest = (0.55 * page.size * crowd.clamp(0.45, 1.0)).min(0.2 * row);
        let line = panel.y(i as f64);
        let mut placed: Vec<(f64, f64, f64)> = Vec::new();
        let mut order: Vec<&(String, f64, f64)> = group.effects.iter().collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1).then(b.2.total_cmp(&a.2)));
        for (name, effect, se) in order {
            let radius = radius_of(1.0 / se, most, largest).max(0.7);
            let at = panel.x(*effect);
            // The thick line of the mean hides no circle.
            let hidden = at + radius > panel.x(group.mean.1) && at - radius < panel.x(group.mean.2);
            let clear = if hidden { radius + 1.6 } else { 0.0 };
            let offset = swarm(&placed, at, radius, 0.44 * row - radius, clear);
            placed.push((at, offset, radius));
            let color = theme.paper.mix(theme.study, 0.55);
            let paint = Paint::outlined(color, Stroke::solid(theme.study, 0.4));
            let shape = Symbol::Circle.shape((at, line + offset), radius, paint);
            let hint = format!("{name}: {}", self.effect.write(*effect, 2));
            page.scene.push_with_hint("point", shape, hint);
        }
    }

    /// The mean of a group with its intervals.
    fn draw_mean(&self, page: &mut Page, panel: &Panel, i: usize, group: &OrchardGroup) {
        let theme = page.theme;
        let (thick, thin) = strokes(&theme);
        let at = i as f64;
        if let Some((lower, upper)) = group.prediction {
            panel.line(page, "prediction", (lower, at), (upper, at), thin);
            for end in [lower, upper] {
                let d = 0.06;
                panel.line(page, "prediction-end", (end, at - d), (end, at + d), thin);
            }
        }
        let (mean, lower, upper) = group.mean;
        panel.line(page, "interval", (lower, at), (upper, at), thick);
        let paint = Paint::outlined(theme.paper, Stroke::solid(theme.summary, 1.4));
        let mark = (Symbol::Diamond, 0.42 * page.size, paint);
        let hint = format!("{}: {}", group.name, self.effect.write(mean, 2));
        panel.symbol(page, "mean", (mean, at), mark, Some(hint));
    }
}

/// The strokes of the confidence interval and of the prediction interval.
fn strokes(theme: &Theme) -> (Stroke, Stroke) {
    (Stroke::solid(theme.summary, 2.6), Stroke::solid(theme.prediction, 1.0))
}

impl Figure for OrchardPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is no effect, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        if self.groups.iter().all(|g| g.effects.is_empty()) {
            return Err(Error::data("no effect", "an orchard plot needs at least one"));
        }
        let mut page =
            Page::new(&self.look, &format!("Orchard plot: {}", self.effect.label), self.description())?;
        let theme = page.theme;
        let (thick, thin) = strokes(&theme);
        let mut keys = vec![
            Key::point("effects, area by precision (1/SE)", Paint::fill(theme.paper.mix(theme.study, 0.55))),
            Key::line("mean with confidence interval", thick),
        ];
        if self.groups.iter().any(|g| g.prediction.is_some()) {
            keys.push(Key::line("prediction interval", thin));
        }
        page.legend(&keys);
        let panel = self.panel(&mut page);
        if let Some(null) = self.effect.null {
            panel.vertical(&mut page, "null-line", null, Stroke::solid(theme.soft, 0.8 * theme.rule));
        }
        for (i, group) in self.groups.iter().enumerate() {
            self.draw_effects(&mut page, &panel, i, group);
            self.draw_mean(&mut page, &panel, i, group);
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

/// The smallest offset, up or down, at which a circle touches none of those that are placed; between `clear` and `most`.
fn swarm(placed: &[(f64, f64, f64)], x: f64, radius: f64, most: f64, clear: f64) -> f64 {
    // Circles come from left to right, so that those in reach are among the last.
    let near: Vec<&(f64, f64, f64)> =
        placed.iter().rev().take(400).filter(|p| (p.0 - x).abs() < p.2 + radius).collect();
    let free = |offset: f64| near.iter().all(|p| (p.0 - x).hypot(p.1 - offset) >= (p.2 + radius) * 0.98);
    // Both sides by turns.
    let side = if placed.len().is_multiple_of(2) { 1.0 } else { -1.0 };
    let mut offers: Vec<f64> = near
        .iter()
        .flat_map(|p| {
            let reach = ((p.2 + radius).powi(2) - (p.0 - x).powi(2)).max(0.0).sqrt();
            [p.1 + reach, p.1 - reach]
        })
        .filter(|offset| offset.abs() >= clear && offset.abs() <= most.max(0.0))
        .collect();
    offers.extend([clear, -clear].into_iter().filter(|offset| offset.abs() <= most.max(0.0)));
    offers.sort_by(|a, b| a.abs().total_cmp(&b.abs()).then((side * b).total_cmp(&(side * a))));
    match offers.into_iter().find(|&offset| free(offset)) {
        Some(offset) => offset,
        // No room: spread over the height by turns.
        None => {
            let turn = (placed.len() * 7 % 17) as f64 / 16.0 * 2.0 - 1.0;
            turn * most.max(0.0)
        }
    }
}

impl PoolFit {
    /// The orchard plot of this fit: its subgroups, if it has any, and the whole.
    pub fn orchard_plot(&self) -> OrchardPlot {
        let effect = |s: &crate::pool::StudyWeight| Some((s.study.clone(), s.yi?, s.vi?.sqrt()));
        let mut groups = Vec::new();
        for subgroup in self.subgroups.iter().flatten() {
            let rows = subgroup.rows.iter().filter_map(|&row| self.studies.get(row));
            let mean = (subgroup.estimate, subgroup.ci_lower, subgroup.ci_upper);
            let group = OrchardGroup::new(&subgroup.level, rows.filter_map(effect).collect(), mean);
            groups.push(match subgroup.prediction {
                Some(p) => group.prediction(p.lower, p.upper),
                None => group,
            });
        }
        if groups.is_empty() {
            let mean = (self.estimate, self.ci_lower, self.ci_upper);
            let group = OrchardGroup::new("Overall", self.studies.iter().filter_map(effect).collect(), mean);
            groups.push(match self.prediction {
                Some(p) => group.prediction(p.lower, p.upper),
                None => group,
            });
        }
        OrchardPlot::new(groups, EffectAxis::of(self.measure, &self.back))
    }
}

impl MultilevelFit {
    /// The orchard plot of a fit without moderators. `effects` are those it was made from.
    ///
    /// # Errors
    ///
    /// If the model has moderators, or `effects` are not as many as the fit's.
    pub fn orchard_plot(&self, effects: &EffectSizes) -> Result<OrchardPlot> {
        let [mean] = self.coefficients.as_slice() else {
            return Err(Error::model(
                format!("the model has {} coefficients", self.coefficients.len()),
                "an orchard plot shows the mean of a model without moderators",
            ));
        };
        if effects.len() != self.k {
            let found = format!("{} effects for a fit of {}", effects.len(), self.k);
            return Err(Error::data(found, "give the effects of the fit"));
        }
        let rows = effects.labels().iter().zip(effects.yi()).zip(effects.vi());
        let rows = rows.map(|((name, y), v)| (name.clone(), *y, v.sqrt())).collect();
        let group = OrchardGroup::new("Overall", rows, (mean.estimate, mean.ci_lower, mean.ci_upper));
        let group = match self.prediction {
            Some(p) => group.prediction(p.lower, p.upper),
            None => group,
        };
        Ok(OrchardPlot::new([group], EffectAxis::of_measure(self.measure)))
    }
}
