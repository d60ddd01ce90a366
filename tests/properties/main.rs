//! Properties that hold whatever the data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bias;
mod convert;
mod distributions;
mod economics;
mod effect;
mod multilevel;
mod plot;
mod pool;
mod regression;
mod table;
