//! The commands, one file each.

pub mod effects;
pub mod plot;
pub mod pool;
pub mod reproduce;
