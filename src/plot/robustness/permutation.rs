//! The histogram of a permutation test: the statistics of all arrangements, and where the observed one lies.

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    plot::{
        AxisKind, Scene,
        frame::{Axis, Key, Look, Page},
        number,
        scene::{Paint, Stroke},
    },
    regression::PermutationDistribution,
    text::p_value_sentence,
};

/// A histogram of permutation statistics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PermutationPlot {
    /// The statistics.
    pub distribution: PermutationDistribution,
    /// Size, theme and heading.
    pub look: Look,
}

impl PermutationPlot {
    /// A histogram of this distribution.
    pub fn new(distribution: PermutationDistribution) -> Self {
        PermutationPlot { distribution, look: Look::new(120.0, 80.0) }
    }
}

impl Figure for PermutationPlot {
    /// Lays the figure out. A bar has one color: the observed statistic is an edge between bars.
    ///
    /// # Errors
    ///
    /// If there is no statistic, or the size is out of range.
    fn scene(&self) -> Result<Scene> {
        let d = &self.distribution;
        let values: Vec<f64> = d.values.iter().copied().filter(|v| v.is_finite()).collect();
        if values.is_empty() || !d.observed.is_finite() {
            return Err(Error::data("no statistic", "a histogram needs at least one"));
        }
        let of = d.term.as_ref().map_or(String::new(), |term| format!(" of {term}"));
        let count = number::money(values.len() as f64, "");
        let kind = if d.exact { "all" } else { "random" };
        let description = format!(
            "{}{of} under {count} {kind} arrangements; {}.",
            d.statistic,
            p_value_sentence(d.p_value)
        );
        let mut page = Page::new(&self.look, "Permutation test", description)?;
        let theme = page.theme;
        let (below, above) = (theme.contours[2], theme.prediction);
        let observed = Stroke::solid(theme.ink, 1.0);
        page.note(&format!("{count} {kind} arrangements, {}.", p_value_sentence(d.p_value)));
        page.legend(&[
            Key::line(format!("observed, {}", number::fixed(d.observed, 2)), observed),
            Key::area("below the observed", Paint::fill(below)),
            Key::area("at least as large", Paint::fill(above)),
        ]);
        let largest = values.iter().copied().fold(d.observed, f64::max);
        let wanted = (1.5 * (values.len() as f64).sqrt()).clamp(8.0, 50.0);
        // The observed statistic stands between two bars.
        let width = match d.observed > 0.0 {
            true => d.observed / (d.observed / largest * wanted).round().max(1.0),
            false => (largest / wanted).max(1e-9),
        };
        let bins = (largest / width * (1.0 - 1e-9)).ceil().clamp(1.0, 2000.0) as usize;
        let mut counts = vec![0_usize; bins];
        for v in &values {
            // What equals the observed statistic but for rounding belongs above.
            let at = ((v * (1.0 + 1e-9)) / width) as usize;
            if let Some(count) = counts.get_mut(at.min(bins - 1)) {
                *count += 1;
            }
        }
        let most = counts.iter().copied().max().unwrap_or(1) as f64;
        let x =
            Axis::linear(format!("{}{of}", d.statistic), 0.0, 1.03 * (bins as f64 * width).max(d.observed));
        let y = Axis::new(AxisKind::Linear, "Arrangements", 0.0, 1.05 * most);
        let panel = page.panel(page.area, &x, &y);
        for (i, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let from = i as f64 * width;
            let color = if from + 0.5 * width >= d.observed { above } else { below };
            let paint = Paint::outlined(color, Stroke::solid(theme.paper, 0.4));
            panel.bar(&mut page, "bar", (from, 0.0), (from + width, *count as f64), paint);
        }
        panel.vertical(&mut page, "observed", d.observed, observed);
        panel.axes(&mut page);
        Ok(page.finish())
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }
}

impl PermutationDistribution {
    /// The histogram of these statistics.
    pub fn permutation_plot(&self) -> PermutationPlot {
        PermutationPlot::new(self.clone())
    }
}
