//! Correlations between two measurements: simple, partial and semi-partial.
//!
//! With the correlation r in a sample of n, and m predictors in a regression whose R² is given for semi-partial ones:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `COR` | r | (1-r²)²/(n-1) |
//! | `UCOR` | G = r·₂F₁(½, ½; (n-2)/2; 1-r²) | (1-G²)²/(n-1) |
//! | `ZCOR` | atanh r | 1/(n-3) |
//! | `PCOR` | partial r | (1-r²)²/(n-m) |
//! | `ZPCOR` | atanh of it | 1/(n-m-2) |
//! | `SPCOR` | semi-partial r | (R⁴ - 2R² + S + 1 - S²)/n with S = R² - r² |
//! | `ZSPCOR` | atanh of it | that over (1-r²)² |
//!
//! `AV` puts the mean estimate, weighted by n, in place of the study's own. For `COR` and `UCOR`, `H0` is 1/(n-1), exact
//! for ρ = 0, and `UB` is yi² less the unbiased estimate 1 - (n-3)/(n-2)·(1-r²)·₂F₁(1, 1; n/2; 1-r²) of ρ²: for the
//! unbiased G this is the unbiased estimate of its variance. `UCOR` exists from n = 5 on, `COR` and `ZCOR` have a variance
//! from n = 4 on.
//!
//! A partial correlation is t/√(t² + n - m - 1), a semi-partial one t√((1-R²)/(n-m-1)), for the t statistic of a
//! regression coefficient.
//!
//! # References
//!
//! - Fisher RA (1921). On the probable error of a coefficient of correlation deduced from a small sample. Metron 1:3-32.
//! - Olkin I, Pratt JW (1958). Unbiased estimation of certain correlation coefficients. doi:10.1214/aoms/1177706717
//! - Hedges LV (1989). An unbiased correction for sampling error in validity generalization studies.
//!   doi:10.1037/0021-9010.74.3.469
//! - Aloe AM, Becker BJ (2012). An effect size for regression predictors in meta-analysis. doi:10.3102/1076998610396901

use std::f64::consts::PI;

use serde::Serialize;

use super::{
    Measure, VarianceType,
    check::{at_least, correlation, finite, getters, proportion},
    outcome::{Computed, Outcome, computed},
    two_by_two::fisher_z,
};
use crate::{Error, Result, stat::special};

/// A correlation in a sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Correlation {
    ri: f64,
    ni: f64,
}

impl Correlation {
    /// The correlation `ri` in a sample of `ni`.
    ///
    /// # Errors
    ///
    /// If the correlation is not within -1 and 1, or the sample has fewer than 2 persons.
    pub fn new(ri: f64, ni: f64) -> Result<Self> {
        Ok(Correlation { ri: correlation("ri", ri)?, ni: at_least("ni", "sample size", ni, 2.0)? })
    }

    getters! {
        /// The correlation.
        ri,
        /// The sample size.
        ni,
    }
}

/// A partial correlation from a regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PartialCorrelation {
    ri: f64,
    mi: f64,
    ni: f64,
}

/// n - m - 1, the residual degrees of freedom of a regression with m predictors.
fn residual_df(mi: f64, ni: f64) -> Result<f64> {
    at_least("mi", "number of predictors", mi, 1.0)?;
    at_least("ni", "sample size", ni, 2.0)?;
    let df = ni - mi - 1.0;
    if df > 0.0 {
        return Ok(df);
    }
    Err(Error::data(
        format!("a sample of {ni} with {mi} predictors"),
        "the sample size must exceed the number of predictors by 2 or more",
    )
    .in_column("ni"))
}

impl PartialCorrelation {
    /// The partial correlation `ri` in a regression with `mi` predictors (the one of interest included) on a sample of
    /// `ni`.
    ///
    /// # Errors
    ///
    /// If the correlation is not within -1 and 1, or no residual degree of freedom is left.
    pub fn new(ri: f64, mi: f64, ni: f64) -> Result<Self> {
        let ri = correlation("ri", ri)?;
        residual_df(mi, ni)?;
        Ok(PartialCorrelation { ri, mi, ni })
    }

