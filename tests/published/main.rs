//! Published results, to the last digit printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pool;
