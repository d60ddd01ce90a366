//! Figures of the multilevel model that stands in for a meta-regression or for an influence analysis where effects depend on each
//! other.

use crate::{
    Error, Result,
    multilevel::{Factor, MultilevelFit},
};

use super::drawn;
use crate::request::{
    Answer, Inputs,
    args::{BubbleArgs, InfluenceFigureArgs, MultilevelFigureArgs, RegressionFigureArgs},
    multilevel,
};

/// The line and the bands of the multilevel regression, with bubbles by its weights.
pub fn bubble(args: &BubbleArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let asked = args.dependence.of_regression(&args.regress)?;
    let (fit, studies, modelled) = multilevel::fit_and_studies(&asked, &[], inputs)?;
    let design = &modelled.design;
    let moderator = super::regress::moderator(args, design)?;
    let weights = args.regress.further.marginal_weights;
    let data = fit.bubble(design, &studies.table, &moderator, weights)?;
    Ok(drawn(inputs, fit.bubble_plot(data), &args.figure)?.notes(fit.notes))
}

/// Every effect below its group, with what the multilevel regression expects of it.
pub fn regression(args: &RegressionFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let figure = MultilevelFigureArgs {
        multilevel: args.dependence.of_regression(&args.regress)?,
        group: args.dependence.outermost().map(str::to_owned),
        rows: None,
        style: args.style.clone(),
        figure: args.figure.clone(),
    };
    super::multilevel::forest(&figure, inputs)
}

/// The fit, and what is left out in turn: the levels of `--group`, else each effect.
fn fit_and_cases(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<(MultilevelFit, Factor)> {
    let asked = args.dependence.of_influence(&args.influence)?;
    let column = args.influence.group.as_deref().unwrap_or(multilevel::EACH_EFFECT);
    let others: Vec<&str> = Some(column).into_iter().filter(|c| *c != multilevel::EACH_EFFECT).collect();
    let (fit, studies, modelled) = multilevel::fit_and_studies(&asked, &others, inputs)?;
    let cases = multilevel::cases(column, &studies, &modelled)?;
    match cases.levels().len() {
        0..=2 => {
            let found = format!("{} has {} levels", cases.name(), cases.levels().len());
            Err(Error::model(found, "leave out the levels of a column with three or more in turn"))
        }
        _ => Ok((fit, cases)),
    }
}

/// The diagnostics of the multilevel model.
pub fn influence(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (fit, cases) = fit_and_cases(args, inputs)?;
    let influence = fit.influence(&cases)?;
    let mut notes = fit.notes.clone();
    let reasons = influence.clusters.iter().filter_map(|c| Some((c.cluster.as_str(), c.reason.as_ref()?)));
    notes.extend(reasons.map(|(name, reason)| format!("no fit without {name}: {reason}")));
    let plot = fit.influence_plot(influence);
    let figure = super::influence::as_high_as_needed(&args.figure, plot.look.width_mm);
    Ok(drawn(inputs, plot, &figure)?.notes(notes))
}

/// The mean of the multilevel model without each effect or cluster.
pub fn leave_one_out(args: &InfluenceFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (fit, cases) = fit_and_cases(args, inputs)?;
    let forest = fit.leave_one_out_plot(&fit.without_each(&cases)?)?;
    Ok(super::forest(inputs, forest, (&args.style, args.influence.shown), &args.figure)?.notes(fit.notes))
}
