//! The command line of `plot`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{BiasArgs, ForestArgs, InfluenceArgs, OutputArgs, PoolArgs, RegressArgs};

/// The kinds of figures. Each takes the options of the command whose fit it shows.
#[derive(Debug, Subcommand)]
pub enum PlotCommand {
    /// Every study with its interval and weight, and what they say together.
    Forest(Box<ForestArgs>),
    /// Estimates against standard errors, with regions of significance, studies filled in and Egger's line (`bias`).
    Funnel(Box<BiasFigureArgs>),
    /// The Doi plot: estimates against |z| of their ranks.
    Doi(Box<PooledFigureArgs>),
    /// The radial (Galbraith) plot: estimates over their standard errors against precision.
    Radial(Box<PooledFigureArgs>),
    /// L'Abbé's plot: the two groups of two-by-two tables against each other.
    Labbe(Box<PooledFigureArgs>),
    /// The P value of every hypothetical effect, of each study and pooled.
    Drapery(Box<PooledFigureArgs>),
    /// Estimates with intervals in order of size.
    Caterpillar(Box<PooledFigureArgs>),
    /// Estimates as a swarm, sized by precision, with mean, interval and prediction interval.
    Orchard(Box<PooledFigureArgs>),
    /// Standardized deleted residuals against normal quantiles, with an envelope (`influence`).
    Qq(Box<InfluenceFigureArgs>),
    /// The profile likelihood of tau².
    Profile(Box<PooledFigureArgs>),
    /// The result by every estimator and inference.
    Specification(Box<PooledFigureArgs>),
    /// The contribution of each study to heterogeneity and to the result (`influence`).
    Baujat(Box<InfluenceFigureArgs>),
    /// Fits to subsets of the studies, coloured by the presence of one of them (`influence --gosh N`).
    Gosh(Box<InfluenceFigureArgs>),
    /// The case diagnostics in one panel for each (`influence`).
    Influence(Box<InfluenceFigureArgs>),
    /// The result without each study (`influence`).
    LeaveOneOut(Box<InfluenceFigureArgs>),
    /// The result as studies are added (`influence`).
    Cumulative(Box<InfluenceFigureArgs>),
    /// The P curve of significant results (`bias`).
    PCurve(Box<BiasFigureArgs>),
    /// The fitted selection functions (`bias --selection NAME`).
    Selection(Box<BiasFigureArgs>),
    /// Effects against a moderator with confidence and prediction bands (`regress`).
    Bubble(Box<RegressionFigureArgs>),
    /// The distribution of a permutation test (`regress --permute N`).
    Permutation(Box<RegressionFigureArgs>),
    /// Vote counts by outcome and direction, a bar for each study.
    Harvest(Box<TableFigureArgs>),
    /// The direction of effect by study and outcome.
    EffectDirection(Box<TableFigureArgs>),
    /// P values against sample sizes, with contours of effect.
    Albatross(Box<TableFigureArgs>),
    /// The risk of bias of each study in each domain.
    TrafficLight(Box<TableFigureArgs>),
    /// The shares of each judgement of the risk of bias.
    RiskOfBias(Box<TableFigureArgs>),
    /// The PRISMA 2020 flow diagram of a table of counts (columns `data`, `n`).
    Prisma(Box<TableFigureArgs>),
    /// The GRADE summary of findings.
    Findings(Box<TableFigureArgs>),
}

/// How a figure looks.
#[derive(Debug, Args)]
pub struct LookArgs {
    /// A heading above the figure.
    #[arg(long)]
    pub title: Option<String>,
    /// The width in millimetres.
    #[arg(long, value_name = "MM")]
    pub width: Option<f64>,
    /// The height in millimetres; figures that are tables have the height of their content.
    #[arg(long, value_name = "MM")]
    pub height: Option<f64>,
    /// The resolution of a PNG in dots per inch.
    #[arg(long, default_value_t = 300.0)]
    pub dpi: f64,
}

#[derive(Debug, Args)]
pub struct PooledFigureArgs {
    #[command(flatten)]
    pub pool: PoolArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

#[derive(Debug, Args)]
pub struct InfluenceFigureArgs {
    #[command(flatten)]
    pub influence: InfluenceArgs,
    /// For gosh: the study whose presence is coloured; without it, that which tells the subsets apart.
    #[arg(long, value_name = "LABEL")]
    pub study: Option<String>,
    #[command(flatten)]
    pub look: LookArgs,
}

#[derive(Debug, Args)]
pub struct BiasFigureArgs {
    #[command(flatten)]
    pub bias: BiasArgs,
    /// For funnel: the regions behind the studies: pseudo, contours, power.
    #[arg(long, default_value = "contours")]
    pub region: String,
    /// For funnel: the pseudo confidence region takes in tau².
    #[arg(long)]
    pub heterogeneity: bool,
    #[command(flatten)]
    pub look: LookArgs,
}

#[derive(Debug, Args)]
pub struct RegressionFigureArgs {
    #[command(flatten)]
    pub regress: RegressArgs,
    /// The numeric moderator along the axis (bubble; by default the first), or the coefficient (permutation; by default the
    /// test of the moderators).
    #[arg(long, value_name = "NAME")]
    pub along: Option<String>,
    #[command(flatten)]
    pub look: LookArgs,
}

#[derive(Debug, Args)]
pub struct TableFigureArgs {
    /// A CSV file with a header; `-` reads standard input.
    #[arg(value_name = "DATA.csv")]
    pub data: PathBuf,
    /// Which column plays which role: `study=author`.
    #[arg(long, value_name = "ROLE=NAME,...")]
    pub columns: Option<String>,
    /// The tool of the risk of bias: rob2, robins-i, quadas-2.
    #[arg(long, default_value = "rob2")]
    pub tool: String,
    /// The names of the two groups, for findings: `Vaccine,Control`.
    #[arg(long, value_name = "INTERVENTION,COMPARATOR", default_value = "Intervention,Comparator")]
    pub groups: String,
    #[command(flatten)]
    pub look: LookArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}
