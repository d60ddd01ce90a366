//! The command line: commands and options.

mod choices;
mod convert;
mod economics;
mod explain;
mod glmm;
mod measures;
mod network;
mod network_plot;
mod plot;
mod programme;
mod regress;
mod report;
mod value;

use std::path::PathBuf;

use choices::between_studies;

use crate::{
    Error, Level, Measure, Result,
    bias::{
        Alternative, Analysis, Event, ExcessTest, ImputedVariance, MissingEstimator, Predictor,
        RegressionModel, Selection, SelectionInterval, Side,
    },
    codes::codes,
    effect::{AddTo, BiasCorrection, DataKind, DoubleZero, EffectOptions, Scale, VarianceType, ZeroCells},
    influence::Spending,
    multilevel::{CoefficientInference, Estimation, Structure},
    pool::{Inference, Prediction, SubgroupTau2},
    regression::{Adjustment, MarginalWeights},
    robust::RobustType,
    table::Choice,
    tau2::{Tau2, Tau2IntervalMethod},
    text::Notation,
};

pub use choices::{
    ChangeOutcome, ChangeSamples, ChangeSd, CrossOverEffect, CurveResult, Drop00, EffectDirection,
    InferenceChoice, NetworkEstimator, QCenter, ReadingModel, ReadyScale, RelativeMeasure,
};
pub use convert::{
    AbsoluteArgs, AggregateArgs, BeforeAfterArgs, CellsChoice, ConvertArgs, ConvertCommand, CrossOverArgs,
    ImportArgs, ImportSource, KaplanMeierArgs, MeansSdsArgs, MetricArgs, PairwiseArgs, PlainArgs,
    PrePostArgs, SeArgs, TwoByTwoArgs,
};
pub use economics::{
    DrawsArgs, EconomicsCommand, EvppiArgs, FrontierArgs, IcerArgs, MoneyArgs, PoolInbArgs, PsaArgs,
    TrialArgs, as_setting,
};
pub use explain::ExplainArgs;
pub use glmm::GlmmArgs;
pub use measures::{MeasuresArgs, RolesArgs};
pub use network::{NetworkArgs, NetworkDataArgs, NetworkModelArgs, NetworkPartsArgs};
pub use network_plot::{NetworkFigureArgs, NetworkForestArgs, NetworkGraphArgs};
pub use programme::{BudgetArgs, CohortArgs, CohortFilesArgs, ConvertMoneyArgs, SroiArgs};
pub use value::{CheersArgs, EvsiArgs, Timing};

pub use plot::{
    AlbatrossArgs, BiasFigureArgs, BubbleArgs, DependenceArgs, DominanceArgs, EvppiFigureArgs,
    EvsiFigureArgs, FigureArgs, ForestArgs, ForestStyleArgs, FrontierFigureArgs, FunnelArgs, GlmmFigure,
    GlmmFigureArgs, GoshArgs, InfluenceFigureArgs, LabbeArgs, MultilevelFigureArgs, PermutationArgs,
    PlaneArgs, PlotCommand, PooledArgs, PsaFigureArgs, RegressionFigureArgs, SensitivityArgs,
    TableFigureArgs, TornadoArgs, TraceArgs,
};

pub use report::{NetworkReportArgs, ReportArgs};

