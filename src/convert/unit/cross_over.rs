//! Cross-over trials: each person is their own comparator.
//!
//! Use it when everybody received both treatments and the report treats the periods as groups, or gives a paired
//! result. With the means m_T, m_C and SDs of the two treatments, n people and the correlation r of their outcomes:
//!
//! - mean difference: m_T - m_C with se = sd_diff/√n, sd_diff reported or √(s_T² + s_C² - 2·r·s_T·s_C);
//! - standardized: d = (m_T - m_C)/√((s_T² + s_C²)/2) with se = √(1/n + d²/(2n))·√(2(1 - r)), comparable with parallel trials;
//! - proportions: the difference of marginal proportions, log risks or logits with the covariance from the phi
//!   correlation of the paired outcomes.
//!
//! ```
//! use consilience::effect::OneMean;
//! use consilience::convert::unit::cross_over::CrossOver;
//!
//! // Cochrane Handbook 5.1, 16.4.6.4: MD 0.50 (se 0.583), SMD 0.218 (se 0.256) with an assumed correlation of 0.68.
//! let trial = CrossOver::new(OneMean::new(7.0, 2.38, 10.0)?, OneMean::new(6.5, 2.21, 10.0)?)?;
//! assert!((trial.mean_difference(0.68)?.value.sei() - 0.583).abs() < 5e-4);
//! let smd = trial.standardized(0.68)?.value;
//! assert!((smd.yi - 0.218).abs() < 5e-4 && (smd.sei() - 0.256).abs() < 5e-4);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Elbourne DR, Altman DG, Higgins JPT, et al. (2002). Meta-analyses involving cross-over trials: methodological
//!   issues. doi:10.1093/ije/31.1.140
//! - Higgins JPT, Deeks JJ, Altman DG (2011). Cochrane Handbook 5.1, section 16.4.
//! - Curtin F, Altman DG, Elbourne D (2002). Meta-analysis combining parallel and cross-over clinical trials.
//!   doi:10.1002/sim.1206

use serde::Serialize;

use super::super::before_after::ProportionContrast;
use super::super::change::BeforeAfterSds;
use super::super::check;
use super::super::record::{Derived, Step};
use crate::{
    Error, Result,
    effect::{Effect, OneMean, Proportion},
};

const ELBOURNE: &str = "Elbourne et al. 2002, doi:10.1093/ije/31.1.140";

/// The outcomes of the same people under both treatments.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CrossOver {
    /// Under the intervention.
    pub intervention: OneMean,
    /// Under the comparator.
    pub comparator: OneMean,
}

impl CrossOver {
    /// Means and SDs of the same n ≥ 2 people.
    ///
    /// # Errors
    ///
    /// If the sizes differ or are below 2.
    pub fn new(intervention: OneMean, comparator: OneMean) -> Result<Self> {
        if intervention.ni() != comparator.ni() {
            return Err(Error::data(
                format!(
                    "{} people under one treatment and {} under the other",
                    intervention.ni(),
                    comparator.ni()
                ),
                "give the number that completed both periods",
            ));
        }
        check::size("n", intervention.ni(), 2.0)?;
        Ok(CrossOver { intervention, comparator })
    }

    fn spread(&self) -> Result<BeforeAfterSds> {
        BeforeAfterSds::new(self.intervention.sdi(), self.comparator.sdi())
    }

    /// The correlation behind a reported SD of the differences.
    ///
    /// # Errors
    ///
    /// If the SDs contradict each other.
    pub fn correlation(&self, sd_of_differences: f64) -> Result<Derived<f64>> {
        self.spread()?.correlation(sd_of_differences)
    }

    fn step(&self, what: &str, formula: &str) -> Step {
        Step::new(what, formula, ELBOURNE).from_all(&[
            ("mean, intervention", self.intervention.mi()),
            ("mean, comparator", self.comparator.mi()),
            ("n", self.intervention.ni()),
        ])
    }

