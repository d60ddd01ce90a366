//! The design of a regression: a formula and a table become a matrix with named columns.
//!
//! Columns come in the order of R's `model.matrix`: the intercept, then the terms by degree, each in the order of the
//! formula; within an interaction the columns of its first variable vary fastest. A factor stands with contrasts (one
//! column less than levels) in a term whose margin, the term without the factor, is part of an earlier term; otherwise with
//! all its levels. Without an intercept the first factor has all its levels.
//!
//! Levels, means, knots and the coefficients of polynomials are those of the rows that are used, and are kept: new values
//! get the same coding. A row with a missing value in a column that the formula uses is left out and listed.
//!
//! Refused, with names: more columns than rows; a factor with one level; an infinite value, as of `log(0)`; columns that
//! are combinations of columns before them (unless they are to be dropped).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::collinear::{self, Collinear, INTERCEPT};
use super::column::Column;
use super::fault::{fault, unknown, unknown_text};
use super::formula::Formula;
use super::frame::Table;
use super::grid::Value;
use super::recipe::Contrast;
use super::variable::{Coding, Data, Fitted};
use crate::{Error, Result};

/// What to do with columns that are combinations of columns before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OnCollinear {
    /// Refuse the design and name them.
    #[default]
    Refuse,
    /// Drop them, and say so in the notes.
    Drop,
}

/// Choices in making a design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DesignOptions {
    /// The contrasts of factors for which the formula says nothing.
    pub contrast: Contrast,
    /// What to do with collinear columns.
    pub collinear: OnCollinear,
}

impl DesignOptions {
    /// Treatment contrasts; collinear columns are refused.
    #[must_use]
    pub fn new() -> Self {
        DesignOptions::default()
    }

    /// Sets the contrasts.
    #[must_use]
    pub fn contrast(mut self, contrast: Contrast) -> Self {
        self.contrast = contrast;
        self
    }

    /// Sets what to do with collinear columns.
    #[must_use]
    pub fn collinear(mut self, collinear: OnCollinear) -> Self {
        self.collinear = collinear;
        self
    }
}

/// A term of the model and its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Term {
    /// The term as R writes it, `ablat:year`.
    pub label: String,
    /// The positions of its columns.
    pub columns: Vec<usize>,
}

/// A column of the data that a design needs, with its levels if it is a factor there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Input {
    /// The column.
    pub name: String,
    /// The levels of a column of texts, in the order of their bytes; `None` for numbers.
    pub levels: Option<Vec<String>>,
}

/// A design matrix with what it takes to code new values.
///
/// ```
/// use consilience::table::{Column, Design, DesignOptions, Table};
/// // latitude and allocation of four of the BCG vaccine trials (Colditz 1994)
/// let table = Table::new()
///     .with("ablat", Column::numbers([44.0, 42.0, 52.0, 13.0].map(Some))?)?
///     .with("alloc", Column::texts(["random", "random", "alternate", "random"].map(Some))?)?;
/// let design = Design::new(&"ablat + alloc".parse()?, &table, &DesignOptions::new())?;
/// assert_eq!(design.names, ["(Intercept)", "ablat", "allocrandom"]);
/// assert_eq!(design.column(2), Some([1.0, 1.0, 0.0, 1.0].as_slice()));
/// assert_eq!(design.row(&[("ablat", 20.0.into()), ("alloc", "random".into())])?, [1.0, 20.0, 1.0]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Design {
    /// The formula.
    pub formula: Formula,
    /// The number of rows.
    pub k: usize,
    /// The number of columns.
    pub p: usize,
    /// The matrix, column after column (k values each).
    pub matrix: Vec<f64>,
    /// The names of the columns as R's `model.matrix` gives them; the intercept is `(Intercept)`.
    pub names: Vec<String>,
    /// Whether the first column is the intercept.
    pub intercept: bool,
    /// The terms without the intercept, and their columns.
    pub terms: Vec<Term>,
    /// The columns of the data that are used.
    pub inputs: Vec<Input>,
    /// The positions (from 0) of the rows that are used, in the table.
    pub rows: Vec<usize>,
    /// The positions (from 0) of the rows that are left out because a value is missing.
    pub left_out: Vec<usize>,
    /// Columns that were dropped because they are combinations of others.
    pub dropped: Vec<Collinear>,
    /// What a reader should know.
    pub notes: Vec<String>,
    /// The fitted variables of the formula, `None` for one in no term.
    fitted: Vec<Option<Fitted>>,
    /// The coding of each variable in each term.
    codings: Vec<Vec<Coding>>,
    /// The positions of the kept columns among all.
    kept: Vec<usize>,
}

