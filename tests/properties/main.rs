//! Properties that hold for any input.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod plot;