/// A request: one of the commands of the program with its options.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum Command {
    /// Raw study data to effect sizes: each row with its estimate, variance and interval.
    Effects(EffectsArgs),
    /// Fixed-effect and random-effects pooling, Mantel-Haenszel, Peto; subgroups.
    Pool(PoolArgs),
    /// Meta-regression with numeric and factor moderators.
    Regress(RegressArgs),
    /// Odds ratios, rate ratios, proportions and rates from the likelihood of the counts: rare events.
    Glmm(GlmmArgs),
    /// Multilevel and multivariate models.
    Multilevel(MultilevelArgs),
    /// Networks of treatments: effects, consistency, ranking, components, thresholds.
    Network(Box<NetworkArgs>),
    /// Small-study effects and publication bias: tests, adjusted effects, selection models.
    Bias(BiasArgs),
    /// Leave-one-out, cumulative fits, case diagnostics, Baujat's coordinates, fits to subsets.
    Influence(InfluenceArgs),
    /// Cost-effectiveness: frontiers, ratios, trials, probabilistic models, pooled net benefit.
    #[command(subcommand)]
    Economics(EconomicsCommand),
    /// From what papers report to what a model needs: medians, P values, change scores, clusters, arms, imports.
    #[command(subcommand)]
    Convert(Box<ConvertCommand>),
    /// Figures: to SVG, PNG or PDF by the name of the output file, as text without one.
    #[command(subcommand)]
    Plot(PlotCommand),
    /// The whole analysis in one file: HTML, Markdown, RTF or Word (.docx) by the name of the output file.
    Report(ReportArgs),
    /// The whole analysis of a network in one file: HTML, Markdown or RTF by the name of the output file.
    NetworkReport(Box<NetworkReportArgs>),
    /// Run a published review that ships with the program; without a name, list them.
    Reproduce(ReproduceArgs),
    /// The effect measures, with the columns that each is computed from.
    Measures(MeasuresArgs),
    /// The columns that a measure is computed from.
    Roles(RolesArgs),
    /// The words of the output: `explain I2`, `explain prediction interval`; without a term, all are listed.
    Explain(ExplainArgs),
}

/// A table: its source, its columns and what is chosen of it.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Data")]
pub struct TableArgs {
    /// A CSV file with a header, or a workbook (.xlsx, .ods, .xls; `book.xlsx#Sheet` names a sheet); `-` reads standard input.
    #[arg(value_name = "DATA.csv")]
    pub data: PathBuf,
    /// The sheet of a workbook, by its name or its number; the first with cells without it.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The columns of the roles: `ai=tpos,bi=tneg`. A column that bears a role's name needs no mapping.
    #[arg(long, value_name = "ROLE=NAME,...", value_delimiter = None)]
    pub columns: Option<String>,
    /// Only the rows that fulfil a condition: `outcome == anxiety & year >= 2000`; given again, all must hold.
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Vec<String>,
    /// Without the studies of these labels, separated by commas.
    #[arg(long, value_name = "LABEL,...", value_delimiter = None)]
    pub exclude: Vec<String>,
    /// A column from others: `scale = recode(instrument, HADS = anxiety)`, `n = coalesce(a, b)`, `se = (hi - lo) / 3.92`.
    #[arg(long, value_name = "NAME=VALUE", value_delimiter = None)]
    pub set: Vec<String>,
    /// Further texts that stand for missing values: `NR,n/a`.
    #[arg(long, value_name = "TEXT,...", value_delimiter = None, allow_hyphen_values = true)]
    pub na: Option<String>,
}

/// The data and their columns.
#[derive(Debug, Clone, clap::Args)]
pub struct InputArgs {
    /// The table.
    #[command(flatten)]
    pub table: TableArgs,
    /// One analysis for each level of this column: in one table, JSON, CSV and figure.
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// The confidence level in per cent.
    #[arg(long, default_value = "95", allow_negative_numbers = true)]
    pub level: f64,
}

impl InputArgs {
    pub(crate) fn level(&self) -> Result<Level> {
        Level::percent(self.level)
    }
}

impl TableArgs {
    /// The rows and columns that are chosen.
    pub(crate) fn choice(&self) -> Result<Choice> {
        let mut choice = Choice::new();
        if let Some(marks) = &self.na {
            choice = choice.missing(marks)?;
        }
        for assignment in &self.set {
            choice = choice.set(assignment)?;
        }
        for condition in &self.filter {
            choice = choice.filter(condition)?;
        }
        Ok(self.exclude.iter().fold(choice, |choice, label| choice.exclude(label)))
    }
}

