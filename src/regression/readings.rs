//! Readings of the coefficients of a regression: tests of terms, contrasts, marginal means, predictions.

use super::RegressionFit;
use crate::{
    Error, Level, Result,
    linear::{
        Adjustment, Back, Bubble, BubbleData, Coefficient, Contrast, Contrasts, Fit, FitInfo, MarginalMeans,
        MarginalWeights, Point, PredictedEffect, StudyWeight, SubsetTest, WaldTest,
        basis::{Basis, Solved, Spread},
        bubble, contrasts, marginal, predict,
    },
    table::{FormulaDesign, ReferenceGrid, Table, Value},
};

impl Solved for RegressionFit {
    fn names(&self) -> &[String] {
        self.design.names()
    }

    fn columns_of(&self, term: &str) -> Result<Vec<usize>> {
        self.design.columns_of(term)
    }

    fn moderators(&self) -> Vec<usize> {
        self.design.moderators()
    }

    fn confidence_level(&self) -> Level {
        self.level
    }

    fn back_transformation(&self) -> Back {
        self.back
    }

    fn spread(&self) -> Option<Spread> {
        let tau2 = self.residual_heterogeneity.tau2?;
        Some(Spread { method: self.prediction_method?, tau2, residual: (self.k - self.design.p()) as f64 })
    }

    fn with_basis<T>(&self, read: impl FnOnce(&Basis) -> Result<T>) -> Result<T> {
        read(&self.basis()?)
    }
}

