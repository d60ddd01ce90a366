//! What holds for all inputs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod table;
