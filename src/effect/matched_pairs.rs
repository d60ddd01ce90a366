//! Matched pairs: a binary outcome under two conditions, in the same persons or in matched ones.
//!
//! With n pairs, of which a have the outcome under both conditions, b under the first only, c under the second only and d
//! under neither:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `MPRR` | ln[(a+b)/(a+c)] | (b+c)/[(a+b)(a+c)] |
//! | `MPOR` | difference of the marginal logits | sum of their variances less twice their covariance |
//! | `MPRD` | (b-c)/n | (b+c)/n² - (b-c)²/n³ |
//! | `MPORC` | ln(b/c) | 1/b + 1/c |
//! | `MPPETO` | 2(b-c)/(b+c) | 4/(b+c) |
//! | `MPORM` | as `MPOR`, from the margins and their correlation | as `MPOR` |
//!
//! The covariance of the marginal logits is (a/n - p1 p2)/(n p1 q1 p2 q2) with p1 = (a+b)/n and p2 = (a+c)/n. If only the
//! margins are known ([`MatchedMargins`]), a/n = p1 p2 + r√(p1 q1 p2 q2) with the phi coefficient r of the pairs, or a/n is
//! given; it must leave no cell of the table negative.
//!
//! # References
//!
//! - Becker MP, Balagtas CC (1993). Marginal modeling of binary cross-over data. doi:10.2307/2532242
//! - Curtin F, Elbourne D, Altman DG (2002). Meta-analysis combining parallel and cross-over clinical trials II: binary
//!   outcomes. doi:10.1002/sim.1206
//! - Zou GY (2007). One relative risk versus two odds ratios. doi:10.1177/1740774507085164

use serde::Serialize;

use super::{
    Measure, ZeroCells,
    check::{correlation, count, getters, proportion},
    outcome::{Computed, Outcome, computed},
};
use crate::{Error, Result};

/// Pairs by their outcomes under the first and the second condition.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MatchedPairs {
    ai: f64,
    bi: f64,
    ci: f64,
    di: f64,
}

impl MatchedPairs {
    /// Pairs with the outcome under both conditions (`ai`), the first only (`bi`), the second only (`ci`) and neither
    /// (`di`).
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite.
    pub fn new(ai: f64, bi: f64, ci: f64, di: f64) -> Result<Self> {
        Ok(MatchedPairs {
            ai: count("ai", ai)?,
            bi: count("bi", bi)?,
            ci: count("ci", ci)?,
            di: count("di", di)?,
        })
    }

    getters! {
        /// Pairs with the outcome under both conditions.
        ai,
        /// Pairs with the outcome under the first condition only.
        bi,
        /// Pairs with the outcome under the second condition only.
        ci,
        /// Pairs with the outcome under neither condition.
        di,
    }

    /// The number of pairs.
    pub fn ni(&self) -> f64 {
        self.ai + self.bi + self.ci + self.di
    }
}

/// The known association within the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Pairing {
    /// The phi coefficient of the pairs (`ri`).
    Correlation(f64),
    /// The proportion of pairs with the outcome under both conditions (`pi`).
    Both(f64),
}

/// The margins of matched pairs: with and without the outcome under each condition.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MatchedMargins {
    ai: f64,
    bi: f64,
    ci: f64,
    di: f64,
    pairing: Pairing,
}

impl MatchedMargins {
    /// Persons with and without the outcome under the first condition (`ai`, `bi`) and under the second (`ci`, `di`).
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite, the two conditions differ in their totals, or the correlation or proportion
    /// is out of range.
    pub fn new(ai: f64, bi: f64, ci: f64, di: f64, pairing: Pairing) -> Result<Self> {
        let margins = MatchedMargins {
            ai: count("ai", ai)?,
            bi: count("bi", bi)?,
            ci: count("ci", ci)?,
            di: count("di", di)?,
            pairing: match pairing {
                Pairing::Correlation(r) => Pairing::Correlation(correlation("ri", r)?),
                Pairing::Both(p) => Pairing::Both(proportion("pi", "proportion of pairs", p)?),
            },
        };
        let (first, second) = (ai + bi, ci + di);
        if (first - second).abs() > 1e-9 * first.max(second) {
            return Err(Error::data(
                format!("{first} pairs under the first condition and {second} under the second"),
                "ai + bi and ci + di must be the same number of pairs",
            )
            .in_column("ai"));
        }
        Ok(margins)
    }

