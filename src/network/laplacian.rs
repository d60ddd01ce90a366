//! The grounded Laplacian of a weighted network, its factor, and effective resistances.
//!
//! Treatments are nodes, precisions conductances. With the reference grounded the Laplacian is an M-matrix, which is
//! factored without subtractions: eliminating node k with total conductance D = Σ w_kj + g_k adds w_ki w_kj / D to every
//! pair of its neighbors and w_ki g_k / D to their conductance to the ground. So every entry keeps its digits, also where
//! standard errors span many orders of magnitude, which a Cholesky factor does not.
//!
//! With A = L D Lᵀ and Z = D^-½ L⁻¹, C = Zᵀ Z, and the variance of i versus j is |zᵢ - zⱼ|².
//!
//! Of many treatments those with few neighbors are eliminated one by one, and only the core that is left is a dense matrix
//! (`elimination`). With the shares p_kj = w_kj / D_k of an eliminated node, C_kj = Σ p_ki C_ij and
//! C_kk = 1 / D_k + Σ p_ki C_ik: backwards from the core this gives C where the pattern has entries, so at every edge,
//! without the rest of C (Erisman and Tinney).
//!
//! Negative weights, which correlated arms can have, are subtracted as they must be. The core of a large network whose
//! weights are of similar size is factored by blocks; there the variance of i versus j is C_ii + C_jj - 2 C_ij.
//!
//! References: Rücker G (2012), doi:10.1002/jrsm.1058; O'Cinneide CA (1993), Entrywise perturbation theory and error
//! analysis for Markov chains, Numerische Mathematik 65:109-120; Erisman AM, Tinney WF (1975), On computing certain
//! elements of the inverse of a sparse matrix, Communications of the ACM 18:177-179, doi:10.1145/360680.360704.

use std::{cell::OnceCell, sync::Arc};

use super::elimination::{LARGE, Plan, eliminate, invert_eliminated};
use crate::{Error, Result, linalg::cholesky};

/// Weights that span no more than this keep twelve digits in a Cholesky factor of a few thousand rows.
const WELL_SCALED: f64 = 1e4;

/// The factored Laplacian.
#[derive(Debug, Clone)]
pub(crate) struct Factor {
    plan: Arc<Plan>,
    /// In the places of the plan the total conductance of every eliminated node, the shares of the sparse columns, and the
    /// factor of the core: shares, or Cholesky's.
    l: Vec<f64>,
    ln_determinant: f64,
    /// True for a large network whose weights are of similar size, for which differences of covariances keep their digits.
    similar: bool,
    /// Z, lower triangle, column by column, once it was asked for.
    z: OnceCell<Vec<f64>>,
}

impl Factor {
    /// Factors the Laplacian with these weights of the edges of the plan.
    pub fn new(plan: &Arc<Plan>, weights: &[f64]) -> Result<Self> {
        let mut l = vec![0.0; plan.len()];
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        for (&slot, &w) in plan.slots().iter().zip(weights) {
            l[slot] += w;
            if w != 0.0 {
                least = least.min(w);
                most = most.max(w);
            }
        }
        let similar = plan.nodes() > LARGE && least > 0.0 && most < WELL_SCALED * least;
        Self::factored(plan, l, similar)
    }

    /// Factors weights in the places of the plan.
    fn factored(plan: &Arc<Plan>, mut l: Vec<f64>, similar: bool) -> Result<Self> {
        let Some(ln_determinant) = eliminate(plan, &mut l, similar) else {
            return Err(Error::model(
                "the network's normal equations have no solution",
                "check that the network is connected and the standard errors are of possible sizes",
            ));
        };
        Ok(Factor { plan: Arc::clone(plan), l, ln_determinant, similar, z: OnceCell::new() })
    }

    /// The total conductances of the nodes; those of a core by blocks are of no meaning.
    fn totals(&self) -> &[f64] {
        &self.l[..self.plan.nodes()]
    }

