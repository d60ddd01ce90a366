//! `glmm`: odds ratios, rate ratios, proportions and rates from the likelihood of the counts.

mod counts;
mod tables;

use serde::Serialize;

use crate::{
    Result,
    glmm::{
        CombinedPValues, CountFit, CountLeftOut, CountMeasure, CountResidual, Counts, Exact, Glmm,
        HeterogeneityBootstrap, MethodComparison, Model,
    },
    pool::{Prediction, PredictionInterval, Transformed},
    regression::{Design, PredictedEffect},
    report::Section,
    stat::progress::NOT_DONE,
    table::FormulaDesign,
    text::Notation,
};

use crate::request::{Answer, Format, Inputs, Rendering, args::GlmmArgs, data, json};

use counts::Read;
pub(super) use counts::read;
use tables::{models_csv, models_grid};

/// One fit with all that was asked for beside it.
pub(super) struct Found {
    pub fit: CountFit,
    pub prediction: Option<PredictionInterval>,
    method: Prediction,
    exact: Option<Exact>,
    combined: Option<CombinedPValues>,
    leave_one_out: Option<Vec<CountLeftOut>>,
    residuals: Option<Vec<CountResidual>>,
    predictions: Option<Vec<PredictedEffect>>,
    multiverse: Option<MethodComparison>,
    bootstrap: Option<HeterogeneityBootstrap>,
    /// The source of the profile interval beside Wald's, when text is asked for.
    again: Option<(Glmm, Counts)>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<Json<'_>>("glmm", "glmm");
    schemas.answer_by_level::<Models<'_>>("glmm", "glmm models");
}

pub fn run(args: &GlmmArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let found = analyse(args, inputs)?;
    let ratio = found.first().and_then(|one| one.fit.measure.ratio_name());
    let notation = args.shown.notation(ratio)?;
    Ok(Answer::new("glmm", move |how| text(&found, how, &notation)))
}

