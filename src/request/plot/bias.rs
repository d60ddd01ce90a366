//! Figures of a bias report.

use crate::{Result, bias::Analysis};

use super::drawn;
use crate::request::{Answer, Inputs, args::BiasFigureArgs, bias};

/// The fitted selection functions: those that are named, else steps at 0.025 and 0.5 and three curves.
pub fn selection(args: &BiasFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "selection models take every effect as selected on its own, which holds for independent effects only",
        "leave it out, aggregate the effects of each study first (`convert aggregate`), or use `plot funnel` with the \
         same option and `multilevel --small-study sei`",
    )?;
    let mut asked = args.bias.clone();
    asked.test = vec![Analysis::Selection];
    if asked.selection.is_empty() {
        let names = ["stepfun:0.025,0.5", "halfnorm", "negexp", "power"];
        asked.selection = names.iter().map(|name| name.parse()).collect::<Result<_>>()?;
    }
    let (report, _) = bias::report_and_effects(&asked, inputs)?;
    let plot = report.selection_plot()?;
    Ok(drawn(inputs, plot, &args.figure)?.notes(report.notes.clone()))
}

/// The p-curve.
pub fn p_curve(args: &BiasFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "a p-curve takes its P values as independent: one for each study",
        "leave it out, and choose one effect of each study with --where, or use `plot funnel` with the same option",
    )?;
    let mut asked = args.bias.clone();
    asked.test = vec![Analysis::PCurve];
    let (report, effects) = bias::report_and_effects(&asked, inputs)?;
    let plot = report.p_curve_plot(&effects)?;
    Ok(drawn(inputs, plot, &args.figure)?.notes(report.notes.clone()))
}
