//! Distributions of the inputs of a probabilistic analysis, and joint draws of them.
//!
//! | input | distribution |
//! |---|---|
//! | cost | [`Distribution::gamma_from_mean_sd`] |
//! | utility or probability | [`Distribution::beta_from_mean_sd`], [`Distribution::beta_from_counts`] |
//! | utility that may be negative | [`Distribution::utility_from_mean_sd`] |
//! | ratio with its interval (a median) | [`Distribution::log_normal_from_ratio`] |
//! | ratio by mean and standard deviation | [`Distribution::log_normal_from_mean_sd`] |
//! | probabilities that sum to 1 | `Inputs::with_dirichlet` |
//! | regression coefficients | `Inputs::with_normal` |
//! | effect of a meta-analysis | [`Distribution::normal`] with its standard error for the mean effect, with √(SE² + τ²) for the effect in a new setting, [`exponentiated`](Distribution::exponentiated) if it was pooled on the log scale |
//!
//! A log-normal by its median and one by its mean are different distributions and have different constructors. What does
//! not exist (a beta with s² ≥ m(1-m), a gamma with a negative mean) is an error.
//!
//! Draws (feature `random`) come from uniform numbers through quantile functions: random, in a Latin hypercube, or on
//! Sobol points; single inputs can be correlated by a Gaussian copula.
//!
//! ```
//! use consilience::{Level, economics::Distribution};
//!
//! // The relative risk of Briggs, Sculpher and Claxton (2006), 0.509 (0.365 to 0.710)
//! let risk = Distribution::log_normal_from_ratio(0.509, 0.365, 0.710, Level::default())?;
//! assert!(risk.to_string().starts_with("exp(normal(-0.67530726"));
//! assert!((risk.mean().unwrap() - 0.5164).abs() < 1e-4);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Briggs A, Sculpher M, Claxton K (2006). *Decision Modelling for Health Economic Evaluation*. Oxford University Press.
//! - McKay MD, Beckman RJ, Conover WJ (1979). A comparison of three methods for selecting values of input variables in the
//!   analysis of output from a computer code. *Technometrics* 21:239-245. doi:10.1080/00401706.1979.10489755

#[cfg(feature = "random")]
pub(crate) mod inputs;
mod readings;
mod univariate;

#[cfg(feature = "random")]
pub use inputs::{InputDraws, Inputs, Sampling};
pub use univariate::{Distribution, dirichlet_from_means};
