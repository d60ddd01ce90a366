//! A model without one study: what the diagnostics of regressions, and of pooling, are made of.
//!
//! The other studies stay on the orthonormal basis Q of the whole design, which is made once: taking out row q leaves
//! Q'Q = I - qq', regular unless the study alone carries a coefficient. tau² is estimated anew; what does not depend on it
//! follows from the whole: with weights 1 / v, leverage h and residual e of the study, Q falls by e² / (v (1 - h)).

use nalgebra::{DMatrix, DVector};

use super::{MetaRegression, Regressed};
use crate::{
    pool::Inference,
    tau2::{self, linear::Linear},
};

/// A fit without one study, in the coordinates of the whole design's Q.
pub(crate) struct Deleted {
    /// tau² without the study; 0 for fixed effects.
    pub tau2: f64,
    /// Q without the study.
    pub q: f64,
    /// The coefficients.
    pub b: DVector<f64>,
    /// Their covariance by the chosen inference.
    pub c: DMatrix<f64>,
    /// Hartung and Knapp's factor, which `c` contains; 1 without.
    pub factor: f64,
}

/// The studies of a model, of which one at a time is taken out.
pub(crate) struct Deletion<'a> {
    whole: &'a Linear<'a>,
    yi: &'a [f64],
    vi: &'a [f64],
    weights: Option<&'a [f64]>,
    options: &'a MetaRegression,
    /// The contribution of each study to Q; `None` where it carries a coefficient alone.
    shares: Vec<Option<f64>>,
    q: f64,
}

impl<'a> Deletion<'a> {
    /// `weights` are those of the least squares, if they are not 1 / (v + tau²).
    pub fn new(
        whole: &'a Linear<'a>,
        yi: &'a [f64],
        vi: &'a [f64],
        weights: Option<&'a [f64]>,
        options: &'a MetaRegression,
    ) -> Self {
        let mut model = whole.clone();
        let p = whole.row(0).len();
        let (g, inverse) = model.solution(|_, v| 1.0 / v);
        let (g, inverse) = (DVector::from_column_slice(g), DMatrix::from_column_slice(p, p, inverse));
        let mut q = 0.0;
        let shares = yi
            .iter()
            .zip(vi)
            .enumerate()
            .map(|(i, (y, v))| {
                let row = DVector::from_column_slice(whole.row(i));
                let e = y - row.dot(&g);
                q += e * e / v;
                let left = 1.0 - (&inverse * &row).dot(&row) / v;
                (left > 1e-6).then(|| e * e / (v * left))
            })
            .collect();
        Deletion { whole, yi, vi, weights, options, shares, q }
    }

    /// The fit without the study at this position; `None` if the others cannot tell the coefficients apart.
    pub fn without(&self, study: usize) -> Option<Deleted> {
        let rest = |values: &[f64]| -> Vec<f64> {
            values.iter().enumerate().filter(|(i, _)| *i != study).map(|(_, v)| *v).collect()
        };
        let (y, v) = (rest(self.yi), rest(self.vi));
        let weights = self.weights.map(rest);
        let mut model = self.whole.without(study, &y, &v)?;
        let spec = &self.options.spec;
        let tau2 = spec.tau2(&mut model, weights.as_deref());
        // The difference keeps its digits unless the study is nearly all of Q.
        let q = match self.shares.get(study).copied().flatten() {
            Some(share) if share < 0.99 * self.q => self.q - share,
            _ => tau2::model::Model::q(&mut model),
        };
        let regressed = Regressed::new(model, tau2, weights.as_deref(), spec.inference);
        let factor = match (spec.inference, regressed.factor) {
            (Inference::HartungKnapp, Some(factor)) => factor,
            (Inference::HartungKnappAdHoc, Some(factor)) => factor.max(1.0),
            _ => 1.0,
        };
        let (b, c) = (DVector::from_vec(regressed.solution.g), regressed.solution.c);
        Some(Deleted { tau2, q, b, c, factor })
    }
}
