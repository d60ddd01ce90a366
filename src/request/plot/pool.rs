//! Figures of a pooled fit.

use std::collections::HashMap;

use crate::plot::Figure as _;
use crate::{
    EffectSizes, Error, Result,
    bias::{Analysis, Bias},
    convert::sensitivity::{self, AssumedResult as Pooled},
    linear::MeanInference,
    multilevel::MultilevelFit,
    plot::{EffectAxis, Forest, forest::TextOptions, funnel::FunnelRegion, review::RiskOfBias},
    pool::{FittedStudies, Heterogeneity, Inference, Multiverse, PoolFit, PoolModel, RandomEffects},
    table::{Column, Table},
};

use super::{COMMAND, NAME, drawn, save_options};
use crate::request::{
    Answer, AnswerFigure, Inputs,
    args::{DependenceArgs, ForestArgs, FunnelArgs, LabbeArgs, Model, PoolArgs, PooledArgs, SensitivityArgs},
    data::{self, Studies},
    multilevel, pool,
};

/// The forest plot of a pooling model.
pub fn forest(args: &ForestArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let mut forest =
        forest_of(&args.pool, &args.dependence, pair("--groups", &args.groups)?, inputs)?.order(args.order);
    if let Some(file) = &args.risk_of_bias {
        let judged = RiskOfBias::from_table(&inputs.table(file)?, args.tool)?;
        forest = forest.risk_of_bias(&judged).map_err(|e| e.in_file(file.display().to_string()))?;
    }
    super::forest(inputs, forest, (&args.style, args.pool.shown), &args.figure)
}

/// The funnel plot.
pub fn funnel(args: &FunnelArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if args.power_effect.is_some() && !matches!(args.region, FunnelRegion::Power) {
        let found = "the figure shows no power";
        return Err(Error::setting("--power-effect", found, "leave it out, or add --region power"));
    }
    let (fit, analysed) = dependent_fit(&args.pool, &args.dependence, inputs)?;
    if args.heterogeneity && fit.heterogeneity.tau2.is_none() {
        let found = "the model has no variance between studies";
        return Err(Error::setting("--heterogeneity", found, "leave it out"));
    }
    let mut funnel = fit.funnel_plot().region(args.region).theme(args.figure.theme);
    if args.heterogeneity {
        funnel = funnel.tau2(fit.heterogeneity.tau2.unwrap_or(0.0));
    }
    if let Some(effect) = args.power_effect {
        funnel = funnel.power_effect(effect);
    }
    let (mut analyses, mut notes) = (Vec::new(), fit.notes.clone());
    let exact: Vec<&str> =
        fit.studies.iter().filter(|s| s.vi == Some(0.0)).map(|s| s.study.as_str()).collect();
    if !exact.is_empty() {
        notes.push(format!("not in the plot, as the sampling variance is 0: {}", exact.join(", ")));
    }
    if args.trim_and_fill {
        analyses.push(Analysis::TrimAndFill);
    }
    if args.egger {
        analyses.push(Analysis::Egger);
    }
    if !analyses.is_empty() {
        if args.dependence.is_given() {
            let option = if args.egger { "--egger" } else { "--trim-and-fill" };
            let found = "it takes effects as independent, which --random and --vcov say they are not";
            return Err(Error::setting(option, found, "leave it out, and use multilevel --small-study sei"));
        }
        let effects = effects(&args.pool, analysed.effects.as_ref(), "trim-and-fill and Egger's test")?;
        let bias = match args.pool.model.model {
            Model::Random => Bias::new(args.pool.model.method),
            _ => Bias::fixed_effect(),
        };
        let report = bias.analyses(analyses).fit(effects, None)?;
        funnel = funnel.with_bias(&report);
        notes.extend(report.notes.into_iter().filter(|note| !fit.notes.contains(note)));
    }
    if let Some(title) = &args.figure.title {
        funnel = funnel.title(title);
    }
    let (width, height) = (args.figure.width.unwrap_or(120.0), args.figure.height.unwrap_or(90.0));
    let mut funnel = funnel.size_mm(width, height);
    super::with_unit(&mut funnel, &args.figure)?;
    let copy = funnel.clone();
    let figure = AnswerFigure::new(NAME, save_options(inputs, &args.figure)?, move || copy.scene());
    let text = TextOptions::default().width(80);
    Ok(Answer::drawing(COMMAND, move || funnel.to_text(&text)).figure(figure).notes(notes))
}

/// The effects behind a fit; Mantel-Haenszel and Peto fits have none.
fn effects<'a>(args: &PoolArgs, effects: Option<&'a EffectSizes>, what: &str) -> Result<&'a EffectSizes> {
    effects.ok_or_else(|| {
        Error::setting(
            "--model",
            format!("`{}` pools counts", args.model.model),
            format!("{what} need effects: use --model random or fixed"),
        )
    })
}

