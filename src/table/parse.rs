//! The text of a formula as a tree, and the tree as the text that R would print.
//!
//! An operator-precedence (Pratt) parser with R's precedences: `^` binds tightest and to the right, then a sign, `:`,
//! `*` and `/`, `+` and `-`. Sums are flat, so that a formula may have any number of terms; all else may be nested
//! a hundred deep. Reference: Pratt (1973), Top down operator precedence, doi:10.1145/512927.512931.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::CharIndices;

use super::fault::{Span, fault};
use crate::Result;

/// The depth to which expressions may be nested.
const DEPTH: usize = 100;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) kind: Kind,
    pub(super) span: Span,
    depth: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number; `true` for an integer written with `L`.
    Number(f64, bool),
    Text(String),
    Name(String),
    Call(String, Vec<Argument>),
    /// `(a)`
    Group(Box<Expression>),
    /// `-a`
    Signed(Sign, Box<Expression>),
    /// `a + b - c`
    Sum(Box<Expression>, Vec<(Sign, Expression)>),
    Binary(Operator, Box<Expression>, Box<Expression>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument {
    pub(super) name: Option<String>,
    pub(super) value: Expression,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Times,
    Over,
    Colon,
    Power,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64, bool),
    Text(String),
    Name(String),
    Sign(Sign),
    Operator(Operator),
    Open,
    Close,
    Comma,
    Equals,
}

/// Reads the right-hand side of a formula; a `~` before it is accepted.
pub(super) fn parse(source: &str) -> Result<Expression> {
    let mut parser = Parser { source, tokens: tokens(source)?, at: 0, level: 0 };
    let read = parser.expression(1)?;
    match parser.peek() {
        None => Ok(read),
        Some((token, span)) => {
            let found = match token {
                Token::Close => "a parenthesis is closed that was not opened".to_owned(),
                Token::Equals => "`=` has no place here".to_owned(),
                _ => format!("`{}` follows without an operator", parser.text(span)),
            };
            Err(fault(source, span, found, "join terms with + - : * or ^"))
        }
    }
}

/// Tokens with their places.
fn tokens(source: &str) -> Result<Vec<(Token, Span)>> {
    let mut read = Vec::new();
    let mut chars = source.char_indices().peekable();
    let mut tilde = false;
    while let Some((start, c)) = chars.next() {
        let token = match c {
            c if c.is_whitespace() => continue,
            '~' if read.is_empty() && !tilde => {
                tilde = true;
                continue;
            }
            '+' => Token::Sign(Sign::Plus),
            '-' => Token::Sign(Sign::Minus),
            '*' => match chars.next_if(|(_, next)| *next == '*') {
                Some(_) => Token::Operator(Operator::Power),
                None => Token::Operator(Operator::Times),
            },
            '/' => Token::Operator(Operator::Over),
            ':' => Token::Operator(Operator::Colon),
            '^' => Token::Operator(Operator::Power),
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '=' => Token::Equals,
            '"' | '\'' => Token::Text(quoted(source, &mut chars, start, c)?),
            '`' => {
                let name = quoted(source, &mut chars, start, c)?;
                if name.is_empty() {
                    let span = Span::new(start, end_of(source, &mut chars));
                    return Err(fault(
                        source,
                        span,
                        "a name is empty",
                        "write a column's name between backticks",
                    ));
                }
                Token::Name(name)
            }
            c if c.is_ascii_digit() => number(source, &mut chars, start)?,
            '.' if chars.peek().is_some_and(|(_, next)| next.is_ascii_digit()) => {
                number(source, &mut chars, start)?
            }
            c if c.is_alphabetic() || c == '.' || c == '_' => {
                while chars.next_if(|(_, next)| in_name(*next)).is_some() {}
                let end = end_of(source, &mut chars);
                Token::Name(source.get(start..end).unwrap_or_default().to_owned())
            }
            other => {
                let (found, remedy) = match other {
                    '~' => (
                        "a formula has its moderators only".to_owned(),
                        "leave out what stands before the `~`: the outcome is given by the effect sizes",
                    ),
                    '%' | '|' | '<' | '>' | '!' | '&' => (
                        format!("the operator `{other}` is not known"),
                        "a formula is made of + - : * / ^, parentheses and functions",
                    ),
                    _ => (
                        format!("the character `{}` has no place in a formula", other.escape_debug()),
                        "write an unusual column name between backticks",
                    ),
                };
                return Err(fault(source, Span::new(start, start + other.len_utf8()), found, remedy));
            }
        };
        read.push((token, Span::new(start, end_of(source, &mut chars))));
    }
    Ok(read)
}

type Chars<'a> = Peekable<CharIndices<'a>>;

