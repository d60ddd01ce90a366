//! Standard errors, Satterthwaite degrees of freedom and the HTZ test from the scores of the clusters.

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};
use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::kind::RobustType;
use crate::{Error, GivenLevel, Level, Result, range::limits_beyond, stat};

/// The kind of a fit's robust inference, and its clusters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RobustSummary {
    /// The kind of covariance.
    #[serde(rename = "type")]
    pub kind: RobustType,
    /// The number of clusters, m.
    pub clusters: usize,
}

/// The robust inference on one coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RobustCoefficient {
    /// The estimate, that of the model.
    pub estimate: f64,
    /// The robust standard error.
    pub se: f64,
    /// Estimate over standard error.
    pub statistic: f64,
    /// Degrees of freedom of the t distribution: Satterthwaite's or m − p.
    pub df: f64,
    /// Two-sided P value.
    pub p_value: f64,
    /// Lower limit.
    pub ci_lower: f64,
    /// Upper limit.
    pub ci_upper: f64,
}

/// The robust test that several contrasts are zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RobustTest {
    /// The F statistic.
    pub statistic: f64,
    /// Its numerator degrees of freedom, the number of contrasts.
    pub df1: usize,
    /// Its denominator degrees of freedom.
    pub df2: f64,
    /// P value.
    pub p_value: f64,
}

/// The contribution of a cluster to the covariances of scores: `Cov(s_i, s_j) = [i = j] own + low_i' K low_j`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scores {
    pub own: DMatrix<f64>,
    pub low: DMatrix<f64>,
}

/// The cluster-robust covariance of a model's estimates, from [`ClusteredModel::robust`](super::ClusteredModel::robust).
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterRobust {
    kind: RobustType,
    clusters: usize,
    estimates: Vec<f64>,
    covariance: DMatrix<f64>,
    scores: Vec<Scores>,
    kernel: DMatrix<f64>,
    evidence: Evidence,
    /// The names of the clusters, where they are known.
    names: Vec<String>,
}

/// Standard errors below this share of the estimates and of the standard error by the model are rounding errors of 0: the effects of all
/// clusters agree to the last digits.
const ROUNDING: f64 = 1e-12;

impl ClusterRobust {
    pub(super) fn new(
        kind: RobustType,
        estimates: Vec<f64>,
        covariance: DMatrix<f64>,
        scores: Vec<Scores>,
        kernel: DMatrix<f64>,
        evidence: Evidence,
    ) -> Self {
        let clusters = evidence.clusters();
        ClusterRobust { kind, clusters, estimates, covariance, scores, kernel, evidence, names: Vec::new() }
    }

    /// Names the clusters, in the order of their numbers, for messages.
    pub(crate) fn named(mut self, names: Vec<String>) -> Self {
        self.names = names;
        self
    }

    /// The kind of covariance and the number of clusters.
    pub fn summary(&self) -> RobustSummary {
        RobustSummary { kind: self.kind, clusters: self.clusters }
    }

    /// The covariance matrix of the p estimates, column by column.
    pub fn covariance(&self) -> &[f64] {
        self.covariance.as_slice()
    }

    /// The degrees of freedom of the contrast `c' b`: Satterthwaite's for CR2 and CR3, else m − p. `None` if the
    /// clusters hold no information on it.
    pub fn degrees_of_freedom(&self, contrast: &[f64]) -> Option<f64> {
        let p = self.estimates.len();
        if contrast.len() != p {
            return None;
        }
        if !self.kind.has_satterthwaite() {
            return Some((self.clusters - p) as f64);
        }
        let c = DMatrix::from_column_slice(p, 1, contrast);
        let (mean, variances) = self.moments(&c);
        let (mean, variance) = (mean[(0, 0)], variances * 0.5);
        let df = mean * mean / variance;
        (df.is_finite() && df > 0.0).then_some(df)
    }

    /// The inference on each coefficient, with intervals of the given level (0.95, say).
    ///
    /// # Errors
    ///
    /// If the level is outside (0, 1) or a coefficient has no robust variance.
    pub fn coefficients(&self, level: impl Into<GivenLevel>) -> Result<Vec<RobustCoefficient>> {
        let level = level.into().check()?;
        let p = self.estimates.len();
        (0..p).map(|i| self.coefficient(&format!("coefficient {}", i + 1), i, level)).collect()
    }