    /// The rows of a sparse column with their shares.
    fn column(&self, k: usize) -> impl Iterator<Item = (usize, f64)> {
        let (n, entries) = (self.plan.nodes(), self.plan.column(k));
        let shares = &self.l[n + entries.start..n + entries.end];
        self.plan.rows(entries).iter().copied().zip(shares.iter().copied())
    }

    /// The factor of the core.
    fn core(&self) -> &[f64] {
        &self.l[self.plan.nodes() + self.plan.entries()..]
    }

    /// The logarithm of the determinant.
    pub fn ln_determinant(&self) -> f64 {
        self.ln_determinant
    }

    /// The effects of all treatments, 0 for the reference, from the currents into them.
    pub fn solve(&self, currents: &[f64]) -> Vec<f64> {
        let (plan, sparse) = (&self.plan, self.plan.sparse());
        let mut x = vec![0.0; plan.nodes()];
        plan.treatments().for_each(|(t, place)| x[place] = currents[t]);
        for k in 0..sparse {
            let value = x[k];
            self.column(k).for_each(|(row, share)| x[row] += share * value);
        }
        self.solve_core(&mut x[sparse..]);
        for k in (0..sparse).rev() {
            let pull: f64 = self.column(k).map(|(row, share)| share * x[row]).sum();
            x[k] = x[k] / self.totals()[k] + pull;
        }
        let mut effects = vec![0.0; currents.len()];
        plan.treatments().for_each(|(t, place)| effects[t] = x[place]);
        effects
    }

    fn solve_core(&self, x: &mut [f64]) {
        let (m, l, totals) = (x.len(), self.core(), &self.totals()[self.plan.sparse()..]);
        if self.similar {
            // the lengths fit, so this cannot fail
            return cholesky::solve(l, m, x).unwrap_or_default();
        }
        for k in 0..m {
            let (done, rest) = x.split_at_mut(k + 1);
            let column = &l[k * m + k + 1..(k + 1) * m];
            rest.iter_mut().zip(column).for_each(|(x, share)| *x += share * done[k]);
        }
        for k in (0..m).rev() {
            let column = &l[k * m + k + 1..(k + 1) * m];
            let pull: f64 = column.iter().zip(&x[k + 1..]).map(|(share, x)| share * x).sum();
            x[k] = x[k] / totals[k] + pull;
        }
    }

    /// Z of the core.
    fn z_of_core(&self) -> Vec<f64> {
        let mut z = self.core().to_vec();
        let m = self.plan.core();
        if self.similar {
            // the lengths fit, so this cannot fail
            cholesky::invert_lower(&mut z, m).unwrap_or_default();
        } else {
            invert_eliminated(&mut z, &self.totals()[self.plan.sparse()..], m);
        }
        z
    }

    /// A matrix of the core in its place among those of all nodes, n × n.
    fn among_all(&self, core: &[f64]) -> Vec<f64> {
        let (n, sparse, m) = (self.plan.nodes(), self.plan.sparse(), self.plan.core());
        let mut all = vec![0.0; n * n];
        for (own, row) in all[sparse * n..].chunks_exact_mut(n).zip(core.chunks_exact(m.max(1))) {
            own[sparse..].copy_from_slice(row);
        }
        all
    }

    /// Z, n × n.
    fn z(&self) -> &[f64] {
        self.z.get_or_init(|| {
            let (n, sparse) = (self.plan.nodes(), self.plan.sparse());
            let core = self.z_of_core();
            if sparse == 0 {
                return core;
            }
            let mut z = self.among_all(&core);
            for (j, own) in z[..sparse * n].chunks_exact_mut(n).enumerate() {
                self.column_of_z(j, &core, own);
            }
            z
        })
    }

