//! The evidence of the clusters about a contrast: one that a single cluster informs has no robust variance.
//!
//! The weighted residuals of all clusters sum to zero in every direction of the design. If cluster j alone informs the contrast
//! c'b, its own weighted residuals sum to zero there, and the sandwich is 0 but for rounding: a fact of the design, not of the
//! data. It shows in the share of the model's variance c'Mc that the sandwich (CR0) has on average if the working model holds,
//!
//! ```text
//! 1 − Σ_j c'M(X_j'W_jX_j)M(X_j'W_jX_j)Mc / c'Mc
//! ```
//!
//! which is 0 then (and for contrasts of several such coefficients), and 1 less about 1/m for m clusters alike.
//!
//! A coefficient that is the difference of such a level from another has a robust variance, of which one part is 0 by design: that of
//! the level. Without the cluster the coefficient cannot be estimated. With the working model's root M = LL' and z = L'c these are the
//! clusters whose L'(X_j'W_jX_j)L has an eigenvalue of 1, and the part is the share of z in its eigenvectors.

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};

use super::model::Whole;

/// Shares below this are rounding errors of 0: what the other clusters add to the precision of a contrast is not worth counting.
const NOTHING: f64 = 1e-10;

/// The information of each cluster, with the covariances that it implies.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    /// c'Mc for coefficients.
    model: DMatrix<f64>,
    /// The part of it that the sandwich has.
    left: DMatrix<f64>,
    /// M in orthonormal coordinates on the left, coefficients on the right.
    half: DMatrix<f64>,
    /// X_j'W_jX_j
    own: Vec<DMatrix<f64>>,
    /// L of M = LL' in orthonormal coordinates; `None` if M has none to working precision.
    root: Option<DMatrix<f64>>,
    to_coefficients: DMatrix<f64>,
}

impl Evidence {
    pub fn new(whole: Whole) -> Self {
        let root = Cholesky::new(whole.bread.clone()).map(|factor| factor.l());
        let half = &whole.bread * whole.to_coefficients.transpose();
        let model = &whole.to_coefficients * &half;
        let mut squares = DMatrix::zeros(half.nrows(), half.nrows());
        for part in &whole.parts {
            squares += &part.own * (&whole.bread * &part.own);
        }
        let left = &model - half.tr_mul(&(squares * &half));
        let own = whole.parts.into_iter().map(|part| part.own).collect();
        Evidence { model, left, half, own, root, to_coefficients: whole.to_coefficients }
    }

    /// For each coefficient the cluster without which it cannot be estimated, by number, with the share of its variance under the
    /// working model that the sandwich lacks therefore.
    pub fn carriers(&self) -> Vec<Option<(usize, f64)>> {
        let p = self.model.nrows();
        let mut carriers = vec![None; p];
        let Some(root) = &self.root else { return carriers };
        let coefficients = root.tr_mul(&self.to_coefficients.transpose());
        for (cluster, own) in self.own.iter().enumerate() {
            let shares = root.tr_mul(&(own * root));
            // an eigenvalue of 1 among ones that are not negative
            if shares.trace() < 1.0 - NOTHING {
                continue;
            }
            let Some(eigen) = SymmetricEigen::try_new(shares, f64::EPSILON, 10_000) else { continue };
            for (at, _) in eigen.eigenvalues.iter().enumerate().filter(|(_, value)| **value > 1.0 - NOTHING) {
                let along = coefficients.tr_mul(&eigen.eigenvectors.column(at));
                for (a, carrier) in carriers.iter_mut().enumerate() {
                    let share = along[a] * along[a] / coefficients.column(a).norm_squared();
                    if share > NOTHING.sqrt() && carrier.is_none_or(|(_, known)| known < share) {
                        *carrier = Some((cluster, share));
                    }
                }
            }
        }
        carriers
    }

    pub fn clusters(&self) -> usize {
        self.own.len()
    }

    /// The variance of a contrast under the working model.
    pub fn variance(&self, c: &DVector<f64>) -> f64 {
        c.dot(&(&self.model * c)).max(0.0)
    }

    /// Tells whether a contrast has a robust variance.
    pub fn informs(&self, c: &DVector<f64>) -> bool {
        c.dot(&(&self.left * c)) > NOTHING * c.dot(&(&self.model * c))
    }

    /// The cluster that alone informs a contrast, by number.
    pub fn sole(&self, c: &DVector<f64>) -> Option<usize> {
        let image = &self.half * c;
        let all = c.dot(&(&self.model * c));
        self.own.iter().position(|own| image.dot(&(own * &image)) > (1.0 - NOTHING) * all)
    }

    /// A combination of the contrasts in the columns of `c` that has no robust variance, if there is one.
    pub fn uninformed(&self, c: &DMatrix<f64>) -> Option<DVector<f64>> {
        let factor = Cholesky::new(c.tr_mul(&(&self.model * c)))?.l();
        let half = factor.solve_lower_triangular(&c.tr_mul(&(&self.left * c)))?;
        let shares = factor.solve_lower_triangular(&half.transpose())?;
        let eigen = SymmetricEigen::try_new(shares, f64::EPSILON, 10_000)?;
        let (least, at) = eigen.eigenvalues.iter().zip(0..).fold((f64::INFINITY, 0), |least, (value, at)| {
            if *value < least.0 { (*value, at) } else { least }
        });
        let direction = factor.tr_solve_lower_triangular(&eigen.eigenvectors.column(at).into_owned())?;
        (least <= NOTHING).then(|| c * direction)
    }
}