/// The computation of effects from raw data.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Effect sizes")]
pub struct EffectArgs {
    /// The effect measure, by code (`RR`) or long name (`risk-ratio`); `GEN` if the data have `yi`.
    #[arg(long)]
    pub measure: Option<Measure>,
    /// The policy for zero cells of a program: metafor, meta, handbook, revman, treatment-arm, none; `--add`, `--to` and
    /// `--drop00` change it.
    #[arg(long, value_name = "PRESET")]
    pub zero_cells: Option<ZeroCells>,
    /// The amount added to every cell of the tables that `--to` selects.
    #[arg(long, allow_negative_numbers = true)]
    pub add: Option<f64>,
    /// The studies to which it is added: only0, all, if0all, none.
    #[arg(long)]
    pub to: Option<AddTo>,
    /// Leave studies without events, or without non-events, in both groups without an effect: yes or no.
    #[arg(long, value_name = "yes|no")]
    pub drop00: Option<Drop00>,
    /// The estimator of the sampling variance: LS, LS2, UB, HO, AV, ST, CS, H0, ... as far as the measure has it.
    #[arg(long, value_name = "CODE")]
    pub vtype: Option<VarianceType>,
    /// The correction of small-sample bias in standardized means and log ratios: exact, approximate, none.
    #[arg(long, value_name = "HOW")]
    pub bias_correction: Option<BiasCorrection>,
    /// The scale of ready-made effects: `log` for logarithms of ratios, `identity` for values that are read as they are.
    #[arg(long)]
    pub scale: Option<ReadyScale>,
    /// Ready-made effects and their intervals are ratios, to be analyzed as logs.
    #[arg(long)]
    pub ratio: bool,
}

impl EffectArgs {
    /// The policy for zero cells; `drop` is what happens to double-zero studies if nothing is said.
    pub(crate) fn zero_cells(&self, drop: DoubleZero) -> ZeroCells {
        let mut policy = self.zero_cells.unwrap_or_else(|| ZeroCells::default().drop00(drop));
        policy.add = self.add.or(policy.add);
        policy.to = self.to.unwrap_or(policy.to);
        match self.drop00 {
            None => policy,
            Some(Drop00::Yes) => policy.drop00(DoubleZero::Drop),
            Some(Drop00::No) => policy.drop00(DoubleZero::Keep),
        }
    }

    /// The computation of the effects of a measure from raw data. RevMan's preset brings its variance of standardized means.
    pub(crate) fn options(&self, measure: Measure, zero_cells: ZeroCells) -> EffectOptions {
        let mut options = EffectOptions::default().zero_cells(zero_cells);
        if self.revman() && measure == Measure::StandardizedMeanDifference {
            options = options.variance(VarianceType::RevMan).bias_correction(BiasCorrection::Approximate);
        }
        if let Some(variance) = self.vtype {
            options = options.variance(variance);
        }
        if let Some(correction) = self.bias_correction {
            options = options.bias_correction(correction);
        }
        options
    }

    /// True if the preset is RevMan's.
    pub(crate) fn revman(&self) -> bool {
        self.zero_cells == Some(ZeroCells::revman())
    }

    /// Refuses options that have no meaning for a measure and the kind of data it is computed from.
    pub(crate) fn check(&self, measure: Measure, kind: DataKind) -> Result<()> {
        let refuse = |option: &str, found: String| Err(Error::setting(option, found, "leave it out"));
        let ready = kind == DataKind::Generic;
        for (option, given) in [("--ratio", self.ratio), ("--scale", self.scale.is_some())] {
            if given && !ready {
                return refuse(
                    option,
                    format!("it is for ready-made effects, and {measure} is computed from raw data"),
                );
            }
        }
        if self.ratio && self.scale.is_some() {
            return refuse("--scale", "--ratio already says what the effects are".to_owned());
        }
        let scaled = measure == Measure::Generic || measure.scale() == Some(Scale::Ratio);
        if (self.ratio || self.is_log()) && !scaled {
            let option = if self.ratio { "--ratio" } else { "--scale" };
            return refuse(option, format!("{measure} is no ratio"));
        }
        let counts = kind.has_counts();
        let preset_of_means = self.revman() && measure == Measure::StandardizedMeanDifference && !ready;
        for (option, given) in [
            ("--zero-cells", self.zero_cells.is_some() && !preset_of_means),
            ("--add", self.add.is_some()),
            ("--to", self.to.is_some()),
            ("--drop00", self.drop00.is_some()),
        ] {
            if given && !counts {
                return refuse(
                    option,
                    format!("it is for counts, and the effects come from {}", kind.roles()),
                );
            }
        }
        if ready && self.vtype.is_some() {
            return refuse("--vtype", "ready-made effects bring their variance".to_owned());
        }
        if self.bias_correction.is_some() && (ready || !measure.has_bias_correction()) {
            let found = if ready {
                "ready-made effects are taken as they are".to_owned()
            } else {
                format!("{measure} has no correction of small-sample bias")
            };
            return refuse("--bias-correction", found);
        }
        Ok(())
    }

