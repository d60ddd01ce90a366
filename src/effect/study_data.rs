//! From the raw data of many studies to their effects.
//!
//! [`StudyData`] holds one kind of raw data, a row for each study; [`StudyData::effects`] computes a measure for each row and
//! says, row by row, what became of it. [`EffectSizes::from_study_data`] goes on to what the models take.
//!
//! ```
//! use consilience::effect::{EffectOptions, Paired, StudyData};
//! use consilience::{EffectSizes, Measure};
//!
//! let data = StudyData::Paired(vec![
//!     Paired::new(30.6, 24.6, 9.1, 8.2, 41.0, 0.61)?,
//!     Paired::new(20.0, 18.0, 5.0, 4.0, 20.0, 0.40)?,
//! ]);
//! let options = EffectOptions::default();
//! let effects = EffectSizes::from_study_data(Measure::SmdChange, ["A", "B"], &data, &options)?;
//! assert!((effects.yi()[0] - 0.766291255637).abs() < 1e-12);
//!
//! let error = data.effects(Measure::RiskRatio, &options).unwrap_err();
//! assert!(error.to_string().contains("needs `ai bi ci di` or `ai n1i ci n2i`"));
//! # Ok::<(), consilience::Error>(())
//! ```

use serde::{Deserialize, Serialize};

use super::{
    BiasCorrection, Correlation, DataKind, Generic, Genotypes, MatchedMargins, MatchedPairs, Measure,
    OneMean, Outcome, Paired, PartialCorrelation, PersonTime, Proportion, RSquared, Rate, Reliability,
    SemiPartialCorrelation, StandardizedDifference, Superiority, TwoByTwo, TwoMeans, VarianceType, ZeroCells,
    correlation, labels::Labels, matched_pairs, one_group, outcome, paired, person_time, r_squared,
    reliability, standardized, superiority, two_by_two, two_means,
};
use crate::{EffectSizes, Error, Result};

/// The way effects are computed where there is a choice.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct EffectOptions {
    /// The estimator of the sampling variance.
    pub variance: VarianceType,
    /// The correction of small-sample bias.
    pub bias_correction: BiasCorrection,
    /// The policy for zero cells.
    pub zero_cells: ZeroCells,
}

impl EffectOptions {
    /// Sets the estimator of the sampling variance.
    #[must_use]
    pub fn variance(mut self, variance: VarianceType) -> Self {
        self.variance = variance;
        self
    }

    /// Sets the correction of small-sample bias.
    #[must_use]
    pub fn bias_correction(mut self, correction: BiasCorrection) -> Self {
        self.bias_correction = correction;
        self
    }

    /// Sets what is done about zero cells.
    #[must_use]
    pub fn zero_cells(mut self, policy: ZeroCells) -> Self {
        self.zero_cells = policy;
        self
    }
}

