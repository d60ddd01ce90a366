//! `pool`: fixed-effect and random-effects pooling, Mantel-Haenszel, Peto; subgroups.

use crate::{
    EffectSizes, Error, Measure, Result,
    effect::{DoubleZero, StudyData},
    glmm::{Counts, MethodComparison, rare_events},
    plot::forest::TextOptions,
    pool::{
        FixedEffect, MantelHaenszel, Multiverse, Peto, PoolFit, RandomEffects, RandomMantelHaenszel,
        SubgroupTau2, Weights,
    },
    table::Table,
    tau2::Tau2,
    text::Notation,
};
use serde::Serialize;
use std::sync::Arc;

use crate::request::{
    Answer, Format, Inputs, Rendering,
    args::{Model, ModelArgs, PoolArgs, QCenter},
    data::{self, Studies},
    field::field,
    json,
};

/// The answer: the fit and what was asked for beside it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Pooled {
    #[serde(flatten)]
    fit: PoolFit,
    #[serde(flatten)]
    beside: Beside,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Beside {
    multiverse: Option<Multiverse>,
    count_methods: Option<MethodComparison>,
}

/// The analyzed effects and data, for the readings beside the fit.
pub struct Analysed {
    /// The effects; none for Mantel-Haenszel and Peto.
    pub effects: Option<EffectSizes>,
    /// The raw data of the studies of the fit, in their order.
    pub data: Option<StudyData>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<Pooled>("pool", "pool");
}

pub fn run(args: &PoolArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (fit, effects, studies) = fit_studies(args, data::read(inputs, &args.input)?)?;
    let multiverse = match (&effects, args.multiverse) {
        (Some(effects), true) => Some(Multiverse::new(effects, args.input.level()?)?),
        _ => None,
    };
    let (methods, left_out) = if args.multiverse { count_methods(args, &studies)? } else { (None, None) };
    if args.multiverse && multiverse.is_none() && methods.is_none() {
        return Err(Error::setting(
            "--multiverse",
            "Mantel-Haenszel and Peto analyses of these data have no estimator to vary",
            "use it with --model random or fixed",
        ));
    }
    let notation = args.shown.notation(fit.ratio_name())?;
    let pooled = Arc::new(Pooled { fit, beside: Beside { multiverse, count_methods: methods } });
    let (parts, told, words) = (Arc::clone(&pooled), Arc::clone(&pooled), Arc::clone(&pooled));
    Ok(Answer::new("pool", move |how| pooled.render(how, &notation))
        .in_parts(move |name| parts.part(name), move || told.fit.notes.clone())
        .in_words(move || words.fit.results_paragraph())
        .notes(left_out))
}

impl Pooled {
    fn render(&self, how: Rendering, notation: &Notation) -> Result<String> {
        let (fit, Beside { multiverse, count_methods }) = (&self.fit, &self.beside);
        let mut text = match how.format {
            Format::Json => return json("pool", self),
            Format::Csv => return Ok(fit.to_csv()),
            Format::Markdown | Format::Text => how.sections(&fit.headline(), &fit.sections_in(notation)),
        };
        if how.format == Format::Text {
            text += &picture(how, fit, notation)?;
        }
        if let Some(m) = multiverse {
            text += &format!("\n{}", how.sections(&m.headline(), &m.sections_in(notation)));
        }
        if let Some(m) = count_methods {
            text += &format!("\n{}", how.sections(&m.headline(), &m.sections_in(notation)));
        }
        Ok(text)
    }

    /// The JSON of one field.
    fn part(&self, name: &str) -> Option<String> {
        field(&self.fit, name).or_else(|| field(&self.beside, name))
    }
}

/// Every method for counts, where the data are counts; else, or if they are not whole, nothing, with the reason.
fn count_methods(args: &PoolArgs, studies: &Studies) -> Result<(Option<MethodComparison>, Option<String>)> {
    let level = args.input.level()?;
    Ok(match Counts::from_study_data(studies.measure, studies.labels(), &studies.data) {
        Ok(counts) => (counts.map(|counts| counts.compare_methods(level)), None),
        Err(error) => (None, Some(format!("the likelihoods of the counts are left out: {error}"))),
    })
}

/// The plain-text forest plot under the table, unless the user wants quiet.
fn picture(how: Rendering, fit: &PoolFit, notation: &Notation) -> Result<String> {
    if how.quiet {
        return Ok(String::new());
    }
    let mut forest = fit.forest();
    forest.decimals = notation.asked_digits().or(forest.decimals);
    Ok(format!("\n{}", forest.to_text(&TextOptions::default())?))
}

