//! Cluster-randomised trials analysed as if people had been randomised.
//!
//! Use it when a trial allocated clinics, schools or villages and its report ignores that. With mean cluster size m and
//! intracluster correlation ρ the design effect is D = 1 + (m - 1)·ρ, with a coefficient of variation c of the
//! cluster sizes D = 1 + ((1 + c²)·m - 1)·ρ. The effective sample is the reported one divided by D: means and SDs stay,
//! sizes shrink; events and non-events both shrink; a variance grows by D.
//!
//! ```
//! use consilience::convert::unit::cluster::DesignEffect;
//! use consilience::effect::TwoByTwo;
//!
//! // Cochrane Handbook 23.1.5: 63 of 295 against 84 of 330, mean cluster size 35.9, ICC 0.02: D = 1.698.
//! let design = DesignEffect::new(625.0 / 17.4, 0.02)?.value; // about 35.9 people in each cluster
//! let table = design.two_by_two(TwoByTwo::from_totals(63.0, 295.0, 84.0, 330.0)?)?.value;
//! assert!((table.ai() - 37.1).abs() < 0.1 && (table.n2i() - 194.3).abs() < 0.3);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Higgins JPT, Eldridge S, Li T (2023). Cochrane Handbook, chapter 23. doi:10.1002/9781119536604.ch23
//! - Eldridge SM, Ashby D, Kerry S (2006). Sample size for cluster randomized trials: effect of coefficient of variation
//!   of cluster size. doi:10.1093/ije/dyl129
//! - Donner A, Klar N (2000). Design and analysis of cluster randomization trials in health research. ISBN 9780340691533

use serde::{Deserialize, Serialize};

use super::super::check;
use super::super::record::{Derived, Step, short};
use crate::{
    Error, Result,
    effect::{Effect, OneMean, PersonTime, Proportion, TwoByTwo, TwoMeans},
};

const HANDBOOK: &str = "Cochrane Handbook 23.1, doi:10.1002/9781119536604.ch23";

/// The factor by which clustering inflates variances.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DesignEffect {
    /// The factor.
    pub factor: f64,
}

/// An ICC that a mean cluster size allows: between -1/(m - 1) and 1.
fn icc_for(size: f64, icc: f64) -> Result<f64> {
    let least = if size > 1.0 { -1.0 / (size - 1.0) } else { -1.0 };
    if icc.is_finite() && icc >= least && icc <= 1.0 {
        Ok(icc)
    } else {
        Err(Error::data(
            format!("intracluster correlation is {icc}"),
            format!("with {} people per cluster it must lie between {} and 1", short(size), short(least)),
        ))
    }
}

impl DesignEffect {
    /// From the mean cluster size and the intracluster correlation.
    ///
    /// # Errors
    ///
    /// If the size is below 1, the correlation is outside [-1/(m - 1), 1], or the factor comes out as 0.
    pub fn new(mean_size: f64, icc: f64) -> Result<Derived<Self>> {
        Self::varying(mean_size, 0.0, icc)
    }

