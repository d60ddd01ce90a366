//! The parts of a fitted model that cluster-robust inference needs: its design, residuals, and weights and working covariance by
//! cluster.

use nalgebra::{Cholesky, DMatrix, Dyn};

use super::adjust;
use super::evidence::Evidence;
use super::inference::{ClusterRobust, Scores};
use super::kind::RobustType;
use crate::{Error, Result};

type Factor = Cholesky<f64, Dyn>;

/// A symmetric matrix over the n effects of a cluster.
#[derive(Debug, Clone, PartialEq)]
pub enum ClusterMatrix {
    /// The n diagonal values of a diagonal matrix.
    Diagonal(Vec<f64>),
    /// All n·n values.
    Full(Vec<f64>),
}

impl ClusterMatrix {
    pub(super) fn fits(&self, n: usize) -> bool {
        match self {
            ClusterMatrix::Diagonal(values) => values.len() == n,
            ClusterMatrix::Full(values) => values.len() == n * n,
        }
    }

    /// As an n by n matrix.
    pub(super) fn matrix(&self, n: usize) -> DMatrix<f64> {
        match self {
            ClusterMatrix::Diagonal(values) => {
                DMatrix::from_diagonal(&nalgebra::DVector::from_column_slice(values))
            }
            ClusterMatrix::Full(values) => DMatrix::from_column_slice(n, n, values),
        }
    }

    pub(super) fn times(&self, matrix: &DMatrix<f64>) -> DMatrix<f64> {
        match self {
            ClusterMatrix::Diagonal(values) => {
                let mut out = matrix.clone();
                for mut column in out.column_iter_mut() {
                    for (value, factor) in column.iter_mut().zip(values) {
                        *value *= factor;
                    }
                }
                out
            }
            ClusterMatrix::Full(values) => {
                DMatrix::from_column_slice(matrix.nrows(), matrix.nrows(), values) * matrix
            }
        }
    }
}

/// One cluster of a [`ClusteredModel`].
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterBlock {
    /// The positions of its n effects in the columns of the model.
    pub rows: Vec<usize>,
    /// The working covariance `Φ_j` of its effects (n by n), in the order of `rows`.
    pub covariance: ClusterMatrix,
    /// The weights `W_j` (n by n); `None` if they are the inverse of the working covariance.
    pub weight: Option<ClusterMatrix>,
}

/// A linear model `b = (Σ X_j' W_j X_j)⁻¹ Σ X_j' W_j y_j`, cluster by cluster.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusteredModel<'a> {
    /// The design matrix, column by column: k values for each of the p coefficients.
    pub design: &'a [f64],
    /// The p estimates.
    pub estimates: &'a [f64],
    /// The k residuals `y − X b`.
    pub residuals: &'a [f64],
    /// The clusters; each effect belongs to one.
    pub clusters: Vec<ClusterBlock>,
}

impl<'a> ClusteredModel<'a> {
    /// A model with independent effects as its working model, whose weights are the inverse variances: pooling and
    /// meta-regression, where `weights[i] = 1 / (vi + tau2)`. `cluster[i]` is the cluster of effect i, any number.
    ///
    /// # Errors
    ///
    /// If lengths differ or a weight is not positive.
    pub fn inverse_variance(
        design: &'a [f64],
        estimates: &'a [f64],
        residuals: &'a [f64],
        weights: &[f64],
        cluster: &[usize],
    ) -> Result<Self> {
        check_weights(weights, residuals.len())?;
        let variances: Vec<f64> = weights.iter().map(|w| 1.0 / w).collect();
        Self::independent(design, estimates, residuals, &variances, None, cluster)
    }

    /// A model with independent effects as its working model, with variances `variances` and any other weights
    /// (equal weights, say).
    ///
    /// # Errors
    ///
    /// If lengths differ or a weight or variance is not positive.
    pub fn weighted(
        design: &'a [f64],
        estimates: &'a [f64],
        residuals: &'a [f64],
        weights: &[f64],
        variances: &[f64],
        cluster: &[usize],
    ) -> Result<Self> {
        check_weights(weights, residuals.len())?;
        check_weights(variances, residuals.len())?;
        Self::independent(design, estimates, residuals, variances, Some(weights), cluster)
    }

    fn independent(
        design: &'a [f64],
        estimates: &'a [f64],
        residuals: &'a [f64],
        variances: &[f64],
        weights: Option<&[f64]>,
        cluster: &[usize],
    ) -> Result<Self> {
        if cluster.len() != residuals.len() {
            return Err(shape(format!("{} cluster labels for {} effects", cluster.len(), residuals.len())));
        }
        let mut members: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
        for (row, &label) in cluster.iter().enumerate() {
            members.entry(label).or_default().push(row);
        }
        let pick = |column: &[f64], rows: &[usize]| {
            ClusterMatrix::Diagonal(rows.iter().filter_map(|&row| column.get(row).copied()).collect())
        };
        let clusters = members
            .into_values()
            .map(|rows| ClusterBlock {
                covariance: pick(variances, &rows),
                weight: weights.map(|weights| pick(weights, &rows)),
                rows,
            })
            .collect();
        Ok(ClusteredModel { design, estimates, residuals, clusters })
    }

