//! The frontier: options by effect and cost, a line through those that are best at some threshold.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::{currency_sign, priced};
use crate::{
    Result,
    economics::{Frontier, Status},
    plot::{
        Scene, Symbol, Theme,
        axis::AxisKind,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        labels::Labels,
        number::{money, shortest},
        scene::{Paint, Stroke},
        theme::Color,
    },
};

/// The figure of a frontier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FrontierPlot {
    /// The frontier.
    pub frontier: Frontier,
    /// The unit of effect, for the axis.
    pub effect_unit: String,
    /// Size, theme and heading.
    pub look: Look,
}

impl Frontier {
    /// The figure of the frontier.
    pub fn plot(&self) -> FrontierPlot {
        FrontierPlot { frontier: self.clone(), effect_unit: String::new(), look: Look::new(120.0, 90.0) }
    }
}

impl FrontierPlot {
    /// The unit of effect, such as `QALYs`.
    #[must_use]
    pub fn effect_unit(mut self, unit: impl Into<String>) -> Self {
        self.effect_unit = unit.into();
        self
    }

    fn description(&self, sign: &str) -> String {
        let steps: Vec<String> = self
            .frontier
            .options()
            .map(|o| match (o.icer, &o.compared_with) {
                (Some(icer), Some(below)) => {
                    format!("{}: {} per unit against {below}.", o.strategy, money(icer, sign))
                }
                _ => format!("{}: the first.", o.strategy),
            })
            .collect();
        format!("The frontier from the cheapest option on. {}", steps.join(" "))
    }

    fn keys(&self, theme: &Theme, line: Stroke) -> Vec<Key> {
        let mut keys = vec![Key::line("Frontier", line)];
        for (status, label) in [
            (Status::Frontier, "On the frontier"),
            (Status::Extended, "Extendedly dominated"),
            (Status::Dominated, "Dominated"),
            (Status::Tied, "Tied"),
        ] {
            if self.frontier.strategies.iter().any(|s| s.status == status) {
                let (symbol, paint) = mark(theme, status, theme.ink);
                keys.push(Key::symbol(label, symbol, paint));
            }
        }
        keys
    }

    fn panel(&self, page: &mut Page, sign: &str) -> Panel {
        let strategies = &self.frontier.strategies;
        let unit =
            if self.effect_unit.is_empty() { String::new() } else { format!(" ({})", self.effect_unit) };
        let effects = strategies.iter().map(|s| s.effect);
        let x_axis = Axis::around(AxisKind::Linear, format!("Effect{unit}"), effects, 0.1);
        let title = priced("Cost", self.frontier.price_base);
        let y_axis = Axis::around(AxisKind::Linear, title, strategies.iter().map(|s| s.cost), 0.12)
            .labels(TickLabels::Money(sign.to_owned()));
        page.panel(page.area, &x_axis, &y_axis)
    }

    fn draw_options(&self, page: &mut Page, panel: &Panel, sign: &str) {
        let theme = page.theme;
        for (i, s) in self.frontier.strategies.iter().enumerate() {
            let (symbol, paint) = mark(&theme, s.status, theme.series(i).color);
            let mut hint =
                format!("{}: cost {}, effect {}", s.strategy, money(s.cost, sign), shortest(s.effect));
            if let Some(icer) = s.icer {
                hint += &format!(", ICER {}", money(icer, sign));
            }
            panel.symbol(page, "option", (s.effect, s.cost), (symbol, RADIUS, paint), Some(hint));
        }
    }

    /// The names of the options, clear of their symbols and of the line.
    fn name_options(&self, page: &mut Page, panel: &Panel, chain: &[(f64, f64)]) {
        let strategies = &self.frontier.strategies;
        let mut labels = Labels::new();
        for s in strategies {
            labels.block((panel.x(s.effect), panel.y(s.cost)), RADIUS);
        }
        for pair in chain.windows(2) {
            if let [a, b] = pair {
                let (from, to) = ((panel.x(a.0), panel.y(a.1)), (panel.x(b.0), panel.y(b.1)));
                let steps = ((to.0 - from.0).hypot(to.1 - from.1) / 1.5).ceil().clamp(1.0, 2000.0);
                for step in 1..steps as usize {
                    let t = step as f64 / steps;
                    labels.block((from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1)), 0.8);
                }
            }
        }
        let points = strategies.iter().map(|s| (s.strategy.as_str(), s.effect, s.cost));
        labels.place_all(page, panel, RADIUS, points);
    }
}

/// Radius of the symbol of an option, in points.
const RADIUS: f64 = 2.6;

/// The form says what became of an option; its color is the option's own, as in all figures.
fn mark(theme: &Theme, status: Status, color: Color) -> (Symbol, Paint) {
    let ring = Paint::outlined(theme.paper, Stroke::solid(color, 1.0));
    match status {
        Status::Frontier => (Symbol::Circle, Paint::fill(color)),
        Status::Extended => (Symbol::Triangle, ring),
        Status::Tied => (Symbol::Diamond, ring),
        _ => (Symbol::Square, ring),
    }
}

impl Figure for FrontierPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`](crate::Error::Setting) for a size out of range.
    fn scene(&self) -> Result<Scene> {
        let sign = currency_sign(self.frontier.price_base);
        let mut page = Page::new(&self.look, "Cost-effectiveness frontier", self.description(&sign))?;
        let line = Stroke::solid(page.theme.ink, 1.0);
        page.legend(&self.keys(&page.theme, line));
        let panel = self.panel(&mut page, &sign);
        let chain: Vec<(f64, f64)> = self.frontier.options().map(|o| (o.effect, o.cost)).collect();
        panel.polyline(&mut page, "frontier", &chain, line);
        self.draw_options(&mut page, &panel, &sign);
        self.name_options(&mut page, &panel, &chain);
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        self.effect_unit = unit.to_owned();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::{
        economics::Strategies,
        plot::{Figure, sheet::assert_tidy},
    };

    #[test]
    fn the_figure_is_tidy() {
        for n in [1_u32, 5, 40] {
            let names: Vec<String> = (0..n).map(|i| format!("Option number {i} <b>")).collect();
            let costs: Vec<f64> =
                (0..n).map(|i| 1000.0 * f64::from(i) + 300.0 * f64::from(i * 7 % 5)).collect();
            let effects: Vec<f64> = (0..n).map(|i| (f64::from(i) + 1.0).ln()).collect();
            let frontier = Strategies::new(names, costs, effects).unwrap().frontier();
            for (width, height) in [(85.0, 70.0), (170.0, 120.0)] {
                let scene =
                    frontier.plot().effect_unit("QALYs").title("T").size_mm(width, height).scene().unwrap();
                assert_tidy(&scene);
                assert_eq!(scene.of_class("option").count(), n as usize);
            }
        }
    }
}
