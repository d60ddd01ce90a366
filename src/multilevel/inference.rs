//! The kinds of inference on the coefficients of multilevel models.

use crate::{codes::codes, linear::Inference};

/// The inference for coefficients: tests and intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CoefficientInference {
    /// `wald`: normal and chi-square.
    #[default]
    Wald,
    /// `t`: t and F with k − p degrees of freedom.
    T,
    /// `contain`: t and F with containment degrees of freedom: the smallest number of levels among the random effects
    /// within whose levels the predictor is constant, less p; k − p if there is none. Tests of several coefficients take
    /// the smallest of theirs.
    Containment,
    /// `satterthwaite`: degrees of freedom by the precision with which the variance of the contrast is estimated
    /// (Satterthwaite 1946, doi:10.2307/3002019); of several contrasts by Fai and Cornelius (1996,
    /// doi:10.1080/00949659608811740). The covariance of the variance parameters is that of the expected information.
    Satterthwaite,
    /// `kr`: covariance, scale and degrees of freedom of Kenward and Roger (1997, doi:10.2307/2533558). REML only. For
    /// structures that are not linear in their parameters (AR1, CAR, HCS, spatial ones) the covariance is taken as linear
    /// at the estimate, which makes the result independent of the choice of parameters.
    KenwardRoger,
}

codes! { CoefficientInference, "inference of multilevel models" {
    Wald "wald" ["z", "normal"],
    T "t" ["t test"],
    Containment "contain" ["containment"],
    Satterthwaite "satterthwaite" [],
    KenwardRoger "kr" ["Kenward-Roger", "Kenward and Roger"],
} }

impl CoefficientInference {
    /// The inference that decides the default convention of prediction intervals.
    pub(super) fn reference(self) -> Inference {
        if self == CoefficientInference::Wald { Inference::Wald } else { Inference::T }
    }
}
