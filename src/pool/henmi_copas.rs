//! Henmi and Copas's interval (2010, doi:10.1002/sim.4029): fixed-effect weights, which small-study effects bias least, with
//! an interval that allows for tau².
//!
//! With w = 1 / v, Sⱼ = Σwʲ, W₂ = S₂ / S₁, b = Σwy / S₁ and R = √S₁ (b - θ), Var R = 1 + tau² W₂. The DL estimate depends
//! on the data through Q only, so T = R / √(1 + tau²_DL W₂) exceeds t > 0 exactly when Q is below
//! f(R / t) = (k - 1) + (S₁ / W₂ - 1)((R / t)² - 1) and R > t. Q is a quadratic form in normal variables that depends on R;
//! given R, its mean and variance are matched by a gamma distribution. The critical value t solves
//! ∫ P(Q ≤ f(r / t) | R = r) dΦ(r / √Var R) = α / 2 over r > t, with tau² at its DL estimate.
//!
//! With A = W - ww' / S₁, D = diag(v + tau²) and c = D w / (√S₁ Var R), z given R = r has mean c r and covariance
//! D - c c' Var R, whence
//! E(Q | r) = (k - 1) + tau² (S₁ - W₂) + (r² - Var R) c'Ac and
//! Var(Q | r) = 2 [tr(ADAD) - 2 Var R c'ADAc + Var R² (c'Ac)²] + 4 r² [c'ADAc - Var R (c'Ac)²].

use super::{MeanInference, kernel};
use crate::{
    Error, Level, Result,
    stat::{gamma, normal, quadrature, root},
};

/// The estimate, its standard error and interval, and the DL tau² behind them.
pub(super) fn infer(yi: &[f64], vi: &[f64], level: Level) -> Result<(MeanInference, f64)> {
    if yi.len() < 2 {
        return Err(Error::model(
            "Henmi and Copas's interval needs at least 2 studies",
            "use Wald inference",
        ));
    }
    let estimate = kernel::fixed(yi, vi).estimate;
    let tau2 = kernel::dersimonian_laird(yi, vi).tau2;
    let df = yi.len() as f64 - 1.0;
    let power_sum = |j: i32| vi.iter().map(|v| v.powi(-j)).sum::<f64>();
    let s1 = power_sum(1);
    let (w2, w3, w4) = (power_sum(2) / s1, power_sum(3) / s1, power_sum(4) / s1);
    let var_r = 1.0 + tau2 * w2;

    let cac = (tau2 / var_r).powi(2) * (w3 - w2 * w2);
    let cadac = (tau2 / var_r).powi(2) * ((w3 - w2 * w2) + tau2 * (w4 - 2.0 * w2 * w3 + w2.powi(3)));
    let adad = df + 2.0 * tau2 * (s1 - w2) + tau2 * tau2 * (s1 * w2 - 2.0 * w3 + w2 * w2);
    let mean_q = |r2: f64| df + tau2 * (s1 - w2) + (r2 - var_r) * cac;
    let variance_q = |r2: f64| {
        2.0 * (adad - 2.0 * var_r * cadac + (var_r * cac).powi(2)) + 4.0 * r2 * (cadac - var_r * cac * cac)
    };
    // Probability that T exceeds t = x √Var R; s = r / √Var R.
    let beyond = |x: f64| {
        let integrand = |s: f64| {
            let r2 = s * s * var_r;
            let limit = df + (s1 / w2 - 1.0) * ((s / x).powi(2) - 1.0);
            let (mean, variance) = (mean_q(r2), variance_q(r2));
            gamma::cdf(limit, mean * mean / variance, variance / mean) * normal::pdf(s)
        };
        quadrature::adaptive(integrand, x, x.max(0.0) + 40.0, 1e-13)
    };
    let x = root::find(|x| beyond(x) - level.tail(), 1e-6, level.critical_value(None)).ok_or_else(|| {
        Error::model("Henmi and Copas's critical value was not found", "use Hartung-Knapp inference")
    })?;
    let se = (var_r / s1).sqrt();
    let half = x * var_r.sqrt() * se;
    let inference = MeanInference {
        estimate,
        se,
        statistic: None,
        df: None,
        p_value: None,
        ci_lower: estimate - half,
        ci_upper: estimate + half,
    };
    Ok((inference, tau2))
}
