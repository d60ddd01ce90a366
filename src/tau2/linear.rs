//! A linear model with p columns, through p-by-p matrices only.
//!
//! The design is first orthonormalised, X = QR by modified Gram-Schmidt with reorthogonalisation: P, and so every
//! residual sum and trace, depends on the column space alone, and Q'WQ is as well conditioned as the weights allow, however
//! the moderators are scaled. Coefficients return by R b = g, where g are those on Q.

use super::model::{Model, Moments, Residual, Traces};
use crate::{Error, Result};

/// A linear model with design X, k rows by p columns.
#[derive(Debug, Clone)]
pub(crate) struct Linear<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    p: usize,
    /// Q by rows, so that one pass over the studies reads it in order.
    q: Vec<f64>,
    /// R, upper triangular, by columns.
    r: Vec<f64>,
    // Scratch: X'WX and its Cholesky factor and inverse, and X'W²X, X'W³X-like sums.
    a: Vec<f64>,
    inverse: Vec<f64>,
    s: [Vec<f64>; 5],
    g: Vec<f64>,
    c: Vec<f64>,
}

/// A column is taken for a combination of those before it if less than this share of its length is left.
const RANK_TOLERANCE: f64 = 1e-10;

impl<'a> Linear<'a> {
    /// The model of `yi` with sampling variances `vi` on the columns of `x` (k rows each, one after the other).
    ///
    /// # Errors
    ///
    /// If there are not more studies than columns, or a column is a combination of those before it (the error gives its
    /// position).
    pub fn new(yi: &'a [f64], vi: &'a [f64], x: &[f64]) -> Result<Self> {
        let k = yi.len();
        let p = x.len().checked_div(k).unwrap_or(0);
        if k <= p {
            return Err(Error::model(
                format!("{p} coefficients for {k} studies"),
                "a model needs more studies than coefficients",
            ));
        }
        let mut columns = x.to_vec();
        let mut r = vec![0.0; p * p];
        for j in 0..p {
            let (before, rest) = columns.split_at_mut(j * k);
            let column = &mut rest[..k];
            let length = norm(column);
            for _ in 0..2 {
                for (i, q) in before.chunks_exact(k).enumerate() {
                    let along = dot(q, column);
                    r[j * p + i] += along;
                    for (value, q) in column.iter_mut().zip(q) {
                        *value -= along * q;
                    }
                }
            }
            let left = norm(column);
            if !(left > RANK_TOLERANCE * length) {
                return Err(Error::model(
                    format!("column {} of the design is a combination of those before it", j + 1),
                    "leave it out",
                ));
            }
            r[j * p + j] = left;
            for value in column {
                *value /= left;
            }
        }
        let mut q = vec![0.0; k * p];
        for (j, column) in columns.chunks_exact(k).enumerate() {
            for (i, value) in column.iter().enumerate() {
                q[i * p + j] = *value;
            }
        }
        let square = || vec![0.0; p * p];
        Ok(Linear {
            yi,
            vi,
            p,
            q,
            r,
            a: square(),
            inverse: square(),
            s: [square(), square(), square(), square(), square()],
            g: vec![0.0; p],
            c: vec![0.0; p],
        })
    }