    getters! {
        /// With the outcome under the first condition.
        ai,
        /// Without it under the first condition.
        bi,
        /// With it under the second condition.
        ci,
        /// Without it under the second condition.
        di,
    }

    /// The known association within the pairs.
    pub fn pairing(&self) -> Pairing {
        self.pairing
    }

    /// The number of pairs.
    pub fn ni(&self) -> f64 {
        self.ai + self.bi
    }
}

/// The outcomes of pairs under a zero-cell policy.
pub(crate) fn outcomes(
    measure: Measure,
    pairs: &[MatchedPairs],
    zero_cells: &ZeroCells,
) -> Result<Vec<Outcome>> {
    let amount = zero_cells.amount(measure)?;
    let cells = |p: &MatchedPairs| [p.ai, p.bi, p.ci, p.di];
    let zero: Vec<bool> = pairs.iter().map(|p| cells(p).contains(&0.0)).collect();
    let unusable =
        |row: usize| pairs.get(row).is_some_and(|p| !effect(measure, cells(p)).is_ok_and(|e| e.vi > 0.0));
    let corrected = zero_cells.rows(&zero, unusable);
    let outcome = |(pair, &is_corrected): (&MatchedPairs, &bool)| {
        let add = if is_corrected { amount } else { 0.0 };
        Outcome::new(effect(measure, cells(pair).map(|cell| cell + add)), pair.ni())
            .with_note(if is_corrected { zero_cells.note(amount, measure) } else { None })
    };
    Ok(pairs.iter().zip(&corrected).map(outcome).collect())
}

fn effect(measure: Measure, [a, b, c, d]: [f64; 4]) -> Computed {
    let n = a + b + c + d;
    let (discordant, difference) = (b + c, b - c);
    match measure {
        Measure::MatchedRiskRatio => computed(((a + b) / (a + c)).ln(), discordant / ((a + b) * (a + c))),
        Measure::MatchedRiskDifference => {
            computed(difference / n, (discordant - difference * difference / n) / (n * n))
        }
        Measure::MatchedOddsRatio => marginal_odds_ratio([a + b, c + d, a + c, b + d], a / n),
        Measure::MatchedConditionalOddsRatio => computed((b / c).ln(), 1.0 / b + 1.0 / c),
        Measure::MatchedPetoOddsRatio => computed(2.0 * difference / discordant, 4.0 / discordant),
        _ => Err("the measure is not one of matched pairs"),
    }
}

/// The outcomes of margins. The correction of zero cells goes to the four numbers given.
pub(crate) fn margin_outcomes(
    measure: Measure,
    margins: &[MatchedMargins],
    zero_cells: &ZeroCells,
) -> Result<Vec<Outcome>> {
    let amount = zero_cells.amount(measure)?;
    let cells = |m: &MatchedMargins| [m.ai, m.bi, m.ci, m.di];
    let zero: Vec<bool> = margins.iter().map(|m| cells(m).contains(&0.0)).collect();
    let corrected = zero_cells.rows(&zero, |_| true);
    let outcome = |(m, &is_corrected): (&MatchedMargins, &bool)| {
        let add = if is_corrected { amount } else { 0.0 };
        Outcome::new(margin_effect(cells(m).map(|cell| cell + add), m.pairing), m.ni())
            .with_note(if is_corrected { zero_cells.note(amount, measure) } else { None })
    };
    Ok(margins.iter().zip(&corrected).map(outcome).collect())
}

fn margin_effect([a, b, c, d]: [f64; 4], pairing: Pairing) -> Computed {
    let n = a + b;
    let (p1, q1, p2, q2) = (a / n, b / n, c / n, d / n);
    let both = match pairing {
        Pairing::Correlation(r) => p1 * p2 + r * (p1 * q1 * p2 * q2).sqrt(),
        Pairing::Both(p) => p,
    };
    let slack = 1e-12;
    if both < (p1 - q2).max(0.0) - slack || both > p1.min(p2) + slack {
        return Err("no table of pairs has these margins and this correlation");
    }
    marginal_odds_ratio([a, b, c, d], both)
}

