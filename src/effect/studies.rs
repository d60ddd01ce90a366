//! The studies of a table: the first object to meet for whoever has a file.
//!
//! [`Studies::from_table`] finds the columns that a measure needs, reads the raw data of every row, computes the effects and
//! remembers what became of each row. It hands out what belongs together: effects and their rows, the design of a formula,
//! groups and numbers of further columns, all of the same studies in the same order.
//!
//! ```
//! use consilience::effect::{Studies, StudyOptions};
//! use consilience::table::{Column, Table};
//! use consilience::{Measure, pool::RandomEffects};
//!
//! // four of the BCG vaccine trials (Colditz 1994), one of them without its latitude
//! let mut table = Table::new();
//! for (name, cells) in [
//!     ("Author", ["Aronson", "Ferguson", "Rosenthal", "Hart"]),
//!     ("Year", ["1948", "1949", "1960", "1977"]),
//!     ("ai", ["4", "6", "3", "62"]),
//!     ("bi", ["119", "300", "228", "13536"]),
//!     ("ci", ["11", "29", "11", "248"]),
//!     ("di", ["128", "274", "209", "12619"]),
//!     ("latitude", ["44", "55", "NA", "52"]),
//! ] {
//!     table = table.with(name, Column::read(cells)?)?;
//! }
//! let studies = Studies::from_table(table, &StudyOptions::new(Measure::RiskRatio))?;
//! let (effects, rows) = studies.effects()?;
//! assert_eq!((effects.len(), rows.len(), effects.labels()[3].as_str()), (4, 4, "Hart 1977"));
//! let with_latitude = studies.modelled("latitude", &[])?;
//! assert_eq!((with_latitude.effects.len(), with_latitude.design.p), (3, 2));
//! # Ok::<(), consilience::Error>(())
//! ```

use hashbrown::{HashMap, HashSet};

use super::{
    DataKind, EffectOptions, EffectSizes, InputScale, Measure, Outcome, StudyData,
    from_table::{TableData, ready_name, ready_option},
    labels::Labels,
    redundant,
};
use crate::{
    Error, Result, SourceRows,
    table::{DesignOptions, Formula, FormulaDesign, Table},
};

/// So many rows are named in a note.
const NAMED: usize = 20;

/// The choices with which studies are read from a table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StudyOptions {
    /// The measure; without it `GEN` if the table has ready-made effects.
    pub measure: Option<Measure>,
    /// The scale of ready-made effects.
    pub scale: InputScale,
    /// True if ready-made effects are logarithms of ratios, so that they are also shown as ratios.
    pub log: bool,
    /// The computation of effects where there is a choice.
    pub effects: EffectOptions,
    /// True if ready-made effects may have a sampling variance of 0, for a model that gives them another variance.
    pub zero_variances: bool,
}

impl StudyOptions {
    /// The default choices for a measure.
    #[must_use]
    pub fn new(measure: Measure) -> Self {
        StudyOptions { measure: Some(measure), ..StudyOptions::default() }
    }

    /// Sets the scale of ready-made effects.
    #[must_use]
    pub fn scale(mut self, scale: InputScale) -> Self {
        self.scale = scale;
        self
    }

    /// Says that ready-made effects are logarithms of ratios.
    #[must_use]
    pub fn on_log_scale(mut self) -> Self {
        (self.scale, self.log) = (InputScale::Analysis, true);
        self
    }

    /// Lets ready-made effects have a sampling variance of 0, for a model that gives them another variance.
    #[must_use]
    pub fn with_zero_variances(mut self) -> Self {
        self.zero_variances = true;
        self
    }

    /// Sets how effects are computed where there is a choice.
    #[must_use]
    pub fn effects(mut self, options: EffectOptions) -> Self {
        self.effects = options;
        self
    }
}

/// The studies of a table: the raw data of the complete rows, and what became of all rows.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
    /// Notes on the table, its columns and the rows that are left out.
    pub notes: Vec<String>,
    /// The positions of rows without an effect beside those among the outcomes: a value is missing, or a group is empty. Rows
    /// without any of the values are not among them.
    pub partial: Vec<usize>,
    log: bool,
}

