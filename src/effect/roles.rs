//! The columns that a measure needs, by the field's customary names, and what else it can use.
//!
//! A measure asks for what enters its formulas and nothing more: the variability ratio for no means, the standardized mean
//! change by the first standard deviation for no second one. What is optional serves where it is there (a standard deviation
//! where variances rest on the average of the studies that report one).
//!
//! ```
//! use consilience::{Measure, effect::VarianceType};
//!
//! let sets = Measure::VariabilityRatio.role_sets(VarianceType::LargeSample);
//! assert_eq!(sets[0].needed, ["sd1i", "n1i", "sd2i", "n2i"]);
//! let sets = Measure::RatioOfMeans.role_sets(VarianceType::Average);
//! assert_eq!(sets[0].optional, ["sd1i", "sd2i"]);
//! ```

use super::{DataKind, Measure, VarianceType};

/// One set of columns from which a measure can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleSet {
    /// The kind of raw data that the columns make.
    pub kind: DataKind,
    /// The roles without which a row has no effect.
    pub needed: &'static [&'static str],
    /// The roles that are used where they have a value.
    pub optional: &'static [&'static str],
}

const fn set(kind: DataKind, needed: &'static [&'static str]) -> RoleSet {
    RoleSet { kind, needed, optional: &[] }
}

/// Standardized mean differences, by what is reported of them.
const STANDARDIZED: [RoleSet; 8] = [
    set(DataKind::StandardizedDifference, &["di", "n1i", "n2i"]),
    set(DataKind::StandardizedDifference, &["gi", "n1i", "n2i"]),
    set(DataKind::StandardizedDifference, &["ti", "n1i", "n2i"]),
    set(DataKind::StandardizedDifference, &["pi", "n1i", "n2i"]),
    set(DataKind::StandardizedDifference, &["di", "ni"]),
    set(DataKind::StandardizedDifference, &["gi", "ni"]),
    set(DataKind::StandardizedDifference, &["ti", "ni"]),
    set(DataKind::StandardizedDifference, &["pi", "ni"]),
];

impl DataKind {
    /// The sets of roles that make this kind of data, with everything in it; measures may need less.
    pub fn role_sets(self) -> Vec<RoleSet> {
        let sets: &[&[&str]] = match self {
            DataKind::TwoByTwo => &[&["ai", "bi", "ci", "di"], &["ai", "n1i", "ci", "n2i"]],
            DataKind::MatchedPairs => &[&["ai", "bi", "ci", "di"]],
            DataKind::MatchedMargins => &[&["ai", "bi", "ci", "di", "ri"], &["ai", "bi", "ci", "di", "pi"]],
            DataKind::PersonTime => &[&["x1i", "t1i", "x2i", "t2i"]],
            DataKind::TwoMeans => &[&["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"]],
            DataKind::StandardizedDifference => return STANDARDIZED.to_vec(),
            DataKind::Superiority => &[&["ai", "n1i", "n2i"]],
            DataKind::Correlation => &[&["ri", "ni"]],
            DataKind::PartialCorrelation => &[&["ri", "mi", "ni"], &["ti", "mi", "ni"]],
            DataKind::SemiPartialCorrelation => &[&["ri", "mi", "ni", "r2i"], &["ti", "mi", "ni", "r2i"]],
            DataKind::RSquared => &[&["r2i", "mi", "ni"]],
            DataKind::Proportion => &[&["xi", "ni"], &["xi", "mi"]],
            DataKind::Rate => &[&["xi", "ti"]],
            DataKind::Mean => &[&["mi", "sdi", "ni"]],
            DataKind::Paired => &[&["m1i", "m2i", "sd1i", "sd2i", "ni", "ri"]],
            DataKind::Reliability => &[&["ai", "mi", "ni"]],
            DataKind::Genotypes => &[&["ai", "bi", "ci"]],
            DataKind::Generic => &[&["yi"]],
        };
        sets.iter().map(|needed| set(self, needed)).collect()
    }
}

impl Measure {
    /// The sets of columns from which the measure can be computed with a type of variance, the customary one first.
    pub fn role_sets(self, variance: VarianceType) -> Vec<RoleSet> {
        use VarianceType as V;
        let (needed, optional): (&[&str], &[&str]) = match (self, variance) {
            (Measure::RatioOfMeans, V::Average | V::AverageHomoscedastic) => {
                (&["m1i", "n1i", "m2i", "n2i"], &["sd1i", "sd2i"])
            }
            (Measure::VariabilityRatio, _) => (&["sd1i", "n1i", "sd2i", "n2i"], &[]),
            (Measure::SmdComparator, _) => (&["m1i", "n1i", "m2i", "sd2i", "n2i"], &[]),
            (Measure::SmdChangeRaw, _) => (&["m1i", "m2i", "sd1i", "ni", "ri"], &[]),
            (Measure::VariabilityRatioChange, _) => (&["sd1i", "sd2i", "ni", "ri"], &[]),
            (Measure::LogStandardDeviation, _) => (&["sdi", "ni"], &[]),
            _ => {
                let mut sets = self.data_kind().role_sets();
                if super::standardized::serves(self) {
                    sets.extend(STANDARDIZED);
                }
                return sets;
            }
        };
        vec![RoleSet { kind: self.data_kind(), needed, optional }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_columns_of_its_own_kind_first() {
        for &measure in Measure::ALL {
            for &variance in measure.variance_types() {
                let sets = measure.role_sets(variance);
                assert_eq!(sets.first().map(|set| set.kind), Some(measure.data_kind()), "{measure}");
            }
        }
    }

    #[test]
    fn functions_of_a_standardized_difference_take_it_ready_made() {
        let kinds = |m: Measure| m.role_sets(VarianceType::LargeSample).len();
        assert_eq!((kinds(Measure::StandardizedMeanDifference), kinds(Measure::MeanDifference)), (9, 1));
    }
}
