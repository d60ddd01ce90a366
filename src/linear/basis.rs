//! The inference of a fitted linear model, whatever its basis: normal, t, Hartung-Knapp, Kenward-Roger, Satterthwaite, containment or
//! clusters. Everything that is read off coefficients goes through it.
//!
//! Coefficients are kept in the orthonormal coordinates Q of the design X = QR, as deviations from an origin: b = origin + R⁻¹ g. A
//! contrast l'b is then R⁻ᵀl on Q, whose covariance is as well conditioned as the weights allow, so that the origin and the unit of a
//! moderator cost no digits.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::{Back, Coefficient, Prediction, PredictionInterval, WaldTest, small_sample::SmallSample};
use crate::{Error, Level, Result, robust::ClusterRobust};

/// The distribution that tests refer to.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // one for each fit
pub(crate) enum Reference {
    Normal,
    /// t and F with these degrees of freedom.
    T(f64),
    /// t and F with those of each coefficient: the least of those in a contrast.
    Coefficients(Vec<f64>),
    Satterthwaite(SmallSample),
    KenwardRoger(SmallSample),
    Clusters(ClusterRobust),
}

/// The coefficients of a model with standard errors and reference distributions of one inference.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Basis {
    names: Vec<String>,
    /// Coefficients from which the others deviate.
    origin: DVector<f64>,
    /// The deviations, on Q.
    g: DVector<f64>,
    /// Their covariance.
    c: DMatrix<f64>,
    /// R⁻¹.
    from_q: DMatrix<f64>,
    reference: Reference,
}

impl Basis {
    /// The deviations `g` on Q with covariance `c`; `from_q` is R⁻¹.
    pub fn new(
        names: &[String],
        (g, c): (DVector<f64>, DMatrix<f64>),
        from_q: DMatrix<f64>,
        reference: Reference,
    ) -> Self {
        Basis { names: names.to_vec(), origin: DVector::zeros(g.len()), g, c, from_q, reference }
    }

    /// The same about other coefficients than 0.
    pub fn about(mut self, origin: DVector<f64>) -> Self {
        self.origin = origin;
        self
    }

