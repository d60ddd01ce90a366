//! Conditions on rows: `outcome == anxiety & year >= 2000`.
//!
//! A condition compares columns with values (`== != < <= > >=`), looks for them in a list (`outcome in (anxiety, worry)`, also
//! as R writes it, `outcome %in% c(anxiety, worry)`), asks for missing values (`missing(dose)`), and is joined by `&`, `|`,
//! `!` and parentheses. Names and texts of several words need quotation marks only if they hold one of the signs used here:
//! a name stands in backticks, a text in single or double quotation marks. A row in which a compared value is missing is
//! not chosen. Order is that of numbers, years (`1994a`) and dates.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::cell::{Cell, classify, shorten};
use super::column::Column;
use super::frame::Table;
use super::order::key;
use crate::{Error, Result};

/// A condition on the rows of a table.
///
/// ```
/// use consilience::table::{Column, Condition, Table};
/// let table = Table::new()
///     .with("outcome", Column::read(["anxiety", "mood", "anxiety"])?)?
///     .with("year", Column::read(["1999", "2004", "2010"])?)?;
/// let condition: Condition = "outcome == anxiety & year >= 2000".parse()?;
/// assert_eq!(condition.rows(&table)?, [2]);
/// assert!("outcome == anxeity".parse::<Condition>()?.rows(&table).unwrap_err().to_string().contains("`anxiety`"));
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    source: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    And(Box<Test>, Box<Test>),
    Or(Box<Test>, Box<Test>),
    Not(Box<Test>),
    Compare(Word, Operator, Word),
    In(Word, Vec<Word>),
    Missing(Word),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    fn is_of_order(self) -> bool {
        !matches!(self, Operator::Equal | Operator::Unequal)
    }

    fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Operator::Equal => left == right,
            Operator::Unequal => left != right,
            Operator::Less => left < right,
            Operator::LessOrEqual => left <= right,
            Operator::Greater => left > right,
            Operator::GreaterOrEqual => left >= right,
        }
    }
}

/// A name or a value, and whether quotation marks say which.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    quoted: Quotes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    None,
    Text,
    Name,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(Word),
    Operator(Operator),
    And,
    Or,
    Not,
    Open,
    Close,
    Comma,
}

/// Conditions may be nested this deep.
const DEPTH: usize = 100;

/// The most comparisons that one condition joins.
const JOINED: usize = 300;

fn fault(found: impl Into<String>) -> Error {
    Error::setting("--where", found, "write for example --where \"outcome == anxiety & year >= 2000\"")
}

impl FromStr for Condition {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let tokens = tokens(text)?;
        if tokens.iter().filter(|token| matches!(token, Token::And | Token::Or)).count() > JOINED {
            let found = format!(
                "the condition joins more than {JOINED} parts; `in (a, b, ...)` compares with many values"
            );
            return Err(fault(found));
        }
        let mut parser = Parser { tokens, at: 0, depth: 0 };
        let test = parser.either()?;
        match parser.tokens.get(parser.at) {
            None => Ok(Condition { source: text.trim().to_owned(), test }),
            Some(token) => {
                let lower = text.to_lowercase();
                match [" and ", " or "].iter().find(|word| lower.contains(**word)) {
                    None => Err(fault(format!("{} follows without an operator", shown(token)))),
                    Some(word) => Err(fault(format!(
                        "`{}` counts as a word of a value: `&` joins conditions that must all hold, `|` those of which one must",
                        word.trim()
                    ))),
                }
            }
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Word(word) => format!("`{}`", shorten(&word.text)),
        Token::Operator(_) => "a comparison".to_owned(),
        Token::And => "`&`".to_owned(),
        Token::Or => "`|`".to_owned(),
        Token::Not => "`!`".to_owned(),
        Token::Open => "`(`".to_owned(),
        Token::Close => "`)`".to_owned(),
        Token::Comma => "`,`".to_owned(),
    }
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut read: Vec<Token> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut then = |next: char| chars.next_if_eq(&next).is_some();
        let token = match c {
            c if c.is_whitespace() => continue,
            '&' => {
                then('&');
                Token::And
            }
            '|' => {
                then('|');
                Token::Or
            }
            '!' if then('=') => Token::Operator(Operator::Unequal),
            '!' => Token::Not,
            '=' => {
                then('=');
                Token::Operator(Operator::Equal)
            }
            '<' if then('=') => Token::Operator(Operator::LessOrEqual),
            '<' if then('>') => Token::Operator(Operator::Unequal),
            '<' => Token::Operator(Operator::Less),
            '>' if then('=') => Token::Operator(Operator::GreaterOrEqual),
            '>' => Token::Operator(Operator::Greater),
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '"' | '\'' | '`' => {
                let mut text = String::new();
                loop {
                    match chars.next() {
                        Some(next) if next == c => break,
                        Some(next) => text.push(next),
                        None => return Err(fault(format!("the mark {c} is not closed"))),
                    }
                }
                Token::Word(Word { text, quoted: if c == '`' { Quotes::Name } else { Quotes::Text } })
            }
            c => {
                let mut text = String::from(c);
                while let Some(next) = chars.next_if(|n| !n.is_whitespace() && !"&|!=<>(),\"`".contains(*n)) {
                    text.push(next);
                }
                Token::Word(Word { text, quoted: Quotes::None })
            }
        };
        // words in a row are one: `panic disorder`; `in` and `%in%` stand between a name and a list
        if let (Token::Word(word), Some(Token::Word(before))) = (&token, read.last_mut())
            && word.quoted == Quotes::None
            && before.quoted == Quotes::None
            && !is_in(&word.text)
            && !is_in(&before.text)
        {
            before.text.push(' ');
            before.text.push_str(&word.text);
            continue;
        }
        read.push(token);
    }
    Ok(read)
}

