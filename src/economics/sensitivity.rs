//! One-way, two-way and threshold analysis of any model, and the tornado.
//!
//! A model here is a function from parameter values (in the order of the parameters) to one number: an incremental net
//! benefit, a cost, a net benefit. Everything else stays at its base value. Ratios are not offered as the outcome of a
//! tornado, because their order has no meaning across quadrants.
//!
//! # Edge cases
//!
//! A low value above the high one is kept as given (a hazard ratio may act that way) but both must be finite. A
//! threshold exists only if the outcome changes sign between the two ends; otherwise it is `None`.
//!
//! ```
//! use consilience::economics::{Parameter, one_way, threshold};
//!
//! let parameters = [Parameter::new("price", 500.0, 300.0, 900.0)?, Parameter::new("gain", 0.05, 0.02, 0.08)?];
//! let inb = |x: &[f64]| Ok(20_000.0 * x[1] - x[0]);
//! let tornado = one_way(&parameters, inb)?;
//! assert_eq!(tornado.bars[0].parameter, "gain"); // the widest first
//! assert_eq!(tornado.base, 500.0);
//! assert_eq!(threshold(&parameters, "gain", 0.0, inb)?, Some(0.025));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Briggs AH, Weinstein MC, Fenwick EAL, and others (2012). Model parameter estimation and uncertainty. *Value in Health*
//!   15:835-842. doi:10.1016/j.jval.2012.04.014

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Error, Result, stat::root};

/// A parameter of a model with its base value and the two values to try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The base value.
    pub base: f64,
    /// The low value.
    pub low: f64,
    /// The high value.
    pub high: f64,
}

impl Parameter {
    /// A parameter with its base, low and high values.
    ///
    /// # Errors
    ///
    /// If a value is not finite.
    pub fn new(name: impl Into<String>, base: f64, low: f64, high: f64) -> Result<Self> {
        let name = name.into();
        if [base, low, high].iter().all(|x| x.is_finite()) {
            Ok(Parameter { name, base, low, high })
        } else {
            Err(Error::data(
                format!("parameter `{name}`: base {base}, low {low}, high {high}"),
                "values must be finite",
            ))
        }
    }
}

/// The outcome at the two values of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TornadoBar {
    /// The parameter.
    pub parameter: String,
    /// Its low value.
    pub low: f64,
    /// Its high value.
    pub high: f64,
    /// The outcome at the low value.
    pub at_low: f64,
    /// The outcome at the high value.
    pub at_high: f64,
    /// The size of the difference of the two outcomes.
    pub swing: f64,
    /// True if the outcome has another sign than the base at one of the two values: the decision would change.
    pub changes_decision: bool,
}

/// A one-way analysis, the widest bar first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tornado {
    /// The outcome at the base values.
    pub base: f64,
    /// A bar for each parameter; bars of equal width in input order.
    pub bars: Vec<TornadoBar>,
}

/// A two-way analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TwoWay {
    /// The parameter of the rows.
    pub row_parameter: String,
    /// Its values.
    pub rows: Vec<f64>,
    /// The parameter of the columns.
    pub column_parameter: String,
    /// Its values.
    pub columns: Vec<f64>,
    /// The outcome for each row and column.
    pub outcomes: Vec<Vec<f64>>,
}

fn evaluate(model: &impl Fn(&[f64]) -> Result<f64>, at: &[f64], what: &str) -> Result<f64> {
    let outcome = model(at)?;
    if outcome.is_finite() {
        Ok(outcome)
    } else {
        Err(Error::model(format!("the outcome is {outcome} {what}"), "check the model at these values"))
    }
}

fn position(parameters: &[Parameter], name: &str) -> Result<usize> {
    parameters
        .iter()
        .position(|p| p.name == name)
        .ok_or_else(|| Error::unknown("parameter", name, parameters.iter().map(|p| &p.name)))
}

/// Sets each parameter to its low and its high value in turn.
///
/// # Errors
///
/// If the model fails or its outcome is not finite.
pub fn one_way(parameters: &[Parameter], model: impl Fn(&[f64]) -> Result<f64>) -> Result<Tornado> {
    let mut at: Vec<f64> = parameters.iter().map(|p| p.base).collect();
    let base = evaluate(&model, &at, "at the base values")?;
    let mut bars = Vec::with_capacity(parameters.len());
    for (i, p) in parameters.iter().enumerate() {
        at[i] = p.low;
        let at_low = evaluate(&model, &at, &format!("at {} = {}", p.name, p.low))?;
        at[i] = p.high;
        let at_high = evaluate(&model, &at, &format!("at {} = {}", p.name, p.high))?;
        at[i] = p.base;
        bars.push(TornadoBar {
            parameter: p.name.clone(),
            low: p.low,
            high: p.high,
            at_low,
            at_high,
            swing: (at_high - at_low).abs(),
            changes_decision: (at_low > 0.0) != (base > 0.0) || (at_high > 0.0) != (base > 0.0),
        });
    }
    bars.sort_by(|a, b| b.swing.total_cmp(&a.swing));
    Ok(Tornado { base, bars })
}

