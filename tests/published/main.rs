//! Numbers from published pages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod convert;
