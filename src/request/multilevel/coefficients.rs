//! The readings of `multilevel` from the coefficients, as `regress` does: tests of terms, contrasts, marginal means, predictions by name.

use serde::Serialize;

use crate::{
    Result,
    linear::{Contrast, Contrasts, MarginalMeans, SubsetTest},
    multilevel::MultilevelFit,
    report::{Align, Grid, Section},
    table::ReferenceGrid,
    text::Notation,
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
    let adjustment = args.adjust.unwrap_or_default();
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
    let marginal_means = each(&args.marginal, |factor| {
        let (design, table) = (&built.modelled.design, &built.studies.table);
        fit.marginal_means(design, table, factor, args.marginal_weights, adjustment)
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

impl CoefficientReadings {
    /// The parts that were asked for, each under its title.
    pub fn sections(&self, notation: &Notation) -> Vec<Section> {
        let tests = self.subset_tests.iter().flatten().map(|test| {
            Section::new(format!("Test of {}", test.coefficients.join(", "))).lines([test.test.to_string()])
        });
        let contrasts = self.contrasts.iter().map(|contrasts| contrasts.section("Contrasts", notation));
        let means = self.marginal_means.iter().flatten().map(|means| {
            let title = format!("Marginal means of {} ({} weights)", means.factor, means.weights);
            means.section(title, notation)
        });
        tests.chain(contrasts).chain(means).collect()
    }
}

/// The mean on the original scale where the table of the fit does not have it, and the predictions.
pub fn values(fit: &MultilevelFit, notation: &Notation) -> Vec<Section> {
    let mean = original_mean(fit, notation).filter(|_| !notation.is_ratio());
    let mut sections: Vec<Section> =
        mean.into_iter().map(|line| Section::untitled().paragraph(line)).collect();
    if !fit.predictions.is_empty() {
        let title = format!("Predictions ({})", fit.level);
        sections.push(Section::new(title).table("", predictions(fit, notation)));
    }
    sections
}

fn original_mean(fit: &MultilevelFit, notation: &Notation) -> Option<String> {
    let back = &fit.transformed;
    let [mean, low, high] = [back.estimate?, back.ci_lower?, back.ci_upper?].map(|v| notation.number(v));
    let mut text = format!("Mean on the original scale: {mean} [{low}, {high}]");
    if let (Some(low), Some(high)) = (back.prediction_lower, back.prediction_upper) {
        text += &format!(", prediction interval [{}, {}]", notation.number(low), notation.number(high));
    }
    Some(text)
}

fn predictions(fit: &MultilevelFit, notation: &Notation) -> Grid {
    let some = |value: Option<f64>| value.map_or_else(String::new, |value| notation.number(value));
    let original = fit.back.scale.is_some() && !notation.is_ratio();
    let mut names = vec!["at", notation.estimate(), notation.se(), "ci.lb", "ci.ub", "pi.lb", "pi.ub"];
    if original {
        names.extend(["original", "ci.lb", "ci.ub"]);
    }
    let columns = names.into_iter().enumerate();
    let mut grid =
        Grid::new(columns.map(|(at, name)| (name, if at == 0 { Align::Left } else { Align::Right })));
    for p in &fit.predictions {
        let mut row = vec![p.values.to_string(), notation.effect(p.estimate), notation.number(p.se)];
        row.extend([p.ci_lower, p.ci_upper].map(|limit| notation.effect(limit)));
        row.extend(
            [p.prediction_lower, p.prediction_upper]
                .map(|limit| limit.map_or_else(String::new, |limit| notation.effect(limit))),
        );
        if original {
            let back = &p.transformed;
            row.extend([back.estimate, back.ci_lower, back.ci_upper].map(some));
        }
        grid.row(row);
    }
    grid
}
