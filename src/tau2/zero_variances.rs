//! tau² where some sampling variances are 0, so that weights exist for tau² above 0 only.
//!
//! HE and SJ need no weights 1 / v. The generalized Q statistic and the likelihoods are searched on a grid of logarithms of tau²,
//! then by bisection (Q falls strictly) and golden sections. With one effect of variance 0, and all the more with several that agree,
//! the root or the maximum may lie at 0: such an effect then fixes the mean, and there is no estimate.

use super::{
    Tau2, Tau2Estimate, generalized_q,
    likelihood::{Likelihood, log_likelihood},
    model::Model,
    sidik_jonkman,
};

/// Points of the grid, over these orders of magnitude below and above the scale of the data.
const GRID: usize = 260;
const BELOW: f64 = 9.0;
const ABOVE: f64 = 4.0;

/// The estimate; `None` if it is 0, to working precision.
pub(crate) fn estimate<M: Model>(model: &mut M, method: Tau2) -> Option<Tau2Estimate> {
    let (tau2, se) = match method {
        Tau2::He => generalized_q::with(model, |_, _| 1.0),
        Tau2::Sj => sidik_jonkman::sj(model),
        Tau2::Eb | Tau2::Pm => {
            let tau2 = root(model)?;
            let sum: f64 = model.vi().iter().map(|v| 1.0 / (v + tau2)).sum();
            let k = model.k() as f64;
            (tau2, (2.0 * k * k / model.df()).sqrt() / sum)
        }
        Tau2::Ml => highest(model, Likelihood::Ml)?,
        Tau2::Reml => highest(model, Likelihood::Reml)?,
        _ => return None,
    };
    (tau2 > least(model)).then_some(Tau2Estimate { tau2, se })
}

/// True for the estimators that exist.
pub(crate) fn has(method: Tau2) -> bool {
    matches!(method, Tau2::He | Tau2::Sj | Tau2::Eb | Tau2::Pm | Tau2::Ml | Tau2::Reml)
}

/// The spread of the estimates: the scale of tau².
fn scale<M: Model>(model: &M) -> f64 {
    let (yi, k) = (model.yi(), model.k() as f64);
    let mean = yi.iter().sum::<f64>() / k;
    let spread = yi.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / k;
    let variances = model.vi().iter().sum::<f64>() / k;
    if spread + variances > 0.0 { spread + variances } else { 1.0 }
}

fn least<M: Model>(model: &M) -> f64 {
    scale(model) * 1e-6
}

fn grid<M: Model>(model: &M) -> Vec<f64> {
    let scale = scale(model);
    let power = |at: usize| (BELOW + ABOVE) * at as f64 / (GRID - 1) as f64 - BELOW;
    (0..GRID).map(|at| scale * 10_f64.powf(power(at))).collect()
}

/// The tau² at which the generalized Q equals its degrees of freedom.
fn root<M: Model>(model: &mut M) -> Option<f64> {
    let target = model.df();
    let grid = grid(model);
    let (mut low, mut high) = (*grid.first()?, *grid.last()?);
    let mut q = |tau2: f64| model.residual(|_, v| 1.0 / (v + tau2)).rss;
    if q(low) <= target || q(high) >= target {
        return None;
    }
    for _ in 0..200 {
        let middle = (low * high).sqrt();
        if q(middle) > target { low = middle } else { high = middle }
    }
    Some((low * high).sqrt())
}

/// The maximum of a likelihood and its standard error from the expected information.
fn highest<M: Model>(model: &mut M, kind: Likelihood) -> Option<(f64, f64)> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let grid = grid(model);
    let values: Vec<f64> = grid.iter().map(|&tau2| log_likelihood(model, kind, tau2)).collect();
    let (best, _) = values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    let (mut a, mut b) = (grid.get(best.checked_sub(1)?)?.ln(), grid.get(best + 1)?.ln());
    let (mut x, mut y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut at_x, mut at_y) = (log_likelihood(model, kind, x.exp()), log_likelihood(model, kind, y.exp()));
    // beyond, values of the likelihood differ by rounding alone
    while b - a > 1e-9 {
        if at_x >= at_y {
            (b, y, at_y) = (y, x, at_x);
            x = b - GOLDEN * (b - a);
            at_x = log_likelihood(model, kind, x.exp());
        } else {
            (a, x, at_x) = (x, y, at_y);
            y = a + GOLDEN * (b - a);
            at_y = log_likelihood(model, kind, y.exp());
        }
    }
    let tau2 = (0.5 * (a + b)).exp();
    let information = match kind {
        Likelihood::Ml => model.vi().iter().map(|v| (v + tau2).powi(-2)).sum::<f64>(),
        Likelihood::Reml => model.moments(|_, v| 1.0 / (v + tau2)).pp,
    };
    Some((tau2, (2.0 / information).sqrt()))
}
