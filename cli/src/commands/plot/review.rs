//! Figures of a review as a whole: direction of effect, risk of bias, the flow of records, the summary of findings.

use consilience::{
    Result,
    plot::review::{Albatross, Directions, Prisma, RiskOfBias, SummaryOfFindings},
    table::Table,
};

use super::{dress, needs_file, pair, save};
use crate::{args::TableFigureArgs, data};

fn table(args: &TableFigureArgs) -> Result<Table> {
    needs_file(&args.output)?;
    let (bytes, name) = data::bytes(&args.data)?;
    data::table_of(&bytes, &name, args.columns.as_deref())
}

/// Dresses, draws and saves a figure.
macro_rules! draw {
    ($figure:expr, $args:expr) => {{
        let mut figure = $figure;
        dress(&mut figure.look, &$args.figure)?;
        save(&figure.scene()?, &$args.output, &$args.figure)
    }};
}

pub fn harvest(args: &TableFigureArgs) -> Result<()> {
    draw!(Directions::from_table(&table(args)?)?.harvest(), args)
}

pub fn effect_direction(args: &TableFigureArgs) -> Result<()> {
    draw!(Directions::from_table(&table(args)?)?.effect_direction(), args)
}

pub fn albatross(args: &TableFigureArgs) -> Result<()> {
    draw!(Albatross::from_table(&table(args)?)?, args)
}

pub fn traffic_light(args: &TableFigureArgs) -> Result<()> {
    draw!(RiskOfBias::from_table(&table(args)?, args.tool.parse()?)?.traffic_light(), args)
}

pub fn risk_of_bias(args: &TableFigureArgs) -> Result<()> {
    draw!(RiskOfBias::from_table(&table(args)?, args.tool.parse()?)?.summary(), args)
}

pub fn prisma(args: &TableFigureArgs) -> Result<()> {
    draw!(Prisma::from_table(&table(args)?)?, args)
}

pub fn findings(args: &TableFigureArgs) -> Result<()> {
    let [intervention, comparator] = pair("--groups", &args.groups)?;
    draw!(SummaryOfFindings::from_table(&table(args)?, intervention, comparator)?, args)
}
