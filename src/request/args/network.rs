//! Options of `network`.

use std::path::PathBuf;

use super::{InputArgs, NetworkEstimator, ReadyScale, ShownArgs};
use crate::{
    Error, Measure, Result,
    effect::AddTo,
    network::{
        CinemaRule, ContributionMethod, DataShape, LeagueOrder, LeftOutTau2, NetworkData, NetworkMeta,
        NetworkModel, SameTreatment, SlopeModel, SmallValues, SplitMethod,
    },
    pool::Inference,
    table::Table,
    tau2::Tau2,
};

/// The options of `network`.
#[derive(Debug, Clone, clap::Args)]

pub struct NetworkArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The way from rows to studies.
    #[command(flatten)]
    pub data: NetworkDataArgs,
    /// The model.
    #[command(flatten)]
    pub model: NetworkModelArgs,
    /// The parts beside the effects.
    #[command(flatten)]
    pub parts: Box<NetworkPartsArgs>,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// The way from the rows of a file to the studies of a network.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Effect sizes")]
pub struct NetworkDataArgs {
    /// The effect measure: OR, RR, RD, AS, IRR, IRD, MD, SMD, ROM, or GEN for ready-made effects.
    #[arg(long)]
    pub measure: Option<Measure>,
    /// The shape of the data: arms, wide, contrasts or baseline; without it, known by the columns.
    #[arg(long, value_name = "SHAPE")]
    pub shape: Option<DataShape>,
    /// The amount added to every cell of all arms of the studies that `--to` selects (OR, RR; IRR: to the counts).
    #[arg(long, default_value_t = 0.5, allow_negative_numbers = true)]
    pub add: f64,
    /// The studies to which it is added: only0, all or none.
    #[arg(long, default_value = "only0")]
    pub to: AddTo,
    /// The scale of ready-made effects: `log` for logarithms of ratios.
    #[arg(long)]
    pub scale: Option<ReadyScale>,
    /// Ready-made contrasts and their limits are ratios, to be analyzed as logs.
    #[arg(long)]
    pub ratio: bool,
    /// The rule for a treatment that stands twice in a study: error, merge (one arm) or keep (two arms, one effect).
    #[arg(long, value_name = "CHOICE", default_value = "error")]
    pub same_treatment: SameTreatment,
    /// By how much the pairs of a study may contradict each other, as a part of its largest standard error.
    #[arg(long, default_value_t = 0.001, allow_negative_numbers = true)]
    pub tolerance: f64,
    /// Complete missing pairs of multi-arm studies from those that share an arm.
    #[arg(long)]
    pub complete: bool,
    /// The correlation of two contrasts that share an arm, for `--complete`.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub correlation: Option<f64>,
    /// Analyze the subnetwork that holds this treatment.
    #[arg(long, value_name = "TREATMENT")]
    pub subnetwork: Option<String>,
}

/// The model of a network.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Model")]
pub struct NetworkModelArgs {
    /// The model: random or common (also called fixed).
    #[arg(long, default_value = "random")]
    pub model: NetworkModel,
    /// The estimator of tau²: REML, ML or DL (default REML).
    #[arg(long)]
    pub method: Option<Tau2>,
    /// Fix tau² at this value.
    #[arg(long, allow_negative_numbers = true)]
    pub tau2: Option<f64>,
    /// The inference: wald, t, hksj or hksj-adhoc.
    #[arg(long, default_value = "wald")]
    pub inference: Inference,
    /// The treatment that the others are compared with; the first level without it.
    #[arg(long, value_name = "TREATMENT")]
    pub reference: Option<String>,
    /// The meaning of a small value of the effect for the ranking: good or bad.
    #[arg(long, value_name = "good|bad", default_value = "good")]
    pub small_values: SmallValues,
    /// The estimator: inverse (variances); for OR also mh (Mantel-Haenszel), nch (non-central hypergeometric) and firth (penalized
    /// likelihood).
    #[arg(long, default_value = "inverse")]
    pub estimator: NetworkEstimator,
}

