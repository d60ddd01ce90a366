//! From a multilevel fit to its forest plot: the effects of each study below its name.

use std::collections::HashMap;

use super::{
    ColumnSide, Forest, ForestColumn, ForestPrediction, ForestStudy, ForestSummary, SummaryLevel, SummaryLine,
};
use crate::{
    EffectSizes, Error, Result,
    linear::PredictedEffect,
    multilevel::{LeftOut, MultilevelCoefficient, MultilevelFit},
    plot::AxisKind,
    text::{fixed, p_value, p_value_sentence},
};

impl MultilevelFit {
    /// The forest plot of this fit. `effects` are those it was made from; `groups` names the study of each effect, under
    /// which its effects stand together; `rows` names the effects within their studies (their labels without it).
    ///
    /// With one coefficient the pooled effect and its prediction interval follow; with moderators each effect has a pale diamond at
    /// what the model expects of it, and the predictions that the fit holds follow. All squares are alike, as an effect has no weight
    /// of its own in such a model.
    ///
    /// # Errors
    ///
    /// If `effects`, `groups` or `rows` are not as many as the fit's effects, or the fit has moderators and was read from a file.
    pub fn forest_plot(
        &self,
        effects: &EffectSizes,
        groups: &[String],
        rows: Option<&[String]>,
    ) -> Result<Forest> {
        let names = rows.unwrap_or(effects.labels());
        if effects.len() != self.k || groups.len() != self.k || names.len() != self.k {
            return Err(Error::data(
                format!(
                    "{} effects in {} groups with {} names for a fit of {}",
                    effects.len(),
                    groups.len(),
                    names.len(),
                    self.k
                ),
                "give one of each for every effect of the fit",
            ));
        }
        let mut forest = Forest::of_measure(self.measure).level(self.level);
        if effects.scale().is_some() && self.measure.scale().is_none() {
            forest = forest.scale(effects.transform(), AxisKind::Log);
        }
        let fitted = if self.coefficients.len() > 1 { self.fitted()? } else { Vec::new() };
        forest = self.with_rows(forest, effects, groups, (names, &fitted));
        if let [mean] = self.coefficients.as_slice() {
            let size = effects.harmonic_mean_size();
            let mut total =
                ForestSummary::new("Multilevel model", mean.estimate, mean.ci_lower, mean.ci_upper);
            total.size = size;
            forest = forest.summary(total);
            if let Some(p) = self.prediction {
                let mut prediction = ForestPrediction::new("Prediction interval", p.lower, p.upper);
                prediction.size = size;
                forest = forest.prediction(prediction);
            }
        }
        forest = self.with_predictions(forest, effects.harmonic_mean_size());
        let h = &self.residual_heterogeneity;
        let q = h.q.zip(h.q_p_value);
        let q = q.map(|(q, p)| format!("Q = {}, df = {} ({})", fixed(q, 2), h.q_df, p_value_sentence(p)));
        let of = if self.coefficients.len() > 1 { "Residual heterogeneity" } else { "Heterogeneity" };
        let mut line = format!("{of}: {}", q.unwrap_or_else(|| "no Q".to_owned()));
        for component in &self.variance_components {
            line += &format!("; \u{3c3}\u{b2} ({}) = {}", component.name, fixed(component.sigma2, 3));
        }
        forest = forest.note(line);
        if let Some(test) = &self.moderator_test {
            forest = forest.note(format!("Test of moderators: {}", p_value_sentence(test.p_value)));
        }
        let names = self.coefficients.iter().map(|c| c.term.as_str()).filter(|name| *name != "(Intercept)");
        let names: Vec<&str> = names.collect();
        if self.coefficients.len() > 1 {
            forest = forest.footer(format!("Pale diamonds: predicted from {}.", names.join(", ")));
        }
        Ok(forest)
    }

