//! The pair of regressions behind the differences: one for the cost, one for the effect, fitted jointly.
//!
//! With the same covariates in both, seemingly unrelated regressions are ordinary least squares; with different ones
//! they are generalized least squares with the covariance Σ of the two residuals estimated from least squares (divisor
//! √((n - p_C)(n - p_E)), one step). Per patient the score is ψ_i = Z_i' Σ⁻¹ u_i with Z_i = diag(x_C,i, x_E,i), and
//!
//! - model-based covariance: M = (Σ_i Z_i' Σ⁻¹ Z_i)⁻¹;
//! - robust: M (Σ ψ_i ψ_i') M, with u_i divided by √(1 - h_i) (HC2) for the same covariates, which without covariates is
//!   Welch's variance, and times n/(n - p) for different ones;
//! - clustered: the same over sums of scores by cluster, times m/(m - p) (CR1).

use nalgebra::{DMatrix, DVector};

use crate::{Error, Result};

/// The estimator of the covariance of the coefficients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sandwich<'a> {
    Model,
    Robust,
    Clusters(&'a [usize]),
}

/// The joint fit: coefficients of the cost regression, then of the effect regression, with their covariance.
pub(super) struct Pair {
    pub(super) coefficients: DVector<f64>,
    pub(super) covariance: DMatrix<f64>,
    /// The number of coefficients of the cost regression.
    pub(super) cost_terms: usize,
    /// Residual degrees of freedom: the smaller n - p, or m - p with m clusters.
    pub(super) df: f64,
}

pub(super) fn matrix(columns: &[Vec<f64>]) -> DMatrix<f64> {
    let rows = columns.first().map_or(0, Vec::len);
    DMatrix::from_fn(rows, columns.len(), |i, j| columns[j][i])
}

/// (X'X)⁻¹ through the Cholesky factor of the columns scaled to length one; an error if they are dependent.
pub(super) fn inverse_gram(gram: &DMatrix<f64>) -> Result<DMatrix<f64>> {
    let p = gram.nrows();
    let scale: Vec<f64> = (0..p).map(|j| gram[(j, j)].sqrt()).collect();
    let dependent = || {
        Error::model(
            "the covariates are linearly dependent (or one is constant)",
            "leave out the covariate that the others determine",
        )
    };
    if scale.iter().any(|s| !(s.is_finite() && *s > 0.0)) {
        return Err(dependent());
    }
    let scaled = DMatrix::from_fn(p, p, |i, j| gram[(i, j)] / (scale[i] * scale[j]));
    let factor = scaled.cholesky().ok_or_else(dependent)?;
    if factor.l_dirty().diagonal().iter().any(|d| *d < 1e-7) {
        return Err(dependent());
    }
    let inverse = factor.inverse();
    Ok(DMatrix::from_fn(p, p, |i, j| inverse[(i, j)] / (scale[i] * scale[j])))
}

