//! From a table to the raw data of studies: roles to columns, rows to typed values.
//!
//! The columns are a set of raw data that is all there, or ready-made effects, which serve any measure. Columns that bear the
//! names of roles in any spelling come before those that bear customary names of other programs. A row without a needed value
//! is left out.

use super::{
    DataKind, Generic, Measure, Scale, StudyData, VarianceType,
    generic::{check_scale_of, may_be_ratios},
    ready::{self, ready_made},
    redundant,
    roles::RoleSet,
    rows::{RoleColumn, placed, typed},
};
use crate::{
    Error, Result,
    table::{Table, quoted_name, spelled},
};

/// The scale on which ready-made effects are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum InputScale {
    /// Nothing is stated: refused where the values may be ratios or their logarithms.
    #[default]
    Unstated,
    /// Ratios, to be analyzed as logarithms.
    Ratio,
    /// The scale of the analysis; logarithms for ratios.
    Analysis,
}

/// The raw data of the complete rows of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TableData {
    /// The positions (counted from 0) of the rows that have all their values.
    pub rows: Vec<usize>,
    /// Their raw data.
    pub data: StudyData,
    /// Remarks on the columns.
    pub notes: Vec<String>,
    /// The positions of the other rows that have some of their values: one is missing, or a group is empty.
    pub partial: Vec<usize>,
}

impl StudyData {
    /// The raw data that a measure is computed from, of the rows of a table that have them all.
    ///
    /// ```
    /// use consilience::effect::{InputScale, StudyData, VarianceType};
    /// use consilience::table::{Column, Table};
    /// use consilience::Measure;
    ///
    /// // two of the BCG vaccine trials (Colditz 1994), with the column names of R's meta
    /// let mut table = Table::new();
    /// for (name, cells) in
    ///     [("event.e", ["4", "6"]), ("n.e", ["123", "306"]), ("event.c", ["11", "29"]), ("n.c", ["139", "303"])]
    /// {
    ///     table = table.with(name, Column::read(cells)?)?;
    /// }
    /// let found = StudyData::from_table(&table, Measure::RiskRatio, VarianceType::default(), InputScale::default())?;
    /// assert_eq!((found.rows.len(), found.data.len()), (2, 2));
    /// assert_eq!(found.notes[0], "columns read by customary names: ai = event.e, n1i = n.e, ci = event.c, n2i = n.c");
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a role is played by no column or may be played by several, a needed cell is not a number, values are impossible,
    /// or columns that say the same thing contradict each other; the error names file, row, study, column and value.
    pub fn from_table(
        table: &Table,
        measure: Measure,
        variance: VarianceType,
        scale: InputScale,
    ) -> Result<TableData> {
        Self::from_table_with(table, measure, variance, scale, false)
    }

    /// As [`from_table`](Self::from_table); with `exact` ready-made effects may have a sampling variance of 0.
    pub(super) fn from_table_with(
        table: &Table,
        measure: Measure,
        variance: VarianceType,
        scale: InputScale,
        exact: bool,
    ) -> Result<TableData> {
        let columns = Columns::of(table, measure, variance)?;
        let roles: Vec<&str> = columns.needed.iter().chain(&columns.optional).copied().collect();
        let mut notes: Vec<String> = Vec::new();
        if columns.kind == DataKind::Generic {
            let found = ready_made(table, scale, exact)?;
            notes.extend(table.renamed_note(&found.roles));
            let name = table.role("yi");
            check_scale_of(measure, &found.effects, name)?;
            if measure == Measure::Generic && scale == InputScale::Unstated {
                notes.extend(may_be_ratios(&found.effects).or_else(|| named_ratio(name)));
            }
            let ratio = measure.scale() == Some(Scale::Ratio) && scale == InputScale::Unstated;
            if let Some(name) = name.filter(|name| ratio && says_logarithm(name)) {
                notes.push(format!(
                    "the effects were read as logarithms, as the name of their column, `{name}`, says"
                ));
            }
            notes.extend(found.notes);
            let partial = partial(table, &[&found.values], &found.rows);
            let data = StudyData::Generic(found.effects);
            return Ok(TableData { rows: found.rows, data, notes, partial });
        }
        notes.extend(table.renamed_note(&roles));
        notes.extend(columns.note.clone());
        let found = raw_data(table, &columns)?;
        notes.extend(found.notes.iter().cloned());
        Ok(TableData { notes, ..found })
    }
}

