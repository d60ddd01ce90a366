//! Curves of probabilistic analyses, of the value of information, and of cohorts.

use super::{AxisNotation, Curve, CurvePlot, currency_sign, priced};
use crate::economics::{EnbsCurve, EvppiResult, EvsiPoint, PriceBase, PsaResult, PsaThreshold, Trace};

const WTP: &str = "Willingness to pay per unit of effect";

impl PsaResult {
    fn over_wtp(&self, name: &str, y_title: &str, values: AxisNotation) -> CurvePlot {
        let money = AxisNotation::Money(currency_sign(self.price_base));
        let y_title = match values {
            AxisNotation::Shares => y_title.to_owned(),
            _ => priced(y_title, self.price_base),
        };
        let note = format!("{} draws.", self.draws);
        CurvePlot::new(name, priced(WTP, self.price_base), y_title).values(money, values).note(note)
    }

    fn of_options(&self, plot: CurvePlot, value: impl Fn(&PsaThreshold, &str) -> Option<f64>) -> CurvePlot {
        self.options.iter().enumerate().fold(plot, |plot, (i, option)| {
            let points: Vec<(f64, f64)> =
                self.wtp.iter().filter_map(|t| Some((t.wtp, value(t, &option.option)?))).collect();
            plot.curve(Curve::new(&option.option, points).series(i))
        })
    }

    /// The cost-effectiveness acceptability curves: for each option the probability of the greatest net benefit.
    pub fn ceac(&self) -> CurvePlot {
        let name = "Cost-effectiveness acceptability curves";
        let plot = self.over_wtp(name, "Probability of being cost-effective", AxisNotation::Shares);
        self.of_options(plot, |t, option| t.probability.get(option).copied())
    }

    /// The acceptability frontier: the probability that the option with the greatest mean net benefit is best, a curve for each option
    /// over the thresholds at which it is that option.
    pub fn ceaf(&self) -> CurvePlot {
        let name = "Cost-effectiveness acceptability frontier";
        let plot = self.over_wtp(name, "Probability that the optimal option is best", AxisNotation::Shares);
        let mut plot = self.options.iter().enumerate().fold(plot, |plot, (place, option)| {
            let probability = |t: &PsaThreshold| t.probability.get(&option.option).copied();
            let mut points: Vec<(f64, f64)> = Vec::new();
            for (i, t) in self.wtp.iter().enumerate() {
                let before = i.checked_sub(1).and_then(|i| self.wtp.get(i));
                let (mine, was_mine) =
                    (t.optimal == option.option, before.is_some_and(|b| b.optimal == option.option));
                // Curves meet at the threshold where one option takes over from another.
                if let Some(before) = before.filter(|_| mine != was_mine)
                    && let Some(at) = self.switch_between(before.wtp, t.wtp)
                    && let (Some(p), Some(q)) = (probability(before), probability(t))
                    && (was_mine || at < t.wtp)
                {
                    points.push((at, p + (q - p) * (at - before.wtp) / (t.wtp - before.wtp)));
                }
                if mine {
                    points.extend(probability(t).map(|p| (t.wtp, p)));
                }
            }
            if points.is_empty() {
                plot
            } else {
                plot.curve(Curve::new(&option.option, points).series(place))
            }
        });
        let switches: Vec<f64> = self.switch_points.iter().map(|s| s.wtp).collect();
        if let (Some(first), Some(last)) = (self.wtp.first(), self.wtp.last()) {
            for at in switches.into_iter().filter(|at| *at > first.wtp && *at < last.wtp) {
                plot = plot.mark(at, "Another option becomes optimal");
            }
        }
        plot
    }

    /// The only threshold at which another option becomes optimal after `from` and up to `to`.
    fn switch_between(&self, from: f64, to: f64) -> Option<f64> {
        let mut inside = self.switch_points.iter().map(|s| s.wtp).filter(|at| *at > from && *at <= to);
        inside.next().filter(|_| inside.next().is_none())
    }

