//! The log-likelihood of a selection model with its gradient and second derivatives.
//!
//! With t = (y - μ) / σ, σ² = v + tau², the density φ(t) / σ has n-th derivative Heₙ(t) φ(t) / σⁿ⁺¹ in μ, and its derivative in
//! tau² is half the second in μ. So ∫ w φ and all its derivatives are sums over the pieces of w times the moments of Heₙ, n up to
//! 4; over a piece where w is constant these are -Heₙ₋₁ φ at its ends.

use super::weight::{Grid, Piece, Selection, Weight};
use crate::stat::normal;

/// The data with the selection function.
pub(super) struct Problem<'a> {
    pub yi: &'a [f64],
    pub vi: &'a [f64],
    pub selection: &'a Selection,
    pub two_sided: bool,
    grid: Grid,
    /// p and 1 - p of each piece.
    tails: Vec<(f64, f64)>,
}

/// The value with derivatives in (μ, tau², δ).
#[derive(Debug, Clone, Default)]
pub(super) struct Derivatives {
    pub value: f64,
    pub first: Vec<f64>,
    /// Symmetric, n by n.
    pub second: Vec<f64>,
}

/// p and 1 - p of a statistic.
fn tails(z: f64, two_sided: bool) -> (f64, f64) {
    if two_sided {
        let p = normal::two_sided(z);
        let q = if p > 0.5 { crate::stat::special::erf(z.abs() / std::f64::consts::SQRT_2) } else { 1.0 - p };
        (p, q)
    } else {
        (normal::sf(z), normal::cdf(z))
    }
}

impl<'a> Problem<'a> {
    pub fn new(yi: &'a [f64], vi: &'a [f64], selection: &'a Selection, two_sided: bool) -> Self {
        let grid = selection.grid(two_sided);
        let tails = grid.pieces.iter().map(|piece| tails(piece.at(), two_sided)).collect();
        Problem { yi, vi, selection, two_sided, grid, tails }
    }

    /// The P value of study `i`, with 1 - p.
    pub fn p(&self, i: usize) -> (f64, f64) {
        tails(self.yi[i] / self.vi[i].sqrt(), self.two_sided)
    }

    /// The log-likelihood at (μ, tau², δ...).
    pub fn evaluate(&self, theta: &[f64]) -> Derivatives {
        let n = theta.len();
        let m = n - 2;
        let (mu, tau2, delta) = (theta[0], theta[1], &theta[2..]);
        let mut total = Derivatives { value: 0.0, first: vec![0.0; n], second: vec![0.0; n * n] };
        // w and its derivatives on every piece, shared by the studies.
        let mut scratch = Weight::new(m);
        let stride = 1 + m + m * m;
        let mut table = vec![0.0; stride * self.grid.pieces.len()];
        for ((p, q), row) in self.tails.iter().zip(table.chunks_exact_mut(stride)) {
            self.selection.ln_weight(*p, *q, delta, &mut scratch);
            let w = scratch.ln.exp();
            row[0] = w;
            for a in 0..m {
                row[1 + a] = w * scratch.first[a];
                for b in 0..m {
                    row[1 + m + a * m + b] =
                        w * (scratch.first[a] * scratch.first[b] + scratch.second[a * m + b]);
                }
            }
        }
        let (mut first, mut second) = (vec![0.0; n], vec![0.0; n * n]);
        for (i, (&y, &v)) in self.yi.iter().zip(self.vi).enumerate() {
            let s2 = v + tau2;
            let (s, root_v) = (s2.sqrt(), v.sqrt());
            // ∫ w φ and its derivatives.
            let mut a0 = 0.0;
            first.fill(0.0);
            second.fill(0.0);
            for (piece, row) in self.grid.pieces.iter().zip(table.chunks_exact(stride)) {
                let h = moments(*piece, root_v, mu, s);
                let Some([h0, h1, h2, h3, h4]) = h else { continue };
                let w = row[0];
                let (h1, h2) = (h1 / s, h2 / s2);
                a0 += w * h0;
                first[0] += w * h1;
                first[1] += w * 0.5 * h2;
                second[0] += w * h2;
                second[1] += w * 0.5 * h3 / (s2 * s);
                second[n + 1] += w * 0.25 * h4 / (s2 * s2);
                for a in 0..m {
                    let wa = row[1 + a];
                    first[2 + a] += wa * h0;
                    second[2 + a] += wa * h1;
                    second[n + 2 + a] += wa * 0.5 * h2;
                    for b in a..m {
                        second[(2 + a) * n + 2 + b] += row[1 + m + a * m + b] * h0;
                    }
                }
            }
            // ln w of the study itself.
            let (p, q) = self.p(i);
            self.selection.ln_weight(p, q, delta, &mut scratch);
            let t = (y - mu) / s;
            total.value += scratch.ln + normal::ln_pdf(t) - s.ln() - a0.ln();
            // The density: derivatives of -½ ln σ² - ½ (y - μ)² / σ².
            total.first[0] += t / s;
            total.first[1] += 0.5 * (t * t - 1.0) / s2;
            total.second[0] -= 1.0 / s2;
            total.second[1] -= t / (s2 * s);
            total.second[n + 1] += (0.5 - t * t) / (s2 * s2);
            for a in 0..m {
                total.first[2 + a] += scratch.first[a];
                for b in a..m {
                    total.second[(2 + a) * n + 2 + b] += scratch.second[a * m + b];
                }
            }
            for a in 0..n {
                total.first[a] -= first[a] / a0;
                for b in a..n {
                    total.second[a * n + b] -= second[a * n + b] / a0 - first[a] * first[b] / (a0 * a0);
                }
            }
        }
        for a in 0..n {
            for b in 0..a {
                total.second[a * n + b] = total.second[b * n + a];
            }
        }
        total
    }
}

