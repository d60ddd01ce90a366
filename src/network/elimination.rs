//! The order in which the treatments of a network are eliminated, and the places that this fills.
//!
//! Networks of many treatments have few compared pairs. Eliminating a treatment joins all its neighbors, so those with few
//! neighbors go first, one by one, as long as they have fewer than 30 per cent of what is left; the rest is a dense core.
//! Order and pattern depend on the pairs alone: they are found once and serve at every tau².
//!
//! Algorithm: minimum degree (George and Liu 1989, doi:10.1137/1031001) with exact degrees, the neighbors of a treatment
//! being the bits of a row. Networks below 200 treatments are all core.
//!
//! The numbers of a pattern stand in one slice: one for each eliminated node, then the sparse columns, then the core.

use crate::linalg::cholesky;

/// Below this number of treatments a network is all core.
pub(super) const LARGE: usize = 200;

/// The order and the pattern of an elimination with one treatment grounded.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    reference: usize,
    /// The place of every treatment in the order; that of the reference is of no meaning.
    places: Vec<usize>,
    /// The number of nodes that are eliminated one by one.
    sparse: usize,
    /// The first entry of every sparse column, and the end of the last.
    starts: Vec<usize>,
    /// The rows of the sparse columns, rising in each.
    rows: Vec<usize>,
    /// For every node the entries of its row in the sparse columns, with their columns: node j has those from
    /// `row_starts[j]` on.
    row_starts: Vec<usize>,
    in_row: Vec<(usize, usize)>,
    /// The place of the number of every edge.
    slots: Vec<usize>,
}

impl Plan {
    /// The order for `size` treatments with these edges, the reference grounded.
    pub fn new(size: usize, reference: usize, edges: &[(u32, u32)]) -> Self {
        let (order, columns) = if size <= LARGE {
            ((0..size).filter(|t| *t != reference).collect(), Vec::new())
        } else {
            minimum_degree(size, reference, edges)
        };
        Self::in_order(size, reference, edges, order, &columns)
    }

    /// The treatments in this order, the first ones with these neighbors when they are eliminated.
    pub(super) fn in_order(
        size: usize,
        reference: usize,
        edges: &[(u32, u32)],
        order: Vec<usize>,
        columns: &[Vec<usize>],
    ) -> Self {
        let mut places = vec![0; size];
        order.iter().enumerate().for_each(|(place, t)| places[*t] = place);
        let (mut starts, mut rows) = (vec![0], Vec::new());
        for column in columns {
            let first = rows.len();
            rows.extend(column.iter().map(|t| places[*t]));
            rows[first..].sort_unstable();
            starts.push(rows.len());
        }
        let (row_starts, in_row) = by_row(size - 1, &starts, &rows);
        let (sparse, slots) = (columns.len(), Vec::new());
        let mut plan = Plan { reference, places, sparse, starts, rows, row_starts, in_row, slots };
        plan.slots = edges.iter().map(|&(i, j)| plan.slot(i as usize, j as usize)).collect();
        plan
    }

    /// The number of nodes: of treatments but the reference.
    pub fn nodes(&self) -> usize {
        self.places.len() - 1
    }

    /// The number of nodes that are eliminated one by one, before the core.
    pub fn sparse(&self) -> usize {
        self.sparse
    }

    /// The number of nodes of the core.
    pub fn core(&self) -> usize {
        self.nodes() - self.sparse
    }

    /// The number of entries of the sparse columns.
    pub fn entries(&self) -> usize {
        self.rows.len()
    }

    /// The numbers of a pattern.
    pub fn len(&self) -> usize {
        self.nodes() + self.rows.len() + self.core() * self.core()
    }

    /// The place of a treatment; `None` for the reference.
    pub fn place(&self, treatment: usize) -> Option<usize> {
        (treatment != self.reference).then(|| self.places[treatment])
    }

    /// The treatments in order, each with its place.
    pub fn treatments(&self) -> impl Iterator<Item = (usize, usize)> {
        self.places.iter().copied().enumerate().filter(|(t, _)| *t != self.reference)
    }

    /// The entries of a sparse column, from the first one of all on.
    pub fn column(&self, k: usize) -> std::ops::Range<usize> {
        self.starts[k]..self.starts[k + 1]
    }

    /// The rows of entries.
    pub fn rows(&self, entries: std::ops::Range<usize>) -> &[usize] {
        &self.rows[entries]
    }

    /// The entries of the sparse columns in row `j`, with their columns.
    pub fn row(&self, j: usize) -> &[(usize, usize)] {
        &self.in_row[self.row_starts[j]..self.row_starts[j + 1]]
    }

    /// The places of the numbers of the edges: with the reference that of the node.
    pub fn slots(&self) -> &[usize] {
        &self.slots
    }

    /// The place of the number of a pair that the pattern has.
    fn slot(&self, i: usize, j: usize) -> usize {
        let (low, high) = match (self.place(i), self.place(j)) {
            (Some(a), Some(b)) => (a.min(b), a.max(b)),
            (Some(only), None) | (None, Some(only)) => return only,
            (None, None) => return 0,
        };
        let n = self.nodes();
        if low >= self.sparse {
            return n + self.rows.len() + (low - self.sparse) * self.core() + high - self.sparse;
        }
        let column = self.column(low);
        n + column.start + self.rows[column].partition_point(|row| *row < high)
    }
}

