//! The effect measures: code, name, axis label, scale and kind of raw data of each, declared once.

use std::{fmt, str::FromStr};

#[cfg(feature = "request")]
use clap::builder::PossibleValue;

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    codes::{self, Code},
    stat::normal,
};

/// The kind of the back-transformed values of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Scale {
    /// A ratio of two quantities; 1 is no difference.
    Ratio,
    /// A proportion between 0 and 1.
    Proportion,
    /// Events per unit of person-time.
    Rate,
    /// A correlation between -1 and 1.
    Correlation,
    /// A mean.
    Mean,
    /// A reliability coefficient.
    Reliability,
}

/// The back-transformation from the scale of the analysis to the original scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Transform {
    /// Nothing to undo.
    Identity,
    /// exp(y).
    Exp,
    /// 1 / (1 + exp(-y)).
    InverseLogit,
    /// Φ(y).
    InverseProbit,
    /// sin²(y), with y kept within [0, π/2].
    InverseArcsine,
    /// Miller's (1978, doi:10.1080/00031305.1978.10479283) inverse of the Freeman-Tukey double arcsine for a
    /// sample size.
    InverseDoubleArcsine,
    /// y², with y kept at 0 or above.
    Square,
    /// The inverse of the Freeman-Tukey square root ½(√(x/t) + √((x+1)/t)) for a person-time.
    InverseDoubleSquareRoot,
    /// tanh(y).
    Tanh,
    /// 1 - (1 - y)³.
    InverseCubeRootComplement,
    /// 1 - exp(-y).
    InverseLogComplement,
}

impl Transform {
    /// The value of `y` on the scale that people read. `size` is the sample size or person-time of the two
    /// Freeman-Tukey transformations (for a pooled value the harmonic mean of the studies'); other
    /// transformations do not look at it. `None` if a size is needed and missing.
    pub fn apply(self, y: f64, size: Option<f64>) -> Option<f64> {
        Some(match self {
            Transform::Identity => y,
            Transform::Exp => y.exp(),
            Transform::InverseLogit => {
                if y < 0.0 {
                    y.exp() / (1.0 + y.exp())
                } else {
                    1.0 / (1.0 + (-y).exp())
                }
            }
            Transform::InverseProbit => normal::cdf(y),
            Transform::InverseArcsine => y.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
            Transform::InverseDoubleArcsine => inverse_double_arcsine(y, size?),
            Transform::Square => y.max(0.0).powi(2),
            Transform::InverseDoubleSquareRoot => inverse_double_square_root(y, size?),
            Transform::Tanh => y.tanh(),
            Transform::InverseCubeRootComplement => 1.0 - (1.0 - y).powi(3),
            Transform::InverseLogComplement => -(-y).exp_m1(),
        })
    }

    /// True if [`apply`](Self::apply) needs a sample size or person-time.
    pub fn needs_size(self) -> bool {
        matches!(self, Transform::InverseDoubleArcsine | Transform::InverseDoubleSquareRoot)
    }
}

/// Miller (1978): the proportion p with ½[asin√(np/(n+1)) + asin√((np+1)/(n+1))] = y. Beyond the transformed
/// values of 0 and n events the proportion is 0 and 1.
fn inverse_double_arcsine(y: f64, n: f64) -> f64 {
    let at = |x: f64| 0.5 * ((x / (n + 1.0)).sqrt().asin() + ((x + 1.0) / (n + 1.0)).sqrt().asin());
    if y <= at(0.0) {
        return 0.0;
    }
    if y >= at(n) {
        return 1.0;
    }
    let (sin, cos) = (2.0 * y).sin_cos();
    let inner = sin + (sin - 1.0 / sin) / n;
    0.5 * (1.0 - cos.signum() * (1.0 - inner * inner).max(0.0).sqrt())
}

/// The rate r with ½(√r + √(r + 1/t)) = y; 0 below the transformed value of no events.
fn inverse_double_square_root(y: f64, t: f64) -> f64 {
    let least = 0.5 * (1.0 / t).sqrt();
    if y <= least {
        return 0.0;
    }
    // √r + √(r+1/t) = 2y and their difference of squares 1/t give √r = y - 1/(4ty).
    (y - 1.0 / (4.0 * t * y)).max(0.0).powi(2)
}

