//! Sampling covariances of effects that share participants: blocks from correlations, times or given matrices.
//!
//! Effects of one cluster (a study, a trial) whose estimates rest on the same people have correlated sampling errors.
//! The correlations are seldom reported; a constant guess is a good working model, above all with cluster-robust
//! inference on top (Pustejovsky and Tipton 2022, doi:10.1007/s11121-021-01246-3).

use nalgebra::{DMatrix, SymmetricEigen};
use serde::{Deserialize, Serialize};

use super::factor::Factor;
use crate::{EffectSizes, Error, Result};

/// The covariances of the sampling errors.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SamplingCovariance {
    /// Independent errors, with the variances of the effects.
    #[default]
    Independent,
    /// One correlation between any two effects of a cluster, with the variances of the effects.
    Constant {
        /// The correlation.
        correlation: f64,
        /// The effects that share participants.
        cluster: Factor,
    },
    /// The correlation `correlation^|t_i − t_j|` between two effects of a cluster, with the variances of the effects.
    Autoregressive {
        /// The correlation at distance 1.
        correlation: f64,
        /// The effects that share participants.
        cluster: Factor,
        /// The time of each effect.
        times: Vec<f64>,
    },
    /// The covariance matrix of each cluster, row by row: `columns[c][i]` is the covariance of effect i with the c-th
    /// effect of its cluster. The variances are those of the matrices.
    Columns {
        /// The effects that share participants.
        cluster: Factor,
        /// At least as many columns as the largest cluster has effects; what is beyond a cluster is not read.
        columns: Vec<Vec<f64>>,
    },
}

impl Sampling {
    /// True if an effect has no sampling error.
    pub fn has_zeros(&self) -> bool {
        self.variances.contains(&0.0)
    }
}

impl SamplingCovariance {
    /// The correlation `correlation` between any two effects of a cluster.
    pub fn constant(correlation: f64, cluster: Factor) -> Self {
        SamplingCovariance::Constant { correlation, cluster }
    }

    /// Correlations that fall with the distance in time.
    pub fn autoregressive(correlation: f64, cluster: Factor, times: impl Into<Vec<f64>>) -> Self {
        SamplingCovariance::Autoregressive { correlation, cluster, times: times.into() }
    }

    /// Given covariance matrices, row by row.
    pub fn columns(cluster: Factor, columns: Vec<Vec<f64>>) -> Self {
        SamplingCovariance::Columns { cluster, columns }
    }

    /// The covariances that [`AssumedCorrelations`](crate::convert::unit::covariance::AssumedCorrelations) derives from kinds of outcome,
    /// observations, times and shared groups.
    ///
    /// ```
    /// use consilience::convert::unit::covariance::{AssumedCorrelations, EffectPlace};
    /// use consilience::multilevel::SamplingCovariance;
    ///
    /// // Two doses against one control.
    /// let rows = [
    ///     EffectPlace::new("trial 1").groups("low", "control", 40.0, 40.0),
    ///     EffectPlace::new("trial 1").groups("high", "control", 40.0, 40.0),
    ///     EffectPlace::new("trial 2").groups("low", "control", 25.0, 25.0),
    /// ];
    /// let derived = AssumedCorrelations::default().matrix(&[0.04, 0.09, 0.08], &rows)?;
    /// let sampling = SamplingCovariance::derived(&derived.value)?;
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the blocks do not cover every effect once.
    pub fn derived(covariance: &crate::convert::unit::covariance::BlockCovariance) -> Result<Self> {
        let incomplete = || {
            Error::data(
                "the blocks of the covariances do not cover every effect once",
                "take the matrix as it was derived",
            )
        };
        let k = covariance.k;
        let mut labels: Vec<Option<String>> = vec![None; k];
        let most = covariance.blocks.iter().map(|block| block.rows.len()).max().unwrap_or(0);
        let mut columns = vec![vec![f64::NAN; k]; most];
        for (number, block) in covariance.blocks.iter().enumerate() {
            let n = block.rows.len();
            if block.values.len() != n * n || !block.rows.is_sorted() {
                return Err(incomplete());
            }
            for (a, &row) in block.rows.iter().enumerate() {
                let label = labels.get_mut(row).filter(|label| label.is_none()).ok_or_else(incomplete)?;
                *label = Some(format!("{} ({})", block.cluster, number + 1));
                for (b, column) in columns.iter_mut().enumerate().take(n) {
                    column[row] = block.values[a * n + b];
                }
            }
        }
        let labels = labels.into_iter().collect::<Option<Vec<String>>>().ok_or_else(incomplete)?;
        Ok(SamplingCovariance::columns(Factor::new("cluster", labels)?, columns))
    }

