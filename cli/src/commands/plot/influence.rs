//! Figures of an influence report.

use consilience::plot::Figure as _;
use consilience::{Result, influence::InfluenceReport};

use super::{dress, needs_file, save};
use crate::{
    args::{GoshArgs, InfluenceFigureArgs},
    commands::influence,
};

fn report(args: &InfluenceFigureArgs) -> Result<InfluenceReport> {
    needs_file(&args.influence.output)?;
    influence::examine(&args.influence)
}

pub fn baujat(args: &InfluenceFigureArgs) -> Result<()> {
    let mut plot = report(args)?.baujat_plot()?;
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.influence.output, &args.figure)
}

pub fn panel(args: &InfluenceFigureArgs) -> Result<()> {
    let mut plot = report(args)?.influence_plot()?;
    dress(&mut plot.look, &args.figure)?;
    // One below the other, the panels of a narrow figure need their height.
    if args.figure.height.is_none() && plot.look.width_mm < 120.0 {
        plot.look.height_mm = 240.0;
    }
    save(&plot.scene()?, &args.influence.output, &args.figure)
}

pub fn quantiles(args: &InfluenceFigureArgs) -> Result<()> {
    let mut plot = report(args)?.quantile_plot()?;
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.influence.output, &args.figure)
}

pub fn leave_one_out(args: &InfluenceFigureArgs) -> Result<()> {
    let forest = influence::examine(&args.influence)?.leave_one_out_plot()?;
    super::forest(forest, &args.influence.output, &args.style, &args.figure)
}

pub fn cumulative(args: &InfluenceFigureArgs) -> Result<()> {
    let forest = influence::examine(&args.influence)?.cumulative_plot()?;
    super::forest(forest, &args.influence.output, &args.style, &args.figure)
}

/// Subsets that are fitted if the user does not say how many.
const SUBSETS: usize = 20_000;

pub fn gosh(args: &GoshArgs) -> Result<()> {
    needs_file(&args.influence.output)?;
    let mut asked = args.influence.clone();
    asked.gosh = asked.gosh.or(Some(SUBSETS));
    let mut plot = influence::examine(&asked)?.gosh_plot(args.study.as_deref())?;
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.influence.output, &args.figure)
}
