//! Exact likelihoods for rare events, proportions and rates.
mod climb;
mod data;
mod design;
mod estimate;
mod exact;
mod firth;
mod fit;
mod infinite;
mod kernel;
mod log_sum;
mod marginal_mean;
mod one_effect;
mod options;
mod overdispersed;
mod penalized;
mod problem;
mod profile;
mod proportion_interval;
mod random_baseline;
mod studies;
mod study_effects;
mod sums;
mod table;

pub use data::{CountMeasure, Counts, EventCount};
pub use exact::{Exact, MidP};
pub use fit::{
    CountCoefficient, CountFit, CountFitInfo, CountHeterogeneity, CountStudy, Interval, LikelihoodRatio,
    ModeratorTest,
};
pub use options::{Coding, CountInference, DoubleZero, Effects, Glmm, Link, Model, Penalty};
pub use proportion_interval::StudyInterval;
