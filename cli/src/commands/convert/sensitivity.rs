//! `--sensitivity`: the converted data pooled at each value of an assumption.

use consilience::{
    Error, Result,
    convert::sensitivity::{self, Answer, Range, Sensitivity},
    effect::DoubleZero,
    pool::{PoolFit, Weights},
    table::Table,
};

use super::{
    Kind,
    cells::{Assumptions, Context, known_name},
};
use crate::{
    args::{ConvertArgs, EffectArgs, Model, ModelArgs},
    commands::pool,
    data::Studies,
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

/// The pooled answer at each value of the range, all other assumptions as they are.
pub fn over(
    args: &ConvertArgs,
    kind: &Kind<'_>,
    table: &Table,
    assumptions: &Assumptions,
    range: &Range,
) -> Result<Sensitivity> {
    sensitivity::over(&range.assumption, &range.values, |value| {
        let mut at = assumptions.clone();
        at.set(&range.assumption, value);
        let converted = (kind.convert)(&Context::new(table, &at))?;
        let csv = converted.csv(None).to_csv();
        let fit = fit(args, kind, Table::read(csv.as_bytes(), "the converted data")?)?;
        let answer = Answer::with_interval(fit.estimate, fit.se, fit.ci_lower, fit.ci_upper);
        Ok(answer.p_value(fit.p_value).tau2(fit.heterogeneity.tau2))
    })
}

fn fit(args: &ConvertArgs, kind: &Kind<'_>, table: Table) -> Result<PoolFit> {
    let measure = args.measure.clone().or_else(|| kind.measure.map(str::to_owned));
    if measure.is_none() && table.role("yi").is_none() {
        return Err(Error::setting(
            "--measure",
            "no measure is named, which --sensitivity pools",
            "name one, such as --measure MD",
        ));
    }
    let effect = EffectArgs { measure, ..EffectArgs::default() };
    let model = ModelArgs {
        model: args.model.model.clone(),
        method: args.model.method.clone(),
        inference: args.model.inference.clone(),
        prediction: None,
        tau2: None,
        tau2_interval: None,
        weights: None,
    };
    let choice = if args.model.random()? { Model::Random } else { Model::Fixed };
    let studies = Studies::new(table, &effect, None, effect.zero_cells(DoubleZero::Keep)?)?;
    let (effects, _) = studies.effects()?;
    let level = args.input.level()?.fraction();
    pool::pooled(&model, choice, level, Weights::InverseVariance, None, &effects)
}
