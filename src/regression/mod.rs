//! Meta-regression.

mod adjust;
mod compare;
mod contrasts;
mod diagnostics;
mod fit;
mod inference;
mod kenward_roger;
mod kernel;
mod marginal;
mod matrix;
mod notes;
mod options;
mod permutation;
mod predict;
#[cfg(feature = "random")]
mod random;
mod robust;

pub use adjust::Adjustment;
pub use compare::{ComparedModel, Comparison};
pub use contrasts::{Contrast, Contrasts, TestedContrast};
pub use diagnostics::{Inflation, StudyDiagnostics};
pub use fit::RegressionFit;
pub use inference::{Coefficient, Distribution, WaldTest};
pub use marginal::{MarginalMeans, MarginalWeights};
pub use matrix::{Intercept, ModelMatrix, ModelTerm};
pub use options::MetaRegression;
pub use permutation::{Arrangements, Permutation, PermutationInterval, PermutationOptions, PermutationStatistic};
pub use predict::{Point, PredictedEffect};

use inference::Engine;
