//! Joint draws of all inputs of a model: independent, correlated, stratified or on Sobol points.

use nalgebra::DMatrix;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

use super::univariate::Distribution;
use crate::stat::sobol;
use crate::{
    Error, Result,
    economics::trial::bootstrap::below,
    stat::{Tail, gamma, normal},
};

/// The way the uniform numbers behind the draws are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "sampling")]
#[non_exhaustive]
pub enum Sampling {
    /// Independent random numbers.
    Random {
        /// The seed.
        seed: u64,
    },
    /// A Latin hypercube: in each dimension one draw in each of N strata of equal probability.
    LatinHypercube {
        /// The seed.
        seed: u64,
    },
    /// Sobol points with a random shift, for at most 64 dimensions.
    Sobol {
        /// The seed.
        seed: u64,
    },
}

#[derive(Debug, Clone, PartialEq)]
enum Block {
    Single(Distribution),
    Dirichlet(Vec<f64>),
    /// Means and the lower Cholesky factor, row by row.
    Normal(Vec<f64>, Vec<f64>),
}

/// The uncertain inputs of a model, by name.
///
/// Draws of all inputs share their numbers: evaluate every option on the same draws.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    names: Vec<String>,
    blocks: Vec<Block>,
    correlations: Vec<(usize, usize, f64)>,
}

/// Draws of inputs: a column for each name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InputDraws {
    /// The names.
    pub names: Vec<String>,
    /// For each name its draws.
    pub columns: Vec<Vec<f64>>,
}

impl InputDraws {
    /// The draws of an input.
    ///
    /// # Errors
    ///
    /// If the name is not known.
    pub fn column(&self, name: &str) -> Result<&[f64]> {
        self.names
            .iter()
            .position(|known| known == name)
            .and_then(|i| self.columns.get(i))
            .map(Vec::as_slice)
            .ok_or_else(|| Error::unknown("parameter", name, &self.names))
    }

    /// The number of draws.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// True if there are no draws.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All inputs in one draw.
    pub fn row(&self, i: usize) -> Vec<f64> {
        self.columns.iter().filter_map(|column| column.get(i).copied()).collect()
    }
}

