//! `Fit`: what every fitted model answers, whatever its kind.

use super::{Coefficient, FitInfo};

/// A fitted model: its coefficients with their covariance and tests, its likelihood, and what it was fitted to. The names follow
/// StatsAPI.jl.
///
/// ```
/// use consilience::{EffectSizes, Measure, linear::Fit, multilevel::{Factor, Multilevel}, pool::RandomEffects};
///
/// fn summary(fit: &impl Fit) -> Vec<String> {
///     let row = |c: &consilience::linear::Coefficient| format!("{} {:.3} ({:.3})", c.term, c.estimate, c.se);
///     fit.coefficient_table().iter().map(row).collect()
/// }
///
/// let effects = EffectSizes::new(
///     Measure::MeanDifference, ["A", "B", "C", "D"], [1.0, 1.5, 3.0, 2.0], [0.2, 0.3, 0.2, 0.4])?;
/// let pooled = RandomEffects::default().fit(&effects)?;
/// let levels = Multilevel::nested([Factor::each_effect("effect", 4)?])?.fit(&effects)?;
/// assert_eq!(summary(&pooled), summary(&levels)); // the same model
/// assert_eq!((pooled.observations(), pooled.parameters()), (4, Some(2.0)));
/// # Ok::<(), consilience::Error>(())
/// ```
pub trait Fit {
    /// The coefficients with their tests and intervals.
    fn coefficient_table(&self) -> Vec<Coefficient>;

    /// Their covariance matrix, p by p.
    fn coefficient_covariance(&self) -> Vec<f64>;

    /// The likelihood and information criteria; `None` where weights were given.
    fn information(&self) -> Option<FitInfo>;

    /// The number of effects.
    fn observations(&self) -> usize;

    /// The notes and warnings.
    fn notes(&self) -> &[String];

    /// The estimates.
    fn estimates(&self) -> Vec<f64> {
        self.coefficient_table().iter().map(|coefficient| coefficient.estimate).collect()
    }

    /// The log-likelihood, restricted for REML.
    fn log_likelihood(&self) -> Option<f64> {
        self.information().map(|information| information.log_likelihood)
    }

    /// The number of estimated parameters, variances included.
    fn parameters(&self) -> Option<f64> {
        self.information().map(|information| information.parameters())
    }

    /// The residual degrees of freedom, effects less coefficients.
    fn residual_degrees_of_freedom(&self) -> usize {
        self.observations().saturating_sub(self.coefficient_table().len())
    }
}
