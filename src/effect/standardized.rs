//! Standardized mean differences as papers report them: d, g, a t statistic or a P value with the sizes of the groups.
//!
//! When to use it: a report gives the test or the standardized difference of two groups, not their means and standard
//! deviations. With group sizes n1 and n2, ν = n1 + n2 - 2 and Hedges' factor J of `two_means`:
//!
//! | reported | Cohen's d |
//! |---|---|
//! | `di`, standardized by the pooled standard deviation | d |
//! | `gi`, the same corrected for bias | g/J(ν) |
//! | `ti`, of the t test with equal variances | t √(1/n1 + 1/n2) |
//! | `pi`, its two-sided P value with the sign of the difference | d of the t with that P value |
//!
//! `SMD` and its variances follow from d, n1 and n2 as they do from means and standard deviations, and so do the measures that
//! are functions of d: `D2OR`, `D2ORN`, `D2ORL`, `RPB`, `ZPB`, `RBIS`, `ZBIS`. Where only the total N is known, each group is taken as half of
//! it, and a note says so.
//!
//! ```
//! use consilience::effect::{EffectOptions, StandardizedDifference, StudyData};
//! use consilience::Measure;
//!
//! // d = 0.42 in two groups of 17: g = 0.42 J(32), vi = 1/17 + 1/17 + g²/68.
//! let data = StudyData::StandardizedDifference(vec![StandardizedDifference::from_d(0.42, 17.0, 17.0)?]);
//! let smd = data.effects(Measure::StandardizedMeanDifference, &EffectOptions::default())?;
//! assert!((smd[0].yi().unwrap_or(0.0) - 0.410065639359).abs() < 1e-12);
//! assert!((smd[0].vi().unwrap_or(0.0) - 0.1201199092439).abs() < 1e-12);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Borenstein M, Hedges LV (2019). Effect sizes for meta-analysis. In Cooper H, Hedges LV, Valentine JC (eds.), The Handbook of
//!   Research Synthesis and Meta-Analysis, third edition. doi:10.7758/9781610448864.14

use serde::Serialize;

use super::{
    BiasCorrection, Measure, TwoMeans, VarianceType,
    check::{at_least, finite, getters},
    outcome::Outcome,
    two_means,
};
use crate::{
    Error, Result,
    stat::{Tail, t},
};

/// A standardized mean difference of two groups with their sizes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StandardizedDifference {
    di: f64,
    n1i: f64,
    n2i: f64,
    /// True if the sizes are halves of a total.
    halved: bool,
}

impl StandardizedDifference {
    /// Cohen's d `di` of groups of `n1i` and `n2i`.
    ///
    /// # Errors
    ///
    /// If the difference is not finite, or a size is below 2.
    pub fn from_d(di: f64, n1i: f64, n2i: f64) -> Result<Self> {
        Ok(StandardizedDifference {
            di: finite("di", di)?,
            n1i: at_least("n1i", "group size", n1i, 2.0)?,
            n2i: at_least("n2i", "group size", n2i, 2.0)?,
            halved: false,
        })
    }

    /// Hedges' g `gi`, the difference already corrected for bias by the exact factor.
    ///
    /// # Errors
    ///
    /// As [`from_d`](Self::from_d).
    pub fn from_g(gi: f64, n1i: f64, n2i: f64) -> Result<Self> {
        let sizes = Self::from_d(0.0, n1i, n2i)?;
        let factor = BiasCorrection::Exact.factor(sizes.df());
        Ok(StandardizedDifference { di: finite("gi", gi)? / factor, ..sizes })
    }

    /// The statistic `ti` of a t test of two independent groups with one variance.
    ///
    /// # Errors
    ///
    /// As [`from_d`](Self::from_d).
    pub fn from_t(ti: f64, n1i: f64, n2i: f64) -> Result<Self> {
        let sizes = Self::from_d(0.0, n1i, n2i)?;
        Ok(StandardizedDifference { di: finite("ti", ti)? * (1.0 / n1i + 1.0 / n2i).sqrt(), ..sizes })
    }

    /// The two-sided P value `pi` of that test, negative where the difference is.
    ///
    /// # Errors
    ///
    /// As [`from_d`](Self::from_d), and if the P value is 0 or beyond 1 in size.
    pub fn from_p(pi: f64, n1i: f64, n2i: f64) -> Result<Self> {
        let sizes = Self::from_d(0.0, n1i, n2i)?;
        let size = finite("pi", pi)?.abs();
        if !(size > 0.0 && size <= 1.0) {
            return Err(Error::data(
                format!("P value is {pi}"),
                "give the exact two-sided P value, above 0 and at most 1, with the sign of the difference",
            )
            .in_column("pi"));
        }
        Self::from_t(t::quantile(Tail::Upper(0.5 * size), sizes.df()).copysign(pi), n1i, n2i)
    }