    /// The column of Z of a node that is not in the core: a unit current spreads, then meets Z of the core.
    fn column_of_z(&self, j: usize, core: &[f64], own: &mut [f64]) {
        let (sparse, m) = (self.plan.sparse(), self.plan.core());
        own[j] = 1.0;
        for k in j..sparse {
            let value = own[k];
            if value != 0.0 {
                self.column(k).for_each(|(row, share)| own[row] += share * value);
                own[k] = value / self.totals()[k].sqrt();
            }
        }
        let reached = own[sparse..].to_vec();
        own[sparse..].fill(0.0);
        for (k, value) in reached.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            let column = &core[k * m + k..(k + 1) * m];
            own[sparse + k..].iter_mut().zip(column).for_each(|(x, z)| *x += z * value);
        }
    }

    /// The column of Z of a treatment, or nothing for the reference, with the position of its first entry.
    fn z_of(&self, treatment: usize) -> (usize, &[f64]) {
        let n = self.plan.nodes();
        match self.plan.place(treatment) {
            Some(at) => (at, &self.z()[at * n + at..(at + 1) * n]),
            None => (n, &[]),
        }
    }

    /// The variance of treatment `i` versus `j`, where those of many pairs are asked for.
    pub fn resistance(&self, i: usize, j: usize) -> f64 {
        let ((a, left), (b, right)) = (self.z_of(i), self.z_of(j));
        let ((a, left), (b, right)) = if a <= b { ((a, left), (b, right)) } else { ((b, right), (a, left)) };
        let (alone, shared) = left.split_at((b - a).min(left.len()));
        let alone: f64 = alone.iter().map(|z| z * z).sum();
        alone + shared.iter().zip(right).map(|(x, y)| (x - y) * (x - y)).sum::<f64>()
    }

    /// The variance of treatment `i` versus `j`, where it is the only one that is asked for.
    pub fn single_resistance(&self, i: usize, j: usize) -> f64 {
        let grounded = self.plan.place(i).is_none() || self.plan.place(j).is_none();
        if !(grounded || self.similar) {
            return self.resistance(i, j);
        }
        let mut currents = vec![0.0; self.plan.nodes() + 1];
        currents[i] += 1.0;
        currents[j] -= 1.0;
        let potentials = self.solve(&currents);
        potentials[i] - potentials[j]
    }

    /// C of the core, both triangles.
    fn covariance_of_core(&self) -> Vec<f64> {
        let m = self.plan.core();
        let inverted = if self.plan.sparse() == 0 {
            cholesky::inverse_from_inverse_factor(self.z(), m)
        } else {
            cholesky::inverse_from_inverse_factor(&self.z_of_core(), m)
        };
        // the lengths fit, so this cannot fail
        inverted.unwrap_or_default()
    }

    /// C in the places of the plan, the variance of every node standing where the plan has the node.
    fn on_pattern(&self) -> Vec<f64> {
        let (plan, n, m) = (&self.plan, self.plan.nodes(), self.plan.core());
        let mut c = vec![0.0; plan.len() - m * m];
        c.append(&mut self.covariance_of_core());
        let (nodes, entries) = c.split_at_mut(n);
        let (sparse, core) = entries.split_at_mut(plan.entries());
        (0..m).for_each(|k| nodes[plan.sparse() + k] = core[k * m + k]);
        let mut own = Vec::new();
        for k in (0..plan.sparse()).rev() {
            let column = plan.column(k);
            let rows = plan.rows(column.clone());
            let shares = &self.l[n + column.start..n + column.end];
            own.clear();
            own.extend(rows.iter().zip(shares).map(|(row, share)| share * nodes[*row]));
            for (a, &i) in rows.iter().enumerate() {
                let (rest, (head, tail)) = (&rows[a + 1..], own.split_at_mut(a + 1));
                let mut add = |b: usize, c: f64| {
                    head[a] += shares[a + 1 + b] * c;
                    tail[b] += shares[a] * c;
                };
                if i >= plan.sparse() {
                    let values = &core[(i - plan.sparse()) * m..];
                    rest.iter().enumerate().for_each(|(b, j)| add(b, values[j - plan.sparse()]));
                } else {
                    // all of these rows are among those of column i
                    let of = plan.column(i);
                    let mut known = plan.rows(of.clone()).iter().zip(&sparse[of]);
                    for (b, j) in rest.iter().enumerate() {
                        add(b, known.find(|(row, _)| *row == j).map_or(0.0, |(_, value)| *value));
                    }
                }
            }
            nodes[k] = 1.0 / self.totals()[k] + shares.iter().zip(&own).map(|(p, c)| p * c).sum::<f64>();
            sparse[column].copy_from_slice(&own);
        }
        c
    }

    /// The variances of all treatments versus the reference.
    pub fn variances(&self) -> Vec<f64> {
        let size = self.plan.nodes() + 1;
        let mut variances = vec![0.0; size];
        if self.plan.sparse() == 0 {
            let of = |(at, z): (usize, &mut f64)| *z = self.z_of(at).1.iter().map(|z| z * z).sum();
            variances.iter_mut().enumerate().for_each(of);
        } else {
            let c = self.on_pattern();
            self.plan.treatments().for_each(|(t, place)| variances[t] = c[place]);
        }
        variances
    }

    /// C in the order of the plan, n × n.
    fn covariance_in_order(&self) -> Vec<f64> {
        let (n, sparse) = (self.plan.nodes(), self.plan.sparse());
        let core = self.covariance_of_core();
        if sparse == 0 {
            return core;
        }
        let mut c = self.among_all(&core);
        for k in (0..sparse).rev() {
            let (head, tail) = c.split_at_mut((k + 1) * n);
            let own = &mut head[k * n + k..];
            for (row, share) in self.column(k) {
                let other = &tail[(row - k - 1) * n + k + 1..(row - k) * n];
                own[1..].iter_mut().zip(other).for_each(|(x, c)| *x += share * c);
            }
            own[0] =
                1.0 / self.totals()[k] + self.column(k).map(|(row, share)| share * own[row - k]).sum::<f64>();
            tail.chunks_exact_mut(n).zip(&own[1..]).for_each(|(other, c)| other[k] = *c);
        }
        c
    }

    /// The covariance of the effects, with a zero row and column at the reference.
    pub fn covariance(&self) -> Vec<f64> {
        let (n, size) = (self.plan.nodes(), self.plan.nodes() + 1);
        let ordered = self.covariance_in_order();
        let mut c = vec![0.0; size * size];
        for (t, row) in self.plan.treatments() {
            let (own, row) = (&mut c[t * size..(t + 1) * size], &ordered[row * n..(row + 1) * n]);
            self.plan.treatments().for_each(|(u, column)| own[u] = row[column]);
        }
        c
    }

    /// The covariance of the effects and the variances of all differences.
    pub fn covariances(&self) -> (Vec<f64>, Vec<f64>) {
        let size = self.plan.nodes() + 1;
        let c = self.covariance();
        let mut r = vec![0.0; size * size];
        for i in 0..size {
            for j in i + 1..size {
                let value = if self.similar {
                    c[i * size + i] + c[j * size + j] - 2.0 * c[i * size + j]
                } else {
                    self.resistance(i, j)
                };
                r[i * size + j] = value;
                r[j * size + i] = value;
            }
        }
        (c, r)
    }

    /// The sum of multiples of the variances of the edges of the plan, which are these.
    pub fn weighted_resistances(&self, edges: &[(u32, u32)], multiples: &[f64]) -> f64 {
        let pairs = edges.iter().map(|&(i, j)| (i as usize, j as usize)).zip(multiples);
        if !self.similar {
            return pairs.map(|((i, j), m)| m * self.resistance(i, j)).sum();
        }
        let c = self.on_pattern();
        let variance = |slot: usize, (i, j): (usize, usize)| match (self.plan.place(i), self.plan.place(j)) {
            (Some(a), Some(b)) => c[a] + c[b] - 2.0 * c[slot],
            _ => c[slot],
        };
        pairs.zip(self.plan.slots()).map(|((pair, m), slot)| m * variance(*slot, pair)).sum()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    type Edges = Vec<(u32, u32)>;

    /// Numbers in 0 .. 1 that follow no pattern.
    fn random(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    /// A tree of random links, each treatment joined to an earlier one within `reach`, with more edges from one of the first
    /// `hubs` treatments to any other.
    fn graph(size: usize, reach: usize, hubs: usize, more: usize) -> Edges {
        let mut random = random(size as u64);
        let mut below = |n: usize| (random() * n as f64) as usize;
        let mut edges: Edges = (1..size).map(|j| ((j - 1 - below(j.min(reach))) as u32, j as u32)).collect();
        for _ in 0..more {
            let (i, j) = (below(hubs), below(size));
            if i != j {
                edges.push((i as u32, j as u32));
            }
        }
        edges
    }

    fn grid(side: usize) -> Edges {
        let at = |row: usize, column: usize| (row * side + column) as u32;
        let right = (0..side).flat_map(|r| (1..side).map(move |c| (at(r, c - 1), at(r, c))));
        let down = (1..side).flat_map(|r| (0..side).map(move |c| (at(r - 1, c), at(r, c))));
        right.chain(down).collect()
    }

    /// Weights between 10^-`span` and 10^`span`.
    fn weights(count: usize, span: f64) -> Vec<f64> {
        let mut random = random(7);
        (0..count).map(|_| 10_f64.powf(span * (2.0 * random() - 1.0))).collect()
    }

    fn factor(size: usize, reference: usize, edges: &[(u32, u32)], weights: &[f64]) -> Factor {
        Factor::new(&Arc::new(Plan::new(size, reference, edges)), weights).unwrap()
    }

    /// All treatments in the core, eliminated in their order without subtractions.
    fn dense(size: usize, reference: usize, edges: &[(u32, u32)], weights: &[f64]) -> Factor {
        let order = (0..size).filter(|t| *t != reference).collect();
        let plan = Arc::new(Plan::in_order(size, reference, edges, order, &[]));
        let mut l = vec![0.0; plan.len()];
        plan.slots().iter().zip(weights).for_each(|(slot, w)| l[*slot] += w);
        Factor::factored(&plan, l, false).unwrap()
    }

    fn close(a: &[f64], b: &[f64], tolerance: f64, what: &str) {
        assert_eq!(a.len(), b.len());
        for (k, (a, b)) in a.iter().zip(b).enumerate() {
            assert!((a - b).abs() <= tolerance * b.abs(), "{what}, {k}: {a} {b}");
        }
    }

    #[test]
    fn resistances_in_series_add_over_many_orders_of_magnitude() {
        let variances: [f64; 6] = [1e-12, 1e12, 3.0, 1e6, 2e-7, 5.0];
        let edges: Edges = (0..6).map(|i| (i, i + 1)).collect();
        let weights: Vec<f64> = variances.iter().map(|v| 1.0 / v).collect();
        for reference in 0..7 {
            let factor = factor(7, reference, &edges, &weights);
            for i in 0..7 {
                for j in i + 1..7 {
                    let series: f64 = variances[i..j].iter().sum();
                    close(&[factor.resistance(i, j)], &[series], 1e-9, "series");
                }
            }
        }
    }

    #[test]
    fn sparse_elimination_is_the_dense_one() {
        // a grid, a tree, a tree with edges at random, and hubs; `reach` says how long the branches are
        let graphs = [
            (225, grid(15)),
            (240, graph(240, 240, 1, 0)),
            (230, graph(230, 9, 230, 250)),
            (250, graph(250, 250, 6, 400)),
        ];
        for (size, edges) in graphs {
            let reference = size / 3;
            for span in [1.5, 6.0] {
                let weights = weights(edges.len(), span);
                let (sparse, dense) =
                    (factor(size, reference, &edges, &weights), dense(size, reference, &edges, &weights));
                assert!(sparse.plan.sparse() > size / 2 && sparse.similar == (span < 2.0));
                let (a, b) = (sparse.ln_determinant(), dense.ln_determinant());
                assert!((a - b).abs() < 1e-12 * size as f64, "{a} {b}");
                let currents: Vec<f64> = (0..size).map(|t| 1.5 + (t as f64).cos()).collect();
                close(&sparse.solve(&currents), &dense.solve(&currents), 1e-12, "effects");
                close(&sparse.variances(), &dense.variances(), 1e-12, "variances");
                close(&sparse.covariance(), &dense.covariance(), 1e-12, "covariance");
                // Foster's theorem
                let sum = sparse.weighted_resistances(&edges, &weights);
                close(&[sum], &[(size - 1) as f64], 1e-12, "sum");
                for (e, &(i, j)) in edges.iter().enumerate().step_by(29) {
                    let (i, j) = (i as usize, j as usize);
                    let mut only = vec![0.0; edges.len()];
                    only[e] = weights[e];
                    let (a, b) =
                        (sparse.weighted_resistances(&edges, &only), weights[e] * dense.resistance(i, j));
                    close(&[a], &[b], 1e-12, "edge");
                    close(&[weights[e] * sparse.single_resistance(i, j)], &[b], 1e-12, "pair");
                    close(&[weights[e] * sparse.resistance(i, j)], &[b], 1e-12, "Z");
                }
            }
        }
    }

    #[test]
    fn series_and_parallel_laws_hold_for_hundreds_of_treatments() {
        let size = 400;
        // a ring whose places have names in no order
        let name = |place: usize| (place * 171 % size) as u32;
        let edges: Edges = (0..size).map(|k| (name(k), name((k + 1) % size))).collect();
        let weights = weights(size, 12.0);
        let variances: Vec<f64> = weights.iter().map(|w| 1.0 / w).collect();
        let path = factor(size, name(0) as usize, &edges[..size - 1], &weights[..size - 1]);
        let ring = factor(size, name(10) as usize, &edges, &weights);
        for (from, to) in [(0, 1), (0, 399), (3, 77), (10, 250), (200, 201), (90, 391)] {
            let (i, j) = (name(from) as usize, name(to) as usize);
            let one: f64 = variances[from..to].iter().sum();
            let other: f64 = variances[..from].iter().chain(&variances[to..]).sum();
            close(&[path.resistance(i, j), path.single_resistance(i, j)], &[one, one], 1e-9, "path");
            close(&[ring.resistance(i, j)], &[1.0 / (1.0 / one + 1.0 / other)], 1e-9, "ring");
        }
        let last = name(399) as usize;
        close(&[path.variances()[last]], &[variances[..399].iter().sum()], 1e-9, "end");
    }

    #[test]
    fn the_order_of_treatments_does_not_matter() {
        let size = 220;
        let edges = graph(size, 40, size, 150);
        let turned: Edges = edges.iter().map(|&(i, j)| (219 - i, 219 - j)).collect();
        let weights = weights(edges.len(), 1.0);
        let (one, other) = (factor(size, 0, &edges, &weights), factor(size, 219, &turned, &weights));
        let (c, mut d) = (one.covariances(), other.covariances());
        d.0.reverse();
        d.1.reverse();
        close(&c.0, &d.0, 1e-10, "covariance");
        close(&c.1, &d.1, 1e-10, "variances");
    }

    #[test]
    fn elimination_and_blocks_agree() {
        let size = 230;
        let edges: Edges = (0..size as u32)
            .flat_map(|i| (0..i).filter(move |j| (i + j) % 3 == 0).map(move |j| (j, i)))
            .collect();
        let edges: Edges = edges.into_iter().chain((1..size as u32).map(|i| (i - 1, i))).collect();
        let weights: Vec<f64> = (0..edges.len()).map(|e| 1.5 + (e as f64).sin()).collect();
        let (blocks, dense) = (factor(size, 4, &edges, &weights), dense(size, 4, &edges, &weights));
        assert!(blocks.similar && blocks.plan.sparse() == 0);
        assert!((dense.ln_determinant() - blocks.ln_determinant()).abs() < 1e-9);
        let currents: Vec<f64> = (0..size).map(|t| 1.5 + (t as f64).cos()).collect();
        close(&blocks.solve(&currents), &dense.solve(&currents), 1e-11, "effects");
        close(&blocks.covariance(), &dense.covariance(), 1e-11, "covariance");
    }
}
