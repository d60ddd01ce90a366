//! Plots of the studies and what they say together, beside the [forest](super::forest).
//!
//! | kind | reads | shows |
//! |---|---|---|
//! | [`DraperyPlot`] | a pooled fit | P values of all hypothetical effects |
//! | [`OrchardPlot`] | a pooled or multilevel fit | every effect as a point beside means, their intervals and predictions |
//! | [`CaterpillarPlot`] | a pooled fit | the studies in the order of their effects |
//! | [`LabbePlot`] | a pooled fit and its raw data | the risk of one group against that of the other |
//! | [`BubblePlot`] | a meta-regression | effects against a moderator, with the line and its bands |

mod bubble;
mod caterpillar;
mod drapery;
mod labbe;
mod orchard;

pub use bubble::BubblePlot;
pub use caterpillar::CaterpillarPlot;
pub use drapery::DraperyPlot;
pub use labbe::{LabbeLine, LabbePlot, LabbeStudy};
pub use orchard::{OrchardGroup, OrchardPlot};

/// The radius of a circle whose area is proportional to a weight, the largest as given, none below half a point.
fn radius_of(weight: f64, largest: f64, largest_radius: f64) -> f64 {
    if largest > 0.0 && weight.is_finite() {
        largest_radius * (weight.max(0.0) / largest).sqrt()
    } else {
        0.5 * largest_radius
    }
}
