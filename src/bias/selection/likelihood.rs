//! The log-likelihood of a selection model with its gradient and second derivatives.
//!
//! With t = (y - μ) / σ, σ² = v + tau², the density φ(t) / σ has n-th derivative Heₙ(t) φ(t) / σⁿ⁺¹ in μ, and its derivative in
//! tau² is half the second in μ. So ∫ w φ and all its derivatives are sums over the pieces of w times the moments of Heₙ, n up to
//! 4; over a piece where w is constant these are -Heₙ₋₁ φ at its ends.

use super::{
    Selection,
    grid::{Grid, Piece, Weight},
};
use crate::stat::normal;

/// The data with the selection function. The parameters are (β, tau², δ): p coefficients, the variance, m of selection.
pub(super) struct Problem<'a> {
    pub yi: &'a [f64],
    pub vi: &'a [f64],
    pub selection: &'a Selection,
    pub two_sided: bool,
    /// The moderators, column after column; `None` for a mean.
    design: Option<&'a [f64]>,
    /// The imprecision of each study on which selection depends.
    scale: Option<Vec<f64>>,
    exact: Pieces,
    /// A third of the nodes, to find the way with.
    rough: Pieces,
}

/// The pieces of the line.
struct Pieces {
    grid: Grid,
    /// p and 1 - p of each piece.
    tails: Vec<(f64, f64)>,
}

/// How good integrals are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    /// To 1e-13.
    Exact,
    /// To about 1e-5.
    Rough,
}

impl Pieces {
    fn new(selection: &Selection, two_sided: bool, precision: Precision) -> Self {
        let grid = selection.grid(two_sided, precision);
        let by_effect = |a: f64| if a.is_finite() { (0.0, 1.0) } else { (1.0, 0.0) };
        let tails = grid
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Constant(a, _) if selection.by_effect() => by_effect(*a),
                piece => tails(piece.at(), two_sided),
            })
            .collect();
        Pieces { grid, tails }
    }
}