    /// True if ready-made effects are declared to be logarithms of ratios.
    pub(crate) fn is_log(&self) -> bool {
        self.scale == Some(ReadyScale::Log)
    }
}

/// The pooling model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Random effects.
    Random,
    /// Fixed effect.
    Fixed,
    /// Mantel-Haenszel.
    Mh,
    /// Peto.
    Peto,
}

codes!(Model, "model" {
    // the names of other programs for a fixed effect
    Random "random" [], Fixed "fixed" ["common", "equal"], Mh "mh" ["Mantel-Haenszel"], Peto "peto" [],
});

/// The model and its inference.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Model")]
pub struct ModelArgs {
    /// The model: random, fixed, mh (Mantel-Haenszel) or peto.
    #[arg(long, default_value = "random")]
    pub model: Model,
    /// The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2, SJIT.
    #[arg(long, default_value = "REML", value_parser = between_studies())]
    pub method: Tau2,
    /// The inference for the mean: wald, t, hksj, hksj-adhoc, kr, henmi-copas, profile.
    #[arg(long, default_value = "wald")]
    pub inference: InferenceChoice,
    /// The convention of the prediction interval: hts (t, k-2), t (k-1), normal, nnf (uncertainty of tau² included); without it that which matches the inference.
    #[arg(long)]
    pub prediction: Option<Prediction>,
    /// Fix tau² at this value.
    #[arg(long, allow_negative_numbers = true)]
    pub tau2: Option<f64>,
    /// The method of the interval for tau²: q-profile, profile-reml, profile-ml, jackson, biggerstaff-jackson, generalized-q,
    /// test-based.
    #[arg(long, value_name = "METHOD")]
    pub tau2_interval: Option<Tau2IntervalMethod>,
    /// The center of heterogeneity: iv (the inverse-variance mean) or mh (the Mantel-Haenszel estimate, as Review Manager
    /// does for counts); without it iv, and mh for `--zero-cells revman` with `--method DL`.
    #[arg(long, value_name = "iv|mh")]
    pub q_about: Option<QCenter>,
    /// Weights of the mean: `equal` or the name of a column.
    #[arg(long, value_name = "equal|COLUMN")]
    pub weights: Option<String>,
}

impl ModelArgs {
    /// The inference for a mean of independent effects.
    pub(crate) fn inference(&self) -> Result<Inference> {
        self.inference.of_independent()
    }
}

/// Cluster-robust inference.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Cluster-robust inference")]
pub struct RobustArgs {
    /// The column that names each effect's cluster, for robust inference.
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// Cluster-robust inference: CR0, CR1, CR1S, CR2 or CR3 (CR2 if only --cluster is given).
    #[arg(long, value_name = "TYPE")]
    pub robust: Option<RobustType>,
}

impl RobustArgs {
    /// The column of clusters and the kind of inference.
    pub(crate) fn choice(&self) -> Result<Option<(&str, RobustType)>> {
        match (&self.cluster, self.robust) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Error::setting(
                "--robust",
                "no clusters are named",
                "name the column of clusters with --cluster",
            )),
            (Some(cluster), kind) => Ok(Some((cluster, kind.unwrap_or_default()))),
        }
    }
}

