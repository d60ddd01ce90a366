//! The forest plot of a multilevel model.

use crate::{
    Error, Result,
    plot::{Figure as _, Scene},
};

use super::{COMMAND, NAME, dress, save_options};
use crate::request::{
    Answer, AnswerFigure, Inputs,
    args::{MultilevelFigureArgs, PooledArgs},
    multilevel,
};

pub fn forest(args: &MultilevelFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let outermost = multilevel::outermost(&args.multilevel.random);
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
    Ok(super::forest(inputs, forest, (&args.style, args.multilevel.shown), &args.figure)?.notes(fit.notes))
}

/// Values at which the likelihood is computed for each variance and correlation.
const POINTS: usize = 41;

/// The profiles of the likelihood in the variances and correlations, beneath each other.
pub fn profiles(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let mut asked = args.dependence.multilevel(&args.pool)?;
    asked.no_intervals = false;
    let (fit, ..) = multilevel::fit_and_studies(&asked, &[], inputs)?;
    let profiles = fit.profiles(POINTS)?;
    if profiles.is_empty() {
        let remedy = "name a random effect with --random";
        return Err(Error::model("the model has no variance that is estimated on its own", remedy));
    }
    let mut scenes = Vec::new();
    for profile in profiles {
        let mut plot = profile.plot();
        dress(&mut plot, &args.figure)?;
        scenes.push(plot.scene()?);
    }
    let page = Scene::stacked(scenes);
    let figure = AnswerFigure::new(NAME, save_options(inputs, &args.figure)?, move || Ok(page.clone()));
    Ok(Answer::empty(COMMAND).figure(figure).notes(fit.notes))
}