    /// The variances and the blocks of more than one effect.
    pub(super) fn blocks(&self, effects: &EffectSizes) -> Result<Sampling> {
        let vi = effects.vi();
        let mut sampling = Sampling { variances: vi.to_vec(), blocks: Vec::new() };
        let cluster = match self {
            SamplingCovariance::Independent => return Ok(sampling),
            SamplingCovariance::Constant { cluster, .. }
            | SamplingCovariance::Autoregressive { cluster, .. }
            | SamplingCovariance::Columns { cluster, .. } => cluster,
        };
        if cluster.len() != effects.len() {
            return Err(Error::data(
                format!("{} labels for {} effects", cluster.len(), effects.len()),
                "the clusters of the sampling covariances need one label for each effect",
            )
            .in_column(cluster.name()));
        }
        effects.rows().check(cluster.rows(), &format!("the factor {}", cluster.name()))?;
        self.check(effects)?;
        for (level, rows) in cluster.members().into_iter().enumerate() {
            let n = rows.len();
            let mut matrix = vec![0.0; n * n];
            for (a, &i) in rows.iter().enumerate() {
                for (b, &j) in rows.iter().enumerate() {
                    matrix[a * n + b] = self.covariance(effects, (i, j), (a, b)).map_err(|lacking| {
                        let level = &cluster.levels()[level];
                        let remedy =
                            format!("cluster {level} has {n} effects and needs {n} columns of covariances");
                        Error::data(lacking, remedy).in_row(i + 1).in_study(&effects.labels()[i])
                    })?;
                }
            }
            symmetrize(&mut matrix, &rows).map_err(|error| error.in_column(cluster.name()))?;
            check_positive_definite(&matrix, &rows, cluster, level)?;
            for (a, &i) in rows.iter().enumerate() {
                sampling.variances[i] = matrix[a * n + a];
            }
            let diagonal = (0..n).all(|a| (0..a).all(|b| matrix[a * n + b] == 0.0));
            if n > 1 && !diagonal {
                sampling.blocks.push(SamplingBlock { rows, matrix });
            }
        }
        Ok(sampling)
    }

    /// The covariance of effects i and j, which have the places a and b in their cluster; the error says what is missing.
    fn covariance(
        &self,
        effects: &EffectSizes,
        (i, j): (usize, usize),
        (a, b): (usize, usize),
    ) -> std::result::Result<f64, String> {
        let vi = effects.vi();
        Ok(match self {
            SamplingCovariance::Independent => 0.0,
            _ if a == b && !matches!(self, SamplingCovariance::Columns { .. }) => vi[i],
            SamplingCovariance::Constant { correlation, .. } => correlation * (vi[i] * vi[j]).sqrt(),
            SamplingCovariance::Autoregressive { correlation, times, .. } => {
                raise(*correlation, (times[i] - times[j]).abs()) * (vi[i] * vi[j]).sqrt()
            }
            SamplingCovariance::Columns { columns, .. } => {
                columns.get(b).map(|column| column[i]).filter(|value| value.is_finite()).ok_or_else(|| {
                    format!("the covariance with effect {} of its cluster is missing", b + 1)
                })?
            }
        })
    }

