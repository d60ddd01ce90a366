//! `convert survival`, `curves`, `kaplan-meier`: hazard ratios and restricted means from what papers show of survival.

use crate::{
    Error, Measure, Result,
    convert::{
        Derived,
        standard_error::PValue,
        survival::{
            curves::{self as readings, FollowUp, SurvivalCurve},
            kaplan_meier::DigitisedCurve,
            log_rank::{self as ranks, FavoredGroup, KnownEvents},
            subjects::{self, Subject},
        },
    },
    table::Table,
};

use super::{
    Kind, by_row, by_study,
    cells::{Cells, Context, Values, effect_values, named},
    columns::placed,
    finish,
    result::{Converted, Line},
};
use crate::request::{
    Answer, Inputs,
    args::{ConvertArgs, CurveResult, KaplanMeierArgs},
    data,
};

pub fn log_rank(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| by_row(context, &hazard_ratio);
    finish(
        args,
        inputs,
        &Kind {
            name: "survival",
            assumptions: &["p_value"],
            measure: Some(Measure::HazardRatio),
            convert: &convert,
        },
    )
}

fn hazard_ratio(cells: &Cells<'_, '_>) -> Result<Option<Values>> {
    if let Some([o_e, v]) = cells.numbers(["o_e", "v"])? {
        return ranks::from_o_minus_e(o_e, v).map(|d| Some(effect_values(d)));
    }
    if let Some([o1, e1, o2, e2]) = cells.numbers(["o1", "e1", "o2", "e2"])? {
        return ranks::from_observed_expected(o1, e1, o2, e2).map(|d| Some(effect_values(d)));
    }
    let Some(text) = cells.text("p_value") else { return Ok(None) };
    let known = if let Some([events1, events2]) = cells.numbers(["events1", "events2"])? {
        KnownEvents::EachGroup { events1, events2 }
    } else if let Some([events, n1, n2]) = cells.numbers(["events", "n1i", "n2i"])? {
        KnownEvents::Total { events, n1, n2 }
    } else {
        return Ok(None);
    };
    let favours = match cells.text("favours").as_deref() {
        Some("1" | "intervention") => FavoredGroup::Intervention,
        Some("2" | "comparator" | "control") => FavoredGroup::Comparator,
        other => {
            return Err(Error::data(
                other.map_or("a P value without its direction".to_owned(), |o| format!("favours is `{o}`")),
                "give a column `favours`: 1 if the intervention has fewer events than expected, else 2",
            )
            .in_column("favours"));
        }
    };
    let mut p = text.parse::<PValue>().map_err(|error| error.in_column("p_value"))?;
    if p.relation != crate::convert::Relation::Equal
        && let Some(value) = cells.assumed("p_value")
    {
        p = p.taken_as(value)?;
    }
    ranks::from_p_value(p, known, favours).map(|d| Some(effect_values(d)))
}

/// The rows of each arm of a study, in the order in which the arms appear; there must be two.
fn two_arms(context: &Context<'_>, study: &str, rows: &[usize]) -> Result<[(String, Vec<usize>); 2]> {
    let mut arms: Vec<(String, Vec<usize>)> = Vec::new();
    for &row in rows {
        let Some(arm) = context.text("arm", row) else { continue };
        match arms.iter_mut().find(|(name, _)| *name == arm) {
            Some((_, members)) => members.push(row),
            None => arms.push((arm, vec![row])),
        }
    }
    let count = arms.len();
    <[(String, Vec<usize>); 2]>::try_from(arms).map_err(|_| {
        let error =
            Error::data(format!("{count} arms"), "the curves of two arms are compared").in_study(study);
        context.table().in_file(error)
    })
}

/// The cells of some rows under a role, none of which may be missing.
fn all(table: &Table, role: &str, rows: &[usize]) -> Result<Vec<f64>> {
    data::numbers(table, table.require_role(role)?, rows)
}

pub fn curves(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| {
        let table = context.table();
        table.require_role("arm")?;
        let mut converted = Converted::rearranged();
        for (study, rows) in by_study(table) {
            let [(_, one), (_, two)] = two_arms(context, &study, &rows)?;
            let times = all(table, "time", &one)?;
            let first = one.first().copied().unwrap_or(0);
            if all(table, "time", &two)? != times {
                let error =
                    Error::data("the arms are read at different times", "read both curves at every time");
                return Err(placed(table, error, first));
            }
            let curves = [curve(context, &one)?, curve(context, &two)?];
            let derived = readings::hazard_ratio(&times, &curves[0], &curves[1])
                .map_err(|error| placed(table, error, first))?;
            converted.lines.push(Line::new(study, rows, effect_values(derived)));
        }
        Ok(converted)
    };
    finish(
        args,
        inputs,
        &Kind { name: "curves", assumptions: &[], measure: Some(Measure::HazardRatio), convert: &convert },
    )
}

fn curve(context: &Context<'_>, rows: &[usize]) -> Result<SurvivalCurve> {
    let table = context.table();
    let survival = all(table, "survival", rows)?;
    let first = rows.first().copied().unwrap_or(0);
    let cells = Cells::new(context, first);
    let follow_up = if context.has("at_risk") && cells.number("at_risk")?.is_some() {
        FollowUp::AtRisk(all(table, "at_risk", rows)?)
    } else {
        let numbers = cells.numbers(["ni", "shortest", "longest"])?;
        let Some([n, shortest, longest]) = numbers else {
            let error = Error::data(
                "neither numbers at risk nor the follow-up",
                "give `at_risk` at every time, or `ni`, `shortest` and `longest` in the first row of each arm",
            );
            return Err(placed(table, error, first));
        };
        FollowUp::Uniform { n, shortest, longest }
    };
    Ok(SurvivalCurve::new(survival, follow_up))
}

