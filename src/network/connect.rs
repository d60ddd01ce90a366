//! The connections of treatments, their distances, and the comparisons and treatments that hold the network together.
//!
//! Subnetworks by union-find; distances by breadth-first search; bridges and articulation treatments by Tarjan's
//! depth-first search on the graph of comparisons (a multi-arm study connects all its arms).
//!
//! Reference: Tarjan RE (1972). Depth-first search and linear graph algorithms. doi:10.1137/0201010

use serde::{Deserialize, Serialize};

use super::Network;
use crate::{Error, Result};

/// A part of a network whose treatments are connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Subnetwork {
    /// The names of its treatments, in the order of the levels.
    pub treatments: Vec<String>,
    /// The number of its studies.
    pub k: usize,
}

/// The connections of the treatments of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Connectivity {
    /// The subnetworks, the one with most treatments first.
    pub subnetworks: Vec<Subnetwork>,
    /// The number of comparisons on the shortest way between two treatments; `None` across subnetworks.
    pub distance: Vec<Vec<Option<usize>>>,
    /// The comparisons without which the network falls apart, as pairs of names.
    pub bridges: Vec<[String; 2]>,
    /// The treatments without which the network falls apart.
    pub articulation: Vec<String>,
}

impl Network {
    /// The subnetwork of each treatment, numbered from 0 by first treatment.
    pub fn components(&self) -> Vec<usize> {
        let mut parent: Vec<usize> = (0..self.treatments.len()).collect();
        for study in &self.studies {
            let first = root(&mut parent, study.arms[0].treatment);
            for arm in &study.arms[1..] {
                let other = root(&mut parent, arm.treatment);
                let (low, high) = (first.min(other), first.max(other));
                parent[high] = low;
                // the root of the first arm may have moved
                if low != first {
                    parent[first] = low;
                }
            }
        }
        let roots: Vec<usize> = (0..parent.len()).map(|t| root(&mut parent, t)).collect();
        let mut number = vec![usize::MAX; roots.len()];
        let mut count = 0;
        roots
            .iter()
            .map(|&r| {
                if number[r] == usize::MAX {
                    number[r] = count;
                    count += 1;
                }
                number[r]
            })
            .collect()
    }

    /// The comparisons made in at least one study, as pairs (i, j), i < j, in order.
    pub fn comparisons(&self) -> Vec<(usize, usize)> {
        let mut pairs = std::collections::BTreeSet::new();
        for study in &self.studies {
            let design = study.design();
            for (at, &i) in design.iter().enumerate() {
                pairs.extend(design[at + 1..].iter().map(|&j| (i, j)));
            }
        }
        pairs.into_iter().collect()
    }

    /// The subnetworks, the one with most treatments first.
    pub fn subnetworks(&self) -> Vec<Subnetwork> {
        let part = self.components();
        let count = part.iter().max().map_or(0, |m| m + 1);
        let mut subnetworks: Vec<Subnetwork> =
            (0..count).map(|_| Subnetwork { treatments: Vec::new(), k: 0 }).collect();
        for (t, name) in self.treatments.iter().enumerate() {
            subnetworks[part[t]].treatments.push(name.clone());
        }
        for study in &self.studies {
            subnetworks[part[study.arms[0].treatment]].k += 1;
        }
        subnetworks.sort_by_key(|s| std::cmp::Reverse((s.treatments.len(), s.k)));
        subnetworks
    }

    /// The part of the network that holds a treatment.
    ///
    /// # Errors
    ///
    /// If no analyzed study has the treatment.
    pub fn subnetwork(&self, treatment: &str) -> Result<Network> {
        let part = self.components();
        let wanted = part[self.treatment(treatment)?];
        let keep: Vec<usize> =
            (0..self.studies.len()).filter(|&s| part[self.studies[s].arms[0].treatment] == wanted).collect();
        let mut network = self.subset(&keep)?;
        let left = self.treatments.len() - network.treatments.len();
        if left > 0 {
            network.notes.push(format!(
                "only the subnetwork with `{treatment}` is analyzed; {left} treatments and {} studies are not connected \
                 to it",
                self.studies.len() - keep.len()
            ));
        }
        Ok(network)
    }

