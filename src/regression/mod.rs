//! Meta-regression.

mod fit;
mod inference;
mod kenward_roger;
mod kernel;
mod matrix;
mod notes;
mod options;
mod predict;
mod robust;

pub use fit::RegressionFit;
pub use inference::{Coefficient, Distribution, WaldTest};
pub use matrix::{Intercept, ModelMatrix, ModelTerm};
pub use options::MetaRegression;
pub use predict::{Point, PredictedEffect};

use inference::Engine;
