//! Money with its currency and price year, so that unlike amounts cannot be added by mistake.
//!
//! Use [`Money`] at the border of an analysis: sums of unlike money are errors until one of them has been
//! [converted](super::conversion). Inside an analysis all amounts share one [`PriceBase`], and results carry it.
//!
//! # Edge cases
//!
//! Amounts may be negative (savings) and zero; they are always finite. The ratio of two amounts exists only for the
//! same price base and a divisor other than zero.
//!
//! ```
//! use consilience::economics::Money;
//!
//! let visit = Money::new(39.0, "GBP".parse()?, 2021)?;
//! let drug = Money::new(12.5, "GBP".parse()?, 2021)?;
//! assert_eq!(visit.plus(&drug)?.to_string(), "51.50 GBP (2021)");
//!
//! let dollars = Money::new(12.5, "USD".parse()?, 2021)?;
//! assert!(visit.plus(&dollars).unwrap_err().to_string().contains("convert"));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Turner HC, Lauer JA, Tran BX, Teerawattananon Y, Jit M (2019). Adjusting for inflation and currency changes within
//!   health economic studies. *Value in Health* 22:1026-1032. doi:10.1016/j.jval.2019.03.021

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A currency by its ISO 4217 code: three letters, such as `GBP`; `INT` may stand for international dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code, in capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX") // the constructor admits ASCII letters only
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        match code.trim().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Currency([a, b, c].map(|letter| letter.to_ascii_uppercase())))
            }
            [] => Err(Error::data("the currency is missing", "give its three-letter code, such as GBP")
                .in_column("currency")),
            _ => Err(Error::data(
                format!("currency `{code}`"),
                "give the three-letter code of ISO 4217, such as GBP",
            )
            .in_column("currency")),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = Error;

    fn try_from(code: String) -> Result<Self> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The currency and the year in whose prices amounts are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PriceBase {
    /// The currency.
    pub currency: Currency,
    /// The year of the prices.
    pub price_year: i32,
}

impl PriceBase {
    /// Prices of `price_year` in `currency`.
    ///
    /// # Errors
    ///
    /// If the year is not within 1800 to 2200.
    pub fn new(currency: Currency, price_year: i32) -> Result<Self> {
        if !(1800..=2200).contains(&price_year) {
            return Err(Error::data(
                format!("price year {price_year}"),
                "give the four-digit year of the prices",
            )
            .in_column("price_year"));
        }
        Ok(PriceBase { currency, price_year })
    }

    /// The base shared by two parts of an analysis, either of which may leave it unsaid.
    ///
    /// # Errors
    ///
    /// If both are known and differ.
    pub fn shared(one: Option<Self>, other: Option<Self>) -> Result<Option<Self>> {
        match (one, other) {
            (Some(a), Some(b)) if a != b => Err(mixed(a, b)),
            (a, b) => Ok(a.or(b)),
        }
    }
}

impl fmt::Display for PriceBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.currency, self.price_year)
    }
}

fn mixed(a: PriceBase, b: PriceBase) -> Error {
    Error::data(
        format!("money of two kinds, {a} and {b}"),
        "convert one to the currency and price year of the other first",
    )
}

/// An amount of money in the prices of one year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Unchecked", into = "Unchecked")]
pub struct Money {
    amount: f64,
    base: PriceBase,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Unchecked {
    amount: f64,
    currency: Currency,
    price_year: i32,
}

impl TryFrom<Unchecked> for Money {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        Money::new(raw.amount, raw.currency, raw.price_year)
    }
}

impl From<Money> for Unchecked {
    fn from(money: Money) -> Self {
        Unchecked { amount: money.amount, currency: money.base.currency, price_year: money.base.price_year }
    }
}

impl Money {
    /// `amount` in `currency` at the prices of `price_year`.
    ///
    /// # Errors
    ///
    /// If the amount is not finite or the year not within 1800 to 2200.
    pub fn new(amount: f64, currency: Currency, price_year: i32) -> Result<Self> {
        Self::in_base(amount, PriceBase::new(currency, price_year)?)
    }

    /// `amount` in a price base.
    ///
    /// # Errors
    ///
    /// If the amount is not finite.
    pub fn in_base(amount: f64, base: PriceBase) -> Result<Self> {
        if !amount.is_finite() {
            return Err(Error::data(format!("amount is {amount}"), "amounts of money must be finite")
                .in_column("amount"));
        }
        Ok(Money { amount, base })
    }

