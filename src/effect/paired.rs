//! One group measured twice (or matched pairs with a measurement): changes, standardized changes and ratios.
//!
//! With means m1, m2, standard deviations s1, s2, their correlation r, n persons, s_d² = s1² + s2² - 2r s1 s2, s̄² = (s1²+s2²)/2,
//! cv = s/m and J as for two groups:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `MC` | m1 - m2 | s_d²/n |
//! | `SMCC` | g = J(n-1)·(m1-m2)/s_d | 1/n + g²/(2n) |
//! | `SMCR` | g = J(n-1)·(m1-m2)/s1 | 2(1-r)/n + g²/(2n) |
//! | `SMCRH` | the same | s_d²/(s1²(n-1)) + g²/(2(n-1)) |
//! | `SMCRP` | g = J(ν)·(m1-m2)/s̄, ν = 2(n-1)/(1+r²) | 2(1-r)/n + g²(1+r²)/(4n) |
//! | `SMCRPH` | J(ν)·(m1-m2)/s̄, the same | g²(s1⁴+s2⁴+2r²s1²s2²)/(8s̄⁴(n-1)) + s_d²/(s̄²(n-1)) |
//! | `CLESCN` | Φ(x), x = (m1-m2)/S, S² = s1²+s2² | φ(x)²[s_d²/S² + x²(s1⁴+s2⁴+2r²s1²s2²)/(2S⁴)]/(n-1) |
//! | `ROMC` | ln(m1/m2) + (cv1² - cv2²)/(2n) | (cv1² + cv2² - 2r cv1 cv2)/n |
//! | `VRC` | ln(s1/s2) | (1-r²)/(n-1) |
//! | `CVRC` | `VRC` - `ROMC` | sum of theirs |
//!
//! `SMCR` does not use s2, `VRC` no means: [`Paired::partial`] takes studies that do not report them. `LS2` of `SMCC` and `SMCR` is J² times their variance at d = g/J. Which occasion comes first is the user's choice; `SMCR`
//! standardizes by s1. If only the standard deviation of the change is known, give it as s1 with s2 and r both 0 (`MC`,
//! `SMCC`).
//!
//! # References
//!
//! - Gibbons RD, Hedeker DR, Davis JM (1993). Estimation of effect size from a series of experiments involving paired
//!   comparisons. doi:10.3102/10769986018003271
//! - Becker BJ (1988). Synthesizing standardized mean-change measures. doi:10.1111/j.2044-8317.1988.tb00901.x
//! - Bonett DG (2008). Confidence intervals for standardized linear contrasts of means. doi:10.1037/1082-989X.13.2.99
//! - Cousineau D (2020). Approximating the distribution of Cohen's d_p in within-subject designs.
//!   doi:10.20982/tqmp.16.4.p418
//! - Lajeunesse MJ (2011). On the meta-analysis of response ratios for studies with correlated and multi-group designs.
//!   doi:10.1890/11-0423.1

use serde::Serialize;

use super::{
    BiasCorrection, Measure, VarianceType,
    check::{at_least, correlation, finite, getters, positive},
    outcome::{Computed, Outcome, computed},
};
use crate::{Error, Result, stat::normal};

/// Means and standard deviations of one group on two occasions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Paired {
    m1i: f64,
    m2i: f64,
    sd1i: f64,
    sd2i: f64,
    ni: f64,
    ri: f64,
}

impl Paired {
    /// Means `m1i` and `m2i` and standard deviations `sd1i` and `sd2i` of `ni` persons on two occasions with the
    /// correlation `ri`.
    ///
    /// # Errors
    ///
    /// If a value is not finite, a standard deviation not positive (`sd2i` may be 0 if `ri` is: see the
    /// measures), the correlation not within -1 and 1, or the number of persons below 2.
    pub fn new(m1i: f64, m2i: f64, sd1i: f64, sd2i: f64, ni: f64, ri: f64) -> Result<Self> {
        Self::partial(Some(m1i), Some(m2i), sd1i, Some(sd2i), ni, ri)
    }

    /// As [`new`](Self::new) for a study that does not report a mean or the second standard deviation; measures that need
    /// what is missing have no effect.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), for the values that are given.
    pub fn partial(
        m1i: Option<f64>,
        m2i: Option<f64>,
        sd1i: f64,
        sd2i: Option<f64>,
        ni: f64,
        ri: f64,
    ) -> Result<Self> {
        let ri = correlation("ri", ri)?;
        // What is not reported is held as NaN, which no measure that needs it survives.
        let mean = |column, value: Option<f64>| value.map_or(Ok(f64::NAN), |m| finite(column, m));
        let sd2i = match sd2i {
            Some(sd2i) if sd2i == 0.0 && ri == 0.0 => sd2i,
            Some(sd2i) => positive("sd2i", "standard deviation", sd2i)?,
            None => f64::NAN,
        };
        let paired = Paired {
            m1i: mean("m1i", m1i)?,
            m2i: mean("m2i", m2i)?,
            sd1i: positive("sd1i", "standard deviation", sd1i)?,
            sd2i,
            ni: at_least("ni", "sample size", ni, 2.0)?,
            ri,
        };
        if paired.change_variance() <= 0.0 {
            return Err(Error::data(
                "equal standard deviations with a correlation of 1 leave no variation of the change",
                "check the correlation and the standard deviations",
            )
            .in_column("ri"));
        }
        Ok(paired)
    }

