//! From a multilevel fit to its forest plot: the effects of each study below its name.

use std::collections::HashMap;

use super::{Forest, ForestPrediction, ForestStudy, ForestSummary};
use crate::{
    EffectSizes, Error, Result,
    multilevel::MultilevelFit,
    text::{fixed, p_value_sentence},
};

impl MultilevelFit {
    /// The forest plot of this fit. `effects` are those it was made from; `groups` names the study of each effect, under
    /// which its effects stand together; `rows` names the effects within their studies (their labels without it).
    ///
    /// With one coefficient the pooled effect and its prediction interval follow. All squares are alike, as an effect has
    /// no weight of its own in such a model.
    ///
    /// # Errors
    ///
    /// If `effects`, `groups` or `rows` are not as many as the fit's effects.
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
            forest = forest.scale(effects.transform(), crate::plot::AxisKind::Log);
        }
        forest = self.with_rows(forest, effects, groups, names);
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
        let h = &self.residual_heterogeneity;
        let q = h.q.zip(h.q_p_value);
        let q = q.map(|(q, p)| format!("Q = {}, df = {} ({})", fixed(q, 2), h.q_df, p_value_sentence(p)));
        let mut line = format!("Heterogeneity: {}", q.unwrap_or_else(|| "no Q".to_owned()));
        for component in &self.variance_components {
            line += &format!("; \u{3c3}\u{b2} ({}) = {}", component.name, fixed(component.sigma2, 3));
        }
        forest = forest.note(line);
        Ok(forest)
    }

    /// A heading for each group, with its effects below.
    fn with_rows(
        &self,
        mut forest: Forest,
        effects: &EffectSizes,
        groups: &[String],
        names: &[String],
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
                let row = ForestStudy::new(name).effect(*y, y - half, y + half);
                forest = forest.study(match sizes.and_then(|sizes| sizes.get(i)) {
                    Some(size) => row.size(*size),
                    None => row,
                });
            }
        }
        forest
    }
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
