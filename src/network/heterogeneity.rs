//! The heterogeneity of a network.

use serde::{Deserialize, Serialize};

/// The heterogeneity of a network: the generalized Q of the common-effect model, tau², and what follows from them.
///
/// I² = 100 tau² / (tau² + v~) and H² = 1 + tau² / v~ with the typical variance v~ = df / tr(P S), which generalizes that
/// of Higgins and Thompson (2002); for a common-effect model they follow from Q.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetworkHeterogeneity {
    /// Q, Σ rᵀ V⁻¹ r about the common-effect estimates.
    pub q: f64,
    /// Its degrees of freedom, Σ (p - 1) - (T - 1).
    pub q_df: usize,
    /// Its P value; `None` without degrees of freedom.
    pub q_p_value: Option<f64>,
    /// The variance between studies; `None` for a common-effect model.
    pub tau2: Option<f64>,
    /// The standard deviation between studies.
    pub tau: Option<f64>,
    /// The Q-profile limits of tau².
    pub tau2_ci: Option<[f64; 2]>,
    /// I² in per cent.
    pub i2: Option<f64>,
    /// H².
    pub h2: Option<f64>,
    /// I² from Q, in per cent.
    pub i2_q: Option<f64>,
    /// The typical sampling variance.
    pub typical_variance: Option<f64>,
}