    /// The predictions that the fit holds, below the effects.
    fn with_predictions(&self, mut forest: Forest, size: Option<f64>) -> Forest {
        for predicted in &self.predictions {
            let name = match predicted.values.is_empty() {
                true => "Predicted".to_owned(),
                false => format!("At {}", predicted.values),
            };
            let mut row =
                ForestSummary::new(name, predicted.estimate, predicted.ci_lower, predicted.ci_upper)
                    .level(SummaryLevel::Subtotal);
            row.size = size;
            forest = forest.summary(row);
        }
        match self.coefficients.len() {
            1 => forest,
            _ => forest.summary_line(SummaryLine::Hidden),
        }
    }

    /// The forest plot of the fits without each cluster (or effect) in turn; the fit of all is the diamond and the dashed line.
    /// Clusters without which the model cannot be fitted stand in their rows, and in the notes with the reason.
    ///
    /// # Errors
    ///
    /// If the model has moderators: its coefficients are no mean.
    pub fn leave_one_out_plot(&self, left_out: &[LeftOut]) -> Result<Forest> {
        let [mean] = self.coefficients.as_slice() else {
            return Err(Error::model(
                "a model with moderators has no mean",
                "leave --mods out; the influence panel shows the changes of all coefficients",
            ));
        };
        let mut forest = Forest::of_measure(self.measure)
            .level(self.level)
            .study_header("Without")
            .column(ForestColumn::new("k").priority(1))
            .column(ForestColumn::new("P value").side(ColumnSide::Right).priority(1));
        if self.back.scale.is_some() && self.measure.scale().is_none() {
            forest = forest.scale(self.back.transform, AxisKind::Log);
        }
        let cells = |k: usize, c: &MultilevelCoefficient| [k.to_string(), shown_p(c.p_value)];
        for one in left_out {
            let row = ForestStudy::new(&one.cluster);
            let row = match one.fit.as_ref().and_then(|fit| fit.coefficients.first()) {
                Some(c) => row.cells(cells(one.k, c)).effect(c.estimate, c.ci_lower, c.ci_upper),
                None => row.cells([one.k.to_string(), String::new()]),
            };
            forest = forest.study(match self.back.size {
                Some(size) => row.size(size),
                None => row,
            });
            if let Some(reason) = &one.reason {
                forest.notes.push(format!("no fit without {}: {reason}", one.cluster));
            }
        }
        let mut all = ForestSummary::new("All effects", mean.estimate, mean.ci_lower, mean.ci_upper)
            .cells(cells(self.k, mean));
        all.size = self.back.size;
        Ok(forest.summary(all).summary_line(SummaryLine::Last))
    }

    /// A heading for each group, with its effects below.
    fn with_rows(
        &self,
        mut forest: Forest,
        effects: &EffectSizes,
        groups: &[String],
        (names, fitted): (&[String], &[PredictedEffect]),
    ) -> Forest {
        let z = self.level.critical_value(None);
        let sizes = effects.sizes();
        for (group, members) in grouped(groups) {
            forest = forest.heading(group);
            for i in members {
                let (Some(name), Some(y), Some(v)) = (names.get(i), effects.yi().get(i), effects.vi().get(i))
                else {
                    continue;
                };
                let half = z * v.sqrt();
                let mut row = ForestStudy::new(name).effect(*y, y - half, y + half);
                if let Some(f) = fitted.get(i) {
                    row = row.fitted(f.estimate, f.ci_lower, f.ci_upper);
                }
                forest = forest.study(match sizes.and_then(|sizes| sizes.get(i)) {
                    Some(size) => row.size(*size),
                    None => row,
                });
            }
        }
        forest
    }
}

fn shown_p(p: Option<f64>) -> String {
    p.map_or_else(String::new, |p| p_value(p, 3).replace("<.", "<0."))
}

/// The groups in the order of their first members, each with its members.
fn grouped(groups: &[String]) -> Vec<(&str, Vec<usize>)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut found: Vec<(&str, Vec<usize>)> = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let place = *places.entry(group).or_insert_with(|| {
            found.push((group, Vec::new()));
            found.len() - 1
        });
        if let Some((_, members)) = found.get_mut(place) {
            members.push(i);
        }
    }
    found
}
