//! Likelihoods of random effects with heavy tails, their maxima and profiles.
//!
//! Both models are scale mixtures of normals, yᵢ ~ Σⱼ pⱼ N(xᵢ'b, vᵢ + sⱼ):
//!
//! - t with ν degrees of freedom and scale tau: λ ~ Gamma(ν / 2, ν / 2), s = tau² / λ. With x = log λ the mixing density is
//!   proportional to exp(-½ ν (eˣ - 1 - x)), and the mixture becomes a trapezoidal sum over x. All that is integrated is
//!   analytic within π of the real line, so that the sum converges geometrically: its relative error is of the order of
//!   |Γ(½ν + 2πi / h)| / Γ(½ν), below rounding at the steps h taken here (0.4 standard deviations of x, at most 0.22). The
//!   weights are made to sum to 1, which keeps ν → ∞ exact.
//! - two components with tau² and tau² + d, the second with probability π.
//!
//! In terms of the posterior probabilities rᵢⱼ of the terms, e = y - x'b and a = 1 / (v + s), the scores are Σ r e a for the
//! location and ½ Σ r (e² a² - a) ds for a parameter of s. Maxima are found by Newton steps with differences of the scores for
//! second derivatives, damped as by Levenberg and Marquardt, and kept within bounds by holding what is at a bound and would
//! leave.

use nalgebra::{Cholesky, DMatrix, DVector};

/// Degrees of freedom are at least the reciprocal of this.
pub(super) const MOST_INVERSE_DF: f64 = 5.0;
/// 1 / ν below which the t distribution is the normal one, to all digits.
const NORMAL: f64 = 1e-7;

/// The distribution of the random effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tails {
    /// Parameters tau².
    Normal,
    /// tau² and 1 / ν.
    T,
    /// tau², d and π.
    Mixture,
}

impl Tails {
    /// The number of parameters beside the location's.
    pub fn parameters(self) -> usize {
        match self {
            Tails::Normal => 1,
            Tails::T => 2,
            Tails::Mixture => 3,
        }
    }

    /// The largest values of these parameters; the least are 0.
    fn upper(self) -> &'static [f64] {
        match self {
            Tails::Normal => &[f64::INFINITY],
            Tails::T => &[f64::INFINITY, MOST_INVERSE_DF],
            Tails::Mixture => &[f64::INFINITY, f64::INFINITY, 1.0],
        }
    }
}

/// A likelihood: effects about an offset plus columns times coefficients.
#[derive(Debug, Clone)]
pub(super) struct Likelihood<'a> {
    pub yi: &'a [f64],
    pub vi: &'a [f64],
    /// Subtracted from the estimates.
    pub offset: Vec<f64>,
    /// The columns of the location.
    pub columns: Vec<Vec<f64>>,
    pub tails: Tails,
    /// The scale of the effects, by which steps are measured.
    pub scale: f64,
}

/// The terms of the mixture at some parameters.
struct Terms {
    p: Vec<f64>,
    s: Vec<f64>,
    /// ∂s / ∂(each parameter of the variances), and ∂p / ∂ of it over p; by term.
    ds: Vec<[f64; 3]>,
    dp: Vec<[f64; 3]>,
}

/// eˣ - 1 - x without cancellation.
fn excess(x: f64) -> f64 {
    if x.abs() < 1e-2 {
        let x2 = x * x;
        x2 * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0 + x / 720.0))))
    } else {
        x.exp_m1() - x
    }
}

fn terms(tails: Tails, variance: &[f64]) -> Terms {
    let at = |i: usize| variance.get(i).copied().unwrap_or(0.0);
    let tau2 = at(0);
    let normal = || Terms { p: vec![1.0], s: vec![tau2], ds: vec![[1.0, 0.0, 0.0]], dp: vec![[0.0; 3]] };
    match tails {
        Tails::Normal => normal(),
        Tails::T if at(1) < NORMAL => normal(),
        Tails::T => {
            let nu = 1.0 / at(1);
            let step = (0.4 * (2.0 / nu).sqrt()).min(0.22);
            // exp(-45) is far below the rounding of what is kept.
            let within = |x: f64| 0.5 * nu * excess(x) < 45.0;
            let mut low = -1;
            while within(f64::from(low) * step) {
                low -= 1;
            }
            let mut high = 1;
            while within(f64::from(high) * step) {
                high += 1;
            }
            let xs: Vec<f64> = (low + 1..high).map(|i| f64::from(i) * step).collect();
            let g: Vec<f64> = xs.iter().map(|&x| (-0.5 * nu * excess(x)).exp()).collect();
            let total: f64 = g.iter().sum();
            let p: Vec<f64> = g.iter().map(|g| g / total).collect();
            let mean: f64 = xs.iter().zip(&p).map(|(&x, p)| p * excess(x)).sum();
            Terms {
                s: xs.iter().map(|x| tau2 * (-x).exp()).collect(),
                ds: xs.iter().map(|x| [(-x).exp(), 0.0, 0.0]).collect(),
                // ∂ log p / ∂ν = -½ (excess - its mean), and ∂ν / ∂(1/ν) = -ν².
                dp: xs.iter().map(|&x| [0.0, 0.5 * nu * nu * (excess(x) - mean), 0.0]).collect(),
                p,
            }
        }
        Tails::Mixture => Terms {
            p: vec![1.0 - at(2), at(2)],
            s: vec![tau2, tau2 + at(1)],
            ds: vec![[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]],
            // Over p, where p may be 0: handled by `Likelihood::score`, which multiplies by the density.
            dp: vec![[0.0, 0.0, -1.0], [0.0, 0.0, 1.0]],
        },
    }
}

