//! Coefficients of determination of regressions.
//!
//! With R² of a regression with m predictors on a sample of n:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `R2` | R² | `LS` 4R²(1-R²)²/n; `LS2` 4R²(1-R²)²(n-m-1)²/((n²-1)(n+3)); `AV`, `AV2` these at the mean R² |
//! | `ZR2` | ½ ln((1+R)/(1-R)) | 1/n |
//! | `R2F` | R² | (1-R²)²·R²(4-2R²)/n |
//! | `ZR2F` | ½ ln((1+R)/(1-R)) | (1 - R²/2)/n |
//!
//! `R2` and `ZR2` suppose that outcome and predictors are sampled together from a multivariate normal distribution; `R2F` and
//! `ZR2F` that the values of the predictors are fixed. Then R² = A/(A+B) with a noncentral chi-square A (noncentrality
//! λ = nR²/(1-R²), variance near 4λ) and a chi-square B (mean n, variance 2n), which gives their variances by the delta method
//! to first order in 1/n. The mean R² of `AV` is weighted by n. All suppose a true R² above 0: pooled values cannot be tested
//! against 0.
//!
//! # References
//!
//! - Kendall M, Stuart A (1979). The Advanced Theory of Statistics, volume 2, equations 27.87 and 27.88.
//! - Olkin I, Finn JD (1995). Correlations redux. doi:10.1037/0033-2909.118.1.155

use serde::Serialize;

use super::{
    Measure, VarianceType,
    check::{at_least, getters, proportion},
    outcome::{Computed, Outcome, computed},
};
use crate::{Error, Result};

/// The coefficient of determination of a regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RSquared {
    r2i: f64,
    mi: f64,
    ni: f64,
}

impl RSquared {
    /// R² `r2i` of a regression with `mi` predictors on a sample of `ni`.
    ///
    /// # Errors
    ///
    /// If R² is not within 0 and 1, or no residual degree of freedom is left.
    pub fn new(r2i: f64, mi: f64, ni: f64) -> Result<Self> {
        let data = RSquared {
            r2i: proportion("r2i", "coefficient of determination", r2i)?,
            mi: at_least("mi", "number of predictors", mi, 1.0)?,
            ni: at_least("ni", "sample size", ni, 2.0)?,
        };
        if ni - mi - 1.0 <= 0.0 {
            return Err(Error::data(
                format!("a sample of {ni} with {mi} predictors"),
                "the sample size must exceed the number of predictors by 2 or more",
            )
            .in_column("ni"));
        }
        Ok(data)
    }

    getters! {
        /// The coefficient of determination.
        r2i,
        /// The number of predictors.
        mi,
        /// The sample size.
        ni,
    }
}

pub(crate) fn outcomes(measure: Measure, data: &[RSquared], variance: VarianceType) -> Vec<Outcome> {
    let (sum, total) = data.iter().fold((0.0, 0.0), |(sum, total), d| (sum + d.ni * d.r2i, total + d.ni));
    let average = sum / total;
    data.iter().map(|d| Outcome::new(effect(measure, d, variance, average), d.ni)).collect()
}

fn effect(
    measure: Measure,
    &RSquared { r2i: r2, mi: m, ni: n }: &RSquared,
    variance: VarianceType,
    average: f64,
) -> Computed {
    let z = r2.sqrt().atanh();
    match measure {
        Measure::RSquared => {
            let large = |r2: f64| 4.0 * r2 * (1.0 - r2).powi(2) / n;
            let exact = |r2: f64| large(r2) * n * (n - m - 1.0).powi(2) / ((n * n - 1.0) * (n + 3.0));
            let vi = match variance {
                VarianceType::LargeSample2 => exact(r2),
                VarianceType::Average => large(average),
                VarianceType::Average2 => exact(average),
                _ => large(r2),
            };
            computed(r2, vi)
        }
        Measure::ZRSquared => computed(z, 1.0 / n),
        Measure::RSquaredFixed => computed(r2, (1.0 - r2).powi(2) * r2 * (4.0 - 2.0 * r2) / n),
        Measure::ZRSquaredFixed => computed(z, (1.0 - 0.5 * r2) / n),
        _ => Err("the measure is not one of coefficients of determination"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn vi(measure: Measure, variance: VarianceType, n: f64) -> f64 {
        let data = [RSquared::new(0.32, 4.0, n).unwrap()];
        outcomes(measure, &data, variance)[0].vi().unwrap()
    }

    #[test]
    fn fixed_predictors_agree_with_the_noncentral_distribution() {
        // scipy: variance of A/(A+B) and of atanh √(A/(A+B)), A noncentral chi-square with 4 degrees of freedom and
        // noncentrality n·0.32/0.68, B chi-square with n-5, from the Poisson mixture of beta distributions, n = 20000; the formulas are
        // good to order 1/n.
        approx::assert_relative_eq!(
            vi(Measure::RSquaredFixed, VarianceType::LargeSample, 20000.0),
            2.4857349980325627e-05,
            max_relative = 1e-3
        );
        approx::assert_relative_eq!(
            vi(Measure::ZRSquaredFixed, VarianceType::LargeSample, 20000.0),
            4.200414160171473e-05,
            max_relative = 1e-3
        );
    }

    #[test]
    fn the_second_approximation_approaches_the_first() {
        let ratio = vi(Measure::RSquared, VarianceType::LargeSample2, 1e7)
            / vi(Measure::RSquared, VarianceType::LargeSample, 1e7);
        approx::assert_relative_eq!(ratio, 1.0, max_relative = 1e-5);
        assert_eq!(
            vi(Measure::RSquared, VarianceType::Average2, 60.0),
            vi(Measure::RSquared, VarianceType::LargeSample2, 60.0)
        );
    }

    #[test]
    fn percentages_are_refused() {
        assert!(RSquared::new(32.0, 4.0, 60.0).unwrap_err().to_string().contains("divide percentages"));
        assert!(RSquared::new(0.32, 4.0, 5.0).is_err());
    }
}
