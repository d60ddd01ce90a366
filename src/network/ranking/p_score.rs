//! P-scores, their matrix, and how certain a hierarchy is.
//!
//! P(i better than j) = Φ((θ_j − θ_i) / se_ij) for an outcome whose small values are good. The P-score is its mean over the
//! competitors j (Rücker and Schwarzer 2015), which is SUCRA (Salanti 2011) for normally distributed effects: both are the
//! expected share of competitors that are beaten; the mean rank is T − (T − 1) P. With a smallest difference that matters,
//! a treatment beats another only by more than that (Mavridis 2020). POTH = Σ (P_i − ½)² / [T(T + 1) / (12(T − 1))] (Wigle
//! et al. 2025) is the variance of the P-scores against that of a certain hierarchy: 1 when the order is certain, 0 when all
//! P-scores are ½.
//!
//! References: those of [`ranking`](super).

use serde::{Deserialize, Serialize};

use super::losses;
use crate::{Error, Result, network::NetworkFit, stat::normal};

/// The meaning of a small value of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SmallValues {
    /// `good`: the treatment with the smallest effect is best.
    #[default]
    Good,
    /// `bad`: the treatment with the largest effect is best.
    Bad,
}

crate::codes::codes!(SmallValues, "meaning of small values" {
    Good "good" ["desirable"], Bad "bad" ["undesirable"],
});

impl SmallValues {
    /// The factor that makes small values good: 1 or -1.
    pub fn sign(self) -> f64 {
        match self {
            SmallValues::Good => 1.0,
            SmallValues::Bad => -1.0,
        }
    }
}

/// P-scores of all treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PScores {
    /// The meaning of a small value.
    pub small_values: SmallValues,
    /// The smallest difference that matters, if one was given.
    pub mid: Option<f64>,
    /// The treatments from best to worst P-score; ties stay in the order of the levels.
    pub order: Vec<usize>,
    /// The P-score of each treatment, between 0 and 1.
    pub p_score: Vec<f64>,
    /// Row by row: P(row is better than column); `None` on the diagonal.
    pub p_matrix: Vec<Vec<Option<f64>>>,
}

impl NetworkFit {
    /// The P-scores; `mid` is the smallest difference that matters, on the scale of the analysis.
    ///
    /// # Errors
    ///
    /// If `mid` is not a number of at least 0.
    pub fn p_scores(&self, small_values: SmallValues, mid: Option<f64>) -> Result<PScores> {
        if let Some(mid) = mid.filter(|m| !(m.is_finite() && *m >= 0.0)) {
            return Err(Error::setting(
                "mid",
                format!("the smallest difference that matters is {mid}"),
                "it must be finite and not below 0",
            ));
        }
        let size = self.theta.len();
        let loss = losses(small_values, &self.theta);
        let p = matrix(&loss, |i, j| self.variance(i, j), mid.unwrap_or(0.0));
        let p_score = p_scores(&p, size);
        let mut order: Vec<usize> = (0..size).collect();
        order.sort_by(|&a, &b| p_score[b].total_cmp(&p_score[a]));
        let row = |i: usize| (0..size).map(|j| (i != j).then_some(p[i * size + j])).collect();
        Ok(PScores { small_values, mid, order, p_score, p_matrix: (0..size).map(row).collect() })
    }
}

/// P(i better than j by more than `mid`), row by row, T × T; the diagonal holds 0.
///
/// `loss` has the effects of the T treatments, a small one being good; `covariance` is their T × T covariance matrix.
/// Effects that are equal for certain beat one another with probability ½ (0 when `mid` is positive).
pub fn p_matrix(loss: &[f64], covariance: &[f64], mid: f64) -> Vec<f64> {
    let t = loss.len();
    matrix(loss, |i, j| difference_variance(covariance, t, i, j), mid)
}

/// The same, given the variance of each difference.
fn matrix(loss: &[f64], variance: impl Fn(usize, usize) -> f64, mid: f64) -> Vec<f64> {
    let t = loss.len();
    let mut p = vec![0.0; t * t];
    for i in 0..t {
        for j in (0..t).filter(|j| *j != i) {
            p[i * t + j] = beats(loss[j] - loss[i] - mid, variance(i, j));
        }
    }
    p
}

/// The variance of θ_i − θ_j, free of what rounding leaves of a variance that is 0.
pub(super) fn difference_variance(covariance: &[f64], t: usize, i: usize, j: usize) -> f64 {
    let (a, b) = (covariance[i * t + i], covariance[j * t + j]);
    let variance = a + b - covariance[i * t + j] - covariance[j * t + i];
    if variance > 1e-13 * (a + b) { variance } else { 0.0 }
}

/// P(X > 0) of a normal variable of this mean and variance; a tie counts half.
fn beats(mean: f64, variance: f64) -> f64 {
    match (variance > 0.0, mean) {
        (true, _) => normal::cdf(mean / variance.sqrt()),
        (false, m) if m > 0.0 => 1.0,
        (false, 0.0) => 0.5,
        (false, _) => 0.0,
    }
}

/// The mean of each row of a matrix of [`p_matrix`] over the other treatments.
pub fn p_scores(p: &[f64], t: usize) -> Vec<f64> {
    let competitors = t.saturating_sub(1).max(1) as f64;
    p.chunks_exact(t.max(1)).map(|row| row.iter().sum::<f64>() / competitors).collect()
}

/// The precision of the treatment hierarchy; `None` for fewer than two treatments.
pub fn poth(scores: &[f64]) -> Option<f64> {
    let t = scores.len() as f64;
    if t < 2.0 {
        return None;
    }
    let spread: f64 = scores.iter().map(|p| (p - 0.5).powi(2)).sum();
    Some(spread / (t * (t + 1.0) / (12.0 * (t - 1.0))))
}

/// The POTH of some of the treatments among one another; `None` for fewer than two.
pub fn poth_of(p: &[f64], t: usize, among: &[usize]) -> Option<f64> {
    let competitors = among.len().saturating_sub(1) as f64;
    let scores: Vec<f64> = among
        .iter()
        .map(|i| among.iter().filter(|j| *j != i).map(|j| p[i * t + j]).sum::<f64>() / competitors)
        .collect();
    poth(&scores)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_certain_hierarchy_has_precision_one_and_none_zero() {
        let certain = p_matrix(&[0.0, 1.0, 2.0, 3.0], &[0.0; 16], 0.0);
        let scores = p_scores(&certain, 4);
        assert_eq!(scores, [1.0, 2.0 / 3.0, 1.0 / 3.0, 0.0]);
        assert!((poth(&scores).unwrap() - 1.0).abs() < 1e-12);
        let ties = p_matrix(&[1.0; 4], &[0.0; 16], 0.0);
        assert_eq!(poth(&p_scores(&ties, 4)), Some(0.0));
        assert_eq!(poth(&[0.5]), None);
    }

    #[test]
    fn scores_sum_to_half_the_number_of_treatments() {
        let covariance = [0.0, 0.0, 0.0, 0.0, 0.4, 0.1, 0.0, 0.1, 0.2];
        let scores = p_scores(&p_matrix(&[0.0, -0.3, 0.2], &covariance, 0.0), 3);
        assert!((scores.iter().sum::<f64>() - 1.5).abs() < 1e-15);
        assert!((scores[0] + scores[1] + scores[2] - 1.5).abs() < 1e-15);
    }
}
