//! The weighted least-squares quantities that every tau² estimator is written in.
//!
//! With weights W = diag(w) and design X (k by p), P = W - W X (X'WX)⁻¹ X'W. All estimators need only a few sums:
//! y'Py, y'PPy, y'PPPy, tr P, tr PP, tr(P D₁ P D₂) for diagonal D, and log|X'WX|. [`Mean`] has them for a single
//! mean (p = 1, X = 1) in closed form, without allocation; [`Linear`](super::linear::Linear) for p columns through p-by-p
//! matrices. Cost O(k p²); only the exact distribution of a quadratic form asks for a k-by-k matrix.

use super::lanes::{Variances, sums};

/// The residual sums of squares at some weights.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Residual {
    /// y'Py, the weighted residual sum of squares.
    pub rss: f64,
    /// y'PPy; -y'PPy is the derivative of y'Py in tau² when w = 1 / (v + tau²).
    pub rss2: f64,
    /// y'PPPy; -2 y'PPPy is the derivative of y'PPy.
    pub rss3: f64,
}

/// Traces of P at some weights.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traces {
    /// tr P.
    pub p: f64,
    /// tr PP.
    pub pp: f64,
    /// Σw.
    pub w: f64,
    /// Σw².
    pub ww: f64,
}

/// The traces of the variance of the quadratic form y'Py under sampling variances V.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Moments {
    /// y'Py.
    pub rss: f64,
    /// Σw.
    pub w: f64,
    /// tr P.
    pub p: f64,
    /// tr PV.
    pub pv: f64,
    /// tr PP.
    pub pp: f64,
    /// tr PVP.
    pub pvp: f64,
    /// tr PVPV.
    pub pvpv: f64,
}

impl Moments {
    /// Var(y'Py) = 2 tr(PΣPΣ) for normal y with covariance Σ = V + tau² I.
    pub fn variance(&self, tau2: f64) -> f64 {
        2.0 * (self.pvpv + 2.0 * tau2 * self.pvp + tau2 * tau2 * self.pp)
    }
}

/// A linear model of k effects with p coefficients. Weights are functions of the position and the sampling variance.
pub(crate) trait Model {
    /// The estimates.
    fn yi(&self) -> &[f64];
    /// The sampling variances.
    fn vi(&self) -> &[f64];
    /// The number of coefficients.
    fn p(&self) -> usize;
    /// Tells whether the model is one estimated mean, so that P is W less a matrix of rank one.
    fn is_mean(&self) -> bool {
        false
    }
    /// The residual sums of squares.
    fn residual(&mut self, weight: impl Fn(usize, f64) -> f64) -> Residual;
    /// The traces of P.
    fn traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> Traces;
    /// The moments of y'Py.
    fn moments(&mut self, weight: impl Fn(usize, f64) -> f64) -> Moments;
    /// log|X'WX| - log|X'X|.
    fn ln_det(&mut self, weight: impl Fn(usize, f64) -> f64) -> f64;
    /// Writes the k-by-k matrix P (row by row), which only the exact distribution of y'Py asks for.
    fn projection(&mut self, weight: impl Fn(usize, f64) -> f64, out: &mut [f64]);

    /// [`residual`](Model::residual) and [`traces`](Model::traces) at the same weights, in fewer passes where that is
    /// possible.
    fn residual_and_traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> (Residual, Traces) {
        (self.residual(&weight), self.traces(&weight))
    }

    /// The residual sum of squares with equal weights.
    fn unweighted_rss(&mut self) -> f64 {
        self.residual(|_, _| 1.0).rss
    }

    /// The number of effects.
    fn k(&self) -> usize {
        self.yi().len()
    }

    /// The residual degrees of freedom, k - p.
    fn df(&self) -> f64 {
        self.k() as f64 - self.p() as f64
    }

    /// Cochran's Q: y'Py with weights 1 / v.
    fn q(&mut self) -> f64 {
        self.residual(|_, v| 1.0 / v).rss
    }

    /// The typical sampling variance (k - p) / tr P with weights 1 / v; for a single mean that of Higgins and
    /// Thompson (2002, equation 9).
    fn typical_variance(&mut self) -> f64 {
        self.df() / self.traces(|_, v| 1.0 / v).p
    }
}

/// A single mean: X is a column of ones, or has no column if the mean is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mean<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    known: Option<f64>,
}

impl<'a> Mean<'a> {
    pub fn new(yi: &'a [f64], vi: &'a [f64]) -> Self {
        let k = yi.len().min(vi.len());
        Mean { yi: &yi[..k], vi: &vi[..k], known: None }
    }

