//! P values of every hypothetical effect: the function whose cuts at 1 - level are the confidence intervals.
//!
//! Reference: Infanger D, Schmidt-Trucksäss A (2019), P value functions: an underused method to present research results
//! and to promote quantitative reasoning, Statistics in Medicine 38:4189-4197. doi:10.1002/sim.8293

use super::{Inference, PoolFit, PredictionInterval, StudyWeight};
use crate::stat::{normal, t};

fn two_sided(distance: f64, df: Option<f64>) -> f64 {
    match df {
        Some(df) => t::two_sided(distance, df),
        None => normal::two_sided(distance),
    }
}

impl PoolFit {
    /// The two-sided P value of the hypothesis that the mean is `value`, on the scale of the analysis; `None` where the
    /// interval does not come from a normal or t distribution (Henmi-Copas, profile likelihood).
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, pool::FixedEffect};
    ///
    /// let fit = FixedEffect::default()
    ///     .fit(&EffectSizes::new(Measure::MeanDifference, ["A", "B"], [1.0, 3.0], [0.5, 0.5])?)?;
    /// assert_eq!(fit.p_value_at(2.0), Some(1.0));
    /// assert!((fit.p_value_at(fit.ci_upper).unwrap() - 0.05).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn p_value_at(&self, value: f64) -> Option<f64> {
        let own = matches!(self.inference, Inference::HenmiCopas | Inference::ProfileLikelihood);
        (!own || self.robust.is_some()).then(|| two_sided((self.estimate - value) / self.se, self.df))
    }
}

impl StudyWeight {
    /// The two-sided P value of the hypothesis that the study's effect is `value`, from the normal distribution.
    pub fn p_value_at(&self, value: f64) -> Option<f64> {
        Some(normal::two_sided((self.yi? - value) / self.vi?.sqrt()))
    }
}

impl PredictionInterval {
    /// One minus the level of the prediction interval that ends at `value`; `None` for `nnf`.
    pub fn p_value_at(&self, value: f64) -> Option<f64> {
        Some(two_sided((0.5 * (self.lower + self.upper) - value) / self.sd?, self.df))
    }
}
