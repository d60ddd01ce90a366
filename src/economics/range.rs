//! The range within which economics can compute: squares and ratios of costs, effects and thresholds, and squares of their
//! products, are numbers.

use crate::{Error, Result};

/// The largest amount: the square of the product of two is a number.
const LARGEST: f64 = 1e70;

/// The smallest amount but 0: its square is a number, and so is the largest amount divided by the difference of two.
const SMALLEST: f64 = 1e-150;

const REMEDY: &str = "check it, or give it in another unit";

/// The finding about an amount that is too large or too small to compute with, though finite.
fn beyond(what: &str, value: f64, smallest: f64) -> Option<String> {
    let size = value.abs();
    (value.is_finite() && value != 0.0 && !(smallest..=LARGEST).contains(&size)).then(|| {
        format!("{what} is {value:e}, beyond the range of computation, {SMALLEST:e} to {LARGEST:e} in size")
    })
}

/// Refuses an amount that is too large or too small; what is not finite is left to the caller.
pub(super) fn amount(what: &str, value: f64) -> Result<()> {
    match beyond(what, value, SMALLEST) {
        Some(found) => Err(Error::data(found, REMEDY)),
        None => Ok(()),
    }
}

/// As [`amount`], of an option.
pub(super) fn setting(name: &str, value: f64) -> Result<()> {
    match beyond("it", value, SMALLEST) {
        Some(found) => Err(Error::setting(name, found, REMEDY)),
        None => Ok(()),
    }
}

/// Refuses a draw that is too large; draws may be as small as they come.
pub(super) fn draw(what: &str, value: f64) -> Result<()> {
    match beyond(what, value, 0.0) {
        Some(found) => Err(Error::data(found, REMEDY)),
        None => Ok(()),
    }
}

/// Refuses a result that is too large to be a number.
pub(super) fn computed(what: &str, value: f64) -> Result<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(Error::model(
        format!("the {what} of these values is beyond the range of numbers"),
        "check the values, or give them in another unit",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_that_cannot_be_squared_are_refused() {
        for good in [0.0, -1e70, 1e-150, 20_000.0, f64::INFINITY] {
            assert!(amount("cost", good).is_ok());
        }
        for bad in [1e71, -1e300, 1e-151, 5e-324] {
            let said = amount("cost", bad).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(said.starts_with("cost is ") && said.contains("1e-150 to 1e70"), "{said}");
        }
        assert!(draw("effect", 1e-300).is_ok() && draw("effect", 1e80).is_err());
        assert!(computed("annuity", f64::INFINITY).is_err());
    }
}
