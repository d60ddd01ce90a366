//! Measures of the indirectness of the evidence on a comparison: mean path length and minimal parallelism.
//!
//! The evidence on a comparison flows through the designs: with potentials φ = C (e_i - e_j), the node flows of a design are
//! L_d φ, and the flow through it is half the sum of their absolute values. The mean path length is the sum over the
//! designs, minimal parallelism 1 / the largest flow, by design and by study.
//!
//! Reference: König J, Krahn U, Binder H (2013), doi:10.1002/sim.6001.

use serde::{Deserialize, Serialize};

use super::{
    NetworkFit,
    design_means::{self, DesignMean},
};
use crate::Result;

/// The measures of one comparison.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EvidenceMeasures {
    /// The mean number of designs on the way from one treatment to the other.
    pub mean_path_length: f64,
    /// 1 / the largest flow through a design.
    pub minimal_parallelism: f64,
    /// 1 / the largest flow through a study.
    pub minimal_parallelism_study: f64,
}

/// The designs of a fit, prepared for the measures of many comparisons.
#[derive(Debug, Clone)]
pub struct EvidenceFlows<'a> {
    fit: &'a NetworkFit,
    designs: Vec<DesignMean>,
    /// Of designs with two treatments: the largest share of a study.
    shares: Vec<Option<f64>>,
}

impl<'a> EvidenceFlows<'a> {
    /// Gathers the designs of a fit.
    ///
    /// # Errors
    ///
    /// If a design cannot be solved.
    pub fn new(fit: &'a NetworkFit) -> Result<Self> {
        let designs = design_means::gather(&fit.network, fit.tau2)?;
        let mut l = Vec::new();
        let mut largest = |design: &DesignMean| {
            let plain = design.studies.iter().all(|&s| fit.network.studies[s].arms.len() == 2);
            plain.then(|| {
                let weight = |&s: &usize| {
                    fit.network.studies[s].laplacian_into(fit.tau2, &mut l);
                    l[0]
                };
                let most = design.studies.iter().map(weight).fold(0.0_f64, f64::max);
                most / design.laplacian[0]
            })
        };
        let shares = designs.iter().map(&mut largest).collect();
        Ok(EvidenceFlows { fit, designs, shares })
    }

    /// The number of steps that one comparison takes.
    pub fn cost(&self) -> usize {
        let multi =
            |(d, share): (&DesignMean, &Option<f64>)| if share.is_some() { 1 } else { 4 * d.studies.len() };
        self.designs.iter().zip(&self.shares).map(multi).sum()
    }

    /// The measures of treatment `i` versus `j`.
    pub fn measures(&self, i: usize, j: usize) -> EvidenceMeasures {
        let size = self.fit.theta.len();
        let v = &self.fit.variances;
        // potentials up to a constant: cov(t - r, i - j) = ½ (v_tj - v_ti) + constant
        let potential = |t: usize| 0.5 * (v[t * size + j] - v[t * size + i]);
        let (mut path, mut most, mut most_study) = (0.0, 0.0_f64, 0.0_f64);
        let mut l = Vec::new();
        for (design, share) in self.designs.iter().zip(&self.shares) {
            let phi: Vec<f64> = design.treatments.iter().map(|&t| potential(t)).collect();
            let flow = flow(&design.laplacian, &phi);
            path += flow;
            most = most.max(flow);
            if let Some(share) = share {
                most_study = most_study.max(flow * share);
                continue;
            }
            for &s in &design.studies {
                let study = &self.fit.network.studies[s];
                study.laplacian_into(self.fit.tau2, &mut l);
                let phi: Vec<f64> = study.arms.iter().map(|arm| potential(arm.treatment)).collect();
                most_study = most_study.max(self::flow(&l, &phi));
            }
        }
        EvidenceMeasures {
            mean_path_length: path,
            minimal_parallelism: 1.0 / most,
            minimal_parallelism_study: 1.0 / most_study,
        }
    }
}

/// Half the sum of the absolute node flows L φ.
fn flow(l: &[f64], phi: &[f64]) -> f64 {
    let p = phi.len();
    let node = |a: usize| (0..p).filter(|&b| b != a).map(|b| -l[a * p + b] * (phi[a] - phi[b])).sum::<f64>();
    0.5 * (0..p).map(|a| node(a).abs()).sum::<f64>()
}
