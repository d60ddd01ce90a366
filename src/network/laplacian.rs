//! The grounded Laplacian of a weighted network, its factor, and effective resistances.
//!
//! Treatments are nodes, precisions conductances. With the reference grounded the Laplacian is an M-matrix, which is
//! factored without subtractions: eliminating node k with total conductance D = Σ w_kj + g_k adds w_ki w_kj / D to every
//! pair of its neighbors and w_ki g_k / D to their conductance to the ground. So every entry keeps its digits, also where
//! standard errors span many orders of magnitude, which a Cholesky factor does not.
//!
//! With A = L D Lᵀ and Z = D^-½ L⁻¹, C = Zᵀ Z, θ = Zᵀ Z b, and the variance of i versus j is |zᵢ - zⱼ|².
//!
//! Negative weights, which correlated arms can have, are subtracted as they must be. Large networks whose weights are of
//! similar size are factored by blocks.
//!
//! References: Rücker G (2012), doi:10.1002/jrsm.1058; O'Cinneide CA (1993), Entrywise perturbation theory and error
//! analysis for Markov chains, Numerische Mathematik 65:109-120.

use crate::{Error, Result, linalg::cholesky};

/// From this number of treatments on, a well-scaled network is factored by blocks.
const LARGE: usize = 200;

/// Weights that span no more than this keep twelve digits in a Cholesky factor of a few thousand rows.
const WELL_SCALED: f64 = 1e4;

/// From one pair in so many on, the covariance of all effects by blocks costs less than the variances of the pairs.
const DENSE: usize = 25;

/// The factored Laplacian.
#[derive(Debug, Clone)]
pub(crate) struct Factor {
    size: usize,
    reference: usize,
    /// Z, lower triangle, column by column.
    z: Vec<f64>,
    ln_determinant: f64,
    /// True for a large network whose weights are of similar size, for which differences of covariances keep their digits.
    similar: bool,
}

/// The factor before it is inverted: all that a single solution needs.
#[derive(Debug, Clone)]
pub(crate) struct Eliminated {
    size: usize,
    reference: usize,
    /// The lower triangle, column by column: Cholesky's factor, or the shares of eliminated nodes.
    l: Vec<f64>,
    /// The total conductances of eliminated nodes; `None` for Cholesky's factor.
    totals: Option<Vec<f64>>,
    ln_determinant: f64,
}

impl Eliminated {
    /// Factors the Laplacian of `size` treatments with these weights of the `edges`, the reference grounded.
    pub fn new(size: usize, reference: usize, edges: &[(u32, u32)], weights: &[f64]) -> Result<Self> {
        let n = size - 1;
        let mut l = vec![0.0; n * n];
        let mut ground = vec![0.0; n];
        let place = |t: u32| {
            let t = t as usize;
            if t < reference { t } else { t.wrapping_sub(1) }
        };
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        for (&(i, j), &w) in edges.iter().zip(weights) {
            least = least.min(w);
            most = most.max(w);
            match (i as usize == reference, j as usize == reference) {
                (true, true) => {}
                (true, false) => ground[place(j)] += w,
                (false, true) => ground[place(i)] += w,
                (false, false) => {
                    let (low, high) = (place(i).min(place(j)), place(i).max(place(j)));
                    l[low * n + high] += w;
                }
            }
        }
        let similar = least > 0.0 && most < WELL_SCALED * least;
        let found = if n > LARGE && similar {
            by_blocks(&mut l, &ground, n).map(|ln| (ln, None))
        } else {
            by_elimination(&mut l, &mut ground, n).map(|(ln, totals)| (ln, Some(totals)))
        };
        let Some((ln_determinant, totals)) = found else {
            return Err(Error::model(
                "the network's normal equations have no solution",
                "check that the network is connected and the standard errors are of possible sizes",
            ));
        };
        Ok(Eliminated { size, reference, l, totals, ln_determinant })
    }

