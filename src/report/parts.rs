//! Parts that several fits print: the criteria of fit and the notes; and the setters that several reports have.

use crate::{
    Measure,
    effect::Scale,
    linear::INTERCEPT,
    pool::FitInfo,
    regression::{TestDistribution, WaldTest},
    text::{Align, Grid, Notation, Section, degrees, p_text},
};

/// The log-likelihood and the criteria made of it, without a heading.
pub(super) fn criteria(fit: &FitInfo, notation: &Notation) -> Section {
    let mut grid = Grid::new(["logLik", "deviance", "AIC", "BIC", "AICc"].map(|name| (name, Align::Right)));
    grid.row([fit.log_likelihood, fit.deviance, fit.aic, fit.bic, fit.aicc].map(|v| notation.number(v)));
    Section::untitled().table("", grid)
}

/// The notes, if there are any.
pub(super) fn notes(notes: &[String]) -> Option<Section> {
    (!notes.is_empty()).then(|| Section::new("Notes").list(notes))
}

/// A test of several coefficients: `QM(df = 3) = 11.0606, p-val = 0.0114`.
pub(super) fn test_line(test: &WaldTest, notation: &Notation) -> String {
    let (statistic, p) = (notation.number(test.statistic), p_text(test.p_value));
    match (test.distribution, test.df2) {
        (TestDistribution::F, Some(df2)) => {
            format!("F(df1 = {}, df2 = {}) = {statistic}, {p}", test.df1, degrees(df2))
        }
        _ => format!("QM(df = {}) = {statistic}, {p}", test.df1),
    }
}

/// The meaning of coefficients that are written as ratios; nothing for a mean alone.
pub(super) fn coefficients_line<'a>(
    terms: impl IntoIterator<Item = &'a String>,
    notation: &Notation,
) -> Option<String> {
    let (intercepts, others): (Vec<_>, Vec<_>) = terms.into_iter().partition(|term| *term == INTERCEPT);
    if !notation.is_ratio() || others.is_empty() {
        return None;
    }
    let name = notation.estimate();
    let of_ratios = if name == "ratio" { "ratios".to_owned() } else { format!("{name}s") };
    Some(match intercepts.is_empty() {
        true => format!("ratio: the {name} of a level, or the ratio of {of_ratios} per unit of a number"),
        false => {
            format!("ratio: of {INTERCEPT} the {name}, else a ratio of {of_ratios} (per unit of a number)")
        }
    })
}

/// The notation of effects of a measure, or of ready-made ones by their scale: ratios as ratios.
pub(super) fn notation(measure: Measure, scale: Option<Scale>) -> Notation {
    measure.ratio_name(scale).map_or_else(Notation::new, Notation::ratios)
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
