//! `economics convert-money`: amounts in one currency and price year, with the record of how.

use std::{collections::BTreeMap, path::Path};

use crate::{
    Error, Result,
    economics::{Conversion, Converter, Currency, ExchangeRates, Money, PriceIndex},
    table::Table,
    text::Grid,
};
use serde::Serialize;

use super::{COMMAND, tables};
use crate::request::{Answer, Format, Inputs, args::ConvertMoneyArgs, data, json};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Row {
    label: String,
    #[serde(flatten)]
    conversion: Conversion,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report {
    amounts: Vec<Row>,
    notes: Vec<String>,
}

pub fn run(args: &ConvertMoneyArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let (target, converter) = (args.to_currency, converter(args, inputs)?);
    let table = data::read(inputs, &args.data)?;
    args.data.level()?;
    let amount = table.require_role("amount")?;
    let rows = tables::complete(&table, &[amount])?;
    let amounts = data::numbers(&table, amount, &rows)?;
    let mut report =
        Report { amounts: Vec::new(), notes: tables::left_out(&table, &rows).into_iter().collect() };
    for (&row, amount) in rows.iter().zip(amounts) {
        // A row for itself: here currencies and years may differ.
        let base = tables::price_base(&table, &[row], &args.money)?.ok_or_else(|| {
            let error = Error::data(
                "the amounts have no currency and price year",
                "add columns `currency` and `price_year`, or --currency and --price-year",
            );
            table.in_file(error)
        })?;
        let conversion = Money::in_base(amount, base)
            .and_then(|money| converter.convert(money, target, args.to_year))
            .map_err(|e| table.at(e, row, None))?;
        report.amounts.push(Row { label: table.label(row), conversion });
    }
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report)?,
            Format::Csv => grid(&report).to_csv(),
            Format::Markdown => grid(&report).to_markdown() + &tables::notes(&report.notes),
            Format::Text => words(&report),
        };
        Ok(text)
    }))
}

fn converter(args: &ConvertMoneyArgs, inputs: &Inputs<'_>) -> Result<Converter> {
    let mut converter = Converter::new(args.order()?);
    if let Some(path) = &args.index {
        let mut indices: BTreeMap<Currency, Vec<(i32, f64)>> = BTreeMap::new();
        for (currency, year, value) in series(path, inputs)? {
            indices.entry(currency).or_default().push((year, value));
        }
        for (currency, values) in indices {
            let index = PriceIndex::new(currency, path.display().to_string(), &args.vintage, values)?;
            converter = converter.price_index(index);
        }
    }
    if let Some(path) = &args.ppp {
        let name = path.display().to_string();
        converter =
            converter.rates(ExchangeRates::purchasing_power(name, &args.vintage, series(path, inputs)?)?);
    }
    if let Some(path) = &args.market {
        let name = path.display().to_string();
        converter = converter.rates(ExchangeRates::market(name, &args.vintage, series(path, inputs)?)?);
    }
    Ok(converter)
}

/// Values by currency and year, each once.
fn series(path: &Path, inputs: &Inputs<'_>) -> Result<Vec<(Currency, i32, f64)>> {
    let table: Table = inputs.table(path)?;
    let columns =
        [table.require_role("currency")?, table.require_role("year")?, table.require_role("value")?];
    let rows = tables::complete(&table, &columns)?;
    let currencies = data::groups(&table, columns[0], &rows)?;
    let years = data::numbers(&table, columns[1], &rows)?;
    let values = data::numbers(&table, columns[2], &rows)?;
    let mut made: Vec<(Currency, i32, f64)> = Vec::new();
    for (((&row, currency), year), value) in rows.iter().zip(currencies).zip(years).zip(values) {
        let at = |error, column| table.at(error, row, Some(column));
        let currency = currency.parse::<Currency>().map_err(|e| at(e, columns[0]))?;
        if !(year.fract() == 0.0 && (1800.0..=2200.0).contains(&year)) {
            return Err(at(Error::data(format!("year {year}"), "give a four-digit year"), columns[1]));
        }
        if !(value.is_finite() && value > 0.0) {
            return Err(at(Error::data(format!("value {value}"), "give a value above 0"), columns[2]));
        }
        let year = year as i32;
        if made.iter().any(|&(c, y, _)| (c, y) == (currency, year)) {
            let error = Error::data(format!("a second value of {currency} for {year}"), "keep one of them");
            return Err(at(error, columns[2]));
        }
        made.push((currency, year, value));
    }
    Ok(made)
}

fn grid(report: &Report) -> Grid {
    let mut grid = tables::grid([
        "label",
        "amount",
        "currency",
        "price_year",
        "converted",
        "to_currency",
        "to_price_year",
        "inflation_factor",
        "exchange_factor",
        "sources",
    ]);
    for Row { label, conversion: c } in &report.amounts {
        grid.row([
            label.clone(),
            tables::cell(c.original.amount()),
            c.original.currency().to_string(),
            c.original.price_year().to_string(),
            tables::cell(c.converted.amount()),
            c.converted.currency().to_string(),
            c.converted.price_year().to_string(),
            tables::cell(c.inflation_factor),
            tables::cell(c.exchange_factor),
            c.sources.join("; "),
        ]);
    }
    grid
}

fn words(report: &Report) -> String {
    let mut text: String =
        report.amounts.iter().map(|row| format!("{}: {}\n", row.label, row.conversion)).collect();
    for note in &report.notes {
        text.push_str(&format!("\nNote: {note}\n"));
    }
    text
}