    /// True if the clusters leave the coefficient at a position a robust variance.
    pub(crate) fn informs(&self, at: usize) -> bool {
        let mut c = DVector::zeros(self.estimates.len());
        c[at] = 1.0;
        self.is_informed(&c, self.covariance[(at, at)])
    }

    /// True for a variance that is more than the rounding error of 0.
    fn is_informed(&self, c: &DVector<f64>, variance: f64) -> bool {
        let terms: f64 = c.iter().zip(&self.estimates).map(|(c, b)| (c * b).abs()).sum();
        let rounding = ROUNDING * (terms + self.evidence.variance(c).sqrt());
        variance.sqrt() > rounding && self.evidence.informs(c)
    }

    /// The inference on the coefficient at a position, which messages call `term`.
    pub(crate) fn coefficient(&self, term: &str, i: usize, level: Level) -> Result<RobustCoefficient> {
        let mut contrast = vec![0.0; self.estimates.len()];
        contrast[i] = 1.0;
        self.named_contrast(term, &contrast, level)
    }

    /// A contrast that messages call `name`.
    pub(crate) fn named_contrast(&self, name: &str, l: &[f64], level: Level) -> Result<RobustCoefficient> {
        self.contrast(l, level).map_err(|error| match error {
            Error::Model { found, remedy } => Error::model(format!("{name}: {found}"), remedy),
            other => other,
        })
    }

    /// The covariance of the contrasts in the rows.
    pub(crate) fn contrast_covariance(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
        let columns: Vec<DVector<f64>> = contrasts.iter().map(|l| DVector::from_column_slice(l)).collect();
        let l = DMatrix::from_columns(&columns);
        l.tr_mul(&(&self.covariance * &l))
    }

    /// A contrast that has no robust variance, with the reason.
    fn uninformed(&self, c: &DVector<f64>) -> Error {
        let remedy =
            "use the inference of the model, or leave out the moderator that too few clusters inform";
        match self.evidence.sole(c) {
            Some(at) => Error::model(
                format!(
                    "cluster {} alone informs it: its weighted residuals sum to zero, which leaves no robust variance and no test",
                    self.name(at)
                ),
                remedy,
            ),
            None => {
                let found = "the residuals of the clusters that inform it are 0, which leaves no robust variance and no test";
                Error::model(found, remedy)
            }
        }
    }

    fn name(&self, cluster: usize) -> String {
        self.names.get(cluster).cloned().unwrap_or_else(|| format!("{} (counted from 1)", cluster + 1))
    }

    /// The reason why the contrasts in the rows have no joint test, if clusters leave one of their combinations without a variance; `terms`
    /// names the coefficients.
    pub(crate) fn why_no_test(&self, contrasts: &[Vec<f64>], terms: &[String]) -> String {
        let columns: Vec<DVector<f64>> = contrasts.iter().map(|l| DVector::from_column_slice(l)).collect();
        let none = "no robust test of the moderators";
        let Some(direction) = self.evidence.uninformed(&DMatrix::from_columns(&columns)) else {
            return format!("{none}: the clusters do not support that many coefficients");
        };
        let largest = direction.amax();
        let involved: Vec<&str> = terms
            .iter()
            .zip(&direction)
            .filter(|(_, share)| share.abs() > 1e-6 * largest)
            .map(|(term, _)| term.as_str())
            .collect();
        match self.evidence.sole(&direction) {
            Some(at) => format!("{none}: cluster {} alone informs {}", self.name(at), involved.join(", ")),
            None => format!("{none}: the clusters leave {} no robust variance", involved.join(", ")),
        }
    }

