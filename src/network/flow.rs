//! The flow of evidence through a network: which comparisons and studies an estimate rests on.
//!
//! Model: precisions are conductances. For the comparison a versus b the potentials φ = C(e_a − e_b) send the current
//! f_e = w_e (φ_i − φ_j) through the edge i-j of weight w_e, summed over the studies; f is a unit flow from a to b without
//! cycles.
//!
//! Edge cases: weights below 0, which correlated arms can have, are taken as they are.
//!
//! References: König J, Krahn U, Binder H (2013). Visualizing the flow of evidence in network meta-analysis and
//! characterizing mixed treatment comparisons. *Statistics in Medicine* 32:5414-5429. doi:10.1002/sim.6001

use std::collections::BTreeMap;

use super::NetworkFit;

/// A pair of treatments with direct evidence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FlowEdge {
    /// The treatments, the earlier level first.
    pub ends: (usize, usize),
    /// The sum of the weights of the studies.
    pub weight: f64,
    /// The studies with their weights.
    pub studies: Vec<(usize, f64)>,
}

/// The edges of a network with their weights at the fit's tau².
#[derive(Debug, Clone)]
pub(crate) struct EvidenceFlow<'a> {
    fit: &'a NetworkFit,
    /// In the order (1,2), (1,3), ..., (2,3), ...
    pub edges: Vec<FlowEdge>,
}

impl<'a> EvidenceFlow<'a> {
    /// The edges of a fit.
    pub fn new(fit: &'a NetworkFit) -> Self {
        let mut edges: BTreeMap<(usize, usize), BTreeMap<usize, f64>> = BTreeMap::new();
        let mut l = Vec::new();
        for (s, study) in fit.network.studies.iter().enumerate() {
            study.laplacian_into(fit.tau2, &mut l);
            let p = study.arms.len();
            for a in 0..p {
                for b in a + 1..p {
                    let (i, j) = (study.arms[a].treatment, study.arms[b].treatment);
                    if i != j {
                        let ends = (i.min(j), i.max(j));
                        *edges.entry(ends).or_default().entry(s).or_default() -= l[a * p + b];
                    }
                }
            }
        }
        let edges = edges.into_iter().map(|(ends, studies)| FlowEdge {
            ends,
            weight: studies.values().sum(),
            studies: studies.into_iter().collect(),
        });
        EvidenceFlow { fit, edges: edges.collect() }
    }

    /// The potentials of a comparison.
    pub fn potentials(&self, a: usize, b: usize) -> Vec<f64> {
        let t = self.fit.theta.len();
        let c = &self.fit.covariance;
        (0..t).map(|i| c[i * t + a] - c[i * t + b]).collect()
    }

    /// The flow through each edge, from its earlier to its later treatment, given the potentials.
    pub fn flows(&self, potentials: &[f64]) -> Vec<f64> {
        self.edges.iter().map(|e| e.weight * (potentials[e.ends.0] - potentials[e.ends.1])).collect()
    }
}
