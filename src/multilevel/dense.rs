//! Sums over blocks of effects that depend on each other, each with a small dense covariance matrix.
//!
//! For a block of n effects: Cholesky factor and inverse W of its covariance, `C_a = W Σ_a` for each parameter (for an
//! intercept through sums over its groups, else through the entries of Σ_a that are not zero), and
//!
//! ```text
//! ∂a log|Σ|   = tr C_a                 ∂a∂b log|Σ|   = tr(W Σ_ab) − tr(C_a C_b)
//! ∂a U'WU     = −Z'Σ_a Z,  Z = WU      ∂a∂b U'WU     = Z'(Σ_a W Σ_b + Σ_b W Σ_a − Σ_ab) Z
//! ```

use super::likelihood::Sums;
use super::random::Term;
use super::sampling::Sampling;
use super::structure::Shape;
use crate::{Result, memory::room_for};

/// Effects that depend on each other.
#[derive(Debug, Clone)]
pub(super) struct DenseBlock {
    pub rows: Vec<usize>,
    /// The sampling covariance, n by n.
    pub sampling: Vec<f64>,
    /// For each term the rows (within the block) of each of its groups.
    groups: Vec<Vec<Vec<usize>>>,
}

/// The finest sets of effects that are independent whatever the parameters: the set of each effect, by number in order
/// of appearance.
pub(super) fn components(k: usize, sampling: &Sampling, terms: &[Term]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..k).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    let join = |parent: &mut [usize], i: usize, j: usize| {
        let (a, b) = (root(parent, i), root(parent, j));
        parent[a.max(b)] = a.min(b);
    };
    for block in &sampling.blocks {
        for pair in block.rows.windows(2) {
            join(&mut parent, pair[0], pair[1]);
        }
    }
    for term in terms.iter().filter(|term| term.count > 0) {
        let mut seen = vec![usize::MAX; term.groups.iter().max().map_or(0, |g| g + 1)];
        for (row, &group) in term.groups.iter().enumerate() {
            if seen[group] == usize::MAX {
                seen[group] = row;
            } else {
                join(&mut parent, seen[group], row);
            }
        }
    }
    // Roots are the first effects of their sets.
    let mut number = vec![0; k];
    let mut count = 0;
    for row in 0..k {
        let top = root(&mut parent, row);
        if top == row {
            number[row] = count;
            count += 1;
        } else {
            number[row] = number[top];
        }
    }
    number
}

/// Refuses blocks whose matrices do not fit into memory: the covariance, its inverse and two of derivatives.
pub(super) fn check_room(k: usize, sampling: &Sampling, terms: &[Term]) -> Result<()> {
    let mut sizes = vec![0_usize; k];
    components(k, sampling, terms).into_iter().for_each(|block| sizes[block] += 1);
    let cells = sizes.iter().fold(0_usize, |sum, n| sum.saturating_add(n.saturating_mul(*n)));
    let largest = || format!("a covariance matrix of {} dependent effects", sizes.iter().max().unwrap_or(&0));
    room_for(cells.saturating_mul(4 * size_of::<f64>()), largest, "nest the levels, or leave effects out")
}

