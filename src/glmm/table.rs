//! The noncentral hypergeometric likelihood of a two-by-two table as a function of the log odds ratio, evaluated many
//! times.
//!
//! Sums run outwards from the mode by ratios of neighboring terms as far as the terms count, so that nothing overflows
//! at margins of 10⁹; up to a support of 10⁴ points the ratios are tabulated once.

use crate::stat::kernel::{poisson_deviance, stirling_remainder};

use super::{kernel::Parabola, line::polynomial};

/// Supports up to this width are tabulated.
const TABULATED: f64 = 1e4;

/// Supports up to this width are polynomials of the odds ratio, with weights up to e to this power.
const SHORT: usize = 64;
const MODERATE: f64 = 300.0;

/// A second moment below this part of the whole no longer counts; those beyond it are less than ten times as much.
const NOTHING: f64 = 1e-18;

/// Beyond this log odds ratio one end of the support has all the probability, to the last bit: neighboring terms
/// differ by more than e³⁰⁰ for any margins below 10¹⁵.
const EXTREME: f64 = 600.0;

/// A table given its margins: `x` events in group 1 out of `n1`, `events` in both groups, `n2` persons in group 2.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Margin {
    pub x: f64,
    n1: f64,
    n2: f64,
    events: f64,
    /// The smallest and the largest possible number of events in group 1.
    pub low: f64,
    pub high: f64,
    /// The ratio of the term at low + 1 + i to that before it, and its inverse.
    ratios: Vec<[f64; 2]>,
    /// ln of the weight at low + i over that at x.
    logs: Vec<f64>,
    /// The weights themselves, where they are few and their range is moderate.
    polynomial: Vec<f64>,
    pub near: Parabola,
}

impl Margin {
    pub fn new(x: f64, n1: f64, x2: f64, n2: f64) -> Self {
        let events = x + x2;
        let (low, high) = ((events - n2).max(0.0), n1.min(events));
        let mut margin = Margin {
            x,
            n1,
            n2,
            events,
            low,
            high,
            ratios: Vec::new(),
            logs: Vec::new(),
            polynomial: Vec::new(),
            near: Parabola::of_table([x, n1 - x, x2, n2 - x2]),
        };
        let width = high - low;
        if width <= TABULATED {
            let width = width as usize;
            margin.ratios = (0..width)
                .map(|i| margin.computed_ratio(low + 1.0 + i as f64))
                .map(|ratio| [ratio, 1.0 / ratio])
                .collect();
            let at = (x - low) as usize;
            margin.logs = vec![0.0; width + 1];
            for i in at..width {
                margin.logs[i + 1] = margin.logs[i] + margin.ratios[i][0].ln();
            }
            for i in (0..at).rev() {
                margin.logs[i] = margin.logs[i + 1] - margin.ratios[i][0].ln();
            }
            if width <= SHORT && margin.logs.iter().all(|log| log.abs() < MODERATE) {
                margin.polynomial = margin.logs.iter().map(|log| log.exp()).collect();
            }
        }
        margin
    }

    /// The weights of the support over that of `x`, the coefficients of a polynomial in the odds ratio; `None` where they are
    /// many, or very unequal.
    pub fn polynomial(&self) -> Option<&[f64]> {
        (!self.polynomial.is_empty()).then_some(&self.polynomial)
    }

    /// ln of the weights of the whole support, relative to that of `x`; `None` if it is too wide to be listed.
    pub fn weights(&self) -> Option<&[f64]> {
        (!self.logs.is_empty()).then_some(&self.logs)
    }

    /// P(X = j) / P(X = j − 1) at log odds ratio 0.
    fn computed_ratio(&self, j: f64) -> f64 {
        (self.n1 - j + 1.0) * (self.events - j + 1.0) / (j * (self.n2 - self.events + j))
    }

    fn ratio(&self, j: f64) -> [f64; 2] {
        match self.ratios.get((j - self.low - 1.0) as usize) {
            Some(pair) => *pair,
            None => {
                let ratio = self.computed_ratio(j);
                [ratio, 1.0 / ratio]
            }
        }
    }

