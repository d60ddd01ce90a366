//! Figures of a review as a whole: direction of effect, risk of bias, the flow of records, the summary of findings.

use crate::{
    Error, Result,
    plot::{
        Figure,
        review::{Albatross, Contours, Directions, Prisma, RiskOfBias, SummaryOfFindings},
    },
    table::Table,
};

use super::{drawn, pair};
use crate::request::{
    Answer, Inputs,
    args::{AlbatrossArgs, TableFigureArgs},
    data,
};

/// A figure that a table makes, with the notes of what was read and chosen.
fn made<F: Figure>(
    args: &TableFigureArgs,
    inputs: &Inputs<'_>,
    make: impl FnOnce(&Table) -> Result<F>,
) -> Result<Answer> {
    let table = data::part(inputs, &args.table)?;
    Ok(drawn(inputs, make(&table)?, &args.figure)?.notes(table.notes().to_vec()))
}

pub fn harvest(args: &TableFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    made(args, inputs, |table| Ok(Directions::from_table(table)?.harvest()))
}

pub fn effect_direction(args: &TableFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    made(args, inputs, |table| Ok(Directions::from_table(table)?.effect_direction()))
}

pub fn albatross(args: &AlbatrossArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let contours = contours(args)?;
    made(&args.table, inputs, |table| Ok(Albatross::from_table(table)?.contours(contours)))
}

fn contours(args: &AlbatrossArgs) -> Result<Contours> {
    let Some(text) = &args.contours else { return Ok(Contours::None) };
    let wrong =
        || Error::setting("--contours", format!("`{text}`"), "give a kind and its sizes: smd:0.1,0.25,0.5");
    let (kind, sizes) = text.split_once(':').ok_or_else(wrong)?;
    let sizes = sizes
        .split(',')
        .map(|size| size.trim().parse::<f64>().map_err(|_| wrong()))
        .collect::<Result<Vec<f64>>>()?;
    let share = args.share;
    let baseline = || {
        args.baseline_risk.ok_or_else(|| {
            Error::setting("--contours", format!("`{text}`"), "contours of ratios also need --baseline-risk")
        })
    };
    Ok(match kind.trim().to_ascii_lowercase().as_str() {
        "smd" => Contours::StandardizedMeanDifference { sizes, share },
        "cor" => Contours::Correlation { sizes },
        "or" => Contours::OddsRatio { sizes, baseline: baseline()?, share },
        "rr" => Contours::RiskRatio { sizes, baseline: baseline()?, share },
        other => return Err(Error::unknown("kind of contour", other, ["smd", "cor", "or", "rr"])),
    })
}

pub fn traffic_light(args: &TableFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    made(args, inputs, |table| Ok(RiskOfBias::from_table(table, args.tool)?.traffic_light()))
}

pub fn risk_of_bias(args: &TableFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    made(args, inputs, |table| Ok(RiskOfBias::from_table(table, args.tool)?.summary()))
}

pub fn prisma(args: &TableFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    made(args, inputs, Prisma::from_table)
}

pub fn findings(args: &TableFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let [intervention, comparator] = pair("--groups", &args.groups)?;
    made(args, inputs, |table| SummaryOfFindings::from_table(table, intervention, comparator))
}
