//! Conversion of money between currencies and price years, with indices that the user supplies and a record of what was done.
//!
//! Use it before amounts of several studies meet. No tables ship with the crate: indices are revised, so the
//! record names the index and its vintage.
//!
//! # Model
//!
//! An amount x in currency s at prices of year a becomes currency t at prices of year b. With D the price index of a
//! currency's area and P the units of a currency per reference unit (purchasing power parity or market rate):
//!
//! - inflate, then convert: x · (D_s,b / D_s,a) · (P_t,b / P_s,b)
//! - convert, then inflate: x · (P_t,a / P_s,a) · (D_t,b / D_t,a)
//! - split: the tradable share by the second at the market rate, the rest by the first.
//!
//! The orders disagree whenever relative prices moved, so there is no default order.
//!
//! # Edge cases
//!
//! A factor over one and the same year or currency is exactly 1 and needs no index value. A missing index year is an
//! error that names the index and the years it has.
//!
//! ```
//! use consilience::economics::{ConversionOrder, Converter, ExchangeRates, Money, PriceIndex};
//!
//! let (s, t) = ("AAA".parse()?, "BBB".parse()?);
//! let converter = Converter::new(ConversionOrder::InflateThenConvert)
//!     .price_index(PriceIndex::new(s, "GDP deflator", "2024-01", [(2010, 90.0), (2020, 108.0)])?)
//!     .price_index(PriceIndex::new(t, "GDP deflator", "2024-01", [(2010, 95.0), (2020, 104.0)])?)
//!     .rates(ExchangeRates::purchasing_power("PPP", "2024-01", [(s, 2010, 0.8), (s, 2020, 0.9), (t, 2010, 1.0), (t, 2020, 1.0)])?);
//! let record = converter.convert(Money::new(100.0, s, 2010)?, t, 2020)?;
//! assert!((record.converted.amount() - 133.333_333).abs() < 1e-6);
//! let other = converter.order(ConversionOrder::ConvertThenInflate).convert(Money::new(100.0, s, 2010)?, t, 2020)?;
//! assert!((other.converted.amount() - 136.842_105).abs() < 1e-6);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Turner HC, Lauer JA, Tran BX, Teerawattananon Y, Jit M (2019). Adjusting for inflation and currency changes within
//!   health economic studies. *Value in Health* 22:1026-1032. doi:10.1016/j.jval.2019.03.021

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::money::{Currency, Money, PriceBase};
use crate::{Error, Result};

/// A price index of one currency's area: a consumer price index, a GDP deflator, a health price index.
///
/// A value of 110 in year b and 100 in year a means that prices rose by 10 per cent from a to b.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceIndex {
    currency: Currency,
    name: String,
    vintage: String,
    values: BTreeMap<i32, f64>,
}

impl PriceIndex {
    /// The index `name` as published in `vintage`, with its value for each year.
    ///
    /// # Errors
    ///
    /// If there is no value, or one is not finite and above 0.
    pub fn new(
        currency: Currency,
        name: impl Into<String>,
        vintage: impl Into<String>,
        values: impl IntoIterator<Item = (i32, f64)>,
    ) -> Result<Self> {
        let (name, vintage) = (name.into(), vintage.into());
        let values: BTreeMap<i32, f64> = values.into_iter().collect();
        if values.is_empty() {
            return Err(Error::data(format!("index `{name}` has no values"), "give a value for each year"));
        }
        for (year, &value) in &values {
            check_positive(&name, &format!("year {year}"), value)?;
        }
        Ok(PriceIndex { currency, name, vintage, values })
    }

    /// The same from changes on the year before, in per cent: `base_year` has the value 100, and `(2016, 3.9)` says
    /// that prices rose by 3.9 per cent from 2015 to 2016.
    ///
    /// # Errors
    ///
    /// If the changes do not follow each other year by year from `base_year` + 1, or one is at or below -100.
    pub fn from_changes(
        currency: Currency,
        name: impl Into<String>,
        vintage: impl Into<String>,
        base_year: i32,
        changes: impl IntoIterator<Item = (i32, f64)>,
    ) -> Result<Self> {
        let name = name.into();
        let (mut values, mut level, mut last) = (vec![(base_year, 100.0)], 100.0, base_year);
        for (year, change) in changes {
            if year != last + 1 {
                return Err(Error::data(
                    format!("index `{name}` goes from {last} to {year}"),
                    "give the change of every year in order",
                ));
            }
            level *= 1.0 + change / 100.0;
            values.push((year, level));
            last = year;
        }
        Self::new(currency, name, vintage, values)
    }

