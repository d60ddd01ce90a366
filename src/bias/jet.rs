//! Values that carry their first and second derivatives in N variables, and the maximum of a function of such values.
//!
//! For likelihoods of two to four parameters that are written once: exact derivatives, and Newton's method within bounds with
//! a ridge that grows until the step goes up. The climb is not that of `stat::newton`, which keeps its points in vectors: here they are
//! arrays on the stack, of which grids and profiles climb thousands.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::{linalg::cholesky, stat::normal};

/// A value with its gradient and second derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Jet<const N: usize> {
    pub value: f64,
    pub first: [f64; N],
    pub second: [[f64; N]; N],
}

impl<const N: usize> Jet<N> {
    /// A constant.
    pub fn constant(value: f64) -> Self {
        Jet { value, first: [0.0; N], second: [[0.0; N]; N] }
    }

    /// Variable `i`.
    pub fn variable(value: f64, i: usize) -> Self {
        let mut jet = Jet::constant(value);
        jet.first[i] = 1.0;
        jet
    }

    /// A function of it, by its value and two derivatives.
    fn map(self, f: f64, f1: f64, f2: f64) -> Self {
        let mut out = Jet::constant(f);
        for a in 0..N {
            out.first[a] = f1 * self.first[a];
            for b in 0..N {
                out.second[a][b] = f1 * self.second[a][b] + f2 * self.first[a] * self.first[b];
            }
        }
        out
    }

    pub fn ln(self) -> Self {
        let r = 1.0 / self.value;
        self.map(self.value.ln(), r, -r * r)
    }

    pub fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.map(root, 0.5 / root, -0.25 / (root * self.value))
    }

    pub fn square(self) -> Self {
        self.map(self.value * self.value, 2.0 * self.value, 2.0)
    }

    /// ln Φ.
    pub fn ln_cdf(self) -> Self {
        let f = normal::ln_cdf(self.value);
        let ratio = (normal::ln_pdf(self.value) - f).exp();
        self.map(f, ratio, -ratio * (self.value + ratio))
    }
}

impl<const N: usize> Add for Jet<N> {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.value += other.value;
        for a in 0..N {
            self.first[a] += other.first[a];
            for b in 0..N {
                self.second[a][b] += other.second[a][b];
            }
        }
        self
    }
}

impl<const N: usize> Neg for Jet<N> {
    type Output = Self;

    fn neg(self) -> Self {
        self * Jet::constant(-1.0)
    }
}

impl<const N: usize> Sub for Jet<N> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl<const N: usize> Mul for Jet<N> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let mut out = Jet::constant(self.value * other.value);
        for a in 0..N {
            out.first[a] = self.first[a] * other.value + self.value * other.first[a];
            for b in 0..N {
                out.second[a][b] = self.second[a][b] * other.value
                    + self.first[a] * other.first[b]
                    + self.first[b] * other.first[a]
                    + self.value * other.second[a][b];
            }
        }
        out
    }
}

impl<const N: usize> Div for Jet<N> {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let r = 1.0 / other.value;
        self * other.map(r, -r * r, 2.0 * r * r * r)
    }
}

/// A maximum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak<const N: usize> {
    pub x: [f64; N],
    pub at: Jet<N>,
}

/// The bounds of the variables; equal ones hold a variable.
pub(super) type Bounds<const N: usize> = [(f64, f64); N];

impl<const N: usize> Peak<N> {
    /// The variables that are not at a bound.
    fn inner(&self, bounds: &Bounds<N>) -> Vec<usize> {
        (0..N).filter(|&i| self.x[i] > bounds[i].0 && self.x[i] < bounds[i].1).collect()
    }

    /// The standard error of variable `i`, from the variables that are not at a bound; `None` if it is, or the function is
    /// flat there.
    pub fn se(&self, i: usize, bounds: &Bounds<N>) -> Option<f64> {
        let inner = self.inner(bounds);
        let at = inner.iter().position(|&j| j == i)?;
        let m = inner.len();
        let mut a: Vec<f64> =
            inner.iter().flat_map(|&r| inner.iter().map(move |&c| -self.at.second[r][c])).collect();
        cholesky::invert(&mut a, m).ok()?;
        Some(a[at * m + at].sqrt()).filter(|se| se.is_finite())
    }
}

