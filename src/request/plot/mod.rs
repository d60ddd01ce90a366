//! `plot`: figures to SVG, PNG or PDF; forest and funnel plots and curves of economics also as text.

mod bias;
mod dependent;
mod economics;
mod glmm;
mod influence;
mod multilevel;
mod network;
mod pool;
mod regress;
mod review;

use std::io::Read;

use crate::{
    Error, Result,
    economics::PsaResult,
    plot::{self, Figure as _, Forest, SaveOptions, forest::TextOptions},
};

pub use pool::pair;

use crate::request::{
    Answer, AnswerFigure, Inputs,
    args::{FigureArgs, ForestStyleArgs, PlotCommand, ShownArgs},
};

const COMMAND: &str = "plot";
const NAME: &str = "figure";

pub fn run(command: &PlotCommand, inputs: &Inputs<'_>) -> Result<Answer> {
    match command {
        PlotCommand::Forest(args) => pool::forest(args, inputs),
        PlotCommand::Funnel(args) => pool::funnel(args, inputs),
        PlotCommand::Radial(args) => pool::radial(args, inputs),
        PlotCommand::Doi(args) => pool::doi(args, inputs),
        PlotCommand::Labbe(args) => pool::labbe(args, inputs),
        PlotCommand::Drapery(args) => pool::drapery(args, inputs),
        PlotCommand::Orchard(args) => pool::orchard(args, inputs),
        PlotCommand::Caterpillar(args) => pool::caterpillar(args, inputs),
        PlotCommand::Profile(args) => pool::profile(args, inputs),
        PlotCommand::Multiverse(args) => pool::multiverse(args, inputs),
        PlotCommand::Sensitivity(args) => pool::sensitivity(args, inputs),
        PlotCommand::Baujat(args) => influence::baujat(args, inputs),
        PlotCommand::Gosh(args) => influence::gosh(args, inputs),
        PlotCommand::Influence(args) => influence::panel(args, inputs),
        PlotCommand::Qq(args) => influence::quantiles(args, inputs),
        PlotCommand::LeaveOneOut(args) => influence::leave_one_out(args, inputs),
        PlotCommand::Cumulative(args) => influence::cumulative(args, inputs),
        PlotCommand::Bubble(args) => regress::bubble(args, inputs),
        PlotCommand::Regression(args) => regress::forest(args, inputs),
        PlotCommand::Permutation(args) => regress::permutation(args, inputs),
        PlotCommand::Glmm(args) => glmm::figure(args, inputs),
        PlotCommand::Multilevel(args) => multilevel::forest(args, inputs),
        PlotCommand::Selection(args) => bias::selection(args, inputs),
        PlotCommand::PCurve(args) => bias::p_curve(args, inputs),
        PlotCommand::Harvest(args) => review::harvest(args, inputs),
        PlotCommand::EffectDirection(args) => review::effect_direction(args, inputs),
        PlotCommand::Albatross(args) => review::albatross(args, inputs),
        PlotCommand::TrafficLight(args) => review::traffic_light(args, inputs),
        PlotCommand::RiskOfBias(args) => review::risk_of_bias(args, inputs),
        PlotCommand::Prisma(args) => review::prisma(args, inputs),
        PlotCommand::Findings(args) => review::findings(args, inputs),
        PlotCommand::CePlane(args) => economics::plane(args, inputs),
        PlotCommand::Frontier(args) => economics::frontier(args, inputs),
        PlotCommand::Ceac(args) => economics::curve(args, inputs, PsaResult::ceac),
        PlotCommand::Ceaf(args) => economics::curve(args, inputs, PsaResult::ceaf),
        PlotCommand::ExpectedLoss(args) => economics::curve(args, inputs, PsaResult::expected_loss),
        PlotCommand::Evpi(args) => economics::curve(args, inputs, PsaResult::evpi_plot),
        PlotCommand::Evppi(args) => economics::evppi(args, inputs),
        PlotCommand::Evsi(args) => economics::evsi(args, inputs),
        PlotCommand::Enbs(args) => economics::enbs(args, inputs),
        PlotCommand::Tornado(args) => economics::tornado(args, inputs),
        PlotCommand::Dominance(args) => economics::dominance(args, inputs),
        PlotCommand::Network(args) => network::graph(args, inputs),
        PlotCommand::League(args) => network::league(args, inputs),
        PlotCommand::Rankogram(args) => network::rankogram(args, inputs),
        PlotCommand::RankHeat(args) => network::rank_heat(args, inputs),
        PlotCommand::NetHeat(args) => network::net_heat(args, inputs),
        PlotCommand::ForestNetwork(args) => network::forest(args, inputs),
        PlotCommand::Split(args) => network::split(args, inputs),
        PlotCommand::FunnelNetwork(args) => network::funnel(args, inputs),
        PlotCommand::Hasse(args) => network::hasse(args, inputs),
        PlotCommand::Contribution(args) => network::contribution(args, inputs),
        PlotCommand::Threshold(args) => network::threshold(args, inputs),
        PlotCommand::Trace(args) => economics::trace(args, inputs),
    }
}

