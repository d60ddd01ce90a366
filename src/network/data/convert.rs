//! The studies of a network written in another shape: pairs, arms, baseline contrasts.
//!
//! Pairs always exist. Arms exist as reported; for studies given by contrasts their variances follow from
//! v_ab = v_a + v_b (three or more arms), and a study of two arms is split evenly, which changes no contrast. Baseline contrasts
//! need independent arms: the covariance of two of them is the variance of the baseline arm.

use super::{ArmData, ArmRow, BaselineRow, Network, PairRow, Study};
use crate::{Error, Result};

/// The extent to which covariances may differ, as a part of the largest variance, before arms count as dependent.
const INDEPENDENT: f64 = 1e-8;

impl Network {
    /// Every pair of arms of every study, in the order of the levels.
    pub fn pair_rows(&self) -> Vec<PairRow> {
        let mut rows = Vec::new();
        for study in &self.studies {
            for (i, j, _) in study.pairs() {
                let (estimate, variance) = study.pair(i, j);
                let (a, b) = (&study.arms[i], &study.arms[j]);
                let name = |t: usize| self.treatments[t].clone();
                rows.push(PairRow {
                    sizes: [a.size, b.size],
                    events: [a.events, b.events],
                    row: study.row,
                    ..PairRow::new(&study.label, name(a.treatment), name(b.treatment), estimate, variance)
                });
            }
        }
        rows
    }

    /// Every arm of every study: as reported, or with a value and variance that give its contrasts.
    ///
    /// # Errors
    ///
    /// If the arms of a study given by contrasts are not independent.
    pub fn arm_rows(&self) -> Result<Vec<ArmRow>> {
        let mut rows = Vec::new();
        for study in &self.studies {
            let reported = study.arms.iter().all(|a| !matches!(a.data, ArmData::Contrast { .. }));
            let variances = if reported { Vec::new() } else { own_variances(study)? };
            for (at, arm) in study.arms.iter().enumerate() {
                let data = if reported {
                    arm.data
                } else {
                    let estimate = if at == 0 { 0.0 } else { study.contrasts[at - 1] };
                    ArmData::Value { estimate, variance: variances[at] }
                };
                let treatment = self.treatments[arm.treatment].clone();
                rows.push(ArmRow::new(&study.label, treatment, data).at_row(study.row));
            }
        }
        Ok(rows)
    }

    /// Every arm of every study against the study's first arm, in the order of the levels.
    ///
    /// # Errors
    ///
    /// If the arms of a study of three or more arms are not independent.
    pub fn baseline_rows(&self) -> Result<Vec<BaselineRow>> {
        let mut rows = Vec::new();
        for study in &self.studies {
            let own = if study.arms.len() > 2 || study.arm_variances.is_some() {
                own_variances(study)?.first().copied()
            } else {
                None
            };
            for (at, arm) in study.arms.iter().enumerate() {
                let pair = (at > 0).then(|| study.pair(at, 0));
                rows.push(BaselineRow {
                    study: study.label.clone(),
                    treatment: self.treatments[arm.treatment].clone(),
                    estimate: pair.map(|(estimate, _)| estimate),
                    variance: pair.map_or(own, |(_, variance)| Some(variance)),
                    size: arm.size,
                    row: study.row,
                });
            }
        }
        Ok(rows)
    }
}

/// The variances of the arms' own values.
fn own_variances(study: &Study) -> Result<Vec<f64>> {
    if let Some(variances) = &study.arm_variances {
        return Ok(variances.clone());
    }
    let n = study.contrasts.len();
    if n == 1 {
        return Ok(vec![0.5 * study.covariance[0]; 2]);
    }
    let own = study.covariance[1];
    let largest = (0..n).fold(0.0_f64, |m, a| m.max(study.covariance[a * n + a]));
    let equal = (0..n * n)
        .filter(|at| at / n != at % n)
        .all(|at| (study.covariance[at] - own).abs() <= INDEPENDENT * largest);
    let variances: Vec<f64> =
        std::iter::once(own).chain((0..n).map(|a| study.covariance[a * n + a] - own)).collect();
    if equal && variances.iter().all(|v| *v > 0.0) {
        return Ok(variances);
    }
    Err(Error::data(
        "the variances of the pairs are not sums of variances of independent arms",
        "write the study as contrasts (--as contrasts)",
    )
    .in_row(study.row)
    .in_study(&study.label))
}
