//! The command line of `convert`.

use std::path::PathBuf;

use crate::{
    Measure,
    convert::{
        metrics::Latent, standard_error::ReportedScale, summary::Method, unit::aggregate::AggregateWeights,
    },
};

use super::{
    ChangeOutcome, ChangeSamples, ChangeSd, CrossOverEffect, CurveResult, InputArgs, ReadingModelArgs,
    RelativeMeasure,
};
use crate::request::convert::Metric;

/// The kinds of conversions. Each reads a CSV whose columns bear the names in its help, or are mapped with --columns.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum ConvertCommand {
    /// Means and SDs of one group or two from medians, quartiles, ranges, standard errors, intervals or a P value.
    ///
    /// One group: `ni` with `mi sdi`, `mi sei`, `mi ci_lower ci_upper`, or `mediani` and `q1i q3i`, `mini maxi` or both.
    /// Two groups: `n1i` with `m1i sd1i`, `m1i se1i`, `m1i ci_lower1i ci_upper1i`, or `median1i q1_1i q3_1i min1i max1i`, and
    /// the same of group 2; or both means with `p_value` or `statistic` (t) of their difference. Gives `mi sdi ni` or `m1i sd1i
    /// n1i m2i sd2i n2i`.
    MeansSds(MeansSdsArgs),
    /// Standard errors from intervals, P values ("<0.01" too) and test statistics.
    ///
    /// `yi` with the first of `vi`, `sei`, `ci_lower ci_upper` (`level` in per cent), `statistic` (z or t), `f`, `chi2` (one
    /// degree of freedom each), `p_value`; `df` for Student's t. Gives `yi vi sei` on the scale of the analysis.
    Se(SeArgs),
    /// Two-by-two tables from a measure of association and margins, or from one risk.
    ///
    /// `n1i n2i` with `risk_ratio risk2`, `odds_ratio risk2`, `percent1 percent2` or `sensitivity specificity` (n1i with, n2i without
    /// the disease); `ni n1i events` with `odds_ratio`, `phi`, or `chi2 direction`. Gives `ai bi ci di`.
    TwoByTwo(TwoByTwoArgs),
    /// From one effect measure to another, over as many steps as it takes.
    ///
    /// `yi` with `vi` or `sei`, and as they are needed `n1i n2i share event_share`; `ui n1i n2i` for u, `statistic n1i n2i` for t, `f
    /// direction n1i n2i` for f. Measures: or (log odds ratio), d, g, r, z, phi, rpb, rbis, rtet, cles, u, t, f, ratio (a log ratio), ve. Gives
    /// `yi vi sei`.
    Metric(MetricArgs),
    /// Means and SDs of changes, with the correlation reported, solved from a reported SD of change, or assumed.
    ///
    /// `mi_pre sdi_pre mi sdi ni` or `m1i_pre sd1i_pre m1i sd1i n1i` and the same of group 2; `ri`, or `r1i r2i`; or `sdi_change`,
    /// `sd1i_change sd2i_change`. Gives `mi sdi ni` or `m1i sd1i n1i m2i sd2i n2i` of the change, and the correlation.
    Change(PlainArgs),
    /// Standardized mean changes of two groups (pretest-posttest-control).
    ///
    /// `m1i_pre m1i sd1i_pre n1i`, the same of group 2, and `ri` (or an assumed correlation). Gives `yi vi sei`.
    PrePost(PrePostArgs),
    /// Controlled before-after studies: differences in differences, ratios of ratios.
    ///
    /// means: `m1i_pre sd1i_pre n1i_pre m1i sd1i n1i` and group 2; proportions: `x1i_pre n1i_pre x1i n1i` (or `percent1_pre`,
    /// `percent1` for counts) and group 2; rates: `x1i_pre t1i_pre x1i t1i` and group 2, with a factor of `dispersion` (a column, or assumed;
    /// 1 for Poisson counts); effects: `yi_pre vi_pre yi vi`. Effects and the same people need a correlation (`ri`, or assumed).
    /// Gives `yi vi sei`.
    BeforeAfter(BeforeAfterArgs),
    /// Cluster-randomized trials analyzed as if people had been randomized: effective samples, inflated variances.
    ///
    /// `design_effect`, or `cluster_size` (or `clusters`, their number) with `icc` (a column, or assumed) and `cv`; and the data:
    /// `ai n1i ci n2i`, `ai bi ci di`, `m1i ... n2i`, `x1i t1i x2i t2i`, `mi sdi ni`, `xi ni` or `yi vi`. Gives the same columns.
    Cluster(PlainArgs),
    /// Cross-over trials: paired mean differences, standardized differences and proportions.
    ///
    /// `m1i sd1i m2i sd2i ni` with `sd_diff`, `statistic` (paired t) or `p_value`, or a correlation `ri`; or `x1i x2i ni` with `ri`.
    /// Gives `yi vi sei`.
    CrossOver(CrossOverArgs),
    /// Groups of a study combined into one (long form: a row for each group).
    ///
    /// `study group` (which rows of a study belong together) with `mi sdi ni`, `xi ni` or `xi ti`. Gives a row for each `study group`.
    CombineArms(PlainArgs),
    /// A comparator that several comparisons of a study share, divided among them.
    ///
    /// `study` with `ai n1i ci n2i`, `m1i ... n2i` or `x1i t1i x2i t2i`; `comparisons`, else the rows of a study are counted.
    SplitControl(PlainArgs),
    /// One effect of several outcomes or time points of a study.
    ///
    /// `study yi` with `vi` or `sei`; the correlation of the effects is assumed. Gives a row for each study.
    Aggregate(AggregateArgs),
    /// Sampling covariances of dependent effects: columns v1i, v2i, ... for `multilevel --vcov`.
    ///
    /// `study yi` with `vi` or `sei`; as they apply `kind observation time time2 subgroup` and `group1 group2 w1 w2`. Assumptions:
    /// within (observations of a kind), between (kinds), autocorrelation (one unit of time apart).
    Vcov(PlainArgs),
    /// Effects of several interventions against one comparator, with their sampling covariances.
    ///
    /// `study` with `ai n1i ci n2i`, `m1i ... n2i` or `x1i t1i x2i t2i`, a row for each intervention; group 2, the comparator, is the same in all
    /// rows of a study. Gives `yi vi sei` of --measure (RD RR OR AS MD SMD ROM VR IRD IRR IRSD) and v1i, v2i, ... for `multilevel --vcov`.
    SharedComparator(PlainArgs),
    /// Effects on several outcomes of the same two groups, with their sampling covariances.
    ///
    /// `study` with the data of both groups as for shared-comparator, a row for each outcome; the correlation of the outcomes within a group
    /// is assumed (or a column `ri`, the same in all rows of a study). Gives the same columns.
    Endpoints(PlainArgs),
    /// Log hazard ratios from log-rank results.
    ///
    /// `o_e v`; `o1 e1 o2 e2`; or `p_value favours` (1 or 2: the group with fewer events than expected) with `events1 events2` or `events n1i
    /// n2i`. Gives `yi vi sei`.
    Survival(PlainArgs),
    /// Log hazard ratios from survival curves read at a few times (long form: a row for each study, arm and time).
    ///
    /// `study arm time survival` with `at_risk`, or with `ni shortest longest` (uniform censoring). The arm that stands first is the
    /// intervention. Gives `yi vi sei`, a row for each study.
    Curves(PlainArgs),
    /// Individual data from digitized Kaplan-Meier curves, and their hazard ratio or restricted means.
    ///
    /// `study arm time survival`; the numbers at risk in a second file `study arm time at_risk`, and the total `events` there
    /// (or in the first) if reported.
    KaplanMeier(KaplanMeierArgs),
    /// The meaning of a relative effect at a baseline risk: risks, events per 1000, number needed to treat.
    ///
    /// `estimate ci_lower ci_upper` (ratios as ratios), and `baseline_risk` (a column, or assumed).
    Absolute(AbsoluteArgs),
    /// The data of other programs: Review Manager 5, Cochrane data packages, RevMan, Comprehensive Meta-Analysis.
    Import(ImportArgs),
    /// From arms to comparisons (long to wide): a row for each pair of arms of a study.
    ///
    /// `study treatment` with `xi ni`, `mi sdi ni` or `xi ti`. Gives `treatment1 treatment2` and the data of both.
    Pairwise(PairwiseArgs),
    /// From comparisons to arms (wide to long).
    ///
    /// `study treatment1 treatment2` with `ai n1i ci n2i`, `m1i ... n2i` or `x1i t1i x2i t2i`.
    Long(PlainArgs),
}