/// Heading, size and colors as the user wants them.
fn dress(figure: &mut dyn plot::Figure, args: &FigureArgs) -> Result<()> {
    if args.height.is_some() && figure.height_follows() {
        let found = "the height of this figure follows from what it holds";
        return Err(Error::setting("--height", found, "leave it out"));
    }
    let look = figure.look_mut();
    if let Some(title) = &args.title {
        look.title = Some(title.clone());
    }
    // A narrower figure keeps its proportions unless told otherwise, a wider one its height.
    if let Some(width) = args.width {
        if width < look.width_mm {
            look.height_mm = (look.height_mm * (0.5 + 0.5 * width / look.width_mm).max(0.5)).max(45.0);
        }
        look.width_mm = width;
    }
    if let Some(height) = args.height {
        look.height_mm = height;
    }
    look.theme = args.theme;
    with_unit(figure, args)
}

/// The unit of effect on the axes of a figure.
fn with_unit(figure: &mut dyn plot::Figure, args: &FigureArgs) -> Result<()> {
    let Some(unit) = args.unit.as_ref().filter(|unit| !unit.trim().is_empty()) else { return Ok(()) };
    figure.set_unit(unit).map_err(|error| match error {
        Error::Setting { found, remedy, .. } => Error::setting("--unit", found, remedy),
        other => other,
    })
}

/// An answer that is a figure and has no text.
fn drawn(inputs: &Inputs<'_>, figure: impl plot::Figure, args: &FigureArgs) -> Result<Answer> {
    let mut figure = figure;
    dress(&mut figure, args)?;
    let scene = figure.scene()?;
    let options = save_options(inputs, args)?;
    Ok(Answer::empty(COMMAND).figure(AnswerFigure::new(NAME, options, move || Ok(scene.clone()))))
}

/// The resolution and the fonts that the user wants.
fn save_options(inputs: &Inputs<'_>, args: &FigureArgs) -> Result<SaveOptions> {
    let mut options = SaveOptions::default().dpi(args.dpi);
    for font in &args.font {
        let mut file = Vec::new();
        inputs.open(font).and_then(|mut reader| reader.read_to_end(&mut file)).map_err(|e| Error::File {
            path: font.display().to_string(),
            found: format!("the font cannot be read ({e})"),
            remedy: "name a TrueType or OpenType file".to_owned(),
        })?;
        options = options.font(file);
    }
    Ok(options)
}

/// The height in millimeters of the pages of `--pages`, if no other is given: A4 with margins of 20 mm.
const PAGE: f64 = 257.0;

/// A forest plot as a figure and as text.
fn forest(
    inputs: &Inputs<'_>,
    forest: Forest,
    (style, shown): (&ForestStyleArgs, ShownArgs),
    args: &FigureArgs,
) -> Result<Answer> {
    let mut forest = styled(forest, style, args)?;
    forest.decimals = shown.digits.or(forest.decimals);
    let (whole, options) = (forest.clone(), save_options(inputs, args)?);
    let height = style.pages.map(|height| height.unwrap_or(PAGE));
    let figure = match height {
        None => AnswerFigure::new(NAME, options, move || whole.scene()),
        Some(height) => AnswerFigure::paged(NAME, options, move || whole.pages(height)),
    };
    let notes = forest.notes.clone();
    Ok(Answer::drawing(COMMAND, move || forest.to_text(&TextOptions::default())).figure(figure).notes(notes))
}

/// The forest plot as the user wants it.
fn styled(mut forest: Forest, style: &ForestStyleArgs, args: &FigureArgs) -> Result<Forest> {
    if args.height.is_some() {
        let remedy = "leave it out; --pages divides it into pages of a height";
        return Err(Error::setting("--height", "a forest plot is as high as its rows", remedy));
    }
    forest.look.theme = args.theme;
    if let Some(levels) = &style.levels {
        forest = forest.level_order(levels.split(','))?;
    }
    if style.counts {
        forest = forest.counted();
    }
    if let Some(label) = &style.xlab {
        forest.effect_label.clone_from(label);
    }
    with_unit(&mut forest, args)?;
    if let Some(statistics) = style.statistics {
        forest = forest.statistics(statistics);
    }
    if let Some(layout) = style.layout {
        forest = forest.preset(layout);
    }
    if let Some(title) = &args.title {
        forest = forest.title(title);
    }
    if let Some(favours) = &style.favours {
        let [left, right] = pair("--favours", favours)?;
        forest = forest.favours(left, right);
    }
    if let Some(limits) = &style.limits {
        let (low, high) = pool::range(limits)?;
        forest = forest.limits(low, high);
    }
    Ok(forest.width_mm(args.width.unwrap_or(170.0)))
}
