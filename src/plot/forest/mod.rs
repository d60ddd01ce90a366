//! The forest plot: every study with its data, its interval and its weight, and what they say together.

mod draw;
mod input;
mod layout;
mod pool;
mod prepare;
mod text;

pub use input::{
    ColumnSide, Forest, ForestColumn, ForestOrder, ForestPrediction, ForestRow, ForestStudy, ForestSummary,
    IntervalStyle, SummaryLevel, SummaryLine,
};
pub use text::{Charset, TextOptions};
