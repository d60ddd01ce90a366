//! The places of the nodes of a network.
//!
//! - *circle*: in an order that crosses few edges: barycenter sweeps, then swaps of two nodes while they help;
//! - *stress*: distances on the page as near as can be to those in the network, by majorization from the circle (Gansner,
//!   Koren and North 2005), with no random start;
//! - *bipartite*: treatments on the left, designs on the right, for stars and networks that fall apart.
//!
//! References: Rücker G, Schwarzer G (2016). Automated drawing of network plots in network meta-analysis. *Research
//! Synthesis Methods* 7:94-107. doi:10.1002/jrsm.1143

/// The layout of a network graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum GraphLayout {
    /// On a circle with few crossings.
    #[default]
    Circle,
    /// Stress majorization.
    Stress,
    /// Treatments and designs as two columns.
    Bipartite,
}

crate::codes::codes!(GraphLayout, "layout" {
    Circle "circle" [], Stress "stress" [], Bipartite "bipartite" [],
});

/// Beyond this many nodes the order on the circle is that of the barycenters alone.
const MANY: usize = 80;

/// The order of `n` nodes on a circle, the first at its top.
pub(super) fn circle_order(n: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut best = (crossings(&order, edges), order.clone());
    for _ in 0..24 {
        order = barycenters(&order, edges);
        let count = crossings(&order, edges);
        if count < best.0 {
            best = (count, order.clone());
        }
    }
    if n <= MANY {
        swap_neighbors(&mut best, edges);
    }
    let mut order = best.1;
    // The first treatment at the top, the smaller of its neighbors to the right: one figure for one network.
    let first = order.iter().position(|i| *i == 0).unwrap_or(0);
    order.rotate_left(first);
    if n > 2 && order[1] > order[n - 1] {
        order[1..].reverse();
    }
    order
}

/// Each node at the mean direction of its neighbors.
fn barycenters(order: &[usize], edges: &[(usize, usize)]) -> Vec<usize> {
    let n = order.len();
    let mut sums = vec![(0.0, 0.0); n];
    let mut direction = vec![(1.0, 0.0); n];
    for (place, i) in order.iter().enumerate() {
        let (sin, cos) = (std::f64::consts::TAU * place as f64 / n as f64).sin_cos();
        direction[*i] = (cos, sin);
    }
    for (a, b) in edges {
        for (i, j) in [(*a, *b), (*b, *a)] {
            sums[i].0 += direction[j].0;
            sums[i].1 += direction[j].1;
        }
    }
    let angle = |i: usize| {
        let (x, y): (f64, f64) = (sums[i].0 + 0.5 * direction[i].0, sums[i].1 + 0.5 * direction[i].1);
        if x.hypot(y) < 1e-9 { direction[i].1.atan2(direction[i].0) } else { y.atan2(x) }
    };
    let mut next = order.to_vec();
    next.sort_by(|a, b| angle(*a).total_cmp(&angle(*b)).then(a.cmp(b)));
    next
}

fn swap_neighbors(best: &mut (usize, Vec<usize>), edges: &[(usize, usize)]) {
    let n = best.1.len();
    let reach = if n <= 30 { n } else { 3 };
    for _ in 0..6 {
        let before = best.0;
        for i in 0..n {
            for j in i + 1..n.min(i + 1 + reach) {
                best.1.swap(i, j);
                let count = crossings(&best.1, edges);
                if count < best.0 {
                    best.0 = count;
                } else {
                    best.1.swap(i, j);
                }
            }
        }
        if best.0 == before || best.0 == 0 {
            break;
        }
    }
}

/// The pairs of edges that cross.
fn crossings(order: &[usize], edges: &[(usize, usize)]) -> usize {
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, i)| place[*i] = at);
    let chord = |(a, b): (usize, usize)| (place[a].min(place[b]), place[a].max(place[b]));
    let chords: Vec<(usize, usize)> = edges.iter().map(|e| chord(*e)).collect();
    let mut count = 0;
    for (at, (a, b)) in chords.iter().enumerate() {
        for (c, d) in &chords[at + 1..] {
            count += usize::from((a < c && c < b && b < d) || (c < a && a < d && d < b));
        }
    }
    count
}

/// Places whose distances are near to those in the network, within the unit disk.
pub(super) fn stress(n: usize, edges: &[(usize, usize)]) -> Vec<(f64, f64)> {
    let distance = distances(n, edges);
    let order = circle_order(n, edges);
    let mut at = vec![(0.0, 0.0); n];
    for (place, i) in order.iter().enumerate() {
        let (sin, cos) = (std::f64::consts::TAU * place as f64 / n as f64).sin_cos();
        at[*i] = (sin, -cos);
    }
    let steps = (4_000_000 / (n * n).max(1)).clamp(10, 300);
    for _ in 0..steps {
        for i in 0..n {
            let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
            for j in (0..n).filter(|j| *j != i) {
                let d = distance[i * n + j];
                let w = 1.0 / (d * d);
                let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                let length = dx.hypot(dy).max(1e-9);
                x += w * (at[j].0 + d * dx / length);
                y += w * (at[j].1 + d * dy / length);
                total += w;
            }
            if total > 0.0 {
                at[i] = (x / total, y / total);
            }
        }
    }
    into_disk(&mut at);
    at
}

/// Numbers of edges between nodes; parts that nothing connects are a little farther apart than any two nodes.
fn distances(n: usize, edges: &[(usize, usize)]) -> Vec<f64> {
    let mut neighbors = vec![Vec::new(); n];
    for (a, b) in edges {
        neighbors[*a].push(*b);
        neighbors[*b].push(*a);
    }
    let mut all = vec![0.0; n * n];
    let mut farthest = 1.0_f64;
    for i in 0..n {
        let mut seen = vec![false; n];
        seen[i] = true;
        let (mut front, mut d) = (vec![i], 0.0);
        while !front.is_empty() {
            d += 1.0;
            let mut next = Vec::new();
            for v in front {
                for j in &neighbors[v] {
                    if !std::mem::replace(&mut seen[*j], true) {
                        all[i * n + j] = d;
                        farthest = farthest.max(d);
                        next.push(*j);
                    }
                }
            }
            front = next;
        }
    }
    for (at, d) in all.iter_mut().enumerate() {
        if *d == 0.0 && at / n != at % n {
            *d = farthest + 1.0;
        }
    }
    all
}

/// Centers the places and scales them so that the farthest is at distance 1.
fn into_disk(at: &mut [(f64, f64)]) {
    let n = at.len().max(1) as f64;
    let center = at.iter().fold((0.0, 0.0), |c, p| (c.0 + p.0 / n, c.1 + p.1 / n));
    let far = at.iter().map(|p| (p.0 - center.0).hypot(p.1 - center.1)).fold(0.0, f64::max).max(1e-9);
    for p in at {
        *p = ((p.0 - center.0) / far, (p.1 - center.1) / far);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_has_no_crossings_in_any_order_of_its_names() {
        let edges = [(0, 3), (3, 1), (1, 4), (4, 2), (2, 0)];
        let order = circle_order(5, &edges);
        assert_eq!(crossings(&order, &edges), 0);
        assert_eq!(order[0], 0);
    }

    #[test]
    fn a_path_is_stretched_out() {
        let at = stress(4, &[(0, 1), (1, 2), (2, 3)]);
        let d = |i: usize, j: usize| (at[i].0 - at[j].0).hypot(at[i].1 - at[j].1);
        assert!((d(0, 3) / d(0, 1) - 3.0).abs() < 0.1);
        assert_eq!(at, stress(4, &[(0, 1), (1, 2), (2, 3)]));
    }
}
