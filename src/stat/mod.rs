//! Floor one: distributions with both tails, special functions, roots, minimisation and quadrature.
//!
//! Every distribution is a module of free functions. A probability close to 1 is never formed and subtracted:
//! `cdf` and `sf` are computed separately, and a quantile takes the tail its probability lies in ([`Tail`]).
//! Functions return NaN only for NaN or out-of-domain arguments. Shapes, scales and degrees of freedom are positive numbers;
//! degrees of freedom may be infinite where that has a meaning. Densities and noncentral distributions know them between
//! 1e-100 and 1e100.
//!
//! | module | holds |
//! |---|---|
//! | [`normal`], [`t`], [`chi2`], [`f`](mod@f), [`beta`], [`gamma`] | pdf, cdf, sf, quantile |
//! | [`binomial`], [`poisson`], [`noncentral_hypergeometric`] | pmf, cdf, sf |
//! | [`noncentral_chi2`], [`noncentral_f`], [`noncentral_t`] | cdf, sf |
//! | [`bivariate_normal`], [`quadratic_form`] | cdf, sf |
//! | [`special`] | the gamma function and its relatives, the error function |
//! | [`root`], [`minimum`], [`quadrature`] | roots, minima, integrals |

pub mod beta;
pub mod binomial;
pub mod bivariate_normal;
#[cfg(feature = "random")]
pub(crate) mod chance;
pub mod chi2;
#[cfg(any(feature = "bias", feature = "glmm"))]
pub(crate) mod exponential;
pub mod f;
pub mod gamma;
mod inversion;
pub(crate) mod kernel;
pub(crate) mod log_concave;
#[cfg(feature = "multilevel")]
pub(crate) mod log_product;
pub mod minimum;
mod mixture;
pub(crate) mod newton;
pub mod noncentral_chi2;
pub mod noncentral_f;
pub mod noncentral_hypergeometric;
pub mod noncentral_t;
pub mod normal;
pub(crate) mod parallel;
pub mod poisson;
pub mod progress;
pub mod quadratic_form;
pub mod quadrature;
pub mod root;
pub(crate) mod sobol;
pub mod special;
pub mod t;
pub(crate) mod tabulated;
#[cfg(any(feature = "glmm", feature = "multilevel"))]
pub(crate) mod tangent;

/// A probability with the tail it lies in, so that probabilities near 0 and 1 keep all their digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tail {
    /// P(X ≤ x).
    Lower(f64),
    /// P(X > x).
    Upper(f64),
}

impl Tail {
    /// The same point described by its smaller tail (1 − p is exact for p ≥ ½); `None` outside [0, 1].
    pub(crate) fn smaller(self) -> Option<Tail> {
        match self {
            Tail::Lower(p) | Tail::Upper(p) if !(0.0..=1.0).contains(&p) => None,
            Tail::Lower(p) if p > 0.5 => Some(Tail::Upper(1.0 - p)),
            Tail::Upper(q) if q > 0.5 => Some(Tail::Lower(1.0 - q)),
            tail => Some(tail),
        }
    }
}
