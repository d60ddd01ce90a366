//! Cluster-robust inference: standard errors and tests of a linear model that hold when effects of one cluster depend
//! on each other in a way the model does not know.
//!
//! Use it when several effects come from one study (outcomes, times, arms that share a control) and their covariances
//! are unknown or only guessed: the estimates stay those of the model, and their covariance is estimated from the
//! residuals of whole clusters.
//!
//! # Model
//!
//! Clusters `j = 1..m` with design `X_j`, weights `W_j`, residuals `e_j` and a working covariance `Φ_j`; `M` is the
//! inverse of `Σ X_j' W_j X_j` and `b = M Σ X_j' W_j y_j`. The sandwich is
//!
//! ```text
//! V = c M [ Σ_j X_j' W_j A_j e_j e_j' A_j' W_j X_j ] M
//! ```
//!
//! | type | `c` | `A_j` | reference distribution |
//! |---|---|---|---|
//! | `CR0` | 1 | `I` | t, F with `m − p` degrees of freedom |
//! | `CR1` | `m/(m − p)` | `I` | the same |
//! | `CR1S` | `m(k − 1)/((m − 1)(k − p))` | `I` | the same |
//! | `CR2` | 1 | makes `V` unbiased if `Φ` is the truth | t with Satterthwaite's degrees of freedom, HTZ |
//! | `CR3` | 1 | `(I − X_j M X_j' W_j)⁻¹`, close to the jackknife over clusters | the same |
//!
//! # Algorithm
//!
//! `A_j = D_j' B_j^{+1/2} D_j` with `Φ_j = D_j' D_j` and `B_j = D_j Var(e_j) D_j'`, the variance under the working
//! model; the square root is the symmetric one, generalized where `B_j` is singular (cluster dummies, a cluster that
//! determines a coefficient alone). Clusters of one effect, and clusters with one common variance, need no n-by-n matrix. The
//! covariances of the clusters' scores are a diagonal plus a matrix of rank 2p, so that degrees of freedom and the HTZ
//! test cost time linear in the number of clusters.
//!
//! # Edge cases
//!
//! One cluster is an error, as are `m ≤ p` for `CR0`, `CR1` and `CR1S` (use `CR2`). Degrees of freedom below 4 leave a
//! note: P values and intervals are then unreliable (Tipton 2015).
//!
//! A coefficient that one cluster alone informs has no robust variance: its weighted residuals sum to zero, and the coefficient has
//! no test. A coefficient that cannot be estimated without one cluster, though others inform it, too (the difference of a
//! level of which all effects stem from that cluster from another level) keeps its robust standard error, which is that of the
//! other level and not 0, with a note that names term, cluster and the share of the variance that is lacking; the inference
//! of the model is then the one to read.
//!
//! # Example
//!
//! The trials of BCG vaccination (Colditz et al. 1994), log risk ratios with the REML estimate of tau², each trial its
//! own cluster; `clubSandwich` gives a variance of 0.03229357 and 11.04125 degrees of freedom.
//!
//! ```
//! use consilience::robust::{ClusteredModel, RobustType};
//!
//! let yi = [-0.8893113339, -1.5853886572, -1.3480731483, -1.4415511900, -0.2175473222, -0.7861155858, -1.6208982236,
//!     0.0119523335, -0.4694176487, -1.3713448035, -0.3393588283, 0.4459134006, -0.0173139482];
//! let vi = [0.3255847650, 0.1945811214, 0.4153679654, 0.0200100319, 0.0512101722, 0.0069056185, 0.2230172476,
//!     0.0039615793, 0.0564342105, 0.0730247936, 0.0124122140, 0.5325058452, 0.0714046597];
//! let tau2 = 0.3132432581;
//! let weights: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
//! let total: f64 = weights.iter().sum();
//! let mean = [weights.iter().zip(&yi).map(|(w, y)| w * y).sum::<f64>() / total];
//! let residuals: Vec<f64> = yi.iter().map(|y| y - mean[0]).collect();
//! let design = [1.0; 13];
//! let clusters: Vec<usize> = (0..13).collect();
//!
//! let model = ClusteredModel::inverse_variance(&design, &mean, &residuals, &weights, &clusters)?;
//! let robust = model.robust(RobustType::Cr2)?;
//! let coefficient = robust.coefficients(0.95)?[0];
//! assert!((robust.covariance()[0] - 0.03229357).abs() < 5e-9);
//! assert!((coefficient.df - 11.04125).abs() < 5e-6);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Bell R. M., McCaffrey D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage
//!   samples. *Survey Methodology* 28, 169-181.
//! - Hedges L. V., Tipton E., Johnson M. C. (2010). Robust variance estimation in meta-regression with dependent effect
//!   size estimates. *Research Synthesis Methods* 1, 39-65. doi:10.1002/jrsm.5
//! - Tipton E. (2015). Small sample adjustments for robust variance estimation with meta-regression. *Psychological
//!   Methods* 20, 375-393. doi:10.1037/met0000011
//! - Tipton E., Pustejovsky J. E. (2015). Small-sample adjustments for tests of moderators and model fit using robust
//!   variance estimation in meta-regression. *Journal of Educational and Behavioral Statistics* 40, 604-634.
//!   doi:10.3102/1076998615606099
//! - Pustejovsky J. E., Tipton E. (2018). Small-sample methods for cluster-robust variance estimation and hypothesis
//!   testing in fixed effects models. *Journal of Business & Economic Statistics* 36, 672-683.
//!   doi:10.1080/07350015.2016.1247004

mod adjust;
mod evidence;
mod fitted;
mod inference;
mod kind;
mod model;

pub use fitted::RobustFit;
pub(crate) use fitted::{names, numbered};
pub use inference::{ClusterRobust, RobustCoefficient, RobustSummary, RobustTest};
pub use kind::RobustType;
pub use model::{ClusterBlock, ClusterMatrix, ClusteredModel};