    /// The partial correlation from the t statistic `ti` of the regression coefficient.
    ///
    /// # Errors
    ///
    /// If the statistic is not finite, or no residual degree of freedom is left.
    pub fn from_t(ti: f64, mi: f64, ni: f64) -> Result<Self> {
        let ti = finite("ti", ti)?;
        let df = residual_df(mi, ni)?;
        Ok(PartialCorrelation { ri: ti / ti.hypot(df.sqrt()), mi, ni })
    }

    getters! {
        /// The partial correlation.
        ri,
        /// The number of predictors.
        mi,
        /// The sample size.
        ni,
    }
}

/// A semi-partial correlation from a regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SemiPartialCorrelation {
    ri: f64,
    mi: f64,
    ni: f64,
    r2i: f64,
}

impl SemiPartialCorrelation {
    /// The semi-partial correlation `ri` in a regression with `mi` predictors and the coefficient of determination `r2i` on
    /// a sample of `ni`.
    ///
    /// # Errors
    ///
    /// If the correlation is not within -1 and 1, R² not within 0 and 1, or no residual degree of freedom is left.
    pub fn new(ri: f64, mi: f64, ni: f64, r2i: f64) -> Result<Self> {
        let (ri, r2i) = (correlation("ri", ri)?, proportion("r2i", "coefficient of determination", r2i)?);
        residual_df(mi, ni)?;
        Ok(SemiPartialCorrelation { ri, mi, ni, r2i })
    }

    /// The semi-partial correlation from the t statistic `ti` of the regression coefficient.
    ///
    /// # Errors
    ///
    /// If the statistic is not finite, R² not within 0 and 1, no residual degree of freedom is left, or the statistic and
    /// R² together make a correlation beyond ±1.
    pub fn from_t(ti: f64, mi: f64, ni: f64, r2i: f64) -> Result<Self> {
        let (ti, r2i) = (finite("ti", ti)?, proportion("r2i", "coefficient of determination", r2i)?);
        let df = residual_df(mi, ni)?;
        let ri = ti * ((1.0 - r2i) / df).sqrt();
        if ri.abs() > 1.0 {
            return Err(Error::data(
                format!("t statistic {ti} with R² {r2i} makes a semi-partial correlation of {ri}"),
                "check the t statistic, the sample size and R²",
            )
            .in_column("ti"));
        }
        Ok(SemiPartialCorrelation { ri, mi, ni, r2i })
    }

    getters! {
        /// The semi-partial correlation.
        ri,
        /// The number of predictors.
        mi,
        /// The sample size.
        ni,
        /// The coefficient of determination of the regression.
        r2i,
    }
}

/// The mean of the estimates, weighted by sample size.
fn weighted_mean(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, total) = pairs
        .filter(|(y, _)| y.is_finite())
        .fold((0.0, 0.0), |(sum, total), (y, n)| (sum + n * y, total + n));
    sum / total
}

pub(crate) fn outcomes(measure: Measure, data: &[Correlation], variance: VarianceType) -> Vec<Outcome> {
    let estimate = |c: &Correlation| {
        if measure == Measure::CorrelationUnbiased { unbiased(c.ri, c.ni) } else { c.ri }
    };
    let average = weighted_mean(data.iter().map(|c| (estimate(c), c.ni)));
    data.iter().map(|c| Outcome::new(effect(measure, c, estimate(c), variance, average), c.ni)).collect()
}

