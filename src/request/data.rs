//! From a CSV file to the raw data of studies: roles to columns, rows to typed values.

use std::collections::{HashMap, HashSet};

use crate::{
    EffectSizes, Error, Level, Measure, Result,
    effect::{
        Correlation, DataKind, Generic, Genotypes, MatchedMargins, MatchedPairs, OneMean, Outcome, Paired,
        Pairing, PartialCorrelation, PersonTime, Proportion, RSquared, Rate, Reliability, RoleSet,
        SemiPartialCorrelation, StandardizedDifference, StudyData, Superiority, TwoByTwo, TwoMeans,
        Uncertainty, VarianceType, ZeroCells, check_ratio_scale,
    },
    table::{Design, DesignOptions, Formula, Roles, Table},
};

use crate::request::{
    Inputs,
    args::{EffectArgs, InputArgs},
};

/// Reads the file (`-`: standard input) and maps its columns.
pub fn read(inputs: &Inputs<'_>, input: &InputArgs) -> Result<Table> {
    let roles = match &input.columns {
        Some(text) => text.parse::<Roles>()?,
        None => Roles::new(),
    };
    inputs.table(&input.data)?.with_roles(roles)
}

/// The table that the bytes of a file hold, with its columns mapped.
pub fn table_of(bytes: &[u8], name: &str, columns: Option<&str>) -> Result<Table> {
    let roles = match columns {
        Some(text) => text.parse::<Roles>()?,
        None => Roles::new(),
    };
    Table::read(bytes, name)?.with_roles(roles)
}

/// The studies of a file: the raw data of the complete rows, and what became of all rows.
pub struct Studies {
    /// The table, all rows.
    pub table: Table,
    /// The measure.
    pub measure: Measure,
    /// The positions of the rows that have all their values.
    pub complete: Vec<usize>,
    /// The raw data of these rows.
    pub data: StudyData,
    /// Their effects, or why there is none.
    pub outcomes: Vec<Outcome>,
    /// Notes on the rows that are incomplete, and on labels that several rows share.
    pub notes: Vec<String>,
    log: bool,
}

impl Studies {
    /// Computes the effects of a table's rows. `default` is the measure if none is named and the data have no `yi`.
    pub fn new(
        table: Table,
        args: &EffectArgs,
        default: Option<Measure>,
        zero_cells: ZeroCells,
    ) -> Result<Self> {
        let measure = match (args.measure()?, default) {
            (Some(measure), _) => measure,
            (None, Some(default)) => default,
            (None, None) if table.role("yi").is_some() => Measure::Generic,
            (None, None) => {
                return Err(Error::setting(
                    "--measure",
                    "no measure is named, and the data have no ready-made effects `yi`",
                    "name one, such as --measure RR, or map the column of effects with --columns yi=NAME",
                ));
            }
        };
        let options = args.options(measure, zero_cells)?;
        let columns = columns_of(&table, measure, options.variance)?;
        let log = args.is_log()?;
        let ready = columns.kind == DataKind::Generic;
        args.check(measure, columns.kind)?;
        let (complete, data) = match columns.kind {
            DataKind::Generic => {
                let stated = match (args.ratio, args.scale.is_some()) {
                    (true, _) => Stated::Ratio,
                    (false, true) => Stated::AsIs,
                    (false, false) => Stated::Nothing,
                };
                let (rows, effects) = generic(&table, stated)?;
                check_ratio_scale(measure, &effects).map_err(as_options)?;
                (rows, StudyData::Generic(effects))
            }
            _ => raw_data(&table, &columns)?,
        };
        let outcomes = match columns.kind {
            DataKind::Generic => with_sizes(data.effects(Measure::Generic, &options)?, &table, &complete)?,
            _ => data.effects(measure, &options)?,
        };
        let mut notes = missing_note(&table, &complete);
        notes.extend(columns.note.clone());
        Ok(Studies { table, measure, complete, data, outcomes, notes, log: ready && (log || args.ratio) })
    }

