//! Evidence synthesis: from what studies report to a pooled answer, how far it can be trusted, and whether it is worth the
//! money.
//!
//! The crate turns study results into effect sizes, pools them, says how far the studies disagree and what that rests on,
//! and carries the answer with its uncertainty into a decision. Its measure is R's metafor, meta and BCEA: it agrees with
//! them to the last digits that matter where they are right.
//!
//! ```
//! use consilience::{EffectSizes, Measure, effect::{TwoByTwo, ZeroCells}, pool::{Inference, RandomEffects}, tau2::Tau2};
//!
//! // Three of the BCG vaccine trials (Colditz et al. 1994): events and non-events, vaccinated and controls.
//! let labels = ["Aronson 1948", "Ferguson & Simes 1949", "Rosenthal 1960"];
//! let tables = [
//!     TwoByTwo::new(4.0, 119.0, 11.0, 128.0)?,
//!     TwoByTwo::new(6.0, 300.0, 29.0, 274.0)?,
//!     TwoByTwo::new(3.0, 228.0, 11.0, 209.0)?,
//! ];
//! let effects = EffectSizes::from_two_by_two(Measure::RiskRatio, labels, &tables, ZeroCells::default())?;
//! let fit = RandomEffects::new(Tau2::Reml).inference(Inference::HartungKnapp).fit(&effects)?;
//! println!("{fit}"); // the table that metafor's users know, then the methods actually used
//! assert!(fit.transformed.estimate.is_some_and(|risk_ratio| risk_ratio < 0.3));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # The way of the data
//!
//! One noun, [`EffectSizes`] (labels, estimates, variances and the [`Measure`] that knows its scale); one verb,
//! `.fit(&effects)`, which returns a fit that never changes; everything else reads a fit. All results serialize, and print
//! as tables.
//!
//! | modules | hold |
//! |---|---|
//! | [`report`], [`plot`], [`reviews`] | tables and text; figures; published reviews that ship as data |
//! | [`bias`], [`influence`], [`economics`] | can the answer be trusted; is it worth the money |
//! | [`pool`], [`regression`], [`multilevel`], [`network`], [`glmm`], [`batch`], [`robust`] | the models and their fits |
//! | [`linear`] | what linear models share: coefficients, tests, contrasts |
//! | [`effect`], [`convert`], [`table`], [`mod@tau2`] | raw data to effect sizes; reported numbers to raw data; named columns and formulas; estimators of tau² |
//! | [`stat`], [`linalg`], [`text`], [`Error`] | distributions, roots, quadrature; small dense matrices; documents; the one error type |
//!
//! # Features
//!
//! All are off by default: a user of pooling compiles no plotting, no file formats and no random numbers.
//!
//! | feature | adds |
//! |---|---|
//! | `csv` | reading tables from CSV text |
//! | `reviews` | the published reviews (implies `csv`) |
//! | `plot`, `png`, `pdf` | figures as SVG, painted, and as PDF |
//! | `random` | bootstrap, permutation, simulation; every call takes a seed |
//! | `parallel` | the same on all cores, with the same results |
//! | `revman` | Review Manager 5 files |
//! | `request` | the front door: one request for each command of the program, and its answer |
//!
//! # What it does not do
//!
//! - Diagnostic accuracy, dose-response and individual-participant data are not covered yet.
//! - Models are fitted by frequentist methods; there are no priors.
//! - It judges no study and no certainty: risk of bias and GRADE are yours to enter.
//! - It fills no gap: what a study did not report stays missing, or is derived from an assumption that the result names.

pub mod batch;
pub mod bias;
mod codes;
pub mod convert;
pub mod economics;
pub mod effect;
mod error;
pub mod glmm;
pub mod influence;
mod level;
pub mod linalg;
pub mod linear;
pub mod multilevel;
pub mod network;
#[cfg(feature = "plot")]
pub mod plot;
pub mod pool;
pub mod regression;
pub mod report;
#[cfg(feature = "request")]
pub mod request;
#[cfg(feature = "reviews")]
pub mod reviews;
pub mod robust;
mod rows;
pub mod stat;
pub mod table;
pub mod tau2;
pub mod text;

pub use effect::{EffectSizes, Measure};
pub use error::{Error, Place, Result};
pub use level::{GivenLevel, Level};
pub use rows::SourceRows;
