//! `--sensitivity`: the converted data pooled at each value of an assumption.

use crate::plot::Figure as _;
use crate::{
    Error, Result,
    convert::sensitivity::{self, AssumedResult, Range, Sensitivity},
    effect::DoubleZero,
    plot::{EffectAxis, ImageFormat, SaveOptions},
    pool::{PoolFit, Weights},
    table::Table,
};

use super::{
    Kind,
    cells::{Assumptions, Context, known_name},
};
use crate::request::{
    AnswerFigure,
    args::{ConvertArgs, EffectArgs, Model, ModelArgs, ReadingModel},
    data::Studies,
    pool,
};

/// The ranges that the options ask for.
pub fn ranges(texts: &[String], known: &[&str]) -> Result<Vec<Range>> {
    texts
        .iter()
        .map(|text| {
            let range = text.parse::<Range>()?;
            known_name(&range.assumption, known)?;
            Ok(range)
        })
        .collect()
}

/// Refuses a figure without a range, of several ranges, or in a file whose name says no format.
pub fn check_plot(args: &ConvertArgs, ranges: &[Range]) -> Result<()> {
    let Some(path) = &args.plot else { return Ok(()) };
    if ranges.len() != 1 {
        return Err(Error::setting(
            "--plot",
            format!("{} ranges of assumptions to draw", ranges.len()),
            "give --sensitivity once, such as --sensitivity correlation=0.3:0.8:0.1",
        ));
    }
    ImageFormat::of(path).map(|_| ())
}

/// The pooled answer at each value of the range, all other assumptions as they are; drawn as well if a figure is
/// wanted, where `base` marks the value that the main analysis assumes.
pub fn over(
    args: &ConvertArgs,
    kind: &Kind<'_>,
    table: &Table,
    assumptions: &Assumptions,
    range: &Range,
    base: Option<f64>,
) -> Result<(Sensitivity, Option<AnswerFigure>)> {
    let mut effect = None;
    let sensitivity = sensitivity::over(&range.assumption, &range.values, |value| {
        let mut at = assumptions.clone();
        at.set(&range.assumption, value);
        let converted = (kind.convert)(&Context::new(table, &at))?;
        let csv = converted.csv(None).to_csv();
        let fit = fit(args, kind, Table::read(csv.as_bytes(), "the converted data")?)?;
        effect = Some(EffectAxis::of_fit(&fit));
        let answer = AssumedResult::with_interval(fit.estimate, fit.se, fit.ci_lower, fit.ci_upper);
        Ok(answer.p_value(fit.p_value).tau2(fit.heterogeneity.tau2))
    })?;
    let figure = args.plot.as_deref().map(|path| {
        let effect = effect.unwrap_or_else(|| EffectAxis::new("Effect"));
        let plot = sensitivity.sensitivity_plot(effect).base(base);
        AnswerFigure::new("sensitivity", SaveOptions::default(), move || plot.scene()).for_file(path)
    });
    Ok((sensitivity, figure))
}

fn fit(args: &ConvertArgs, kind: &Kind<'_>, table: Table) -> Result<PoolFit> {
    let measure = args.measure.or(kind.measure);
    if measure.is_none() && table.role("yi").is_none() {
        return Err(Error::setting(
            "--measure",
            "no measure is named, which --sensitivity pools",
            "name one, such as --measure MD",
        ));
    }
    let effect = EffectArgs { measure, ..EffectArgs::default() };
    let choice = match args.model.model {
        ReadingModel::Random => Model::Random,
        ReadingModel::Fixed => Model::Fixed,
    };
    let model = ModelArgs {
        model: choice,
        method: args.model.method,
        inference: args.model.inference,
        prediction: None,
        tau2: None,
        tau2_interval: None,
        q_about: None,
        weights: None,
    };
    let studies = Studies::new(table, &effect, None, effect.zero_cells(DoubleZero::Keep))?;
    let (effects, _) = studies.effects()?;
    let level = args.input.level()?.fraction();
    pool::pooled(&model, choice, level, Weights::InverseVariance, None, &effects)
}