fn end_of(source: &str, chars: &mut Chars<'_>) -> usize {
    chars.peek().map_or(source.len(), |(at, _)| *at)
}

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '.' || c == '_'
}

/// The text up to the closing mark; a backslash takes the next character as it is, `\n` and `\t` as in R.
fn quoted(source: &str, chars: &mut Chars<'_>, start: usize, mark: char) -> Result<String> {
    let mut text = String::new();
    while let Some((_, c)) = chars.next() {
        match c {
            c if c == mark => return Ok(text),
            '\\' => match chars.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, other)) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    let span = Span::new(start, start + 1);
    Err(fault(source, span, "a quotation mark is not closed", &format!("close it with `{mark}`")))
}

fn number(source: &str, chars: &mut Chars<'_>, start: usize) -> Result<Token> {
    let digits =
        |chars: &mut Chars<'_>| while chars.next_if(|(_, c)| c.is_ascii_digit() || *c == '.').is_some() {};
    digits(chars);
    if chars.next_if(|(_, c)| matches!(c, 'e' | 'E')).is_some() {
        let _ = chars.next_if(|(_, c)| matches!(c, '+' | '-'));
        digits(chars);
    }
    let end = end_of(source, chars);
    let integer = chars.next_if(|(_, c)| *c == 'L').is_some();
    let value = source.get(start..end).and_then(|text| text.parse::<f64>().ok()).filter(|v| v.is_finite());
    let glued = chars.peek().is_some_and(|(_, c)| in_name(*c));
    match value {
        Some(value) if !glued => Ok(Token::Number(value, integer)),
        _ => {
            while chars.next_if(|(_, c)| in_name(*c)).is_some() {}
            let span = Span::new(start, end_of(source, chars));
            let text = source.get(span.start..span.end).unwrap_or_default();
            let remedy = "write a column name that begins with a digit between backticks";
            Err(fault(source, span, format!("`{text}` is not a number"), remedy))
        }
    }
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<(Token, Span)>,
    at: usize,
    level: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<(&Token, Span)> {
        self.tokens.get(self.at).map(|(token, span)| (token, *span))
    }

    fn next(&mut self) -> Option<(Token, Span)> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn text(&self, span: Span) -> &str {
        self.source.get(span.start..span.end).unwrap_or_default()
    }

    fn end(&self) -> Span {
        Span::new(self.source.len(), self.source.len())
    }

    fn node(&self, kind: Kind, span: Span, below: usize) -> Result<Expression> {
        if below >= DEPTH {
            return Err(self.too_deep(span));
        }
        Ok(Expression { kind, span, depth: below + 1 })
    }

    fn too_deep(&self, span: Span) -> crate::Error {
        let place = Span::new(span.start, span.start + 1);
        fault(
            self.source,
            place,
            "the formula is nested too deeply",
            "write it with fewer levels of parentheses",
        )
    }

    /// Reads operators that bind at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Result<Expression> {
        self.level += 1;
        if self.level > DEPTH {
            let span = self.peek().map_or(self.end(), |(_, span)| span);
            return Err(self.too_deep(span));
        }
        let mut left = self.operand()?;
        while let Some((token, _)) = self.peek() {
            let (binding, right_least) = match token {
                Token::Sign(_) => (1, 2),
                Token::Operator(Operator::Times | Operator::Over) => (2, 3),
                Token::Operator(Operator::Colon) => (3, 4),
                Token::Operator(Operator::Power) => (5, 5),
                _ => break,
            };
            if binding < least {
                break;
            }
            let operator = self.next();
            let right = self.expression(right_least)?;
            let span = left.span.to(right.span);
            left = match operator {
                Some((Token::Sign(sign), _)) => {
                    let below = right.depth;
                    match left.kind {
                        Kind::Sum(first, mut rest) => {
                            rest.push((sign, right));
                            self.node(Kind::Sum(first, rest), span, below.max(left.depth - 1))?
                        }
                        _ => {
                            let below = below.max(left.depth);
                            self.node(Kind::Sum(Box::new(left), vec![(sign, right)]), span, below)?
                        }
                    }
                }
                Some((Token::Operator(operator), _)) => {
                    let below = left.depth.max(right.depth);
                    self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), span, below)?
                }
                _ => left,
            };
        }
        self.level -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expression> {
        let Some((token, span)) = self.next() else {
            let remedy = "name a moderator here, for example ablat + factor(alloc)";
            return Err(fault(self.source, self.end(), "the formula ends where a term is needed", remedy));
        };
        match token {
            Token::Number(value, integer) => self.node(Kind::Number(value, integer), span, 0),
            Token::Text(text) => self.node(Kind::Text(text), span, 0),
            Token::Name(name) => match self.peek() {
                Some((Token::Open, open)) if !self.text(span).starts_with('`') => {
                    self.at += 1;
                    self.call(name, span, open)
                }
                _ => self.node(Kind::Name(name), span, 0),
            },
            Token::Sign(sign) => {
                let of = self.expression(4)?;
                let (whole, depth) = (span.to(of.span), of.depth);
                self.node(Kind::Signed(sign, Box::new(of)), whole, depth)
            }
            Token::Open => {
                let of = self.expression(1)?;
                let close = self.close(span)?;
                let depth = of.depth;
                self.node(Kind::Group(Box::new(of)), span.to(close), depth)
            }
            _ => {
                let found = format!("`{}` stands where a term is needed", self.text(span));
                Err(fault(
                    self.source,
                    span,
                    found,
                    "name a moderator here, for example ablat + factor(alloc)",
                ))
            }
        }
    }

    fn close(&mut self, open: Span) -> Result<Span> {
        match self.next() {
            Some((Token::Close, span)) => Ok(span),
            Some((_, span)) => {
                let found = format!("`{}` stands where `)` or an operator is needed", self.text(span));
                Err(fault(self.source, span, found, "close the parenthesis"))
            }
            None => Err(fault(self.source, open, "a parenthesis is not closed", "close it with `)`")),
        }
    }

    fn call(&mut self, name: String, at: Span, open: Span) -> Result<Expression> {
        let mut arguments: Vec<Argument> = Vec::new();
        if let Some((Token::Close, close)) = self.peek() {
            self.at += 1;
            return self.node(Kind::Call(name, arguments), at.to(close), 0);
        }
        loop {
            let named = match (self.peek(), self.tokens.get(self.at + 1)) {
                (Some((Token::Name(name) | Token::Text(name), _)), Some((Token::Equals, _))) => {
                    Some(name.clone())
                }
                (Some((Token::Number(value, _), _)), Some((Token::Equals, _))) => Some(number_text(*value)),
                _ => None,
            };
            if named.is_some() {
                self.at += 2;
            }
            arguments.push(Argument { name: named, value: self.expression(1)? });
            if let Some((Token::Comma, _)) = self.peek() {
                self.at += 1;
                continue;
            }
            let close = self.close(open)?;
            let below = arguments.iter().map(|a| a.value.depth).max().unwrap_or(0);
            return self.node(Kind::Call(name, arguments), at.to(close), below);
        }
    }
}

