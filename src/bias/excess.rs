//! The test of excess significance: are there more significant studies than their power allows?
//!
//! Under the fitted distribution of effects yᵢ ~ N(μ, vᵢ + tau²), study i is significant (two-sided, 0.05) with probability
//! 1 - βᵢ = P(|yᵢ| > 1.96 √vᵢ). With O significant studies and E = Σ(1 - βᵢ) expected, more than expected is tested by
//! the Poisson-binomial tail P(X ≥ O) (`exact`), the binomial tail with probability E / k (`binom`), or
//! √[(O - E)² / E + (O - E)² / (k - E)] with its sign as a normal deviate (`chi2`).
//!
//! Reference: Ioannidis and Trikalinos (2007), An exploratory test for an excess of significant findings,
//! doi:10.1177/1740774507077441.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{
    EffectSizes,
    stat::{Tail, binomial, normal},
};

/// The distribution behind the test of excess significance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ExcessTest {
    /// `exact`: Poisson-binomial.
    #[default]
    Exact,
    /// `chi2`: Pearson's chi-square, one-sided.
    Chi2,
    /// `binom`: binomial with the mean power.
    Binom,
}

codes! { ExcessTest, "test" {
    Exact "exact" [],
    Chi2 "chi2" ["chi-square", "chisq"],
    Binom "binom" ["binomial"],
} }

/// The test of excess significance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExcessSignificance {
    /// The distribution of the test.
    pub test: ExcessTest,
    /// The number of significant studies.
    pub observed: usize,
    /// The number expected from their power.
    pub expected: f64,
    /// Observed over expected.
    pub ratio: f64,
    /// The chi-square statistic, for that test; `None` if every study is certain to be significant.
    pub statistic: Option<f64>,
    /// One-sided, for more than expected; `None` where the statistic does not exist.
    pub p_value: Option<f64>,
    /// The power of each study.
    pub power: Vec<f64>,
}

pub(super) fn excess(
    effects: &EffectSizes,
    (mean, tau2): (f64, f64),
    test: ExcessTest,
    notes: &mut Vec<String>,
) -> ExcessSignificance {
    let critical = normal::quantile(Tail::Upper(0.025));
    let rows = || effects.yi().iter().zip(effects.vi());
    let observed = rows().filter(|(y, v)| y.abs() >= critical * v.sqrt()).count();
    let power: Vec<f64> = effects
        .vi()
        .iter()
        .map(|v| {
            let (limit, sd) = (critical * v.sqrt(), (v + tau2).sqrt());
            normal::sf((limit - mean) / sd) + normal::cdf((-limit - mean) / sd)
        })
        .collect();
    let expected: f64 = power.iter().sum();
    let (o, k) = (observed as f64, power.len() as f64);
    let (statistic, p_value) = match test {
        ExcessTest::Exact => (None, Some(tail(&power, observed))),
        ExcessTest::Binom => {
            let p = (expected / k).min(1.0);
            let p =
                if observed == 0 { 1.0 } else { binomial::sf(observed as u64 - 1, power.len() as u64, p) };
            (None, Some(p))
        }
        ExcessTest::Chi2 => {
            let x2 = (o - expected).powi(2) * (1.0 / expected + 1.0 / (k - expected));
            let exists = x2.is_finite();
            if !exists {
                notes.push(
                    "every study has a power of 1: the chi-square test of excess significance does not exist"
                        .to_owned(),
                );
            }
            (Some(x2).filter(|_| exists), exists.then(|| normal::sf(x2.sqrt().copysign(o - expected))))
        }
    };
    ExcessSignificance { test, observed, expected, ratio: o / expected, statistic, p_value, power }
}

/// P(X ≥ m) for a sum of Bernoulli variables, added from the smallest term so that small tails keep their digits.
fn tail(power: &[f64], m: usize) -> f64 {
    let mut p = vec![0.0; power.len() + 1];
    p[0] = 1.0;
    for (n, &q) in power.iter().enumerate() {
        for i in (0..=n).rev() {
            p[i + 1] += p[i] * q;
            p[i] *= 1.0 - q;
        }
    }
    p[m..].iter().rev().sum::<f64>().min(1.0)
}