/// The look of the numbers in tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::Args)]
pub struct ShownArgs {
    /// Write the logarithms of ratios in tables, in place of the ratios.
    #[arg(long, help_heading = "Output")]
    pub log: bool,
    /// The decimals of estimates, limits and statistics in tables and forest plots; P values and percentages keep theirs,
    /// JSON and CSV have all digits.
    #[arg(long, value_name = "N", value_parser = decimals(), help_heading = "Output")]
    pub digits: Option<usize>,
}

impl ShownArgs {
    /// The notation of effects that are logarithms of the ratio of this name, or of others (`None`).
    pub(crate) fn notation(self, ratio: Option<String>) -> Result<Notation> {
        if self.log && ratio.is_none() {
            return Err(Error::setting("--log", "the effects are no ratios", "leave it out"));
        }
        let notation = ratio.filter(|_| !self.log).map_or_else(Notation::new, Notation::ratios);
        Ok(notation.digits_if(self.digits))
    }
}

/// The options of `effects`.
#[derive(Debug, Clone, clap::Args)]
pub struct EffectsArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The computation of effects.
    #[command(flatten)]
    pub effect: EffectArgs,
}

/// The options of `pool`.
#[derive(Debug, Clone, clap::Args)]
pub struct PoolArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The computation of effects.
    #[command(flatten)]
    pub effect: EffectArgs,
    /// The model.
    #[command(flatten)]
    pub model: ModelArgs,
    /// Cluster-robust inference.
    #[command(flatten)]
    pub robust: RobustArgs,
    /// The column that names each study's subgroup.
    #[arg(long, value_name = "COLUMN")]
    pub subgroup: Option<String>,
    /// The tau² of subgroups: separate or common.
    #[arg(long, value_name = "separate|common", default_value = "separate")]
    pub subgroup_tau2: SubgroupTau2,
    /// Add every estimator by every inference.
    #[arg(long)]
    pub multiverse: bool,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// The options of `regress`.
#[derive(Debug, Clone, clap::Args)]
pub struct RegressArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The computation of effects.
    #[command(flatten)]
    pub effect: EffectArgs,
    /// The model.
    #[command(flatten)]
    pub model: ModelArgs,
    /// Cluster-robust inference.
    #[command(flatten)]
    pub robust: RobustArgs,
    /// The moderators: `ablat + factor(alloc) + year:ablat`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: String,
    /// Predict at all combinations of these values: `ablat=10,20;alloc=random`.
    #[arg(long, value_name = "VALUES")]
    pub predict: Option<String>,
    /// Add P values from this many permutations (all of them when there are at most so many).
    #[arg(long, value_name = "N", value_parser = count())]
    pub permute: Option<usize>,
    /// The seed of permutations, bootstraps and simulations.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Further readings of the fit.
    #[command(flatten)]
    pub further: Box<regress::RegressFurtherArgs>,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// The options of `multilevel`.
