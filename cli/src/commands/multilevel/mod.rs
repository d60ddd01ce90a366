//! `multilevel`: multilevel and multivariate models.

mod model;
mod readings;

use consilience::{Result, multilevel::MultilevelFit};

use crate::{
    args::{Format, MultilevelArgs},
    data::{Modelled, Studies},
    output,
};

pub fn run(args: &MultilevelArgs) -> Result<()> {
    let others: Vec<&str> = args.influence.as_deref().filter(|name| *name != "effect").into_iter().collect();
    let built = model::build(args, &others)?;
    let fit = built.model.fit(&built.modelled.effects)?;
    let result = readings::read(args, &built, fit)?;
    let text = match args.output.format {
        Format::Json => output::json("multilevel", &result)?,
        Format::Csv => result.fit.to_csv(),
        Format::Markdown => format!("```text\n{result}```\n"),
        Format::Text => result.to_string(),
    };
    output::write(&args.output, &text)
}

/// The fit with the studies and the effects that it was made from, on the rows that have a value of further columns, too.
pub fn fit_and_studies(args: &MultilevelArgs, others: &[&str]) -> Result<(MultilevelFit, Studies, Modelled)> {
    let built = model::build(args, others)?;
    let fit = built.model.fit(&built.modelled.effects)?;
    Ok((fit, built.studies, built.modelled))
}
