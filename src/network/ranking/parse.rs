//! Reading of questions about a hierarchy.
//!
//! ```text
//! question  = both { "or" both }
//! both      = single { "and" single }
//! single    = "not" single | "(" question ")" | statement
//! statement = T "first" | T "last" | T "rank" COMPARE N | T "in" ["the"] ("top" | "bottom") N
//!           | T "above" T | T "below" T | T ">" T { ">" T } | T "-" T COMPARE X
//! COMPARE   = "<" | "<=" | "=" | ">=" | ">"        N = 1, 2, ... or one, two, three, ...
//! ```
//!
//! A treatment T is one of the network's names, in quotation marks if it holds words of this language; without them the
//! longest name that fits is taken.

use super::{Bound, Question, Statement};
use crate::{Error, Result};

const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Reads a question about these treatments.
pub(super) fn parse(text: &str, treatments: &[String]) -> Result<Question> {
    let mut reader = Reader { text, at: 0, treatments, depth: 0 };
    let question = reader.question()?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.wrong("`and`, `or` or the end"));
    }
    Ok(question)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    treatments: &'a [String],
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn wrong(&self, expected: &str) -> Error {
        let found = match self.rest().trim() {
            "" => format!("`{}` ends too early", self.text),
            rest => format!("`{}` cannot be read from `{rest}` on", self.text),
        };
        let remedy = format!(
            "expected {expected}; statements read `A first`, `A above B`, `A in the top 2`, `A rank <= 3`, `A - B > 0.5`, \
             joined by and, or, not and brackets"
        );
        Error::setting("hierarchy question", found, remedy)
    }

    /// Takes a sign or a word (which must not run on) if it comes next.
    fn take(&mut self, token: &str) -> bool {
        self.space();
        let rest = self.rest();
        let Some(head) = rest.get(..token.len()) else { return false };
        let word = token.chars().all(char::is_alphabetic);
        let runs_on = rest[token.len()..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
        if !head.eq_ignore_ascii_case(token) || (word && runs_on) {
            return false;
        }
        self.at += token.len();
        true
    }

    fn question(&mut self) -> Result<Question> {
        let mut parts = vec![self.both()?];
        while self.take("or") {
            parts.push(self.both()?);
        }
        Ok(single_or(parts, Question::Any))
    }

    fn both(&mut self) -> Result<Question> {
        let mut parts = vec![self.single()?];
        while self.take("and") {
            parts.push(self.single()?);
        }
        Ok(single_or(parts, Question::All))
    }

    fn single(&mut self) -> Result<Question> {
        self.depth += 1;
        if self.depth > 200 {
            return Err(Error::setting("hierarchy question", "more than 200 brackets", "write it flatter"));
        }
        let treatment_follows = self.name().is_some();
        let result = if !treatment_follows && self.take("not") {
            Ok(Question::Not(Box::new(self.single()?)))
        } else if !treatment_follows && self.take("(") {
            let inner = self.question()?;
            if self.take(")") { Ok(inner) } else { Err(self.wrong("a closing bracket")) }
        } else {
            self.statement()
        };
        self.depth -= 1;
        result
    }

    /// The treatment that comes next and the place after it.
    fn name(&mut self) -> Option<(usize, usize)> {
        self.space();
        let rest = self.rest();
        if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let inside = &rest[1..];
            let end = inside.find(quote)?;
            let i = self.treatments.iter().position(|t| t == &inside[..end])?;
            return Some((i, self.at + end + 2));
        }
        let fits = |name: &String| {
            rest.strip_prefix(name.as_str())
                .is_some_and(|after| !after.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_'))
        };
        let found = self.treatments.iter().enumerate().filter(|(_, name)| !name.is_empty() && fits(name));
        found.max_by_key(|(_, name)| name.len()).map(|(i, name)| (i, self.at + name.len()))
    }

    fn treatment(&mut self) -> Result<usize> {
        match self.name() {
            Some((i, after)) => {
                self.at = after;
                Ok(i)
            }
            None => {
                let next = self.rest().split_whitespace().next().unwrap_or("").trim_matches(['(', ')']);
                if next.is_empty() {
                    return Err(self.wrong("a treatment"));
                }
                Err(Error::unknown("treatment in the hierarchy question", next, self.treatments))
            }
        }
    }

    fn statement(&mut self) -> Result<Question> {
        let a = self.treatment()?;
        let statement = if self.take("first") || self.take("best") {
            Statement::Rank(a, Bound::Equal, 1)
        } else if self.take("last") || self.take("worst") {
            Statement::Rank(a, Bound::Equal, self.treatments.len())
        } else if self.take("rank") {
            let bound = self.bound()?;
            Statement::Rank(a, bound, self.count()?)
        } else if self.take("in") {
            self.take("the");
            let top = self.take("top");
            if !top && !self.take("bottom") {
                return Err(self.wrong("`top` or `bottom`"));
            }
            let n = self.count()?;
            if top {
                Statement::Rank(a, Bound::AtMost, n)
            } else {
                Statement::Rank(a, Bound::AtLeast, self.treatments.len() + 1 - n)
            }
        } else if self.take("above") {
            Statement::Above(vec![a, self.treatment()?])
        } else if self.take("below") {
            Statement::Above(vec![self.treatment()?, a])
        } else if self.take("-") {
            let b = self.treatment()?;
            let bound = self.bound()?;
            Statement::Difference(a, b, bound, self.number()?)
        } else if self.take(">") {
            let mut chain = vec![a, self.treatment()?];
            while self.take(">") {
                chain.push(self.treatment()?);
            }
            Statement::Above(chain)
        } else {
            return Err(self.wrong("first, last, rank, in, above, below, > or -"));
        };
        Ok(Question::Is(statement))
    }

    fn bound(&mut self) -> Result<Bound> {
        let signs = [
            ("<=", Bound::AtMost),
            (">=", Bound::AtLeast),
            ("<", Bound::Below),
            (">", Bound::Above),
            ("=", Bound::Equal),
        ];
        for (sign, bound) in signs {
            if self.take(sign) {
                return Ok(bound);
            }
        }
        Err(self.wrong("<, <=, =, >= or >"))
    }

    fn word(&mut self) -> &str {
        self.space();
        let start = self.at;
        let end = self.rest().find(|c: char| c.is_whitespace() || c == ')').unwrap_or(self.rest().len());
        self.at += end;
        self.text.get(start..self.at).unwrap_or("")
    }

    fn count(&mut self) -> Result<usize> {
        let start = self.at;
        let word = self.word().to_ascii_lowercase();
        let spelled = NUMBERS.iter().position(|n| *n == word).map(|n| n + 1);
        match spelled.or_else(|| word.parse().ok()) {
            Some(n) if (1..=self.treatments.len()).contains(&n) => Ok(n),
            _ => {
                self.at = start;
                Err(self.wrong(&format!("a rank from 1 to {}", self.treatments.len())))
            }
        }
    }

    fn number(&mut self) -> Result<f64> {
        let start = self.at;
        match self.word().parse::<f64>() {
            Ok(x) if x.is_finite() => Ok(x),
            _ => {
                self.at = start;
                Err(self.wrong("a number"))
            }
        }
    }
}