    /// True if a mean or a standard deviation is not reported; its getter returns NaN.
    pub fn is_partial(&self) -> bool {
        [self.m1i, self.m2i, self.sd2i].iter().any(|value| value.is_nan())
    }

    getters! {
        /// The mean on the first occasion.
        m1i,
        /// The mean on the second occasion.
        m2i,
        /// The standard deviation on the first occasion.
        sd1i,
        /// The standard deviation on the second occasion.
        sd2i,
        /// The number of persons.
        ni,
        /// The correlation between the occasions.
        ri,
    }

    fn change_variance(&self) -> f64 {
        (self.sd1i - self.sd2i).powi(2) + 2.0 * (1.0 - self.ri) * self.sd1i * self.sd2i
    }
}

pub(crate) fn outcomes(
    measure: Measure,
    data: &[Paired],
    variance: VarianceType,
    correction: BiasCorrection,
) -> Vec<Outcome> {
    data.iter().map(|p| Outcome::new(effect(measure, p, variance, correction), p.ni)).collect()
}

fn effect(measure: Measure, p: &Paired, variance: VarianceType, correction: BiasCorrection) -> Computed {
    let made = complete_effect(measure, p, variance, correction);
    made.map_err(|reason| match (p.sd2i.is_nan(), p.m1i.is_nan() || p.m2i.is_nan()) {
        (true, _) => "the second standard deviation is missing",
        (_, true) => "a mean is missing",
        _ => reason,
    })
}

fn complete_effect(
    measure: Measure,
    p: &Paired,
    variance: VarianceType,
    correction: BiasCorrection,
) -> Computed {
    let &Paired { m1i: m1, m2i: m2, sd1i: s1, sd2i: s2, ni: n, ri: r } = p;
    let change = m1 - m2;
    let sd2 = p.change_variance();
    let df = n - 1.0;
    let (v1, v2) = (s1 * s1, s2 * s2);
    // n-1 over 2 times the variance of s1² + s2²
    let quartic = v1 * v1 + v2 * v2 + 2.0 * r * r * v1 * v2;
    let with_raw_or_change = |standardizer: f64, means: f64| {
        let factor = correction.factor(df);
        let d = change / standardizer;
        let g = factor * d;
        let vi = match variance {
            VarianceType::LargeSample2 => factor * factor * (means + d * d / (2.0 * n)),
            _ => means + g * g / (2.0 * n),
        };
        computed(g, vi)
    };
    let mean_variance = 0.5 * (v1 + v2);
    let pooled = || correction.factor(2.0 * df / (1.0 + r * r)) * change / mean_variance.sqrt();
    match measure {
        Measure::MeanChange => computed(change, sd2 / n),
        Measure::SmdChange => with_raw_or_change(sd2.sqrt(), 1.0 / n),
        Measure::SmdChangeRaw => with_raw_or_change(s1, 2.0 * (1.0 - r) / n),
        Measure::SmdChangeRawHeteroscedastic => {
            let g = correction.factor(df) * change / s1;
            computed(g, sd2 / (v1 * df) + g * g / (2.0 * df))
        }
        Measure::SmdChangePooled => {
            let g = pooled();
            computed(g, 2.0 * (1.0 - r) / n + g * g * (1.0 + r * r) / (4.0 * n))
        }
        Measure::SmdChangePooledHeteroscedastic => {
            let g = pooled();
            computed(g, g * g * quartic / (8.0 * mean_variance.powi(2) * df) + sd2 / (mean_variance * df))
        }
        Measure::CommonLanguageChange => {
            let total = v1 + v2;
            let x = change / total.sqrt();
            let vi = (sd2 / total + x * x * quartic / (2.0 * total * total)) / df;
            computed(normal::cdf(x), normal::pdf(x).powi(2) * vi)
        }
        Measure::RatioOfMeansChange => {
            let (yi, vi) = log_ratio_of_means(p, correction);
            computed(yi, vi)
        }
        Measure::VariabilityRatioChange => computed((s1 / s2).ln(), (1.0 - r * r) / df),
        Measure::CoefficientOfVariationRatioChange => {
            if m1 <= 0.0 || m2 <= 0.0 {
                return Err("a coefficient of variation needs means above 0");
            }
            let (yi, vi) = log_ratio_of_means(p, correction);
            computed((s1 / s2).ln() - yi, (1.0 - r * r) / df + vi)
        }
        _ => Err("the measure is not one of paired means"),
    }
}

