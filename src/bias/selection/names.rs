//! Selection models as text: `stepfun:0.05,0.5=0.9,NA`, `halfnorm@sei`, `3psm`.

use std::{fmt, str::FromStr};

use super::{Imprecision, Selection, SelectionFunction, VeveaWoods};
use crate::{Error, Result};

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(weights) = VeveaWoods::ALL.iter().find(|w| *self == Selection::vevea_woods(**w)) {
            return f.pad(&weights.to_string());
        }
        let steps: Vec<String> = self.steps.iter().map(ToString::to_string).collect();
        match steps.is_empty() {
            true => write!(f, "{}", self.function)?,
            false => write!(f, "{}:{}", self.function, steps.join(","))?,
        }
        if !self.fixed.is_empty() {
            let value = |d: &Option<f64>| d.map_or("NA".to_owned(), |d| d.to_string());
            write!(f, "={}", self.fixed.iter().map(value).collect::<Vec<_>>().join(","))?;
        }
        self.precision.map_or(Ok(()), |precision| write!(f, "@{precision}"))
    }
}

fn number(what: &str, text: &str) -> Result<f64> {
    text.parse().map_err(|_| {
        let found = format!("{what} `{text}` is not a number");
        Error::setting("selection", found, "write stepfun:0.025,0.5")
    })
}

impl FromStr for Selection {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (rest, precision) = match text.split_once('@') {
            Some((rest, precision)) => (rest, Some(precision.parse::<Imprecision>()?)),
            None => (text, None),
        };
        let (rest, fixed) = match rest.split_once('=') {
            Some((rest, fixed)) => (rest, Some(fixed)),
            None => (rest, None),
        };
        let (name, steps) = rest.split_once(':').unwrap_or((rest, ""));
        let wanted = name.trim().to_lowercase();
        let steps = steps.split(',').map(str::trim).filter(|s| !s.is_empty());
        let steps = steps.map(|s| number("step", s)).collect::<Result<Vec<f64>>>()?;
        let named = VeveaWoods::ALL.iter().find(|w| w.to_string() == wanted).copied();
        let mut selection = match (named.map(Selection::vevea_woods), wanted.as_str()) {
            (Some(selection), _) if steps.is_empty() && fixed.is_none() => selection,
            (None, "3psm") if steps.is_empty() => Selection::three_parameter(),
            (None, "4psm") if steps.is_empty() => Selection::four_parameter(),
            (Some(_), _) | (None, "3psm" | "4psm") => {
                return Err(Error::setting(
                    "selection",
                    format!("`{name}` with other steps or weights"),
                    "it has its own; use stepfun:STEPS=WEIGHTS",
                ));
            }
            _ => {
                let function = SelectionFunction::ALL.iter().copied().find(|f| f.to_string() == wanted);
                let function = function.ok_or_else(|| {
                    let functions = SelectionFunction::ALL.iter().map(ToString::to_string);
                    let weights = VeveaWoods::ALL.iter().map(ToString::to_string);
                    let named = ["3psm".to_owned(), "4psm".to_owned()];
                    Error::unknown("selection model", name, functions.chain(named).chain(weights))
                })?;
                Selection::new(function, &steps)?
            }
        };
        if let Some(fixed) = fixed {
            let value = |s: &str| match s.eq_ignore_ascii_case("na") {
                true => Ok(None),
                false => number("parameter", s).map(Some),
            };
            let values = fixed.split(',').map(str::trim).map(value).collect::<Result<Vec<_>>>()?;
            selection = selection.fixed(values)?;
        }
        match precision {
            Some(precision) => selection.precision(precision),
            None => Ok(selection),
        }
    }
}