    /// The factor by which prices rose between two years; 1 for the same year.
    ///
    /// # Errors
    ///
    /// If the index lacks one of the years.
    pub fn factor(&self, from: i32, to: i32) -> Result<f64> {
        if from == to {
            return Ok(1.0);
        }
        Ok(self.value(to)? / self.value(from)?)
    }

    fn value(&self, year: i32) -> Result<f64> {
        self.values.get(&year).copied().ok_or_else(|| {
            let known: Vec<String> = self.values.keys().map(i32::to_string).collect();
            Error::data(
                format!("index `{}` for {} has no value for {year}", self.name, self.currency),
                format!("supply it; known years: {}", known.join(", ")),
            )
        })
    }
}

fn check_positive(name: &str, place: &str, value: f64) -> Result<()> {
    if value.is_finite() && value > 0.0 {
        Ok(())
    } else {
        Err(Error::data(
            format!("`{name}` is {value} for {place}"),
            "values of indices and rates must be finite and above 0",
        ))
    }
}

/// The kind of a set of exchange rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RateKind {
    /// Purchasing power parities: units of the currency that buy what one reference unit buys.
    PurchasingPower,
    /// Market exchange rates: units of the currency per reference unit.
    Market,
}

impl fmt::Display for RateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RateKind::PurchasingPower => "purchasing power parity",
            RateKind::Market => "market rate",
        })
    }
}

/// Units of each currency per reference unit (usually the US or international dollar), by year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExchangeRates {
    kind: RateKind,
    name: String,
    vintage: String,
    values: BTreeMap<Currency, BTreeMap<i32, f64>>,
}

impl ExchangeRates {
    /// Purchasing power parities as published in `vintage`: currency, year and units per reference unit.
    ///
    /// # Errors
    ///
    /// If a value is not finite and above 0.
    pub fn purchasing_power(
        name: impl Into<String>,
        vintage: impl Into<String>,
        values: impl IntoIterator<Item = (Currency, i32, f64)>,
    ) -> Result<Self> {
        Self::new(RateKind::PurchasingPower, name.into(), vintage.into(), values)
    }

    /// Market exchange rates as published in `vintage`: currency, year and units per reference unit.
    ///
    /// # Errors
    ///
    /// If a value is not finite and above 0.
    pub fn market(
        name: impl Into<String>,
        vintage: impl Into<String>,
        values: impl IntoIterator<Item = (Currency, i32, f64)>,
    ) -> Result<Self> {
        Self::new(RateKind::Market, name.into(), vintage.into(), values)
    }

    fn new(
        kind: RateKind,
        name: String,
        vintage: String,
        values: impl IntoIterator<Item = (Currency, i32, f64)>,
    ) -> Result<Self> {
        let mut table: BTreeMap<Currency, BTreeMap<i32, f64>> = BTreeMap::new();
        for (currency, year, value) in values {
            check_positive(&name, &format!("{currency} in {year}"), value)?;
            table.entry(currency).or_default().insert(year, value);
        }
        Ok(ExchangeRates { kind, name, vintage, values: table })
    }

    /// The factor that turns amounts of one currency into another at the rates of a year; 1 for the same currency.
    ///
    /// # Errors
    ///
    /// If a rate is missing.
    pub fn factor(&self, from: Currency, to: Currency, year: i32) -> Result<f64> {
        if from == to {
            return Ok(1.0);
        }
        let rate = |currency: Currency| {
            self.values.get(&currency).and_then(|years| years.get(&year)).copied().ok_or_else(|| {
                Error::data(
                    format!("`{}` has no {} of {currency} for {year}", self.name, self.kind),
                    "supply it",
                )
            })
        };
        Ok(rate(to)? / rate(from)?)
    }
}

/// In which order inflation and exchange are applied; results differ, so there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConversionOrder {
    /// With the source's price index to the target year, then at that year's rate.
    InflateThenConvert,
    /// At the source year's rate, then with the target's price index.
    ConvertThenInflate,
    /// The tradable share converted at the market rate and then inflated, the rest inflated and then converted.
    Split {
        /// The share of the cost that is traded internationally, from 0 to 1.
        tradable_share: f64,
    },
}

