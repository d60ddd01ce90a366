//! From a network of treatments to a decision: which treatment pays, and which comparison is worth a trial.
//!
//! Use it after a network meta-analysis, with what a unit of effect is worth and what each treatment costs.
//!
//! # Model
//!
//! The net benefit of treatment j is NB_j = λ v θ_j − c_j for effects θ ~ N(θ̂, C): v is the health of a unit of effect (with
//! its sign: negative where small values are good), λ the willingness to pay, c_j the cost. For any other function of the
//! effects (a risk on the scale of odds, say), [`NetworkDecision::draws`] gives draws of the effects and hands costs and
//! effects to [`Draws`].
//!
//! A trial of i versus j with a difference of variance s² (of the between-study variance, too) changes the expected net
//! benefits by b z, b = λ v C x / √(xᵀCx + s²), x = e_i − e_j, z standard normal: lines in z, whose expected maximum over
//! their upper envelope is exact. The gain over the best option now is the expected value of sample information; with s = 0
//! that of perfect information on the comparison.
//!
//! # Edge cases
//!
//! A treatment with certain net benefit (the reference) takes part as any other. Values are per decision; multiply by the
//! people concerned.
//!
//! Reference: Frazier P, Powell W, Dayanik S (2009). The knowledge-gradient policy for correlated normal beliefs. *INFORMS
//! Journal on Computing* 21:599-613. doi:10.1287/ijoc.1080.0314

use serde::{Deserialize, Serialize};

use super::Draws;
use crate::{
    Error, Result,
    linalg::symmetric,
    network::NetworkFit,
    stat::{Tail, normal, sobol::Sobol},
};

/// The decision between the treatments of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkDecision {
    /// The treatments.
    pub treatments: Vec<String>,
    /// Their effects against the reference.
    pub theta: Vec<f64>,
    /// The covariance of the effects, T × T.
    pub covariance: Vec<f64>,
    /// The variance between studies, which a new trial has as well.
    pub tau2: f64,
    /// The cost of each treatment.
    pub costs: Vec<f64>,
    /// The health of a unit of effect.
    pub value: f64,
    /// The willingness to pay for a unit of health.
    pub wtp: f64,
}

/// A treatment in the order of expected net benefit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RankedDecision {
    /// The treatment.
    pub treatment: String,
    /// Its expected net benefit.
    pub net_benefit: f64,
    /// The loss by it, against the best one in expectation.
    pub loss: f64,
    /// The probability of the greatest net benefit.
    pub probability_best: f64,
}

/// A comparison that a trial could study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NextComparison {
    /// The treatment.
    pub intervention: String,
    /// The treatment it is compared with.
    pub comparator: String,
    /// The expected value of perfect information on their difference.
    pub evppi: f64,
    /// The expected value of the trial.
    pub evsi: f64,
}

/// The answer of a [`NetworkDecision`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkDecisionResult {
    /// The treatments, the greatest expected net benefit first.
    pub ranking: Vec<RankedDecision>,
    /// The expected value of perfect information on all effects, per decision.
    pub evpi: f64,
    /// The standard error of its computation.
    pub evpi_se: f64,
    /// The comparisons, the most valuable trial first.
    pub next: Vec<NextComparison>,
}

/// Points behind EVPI and the probabilities of being best, in each copy.
const POINTS: u64 = 4096;
const COPIES: u64 = 8;

impl NetworkDecision {
    /// The decision between the treatments of a fit with these costs, in the order of its treatments, the health of a unit
    /// of effect (negative where small values are good) and the willingness to pay.
    ///
    /// # Errors
    ///
    /// If costs and treatments differ in number, or a value is not finite.
    pub fn new(fit: &NetworkFit, costs: &[f64], value: f64, wtp: f64) -> Result<Self> {
        let t = fit.theta.len();
        if costs.len() != t {
            let found = format!("{} costs for {t} treatments", costs.len());
            return Err(Error::data(found, "give the cost of each treatment, in the order of the network"));
        }
        if !costs.iter().chain([&value, &wtp]).all(|x| x.is_finite()) || wtp < 0.0 {
            return Err(Error::setting(
                "decision",
                "a cost, value or threshold that is not a finite number",
                "give finite ones, and a willingness to pay of at least 0",
            ));
        }
        Ok(NetworkDecision {
            treatments: fit.network.treatments.clone(),
            theta: fit.theta.clone(),
            covariance: fit.covariance.iter().map(|c| c * fit.inflation).collect(),
            tau2: fit.tau2,
            costs: costs.to_vec(),
            value,
            wtp,
        })
    }