    /// The same with inference by clusters.
    pub fn clustered(mut self, robust: ClusterRobust) -> Self {
        self.reference = Reference::Clusters(robust);
        self
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The cluster-robust covariance, if inference is by clusters.
    pub fn clusters(&self) -> Option<&ClusterRobust> {
        match &self.reference {
            Reference::Clusters(robust) => Some(robust),
            _ => None,
        }
    }

    /// A contrast of the coefficients as one of those on Q.
    fn on_q(&self, l: &[f64]) -> DVector<f64> {
        self.from_q.tr_mul(&DVector::from_column_slice(l))
    }

    /// Contrasts as the columns of a matrix of contrasts on Q.
    fn all_on_q(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
        DMatrix::from_columns(&contrasts.iter().map(|l| self.on_q(l)).collect::<Vec<_>>())
    }

    fn estimate(&self, l: &[f64], on_q: &DVector<f64>) -> f64 {
        let origin: f64 = l.iter().zip(self.origin.iter()).map(|(l, b)| l * b).sum();
        origin + on_q.dot(&self.g)
    }

    /// The degrees of freedom of a contrast; `None` for the normal distribution.
    fn df(&self, l: &[f64], on_q: &DVector<f64>) -> Option<f64> {
        match &self.reference {
            Reference::Normal | Reference::Clusters(_) => None,
            Reference::T(df) => Some(*df),
            Reference::Coefficients(dfs) => {
                dfs.iter().zip(l).filter(|(_, x)| **x != 0.0).map(|(df, _)| *df).min_by(f64::total_cmp)
            }
            Reference::Satterthwaite(small) | Reference::KenwardRoger(small) => {
                small.degrees_of_freedom(on_q)
            }
        }
    }

    /// The contrast l'b under a name.
    ///
    /// # Errors
    ///
    /// If clusters hold no information on it, or its limits are beyond the range of numbers.
    pub fn contrast(&self, name: &str, l: &[f64], level: Level) -> Result<Coefficient> {
        if let Some(robust) = self.clusters() {
            let c = robust.named_contrast(name, l, level)?;
            return Coefficient::new(name, c.estimate, c.se, Some(c.df), level).within_range();
        }
        let on_q = self.on_q(l);
        let se = on_q.dot(&(&self.c * &on_q)).max(0.0).sqrt();
        Coefficient::new(name, self.estimate(l, &on_q), se, self.df(l, &on_q), level).within_range()
    }

    /// Every coefficient.
    ///
    /// # Errors
    ///
    /// If one has no robust variance, or its limits are beyond the range of numbers.
    pub fn coefficients(&self, level: Level) -> Result<Vec<Coefficient>> {
        let p = self.names.len();
        let rows = unit_contrasts(&(0..p).collect::<Vec<_>>(), p);
        self.names.iter().zip(&rows).map(|(name, l)| self.contrast(name, l, level)).collect()
    }

    /// The test that all contrasts are 0; `None` if there are none, they depend on each other, or the data hold no information on a
    /// combination of them.
    pub fn test(&self, contrasts: &[Vec<f64>]) -> Option<WaldTest> {
        let m = contrasts.len();
        if m == 0 || m > self.names.len() {
            return None;
        }
        if let Some(robust) = self.clusters() {
            let test = robust.test_contrasts(&columns(contrasts))?;
            return Some(WaldTest::f(test.statistic, test.df1, test.df2));
        }
        let l = self.all_on_q(contrasts);
        let values = DVector::from_fn(m, |i, _| self.estimate(&contrasts[i], &l.column(i).into_owned()));
        let wald = values.dot(&independent(l.tr_mul(&(&self.c * &l)))?.solve(&values));
        let (scale, df2) = match &self.reference {
            Reference::Normal | Reference::Clusters(_) => {
                return wald.is_finite().then(|| WaldTest::chi2(wald, m));
            }
            Reference::T(df) => (1.0, *df),
            Reference::Coefficients(_) => {
                let each = contrasts.iter().zip(l.column_iter());
                (1.0, each.filter_map(|(row, on_q)| self.df(row, &on_q.into_owned())).min_by(f64::total_cmp)?)
            }
            Reference::Satterthwaite(small) => (1.0, small.several_degrees_of_freedom(&l)?),
            Reference::KenwardRoger(small) => small.scale(&l)?,
        };
        let sound = wald.is_finite() && scale.is_finite() && df2 > 0.0;
        sound.then(|| WaldTest::f(scale * wald / m as f64, m, df2))
    }

    /// The test that the coefficients at these positions are 0.
    pub fn test_columns(&self, positions: &[usize]) -> Option<WaldTest> {
        self.test(&unit_contrasts(positions, self.names.len()))
    }

    /// The reason why the coefficients at these positions have no test.
    pub fn why_no_test(&self, positions: &[usize]) -> String {
        match self.clusters() {
            Some(robust) => robust.why_no_test(&unit_contrasts(positions, self.names.len()), &self.names),
            None => {
                "the covariance of the coefficients does not support the test of the moderators".to_owned()
            }
        }
    }

    /// The covariance of the contrasts.
    pub fn contrast_covariance(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64> {
        if let Some(robust) = self.clusters() {
            return robust.contrast_covariance(contrasts);
        }
        let l = self.all_on_q(contrasts);
        l.tr_mul(&(&self.c * &l))
    }

    /// The covariance of the coefficients, column by column.
    pub fn covariance(&self) -> Vec<f64> {
        match self.clusters() {
            Some(robust) => robust.covariance().to_vec(),
            None => (&self.from_q * &self.c * self.from_q.transpose()).as_slice().to_vec(),
        }
    }
}

/// Contrasts as the columns of a matrix.
pub(crate) fn columns(contrasts: &[Vec<f64>]) -> DMatrix<f64> {
    let columns: Vec<DVector<f64>> = contrasts.iter().map(|l| DVector::from_column_slice(l)).collect();
    DMatrix::from_columns(&columns)
}

/// The Cholesky factor of a covariance of contrasts; `None` if one is a combination of the others, up to rounding: what is left of its
/// variance beside them is then below 1e-12 of the whole, where a double holds no digit of it.
pub(crate) fn independent(covariance: DMatrix<f64>) -> Option<Cholesky<f64, nalgebra::Dyn>> {
    let scale = covariance.diagonal();
    let factor = Cholesky::new(covariance)?;
    let l = factor.l_dirty();
    (0..scale.len()).all(|i| l[(i, i)] * l[(i, i)] > 1e-12 * scale[i]).then_some(factor)
}

/// The variance of true effects about their mean, with the convention of prediction intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spread {
    pub method: Prediction,
    pub tau2: f64,
    /// k - p
    pub residual: f64,
}

impl Spread {
    /// The prediction interval about a mean.
    pub fn interval(&self, mean: &Coefficient, level: Level) -> Option<PredictionInterval> {
        let Spread { method, tau2, residual } = *self;
        PredictionInterval::new(method, mean.estimate, mean.se, tau2, mean.df, residual, level)
    }
}

/// A linear model whose inference can be asked for: what contrasts, marginal means and predictions are read off.
pub(crate) trait Solved {
    /// The names of the coefficients.
    fn names(&self) -> &[String];

    /// The coefficients of a term of the formula, or of a coefficient's name.
    ///
    /// # Errors
    ///
    /// If there is no such term.
    fn columns_of(&self, term: &str) -> Result<Vec<usize>>;

    /// The positions of the coefficients that are not the intercept.
    fn moderators(&self) -> Vec<usize>;

    fn confidence_level(&self) -> Level;

    fn back_transformation(&self) -> Back;

    /// `None` without prediction intervals.
    fn spread(&self) -> Option<Spread>;

    /// Reads something off the inference.
    ///
    /// # Errors
    ///
    /// If the fit does not know its data any more, or as `read` says.
    fn with_basis<T>(&self, read: impl FnOnce(&Basis) -> Result<T>) -> Result<T>;
}

/// The coefficients of several terms, in order.
pub(crate) fn columns_of<S: AsRef<str>>(fit: &impl Solved, terms: &[S]) -> Result<Vec<usize>> {
    let mut columns = Vec::new();
    for term in terms {
        columns.extend(fit.columns_of(term.as_ref())?);
    }
    columns.sort_unstable();
    columns.dedup();
    Ok(columns)
}

/// Refuses a contrast of the wrong length or with values that are not finite.
pub(crate) fn check_contrast(fit: &impl Solved, l: &[f64]) -> Result<()> {
    let p = fit.names().len();
    if l.len() != p {
        return Err(Error::setting(
            "contrast",
            format!("{} values for {p} coefficients", l.len()),
            "give one value for each coefficient",
        ));
    }
    match l.iter().find(|value| !value.is_finite()) {
        Some(value) => Err(Error::setting("contrast", format!("value {value}"), "its values must be finite")),
        None => Ok(()),
    }
}

/// The contrasts that pick the coefficients at these positions.
pub(crate) fn unit_contrasts(positions: &[usize], p: usize) -> Vec<Vec<f64>> {
    positions
        .iter()
        .map(|&position| (0..p).map(|i| if i == position { 1.0 } else { 0.0 }).collect())
        .collect()
}
