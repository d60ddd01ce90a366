//! Columns of raw data that say the same thing twice: margins beside cells, effects beside counts; and rows of totals.

use super::{DataKind, Outcome, StandardizedDifference, rows::RoleColumn};
use crate::{Error, Result, table::Table};

/// Refuses cells that do not add up to the margins beside them.
fn margins(table: &Table, kind: DataKind, columns: &[RoleColumn]) -> Result<()> {
    let sums: &[(&str, &str, &str)] = match kind {
        DataKind::TwoByTwo => &[("ai", "bi", "n1i"), ("ci", "di", "n2i")],
        DataKind::Proportion => &[("xi", "mi", "ni")],
        _ => return Ok(()),
    };
    let value = |role: &str, row: usize| match columns.iter().find(|(known, _)| *known == role) {
        Some((_, values)) => values.get(row).copied().flatten(),
        None => None,
    };
    for &(events, others, size) in sums {
        // the column of the three that the measure does not need
        let needed = |role: &str| columns.iter().any(|(known, _)| *known == role);
        let spare = if needed(others) { size } else { others };
        let Some(name) = table.own_role(spare).ok().flatten() else { continue };
        let (spared, _) = table.numbers_and_faults(name)?;
        for row in 0..table.len() {
            let beside = spared.get(row).copied().flatten();
            let (Some(a), Some(b), Some(n)) = (
                value(events, row),
                if spare == others { beside } else { value(others, row) },
                if spare == size { beside } else { value(size, row) },
            ) else {
                continue;
            };
            // weighted or imputed counts have decimals, each rounded by up to half a unit of its last one
            let half = |role: &str| {
                let column = table.role(role).and_then(|name| table.column(name).ok());
                match column.and_then(|c| c.decimals(row)).unwrap_or(0) {
                    0 => 0.0,
                    decimals => 0.5 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300)),
                }
            };
            let slack = half(events) + half(others) + half(size) + 1e-9 * n.abs();
            if (a + b - n).abs() > slack {
                let found = format!("{events} + {others} is {} but {size} is {n}", a + b);
                let remedy = "one of the numbers is wrong: mend it, or leave one of the columns out";
                return Err(table.at(Error::data(found, remedy), row, Some(name)));
            }
        }
    }
    Ok(())
}

/// Refuses cells that contradict their margins, and numbers in which a point may stand between thousands: `1.200` where all numbers have
/// three decimals or none.
pub(crate) fn compare_counts(table: &Table, kind: DataKind, columns: &[RoleColumn]) -> Result<()> {
    for (role, values) in columns {
        if let Some(name) = table.role(role) {
            table.refuse_grouped(name, values)?;
        }
    }
    margins(table, kind, columns)
}

/// Names that rows of totals bear.
const TOTALS: [&str; 23] = [
    "total",
    "totals",
    "overall",
    "pooled",
    "subtotal",
    "summary",
    "sum",
    "mean",
    "average",
    "combined",
    "all studies",
    "grand total",
    "re model",
    "fe model",
    "ce model",
    "diamond",
    "weighted mean",
    "weighted average",
    "meta-analysis",
    "metaanalysis",
    "insgesamt",
    "gesamt",
    "summe",
];

/// How the labels of rows of totals begin, before an interval, a model or a heterogeneity in brackets.
const BEGINNINGS: [&str; 11] = [
    "total",
    "subtotal",
    "sub-total",
    "overall",
    "pooled",
    "summary",
    "random effect",
    "fixed effect",
    "common effect",
    "random-effect",
    "fixed-effect",
];

/// A note on rows that seem to hold totals: by their label, or because each of their counts is the sum of the others.
pub(crate) fn totals(table: &Table, kind: DataKind, columns: &[RoleColumn], rows: &[usize]) -> Vec<String> {
    let counts =
        matches!(kind, DataKind::TwoByTwo | DataKind::PersonTime | DataKind::Proportion | DataKind::Rate);
    let sums: Vec<f64> = columns
        .iter()
        .map(|(_, values)| rows.iter().filter_map(|row| values.get(*row).copied().flatten()).sum())
        .collect();
    let is_sum = |row: usize| {
        counts
            && rows.len() > 2
            && columns.iter().zip(&sums).all(|((_, values), sum)| {
                let value = values.get(row).copied().flatten().unwrap_or(f64::NAN);
                (2.0 * value - sum).abs() <= 1e-9 * sum.abs() && value > 0.0
            })
    };
    let found: Vec<String> = rows
        .iter()
        .filter(|row| is_total(&table.label(**row)) || is_sum(**row))
        .map(|row| table.label(*row))
        .collect();
    note_of_totals(&found).into_iter().collect()
}

