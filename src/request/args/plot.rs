//! The kinds of figures and their options.

use std::path::PathBuf;

use crate::{
    multilevel::Structure,
    plot::{
        Theme,
        forest::{ForestOrder, ForestPreset, StatisticsStyle},
        funnel::FunnelRegion,
        review::RiskOfBiasTool,
    },
};

use super::{
    BiasArgs, CohortFilesArgs, EvppiArgs, EvsiArgs, FrontierArgs, GlmmArgs, InfluenceArgs, MoneyArgs,
    MultilevelArgs, NetworkArgs, NetworkFigureArgs, NetworkForestArgs, NetworkGraphArgs, PoolArgs, PsaArgs,
    RegressArgs, TableArgs,
};

/// The kinds of `plot`.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum PlotCommand {
    /// Every study with its interval and weight, and what they say together.
    Forest(Box<ForestArgs>),
    /// Studies against their standard errors: contours, power, filled-in studies, Egger's line.
    Funnel(Box<FunnelArgs>),
    /// Standardized effects against precision (Galbraith's plot).
    #[command(visible_alias = "galbraith")]
    Radial(Box<PooledArgs>),
    /// Effects against the normal quantiles of their ranks.
    Doi(Box<PooledArgs>),
    /// The risk or rate of one group against that of the other.
    Labbe(Box<LabbeArgs>),
    /// The P values of all hypothetical effects.
    Drapery(Box<PooledArgs>),
    /// Every effect as a circle beside the means of its group.
    Orchard(Box<PooledArgs>),
    /// The studies in the order of their effects.
    Caterpillar(Box<PooledArgs>),
    /// The profile of the likelihood in tau².
    Profile(Box<PooledArgs>),
    /// The results of every estimator by every inference (specification curve).
    #[command(visible_alias = "specification")]
    Multiverse(Box<PooledArgs>),
    /// The estimate and its interval over the range of an assumption.
    Sensitivity(Box<SensitivityArgs>),
    /// Each study's share in heterogeneity against its influence on the result.
    Baujat(Box<InfluenceFigureArgs>),
    /// The pooled effects and I² of subsets of the studies, colored by a study.
    Gosh(Box<GoshArgs>),
    /// The case diagnostics of every study side by side.
    Influence(Box<InfluenceFigureArgs>),
    /// Standardized residuals against normal quantiles, with their envelope.
    Qq(Box<InfluenceFigureArgs>),
    /// The forest plot of the fits without each study.
    LeaveOneOut(Box<InfluenceFigureArgs>),
    /// The forest plot of the fits to the first study, the first two, and so on (in the order of `--order`).
    Cumulative(Box<InfluenceFigureArgs>),
    /// Effects against a moderator, with the fitted line and its bands.
    Bubble(Box<BubbleArgs>),
    /// The forest plot of a meta-regression: studies with what the model predicts for them.
    Regression(Box<RegressionFigureArgs>),
    /// The observed statistic among those of all arrangements.
    Permutation(Box<PermutationArgs>),
    /// Models of counts: the forest plot with exact intervals, every method, or the profile likelihood.
    Glmm(Box<GlmmFigureArgs>),
    /// The forest plot of a multilevel model: the effects of each study below its name.
    Multilevel(Box<MultilevelFigureArgs>),
    /// The fitted selection functions.
    Selection(Box<BiasFigureArgs>),
    /// The distribution of the significant P values.
    PCurve(Box<BiasFigureArgs>),
    /// The treatments of a network and how studies compare them.
    Network(Box<NetworkGraphArgs>),
    /// The league table in color: network below, direct above the diagonal, always row versus column.
    League(Box<NetworkFigureArgs>),
    /// The probabilities of all ranks of each treatment.
    Rankogram(Box<NetworkFigureArgs>),
    /// The P-scores of the treatments over outcomes (`--outcome2`).
    RankHeat(Box<NetworkFigureArgs>),
    /// The net heat plot: the designs from which inconsistency comes.
    NetHeat(Box<NetworkFigureArgs>),
    /// The forest plot of all treatments against the reference.
    ForestNetwork(Box<NetworkForestArgs>),
    /// The forest plot of direct, indirect and network estimates.
    Split(Box<NetworkForestArgs>),
    /// The comparison-adjusted funnel plot (`--funnel "new,old,..."`).
    FunnelNetwork(Box<NetworkFigureArgs>),
    /// The partial order of the treatments over outcomes (`--outcome2`).
    Hasse(Box<NetworkFigureArgs>),
    /// The contribution of each direct comparison to each network estimate.
    Contribution(Box<NetworkFigureArgs>),
    /// By how far each contrast may move before another treatment is best.
    Threshold(Box<NetworkFigureArgs>),
    /// Vote counts by outcome and direction, a bar for each study.
    Harvest(Box<TableFigureArgs>),
    /// The direction of effect by study and outcome.
    EffectDirection(Box<TableFigureArgs>),
    /// P values against sample sizes, with contours of effect (columns p_value, n, direction).
    Albatross(Box<AlbatrossArgs>),
    /// The risk of bias of each study in each domain.
    TrafficLight(Box<TableFigureArgs>),
    /// The shares of each judgement of the risk of bias.
    RiskOfBias(Box<TableFigureArgs>),
    /// The PRISMA 2020 flow diagram of a table of counts (columns `data`, `n`).
    Prisma(Box<TableFigureArgs>),
    /// The GRADE summary of findings.
    Findings(Box<TableFigureArgs>),
    /// The cost-effectiveness plane: of draws, with their ellipse and thresholds (`economics psa`).
    CePlane(Box<PlaneArgs>),
    /// The cost-effectiveness frontier (`economics frontier`).
    Frontier(Box<FrontierFigureArgs>),
    /// The probability of each option of being cost-effective (`economics psa`); as text without a file.
    Ceac(Box<PsaFigureArgs>),
    /// The same of the option that is optimal at each threshold.
    Ceaf(Box<PsaFigureArgs>),
    /// The expected loss of deciding for each option.
    ExpectedLoss(Box<PsaFigureArgs>),
    /// The expected value of perfect information.
    Evpi(Box<PsaFigureArgs>),
    /// The expected value of partial perfect information (`economics evppi`).
    Evppi(Box<EvppiFigureArgs>),
    /// The value of a trial per person by its size (`economics evsi`); as text without a file.
    Evsi(Box<EvsiFigureArgs>),
    /// The value of a trial to all whom the decision serves, less its cost (`economics evsi --incidence ...`).
    Enbs(Box<EvsiFigureArgs>),
    /// A one-way sensitivity analysis, the widest bar first (columns parameter, low, high, outcome_low, outcome_high, or
    /// parameter, value, outcome).
    Tornado(Box<TornadoArgs>),
    /// Studies by the direction of their differences (columns study, cost_difference, effect_difference).
    Dominance(Box<DominanceArgs>),
    /// The states of a cohort over time (`economics cohort`); as text without a file.
    Trace(Box<TraceArgs>),
}

