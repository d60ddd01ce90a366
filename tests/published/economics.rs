//! Worked numbers of health economics: published results and values recomputed independently of this crate.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod decisions;
mod models;
mod psa;
mod synthesis;
mod trial;
mod voi;
