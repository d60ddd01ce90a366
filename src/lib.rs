//! Evidence synthesis: meta-analysis and cost-effectiveness.

pub mod effect;
mod error;
pub mod robust;
pub mod stat;
pub mod table;

pub use effect::{EffectSizes, Measure};
pub use error::{Error, Place, Result};
