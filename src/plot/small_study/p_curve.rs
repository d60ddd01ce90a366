//! The p-curve: the shares of the significant P values in five intervals, beside those without an effect, at 33 % power
//! and at the estimated power.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    EffectSizes, Error, Result,
    bias::{BiasReport, PCurve, PCurveShares},
    plot::{
        Scene, font,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        number,
        scene::{Anchor, Paint, Shape, Stroke},
    },
    text::p_value_sentence,
};

/// A p-curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PCurvePlot {
    /// The tests.
    pub curve: PCurve,
    /// The shares.
    pub shares: PCurveShares,
    /// Size, theme and heading.
    pub look: Look,
}

impl PCurvePlot {
    /// The p-curve of `effects`, those of the analysis.
    pub fn new(curve: &PCurve, effects: &EffectSizes) -> Self {
        PCurvePlot { curve: curve.clone(), shares: curve.shares(effects), look: Look::new(120.0, 90.0) }
    }

    fn note(&self) -> String {
        let curve = &self.curve;
        format!(
            "{} of {} studies with P < 0.05. Right skew: {}; flatter than 33% power: {}. Power {}% ({}% to {}%).",
            curve.k_significant,
            curve.k,
            p_value_sentence(curve.right_skew_full.p_value),
            p_value_sentence(curve.flatness_full.p_value),
            number::fixed(100.0 * curve.power, 0),
            number::fixed(100.0 * curve.power_ci_lower, 0),
            number::fixed(100.0 * curve.power_ci_upper, 0)
        )
    }
}

/// The observed shares with their labels, which have a patch of paper behind them, as curves pass there.
fn draw_shares(page: &mut Page, panel: &Panel, points: &[(f64, f64)], hints: &[String]) {
    let theme = page.theme;
    let size = 0.95 * page.size;
    let paint = Paint::outlined(theme.summary, Stroke::solid(theme.paper, 0.4));
    for (&(p, share), hint) in points.iter().zip(hints) {
        panel.point(page, "point", (p, share), 0.28 * size, paint, Some(hint.clone()));
        let y = panel.y(share) - 0.5 * size;
        let text = page.text(panel.x(p), y, &number::percent(share), Anchor::Middle);
        let (width, height) = (text.width(), font::CAPITAL * size);
        let patch = Shape::Rect {
            x: text.x - width / 2.0 - 1.0,
            y: y - height - 0.8,
            width: width + 2.0,
            height: height + 1.6,
            paint: Paint::fill(theme.paper),
        };
        page.scene.push("patch", patch);
        page.scene.push("point-label", Shape::Text(text));
    }
}

impl Figure for PCurvePlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// If the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let (curve, shares) = (&self.curve, &self.shares);
        let description = format!(
            "Of {} studies {} have P below 0.05, {} of them below 0.025. Right skew: {}; flatter than 33% power: {}.",
            curve.k,
            curve.k_significant,
            curve.k_half,
            p_value_sentence(curve.right_skew_full.p_value),
            p_value_sentence(curve.flatness_full.p_value)
        );
        let mut page = Page::new(&self.look, "P-curve", description)?;
        let theme = page.theme;
        page.note(&self.note());
        let strokes = [
            Stroke::solid(theme.summary, 1.3),
            Stroke::dashed(theme.soft, 1.0, 1.2, 1.6),
            Stroke::dashed(theme.prediction, 1.0, 4.0, 2.0),
            Stroke::dashed(theme.study, 1.0, 7.0, 2.0),
        ];
        let fitted = format!("expected at {}% power", number::fixed(100.0 * curve.power, 0));
        let labels = ["observed", "expected without effect", "expected at 33% power", &fitted];
        let keys: Vec<Key> =
            labels.iter().zip(strokes).map(|(label, stroke)| Key::line(*label, stroke)).collect();
        page.legend(&keys);
        let all = [shares.observed, shares.null, shares.third, shares.fitted];
        let highest = all.iter().flatten().copied().fold(0.0, f64::max);
        let ends = [0.01, 0.02, 0.03, 0.04, 0.05];
        let names = ends.map(|p| (p, number::fixed(p, 2))).to_vec();
        let x = Axis::linear("P value up to", 0.005, 0.055).labels(TickLabels::Names(names));
        let y = Axis::linear("Share of the significant P values", 0.0, (1.12 * highest).min(1.12))
            .labels(TickLabels::Percent);
        let panel = page.panel(page.area, &x, &y);
        for (values, stroke) in all.iter().zip(strokes).rev() {
            let places: Vec<(f64, f64)> = ends.iter().copied().zip(values.iter().copied()).collect();
            panel.polyline(&mut page, "curve", &places, stroke);
        }
        let points: Vec<(f64, f64)> = ends.into_iter().zip(shares.observed).collect();
        draw_shares(&mut page, &panel, &points, &shares.counts.map(|count| format!("{count} studies")));
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl BiasReport {
    /// The p-curve of this report. `effects` are those it was made from.
    ///
    /// # Errors
    ///
    /// If the report has no p-curve (no study with P < 0.05, or it was not asked for), or `effects` are not as many as
    /// the report's studies.
    pub fn p_curve_plot(&self, effects: &EffectSizes) -> Result<PCurvePlot> {
        if effects.len() != self.k {
            let found = format!("{} effects for a report of {}", effects.len(), self.k);
            return Err(Error::data(found, "give the effects of the report"));
        }
        match &self.p_curve {
            Some(curve) => Ok(PCurvePlot::new(curve, effects)),
            None => Err(Error::data("no p-curve", "it needs at least one study with P < 0.05")),
        }
    }
}
