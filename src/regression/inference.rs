//! One place where a fit's coefficients, contrasts and predicted values get their standard errors, degrees of freedom and
//! tests: by the model (Wald, t, Knapp-Hartung, Kenward-Roger) or by clusters.

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use super::{
    kenward_roger::KenwardRoger,
    kernel::{Solution, contrasts_on_q, unit_contrasts},
};
use crate::{
    Level, Result,
    pool::Inference,
    robust::ClusterRobust,
    stat::{chi2, f, normal, t},
    tau2::{linear::Linear, model::Model},
};

/// One coefficient, contrast or difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coefficient {
    /// Its name.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// The standard error.
    pub se: f64,
    /// Estimate over standard error; `None` if the standard error is 0.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
}

impl Coefficient {
    pub(super) fn new(
        term: impl Into<String>,
        estimate: f64,
        se: f64,
        df: Option<f64>,
        level: Level,
    ) -> Self {
        let statistic = Some(estimate / se).filter(|s| s.is_finite());
        let half = level.critical_value(df) * se;
        Coefficient {
            term: term.into(),
            estimate,
            se,
            statistic,
            df,
            p_value: statistic.map(|s| match df {
                Some(df) => t::two_sided(s, df),
                None => normal::two_sided(s),
            }),
            ci_lower: estimate - half,
            ci_upper: estimate + half,
        }
    }
}

/// The distribution of a test statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Distribution {
    /// Chi-square.
    Chi2,
    /// F.
    F,
}

/// The test that several coefficients or contrasts are all 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WaldTest {
    /// The statistic.
    pub statistic: f64,
    /// The number of coefficients or contrasts.
    pub df1: usize,
    /// The denominator degrees of freedom of F; `None` for chi-square.
    pub df2: Option<f64>,
    /// The P value.
    pub p_value: f64,
    /// The distribution of the statistic.
    pub distribution: Distribution,
}

impl WaldTest {
    pub(super) fn chi2(statistic: f64, df: usize) -> Self {
        WaldTest {
            statistic,
            df1: df,
            df2: None,
            p_value: chi2::sf(statistic, df as f64),
            distribution: Distribution::Chi2,
        }
    }

    pub(super) fn f(statistic: f64, df1: usize, df2: f64) -> Self {
        WaldTest {
            statistic,
            df1,
            df2: Some(df2),
            p_value: f::sf(statistic, df1 as f64, df2),
            distribution: Distribution::F,
        }
    }
}

/// How contrasts are judged.
#[derive(Debug, Clone, PartialEq)]
enum Basis {
    Normal,
    T(f64),
    KenwardRoger(KenwardRoger),
    Clusters(ClusterRobust),
}

/// A solved model with its inference.
#[derive(Debug)]
pub(super) struct Engine<'a> {
    pub model: Linear<'a>,
    pub solution: Solution,
    /// Hartung and Knapp's factor before any floor, where it is used.
    pub factor: Option<f64>,
    basis: Basis,
}

impl<'a> Engine<'a> {
    /// The model-based inference.
    pub fn new(mut model: Linear<'a>, tau2: f64, weights: Option<&[f64]>, inference: Inference) -> Self {
        let mut solution = Solution::new(&mut model, tau2, weights);
        let df = model.df();
        let own = solution.rss / df;
        let (basis, factor) = match inference {
            Inference::T => (Basis::T(df), None),
            Inference::HartungKnapp => {
                solution.c *= own;
                (Basis::T(df), Some(own))
            }
            Inference::HartungKnappAdHoc => {
                solution.c *= own.max(1.0);
                (Basis::T(df), Some(own))
            }
            Inference::KenwardRoger => {
                let (kenward_roger, adjusted) = KenwardRoger::new(&mut model, tau2);
                solution.c = adjusted;
                (Basis::KenwardRoger(kenward_roger), None)
            }
            _ => (Basis::Normal, None),
        };
        Engine { model, solution, factor, basis }
    }

    /// The same with inference by clusters.
    pub fn clustered(mut self, robust: ClusterRobust) -> Self {
        self.basis = Basis::Clusters(robust);
        self
    }

