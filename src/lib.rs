//! Evidence synthesis: meta-analysis and cost-effectiveness.

pub mod bias;
pub mod convert;
pub mod economics;
pub mod effect;
mod error;
pub mod influence;
mod level;
pub mod linalg;
pub mod multilevel;
#[cfg(feature = "plot")]
pub mod plot;
pub mod pool;
pub mod regression;
pub mod report;
#[cfg(feature = "reviews")]
pub mod reviews;
pub mod robust;
pub mod stat;
pub mod table;
pub mod tau2;

pub use effect::{EffectSizes, Measure};
pub use error::{Error, Place, Result};
pub use level::Level;