/// The use of reconstructed people.
#[derive(Clone, Copy)]
enum Wanted {
    HazardRatio,
    RestrictedMean(f64),
    Subjects,
}

pub fn kaplan_meier(args: &KaplanMeierArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let wanted = match (args.result, args.tau) {
        (CurveResult::Hr, _) => Wanted::HazardRatio,
        (CurveResult::Rmst, Some(tau)) => Wanted::RestrictedMean(tau),
        (CurveResult::Rmst, None) => {
            return Err(Error::setting(
                "--tau",
                "no time is given",
                "give the time to which survival is averaged",
            ));
        }
        (CurveResult::Subjects, _) => Wanted::Subjects,
    };
    let risk = inputs.table(&args.at_risk)?;
    let measure = if matches!(wanted, Wanted::HazardRatio) { Measure::HazardRatio } else { Measure::Generic };
    let convert = |context: &Context<'_>| reconstructed(context, &risk, wanted);
    finish(
        &args.convert,
        inputs,
        &Kind { name: "kaplan-meier", assumptions: &[], measure: Some(measure), convert: &convert },
    )
}

fn reconstructed(context: &Context<'_>, risk: &Table, wanted: Wanted) -> Result<Converted> {
    let table = context.table();
    table.require_role("arm")?;
    let risk_arms = risk.texts(risk.require_role("arm")?)?;
    let mut converted = Converted::rearranged();
    for (study, rows) in by_study(table) {
        let arms = two_arms(context, &study, &rows)?;
        let mut people: Vec<Derived<Vec<Subject>>> = Vec::new();
        for (arm, members) in &arms {
            let readings: Vec<(f64, f64)> =
                all(table, "time", members)?.into_iter().zip(all(table, "survival", members)?).collect();
            let in_risk: Vec<usize> = (0..risk.len())
                .filter(|&row| {
                    risk.label(row) == study && risk_arms.get(row).is_some_and(|a| a.as_ref() == Some(arm))
                })
                .collect();
            let at_risk: Vec<(f64, f64)> =
                all(risk, "time", &in_risk)?.into_iter().zip(all(risk, "at_risk", &in_risk)?).collect();
            let place = |error: Error| in_source(error, (table, members), (risk, &in_risk), &study, arm);
            let mut curve = DigitisedCurve::new(readings, at_risk).map_err(place)?;
            if let Some(events) = total_events(context, members, risk, &in_risk)? {
                curve = curve.total_events(events).map_err(place)?;
            }
            let mut derived = curve.reconstruct().map_err(place)?;
            super::cells::of_group(&mut derived.steps, arm);
            people.push(derived);
        }
        let (Some(two), Some(one)) = (people.pop(), people.pop()) else { continue };
        let place = |error: Error| table.in_file(error.in_study(&study));
        match wanted {
            Wanted::HazardRatio => {
                let derived = one.and(two).then(|(one, two)| subjects::cox(&one, &two)).map_err(place)?;
                converted.lines.push(Line::new(&study, rows, effect_values(derived)));
            }
            Wanted::RestrictedMean(tau) => {
                let derived = one
                    .and(two)
                    .then(|(one, two)| subjects::restricted_mean_difference(&one, &two, tau))
                    .map_err(place)?;
                converted.lines.push(Line::new(&study, rows, effect_values(derived)));
            }
            Wanted::Subjects => {
                for ((arm, members), derived) in arms.iter().zip([one, two]) {
                    converted.steps.extend(derived.steps);
                    for subject in derived.value {
                        let event = f64::from(u8::from(subject.event));
                        let values = Derived::reported(named(&[("time", subject.time), ("event", event)]));
                        converted.lines.push(Line::new(&study, members.clone(), values).text("arm", arm));
                    }
                }
            }
        }
    }
    Ok(converted)
}

/// An error about a row of the readings, or of the numbers at risk, at its place in their file.
fn in_source(
    error: Error,
    (table, members): (&Table, &[usize]),
    (risk, in_risk): (&Table, &[usize]),
    study: &str,
    arm: &str,
) -> Error {
    let Error::Data { mut place, found, remedy } = error else { return error };
    let (table, rows) = match place.column.as_deref() {
        Some("at_risk") => (risk, in_risk),
        _ => (table, members),
    };
    let row = place.row.take().and_then(|row| rows.get(row.wrapping_sub(1)));
    let error = Error::Data { place, found, remedy }.in_study(format!("{study}, {arm}"));
    match row {
        Some(&row) => table.at(error, row, None),
        None => table.in_file(error),
    }
}

/// The reported total of events of an arm, from the first row of either file that has it.
fn total_events(
    context: &Context<'_>,
    rows: &[usize],
    risk: &Table,
    in_risk: &[usize],
) -> Result<Option<f64>> {
    for &row in rows {
        if let Some(events) = context.number("events", row)? {
            return Ok(Some(events));
        }
    }
    let Some(column) = risk.role("events") else { return Ok(None) };
    let numbers = risk.numbers(column)?;
    Ok(in_risk.iter().find_map(|&row| numbers.get(row).copied().flatten()))
}
