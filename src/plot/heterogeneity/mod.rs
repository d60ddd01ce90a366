//! Plots of heterogeneity: where it comes from, how large it may be, whether residuals look normal.
//!
//! | kind | reads | shows |
//! |---|---|---|
//! | [`BaujatPlot`] | an influence report | each study's share in heterogeneity against its influence on the result |
//! | [`GoshPlot`] | the subsets of an influence report | the cloud of all subsets, colored by a study |
//! | [`InfluencePlot`] | an influence report | the case diagnostics side by side |
//! | [`DependentInfluencePlot`] | the influence of a multilevel model | the same without each effect or cluster |
//! | [`QuantilePlot`] | residuals | residuals against normal quantiles, with their envelope |
//! | [`ProfilePlot`] | a pooled fit | the profile of the likelihood in τ² |

mod baujat;
mod dependent_influence;
mod effect_profile;
mod gosh;
mod influence;
mod profile;
mod quantiles;

pub use baujat::BaujatPlot;
pub use dependent_influence::DependentInfluencePlot;
pub use effect_profile::EffectProfilePlot;
pub use gosh::GoshPlot;
pub use influence::InfluencePlot;
pub use profile::ProfilePlot;
pub use quantiles::QuantilePlot;
