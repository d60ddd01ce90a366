//! Marginal means: the expected effect at each level of a factor, averaged over the other moderators, and their
//! differences.
//!
//! Numeric moderators stand at their mean over the studies. Other factors are averaged over their levels, each level alike
//! (`Equal`: what the effects would be in a balanced set of studies) or as often as it occurs (`Proportional`).
//!
//! Reference: Searle, Speed and Milliken (1980), Population marginal means in the linear model, doi:10.1080/00031305.1980.10483031.

use serde::{Deserialize, Serialize};

use super::{
    Adjustment, Contrast, Contrasts, Point, PredictedEffect,
    basis::Solved,
    contrasts::contrasts,
    predict::{check_design, predict_rows},
};
use crate::{
    Error, Result,
    table::{FormulaDesign, Table, Value},
};

/// The weights of the levels of the other factors in an average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum MarginalWeights {
    /// Every combination of levels counts the same.
    #[default]
    Equal,
    /// Every combination of levels counts as often as it occurs among the studies.
    Proportional,
}

crate::codes::codes!(MarginalWeights, "weights of marginal means" {
    Equal "equal" [], Proportional "proportional" [],
});

/// The marginal means of a factor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MarginalMeans {
    /// The factor.
    pub factor: String,
    /// The weights of the other factors' levels.
    pub weights: MarginalWeights,
    /// The mean at each level, in the order of the levels.
    pub means: Vec<PredictedEffect>,
    /// The differences of all pairs, the later level minus the earlier one.
    pub differences: Contrasts,
}

/// The marginal means of a factor, and their pairwise differences.
pub(crate) fn marginal_means(
    fit: &impl Solved,
    (design, table): (&FormulaDesign, &Table),
    factor: &str,
    weights: MarginalWeights,
    adjustment: Adjustment,
) -> Result<MarginalMeans> {
    check_design(fit, design)?;
    let names: Vec<&str> = design.inputs.iter().map(|input| input.name.as_str()).collect();
    if !names.contains(&factor) {
        return Err(Error::unknown("moderator", factor, names));
    }
    let numeric = design.inputs.iter().any(|input| input.name == factor && input.levels.is_none());
    if numeric && !is_factor(design, factor) {
        return Err(Error::setting(
            "marginal means",
            format!("`{factor}` is a number in the model, not a factor"),
            format!("predict at some of its values, or write factor({factor}) in the formula"),
        ));
    }
    let studies = table.select(&design.rows)?;
    let levels = distinct(&studies, factor)?;
    let rows = averaged_rows(design, &studies, factor, &levels, weights)?;
    let named = levels.iter().zip(&rows);
    let means = predict_rows(
        fit,
        named.map(|(level, row)| (Point(vec![(factor.to_owned(), level.clone())]), row.clone())).collect(),
    )?;
    let mut differences = Vec::new();
    for later in 1..levels.len() {
        for earlier in 0..later {
            let values: Vec<f64> = rows[later].iter().zip(&rows[earlier]).map(|(b, a)| b - a).collect();
            let name = format!("{} versus {}", levels[later], levels[earlier]);
            differences.push(Contrast::new(name, values));
        }
    }
    let differences = contrasts(fit, &differences, adjustment)?;
    Ok(MarginalMeans { factor: factor.to_owned(), weights, means, differences })
}

/// The row of the design at each value of `varied`, averaged over the other moderators; `studies` are the rows of the fit.
pub(crate) fn averaged_rows(
    design: &FormulaDesign,
    studies: &Table,
    varied: &str,
    values: &[Value],
    weights: MarginalWeights,
) -> Result<Vec<Vec<f64>>> {
    // Columns that are averaged level by level, and the means of the numeric ones.
    let mut axes: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut point: Vec<(&str, Value)> = Vec::new();
    for input in design.inputs.iter().filter(|input| input.name != varied) {
        let name = input.name.as_str();
        if input.levels.is_some() || is_factor(design, name) {
            axes.push((name, distinct(studies, name)?));
        } else {
            let numbers = studies.complete_numbers(name)?;
            point.push((name, Value::Number(numbers.iter().sum::<f64>() / numbers.len() as f64)));
        }
    }
    let cells = match weights {
        MarginalWeights::Equal => combinations(&axes),
        MarginalWeights::Proportional => occurring(studies, &axes)?,
    };
    values
        .iter()
        .map(|value| {
            let mut mean = vec![0.0; design.p];
            for cell in &cells {
                let mut at = point.clone();
                at.push((varied, value.clone()));
                at.extend(cell.iter().cloned());
                for (mean, value) in mean.iter_mut().zip(design.row(&at)?) {
                    *mean += value / cells.len() as f64;
                }
            }
            Ok(mean)
        })
        .collect()
}

/// Tells whether a column of numbers stands as a factor in the formula.
fn is_factor(design: &FormulaDesign, name: &str) -> bool {
    let wraps = |label: &str| {
        label.split(':').any(|part| {
            ["factor(", "ref("].iter().any(|call| {
                part.trim().strip_prefix(call).is_some_and(|rest| {
                    let inner = rest.trim_end_matches(')').split(',').next().unwrap_or_default();
                    inner.trim().trim_matches('`') == name
                })
            })
        })
    };
    design.terms.iter().any(|term| wraps(&term.label))
}

/// The values of a column that occur, numbers in numeric order, texts in that of their bytes.
fn distinct(table: &Table, name: &str) -> Result<Vec<Value>> {
    let column = table.column(name)?;
    if column.is_numeric() {
        let mut numbers = table.complete_numbers(name)?;
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        return Ok(numbers.into_iter().map(Value::Number).collect());
    }
    Ok(column.levels().names.into_iter().map(Value::Text).collect())
}

fn combinations<'a>(axes: &[(&'a str, Vec<Value>)]) -> Vec<Vec<(&'a str, Value)>> {
    axes.iter().fold(vec![Vec::new()], |cells, (name, values)| {
        let mut longer = Vec::with_capacity(cells.len() * values.len());
        for cell in cells {
            for value in values {
                let mut cell: Vec<(&str, Value)> = cell.clone();
                cell.push((name, value.clone()));
                longer.push(cell);
            }
        }
        longer
    })
}

/// The combination of levels of each study.
fn occurring<'a>(table: &Table, axes: &[(&'a str, Vec<Value>)]) -> Result<Vec<Vec<(&'a str, Value)>>> {
    let mut cells = vec![Vec::new(); table.len()];
    for (name, _) in axes {
        let column = table.column(name)?;
        let numeric = column.is_numeric();
        for (cell, text) in cells.iter_mut().zip(column.as_texts()) {
            let text = text.unwrap_or_default();
            let value = match text.parse::<f64>() {
                Ok(number) if numeric => Value::Number(number),
                _ => Value::Text(text),
            };
            cell.push((*name, value));
        }
    }
    Ok(cells)
}
