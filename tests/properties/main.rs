//! Properties that hold whatever the data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod effect;
mod pool;
mod table;