    /// The row of Q of study `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.q[i * self.p..(i + 1) * self.p]
    }

    /// The coefficients on Q and (Q'WQ)⁻¹ (column by column).
    pub fn solution(&mut self, weight: impl Fn(usize, f64) -> f64) -> (&[f64], &[f64]) {
        self.solve(&weight);
        self.invert();
        (&self.g, &self.inverse)
    }

    /// The coefficients on X and their covariance (X'WX)⁻¹ (column by column).
    pub fn coefficients(&mut self, weight: impl Fn(usize, f64) -> f64) -> (Vec<f64>, Vec<f64>) {
        let (g, inverse) = self.solution(weight);
        let (g, inverse) = (g.to_vec(), inverse.to_vec());
        (self.on_design(&g), self.covariance_on_design(&inverse, self.p))
    }

    /// Puts the rows of `other`, a model of as many studies and columns, in another order: row i is its row `order[i]`.
    pub fn reorder_rows(&mut self, other: &Linear<'_>, order: &[usize]) {
        for (row, &from) in self.q.chunks_exact_mut(self.p).zip(order) {
            row.copy_from_slice(other.row(from));
        }
    }

    /// R⁻ᵀ l: a contrast l of the coefficients of X as a contrast of those on Q.
    pub fn contrast_on_q(&self, l: &[f64]) -> Vec<f64> {
        let p = self.p;
        let mut c = l.to_vec();
        for j in 0..p {
            for i in 0..j {
                c[j] -= self.r[j * p + i] * c[i];
            }
            c[j] /= self.r[j * p + j];
        }
        c
    }

    /// R⁻¹ g: coefficients on Q returned to the columns of X.
    pub fn on_design(&self, g: &[f64]) -> Vec<f64> {
        let p = self.p;
        let mut b = g.to_vec();
        for j in (0..p).rev() {
            b[j] /= self.r[j * p + j];
            for i in 0..j {
                b[i] -= self.r[j * p + i] * b[j];
            }
        }
        b
    }

    /// R⁻¹ C R⁻ᵀ: a covariance on Q returned to the columns of X.
    pub fn covariance_on_design(&self, c: &[f64], p: usize) -> Vec<f64> {
        let mut half = Vec::with_capacity(p * p);
        for column in c.chunks_exact(p) {
            half.extend(self.on_design(column));
        }
        let mut out = vec![0.0; p * p];
        for i in 0..p {
            let row: Vec<f64> = (0..p).map(|j| half[j * p + i]).collect();
            for (j, value) in self.on_design(&row).into_iter().enumerate() {
                out[j * p + i] = value;
            }
        }
        out
    }

    /// Factors Q'WQ into `a` and solves for the coefficients on Q into `g`.
    fn solve(&mut self, weight: &impl Fn(usize, f64) -> f64) {
        let p = self.p;
        self.a.fill(0.0);
        self.g.fill(0.0);
        for (i, (row, (&y, &v))) in self.q.chunks_exact(p).zip(self.yi.iter().zip(self.vi)).enumerate() {
            let w = weight(i, v);
            add_outer(&mut self.a, row, w);
            for (g, x) in self.g.iter_mut().zip(row) {
                *g += w * y * x;
            }
        }
        factor(&mut self.a, p);
        forward(&self.a, &mut self.g);
        backward(&self.a, &mut self.g);
    }

    /// (Q'WQ)⁻¹ into `inverse`, from the factor in `a`.
    fn invert(&mut self) {
        let p = self.p;
        self.inverse.fill(0.0);
        for (j, column) in self.inverse.chunks_exact_mut(p).enumerate() {
            column[j] = 1.0;
            forward(&self.a, column);
            backward(&self.a, column);
        }
    }

    fn residual_of(&self, i: usize) -> f64 {
        self.yi[i] - dot(self.row(i), &self.g)
    }

    /// Σᵢ terms(w, v)ₙ xᵢxᵢ' into the first n scratch matrices.
    fn sums<const N: usize>(
        &mut self,
        weight: &impl Fn(usize, f64) -> f64,
        terms: impl Fn(f64, f64) -> [f64; N],
    ) {
        for s in &mut self.s[..N] {
            s.fill(0.0);
        }
        for (i, (row, &v)) in self.q.chunks_exact(self.p).zip(self.vi).enumerate() {
            for (s, term) in self.s.iter_mut().zip(terms(weight(i, v), v)) {
                add_outer(s, row, term);
            }
        }
        for s in &mut self.s[..N] {
            mirror(s, self.p);
        }
    }
}