    /// The inference on the contrast `c' b` (a predicted value, a difference), as for a coefficient.
    ///
    /// # Errors
    ///
    /// If the contrast has not p values, the level is outside (0, 1), or the contrast has no robust variance.
    pub fn contrast(&self, contrast: &[f64], level: impl Into<GivenLevel>) -> Result<RobustCoefficient> {
        let level = level.into().check()?;
        if contrast.len() != self.estimates.len() {
            return Err(Error::setting(
                "contrast",
                format!("{} values for {} coefficients", contrast.len(), self.estimates.len()),
                "give one value for each coefficient",
            ));
        }
        let c = DVector::from_column_slice(contrast);
        let estimate: f64 = contrast.iter().zip(&self.estimates).map(|(c, b)| c * b).sum();
        let variance = (c.transpose() * &self.covariance * &c)[(0, 0)];
        if !(variance.is_finite() && self.is_informed(&c, variance)) {
            return Err(self.uninformed(&c));
        }
        let df = self.degrees_of_freedom(contrast).ok_or_else(|| self.uninformed(&c))?;
        let se = variance.sqrt();
        let statistic = estimate / se;
        let margin = se * level.critical_value(Some(df));
        if !(estimate - margin).is_finite() || !(estimate + margin).is_finite() {
            return Err(limits_beyond("the contrast", se, Some(df)));
        }
        Ok(RobustCoefficient {
            estimate,
            se,
            statistic,
            df,
            p_value: (2.0 * stat::t::sf(statistic.abs(), df)).min(1.0),
            ci_lower: estimate - margin,
            ci_upper: estimate + margin,
        })
    }

    /// The test that the coefficients at the given positions are all zero: F with m − p denominator degrees of freedom
    /// (CR0, CR1, CR1S) or the approximate Hotelling test HTZ (CR2, CR3). `None` if there is no position or the robust
    /// covariance does not support that many contrasts.
    pub fn test(&self, positions: &[usize]) -> Option<RobustTest> {
        let p = self.estimates.len();
        if positions.is_empty() || positions.iter().any(|&i| i >= p) {
            return None;
        }
        let mut contrasts = DMatrix::zeros(p, positions.len());
        for (column, &i) in positions.iter().enumerate() {
            contrasts[(i, column)] = 1.0;
        }
        self.test_contrasts(&contrasts)
    }

    /// The Wald statistic that the contrasts are all zero, with the robust covariance as it is.
    #[cfg(feature = "random")]
    pub(crate) fn wald(&self, contrasts: &[Vec<f64>]) -> Option<f64> {
        let columns: Vec<DVector<f64>> = contrasts.iter().map(|l| DVector::from_column_slice(l)).collect();
        let c = DMatrix::from_columns(&columns);
        let values = c.tr_mul(&DVector::from_column_slice(&self.estimates));
        let covariance = c.tr_mul(&(&self.covariance * &c));
        Some(values.dot(&Cholesky::new(covariance)?.solve(&values))).filter(|wald| wald.is_finite())
    }

    /// The test that the contrasts in the columns of `c` are all zero.
    pub(crate) fn test_contrasts(&self, c: &DMatrix<f64>) -> Option<RobustTest> {
        let count = c.ncols();
        let q = count as f64;
        if self.evidence.uninformed(c).is_some() {
            return None;
        }
        let values = c.tr_mul(&DVector::from_column_slice(&self.estimates));
        let covariance = c.tr_mul(&(&self.covariance * c));
        let wald = values.dot(&Cholesky::new(covariance)?.solve(&values));
        let (statistic, df2) = if self.kind.has_satterthwaite() {
            let (mean, _) = self.moments(c);
            let eigen = SymmetricEigen::try_new(mean, f64::EPSILON, 10_000)?;
            let largest = eigen.eigenvalues.max();
            if !eigen.eigenvalues.iter().all(|value| *value > 1e-12 * largest) {
                return None;
            }
            let roots = eigen.eigenvalues.map(|value| value.sqrt().recip());
            let whitening =
                &eigen.eigenvectors * DMatrix::from_diagonal(&roots) * eigen.eigenvectors.transpose();
            let (_, variance) = self.moments(&(c * whitening));
            let eta = q * (q + 1.0) / variance;
            let df2 = eta - q + 1.0;
            (wald * df2 / (eta * q), df2)
        } else {
            (wald / q, (self.clusters - self.estimates.len()) as f64)
        };
        (statistic.is_finite() && statistic >= 0.0 && df2 > 0.0).then(|| RobustTest {
            statistic,
            df1: count,
            df2,
            p_value: stat::f::sf(statistic, q, df2),
        })
    }

