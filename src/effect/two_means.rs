//! Means and standard deviations in two groups: differences, standardized differences and ratios.
//!
//! With the mean m, standard deviation s and size n of each group, N = n1 + n2, s_p the pooled standard deviation,
//! J(ν) = Γ(ν/2)/(√(ν/2) Γ((ν-1)/2)) the factor that makes a standardized mean unbiased, and cv = s/m:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `MD` | m1 - m2 | s1²/n1 + s2²/n2; `HO` s_p²(1/n1 + 1/n2) |
//! | `SMD` | g = J(N-2)·(m1-m2)/s_p | `LS` 1/n1 + 1/n2 + g²/(2N); see below |
//! | `SMDH` | J(N-2)·(m1-m2)/s̄, s̄² = (s1²+s2²)/2 | g²(s1⁴/(n1-1) + s2⁴/(n2-1))/(8s̄⁴) + (s1²/(n1-1) + s2²/(n2-1))/s̄² |
//! | `SMD1` | J(n2-1)·(m1-m2)/s2 | `LS` 1/n1 + 1/n2 + g²/(2n2); see below |
//! | `SMD1H` | the same | s1²/(s2²(n1-1)) + 1/(n2-1) + g²/(2(n2-1)) |
//! | `ROM` | ln(m1/m2) + ½(cv1²/n1 - cv2²/n2) | cv1²/n1 + cv2²/n2; `LS2` adds ½(cv1⁴/n1² + cv2⁴/n2²); `HO` with s_p; `AV`, `AVHO` with average cv |
//! | `VR` | ln(s1/s2) + ½(1/(n1-1) - 1/(n2-1)) | ½(1/(n1-1) + 1/(n2-1)); `LS2` ½(n1/(n1-1)² + n2/(n2-1)²) |
//! | `CVR` | `VR` - `ROM` | sum of theirs, of `LS` or `LS2` |
//! | `D2ORN`, `D2ORL` = `D2OR` | 1.65 d, d·π/√3 with Cohen's d | 1/n1 + 1/n2 + d²/(2N), scaled likewise |
//!
//! `SMD` and `SMD1` (ν = N-2 and n2-1, N and n2 in the last term) also have `LS2`, J²·(1/n1 + 1/n2 + d²/(2N)) with d = g/J;
//! `UB`, the unbiased 1/n1 + 1/n2 + (1 - (ν-2)/(νJ²))g²; `AV`, `LS` at the mean g weighted by N; `H0`, 1/n1 + 1/n2; and
//! `SMD` RevMan's `RM`, 1/n1 + 1/n2 + g²/(2(N-3.94)). `LS2` of `SMDH` has n in place of n-1.
//!
//! `AV` and `AVHO` of `ROM` take the coefficients of variation from the studies that report their standard deviations, and
//! so serve those that do not ([`TwoMeans::partial`]); the second-order correction of the estimate needs the study's own.
//! `VR` needs no means, `SMD1` only the standard deviation of group 2. A standard deviation of 0 in one group gives what the
//! formula gives; where that is no number, or a variance of 0, the study has no usable effect.
//!
//! [`BiasCorrection`] leaves out J and the second-order terms of logarithms, or approximates
//! J. Means of opposite sign (of any sign but plus for `CVR`) have no log ratio; ν = 1 has no J. Correlations of a group with
//! a measurement (`RPB`, `RBIS`) and `CLESN` stand in their own files.
//!
//! ```
//! use consilience::effect::{EffectOptions, StudyData, TwoMeans, VarianceType};
//! use consilience::Measure;
//!
//! // Specialist stroke care in Edinburgh (Normand 1999): days in hospital.
//! let data = StudyData::TwoMeans(vec![TwoMeans::new(55.0, 47.0, 155.0, 75.0, 64.0, 156.0)?]);
//! let smd = data.effects(Measure::StandardizedMeanDifference, &EffectOptions::default())?;
//! assert!((smd[0].vi().unwrap_or(0.0) - 0.01306468).abs() < 1e-8);
//! let unbiased = EffectOptions::default().variance(VarianceType::Unbiased);
//! let smd = data.effects(Measure::StandardizedMeanDifference, &unbiased)?;
//! assert!((smd[0].vi().unwrap_or(0.0) - 0.01306715).abs() < 1e-8);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Hedges LV (1981). Distribution theory for Glass's estimator of effect size and related estimators.
//!   doi:10.3102/10769986006002107. Hedges LV (1983). A random effects model for effect sizes. doi:10.1037/0033-2909.93.2.388
//! - Bonett DG (2008). Confidence intervals for standardized linear contrasts of means. doi:10.1037/1082-989X.13.2.99
//! - Borenstein M (2009). Effect sizes for continuous data. In Cooper and others, The Handbook of Research Synthesis.
//! - Hedges LV, Gurevitch J, Curtis PS (1999). The meta-analysis of response ratios in experimental ecology.
//!   `doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2`. Lajeunesse MJ (2015). Bias and correction for the log response
//!   ratio. doi:10.1890/14-2402.1
//! - Nakagawa S and others (2015). Meta-analysis of variation. doi:10.1111/2041-210X.12309; (2023). A robust and readily
//!   implementable method for the meta-analysis of response ratios. doi:10.1111/ele.14144
//! - Senior AM, Viechtbauer W, Nakagawa S (2020). Revisiting and expanding the meta-analysis of variation.
//!   doi:10.1002/jrsm.1423
//! - Chinn S (2000). A simple method for converting an odds ratio to effect size. doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M

