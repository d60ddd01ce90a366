//! `influence`: leave-one-out, cumulative fits, case diagnostics, Baujat's coordinates, fits to subsets.

use crate::{
    EffectSizes, Error, Result,
    effect::{DoubleZero, StudyData},
    influence::{
        Fragility, FragilityReport, Influence, InfluenceReport, OutlierModels, OutlierReport, Sequential,
        SequentialReport,
    },
    table::{DesignOptions, Formula, FormulaDesign},
    text::Section,
};
use serde::Serialize;

use crate::request::{
    Answer, Format, Inputs,
    args::{InfluenceArgs, ReadingModel},
    data::{self, Studies},
    json,
};

/// Everything that was asked for.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Examined {
    #[serde(flatten)]
    influence: InfluenceReport,
    fragility: Option<FragilityReport>,
    outliers: Option<OutlierReport>,
    sequential: Option<SequentialReport>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<Examined>("influence", "influence");
}

pub fn run(args: &InfluenceArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let table = data::read(inputs, &args.input)?;
    let needed: Vec<&str> = args.order.iter().chain(&args.group).map(String::as_str).collect();
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep))?
        .requiring(&needed)?;
    let (effects, rows) = studies.effects()?;
    let fragility = args.fragility.then(|| fragility(args, &studies, &effects));
    let outliers = args.outliers.then(|| outliers(args, &effects));
    let sequential = args.sequential.map(|effect| sequential(args, effect, &studies, &effects, &rows));
    let mut influence = report(args, &studies, &effects, &rows)?;
    let notes = &mut influence.notes;
    notes.extend(studies.dependence());
    let fragility = or_note("fragility index", fragility, notes)?;
    let outliers = or_note("models with outliers", outliers, notes)?;
    let sequential = or_note("sequential analysis", sequential, notes)?;
    let notation = args.shown.notation(effects.ratio_name())?;
    let examined = Examined { influence, fragility, outliers, sequential };
    Ok(Answer::new("influence", move |how| {
        let Examined { influence, fragility, outliers, sequential } = &examined;
        Ok(match how.format {
            Format::Json => json("influence", &examined)?,
            Format::Csv => influence.to_csv(),
            Format::Markdown | Format::Text => {
                let mut text = how.sections(&influence.headline(), &influence.sections_in(&notation));
                let mut add = |title: &str, sections: Vec<Section>| {
                    let title = if how.format == Format::Markdown { title } else { "" };
                    text += &format!("\n{}", how.sections(title, &sections));
                };
                fragility.iter().for_each(|part| add("Fragility", part.sections_in(&notation)));
                outliers.iter().for_each(|part| add("", part.sections_in(&notation)));
                let title = "Trial sequential analysis";
                sequential.iter().for_each(|part| add(title, part.sections_in(&notation)));
                text
            }
        })
    }))
}

/// A part of the report; what the data cannot give is noted with the reason, and the rest still comes.
fn or_note<T>(what: &str, part: Option<Result<T>>, notes: &mut Vec<String>) -> Result<Option<T>> {
    match part {
        Some(Err(error @ Error::Model { .. })) => {
            notes.push(format!("no {what}: {error}"));
            Ok(None)
        }
        part => part.transpose(),
    }
}

/// The fragility of the pooled result of two-by-two tables.
fn fragility(args: &InfluenceArgs, studies: &Studies, effects: &EffectSizes) -> Result<FragilityReport> {
    let StudyData::TwoByTwo(tables) = &studies.data else {
        return Err(Error::setting(
            "--fragility",
            format!("{} is not computed from two-by-two tables", studies.measure),
            "use RR, OR or RD on tables of events",
        ));
    };
    let usable = (0..tables.len()).filter(|&i| studies.outcomes[i].unusable().is_none());
    let tables: Vec<_> = usable.map(|i| tables[i]).collect();
    let of = match args.model.model {
        ReadingModel::Random => Fragility::random(studies.measure, args.model.method),
        ReadingModel::Fixed => Fragility::fixed_effect(studies.measure),
    };
    of.inference(args.model.inference()?)
        .level(args.input.level()?)
        .zero_cells(args.effect.zero_cells(DoubleZero::Keep))
        .fit(effects.labels().iter().cloned(), &tables)
}

/// The models with outliers of the mean.
fn outliers(args: &InfluenceArgs, effects: &EffectSizes) -> Result<OutlierReport> {
    let models = OutlierModels::new().level(args.input.level()?);
    match args.outlier_bootstrap {
        Some(replicates) => models.bootstrap(replicates, args.seed).fit(effects),
        None => models.fit(effects),
    }
}

fn sequential(
    args: &InfluenceArgs,
    effect: f64,
    studies: &Studies,
    effects: &EffectSizes,
    rows: &[usize],
) -> Result<SequentialReport> {
    let mut sequential = match args.model.model {
        ReadingModel::Random => Sequential::random(effect, args.model.method),
        ReadingModel::Fixed => Sequential::fixed_effect(effect),
    };
    sequential = sequential.errors(args.alpha, args.power).spending(args.spending);
    if let Some(diversity) = args.diversity {
        sequential = sequential.diversity(diversity);
    }
    if let Some(column) = &args.order {
        sequential = sequential.order(studies.order(column, rows)?);
    }
    sequential.fit(effects)
}

/// The report that the options ask for.
pub fn examine(args: &InfluenceArgs, inputs: &Inputs<'_>) -> Result<InfluenceReport> {
    let table = data::read(inputs, &args.input)?;
    let needed: Vec<&str> = args.order.iter().chain(&args.group).map(String::as_str).collect();
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep))?
        .requiring(&needed)?;
    let (effects, rows) = studies.effects()?;
    let mut report = report(args, &studies, &effects, &rows)?;
    report.notes.extend(studies.dependence());
    Ok(report)
}

fn report(
    args: &InfluenceArgs,
    studies: &Studies,
    effects: &EffectSizes,
    rows: &[usize],
) -> Result<InfluenceReport> {
    let influence = match args.model.model {
        ReadingModel::Random => Influence::new(args.model.method),
        ReadingModel::Fixed => Influence::fixed_effect(),
    };
    let mut influence = influence.inference(args.model.inference()?).level(args.input.level()?);
    if let Some(subsets) = args.gosh {
        influence = influence.gosh_clusters(subsets, args.seed);
    }
    match &args.mods {
        None => {
            if let Some(column) = &args.order {
                influence = influence.order(studies.order(column, rows)?);
            }
            if let Some(column) = &args.group {
                influence = influence.by(studies.groups(column, rows)?);
            }
            influence.fit(effects)
        }
        Some(formula) => {
            let (design, effects) = design(formula, studies, effects, rows)?;
            if let Some(column) = &args.order {
                influence = influence.order(studies.order(column, &design.rows)?);
            }
            influence.fit_with(&effects, &design.matrix, &design.names)
        }
    }
}

/// The design of the moderators, and the effects of the rows that have all of them; positions increase in both.
fn design(
    formula: &str,
    studies: &Studies,
    effects: &EffectSizes,
    rows: &[usize],
) -> Result<(FormulaDesign, EffectSizes)> {
    let formula: Formula = formula.parse()?;
    let design = FormulaDesign::among(&formula, &studies.table, rows, &DesignOptions::new())?;
    let kept: Vec<usize> = (0..rows.len()).filter(|&i| design.rows.binary_search(&rows[i]).is_ok()).collect();
    let effects = effects.subset(&kept)?;
    let effects = design.notes.iter().fold(effects, |effects, note| effects.with_note(note));
    Ok((design, effects))
}