impl Formula {
    /// The positions (from 0) of the rows that have a missing value in a column that the formula uses.
    ///
    /// # Errors
    /// If a column does not exist; the error points at it and has the nearest name.
    pub fn missing_rows(&self, table: &Table) -> Result<Vec<usize>> {
        let mut names = Vec::new();
        for input in self.inputs() {
            if !table.has(&input.name) {
                let error = unknown(&self.source, input.span, "column", &input.name, table.names());
                return Err(table.in_file(error));
            }
            names.push(input.name.as_str());
        }
        table.missing_rows(&names)
    }
}

impl Design {
    /// The design of a formula on the rows of a table that have no missing value.
    ///
    /// # Errors
    /// As the module's opening says.
    pub fn new(formula: &Formula, table: &Table, options: &DesignOptions) -> Result<Design> {
        let left_out = formula.missing_rows(table)?;
        let gone: HashSet<usize> = left_out.iter().copied().collect();
        let rows: Vec<usize> = (0..table.len()).filter(|row| !gone.contains(row)).collect();
        if rows.is_empty() {
            return Err(table.in_file(Error::data(
                format!("no row has a value in every column that `{formula}` uses"),
                "fill in values or name fewer moderators",
            )));
        }
        let data = Data { table: needed(formula, table)?.select(&rows)?, origin: Some((table, &rows)) };
        let used: HashSet<usize> = formula.terms.iter().flatten().copied().collect();
        let fit = |(at, variable): (usize, &super::formula::Variable)| {
            let fitted = || variable.fit(&formula.source, &data, options.contrast);
            used.contains(&at).then(fitted).transpose()
        };
        let fitted = formula.variables.iter().enumerate().map(fit).collect::<Result<Vec<_>>>()?;
        let codings = codings(formula, &fitted);
        let input = |name: &str| -> Result<Input> {
            let column = data.table.column(name)?;
            let levels = (!column.is_numeric()).then(|| column.levels().names);
            Ok(Input { name: name.to_owned(), levels })
        };
        let mut design = Design {
            formula: formula.clone(),
            k: rows.len(),
            p: 0,
            matrix: Vec::new(),
            names: Vec::new(),
            intercept: formula.intercept,
            terms: Vec::new(),
            inputs: formula.columns().into_iter().map(input).collect::<Result<_>>()?,
            dropped: Vec::new(),
            notes: notes(table, &left_out),
            fitted,
            codings,
            kept: Vec::new(),
            left_out,
            rows: rows.clone(),
        };
        design.p = design.width();
        if design.p > design.k {
            return Err(Error::model(
                format!("the model has {} coefficients but there are only {} studies", design.p, design.k),
                "name fewer moderators",
            ));
        }
        design.kept = (0..design.p).collect();
        design.name_columns();
        let columns = design.columns(&data)?;
        design.settle(columns, options.collinear)?;
        Ok(design)
    }

    /// A column of the matrix.
    #[must_use]
    pub fn column(&self, position: usize) -> Option<&[f64]> {
        if position >= self.p || self.k == 0 {
            return None;
        }
        self.matrix.chunks_exact(self.k).nth(position)
    }

    /// The row of the matrix (p values) for new values of the columns, in any order.
    ///
    /// # Errors
    /// If a column that the formula uses is not given or an unknown one is, a level is unknown, a text stands for a number,
    /// or a value becomes infinite.
    pub fn row(&self, values: &[(&str, Value)]) -> Result<Vec<f64>> {
        let mut table = Table::new();
        for (name, value) in self.complete(values)? {
            let column = match value {
                Value::Number(number) => Column::numbers([Some(number)]),
                Value::Text(text) => Column::texts([Some(text)]),
            };
            table = table.with(name, column.map_err(|error| error.in_column(name))?)?;
        }
        if self.inputs.is_empty() {
            return Ok(if self.intercept { vec![1.0] } else { Vec::new() });
        }
        let columns = self.columns(&Data { table, origin: None })?;
        Ok(self.kept.iter().filter_map(|at| columns.get(*at)?.first().copied()).collect())
    }

    /// The rows of the matrix (p columns, column after column) for the rows of another table.
    ///
    /// # Errors
    /// If a column is not there, or a value is missing, of the wrong kind, or an unknown level.
    pub fn at(&self, table: &Table) -> Result<Vec<f64>> {
        if let Some(row) = self.formula.missing_rows(table)?.first() {
            let empty = |input: &&Input| table.column(&input.name).is_ok_and(|c| c.is_missing(*row));
            let column = self.inputs.iter().find(empty).map(|input| input.name.as_str());
            let error = Error::data("the value is missing", "a prediction needs a value of every moderator");
            return Err(table.at(error, *row, column));
        }
        let rows: Vec<usize> = (0..table.len()).collect();
        let data = Data { table: self.typed(needed(&self.formula, table)?)?, origin: Some((table, &rows)) };
        if self.inputs.is_empty() {
            return Ok(vec![1.0; if self.intercept { rows.len() } else { 0 }]);
        }
        let columns = self.columns(&data)?;
        Ok(self.kept.iter().filter_map(|at| columns.get(*at)).flatten().copied().collect())
    }