/// Converts money with the indices it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Converter {
    order: ConversionOrder,
    indices: BTreeMap<Currency, PriceIndex>,
    rates: Option<ExchangeRates>,
    market: Option<ExchangeRates>,
}

/// The record of a conversion: amounts, steps and indices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Conversion {
    /// The amount before.
    pub original: Money,
    /// The amount after.
    pub converted: Money,
    /// The order of the steps.
    pub order: ConversionOrder,
    /// The factor for inflation; `None` for a split conversion, which has two.
    pub inflation_factor: Option<f64>,
    /// The factor for the exchange of currencies; `None` for a split conversion, which has two.
    pub exchange_factor: Option<f64>,
    /// The indices and rates used, with their vintages.
    pub sources: Vec<String>,
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.order {
            ConversionOrder::InflateThenConvert => "inflated, then converted".to_owned(),
            ConversionOrder::ConvertThenInflate => "converted, then inflated".to_owned(),
            ConversionOrder::Split { tradable_share } => format!("tradable share {tradable_share}"),
        };
        write!(f, "{} = {} [{how}; {}]", self.original, self.converted, self.sources.join("; "))
    }
}

impl Converter {
    /// A converter without any index yet.
    pub fn new(order: ConversionOrder) -> Self {
        Converter { order, indices: BTreeMap::new(), rates: None, market: None }
    }

    /// Changes the order.
    #[must_use]
    pub fn order(mut self, order: ConversionOrder) -> Self {
        self.order = order;
        self
    }

    /// Adds the price index of a currency's area.
    #[must_use]
    pub fn price_index(mut self, index: PriceIndex) -> Self {
        self.indices.insert(index.currency, index);
        self
    }

    /// Adds exchange rates. Of purchasing power parities and market rates the former are used where both are given,
    /// except for the tradable share of a split conversion.
    #[must_use]
    pub fn rates(mut self, rates: ExchangeRates) -> Self {
        match rates.kind {
            RateKind::PurchasingPower => self.rates = Some(rates),
            RateKind::Market => self.market = Some(rates),
        }
        self
    }

    /// The amount in another currency at the prices of another year, with the record of how.
    ///
    /// # Errors
    ///
    /// If an index or a rate that is needed is missing, or the tradable share is not within 0 to 1.
    pub fn convert(&self, money: Money, currency: Currency, price_year: i32) -> Result<Conversion> {
        let target = PriceBase::new(currency, price_year)?;
        let mut sources = Vec::new();
        let (factor, inflation_factor, exchange_factor) = match self.order {
            ConversionOrder::InflateThenConvert => {
                let (inflation, exchange) =
                    self.inflate_first(money.base(), target, self.preferred(), &mut sources)?;
                (inflation * exchange, Some(inflation), Some(exchange))
            }
            ConversionOrder::ConvertThenInflate => {
                let (inflation, exchange) =
                    self.convert_first(money.base(), target, self.preferred(), &mut sources)?;
                (inflation * exchange, Some(inflation), Some(exchange))
            }
            ConversionOrder::Split { tradable_share } => {
                if !(0.0..=1.0).contains(&tradable_share) {
                    return Err(Error::setting(
                        "tradable share",
                        tradable_share.to_string(),
                        "give a share from 0 to 1",
                    ));
                }
                let (i1, x1) =
                    self.convert_first(money.base(), target, self.market.as_ref(), &mut sources)?;
                let (i2, x2) = self.inflate_first(money.base(), target, self.preferred(), &mut sources)?;
                (tradable_share * i1 * x1 + (1.0 - tradable_share) * i2 * x2, None, None)
            }
        };
        sources.sort();
        sources.dedup();
        Ok(Conversion {
            original: money,
            converted: Money::in_base(money.amount() * factor, target)?,
            order: self.order,
            inflation_factor,
            exchange_factor,
            sources,
        })
    }

    fn preferred(&self) -> Option<&ExchangeRates> {
        self.rates.as_ref().or(self.market.as_ref())
    }