    /// The covariances of these effects only, in increasing order.
    pub(super) fn subset(&self, rows: &[usize]) -> SamplingCovariance {
        let pick = |values: &[f64]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
        match self {
            SamplingCovariance::Independent => SamplingCovariance::Independent,
            SamplingCovariance::Constant { correlation, cluster } => {
                SamplingCovariance::constant(*correlation, cluster.subset(rows))
            }
            SamplingCovariance::Autoregressive { correlation, cluster, times } => {
                SamplingCovariance::autoregressive(*correlation, cluster.subset(rows), pick(times))
            }
            SamplingCovariance::Columns { cluster, columns } => {
                // Where each effect stands in its cluster, and which of those before it stay.
                let mut kept = vec![false; cluster.len()];
                for &row in rows {
                    kept[row] = true;
                }
                let mut shorter = vec![vec![f64::NAN; rows.len()]; columns.len()];
                let place: std::collections::BTreeMap<usize, usize> =
                    rows.iter().enumerate().map(|(at, &row)| (row, at)).collect();
                for members in cluster.members() {
                    let staying: Vec<usize> = (0..members.len()).filter(|&at| kept[members[at]]).collect();
                    for &at in &staying {
                        let Some(&row) = place.get(&members[at]) else { continue };
                        for (target, &from) in staying.iter().enumerate() {
                            if let Some(column) = columns.get(from) {
                                shorter[target][row] = column[members[at]];
                            }
                        }
                    }
                }
                SamplingCovariance::Columns { cluster: cluster.subset(rows), columns: shorter }
            }
        }
    }