use std::f64::consts::PI;

use serde::Serialize;

use super::{
    BiasCorrection, Measure, VarianceType, biserial,
    check::{at_least, finite, getters, not_negative},
    outcome::{Computed, Outcome, computed},
    superiority,
};
use crate::Result;

/// Means and standard deviations in two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TwoMeans {
    m1i: f64,
    sd1i: f64,
    n1i: f64,
    m2i: f64,
    sd2i: f64,
    n2i: f64,
}

impl TwoMeans {
    /// Mean `m1i`, standard deviation `sd1i` and size `n1i` of group 1, and those of group 2.
    ///
    /// # Errors
    ///
    /// If a value is not finite, a standard deviation negative, or a size below 2.
    pub fn new(m1i: f64, sd1i: f64, n1i: f64, m2i: f64, sd2i: f64, n2i: f64) -> Result<Self> {
        Self::partial(Some(m1i), Some(sd1i), n1i, Some(m2i), Some(sd2i), n2i)
    }

    /// As [`new`](Self::new) for a study that does not report everything; measures that need what is missing have no effect.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), for the values that are given.
    pub fn partial(
        m1i: Option<f64>,
        sd1i: Option<f64>,
        n1i: f64,
        m2i: Option<f64>,
        sd2i: Option<f64>,
        n2i: f64,
    ) -> Result<Self> {
        // What is not reported is held as NaN, which no measure that needs it survives.
        let mean = |column, value: Option<f64>| value.map_or(Ok(f64::NAN), |m| finite(column, m));
        let sd = |column, value: Option<f64>| {
            value.map_or(Ok(f64::NAN), |s| not_negative(column, "standard deviation", s))
        };
        Ok(TwoMeans {
            m1i: mean("m1i", m1i)?,
            sd1i: sd("sd1i", sd1i)?,
            n1i: at_least("n1i", "group size", n1i, 2.0)?,
            m2i: mean("m2i", m2i)?,
            sd2i: sd("sd2i", sd2i)?,
            n2i: at_least("n2i", "group size", n2i, 2.0)?,
        })
    }

    /// True if a mean or a standard deviation is not reported; its getter returns NaN.
    pub fn is_partial(&self) -> bool {
        [self.m1i, self.sd1i, self.m2i, self.sd2i].iter().any(|value| value.is_nan())
    }

    getters! {
        /// The mean of group 1.
        m1i,
        /// The standard deviation of group 1.
        sd1i,
        /// The size of group 1.
        n1i,
        /// The mean of group 2.
        m2i,
        /// The standard deviation of group 2.
        sd2i,
        /// The size of group 2.
        n2i,
    }

    /// The pooled variance.
    pub(crate) fn pooled_variance(&self) -> f64 {
        let (df1, df2) = (self.n1i - 1.0, self.n2i - 1.0);
        (df1 * self.sd1i.powi(2) + df2 * self.sd2i.powi(2)) / (df1 + df2)
    }