/// The entries of sparse columns row by row: where each row starts, and every entry with its column.
fn by_row(nodes: usize, starts: &[usize], rows: &[usize]) -> (Vec<usize>, Vec<(usize, usize)>) {
    let mut ends = vec![0; nodes + 1];
    rows.iter().for_each(|row| ends[row + 1] += 1);
    (0..nodes).for_each(|j| ends[j + 1] += ends[j]);
    let row_starts = ends.clone();
    let mut in_row = vec![(0, 0); rows.len()];
    for (k, bounds) in starts.windows(2).enumerate() {
        for (entry, row) in (bounds[0]..bounds[1]).zip(&rows[bounds[0]..bounds[1]]) {
            in_row[ends[*row]] = (entry, k);
            ends[*row] += 1;
        }
    }
    (row_starts, in_row)
}

/// The treatments in the order of elimination, and of those before the core the neighbors when they are eliminated.
fn minimum_degree(size: usize, reference: usize, edges: &[(u32, u32)]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let words = size.div_ceil(64);
    let mut bits = vec![0_u64; size * words];
    for &(i, j) in edges {
        let (i, j) = (i as usize, j as usize);
        if i != reference && j != reference {
            bits[i * words + j / 64] |= 1 << (j % 64);
            bits[j * words + i / 64] |= 1 << (i % 64);
        }
    }
    let mut degrees: Vec<usize> = bits.chunks_exact(words).map(count).collect();
    let mut left: Vec<usize> = (0..size).filter(|t| *t != reference).collect();
    let (mut order, mut columns) = (Vec::with_capacity(left.len()), Vec::new());
    while let Some(at) = (0..left.len()).min_by_key(|at| degrees[left[*at]]) {
        let k = left[at];
        if left.len() == 1 || 10 * degrees[k] >= 3 * left.len() {
            break;
        }
        left.remove(at);
        order.push(k);
        let own = bits[k * words..(k + 1) * words].to_vec();
        let neighbors = members(&own);
        for &i in &neighbors {
            let row = &mut bits[i * words..(i + 1) * words];
            row.iter_mut().zip(&own).for_each(|(x, y)| *x |= y);
            row[k / 64] &= !(1 << (k % 64));
            row[i / 64] &= !(1 << (i % 64));
            degrees[i] = count(row);
        }
        columns.push(neighbors);
    }
    order.extend(left);
    (order, columns)
}

fn count(row: &[u64]) -> usize {
    row.iter().map(|word| word.count_ones() as usize).sum()
}

/// The positions of the bits that are set.
fn members(row: &[u64]) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, word) in row.iter().enumerate() {
        let mut word = *word;
        while word != 0 {
            found.push(at * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
    found
}

/// Eliminates all nodes. `a` holds weights in the places of the plan, with those to the ground where the nodes stand; leaves
/// the total conductances there, the shares of the sparse columns, and the factor of the core, by blocks or as shares.
/// Returns the log-determinant; `None` if a total is not positive.
pub(super) fn eliminate(plan: &Plan, a: &mut [f64], blocks: bool) -> Option<f64> {
    let ln = before_core(plan, a)?;
    let (nodes, core) = a.split_at_mut(plan.nodes() + plan.entries());
    let ground = &mut nodes[plan.sparse()..plan.nodes()];
    let of_core =
        if blocks { by_blocks(core, ground, plan.core()) } else { by_elimination(core, ground, plan.core()) };
    of_core.map(|of_core| ln + of_core)
}

/// Eliminates the nodes outside the core, and adds to the core what they make of it.
fn before_core(plan: &Plan, a: &mut [f64]) -> Option<f64> {
    let (nodes, entries) = a.split_at_mut(plan.nodes());
    let (sparse, core) = entries.split_at_mut(plan.entries());
    let m = plan.core();
    let mut ln = 0.0;
    let mut weights = vec![0.0; nodes.len()];
    for j in 0..plan.sparse() {
        let (column, rows) = (plan.column(j), plan.rows(plan.column(j)));
        rows.iter().zip(&sparse[column.clone()]).for_each(|(row, w)| weights[*row] = *w);
        add_eliminated(plan, j, nodes, sparse, &mut weights);
        let ground = nodes[j];
        let total = ground + rows.iter().map(|row| weights[*row]).sum::<f64>();
        if !(total > 0.0 && total < f64::INFINITY) {
            return None;
        }
        for (row, share) in rows.iter().zip(&mut sparse[column]) {
            *share = weights[*row] / total;
            nodes[*row] += *share * ground;
        }
        nodes[j] = total;
        ln += total.ln();
    }
    for (j, column) in core.chunks_exact_mut(m.max(1)).enumerate() {
        weights[plan.sparse()..].copy_from_slice(column);
        add_eliminated(plan, plan.sparse() + j, nodes, sparse, &mut weights);
        column.copy_from_slice(&weights[plan.sparse()..]);
    }
    Some(ln)
}

/// Adds to the weights of node `j` with later ones what the elimination of earlier nodes makes of them.
fn add_eliminated(plan: &Plan, j: usize, totals: &[f64], shares: &[f64], weights: &mut [f64]) {
    for &(entry, k) in plan.row(j) {
        let weight = shares[entry] * totals[k];
        let after = entry + 1..plan.column(k).end;
        for (row, share) in plan.rows(after.clone()).iter().zip(&shares[after]) {
            weights[*row] += weight * share;
        }
    }
}

/// Eliminates node after node; leaves their shares in the lower triangle of `a`, which held the weights, and the total
/// conductances in place of those to the ground. Returns the log-determinant; `None` if a total is not positive.
fn by_elimination(a: &mut [f64], ground: &mut [f64], n: usize) -> Option<f64> {
    let mut ln = 0.0;
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
        ground[k] = total;
    }
    Some(ln)
}

/// L⁻¹ from the shares, scaled to Z. It has no negative entries, so nothing is subtracted here either.
pub(super) fn invert_eliminated(a: &mut [f64], totals: &[f64], n: usize) {
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