/// The value with derivatives in (β, tau², δ).
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
        let [exact, rough] =
            [Precision::Exact, Precision::Rough].map(|p| Pieces::new(selection, two_sided, p));
        Problem { yi, vi, selection, two_sided, design: None, scale: None, exact, rough }
    }

    /// With moderators: `design` holds p columns of one value for each study.
    pub fn moderators(mut self, design: Option<&'a [f64]>) -> Self {
        self.design = design;
        self
    }

    /// With the imprecision of each study.
    pub fn scaled(mut self, scale: Option<Vec<f64>>) -> Self {
        self.scale = scale;
        self
    }

    /// The number of coefficients.
    pub fn coefficients(&self) -> usize {
        self.design.map_or(1, |design| design.len() / self.yi.len())
    }

    /// The P value of study `i`, with 1 - p; of `trunc` 0 above its cut point and 1 below.
    pub fn p(&self, i: usize) -> (f64, f64) {
        if self.selection.by_effect() {
            let below = self.selection.steps().first().is_some_and(|cut| self.yi[i] <= *cut);
            return if below { (1.0, 0.0) } else { (0.0, 1.0) };
        }
        tails(self.yi[i] / self.vi[i].sqrt(), self.two_sided)
    }

    fn moderator(&self, i: usize, j: usize) -> f64 {
        self.design.map_or(1.0, |design| design[j * self.yi.len() + i])
    }

    /// w and its derivatives on every piece, times the weight of a node.
    fn tabulate(&self, pieces: &Pieces, scale: f64, delta: &[f64], scratch: &mut Weight, table: &mut [f64]) {
        let m = delta.len();
        for (((p, q), piece), row) in
            pieces.tails.iter().zip(&pieces.grid.pieces).zip(table.chunks_exact_mut(1 + m + m * m))
        {
            self.selection.ln_weight(*p, *q, scale, delta, scratch);
            let weight = if let Piece::Node(_, weight) = piece { *weight } else { 1.0 };
            let w = weight * scratch.ln.exp();
            row[0] = w;
            for a in 0..m {
                row[1 + a] = w * scratch.first[a];
                for b in 0..m {
                    row[1 + m + a * m + b] =
                        w * (scratch.first[a] * scratch.first[b] + scratch.second[a * m + b]);
                }
            }
        }
    }

    /// The log-likelihood at (β, tau², δ).
    pub fn evaluate(&self, theta: &[f64]) -> Derivatives {
        self.sum(theta, Precision::Exact, None)
    }

    /// The same with integrals of the given precision.
    pub fn evaluate_to(&self, theta: &[f64], precision: Precision) -> Derivatives {
        self.sum(theta, precision, None)
    }

    /// The gradient of each study's part, study by study.
    pub fn scores(&self, theta: &[f64]) -> Vec<f64> {
        let mut scores = Vec::with_capacity(theta.len() * self.yi.len());
        self.sum(theta, Precision::Exact, Some(&mut scores));
        scores
    }

    fn sum(&self, theta: &[f64], precision: Precision, mut scores: Option<&mut Vec<f64>>) -> Derivatives {
        let n = theta.len();
        let p = self.coefficients();
        let m = n - 1 - p;
        let (beta, tau2, delta) = (&theta[..p], theta[p], &theta[p + 1..]);
        let mut total = Derivatives { value: 0.0, first: vec![0.0; n], second: vec![0.0; n * n] };
        // w is shared by the studies unless it depends on their precision.
        let mut scratch = Weight::new(m);
        let stride = 1 + m + m * m;
        let pieces = if precision == Precision::Exact { &self.exact } else { &self.rough };
        let mut table = vec![0.0; stride * pieces.grid.pieces.len()];
        if self.scale.is_none() {
            self.tabulate(pieces, 1.0, delta, &mut scratch, &mut table);
        }
        // The derivatives of one study in its own (μ, tau², δ).
        let l = 2 + m;
        let (mut first, mut second) = (vec![0.0; l], vec![0.0; l * l]);
        let (mut own, mut own2) = (vec![0.0; l], vec![0.0; l * l]);
        let mut x = vec![0.0; n];
        let mut nodes = vec![0.0; 3 * m + m * m];
        for (i, (&y, &v)) in self.yi.iter().zip(self.vi).enumerate() {
            let scale = self.scale.as_ref().map_or(1.0, |scale| scale[i]);
            if self.scale.is_some() {
                self.tabulate(pieces, scale, delta, &mut scratch, &mut table);
            }
            let mu: f64 = beta.iter().enumerate().map(|(j, b)| b * self.moderator(i, j)).sum();
            let s2 = v + tau2;
            let s = s2.sqrt();
            let unit = if self.selection.by_effect() { 1.0 } else { v.sqrt() };
            // ∫ w φ and its derivatives.
            let mut a0 = 0.0;
            first.fill(0.0);
            second.fill(0.0);
            // The nodes: sums of powers of t, turned into Hermite's polynomials after.
            let mut powers = [0.0; 5];
            nodes.fill(0.0);
            let reciprocal = 1.0 / s;
            for (piece, row) in pieces.grid.pieces.iter().zip(table.chunks_exact(stride)) {
                let Piece::Node(z, _) = *piece else { continue };
                let t = (z * unit - mu) * reciprocal;
                let t2 = t * t;
                // Beyond 9 a node holds less than 1e-17 of the mass.
                if t2 > 81.0 {
                    continue;
                }
                let density = (-0.5 * t2).exp();
                let c = row[0] * density;
                let (c1, c2) = (c * t, c * t2);
                powers[0] += c;
                powers[1] += c1;
                powers[2] += c2;
                powers[3] += c1 * t2;
                powers[4] += c2 * t2;
                for a in 0..m {
                    let d = row[1 + a] * density;
                    nodes[3 * a] += d;
                    nodes[3 * a + 1] += d * t;
                    nodes[3 * a + 2] += d * t2;
                    for b in a..m {
                        nodes[3 * m + a * m + b] += row[1 + m + a * m + b] * density;
                    }
                }
            }
            let factor = ONE_OVER_SQRT_2PI * unit / s;
            let [p0, p1, p2, p3, p4] = powers.map(|p| p * factor);
            a0 += p0;
            first[0] += p1 / s;
            first[1] += 0.5 * (p2 - p0) / s2;
            second[0] += (p2 - p0) / s2;
            second[1] += 0.5 * (p3 - 3.0 * p1) / (s2 * s);
            second[l + 1] += 0.25 * (p4 - 6.0 * p2 + 3.0 * p0) / (s2 * s2);
            for a in 0..m {
                let [d0, d1, d2] = [0, 1, 2].map(|n| nodes[3 * a + n] * factor);
                first[2 + a] += d0;
                second[2 + a] += d1 / s;
                second[l + 2 + a] += 0.5 * (d2 - d0) / s2;
                for b in a..m {
                    second[(2 + a) * l + 2 + b] += nodes[3 * m + a * m + b] * factor;
                }
            }
            for (piece, row) in pieces.grid.pieces.iter().zip(table.chunks_exact(stride)) {
                let Piece::Constant(from, to) = *piece else { continue };
                let [h0, h1, h2, h3, h4] = moments(from, to, unit, mu, s);
                let w = row[0];
                let (h1, h2) = (h1 / s, h2 / s2);
                a0 += w * h0;
                first[0] += w * h1;
                first[1] += w * 0.5 * h2;
                second[0] += w * h2;
                second[1] += w * 0.5 * h3 / (s2 * s);
                second[l + 1] += w * 0.25 * h4 / (s2 * s2);
                for a in 0..m {
                    let wa = row[1 + a];
                    // Of a step function each piece has one parameter, in which w is linear.
                    if wa == 0.0 {
                        continue;
                    }
                    first[2 + a] += wa * h0;
                    second[2 + a] += wa * h1;
                    second[l + 2 + a] += wa * 0.5 * h2;
                    for b in a..m {
                        second[(2 + a) * l + 2 + b] += row[1 + m + a * m + b] * h0;
                    }
                }
            }
            // ln w of the study itself.
            let (upper, lower) = self.p(i);
            self.selection.ln_weight(upper, lower, scale, delta, &mut scratch);
            let t = (y - mu) / s;
            total.value += scratch.ln + normal::ln_pdf(t) - s.ln() - a0.ln();
            // The density: derivatives of -½ ln σ² - ½ (y - μ)² / σ².
            own.fill(0.0);
            own2.fill(0.0);
            own[0] = t / s;
            own[1] = 0.5 * (t * t - 1.0) / s2;
            own2[0] = -1.0 / s2;
            own2[1] = -t / (s2 * s);
            own2[l + 1] = (0.5 - t * t) / (s2 * s2);
            for a in 0..m {
                own[2 + a] = scratch.first[a];
                for b in a..m {
                    own2[(2 + a) * l + 2 + b] = scratch.second[a * m + b];
                }
            }
            for a in 0..l {
                own[a] -= first[a] / a0;
                for b in a..l {
                    own2[a * l + b] -= second[a * l + b] / a0 - first[a] * first[b] / (a0 * a0);
                }
            }
            // From μ to its coefficients.
            for (j, x) in x.iter_mut().enumerate() {
                *x = if j < p { self.moderator(i, j) } else { 1.0 };
            }
            let at = |j: usize| if j < p { 0 } else { j + 1 - p };
            for a in 0..n {
                let score = own[at(a)] * x[a];
                total.first[a] += score;
                if let Some(scores) = scores.as_deref_mut() {
                    scores.push(score);
                }
                for b in a..n {
                    total.second[a * n + b] += own2[at(a) * l + at(b)] * x[a] * x[b];
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

const ONE_OVER_SQRT_2PI: f64 = 0.398_942_280_401_432_677_94;

/// The integrals of Heₙ(t) φ(t) over a piece in y, n from 0 to 4, the piece in units of `unit`.
fn moments(from: f64, to: f64, unit: f64, mu: f64, s: f64) -> [f64; 5] {
    let (ta, tb) = ((from * unit - mu) / s, (to * unit - mu) / s);
    let h0 = if ta > 0.0 { normal::sf(ta) - normal::sf(tb) } else { normal::cdf(tb) - normal::cdf(ta) };
    let end = |t: f64| {
        if t.is_infinite() {
            return [0.0; 4];
        }
        let (d, t2) = (normal::pdf(t), t * t);
        [d, d * t, d * (t2 - 1.0), d * t * (t2 - 3.0)]
    };
    let (x, y) = (end(ta), end(tb));
    [h0, x[0] - y[0], x[1] - y[1], x[2] - y[2], x[3] - y[3]]
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
        let design = [1.0, 1.0, 1.0, 1.0, 1.0, 0.2, -0.4, 0.9, 0.1, -1.2];
        let cases = [
            (SelectionFunction::Stepfun, vec![0.025, 0.5], vec![0.6, 0.3]),
            (SelectionFunction::Beta, vec![], vec![0.7, 1.8]),
            (SelectionFunction::Halfnorm, vec![], vec![2.0]),
            (SelectionFunction::Negexp, vec![0.05], vec![1.3]),
            (SelectionFunction::Logistic, vec![], vec![2.2]),
            (SelectionFunction::Power, vec![], vec![0.8]),
            (SelectionFunction::Negexppow, vec![], vec![1.4, 0.7]),
            (SelectionFunction::Trunc, vec![0.4], vec![0.6]),
        ];
        for (function, steps, delta) in cases {
            let selection = Selection::new(function, &steps).unwrap();
            for (two_sided, moderated) in [(false, false), (true, false), (false, true)] {
                let scale = (moderated && function.takes_precision()).then(|| vi.map(|v| v / 0.11).to_vec());
                let problem = Problem::new(&yi, &vi, &selection, two_sided)
                    .moderators(moderated.then_some(&design[..]))
                    .scaled(scale);
                let beta = if moderated { vec![0.3, 0.1] } else { vec![0.3] };
                let theta = [beta, vec![0.06], delta.clone()].concat();
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
                let theta =
                    [vec![0.2, 0.5], (0..selection.parameters()).map(|i| selection.none(i)).collect()]
                        .concat();
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

    /// The log-likelihood at given parameters by adaptive quadrature in 25 digits (mpmath, `tests/data/bias/oracle.py`), on the
    /// first twelve studies of passive smoking: integrals are good to 1e-12.
    #[test]
    fn integrals_have_twelve_digits() {
        let oracle: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/data/bias/oracle.json")).unwrap();
        let text = include_str!("../../../tests/data/bias/hackshaw1998.csv");
        let rows: Vec<Vec<f64>> = text
            .lines()
            .skip(1)
            .take(12)
            .map(|line| line.split(',').map(|field| field.parse().unwrap()).collect())
            .collect();
        let (yi, vi): (Vec<f64>, Vec<f64>) = rows.iter().map(|row| (row[1], row[2])).unzip();
        let largest = vi.iter().copied().fold(0.0, f64::max);
        for case in oracle["likelihoods"].as_array().unwrap() {
            let name = case["name"].as_str().unwrap();
            let steps: Vec<f64> = case["step"].as_f64().into_iter().collect();
            let function = SelectionFunction::ALL.iter().find(|f| f.to_string() == name).unwrap();
            let selection = Selection::new(*function, &steps).unwrap();
            let delta = case["delta"].as_array().unwrap().iter().map(|d| d.as_f64().unwrap());
            let theta: Vec<f64> = [0.2, 0.03].into_iter().chain(delta).collect();
            let scale =
                case["scaled"].as_bool().unwrap().then(|| vi.iter().map(|v| (v / largest).sqrt()).collect());
            let problem =
                Problem::new(&yi, &vi, &selection, case["two_sided"].as_bool().unwrap()).scaled(scale);
            let (got, expected) = (problem.evaluate(&theta).value, case["value"].as_f64().unwrap());
            assert!((got - expected).abs() < 1e-12 * expected.abs(), "{case}: {got}");
        }
    }
}
