//! The unstructured covariance G of J levels.
//!
//! Two forms:
//!
//! - usually G = LL' with a lower triangle L, row by row, without bounds;
//! - for the profile of one correlation (or variance) G = MCM' with the levels in an order in which that pair comes first,
//!   C the unit matrix but for `C_01 = ρ`, and M lower triangular without its entry (1, 0), in whose place ρ stands. Then
//!   `G_00 = M_00²`, `G_11 = M_11²`, and ρ is the correlation of the two: parameters that can be held.
//!
//! In both, every entry of G is a sum of products of parameters.

use super::{Bound, FREE, Reading};
use crate::linalg::triangle;
use crate::multilevel::factor::Factor;
use crate::{Error, Result};

/// An unstructured covariance.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::multilevel) struct Unstructured {
    levels: usize,
    /// The place of each level in M; `None` for the form LL'.
    order: Option<Vec<usize>>,
}

/// The place of ρ.
const RHO: usize = 1;

/// Below this a variance, in units of the typical total one, is 0 but for rounding.
const ZERO: f64 = 1e-12;

impl Unstructured {
    /// The covariance of the inner levels.
    ///
    /// # Errors
    ///
    /// If two of them never occur together and their correlations are not `held`.
    pub fn new(inner: &Factor, outer: &Factor, held: bool) -> Result<Self> {
        let levels = inner.levels().len();
        if held {
            return Ok(Unstructured::of(levels));
        }
        let mut together = vec![false; levels * levels];
        for members in outer.members() {
            let mut own: Vec<usize> = members.iter().map(|&row| inner.codes()[row]).collect();
            own.sort_unstable();
            own.dedup();
            for (at, &i) in own.iter().enumerate() {
                for &j in &own[at + 1..] {
                    together[i * levels + j] = true;
                }
            }
        }
        let missing = (0..levels)
            .flat_map(|i| (i + 1..levels).map(move |j| (i, j)))
            .find(|(i, j)| !together[i * levels + j]);
        if let Some((i, j)) = missing {
            return Err(Error::model(
                format!(
                    "{}|{}: {} and {} never occur together, so that nothing informs their correlation",
                    inner.name(),
                    outer.name(),
                    inner.levels()[i],
                    inner.levels()[j]
                ),
                "use the structure HCS, CS or DIAG, or leave one of them out",
            ));
        }
        Ok(Unstructured::of(levels))
    }

    /// The covariance of so many levels.
    pub fn of(levels: usize) -> Self {
        Unstructured { levels, order: None }
    }

    pub fn bounds(&self) -> Vec<Bound> {
        let mut bounds = vec![FREE; self.levels * (self.levels + 1) / 2];
        if self.order.is_some() {
            for (at, bound) in bounds.iter_mut().enumerate() {
                match at {
                    RHO => *bound = Bound { lower: -1.0, upper: 1.0, size: 0.25 },
                    0 | 2 => bound.lower = 0.0,
                    _ => {}
                }
            }
        }
        bounds
    }

    pub fn start(&self, tau2: f64, rho: f64) -> Vec<f64> {
        let j = self.levels;
        let rho = if j > 1 { rho.max(-0.9 / (j as f64 - 1.0)) } else { 0.0 };
        let g: Vec<f64> = (0..j * j).map(|at| if at / j == at % j { tau2 } else { tau2 * rho }).collect();
        self.parameters(&g)
    }

    /// The parameters of a positive semidefinite G, J by J.
    pub fn parameters(&self, g: &[f64]) -> Vec<f64> {
        let n = self.levels;
        let mut theta = vec![0.0; n * (n + 1) / 2];
        let mut at = vec![0; n];
        for level in 0..n {
            at[self.position(level)] = level;
        }
        // What of G the columns so far leave.
        let mut rest: Vec<f64> = (0..n * n).map(|i| g[at[i / n] * n + at[i % n]]).collect();
        let mut first = 0;
        if self.order.is_some() && n > 1 {
            let (a, b) = (rest[0].max(0.0).sqrt(), rest[n + 1].max(0.0).sqrt());
            let rho = if a * b > 0.0 { (rest[1] / (a * b)).clamp(-1.0, 1.0) } else { 0.0 };
            (theta[0], theta[RHO], theta[2]) = (a, rho, b);
            let det = 1.0 - rho * rho;
            for r in 2..n {
                let x = if a > 0.0 { rest[r * n] / a } else { 0.0 };
                let y = if b > 0.0 { rest[r * n + 1] / b } else { 0.0 };
                let (m0, m1) =
                    if det > 1e-12 { ((x - rho * y) / det, (y - rho * x) / det) } else { (x, 0.0) };
                (theta[triangle(r, 0)], theta[triangle(r, 1)]) = (m0, m1);
            }
            for r in 2..n {
                for s in 2..n {
                    let m = |row: usize, c: usize| theta[triangle(row, c)];
                    rest[r * n + s] -=
                        m(r, 0) * m(s, 0) + m(r, 1) * m(s, 1) + rho * (m(r, 0) * m(s, 1) + m(r, 1) * m(s, 0));
                }
            }
            first = 2;
        }
        for c in first..n {
            let root = rest[c * n + c].max(0.0).sqrt();
            theta[triangle(c, c)] = root;
            for r in c + 1..n {
                theta[triangle(r, c)] = if root > 0.0 { rest[r * n + c] / root } else { 0.0 };
            }
            for r in c + 1..n {
                for s in c + 1..n {
                    rest[r * n + s] -= theta[triangle(r, c)] * theta[triangle(s, c)];
                }
            }
        }
        theta
    }

    fn position(&self, level: usize) -> usize {
        self.order.as_ref().map_or(level, |order| order[level])
    }

