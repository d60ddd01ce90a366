//! The contributions of direct comparisons and of studies to a network estimate.
//!
//! Use it for the certainty of a network estimate: contributions weigh the risk of bias of the studies behind it.
//!
//! # Model
//!
//! The evidence of a comparison flows from a to b without cycles, as a current through conductances. A rule splits
//! the flow into paths; a path gives each of its edges its flow divided by its length, so that contributions sum to 1.
//!
//! - *Random walk* (Davies et al. 2022): a walker leaves a node along an edge with the probability of its share of the
//!   outflow. Expected over all paths in polynomial time: with F\[v\]\[l\] the probability to be at v after l steps and
//!   B\[v\]\[m\] that to reach b from v in m more, edge u-v gets Σ F\[u\]\[l\]·P(u→v)·B\[v\]\[m\]/(l + 1 + m). No path is
//!   ever listed, so that networks of any size can be read.
//! - *Shortest* (Papakonstantinou et al. 2018): the shortest path takes its bottleneck, and so on until nothing flows. Ties,
//!   which the paper leaves open, go to the greatest bottleneck, then to the first in the order of the treatments.
//!
//! - *l2*, *l1* (Rücker et al. 2024): path weights that send the flow through the edges with the least sum of squares, which
//!   can be below 0, or with the least sum of absolute values, of which the random walk and the shortest path are others;
//!   here the one of least squares. All paths are listed, so these are for small networks.
//!
//! A study gets the share of its weight in the edge.
//!
//! # Edge cases
//!
//! A study of correlated arms can have a weight below 0, and then a contribution below 0; a note says so. Should such
//! weights make the flow run in a circle, the comparison has no contributions, an error.
//!
//! # References
//!
//! - Davies AL, Papakonstantinou T, Nikolakopoulou A, Rücker G, Galla T (2022). Network meta-analysis and random walks.
//!   *Statistics in Medicine* 41:2091-2114. doi:10.1002/sim.9346
//! - Rücker G, Papakonstantinou T, Nikolakopoulou A, et al. (2024). Shortest path or random walks? A framework for path
//!   weights in network meta-analysis. *Statistics in Medicine* 43:4287-4304. doi:10.1002/sim.10177
//! - Papakonstantinou T, Nikolakopoulou A, Rücker G, et al. (2018). Estimating the contribution of studies in network
//!   meta-analysis: paths, flows and streams. *F1000Research* 7:610. doi:10.12688/f1000research.14770

use serde::{Deserialize, Serialize};

use super::{NetworkFit, flow::EvidenceFlow};
use crate::{Error, Result};
use least::Failure;

mod least;
mod shortest;
mod walk;

/// The rule that splits the flow of evidence into paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ContributionMethod {
    /// The random walk.
    #[default]
    RandomWalk,
    /// The shortest path first.
    Shortest,
    /// Path weights of the least sum of absolute values.
    L1,
    /// Path weights of the least sum of squares.
    L2,
}

crate::codes::codes!(ContributionMethod, "method of contributions" {
    RandomWalk "randomwalk" [], Shortest "shortest" ["shortestpath"], L1 "l1" [], L2 "l2" [],
});

/// A pair of treatments with direct evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DirectComparison {
    /// The earlier treatment.
    pub intervention: String,
    /// The later treatment.
    pub comparator: String,
    /// The number of studies.
    pub k: usize,
}

/// The contributions to one comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ContributionRow {
    /// The first treatment.
    pub intervention: String,
    /// The second treatment.
    pub comparator: String,
    /// The proportion of each direct comparison; they sum to 1.
    pub values: Vec<f64>,
    /// The proportion of each study; they sum to 1.
    pub studies: Vec<f64>,
    /// The mean number of edges of a path.
    pub mean_path_length: f64,
}

/// The contribution matrix of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Contributions {
    /// The rule.
    pub method: ContributionMethod,
    /// The direct comparisons: the columns.
    pub direct: Vec<DirectComparison>,
    /// The comparisons: the rows.
    pub rows: Vec<ContributionRow>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

/// From this number of treatments on, only comparisons with the reference are read unless others are asked for.
const MANY: usize = 60;

impl NetworkFit {
    /// The contributions to some comparisons (pairs of positions of treatments); to all of them when `None`, or with more
    /// than 60 treatments to those with the reference.
    ///
    /// # Errors
    ///
    /// If a pair names no two treatments of the network, or weights below 0 make the evidence flow in a circle.
    pub fn contributions(
        &self,
        method: ContributionMethod,
        comparisons: Option<&[(usize, usize)]>,
    ) -> Result<Contributions> {
        let t = self.theta.len();
        let mut notes = Vec::new();
        let pairs: Vec<(usize, usize)> = match comparisons {
            Some(pairs) => pairs.to_vec(),
            None if t > MANY => {
                notes.push(format!(
                    "{t} treatments: contributions to the comparisons with the reference only"
                ));
                (0..t).filter(|i| *i != self.reference).map(|i| (i, self.reference)).collect()
            }
            None => (0..t).flat_map(|i| (i + 1..t).map(move |j| (i, j))).collect(),
        };
        let flow = EvidenceFlow::new(self);
        let name = |i: usize| self.network.treatments[i].clone();
        let mut rows = Vec::with_capacity(pairs.len());
        for (a, b) in pairs {
            if a >= t || b >= t || a == b {
                let found = format!("comparison of treatments {} and {}", a + 1, b + 1);
                return Err(Error::setting("comparisons", found, format!("name two of the {t} treatments")));
            }
            let parts = self.contribution(&flow, method, a, b)?;
            rows.push(ContributionRow {
                intervention: name(a),
                comparator: name(b),
                studies: study_shares(&flow, &parts.values, self.network.studies.len()),
                values: parts.values,
                mean_path_length: parts.mean_length,
            });
        }
        if flow.edges.iter().any(|e| e.studies.iter().any(|(_, w)| *w < 0.0)) {
            notes.push(
                "a study with correlated arms has a weight below 0 in one of its comparisons, and so may its contribution"
                    .to_owned(),
            );
        }
        let direct = flow.edges.iter().map(|e| DirectComparison {
            intervention: name(e.ends.0),
            comparator: name(e.ends.1),
            k: e.studies.len(),
        });
        Ok(Contributions { method, direct: direct.collect(), rows, notes })
    }

