//! `convert se`, `two-by-two`, `absolute`: effects with standard errors, tables, and what effects mean at a baseline risk.

use crate::{
    Error, Measure, Result,
    convert::{
        Derived,
        baseline_risk::{EventValue, NntInterval, RelativeEffect},
        metrics,
        standard_error::{self, PValue, ReportedInterval, ReportedScale, Sides, Statistic},
        two_by_two::{self as tables, CellRounding as Rounding, Relative, TableMargins},
    },
    effect::{DataKind, Effect, TwoByTwo, columns_symmetric_as_ratios, compare_counts},
    table::Table,
};

use super::{
    Kind, by_row,
    cells::{Cells, Values, effect_values, named},
    columns::placed,
    finish, means,
    result::{Converted, Line, reported},
};
use crate::request::{
    Answer, Inputs,
    args::{AbsoluteArgs, CellsChoice, RelativeMeasure, SeArgs, TwoByTwoArgs},
};

pub fn standard_errors(args: &SeArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let scale = args.scale.unwrap_or(ReportedScale::Identity);
    let sides = if args.one_sided { Sides::One } else { Sides::Two };
    let convert = |context: &super::Context<'_>| {
        if args.scale.is_none() {
            check_ratios(context.table())?;
        }
        by_row(context, &|cells| standard_error(cells, scale, sides))
    };
    let kind =
        Kind { name: "se", assumptions: &["p_value"], measure: Some(Measure::Generic), convert: &convert };
    finish(&args.convert, inputs, &kind)
}

/// Refuses intervals that are those of ratios where no scale is stated.
fn check_ratios(table: &Table) -> Result<()> {
    let column = |role| table.role(role).map(|name| table.numbers_and_faults(name)).transpose();
    let (Some(yi), Some(lower), Some(upper)) = (column("yi")?, column("ci_lower")?, column("ci_upper")?)
    else {
        return Ok(());
    };
    match columns_symmetric_as_ratios(&yi.0, &lower.0, &upper.0) {
        Some(found) => Err(Error::setting(
            "--scale",
            found,
            "state what they are: --scale ratio for ratios, --scale identity for anything that is analyzed as it stands",
        )),
        None => Ok(()),
    }
}

fn standard_error(cells: &Cells<'_, '_>, scale: ReportedScale, sides: Sides) -> Result<Option<Values>> {
    let statistic = match cells.number("df")? {
        Some(df) => Statistic::T { df },
        None => Statistic::Z,
    };
    let estimate = cells.number("yi")?;
    if let Some(yi) = estimate
        && (cells.number("vi")?.is_some() || cells.number("sei")?.is_some())
    {
        let effect = cells.effect()?.map(|e| scale.analysed(yi).map(|yi| Effect { yi, vi: e.vi }));
        return Ok(effect.transpose()?.map(|e| effect_values(Derived::reported(e))));
    }
    if let Some([lower, upper]) = cells.numbers(["ci_lower", "ci_upper"])? {
        let mut interval =
            ReportedInterval::new(lower, upper)?.level(means::level(cells)?).statistic(statistic);
        if let Some(yi) = estimate {
            interval = interval.around(yi);
        }
        return interval.effect(scale).map(|d| Some(effect_values(d)));
    }
    let Some(yi) = estimate else { return Ok(None) };
    let yi = scale.analysed(yi).map_err(|error| error.in_column("yi"))?;
    let derived = if let Some(value) = cells.number("statistic")? {
        standard_error::from_statistic(yi, value)?
    } else if let Some(f) = cells.number("f")? {
        standard_error::from_f(yi, f)?
    } else if let Some(chi2) = cells.number("chi2")? {
        standard_error::from_chi_square(yi, chi2)?
    } else if let Some(text) = cells.text("p_value") {
        let p = text.parse::<PValue>().map_err(|error| error.in_column("p_value"))?;
        let p = match p.relation {
            crate::convert::Relation::Equal => p,
            _ => match cells.assumed("p_value") {
                Some(value) => p.taken_as(value)?,
                None => p,
            },
        };
        p.sides(sides).effect(yi, statistic)?
    } else {
        return Ok(None);
    };
    Ok(Some(effect_values(derived)))
}