impl Likelihood<'_> {
    /// The number of coefficients of the location.
    pub fn p(&self) -> usize {
        self.columns.len()
    }

    fn residual(&self, i: usize, x: &[f64]) -> f64 {
        self.yi[i] - self.offset[i] - self.columns.iter().zip(x).map(|(c, b)| c[i] * b).sum::<f64>()
    }

    /// The log-likelihood, and its derivatives if wanted. `x` holds coefficients, then parameters of the variances.
    pub fn score(&self, x: &[f64], mut gradient: Option<&mut [f64]>) -> f64 {
        let p = self.p();
        let terms = terms(self.tails, &x[p..]);
        if let Some(gradient) = gradient.as_deref_mut() {
            gradient.fill(0.0);
        }
        let weighted = self.tails != Tails::Mixture;
        let mut total = 0.0;
        let mut logs = vec![0.0; terms.p.len()];
        for i in 0..self.yi.len() {
            let (e, v) = (self.residual(i, x), self.vi[i]);
            // Log densities without their weights, so that a weight of 0 does no harm.
            let mut largest = f64::NEG_INFINITY;
            for (log, s) in logs.iter_mut().zip(&terms.s) {
                let a = v + s;
                *log = -0.5 * (e * e / a + a.ln());
                largest = largest.max(*log);
            }
            let density: f64 = logs.iter().zip(&terms.p).map(|(log, p)| p * (log - largest).exp()).sum();
            total += density.ln() + largest - 0.5 * std::f64::consts::TAU.ln();
            let Some(gradient) = gradient.as_deref_mut() else { continue };
            let mut location = 0.0;
            let mut variance = [0.0; 3];
            for (j, log) in logs.iter().enumerate() {
                let d = (log - largest).exp() / density;
                let (r, a) = (terms.p[j] * d, 1.0 / (v + terms.s[j]));
                location += r * e * a;
                let of_s = 0.5 * r * a * (e * e * a - 1.0);
                for (n, sum) in variance.iter_mut().enumerate() {
                    *sum += of_s * terms.ds[j][n] + terms.dp[j][n] * if weighted { r } else { d };
                }
            }
            for (g, column) in gradient.iter_mut().zip(&self.columns) {
                *g += location * column[i];
            }
            for (g, sum) in gradient[p..].iter_mut().zip(variance) {
                *g += sum;
            }
        }
        total
    }

    pub fn value(&self, x: &[f64]) -> f64 {
        self.score(x, None)
    }

    /// For each effect the posterior mean of `f` of the position of the term and its s.
    pub fn posterior(&self, x: &[f64], f: impl Fn(usize, f64) -> f64) -> Vec<f64> {
        let terms = terms(self.tails, &x[self.p()..]);
        (0..self.yi.len())
            .map(|i| {
                let (e, v) = (self.residual(i, x), self.vi[i]);
                let log = |s: f64| -0.5 * (e * e / (v + s) + (v + s).ln());
                let largest = terms.s.iter().map(|&s| log(s)).fold(f64::NEG_INFINITY, f64::max);
                let (mut sum, mut all) = (0.0, 0.0);
                for (j, (&s, &p)) in terms.s.iter().zip(&terms.p).enumerate() {
                    let r = p * (log(s) - largest).exp();
                    all += r;
                    sum += r * f(j, s);
                }
                sum / all
            })
            .collect()
    }

    /// The mean of λ = tau² / s over its posterior; 1 for a normal distribution or tau² = 0.
    pub fn weights(&self, x: &[f64]) -> Vec<f64> {
        let tau2 = x.get(self.p()).copied().unwrap_or(0.0);
        // s / tau² does not depend on tau², and is there for tau² = 0 too.
        let unit: Vec<f64> = {
            let mut variance = x[self.p()..].to_vec();
            if let Some(first) = variance.first_mut() {
                *first = 1.0;
            }
            terms(self.tails, &variance).s
        };
        if tau2 > 0.0 {
            self.posterior(x, |j, _| 1.0 / unit.get(j).copied().unwrap_or(1.0))
        } else {
            vec![1.0; self.yi.len()]
        }
    }

    /// The scale of each parameter.
    fn scales(&self) -> Vec<f64> {
        let square = self.scale * self.scale;
        let variance: &[f64] = match self.tails {
            Tails::Normal => &[square],
            Tails::T => &[square, 1.0],
            Tails::Mixture => &[square, square, 1.0],
        };
        let mut scales = vec![self.scale; self.p()];
        scales.extend(variance);
        scales
    }

    /// Tells whether each parameter is at a bound that the gradient `g` would have it leave.
    fn held(&self, x: &[f64], g: &[f64]) -> Vec<bool> {
        let (p, upper) = (self.p(), self.tails.upper());
        (0..x.len())
            .map(|i| i >= p && (x[i] <= 0.0 && g[i] <= 0.0 || x[i] >= upper[i - p] && g[i] >= 0.0))
            .collect()
    }

    fn clamp(&self, x: &mut [f64]) {
        for (value, upper) in x[self.p()..].iter_mut().zip(self.tails.upper()) {
            *value = value.clamp(0.0, *upper);
        }
    }

    /// Minus the second derivatives in the free parameters, each over its scale.
    pub fn information(&self, x: &[f64], free: &[usize]) -> DMatrix<f64> {
        let (n, scales, p) = (free.len(), self.scales(), self.p());
        let (mut up, mut down) = (vec![0.0; x.len()], vec![0.0; x.len()]);
        let mut matrix = DMatrix::zeros(n, n);
        for (column, &i) in free.iter().enumerate() {
            // The cube root of rounding: central differences of scores lose the least there.
            let step = 1e-5 * scales[i];
            let bound = if i >= p { self.tails.upper()[i - p] } else { f64::INFINITY };
            let (mut a, mut b) = (x.to_vec(), x.to_vec());
            a[i] = (x[i] + step).min(bound);
            b[i] = if i >= p { (x[i] - step).max(0.0) } else { x[i] - step };
            self.score(&a, Some(&mut up));
            self.score(&b, Some(&mut down));
            let width = a[i] - b[i];
            for (row, &j) in free.iter().enumerate() {
                matrix[(row, column)] = -(up[j] - down[j]) / width * scales[i] * scales[j];
            }
        }
        0.5 * (&matrix + matrix.transpose())
    }

    /// Minus the second derivatives, in the units of the parameters, of those that are not held at a bound; and which.
    pub fn observed_information(&self, x: &[f64]) -> (DMatrix<f64>, Vec<usize>) {
        let mut g = vec![0.0; x.len()];
        self.score(x, Some(&mut g));
        let held = self.held(x, &g);
        let p = self.p();
        // A parameter at a bound has no two-sided curvature.
        let free: Vec<usize> = (0..x.len()).filter(|&i| !held[i] && (i < p || x[i] > 0.0)).collect();
        let scales = self.scales();
        let mut matrix = self.information(x, &free);
        for (row, &i) in free.iter().enumerate() {
            for (column, &j) in free.iter().enumerate() {
                matrix[(row, column)] /= scales[i] * scales[j];
            }
        }
        (matrix, free)
    }

    /// The local maximum above `start`, and its value. Second derivatives are differences of scores, which cost an evaluation for each
    /// free parameter, so that it climbs on its own rather than by `stat::newton`, which would ask for all of them at every trial.
    pub fn climb(&self, start: &[f64]) -> (Vec<f64>, f64) {
        let scales = self.scales();
        let mut x = start.to_vec();
        self.clamp(&mut x);
        let mut g = vec![0.0; x.len()];
        let mut value = self.score(&x, Some(&mut g));
        // Marquardt's customary start: a thousandth of the curvature.
        let mut damping = 1e-3;
        for _ in 0..200 {
            let held = self.held(&x, &g);
            let free: Vec<usize> = (0..x.len()).filter(|&i| !held[i]).collect();
            let slope_of = |g: &[f64]| free.iter().map(|&i| (g[i] * scales[i]).abs()).fold(0.0, f64::max);
            let steepest = slope_of(&g);
            // Scores are sums over the studies, each with an error of about 1e-14.
            if steepest < 1e-11 * (1.0 + self.yi.len() as f64) {
                break;
            }
            let information = self.information(&x, &free);
            let slope = DVector::from_iterator(free.len(), free.iter().map(|&i| g[i] * scales[i]));
            let size = (0..free.len()).map(|i| information[(i, i)].abs()).fold(1e-8, f64::max);
            let mut moved = false;
            while damping < 1e14 {
                let added = information.diagonal().map(|d| damping * d.abs().max(1e-6 * size));
                let Some(factor) = Cholesky::new(&information + DMatrix::from_diagonal(&added)) else {
                    damping = (10.0 * damping).max(1e-6);
                    continue;
                };
                let step = factor.solve(&slope);
                let mut trial = x.clone();
                for (&i, step) in free.iter().zip(step.iter()) {
                    trial[i] += step * scales[i];
                }
                self.clamp(&mut trial);
                let mut at_trial = vec![0.0; x.len()];
                let reached = self.score(&trial, Some(&mut at_trial));
                let same = trial == x;
                // Near the maximum values agree to rounding, and only the slope tells which point is better.
                let rounding = 1e-14 * (1.0 + value.abs());
                if reached > value + rounding
                    || reached > value - rounding && slope_of(&at_trial) < 0.9 * steepest
                {
                    (x, value, g) = (trial, reached, at_trial);
                    damping = (0.1 * damping).max(1e-14);
                    moved = true;
                    break;
                }
                if same {
                    break;
                }
                damping = (10.0 * damping).max(1e-6);
            }
            if !moved {
                break;
            }
        }
        (x, value)
    }

    /// The highest maximum above any of the starts.
    pub fn highest(&self, starts: &[Vec<f64>]) -> Option<(Vec<f64>, f64)> {
        let climbed = starts.iter().map(|start| self.climb(start)).filter(|(_, value)| value.is_finite());
        climbed.fold(None, |best: Option<(Vec<f64>, f64)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::stat::{quadrature, t};

    fn likelihood<'a>(yi: &'a [f64], vi: &'a [f64], tails: Tails) -> Likelihood<'a> {
        Likelihood {
            yi,
            vi,
            offset: vec![0.0; yi.len()],
            columns: vec![vec![1.0; yi.len()]],
            tails,
            scale: 0.5,
        }
    }

    /// The density of a sum of a normal and a t variable, by adaptive quadrature of their convolution.
    #[test]
    fn the_sum_over_scales_is_the_convolution() {
        for (y, v, tau2, inverse) in [
            (0.3, 0.04, 0.1, 0.25),
            (2.5, 0.2, 0.05, 1.0),
            (-4.0, 0.5, 0.3, 2.0),
            (1.0, 0.01, 1e-4, 4.0),
            (0.7, 0.1, 0.2, 0.01),
        ] {
            let (mu, tau, nu) = (0.1, f64::sqrt(tau2), 1.0 / inverse);
            let density = |u: f64| {
                let z = (y - mu - u) / f64::sqrt(v);
                (-0.5 * z * z).exp() / (std::f64::consts::TAU * v).sqrt() * t::pdf(u / tau, nu) / tau
            };
            // Cut at the two peaks and around them.
            let sd = f64::sqrt(v);
            let mut cuts = vec![f64::NEG_INFINITY, f64::INFINITY];
            for d in [-8.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 8.0] {
                cuts.extend([y - mu + d * sd, d * tau, 10.0 * d * tau]);
            }
            cuts.sort_by(f64::total_cmp);
            let expected: f64 =
                cuts.windows(2).map(|w| quadrature::adaptive(density, w[0], w[1], 1e-13)).sum();
            let got = likelihood(&[y], &[v], Tails::T).value(&[mu, tau2, inverse]);
            assert_relative_eq!(got, expected.ln(), max_relative = 1e-12, epsilon = 1e-13);
        }
    }

    #[test]
    fn scores_are_the_slopes_of_the_likelihood() {
        let (yi, vi) = ([0.1, 0.4, -0.2, 2.5, 0.3], [0.05, 0.02, 0.1, 0.08, 0.2]);
        for (tails, x) in [
            (Tails::Normal, vec![0.2, 0.3]),
            (Tails::T, vec![0.2, 0.1, 0.7]),
            (Tails::T, vec![0.2, 0.1, 0.01]),
            (Tails::Mixture, vec![0.2, 0.05, 1.5, 0.3]),
        ] {
            let of = likelihood(&yi, &vi, tails);
            let mut gradient = vec![0.0; x.len()];
            of.score(&x, Some(&mut gradient));
            for i in 0..x.len() {
                // A five-point difference; its error is about 1e-11.
                let h = 1e-3 * x[i].abs();
                let at = |d: f64| {
                    let mut x = x.clone();
                    x[i] += d * h;
                    of.value(&x)
                };
                let slope = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * h);
                assert_relative_eq!(gradient[i], slope, max_relative = 1e-7, epsilon = 1e-8);
            }
        }
    }
}