#[derive(Debug, Clone, clap::Args)]
pub struct MultilevelArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The computation of effects.
    #[command(flatten)]
    pub effect: EffectArgs,
    /// Random effects: `district/school` (nested intercepts), `outcome|trial` (a structure), `1+time|study` (random slopes,
    /// gen or gdiag), `lat+lon|region` (a spatial structure; `lat+lon` alone makes one map); repeatable.
    #[arg(long, value_name = "TERM")]
    pub random: Vec<String>,
    /// The structure of `inner|outer` terms: cs, hcs, un, id, diag, ar1, har1, car, spexp, spgau, splin, sprat, spsph, gen,
    /// gdiag; several, separated by commas, for several terms.
    #[arg(long, value_delimiter = ',')]
    pub structure: Vec<Structure>,
    /// The distances of spatial structures: euclidean, manhattan, maximum, great-circle (latitude and longitude
    /// in degrees, to kilometres); or the distances between sites, `clinic=hours.csv` (a matrix with the sites as its
    /// header) for `--random clinic|region`, or `clinic|1` for one map of all.
    #[arg(long, default_value = "euclidean", value_name = "METRIC|COLUMN=FILE")]
    pub distance: String,
    /// Known correlations of the levels of an intercept: `species=tree.nwk` (a tree) or `species=matrix.csv` (a matrix with
    /// the levels as its header); repeatable.
    #[arg(long, value_name = "FACTOR=FILE")]
    pub correlation: Vec<String>,
    /// Hold variances, then correlations, of a term: `district=0.05`, `outcome|trial=0.03,NA,0.5`; repeatable.
    #[arg(long, value_name = "TERM=VALUES", allow_hyphen_values = true)]
    pub fix: Vec<String>,
    /// Give two intercepts one variance: `district,district/school`; repeatable.
    #[arg(long, value_name = "TERM,TERM")]
    pub share: Vec<String>,
    /// Sampling covariances: `0.6:study` (one correlation), `0.7,0.4:study/outcome` (within and between kinds of outcome),
    /// `ar1(0.9):study/time` or `v1i,v2i:trial` (columns of a matrix).
    #[arg(long)]
    pub vcov: Option<String>,
    /// The moderators, as for `regress`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: Option<String>,
    /// Predict at all combinations of these values: `ablat=10,20;alloc=random`.
    #[arg(long, value_name = "VALUES")]
    pub predict: Option<String>,
    /// Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    #[arg(long, value_name = "TERMS")]
    pub test: Vec<String>,
    /// A contrast of coefficients: `[NAME =] allocrandom - allocsystematic`, or one value for each; repeatable.
    #[arg(long, value_name = "CONTRAST", allow_hyphen_values = true)]
    pub contrast: Vec<String>,
    /// The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm, hochberg,
    /// bonferroni, bh, single-step (multivariate t), none.
    #[arg(long, value_name = "METHOD")]
    pub adjust: Option<Adjustment>,
    /// Marginal means of this factor and their differences; repeatable.
    #[arg(long, alias = "means", value_name = "FACTOR")]
    pub marginal: Vec<String>,
    /// The weights of the levels of other factors in them: equal or proportional.
    #[arg(long, value_name = "WEIGHTS", default_value = "equal")]
    pub marginal_weights: MarginalWeights,
    /// The estimation: REML or ML.
    #[arg(long, default_value = "REML")]
    pub method: Estimation,
    /// The inference: wald, t, contain, satterthwaite or kr.
    #[arg(long, default_value = "wald")]
    pub inference: CoefficientInference,
    /// Leave out profile-likelihood intervals of variances and correlations, which take most of the time.
    #[arg(long)]
    pub no_intervals: bool,
    /// The predicted deviation of every group (BLUP).
    #[arg(long)]
    pub blup: bool,
    /// The weight and leverage of every effect.
    #[arg(long)]
    pub weights: bool,
    /// The fit without each level of a column, or without each effect (`effect`).
    #[arg(long, value_name = "COLUMN")]
    pub influence: Option<String>,
    /// Predict a new effect of a known group: `district=11`; repeatable.
    #[arg(long, value_name = "TERM=LEVEL")]
    pub within: Vec<String>,
    /// Small-study effects: the slope on sei, vi, ni, ninv, sqrtni or sqrtninv; without other moderators also PET-PEESE.
    #[arg(long, value_name = "PREDICTOR")]
    pub small_study: Option<Predictor>,
    /// The likelihood-ratio test against the model without a random effect.
    #[arg(long, value_name = "TERM")]
    pub without: Option<String>,
    /// The parametric bootstrap with so many replicates, of the fit and of `--without`.
    #[arg(long, value_name = "N", value_parser = count())]
    pub bootstrap: Option<usize>,
    /// The seed of the bootstrap.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Cluster-robust inference.
    #[command(flatten)]
    pub robust: RobustArgs,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// The options of the model that commands beside `pool` take.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Model")]