    /// The logarithm of the determinant.
    pub fn ln_determinant(&self) -> f64 {
        self.ln_determinant
    }

    /// The effects of all treatments, 0 for the reference, from the currents into them.
    pub fn solve(&self, currents: &[f64]) -> Vec<f64> {
        let n = self.size - 1;
        let mut x: Vec<f64> = currents.to_vec();
        x.remove(self.reference);
        match &self.totals {
            // the lengths fit, so this cannot fail
            None => cholesky::solve(&self.l, n, &mut x).unwrap_or_default(),
            Some(totals) => {
                for k in 0..n {
                    let (done, rest) = x.split_at_mut(k + 1);
                    let column = &self.l[k * n + k + 1..(k + 1) * n];
                    rest.iter_mut().zip(column).for_each(|(x, share)| *x += share * done[k]);
                }
                for k in (0..n).rev() {
                    let column = &self.l[k * n + k + 1..(k + 1) * n];
                    let pull: f64 = column.iter().zip(&x[k + 1..]).map(|(share, x)| share * x).sum();
                    x[k] = x[k] / totals[k] + pull;
                }
            }
        }
        x.insert(self.reference, 0.0);
        x
    }

    /// Z in place of the factor.
    fn inverse(mut self) -> Result<Factor> {
        let n = self.size - 1;
        match &self.totals {
            None => cholesky::invert_lower(&mut self.l, n)?,
            Some(totals) => invert_eliminated(&mut self.l, totals, n),
        }
        let Eliminated { size, reference, l: z, ln_determinant, totals } = self;
        Ok(Factor { size, reference, z, ln_determinant, similar: totals.is_none() })
    }
}

impl Factor {
    /// Factors the Laplacian of `size` treatments with these weights of the `edges`, the reference grounded.
    pub fn new(size: usize, reference: usize, edges: &[(u32, u32)], weights: &[f64]) -> Result<Self> {
        Eliminated::new(size, reference, edges, weights)?.inverse()
    }

    /// The column of a treatment, or nothing for the reference, with the position of its first entry.
    fn column(&self, treatment: usize) -> (usize, &[f64]) {
        let n = self.size - 1;
        if treatment == self.reference {
            return (n, &[]);
        }
        let at = if treatment < self.reference { treatment } else { treatment - 1 };
        (at, &self.z[at * n + at..(at + 1) * n])
    }

    /// The logarithm of the determinant.
    pub fn ln_determinant(&self) -> f64 {
        self.ln_determinant
    }

    /// The effects of all treatments, 0 for the reference, from the currents into them.
    pub fn solve(&self, currents: &[f64]) -> Vec<f64> {
        let n = self.size - 1;
        let mut u = vec![0.0; n];
        for (t, &b) in currents.iter().enumerate() {
            let (first, column) = self.column(t);
            u[first..].iter_mut().zip(column).for_each(|(u, z)| *u += z * b);
        }
        let effect = |t: usize| {
            let (first, column) = self.column(t);
            u[first..].iter().zip(column).map(|(u, z)| u * z).sum()
        };
        (0..self.size).map(effect).collect()
    }

    /// The variance of treatment `i` versus `j`.
    pub fn resistance(&self, i: usize, j: usize) -> f64 {
        let ((a, left), (b, right)) = (self.column(i), self.column(j));
        let ((a, left), (b, right)) = if a <= b { ((a, left), (b, right)) } else { ((b, right), (a, left)) };
        let (alone, shared) = left.split_at((b - a).min(left.len()));
        let alone: f64 = alone.iter().map(|z| z * z).sum();
        alone + shared.iter().zip(right).map(|(x, y)| (x - y) * (x - y)).sum::<f64>()
    }

