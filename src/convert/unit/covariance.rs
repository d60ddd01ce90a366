//! The sampling covariance matrix of dependent effects.
//!
//! Use it when a study contributes several effects (outcomes, raters, time points, comparisons with a shared group) and
//! the model should know how their errors correlate. Two effects i and j of one cluster have the covariance
//! √(v_i·v_j)·ρ_ij with
//!
//! ρ_ij = outcome part × time part × group part
//!
//! - outcome part: 1 for the same kind and the same observation, `rho_within` for the same kind and another observation,
//!   `rho_between` (or a table by pairs of kinds) for another kind;
//! - time part: φ^|t_i - t_j|;
//! - group part, for contrasts of groups (1 minus 2) with weights w (sizes): with the terms s(g, h) = 1/√(w_g·w_h) if g
//!   and h are the same group, else 0, it is (s(1,1) - s(1,2) - s(2,1) + s(2,2)) / √((1/w1_i + 1/w2_i)(1/w1_j + 1/w2_j)); each term
//!   has the time part of its own groups. A shared control of equal size gives 1/2.
//!
//! Effects of different clusters, or of different subgroups of a cluster, are independent. A block that is not positive
//! definite is an error that names the rows: no model can use it, and it says that the assumed correlations contradict each other.
//!
//! ```
//! use consilience::convert::unit::covariance::{AssumedCorrelations, EffectPlace};
//!
//! // Two doses against one control, each arm with 40 people: correlation one half.
//! let rows = [
//!     EffectPlace::new("trial 1").groups("low", "control", 40.0, 40.0),
//!     EffectPlace::new("trial 1").groups("high", "control", 40.0, 40.0),
//!     EffectPlace::new("trial 2").groups("low", "control", 25.0, 25.0),
//! ];
//! let v = AssumedCorrelations::default().matrix(&[0.04, 0.09, 0.08], &rows)?.value;
//! assert!((v.entry(0, 1) - 0.5 * 0.06).abs() < 1e-15);
//! assert_eq!(v.entry(0, 2), 0.0);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Gleser LJ, Olkin I (2009). Stochastically dependent effect sizes. In: The Handbook of Research Synthesis and
//!   Meta-Analysis, 2nd ed., 357-376.
//! - Ishak KJ, Platt RW, Joseph L, Hanley JA, Caro JJ (2007). Meta-analysis of longitudinal studies.
//!   doi:10.1177/1740774507083567
//! - Higgins JPT, et al. (2023). Cochrane Handbook 23.3. doi:10.1002/9781119536604.ch23

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Step};
use crate::{Error, Result};

const REFERENCE: &str = "Gleser & Olkin 2009, The Handbook of Research Synthesis and Meta-Analysis, 357-376";

/// The two groups behind an effect, with their weights (sizes).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Groups {
    /// Group 1 (the effect is group 1 minus group 2).
    pub group1: String,
    /// Group 2.
    pub group2: String,
    /// Weight of group 1, as its size.
    pub w1: f64,
    /// Weight of group 2.
    pub w2: f64,
}

/// The place of an effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EffectPlace {
    /// The cluster, as the study.
    pub cluster: String,
    /// Independent people within the cluster.
    pub subgroup: Option<String>,
    /// The kind of outcome (construct).
    pub kind: Option<String>,
    /// The observation, as the instrument.
    pub observation: Option<String>,
    /// The time of measurement (of group 1).
    pub time: Option<f64>,
    /// The time of measurement of group 2, if another.
    pub time2: Option<f64>,
    /// The groups compared.
    pub groups: Option<Groups>,
}

impl EffectPlace {
    /// An effect of a cluster.
    pub fn new(cluster: impl Into<String>) -> Self {
        EffectPlace {
            cluster: cluster.into(),
            subgroup: None,
            kind: None,
            observation: None,
            time: None,
            time2: None,
            groups: None,
        }
    }

    /// Of other people than those of other subgroups.
    #[must_use]
    pub fn subgroup(mut self, subgroup: impl Into<String>) -> Self {
        self.subgroup = Some(subgroup.into());
        self
    }

