//! `glmm`: odds ratios, rate ratios, proportions and rates from the likelihood of the counts.

use std::collections::HashSet;

use serde::Serialize;

use crate::{
    Error, Result,
    effect::{DataKind, compare_counts, totals},
    glmm::{
        CombinedPValues, CountFit, CountLeftOut, CountMeasure, CountResidual, Counts, Exact, Glmm,
        HeterogeneityBootstrap, MethodComparison, Model,
    },
    pool::{Prediction, PredictionInterval, Transformed},
    regression::{Design, PredictedEffect},
    report::{Align, Grid, Section, p_value, predictions_grid},
    table::{DesignOptions, Formula, FormulaDesign, Table},
    text::Notation,
};

use crate::request::{
    Answer, Format, Inputs, Rendering,
    args::GlmmArgs,
    data::{self, placed},
    json,
};

/// The counts of a file, with the design where there are moderators.
pub(super) struct Read {
    pub counts: Counts,
    pub design: Option<FormulaDesign>,
    pub notes: Vec<String>,
}

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
    let models = args.models()?;
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
        fit.notes.extend(row.note.as_ref().map(|note| format!("without {}: {note}", row.study)));
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

/// The measure that is named, or that the columns are for.
fn measure(args: &GlmmArgs, table: &Table) -> Result<CountMeasure> {
    if let Some(code) = &args.measure {
        return code.parse();
    }
    let has = |role: &str| table.role(role).is_some();
    Ok(if has("x1i") && has("t1i") {
        CountMeasure::RateRatio
    } else if has("xi") && has("ti") {
        CountMeasure::Rate
    } else if has("xi") && (has("ni") || has("mi")) && !has("ai") {
        CountMeasure::Proportion
    } else {
        CountMeasure::OddsRatio
    })
}

/// The roles of a measure's columns: events and sizes, or events and non-events.
fn roles(measure: CountMeasure, table: &Table) -> &'static [&'static str] {
    match measure {
        CountMeasure::RateRatio => &["x1i", "t1i", "x2i", "t2i"],
        CountMeasure::Proportion if table.role("ni").is_none() && table.role("mi").is_some() => &["xi", "mi"],
        CountMeasure::Proportion => &["xi", "ni"],
        CountMeasure::Rate => &["xi", "ti"],
        _ if table.role("n1i").is_none() && table.role("bi").is_some() => &["ai", "bi", "ci", "di"],
        _ => &["ai", "n1i", "ci", "n2i"],
    }
}

/// The counts of the complete rows, with the design on them.
pub(super) fn read(args: &GlmmArgs, table: Table) -> Result<Read> {
    let measure = measure(args, &table)?;
    let roles = roles(measure, &table);
    let columns = roles
        .iter()
        .map(|role| {
            let name = table.require_role(role).map_err(|error| table.in_file(error))?;
            table.numbers(name)
        })
        .collect::<Result<Vec<_>>>()?;
    let named: Vec<_> = roles.iter().copied().zip(columns.iter().cloned()).collect();
    compare_counts(&table, kind(measure), &named)?;
    let mut notes = table.notes().to_vec();
    notes.extend(table.renamed_note(roles));
    notes.extend(table.label_notes());
    let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
    let (mut missing, mut unobserved) = (Vec::new(), Vec::new());
    for row in 0..table.len() {
        let values: Option<Vec<f64>> =
            columns.iter().map(|column| column.get(row).copied().flatten()).collect();
        match values {
            None => missing.push(format!("{} (row {})", table.label(row), table.row_number(row))),
            Some(values) if measure.is_rate() && values.chunks(2).any(|pair| pair == [0.0, 0.0]) => {
                unobserved.push(table.label(row));
            }
            Some(values) => rows.push((row, persons(roles, values, &table, row)?)),
        }
    }
    if !missing.is_empty() {
        notes.push(format!("left out for missing values: {}", missing.join(", ")));
    }
    if !unobserved.is_empty() {
        notes.push(format!(
            "left out, as a group was not observed (no person-time): {}",
            unobserved.join(", ")
        ));
    }
    let places: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
    notes.extend(totals(&table, kind(measure), &named, &places));
    let design = design(args, &table, &rows, &mut notes)?;
    if let Some(design) = &design {
        let used: HashSet<usize> = design.rows.iter().copied().collect();
        rows.retain(|(row, _)| used.contains(row));
    }
    if rows.is_empty() {
        let found = "no row has all the values that are needed";
        return Err(table.in_file(Error::data(found, format!("{measure} needs {}", roles.join(", ")))));
    }
    Ok(Read { counts: counts(measure, &table, &rows)?, design, notes })
}

/// The kind of data of a measure.
fn kind(measure: CountMeasure) -> DataKind {
    match measure {
        CountMeasure::RateRatio => DataKind::PersonTime,
        CountMeasure::Proportion => DataKind::Proportion,
        CountMeasure::Rate => DataKind::Rate,
        _ => DataKind::TwoByTwo,
    }
}