    /// With cluster sizes that vary by a coefficient of variation (SD over mean).
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), or if the coefficient of variation is below 0.
    pub fn varying(mean_size: f64, cv: f64, icc: f64) -> Result<Derived<Self>> {
        let m = check::size("mean cluster size", mean_size, 1.0)?;
        check::not_negative("coefficient of variation of the cluster sizes", cv)?;
        let icc = icc_for(m, icc)?;
        let factor = check::positive("design effect", 1.0 + ((1.0 + cv * cv) * m - 1.0) * icc)?;
        let step = if cv == 0.0 {
            Step::new("design effect", "1 + (m - 1)·ICC", HANDBOOK)
        } else {
            Step::new(
                "design effect",
                "1 + ((1 + cv²)·m - 1)·ICC",
                "Eldridge et al. 2006, doi:10.1093/ije/dyl129",
            )
            .from("cv of cluster sizes", cv)
        };
        let mut step = step
            .from("mean cluster size", m)
            .assuming("intracluster correlation", icc)
            .result("design effect", factor);
        if factor < 1.0 {
            step = step.note("the design effect is below 1: a negative intracluster correlation gains precision, which is rarely believable");
        }
        Ok(step.gives(DesignEffect { factor }))
    }

    /// A reported design effect.
    ///
    /// # Errors
    ///
    /// If it is not above 0.
    pub fn reported(factor: f64) -> Result<Self> {
        Ok(DesignEffect { factor: check::positive("design effect", factor)? })
    }

    /// The intracluster correlation behind it, (D - 1)/(m - 1).
    ///
    /// # Errors
    ///
    /// If the clusters have one person each, or the correlation comes out beyond its range.
    pub fn icc(&self, mean_size: f64) -> Result<Derived<f64>> {
        if check::size("mean cluster size", mean_size, 1.0)? == 1.0 {
            return Err(Error::data(
                "clusters of one person",
                "an intracluster correlation needs larger clusters",
            ));
        }
        let icc = icc_for(mean_size, (self.factor - 1.0) / (mean_size - 1.0))?;
        Ok(Step::new("intracluster correlation", "(D - 1)/(m - 1)", HANDBOOK)
            .from_all(&[("design effect", self.factor), ("mean cluster size", mean_size)])
            .result("icc", icc)
            .gives(icc))
    }

    fn step(&self, what: &str, formula: &str) -> Step {
        Step::new(what, formula, HANDBOOK).from("design effect", self.factor)
    }

    /// The effective counts.
    ///
    /// # Errors
    ///
    /// If the effective counts cannot be formed.
    pub fn two_by_two(&self, table: TwoByTwo) -> Result<Derived<TwoByTwo>> {
        let d = self.factor;
        let value = TwoByTwo::new(table.ai() / d, table.bi() / d, table.ci() / d, table.di() / d)?;
        Ok(self
            .step("effective counts", "every cell divided by D")
            .from_all(&[("ai", table.ai()), ("bi", table.bi()), ("ci", table.ci()), ("di", table.di())])
            .result("ai", value.ai())
            .result("bi", value.bi())
            .result("ci", value.ci())
            .result("di", value.di())
            .gives(value))
    }

    /// The effective sizes; means and SDs stay.
    ///
    /// # Errors
    ///
    /// If an effective size is too small for an analysis.
    pub fn two_means(&self, groups: TwoMeans) -> Result<Derived<TwoMeans>> {
        let (n1, n2) = (groups.n1i() / self.factor, groups.n2i() / self.factor);
        let value = TwoMeans::new(groups.m1i(), groups.sd1i(), n1, groups.m2i(), groups.sd2i(), n2)?;
        Ok(self
            .step("effective sizes", "n/D; means and SDs unchanged")
            .from_all(&[("n1i", groups.n1i()), ("n2i", groups.n2i())])
            .result("n1i", n1)
            .result("n2i", n2)
            .gives(value))
    }

    /// The effective counts and person-times of two groups.
    ///
    /// # Errors
    ///
    /// If the effective values cannot be formed.
    pub fn person_time(&self, groups: PersonTime) -> Result<Derived<PersonTime>> {
        let d = self.factor;
        let value = PersonTime::new(groups.x1i() / d, groups.t1i() / d, groups.x2i() / d, groups.t2i() / d)?;
        Ok(self
            .step("effective counts and person-times", "counts and person-times divided by D")
            .from_all(&[
                ("x1i", groups.x1i()),
                ("t1i", groups.t1i()),
                ("x2i", groups.x2i()),
                ("t2i", groups.t2i()),
            ])
            .result("x1i", value.x1i())
            .result("x2i", value.x2i())
            .gives(value))
    }

    /// The effective size of one group.
    ///
    /// # Errors
    ///
    /// If the effective size is below 1.
    pub fn group(&self, group: OneMean) -> Result<Derived<OneMean>> {
        let value = OneMean::new(group.mi(), group.sdi(), group.ni() / self.factor)?;
        Ok(self.step("effective size", "n/D").from("n", group.ni()).result("n", value.ni()).gives(value))
    }

    /// The effective count and size of one group.
    ///
    /// # Errors
    ///
    /// If the effective size is below 1.
    pub fn proportion(&self, group: Proportion) -> Result<Derived<Proportion>> {
        let value = Proportion::new(group.xi() / self.factor, group.ni() / self.factor)?;
        Ok(self
            .step("effective count", "events and n divided by D")
            .from_all(&[("events", group.xi()), ("n", group.ni())])
            .result("events", value.xi())
            .result("n", value.ni())
            .gives(value))
    }

    /// An effect whose variance ignored the clusters.
    ///
    /// # Errors
    ///
    /// If the variance is not above 0.
    pub fn effect(&self, effect: Effect) -> Result<Derived<Effect>> {
        let vi = check::positive("vi", effect.vi)? * self.factor;
        check::computable("variance", vi)?;
        Ok(self
            .step("variance of a clustered effect", "v·D")
            .from("vi", effect.vi)
            .result("vi", vi)
            .gives(Effect { yi: check::finite("yi", effect.yi)?, vi }))
    }
}

