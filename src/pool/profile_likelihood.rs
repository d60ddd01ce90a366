//! Profile-likelihood inference for the mean (Hardy and Thompson 1996, Statistics in Medicine 15:619): the interval holds
//! the μ whose log-likelihood, maximized over tau², lies within ½ χ²₁ of the maximum; the statistic is the signed root of
//! the likelihood ratio.

use super::{MeanInference, kernel};
use crate::{
    Level,
    stat::{Tail, chi2, normal, root},
    tau2::{
        likelihood::{Likelihood, log_likelihood, maximum},
        model::Mean,
    },
};

/// The ML mean, its interval, and the ML tau² behind them.
pub(super) fn infer(yi: &[f64], vi: &[f64], level: Level) -> (MeanInference, f64) {
    let mut free = Mean::new(yi, vi);
    let tau2 = maximum(&mut free, Likelihood::Ml);
    let top = log_likelihood(&mut free, Likelihood::Ml, tau2);
    let (estimate, variance) = kernel::mean_at(yi, vi, tau2);
    let se = variance.sqrt();

    let ratio = |mean: f64| {
        let mut model = Mean::new(yi, vi).known(mean);
        let tau2 = maximum(&mut model, Likelihood::Ml);
        2.0 * (top - log_likelihood(&mut model, Likelihood::Ml, tau2))
    };
    let limit = chi2::quantile(Tail::Upper(2.0 * level.tail()), 1.0);
    let bound = |direction: f64| {
        let mut step = se;
        let mut inside = estimate;
        for _ in 0..200 {
            let outside = inside + direction * step;
            if ratio(outside) > limit {
                return root::find(|mean| ratio(mean) - limit, inside, outside).unwrap_or(outside);
            }
            inside = outside;
            step *= 1.5;
        }
        inside
    };
    let statistic = ratio(0.0).max(0.0).sqrt().copysign(estimate);
    let inference = MeanInference {
        estimate,
        se,
        statistic: Some(statistic),
        df: None,
        p_value: Some(normal::two_sided(statistic)),
        ci_lower: bound(-1.0),
        ci_upper: bound(1.0),
    };
    (inference, tau2)
}
