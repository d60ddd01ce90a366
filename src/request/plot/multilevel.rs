//! The forest plot of a multilevel model.

use crate::{Error, Result};

use crate::request::{Answer, Inputs, args::MultilevelFigureArgs, multilevel};

pub fn forest(args: &MultilevelFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let outermost = args.multilevel.random.first().map(|term| match term.split_once('|') {
        Some((_, outer)) => outer.trim(),
        None => term.split('/').next().unwrap_or(term).trim(),
    });
    let group = args.group.as_deref().or(outermost).ok_or_else(|| {
        Error::setting(
            "--group",
            "no column of groups is named",
            "name one, or random effects with --random study/effect",
        )
    })?;
    let mut others = vec![group];
    others.extend(args.rows.as_deref());
    let (fit, studies, modelled) = multilevel::fit_and_studies(&args.multilevel, &others, inputs)?;
    let groups = studies.groups(group, &modelled.rows)?;
    let rows = args.rows.as_deref().map(|column| studies.groups(column, &modelled.rows)).transpose()?;
    let forest = fit.forest_plot(&modelled.effects, &groups, rows.as_deref())?;
    super::forest(inputs, forest, (&args.style, args.multilevel.shown), &args.figure)
}
