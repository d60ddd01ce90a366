//! Checks of single values as raw data are parsed: each error names the column, the value and the remedy.

use crate::{Error, Result};

/// Getters for the fields of a parsed row.
macro_rules! getters {
    ($( $(#[$doc:meta])* $name:ident ),* $(,)?) => { $(
        $(#[$doc])*
        pub fn $name(&self) -> f64 {
            self.$name
        }
    )* };
}
pub(crate) use getters;

fn refuse<T>(column: &str, found: String, remedy: &str) -> Result<T> {
    Err(Error::data(found, remedy).in_column(column))
}

/// Any finite number.
pub(crate) fn finite(column: &str, value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    refuse(column, format!("value is {value}"), "values must be finite numbers")
}

/// A number of events, persons or pairs: finite and not negative. Fractions are allowed (weighted or imputed data).
///
/// Counts beyond 1e15, and fractions of less than 1e-9, are no data but accidents of a table; sums of their products would
/// leave the range of numbers.
pub(crate) fn count(column: &str, value: f64) -> Result<f64> {
    let remedy = match finite(column, value)? {
        0.0 | 1e-9..=1e15 => return Ok(value + 0.0), // -0 becomes 0
        v if v < 0.0 => "counts cannot be negative",
        v if v < 1.0 => "write 0, or a count of at least 1e-9",
        _ => "counts go up to 1e15",
    };
    refuse(column, format!("count is {value}"), remedy)
}

/// A standard deviation, person-time or the like: finite and above 0.
pub(crate) fn positive(column: &str, what: &str, value: f64) -> Result<f64> {
    if finite(column, value)? > 0.0 {
        return Ok(value);
    }
    refuse(column, format!("{what} is {value}"), &format!("a {what} must be above 0"))
}

/// A standard deviation that may be 0: finite and not negative.
pub(crate) fn not_negative(column: &str, what: &str, value: f64) -> Result<f64> {
    if finite(column, value)? >= 0.0 {
        return Ok(value + 0.0); // -0 becomes 0
    }
    refuse(column, format!("{what} is {value}"), &format!("a {what} cannot be negative"))
}

/// A number of persons, items or predictors with a smallest value.
pub(crate) fn at_least(column: &str, what: &str, value: f64, least: f64) -> Result<f64> {
    if finite(column, value)? >= least {
        return Ok(value);
    }
    refuse(column, format!("{what} is {value}"), &format!("the {what} must be at least {least}"))
}

/// Events out of a group: not negative and at most the size of the group in `size_column`.
pub(crate) fn events_of(column: &str, events: f64, size_column: &str, size: f64) -> Result<f64> {
    let events = count(column, events)?;
    if events <= count(size_column, size)? {
        return Ok(events);
    }
    refuse(
        column,
        format!("{events} events exceed the {size} persons of {size_column}"),
        "events must be at most the size of the group",
    )
}

/// A correlation: within -1 and 1.
pub(crate) fn correlation(column: &str, value: f64) -> Result<f64> {
    if finite(column, value)?.abs() <= 1.0 {
        return Ok(value);
    }
    refuse(column, format!("correlation is {value}"), "correlations lie between -1 and 1")
}

/// A proportion: within 0 and 1, with a hint if it looks like a percentage.
pub(crate) fn proportion(column: &str, what: &str, value: f64) -> Result<f64> {
    if (0.0..=1.0).contains(&finite(column, value)?) {
        return Ok(value);
    }
    let remedy = if value > 1.0 && value <= 100.0 {
        format!("a {what} lies between 0 and 1; divide percentages by 100")
    } else {
        format!("a {what} lies between 0 and 1")
    };
    refuse(column, format!("{what} is {value}"), &remedy)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_refusal_names_column_value_and_remedy() {
        let said = |r: Result<f64>| r.unwrap_err().to_string();
        assert_eq!(said(count("ai", -3.0)), "column ai: count is -3; counts cannot be negative");
        assert_eq!(said(count("ai", 2e15)), "column ai: count is 2000000000000000; counts go up to 1e15");
        assert!(said(count("ai", 1e-300)).ends_with("write 0, or a count of at least 1e-9"));
        assert_eq!(
            said(finite("m1i", f64::INFINITY)),
            "column m1i: value is inf; values must be finite numbers"
        );
        assert_eq!(
            said(positive("sd1i", "standard deviation", 0.0)),
            "column sd1i: standard deviation is 0; a standard deviation must be above 0"
        );
        assert_eq!(
            said(at_least("n1i", "group size", 1.0, 2.0)),
            "column n1i: group size is 1; the group size must be at least 2"
        );
        assert_eq!(
            said(events_of("ai", 12.0, "n1i", 10.0)),
            "column ai: 12 events exceed the 10 persons of n1i; events must be at most the size of the group"
        );
        assert_eq!(
            said(correlation("ri", 1.2)),
            "column ri: correlation is 1.2; correlations lie between -1 and 1"
        );
        assert_eq!(
            said(proportion("ai", "reliability", 83.0)),
            "column ai: reliability is 83; a reliability lies between 0 and 1; divide percentages by 100"
        );
        assert_eq!(said(finite("ti", f64::NAN)), "column ti: value is NaN; values must be finite numbers");
        assert_eq!(count("ai", -0.0).unwrap().to_bits(), 0.0f64.to_bits());
    }
}
