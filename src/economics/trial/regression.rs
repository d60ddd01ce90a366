//! The pair of regressions behind the differences: one for the cost, one for the effect, fitted jointly.
//!
//! With the same covariates in both, seemingly unrelated regressions are ordinary least squares; with different ones
//! they are generalized least squares with the covariance Σ of the two residuals estimated from least squares (divisor
//! √((n - p_C)(n - p_E)), one step). Per patient the score is ψ_i = Z_i' Σ⁻¹ u_i with Z_i = diag(x_C,i, x_E,i), and
//!
//! - model-based covariance: M = (Σ_i Z_i' Σ⁻¹ Z_i)⁻¹;
//! - robust: M (Σ ψ_i ψ_i') M, with u_i divided by √(1 - h_i) (HC2) for the same covariates, which without covariates is
//!   Welch's variance, and times n/(n - p) for different ones;
//! - clustered, the same covariates: CR2 of [`crate::robust`] with independent patients as the working model, and
//!   Satterthwaite's degrees of freedom, which depend on design and clusters only and so are those of the cost, the effect and
//!   the net benefit at every λ (Bell and McCaffrey 2002; Pustejovsky and Tipton 2018, doi:10.1080/07350015.2016.1247004);
//! - clustered, different ones: M (Σ ψ_j ψ_j') M over sums of scores by cluster, times m/(m - p) (CR1), with m - p degrees of
//!   freedom.

use nalgebra::{DMatrix, DVector};

use crate::{
    Error, Result,
    robust::{ClusterRobust, ClusteredModel, RobustType},
};

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
    df: f64,
    /// The cluster-robust covariance of the cost regression, scaled, which has the degrees of freedom of any contrast.
    clusters: Option<ClusterRobust>,
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

/// Both regressions by least squares.
struct Fits {
    x: [DMatrix<f64>; 2],
    y: [DVector<f64>; 2],
    gram_inverse: [DMatrix<f64>; 2],
    coefficients: [DVector<f64>; 2],
    residuals: [DVector<f64>; 2],
    /// The residuals' variances and covariance (cost, effect, both).
    spread: [f64; 3],
}

impl Fits {
    fn new(cost_x: &[Vec<f64>], cost: &[f64], effect_x: &[Vec<f64>], effect: &[f64]) -> Result<Self> {
        let x = [matrix(cost_x), matrix(effect_x)];
        let y = [DVector::from_column_slice(cost), DVector::from_column_slice(effect)];
        let gram_inverse = [inverse_gram(&x[0].tr_mul(&x[0]))?, inverse_gram(&x[1].tr_mul(&x[1]))?];
        let solve = |g: &DMatrix<f64>, x: &DMatrix<f64>, y: &DVector<f64>| {
            let first = g * x.tr_mul(y);
            let correction = g * x.tr_mul(&(y - x * &first)); // one step of refinement
            first + correction
        };
        let coefficients = [solve(&gram_inverse[0], &x[0], &y[0]), solve(&gram_inverse[1], &x[1], &y[1])];
        let residuals = [&y[0] - &x[0] * &coefficients[0], &y[1] - &x[1] * &coefficients[1]];
        let [dc, de] = [&x[0], &x[1]].map(|x| (x.nrows() - x.ncols()) as f64);
        let [u, v] = &residuals;
        let spread = [u.dot(u) / dc, v.dot(v) / de, u.dot(v) / (dc * de).sqrt()];
        Ok(Fits { x, y, gram_inverse, coefficients, residuals, spread })
    }

    fn terms(&self) -> [usize; 2] {
        [self.x[0].ncols(), self.x[1].ncols()]
    }

