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
//! | `negexppow` | exp(-δ₁ p^(1 / δ₂)) | δ₁ at least 0, δ₂ above |
//! | `trunc` | by the effect: 1 above a cut point, δ below | above 0; 1 without selection |
//!
//! `beta` and `power` keep P values within [10⁻⁵, 1 - 10⁻⁵], where they would be infinite. `halfnorm` to `negexppow` take one
//! step α: w is 1 up to it and w(p) / w(α) beyond, as in metafor. They may depend on the precision of a study: δ is then multiplied by its standard error
//! (variance, 1 / n, 1 / √n) over the largest. Parameters can be held at given values: the fixed weights of Vevea and Woods are
//! a step function of that kind. μ may depend on moderators.
//!
//! The log-likelihood Σ ln w(pᵢ) + ln φ(yᵢ) - ln ∫ w φ has its first and second derivatives in closed form or under the
//! integral, which the trapezoid rule or Gauss-Legendre panels give at levels of increasing fineness, until the next level puts
//! the maximum at the same place; it is maximized by Newton's method with a safeguard from several starts, the best maximum is
//! taken, and standard errors come from its second derivatives there, or over clusters from the
//! sandwich with the clusters' scores. A parameter at its bound 0 has no standard error; the profile likelihood has an
//! interval all the same.
//!
//! Where the selection function cannot be told from the data (a step without P values on both sides), there is no fit but
//! a reason.
//!
//! | file | holds |
//! |---|---|
//! | `shapes`, `names` | the choices, and selection models as text |
//! | `weight` | the selection functions and their derivatives |
//! | `grid` | the line over which they are integrated |
//! | `density`, `mass` | the normal distribution; the integrals of one study |
//! | `likelihood` | the log-likelihood with its derivatives |
//! | `search` | the maximum |
//! | `fit` | tests and standard errors |
//! | `profile` | profile-likelihood intervals |
//!
//! References: Hedges (1992), doi:10.1214/ss/1177011364. Vevea and Hedges (1995), doi:10.1007/BF02294384. Vevea and Woods
//! (2005), Publication bias in research synthesis: sensitivity analysis using a priori weight functions,
//! doi:10.1037/1082-989X.10.4.428. Citkowicz and Vevea (2017), A parsimonious weight function for modeling publication bias,
//! doi:10.1037/met0000119. Preston, Ashby and Smyth (2004), Adjusting for publication bias: modelling the selection process,
//! doi:10.1111/j.1365-2753.2003.00457.x. Begg and Mazumdar (1994), doi:10.2307/2533446 (`negexppow`). Rust, Lehmann and Farley
//! (1990), Estimating publication bias in meta-analysis, doi:10.1177/002224379002700209 (`trunc`).

mod curve;
mod density;
mod fit;
mod grid;
mod likelihood;
mod mass;
mod names;
mod profile;
mod search;
mod shapes;
mod weight;

pub(super) use fit::{Fitting, fit};
pub use fit::{SelectionCoefficient, SelectionFit};
pub use profile::SelectionProfile;
pub use shapes::{Alternative, Imprecision, SelectionFunction, VeveaWoods};
pub use weight::Selection;
