//! Estimators of the between-study variance of a network, and its Q-profile interval.
//!
//! With P = W - W X C Xᵀ W: DL is (Q - df) / tr(P S) at tau² = 0 (Jackson, White and Riley 2012,
//! doi:10.1002/sim.5453); REML solves yᵀ P S P y = tr(P S), ML yᵀ P S P y = tr(W S). The likelihood is looked at on a grid
//! of log tau², every peak is solved for, and the highest is taken; a peak at 0 counts when the score there is not
//! positive. Networks with many treatments climb from DL instead, where the likelihood of so many studies has one peak.

use super::gls::{Gls, Moments};
use crate::{
    Error, Level, Result,
    stat::{Tail, chi2, root},
    tau2::Tau2,
};

/// Points of the grid on which peaks are looked for.
const GRID: usize = 32;

/// The estimators that a network has.
pub(crate) fn check(method: Tau2) -> Result<()> {
    match method {
        Tau2::Reml | Tau2::Ml | Tau2::Dl => Ok(()),
        other => Err(Error::setting(
            "method",
            format!("`{other}` is not an estimator of the heterogeneity of a network"),
            "choose REML, ML or DL",
        )),
    }
}

/// The derivative of the log-likelihood in tau², times 2.
fn score(method: Tau2, m: &Moments) -> f64 {
    score_of(method, m.square, m.trace_ws, m.trace_cm)
}

/// The same from the sums it depends on.
pub(crate) fn score_of(method: Tau2, square: f64, trace_ws: f64, trace_cm: f64) -> f64 {
    match method {
        Tau2::Ml => square - trace_ws,
        _ => square - (trace_ws - trace_cm),
    }
}

/// The log-likelihood less its constants.
fn height(method: Tau2, m: &Moments) -> f64 {
    match method {
        Tau2::Ml => -0.5 * (m.ln_sigma + m.q),
        _ => -0.5 * (m.ln_sigma + m.ln_precision + m.q),
    }
}

/// The log-likelihood (for REML the restricted one) with its constants, from the sums at tau².
pub(crate) fn log_likelihood(method: Tau2, model: &impl Gls, moments: &Moments) -> Result<f64> {
    let constant = (2.0 * std::f64::consts::PI).ln();
    Ok(match method {
        Tau2::Reml => {
            height(method, moments) - 0.5 * model.df() as f64 * constant + 0.5 * model.ln_design()?
        }
        _ => height(Tau2::Ml, moments) - 0.5 * model.contrasts() as f64 * constant,
    })
}

/// tau² by an estimator, given the sums at 0; 0 without residual degrees of freedom.
pub(crate) fn estimate(method: Tau2, model: &mut impl Gls, at_zero: &Moments) -> Result<f64> {
    let df = model.df() as f64;
    let trace = at_zero.trace_ws - at_zero.trace_cm;
    if df == 0.0 || !(trace > 0.0) {
        return Ok(0.0);
    }
    let moment = ((at_zero.q - df) / trace).max(0.0);
    match method {
        Tau2::Dl => Ok(moment),
        _ if model.is_large() => climb(method, model, at_zero, moment, df / trace),
        _ => highest(method, model, at_zero, moment, df / trace),
    }
}

/// The highest peak of the likelihood.
fn highest(method: Tau2, model: &mut impl Gls, at_zero: &Moments, moment: f64, typical: f64) -> Result<f64> {
    let low = 1e-5 * typical;
    let high = 1e2 * moment.max(typical);
    let step = (high / low).powf(1.0 / (GRID - 1) as f64);
    let mut best = (0.0, height(method, at_zero));
    let mut before = (0.0, score(method, at_zero));
    for point in 0.. {
        let t = low * step.powi(point);
        let moments = model.moments(t)?;
        let slope = score(method, &moments);
        if before.1 > 0.0 && slope <= 0.0 {
            let peak = solve(method, model, before, (t, slope))?;
            let value = height(method, &model.moments(peak)?);
            if value > best.1 {
                best = (peak, value);
            }
        }
        before = (t, slope);
        // beyond the grid only a likelihood that still rises is followed
        if point + 1 >= GRID as i32 && (slope <= 0.0 || point > 4 * GRID as i32) {
            return Ok(best.0);
        }
    }
    Ok(best.0)
}

/// The peak next to the moment estimate.
fn climb(method: Tau2, model: &mut impl Gls, at_zero: &Moments, moment: f64, typical: f64) -> Result<f64> {
    let start = moment.max(1e-3 * typical);
    let slope = score(method, &model.moments(start)?);
    let mut inner = (start, slope);
    for _ in 0..200 {
        let rising = inner.1 > 0.0;
        let factor = if rising { 1.5 } else { 1.0 / 1.5 };
        let t = inner.0 * factor;
        if t < 1e-12 * typical {
            return Ok(0.0);
        }
        if !rising && t < 1e-5 * typical && score(method, at_zero) <= 0.0 {
            return Ok(0.0);
        }
        let outer = (t, score(method, &model.moments(t)?));
        if (outer.1 > 0.0) != rising {
            return if rising {
                solve(method, model, inner, outer)
            } else {
                solve(method, model, outer, inner)
            };
        }
        inner = outer;
    }
    Ok(inner.0)
}

/// The root of the score between two points.
fn solve(method: Tau2, model: &mut impl Gls, a: (f64, f64), b: (f64, f64)) -> Result<f64> {
    let mut failure = None;
    let found = root::find_between(
        |t| match model.moments(t) {
            Ok(moments) => score(method, &moments),
            Err(error) => {
                failure = Some(error);
                f64::NAN
            }
        },
        a,
        b,
    );
    match (failure, found) {
        (Some(error), None) => Err(error),
        (_, Some(t)) => Ok(t),
        (None, None) => Ok(b.0),
    }
}

/// The values of tau² at which Q is between the quantiles of its distribution; \[0, 0\] if there are none.
pub(crate) fn q_profile(model: &mut impl Gls, at_zero: &Moments, level: Level) -> Result<Option<[f64; 2]>> {
    let df = model.df() as f64;
    if df == 0.0 || !(at_zero.trace_ws - at_zero.trace_cm > 0.0) {
        return Ok(None);
    }
    let lower = crossing(model, chi2::quantile(Tail::Upper(level.tail()), df), at_zero)?;
    let upper = crossing(model, chi2::quantile(Tail::Lower(level.tail()), df), at_zero)?;
    Ok(Some([lower, upper]))
}

/// The tau² at which Q reaches a value; 0 if it is below it from the start.
///
/// Q is a sum of terms c/(tau² + λ), so that 1/Q is concave and rises: Newton's method for 1/Q = 1/wanted goes up from 0 in
/// steps that never pass the root.
fn crossing(model: &mut impl Gls, wanted: f64, at_zero: &Moments) -> Result<f64> {
    let (mut t, mut q, mut square) = (0.0, at_zero.q, at_zero.square);
    for _ in 0..200 {
        if q <= wanted {
            return Ok(t);
        }
        let next = t + (q / wanted - 1.0) * q / square;
        if !next.is_finite() {
            break;
        }
        if next - t <= 1e-14 * next {
            return Ok(next);
        }
        t = next;
        (q, square) = model.q_and_square(t)?;
    }
    Err(Error::model("the interval of tau² has no upper limit", "check the standard errors of the studies"))
}
