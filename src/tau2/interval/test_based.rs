//! Test-based: log H ± z SE(log H), with H² = tau² / v~ + 1 of the fitted model and the standard error of Higgins and
//! Thompson (2002).

use super::super::model::Model;
use crate::{Error, Level, Result};

/// The standard error of log H, from Q on `df` degrees of freedom.
pub(crate) fn ln_h_standard_error(q: f64, df: f64) -> Option<f64> {
    let k = df + 1.0;
    if q > k {
        Some(0.5 * (q.ln() - df.ln()) / ((2.0 * q).sqrt() - (2.0 * df - 1.0).sqrt()))
    } else if df > 1.0 {
        Some((1.0 / (2.0 * (df - 1.0)) * (1.0 - 1.0 / (3.0 * (df - 1.0).powi(2)))).sqrt())
    } else {
        None
    }
}

/// The limits.
pub(super) fn interval<M: Model>(model: &mut M, tau2: f64, level: Level) -> Result<(f64, f64)> {
    let (df, q, typical) = (model.df(), model.q(), model.typical_variance());
    let se = ln_h_standard_error(q, df).ok_or_else(|| {
        Error::model(
            "the test-based interval for tau² needs at least 3 studies",
            "use the Q-profile interval",
        )
    })?;
    let ln_h = 0.5 * (tau2 / typical + 1.0).ln();
    let half = level.critical_value(None) * se;
    let at = |ln_h: f64| (typical * (2.0 * ln_h).exp_m1()).max(0.0);
    Ok((at(ln_h - half), at(ln_h + half)))
}