/// A figure that the fit alone makes.
fn pooled<F: crate::plot::Figure>(
    args: &PooledArgs,
    inputs: &Inputs<'_>,
    make: impl FnOnce(&PoolFit) -> Result<F>,
) -> Result<Answer> {
    let (fit, _) = dependent_fit(&args.pool, &args.dependence, inputs)?;
    Ok(drawn(inputs, make(&fit)?, &args.figure)?.notes(fit.notes))
}

/// The fit of `pool`, or, where effects depend on each other, its studies with the mean of the multilevel model.
fn dependent_fit(
    args: &PoolArgs,
    dependence: &DependenceArgs,
    inputs: &Inputs<'_>,
) -> Result<(PoolFit, pool::Analysed)> {
    if !dependence.is_given() {
        dependence.check()?;
        return pool::fit(args, inputs);
    }
    let (fit, analysed, _) = modelled_fit(args, dependence, inputs)?;
    Ok((fit, analysed))
}

/// The mean of the multilevel model with the studies that it was made from.
fn modelled_fit(
    args: &PoolArgs,
    dependence: &DependenceArgs,
    inputs: &Inputs<'_>,
) -> Result<(PoolFit, pool::Analysed, Studies)> {
    let asked = dependence.multilevel(args)?;
    let (fit, studies, modelled) = multilevel::fit_and_studies(&asked, &[], inputs)?;
    let fit = with_mean_of(&fit, &modelled.effects)?;
    let of_model = |at: &usize| modelled.rows.binary_search(&studies.complete[*at]).is_ok();
    let places: Vec<usize> = (0..studies.complete.len()).filter(of_model).collect();
    let data = Some(studies.data.subset(&places));
    Ok((fit, pool::Analysed { effects: Some(modelled.effects), data }, studies))
}

/// The studies of a fit with the mean, the intervals and the heterogeneity of a multilevel model of the same effects. Weights of the
/// studies, which the model does not have, are left out.
fn with_mean_of(model: &MultilevelFit, effects: &EffectSizes) -> Result<PoolFit> {
    let Some(c) = model.coefficients.first() else {
        return Err(Error::model("the model has no mean", "use a model without moderators"));
    };
    let mean = MeanInference {
        estimate: c.estimate,
        se: c.se,
        statistic: c.statistic,
        df: c.df,
        p_value: c.p_value,
        ci_lower: c.ci_lower,
        ci_upper: c.ci_upper,
    };
    let h = &model.residual_heterogeneity;
    let heterogeneity = Heterogeneity {
        q: h.q,
        q_df: h.q_df,
        q_p_value: h.q_p_value,
        tau2: h.tau2,
        i2: h.i2,
        ..Heterogeneity::default()
    };
    let studies = FittedStudies::of(effects, |_| 1.0);
    let (measure, inference) = (model.measure, (Inference::Wald, mean));
    let mut fit = PoolFit::assemble(
        measure,
        PoolModel::Random,
        model.level,
        inference,
        heterogeneity,
        model.back,
        studies,
    );
    fit.prediction = model.prediction;
    fit.transformed = model.transformed;
    fit.robust.clone_from(&model.robust);
    fit.studies.iter_mut().for_each(|study| study.weight = None);
    fit.notes = model.notes.clone();
    fit.notes.push("the mean and its intervals are those of the multilevel model".to_owned());
    Ok(fit)
}

pub fn radial(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    pooled(args, inputs, |fit| Ok(fit.radial_plot()))
}

pub fn doi(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let note = "the LFK index, of ranks of the effects, takes them as independent";
    let answer = pooled(args, inputs, |fit| Ok(fit.doi_plot()))?;
    Ok(answer.notes(args.dependence.is_given().then(|| note.to_owned())))
}

pub fn drapery(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    pooled(args, inputs, PoolFit::drapery_plot)
}

pub fn orchard(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    pooled(args, inputs, |fit| Ok(fit.orchard_plot()))
}

pub fn caterpillar(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    pooled(args, inputs, |fit| Ok(fit.caterpillar_plot()))
}

/// The profile of the likelihood in tau², or in each variance and correlation of a model of dependent effects.
pub fn profile(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if args.dependence.is_given() {
        return super::multilevel::profiles(args, inputs);
    }
    pooled(args, inputs, PoolFit::profile_plot)
}