/// The kind of raw data from which a measure is computed; the roles are the customary column names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DataKind {
    /// Events and non-events in two groups: `ai bi ci di` or `ai n1i ci n2i`.
    TwoByTwo,
    /// Matched pairs, first condition by second: `ai bi` / `ci di`.
    MatchedPairs,
    /// The margins of matched pairs and their correlation or the pairs with both: `ai bi` / `ci di` with `ri` or `pi`.
    MatchedMargins,
    /// Events and person-time in two groups: `x1i t1i x2i t2i`.
    PersonTime,
    /// Means and standard deviations in two groups: `m1i sd1i n1i m2i sd2i n2i`.
    TwoMeans,
    /// Standardized mean differences: `di`, `gi`, `ti` or `pi` with `n1i n2i`, or with `ni`.
    StandardizedDifference,
    /// Probability of superiority in two groups: `ai n1i n2i`.
    Superiority,
    /// A correlation: `ri ni`.
    Correlation,
    /// A partial correlation: `ri mi ni` or `ti mi ni`; semi-partial also `r2i`.
    PartialCorrelation,
    /// A semi-partial correlation: as a partial one, and `r2i`.
    SemiPartialCorrelation,
    /// A squared multiple correlation: `r2i mi ni`.
    RSquared,
    /// One proportion: `xi ni` or `xi mi`.
    Proportion,
    /// One rate: `xi ti`.
    Rate,
    /// One mean: `mi sdi ni`.
    Mean,
    /// One group before and after: `m1i m2i sd1i sd2i ni ri`.
    Paired,
    /// Reliability: `ai mi ni`.
    Reliability,
    /// Genotype counts: `ai bi ci`.
    Genotypes,
    /// Ready-made effects: `yi` with a variance, standard error, interval or P value.
    Generic,
}

impl DataKind {
    /// True if the data are those of two groups, which stand in columns of their own.
    pub fn is_of_two_groups(self) -> bool {
        matches!(self, DataKind::TwoByTwo | DataKind::PersonTime | DataKind::TwoMeans)
    }

    /// True if the data are counts, which may be zero and then need a correction.
    pub fn has_counts(self) -> bool {
        matches!(
            self,
            DataKind::TwoByTwo
                | DataKind::MatchedPairs
                | DataKind::MatchedMargins
                | DataKind::PersonTime
                | DataKind::Proportion
                | DataKind::Rate
                | DataKind::Genotypes
        )
    }
}