fn effect(measure: Measure, c: &Correlation, y: f64, variance: VarianceType, average: f64) -> Computed {
    let &Correlation { ri: r, ni: n } = c;
    if measure == Measure::CorrelationUnbiased && n <= 4.0 {
        return Err("the bias correction needs a sample of 5 or more");
    }
    if n <= 3.0 {
        return Err("the sampling variance needs a sample of 4 or more");
    }
    match measure {
        Measure::FisherZ => computed(r.atanh(), 1.0 / (n - 3.0)),
        Measure::CorrelationCoefficient | Measure::CorrelationUnbiased => {
            let vi = match variance {
                VarianceType::Unbiased => {
                    let rest = (1.0 - r) * (1.0 + r);
                    y * y - 1.0 + (n - 3.0) / (n - 2.0) * rest * one_one(0.5 * n, rest)
                }
                VarianceType::Average => (1.0 - average * average).powi(2) / (n - 1.0),
                VarianceType::Null => 1.0 / (n - 1.0),
                _ => (1.0 - y * y).powi(2) / (n - 1.0),
            };
            computed(y, vi)
        }
        _ => Err("the measure is not one of correlations"),
    }
}

/// Olkin and Pratt's unbiased estimate of a correlation.
fn unbiased(r: f64, n: f64) -> f64 {
    if n <= 4.0 {
        return f64::NAN;
    }
    r * special::hypergeometric_half_half(0.5 * (n - 2.0), (1.0 - r) * (1.0 + r))
}

/// ₂F₁(1, 1; c; z) for c > 2 and 0 ≤ z ≤ 1: its series where that is fast, else Euler's integral
/// (c-1)∫u^(c-2)/(1-z+zu) du over (0, 1) by the double-exponential rule.
fn one_one(c: f64, z: f64) -> f64 {
    if z <= 0.5 || c >= 25.0 {
        let (mut sum, mut term, mut k) = (1.0, 1.0, 0.0);
        while term > 1e-18 * sum {
            term *= (k + 1.0) / (c + k) * z;
            sum += term;
            k += 1.0;
        }
        return sum;
    }
    // u = 1/(1 + exp(-π sinh t))
    let step = 1.0 / 32.0;
    let node = |i: i32| {
        let t = f64::from(i) * step;
        let u = 1.0 / (1.0 + (-PI * t.sinh()).exp());
        let weight = PI * t.cosh() * u / (1.0 + (PI * t.sinh()).exp());
        u.powf(c - 2.0) * weight / (1.0 - z + z * u)
    };
    (c - 1.0) * step * (-130..=130).map(node).sum::<f64>()
}

pub(crate) fn partial_outcomes(
    measure: Measure,
    data: &[PartialCorrelation],
    variance: VarianceType,
) -> Vec<Outcome> {
    let average = weighted_mean(data.iter().map(|c| (c.ri, c.ni)));
    let effect = |c: &PartialCorrelation| match measure {
        Measure::PartialCorrelation => {
            let at = if variance == VarianceType::Average { average } else { c.ri };
            computed(c.ri, (1.0 - at * at).powi(2) / (c.ni - c.mi))
        }
        Measure::ZPartialCorrelation if c.ni - c.mi > 2.0 => {
            computed(c.ri.atanh(), 1.0 / (c.ni - c.mi - 2.0))
        }
        Measure::ZPartialCorrelation => {
            Err("the sampling variance needs more persons than predictors by 3 or more")
        }
        _ => Err("the measure is not one of partial correlations"),
    };
    data.iter().map(|c| Outcome::new(effect(c), c.ni)).collect()
}

