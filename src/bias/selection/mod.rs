//! Selection models: the effects that would be there if P values had not decided what was published.
//!
//! yᵢ ~ N(μ, vᵢ + tau²) enters the data with a probability proportional to w(pᵢ), where pᵢ is the P value of y / √v, one-sided
//! in the direction of selection or two-sided:
//!
//! | code | w(p) | parameters |
//! |---|---|---|
//! | `stepfun` | δⱼ for αⱼ₋₁ < p ≤ αⱼ | δ₁ = 1, the others above 0 |
//! | `beta` | p^(δ₁ - 1) (1 - p)^(δ₂ - 1) | above 0; 1, 1 without selection |
//! | `halfnorm` | exp(-δ p²) | at least 0; 0 without selection |
//! | `negexp` | exp(-δ p) | |
//! | `logistic` | 2 exp(-δ p) / (1 + exp(-δ p)) | |
//! | `power` | (1 - p)^δ | |
//!
//! `beta` and `power` keep P values within [10⁻⁵, 1 - 10⁻⁵], where they would be infinite. The last four take one step α, below
//! which w is 1. The log-likelihood Σ ln w(pᵢ) + ln φ(yᵢ) - ln ∫ w φ has its first and second derivatives in closed form or
//! under the integral; it is maximised by Newton's method with a safeguard from several starts, the best maximum is taken, and
//! standard errors come from its second derivatives there. A parameter at its bound 0 has no standard error.
//!
//! Where the selection function cannot be told from the data (a step without P values on both sides), there is no fit but
//! a reason.
//!
//! | file | holds |
//! |---|---|
//! | `weight` | the selection functions and their derivatives |
//! | `likelihood` | the log-likelihood with its derivatives |
//! | `fit` | the maximum, tests and standard errors |
//!
//! References: Hedges (1992), doi:10.1214/ss/1177011364. Vevea and Hedges (1995), doi:10.1007/BF02294384. Citkowicz and Vevea
//! (2017), A parsimonious weight function for modeling publication bias, doi:10.1037/met0000119. Preston, Ashby and Smyth
//! (2004), Adjusting for publication bias: modelling the selection process, doi:10.1111/j.1365-2753.2003.00457.x.

mod curve;
mod fit;
mod likelihood;
mod weight;

pub use fit::SelectionFit;
pub(super) use fit::fit;
pub use weight::{Alternative, Selection, SelectionFunction};