    /// With a kind of outcome.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// With an observation (an instrument, a rater).
    #[must_use]
    pub fn observation(mut self, observation: impl Into<String>) -> Self {
        self.observation = Some(observation.into());
        self
    }

    /// At a time.
    #[must_use]
    pub fn time(mut self, time: f64) -> Self {
        self.time = Some(time);
        self
    }

    /// With another time for group 2.
    #[must_use]
    pub fn time_of_group2(mut self, time: f64) -> Self {
        self.time2 = Some(time);
        self
    }

    /// A contrast of two groups with their sizes.
    #[must_use]
    pub fn groups(mut self, group1: impl Into<String>, group2: impl Into<String>, w1: f64, w2: f64) -> Self {
        self.groups = Some(Groups { group1: group1.into(), group2: group2.into(), w1, w2 });
        self
    }
}

/// The assumed correlations.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AssumedCorrelations {
    /// Between observations of the same kind.
    pub rho_within: Option<f64>,
    /// Between kinds, where `rho_kinds` has no entry.
    pub rho_between: Option<f64>,
    /// Between particular kinds (in either order).
    pub rho_kinds: Vec<(String, String, f64)>,
    /// Between measurements one unit of time apart.
    pub phi: Option<f64>,
}

impl AssumedCorrelations {
    /// The correlation between observations of the same kind.
    #[must_use]
    pub fn within(mut self, rho: f64) -> Self {
        self.rho_within = Some(rho);
        self
    }

    /// The correlation between kinds of outcome.
    #[must_use]
    pub fn between(mut self, rho: f64) -> Self {
        self.rho_between = Some(rho);
        self
    }

    /// The correlation between two particular kinds.
    #[must_use]
    pub fn kinds(mut self, a: impl Into<String>, b: impl Into<String>, rho: f64) -> Self {
        self.rho_kinds.push((a.into(), b.into(), rho));
        self
    }

    /// The correlation between measurements one unit of time apart.
    #[must_use]
    pub fn over_time(mut self, phi: f64) -> Self {
        self.phi = Some(phi);
        self
    }

    fn outcome_part(&self, a: &EffectPlace, b: &EffectPlace) -> Result<f64> {
        if a.kind != b.kind {
            let (Some(ka), Some(kb)) = (&a.kind, &b.kind) else {
                return Err(Error::data(
                    "one effect has a kind of outcome and another none",
                    "give every effect of a cluster a kind, or none",
                ));
            };
            let listed = self.rho_kinds.iter().find(|(x, y, _)| (x == ka && y == kb) || (x == kb && y == ka));
            return listed.map(|(_, _, rho)| *rho).or(self.rho_between).ok_or_else(|| {
                Error::setting(
                    "rho",
                    format!("no correlation of `{ka}` with `{kb}`"),
                    "give the correlation between kinds of outcome",
                )
            });
        }
        if a.observation != b.observation {
            return self.rho_within.ok_or_else(|| {
                Error::setting(
                    "rho",
                    "no correlation between observations",
                    "give the correlation between observations of the same kind",
                )
            });
        }
        Ok(1.0)
    }

    fn time_part(&self, a: Option<f64>, b: Option<f64>) -> Result<f64> {
        match (a, b) {
            (Some(a), Some(b)) if a == b => Ok(1.0),
            (Some(a), Some(b)) => {
                let phi = self.phi.ok_or_else(|| {
                    Error::setting("phi", "no autocorrelation", "give the correlation one unit of time apart")
                })?;
                Ok(phi.powf((a - b).abs()))
            }
            (None, None) => Ok(1.0),
            _ => Err(Error::data(
                "one effect has a time and another none",
                "give every effect of a cluster a time, or none",
            )),
        }
    }

