//! The sources of the disagreement of a network: Q within and between designs, what each design contributes, what is left
//! when it is detached, and the design-by-treatment interaction.
//!
//! With the common-effect model, the means η_d of the designs and their covariances U_d:
//! Q = Σ_d Q_within,d + Q_between, Q_between = Σ r_dᵀ U_d⁻¹ r_d, r_d = η_d - X_d θ. Detaching a design gives it p - 1
//! free effects; no refit is needed, since with R_d = U_d - X_d C X_dᵀ, the covariance of r_d, Q_between falls by
//! r_dᵀ R_d⁺ r_d and its degrees of freedom by the rank of R_d; a design of rank 0 cannot be detached.
//!
//! The interaction is Q_between with the tau² of DerSimonian and Laird from the disagreement within designs. Without a
//! design of two studies it does not exist.
//!
//! References: Krahn U, Binder H, König J (2013), doi:10.1186/1471-2288-13-35; Higgins JPT and others (2012),
//! doi:10.1002/jrsm.1044; Jackson D and others (2014), *Statistics in Medicine*
//! 33:3639-3654.

use serde::{Deserialize, Serialize};

use super::{
    Network, NetworkFit,
    design_means::{self, DesignMean, Joined},
};
use crate::{
    Result,
    linalg::{cholesky, symmetric},
    stat::chi2,
};

/// A sum of squares with its degrees of freedom and P value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Disagreement {
    /// The weighted sum of squares.
    pub q: f64,
    /// The degrees of freedom.
    pub df: usize,
    /// The P value; `None` without degrees of freedom.
    pub p_value: Option<f64>,
}

impl Disagreement {
    pub(crate) fn new(q: f64, df: usize) -> Self {
        // a difference of sums may end a rounding error below 0
        let q = q.max(0.0);
        Disagreement { q, df, p_value: (df > 0).then(|| chi2::sf(q, df as f64)) }
    }
}

/// The disagreement of one design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DesignDisagreement {
    /// The treatments of the design.
    pub design: Vec<usize>,
    /// The number of its studies.
    pub k: usize,
    /// Within it, or between designs without it.
    pub disagreement: Disagreement,
}

/// The contribution of a contrast of a design to the disagreement between designs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DesignContribution {
    /// The treatments of the design.
    pub design: Vec<usize>,
    /// The contrast: the first treatment of the design and the other one.
    pub contrast: [usize; 2],
    /// The contribution; within a multi-arm design single ones can be negative and only their sum has a meaning.
    pub q: f64,
}

/// The design-by-treatment interaction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Interaction {
    /// Between designs, at `tau2`.
    pub disagreement: Disagreement,
    /// The variance between the studies of one design (DL).
    pub tau2: f64,
}

/// The decomposition of Q.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Decomposition {
    /// Q of the network.
    pub total: Disagreement,
    /// Within designs.
    pub within: Disagreement,
    /// Between designs.
    pub between: Disagreement,
    /// Within each design with degrees of freedom.
    pub designs: Vec<DesignDisagreement>,
    /// Between designs, each design detached that can be.
    pub detach: Vec<DesignDisagreement>,
    /// The contributions to the disagreement between designs.
    pub contributions: Vec<DesignContribution>,
    /// The design-by-treatment interaction; `None` without a design of two studies.
    pub interaction: Option<Interaction>,
}

/// The designs about the network's estimates, at a given tau².
pub(crate) struct Between {
    pub designs: Vec<DesignMean>,
    /// r_d.
    pub residuals: Vec<Vec<f64>>,
    /// U_d⁻¹ r_d.
    pub weighted: Vec<Vec<f64>>,
    /// The number of treatments.
    size: usize,
    joined: Joined,
}

/// A design detached: R_d⁺ r_d, the fall of Q and of its degrees of freedom.
pub(crate) struct Detached {
    pub shift: Vec<f64>,
    pub fall: f64,
    pub rank: usize,
}

/// Eigenvalues of U^-½ R U^-½, which lie between 0 and 1, below this are rounding.
const NO_RESIDUAL: f64 = 1e-9;

impl Between {
    pub fn new(network: &Network, tau2: f64) -> Result<Self> {
        let designs = design_means::gather(network, tau2)?;
        let size = network.treatments.len();
        let joined = Joined::new(size, 0, &designs, |_, _| true)?;
        let theta: Vec<f64> = joined.theta.iter().map(|t| t.unwrap_or(0.0)).collect();
        let residuals: Vec<Vec<f64>> = designs
            .iter()
            .map(|d| d.mean.iter().zip(d.predicted(&theta)).map(|(m, p)| m - p).collect())
            .collect();
        let weighted = designs.iter().zip(&residuals).map(|(d, r)| d.weigh(r)).collect();
        Ok(Between { designs, residuals, weighted, size, joined })
    }

    /// Q between designs.
    pub fn q(&self) -> f64 {
        self.residuals.iter().zip(&self.weighted).map(|(r, w)| dot(r, w)).sum()
    }

    /// Its degrees of freedom.
    pub fn df(&self) -> usize {
        self.designs.iter().map(DesignMean::contrasts).sum::<usize>().saturating_sub(self.size - 1)
    }