    /// The amount.
    pub fn amount(&self) -> f64 {
        self.amount
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.base.currency
    }

    /// The year of the prices.
    pub fn price_year(&self) -> i32 {
        self.base.price_year
    }

    /// The currency and price year.
    pub fn base(&self) -> PriceBase {
        self.base
    }

    fn amount_in(&self, base: PriceBase) -> Result<f64> {
        if self.base == base { Ok(self.amount) } else { Err(mixed(base, self.base)) }
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    ///
    /// If they differ in currency or price year, or the sum is not finite.
    pub fn plus(&self, other: &Money) -> Result<Money> {
        Money::in_base(self.amount + other.amount_in(self.base)?, self.base)
    }

    /// This amount less the other.
    ///
    /// # Errors
    ///
    /// If they differ in currency or price year, or the difference is not finite.
    pub fn minus(&self, other: &Money) -> Result<Money> {
        Money::in_base(self.amount - other.amount_in(self.base)?, self.base)
    }

    /// This amount `factor` times: a unit cost times a quantity.
    ///
    /// # Errors
    ///
    /// If the product is not finite.
    pub fn times(&self, factor: f64) -> Result<Money> {
        Money::in_base(self.amount * factor, self.base)
    }

    /// The number of times that `other` fits into this amount.
    ///
    /// # Errors
    ///
    /// If they differ in currency or price year, or `other` is zero.
    pub fn over(&self, other: &Money) -> Result<f64> {
        let ratio = self.amount / other.amount_in(self.base)?;
        if ratio.is_finite() {
            Ok(ratio)
        } else {
            Err(Error::data(format!("{self} over {other}"), "divide by an amount other than zero"))
        }
    }

    /// The amounts of a list with the price base that they share.
    ///
    /// # Errors
    ///
    /// If the list is empty or mixes currencies or price years; the error names the position (from 1).
    pub fn amounts(list: &[Money]) -> Result<(Vec<f64>, PriceBase)> {
        let Some(first) = list.first() else {
            return Err(Error::data("no amounts of money", "give at least one"));
        };
        let base = first.base;
        let amounts: Result<Vec<f64>> = list
            .iter()
            .enumerate()
            .map(|(row, money)| money.amount_in(base).map_err(|e| e.in_row(row + 1)))
            .collect();
        Ok((amounts?, base))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} {}", self.amount, self.base)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn pounds(amount: f64, year: i32) -> Money {
        Money::new(amount, "gbp".parse().unwrap(), year).unwrap()
    }

    #[test]
    fn like_amounts_add_and_unlike_ones_do_not() {
        assert_eq!(pounds(3.0, 2020).minus(&pounds(5.0, 2020)).unwrap().amount(), -2.0);
        let error = pounds(3.0, 2020).plus(&pounds(3.0, 2021)).unwrap_err().to_string();
        assert!(error.contains("GBP (2020) and GBP (2021)"), "{error}");
        assert_eq!(pounds(6.0, 2020).over(&pounds(4.0, 2020)).unwrap(), 1.5);
        assert!(pounds(6.0, 2020).over(&pounds(0.0, 2020)).is_err());
        assert!(pounds(f64::MAX, 2020).times(2.0).is_err());
        let error = Money::amounts(&[pounds(1.0, 2020), pounds(1.0, 2019)]).unwrap_err().to_string();
        assert!(error.starts_with("row 2"), "{error}");
    }

    #[test]
    fn missing_and_malformed_bases_are_named() {
        assert!("".parse::<Currency>().unwrap_err().to_string().contains("currency is missing"));
        assert!("pound".parse::<Currency>().is_err());
        assert!(Money::new(1.0, "GBP".parse().unwrap(), 21).unwrap_err().to_string().contains("21"));
        assert!(Money::new(f64::NAN, "GBP".parse().unwrap(), 2021).is_err());
    }

    #[test]
    fn serializes_flat_and_is_checked_on_the_way_in() {
        let json = serde_json::to_string(&pounds(2.5, 2021)).unwrap();
        assert_eq!(json, r#"{"amount":2.5,"currency":"GBP","price_year":2021}"#);
        assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), pounds(2.5, 2021));
        assert!(serde_json::from_str::<Money>(&json.replace("GBP", "G")).is_err());
    }
}
