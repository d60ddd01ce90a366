//! `economics cheers`: the reporting checklist, filled from results and by the authors.

use std::path::Path;

use crate::{
    Error, Result,
    economics::{
        Cheers, Discounting, EvppiResult, Frontier, IncrementalSummary, PsaResult, TrialSummary,
        TrialVariance,
    },
    text::Grid,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{COMMAND, tables};
use crate::request::{Answer, Format, Inputs, args::CheersArgs, json};

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Item<'a> {
    number: usize,
    section: String,
    topic: &'a str,
    asks: &'a str,
    status: String,
    analysis: &'a [String],
    authors: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Report<'a> {
    items: Vec<Item<'a>>,
    notes: &'a [String],
}

/// The methods of a trial, beside its summary.
#[derive(Debug, Deserialize)]
struct Methods {
    covariates: Vec<String>,
    variance: TrialVariance,
    clusters: Option<usize>,
}

pub fn run(args: &CheersArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let mut cheers = Cheers::new();
    if let Some(rate) = args.discount_rate {
        let effects = args.effect_discount_rate.unwrap_or(rate);
        cheers = cheers.discounting(&Discounting::new(rate, effects, args.timing.value())?);
    }
    if let Some(base) = args.money.base()? {
        cheers = cheers.price_base(base);
    }
    if let Some(wtp) = &args.wtp {
        cheers = cheers.willingness_to_pay(wtp);
    }
    for path in &args.results {
        cheers = fill(cheers, path, inputs)?;
    }
    for (number, text) in args.texts()? {
        cheers = cheers.set(number, text)?;
    }
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &report(&cheers))?,
            Format::Csv => grid(&cheers).to_csv(),
            Format::Markdown => cheers.to_markdown(),
            Format::Text => cheers.to_string(),
        };
        Ok(text)
    }))
}

/// Fills in the result in a file; its keys tell which result it is.
fn fill(cheers: Cheers, path: &Path, inputs: &Inputs<'_>) -> Result<Cheers> {
    let (bytes, name) = inputs.bytes(path)?;
    let wrong = |found: String| Error::File {
        path: name.clone(),
        found,
        remedy: "give what economics frontier, icer, trial, psa or evppi writes with --format json"
            .to_owned(),
    };
    let result: Value = serde_json::from_slice(&bytes).map_err(|e| wrong(format!("it is not JSON ({e})")))?;
    let has = |key: &str| result.get(key).is_some();
    Ok(if has("switch_points") {
        cheers.psa(&parse::<PsaResult>(&result).map_err(wrong)?)
    } else if has("evppi") {
        cheers.partial_information(&parse::<EvppiResult>(&result).map_err(wrong)?)
    } else if has("arms") {
        let methods = parse::<Methods>(&result).map_err(wrong)?;
        cheers.trial(&parse::<TrialSummary>(&result).map_err(wrong)?).trial_methods(
            methods.variance,
            &methods.covariates,
            &methods.covariates,
            methods.clusters,
        )
    } else if has("fieller") {
        cheers.incremental(&parse::<IncrementalSummary>(&result).map_err(wrong)?)
    } else if has("strategies") {
        cheers.frontier(&parse::<Frontier>(&result).map_err(wrong)?)
    } else {
        return Err(wrong("it is no result of an economic analysis".to_owned()));
    })
}

fn parse<T: DeserializeOwned>(result: &Value) -> std::result::Result<T, String> {
    T::deserialize(result).map_err(|e| format!("it is no complete result ({e})"))
}

fn report(cheers: &Cheers) -> Report<'_> {
    let items = cheers
        .items()
        .iter()
        .map(|item| Item {
            number: item.number,
            section: item.section.to_string(),
            topic: &item.topic,
            asks: &item.asks,
            status: item.status().to_string(),
            analysis: &item.analysis,
            authors: item.authors.as_deref(),
        })
        .collect();
    Report { items, notes: cheers.notes() }
}

fn grid(cheers: &Cheers) -> Grid {
    let mut grid = tables::grid(["item", "section", "topic", "status", "analysis", "authors"]);
    for item in cheers.items() {
        grid.row([
            item.number.to_string(),
            item.section.to_string(),
            item.topic.clone(),
            item.status().to_string(),
            item.analysis.join(" "),
            item.authors.clone().unwrap_or_default(),
        ]);
    }
    grid
}