fn is_in(text: &str) -> bool {
    text == "in" || text == "%in%"
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn take(&mut self, token: &Token) -> bool {
        let found = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self) -> Result<Test> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(fault("the condition is nested too deeply"));
        }
        let mut test = self.both()?;
        while self.take(&Token::Or) {
            test = Test::Or(Box::new(test), Box::new(self.both()?));
        }
        self.depth -= 1;
        Ok(test)
    }

    fn both(&mut self) -> Result<Test> {
        let mut test = self.one()?;
        while self.take(&Token::And) {
            test = Test::And(Box::new(test), Box::new(self.one()?));
        }
        Ok(test)
    }

    fn one(&mut self) -> Result<Test> {
        if self.take(&Token::Not) {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err(fault("the condition is nested too deeply"));
            }
            let test = self.one()?;
            self.depth -= 1;
            return Ok(Test::Not(Box::new(test)));
        }
        if self.take(&Token::Open) {
            let test = self.either()?;
            return if self.take(&Token::Close) {
                Ok(test)
            } else {
                Err(fault("a parenthesis is not closed"))
            };
        }
        let left = self.word("a column")?;
        match self.tokens.get(self.at).cloned() {
            Some(Token::Operator(operator)) => {
                self.at += 1;
                Ok(Test::Compare(left, operator, self.word("a value")?))
            }
            Some(Token::Word(word)) if is_in(&word.text) => {
                self.at += 1;
                // R's c(...)
                if let Some(Token::Word(Word { text, quoted: Quotes::None })) = self.tokens.get(self.at)
                    && text == "c"
                {
                    self.at += 1;
                }
                self.list().map(|values| Test::In(left, values))
            }
            Some(Token::Open) if matches!(left.text.as_str(), "missing" | "is.na") => {
                let mut columns = self.list()?;
                match (columns.pop(), columns.is_empty()) {
                    (Some(column), true) => Ok(Test::Missing(column)),
                    _ => Err(fault("missing(...) takes one column")),
                }
            }
            _ => Err(fault(format!("`{}` is compared with nothing", shorten(&left.text)))),
        }
    }

    fn list(&mut self) -> Result<Vec<Word>> {
        if !self.take(&Token::Open) {
            return Err(fault("a list is written in parentheses"));
        }
        let mut words = vec![self.word("a value")?];
        while self.take(&Token::Comma) {
            words.push(self.word("a value")?);
        }
        if self.take(&Token::Close) { Ok(words) } else { Err(fault("a parenthesis is not closed")) }
    }

    fn word(&mut self, what: &str) -> Result<Word> {
        match self.tokens.get(self.at).cloned() {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok(word)
            }
            Some(token) => Err(fault(format!("{} stands where {what} is needed", shown(&token)))),
            None => Err(fault(format!("it ends where {what} is needed"))),
        }
    }
}

