//! Figures of a review as a whole: direction of effect, risk of bias, the flow of records, the summary of findings.

use consilience::plot::Figure as _;
use consilience::{
    Error, Result,
    plot::review::{Albatross, Contours, Directions, Prisma, RiskOfBias, SummaryOfFindings},
    table::Table,
};

use super::{dress, needs_file, pair, save};
use crate::{
    args::{AlbatrossArgs, TableFigureArgs},
    data,
};

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

pub fn albatross(args: &AlbatrossArgs) -> Result<()> {
    let contours = contours(args)?;
    draw!(Albatross::from_table(&table(&args.table)?)?.contours(contours), args.table)
}

fn contours(args: &AlbatrossArgs) -> Result<Contours> {
    let Some(text) = &args.contours else { return Ok(Contours::None) };
    let wrong =
        || Error::setting("--contours", format!("`{text}`"), "give a kind and its sizes: smd:0.1,0.25,0.5");
    let (kind, sizes) = text.split_once(':').ok_or_else(wrong)?;
    let sizes = sizes
        .split(',')
        .map(|size| size.trim().parse::<f64>().map_err(|_| wrong()))
        .collect::<Result<Vec<f64>>>()?;
    let share = args.share;
    let baseline = || {
        args.baseline_risk.ok_or_else(|| {
            Error::setting("--contours", format!("`{text}`"), "contours of ratios also need --baseline-risk")
        })
    };
    Ok(match kind.trim().to_ascii_lowercase().as_str() {
        "smd" => Contours::StandardizedMeanDifference { sizes, share },
        "cor" => Contours::Correlation { sizes },
        "or" => Contours::OddsRatio { sizes, baseline: baseline()?, share },
        "rr" => Contours::RiskRatio { sizes, baseline: baseline()?, share },
        other => return Err(Error::unknown("kind of contour", other, ["smd", "cor", "or", "rr"])),
    })
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
