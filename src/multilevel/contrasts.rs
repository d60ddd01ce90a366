//! Readings of the coefficients of a multilevel model: tests of terms, contrasts, marginal means, predictions by name, as of a
//! regression.

use super::fit::MultilevelFit;
use crate::linear::{
    Adjustment, Back, Bubble, BubbleData, Coefficient, Contrast, Contrasts, Fit, FitInfo, MarginalMeans,
    MarginalWeights, Point, PredictedEffect, SubsetTest, WaldTest,
    basis::{Basis, Solved, Spread},
    bubble, contrasts, marginal, predict,
};
use crate::table::{FormulaDesign, ReferenceGrid, Table};
use crate::{Error, Level, Result};

impl MultilevelFit {
    fn inferred(&self) -> Result<&Basis> {
        self.inferred.as_deref().ok_or_else(|| {
            Error::setting("fit", "a fit that was read from a file", "fit the model to the effects again")
        })
    }

    /// The test that the coefficients of these terms (or columns) are all 0: a term of a formula by its name (`factor(alloc)`,
    /// `year:ablat`), or a coefficient.
    ///
    /// # Errors
    ///
    /// If a term is unknown, the data hold no information on their coefficients together, or the fit was read from a file.
    pub fn test_terms<S: AsRef<str>>(&self, terms: &[S]) -> Result<WaldTest> {
        contrasts::test_terms(self, terms)
    }

    /// [`test_terms`](Self::test_terms) with the names of the coefficients that it tests.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn subset_test<S: AsRef<str>>(&self, terms: &[S]) -> Result<SubsetTest> {
        contrasts::subset_test(self, terms)
    }

    /// Contrasts one by one, with adjusted P values, and together.
    ///
    /// # Errors
    ///
    /// If a contrast has not one finite value for each coefficient or is all 0, clusters hold no information on it, or the fit was
    /// read from a file.
    pub fn contrasts(&self, contrasts: &[Contrast], adjustment: Adjustment) -> Result<Contrasts> {
        self.inferred()?;
        contrasts::contrasts(self, contrasts, adjustment)
    }

    /// The coefficients of these terms (or columns), or all but the intercept, with P values adjusted for their number.
    ///
    /// # Errors
    ///
    /// If a term is unknown, or the fit was read from a file.
    pub fn adjusted_coefficients<S: AsRef<str>>(
        &self,
        terms: &[S],
        adjustment: Adjustment,
    ) -> Result<Contrasts> {
        self.inferred()?;
        contrasts::adjusted_coefficients(self, terms, adjustment)
    }

    /// The marginal means of a factor, and their pairwise differences. `design` is that of the fit and `table` the one it was made
    /// from.
    ///
    /// # Errors
    ///
    /// If the factor is no column of the design, the design is another, the table lacks a column, or the fit was read from a file.
    pub fn marginal_means(
        &self,
        design: &FormulaDesign,
        table: &Table,
        factor: &str,
        weights: MarginalWeights,
        adjustment: Adjustment,
    ) -> Result<MarginalMeans> {
        marginal::marginal_means(self, (design, table), factor, weights, adjustment)
    }

    /// The predicted effects at all combinations of the values of `grid`, the last moderator varying fastest, with prediction
    /// intervals for a new group at every level. `design` is the one that the model was fitted to.
    ///
    /// # Errors
    ///
    /// If a moderator has no value, a value is unknown or of the wrong kind, the design is another, or the fit was read from a file.
    pub fn predict(&self, design: &FormulaDesign, grid: &ReferenceGrid) -> Result<Vec<PredictedEffect>> {
        predict::predict(self, design, grid)
    }

    /// The predicted effects at the rows of a table that has the columns of the design.
    ///
    /// # Errors
    ///
    /// If a column is not there, a value is missing, of the wrong kind, or an unknown level, or the fit was read from a file.
    pub fn predict_table(&self, design: &FormulaDesign, table: &Table) -> Result<Vec<PredictedEffect>> {
        predict::predict_table(self, design, table)
    }

    /// The predicted effects at rows of the design (p values each), with prediction intervals for a new group at every level.
    ///
    /// # Errors
    ///
    /// If a row has not p finite values, clusters hold no information on it, or the fit was read from a file.
    pub fn predict_rows(&self, rows: Vec<(Point, Vec<f64>)>) -> Result<Vec<PredictedEffect>> {
        self.inferred()?;
        predict::predict_rows(self, rows)
    }

    /// The model's expectation of each effect, in their order.
    ///
    /// # Errors
    ///
    /// If clusters hold no information on one of them, or the fit was read from a file.
    pub fn fitted(&self) -> Result<Vec<PredictedEffect>> {
        let design = self.source()?.model.design(self.k)?;
        self.predict_rows((0..self.k).map(|i| (Point(Vec::new()), design.row(i))).collect())
    }

    /// The bubble plot over the numeric moderator `moderator`, between its least and greatest value; bubbles are as the diagonal
    /// of the inverse covariance, which is positive whatever the correlations. `design` is that of the fit and `table` the one it
    /// was made from.
    ///
    /// # Errors
    ///
    /// If the moderator is no column of numbers of the design, the design is another, the table lacks a column, or the fit was
    /// read from a file.
    pub fn bubble(
        &self,
        design: &FormulaDesign,
        table: &Table,
        moderator: &str,
        weights: MarginalWeights,
    ) -> Result<BubbleData> {
        let effects = &self.source()?.effects;
        let of_model = self.weights()?;
        let values = effects.yi().iter().zip(effects.vi()).zip(&of_model);
        let bubbles = values.map(|((y, v), w)| Some(Bubble::new(&w.label, *y, *v, Some(w.diagonal))));
        bubble::bubble_data(self, (design, table), moderator, weights, bubbles.collect())
    }
}

impl Solved for MultilevelFit {
    fn names(&self) -> &[String] {
        self.inferred.as_ref().map_or(&[], |basis| basis.names())
    }

    fn columns_of(&self, term: &str) -> Result<Vec<usize>> {
        self.source()?.model.design(self.k)?.columns_of(term)
    }

    fn moderators(&self) -> Vec<usize> {
        let design = self.source.as_ref().and_then(|source| source.model.design(self.k).ok());
        design.map_or(Vec::new(), |design| super::setting::moderators(&design))
    }

    fn confidence_level(&self) -> Level {
        self.level
    }

    fn back_transformation(&self) -> Back {
        self.back
    }

    fn spread(&self) -> Option<Spread> {
        self.spread
    }

    fn with_basis<T>(&self, read: impl FnOnce(&Basis) -> Result<T>) -> Result<T> {
        read(self.inferred()?)
    }
}

impl Fit for MultilevelFit {
    fn coefficient_table(&self) -> Vec<Coefficient> {
        self.coefficients.iter().map(|coefficient| coefficient.plain()).collect()
    }

    fn coefficient_covariance(&self) -> Vec<f64> {
        self.covariance.clone()
    }

    fn information(&self) -> Option<FitInfo> {
        Some(self.fit)
    }

    fn observations(&self) -> usize {
        self.k
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }
}
