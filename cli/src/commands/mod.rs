//! The commands, one file each.

pub mod effects;
pub mod pool;
pub mod reproduce;
