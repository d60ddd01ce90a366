//! Willingness to pay for one unit of effect: the thresholds at which decisions are read.
//!
//! There is no default: what a unit of health is worth, or what it displaces, is a choice of the decision maker that
//! differs between countries, agencies and years. Thresholds are kept in ascending order without repeats.
//!
//! ```
//! use consilience::economics::WillingnessToPay;
//!
//! let wtp: WillingnessToPay = "30000,0:20000:10000".parse()?;
//! assert_eq!(wtp.values(), [0.0, 10_000.0, 20_000.0, 30_000.0]);
//! assert!("".parse::<WillingnessToPay>().is_err());
//! # Ok::<(), consilience::Error>(())
//! ```

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    money::{Money, PriceBase},
    range,
};
use crate::{Error, Result};

const MOST: usize = 100_000;

/// One or more thresholds, in money per unit of effect; finite, at least 0, ascending, without repeats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct WillingnessToPay {
    values: Vec<f64>,
    price_base: Option<PriceBase>,
}

#[derive(Deserialize)]
struct Unchecked {
    values: Vec<f64>,
    price_base: Option<PriceBase>,
}

impl TryFrom<Unchecked> for WillingnessToPay {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let mut wtp = WillingnessToPay::new(raw.values)?;
        wtp.price_base = raw.price_base;
        Ok(wtp)
    }
}

impl WillingnessToPay {
    /// The given thresholds.
    ///
    /// # Errors
    ///
    /// If there is none, or one is negative, not finite, or beyond the range of computation.
    pub fn new(values: impl Into<Vec<f64>>) -> Result<Self> {
        let mut values = values.into();
        if values.is_empty() {
            return Err(invalid("no threshold".to_owned()));
        }
        if let Some(value) = values.iter().find(|v| !(v.is_finite() && **v >= 0.0)) {
            return Err(invalid(format!("threshold {value}")));
        }
        for &value in &values {
            range::setting("willingness to pay", value)?;
        }
        for value in &mut values {
            *value += 0.0; // -0 becomes 0
        }
        values.sort_by(f64::total_cmp);
        values.dedup();
        Ok(WillingnessToPay { values, price_base: None })
    }

    /// The thresholds `from`, `from + step`, ... up to and including `to`.
    ///
    /// # Errors
    ///
    /// If `from` is negative or above `to`, `step` is not above 0, or there would be more than ten million.
    pub fn range(from: f64, to: f64, step: f64) -> Result<Self> {
        Self::new(spread(from, to, step)?)
    }

    /// Thresholds stated as money per unit of effect.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and if they mix currencies or price years.
    pub fn from_money(values: &[Money]) -> Result<Self> {
        let (amounts, base) = Money::amounts(values)?;
        Ok(Self::new(amounts)?.priced_in(base))
    }

    /// States the currency and price year; an analysis of costs in another is then an error.
    #[must_use]
    pub fn priced_in(mut self, base: PriceBase) -> Self {
        self.price_base = Some(base);
        self
    }

    /// The thresholds, ascending.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The currency and price year, where stated.
    pub fn price_base(&self) -> Option<PriceBase> {
        self.price_base
    }
}

fn invalid(found: String) -> Error {
    Error::setting(
        "willingness to pay",
        found,
        "give values of at least 0 and ranges, such as `20000,30000` or `0:100000:1000`; there is no default",
    )
}

/// The remedy for a part of a list that stands behind a separator of thousands: `20,000` would be 20 and 0, `20.000` would be 20.
fn grouped(part: &str) -> Option<&'static str> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let behind = part.len() == 3 && part.starts_with('0') && digits(part);
    let pointed = part.split_once('.').is_some_and(|(whole, rest)| digits(whole) && rest == "000");
    (behind || pointed).then_some("write thousands without a separator: `20000`, or a list `20000,30000`")
}

fn spread(from: f64, to: f64, step: f64) -> Result<Vec<f64>> {
    let text = || format!("range {from}:{to}:{step}");
    if !(from.is_finite() && to.is_finite() && step.is_finite() && step > 0.0 && from <= to) {
        return Err(invalid(text()));
    }
    let steps = (to - from) / step;
    if steps >= MOST as f64 {
        return Err(invalid(format!("{}, which has more than {MOST} values", text())));
    }
    // The end belongs to the range if it is met up to rounding; it is then taken as written.
    let whole = (steps + 1e-9 * steps.max(1.0)).floor() as usize;
    let mut values: Vec<f64> = (0..=whole).map(|i| from + i as f64 * step).collect();
    if let Some(last) = values.last_mut()
        && (*last - to).abs() <= 1e-9 * step.max(to.abs() * 1e-3)
    {
        *last = to;
    }
    Ok(values)
}

impl FromStr for WillingnessToPay {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut values = Vec::new();
        for part in text.split(',') {
            if let Some(grouped) = grouped(part.trim()) {
                return Err(Error::setting("willingness to pay", format!("`{text}`"), grouped));
            }
            let number = |s: &str| s.trim().parse::<f64>().map_err(|_| invalid(format!("`{}`", part.trim())));
            match part.split(':').collect::<Vec<_>>().as_slice() {
                [value] => values.push(number(value)?),
                [from, to, step] => values.extend(spread(number(from)?, number(to)?, number(step)?)?),
                _ => return Err(invalid(format!("`{}`", part.trim()))),
            }
        }
        Self::new(values)
    }
}

impl fmt::Display for WillingnessToPay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.values.as_slice() {
            [first, .., last] if self.values.len() > 8 => {
                write!(f, "{} thresholds from {first} to {last}", self.values.len())?;
            }
            values => {
                let texts: Vec<String> = values.iter().map(f64::to_string).collect();
                f.write_str(&texts.join(", "))?;
            }
        }
        match self.price_base {
            Some(base) => write!(f, " {base}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn ranges_meet_their_end_in_spite_of_rounding() {
        let wtp: WillingnessToPay = "0:0.3:0.1".parse().unwrap();
        assert_eq!(wtp.values().len(), 4);
        assert_eq!(wtp.values()[3], 0.3);
        let wtp: WillingnessToPay = "0:100000:1000".parse().unwrap();
        assert_eq!((wtp.values().len(), wtp.values()[100]), (101, 100_000.0));
        let wtp: WillingnessToPay = "0:10:4".parse().unwrap();
        assert_eq!(wtp.values(), [0.0, 4.0, 8.0]);
        let wtp: WillingnessToPay = "5:5:1".parse().unwrap();
        assert_eq!(wtp.values(), [5.0]);
    }

    #[test]
    fn malformed_thresholds_are_named() {
        for bad in ["", "a", "-1", "inf", "nan", "1:2", "0:10:0", "10:0:1", "0:1e12:1", "1,,2", "0:10:-1"] {
            assert!(bad.parse::<WillingnessToPay>().is_err(), "{bad}");
        }
        let wtp: WillingnessToPay = "30000, 20000, 20000, -0".parse().unwrap();
        assert_eq!(wtp.to_string(), "0, 20000, 30000");
    }
}
