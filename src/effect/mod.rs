//! Effect sizes: from raw study data, or ready-made, to estimates and sampling variances on one scale.
//!
//! [`EffectSizes`] is the noun of the crate: every model is fitted to it.

mod measure;
mod sizes;

pub use measure::{DataKind, Measure, Scale, Transform};
pub use sizes::EffectSizes;
