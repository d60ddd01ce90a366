//! Figures of a review as a whole: what was found, how far it can be trusted, and what to show where nothing can be pooled.
//!
//! | figure | shows |
//! |---|---|
//! | [`RiskOfBias::traffic_light`] | each judgement of each study |
//! | [`RiskOfBias::summary`] | how the judgements are distributed in each domain |
//! | [`Prisma`] | how records became studies (PRISMA 2020) |
//! | [`SummaryOfFindings`] | effects and the certainty of their evidence (GRADE) |
//! | [`Directions::effect_direction`] | which way each study points in each outcome |
//! | [`Directions::harvest`] | the same as bars, high for designs that suit, pale where bias is likely |
//! | [`Albatross`] | P values against sample sizes, with contours of the effect they suggest |
//!
//! The last three are for reviews that cannot pool (SWiM guideline: Campbell et al. 2020, doi:10.1136/bmj.l6890): they
//! count directions or P values, never how large an effect is, and votes are never counted by significance.

mod albatross;
mod direction;
mod effect_direction;
mod findings;
mod harvest;
mod judgement;
mod prisma;
mod risk_of_bias;
mod traffic_light;

pub use albatross::{Albatross, AlbatrossPoint, Contours};
pub use direction::{Direction, DirectionCell, DirectionStudy, Directions};
pub use effect_direction::EffectDirectionPlot;
pub use findings::{AnticipatedEffect, Certainty, Finding, SummaryOfFindings};
pub use harvest::HarvestPlot;
pub use judgement::Judgement;
pub use prisma::{OtherSources, Prisma};
pub use risk_of_bias::{RiskOfBias, RiskOfBiasStudy, RiskOfBiasTool};
pub use traffic_light::{RiskOfBiasSummary, TrafficLight};