impl Studies {
    /// Reads the studies of a table.
    ///
    /// # Errors
    ///
    /// As [`StudyData::from_table`]; if no measure is given and the table has no ready-made effects; if a column of effects
    /// contradicts the raw data.
    pub fn from_table(table: Table, options: &StudyOptions) -> Result<Self> {
        let measure = match options.measure {
            Some(measure) => measure,
            None if table.played("yi")?.is_some() => Measure::Generic,
            None => {
                let likely = ready_name(&table).map(|name| ready_option(&table, name));
                let mapped = likely.as_deref().unwrap_or("--columns yi=NAME");
                return Err(Error::setting(
                    "--measure",
                    "no measure is named, and the data have no ready-made effects `yi`",
                    format!("name one, such as --measure RR, or map the column of effects with {mapped}"),
                ));
            }
        };
        let (variance, exact) = (options.effects.variance, options.zero_variances);
        let found = StudyData::from_table_with(&table, measure, variance, options.scale, exact)?;
        let ready = found.data.kind() == DataKind::Generic;
        let mut beside = None;
        let outcomes = if ready {
            let outcomes = found.data.effects(Measure::Generic, &options.effects)?;
            possible(&table, measure, &found.rows, &outcomes)?;
            with_sizes(outcomes, &table, &found.rows)?
        } else {
            let outcomes = found.data.effects(measure, &options.effects)?;
            beside = redundant::effects(&table, measure, &found.rows, &outcomes)?;
            // variances beside another effect are those of the other
            if beside.is_none() {
                beside = redundant::variances(&table, &found.rows, &outcomes)?;
            }
            outcomes
        };
        let mut notes: Vec<String> = table.notes().to_vec();
        notes.extend(left_out(&table, &found.rows, &found.notes));
        notes.extend(found.notes.iter().cloned());
        notes.extend(beside);
        if ready {
            let sizes = ["ni", "n1i", "n2i"].into_iter().filter_map(|role| table.role(role));
            notes.extend(sizes.filter_map(|name| table.thousands_note(name)));
            notes.extend(redundant::labelled_totals(&table, &found.rows));
        }
        notes.extend(table.numbered_note());
        let log = ready && (options.log || options.scale == InputScale::Ratio);
        let TableData { rows: complete, data, partial, .. } = found;
        Ok(Studies { table, measure, complete, data, outcomes, notes, partial, log })
    }

    /// Leaves out the rows in which one of these columns is missing, and names them in a note.
    ///
    /// # Errors
    ///
    /// If there is no such column.
    pub fn requiring(mut self, columns: &[&str]) -> Result<Self> {
        for column in columns {
            let missing: HashSet<usize> = self.table.missing_rows(&[column])?.into_iter().collect();
            let gone: Vec<usize> =
                self.complete.iter().copied().filter(|row| missing.contains(row)).collect();
            self = self.without(&gone, &format!("for missing values of {column}"));
            let note = self.table.spelling_note(column, &self.complete);
            self.notes.extend(note.filter(|note| !self.notes.contains(note)));
        }
        Ok(self)
    }

    /// Leaves out some rows, given in rising order, and says why in a note.
    pub(crate) fn without(mut self, gone: &[usize], why: &str) -> Self {
        let kept: Vec<usize> = (0..self.complete.len())
            .filter(|at| self.complete.get(*at).is_some_and(|row| gone.binary_search(row).is_err()))
            .collect();
        if kept.len() < self.complete.len() {
            let names: Vec<String> = self
                .complete
                .iter()
                .filter(|row| gone.binary_search(row).is_ok())
                .map(|row| self.named(*row))
                .collect();
            self.notes.push(format!("left out {why}: {}", some(&names)));
            self.data = self.data.subset(&kept);
            self.outcomes = kept.iter().filter_map(|at| self.outcomes.get(*at).cloned()).collect();
            self.complete = kept.iter().filter_map(|at| self.complete.get(*at).copied()).collect();
        }
        self
    }

    fn named(&self, row: usize) -> String {
        format!("{} (row {})", self.table.label(row), self.table.row_number(row))
    }

    /// A note on studies of several effects that an analysis takes as independent; `None` if each has one.
    pub fn dependence(&self) -> Option<String> {
        if !self.table.is_labelled() {
            return None;
        }
        let usable = self.complete.iter().zip(&self.outcomes).filter(|(_, o)| o.unusable().is_none());
        dependence(&self.table.labels_of(usable.map(|(&row, _)| row)))
    }

    /// The same of the effects of these studies, which bear the labels of their rows.
    #[cfg(feature = "request")]
    pub(crate) fn dependence_of(&self, effects: &EffectSizes) -> Option<String> {
        self.table.is_labelled().then(|| dependence(effects.labels())).flatten()
    }

    /// The labels of the complete rows.
    pub fn labels(&self) -> Vec<String> {
        self.table.labels_of(self.complete.iter().copied())
    }

    /// The same as effects keep them.
    fn kept_labels(&self) -> Labels {
        let mut rows = self.complete.iter().map(|&row| self.table.row_number(row));
        let numbered = !self.table.is_labelled() && (1..).zip(&mut rows).all(|(number, row)| number == row);
        if numbered { Labels::numbered(self.complete.len()) } else { self.labels().into() }
    }

