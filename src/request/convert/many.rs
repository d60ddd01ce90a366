//! Conversions that look at several rows of a study: arms, shared comparators, dependent effects.

use crate::{
    Error, Measure, Result,
    convert::{
        Derived,
        import::pairwise::{self as pairs, ArmOutcome, PairData, PairwiseArm, PairwiseComparison},
        unit::{
            aggregate as aggregates,
            arms::{self, Split},
            covariance::{AssumedCorrelations, EffectPlace},
        },
    },
    effect::{Effect, OneMean, PersonTime, Proportion, Rate, TwoByTwo, TwoMeans},
    network::data::with_customary_roles,
    table::Table,
};

use super::{
    Kind, by_study,
    cells::{Cells, Context, Values, effect_values, named},
    columns::placed,
    finish,
    result::{Converted, Line},
};
use crate::request::{
    Answer, Inputs,
    args::{AggregateArgs, ConvertArgs, PairwiseArgs},
};

/// The outcome of an arm: means, counts or rates, as its columns have it.
fn arm_data(cells: &Cells<'_, '_>) -> Result<Option<ArmOutcome>> {
    if let Some([m, s, n]) = cells.numbers(["mi", "sdi", "ni"])? {
        return OneMean::new(m, s, n).map(ArmOutcome::Means).map(Some);
    }
    if let Some([x, n]) = cells.numbers(["xi", "ni"])? {
        return Proportion::new(x, n).map(ArmOutcome::Counts).map(Some);
    }
    if let Some([x, t]) = cells.numbers(["xi", "ti"])? {
        return Rate::new(x, t).map(ArmOutcome::Rates).map(Some);
    }
    Ok(None)
}

/// The outcomes of both arms of a comparison.
pub fn pair_data(cells: &Cells<'_, '_>) -> Result<Option<PairData>> {
    if let Some([m1, s1, n1, m2, s2, n2]) = cells.numbers(["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"])? {
        return TwoMeans::new(m1, s1, n1, m2, s2, n2).map(PairData::Means).map(Some);
    }
    if let Some([a, n1, c, n2]) = cells.numbers(["ai", "n1i", "ci", "n2i"])? {
        return TwoByTwo::from_totals(a, n1, c, n2).map(PairData::Counts).map(Some);
    }
    if let Some([a, b, c, d]) = cells.numbers(["ai", "bi", "ci", "di"])? {
        return TwoByTwo::new(a, b, c, d).map(PairData::Counts).map(Some);
    }
    if let Some([x1, t1, x2, t2]) = cells.numbers(["x1i", "t1i", "x2i", "t2i"])? {
        return PersonTime::new(x1, t1, x2, t2).map(PairData::Rates).map(Some);
    }
    Ok(None)
}

/// A text that a row needs.
fn need_text(context: &Context<'_>, role: &str, row: usize) -> Result<Option<String>> {
    context.table().require_role(role)?;
    Ok(context.text(role, row))
}

pub fn combine_arms(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| {
        let table = context.table();
        table.require_role("group")?;
        let mut converted = Converted::rearranged();
        for (study, rows) in by_study(table) {
            let mut groups: Vec<(String, Vec<(usize, ArmOutcome)>)> = Vec::new();
            for row in rows {
                let cells = Cells::new(context, row);
                let data = arm_data(&cells).map_err(|error| placed(table, error, row))?;
                let (Some(group), Some(data)) = (context.text("group", row), data) else { continue };
                match groups.iter_mut().find(|(name, _)| *name == group) {
                    Some((_, members)) => members.push((row, data)),
                    None => groups.push((group, vec![(row, data)])),
                }
            }
            for (group, members) in groups {
                let rows: Vec<usize> = members.iter().map(|(row, _)| *row).collect();
                let first = rows.first().copied().unwrap_or(0);
                let values = combined(&members).map_err(|error| placed(table, error, first))?;
                converted.lines.push(Line::new(&study, rows, values).text("treatment", group));
            }
        }
        Ok(converted)
    };
    finish(args, inputs, &Kind { name: "combine-arms", assumptions: &[], measure: None, convert: &convert })
}

