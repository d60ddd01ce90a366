//! Model formulas: `ablat + factor(alloc) + year:ablat`.
//!
//! The algebra of Wilkinson and Rogers as R has it, on sets of terms: `a + b` joins, `a - b` takes away, `a:b` is the
//! interaction, `a*b` is `a + b + a:b`, `a/b` is `a + a:b`, `(a + b + c)^2` holds all interactions of up to two.
//! `1` is the intercept, which is there unless `- 1` or `+ 0` removes it. Terms are ordered by their degree (main effects
//! first), then as the formula has them.
//!
//! Variables are columns (a text column is a factor by itself) and functions of them:
//!
//! | function | variable |
//! |---|---|
//! | `factor(x)` | a factor: texts in the order of their bytes, numbers in numeric order, the first level is the reference |
//! | `ref(x, "level")` | a factor with this reference |
//! | `C(x, sum)` | a factor with treatment, sum or Helmert contrasts |
//! | `log(x)`, `log(x, base = 2)`, `log2 log10 log1p exp expm1 sqrt abs` | functions of numbers |
//! | `I(x^2 / 100 - 1)` | arithmetic |
//! | `poly(x, 2)`, `raw = TRUE` | orthogonal (or plain) polynomials |
//! | `ns(x, df = 3)`, `bs(x, knots = c(20, 40))` | natural cubic splines and B-splines; also `intercept`, `Boundary.knots`, `degree` |
//! | `scale(x)`, `center(x)` | standardized, centered |
//!
//! References: Wilkinson and Rogers (1973), Symbolic description of factorial models for analysis of variance, Applied
//! Statistics 22:392, doi:10.2307/2346786. Chambers and Hastie (1992), Statistical Models in S, chapter 2.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::{Span, fault};
use super::parse::{Expression, Kind, Operator, Sign, parse};
use super::recipe::{Column, Recipe};
use crate::{Error, Result};

/// More terms than any model has.
const TERMS: usize = 5_000;

/// A model formula, parsed.
///
/// ```
/// use consilience::table::Formula;
/// let formula: Formula = "year:ablat + factor(alloc)*ablat".parse()?;
/// assert_eq!(formula.terms(), ["factor(alloc)", "ablat", "year:ablat", "ablat:factor(alloc)"]);
/// assert_eq!(formula.columns(), ["year", "ablat", "alloc"]);
/// assert!(formula.has_intercept());
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Formula {
    pub(super) source: String,
    pub(super) variables: Vec<Variable>,
    /// The variables of each term in the order of the formula.
    pub(super) terms: Vec<Vec<usize>>,
    pub(super) intercept: bool,
}

/// A variable, its place and the name it gives to columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variable {
    pub(super) label: String,
    pub(super) recipe: Recipe,
    pub(super) span: Span,
}

/// Formulas are equal if their texts are.
impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl FromStr for Formula {
    type Err = Error;

    fn from_str(source: &str) -> Result<Self> {
        let tree = parse(source)?;
        let mut algebra = Algebra { source, variables: Vec::new(), known: HashMap::new() };
        let set = algebra.expand(&tree)?;
        let intercept = set.intercept.unwrap_or(true);
        let mut terms = set.terms;
        if terms.is_empty() && !intercept {
            let whole = Span::new(0, source.len());
            return Err(fault(
                source,
                whole,
                "the formula has no term",
                "name a moderator or keep the intercept",
            ));
        }
        terms.sort_by_key(Vec::len);
        Ok(Formula { source: source.to_owned(), variables: algebra.variables, terms, intercept })
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.source
    }
}

impl TryFrom<String> for Formula {
    type Error = Error;

    fn try_from(source: String) -> Result<Self> {
        source.parse()
    }
}

impl Formula {
    /// True if the model has an intercept.
    #[must_use]
    pub fn has_intercept(&self) -> bool {
        self.intercept
    }

    /// The terms without the intercept, in the order of the model, as R writes them.
    #[must_use]
    pub fn terms(&self) -> Vec<String> {
        self.terms.iter().map(|term| self.term_label(term)).collect()
    }

    /// The columns of the table that the terms use, in the order of the formula.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        self.inputs().into_iter().map(|column| column.name.as_str()).collect()
    }

    pub(super) fn term_label(&self, term: &[usize]) -> String {
        let labels: Vec<&str> =
            term.iter().filter_map(|v| self.variables.get(*v)).map(|v| v.label.as_str()).collect();
        labels.join(":")
    }

    /// The columns that are used, each once and with its first place.
    pub(super) fn inputs(&self) -> Vec<&Column> {
        let used: HashSet<usize> = self.terms.iter().flatten().copied().collect();
        let mut seen = HashSet::new();
        let variables = self.variables.iter().enumerate().filter(|(at, _)| used.contains(at));
        let columns = variables.flat_map(|(_, variable)| variable.recipe.columns());
        columns.filter(|column| seen.insert(column.name.as_str())).collect()
    }
}

