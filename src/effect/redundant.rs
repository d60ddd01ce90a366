//! Columns of raw data that say the same thing twice: margins beside cells, effects beside counts; and rows of totals.

use super::{DataKind, Outcome, StandardizedDifference, rows::RoleColumn};
use crate::{Error, Measure, Result, table::Table};

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

/// Refuses events that are all between 0 and 1 of larger groups: risks in a column of counts.
pub(super) fn risks(table: &Table, kind: DataKind, columns: &[RoleColumn]) -> Result<()> {
    let pairs: &[(&str, &str)] = match kind {
        DataKind::TwoByTwo => &[("ai", "n1i"), ("ci", "n2i")],
        DataKind::Proportion => &[("xi", "ni")],
        _ => return Ok(()),
    };
    let column = |role: &str| columns.iter().find(|(known, _)| *known == role).map(|(_, values)| values);
    let of_groups = pairs.iter().filter_map(|(events, size)| Some((*events, column(events)?, column(size)?)));
    for (events, counts, sizes) in of_groups {
        let known = counts.iter().zip(sizes).filter_map(|(count, size)| Some(((*count)?, (*size)?)));
        let shares = |(count, size): (f64, f64)| (0.0..=1.0).contains(&count) && size > 1.0;
        // a half is what continuity corrections add
        let part = |count: Option<f64>| count.is_some_and(|count| count > 0.0 && count < 1.0 && count != 0.5);
        let Some(row) = counts.iter().position(|count| part(*count)) else { continue };
        if known.clone().count() > 0 && known.into_iter().all(shares) {
            let value = counts.get(row).copied().flatten().unwrap_or_default();
            let found = format!(
                "`{events}` is {value}, and no number of the column is above 1: these are risks, no events"
            );
            let name = table.role(events);
            let remedy = "give the events: the risk times the size of the group";
            return Err(table.at(Error::data(found, remedy), row, name));
        }
    }
    Ok(())
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

/// The beginnings of labels of rows of totals, before an interval, a model or a heterogeneity in brackets.
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
    // numbers of rows say nothing
    let mut totals = table.labels_that(rows.iter().copied(), is_total);
    totals.dedup();
    note_of_totals(&totals)
}

/// True for labels of rows of totals: what stands in brackets, such as an interval, is not looked at.
pub(super) fn is_total(label: &str) -> bool {
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

/// The share by which effects may differ that are estimates of the same thing by another formula.
const NEARLY: f64 = 0.15;

/// Effects in a column beside those that follow from the raw data.
#[derive(Default)]
struct Compared {
    agreeing: usize,
    /// Standardized differences without the correction for small samples.
    uncorrected: usize,
    /// Of about the same size with the other sign.
    turned: Vec<(usize, f64, f64)>,
    others: Vec<(usize, f64, f64)>,
}

/// Compares effects in a column `yi` with those that follow from the raw data: where most of them agree, those that do not
/// are contradictions, and so is another sign of a few; where most differ the column holds another measure, which a note says.
pub(super) fn effects(
    table: &Table,
    measure: Measure,
    rows: &[usize],
    outcomes: &[Outcome],
) -> Result<Option<String>> {
    let Some(name) = table.own_role("yi").ok().flatten() else { return Ok(None) };
    let (given, _) = table.numbers_and_faults(name)?;
    let mut compared = Compared::default();
    for (&row, outcome) in rows.iter().zip(outcomes) {
        // corrected counts depend on a policy that the column may not share
        let (Some(yi), Some(found)) = (outcome.yi(), given.get(row).copied().flatten()) else { continue };
        if !outcome.notes.is_empty() {
            continue;
        }
        let decimals = table.column(name)?.decimals(row).unwrap_or(0);
        let half = 0.5 * 10_f64.powi(-i32::try_from(decimals.min(300)).unwrap_or(300));
        // a per mille for what was rounded on the way to the column
        let near = |own: f64| (own - found).abs() <= half * 1.5 + 1e-3 * own.abs();
        // Hedges' factor 1 − 3/(4m − 1), whose exact form differs by less than the per mille
        let factor = outcome.size.filter(|n| measure == Measure::StandardizedMeanDifference && *n > 4.0);
        let uncorrected = factor.is_some_and(|n| near(yi / (1.0 - 3.0 / (4.0 * n - 9.0))));
        let far = outcome.vi().is_some_and(|vi| yi * yi > vi);
        let alike = far && (yi + found).abs() <= half * 1.5 + NEARLY * yi.abs() && yi * found < 0.0;
        match (near(yi), uncorrected, alike) {
            (true, ..) => compared.agreeing += 1,
            (_, true, _) => compared.uncorrected += 1,
            (.., true) => compared.turned.push((row, yi, found)),
            _ => compared.others.push((row, yi, found)),
        }
    }
    compared.judged(table, name)
}

impl Compared {
    /// The note on a column that holds something else; an error where few rows of it contradict the raw data.
    fn judged(self, table: &Table, name: &str) -> Result<Option<String>> {
        let Compared { agreeing, uncorrected, turned, others } = self;
        let same = agreeing.max(uncorrected);
        let differing = turned.len() + others.len();
        let close = |(_, yi, found): &&(usize, f64, f64)| (yi - found).abs() <= NEARLY * yi.abs();
        let straight = agreeing + uncorrected + others.iter().filter(close).count();
        let contradicts = |(row, yi, found): (usize, f64, f64), rest: &str| {
            let found = format!("`{name}` is {found}, but the raw data give {yi:.4}; {rest}");
            let remedy = "one of them is wrong: mend it, or leave the column out";
            Err(table.at(Error::data(found, remedy), row, Some(name)))
        };
        let first = turned.iter().chain(&others).min_by_key(|(row, ..)| *row).copied();
        let of_other_sign = turned.first().copied().filter(|_| turned.len() < straight);
        let why = match (first, of_other_sign) {
            (Some(first), _) if same > differing => return contradicts(first, "the other rows agree"),
            (_, Some(turned)) => return contradicts(turned, "the signs of the other rows agree"),
            (None, _) if uncorrected > agreeing => {
                return Ok(Some(format!(
                    "effects were computed from the raw data; the column `{name}` has them without the correction for small samples"
                )));
            }
            (None, _) => return Ok(None),
            _ if same == 0 && others.is_empty() => {
                "has the other sign: the groups of one of them are exchanged"
            }
            _ if same == 0 => "is another effect",
            _ => "differs in some rows",
        };
        Ok(first.map(|(row, yi, found)| {
            format!(
                "effects were computed from the raw data; the column `{name}` {why} ({}: {found} and {yi:.4})",
                table.label(row)
            )
        }))
    }
}