pub(crate) fn semi_partial_outcomes(
    measure: Measure,
    data: &[SemiPartialCorrelation],
    variance: VarianceType,
) -> Vec<Outcome> {
    let average = weighted_mean(data.iter().map(|c| (c.ri, c.ni)));
    let effect = |c: &SemiPartialCorrelation| {
        let at = if variance == VarianceType::Average { average } else { c.ri };
        let rest = c.r2i - at * at;
        let vi = (c.r2i * c.r2i - 2.0 * c.r2i + rest + 1.0 - rest * rest) / c.ni;
        match measure {
            Measure::SemiPartialCorrelation => computed(c.ri, vi),
            Measure::ZSemiPartialCorrelation => fisher_z(c.ri, vi),
            _ => Err("the measure is not one of semi-partial correlations"),
        }
    };
    data.iter().map(|c| Outcome::new(effect(c), c.ni)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn variance_types_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, ri=c(.42,-.3,.7), ni=c(37,20,14), vtype)
        let data = [(0.42, 37.0), (-0.3, 20.0), (0.7, 14.0)].map(|(r, n)| Correlation::new(r, n).unwrap());
        for (measure, variance, expected) in [
            (
                Measure::CorrelationCoefficient,
                VarianceType::Average,
                [0.0238085573398611, 0.0451109507492106, 0.0659313895565386],
            ),
            (
                Measure::CorrelationUnbiased,
                VarianceType::LargeSample,
                [0.0186410324975375, 0.0430879336884854, 0.0182382196182423],
            ),
            (
                Measure::CorrelationUnbiased,
                VarianceType::Unbiased,
                [0.0199336848078611, 0.0499938855802610, 0.0199137000751225],
            ),
            (
                Measure::CorrelationUnbiased,
                VarianceType::Average,
                [0.0237092621423382, 0.0449228124802198, 0.0656564182403213],
            ),
        ] {
            for (outcome, expected) in outcomes(measure, &data, variance).iter().zip(expected) {
                approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-11);
            }
        }
    }

    #[test]
    fn the_hypergeometric_function_agrees_with_mpmath() {
        for (c, z, expected) in [
            (2.5, 1.0, 3.0),
            (2.5, 0.999, 2.85676537765142086),
            (3.0, 0.9, 1.65368269308789),
            (5.5, 0.51, 1.11123204651537914),
            (10.0, 0.99999, 1.12499839286249998),
            (24.9, 1.0, 1.04366812227074236),
            (25.0, 0.97, 1.04205938328794135),
            (500.0, 0.8, 1.0016051343663282),
            (4.0, 0.3, 1.0856358366643184),
            (7.0, 0.0, 1.0),
        ] {
            approx::assert_relative_eq!(one_one(c, z), expected, max_relative = 1e-13);
        }
    }

    #[test]
    fn semi_partial_variances_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc("SPCOR", ti=c(2.5,-1,1.3), mi=c(4,3,2), ni=c(60,20,34), r2i=c(.45,.2,.3), vtype)
        let data = [(2.5, 4.0, 60.0, 0.45), (-1.0, 3.0, 20.0, 0.2), (1.3, 2.0, 34.0, 0.3)]
            .map(|(t, m, n, r2)| SemiPartialCorrelation::from_t(t, m, n, r2).unwrap());
        for (variance, expected) in [
            (VarianceType::LargeSample, [0.00899739583333333, 0.03837500000000001, 0.02009644705270245]),
            (VarianceType::Average, [0.00912028420778526, 0.03929375543056376, 0.02030623194569445]),
        ] {
            let outcomes = semi_partial_outcomes(Measure::SemiPartialCorrelation, &data, variance);
            for (outcome, expected) in outcomes.iter().zip(expected) {
                approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-13);
            }
        }
    }

    #[test]
    fn small_samples_have_no_effect() {
        let none = |m, r, n| {
            outcomes(m, &[Correlation::new(r, n).unwrap()], VarianceType::LargeSample)[0].effect.is_none()
        };
        assert!(none(Measure::CorrelationCoefficient, 0.3, 3.0));
        assert!(none(Measure::CorrelationUnbiased, 0.3, 4.0));
        assert!(none(Measure::FisherZ, 1.0, 30.0));
        assert!(PartialCorrelation::new(0.3, 4.0, 5.0).is_err());
        assert!(SemiPartialCorrelation::from_t(50.0, 2.0, 20.0, 0.1).is_err());
    }
}