    /// The expected net benefits.
    pub fn net_benefits(&self) -> Vec<f64> {
        self.theta.iter().zip(&self.costs).map(|(t, c)| self.wtp * self.value * t - c).collect()
    }

    /// Ranks the treatments and the comparisons; `variance` is the sampling variance of the difference in a new trial,
    /// without the variance between studies.
    ///
    /// # Errors
    ///
    /// If the variance is not a number of at least 0.
    pub fn run(&self, variance: f64) -> Result<NetworkDecisionResult> {
        if !(variance >= 0.0 && variance.is_finite()) {
            return Err(Error::setting(
                "variance",
                variance.to_string(),
                "give the sampling variance of the new trial",
            ));
        }
        let nb = self.net_benefits();
        let best = nb.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (probability, evpi, evpi_se) = self.perfect(&nb, best)?;
        let mut ranking: Vec<RankedDecision> = (0..nb.len())
            .map(|i| RankedDecision {
                treatment: self.treatments[i].clone(),
                net_benefit: nb[i],
                loss: best - nb[i],
                probability_best: probability[i],
            })
            .collect();
        ranking.sort_by(|a, b| b.net_benefit.total_cmp(&a.net_benefit));
        let t = nb.len();
        let mut next: Vec<NextComparison> = (0..t)
            .flat_map(|i| (i + 1..t).map(move |j| (i, j)))
            .map(|(i, j)| NextComparison {
                intervention: self.treatments[i].clone(),
                comparator: self.treatments[j].clone(),
                evppi: self.information(&nb, (i, j), 0.0),
                evsi: self.information(&nb, (i, j), variance + self.tau2),
            })
            .collect();
        next.sort_by(|a, b| b.evsi.total_cmp(&a.evsi));
        Ok(NetworkDecisionResult { ranking, evpi, evpi_se, next })
    }

    /// The expected gain from an estimate of θ_i − θ_j with this variance.
    fn information(&self, nb: &[f64], (i, j): (usize, usize), variance: f64) -> f64 {
        let t = nb.len();
        let c = |a: usize, b: usize| self.covariance[a * t + b];
        let spread = c(i, i) + c(j, j) - 2.0 * c(i, j) + variance;
        if !(spread > 0.0) {
            return 0.0;
        }
        let scale = self.wtp * self.value / spread.sqrt();
        let lines: Vec<(f64, f64)> = (0..t).map(|k| (nb[k], scale * (c(k, i) - c(k, j)))).collect();
        expected_gain(&lines)
    }

    /// Probabilities of the greatest net benefit, EVPI and its standard error.
    fn perfect(&self, nb: &[f64], best: f64) -> Result<(Vec<f64>, f64, f64)> {
        let t = nb.len();
        let loadings = loadings(&self.covariance, t)?;
        let d = loadings.len() / t.max(1);
        let mut counts = vec![0.0; t];
        let mut means = Vec::with_capacity(COPIES as usize);
        let (mut z, mut values) = (vec![0.0; d], vec![0.0; t]);
        for copy in 0..COPIES {
            let mut points = Sobol::new(d, 1, copy);
            let mut sum = 0.0;
            for _ in 0..POINTS {
                points.next_point(&mut z);
                values.copy_from_slice(nb);
                for (column, u) in loadings.chunks_exact(t).zip(&z) {
                    let z = self.wtp * self.value * normal::quantile(Tail::Lower(*u));
                    values.iter_mut().zip(column).for_each(|(v, l)| *v += z * l);
                }
                let top = (1..t).fold(0, |top, k| if values[k] > values[top] { k } else { top });
                counts[top] += 1.0;
                sum += values[top] - best;
            }
            means.push(sum / POINTS as f64);
        }
        let copies = COPIES as f64;
        let evpi = means.iter().sum::<f64>() / copies;
        let spread: f64 = means.iter().map(|m| (m - evpi).powi(2)).sum();
        let total = copies * POINTS as f64;
        let probability = counts.iter().map(|c| c / total).collect();
        Ok((probability, evpi.max(0.0), (spread / (copies * (copies - 1.0))).sqrt()))
    }