    /// The expected loss of each option; the lower envelope is the expected value of perfect information
    /// (Alarid-Escudero et al. 2019, doi:10.1016/j.jval.2019.02.008).
    pub fn expected_loss(&self) -> CurvePlot {
        let money = AxisNotation::Money(currency_sign(self.price_base));
        let plot = self.over_wtp("Expected loss curves", "Expected loss per decision", money);
        self.of_options(plot, |t, option| t.expected_loss.get(option).copied())
    }

    /// The expected value of perfect information, with its Monte Carlo 95 % limits.
    pub fn evpi_plot(&self) -> CurvePlot {
        let money = AxisNotation::Money(currency_sign(self.price_base));
        let points: Vec<(f64, f64)> = self.wtp.iter().map(|t| (t.wtp, t.evpi)).collect();
        let band: Vec<(f64, f64, f64)> = self
            .wtp
            .iter()
            .filter_map(|t| {
                let half = 1.959_963_984_540_054 * t.evpi_se?;
                Some((t.wtp, (t.evpi - half).max(0.0), t.evpi + half))
            })
            .collect();
        let name = "Expected value of perfect information";
        let label = if band.is_empty() { "" } else { "EVPI with 95% Monte Carlo limits" };
        self.over_wtp(name, "EVPI per decision", money).curve(Curve::new(label, points).band(band))
    }
}

impl EvppiResult {
    /// The expected value of partial perfect information beside that of perfect information.
    pub fn plot(&self, base: Option<PriceBase>) -> CurvePlot {
        let money = || AxisNotation::Money(currency_sign(base));
        let name = "Expected value of partial perfect information";
        let mut plot = CurvePlot::new(name, priced(WTP, base), priced("Value per decision", base))
            .values(money(), money())
            .note(format!("{} draws, method {}.", self.draws, self.method));
        plot = plot.curve(Curve::new(
            "All parameters (EVPI)",
            self.evppi.iter().map(|p| (p.wtp, p.evpi)).collect::<Vec<_>>(),
        ));
        let mut sets: Vec<&[String]> = Vec::new();
        for point in &self.evppi {
            if !sets.contains(&point.parameters.as_slice()) {
                sets.push(&point.parameters);
            }
        }
        sets.into_iter().fold(plot, |plot, set| {
            let of_set = self.evppi.iter().filter(|p| p.parameters == set);
            let points: Vec<(f64, f64)> = of_set.map(|p| (p.wtp, p.value)).collect();
            plot.curve(Curve::new(set.join(", "), points))
        })
    }
}

/// The expected value of sample information by the size of a study, a curve for each threshold; points without a size are left out.
pub fn evsi_plot(points: &[EvsiPoint], base: Option<PriceBase>) -> CurvePlot {
    let sign = currency_sign(base);
    let mut thresholds: Vec<f64> = Vec::new();
    for point in points.iter().filter(|p| p.n.is_some()) {
        if !thresholds.contains(&point.wtp) {
            thresholds.push(point.wtp);
        }
    }
    let name = "Expected value of sample information";
    let plot = CurvePlot::new(name, "Sample size", priced("EVSI per decision", base))
        .values(AxisNotation::Numbers, AxisNotation::Money(sign.clone()));
    thresholds.into_iter().fold(plot, |plot, wtp| {
        let mut curve: Vec<(f64, f64)> =
            points.iter().filter(|p| p.wtp == wtp).filter_map(|p| Some((p.n?, p.value))).collect();
        curve.sort_by(|a, b| a.0.total_cmp(&b.0));
        plot.curve(Curve::new(format!("at {}", crate::plot::number::money(wtp, &sign)), curve))
    })
}

/// The expected value of sample information per person by the size of a study, below that of perfect information, which it never
/// passes; `points` are sizes and values.
pub fn evsi_curve(points: &[(f64, f64)], evpi: f64, base: Option<PriceBase>) -> CurvePlot {
    let sign = currency_sign(base);
    let mut points = points.to_vec();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let limit: Vec<(f64, f64)> =
        [points.first(), points.last()].into_iter().flatten().map(|(n, _)| (*n, evpi)).collect();
    CurvePlot::new("Expected value of sample information", "Sample size", priced("Value per person", base))
        .values(AxisNotation::Numbers, AxisNotation::Money(sign))
        .curve(Curve::new("Study (EVSI)", points))
        .curve(Curve::new("Perfect information (EVPI)", limit))
}

