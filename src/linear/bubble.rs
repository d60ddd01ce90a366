//! The data of a bubble plot: the effects against one moderator, bubbles by weight, and the line of the model with its bands.
//!
//! The line holds the other moderators fixed (numbers at their means over the studies, factors averaged over their levels as
//! [`MarginalWeights`] says), so that it is the model's and not that of the two variables alone.

use serde::{Deserialize, Serialize};

use super::{
    MarginalWeights, Point, PredictedEffect,
    basis::Solved,
    marginal,
    predict::{check_design, predict_rows},
};
use crate::{
    Error, Result,
    table::{FormulaDesign, Table, Value},
};

/// One study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Bubble {
    /// The label.
    pub study: String,
    /// The moderator.
    pub x: f64,
    /// The effect.
    pub yi: f64,
    /// Its sampling variance.
    pub vi: f64,
    /// The weight in per cent.
    pub weight: Option<f64>,
    /// The radius in proportion to the largest, so that areas are as weights.
    pub radius: Option<f64>,
}

/// A bubble plot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BubbleData {
    /// The moderator.
    pub moderator: String,
    /// The studies.
    pub studies: Vec<Bubble>,
    /// The expected effect along the moderator, with confidence and prediction limits.
    pub line: Vec<PredictedEffect>,
}

/// The points of the line.
const POINTS: usize = 101;

impl Bubble {
    /// A study at 0 of the moderator, with its weight in the fit.
    pub(crate) fn new(study: &str, yi: f64, vi: f64, weight: Option<f64>) -> Self {
        Bubble { study: study.to_owned(), x: 0.0, yi, vi, weight, radius: None }
    }
}

/// The bubble plot of a fit over the numeric moderator `moderator`, between its least and greatest value; `bubbles` are the effects
/// of the fit in their order, without those that have no estimate.
pub(crate) fn bubble_data(
    fit: &impl Solved,
    (design, table): (&FormulaDesign, &Table),
    moderator: &str,
    weights: MarginalWeights,
    bubbles: Vec<Option<Bubble>>,
) -> Result<BubbleData> {
    check_design(fit, design)?;
    let names: Vec<&str> = design.inputs.iter().map(|input| input.name.as_str()).collect();
    if !names.contains(&moderator) {
        return Err(Error::unknown("moderator", moderator, names));
    }
    if design.inputs.iter().any(|input| input.name == moderator && input.levels.is_some()) {
        return Err(Error::setting(
            "bubble",
            format!("`{moderator}` is a factor"),
            "name a numeric moderator, or ask for the marginal means of the factor",
        ));
    }
    let studies = table.select(&design.rows)?;
    let x = studies.complete_numbers(moderator)?;
    let largest = bubbles.iter().flatten().filter_map(|bubble| bubble.weight).fold(0.0, f64::max);
    let sized = |(bubble, &x): (Option<Bubble>, &f64)| {
        let bubble = bubble?;
        let radius = bubble.weight.filter(|_| largest > 0.0).map(|w| (w / largest).sqrt());
        Some(Bubble { x, radius, ..bubble })
    };
    let bubbles = bubbles.into_iter().zip(&x).filter_map(sized).collect();
    let least = x.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let values: Vec<Value> = (0..POINTS)
        .map(|i| Value::Number(least + (greatest - least) * i as f64 / (POINTS - 1) as f64))
        .collect();
    let rows = marginal::averaged_rows(design, &studies, moderator, &values, weights)?;
    let at = |value: Value| Point(vec![(moderator.to_owned(), value)]);
    let line =
        predict_rows(fit, values.into_iter().zip(rows).map(|(value, row)| (at(value), row)).collect())?;
    Ok(BubbleData { moderator: moderator.to_owned(), studies: bubbles, line })
}