    /// A note on studies of several effects that an analysis takes as independent; `None` if each has one.
    pub fn dependence(&self) -> Option<String> {
        let usable = self.complete.iter().zip(&self.outcomes).filter(|(_, o)| o.unusable().is_none());
        let labels: Vec<String> = usable.map(|(&row, _)| self.table.label(row)).collect();
        dependence(&labels)
    }

    /// The labels of the complete rows.
    pub fn labels(&self) -> Vec<String> {
        self.complete.iter().map(|&row| self.table.label(row)).collect()
    }

    /// The effects that enter an analysis, and the positions of their rows in the table.
    pub fn effects(&self) -> Result<(EffectSizes, Vec<usize>)> {
        if self.complete.is_empty() {
            return Err(self.table.in_file(Error::data(
                "no row has all the values that are needed",
                format!("{} needs {}", self.measure, self.data.kind().roles()),
            )));
        }
        let effects = EffectSizes::from_outcomes(self.measure, self.labels(), &self.outcomes)
            .map_err(|error| self.table.in_file(error))?;
        let effects = if self.log { effects.on_log_scale() } else { effects };
        let effects = self.notes.iter().fold(effects, |effects, note| effects.with_note(note));
        let usable = self.complete.iter().zip(&self.outcomes).filter(|(_, o)| o.unusable().is_none());
        Ok((effects, usable.map(|(&row, _)| row).collect()))
    }

    /// A column as text at the given rows, none of which may be missing.
    pub fn groups(&self, column: &str, rows: &[usize]) -> Result<Vec<String>> {
        groups(&self.table, column, rows)
    }

    /// A column as numbers at the given rows, none of which may be missing.
    pub fn numbers(&self, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
        numbers(&self.table, column, rows)
    }
}

/// A column as text at the given rows, none of which may be missing.
pub fn groups(table: &Table, column: &str, rows: &[usize]) -> Result<Vec<String>> {
    let texts = table.texts(column)?;
    rows.iter()
        .map(|&row| texts.get(row).cloned().flatten().ok_or_else(|| missing(table, column, row)))
        .collect()
}

/// A column as numbers at the given rows, none of which may be missing.
pub fn numbers(table: &Table, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
    let numbers = table.numbers(column)?;
    rows.iter()
        .map(|&row| numbers.get(row).copied().flatten().ok_or_else(|| missing(table, column, row)))
        .collect()
}

fn missing(table: &Table, column: &str, row: usize) -> Error {
    let missing = Error::data("the value is missing", "every study of the analysis needs one");
    table.at(missing, row, Some(column))
}

/// The effects with a complete row of moderators, and their design.
pub struct Modelled {
    /// The effects.
    pub effects: EffectSizes,
    /// Their rows in the table.
    pub rows: Vec<usize>,
    /// The design on these rows.
    pub design: Design,
}

impl Modelled {
    /// The same with a note on studies of several effects, for analyses that take effects as independent.
    pub fn as_independent(mut self) -> Self {
        if let Some(note) = dependence(self.effects.labels()) {
            self.effects = self.effects.with_note(note);
        }
        self
    }
}

impl Studies {
    /// The effects and the design of a formula, on the rows that have an effect, every moderator, and a value in each of
    /// the further columns; what is left out is named in the notes of the effects.
    pub fn modelled(&self, formula: &str, further: &[&str]) -> Result<Modelled> {
        self.modelled_with(formula, further, &DesignOptions::new())
    }

