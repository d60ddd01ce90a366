//! Rates and probabilities: one exit by the exponential, several by the matrix exponential.

use nalgebra::DMatrix;

use super::super::range::computed;
use crate::{Error, Result};

/// The probability of an event with a constant rate within a time: 1 - exp(-rt).
///
/// # Errors
///
/// If rate or time are negative or not finite.
pub fn probability_from_rate(rate: f64, time: f64) -> Result<f64> {
    if rate >= 0.0 && time >= 0.0 && rate.is_finite() && time.is_finite() {
        Ok(-(-rate * time).exp_m1())
    } else {
        Err(Error::data(format!("rate {rate}, time {time}"), "give finite values of at least 0"))
    }
}

/// The constant rate that gives a probability within a time: -ln(1 - p)/t. Hazard ratios act on rates, risk ratios on
/// probabilities.
///
/// # Errors
///
/// If the probability is not within 0 and 1 (1 excluded) or the time not above 0.
pub fn rate_from_probability(probability: f64, time: f64) -> Result<f64> {
    if (0.0..1.0).contains(&probability) && time > 0.0 && time.is_finite() {
        computed("rate", -(-probability).ln_1p() / time)
    } else {
        Err(Error::data(
            format!("probability {probability}, time {time}"),
            "give a probability of at least 0 and below 1, and a time above 0",
        ))
    }
}

/// The transition probabilities over a time from a matrix of rates, both row by row: exp(Qt). Off-diagonal rates are at
/// least 0; the diagonal is not looked at (it is minus the sum of the row).
///
/// # Errors
///
/// If there are not n² rates, one is negative or not finite, or the time is.
pub fn probabilities_from_rates(rates: &[f64], n: usize, time: f64) -> Result<Vec<f64>> {
    if n == 0 || rates.len() != n * n {
        return Err(Error::data(format!("{} rates for {n} states", rates.len()), "give n times n rates"));
    }
    if !(time.is_finite() && time >= 0.0) {
        return Err(Error::data(format!("time is {time}"), "give a finite time of at least 0"));
    }
    let mut q = DMatrix::<f64>::zeros(n, n);
    for i in 0..n {
        for j in (0..n).filter(|&j| j != i) {
            let rate = rates[i * n + j];
            if !(rate.is_finite() && rate >= 0.0) {
                return Err(Error::data(
                    format!("rate {rate} from state {} to {}", i + 1, j + 1),
                    "rates are at least 0",
                ));
            }
            q[(i, j)] = rate * time;
            q[(i, i)] -= rate * time;
        }
    }
    let p = q.exp();
    let mut out = Vec::with_capacity(n * n);
    for i in 0..n {
        let total: f64 = p.row(i).iter().map(|x| x.max(0.0)).sum();
        out.extend(p.row(i).iter().map(|x| x.max(0.0) / total)); // rows sum to 1 but for rounding
    }
    if out.iter().all(|x| x.is_finite()) {
        Ok(out)
    } else {
        Err(Error::model("the rates are too great for the time", "use shorter cycles"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn rates_and_probabilities_invert() {
        let p = probability_from_rate(0.2, 1.5).unwrap();
        assert_relative_eq!(rate_from_probability(p, 1.5).unwrap(), 0.2, max_relative = 1e-14);
        assert!(rate_from_probability(1.0, 1.0).is_err() && probability_from_rate(-1.0, 1.0).is_err());
    }

    #[test]
    fn two_states_have_a_closed_form() {
        let (a, b, t) = (0.3, 0.1, 2.0);
        let p = probabilities_from_rates(&[9.0, a, b, 9.0], 2, t).unwrap();
        let away = a / (a + b) * (1.0 - (-(a + b) * t).exp());
        assert_relative_eq!(p[1], away, max_relative = 1e-13);
        assert_relative_eq!(p[0] + p[1], 1.0, max_relative = 1e-15);
        // Exits that compete: elementwise conversion would give 1 - exp(-0.3 t) for the first.
        let three = probabilities_from_rates(&[0.0, 0.3, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 3, 1.0).unwrap();
        assert_relative_eq!(three[1], 0.6 * (1.0 - (-0.5f64).exp()), max_relative = 1e-13);
        assert!(probabilities_from_rates(&[0.0, -1.0, 0.0, 0.0], 2, 1.0).is_err());
    }
}