    /// The correlation of two effects of a cluster.
    fn correlation(&self, a: &EffectPlace, b: &EffectPlace) -> Result<f64> {
        if a.subgroup != b.subgroup {
            return Ok(0.0);
        }
        let outcome = self.outcome_part(a, b)?;
        match (&a.groups, &b.groups) {
            (None, None) => Ok(outcome * self.time_part(a.time, b.time)?),
            (Some(ga), Some(gb)) => {
                let of = |row: &EffectPlace, groups: &Groups| {
                    let second = row.time2.or(row.time);
                    [
                        (groups.group1.clone(), groups.w1, row.time, 1.0),
                        (groups.group2.clone(), groups.w2, second, -1.0),
                    ]
                };
                let mut sum = 0.0;
                for (name_a, wa, ta, sign_a) in of(a, ga) {
                    for (name_b, wb, tb, sign_b) in of(b, gb) {
                        if name_a == name_b {
                            sum += sign_a * sign_b * self.time_part(ta, tb)? / (wa * wb).sqrt();
                        }
                    }
                }
                let scale = ((1.0 / ga.w1 + 1.0 / ga.w2) * (1.0 / gb.w1 + 1.0 / gb.w2)).sqrt();
                Ok(outcome * sum / scale)
            }
            _ => Err(Error::data(
                "one effect has groups and another none",
                "give every effect of a cluster its groups, or none",
            )),
        }
    }

    fn validate(&self, vi: &[f64], rows: &[EffectPlace]) -> Result<()> {
        if vi.len() != rows.len() || vi.is_empty() {
            return Err(Error::data(
                format!("{} variances and {} rows", vi.len(), rows.len()),
                "give one variance for every row, and at least one",
            ));
        }
        for (name, rho) in [("rho_within", self.rho_within), ("rho_between", self.rho_between)] {
            if let Some(rho) = rho {
                check::correlation(name, rho)?;
            }
        }
        for (a, b, rho) in &self.rho_kinds {
            check::correlation(&format!("correlation of {a} and {b}"), *rho)?;
        }
        if let Some(phi) = self.phi
            && !(0.0..=1.0).contains(&phi)
        {
            return Err(Error::setting("phi", format!("{phi}"), "an autocorrelation lies between 0 and 1"));
        }
        for (i, (&v, row)) in vi.iter().zip(rows).enumerate() {
            let place = |error: Error| error.in_row(i + 1).in_study(&row.cluster);
            check::positive("vi", v).map_err(place)?;
            if let Some(groups) = &row.groups {
                check::positive("w1", groups.w1).map_err(place)?;
                check::positive("w2", groups.w2).map_err(place)?;
                if groups.group1 == groups.group2 {
                    return Err(place(Error::data(
                        format!("group `{}` is compared with itself", groups.group1),
                        "an effect compares two different groups",
                    )));
                }
            }
            for time in [row.time, row.time2].into_iter().flatten() {
                check::finite("time", time).map_err(place)?;
            }
        }
        Ok(())
    }

    /// The covariance matrix of effects with variances `vi`, one row each.
    ///
    /// # Errors
    ///
    /// If lengths differ, a value is out of its range, a needed correlation is missing, the rows of a cluster differ in
    /// what they give, or the block of a cluster is not positive definite (the rows are named).
    pub fn matrix(&self, vi: &[f64], rows: &[EffectPlace]) -> Result<Derived<BlockCovariance>> {
        self.validate(vi, rows)?;
        let mut blocks = clustered(rows);
        for block in &mut blocks {
            let members: Vec<(&f64, &EffectPlace)> =
                block.rows.iter().filter_map(|&i| Some((vi.get(i)?, rows.get(i)?))).collect();
            for (i, (va, a)) in members.iter().enumerate() {
                for (j, (vb, b)) in members.iter().enumerate() {
                    block.values.push(if i == j {
                        **va
                    } else {
                        let rho = self.correlation(a, b).map_err(|error| error.in_study(&block.cluster))?;
                        rho * (*va * *vb).sqrt()
                    });
                }
            }
            positive_definite(block)?;
        }
        let largest = blocks.iter().map(|b| b.rows.len()).max().unwrap_or(0);
        let mut step = Step::new(
            "sampling covariance matrix",
            "√(vi·vj)·(outcome part × φ^|ti - tj| × group part) within a cluster",
            REFERENCE,
        )
        .from_all(&[
            ("effects", vi.len() as f64),
            ("clusters", blocks.len() as f64),
            ("largest cluster", largest as f64),
        ]);
        for (name, value) in [
            ("correlation between observations", self.rho_within),
            ("correlation between kinds of outcome", self.rho_between),
            ("autocorrelation", self.phi),
        ] {
            if let Some(value) = value {
                step = step.assuming(name, value);
            }
        }
        for (a, b, rho) in &self.rho_kinds {
            step = step.assuming(&format!("correlation of {a} and {b}"), *rho);
        }
        Ok(step.gives(BlockCovariance { k: vi.len(), blocks }))
    }
}

