//! `multilevel`: multilevel and multivariate models.

mod model;
mod readings;

use consilience::{
    Result,
    multilevel::MultilevelFit,
    report::{Align, Grid},
};

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
        Format::Csv => coefficients(&result.fit).to_csv(),
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

fn coefficients(fit: &MultilevelFit) -> Grid {
    let names = ["term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper"];
    let mut grid = Grid::new(names.map(|name| (name, Align::Right)));
    let text = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
    for c in &fit.coefficients {
        grid.row([
            c.term.clone(),
            c.estimate.to_string(),
            c.se.to_string(),
            text(c.statistic),
            text(c.df),
            text(c.p_value),
            c.ci_lower.to_string(),
            c.ci_upper.to_string(),
        ]);
    }
    grid
}
