//! `plot`: figures to SVG, PNG or PDF; forest and funnel plots and curves of economics also as text.

mod bias;
mod economics;
mod influence;
mod multilevel;
mod pool;
mod regress;
mod review;

use consilience::plot::Figure as _;
use consilience::{
    Error, Result,
    economics::PsaResult,
    plot::{Forest, ImageFormat, Look, SaveOptions, Scene, forest::TextOptions},
};

pub use pool::pair;

use crate::{
    args::{FigureArgs, ForestStyleArgs, OutputArgs, PlotCommand},
    output,
};

pub fn run(command: &PlotCommand) -> Result<()> {
    match command {
        PlotCommand::Forest(args) => pool::forest(args),
        PlotCommand::Funnel(args) => pool::funnel(args),
        PlotCommand::Radial(args) => pool::radial(args),
        PlotCommand::Doi(args) => pool::doi(args),
        PlotCommand::Labbe(args) => pool::labbe(args),
        PlotCommand::Drapery(args) => pool::drapery(args),
        PlotCommand::Orchard(args) => pool::orchard(args),
        PlotCommand::Caterpillar(args) => pool::caterpillar(args),
        PlotCommand::Profile(args) => pool::profile(args),
        PlotCommand::Multiverse(args) => pool::multiverse(args),
        PlotCommand::Sensitivity(args) => pool::sensitivity(args),
        PlotCommand::Baujat(args) => influence::baujat(args),
        PlotCommand::Gosh(args) => influence::gosh(args),
        PlotCommand::Influence(args) => influence::panel(args),
        PlotCommand::Qq(args) => influence::quantiles(args),
        PlotCommand::LeaveOneOut(args) => influence::leave_one_out(args),
        PlotCommand::Cumulative(args) => influence::cumulative(args),
        PlotCommand::Bubble(args) => regress::bubble(args),
        PlotCommand::Regression(args) => regress::forest(args),
        PlotCommand::Permutation(args) => regress::permutation(args),
        PlotCommand::Multilevel(args) => multilevel::forest(args),
        PlotCommand::Selection(args) => bias::selection(args),
        PlotCommand::PCurve(args) => bias::p_curve(args),
        PlotCommand::Harvest(args) => review::harvest(args),
        PlotCommand::EffectDirection(args) => review::effect_direction(args),
        PlotCommand::Albatross(args) => review::albatross(args),
        PlotCommand::TrafficLight(args) => review::traffic_light(args),
        PlotCommand::RiskOfBias(args) => review::risk_of_bias(args),
        PlotCommand::Prisma(args) => review::prisma(args),
        PlotCommand::Findings(args) => review::findings(args),
        PlotCommand::CePlane(args) => economics::plane(args),
        PlotCommand::Frontier(args) => economics::frontier(args),
        PlotCommand::Ceac(args) => economics::curve(args, PsaResult::ceac),
        PlotCommand::Ceaf(args) => economics::curve(args, PsaResult::ceaf),
        PlotCommand::ExpectedLoss(args) => economics::curve(args, PsaResult::expected_loss),
        PlotCommand::Evpi(args) => economics::curve(args, PsaResult::evpi_plot),
        PlotCommand::Evppi(args) => economics::evppi(args),
        PlotCommand::Evsi(args) => economics::evsi(args),
        PlotCommand::Enbs(args) => economics::enbs(args),
        PlotCommand::Tornado(args) => economics::tornado(args),
        PlotCommand::Dominance(args) => economics::dominance(args),
        PlotCommand::Trace(args) => economics::trace(args),
    }
}

/// Refuses a figure without a file before anything is computed, and a file whose name says no format.
fn needs_file(output: &OutputArgs) -> Result<()> {
    match &output.output {
        Some(path) => ImageFormat::of(path).map(|_| ()),
        None => Err(Error::setting(
            "--output",
            "this kind of figure has no text form",
            "name a file: -o figure.svg, figure.png or figure.pdf",
        )),
    }
}

/// Heading, size and colors as the user wants them.
fn dress(look: &mut Look, args: &FigureArgs) -> Result<()> {
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
    look.theme = args.theme.parse()?;
    Ok(())
}

/// Writes the file, and says what the reader cannot see in it.
fn save(scene: &Scene, output: &OutputArgs, args: &FigureArgs) -> Result<()> {
    needs_file(output)?;
    let Some(path) = &output.output else { return Ok(()) };
    let mut options = SaveOptions::default().dpi(args.dpi);
    for font in &args.font {
        let file = std::fs::read(font).map_err(|e| Error::File {
            path: font.display().to_string(),
            found: format!("the font cannot be read ({e})"),
            remedy: "name a TrueType or OpenType file".to_owned(),
        })?;
        options = options.font(file);
    }
    scene.save_with(path, &options)?;
    if output.quiet {
        return Ok(());
    }
    for note in &scene.notes {
        output::note(note);
    }
    let missing = scene.missing_characters();
    if !missing.is_empty() && args.font.is_empty() && ImageFormat::of(path)? != ImageFormat::Svg {
        let some: String = missing.iter().take(12).collect();
        output::note(&format!("the bundled font lacks {some}; name one that has them with --font"));
    }
    Ok(())
}

/// Writes a forest plot: to a file, or as text.
fn forest(forest: Forest, output: &OutputArgs, style: &ForestStyleArgs, args: &FigureArgs) -> Result<()> {
    let mut forest = forest;
    forest.look.theme = args.theme.parse()?;
    if let Some(layout) = &style.layout {
        forest = forest.preset(layout.parse()?);
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
    if args.height.is_some() {
        return Err(Error::setting("--height", "a forest plot is as high as its rows", "leave it out"));
    }
    forest = forest.width_mm(args.width.unwrap_or(170.0));
    match &output.output {
        Some(_) => save(&forest.scene()?, output, args),
        None => output::write(output, &forest.to_text(&TextOptions::default())?),
    }
}