    fn contribution(
        &self,
        flow: &EvidenceFlow<'_>,
        method: ContributionMethod,
        a: usize,
        b: usize,
    ) -> Result<Parts> {
        let arcs = arcs(flow, a, b);
        let (t, edges) = (self.theta.len(), flow.edges.len());
        let parts = match method {
            ContributionMethod::RandomWalk => walk::parts(&arcs, t, a, b, edges).ok_or(Failure::Circle),
            ContributionMethod::Shortest => shortest::parts(&arcs, t, a, b, edges).ok_or(Failure::Circle),
            ContributionMethod::L1 => least::parts(&arcs, t, (a, b), edges, true),
            ContributionMethod::L2 => least::parts(&arcs, t, (a, b), edges, false),
        };
        let name = |i: usize| &self.network.treatments[i];
        parts.map_err(|failure| match failure {
            Failure::Circle => Error::model(
                format!("the evidence on {} versus {} flows in a circle", name(a), name(b)),
                "weights below 0 do that: check the standard errors of the studies with three or more arms",
            ),
            Failure::Paths => Error::model(
                format!(
                    "the evidence on {} versus {} flows along more than {} paths",
                    name(a),
                    name(b),
                    least::MOST_PATHS
                ),
                format!("`{method}` lists them all; choose randomwalk or shortest, which do not"),
            ),
        })
    }
}

/// The contributions of the edges to one comparison and the mean length of its paths.
struct Parts {
    values: Vec<f64>,
    mean_length: f64,
}

/// An edge in the direction of its flow.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Arc {
    from: usize,
    to: usize,
    flow: f64,
    edge: usize,
}

/// The edges through which more than rounding flows.
fn arcs(flow: &EvidenceFlow<'_>, a: usize, b: usize) -> Vec<Arc> {
    let flows = flow.flows(&flow.potentials(a, b));
    let edges = flow.edges.iter().zip(flows).enumerate();
    let directed = edges.filter(|(_, (_, f))| f.abs() > 1e-13).map(|(edge, (e, f))| {
        let (from, to) = if f > 0.0 { e.ends } else { (e.ends.1, e.ends.0) };
        Arc { from, to, flow: f.abs(), edge }
    });
    directed.collect()
}

/// The treatments in an order in which all evidence flows forwards; `None` if it flows in a circle.
fn forwards(arcs: &[Arc], t: usize) -> Option<Vec<usize>> {
    let mut waiting = vec![0_usize; t];
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); t];
    for arc in arcs {
        waiting[arc.to] += 1;
        leaving[arc.from].push(arc.to);
    }
    let mut order: Vec<usize> = (0..t).filter(|i| waiting[*i] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for to in &leaving[order[next]] {
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                order.push(*to);
            }
        }
        next += 1;
    }
    (order.len() == t).then_some(order)
}

/// Contributions of the edges split among the studies by their weights.
fn study_shares(flow: &EvidenceFlow<'_>, values: &[f64], studies: usize) -> Vec<f64> {
    let mut shares = vec![0.0; studies];
    for (edge, value) in flow.edges.iter().zip(values).filter(|(_, v)| **v != 0.0) {
        for (s, weight) in &edge.studies {
            shares[*s] += value * weight / edge.weight;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// a → b direct, a → c → b, a → c → d → b.
    fn example() -> Vec<Arc> {
        let arc = |edge, from, to, flow| Arc { from, to, flow, edge };
        vec![arc(0, 0, 1, 0.5), arc(1, 0, 2, 0.5), arc(2, 2, 1, 0.3), arc(3, 2, 3, 0.2), arc(4, 3, 1, 0.2)]
    }

    #[test]
    fn both_rules_agree_where_the_paths_are_unique() {
        let expected = [0.5, 0.3 / 2.0 + 0.2 / 3.0, 0.15, 0.2 / 3.0, 0.2 / 3.0];
        for parts in
            [walk::parts(&example(), 4, 0, 1, 5).unwrap(), shortest::parts(&example(), 4, 0, 1, 5).unwrap()]
        {
            for (value, expected) in parts.values.iter().zip(expected) {
                assert!((value - expected).abs() < 1e-14);
            }
            assert!((parts.mean_length - (0.5 + 0.6 + 0.6)).abs() < 1e-14);
        }
    }

    #[test]
    fn a_circle_is_seen() {
        let arc = |edge, from, to| Arc { from, to, flow: 1.0, edge };
        assert!(forwards(&[arc(0, 0, 1), arc(1, 1, 2), arc(2, 2, 0)], 3).is_none());
    }
}
