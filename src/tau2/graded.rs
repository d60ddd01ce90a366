//! Traces of P where a few studies have nearly all the weight, as sums that lose no digits.
//!
//! A study whose weight determines a coefficient has a leverage next to 1, and Σw - tr (X'WX)⁻¹X'W²X leaves nothing but
//! rounding of what P is there. So p rows B are taken, the heaviest that are independent, and the columns changed to the basis
//! in which X_B is diag(1 / √w): with t the other rows, X'WX = C = I + Σ w t t', whose elements are moderate. With M = C⁻¹ and
//! a = w t, P is -a'Ma beside w on the diagonal for the others, -√w_b (M a)_b between them and B, and √(w_b w_c) (MG)_bc,
//! G = C - I, within B (Björck 1996, Numerical Methods for Least Squares Problems, section 4.4, doi:10.1137/1.9781611971484).

use super::triangle::{backward, factor, forward, trace_of_products};

/// P in the basis of the heaviest rows.
pub(super) struct Graded {
    p: usize,
    w: Vec<f64>,
    basis: Vec<usize>,
    /// w t by rows, 0 for the rows of the basis.
    a: Vec<f64>,
    /// The diagonal of P.
    diagonal: Vec<f64>,
    /// w t'Mt, the leverage of the others; 0 for the rows of the basis.
    leverage: Vec<f64>,
    /// M, and MG.
    m: Vec<f64>,
    mg: Vec<f64>,
}

impl Graded {
    /// The rows of the design (p numbers each) and their weights. The design has full rank.
    #[cold]
    pub fn new(rows: &[f64], w: &[f64], p: usize) -> Self {
        let (basis, mut t) = heaviest(rows, w, p);
        for (i, row) in t.chunks_exact_mut(p).enumerate() {
            for (value, &b) in row.iter_mut().zip(&basis) {
                *value = if basis.contains(&i) { 0.0 } else { *value / w[b].sqrt() };
            }
        }
        let g = products(&t, &t, w, p);
        let mut c = g.clone();
        (0..p).for_each(|j| c[j * p + j] += 1.0);
        factor(&mut c, p);
        let solved = |of: &[f64]| -> Vec<f64> {
            let mut columns = of.to_vec();
            for column in columns.chunks_exact_mut(p) {
                forward(&c, column);
                backward(&c, column);
            }
            columns
        };
        let identity: Vec<f64> = (0..p * p).map(|at| f64::from(u8::from(at % (p + 1) == 0))).collect();
        let (m, mg) = (solved(&identity), solved(&g));
        let leverage: Vec<f64> = t
            .chunks_exact(p)
            .zip(w)
            .map(|(t, w)| {
                w * (0..p).map(|j| t[j] * (0..p).map(|l| m[j * p + l] * t[l]).sum::<f64>()).sum::<f64>()
            })
            .collect();
        let mut diagonal: Vec<f64> = w.iter().zip(&leverage).map(|(w, h)| w * (1.0 - h)).collect();
        for (j, &b) in basis.iter().enumerate() {
            diagonal[b] = w[b] * mg[j * p + j];
        }
        let a = t.chunks_exact(p).zip(w).flat_map(|(t, w)| t.iter().map(move |t| w * t)).collect();
        Graded { p, w: w.to_vec(), basis, a, diagonal, leverage, m, mg }
    }

    /// tr PD with D = diag(d).
    pub fn trace(&self, d: impl Fn(usize) -> f64) -> f64 {
        self.diagonal.iter().enumerate().map(|(i, diagonal)| diagonal * d(i)).sum()
    }

    /// tr PDPE with D = diag(d), E = diag(e).
    pub fn trace_of_product(&self, d: impl Fn(usize) -> f64, e: impl Fn(usize) -> f64) -> f64 {
        let p = self.p;
        let others = (0..self.w.len()).filter(|i| !self.basis.contains(i));
        let own: f64 =
            others.map(|i| self.w[i] * self.w[i] * (1.0 - 2.0 * self.leverage[i]) * d(i) * e(i)).sum();
        let gathered = |of: &dyn Fn(usize) -> f64| {
            let weights: Vec<f64> = (0..self.w.len()).map(of).collect();
            products(&self.a, &self.a, &weights, p)
        };
        let (s_d, s_e) = (gathered(&d), gathered(&e));
        let mut sum = own + trace_of_products(&self.m, &s_d, &s_e, p);
        for (j, &b) in self.basis.iter().enumerate() {
            let column = &self.m[j * p..(j + 1) * p];
            sum += self.w[b] * (quadratic(&s_d, column) * e(b) + quadratic(&s_e, column) * d(b));
            for (l, &c) in self.basis.iter().enumerate() {
                // The product of the two mirrored elements, which are equal but for rounding.
                let square = self.mg[j * p + l] * self.mg[l * p + j];
                sum += self.w[b] * self.w[c] * square * d(b) * e(c);
            }
        }
        sum
    }
}

