//! The dominance ranking (permutation) matrix: studies counted by direction of cost and of effect.
//!
//! Use it to summarise economic evaluations whose figures are too unlike to pool. The matrix has three rows (the
//! intervention costs less, the same, more) and three columns (it is better, the same, worse).
//!
//! When a difference counts as "the same" is a choice that decides the picture; [`ZeroRule`] has no default and is
//! printed with the matrix.
//!
//! Clear acceptance: cheaper or as cheap and better, or cheaper and as good. Clear rejection: the mirror image. Dearer
//! and better, cheaper and worse: judgement. Corner cells are strict dominance, edge cells weak dominance.
//!
//! ```
//! use consilience::economics::{DominanceMatrix, DominanceStudy, ZeroRule};
//!
//! let study = |name: &str, cost, effect| DominanceStudy::new(name, cost, effect);
//! let matrix = DominanceMatrix::new(
//!     [study("A", -500.0, 0.02), study("B", 300.0, 0.03), study("C", 20.0, -0.01)],
//!     ZeroRule::SmallerThan { cost: 50.0, effect: 0.001 },
//! )?;
//! assert_eq!(matrix.counts, [[1, 0, 0], [0, 0, 1], [1, 0, 0]]);
//! assert_eq!((matrix.accept, matrix.judgement, matrix.reject), (1, 1, 1));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Nixon J, Khan KS, Kleijnen J (2001). Summarising economic evaluations in systematic reviews: a new approach. *BMJ*
//!   322:1596-1598. doi:10.1136/bmj.322.7302.1596

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The rule by which a difference counts as none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ZeroRule {
    /// Only exact equality.
    Exact,
    /// If its confidence interval contains 0; every study then needs intervals.
    IntervalContainsZero,
    /// If it is smaller in size than a minimal important difference.
    SmallerThan {
        /// The smallest difference in cost that matters.
        cost: f64,
        /// The smallest difference in effect that matters.
        effect: f64,
    },
}

impl fmt::Display for ZeroRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ZeroRule::Exact => f.write_str("no difference: exactly 0"),
            ZeroRule::IntervalContainsZero => f.write_str("no difference: the interval contains 0"),
            ZeroRule::SmallerThan { cost, effect } => {
                write!(f, "no difference: below {cost} in cost, below {effect} in effect")
            }
        }
    }
}

/// A study's differences, intervention minus comparator; more effect is better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DominanceStudy {
    /// The label.
    pub study: String,
    /// The difference in cost.
    pub cost_difference: f64,
    /// Its confidence interval.
    pub cost_interval: Option<[f64; 2]>,
    /// The difference in effect.
    pub effect_difference: f64,
    /// Its confidence interval.
    pub effect_interval: Option<[f64; 2]>,
}

impl DominanceStudy {
    /// Differences without intervals.
    pub fn new(study: impl Into<String>, cost_difference: f64, effect_difference: f64) -> Self {
        DominanceStudy {
            study: study.into(),
            cost_difference,
            cost_interval: None,
            effect_difference,
            effect_interval: None,
        }
    }

    /// Adds the confidence intervals of the differences.
    #[must_use]
    pub fn intervals(mut self, cost: [f64; 2], effect: [f64; 2]) -> Self {
        self.cost_interval = Some(cost);
        self.effect_interval = Some(effect);
        self
    }
}

/// The decision of a cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DominanceDecision {
    /// The intervention is clearly preferred.
    Accept,
    /// The comparator is clearly preferred.
    Reject,
    /// More effect for more cost, or less for less.
    Judgement,
    /// No difference.
    Indifferent,
}

/// The matrix with the studies in each cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DominanceMatrix {
    /// The number of studies: rows cheaper, same, dearer; columns better, same, worse.
    pub counts: [[usize; 3]; 3],
    /// The labels of the studies, likewise.
    pub studies: [[Vec<String>; 3]; 3],
    /// The rule by which a difference counted as none.
    pub rule: ZeroRule,
    /// Studies that clearly prefer the intervention.
    pub accept: usize,
    /// Studies that clearly prefer the comparator.
    pub reject: usize,
    /// Studies that leave a trade-off.
    pub judgement: usize,
    /// Studies without a difference.
    pub indifferent: usize,
}

