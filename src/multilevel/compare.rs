//! Likelihood-ratio tests between nested models.

use serde::{Deserialize, Serialize};

use super::fit::MultilevelFit;
use super::options::Estimation;
use super::structure::Structure;
use crate::stat::chi2;
use crate::{Error, Result};

/// The comparison of a model with a smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NestedComparison {
    /// Twice the difference of the log-likelihoods.
    pub statistic: f64,
    /// The number of parameters that the smaller model lacks.
    pub df: usize,
    /// The P value by chi-square with `df` degrees of freedom. Conservative if a variance is 0 in the smaller model.
    pub p_value: f64,
    /// The P value by the mixture of two chi-square distributions that holds where what the smaller model lacks is one
    /// variance, 0 in truth (half of it at 0, half with 1 degree of freedom: Self and Liang 1987,
    /// doi:10.1080/01621459.1987.10478472), or one variance with its q covariances (half with q, half with q + 1: Stram and
    /// Lee 1994, doi:10.2307/2533455). `None` for other pairs of models, whose distribution
    /// `MultilevelFit::bootstrap_test` (feature `random`) finds.
    pub boundary_p_value: Option<f64>,
}

impl MultilevelFit {
    /// Compares this fit with one of a smaller model, nested in it, to the same effects.
    ///
    /// ```
    /// use consilience::multilevel::{Factor, Multilevel};
    /// use consilience::{EffectSizes, Measure};
    ///
    /// let yi = [-0.18, -0.22, 0.23, -0.30, 0.13, -0.26, 0.19, 0.32, 0.45, 0.38, 0.29];
    /// let vi = [0.118, 0.118, 0.144, 0.144, 0.014, 0.014, 0.015, 0.024, 0.023, 0.043, 0.012];
    /// let effects = EffectSizes::new(Measure::Generic, (1..=11).map(|i| i.to_string()), yi, vi)?;
    /// let district = Factor::new("district", ["11", "11", "11", "11", "12", "12", "12", "12", "18", "18", "18"])?;
    /// let school = Factor::each_effect("school", 11)?;
    ///
    /// let three_levels = Multilevel::nested([district, school.clone()])?.fit(&effects)?;
    /// let two_levels = Multilevel::nested([school])?.fit(&effects)?;
    /// let test = three_levels.compare(&two_levels)?;
    /// assert_eq!(test.df, 1);
    /// assert!((test.statistic - 0.984697).abs() < 1e-5); // anova() of metafor 3.8
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the fits are not of the same effects by the same method, have different fixed effects under REML, or `smaller`
    /// has no fewer parameters.
    pub fn compare(&self, smaller: &MultilevelFit) -> Result<NestedComparison> {
        let no = |found: String, remedy: &str| Err(Error::setting("compare", found, remedy));
        if self.k != smaller.k || self.method != smaller.method {
            return no(
                format!("{} by {} and {} by {}", self.k, self.method, smaller.k, smaller.method),
                "compare fits of the same effects by the same method",
            );
        }
        let same_terms = self.coefficients.len() == smaller.coefficients.len()
            && self.coefficients.iter().zip(&smaller.coefficients).all(|(a, b)| a.term == b.term);
        if self.method == Estimation::Reml && !same_terms {
            return no(
                "models with different moderators by REML".to_owned(),
                "restricted likelihoods compare only with equal fixed effects; fit both by ML",
            );
        }
        let count = |fit: &MultilevelFit| fit.coefficients.len() + fit.optimization.parameters;
        let df = count(self).saturating_sub(count(smaller));
        if df == 0 {
            return no(
                format!("{} and {} parameters", count(self), count(smaller)),
                "give the smaller model as the argument",
            );
        }
        let statistic = (2.0 * (self.fit.log_likelihood - smaller.fit.log_likelihood)).max(0.0);
        let p_value = chi2::sf(statistic, df as f64);
        let covariances = self.one_more_variance(smaller).filter(|q| same_terms && df == q + 1);
        let boundary_p_value = covariances.map(|q| {
            let less =
                if q == 0 { f64::from(u8::from(statistic <= 0.0)) } else { chi2::sf(statistic, q as f64) };
            0.5 * (less + p_value)
        });
        Ok(NestedComparison { statistic, df, p_value, boundary_p_value })
    }

    /// The number of covariances that come with the one variance that a smaller fit lacks, if that is the difference.
    fn one_more_variance(&self, smaller: &MultilevelFit) -> Option<usize> {
        let own = (self.variance_components.len(), self.structures.len());
        let other = (smaller.variance_components.len(), smaller.structures.len());
        if own == (other.0 + 1, other.1) {
            return Some(0);
        }
        let unstructured = |structure: Structure| matches!(structure, Structure::Un | Structure::Gen);
        if own == other {
            let mut pairs =
                self.structures.iter().zip(&smaller.structures).filter(|(a, b)| a.tau2.len() != b.tau2.len());
            let (a, b) = pairs.next()?;
            let grown = pairs.next().is_none()
                && unstructured(a.structure)
                && a.structure == b.structure
                && a.tau2.len() == b.tau2.len() + 1;
            return grown.then_some(b.tau2.len());
        }
        // Random intercepts of which the larger fit lets the slopes vary too.
        let slopes =
            self.structures.last().filter(|last| last.structure == Structure::Gen && last.tau2.len() == 2)?;
        (own == (other.0.checked_sub(1)?, other.1 + 1)
            && slopes.levels.first().is_some_and(|name| name == "(Intercept)"))
        .then_some(1)
    }
}
