//! Figures of an influence report.

use crate::{Result, influence::InfluenceReport};

use super::drawn;
use crate::request::{
    Answer, Inputs,
    args::{FigureArgs, GoshArgs, InfluenceFigureArgs},
    influence,
};

fn report(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<InfluenceReport> {
    influence::examine(&args.influence, inputs)
}

pub fn baujat(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "Baujat's coordinates are shares of Q of independent effects",
        "leave it out, or use `plot influence`, which shows the influence of effects and clusters in such a model",
    )?;
    let report = report(args, inputs)?;
    Ok(drawn(inputs, report.baujat_plot()?, &args.figure)?.notes(report.notes))
}

pub fn panel(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if args.dependence.is_given() {
        return super::dependent::influence(args, inputs);
    }
    args.dependence.check()?;
    let report = report(args, inputs)?;
    let plot = report.influence_plot()?;
    let look = as_high_as_needed(&args.figure, plot.look.width_mm);
    Ok(drawn(inputs, plot, &look)?.notes(report.notes))
}

/// One below the other, the panels of a narrow figure need their height.
pub fn as_high_as_needed(figure: &FigureArgs, width: f64) -> FigureArgs {
    let mut figure = figure.clone();
    if figure.width.unwrap_or(width) < 120.0 {
        figure.height = figure.height.or(Some(240.0));
    }
    figure
}

pub fn quantiles(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "the envelope is that of independent residuals",
        "leave it out, or use `plot influence`, which shows the standardized residuals of such a model",
    )?;
    let report = report(args, inputs)?;
    Ok(drawn(inputs, report.quantile_plot()?, &args.figure)?.notes(report.notes))
}

pub fn leave_one_out(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if args.dependence.is_given() {
        return super::dependent::leave_one_out(args, inputs);
    }
    args.dependence.check()?;
    let report = report(args, inputs)?;
    Ok(super::forest(
        inputs,
        report.leave_one_out_plot()?,
        (&args.style, args.influence.shown),
        &args.figure,
    )?
    .notes(report.notes))
}

pub fn cumulative(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "the first effects alone do not tell the variances of a multilevel model apart",
        "leave it out, or use `plot leave-one-out`, or `multilevel --mods year` for a trend over time",
    )?;
    let report = report(args, inputs)?;
    Ok(super::forest(inputs, report.cumulative_plot()?, (&args.style, args.influence.shown), &args.figure)?
        .notes(report.notes))
}

/// Subsets that are fitted if the user does not say how many.
const SUBSETS: usize = 20_000;

pub fn gosh(args: &GoshArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "subsets of effects that depend on each other are no smaller reviews",
        "leave it out, or use `plot leave-one-out` with --group and the column of the studies",
    )?;
    let mut asked = args.influence.clone();
    asked.gosh = asked.gosh.or(Some(SUBSETS));
    let report = influence::examine(&asked, inputs)?;
    Ok(drawn(inputs, report.gosh_plot(args.study.as_deref())?, &args.figure)?.notes(report.notes))
}