/// The outcome over a grid of two parameters.
///
/// # Errors
///
/// If a name is not known, both are the same, the model fails or its outcome is not finite.
pub fn two_way(
    parameters: &[Parameter],
    row: (&str, &[f64]),
    column: (&str, &[f64]),
    model: impl Fn(&[f64]) -> Result<f64>,
) -> Result<TwoWay> {
    let (i, j) = (position(parameters, row.0)?, position(parameters, column.0)?);
    if i == j {
        return Err(Error::setting("two-way analysis", format!("`{}` twice", row.0), "name two parameters"));
    }
    let mut at: Vec<f64> = parameters.iter().map(|p| p.base).collect();
    let mut outcomes = Vec::with_capacity(row.1.len());
    for &x in row.1 {
        at[i] = x;
        let mut line = Vec::with_capacity(column.1.len());
        for &y in column.1 {
            at[j] = y;
            line.push(evaluate(&model, &at, &format!("at {} = {x}, {} = {y}", row.0, column.0))?);
        }
        outcomes.push(line);
    }
    Ok(TwoWay {
        row_parameter: row.0.to_owned(),
        rows: row.1.to_vec(),
        column_parameter: column.0.to_owned(),
        columns: column.1.to_vec(),
        outcomes,
    })
}

/// The value of a parameter, between its low and high values, at which the outcome equals `target`; `None` if the
/// outcome lies on the same side of the target at both ends.
///
/// # Errors
///
/// If the name is not known, the model fails or its outcome is not finite at one of the ends.
pub fn threshold(
    parameters: &[Parameter],
    name: &str,
    target: f64,
    model: impl Fn(&[f64]) -> Result<f64>,
) -> Result<Option<f64>> {
    let i = position(parameters, name)?;
    let base: Vec<f64> = parameters.iter().map(|p| p.base).collect();
    let outcome = |x: f64| {
        let mut at = base.clone();
        at[i] = x;
        evaluate(&model, &at, &format!("at {name} = {x}")).map(|y| y - target)
    };
    let (low, high) = (parameters[i].low, parameters[i].high);
    let (at_low, at_high) = (outcome(low)?, outcome(high)?);
    if at_low == 0.0 {
        return Ok(Some(low));
    }
    if at_high == 0.0 {
        return Ok(Some(high));
    }
    if (at_low > 0.0) == (at_high > 0.0) {
        return Ok(None);
    }
    let mut failure = None;
    let found = root::find(
        |x| match outcome(x) {
            Ok(y) => y,
            Err(error) => {
                failure = Some(error);
                0.0
            }
        },
        low,
        high,
    );
    match failure {
        Some(error) => Err(error),
        None => Ok(found),
    }
}

/// The unit price at which the incremental net benefit is zero, for a cost that is linear in the price:
/// p* = p₀ + INB(p₀) / (discounted units).
///
/// # Errors
///
/// If a value is not finite or there are no units.
pub fn price_threshold(price: f64, inb_at_price: f64, discounted_units: f64) -> Result<f64> {
    let threshold = price + inb_at_price / discounted_units;
    if discounted_units > 0.0 && threshold.is_finite() {
        Ok(threshold)
    } else {
        Err(Error::data(
            format!("price {price}, net benefit {inb_at_price}, units {discounted_units}"),
            "values must be finite and units above 0",
        ))
    }
}

impl fmt::Display for Tornado {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Base {:.4}", self.base)?;
        for bar in &self.bars {
            writeln!(
                f,
                "{:<28} {:>12} to {:<12} {:>14.4} to {:<14.4}{}",
                bar.parameter,
                bar.low,
                bar.high,
                bar.at_low,
                bar.at_high,
                if bar.changes_decision { " *" } else { "" }
            )?;
        }
        if self.bars.iter().any(|bar| bar.changes_decision) {
            writeln!(f, "* the sign changes")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn parameters() -> [Parameter; 2] {
        [Parameter::new("a", 1.0, 0.0, 2.0).unwrap(), Parameter::new("b", 3.0, 2.0, 5.0).unwrap()]
    }

    #[test]
    fn two_way_and_thresholds() {
        let product = |x: &[f64]| Ok(x[0] * x[1]);
        let grid = two_way(&parameters(), ("a", &[1.0, 2.0]), ("b", &[2.0, 3.0, 4.0]), product).unwrap();
        assert_eq!(grid.outcomes, [[2.0, 3.0, 4.0], [4.0, 6.0, 8.0]]);
        assert!(two_way(&parameters(), ("a", &[1.0]), ("a", &[1.0]), product).is_err());
        let square = |x: &[f64]| Ok(x[0] * x[0] - 2.0);
        let root = threshold(&parameters(), "a", 0.0, square).unwrap().unwrap();
        approx::assert_relative_eq!(root, 2f64.sqrt(), max_relative = 1e-14);
        assert_eq!(threshold(&parameters(), "b", 0.0, square).unwrap(), None);
        assert_eq!(threshold(&parameters(), "a", -2.0, square).unwrap(), Some(0.0));
        assert!(
            threshold(&parameters(), "z", 0.0, square).unwrap_err().to_string().contains("unknown parameter")
        );
    }

    #[test]
    fn failures_of_the_model_are_not_lost() {
        let broken = |x: &[f64]| if x[0] > 1.5 { Ok(f64::NAN) } else { Ok(x[0]) };
        assert!(one_way(&parameters(), broken).unwrap_err().to_string().contains("a = 2"));
        assert_eq!(price_threshold(2.5, 300.0, 100.0).unwrap(), 5.5);
        assert!(price_threshold(2.5, 300.0, 0.0).is_err());
    }
}
