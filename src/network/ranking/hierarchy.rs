//! Questions about a hierarchy: the probability of an and/or/not of statements.
//!
//! A single statement about two treatments is a normal probability. Everything else is the share of Sobol points at
//! which it holds: ranks and differences of the same point, so that statements may depend on one another in any way.
//!
//! ```
//! use consilience::network::{Question, RankingOptions};
//!
//! let names = ["plac".to_string(), "metf".to_string(), "rosi".to_string()];
//! let question = Question::parse("rosi first and metf above plac", &names)?;
//! let covariance = [0.0, 0.0, 0.0, 0.0, 0.024, 0.01, 0.0, 0.01, 0.016];
//! let answer = question.probability(&[0.0, -1.13, -1.2], &covariance, &RankingOptions::default())?;
//! assert!((answer.probability - 0.68).abs() < 0.01);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Reference: Papakonstantinou T, Salanti G, Mavridis D, et al. (2022). Answering complex hierarchy questions in network
//! meta-analysis. *BMC Medical Research Methodology* 22:47.

use serde::{Deserialize, Serialize};

use super::{
    ROUND, RankingOptions, WORK, check, p_score::difference_variance, parse, sweep::Axes, sweep::COPIES,
    sweep::to_normal,
};
use crate::{
    Error, Result,
    stat::{normal, progress, sobol::Sobol},
};

/// The comparison of a rank or a difference with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Bound {
    /// Less than it.
    Below,
    /// It or less.
    AtMost,
    /// It exactly.
    Equal,
    /// It or more.
    AtLeast,
    /// More than it.
    Above,
}

impl Bound {
    fn holds(self, x: f64, value: f64) -> bool {
        match self {
            Bound::Below => x < value,
            Bound::AtMost => x <= value,
            Bound::Equal => x == value,
            Bound::AtLeast => x >= value,
            Bound::Above => x > value,
        }
    }
}

/// A statement about the hierarchy; treatments by their position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Statement {
    /// The rank of a treatment, 1 for the best, compared with a value.
    Rank(usize, Bound, usize),
    /// Each treatment is better than the next one of the list.
    Above(Vec<usize>),
    /// The effect of the first minus that of the second treatment, compared with a value on the scale of the effects.
    Difference(usize, usize, Bound, f64),
}

/// An and/or/not tree of statements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Question {
    /// A statement.
    Is(Statement),
    /// The opposite.
    Not(Box<Question>),
    /// All of them.
    All(Vec<Question>),
    /// At least one of them.
    Any(Vec<Question>),
}

/// The probability that a [`Question`] is answered with yes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HierarchyProbability {
    /// The probability.
    pub probability: f64,
    /// The standard error of its computation; 0 for a closed form.
    pub error: f64,
    /// The number of Sobol points; 0 for a closed form.
    pub points: u64,
}

/// The points that are used when their number is not given.
const POINTS: u64 = 1 << 16;

impl Question {
    /// Reads a question, such as `A first and (B above C or not D in the top 3)`.
    ///
    /// Statements: `A first`, `A last`, `A rank <= 3`, `A in the top 2`, `A in the bottom 2`, `A above B`, `A below B`,
    /// `A > B > C` (in this order), `A - B > 0.5` (a difference of effects). `not` binds more than `and`, that more than
    /// `or`. Names with blanks may stand in quotation marks.
    ///
    /// # Errors
    ///
    /// If the text does not read as a question, with the place; if a treatment is unknown, with the nearest name.
    pub fn parse(text: &str, treatments: &[String]) -> Result<Self> {
        parse::parse(text, treatments)
    }

    /// The probability of yes for effects `theta` (length T) with this covariance (T × T).
    ///
    /// # Errors
    ///
    /// As for [`ranking`](super::ranking), and if a statement names a treatment that is not there.
    pub fn probability(
        &self,
        theta: &[f64],
        covariance: &[f64],
        options: &RankingOptions,
    ) -> Result<HierarchyProbability> {
        let t = theta.len();
        check(t, theta, covariance, options)?;
        if self.largest() >= t {
            let found = format!("treatment number {} of {t}", self.largest() + 1);
            return Err(Error::setting("hierarchy question", found, "name treatments of the network"));
        }
        let sign = options.small_values.sign();
        if let Some(probability) = self.closed_form(theta, covariance, sign) {
            return Ok(HierarchyProbability { probability, error: 0.0, points: 0 });
        }
        let axes = Axes::new(covariance, t)?;
        let each = options.draws.unwrap_or(POINTS).div_ceil(COPIES);
        let (mut z, mut effects) = (vec![0.0; axes.count()], vec![0.0; t]);
        let mut copies: Vec<(Sobol, u64)> =
            (0..COPIES).map(|copy| (Sobol::new(axes.count(), options.seed, copy), 0)).collect();
        let mut done = 0;
        while done < each {
            let round = (each - done).min(ROUND);
            for (sequence, yes) in &mut copies {
                for _ in 0..round {
                    sequence.next_point(&mut z);
                    to_normal(&mut z);
                    effects.copy_from_slice(theta);
                    axes.add(&z, &mut effects);
                    *yes += u64::from(self.holds(&effects, sign));
                }
            }
            done += round;
            if !progress::goes_on(WORK, (done * COPIES) as usize, (each * COPIES) as usize) {
                break;
            }
        }
        let shares: Vec<f64> = copies.iter().map(|(_, yes)| *yes as f64 / done as f64).collect();
        let copies = COPIES as f64;
        let probability = shares.iter().sum::<f64>() / copies;
        let spread: f64 = shares.iter().map(|s| (s - probability).powi(2)).sum();
        Ok(HierarchyProbability {
            probability,
            error: (spread / (copies * (copies - 1.0))).sqrt(),
            points: done * COPIES,
        })
    }

