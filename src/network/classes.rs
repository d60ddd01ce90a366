//! Classes of treatments: effects that are equal within a class, or come from one distribution about its mean.
//!
//! Use it for drugs of a class whose single effects are imprecise.
//!
//! Model: θ_j = m_class(j) + u_j with u_j ~ N(0, σ²), or u_j = 0 where classes are merged; the reference is its own, with
//! effect 0. tau² and σ² by REML over both; the effects of the treatments are shrunken towards the mean of their class.
//!
//! Edge cases: a class of one treatment has that treatment's effect as its mean; with σ² = 0 the classes are merged.
//!
//! Reference: Owen RK, Tincello DG, Abrams KR (2015). Network meta-analysis: development of a three-level hierarchical
//! modeling approach incorporating dose-related constraints. *Value in Health* 18:116-126.

use serde::{Deserialize, Serialize};

use super::{Difference, Network, NetworkMeta, gls::Design, shrinkage::Shrinkage};
use crate::{Error, Result};

/// The effects of treatments and of their classes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClassFit {
    /// The mean of each class against the reference.
    pub classes: Vec<(String, Difference)>,
    /// The treatments against the reference (which is left out), shrunken towards the mean of their class.
    pub effects: Vec<(String, Difference)>,
    /// The variance within classes.
    pub class_variance: f64,
    /// The variance between studies.
    pub tau2: f64,
    /// The effects, T values with 0 for the reference.
    pub theta: Vec<f64>,
    /// Their covariance, T × T.
    pub covariance: Vec<f64>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl NetworkMeta {
    /// Fits effects that come from one distribution within each class; `classes` names that of each treatment, in the
    /// order of the network's treatments (that of the reference is not used).
    ///
    /// # Errors
    ///
    /// If names and treatments differ in number, every class has one treatment only, or the network is not connected.
    pub fn fit_classes(&self, network: &Network, classes: &[String]) -> Result<ClassFit> {
        let t = network.treatments.len();
        if classes.len() != t {
            let found = format!("{} classes for {t} treatments", classes.len());
            return Err(Error::data(found, "name the class of each treatment"));
        }
        network.require_connected()?;
        let reference = self.reference.as_ref().map_or(Ok(0), |name| network.treatment(name))?;
        let others: Vec<usize> = (0..t).filter(|j| *j != reference).collect();
        let mut names: Vec<&String> = others.iter().map(|j| &classes[*j]).collect();
        names.sort_by(|a, b| crate::table::level_order(a, b));
        names.dedup();
        if names.len() == others.len() {
            return Err(Error::model(
                "every class has one treatment only",
                "give two treatments the same class, or fit the network without classes",
            ));
        }
        let (m, c) = (names.len(), names.len() + others.len());
        let row = |j: usize| {
            let mut row = vec![0.0; c];
            if let Some(u) = others.iter().position(|o| *o == j) {
                row[m + u] = 1.0;
                if let Some(k) = names.iter().position(|n| **n == classes[j]) {
                    row[k] = 1.0;
                }
            }
            row
        };
        let rows: Vec<Vec<f64>> = (0..t).map(row).collect();
        let x = Design::mapped(network, &rows.concat(), c).rows().to_vec();
        let fit = Shrinkage::fit(self, network, Shrinkage::columns(x, m, others.len()))?;
        let unit = |k: usize| (0..c).map(|j| f64::from(u8::from(j == k))).collect::<Vec<f64>>();
        let mut notes = vec!["the intervals take tau² and the variance within classes as known".to_owned()];
        if fit.sigma2 == 0.0 {
            notes.push(
                "the variance within classes is estimated as zero: effects are equal within a class"
                    .to_owned(),
            );
        }
        let (theta, covariance) = fit.block(&rows);
        Ok(ClassFit {
            classes: names
                .iter()
                .enumerate()
                .map(|(k, name)| ((*name).clone(), fit.combination(&unit(k), self.level)))
                .collect(),
            effects: others
                .iter()
                .map(|j| (network.treatments[*j].clone(), fit.combination(&rows[*j], self.level)))
                .collect(),
            class_variance: fit.sigma2,
            tau2: fit.tau2,
            theta,
            covariance,
            notes,
        })
    }
}
