//! Figures of a meta-regression.

use consilience::plot::Figure as _;
use consilience::{
    Error, Result,
    regression::{PermutationOptions, PermutationStatistic},
};

use super::{dress, needs_file, save};
use crate::{
    args::{BubbleArgs, PermutationArgs, RegressionFigureArgs},
    commands::regress,
};

pub fn bubble(args: &BubbleArgs) -> Result<()> {
    needs_file(&args.regress.output)?;
    let (fit, design, table) = regress::fit_and_design(&args.regress)?;
    let first = || design.inputs.iter().find(|input| input.levels.is_none()).map(|input| input.name.clone());
    let moderator = args.moderator.clone().or_else(|| args.regress.further.bubble.clone()).or_else(first);
    let moderator = moderator.ok_or_else(|| {
        Error::setting(
            "--mods",
            format!("`{}` has no numeric moderator", args.regress.mods),
            "a bubble plot needs one; `consilience plot orchard --subgroup COLUMN` shows a factor",
        )
    })?;
    let data = fit.bubble(&design, &table, &moderator, args.regress.further.marginal_weights()?)?;
    let mut plot = fit.bubble_plot(data);
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.regress.output, &args.figure)
}

/// Every study with what the model predicts for it.
pub fn forest(args: &RegressionFigureArgs) -> Result<()> {
    let (fit, ..) = regress::fit_and_design(&args.regress)?;
    super::forest(fit.forest_plot()?, &args.regress.output, &args.style, &args.figure)
}

/// Arrangements if the user does not say how many.
const ARRANGEMENTS: usize = 10_000;

pub fn permutation(args: &PermutationArgs) -> Result<()> {
    needs_file(&args.regress.output)?;
    let (fit, ..) = regress::fit_and_design(&args.regress)?;
    let statistic = match args.regress.further.permute_statistic.as_str() {
        "test" => PermutationStatistic::Test,
        "coefficient" => PermutationStatistic::Coefficient,
        other => return Err(Error::unknown("statistic", other, ["test", "coefficient"])),
    };
    let iterations = args.regress.permute.unwrap_or(ARRANGEMENTS);
    let options = PermutationOptions::new(args.regress.seed)
        .iterations(iterations)
        .exact_limit(iterations)
        .statistic(statistic);
    let mut plot = fit.permutation_distribution(&options, args.term.as_deref())?.permutation_plot();
    dress(&mut plot.look, &args.figure)?;
    save(&plot.scene()?, &args.regress.output, &args.figure)
}