/// ln(m1/m2) with its second-order correction, and its variance.
fn log_ratio_of_means(p: &Paired, correction: BiasCorrection) -> (f64, f64) {
    let (cv1, cv2) = (p.sd1i / p.m1i, p.sd2i / p.m2i);
    let bias = correction.second_order() * (cv1 * cv1 - cv2 * cv2) / (2.0 * p.ni);
    ((p.m1i / p.m2i).ln() + bias, (cv1 * cv1 + cv2 * cv2 - 2.0 * p.ri * cv1 * cv2) / p.ni)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn second_variances_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, m1i=c(30.6,20), m2i=c(24.6,18), sd1i=c(9.1,5), sd2i=c(8.2,4), ni=c(41,20),
        // ri=c(.61,.4), vtype="LS2")
        let data = [
            Paired::new(30.6, 24.6, 9.1, 8.2, 41.0, 0.61).unwrap(),
            Paired::new(20.0, 18.0, 5.0, 4.0, 20.0, 0.4).unwrap(),
        ];
        for (measure, expected) in [
            (Measure::SmdChange, [0.0306385922513486, 0.0497571058251629]),
            (Measure::SmdChangeRaw, [0.0234157265204353, 0.0589713846816745]),
        ] {
            let outcomes = outcomes(measure, &data, VarianceType::LargeSample2, BiasCorrection::Exact);
            for (outcome, expected) in outcomes.iter().zip(expected) {
                approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn the_standard_deviation_of_the_change_suffices() {
        let all = Paired::new(30.6, 24.6, 9.1, 8.2, 41.0, 0.61).unwrap();
        let only = Paired::new(6.0, 0.0, all.change_variance().sqrt(), 0.0, 41.0, 0.0).unwrap();
        for measure in [Measure::MeanChange, Measure::SmdChange] {
            let of = |p: &Paired| {
                outcomes(measure, &[*p], VarianceType::LargeSample, BiasCorrection::Exact)[0].effect.unwrap()
            };
            approx::assert_relative_eq!(of(&all).yi, of(&only).yi, max_relative = 1e-13);
            approx::assert_relative_eq!(of(&all).vi, of(&only).vi, max_relative = 1e-13);
        }
    }

    #[test]
    fn impossible_values_are_refused() {
        assert!(
            Paired::new(1.0, 2.0, 3.0, 0.0, 10.0, 0.5).unwrap_err().to_string().starts_with("column sd2i")
        );
        assert!(Paired::new(1.0, 2.0, 3.0, 3.0, 10.0, 1.0).unwrap_err().to_string().starts_with("column ri"));
        assert!(Paired::new(1.0, 2.0, 3.0, 3.0, 1.0, 0.5).unwrap_err().to_string().starts_with("column ni"));
        let two = [Paired::new(1.0, 2.0, 3.0, 3.0, 2.0, 0.5).unwrap()];
        assert!(
            outcomes(Measure::SmdChange, &two, VarianceType::LargeSample, BiasCorrection::Exact)[0]
                .effect
                .is_none()
        );
    }

    #[test]
    fn what_a_measure_does_not_use_may_be_missing() {
        let of = |measure, p: Paired| {
            outcomes(measure, &[p], VarianceType::LargeSample, BiasCorrection::Exact).remove(0)
        };
        // metafor 5.0: escalc("SMCR", m1i=30.6, m2i=38.5, sd1i=15, ri=0.47, ni=20)
        let posttest = Paired::partial(Some(30.6), Some(38.5), 15.0, None, 20.0, 0.47).unwrap();
        let effect = of(Measure::SmdChangeRaw, posttest).effect.unwrap();
        approx::assert_relative_eq!(effect.yi, -0.50555278587344, max_relative = 1e-12);
        approx::assert_relative_eq!(effect.vi, 0.0593895904826099, max_relative = 1e-12);
        let reason = of(Measure::SmdChange, posttest).reason;
        assert_eq!(reason.as_deref(), Some("the second standard deviation is missing"));
        let spreads = Paired::partial(None, None, 3.0, Some(4.0), 30.0, 0.5).unwrap();
        let effect = of(Measure::VariabilityRatioChange, spreads).effect.unwrap();
        approx::assert_relative_eq!(effect.vi, 0.75 / 29.0, max_relative = 1e-14);
        assert_eq!(of(Measure::MeanChange, spreads).reason.as_deref(), Some("a mean is missing"));
    }
}