    /// The covariance of the effects, with a zero row and column at the reference.
    pub fn covariance(&self) -> Vec<f64> {
        let size = self.size;
        let mut c = vec![0.0; size * size];
        if let Some(inverse) = self.inverse() {
            let n = size - 1;
            let at = |place: usize| if place < self.reference { place } else { place + 1 };
            for (i, row) in inverse.chunks_exact(n).enumerate() {
                let (before, after) = row.split_at(self.reference);
                let own = &mut c[at(i) * size..(at(i) + 1) * size];
                own[..self.reference].copy_from_slice(before);
                own[self.reference + 1..].copy_from_slice(after);
            }
            return c;
        }
        for i in 0..size {
            for j in i..size {
                let ((a, left), (b, right)) = (self.column(i), self.column(j));
                let shared = a.max(b);
                let (left, right) =
                    (&left[(shared - a).min(left.len())..], &right[(shared - b).min(right.len())..]);
                let value: f64 = left.iter().zip(right).map(|(x, y)| x * y).sum();
                c[i * size + j] = value;
                c[j * size + i] = value;
            }
        }
        c
    }

    /// The inverse of the grounded Laplacian of a large network by blocks; `None` for any other.
    fn inverse(&self) -> Option<Vec<f64>> {
        let n = self.size - 1;
        self.similar.then(|| cholesky::inverse_from_inverse_factor(&self.z, n).ok())?
    }

    /// The covariance of the effects and the variances of all differences.
    pub fn covariances(&self) -> (Vec<f64>, Vec<f64>) {
        let size = self.size;
        let c = self.covariance();
        let mut r = vec![0.0; size * size];
        for i in 0..size {
            for j in i + 1..size {
                let value = if self.similar { of_difference(&c, size, i, j) } else { self.resistance(i, j) };
                r[i * size + j] = value;
                r[j * size + i] = value;
            }
        }
        (c, r)
    }

    /// The sum of multiples of the variances of these differences.
    pub fn weighted_resistances(&self, edges: &[(u32, u32)], multiples: &[f64]) -> f64 {
        let size = self.size;
        let pairs = edges.iter().map(|&(i, j)| (i as usize, j as usize)).zip(multiples);
        if self.similar && edges.len() > size * size / DENSE {
            let c = self.covariance();
            return pairs.map(|((i, j), m)| m * of_difference(&c, size, i, j)).sum();
        }
        pairs.map(|((i, j), m)| m * self.resistance(i, j)).sum()
    }
}

/// The variance of a difference of two effects by their covariance.
fn of_difference(c: &[f64], size: usize, i: usize, j: usize) -> f64 {
    c[i * size + i] + c[j * size + j] - 2.0 * c[i * size + j]
}

/// Eliminates node after node; leaves their shares in the lower triangle of `a`, which held the weights. Returns the
/// log-determinant and the total conductances; `None` if one is not positive.
fn by_elimination(a: &mut [f64], ground: &mut [f64], n: usize) -> Option<(f64, Vec<f64>)> {
    let mut ln = 0.0;
    let mut totals = vec![0.0; n];
    for k in 0..n {
        let (done, rest) = a.split_at_mut((k + 1) * n);
        let column = &mut done[k * n + k + 1..];
        let total = ground[k] + column.iter().sum::<f64>();
        if !(total > 0.0 && total < f64::INFINITY) {
            return None;
        }
        for (j, other) in rest.chunks_exact_mut(n).enumerate() {
            let share = column[j] / total;
            if share != 0.0 {
                ground[k + 1 + j] += share * ground[k];
                let below = &mut other[k + 2 + j..];
                below.iter_mut().zip(&column[j + 1..]).for_each(|(x, w)| *x += share * w);
            }
        }
        column.iter_mut().for_each(|w| *w /= total);
        ln += total.ln();
        totals[k] = total;
    }
    Some((ln, totals))
}

