//! The command line of `glmm`.

use crate::{
    Error, Result,
    glmm::{
        Coding, CountInference, CountMeasure, DoubleZero, Effects, Glmm, Link, Model, Penalty, StudyInterval,
    },
    pool::Prediction,
};

use super::{InputArgs, ShownArgs, count};

/// The options of `glmm`.
#[derive(Debug, Clone, clap::Args)]
pub struct GlmmArgs {
    /// The data and their columns.
    #[command(flatten)]
    pub input: InputArgs,
    /// The measure: OR, RR (two groups), IRR (person-time), PLO (proportions), IRLN (rates); without it by the columns.
    #[arg(long)]
    pub measure: Option<CountMeasure>,
    /// The likelihood: um-fs, um-rs, cm-el, cm-al, bb, bivariate-bb, nb, normal; several, separated by commas, fit all.
    /// Without it cm-el for OR and IRR, bb for RR, normal for PLO and IRLN.
    #[arg(long, value_name = "MODEL,...", value_delimiter = ',')]
    pub model: Vec<Model>,
    /// One effect or effects that vary: random or common.
    #[arg(long, default_value = "random")]
    pub effects: Effects,
    /// The spread of the random effect over two groups (um-fs, um-rs): 1/2, 1 or 0; without it 1/2.
    #[arg(long)]
    pub coding: Option<Coding>,
    /// Let the random effects of um-rs correlate.
    #[arg(long)]
    pub correlated: bool,
    /// The link of PLO: logit, probit or cloglog.
    #[arg(long)]
    pub link: Option<Link>,
    /// Leave out studies without events, or with events only, in both groups: yes or no.
    #[arg(long, value_name = "yes|no", default_value = "no")]
    pub drop00: DoubleZero,
    /// The moderators: `ablat + factor(alloc) + year:ablat`.
    #[arg(long, value_name = "FORMULA", allow_hyphen_values = true)]
    pub mods: Option<String>,
    /// Predict at all combinations of these values: `ablat=10,20;alloc=random`.
    #[arg(long, value_name = "VALUES", requires = "mods")]
    pub predict: Option<String>,
    /// The basis of tests and intervals: wald, t or profile.
    #[arg(long, default_value = "wald")]
    pub inference: CountInference,
    /// The convention of the prediction interval: normal, t (k-1) or hts (t, k-2).
    #[arg(long, default_value = "normal")]
    pub prediction: Prediction,
    /// A penalty of the likelihood: none or firth (with --effects common).
    #[arg(long, default_value = "none")]
    pub penalty: Penalty,
    /// Add exact conditional inference about a common ratio.
    #[arg(long, conflicts_with = "mods")]
    pub exact: bool,
    /// Add the exact P-value functions of the studies, combined.
    #[arg(long, conflicts_with = "mods")]
    pub combine: bool,
    /// Add the fits without each study.
    #[arg(long, conflicts_with = "mods")]
    pub leave_one_out: bool,
    /// Add residuals and empirical Bayes estimates to the studies.
    #[arg(long)]
    pub residuals: bool,
    /// The interval of single proportions and rates: clopper-pearson, mid-p, wilson, agresti-coull or jeffreys.
    #[arg(long, value_name = "INTERVAL")]
    pub study_interval: Option<StudyInterval>,
    /// Leave out the interval of tau².
    #[arg(long)]
    pub no_intervals: bool,
    /// Add the tests of heterogeneity by parametric bootstrap with so many replicates.
    #[arg(long, value_name = "N", value_parser = count())]
    pub bootstrap: Option<usize>,
    /// The seed of the bootstrap.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Add every method for counts, inverse variance, Mantel-Haenszel and Peto among them, with what each assumes.
    #[arg(long, conflicts_with = "mods")]
    pub multiverse: bool,
    /// The look of the numbers.
    #[command(flatten)]
    pub shown: ShownArgs,
}

impl GlmmArgs {
    /// The models to fit; one `None` for the default.
    pub(crate) fn models(&self) -> Vec<Option<Model>> {
        match self.model[..] {
            [] => vec![None],
            _ => self.model.iter().copied().map(Some).collect(),
        }
    }

    /// The options of a fit by the given model.
    pub(crate) fn options(&self, model: Option<Model>, one_group: bool) -> Result<Glmm> {
        let mut options = Glmm { model, ..Glmm::default() }
            .effects(self.effects)
            .inference(self.inference)
            .penalty(self.penalty)
            .double_zero(self.drop00)
            .level(self.input.level()?);
        options.coding = self.coding;
        options.link = self.link;
        options.correlated = self.correlated;
        options.tau2_interval = !self.no_intervals;
        if let Some(interval) = self.study_interval {
            if !one_group {
                return Err(Error::setting(
                    "--study-interval",
                    "two groups are compared",
                    "leave it out: the studies have exact conditional intervals",
                ));
            }
            options = options.study_interval(interval);
        }
        Ok(options)
    }

    pub(crate) fn prediction(&self) -> Result<Prediction> {
        match self.prediction {
            Prediction::Nnf => Err(Error::setting(
                "--prediction",
                "`nnf` is defined for means of effect sizes only",
                "use normal, t or hts",
            )),
            method => Ok(method),
        }
    }
}
