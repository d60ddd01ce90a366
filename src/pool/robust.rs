//! Cluster-robust inference for the mean: when several effects come from one study.

use nalgebra::DMatrix;

use super::{MeanInference, PoolFit, PoolModel, Prediction, PredictionInterval, Subgroup, SubgroupTest};
use crate::{
    Error, Result,
    robust::{ClusterRobust, ClusteredModel, RobustCoefficient, RobustFit, RobustType, names, numbered},
};

impl PoolFit {
    /// The same fit with cluster-robust inference in place of the model-based one: standard error, test and interval of
    /// the mean and of each subgroup, the test between subgroups, and prediction intervals, which take the t distribution of the mean
    /// unless a convention was chosen. `clusters` names the cluster of each study.
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
        let mut fit = self.clone();
        fit.set_mean(mean(&robust.coefficient("the mean", 0, self.level)?));
        fit.prediction = self.prediction.and_then(|_| fit.prediction_by(self.robust_prediction()));
        fit.update_transformed();
        fit.notes.extend(robust.notes(&["the mean".to_owned()]));
        fit.robust = Some(robust.summary());
        if let Some(subgroups) = &self.subgroups {
            let parts = Parts { fit: self, subgroups, clusters, kind };
            fit.subgroups = Some(parts.subgroups(&mut fit.notes)?);
            fit.subgroup_test = parts.test(&mut fit.notes)?;
        }
        Ok(fit)
    }

    /// The convention of prediction intervals beside robust inference: the chosen one, else the t distribution of the mean.
    fn robust_prediction(&self) -> Prediction {
        self.prediction_choice.unwrap_or(match self.prediction {
            Some(PredictionInterval { method: Prediction::Normal, .. }) | None => Prediction::T,
            Some(interval) => interval.method,
        })
    }

    /// The weights are 1 / (v + tau²), not given ones.
    fn has_inverse_variance_weights(&self) -> bool {
        self.fit.is_some()
    }
}

/// The robust mean in place of that of the model.
fn mean(robust: &RobustCoefficient) -> MeanInference {
    MeanInference {
        estimate: robust.estimate,
        se: robust.se,
        statistic: Some(robust.statistic),
        df: Some(robust.df),
        p_value: Some(robust.p_value),
        ci_lower: robust.ci_lower,
        ci_upper: robust.ci_upper,
    }
}

/// The subgroups of a fit, each by the clusters of its own effects, and the test between them by those of all.
struct Parts<'a, S> {
    fit: &'a PoolFit,
    subgroups: &'a [Subgroup],
    clusters: &'a [S],
    kind: RobustType,
}