pub struct ReadingModelArgs {
    /// The model: random or fixed.
    #[arg(long, default_value = "random")]
    pub model: ReadingModel,
    /// The estimator of tau²: REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, DLIT, GENQ, GENQM, DL2, CA2, SJ2, SJIT.
    #[arg(long, default_value = "REML", value_parser = between_studies())]
    pub method: Tau2,
    /// The inference: wald, t, hksj, hksj-adhoc; without moderators also kr, henmi-copas, profile.
    #[arg(long, default_value = "wald")]
    pub inference: InferenceChoice,
}

impl ReadingModelArgs {
    /// The inference for a mean of independent effects.
    pub(crate) fn inference(&self) -> Result<Inference> {
        self.inference.of_independent()
    }
}

/// The options of `bias`.
#[derive(Debug, Clone, clap::Args)]
pub struct BiasArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The computation of effects.
    #[command(flatten)]
    pub effect: EffectArgs,
    /// The model.
    #[command(flatten)]
    pub model: ReadingModelArgs,
    /// Only these, separated by commas: egger, begg, regression, thompson-sharp, harbord, peters, macaskill, schwarzer,
    /// ruecker, deeks, pustejovsky-rodgers, skewness, lfk, trim-and-fill, failsafe-n, selection, excess-significance,
    /// henmi-copas, pet-peese, limit, p-curve, uwls, copas, p-uniform, z-curve, worst-case, reporting-bias,
    /// missing-outcomes, power. Without it, all that applies to the data.
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub test: Vec<Analysis>,
    /// The model of the regression test: lm or rma.
    #[arg(long, default_value = "rma")]
    pub regression: RegressionModel,
    /// Its predictor: sei, vi, ni, ninv, sqrtni, sqrtninv.
    #[arg(long, default_value = "sei")]
    pub predictor: Predictor,
    /// The estimator of trim and fill: L0, R0, Q0.
    #[arg(long, default_value = "L0")]
    pub estimator: MissingEstimator,
    /// The side that trim and fill fills: left or right; without it, as the funnel plot leans.
    #[arg(long)]
    pub side: Option<Side>,
    /// The target of Orwin's fail-safe number; without it, half the mean effect.
    #[arg(long, allow_negative_numbers = true)]
    pub target: Option<f64>,
    /// The model by which trim and fill trims: fixed or random; without it, that of the analysis.
    #[arg(long, value_name = "MODEL")]
    pub trim_model: Option<ReadingModel>,
    /// A selection model, repeatable: stepfun:0.025,0.5, 3psm, 4psm, beta, halfnorm, negexp, logistic, power, negexppow,
    /// trunc:0; `=0.9,NA` holds parameters, `@sei` (vi, ninv, sqrtninv) lets it depend on precision; or the fixed weights
    /// moderate-one-tailed, severe-one-tailed, moderate-two-tailed, severe-two-tailed of Vevea and Woods.
    #[arg(long, value_name = "NAME[:STEPS]")]
    pub selection: Vec<Selection>,
    /// The P values on which selection rests: greater, less, two-sided.
    #[arg(long, default_value = "greater")]
    pub alternative: Alternative,
    /// The intervals of selection models: wald, or profile as well.
    #[arg(long, default_value = "wald")]
    pub selection_ci: SelectionInterval,
    /// Moderators of the selection models: `blind + year`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: Option<String>,
    /// The column that names the cluster of each effect, within which effects depend on each other.
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// The test of excess significance: exact, chi2, binom.
    #[arg(long, default_value = "exact")]
    pub excess_test: ExcessTest,
    /// The direction of the effect for p-uniform and worst-case: greater or less; without it, that of the mean.
    #[arg(long)]
    pub direction: Option<EffectDirection>,
    /// The threshold to which worst-case brings the mean.
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true)]
    pub threshold: f64,
    /// The numbers of unreported studies for which reporting-bias bounds the bias.
    #[arg(long, value_name = "N,...", value_delimiter = ',', default_values_t = [1, 2, 3, 4, 5])]
    pub unreported: Vec<usize>,
    /// The variance of imputed outcomes: w1, w2, w3, w4. Missing outcomes are read from the roles `miss1i` and `miss2i`.
    #[arg(long, default_value = "w4")]
    pub imputed_variance: ImputedVariance,
    /// The event, bad or good, which says what best and worst case of missing outcomes mean.
    #[arg(long, default_value = "bad")]
    pub event: Event,
    /// Informative missingness odds ratios of intervention and comparator: `2,0.5`.
    #[arg(long, value_name = "E,C")]
    pub imor: Option<String>,
    /// Simulate the size and the power of the tests with this many replicates.
    #[arg(long, value_name = "N", value_parser = count())]
    pub power: Option<usize>,
    /// The probability that a study that is not significant is published, over that of a significant one, in the simulation.
    #[arg(long, default_value_t = 0.2)]
    pub relative_probability: f64,
    /// The resampled sets behind the intervals of z-curve.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = count())]
    pub bootstrap: usize,
    /// The seed of simulation and resampling.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// The options of `influence`.