    fn largest(&self) -> usize {
        match self {
            Question::Is(Statement::Rank(i, ..)) => *i,
            Question::Is(Statement::Above(chain)) => chain.iter().copied().max().unwrap_or(0),
            Question::Is(Statement::Difference(i, j, ..)) => *i.max(j),
            Question::Not(inner) => inner.largest(),
            Question::All(parts) | Question::Any(parts) => {
                parts.iter().map(Question::largest).max().unwrap_or(0)
            }
        }
    }

    /// Statements about one difference, which is normal.
    fn closed_form(&self, theta: &[f64], covariance: &[f64], sign: f64) -> Option<f64> {
        let t = theta.len();
        let above = |i: usize, j: usize, value: f64| {
            let sd = difference_variance(covariance, t, i, j).sqrt();
            (sd > 0.0).then(|| normal::cdf((theta[i] - theta[j] - value) / sd))
        };
        match self {
            Question::Is(Statement::Above(chain)) => match chain[..] {
                [i, j] if sign > 0.0 => above(j, i, 0.0),
                [i, j] => above(i, j, 0.0),
                _ => None,
            },
            Question::Is(Statement::Difference(i, j, bound, value)) => match bound {
                Bound::Above | Bound::AtLeast => above(*i, *j, *value),
                Bound::Below | Bound::AtMost => above(*j, *i, -*value),
                Bound::Equal => above(*i, *j, *value).map(|_| 0.0),
            },
            _ => None,
        }
    }

    /// The answer for these effects; a small effect is good if `sign` is 1, a great one if it is −1.
    fn holds(&self, effects: &[f64], sign: f64) -> bool {
        let better = |i: usize, j: usize| sign * (effects[i] - effects[j]) < 0.0;
        match self {
            Question::Is(Statement::Rank(i, bound, value)) => {
                let rank = 1 + (0..effects.len()).filter(|j| better(*j, *i)).count();
                bound.holds(rank as f64, *value as f64)
            }
            Question::Is(Statement::Above(chain)) => chain.windows(2).all(|pair| better(pair[0], pair[1])),
            Question::Is(Statement::Difference(i, j, bound, value)) => {
                bound.holds(effects[*i] - effects[*j], *value)
            }
            Question::Not(inner) => !inner.holds(effects, sign),
            Question::All(parts) => parts.iter().all(|part| part.holds(effects, sign)),
            Question::Any(parts) => parts.iter().any(|part| part.holds(effects, sign)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::ranking;
    use super::*;

    #[test]
    fn first_is_the_probability_of_being_best() {
        let names: Vec<String> = ["a", "b", "c", "d"].map(String::from).to_vec();
        let theta = [0.0, -0.2, 0.1, -0.35];
        let c = [0.0, 0.0, 0.0, 0.0, 0.0, 0.09, 0.03, 0.02, 0.0, 0.03, 0.2, 0.05, 0.0, 0.02, 0.05, 0.12];
        let options = RankingOptions::default();
        let ranked = ranking(&names, &theta, &c, &options).unwrap();
        for (i, name) in names.iter().enumerate() {
            let question = Question::parse(&format!("{name} first"), &names).unwrap();
            let answer = question.probability(&theta, &c, &options).unwrap();
            let apart = (answer.probability - ranked.treatments[i].probability_best).abs();
            // four standard errors of the points
            assert!(answer.error < 1e-3 && apart < 4.0 * answer.error + 1e-6, "{apart} {}", answer.error);
            let opposite = Question::parse(&format!("not {name} first"), &names).unwrap();
            let other = opposite.probability(&theta, &c, &options).unwrap();
            assert!((answer.probability + other.probability - 1.0).abs() < 1e-12);
        }
        let question = Question::parse("d above b", &names).unwrap();
        let p = ranked.p_matrix[3][1].unwrap();
        assert!((question.probability(&theta, &c, &options).unwrap().probability - p).abs() < 1e-14);
    }
}