fn text(found: &[Found], how: Rendering, notation: &Notation) -> Result<String> {
    match how.format {
        Format::Json => match found {
            [one] => json("glmm", &one.json()),
            several => json("glmm", &Models { models: several.iter().map(Found::json).collect() }),
        },
        Format::Csv => match found {
            [one] => Ok(one.fit.to_csv()),
            several => Ok(models_csv(several)),
        },
        Format::Markdown | Format::Text => {
            let title = "Models side by side";
            let grid = models_grid(found, notation);
            let side_by_side = match how.format {
                Format::Markdown => how.sections(title, &[Section::untitled().table("", grid)]),
                _ => how.sections("", &[Section::new(title).table("", grid)]),
            };
            let several = (found.len() > 1).then_some(side_by_side);
            let each = found.iter().map(|one| one.written(how, notation));
            Ok(several.into_iter().chain(each).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Reads the counts and fits every model.
pub(super) fn analyse(args: &GlmmArgs, inputs: &Inputs<'_>) -> Result<Vec<Found>> {
    let models = args.models();
    let read = read(args, data::read(inputs, &args.input)?)?;
    let mut found: Vec<Found> = models.iter().map(|model| one(args, &read, *model)).collect::<Result<_>>()?;
    if found.len() > 1 {
        let conditional = |found: &Found| matches!(found.fit.model, Model::CmEl | Model::CmAl);
        let first = found.first().is_some_and(conditional);
        if found.iter().any(|other| conditional(other) != first) {
            let note = "models that condition on the margins and models that do not cannot be compared by Akaike's \
                        criterion";
            found.iter_mut().for_each(|one| one.fit.notes.push(note.to_owned()));
        }
    }
    Ok(found)
}

/// Counts above this may be too large for residuals.
const LARGE: f64 = 1e6;

fn one(args: &GlmmArgs, read: &Read, model: Option<Model>) -> Result<Found> {
    let counts = &read.counts;
    let options = args.options(model, !counts.measure().two_groups())?;
    let mut fit = match &read.design {
        Some(design) => options.fit_with(counts, design)?,
        None => options.fit(counts)?,
    };
    fit.notes.retain(|note| !read.notes.contains(note));
    fit.notes.splice(0..0, read.notes.iter().cloned());
    let method = args.prediction()?;
    let level = args.input.level()?;
    let predictions = match (&args.predict, &read.design) {
        (Some(values), Some(design)) => Some(fit.predict(design, &values.parse()?, method)?),
        _ => None,
    };
    let bootstrap = match args.bootstrap {
        Some(replicates) => {
            let design = read.design.as_ref().map(Design::from);
            Some(options.bootstrap_while(counts, design.as_ref(), replicates, args.seed, |_, _| true)?)
        }
        None => None,
    };
    let leave_one_out = args.leave_one_out.then(|| options.leave_one_out(counts)).transpose()?;
    for row in leave_one_out.iter().flatten() {
        // What an interrupt left undone is counted by its note.
        let note = row.note.as_ref().filter(|note| *note != NOT_DONE);
        fit.notes.extend(note.map(|note| format!("without {}: {note}", row.study)));
    }
    if args.residuals && fit.model.overdispersed() && counts.measure().two_groups() {
        fit.notes
            .push(format!("the studies of `{}` have risks or rates, but no effects of their own", fit.model));
    }
    let residuals =
        args.residuals.then(|| fit.residuals(counts, &fitted(&fit, read.design.as_ref()))).transpose()?;
    let without = residuals.iter().flatten().filter(|one| one.residual.is_none()).count();
    let large = (0..counts.len()).filter_map(|i| counts.study(i)).any(|(one, _)| one.size > LARGE);
    if without > 0 && large {
        fit.notes.push(format!(
            "{without} studies without a residual: their counts say nothing of the effect, or are too large to be added one by one"
        ));
    }
    Ok(Found {
        prediction: fit.prediction(method)?,
        method,
        exact: args.exact.then(|| counts.exact(level)).transpose()?,
        combined: args.combine.then(|| counts.combined_p_values(level)).transpose()?,
        leave_one_out,
        residuals,
        predictions,
        multiverse: args.multiverse.then(|| counts.compare_methods(level)),
        bootstrap,
        again: (read.design.is_none() && fit.profile.is_none()).then(|| (options, counts.clone())),
        fit,
    })
}

/// The fitted value of each study; NaN where a coefficient is infinite, so that nothing is read from it.
fn fitted(fit: &CountFit, design: Option<&FormulaDesign>) -> Vec<f64> {
    let beta: Vec<f64> = fit.all_coefficients().iter().map(|c| c.estimate.unwrap_or(f64::NAN)).collect();
    match design {
        None => vec![beta.first().copied().unwrap_or(f64::NAN); fit.k],
        Some(design) => {
            let matrix = Design::from(design);
            (0..fit.k).map(|i| matrix.row(i).iter().zip(&beta).map(|(x, b)| x * b).sum()).collect()
        }
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct PredictionJson {
    method: Prediction,
    lower: f64,
    upper: f64,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ModeratorJson {
    statistic: f64,
    df1: usize,
    df2: Option<f64>,
    p_value: f64,
}

/// Several models in one answer.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Models<'a> {
    models: Vec<Json<'a>>,
}

/// A study, with its residual and predicted deviation, which are `null` unless they were asked for.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct StudyJson<'a> {
    #[serde(flatten)]
    study: &'a crate::glmm::CountStudy,
    #[serde(flatten)]
    reading: Reading,
}

#[derive(Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Reading {
    residual: Option<f64>,
    blup: Option<f64>,
    blup_ci_lower: Option<f64>,
    blup_ci_upper: Option<f64>,
}

/// A fit in the order of the contract.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Json<'a> {
    measure: CountMeasure,
    model: Model,
    effects: crate::glmm::Effects,
    link: crate::glmm::Link,
    inference: crate::glmm::CountInference,
    penalty: crate::glmm::Penalty,
    level: crate::Level,
    k: usize,
    k_informative: usize,
    estimate: Option<f64>,
    se: Option<f64>,
    statistic: Option<f64>,
    df: Option<f64>,
    p_value: Option<f64>,
    ci_lower: Option<f64>,
    ci_upper: Option<f64>,
    prediction: Option<PredictionJson>,
    heterogeneity: &'a crate::glmm::CountHeterogeneity,
    bootstrap: Option<&'a HeterogeneityBootstrap>,
    fit: &'a crate::glmm::CountFitInfo,
    coefficients: Option<&'a [crate::glmm::CountCoefficient]>,
    moderator_test: Option<ModeratorJson>,
    likelihood_ratio: Option<&'a crate::glmm::LikelihoodRatio>,
    transformed: Transformed,
    marginal: Option<crate::glmm::Interval>,
    exact: Option<Exact>,
    combined_p_values: Option<&'a CombinedPValues>,
    studies: Vec<StudyJson<'a>>,
    leave_one_out: Option<&'a [CountLeftOut]>,
    predictions: Option<&'a [PredictedEffect]>,
    multiverse: Option<&'a MethodComparison>,
    notes: &'a [String],
}

impl Found {
    fn json(&self) -> Json<'_> {
        let fit = &self.fit;
        let effect = fit.effect.as_ref();
        let of = |value: fn(&crate::glmm::CountCoefficient) -> Option<f64>| effect.and_then(value);
        let test = fit.moderator_test.as_ref();
        Json {
            measure: fit.measure,
            model: fit.model,
            effects: fit.effects,
            link: fit.link,
            inference: fit.inference,
            penalty: fit.penalty,
            level: fit.level,
            k: fit.k,
            k_informative: fit.k_informative,
            estimate: of(|c| c.estimate),
            se: of(|c| c.se),
            statistic: of(|c| c.statistic),
            df: of(|c| c.df),
            p_value: of(|c| c.p_value),
            ci_lower: of(|c| c.ci_lower),
            ci_upper: of(|c| c.ci_upper),
            prediction: self.prediction.map(|interval| PredictionJson {
                method: self.method,
                lower: interval.lower,
                upper: interval.upper,
            }),
            heterogeneity: &fit.heterogeneity,
            bootstrap: self.bootstrap.as_ref(),
            fit: &fit.fit,
            coefficients: fit.coefficients.as_deref(),
            moderator_test: test.map(|test| ModeratorJson {
                statistic: test.statistic,
                df1: test.df1,
                df2: test.df2,
                p_value: test.p_value,
            }),
            likelihood_ratio: test.and_then(|test| test.likelihood_ratio.as_ref()),
            transformed: fit.transformed_with(self.prediction),
            marginal: fit.marginal,
            exact: self.exact,
            combined_p_values: self.combined.as_ref(),
            studies: self.studies(),
            leave_one_out: self.leave_one_out.as_deref(),
            predictions: self.predictions.as_deref(),
            multiverse: self.multiverse.as_ref(),
            notes: &fit.notes,
        }
    }

    /// The studies, with residuals where they were asked for.
    fn studies(&self) -> Vec<StudyJson<'_>> {
        let reading = |i: usize| {
            let found = self.residuals.as_ref().and_then(|all| all.get(i)).map(|one| Reading {
                residual: one.residual,
                blup: one.blup,
                blup_ci_lower: one.blup_ci_lower,
                blup_ci_upper: one.blup_ci_upper,
            });
            found.unwrap_or_default()
        };
        let studies = self.fit.studies.iter().enumerate();
        studies.map(|(i, study)| StudyJson { study, reading: reading(i) }).collect()
    }

    /// The fit with the profile interval beside Wald's.
    fn with_profile(&self) -> CountFit {
        let mut fit = self.fit.clone();
        if let Some((options, counts)) = &self.again {
            let options = options.inference(crate::glmm::CountInference::Profile);
            let profile = options.without_tau2_interval().without_study_estimates().fit(counts);
            if let Ok(CountFit { profile: Some(interval), .. }) = profile {
                fit.profile = Some(interval);
            }
        }
        fit
    }
}
