//! Checks of the input of every conversion, with errors that name the value and say what would be right.

use crate::{Error, Result};

/// A finite number.
pub(super) fn finite(name: &str, value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::data(format!("{name} is {value}"), format!("{name} must be a finite number")))
    }
}

/// A finite number above 0.
pub(super) fn positive(name: &str, value: f64) -> Result<f64> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(Error::data(format!("{name} is {value}"), format!("{name} must be a finite number above 0")))
    }
}

/// A finite number of 0 or more.
pub(super) fn not_negative(name: &str, value: f64) -> Result<f64> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(Error::data(format!("{name} is {value}"), format!("{name} must be a finite number, 0 or more")))
    }
}

/// A sample size of at least `least`.
pub(super) fn size(name: &str, value: f64, least: f64) -> Result<f64> {
    if value.is_finite() && value >= least {
        Ok(value)
    } else {
        Err(Error::data(format!("{name} is {value}"), format!("{name} must be at least {least}")))
    }
}

/// A correlation, -1 and 1 included.
pub(super) fn correlation(name: &str, value: f64) -> Result<f64> {
    if (-1.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(Error::data(format!("{name} is {value}"), format!("{name} must lie between -1 and 1")))
    }
}

/// A correlation strictly between -1 and 1.
pub(super) fn inner_correlation(name: &str, value: f64) -> Result<f64> {
    if value > -1.0 && value < 1.0 {
        Ok(value)
    } else {
        Err(Error::data(format!("{name} is {value}"), format!("{name} must lie strictly between -1 and 1")))
    }
}

/// A probability strictly between 0 and 1.
pub(super) fn probability(name: &str, value: f64) -> Result<f64> {
    if value > 0.0 && value < 1.0 {
        Ok(value)
    } else {
        let hint = if (1.0..=100.0).contains(&value) { " (divide a percentage by 100)" } else { "" };
        Err(Error::data(
            format!("{name} is {value}"),
            format!("{name} must lie strictly between 0 and 1{hint}"),
        ))
    }
}

/// A finite result: what overflowed or cannot be computed is an error, never an infinity.
pub(super) fn computable(what: &str, value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::data(
            format!("the {what} from these values is {value}"),
            "check the values: they are beyond what can be computed",
        ))
    }
}

/// An effect with its standard error, both within what can be computed.
pub(super) fn effect(yi: f64, se: f64) -> Result<crate::effect::Effect> {
    let vi = positive("sampling variance", se * se)?;
    Ok(crate::effect::Effect { yi: computable("effect", yi)?, vi })
}
