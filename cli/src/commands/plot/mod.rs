//! `plot`: figures to SVG, PNG or PDF, or as text.

mod forest;
mod readings;
mod review;

use consilience::{
    Error, Result,
    plot::{SaveOptions, Scene},
};

pub use forest::pair;

use crate::args::{LookArgs, OutputArgs, PlotCommand};

pub fn run(command: &PlotCommand) -> Result<()> {
    match command {
        PlotCommand::Forest(args) => forest::forest(args),
        PlotCommand::Funnel(args) => readings::funnel(args),
        PlotCommand::Doi(args) => readings::pooled(args, readings::doi),
        PlotCommand::Radial(args) => readings::pooled(args, readings::radial),
        PlotCommand::Labbe(args) => readings::labbe(args),
        PlotCommand::Drapery(args) => readings::pooled(args, readings::drapery),
        PlotCommand::Caterpillar(args) => readings::pooled(args, readings::caterpillar),
        PlotCommand::Orchard(args) => readings::pooled(args, readings::orchard),
        PlotCommand::Qq(args) => readings::influence(args, readings::quantiles),
        PlotCommand::Profile(args) => readings::pooled(args, readings::profile),
        PlotCommand::Specification(args) => readings::specification(args),
        PlotCommand::Baujat(args) => readings::influence(args, readings::baujat),
        PlotCommand::Gosh(args) => readings::influence(args, readings::gosh),
        PlotCommand::Influence(args) => readings::influence(args, readings::diagnostics),
        PlotCommand::LeaveOneOut(args) => readings::influence(args, readings::leave_one_out),
        PlotCommand::Cumulative(args) => readings::influence(args, readings::cumulative),
        PlotCommand::PCurve(args) => readings::p_curve(args),
        PlotCommand::Selection(args) => readings::selection(args),
        PlotCommand::Bubble(args) => readings::bubble(args),
        PlotCommand::Permutation(args) => readings::permutation(args),
        PlotCommand::Harvest(args) => review::harvest(args),
        PlotCommand::EffectDirection(args) => review::effect_direction(args),
        PlotCommand::Albatross(args) => review::albatross(args),
        PlotCommand::TrafficLight(args) => review::traffic_light(args),
        PlotCommand::RiskOfBias(args) => review::risk_of_bias(args),
        PlotCommand::Prisma(args) => review::prisma(args),
        PlotCommand::Findings(args) => review::findings(args),
    }
}

/// Writes a finished figure to the file that the user names.
fn save(scene: &Scene, look: &LookArgs, output: &OutputArgs) -> Result<()> {
    scene.save_with(file(output)?, &SaveOptions::default().dpi(look.dpi))
}

/// The file of a figure that has no form as text.
fn file(output: &OutputArgs) -> Result<&std::path::Path> {
    output.output.as_deref().ok_or_else(|| {
        Error::setting(
            "--output",
            "no file is named, and this figure has no form as text",
            "name one: -o figure.svg, .png or .pdf",
        )
    })
}

/// The scene of a figure with axes, with the title and size that the user wants.
macro_rules! sized {
    ($figure:expr, $look:expr) => {{
        let mut figure = $figure;
        if let Some(title) = &$look.title {
            figure = figure.title(title);
        }
        let (width, height) = (figure.look.width_mm, figure.look.height_mm);
        figure.size_mm($look.width.unwrap_or(width), $look.height.unwrap_or(height)).scene()
    }};
}

/// The scene of a figure whose height follows from its content.
macro_rules! wide {
    ($figure:expr, $look:expr) => {{
        let mut figure = $figure;
        if let Some(title) = &$look.title {
            figure = figure.title(title);
        }
        if let Some(width) = $look.width {
            figure = figure.width_mm(width);
        }
        figure.scene()
    }};
}
use {sized, wide};