    /// Cohen's d.
    pub(crate) fn cohen_d(&self) -> f64 {
        (self.m1i - self.m2i) / self.pooled_variance().sqrt()
    }
}

/// Averages over the studies, for the variance types that need them.
#[derive(Clone, Copy)]
struct Averages {
    /// Of the standardized mean differences, weighted by N.
    smd: f64,
    /// Of the coefficients of variation, by group and of both, weighted by the group sizes.
    cv: (f64, f64, f64),
}

pub(crate) fn outcomes(
    measure: Measure,
    data: &[TwoMeans],
    variance: VarianceType,
    correction: BiasCorrection,
) -> Vec<Outcome> {
    let averages = averages(measure, data, correction);
    let outcome =
        |t: &TwoMeans| Outcome::new(effect(measure, t, variance, correction, averages), t.n1i + t.n2i);
    data.iter().map(outcome).collect()
}

fn averages(measure: Measure, data: &[TwoMeans], correction: BiasCorrection) -> Averages {
    let (mut total, mut smd) = (0.0, 0.0);
    for t in data {
        let g = standardized(measure, t, correction).0;
        if g.is_finite() {
            total += t.n1i + t.n2i;
            smd += (t.n1i + t.n2i) * g;
        }
    }
    // Each group's average over the studies that report its standard deviation; the common one over those that report both.
    let usable = || data.iter().filter(|t| t.m1i / t.m2i > 0.0);
    let average = |pairs: &[(f64, f64)]| {
        let known = || pairs.iter().filter(|(n, cv)| n.is_finite() && cv.is_finite());
        known().map(|(n, cv)| n * cv).sum::<f64>() / known().map(|(n, _)| n).sum::<f64>()
    };
    let first: Vec<(f64, f64)> = usable().map(|t| (t.n1i, t.sd1i / t.m1i)).collect();
    let second: Vec<(f64, f64)> = usable().map(|t| (t.n2i, t.sd2i / t.m2i)).collect();
    let both: Vec<(f64, f64)> = first
        .iter()
        .zip(&second)
        .filter(|(a, b)| a.1.is_finite() && b.1.is_finite())
        .flat_map(|(a, b)| [*a, *b])
        .collect();
    Averages { smd: smd / total, cv: (average(&first), average(&second), average(&both)) }
}

/// The corrected standardized difference of a measure, its factor J and degrees of freedom ν.
fn standardized(measure: Measure, t: &TwoMeans, correction: BiasCorrection) -> (f64, f64, f64) {
    let difference = t.m1i - t.m2i;
    let (standardizer, df) = match measure {
        Measure::SmdHeteroscedastic => {
            ((0.5 * (t.sd1i.powi(2) + t.sd2i.powi(2))).sqrt(), t.n1i + t.n2i - 2.0)
        }
        Measure::SmdComparator | Measure::SmdComparatorHeteroscedastic => (t.sd2i, t.n2i - 1.0),
        _ => (t.pooled_variance().sqrt(), t.n1i + t.n2i - 2.0),
    };
    let factor = correction.factor(df);
    (factor * difference / standardizer, factor, df)
}

/// The choices that the formulas of one study share.
#[derive(Clone, Copy)]
struct Setting {
    measure: Measure,
    variance: VarianceType,
    correction: BiasCorrection,
    averages: Averages,
}

fn effect(
    measure: Measure,
    t: &TwoMeans,
    variance: VarianceType,
    correction: BiasCorrection,
    averages: Averages,
) -> Computed {
    let setting = Setting { measure, variance, correction, averages };
    let made = match measure {
        Measure::MeanDifference => mean_difference(t, variance),
        Measure::StandardizedMeanDifference
        | Measure::SmdComparator
        | Measure::SmdHeteroscedastic
        | Measure::SmdComparatorHeteroscedastic => standardized_difference(t, setting),
        Measure::SmdToOddsRatioNormal | Measure::SmdToOddsRatio | Measure::SmdToOddsRatioLogistic => {
            let scale = if measure == Measure::SmdToOddsRatioNormal { 1.65 } else { PI / 3.0f64.sqrt() };
            let d = t.cohen_d();
            let sizes = 1.0 / t.n1i + 1.0 / t.n2i;
            computed(scale * d, scale * scale * (sizes + d * d / (2.0 * (t.n1i + t.n2i))))
        }
        Measure::RatioOfMeans | Measure::VariabilityRatio | Measure::CoefficientOfVariationRatio => {
            log_ratio(t, setting)
        }
        Measure::CommonLanguageNormal => superiority::normal_effect(t, variance),
        _ => biserial::effect(measure, t, variance),
    };
    made.map_err(|reason| t.missing(measure).unwrap_or(reason))
}

