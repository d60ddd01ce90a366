//! The caterpillar plot: the studies in the order of their effects, with the pooled effect behind them.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    plot::{
        Color, EffectAxis, Scene, Theme,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        scene::{Paint, Stroke},
    },
    pool::PoolFit,
};

/// A caterpillar plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CaterpillarPlot {
    /// The studies: name, effect, lower and upper limit.
    pub studies: Vec<(String, f64, f64, f64)>,
    /// The pooled effect with its limits.
    pub mean: (f64, f64, f64),
    /// The prediction interval.
    pub prediction: Option<(f64, f64)>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl CaterpillarPlot {
    fn keys(&self, theme: &Theme) -> Vec<Key> {
        let (band, tint) = areas(theme);
        let mut keys = Vec::new();
        if self.effect.null.is_some() {
            keys.push(Key::line("interval without the null", Stroke::solid(theme.summary, 1.0)));
            keys.push(Key::line("with the null", Stroke::solid(theme.subtotal, 1.0)));
        }
        keys.push(Key::area("pooled effect", Paint::fill(band)));
        if self.prediction.is_some() {
            keys.push(Key::area("prediction interval", Paint::fill(tint)));
        }
        keys
    }

    /// Estimates are shown whole, and limits as far as the typical study reaches.
    fn panel(&self, page: &mut Page, studies: &[&(String, f64, f64, f64)]) -> Panel {
        let k = studies.len();
        let mut half: Vec<f64> =
            studies.iter().map(|s| (s.3 - s.2) / 2.0).filter(|h| h.is_finite()).collect();
        half.sort_by(f64::total_cmp);
        let typical = half.get(half.len() * 9 / 10).or(half.last()).copied().unwrap_or(1.0);
        let places = studies
            .iter()
            .flat_map(|s| [s.1, s.2.max(s.1 - 1.3 * typical), s.3.min(s.1 + 1.3 * typical)])
            .chain([self.mean.1, self.mean.2])
            .chain(self.prediction.iter().flat_map(|p| [p.0, p.1]))
            .chain(self.effect.null);
        let x = self.effect.around(places, 0.03);
        let room = page.area.bottom - page.area.top - 4.0 * page.size;
        let (labels, title) = if room / k as f64 >= 1.12 * page.size {
            let names = studies.iter().enumerate().map(|(i, s)| (i as f64, s.0.clone()));
            (TickLabels::Names(names.collect()), String::new())
        } else {
            (TickLabels::Nothing, format!("{k} studies"))
        };
        let y = Axis::linear(title, -0.7, k as f64 - 0.3).reversed().labels(labels);
        page.panel(page.area, &x, &y)
    }
}

/// The colors of the pooled interval and of the prediction interval.
fn areas(theme: &Theme) -> (Color, Color) {
    (theme.paper.mix(theme.study, 0.28), theme.paper.mix(theme.prediction, 0.16))
}

impl Figure for CaterpillarPlot {
    /// Lays the figure out. Names stand beside the studies where rows are as high as a line of text.
    ///
    /// # Errors
    ///
    /// If there is no study, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let k = self.studies.len();
        if k == 0 {
            return Err(Error::data("no study", "a caterpillar plot needs at least one"));
        }
        let mut studies: Vec<&(String, f64, f64, f64)> = self.studies.iter().collect();
        studies.sort_by(|a, b| a.1.total_cmp(&b.1));
        let read = |v: f64| self.effect.write(v, 2);
        let (mean, lower, upper) = self.mean;
        let description = format!(
            "{k} studies in the order of their effects; pooled {} [{}, {}].",
            read(mean),
            read(lower),
            read(upper)
        );
        let mut page =
            Page::new(&self.look, &format!("Caterpillar plot: {}", self.effect.label), description)?;
        page.legend(&self.keys(&page.theme));
        let panel = self.panel(&mut page, &studies);
        let theme = page.theme;
        let (top, bottom) = (panel.y_axis.low, panel.y_axis.high);
        let (band, tint) = areas(&theme);
        if let Some((low, high)) = self.prediction {
            panel.bar(&mut page, "prediction", (low, top), (high, bottom), Paint::fill(tint));
        }
        panel.bar(&mut page, "pooled", (lower, top), (upper, bottom), Paint::fill(band));
        if let Some(null) = self.effect.null {
            panel.vertical(&mut page, "null-line", null, Stroke::solid(theme.soft, theme.rule));
        }
        panel.vertical(&mut page, "summary-line", mean, Stroke::solid(theme.study, theme.rule));
        let row = (panel.area.bottom - panel.area.top) / (k as f64 + 0.4);
        let width = (0.55 * row).clamp(0.3, 1.0);
        let radius = (0.36 * row).clamp(0.45, 2.0);
        for (i, (name, effect, low, high)) in studies.iter().enumerate() {
            let out = self.effect.null.is_some_and(|null| *low > null || *high < null);
            let color = if out { theme.summary } else { theme.subtotal };
            let at = i as f64;
            panel.line(&mut page, "interval", (*low, at), (*high, at), Stroke::solid(color, width));
            let hint = format!("{name}: {} [{}, {}]", read(*effect), read(*low), read(*high));
            panel.point(&mut page, "point", (*effect, at), radius, Paint::fill(theme.ink), Some(hint));
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

impl PoolFit {
    /// The caterpillar plot of this fit.
    pub fn caterpillar_plot(&self) -> CaterpillarPlot {
        let z = self.level.critical_value(None);
        let studies = self.studies.iter().filter_map(|s| {
            let (y, half) = (s.yi?, z * s.vi?.sqrt());
            Some((s.study.clone(), y, y - half, y + half))
        });
        CaterpillarPlot {
            studies: studies.collect(),
            mean: (self.estimate, self.ci_lower, self.ci_upper),
            prediction: self.prediction.map(|p| (p.lower, p.upper)),
            effect: EffectAxis::of(self.measure, &self.back),
            look: Look::new(120.0, 120.0),
        }
    }
}
