//! The command lines of `report` and `network-report`.

use std::path::PathBuf;

use crate::plot::review::RiskOfBiasTool;

use super::{DependenceArgs, NetworkArgs, PoolArgs};

/// The options of `report`.
#[derive(Debug, Clone, clap::Args)]
pub struct ReportArgs {
    /// The pooled fit.
    #[command(flatten)]
    pub pool: PoolArgs,
    /// The model of dependent effects.
    #[command(flatten)]
    pub dependence: DependenceArgs,
    /// The title of the report.
    #[arg(long, default_value = "Meta-analysis", help_heading = "Parts of the report")]
    pub title: String,
    /// Add a meta-regression on these moderators: `ablat + factor(alloc)`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: Option<String>,
    /// The words left and right of no effect in the forest plot: `Favours vaccine,Favours control`.
    #[arg(long, value_name = "LEFT,RIGHT", help_heading = "Parts of the report")]
    pub favours: Option<String>,
    /// The names of the two groups over their data in the forest plot: `Vaccine,Control`.
    #[arg(
        long,
        value_name = "INTERVENTION,COMPARATOR",
        default_value = "Intervention,Comparator",
        help_heading = "Parts of the report"
    )]
    pub groups: String,
    /// An assumption of the review to state in the report; repeatable.
    #[arg(long, value_name = "TEXT", help_heading = "Parts of the report")]
    pub assumption: Vec<String>,
    /// A CSV file of the flow of records (as for `plot prisma`), drawn as the PRISMA 2020 diagram.
    #[arg(long, value_name = "FILE", help_heading = "Parts of the report")]
    pub prisma: Option<PathBuf>,
    /// A CSV file of the risk of bias (columns study, D1, D2, ..., overall).
    #[arg(long, value_name = "FILE", help_heading = "Parts of the report")]
    pub risk_of_bias: Option<PathBuf>,
    /// The tool of the risk of bias: rob2, robins-i, quadas-2, other.
    #[arg(long, default_value = "rob2", help_heading = "Parts of the report")]
    pub tool: RiskOfBiasTool,
    /// A CSV file of the certainty of the evidence (GRADE), as for `plot findings`.
    #[arg(long, value_name = "FILE", help_heading = "Parts of the report")]
    pub grade: Option<PathBuf>,
    /// A CSV file with statements on the items of the SWiM guideline (columns item, from 1 to 9, and statement).
    #[arg(long, value_name = "FILE", help_heading = "Parts of the report")]
    pub swim: Option<PathBuf>,
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
