//! Decision trees: expected cost and effect by rolling back.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A node with the cost and effect that fall due on reaching it, and what may follow.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TreeNode {
    /// The cost on reaching the node.
    pub cost: f64,
    /// The effect on reaching the node.
    pub effect: f64,
    /// The branches, with probabilities that sum to 1; none for an end.
    pub branches: Vec<(f64, TreeNode)>,
}

impl TreeNode {
    /// An end with its cost and effect.
    pub fn end(cost: f64, effect: f64) -> Self {
        TreeNode { cost, effect, branches: Vec::new() }
    }

    /// A chance node without cost or effect of its own.
    pub fn chance(branches: impl IntoIterator<Item = (f64, TreeNode)>) -> Self {
        TreeNode { cost: 0.0, effect: 0.0, branches: branches.into_iter().collect() }
    }

    /// Adds a cost and an effect on reaching the node.
    #[must_use]
    pub fn plus(mut self, cost: f64, effect: f64) -> Self {
        self.cost += cost;
        self.effect += effect;
        self
    }

    /// The expected cost and effect.
    ///
    /// # Errors
    ///
    /// If probabilities are not within 0 and 1 or do not sum to 1, or a value is not finite.
    pub fn expected(&self) -> Result<(f64, f64)> {
        let (mut cost, mut effect) = (self.cost, self.effect);
        let total: f64 = self.branches.iter().map(|b| b.0).sum();
        let proper = self.branches.iter().all(|b| (0.0..=1.0).contains(&b.0)) && (total - 1.0).abs() <= 1e-9;
        if !(self.branches.is_empty() || proper) {
            let probabilities: Vec<f64> = self.branches.iter().map(|b| b.0).collect();
            return Err(Error::model(
                format!("branches with probabilities {probabilities:?}"),
                "probabilities lie between 0 and 1 and sum to 1",
            ));
        }
        for (probability, node) in &self.branches {
            let (c, e) = node.expected()?;
            cost += probability * c;
            effect += probability * e;
        }
        if cost.is_finite() && effect.is_finite() {
            Ok((cost, effect))
        } else {
            Err(Error::model(format!("cost {cost}, effect {effect}"), "values must be finite"))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn rolled_back_by_hand() {
        let treated = TreeNode::chance([(0.75, TreeNode::end(0.0, 1.0)), (0.25, TreeNode::end(400.0, 0.5))]);
        let tree = TreeNode::chance([(0.5, treated.plus(100.0, 0.0)), (0.5, TreeNode::end(20.0, 0.25))]);
        assert_eq!(tree.expected().unwrap(), (0.5 * 200.0 + 10.0, 0.5 * 0.875 + 0.125));
        let bad = TreeNode::chance([(0.5, TreeNode::end(0.0, 1.0)), (0.4, TreeNode::end(0.0, 0.0))]);
        assert!(bad.expected().unwrap_err().to_string().contains("[0.5, 0.4]"));
    }
}