/// The intracluster correlation from an analysis of variance, (MSB - MSW)/(MSB + (m - 1)·MSW).
///
/// # Errors
///
/// If a mean square is below 0, both are 0, or m is not above 1.
pub fn icc_from_mean_squares(between: f64, within: f64, size: f64) -> Result<Derived<f64>> {
    check::not_negative("mean square between clusters", between)?;
    check::not_negative("mean square within clusters", within)?;
    if !(size.is_finite() && size > 1.0) {
        return Err(Error::data(format!("mean cluster size is {size}"), "it must be above 1"));
    }
    let denominator = check::positive("sum of the mean squares", between + (size - 1.0) * within)?;
    let icc = (between - within) / denominator;
    Ok(Step::new(
        "intracluster correlation",
        "(MSB - MSW)/(MSB + (m - 1)·MSW)",
        "Donner & Klar 2000, ISBN 9780340691533",
    )
    .from_all(&[("MSB", between), ("MSW", within), ("cluster size", size)])
    .result("icc", icc)
    .gives(icc))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Cochrane Handbook 23.1.5: D = 1 + (35.9 - 1)·0.02 = 1.698; 295 becomes 173.8, 330 becomes 194.3, 63 becomes
    /// 37.1 and 84 becomes 49.5.
    #[test]
    fn handbook_example() {
        let design = DesignEffect::new(35.9, 0.02).unwrap().value;
        assert_relative_eq!(design.factor, 1.698, max_relative = 1e-12);
        let table = design.two_by_two(TwoByTwo::new(63.0, 232.0, 84.0, 246.0).unwrap()).unwrap().value;
        for (got, printed) in
            [(table.n1i(), 173.8), (table.n2i(), 194.3), (table.ai(), 37.1), (table.ci(), 49.5)]
        {
            assert!((got - printed).abs() < 0.1, "{got}"); // printed with one decimal from a rounded D
        }
        assert_relative_eq!(design.icc(35.9).unwrap().value, 0.02, max_relative = 1e-12);
    }

    /// Shrinking the sample and inflating the variance are the same for a mean difference and for a log odds ratio.
    #[test]
    fn effective_sample_and_inflated_variance_agree() {
        let design = DesignEffect::varying(20.0, 0.5, 0.05).unwrap().value;
        assert_relative_eq!(design.factor, 1.0 + (1.25 * 20.0 - 1.0) * 0.05, max_relative = 1e-14);
        let v = |n1: f64, n2: f64| 4.0 / n1 + 9.0 / n2;
        let groups =
            design.two_means(TwoMeans::new(1.0, 2.0, 100.0, 0.0, 3.0, 120.0).unwrap()).unwrap().value;
        let inflated = design.effect(Effect { yi: 1.0, vi: v(100.0, 120.0) }).unwrap().value;
        assert_relative_eq!(v(groups.n1i(), groups.n2i()), inflated.vi, max_relative = 1e-12);
    }

    #[test]
    fn impossible_correlations_are_named() {
        let text = DesignEffect::new(11.0, -0.2).unwrap_err().to_string();
        assert!(text.contains("between -0.1 and 1"), "{text}");
        assert!(DesignEffect::new(11.0, 1.1).is_err());
        assert!(DesignEffect::new(0.5, 0.1).is_err());
        assert!(DesignEffect::new(11.0, -0.1).is_err()); // D = 0
        assert!(DesignEffect::new(11.0, -0.05).unwrap().notes().next().is_some());
        assert_relative_eq!(
            icc_from_mean_squares(3.0, 1.0, 11.0).unwrap().value,
            2.0 / 13.0,
            max_relative = 1e-14
        );
        assert!(icc_from_mean_squares(0.0, 0.0, 3.0).is_err());
    }
}
