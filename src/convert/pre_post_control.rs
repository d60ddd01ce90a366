//! Standardized mean changes of two groups: the pretest-posttest-control design.
//!
//! Use it when a trial reports means and SDs at baseline and at the end in both groups and outcomes are measured on
//! different scales. With M the means, S the baseline SDs, n the sizes and J(ν) the exact small-sample factor
//! Γ(ν/2)/(√(ν/2)·Γ((ν - 1)/2)):
//!
//! - separate SDs (Becker 1988; d_ppc1): g = J(n_T - 1)·ΔM_T/S_T - J(n_C - 1)·ΔM_C/S_C, with the sum of the variances
//!   2(1 - r)/n + g²/(2n);
//! - pooled baseline SD (Morris 2008; d_ppc2, the one he recommends): g = J(ν)·(ΔM_T - ΔM_C)/S_P with ν = n_T + n_C - 2 and
//!   variance J²·2(1 - r)/ñ·ν/(ν - 2)·(1 + ñ·g²/(2(1 - r))) - g², ñ = n_T·n_C/(n_T + n_C). It is exact for normal data with
//!   equal SDs at both times and in both groups, at the true effect.
//!
//! His third index, which pools the SDs of both times, has no known sampling variance and is left out.
//!
//! ```
//! use consilience::convert::pre_post_control::{PrePostArm, PrePostControl};
//!
//! // The first study of Morris (2008), Table 5: d_ppc2 = 0.77.
//! let design = PrePostControl::new(
//!     PrePostArm::new(30.6, 38.5, 15.0, 20.0, 0.47)?,
//!     PrePostArm::new(23.1, 19.7, 13.8, 20.0, 0.47)?,
//! );
//! assert!((design.pooled_sd()?.value.yi - 0.77).abs() < 0.005);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Morris SB (2008). Estimating effect sizes from pretest-posttest-control group designs. doi:10.1177/1094428106291059
//! - Becker BJ (1988). Synthesizing standardized mean-change measures. doi:10.1111/j.2044-8317.1988.tb00901.x

use serde::{Deserialize, Serialize};

use super::check;
use super::record::{Derived, Step};
use crate::{Error, Result, effect::Effect, stat::special};

/// One group of the design.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PrePostArm {
    /// Mean before.
    pub mean_before: f64,
    /// Mean after.
    pub mean_after: f64,
    /// SD before.
    pub sd_before: f64,
    /// Size.
    pub n: f64,
    /// Correlation of before and after.
    pub correlation: f64,
}

impl PrePostArm {
    /// Means before and after, the SD before, the size (at least 3) and the correlation of before and after.
    ///
    /// # Errors
    ///
    /// If a value is out of its range.
    pub fn new(mean_before: f64, mean_after: f64, sd_before: f64, n: f64, correlation: f64) -> Result<Self> {
        Ok(PrePostArm {
            mean_before: check::finite("mean before", mean_before)?,
            mean_after: check::finite("mean after", mean_after)?,
            sd_before: check::positive("sd before", sd_before)?,
            n: check::size("n", n, 3.0)?,
            correlation: check::inner_correlation("correlation", correlation)?,
        })
    }

    fn change(&self) -> f64 {
        self.mean_after - self.mean_before
    }
}

/// Intervention and comparator, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PrePostControl {
    /// The group with the intervention.
    pub intervention: PrePostArm,
    /// The comparator.
    pub comparator: PrePostArm,
}

/// J(ν) = Γ(ν/2)/(√(ν/2)·Γ((ν - 1)/2)).
pub(super) fn small_sample_factor(df: f64) -> f64 {
    special::gamma_ratio_half(0.5 * (df - 1.0)) / (0.5 * df).sqrt()
}

impl PrePostControl {
    /// The two groups.
    pub fn new(intervention: PrePostArm, comparator: PrePostArm) -> Self {
        PrePostControl { intervention, comparator }
    }

    fn recorded(&self, what: &str, formula: &str, reference: &str) -> Step {
        let mut step = Step::new(what, formula, reference);
        for (name, arm) in [("intervention", self.intervention), ("comparator", self.comparator)] {
            step = step
                .from(&format!("mean before, {name}"), arm.mean_before)
                .from(&format!("mean after, {name}"), arm.mean_after)
                .from(&format!("sd before, {name}"), arm.sd_before)
                .from(&format!("n, {name}"), arm.n);
        }
        if self.intervention.correlation == self.comparator.correlation {
            step.assuming("correlation of before and after", self.intervention.correlation)
        } else {
            step.assuming("correlation of before and after, intervention", self.intervention.correlation)
                .assuming("correlation of before and after, comparator", self.comparator.correlation)
        }
    }

    /// Becker's difference of standardized mean changes, each by the SD of its own group (d_ppc1).
    ///
    /// # Errors
    ///
    /// If the result overflows.
    pub fn separate_sds(&self) -> Result<Derived<Effect>> {
        let one = |arm: &PrePostArm| {
            let g = small_sample_factor(arm.n - 1.0) * arm.change() / arm.sd_before;
            (g, 2.0 * (1.0 - arm.correlation) / arm.n + g * g / (2.0 * arm.n))
        };
        let ((gt, vt), (gc, vc)) = (one(&self.intervention), one(&self.comparator));
        let yi = check::computable("effect", gt - gc)?;
        let vi = check::computable("variance", vt + vc)?;
        Ok(self
            .recorded(
                "difference in standardized mean changes, SD of each group",
                "g_T - g_C, g = J(n - 1)·change/sd; variance 2(1 - r)/n + g²/(2n), summed",
                "Becker 1988, doi:10.1111/j.2044-8317.1988.tb00901.x",
            )
            .result("yi", yi)
            .result("vi", vi)
            .gives(Effect { yi, vi }))
    }