impl Expression {
    /// A name in the place of this expression.
    pub(super) fn named(&self, name: &str) -> Expression {
        Expression { kind: Kind::Name(name.to_owned()), ..self.clone() }
    }

    /// The text that R prints for this expression, which names the columns of a design.
    pub(super) fn label(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        let sign = |s: &Sign| if *s == Sign::Plus { '+' } else { '-' };
        match &self.kind {
            Kind::Number(value, integer) => {
                out.push_str(&number_text(*value));
                if *integer {
                    out.push('L');
                }
            }
            Kind::Text(text) => {
                out.push('"');
                for c in text.chars() {
                    match c {
                        '"' | '\\' => {
                            out.push('\\');
                            out.push(c);
                        }
                        '\n' => out.push_str("\\n"),
                        '\t' => out.push_str("\\t"),
                        c => out.push(c),
                    }
                }
                out.push('"');
            }
            Kind::Name(name) => out.push_str(&name_text(name)),
            Kind::Call(name, arguments) => {
                let _ = write!(out, "{name}(");
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        out.push_str(", ");
                    }
                    if let Some(name) = &argument.name {
                        let _ = write!(out, "{} = ", name_text(name));
                    }
                    argument.value.write(out);
                }
                out.push(')');
            }
            Kind::Group(of) => {
                out.push('(');
                of.write(out);
                out.push(')');
            }
            Kind::Signed(s, of) => {
                out.push(sign(s));
                of.write(out);
            }
            Kind::Sum(first, rest) => {
                first.write(out);
                for (s, term) in rest {
                    let _ = write!(out, " {} ", sign(s));
                    term.write(out);
                }
            }
            Kind::Binary(operator, left, right) => {
                left.write(out);
                out.push_str(match operator {
                    Operator::Times => " * ",
                    Operator::Over => "/",
                    Operator::Colon => ":",
                    Operator::Power => "^",
                });
                right.write(out);
            }
        }
    }
}

