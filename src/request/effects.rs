//! `effects`: each input row with its estimate, variance, standard error and interval.

use crate::{
    Level, Measure, Result,
    effect::{DoubleZero, Outcome, Transform},
    report::{Align, Grid, fixed},
};
use serde::Serialize;

use crate::request::{
    Answer, Format, Inputs,
    args::EffectsArgs,
    data::{self, Studies},
    json,
};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Row {
    study: String,
    yi: Option<f64>,
    vi: Option<f64>,
    sei: Option<f64>,
    ci_lower: Option<f64>,
    ci_upper: Option<f64>,
    size: Option<f64>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Effects {
    measure: Measure,
    level: Level,
    studies: Vec<Row>,
    notes: Vec<String>,
    /// The way to the scale that people read, and its name.
    #[serde(skip)]
    back: Option<(Transform, &'static str)>,
}

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<Effects>("effects", "effects");
}

pub fn run(args: &EffectsArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let level = args.input.level()?;
    let table = data::read(inputs, &args.input)?;
    let zero_cells = args.effect.zero_cells(DoubleZero::Keep);
    let studies = Studies::beside_model(table, &args.effect, None, zero_cells, true)?;
    let mut effects = effects(&studies, level)?;
    let ratio = args.effect.ratio || args.effect.is_log();
    effects.back = match studies.measure.transform() {
        Transform::Identity if ratio => Some((Transform::Exp, "Ratio")),
        Transform::Identity => None,
        transform => Some((transform, studies.measure.display_label())),
    };
    Ok(Answer::new("effects", move |how| {
        let text = match how.format {
            Format::Json => json("effects", &effects)?,
            Format::Csv => csv(&studies, &effects).to_csv(),
            Format::Markdown => grid(&effects).to_markdown() + &notes(&effects),
            Format::Text => format!(
                "{} ({}), {} of {} rows have an effect\n\n{}{}",
                effects.measure.label(),
                effects.measure,
                effects.studies.iter().filter(|s| s.yi.is_some()).count(),
                effects.studies.len(),
                grid(&effects).to_text(),
                notes(&effects)
            ),
        };
        Ok(text)
    }))
}

fn effects(studies: &Studies, level: Level) -> Result<Effects> {
    let z = level.critical_value(None);
    let mut outcomes: Vec<Option<&Outcome>> = vec![None; studies.table.len()];
    for (&row, outcome) in studies.complete.iter().zip(&studies.outcomes) {
        if let Some(place) = outcomes.get_mut(row) {
            *place = Some(outcome);
        }
    }
    let rows = outcomes.into_iter().enumerate().map(|(row, outcome)| {
        let effect = outcome.and_then(|o| o.effect);
        let margin = effect.map(|e| z * e.vi.sqrt());
        Row {
            study: studies.table.label(row),
            yi: effect.map(|e| e.yi),
            vi: effect.map(|e| e.vi),
            sei: effect.map(|e| e.vi.sqrt()),
            ci_lower: effect.zip(margin).map(|(e, m)| e.yi - m),
            ci_upper: effect.zip(margin).map(|(e, m)| e.yi + m),
            size: outcome.and_then(|o| o.size),
            notes: outcome
                .map_or_else(Vec::new, |o| o.notes.iter().cloned().chain(o.reason.clone()).collect()),
        }
    });
    let mut notes = studies.notes.clone();
    notes.extend(crate::effect::notes(&studies.labels(), &studies.outcomes));
    Ok(Effects { measure: studies.measure, level, studies: rows.collect(), notes, back: None })
}

fn grid(effects: &Effects) -> Grid {
    let back = effects.back.map(|(_, name)| format!("{name} [{} CI]", effects.level));
    let names = ["yi", "vi", "sei", "ci.lb", "ci.ub"].map(str::to_owned);
    let mut grid = Grid::new(
        [("study".to_owned(), Align::Left)]
            .into_iter()
            .chain(names.into_iter().chain(back).map(|name| (name, Align::Right))),
    );
    for s in &effects.studies {
        let text = |value: Option<f64>| value.map_or("-".to_owned(), |v| fixed(v, 4));
        let mut row = vec![s.study.clone()];
        row.extend([s.yi, s.vi, s.sei, s.ci_lower, s.ci_upper].map(text));
        if let Some((transform, _)) = effects.back {
            let of = |value: Option<f64>| Some(fixed(transform.apply(value?, s.size)?, 2));
            row.push(match (of(s.yi), of(s.ci_lower), of(s.ci_upper)) {
                (Some(value), Some(lower), Some(upper)) => format!("{value} [{lower}, {upper}]"),
                _ => "-".to_owned(),
            });
        }
        grid.row(row);
    }
    grid
}

/// The input's columns, then the measure and the computed columns with all their digits, so that other commands know what
/// they read.
fn csv(studies: &Studies, effects: &Effects) -> Grid {
    let table = &studies.table;
    let mut computed = vec!["measure", "yi", "vi", "sei", "ci_lower", "ci_upper"];
    // A column `measure` of another meaning stays as it is.
    let code = effects.measure.code();
    if table.texts("measure").is_ok_and(|texts| texts.iter().flatten().any(|text| text != code)) {
        computed.remove(0);
    }
    // Columns that are computed anew take the place of those that bear their names.
    let kept: Vec<&str> = table.names().filter(|name| !computed.contains(name)).collect();
    let mut grid =
        Grid::new(kept.iter().copied().chain(computed.iter().copied()).map(|name| (name, Align::Right)));
    for (row, s) in effects.studies.iter().enumerate() {
        let cell = |name: &&str| {
            let column = table.column(name).ok();
            column.and_then(|c| c.get(row).map(|v| v.into_owned())).unwrap_or_default()
        };
        let values = [s.yi, s.vi, s.sei, s.ci_lower, s.ci_upper];
        let text = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
        let carried = computed.first().filter(|name| **name == "measure").map(|_| code.to_owned());
        grid.row(kept.iter().map(cell).chain(carried).chain(values.map(text)));
    }
    grid
}

fn notes(effects: &Effects) -> String {
    if effects.notes.is_empty() {
        return String::new();
    }
    "\nNotes:\n".to_owned() + &effects.notes.iter().map(|note| format!("- {note}\n")).collect::<String>()
}
