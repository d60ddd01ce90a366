//! Pooling.

mod blup;
mod fit;
mod henmi_copas;
mod heterogeneity;
mod inference;
mod kenward_roger;
pub mod kernel;
mod mantel_haenszel;
mod multiverse;
mod notes;
mod peto;
mod prediction;
mod profile_likelihood;
mod random;
mod robust;
mod stratified;
mod subgroups;

pub use blup::Blup;
pub use fit::{Back, FitInfo, PoolFit, PoolModel, StudyWeight, Transformed};
pub(crate) use heterogeneity::Between;
pub use heterogeneity::Heterogeneity;
pub use inference::Inference;
pub(crate) use inference::MeanInference;
pub use mantel_haenszel::MantelHaenszel;
pub use multiverse::{Multiverse, MultiverseRow};
pub use peto::Peto;
pub use prediction::{Prediction, PredictionInterval};
pub(crate) use random::infer;
pub use random::{FixedEffect, RandomEffects, Weights};
pub use stratified::{ChiSquareTest, StratifiedTests};
pub use subgroups::{Subgroup, SubgroupTau2, SubgroupTest};
