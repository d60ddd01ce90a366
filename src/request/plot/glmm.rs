//! Figures of models of counts.

use crate::{
    Error, Result,
    glmm::{CountInference, DoubleZero, Effects, Penalty},
};

use crate::request::{
    Answer, Inputs,
    args::{GlmmFigure, GlmmFigureArgs},
    data, glmm,
};

pub fn figure(args: &GlmmFigureArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let one_model = |kind: &str| {
        Error::setting(
            "--model",
            format!("the figure `{kind}` is of one model"),
            "name one, or use --kind methods",
        )
    };
    applies(args)?;
    let read = glmm::read(&args.glmm, data::read(inputs, &args.glmm.input)?)?;
    let [model] = args.glmm.models()[..] else { return Err(one_model(args.kind.code())) };
    let options = args.glmm.options(model, !read.counts.measure().two_groups())?;
    let answer = match args.kind {
        GlmmFigure::Forest => {
            let fit = options.fit(&read.counts)?;
            let prediction = fit.prediction(args.glmm.prediction()?)?;
            let forest = fit.forest(&read.counts, prediction)?;
            let drawn = super::forest(inputs, forest, (&args.style, args.glmm.shown), &args.figure);
            let notes = fit.notes.into_iter().filter(|note| !read.notes.contains(note));
            drawn.map(|answer| answer.notes(notes.collect::<Vec<_>>()))
        }
        GlmmFigure::Methods => {
            let methods = read.counts.compare_methods(args.glmm.input.level()?);
            super::forest(inputs, methods.forest()?, (&args.style, args.glmm.shown), &args.figure)
        }
        GlmmFigure::Likelihood => {
            super::drawn(inputs, options.effect_profile(&read.counts, 121)?.plot(), &args.figure)
        }
    };
    Ok(answer?.notes(read.notes))
}

/// Refuses options that the figure cannot show.
fn applies(args: &GlmmFigureArgs) -> Result<()> {
    let model = &args.glmm;
    if model.mods.is_some() {
        return Err(Error::setting("--mods", "the figures are of a mean effect", "leave moderators out"));
    }
    let readings = [
        ("--exact", model.exact),
        ("--combine", model.combine),
        ("--leave-one-out", model.leave_one_out),
        ("--residuals", model.residuals),
        ("--bootstrap", model.bootstrap.is_some()),
        ("--multiverse", model.multiverse),
    ];
    if let Some((name, _)) = readings.into_iter().find(|(_, given)| *given) {
        return Err(Error::setting(name, "the figures do not show it", "use it with `glmm`"));
    }
    let chosen = [
        ("--model", !model.model.is_empty()),
        ("--effects", model.effects != Effects::Random),
        ("--coding", model.coding.is_some()),
        ("--correlated", model.correlated),
        ("--link", model.link.is_some()),
        ("--inference", model.inference != CountInference::Wald),
        ("--penalty", model.penalty != Penalty::None),
        ("--drop00", model.drop00 != DoubleZero::Keep),
    ];
    match chosen.into_iter().find(|(_, given)| *given) {
        Some((name, _)) if args.kind == GlmmFigure::Methods => {
            let found = "the figure `methods` shows every method as it is by default";
            Err(Error::setting(name, found, "leave it out, or use another figure"))
        }
        _ => Ok(()),
    }
}