/// The look of a figure.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Figure")]
pub struct FigureArgs {
    /// A heading above the figure.
    #[arg(long, help_heading = "Figure")]
    pub title: Option<String>,
    /// The width in millimeters: 170 for a page, 85 for a column.
    #[arg(long, value_name = "MM", help_heading = "Figure")]
    pub width: Option<f64>,
    /// The height in millimeters; a forest plot is as high as its rows.
    #[arg(long, value_name = "MM", help_heading = "Figure")]
    pub height: Option<f64>,
    /// The unit of effect, on the axes that show effects: QALYs, mmHg.
    #[arg(long, value_name = "NAME", help_heading = "Figure")]
    pub unit: Option<String>,
    /// Colors: color or gray.
    #[arg(long, default_value = "color", help_heading = "Figure")]
    pub theme: Theme,
    /// The resolution of a PNG in dots per inch.
    #[arg(long, default_value_t = 300.0, help_heading = "Figure")]
    pub dpi: f64,
    /// A font (TrueType or OpenType) of a PNG or PDF for characters that the bundled one lacks; repeatable.
    #[arg(long, value_name = "FILE", help_heading = "Figure")]
    pub font: Vec<PathBuf>,
}

/// The look of a forest plot.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Forest plot")]
pub struct ForestStyleArgs {
    /// A layout that readers know: revman5, jama or bmj.
    #[arg(long, value_name = "LAYOUT", help_heading = "Figure")]
    pub layout: Option<ForestPreset>,
    /// The words left and right of no effect: `Favours vaccine,Favours control`.
    #[arg(long, value_name = "LEFT,RIGHT", help_heading = "Figure")]
    pub favours: Option<String>,
    /// The ends of the axis, on the original scale: `0.1:10`.
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true, help_heading = "Figure")]
    pub limits: Option<String>,
    /// The name of the effect below the axis and above its column: `Relative risk of tuberculosis`.
    #[arg(long, value_name = "TEXT", help_heading = "Figure")]
    pub xlab: Option<String>,
    /// The order of the blocks of subgroups, from the top: `high,moderate,low`; levels that are not named follow.
    #[arg(long, value_name = "LEVEL,...", help_heading = "Figure")]
    pub levels: Option<String>,
    /// The number of studies behind every pooled estimate: `Random effects (REML), k = 13`.
    #[arg(long, help_heading = "Figure")]
    pub counts: bool,
    /// The words of heterogeneity and tests: short, intervals (with that of I²), or revman (the default of that layout) with
    /// total events.
    #[arg(long, value_name = "STYLE", help_heading = "Figure")]
    pub statistics: Option<StatisticsStyle>,
    /// Divides a long plot into pages of this height in millimeters: a PDF of several pages, or files with their numbers.
    #[arg(long, value_name = "MM", num_args = 0..=1, require_equals = true, help_heading = "Figure")]
    pub pages: Option<Option<f64>>,
}