/// A note on rows whose labels say that they hold totals.
pub(crate) fn labelled_totals(table: &Table, rows: &[usize]) -> Option<String> {
    if !table.is_labelled() {
        return None; // numbers of rows say nothing
    }
    let mut totals = table.labels_of(rows.iter().copied());
    totals.retain(|label| is_total(label));
    totals.dedup();
    note_of_totals(&totals)
}

/// True for labels of rows of totals: what stands in brackets, such as an interval, is not looked at.
fn is_total(label: &str) -> bool {
    let label = label.trim().to_lowercase();
    let before = label.split(['(', '[', ':', ',']).next().unwrap_or_default();
    let bare = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let begins = |beginning: &str| {
        bare.strip_prefix(beginning)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() && c != 's'))
    };
    TOTALS.contains(&bare)
        || !bare.contains(|c: char| c.is_ascii_digit())
            && BEGINNINGS.iter().any(|beginning| begins(beginning))
}

fn note_of_totals(labels: &[String]) -> Option<String> {
    (!labels.is_empty()).then(|| {
        format!(
            "a row that seems to hold totals is analyzed as a study: {}; leave it out with --exclude \"{}\" if it does",
            labels.join(", "),
            labels.join(", ")
        )
    })
}

/// A note on rows whose total `ni` is not the sum of the two groups beside it, which are taken.
pub(super) fn sizes(table: &Table, columns: &[RoleColumn], rows: &[usize]) -> Option<String> {
    let column = |role: &str| columns.iter().find(|(known, _)| *known == role).map(|(_, values)| values);
    let (first, second) = (column("n1i")?, column("n2i")?);
    let name = table.own_role("ni").ok().flatten().filter(|_| column("ni").is_none())?;
    let (totals, _) = table.numbers_and_faults(name).ok()?;
    let at = |values: &[Option<f64>], row: usize| values.get(row).copied().flatten();
    let differs = |&&row: &&usize| match (at(first, row), at(second, row), at(&totals, row)) {
        (Some(one), Some(other), Some(total)) => (one + other - total).abs() > 1e-9 * total.abs(),
        _ => false,
    };
    let found: Vec<String> = rows.iter().filter(differs).map(|row| table.label(*row)).collect();
    (!found.is_empty())
        .then(|| format!("`{name}` is not the sum of the two groups, which were taken: {}", found.join(", ")))
}

