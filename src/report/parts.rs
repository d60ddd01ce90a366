//! Parts that several fits print: the criteria of fit and the notes; and the setters that several reports have.

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

/// The setters of a report: of its parts, which it holds as options, and of what every report has.
macro_rules! report_setters {
    ($( $(#[$doc:meta])* $name:ident: $type:ty ),* $(,)?) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, $name: $type) -> Self {
                self.$name = Some($name);
                self
            }
        )*

        /// An analysis that could not be done, and why: the report says so in its place.
        #[must_use]
        pub fn not_done(mut self, analysis: impl Into<String>, reason: impl Into<String>) -> Self {
            self.left_out.push((analysis.into(), reason.into()));
            self
        }

        /// An assumption beyond those of the model, such as how a missing standard deviation was derived.
        #[must_use]
        pub fn assumption(mut self, text: impl Into<String>) -> Self {
            self.assumptions.push(text.into());
            self
        }

        /// The origin of the report.
        #[must_use]
        pub fn provenance(mut self, provenance: crate::report::ReportOrigin) -> Self {
            self.provenance = Some(provenance);
            self
        }
    };
}
pub(super) use report_setters;
