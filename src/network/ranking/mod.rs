//! Ranking of treatments: P-scores, rank probabilities, the certainty of the hierarchy, questions about it.
//!
//! Use it after a network fit, for the question which treatment is best, never without the intervals of the effects.
//!
//! # Model
//!
//! The effects θ̂ of T treatments are normal with covariance C (reference 0). From them:
//!
//! - P-scores, which equal SUCRA, in closed form ([`p_score`]); mean rank = T − (T − 1)·P;
//! - P(rank_i = r): integrals for T ≤ 4, exact to 1e-9; orthants by conditioning on Sobol points for T ≤ 8, good to 1e-4;
//!   common factors on Sobol points beyond, the rest exactly; errors are estimated and named in the notes;
//! - POTH, the precision of the hierarchy: of all treatments, without each one in turn, and among the k best;
//! - the minimal important difference δ: P(i better than j by more than δ) in place of P(i better than j)
//!   (Mavridis et al. 2020);
//! - the probability of any and/or/not of statements about the hierarchy ([`Question`]);
//! - the partial order over several outcomes ([`PartialOrder`]).
//!
//! # Edge cases
//!
//! Treatments whose effects are equal for certain share their ranks. One treatment has no hierarchy, an error.
//!
//! # References
//!
//! - Rücker G, Schwarzer G (2015). Ranking treatments in frequentist network meta-analysis works without resampling
//!   methods. *BMC Medical Research Methodology* 15:58. doi:10.1186/s12874-015-0060-8
//! - Salanti G, Ades AE, Ioannidis JPA (2011). Graphical methods and numerical summaries for presenting results from
//!   multiple-treatment meta-analysis. *Journal of Clinical Epidemiology* 64:163-171. doi:10.1016/j.jclinepi.2010.03.016
//! - Mavridis D, Porcher R, Nikolakopoulou A, Salanti G, Ravaud P (2020). Extensions of the probabilistic ranking metrics
//!   of competing treatments in network meta-analysis to reflect clinically important relative differences on many
//!   outcomes. *Biometrical Journal* 62:375-385.
//! - Wigle A, Béliveau A, Salanti G, et al. (2025). Precision of treatment hierarchy: a metric for quantifying certainty
//!   in treatment hierarchies from network meta-analysis. arXiv:2501.11596

use std::fmt;

use serde::{Deserialize, Serialize};

use super::NetworkFit;
use crate::{Error, Result};

mod conditioning;
mod factors;
mod hierarchy;
mod independent;
mod order;
mod orthant;
pub mod p_score;
mod parse;
mod sweep;

pub use hierarchy::{Bound, HierarchyProbability, Question, Statement};
pub use order::{OrderOutcome, PartialOrder};
pub use p_score::{PScores, SmallValues};

/// Settings of [`ranking`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RankingOptions {
    /// The direction of the outcome.
    pub small_values: SmallValues,
    /// The minimal important difference on the scale of the effects, 0 or more.
    pub mid: Option<f64>,
    /// The largest number of Sobol points; as many as an accuracy of 1e-4 needs, up to 2¹⁸, when `None`.
    pub draws: Option<u64>,
    /// The seed of the Sobol points.
    pub seed: u64,
}

impl Default for RankingOptions {
    fn default() -> Self {
        RankingOptions { small_values: SmallValues::Good, mid: None, draws: None, seed: 1 }
    }
}

impl RankingOptions {
    /// The direction of the outcome.
    #[must_use]
    pub fn small_values(mut self, small_values: SmallValues) -> Self {
        self.small_values = small_values;
        self
    }

    /// The minimal important difference on the scale of the effects.
    #[must_use]
    pub fn mid(mut self, mid: f64) -> Self {
        self.mid = Some(mid);
        self
    }

    /// The largest number of Sobol points.
    #[must_use]
    pub fn draws(mut self, draws: u64) -> Self {
        self.draws = Some(draws);
        self
    }

    /// The seed of the Sobol points.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
}

/// One treatment of a [`Ranking`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RankedTreatment {
    /// The treatment.
    pub treatment: String,
    /// The mean probability of being better than a competitor, by more than the minimal important difference if one was
    /// given.
    pub p_score: f64,
    /// The surface under the cumulative ranking curve; differs from `p_score` only with a minimal important difference.
    pub sucra: f64,
    /// The expected rank, 1 for the best.
    pub mean_rank: f64,
    /// The smallest rank that is reached or bettered with a probability of at least ½.
    pub median_rank: usize,
    /// The probability of rank 1.
    pub probability_best: f64,
    /// The probability of each rank from 1 to T.
    pub rank_probabilities: Vec<f64>,
    /// POTH without this treatment; `None` for two treatments.
    pub poth_without: Option<f64>,
}

