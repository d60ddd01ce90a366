//! The drapery plot: for every hypothetical effect the P value of each study and of the pooled effect.
//!
//! A curve's cut at 1 - level is its confidence interval, at every level at once. The pooled curve is thick; the region
//! behind it is that of the prediction interval.
//!
//! Reference: Rücker G, Schwarzer G (2021), Beyond the forest plot: the drapery plot, Research Synthesis Methods 12:13-19.
//! doi:10.1002/jrsm.1410

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    plot::{
        EffectAxis, Scene,
        frame::{Axis, Key, Look, Page},
        scene::{Paint, Stroke},
    },
    pool::PoolFit,
};

/// A drapery plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DraperyPlot {
    /// The effects at which P values are shown.
    pub at: Vec<f64>,
    /// The studies with their P values.
    pub studies: Vec<(String, Vec<f64>)>,
    /// The P values of the pooled effect.
    pub pooled: Vec<f64>,
    /// Those of the prediction interval.
    pub prediction: Option<Vec<f64>>,
    /// The effect axis.
    pub effect: EffectAxis,
    /// Size, theme and heading.
    pub look: Look,
}

impl DraperyPlot {}

impl Figure for DraperyPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If there is nothing to draw, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let (Some(&low), Some(&high)) = (self.at.first(), self.at.last()) else {
            return Err(Error::data("no effects to show P values of", "give at least two"));
        };
        let description = format!(
            "P values of hypothetical effects: {} studies and their pooled effect.",
            self.studies.len()
        );
        let mut page = Page::new(&self.look, &format!("Drapery plot: {}", self.effect.label), description)?;
        let theme = page.theme;
        let tint = theme.paper.mix(theme.prediction, 0.22);
        let thin = Stroke::solid(theme.subtotal, 0.55);
        let thick = Stroke::solid(theme.summary, 1.6);
        let mut keys = vec![Key::line("studies", thin), Key::line("pooled effect", thick)];
        if self.prediction.is_some() {
            let paint = Paint::outlined(tint, Stroke::solid(theme.prediction, 0.8));
            keys.push(Key::area("prediction of a new study", paint));
        }
        page.legend(&keys);
        let x = self.effect.around([low, high], 0.0);
        let panel = page.panel(page.area, &x, &Axis::linear("P value (two-sided)", 0.0, 1.0));
        let places = |values: &[f64]| -> Vec<(f64, f64)> {
            self.at.iter().copied().zip(values.iter().copied()).collect()
        };
        if let Some(prediction) = &self.prediction {
            let upper = places(prediction);
            let lower: Vec<(f64, f64)> = upper.iter().map(|(x, _)| (*x, 0.0)).collect();
            panel.band(&mut page, "prediction", &lower, &upper, tint);
        }
        if let Some(null) = self.effect.null {
            panel.vertical(&mut page, "null-line", null, Stroke::solid(theme.soft, 0.8 * theme.rule));
        }
        panel.horizontal(&mut page, "level", 0.05, Stroke::dashed(theme.ink, 0.7 * theme.rule, 2.0, 2.0));
        for (name, values) in &self.studies {
            let before = page.scene.elements.len();
            panel.polyline(&mut page, "study", &places(values), thin);
            for element in page.scene.elements.iter_mut().skip(before) {
                element.hint = Some(name.clone());
            }
        }
        // Many studies hide the area; its edge stays to be seen.
        if let Some(prediction) = &self.prediction {
            let edge = Stroke::solid(theme.prediction, 1.0);
            panel.polyline(&mut page, "prediction-edge", &places(prediction), edge);
        }
        panel.polyline(&mut page, "pooled", &places(&self.pooled), thick);
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

/// Effects at which P values are shown.
const POINTS: usize = 401;

impl PoolFit {
    /// The drapery plot of this fit.
    ///
    /// # Errors
    ///
    /// If the inference gives no P values of other effects (Henmi-Copas, profile likelihood).
    pub fn drapery_plot(&self) -> Result<DraperyPlot> {
        if self.p_value_at(self.estimate).is_none() {
            return Err(Error::model(
                format!("{} inference gives no P values of other effects", self.inference),
                "choose wald, t, hksj or kr",
            ));
        }
        let studies: Vec<_> =
            self.studies.iter().filter_map(|s| Some((s, s.yi?, s.vi.filter(|v| *v > 0.0)?.sqrt()))).collect();
        // What the more precise three quarters of the studies reach, and all estimates.
        let mut sds: Vec<f64> = studies.iter().map(|s| s.2).collect();
        sds.sort_by(f64::total_cmp);
        let typical = sds.get(sds.len() * 3 / 4).or(sds.last()).copied().unwrap_or(self.se);
        let mut ends = vec![self.ci_lower - 0.5 * self.se, self.ci_upper + 0.5 * self.se];
        ends.extend(self.prediction.iter().flat_map(|p| [p.lower, p.upper]));
        ends.extend(
            studies.iter().flat_map(|(_, y, sd)| [y - 2.2 * sd.min(typical), y + 2.2 * sd.min(typical)]),
        );
        ends.retain(|v| v.is_finite());
        let (low, high) =
            ends.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
        // The summits of the curves are among the effects.
        let mut at: Vec<f64> =
            (0..POINTS).map(|i| low + (high - low) * i as f64 / (POINTS - 1) as f64).collect();
        at.push(self.estimate);
        at.extend(studies.iter().map(|s| s.1));
        at.retain(|v| *v >= low && *v <= high);
        at.sort_by(f64::total_cmp);
        at.dedup();
        let curve = |p: &dyn Fn(f64) -> Option<f64>| at.iter().map(|&v| p(v).unwrap_or(f64::NAN)).collect();
        Ok(DraperyPlot {
            studies: studies.iter().map(|(s, ..)| (s.study.clone(), curve(&|v| s.p_value_at(v)))).collect(),
            pooled: curve(&|v| self.p_value_at(v)),
            prediction: self
                .prediction
                .filter(|p| p.sd.is_some_and(|sd| sd > 0.0))
                .map(|p| curve(&|v| p.p_value_at(v))),
            effect: EffectAxis::of(self.measure, &self.back),
            look: Look::new(120.0, 90.0),
            at,
        })
    }
}