    /// With the same covariates least squares are the joint fit.
    fn together(self) -> Joint {
        let [pc, pe] = self.terms();
        let [s11, s22, s12] = self.spread;
        let [gc, ge] = &self.gram_inverse;
        let mut covariance = DMatrix::zeros(pc + pe, pc + pe);
        let mut bread = DMatrix::zeros(pc + pe, pc + pe);
        bread.view_mut((0, 0), (pc, pc)).copy_from(gc);
        bread.view_mut((pc, pc), (pe, pe)).copy_from(ge);
        covariance.view_mut((0, 0), (pc, pc)).copy_from(&(gc * s11));
        covariance.view_mut((pc, pc), (pe, pe)).copy_from(&(ge * s22));
        covariance.view_mut((0, pc), (pc, pe)).copy_from(&(gc * s12));
        covariance.view_mut((pc, 0), (pe, pc)).copy_from(&(gc * s12));
        Joint { fits: self, bread, covariance, weights: [1.0, 0.0, 1.0], same: true }
    }

    /// Generalized least squares with the covariance of the residuals, one step.
    fn apart(mut self) -> Result<Joint> {
        let [pc, pe] = self.terms();
        let [s11, s22, s12] = self.spread;
        let determinant = s11 * s22 - s12 * s12;
        if determinant <= 1e-14 * s11 * s22 || determinant.is_nan() {
            return Err(Error::model(
                "costs and effects determine each other exactly",
                "give both regressions the same covariates",
            ));
        }
        let [xc, xe] = &self.x;
        let (w11, w22, w12) = (s22 / determinant, s11 / determinant, -s12 / determinant);
        let mut normal = DMatrix::zeros(pc + pe, pc + pe);
        let cross = xc.tr_mul(xe);
        normal.view_mut((0, 0), (pc, pc)).copy_from(&(xc.tr_mul(xc) * w11));
        normal.view_mut((pc, pc), (pe, pe)).copy_from(&(xe.tr_mul(xe) * w22));
        normal.view_mut((0, pc), (pc, pe)).copy_from(&(&cross * w12));
        normal.view_mut((pc, 0), (pe, pc)).copy_from(&(cross.transpose() * w12));
        let bread = inverse_gram(&normal)?;
        let [uc, ue] = &self.residuals;
        let mut right = DVector::zeros(pc + pe);
        right.rows_mut(0, pc).copy_from(&(xc.tr_mul(&(uc * w11 + ue * w12))));
        right.rows_mut(pc, pe).copy_from(&(xe.tr_mul(&(uc * w12 + ue * w22))));
        let step = &bread * right;
        self.coefficients[0] += step.rows(0, pc);
        self.coefficients[1] += step.rows(pc, pe);
        self.residuals = [0, 1].map(|i: usize| &self.y[i] - &self.x[i] * &self.coefficients[i]);
        Ok(Joint { covariance: bread.clone(), bread, weights: [w11, w12, w22], same: false, fits: self })
    }
}

/// The joint fit, before its covariance is made robust.
struct Joint {
    fits: Fits,
    bread: DMatrix<f64>,
    covariance: DMatrix<f64>,
    /// Σ⁻¹ up to what the bread carries.
    weights: [f64; 3],
    /// True if both regressions have the same covariates.
    same: bool,
}

impl Joint {
    /// The sandwich over sums of scores by unit.
    fn sandwich(&self, unit: impl Fn(usize) -> usize, units: usize, robust: bool) -> DMatrix<f64> {
        let [pc, pe] = self.fits.terms();
        let [xc, xe] = &self.fits.x;
        let leverage = robust && self.same;
        let mut scores = DMatrix::<f64>::zeros(units, pc + pe);
        for i in 0..xc.nrows() {
            let shrink = if leverage {
                let row = xc.row(i);
                (1.0 - (row * &self.fits.gram_inverse[0] * row.transpose())[(0, 0)]).max(f64::EPSILON).sqrt()
            } else {
                1.0
            };
            let (u, v) = (self.fits.residuals[0][i] / shrink, self.fits.residuals[1][i] / shrink);
            let [w11, w12, w22] = self.weights;
            let (a, b) = (w11 * u + w12 * v, w12 * u + w22 * v);
            for j in 0..pc {
                scores[(unit(i), j)] += a * xc[(i, j)];
            }
            for j in 0..pe {
                scores[(unit(i), pc + j)] += b * xe[(i, j)];
            }
        }
        let factor = if leverage { 1.0 } else { units as f64 / (units - pc.max(pe)) as f64 };
        &self.bread * scores.tr_mul(&scores) * &self.bread * factor
    }