/// The hierarchy of the treatments of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ranking {
    /// The direction of the outcome.
    pub small_values: SmallValues,
    /// The treatments, the one with the highest P-score first.
    pub order: Vec<String>,
    /// The treatments in the order of the network.
    pub treatments: Vec<RankedTreatment>,
    /// The precision of the hierarchy, from 0 to 1.
    pub poth: f64,
    /// The precision of the hierarchy among the best two, three, ... treatments.
    pub poth_best: Vec<f64>,
    /// P(row better than column), by more than `mid` if given; `None` on the diagonal.
    pub p_matrix: Vec<Vec<Option<f64>>>,
    /// The minimal important difference.
    pub mid: Option<f64>,
    /// Assumptions, and the precision of the rank probabilities.
    pub notes: Vec<String>,
}

/// Ranks treatments from their effects `theta` (length T) and the covariance of these (T × T, row and column of the
/// reference 0).
///
/// # Errors
///
/// If there are fewer than two treatments, lengths do not fit, a value is not finite, or an option is out of range.
pub fn ranking(
    treatments: &[String],
    theta: &[f64],
    covariance: &[f64],
    options: &RankingOptions,
) -> Result<Ranking> {
    check(treatments.len(), theta, covariance, options)?;
    let t = theta.len();
    let loss = losses(options.small_values, theta);
    let plain = p_score::p_matrix(&loss, covariance, 0.0);
    let sucra = p_score::p_scores(&plain, t);
    let mut notes = Vec::new();
    let shown = match options.mid {
        Some(mid) => {
            notes.push(format!(
                "P-scores count a treatment as better only by more than {mid}; SUCRA, ranks and POTH do not"
            ));
            p_score::p_matrix(&loss, covariance, mid)
        }
        None => plain.clone(),
    };
    let scores = p_score::p_scores(&shown, t);
    let probabilities = rank_probabilities(&loss, covariance, options, &mut notes)?;
    let best_first = order(&scores);
    let ranked = (0..t).map(|i| {
        let rank_probabilities = probabilities[i * t..(i + 1) * t].to_vec();
        let others: Vec<usize> = (0..t).filter(|j| *j != i).collect();
        RankedTreatment {
            treatment: treatments[i].clone(),
            p_score: scores[i],
            sucra: sucra[i],
            mean_rank: t as f64 - (t as f64 - 1.0) * sucra[i],
            median_rank: median(&rank_probabilities),
            probability_best: rank_probabilities.first().copied().unwrap_or(0.0),
            rank_probabilities,
            poth_without: p_score::poth_of(&plain, t, &others),
        }
    });
    let by_sucra = order(&sucra);
    Ok(Ranking {
        small_values: options.small_values,
        order: best_first.iter().map(|i| treatments[*i].clone()).collect(),
        treatments: ranked.collect(),
        poth: p_score::poth(&sucra).unwrap_or(0.0),
        poth_best: (2..=t).filter_map(|k| p_score::poth_of(&plain, t, &by_sucra[..k])).collect(),
        p_matrix: (0..t).map(|i| (0..t).map(|j| (i != j).then_some(shown[i * t + j])).collect()).collect(),
        mid: options.mid,
        notes,
    })
}

/// The effects turned so that a small one is good.
pub(crate) fn losses(small_values: SmallValues, theta: &[f64]) -> Vec<f64> {
    theta.iter().map(|x| small_values.sign() * x).collect()
}

impl NetworkFit {
    /// The ranking of the treatments, from the covariance that tests and intervals use.
    ///
    /// # Errors
    ///
    /// As [`ranking`].
    pub fn ranking(&self, options: &RankingOptions) -> Result<Ranking> {
        let covariance: Vec<f64> = self.covariance.iter().map(|c| c * self.inflation).collect();
        ranking(&self.network.treatments, &self.theta, &covariance, options)
    }

    /// The probability that a question about the hierarchy is answered with yes.
    ///
    /// # Errors
    ///
    /// As [`Question::parse`] and [`Question::probability`].
    pub fn hierarchy(&self, question: &str, options: &RankingOptions) -> Result<HierarchyProbability> {
        let covariance: Vec<f64> = self.covariance.iter().map(|c| c * self.inflation).collect();
        Question::parse(question, &self.network.treatments)?.probability(&self.theta, &covariance, options)
    }
}

fn check(names: usize, theta: &[f64], covariance: &[f64], options: &RankingOptions) -> Result<()> {
    let t = theta.len();
    if t < 2 {
        return Err(Error::model(format!("{t} treatment(s) to rank"), "a hierarchy needs two or more"));
    }
    if names != t || covariance.len() != t * t {
        let found = format!("{names} names and {} covariances for {t} effects", covariance.len());
        return Err(Error::data(found, "give a name for each effect and a square covariance matrix"));
    }
    if !theta.iter().chain(covariance).all(|x| x.is_finite()) {
        return Err(Error::data("an effect or covariance that is not finite", "rank the effects that exist"));
    }
    if options.mid.is_some_and(|mid| !(mid >= 0.0 && mid.is_finite())) {
        let found = format!("{}", options.mid.unwrap_or(f64::NAN));
        return Err(Error::setting("minimal important difference", found, "give 0 or a positive number"));
    }
    if options.draws == Some(0) {
        return Err(Error::setting("draws", "0", "give the largest number of Sobol points, 1000 or more"));
    }
    if options.draws.is_some_and(|draws| draws > MOST_DRAWS) {
        let found = format!("{}", options.draws.unwrap_or_default());
        return Err(Error::setting("draws", found, format!("give at most {MOST_DRAWS}")));
    }
    Ok(())
}