/// L⁻¹ from the shares, scaled to Z. It has no negative entries, so nothing is subtracted here either.
fn invert_eliminated(a: &mut [f64], totals: &[f64], n: usize) {
    let scale: Vec<f64> = totals.iter().map(|total| 1.0 / total.sqrt()).collect();
    for j in 0..n {
        let (head, tail) = a.split_at_mut((j + 1) * n);
        let column = &mut head[j * n..];
        column[j] = 1.0;
        for (k, other) in (j + 1..n).zip(tail.chunks_exact(n)) {
            let value = column[k];
            if value != 0.0 {
                column[k + 1..].iter_mut().zip(&other[k + 1..]).for_each(|(x, l)| *x += value * l);
            }
        }
        column[j..].iter_mut().zip(&scale[j..]).for_each(|(x, s)| *x *= s);
    }
}

/// Cholesky's factor by blocks, and the log-determinant.
fn by_blocks(a: &mut [f64], ground: &[f64], n: usize) -> Option<f64> {
    let mut diagonal = ground.to_vec();
    for j in 0..n {
        for i in j + 1..n {
            let w = a[j * n + i];
            diagonal[i] += w;
            diagonal[j] += w;
            a[j * n + i] = -w;
        }
    }
    for (j, d) in diagonal.iter().enumerate() {
        a[j * n + j] = *d;
    }
    cholesky::factor(a, n).ok()?;
    cholesky::ln_determinant(a, n).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn resistances_in_series_add_over_many_orders_of_magnitude() {
        let variances: [f64; 6] = [1e-12, 1e12, 3.0, 1e6, 2e-7, 5.0];
        let edges: Vec<(u32, u32)> = (0..6).map(|i| (i, i + 1)).collect();
        let weights: Vec<f64> = variances.iter().map(|v| 1.0 / v).collect();
        for reference in 0..7 {
            let factor = Factor::new(7, reference, &edges, &weights).unwrap();
            for i in 0..7 {
                for j in i + 1..7 {
                    let series: f64 = variances[i..j].iter().sum();
                    let got = factor.resistance(i, j);
                    assert!((got / series - 1.0).abs() < 1e-9, "{reference}: {i}, {j}: {got} {series}");
                }
            }
        }
    }

    #[test]
    fn elimination_and_blocks_agree() {
        let size = 230;
        let edges: Vec<(u32, u32)> = (0..size as u32)
            .flat_map(|i| [(i, (i + 1) % size as u32), (i, (7 * i + 3) % size as u32)])
            .filter(|(i, j)| i != j)
            .collect();
        let weights: Vec<f64> = (0..edges.len()).map(|e| 1.5 + (e as f64).sin()).collect();
        let blocks = Factor::new(size, 4, &edges, &weights).unwrap();
        let n = size - 1;
        let mut a = vec![0.0; n * n];
        let mut ground = vec![0.0; n];
        let place = |t: u32| if (t as usize) < 4 { t as usize } else { t as usize - 1 };
        for (&(i, j), w) in edges.iter().zip(&weights) {
            match (i, j) {
                (4, t) | (t, 4) => ground[place(t)] += w,
                _ => a[place(i).min(place(j)) * n + place(i).max(place(j))] += w,
            }
        }
        let (ln, totals) = by_elimination(&mut a, &mut ground, n).unwrap();
        assert!((ln - blocks.ln_determinant()).abs() < 1e-9);
        let eliminated =
            Eliminated { size, reference: 4, l: a.clone(), totals: Some(totals.clone()), ln_determinant: ln };
        let by_cholesky = Eliminated::new(size, 4, &edges, &weights).unwrap();
        let currents: Vec<f64> = (0..size).map(|t| (t as f64).cos()).collect();
        let eliminated = eliminated.solve(&currents);
        for other in [by_cholesky.solve(&currents), blocks.solve(&currents)] {
            assert!(eliminated.iter().zip(&other).all(|(x, y)| (x - y).abs() < 1e-11));
        }
        invert_eliminated(&mut a, &totals, n);
        for (x, y) in a.iter().zip(&blocks.z) {
            assert!((x - y).abs() < 1e-11, "{x} {y}");
        }
    }
}