impl Inputs {
    /// No inputs yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn name(&mut self, name: impl Into<String>) -> Result<()> {
        let name = name.into();
        if self.names.contains(&name) {
            return Err(Error::data(format!("parameter `{name}` appears twice"), "give each its own name"));
        }
        self.names.push(name);
        Ok(())
    }

    /// Adds an input with its distribution.
    ///
    /// # Errors
    ///
    /// If the name is taken.
    pub fn with(mut self, name: impl Into<String>, distribution: Distribution) -> Result<Self> {
        self.name(name)?;
        self.blocks.push(Block::Single(distribution));
        Ok(self)
    }

    /// Adds probabilities that sum to 1, with concentrations (counts plus prior); a concentration of 0 is a probability
    /// of 0.
    ///
    /// # Errors
    ///
    /// If names and concentrations differ in number, there are fewer than two, one is negative or all are 0.
    pub fn with_dirichlet<L: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = L>,
        concentrations: &[f64],
    ) -> Result<Self> {
        let before = self.names.len();
        for name in names {
            self.name(name)?;
        }
        let count = self.names.len() - before;
        if count != concentrations.len()
            || count < 2
            || concentrations.iter().any(|a| !(a.is_finite() && *a >= 0.0))
            || concentrations.iter().all(|a| *a == 0.0)
        {
            return Err(Error::setting(
                "Dirichlet",
                format!("{count} names, concentrations {concentrations:?}"),
                "give a concentration of at least 0 for each of two or more names",
            ));
        }
        self.blocks.push(Block::Dirichlet(concentrations.to_vec()));
        Ok(self)
    }

    /// Adds jointly normal inputs, such as regression coefficients, with their covariance matrix row by row.
    ///
    /// # Errors
    ///
    /// If the sizes differ, a value is not finite, or the matrix is not symmetric and positive definite.
    pub fn with_normal<L: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = L>,
        means: &[f64],
        covariance: &[f64],
    ) -> Result<Self> {
        let before = self.names.len();
        for name in names {
            self.name(name)?;
        }
        let p = self.names.len() - before;
        let wrong = |what: String| {
            Error::setting(
                "multivariate normal",
                what,
                "give a mean for each name and a symmetric, positive definite matrix",
            )
        };
        if p == 0 || means.len() != p || covariance.len() != p * p {
            return Err(wrong(format!("{p} names, {} means, {} covariances", means.len(), covariance.len())));
        }
        if means.iter().chain(covariance).any(|x| !x.is_finite()) {
            return Err(wrong("a value that is not finite".to_owned()));
        }
        let factor = cholesky(p, covariance).ok_or_else(|| wrong("a matrix that is not".to_owned()))?;
        self.blocks.push(Block::Normal(means.to_vec(), factor));
        Ok(self)
    }

    /// Correlates two single inputs by a Gaussian copula with the given rank correlation (Spearman's ρ; the normal
    /// scores behind the draws then correlate by 2 sin(πρ/6)).
    ///
    /// # Errors
    ///
    /// If a name is not that of a single input, both are the same, or the correlation is not within -1 and 1.
    pub fn correlated(mut self, one: &str, other: &str, rank_correlation: f64) -> Result<Self> {
        let (i, j) = (self.single(one)?, self.single(other)?);
        if i == j || !(rank_correlation > -1.0 && rank_correlation < 1.0) {
            return Err(Error::setting(
                "correlation",
                format!("{rank_correlation} of `{one}` and `{other}`"),
                "name two inputs and give a number within -1 and 1",
            ));
        }
        self.correlations.push((i, j, 2.0 * (std::f64::consts::PI * rank_correlation / 6.0).sin()));
        Ok(self)
    }

    /// The first dimension of a single input.
    fn single(&self, name: &str) -> Result<usize> {
        let mut dimension = 0;
        let mut names = self.names.iter();
        for block in &self.blocks {
            let width = block.width();
            let found = names.by_ref().take(width).any(|known| known == name);
            match (found, block) {
                (true, Block::Single(_)) => return Ok(dimension),
                (true, _) => {
                    return Err(Error::setting(
                        "correlation",
                        format!("`{name}`, which is part of a joint distribution"),
                        "correlate single inputs",
                    ));
                }
                _ => dimension += width,
            }
        }
        Err(Error::unknown("parameter", name, &self.names))
    }

    /// The names, in the order of the columns of the draws.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Draws `n` values of every input.
    ///
    /// # Errors
    ///
    /// If there are no inputs or no draws, the correlations contradict each other, or Sobol points have too many
    /// dimensions.
    pub fn draw(&self, n: usize, sampling: Sampling) -> Result<InputDraws> {
        let dimensions: usize = self.blocks.iter().map(Block::width).sum();
        if dimensions == 0 || n == 0 {
            return Err(Error::setting(
                "draws",
                format!("{n} draws of {dimensions} inputs"),
                "ask for at least one draw of at least one input",
            ));
        }
        let mut uniforms = uniforms(dimensions, n, sampling)?;
        self.correlate(&mut uniforms)?;
        let mut columns = Vec::with_capacity(self.names.len());
        let mut at = 0;
        for block in &self.blocks {
            let parts = &uniforms[at..at + block.width()];
            at += block.width();
            columns.extend(block.values(parts, n));
        }
        Ok(InputDraws { names: self.names.clone(), columns })
    }

    /// Turns independent uniform numbers of correlated inputs into correlated ones.
    fn correlate(&self, uniforms: &mut [Vec<f64>]) -> Result<()> {
        let mut members: Vec<usize> = self.correlations.iter().flat_map(|&(i, j, _)| [i, j]).collect();
        members.sort_unstable();
        members.dedup();
        let p = members.len();
        if p == 0 {
            return Ok(());
        }
        let mut matrix = vec![0.0; p * p];
        for k in 0..p {
            matrix[k * p + k] = 1.0;
        }
        for &(i, j, r) in &self.correlations {
            if let (Ok(a), Ok(b)) = (members.binary_search(&i), members.binary_search(&j)) {
                matrix[a * p + b] = r;
                matrix[b * p + a] = r;
            }
        }
        let factor = cholesky(p, &matrix).ok_or_else(|| {
            Error::setting(
                "correlation",
                "correlations that contradict each other",
                "the correlation matrix must be positive definite",
            )
        })?;
        let n = uniforms.first().map_or(0, Vec::len);
        let mut scores = vec![0.0; p];
        #[allow(clippy::needless_range_loop)] // i runs over the draws of several columns
        for i in 0..n {
            for (score, &m) in scores.iter_mut().zip(&members) {
                *score = normal::quantile(Tail::Lower(uniforms[m][i]));
            }
            for (row, &m) in members.iter().enumerate() {
                let z: f64 = factor[row * p..=row * p + row].iter().zip(&scores).map(|(w, z)| w * z).sum();
                uniforms[m][i] = normal::cdf(z).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
            }
        }
        Ok(())
    }
}