impl Condition {
    /// The positions (counted from 0) of the rows that fulfil the condition.
    ///
    /// # Errors
    /// If a column does not exist, a value does not occur in a column of texts, or a value has no place in the order that a
    /// comparison asks for.
    pub fn rows(&self, table: &Table) -> Result<Vec<usize>> {
        let chosen = self.test.rows(table)?;
        Ok((0..table.len()).filter(|row| chosen.get(*row) == Some(&Some(true))).collect())
    }

    /// The columns whose cells are compared, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        self.test.columns(&mut columns);
        columns
    }

    /// The values of the columns that differ from those of the condition by case and blanks alone, and so are others.
    pub(super) fn alike(&self, table: &Table) -> Vec<String> {
        let mut named = Vec::new();
        self.test.named(&mut named);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let mut alike = Vec::new();
        for (name, value) in &named {
            let Ok(column) = table.column(name) else { continue };
            if column.is_numeric() || table.has(value) {
                continue;
            }
            for level in column.levels().names {
                let other = !named.iter().any(|(known, value)| known == name && equal(&level, value));
                let note = format!("`{level}` is another value of {name} than `{value}`");
                if other && plain(&level) == plain(value) && !alike.contains(&note) {
                    alike.push(note);
                }
            }
        }
        alike
    }
}

impl Test {
    /// The columns whose cells are compared.
    fn columns<'a>(&'a self, columns: &mut Vec<&'a str>) {
        match self {
            Test::And(a, b) | Test::Or(a, b) => {
                a.columns(columns);
                b.columns(columns);
            }
            Test::Not(test) => test.columns(columns),
            Test::Compare(column, ..) | Test::In(column, _) | Test::Missing(column) => {
                if !columns.contains(&column.text.as_str()) {
                    columns.push(&column.text);
                }
            }
        }
    }

    /// The columns with the values that they are compared with for equality.
    fn named<'a>(&'a self, named: &mut Vec<(&'a str, &'a str)>) {
        match self {
            Test::And(a, b) | Test::Or(a, b) => {
                a.named(named);
                b.named(named);
            }
            Test::Not(test) => test.named(named),
            Test::Compare(column, Operator::Equal | Operator::Unequal, value) => {
                named.push((&column.text, &value.text));
            }
            Test::In(column, values) => {
                named.extend(values.iter().map(|value| (column.text.as_str(), value.text.as_str())));
            }
            Test::Compare(..) | Test::Missing(_) => {}
        }
    }

    /// For each row whether the test holds; `None` if a missing value leaves it open.
    fn rows(&self, table: &Table) -> Result<Vec<Option<bool>>> {
        let join = |a: &Test, b: &Test, decided: bool| -> Result<Vec<Option<bool>>> {
            let (a, b) = (a.rows(table)?, b.rows(table)?);
            let one = |(a, b): (Option<bool>, Option<bool>)| match (a, b) {
                (Some(x), _) | (_, Some(x)) if x == decided => Some(decided),
                (Some(_), Some(_)) => Some(!decided),
                _ => None,
            };
            Ok(a.into_iter().zip(b).map(one).collect())
        };
        match self {
            Test::And(a, b) => join(a, b, false),
            Test::Or(a, b) => join(a, b, true),
            Test::Not(test) => Ok(test.rows(table)?.into_iter().map(|holds| holds.map(|h| !h)).collect()),
            Test::Missing(column) => {
                let column = table.column(&column.text)?;
                Ok((0..table.len()).map(|row| Some(column.is_missing(row))).collect())
            }
            Test::Compare(column, operator, value) => compare(table, &column.text, *operator, value),
            Test::In(column, values) => {
                let mut found = vec![None; table.len()];
                for value in values {
                    for (all, one) in
                        found.iter_mut().zip(compare(table, &column.text, Operator::Equal, value)?)
                    {
                        *all = match (*all, one) {
                            (Some(true), _) | (_, Some(true)) => Some(true),
                            (_, one) => one,
                        };
                    }
                }
                Ok(found)
            }
        }
    }
}

