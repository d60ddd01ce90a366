//! The inference of a fitted linear model, whatever its basis: normal, t, Hartung-Knapp, Kenward-Roger, Satterthwaite, containment or
//! clusters. Everything that is read off coefficients goes through it.

use nalgebra::DMatrix;

use super::{Back, Coefficient, Prediction, PredictionInterval, WaldTest};
use crate::{Error, Level, Result};

/// Contrasts of the coefficients, one by one and together, with standard errors and reference distributions of one inference.
pub(crate) trait Basis {
    /// The contrast l'b under a name.
    ///
    /// # Errors
    ///
    /// If clusters hold no information on it.
    fn contrast(&self, name: &str, l: &[f64], level: Level) -> Result<Coefficient>;

    /// The test that all contrasts are 0; `None` if there are none, they depend on each other, or the data hold no information on a
    /// combination of them.
    fn test(&self, contrasts: &[Vec<f64>]) -> Option<WaldTest>;

    /// The covariance of the contrasts.
    fn contrast_covariance(&self, contrasts: &[Vec<f64>]) -> DMatrix<f64>;
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
    fn with_basis<T>(&self, read: impl FnOnce(&dyn Basis) -> Result<T>) -> Result<T>;
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