impl Model for Linear<'_> {
    fn yi(&self) -> &[f64] {
        self.yi
    }

    fn vi(&self) -> &[f64] {
        self.vi
    }

    fn p(&self) -> usize {
        self.p
    }

    fn residual(&mut self, weight: impl Fn(usize, f64) -> f64) -> Residual {
        self.solve(&weight);
        self.c.fill(0.0);
        let (mut rss, mut rss2, mut rss3) = (0.0, 0.0, 0.0);
        for (i, &v) in self.vi.iter().enumerate() {
            let w = weight(i, v);
            let r = self.residual_of(i);
            let e = w * r;
            rss += e * r;
            rss2 += e * e;
            rss3 += w * e * e;
            let row = &self.q[i * self.p..(i + 1) * self.p];
            for (c, x) in self.c.iter_mut().zip(row) {
                *c += w * e * x;
            }
        }
        forward(&self.a, &mut self.c);
        Residual { rss, rss2, rss3: rss3 - dot(&self.c, &self.c) }
    }

    fn traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> Traces {
        self.solve(&weight);
        self.invert();
        self.sums(&weight, |w, _| [w * w, w * w * w]);
        let (mut s1, mut s2) = (0.0, 0.0);
        for (i, &v) in self.vi.iter().enumerate() {
            let w = weight(i, v);
            s1 += w;
            s2 += w * w;
        }
        let m = &self.inverse;
        let [w2, w3, ..] = &self.s;
        Traces {
            p: s1 - dot(m, w2),
            pp: s2 - 2.0 * dot(m, w3) + trace_of_products(m, w2, w2, self.p),
            w: s1,
            ww: s2,
        }
    }

    fn moments(&mut self, weight: impl Fn(usize, f64) -> f64) -> Moments {
        let rss = self.residual(&weight).rss;
        self.invert();
        self.sums(&weight, |w, v| {
            let w2 = w * w;
            [w2, w2 * w, w2 * v, w2 * w * v, w2 * w * v * v]
        });
        let (mut s1, mut s2, mut s1v, mut s2v, mut s2vv) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (i, &v) in self.vi.iter().enumerate() {
            let w = weight(i, v);
            s1 += w;
            s2 += w * w;
            s1v += w * v;
            s2v += w * w * v;
            s2vv += w * w * v * v;
        }
        let (m, p) = (&self.inverse, self.p);
        let [w2, w3, w2v, w3v, w3vv] = &self.s;
        Moments {
            rss,
            w: s1,
            p: s1 - dot(m, w2),
            pv: s1v - dot(m, w2v),
            pp: s2 - 2.0 * dot(m, w3) + trace_of_products(m, w2, w2, p),
            pvp: s2v - 2.0 * dot(m, w3v) + trace_of_products(m, w2v, w2, p),
            pvpv: s2vv - 2.0 * dot(m, w3vv) + trace_of_products(m, w2v, w2v, p),
        }
    }

    fn ln_det(&mut self, weight: impl Fn(usize, f64) -> f64) -> f64 {
        self.solve(&weight);
        (0..self.p).map(|j| 2.0 * self.a[j * self.p + j].ln()).sum()
    }

    fn projection(&mut self, weight: impl Fn(usize, f64) -> f64, out: &mut [f64]) {
        self.solve(&weight);
        self.invert();
        let (k, p) = (self.yi.len(), self.p);
        let mut half = vec![0.0; p];
        for i in 0..k {
            let wi = weight(i, self.vi[i]);
            for (h, column) in half.iter_mut().zip(self.inverse.chunks_exact(p)) {
                *h = dot(column, self.row(i));
            }
            for j in 0..k {
                out[i * k + j] = -wi * weight(j, self.vi[j]) * dot(&half, self.row(j));
            }
            out[i * k + i] += wi;
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// Adds w x x' to the lower triangle.
fn add_outer(a: &mut [f64], x: &[f64], w: f64) {
    let p = x.len();
    for (j, &xj) in x.iter().enumerate() {
        let wx = w * xj;
        for (value, xi) in a[j * p + j..(j + 1) * p].iter_mut().zip(&x[j..]) {
            *value += wx * xi;
        }
    }
}

/// Copies the lower triangle to the upper.
fn mirror(a: &mut [f64], p: usize) {
    for j in 0..p {
        for i in j + 1..p {
            a[i * p + j] = a[j * p + i];
        }
    }
}

/// The Cholesky factor of a positive-definite matrix, in its lower triangle (by columns). The matrix Q'WQ with positive
/// weights is positive definite; rounding cannot make a pivot vanish unless the weights differ by more than 10¹⁵.
fn factor(a: &mut [f64], p: usize) {
    for j in 0..p {
        for i in 0..j {
            let l = a[i * p + j];
            for row in j..p {
                a[j * p + row] -= l * a[i * p + row];
            }
        }
        let pivot = a[j * p + j].max(f64::MIN_POSITIVE).sqrt();
        for value in &mut a[j * p + j..(j + 1) * p] {
            *value /= pivot;
        }
        a[j * p + j] = pivot;
    }
}

/// L x = b in place.
fn forward(l: &[f64], b: &mut [f64]) {
    let p = b.len();
    for j in 0..p {
        b[j] /= l[j * p + j];
        let x = b[j];
        for i in j + 1..p {
            b[i] -= l[j * p + i] * x;
        }
    }
}

/// L' x = b in place.
fn backward(l: &[f64], b: &mut [f64]) {
    let p = b.len();
    for j in (0..p).rev() {
        let mut x = b[j];
        for i in j + 1..p {
            x -= l[j * p + i] * b[i];
        }
        b[j] = x / l[j * p + j];
    }
}

/// tr(M A M B) for symmetric matrices.
fn trace_of_products(m: &[f64], a: &[f64], b: &[f64], p: usize) -> f64 {
    // tr((MA)(MB)) = Σ (MA)ᵢⱼ (MB)ⱼᵢ.
    let entry = |s: &[f64], i: usize, j: usize| (0..p).map(|l| m[i * p + l] * s[j * p + l]).sum::<f64>();
    let mut trace = 0.0;
    for i in 0..p {
        for j in 0..p {
            trace += entry(a, i, j) * entry(b, j, i);
        }
    }
    trace
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use approx::assert_relative_eq;
    use nalgebra::{DMatrix, DVector};

    use super::{super::model::Mean, *};

    const YI: [f64; 8] = [0.31, -0.62, 1.17, 0.05, -0.48, 0.93, 0.66, -1.2];
    const VI: [f64; 8] = [0.08, 0.31, 0.012, 0.9, 0.15, 0.044, 0.27, 0.6];
    const TAU2: f64 = 0.37;

    fn weights() -> [fn(usize, f64) -> f64; 3] {
        [|_, v| 1.0 / v, |_, v| 1.0 / (v + TAU2), |i, _| 1.0 + i as f64]
    }

    #[test]
    fn one_column_of_ones_is_the_mean() {
        for weight in weights() {
            let mut mean = Mean::new(&YI, &VI);
            let mut linear = Linear::new(&YI, &VI, &[1.0; 8]).unwrap();
            agree(&mut mean, &mut linear, weight);
            let (b, covariance) = linear.coefficients(weight);
            let (estimate, sum) = mean.weighted(weight);
            assert_relative_eq!(b[0], estimate, max_relative = 1e-13);
            assert_relative_eq!(covariance[0], 1.0 / sum, max_relative = 1e-13);
            let (mut one, mut other) = (vec![0.0; 64], vec![0.0; 64]);
            mean.projection(weight, &mut one);
            linear.projection(weight, &mut other);
            for (a, b) in one.iter().zip(&other) {
                assert_relative_eq!(a, b, max_relative = 1e-12);
            }
        }
    }

    fn agree(a: &mut impl Model, b: &mut impl Model, weight: fn(usize, f64) -> f64) {
        let (x, y) = (a.residual(weight), b.residual(weight));
        for (x, y) in [(x.rss, y.rss), (x.rss2, y.rss2), (x.rss3, y.rss3)] {
            assert_relative_eq!(x, y, max_relative = 1e-12);
        }
        let (r, t) = a.residual_and_traces(weight);
        assert_eq!((r.rss, r.rss2, r.rss3), (x.rss, x.rss2, x.rss3)); // the fused pass is the same to the last bit
        let (x, y) = (a.traces(weight), b.traces(weight));
        assert_eq!((t.p, t.pp, t.w, t.ww), (x.p, x.pp, x.w, x.ww));
        for (x, y) in [(x.p, y.p), (x.pp, y.pp), (x.w, y.w), (x.ww, y.ww)] {
            assert_relative_eq!(x, y, max_relative = 1e-12);
        }
        let (x, y) = (a.moments(weight), b.moments(weight));
        let pairs = [
            (x.rss, y.rss),
            (x.w, y.w),
            (x.p, y.p),
            (x.pv, y.pv),
            (x.pp, y.pp),
            (x.pvp, y.pvp),
            (x.pvpv, y.pvpv),
        ];
        for (x, y) in pairs {
            assert_relative_eq!(x, y, max_relative = 1e-12);
        }
        assert_relative_eq!(a.ln_det(weight), b.ln_det(weight), max_relative = 1e-12);
    }

    /// All quantities from the k-by-k matrices of their definitions.
    #[test]
    fn three_columns_agree_with_dense_algebra() {
        let z = [33.0, 55.0, 42.0, 52.0, 13.0, 44.0, 19.0, 27.0];
        let x = DMatrix::from_fn(8, 3, |i, j| [1.0, z[i], z[i] * z[i] / 10.0][j]);
        let y = DVector::from_row_slice(&YI);
        let v = DMatrix::from_diagonal(&DVector::from_row_slice(&VI));
        for weight in weights() {
            let mut linear = Linear::new(&YI, &VI, x.as_slice()).unwrap();
            let w = DMatrix::from_diagonal(&DVector::from_fn(8, |i, _| weight(i, VI[i])));
            let xwx = x.transpose() * &w * &x;
            let inverse = xwx.clone().try_inverse().unwrap();
            let p = &w - &w * &x * &inverse * x.transpose() * &w;
            let quadratic = |m: &DMatrix<f64>| (y.transpose() * m * &y)[0];

            // The dense side loses the condition of X'WX, about 1e7 here.
            let near = |a: f64, b: f64| assert_relative_eq!(a, b, max_relative = 1e-8);
            let r = linear.residual(weight);
            near(r.rss, quadratic(&p));
            near(r.rss2, quadratic(&(&p * &p)));
            near(r.rss3, quadratic(&(&p * &p * &p)));
            let t = linear.traces(weight);
            near(t.p, p.trace());
            near(t.pp, (&p * &p).trace());
            near(t.w, w.trace());
            near(t.ww, (&w * &w).trace());
            let m = linear.moments(weight);
            near(m.rss, r.rss);
            near(m.pv, (&p * &v).trace());
            near(m.pvp, (&p * &v * &p).trace());
            near(m.pvpv, (&p * &v * &p * &v).trace());
            near(m.variance(TAU2), {
                let sigma = &v + DMatrix::identity(8, 8) * TAU2;
                2.0 * (&p * &sigma * &p * &sigma).trace()
            });
            near(linear.ln_det(weight), xwx.determinant().ln() - (x.transpose() * &x).determinant().ln());
            let (b, covariance) = linear.coefficients(weight);
            let expected = &inverse * x.transpose() * &w * &y;
            for (a, b) in b.iter().zip(expected.iter()).chain(covariance.iter().zip(inverse.iter())) {
                near(*a, *b);
            }
            let mut projection = vec![0.0; 64];
            linear.projection(weight, &mut projection);
            for (i, (a, b)) in projection.iter().zip(p.iter()).enumerate() {
                assert!((a - b).abs() <= 1e-8 * p[(i / 8, i / 8)], "{a} {b}");
            }
        }
    }

    #[test]
    fn a_combination_of_columns_is_refused_by_its_position() {
        let x: Vec<f64> =
            (0..24).map(|i| if i < 8 { 1.0 } else { f64::from(i % 8) + f64::from(i / 16) }).collect();
        let error = Linear::new(&YI, &VI, &x).unwrap_err();
        assert!(error.to_string().contains("column 3"), "{error}");
        assert!(Linear::new(&YI[..2], &VI[..2], &[1.0, 1.0, 0.0, 1.0]).is_err());
    }
}