    /// The same with the mean fixed at `mean`.
    pub fn known(self, mean: f64) -> Self {
        Mean { known: Some(mean), ..self }
    }

    /// The weighted mean and the sum of the weights.
    #[inline]
    pub fn weighted(&self, weight: impl Fn(usize, f64) -> f64) -> (f64, f64) {
        let [sum, sum_y] = sums!(self.yi, self.vi, |at, y, v| {
            let w = v.weights(at, &weight);
            [w, w * y]
        });
        (sum_y / sum, sum)
    }

    /// The residual sums of squares about `mean`; `sum` is Σw, infinite for a known mean.
    #[inline]
    fn residual_about(&self, mean: f64, sum: f64, weight: impl Fn(usize, f64) -> f64) -> Residual {
        let [rss, rss2, rss3, cross] = sums!(self.yi, self.vi, |at, y, v| {
            let w = v.weights(at, &weight);
            let r = y - mean;
            let e = w * r;
            [e * r, e * e, w * e * e, w * e]
        });
        Residual { rss, rss2, rss3: rss3 - cross * cross / sum }
    }

    /// The traces from Σw, Σw² and Σw³.
    #[inline]
    fn traces_of(&self, s1: f64, s2: f64, s3: f64, weight: impl Fn(usize, f64) -> f64) -> Traces {
        if self.known.is_some() {
            return Traces { p: s1, pp: s2, w: s1, ww: s2 };
        }
        let ratio = s2 / s1;
        if dominated(s1 - ratio, s1) {
            let one = Dominated::new(self.vi, &weight);
            return Traces {
                p: one.trace(|_| 1.0),
                pp: one.trace_of_product(|_| 1.0, |_| 1.0),
                w: s1,
                ww: s2,
            };
        }
        Traces { p: s1 - ratio, pp: s2 - 2.0 * s3 / s1 + ratio * ratio, w: s1, ww: s2 }
    }
}

/// Tells whether tr P = Σw - Σw² / Σw has lost digits because one weight is nearly all of Σw.
#[inline]
pub(crate) fn dominated(trace: f64, sum: f64) -> bool {
    trace < 1e-3 * sum
}

/// Traces of P for a mean to which one study contributes nearly all weight, as sums of positive terms: with s = Σw and
/// cᵢ = Σⱼ≠ᵢ wⱼ / s, P has the diagonal wᵢcᵢ and beside it -wᵢwⱼ / s.
pub(crate) struct Dominated<'a, W> {
    vi: &'a [f64],
    weight: &'a W,
    largest: usize,
    sum: f64,
    /// The sum of all weights but the largest.
    rest: f64,
}

impl<'a, W: Fn(usize, f64) -> f64> Dominated<'a, W> {
    #[cold]
    pub fn new(vi: &'a [f64], weight: &'a W) -> Self {
        let (mut largest, mut most) = (0, 0.0);
        for (i, &v) in vi.iter().enumerate() {
            let w = weight(i, v);
            if w > most {
                (largest, most) = (i, w);
            }
        }
        let rest: f64 =
            vi.iter().enumerate().filter(|(i, _)| *i != largest).map(|(i, &v)| weight(i, v)).sum();
        Dominated { vi, weight, largest, sum: most + rest, rest }
    }

    /// wᵢcᵢ.
    fn diagonal(&self, i: usize, w: f64) -> f64 {
        w * if i == self.largest { self.rest } else { self.sum - w } / self.sum
    }

    /// tr PD with D = diag(d(v)).
    pub fn trace(&self, d: impl Fn(f64) -> f64) -> f64 {
        let terms = self.vi.iter().enumerate();
        terms.map(|(i, &v)| self.diagonal(i, (self.weight)(i, v)) * d(v)).sum()
    }

    /// tr PDPE with D = diag(d(v)), E = diag(e(v)).
    pub fn trace_of_product(&self, d: impl Fn(f64) -> f64, e: impl Fn(f64) -> f64) -> f64 {
        let (mut diagonal, mut a, mut b, mut ab) = (0.0, 0.0, 0.0, 0.0);
        let (mut a_largest, mut b_largest) = (0.0, 0.0);
        for (i, &v) in self.vi.iter().enumerate() {
            let w = (self.weight)(i, v);
            diagonal += self.diagonal(i, w).powi(2) * d(v) * e(v);
            let (ai, bi) = (w / self.sum * w * d(v), w / self.sum * w * e(v));
            if i == self.largest {
                (a_largest, b_largest) = (ai, bi);
            } else {
                a += ai;
                b += bi;
                ab += ai * bi;
            }
        }
        diagonal + a_largest * b + a * b_largest + (a * b - ab)
    }
}

