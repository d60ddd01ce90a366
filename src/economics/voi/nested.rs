//! Partial information by nested Monte Carlo, for a model that can be run: the check of all regressions.
//!
//! In each of K outer steps the parameters of interest are drawn and the others J times; the model gives the cost and effect
//! of each option. The noise of inner means makes the value too great by an amount of order 1/J; the standard error is
//! that of the outer steps.

use serde::{Deserialize, Serialize};

use super::evppi::column_means;
use crate::{
    Error, Result,
    economics::{draws::Draws, net_benefit::best, willingness::WillingnessToPay},
    stat::progress::first_of,
};

/// The size of a nested simulation and its seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NestedEvppi {
    /// Outer steps.
    pub outer: usize,
    /// Inner runs in each.
    pub inner: usize,
    /// The seed from which each outer step gets its own.
    pub seed: u64,
}

/// The value of knowing what the outer draw fixes, with its standard error, at each threshold. `inner(seed, runs)` draws the
/// parameters of interest once and returns `runs` draws of costs and effects given them; it must use `seed` for all its
/// randomness.
///
/// # Errors
///
/// If there are fewer than two outer steps or no inner runs, the model fails, or options differ between steps.
pub fn nested_evppi(
    size: NestedEvppi,
    wtp: &WillingnessToPay,
    inner: impl Fn(u64, usize) -> Result<Draws> + Sync,
) -> Result<Vec<(f64, f64)>> {
    if size.outer < 2 || size.inner == 0 {
        return Err(Error::setting(
            "nested simulation",
            format!("{} outer steps of {} runs", size.outer, size.inner),
            "give at least two steps of at least one run",
        ));
    }
    let step = |k: usize| {
        let seed = size.seed.wrapping_add((k as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        inner(seed, size.inner).map(|draws| (draws.options().to_vec(), draws.means()))
    };
    let steps: Vec<_> = first_of("outer steps", size.outer, step)?.into_iter().collect::<Result<_>>()?;
    if steps.len() < 2 {
        return Err(Error::interrupted("outer steps", steps.len(), size.outer));
    }
    let options = steps.first().map(|s| s.0.clone()).unwrap_or_default();
    if steps.iter().any(|s| s.0 != options) {
        return Err(Error::model(
            "the options differ between steps",
            "return the same options in the same order",
        ));
    }
    let d = options.len();
    let costs: Vec<f64> = steps.iter().flat_map(|s| s.1.0.iter().copied()).collect();
    let effects: Vec<f64> = steps.iter().flat_map(|s| s.1.1.iter().copied()).collect();
    let (mean_costs, mean_effects) = (column_means(&costs, d), column_means(&effects, d));
    let n = steps.len() as f64;
    Ok(wtp
        .values()
        .iter()
        .map(|&wtp| {
            let star = best(&mean_costs, &mean_effects, wtp);
            let gains: Vec<f64> = costs
                .chunks_exact(d)
                .zip(effects.chunks_exact(d))
                .map(|(c, e)| {
                    let top = c.iter().zip(e).map(|(c, e)| wtp * e - c).fold(f64::NEG_INFINITY, f64::max);
                    top - (wtp * e[star] - c[star])
                })
                .collect();
            let mean = gains.iter().sum::<f64>() / n;
            let variance = gains.iter().map(|g| (g - mean).powi(2)).sum::<f64>() / (n - 1.0);
            (mean, (variance / n).sqrt())
        })
        .collect())
}
