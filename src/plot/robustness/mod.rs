//! Plots of how far a conclusion rests on choices: methods, assumptions, the arrangement of the data.
//!
//! | kind | reads | shows |
//! |---|---|---|
//! | [`SpecificationPlot`] | a multiverse | the result of every combination of methods, in order |
//! | [`SensitivityPlot`] | an analysis over an assumption | the estimate and its interval along the assumption |
//! | [`PermutationPlot`] | a permutation distribution | where the observed statistic lies among the others |

mod permutation;
mod sensitivity;
mod specification;

pub use permutation::PermutationPlot;
pub use sensitivity::SensitivityPlot;
pub use specification::SpecificationPlot;
