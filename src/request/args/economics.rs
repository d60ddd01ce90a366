//! The command line of `economics`.

use std::path::PathBuf;

use crate::{
    Error, Level, Result,
    economics::{Currency, EvppiMethod, InbSynthesis, PriceBase, RatioGuard, WillingnessToPay},
    pool::SubgroupTau2,
};

use super::{
    BudgetArgs, CheersArgs, CohortArgs, ConvertMoneyArgs, EvsiArgs, InputArgs, ModelArgs, RobustArgs,
    SroiArgs, count,
};

/// The kinds of `economics`.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum EconomicsCommand {
    /// Options on the cost-effectiveness frontier, and what dominates the others (columns strategy, cost, effect).
    Frontier(FrontierArgs),
    /// Ratio, Fieller set and net benefit of two differences with their standard errors.
    Icer(IcerArgs),
    /// Two arms of patients (columns arm, cost, effect).
    Trial(TrialArgs),
    /// Draws of a probabilistic model: acceptability, losses, value of perfect information.
    Psa(PsaArgs),
    /// The value of perfect information on some parameters of a probabilistic model.
    Evppi(EvppiArgs),
    /// Net benefits of studies (columns study, cost_difference, effect_difference and their uncertainty), pooled.
    PoolInb(PoolInbArgs),
    /// The value of one more trial, in closed form, and the size at which it is worth most.
    Evsi(EvsiArgs),
    /// A cohort over cycles (probabilities from and to each state): discounted costs and QALYs.
    Cohort(CohortArgs),
    /// The cost of a new mix of options to a payer over years (columns people, present_OPTION, new_OPTION).
    Budget(BudgetArgs),
    /// A social return on investment (columns outcome, quantity, proxy and all that reduces it).
    Sroi(SroiArgs),
    /// Amounts in one currency and price year (columns amount, currency, price_year), with the record of how.
    ConvertMoney(ConvertMoneyArgs),
    /// The items of CHEERS 2022, filled from results and by the authors.
    Cheers(CheersArgs),
}

/// The money of all costs and thresholds.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Money")]
pub struct MoneyArgs {
    /// The currency of the costs by its three-letter code; else that of a column `currency`, if there is one.
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub currency: Option<Currency>,
    /// The year in whose prices the costs are stated; else that of a column `price_year`, if there is one.
    #[arg(long, value_name = "YEAR")]
    pub price_year: Option<i32>,
}

impl MoneyArgs {
    /// The price base where no table can add to it.
    pub(crate) fn base(&self) -> Result<Option<PriceBase>> {
        match (self.currency, self.price_year) {
            (None, None) => Ok(None),
            (Some(currency), Some(year)) => PriceBase::new(currency, year).map(Some).map_err(as_setting),
            (Some(currency), None) => {
                Err(Error::setting("--currency", format!("{currency} of no year"), "add --price-year"))
            }
            (None, Some(year)) => {
                Err(Error::setting("--price-year", format!("{year} of no currency"), "add --currency"))
            }
        }
    }
}

/// Reads the currency of an option.
pub(super) fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(as_setting)
}

/// An error in a value that came by an option, not from data: named as the option.
pub fn as_setting(error: Error) -> Error {
    match error {
        Error::Data { place, found, remedy } => {
            let name = place.column.map_or("value".to_owned(), |c| format!("--{}", c.replace('_', "-")));
            Error::setting(name, found, remedy)
        }
        other => other,
    }
}

/// The options of `frontier`.
#[derive(Debug, Clone, clap::Args)]
pub struct FrontierArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