#[derive(Debug, Clone, clap::Args)]
pub struct InfluenceArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The computation of effects.
    #[command(flatten)]
    pub effect: EffectArgs,
    /// The model.
    #[command(flatten)]
    pub model: ReadingModelArgs,
    /// Moderators: `ablat + factor(alloc)`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: Option<String>,
    /// The column by which studies enter the cumulative analysis; without it, the order of the rows.
    #[arg(long, value_name = "COLUMN")]
    pub order: Option<String>,
    /// The column that names each study's group: the results without each group too.
    #[arg(long, value_name = "COLUMN")]
    pub group: Option<String>,
    /// The number of single outcomes that carry the significance of the result (two-by-two tables).
    #[arg(long)]
    pub fragility: bool,
    /// Random effects with heavy tails and with outliers (t, mixture) beside the normal ones.
    #[arg(long)]
    pub outliers: bool,
    /// The replicates of a parametric bootstrap of their likelihood-ratio tests.
    #[arg(long, value_name = "N", requires = "outliers", value_parser = count())]
    pub outlier_bootstrap: Option<usize>,
    /// Trial sequential analysis for this anticipated effect, on the scale of the analysis (a log ratio for ratios).
    #[arg(long, value_name = "EFFECT", allow_negative_numbers = true)]
    pub sequential: Option<f64>,
    /// The two-sided error of the sequential analysis.
    #[arg(long, default_value_t = 0.05)]
    pub alpha: f64,
    /// Its power at the anticipated effect.
    #[arg(long, default_value_t = 0.8)]
    pub power: f64,
    /// The spending of its errors: obf, pocock, power:R, hsd:G.
    #[arg(long, default_value = "obf")]
    pub spending: Spending,
    /// Its diversity D², from 0 to below 1; without it, that of the studies.
    #[arg(long, value_name = "D2")]
    pub diversity: Option<f64>,
    /// Fit subsets of the studies: all if there are at most this many, else that many random ones.
    #[arg(long, value_name = "N", value_parser = count())]
    pub gosh: Option<usize>,
    /// The seed of random subsets.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// The options of `reproduce`.
#[derive(Debug, Clone, clap::Args)]
pub struct ReproduceArgs {
    /// The review; without it, the reviews are listed.
    pub review: Option<String>,
}

/// The most replicates, permutations or subsets of one request: at a microsecond each some ten seconds, at a millisecond
/// hours. More are taken for a slip of the keyboard.
const MOST: u64 = 10_000_000;

/// Reads a number of decimals; numbers have no more that mean something.
fn decimals() -> clap::builder::RangedU64ValueParser<usize> {
    clap::builder::RangedU64ValueParser::new().range(..=12)
}

/// Reads a count of replicates, within its bound.
fn count() -> clap::builder::RangedU64ValueParser<usize> {
    clap::builder::RangedU64ValueParser::new().range(..=MOST)
}
