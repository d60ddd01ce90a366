//! The tornado: what an outcome becomes at the low and the high value of each parameter, the widest bar first.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use super::currency_sign;
use crate::{
    Error, Result,
    economics::{PriceBase, Tornado, TornadoBar},
    plot::{
        Scene,
        axis::AxisKind,
        effect_axis::with_unit,
        frame::{Axis, Key, Look, Page, Panel, TickLabels},
        number::{money, shortest},
        scene::{Paint, Shape, Stroke},
    },
    table::Table,
};

/// The figure of a one-way sensitivity analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TornadoPlot {
    /// The analysis.
    pub tornado: Tornado,
    /// The name of the outcome, for the axis.
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
        TornadoPlot {
            tornado: self.clone(),
            outcome: outcome.into(),
            price_base: None,
            threshold: Some(0.0),
            look: Look::new(140.0, height_mm(self.bars.len())),
        }
    }
}

/// A height that has a row for each bar, and room for axis, legend and heading.
fn height_mm(bars: usize) -> f64 {
    (38.0 + 6.5 * bars as f64).clamp(55.0, 1900.0)
}

impl TornadoPlot {
    /// Reads what a model returned elsewhere. `base` is the outcome at the base values. The table has a row for each parameter,
    /// with `parameter`, `low`, `high`, `outcome_low`, `outcome_high`; or a row for each run of the model, with `parameter`,
    /// `value`, `outcome`, of which the lowest and the highest value of each parameter count.
    ///
    /// # Errors
    ///
    /// If a column or a value is missing, a parameter has several rows (or, of runs, a single value), or a value is not finite:
    /// the error names row and column.
    pub fn from_table(table: &Table, base: f64, outcome: impl Into<String>) -> Result<Self> {
        if !base.is_finite() {
            return Err(Error::setting("base", base.to_string(), "give the outcome at the base values"));
        }
        let wide = ["low", "high", "outcome_low", "outcome_high"];
        let long = ["value", "outcome"];
        let (columns, is_long): (&[&str], bool) = match long.iter().all(|c| table.role(c).is_some()) {
            true => (&long, true),
            false => (&wide, false),
        };
        let lacking = std::iter::once(&"parameter").chain(columns).find(|c| table.role(c).is_none());
        if let Some(column) = lacking {
            return Err(table.in_file(Error::data(
                format!("no column `{column}`"),
                "a tornado needs parameter, low, high, outcome_low and outcome_high, or parameter, value and outcome",
            )));
        }
        let found = ends(table, columns, is_long)?;
        let mut bars: Vec<TornadoBar> = found
            .into_iter()
            .map(|(parameter, _, [low, at_low], [high, at_high])| TornadoBar {
                parameter,
                low,
                high,
                at_low,
                at_high,
                swing: (at_high - at_low).abs(),
                changes_decision: (at_low > 0.0) != (base > 0.0) || (at_high > 0.0) != (base > 0.0),
            })
            .collect();
        bars.sort_by(|a, b| b.swing.total_cmp(&a.swing));
        Ok(Tornado { base, bars }.plot(outcome))
    }

    /// The bar of a parameter: from the base to its outcomes at the low and at the high value.
    fn draw_bar(
        &self,
        page: &mut Page,
        panel: &Panel,
        i: usize,
        bar: &TornadoBar,
        [low, high]: [Paint; 2],
        [low_hint, high_hint]: [String; 2],
    ) {
        let base = self.tornado.base;
        let (x0, y) = (panel.x(base), panel.y(i as f64));
        let rows = self.tornado.bars.len() as f64 + 0.2;
        let half = 0.36 * (panel.area.bottom - panel.area.top) / rows;
        // The two bars lie over each other if both values move the outcome to the same side: each has half the height.
        let same = (bar.at_low - base) * (bar.at_high - base) > 0.0;
        for (at, paint, upper, hint) in
            [(bar.at_low, low, true, low_hint), (bar.at_high, high, false, high_hint)]
        {
            let x1 = panel.x(at);
            let (top, height) = match (same, upper) {
                (false, _) => (y - half, 2.0 * half),
                (true, true) => (y - half, half),
                (true, false) => (y, half),
            };
            let shape = Shape::Rect { x: x0.min(x1), y: top, width: (x1 - x0).abs(), height, paint };
            page.scene.push_with_hint("bar", shape, hint);
        }
    }

    /// Only the widest bars.
    #[must_use]
    pub fn most(mut self, bars: usize) -> Self {
        self.tornado.bars.truncate(bars);
        self.look.height_mm = height_mm(self.tornado.bars.len());
        self
    }

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
}

