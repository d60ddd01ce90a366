//! The fixed part of the model: named columns.

use serde::{Deserialize, Serialize};

use crate::table::Design;
use crate::{Error, Result, SourceRows};

/// A design matrix with the names of its columns; a [`Design`](crate::table::Design) of a formula becomes one with `into`.
///
/// ```
/// use consilience::multilevel::FixedEffects;
///
/// let design = FixedEffects::intercept(3).with("year", [1976.0, 1989.0, 2000.0]);
/// assert_eq!(design.names(), ["(Intercept)", "year"]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FixedEffects {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    /// The terms of the formula that it was made from, with their columns.
    #[serde(default)]
    terms: Vec<(String, Vec<usize>)>,
    #[serde(skip)]
    pub(super) rows: SourceRows,
}

impl FixedEffects {
    /// The intercept alone, for k effects.
    pub fn intercept(k: usize) -> Self {
        FixedEffects {
            names: vec!["(Intercept)".to_owned()],
            columns: vec![vec![1.0; k]],
            terms: Vec::new(),
            rows: SourceRows::default(),
        }
    }

    /// No column yet: a model without an intercept.
    pub fn empty() -> Self {
        FixedEffects {
            names: Vec::new(),
            columns: Vec::new(),
            terms: Vec::new(),
            rows: SourceRows::default(),
        }
    }

    /// Adds a column.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, column: impl Into<Vec<f64>>) -> Self {
        self.names.push(name.into());
        self.columns.push(column.into());
        self
    }

    /// A matrix given column by column (k values each), as a formula's design holds it.
    ///
    /// # Errors
    ///
    /// If the matrix is not made of one whole column for each name.
    pub fn from_matrix<N: Into<String>>(names: impl IntoIterator<Item = N>, matrix: &[f64]) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() || matrix.is_empty() || !matrix.len().is_multiple_of(names.len()) {
            return Err(Error::data(
                format!("{} values for {} columns", matrix.len(), names.len()),
                "a design matrix has one value for each effect in every column",
            ));
        }
        let columns = matrix.chunks_exact(matrix.len() / names.len()).map(<[f64]>::to_vec).collect();
        Ok(FixedEffects { names, columns, terms: Vec::new(), rows: SourceRows::default() })
    }

    /// The columns of a term of the formula, or of a column's name.
    ///
    /// # Errors
    ///
    /// If there is no such term; the error has the nearest name.
    pub(super) fn columns_of(&self, name: &str) -> Result<Vec<usize>> {
        if let Some((_, columns)) = self.terms.iter().find(|(term, _)| term == name) {
            return Ok(columns.clone());
        }
        let place = self.names.iter().position(|known| known == name);
        let known = || self.terms.iter().map(|(term, _)| term).chain(&self.names).map(String::as_str);
        place.map(|place| vec![place]).ok_or_else(|| Error::unknown("term", name, known()))
    }

    /// The design of these effects only.
    pub(super) fn subset(&self, rows: &[usize]) -> FixedEffects {
        let pick = |column: &Vec<f64>| rows.iter().map(|&row| column[row]).collect();
        FixedEffects {
            columns: self.columns.iter().map(pick).collect(),
            rows: self.rows.subset(rows),
            ..self.clone()
        }
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The columns.
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// The positions of the columns that are not the intercept; all of them if there is none, and of an intercept alone
    /// none.
    pub(super) fn moderators(&self) -> Vec<usize> {
        let constant = self.columns.iter().position(|column| column.iter().all(|x| *x == 1.0));
        (0..self.columns.len()).filter(|i| Some(*i) != constant).collect()
    }

    /// Refuses what does not fit `k` effects.
    pub(super) fn check(&self, k: usize) -> Result<()> {
        if self.columns.is_empty() {
            return Err(Error::model(
                "the model has neither an intercept nor a moderator",
                "keep the intercept",
            ));
        }
        for (name, column) in self.names.iter().zip(&self.columns) {
            if column.len() != k {
                return Err(Error::data(
                    format!("{} values for {k} effects", column.len()),
                    "a moderator needs one value for each effect",
                )
                .in_column(name));
            }
            if let Some(row) = column.iter().position(|x| !x.is_finite()) {
                return Err(Error::data(format!("value {}", column[row]), "moderators must be finite")
                    .in_row(row + 1)
                    .in_column(name));
            }
        }
        if self.columns.len() > k {
            return Err(Error::model(
                format!("{} coefficients for {k} effects", self.columns.len()),
                "use fewer moderators",
            ));
        }
        Ok(())
    }
}

impl From<&Design> for FixedEffects {
    /// The matrix of a formula's design; the coding of new values stays with the design.
    fn from(design: &Design) -> Self {
        let columns = if design.k == 0 {
            Vec::new()
        } else {
            design.matrix.chunks_exact(design.k).map(<[f64]>::to_vec).collect()
        };
        let terms = design.terms.iter().map(|term| (term.label.clone(), term.columns.clone())).collect();
        FixedEffects {
            names: design.names.clone(),
            columns,
            terms,
            rows: SourceRows::new(design.rows.clone()),
        }
    }
}

impl From<Design> for FixedEffects {
    fn from(design: Design) -> Self {
        FixedEffects::from(&design)
    }
}
