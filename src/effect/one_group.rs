//! One group: proportions, and means with their standard deviations. Rates stand with the person-time data.
//!
//! With x events among n and p = x/n; mean m, standard deviation s and size n:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `PR` | p | p(1-p)/n; `UB` p(1-p)/(n-1); `AV` at Σx/Σn |
//! | `PLN` | ln p | 1/x - 1/n; `AV` at Σx/Σn |
//! | `PLO` | ln(p/(1-p)) | 1/x + 1/(n-x); `AV` at Σx/Σn |
//! | `PRZ` | Φ⁻¹(p) | 2π p(1-p) exp(z²)/n |
//! | `PAS` | asin √p | 1/(4n) |
//! | `PFT` | ½[asin √(x/(n+1)) + asin √((x+1)/(n+1))] | 1/(4n+2) |
//! | `MN` | m | s²/n |
//! | `SMN` | g = J(n-1)·m/s | 1/n + g²/(2n) |
//! | `MNLN` | ln m | s²/(n m²) |
//! | `SDLN` | ln s + 1/(2(n-1)) | 1/(2(n-1)) |
//! | `CVLN` | ln(s/m) + 1/(2(n-1)) | 1/(2(n-1)) + s²/(n m²) |
//!
//! Zero counts follow [`ZeroCells`]: the amount goes to the events and to the non-events. Harmonic
//! means of n make a pooled `PFT` value hard to read when sizes differ much (Schwarzer 2019): prefer `PLO`.
//!
//! # References
//!
//! - Freeman MF, Tukey JW (1950). Transformations related to the angular and the square root. doi:10.1214/aoms/1177729756
//! - Schwarzer G and others (2019). Seriously misleading results using inverse of Freeman-Tukey double arcsine
//!   transformation in meta-analysis of single proportions. doi:10.1002/jrsm.1348
//! - Nakagawa S and others (2015). Meta-analysis of variation. doi:10.1111/2041-210X.12309
//! - Raudenbush SW, Bryk AS (1987). Examining correlates of diversity. doi:10.3102/10769986012003241

use std::f64::consts::PI;

use serde::Serialize;

use super::{
    BiasCorrection, Measure, Spread, VarianceType, ZeroCells,
    check::{at_least, count, events_of, finite, getters, positive},
    outcome::{Computed, Outcome, computed},
    two_by_two::probit,
};
use crate::Result;

/// Events in one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Proportion {
    xi: f64,
    ni: f64,
}

impl Proportion {
    /// `xi` events in a group of `ni`.
    ///
    /// # Errors
    ///
    /// If the number of events is negative or above the size, the size not positive, or a value not finite.
    pub fn new(xi: f64, ni: f64) -> Result<Self> {
        positive("ni", "group size", ni)?;
        Ok(Proportion { xi: events_of("xi", xi, "ni", ni)?, ni })
    }

    /// `xi` events beside `mi` non-events.
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite, or both are 0.
    pub fn from_counts(xi: f64, mi: f64) -> Result<Self> {
        let (xi, mi) = (count("xi", xi)?, count("mi", mi)?);
        Proportion::new(xi, xi + mi)
    }

    getters! {
        /// The events.
        xi,
        /// The size of the group.
        ni,
    }
}

/// Mean and standard deviation in one group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OneMean {
    mi: f64,
    sdi: f64,
    ni: f64,
}

impl OneMean {
    /// Mean `mi`, standard deviation `sdi` and size `ni`.
    ///
    /// # Errors
    ///
    /// If a value is not finite, the standard deviation not positive, or the size below 2.
    pub fn new(mi: f64, sdi: f64, ni: f64) -> Result<Self> {
        Ok(OneMean {
            mi: finite("mi", mi)?,
            sdi: positive("sdi", "standard deviation", sdi)?,
            ni: at_least("ni", "group size", ni, 2.0)?,
        })
    }

