//! `regress`: meta-regression with numeric and factor moderators.

use consilience::{
    Error, Result,
    effect::DoubleZero,
    pool::Weights,
    regression::{MetaRegression, PermutationOptions, RegressionFit},
    report::{Align, Grid},
};

use crate::{
    args::{Format, Model, RegressArgs},
    data::{self, Studies},
    output,
};

pub fn run(args: &RegressArgs) -> Result<()> {
    let fit = fit(args)?;
    let text = match args.output.format {
        Format::Json => output::json("regress", &fit)?,
        Format::Csv => coefficients(&fit).to_csv(),
        Format::Markdown => format!("```text\n{fit}```\n"),
        Format::Text => fit.to_string(),
    };
    output::write(&args.output, &text)
}

fn fit(args: &RegressArgs) -> Result<RegressionFit> {
    let mut options = match args.model.model()? {
        Model::Random => MetaRegression::new(args.model.method()?),
        Model::Fixed => MetaRegression::fixed_effects(),
        Model::Mh | Model::Peto => {
            return Err(Error::setting(
                "--model",
                "Mantel-Haenszel and Peto take no moderators",
                "use random or fixed",
            ));
        }
    };
    options = options.inference(args.model.inference()?).level(args.input.level()?.fraction());
    if let Some(prediction) = args.model.prediction()? {
        options = options.prediction(prediction);
    }
    if let Some(tau2) = args.model.tau2 {
        options = options.tau2(tau2);
    }
    if let Some(method) = args.model.tau2_interval()? {
        options = options.tau2_interval(method);
    }
    let robust = args.robust.choice()?;

    let table = data::read(&args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep)?)?;
    let further: Vec<&str> = robust.iter().map(|(column, _)| *column).collect();
    let modelled = studies.modelled(&args.mods, &further)?;
    options = match args.model.weights.as_deref() {
        None => options,
        Some("equal") => options.weights(Weights::Equal),
        Some(column) => options.weights(Weights::Given(studies.numbers(column, &modelled.rows)?)),
    };
    let mut fit = options.fit(&modelled.effects, &modelled.design)?;
    if let Some((column, kind)) = robust {
        fit = fit.robust(&studies.groups(column, &modelled.rows)?, kind)?;
    }
    if let Some(iterations) = args.permute {
        let options = PermutationOptions::new(args.seed).iterations(iterations).exact_limit(iterations);
        let permutation = fit.permutation_test(&options)?;
        fit = fit.with_permutation(permutation);
    }
    if let Some(values) = &args.predict {
        let predictions = fit.predict(&modelled.design, &values.parse()?)?;
        fit = fit.with_predictions(predictions);
    }
    Ok(fit)
}

fn coefficients(fit: &RegressionFit) -> Grid {
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