/// Fits both regressions. `cost_x` and `effect_x` are columns.
pub(super) fn fit_pair(
    cost_x: &[Vec<f64>],
    cost: &[f64],
    effect_x: &[Vec<f64>],
    effect: &[f64],
    sandwich: Sandwich<'_>,
) -> Result<Pair> {
    let n = cost.len();
    let (xc, xe) = (matrix(cost_x), matrix(effect_x));
    let (pc, pe) = (xc.ncols(), xe.ncols());
    let p = pc.max(pe);
    let clusters = match sandwich {
        Sandwich::Clusters(labels) => labels.iter().max().map_or(0, |m| m + 1),
        _ => n,
    };
    if clusters <= p {
        return Err(Error::model(
            format!("{clusters} independent units for {p} coefficients"),
            "use fewer covariates",
        ));
    }
    let (yc, ye) = (DVector::from_column_slice(cost), DVector::from_column_slice(effect));
    let (gc, ge) = (inverse_gram(&xc.tr_mul(&xc))?, inverse_gram(&xe.tr_mul(&xe))?);
    let solve = |g: &DMatrix<f64>, x: &DMatrix<f64>, y: &DVector<f64>| {
        let first = g * x.tr_mul(y);
        let correction = g * x.tr_mul(&(y - x * &first)); // one step of refinement
        first + correction
    };
    let (mut bc, mut be) = (solve(&gc, &xc, &yc), solve(&ge, &xe, &ye));
    let (mut uc, mut ue) = (&yc - &xc * &bc, &ye - &xe * &be);
    let (dc, de) = ((n - pc) as f64, (n - pe) as f64);
    let same = cost_x == effect_x;
    let (s11, s22, s12) = (uc.dot(&uc) / dc, ue.dot(&ue) / de, uc.dot(&ue) / (dc * de).sqrt());
    let mut covariance = DMatrix::zeros(pc + pe, pc + pe);
    let mut bread = DMatrix::zeros(pc + pe, pc + pe);
    let mut weights = [1.0, 0.0, 1.0]; // Σ⁻¹ up to what the bread carries
    if same {
        bread.view_mut((0, 0), (pc, pc)).copy_from(&gc);
        bread.view_mut((pc, pc), (pe, pe)).copy_from(&ge);
        covariance.view_mut((0, 0), (pc, pc)).copy_from(&(&gc * s11));
        covariance.view_mut((pc, pc), (pe, pe)).copy_from(&(&ge * s22));
        covariance.view_mut((0, pc), (pc, pe)).copy_from(&(&gc * s12));
        covariance.view_mut((pc, 0), (pe, pc)).copy_from(&(&gc * s12));
    } else {
        let determinant = s11 * s22 - s12 * s12;
        if determinant <= 1e-14 * s11 * s22 || determinant.is_nan() {
            return Err(Error::model(
                "costs and effects determine each other exactly",
                "give both regressions the same covariates",
            ));
        }
        let (w11, w22, w12) = (s22 / determinant, s11 / determinant, -s12 / determinant);
        weights = [w11, w12, w22];
        let mut normal = DMatrix::zeros(pc + pe, pc + pe);
        let cross = xc.tr_mul(&xe);
        normal.view_mut((0, 0), (pc, pc)).copy_from(&(xc.tr_mul(&xc) * w11));
        normal.view_mut((pc, pc), (pe, pe)).copy_from(&(xe.tr_mul(&xe) * w22));
        normal.view_mut((0, pc), (pc, pe)).copy_from(&(&cross * w12));
        normal.view_mut((pc, 0), (pe, pc)).copy_from(&(cross.transpose() * w12));
        bread = inverse_gram(&normal)?;
        covariance.copy_from(&bread);
        let mut right = DVector::zeros(pc + pe);
        right.rows_mut(0, pc).copy_from(&(xc.tr_mul(&(&uc * w11 + &ue * w12))));
        right.rows_mut(pc, pe).copy_from(&(xe.tr_mul(&(&uc * w12 + &ue * w22))));
        let step = &bread * right;
        bc += step.rows(0, pc);
        be += step.rows(pc, pe);
        uc = &yc - &xc * &bc;
        ue = &ye - &xe * &be;
    }
    let mut coefficients = DVector::zeros(pc + pe);
    coefficients.rows_mut(0, pc).copy_from(&bc);
    coefficients.rows_mut(pc, pe).copy_from(&be);
    if sandwich != Sandwich::Model {
        let units = match sandwich {
            Sandwich::Clusters(_) => clusters,
            _ => n,
        };
        let mut scores = DMatrix::<f64>::zeros(units, pc + pe);
        for i in 0..n {
            let unit = match sandwich {
                Sandwich::Clusters(labels) => labels[i],
                _ => i,
            };
            let shrink = if same && sandwich == Sandwich::Robust {
                let row = xc.row(i);
                (1.0 - (row * &gc * row.transpose())[(0, 0)]).max(f64::EPSILON).sqrt()
            } else {
                1.0
            };
            let (u, v) = (uc[i] / shrink, ue[i] / shrink);
            let (a, b) = (weights[0] * u + weights[1] * v, weights[1] * u + weights[2] * v);
            for j in 0..pc {
                scores[(unit, j)] += a * xc[(i, j)];
            }
            for j in 0..pe {
                scores[(unit, pc + j)] += b * xe[(i, j)];
            }
        }
        let factor = match sandwich {
            Sandwich::Robust if same => 1.0,
            _ => units as f64 / (units - p) as f64,
        };
        covariance = &bread * scores.tr_mul(&scores) * &bread * factor;
    }
    Ok(Pair { coefficients, covariance, cost_terms: pc, df: (clusters - p) as f64 })
}

impl Pair {
    /// Estimates and covariance entries of a contrast over the terms that both regressions share (by position): the
    /// cost, its variance, the effect, its variance, their covariance.
    pub(super) fn contrast(&self, terms: &[(usize, f64)]) -> [f64; 5] {
        let pc = self.cost_terms;
        let (mut cost, mut effect, mut vc, mut ve, mut s) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for &(i, a) in terms {
            cost += a * self.coefficients[i];
            effect += a * self.coefficients[pc + i];
            for &(j, b) in terms {
                vc += a * b * self.covariance[(i, j)];
                ve += a * b * self.covariance[(pc + i, pc + j)];
                s += a * b * self.covariance[(i, pc + j)];
            }
        }
        [cost, vc, effect, ve, s]
    }
}
