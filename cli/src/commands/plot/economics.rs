//! Figures of economic evaluations.

use consilience::{Error, Result, economics::PsaResult, plot::economics::CurvePlot};

use super::{dress, needs_file, save};
use crate::{
    args::{EvppiFigureArgs, FrontierFigureArgs, PlaneArgs, PsaFigureArgs},
    commands::economics::{draws, frontier as strategies},
    output,
};

/// The columns of a curve in the terminal.
const TEXT_WIDTH: usize = 100;

/// The plane of two options, with the thresholds of --wtp if they are few.
pub fn plane(args: &PlaneArgs) -> Result<()> {
    needs_file(&args.psa.output)?;
    let (_, draws) = draws::analysis(&args.psa)?;
    let options = draws.options();
    let named = |name: &Option<String>, other: Option<&String>| {
        name.clone().or_else(|| other.cloned()).ok_or_else(|| Error::model("there is no option", "give two"))
    };
    let intervention = named(&args.intervention, options.last())?;
    let comparator = named(&args.comparator, options.first())?;
    let mut plot = draws.ce_plane(&intervention, &comparator)?;
    let wtp = args.psa.wtp.values()?;
    if wtp.values().len() <= 3 {
        plot = wtp.values().iter().fold(plot, |plot, &wtp| plot.threshold(wtp));
    }
    if !args.unit.is_empty() {
        plot = plot.effect_unit(&args.unit);
    }
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.psa.output, &args.figure)
}

pub fn frontier(args: &FrontierFigureArgs) -> Result<()> {
    needs_file(&args.frontier.output)?;
    let (frontier, _) = strategies::of(&args.frontier)?;
    let mut plot = frontier.plot();
    if !args.unit.is_empty() {
        plot = plot.effect_unit(&args.unit);
    }
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.frontier.output, &args.figure)
}

/// A curve over the thresholds: to a file, or as text.
pub fn curve(args: &PsaFigureArgs, read: impl Fn(&PsaResult) -> CurvePlot) -> Result<()> {
    let (result, _) = draws::analysis(&args.psa)?;
    let mut plot = read(&result);
    dress(&mut plot.look, &args.figure)?;
    match args.psa.output.output {
        Some(_) => save(&plot.scene()?, &args.psa.output, &args.figure),
        None => output::write(&args.psa.output, &plot.to_text(TEXT_WIDTH)?),
    }
}

pub fn evppi(args: &EvppiFigureArgs) -> Result<()> {
    needs_file(&args.evppi.output)?;
    let (result, draws) = draws::partial_information(&args.evppi)?;
    let mut plot = result.plot(draws.price_base());
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.evppi.output, &args.figure)
}