    /// The mean difference with a reported SD of the differences.
    ///
    /// # Errors
    ///
    /// If the SD is not above 0.
    pub fn mean_difference_with_sd(&self, sd_of_differences: f64) -> Result<Derived<Effect>> {
        let sd = check::positive("sd of the differences", sd_of_differences)?;
        let yi = check::computable("difference", self.intervention.mi() - self.comparator.mi())?;
        let vi = check::computable("variance", sd * sd / self.intervention.ni())?;
        Ok(self
            .step("mean difference of a cross-over trial", "m_T - m_C; se = sd_diff/√n")
            .from("sd of the differences", sd)
            .result("yi", yi)
            .result("sei", vi.sqrt())
            .gives(Effect { yi, vi }))
    }

    /// The mean difference with an assumed correlation.
    ///
    /// # Errors
    ///
    /// If r is beyond ±1 or no variation remains.
    pub fn mean_difference(&self, r: f64) -> Result<Derived<Effect>> {
        self.spread()?.sd_of_change(r)?.then(|sd| self.mean_difference_with_sd(sd))
    }

    /// The standardized mean difference with a correlation of the two outcomes.
    ///
    /// # Errors
    ///
    /// If r is not strictly between -1 and 1.
    pub fn standardized(&self, r: f64) -> Result<Derived<Effect>> {
        check::inner_correlation("correlation", r)?;
        let (t, c, n) = (&self.intervention, &self.comparator, self.intervention.ni());
        let pooled = (0.5 * (t.sdi() * t.sdi() + c.sdi() * c.sdi())).sqrt();
        let yi = check::computable("standardized difference", (t.mi() - c.mi()) / pooled)?;
        let vi = check::positive("variance", (1.0 / n + yi * yi / (2.0 * n)) * 2.0 * (1.0 - r))?;
        Ok(self
            .step(
                "standardized mean difference of a cross-over trial",
                "(m_T - m_C)/√((s_T² + s_C²)/2); se = √(1/n + d²/(2n))·√(2(1 - r))",
            )
            .from_all(&[("sd, intervention", t.sdi()), ("sd, comparator", c.sdi())])
            .assuming("correlation of the periods", r)
            .result("yi", yi)
            .result("sei", vi.sqrt())
            .gives(Effect { yi, vi }))
    }
}

