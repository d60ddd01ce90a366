//! Subgroups: the same model in each level of a grouping, and Cochran's Q between their means.
//!
//! Each level is fitted on its own. Its tau² is its own (`Separate`), or one tau² is estimated within all levels at
//! once (`Common`: that of the meta-regression on the levels), which is steadier when levels hold five studies or fewer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Heterogeneity, PoolFit, PredictionInterval, Transformed, kernel};
use crate::codes::codes;
use crate::{Error, Result, stat::chi2};

/// The tau² of subgroups: one for each, or one for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SubgroupTau2 {
    /// Each level has its own.
    #[default]
    Separate,
    /// One for all levels, estimated within them.
    Common,
}

codes! { SubgroupTau2, "choice for --subgroup-tau2" {
    Separate "separate" [],
    Common "common" [],
} }

/// The fit of one level of a grouping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Subgroup {
    /// The level's name.
    pub level: String,
    /// The number of studies.
    pub k: usize,
    /// The pooled effect, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The test statistic of no effect.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The prediction interval of a random-effects model.
    pub prediction: Option<PredictionInterval>,
    /// The heterogeneity within the level.
    pub heterogeneity: Heterogeneity,
    /// The result on the scale that people read.
    pub transformed: Transformed,
    /// The positions of its studies among those of the whole fit, from 0; written to files from 1.
    #[serde(with = "crate::rows::from_one")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<usize>"))]
    pub rows: Vec<usize>,
}

/// The test of differences between the levels' means: Cochran's Q, or by clusters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SubgroupTest {
    /// Q, with weights 1 / se².
    pub q: f64,
    /// The number of levels less one.
    pub df: usize,
    /// The denominator degrees of freedom of F = q / df, by clusters; `None` for chi-square.
    #[serde(default)]
    pub df2: Option<f64>,
    /// The P value.
    pub p_value: f64,
}

/// The rows of each level: numbers in numeric order, then texts in the order of their bytes.
pub(super) fn levels<S: AsRef<str>>(groups: &[S]) -> Vec<(&str, Vec<usize>)> {
    let mut levels: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, group) in groups.iter().enumerate() {
        levels.entry(group.as_ref()).or_default().push(row);
    }
    let mut levels: Vec<(&str, Vec<usize>)> = levels.into_iter().collect();
    levels.sort_by(|(a, _), (b, _)| crate::table::level_order(a, b));
    levels
}

/// Fits every level with `fit`, which is given its rows, and adds the levels and their test to the fit of the whole.
pub(super) fn add<S: AsRef<str>>(
    whole: &mut PoolFit,
    groups: &[S],
    mut fit: impl FnMut(&[usize]) -> Result<PoolFit>,
) -> Result<()> {
    if groups.len() != whole.k {
        return Err(Error::data(
            format!("{} group names for {} studies", groups.len(), whole.k),
            "give one group name for every study",
        ));
    }
    let mut subgroups = Vec::new();
    for (level, rows) in levels(groups) {
        let part = fit(&rows)?;
        for note in &part.notes {
            if !whole.notes.contains(note) {
                whole.notes.push(format!("subgroup {level}: {note}"));
            }
        }
        subgroups.push(Subgroup {
            level: level.to_owned(),
            k: part.k,
            estimate: part.estimate,
            se: part.se,
            statistic: part.statistic,
            df: part.df,
            p_value: part.p_value,
            ci_lower: part.ci_lower,
            ci_upper: part.ci_upper,
            prediction: part.prediction,
            heterogeneity: part.heterogeneity,
            transformed: part.transformed,
            rows,
        });
    }
    whole.subgroup_test = test(&subgroups);
    whole.subgroups = Some(subgroups);
    Ok(())
}

/// Cochran's Q between the levels; `None` for a single level, or where a standard error is 0.
fn test(subgroups: &[Subgroup]) -> Option<SubgroupTest> {
    if subgroups.len() < 2 || subgroups.iter().any(|s| !(s.se > 0.0)) {
        return None;
    }
    let estimates: Vec<f64> = subgroups.iter().map(|s| s.estimate).collect();
    let variances: Vec<f64> = subgroups.iter().map(|s| s.se * s.se).collect();
    let q = kernel::fixed(&estimates, &variances).q;
    let df = subgroups.len() - 1;
    Some(SubgroupTest { q, df, df2: None, p_value: chi2::sf(q, df as f64) })
}