/// The constructors of standardized differences by the roles that they read.
type Maker = (&'static str, fn(f64, f64, f64) -> Result<StandardizedDifference>);
const MAKERS: [Maker; 4] = [
    ("di", StandardizedDifference::from_d),
    ("gi", StandardizedDifference::from_g),
    ("ti", StandardizedDifference::from_t),
    ("pi", StandardizedDifference::from_p),
];

/// Compares standardized differences, t or P values beside those that are read: where most rows agree, those that do not are
/// contradictions; where most differ the column holds something else, which a note says.
pub(super) fn differences(table: &Table, columns: &[RoleColumn], rows: &[usize]) -> Result<Option<String>> {
    let column = |role: &str| columns.iter().find(|(known, _)| *known == role).map(|(_, values)| values);
    let at = |role: &str, row: usize| column(role)?.get(row).copied().flatten();
    let Some((own, make)) = MAKERS.into_iter().find(|(role, _)| column(role).is_some()) else {
        return Ok(None);
    };
    for (other, make_other) in MAKERS.into_iter().filter(|(role, _)| *role != own) {
        let Some(name) = table.own_role(other).ok().flatten() else { continue };
        let (beside, _) = table.numbers_and_faults(name)?;
        let (mut agreeing, mut differing, mut first) = (0_usize, 0_usize, None);
        for &row in rows {
            let half = at("ni", row).map(|total| 0.5 * total);
            let (Some(n1), Some(n2)) = (at("n1i", row).or(half), at("n2i", row).or(half)) else { continue };
            let (Some(value), Some(found)) = (at(own, row), beside.get(row).copied().flatten()) else {
                continue;
            };
            let (Ok(taken), Ok(given)) = (make(value, n1, n2), make_other(found, n1, n2)) else { continue };
            let (taken, given) = (taken.di(), given.di());
            // P values have no sign in most files
            let unsigned = own == "pi" || other == "pi";
            let apart = if unsigned { taken.abs() - given.abs() } else { taken - given };
            // a tenth for P values of two digits
            if apart.abs() <= 0.05 + 0.1 * taken.abs() {
                agreeing += 1;
            } else {
                differing += 1;
                first.get_or_insert((row, found, given, taken));
            }
        }
        let Some((row, found, given, taken)) = first else { continue };
        if agreeing >= differing {
            let found =
                format!("`{other}` is {found}, which is d = {given:.3}, but `{own}` makes {taken:.3}");
            let remedy = "one of them is wrong: mend it, or leave its column out";
            return Err(table.at(Error::data(found, remedy), row, Some(name)));
        }
        return Ok(Some(format!(
            "differences were taken from `{own}`; the column `{name}` makes others ({}: {given:.3} and {taken:.3})",
            table.label(row)
        )));
    }
    Ok(None)
}

/// Compares variances in a column `vi` or `sei` with those that follow from the raw data: where most of them agree, those that do not
/// are contradictions; where most differ the column holds another estimator, which a note says.
pub(super) fn variances(table: &Table, rows: &[usize], outcomes: &[Outcome]) -> Result<Option<String>> {
    let column = |role| table.own_role(role).ok().flatten();
    let (Some(name), squared) = (column("vi").or_else(|| column("sei")), column("vi").is_none()) else {
        return Ok(None);
    };
    let (given, _) = table.numbers_and_faults(name)?;
    let (mut agreeing, mut differing, mut first) = (0_usize, 0_usize, None);
    for (&row, outcome) in rows.iter().zip(outcomes) {
        let (Some(vi), Some(found)) = (outcome.vi(), given.get(row).copied().flatten()) else { continue };
        if !outcome.notes.is_empty() {
            continue;
        }
        let decimals = table.column(name)?.decimals(row).unwrap_or(0);
        let half = 0.75 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300));
        let own = if squared { vi.sqrt() } else { vi };
        // a per cent for what was rounded on the way to the column
        if (own - found).abs() <= half + 1e-2 * own {
            agreeing += 1;
        } else {
            differing += 1;
            first.get_or_insert((row, own, found));
        }
    }
    let Some((row, own, found)) = first else { return Ok(None) };
    if agreeing > differing {
        let found = format!("`{name}` is {found}, but the raw data give {own:.4}; the other rows agree");
        let remedy = "one of them is wrong: mend it, or leave the column out";
        return Err(table.at(Error::data(found, remedy), row, Some(name)));
    }
    Ok(Some(format!(
        "variances were computed from the raw data; the column `{name}` has others ({}: {found} and {own:.4})",
        table.label(row)
    )))
}

/// Compares effects in a column `yi` with those that follow from the raw data: where most of them agree, those that do not
/// are contradictions; where most differ the column holds another measure, which a note says.
pub(super) fn effects(table: &Table, rows: &[usize], outcomes: &[Outcome]) -> Result<Option<String>> {
    let Some(name) = table.own_role("yi").ok().flatten() else { return Ok(None) };
    let (given, _) = table.numbers_and_faults(name)?;
    let (mut agreeing, mut first) = (0_usize, None);
    let (mut differing, mut turned) = (0_usize, 0_usize);
    for (&row, outcome) in rows.iter().zip(outcomes) {
        // corrected counts depend on a policy that the column may not share
        let (Some(yi), Some(found)) = (outcome.yi(), given.get(row).copied().flatten()) else { continue };
        if !outcome.notes.is_empty() {
            continue;
        }
        let decimals = table.column(name)?.decimals(row).unwrap_or(0);
        let half = 0.5 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300));
        // a per mille for what was rounded on the way to the column
        let near = |found: f64| (yi - found).abs() <= half * 1.5 + 1e-3 * yi.abs();
        if near(found) {
            agreeing += 1;
        } else {
            differing += 1;
            turned += usize::from(near(-found));
            first.get_or_insert((row, yi, found));
        }
    }
    match first {
        Some((row, yi, found)) if agreeing > differing => {
            let found = format!("`{name}` is {found}, but the raw data give {yi:.4}; the other rows agree");
            let remedy = "one of them is wrong: mend it, or leave the column out";
            Err(table.at(Error::data(found, remedy), row, Some(name)))
        }
        Some((row, yi, found)) => {
            let why = match (agreeing, turned) {
                (0, turned) if turned == differing => {
                    "has the other sign: the groups of one of them are exchanged"
                }
                (0, _) => "is another effect",
                _ => "differs in some rows",
            };
            Ok(Some(format!(
                "effects were computed from the raw data; the column `{name}` {why} ({}: {found} and {yi:.4})",
                table.label(row)
            )))
        }
        None => Ok(None),
    }
}
