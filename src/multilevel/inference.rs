//! Tests and intervals of the coefficients: normal, t and F with residual, containment, Satterthwaite's or Kenward and
//! Roger's degrees of freedom, or cluster-robust.

use std::fmt;
use std::str::FromStr;

use nalgebra::{Cholesky, DMatrix, DVector};
use serde::{Deserialize, Serialize};

use super::small_sample::SmallSample;
use crate::linear::{
    Coefficient, Inference, WaldTest,
    basis::{Basis, Spread, unit_contrasts},
};
use crate::robust::ClusterRobust;
use crate::{Error, Level, Result};

/// The inference for coefficients: tests and intervals.
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

    /// The inference that decides the default convention of prediction intervals.
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

/// The source of the degrees of freedom.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reference {
    Normal,
    /// Those of each coefficient.
    Coefficients(Vec<f64>),
    Satterthwaite(SmallSample),
    KenwardRoger(SmallSample),
    Robust(ClusterRobust),
}

/// The inference that was chosen, with the variance about predicted means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Summary {
    pub names: Vec<String>,
    pub estimates: DVector<f64>,
    pub covariance: DMatrix<f64>,
    pub basis: Reference,
    pub spread: Option<Spread>,
}

impl Summary {
    /// The degrees of freedom of a contrast; `None` for the normal distribution.
    fn df(&self, row: &[f64]) -> Option<f64> {
        match &self.basis {
            Reference::Normal | Reference::Robust(_) => None,
            Reference::Coefficients(dfs) => {
                dfs.iter().zip(row).filter(|(_, x)| **x != 0.0).map(|(df, _)| *df).min_by(f64::total_cmp)
            }
            Reference::Satterthwaite(small) | Reference::KenwardRoger(small) => small.degrees_of_freedom(row),
        }
    }

    /// Every coefficient.
    pub fn coefficients(&self, level: Level) -> Result<Vec<Coefficient>> {
        let p = self.names.len();
        let rows = unit_contrasts(&(0..p).collect::<Vec<_>>(), p);
        self.names.iter().zip(&rows).map(|(name, row)| self.contrast(name, row, level)).collect()
    }

    /// The reason why the coefficients at these positions have no test.
    pub fn why_no_test(&self, positions: &[usize]) -> String {
        match &self.basis {
            Reference::Robust(robust) => {
                robust.why_no_test(&unit_contrasts(positions, self.names.len()), &self.names)
            }
            _ => "the covariance of the coefficients does not support the test of the moderators".to_owned(),
        }
    }

    /// The test that the coefficients at these positions are zero.
    pub fn test_columns(&self, positions: &[usize]) -> Option<WaldTest> {
        self.test(&unit_contrasts(positions, self.names.len()))
    }
}

impl Basis for Summary {
    fn contrast(&self, name: &str, l: &[f64], level: Level) -> Result<Coefficient> {
        if let Reference::Robust(robust) = &self.basis {
            let c = robust.named_contrast(name, l, level.fraction())?;
            return Ok(Coefficient::new(name, c.estimate, c.se, Some(c.df), level));
        }
        let c = DVector::from_column_slice(l);
        let se = c.dot(&(&self.covariance * &c)).max(0.0).sqrt();
        Ok(Coefficient::new(name, c.dot(&self.estimates), se, self.df(l), level))
    }

    fn test(&self, contrasts: &[Vec<f64>]) -> Option<WaldTest> {
        let n = contrasts.len();
        if n == 0 {
            return None;
        }
        if let Reference::Robust(robust) = &self.basis {
            return robust.wald_test(contrasts);
        }
        let l = columns(contrasts);
        let b = l.tr_mul(&self.estimates);
        let wald = b.dot(&Cholesky::new(self.contrast_covariance(contrasts))?.solve(&b));
        let (scale, df2) = match &self.basis {
            Reference::Normal | Reference::Robust(_) => return Some(WaldTest::chi2(wald, n)),
            Reference::Coefficients(_) => {
                (1.0, contrasts.iter().filter_map(|row| self.df(row)).min_by(f64::total_cmp)?)
            }
            Reference::Satterthwaite(small) => (1.0, small.several_degrees_of_freedom(&l)?),
            Reference::KenwardRoger(small) => small.scale(&l)?,
        };
        Some(WaldTest::f(scale * wald / n as f64, n, df2))
    }

    fn contrast_covariance(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
        let l = columns(contrasts);
        l.tr_mul(&(&self.covariance * &l))
    }
}

fn columns(contrasts: &[Vec<f64>]) -> DMatrix<f64> {
    let columns: Vec<DVector<f64>> = contrasts.iter().map(|l| DVector::from_column_slice(l)).collect();
    DMatrix::from_columns(&columns)
}