/// The independent blocks of the effects; `scale` divides variances.
pub(super) fn split(k: usize, sampling: &Sampling, terms: &[Term], scale: f64) -> Vec<DenseBlock> {
    let block_of = components(k, sampling, terms);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); block_of.iter().max().map_or(0, |b| b + 1)];
    for (row, &block) in block_of.iter().enumerate() {
        members[block].push(row);
    }
    // Where each row stands in its block.
    let mut local = vec![0; k];
    for rows in &members {
        for (at, &row) in rows.iter().enumerate() {
            local[row] = at;
        }
    }
    let mut blocks: Vec<DenseBlock> = members
        .into_iter()
        .map(|rows| {
            let n = rows.len();
            let mut matrix = vec![0.0; n * n];
            for (at, &row) in rows.iter().enumerate() {
                matrix[at * n + at] = sampling.variances[row] / scale;
            }
            let groups = terms
                .iter()
                .map(|term| {
                    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> =
                        std::collections::BTreeMap::new();
                    for (at, &row) in rows.iter().enumerate() {
                        groups.entry(term.groups[row]).or_default().push(at);
                    }
                    groups.into_values().collect()
                })
                .collect();
            DenseBlock { rows, sampling: matrix, groups }
        })
        .collect();
    for block in &sampling.blocks {
        let n = block.rows.len();
        let Some(target) = block.rows.first().and_then(|&row| blocks.get_mut(block_of[row])) else {
            continue;
        };
        let width = target.rows.len();
        for (a, &i) in block.rows.iter().enumerate() {
            for (b, &j) in block.rows.iter().enumerate() {
                target.sampling[local[i] * width + local[j]] = block.matrix[a * n + b] / scale;
            }
        }
    }
    blocks
}

/// The covariance matrix of a block, n by n.
pub(super) fn covariance(block: &DenseBlock, terms: &[Term], theta: &[f64], sigma: &mut Vec<f64>) {
    let n = block.rows.len();
    sigma.clear();
    sigma.extend_from_slice(&block.sampling);
    for (term, groups) in terms.iter().zip(&block.groups) {
        if term.count == 0 {
            continue;
        }
        let parameters = &theta[term.first..term.first + term.count];
        for group in groups {
            for (at, &i) in group.iter().enumerate() {
                for &j in &group[..=at] {
                    let value = term.within(parameters, block.rows[i], block.rows[j]);
                    sigma[i * n + j] += value;
                    if i != j {
                        sigma[j * n + i] += value;
                    }
                }
            }
        }
    }
}

/// Adds the sums of all blocks, with the covariances' own second derivatives if `curved`; `None` if a covariance matrix is not positive definite to working precision.
pub(super) fn add(
    blocks: &[DenseBlock],
    terms: &[Term],
    theta: &[f64],
    u: &[f64],
    curved: bool,
    sums: &mut Sums,
) -> Option<()> {
    // The width of the most common models is known to the compiler.
    match sums.q {
        2 => add_width::<2>(blocks, terms, theta, u, curved, sums),
        3 => add_width::<3>(blocks, terms, theta, u, curved, sums),
        _ => add_width::<0>(blocks, terms, theta, u, curved, sums),
    }
}

fn add_width<const Q: usize>(
    blocks: &[DenseBlock],
    terms: &[Term],
    theta: &[f64],
    u: &[f64],
    curved: bool,
    sums: &mut Sums,
) -> Option<()> {
    let (q, m) = (width::<Q>(sums), sums.m);
    let mut scratch = Scratch { curved, ..Scratch::default() };
    resize(&mut scratch.first, q * m * q);
    resize(&mut scratch.second, m * q * m * q);
    for block in blocks {
        scratch.add::<Q>(block, terms, theta, u, sums)?;
    }
    for a in 0..m {
        for s in 0..q {
            for t in 0..q {
                sums.cross_first[(a * q + s) * q + t] -= scratch.first[(s * m + a) * q + t];
                for b in 0..=a {
                    let both = scratch.second[((a * q + s) * m + b) * q + t]
                        + scratch.second[((a * q + t) * m + b) * q + s];
                    sums.cross_second[((a * m + b) * q + s) * q + t] += both;
                }
            }
        }
    }
    Some(())
}

fn width<const Q: usize>(sums: &Sums) -> usize {
    if Q > 0 { Q } else { sums.q }
}