/// The effect on a binary outcome of the same n people under both treatments, from the two marginal counts and the
/// phi correlation of the paired outcomes.
///
/// # Errors
///
/// If the sizes differ, the margins do not allow the correlation, or a ratio is asked for with an empty margin.
pub fn proportions(
    intervention: Proportion,
    comparator: Proportion,
    correlation: f64,
    scale: ProportionContrast,
) -> Result<Derived<Effect>> {
    let n = intervention.ni();
    if comparator.ni() != n {
        return Err(Error::data(
            format!("{n} people under one treatment and {} under the other", comparator.ni()),
            "give the number that completed both periods",
        ));
    }
    let r = check::correlation("correlation", correlation)?;
    let (p1, p2) = (intervention.xi() / n, comparator.xi() / n);
    let (s1, s2) = ((p1 * (1.0 - p1)).sqrt(), (p2 * (1.0 - p2)).sqrt());
    // The probability of the outcome under both treatments must be possible.
    let both = p1 * p2 + r * s1 * s2;
    let slack = 1e-12;
    if both < (p1 + p2 - 1.0).max(0.0) - slack || both > p1.min(p2) + slack {
        return Err(Error::data(
            format!("correlation {r} with proportions {p1} and {p2}"),
            "these margins do not allow so strong a correlation; give one nearer to 0",
        ));
    }
    // Value, and the factor from a proportion to the scale of the analysis (delta method).
    let on_scale = |p: f64| match scale {
        ProportionContrast::Difference => (p, 1.0),
        ProportionContrast::RiskRatio => (p.ln(), 1.0 / p),
        ProportionContrast::OddsRatio => ((p / (1.0 - p)).ln(), 1.0 / (p * (1.0 - p))),
    };
    let ((y1, f1), (y2, f2)) = (on_scale(p1), on_scale(p2));
    let yi = y1 - y2;
    let vi = (f1 * f1 * s1 * s1 + f2 * f2 * s2 * s2 - 2.0 * r * f1 * f2 * s1 * s2) / n;
    if !(yi.is_finite() && vi.is_finite() && vi > 0.0) {
        return Err(Error::data(
            format!("{} and {} events among {n}", intervention.xi(), comparator.xi()),
            "a ratio needs events (an odds ratio also non-events) under both treatments, and some variation",
        ));
    }
    Ok(Step::new(
        "paired binary outcome from its margins",
        "difference of p, ln p or logit p; covariance r√(p1q1p2q2)/n by the delta method",
        "Curtin et al. 2002, doi:10.1002/sim.1206",
    )
    .from_all(&[
        ("events, intervention", intervention.xi()),
        ("events, comparator", comparator.xi()),
        ("n", n),
    ])
    .assuming("correlation of the paired outcomes", r)
    .result("yi", yi)
    .result("sei", vi.sqrt())
    .gives(Effect { yi, vi }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Cochrane Handbook 5.1, 16.4.6.4: with the reported SD of the differences 2.0 the se is 0.632 and r is 0.62... .
    #[test]
    fn handbook_with_the_reported_sd() {
        let trial =
            CrossOver::new(OneMean::new(7.0, 2.38, 10.0).unwrap(), OneMean::new(6.5, 2.21, 10.0).unwrap())
                .unwrap();
        let effect = trial.mean_difference_with_sd(2.0).unwrap().value;
        assert!((effect.sei() - 0.632).abs() < 5e-4);
        let r = trial.correlation(2.0).unwrap().value;
        assert_relative_eq!(trial.mean_difference(r).unwrap().value.vi, effect.vi, max_relative = 1e-12);
    }

    /// metafor 3.8: escalc of matched pairs (20, 12, 5, 13),; MPOR as printed there, the others by their formulas
    #[test]
    fn margins_and_phi_give_the_matched_pairs_measures() {
        let (a, b, c, d): (f64, f64, f64, f64) = (20.0, 12.0, 5.0, 13.0);
        let n: f64 = a + b + c + d;
        let (x1, x2) = (a + b, a + c);
        let phi = (a * d - b * c) / (x1 * (n - x1) * x2 * (n - x2)).sqrt();
        let (t, k) = (Proportion::new(x1, n).unwrap(), Proportion::new(x2, n).unwrap());
        let rd = proportions(t, k, phi, ProportionContrast::Difference).unwrap().value;
        assert_relative_eq!(rd.yi, (b - c) / n, max_relative = 1e-12);
        assert_relative_eq!(rd.vi, (b + c) / (n * n) - (b - c).powi(2) / n.powi(3), max_relative = 1e-10);
        let rr = proportions(t, k, phi, ProportionContrast::RiskRatio).unwrap().value;
        assert_relative_eq!(rr.yi, (x1 / x2).ln(), max_relative = 1e-12);
        assert_relative_eq!(rr.vi, (b + c) / (x1 * x2), max_relative = 1e-10);
        let or = proportions(t, k, phi, ProportionContrast::OddsRatio).unwrap().value;
        assert_relative_eq!(or.yi, MPOR.0, max_relative = 1e-9);
        assert_relative_eq!(or.vi, MPOR.1, max_relative = 1e-9);
    }
    const MPOR: (f64, f64) = (0.575_364_144_903_6, 0.111_25);

    #[test]
    fn impossible_correlations_are_refused() {
        let p = |x| Proportion::new(x, 50.0).unwrap();
        assert!(proportions(p(45.0), p(5.0), 0.9, ProportionContrast::Difference).is_err());
        assert!(proportions(p(0.0), p(5.0), 0.0, ProportionContrast::RiskRatio).is_err());
        let m = |n| OneMean::new(1.0, 1.0, n).unwrap();
        assert!(CrossOver::new(m(10.0), m(9.0)).is_err());
    }
}