    /// The same with both groups taken as half of a total of `ni`: `make` is one of the constructors above.
    ///
    /// # Errors
    ///
    /// Those of the constructor, and if the total is below 4.
    pub fn of_total(make: fn(f64, f64, f64) -> Result<Self>, value: f64, ni: f64) -> Result<Self> {
        let half = 0.5 * at_least("ni", "total sample size", ni, 4.0)?;
        Ok(StandardizedDifference { halved: true, ..make(value, half, half)? })
    }

    getters! {
        /// Cohen's d.
        di,
        /// The size of group 1.
        n1i,
        /// The size of group 2.
        n2i,
    }

    fn df(&self) -> f64 {
        self.n1i + self.n2i - 2.0
    }
}

/// The measures that d and the group sizes determine.
pub(crate) fn serves(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::StandardizedMeanDifference
            | Measure::SmdToOddsRatio
            | Measure::SmdToOddsRatioNormal
            | Measure::SmdToOddsRatioLogistic
            | Measure::PointBiserial
            | Measure::ZPointBiserial
            | Measure::Biserial
            | Measure::ZBiserial
    )
}

/// The outcomes: those of means d and 0 with standard deviations of 1, which have the same d.
pub(crate) fn outcomes(
    measure: Measure,
    data: &[StandardizedDifference],
    variance: VarianceType,
    correction: BiasCorrection,
) -> Result<Vec<Outcome>> {
    let means: Vec<TwoMeans> =
        data.iter().map(|s| TwoMeans::new(s.di, 1.0, s.n1i, 0.0, 1.0, s.n2i)).collect::<Result<_>>()?;
    let outcomes = two_means::outcomes(measure, &means, variance, correction);
    let note = |s: &StandardizedDifference| {
        s.halved.then(|| "each group was taken as half of the total sample size".to_owned())
    };
    Ok(data.iter().zip(outcomes).map(|(s, outcome)| outcome.with_note(note(s))).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The four ways to the same difference: t = d/√(1/n1+1/n2), its P value, and g = J d.
    #[test]
    fn all_reports_lead_to_the_same_difference() {
        let (d, n1, n2): (f64, f64, f64) = (-0.77, 9.0, 10.0);
        let statistic = d / (1.0 / n1 + 1.0 / n2).sqrt();
        let p = -2.0 * t::sf(statistic.abs(), n1 + n2 - 2.0);
        let g = d * BiasCorrection::Exact.factor(n1 + n2 - 2.0);
        for made in [
            StandardizedDifference::from_t(statistic, n1, n2),
            StandardizedDifference::from_p(p, n1, n2),
            StandardizedDifference::from_g(g, n1, n2),
        ] {
            approx::assert_relative_eq!(made.unwrap().di(), d, max_relative = 1e-10);
        }
    }

    #[test]
    fn effects_agree_with_means_of_the_same_difference() {
        // means 12 and 7, common standard deviation 4: d = 1.25
        let from_means = [TwoMeans::new(12.0, 4.0, 12.0, 7.0, 4.0, 9.0).unwrap()];
        let from_d = [StandardizedDifference::from_d(1.25, 12.0, 9.0).unwrap()];
        for &measure in Measure::ALL.iter().filter(|m| serves(**m)) {
            for &variance in measure.variance_types() {
                let a = two_means::outcomes(measure, &from_means, variance, BiasCorrection::Exact);
                let b = outcomes(measure, &from_d, variance, BiasCorrection::Exact).unwrap();
                approx::assert_relative_eq!(a[0].yi().unwrap(), b[0].yi().unwrap(), max_relative = 1e-13);
                approx::assert_relative_eq!(a[0].vi().unwrap(), b[0].vi().unwrap(), max_relative = 1e-13);
            }
        }
    }

    #[test]
    fn a_total_is_halved_with_a_note() {
        let half = StandardizedDifference::of_total(StandardizedDifference::from_d, 0.4, 45.0).unwrap();
        assert_eq!((half.n1i(), half.n2i()), (22.5, 22.5));
        let made = outcomes(
            Measure::StandardizedMeanDifference,
            &[half],
            VarianceType::LargeSample,
            BiasCorrection::None,
        )
        .unwrap();
        approx::assert_relative_eq!(made[0].vi().unwrap(), 4.0 / 45.0 + 0.16 / 90.0, max_relative = 1e-13);
        assert_eq!(made[0].notes, ["each group was taken as half of the total sample size"]);
        assert!(StandardizedDifference::of_total(StandardizedDifference::from_d, 0.4, 3.0).is_err());
        for p in [0.0, 1.5, f64::NAN] {
            assert!(StandardizedDifference::from_p(p, 9.0, 9.0).is_err());
        }
    }
}
