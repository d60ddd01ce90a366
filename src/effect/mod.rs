//! Effect sizes: from raw study data, or ready-made, to estimates and sampling variances on one scale.
//!
//! [`EffectSizes`] is the noun of the crate: every model is fitted to it. It comes from
//!
//! - raw data of one kind, parsed row by row (`TwoByTwo::new(..)?`), then [`StudyData::effects`] or one of the constructors
//!   such as [`EffectSizes::from_two_by_two`];
//! - ready-made effects ([`Generic`]), or estimates with variances ([`EffectSizes::new`]).
//!
//! | data | type | measures |
//! |---|---|---|
//! | events and non-events in two groups | [`TwoByTwo`] | `RR OR PETO RD AS PHI ZPHI YUQ YUY RTET ZTET PBIT OR2D OR2DN OR2DL` |
//! | matched pairs, or their margins | [`MatchedPairs`], [`MatchedMargins`] | `MPRR MPOR MPRD MPORC MPPETO`, `MPORM` |
//! | events and person-time | [`PersonTime`], [`Rate`] | `IRR IRD IRSD`, `IR IRLN IRS IRFT` |
//! | means and standard deviations in two groups | [`TwoMeans`] | `MD SMD SMDH SMD1 SMD1H ROM VR CVR RPB ZPB RBIS ZBIS D2OR D2ORN D2ORL CLESN` |
//! | probability of superiority | [`Superiority`] | `CLES` |
//! | correlations | [`Correlation`], [`PartialCorrelation`], [`SemiPartialCorrelation`] | `COR UCOR ZCOR`, `PCOR ZPCOR`, `SPCOR ZSPCOR` |
//! | coefficients of determination | [`RSquared`] | `R2 ZR2 R2F ZR2F` |
//! | one group | [`Proportion`], [`OneMean`] | `PR PLN PLO PRZ PAS PFT`, `MN SMN MNLN SDLN CVLN` |
//! | one group measured twice | [`Paired`] | `MC SMCC SMCR SMCRH SMCRP SMCRPH CLESCN ROMC VRC CVRC` |
//! | reliability | [`Reliability`] | `ARAW AHW ABT` |
//! | genotypes | [`Genotypes`] | `REH` |
//! | ready-made effects | [`Generic`] | `HR HD GEN` |
//!
//! Choices that change the numbers are options: [`VarianceType`], [`BiasCorrection`] and [`ZeroCells`].

pub mod biserial;
pub(crate) mod check;
pub mod correlation;
mod custom;
mod from_table;
pub mod generic;
pub(crate) mod labels;
pub mod matched_pairs;
mod measure;
pub mod one_group;
mod outcome;
pub mod paired;
pub mod person_time;
pub mod r_squared;
mod range;
mod reading;
mod ready;
mod redundant;
pub mod reliability;
pub mod roles;
mod rows;
mod sizes;
pub mod standardized;
mod studies;
mod study_data;
pub mod superiority;
pub mod tetrachoric;
pub mod two_by_two;
pub mod two_means;
mod variance;
pub mod zero_cells;

pub use correlation::{Correlation, PartialCorrelation, SemiPartialCorrelation};
pub use from_table::{InputScale, TableData};
#[cfg(any(feature = "request", feature = "network"))]
pub(crate) use generic::columns_symmetric_as_ratios;
pub use generic::{Generic, Uncertainty, check_ratio_scale};
pub use matched_pairs::{MatchedMargins, MatchedPairs, Pairing};
pub use measure::{DataKind, Measure, Scale, Transform};
pub use one_group::{OneMean, Proportion};
pub use outcome::notes_of as notes;
pub use outcome::{Effect, Outcome, StudyInterval};
pub use paired::Paired;
pub use person_time::{PersonTime, Rate};
pub use r_squared::RSquared;
pub use reading::TransformedStudy;
pub(crate) use ready::examined;
#[cfg(any(feature = "request", feature = "network"))]
pub(crate) use redundant::labelled_totals;
#[cfg(feature = "request")]
pub(crate) use redundant::{compare_counts, totals};
pub use reliability::{Genotypes, Reliability};
pub use roles::RoleSet;
#[cfg(feature = "request")]
pub(crate) use rows::placed;
pub use sizes::EffectSizes;
pub use standardized::StandardizedDifference;
#[cfg(feature = "request")]
pub(crate) use studies::dependence;
pub use studies::{Modelled, Studies, StudyOptions};
pub use study_data::{EffectOptions, StudyData};
pub use superiority::Superiority;
pub use two_by_two::TwoByTwo;
pub use two_means::TwoMeans;
pub use variance::{BiasCorrection, VarianceType};
pub use zero_cells::{AddTo, DoubleZero, Reach, Spread, ZeroCells};