/// Memory that blocks share.
#[derive(Default)]
struct Scratch {
    /// True if the second derivatives of the covariances count.
    curved: bool,
    sigma: Vec<f64>,
    w: Vec<f64>,
    z: Vec<f64>,
    /// C_a, transposed, one after the other.
    c: Vec<f64>,
    /// For each effect the rows of all Σ_a Z, and of all W Σ_a Z.
    f: Vec<f64>,
    wf: Vec<f64>,
    sum: Vec<f64>,
    /// The entries of Σ_a that are not zero, for structured parameters.
    entries: Vec<Vec<(usize, usize, f64)>>,
    /// Over all blocks, Z'F for F = (Σ_1 Z, Σ_2 Z, ...), and the lower blocks of F'WF.
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Scratch {
    fn add<const Q: usize>(
        &mut self,
        block: &DenseBlock,
        terms: &[Term],
        theta: &[f64],
        u: &[f64],
        sums: &mut Sums,
    ) -> Option<()> {
        let (n, q, m) = (block.rows.len(), width::<Q>(sums), sums.m);
        covariance(block, terms, theta, &mut self.sigma);
        sums.log_det += invert(&mut self.sigma, &mut self.w, n)?;
        // Z = W U
        resize(&mut self.z, n * q);
        for (z, w) in self.z.chunks_exact_mut(q).zip(self.w.chunks_exact(n)) {
            for (w, &row) in w.iter().zip(&block.rows) {
                add_multiple(z, *w, &u[row * q..(row + 1) * q]);
            }
        }
        for (z, &row) in self.z.chunks_exact(q).zip(&block.rows) {
            outer(&mut sums.cross, &u[row * q..(row + 1) * q], z, 1.0);
        }
        if m == 0 {
            return Some(());
        }
        resize(&mut self.c, m * n * n);
        resize(&mut self.f, n * m * q);
        resize(&mut self.wf, n * m * q);
        self.entries.resize(m, Vec::new());
        for (term, groups) in terms.iter().zip(&block.groups) {
            match &term.inner {
                _ if term.count == 0 => {}
                None => self.intercept(term.first, groups, n, (m, q)),
                Some((shape, inner)) => {
                    self.structured::<Q>(block, (term, groups), (shape, inner), theta, sums)
                }
            }
        }
        self.first_derivatives(n, (m, q), sums);
        for ((z, f), wf) in
            self.z.chunks_exact(q).zip(self.f.chunks_exact(m * q)).zip(self.wf.chunks_exact(m * q))
        {
            outer(&mut self.first, z, f, 1.0);
            for (a, own) in f.chunks_exact(q).enumerate() {
                let end = (a + 1) * q;
                for (value, row) in own.iter().zip(self.second[a * q * m * q..].chunks_exact_mut(m * q)) {
                    add_multiple(&mut row[..end], *value, &wf[..end]);
                }
            }
        }
        Some(())
    }

    /// W F_a = W Σ_a Z = C_a Z, and the derivatives of log|Σ| that the C_a give.
    #[inline(always)]
    fn first_derivatives(&mut self, n: usize, (m, q): (usize, usize), sums: &mut Sums) {
        for a in 0..m {
            let c = &self.c[a * n * n..(a + 1) * n * n];
            for (j, (column, z)) in c.chunks_exact(n).zip(self.z.chunks_exact(q)).enumerate() {
                sums.log_det_first[a] += column[j];
                for (value, wf) in column.iter().zip(self.wf.chunks_exact_mut(m * q)) {
                    if *value != 0.0 {
                        add_multiple(&mut wf[a * q..(a + 1) * q], *value, z);
                    }
                }
            }
            for b in 0..=a {
                let other = &self.c[b * n * n..(b + 1) * n * n];
                sums.log_det_second[a * m + b] -= trace_of_product(c, other, n);
            }
        }
    }

    /// The entries of Σ_a, C_a and Σ_a Z of a structured term, and, where they are asked for, what Σ_ab adds.
    #[inline(always)]
    fn structured<const Q: usize>(
        &mut self,
        block: &DenseBlock,
        (term, groups): (&Term, &[Vec<usize>]),
        (shape, inner): (&Shape, &[usize]),
        theta: &[f64],
        sums: &mut Sums,
    ) {
        let (n, q, m) = (block.rows.len(), width::<Q>(sums), sums.m);
        let own = &theta[term.first..term.first + term.count];
        for entries in &mut self.entries[term.first..term.first + term.count] {
            entries.clear();
        }
        for (group, &i) in groups.iter().flat_map(|group| group.iter().map(move |i| (group, i))) {
            for &j in group {
                let (a, b) = (inner[block.rows[i]], inner[block.rows[j]]);
                shape.first(own, a, b, |parameter, value| {
                    if value != 0.0 {
                        self.entries[term.first + parameter].push((i, j, value));
                    }
                });
                // Σ_ab: symmetric in i and j, both orders are visited.
                if !self.curved {
                    continue;
                }
                let w = self.w[i * n + j];
                shape.second(own, a, b, |s, t, value| {
                    let (s, t) = (term.first + s.max(t), term.first + s.min(t));
                    sums.log_det_second[s * m + t] += w * value;
                    let at = (s * m + t) * q * q;
                    outer(
                        &mut sums.cross_second[at..at + q * q],
                        &self.z[i * q..(i + 1) * q],
                        &self.z[j * q..(j + 1) * q],
                        -value,
                    );
                });
            }
        }
        for parameter in term.first..term.first + term.count {
            self.sparse(parameter, n, (m, q));
        }
    }

    /// C_a and Σ_a Z of an intercept: every column of a group is the sum of W's columns over the group. Added, since two
    /// terms can share a variance.
    fn intercept(&mut self, a: usize, groups: &[Vec<usize>], n: usize, (m, q): (usize, usize)) {
        let c = &mut self.c[a * n * n..(a + 1) * n * n];
        self.sum.resize(n.max(q), 0.0);
        for group in groups {
            let sum = &mut self.sum[..n];
            sum.fill(0.0);
            for &j in group {
                for (sum, w) in sum.iter_mut().zip(&self.w[j * n..(j + 1) * n]) {
                    *sum += w;
                }
            }
            for &j in group {
                for (c, sum) in c[j * n..(j + 1) * n].iter_mut().zip(sum.iter()) {
                    *c += sum;
                }
            }
            let sum = &mut self.sum[..q];
            sum.fill(0.0);
            for &j in group {
                for (sum, z) in sum.iter_mut().zip(&self.z[j * q..(j + 1) * q]) {
                    *sum += z;
                }
            }
            for &j in group {
                let first = (j * m + a) * q;
                for (f, sum) in self.f[first..first + q].iter_mut().zip(sum.iter()) {
                    *f += sum;
                }
            }
        }
    }

    /// C_a and Σ_a Z through the entries of Σ_a.
    fn sparse(&mut self, a: usize, n: usize, (m, q): (usize, usize)) {
        let c = &mut self.c[a * n * n..(a + 1) * n * n];
        for &(i, j, value) in &self.entries[a] {
            add_multiple(&mut c[j * n..(j + 1) * n], value, &self.w[i * n..(i + 1) * n]);
            let first = (i * m + a) * q;
            add_multiple(&mut self.f[first..first + q], value, &self.z[j * q..(j + 1) * q]);
        }
    }
}

fn resize(values: &mut Vec<f64>, length: usize) {
    values.clear();
    values.resize(length, 0.0);
}

/// `target += factor · values`.
#[inline(always)]
pub(super) fn add_multiple(target: &mut [f64], factor: f64, values: &[f64]) {
    for (t, value) in target.iter_mut().zip(values) {
        *t += factor * value;
    }
}

/// `target += factor · left right'`.
#[inline(always)]
fn outer(target: &mut [f64], left: &[f64], right: &[f64], factor: f64) {
    for (row, value) in target.chunks_exact_mut(right.len()).zip(left) {
        add_multiple(row, factor * value, right);
    }
}

/// tr(A B) in tiles, so that the columns of B stay in the cache.
fn trace_of_product(a: &[f64], b: &[f64], n: usize) -> f64 {
    const TILE: usize = 16;
    let mut trace = 0.0;
    if n <= TILE {
        for (i, row) in a.chunks_exact(n).enumerate() {
            for (value, other) in row.iter().zip(b.chunks_exact(n)) {
                trace += value * other[i];
            }
        }
        return trace;
    }
    for rows in (0..n).step_by(TILE) {
        for columns in (0..n).step_by(TILE) {
            for i in rows..(rows + TILE).min(n) {
                for j in columns..(columns + TILE).min(n) {
                    trace += a[i * n + j] * b[j * n + i];
                }
            }
        }
    }
    trace
}

/// The scalar product, with four sums at a time so that the processor can keep up.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (whole_a, rest_a) = a.as_chunks::<4>();
    let (whole_b, rest_b) = b.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (a, b) in whole_a.iter().zip(whole_b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f64 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    (sums[0] + sums[2]) + (sums[1] + sums[3]) + rest
}

/// Replaces a positive definite matrix by its Cholesky factor and writes its inverse to `w`; the log-determinant.
pub(super) fn invert(matrix: &mut [f64], w: &mut Vec<f64>, n: usize) -> Option<f64> {
    resize(w, n * n);
    if n == 1 {
        let value = matrix[0];
        w[0] = 1.0 / value;
        return (value > 0.0 && value.is_finite()).then(|| value.ln());
    }
    let mut log_det = 0.0;
    for j in 0..n {
        let (above, below) = matrix.split_at_mut((j + 1) * n);
        let row = &mut above[j * n..];
        let pivot = row[j] - dot(&row[..j], &row[..j]);
        if !(pivot > 0.0 && pivot.is_finite()) {
            return None;
        }
        let root = pivot.sqrt();
        log_det += pivot.ln();
        row[j] = root;
        for other in below.chunks_exact_mut(n) {
            other[j] = (other[j] - dot(&other[..j], &row[..j])) / root;
        }
    }
    // L⁻¹, transposed, row by row into w: w[j][i] = (L⁻¹)_ij for i ≥ j.
    for j in 0..n {
        let column = &mut w[j * n..(j + 1) * n];
        column[j] = 1.0 / matrix[j * n + j];
        for i in j + 1..n {
            let row = &matrix[i * n..i * n + i];
            column[i] = -dot(&row[j..], &column[j..i]) / matrix[i * n + i];
        }
    }
    // W = L⁻ᵀ L⁻¹: the products of those rows, from their later start on. Row i is overwritten only where j ≤ i, and
    // row j's entries from i on are still those of L⁻¹.
    for i in 0..n {
        for j in 0..i {
            matrix[i * n + j] = dot(&w[i * n + i..(i + 1) * n], &w[j * n + i..(j + 1) * n]);
        }
    }
    for i in 0..n {
        let own = dot(&w[i * n + i..(i + 1) * n], &w[i * n + i..(i + 1) * n]);
        w[i * n + i] = own;
    }
    for i in 0..n {
        for j in 0..i {
            let value = matrix[i * n + j];
            w[i * n + j] = value;
            w[j * n + i] = value;
        }
    }
    Some(log_det)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn inverse_and_log_determinant() {
        // det = 4·(3·2 − 0.25) − 1·(2 − 0.25) + 0.5·(0.5 − 1.5) = 20.75 by hand.
        let original = [4.0, 1.0, 0.5, 1.0, 3.0, 0.5, 0.5, 0.5, 2.0];
        let mut matrix = original.to_vec();
        let mut w = Vec::new();
        let log_det = invert(&mut matrix, &mut w, 3).unwrap();
        assert!((log_det - 20.75_f64.ln()).abs() < 1e-14);
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|c| original[i * 3 + c] * w[c * 3 + j]).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
        assert!(invert(&mut [1.0, 2.0, 2.0, 1.0], &mut w, 2).is_none());
    }
}
