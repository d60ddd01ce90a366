//! The rules for normal data: weighted sums of the reported numbers.

use super::reported::{ReportedSummary, Scenario};
use crate::stat::{Tail, normal};

/// Expected distance between the extremes of n standard normal values, by Blom's approximation (Wan 2014).
fn range_of_standard(n: f64) -> f64 {
    2.0 * normal::quantile(Tail::Upper(0.625 / (n + 0.25)))
}

/// Expected distance between the quartiles of n standard normal values, by Blom's approximation (Wan 2014).
fn quartile_range_of_standard(n: f64) -> f64 {
    2.0 * normal::quantile(Tail::Upper((0.25 * n + 0.375) / (n + 0.25)))
}

/// The numbers that a scenario has; absent ones are not used by its rules.
fn parts(s: &ReportedSummary) -> (f64, f64, f64, f64, f64) {
    let m = s.median();
    let (a, b) = s.extremes().unwrap_or((m, m));
    let (q1, q3) = s.quartile_pair().unwrap_or((m, m));
    (a, q1, m, q3, b)
}

/// Luo et al. (2018): the weights that minimise the mean squared error.
pub(super) fn mean_luo(s: &ReportedSummary) -> f64 {
    let (a, q1, m, q3, b) = parts(s);
    let n = s.n();
    match s.scenario() {
        Scenario::Range => {
            let w = 4.0 / (4.0 + n.powf(0.75));
            w * (a + b) / 2.0 + (1.0 - w) * m
        }
        Scenario::Quartiles => {
            let w = 0.7 + 0.39 / n;
            w * (q1 + q3) / 2.0 + (1.0 - w) * m
        }
        Scenario::Five => {
            let w1 = 2.2 / (2.2 + n.powf(0.75));
            let w2 = 0.7 - 0.72 / n.powf(0.55);
            w1 * (a + b) / 2.0 + w2 * (q1 + q3) / 2.0 + (1.0 - w1 - w2) * m
        }
    }
}

/// Wan et al. (2014); for all five numbers the mean of the two estimates.
pub(super) fn sd_wan(s: &ReportedSummary) -> f64 {
    let (a, q1, _, q3, b) = parts(s);
    let n = s.n();
    match s.scenario() {
        Scenario::Range => (b - a) / range_of_standard(n),
        Scenario::Quartiles => (q3 - q1) / quartile_range_of_standard(n),
        Scenario::Five => 0.5 * ((b - a) / range_of_standard(n) + (q3 - q1) / quartile_range_of_standard(n)),
    }
}

/// Wan et al. (2014) for three numbers, Shi et al. (2020) for five.
pub(super) fn sd_optimal(s: &ReportedSummary) -> f64 {
    if s.scenario() != Scenario::Five {
        return sd_wan(s);
    }
    let (a, q1, _, q3, b) = parts(s);
    let n = s.n();
    let c = n.powf(0.6);
    let theta1 = (2.0 + 0.14 * c) * range_of_standard(n) / 2.0;
    let theta2 = (2.0 + 2.0 / (0.07 * c)) * quartile_range_of_standard(n) / 2.0;
    (b - a) / theta1 + (q3 - q1) / theta2
}

/// The means that Wan et al. (2014) pair with their standard deviations: Hozo's, (q1 + m + q3)/3, and Bland's.
pub(super) fn mean_wan(s: &ReportedSummary) -> f64 {
    let (a, q1, m, q3, b) = parts(s);
    match s.scenario() {
        Scenario::Range => (a + 2.0 * m + b) / 4.0,
        Scenario::Quartiles => (q1 + m + q3) / 3.0,
        Scenario::Five => (a + 2.0 * q1 + 2.0 * m + 2.0 * q3 + b) / 8.0,
    }
}

/// Bland (2015), all five numbers: mean and SD.
pub(super) fn bland(s: &ReportedSummary) -> (f64, f64) {
    let (a, q1, m, q3, b) = parts(s);
    let mean = mean_wan(s);
    // Deviations from the median keep the digits that the squares of large values would lose.
    let (a, q1, q3, b) = (a - m, q1 - m, q3 - m, b - m);
    let squares = (a * a + 2.0 * q1 * q1 + 2.0 * q3 * q3 + b * b) / 16.0;
    let products = (a * q1 + q3 * b) / 8.0;
    let total = a + 2.0 * q1 + 2.0 * q3 + b;
    (mean, (squares + products - total * total / 64.0).max(0.0).sqrt())
}

/// Hozo et al. (2005), minimum, median and maximum: mean and SD by their rules for the sample size.
pub(super) fn hozo(s: &ReportedSummary) -> (f64, f64) {
    let (a, _, m, _, b) = parts(s);
    let n = s.n();
    let mean = if n > 25.0 { m } else { (a + 2.0 * m + b) / 4.0 + (a - 2.0 * m + b) / (4.0 * n) };
    let sd = if n <= 15.0 {
        (((a - 2.0 * m + b).powi(2) / 4.0 + (b - a).powi(2)) / 12.0).sqrt()
    } else if n <= 70.0 {
        (b - a) / 4.0
    } else {
        (b - a) / 6.0
    };
    (mean, sd)
}

/// Shi, Tong, Wang & Genton (2020), log-normal data, from the logarithms of the reported numbers: mean and SD with their
/// corrections for bias.
pub(super) fn log_normal(logs: &ReportedSummary) -> (f64, f64) {
    let (a, q1, _, q3, b) = parts(logs);
    let n = logs.n();
    let mu = mean_luo(logs);
    let ln2 = n.ln() * n.ln();
    let (range, quartiles) = ((b - a) / range_of_standard(n), (q3 - q1) / quartile_range_of_standard(n));
    // σ², and the coefficients of σ²/n and σ⁴/n that correct exp(μ + σ²/2), exp(2μ + 2σ²) and exp(2μ + σ²).
    let (v, mean_c, square_c, mean2_c) = match logs.scenario() {
        Scenario::Range => (range * range / (1.01 + 0.25 / ln2), (0.565, 0.37), (2.26, 5.92), (2.26, 1.48)),
        Scenario::Quartiles => {
            (quartiles * quartiles / (1.0 + 1.58 / n), (0.57, 0.75), (2.28, 12.0), (2.28, 3.0))
        }
        Scenario::Five => {
            let w = 1.0 / (1.0 + 0.07 * n.powf(0.6));
            let sigma = w * range + (1.0 - w) * quartiles;
            (sigma * sigma / (1.0 + 0.28 / ln2), (0.405, 0.315), (1.62, 5.04), (1.62, 1.26))
        }
    };
    let bias = |(one, two): (f64, f64)| 1.0 + (one * v + two * v * v) / n;
    let mean = (mu + 0.5 * v).exp() / bias(mean_c);
    // exp(2μ + σ²) taken out, so that a small σ keeps its digits: e^σ²/B1 - 1/B2 = ((e^σ² - 1)·B2 + B2 - B1)/(B1·B2).
    let (b1, b2) = (bias(square_c), bias(mean2_c));
    let variance =
        (2.0 * mu + v).exp() * (v.exp_m1() * b2 - (square_c.1 - mean2_c.1) * v * v / n) / (b1 * b2);
    (mean, variance.sqrt())
}