/// A remark on effects of no named measure whose column bears the name of a ratio.
fn named_ratio(name: Option<&str>) -> Option<String> {
    const RATIOS: [&str; 10] = [
        "or",
        "rr",
        "hr",
        "irr",
        "oddsratio",
        "riskratio",
        "relativerisk",
        "hazardratio",
        "rateratio",
        "incidencerateratio",
    ];
    let name = name.filter(|name| RATIOS.contains(&spelled(name).as_str()))?;
    Some(format!(
        "effects of the column `{name}` were read as they are: if they are ratios, say so with --ratio"
    ))
}

/// True for names such as `log RR` and `lnOR`.
pub(super) fn says_logarithm(name: &str) -> bool {
    let plain = spelled(name);
    let rest = plain.strip_prefix("log").or_else(|| plain.strip_prefix("ln"));
    rest.is_some_and(|rest| {
        ["or", "rr", "hr", "irr", "odds", "risk", "rate", "hazard", "ratio", "rom", "vr", "cvr"]
            .iter()
            .any(|ratio| rest.starts_with(ratio))
    })
}

/// The columns of a table that a measure is computed from.
struct Columns {
    kind: DataKind,
    needed: Vec<&'static str>,
    optional: Vec<&'static str>,
    note: Option<String>,
}

impl Columns {
    fn of(table: &Table, measure: Measure, variance: VarianceType) -> Result<Columns> {
        let sets = measure.role_sets(variance);
        let raw = |there: &dyn Fn(&str) -> bool| {
            let set = sets
                .iter()
                .filter(|set| set.kind != DataKind::Generic)
                .find(|set| set.needed.iter().all(|role| there(role)))?;
            let (needed, optional) = (set.needed.to_vec(), set.optional.to_vec());
            Some(Columns { kind: set.kind, needed, optional, note: None })
        };
        let own = |role: &str| table.own_role(role).ok().flatten().is_some();
        let any = |role: &str| table.role(role).is_some();
        if let Some(columns) = raw(&own) {
            return Ok(columns);
        }
        if own("yi") && ready::UNCERTAIN.iter().any(|role| own(role)) {
            return Ok(Columns::ready());
        }
        if let Some(columns) = raw(&any) {
            return Ok(columns);
        }
        if any("yi") {
            let sizes = any("n1i") && any("n2i");
            let uncertain = ready::UNCERTAIN.iter().any(|role| any(role));
            // A standardized difference with nothing but group sizes beside it has the variance that follows from them.
            if measure == Measure::StandardizedMeanDifference && sizes && !uncertain {
                let note = "`yi` was taken as Hedges' g, corrected for bias, with the variance that follows from the group \
                            sizes; map it as --columns di=NAME if it is Cohen's d";
                return Ok(Columns {
                    kind: DataKind::StandardizedDifference,
                    needed: vec!["yi", "n1i", "n2i"],
                    optional: Vec::new(),
                    note: Some(note.to_owned()),
                });
            }
            return Ok(Columns::ready());
        }
        Err(lacking(table, measure, &sets))
    }

    fn ready() -> Columns {
        Columns { kind: DataKind::Generic, needed: vec!["yi"], optional: Vec::new(), note: None }
    }
}

