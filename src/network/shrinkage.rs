//! A network model with coefficients from one normal distribution: exchangeable slopes, treatments within classes.
//!
//! y = Fβ + Ru + e with u ~ N(0, σ²I) over the columns R and e ~ N(0, V + tau² S) study by study. With
//! M = \[F R\]ᵀW\[F R\] + diag(0, I/σ²), W = (V + tau² S)⁻¹, the restricted likelihood is
//! −2ℓ = Σ ln|V + tau² S| + ln|M| + m ln σ² + yᵀWy − bᵀM⁻¹b (Harville 1977), so that nothing larger than M is ever
//! factored. A grid over both variances, zero included, then a minimization from its best points.
//!
//! References: Harville DA (1977). Maximum likelihood approaches to variance component estimation and to related problems.
//! *Journal of the American Statistical Association* 72:320-338. doi:10.1080/01621459.1977.10480998

use super::{Difference, Network, NetworkMeta, NetworkModel, gls::scaled_inverse};
use crate::{Error, Level, Result, pool::Inference, stat::minimum};

/// The columns of the model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// Row by row, one for each contrast: fixed columns, then random ones.
    x: Vec<f64>,
    fixed: usize,
    random: usize,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub(super) struct Shrinkage {
    beta: Vec<f64>,
    covariance: Vec<f64>,
    pub tau2: f64,
    pub sigma2: f64,
}

/// Sums over the studies at a value of tau².
struct Sums {
    a: Vec<f64>,
    b: Vec<f64>,
    ywy: f64,
    ln_sigma: f64,
}

impl Shrinkage {
    /// From a design of effects and a slope for each: effects and their mean slope fixed, deviations random.
    pub fn split(design: &[f64], columns: usize, effects: usize) -> Columns {
        let mut x = Vec::with_capacity(design.len() + design.len() / columns.max(1));
        for row in design.chunks_exact(columns.max(1)) {
            x.extend_from_slice(&row[..effects]);
            x.push(row[effects..].iter().sum());
            x.extend_from_slice(&row[effects..]);
        }
        Columns { x, fixed: effects + 1, random: columns - effects }
    }

    /// Columns given directly: `x` row by row, `fixed` of them fixed and the rest random.
    pub fn columns(x: Vec<f64>, fixed: usize, random: usize) -> Columns {
        Columns { x, fixed, random }
    }

    /// Fits both variances by REML (tau² fixed or 0 where the options say so) and the coefficients given them.
    pub fn fit(meta: &NetworkMeta, network: &Network, columns: Columns) -> Result<Self> {
        meta.check()?;
        if meta.inference != Inference::Wald {
            return Err(Error::setting(
                "inference",
                format!("`{}` is not defined for coefficients from a distribution", meta.inference),
                "choose wald",
            ));
        }
        let held = match (meta.model, meta.fixed_tau2) {
            (NetworkModel::Common, _) => Some(0.0),
            (_, fixed) => fixed,
        };
        let scale = typical_variance(network);
        let height = |tau2: f64, sigma2: f64| {
            deviance(&sums(network, &columns, tau2), &columns, sigma2).unwrap_or(f64::INFINITY)
        };
        let (tau2, sigma2) = search(held, scale, slope_scale(&columns, scale), &height)?;
        let at = sums(network, &columns, tau2);
        let (covariance, _) = system(&at, &columns, sigma2)?;
        let c = columns.fixed + columns.random;
        let beta = (0..c).map(|i| (0..c).map(|j| covariance[i * c + j] * at.b[j]).sum()).collect();
        Ok(Shrinkage { beta, covariance, tau2, sigma2 })
    }

    /// l'(β, u) with its interval.
    pub fn combination(&self, l: &[f64], level: Level) -> Difference {
        let estimate: f64 = l.iter().zip(&self.beta).map(|(l, b)| l * b).sum();
        Difference::new(estimate, self.bilinear(l, l).max(0.0).sqrt(), None, level)
    }

    fn bilinear(&self, l: &[f64], m: &[f64]) -> f64 {
        let c = self.beta.len();
        (0..c).map(|i| l[i] * (0..c).map(|j| self.covariance[i * c + j] * m[j]).sum::<f64>()).sum()
    }

    /// Combinations with their covariance.
    pub fn block(&self, rows: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
        let estimates = rows.iter().map(|l| l.iter().zip(&self.beta).map(|(l, b)| l * b).sum()).collect();
        (estimates, rows.iter().flat_map(|l| rows.iter().map(|m| self.bilinear(l, m))).collect())
    }
}

/// The median sampling variance of a contrast.
fn typical_variance(network: &Network) -> f64 {
    let mut variances: Vec<f64> = network
        .studies
        .iter()
        .flat_map(|s| (0..s.contrasts.len()).map(move |i| s.covariance[i * s.contrasts.len() + i]))
        .collect();
    variances.sort_by(f64::total_cmp);
    variances.get(variances.len() / 2).copied().unwrap_or(1.0)
}

/// The variance of a coefficient that moves a contrast by a typical standard error.
fn slope_scale(columns: &Columns, variance: f64) -> f64 {
    let c = columns.fixed + columns.random;
    let rows = columns.x.len() / c.max(1);
    let square: f64 =
        columns.x.chunks_exact(c.max(1)).flat_map(|row| &row[columns.fixed..]).map(|x| x * x).sum();
    if square > 0.0 { variance * rows as f64 / square } else { variance }
}

