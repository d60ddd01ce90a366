//! Multilevel.

mod dense;
mod estimate;
mod factor;
mod fit;
mod fixed_effects;
mod likelihood;
mod nested;
mod optimize;
mod options;
mod prepare;
mod profile;
mod random;
mod readings;
mod sampling;
mod structure;

pub use factor::Factor;
pub use fit::{
    MultilevelCoefficient, MultilevelFit, MultilevelHeterogeneity, MultilevelPrediction, MultilevelTest,
    Optimization, StructureEstimate, TestDistribution, VarianceComponent,
};
pub use fixed_effects::FixedEffects;
pub use options::{ComponentIntervals, Estimation, Multilevel};
pub use random::RandomTerm;
pub use readings::RandomEffect;
pub use sampling::SamplingCovariance;
pub use structure::Structure;