    /// Passes on the products of parameters that make up G_ij, and whether ρ is a factor too.
    fn products(&self, i: usize, j: usize, mut out: impl FnMut(usize, usize, bool)) {
        let (i, j) = (self.position(i), self.position(j));
        let (a, b) = (i.max(j), i.min(j));
        let led = self.order.is_some();
        let is = |r: usize, c: usize| c <= r && !(led && r == 1 && c == 0);
        for c in 0..=b {
            if is(a, c) && is(b, c) {
                out(triangle(a, c), triangle(b, c), false);
            }
        }
        if led {
            if is(a, 0) && is(b, 1) {
                out(triangle(a, 0), triangle(b, 1), true);
            }
            if is(a, 1) && is(b, 0) {
                out(triangle(a, 1), triangle(b, 0), true);
            }
        }
    }

    pub fn entry(&self, theta: &[f64], i: usize, j: usize) -> f64 {
        let mut sum = 0.0;
        self.products(i, j, |x, y, with_rho| {
            sum += theta[x] * theta[y] * if with_rho { theta[RHO] } else { 1.0 };
        });
        sum
    }

    pub fn first(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, f64)) {
        self.products(i, j, |x, y, with_rho| {
            let factor = if with_rho { theta[RHO] } else { 1.0 };
            out(x, factor * theta[y]);
            out(y, factor * theta[x]);
            if with_rho {
                out(RHO, theta[x] * theta[y]);
            }
        });
    }

    pub fn second(&self, theta: &[f64], i: usize, j: usize, mut out: impl FnMut(usize, usize, f64)) {
        self.products(i, j, |x, y, with_rho| {
            if with_rho {
                out(x, y, theta[RHO]);
                out(RHO, x, theta[y]);
                out(RHO, y, theta[x]);
            } else {
                out(x, y, if x == y { 2.0 } else { 1.0 });
            }
        });
    }

    /// Turns the signs of columns of L (or M), which leave G as it is, towards those of other parameters.
    pub fn turn(&self, theta: &mut [f64], other: &[f64]) {
        // The first two columns of M have a sign: their diagonals are roots of variances.
        let first = if self.order.is_some() { 2 } else { 0 };
        for c in first..self.levels {
            let column = (c..self.levels).map(|r| triangle(r, c));
            if column.clone().map(|at| theta[at] * other[at]).sum::<f64>() < 0.0 {
                column.for_each(|at| theta[at] = -theta[at]);
            }
        }
    }

    /// The variances and, by pairs (0,1), (0,2), ..., the correlations.
    pub fn report(&self, theta: &[f64], scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
        let n = self.levels;
        let mut g: Vec<f64> = (0..n * n).map(|at| self.entry(theta, at / n, at % n)).collect();
        // A variance that is 0 but for rounding, in units of the total one, has no correlations.
        for level in 0..n {
            if g[level * (n + 1)] < ZERO {
                for other in 0..n {
                    (g[level * n + other], g[other * n + level]) = (0.0, 0.0);
                }
            }
        }
        correlations(&g, n, scale)
    }

    /// The form in which the `at`-th variance or correlation is a parameter.
    pub fn with_reading(&self, theta: &[f64], at: usize) -> Option<(Self, Vec<f64>, usize, Reading)> {
        let n = self.levels;
        let g: Vec<f64> = (0..n * n).map(|at| self.entry(theta, at / n, at % n)).collect();
        if n == 1 {
            return (at == 0).then(|| (self.clone(), theta.to_vec(), 0, Reading::Root));
        }
        let (pair, index, reading) = if at < n {
            ((at, usize::from(at == 0)), 0, Reading::Root)
        } else {
            let pair = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).nth(at - n)?;
            (pair, RHO, Reading::Correlation)
        };
        let mut order = vec![0; n];
        (order[pair.0], order[pair.1]) = (0, 1);
        let mut next = 2;
        for (level, position) in order.iter_mut().enumerate() {
            if level != pair.0 && level != pair.1 {
                *position = next;
                next += 1;
            }
        }
        let form = Unstructured { levels: n, order: Some(order) };
        let theta = form.parameters(&g);
        Some((form, theta, index, reading))
    }
}

/// Variances and correlations of a covariance matrix, n by n.
pub(super) fn correlations(g: &[f64], n: usize, scale: f64) -> (Vec<f64>, Vec<Option<f64>>) {
    let tau2 = (0..n).map(|a| g[a * n + a] * scale).collect();
    let rho = (0..n)
        .flat_map(|a| (a + 1..n).map(move |b| (a, b)))
        .map(|(a, b)| {
            let by = (g[a * n + a] * g[b * n + b]).sqrt();
            (by > 0.0).then(|| (g[a * n + b] / by).clamp(-1.0, 1.0))
        })
        .collect();
    (tau2, rho)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_columns_leave_the_covariance() {
        let theta = [0.7, -0.2, 0.4, 0.3, -0.5, 0.6, 0.1, 0.2, -0.3, 0.8];
        for order in [None, Some(vec![2, 0, 1, 3])] {
            let shape = Unstructured { levels: 4, order };
            // Signs of all columns that have none.
            let mut other = theta;
            for (r, c) in (0..4).flat_map(|r| (0..=r).map(move |c| (r, c))) {
                if shape.order.is_none() || c >= 2 {
                    other[triangle(r, c)] *= -1.01;
                }
            }
            let mut turned = theta;
            shape.turn(&mut turned, &other);
            for (turned, other) in turned.iter().zip(&other) {
                assert!((turned - other).abs() <= 0.011 * other.abs());
            }
            for (i, j) in (0..4).flat_map(|i| (0..=i).map(move |j| (i, j))) {
                assert!((shape.entry(&turned, i, j) - shape.entry(&theta, i, j)).abs() < 1e-15);
            }
        }
    }
}