    /// The same with choices of the design.
    pub fn modelled_with(
        &self,
        formula: &str,
        further: &[&str],
        options: &DesignOptions,
    ) -> Result<Modelled> {
        let formula: Formula = formula.parse()?;
        let (effects, with_effect) = self.effects()?;
        let missing: HashSet<usize> = self.table.missing_rows(further)?.into_iter().collect();
        let candidates: Vec<usize> =
            with_effect.iter().copied().filter(|row| !missing.contains(row)).collect();
        let design = Design::among(&formula, &self.table, &candidates, options)?;
        let used: HashSet<usize> = design.rows.iter().copied().collect();
        let positions: Vec<usize> =
            (0..with_effect.len()).filter(|&i| used.contains(&with_effect[i])).collect();
        let mut effects = effects.subset(&positions)?;
        let dropped: Vec<String> = with_effect
            .iter()
            .filter(|row| missing.contains(row))
            .map(|&row| self.table.label(row))
            .collect();
        if !dropped.is_empty() {
            effects = effects.with_note(format!(
                "left out for missing values of {}: {}",
                further.join(", "),
                dropped.join(", ")
            ));
        }
        for note in &design.notes {
            effects = effects.with_note(note);
        }
        Ok(Modelled { effects, rows: design.rows.clone(), design })
    }
}

/// Sizes beside ready-made effects, from `ni`, or `n1i` and `n2i`.
fn with_sizes(mut outcomes: Vec<Outcome>, table: &Table, rows: &[usize]) -> Result<Vec<Outcome>> {
    let column = |role: &str| table.role(role).map(|name| table.numbers(name)).transpose();
    let (ni, n1i, n2i) = (column("ni")?, column("n1i")?, column("n2i")?);
    let at = |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
    for (outcome, &row) in outcomes.iter_mut().zip(rows) {
        let sum = at(&n1i, row).zip(at(&n2i, row)).map(|(a, b)| a + b);
        outcome.size = at(&ni, row).or(sum).filter(|n| *n > 0.0);
    }
    Ok(outcomes)
}

fn missing_note(table: &Table, complete: &[usize]) -> Vec<String> {
    let mut complete = complete.iter().copied().peekable();
    let mut missing = Vec::new();
    for row in 0..table.len() {
        match complete.peek() {
            Some(&next) if next == row => {
                complete.next();
            }
            _ => missing.push(format!("{} (row {})", table.label(row), table.row_number(row))),
        }
    }
    match missing.len() {
        0 => Vec::new(),
        n if n > 20 => {
            vec![format!("left out for missing values: {} and {} more", missing[..20].join(", "), n - 20)]
        }
        _ => vec![format!("left out for missing values: {}", missing.join(", "))],
    }
}

/// A note on labels that several effects share, in the order of the rows; `None` if there are none.
pub fn dependence(labels: &[String]) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for label in labels {
        let place = *known.entry(label).or_insert_with(|| {
            counts.push((label, 0));
            counts.len() - 1
        });
        if let Some((_, count)) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let several: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 1)
        .map(|(label, count)| format!("{label} ({count})"))
        .collect();
    if several.is_empty() {
        return None;
    }
    let shown = several.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let rest = if several.len() > 5 { format!(" and {} more", several.len() - 5) } else { String::new() };
    Some(format!(
        "{} labels stand beside several effects, which are analyzed as independent: {shown}{rest}. If they are effects of the \
         same people, the interval is too narrow; ways out: a model of both levels (`multilevel --random study/effect`, where \
         `effect` numbers the rows), cluster-robust inference (`--cluster study`), or one effect of each study (`convert aggregate`)",
        several.len()
    ))
}

/// An error that the library names by its own options, named by those of a request.
fn as_options(error: Error) -> Error {
    match error {
        Error::Setting { found, .. } => Error::setting(
            "--ratio, --scale",
            found,
            "give --ratio if the effects are ratios, --scale log if they are logarithms of ratios",
        ),
        other => other,
    }
}

/// The columns of a table that a measure is computed from.
struct Columns {
    kind: DataKind,
    needed: Vec<&'static str>,
    optional: Vec<&'static str>,
    note: Option<String>,
}