/// The error for a measure whose columns are not all there: what is missing, what the measure needs, and the option that maps
/// the columns that are likely meant.
fn lacking(table: &Table, measure: Measure, sets: &[RoleSet]) -> Error {
    let known = |role: &&&str| table.role(role).is_some();
    let meant = |role: &&&str| table.role(role).or_else(|| table.likely(role)).is_some();
    // The set of which most is there says best what is missing.
    let best = sets.iter().rev().max_by_key(|set| {
        let count = set.needed.iter().filter(known).count();
        // Papers and spreadsheets have the sizes of groups more often than the numbers without an event.
        let sizes = set.needed.contains(&"n1i");
        (count, set.needed.iter().filter(meant).count(), set.kind == measure.data_kind(), sizes)
    });
    let missing: Vec<&str> = best
        .map(|set| set.needed.iter().copied().filter(|role| table.role(role).is_none()).collect())
        .unwrap_or_default();
    let Some(first) = missing.first() else {
        return table.in_file(Error::data("no columns for this measure", "map them with --columns"));
    };
    let counted = missing.len() < best.map_or(0, |set| set.needed.len());
    if let (false, Some(name)) = (counted, ready_name(table)) {
        return table.in_file(Error::data(
            format!("no column plays the role `yi`, and `{name}` may hold ready-made effects"),
            format!(
                "map it with {}, or the columns that {measure} is computed from",
                ready_option(table, name)
            ),
        ));
    }
    // several columns that may be meant are the reason
    if let Some(unclear) = missing.iter().find_map(|role| table.played(role).err()) {
        return unclear;
    }
    let needs: Vec<String> = sets.iter().map(|set| format!("`{}`", set.needed.join(" "))).collect();
    let mapped: Vec<String> = missing
        .iter()
        .map(|role| format!("{role}={}", table.likely(role).map_or("NAME".to_owned(), quoted_name)))
        .collect();
    let mapped = quoted_option(&mapped.join(","));
    let names: Vec<&str> = table.names().take(60).collect();
    table.in_file(Error::data(
        format!("no column plays the role `{first}`; the columns are {}", names.join(", ")),
        format!("{measure} needs {}; map columns, for example {mapped}", needs.join(" or ")),
    ))
}

/// The column that may hold ready-made effects, if their uncertainty has one, too.
pub(super) fn ready_name(table: &Table) -> Option<&str> {
    let uncertain =
        ready::UNCERTAIN.iter().any(|role| table.role(role).or_else(|| table.likely(role)).is_some());
    table.likely("yi").filter(|_| uncertain)
}

/// The option that maps the columns of ready-made effects that are likely meant.
pub(super) fn ready_option(table: &Table, name: &str) -> String {
    let mut mapped = vec![format!("yi={}", quoted_name(name))];
    let free = |role: &&&str| table.role(role).is_none();
    let known = ready::UNCERTAIN.iter().any(|role| table.role(role).is_some());
    let likely = |role: &&str| Some(format!("{role}={}", quoted_name(table.likely(role)?)));
    if !known {
        let one = ["sei", "vi"].iter().filter(free).find_map(likely);
        let both = || ["ci_lower", "ci_upper"].iter().map(likely).collect::<Option<Vec<String>>>();
        mapped.extend(one.map(|one| vec![one]).or_else(both).unwrap_or_default());
    }
    quoted_option(&mapped.join(","))
}

fn quoted_option(mapped: &str) -> String {
    if mapped.contains([' ', '"', '(', '&', ';', '|', '$', '*', '#', '<', '>']) {
        format!("--columns '{mapped}'")
    } else {
        format!("--columns {mapped}")
    }
}