/// Compares the cells of a column with a value, or with those of another column.
fn compare(table: &Table, name: &str, operator: Operator, value: &Word) -> Result<Vec<Option<bool>>> {
    let column = table.column(name)?;
    let constant = Constant::of(&value.text);
    let numeric = column.is_numeric();
    let occurs =
        !numeric && (0..table.len()).any(|row| column.get(row).is_some_and(|cell| constant.equals(&cell)));
    let other = match value.quoted {
        Quotes::Name => Some(table.column(&value.text)?),
        Quotes::None if table.has(&value.text) && constant.number.is_none() => {
            if occurs {
                return Err(fault(format!(
                    "`{0}` is a column and a value of `{name}`: write \"{0}\" for the value or `{0}` in backticks for the column",
                    value.text
                )));
            }
            table.column(&value.text).ok()
        }
        _ => None,
    };
    if let Some(other) = other {
        return with_column(table, name, operator, other);
    }
    let order = operator.is_of_order();
    if !order && !occurs && !numeric {
        let levels = column.levels().names;
        let error = Error::unknown("value", &value.text, levels.iter().take(60)).to_string();
        let (found, remedy) = error.split_once("; ").unwrap_or((&error, ""));
        return Err(table.in_file(Error::data(found, remedy).in_column(name)));
    }
    if (order || numeric) && key(&value.text).is_none() {
        let missing = classify(&value.text) == Cell::Missing;
        let remedy =
            if missing { format!(": missing({name}) and !missing({name}) tell") } else { String::new() };
        let found = format!("`{name}` is compared with `{}`, which is not a number{remedy}", value.text);
        return Err(fault(found));
    }
    with_value(table, name, operator, &constant)
}

/// Compares the cells of a column with a value.
fn with_value(table: &Table, name: &str, operator: Operator, value: &Constant) -> Result<Vec<Option<bool>>> {
    let column = table.column(name)?;
    let right = if operator.is_of_order() { key(value.text) } else { value.number };
    // A text equals no number.
    let right = right.unwrap_or(f64::NAN);
    if column.is_numeric() {
        let numbers = column.as_numbers()?.into_iter();
        return Ok(numbers.map(|left| left.map(|left| operator.holds(left, right))).collect());
    }
    let test = |row: usize| -> Result<Option<bool>> {
        let Some(left) = column.get(row) else { return Ok(None) };
        Ok(Some(match operator {
            Operator::Equal => value.equals(&left),
            Operator::Unequal => !value.equals(&left),
            _ => operator.holds(place(table, name, row, &left)?, right),
        }))
    };
    (0..table.len()).map(test).collect()
}

/// Compares the cells of a column with those of another one.
fn with_column(table: &Table, name: &str, operator: Operator, other: &Column) -> Result<Vec<Option<bool>>> {
    let (of, other) = (Cells::of(table.column(name)?)?, Cells::of(other)?);
    if let (Some(left), Some(right)) = (&of.numbers, &other.numbers) {
        let both = |(left, right): (&Option<f64>, &Option<f64>)| Some(operator.holds((*left)?, (*right)?));
        return Ok(left.iter().zip(right).map(both).collect());
    }
    let test = |row: usize| -> Result<Option<bool>> {
        let (Some(left), Some(right)) = (of.get(row), other.get(row)) else { return Ok(None) };
        Ok(Some(match operator {
            Operator::Equal => equal(&left, &right),
            Operator::Unequal => !equal(&left, &right),
            _ => operator.holds(place(table, name, row, &left)?, place(table, name, row, &right)?),
        }))
    };
    (0..table.len()).map(test).collect()
}

/// The place of a cell in an order.
fn place(table: &Table, name: &str, row: usize, text: &str) -> Result<f64> {
    key(text).ok_or_else(|| {
        let found = format!("`{}` is not a number", shorten(text));
        let remedy = "an order needs numbers, years or dates; --na says which texts stand for missing values";
        table.at(Error::data(found, remedy), row, Some(name))
    })
}

