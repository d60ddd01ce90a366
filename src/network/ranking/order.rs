//! The partial order of treatments over several outcomes, for a Hasse diagram.
//!
//! Treatment i stands above j when its score (P-score, say; great is good) is not lower on any outcome and higher on at
//! least one; treatments without such an order stay incomparable. The diagram draws the transitive reduction, an edge for
//! every pair with nothing between them, in layers by the longest chain from above.
//!
//! ```
//! use consilience::network::{OrderOutcome, PartialOrder};
//!
//! let names = ["a", "b", "c"].map(String::from);
//! let outcomes = [OrderOutcome::new("response", [0.9, 0.6, 0.2]), OrderOutcome::new("safety", [0.8, 0.3, 0.5])];
//! let order = PartialOrder::new(&names, &outcomes)?;
//! assert_eq!(order.edges, [(0, 1), (0, 2)]); // b and c cannot be compared
//! assert_eq!(order.layers, [vec![0], vec![1, 2]]);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Reference: Rücker G, Schwarzer G (2017). Resolve conflicting rankings of outcomes in network meta-analysis: partial
//! ordering of treatments. *Research Synthesis Methods* 8:526-536. doi:10.1002/jrsm.1270

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The scores of the treatments on one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrderOutcome {
    /// The outcome.
    pub outcome: String,
    /// A score for each treatment, great values being good.
    pub scores: Vec<f64>,
}

impl OrderOutcome {
    /// The scores of the treatments on one outcome, great values being good.
    pub fn new(outcome: impl Into<String>, scores: impl Into<Vec<f64>>) -> Self {
        OrderOutcome { outcome: outcome.into(), scores: scores.into() }
    }
}

/// A partial order of treatments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PartialOrder {
    /// The treatments.
    pub treatments: Vec<String>,
    /// The outcomes it rests on.
    pub outcomes: Vec<String>,
    /// For each treatment whether it stands above each other one.
    pub above: Vec<Vec<bool>>,
    /// The transitive reduction: pairs (upper, lower) with nothing between them.
    pub edges: Vec<(usize, usize)>,
    /// The treatments by layers, those with nothing above them first.
    pub layers: Vec<Vec<usize>>,
}

impl PartialOrder {
    /// The order of these treatments over these outcomes.
    ///
    /// # Errors
    ///
    /// If there is no treatment or no outcome, an outcome lacks scores, or a score is not finite.
    pub fn new(treatments: &[String], outcomes: &[OrderOutcome]) -> Result<Self> {
        let t = treatments.len();
        if t == 0 || outcomes.is_empty() {
            return Err(Error::data("no treatments or no outcomes", "give at least one of each"));
        }
        for outcome in outcomes {
            if outcome.scores.len() != t || !outcome.scores.iter().all(|s| s.is_finite()) {
                let found = format!("outcome {} lacks a score of one of {t} treatments", outcome.outcome);
                return Err(Error::data(found, "compare the treatments that all outcomes have"));
            }
        }
        let higher = |i: usize, j: usize| outcomes.iter().any(|o| o.scores[i] > o.scores[j]);
        let above: Vec<Vec<bool>> =
            (0..t).map(|i| (0..t).map(|j| higher(i, j) && !higher(j, i)).collect()).collect();
        let mut edges = Vec::new();
        for i in 0..t {
            for j in (0..t).filter(|j| above[i][*j]) {
                if !(0..t).any(|k| above[i][k] && above[k][j]) {
                    edges.push((i, j));
                }
            }
        }
        let layers = layers(&above);
        let outcomes = outcomes.iter().map(|o| o.outcome.clone()).collect();
        Ok(PartialOrder { treatments: treatments.to_vec(), outcomes, above, edges, layers })
    }

    /// The number of pairs that the outcomes agree on, of all T(T − 1)/2.
    pub fn comparable(&self) -> usize {
        self.above.iter().flatten().filter(|above| **above).count()
    }
}

/// Treatments by the longest chain above them.
fn layers(above: &[Vec<bool>]) -> Vec<Vec<usize>> {
    let t = above.len();
    let mut depth: Vec<Option<usize>> = vec![None; t];
    let mut layers: Vec<Vec<usize>> = Vec::new();
    while depth.iter().any(Option::is_none) {
        let free: Vec<usize> = (0..t)
            .filter(|j| depth[*j].is_none() && (0..t).all(|i| !above[i][*j] || depth[i].is_some()))
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|j| depth[*j] = Some(layers.len()));
        layers.push(free);
    }
    layers
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_chain_is_reduced_to_its_links() {
        let names = ["a", "b", "c", "d"].map(String::from);
        let order = PartialOrder::new(&names, &[OrderOutcome::new("x", [0.1, 0.9, 0.5, 0.7])]).unwrap();
        assert_eq!(order.edges, [(1, 3), (2, 0), (3, 2)]);
        assert_eq!(order.layers, [vec![1], vec![3], vec![2], vec![0]]);
        assert_eq!(order.comparable(), 6);
    }

    #[test]
    fn equal_scores_are_not_ordered() {
        let names = ["a", "b"].map(String::from);
        let order = PartialOrder::new(&names, &[OrderOutcome::new("x", [0.5, 0.5])]).unwrap();
        assert!(order.edges.is_empty());
        assert!(PartialOrder::new(&names, &[OrderOutcome::new("x", [0.5])]).is_err());
    }
}