    /// A standard deviation `sdi` and size `ni` without the mean, which `SDLN` does not need.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), for the values that are given.
    pub fn spread(sdi: f64, ni: f64) -> Result<Self> {
        Ok(OneMean { mi: f64::NAN, ..OneMean::new(0.0, sdi, ni)? })
    }

    getters! {
        /// The mean; NaN if it is not reported.
        mi,
        /// The standard deviation.
        sdi,
        /// The size of the group.
        ni,
    }
}

/// The outcomes of proportions under a zero-cell policy.
pub(crate) fn proportion_outcomes(
    measure: Measure,
    data: &[Proportion],
    variance: VarianceType,
    zero_cells: &ZeroCells,
) -> Result<Vec<Outcome>> {
    let amount = zero_cells.amount(measure)?;
    let zero: Vec<bool> = data.iter().map(|p| p.xi == 0.0 || p.xi == p.ni).collect();
    let unusable = |row: usize| {
        data.get(row)
            .is_some_and(|p| !proportion(measure, p.xi, p.ni - p.xi, variance, 0.5).is_ok_and(|e| e.vi > 0.0))
    };
    let corrected = zero_cells.rows(&zero, unusable);
    let counts: Vec<(f64, f64)> = data
        .iter()
        .zip(&corrected)
        .map(|(p, &is_corrected)| {
            let add = if is_corrected { amount } else { 0.0 };
            (p.xi + add, p.ni - p.xi + add)
        })
        .collect();
    let (events, total) = counts.iter().fold((0.0, 0.0), |(x, n), c| (x + c.0, n + c.0 + c.1));
    // meta corrects the variance of a raw proportion only
    let observed = zero_cells.spread == Spread::AsMeta && measure == Measure::RawProportion;
    let outcome = |((p, &(x, rest)), &is_corrected): ((&Proportion, &(f64, f64)), &bool)| {
        let mut found = proportion(measure, x, rest, variance, events / total);
        if let (true, Ok(effect)) = (observed, &mut found) {
            effect.yi = p.xi / p.ni;
        }
        Outcome::new(found, p.ni).with_note(if is_corrected {
            zero_cells.note(amount, measure)
        } else {
            None
        })
    };
    Ok(data.iter().zip(&counts).zip(&corrected).map(outcome).collect())
}

/// The effect of x events and `rest` non-events; `average` is the average proportion for `AV`.
fn proportion(measure: Measure, x: f64, rest: f64, variance: VarianceType, average: f64) -> Computed {
    let n = x + rest;
    let (p, q) = (x / n, rest / n);
    let (at_p, at_q) = if variance == VarianceType::Average { (average, 1.0 - average) } else { (p, q) };
    match measure {
        Measure::RawProportion => {
            let degrees = if variance == VarianceType::Unbiased { n - 1.0 } else { n };
            computed(p, at_p * at_q / degrees)
        }
        Measure::LogProportion => computed(p.ln(), at_q / (n * at_p)),
        Measure::LogitProportion => computed((x / rest).ln(), 1.0 / (n * at_p) + 1.0 / (n * at_q)),
        Measure::ProbitProportion => {
            let z = probit(x, rest);
            computed(z, 2.0 * PI * p * q * (z * z).exp() / n)
        }
        Measure::ArcsineProportion => computed(p.sqrt().asin(), 0.25 / n),
        Measure::DoubleArcsineProportion => {
            let y = 0.5 * ((x / (n + 1.0)).sqrt().asin() + ((x + 1.0) / (n + 1.0)).sqrt().asin());
            computed(y, 1.0 / (4.0 * n + 2.0))
        }
        _ => Err("the measure is not one of proportions"),
    }
}

pub(crate) fn mean_outcomes(measure: Measure, data: &[OneMean], correction: BiasCorrection) -> Vec<Outcome> {
    let named = |t: &OneMean| {
        mean(measure, t, correction)
            .map_err(|reason| if t.mi.is_nan() { "the mean is missing" } else { reason })
    };
    data.iter().map(|t| Outcome::new(named(t), t.ni)).collect()
}

