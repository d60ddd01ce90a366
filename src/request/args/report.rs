//! The command lines of `report` and `network-report`.

use super::{NetworkArgs, PoolArgs};

/// The options of `report`.
#[derive(Debug, Clone, clap::Args)]
pub struct ReportArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The title of the report.
    #[arg(long, default_value = "Meta-analysis")]
    pub title: String,
    /// Add a meta-regression on these moderators: `ablat + factor(alloc)`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: Option<String>,
    /// The words left and right of no effect in the forest plot: `Favours vaccine,Favours control`.
    #[arg(long, value_name = "LEFT,RIGHT")]
    pub favours: Option<String>,
    /// The names of the two groups over their data in the forest plot: `Vaccine,Control`.
    #[arg(long, value_name = "INTERVENTION,COMPARATOR", default_value = "Intervention,Comparator")]
    pub groups: String,
    /// An assumption of the review to state in the report; repeatable.
    #[arg(long, value_name = "TEXT")]
    pub assumption: Vec<String>,
}

/// The options of `network-report`.
#[derive(Debug, Clone, clap::Args)]
pub struct NetworkReportArgs {
    /// The network.
    #[command(flatten)]
    pub network: NetworkArgs,
    /// The title of the report.
    #[arg(long, default_value = "Network meta-analysis")]
    pub title: String,
    /// An assumption of the review to state in the report; repeatable.
    #[arg(long, value_name = "TEXT")]
    pub assumption: Vec<String>,
}