/// The blocks of the clusters in the order in which they appear, without covariances.
fn clustered(rows: &[EffectPlace]) -> Vec<CovarianceBlock> {
    let mut clusters: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let mut blocks: Vec<CovarianceBlock> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let next = blocks.len();
        let at = *clusters.entry(&row.cluster).or_insert(next);
        if at == next {
            blocks.push(CovarianceBlock {
                cluster: row.cluster.clone(),
                rows: Vec::new(),
                values: Vec::new(),
            });
        }
        if let Some(block) = blocks.get_mut(at) {
            block.rows.push(i);
        }
    }
    blocks
}

/// The smallest eigenvalue of a block, as a correlation matrix, must be above 0.
pub(super) fn positive_definite(block: &CovarianceBlock) -> Result<()> {
    let n = block.rows.len();
    let sd: Vec<f64> = (0..n).map(|i| block.values.get(i * n + i).map_or(0.0, |v| v.sqrt())).collect();
    let correlation = nalgebra::DMatrix::from_fn(n, n, |i, j| {
        let scale = sd.get(i).copied().unwrap_or(1.0) * sd.get(j).copied().unwrap_or(1.0);
        block.values.get(i * n + j).map_or(0.0, |v| v / scale)
    });
    let smallest = nalgebra::SymmetricEigen::new(correlation).eigenvalues.min();
    if smallest > 1e-12 * n as f64 {
        return Ok(());
    }
    let rows: Vec<String> = block.rows.iter().map(|i| (i + 1).to_string()).collect();
    Err(Error::data(
        format!(
            "the covariance matrix of rows {} is not positive definite (smallest eigenvalue of the correlations {smallest:.3e})",
            rows.join(", ")
        ),
        "the assumed correlations contradict each other, or two rows are the same effect: lower them or distinguish the rows",
    )
    .in_study(&block.cluster))
}

/// The covariances of one cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CovarianceBlock {
    /// The cluster.
    pub cluster: String,
    /// The positions of its effects, counted from 0.
    pub rows: Vec<usize>,
    /// Its covariances, row by row.
    pub values: Vec<f64>,
}

/// A sampling covariance matrix of k effects, as the blocks of its clusters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlockCovariance {
    /// The number of effects.
    pub k: usize,
    /// The blocks, in the order in which the clusters appear.
    pub blocks: Vec<CovarianceBlock>,
}

impl BlockCovariance {
    /// The covariance of effects i and j (counted from 0); 0 for effects of different clusters and beyond the last.
    pub fn entry(&self, i: usize, j: usize) -> f64 {
        self.blocks
            .iter()
            .find_map(|block| {
                let row = block.rows.iter().position(|&r| r == i)?;
                let column = block.rows.iter().position(|&r| r == j)?;
                block.values.get(row * block.rows.len() + column).copied()
            })
            .unwrap_or(0.0)
    }

