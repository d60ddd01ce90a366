//! The studies of an albatross plot from a table.

use super::{Albatross, AlbatrossPoint};
use crate::{Error, Result, plot::review::Direction, table::Table};

impl Albatross {
    /// Reads a table with a row for each study: `study`, `p_value` (`0.012`, or a bound `<0.05`), the number of people `n` (or `ni`, or `n1i`
    /// and `n2i`), and the `direction` (favours, against; or the sign of `yi` or `estimate`), and if there is one `group`. Rows without a P value
    /// are passed over.
    ///
    /// # Errors
    ///
    /// If a column is missing or a cell cannot be read: the error names row, column, value and what is allowed.
    pub fn from_table(table: &Table) -> Result<Self> {
        let first = |names: &[&'static str]| names.iter().copied().find(|name| table.has(name));
        let lacks = |name: &str, what: &str| {
            table.in_file(Error::data(
                format!("no column `{name}`"),
                format!("an albatross plot needs {what}"),
            ))
        };
        let p_column =
            first(&["p_value", "pval", "p"]).ok_or_else(|| lacks("p_value", "the P value of each study"))?;
        let p_values = table.texts(p_column)?;
        let single = first(&["n", "ni"]);
        let sizes: Vec<Option<f64>> = match (single, table.has("n1i") && table.has("n2i")) {
            (Some(name), _) => table.numbers(name)?,
            (None, true) => {
                let both = table.numbers("n1i")?.into_iter().zip(table.numbers("n2i")?);
                both.map(|(a, b)| Some(a? + b?)).collect()
            }
            _ => return Err(lacks("n", "the number of people of each study (or n1i and n2i)")),
        };
        let size_column = single.unwrap_or("n1i");
        let sign_column = first(&["direction", "yi", "estimate"]).ok_or_else(|| {
            lacks("direction", "the direction of each study: favours or against (or the sign of yi)")
        })?;
        let signs = table.texts(sign_column)?;
        let groups = first(&["group"]).map(|name| table.texts(name)).transpose()?;
        let mut made = Albatross::new();
        for (row, cell) in p_values.iter().enumerate() {
            let at = |error: Error, column: &str| table.at(error, row, Some(column));
            let Some(text) = cell else { continue };
            let (p_value, bound) = read_p_value(text).map_err(|error| at(error, p_column))?;
            let n = sizes.get(row).copied().flatten().filter(|n| n.is_finite() && *n >= 1.0).ok_or_else(
                || at(Error::data("no number of people", "write a number of at least 1"), size_column),
            )?;
            let sign = signs.get(row).cloned().flatten().unwrap_or_default();
            let favours = read_side(&sign, sign_column == "direction", p_value)
                .map_err(|error| at(error, sign_column))?;
            let mut point =
                AlbatrossPoint { bound, ..AlbatrossPoint::new(table.label(row), p_value, n, favours) };
            point.group = groups.as_ref().and_then(|g| g.get(row).cloned().flatten());
            made.points.push(point);
        }
        if made.points.is_empty() {
            return Err(table.in_file(Error::data("no row has a P value", "give at least one")));
        }
        Ok(made)
    }
}

/// A P value, and true if it is a bound.
fn read_p_value(text: &str) -> Result<(f64, bool)> {
    let bound = text.trim_start().starts_with(['<', '≤']);
    let number = text.trim().trim_start_matches(['<', '≤', '=', ' ']);
    let p_value = number.parse::<f64>().ok().filter(|p| *p > 0.0 && *p <= 1.0).ok_or_else(|| {
        Error::data(
            format!("`{text}` is no P value"),
            "write a number above 0 and at most 1, or a bound such as <0.05",
        )
    })?;
    Ok((p_value, bound))
}

/// True for the intervention's side, from a direction in words or from the sign of an effect.
fn read_side(text: &str, in_words: bool, p_value: f64) -> Result<bool> {
    if !in_words {
        return match text.trim().parse::<f64>() {
            Ok(value) => Ok(value > 0.0),
            Err(_) => Err(Error::data(format!("`{text}` is no number"), "its sign is the direction")),
        };
    }
    match text.parse::<Direction>()? {
        Direction::Favours => Ok(true),
        Direction::Against => Ok(false),
        Direction::Mixed if p_value == 1.0 => Ok(true),
        Direction::Mixed => {
            Err(Error::data("a P value below 1 without a direction", "write favours or against"))
        }
    }
}
