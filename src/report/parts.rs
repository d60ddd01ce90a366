//! Parts that several fits print: the criteria of fit and the notes.

use crate::{
    pool::FitInfo,
    text::{Align, Grid, Section, fixed},
};

/// The log-likelihood and the criteria made of it, without a heading.
pub(super) fn criteria(fit: &FitInfo) -> Section {
    let mut grid = Grid::new(["logLik", "deviance", "AIC", "BIC", "AICc"].map(|name| (name, Align::Right)));
    grid.row([fit.log_likelihood, fit.deviance, fit.aic, fit.bic, fit.aicc].map(|v| fixed(v, 4)));
    Section::untitled().table("", grid)
}

/// The notes, if there are any.
pub(super) fn notes(notes: &[String]) -> Option<Section> {
    (!notes.is_empty()).then(|| Section::new("Notes").list(notes))
}