fn mean(
    measure: Measure,
    &OneMean { mi: m, sdi: s, ni: n }: &OneMean,
    correction: BiasCorrection,
) -> Computed {
    let log_term = 0.5 / (n - 1.0);
    let added = correction.second_order() * log_term;
    match measure {
        Measure::RawMean => computed(m, s * s / n),
        Measure::StandardizedMean => {
            let g = correction.factor(n - 1.0) * m / s;
            computed(g, 1.0 / n + g * g / (2.0 * n))
        }
        Measure::LogMean | Measure::LogCoefficientOfVariation if m <= 0.0 => {
            Err("a logarithm needs a mean above 0")
        }
        Measure::LogMean => computed(m.ln(), (s / m).powi(2) / n),
        Measure::LogStandardDeviation => computed(s.ln() + added, log_term),
        Measure::LogCoefficientOfVariation => computed((s / m).ln() + added, log_term + (s / m).powi(2) / n),
        _ => Err("the measure is not one of means"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn variance_types_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, xi=c(7,3), ni=c(53,20), vtype)
        let data = [Proportion::new(7.0, 53.0).unwrap(), Proportion::new(3.0, 20.0).unwrap()];
        for (measure, variance, expected) in [
            (Measure::RawProportion, VarianceType::Unbiased, [0.00220445272065066, 0.00671052631578947]),
            (Measure::RawProportion, VarianceType::Average, [0.00223058593597864, 0.00591105273034340]),
            (Measure::LogProportion, VarianceType::Average, [0.118867924528302, 0.315]),
            (Measure::LogitProportion, VarianceType::Average, [0.159598682240192, 0.422936507936508]),
        ] {
            let outcomes = proportion_outcomes(measure, &data, variance, &ZeroCells::default()).unwrap();
            for (outcome, expected) in outcomes.iter().zip(expected) {
                approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-13);
            }
        }
    }

    #[test]
    fn zero_counts_are_corrected_as_in_metafor() {
        // R 4.2, metafor 3.8-1: escalc("PLN", xi=c(0,12,3), ni=c(10,12,8))
        let data = [(0.0, 10.0), (12.0, 12.0), (3.0, 8.0)].map(|(x, n)| Proportion::new(x, n).unwrap());
        let expected = [
            (-3.0910424533583156, 1.90909090909090917),
            (-0.0392207131532813, 0.00307692307692307),
            (-0.9808292530117262, 0.20833333333333331),
        ];
        let outcomes = proportion_outcomes(
            Measure::LogProportion,
            &data,
            VarianceType::LargeSample,
            &ZeroCells::default(),
        )
        .unwrap();
        for (outcome, (yi, vi)) in outcomes.iter().zip(expected) {
            approx::assert_relative_eq!(outcome.yi().unwrap(), yi, max_relative = 1e-13);
            approx::assert_relative_eq!(outcome.vi().unwrap(), vi, max_relative = 1e-12);
        }
        assert_eq!(outcomes[0].notes, ["0.5 was added to the events and the non-events"]);
        assert!(outcomes[2].notes.is_empty());
    }

    #[test]
    fn impossible_values_are_refused() {
        assert!(Proportion::new(13.0, 12.0).is_err());
        assert!(Proportion::new(0.0, 0.0).is_err());
        assert!(OneMean::new(3.0, -1.0, 12.0).unwrap_err().to_string().starts_with("column sdi"));
        let outcome = &mean_outcomes(
            Measure::LogMean,
            &[OneMean::new(-3.0, 1.0, 12.0).unwrap()],
            BiasCorrection::Exact,
        )[0];
        assert_eq!(outcome.reason.as_deref(), Some("a logarithm needs a mean above 0"));
    }
}