/// The fit that the options ask for, and what was analysed.
pub fn fit(args: &PoolArgs, inputs: &Inputs<'_>) -> Result<(PoolFit, Analysed)> {
    let (fit, analysed, _) = fit_table(args, data::read(inputs, &args.input)?)?;
    Ok((fit, analysed))
}

/// The columns beside the data in which every study needs a value.
fn needed_columns(args: &PoolArgs) -> Result<Vec<&str>> {
    let mut columns: Vec<&str> = args.subgroup.as_deref().into_iter().collect();
    columns.extend(args.model.weights.as_deref().filter(|weights| *weights != "equal"));
    columns.extend(args.robust.choice()?.map(|(cluster, _)| cluster));
    Ok(columns)
}

/// The same for a table that has been read, with its studies.
pub fn fit_table(args: &PoolArgs, table: Table) -> Result<(PoolFit, Analysed, Studies)> {
    let (fit, effects, studies) = fit_studies(args, table)?;
    let data = match &effects {
        Some(_) => {
            let usable = |at: &usize| studies.outcomes.get(*at).is_some_and(|o| o.unusable().is_none());
            studies.data.subset(&(0..studies.outcomes.len()).filter(usable).collect::<Vec<_>>())
        }
        None => studies.data.clone(),
    };
    Ok((fit, Analysed { effects, data: Some(data) }, studies))
}

/// The fit to the studies of a table, and the effects; none for Mantel-Haenszel and Peto.
fn fit_studies(args: &PoolArgs, table: Table) -> Result<(PoolFit, Option<EffectSizes>, Studies)> {
    let model = args.model.model;
    let (default, drop) = match model {
        Model::Peto => (Some(Measure::PetoOddsRatio), DoubleZero::Drop),
        Model::Mh => (None, DoubleZero::Drop),
        _ => (None, DoubleZero::Keep),
    };
    let exact = model == Model::Random;
    let studies = Studies::beside_model(table, &args.effect, default, args.effect.zero_cells(drop), exact)?
        .requiring(&needed_columns(args)?)?;
    match model {
        Model::Mh | Model::Peto => Ok((stratified(args, model, &studies)?, None, studies)),
        Model::Random | Model::Fixed => {
            let (effects, rows) = studies.effects()?;
            let effects =
                match args.robust.cluster.is_none().then(|| studies.dependence_of(&effects)).flatten() {
                    Some(note) => effects.with_note(note),
                    None => effects,
                };
            let mut fit = match about_mantel_haenszel(args, model, &studies)? {
                true => random_mantel_haenszel(args, &studies)?,
                false => inverse_variance(args, model, &studies, &effects, &rows)?,
            };
            fit.notes.extend(rare_events(studies.measure, &studies.data));
            Ok((fit, Some(effects), studies))
        }
    }
}

fn inverse_variance(
    args: &PoolArgs,
    model: Model,
    studies: &Studies,
    effects: &EffectSizes,
    rows: &[usize],
) -> Result<PoolFit> {
    let level = args.input.level()?.fraction();
    let weights = match args.model.weights.as_deref() {
        None => Weights::InverseVariance,
        Some("equal") => Weights::Equal,
        Some(column) => Weights::Given(studies.numbers(column, rows)?),
    };
    let groups = args.subgroup.as_deref().map(|column| studies.groups(column, rows)).transpose()?;
    let robust = match args.robust.choice()? {
        Some((column, kind)) => Some((studies.groups(column, rows)?, kind)),
        None => None,
    };
    let tau2 = args.subgroup_tau2;
    let subgroups = groups.as_ref().map(|groups| (groups.as_slice(), tau2));
    let fit = pooled(&args.model, model, level, weights, subgroups, effects)?;
    match robust {
        Some((clusters, kind)) => fit.robust(&clusters, kind),
        None => Ok(fit),
    }
}

/// The fit by inverse variances that the options ask for, with each study's subgroup if there are any.
pub fn pooled(
    args: &ModelArgs,
    model: Model,
    level: f64,
    weights: Weights,
    subgroups: Option<(&[String], SubgroupTau2)>,
    effects: &EffectSizes,
) -> Result<PoolFit> {
    if model == Model::Fixed {
        let fixed = FixedEffect::default().inference(args.inference()?).level(level).weights(weights);
        return match subgroups {
            Some((groups, _)) => fixed.fit_by(effects, groups),
            None => fixed.fit(effects),
        };
    }
    let mut random =
        RandomEffects::new(args.method).inference(args.inference()?).level(level).weights(weights);
    if let Some(prediction) = args.prediction {
        random = random.prediction(prediction);
    }
    if let Some(tau2) = args.tau2 {
        random = random.tau2(tau2);
    }
    if let Some(method) = args.tau2_interval {
        random = random.tau2_interval(method);
    }
    match subgroups {
        Some((groups, tau2)) => random.subgroup_tau2(tau2).fit_by(effects, groups),
        None => random.fit(effects),
    }
}

