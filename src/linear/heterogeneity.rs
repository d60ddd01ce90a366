//! Heterogeneity, how far the studies disagree: Q, tau², I², H², R_b and D², with intervals.
//!
//! - Q = Σ (y - b)² / v about the fixed-effect mean b; chi-square with k - p degrees of freedom if the studies agree.
//! - v~ = (k - p) / tr P, the typical sampling variance (Higgins and Thompson 2002, equation 9, for one mean).
//! - H² = tau² / v~ + 1 and I² = 100 tau² / (tau² + v~) for a random-effects model; from Q (H² = Q / (k - p),
//!   I² = 100 (Q - (k - p)) / Q, at least 0) for a fixed effect.
//! - R_b = 100 (tau² / k) Σ 1 / (v + tau²), the average share of variance that is heterogeneity (Crippa et al. 2016,
//!   doi:10.1002/sim.6980).
//! - D² = 100 (1 - Var_fixed / Var_random) (Wetterslev et al. 2009, doi:10.1186/1471-2288-9-86).
//!
//! Intervals of tau, I², H², R_b and D² are the images of the limits of tau².

use serde::{Deserialize, Serialize};

use crate::{
    Level, Result,
    stat::chi2,
    tau2::{self, Tau2Estimate, Tau2Interval, Tau2IntervalMethod, lanes::sums, model::Model},
};

/// The heterogeneity of a set of studies. Percentages are between 0 and 100.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Heterogeneity {
    /// Cochran's Q; `None` without residual degrees of freedom.
    pub q: Option<f64>,
    /// Its degrees of freedom, k - p.
    pub q_df: usize,
    /// Its P value.
    pub q_p_value: Option<f64>,
    /// The variance between studies; `None` for a fixed effect or a single study.
    pub tau2: Option<f64>,
    /// The standard error of tau²; `None` if tau² was fixed by the user.
    pub tau2_se: Option<f64>,
    /// The standard deviation between studies.
    pub tau: Option<f64>,
    /// I² in per cent: from tau² for a random-effects model, from Q for a fixed effect.
    pub i2: Option<f64>,
    /// H², likewise.
    pub h2: Option<f64>,
    /// H = √H².
    pub h: Option<f64>,
    /// The confidence limits of tau².
    pub tau2_ci: Option<[f64; 2]>,
    /// The method of these limits.
    pub tau2_ci_method: Option<Tau2IntervalMethod>,
    /// That interval is empty (its limits are then 0).
    pub tau2_ci_empty: bool,
    /// The confidence limits of tau.
    pub tau_ci: Option<[f64; 2]>,
    /// The confidence limits of I².
    pub i2_ci: Option<[f64; 2]>,
    /// The confidence limits of H².
    pub h2_ci: Option<[f64; 2]>,
    /// I² from Q, in per cent.
    pub i2_q: Option<f64>,
    /// The test-based limits of I² from Q (Higgins and Thompson 2002); from 3 studies on.
    pub i2_q_ci: Option<[f64; 2]>,
    /// R_b in per cent.
    pub r_b: Option<f64>,
    /// The confidence limits of R_b.
    pub r_b_ci: Option<[f64; 2]>,
    /// D² in per cent.
    pub d2: Option<f64>,
    /// The confidence limits of D².
    pub d2_ci: Option<[f64; 2]>,
}

/// The source of tau² when the rest is computed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Between {
    /// A fixed effect: tau² is no parameter.
    None,
    /// Fixed by the user.
    Fixed(f64),
    /// Estimated.
    Estimated(Tau2Estimate),
}

/// The sampling errors that tau² is compared with.
#[derive(Debug, Clone, Copy)]
struct Scale {
    /// The typical sampling variance v~.
    typical: f64,
    /// Σ 1 / v.
    precision: f64,
}

impl Scale {
    fn i2(self, tau2: f64) -> f64 {
        100.0 * tau2 / (tau2 + self.typical)
    }

    fn h2(self, tau2: f64) -> f64 {
        tau2 / self.typical + 1.0
    }

    /// R_b and D², both from Σ 1 / (v + tau²).
    fn r_b_and_d2(self, vi: &[f64], tau2: f64) -> (f64, f64) {
        let [random] = sums!(vi, vi, |_, _, v| [(v + tau2).recip()]);
        (100.0 * tau2 / vi.len() as f64 * random, (100.0 * (1.0 - random / self.precision)).max(0.0))
    }
}