    /// ln of the weight at `j` over that at `x`.
    fn log_weight(&self, j: f64) -> f64 {
        match self.logs.get((j - self.low) as usize) {
            Some(log) => *log,
            None => self.far_log_weight(j) - self.far_log_weight(self.x),
        }
    }

    /// ln P(X = j) at log odds ratio 0 without a constant, from the deviances of the four cells (Loader 2000): the
    /// logarithms of factorials themselves would lose all digits.
    fn far_log_weight(&self, j: f64) -> f64 {
        let total = self.n1 + self.n2;
        let cell = |count: f64, row: f64, column: f64| {
            let expected = row * (column / total);
            let remainder = if count > 0.0 {
                stirling_remainder(count) + 0.5 * count.ln()
            } else {
                -0.5 * std::f64::consts::TAU.ln()
            };
            poisson_deviance(count, expected) + remainder
        };
        let others = total - self.events;
        -(cell(j, self.n1, self.events)
            + cell(self.n1 - j, self.n1, others)
            + cell(self.events - j, self.n2, self.events)
            + cell(self.n2 - self.events + j, self.n2, others))
    }

    /// The most probable number of events: the last whose ratio to its predecessor is at least 1. It solves a quadratic
    /// equation (Liao and Rosen 2001, The American Statistician 55, 366-369); where rounding leaves it more than two off, it is
    /// found by bisection.
    fn mode(&self, odds_ratio: f64) -> f64 {
        let a = odds_ratio - 1.0;
        let b = -((self.n1 + self.events + 2.0) * odds_ratio + self.n2 - self.events);
        let c = odds_ratio * (self.n1 + 1.0) * (self.events + 1.0);
        let q = -0.5 * (b + (b * b - 4.0 * a * c).max(0.0).sqrt().copysign(b));
        let near = if b > 0.0 { q / a } else { c / q };
        if !(near >= self.low && near <= self.high) {
            return self.mode_by_bisection(odds_ratio);
        }
        let mut mode = near as u64 as f64;
        let falls = |j: f64| j > self.low && (j > self.high || odds_ratio * self.ratio(j)[0] < 1.0);
        for _ in 0..3 {
            if falls(mode) {
                mode -= 1.0;
            } else if !falls(mode + 1.0) {
                mode += 1.0;
            } else {
                return mode;
            }
        }
        self.mode_by_bisection(odds_ratio)
    }

    fn mode_by_bisection(&self, odds_ratio: f64) -> f64 {
        let (mut low, mut high) = (self.low, self.high);
        while low < high {
            let middle = high - ((high - low) * 0.5).floor();
            if odds_ratio * self.ratio(middle)[0] >= 1.0 {
                low = middle;
            } else {
                high = middle - 1.0;
            }
        }
        low
    }

    /// ln P(X = x) and its first two derivatives by the log odds ratio: x − E, −Var.
    pub fn at(&self, eta: f64) -> [f64; 3] {
        if let Some(at) = self.by_polynomial(eta) {
            return at;
        }
        let [value, first, second, _] = self.cumulants(eta);
        [value, first, second]
    }

    /// The same where the weights are few and the variance is no small difference.
    fn by_polynomial(&self, eta: f64) -> Option<[f64; 3]> {
        let [[total], [mean], [variance]] = polynomial(self.polynomial()?, [eta.exp()]);
        let x = self.x - self.low;
        let holds = variance > 1e-3 * (1.0 + mean * mean) && (1e-250..1e250).contains(&total);
        holds.then(|| [x * eta - total.ln(), x - mean, -variance])
    }