impl TwoMeans {
    /// Names what is not reported of what the measure needs.
    fn missing(&self, measure: Measure) -> Option<&'static str> {
        let mean = measure != Measure::VariabilityRatio && (self.m1i.is_nan() || self.m2i.is_nan());
        match (self.sd1i.is_nan() || self.sd2i.is_nan(), mean) {
            (true, true) => Some("a mean and a standard deviation are missing"),
            (true, false) => Some("a standard deviation is missing"),
            (false, true) => Some("a mean is missing"),
            (false, false) => None,
        }
    }
}

fn mean_difference(t: &TwoMeans, variance: VarianceType) -> Computed {
    let vi = match variance {
        VarianceType::Homoscedastic => t.pooled_variance() * (1.0 / t.n1i + 1.0 / t.n2i),
        _ => t.sd1i * t.sd1i / t.n1i + t.sd2i * t.sd2i / t.n2i,
    };
    computed(t.m1i - t.m2i, vi)
}

/// `SMD`, `SMD1`, `SMDH` and `SMD1H`.
fn standardized_difference(t: &TwoMeans, setting: Setting) -> Computed {
    let (g, factor, df) = standardized(setting.measure, t, setting.correction);
    let (s1, s2) = (t.sd1i, t.sd2i);
    let (df1, df2) = (t.n1i - 1.0, t.n2i - 1.0);
    let sizes = 1.0 / t.n1i + 1.0 / t.n2i;
    let second = setting.variance == VarianceType::LargeSample2;
    // `LS2` with a pooled or one standard deviation is J² times the variance at d = g/J.
    let scaled = |at: &dyn Fn(f64) -> f64| if second { factor * factor * at(g / factor) } else { at(g) };
    let vi = match setting.measure {
        Measure::SmdHeteroscedastic => {
            let mean = 0.5 * (s1 * s1 + s2 * s2);
            let (n1, n2) = if second { (t.n1i, t.n2i) } else { (df1, df2) };
            g * g * (s1.powi(4) / n1 + s2.powi(4) / n2) / (8.0 * mean * mean)
                + (s1 * s1 / n1 + s2 * s2 / n2) / mean
        }
        Measure::SmdComparatorHeteroscedastic => (s1 / s2).powi(2) / df1 + 1.0 / df2 + g * g / (2.0 * df2),
        measure => {
            let spread = if measure == Measure::SmdComparator { t.n2i } else { t.n1i + t.n2i };
            match setting.variance {
                VarianceType::Unbiased => sizes + (1.0 - (df - 2.0) / (df * factor * factor)) * g * g,
                VarianceType::Average => sizes + setting.averages.smd.powi(2) / (2.0 * spread),
                VarianceType::Null => sizes,
                VarianceType::RevMan => sizes + g * g / (2.0 * (spread - 3.94)),
                _ => scaled(&|x| sizes + x * x / (2.0 * spread)),
            }
        }
    };
    computed(g, vi)
}

