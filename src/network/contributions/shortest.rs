//! Contributions by the shortest path: it takes its bottleneck, and so on until nothing flows.

use super::{Arc, Parts, forwards};

/// The contributions of the edges; `None` if the evidence flows in a circle.
pub(super) fn parts(arcs: &[Arc], t: usize, a: usize, b: usize, edges: usize) -> Option<Parts> {
    forwards(arcs, t)?;
    let mut left = arcs.to_vec();
    let (mut values, mut mean_length, mut taken) = (vec![0.0; edges], 0.0, 0.0);
    // Each round empties at least one edge.
    for _ in 0..arcs.len() {
        let Some(path) = shortest(&left, t, a, b) else { break };
        let bottleneck = path.iter().map(|at| left[*at].flow).fold(f64::INFINITY, f64::min);
        for at in &path {
            left[*at].flow -= bottleneck;
            values[left[*at].edge] += bottleneck / path.len() as f64;
        }
        left.retain(|arc| arc.flow > 1e-12);
        mean_length += bottleneck * path.len() as f64;
        taken += bottleneck;
    }
    // What rounding left in the edges is shared in proportion.
    values.iter_mut().for_each(|v| *v /= taken);
    Some(Parts { values, mean_length: mean_length / taken })
}

/// The best known way from the start to a node.
#[derive(Clone)]
struct Way {
    bottleneck: f64,
    nodes: Vec<usize>,
    arcs: Vec<usize>,
}

/// The arcs of the shortest path; among several that of the greatest bottleneck, then the first in the order of its nodes.
fn shortest(arcs: &[Arc], t: usize, a: usize, b: usize) -> Option<Vec<usize>> {
    let mut reached = vec![false; t];
    reached[a] = true;
    let mut front: Vec<Option<Way>> = vec![None; t];
    front[a] = Some(Way { bottleneck: f64::INFINITY, nodes: vec![a], arcs: Vec::new() });
    for _ in 0..t {
        let mut next: Vec<Option<Way>> = vec![None; t];
        for (at, arc) in arcs.iter().enumerate().filter(|(_, arc)| !reached[arc.to]) {
            let Some(way) = &front[arc.from] else { continue };
            let mut longer = way.clone();
            longer.bottleneck = longer.bottleneck.min(arc.flow);
            longer.nodes.push(arc.to);
            longer.arcs.push(at);
            if next[arc.to].as_ref().is_none_or(|known| is_better(&longer, known)) {
                next[arc.to] = Some(longer);
            }
        }
        if let Some(way) = next[b].take() {
            return Some(way.arcs);
        }
        for (seen, way) in reached.iter_mut().zip(&next) {
            *seen |= way.is_some();
        }
        front = next;
    }
    None
}

fn is_better(way: &Way, known: &Way) -> bool {
    // Bottlenecks that differ by rounding only are equal.
    let scale = 1e-10 * known.bottleneck.max(way.bottleneck);
    if (way.bottleneck - known.bottleneck).abs() > scale {
        way.bottleneck > known.bottleneck
    } else {
        way.nodes < known.nodes
    }
}
