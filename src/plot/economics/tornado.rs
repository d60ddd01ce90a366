//! The tornado: what an outcome becomes at the low and the high value of each parameter, the widest bar first.

use serde::{Deserialize, Serialize};

use super::currency_sign;
use crate::{
    Error, Result,
    economics::{PriceBase, Tornado},
    plot::{
        Scene,
        axis::AxisKind,
        frame::{Axis, Key, Look, Page, TickLabels, look_setters},
        number::{money, shortest},
        scene::{Paint, Shape, Stroke},
    },
};

/// The figure of a one-way sensitivity analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TornadoPlot {
    /// The analysis.
    pub tornado: Tornado,
    /// What the outcome is, for the axis.
    pub outcome: String,
    /// The currency of the outcome, if it is money.
    pub price_base: Option<PriceBase>,
    /// The outcome at which the decision changes; a line marks it.
    pub threshold: Option<f64>,
    /// Size, theme and heading.
    pub look: Look,
}

impl Tornado {
    /// The figure of the analysis; `outcome` names what the model returns.
    pub fn plot(&self, outcome: impl Into<String>) -> TornadoPlot {
        // A row for each bar, and room for axis, legend and heading.
        let height = 38.0 + 6.5 * self.bars.len() as f64;
        TornadoPlot {
            tornado: self.clone(),
            outcome: outcome.into(),
            price_base: None,
            threshold: Some(0.0),
            look: Look::new(140.0, height.clamp(55.0, 1900.0)),
        }
    }
}

impl TornadoPlot {
    look_setters!();

    /// The currency of the outcome.
    #[must_use]
    pub fn priced_in(mut self, base: PriceBase) -> Self {
        self.price_base = Some(base);
        self
    }

    /// The outcome at which the decision changes; `None` for no line.
    #[must_use]
    pub fn threshold(mut self, threshold: impl Into<Option<f64>>) -> Self {
        self.threshold = threshold.into();
        self
    }

    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without a parameter, [`Error::Setting`] for a size out of range.
    pub fn scene(&self) -> Result<Scene> {
        let bars = &self.tornado.bars;
        if bars.is_empty() {
            return Err(Error::data("no parameter", "a tornado needs at least one"));
        }
        let sign = currency_sign(self.price_base);
        let value = |v: f64| if self.price_base.is_some() { money(v, &sign) } else { shortest(v) };
        let widest: Vec<String> = bars
            .iter()
            .take(3)
            .map(|b| format!("{} from {} to {}", b.parameter, value(b.at_low), value(b.at_high)))
            .collect();
        let description = format!(
            "{} is {} at the base values. The widest bars: {}.",
            self.outcome,
            value(self.tornado.base),
            widest.join("; ")
        );
        let mut page = Page::new(&self.look, "Tornado diagram", description)?;
        let theme = page.theme;
        let outline = Stroke::solid(theme.ink, 0.5);
        let (low, high) = (Paint::outlined(theme.subtotal, outline), Paint::outlined(theme.summary, outline));
        page.legend(&[Key::area("Low value", low), Key::area("High value", high)]);
        let n = bars.len() as f64;
        let names: Vec<(f64, String)> = bars
            .iter()
            .enumerate()
            .map(|(i, b)| {
                (i as f64, format!("{} ({} to {})", b.parameter, shortest(b.low), shortest(b.high)))
            })
            .collect();
        let ends = bars.iter().flat_map(|b| [b.at_low, b.at_high]).chain([self.tornado.base]);
        let labels =
            if self.price_base.is_some() { TickLabels::Money(sign.clone()) } else { TickLabels::Numbers };
        let x_axis = Axis::around(AxisKind::Linear, &self.outcome, ends, 0.06).labels(labels);
        let y_axis = Axis::linear("", -0.6, n - 0.4).labels(TickLabels::Names(names)).reversed();
        let panel = page.panel(page.area, &x_axis, &y_axis);
        if let Some(at) = self.threshold {
            panel.vertical(&mut page, "threshold", at, Stroke::dashed(theme.prediction, 0.9, 3.0, 2.0));
        }
        let base = self.tornado.base;
        for (i, bar) in bars.iter().enumerate() {
            let (x0, y) = (panel.x(base), panel.y(i as f64));
            let half = 0.36 * (panel.area.bottom - panel.area.top) / (n + 0.2);
            // The two bars lie over each other if both values move the outcome to the same side: each has half the height.
            let same = (bar.at_low - base) * (bar.at_high - base) > 0.0;
            for (at, parameter, paint, upper) in
                [(bar.at_low, bar.low, low, true), (bar.at_high, bar.high, high, false)]
            {
                let x1 = panel.x(at);
                let (top, height) = match (same, upper) {
                    (false, _) => (y - half, 2.0 * half),
                    (true, true) => (y - half, half),
                    (true, false) => (y, half),
                };
                let shape = Shape::Rect { x: x0.min(x1), y: top, width: (x1 - x0).abs(), height, paint };
                let hint = format!("{} = {}: {}", bar.parameter, shortest(parameter), value(at));
                page.scene.push_with_hint("bar", shape, hint);
            }
        }
        panel.vertical(&mut page, "base", base, Stroke::solid(theme.ink, 0.8));
        panel.axes(&mut page);
        Ok(page.finish())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        economics::{Parameter, one_way},
        plot::sheet::assert_tidy,
    };

    #[test]
    fn bars_reach_from_the_base_to_their_outcomes() {
        let parameters: Vec<Parameter> = (0..12)
            .map(|i| {
                Parameter::new(
                    format!("parameter {i} with a rather long <name>"),
                    1.0,
                    0.5,
                    1.5 + 0.1 * f64::from(i),
                )
                .unwrap()
            })
            .collect();
        // The third acts by its square about 1.2, so that both ends move the outcome up.
        let tornado = one_way(&parameters, |x| {
            Ok(1000.0
                * x.iter()
                    .enumerate()
                    .map(|(i, v)| if i == 2 { (v - 1.2).powi(2) } else { v * i as f64 })
                    .sum::<f64>())
        })
        .unwrap();
        for (width, height) in [(85.0, 110.0), (170.0, 120.0)] {
            let scene = tornado.plot("Net benefit").title("T").size_mm(width, height).scene().unwrap();
            assert_tidy(&scene);
            assert_eq!(scene.of_class("bar").count(), 24);
            let base = scene.of_class("base").next().unwrap().bounds();
            let middle = 0.5 * (base.left + base.right);
            for bar in scene.of_class("bar") {
                let Shape::Rect { x, width, .. } = bar.shape else { panic!() };
                assert!((x - middle).abs() < 1e-6 || (x + width - middle).abs() < 1e-6);
            }
        }
        let scene = tornado
            .plot("x")
            .priced_in(crate::economics::PriceBase::new("GBP".parse().unwrap(), 2021).unwrap());
        assert_tidy(&scene.scene().unwrap());
    }
}