impl Model for Mean<'_> {
    fn yi(&self) -> &[f64] {
        self.yi
    }

    fn vi(&self) -> &[f64] {
        self.vi
    }

    fn p(&self) -> usize {
        usize::from(self.known.is_none())
    }

    fn is_mean(&self) -> bool {
        self.known.is_none()
    }

    #[inline]
    fn residual(&mut self, weight: impl Fn(usize, f64) -> f64) -> Residual {
        let (mean, sum) = match self.known {
            Some(mean) => (mean, f64::INFINITY),
            None => self.weighted(&weight),
        };
        self.residual_about(mean, sum, weight)
    }

    #[inline]
    fn traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> Traces {
        let [s1, s2, s3] = sums!(self.yi, self.vi, |at, _, v| {
            let w = v.weights(at, &weight);
            [w, w * w, w * w * w]
        });
        self.traces_of(s1, s2, s3, weight)
    }

    /// One pass for the sums of the weights and the mean, one for the residuals.
    #[inline]
    fn residual_and_traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> (Residual, Traces) {
        let [s1, s2, s3, sum_y] = sums!(self.yi, self.vi, |at, y, v| {
            let w = v.weights(at, &weight);
            [w, w * w, w * w * w, w * y]
        });
        let (mean, sum) = match self.known {
            Some(mean) => (mean, f64::INFINITY),
            None => (sum_y / s1, s1),
        };
        (self.residual_about(mean, sum, &weight), self.traces_of(s1, s2, s3, &weight))
    }

    fn moments(&mut self, weight: impl Fn(usize, f64) -> f64) -> Moments {
        let rss = self.residual(&weight).rss;
        let [s1, s2, s3, s1v, s2v, s3v, s2vv, s3vv] = sums!(self.yi, self.vi, |at, _, v| {
            let w = v.weights(at, &weight);
            let (w2, wv) = (w * w, w * v);
            [w, w2, w2 * w, wv, w * wv, w2 * wv, wv * wv, w * wv * wv]
        });
        if self.known.is_some() {
            return Moments { rss, w: s1, p: s1, pv: s1v, pp: s2, pvp: s2v, pvpv: s2vv };
        }
        let (m, mv) = (s2 / s1, s2v / s1);
        if dominated(s1 - m, s1) {
            let one = Dominated::new(self.vi, &weight);
            return Moments {
                rss,
                w: s1,
                p: one.trace(|_| 1.0),
                pv: one.trace(|v| v),
                pp: one.trace_of_product(|_| 1.0, |_| 1.0),
                pvp: one.trace_of_product(|v| v, |_| 1.0),
                pvpv: one.trace_of_product(|v| v, |v| v),
            };
        }
        Moments {
            rss,
            w: s1,
            p: s1 - m,
            pv: s1v - mv,
            pp: s2 - 2.0 * s3 / s1 + m * m,
            pvp: s2v - 2.0 * s3v / s1 + m * mv,
            pvpv: s2vv - 2.0 * s3vv / s1 + mv * mv,
        }
    }

    fn ln_det(&mut self, weight: impl Fn(usize, f64) -> f64) -> f64 {
        if self.known.is_some() { 0.0 } else { (self.weighted(weight).1 / self.yi.len() as f64).ln() }
    }

    fn projection(&mut self, weight: impl Fn(usize, f64) -> f64, out: &mut [f64]) {
        let k = self.k();
        let sum = if self.known.is_some() { f64::INFINITY } else { self.weighted(&weight).1 };
        for (i, &vi) in self.vi.iter().enumerate() {
            let wi = weight(i, vi);
            for (j, &vj) in self.vi.iter().enumerate() {
                out[i * k + j] = -wi * weight(j, vj) / sum;
            }
            out[i * k + i] += wi;
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn traces_under_one_dominating_weight_keep_their_digits() {
        // Two studies: P = w₁w₂ / (w₁ + w₂) [1 -1; -1 1].
        let (yi, vi) = ([0.0, 1.0], [1e-9, 1e5]);
        let weight = |_, v: f64| 1.0 / v;
        let c = 1.0 / (vi[0] + vi[1]);
        let mut mean = Mean::new(&yi, &vi);
        let (t, m) = (mean.traces(weight), mean.moments(weight));
        for (got, expected) in [
            (t.p, 2.0 * c),
            (t.pp, 4.0 * c * c),
            (m.p, 2.0 * c),
            (m.pv, 1.0),
            (m.pp, 4.0 * c * c),
            (m.pvp, 2.0 * c),
            (m.pvpv, 1.0),
        ] {
            assert_relative_eq!(got, expected, max_relative = 1e-14);
        }
    }
}