/// The L'Abbé plot.
pub fn labbe(args: &LabbeArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let [intervention, comparator] = pair("--groups", &args.groups)?;
    let (fit, analysed) = dependent_fit(&args.pool, &args.dependence, inputs)?;
    let Some(data) = analysed.data else {
        return Err(Error::data("no raw data", "a L'Abbé plot needs events of two groups: ai bi ci di"));
    };
    let plot = fit.labbe_plot(&data)?.groups(intervention, comparator);
    Ok(drawn(inputs, plot, &args.figure)?.notes(fit.notes))
}

/// The specification curve.
pub fn multiverse(args: &PooledArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    args.dependence.refuse(
        "a specification curve varies the estimators of tau² and the inferences of models of independent effects",
        "leave it out, or compare `multilevel` with --method REML and ML and --inference wald, t, satterthwaite and kr",
    )?;
    let (fit, analysed) = pool::fit(&args.pool, inputs)?;
    let effects = effects(&args.pool, analysed.effects.as_ref(), "combinations of methods")?;
    let multiverse = Multiverse::new(effects, args.pool.input.level()?)?;
    let mut plot = multiverse.specification_plot(fit.measure);
    plot.effect = EffectAxis::of_fit(&fit);
    Ok(drawn(inputs, plot, &args.figure)?.notes(fit.notes))
}

/// The estimate over the range of an assumption.
pub fn sensitivity(args: &SensitivityArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let values = values(&args.values)?;
    let table = data::read(inputs, &args.pool.input)?;
    let wanted = args.assumption.trim();
    let mut notes: Vec<String> = Vec::new();
    let answer = |fit: &PoolFit| Pooled::with_interval(fit.estimate, fit.se, fit.ci_lower, fit.ci_upper);
    let dependent = args.dependence.is_given().then(|| args.dependence.multilevel(&args.pool)).transpose()?;
    if dependent.is_none() {
        args.dependence.check()?;
    }
    let (sensitivity, effect, base) = if wanted.eq_ignore_ascii_case("tau2") {
        args.dependence.refuse(
            "a model of dependent effects has a variance at each level, and no single tau²",
            "leave it out, or use `plot profile` with the same option",
        )?;
        let (fit, analysed, _) = pool::fit_table(&args.pool, table)?;
        let effects = effects(&args.pool, analysed.effects.as_ref(), "assumptions of tau²")?;
        if args.pool.model.weights.is_some() || args.pool.model.model != Model::Random {
            return Err(Error::setting(
                "--assumption",
                "tau² is assumed for a random-effects model with its own weights",
                "leave --weights out and use --model random",
            ));
        }
        let model = RandomEffects::new(args.pool.model.method)
            .inference(args.pool.model.inference()?)
            .level(args.pool.input.level()?);
        let refit = |tau2: f64| model.clone().tau2(tau2).fit(effects).map(|fit| answer(&fit));
        notes.clone_from(&fit.notes);
        (sensitivity::over("τ²", &values, refit)?, EffectAxis::of_fit(&fit), fit.heterogeneity.tau2)
    } else {
        let mut effect = None;
        let refit = |value: f64| {
            let assumed = assuming(&table, wanted, value)?;
            let fit = match &dependent {
                None => pool::fit_table(&args.pool, assumed)?.0,
                Some(asked) => {
                    let (fit, _, modelled) = multilevel::fit_and_studies_on(asked, assumed, &[], inputs)?;
                    with_mean_of(&fit, &modelled.effects)?
                }
            };
            effect = Some(EffectAxis::of_fit(&fit));
            notes.clone_from(&fit.notes);
            Ok(answer(&fit))
        };
        let sensitivity = sensitivity::over(wanted, &values, refit)?;
        let effect = effect.unwrap_or_else(|| EffectAxis::new("Effect"));
        (sensitivity, effect, None)
    };
    let plot = sensitivity.sensitivity_plot(effect).base(base);
    Ok(drawn(inputs, plot, &args.figure)?.notes(notes))
}

/// The table with one value in every row of a column (by its name or role).
fn assuming(table: &Table, column: &str, value: f64) -> Result<Table> {
    let name = table.role(column).unwrap_or(column).to_owned();
    let constant = || Column::numbers(vec![Some(value); table.len()]);
    let mut out = Table::new();
    for other in table.names() {
        let kept = if other == name { constant()? } else { table.column(other)?.clone() };
        out = out.with(other, kept)?;
    }
    if !table.has(&name) {
        out = out.with(&name, constant()?)?;
    }
    if let Some(file) = table.file() {
        out = out.from_file(file);
    }
    out.with_roles(table.roles().clone())
}

