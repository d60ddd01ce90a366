//! The parts of a variable of a formula: a column, arithmetic on columns, a factor, a polynomial, a spline.
//!
//! A recipe is read from the formula alone; the data come in when it is fitted (see `variable.rs`).

use super::fault::{Span, fault, unknown};
use super::parse::{Argument, Expression, Kind, Operator, Sign, number_text};
use crate::{Error, Result};

/// The coding of the levels of a factor as columns.
///
/// With levels 1, ..., m (the first is the reference) there are m − 1 columns:
///
/// | contrast | column j |
/// |---|---|
/// | `Treatment` | 1 for level j + 1, else 0 |
/// | `Sum` | 1 for level j, −1 for level m, else 0 |
/// | `Helmert` | −1 for levels up to j, j for level j + 1, else 0 |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContrastCoding {
    /// Differences from the first level.
    #[default]
    Treatment,
    /// Differences from the mean of the levels.
    Sum,
    /// Differences from the mean of the levels before.
    Helmert,
}

crate::codes::codes!(ContrastCoding, "contrast" {
    Treatment "treatment" ["contr.treatment"], Sum "sum" ["contr.sum"], Helmert "helmert" ["contr.helmert"],
});

impl ContrastCoding {
    /// The value of column `column` (from 0) for level `level` (from 0) of `levels`.
    #[must_use]
    pub fn value(self, level: usize, column: usize, levels: usize) -> f64 {
        match self {
            ContrastCoding::Treatment => f64::from(u8::from(level == column + 1)),
            ContrastCoding::Sum if level + 1 == levels => -1.0,
            ContrastCoding::Sum => f64::from(u8::from(level == column)),
            ContrastCoding::Helmert if level <= column => -1.0,
            ContrastCoding::Helmert if level == column + 1 => level as f64,
            ContrastCoding::Helmert => 0.0,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Recipe {
    /// A column as it is: a number or, if it holds texts, a factor.
    Column(Column),
    Arithmetic(Arithmetic),
    Factor {
        of: Arithmetic,
        reference: Option<(String, Span)>,
        contrast: Option<ContrastCoding>,
    },
    Polynomial {
        of: Arithmetic,
        degree: usize,
        raw: bool,
    },
    Spline(Spline),
    Scaled {
        of: Arithmetic,
        center: Choice,
        scale: Choice,
    },
}

/// A column of the table and its place in the formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spline {
    pub(super) of: Arithmetic,
    /// Linear beyond the boundaries (`ns`).
    pub(super) natural: bool,
    pub(super) degree: usize,
    pub(super) df: Option<usize>,
    pub(super) knots: Option<Vec<f64>>,
    pub(super) intercept: bool,
    pub(super) boundary: Option<(f64, f64)>,
}

/// The number to subtract or to divide by: none, the data's own value, or a given one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Choice {
    No,
    Own,
    Given(f64),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Arithmetic {
    Constant(f64),
    Column(Column),
    Negative(Box<Arithmetic>),
    Sum(Box<Arithmetic>, Vec<(Sign, Arithmetic)>),
    Binary(Operator, Box<Arithmetic>, Box<Arithmetic>),
    Function(Function, Box<Arithmetic>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    /// The logarithm to a base; `None` is the natural one.
    Log(Option<f64>),
    Log1p,
    Exp,
    Expm1,
    Sqrt,
    Abs,
}

impl Function {
    fn apply(self, x: f64) -> f64 {
        match self {
            Function::Log(None) => x.ln(),
            Function::Log(Some(2.0)) => x.log2(),
            Function::Log(Some(10.0)) => x.log10(),
            Function::Log(Some(base)) => x.ln() / base.ln(),
            Function::Log1p => x.ln_1p(),
            Function::Exp => x.exp(),
            Function::Expm1 => x.exp_m1(),
            Function::Sqrt => x.sqrt(),
            Function::Abs => x.abs(),
        }
    }
}

/// Functions of numbers, which may stand anywhere.
const ARITHMETIC: &[&str] = &["I", "log", "log2", "log10", "log1p", "exp", "expm1", "sqrt", "abs"];
/// Functions that make a variable, which stand alone in a term.
const VARIABLES: &[&str] = &["factor", "as.factor", "ref", "C", "poly", "ns", "bs", "scale", "center"];

impl Arithmetic {
    /// The value in one row, given the values of the columns.
    pub(super) fn value(&self, column: &impl Fn(&str) -> f64) -> f64 {
        match self {
            Arithmetic::Constant(value) => *value,
            Arithmetic::Column(of) => column(&of.name),
            Arithmetic::Negative(of) => -of.value(column),
            Arithmetic::Sum(first, rest) => {
                rest.iter().fold(first.value(column), |sum, (sign, term)| match sign {
                    Sign::Plus => sum + term.value(column),
                    Sign::Minus => sum - term.value(column),
                })
            }
            Arithmetic::Binary(operator, left, right) => {
                let (a, b) = (left.value(column), right.value(column));
                match operator {
                    Operator::Times => a * b,
                    Operator::Over => a / b,
                    Operator::Power => power(a, b),
                    Operator::Colon => f64::NAN,
                }
            }
            Arithmetic::Function(function, of) => function.apply(of.value(column)),
        }
    }

    pub(super) fn columns<'a>(&'a self, out: &mut Vec<&'a Column>) {
        match self {
            Arithmetic::Constant(_) => {}
            Arithmetic::Column(column) => out.push(column),
            Arithmetic::Negative(of) | Arithmetic::Function(_, of) => of.columns(out),
            Arithmetic::Sum(first, rest) => {
                first.columns(out);
                rest.iter().for_each(|(_, term)| term.columns(out));
            }
            Arithmetic::Binary(_, left, right) => {
                left.columns(out);
                right.columns(out);
            }
        }
    }
}

/// Small whole powers by multiplication, as they are meant.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 2.0 { base * base } else { base.powf(exponent) }
}

impl Recipe {
    /// The columns of the table that the recipe uses.
    pub(super) fn columns(&self) -> Vec<&Column> {
        let mut out = Vec::new();
        match self {
            Recipe::Column(column) => out.push(column),
            Recipe::Arithmetic(of)
            | Recipe::Factor { of, .. }
            | Recipe::Polynomial { of, .. }
            | Recipe::Scaled { of, .. }
            | Recipe::Spline(Spline { of, .. }) => of.columns(&mut out),
        }
        out
    }

