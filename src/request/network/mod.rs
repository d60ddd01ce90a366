//! `network`: several treatments compared at once.

mod cinema;
mod convert;
mod estimates;
mod further;
mod model;
mod parts;
mod report;
mod review;
mod rows;
mod studywise;
mod text;

use crate::{
    Error, Result,
    network::{Network, NetworkFit, NetworkMeta, data::with_customary_roles},
    table::Table,
};

use crate::request::{
    Answer, Format, Inputs,
    args::{NetworkArgs, NetworkDataArgs, NetworkEstimator},
    data, json,
};
use report::NetworkReport;
pub use review::run as review;

#[cfg(feature = "schema")]
pub(super) fn schema(schemas: &mut crate::request::answer_schema::Schemas) {
    schemas.answer_by_level::<NetworkReport>("network", "network");
    schemas.answer_by_level::<convert::Converted>("network", "network data");
}

pub fn run(args: &NetworkArgs, inputs: &Inputs<'_>) -> Result<Answer> {
    let table = data::read(inputs, &args.input)?;
    if args.parts.pairs_only || args.parts.connect || args.parts.as_shape.is_some() {
        return convert::run(args, &table);
    }
    let network = network(&args.data, args, &table)?;
    let notation = args.shown.notation(network.measure.ratio_name(network.scale))?;
    let report = analyze(args, &network, &table, inputs)?;
    Ok(Answer::new("network", move |how| {
        Ok(match how.format {
            Format::Json => json("network", &report)?,
            Format::Csv => text::csv(&report),
            Format::Markdown => text::markdown(&report, &notation),
            Format::Text => text::plain(&report, &notation),
        })
    }))
}

/// The whole analysis.
fn analyze(
    args: &NetworkArgs,
    network: &Network,
    table: &Table,
    inputs: &Inputs<'_>,
) -> Result<NetworkReport> {
    let mut report = model::report(args, network)?;
    parts::add(&mut report, args, network, table, inputs)?;
    Ok(report)
}

/// The network in the data that the options name.
pub fn read(args: &NetworkArgs, inputs: &Inputs<'_>) -> Result<Network> {
    network(&args.data, args, &data::read(inputs, &args.input)?)
}

/// The fit of the network in the data that the options name, by inverse variances.
pub fn fitted(args: &NetworkArgs, inputs: &Inputs<'_>) -> Result<NetworkFit> {
    if args.model.estimator != NetworkEstimator::Inverse {
        return Err(Error::setting(
            "--estimator",
            format!("`{}` has no figures", args.model.estimator),
            "draw the fit by inverse variances",
        ));
    }
    fit(args, &read(args, inputs)?)
}

/// The network that the options describe.
fn network(options: &NetworkDataArgs, args: &NetworkArgs, table: &Table) -> Result<Network> {
    let (table, note) = with_customary_roles(table)?;
    let mut network = options.options(&table, &args.input)?.table(&table)?;
    network.notes.splice(0..0, table.notes().iter().cloned().chain(note));
    match &options.subnetwork {
        Some(treatment) => network.subnetwork(treatment),
        None => Ok(network),
    }
}

/// The fit of a network by inverse variances.
fn fit(args: &NetworkArgs, network: &Network) -> Result<NetworkFit> {
    options(args)?.fit(network)
}

/// The model that the options describe.
fn options(args: &NetworkArgs) -> Result<NetworkMeta> {
    args.model.options(&args.input)
}

/// The error for an option without the one that it belongs to.
fn belongs_to(option: &str, other: &str) -> Error {
    Error::setting(option, format!("it belongs to {other}"), format!("add {other}, or leave it out"))
}