fn sums(network: &Network, columns: &Columns, tau2: f64) -> Sums {
    let c = columns.fixed + columns.random;
    let mut sums = Sums { a: vec![0.0; c * c], b: vec![0.0; c], ywy: 0.0, ln_sigma: 0.0 };
    let (mut l, mut first) = (Vec::new(), 0);
    for study in &network.studies {
        let n = study.contrasts.len();
        sums.ln_sigma += study.laplacian_into(tau2, &mut l);
        let w = |i: usize, j: usize| l[(i + 1) * (n + 1) + j + 1];
        for i in 0..n {
            let wy: f64 = (0..n).map(|j| w(i, j) * study.contrasts[j]).sum();
            sums.ywy += study.contrasts[i] * wy;
            let row = &columns.x[(first + i) * c..(first + i + 1) * c];
            for (k, x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                sums.b[k] += x * wy;
                for j in 0..n {
                    let other = &columns.x[(first + j) * c..(first + j + 1) * c];
                    let weight = x * w(i, j);
                    sums.a[k * c..(k + 1) * c].iter_mut().zip(other).for_each(|(a, o)| *a += weight * o);
                }
            }
        }
        first += n;
    }
    sums
}

/// M⁻¹ and ln|M|; without random columns where σ² is 0.
fn system(sums: &Sums, columns: &Columns, sigma2: f64) -> Result<(Vec<f64>, f64)> {
    let (f, c) = (columns.fixed, columns.fixed + columns.random);
    if sigma2 == 0.0 {
        let fixed: Vec<f64> = (0..f).flat_map(|i| (0..f).map(move |j| sums.a[i * c + j])).collect();
        let (inverse, ln) = scaled_inverse(fixed, f)?;
        let mut padded = vec![0.0; c * c];
        for i in 0..f {
            padded[i * c..i * c + f].copy_from_slice(&inverse[i * f..(i + 1) * f]);
        }
        return Ok((padded, ln));
    }
    let mut m = sums.a.clone();
    for k in f..c {
        m[k * c + k] += 1.0 / sigma2;
    }
    scaled_inverse(m, c)
}

/// −2 times the restricted log-likelihood, less a constant.
fn deviance(sums: &Sums, columns: &Columns, sigma2: f64) -> Option<f64> {
    let c = columns.fixed + columns.random;
    let (inverse, ln) = system(sums, columns, sigma2).ok()?;
    let explained: f64 =
        (0..c).map(|i| sums.b[i] * (0..c).map(|j| inverse[i * c + j] * sums.b[j]).sum::<f64>()).sum();
    let prior = if sigma2 > 0.0 { columns.random as f64 * sigma2.ln() } else { 0.0 };
    let value = sums.ln_sigma + ln + prior + sums.ywy - explained;
    value.is_finite().then_some(value)
}

/// Points of the grid in each variance, besides zero.
const GRID: i32 = 12;

/// The variances of the highest restricted likelihood.
fn search(
    held: Option<f64>,
    tau_scale: f64,
    sigma_scale: f64,
    height: &impl Fn(f64, f64) -> f64,
) -> Result<(f64, f64)> {
    let steps = |scale: f64| {
        std::iter::once(0.0).chain((0..GRID).map(move |k| scale * 10_f64.powf(f64::from(k - 8) / 2.0)))
    };
    let taus: Vec<f64> = held.map_or_else(|| steps(tau_scale).collect(), |t| vec![t]);
    let mut grid: Vec<(f64, f64, f64)> = Vec::new();
    for tau2 in taus {
        grid.extend(steps(sigma_scale).map(|sigma2| (height(tau2, sigma2), tau2, sigma2)));
    }
    grid.retain(|point| point.0.is_finite());
    grid.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some(mut best) = grid.first().copied() else {
        return Err(Error::model(
            "the data do not determine the model with coefficients from a distribution",
            "use fewer coefficients",
        ));
    };
    for start in grid.iter().take(3).copied().collect::<Vec<_>>() {
        // In the square roots of the variances, in units of their scales, the boundary is a smooth minimum.
        let f = |p: &[f64]| height(held.unwrap_or(p[0] * p[0] * tau_scale), p[1] * p[1] * sigma_scale);
        let from = [(start.1 / tau_scale).sqrt().max(0.05), (start.2 / sigma_scale).sqrt().max(0.05)];
        let options = minimum::Options::default().steps([0.1 * from[0].max(0.1), 0.1 * from[1].max(0.1)]);
        if let Some(found) = minimum::bounded(f, &from, &[0.0, 0.0], &[1e3, 1e3], &options) {
            let at = (held.unwrap_or(found.x[0].powi(2) * tau_scale), found.x[1].powi(2) * sigma_scale);
            if found.value < best.0 {
                best = (found.value, at.0, at.1);
            }
        }
    }
    // A boundary that is as good is the answer.
    for (tau2, sigma2) in [(best.1, 0.0), (held.unwrap_or(0.0), best.2), (held.unwrap_or(0.0), 0.0)] {
        if height(tau2, sigma2) <= best.0 + 1e-9 {
            best = (height(tau2, sigma2), tau2, sigma2);
        }
    }
    Ok((best.1, best.2))
}