/// The values with persons in place of non-events; refuses counts that are not whole.
fn persons(roles: &[&str], values: Vec<f64>, table: &Table, row: usize) -> Result<Vec<f64>> {
    for (role, &value) in roles.iter().zip(&values) {
        let count = !role.starts_with('t');
        if count && (value < 0.0 || value.fract() != 0.0) {
            let remedy = if value < 0.0 {
                "counts cannot be negative"
            } else {
                "counts must be whole numbers; for weighted counts use `pool`"
            };
            let error = Error::data(format!("count is {value}"), remedy).in_column(*role);
            return Err(placed(table, error, row));
        }
    }
    Ok(match (roles, values.as_slice()) {
        (["ai", "bi", "ci", "di"], &[a, b, c, d]) => vec![a, a + b, c, c + d],
        (["xi", "mi"], &[x, m]) => vec![x, x + m],
        _ => values,
    })
}

fn design(
    args: &GlmmArgs,
    table: &Table,
    rows: &[(usize, Vec<f64>)],
    notes: &mut Vec<String>,
) -> Result<Option<FormulaDesign>> {
    let Some(formula) = &args.mods else { return Ok(None) };
    let formula: Formula = formula.parse()?;
    let candidates: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
    let design = FormulaDesign::among(&formula, table, &candidates, &DesignOptions::new())?;
    notes.extend(design.notes.iter().cloned());
    Ok(Some(design))
}

fn counts(measure: CountMeasure, table: &Table, rows: &[(usize, Vec<f64>)]) -> Result<Counts> {
    let make = |rows: &[(usize, Vec<f64>)]| {
        let labels: Vec<String> = rows.iter().map(|(row, _)| table.label(*row)).collect();
        if measure.two_groups() {
            let values: Vec<[f64; 4]> =
                rows.iter().filter_map(|(_, values)| values.as_slice().try_into().ok()).collect();
            Counts::two_groups(measure, labels, &values)
        } else {
            let values: Vec<[f64; 2]> =
                rows.iter().filter_map(|(_, values)| values.as_slice().try_into().ok()).collect();
            Counts::one_group(measure, labels, &values)
        }
    };
    // Row by row first: an error then names the row of the file.
    for one in rows {
        make(std::slice::from_ref(one)).map_err(|error| placed(table, without_row(error), one.0))?;
    }
    make(rows)
}

/// The error without the position among the complete rows.
fn without_row(error: Error) -> Error {
    match error {
        Error::Data { mut place, found, remedy } => {
            (place.row, place.study) = (None, None);
            Error::Data { place, found, remedy }
        }
        other => other,
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
            let profile =
                options.inference(crate::glmm::CountInference::Profile).without_tau2_interval().fit(counts);
            if let Ok(CountFit { profile: Some(interval), .. }) = profile {
                fit.profile = Some(interval);
            }
        }
        fit
    }

    /// The fit and what was asked for beside it.
    fn written(&self, how: Rendering, notation: &Notation) -> String {
        let fit = self.with_profile();
        let mut sections = fit.sections_in(notation);
        if how.format == Format::Markdown {
            sections.insert(0, Section::untitled().paragraph(fit.paragraph(None)));
        }
        let parts = self.parts(notation).into_iter();
        sections.extend(parts.map(|(title, grid)| Section::new(title).table("", grid)));
        how.sections(&fit.headline(), &sections)
    }

    /// The further results that were asked for, as tables.
    fn parts(&self, notation: &Notation) -> Vec<(String, Grid)> {
        let mut parts = Vec::new();
        if let Some(bootstrap) = &self.bootstrap {
            let title = format!(
                "Tests of heterogeneity by parametric bootstrap ({} replicates, seed {})",
                bootstrap.replicates, bootstrap.seed
            );
            parts.push((title, bootstrap_grid(bootstrap)));
        }
        let scale = if notation.is_ratio() { "" } else { " (log scale)" };
        if let Some(exact) = &self.exact {
            let title = format!("Exact conditional inference about a common ratio{scale}");
            parts.push((title, exact_grid(exact, notation)));
        }
        if let Some(combined) = &self.combined {
            let mut grid =
                Grid::new([notation.estimate(), "ci.lb", "ci.ub", "pval"].map(|name| (name, Align::Right)));
            let values = [combined.estimate, combined.ci_lower, combined.ci_upper];
            let p = p_value(combined.p_value, 4);
            grid.row(values.map(|value| notation.effect_if(value)).into_iter().chain([p]));
            parts.push((format!("Combined exact P values of the studies{scale}"), grid));
        }
        if let Some(left) = &self.leave_one_out {
            parts.push(("Without each study".to_owned(), left_out_grid(left, notation)));
        }
        if let Some(residuals) = &self.residuals {
            let title = "Residuals and empirical Bayes estimates".to_owned();
            parts.push((title, residuals_grid(residuals, notation)));
        }
        if let Some(predictions) = &self.predictions {
            parts.push(("Predicted effects".to_owned(), predictions_grid(predictions, notation)));
        }
        if let Some(comparison) = &self.multiverse {
            parts.push(("Every method for counts".to_owned(), comparison.grid(notation)));
        }
        parts
    }
}