/// Effects that depend on each other: the mean of the figure is then that of a multilevel model.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Dependent effects")]
pub struct DependenceArgs {
    /// Random effects, as for `multilevel`: `study/effect`; repeatable.
    #[arg(long, value_name = "TERM", help_heading = "Dependent effects")]
    pub random: Vec<String>,
    /// The structure of `inner|outer` terms, as for `multilevel`.
    #[arg(long, value_delimiter = ',', help_heading = "Dependent effects")]
    pub structure: Vec<Structure>,
    /// Sampling covariances, as for `multilevel`: `0.6:study`.
    #[arg(long, help_heading = "Dependent effects")]
    pub vcov: Option<String>,
}

/// The options of `forest`.
#[derive(Debug, Clone, clap::Args)]
pub struct ForestArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The look of a forest plot.
    #[command(flatten)]
    pub style: ForestStyleArgs,
    /// The names of the two groups over their data: `Vaccine,Control`.
    #[arg(
        long,
        value_name = "INTERVENTION,COMPARATOR",
        default_value = "Intervention,Comparator",
        help_heading = "Figure"
    )]
    pub groups: String,
    /// The order of the studies: as-given, estimate or weight.
    #[arg(long, default_value = "as-given", help_heading = "Figure")]
    pub order: ForestOrder,
    /// A CSV file of the risk of bias (columns study, D1, D2, ..., overall), shown as lights beside the studies.
    #[arg(long, value_name = "FILE", help_heading = "Figure")]
    pub risk_of_bias: Option<PathBuf>,
    /// The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other.
    #[arg(long, default_value = "rob2", help_heading = "Figure")]
    pub tool: RiskOfBiasTool,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// A figure that reads a pooled fit and has no options of its own.