impl DominanceMatrix {
    /// Counts studies by the direction of their differences.
    ///
    /// # Errors
    ///
    /// If there are no studies, a difference is not finite, or the rule needs an interval that a study lacks.
    pub fn new(studies: impl IntoIterator<Item = DominanceStudy>, rule: ZeroRule) -> Result<Self> {
        if let ZeroRule::SmallerThan { cost, effect } = rule
            && !(cost >= 0.0 && effect >= 0.0)
        {
            return Err(Error::setting(
                "zero rule",
                format!("minimal differences {cost} and {effect}"),
                "give numbers of at least 0",
            ));
        }
        let mut matrix = DominanceMatrix {
            counts: [[0; 3]; 3],
            studies: Default::default(),
            rule,
            accept: 0,
            reject: 0,
            judgement: 0,
            indifferent: 0,
        };
        for (row, s) in studies.into_iter().enumerate() {
            let sign = |column: &str, difference: f64, interval: Option<[f64; 2]>, least: f64| {
                let none = match (rule, interval) {
                    _ if !difference.is_finite() => {
                        return Err(Error::data(
                            format!("difference is {difference}"),
                            "differences must be finite",
                        )
                        .in_column(column));
                    }
                    (ZeroRule::Exact, _) => difference == 0.0,
                    (ZeroRule::SmallerThan { .. }, _) => difference.abs() < least || difference == 0.0,
                    (ZeroRule::IntervalContainsZero, Some([lower, upper])) => lower <= 0.0 && upper >= 0.0,
                    (ZeroRule::IntervalContainsZero, None) => {
                        return Err(Error::data(
                            "no confidence interval",
                            "the rule needs one; choose another rule or leave the study out",
                        )
                        .in_column(column));
                    }
                };
                Ok(if none { 1 } else { usize::from(difference > 0.0) * 2 })
            };
            let (least_cost, least_effect) = match rule {
                ZeroRule::SmallerThan { cost, effect } => (cost, effect),
                _ => (0.0, 0.0),
            };
            let place = |e: Error| e.in_row(row + 1).in_study(&s.study);
            let i = sign("cost_difference", s.cost_difference, s.cost_interval, least_cost).map_err(place)?;
            let j = 2 - sign("effect_difference", s.effect_difference, s.effect_interval, least_effect)
                .map_err(place)?;
            matrix.counts[i][j] += 1;
            *match decision(i, j) {
                DominanceDecision::Accept => &mut matrix.accept,
                DominanceDecision::Reject => &mut matrix.reject,
                DominanceDecision::Judgement => &mut matrix.judgement,
                DominanceDecision::Indifferent => &mut matrix.indifferent,
            } += 1;
            matrix.studies[i][j].push(s.study);
        }
        if matrix.counts.iter().flatten().sum::<usize>() == 0 {
            return Err(Error::data("no studies", "give at least one"));
        }
        Ok(matrix)
    }
}

/// The decision of row i (cheaper, same, dearer) and column j (better, same, worse), both 0 to 2: the sum of the two
/// tells who is ahead, except in the corners of trade-off.
fn decision(i: usize, j: usize) -> DominanceDecision {
    match (i, j) {
        (1, 1) => DominanceDecision::Indifferent,
        (0, 2) | (2, 0) => DominanceDecision::Judgement,
        _ if i + j < 2 => DominanceDecision::Accept,
        _ => DominanceDecision::Reject,
    }
}

impl fmt::Display for DominanceMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<10} {:>8} {:>8} {:>8}", "cost", "better", "same", "worse")?;
        for (name, row) in ["lower", "same", "higher"].iter().zip(&self.counts) {
            writeln!(f, "{name:<10} {:>8} {:>8} {:>8}", row[0], row[1], row[2])?;
        }
        writeln!(
            f,
            "accept {}, judgement {}, reject {}, indifferent {} ({})",
            self.accept, self.judgement, self.reject, self.indifferent, self.rule
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn all_nine_cells() {
        let studies = [-1.0, 0.0, 1.0].into_iter().flat_map(|c| {
            [1.0, 0.0, -1.0].into_iter().map(move |e| DominanceStudy::new(format!("{c}/{e}"), c, e))
        });
        let matrix = DominanceMatrix::new(studies, ZeroRule::Exact).unwrap();
        assert_eq!(matrix.counts, [[1; 3]; 3]);
        assert_eq!((matrix.accept, matrix.reject, matrix.judgement, matrix.indifferent), (3, 3, 2, 1));
        assert_eq!(matrix.studies[0][2], ["-1/-1"]);
    }

    #[test]
    fn intervals_are_demanded_by_their_rule() {
        let with = DominanceStudy::new("A", -5.0, 0.1).intervals([-10.0, 1.0], [0.05, 0.15]);
        let matrix = DominanceMatrix::new([with], ZeroRule::IntervalContainsZero).unwrap();
        assert_eq!(matrix.counts[1][0], 1);
        let without = DominanceStudy::new("B", -5.0, 0.1);
        let error = DominanceMatrix::new([without], ZeroRule::IntervalContainsZero).unwrap_err().to_string();
        assert!(error.starts_with("row 1 (B), column cost_difference"), "{error}");
        assert!(DominanceMatrix::new([], ZeroRule::Exact).is_err());
    }
}
