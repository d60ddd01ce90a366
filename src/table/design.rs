//! The design of a regression: a formula and a table become a matrix with named columns.
//!
//! Columns come in the order of R's `model.matrix`: the intercept, then the terms by degree, each in the order of the
//! formula; within an interaction the columns of its first variable vary fastest. A factor stands with contrasts (one
//! column less than levels) in a term whose margin, the term without the factor, is part of an earlier term; otherwise with
//! all its levels. Without an intercept the first factor has all its levels.
//!
//! A row with a missing value in a column that the formula uses is left out and listed. Levels are those of the rows that
//! are used. Means, standard deviations, knots and the coefficients of polynomials are those of all rows of the table that
//! have the variable, as in R, where a row that lacks the effect or another moderator counts too. All are kept: new values
//! get the same coding.
//!
//! Refused, with names: more columns than rows; a factor with one level; an infinite value, as of `log(0)`; columns that
//! are combinations of columns before them (unless they are to be dropped).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::collinear::{self, Collinear, INTERCEPT};
use super::fault::{fault, unknown};
use super::formula::Formula;
use super::frame::Table;
use super::recipe::ContrastCoding;
use super::variable::{Coding, Data, Fitted};
use crate::{Error, Result};

/// The handling of columns that are combinations of columns before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnCollinear {
    /// Refuse the design and name them.
    #[default]
    Refuse,
    /// Drop them, and say so in the notes.
    Drop,
}

crate::codes::codes!(OnCollinear, "choice for --collinear" { Refuse "refuse" [], Drop "drop" [] });