/// A value that the cells of a column are compared with, and its number if it is one.
struct Constant<'a> {
    text: &'a str,
    number: Option<f64>,
}

impl<'a> Constant<'a> {
    fn of(text: &'a str) -> Self {
        let text = text.trim();
        let number = match classify(text) {
            Cell::Number(number) => Some(number),
            _ => None,
        };
        Constant { text, number }
    }

    /// As [`equal`].
    fn equals(&self, cell: &str) -> bool {
        let cell = cell.trim();
        cell == self.text || self.number.is_some_and(|number| classify(cell) == Cell::Number(number))
    }
}

/// The cells of a column as they are compared: numbers with a point, whatever decimal mark the file has.
struct Cells<'a> {
    column: &'a Column,
    numbers: Option<Vec<Option<f64>>>,
}

impl<'a> Cells<'a> {
    fn of(column: &'a Column) -> Result<Self> {
        let numbers = column.is_numeric().then(|| column.as_numbers()).transpose()?;
        Ok(Cells { column, numbers })
    }

    fn get(&self, row: usize) -> Option<Cow<'a, str>> {
        match &self.numbers {
            Some(numbers) => Some(numbers.get(row).copied().flatten()?.to_string().into()),
            None => self.column.get(row),
        }
    }
}

/// Two cells are equal if they are the same text or the same number.
pub(super) fn equal(a: &str, b: &str) -> bool {
    Constant::of(a).equals(b)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn table() -> Table {
        let column = |cells: &[&str]| Column::read(cells).unwrap();
        Table::new()
            .from_file("t.csv")
            .with("study", column(&["A", "B", "C", "D", "E"]))
            .unwrap()
            .with("outcome", column(&["panic disorder", "mood", "mood", "", "study"]))
            .unwrap()
            .with("Year Published", column(&["1999", "2004", "2010", "2012", "NA"]))
            .unwrap()
            .with("dose", column(&["1.0", "2", "3", "NR", "5"]))
            .unwrap()
    }

    fn rows(text: &str) -> Vec<usize> {
        text.parse::<Condition>().unwrap().rows(&table()).unwrap()
    }

    fn error(text: &str) -> String {
        text.parse::<Condition>().and_then(|c| c.rows(&table())).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_chosen() {
        assert_eq!(rows("outcome == panic disorder"), [0]);
        assert_eq!(rows("outcome != \"mood\""), [0, 4]);
        assert_eq!(rows("!(outcome == mood)"), [0, 4]);
        assert_eq!(rows("outcome in (mood, panic disorder) & year published > 2000"), [1, 2]);
        assert_eq!(rows("outcome %in% c('mood') | missing(outcome)"), [1, 2, 3]);
        assert_eq!(rows("yearpublished >= 2004 && dose == 2.0"), [1]);
        assert_eq!(rows("`Year Published` < 2005 | is.na(outcome)"), [0, 1, 3]);
        assert_eq!(rows("dose = 1"), [0]);
        assert_eq!(rows("Year Published == 1999.0"), [0]);
        assert_eq!(rows("Year Published != 1994a"), [0, 1, 2, 3]);
        assert_eq!(rows("Year Published >= 2004-01"), [1, 2, 3]);
        assert_eq!(rows("Year Published >= `Year Published`"), [0, 1, 2, 3]);
        // NR is a text, and no number equals a text
        assert_eq!(rows("dose != `Year Published` & !missing(dose)"), [0, 1, 2, 3]);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(error("outcome == moood").contains("did you mean `mood`?"));
        assert!(error("outcom == mood").contains("did you mean `outcome`?"));
        assert!(error("dose > 1").contains("row 4 (D), column dose: `NR` is not a number"));
        assert!(error("outcome == study").contains("is a column and a value"));
        assert!(error("Year Published == late").contains("not a number"));
        for text in [
            "",
            "outcome",
            "outcome ==",
            "== 1",
            "(outcome == mood",
            "outcome == mood)",
            "outcome in mood",
            "a == \"b",
        ] {
            assert!(error(text).starts_with("--where: "), "{text}: {}", error(text));
        }
        assert!(error(&"!".repeat(1000)).contains("nested"));
        assert!(error(&"(".repeat(1000)).contains("nested"));
    }
}
