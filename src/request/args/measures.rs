//! The command line of `measures` and `roles`.

use crate::Measure;

/// The options of `measures`.
#[derive(Debug, Clone, clap::Args)]
pub struct MeasuresArgs {
    /// Only measures whose code, name or columns hold this text: `proportion`, `odds`, `n1i`.
    #[arg(value_name = "TEXT")]
    pub containing: Option<String>,
}

/// The options of `roles`.
#[derive(Debug, Clone, clap::Args)]
pub struct RolesArgs {
    /// The measure, by code (`RR`), long name (`risk-ratio`) or a name in use (`relative risk`).
    #[arg(value_name = "MEASURE")]
    pub measure: Measure,
}
