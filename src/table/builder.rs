//! A design without a formula's text: columns are given as they are used.

use super::column::Column;
use super::design::{DesignOptions, FormulaDesign};
use super::frame::Table;
use super::parse::name_text;
use super::recipe::ContrastCoding;
use crate::Result;

/// Puts a design together from columns of numbers and texts.
///
/// It is the design of the formula that names the same terms; [`formula`](Self::formula) shows it.
///
/// ```
/// use consilience::table::FormulaDesign;
/// let design = FormulaDesign::builder()
///     .intercept()
///     .number("ablat", &[44.0, 42.0, 52.0, 13.0, 33.0])
///     .factor("alloc", &["random", "random", "alternate", "random", "alternate"])
///     .interaction(&["ablat", "alloc"])
///     .finish()?;
/// assert_eq!(design.formula.to_string(), "1 + ablat + alloc + ablat:alloc");
/// assert_eq!(design.names, ["(Intercept)", "ablat", "allocrandom", "ablat:allocrandom"]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct DesignBuilder {
    intercept: bool,
    columns: Vec<(String, Kind, String)>,
    interactions: Vec<Vec<String>>,
    options: DesignOptions,
}

#[derive(Clone, Debug)]
enum Kind {
    Numbers(Vec<f64>),
    Texts(Vec<String>),
}

impl FormulaDesign {
    /// Begins a design without a formula's text.
    #[must_use]
    pub fn builder() -> DesignBuilder {
        DesignBuilder::default()
    }
}

impl DesignBuilder {
    /// Adds the intercept.
    #[must_use]
    pub fn intercept(mut self) -> Self {
        self.intercept = true;
        self
    }

    /// Adds a column of numbers.
    #[must_use]
    pub fn number(self, name: &str, values: &[f64]) -> Self {
        self.numeric(name, values, name_text(name))
    }

    /// Adds orthogonal polynomials of a column of numbers up to a degree.
    #[must_use]
    pub fn polynomial(self, name: &str, values: &[f64], degree: usize) -> Self {
        self.numeric(name, values, format!("poly({}, {degree})", name_text(name)))
    }

    /// Adds a natural cubic spline of a column of numbers.
    #[must_use]
    pub fn natural_spline(self, name: &str, values: &[f64], df: usize) -> Self {
        self.numeric(name, values, format!("ns({}, df = {df})", name_text(name)))
    }

    /// Adds a column of numbers, centered and divided by its standard deviation.
    #[must_use]
    pub fn standardized(self, name: &str, values: &[f64]) -> Self {
        self.numeric(name, values, format!("scale({})", name_text(name)))
    }

    /// Adds a factor with its levels in the order of their bytes.
    #[must_use]
    pub fn factor<S: AsRef<str>>(self, name: &str, values: &[S]) -> Self {
        self.texts(name, values, name_text(name))
    }

    /// Adds a factor with a reference level.
    #[must_use]
    pub fn factor_with_reference<S: AsRef<str>>(self, name: &str, values: &[S], reference: &str) -> Self {
        let level = reference.replace('\\', "\\\\").replace('"', "\\\"");
        self.texts(name, values, format!("ref({}, \"{level}\")", name_text(name)))
    }

    /// Adds a factor with its own contrasts.
    #[must_use]
    pub fn factor_with_contrast<S: AsRef<str>>(
        self,
        name: &str,
        values: &[S],
        contrast: ContrastCoding,
    ) -> Self {
        self.texts(name, values, format!("C({}, {contrast})", name_text(name)))
    }

    /// Adds the interaction of columns that were added before, by their names.
    #[must_use]
    pub fn interaction(mut self, names: &[&str]) -> Self {
        self.interactions.push(names.iter().map(|name| (*name).to_owned()).collect());
        self
    }

    /// Sets the contrasts of factors and what to do with collinear columns.
    #[must_use]
    pub fn options(mut self, options: DesignOptions) -> Self {
        self.options = options;
        self
    }

