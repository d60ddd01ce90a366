//! The readings of `multilevel` from the coefficients, as `regress` does: tests of terms, contrasts, marginal means, predictions by name.

use std::fmt;

use serde::Serialize;

use crate::{
    Result,
    linear::{Contrast, Contrasts, MarginalMeans, SubsetTest},
    multilevel::MultilevelFit,
    report::{Align, Grid, fixed},
    table::ReferenceGrid,
};

use super::model::Built;
use crate::request::args::MultilevelArgs;

/// Tests, contrasts and means that were asked for.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoefficientReadings {
    subset_tests: Option<Vec<SubsetTest>>,
    contrasts: Option<Contrasts>,
    marginal_means: Option<Vec<MarginalMeans>>,
}

pub fn read(args: &MultilevelArgs, built: &Built, fit: &MultilevelFit) -> Result<CoefficientReadings> {
    let adjustment = args.adjust.as_deref().map_or(Ok(Default::default()), str::parse)?;
    let contrasts = if args.contrast.is_empty() {
        let all = args.adjust.is_some() && args.marginal.is_empty();
        all.then(|| fit.adjusted_coefficients::<&str>(&[], adjustment)).transpose()?
    } else {
        let names: Vec<String> = fit.coefficients.iter().map(|c| c.term.clone()).collect();
        let contrasts =
            args.contrast.iter().map(|text| Contrast::parse(text, &names)).collect::<Result<Vec<_>>>()?;
        Some(fit.contrasts(&contrasts, adjustment)?)
    };
    let subset_tests = each(&args.test, |terms| {
        let terms: Vec<&str> = terms.split(',').map(str::trim).collect();
        fit.subset_test(&terms)
    })?;
    let weights = args.marginal_weights.parse()?;
    let marginal_means = each(&args.marginal, |factor| {
        let (design, table) = (&built.modelled.design, &built.studies.table);
        fit.marginal_means(design, table, factor, weights, adjustment)
    })?;
    Ok(CoefficientReadings { subset_tests, contrasts, marginal_means })
}

/// Gives the predictions of the fit the values by which they were asked for.
pub fn name_predictions(args: &MultilevelArgs, built: &Built, fit: &mut MultilevelFit) -> Result<()> {
    if let Some(values) = &args.predict {
        let named = fit.predict(&built.modelled.design, &values.parse::<ReferenceGrid>()?)?;
        for (prediction, named) in fit.predictions.iter_mut().zip(named) {
            prediction.values = named.values;
        }
    }
    Ok(())
}

/// One result for each text; `None` without any.
fn each<T>(texts: &[String], of: impl FnMut(&String) -> Result<T>) -> Result<Option<Vec<T>>> {
    if texts.is_empty() {
        return Ok(None);
    }
    texts.iter().map(of).collect::<Result<Vec<T>>>().map(Some)
}

impl fmt::Display for CoefficientReadings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for test in self.subset_tests.iter().flatten() {
            writeln!(
                f,
                "\nTest of {}:\n\n{}",
                test.coefficients.join(", "),
                test.test.to_string().trim_end()
            )?;
        }
        if let Some(contrasts) = &self.contrasts {
            writeln!(f, "\nContrasts:\n\n{}", contrasts.to_string().trim_end())?;
        }
        for means in self.marginal_means.iter().flatten() {
            let title = format!("Marginal means of {} ({} weights)", means.factor, means.weights);
            writeln!(f, "\n{title}:\n\n{}", means.to_string().trim_end())?;
        }
        Ok(())
    }
}

/// The mean on the original scale and the predictions, which the table of the fit does not have.
pub fn values_text(fit: &MultilevelFit) -> String {
    let mut text = String::new();
    let four = |value: Option<f64>| value.map_or_else(String::new, |value| fixed(value, 4));
    let back = &fit.transformed;
    if let (Some(_), Some(low), Some(high)) = (back.estimate, back.ci_lower, back.ci_upper) {
        text += &format!(
            "\nMean on the original scale: {} [{}, {}]",
            four(back.estimate),
            fixed(low, 4),
            fixed(high, 4)
        );
        if let (Some(low), Some(high)) = (back.prediction_lower, back.prediction_upper) {
            text += &format!(", prediction interval [{}, {}]", fixed(low, 4), fixed(high, 4));
        }
        text.push('\n');
    }
    if fit.predictions.is_empty() {
        return text;
    }
    let original = fit.back.scale.is_some();
    let mut names = vec!["at", "estimate", "se", "ci.lb", "ci.ub", "pi.lb", "pi.ub"];
    if original {
        names.extend(["original", "ci.lb", "ci.ub"]);
    }
    let columns = names.into_iter().enumerate();
    let mut grid =
        Grid::new(columns.map(|(at, name)| (name, if at == 0 { Align::Left } else { Align::Right })));
    for p in &fit.predictions {
        let mut row = vec![
            p.values.to_string(),
            fixed(p.estimate, 4),
            fixed(p.se, 4),
            fixed(p.ci_lower, 4),
            fixed(p.ci_upper, 4),
        ];
        row.extend([four(p.prediction_lower), four(p.prediction_upper)]);
        if original {
            let back = &p.transformed;
            row.extend([four(back.estimate), four(back.ci_lower), four(back.ci_upper)]);
        }
        grid.row(row);
    }
    text + &format!("\nPredictions ({}):\n\n{}", fit.level, grid.to_text())
}