/// The highest of the maxima within bounds above these starts; `None` if the function is nowhere finite.
pub(super) fn maximum<const N: usize>(
    f: impl Fn(&[Jet<N>; N]) -> Jet<N>,
    starts: &[[f64; N]],
    bounds: &Bounds<N>,
) -> Option<Peak<N>> {
    let at = |x: &[f64; N]| f(&std::array::from_fn(|i| Jet::variable(x[i], i)));
    let mut best: Option<Peak<N>> = None;
    for start in starts {
        let x = std::array::from_fn(|i| start[i].clamp(bounds[i].0, bounds[i].1));
        let found = climb(&at, x, bounds);
        // A gain below 1e-12 is rounding: the first of equal maxima stays.
        if found.at.value.is_finite() && best.is_none_or(|b| found.at.value > b.at.value + 1e-12) {
            best = Some(found);
        }
    }
    best
}

fn climb<const N: usize>(at: &impl Fn(&[f64; N]) -> Jet<N>, start: [f64; N], bounds: &Bounds<N>) -> Peak<N> {
    let mut x = start;
    let mut here = at(&x);
    // Far from the maximum a little of the gradient in each step keeps the first ones short.
    let mut ridge = 1e-3;
    for _ in 0..300 {
        let free: Vec<usize> = (0..N)
            .filter(|&i| {
                let (low, high) = bounds[i];
                !(low == high || x[i] <= low && here.first[i] <= 0.0 || x[i] >= high && here.first[i] >= 0.0)
            })
            .collect();
        let m = free.len();
        let mut moved = false;
        for _ in 0..40 {
            let mut a = vec![0.0; m * m];
            for (r, &i) in free.iter().enumerate() {
                for (c, &j) in free.iter().enumerate() {
                    a[c * m + r] = -here.second[i][j];
                }
                a[r * m + r] += ridge * (here.second[i][i].abs() + 1e-8);
            }
            let mut step: Vec<f64> = free.iter().map(|&i| here.first[i]).collect();
            let solved = cholesky::factor(&mut a, m).and_then(|()| cholesky::solve(&a, m, &mut step));
            if solved.is_ok() {
                let mut next = x;
                for (&i, step) in free.iter().zip(&step) {
                    next[i] = (next[i] + step).clamp(bounds[i].0, bounds[i].1);
                }
                let there = at(&next);
                if there.value >= here.value {
                    let gain = there.value - here.value;
                    let change = next
                        .iter()
                        .zip(&x)
                        .map(|(a, b)| (a - b).abs() / (b.abs() + 1e-6))
                        .fold(0.0, f64::max);
                    (x, here) = (next, there);
                    ridge *= 0.05;
                    if ridge < 1e-14 {
                        ridge = 0.0;
                    }
                    // Relative changes of rounding, and changes of half the digits without a gain, are the end.
                    moved = change > 1e-14 && !(gain == 0.0 && change < 1e-9);
                    break;
                }
            }
            ridge = if ridge == 0.0 { 1e-10 } else { ridge * 8.0 };
        }
        if !moved {
            break;
        }
    }
    Peak { x, at: here }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_equal_differences() {
        let f = |x: &[Jet<2>; 2]| {
            (x[0] / x[1].sqrt()).ln_cdf() + x[1].ln() * x[0] - (x[0] - x[1]).square() / Jet::constant(3.0)
        };
        let value = |a: f64, b: f64| f(&[Jet::variable(a, 0), Jet::variable(b, 1)]);
        let (a, b, h) = (0.4, 1.3, 1e-5);
        let at = value(a, b);
        for (i, (up, down)) in
            [(value(a + h, b), value(a - h, b)), (value(a, b + h), value(a, b - h))].into_iter().enumerate()
        {
            assert!(((up.value - down.value) / (2.0 * h) - at.first[i]).abs() < 1e-9);
            for j in 0..2 {
                assert!(((up.first[j] - down.first[j]) / (2.0 * h) - at.second[i][j]).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn a_bound_is_reached_exactly() {
        let f =
            |x: &[Jet<2>; 2]| -(x[0] - Jet::constant(2.0)).square() - (x[1] + Jet::constant(1.0)).square();
        let bounds = [(-10.0, 10.0), (0.0, 5.0)];
        let peak = maximum(f, &[[0.5, 3.0]], &bounds).unwrap();
        assert!((peak.x[0] - 2.0).abs() < 1e-12 && peak.x[1] == 0.0);
        assert!((peak.se(0, &bounds).unwrap() - 0.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(peak.se(1, &bounds), None);
    }
}
