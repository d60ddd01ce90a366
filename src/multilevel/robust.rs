//! Cluster-robust inference, with the fitted model as the working model.

use super::dense;
use super::factor::Factor;
use super::fit::MultilevelFit;
use super::random::Term;
use super::sampling::Sampling;
use crate::linear::Design;
use crate::robust::{ClusterBlock, ClusterMatrix, ClusterRobust, ClusteredModel, RobustFit, RobustType};
use crate::{Error, Result};

/// The parts of the covariance of the effects, and their residuals.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Working {
    pub design: Design,
    pub sampling: Sampling,
    pub terms: Vec<Term>,
    pub theta: Vec<f64>,
    pub unit: f64,
    pub residuals: Vec<f64>,
}

impl Working {
    /// Refuses clusters that cut a block of effects that depend on each other.
    fn check_whole(&self, cluster: &Factor) -> Result<()> {
        let k = self.residuals.len();
        let component = dense::components(k, &self.sampling, &self.terms);
        let mut of_component: Vec<Option<usize>> = vec![None; k];
        for (row, (&component, &code)) in component.iter().zip(cluster.codes()).enumerate() {
            let known = *of_component[component].get_or_insert(code);
            if known != code {
                return Err(Error::model(
                    format!(
                        "row {} of cluster {} depends, by a random effect or a sampling covariance, on effects of cluster {}",
                        row + 1,
                        cluster.levels()[code],
                        cluster.levels()[known]
                    ),
                    "cluster by a factor whose levels contain whole groups of every random effect",
                ));
            }
        }
        Ok(())
    }

    /// The effects of a cluster with their working covariance; `sigma` is room for a block of it.
    fn cluster_block(&self, blocks: &[&dense::DenseBlock], sigma: &mut Vec<f64>) -> ClusterBlock {
        let rows: Vec<usize> = blocks.iter().flat_map(|block| block.rows.iter().copied()).collect();
        let n = rows.len();
        let diagonal = blocks.iter().all(|block| block.rows.len() == 1);
        let mut values = if diagonal { Vec::with_capacity(n) } else { vec![0.0; n * n] };
        let mut offset = 0;
        for block in blocks {
            dense::covariance(block, &self.terms, &self.theta, sigma);
            let width = block.rows.len();
            if diagonal {
                values.push(sigma[0] * self.unit);
            } else {
                for a in 0..width {
                    for b in 0..width {
                        values[(offset + a) * n + offset + b] = sigma[a * width + b] * self.unit;
                    }
                }
            }
            offset += width;
        }
        let covariance = if diagonal { ClusterMatrix::Diagonal(values) } else { ClusterMatrix::Full(values) };
        ClusterBlock { rows, covariance, weight: None }
    }

    /// The cluster-robust covariance with the fitted model as the working model.
    pub fn judge(&self, estimates: &[f64], kind: RobustType, cluster: &Factor) -> Result<ClusterRobust> {
        let k = self.residuals.len();
        if cluster.len() != k {
            return Err(Error::data(
                format!("{} labels for {k} effects", cluster.len()),
                "the clusters need one label for each effect",
            )
            .in_column(cluster.name()));
        }
        self.check_whole(cluster)?;
        let blocks = dense::split(k, &self.sampling, &self.terms, self.unit);
        let mut members = vec![Vec::new(); cluster.levels().len()];
        for block in &blocks {
            if let Some(&row) = block.rows.first() {
                members[cluster.codes()[row]].push(block);
            }
        }
        let mut sigma = Vec::new();
        let clusters = members
            .into_iter()
            .filter(|blocks| !blocks.is_empty())
            .map(|blocks| self.cluster_block(&blocks, &mut sigma))
            .collect();
        let present = |code: &usize| cluster.codes().contains(code);
        let names = (0..cluster.levels().len()).filter(present).map(|code| cluster.levels()[code].clone());
        ClusteredModel { design: self.design.values(), estimates, residuals: &self.residuals, clusters }
            .robust(kind)
            .map(|robust| robust.named(names.collect()))
    }
}

/// Every group of every random effect, and every block of sampling covariances, must lie within one cluster. A fit that was
/// read from a file does not know its effects any more: fit the model again.
impl RobustFit for MultilevelFit {
    fn cluster_robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<ClusterRobust> {
        let working = self.working.as_ref().ok_or_else(|| {
            Error::setting("fit", "a fit that was read from a file", "fit the model to the effects again")
        })?;
        let cluster = Factor::new("cluster", clusters.iter().map(|label| label.as_ref().to_owned()))?;
        let estimates: Vec<f64> = self.coefficients.iter().map(|coefficient| coefficient.estimate).collect();
        working.judge(&estimates, kind, &cluster)
    }
}
