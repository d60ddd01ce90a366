//! Figures of a meta-regression.

use crate::{Error, Result, regression::PermutationOptions, table::FormulaDesign};

use super::drawn;
use crate::request::{
    Answer, Inputs,
    args::{BubbleArgs, PermutationArgs, RegressionFigureArgs},
    regress,
};

pub fn bubble(args: &BubbleArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if args.dependence.is_given() {
        return super::dependent::bubble(args, inputs);
    }
    args.dependence.check()?;
    let (fit, design, table) = regress::fit_and_design(&args.regress, inputs)?;
    let moderator = moderator(args, &design)?;
    let data = fit.bubble(&design, &table, &moderator, args.regress.further.marginal_weights)?;
    let plot = fit.bubble_plot(data);
    Ok(drawn(inputs, plot, &args.figure)?.notes(fit.notes))
}

/// The moderator along the axis: the one that is named, else the first numeric one.
pub fn moderator(args: &BubbleArgs, design: &FormulaDesign) -> Result<String> {
    let first = || design.inputs.iter().find(|input| input.levels.is_none()).map(|input| input.name.clone());
    let moderator = args.moderator.clone().or_else(|| args.regress.further.bubble.clone()).or_else(first);
    moderator.ok_or_else(|| {
        Error::setting(
            "--mods",
            format!("`{}` has no numeric moderator", args.regress.mods),
            "a bubble plot needs one; `consilience plot orchard --subgroup COLUMN` shows a factor",
        )
    })
}

/// Every study with what the model predicts for it.
pub fn forest(args: &RegressionFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if args.dependence.is_given() {
        return super::dependent::regression(args, inputs);
    }
    args.dependence.check()?;
    let (fit, ..) = regress::fit_and_design(&args.regress, inputs)?;
    Ok(super::forest(inputs, fit.forest_plot()?, (&args.style, args.regress.shown), &args.figure)?
        .notes(fit.notes))
}

/// Arrangements if the user does not say how many.
const ARRANGEMENTS: usize = 10_000;

pub fn permutation(args: &PermutationArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "permutations exchange studies, which is right for independent effects only",
        "leave it out; `multilevel --bootstrap` and `regress --cluster --wild-bootstrap` resample dependent effects",
    )?;
    let (fit, ..) = regress::fit_and_design(&args.regress, inputs)?;
    let iterations = args.regress.permute.unwrap_or(ARRANGEMENTS);
    let options = PermutationOptions::new(args.regress.seed)
        .iterations(iterations)
        .exact_limit(iterations)
        .statistic(args.regress.further.permute_statistic);
    let plot = fit.permutation_distribution(&options, args.term.as_deref())?.permutation_plot();
    Ok(drawn(inputs, plot, &args.figure)?.notes(fit.notes))
}