/// Chooses the columns: a set of raw data that is all there, or ready-made effects, which serve any measure.
fn columns_of(table: &Table, measure: Measure, variance: VarianceType) -> Result<Columns> {
    let there = |role: &&&str| table.role(role).is_some();
    let sets = measure.role_sets(variance);
    let raw = sets
        .iter()
        .filter(|set| set.kind != DataKind::Generic)
        .find(|set| set.needed.iter().filter(there).count() == set.needed.len());
    if let Some(set) = raw {
        return Ok(Columns {
            kind: set.kind,
            needed: set.needed.to_vec(),
            optional: set.optional.to_vec(),
            note: None,
        });
    }
    let uncertain = ["vi", "sei", "ci_lower", "p_value"].iter().any(|role| table.role(role).is_some());
    if table.role("yi").is_some() {
        let sizes = ["n1i", "n2i"].iter().filter(there).count() == 2;
        // A standardized difference with nothing but group sizes beside it has the variance that follows from them.
        if measure == Measure::StandardizedMeanDifference && sizes && !uncertain {
            return Ok(Columns {
                kind: DataKind::StandardizedDifference,
                needed: vec!["yi", "n1i", "n2i"],
                optional: Vec::new(),
                note: Some(
                    "`yi` was taken as Hedges' g, corrected for bias, with the variance that follows from the group sizes; map \
                     it as --columns di=NAME if it is Cohen's d"
                        .to_owned(),
                ),
            });
        }
        return Ok(Columns { kind: DataKind::Generic, needed: vec!["yi"], optional: Vec::new(), note: None });
    }
    // The set of which most is there says best what is missing.
    let best = sets
        .iter()
        .max_by_key(|set| (set.needed.iter().filter(there).count(), set.kind == measure.data_kind()));
    let missing = best.and_then(|set| set.needed.iter().find(|role| table.role(role).is_none()));
    let needs = || {
        let named = |set: &RoleSet| format!("`{}`", set.needed.join(" "));
        sets.iter().map(named).collect::<Vec<_>>().join(" or ")
    };
    Err(table.in_file(match missing {
        Some(role) => {
            let there: Vec<&str> = table.names().collect();
            Error::data(
                format!("no column plays the role `{role}`; the columns are {}", there.join(", ")),
                format!("{measure} needs {}; map a column with --columns {role}=NAME", needs()),
            )
        }
        None => Error::data("no columns for this measure", format!("{measure} needs {}", needs())),
    }))
}

/// The values of a row under the names of their roles.
struct Cells<'a> {
    columns: &'a [(&'static str, Vec<Option<f64>>)],
    row: usize,
}

impl Cells<'_> {
    fn known(&self, role: &str) -> Option<f64> {
        let (_, values) = self.columns.iter().find(|(known, _)| *known == role)?;
        values.get(self.row).copied().flatten()
    }

    /// The value of a role; rows without one are not among the complete ones, so that a constructor never sees NaN.
    fn at(&self, role: &str) -> f64 {
        self.known(role).unwrap_or(f64::NAN)
    }

    fn has(&self, role: &str) -> bool {
        self.columns.iter().any(|(known, _)| *known == role)
    }
}

/// The raw data of the complete rows, with the rows' positions.
fn raw_data(table: &Table, chosen: &Columns) -> Result<(Vec<usize>, StudyData)> {
    let mut columns = Vec::new();
    for &role in chosen.needed.iter().chain(&chosen.optional) {
        if let Some(name) = table.role(role) {
            columns.push((role, table.numbers(name)?));
        }
    }
    let needed: Vec<&Vec<Option<f64>>> =
        columns.iter().filter(|(role, _)| chosen.needed.contains(role)).map(|(_, values)| values).collect();
    let complete: Vec<usize> = (0..table.len())
        .filter(|&row| needed.iter().all(|c| c.get(row).is_some_and(Option::is_some)))
        .collect();
    let data = typed(table, chosen.kind, &columns, &complete)?;
    Ok((complete, data))
}