    /// For contrasts `C` (p by q): the mean of `C' V C` under the working model, and the sum over its entries of their
    /// variances, `Σ_st Σ_ij [P_ss,ij P_tt,ij + P_st,ij P_st,ji]` with `P_st,ij = [i = j] d_st,i + l_si' K l_tj`.
    fn moments(&self, c: &DMatrix<f64>) -> (DMatrix<f64>, f64) {
        let q = c.ncols();
        let width = self.kernel.nrows();
        let mut mean = DMatrix::zeros(q, q);
        let mut total = 0.0;
        // S_st = Σ_i l_si l_ti', stored as a (width q)-square matrix.
        let mut products = DMatrix::<f64>::zeros(width * q, width * q);
        for scores in &self.scores {
            let own = c.tr_mul(&(&scores.own * c));
            let low = &scores.low * c;
            let cross = low.tr_mul(&(&self.kernel * &low));
            mean += &own + &cross;
            for s in 0..q {
                for t in 0..q {
                    total += own[(s, s)] * own[(t, t)]
                        + own[(s, s)] * cross[(t, t)]
                        + own[(t, t)] * cross[(s, s)]
                        + own[(s, t)] * own[(s, t)]
                        + 2.0 * own[(s, t)] * cross[(s, t)];
                }
            }
            let stacked = DVector::from_column_slice(low.as_slice());
            products.ger(1.0, &stacked, &stacked, 1.0);
        }
        let scaled: Vec<DMatrix<f64>> = (0..q * q)
            .map(|at| {
                let (s, t) = (at / q, at % q);
                &self.kernel * products.view((s * width, t * width), (width, width))
            })
            .collect();
        for s in 0..q {
            for t in 0..q {
                let (st, ts) = (&scaled[s * q + t], &scaled[t * q + s]);
                total += trace_of_product(st, ts) + trace_of_product(ts, ts);
            }
        }
        (mean, total)
    }

    /// Notes and warnings: few clusters, few degrees of freedom. `terms` names the coefficients.
    pub fn notes(&self, terms: &[String]) -> Vec<String> {
        let mut notes = Vec::new();
        if self.kind.has_satterthwaite() {
            let p = self.estimates.len();
            for i in 0..p {
                let mut contrast = vec![0.0; p];
                contrast[i] = 1.0;
                if let Some(df) = self.degrees_of_freedom(&contrast)
                    && df < 4.0
                {
                    let term = terms.get(i).map_or_else(|| format!("coefficient {}", i + 1), Clone::clone);
                    notes.push(format!(
                        "{term}: {df:.2} degrees of freedom; below 4 the robust P value and interval are unreliable (Tipton 2015)"
                    ));
                }
            }
        } else if self.clusters < 40 {
            notes.push(format!(
                "{} with {} clusters: with fewer than about 40 its standard errors tend to be too small; CR2 corrects for this",
                self.kind, self.clusters
            ));
        }
        notes.extend(self.carried(terms));
        notes
    }

    /// Notes on coefficients that have a robust variance and cannot be estimated without one of the clusters.
    fn carried(&self, terms: &[String]) -> Vec<String> {
        let p = self.estimates.len();
        let mut notes = Vec::new();
        for (i, carrier) in self.evidence.carriers().into_iter().enumerate() {
            let mut contrast = DVector::zeros(p);
            contrast[i] = 1.0;
            let Some((cluster, share)) = carrier.filter(|_| self.evidence.informs(&contrast)) else {
                continue;
            };
            let term = terms.get(i).map_or_else(|| format!("coefficient {}", i + 1), Clone::clone);
            notes.push(format!(
                "{term}: it cannot be estimated without cluster {}, whose weighted residuals sum to zero there: the robust variance lacks \
                 that part, {:.0}% of the variance by the model, so that the standard error is too small; judge it, and a test that \
                 holds it, by the inference of the model",
                self.name(cluster),
                100.0 * share
            ));
        }
        notes
    }
}

fn trace_of_product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.nrows() {
        for j in 0..a.ncols() {
            sum += a[(i, j)] * b[(j, i)];
        }
    }
    sum
}