fn combined(members: &[(usize, ArmOutcome)]) -> Result<Values> {
    let values = |data: ArmOutcome| named(&data.values());
    if let [(_, only)] = members {
        return Ok(Derived::reported(values(*only)));
    }
    let (mut means, mut counts, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for (_, member) in members {
        match member {
            ArmOutcome::Means(m) => means.push(*m),
            ArmOutcome::Counts(p) => counts.push(*p),
            ArmOutcome::Rates(r) => rates.push(*r),
        }
    }
    if means.len() == members.len() {
        Ok(arms::combine_means(&means)?.map(|m| values(ArmOutcome::Means(m))))
    } else if counts.len() == members.len() {
        Ok(arms::combine_counts(&counts)?.map(|p| values(ArmOutcome::Counts(p))))
    } else if rates.len() == members.len() {
        Ok(arms::combine_events(&rates)?.map(|r| values(ArmOutcome::Rates(r))))
    } else {
        Err(Error::data("groups with different kinds of outcome", "groups to combine need the same kind"))
    }
}

pub fn split_control(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| {
        let table = context.table();
        let mut converted = Converted::new();
        let mut lines: Vec<(usize, Line)> = Vec::new();
        for (study, rows) in by_study(table) {
            let counted = rows.len() as f64;
            for row in rows {
                let cells = Cells::new(context, row);
                let line = || -> Result<Option<Line>> {
                    let Some(pair) = pair_data(&cells)? else { return Ok(None) };
                    let comparisons = cells.number("comparisons")?.unwrap_or(counted);
                    if !((1.0..=1000.0).contains(&comparisons) && comparisons == comparisons.trunc()) {
                        return Err(Error::data(
                            format!("{comparisons} comparisons"),
                            "give a whole number from 1 on",
                        )
                        .in_column("comparisons"));
                    }
                    let values = shared(pair, comparisons as u32)?;
                    Ok(Some(Line::new(&study, vec![row], values)))
                };
                if let Some(line) = line().map_err(|error| placed(table, error, row))? {
                    lines.push((row, line));
                }
            }
        }
        lines.sort_by_key(|(row, _)| *row);
        converted.lines = lines.into_iter().map(|(_, line)| line).collect();
        Ok(converted)
    };
    finish(args, inputs, &Kind { name: "split-control", assumptions: &[], measure: None, convert: &convert })
}

/// The comparison with a share of its comparator; group 2 is the one that is shared.
fn shared(pair: PairData, comparisons: u32) -> Result<Values> {
    if comparisons == 1 {
        return Ok(Derived::reported(named(&pair.values())));
    }
    let split = Split::among(comparisons)?;
    Ok(match pair {
        PairData::Counts(t) => split
            .counts(Proportion::new(t.ci(), t.n2i())?)?
            .map(|c| named(&[("ai", t.ai()), ("n1i", t.n1i()), ("ci", c.xi()), ("n2i", c.ni())])),
        PairData::Means(m) => split.means(OneMean::new(m.m2i(), m.sd2i(), m.n2i())?)?.map(|c| {
            named(&[
                ("m1i", m.m1i()),
                ("sd1i", m.sd1i()),
                ("n1i", m.n1i()),
                ("m2i", c.mi()),
                ("sd2i", c.sdi()),
                ("n2i", c.ni()),
            ])
        }),
        PairData::Rates(r) => split
            .events(Rate::new(r.x2i(), r.t2i())?)?
            .map(|c| named(&[("x1i", r.x1i()), ("t1i", r.t1i()), ("x2i", c.xi()), ("t2i", c.ti())])),
    })
}

/// The effects of a table with their rows.
fn effects(context: &Context<'_>, rows: &[usize]) -> Result<Vec<(usize, Effect)>> {
    let mut found = Vec::new();
    for &row in rows {
        let effect = Cells::new(context, row).effect();
        if let Some(effect) = effect.map_err(|error| placed(context.table(), error, row))? {
            found.push((row, effect));
        }
    }
    Ok(found)
}

pub fn aggregate(args: &AggregateArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| {
        let table = context.table();
        let mut converted = Converted::rearranged();
        for (study, rows) in by_study(table) {
            let members = effects(context, &rows)?;
            let Some((first, _)) = members.first().copied() else { continue };
            let rows: Vec<usize> = members.iter().map(|(row, _)| *row).collect();
            let all: Vec<Effect> = members.iter().map(|(_, effect)| *effect).collect();
            let values = if let [only] = all.as_slice() {
                Derived::reported(*only)
            } else {
                let r = Cells::new(context, first).needed(&["correlation"], "correlation")?;
                let derived = aggregates::effects(&all, r.value(), args.weighting)
                    .map_err(|error| placed(table, error, first))?;
                r.told(derived, "correlation")
            };
            converted.lines.push(Line::new(study, rows, effect_values(values)));
        }
        Ok(converted)
    };
    finish(
        &args.convert,
        inputs,
        &Kind {
            name: "aggregate",
            assumptions: &["correlation"],
            measure: Some(Measure::Generic),
            convert: &convert,
        },
    )
}

pub fn vcov(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    if !args.sensitivity.is_empty() {
        return Err(Error::setting(
            "--sensitivity",
            "effects with a covariance matrix are not pooled here",
            "give the result to `multilevel --vcov`, once for each value",
        ));
    }
    let assumptions: &[&str] = &["within", "between", "autocorrelation"];
    finish(args, inputs, &Kind { name: "vcov", assumptions, measure: None, convert: &covariances })
}

fn covariances(context: &Context<'_>) -> Result<Converted> {
    let table = context.table();
    let all: Vec<usize> = (0..table.len()).collect();
    let found = effects(context, &all)?;
    if found.is_empty() {
        return Ok(Converted::new());
    }
    let mut rows = Vec::with_capacity(found.len());
    for (row, _) in &found {
        rows.push(member(context, *row).map_err(|error| placed(table, error, *row))?);
    }
    let mut dependence = AssumedCorrelations::default();
    if let Some(rho) = context.assumed("within") {
        dependence = dependence.within(rho);
    }
    if let Some(rho) = context.assumed("between") {
        dependence = dependence.between(rho);
    }
    if let Some(phi) = context.assumed("autocorrelation") {
        dependence = dependence.over_time(phi);
    }
    let vi: Vec<f64> = found.iter().map(|(_, effect)| effect.vi).collect();
    let matrix = dependence.matrix(&vi, &rows).map_err(|error| table.in_file(error))?;
    let mut converted = Converted::new();
    let mut lines: Vec<(usize, Line)> = Vec::new();
    let largest = matrix.value.blocks.iter().map(|block| block.rows.len()).max().unwrap_or(1);
    for block in &matrix.value.blocks {
        let size = block.rows.len();
        for (i, &position) in block.rows.iter().enumerate() {
            let Some((row, effect)) = found.get(position).copied() else { continue };
            let mut values = named(&[("yi", effect.yi), ("vi", effect.vi)]);
            // A study with fewer effects has zeros up to the width of the widest, so that no cell is missing.
            for j in 0..largest {
                let value = if j < size { block.values.get(i * size + j).copied() } else { None };
                values.push((format!("v{}i", j + 1), value.unwrap_or(0.0)));
            }
            lines.push((row, Line::new(&block.cluster, vec![row], Derived::reported(values))));
        }
    }
    lines.sort_by_key(|(row, _)| *row);
    converted.lines = lines.into_iter().map(|(_, line)| line).collect();
    converted.steps = matrix.steps;
    let columns: Vec<String> = (1..=largest).map(|j| format!("v{j}i")).collect();
    converted.notes.push(format!("the matrix for multilevel: --vcov \"{}:study\"", columns.join(",")));
    Ok(converted)
}

/// The place of an effect.
fn member(context: &Context<'_>, row: usize) -> Result<EffectPlace> {
    let cells = Cells::new(context, row);
    let mut member = EffectPlace::new(context.table().label(row));
    if let Some(kind) = cells.text("kind") {
        member = member.kind(kind);
    }
    if let Some(subgroup) = cells.text("subgroup") {
        member = member.subgroup(subgroup);
    }
    let observation = cells.text("observation");
    let timed = cells.number("time")?;
    if let Some(time) = timed {
        member = member.time(time);
    }
    if let Some(time) = cells.number("time2")? {
        member = member.time_of_group2(time);
    }
    match (cells.text("group1"), cells.text("group2"), cells.numbers(["w1", "w2"])?) {
        (Some(one), Some(two), Some([w1, w2])) => member = member.groups(one, two, w1, w2),
        (None, None, _) => {
            // Rows that nothing else tells apart are different observations.
            if observation.is_none() && timed.is_none() && !context.has("kind") {
                return Ok(member.observation(row.to_string()));
            }
        }
        _ => {
            return Err(Error::data(
                "groups without their sizes, or one group without the other",
                "give `group1`, `group2`, `w1` and `w2` together",
            ));
        }
    }
    Ok(match observation {
        Some(observation) => member.observation(observation),
        None => member,
    })
}

pub fn pairwise(args: &PairwiseArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| {
        let (named_as_customary, note) = with_customary_roles(context.table())?;
        let customary = context.on(&named_as_customary);
        let context = if note.is_some() { &customary } else { context };
        let table = context.table();
        let (mut arms, mut rows) = (Vec::new(), Vec::new());
        for row in 0..table.len() {
            let cells = Cells::new(context, row);
            let data = arm_data(&cells).map_err(|error| placed(table, error, row))?;
            if let (Some(treatment), Some(data)) = (need_text(context, "treatment", row)?, data) {
                arms.push(PairwiseArm::new(table.label(row), treatment, data));
                rows.push(row);
            }
        }
        if arms.is_empty() {
            return Ok(Converted::rearranged());
        }
        if let Some(reference) = &args.reference
            && !arms.iter().any(|arm| arm.treatment == *reference)
        {
            let mut known: Vec<&str> = arms.iter().map(|arm| arm.treatment.as_str()).collect();
            known.sort_unstable();
            known.dedup();
            return Err(Error::unknown("treatment", reference, known));
        }
        let comparisons = pairs::comparisons(&arms, args.reference.as_deref())
            .map_err(|error| renumbered(table, &rows, error))?;
        let mut converted = Converted::rearranged();
        for comparison in comparisons.rows {
            let members = arms.iter().zip(&rows).filter(|(arm, _)| {
                arm.study == comparison.study
                    && (arm.treatment == comparison.intervention || arm.treatment == comparison.comparator)
            });
            let members: Vec<usize> = members.map(|(_, row)| *row).collect();
            let values = Derived::reported(named(&comparison.data.values()));
            converted.lines.push(
                Line::new(comparison.study, members, values)
                    .text("treatment1", comparison.intervention)
                    .text("treatment2", comparison.comparator),
            );
        }
        converted.notes = note.into_iter().chain(comparisons.notes).collect();
        Ok(converted)
    };
    finish(
        &args.convert,
        inputs,
        &Kind { name: "pairwise", assumptions: &[], measure: None, convert: &convert },
    )
}

pub fn long(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let convert = |context: &Context<'_>| {
        let table = context.table();
        let (mut comparisons, mut rows) = (Vec::new(), Vec::new());
        for row in 0..table.len() {
            let cells = Cells::new(context, row);
            let pair = pair_data(&cells).map_err(|error| placed(table, error, row))?;
            let one = need_text(context, "treatment1", row)?;
            let two = need_text(context, "treatment2", row)?;
            if let (Some(one), Some(two), Some(pair)) = (one, two, pair) {
                comparisons.push(PairwiseComparison::new(table.label(row), one, two, pair));
                rows.push(row);
            }
        }
        let mut converted = Converted::rearranged();
        for arm in pairs::arms(&comparisons).map_err(|error| renumbered(table, &rows, error))? {
            let members = comparisons.iter().zip(&rows).filter(|(c, _)| {
                c.study == arm.study && (c.intervention == arm.treatment || c.comparator == arm.treatment)
            });
            let members: Vec<usize> = members.map(|(_, row)| *row).collect();
            let values = Derived::reported(named(&arm.data.values()));
            converted.lines.push(Line::new(arm.study, members, values).text("treatment", arm.treatment));
        }
        Ok(converted)
    };
    finish(args, inputs, &Kind { name: "long", assumptions: &[], measure: None, convert: &convert })
}

/// An error whose row counts the rows that were read, with the number of that row in the file.
pub fn renumbered(table: &Table, rows: &[usize], error: Error) -> Error {
    let error = match error {
        Error::Data { mut place, found, remedy } => {
            if let Some(row) = place.row.and_then(|row| rows.get(row.wrapping_sub(1))) {
                place.row = Some(table.row_number(*row));
            }
            Error::Data { place, found, remedy }
        }
        other => other,
    };
    table.in_file(error)
}
