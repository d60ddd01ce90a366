//! The estimators of sampling variances and the corrections of small-sample bias, where there is a choice.

use super::Measure;
use crate::codes::codes;
use crate::{Error, Result, stat::special};

/// An estimator of sampling variances, by the customary code (that of metafor where it has one). Which apply
/// to a measure is listed by [`Measure::variance_types`]; the formulas stand with the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum VarianceType {
    /// `LS`: the usual large-sample approximation.
    #[default]
    LargeSample,
    /// `LS2`: another large-sample approximation.
    LargeSample2,
    /// `UB`: an unbiased estimate.
    Unbiased,
    /// `HO`: equal variances in both groups.
    Homoscedastic,
    /// `AV`: the large-sample approximation at the average of the studies, weighted by their sizes.
    Average,
    /// `AV2`: the approximation `LS2` at the average of the studies.
    Average2,
    /// `AVHO`: one average for both groups.
    AverageHomoscedastic,
    /// `ST`: stratified sampling, the sizes of the groups being fixed.
    Stratified,
    /// `CS`: cross-sectional (multinomial) sampling, only the total being fixed.
    CrossSectional,
    /// `H0`: as if there were no effect, so that the variance does not depend on the estimate.
    Null,
    /// `RM`: that of Cochrane's RevMan, 1/n1 + 1/n2 + g²/(2(N - 3.94)).
    RevMan,
}

codes! { VarianceType, "variance type" {
    LargeSample "LS" [],
    LargeSample2 "LS2" [],
    Unbiased "UB" [],
    Homoscedastic "HO" [],
    Average "AV" [],
    Average2 "AV2" [],
    AverageHomoscedastic "AVHO" [],
    Stratified "ST" [],
    CrossSectional "CS" [],
    Null "H0" [],
    RevMan "RM" [],
} }

impl Measure {
    /// The variance types that this measure has, its default first.
    pub fn variance_types(self) -> &'static [VarianceType] {
        use Measure as M;
        use VarianceType::*;
        match self {
            M::RiskDifference | M::RawProportion => &[LargeSample, Unbiased, Average],
            M::LogProportion | M::LogitProportion => &[LargeSample, Average],
            M::Phi | M::ZPhi => &[LargeSample, Stratified, CrossSectional],
            M::PointBiserial | M::ZPointBiserial => &[LargeSample, Stratified, CrossSectional],
            M::MeanDifference => &[LargeSample, Homoscedastic],
            M::StandardizedMeanDifference => &[LargeSample, LargeSample2, Unbiased, Average, Null, RevMan],
            M::SmdComparator => &[LargeSample, LargeSample2, Unbiased, Average, Null],
            M::SmdHeteroscedastic | M::SmdChange | M::SmdChangeRaw => &[LargeSample, LargeSample2],
            M::RatioOfMeans => &[LargeSample, LargeSample2, Homoscedastic, Average, AverageHomoscedastic],
            M::VariabilityRatio | M::CoefficientOfVariationRatio => &[LargeSample, LargeSample2],
            M::CommonLanguage => &[LargeSample, LargeSample2, Null],
            M::CommonLanguageNormal => &[LargeSample, Homoscedastic],
            M::CorrelationCoefficient | M::CorrelationUnbiased => &[LargeSample, Unbiased, Average, Null],
            M::PartialCorrelation | M::SemiPartialCorrelation => &[LargeSample, Average],
            M::RSquared => &[LargeSample, LargeSample2, Average, Average2],
            _ => &[LargeSample],
        }
    }

    /// True if the measure has a correction of small-sample bias that [`BiasCorrection`] changes.
    pub fn has_bias_correction(self) -> bool {
        use Measure as M;
        matches!(
            self,
            M::StandardizedMeanDifference
                | M::SmdHeteroscedastic
                | M::SmdComparator
                | M::SmdComparatorHeteroscedastic
                | M::RatioOfMeans
                | M::VariabilityRatio
                | M::CoefficientOfVariationRatio
                | M::StandardizedMean
                | M::LogStandardDeviation
                | M::LogCoefficientOfVariation
                | M::SmdChange
                | M::SmdChangeRaw
                | M::SmdChangeRawHeteroscedastic
                | M::SmdChangePooled
                | M::SmdChangePooledHeteroscedastic
                | M::RatioOfMeansChange
                | M::CoefficientOfVariationRatioChange
        )
    }

    /// Checks that the measure has a variance type.
    pub(crate) fn check_variance_type(self, wanted: VarianceType) -> Result<()> {
        let known = self.variance_types();
        if known.contains(&wanted) {
            return Ok(());
        }
        let codes: Vec<&str> = known.iter().map(|v| v.code()).collect();
        Err(Error::setting(
            "variance type",
            format!("`{wanted}` is not defined for {self}"),
            format!("choose from {}", codes.join(", ")),
        ))
    }
}

