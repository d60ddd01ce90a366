//! The command line of `explain`.

/// The options of `explain`.
#[derive(Debug, Clone, clap::Args)]
pub struct ExplainArgs {
    /// The term, in one or several words: `I2`, `hksj`, `prediction interval`; without it, all terms are listed.
    #[arg(value_name = "TERM")]
    pub term: Vec<String>,
}