    /// `n` draws of the effects, each mapped to the cost and the effect of every treatment, for any analysis of [`Draws`].
    ///
    /// The effects of a draw are θ_j against the reference; `map` returns one (cost, effect) for each treatment.
    ///
    /// # Errors
    ///
    /// If `n` is 0, or `map` returns another number of options or values that are not finite.
    pub fn draws(&self, n: usize, seed: u64, map: impl Fn(&[f64]) -> Vec<(f64, f64)>) -> Result<Draws> {
        let t = self.theta.len();
        let loadings = loadings(&self.covariance, t)?;
        let d = loadings.len() / t.max(1);
        let mut points = Sobol::new(d, seed, 0);
        let (mut z, mut theta) = (vec![0.0; d], vec![0.0; t]);
        let mut columns = vec![(Vec::with_capacity(n), Vec::with_capacity(n)); t];
        for _ in 0..n {
            points.next_point(&mut z);
            theta.copy_from_slice(&self.theta);
            for (column, u) in loadings.chunks_exact(t).zip(&z) {
                let z = normal::quantile(Tail::Lower(*u));
                theta.iter_mut().zip(column).for_each(|(v, l)| *v += z * l);
            }
            let options = map(&theta);
            if options.len() != t {
                let found = format!("{} options for {t} treatments", options.len());
                return Err(Error::data(found, "return a cost and an effect for each treatment"));
            }
            for ((costs, effects), (cost, effect)) in columns.iter_mut().zip(options) {
                costs.push(cost);
                effects.push(effect);
            }
        }
        let named = self.treatments.iter().zip(columns).map(|(name, (c, e))| (name.clone(), c, e));
        Draws::from_columns(named)
    }
}

/// Columns L with L Lᵀ = C, the axis of greatest variance first.
fn loadings(covariance: &[f64], t: usize) -> Result<Vec<f64>> {
    let mut copy = covariance.to_vec();
    let (mut values, mut vectors) = (vec![0.0; t], vec![0.0; t * t]);
    symmetric::eigen(&mut copy, t, &mut values, &mut vectors)?;
    let largest = values.last().copied().unwrap_or(0.0);
    let mut columns = Vec::new();
    for m in (0..t).rev().filter(|m| values[*m] > 1e-13 * largest) {
        columns.extend(vectors[m * t..(m + 1) * t].iter().map(|x| x * values[m].sqrt()));
    }
    Ok(columns)
}

/// E max(a + b z) − max a over lines (a, b), z standard normal: the corners of their upper envelope, each with the loss of a
/// normal variable beyond it.
fn expected_gain(lines: &[(f64, f64)]) -> f64 {
    let mut sorted = lines.to_vec();
    sorted.sort_by(|x, y| x.1.total_cmp(&y.1).then(x.0.total_cmp(&y.0)));
    let scale = sorted.iter().fold(0.0_f64, |m, l| m.max(l.1.abs()));
    let mut hull: Vec<(f64, f64)> = Vec::new();
    let mut corners: Vec<f64> = Vec::new();
    for line in sorted {
        // Of parallel lines the higher one comes last.
        if hull.last().is_some_and(|top| line.1 - top.1 <= 1e-14 * scale) {
            let higher = hull.last().is_some_and(|top| line.0 > top.0);
            if !higher {
                continue;
            }
            hull.pop();
            corners.truncate(hull.len().saturating_sub(1));
        }
        while let Some(top) = hull.last().copied() {
            let corner = (top.0 - line.0) / (line.1 - top.1);
            if corners.len() + 1 == hull.len() && corners.last().is_some_and(|c| corner <= *c) {
                hull.pop();
                corners.pop();
            } else {
                corners.push(corner);
                break;
            }
        }
        hull.push(line);
    }
    // Σ over corners of the change of slope times E(|z| − |corner|)⁺ beyond it: what z adds to the best line at 0.
    corners
        .iter()
        .zip(hull.windows(2))
        .map(|(c, pair)| (pair[1].1 - pair[0].1) * (normal::pdf(*c) - c.abs() * normal::sf(c.abs())))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_are_the_unit_normal_loss() {
        // max(0, a + b z): b [φ(u) − u Φ(−u)] with u = |a| / b
        for a in [-1.3, 0.0, 0.4] {
            let u = f64::abs(a) / 0.7;
            let loss = 0.7 * (normal::pdf(u) - u * normal::sf(u));
            assert!((expected_gain(&[(0.0, 0.0), (a, 0.7)]) - loss).abs() < 1e-14);
        }
    }

    #[test]
    fn the_envelope_agrees_with_a_sum_over_z() {
        let lines = [(0.0, 0.0), (0.2, -0.5), (-0.3, 1.0), (0.1, 0.4), (0.1, 0.3), (-2.0, 1.0), (0.15, 0.0)];
        let n = 400_000;
        let mut sum = 0.0;
        for k in 0..n {
            let z = normal::quantile(Tail::Lower((f64::from(k) + 0.5) / f64::from(n)));
            sum += lines.iter().map(|l| l.0 + l.1 * z).fold(f64::NEG_INFINITY, f64::max);
        }
        let expected = sum / f64::from(n) - 0.2;
        assert!((expected_gain(&lines) - expected).abs() < 1e-5, "{} {expected}", expected_gain(&lines));
    }
}