    fn inflate_first(
        &self,
        from: PriceBase,
        to: PriceBase,
        rates: Option<&ExchangeRates>,
        sources: &mut Vec<String>,
    ) -> Result<(f64, f64)> {
        let inflation = self.inflation(from.currency, from.price_year, to.price_year, sources)?;
        Ok((inflation, exchange(rates, from.currency, to.currency, to.price_year, sources)?))
    }

    fn convert_first(
        &self,
        from: PriceBase,
        to: PriceBase,
        rates: Option<&ExchangeRates>,
        sources: &mut Vec<String>,
    ) -> Result<(f64, f64)> {
        let exchange = exchange(rates, from.currency, to.currency, from.price_year, sources)?;
        Ok((self.inflation(to.currency, from.price_year, to.price_year, sources)?, exchange))
    }

    fn inflation(&self, currency: Currency, from: i32, to: i32, sources: &mut Vec<String>) -> Result<f64> {
        if from == to {
            return Ok(1.0);
        }
        let index = self.indices.get(&currency).ok_or_else(|| {
            Error::data(format!("no price index for {currency}"), format!("supply one for {from} and {to}"))
        })?;
        sources.push(format!("{} of {currency}, {}", index.name, index.vintage));
        index.factor(from, to)
    }
}

fn exchange(
    rates: Option<&ExchangeRates>,
    from: Currency,
    to: Currency,
    year: i32,
    sources: &mut Vec<String>,
) -> Result<f64> {
    if from == to {
        return Ok(1.0);
    }
    let rates = rates.ok_or_else(|| {
        Error::data(
            format!("no exchange rates from {from} to {to}"),
            "supply purchasing power parities or, for the tradable share, market rates",
        )
    })?;
    sources.push(format!("{} ({}), {}", rates.name, rates.kind, rates.vintage));
    rates.factor(from, to, year)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn code(text: &str) -> Currency {
        text.parse().unwrap()
    }

    #[test]
    fn a_split_mixes_the_two_orders() {
        // The factors are built so that converting first gives 116.84 and inflating first 172.09, the two amounts
        // of Turner et al. (2019); a tradable share of 20 per cent then gives their third, 161.04.
        let (s, t) = (code("VND"), code("USD"));
        let converter = Converter::new(ConversionOrder::Split { tradable_share: 0.2 })
            .price_index(PriceIndex::new(s, "CPI", "v1", [(2006, 100.0), (2016, 172.09)]).unwrap())
            .price_index(PriceIndex::new(t, "CPI", "v1", [(2006, 100.0), (2016, 116.84)]).unwrap())
            .rates(
                ExchangeRates::market(
                    "rates",
                    "v1",
                    [(s, 2006, 1.0), (s, 2016, 1.0), (t, 2006, 1.0), (t, 2016, 1.0)],
                )
                .unwrap(),
            );
        let record = converter.convert(Money::new(100.0, s, 2006).unwrap(), t, 2016).unwrap();
        approx::assert_relative_eq!(record.converted.amount(), 161.04, epsilon = 1e-10);
        assert_eq!(record.sources.len(), 3);
        assert_eq!(record.original.amount(), 100.0);
    }

    #[test]
    fn changes_chain_and_missing_years_are_named() {
        let index =
            PriceIndex::from_changes(code("GBP"), "HCHS", "v1", 2007, [(2008, 5.2), (2009, -1.3)]).unwrap();
        approx::assert_relative_eq!(index.factor(2007, 2009).unwrap(), 1.052 * 0.987, max_relative = 1e-14);
        assert!(index.factor(2007, 2010).unwrap_err().to_string().contains("known years: 2007, 2008, 2009"));
        assert_eq!(index.factor(2011, 2011).unwrap(), 1.0);
        assert!(PriceIndex::from_changes(code("GBP"), "x", "v", 2007, [(2009, 1.0)]).is_err());
        assert!(PriceIndex::new(code("GBP"), "x", "v", [(2009, 0.0)]).is_err());
        let bare = Converter::new(ConversionOrder::ConvertThenInflate);
        let pound = Money::new(1.0, code("GBP"), 2007).unwrap();
        assert!(
            bare.convert(pound, code("USD"), 2007).unwrap_err().to_string().contains("no exchange rates")
        );
        assert!(bare.convert(pound, code("GBP"), 2008).unwrap_err().to_string().contains("no price index"));
        assert_eq!(bare.convert(pound, code("GBP"), 2007).unwrap().converted, pound);
    }
}