/// The raw data of the complete rows, with the rows' positions and remarks.
fn raw_data(table: &Table, chosen: &Columns) -> Result<TableData> {
    let mut columns: Vec<RoleColumn> = Vec::new();
    for &role in chosen.needed.iter().chain(&chosen.optional) {
        if let Some(name) = table.role(role) {
            columns.push((role, table.numbers(name)?));
        }
    }
    redundant::compare_counts(table, chosen.kind, &columns)?;
    redundant::risks(table, chosen.kind, &columns)?;
    let needed: Vec<&[Option<f64>]> = columns
        .iter()
        .filter(|(role, _)| chosen.needed.contains(role))
        .map(|(_, values)| values.as_slice())
        .collect();
    let complete =
        (0..table.len()).filter(|&row| needed.iter().all(|c| c.get(row).is_some_and(Option::is_some)));
    // a group of nobody has no mean and no rate, whatever stands in its cells
    let sizes: &[&str] = match chosen.kind {
        DataKind::TwoMeans | DataKind::StandardizedDifference => &["n1i", "n2i"],
        DataKind::PersonTime => &["t1i", "t2i"],
        DataKind::Proportion => &["ni"],
        DataKind::Rate => &["ti"],
        _ => &[],
    };
    let empty = |row: &usize| {
        let mut sizes = columns.iter().filter(|(role, _)| sizes.contains(role));
        sizes.any(|(_, values)| values.get(*row).copied().flatten() == Some(0.0))
    };
    let (out, rows): (Vec<usize>, Vec<usize>) = complete.partition(empty);
    let mut notes = Vec::new();
    if !out.is_empty() {
        let names: Vec<String> = out.iter().map(|row| table.label(*row)).collect();
        notes.push(format!("left out because a group is empty: {}", names.join(", ")));
    }
    notes.extend(unsigned(table, chosen, &columns, &rows)?);
    if chosen.kind == DataKind::StandardizedDifference {
        notes.extend(redundant::differences(table, &columns, &rows)?);
    }
    notes.extend(redundant::totals(table, chosen.kind, &columns, &rows));
    notes.extend(redundant::sizes(table, &columns, &rows));
    let data = typed(table, chosen.kind, &columns, &rows)?;
    const SIZES: [&str; 6] = ["n1i", "n2i", "ni", "t1i", "t2i", "ti"];
    let told = |role: &&str| chosen.needed.contains(role) && !SIZES.contains(role);
    let telling: Vec<&[Option<f64>]> =
        columns.iter().filter(|(role, _)| told(role)).map(|(_, values)| values.as_slice()).collect();
    let partial = partial(table, &telling, &rows);
    Ok(TableData { rows, data, notes, partial })
}

/// The rows in which some of these columns have a value, beside those that are used and those of totals.
fn partial<C: AsRef<[Option<f64>]>>(table: &Table, columns: &[C], used: &[usize]) -> Vec<usize> {
    if used.len() == table.len() {
        return Vec::new();
    }
    let known = |row: &usize| columns.iter().any(|c| c.as_ref().get(*row).is_some_and(Option::is_some));
    let beside = (0..table.len()).filter(|row| used.binary_search(row).is_err() && known(row));
    beside.filter(|row| !table.is_labelled() || !redundant::is_total(&table.label(*row))).collect()
}

/// The note on P values that all have the sign of a positive difference, where the differences are made from them.
///
/// # Errors
///
/// If a column of directions stands beside them, which is not read.
fn unsigned(
    table: &Table,
    chosen: &Columns,
    columns: &[RoleColumn],
    rows: &[usize],
) -> Result<Option<String>> {
    let of_differences = chosen.kind == DataKind::StandardizedDifference && chosen.needed.contains(&"pi");
    let Some((_, values)) = columns.iter().find(|(role, _)| of_differences && *role == "pi") else {
        return Ok(None);
    };
    if let Some(name) = table.own_role("direction").ok().flatten() {
        let found =
            format!("`{name}` is not read: the sign of a P value says which group has the larger mean");
        return Err(table
            .in_file(Error::data(found, "give P values a minus sign where group 2 has it").in_column(name)));
    }
    let positive = |row: &usize| values.get(*row).copied().flatten().is_some_and(|p| p > 0.0);
    Ok((!rows.is_empty() && rows.iter().all(positive)).then(|| {
        "all P values are positive and were taken as differences in favor of group 1: give a minus sign where group 2 has the \
         larger mean"
            .to_owned()
    }))
}

/// Ready-made effects of a table, with the rows they stand in.
pub(super) struct ReadyMade {
    pub(super) rows: Vec<usize>,
    pub(super) effects: Vec<Generic>,
    /// The column of effects, all rows.
    pub(super) values: Vec<Option<f64>>,
    pub(super) notes: Vec<String>,
    /// The roles that were read.
    pub(super) roles: Vec<&'static str>,
}

/// Adds the place of a row to an error.
pub(super) fn at_row(table: &Table, error: Error, row: usize) -> Error {
    placed(table, error, row)
}