/// Shares of categories: gamma variates by their sum.
fn dirichlet(concentrations: &[f64], parts: &[Vec<f64>], n: usize) -> Vec<Vec<f64>> {
    let gamma = |u: f64, a: f64| if a == 0.0 { 0.0 } else { gamma::quantile(Tail::Lower(u), a, 1.0) };
    let mut gammas: Vec<Vec<f64>> =
        parts.iter().zip(concentrations).map(|(u, &a)| u.iter().map(|&u| gamma(u, a)).collect()).collect();
    let largest = concentrations.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(k, _)| k);
    for i in 0..n {
        let total: f64 = gammas.iter().map(|g| g[i]).sum();
        for (k, column) in gammas.iter_mut().enumerate() {
            // Concentrations far below 1 may all underflow; the mass then lies in one category.
            column[i] = if total > 0.0 { column[i] / total } else { f64::from(u8::from(k == largest)) };
        }
    }
    gammas
}

impl Block {
    /// `n` values of each of the inputs of a block from as many uniform numbers.
    fn values(&self, parts: &[Vec<f64>], n: usize) -> Vec<Vec<f64>> {
        match self {
            Block::Single(distribution) => {
                let draw = |u: &Vec<f64>| u.iter().map(|&u| distribution.quantile(Tail::Lower(u))).collect();
                parts.iter().map(draw).collect()
            }
            Block::Dirichlet(concentrations) => dirichlet(concentrations, parts, n),
            Block::Normal(means, factor) => {
                let p = means.len();
                let scores: Vec<Vec<f64>> = parts
                    .iter()
                    .map(|u| u.iter().map(|&u| normal::quantile(Tail::Lower(u))).collect())
                    .collect();
                let of_row = |(row, mean): (usize, &f64)| {
                    let weights = &factor[row * p..=row * p + row];
                    let value =
                        |i: usize| mean + weights.iter().zip(&scores).map(|(w, z)| w * z[i]).sum::<f64>();
                    (0..n).map(value).collect()
                };
                means.iter().enumerate().map(of_row).collect()
            }
        }
    }

    fn width(&self) -> usize {
        match self {
            Block::Single(_) => 1,
            Block::Dirichlet(concentrations) => concentrations.len(),
            Block::Normal(means, _) => means.len(),
        }
    }
}

/// The lower Cholesky factor, row by row; `None` if the matrix is not symmetric and positive definite.
fn cholesky(p: usize, matrix: &[f64]) -> Option<Vec<f64>> {
    let m = DMatrix::from_row_slice(p, p, matrix);
    let scale = m.amax();
    if (&m - m.transpose()).amax() > 1e-9 * scale {
        return None;
    }
    let factor = m.cholesky()?.unpack();
    Some((0..p * p).map(|k| factor[(k / p, k % p)]).collect())
}