/// The correction of small-sample bias in standardized means (Hedges 1981, doi:10.3102/10769986006002107) and in
/// logarithms of means and standard deviations (the second-order terms of Lajeunesse 2015,
/// doi:10.1890/14-2402.1, and Nakagawa and others 2015, doi:10.1111/2041-210X.12309).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum BiasCorrection {
    /// The exact factor Γ(ν/2)/(√(ν/2) Γ((ν-1)/2)); the second-order terms of logarithms.
    #[default]
    Exact,
    /// Hedges' approximation 1 - 3/(4ν - 1); the second-order terms of logarithms.
    Approximate,
    /// No correction: Cohen's d, the plain logarithm.
    None,
}

codes! { BiasCorrection, "bias correction" {
    Exact "exact" [],
    Approximate "approximate" [],
    None "none" [],
} }

impl BiasCorrection {
    /// The factor for ν degrees of freedom; NaN if there is none (ν ≤ 1), the mean of the noncentral t being
    /// infinite.
    pub(crate) fn factor(self, df: f64) -> f64 {
        match self {
            BiasCorrection::None => 1.0,
            _ if df <= 1.0 => f64::NAN,
            BiasCorrection::Approximate => 1.0 - 3.0 / (4.0 * df - 1.0),
            BiasCorrection::Exact => special::gamma_ratio_half(0.5 * (df - 1.0)) / (0.5 * df).sqrt(),
        }
    }

    /// 1 if the second-order terms of logarithms are added, else 0.
    pub(crate) fn second_order(self) -> f64 {
        if self == BiasCorrection::None { 0.0 } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_exact_factor_agrees_with_mpmath() {
        // mpmath 1.3: gamma(v/2)/(sqrt(v/2)*gamma((v-1)/2)) with 40 digits
        for (df, expected) in [
            (2.0, 0.56418958354775628695),
            (3.0, 0.72360125455826765936),
            (10.0, 0.92274560805308710336),
            (52.0, 0.9854955284410705583),
            (59.0, 0.9872249545597797828),
            (60.0, 0.98743891288816877695),
            (61.0, 0.9876458224496738179),
            (5000.0, 0.99984999124943754611),
        ] {
            approx::assert_relative_eq!(BiasCorrection::Exact.factor(df), expected, max_relative = 1e-14);
        }
        assert!(BiasCorrection::Exact.factor(1.0).is_nan());
        assert_eq!(BiasCorrection::None.factor(1.0), 1.0);
    }

    #[test]
    fn codes_parse_back() {
        for v in VarianceType::ALL {
            assert_eq!(v.code().to_lowercase().parse::<VarianceType>().unwrap(), *v);
        }
        let error = "LS9".parse::<VarianceType>().unwrap_err();
        assert!(error.to_string().contains("unknown variance type `LS9`"), "{error}");
        let error = Measure::RiskRatio.check_variance_type(VarianceType::Unbiased).unwrap_err();
        assert_eq!(error.to_string(), "variance type: `UB` is not defined for RR; choose from LS");
    }

    #[test]
    fn every_measure_has_the_large_sample_variance_first() {
        for m in Measure::ALL {
            assert_eq!(m.variance_types()[0], VarianceType::LargeSample, "{m}");
        }
    }
}
