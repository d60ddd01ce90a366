//! The commands, one file each.

pub mod bias;
pub mod convert;
pub mod economics;
pub mod effects;
pub mod influence;
pub mod multilevel;
pub mod plot;
pub mod pool;
pub mod regress;
pub mod report;
pub mod reproduce;
