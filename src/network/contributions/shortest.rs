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

/// Bottlenecks that differ by this part are equal but for rounding.
const ROUNDING: f64 = 1e-10;

/// The arcs of the shortest path; among several that of the greatest bottleneck, then the first in the order of its nodes.
fn shortest(arcs: &[Arc], t: usize, a: usize, b: usize) -> Option<Vec<usize>> {
    // From b backwards: the arcs that are left of each node, and the greatest bottleneck of its shortest paths.
    let mut steps: Vec<Option<usize>> = vec![None; t];
    let mut width = vec![0.0_f64; t];
    (steps[b], width[b]) = (Some(0), f64::INFINITY);
    for step in 1..t {
        let near = |node: usize| steps[node] == Some(step - 1);
        let here: Vec<&Arc> = arcs.iter().filter(|arc| steps[arc.from].is_none() && near(arc.to)).collect();
        for arc in here {
            let bottleneck = arc.flow.min(width[arc.to]);
            width[arc.from] = width[arc.from].max(bottleneck);
            steps[arc.from] = Some(step);
        }
        if steps[a].is_some() {
            break;
        }
    }
    // Along arcs that are wide enough, to the first node in each place.
    let mut left = steps[a]?;
    let least = width[a] * (1.0 - ROUNDING);
    let (mut node, mut path) = (a, Vec::with_capacity(left));
    while left > 0 {
        let wide = |arc: &Arc| arc.flow >= least && width[arc.to] >= least;
        let leads = |arc: &Arc| arc.from == node && steps[arc.to] == Some(left - 1) && wide(arc);
        let (at, arc) =
            arcs.iter().enumerate().filter(|(_, arc)| leads(arc)).min_by_key(|(_, arc)| arc.to)?;
        path.push(at);
        (node, left) = (arc.to, left - 1);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ways of three arcs share their last one, which is the bottleneck of both: the first in the order of nodes is taken, however
    /// wide the other is before.
    #[test]
    fn ties_in_the_bottleneck_go_by_the_order_of_nodes() {
        let arc = |from, to, edge, flow| Arc { from, to, edge, flow };
        let arcs =
            [arc(0, 1, 0, 0.3), arc(0, 2, 1, 0.7), arc(1, 3, 2, 0.3), arc(2, 3, 3, 0.7), arc(3, 4, 4, 0.2)];
        assert_eq!(shortest(&arcs, 5, 0, 4), Some(vec![0, 2, 4]));
        let wider = [arc(0, 1, 0, 0.1), arcs[1], arcs[2], arcs[3], arcs[4]];
        assert_eq!(shortest(&wider, 5, 0, 4), Some(vec![1, 3, 4]));
    }
}