    /// X_d C X_eᵀ: the covariance of the network's contrasts of two designs, rows of d, columns of e.
    pub fn covariance(&self, d: usize, e: usize) -> Vec<Vec<f64>> {
        let (rows, columns) = (&self.designs[d].treatments, &self.designs[e].treatments);
        let v = |i: usize, j: usize| self.joined.variance(i, j).unwrap_or(0.0);
        // cov(a - f, b - g) = ½ (v_ag + v_fb - v_ab - v_fg)
        let one =
            |a: usize, b: usize| 0.5 * (v(a, columns[0]) + v(rows[0], b) - v(a, b) - v(rows[0], columns[0]));
        rows[1..].iter().map(|&a| columns[1..].iter().map(|&b| one(a, b)).collect()).collect()
    }

    /// Detaches a design.
    pub fn detach(&self, d: usize) -> Result<Detached> {
        let design = &self.designs[d];
        let n = design.contrasts();
        let own = self.covariance(d, d);
        let mut factor = design.covariance.clone();
        cholesky::factor(&mut factor, n)?;
        // whitened: F⁻¹ R F⁻ᵀ with U = F Fᵀ
        let mut r: Vec<f64> = (0..n * n).map(|at| design.covariance[at] - own[at % n][at / n]).collect();
        cholesky::solve_lower(&factor, n, &mut r)?;
        let mut white: Vec<f64> = (0..n * n).map(|at| r[(at % n) * n + at / n]).collect();
        cholesky::solve_lower(&factor, n, &mut white)?;
        let mut e = self.residuals[d].clone();
        cholesky::solve_lower(&factor, n, &mut e)?;
        let (mut values, mut vectors) = (vec![0.0; n], vec![0.0; n * n]);
        symmetric::eigen(&mut white, n, &mut values, &mut vectors)?;
        let mut shift = vec![0.0; n];
        let (mut fall, mut rank) = (0.0, 0);
        for (value, vector) in values.iter().zip(vectors.chunks_exact(n)) {
            if *value > NO_RESIDUAL {
                let along = dot(vector, &e);
                rank += 1;
                fall += along * along / value;
                shift.iter_mut().zip(vector).for_each(|(s, v)| *s += v * along / value);
            }
        }
        cholesky::solve_lower_transposed(&factor, n, &mut shift)?;
        Ok(Detached { shift, fall, rank })
    }
}

impl DesignMean {
    /// U⁻¹ r.
    pub(crate) fn weigh(&self, r: &[f64]) -> Vec<f64> {
        let p = self.treatments.len();
        (1..p).map(|a| (1..p).map(|b| self.laplacian[a * p + b] * r[b - 1]).sum()).collect()
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl NetworkFit {
    /// Decomposes Q into disagreement within and between designs.
    ///
    /// # Errors
    ///
    /// If the designs cannot be solved.
    pub fn decompose(&self) -> Result<Decomposition> {
        let between = Between::new(&self.network, 0.0)?;
        let (q, df) = (between.q(), between.df());
        let within_q: f64 = between.designs.iter().map(|d| d.q).sum();
        let within_df: usize = between.designs.iter().map(|d| d.df).sum();
        let mut detach = Vec::new();
        let mut contributions = Vec::new();
        for (at, design) in between.designs.iter().enumerate() {
            let detached = between.detach(at)?;
            if detached.rank > 0 {
                let left = df.saturating_sub(detached.rank);
                let left_q = if left == 0 { 0.0 } else { q - detached.fall };
                detach.push(DesignDisagreement {
                    design: design.treatments.clone(),
                    k: design.studies.len(),
                    disagreement: Disagreement::new(left_q, left),
                });
            }
            let parts = between.residuals[at].iter().zip(&between.weighted[at]);
            contributions.extend(design.treatments[1..].iter().zip(parts).map(|(&t, (r, w))| {
                DesignContribution {
                    design: design.treatments.clone(),
                    contrast: [design.treatments[0], t],
                    q: r * w,
                }
            }));
        }
        let with_df = between.designs.iter().filter(|d| d.df > 0);
        let designs = with_df.map(|d| DesignDisagreement {
            design: d.treatments.clone(),
            k: d.studies.len(),
            disagreement: Disagreement::new(d.q, d.df),
        });
        Ok(Decomposition {
            total: Disagreement::new(self.heterogeneity.q, self.heterogeneity.q_df),
            within: Disagreement::new(within_q, within_df),
            between: Disagreement::new(q, df),
            designs: designs.collect(),
            detach,
            contributions,
            interaction: self.interaction(&between.designs)?,
        })
    }

    /// The design-by-treatment interaction, from the designs at tau² = 0.
    fn interaction(&self, designs: &[DesignMean]) -> Result<Option<Interaction>> {
        let q: f64 = designs.iter().map(|d| d.q).sum();
        let df: usize = designs.iter().map(|d| d.df).sum();
        let trace: f64 = designs.iter().filter(|d| d.df > 0).map(|d| d.trace).sum();
        if df == 0 || !(trace > 0.0) {
            return Ok(None);
        }
        let tau2 = ((q - df as f64) / trace).max(0.0);
        let between = Between::new(&self.network, tau2)?;
        Ok(Some(Interaction { disagreement: Disagreement::new(between.q(), between.df()), tau2 }))
    }
}
