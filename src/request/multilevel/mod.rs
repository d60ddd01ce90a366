//! `multilevel`: multilevel and multivariate models.

mod coefficients;
mod dependence;
mod matrix_columns;
mod model;
mod readings;

use crate::{
    Result,
    multilevel::{Factor, MultilevelFit},
    table::Table,
};

use crate::request::{
    Answer, Format, Inputs,
    args::MultilevelArgs,
    data::{self, Modelled, Studies},
    json,
};

pub use model::{Built, build_on, outermost};

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<readings::Readings>("multilevel", "multilevel");
}

pub fn run(args: &MultilevelArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let others: Vec<&str> =
        args.influence.as_deref().filter(|name| *name != EACH_EFFECT).into_iter().collect();
    let built = model::build(args, &others, inputs)?;
    let mut fit = built.model.fit(&built.modelled.effects)?;
    coefficients::name_predictions(args, &built, &mut fit)?;
    let notation = args.shown.notation(fit.ratio_name())?;
    let result = readings::read(args, &built, fit)?;
    Ok(Answer::new("multilevel", move |how| {
        let text = match how.format {
            Format::Json => json("multilevel", &result)?,
            Format::Csv => result.fit.to_csv(),
            Format::Markdown | Format::Text => {
                how.sections(&result.fit.headline(), &result.sections(&notation))
            }
        };
        Ok(text)
    }))
}

/// The fit with the studies and the effects that it was made from, on the rows that have a value of further columns, too.
pub fn fit_and_studies(
    args: &MultilevelArgs,
    others: &[&str],
    inputs: &Inputs<'_>,
) -> Result<(MultilevelFit, Studies, Modelled)> {
    fit_and_studies_on(args, data::read(inputs, &args.input)?, others, inputs)
}

/// The same on a table that has been read.
pub fn fit_and_studies_on(
    args: &MultilevelArgs,
    table: Table,
    others: &[&str],
    inputs: &Inputs<'_>,
) -> Result<(MultilevelFit, Studies, Modelled)> {
    let built = build_on(args, table, others, inputs)?;
    let mut fit = built.model.fit(&built.modelled.effects)?;
    coefficients::name_predictions(args, &built, &mut fit)?;
    Ok((fit, built.studies, built.modelled))
}

/// The name by which each effect is a case of its own.
pub const EACH_EFFECT: &str = "effect";

/// The parts left out in turn: the levels of a column, or each effect in the order of the rows.
pub fn cases(column: &str, studies: &Studies, modelled: &Modelled) -> Result<Factor> {
    if column != EACH_EFFECT {
        return Factor::new(column, studies.groups(column, &modelled.rows)?);
    }
    let labels = modelled.effects.labels().iter().enumerate();
    Factor::in_order(EACH_EFFECT, labels.map(|(i, label)| format!("{} {label}", i + 1)))
}
