//! `convert shared-comparator`, `endpoints`: effects that share people, with their sampling covariances.

use crate::{
    Error, Measure, Result,
    convert::{
        Derived,
        import::pairwise::PairData,
        unit::dependent::{self, CorrelatedEffects},
    },
    effect::BiasCorrection,
};

use super::{
    Kind, by_study,
    cells::{Cells, Context, ReportedOrAssumed, Values, named},
    columns::placed,
    finish,
    many::{pair_data, renumbered},
    result::{Converted, Line},
};
use crate::request::{Answer, Inputs, args::ConvertArgs};

fn measure(args: &ConvertArgs) -> Result<Measure> {
    if !args.sensitivity.is_empty() {
        return Err(Error::setting(
            "--sensitivity",
            "effects with a covariance matrix are not pooled here",
            "give the result to `multilevel --vcov`, once for each value",
        ));
    }
    args.measure
        .ok_or_else(|| Error::setting("--measure", "no measure is named", "name one, such as --measure OR"))
}

pub fn shared_comparator(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let measure = measure(args)?;
    let convert = |context: &Context<'_>| {
        studies(context, &|_, pairs| dependent::shared_comparator(pairs, measure, BiasCorrection::Exact))
    };
    finish(
        args,
        inputs,
        &Kind { name: "shared-comparator", assumptions: &[], measure: None, convert: &convert },
    )
}

pub fn endpoints(args: &ConvertArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let measure = measure(args)?;
    let convert = |context: &Context<'_>| {
        studies(context, &|rows, pairs| {
            if pairs.len() == 1 {
                return dependent::endpoints(pairs, measure, &[0.0], BiasCorrection::Exact);
            }
            let r = correlation(context, rows)?;
            let derived = dependent::endpoints(pairs, measure, &[r.value()], BiasCorrection::Exact)?;
            Ok(r.told(derived, "correlation"))
        })
    };
    let kind = Kind { name: "endpoints", assumptions: &["correlation"], measure: None, convert: &convert };
    finish(args, inputs, &kind)
}

/// The correlation of a study's outcomes, the same in all of its rows.
fn correlation(context: &Context<'_>, rows: &[usize]) -> Result<ReportedOrAssumed> {
    let mut found: Option<ReportedOrAssumed> = None;
    for &row in rows {
        let r = Cells::new(context, row).needed(&["ri"], "correlation")?;
        if let Some(known) = found
            && known.value() != r.value()
        {
            return Err(Error::data(
                format!("correlation {} where an earlier row of the study has {}", r.value(), known.value()),
                "give one correlation of the outcomes for each study",
            )
            .in_column("ri"));
        }
        found = Some(r);
    }
    found.ok_or_else(|| Error::data("a study without rows", "give at least one row"))
}

/// The derivation of dependent effects of the rows of a study with their data.
type OfStudy<'a> = dyn Fn(&[usize], &[PairData]) -> Result<Derived<CorrelatedEffects>> + 'a;

fn studies(context: &Context<'_>, of_study: &OfStudy<'_>) -> Result<Converted> {
    let table = context.table();
    let mut converted = Converted::new();
    let mut lines: Vec<(usize, Line)> = Vec::new();
    let mut largest = 1;
    for (study, rows) in by_study(table) {
        let (mut members, mut pairs) = (Vec::new(), Vec::new());
        for row in rows {
            let pair = pair_data(&Cells::new(context, row)).map_err(|e| placed(table, e, row))?;
            if let Some(pair) = pair {
                members.push(row);
                pairs.push(pair);
            }
        }
        if pairs.is_empty() {
            continue;
        }
        let derived = of_study(&members, &pairs)
            .map_err(|error| renumbered(table, &members, error.in_study(study.clone())))?;
        largest = largest.max(pairs.len());
        for (i, (&row, effect)) in members.iter().zip(&derived.value.effects).enumerate() {
            let mut values = named(&[("yi", effect.yi), ("vi", effect.vi), ("sei", effect.sei())]);
            for j in 0..pairs.len() {
                values.push((format!("v{}i", j + 1), derived.value.covariance(i, j)));
            }
            let values: Values = derived.clone().map(|_| values);
            lines.push((row, Line::new(&study, vec![row], values)));
        }
    }
    // A study with fewer effects has zeros up to the width of the widest, so that no cell is missing.
    for (_, line) in &mut lines {
        for j in line.values.len().saturating_sub(3)..largest {
            line.values.push((format!("v{}i", j + 1), 0.0));
        }
    }
    lines.sort_by_key(|(row, _)| *row);
    converted.lines = lines.into_iter().map(|(_, line)| line).collect();
    let columns: Vec<String> = (1..=largest).map(|j| format!("v{j}i")).collect();
    converted.notes.push(format!("the matrix for multilevel: --vcov \"{}:study\"", columns.join(",")));
    Ok(converted)
}