/// The parts of a network analysis beside its effects.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Parts of the analysis")]
pub struct NetworkPartsArgs {
    /// Every part that the data allow.
    #[arg(long)]
    pub all: bool,
    /// Direct and indirect evidence: side (back-calculation), sidde (without the designs that hold both treatments) or refit
    /// (side-splitting with tau² estimated anew for every comparison).
    #[arg(long, value_name = "side|sidde|refit", num_args = 0..=1, default_missing_value = "side")]
    pub split: Option<SplitMethod>,
    /// The decomposition of Q within and between designs, detached designs, the interaction, loops.
    #[arg(long)]
    pub decompose: bool,
    /// The net heat matrix.
    #[arg(long)]
    pub heat: bool,
    /// The ranking of the treatments.
    #[arg(long)]
    pub rank: bool,
    /// The largest number of lattice points for rank probabilities.
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// The seed of the lattice.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// The smallest difference that matters, on the scale of the analysis.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub mid: Option<f64>,
    /// A question about the hierarchy: `A first and A above B`; repeatable.
    #[arg(long, value_name = "QUESTION")]
    pub ask: Vec<String>,
    /// The league table.
    #[arg(long)]
    pub league: bool,
    /// The order of the league table: rank, level or given.
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<LeagueOrder>,
    /// The data of a second outcome, with the same columns and options: its estimates stand above the diagonal.
    #[arg(long, value_name = "DATA2.csv")]
    pub outcome2: Option<PathBuf>,
    /// The contributions of the direct comparisons and studies: randomwalk, shortest, l1 or l2.
    #[arg(long, value_name = "METHOD", num_args = 0..=1, default_missing_value = "randomwalk")]
    pub contribution: Option<ContributionMethod>,
    /// The impact of every study on every comparison.
    #[arg(long)]
    pub impact: bool,
    /// The effects without each study; tau² is estimated anew (refit) or kept (held).
    #[arg(long, value_name = "refit|held", num_args = 0..=1, default_missing_value = "refit")]
    pub leave_one_out: Option<LeftOutTau2>,
    /// Additive components: the separator within the names of treatments.
    #[arg(long, value_name = "SEPARATOR", allow_hyphen_values = true)]
    pub components: Option<String>,
    /// The inactive component.
    #[arg(long, value_name = "COMPONENT")]
    pub inactive: Option<String>,
    /// Interactions of components: `a*b,c*d`.
    #[arg(long, value_name = "A*B,...")]
    pub interactions: Option<String>,
    /// Combinations of components whose effects are wanted: `a+b,c`.
    #[arg(long, value_name = "A+B,...")]
    pub combine: Option<String>,
    /// The covariate of a network meta-regression, constant within a study.
    #[arg(long, value_name = "COLUMN")]
    pub mods: Option<String>,
    /// The action of the covariate: common, independent or exchangeable.
    #[arg(long, value_name = "KIND")]
    pub interaction: Option<SlopeModel>,
    /// The center of the covariate: mean, none or a value.
    #[arg(long, value_name = "mean|none|VALUE", allow_hyphen_values = true)]
    pub center: Option<String>,
    /// The value of the covariate at which effects are given: `x=10`.
    #[arg(long, value_name = "X=VALUE")]
    pub predict: Option<String>,
    /// By how far each contrast may move before another treatment is best.
    #[arg(long)]
    pub threshold: bool,
    /// The comparison-adjusted funnel, with the treatments in this order: `old,new,...`.
    #[arg(long, value_name = "T1,T2,...")]
    pub funnel: Option<String>,
    /// The inputs of CINeMA: contributions by level of bias, imprecision, heterogeneity, incoherence.
    #[arg(long)]
    pub cinema: bool,
    /// The smallest important effect for CINeMA, above 0, on the scale of the analysis (a log ratio for ratios).
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub important: Option<f64>,
    /// The values that intervals must not cross: equivalence (both limits of the range of equivalence) or opposite (no effect
    /// and the important effect against the direction of the estimate).
    #[arg(long, value_name = "RULE")]
    pub cinema_rule: Option<CinemaRule>,
    /// The column with the risk of bias of each study for CINeMA; its levels are low, some and high (or 1, 2, 3; L, U, H).
    #[arg(long, value_name = "COLUMN")]
    pub rob: Option<String>,
    /// The column with the indirectness of each study for CINeMA; its levels are those of the risk of bias.
    #[arg(long, value_name = "COLUMN")]
    pub indirectness: Option<String>,
    /// The connections of the treatments; no model is fitted.
    #[arg(long)]
    pub connect: bool,
    /// The data as pairs of arms; no model is fitted.
    #[arg(long)]
    pub pairs_only: bool,
    /// The shape that `--pairs-only` writes: arms, wide, contrasts or baseline.
    #[arg(long = "as", value_name = "SHAPE")]
    pub as_shape: Option<DataShape>,
    /// Absolute effects from the reference's: `TREATMENT=0.12` (a risk, rate or mean), or `TREATMENT=yi,se` on the scale of the
    /// analysis.
    #[arg(long, value_name = "T=VALUE|YI,SE")]
    pub absolute: Option<String>,
}

