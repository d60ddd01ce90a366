//! `economics icer`: all readings of two differences with their joint uncertainty.

use crate::{
    Result,
    economics::{Dependence, Incremental, IncrementalSummary},
    text::Grid,
};

use super::{COMMAND, tables};
use crate::request::{
    Answer, Format,
    args::{IcerArgs, as_setting},
    json,
};

/// The pair of differences that the options state.
pub fn pair(args: &IcerArgs) -> Result<Incremental> {
    let dependence = match (args.covariance, args.correlation) {
        (Some(covariance), _) => Dependence::Covariance(covariance),
        (None, correlation) => Dependence::Correlation(correlation.unwrap_or_default()), // one of them is required
    };
    let mut pair = Incremental::new(
        args.cost_difference,
        args.cost_se,
        args.effect_difference,
        args.effect_se,
        dependence,
    )
    .map_err(as_setting)?;
    if let Some(df) = args.df {
        pair = pair.degrees_of_freedom(df)?;
    }
    if let Some(base) = args.money.base()? {
        pair = pair.priced_in(base);
    }
    Ok(pair)
}

pub fn run(args: &IcerArgs) -> Result<Answer> {
    let level = args.level()?;
    let pair = pair(args)?;
    let summary = pair.summary(args.wtp.as_ref(), level)?;
    Ok(Answer::new(COMMAND, move |how| {
        let text = match how.format {
            Format::Json => json(COMMAND, &summary)?,
            Format::Csv => grid(&summary).to_csv(),
            Format::Markdown => markdown(&summary),
            Format::Text => summary.to_string(),
        };
        Ok(text)
    }))
}

/// Differences and net benefits. The ratio is no row: it has a quadrant, and its confidence set need not be an interval.
pub fn grid(summary: &IncrementalSummary) -> Grid {
    let mut grid = tables::grid([
        "quantity",
        "wtp",
        "estimate",
        "se",
        "ci_lower",
        "ci_upper",
        "p_value",
        "probability_cost_effective",
    ]);
    for (name, d) in
        [("cost_difference", &summary.cost_difference), ("effect_difference", &summary.effect_difference)]
    {
        grid.row([
            name.to_owned(),
            String::new(),
            tables::cell(d.estimate),
            tables::cell(d.se),
            tables::cell(d.ci_lower),
            tables::cell(d.ci_upper),
            tables::cell(d.p_value),
        ]);
    }
    for b in &summary.inb {
        grid.row([
            "inb".to_owned(),
            tables::cell(b.wtp),
            tables::cell(b.estimate),
            tables::cell(b.se),
            tables::cell(b.ci_lower),
            tables::cell(b.ci_upper),
            tables::cell(b.p_value),
            tables::cell(b.probability_cost_effective),
        ]);
    }
    grid
}

pub fn markdown(summary: &IncrementalSummary) -> String {
    format!(
        "{} versus {}\n\n{}\nICER: {}. Fieller set: {}.\n{}",
        summary.intervention,
        summary.comparator,
        grid(summary).to_markdown(),
        summary.icer,
        summary.fieller,
        tables::notes(&summary.notes)
    )
}
