//! The unit of analysis: clusters, periods, several arms, several outcomes.
//!
//! A participant must count once. [`cluster`] takes the correlation within clusters into account, [`cross_over`] that
//! between the periods of one person, [`arms`] combines or splits the groups of trials with several arms,
//! [`aggregate`] makes one effect of several outcomes or time points, and [`covariance`] gives the model their joint
//! sampling covariance instead, as does [`dependent`] where the data behind the effects are known.

pub mod aggregate;
pub mod arms;
pub mod cluster;
pub mod covariance;
pub mod cross_over;
pub mod dependent;