/// The options of every kind.
#[derive(Debug, Clone, clap::Args)]
pub struct ConvertArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// A number that no paper reports: correlation=0.5, icc=0.02; a column of that name has precedence. Repeatable.
    #[arg(long, value_name = "NAME=VALUE")]
    pub assume: Vec<String>,
    /// Pool the converted data at each of these values of an assumption: correlation=0.3:0.8:0.1, or a list. Repeatable.
    #[arg(long, value_name = "NAME=FROM:TO:STEP")]
    pub sensitivity: Vec<String>,
    /// Draw what --sensitivity finds over its range into this file: figure.svg, figure.png or figure.pdf.
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
    /// The measure that --sensitivity pools, as for `pool`; not needed where the result is an effect.
    #[arg(long)]
    pub measure: Option<Measure>,
    /// The model.
    #[command(flatten)]
    pub model: ReadingModelArgs,
}

/// The options of `plain`.
#[derive(Debug, Clone, clap::Args)]
pub struct PlainArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
}

/// The options of `means-sds`.
#[derive(Debug, Clone, clap::Args)]
pub struct MeansSdsArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// For medians: optimal, wan, bland, hozo, blue, qe, bc, mln, log-normal.
    #[arg(long, default_value = "optimal")]
    pub summary: Method,
}

