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
    let plot = report(args, inputs)?.baujat_plot()?;
    drawn(inputs, plot, &args.figure)
}

pub fn panel(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let plot = report(args, inputs)?.influence_plot()?;
    let mut look = args.figure.clone();
    // One below the other, the panels of a narrow figure need their height.
    if look.width.unwrap_or(plot.look.width_mm) < 120.0 {
        look.height = look.height.or(Some(240.0));
    }
    drawn(inputs, plot, &look)
}

pub fn quantiles(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let plot = report(args, inputs)?.quantile_plot()?;
    drawn(inputs, plot, &args.figure)
}

pub fn leave_one_out(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let forest = influence::examine(&args.influence, inputs)?.leave_one_out_plot()?;
    super::forest(inputs, forest, (&args.style, args.influence.shown), &args.figure)
}

pub fn cumulative(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let forest = influence::examine(&args.influence, inputs)?.cumulative_plot()?;
    super::forest(inputs, forest, (&args.style, args.influence.shown), &args.figure)
}

/// Subsets that are fitted if the user does not say how many.
const SUBSETS: usize = 20_000;

pub fn gosh(args: &GoshArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let mut asked = args.influence.clone();
    asked.gosh = asked.gosh.or(Some(SUBSETS));
    let plot = influence::examine(&asked, inputs)?.gosh_plot(args.study.as_deref())?;
    drawn(inputs, plot, &args.figure)
}