/// The most points that may be asked for: their standard error is far below 1e-6.
const MOST_DRAWS: u64 = 1_000_000_000;

/// The name of the points where work is told or interrupted.
const WORK: &str = "points of rank probabilities";

/// The most points of one round, after which the work can be ended.
const ROUND: u64 = 4096;

/// The most multiplications that are spent when the number of points is not given: some seconds, which sparse networks of dozens of
/// treatments need for an accuracy of 1e-4.
const MOST_WORK: u64 = 5_000_000_000;

fn rank_probabilities(
    loss: &[f64],
    covariance: &[f64],
    options: &RankingOptions,
    notes: &mut Vec<String>,
) -> Result<Vec<f64>> {
    let t = loss.len();
    if t <= 4 {
        return Ok(orthant::rank_probabilities(loss, covariance));
    }
    let enough = if options.draws.is_some() { 0.0 } else { 5e-5 };
    let swept = if t <= 8 {
        let most = options.draws.unwrap_or(1 << 13);
        conditioning::rank_probabilities(loss, covariance, most, enough, options.seed)
    } else {
        let (most, limit) = options.draws.map_or((1 << 18, MOST_WORK), |draws| (draws, u64::MAX));
        factors::rank_probabilities(loss, covariance, most, limit, enough, options.seed)?
    };
    notes.push(format!(
        "rank probabilities from {} Sobol points (seed {}), standard error at most {:.0e}",
        swept.points, options.seed, swept.error
    ));
    Ok(swept.probabilities)
}

/// The smallest rank, from 1, at which the cumulative probability reaches ½.
fn median(probabilities: &[f64]) -> usize {
    let mut sum = 0.0;
    let reached = probabilities.iter().position(|p| {
        sum += p;
        sum >= 0.5 - 1e-12
    });
    reached.map_or(probabilities.len(), |r| r + 1)
}

/// Positions by decreasing score, equal ones in their order.
fn order(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
    order
}

impl fmt::Display for Ranking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.treatments.iter().map(|t| t.treatment.chars().count()).max().unwrap_or(0).max(9);
        writeln!(f, "{:<width$}  P-score  mean rank  median  P(best)", "treatment")?;
        for name in &self.order {
            for t in self.treatments.iter().filter(|t| t.treatment == *name) {
                writeln!(
                    f,
                    "{:<width$}  {:>7.3}  {:>9.2}  {:>6}  {:>7.3}",
                    t.treatment, t.p_score, t.mean_rank, t.median_rank, t.probability_best
                )?;
            }
        }
        writeln!(f, "precision of the hierarchy (POTH) {:.3}", self.poth)?;
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn names(t: usize) -> Vec<String> {
        (0..t).map(|i| format!("t{i}")).collect()
    }

    #[test]
    fn two_treatments_are_one_normal_probability() {
        let covariance = [0.0, 0.0, 0.0, 0.04];
        let r = ranking(&names(2), &[0.0, -0.2], &covariance, &RankingOptions::default()).unwrap();
        assert!((r.treatments[1].p_score - crate::stat::normal::cdf(1.0)).abs() < 1e-15);
        assert!((r.treatments[1].probability_best - r.treatments[1].p_score).abs() < 1e-15);
        assert_eq!(r.order, ["t1", "t0"]);
    }

    #[test]
    fn mean_rank_is_that_of_the_probabilities() {
        let t = 6;
        let covariance: Vec<f64> =
            (0..t * t).map(|k| if k % (t + 1) == 0 { 0.1 + 0.05 * (k / t) as f64 } else { 0.04 }).collect();
        let theta = [0.0, 0.3, -0.1, 0.2, 0.25, -0.4];
        let r = ranking(&names(t), &theta, &covariance, &RankingOptions::default()).unwrap();
        for row in &r.treatments {
            let mean: f64 = row.rank_probabilities.iter().enumerate().map(|(k, p)| (k + 1) as f64 * p).sum();
            assert!((mean - row.mean_rank).abs() < 5e-4, "{mean} {}", row.mean_rank);
        }
        let turned = RankingOptions::default().small_values(SmallValues::Bad);
        let r2 = ranking(&names(t), &theta, &covariance, &turned).unwrap();
        assert!((r.treatments[0].p_score + r2.treatments[0].p_score - 1.0).abs() < 1e-14);
    }
}
