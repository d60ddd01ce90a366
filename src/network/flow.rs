//! The flow of evidence through a network, and how long and how parallel its paths are.
//!
//! Use it to see which comparisons and studies an estimate rests on, and how indirect it is.
//!
//! Model: precisions are conductances. For the comparison a versus b the potentials φ = C(e_a − e_b) send the current
//! f_e = w_e (φ_i − φ_j) through the edge i-j of weight w_e, summed over the studies; f is a unit flow from a to b without
//! cycles. A study gives the row h_s = W_s X_s C (e_a − e_b) of the hat matrix, a design the sum of its studies' rows; the
//! flow through it is ½(Σ|h| + |Σh|). The mean path length is the sum of these over the designs, the minimal parallelism
//! 1 over the greatest of them.
//!
//! Edge cases: weights below 0, which correlated arms can have, are taken as they are.
//!
//! References: König J, Krahn U, Binder H (2013). Visualizing the flow of evidence in network meta-analysis and
//! characterizing mixed treatment comparisons. *Statistics in Medicine* 32:5414-5429. doi:10.1002/sim.6001

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

/// How long and how parallel the paths of a comparison are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FlowMeasures {
    /// The mean number of designs that the evidence passes: 1 if it is all direct.
    pub mean_path_length: f64,
    /// 1 over the greatest flow through a design: 1 if all evidence passes one design.
    pub minimal_parallelism: f64,
    /// 1 over the greatest flow through a study.
    pub minimal_parallelism_study: f64,
}

/// Reads measures of flow from a fit, for many comparisons.
#[derive(Debug, Clone)]
pub struct FlowReader<'a> {
    fit: &'a NetworkFit,
    designs: Vec<ArmGroup>,
    studies: Vec<ArmGroup>,
}

/// The arms of a study or a design and the precision of its contrasts with the first arm.
#[derive(Debug, Clone)]
struct ArmGroup {
    arms: Vec<usize>,
    precision: Vec<f64>,
}

impl ArmGroup {
    /// ½(Σ|h| + |Σh|) of h = W X φ.
    fn flow(&self, potentials: &[f64]) -> f64 {
        let n = self.arms.len() - 1;
        let first = potentials[self.arms[0]];
        let (mut size, mut sum) = (0.0, 0.0);
        for row in self.precision.chunks_exact(n.max(1)) {
            let h: f64 = row.iter().zip(&self.arms[1..]).map(|(w, a)| w * (potentials[*a] - first)).sum();
            size += h.abs();
            sum += h;
        }
        0.5 * (size + sum.abs())
    }
}

impl<'a> FlowReader<'a> {
    /// A reader of this fit.
    pub fn new(fit: &'a NetworkFit) -> Self {
        let mut designs: BTreeMap<Vec<usize>, Vec<f64>> = BTreeMap::new();
        let mut studies = Vec::with_capacity(fit.network.studies.len());
        for study in &fit.network.studies {
            let arms: Vec<usize> = study.arms.iter().map(|arm| arm.treatment).collect();
            let precision = study.precision(fit.tau2);
            match designs.get_mut(&arms) {
                Some(sum) => sum.iter_mut().zip(&precision).for_each(|(s, w)| *s += w),
                None => drop(designs.insert(arms.clone(), precision.clone())),
            }
            studies.push(ArmGroup { arms, precision });
        }
        let designs = designs.into_iter().map(|(arms, precision)| ArmGroup { arms, precision }).collect();
        FlowReader { fit, designs, studies }
    }

    /// The measures of treatment `i` versus `j` (positions among the treatments); `None` if there are no such two.
    pub fn measures(&self, i: usize, j: usize) -> Option<FlowMeasures> {
        let t = self.fit.theta.len();
        if i >= t || j >= t || i == j {
            return None;
        }
        let c = &self.fit.covariance;
        let potentials: Vec<f64> = (0..t).map(|k| c[k * t + i] - c[k * t + j]).collect();
        let (mut total, mut widest, mut greatest) = (0.0, 0.0_f64, 0.0_f64);
        for design in &self.designs {
            let flow = design.flow(&potentials);
            total += flow;
            widest = widest.max(flow);
        }
        for study in &self.studies {
            greatest = greatest.max(study.flow(&potentials));
        }
        Some(FlowMeasures {
            mean_path_length: total,
            minimal_parallelism: 1.0 / widest,
            minimal_parallelism_study: 1.0 / greatest,
        })
    }
}
