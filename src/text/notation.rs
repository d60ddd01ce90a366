//! The writing of a result's numbers: how many decimals, and ratios or their logarithms.
//!
//! Models analyze ratios as logarithms; people read ratios. A [`Notation`] with a ratio's name writes every effect, limit and
//! difference as its exponential under that name; standard errors, variances and test statistics stay those of the
//! logarithm, and headings say so. Without a name all stands on the scale of the analysis.

use std::fmt;

use super::number::fixed;

/// The decimals of numbers where nothing else is asked for.
const DECIMALS: usize = 4;
/// A ratio below this keeps three digits in place of decimals that would all be 0.
const SMALL: f64 = 0.001;
/// A ratio from here on has an exponent: more digits before the point are no easier to read.
const LARGE: f64 = 1e7;

/// The notation of effects and other numbers in tables.
///
/// ```
/// use consilience::text::Notation;
///
/// let ratios = Notation::ratios("risk ratio");
/// assert_eq!((ratios.estimate(), ratios.se()), ("risk ratio", "se(log)"));
/// assert_eq!(ratios.effect(-0.7145), "0.4894");
/// assert_eq!(ratios.digits(2).effect(-0.7145), "0.49");
/// assert_eq!(Notation::new().effect(-0.7145), "-0.7145");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notation {
    digits: Option<usize>,
    ratio: Option<String>,
}

impl Notation {
    /// Effects on the scale of the analysis, four decimals.
    pub fn new() -> Self {
        Notation::default()
    }

    /// Effects that are logarithms of ratios, written as these ratios under their name.
    pub fn ratios(name: impl Into<String>) -> Self {
        Notation { ratio: Some(name.into()), digits: None }
    }

    /// The ratios of an analysis if it has any (`Some` name), else its own scale; as a format string asks: `{:.2}` for two
    /// decimals, `{:#}` for logarithms.
    pub(crate) fn asked(f: &fmt::Formatter<'_>, ratio: Option<String>) -> Self {
        Notation { digits: f.precision(), ratio: ratio.filter(|_| !f.alternate()) }
    }

    /// Writes so many decimals. Percentages, P values and counts keep theirs.
    #[must_use]
    pub fn digits(mut self, digits: usize) -> Self {
        self.digits = Some(digits);
        self
    }

    /// Writes so many decimals, or what is customary.
    #[must_use]
    pub fn digits_if(self, digits: Option<usize>) -> Self {
        Notation { digits: digits.or(self.digits), ..self }
    }

    /// The same with other decimals where none are asked for.
    pub(crate) fn digits_or(&self, usual: usize) -> Self {
        Notation { digits: Some(self.decimals(usual)), ..self.clone() }
    }

    /// The decimals that are asked for.
    #[cfg(feature = "request")]
    pub(crate) fn asked_digits(&self) -> Option<usize> {
        self.digits
    }

    /// The decimals that are asked for, else `usual` ones.
    pub(crate) fn decimals(&self, usual: usize) -> usize {
        self.digits.unwrap_or(usual)
    }

    /// True if effects are written as ratios.
    pub fn is_ratio(&self) -> bool {
        self.ratio.is_some()
    }

    /// The heading of effects: the name of the ratio, or `estimate`.
    pub fn estimate(&self) -> &str {
        self.ratio.as_deref().unwrap_or("estimate")
    }

    /// The heading of standard errors of effects.
    pub fn se(&self) -> &'static str {
        if self.is_ratio() { "se(log)" } else { "se" }
    }

    /// The value of an effect that says that there is none.
    pub(crate) fn null(&self) -> &'static str {
        if self.is_ratio() { "1" } else { "0" }
    }

    /// The scale in words, for captions: `on the scale of the analysis`.
    pub(crate) fn scale(&self) -> String {
        match &self.ratio {
            Some(name) => format!("as {name} (standard errors are those of the logarithm)"),
            None => "on the scale of the analysis".to_owned(),
        }
    }

    /// The notation of coefficients: slopes (`slopes`) are ratios of ratios, so that none has the name of the effect.
    pub(crate) fn of_coefficients(&self, slopes: bool) -> Self {
        let ratio = self.ratio.clone().map(|name| if slopes { "ratio".to_owned() } else { name });
        Notation { ratio, ..self.clone() }
    }

    /// The same on the scale of the analysis.
    pub(crate) fn of_logarithms(&self) -> Self {
        Notation { ratio: None, ..self.clone() }
    }

    /// A number that is no effect: a standard error, a variance, a test statistic.
    pub fn number(&self, value: f64) -> String {
        fixed(value, self.decimals(DECIMALS))
    }

    /// A number that may not exist: `-` where it does not.
    pub(crate) fn optional(&self, value: Option<f64>) -> String {
        value.map_or("-".to_owned(), |value| self.number(value))
    }

    /// An effect, or a difference or a limit of effects, on the scale of the analysis.
    pub fn effect(&self, value: f64) -> String {
        if self.is_ratio() { self.ratio(value.exp()) } else { self.number(value) }
    }

    /// An effect that may not exist: `-` where it does not.
    pub(crate) fn effect_if(&self, value: Option<f64>) -> String {
        value.map_or("-".to_owned(), |value| self.effect(value))
    }

    /// A lower limit, which has no number where it is infinite.
    pub(crate) fn lower(&self, value: Option<f64>) -> String {
        value.map_or(if self.is_ratio() { "0" } else { "-Inf" }.to_owned(), |value| self.effect(value))
    }

    /// An upper limit, which has no number where it is infinite.
    pub(crate) fn upper(&self, value: Option<f64>) -> String {
        value.map_or("Inf".to_owned(), |value| self.effect(value))
    }

    /// Two limits: `0.34 to 0.70`.
    pub(crate) fn range(&self, lower: f64, upper: f64) -> String {
        format!("{} to {}", self.effect(lower), self.effect(upper))
    }

    /// A ratio itself.
    fn ratio(&self, value: f64) -> String {
        match self.digits {
            _ if value.is_infinite() => "Inf".to_owned(),
            _ if value >= LARGE => format!("{value:.3e}"),
            None if value > 0.0 && value < SMALL => format!("{value:.2e}"),
            _ => self.number(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_keep_their_digits_wherever_they_lie() {
        let ratios = Notation::ratios("ratio");
        let written = [-0.5, -9.0, 0.0, 20.0, 800.0].map(|log| ratios.effect(log));
        assert_eq!(written, ["0.6065", "1.23e-4", "1.0000", "4.852e8", "Inf"]);
        assert_eq!((ratios.lower(None), ratios.upper(None)), ("0".to_owned(), "Inf".to_owned()));
        assert_eq!(Notation::new().lower(None), "-Inf");
    }
}