    /// Reads a recipe from a name or a call.
    pub(super) fn read(source: &str, expression: &Expression) -> Result<Recipe> {
        let reader = Reader { source };
        let (name, given) = match &expression.kind {
            Kind::Name(name) => {
                return Ok(Recipe::Column(Column { name: name.clone(), span: expression.span }));
            }
            Kind::Call(name, arguments) => (name.as_str(), arguments),
            _ => return reader.arithmetic(expression).map(Recipe::Arithmetic),
        };
        let call = |parameters: &[&'static str]| reader.arguments(expression, name, given, parameters);
        let recipe = match name {
            "factor" | "as.factor" => {
                let [x] = slots(call(&["x"])?);
                Recipe::Factor { of: reader.of(expression, name, x)?, reference: None, contrast: None }
            }
            "ref" => reader.referred(expression, slots(call(&["x", "level"])?))?,
            "C" => reader.contrasted(expression, slots(call(&["object", "contr"])?))?,
            "poly" => {
                let [x, degree, raw] = slots(call(&["x", "degree", "raw"])?);
                Recipe::Polynomial {
                    of: reader.of(expression, name, x)?,
                    degree: degree.map_or(Ok(1), |d| reader.count(d, 1))?,
                    raw: raw.map_or(Ok(false), |raw| reader.flag(raw))?,
                }
            }
            "ns" => {
                let [x, df, knots, intercept, boundary] =
                    slots(call(&["x", "df", "knots", "intercept", "Boundary.knots"])?);
                reader.spline(expression, [x, df, knots, None, intercept, boundary], true)?
            }
            "bs" => {
                let [x, df, knots, degree, intercept, boundary] =
                    slots(call(&["x", "df", "knots", "degree", "intercept", "Boundary.knots"])?);
                reader.spline(expression, [x, df, knots, degree, intercept, boundary], false)?
            }
            "scale" => {
                let [x, center, scale] = slots(call(&["x", "center", "scale"])?);
                Recipe::Scaled {
                    of: reader.of(expression, name, x)?,
                    center: center.map_or(Ok(Choice::Own), |c| reader.choice(c))?,
                    scale: scale.map_or(Ok(Choice::Own), |s| reader.choice(s))?,
                }
            }
            "center" => {
                let [x] = slots(call(&["x"])?);
                let of = reader.of(expression, name, x)?;
                Recipe::Scaled { of, center: Choice::Own, scale: Choice::No }
            }
            _ => Recipe::Arithmetic(reader.arithmetic(expression)?),
        };
        if recipe.columns().is_empty() {
            let remedy = "name a column of the table in it";
            return Err(fault(source, expression.span, "a term without a column", remedy));
        }
        Ok(recipe)
    }
}

impl Reader<'_> {
    /// `ref(alloc, "random")`.
    fn referred(&self, whole: &Expression, [x, level]: [Option<&Expression>; 2]) -> Result<Recipe> {
        let of = self.of(whole, "ref", x)?;
        let Some(level) = level else {
            return Err(self.missing(whole, "ref", "level", "ref(alloc, \"random\")"));
        };
        let text = match (&level.kind, self.constant(level)) {
            (Kind::Text(text), _) => text.clone(),
            (_, Ok(value)) => number_text(value),
            _ => {
                let remedy = "write the level in quotation marks, as in ref(alloc, \"random\")";
                return Err(fault(self.source, level.span, "a level is needed here", remedy));
            }
        };
        Ok(Recipe::Factor { of, reference: Some((text, level.span)), contrast: None })
    }

