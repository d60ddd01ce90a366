//! Values at which to predict: `ablat=10,20;alloc=random`.
//!
//! All combinations are formed, the last variable varying fastest. A value that holds a comma, a semicolon or an equals sign
//! is written in double quotes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::design::FormulaDesign;
use super::roles::{open_quote, split, unquote};
use crate::{Error, Result};

/// More combinations than anyone reads.
const POINTS: usize = 1_000_000;

/// A value of a moderator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Value {
    /// A number.
    Number(f64),
    /// A level of a factor.
    Text(String),
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Value::Number(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Value::Number(f64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Text(value)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(value) => write!(f, "{value}"),
            Value::Text(text) => f.write_str(text),
        }
    }
}

/// Values of several moderators, of which all combinations are formed.
///
/// ```
/// use consilience::table::{Column, FormulaDesign, DesignOptions, ReferenceGrid, Table};
/// let table = Table::new()
///     .with("ablat", Column::numbers([44.0, 42.0, 52.0, 13.0].map(Some))?)?
///     .with("alloc", Column::texts(["random", "random", "alternate", "random"].map(Some))?)?;
/// let design = FormulaDesign::new(&"ablat + alloc".parse()?, &table, &DesignOptions::new())?;
/// let grid: ReferenceGrid = "ablat=10,20; alloc=random,alternate".parse()?;
/// let rows = grid.points(&design)?.iter().map(|point| design.row(point)).collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(rows, [[1.0, 10.0, 1.0], [1.0, 10.0, 0.0], [1.0, 20.0, 1.0], [1.0, 20.0, 0.0]]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReferenceGrid {
    axes: Vec<(String, Vec<Value>)>,
}

impl ReferenceGrid {
    /// A grid without moderators.
    #[must_use]
    pub fn new() -> Self {
        ReferenceGrid::default()
    }

    /// Adds a moderator and its values.
    ///
    /// # Errors
    /// If it is there already, or has no values.
    pub fn with<V: Into<Value>>(mut self, name: &str, values: impl IntoIterator<Item = V>) -> Result<Self> {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if values.is_empty() {
            return Err(Error::setting("predict", format!("`{name}` has no values"), "give at least one"));
        }
        if self.axes.iter().any(|(other, _)| other == name) {
            let remedy = "give all its values at once, separated by commas";
            return Err(Error::setting("predict", format!("`{name}` is given twice"), remedy));
        }
        self.axes.push((name.to_owned(), values));
        Ok(self)
    }

    /// All combinations, the last moderator varying fastest, each value in the kind of its column.
    ///
    /// # Errors
    /// If a moderator of the design has no values, one is unknown, or a value is not of the kind of its column; and if there
    /// are more than a million combinations.
    pub fn points<'a>(&'a self, design: &FormulaDesign) -> Result<Vec<Vec<(&'a str, Value)>>> {
        let count = self.axes.iter().map(|(_, values)| values.len()).fold(1, usize::saturating_mul);
        if count > POINTS {
            let found = format!("{count} combinations");
            return Err(Error::setting("predict", found, format!("ask for at most {POINTS}")));
        }
        let first: Vec<(&str, Value)> = self
            .axes
            .iter()
            .filter_map(|(name, values)| Some((name.as_str(), values.first()?.clone())))
            .collect();
        design.complete(&first)?;
        let mut points: Vec<Vec<(&str, Value)>> = vec![Vec::new()];
        for (name, values) in &self.axes {
            let input = design.inputs.iter().find(|input| input.name == *name);
            let typed = |value: &Value| input.map_or(Ok(value.clone()), |input| design.coerce(input, value));
            let values = values.iter().map(typed).collect::<Result<Vec<Value>>>()?;
            let extend = |point: Vec<(&'a str, Value)>| {
                let with = |value: &Value| [point.as_slice(), &[(name.as_str(), value.clone())]].concat();
                values.iter().map(with).collect::<Vec<_>>()
            };
            points = points.into_iter().flat_map(extend).collect();
        }
        Ok(points)
    }
}

impl FromStr for ReferenceGrid {
    type Err = Error;

    /// Reads `NAME=VALUE[,VALUE...][;NAME=...]`; the kinds of the values are settled by the design.
    fn from_str(text: &str) -> Result<Self> {
        let quote = |_| open_quote("predict");
        let mut grid = ReferenceGrid::new();
        for part in split(text, ';').map_err(quote)? {
            let sides = split(part, '=').map_err(quote)?;
            let [name, values] = sides.as_slice() else {
                return Err(wrong(part));
            };
            let values: Vec<String> = split(values, ',').map_err(quote)?.into_iter().map(unquote).collect();
            let name = unquote(name);
            if name.is_empty() || values.iter().any(String::is_empty) {
                return Err(wrong(part));
            }
            grid = grid.with(&name, values)?;
        }
        Ok(grid)
    }
}

fn wrong(part: &str) -> Error {
    let found = format!("`{}` is not of the form NAME=VALUE", super::cell::shorten(part));
    Error::setting("predict", found, "write for example ablat=10,20;alloc=random")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Column, DesignOptions, Table};
    use super::*;

    fn design() -> FormulaDesign {
        let table = Table::new()
            .with("ablat", Column::read(["44", "42", "52", "13"]).unwrap())
            .unwrap()
            .with("alloc", Column::read(["by coin, drawn", "b", "b", "b"]).unwrap())
            .unwrap();
        FormulaDesign::new(&"ablat + alloc".parse().unwrap(), &table, &DesignOptions::new()).unwrap()
    }

    fn error(text: &str) -> String {
        match text.parse::<ReferenceGrid>() {
            Ok(grid) => grid.points(&design()).unwrap_err().to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn points_have_the_kinds_of_their_columns_and_the_order_of_the_text() {
        let grid: ReferenceGrid = "alloc=\"by coin, drawn\",b ;ablat = -1.50, 2e1".parse().unwrap();
        let points = grid.points(&design()).unwrap();
        let shown: Vec<String> = points.iter().map(|point| serde_json::to_string(point).unwrap()).collect();
        assert_eq!(
            shown,
            [
                r#"[["alloc","by coin, drawn"],["ablat",-1.5]]"#,
                r#"[["alloc","by coin, drawn"],["ablat",20.0]]"#,
                r#"[["alloc","b"],["ablat",-1.5]]"#,
                r#"[["alloc","b"],["ablat",20.0]]"#,
            ]
        );
        let json = serde_json::to_string(&grid).unwrap();
        assert_eq!(serde_json::from_str::<ReferenceGrid>(&json).unwrap(), grid);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, found) in [
            ("", "is not of the form NAME=VALUE"),
            ("ablat", "`ablat` is not of the form NAME=VALUE"),
            ("ablat=1,,2;alloc=b", "NAME=VALUE"),
            ("ablat=1;alloc=b;", "NAME=VALUE"),
            ("ablat=1=2", "NAME=VALUE"),
            ("ablat=1;ablat=2", "`ablat` is given twice"),
            ("ablat=\"1", "a quotation mark is not closed"),
            ("ablat=1", "alloc: it has no value"),
            ("ablat=1;alloc=b;year=3", "unknown moderator `year`"),
            ("ablat=1,two;alloc=b", "column ablat: `two` is not a number"),
            ("ablat=1,NA;alloc=b", "column ablat: `NA` is no value"),
            ("ablat=1;alloc=b,c", "column alloc: unknown level `c`"),
        ] {
            let message = error(text);
            assert!(message.contains(found), "{text}: {message}");
        }
        let many = (0..2000).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
        assert!(error(&format!("ablat={many};alloc={many}")).contains("4000000 combinations"));
    }
}
