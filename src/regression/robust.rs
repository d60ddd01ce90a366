//! Cluster-robust inference for a regression: when several effects come from one study.

use super::{LocationScaleFit, RegressionFit, fit::sandwich_of};
use crate::{
    Result,
    linear::{Prediction, basis::unit_contrasts},
    robust::{ClusterRobust, RobustFit, RobustType, names, numbered},
};

impl RegressionFit {
    /// The same fit with cluster-robust inference in place of the model-based one: coefficients, their covariance, the
    /// test of moderators (HTZ for CR2 and CR3) and predictions. `clusters` names the cluster of each study.
    ///
    /// # Errors
    ///
    /// If there is not one cluster for each study, there are fewer than 2 clusters (for CR0 and CR1: not more than
    /// coefficients), or a given weight is 0.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{MetaRegression, Design}, robust::RobustType};
    ///
    /// let effects = EffectSizes::new(
    ///     Measure::MeanDifference, ["A1", "A2", "B", "C", "D"], [1.0, 1.2, 3.0, 8.0, 7.0], [1.0; 5])?;
    /// let design = Design::with_intercept(5).column("dose", [1.0, 2.0, 2.0, 4.0, 3.0])?;
    /// let fit = MetaRegression::default().fit(&effects, &design)?.robust(&["A", "A", "B", "C", "D"], RobustType::Cr2)?;
    /// assert_eq!(fit.robust.map(|r| r.clusters), Some(4));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<RegressionFit> {
        let names = names(clusters);
        let clusters = numbered(clusters, self.k)?;
        let (yi, vi) = self.data();
        let sandwich = self.sandwich(&yi, &vi, &clusters, kind)?.named(names.clone());
        // One without a robust variance is named, with the cluster that alone informs it.
        for (at, term) in self.design.names().iter().enumerate() {
            sandwich.coefficient(term, at, self.level)?;
        }
        let mut fit = self.clone();
        fit.robust = Some(sandwich.summary());
        fit.notes.extend(sandwich.notes(self.design.names()));
        (fit.clusters, fit.cluster_names) = (Some(clusters), names);
        let (moderators, basis) = (self.design.moderators(), fit.basis()?);
        fit.coefficients = basis.coefficients(fit.level)?;
        fit.moderator_test = basis.test_columns(&moderators);
        fit.covariance = basis.covariance();
        if fit.moderator_test.is_none() && !moderators.is_empty() {
            let contrasts = unit_contrasts(&moderators, self.design.p());
            fit.notes.push(sandwich.why_no_test(&contrasts, self.design.names()));
        }
        // Prediction intervals take the quantile of the mean's inference, unless a convention was chosen.
        fit.prediction_method = self.prediction_method.map(|method| match self.prediction_choice {
            None if method == Prediction::Normal => Prediction::T,
            _ => method,
        });
        // Predictions and permutation P values were those of the model.
        (fit.predictions, fit.permutation) = (None, None);
        Ok(fit)
    }
}

impl RobustFit for RegressionFit {
    fn cluster_robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<ClusterRobust> {
        let clusters = numbered(clusters, self.k)?;
        let (yi, vi) = self.data();
        self.sandwich(&yi, &vi, &clusters, kind)
    }
}

impl RobustFit for LocationScaleFit {
    /// For the location coefficients, with the weights 1 / (v + tau²) of each effect's own tau².
    fn cluster_robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<ClusterRobust> {
        let clusters = numbered(clusters, self.k)?;
        let (yi, variance): (Vec<f64>, Vec<f64>) = self
            .studies
            .iter()
            .zip(&self.tau2)
            .filter_map(|(study, tau2)| Some((study.yi?, study.vi? + tau2)))
            .unzip();
        sandwich_of(&yi, &variance, &self.design, 0.0, None, &clusters, kind)
    }
}
