//! The power of a study: the probability that |y| / s exceeds the critical value of a two-sided test if the effect is δ,
//! P(|Z + δ / s| > z) = Φ(δ/s - z) + Φ(-δ/s - z).
//!
//! Reference: Kossmeier M, Tran US, Voracek M (2020), Power-enhanced funnel plots for meta-analysis: the sunset funnel plot,
//! Zeitschrift für Psychologie 228:43-49. doi:10.1027/2151-2604/a000392

use crate::stat::{Tail, normal, root};

/// The power of a two-sided test at significance `alpha` in a study with standard error `se` if the effect is `effect`.
///
/// ```
/// use consilience::bias::power;
///
/// // Without an effect the power is the significance; at δ = 2.8 s it is the customary 80 %.
/// assert!((power(0.0, 1.0, 0.05) - 0.05).abs() < 1e-12);
/// assert!((power(2.801585, 1.0, 0.05) - 0.8).abs() < 1e-5);
/// ```
pub fn power(effect: f64, se: f64, alpha: f64) -> f64 {
    let (ratio, z) = (effect.abs() / se, normal::quantile(Tail::Upper(0.5 * alpha)));
    normal::sf(z - ratio) + normal::cdf(-z - ratio)
}

/// The standard error at which a study has this power; `None` without an effect, or if `power` is not between `alpha` and 1.
///
/// ```
/// use consilience::bias::{power, standard_error_at_power};
///
/// let se = standard_error_at_power(-0.5, 0.33, 0.05).unwrap();
/// assert!((power(-0.5, se, 0.05) - 0.33).abs() < 1e-10);
/// assert_eq!(standard_error_at_power(0.0, 0.33, 0.05), None);
/// ```
pub fn standard_error_at_power(effect: f64, power: f64, alpha: f64) -> Option<f64> {
    let effect = effect.abs();
    if !(effect > 0.0 && effect.is_finite() && alpha > 0.0 && power > alpha && power < 1.0) {
        return None;
    }
    // In units of the standard error the power rises from alpha at 0.
    let ratio = root::find(|ratio| self::power(ratio, 1.0, alpha) - power, 0.0, 60.0)?;
    (ratio > 0.0).then(|| effect / ratio)
}