pub fn two_by_two(args: &TwoByTwoArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let rounding = match args.cells {
        CellsChoice::Rounded => Rounding::Rounded,
        CellsChoice::Exact => Rounding::Exact,
    };
    let convert = |context: &super::Context<'_>| {
        margins(context.table())?;
        by_row(context, &|cells| table(cells, rounding))
    };
    finish(
        &args.convert,
        inputs,
        &Kind { name: "two-by-two", assumptions: &["risk2"], measure: None, convert: &convert },
    )
}

/// Refuses cells that do not add up to the sizes of the groups beside them.
fn margins(table: &Table) -> Result<()> {
    let column = |role: &'static str| {
        let name = table.role(role)?;
        Some(table.numbers_and_faults(name).map(|(values, _)| (role, values)))
    };
    let columns = ["ai", "bi", "ci", "di"].into_iter().filter_map(column).collect::<Result<Vec<_>>>()?;
    if columns.len() == 4 { compare_counts(table, DataKind::TwoByTwo, &columns) } else { Ok(()) }
}

fn table(cells: &Cells<'_, '_>, rounding: Rounding) -> Result<Option<Values>> {
    let values = |derived: Derived<TwoByTwo>| {
        derived.map(|t| named(&[("ai", t.ai()), ("bi", t.bi()), ("ci", t.ci()), ("di", t.di())]))
    };
    if let Some([a, b, c, d]) = cells.numbers(["ai", "bi", "ci", "di"])? {
        return Ok(Some(values(Derived::reported(TwoByTwo::new(a, b, c, d)?))));
    }
    if let Some([a, n1, c, n2]) = cells.numbers(["ai", "n1i", "ci", "n2i"])? {
        return Ok(Some(values(Derived::reported(TwoByTwo::from_totals(a, n1, c, n2)?))));
    }
    let (odds, risk) = (cells.number("odds_ratio")?, cells.number("risk_ratio")?);
    if let Some([n1, n2]) = cells.numbers(["n1i", "n2i"])? {
        if let Some([p1, p2]) = cells.numbers(["percent1", "percent2"])? {
            return percentages([p1, p2], [n1, n2], rounding).map(Some);
        }
        if let Some([sensitivity, specificity]) = cells.numbers(["sensitivity", "specificity"])? {
            return metrics::diagnostic_odds_ratio(sensitivity, specificity, n1, n2).map(values).map(Some);
        }
        let relative = risk.map(Relative::RiskRatio).or(odds.map(Relative::OddsRatio));
        if let Some(relative) = relative
            && cells.number("events")?.is_none()
        {
            let risk2 = cells.needed(&["risk2"], "risk2")?;
            let mut derived = tables::from_risk(relative, risk2.value(), n1, n2, rounding)?;
            if matches!(risk2, super::cells::ReportedOrAssumed::Assumed(_)) {
                for step in &mut derived.steps {
                    step.assumptions.push(crate::convert::Assumption::of("risk in group 2", risk2.value()));
                    step.sources.retain(|source| source.name != "risk in group 2");
                }
            }
            return Ok(Some(values(derived)));
        }
    }
    let (total, n1) = (cells.number("ni")?, cells.number("n1i")?);
    let total = match (total, n1, cells.number("n2i")?) {
        (None, Some(n1), Some(n2)) => Some(n1 + n2),
        (total, ..) => total,
    };
    if let (Some(n), Some(n1), Some(events)) = (total, n1, cells.number("events")?) {
        let margins = TableMargins::new(n, n1, events)?;
        let derived = if let Some(odds) = odds {
            margins.odds_ratio(odds, rounding)?
        } else if let Some(phi) = cells.number("phi")? {
            margins.phi(phi, rounding)?
        } else if let Some(chi2) = cells.number("chi2")? {
            let Some(direction) = cells.number("direction")? else {
                return Err(Error::data(
                    "a chi-square without its direction",
                    "give a column `direction`: 1 if group 1 has more events than expected, else -1",
                )
                .in_column("chi2"));
            };
            margins.chi_square(chi2, direction, rounding)?
        } else {
            return Ok(None);
        };
        return Ok(Some(values(derived)));
    }
    Ok(None)
}

