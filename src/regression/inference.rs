//! One place where a fit's coefficients, contrasts and predicted values get their standard errors, degrees of freedom and
//! tests: by the model (Wald, t, Knapp-Hartung, Kenward-Roger) or by clusters.

use nalgebra::DMatrix;

use super::{
    kenward_roger::KenwardRoger,
    kernel::{Solution, contrasts_on_q},
};
use crate::{
    Level, Result,
    linear::{
        Coefficient, Inference, WaldTest,
        basis::{Basis, unit_contrasts},
    },
    robust::ClusterRobust,
    tau2::{linear::Linear, model::Model},
};

/// The reference of contrasts.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // one at a time, on the stack
enum Judged {
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
    basis: Judged,
}

impl<'a> Engine<'a> {
    /// The model-based inference.
    pub fn new(mut model: Linear<'a>, tau2: f64, weights: Option<&[f64]>, inference: Inference) -> Self {
        let mut solution = Solution::new(&mut model, tau2, weights);
        let df = model.df();
        let own = solution.rss / df;
        let (basis, factor) = match inference {
            Inference::T => (Judged::T(df), None),
            Inference::HartungKnapp => {
                solution.c *= own;
                (Judged::T(df), Some(own))
            }
            Inference::HartungKnappAdHoc => {
                solution.c *= own.max(1.0);
                (Judged::T(df), Some(own))
            }
            Inference::KenwardRoger => {
                let (kenward_roger, adjusted) = KenwardRoger::new(&mut model, tau2);
                solution.c = adjusted;
                (Judged::KenwardRoger(kenward_roger), None)
            }
            _ => (Judged::Normal, None),
        };
        Engine { model, solution, factor, basis }
    }

    /// The same with inference by clusters.
    pub fn clustered(mut self, robust: ClusterRobust) -> Self {
        self.basis = Judged::Clusters(robust);
        self
    }

    /// The statistic of the test of the contrasts in the columns of `l` (on Q), model-based.
    pub fn statistic(&self, l: &DMatrix<f64>) -> Option<f64> {
        let statistic = self.solution.wald(l).filter(|s| s.is_finite())?;
        Some(match &self.basis {
            Judged::KenwardRoger(kenward_roger) => kenward_roger.scale(l)?.0 * statistic,
            _ => statistic,
        })
    }

    /// Every coefficient.
    ///
    /// # Errors
    ///
    /// If one has no robust variance.
    pub fn coefficients(&self, names: &[String], level: Level) -> Result<Vec<Coefficient>> {
        let p = names.len();
        let rows = unit_contrasts(&(0..p).collect::<Vec<_>>(), p);
        names.iter().zip(&rows).map(|(name, l)| self.contrast(name, l, level)).collect()
    }

    /// The test that the coefficients at these positions are 0.
    pub fn test_columns(&self, positions: &[usize]) -> Option<WaldTest> {
        self.test(&unit_contrasts(positions, self.model.p()))
    }

    /// The covariance of the coefficients of X, column by column.
    pub fn covariance(&self) -> Vec<f64> {
        match &self.basis {
            Judged::Clusters(robust) => robust.covariance().to_vec(),
            _ => self.model.covariance_on_design(self.solution.c.as_slice(), self.model.p()),
        }
    }
}

impl Basis for Engine<'_> {
    fn contrast(&self, name: &str, l: &[f64], level: Level) -> Result<Coefficient> {
        if let Judged::Clusters(robust) = &self.basis {
            let c = robust.named_contrast(name, l, level.fraction())?;
            return Ok(Coefficient::new(name, c.estimate, c.se, Some(c.df), level));
        }
        let l = self.model.contrast_on_q(l);
        let (estimate, variance) = self.solution.contrast(&l);
        let df = match &self.basis {
            Judged::T(df) => Some(*df),
            Judged::KenwardRoger(kenward_roger) => Some(kenward_roger.degrees_of_freedom(&l)),
            _ => None,
        };
        Ok(Coefficient::new(name, estimate, variance.max(0.0).sqrt(), df, level))
    }

    fn test(&self, contrasts: &[Vec<f64>]) -> Option<WaldTest> {
        let m = contrasts.len();
        if m == 0 || m > self.model.p() {
            return None;
        }
        if let Judged::Clusters(robust) = &self.basis {
            return robust.wald_test(contrasts);
        }
        let l = contrasts_on_q(&self.model, contrasts);
        let statistic = self.solution.wald(&l).filter(|s| s.is_finite())?;
        Some(match &self.basis {
            Judged::T(df) => WaldTest::f(statistic / m as f64, m, *df),
            Judged::KenwardRoger(kenward_roger) => {
                let (lambda, df) = kenward_roger.scale(&l)?;
                WaldTest::f(lambda * statistic / m as f64, m, df)
            }
            _ => WaldTest::chi2(statistic, m),
        })
    }

    fn contrast_covariance(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
        if let Judged::Clusters(robust) = &self.basis {
            return robust.contrast_covariance(contrasts);
        }
        let l = contrasts_on_q(&self.model, contrasts);
        l.tr_mul(&(&self.solution.c * &l))
    }
}