/// The options of `icer`.
#[derive(Debug, Clone, clap::Args)]
#[command(group(clap::ArgGroup::new("dependence").required(true).args(["covariance", "correlation"])))]
pub struct IcerArgs {
    /// The difference in cost, intervention minus comparator.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub cost_difference: f64,
    /// Its standard error.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub cost_se: f64,
    /// The difference in effect, intervention minus comparator.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub effect_difference: f64,
    /// Its standard error.
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub effect_se: f64,
    /// The covariance of the two differences.
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub covariance: Option<f64>,
    /// The correlation of the two differences.
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub correlation: Option<f64>,
    /// Degrees of freedom of the t distribution; the normal one without them.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub df: Option<f64>,
    /// Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    #[arg(long, value_name = "VALUES", allow_negative_numbers = true)]
    pub wtp: Option<WillingnessToPay>,
    /// The confidence level in per cent.
    #[arg(long, default_value = "95", allow_negative_numbers = true)]
    pub level: f64,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl IcerArgs {
    pub(crate) fn level(&self) -> Result<Level> {
        Level::percent(self.level)
    }
}

/// The thresholds of an analysis that is about decisions.
#[derive(Debug, Clone, clap::Args)]
pub struct WtpArgs {
    /// Willingness to pay per unit of effect: values and ranges, `20000,30000` or `0:100000:1000`.
    #[arg(long, value_name = "VALUES", allow_negative_numbers = true)]
    pub wtp: WillingnessToPay,
}

impl WtpArgs {
    /// The one threshold of an analysis that has no more.
    pub(crate) fn single(&self) -> Result<f64> {
        match self.wtp.values() {
            [wtp] => Ok(*wtp),
            several => Err(Error::setting(
                "--wtp",
                format!("{} values", several.len()),
                "net benefits are pooled at one willingness to pay: give one value",
            )),
        }
    }
}

/// The options of `trial`.
#[derive(Debug, Clone, clap::Args)]
pub struct TrialArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The arm that is the intervention.
    #[arg(long, value_name = "ARM")]
    pub intervention: String,
    /// The arm it is compared with.
    #[arg(long, value_name = "ARM")]
    pub comparator: String,
    /// The willingness to pay.
    #[command(flatten)]
    pub wtp: WtpArgs,
    /// Covariates of cost and effect: `age + baseline`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub adjust: Option<String>,
    /// The column that names each patient's cluster.
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// Add a bootstrap of this many replicates.
    #[arg(long, value_name = "N", value_parser = count())]
    pub bootstrap: Option<usize>,
    /// The seed of the bootstrap.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

/// The draws of a probabilistic model.
#[derive(Debug, Clone, clap::Args)]
pub struct DrawsArgs {
    /// A CSV file of costs: a column for each option, a row for each draw.
    #[arg(long, value_name = "COSTS.csv")]
    pub costs: PathBuf,
    /// A CSV file of effects with the same columns and as many rows.
    #[arg(long, value_name = "EFFECTS.csv")]
    pub effects: PathBuf,
    /// Only the draws that fulfil a condition on columns of one of the files, which are no options then: `scenario == base`; given
    /// again, all must hold.
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Vec<String>,
    /// Further texts that stand for missing values: `NR,n/a`.
    #[arg(long, value_name = "TEXT,...", value_delimiter = None, allow_hyphen_values = true)]
    pub na: Option<String>,
    /// One analysis for each level of this column of one of the files, which is no option then: the scenarios of a model.
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

/// The options of `psa`.
#[derive(Debug, Clone, clap::Args)]
pub struct PsaArgs {
    /// The draws of the model.
    #[command(flatten)]
    pub draws: DrawsArgs,
    /// The willingness to pay.
    #[command(flatten)]
    pub wtp: WtpArgs,
}

/// The options of `evppi`.
#[derive(Debug, Clone, clap::Args)]
pub struct EvppiArgs {
    /// The draws of the model.
    #[command(flatten)]
    pub draws: DrawsArgs,
    /// A CSV file of the parameters behind the draws: a column for each, as many rows.
    #[arg(long, value_name = "PARAMETERS.csv")]
    pub parameters: PathBuf,
    /// The parameters to know for certain, together: `a,b`.
    #[arg(long, value_name = "NAMES")]
    pub of: String,
    /// The method: gam, gp (for many parameters), linear, blocks or segments.
    #[arg(long, default_value = "gam")]
    pub method: EvppiMethod,
    /// The willingness to pay.
    #[command(flatten)]
    pub wtp: WtpArgs,
}

/// The options of `pool-inb`.
#[derive(Debug, Clone, clap::Args)]
pub struct PoolInbArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The willingness to pay.
    #[command(flatten)]
    pub wtp: WtpArgs,
    /// The correlation of the differences in cost and effect to assume where a study tells nothing of it.
    #[arg(long, value_name = "R", default_value_t = 0.0, allow_negative_numbers = true)]
    pub assume_correlation: f64,
    /// Use a ratio's uncertainty only where it tells enough (the effect at least 4 standard errors from 0): on,
    /// or off.
    #[arg(long, value_name = "on|off", default_value = "on")]
    pub ratio_guard: RatioGuard,
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
    /// The currency and price year.
    #[command(flatten)]
    pub money: MoneyArgs,
}

impl PoolInbArgs {
    /// The synthesis of differences into net benefits.
    pub(crate) fn synthesis(&self) -> Result<InbSynthesis> {
        Ok(InbSynthesis::new(self.wtp.single()?)?
            .assume_correlation(self.assume_correlation)?
            .guard(self.ratio_guard))
    }
}