impl RegressionFit {
    /// The predicted effects at all combinations of the values of `grid`, the last moderator varying fastest. `design` is
    /// the one that the model was fitted to.
    ///
    /// # Errors
    ///
    /// If a moderator has no value, a value is unknown or of the wrong kind, or the design is another.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::MetaRegression, table::{Column, FormulaDesign, DesignOptions, Table}};
    ///
    /// let table = Table::new().with("dose", Column::numbers([1.0, 2.0, 3.0, 4.0].map(Some))?)?;
    /// let design = FormulaDesign::new(&"dose".parse()?, &table, &DesignOptions::new())?;
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D"], [0.1, 0.2, 0.3, 0.4], [0.01, 0.02, 0.01, 0.02])?;
    /// let fit = MetaRegression::default().fit(&effects, &design)?;
    /// let predicted = fit.predict(&design, &"dose=2.5,5".parse()?)?;
    /// assert!((predicted[1].estimate - 0.5).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn predict(&self, design: &FormulaDesign, grid: &ReferenceGrid) -> Result<Vec<PredictedEffect>> {
        predict::predict(self, design, grid)
    }

    /// The predicted effects at the rows of a table that has the columns of the design.
    ///
    /// # Errors
    ///
    /// If a column is not there, or a value is missing, of the wrong kind, or an unknown level.
    pub fn predict_table(&self, design: &FormulaDesign, table: &Table) -> Result<Vec<PredictedEffect>> {
        predict::predict_table(self, design, table)
    }

    /// The predicted effect at values of the columns of a plain design, by their names (without the intercept).
    ///
    /// # Errors
    ///
    /// If a column has no value, two values, or a value that is not finite, or a name is unknown.
    pub fn predict_at(&self, values: &[(&str, f64)]) -> Result<PredictedEffect> {
        let intercept = usize::from(self.design.has_intercept());
        let mut row: Vec<Option<f64>> = vec![None; self.design.p()];
        if intercept == 1 {
            row[0] = Some(1.0);
        }
        for &(name, value) in values {
            let column = self.design.column_by_name(name)?;
            if !value.is_finite() {
                return Err(Error::setting(name, format!("value {value}"), "moderators must be finite"));
            }
            if row[column].replace(value).is_some() {
                return Err(Error::setting(name, "it is given twice", "give each moderator one value"));
            }
        }
        if let Some(column) = row.iter().position(Option::is_none) {
            return Err(Error::setting(
                &self.design.names()[column],
                "it has no value",
                "a prediction needs a value of every moderator",
            ));
        }
        let point = values.iter().map(|&(name, value)| (name.to_owned(), Value::Number(value))).collect();
        let predicted = self.predict_rows(vec![(Point(point), row.into_iter().flatten().collect())])?;
        predicted.into_iter().next().ok_or_else(|| Error::model("no prediction", "give a value"))
    }

    /// The predicted effects at rows of the design (p values each).
    ///
    /// # Errors
    ///
    /// If a row has not p finite values, or clusters hold no information on it.
    pub fn predict_rows(&self, rows: Vec<(Point, Vec<f64>)>) -> Result<Vec<PredictedEffect>> {
        predict::predict_rows(self, rows)
    }

    /// The bubble plot over the numeric moderator `moderator`, between its least and greatest value. `design` is that of the
    /// fit and `table` the one it was made from.
    ///
    /// # Errors
    ///
    /// If the moderator is no column of numbers of the design, the design is another, or the table lacks a column.
    pub fn bubble(
        &self,
        design: &FormulaDesign,
        table: &Table,
        moderator: &str,
        weights: MarginalWeights,
    ) -> Result<BubbleData> {
        let of = |s: &StudyWeight| Some(Bubble::new(&s.study, s.yi?, s.vi?, s.weight));
        bubble::bubble_data(self, (design, table), moderator, weights, self.studies.iter().map(of).collect())
    }

    /// [`test_terms`](Self::test_terms) with the names of the coefficients that it tests.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn subset_test<S: AsRef<str>>(&self, terms: &[S]) -> Result<SubsetTest> {
        contrasts::subset_test(self, terms)
    }

    /// The test that the coefficients of these terms (or columns) are all 0: a term of a formula by its name
    /// (`factor(alloc)`, `year:ablat`), or a coefficient.
    ///
    /// # Errors
    ///
    /// If a term is unknown, or the data hold no information on their coefficients together.
    pub fn test_terms<S: AsRef<str>>(&self, terms: &[S]) -> Result<WaldTest> {
        contrasts::test_terms(self, terms)
    }

    /// Contrasts one by one, with adjusted P values, and together.
    ///
    /// # Errors
    ///
    /// If a contrast has not one finite value for each coefficient or is all 0, or clusters hold no information on it.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{Adjustment, Contrast, MetaRegression, Design}};
    ///
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A", "B", "C", "D"], [1.0, 1.2, 3.0, 3.4], [0.1, 0.2, 0.1, 0.2])?;
    /// let design = Design::with_intercept(4).column("late", [0.0, 0.0, 1.0, 1.0])?;
    /// let fit = MetaRegression::fixed_effects().fit(&effects, &design)?;
    /// let late = fit.contrasts(&[Contrast::new("effect of the late ones", [1.0, 1.0])], Adjustment::Holm)?;
    /// assert!((late.contrasts[0].contrast.estimate - (3.0 / 0.1 + 3.4 / 0.2) / 15.0).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn contrasts(&self, contrasts: &[Contrast], adjustment: Adjustment) -> Result<Contrasts> {
        contrasts::contrasts(self, contrasts, adjustment)
    }

    /// The coefficients of these terms (or columns), or all but the intercept, with P values adjusted for their number.
    ///
    /// # Errors
    ///
    /// If a term is unknown.
    pub fn adjusted_coefficients<S: AsRef<str>>(
        &self,
        terms: &[S],
        adjustment: Adjustment,
    ) -> Result<Contrasts> {
        contrasts::adjusted_coefficients(self, terms, adjustment)
    }

    /// The marginal means of the factor `factor`, and their pairwise differences. `design` is that of the fit and `table`
    /// the one it was made from; numbers that the formula takes as a factor (`factor(grade)`) are one too.
    ///
    /// # Errors
    ///
    /// If the factor is no column of the design, the design is another, or the table lacks a column.
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

    /// The same fit with these predictions in it.
    #[must_use]
    pub fn with_predictions(mut self, predictions: Vec<PredictedEffect>) -> Self {
        self.predictions = Some(predictions);
        self
    }
}

impl Fit for RegressionFit {
    fn coefficient_table(&self) -> Vec<Coefficient> {
        self.coefficients.clone()
    }

    fn coefficient_covariance(&self) -> Vec<f64> {
        self.covariance.clone()
    }

    fn information(&self) -> Option<FitInfo> {
        self.fit
    }

    fn observations(&self) -> usize {
        self.k
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }
}