#[derive(Debug, Clone, clap::Args)]
pub struct PooledArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of `funnel`.
#[derive(Debug, Clone, clap::Args)]
pub struct FunnelArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The regions behind the points: pseudo (limits about the pooled effect), contours of significance, or power.
    #[arg(long, default_value = "pseudo", help_heading = "Figure")]
    pub region: FunnelRegion,
    /// Let the limits take in the heterogeneity.
    #[arg(long, help_heading = "Figure")]
    pub heterogeneity: bool,
    /// Add the studies that trim-and-fill fills in.
    #[arg(long, help_heading = "Figure")]
    pub trim_and_fill: bool,
    /// Add the line of Egger's test.
    #[arg(long, help_heading = "Figure")]
    pub egger: bool,
    /// The effect for which power is shown, on the scale of the analysis; the pooled effect without it.
    #[arg(long, value_name = "EFFECT", allow_negative_numbers = true, help_heading = "Figure")]
    pub power_effect: Option<f64>,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of `labbe`.
#[derive(Debug, Clone, clap::Args)]
pub struct LabbeArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The names of the two groups: `vaccine,control`.
    #[arg(
        long,
        value_name = "INTERVENTION,COMPARATOR",
        default_value = "intervention,comparator",
        help_heading = "Figure"
    )]
    pub groups: String,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of `sensitivity`.
#[derive(Debug, Clone, clap::Args)]
pub struct SensitivityArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The assumption: `tau2`, or a column (or role, such as `ri`) that gets the same value in every row.
    #[arg(long, value_name = "tau2|COLUMN", help_heading = "Figure")]
    pub assumption: String,
    /// The values: `0.3,0.5,0.7`, or a range with its step, `0:1:0.05`.
    #[arg(long, value_name = "VALUES", allow_hyphen_values = true, help_heading = "Figure")]
    pub values: String,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// A figure that reads an influence report and has no options of its own.
