//! `effects`: each input row with its estimate, variance, standard error and interval.

use crate::{
    Level, Measure, Result,
    effect::{DoubleZero, Outcome},
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
struct Effects {
    measure: Measure,
    level: Level,
    studies: Vec<Row>,
    notes: Vec<String>,
}

pub fn run(args: &EffectsArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let level = args.input.level()?;
    let table = data::read(inputs, &args.input)?;
    let studies = Studies::new(table, &args.effect, None, args.effect.zero_cells(DoubleZero::Keep)?)?;
    let effects = effects(&studies, level)?;
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
    Ok(Effects { measure: studies.measure, level, studies: rows.collect(), notes })
}

fn grid(effects: &Effects) -> Grid {
    let mut grid = Grid::new(
        [("study", Align::Left)]
            .into_iter()
            .chain(["yi", "vi", "sei", "ci.lb", "ci.ub"].map(|n| (n, Align::Right))),
    );
    for s in &effects.studies {
        let text = |value: Option<f64>| value.map_or("-".to_owned(), |v| fixed(v, 4));
        grid.row([s.study.clone(), text(s.yi), text(s.vi), text(s.sei), text(s.ci_lower), text(s.ci_upper)]);
    }
    grid
}

/// The input's columns, then the computed ones with all their digits.
fn csv(studies: &Studies, effects: &Effects) -> Grid {
    let table = &studies.table;
    let computed = ["yi", "vi", "sei", "ci_lower", "ci_upper"];
    // Columns that are computed anew take the place of those that bear their names.
    let kept: Vec<&str> = table.names().filter(|name| !computed.contains(name)).collect();
    let mut grid = Grid::new(kept.iter().copied().chain(computed).map(|name| (name, Align::Right)));
    for (row, s) in effects.studies.iter().enumerate() {
        let cell = |name: &&str| {
            let column = table.column(name).ok();
            column.and_then(|c| c.get(row).map(|v| v.into_owned())).unwrap_or_default()
        };
        let values = [s.yi, s.vi, s.sei, s.ci_lower, s.ci_upper];
        let text = |value: Option<f64>| value.map_or(String::new(), |v| v.to_string());
        grid.row(kept.iter().map(cell).chain(values.map(text)));
    }
    grid
}

fn notes(effects: &Effects) -> String {
    if effects.notes.is_empty() {
        return String::new();
    }
    "\nNotes:\n".to_owned() + &effects.notes.iter().map(|note| format!("- {note}\n")).collect::<String>()
}
