//! Figures of an influence report.

use crate::{Result, influence::InfluenceReport};

use super::drawn;
use crate::request::{
    Answer, Inputs,
    args::{GoshArgs, InfluenceFigureArgs},
    influence,
};

fn report(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<InfluenceReport> {
    influence::examine(&args.influence, inputs)
}

pub fn baujat(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let report = report(args, inputs)?;
    Ok(drawn(inputs, report.baujat_plot()?, &args.figure)?.notes(report.notes))
}

pub fn panel(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let report = report(args, inputs)?;
    let plot = report.influence_plot()?;
    let mut look = args.figure.clone();
    // One below the other, the panels of a narrow figure need their height.
    if look.width.unwrap_or(plot.look.width_mm) < 120.0 {
        look.height = look.height.or(Some(240.0));
    }
    Ok(drawn(inputs, plot, &look)?.notes(report.notes))
}

pub fn quantiles(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let report = report(args, inputs)?;
    Ok(drawn(inputs, report.quantile_plot()?, &args.figure)?.notes(report.notes))
}

pub fn leave_one_out(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
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
    let report = report(args, inputs)?;
    Ok(super::forest(inputs, report.cumulative_plot()?, (&args.style, args.influence.shown), &args.figure)?
        .notes(report.notes))
}

/// Subsets that are fitted if the user does not say how many.
const SUBSETS: usize = 20_000;

pub fn gosh(args: &GoshArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let mut asked = args.influence.clone();
    asked.gosh = asked.gosh.or(Some(SUBSETS));
    let report = influence::examine(&asked, inputs)?;
    Ok(drawn(inputs, report.gosh_plot(args.study.as_deref())?, &args.figure)?.notes(report.notes))
}