impl<S: AsRef<str>> Parts<'_, S> {
    /// yi, vi + tau² of the subgroup, and the weight of an effect.
    fn row(&self, subgroup: &Subgroup, row: usize) -> Option<(f64, f64, f64)> {
        let study = self.fit.studies.get(row)?;
        let variance = study.vi? + subgroup.heterogeneity.tau2.unwrap_or(0.0);
        let own = self.fit.has_inverse_variance_weights();
        Some((study.yi?, variance, if own { 1.0 / variance } else { study.weight? }))
    }

    fn subgroups(&self, notes: &mut Vec<String>) -> Result<Vec<Subgroup>> {
        self.subgroups.iter().map(|subgroup| self.subgroup(subgroup, notes)).collect()
    }

    /// The first subgroup whose effects are all of one cluster, with that cluster: its mean has no robust variance.
    fn of_one_cluster(&self) -> Option<(&str, String)> {
        self.subgroups.iter().find_map(|subgroup| {
            let clusters: Vec<&str> =
                subgroup.rows.iter().filter_map(|&row| self.clusters.get(row).map(AsRef::as_ref)).collect();
            match &names(&clusters)[..] {
                [only] => Some((subgroup.level.as_str(), only.to_string())),
                _ => None,
            }
        })
    }

    /// A subgroup with its own sandwich. Effects of one cluster alone have none: there is no test then.
    fn subgroup(&self, subgroup: &Subgroup, notes: &mut Vec<String>) -> Result<Subgroup> {
        let clusters: Vec<&str> =
            subgroup.rows.iter().filter_map(|&row| self.clusters.get(row).map(AsRef::as_ref)).collect();
        let untested = |why: &str| {
            let level = &subgroup.level;
            let note = format!(
                "subgroup {level}: {why}, which leaves no robust test of its mean; its standard error and intervals are those of the model"
            );
            (note, Subgroup { statistic: None, df: None, p_value: None, ..subgroup.clone() })
        };
        if let [only] = names(&clusters)[..].as_ref() {
            let (note, part) = untested(&format!("all its effects are of cluster {only}"));
            notes.push(note);
            return Ok(part);
        }
        let rows = || subgroup.rows.iter().filter_map(|&row| self.row(subgroup, row));
        let residuals: Vec<f64> = rows().map(|(y, _, _)| y - subgroup.estimate).collect();
        let variances: Vec<f64> = rows().map(|(_, variance, _)| variance).collect();
        let weights: Vec<f64> = rows().map(|(_, _, weight)| weight).collect();
        let design = vec![1.0; residuals.len()];
        let numbers = numbered(&clusters, residuals.len())?;
        let estimate = [subgroup.estimate];
        let robust =
            ClusteredModel::weighted(&design, &estimate, &residuals, &weights, &variances, &numbers)?
                .robust(self.kind)?
                .named(names(&clusters));
        let title = format!("subgroup {}", subgroup.level);
        let level = self.fit.level;
        if !robust.informs(0) {
            let (note, part) = untested("its effects agree to the last digit");
            notes.push(note);
            return Ok(part);
        }
        let of = mean(&robust.coefficient(&title, 0, level)?);
        let mut part = subgroup.clone();
        (part.se, part.statistic, part.df, part.p_value) = (of.se, of.statistic, of.df, of.p_value);
        (part.ci_lower, part.ci_upper) = (of.ci_lower, of.ci_upper);
        let tau2 = subgroup.heterogeneity.tau2.unwrap_or(0.0);
        let residual = subgroup.k as f64 - 1.0;
        part.prediction = match (subgroup.prediction, self.fit.robust_prediction()) {
            (Some(exact), Prediction::Nnf) => Some(exact),
            (Some(_), method) => {
                PredictionInterval::new(method, of.estimate, of.se, tau2, of.df, residual, level)
            }
            (None, _) => None,
        };
        part.transformed = self.fit.back.transformed(
            of.estimate,
            [of.ci_lower, of.ci_upper],
            part.prediction.map(|interval| [interval.lower, interval.upper]),
        );
        notes.extend(robust.notes(&[title]));
        Ok(part)
    }

    /// The test that all subgroups have one mean: the Wald test of their differences, each with its own tau², by the clusters of
    /// all effects, which may have effects in several subgroups.
    fn test(&self, notes: &mut Vec<String>) -> Result<Option<SubgroupTest>> {
        let (count, k) = (self.subgroups.len(), self.fit.studies.len());
        if count < 2 {
            return Ok(None);
        }
        if let Some((level, cluster)) = self.of_one_cluster() {
            notes.push(format!(
                "no robust test of differences between subgroups: all effects of subgroup {level} are of cluster {cluster}"
            ));
            return Ok(None);
        }
        let mut design = vec![0.0; k * count];
        let (mut residuals, mut variances, mut weights) = (vec![0.0; k], vec![0.0; k], vec![0.0; k]);
        for (column, subgroup) in self.subgroups.iter().enumerate() {
            for &row in &subgroup.rows {
                let Some((y, variance, weight)) = self.row(subgroup, row) else { continue };
                design[column * k + row] = 1.0;
                (residuals[row], variances[row], weights[row]) = (y - subgroup.estimate, variance, weight);
            }
        }
        let estimates: Vec<f64> = self.subgroups.iter().map(|subgroup| subgroup.estimate).collect();
        let numbers = numbered(self.clusters, k)?;
        let model =
            ClusteredModel::weighted(&design, &estimates, &residuals, &weights, &variances, &numbers)?;
        let informed = |robust: &ClusterRobust| (0..count).all(|at| robust.informs(at));
        let found = model.robust(self.kind).ok().filter(informed).and_then(|robust| {
            let differences = DMatrix::from_fn(count, count - 1, |row, column| {
                f64::from(i8::from(row == column + 1) - i8::from(row == 0))
            });
            robust.test_contrasts(&differences)
        });
        match &found {
            Some(test) => notes.push(format!(
                "the test of differences between subgroups is cluster-robust: F = {:.4} with {} and {:.2} degrees of freedom; q is F \
                 times the first of them",
                test.statistic, test.df1, test.df2
            )),
            None => notes.push(
                "no robust test of differences between subgroups: the clusters do not support it".to_owned(),
            ),
        }
        Ok(found.map(|test| SubgroupTest {
            q: test.statistic * test.df1 as f64,
            df: test.df1,
            df2: Some(test.df2),
            p_value: test.p_value,
        }))
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
            .map(|robust| robust.named(names(clusters)))
    }
}