macro_rules! study_data {
    ($( $(#[$doc:meta])* $kind:ident($row:ty); )*) => {
        /// The raw data of studies, all of one kind, a row for each study.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "kind", content = "rows", rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum StudyData { $( $(#[$doc])* $kind(Vec<$row>), )* }

        impl StudyData {
            /// The kind of data.
            pub fn kind(&self) -> DataKind { match self { $( StudyData::$kind(_) => DataKind::$kind, )* } }

            /// The number of studies.
            pub fn len(&self) -> usize { match self { $( StudyData::$kind(rows) => rows.len(), )* } }

            /// The studies at the given positions (counted from 0), in that order; positions beyond the last are skipped.
            pub fn subset(&self, positions: &[usize]) -> StudyData {
                match self { $( StudyData::$kind(rows) => {
                    StudyData::$kind(positions.iter().filter_map(|&row| rows.get(row).cloned()).collect())
                } )* }
            }
        }
    };
}

study_data! {
    /// Events and non-events in two groups.
    TwoByTwo(TwoByTwo);
    /// Matched pairs.
    MatchedPairs(MatchedPairs);
    /// The margins of matched pairs.
    MatchedMargins(MatchedMargins);
    /// Events and person-time in two groups.
    PersonTime(PersonTime);
    /// Means and standard deviations in two groups.
    TwoMeans(TwoMeans);
    /// Standardized mean differences.
    StandardizedDifference(StandardizedDifference);
    /// Probabilities of superiority.
    Superiority(Superiority);
    /// Correlations.
    Correlation(Correlation);
    /// Partial correlations.
    PartialCorrelation(PartialCorrelation);
    /// Semi-partial correlations.
    SemiPartialCorrelation(SemiPartialCorrelation);
    /// Coefficients of determination.
    RSquared(RSquared);
    /// Proportions.
    Proportion(Proportion);
    /// Rates.
    Rate(Rate);
    /// Means.
    Mean(OneMean);
    /// One group before and after.
    Paired(Paired);
    /// Reliability coefficients.
    Reliability(Reliability);
    /// Genotype counts.
    Genotypes(Genotypes);
    /// Ready-made effects.
    Generic(Generic);
}

impl StudyData {
    /// True if there are no studies.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The effects of a measure, one outcome for each row in the order of the rows.
    ///
    /// # Errors
    ///
    /// If the measure needs other data, the variance type is not defined for it, an amount for zero cells is negative, or
    /// ready-made effects on a ratio measure may be ratios or logarithms ([`check_ratio_scale`](super::generic::check_ratio_scale)).
    /// A row whose effect does not exist is no error: its [`Outcome`] says why.
    pub fn effects(&self, measure: Measure, options: &EffectOptions) -> Result<Vec<Outcome>> {
        if !self.serves(measure) {
            return Err(Error::setting(
                "measure",
                format!("{measure} needs {}", measure.data_kind().roles()),
                format!("the data have {}", self.kind().roles()),
            ));
        }
        measure.check_variance_type(options.variance)?;
        let (variance, correction, zero_cells) =
            (options.variance, options.bias_correction, &options.zero_cells);
        Ok(match self {
            StudyData::TwoByTwo(rows) => two_by_two::outcomes(measure, rows, variance, zero_cells)?,
            StudyData::MatchedPairs(rows) => matched_pairs::outcomes(measure, rows, zero_cells)?,
            StudyData::MatchedMargins(rows) => matched_pairs::margin_outcomes(measure, rows, zero_cells)?,
            StudyData::PersonTime(rows) => person_time::outcomes(measure, rows, zero_cells)?,
            StudyData::TwoMeans(rows) => two_means::outcomes(measure, rows, variance, correction),
            StudyData::StandardizedDifference(rows) => {
                standardized::outcomes(measure, rows, variance, correction)?
            }
            StudyData::Superiority(rows) => superiority::outcomes(rows, variance),
            StudyData::Correlation(rows) => correlation::outcomes(measure, rows, variance),
            StudyData::PartialCorrelation(rows) => correlation::partial_outcomes(measure, rows, variance),
            StudyData::SemiPartialCorrelation(rows) => {
                correlation::semi_partial_outcomes(measure, rows, variance)
            }
            StudyData::RSquared(rows) => r_squared::outcomes(measure, rows, variance),
            StudyData::Proportion(rows) => {
                one_group::proportion_outcomes(measure, rows, variance, zero_cells)?
            }
            StudyData::Rate(rows) => person_time::rate_outcomes(measure, rows, zero_cells)?,
            StudyData::Mean(rows) => one_group::mean_outcomes(measure, rows, correction),
            StudyData::Paired(rows) => paired::outcomes(measure, rows, variance, correction),
            StudyData::Reliability(rows) => reliability::outcomes(measure, rows),
            StudyData::Genotypes(rows) => reliability::genotype_outcomes(rows),
            StudyData::Generic(rows) => {
                super::check_ratio_scale(measure, rows)?;
                rows.iter().map(Generic::outcome).collect()
            }
        })
    }

    /// True if a measure can be computed from these data: its own kind of data, and for functions of a standardized mean
    /// difference also that difference with the group sizes.
    pub fn serves(&self, measure: Measure) -> bool {
        measure.data_kind() == self.kind()
            || self.kind() == DataKind::StandardizedDifference && standardized::serves(measure)
    }

    /// The size of each study: persons in both groups together, pairs or person-time; `None` for ready-made effects.
    pub fn sizes(&self) -> Option<Vec<f64>> {
        fn of<T>(rows: &[T], size: impl Fn(&T) -> f64) -> Option<Vec<f64>> {
            Some(rows.iter().map(size).collect())
        }
        match self {
            StudyData::TwoByTwo(rows) => of(rows, |t| t.n1i() + t.n2i()),
            StudyData::MatchedPairs(rows) => of(rows, MatchedPairs::ni),
            StudyData::MatchedMargins(rows) => of(rows, MatchedMargins::ni),
            StudyData::PersonTime(rows) => of(rows, |p| p.t1i() + p.t2i()),
            StudyData::TwoMeans(rows) => of(rows, |t| t.n1i() + t.n2i()),
            StudyData::StandardizedDifference(rows) => of(rows, |s| s.n1i() + s.n2i()),
            StudyData::Superiority(rows) => of(rows, |s| s.n1i() + s.n2i()),
            StudyData::Correlation(rows) => of(rows, Correlation::ni),
            StudyData::PartialCorrelation(rows) => of(rows, PartialCorrelation::ni),
            StudyData::SemiPartialCorrelation(rows) => of(rows, SemiPartialCorrelation::ni),
            StudyData::RSquared(rows) => of(rows, RSquared::ni),
            StudyData::Proportion(rows) => of(rows, Proportion::ni),
            StudyData::Rate(rows) => of(rows, Rate::ti),
            StudyData::Mean(rows) => of(rows, OneMean::ni),
            StudyData::Paired(rows) => of(rows, Paired::ni),
            StudyData::Reliability(rows) => of(rows, Reliability::ni),
            StudyData::Genotypes(rows) => of(rows, |g| g.ai() + g.bi() + g.ci()),
            StudyData::Generic(_) => None,
        }
    }
}

impl DataKind {
    /// The customary column names, for messages: `` `xi ni` ``.
    pub fn roles(self) -> &'static str {
        match self {
            DataKind::TwoByTwo => "`ai bi ci di` or `ai n1i ci n2i`",
            DataKind::MatchedPairs => "`ai bi ci di` (matched pairs)",
            DataKind::MatchedMargins => "`ai bi ci di` (the margins of matched pairs) with `ri` or `pi`",
            DataKind::PersonTime => "`x1i t1i x2i t2i`",
            DataKind::TwoMeans => "`m1i sd1i n1i m2i sd2i n2i`",
            DataKind::StandardizedDifference => "`di`, `gi`, `ti` or `pi` with `n1i n2i` or `ni`",
            DataKind::Superiority => "`ai n1i n2i`",
            DataKind::Correlation => "`ri ni`",
            DataKind::PartialCorrelation => "`ri mi ni` or `ti mi ni`",
            DataKind::SemiPartialCorrelation => "`ri mi ni r2i` or `ti mi ni r2i`",
            DataKind::RSquared => "`r2i mi ni`",
            DataKind::Proportion => "`xi ni` or `xi mi`",
            DataKind::Rate => "`xi ti`",
            DataKind::Mean => "`mi sdi ni`",
            DataKind::Paired => "`m1i m2i sd1i sd2i ni ri`",
            DataKind::Reliability => "`ai mi ni`",
            DataKind::Genotypes => "`ai bi ci`",
            DataKind::Generic => "`yi` with `vi`, `sei`, `ci_lower ci_upper` or `p_value`",
        }
    }
}

impl EffectSizes {
    /// The effects of raw data. Rows without an effect, or with a variance of 0, are left out and named in the notes with
    /// the reason; corrected rows are named too.
    ///
    /// # Errors
    ///
    /// As [`StudyData::effects`]; if there is not one label for each row, or no row has an effect.
    pub fn from_study_data<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &StudyData,
        options: &EffectOptions,
    ) -> Result<Self> {
        Self::from_outcomes(measure, labels, &data.effects(measure, options)?)
    }

    /// The effects among some outcomes; what is left out or was corrected is named in the notes.
    ///
    /// # Errors
    ///
    /// If there is not one label for each outcome, or none has an effect with a positive variance.
    pub fn from_outcomes<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        outcomes: &[Outcome],
    ) -> Result<Self> {
        Self::of_outcomes(
            measure,
            labels.into_iter().map(Into::into).collect::<Vec<String>>().into(),
            outcomes,
        )
    }

    /// The same, of labels as they are kept.
    pub(super) fn of_outcomes(measure: Measure, labels: Labels, outcomes: &[Outcome]) -> Result<Self> {
        if labels.count() != outcomes.len() {
            return Err(Error::data(
                format!("{} labels for {} studies", labels.count(), outcomes.len()),
                "give one label for every study",
            ));
        }
        let plain = |outcome: &Outcome| outcome.notes.is_empty() && outcome.unusable().is_none();
        let notes = match outcomes.iter().all(plain) {
            true => Vec::new(),
            false => outcome::notes_of(&labels, outcomes),
        };
        let room = outcomes.len();
        let mut kept = Vec::with_capacity(room);
        let (mut yi, mut vi, mut sizes) = (Vec::with_capacity(room), Vec::with_capacity(room), Vec::new());
        for (row, outcome) in outcomes.iter().enumerate() {
            if let (None, Some(effect)) = (outcome.unusable(), outcome.effect) {
                kept.push(row);
                yi.push(effect.yi);
                vi.push(effect.vi);
                sizes.extend(outcome.size);
            }
        }
        if kept.is_empty() && !outcomes.is_empty() {
            return Err(Error::data(
                format!("no study has a usable effect ({})", notes.join("; ")),
                "at least one is needed",
            ));
        }
        let complete = sizes.len() == kept.len();
        let labels = if kept.len() == room { labels } else { labels.of_rows(&kept) };
        let mut effects = EffectSizes::of_columns(measure, labels, yi, vi)?;
        if complete {
            effects = effects.with_sizes(sizes)?;
        }
        Ok(notes.into_iter().fold(effects, EffectSizes::with_note))
    }

    /// Ratios, differences and correlations of two-by-two tables under a policy for zero cells.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_two_by_two<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        tables: &[TwoByTwo],
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        let options = EffectOptions::default().zero_cells(zero_cells);
        Self::from_study_data(measure, labels, &StudyData::TwoByTwo(tables.to_vec()), &options)
    }

    /// Rate ratios and differences of person-time data under a policy for zero counts.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_person_time<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[PersonTime],
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        let options = EffectOptions::default().zero_cells(zero_cells);
        Self::from_study_data(measure, labels, &StudyData::PersonTime(data.to_vec()), &options)
    }

    /// Differences and ratios of means and standard deviations in two groups.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_two_means<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[TwoMeans],
        options: &EffectOptions,
    ) -> Result<Self> {
        Self::from_study_data(measure, labels, &StudyData::TwoMeans(data.to_vec()), options)
    }

    /// Changes within one group.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_paired<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[Paired],
        options: &EffectOptions,
    ) -> Result<Self> {
        Self::from_study_data(measure, labels, &StudyData::Paired(data.to_vec()), options)
    }

    /// Correlations.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_correlations<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[Correlation],
    ) -> Result<Self> {
        Self::from_study_data(
            measure,
            labels,
            &StudyData::Correlation(data.to_vec()),
            &EffectOptions::default(),
        )
    }

    /// Proportions under a policy for zero counts.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_proportions<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[Proportion],
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        let options = EffectOptions::default().zero_cells(zero_cells);
        Self::from_study_data(measure, labels, &StudyData::Proportion(data.to_vec()), &options)
    }

    /// Rates under a policy for zero counts.
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_rates<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[Rate],
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        let options = EffectOptions::default().zero_cells(zero_cells);
        Self::from_study_data(measure, labels, &StudyData::Rate(data.to_vec()), &options)
    }

    /// Ready-made effects under one of the labels for them (`GEN`, `HR`, `HD`).
    ///
    /// # Errors
    ///
    /// As [`from_study_data`](Self::from_study_data).
    pub fn from_generic<L: Into<String>>(
        measure: Measure,
        labels: impl IntoIterator<Item = L>,
        data: &[Generic],
    ) -> Result<Self> {
        Self::from_study_data(measure, labels, &StudyData::Generic(data.to_vec()), &EffectOptions::default())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_has_no_effect_is_left_out_and_named() {
        let tables = [(0.0, 10.0, 0.0, 12.0), (3.0, 7.0, 5.0, 7.0), (0.0, 8.0, 4.0, 9.0)]
            .map(|(a, b, c, d)| TwoByTwo::new(a, b, c, d).unwrap());
        let labels = ["A", "B", "C"];
        let effects =
            EffectSizes::from_two_by_two(Measure::RiskDifference, labels, &tables, ZeroCells::none())
                .unwrap();
        assert_eq!(effects.labels(), ["B", "C"]);
        assert_eq!(effects.sizes(), Some(&[22.0, 21.0][..]));
        assert_eq!(effects.notes(), ["left out because its sampling variance is 0: A"]);
        let effects =
            EffectSizes::from_two_by_two(Measure::OddsRatio, labels, &tables, ZeroCells::default()).unwrap();
        assert_eq!(effects.notes(), ["0.5 was added to each cell: A, C"]);
        let error = EffectSizes::from_two_by_two(Measure::OddsRatio, ["A"], &tables[..1], ZeroCells::none())
            .unwrap_err();
        assert!(error.to_string().contains("no study has a usable effect"), "{error}");
        let error =
            EffectSizes::from_two_by_two(Measure::OddsRatio, ["A"], &tables, ZeroCells::none()).unwrap_err();
        assert!(error.to_string().contains("1 labels for 3 studies"), "{error}");
        assert!(EffectSizes::from_two_by_two(Measure::OddsRatio, [""; 0], &[], ZeroCells::none()).is_err());
    }

    #[test]
    fn sizes_agree_with_the_outcomes() {
        let data = StudyData::Rate(vec![Rate::new(3.0, 12.5).unwrap(), Rate::new(0.0, 7.0).unwrap()]);
        let outcomes = data.effects(Measure::LogIncidenceRate, &EffectOptions::default()).unwrap();
        let sizes: Option<Vec<f64>> = outcomes.iter().map(|o| o.size).collect();
        assert_eq!(sizes, data.sizes());
        assert_eq!(data.len(), 2);
        assert!(!data.is_empty());
    }

    #[test]
    fn every_measure_is_computed_by_its_kind_of_data() {
        let data = [
            StudyData::TwoByTwo(vec![TwoByTwo::new(11.0, 128.0, 29.0, 110.0).unwrap()]),
            StudyData::MatchedPairs(vec![MatchedPairs::new(40.0, 25.0, 12.0, 23.0).unwrap()]),
            StudyData::MatchedMargins(vec![
                MatchedMargins::new(65.0, 35.0, 52.0, 48.0, crate::effect::Pairing::Correlation(0.3))
                    .unwrap(),
            ]),
            StudyData::PersonTime(vec![PersonTime::new(12.0, 450.5, 21.0, 430.25).unwrap()]),
            StudyData::TwoMeans(vec![TwoMeans::new(105.2, 14.1, 24.0, 98.3, 17.9, 30.0).unwrap()]),
            StudyData::Superiority(vec![Superiority::new(0.6, 24.0, 30.0).unwrap()]),
            StudyData::Correlation(vec![Correlation::new(0.42, 37.0).unwrap()]),
            StudyData::PartialCorrelation(vec![PartialCorrelation::new(0.35, 4.0, 60.0).unwrap()]),
            StudyData::SemiPartialCorrelation(vec![
                SemiPartialCorrelation::new(0.3, 4.0, 60.0, 0.45).unwrap(),
            ]),
            StudyData::RSquared(vec![RSquared::new(0.32, 4.0, 60.0).unwrap()]),
            StudyData::Proportion(vec![Proportion::new(7.0, 53.0).unwrap()]),
            StudyData::Rate(vec![Rate::new(7.0, 88.5).unwrap()]),
            StudyData::Mean(vec![OneMean::new(24.6, 8.2, 41.0).unwrap()]),
            StudyData::Paired(vec![Paired::new(30.6, 24.6, 9.1, 8.2, 41.0, 0.61).unwrap()]),
            StudyData::Reliability(vec![Reliability::new(0.83, 12.0, 150.0).unwrap()]),
            StudyData::Genotypes(vec![Genotypes::new(20.0, 50.0, 15.0).unwrap()]),
            StudyData::Generic(vec![Generic::log(0.3, crate::effect::Uncertainty::Variance(0.1)).unwrap()]),
        ];
        for &measure in Measure::ALL {
            let rows = data.iter().find(|d| d.kind() == measure.data_kind()).unwrap();
            for &variance in measure.variance_types() {
                let outcomes = rows.effects(measure, &EffectOptions::default().variance(variance)).unwrap();
                assert!(outcomes[0].unusable().is_none(), "{measure} {variance}: {outcomes:?}");
            }
        }
    }
}
