//! A linear model with p columns, through p-by-p matrices only.
//!
//! The design is first orthonormalized, X = QR by modified Gram-Schmidt with reorthogonalisation: P, and so every
//! residual sum and trace, depends on the column space alone, and Q'WQ is as well conditioned as the weights allow, however
//! the moderators are scaled. Coefficients return by R b = g, where g are those on Q.
//!
//! A fit asks for the same sums several times, at weights 1 / v (Q, the start of every search) and at the latest ones (the
//! estimate of tau², then its coefficients and likelihood): what was found at these two is kept.

use super::{
    graded::Graded,
    gram::{add_products, add_sums, dot},
    model::{Model, Moments, Residual, Traces, dominated},
    triangle::{backward, factor, forward, mirror, trace_of_products},
};
use crate::{Error, Result};

/// A linear model with design X, k rows by p columns.
#[derive(Debug, Clone)]
pub(crate) struct Linear<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    p: usize,
    /// Q by columns.
    columns: Vec<f64>,
    /// Q by rows.
    rows: Vec<f64>,
    /// R, upper triangular, by columns.
    r: Vec<f64>,
    /// log|Q'Q|: 0, unless a study was taken out.
    ln_gram: f64,
    /// The solutions at weights 1 / v and at the latest ones.
    found: [Found; 2],
    // Scratch: weights, their powers, sums of products of columns, and a vector.
    w: Vec<f64>,
    powers: [Vec<f64>; 5],
    s: [Vec<f64>; 5],
    c: Vec<f64>,
}

/// The solution at some weights.
#[derive(Debug, Clone)]
struct Found {
    w: Vec<f64>,
    solved: bool,
    inverted: bool,
    /// The Cholesky factor of Q'WQ, by columns.
    a: Vec<f64>,
    /// (Q'WQ)⁻¹.
    inverse: Vec<f64>,
    /// The coefficients on Q.
    g: Vec<f64>,
    residual: Option<Residual>,
    traces: Option<Traces>,
}

impl Found {
    fn new(w: Vec<f64>, p: usize) -> Self {
        Found {
            w,
            solved: false,
            inverted: false,
            a: vec![0.0; p * p],
            inverse: vec![0.0; p * p],
            g: vec![0.0; p],
            residual: None,
            traces: None,
        }
    }

    fn forget(&mut self) {
        (self.solved, self.inverted, self.residual, self.traces) = (false, false, None, None);
    }
}

/// A column is taken for a combination of those before it if less than this share of its length is left.
const RANK_TOLERANCE: f64 = 1e-10;

