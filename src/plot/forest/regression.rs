//! From a meta-regression to its forest plot: every study with what the model predicts for it.

use super::{Forest, ForestStudy, ForestSummary, SummaryLevel, SummaryLine};
use crate::{
    Result,
    plot::AxisKind,
    regression::{Point, RegressionFit},
    text::{fixed, p_value_sentence, percent},
};

impl RegressionFit {
    /// The forest plot of this fit: studies with a pale diamond at what the model predicts for each (with its confidence
    /// interval), then the predictions that the fit holds, and the moderator test.
    ///
    /// # Errors
    ///
    /// If clusters hold no information on a prediction.
    pub fn forest_plot(&self) -> Result<Forest> {
        let mut forest = Forest::of_measure(self.measure).level(self.level);
        if self.back.scale.is_some() && self.measure.scale().is_none() {
            forest = forest.scale(self.back.transform, AxisKind::Log);
        }
        let rows = (0..self.design.k()).map(|i| (Point(Vec::new()), self.design.row(i))).collect();
        let fitted = self.predict_rows(rows)?;
        let z = self.level.critical_value(None);
        for (study, fitted) in self.studies.iter().zip(fitted) {
            let mut row =
                ForestStudy::new(&study.study).fitted(fitted.estimate, fitted.ci_lower, fitted.ci_upper);
            if let (Some(y), Some(v)) = (study.yi, study.vi) {
                let half = z * v.sqrt();
                row = row.effect(y, y - half, y + half);
            }
            if let Some(weight) = study.weight {
                row = row.weight(weight);
            }
            if let Some(size) = study.size.or(self.back.size) {
                row = row.size(size);
            }
            forest = forest.study(row);
        }
        for predicted in self.predictions.iter().flatten() {
            let at: Vec<String> =
                predicted.values.0.iter().map(|(name, value)| format!("{name} = {}", shown(value))).collect();
            let mut row = ForestSummary::new(
                format!("At {}", at.join(", ")),
                predicted.estimate,
                predicted.ci_lower,
                predicted.ci_upper,
            )
            .level(SummaryLevel::Subtotal);
            if let Some(size) = self.back.size {
                row = row.size(size);
            }
            forest = forest.summary(row);
        }
        let h = &self.residual_heterogeneity;
        if let (Some(q), Some(p)) = (h.q, h.q_p_value) {
            let mut line = format!(
                "Residual heterogeneity: Q = {}, df = {} ({})",
                fixed(q, 2),
                h.q_df,
                p_value_sentence(p)
            );
            if let Some(i2) = h.i2 {
                line += &format!("; I\u{b2} = {}", percent(i2, 1));
            }
            if let Some(tau2) = h.tau2 {
                line += &format!("; \u{3c4}\u{b2} = {}", fixed(tau2, 3));
            }
            forest = forest.note(line);
        }
        if let Some(test) = &self.moderator_test {
            forest = forest.note(format!("Test of moderators: {}", p_value_sentence(test.p_value)));
        }
        let names: Vec<&str> =
            self.design.names().iter().map(String::as_str).filter(|n| *n != "(Intercept)").collect();
        if !names.is_empty() {
            forest = forest.footer(format!("Pale diamonds: predicted from {}.", names.join(", ")));
        }
        Ok(forest.summary_line(SummaryLine::Hidden))
    }
}

fn shown(value: &crate::table::Value) -> String {
    match value {
        crate::table::Value::Number(number) => crate::plot::number::shortest(*number),
        crate::table::Value::Text(text) => text.clone(),
    }
}
