//! Reliability coefficients (Cronbach's alpha) and genotype counts.
//!
//! With the coefficient α of m items or raters in n persons; and numbers a and c of the two homozygotes and b of heterozygotes:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `ARAW` | α | 2m(1-α)²/((m-1)(n-2)) |
//! | `AHW` | 1 - (1-α)^⅓ | 18m(n-1)(1-α)^⅔/((m-1)(9n-11)²) |
//! | `ABT` | -ln(1-α) | 2m/((m-1)(n-2)) |
//! | `REH` | ln[b/(2√(ac))] | ¼(1/a + 1/c) + 1/b |
//!
//! `AHW` and `ABT` are written so that they rise with α. A genotype that nobody has leaves `REH` without a value; nothing is
//! added to the counts.
//!
//! # References
//!
//! - Hakstian AR, Whalen TE (1976). A k-sample significance test for independent alpha coefficients.
//!   doi:10.1007/BF02291840
//! - Bonett DG (2002). Sample size requirements for testing and estimating coefficient alpha.
//!   doi:10.3102/10769986027004335; (2010) Varying coefficient meta-analytic methods for alpha reliability. doi:10.1037/a0020142
//! - Ziegler A, Steen KV, Wellek S (2011). Investigating Hardy-Weinberg equilibrium in case-control or cohort studies or
//!   meta-analysis. doi:10.1007/s10549-010-1295-z

use serde::Serialize;

use super::{
    Measure,
    check::{at_least, count, finite, getters},
    outcome::{Computed, Outcome, computed},
};
use crate::{Error, Result};

/// A reliability coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reliability {
    ai: f64,
    mi: f64,
    ni: f64,
}

impl Reliability {
    /// The coefficient `ai` of `mi` items in `ni` persons.
    ///
    /// # Errors
    ///
    /// If the coefficient is above 1, or there are fewer than 2 items or 3 persons.
    pub fn new(ai: f64, mi: f64, ni: f64) -> Result<Self> {
        if finite("ai", ai)? > 1.0 {
            let remedy = "reliability coefficients are at most 1; divide percentages by 100";
            return Err(Error::data(format!("reliability is {ai}"), remedy).in_column("ai"));
        }
        Ok(Reliability {
            ai,
            mi: at_least("mi", "number of items", mi, 2.0)?,
            ni: at_least("ni", "sample size", ni, 3.0)?,
        })
    }

    getters! {
        /// The coefficient.
        ai,
        /// The number of items.
        mi,
        /// The number of persons.
        ni,
    }
}

/// Genotype counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Genotypes {
    ai: f64,
    bi: f64,
    ci: f64,
}

impl Genotypes {
    /// `ai` and `ci` homozygotes and `bi` heterozygotes.
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite.
    pub fn new(ai: f64, bi: f64, ci: f64) -> Result<Self> {
        Ok(Genotypes { ai: count("ai", ai)?, bi: count("bi", bi)?, ci: count("ci", ci)? })
    }

    getters! {
        /// Homozygotes of the first allele.
        ai,
        /// Heterozygotes.
        bi,
        /// Homozygotes of the second allele.
        ci,
    }
}

pub(crate) fn outcomes(measure: Measure, data: &[Reliability]) -> Vec<Outcome> {
    data.iter().map(|a| Outcome::new(effect(measure, a), a.ni)).collect()
}

fn effect(measure: Measure, &Reliability { ai: alpha, mi: m, ni: n }: &Reliability) -> Computed {
    let rest = 1.0 - alpha;
    let bonett = 2.0 * m / ((m - 1.0) * (n - 2.0));
    match measure {
        Measure::ReliabilityRaw => computed(alpha, bonett * rest * rest),
        Measure::ReliabilityHakstianWhalen => {
            let root = rest.cbrt();
            computed(1.0 - root, 18.0 * m * (n - 1.0) * root * root / ((m - 1.0) * (9.0 * n - 11.0).powi(2)))
        }
        Measure::ReliabilityBonett => computed(-(-alpha).ln_1p(), bonett),
        _ => Err("the measure is not one of reliability"),
    }
}

pub(crate) fn genotype_outcomes(data: &[Genotypes]) -> Vec<Outcome> {
    let effect = |&Genotypes { ai: a, bi: b, ci: c }: &Genotypes| {
        computed(b.ln() - 2f64.ln() - 0.5 * (a.ln() + c.ln()), 0.25 * (1.0 / a + 1.0 / c) + 1.0 / b)
    };
    data.iter().map(|g| Outcome::new(effect(g), g.ai + g.bi + g.ci)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn genotypes_in_equilibrium_have_no_excess() {
        let outcome = &genotype_outcomes(&[Genotypes::new(25.0, 50.0, 25.0).unwrap()])[0];
        approx::assert_abs_diff_eq!(outcome.yi().unwrap(), 0.0, epsilon = 1e-15);
        assert!(genotype_outcomes(&[Genotypes::new(0.0, 5.0, 3.0).unwrap()])[0].effect.is_none());
    }

    #[test]
    fn perfect_and_impossible_reliabilities() {
        let perfect = [Reliability::new(1.0, 10.0, 50.0).unwrap()];
        assert!(outcomes(Measure::ReliabilityBonett, &perfect)[0].effect.is_none());
        assert_eq!(outcomes(Measure::ReliabilityRaw, &perfect)[0].vi(), Some(0.0));
        assert!(Reliability::new(83.0, 10.0, 50.0).unwrap_err().to_string().contains("divide percentages"));
        assert!(Reliability::new(0.8, 1.0, 50.0).is_err());
    }
}