/// The rows as data of their kind.
fn typed(
    table: &Table,
    kind: DataKind,
    columns: &[(&'static str, Vec<Option<f64>>)],
    complete: &[usize],
) -> Result<StudyData> {
    fn rows<T>(
        table: &Table,
        columns: &[(&'static str, Vec<Option<f64>>)],
        complete: &[usize],
        make: impl Fn(&Cells<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        complete.iter().map(|&row| make(&Cells { columns, row }).map_err(|e| placed(table, e, row))).collect()
    }
    macro_rules! made {
        ($kind:ident, $make:expr) => {
            StudyData::$kind(rows(table, columns, complete, $make)?)
        };
    }
    Ok(match kind {
        DataKind::TwoByTwo => made!(TwoByTwo, two_by_two),
        DataKind::MatchedPairs => {
            made!(MatchedPairs, |v| MatchedPairs::new(v.at("ai"), v.at("bi"), v.at("ci"), v.at("di")))
        }
        DataKind::MatchedMargins => made!(MatchedMargins, matched_margins),
        DataKind::PersonTime => {
            made!(PersonTime, |v| PersonTime::new(v.at("x1i"), v.at("t1i"), v.at("x2i"), v.at("t2i")))
        }
        DataKind::TwoMeans => made!(TwoMeans, two_means),
        DataKind::StandardizedDifference => made!(StandardizedDifference, standardized),
        DataKind::Superiority => {
            made!(Superiority, |v| Superiority::new(v.at("ai"), v.at("n1i"), v.at("n2i")))
        }
        DataKind::Correlation => made!(Correlation, |v| Correlation::new(v.at("ri"), v.at("ni"))),
        DataKind::PartialCorrelation => made!(PartialCorrelation, |v| match v.has("ti") {
            true => PartialCorrelation::from_t(v.at("ti"), v.at("mi"), v.at("ni")),
            false => PartialCorrelation::new(v.at("ri"), v.at("mi"), v.at("ni")),
        }),
        DataKind::SemiPartialCorrelation => made!(SemiPartialCorrelation, |v| match v.has("ti") {
            true => SemiPartialCorrelation::from_t(v.at("ti"), v.at("mi"), v.at("ni"), v.at("r2i")),
            false => SemiPartialCorrelation::new(v.at("ri"), v.at("mi"), v.at("ni"), v.at("r2i")),
        }),
        DataKind::RSquared => made!(RSquared, |v| RSquared::new(v.at("r2i"), v.at("mi"), v.at("ni"))),
        DataKind::Proportion => made!(Proportion, |v| match v.has("ni") {
            true => Proportion::new(v.at("xi"), v.at("ni")),
            false => Proportion::from_counts(v.at("xi"), v.at("mi")),
        }),
        DataKind::Rate => made!(Rate, |v| Rate::new(v.at("xi"), v.at("ti"))),
        DataKind::Mean => made!(Mean, |v| match v.has("mi") {
            true => OneMean::new(v.at("mi"), v.at("sdi"), v.at("ni")),
            false => OneMean::spread(v.at("sdi"), v.at("ni")),
        }),
        DataKind::Paired => made!(Paired, |v| Paired::partial(
            v.known("m1i"),
            v.known("m2i"),
            v.at("sd1i"),
            v.known("sd2i"),
            v.at("ni"),
            v.at("ri")
        )),
        DataKind::Reliability => {
            made!(Reliability, |v| Reliability::new(v.at("ai"), v.at("mi"), v.at("ni")))
        }
        DataKind::Genotypes => made!(Genotypes, |v| Genotypes::new(v.at("ai"), v.at("bi"), v.at("ci"))),
        DataKind::Generic => StudyData::Generic(Vec::new()),
    })
}

fn two_by_two(v: &Cells<'_>) -> Result<TwoByTwo> {
    match v.has("n1i") {
        true => TwoByTwo::from_totals(v.at("ai"), v.at("n1i"), v.at("ci"), v.at("n2i")),
        false => TwoByTwo::new(v.at("ai"), v.at("bi"), v.at("ci"), v.at("di")),
    }
}

fn matched_margins(v: &Cells<'_>) -> Result<MatchedMargins> {
    let pairing = if v.has("ri") { Pairing::Correlation(v.at("ri")) } else { Pairing::Both(v.at("pi")) };
    MatchedMargins::new(v.at("ai"), v.at("bi"), v.at("ci"), v.at("di"), pairing)
}

fn two_means(v: &Cells<'_>) -> Result<TwoMeans> {
    TwoMeans::partial(
        v.known("m1i"),
        v.known("sd1i"),
        v.at("n1i"),
        v.known("m2i"),
        v.known("sd2i"),
        v.at("n2i"),
    )
}

fn standardized(v: &Cells<'_>) -> Result<StandardizedDifference> {
    type Make = fn(f64, f64, f64) -> Result<StandardizedDifference>;
    let reports: [(&str, Make); 5] = [
        ("di", StandardizedDifference::from_d),
        ("gi", StandardizedDifference::from_g),
        ("ti", StandardizedDifference::from_t),
        ("pi", StandardizedDifference::from_p),
        ("yi", StandardizedDifference::from_g),
    ];
    let (role, make) = reports.into_iter().find(|(role, _)| v.has(role)).unwrap_or(reports[0]);
    match v.has("n1i") {
        true => make(v.at(role), v.at("n1i"), v.at("n2i")),
        false => StandardizedDifference::of_total(make, v.at(role), v.at("ni")),
    }
}

/// What a request states of the scale of ready-made effects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stated {
    Nothing,
    Ratio,
    AsIs,
}

/// Ready-made effects: each row by the first of variance, standard error, interval and P value that it has.
fn generic(table: &Table, stated: Stated) -> Result<(Vec<usize>, Vec<Generic>)> {
    let yi = table.numbers(table.require_role("yi")?)?;
    let column = |role: &str| table.role(role).map(|name| table.numbers(name)).transpose();
    let (vi, sei, p) = (column("vi")?, column("sei")?, column("p_value")?);
    let (lower, upper) = (column("ci_lower")?, column("ci_upper")?);
    let interval = lower.is_some() && upper.is_some();
    if vi.is_none() && sei.is_none() && p.is_none() && !interval {
        return Err(table.in_file(Error::data(
            "the effects `yi` have no uncertainty",
            "give a column `vi`, `sei`, `ci_lower` with `ci_upper`, or `p_value`, or map one with --columns",
        )));
    }
    let at = |column: &Option<Vec<Option<f64>>>, row: usize| column.as_ref()?.get(row).copied().flatten();
    let make = match stated {
        Stated::Nothing => Generic::new,
        Stated::Ratio => Generic::ratio,
        Stated::AsIs => Generic::log,
    };
    let (mut rows, mut effects) = (Vec::new(), Vec::new());
    for (row, y) in yi.iter().enumerate() {
        let uncertainty = at(&vi, row)
            .map(Uncertainty::Variance)
            .or_else(|| at(&sei, row).map(Uncertainty::StandardError))
            .or_else(|| {
                Some(Uncertainty::Interval {
                    lower: at(&lower, row)?,
                    upper: at(&upper, row)?,
                    level: Level::default(),
                })
            })
            .or_else(|| at(&p, row).map(Uncertainty::PValue));
        if let (Some(y), Some(uncertainty)) = (*y, uncertainty) {
            effects.push(make(y, uncertainty).map_err(|e| placed(table, e, row))?);
            rows.push(row);
        }
    }
    Ok((rows, effects))
}

/// Adds file, row and label, and names the column as the file does.
pub fn placed(table: &Table, error: Error, row: usize) -> Error {
    let error = match error {
        Error::Data { mut place, found, remedy } => {
            if let Some(role) = place.column.take() {
                let shown = match table.role(&role) {
                    Some(name) if name != role => format!("{name} ({role})"),
                    _ => role,
                };
                place.column = Some(shown);
            }
            Error::Data { place, found, remedy }
        }
        other => other,
    };
    table.at(error, row, None)
}