    /// The contrast `l` of the coefficients on X. `None` where clusters hold no information on it.
    pub fn contrast(&self, term: impl Into<String>, l: &[f64], level: Level) -> Option<Coefficient> {
        if let Basis::Clusters(robust) = &self.basis {
            let c = robust.contrast(l, level.fraction()).ok()?;
            return Some(Coefficient::new(term, c.estimate, c.se, Some(c.df), level));
        }
        let l = self.model.contrast_on_q(l);
        let (estimate, variance) = self.solution.contrast(&l);
        let df = match &self.basis {
            Basis::T(df) => Some(*df),
            Basis::KenwardRoger(kenward_roger) => Some(kenward_roger.degrees_of_freedom(&l)),
            _ => None,
        };
        Some(Coefficient::new(term, estimate, variance.max(0.0).sqrt(), df, level))
    }

    /// Every coefficient.
    ///
    /// # Errors
    ///
    /// If one has no robust variance.
    pub fn coefficients(&self, names: &[String], level: Level) -> Result<Vec<Coefficient>> {
        if let Basis::Clusters(robust) = &self.basis {
            let coefficients = robust.coefficients(level.fraction())?;
            return Ok(names
                .iter()
                .zip(coefficients)
                .map(|(name, c)| Coefficient::new(name, c.estimate, c.se, Some(c.df), level))
                .collect());
        }
        let p = names.len();
        Ok(unit_contrasts(&(0..p).collect::<Vec<_>>(), p)
            .iter()
            .zip(names)
            .filter_map(|(l, name)| self.contrast(name, l, level))
            .collect())
    }

    /// The test that all contrasts are 0; `None` if there are none, they depend on each other, or the data hold no
    /// information on one.
    pub fn test(&self, contrasts: &[Vec<f64>]) -> Option<WaldTest> {
        let m = contrasts.len();
        if m == 0 || m > self.model.p() {
            return None;
        }
        if let Basis::Clusters(robust) = &self.basis {
            let columns: Vec<_> = contrasts.iter().map(|l| nalgebra::DVector::from_column_slice(l)).collect();
            let test = robust.test_contrasts(&DMatrix::from_columns(&columns))?;
            return Some(WaldTest::f(test.statistic, m, test.df2));
        }
        let l = contrasts_on_q(&self.model, contrasts);
        let statistic = self.solution.wald(&l).filter(|s| s.is_finite())?;
        Some(match &self.basis {
            Basis::T(df) => WaldTest::f(statistic / m as f64, m, *df),
            Basis::KenwardRoger(kenward_roger) => {
                let (lambda, df) = kenward_roger.scale(&l)?;
                WaldTest::f(lambda * statistic / m as f64, m, df)
            }
            _ => WaldTest::chi2(statistic, m),
        })
    }

    /// The statistic of the test of the contrasts in the columns of `l` (on Q), model-based.
    pub fn statistic(&self, l: &DMatrix<f64>) -> Option<f64> {
        let statistic = self.solution.wald(l).filter(|s| s.is_finite())?;
        Some(match &self.basis {
            Basis::KenwardRoger(kenward_roger) => kenward_roger.scale(l)?.0 * statistic,
            _ => statistic,
        })
    }

    /// The covariance of contrasts of the coefficients on X.
    pub fn contrast_covariance(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
        if let Basis::Clusters(robust) = &self.basis {
            let p = self.model.p();
            let c = DMatrix::from_column_slice(p, p, robust.covariance());
            let columns: Vec<_> = contrasts.iter().map(|l| nalgebra::DVector::from_column_slice(l)).collect();
            let l = DMatrix::from_columns(&columns);
            return l.tr_mul(&(c * &l));
        }
        let l = contrasts_on_q(&self.model, contrasts);
        l.tr_mul(&(&self.solution.c * &l))
    }

    /// The test that the coefficients at these positions are 0.
    pub fn test_columns(&self, positions: &[usize]) -> Option<WaldTest> {
        self.test(&unit_contrasts(positions, self.model.p()))
    }

    /// The covariance of the coefficients of X, column by column.
    pub fn covariance(&self) -> Vec<f64> {
        match &self.basis {
            Basis::Clusters(robust) => robust.covariance().to_vec(),
            _ => self.model.covariance_on_design(self.solution.c.as_slice(), self.model.p()),
        }
    }
}