/// A name as it stands in a formula: between backticks if it would not be read as a name otherwise.
pub(super) fn name_text(name: &str) -> String {
    let mut chars = name.chars();
    let begins = match chars.next() {
        Some('.') => !chars.clone().next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphabetic(),
        None => false,
    };
    if begins && chars.all(in_name) {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`"))
    }
}

/// A number as R prints it: at most 15 digits, with an exponent if that is shorter (`1e+05`).
pub(super) fn number_text(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { value.to_string() };
    }
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let decimals = usize::try_from(i32::try_from(digits).unwrap_or(15) - 1 - exponent).unwrap_or(0);
    let fixed = format!("{value:.decimals$}");
    let sign = if exponent < 0 { '-' } else { '+' };
    let short = format!("{mantissa}e{sign}{:02}", exponent.abs());
    if fixed.len() <= short.len() { fixed } else { short }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn label(text: &str) -> String {
        parse(text).unwrap().label()
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn labels_are_written_as_r_writes_them() {
        for (text, expected) in [
            ("poly(ablat,2)", "poly(ablat, 2)"),
            ("I( ablat^2/100000 )", "I(ablat^2/1e+05)"),
            ("I(2*(ablat+1)-3)", "I(2 * (ablat + 1) - 3)"),
            ("I(ablat^-1)+I(+x)", "I(ablat^-1) + I(+x)"),
            ("ref(alloc,'random')", "ref(alloc, \"random\")"),
            ("ns(x,df=3L,knots=c(1.50,.25))", "ns(x, df = 3L, knots = c(1.5, 0.25))"),
            ("~ `a b`:c**2", "`a b`:c^2"),
            ("I(1e-3*x)", "I(0.001 * x)"),
            ("I(x*0.00001234)", "I(x * 1.234e-05)"),
        ] {
            assert_eq!(label(text), expected);
        }
    }

    #[test]
    fn operators_bind_as_in_r() {
        let shape = |text: &str| {
            fn walk(e: &Expression) -> String {
                match &e.kind {
                    Kind::Binary(o, l, r) => format!("[{} {o:?} {}]", walk(l), walk(r)),
                    Kind::Signed(_, of) => format!("[- {}]", walk(of)),
                    Kind::Sum(first, rest) => {
                        rest.iter().fold(walk(first), |text, (s, e)| format!("{text} {s:?} {}", walk(e)))
                    }
                    _ => e.label(),
                }
            }
            walk(&parse(text).unwrap())
        };
        assert_eq!(shape("a*b:c^2"), "[a Times [b Colon [c Power 2]]]");
        assert_eq!(shape("a^b^c"), "[a Power [b Power c]]");
        assert_eq!(shape("-a:b"), "[[- a] Colon b]");
        assert_eq!(shape("-a^2"), "[- [a Power 2]]");
        assert_eq!(shape("a-b*c+d"), "a Minus [b Times c] Plus d");
        assert_eq!(shape("a/b/c"), "[[a Over b] Over c]");
    }

    #[test]
    fn numbers_are_written_as_r_writes_them() {
        // as.character() of R 4.2.2
        for (value, text) in [
            (100000.0, "1e+05"),
            (123456.0, "123456"),
            (0.1, "0.1"),
            (0.0001, "1e-04"),
            (0.00012, "0.00012"),
            (196000000.0, "1.96e+08"),
            (-2.5, "-2.5"),
            (1.0 / 3.0, "0.333333333333333"),
            (1e300, "1e+300"),
        ] {
            assert_eq!(number_text(value), text);
        }
    }

    #[test]
    fn errors_point_at_the_place() {
        assert_eq!(
            error("ablat + (year"),
            "formula: a parenthesis is not closed; close it with `)`\n    ablat + (year\n            ^"
        );
        for (text, found, column) in [
            ("", "ends where a term is needed", 0),
            ("a +", "ends where a term is needed", 3),
            ("a b", "`b` follows without an operator", 2),
            ("a)", "a parenthesis is closed that was not opened", 1),
            ("a + * b", "`*` stands where a term is needed", 4),
            ("y ~ a", "moderators only", 2),
            ("a > 1", "the operator `>`", 2),
            ("a $ b", "the character `$`", 2),
            ("ref(a, \"b)", "a quotation mark is not closed", 7),
            ("2x + 1", "`2x` is not a number", 0),
            ("1.2.3", "`1.2.3` is not a number", 0),
            ("f(a b)", "`b` stands where `)`", 4),
            ("f(a,)", "`)` stands where a term", 4),
            ("a = b", "`=` has no place here", 2),
        ] {
            let message = error(text);
            assert!(message.contains(found), "{text}: {message}");
            let last = message.lines().last().unwrap();
            assert_eq!(last.find('^'), Some(4 + column), "{text}: {message}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_long_sums_are_not() {
        for text in ["(".repeat(100_000), "-".repeat(100_000), "a^".repeat(100_000), "a:".repeat(5000) + "a"]
        {
            assert!(error(&text).contains("nested too deeply"));
        }
        let long = vec!["a"; 50_000].join(" + ");
        assert_eq!(label(&long), long);
    }
}
