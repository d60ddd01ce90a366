//! Cluster-robust inference for the mean: when several effects come from one study.

use super::{PoolFit, PoolModel, inference::MeanInference};
use crate::{
    Error, Result,
    robust::{ClusterRobust, ClusteredModel, RobustFit, RobustType, numbered},
};

impl PoolFit {
    /// The same fit with cluster-robust inference in place of the model-based one: standard error, test, interval and the
    /// prediction interval by the same convention. `clusters` names the cluster of each study.
    ///
    /// # Errors
    ///
    /// If the model is neither a fixed-effect nor a random-effects one, there is not one cluster for each study, or there
    /// are fewer than 2 clusters.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects, robust::RobustType};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A1", "A2", "B", "C"], [1.0, 1.2, 3.0, 8.0], [1.0; 4])?;
    /// let fit = RandomEffects::default().fit(&effects)?.robust(&["A", "A", "B", "C"], RobustType::Cr2)?;
    /// assert!(fit.df.is_some_and(|df| df < 2.0));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<PoolFit> {
        let robust = self.cluster_robust(clusters, kind)?;
        let mean = robust.contrast(&[1.0], self.level.fraction())?;
        let mut fit = self.clone();
        fit.set_mean(MeanInference {
            estimate: mean.estimate,
            se: mean.se,
            statistic: Some(mean.statistic),
            df: Some(mean.df),
            p_value: Some(mean.p_value),
            ci_lower: mean.ci_lower,
            ci_upper: mean.ci_upper,
        });
        fit.prediction = self.prediction.and_then(|p| fit.prediction_by(p.method));
        fit.update_transformed();
        fit.notes.extend(robust.notes(&["the mean".to_owned()]));
        fit.robust = Some(robust.summary());
        Ok(fit)
    }
}

impl RobustFit for PoolFit {
    fn cluster_robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<ClusterRobust> {
        if !matches!(self.model, PoolModel::Fixed | PoolModel::Random) {
            return Err(Error::setting(
                "robust",
                "cluster-robust inference for a Mantel-Haenszel or Peto analysis",
                "use a fixed-effect or random-effects model",
            ));
        }
        let cluster = numbered(clusters, self.k)?;
        let tau2 = self.heterogeneity.tau2.unwrap_or(0.0);
        let (mut residuals, mut variances, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for study in &self.studies {
            if let (Some(yi), Some(vi), Some(weight)) = (study.yi, study.vi, study.weight) {
                residuals.push(yi - self.estimate);
                variances.push(vi + tau2);
                weights.push(weight);
            }
        }
        let design = vec![1.0; residuals.len()];
        ClusteredModel::weighted(&design, &[self.estimate], &residuals, &weights, &variances, &cluster)?
            .robust(kind)
    }
}
