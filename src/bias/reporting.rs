//! Bounds of the bias from studies, or outcomes, that are known to exist but were not reported.
//!
//! If m of k + m studies did not report the outcome, and the chance to report it does not fall with precision, the mean with
//! weights 1 / V, V = v + tau², is too large by at most
//!
//! (k + m) / k · φ(Φ⁻¹(k / (k + m))) · Σ V^(-1/2) / Σ V^(-1),
//!
//! whatever the selection. The estimate is moved towards 0 by the bound; where it changes its sign, m unreported studies
//! could explain it.
//!
//! References: Copas and Jackson (2004), A bound for publication bias based on the fraction of unpublished studies,
//! doi:10.1111/j.0006-341X.2004.00161.x. Williamson and Gamble (2007), Application and investigation of a bound for outcome
//! reporting bias, doi:10.1186/1745-6215-8-9.

use serde::{Deserialize, Serialize};

use super::options::Settings;
use crate::{
    EffectSizes, Error, Result,
    stat::{Tail, normal},
};

/// The bound for one number of unreported studies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReportingBound {
    /// The number of studies that did not report the outcome.
    pub unreported: usize,
    /// The largest bias.
    pub max_bias: f64,
    /// The estimate moved towards 0 by it.
    pub estimate: f64,
    /// The lower confidence limit, moved as much.
    pub ci_lower: f64,
    /// The upper confidence limit, moved as much.
    pub ci_upper: f64,
}

pub(super) fn bounds(
    effects: &EffectSizes,
    settings: &Settings,
    unreported: &[usize],
) -> Result<Vec<ReportingBound>> {
    let fit = settings.fit(effects)?;
    let tau2 = fit.heterogeneity.tau2.unwrap_or(0.0);
    let (one, root) =
        effects.vi().iter().map(|v| 1.0 / (v + tau2)).fold((0.0, 0.0), |(a, b), w| (a + w, b + w.sqrt()));
    let k = effects.len() as f64;
    unreported
        .iter()
        .map(|&m| {
            if m == 0 {
                return Err(Error::setting("unreported", "0 studies", "give numbers of at least 1"));
            }
            let share = k / (k + m as f64);
            let max_bias = normal::pdf(normal::quantile(Tail::Lower(share))) / share * root / one;
            let shift = -max_bias.copysign(fit.estimate);
            Ok(ReportingBound {
                unreported: m,
                max_bias,
                estimate: fit.estimate + shift,
                ci_lower: fit.ci_lower + shift,
                ci_upper: fit.ci_upper + shift,
            })
        })
        .collect()
}