fn bootstrap_grid(bootstrap: &HeterogeneityBootstrap) -> Grid {
    let mut grid = Grid::new([("", Align::Left), ("mid-P", Align::Right)]);
    let rows = [
        ("tau^2 = 0, or no overdispersion", bootstrap.lrt_p_value),
        ("common effect against saturated model", bootstrap.q_lrt_p_value),
    ];
    for (name, p) in rows {
        if let Some(p) = p {
            grid.row([name.to_owned(), p_value(p, 4)]);
        }
    }
    if bootstrap.failed > 0 {
        grid.row(["replicates that could not be fitted".to_owned(), bootstrap.failed.to_string()]);
    }
    grid
}

fn exact_grid(exact: &Exact, notation: &Notation) -> Grid {
    let mut header = vec![("", Align::Left)];
    header.extend([notation.estimate(), "ci.lb", "ci.ub", "pval"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for (name, lower, upper, p) in [
        ("exact", exact.ci_lower, exact.ci_upper, exact.p_value),
        ("mid-P", exact.mid_p.ci_lower, exact.mid_p.ci_upper, exact.mid_p.p_value),
    ] {
        grid.row([
            name.to_owned(),
            notation.effect_if(exact.estimate),
            notation.lower(lower),
            notation.upper(upper),
            p_value(p, 4),
        ]);
    }
    grid
}

fn left_out_grid(left: &[CountLeftOut], notation: &Notation) -> Grid {
    let mut header = vec![("study", Align::Left)];
    let (estimate, se) = (notation.estimate(), notation.se());
    header.extend([estimate, se, "ci.lb", "ci.ub", "pval", "tau^2"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for one in left {
        let p = one.p_value.map_or("-".to_owned(), |p| p_value(p, 4));
        grid.row([
            one.study.clone(),
            notation.effect_if(one.estimate),
            notation.optional(one.se),
            notation.effect_if(one.ci_lower),
            notation.effect_if(one.ci_upper),
            p,
            notation.optional(one.tau2),
        ]);
    }
    grid
}

fn residuals_grid(residuals: &[CountResidual], notation: &Notation) -> Grid {
    let mut header = vec![("study", Align::Left)];
    let blup = if notation.is_ratio() { format!("blup of {}", notation.estimate()) } else { "blup".into() };
    header.extend(["residual", blup.as_str(), "ci.lb", "ci.ub"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for one in residuals {
        grid.row([
            one.study.clone(),
            notation.optional(one.residual),
            notation.effect_if(one.blup),
            notation.effect_if(one.blup_ci_lower),
            notation.effect_if(one.blup_ci_upper),
        ]);
    }
    grid
}

/// One row for each coefficient of each model, with all digits.
fn models_csv(found: &[Found]) -> String {
    let names = ["model", "term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper"];
    let of_model = ["tau2", "log_likelihood", "aic"];
    let mut grid = Grid::new(names.into_iter().chain(of_model).map(|name| (name, Align::Right)));
    for one in found {
        let fit = &one.fit;
        let of_model = [fit.heterogeneity.tau2, Some(fit.fit.log_likelihood), Some(fit.fit.aic)];
        for c in fit.all_coefficients() {
            let values = [c.estimate, c.se, c.statistic, c.df, c.p_value, c.ci_lower, c.ci_upper];
            let values = values.into_iter().chain(of_model);
            let cells = values.map(|value| value.map_or_else(String::new, |value| value.to_string()));
            grid.row([fit.model.to_string(), c.term.clone()].into_iter().chain(cells));
        }
    }
    grid.to_csv()
}

/// One row for each model.
fn models_grid(found: &[Found], notation: &Notation) -> Grid {
    let slopes = found.iter().any(|one| one.fit.coefficients.is_some());
    let notation = &notation.of_coefficients(slopes);
    let mut header = vec![("model", Align::Left), ("term", Align::Left)];
    header.extend(
        [notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "tau^2", "logLik", "AIC"]
            .map(|name| (name, Align::Right)),
    );
    let mut grid = Grid::new(header);
    for one in found {
        for c in one.fit.all_coefficients() {
            grid.row([
                one.fit.model.to_string(),
                c.term.clone(),
                notation.effect_if(c.estimate),
                notation.optional(c.se),
                c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                notation.effect_if(c.ci_lower),
                notation.effect_if(c.ci_upper),
                notation.optional(one.fit.heterogeneity.tau2),
                notation.number(one.fit.fit.log_likelihood),
                notation.number(one.fit.fit.aic),
            ]);
        }
    }
    grid
}
