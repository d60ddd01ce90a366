//! The expected value of sample information: what a study is worth before its data are seen.
//!
//! # Model
//!
//! With X the data of the study, EVSI = E_X max_d E(NB_d | X) - max_d E(NB_d).
//!
//! - *Regression on summaries* (Strong 2015): for each draw simulate the study at that draw's parameters and reduce it to
//!   summary statistics; then EVSI is the partial information on the summaries.
//! - *Gaussian approximation* (Jalal and Alarid-Escudero 2018): expectations given the parameters, ĝ, are linear in a basis
//!   whose columns shrink towards their means by √(n/(n + n₀)) when only n observations are seen and the prior is worth n₀;
//!   one n₀ for all columns shrinks ĝ itself.
//! - *Importance sampling* (Menzies 2016): E(NB_d | X_i) = Σ_j w_ij ĝ_d(φ_j) / Σ_j w_ij with w_ij = p(X_i | φ_j), O(N²).
//! - *Moment matching* (Heath 2018), two options: ĝ is shrunk to the variance that the study is expected to resolve,
//!   √((Var INB - mean posterior variance)/Var ĝ), at one threshold. Over sizes n (Heath 2019) the resolved variance is
//!   taken as Var ĝ · n/(n + β), with β by least squares from the sizes that were simulated.
//!
//! # References
//!
//! - Strong M, Oakley JE, Brennan A, Breeze P (2015). Estimating the expected value of sample information using the
//!   probabilistic sensitivity analysis sample. *Medical Decision Making* 35:570-583. doi:10.1177/0272989X15575286
//! - Jalal H, Alarid-Escudero F (2018). A Gaussian approximation approach for value of information analysis. *Medical
//!   Decision Making* 38:174-188. doi:10.1177/0272989X17715627
//! - Menzies NA (2016). An efficient estimator for the expected value of sample information. *Medical Decision Making*
//!   36:308-320. doi:10.1177/0272989X15583495
//! - Heath A, Manolopoulou I, Baio G (2018). Efficient Monte Carlo estimation of the expected value of sample information
//!   using moment matching. *Medical Decision Making* 38:163-173. doi:10.1177/0272989X17738515
//! - Heath A, Manolopoulou I, Baio G (2019). Estimating the expected value of sample information across different sample
//!   sizes using moment matching and nonlinear regression. *Medical Decision Making* 39:346-358.
//!   doi:10.1177/0272989X19837983

use serde::{Deserialize, Serialize};

use super::evppi::{ConditionalExpectations, Evppi, EvppiResult};
use crate::{
    Error, Result,
    economics::{draws::Draws, willingness::WillingnessToPay},
    stat::{minimum, progress::all_of},
};

/// The value of a study at one threshold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EvsiPoint {
    /// The willingness to pay.
    pub wtp: f64,
    /// The sample size, where the method has one.
    pub n: Option<f64>,
    /// The value, kept at or above 0.
    pub value: f64,
    /// Its Monte Carlo standard error, where the method has one.
    pub se: Option<f64>,
}

/// The value of a study whose data were simulated for each draw and reduced to summary statistics: the columns of
/// `summaries`, one value for each draw.
///
/// # Errors
///
/// As [`Evppi::of`].
pub fn evsi_from_summaries(
    method: &Evppi,
    draws: &Draws,
    summaries: &[(&str, &[f64])],
    wtp: &WillingnessToPay,
) -> Result<EvppiResult> {
    method.of(draws, summaries, wtp)
}

impl ConditionalExpectations {
    /// The value of n observations on the parameters when the prior is worth `prior_size` of them.
    ///
    /// # Errors
    ///
    /// If a size is negative or not finite, both are 0, or thresholds and costs are in different money.
    pub fn evsi_gaussian(&self, n: f64, prior_size: f64, wtp: &WillingnessToPay) -> Result<Vec<EvsiPoint>> {
        if !(n.is_finite() && n >= 0.0 && prior_size.is_finite() && prior_size >= 0.0 && n + prior_size > 0.0)
        {
            return Err(Error::setting(
                "sample size",
                format!("{n} with a prior of {prior_size}"),
                "give sizes of at least 0, not both 0",
            ));
        }
        let values = self.values(wtp, (n / (n + prior_size)).sqrt())?;
        Ok(values
            .into_iter()
            .zip(wtp.values())
            .map(|((value, se), &wtp)| EvsiPoint { wtp, n: Some(n), value, se: Some(se) })
            .collect())
    }