/// Counts from the percentages of both groups.
fn percentages(percent: [f64; 2], n: [f64; 2], rounding: Rounding) -> Result<Values> {
    let mut steps = Vec::new();
    let mut counts = [0.0; 2];
    for (i, ((count, percent), n)) in counts.iter_mut().zip(percent).zip(n).enumerate() {
        let mut derived = crate::convert::before_after::percentage(percent, n)
            .map_err(|error| error.in_column(format!("percent{}", i + 1)))?;
        let exact = derived.value.xi();
        *count = if rounding == Rounding::Rounded { exact.round().min(n) } else { exact };
        if (exact - *count).abs() > 0.1 {
            for step in &mut derived.steps {
                step.notes.push(format!(
                    "{percent} per cent of {n} is no whole number of people: rounded to {count}"
                ));
            }
        }
        super::cells::of_group(&mut derived.steps, &format!("group {}", i + 1));
        steps.extend(derived.steps);
    }
    let t = TwoByTwo::from_totals(counts[0], n[0], counts[1], n[1])?;
    let mut values = reported(named(&[("ai", t.ai()), ("bi", t.bi()), ("ci", t.ci()), ("di", t.di())]));
    values.steps = steps;
    Ok(values)
}

pub fn absolute(args: &AbsoluteArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let direction = if args.desirable { EventValue::Desirable } else { EventValue::Undesirable };
    let convert = |context: &super::Context<'_>| {
        let table = context.table();
        let mut converted = Converted::new();
        for row in 0..table.len() {
            let cells = Cells::new(context, row);
            if let Some(line) =
                at_risk(&cells, args.effect, direction).map_err(|error| placed(table, error, row))?
            {
                let (values, nnt) = line;
                converted.lines.push(Line::new(table.label(row), vec![row], values).text("nnt", nnt));
            }
        }
        Ok(converted)
    };
    let kind = Kind { name: "absolute", assumptions: &["baseline_risk"], measure: None, convert: &convert };
    if !args.convert.sensitivity.is_empty() {
        return Err(Error::setting(
            "--sensitivity",
            "absolute effects are not pooled",
            "give one row for each baseline risk in a column `baseline_risk`",
        ));
    }
    finish(&args.convert, inputs, &kind)
}

fn at_risk(
    cells: &Cells<'_, '_>,
    effect: RelativeMeasure,
    direction: EventValue,
) -> Result<Option<(Values, String)>> {
    let Some([estimate, lower, upper]) = cells.numbers(["estimate", "ci_lower", "ci_upper"])? else {
        return Ok(None);
    };
    let make = match effect {
        RelativeMeasure::Rr => RelativeEffect::risk_ratio,
        RelativeMeasure::Or => RelativeEffect::odds_ratio,
        RelativeMeasure::Hr => RelativeEffect::hazard_ratio,
        RelativeMeasure::Rd => RelativeEffect::risk_difference,
    };
    let baseline = cells.needed(&["baseline_risk"], "baseline_risk")?;
    let derived =
        baseline.told(make(estimate, lower, upper)?.at(baseline.value(), direction)?, "baseline risk");
    let nnt = derived.value.nnt.to_string();
    let values = derived.map(|effect| {
        let mut values = named(&[("baseline", effect.baseline_risk)]);
        let all = [
            ("risk", Some(effect.risk)),
            ("risk_difference", Some(effect.risk_difference)),
            ("risk_ratio", Some(effect.risk_ratio)),
            ("odds_ratio", effect.odds_ratio),
            ("per_1000", Some(effect.per_1000)),
        ];
        for (name, interval) in all {
            if let Some(i) = interval {
                values.push((name.to_owned(), i.estimate));
                values.push((format!("{name}_ci_lower"), i.ci_lower));
                values.push((format!("{name}_ci_upper"), i.ci_upper));
            }
        }
        if let Some(nnt) = effect.nnt.estimate {
            values.push(("nnt_estimate".to_owned(), nnt));
        }
        if let NntInterval::TwoParts { benefit_from, harm_from } = effect.nnt.interval {
            values.push(("nnt_benefit_from".to_owned(), benefit_from));
            values.push(("nnt_harm_from".to_owned(), harm_from));
        }
        values
    });
    Ok(Some((values, nnt)))
}