    /// The effects that enter an analysis, and the positions of their rows in the table.
    ///
    /// # Errors
    ///
    /// If no row has all its values, or none has an effect with a positive variance.
    pub fn effects(&self) -> Result<(EffectSizes, Vec<usize>)> {
        if self.complete.is_empty() {
            let notes: Vec<&str> =
                self.notes.iter().filter(|n| n.starts_with("left out")).map(String::as_str).collect();
            let why = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join("; ")) };
            return Err(self.table.in_file(Error::data(
                format!("no row has all the values that are needed{why}"),
                format!("{} needs {}", self.measure, self.data.kind().roles()),
            )));
        }
        let effects = EffectSizes::of_outcomes(self.measure, self.kept_labels(), &self.outcomes)
            .map_err(|error| self.table.in_file(error))?;
        let effects = if self.log { effects.on_log_scale() } else { effects };
        let effects = self.notes.iter().fold(effects, |effects, note| effects.with_note(note));
        let usable = self.complete.iter().zip(&self.outcomes).filter(|(_, o)| o.unusable().is_none());
        let mut rows = Vec::with_capacity(self.complete.len());
        rows.extend(usable.map(|(&row, _)| row));
        Ok((effects.with_rows(SourceRows::new(rows.clone())), rows))
    }

    /// The levels of a column at the given rows, none of which may be missing; numbers are one level however they are
    /// written.
    ///
    /// # Errors
    ///
    /// If there is no such column, or a value is missing.
    pub fn groups(&self, column: &str, rows: &[usize]) -> Result<Vec<String>> {
        self.table.groups_at(column, rows)
    }

    /// A column as numbers at the given rows, none of which may be missing.
    ///
    /// # Errors
    ///
    /// If there is no such column, or a value is missing or not a number.
    pub fn numbers(&self, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
        let values = self.table.numbers_at(column, rows)?;
        self.table.refuse_grouped(column, &self.table.numbers_and_faults(column)?.0)?;
        Ok(values)
    }

    /// The places of rows in the order of a column: numbers, years (`1994a`) or dates.
    ///
    /// # Errors
    ///
    /// If there is no such column, or a value is missing or has no place in an order.
    pub fn order(&self, column: &str, rows: &[usize]) -> Result<Vec<f64>> {
        if self.table.column(column)?.is_numeric() {
            self.table.refuse_grouped(column, &self.table.numbers_and_faults(column)?.0)?;
        }
        self.table.order_at(column, rows)
    }

    /// The effects and the design of a formula, on the rows that have an effect, every moderator, and a value in each of
    /// the further columns; what is left out is named in the notes of the effects.
    ///
    /// # Errors
    ///
    /// As [`effects`](Self::effects) and [`FormulaDesign::among`].
    pub fn modelled(&self, formula: &str, further: &[&str]) -> Result<Modelled> {
        self.modelled_with(formula, further, &DesignOptions::new())
    }

    /// The same with choices of the design.
    ///
    /// # Errors
    ///
    /// As [`modelled`](Self::modelled).
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
        let design = FormulaDesign::among(&formula, &self.table, &candidates, options)?;
        let used: HashSet<usize> = design.rows.iter().copied().collect();
        let positions: Vec<usize> = with_effect
            .iter()
            .enumerate()
            .filter(|(_, row)| used.contains(*row))
            .map(|(position, _)| position)
            .collect();
        let mut effects = effects.subset(&positions)?;
        let dropped: Vec<String> = with_effect
            .iter()
            .filter(|row| missing.contains(*row))
            .map(|&row| self.table.label(row))
            .collect();
        if !dropped.is_empty() {
            let mut columns: Vec<&str> = Vec::new();
            for &column in further {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
            let columns = columns.join(", ");
            effects = effects
                .with_note(format!("left out for missing values of {columns}: {}", dropped.join(", ")));
        }
        let factors = design.inputs.iter().filter(|input| input.levels.is_some());
        let mut levels: Vec<&str> =
            factors.map(|input| input.name.as_str()).chain(further.iter().copied()).collect();
        levels.sort_unstable();
        levels.dedup();
        let spelling = levels.iter().filter_map(|column| self.table.spelling_note(column, &design.rows));
        for note in design.notes.iter().cloned().chain(spelling) {
            effects = effects.with_note(note);
        }
        Ok(Modelled { effects, rows: design.rows.clone(), design })
    }
}

/// The effects with a complete row of moderators, and their design.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Modelled {
    /// The effects.
    pub effects: EffectSizes,
    /// Their rows in the table.
    pub rows: Vec<usize>,
    /// The design on these rows.
    pub design: FormulaDesign,
}

impl Modelled {
    /// The same with a note on studies of several effects, for analyses that take effects as independent.
    #[must_use]
    pub fn as_independent(mut self) -> Self {
        if let Some(note) = dependence(self.effects.labels()) {
            self.effects = self.effects.with_note(note);
        }
        self
    }
}

