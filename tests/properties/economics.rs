//! Identities of cost-effectiveness analysis.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod decisions;
mod psa;
