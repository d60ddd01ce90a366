//! `--cinema`: the inputs of CINeMA, with the judgments of the studies from columns of the data.

use super::studywise;
use crate::{
    Result,
    network::{Cinema, CinemaOptions, Concern, NetworkFit},
    request::args::NetworkArgs,
    table::Table,
};

/// The inputs of CINeMA as the options ask for them.
pub fn cinema(args: &NetworkArgs, fit: &NetworkFit, table: &Table) -> Result<Cinema> {
    let parts = &args.parts;
    let mut options = CinemaOptions::default();
    if let Some(x) = parts.important {
        options = options.important(x);
    }
    if let Some(rule) = parts.cinema_rule {
        options = options.rule(rule);
    }
    options.method = parts.contribution.unwrap_or(options.method);
    if let Some(column) = &parts.rob {
        options = options.risk_of_bias(judgments(fit, table, column)?);
    }
    if let Some(column) = &parts.indirectness {
        options = options.indirectness(judgments(fit, table, column)?);
    }
    fit.cinema(&options)
}

/// The judgment of every study; each must have one.
fn judgments(fit: &NetworkFit, table: &Table, column: &str) -> Result<Vec<Concern>> {
    studywise::texts(&fit.network, table, column)?
        .into_iter()
        .map(|(text, row)| match text {
            Some(text) => text.parse::<Concern>().map_err(|error| table.at(error, row, Some(column))),
            None => Err(studywise::missing(table, row, column)),
        })
        .collect()
}
