//! Figures of models of counts.

use crate::{Error, Result};

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
    if args.glmm.mods.is_some() {
        return Err(Error::setting("--mods", "the figures are of a mean effect", "leave moderators out"));
    }
    let read = glmm::read(&args.glmm, data::read(inputs, &args.glmm.input)?)?;
    let [model] = args.glmm.models()?[..] else { return Err(one_model(args.kind.code())) };
    let options = args.glmm.options(model, !read.counts.measure().two_groups())?;
    match args.kind {
        GlmmFigure::Forest => {
            let fit = options.fit(&read.counts)?;
            let prediction = fit.prediction(args.glmm.prediction()?)?;
            super::forest(inputs, fit.forest(&read.counts, prediction)?, &args.style, &args.figure)
        }
        GlmmFigure::Methods => {
            let methods = read.counts.compare_methods(args.glmm.input.level()?);
            super::forest(inputs, methods.forest()?, &args.style, &args.figure)
        }
        GlmmFigure::Likelihood => {
            super::drawn(inputs, options.effect_profile(&read.counts, 121)?.plot(), &args.figure)
        }
    }
}