/// True if the analysis is Review Manager's of counts with random effects: if it is asked for, or its preset is.
fn about_mantel_haenszel(args: &PoolArgs, model: Model, studies: &Studies) -> Result<bool> {
    let served = matches!(studies.data, StudyData::TwoByTwo(_))
        && matches!(studies.measure, Measure::OddsRatio | Measure::RiskRatio | Measure::RiskDifference);
    let method = args.model.method;
    let plain = args.model.tau2.is_none() && args.model.weights.is_none() && args.robust.cluster.is_none();
    let possible = model == Model::Random && served && method == Tau2::Dl && plain;
    match args.model.q_about {
        Some(QCenter::Mh) if !possible => Err(Error::setting(
            "--q-about",
            format!("mh with the model {}, the method {method} and {}", args.model.model, studies.measure),
            "it needs tables of events, OR, RR or RD, --model random --method DL, and neither --tau2, --weights nor --cluster",
        )),
        Some(center) => Ok(center == QCenter::Mh),
        None => Ok(possible && args.effect.revman()),
    }
}

fn random_mantel_haenszel(args: &PoolArgs, studies: &Studies) -> Result<PoolFit> {
    let mut model = RandomMantelHaenszel::new(studies.measure)
        .level(args.input.level()?)
        .zero_cells(args.effect.zero_cells(DoubleZero::Keep))
        .inference(args.model.inference()?);
    if let Some(prediction) = args.model.prediction {
        model = model.prediction(prediction);
    }
    let StudyData::TwoByTwo(tables) = &studies.data else {
        return Err(Error::setting("--q-about", "data without tables of events", "leave it out"));
    };
    let groups =
        args.subgroup.as_deref().map(|column| studies.groups(column, &studies.complete)).transpose()?;
    let mut fit = match &groups {
        Some(groups) => model.fit_by(studies.labels(), tables, groups)?,
        None => model.fit(studies.labels(), tables)?,
    };
    fit.notes.splice(0..0, studies.notes.iter().cloned().chain(studies.dependence()));
    Ok(fit)
}

fn stratified(args: &PoolArgs, model: Model, studies: &Studies) -> Result<PoolFit> {
    if args.robust.choice()?.is_some() {
        return Err(Error::setting(
            "--robust",
            "a Mantel-Haenszel or Peto analysis",
            "use --model random or fixed",
        ));
    }
    let level = args.input.level()?.fraction();
    let zero_cells = args.effect.zero_cells(DoubleZero::Drop);
    let labels = studies.labels();
    let groups =
        args.subgroup.as_deref().map(|column| studies.groups(column, &studies.complete)).transpose()?;
    let mut fit = match (model, &studies.data) {
        (Model::Peto, StudyData::TwoByTwo(_))
            if !matches!(studies.measure, Measure::PetoOddsRatio | Measure::OddsRatio) =>
        {
            return Err(Error::setting(
                "--measure",
                format!("{} with Peto's method, which estimates an odds ratio", studies.measure),
                "use --measure OR, or --model mh",
            ));
        }
        (Model::Peto, StudyData::TwoByTwo(tables)) => {
            let peto = Peto::default().level(level).zero_cells(zero_cells);
            match &groups {
                Some(groups) => peto.fit_by(labels, tables, groups)?,
                None => peto.fit(labels, tables)?,
            }
        }
        (Model::Mh, StudyData::TwoByTwo(tables)) => {
            let mh = MantelHaenszel::new(studies.measure).level(level).zero_cells(zero_cells);
            match &groups {
                Some(groups) => mh.fit_by(labels, tables, groups)?,
                None => mh.fit(labels, tables)?,
            }
        }
        (Model::Mh, StudyData::PersonTime(rates)) => {
            let mh = MantelHaenszel::new(studies.measure).level(level).zero_cells(zero_cells);
            match &groups {
                Some(groups) => mh.fit_rates_by(labels, rates, groups)?,
                None => mh.fit_rates(labels, rates)?,
            }
        }
        _ => {
            return Err(Error::setting(
                "--model",
                format!("{} of {}", args.model.model, studies.measure),
                "Mantel-Haenszel takes OR, RR, RD, IRR or IRD, Peto tables of events",
            ));
        }
    };
    fit.notes.splice(0..0, studies.notes.iter().cloned().chain(studies.dependence()));
    Ok(fit)
}