/// Values and ranges: `0.3,0.5`, `0:1:0.05`, or `0:1` in twenty steps.
fn values(text: &str) -> Result<Vec<f64>> {
    let bad = || {
        Error::setting(
            "--values",
            format!("`{text}`"),
            "give numbers, 0.3,0.5, or a range with its step, 0:1:0.05",
        )
    };
    let mut out = Vec::new();
    for part in text.split(',') {
        let numbers = part
            .split(':')
            .map(|n| n.trim().parse::<f64>().ok().filter(|n| n.is_finite()))
            .collect::<Option<Vec<f64>>>()
            .ok_or_else(bad)?;
        match numbers[..] {
            [value] => out.push(value),
            [low, high] if low < high => {
                out.extend((0..=20).map(|i| low + (high - low) * f64::from(i) / 20.0))
            }
            [low, high, step] if low < high && step > 0.0 && (high - low) / step <= 10_000.0 => {
                let count = ((high - low) / step + 1e-9).floor() as usize;
                out.extend((0..=count).map(|i| low + step * i as f64));
            }
            _ => return Err(bad()),
        }
    }
    Ok(out)
}

/// The names of the groups where none are given.
const DEFAULT_GROUPS: [&str; 2] = ["Intervention", "Comparator"];

/// The forest plot that the options of `pool` ask for.
fn forest_of(
    args: &PoolArgs,
    dependence: &DependenceArgs,
    groups: [&str; 2],
    inputs: &Inputs<'_>,
) -> Result<Forest> {
    let named = groups != DEFAULT_GROUPS;
    let ungrouped = || {
        let found = "the figure has no columns of data of two groups";
        Err(Error::setting("--groups", found, "leave it out"))
    };
    if dependence.is_given() {
        let (fit, analysed, studies) = modelled_fit(args, dependence, inputs)?;
        if named && analysed.data.as_ref().is_none_or(|data| !data.kind().is_of_two_groups()) {
            return ungrouped();
        }
        let mut forest = match analysed.data {
            Some(data) => fit.forest_with(&data, groups)?,
            None => fit.forest(),
        };
        forest.notes.extend(fit.notes);
        return Ok(with_not_estimable(forest, None, &studies, true));
    }
    let (fit, analysed, studies) = pool::fit_table(args, data::read(inputs, &args.input)?)?;
    if named && analysed.data.as_ref().is_none_or(|data| !data.kind().is_of_two_groups()) {
        return ungrouped();
    }
    let mut forest = match analysed.data {
        Some(data) => fit.forest_with(&data, groups)?,
        None => fit.forest(),
    };
    forest.notes.extend(fit.notes.iter().cloned());
    let effects = analysed.effects.is_some();
    Ok(with_not_estimable(forest, args.subgroup.as_deref(), &studies, effects))
}

/// Studies without an estimable effect stand where they would have stood. A pool of counts, without `effects`, has all complete
/// studies in the plot already. A study whose subgroup is not known stands in the notes alone.
fn with_not_estimable(
    mut forest: Forest,
    subgroup: Option<&str>,
    studies: &Studies,
    effects: bool,
) -> Forest {
    let mut rows: Vec<(usize, Option<usize>)> =
        studies.complete.iter().enumerate().map(|(at, row)| (*row, Some(at))).collect();
    rows.extend(studies.partial.iter().map(|row| (*row, None)));
    rows.sort_unstable();
    let groups = subgroup.and_then(|column| studies.table.column(column).ok()).map(Column::as_groups);
    let mut before: HashMap<Option<String>, String> = HashMap::new();
    for (row, at) in rows {
        let label = studies.table.label(row);
        let outcome = at.and_then(|at| studies.outcomes.get(at));
        let inestimable = outcome.map_or(at.is_none(), |outcome| effects && outcome.unusable().is_some());
        let block = groups.as_ref().and_then(|groups| groups.get(row).cloned().flatten());
        if inestimable && block.is_some() == subgroup.is_some() {
            let data = studies.data.subset(at.as_slice());
            forest = forest.not_estimable(&label, &data, before.get(&block), block.as_deref());
        }
        before.insert(block, label);
    }
    forest
}

/// Two names with a comma between them.
pub fn pair<'a>(option: &str, text: &'a str) -> Result<[&'a str; 2]> {
    match text.split_once(',') {
        Some((first, second))
            if !first.trim().is_empty() && !second.trim().is_empty() && !second.contains(',') =>
        {
            Ok([first.trim(), second.trim()])
        }
        _ => Err(Error::setting(option, format!("`{text}`"), "give two names with a comma between them")),
    }
}

/// Two numbers with a colon between them.
pub fn range(text: &str) -> Result<(f64, f64)> {
    let numbers =
        text.split_once(':').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
    match numbers {
        Some((low, high)) if low < high => Ok((low, high)),
        _ => {
            Err(Error::setting("--limits", format!("`{text}`"), "give two numbers, the lower first: 0.1:10"))
        }
    }
}