    /// The values by input, each of the kind of its column.
    pub(super) fn complete<'a>(&'a self, values: &[(&str, Value)]) -> Result<Vec<(&'a str, Value)>> {
        for (at, (name, _)) in values.iter().enumerate() {
            if !self.inputs.iter().any(|input| input.name == *name) {
                let known = self.inputs.iter().map(|input| input.name.as_str());
                return Err(Error::unknown("moderator", name, known));
            }
            if values.iter().skip(at + 1).any(|(other, _)| other == name) {
                return Err(Error::setting(*name, "it is given two values", "give one value"));
            }
        }
        let value = |input: &'a Input| {
            let Some((_, value)) = values.iter().find(|(name, _)| *name == input.name) else {
                let remedy = format!("give values of {}", self.input_list());
                return Err(Error::setting(input.name.clone(), "it has no value", remedy));
            };
            Ok((input.name.as_str(), self.coerce(input, value)?))
        };
        self.inputs.iter().map(value).collect()
    }

    /// A value in the kind of its column.
    pub(super) fn coerce(&self, input: &Input, value: &Value) -> Result<Value> {
        match (&input.levels, value) {
            (None, Value::Number(number)) if number.is_finite() => Ok(value.clone()),
            (None, other) => {
                let text = other.to_string();
                match super::column::classify(text.trim()) {
                    super::column::Cell::Number(number) => Ok(Value::Number(number)),
                    super::column::Cell::Missing => Err(Error::data(
                        format!("`{text}` is no value"),
                        "a prediction needs a value of every moderator",
                    )
                    .in_column(&input.name)),
                    _ => Err(super::column::not_a_number(&text).in_column(&input.name)),
                }
            }
            (Some(levels), value) => {
                let text = value.to_string();
                if levels.contains(&text) {
                    return Ok(Value::Text(text));
                }
                let (found, remedy) = unknown_text("level", &text, levels);
                Err(Error::data(found, remedy).in_column(&input.name))
            }
        }
    }

    fn input_list(&self) -> String {
        let names: Vec<&str> = self.inputs.iter().map(|input| input.name.as_str()).collect();
        names.join(", ")
    }

    /// The table with columns of the kinds that the design was made with.
    fn typed(&self, table: Table) -> Result<Table> {
        self.inputs.iter().try_fold(Table::new(), |typed, input| {
            let column = table.column(&input.name)?;
            let column = match &input.levels {
                Some(_) if column.is_numeric() => Column::texts(column.as_texts())?,
                _ => column.clone(),
            };
            typed.with(&input.name, column)
        })
    }

    /// The number of columns, also of one too large to be made.
    fn width(&self) -> usize {
        let term = |(term, codings): (&Vec<usize>, &Vec<Coding>)| {
            let widths = term.iter().zip(codings).map(|(v, coding)| {
                self.fitted.get(*v).and_then(Option::as_ref).map_or(1, |fitted| fitted.width(*coding))
            });
            widths.fold(1_usize, usize::saturating_mul)
        };
        let terms = self.formula.terms.iter().zip(&self.codings).map(term);
        terms.fold(usize::from(self.intercept), usize::saturating_add)
    }

    fn name_columns(&mut self) {
        if self.intercept {
            self.names.push(INTERCEPT.to_owned());
        }
        for (term, codings) in self.formula.terms.iter().zip(&self.codings) {
            let mut names: Vec<String> = Vec::new();
            for (v, coding) in term.iter().zip(codings) {
                let (Some(variable), Some(Some(fitted))) =
                    (self.formula.variables.get(*v), self.fitted.get(*v))
                else {
                    continue;
                };
                let own = variable.names(fitted, *coding);
                names = match names.as_slice() {
                    [] => own,
                    before => {
                        own.iter().flat_map(|b| before.iter().map(move |a| format!("{a}:{b}"))).collect()
                    }
                };
            }
            let first = self.names.len();
            self.names.append(&mut names);
            let columns = (first..self.names.len()).collect();
            self.terms.push(Term { label: self.formula.term_label(term), columns });
        }
    }

    /// All columns, also those that are dropped.
    fn columns(&self, data: &Data<'_>) -> Result<Vec<Vec<f64>>> {
        let mut columns: Vec<Vec<f64>> = Vec::new();
        if self.intercept {
            columns.push(vec![1.0; if self.inputs.is_empty() { self.k } else { data.table.len() }]);
        }
        for (term, codings) in self.formula.terms.iter().zip(&self.codings) {
            let mut product: Vec<Vec<f64>> = Vec::new();
            for (v, coding) in term.iter().zip(codings) {
                let (Some(variable), Some(Some(fitted))) =
                    (self.formula.variables.get(*v), self.fitted.get(*v))
                else {
                    continue;
                };
                let own = variable.columns(fitted, *coding, data)?;
                product = match product.as_slice() {
                    [] => own,
                    before => {
                        let times =
                            |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).map(|(a, b)| a * b).collect();
                        own.iter().flat_map(|b| before.iter().map(move |a| times(a, b))).collect()
                    }
                };
            }
            if product.iter().flatten().any(|value| !value.is_finite()) {
                return Err(Error::model(
                    format!("the values of `{}` are too large", self.formula.term_label(term)),
                    "measure its columns in larger units",
                ));
            }
            columns.append(&mut product);
        }
        Ok(columns)
    }

    /// Looks for collinear columns, and refuses or drops them.
    fn settle(&mut self, columns: Vec<Vec<f64>>, on_collinear: OnCollinear) -> Result<()> {
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let name = |at: usize| self.names.get(at).cloned().unwrap_or_default();
        let found = collinear::find(&slices);
        let gone: HashSet<usize> = found.iter().map(|(at, _)| *at).collect();
        let named: Vec<Collinear> = found
            .into_iter()
            .map(|(at, parts)| {
                let combination = parts.into_iter().map(|(part, factor)| (name(part), factor)).collect();
                Collinear { column: name(at), combination }
            })
            .collect();
        if on_collinear == OnCollinear::Refuse && !named.is_empty() {
            let equations: Vec<String> = named.iter().take(3).map(Collinear::to_string).collect();
            let more =
                if named.len() > 3 { format!(" (and {} more)", named.len() - 3) } else { String::new() };
            let whole = super::fault::Span::new(0, self.formula.source.len());
            return Err(fault(
                &self.formula.source,
                whole,
                format!("collinear columns: {}{more}", equations.join(", ")),
                "leave out one of the terms, or have collinear columns dropped",
            ));
        }
        for collinear in &named {
            self.notes.push(format!("the column {} was dropped: {collinear}", collinear.column));
        }
        self.kept.retain(|at| !gone.contains(at));
        let place = |at: &usize| self.kept.iter().position(|kept| kept == at);
        for term in &mut self.terms {
            term.columns = term.columns.iter().filter_map(place).collect();
        }
        self.names = self.kept.iter().filter_map(|at| self.names.get(*at).cloned()).collect();
        self.matrix = self.kept.iter().filter_map(|at| columns.get(*at)).flatten().copied().collect();
        self.p = self.kept.len();
        self.dropped = named;
        Ok(())
    }
}