/// A parameter with its row, and value and outcome at its low and at its high end.
type Ends = (String, usize, [f64; 2], [f64; 2]);

/// The ends of each parameter, from a row for each parameter or, if `is_long`, for each run.
fn ends(table: &Table, columns: &[&str], is_long: bool) -> Result<Vec<Ends>> {
    let names = table.texts(table.require_role("parameter")?)?;
    let values = columns
        .iter()
        .map(|column| table.numbers(table.require_role(column)?))
        .collect::<Result<Vec<_>>>()?;
    let at = |column: usize, row: usize| {
        let value = values.get(column).and_then(|v| v.get(row).copied().flatten());
        value.ok_or_else(|| {
            let error = Error::data("a value is missing", "a tornado needs all of them");
            table.at(error, row, columns.get(column).and_then(|c| table.role(c)))
        })
    };
    let mut found: Vec<Ends> = Vec::new();
    for row in 0..table.len() {
        let here = |error| table.at(error, row, table.role("parameter"));
        let Some(name) = names.get(row).cloned().flatten() else {
            return Err(here(Error::data("the name is missing", "name each parameter")));
        };
        let known = found.iter_mut().find(|(other, ..)| *other == name);
        if is_long {
            let run = (at(0, row)?, at(1, row)?);
            match known {
                Some((.., low, high)) if run.0 < low[0] => (low[0], low[1]) = run,
                Some((.., high)) if run.0 > high[0] => (high[0], high[1]) = run,
                Some(_) => {}
                None => found.push((name, row, [run.0, run.1], [run.0, run.1])),
            }
        } else if known.is_some() {
            let found = format!("a second row of `{name}`");
            return Err(here(Error::data(found, "give each parameter one row")));
        } else {
            found.push((name, row, [at(0, row)?, at(2, row)?], [at(1, row)?, at(3, row)?]));
        }
    }
    if let Some((name, row, ..)) = found.iter().find(|(.., low, high)| is_long && low[0] == high[0]) {
        let error = Error::data(format!("`{name}` has one value"), "give runs at two or more");
        return Err(table.at(error, *row, table.role("value")));
    }
    Ok(found)
}

impl Figure for TornadoPlot {
    /// Lays the figure out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without a parameter, [`Error::Setting`] for a size out of range.
    fn scene(&self) -> Result<Scene> {
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
        let name = |b: &TornadoBar| format!("{} ({} to {})", b.parameter, shortest(b.low), shortest(b.high));
        let names: Vec<(f64, String)> = bars.iter().enumerate().map(|(i, b)| (i as f64, name(b))).collect();
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
            let hints = [(bar.low, bar.at_low), (bar.high, bar.at_high)]
                .map(|(parameter, at)| format!("{} = {}: {}", bar.parameter, shortest(parameter), value(at)));
            self.draw_bar(&mut page, &panel, i, bar, [low, high], hints);
        }
        panel.vertical(&mut page, "base", base, Stroke::solid(theme.ink, 0.8));
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn set_unit(&mut self, unit: &str) -> Result<()> {
        with_unit(&mut self.outcome, AxisKind::Linear, unit)
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

    #[test]
    fn tables_of_parameters_and_of_runs_say_the_same() {
        let read =
            |text: &str| TornadoPlot::from_table(&Table::read(text.as_bytes(), "t.csv").unwrap(), 5.0, "INB");
        let wide = "parameter,low,high,outcome_low,outcome_high\nprice,1,3,6,4\ngain,0.1,0.5,-2,9\n";
        let long = "parameter,value,outcome\nprice,2,5\nprice,3,4\nprice,1,6\ngain,0.1,-2\ngain,0.5,9\n";
        let (a, b) = (read(wide).unwrap(), read(long).unwrap());
        assert_eq!(a, b);
        assert_eq!(a.tornado.bars[0].parameter, "gain");
        assert_eq!((a.tornado.bars[0].swing, a.tornado.bars[0].changes_decision), (11.0, true));
        assert!(!a.tornado.bars[1].changes_decision);
        assert_eq!(a.most(1).tornado.bars.len(), 1);
        for (text, words) in [
            ("parameter,low,high\nprice,1,3\n", "no column `outcome_low`"),
            ("parameter,low,high,outcome_low,outcome_high\nprice,1,3,6,\n", "row 1, column outcome_high"),
            ("parameter,low,high,outcome_low,outcome_high\na,1,3,6,4\na,1,3,6,4\n", "second row of `a`"),
            ("parameter,value,outcome\na,1,3\n", "`a` has one value"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(words) && error.contains("t.csv"), "{error}");
        }
    }
}