    /// `C(alloc, sum)`.
    fn contrasted(&self, whole: &Expression, [x, contrast]: [Option<&Expression>; 2]) -> Result<Recipe> {
        let source = self.source;
        let Some(x) = x else { return Err(self.missing(whole, "C", "object", "C(alloc, sum)")) };
        let Some(contrast) = contrast else { return Err(self.missing(whole, "C", "contr", "C(alloc, sum)")) };
        let (of, reference) = match Recipe::read(source, x)? {
            Recipe::Factor { of, reference, contrast: None } => (of, reference),
            Recipe::Column(column) => (Arithmetic::Column(column), None),
            Recipe::Arithmetic(of) => (of, None),
            _ => {
                let remedy = "name a column, factor(...) or ref(...)";
                return Err(fault(source, x.span, "contrasts need a factor", remedy));
            }
        };
        let code = match &contrast.kind {
            Kind::Name(code) | Kind::Text(code) => code.as_str(),
            _ => "",
        };
        let known = ContrastCoding::ALL.iter().map(|coding| coding.code());
        let chosen =
            code.parse().map_err(|_| unknown(source, contrast.span, "contrast", &contrast.label(), known))?;
        Ok(Recipe::Factor { of, reference, contrast: Some(chosen) })
    }
}

/// The first `N` slots.
fn slots<const N: usize>(given: Vec<Option<&Expression>>) -> [Option<&Expression>; N] {
    let mut out = [None; N];
    out.iter_mut().zip(given).for_each(|(slot, value)| *slot = value);
    out
}

struct Reader<'a> {
    source: &'a str,
}

