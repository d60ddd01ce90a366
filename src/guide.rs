//! The guides for reviewers: pages to read, without code of their own.
//!
//! [`choosing`] leads from the data to a model, an estimator, an inference and the checks, each with its reason, its source, the
//! command and the Rust line. [`coming_from`] translates from metafor, meta, netmeta, Review Manager, Stata, Comprehensive
//! Meta-Analysis and Python. [`glossary`] explains the words of the output.

#[doc = include_str!("../docs/choosing.md")]
pub mod choosing {}

#[doc = include_str!("../docs/coming-from.md")]
pub mod coming_from {}

#[doc = include_str!("../docs/glossary.md")]
pub mod glossary {}