/// `ROM`, `VR` and `CVR`.
fn log_ratio(t: &TwoMeans, setting: Setting) -> Computed {
    let Setting { measure, variance, correction, averages } = setting;
    match measure {
        Measure::RatioOfMeans => {
            let (yi, vi) = log_ratio_of_means(t, variance, correction);
            let (cv1, cv2, cv) = averages.cv;
            let (n1, n2) = (t.n1i, t.n2i);
            let vi = match variance {
                VarianceType::Homoscedastic => {
                    t.pooled_variance() * (1.0 / (n1 * t.m1i * t.m1i) + 1.0 / (n2 * t.m2i * t.m2i))
                }
                VarianceType::Average => cv1 * cv1 / n1 + cv2 * cv2 / n2,
                VarianceType::AverageHomoscedastic => cv * cv * (1.0 / n1 + 1.0 / n2),
                _ => vi,
            };
            computed(yi, vi)
        }
        Measure::VariabilityRatio => {
            let (yi, vi) = log_variability_ratio(t, variance, correction);
            computed(yi, vi)
        }
        _ if t.m1i <= 0.0 || t.m2i <= 0.0 => Err("a coefficient of variation needs means above 0"),
        _ => {
            let (ratio, ratio_variance) = log_ratio_of_means(t, variance, correction);
            let (spread, spread_variance) = log_variability_ratio(t, variance, correction);
            computed(spread - ratio, spread_variance + ratio_variance)
        }
    }
}

/// ln(m1/m2) with its second-order correction, and its variance, with the second-order terms for `LS2`.
fn log_ratio_of_means(t: &TwoMeans, variance: VarianceType, correction: BiasCorrection) -> (f64, f64) {
    let (v1, v2) = ((t.sd1i / t.m1i).powi(2) / t.n1i, (t.sd2i / t.m2i).powi(2) / t.n2i);
    let second = if variance == VarianceType::LargeSample2 { 0.5 * (v1 * v1 + v2 * v2) } else { 0.0 };
    let bias = if correction == BiasCorrection::None { 0.0 } else { 0.5 * (v1 - v2) };
    ((t.m1i / t.m2i).ln() + bias, v1 + v2 + second)
}

