//! Published analyses, reproduced.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod convert;
mod economics;
mod influence;
mod multilevel;
mod papers;
mod plot;
mod pool;
mod regression;
