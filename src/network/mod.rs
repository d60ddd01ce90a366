//! Network meta-analysis: many treatments compared at once.

pub mod ranking;

pub use ranking::{
    Answer, Bound, OrderOutcome, PartialOrder, Question, RankedTreatment, Ranking, RankingOptions,
    SmallValues, Statement, ranking,
};