    /// The cluster-robust covariance of the estimates, with all that its tests need.
    ///
    /// # Errors
    ///
    /// If the parts do not fit together, the design has not full column rank, a block is not positive definite, or
    /// there are too few clusters for the chosen kind.
    pub fn robust(&self, kind: RobustType) -> Result<ClusterRobust> {
        let p = self.estimates.len();
        let m = self.clusters.len();
        self.check()?;
        if m < 2 {
            return Err(Error::model(
                "all effects are of one cluster",
                "robust inference needs at least two clusters, and many more to be reliable",
            ));
        }
        if !kind.has_satterthwaite() && m <= p {
            return Err(Error::model(
                format!("{m} clusters for {p} coefficients leave {kind} no degrees of freedom"),
                "use CR2, fewer moderators or smaller clusters",
            ));
        }
        let whole = self.whole()?;
        let mut scores = Vec::with_capacity(m);
        let mut covariance = DMatrix::zeros(p, p);
        for (index, (cluster, part)) in self.clusters.iter().zip(&whole.parts).enumerate() {
            let adjusted = match kind {
                RobustType::Cr2 => adjust::bias_reduced(cluster, part, &whole.bread, &whole.meat)?,
                RobustType::Cr3 => adjust::jackknife(part, &whole.information, &whole.bread)
                    .ok_or_else(|| determined(index))?,
                _ => &part.score * &whole.bread,
            } * whole.to_coefficients.transpose();
            let e: Vec<f64> = cluster.rows.iter().map(|&row| self.residuals[row]).collect();
            let score = adjusted.tr_mul(&nalgebra::DVector::from_vec(e));
            covariance += &score * score.transpose();
            if kind.has_satterthwaite() {
                scores.push(whole.scores(cluster, part, &adjusted));
            }
        }
        covariance *= self.factor(kind)?;
        let kernel = whole.kernel();
        let evidence = Evidence::new(whole);
        Ok(ClusterRobust::new(kind, self.estimates.to_vec(), covariance, scores, kernel, evidence))
    }

    /// The factor of the sandwich for few clusters.
    fn factor(&self, kind: RobustType) -> Result<f64> {
        let (k, p, m) = (self.residuals.len(), self.estimates.len(), self.clusters.len());
        Ok(match kind {
            RobustType::Cr1 => m as f64 / (m - p) as f64,
            RobustType::Cr1S if k <= p => {
                return Err(Error::model(
                    format!("{k} effects for {p} coefficients"),
                    "CR1S needs more effects than coefficients",
                ));
            }
            RobustType::Cr1S => (m * (k - 1)) as f64 / ((m - 1) * (k - p)) as f64,
            _ => 1.0,
        })
    }

    /// The sums over clusters in coordinates with orthonormal columns X = QR, in which nothing is lost to the scale or origin
    /// of moderators.
    fn whole(&self) -> Result<Whole> {
        let (k, p) = (self.residuals.len(), self.estimates.len());
        let qr = DMatrix::from_column_slice(k, p, self.design).qr();
        let (q, r) = (qr.q(), qr.r());
        let scale = r.diagonal().amax();
        let to_coefficients = (r.diagonal().iter().all(|d| d.abs() > 1e-12 * scale) && scale > 0.0)
            .then(|| r.try_inverse())
            .flatten()
            .ok_or_else(|| {
                Error::model(
                    "the moderators are linearly dependent",
                    "leave out one of the collinear columns",
                )
            })?;
        let mut parts = Vec::with_capacity(self.clusters.len());
        let mut information = DMatrix::zeros(p, p);
        let mut meat = DMatrix::zeros(p, p);
        let general = self.clusters.iter().any(|cluster| cluster.weight.is_some());
        for cluster in &self.clusters {
            let n = cluster.rows.len();
            let x = DMatrix::from_fn(n, p, |i, c| q[(cluster.rows[i], c)]);
            let (score, factor) = cluster.weighted(&x)?;
            let own = x.transpose() * &score;
            information += &own;
            if general {
                meat += match &cluster.weight {
                    None => own.clone(),
                    Some(_) => score.transpose() * cluster.covariance.times(&score),
                };
            }
            parts.push(Part { x, score, own, factor });
        }
        let bread = Cholesky::new(information.clone())
            .ok_or_else(|| {
                Error::model("X'WX is not positive definite", "check the weights and the moderators")
            })?
            .inverse();
        Ok(Whole { to_coefficients, parts, information, meat, bread, general })
    }