/// The options of `se`.
#[derive(Debug, Clone, clap::Args)]
pub struct SeArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The scale of `yi` and its interval: identity (the default), ratio (analyzed as logarithm), proportion (logit), correlation
    /// (Fisher's z).
    #[arg(long)]
    pub scale: Option<ReportedScale>,
    /// P values are one-sided, in the direction of the estimate.
    #[arg(long)]
    pub one_sided: bool,
}

/// Whole people or fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CellsChoice {
    /// Whole people.
    Rounded,
    /// Fractions of people.
    Exact,
}

/// The options of `two-by-two`.
#[derive(Debug, Clone, clap::Args)]
pub struct TwoByTwoArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The rounding of cells to whole people.
    #[arg(long, value_enum, default_value = "rounded")]
    pub cells: CellsChoice,
}

/// The options of `metric`.
#[derive(Debug, Clone, clap::Args)]
pub struct MetricArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The measure of the data.
    #[arg(long)]
    pub from: Metric,
    /// The measure that is wanted.
    #[arg(long)]
    pub to: Metric,
    /// `yi` of `or` or `ratio` are ratios, to be read as logarithms; `vi` and `sei` are those of the logarithms.
    #[arg(long)]
    pub ratio: bool,
    /// The distribution behind a dichotomized outcome: logistic (π/√3) or normal (1.65).
    #[arg(long, default_value = "logistic")]
    pub latent: Latent,
}

/// The options of `pre-post`.
#[derive(Debug, Clone, clap::Args)]
pub struct PrePostArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The SD behind it: pooled (Morris 2008) or separate (Becker 1988).
    #[arg(long, default_value = "pooled")]
    pub sd: ChangeSd,
}

