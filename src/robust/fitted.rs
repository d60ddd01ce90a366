//! One way to cluster-robust inference for every model.

use std::collections::HashMap;

use super::{ClusterRobust, RobustType};
use crate::{Error, Result, table::level_order};

/// A fit whose coefficients can be judged by clusters of effects, whatever the model.
///
/// ```
/// use consilience::{EffectSizes, Measure, regression::{LocationScale, MetaRegression, Design},
///     robust::{RobustFit, RobustType}};
///
/// fn errors(fit: &impl RobustFit, clusters: &[&str]) -> consilience::Result<Vec<f64>> {
///     Ok(fit.cluster_robust(clusters, RobustType::Cr2)?.coefficients(0.95)?.iter().map(|c| c.se).collect())
/// }
///
/// let effects = EffectSizes::new(Measure::MeanDifference, ["A1", "A2", "B", "C", "D", "E"],
///     [1.0, 1.2, 3.0, 8.0, 7.0, 4.0], [1.0, 0.8, 1.0, 0.5, 1.0, 1.0])?;
/// let mean = Design::with_intercept(6);
/// let clusters = ["A", "A", "B", "C", "D", "E"];
/// let plain = errors(&MetaRegression::default().fit(&effects, &mean)?, &clusters)?;
/// let scaled = errors(&LocationScale::default().fit(&effects, &mean, &mean)?, &clusters)?;
/// assert!((plain[0] - scaled[0]).abs() < 1e-6 * plain[0]); // one tau² for all: the same model
/// # Ok::<(), consilience::Error>(())
/// ```
pub trait RobustFit {
    /// The cluster-robust covariance of the coefficients, with tests and intervals of coefficients and contrasts.
    /// `clusters` names the cluster of each effect.
    ///
    /// # Errors
    ///
    /// If there is not one cluster for each effect, or there are too few clusters for the kind.
    fn cluster_robust<S: AsRef<str>>(&self, clusters: &[S], kind: RobustType) -> Result<ClusterRobust>;
}

/// Clusters by number, in the order of levels.
pub(crate) fn numbered<S: AsRef<str>>(clusters: &[S], k: usize) -> Result<Vec<usize>> {
    if clusters.len() != k {
        return Err(Error::data(
            format!("{} cluster names for {k} studies", clusters.len()),
            "give one cluster name for every study",
        ));
    }
    let names = levels(clusters);
    let numbers: HashMap<&str, usize> = names.into_iter().zip(0..).collect();
    Ok(clusters.iter().filter_map(|name| numbers.get(name.as_ref()).copied()).collect())
}

/// The names of the clusters, in the order of their numbers.
pub(crate) fn names<S: AsRef<str>>(clusters: &[S]) -> Vec<String> {
    levels(clusters).into_iter().map(str::to_owned).collect()
}

fn levels<S: AsRef<str>>(clusters: &[S]) -> Vec<&str> {
    let mut names: Vec<&str> = clusters.iter().map(AsRef::as_ref).collect();
    names.sort_by(|a, b| level_order(a, b));
    names.dedup();
    names
}