/// Σ w x y' of rows, by columns.
fn products(x: &[f64], y: &[f64], w: &[f64], p: usize) -> Vec<f64> {
    let mut out = vec![0.0; p * p];
    for ((x, y), w) in x.chunks_exact(p).zip(y.chunks_exact(p)).zip(w) {
        for j in 0..p {
            for l in 0..p {
                out[j * p + l] += w * x[l] * y[j];
            }
        }
    }
    out
}

/// c'Sc.
fn quadratic(s: &[f64], c: &[f64]) -> f64 {
    let p = c.len();
    (0..p).map(|j| c[j] * (0..p).map(|l| s[j * p + l] * c[l]).sum::<f64>()).sum()
}

/// The positions of the heaviest p rows that are independent, by orthogonalization with pivots, and all rows as combinations of them.
fn heaviest(rows: &[f64], w: &[f64], p: usize) -> (Vec<usize>, Vec<f64>) {
    let mut rest = rows.to_vec();
    let mut coordinates = vec![0.0; rows.len()];
    let mut basis = Vec::with_capacity(p);
    for j in 0..p {
        let size = |i: usize| rest[i * p..(i + 1) * p].iter().map(|x| x * x).sum::<f64>();
        let free = (0..w.len()).filter(|i| !basis.contains(i));
        let Some(pivot) = free.max_by(|&a, &b| (w[a] * size(a)).total_cmp(&(w[b] * size(b)))) else { break };
        let length = size(pivot).sqrt();
        let direction: Vec<f64> = rest[pivot * p..(pivot + 1) * p].iter().map(|x| x / length).collect();
        for (row, along) in rest.chunks_exact_mut(p).zip(coordinates.chunks_exact_mut(p)) {
            let c: f64 = row.iter().zip(&direction).map(|(x, u)| x * u).sum();
            along[j] = c;
            row.iter_mut().zip(&direction).for_each(|(x, u)| *x -= c * u);
        }
        basis.push(pivot);
    }
    // Coordinates of the basis are lower triangular.
    let lower: Vec<Vec<f64>> = basis.iter().map(|b| coordinates[b * p..(b + 1) * p].to_vec()).collect();
    for row in coordinates.chunks_exact_mut(p) {
        for j in (0..lower.len()).rev() {
            let above: f64 = (j + 1..lower.len()).map(|l| row[l] * lower[l][j]).sum();
            row[j] = (row[j] - above) / lower[j][j];
        }
    }
    (basis, coordinates)
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// Three studies and two coefficients: with z orthogonal to the design, P = zz' / z'Vz.
    #[test]
    fn traces_are_those_of_the_matrix_of_rank_one() {
        let x = [1.0, 2.0, 3.5];
        let z = [x[2] - x[1], x[0] - x[2], x[1] - x[0]];
        let rows: Vec<f64> = x.iter().flat_map(|x| [1.0, *x]).collect();
        for v in [[1.0, 2.0, 3.0], [1e-9, 0.3, 0.5], [0.4, 1e-8, 2e-8], [1e-10, 1e-4, 1.0]] {
            let w = v.map(f64::recip);
            let graded = Graded::new(&rows, &w, 2);
            let sum = |d: fn(f64) -> f64| -> f64 { (0..3).map(|i| z[i] * z[i] * d(v[i])).sum() };
            let (one, by_v): (f64, f64) = (sum(|_| 1.0), sum(|v| v));
            for (got, expected) in [
                (graded.trace(|_| 1.0), one / by_v),
                (graded.trace(|i| v[i]), 1.0),
                (graded.trace_of_product(|_| 1.0, |_| 1.0), (one / by_v).powi(2)),
                (graded.trace_of_product(|i| v[i], |_| 1.0), one / by_v),
                (graded.trace_of_product(|i| v[i], |i| v[i]), 1.0),
            ] {
                assert_relative_eq!(got, expected, max_relative = 1e-12);
            }
        }
    }
}