impl EffectSizes {
    /// The effects of a table, with notes on what is left out.
    ///
    /// ```
    /// use consilience::effect::StudyOptions;
    /// use consilience::table::{Column, Table};
    /// use consilience::EffectSizes;
    ///
    /// let table = Table::new()
    ///     .with("studlab", Column::read(["Ash 2001", "Elm 2003"])?)?
    ///     .with("TE", Column::read(["0.31", "-0.12"])?)?
    ///     .with("seTE", Column::read(["0.10", "0.25"])?)?;
    /// let effects = EffectSizes::from_table(&table, &StudyOptions::default())?;
    /// assert_eq!((effects.labels()[1].as_str(), effects.vi()[1]), ("Elm 2003", 0.0625));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Studies::from_table`] and [`Studies::effects`].
    pub fn from_table(table: &Table, options: &StudyOptions) -> Result<Self> {
        Studies::from_table(table.clone(), options)?.effects().map(|(effects, _)| effects)
    }
}

/// Sizes beside ready-made effects, from `ni`, or `n1i` and `n2i`; they are not needed, so that texts among them do no harm.
fn with_sizes(mut outcomes: Vec<Outcome>, table: &Table, rows: &[usize]) -> Result<Vec<Outcome>> {
    let column = |role: &str| table.role(role).map(|name| table.numbers_and_faults(name)).transpose();
    let (ni, n1i, n2i) = (column("ni")?, column("n1i")?, column("n2i")?);
    let at = |column: &Option<(Vec<Option<f64>>, Vec<usize>)>, row: usize| {
        column.as_ref()?.0.get(row).copied().flatten()
    };
    for (outcome, &row) in outcomes.iter_mut().zip(rows) {
        let sum = at(&n1i, row).zip(at(&n2i, row)).map(|(a, b)| a + b);
        outcome.size = at(&ni, row).or(sum).filter(|n| *n > 0.0);
    }
    Ok(outcomes)
}

/// The first of some names.
fn some(names: &[String]) -> String {
    match names.get(..NAMED) {
        Some(first) if names.len() > NAMED => {
            format!("{} and {} more", first.join(", "), names.len() - NAMED)
        }
        _ => names.join(", "),
    }
}

/// A note on the rows that lack a needed value; those that another note names already are not named again.
fn left_out(table: &Table, complete: &[usize], notes: &[String]) -> Option<String> {
    let mut complete = complete.iter().copied().peekable();
    let empty = notes.iter().find(|note| note.starts_with("left out because a group is empty"));
    let mut missing = Vec::new();
    for row in 0..table.len() {
        if complete.next_if_eq(&row).is_none() {
            let label = table.label(row);
            let named =
                |note: &&String| note.split(": ").nth(1).is_some_and(|n| n.split(", ").any(|l| l == label));
            if empty.filter(named).is_none() {
                missing.push(format!("{label} (row {})", table.row_number(row)));
            }
        }
    }
    (!missing.is_empty()).then(|| format!("left out for missing values: {}", some(&missing)))
}

/// A note on labels that several effects share, in the order of the rows; `None` if there are none.
pub(crate) fn dependence(labels: &[String]) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::with_capacity(labels.len());
    let mut known: HashMap<&str, usize> = HashMap::with_capacity(labels.len());
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
    let labels = if several.len() == 1 { "label stands" } else { "labels stand" };
    Some(format!(
        "{} {labels} beside several effects, which are analyzed as independent: {shown}{rest}. If they are effects of the \
         same people, the interval is too narrow; ways out: a model of both levels (`multilevel --random STUDY/EFFECT`, \
         columns that name the studies and the effects of each), cluster-robust inference (`--cluster STUDY`), or one effect of each \
         study (`convert aggregate`)",
        several.len()
    ))
}
/// Refuses ready-made effects that the measure cannot have.
fn possible(table: &Table, measure: Measure, rows: &[usize], outcomes: &[Outcome]) -> Result<()> {
    let (least, most) = measure.possible();
    let beyond = |yi: f64| yi < least || yi > most;
    for (&row, outcome) in rows.iter().zip(outcomes) {
        let Some(yi) = outcome.effect.map(|effect| effect.yi).filter(|yi| beyond(*yi)) else { continue };
        let found = format!("{yi} is no {} ({measure})", measure.label().to_lowercase());
        let limits = match (least.is_finite(), most.is_finite()) {
            (true, true) => format!("it lies between {least:.4} and {most:.4}"),
            (true, false) => format!("it is {least} or more"),
            _ => format!("it is at most {most}"),
        };
        let remedy = format!("{limits}: check the numbers, their scale (per cent?) and the measure");
        return Err(table.at(Error::data(found, remedy), row, table.role("yi")));
    }
    Ok(())
}
