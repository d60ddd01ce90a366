//! Contributions by the random walk, expected over all paths in polynomial time.

use super::{Arc, Parts, forwards};

/// The contributions of the edges; `None` if the evidence flows in a circle.
///
/// Of a walk that has arrived, l steps before an edge and m after it give the edge 1/(l + 1 + m): Σ over l and m of the two
/// probability tables, O(T²) an edge at most, and less where walks are short.
pub(super) fn parts(arcs: &[Arc], t: usize, a: usize, b: usize, edges: usize) -> Option<Parts> {
    let order = forwards(arcs, t)?;
    let mut leaving: Vec<Vec<&Arc>> = vec![Vec::new(); t];
    let mut outflow = vec![0.0; t];
    for arc in arcs {
        leaving[arc.from].push(arc);
        outflow[arc.from] += arc.flow;
    }
    let mut forward: Vec<Vec<f64>> = vec![Vec::new(); t];
    forward[a] = vec![1.0];
    for u in order.iter().copied().filter(|u| *u != b) {
        let here = std::mem::take(&mut forward[u]);
        for arc in &leaving[u] {
            add_later(&mut forward[arc.to], &here, arc.flow / outflow[u]);
        }
        forward[u] = here;
    }
    let mut backward: Vec<Vec<f64>> = vec![Vec::new(); t];
    backward[b] = vec![1.0];
    for u in order.iter().rev().copied().filter(|u| *u != b) {
        let mut here = Vec::new();
        for arc in &leaving[u] {
            add_later(&mut here, &backward[arc.to], arc.flow / outflow[u]);
        }
        backward[u] = here;
    }
    let mut values = vec![0.0; edges];
    for arc in arcs.iter().filter(|arc| arc.from != b) {
        let (f, g) = (&forward[arc.from], &backward[arc.to]);
        let mut sum = 0.0;
        for (l, x) in f.iter().enumerate().filter(|(_, x)| **x > 0.0) {
            sum += x * g.iter().enumerate().map(|(m, y)| y / (l + 1 + m) as f64).sum::<f64>();
        }
        values[arc.edge] = sum * arc.flow / outflow[arc.from];
    }
    let mean_length = backward[a].iter().enumerate().map(|(m, p)| m as f64 * p).sum();
    Some(Parts { values, mean_length })
}

/// Adds a table, one step later, with a factor.
fn add_later(sum: &mut Vec<f64>, table: &[f64], factor: f64) {
    if !table.is_empty() && sum.len() < table.len() + 1 {
        sum.resize(table.len() + 1, 0.0);
    }
    for (s, x) in sum.iter_mut().skip(1).zip(table) {
        *s += factor * x;
    }
}