    /// The same with the third derivative, less the third central moment.
    pub fn cumulants(&self, eta: f64) -> [f64; 4] {
        if self.low == self.high {
            return [0.0; 4];
        }
        if eta.abs() > EXTREME {
            let end = if eta > 0.0 { self.high } else { self.low };
            return [(self.x - end) * eta - self.log_weight(end), self.x - end, 0.0, 0.0];
        }
        let odds_ratio = eta.exp();
        let mode = self.mode(odds_ratio);
        let (mut total, mut first, mut second, mut third) = (1.0, 0.0, 0.0, 0.0);
        let (mut term, mut distance) = (1.0, 0.0);
        for _ in 0..(self.high - mode) as u64 {
            distance += 1.0;
            term *= odds_ratio * self.ratio(mode + distance)[0];
            total += term;
            first += term * distance;
            second += term * distance * distance;
            third += term * distance * distance * distance;
            // What is left of the second moment no longer counts.
            if term * (1.0 + distance * distance) < NOTHING * total {
                break;
            }
        }
        let inverse = 1.0 / odds_ratio;
        (term, distance) = (1.0, 0.0);
        for _ in 0..(mode - self.low) as u64 {
            term *= inverse * self.ratio(mode + distance)[1];
            distance -= 1.0;
            total += term;
            first += term * distance;
            second += term * distance * distance;
            third += term * distance * distance * distance;
            if term * (1.0 + distance * distance) < NOTHING * total {
                break;
            }
        }
        let shift = first / total;
        let variance = (second / total - shift * shift).max(0.0);
        let value = (self.x - mode) * eta - self.log_weight(mode) - total.ln();
        let skew = third / total - shift * (3.0 * variance + shift * shift);
        [value, (self.x - mode) - shift, -variance, -skew]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stat::noncentral_hypergeometric::Margins;

    #[test]
    fn probabilities_and_moments_are_those_of_the_distribution() {
        for (x, n1, y, n2) in [(2.0, 40.0, 5.0, 38.0), (0.0, 10.0, 3.0, 500.0), (390.0, 400.0, 350.0, 420.0)]
        {
            let margin = Margin::new(x, n1, y, n2);
            let known = Margins::new(n1 as u64, n2 as u64, (x + y) as u64);
            for eta in [-3.0, -0.2, 0.0, 1.7] {
                let [value, first, second] = margin.at(eta);
                let odds_ratio = f64::exp(eta);
                assert!((value - known.ln_pmf(x as u64, odds_ratio)).abs() < 1e-11);
                assert!((first - (x - known.mean(odds_ratio))).abs() < 1e-11);
                assert!((second + known.variance(odds_ratio)).abs() < 1e-11);
            }
        }
    }

    #[test]
    fn wide_supports_agree_with_tabulated_ones() {
        let (x, n1, y, n2) = (5000.0, 9000.0, 4800.0, 9500.0);
        let table = Margin::new(x, n1, y, n2);
        let mut window = table.clone();
        (window.ratios, window.logs, window.polynomial) = (Vec::new(), Vec::new(), Vec::new());
        for eta in [-0.5, 0.0, 0.02, 0.5] {
            for (a, b) in table.cumulants(eta).into_iter().zip(window.cumulants(eta)) {
                assert!((a - b).abs() < 1e-8 * (1.0 + a.abs()), "{a} {b}");
            }
        }
        let huge = Margin::new(4e6, 1e7, 3.9e6, 1e7);
        let [value, first, second] = huge.at(0.043);
        assert!(value < 0.0 && first.abs() < 1e5 && second < 0.0);
    }

    #[test]
    fn the_mode_is_that_of_the_bisection() {
        for (x, n1, y, n2) in [
            (2.0, 40.0, 5.0, 38.0),
            (9.0, 10.0, 3.0, 6.0),
            (390.0, 400.0, 350.0, 420.0),
            (4e6, 1e7, 3.9e6, 1e7),
        ] {
            let margin = Margin::new(x, n1, y, n2);
            for step in -300..=300 {
                let odds_ratio = f64::exp(f64::from(step) * 0.1);
                assert_eq!(margin.mode(odds_ratio), margin.mode_by_bisection(odds_ratio), "{x} {odds_ratio}");
            }
        }
    }

    #[test]
    fn far_out_the_likelihood_falls_by_one_neighbor() {
        let margin = Margin::new(1.0, 10.0, 3.0, 12.0);
        let [at, slope, _] = margin.at(700.0);
        let [before, ..] = margin.at(599.0);
        assert!((slope + 3.0).abs() < 1e-12 && (before - at - 3.0 * 101.0).abs() < 1e-9);
    }
}