/// The columns that the formula uses, or, if it uses none, the whole table.
fn needed(formula: &Formula, table: &Table) -> Result<Table> {
    let names = formula.columns();
    if names.is_empty() {
        return Ok(table.clone());
    }
    names.iter().try_fold(Table::new(), |part, name| part.with(name, table.column(name)?.clone()))
}

fn notes(table: &Table, left_out: &[usize]) -> Vec<String> {
    if left_out.is_empty() {
        return Vec::new();
    }
    let mut labels: Vec<String> = left_out.iter().take(20).map(|row| table.label(*row)).collect();
    if left_out.len() > 20 {
        labels.push("...".to_owned());
    }
    let noun = if left_out.len() == 1 { "row was" } else { "rows were" };
    vec![format!("{} {noun} left out because a moderator is missing: {}", left_out.len(), labels.join(", "))]
}

/// How each factor stands in each term.
fn codings(formula: &Formula, fitted: &[Option<Fitted>]) -> Vec<Vec<Coding>> {
    let is_factor = |v: usize| fitted.get(v).and_then(Option::as_ref).is_some_and(Fitted::is_factor);
    let mut codings: Vec<Vec<Coding>> = Vec::new();
    for (at, term) in formula.terms.iter().enumerate() {
        let coding = |v: &usize| {
            let margin: Vec<usize> = term.iter().copied().filter(|other| other != v).collect();
            let within = |earlier: &Vec<usize>| margin.iter().all(|m| earlier.contains(m));
            let has_margin = margin.is_empty() || formula.terms.iter().take(at).any(within);
            if !is_factor(*v) || has_margin { Coding::Contrast } else { Coding::Full }
        };
        codings.push(term.iter().map(coding).collect());
    }
    if !formula.intercept {
        let places = formula.terms.iter().zip(&mut codings);
        let mut factors = places.flat_map(|(term, codings)| term.iter().zip(codings));
        if let Some((_, coding)) = factors.find(|(v, _)| is_factor(**v)) {
            *coding = Coding::Full;
        }
    }
    codings
}
