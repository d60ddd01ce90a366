//! The design of every linear model: columns of numbers with names, the terms they belong to, and the rows of the source they hold.
//!
//! Regressions, location-scale and multilevel models, generalized models of counts and selection models take anything that becomes a
//! [`Design`]: one made of numbers here, or the [`FormulaDesign`] of a formula and a table, in which factors are coded. A fit checks that its
//! rows are those of the effects.

use serde::{Deserialize, Serialize};

use crate::{Error, Result, SourceRows, table::FormulaDesign};

/// The name of the column of ones, as R has it.
pub(crate) const INTERCEPT: &str = "(Intercept)";

/// The columns that belong to one term of a model: one for a number, several for a factor or a polynomial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DesignTerm {
    /// The name of the term.
    pub name: String,
    /// The positions of its columns.
    pub columns: Vec<usize>,
}

/// A design matrix: k rows and p named columns.
///
/// ```
/// use consilience::linear::Design;
///
/// let matrix = Design::with_intercept(3).column("year", [1980.0, 1990.0, 2000.0])?;
/// assert_eq!(matrix.names(), ["(Intercept)", "year"]);
/// assert!(matrix.column_by_name("yaer").unwrap_err().to_string().contains("year"));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Design {
    k: usize,
    names: Vec<String>,
    /// Column after column.
    values: Vec<f64>,
    intercept: bool,
    terms: Vec<DesignTerm>,
    /// Notes on its making.
    notes: Vec<String>,
    #[serde(skip)]
    rows: SourceRows,
}

impl Design {
    /// A column of ones for `k` studies, to which moderators are added.
    pub fn with_intercept(k: usize) -> Self {
        Design {
            k,
            names: vec![INTERCEPT.to_owned()],
            values: vec![1.0; k],
            intercept: true,
            terms: Vec::new(),
            notes: Vec::new(),
            rows: SourceRows::default(),
        }
    }

    /// No column yet, for `k` studies: a regression without an intercept.
    pub fn without_intercept(k: usize) -> Self {
        Design {
            k,
            names: Vec::new(),
            values: Vec::new(),
            intercept: false,
            terms: Vec::new(),
            notes: Vec::new(),
            rows: SourceRows::default(),
        }
    }