    fn check(&self, effects: &EffectSizes) -> Result<()> {
        match self {
            SamplingCovariance::Constant { correlation, .. }
            | SamplingCovariance::Autoregressive { correlation, .. }
                if !(*correlation > -1.0 && *correlation < 1.0) =>
            {
                Err(Error::setting(
                    "vcov",
                    format!("correlation {correlation}"),
                    "a correlation lies between -1 and 1",
                ))
            }
            SamplingCovariance::Autoregressive { correlation, times, .. } => {
                if times.len() != effects.len() || !times.iter().all(|time| time.is_finite()) {
                    return Err(Error::data(
                        format!("{} times for {} effects", times.len(), effects.len()),
                        "every effect needs a finite time",
                    ));
                }
                if *correlation < 0.0 && times.iter().any(|time| time.fract() != 0.0) {
                    return Err(Error::setting(
                        "vcov",
                        format!("correlation {correlation} with times that are not whole numbers"),
                        "a negative autocorrelation has a meaning for whole numbers only",
                    ));
                }
                Ok(())
            }
            SamplingCovariance::Columns { columns, .. } => {
                match columns.iter().find(|column| column.len() != effects.len()) {
                    Some(column) => Err(Error::data(
                        format!("a column of {} covariances for {} effects", column.len(), effects.len()),
                        "each column needs one value for each effect",
                    )),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

/// Sampling variances, and the covariance blocks of clusters with more than one effect.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sampling {
    pub variances: Vec<f64>,
    pub blocks: Vec<SamplingBlock>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SamplingBlock {
    pub rows: Vec<usize>,
    /// n by n.
    pub matrix: Vec<f64>,
}

fn raise(correlation: f64, distance: f64) -> f64 {
    if distance.fract() == 0.0 && distance < 1e9 {
        correlation.powi(distance as i32)
    } else {
        correlation.powf(distance)
    }
}

/// Takes the mean of the two halves of a matrix, which may differ by the rounding of what was written with eight digits.
fn symmetrize(matrix: &mut [f64], rows: &[usize]) -> Result<()> {
    let n = rows.len();
    for a in 0..n {
        for b in 0..a {
            let (upper, lower) = (matrix[a * n + b], matrix[b * n + a]);
            if (upper - lower).abs() > 1e-8 * upper.abs().max(lower.abs()) {
                return Err(Error::data(
                    format!(
                        "the covariances of rows {} and {} are {upper} and {lower}",
                        rows[a] + 1,
                        rows[b] + 1
                    ),
                    "a covariance matrix is symmetric",
                ));
            }
            let mean = 0.5 * (upper + lower);
            matrix[a * n + b] = mean;
            matrix[b * n + a] = mean;
        }
    }
    Ok(())
}

fn check_positive_definite(matrix: &[f64], rows: &[usize], cluster: &Factor, level: usize) -> Result<()> {
    // effects without a sampling error have no covariances either
    let kept: Vec<usize> = (0..rows.len())
        .filter(|&a| {
            (0..rows.len()).any(|b| matrix[a * rows.len() + b] != 0.0 || matrix[b * rows.len() + a] != 0.0)
        })
        .collect();
    if kept.len() < rows.len() {
        let part: Vec<f64> = kept
            .iter()
            .flat_map(|&a| kept.iter().map(move |&b| (a, b)))
            .map(|(a, b)| matrix[a * rows.len() + b])
            .collect();
        let rows: Vec<usize> = kept.iter().map(|&a| rows[a]).collect();
        return if rows.is_empty() { Ok(()) } else { check_positive_definite(&part, &rows, cluster, level) };
    }
    let n = rows.len();
    let label = &cluster.levels()[level];
    if let Some(a) = (0..n).find(|a| !(matrix[a * n + a].is_finite() && matrix[a * n + a] > 0.0)) {
        return Err(Error::data(
            format!("the sampling variance in cluster {label} is {}", matrix[a * n + a]),
            "variances must be finite and above 0",
        )
        .in_row(rows[a] + 1));
    }
    // On the scale of correlations, so that the variances' sizes do not matter.
    let correlations =
        DMatrix::from_fn(n, n, |a, b| matrix[a * n + b] / (matrix[a * n + a] * matrix[b * n + b]).sqrt());
    if n == 1 {
        return Ok(());
    }
    let smallest = match nalgebra::Cholesky::new(correlations.clone()) {
        Some(factor) if factor.l_dirty().diagonal().iter().all(|d| *d > 1e-7) => return Ok(()),
        _ => SymmetricEigen::try_new(correlations, f64::EPSILON, 10_000)
            .map_or(f64::NAN, |eigen| eigen.eigenvalues.min()),
    };
    let places: Vec<String> = rows.iter().map(|row| (row + 1).to_string()).collect();
    Err(Error::data(
        format!(
            "the sampling covariances of cluster {label} (rows {}) are not positive definite: the smallest eigenvalue of their correlation matrix is {smallest:.3e}",
            places.join(", ")
        ),
        "correlations this strong cannot hold together, or two effects are the same; lower the correlation or check the matrix",
    )
    .in_column(cluster.name()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::Measure;

    fn effects() -> EffectSizes {
        EffectSizes::new(Measure::Generic, ["a", "b", "c", "d"], [0.1; 4], [0.04, 0.09, 0.16, 0.01]).unwrap()
    }

    fn cluster() -> Factor {
        Factor::new("study", ["1", "2", "1", "1"]).unwrap()
    }

    #[test]
    fn a_constant_correlation_fills_the_blocks() {
        let sampling = SamplingCovariance::constant(0.5, cluster()).blocks(&effects()).unwrap();
        assert_eq!(sampling.blocks.len(), 1);
        assert_eq!(sampling.blocks[0].rows, [0, 2, 3]);
        let expected = [0.04, 0.04, 0.01, 0.04, 0.16, 0.02, 0.01, 0.02, 0.01];
        for (got, expected) in sampling.blocks[0].matrix.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn an_impossible_correlation_names_the_cluster_and_its_rows() {
        let error = SamplingCovariance::constant(-0.6, cluster()).blocks(&effects()).unwrap_err().to_string();
        assert!(error.contains("cluster 1 (rows 1, 3, 4)"), "{error}");
        assert!(error.contains("-2.000e-1"), "{error}");
        let error = SamplingCovariance::constant(1.0, cluster()).blocks(&effects()).unwrap_err().to_string();
        assert!(error.contains("between -1 and 1"), "{error}");
    }

    #[test]
    fn equal_times_are_an_error() {
        let times = [1.0, 1.0, 2.0, 2.0];
        let error = SamplingCovariance::autoregressive(0.9, cluster(), times)
            .blocks(&effects())
            .unwrap_err()
            .to_string();
        assert!(error.contains("two effects are the same"), "{error}");
    }
}