/// The difference of the logits of two margins (with, without) when a proportion `both` of the pairs has the outcome under
/// both conditions.
fn marginal_odds_ratio([a, b, c, d]: [f64; 4], both: f64) -> Computed {
    let n = a + b;
    let (p1, q1, p2, q2) = (a / n, b / n, c / n, d / n);
    let covariance = (both - p1 * p2) / (n * p1 * q1 * p2 * q2);
    let vi = 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d - 2.0 * covariance;
    computed((a / b).ln() - (c / d).ln(), vi)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn zero_cells_are_corrected_as_in_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, ai=c(10,0), bi=c(4,5), ci=c(0,3), di=c(7,6))
        let pairs =
            [MatchedPairs::new(10.0, 4.0, 0.0, 7.0).unwrap(), MatchedPairs::new(0.0, 5.0, 3.0, 6.0).unwrap()];
        let expected = [
            (Measure::MatchedRiskRatio, [0.310154928303840, 0.405465108108164], [0.0303030303030303, 0.375]),
            (
                Measure::MatchedOddsRatio,
                [0.715620036412004, 0.587786664902119],
                [0.143750000000000, 0.777777777777778],
            ),
            (
                Measure::MatchedConditionalOddsRatio,
                [2.197224577336220, 0.451985123743057],
                [2.222222222222222, 0.467532467532468],
            ),
            (Measure::MatchedPetoOddsRatio, [1.6, 0.444444444444444], [0.8, 0.444444444444444]),
        ];
        for (measure, yi, vi) in expected {
            let outcomes = outcomes(measure, &pairs, &ZeroCells::default()).unwrap();
            for (row, outcome) in outcomes.iter().enumerate() {
                approx::assert_relative_eq!(outcome.yi().unwrap(), yi[row], max_relative = 1e-13);
                approx::assert_relative_eq!(outcome.vi().unwrap(), vi[row], max_relative = 1e-13);
                assert_eq!(outcome.notes, ["0.5 was added to each cell"]);
            }
        }
    }

    #[test]
    fn margins_with_their_correlation_equal_the_pairs() {
        let (a, b, c, d) = (40.0f64, 25.0f64, 12.0f64, 23.0f64);
        let phi = (a * d - b * c) / ((a + b) * (c + d) * (a + c) * (b + d)).sqrt();
        let pairs = outcomes(
            Measure::MatchedOddsRatio,
            &[MatchedPairs::new(a, b, c, d).unwrap()],
            &ZeroCells::default(),
        )
        .unwrap();
        for pairing in [Pairing::Correlation(phi), Pairing::Both(0.4)] {
            let margins = MatchedMargins::new(a + b, c + d, a + c, b + d, pairing).unwrap();
            let same =
                margin_outcomes(Measure::MatchedOddsRatioMargins, &[margins], &ZeroCells::default()).unwrap();
            approx::assert_relative_eq!(same[0].yi().unwrap(), pairs[0].yi().unwrap(), max_relative = 1e-13);
            approx::assert_relative_eq!(same[0].vi().unwrap(), pairs[0].vi().unwrap(), max_relative = 1e-12);
        }
    }

    #[test]
    fn impossible_correlations_and_totals_are_refused() {
        let margins = MatchedMargins::new(65.0, 35.0, 52.0, 48.0, Pairing::Correlation(0.99)).unwrap();
        let outcome =
            margin_outcomes(Measure::MatchedOddsRatioMargins, &[margins], &ZeroCells::default()).unwrap();
        assert_eq!(outcome[0].effect, None);
        assert!(MatchedMargins::new(65.0, 35.0, 52.0, 40.0, Pairing::Correlation(0.3)).is_err());
        let error = MatchedMargins::new(65.0, 35.0, 52.0, 48.0, Pairing::Both(40.0)).unwrap_err();
        assert!(error.to_string().contains("column pi"), "{error}");
    }
}