fn open_unit(rng: &mut ChaCha8Rng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

/// Uniform numbers within (0, 1), a column for each dimension; each dimension has its own stream of the seed, so that
/// adding an input leaves the draws of the others as they were.
pub(crate) fn uniforms(dimensions: usize, n: usize, sampling: Sampling) -> Result<Vec<Vec<f64>>> {
    let stream = |seed: u64, dimension: usize| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(dimension as u64);
        rng
    };
    Ok(match sampling {
        Sampling::Random { seed } => (0..dimensions)
            .map(|d| {
                let mut rng = stream(seed, d);
                (0..n).map(|_| open_unit(&mut rng)).collect()
            })
            .collect(),
        Sampling::LatinHypercube { seed } => (0..dimensions)
            .map(|d| {
                let mut rng = stream(seed, d);
                let mut column: Vec<f64> =
                    (0..n).map(|i| (i as f64 + open_unit(&mut rng)) / n as f64).collect();
                for i in (1..n).rev() {
                    column.swap(i, below(&mut rng, i + 1));
                }
                for u in &mut column {
                    *u = u.min(1.0 - f64::EPSILON / 2.0);
                }
                column
            })
            .collect(),
        Sampling::Sobol { seed } => {
            sobol::check_dimensions(dimensions)?;
            (0..dimensions)
                .map(|d| sobol::coordinates(d, n, (stream(seed, d).next_u64() >> 32) as u32))
                .collect()
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    fn moments(x: &[f64], y: &[f64]) -> (f64, f64, f64) {
        let n = x.len() as f64;
        let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
        let cross = |a: &[f64], ma: f64, b: &[f64], mb: f64| {
            a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>()
        };
        let r = cross(x, mx, y, my) / (cross(x, mx, x, mx) * cross(y, my, y, my)).sqrt();
        (mx, (cross(x, mx, x, mx) / n).sqrt(), r)
    }

    #[test]
    fn every_scheme_has_the_moments_and_the_correlation() {
        let inputs = Inputs::new()
            .with("cost", Distribution::gamma_from_mean_sd(200.0, 50.0).unwrap())
            .unwrap()
            .with("utility", Distribution::beta_from_mean_sd(0.7, 0.1).unwrap())
            .unwrap()
            .with_dirichlet(["stay", "worse", "dead"], &[70.0, 20.0, 10.0])
            .unwrap()
            .with_normal(["b0", "b1"], &[1.0, -2.0], &[0.04, -0.03, -0.03, 0.09])
            .unwrap()
            .correlated("cost", "utility", -0.5)
            .unwrap();
        for sampling in
            [Sampling::Random { seed: 1 }, Sampling::LatinHypercube { seed: 1 }, Sampling::Sobol { seed: 1 }]
        {
            let draws = inputs.draw(16_384, sampling).unwrap();
            let (mean, sd, r) = moments(draws.column("cost").unwrap(), draws.column("utility").unwrap());
            assert_relative_eq!(mean, 200.0, max_relative = 0.01);
            assert_relative_eq!(sd, 50.0, max_relative = 0.03);
            assert!((r + 0.5).abs() < 0.05, "{r}");
            let (mean, sd, r) = moments(draws.column("b0").unwrap(), draws.column("b1").unwrap());
            assert_relative_eq!(mean, 1.0, epsilon = 0.01);
            assert_relative_eq!(sd, 0.2, max_relative = 0.03);
            assert_relative_eq!(r, -0.5, epsilon = 0.03);
            let total: Vec<f64> = (0..draws.len()).map(|i| draws.row(i)[2..5].iter().sum()).collect();
            assert!(total.iter().all(|t| (t - 1.0).abs() < 1e-12));
            assert_relative_eq!(moments(draws.column("worse").unwrap(), &total).0, 0.2, epsilon = 0.002);
            assert_eq!(draws, inputs.draw(16_384, sampling).unwrap());
        }
    }

    #[test]
    fn a_latin_hypercube_has_one_draw_in_each_stratum() {
        let columns = uniforms(3, 50, Sampling::LatinHypercube { seed: 9 }).unwrap();
        for column in columns {
            let mut strata: Vec<usize> = column.iter().map(|u| (u * 50.0) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..50).collect::<Vec<_>>());
        }
    }

    #[test]
    fn contradictions_are_named() {
        let three = || {
            ["a", "b", "c"]
                .into_iter()
                .try_fold(Inputs::new(), |i, n| i.with(n, Distribution::uniform(0.0, 1.0).unwrap()))
                .unwrap()
        };
        let bad = three()
            .correlated("a", "b", 0.9)
            .unwrap()
            .correlated("b", "c", 0.9)
            .unwrap()
            .correlated("a", "c", -0.9)
            .unwrap();
        assert!(bad.draw(10, Sampling::Random { seed: 1 }).unwrap_err().to_string().contains("contradict"));
        assert!(three().with("a", Distribution::fixed(1.0).unwrap()).is_err());
        assert!(three().correlated("a", "z", 0.1).is_err());
        assert!(three().draw(0, Sampling::Random { seed: 1 }).is_err());
        assert!(Inputs::new().with_normal(["x", "y"], &[0.0, 0.0], &[1.0, 2.0, 2.0, 1.0]).is_err());
        assert!(Inputs::new().with_dirichlet(["x"], &[1.0]).is_err());
    }
}
