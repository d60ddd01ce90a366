//! The fitted selection function: how likely a result with a P value is to be seen, relative to the most likely one.

use super::{Selection, SelectionFit, SelectionFunction, grid::PValue, weight::Weight};
use crate::Result;

impl SelectionFit {
    /// The fitted weight at each P value (those of the fit's `alternative`), divided by the largest weight between
    /// 0 and 1, so that it lies between 0 and 1.
    ///
    /// # Errors
    ///
    /// If the steps or parameters of the fit were changed to ones that do not exist.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, bias::{Alternative, Analysis, Bias, Selection}};
    ///
    /// let yi = [0.9, 0.7, 0.8, 0.3, 0.5, 0.1, 0.62, 0.55];
    /// let vi = [0.1, 0.06, 0.09, 0.02, 0.03, 0.01, 0.08, 0.05];
    /// let labels = (1..=8).map(|i| format!("trial {i}"));
    /// let effects = EffectSizes::new(Measure::MeanDifference, labels, yi, vi)?;
    /// let bias = Bias::default()
    ///     .analyses([Analysis::Selection])
    ///     .selections(["stepfun:0.025".parse::<Selection>()?], Alternative::Greater);
    /// let fit = &bias.fit(&effects, None)?.selection_models[0];
    /// let weights = fit.relative_weights(&[0.01, 0.5])?;
    /// assert!((weights[1] / weights[0] - fit.delta[1]).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn relative_weights(&self, p_values: &[f64]) -> Result<Vec<f64>> {
        let selection = Selection::new(self.name, &self.steps)?;
        let ln = |p: f64| ln_weight(self, &selection, p);
        // The functions rise or fall over the whole range but for beta, which can have a summit within it.
        let mut largest = ln(0.0).max(ln(1.0));
        for &step in selection.steps() {
            largest = largest.max(ln(step)).max(ln((step + 1e-12).min(1.0)));
        }
        if let (SelectionFunction::Beta, [a, b]) = (self.name, self.delta.as_slice()) {
            let (a, b) = (a - 1.0, b - 1.0);
            if a > 0.0 && b > 0.0 {
                largest = largest.max(ln(a / (a + b)));
            }
        }
        Ok(p_values.iter().map(|&p| (ln(p.clamp(0.0, 1.0)) - largest).exp().min(1.0)).collect())
    }
}

fn ln_weight(fit: &SelectionFit, selection: &Selection, p: f64) -> f64 {
    // The first weight of a step function is 1 and no parameter.
    let skip = usize::from(fit.name == SelectionFunction::Stepfun);
    let delta = fit.delta.get(skip..).unwrap_or_default();
    if delta.len() != selection.parameters() {
        return 0.0;
    }
    let (mut out, mut at_step) = (Weight::new(delta.len()), Weight::new(delta.len()));
    selection.at_step(1.0, delta, &mut at_step);
    selection.ln_weight(&selection.clip(PValue::new(p, 1.0 - p)), 1.0, delta, &at_step, &mut out);
    out.ln
}