impl EnbsCurve {
    /// The value of a study for the population, its cost, and the difference of the two by the size of the study.
    pub fn plot(&self, base: Option<PriceBase>) -> CurvePlot {
        let sign = currency_sign(base);
        let mut sizes = self.sizes.clone();
        sizes.sort_by(|a, b| a.n.total_cmp(&b.n));
        let of = |value: fn(&crate::economics::Enbs) -> f64| -> Vec<(f64, f64)> {
            sizes.iter().map(|e| (e.n, value(e))).collect()
        };
        let name = "Expected net benefit of sampling";
        let mut plot = CurvePlot::new(name, "Sample size", priced("Value for the population", base))
            .values(AxisNotation::Numbers, AxisNotation::Money(sign))
            .curve(Curve::new("Net benefit (ENBS)", of(|e| e.enbs)))
            .curve(Curve::new("Value (population EVSI)", of(|e| e.population_evsi)))
            .curve(Curve::new("Cost of the study", of(|e| e.cost)));
        if let Some(n) = self.optimal_n {
            plot = plot.mark(n, format!("Optimal size: {}", crate::plot::number::shortest(n)));
        }
        plot
    }
}

impl Trace {
    /// The share of the cohort in each state after each cycle; `unit` names the cycles, such as `Years`.
    pub fn plot(&self, unit: &str, years_per_cycle: f64) -> CurvePlot {
        let plot = CurvePlot::new("Cohort trace", unit, "Share of the cohort")
            .values(AxisNotation::Numbers, AxisNotation::Shares);
        let n = self.states.len();
        self.states.iter().enumerate().fold(plot, |plot, (s, state)| {
            let shares = self.occupancy.iter().skip(s).step_by(n.max(1));
            let points: Vec<(f64, f64)> =
                shares.enumerate().map(|(t, share)| (t as f64 * years_per_cycle, *share)).collect();
            plot.curve(Curve::new(state, points))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::economics::{Draws, WillingnessToPay};

    #[test]
    fn the_frontier_follows_the_optimal_option() {
        // At λ the intervention's mean net benefit is 0.01λ - 100: it is optimal from 10,000 on.
        let draws = Draws::from_columns([
            ("A", vec![0.0; 4], vec![0.0; 4]),
            ("B", vec![100.0; 4], vec![0.004, 0.012, 0.008, 0.016]),
        ])
        .unwrap();
        let result = draws.analysis(&WillingnessToPay::range(0.0, 20_000.0, 1000.0).unwrap()).unwrap();
        let ceaf = result.ceaf();
        assert_eq!(ceaf.curves.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(ceaf.curves[1].points[0].0, 10_000.0);
        // The first ends where the second begins; there the net benefits of B are -60, 20, -20, 60.
        assert_eq!(ceaf.curves[0].points.last(), Some(&(10_000.0, 0.5)));
        // Between 8,000 (one of four draws for B) and 16,000 (three of four), a quarter of the way.
        let coarse = draws.analysis(&WillingnessToPay::range(0.0, 16_000.0, 8000.0).unwrap()).unwrap().ceaf();
        assert_eq!(coarse.curves[0].points.last(), Some(&(10_000.0, 0.625)));
        assert_eq!(coarse.curves[1].points, [(10_000.0, 0.375), (16_000.0, 0.75)]);
        assert_eq!(ceaf.marks.len(), 1);
        assert!((ceaf.marks[0].0 - 10_000.0).abs() < 1e-6);
        // EVPI is the least expected loss.
        let loss = result.expected_loss();
        for (i, (_, evpi)) in result.evpi_plot().curves[0].points.iter().enumerate() {
            let least = loss.curves.iter().map(|c| c.points[i].1).fold(f64::INFINITY, f64::min);
            assert!((least - evpi).abs() < 1e-9);
        }
    }
}