fn single_or(mut parts: Vec<Question>, join: fn(Vec<Question>) -> Question) -> Question {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            join(parts)
        }
        (None, _) => join(parts),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Result<Question> {
        parse(text, &["A".into(), "A b".into(), "not x".into(), "c-d".into()])
    }

    #[test]
    fn names_with_blanks_and_signs_are_the_longest_that_fit() {
        assert_eq!(read("A b first").unwrap(), Question::Is(Statement::Rank(1, Bound::Equal, 1)));
        assert_eq!(read("not A first").unwrap(), Question::Not(Box::new(read("A first").unwrap())));
        assert_eq!(read("\"not x\" above c-d").unwrap(), Question::Is(Statement::Above(vec![2, 3])));
        assert_eq!(
            read("c-d - A >= -0.5").unwrap(),
            Question::Is(Statement::Difference(3, 0, Bound::AtLeast, -0.5))
        );
        assert_eq!(read("A in the bottom two").unwrap(), Question::Is(Statement::Rank(0, Bound::AtLeast, 3)));
    }

    #[test]
    fn and_binds_more_than_or() {
        let q = read("A first or A b first and (c-d last or not A > c-d > A b)").unwrap();
        let Question::Any(parts) = q else { unreachable!() };
        assert_eq!(parts.len(), 2);
        assert!(matches!(&parts[1], Question::All(inner) if inner.len() == 2));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for text in [
            "",
            "A",
            "B first",
            "A rank 3",
            "A in the top 9",
            "(A first",
            "A first A last",
            "A - A b > x",
            "é",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
