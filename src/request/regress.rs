//! `regress`: meta-regression with numeric and factor moderators.

use std::fmt::Display;

use crate::{
    Error, Result,
    effect::DoubleZero,
    pool::Weights,
    regression::{
        BubbleData, Contrast, Contrasts, Inflation, LocationScale, LocationScaleFit, MarginalMeans,
        MetaRegression, ModelComparison, Multimodel, PermutationInterval, PermutationOptions, R2Bootstrap,
        R2Interval, RegressionFit, StudyDiagnostics, SubsetTest, WildBootstrap, WildTest,
    },
    report::{diagnostics_grid, inflation_grid},
    robust::RobustType,
    table::{Formula, FormulaDesign, Table},
    text::{Notation, Section},
};
use serde::Serialize;

use crate::request::{
    Answer, Format, Inputs,
    args::{Model, RegressArgs},
    data::{self, Modelled, Studies},
    json,
};

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<Found>("regress", "regress");
}

pub fn run(args: &RegressArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let found = analyse(args, inputs)?;
    let notation = args.shown.notation(found.fit.ratio_name())?;
    Ok(Answer::new("regress", move |how| {
        let text = match how.format {
            Format::Json => json("regress", &found)?,
            Format::Csv => found.fit.to_csv(),
            Format::Markdown | Format::Text => {
                let mut sections = found.fit.sections_in(&notation);
                sections.extend(found.parts(&notation));
                how.sections(&found.fit.headline(), &sections)
            }
        };
        Ok(text)
    }))
}

/// The fit, and what was asked for beside it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Found {
    #[serde(flatten)]
    fit: RegressionFit,
    subset_tests: Option<Vec<SubsetTest>>,
    contrasts: Option<Contrasts>,
    comparison: Option<ModelComparison>,
    permutation_interval: Option<PermutationInterval>,
    wild_bootstrap: Option<Vec<WildTest>>,
    marginal_means: Option<Vec<MarginalMeans>>,
    bubble: Option<BubbleData>,
    diagnostics: Option<Vec<StudyDiagnostics>>,
    inflation: Option<Vec<Inflation>>,
    r2_interval: Option<R2Interval>,
    multimodel: Option<Multimodel>,
    location_scale: Option<LocationScaleFit>,
}

impl Found {
    /// The parts beside the fit, each under its title.
    fn parts(&self, notation: &Notation) -> Vec<Section> {
        let mut parts = Vec::new();
        let words = |title: String, text: &dyn Display| {
            Section::new(title).lines(text.to_string().trim_end().lines().map(str::to_owned))
        };
        for test in self.subset_tests.iter().flatten() {
            parts.push(words(format!("Test of {}", test.coefficients.join(", ")), &test.test));
        }
        parts.extend(self.contrasts.iter().map(|contrasts| contrasts.section("Contrasts", notation)));
        parts.extend(self.comparison.iter().map(|two| two.section("Comparison of models", notation)));
        if let Some(interval) = &self.permutation_interval {
            let range = notation.range(interval.lower, interval.upper);
            parts.push(words("Permutation interval of the mean".to_owned(), &range));
        }
        for test in self.wild_bootstrap.iter().flatten() {
            parts.push(words(format!("Wild cluster bootstrap of {}", test.coefficients.join(", ")), test));
        }
        for means in self.marginal_means.iter().flatten() {
            let title = format!("Marginal means of {} ({} weights)", means.factor, means.weights);
            parts.push(means.section(title, notation));
        }
        if let Some(bubble) = &self.bubble {
            parts.push(bubble.section(format!("Bubble plot over {}", bubble.moderator), notation));
        }
        if let Some(diagnostics) = &self.diagnostics {
            let grid = diagnostics_grid(diagnostics, self.fit.design.names(), notation);
            parts.push(Section::new("Diagnostics").table("", grid));
        }
        if let Some(inflation) = &self.inflation {
            let grid = inflation_grid(inflation, notation);
            parts.push(Section::new("Variance inflation").table("", grid));
        }
        parts.extend(self.r2_interval.iter().map(|interval| words("Interval of R^2".to_owned(), interval)));
        parts.extend(self.multimodel.iter().map(|all| all.section("All subsets of the terms", notation)));
        if let Some(fit) = &self.location_scale {
            parts.push(Section::new("Location-scale model").paragraph(fit.headline()));
            parts.extend(fit.sections_in(notation));
        }
        parts
    }
}

