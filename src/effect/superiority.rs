//! The common language effect size: the probability that a value of group 1 exceeds one of group 2.
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `CLES` | θ as given (ties counted half; the area under the ROC curve) | see below |
//! | `CLESN` | Φ(x), x = (m1-m2)/S, S² = s1² + s2² | φ(x)²·[(s1²/ν1 + s2²/ν2)/S² + x²(s1⁴/ν1 + s2⁴/ν2)/(2S⁴)], ν = n-1 |
//!
//! `CLES`: `LS` is Newcombe's θ(1-θ)[1 + m((1-θ)/(2-θ) + θ/(1+θ))]/((n1-1)(n2-1)) with m = (n1+n2)/2 - 1; `LS2` Hanley and
//! McNeil's [θ(1-θ) + (n1-1)(θ/(2-θ) - θ²) + (n2-1)(2θ²/(1+θ) - θ²)]/((n1-1)(n2-1)), with the
//! denominator that makes it unbiased; `H0` the variance (n1+n2+1)/(12 n1 n2) of the
//! Wilcoxon statistic without any difference. `CLESN` follows by the delta method from independent normal means and
//! variances; `HO` takes s1 = s2 for its pooled value, x being d/√2.
//!
//! # References
//!
//! - McGraw KO, Wong SP (1992). A common language effect size statistic. doi:10.1037/0033-2909.111.2.361
//! - Newcombe RG (2006). Confidence intervals for an effect size measure based on the Mann-Whitney statistic. Part 2.
//!   doi:10.1002/sim.2324
//! - Hanley JA, McNeil BJ (1982). The meaning and use of the area under a receiver operating characteristic (ROC) curve.
//!   doi:10.1148/radiology.143.1.7063747

use serde::Serialize;

use super::{
    TwoMeans, VarianceType,
    check::{at_least, getters, proportion},
    outcome::{Computed, Outcome, computed},
};
use crate::{Result, stat::normal};

/// The probability that a value of group 1 exceeds one of group 2, as estimated from all pairs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Superiority {
    ai: f64,
    n1i: f64,
    n2i: f64,
}

impl Superiority {
    /// The probability `ai` from groups of `n1i` and `n2i`.
    ///
    /// # Errors
    ///
    /// If the probability is not within 0 and 1, or a group has fewer than 2 persons.
    pub fn new(ai: f64, n1i: f64, n2i: f64) -> Result<Self> {
        Ok(Superiority {
            ai: proportion("ai", "probability", ai)?,
            n1i: at_least("n1i", "group size", n1i, 2.0)?,
            n2i: at_least("n2i", "group size", n2i, 2.0)?,
        })
    }

    getters! {
        /// The probability.
        ai,
        /// The size of group 1.
        n1i,
        /// The size of group 2.
        n2i,
    }
}

pub(crate) fn outcomes(data: &[Superiority], variance: VarianceType) -> Vec<Outcome> {
    data.iter().map(|s| Outcome::new(effect(s, variance), s.n1i + s.n2i)).collect()
}

fn effect(&Superiority { ai: p, n1i: n1, n2i: n2 }: &Superiority, variance: VarianceType) -> Computed {
    let q = 1.0 - p;
    let vi = match variance {
        VarianceType::LargeSample2 => {
            let (q1, q2) = (p / (2.0 - p), 2.0 * p * p / (1.0 + p));
            let pairs = (n1 - 1.0) * (n2 - 1.0);
            (p * q + (n1 - 1.0) * (q1 - p * p) + (n2 - 1.0) * (q2 - p * p)) / pairs
        }
        VarianceType::Null => (n1 + n2 + 1.0) / (12.0 * n1 * n2),
        _ => {
            let m = 0.5 * (n1 + n2) - 1.0;
            p * q * (1.0 + m * (q / (1.0 + q) + p / (1.0 + p))) / ((n1 - 1.0) * (n2 - 1.0))
        }
    };
    computed(p, vi)
}

/// The common language effect size of two normal distributions.
pub(crate) fn normal_effect(t: &TwoMeans, variance: VarianceType) -> Computed {
    let (df1, df2) = (t.n1i() - 1.0, t.n2i() - 1.0);
    if variance == VarianceType::Homoscedastic {
        // x = d/√2, and d has the variance 1/ν1 + 1/ν2 + d²/(2(ν1+ν2)) as the means and the pooled variance vary.
        let d = t.cohen_d();
        let x = d * std::f64::consts::FRAC_1_SQRT_2;
        let vi = 0.5 * (1.0 / df1 + 1.0 / df2 + d * d / (2.0 * (df1 + df2)));
        return computed(normal::cdf(x), normal::pdf(x).powi(2) * vi);
    }
    let (v1, v2) = (t.sd1i().powi(2), t.sd2i().powi(2));
    let total = v1 + v2;
    let x = (t.m1i() - t.m2i()) / total.sqrt();
    let vi = (v1 / df1 + v2 / df2) / total + x * x * (v1 * v1 / df1 + v2 * v2 / df2) / (2.0 * total * total);
    computed(normal::cdf(x), normal::pdf(x).powi(2) * vi)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn exponential_distributions_give_hanley_and_mcneil() {
        // Exponential values with means 3 and 1: θ = 3/4, two of group 1 exceed one of group 2 with probability 3/5, one
        // of group 1 exceeds two of group 2 with 9/14; Var = [θ(1-θ) + 9(3/5 - θ²) + 19(9/14 - θ²)]/(9·19) for 10 and 20.
        let s = Superiority::new(0.75, 10.0, 20.0).unwrap();
        let expected = (0.1875 + 9.0 * (0.6 - 0.5625) + 19.0 * (9.0 / 14.0 - 0.5625)) / 171.0;
        approx::assert_relative_eq!(
            effect(&s, VarianceType::LargeSample2).unwrap().vi,
            expected,
            max_relative = 1e-13
        );
    }

    #[test]
    fn without_a_difference_hanley_and_mcneil_is_close_to_wilcoxon() {
        let s = Superiority::new(0.5, 40.0, 60.0).unwrap();
        let at = |v| effect(&s, v).unwrap().vi;
        approx::assert_relative_eq!(
            at(VarianceType::LargeSample2),
            at(VarianceType::Null),
            max_relative = 0.05
        );
    }

    #[test]
    fn a_percentage_is_refused() {
        let error = Superiority::new(53.0, 40.0, 60.0).unwrap_err();
        assert!(error.to_string().contains("divide percentages by 100"), "{error}");
    }
}