macro_rules! measures {
    ($( $variant:ident $code:literal $name:literal $kind:ident $transform:ident $scale:expr, $label:literal, $display:literal; )*) => {
        /// An effect measure, by the field's customary code (that of metafor where it has one).
        ///
        /// Parses from its code (`RR`, case ignored) and from its long name (`risk-ratio`); displays as its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Measure { $(
            #[doc = concat!("`", $code, "`: ", $label, ".")]
            $variant,
        )* }

        impl Measure {
    /// The least and the largest effect that there can be on the scale of the analysis; infinite where nothing limits it.
    pub(crate) fn possible(self) -> (f64, f64) {
        use std::f64::consts::FRAC_PI_2;
        match self {
            Measure::RiskDifference
            | Measure::MatchedRiskDifference
            | Measure::Phi
            | Measure::YuleQ
            | Measure::YuleY
            | Measure::Tetrachoric
            | Measure::PointBiserial
            | Measure::CorrelationCoefficient
            | Measure::PartialCorrelation
            | Measure::SemiPartialCorrelation => (-1.0, 1.0),
            Measure::RawProportion | Measure::CommonLanguage | Measure::CommonLanguageNormal | Measure::RSquared => {
                (0.0, 1.0)
            }
            Measure::LogProportion => (f64::NEG_INFINITY, 0.0),
            Measure::ArcsineProportion => (0.0, FRAC_PI_2),
            Measure::ArcsineDifference => (-FRAC_PI_2, FRAC_PI_2),
            Measure::IncidenceRate | Measure::SquareRootIncidenceRate => (0.0, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

            /// All measures, in the order of the documentation.
            pub const ALL: &'static [Measure] = &[ $( Measure::$variant, )* ];

            /// The customary code, e.g. `RR`.
            pub fn code(self) -> &'static str { match self { $( Measure::$variant => $code, )* } }

            /// The long name, e.g. `risk-ratio`.
            pub fn name(self) -> &'static str { match self { $( Measure::$variant => $name, )* } }

            /// The kind of raw data it is computed from.
            pub fn data_kind(self) -> DataKind { match self { $( Measure::$variant => DataKind::$kind, )* } }

            /// The transformation that returns its values to the scale that people read.
            pub fn transform(self) -> Transform { match self { $( Measure::$variant => Transform::$transform, )* } }

            /// The kind of its back-transformed values; `None` if it is read on the scale of the analysis.
            pub fn scale(self) -> Option<Scale> { match self { $( Measure::$variant => $scale, )* } }

            /// The axis label on the scale of the analysis, e.g. `Log risk ratio`.
            pub fn label(self) -> &'static str { match self { $( Measure::$variant => $label, )* } }

            /// The axis label on the scale that people read, e.g. `Risk ratio`.
            pub fn display_label(self) -> &'static str { match self { $( Measure::$variant => $display, )* } }
        }
    };
}

use Scale::{Correlation, Mean, Proportion, Rate, Ratio, Reliability};

measures! {
    RiskRatio "RR" "risk-ratio" TwoByTwo Exp Some(Ratio), "Log risk ratio", "Risk ratio";
    OddsRatio "OR" "odds-ratio" TwoByTwo Exp Some(Ratio), "Log odds ratio", "Odds ratio";
    PetoOddsRatio "PETO" "peto-odds-ratio" TwoByTwo Exp Some(Ratio), "Log odds ratio (Peto)", "Peto odds ratio";
    RiskDifference "RD" "risk-difference" TwoByTwo Identity None, "Risk difference", "Risk difference";
    ArcsineDifference "AS" "arcsine-risk-difference" TwoByTwo Identity None, "Arcsine-square-root risk difference", "Arcsine-square-root risk difference";
    Phi "PHI" "phi-coefficient" TwoByTwo Identity None, "Phi coefficient", "Phi coefficient";
    ZPhi "ZPHI" "z-phi-coefficient" TwoByTwo Identity None, "Fisher's z of the phi coefficient", "Fisher's z of the phi coefficient";
    YuleQ "YUQ" "yule-q" TwoByTwo Identity None, "Yule's Q", "Yule's Q";
    YuleY "YUY" "yule-y" TwoByTwo Identity None, "Yule's Y", "Yule's Y";
    Tetrachoric "RTET" "tetrachoric-correlation" TwoByTwo Identity None, "Tetrachoric correlation", "Tetrachoric correlation";
    ZTetrachoric "ZTET" "z-tetrachoric-correlation" TwoByTwo Identity None, "Fisher's z of the tetrachoric correlation", "Fisher's z of the tetrachoric correlation";
    ProbitDifference "PBIT" "probit-difference" TwoByTwo Identity None, "Standardized mean difference (probit)", "Standardized mean difference (probit)";
    OddsRatioToSmd "OR2D" "odds-ratio-to-smd" TwoByTwo Identity None, "Standardized mean difference (from log odds ratio)", "Standardized mean difference (from log odds ratio)";
    OddsRatioToSmdNormal "OR2DN" "odds-ratio-to-smd-normal" TwoByTwo Identity None, "Standardized mean difference (from log odds ratio, normal)", "Standardized mean difference (from log odds ratio, normal)";
    OddsRatioToSmdLogistic "OR2DL" "odds-ratio-to-smd-logistic" TwoByTwo Identity None, "Standardized mean difference (from log odds ratio, logistic)", "Standardized mean difference (from log odds ratio, logistic)";
    MatchedRiskRatio "MPRR" "matched-risk-ratio" MatchedPairs Exp Some(Ratio), "Log risk ratio (matched pairs)", "Risk ratio (matched pairs)";
    MatchedOddsRatio "MPOR" "matched-odds-ratio" MatchedPairs Exp Some(Ratio), "Log marginal odds ratio (matched pairs)", "Marginal odds ratio (matched pairs)";
    MatchedRiskDifference "MPRD" "matched-risk-difference" MatchedPairs Identity None, "Risk difference (matched pairs)", "Risk difference (matched pairs)";
    MatchedConditionalOddsRatio "MPORC" "matched-conditional-odds-ratio" MatchedPairs Exp Some(Ratio), "Log conditional odds ratio (matched pairs)", "Conditional odds ratio (matched pairs)";
    MatchedPetoOddsRatio "MPPETO" "matched-peto-odds-ratio" MatchedPairs Exp Some(Ratio), "Log conditional odds ratio (matched pairs, Peto)", "Conditional odds ratio (matched pairs, Peto)";
    MatchedOddsRatioMargins "MPORM" "matched-odds-ratio-margins" MatchedMargins Exp Some(Ratio), "Log marginal odds ratio (matched pairs, from margins)", "Marginal odds ratio (matched pairs, from margins)";
    RateRatio "IRR" "incidence-rate-ratio" PersonTime Exp Some(Ratio), "Log incidence rate ratio", "Incidence rate ratio";
    RateDifference "IRD" "incidence-rate-difference" PersonTime Identity None, "Incidence rate difference", "Incidence rate difference";
    SquareRootRateDifference "IRSD" "square-root-incidence-rate-difference" PersonTime Identity None, "Square root incidence rate difference", "Square root incidence rate difference";
    MeanDifference "MD" "mean-difference" TwoMeans Identity None, "Mean difference", "Mean difference";
    StandardizedMeanDifference "SMD" "standardized-mean-difference" TwoMeans Identity None, "Standardized mean difference", "Standardized mean difference";
    SmdHeteroscedastic "SMDH" "standardized-mean-difference-heteroscedastic" TwoMeans Identity None, "Standardized mean difference (unequal variances)", "Standardized mean difference (unequal variances)";
    SmdComparator "SMD1" "standardized-mean-difference-comparator-sd" TwoMeans Identity None, "Standardized mean difference (SD of group 2)", "Standardized mean difference (SD of group 2)";
    SmdComparatorHeteroscedastic "SMD1H" "standardized-mean-difference-comparator-sd-heteroscedastic" TwoMeans Identity None, "Standardized mean difference (SD of group 2, unequal variances)", "Standardized mean difference (SD of group 2, unequal variances)";
    RatioOfMeans "ROM" "ratio-of-means" TwoMeans Exp Some(Ratio), "Log ratio of means", "Ratio of means";
    VariabilityRatio "VR" "variability-ratio" TwoMeans Exp Some(Ratio), "Log variability ratio", "Variability ratio";
    CoefficientOfVariationRatio "CVR" "coefficient-of-variation-ratio" TwoMeans Exp Some(Ratio), "Log coefficient of variation ratio", "Coefficient of variation ratio";
    PointBiserial "RPB" "point-biserial-correlation" TwoMeans Identity None, "Point-biserial correlation", "Point-biserial correlation";
    ZPointBiserial "ZPB" "z-point-biserial-correlation" TwoMeans Identity None, "Fisher's z of the point-biserial correlation", "Fisher's z of the point-biserial correlation";
    Biserial "RBIS" "biserial-correlation" TwoMeans Identity None, "Biserial correlation", "Biserial correlation";
    ZBiserial "ZBIS" "z-biserial-correlation" TwoMeans Identity None, "Fisher's z of the biserial correlation", "Fisher's z of the biserial correlation";
    SmdToOddsRatio "D2OR" "smd-to-odds-ratio" TwoMeans Exp Some(Ratio), "Log odds ratio (from standardized mean difference)", "Odds ratio (from standardized mean difference)";
    SmdToOddsRatioNormal "D2ORN" "smd-to-odds-ratio-normal" TwoMeans Exp Some(Ratio), "Log odds ratio (from standardized mean difference, normal)", "Odds ratio (from standardized mean difference, normal)";
    SmdToOddsRatioLogistic "D2ORL" "smd-to-odds-ratio-logistic" TwoMeans Exp Some(Ratio), "Log odds ratio (from standardized mean difference, logistic)", "Odds ratio (from standardized mean difference, logistic)";
    CommonLanguage "CLES" "common-language-effect-size" Superiority Identity None, "Common language effect size", "Common language effect size";
    CommonLanguageNormal "CLESN" "common-language-effect-size-normal" TwoMeans Identity None, "Common language effect size (normal)", "Common language effect size (normal)";
    CorrelationCoefficient "COR" "correlation" Correlation Identity None, "Correlation coefficient", "Correlation coefficient";
    CorrelationUnbiased "UCOR" "correlation-unbiased" Correlation Identity None, "Correlation coefficient (bias-corrected)", "Correlation coefficient (bias-corrected)";
    FisherZ "ZCOR" "fisher-z" Correlation Tanh Some(Correlation), "Fisher's z", "Correlation coefficient";
    PartialCorrelation "PCOR" "partial-correlation" PartialCorrelation Identity None, "Partial correlation", "Partial correlation";
    ZPartialCorrelation "ZPCOR" "z-partial-correlation" PartialCorrelation Tanh Some(Correlation), "Fisher's z of the partial correlation", "Partial correlation";
    SemiPartialCorrelation "SPCOR" "semi-partial-correlation" SemiPartialCorrelation Identity None, "Semi-partial correlation", "Semi-partial correlation";
    ZSemiPartialCorrelation "ZSPCOR" "z-semi-partial-correlation" SemiPartialCorrelation Tanh Some(Correlation), "Fisher's z of the semi-partial correlation", "Semi-partial correlation";
    RSquared "R2" "r-squared" RSquared Identity None, "Coefficient of determination", "Coefficient of determination";
    ZRSquared "ZR2" "z-r-squared" RSquared Identity None, "Fisher's z of the multiple correlation", "Fisher's z of the multiple correlation";
    RSquaredFixed "R2F" "r-squared-fixed" RSquared Identity None, "Coefficient of determination (fixed predictors)", "Coefficient of determination (fixed predictors)";
    ZRSquaredFixed "ZR2F" "z-r-squared-fixed" RSquared Identity None, "Fisher's z of the multiple correlation (fixed predictors)", "Fisher's z of the multiple correlation (fixed predictors)";
    RawProportion "PR" "proportion" Proportion Identity None, "Proportion", "Proportion";
    LogProportion "PLN" "log-proportion" Proportion Exp Some(Proportion), "Log proportion", "Proportion";
    LogitProportion "PLO" "logit-proportion" Proportion InverseLogit Some(Proportion), "Logit proportion", "Proportion";
    ProbitProportion "PRZ" "probit-proportion" Proportion InverseProbit Some(Proportion), "Probit proportion", "Proportion";
    ArcsineProportion "PAS" "arcsine-proportion" Proportion InverseArcsine Some(Proportion), "Arcsine-square-root proportion", "Proportion";
    DoubleArcsineProportion "PFT" "double-arcsine-proportion" Proportion InverseDoubleArcsine Some(Proportion), "Double arcsine proportion", "Proportion";
    IncidenceRate "IR" "incidence-rate" Rate Identity None, "Incidence rate", "Incidence rate";
    LogIncidenceRate "IRLN" "log-incidence-rate" Rate Exp Some(Rate), "Log incidence rate", "Incidence rate";
    SquareRootIncidenceRate "IRS" "square-root-incidence-rate" Rate Square Some(Rate), "Square root incidence rate", "Incidence rate";
    DoubleSquareRootIncidenceRate "IRFT" "freeman-tukey-incidence-rate" Rate InverseDoubleSquareRoot Some(Rate), "Freeman-Tukey incidence rate", "Incidence rate";
    RawMean "MN" "mean" Mean Identity None, "Mean", "Mean";
    StandardizedMean "SMN" "standardized-mean" Mean Identity None, "Standardized mean", "Standardized mean";
    LogMean "MNLN" "log-mean" Mean Exp Some(Mean), "Log mean", "Mean";
    LogStandardDeviation "SDLN" "log-standard-deviation" Mean Identity None, "Log standard deviation", "Log standard deviation";
    LogCoefficientOfVariation "CVLN" "log-coefficient-of-variation" Mean Identity None, "Log coefficient of variation", "Log coefficient of variation";
    MeanChange "MC" "mean-change" Paired Identity None, "Mean change", "Mean change";
    SmdChange "SMCC" "standardized-mean-change" Paired Identity None, "Standardized mean change (SD of change)", "Standardized mean change (SD of change)";
    SmdChangeRaw "SMCR" "standardized-mean-change-raw" Paired Identity None, "Standardized mean change (SD of m1)", "Standardized mean change (SD of m1)";
    SmdChangeRawHeteroscedastic "SMCRH" "standardized-mean-change-raw-heteroscedastic" Paired Identity None, "Standardized mean change (SD of m1, unequal variances)", "Standardized mean change (SD of m1, unequal variances)";
    SmdChangePooled "SMCRP" "standardized-mean-change-pooled" Paired Identity None, "Standardized mean change (pooled SD)", "Standardized mean change (pooled SD)";
    SmdChangePooledHeteroscedastic "SMCRPH" "standardized-mean-change-pooled-heteroscedastic" Paired Identity None, "Standardized mean change (pooled SD, unequal variances)", "Standardized mean change (pooled SD, unequal variances)";
    CommonLanguageChange "CLESCN" "common-language-effect-size-change-normal" Paired Identity None, "Common language effect size (paired, normal)", "Common language effect size (paired, normal)";
    RatioOfMeansChange "ROMC" "ratio-of-means-change" Paired Exp Some(Ratio), "Log ratio of means (paired)", "Ratio of means (paired)";
    VariabilityRatioChange "VRC" "variability-ratio-change" Paired Exp Some(Ratio), "Log variability ratio (paired)", "Variability ratio (paired)";
    CoefficientOfVariationRatioChange "CVRC" "coefficient-of-variation-ratio-change" Paired Exp Some(Ratio), "Log coefficient of variation ratio (paired)", "Coefficient of variation ratio (paired)";
    ReliabilityRaw "ARAW" "reliability" Reliability Identity None, "Reliability coefficient", "Reliability coefficient";
    ReliabilityHakstianWhalen "AHW" "reliability-hakstian-whalen" Reliability InverseCubeRootComplement Some(Reliability), "Transformed reliability coefficient (Hakstian-Whalen)", "Reliability coefficient";
    ReliabilityBonett "ABT" "reliability-bonett" Reliability InverseLogComplement Some(Reliability), "Transformed reliability coefficient (Bonett)", "Reliability coefficient";
    RelativeExcessHeterozygosity "REH" "relative-excess-heterozygosity" Genotypes Identity None, "Log relative excess heterozygosity", "Log relative excess heterozygosity";
    HazardRatio "HR" "hazard-ratio" Generic Exp Some(Ratio), "Log hazard ratio", "Hazard ratio";
    HazardDifference "HD" "hazard-difference" Generic Identity None, "Hazard difference", "Hazard difference";
    Generic "GEN" "generic" Generic Identity None, "Effect", "Effect";
}

/// The names that users give a measure beside its code and its long name. Cohen's d is not among them: it is SMD without the correction
/// of small-sample bias.
const SYNONYMS: [(Measure, &[&str]); 17] = [
    (Measure::RiskRatio, &["relative risk", "log risk ratio"]),
    (Measure::OddsRatio, &["log odds ratio", "LOR"]),
    (Measure::PetoOddsRatio, &["Peto"]),
    (Measure::RiskDifference, &["absolute risk difference"]),
    (Measure::RateRatio, &["rate ratio", "log rate ratio"]),
    (Measure::RateDifference, &["rate difference"]),
    (Measure::MeanDifference, &["WMD", "weighted mean difference", "raw mean difference"]),
    (Measure::StandardizedMeanDifference, &["Hedges' g", "g", "standardised mean difference"]),
    (Measure::RatioOfMeans, &["response ratio", "log response ratio"]),
    (Measure::CommonLanguage, &["AUC"]),
    (Measure::CommonLanguageNormal, &["AUCN"]),
    (Measure::CommonLanguageChange, &["AUCCN"]),
    (Measure::CorrelationCoefficient, &["Pearson correlation"]),
    (Measure::FisherZ, &["Fisher's z"]),
    (Measure::LogitProportion, &["logit", "log odds"]),
    (Measure::DoubleArcsineProportion, &["Freeman-Tukey"]),
    (Measure::HazardRatio, &["log hazard ratio"]),
];

impl Measure {
    /// The name of the ratio that effects of this measure are logarithms of (`risk ratio`), or just `ratio` for ready-made
    /// ones that are read as ratios (`scale`); `None` if they are no ratios.
    pub fn ratio_name(self, scale: Option<Scale>) -> Option<String> {
        match (self.scale(), scale) {
            (Some(Scale::Ratio), _) => {
                let label = self.display_label();
                let short = label.split_once(" (").map_or(label, |(short, _)| short);
                Some(short.to_lowercase().replace("peto ", "Peto "))
            }
            (_, Some(Scale::Ratio)) => Some("ratio".to_owned()),
            _ => None,
        }
    }

    fn synonyms(self) -> &'static [&'static str] {
        SYNONYMS.iter().find(|(measure, _)| *measure == self).map_or(&[], |(_, names)| names)
    }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let codes: Vec<Code<Measure>> = Measure::ALL
            .iter()
            .flat_map(|&value| {
                [(value.code(), value.synonyms()), (value.name(), &[])].map(|(code, names)| Code {
                    value,
                    code,
                    names,
                })
            })
            .collect();
        codes::find("measure", text, &codes).map_err(|error| match error {
            Error::Unknown { kind, name, nearest, .. } => Error::Unknown {
                kind,
                name,
                nearest,
                known: Measure::ALL.iter().map(|m| m.code().to_owned()).collect(),
            },
            other => other,
        })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

crate::codes::coded_schema!(Measure);
crate::codes::option_values!(Measure, {
    let value = |m: &Measure| Code { value: *m, code: m.code(), names: m.synonyms() };
    Measure::ALL.iter().map(|m| PossibleValue::from(&value(m)).alias(m.name())).collect()
});

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_parse_back() {
        for (i, &m) in Measure::ALL.iter().enumerate() {
            assert_eq!(m.code().parse::<Measure>(), Ok(m));
            assert_eq!(m.name().parse::<Measure>(), Ok(m));
            assert_eq!(m.code().to_lowercase().parse::<Measure>(), Ok(m));
            for &n in &Measure::ALL[i + 1..] {
                assert!(m.code() != n.code() && m.name() != n.name());
            }
        }
    }

    #[test]
    fn an_unknown_measure_names_the_nearest() {
        let Err(error) = "risk-rato".parse::<Measure>() else { unreachable!() };
        assert!(error.to_string().contains("did you mean `risk-ratio`"), "{error}");
    }

    #[test]
    fn freeman_tukey_inverses_undo_their_transformations() {
        for n in [5.0, 17.0, 400.0] {
            for x in 0..=5 {
                let x = f64::from(x);
                let y = 0.5 * ((x / (n + 1.0)).sqrt().asin() + ((x + 1.0) / (n + 1.0)).sqrt().asin());
                let p = Transform::InverseDoubleArcsine.apply(y, Some(n)).unwrap_or(f64::NAN);
                approx::assert_abs_diff_eq!(p, x / n, epsilon = 1e-13);
                let y = 0.5 * ((x / n).sqrt() + ((x + 1.0) / n).sqrt());
                let r = Transform::InverseDoubleSquareRoot.apply(y, Some(n)).unwrap_or(f64::NAN);
                approx::assert_abs_diff_eq!(r, x / n, epsilon = 1e-13);
            }
        }
    }
}