impl Heterogeneity {
    /// Q and what follows from it alone: I², H² from Q.
    pub(crate) fn from_q(q: f64, df: usize, level: Level) -> Self {
        if df == 0 {
            return Heterogeneity::default();
        }
        let n = df as f64;
        let i2 = |h2: f64| if h2 > 1.0 { 100.0 * (h2 - 1.0) / h2 } else { 0.0 };
        let h2 = q / n;
        let i2_q_ci = tau2::ln_h_standard_error(q, n).map(|se| {
            let half = level.critical_value(None) * se;
            let centre = h2.max(1.0).ln();
            [i2((centre - 2.0 * half).exp()), i2((centre + 2.0 * half).exp())]
        });
        Heterogeneity {
            q: Some(q),
            q_df: df,
            q_p_value: Some(chi2::sf(q, n)),
            i2: Some(i2(h2)),
            h2: Some(h2),
            h: Some(h2.sqrt()),
            i2_q: Some(i2(h2)),
            i2_q_ci,
            ..Heterogeneity::default()
        }
    }

    /// Everything, for a linear model with k > p. `weights` are those of a generalized-Q interval.
    pub(crate) fn of<M: Model>(
        model: &mut M,
        between: Between,
        method: Tau2IntervalMethod,
        weights: Option<&[f64]>,
        level: Level,
    ) -> Result<Self> {
        let df = model.k().saturating_sub(model.p());
        let (tau2, se) = match between {
            Between::None if df == 0 => return Ok(Self::default()),
            Between::None => return Ok(Self::from_q(model.q(), df, level)),
            Between::Fixed(tau2) => (tau2, None),
            Between::Estimated(estimate) => (estimate.tau2, Some(estimate.se)),
        };
        let of_tau2 =
            Heterogeneity { tau2: Some(tau2), tau2_se: se, tau: Some(tau2.sqrt()), ..Self::default() };
        if df == 0 {
            return Ok(of_tau2);
        }
        let (residual, traces) = model.residual_and_traces(|_, v| 1.0 / v);
        let scale = Scale { typical: model.df() / traces.p, precision: traces.w };
        let mut h = Self::from_q(residual.rss, df, level);
        (h.tau2, h.tau2_se, h.tau) = (of_tau2.tau2, of_tau2.tau2_se, of_tau2.tau);
        h.i2 = Some(scale.i2(tau2));
        h.h2 = Some(scale.h2(tau2));
        h.h = Some(scale.h2(tau2).sqrt());
        let (r_b, d2) = scale.r_b_and_d2(model.vi(), tau2);
        (h.r_b, h.d2) = (Some(r_b), Some(d2));
        if se.is_some() {
            h.add_intervals(tau2::interval_of(model, method, tau2, weights, level)?, scale, model.vi());
        }
        h.keep_finite();
        Ok(h)
    }

    /// The limits of tau² and their images.
    fn add_intervals(&mut self, set: Tau2Interval, scale: Scale, vi: &[f64]) {
        let limits = [set.lower, set.upper];
        self.tau2_ci = Some(limits);
        self.tau2_ci_method = Some(set.method);
        self.tau2_ci_empty = set.empty;
        self.tau_ci = Some(limits.map(f64::sqrt));
        self.i2_ci = Some(limits.map(|t| scale.i2(t)));
        self.h2_ci = Some(limits.map(|t| scale.h2(t)));
        let [lower, upper] = limits.map(|t| scale.r_b_and_d2(vi, t));
        self.r_b_ci = Some([lower.0, upper.0]);
        self.d2_ci = Some([lower.1, upper.1]);
    }

    /// Leaves out what variances of very different magnitudes leave no digits for.
    fn keep_finite(&mut self) {
        for value in [
            &mut self.tau2_se,
            &mut self.i2,
            &mut self.h2,
            &mut self.h,
            &mut self.i2_q,
            &mut self.r_b,
            &mut self.d2,
        ] {
            *value = value.filter(|value| value.is_finite());
        }
        for limits in [
            &mut self.tau2_ci,
            &mut self.tau_ci,
            &mut self.i2_ci,
            &mut self.h2_ci,
            &mut self.i2_q_ci,
            &mut self.r_b_ci,
            &mut self.d2_ci,
        ] {
            *limits = limits.filter(|limits| limits.iter().all(|limit| limit.is_finite()));
        }
    }

    /// True if tau² was estimated, not given.
    pub(crate) fn is_estimated(&self) -> bool {
        self.tau2_se.is_some() || self.tau2_ci_method.is_some()
    }

    /// The note on a random-effects model whose readings of heterogeneity have no digits.
    pub(crate) fn note(&self) -> Option<&'static str> {
        let lost = self.q_df > 0
            && self.tau2.is_some()
            && (self.i2.is_none()
                || (self.is_estimated() && (self.tau2_se.is_none() || self.tau2_ci.is_none())));
        lost.then_some(
            "the variances are of so different magnitudes that no digits are left for the standard error of tau², its \
             interval or I²",
        )
    }
}
