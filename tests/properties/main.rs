//! Properties that hold whatever the data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bias;
mod convert;
mod distributions;
mod economics;
mod effect;
mod every_figure;
mod extremes;
#[allow(dead_code)] // the example also uses what stands on its page
#[path = "../../examples/figures/mod.rs"]
mod figures;
mod fuzzed;
mod glmm;
mod influence;
mod interrupts;
mod multilevel;
mod network;
mod plot;
mod pool;
mod regression;
mod table;
