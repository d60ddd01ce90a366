//! Published and independently recomputed results.

mod economics;
