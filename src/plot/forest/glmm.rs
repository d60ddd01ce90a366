//! From a model of counts to its forest plot, and every method for the same counts in one figure.

use super::{Forest, ForestColumn, ForestPrediction, ForestStudy, ForestSummary, SummaryLevel};
use crate::{
    Measure, Result,
    glmm::{CountFit, CountMeasure, Counts, MethodComparison},
    pool::PredictionInterval,
    report::{fixed, p_value_sentence},
};

/// A number of events or persons as text; person-times keep their decimals.
fn text(count: f64) -> String {
    count.to_string()
}

/// The place of an infinite estimate: that of the one limit that is infinite.
fn end(lower: Option<f64>, upper: Option<f64>) -> Option<f64> {
    match (lower, upper) {
        (None, Some(_)) => Some(f64::NEG_INFINITY),
        (Some(_), None) => Some(f64::INFINITY),
        _ => None,
    }
}

impl CountFit {
    /// The forest plot of this fit to `counts`: each study with its counts and its exact interval, the effect and its
    /// prediction interval. Proportions and rates stand on their own scale, so that studies without events have a place.
    ///
    /// # Errors
    ///
    /// If the counts are not those of the fit.
    pub fn forest(&self, counts: &Counts, prediction: Option<PredictionInterval>) -> Result<Forest> {
        if counts.len() != self.k {
            return Err(crate::Error::data(
                format!("{} studies for a fit of {}", counts.len(), self.k),
                "give the counts that the model was fitted to",
            ));
        }
        let mut forest = Forest::of_measure(self.figure_measure()).level(self.level);
        for column in self.figure_columns() {
            forest = forest.column(column);
        }
        for (i, study) in self.studies.iter().enumerate() {
            let mut cells = Vec::new();
            if let Some((one, two)) = counts.study(i) {
                cells.extend([text(one.events), text(one.size)]);
                cells.extend(two.into_iter().flat_map(|two| [text(two.events), text(two.size)]));
            }
            let row = ForestStudy::new(&study.study).cells(cells);
            let lower = study.ci_lower.unwrap_or(f64::NEG_INFINITY);
            let upper = study.ci_upper.unwrap_or(f64::INFINITY);
            forest = forest.study(match study.estimate.or(end(study.ci_lower, study.ci_upper)) {
                Some(estimate) => row.effect(estimate, lower, upper),
                None => row,
            });
        }
        let name = format!(
            "{} effects ({})",
            if self.heterogeneity.tau2.is_some() { "Random" } else { "Common" },
            self.model
        );
        if let Some(effect) = &self.effect
            && let Some(estimate) = effect.estimate
        {
            let lower = effect.ci_lower.unwrap_or(f64::NEG_INFINITY);
            let upper = effect.ci_upper.unwrap_or(f64::INFINITY);
            let [estimate, lower, upper] = [estimate, lower, upper].map(|value| self.placed(value));
            forest = forest.summary(ForestSummary::new(name, estimate, lower, upper));
        }
        if let Some(interval) = prediction {
            let [lower, upper] = [interval.lower, interval.upper].map(|value| self.placed(value));
            forest = forest.prediction(ForestPrediction::new("Prediction interval", lower, upper));
        }
        forest = self.marginal_summary(forest);
        for note in self.figure_notes() {
            forest = forest.note(note);
        }
        Ok(forest)
    }

    /// The mean over studies below the median study, where they differ.
    fn marginal_summary(&self, forest: Forest) -> Forest {
        let Some(crate::glmm::Interval { estimate: Some(estimate), ci_lower, ci_upper, .. }) = self.marginal
        else {
            return forest;
        };
        if self.heterogeneity.tau.is_none_or(|tau| tau == 0.0) {
            return forest;
        }
        let lower = ci_lower.unwrap_or(f64::NEG_INFINITY);
        let upper = ci_upper.unwrap_or(f64::INFINITY);
        let name = format!("Mean {} over studies", self.measure.name());
        forest.summary(ForestSummary::new(name, estimate, lower, upper).level(SummaryLevel::Subtotal))
    }

    /// The measure whose scale the figure has.
    fn figure_measure(&self) -> Measure {
        match self.measure {
            CountMeasure::Proportion => Measure::RawProportion,
            CountMeasure::Rate => Measure::IncidenceRate,
            other => other.measure(),
        }
    }

    /// A value of the model on the scale of the figure.
    fn placed(&self, value: f64) -> f64 {
        if self.measure.two_groups() { value } else { self.shown(value) }
    }

    fn figure_columns(&self) -> Vec<ForestColumn> {
        let size = if self.measure.is_rate() { "Time" } else { "Total" };
        if !self.measure.two_groups() {
            return vec![ForestColumn::new("Events"), ForestColumn::new(size)];
        }
        ["Group 1", "Group 2"]
            .into_iter()
            .flat_map(|group| {
                [ForestColumn::new("Events").group(group), ForestColumn::new(size).group(group)]
            })
            .collect()
    }

    fn figure_notes(&self) -> Vec<String> {
        let h = &self.heterogeneity;
        let mut parts = Vec::new();
        if let Some(tau2) = h.tau2 {
            parts.push(format!("τ² = {}", fixed(tau2, 3)));
        }
        if let Some(test) = h.q_lrt {
            let p = p_value_sentence(test.p_value);
            parts.push(format!("LR = {}, df = {}, {p}", fixed(test.statistic, 2), test.df));
        }
        let mut notes = Vec::new();
        if !parts.is_empty() {
            notes.push(format!("Heterogeneity: {}", parts.join(", ")));
        }
        if let Some(effect) = self.effect.as_ref().filter(|effect| effect.estimate.is_none()) {
            let limit = |value: Option<f64>, end: &str| {
                value.map_or(end.to_owned(), |value| fixed(self.placed(value).exp(), 2))
            };
            let (low, high) = (limit(effect.ci_lower, "0"), limit(effect.ci_upper, "infinity"));
            if self.measure.two_groups() {
                notes.push(format!("Summary: no finite estimate; {} interval {low} to {high}", self.level));
            }
        }
        let interval = match self.measure.two_groups() {
            true => "exact conditional",
            false => self.study_interval.name(),
        };
        notes.push(format!("Studies: {interval} intervals; summary: from the likelihood of the counts"));
        notes
    }
}

impl MethodComparison {
    /// The answers of all methods one below the other; a method without an answer is not estimable.
    ///
    /// # Errors
    ///
    /// None at present.
    pub fn forest(&self) -> Result<Forest> {
        let mut forest = Forest::of_measure(self.measure.measure())
            .level(self.level)
            .study_header("Method")
            .column(ForestColumn::new("Effects"));
        for row in &self.rows {
            let line = ForestStudy::new(row.name()).cells([row.effects.to_string()]);
            let lower = row.ci_lower.unwrap_or(f64::NEG_INFINITY);
            let upper = row.ci_upper.unwrap_or(f64::INFINITY);
            forest = forest.study(match row.estimate.or(end(row.ci_lower, row.ci_upper)) {
                Some(estimate) => line.effect(estimate, lower, upper),
                None => line,
            });
        }
        Ok(forest.note(format!("{} studies, the same counts by every method", self.k)))
    }
}