/// ln(s1/s2) with its correction, and its variance, with the second-order terms for `LS2`.
fn log_variability_ratio(t: &TwoMeans, variance: VarianceType, correction: BiasCorrection) -> (f64, f64) {
    let (df1, df2) = (t.n1i - 1.0, t.n2i - 1.0);
    let vi = match variance {
        VarianceType::LargeSample2 => 0.5 * (t.n1i / (df1 * df1) + t.n2i / (df2 * df2)),
        _ => 0.5 / df1 + 0.5 / df2,
    };
    ((t.sd1i / t.sd2i).ln() + correction.second_order() * (0.5 / df1 - 0.5 / df2), vi)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn data() -> Vec<TwoMeans> {
        vec![
            TwoMeans::new(105.2, 14.1, 24.0, 98.3, 17.9, 30.0).unwrap(),
            TwoMeans::new(99.0, 12.0, 50.0, 97.0, 15.0, 44.0).unwrap(),
            TwoMeans::new(12.0, 4.0, 12.0, 7.0, 3.0, 9.0).unwrap(),
        ]
    }

    #[test]
    fn variance_types_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, vtype, ...) on the data above
        use Measure as M;
        use VarianceType as V;
        for (measure, variance, expected) in [
            (M::MeanDifference, V::Homoscedastic, [19.99690384615385, 7.77032608695652, 2.53801169590643]),
            (
                M::StandardizedMeanDifference,
                V::LargeSample2,
                [0.0744458737030670, 0.0421463632734261, 0.2211863341740074],
            ),
            (
                M::StandardizedMeanDifference,
                V::Unbiased,
                [0.0767254705221181, 0.0428471415027514, 0.2455664028488921],
            ),
            (
                M::StandardizedMeanDifference,
                V::Average,
                [0.0763367265042168, 0.0434951794424611, 0.1978817411695734],
            ),
            (M::SmdComparator, V::LargeSample2, [0.0734812431922646, 0.0414347655694127, 0.2841996415902683]),
            (M::SmdComparator, V::Unbiased, [0.0775851843462628, 0.0429352359585470, 0.3746480795291771]),
            (M::SmdComparator, V::Average, [0.0774036459841835, 0.0443661222619433, 0.2024565977250562]),
            (
                M::RatioOfMeans,
                V::Homoscedastic,
                [0.001923583988425716, 0.000810378783561259, 0.037151410271711025],
            ),
            (M::RatioOfMeans, V::Average, [0.00225113240552923, 0.00133442778100178, 0.00617957801816070]),
            (
                M::RatioOfMeans,
                V::AverageHomoscedastic,
                [0.00227000067210411, 0.00129321250410780, 0.00588518692767732],
            ),
        ] {
            let outcomes = outcomes(measure, &data(), variance, BiasCorrection::Exact);
            for (outcome, expected) in outcomes.iter().zip(expected) {
                approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn without_correction_the_estimates_are_plain() {
        let plain =
            |m| outcomes(m, &data(), VarianceType::LargeSample, BiasCorrection::None)[0].yi().unwrap();
        approx::assert_relative_eq!(
            plain(Measure::RatioOfMeans),
            (105.2f64 / 98.3).ln(),
            max_relative = 1e-14
        );
        approx::assert_relative_eq!(
            plain(Measure::VariabilityRatio),
            (14.1f64 / 17.9).ln(),
            max_relative = 1e-14
        );
        approx::assert_relative_eq!(plain(Measure::SmdComparator), 6.9 / 17.9, max_relative = 1e-13);
    }

    #[test]
    fn one_degree_of_freedom_and_opposite_signs_have_no_effect() {
        let small = [TwoMeans::new(5.0, 1.0, 4.0, -3.0, 1.0, 2.0).unwrap()];
        for measure in [Measure::SmdComparator, Measure::RatioOfMeans, Measure::CoefficientOfVariationRatio] {
            let outcome = &outcomes(measure, &small, VarianceType::LargeSample, BiasCorrection::Exact)[0];
            assert!(outcome.effect.is_none() && outcome.reason.is_some(), "{measure}");
        }
    }

    #[test]
    fn impossible_values_are_refused() {
        let said = |t: Result<TwoMeans>| t.unwrap_err().to_string();
        assert!(
            said(TwoMeans::new(5.0, -1.0, 4.0, 3.0, 1.0, 6.0))
                .starts_with("column sd1i: standard deviation is -1;")
        );
        assert!(
            said(TwoMeans::new(5.0, 1.0, 4.0, 3.0, 1.0, 1.0)).starts_with("column n2i: group size is 1;")
        );
        assert!(
            said(TwoMeans::new(5.0, 1.0, 4.0, f64::INFINITY, 1.0, 6.0))
                .starts_with("column m2i: value is inf;")
        );
    }

    #[test]
    fn second_order_variances_follow_their_formulas() {
        // Lajeunesse 2015, equation 9, with cv² = 0.04 and 0.0625 and n = 20; Senior and others 2020, n/(n-1)² with n = 20:
        // metafor 5.0, escalc(measure, vtype = "LS2") prints the same
        let data = [TwoMeans::new(10.0, 2.0, 20.0, 8.0, 2.0, 20.0).unwrap()];
        let vi = |measure| {
            outcomes(measure, &data, VarianceType::LargeSample2, BiasCorrection::Exact)[0].vi().unwrap()
        };
        let means = 0.04 / 20.0 + 0.0625 / 20.0 + 0.5 * (0.04f64.powi(2) + 0.0625f64.powi(2)) / 400.0;
        approx::assert_relative_eq!(vi(Measure::RatioOfMeans), means, max_relative = 1e-13);
        approx::assert_relative_eq!(vi(Measure::VariabilityRatio), 20.0 / 361.0, max_relative = 1e-13);
        approx::assert_relative_eq!(
            vi(Measure::CoefficientOfVariationRatio),
            0.0605335448624,
            max_relative = 1e-11
        );
    }

    #[test]
    fn heteroscedastic_differences_have_a_second_variance() {
        // metafor 5.0-1, escalc("SMDH", ..., vtype = "LS2"): the sizes of the groups in place of their degrees of freedom
        let data = [
            TwoMeans::new(2.0, 1.0, 3.0, 1.0, 1.5, 5.0).unwrap(),
            TwoMeans::new(5.0, 2.0, 10.0, 3.2, 1.8, 14.0).unwrap(),
            TwoMeans::new(3.3, 1.5, 40.0, 3.0, 2.0, 25.0).unwrap(),
        ];
        let made =
            outcomes(Measure::SmdHeteroscedastic, &data, VarianceType::LargeSample2, BiasCorrection::Exact);
        for (outcome, expected) in made.iter().zip([0.51163191992, 0.19312709546, 0.06947586649]) {
            approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-9);
        }
    }

    #[test]
    fn averages_serve_studies_without_standard_deviations() {
        let known = |m1, s1, n1, m2, s2, n2| TwoMeans::new(m1, s1, n1, m2, s2, n2).unwrap();
        let data = [
            known(10.0, 2.0, 20.0, 8.0, 2.0, 20.0),
            TwoMeans::partial(Some(8.0), None, 25.0, Some(9.0), None, 25.0).unwrap(),
            TwoMeans::partial(Some(12.0), Some(3.0), 30.0, Some(11.0), None, 28.0).unwrap(),
        ];
        // cv1 = (20·0.2 + 30·0.25)/50 = 0.23 over the two that report it, cv2 = 0.25 of the one that does
        let of = |variance, correction| outcomes(Measure::RatioOfMeans, &data, variance, correction);
        let average = of(VarianceType::Average, BiasCorrection::None);
        approx::assert_relative_eq!(
            average[1].vi().unwrap(),
            0.23 * 0.23 / 25.0 + 0.0625 / 25.0,
            max_relative = 1e-13
        );
        approx::assert_relative_eq!(average[1].yi().unwrap(), (8.0f64 / 9.0).ln(), max_relative = 1e-13);
        let common = of(VarianceType::AverageHomoscedastic, BiasCorrection::None);
        // (20·0.2 + 20·0.25)/40 = 0.225 over the one that reports both
        approx::assert_relative_eq!(
            common[1].vi().unwrap(),
            0.225 * 0.225 * 2.0 / 25.0,
            max_relative = 1e-13
        );
        for outcomes in [
            of(VarianceType::Average, BiasCorrection::Exact),
            of(VarianceType::LargeSample, BiasCorrection::None),
        ] {
            assert_eq!(outcomes[1].reason.as_deref(), Some("a standard deviation is missing"));
        }
    }

    #[test]
    fn what_a_measure_does_not_use_may_be_missing() {
        let data = [TwoMeans::partial(None, Some(3.0), 20.0, None, Some(4.0), 25.0).unwrap()];
        let of = |measure| outcomes(measure, &data, VarianceType::LargeSample, BiasCorrection::Exact);
        let vr = of(Measure::VariabilityRatio);
        approx::assert_relative_eq!(
            vr[0].yi().unwrap(),
            0.75f64.ln() + 0.5 / 19.0 - 0.5 / 24.0,
            max_relative = 1e-13
        );
        assert_eq!(of(Measure::MeanDifference)[0].reason.as_deref(), Some("a mean is missing"));
        let one = [TwoMeans::partial(Some(5.0), None, 12.0, Some(3.0), Some(2.0), 15.0).unwrap()];
        let smd1 = outcomes(Measure::SmdComparator, &one, VarianceType::LargeSample, BiasCorrection::None);
        assert_eq!(smd1[0].yi(), Some(1.0));
    }

    #[test]
    fn a_standard_deviation_of_zero_gives_what_the_formula_gives() {
        let data = [TwoMeans::new(10.0, 0.0, 12.0, 8.0, 2.0, 20.0).unwrap()];
        let of = |measure| outcomes(measure, &data, VarianceType::LargeSample, BiasCorrection::None);
        approx::assert_relative_eq!(
            of(Measure::MeanDifference)[0].vi().unwrap(),
            4.0 / 20.0,
            max_relative = 1e-14
        );
        approx::assert_relative_eq!(
            of(Measure::RatioOfMeans)[0].vi().unwrap(),
            0.0625 / 20.0,
            max_relative = 1e-14
        );
        assert!(of(Measure::VariabilityRatio)[0].effect.is_none());
        let none = [TwoMeans::new(10.0, 0.0, 12.0, 8.0, 0.0, 20.0).unwrap()];
        let md = outcomes(Measure::MeanDifference, &none, VarianceType::LargeSample, BiasCorrection::None);
        assert_eq!(md[0].unusable(), Some("its sampling variance is 0"));
        assert!(TwoMeans::new(1.0, -1.0, 5.0, 1.0, 1.0, 5.0).is_err());
    }
}
