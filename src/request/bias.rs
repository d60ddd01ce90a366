//! `bias`: small-study effects and publication bias.

use crate::{
    EffectSizes, Error, Result,
    bias::{Alternative, Analysis, Bias, BiasReport, MissingOutcomes, PowerOptions},
    effect::DoubleZero,
    pool::PoolModel,
    table::Table,
};

use crate::request::{
    Answer, Format, Inputs,
    args::{BiasArgs, EffectDirection, ReadingModel},
    data::{self, Studies},
    json,
};

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<BiasReport>("bias", "bias");
}

pub fn run(args: &BiasArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (report, effects) = report_and_effects(args, inputs)?;
    let notation = args.shown.notation(effects.ratio_name())?;
    Ok(Answer::new("bias", move |how| {
        let text = match how.format {
            Format::Json => json("bias", &report)?,
            Format::Csv => report.to_csv(),
            Format::Markdown => how.sections(&report.headline(), &report.sections_in(&notation)),
            Format::Text => how.sections(&report.headline(), &report.wrapped_in(&notation)),
        };
        Ok(text)
    }))
}

/// The report with the effects that it was made from.
pub fn report_and_effects(args: &BiasArgs, inputs: &Inputs<'_>) -> Result<(BiasReport, EffectSizes)> {
    let bias = match args.model.model {
        ReadingModel::Random => Bias::new(args.model.method),
        ReadingModel::Fixed => Bias::fixed_effect(),
    };
    let mut bias = bias
        .inference(args.model.inference()?)
        .level(args.input.level()?)
        .regression(args.regression, args.predictor)
        .missing_estimator(args.estimator)
        .selections(args.selection.clone(), args.alternative)
        .selection_interval(args.selection_ci)
        .excess_test(args.excess_test)
        .threshold(args.threshold)
        .unreported(args.unreported.clone())
        .bootstrap(args.bootstrap, args.seed);
    if args.trim_model == Some(ReadingModel::Random) {
        bias = bias.trimming_estimator(args.model.method);
    }
    if let Some(model) = args.trim_model {
        bias = bias.trimming(match model {
            ReadingModel::Fixed => PoolModel::Fixed,
            ReadingModel::Random => PoolModel::Random,
        });
    }
    if let Some(direction) = args.direction {
        bias = bias.direction(match direction {
            EffectDirection::Greater => Alternative::Greater,
            EffectDirection::Less => Alternative::Less,
        });
    }
    if let Some(side) = args.side {
        bias = bias.side(side);
    }
    if let Some(target) = args.target {
        bias = bias.target(target);
    }
    let power = PowerOptions::new(args.seed).relative_probability(args.relative_probability);
    let power_is_asked = args.test.contains(&Analysis::Power);
    if args.power.is_some() || power_is_asked {
        bias = bias.power(power.replicates(args.power.unwrap_or(power.replicates)));
    }
    if !args.test.is_empty() {
        let simulated = (args.power.is_some() && !power_is_asked).then_some(Analysis::Power);
        bias = bias.analyses(args.test.iter().copied().chain(simulated).collect::<Vec<_>>());
    }

    let table = data::read(inputs, &args.input)?;
    let missing = missing_columns(&table)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep))?;
    let further: Vec<&str> =
        args.cluster.as_deref().into_iter().chain(missing.iter().flatten().map(String::as_str)).collect();
    let (effects, rows, design) = match &args.mods {
        Some(formula) => {
            let modelled = studies.modelled(formula, &further)?;
            (modelled.effects, modelled.rows, Some(modelled.design))
        }
        None => {
            let (effects, rows) = studies.effects()?;
            let lacking = studies.table.missing_rows(&further)?;
            let kept: Vec<usize> = (0..rows.len()).filter(|&i| !lacking.contains(&rows[i])).collect();
            let mut all = effects.subset(&kept)?;
            if kept.len() < rows.len() {
                let dropped = rows.iter().filter(|row| lacking.contains(row));
                let labels: Vec<String> = dropped.map(|&row| studies.table.label(row)).collect();
                all = all.with_note(format!(
                    "left out for missing values of {}: {}",
                    further.join(", "),
                    labels.join(", ")
                ));
            }
            (all, kept.into_iter().map(|i| rows[i]).collect(), None)
        }
    };
    let effects = match studies.dependence() {
        Some(note) if args.cluster.is_none() => effects.with_note(note),
        _ => effects,
    };
    if let Some(design) = &design {
        bias = bias.moderators(design);
    }
    if let Some(column) = &args.cluster {
        bias = bias.clusters(studies.groups(column, &rows)?);
    }
    if let Some([first, second]) = &missing {
        let counts = studies.numbers(first, &rows)?.into_iter().zip(studies.numbers(second, &rows)?);
        let mut missing = MissingOutcomes::new(counts.collect::<Vec<_>>())?
            .variance(args.imputed_variance)
            .event(args.event);
        if let Some(text) = &args.imor {
            let (e, c) = imor(text)?;
            missing = missing.imor(e, c);
        }
        bias = bias.missing_outcomes(missing);
    }
    let positions: Vec<usize> =
        rows.iter().filter_map(|row| studies.complete.iter().position(|r| r == row)).collect();
    let report = bias.fit(&effects, Some(&studies.data.subset(&positions)))?;
    Ok((report, effects))
}

/// The columns of the roles `miss1i` and `miss2i`, both or none.
fn missing_columns(table: &Table) -> Result<Option<[String; 2]>> {
    match (table.role("miss1i"), table.role("miss2i")) {
        (None, None) => Ok(None),
        (Some(first), Some(second)) => Ok(Some([first.to_owned(), second.to_owned()])),
        (first, _) => {
            let (there, lacking) = if first.is_some() { ("miss1i", "miss2i") } else { ("miss2i", "miss1i") };
            Err(table.in_file(Error::data(
                format!("a column plays the role `{there}`, but none `{lacking}`"),
                format!("map the missing outcomes of both groups, with --columns {lacking}=NAME"),
            )))
        }
    }
}

/// Two odds ratios, or one for both groups.
fn imor(text: &str) -> Result<(f64, f64)> {
    let numbers: Vec<Option<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    match numbers[..] {
        [Some(both)] => Ok((both, both)),
        [Some(e), Some(c)] => Ok((e, c)),
        _ => Err(Error::setting("--imor", format!("`{text}`"), "give two odds ratios: 2,0.5")),
    }
}
