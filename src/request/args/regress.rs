//! The options of `regress` that add to a fit.

use crate::{
    regression::{
        Adjustment, Criterion, MarginalWeights, PermutationStatistic, Resampling, ScaleLink, WildWeights,
    },
    table::{ContrastCoding, DesignOptions, OnCollinear},
};

use super::count;

/// The options of `regress-further`.
#[derive(Debug, Clone, clap::Args)]
pub struct RegressFurtherArgs {
    /// The contrasts of factors: treatment, sum or helmert.
    #[arg(long, value_name = "NAME", default_value = "treatment", help_heading = "Design")]
    pub coding: ContrastCoding,
    /// The treatment of columns that are combinations of others: refuse (and name them) or drop.
    #[arg(long, value_name = "refuse|drop", default_value = "refuse", help_heading = "Design")]
    pub collinear: OnCollinear,
    /// Test the coefficients of these terms together: `alloc,ablat:year`; repeatable.
    #[arg(long, value_name = "TERMS", help_heading = "Tests")]
    pub test: Vec<String>,
    /// A contrast of coefficients: `[NAME =] allocrandom - allocsystematic`, or one value for each; repeatable.
    #[arg(long, value_name = "CONTRAST", allow_hyphen_values = true, help_heading = "Tests")]
    pub contrast: Vec<String>,
    /// The adjustment of P values of contrasts, differences and (without either) of all coefficients: holm, hochberg,
    /// bonferroni, bh, single-step (multivariate t), none.
    #[arg(long, value_name = "METHOD", help_heading = "Tests")]
    pub adjust: Option<Adjustment>,
    /// Compare with the model of this formula, nested in `--mods`, by likelihood ratio.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true, help_heading = "Tests")]
    pub compare: Option<String>,
    /// The statistic of `--permute`: test or coefficient (as Follmann and Proschan 1999).
    #[arg(long, value_name = "STATISTIC", default_value = "test", help_heading = "Tests")]
    pub permute_statistic: PermutationStatistic,
    /// Wild cluster bootstrap tests of every term from this many sets; needs --cluster.
    #[arg(long, value_name = "N", help_heading = "Tests", value_parser = count())]
    pub wild_bootstrap: Option<usize>,
    /// The weights of clusters in it: rademacher, webb or mammen.
    #[arg(long, value_name = "WEIGHTS", default_value = "rademacher", help_heading = "Tests")]
    pub wild_weights: WildWeights,
    /// Marginal means of this factor and their differences; repeatable.
    #[arg(long, alias = "means", value_name = "FACTOR", help_heading = "Predictions")]
    pub marginal: Vec<String>,
    /// The weights by which other factors are averaged: equal or proportional.
    #[arg(long, value_name = "WEIGHTS", default_value = "equal", help_heading = "Predictions")]
    pub marginal_weights: MarginalWeights,
    /// The data of a bubble plot over this moderator.
    #[arg(long, value_name = "MODERATOR", help_heading = "Predictions")]
    pub bubble: Option<String>,
    /// Residuals, leverage and influence of every study.
    #[arg(long, help_heading = "Diagnostics")]
    pub diagnostics: bool,
    /// Variance inflation of every term, compared with this many simulations of independent moderators.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0", help_heading = "Diagnostics", value_parser = count())]
    pub vif: Option<usize>,
    /// Bootstrap intervals of R² from this many sets.
    #[arg(long, value_name = "N", help_heading = "Diagnostics", value_parser = count())]
    pub r2_bootstrap: Option<usize>,
    /// The source of the sets: studies or model.
    #[arg(long, value_name = "SOURCE", default_value = "studies", help_heading = "Diagnostics")]
    pub r2_resampling: Resampling,
    /// All subsets of the terms, weighted by aicc, aic or bic, and coefficients averaged over them; needs --method ML or
    /// --model fixed.
    #[arg(
        long,
        value_name = "CRITERION",
        num_args = 0..=1,
        default_missing_value = "aicc",
        help_heading = "Further models"
    )]
    pub multimodel: Option<Criterion>,
    /// A location-scale model: moderators of tau².
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true, help_heading = "Further models")]
    pub scale_mods: Option<String>,
    /// The link by which they make tau²: log or identity.
    #[arg(long, value_name = "LINK", default_value = "log", help_heading = "Further models")]
    pub scale_link: ScaleLink,
}

impl RegressFurtherArgs {
    pub(crate) fn design(&self) -> DesignOptions {
        DesignOptions::new().contrast(self.coding).collinear(self.collinear)
    }
}