    /// Morris's difference in changes over the pooled baseline SD (d_ppc2). The correlations of the groups are weighted
    /// by their degrees of freedom.
    ///
    /// # Errors
    ///
    /// If the groups together have fewer than 7 people or the result overflows.
    pub fn pooled_sd(&self) -> Result<Derived<Effect>> {
        let (t, c) = (&self.intervention, &self.comparator);
        let df = t.n + c.n - 2.0;
        check::size("n of both groups", t.n + c.n, 7.0)?;
        let pooled =
            (((t.n - 1.0) * t.sd_before * t.sd_before + (c.n - 1.0) * c.sd_before * c.sd_before) / df).sqrt();
        let factor = small_sample_factor(df);
        let yi = check::computable("effect", factor * (t.change() - c.change()) / pooled)?;
        let r = ((t.n - 1.0) * t.correlation + (c.n - 1.0) * c.correlation) / df;
        let sizes = t.n * c.n / (t.n + c.n);
        let numerator = 2.0 * (1.0 - r) / sizes;
        let vi = factor * factor * df / (df - 2.0) * (numerator + yi * yi) - yi * yi;
        if !(vi.is_finite() && vi > 0.0) {
            return Err(Error::data(
                format!("the sampling variance comes out as {vi}"),
                "the effect is too large for groups of this size; check means and SDs",
            ));
        }
        Ok(self
            .recorded(
                "difference in changes over the pooled baseline SD",
                "J(ν)·(change_T - change_C)/sd_pooled; variance J²·2(1 - r)/ñ·ν/(ν - 2)·(1 + ñg²/(2(1 - r))) - g²",
                "Morris 2008, doi:10.1177/1094428106291059",
            )
            .assuming_that("equal SDs at both times and in both groups")
            .result("yi", yi)
            .result("vi", vi)
            .gives(Effect { yi, vi }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Γ ratios by mpmath.
    #[test]
    fn small_sample_factors() {
        assert_relative_eq!(
            small_sample_factor(2.0),
            std::f64::consts::PI.sqrt().recip(),
            max_relative = 1e-12
        );
        assert_relative_eq!(small_sample_factor(38.0), 0.980_110_402_130_946, max_relative = 1e-11);
        assert_relative_eq!(
            small_sample_factor(0.9999e7),
            small_sample_factor(1.0001e7),
            max_relative = 1e-8
        );
    }

    /// metafor 3.8: the difference of escalc("SMCR") of both groups of Morris (2008), and the effects he prints in
    /// Table 5 (d_ppc2, two decimals; here with all digits from the formula in R).
    #[test]
    fn morris_table_5() {
        let arm = |v: [f64; 5]| PrePostArm::new(v[0], v[1], v[2], v[3], v[4]).unwrap();
        let treated = [
            [30.6, 38.5, 15.0, 20.0, 0.47],
            [23.5, 26.8, 3.1, 50.0, 0.64],
            [0.5, 0.7, 0.1, 9.0, 0.77],
            [53.4, 75.9, 14.5, 10.0, 0.89],
            [35.6, 36.0, 4.7, 14.0, 0.44],
        ];
        let control = [
            [23.1, 19.7, 13.8, 20.0, 0.47],
            [24.9, 25.3, 4.1, 42.0, 0.64],
            [0.6, 0.6, 0.2, 9.0, 0.77],
            [55.7, 60.7, 17.3, 11.0, 0.89],
            [34.8, 33.4, 3.1, 14.0, 0.44],
        ];
        let separate = [
            (0.742_052_438_043, 0.113_787_892_619_5),
            (0.952_361_368_914, 0.042_637_689_615_5),
            (1.805_406_667_353, 0.283_305_179_695_7),
            (1.151_392_246_547, 0.145_780_665_813_0),
            (0.505_043_438_272, 0.166_678_722_760_8),
        ];
        let pooled = [0.77, 0.80, 1.20, 1.05, 0.44];
        for i in 0..5 {
            let design = PrePostControl::new(arm(treated[i]), arm(control[i]));
            let effect = design.separate_sds().unwrap().value;
            assert_relative_eq!(effect.yi, separate[i].0, max_relative = 1e-11);
            assert_relative_eq!(effect.vi, separate[i].1, max_relative = 1e-11);
            let effect = design.pooled_sd().unwrap().value;
            assert!((effect.yi - pooled[i]).abs() < 0.005, "{}", effect.yi);
        }
    }

    /// Simulation-free check of the variance: d_ppc2 is J·√(2(1-r)/ñ) times a noncentral t, whose mean J·E(t) is the
    /// true effect; its second moment is ν/(ν-2)·(1 + λ²) with λ² = ñδ²/(2(1-r)).
    #[test]
    fn variance_is_that_of_a_noncentral_t() {
        let arm = |change: f64| PrePostArm::new(10.0, 10.0 + change, 2.0, 12.0, 0.6).unwrap();
        let effect = PrePostControl::new(arm(3.0), arm(1.0)).pooled_sd().unwrap().value;
        let (df, sizes) = (22.0, 6.0);
        let scale: f64 = 2.0 * 0.4 / sizes;
        let lambda2 = effect.yi * effect.yi / scale;
        let j = small_sample_factor(df);
        let expected = j * j * scale * (df / (df - 2.0)) * (1.0 + lambda2) - effect.yi * effect.yi;
        assert_relative_eq!(effect.vi, expected, max_relative = 1e-12);
    }
}