    /// Refuses a network that falls apart.
    pub(crate) fn require_connected(&self) -> Result<()> {
        let parts = self.subnetworks();
        if parts.len() < 2 {
            return Ok(());
        }
        let list: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| {
                let studies = if part.k == 1 { "study" } else { "studies" };
                format!("({}) {} in {} {studies}", at + 1, part.treatments.join(", "), part.k)
            })
            .collect();
        Err(Error::model(
            format!("the network is not connected; its {} subnetworks are {}", parts.len(), list.join("; ")),
            "analyze one with --subnetwork TREATMENT, connect them by shared components with --components, or add a study \
             that compares treatments of two of them",
        ))
    }

    /// The connections of the treatments.
    pub fn connectivity(&self) -> Connectivity {
        let comparisons = self.comparisons();
        let mut neighbors = vec![Vec::new(); self.treatments.len()];
        for &(i, j) in &comparisons {
            neighbors[i].push(j);
            neighbors[j].push(i);
        }
        let search = Search::of(&neighbors);
        let name = |t: usize| self.treatments[t].clone();
        let mut bridges = search.bridges;
        bridges.sort_unstable();
        Connectivity {
            subnetworks: self.subnetworks(),
            distance: (0..neighbors.len()).map(|t| distances(&neighbors, t)).collect(),
            bridges: bridges.into_iter().map(|(i, j)| [name(i), name(j)]).collect(),
            articulation: (0..neighbors.len()).filter(|&t| search.articulation[t]).map(name).collect(),
        }
    }
}

/// The root of a treatment; ways are halved as they are walked.
fn root(parent: &mut [usize], mut t: usize) -> usize {
    while parent[t] != t {
        parent[t] = parent[parent[t]];
        t = parent[t];
    }
    t
}

/// The distances from a treatment.
pub(crate) fn distances(neighbors: &[Vec<usize>], from: usize) -> Vec<Option<usize>> {
    let mut distance = vec![None; neighbors.len()];
    distance[from] = Some(0);
    let mut queue = std::collections::VecDeque::from([(from, 0)]);
    while let Some((t, d)) = queue.pop_front() {
        for &next in &neighbors[t] {
            if distance[next].is_none() {
                distance[next] = Some(d + 1);
                queue.push_back((next, d + 1));
            }
        }
    }
    distance
}

/// Tarjan's search, with a stack of its own so that long chains do not overflow.
struct Search {
    bridges: Vec<(usize, usize)>,
    articulation: Vec<bool>,
}

impl Search {
    fn of(neighbors: &[Vec<usize>]) -> Self {
        let n = neighbors.len();
        let mut search = Search { bridges: Vec::new(), articulation: vec![false; n] };
        // visit order (0 is unvisited) and the earliest treatment that is reached around the tree
        let (mut order, mut low) = (vec![0; n], vec![0; n]);
        let mut clock = 0;
        for start in 0..n {
            if order[start] > 0 {
                continue;
            }
            clock += 1;
            (order[start], low[start]) = (clock, clock);
            let mut children = 0;
            let mut stack = vec![(start, usize::MAX, 0)];
            while let Some(&mut (t, parent, ref mut next)) = stack.last_mut() {
                if let Some(&to) = neighbors[t].get(*next) {
                    *next += 1;
                    if order[to] == 0 {
                        clock += 1;
                        (order[to], low[to]) = (clock, clock);
                        stack.push((to, t, 0));
                    } else if to != parent {
                        low[t] = low[t].min(order[to]);
                    }
                    continue;
                }
                stack.pop();
                if parent == usize::MAX {
                    continue;
                }
                low[parent] = low[parent].min(low[t]);
                if low[t] > order[parent] {
                    search.bridges.push((parent.min(t), parent.max(t)));
                }
                if parent == start {
                    children += 1;
                } else if low[t] >= order[parent] {
                    search.articulation[parent] = true;
                }
            }
            search.articulation[start] = children > 1;
        }
        search
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triangle_with_a_tail_has_one_bridge_and_one_articulation() {
        // 0 - 1 - 2 - 0, 2 - 3
        let neighbors = vec![vec![1, 2], vec![0, 2], vec![0, 1, 3], vec![2]];
        let search = Search::of(&neighbors);
        assert_eq!(search.bridges, [(2, 3)]);
        assert_eq!(search.articulation, [false, false, true, false]);
        assert_eq!(distances(&neighbors, 3), [Some(2), Some(2), Some(1), Some(0)]);
    }
}