impl NetworkDataArgs {
    /// The options of reading.
    pub(crate) fn options(&self, table: &Table, input: &InputArgs) -> Result<NetworkData> {
        let measure = match self.measure {
            Some(measure) => measure,
            None if table.role("yi").is_some() || table.role("yi1").is_some() => Measure::Generic,
            None => {
                return Err(Error::setting(
                    "--measure",
                    "no measure is named, and the data have no ready-made effects `yi`",
                    "name one, such as --measure OR, or map the column of effects with --columns yi=NAME",
                ));
            }
        };
        let mut data = NetworkData::new(measure)
            .add(self.add)
            .to(self.to)
            .same_treatment(self.same_treatment)
            .tolerance(self.tolerance)
            .level(input.level()?);
        if let Some(shape) = self.shape {
            data = data.shape(shape);
        }
        match (self.complete, self.correlation) {
            (true, correlation) => data = data.complete(correlation),
            (false, Some(_)) => {
                return Err(Error::setting("--correlation", "it completes pairs", "add --complete"));
            }
            (false, None) => {}
        }
        let ready = table.role("yi").is_some() || table.role("yi1").is_some();
        match self.scale {
            None => {}
            Some(ReadyScale::Identity) => data = data.as_they_stand(),
            Some(ReadyScale::Log) if ready => data = data.on_log_scale(),
            Some(ReadyScale::Log) => {
                return Err(Error::setting("--scale", "it is for ready-made effects", "leave it out"));
            }
        }
        if self.ratio {
            if table.role("treatment1").is_none() || table.role("yi").is_none() {
                return Err(Error::setting("--ratio", "it is for ready-made contrasts", "leave it out"));
            }
            data = data.ratios();
        }
        Ok(data)
    }
}

impl NetworkModelArgs {
    /// The model.
    pub(crate) fn options(&self, input: &InputArgs) -> Result<NetworkMeta> {
        let (model, method) = (self.model, self.method);
        if model == NetworkModel::Common && self.tau2.is_some() {
            return Err(Error::setting("--tau2", "a common-effect model has no tau²", "leave it out"));
        }
        if self.tau2.is_some() && method.is_some() {
            return Err(Error::setting("--method", "tau² is fixed by --tau2", "leave one of the two out"));
        }
        let mut meta = match model {
            NetworkModel::Common => NetworkMeta::common(),
            NetworkModel::Random => NetworkMeta::random(method.unwrap_or_default()),
        };
        if let Some(tau2) = self.tau2 {
            meta = meta.tau2(tau2);
        }
        if let Some(reference) = &self.reference {
            meta = meta.reference(reference.trim());
        }
        Ok(meta.inference(self.inference).level(input.level()?))
    }
}