/// The options of `before-after`.
#[derive(Debug, Clone, clap::Args)]
pub struct BeforeAfterArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The outcome: means, proportions, rates, effects.
    #[arg(long)]
    pub outcome: ChangeOutcome,
    /// The contrast: RD, RR or OR for proportions, IRR or IRD for rates.
    #[arg(long)]
    pub contrast: Option<String>,
    /// The people measured: independent (other people each time) or same (with a correlation).
    #[arg(long, default_value = "independent")]
    pub samples: ChangeSamples,
}

/// The options of `cross-over`.
#[derive(Debug, Clone, clap::Args)]
pub struct CrossOverArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The effect: md or smd for means; RD, RR or OR for proportions.
    #[arg(long, default_value = "md")]
    pub effect: CrossOverEffect,
}

/// The options of `aggregate`.
#[derive(Debug, Clone, clap::Args)]
pub struct AggregateArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The weights of the effects of a study: equal or optimal.
    #[arg(long, default_value = "equal")]
    pub weighting: AggregateWeights,
}

/// The options of `kaplan-meier`.
#[derive(Debug, Clone, clap::Args)]
pub struct KaplanMeierArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The numbers at risk: a CSV with `study arm time at_risk`, and `events` if the totals are reported.
    #[arg(long, value_name = "FILE")]
    pub at_risk: PathBuf,
    /// The result: hr (log hazard ratio), rmst (difference in restricted means, with --tau) or subjects (one row a person).
    #[arg(long, default_value = "hr")]
    pub result: CurveResult,
    /// The time to which survival is averaged.
    #[arg(long)]
    pub tau: Option<f64>,
}

/// The options of `absolute`.
#[derive(Debug, Clone, clap::Args)]
pub struct AbsoluteArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The relative effect: RR, OR, HR or RD.
    #[arg(long)]
    pub effect: RelativeMeasure,
    /// The event is good for people, as recovery.
    #[arg(long)]
    pub desirable: bool,
}

/// The program that a file is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ImportSource {
    /// Review Manager 5 (.rm5).
    Rm5,
    /// The analysis data that Review Manager 5 exports as CSV.
    Rm5Csv,
    /// A Cochrane data package: its file of data rows, or the folder of its analysis data.
    Cochrane,
    /// The table of an analysis in RevMan.
    RevmanWeb,
    /// Comprehensive Meta-Analysis, its spreadsheet as CSV.
    Cma,
}

/// The options of `import`.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportArgs {
    /// The file; for a Cochrane data package also its folder; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The sheet of a workbook, by its name or its number; the first with cells without it.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The program that it is from; without it, told from the file.
    #[arg(long, value_enum)]
    pub source: Option<ImportSource>,
    /// Of a data package, the file of overall estimates and settings.
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Of a data package, the file of subgroup estimates.
    #[arg(long, value_name = "FILE")]
    pub subgroups: Option<PathBuf>,
    /// Only this comparison, by its number or the beginning of its name.
    #[arg(long)]
    pub comparison: Option<String>,
    /// Only this outcome, by its number or the beginning of its name.
    #[arg(long)]
    pub outcome: Option<String>,
    /// Only the rows that fulfil a condition on the columns that are written: `subgroup == adults & year >= 2000`; given again, all
    /// must hold.
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Vec<String>,
    /// Without the studies of these labels, separated by commas.
    #[arg(long, value_name = "LABEL,...", value_delimiter = None)]
    pub exclude: Vec<String>,
    /// List the analyses of the file and their sizes.
    #[arg(long)]
    pub list: bool,
}

/// The options of `pairwise`.
#[derive(Debug, Clone, clap::Args)]
pub struct PairwiseArgs {
    /// The data, assumptions and their ranges.
    #[command(flatten)]
    pub convert: ConvertArgs,
    /// The treatment that is always the comparator.
    #[arg(long)]
    pub reference: Option<String>,
}