/// Choices in making a design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DesignOptions {
    /// The contrasts of factors for which the formula says nothing.
    pub contrast: ContrastCoding,
    /// The handling of collinear columns.
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
    pub fn contrast(mut self, contrast: ContrastCoding) -> Self {
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
/// use consilience::table::{Column, FormulaDesign, DesignOptions, Table};
/// // latitude and allocation of four of the BCG vaccine trials (Colditz 1994)
/// let table = Table::new()
///     .with("ablat", Column::numbers([44.0, 42.0, 52.0, 13.0].map(Some))?)?
///     .with("alloc", Column::texts(["random", "random", "alternate", "random"].map(Some))?)?;
/// let design = FormulaDesign::new(&"ablat + alloc".parse()?, &table, &DesignOptions::new())?;
/// assert_eq!(design.names, ["(Intercept)", "ablat", "allocrandom"]);
/// assert_eq!(design.column(2), Some([1.0, 1.0, 0.0, 1.0].as_slice()));
/// assert_eq!(design.row(&[("ablat", 20.0.into()), ("alloc", "random".into())])?, [1.0, 20.0, 1.0]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FormulaDesign {
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
    /// True if the first column is the intercept.
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
    /// Notes and warnings.
    pub notes: Vec<String>,
    /// The fitted variables of the formula, `None` for one in no term.
    pub(super) fitted: Vec<Option<Fitted>>,
    /// The coding of each variable in each term.
    pub(super) codings: Vec<Vec<Coding>>,
    /// The positions of the kept columns among all.
    pub(super) kept: Vec<usize>,
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

impl FormulaDesign {
    /// The design of a formula on the rows of a table that have no missing value.
    ///
    /// # Errors
    /// As the module's opening says.
    pub fn new(formula: &Formula, table: &Table, options: &DesignOptions) -> Result<FormulaDesign> {
        let all: Vec<usize> = (0..table.len()).collect();
        FormulaDesign::among(formula, table, &all, options)
    }

    /// The design on those of the given rows (positions from 0, each once) that have no missing value, for example of the
    /// rows that have an effect.
    ///
    /// # Errors
    /// As the module's opening says; also if there is no row at a position.
    pub fn among(
        formula: &Formula,
        table: &Table,
        among: &[usize],
        options: &DesignOptions,
    ) -> Result<FormulaDesign> {
        let missing: HashSet<usize> = formula.missing_rows(table)?.into_iter().collect();
        let (left_out, rows): (Vec<usize>, Vec<usize>) = among.iter().partition(|row| missing.contains(row));
        if rows.is_empty() {
            return Err(table.in_file(Error::data(
                format!("no row has a value in every column that `{formula}` uses"),
                "fill in values or name fewer moderators",
            )));
        }
        let whole = needed(formula, table)?;
        let data = Data { table: whole.select(&rows)?, origin: Some((table, &rows)) };
        let used: HashSet<usize> = formula.terms.iter().flatten().copied().collect();
        let fit = |(at, variable): (usize, &super::formula::Variable)| {
            if !used.contains(&at) {
                return Ok(None);
            }
            if !variable.learns_from_all_rows() {
                return variable.fit(&formula.source, &data, options.contrast).map(Some);
            }
            let names: Vec<&str> =
                variable.recipe.columns().iter().map(|column| column.name.as_str()).collect();
            let gone: HashSet<usize> = whole.missing_rows(&names)?.into_iter().collect();
            let own: Vec<usize> = (0..whole.len()).filter(|row| !gone.contains(row)).collect();
            let data = Data { table: whole.select(&own)?, origin: Some((table, &own)) };
            variable.fit(&formula.source, &data, options.contrast).map(Some)
        };
        let fitted = formula.variables.iter().enumerate().map(fit).collect::<Result<Vec<_>>>()?;
        let codings = codings(formula, &fitted);
        let input = |name: &str| -> Result<Input> {
            let column = data.table.column(name)?;
            let levels = (!column.is_numeric()).then(|| column.levels().names);
            Ok(Input { name: name.to_owned(), levels })
        };
        let mut design = FormulaDesign {
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
        let numbers = design.inputs.iter().filter(|input| input.levels.is_none());
        design.notes.extend(numbers.filter_map(|input| table.thousands_note(&input.name)));
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
    pub(super) fn columns(&self, data: &Data<'_>) -> Result<Vec<Vec<f64>>> {
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
                "leave out one of the terms, or have collinear columns dropped (--collinear drop)",
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
pub(super) fn needed(formula: &Formula, table: &Table) -> Result<Table> {
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

/// The coding of each factor in each term.
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

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Column;
    use super::*;

    pub fn trials() -> Table {
        Table::new()
            .from_file("bcg.csv")
            .with(
                "author",
                Column::read(["Aronson", "Ferguson", "Rosenthal", "Hart", "Madras", "Levine"]).unwrap(),
            )
            .unwrap()
            .with("ablat", Column::read(["44", "55", "42", "0", "13", "NA"]).unwrap())
            .unwrap()
            .with(
                "alloc",
                Column::read(["random", "random", "alternate", "random", "alternate", "random"]).unwrap(),
            )
            .unwrap()
            .with("one", Column::read(["x", "x", "x", "x", "x", "y"]).unwrap())
            .unwrap()
            .with("twice", Column::read(["88", "110", "84", "0", "26", "1"]).unwrap())
            .unwrap()
    }

    pub fn design(formula: &str) -> Result<FormulaDesign> {
        FormulaDesign::new(&formula.parse()?, &trials(), &DesignOptions::new())
    }

    fn error(formula: &str) -> String {
        design(formula).unwrap_err().to_string()
    }

    #[test]
    fn rows_with_missing_values_are_listed() {
        let design = design("ablat").unwrap();
        assert_eq!(
            (design.rows.as_slice(), design.left_out.as_slice()),
            ([0, 1, 2, 3, 4].as_slice(), [5].as_slice())
        );
        assert_eq!(design.notes, ["1 row was left out because a moderator is missing: Levine"]);
        let formula = "ablat".parse().unwrap();
        let some = FormulaDesign::among(&formula, &trials(), &[4, 5, 1], &DesignOptions::new()).unwrap();
        assert_eq!(
            (some.rows.as_slice(), some.matrix.as_slice()),
            ([4, 1].as_slice(), [1.0, 1.0, 13.0, 55.0].as_slice())
        );
        assert!(FormulaDesign::among(&formula, &trials(), &[5], &DesignOptions::new()).is_err());
        assert!(FormulaDesign::among(&formula, &trials(), &[6, 1], &DesignOptions::new()).is_err());
    }

    #[test]
    fn what_gives_no_design_is_named() {
        assert_eq!(
            error("alloc + ablatt"),
            "formula: unknown column `ablatt`; did you mean `ablat`? Known: author, ablat, alloc, one, twice\n    \
             alloc + ablatt\n            ^^^^^^"
        );
        assert_eq!(
            error("alloc + log(ablat)"),
            "bcg.csv, row 4 (Hart), column ablat: `log(ablat)` is infinite for ablat = 0; leave the row out or \
             transform the column in another way"
        );
        assert!(error("sqrt(ablat - 20)").contains("`sqrt(ablat - 20)` is not a number for ablat = 0"));
        assert!(
            error("log(alloc)")
                .starts_with("bcg.csv, row 1 (Aronson), column alloc: `random` is not a number")
        );
        assert!(error("ablat + one").contains("the factor `one` has one level only, `x`"));
        assert!(error("ref(alloc, \"randon\")").contains("unknown level `randon`; did you mean `random`?"));
        assert!(error("ablat + I(2*twice)").contains("collinear columns: I(2 * twice) = 4 ablat;"));
        assert!(error("author*alloc").contains("the model has 12 coefficients but there are only 6 studies"));
        assert!(error("poly(ablat, 5)").contains("degree 5 needs more than 5 different values"));
        assert!(error("ns(ablat, df = 2, knots = 99)").contains("both given"));
        assert!(error("bs(ablat, knots = 99)").contains("the knot 99 is not within the boundaries 0 and 55"));
        assert!(error("bs(ablat, df = 2)").contains("2 degrees of freedom are too few; give at least 3"));
        assert!(error("I(ablat^180)").contains("`I(ablat^180)` is infinite for ablat = 55"));
        assert!(
            error("I(ablat^100):I(ablat^99)")
                .contains("the values of `I(ablat^100):I(ablat^99)` are too large")
        );
    }
}