    /// The matrix of columns that stand one after the other in `values`, with their names; `intercept` says whether the
    /// first of them is the column of ones. Every other column is a term of its own.
    ///
    /// # Errors
    ///
    /// If the number of values is no multiple of the number of names, a value is not finite, a name stands twice, or the
    /// first column of a design with an intercept is not all ones.
    pub fn from_columns<S: Into<String>>(
        names: impl IntoIterator<Item = S>,
        values: Vec<f64>,
        intercept: Intercept,
    ) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() || !values.len().is_multiple_of(names.len()) {
            return Err(Error::data(
                format!("{} values for {} columns", values.len(), names.len()),
                "give every column a value for each study",
            ));
        }
        let k = values.len() / names.len();
        let intercept = intercept == Intercept::First;
        let mut matrix = Self::without_intercept(k);
        matrix.intercept = intercept;
        for (position, (name, column)) in names.into_iter().zip(values.chunks(k.max(1))).enumerate() {
            if intercept && position == 0 {
                if column.iter().any(|value| *value != 1.0) {
                    return Err(Error::data("a value other than 1", "the intercept is a column of ones")
                        .in_column(name));
                }
                matrix.names.push(name);
                matrix.values.extend_from_slice(column);
            } else {
                matrix = matrix.column(name, column.to_vec())?;
            }
        }
        Ok(matrix)
    }

    /// Adds a moderator: its value for each study.
    ///
    /// # Errors
    ///
    /// If there is not one finite value for each study, or the name is taken.
    pub fn column(self, name: impl Into<String>, values: impl Into<Vec<f64>>) -> Result<Self> {
        let name = name.into();
        self.term(name.clone(), [(name, values.into())])
    }

    /// Adds a term of several columns, which tests and inflation factors take together: the indicators of a factor, the
    /// powers of a polynomial.
    ///
    /// # Errors
    ///
    /// As [`column`](Self::column).
    pub fn term<S: Into<String>>(
        mut self,
        name: impl Into<String>,
        columns: impl IntoIterator<Item = (S, Vec<f64>)>,
    ) -> Result<Self> {
        let mut positions = Vec::new();
        for (column, values) in columns {
            let column = column.into();
            if values.len() != self.k {
                return Err(Error::data(
                    format!("{} values for {} studies", values.len(), self.k),
                    "give one value for every study",
                )
                .in_column(column));
            }
            if let Some(row) = values.iter().position(|value| !value.is_finite()) {
                return Err(Error::data(format!("value {}", values[row]), "moderators must be finite")
                    .in_row(row + 1)
                    .in_column(column));
            }
            if self.names.contains(&column) {
                return Err(Error::data("two columns of this name", "give every column its own name")
                    .in_column(column));
            }
            positions.push(self.names.len());
            self.names.push(column);
            self.values.extend(values);
        }
        self.terms.push(DesignTerm { name: name.into(), columns: positions });
        Ok(self)
    }

    /// The number of studies.
    pub fn k(&self) -> usize {
        self.k
    }

    /// The number of columns, which is that of the coefficients.
    pub fn p(&self) -> usize {
        self.names.len()
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The values, column after column.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Tells whether the first column is the intercept.
    pub fn has_intercept(&self) -> bool {
        self.intercept
    }

    /// The terms, without the intercept.
    pub fn terms(&self) -> &[DesignTerm] {
        &self.terms
    }

    /// The position of the column of this name.
    ///
    /// # Errors
    ///
    /// If there is none; the error has the nearest name.
    pub fn column_by_name(&self, name: &str) -> Result<usize> {
        self.names
            .iter()
            .position(|known| known == name)
            .ok_or_else(|| Error::unknown("coefficient", name, &self.names))
    }

    /// The positions of the columns of a term, or of the one column of this name.
    ///
    /// # Errors
    ///
    /// If there is none; the error has the nearest name.
    pub fn columns_of(&self, name: &str) -> Result<Vec<usize>> {
        if let Some(term) = self.terms.iter().find(|term| term.name == name) {
            return Ok(term.columns.clone());
        }
        match self.names.iter().position(|known| known == name) {
            Some(column) => Ok(vec![column]),
            None => {
                let terms = self.terms.iter().map(|term| &term.name);
                let further = self.names.iter().filter(|name| !self.terms.iter().any(|t| t.name == **name));
                Err(Error::unknown("term", name, terms.chain(further)))
            }
        }
    }

    /// The columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &[f64]> {
        (0..self.p()).map(|column| self.values_of(column))
    }

    /// Refuses a design for another number of effects than `k`, or of other rows of the source than theirs; `name` is how messages call
    /// it: "the design".
    pub(crate) fn check_rows(&self, k: usize, effects: &SourceRows, name: &str) -> Result<()> {
        if self.k != k {
            return Err(Error::data(
                format!("{name} has {} rows for {k} effects", self.k),
                "give the moderators of every study, in the order of the effects",
            ));
        }
        effects.check(&self.rows, name)
    }

    /// The values of one column; empty beyond the last.
    pub fn values_of(&self, column: usize) -> &[f64] {
        self.values.get(column * self.k..(column + 1) * self.k).unwrap_or_default()
    }

    /// The row of a study; empty beyond the last.
    pub fn row(&self, study: usize) -> Vec<f64> {
        if study >= self.k {
            return Vec::new();
        }
        (0..self.p()).map(|column| self.values[column * self.k + study]).collect()
    }

    /// The same matrix with the rows of the source that it was made from.
    #[must_use]
    pub fn with_rows(mut self, rows: SourceRows) -> Self {
        self.rows = rows;
        self
    }

    /// The rows of the source.
    pub fn source_rows(&self) -> &SourceRows {
        &self.rows
    }

    /// Notes on its making: rows left out, columns dropped.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The moderators: every column but the intercept.
    pub(crate) fn moderators(&self) -> Vec<usize> {
        (usize::from(self.intercept)..self.p()).collect()
    }

    /// The matrix of some of the studies, by their positions (those beyond the last are left out), in that order.
    pub fn of_rows(&self, rows: &[usize]) -> Self {
        let mut values = Vec::with_capacity(rows.len() * self.p());
        for column in 0..self.p() {
            let all = self.values_of(column);
            values.extend(rows.iter().filter_map(|&row| all.get(row)));
        }
        Design { k: rows.len(), values, rows: self.rows.subset(rows), ..self.clone() }
    }

    /// The matrix of the intercept, if there is one, and some of the terms.
    pub(crate) fn of_terms(&self, terms: &[usize]) -> Self {
        let mut matrix =
            if self.intercept { Self::with_intercept(self.k) } else { Self::without_intercept(self.k) };
        for term in terms.iter().filter_map(|&term| self.terms.get(term)) {
            let mut columns = Vec::new();
            for &column in &term.columns {
                columns.push(matrix.names.len());
                matrix.names.push(self.names[column].clone());
                matrix.values.extend_from_slice(self.values_of(column));
            }
            matrix.terms.push(DesignTerm { name: term.name.clone(), columns });
        }
        matrix
    }
}

/// The first column of a design: the intercept, or a moderator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intercept {
    /// The first column is a column of ones, which no moderator test includes.
    First,
    /// Every column is a moderator.
    None,
}

impl From<&Design> for Design {
    fn from(design: &Design) -> Self {
        design.clone()
    }
}

impl From<FormulaDesign> for Design {
    fn from(design: FormulaDesign) -> Self {
        Design::from(&design)
    }
}

impl From<&FormulaDesign> for Design {
    /// The matrix of a formula's design; the coding of new values stays with the design.
    fn from(design: &FormulaDesign) -> Self {
        Design {
            k: design.k,
            names: design.names.clone(),
            values: design.matrix.clone(),
            intercept: design.intercept,
            terms: design
                .terms
                .iter()
                .map(|term| DesignTerm { name: term.label.clone(), columns: term.columns.clone() })
                .collect(),
            notes: design.notes.clone(),
            rows: SourceRows::new(design.rows.clone()),
        }
    }
}
