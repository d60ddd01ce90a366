//! Figures of a review as a whole: direction of effect, risk of bias, the flow of records, the summary of findings.

use consilience::{
    Result,
    plot::review::{Albatross, Directions, Prisma, RiskOfBias, SummaryOfFindings},
    table::Table,
};

use super::{file, pair, save, sized, wide};
use crate::{args::TableFigureArgs, data};

fn table(args: &TableFigureArgs) -> Result<Table> {
    file(&args.output)?;
    let (bytes, name) = data::bytes(&args.data)?;
    data::table_of(&bytes, &name, args.columns.as_deref())
}

pub fn harvest(args: &TableFigureArgs) -> Result<()> {
    let directions = Directions::from_table(&table(args)?)?;
    save(&wide!(directions.harvest(), args.look)?, &args.look, &args.output)
}

pub fn effect_direction(args: &TableFigureArgs) -> Result<()> {
    let directions = Directions::from_table(&table(args)?)?;
    save(&wide!(directions.effect_direction(), args.look)?, &args.look, &args.output)
}

pub fn albatross(args: &TableFigureArgs) -> Result<()> {
    let albatross = Albatross::from_table(&table(args)?)?;
    save(&sized!(albatross, args.look)?, &args.look, &args.output)
}

pub fn traffic_light(args: &TableFigureArgs) -> Result<()> {
    let judged = RiskOfBias::from_table(&table(args)?, args.tool.parse()?)?;
    save(&wide!(judged.traffic_light(), args.look)?, &args.look, &args.output)
}

pub fn risk_of_bias(args: &TableFigureArgs) -> Result<()> {
    let judged = RiskOfBias::from_table(&table(args)?, args.tool.parse()?)?;
    save(&wide!(judged.summary(), args.look)?, &args.look, &args.output)
}

pub fn prisma(args: &TableFigureArgs) -> Result<()> {
    let flow = Prisma::from_table(&table(args)?)?;
    save(&wide!(flow, args.look)?, &args.look, &args.output)
}

pub fn findings(args: &TableFigureArgs) -> Result<()> {
    let [intervention, comparator] = pair("--groups", &args.groups)?;
    let findings = SummaryOfFindings::from_table(&table(args)?, intervention, comparator)?;
    save(&wide!(findings, args.look)?, &args.look, &args.output)
}
