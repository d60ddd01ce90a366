//! Tests and intervals of the coefficients: normal, t and F with residual, containment, Satterthwaite's or Kenward and
//! Roger's degrees of freedom, or cluster-robust.

use std::fmt;
use std::str::FromStr;

use nalgebra::{Cholesky, DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::fit::{MultilevelTest, TestDistribution};
use super::small_sample::SmallSample;
use crate::pool::Inference;
use crate::robust::ClusterRobust;
use crate::stat::{self, chi2};
use crate::{Error, Level, Result};

/// How coefficients are tested and their intervals made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    #[serde(rename = "contain")]
    Containment,
    /// `satterthwaite`: degrees of freedom by the precision with which the variance of the contrast is estimated
    /// (Satterthwaite 1946, doi:10.2307/3002019); of several contrasts by Fai and Cornelius (1996,
    /// doi:10.1080/00949659608811740). The covariance of the variance parameters is that of the expected information.
    Satterthwaite,
    /// `kr`: covariance, scale and degrees of freedom of Kenward and Roger (1997, doi:10.2307/2533558). REML only. For
    /// structures that are not linear in their parameters (AR1, CAR, HCS, spatial ones) the covariance is taken as linear
    /// at the estimate, which makes the result independent of the choice of parameters.
    #[serde(rename = "kr")]
    KenwardRoger,
}

impl CoefficientInference {
    /// All methods.
    pub const ALL: [CoefficientInference; 5] = [
        CoefficientInference::Wald,
        CoefficientInference::T,
        CoefficientInference::Containment,
        CoefficientInference::Satterthwaite,
        CoefficientInference::KenwardRoger,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            CoefficientInference::Wald => "wald",
            CoefficientInference::T => "t",
            CoefficientInference::Containment => "contain",
            CoefficientInference::Satterthwaite => "satterthwaite",
            CoefficientInference::KenwardRoger => "kr",
        }
    }

    /// What decides the default convention of prediction intervals.
    pub(super) fn reference(self) -> Inference {
        if self == CoefficientInference::Wald { Inference::Wald } else { Inference::T }
    }
}

impl fmt::Display for CoefficientInference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for CoefficientInference {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        CoefficientInference::ALL
            .into_iter()
            .find(|known| known.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| {
                Error::unknown(
                    "inference of multilevel models",
                    code,
                    CoefficientInference::ALL.map(Self::code),
                )
            })
    }
}

/// A mean with its inference.
pub(super) struct Mean {
    pub estimate: f64,
    pub se: f64,
    pub df: Option<f64>,
    pub p_value: f64,
    pub ci_lower: f64,
    pub ci_upper: f64,
}

/// Where the degrees of freedom come from.
pub(super) enum Basis {
    Normal,
    /// Those of each coefficient.
    Coefficients(Vec<f64>),
    Satterthwaite(SmallSample),
    KenwardRoger(SmallSample),
    Robust(ClusterRobust),
}

/// The inference that was chosen.
pub(super) struct Summary<'a> {
    pub estimates: &'a DVector<f64>,
    pub covariance: DMatrix<f64>,
    pub basis: Basis,
    pub level: Level,
}

impl Summary<'_> {
    /// The degrees of freedom of a contrast; `None` for the normal distribution.
    fn df(&self, row: &[f64]) -> Option<f64> {
        match &self.basis {
            Basis::Normal | Basis::Robust(_) => None,
            Basis::Coefficients(dfs) => Some(
                dfs.iter()
                    .zip(row)
                    .filter(|(_, x)| **x != 0.0)
                    .map(|(df, _)| *df)
                    .fold(f64::INFINITY, f64::min),
            )
            .filter(|df| df.is_finite()),
            Basis::Satterthwaite(small) | Basis::KenwardRoger(small) => small.degrees_of_freedom(row),
        }
    }

    /// The mean at a row of the design, or any other contrast.
    pub fn mean(&self, row: &[f64]) -> Result<Mean> {
        if let Basis::Robust(robust) = &self.basis {
            let mean = robust.contrast(row, self.level.fraction())?;
            return Ok(Mean {
                estimate: mean.estimate,
                se: mean.se,
                df: Some(mean.df),
                p_value: mean.p_value,
                ci_lower: mean.ci_lower,
                ci_upper: mean.ci_upper,
            });
        }
        let c = DVector::from_column_slice(row);
        let estimate = c.dot(self.estimates);
        let se = c.dot(&(&self.covariance * &c)).max(0.0).sqrt();
        let df = self.df(row);
        let half = se * self.level.critical_value(df);
        let statistic = estimate / se;
        let p_value = match df {
            Some(df) => stat::t::two_sided(statistic, df),
            None => stat::normal::two_sided(statistic),
        };
        Ok(Mean { estimate, se, df, p_value, ci_lower: estimate - half, ci_upper: estimate + half })
    }

    /// The test that the coefficients at these positions are zero.
    pub fn test(&self, positions: &[usize]) -> Option<MultilevelTest> {
        if let Basis::Robust(robust) = &self.basis {
            let test = robust.test(positions)?;
            return Some(MultilevelTest {
                statistic: test.statistic,
                df1: test.df1,
                df2: Some(test.df2),
                p_value: test.p_value,
                distribution: TestDistribution::F,
            });
        }
        if positions.is_empty() {
            return None;
        }
        let n = positions.len();
        let b = DVector::from_fn(n, |i, _| self.estimates[positions[i]]);
        let v = DMatrix::from_fn(n, n, |i, j| self.covariance[(positions[i], positions[j])]);
        let wald = b.dot(&Cholesky::new(v)?.solve(&b));
        let df1 = n as f64;
        let (scale, df2) = match &self.basis {
            Basis::Normal | Basis::Robust(_) => {
                return Some(MultilevelTest {
                    statistic: wald,
                    df1: n,
                    df2: None,
                    p_value: chi2::sf(wald, df1),
                    distribution: TestDistribution::Chi2,
                });
            }
            Basis::Coefficients(dfs) => {
                (1.0, positions.iter().map(|&at| dfs[at]).fold(f64::INFINITY, f64::min))
            }
            Basis::Satterthwaite(small) => (1.0, small.several_degrees_of_freedom(positions)?),
            Basis::KenwardRoger(small) => small.scale(positions)?,
        };
        let statistic = scale * wald / df1;
        Some(MultilevelTest {
            statistic,
            df1: n,
            df2: Some(df2),
            p_value: stat::f::sf(statistic, df1, df2),
            distribution: TestDistribution::F,
        })
    }
}
