//! Plots for small-study effects and publication bias beside the [funnel](super::funnel).
//!
//! | kind | reads | shows |
//! |---|---|---|
//! | [`RadialPlot`] | a pooled fit | standardized effects against precision (Galbraith) |
//! | [`DoiPlot`] | a pooled fit | effects against the normal quantiles of their ranks |
//! | [`SelectionPlot`] | the selection models of a bias report | how likely results are to be seen by their P value |
//! | [`PCurvePlot`] | the p-curve of a bias report | the distribution of the significant P values |

mod doi;
mod p_curve;
mod radial;
mod selection;

pub use doi::DoiPlot;
pub use p_curve::PCurvePlot;
pub use radial::RadialPlot;
pub use selection::{SelectionCurve, SelectionPlot};
