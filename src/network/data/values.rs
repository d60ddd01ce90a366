//! From what is reported of the arms of a study to its contrasts and their covariance, measure by measure.
//!
//! The value of an arm and its variance, so that a contrast is a difference and variances add:
//!
//! | measure | value | variance |
//! |---|---|---|
//! | `OR` | ln(x / (n - x)) | 1/x + 1/(n - x) |
//! | `RR` | ln(x / n) | 1/x - 1/n |
//! | `RD` | x / n | p(1 - p)/n |
//! | `AS` | asin √(x/n) | 1/(4n) |
//! | `IRR` | ln(x / t) | 1/x |
//! | `IRD` | x / t | x/t² |
//! | `IRSD` | √(x / t) | 1/(4t) |
//! | `MD` | m | s²/n |
//! | `ROM` | ln m + ½ s²/(n m²) | s²/(n m²) |
//!
//! `SMD` divides the means by the standard deviation pooled over all arms, with Hedges' exact factor J(N - p), and has
//! v_ab = 1/n_a + 1/n_b + g_ab²/(2N), whose polarization is the covariance of Gleser and Olkin (2009).

use super::{covariance, rows::ArmData};
use crate::{Error, Measure, Result, effect::BiasCorrection};

/// The contrasts of a study with its first arm, their covariance and, if variances add, those of the arms.
pub(super) struct Contrasts {
    pub contrasts: Vec<f64>,
    pub covariance: Vec<f64>,
    pub arm_variances: Option<Vec<f64>>,
}

/// The measures of which arms can be read, for messages.
pub(super) const MEASURES: &str = "OR, RR, RD, AS, IRR, IRD, IRSD, MD, SMD, ROM or GEN";

/// The contrasts of the arms of a study.
pub(super) fn contrasts(measure: Measure, arms: &[ArmData]) -> Result<Contrasts> {
    if measure == Measure::StandardizedMeanDifference
        && let Some(means) = means(arms)
    {
        return standardized(&means);
    }
    let mut values = Vec::with_capacity(arms.len());
    for arm in arms {
        values.push(value(measure, *arm)?);
    }
    same_sign(measure, arms)?;
    let (first, rest) = values.split_first().ok_or_else(no_arms)?;
    let n = rest.len();
    let mut v = vec![first.1; n * n];
    for (a, (_, variance)) in rest.iter().enumerate() {
        v[a * n + a] += variance;
    }
    let variances: Vec<f64> = values.iter().map(|(_, v)| *v).collect();
    Ok(Contrasts {
        contrasts: rest.iter().map(|(y, _)| y - first.0).collect(),
        covariance: v,
        arm_variances: variances.iter().all(|v| *v > 0.0).then_some(variances),
    })
}

fn no_arms() -> Error {
    Error::data("a study has no arms", "a study needs two arms")
}

/// The value of an arm and its variance.
fn value(measure: Measure, arm: ArmData) -> Result<(f64, f64)> {
    Ok(match (measure, arm) {
        (_, ArmData::Value { estimate, variance }) => (estimate, variance),
        (Measure::OddsRatio, ArmData::Events { events: x, size: n }) => {
            ((x / (n - x)).ln(), 1.0 / x + 1.0 / (n - x))
        }
        (Measure::RiskRatio, ArmData::Events { events: x, size: n }) => ((x / n).ln(), 1.0 / x - 1.0 / n),
        (Measure::RiskDifference, ArmData::Events { events: x, size: n }) => {
            (x / n, x / n * ((n - x) / n) / n)
        }
        (Measure::ArcsineDifference, ArmData::Events { events: x, size: n }) => {
            ((x / n).sqrt().asin(), 0.25 / n)
        }
        (Measure::RateRatio, ArmData::Rate { events: x, time: t }) => ((x / t).ln(), 1.0 / x),
        (Measure::RateDifference, ArmData::Rate { events: x, time: t }) => (x / t, x / t / t),
        (Measure::SquareRootRateDifference, ArmData::Rate { events: x, time: t }) => {
            ((x / t).sqrt(), 0.25 / t)
        }
        (Measure::MeanDifference, ArmData::Mean { mean, sd, size }) => (mean, sd * sd / size),
        (Measure::RatioOfMeans, ArmData::Mean { mean, sd, size }) => {
            let v = (sd / mean).powi(2) / size;
            (mean.abs().ln() + BiasCorrection::default().second_order() * 0.5 * v, v)
        }
        _ => {
            return Err(Error::setting(
                "measure",
                format!("`{measure}` cannot be computed from the arms of a study as given"),
                format!("use {MEASURES} with its data"),
            ));
        }
    })
}

/// A ratio of means needs means of one sign.
fn same_sign(measure: Measure, arms: &[ArmData]) -> Result<()> {
    if measure != Measure::RatioOfMeans {
        return Ok(());
    }
    let means: Vec<f64> = arms
        .iter()
        .filter_map(|a| if let ArmData::Mean { mean, .. } = a { Some(*mean) } else { None })
        .collect();
    if means.iter().all(|m| *m > 0.0) || means.iter().all(|m| *m < 0.0) {
        return Ok(());
    }
    Err(Error::data(
        format!("means {means:?} have different signs or are 0"),
        "a ratio of means needs means of one sign; use MD",
    ))
}

/// Mean, standard deviation and size of every arm, if all have them.
fn means(arms: &[ArmData]) -> Option<Vec<(f64, f64, f64)>> {
    arms.iter()
        .map(|arm| match *arm {
            ArmData::Mean { mean, sd, size } => Some((mean, sd, size)),
            _ => None,
        })
        .collect()
}

/// Standardized mean differences by one standard deviation of all arms.
fn standardized(arms: &[(f64, f64, f64)]) -> Result<Contrasts> {
    let total: f64 = arms.iter().map(|(_, _, n)| n).sum();
    let df = total - arms.len() as f64;
    if !(df > 1.0) {
        return Err(Error::data(
            format!("{total} persons in {} arms leave no degrees of freedom for the pooled SD", arms.len()),
            "a standardized mean difference needs at least two more persons than arms; use MD",
        ));
    }
    let pooled = (arms.iter().map(|(_, sd, n)| (n - 1.0) * sd * sd).sum::<f64>() / df).sqrt();
    let factor = BiasCorrection::default().factor(df);
    let g = |a: usize, b: usize| factor * (arms[a].0 - arms[b].0) / pooled;
    let v = |a: usize, b: usize| 1.0 / arms[a].2 + 1.0 / arms[b].2 + g(a, b).powi(2) / (2.0 * total);
    Ok(Contrasts {
        contrasts: (1..arms.len()).map(|a| g(a, 0)).collect(),
        covariance: covariance::polarized(arms.len(), v),
        arm_variances: None,
    })
}
