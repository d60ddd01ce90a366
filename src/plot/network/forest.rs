//! Forest plots of a network: against the reference, and direct, indirect and network estimates side by side.

use crate::{
    Result,
    network::{Difference, NetworkFit, SmallValues, SplitMethod},
    plot::{
        AxisKind, Forest,
        forest::{ForestOrder, ForestStudy, ForestSummary, SummaryLevel, SummaryLine},
    },
    report::{fixed, p_value_sentence},
};

impl NetworkFit {
    fn forest_base(&self) -> Forest {
        let mut forest = Forest::of_measure(self.network.measure).level(self.level);
        if self.network.scale == Some(crate::effect::Scale::Ratio) && self.network.measure.scale().is_none() {
            forest = forest.scale(crate::effect::Transform::Exp, AxisKind::Log);
        }
        forest.summary_line(SummaryLine::Hidden)
    }

    /// The forest plot of all treatments against the reference, the best P-score first, with prediction intervals in pale.
    ///
    /// # Errors
    ///
    /// As [`p_scores`](Self::p_scores).
    pub fn forest_plot(&self, small_values: SmallValues) -> Result<Forest> {
        let reference = &self.network.treatments[self.reference];
        let mut forest = self.forest_base().study_header(format!("Treatment versus {reference}"));
        let mut predicted = false;
        for i in self.p_scores(small_values, None)?.order {
            if i == self.reference {
                continue;
            }
            let d = self.difference(i, self.reference);
            let mut row =
                ForestStudy::new(&self.network.treatments[i]).effect(d.estimate, d.ci_lower, d.ci_upper);
            if let (Some(low), Some(high)) = (d.prediction_lower, d.prediction_upper) {
                predicted = true;
                row = row.fitted(d.estimate, low, high);
            }
            forest = forest.study(row);
        }
        if predicted {
            forest = forest.footer("Pale diamonds: prediction intervals.");
        }
        Ok(forest)
    }

    /// The forest plot of the comparisons that have direct and indirect evidence: direct, indirect and network estimate of
    /// each, with the test of their difference.
    ///
    /// # Errors
    ///
    /// As [`split`](Self::split).
    pub fn split_forest(&self, method: SplitMethod) -> Result<Forest> {
        let mut forest = self.forest_base().study_header("Comparison");
        let mut tests = 0;
        for row in self.split(method)? {
            let (Some(direct), Some(indirect)) = (row.direct, row.indirect) else { continue };
            let name = |i: usize| &self.network.treatments[i];
            let test = row.difference.and_then(|d| d.p_value).map_or(String::new(), |p| {
                tests += 1;
                format!(" (difference: {})", p_value_sentence(p))
            });
            forest =
                forest.heading(format!("{} versus {}{test}", name(row.intervention), name(row.comparator)));
            let study = |label: String, d: Difference| {
                ForestStudy::new(label).effect(d.estimate, d.ci_lower, d.ci_upper)
            };
            let percent = fixed(100.0 * row.direct_proportion, 0);
            forest = forest.study(study(format!("Direct ({}, {percent}%)", studies(row.k)), direct));
            forest = forest.study(study("Indirect".to_owned(), indirect));
            let d = row.network;
            let summary = ForestSummary::new("Network", d.estimate, d.ci_lower, d.ci_upper);
            forest = forest.summary(summary.level(SummaryLevel::Subtotal));
        }
        forest.order = ForestOrder::default();
        Ok(forest.footer(format!(
            "{tests} tests of difference between direct and indirect evidence, not adjusted."
        )))
    }
}

fn studies(k: usize) -> String {
    if k == 1 { "1 study".to_owned() } else { format!("{k} studies") }
}