/// The integrals of Heₙ(t) φ(t) over a piece in y, n from 0 to 4; `None` if they vanish.
fn moments(piece: Piece, root_v: f64, mu: f64, s: f64) -> Option<[f64; 5]> {
    let t_of = |z: f64| (z * root_v - mu) / s;
    match piece {
        Piece::Node(z, weight) => {
            let t = t_of(z);
            if t.abs() > 12.0 {
                return None;
            }
            let c = weight * normal::pdf(t) * root_v / s;
            let t2 = t * t;
            Some([c, c * t, c * (t2 - 1.0), c * t * (t2 - 3.0), c * (t2 * (t2 - 6.0) + 3.0)])
        }
        Piece::Constant(a, b) => {
            let (ta, tb) = (t_of(a), t_of(b));
            let h0 =
                if ta > 0.0 { normal::sf(ta) - normal::sf(tb) } else { normal::cdf(tb) - normal::cdf(ta) };
            let end = |t: f64| {
                if t.is_infinite() {
                    return [0.0; 4];
                }
                let (d, t2) = (normal::pdf(t), t * t);
                [d, d * t, d * (t2 - 1.0), d * t * (t2 - 3.0)]
            };
            let (x, y) = (end(ta), end(tb));
            Some([h0, x[0] - y[0], x[1] - y[1], x[2] - y[2], x[3] - y[3]])
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::bias::SelectionFunction;

    /// First and second derivatives equal differences of the value, for every function and both kinds of P value.
    #[test]
    fn derivatives_equal_differences() {
        let yi = [0.3, 0.62, -0.1, 0.9, 0.45];
        let vi = [0.02, 0.05, 0.04, 0.11, 0.03];
        let cases = [
            (SelectionFunction::Stepfun, vec![0.025, 0.5], vec![0.6, 0.3]),
            (SelectionFunction::Beta, vec![], vec![0.7, 1.8]),
            (SelectionFunction::Halfnorm, vec![], vec![2.0]),
            (SelectionFunction::Negexp, vec![0.05], vec![1.3]),
            (SelectionFunction::Logistic, vec![], vec![2.2]),
            (SelectionFunction::Power, vec![], vec![0.8]),
        ];
        for (function, steps, delta) in cases {
            let selection = Selection::new(function, &steps).unwrap();
            for two_sided in [false, true] {
                let problem = Problem::new(&yi, &vi, &selection, two_sided);
                let theta = [vec![0.3, 0.06], delta.clone()].concat();
                let at = problem.evaluate(&theta);
                let n = theta.len();
                for a in 0..n {
                    let h = 1e-5;
                    let moved = |by: f64| {
                        let mut theta = theta.clone();
                        theta[a] += by;
                        problem.evaluate(&theta)
                    };
                    let (up, down) = (moved(h), moved(-h));
                    let slope = (up.value - down.value) / (2.0 * h);
                    assert!((slope - at.first[a]).abs() < 1e-6 * (1.0 + slope.abs()), "{function} {a}");
                    for b in 0..n {
                        let slope = (up.first[b] - down.first[b]) / (2.0 * h);
                        let got = at.second[a * n + b];
                        assert!(
                            (slope - got).abs() < 1e-5 * (1.0 + slope.abs()),
                            "{function} {a} {b}: {slope} {got}"
                        );
                    }
                }
            }
        }
    }

    /// Without selection the integral is 1 and the likelihood that of the normal model.
    #[test]
    fn no_selection_is_the_normal_model() {
        let (yi, vi) = ([0.3, 3.2, -4.0], [0.02, 0.05, 0.4]);
        for function in SelectionFunction::ALL {
            let steps: &[f64] = if *function == SelectionFunction::Stepfun { &[0.025, 0.5] } else { &[] };
            let selection = Selection::new(*function, steps).unwrap();
            for two_sided in [false, true] {
                let theta = [vec![0.2, 0.5], vec![selection.none(); selection.parameters()]].concat();
                let got = Problem::new(&yi, &vi, &selection, two_sided).evaluate(&theta).value;
                let expected: f64 = yi
                    .iter()
                    .zip(&vi)
                    .map(|(y, v)| normal::ln_pdf((y - 0.2) / f64::sqrt(v + 0.5)) - 0.5 * f64::ln(v + 0.5))
                    .sum();
                assert!((got - expected).abs() < 1e-12 * expected.abs(), "{function}: {got} {expected}");
            }
        }
    }
}