    /// The whole matrix, row by row.
    pub fn dense(&self) -> Vec<f64> {
        let mut all = vec![0.0; self.k * self.k];
        for block in &self.blocks {
            let n = block.rows.len();
            for (a, &i) in block.rows.iter().enumerate() {
                for (b, &j) in block.rows.iter().enumerate() {
                    if let (Some(cell), Some(value)) =
                        (all.get_mut(i * self.k + j), block.values.get(a * n + b))
                    {
                        *cell = *value;
                    }
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    fn correlations(v: &BlockCovariance, vi: &[f64]) -> Vec<f64> {
        let mut out = Vec::new();
        for i in 0..vi.len() {
            for j in 0..i {
                out.push(v.entry(i, j) / (vi[i] * vi[j]).sqrt());
            }
        }
        out
    }

    /// metafor 3.8: cov2cor(vcalc(vi, cl, type, obs, time1, rho = c(0.6, 0.4), phi = 0.9)).
    #[test]
    fn kinds_observations_and_times() {
        let vi = [1.0, 2.0, 3.0, 4.0];
        let row = |kind: &str, obs: &str, time| EffectPlace::new("1").kind(kind).observation(obs).time(time);
        let rows = [row("a", "1", 1.0), row("a", "2", 1.0), row("b", "1", 2.0), row("b", "2", 4.0)];
        let v = AssumedCorrelations::default()
            .within(0.6)
            .between(0.4)
            .over_time(0.9)
            .matrix(&vi, &rows)
            .unwrap()
            .value;
        let expected = [0.6, 0.36, 0.36, 0.2916, 0.2916, 0.486];
        for (got, want) in correlations(&v, &vi).into_iter().zip(expected) {
            assert_relative_eq!(got, want, max_relative = 1e-12);
        }
    }

    /// metafor 3.8: cov2cor(vcalc(vi, cl, obs, time1, time2, grp1, grp2, w1, w2, rho = 0.5, phi = 0.8)), 8 digits printed.
    #[test]
    fn shared_groups_at_different_times() {
        let vi = [1.0, 2.0, 3.0, 4.0];
        let row = |obs: &str, g1: &str, g2: &str, w1, w2, t1, t2| {
            EffectPlace::new("1").observation(obs).groups(g1, g2, w1, w2).time(t1).time_of_group2(t2)
        };
        let rows = [
            row("1", "A", "C", 10.0, 40.0, 1.0, 1.0),
            row("1", "B", "C", 20.0, 40.0, 1.0, 2.0),
            row("2", "A", "C", 30.0, 45.0, 2.0, 2.0),
            row("2", "B", "A", 20.0, 10.0, 3.0, 4.0),
        ];
        let v = AssumedCorrelations::default().within(0.5).over_time(0.8).matrix(&vi, &rows).unwrap().value;
        let expected = [0.206_559_11, 0.390_265_21, 0.182_574_19, -0.186_955_97, 0.150_849_45, -0.404_771_54];
        for (got, want) in correlations(&v, &vi).into_iter().zip(expected) {
            assert_relative_eq!(got, want, max_relative = 1e-7);
        }
    }

    #[test]
    fn contradictions_name_study_and_rows() {
        let rows = ["a", "b", "c"].map(|kind| EffectPlace::new("Smith 2001").kind(kind));
        let error = AssumedCorrelations::default()
            .kinds("a", "b", 0.9)
            .kinds("a", "c", 0.9)
            .kinds("c", "b", -0.9)
            .matrix(&[1.0; 3], &rows)
            .unwrap_err()
            .to_string();
        assert!(error.contains("Smith 2001") && error.contains("rows 1, 2, 3"), "{error}");
        let same = [EffectPlace::new("Smith 2001"), EffectPlace::new("Smith 2001")];
        assert!(AssumedCorrelations::default().matrix(&[1.0, 1.0], &same).is_err());
        let apart = [
            EffectPlace::new("Smith 2001").subgroup("men"),
            EffectPlace::new("Smith 2001").subgroup("women"),
        ];
        assert_eq!(
            AssumedCorrelations::default().matrix(&[1.0, 1.0], &apart).unwrap().value.dense(),
            [1.0, 0.0, 0.0, 1.0]
        );
        assert!(
            AssumedCorrelations::default().matrix(&[1.0; 3], &rows).unwrap_err().to_string().contains("`b`")
        );
    }
}
