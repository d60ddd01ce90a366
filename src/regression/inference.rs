//! A regression solved at a tau², with the inference that was asked for.

use nalgebra::{DMatrix, DVector};

use super::{kenward_roger::kenward_roger, kernel::Solution};
use crate::{
    linear::{
        Inference,
        basis::{Basis, Reference},
    },
    tau2::{linear::Linear, model::Model},
};

/// A solved regression. Refits go no further than this; what a reader sees is read off its [`Basis`].
#[derive(Debug)]
pub(super) struct Regressed<'a> {
    pub model: Linear<'a>,
    /// The coefficients on Q, with their covariance by the inference.
    pub solution: Solution,
    /// Hartung and Knapp's factor before any floor, where it is used.
    pub factor: Option<f64>,
    reference: Reference,
}

impl<'a> Regressed<'a> {
    pub fn new(mut model: Linear<'a>, tau2: f64, weights: Option<&[f64]>, inference: Inference) -> Self {
        let mut solution = Solution::new(&mut model, tau2, weights);
        let df = model.df();
        let own = solution.rss / df;
        let (reference, factor) = match inference {
            Inference::T => (Reference::T(df), None),
            Inference::HartungKnapp => {
                solution.c *= own;
                (Reference::T(df), Some(own))
            }
            Inference::HartungKnappAdHoc => {
                solution.c *= own.max(1.0);
                (Reference::T(df), Some(own))
            }
            Inference::KenwardRoger => {
                let (small, adjusted) = kenward_roger(&mut model, tau2);
                solution.c = adjusted;
                (Reference::KenwardRoger(small), None)
            }
            _ => (Reference::Normal, None),
        };
        Regressed { model, solution, factor, reference }
    }

    /// The statistic of the test of the contrasts in the columns of `l` (on Q).
    pub fn statistic(&self, l: &DMatrix<f64>) -> Option<f64> {
        let statistic = self.solution.wald(l).filter(|s| s.is_finite())?;
        Some(match &self.reference {
            Reference::KenwardRoger(small) => small.scale(l)?.0 * statistic,
            _ => statistic,
        })
    }

    /// The inference on the coefficients, which have these names.
    pub fn basis(self, names: &[String]) -> Basis {
        let p = self.model.p();
        let rows: Vec<Vec<f64>> = (0..p)
            .map(|i| {
                self.model.contrast_on_q(&(0..p).map(|j| f64::from(u8::from(i == j))).collect::<Vec<_>>())
            })
            .collect();
        let from_q = DMatrix::from_fn(p, p, |i, j| rows[i][j]);
        let Solution { g, c, .. } = self.solution;
        Basis::new(names, (DVector::from_vec(g), c), from_q, self.reference)
    }
}