    /// The value of a study by importance sampling: `log_likelihood(i, j)` is the log likelihood of the data simulated
    /// at draw i under the parameters of draw j, up to a constant for each i.
    ///
    /// # Errors
    ///
    /// If some data are impossible under all draws or a likelihood is not a number, or thresholds and costs are in
    /// different money.
    pub fn evsi_importance(
        &self,
        log_likelihood: impl Fn(usize, usize) -> f64 + Sync,
        wtp: &WillingnessToPay,
    ) -> Result<Vec<EvsiPoint>> {
        let (n, d) = (self.draws.len(), self.draws.options().len());
        let one = |i: usize| -> Result<(Vec<f64>, Vec<f64>)> {
            let logs: Vec<f64> = (0..n).map(|j| log_likelihood(i, j)).collect();
            let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if !top.is_finite() || logs.iter().any(|l| l.is_nan()) {
                return Err(Error::model(
                    format!("the data simulated at draw {} have no finite likelihood", i + 1),
                    "give a finite log likelihood for at least one draw",
                ));
            }
            let (mut c, mut e, mut total) = (vec![0.0; d], vec![0.0; d], 0.0);
            for (j, log) in logs.iter().enumerate() {
                let weight = (log - top).exp();
                total += weight;
                for k in 0..d {
                    c[k] += weight * self.costs[j * d + k];
                    e[k] += weight * self.effects[j * d + k];
                }
            }
            c.iter_mut().chain(&mut e).for_each(|x| *x /= total);
            Ok((c, e))
        };
        let rows: Result<Vec<_>> = all_of("data sets", n, one)?.into_iter().collect();
        let (mut costs, mut effects) = (Vec::with_capacity(n * d), Vec::with_capacity(n * d));
        for (c, e) in rows? {
            costs.extend(c);
            effects.extend(e);
        }
        let posterior = ConditionalExpectations { costs, effects, ..self.clone() };
        Ok(posterior
            .values(wtp, 1.0)?
            .into_iter()
            .zip(wtp.values())
            .map(|((value, se), &wtp)| EvsiPoint { wtp, n: None, value, se: Some(se) })
            .collect())
    }

    /// The value of a study of two options at one threshold, from the variance of the incremental net benefit that is
    /// expected to remain after it (the mean over some 30 to 50 simulated data sets).
    ///
    /// # Errors
    ///
    /// If there are not two options, the variance is negative or not finite, or the threshold is.
    pub fn evsi_moment_matching(&self, mean_posterior_variance: f64, wtp: f64) -> Result<EvsiPoint> {
        if self.draws.options().len() != 2
            || !(mean_posterior_variance.is_finite() && mean_posterior_variance >= 0.0)
        {
            return Err(Error::setting(
                "moment matching",
                format!(
                    "{} options, remaining variance {mean_posterior_variance}",
                    self.draws.options().len()
                ),
                "it takes two options and a variance of at least 0",
            ));
        }
        let grid = WillingnessToPay::new([wtp])?;
        let (prior, explained) = self.inb_variances(wtp);
        let resolved = (prior - mean_posterior_variance).max(0.0);
        if explained == 0.0 || resolved == 0.0 {
            return Ok(EvsiPoint { wtp, n: None, value: 0.0, se: None });
        }
        let values = self.values(&grid, (resolved / explained).sqrt())?;
        Ok(EvsiPoint { wtp, n: None, value: values.first().map_or(0.0, |v| v.0), se: None })
    }

    /// The value of studies of several sizes by moment matching: `simulated` has, for some sizes, the variance of the
    /// incremental net benefit that is expected to remain (each from one or a few data sets suffices), and `sizes` those to
    /// value.
    ///
    /// # Errors
    ///
    /// If there are not two options, nothing was simulated, a size or variance is negative or not finite, or the threshold is.
    pub fn evsi_moment_matching_sizes(
        &self,
        simulated: &[(f64, f64)],
        sizes: &[f64],
        wtp: f64,
    ) -> Result<Vec<EvsiPoint>> {
        let sound = |x: f64| x.is_finite() && x >= 0.0;
        if self.draws.options().len() != 2
            || !simulated.iter().any(|(n, _)| *n > 0.0)
            || !simulated.iter().all(|(n, v)| sound(*n) && sound(*v))
            || !sizes.iter().all(|n| sound(*n))
        {
            return Err(Error::setting(
                "moment matching",
                format!("{} options, {} simulated sizes", self.draws.options().len(), simulated.len()),
                "it takes two options, and sizes and remaining variances of at least 0 with a size above 0",
            ));
        }
        let grid = WillingnessToPay::new([wtp])?;
        let (prior, explained) = self.inb_variances(wtp);
        if explained == 0.0 {
            return Ok(sizes.iter().map(|&n| EvsiPoint { wtp, n: Some(n), value: 0.0, se: None }).collect());
        }
        let squares = |ln_beta: f64| {
            let beta = ln_beta.exp();
            simulated
                .iter()
                .map(|(n, left)| ((prior - left) / explained - n / (n + beta)).powi(2))
                .sum::<f64>()
        };
        let largest = simulated.iter().map(|(n, _)| *n).fold(0.0, f64::max).ln();
        let (ln_beta, _) = minimum::brent(squares, largest - 20.0, largest + 20.0);
        let beta = ln_beta.exp();
        sizes
            .iter()
            .map(|&n| {
                let value = self.values(&grid, (n / (n + beta)).sqrt())?.first().map_or(0.0, |v| v.0);
                Ok(EvsiPoint { wtp, n: Some(n), value, se: None })
            })
            .collect()
    }

    /// The variances of the incremental net benefit of the second option: over draws, and of its expectations.
    fn inb_variances(&self, wtp: f64) -> (f64, f64) {
        let variance = |costs: &[f64], effects: &[f64]| {
            let inb: Vec<f64> = costs
                .chunks_exact(2)
                .zip(effects.chunks_exact(2))
                .map(|(c, e)| wtp * (e[1] - e[0]) - (c[1] - c[0]))
                .collect();
            let mean = inb.iter().sum::<f64>() / inb.len() as f64;
            inb.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (inb.len() as f64 - 1.0).max(1.0)
        };
        (variance(self.draws.costs(), self.draws.effects()), variance(&self.costs, &self.effects))
    }
}