    /// The formula of the design.
    #[must_use]
    pub fn formula(&self) -> String {
        let term = |name: &String| {
            let column = self.columns.iter().find(|(other, ..)| other == name);
            column.map_or_else(|| name_text(name), |(_, _, term)| term.clone())
        };
        let mut terms = vec![if self.intercept { "1" } else { "0" }.to_owned()];
        terms.extend(self.columns.iter().map(|(_, _, term)| term.clone()));
        let interactions = self.interactions.iter().filter(|names| !names.is_empty());
        terms.extend(interactions.map(|names| names.iter().map(term).collect::<Vec<_>>().join(":")));
        terms.join(" + ")
    }

    /// Makes the design.
    ///
    /// # Errors
    /// As [`FormulaDesign::new`]; also if columns differ in length, share a name or hold a value that is not finite.
    pub fn finish(self) -> Result<FormulaDesign> {
        let formula = self.formula().parse()?;
        let mut table = Table::new();
        for (name, kind, _) in self.columns {
            let column = match kind {
                Kind::Numbers(values) => Column::numbers(values.into_iter().map(Some)),
                Kind::Texts(texts) => Column::texts(texts.into_iter().map(Some)),
            };
            table = table.with(&name, column.map_err(|error| error.in_column(name.as_str()))?)?;
        }
        FormulaDesign::new(&formula, &table, &self.options)
    }

    fn numeric(mut self, name: &str, values: &[f64], term: String) -> Self {
        self.columns.push((name.to_owned(), Kind::Numbers(values.to_vec()), term));
        self
    }

    fn texts<S: AsRef<str>>(mut self, name: &str, values: &[S], term: String) -> Self {
        let texts = values.iter().map(|text| text.as_ref().to_owned()).collect();
        self.columns.push((name.to_owned(), Kind::Texts(texts), term));
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Column, Table};
    use super::*;

    #[test]
    fn the_design_is_that_of_the_formula() {
        let x: Vec<f64> = (0..12).map(|i| f64::from(i * i % 17)).collect();
        let y: Vec<f64> = (0..12).map(f64::from).collect();
        let g = ["a \"1\"", "b", "c", "b", "a \"1\"", "c", "b", "b", "a \"1\"", "c", "b", "c"];
        let built = FormulaDesign::builder()
            .intercept()
            .polynomial("x", &x, 2)
            .standardized("time (h)", &y)
            .factor_with_reference("g", &g, "b")
            .interaction(&["g", "time (h)"])
            .finish()
            .unwrap();
        let table = Table::new()
            .with("x", Column::numbers(x.into_iter().map(Some)).unwrap())
            .unwrap()
            .with("time (h)", Column::numbers(y.into_iter().map(Some)).unwrap())
            .unwrap()
            .with("g", Column::texts(g.map(Some)).unwrap())
            .unwrap();
        let formula = "poly(x, 2) + scale(`time (h)`) * ref(g, 'b')".parse().unwrap();
        let written = FormulaDesign::new(&formula, &table, &DesignOptions::new()).unwrap();
        assert_eq!(built.names, written.names);
        assert_eq!(built.matrix, written.matrix);
    }

    #[test]
    fn contrasts_and_splines_have_their_formulas() {
        let builder = FormulaDesign::builder().natural_spline("x", &[1.0, 2.0, 3.0], 2).factor_with_contrast(
            "g",
            &["a", "b", "a"],
            ContrastCoding::Helmert,
        );
        assert_eq!(builder.formula(), "0 + ns(x, df = 2) + C(g, helmert)");
        assert!(FormulaDesign::builder().number("x", &[1.0]).factor("g", &["a", "b"]).finish().is_err());
        assert!(FormulaDesign::builder().number("x", &[f64::NAN]).finish().is_err());
        assert!(FormulaDesign::builder().finish().is_err());
        assert!(FormulaDesign::builder().number("x", &[1.0, 2.0]).interaction(&["x", "z"]).finish().is_err());
    }
}