/// The choices of the model.
fn options_of(args: &RegressArgs) -> Result<MetaRegression> {
    let mut options = match args.model.model {
        Model::Random => MetaRegression::new(args.model.method),
        Model::Fixed => MetaRegression::fixed_effects(),
        Model::Mh | Model::Peto => {
            return Err(Error::setting(
                "--model",
                "Mantel-Haenszel and Peto take no moderators",
                "use random or fixed",
            ));
        }
    };
    options = options.inference(args.model.inference()?).level(args.input.level()?);
    if let Some(prediction) = args.model.prediction {
        options = options.prediction(prediction);
    }
    if let Some(tau2) = args.model.tau2 {
        options = options.tau2(tau2);
    }
    if let Some(method) = args.model.tau2_interval {
        options = options.tau2_interval(method);
    }
    Ok(options)
}

/// The fit with its predictions, and the design and table that it was made from.
pub fn fit_and_design(
    args: &RegressArgs,
    inputs: &Inputs<'_>,
) -> Result<(RegressionFit, FormulaDesign, Table)> {
    let robust = args.robust.choice()?;
    let table = data::read(inputs, &args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep))?;
    let needed: Vec<&str> = robust.iter().map(|(column, _)| *column).collect();
    let modelled = studies.modelled_with(&args.mods, &needed, &args.further.design())?;
    let Modelled { effects, rows, design } =
        if robust.is_none() { modelled.as_independent() } else { modelled };
    let mut options = options_of(args)?;
    options = match args.model.weights.as_deref() {
        None => options,
        Some("equal") => options.weights(Weights::Equal),
        Some(column) => options.weights(Weights::Given(studies.numbers(column, &rows)?)),
    };
    let mut fit = options.fit(&effects, &design)?;
    if let Some((column, kind)) = robust {
        fit = fit.robust(&studies.groups(column, &rows)?, kind)?;
    }
    if let Some(values) = &args.predict {
        let predictions = fit.predict(&design, &values.parse()?)?;
        fit = fit.with_predictions(predictions);
    }
    Ok((fit, design, studies.table))
}

fn analyse(args: &RegressArgs, inputs: &Inputs<'_>) -> Result<Found> {
    let further = &args.further;
    let mut options = options_of(args)?;
    let robust = args.robust.choice()?;
    let design_options = further.design();
    if further.wild_bootstrap.is_some() && robust.is_none() {
        return Err(Error::setting(
            "--wild-bootstrap",
            "no clusters are named",
            "name the column of clusters with --cluster",
        ));
    }
    let scale: Option<Formula> = further.scale_mods.as_deref().map(str::parse).transpose()?;

    let table = data::read(inputs, &args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep))?;
    // Rows must be complete for the moderators of tau² too.
    let mut needed: Vec<&str> = robust.iter().map(|(column, _)| *column).collect();
    if let Some(scale) = &scale {
        scale.missing_rows(&studies.table)?;
        needed.extend(scale.columns());
    }
    let modelled = studies.modelled_with(&args.mods, &needed, &design_options)?;
    let modelled = if robust.is_none() { modelled.as_independent() } else { modelled };
    let Modelled { effects, rows, design } = &modelled;
    options = match args.model.weights.as_deref() {
        None => options,
        Some("equal") => options.weights(Weights::Equal),
        Some(column) => options.weights(Weights::Given(studies.numbers(column, rows)?)),
    };
    let plain = options.fit(effects, design)?;
    let mut fit = match robust {
        Some((column, kind)) => plain.robust(&studies.groups(column, rows)?, kind)?,
        None => plain.clone(),
    };

    let permutation_interval = permute(args, &mut fit)?;
    if let Some(values) = &args.predict {
        let predictions = fit.predict(design, &values.parse()?)?;
        fit = fit.with_predictions(predictions);
    }

    let adjustment = further.adjust.unwrap_or_default();
    let contrasts = contrasts(args, &fit)?;
    let subset_tests = each(&further.test, |terms| {
        let terms: Vec<&str> = terms.split(',').map(str::trim).collect();
        fit.subset_test(&terms)
    })?;
    let comparison = further.compare.as_deref().map(|formula| -> Result<ModelComparison> {
        let formula: Formula = formula.parse()?;
        let reduced = FormulaDesign::among(&formula, &studies.table, rows, &design_options)?;
        if reduced.k != rows.len() {
            return Err(Error::setting(
                "--compare",
                "studies lack a moderator that `--mods` does not have",
                "compare with a model that is nested in that of --mods",
            ));
        }
        plain.compare(&options.fit(effects, &reduced)?)
    });
    let kind = robust.map(|(_, kind)| kind);
    let wild_bootstrap =
        further.wild_bootstrap.map(|iterations| wild_bootstrap(args, &fit, iterations, kind));
    let marginal_means = each(&further.marginal, |factor| {
        fit.marginal_means(design, &studies.table, factor, further.marginal_weights, adjustment)
    })?;
    let bubble = further
        .bubble
        .as_deref()
        .map(|name| fit.bubble(design, &studies.table, name, further.marginal_weights));
    let inflation = further.vif.map(|iterations| match iterations {
        0 => Ok(fit.term_inflation()),
        _ => fit.simulated_inflation(iterations, args.seed),
    });
    let r2_interval = further.r2_bootstrap.map(|iterations| {
        let options = R2Bootstrap::new(args.seed).iterations(iterations).resampling(further.r2_resampling);
        plain.r2_interval(&options)
    });
    let multimodel = further.multimodel.map(|criterion| options.all_subsets(effects, design, criterion));
    let location_scale = scale.map(|formula| -> Result<LocationScaleFit> {
        let scale = FormulaDesign::among(&formula, &studies.table, rows, &design_options)?;
        location_scale(args)?.fit(effects, design, &scale)
    });
    Ok(Found {
        subset_tests,
        contrasts,
        comparison: comparison.transpose()?,
        permutation_interval,
        wild_bootstrap: wild_bootstrap.transpose()?,
        marginal_means,
        bubble: bubble.transpose()?,
        diagnostics: further.diagnostics.then(|| plain.diagnostics()).transpose()?,
        inflation: inflation.transpose()?,
        r2_interval: r2_interval.transpose()?,
        multimodel: multimodel.transpose()?,
        location_scale: location_scale.transpose()?,
        fit,
    })
}