impl Reader<'_> {
    /// The arguments of a call by parameter: those with a name first, then the others in order.
    fn arguments<'e>(
        &self,
        whole: &Expression,
        name: &str,
        given: &'e [Argument],
        parameters: &[&'static str],
    ) -> Result<Vec<Option<&'e Expression>>> {
        let mut slots: Vec<Option<&Expression>> = vec![None; parameters.len()];
        let named = |argument: &Argument| argument.name.clone();
        for argument in given {
            let Some(name) = named(argument) else { continue };
            let slot = parameters.iter().position(|p| *p == name).and_then(|at| slots.get_mut(at));
            match slot {
                Some(slot) if slot.is_none() => *slot = Some(&argument.value),
                Some(_) => {
                    let found = format!("the argument `{name}` is given twice");
                    return Err(fault(self.source, argument.value.span, found, "give it once"));
                }
                None => return Err(unknown(self.source, argument.value.span, "argument", &name, parameters)),
            }
        }
        for argument in given.iter().filter(|argument| argument.name.is_none()) {
            match slots.iter_mut().find(|slot| slot.is_none()) {
                Some(slot) => *slot = Some(&argument.value),
                None => {
                    let found = format!("`{name}` has at most {} arguments", parameters.len());
                    let remedy = format!("write {name}({})", parameters.join(", "));
                    return Err(fault(self.source, argument.value.span.to(whole.span), found, &remedy));
                }
            }
        }
        Ok(slots)
    }

    fn missing(&self, whole: &Expression, name: &str, parameter: &str, example: &str) -> Error {
        let found = format!("`{name}` lacks its argument `{parameter}`");
        fault(self.source, whole.span, found, &format!("write for example {example}"))
    }

    /// The numbers that a function is of.
    fn of(&self, whole: &Expression, name: &str, x: Option<&Expression>) -> Result<Arithmetic> {
        match x {
            Some(x) => self.arithmetic(x),
            None => Err(self.missing(whole, name, "x", &format!("{name}(ablat, ...)"))),
        }
    }

    fn arithmetic(&self, expression: &Expression) -> Result<Arithmetic> {
        let boxed = |e: &Expression| self.arithmetic(e).map(Box::new);
        Ok(match &expression.kind {
            Kind::Number(value, _) => Arithmetic::Constant(*value),
            // where a number is needed, a text is a name that was quoted
            Kind::Name(name) | Kind::Text(name) => {
                Arithmetic::Column(Column { name: name.clone(), span: expression.span })
            }
            Kind::Group(of) | Kind::Signed(Sign::Plus, of) => self.arithmetic(of)?,
            Kind::Signed(Sign::Minus, of) => Arithmetic::Negative(boxed(of)?),
            Kind::Sum(first, rest) => {
                let term = |(sign, e): &(Sign, Expression)| Ok((*sign, self.arithmetic(e)?));
                Arithmetic::Sum(boxed(first)?, rest.iter().map(term).collect::<Result<_>>()?)
            }
            Kind::Binary(Operator::Colon, ..) => {
                let remedy = "inside a function write a product with `*`";
                return Err(fault(self.source, expression.span, "`:` has no place in arithmetic", remedy));
            }
            Kind::Binary(operator, left, right) => Arithmetic::Binary(*operator, boxed(left)?, boxed(right)?),
            Kind::Call(name, given) => {
                let function = match name.as_str() {
                    "I" => None,
                    "log" => {
                        let [x, base] = slots(self.arguments(expression, name, given, &["x", "base"])?);
                        let base = base.map(|base| self.base(base)).transpose()?;
                        let of = self.of(expression, name, x)?;
                        return Ok(Arithmetic::Function(Function::Log(base), Box::new(of)));
                    }
                    "log2" => Some(Function::Log(Some(2.0))),
                    "log10" => Some(Function::Log(Some(10.0))),
                    "log1p" => Some(Function::Log1p),
                    "exp" => Some(Function::Exp),
                    "expm1" => Some(Function::Expm1),
                    "sqrt" => Some(Function::Sqrt),
                    "abs" => Some(Function::Abs),
                    other if VARIABLES.contains(&other) => {
                        let found = format!("`{other}` cannot be part of arithmetic");
                        let remedy = format!("let `{other}` be a term by itself");
                        return Err(fault(self.source, expression.span, found, &remedy));
                    }
                    other => {
                        let span = Span::new(expression.span.start, expression.span.start + other.len());
                        let known = VARIABLES.iter().chain(ARITHMETIC);
                        return Err(unknown(self.source, span, "function", other, known));
                    }
                };
                let [x] = slots(self.arguments(expression, name, given, &["x"])?);
                let of = self.of(expression, name, x)?;
                match function {
                    Some(function) => Arithmetic::Function(function, Box::new(of)),
                    None => of,
                }
            }
        })
    }

    /// A finite number that does not depend on the data.
    fn constant(&self, expression: &Expression) -> Result<f64> {
        let wrong = || fault(self.source, expression.span, "a number is needed here", "write a number");
        let arithmetic = self.arithmetic(expression).map_err(|_| wrong())?;
        let mut columns = Vec::new();
        arithmetic.columns(&mut columns);
        let value = arithmetic.value(&|_| f64::NAN);
        if columns.is_empty() && value.is_finite() { Ok(value) } else { Err(wrong()) }
    }

    fn base(&self, expression: &Expression) -> Result<f64> {
        match self.constant(expression)? {
            base if base > 0.0 && base != 1.0 => Ok(base),
            _ => Err(fault(
                self.source,
                expression.span,
                "the base of a logarithm",
                "a positive number other than 1",
            )),
        }
    }

    fn count(&self, expression: &Expression, least: usize) -> Result<usize> {
        let value = self.constant(expression)?;
        if value.fract() == 0.0 && value >= least as f64 && value <= 10_000.0 {
            return Ok(value as usize);
        }
        let remedy = format!("a whole number of at least {least}");
        Err(fault(
            self.source,
            expression.span,
            format!("`{}` is no number of columns", number_text(value)),
            &remedy,
        ))
    }

    fn flag(&self, expression: &Expression) -> Result<bool> {
        match &expression.kind {
            Kind::Name(name) if matches!(name.as_str(), "TRUE" | "T") => Ok(true),
            Kind::Name(name) if matches!(name.as_str(), "FALSE" | "F") => Ok(false),
            _ => Err(fault(self.source, expression.span, "yes or no is needed here", "write TRUE or FALSE")),
        }
    }

    fn choice(&self, expression: &Expression) -> Result<Choice> {
        if let Ok(flag) = self.flag(expression) {
            return Ok(if flag { Choice::Own } else { Choice::No });
        }
        match self.constant(expression) {
            Ok(value) => Ok(Choice::Given(value)),
            Err(_) => {
                Err(fault(self.source, expression.span, "not a choice", "write TRUE, FALSE or a number"))
            }
        }
    }

    /// `c(1, 2, 3)` or a single number.
    fn list(&self, expression: &Expression) -> Result<Vec<f64>> {
        match &expression.kind {
            Kind::Call(name, given) if name == "c" => given.iter().map(|a| self.constant(&a.value)).collect(),
            _ => self.constant(expression).map(|value| vec![value]),
        }
    }

    fn spline(&self, whole: &Expression, given: [Option<&Expression>; 6], natural: bool) -> Result<Recipe> {
        let [x, df, knots, degree, intercept, boundary] = given;
        let name = if natural { "ns" } else { "bs" };
        let boundary = match boundary {
            None => None,
            Some(expression) => match self.list(expression)?.as_slice() {
                [a, b] if a < b => Some((*a, *b)),
                _ => {
                    let remedy = "write the lower and the upper one, as in Boundary.knots = c(0, 60)";
                    return Err(fault(self.source, expression.span, "two boundary knots are needed", remedy));
                }
            },
        };
        if let (Some(df), Some(knots)) = (df, knots) {
            let found = "the degrees of freedom and the knots are both given";
            return Err(fault(self.source, df.span.to(knots.span), found, "give one of them"));
        }
        Ok(Recipe::Spline(Spline {
            of: self.of(whole, name, x)?,
            natural,
            degree: degree.map_or(Ok(3), |d| self.count(d, 1))?,
            df: df.map(|df| self.count(df, 1)).transpose()?,
            knots: knots.map(|knots| self.list(knots)).transpose()?,
            intercept: intercept.map_or(Ok(false), |flag| self.flag(flag))?,
            boundary,
        }))
    }
}