/// Studies whose residuals are formed at a time.
const BLOCK: usize = 128;

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
        Ok(Linear::on_basis(yi, vi, columns, r))
    }

    /// The model on the columns of Q as they are.
    fn on_basis(yi: &'a [f64], vi: &'a [f64], columns: Vec<f64>, r: Vec<f64>) -> Self {
        let (k, p) = (yi.len(), columns.len().checked_div(yi.len()).unwrap_or(0));
        let mut rows = vec![0.0; k * p];
        for (j, column) in columns.chunks_exact(k.max(1)).enumerate() {
            for (i, value) in column.iter().enumerate() {
                rows[i * p + j] = *value;
            }
        }
        let inverse_variance = vi.iter().map(|v| 1.0 / v).collect();
        let square = || vec![0.0; p * p];
        Linear {
            yi,
            vi,
            p,
            columns,
            rows,
            r,
            ln_gram: 0.0,
            found: [Found::new(inverse_variance, p), Found::new(vec![f64::NAN; k], p)],
            w: vec![0.0; k],
            powers: [const { Vec::new() }; 5],
            s: [square(), square(), square(), square(), square()],
            c: vec![0.0; p],
        }
    }

    /// The same model without one study, on the same basis, whose coefficients and contrasts it shares; `yi` and `vi` are
    /// the effects and variances of the other studies. `None` if they cannot tell the coefficients apart.
    pub fn without<'b>(&self, study: usize, yi: &'b [f64], vi: &'b [f64]) -> Option<Linear<'b>> {
        let k = self.yi.len();
        if study >= k || yi.len() + 1 != k || vi.len() + 1 != k || yi.len() <= self.p {
            return None;
        }
        // Q'Q = I - qq' for the row q taken out, whose least eigenvalue is 1 - q'q.
        let row = self.row(study);
        let left = 1.0 - dot(row, row);
        if !(left > RANK_TOLERANCE) {
            return None;
        }
        let mut columns = Vec::with_capacity(self.p * yi.len());
        for column in self.columns.chunks_exact(k) {
            columns.extend_from_slice(&column[..study]);
            columns.extend_from_slice(&column[study + 1..]);
        }
        let mut rest = Linear::on_basis(yi, vi, columns, self.r.clone());
        rest.ln_gram = left.ln();
        Some(rest)
    }

    /// The row of Q of study `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.rows[i * self.p..(i + 1) * self.p]
    }

    /// The coefficients on Q and (Q'WQ)⁻¹ (column by column).
    pub fn solution(&mut self, weight: impl Fn(usize, f64) -> f64) -> (&[f64], &[f64]) {
        let at = self.inverted(&weight);
        (&self.found[at].g, &self.found[at].inverse)
    }

    /// The coefficients on X and their covariance (X'WX)⁻¹ (column by column).
    pub fn coefficients(&mut self, weight: impl Fn(usize, f64) -> f64) -> (Vec<f64>, Vec<f64>) {
        let (g, inverse) = self.solution(weight);
        let (g, inverse) = (g.to_vec(), inverse.to_vec());
        (self.on_design(&g), self.covariance_on_design(&inverse, self.p))
    }

    /// Puts the rows of `other`, a model of as many studies and columns, in another order: row i is its row `order[i]`.
    pub fn reorder_rows(&mut self, other: &Linear<'_>, order: &[usize]) {
        for (row, &from) in self.rows.chunks_exact_mut(self.p.max(1)).zip(order) {
            row.copy_from_slice(other.row(from));
        }
        let k = self.yi.len().max(1);
        for (column, others) in self.columns.chunks_exact_mut(k).zip(other.columns.chunks_exact(k)) {
            for (value, &from) in column.iter_mut().zip(order) {
                *value = others[from];
            }
        }
        self.found.iter_mut().for_each(Found::forget);
    }

    /// The same design with other effects.
    pub fn with_effects<'b>(mut self, yi: &'b [f64]) -> Linear<'b>
    where
        'a: 'b,
    {
        self.found.iter_mut().for_each(Found::forget);
        Linear { yi, ..self }
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

    /// The place in `found` of these weights.
    fn place(&mut self, weight: &impl Fn(usize, f64) -> f64) -> usize {
        for (i, (w, &v)) in self.w.iter_mut().zip(self.vi).enumerate() {
            *w = weight(i, v);
        }
        if let Some(at) = self.found.iter().position(|found| found.w == self.w) {
            return at;
        }
        let latest = &mut self.found[1];
        std::mem::swap(&mut latest.w, &mut self.w);
        latest.forget();
        1
    }

    /// Solves for the coefficients on Q.
    fn solved(&mut self, weight: &impl Fn(usize, f64) -> f64) -> usize {
        let at = self.place(weight);
        let Found { w, a, g, solved, .. } = &mut self.found[at];
        if *solved {
            return at;
        }
        *solved = true;
        a.fill(0.0);
        g.fill(0.0);
        add_products(&self.columns, [w], [a]);
        let weighted = scratch(&mut self.powers[0], w.iter().zip(self.yi).map(|(w, y)| w * y));
        add_sums(&self.columns, weighted, g);
        factor(a, self.p);
        forward(a, g);
        backward(a, g);
        at
    }

    /// Solves, and inverts Q'WQ.
    fn inverted(&mut self, weight: &impl Fn(usize, f64) -> f64) -> usize {
        let at = self.solved(weight);
        let Found { a, inverse, inverted, .. } = &mut self.found[at];
        if !*inverted {
            *inverted = true;
            inverse.fill(0.0);
            for (j, column) in inverse.chunks_exact_mut(self.p.max(1)).enumerate() {
                column[j] = 1.0;
                forward(a, column);
                backward(a, column);
            }
        }
        at
    }

    /// The sums of squares of the residuals, at solved weights.
    fn sums_of_squares(&mut self, at: usize) -> Residual {
        let k = self.yi.len();
        let Found { w, a, g, .. } = &self.found[at];
        self.c.fill(0.0);
        let (mut rss, mut rss2, mut rss3) = (0.0, 0.0, 0.0);
        let (mut residual, mut weighted) = ([0.0; BLOCK], [0.0; BLOCK]);
        for start in (0..k).step_by(BLOCK) {
            let end = k.min(start + BLOCK);
            let (residual, weighted) = (&mut residual[..end - start], &mut weighted[..end - start]);
            residual.copy_from_slice(&self.yi[start..end]);
            for (column, g) in self.columns.chunks_exact(k).zip(g) {
                for (r, x) in residual.iter_mut().zip(&column[start..end]) {
                    *r -= g * x;
                }
            }
            let w = &w[start..end];
            // e = w r, of which Σ e r, Σ e², Σ w e² and Σ w e x.
            for (e, (w, r)) in weighted.iter_mut().zip(w.iter().zip(&*residual)) {
                *e = w * r;
            }
            rss += dot(weighted, residual);
            rss2 += dot(weighted, weighted);
            for (r, (w, e)) in residual.iter_mut().zip(w.iter().zip(&*weighted)) {
                *r = w * e;
            }
            rss3 += dot(weighted, residual);
            for (c, column) in self.c.iter_mut().zip(self.columns.chunks_exact(k)) {
                *c += dot(residual, &column[start..end]);
            }
        }
        forward(a, &mut self.c);
        Residual { rss, rss2, rss3: rss3 - dot(&self.c, &self.c) }
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
        let at = self.solved(&weight);
        match self.found[at].residual {
            Some(residual) => residual,
            None => {
                let residual = self.sums_of_squares(at);
                self.found[at].residual = Some(residual);
                residual
            }
        }
    }

    fn traces(&mut self, weight: impl Fn(usize, f64) -> f64) -> Traces {
        let at = self.inverted(&weight);
        let Found { w, inverse: m, traces, .. } = &mut self.found[at];
        if let Some(traces) = traces {
            return *traces;
        }
        let [second, third, ..] = &mut self.powers;
        let w2 = scratch(second, w.iter().map(|w| w * w));
        let w3 = scratch(third, w.iter().zip(w2).map(|(w, w2)| w * w2));
        let [s2, s3, ..] = &mut self.s;
        gather(&self.columns, [w2, w3], [s2, s3], self.p);
        let (sum, sum2) = (sum(w), sum(w2));
        if dominated(sum - dot(m, s2), sum) {
            let graded = Graded::new(&self.rows, w, self.p);
            let (p, pp) = (graded.trace(|_| 1.0), graded.trace_of_product(|_| 1.0, |_| 1.0));
            return *traces.insert(Traces { p, pp, w: sum, ww: sum2 });
        }
        *traces.insert(Traces {
            p: sum - dot(m, s2),
            pp: sum2 - 2.0 * dot(m, s3) + trace_of_products(m, s2, s2, self.p),
            w: sum,
            ww: sum2,
        })
    }

    fn moments(&mut self, weight: impl Fn(usize, f64) -> f64) -> Moments {
        let rss = self.residual(&weight).rss;
        let at = self.inverted(&weight);
        let Found { w, inverse: m, .. } = &self.found[at];
        let [second, third, second_v, third_v, third_vv] = &mut self.powers;
        let w2 = scratch(second, w.iter().map(|w| w * w));
        let w3 = scratch(third, w.iter().zip(w2).map(|(w, w2)| w * w2));
        let w2v = scratch(second_v, w2.iter().zip(self.vi).map(|(w, v)| w * v));
        let w3v = scratch(third_v, w3.iter().zip(self.vi).map(|(w, v)| w * v));
        let w3vv = scratch(third_vv, w3v.iter().zip(self.vi).map(|(w, v)| w * v));
        let [s2, s3, s2v, s3v, s3vv] = &mut self.s;
        gather(&self.columns, [w2, w3, w2v, w3v, w3vv], [s2, s3, s2v, s3v, s3vv], self.p);
        let (s1, sum2, s1v) = (sum(w), sum(w2), dot(w, self.vi));
        if dominated(s1 - dot(m, s2), s1) {
            let (graded, vi) = (Graded::new(&self.rows, w, self.p), self.vi);
            return Moments {
                rss,
                w: s1,
                p: graded.trace(|_| 1.0),
                pv: graded.trace(|i| vi[i]),
                pp: graded.trace_of_product(|_| 1.0, |_| 1.0),
                pvp: graded.trace_of_product(|i| vi[i], |_| 1.0),
                pvpv: graded.trace_of_product(|i| vi[i], |i| vi[i]),
            };
        }
        let (sum2v, sum2vv, p) = (sum(w2v), dot(w2v, self.vi), self.p);
        Moments {
            rss,
            w: s1,
            p: s1 - dot(m, s2),
            pv: s1v - dot(m, s2v),
            pp: sum2 - 2.0 * dot(m, s3) + trace_of_products(m, s2, s2, p),
            pvp: sum2v - 2.0 * dot(m, s3v) + trace_of_products(m, s2v, s2, p),
            pvpv: sum2vv - 2.0 * dot(m, s3vv) + trace_of_products(m, s2v, s2v, p),
        }
    }

    fn ln_det(&mut self, weight: impl Fn(usize, f64) -> f64) -> f64 {
        let at = self.solved(&weight);
        let a = &self.found[at].a;
        (0..self.p).map(|j| 2.0 * a[j * self.p + j].ln()).sum::<f64>() - self.ln_gram
    }

    fn projection(&mut self, weight: impl Fn(usize, f64) -> f64, out: &mut [f64]) {
        let at = self.inverted(&weight);
        let (k, p) = (self.yi.len(), self.p);
        let Found { w, inverse, .. } = &self.found[at];
        let mut half = vec![0.0; p];
        for i in 0..k {
            for (h, column) in half.iter_mut().zip(inverse.chunks_exact(p.max(1))) {
                *h = dot(column, self.row(i));
            }
            for j in 0..k {
                out[i * k + j] = -w[i] * w[j] * dot(&half, self.row(j));
            }
            out[i * k + i] += w[i];
        }
    }
}

/// Σᵢ wᵢxᵢxᵢ' for each of N vectors of weights, both triangles.
fn gather<const N: usize>(columns: &[f64], weights: [&[f64]; N], mut out: [&mut Vec<f64>; N], p: usize) {
    out.iter_mut().for_each(|out| out.fill(0.0));
    add_products(columns, weights, out.each_mut().map(|out| out.as_mut_slice()));
    out.iter_mut().for_each(|out| mirror(out, p));
}

/// Fills a scratch vector.
fn scratch(vector: &mut Vec<f64>, values: impl Iterator<Item = f64>) -> &[f64] {
    vector.clear();
    vector.extend(values);
    vector
}

fn sum(values: &[f64]) -> f64 {
    let (chunks, rest) = values.as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]) + rest.iter().sum::<f64>()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
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