/// Adds the permutation test that is asked for to a fit; the interval of a mean.
fn permute(args: &RegressArgs, fit: &mut RegressionFit) -> Result<Option<PermutationInterval>> {
    let Some(iterations) = args.permute else { return Ok(None) };
    let options = PermutationOptions::new(args.seed)
        .iterations(iterations)
        .exact_limit(iterations)
        .statistic(args.further.permute_statistic);
    let permutation = fit.permutation_test(&options)?;
    let mean = fit.design.terms().is_empty();
    let interval = mean.then(|| fit.permutation_interval(&options)).transpose()?;
    fit.permutation = Some(permutation);
    Ok(interval)
}

/// The contrasts that are asked for, or with an adjustment alone all coefficients.
fn contrasts(args: &RegressArgs, fit: &RegressionFit) -> Result<Option<Contrasts>> {
    let further = &args.further;
    let adjustment = further.adjust.unwrap_or_default();
    if further.contrast.is_empty() {
        let all = further.adjust.is_some() && further.marginal.is_empty();
        return all.then(|| fit.adjusted_coefficients::<&str>(&[], adjustment)).transpose();
    }
    let names = fit.design.names();
    let parsed = further.contrast.iter().map(|text| Contrast::parse(text, names));
    fit.contrasts(&parsed.collect::<Result<Vec<_>>>()?, adjustment).map(Some)
}

/// The wild bootstrap of each term, and of all together.
fn wild_bootstrap(
    args: &RegressArgs,
    fit: &RegressionFit,
    iterations: usize,
    kind: Option<RobustType>,
) -> Result<Vec<WildTest>> {
    let weights = args.further.wild_weights;
    let mut options = WildBootstrap::new(args.seed).iterations(iterations).weights(weights);
    if let Some(kind) = kind {
        options = options.kind(kind);
    }
    let mut sets: Vec<Vec<&str>> = fit.design.terms().iter().map(|term| vec![term.name.as_str()]).collect();
    match sets.len() {
        0 => sets.push(fit.design.names().iter().map(String::as_str).collect()),
        1 => {}
        _ => sets.push(sets.concat()),
    }
    sets.iter().map(|terms| fit.wild_bootstrap(terms, &options)).collect()
}

/// The location-scale model that the options describe.
fn location_scale(args: &RegressArgs) -> Result<LocationScale> {
    let model = LocationScale::new(args.model.method)
        .link(args.further.scale_link)
        .inference(args.model.inference()?)
        .level(args.input.level()?);
    Ok(match args.model.prediction {
        Some(prediction) => model.prediction(prediction),
        None => model,
    })
}

/// One result for each text; `None` without any.
fn each<T>(texts: &[String], of: impl FnMut(&String) -> Result<T>) -> Result<Option<Vec<T>>> {
    if texts.is_empty() {
        return Ok(None);
    }
    texts.iter().map(of).collect::<Result<Vec<T>>>().map(Some)
}