/// A set of terms in order; the intercept is added, removed or not spoken of.
#[derive(Default)]
struct Set {
    intercept: Option<bool>,
    terms: Vec<Vec<usize>>,
    known: HashSet<Vec<usize>>,
}

impl Set {
    fn of(terms: impl IntoIterator<Item = Vec<usize>>) -> Set {
        let mut set = Set::default();
        set.extend(terms);
        set
    }

    fn extend(&mut self, terms: impl IntoIterator<Item = Vec<usize>>) {
        for term in terms {
            if self.known.insert(term.clone()) {
                self.terms.push(term);
            }
        }
    }

    fn remove(&mut self, terms: &[Vec<usize>]) {
        let gone: HashSet<&Vec<usize>> = terms.iter().collect();
        self.terms.retain(|term| !gone.contains(term));
        self.known.retain(|term| !gone.contains(term));
    }
}

struct Algebra<'a> {
    source: &'a str,
    variables: Vec<Variable>,
    known: HashMap<String, usize>,
}

impl Algebra<'_> {
    fn expand(&mut self, expression: &Expression) -> Result<Set> {
        match &expression.kind {
            Kind::Number(value, _) if *value == 0.0 || *value == 1.0 => {
                Ok(Set { intercept: Some(*value == 1.0), ..Set::default() })
            }
            Kind::Number(..) => Err(fault(
                self.source,
                expression.span,
                format!("the number `{}` is no term", expression.label()),
                "write 1 or 0 to keep or drop the intercept, and arithmetic inside I(...)",
            )),
            // a name that is quoted as a text
            Kind::Text(name) => self.expand(&expression.named(name)),
            Kind::Name(_) | Kind::Call(..) => Ok(Set::of([vec![self.variable(expression)?]])),
            Kind::Group(of) | Kind::Signed(Sign::Plus, of) => self.expand(of),
            Kind::Signed(Sign::Minus, of) => {
                let set = self.expand(of)?;
                Ok(Set { intercept: set.intercept.map(|kept| !kept), ..Set::default() })
            }
            Kind::Sum(first, rest) => {
                let set = self.sum(first, rest)?;
                self.limit(set, expression)
            }
            Kind::Binary(Operator::Power, base, exponent) => self.powered(expression, base, exponent),
            Kind::Binary(operator, left, right) => {
                let (a, b) = (self.factor(left)?, self.factor(right)?);
                let mut set = Set::default();
                match operator {
                    Operator::Times => {
                        set.extend(a.terms.iter().cloned());
                        set.extend(b.terms.iter().cloned());
                        set.extend(self.cross(&a.terms, &b.terms, expression)?);
                    }
                    Operator::Over => {
                        let mut whole: Vec<usize> = a.terms.iter().flatten().copied().collect();
                        whole.sort_unstable();
                        whole.dedup();
                        set.extend(a.terms.iter().cloned());
                        set.extend(self.cross(&[whole], &b.terms, expression)?);
                    }
                    Operator::Colon | Operator::Power => {
                        set.extend(self.cross(&a.terms, &b.terms, expression)?);
                    }
                }
                self.limit(set, expression)
            }
        }
    }

    fn sum(&mut self, first: &Expression, rest: &[(Sign, Expression)]) -> Result<Set> {
        let mut set = self.expand(first)?;
        for (sign, term) in rest {
            let other = self.expand(term)?;
            match sign {
                Sign::Plus => {
                    set.intercept = other.intercept.or(set.intercept);
                    set.extend(other.terms);
                }
                Sign::Minus => {
                    set.intercept = other.intercept.map(|kept| !kept).or(set.intercept);
                    set.remove(&other.terms);
                }
            }
        }
        Ok(set)
    }

    /// All interactions up to a degree.
    fn powered(&mut self, whole: &Expression, base: &Expression, exponent: &Expression) -> Result<Set> {
        let set = self.factor(base)?;
        let Kind::Number(power, _) = exponent.kind else {
            return Err(self.power(exponent));
        };
        if power < 1.0 || power.fract() != 0.0 {
            return Err(self.power(exponent));
        }
        let mut all = Set::of(set.terms.iter().cloned());
        let mut done = 1.0;
        while done < power {
            let before = all.terms.len();
            // a term crossed with itself is the term, so the lower degrees stay, in R's order
            all = self.limit(Set::of(self.cross(&all.terms, &set.terms, whole)?), whole)?;
            if all.terms.len() == before {
                break;
            }
            done += 1.0;
        }
        Ok(all)
    }

    /// The terms of an operand of `:`, `*`, `/` or `^`.
    fn factor(&mut self, expression: &Expression) -> Result<Set> {
        let set = self.expand(expression)?;
        if set.intercept.is_some() || set.terms.is_empty() {
            let found = "the intercept has no place in an interaction";
            return Err(fault(self.source, expression.span, found, "write arithmetic inside I(...)"));
        }
        Ok(set)
    }

    fn power(&self, exponent: &Expression) -> Error {
        let remedy = "a whole number such as 2; write powers of numbers inside I(...)";
        fault(self.source, exponent.span, "the exponent says up to which degree terms interact", remedy)
    }

    fn cross(&self, a: &[Vec<usize>], b: &[Vec<usize>], place: &Expression) -> Result<Vec<Vec<usize>>> {
        if a.len().saturating_mul(b.len()) > 10 * TERMS {
            return Err(self.too_many(place));
        }
        let join = |x: &Vec<usize>, y: &Vec<usize>| {
            let mut term = [x.as_slice(), y.as_slice()].concat();
            term.sort_unstable();
            term.dedup();
            term
        };
        Ok(a.iter().flat_map(|x| b.iter().map(move |y| join(x, y))).collect())
    }

    fn limit(&self, set: Set, place: &Expression) -> Result<Set> {
        if set.terms.len() > TERMS { Err(self.too_many(place)) } else { Ok(set) }
    }

    fn too_many(&self, place: &Expression) -> Error {
        fault(self.source, place.span, format!("more than {TERMS} terms"), "write a smaller model")
    }

    fn variable(&mut self, expression: &Expression) -> Result<usize> {
        let label = expression.label();
        if let Some(known) = self.known.get(&label) {
            return Ok(*known);
        }
        let recipe = Recipe::read(self.source, expression)?;
        let at = self.variables.len();
        self.known.insert(label.clone(), at);
        self.variables.push(Variable { label, recipe, span: expression.span });
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn formula(text: &str) -> Formula {
        text.parse().unwrap()
    }

    fn error(text: &str) -> String {
        text.parse::<Formula>().unwrap_err().to_string()
    }

    #[test]
    fn the_intercept_comes_and_goes() {
        for (text, kept) in [
            ("a", true),
            ("a - 1", false),
            ("0 + a", false),
            ("-1 + a", false),
            ("a - 1 + 1", true),
            ("0 + a + 1", true),
            ("a - 0", true),
            ("(a - 1) + b", false),
            ("1", true),
        ] {
            assert_eq!(formula(text).has_intercept(), kept, "{text}");
        }
        assert!(error("0").contains("the formula has no term"));
    }

    #[test]
    fn errors_point_at_the_place() {
        for (text, found, column, length) in [
            ("a + 2", "the number `2` is no term", 4, 1),
            ("a + lgo(b)", "unknown function `lgo`; did you mean `log`?", 4, 3),
            ("a:1", "the intercept has no place in an interaction", 2, 1),
            ("(a + b)^c", "the exponent", 8, 1),
            ("poly(a, 0)", "`0` is no number of columns", 8, 1),
            ("poly(a, degre = 2)", "unknown argument `degre`; did you mean `degree`?", 16, 1),
            ("C(a, summ)", "unknown contrast `summ`; did you mean `sum`?", 5, 4),
            ("ref(a)", "`ref` lacks its argument `level`", 0, 6),
            ("ref(a, b)", "a level is needed here", 7, 1),
            ("log(poly(a, 2))", "`poly` cannot be part of arithmetic", 4, 10),
            ("I(3)", "a term without a column", 0, 4),
            ("I(a:b)", "`:` has no place in arithmetic", 2, 3),
            ("log(a, base = 1)", "the base of a logarithm", 14, 1),
            ("ns(a, df = 3, knots = c(1, 2))", "both given", 11, 18),
            ("bs(a, Boundary.knots = 3)", "two boundary knots", 23, 1),
            ("scale(a, \"x\")", "not a choice", 9, 3),
            ("poly(a, 2, raw = 1)", "yes or no", 17, 1),
        ] {
            let message = error(text);
            assert!(message.contains(found), "{text}: {message}");
            let last = message.lines().last().unwrap();
            assert_eq!(
                last,
                format!("{}{}", " ".repeat(4 + column), "^".repeat(length)),
                "{text}: {message}"
            );
        }
    }

    #[test]
    fn explosive_formulas_are_refused() {
        let names: Vec<String> = (0..40).map(|i| format!("x{i}")).collect();
        let sum = format!("({})", names.join(" + "));
        assert!(error(&format!("{sum}^9")).contains("more than 5000 terms"));
        assert!(error(&names.join("*")).contains("more than 5000 terms"));
        assert_eq!(formula("(a + b)^1000000000").terms(), ["a", "b", "a:b"]);
    }

    #[test]
    fn a_formula_survives_serialization() {
        let text = serde_json::to_string(&formula("a*b - 1")).unwrap();
        assert_eq!(text, "\"a*b - 1\"");
        assert_eq!(serde_json::from_str::<Formula>(&text).unwrap(), formula("a*b - 1"));
    }
}