    /// CR2 over clusters, for the same covariates: the residuals of a cluster are adjusted by the same matrix in both
    /// regressions, so that the covariance of the two follows from their sum and their difference, each of length one.
    fn clustered(&mut self, labels: &[usize]) -> Result<ClusterRobust> {
        let p = self.fits.terms()[0];
        let design = self.fits.x[0].as_slice();
        let sizes = [0, 1].map(|i: usize| match self.fits.residuals[i].norm() {
            size if size > 0.0 => size,
            _ => 1.0,
        });
        let [u, v] = [0, 1].map(|i: usize| &self.fits.residuals[i] / sizes[i]);
        let estimates = vec![0.0; p];
        let weights = vec![1.0; labels.len()];
        let robust = |residuals: &DVector<f64>| {
            ClusteredModel::inverse_variance(design, &estimates, residuals.as_slice(), &weights, labels)?
                .robust(RobustType::Cr2)
        };
        let (cost, effect) = (robust(&u)?, robust(&v)?);
        let (sum, difference) = (robust(&(&u + &v))?, robust(&(&u - &v))?);
        for (at, (((c, e), s), d)) in cost
            .covariance()
            .iter()
            .zip(effect.covariance())
            .zip(sum.covariance())
            .zip(difference.covariance())
            .enumerate()
        {
            let (i, j) = (at % p, at / p);
            self.covariance[(i, j)] = c * sizes[0] * sizes[0];
            self.covariance[(p + i, p + j)] = e * sizes[1] * sizes[1];
            let cross = 0.25 * (s - d) * sizes[0] * sizes[1];
            self.covariance[(i, p + j)] = cross;
            self.covariance[(p + i, j)] = cross;
        }
        Ok(cost)
    }
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
    let p = cost_x.len().max(effect_x.len());
    let units = match sandwich {
        Sandwich::Clusters(labels) => labels.iter().max().map_or(0, |m| m + 1),
        _ => n,
    };
    if units <= p {
        return Err(Error::model(
            format!("{units} independent units for {p} coefficients"),
            "use fewer covariates",
        ));
    }
    let fits = Fits::new(cost_x, cost, effect_x, effect)?;
    let mut joint = if cost_x == effect_x { fits.together() } else { fits.apart()? };
    let mut clusters = None;
    match sandwich {
        Sandwich::Model => {}
        Sandwich::Robust => joint.covariance = joint.sandwich(|i| i, n, true),
        Sandwich::Clusters(labels) if joint.same => clusters = Some(joint.clustered(labels)?),
        Sandwich::Clusters(labels) => {
            joint.covariance = joint.sandwich(|i| labels.get(i).copied().unwrap_or(0), units, false);
        }
    }
    let [pc, pe] = joint.fits.terms();
    let mut coefficients = DVector::zeros(pc + pe);
    coefficients.rows_mut(0, pc).copy_from(&joint.fits.coefficients[0]);
    coefficients.rows_mut(pc, pe).copy_from(&joint.fits.coefficients[1]);
    let df = (units - p) as f64;
    Ok(Pair { coefficients, covariance: joint.covariance, cost_terms: pc, df, clusters })
}

impl Pair {
    /// The degrees of freedom of a contrast over the terms that both regressions share.
    ///
    /// # Errors
    ///
    /// If the clusters hold no information on it.
    pub(super) fn degrees_of_freedom(&self, terms: &[(usize, f64)]) -> Result<f64> {
        let Some(clusters) = &self.clusters else { return Ok(self.df) };
        let mut contrast = vec![0.0; self.cost_terms];
        for &(i, a) in terms {
            if let Some(place) = contrast.get_mut(i) {
                *place += a;
            }
        }
        clusters.degrees_of_freedom(&contrast).ok_or_else(|| {
            Error::model(
                "the clusters hold no information on the difference between the arms",
                "each arm needs several clusters; leave the clusters out or use fewer covariates",
            )
        })
    }

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