#[derive(Debug, Clone, clap::Args)]
pub struct InfluenceFigureArgs {
    /// The influence report.
    #[command(flatten)]
    pub influence: InfluenceArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The look of a forest plot.
    #[command(flatten)]
    pub style: ForestStyleArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of `gosh`.
#[derive(Debug, Clone, clap::Args)]
pub struct GoshArgs {
    /// The influence report.
    #[command(flatten)]
    pub influence: InfluenceArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The study whose subsets are colored; without it, the one that splits the cloud most.
    #[arg(long, value_name = "STUDY", help_heading = "Figure")]
    pub study: Option<String>,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of `bubble`.
#[derive(Debug, Clone, clap::Args)]
pub struct BubbleArgs {
    /// The meta-regression.
    #[command(flatten)]
    pub regress: RegressArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The moderator along the axis; without it, the first numeric one.
    #[arg(long, value_name = "COLUMN", help_heading = "Figure")]
    pub moderator: Option<String>,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the figure of `regression`.
#[derive(Debug, Clone, clap::Args)]
pub struct RegressionFigureArgs {
    /// The meta-regression.
    #[command(flatten)]
    pub regress: RegressArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The look of a forest plot.
    #[command(flatten)]
    pub style: ForestStyleArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of `permutation`.
#[derive(Debug, Clone, clap::Args)]
pub struct PermutationArgs {
    /// The meta-regression.
    #[command(flatten)]
    pub regress: RegressArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The coefficient; without it, the moderator test.
    #[arg(long, value_name = "TERM", help_heading = "Figure")]
    pub term: Option<String>,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the figure of `multilevel`.
#[derive(Debug, Clone, clap::Args)]
pub struct MultilevelFigureArgs {
    /// The multilevel model.
    #[command(flatten)]
    pub multilevel: MultilevelArgs,
    /// The column under whose values effects stand together; without it, the outermost factor of the first --random.
    #[arg(long, value_name = "COLUMN", help_heading = "Figure")]
    pub group: Option<String>,
    /// The column that names the effects within their group; without it, their labels.
    #[arg(long, value_name = "COLUMN", help_heading = "Figure")]
    pub rows: Option<String>,
    /// The look of a forest plot.
    #[command(flatten)]
    pub style: ForestStyleArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// A figure of a model of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]

pub enum GlmmFigure {
    /// The studies with their exact intervals, and the effect.
    Forest,
    /// Every method for the same counts.
    Methods,
    /// The profile likelihood of the effect.
    Likelihood,
}

impl GlmmFigure {
    pub(crate) fn code(self) -> &'static str {
        match self {
            GlmmFigure::Forest => "forest",
            GlmmFigure::Methods => "methods",
            GlmmFigure::Likelihood => "likelihood",
        }
    }
}

/// The options of the figures of `glmm`.
#[derive(Debug, Clone, clap::Args)]

pub struct GlmmFigureArgs {
    /// The model of the counts.
    #[command(flatten)]
    pub glmm: GlmmArgs,
    /// The figure.
    #[arg(long, value_enum, default_value = "forest", help_heading = "Figure")]
    pub kind: GlmmFigure,
    /// The look of a forest plot.
    #[command(flatten)]
    pub style: ForestStyleArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// A figure that reads a bias report.
#[derive(Debug, Clone, clap::Args)]
pub struct BiasFigureArgs {
    /// The bias report.
    #[command(flatten)]
    pub bias: BiasArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// A figure of a table about the studies rather than of their effects.
#[derive(Debug, Clone, clap::Args)]
pub struct TableFigureArgs {
    /// The table.
    #[command(flatten)]
    pub table: TableArgs,
    /// One figure for each level of this column.
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// The tool of the risk of bias: rob2, robins-i, robins-e, quadas-2, other.
    #[arg(long, default_value = "rob2", help_heading = "Figure")]
    pub tool: RiskOfBiasTool,
    /// The names of the two groups, for findings: `Vaccine,Control`.
    #[arg(
        long,
        value_name = "INTERVENTION,COMPARATOR",
        default_value = "Intervention,Comparator",
        help_heading = "Figure"
    )]
    pub groups: String,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// P values, numbers of people and directions of effect.
#[derive(Debug, Clone, clap::Args)]
pub struct AlbatrossArgs {
    /// The table.
    #[command(flatten)]
    pub table: TableFigureArgs,
    /// Contours of an effect: smd (standardized mean difference), cor, or or rr with the sizes: `smd:0.1,0.25,0.5`.
    #[arg(long, value_name = "KIND:SIZES", help_heading = "Figure")]
    pub contours: Option<String>,
    /// The risk with the comparator, for contours of odds and risk ratios.
    #[arg(long, value_name = "P", help_heading = "Figure")]
    pub baseline_risk: Option<f64>,
    /// The share of the people in the intervention group, for contours.
    #[arg(long, value_name = "P", default_value_t = 0.5, help_heading = "Figure")]
    pub share: f64,
}

/// The plane of two options of a probabilistic analysis.
#[derive(Debug, Clone, clap::Args)]
pub struct PlaneArgs {
    /// The probabilistic analysis.
    #[command(flatten)]
    pub psa: PsaArgs,
    /// The intervention; without it, the last option.
    #[arg(long, value_name = "OPTION", help_heading = "Figure")]
    pub intervention: Option<String>,
    /// The comparator; without it, the first option.
    #[arg(long, value_name = "OPTION", help_heading = "Figure")]
    pub comparator: Option<String>,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the figure of `frontier`.
#[derive(Debug, Clone, clap::Args)]
pub struct FrontierFigureArgs {
    /// The strategies.
    #[command(flatten)]
    pub frontier: FrontierArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the figure of `psa`.
#[derive(Debug, Clone, clap::Args)]
pub struct PsaFigureArgs {
    /// The probabilistic analysis.
    #[command(flatten)]
    pub psa: PsaArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the figure of `evppi`.
#[derive(Debug, Clone, clap::Args)]
pub struct EvppiFigureArgs {
    /// The value of partial perfect information.
    #[command(flatten)]
    pub evppi: EvppiArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// The options of the figure of `evsi`.
#[derive(Debug, Clone, clap::Args)]
pub struct EvsiFigureArgs {
    /// The value of a trial.
    #[command(flatten)]
    pub evsi: EvsiArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// Outcomes of a model that was run elsewhere.
#[derive(Debug, Clone, clap::Args)]
pub struct TornadoArgs {
    /// The table with a row for each parameter (columns parameter, low, high, outcome_low, outcome_high), or for each run of the
    /// model (parameter, value, outcome).
    #[command(flatten)]
    pub table: TableArgs,
    /// The outcome at the base values of all parameters.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub base: f64,
    /// The name of the outcome: `Incremental net benefit`.
    #[arg(long, value_name = "NAME", default_value = "Outcome", help_heading = "Figure")]
    pub outcome: String,
    /// The outcome at which the decision changes, or none.
    #[arg(
        long,
        value_name = "X|none",
        default_value = "0",
        allow_hyphen_values = true,
        help_heading = "Figure"
    )]
    pub threshold: String,
    /// Show only this many parameters, those with the widest bars.
    #[arg(long, value_name = "N", help_heading = "Figure")]
    pub most: Option<usize>,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// Studies whose costs and effects are too unlike to pool.
#[derive(Debug, Clone, clap::Args)]
pub struct DominanceArgs {
    /// The table.
    #[command(flatten)]
    pub table: TableArgs,
    /// The rule by which a difference counts as none: `exact` (only 0), `interval` (its confidence interval contains 0: columns
    /// cost_ci_lower, cost_ci_upper, effect_ci_lower, effect_ci_upper), or the smallest differences in cost and effect that
    /// matter: `50,0.001`.
    #[arg(long, value_name = "exact|interval|COST,EFFECT", help_heading = "Figure")]
    pub same: String,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

/// A cohort over its cycles.
#[derive(Debug, Clone, clap::Args)]
pub struct TraceArgs {
    /// The files of the model.
    #[command(flatten)]
    pub files: CohortFilesArgs,
    /// The length of a cycle in years, or in what --unit says, which here is the unit of time.
    #[arg(long, value_name = "X", default_value_t = 1.0, allow_negative_numbers = true)]
    pub cycle_years: f64,
    /// Size, colors and fonts.
    #[command(flatten)]
    pub figure: FigureArgs,
}

impl PlotCommand {
    /// For a figure of a network: the parts of the analysis that it shows, and the options of the analysis.
    pub(crate) fn network(&self) -> Option<(&'static [&'static str], &NetworkArgs)> {
        use PlotCommand as P;
        const RANKING: &[&str] = &["rank", "draws", "seed", "mid"];
        const RANKINGS: &[&str] = &["rank", "draws", "seed", "mid", "outcome2"];
        const LEAGUE: &[&str] = &["league", "sort", "outcome2", "rank", "draws", "seed", "mid"];
        Some(match self {
            P::Network(args) => (&[], &args.network),
            P::League(args) => (LEAGUE, &args.network),
            P::Rankogram(args) => (RANKING, &args.network),
            P::RankHeat(args) | P::Hasse(args) => (RANKINGS, &args.network),
            P::NetHeat(args) => (&["heat"], &args.network),
            P::FunnelNetwork(args) => (&["funnel"], &args.network),
            P::Contribution(args) => (&["contribution"], &args.network),
            P::Threshold(args) => (&["threshold"], &args.network),
            P::ForestNetwork(args) => (&[], &args.network),
            P::Split(args) => (&["split"], &args.network),
            _ => return None,
        })
    }

    /// True for the kinds of figures that have a text form, too.
    pub fn has_text(&self) -> bool {
        use PlotCommand as P;
        if let P::Glmm(args) = self {
            return args.kind != GlmmFigure::Likelihood;
        }
        matches!(
            self,
            P::Forest(_)
                | P::Funnel(_)
                | P::LeaveOneOut(_)
                | P::Cumulative(_)
                | P::Regression(_)
                | P::Multilevel(_)
                | P::ForestNetwork(_)
                | P::Split(_)
                | P::Ceac(_)
                | P::Ceaf(_)
                | P::ExpectedLoss(_)
                | P::Evpi(_)
                | P::Evsi(_)
                | P::Enbs(_)
                | P::Trace(_)
        )
    }
}