    fn check(&self) -> Result<()> {
        let (p, k) = (self.estimates.len(), self.residuals.len());
        if p == 0 || k == 0 || self.design.len() != k * p {
            return Err(shape(format!(
                "a design of {} values, {k} residuals and {p} estimates",
                self.design.len()
            )));
        }
        let finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        if !finite(self.design) || !finite(self.residuals) || !finite(self.estimates) {
            return Err(Error::data("a value of the model is not finite", "all values must be finite"));
        }
        let mut seen = vec![false; k];
        for cluster in &self.clusters {
            for &row in &cluster.rows {
                match seen.get_mut(row) {
                    Some(seen) if !*seen => *seen = true,
                    _ => return Err(shape(format!("position {row} of {k} effects twice or out of range"))),
                }
            }
            let n = cluster.rows.len();
            let fits =
                cluster.covariance.fits(n) && cluster.weight.as_ref().is_none_or(|weight| weight.fits(n));
            if n == 0 || !fits {
                return Err(shape(format!("a cluster of {n} effects with blocks of another size")));
            }
        }
        if seen.contains(&false) {
            return Err(shape("an effect without a cluster".to_owned()));
        }
        Ok(())
    }
}

/// All clusters in orthonormal coordinates.
pub(super) struct Whole {
    /// R⁻¹: from orthonormal coordinates to coefficients.
    pub to_coefficients: DMatrix<f64>,
    pub parts: Vec<Part>,
    /// Σ X' W X
    pub information: DMatrix<f64>,
    /// Ω = Σ X' W Φ W X, where weights are not the inverse covariances.
    meat: DMatrix<f64>,
    /// M = (Σ X' W X)⁻¹
    pub bread: DMatrix<f64>,
    /// Some weights are not the inverse covariances.
    general: bool,
}

impl Whole {
    /// The parts of a cluster that degrees of freedom need.
    fn scores(&self, cluster: &ClusterBlock, part: &Part, adjusted: &DMatrix<f64>) -> Scores {
        let p = self.bread.nrows();
        let spread = cluster.covariance.times(adjusted);
        let own = adjusted.tr_mul(&spread);
        let mut low = part.x.tr_mul(adjusted);
        if self.general {
            let other = part.score.tr_mul(&spread);
            let mut both = DMatrix::zeros(2 * p, p);
            both.rows_mut(0, p).copy_from(&low);
            both.rows_mut(p, p).copy_from(&other);
            low = both;
        }
        Scores { own, low }
    }

    /// K in the covariances of scores.
    fn kernel(&self) -> DMatrix<f64> {
        if !self.general {
            return -&self.bread;
        }
        let p = self.bread.nrows();
        let mut kernel = DMatrix::zeros(2 * p, 2 * p);
        kernel.view_mut((0, 0), (p, p)).copy_from(&(&self.bread * &self.meat * &self.bread));
        kernel.view_mut((0, p), (p, p)).copy_from(&(-&self.bread));
        kernel.view_mut((p, 0), (p, p)).copy_from(&(-&self.bread));
        kernel
    }
}

/// A cluster in orthonormal coordinates.
pub(super) struct Part {
    /// The rows of the design, n by p.
    pub x: DMatrix<f64>,
    /// `W X`, n by p.
    pub score: DMatrix<f64>,
    /// `X' W X`, p by p.
    pub own: DMatrix<f64>,
    /// The Cholesky factor of a full working covariance.
    pub factor: Option<Factor>,
}

impl ClusterBlock {
    /// `W X`, and the factor of a full working covariance.
    fn weighted(&self, x: &DMatrix<f64>) -> Result<(DMatrix<f64>, Option<Factor>)> {
        let n = self.rows.len();
        let indefinite = || {
            Error::model(
                format!("the working covariance of a cluster of {n} effects is not positive definite"),
                "check the sampling covariances of its effects",
            )
        };
        let factor = match &self.covariance {
            ClusterMatrix::Diagonal(values) => {
                if !values.iter().all(|v| v.is_finite() && *v > 0.0) {
                    return Err(indefinite());
                }
                None
            }
            ClusterMatrix::Full(values) => {
                Some(Cholesky::new(DMatrix::from_column_slice(n, n, values)).ok_or_else(indefinite)?)
            }
        };
        let score = match (&self.weight, &self.covariance, &factor) {
            (Some(weight), _, _) => weight.times(x),
            (None, _, Some(factor)) => factor.solve(x),
            (None, ClusterMatrix::Diagonal(values), None) => {
                ClusterMatrix::Diagonal(values.iter().map(|v| 1.0 / v).collect()).times(x)
            }
            (None, ClusterMatrix::Full(_), None) => return Err(indefinite()),
        };
        Ok((score, factor))
    }
}

fn determined(index: usize) -> Error {
    Error::model(
        format!(
            "cluster {} (counted from 1) determines a coefficient alone, so that CR3 does not exist",
            index + 1
        ),
        "use CR2, or leave out the moderator that only this cluster informs",
    )
}

fn shape(found: String) -> Error {
    Error::data(found, "the parts of a clustered model must cover the same effects")
}

fn check_weights(weights: &[f64], k: usize) -> Result<()> {
    if weights.len() != k {
        return Err(shape(format!("{} weights for {k} effects", weights.len())));
    }
    match weights.iter().position(|w| !(w.is_finite() && *w > 0.0)) {
        Some(row) => Err(Error::data(
            format!("weight or variance {}", weights[row]),
            "weights and variances must be finite and above 0",
        )
        .in_row(row + 1)),
        None => Ok(()),
    }
}
