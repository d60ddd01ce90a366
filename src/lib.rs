//! Evidence synthesis: from what studies report to a pooled answer, how far it can be
//! trusted, and whether it is worth the money.
//!
//! The crate turns study results into effect sizes, pools them, says how far the studies
//! disagree and what that rests on, and carries the answer with its uncertainty into a
//! decision. Its measure is R's metafor, meta and BCEA: it agrees with them to the last
//! digits that matter where they are right.
//!
//! # Usage
//!
//! ```toml
//! [dependencies]
//! consilience = "0.1"
//! ```
//!
//! ```
//! use consilience::{
//!     EffectSizes, Measure,
//!     effect::{TwoByTwo, ZeroCells},
//!     pool::{Inference, RandomEffects},
//!     tau2::Tau2,
//! };
//!
//! // Three of the BCG vaccine trials (Colditz et al. 1994): events and non-events,
//! // vaccinated and controls.
//! let labels = ["Aronson 1948", "Ferguson & Simes 1949", "Rosenthal 1960"];
//! let tables = [
//!     TwoByTwo::new(4.0, 119.0, 11.0, 128.0)?,
//!     TwoByTwo::new(6.0, 300.0, 29.0, 274.0)?,
//!     TwoByTwo::new(3.0, 228.0, 11.0, 209.0)?,
//! ];
//! let effects = EffectSizes::from_two_by_two(
//!     Measure::RiskRatio, labels, &tables, ZeroCells::default(),
//! )?;
//! let fit = RandomEffects::new(Tau2::Reml)
//!     .inference(Inference::HartungKnapp)
//!     .fit(&effects)?;
//! println!("{fit}"); // the table that metafor's users know, then the methods used
//! println!("{}", fit.results_paragraph()); // the same in words:
//! // 3 studies were included. The pooled risk ratio was 0.26 (95% CI 0.11 to 0.65;
//! // P = 0.024). Cochran's Q was 0.93 on 2 df (P = 0.627), I² 0%, ...
//! assert!(fit.results_paragraph().contains("0.26 (95% CI 0.11 to 0.65; P = 0.024)"));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # Where do I start?
//!
//! | I have | start at |
//! |---|---|
//! | counts, means, correlations, rates of each study | [`effect`]: `EffectSizes::from_...` |
//! | a CSV file or a data frame | [`table::Table`], [`effect::Studies`] |
//! | effects with variances, standard errors or intervals | [`EffectSizes::new`] and its kin |
//! | medians, P values, clusters, change scores, other programs' files | [`convert`] |
//! | one effect a study | [`pool`], [`regression`] |
//! | several effects a study | [`multilevel`], [`robust`] |
//! | rare events, proportions, rates | [`glmm`] |
//! | more than two treatments | [`network`] |
//! | millions of small analyses | [`batch`] |
//! | a pooled answer that I do not trust yet | [`bias`], [`influence`] |
//! | draws of costs and effects, or a pooled effect and a price | [`economics`] |
//! | no idea which method | [`guide::choosing`] |
//! | a script of metafor, meta, Stata or Review Manager | [`guide::coming_from`] |
//!
//! The sources hold thirteen [examples], each a question that a reviewer asks with a published
//! answer, a [gallery] of figures with the command behind each, and a page on [what is checked].
//!
//! [examples]: https://docs.rs/crate/consilience/latest/source/examples/
//! [gallery]: https://docs.rs/crate/consilience/latest/source/docs/gallery.md
//! [what is checked]: https://docs.rs/crate/consilience/latest/source/docs/validation.md
//!
//! # Recipes
//!
//! Few studies, and what another method would have said:
//!
//! ```
//! # use consilience::{EffectSizes, Measure, pool::Multiverse};
//! # let effects = EffectSizes::new(
//! #     Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
//! let all = Multiverse::new(&effects, 0.95)?;
//! let excluding = all.excluding(0.0).count();
//! println!("{excluding} of {} intervals exclude no effect", all.rows.len());
//! # assert!(excluding < all.rows.len());
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Does the answer hang on one study?
//!
//! ```
//! # use consilience::{EffectSizes, Measure, influence::Influence};
//! # let effects = EffectSizes::new(
//! #     Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
//! let report = Influence::default().fit(&effects)?;
//! for fit in report.without_each() {
//!     println!("without {}: {:.2}", fit.study, fit.estimate);
//! }
//! // without A: 5.50
//! // without B: 4.50
//! // without C: 2.00
//! # let found: Vec<f64> = report.without_each().iter().map(|f| f.estimate).collect();
//! # assert!(found.iter().zip([5.5, 4.5, 2.0]).all(|(a, b)| (a - b).abs() < 1e-9));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # The way of the data
//!
//! One noun, [`EffectSizes`] (labels, estimates, variances and the [`Measure`] that knows its
//! scale); one verb, `.fit(&effects)`, which returns a fit that never changes; everything else
//! reads a fit. All results serialize, and print as tables.
//!
//! | modules | hold |
//! |---|---|
//! | [`report`], `plot`, `reviews` | tables and text; figures; published reviews that ship as data |
//! | [`bias`], [`influence`], [`economics`] | can the answer be trusted; is it worth the money |
//! | [`pool`], [`regression`], [`multilevel`], [`network`], [`glmm`], [`batch`], [`robust`] | the models and their fits |
//! | [`linear`] | what linear models share: coefficients, tests, contrasts |
//! | [`effect`], [`convert`], [`table`], [`mod@tau2`] | raw data to effect sizes; reported numbers to raw data; named columns and formulas; estimators of tau² |
//! | [`stat`], [`linalg`], [`text`], [`Error`] | distributions, roots, quadrature; small dense matrices; documents; the one error type |
//! | [`guide`] | pages to read: choosing a method, coming from another program, a glossary |
//!
//! # Features
//!
//! On by default is all that needs no further package: `bias`, `convert`, `economics`, `glmm`, `influence`, `multilevel` and
//! `network`, the modules of these names. With `default-features = false` pooling, regression, effect sizes and robust variances
//! remain, which compile in less than half the time. Off by default: a user of the models compiles no plotting, no file
//! formats and no random numbers.
//!
//! | feature | adds |
//! |---|---|
//! | `csv` | reading tables from CSV text |
//! | `reviews` | the published reviews (implies `csv` and the default features) |
//! | `plot`, `png`, `pdf` | figures as SVG, painted, and as PDF (imply the default features) |
//! | `random` | bootstrap, permutation, simulation; every call takes a seed |
//! | `parallel` | the same on all cores, with the same results |
//! | `revman` | Review Manager 5 files |
//! | `spreadsheets` | sheets of `.xlsx`, `.ods` and `.xls` wherever a table is read (implies `csv`) |
//! | `docx` | reports as Word files |
//! | `request` | the front door: one request for each command of the program, and its answer |
//!
//! # What it does not do
//!
//! - Diagnostic accuracy, dose-response and individual-participant data are not covered yet.
//! - Models are fitted by frequentist methods; there are no priors.
//! - It judges no study and no certainty: risk of bias and GRADE are yours to enter.
//! - It fills no gap: what a study did not report stays missing, or is derived from an assumption that the result names.

#![cfg_attr(docsrs, feature(doc_cfg))]
// What the families share below them is partly without a caller where one of them is left out.
#![cfg_attr(not(feature = "default"), allow(dead_code, unused_imports, unused_macros))]

pub mod batch;
#[cfg(feature = "bias")]
pub mod bias;
mod codes;
#[cfg(feature = "convert")]
pub mod convert;
#[cfg(feature = "economics")]
pub mod economics;
pub mod effect;
mod error;
#[cfg(feature = "glmm")]
pub mod glmm;
pub mod guide;
#[cfg(feature = "influence")]
pub mod influence;
mod level;
pub mod linalg;
pub mod linear;
mod memory;
#[cfg(feature = "multilevel")]
pub mod multilevel;
#[cfg(feature = "network")]
pub mod network;
#[cfg(feature = "plot")]
pub mod plot;
pub mod pool;
mod range;
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
