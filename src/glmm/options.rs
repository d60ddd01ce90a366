//! The choices of a model for counts.

use serde::{Deserialize, Serialize};

use crate::{Level, codes::choice};

use super::StudyInterval;

choice! {
    /// The likelihood of the counts.
    Model "model" {
        /// Unconditional, with a fixed effect for every study.
        UmFs "um-fs",
        /// Unconditional, with a random effect for every study.
        UmRs "um-rs",
        /// Conditional on the margins, exact.
        CmEl "cm-el",
        /// Conditional on the margins, approximate for rare events.
        CmAl "cm-al",
        /// Beta-binomial.
        BetaBinomial "bb",
        /// Beta-binomial with correlated risks of the two groups of a study (Sarmanov).
        BivariateBetaBinomial "bivariate-bb",
        /// Negative binomial.
        NegativeBinomial "nb",
        /// A normal random effect of proportions or rates.
        Normal "normal",
    }
}

impl Model {
    /// True if the variation between studies is an overdispersion of counts, not a variance of effects.
    pub fn overdispersed(self) -> bool {
        matches!(self, Model::BetaBinomial | Model::BivariateBetaBinomial | Model::NegativeBinomial)
    }

    /// The name that a reader knows.
    pub fn name(self) -> &'static str {
        match self {
            Model::UmFs => "mixed-effects logistic or Poisson model with fixed study effects",
            Model::UmRs => "mixed-effects logistic or Poisson model with random study effects",
            Model::CmEl => "conditional model with the exact likelihood",
            Model::CmAl => "conditional model with the approximate likelihood",
            Model::BetaBinomial => "beta-binomial model",
            Model::BivariateBetaBinomial => "bivariate beta-binomial model (Sarmanov)",
            Model::NegativeBinomial => "negative binomial model",
            Model::Normal => "binomial-normal or Poisson-normal model",
        }
    }
}

choice! {
    /// One effect for all studies, or effects that vary between them.
    Effects "effects" {
        /// Effects that vary normally between studies.
        Random "random",
        /// One effect for all studies.
        Common "common",
    }
}

choice! {
    /// The scale on which an effect is linear.
    Link "link" {
        /// The logit of a probability.
        Logit "logit",
        /// The probit of a probability.
        Probit "probit",
        /// The complementary log-log of a probability.
        Cloglog "cloglog",
        /// The logarithm of a rate or a risk.
        Log "log",
    }
}

choice! {
    /// The spread of the random effect over the two groups of an unconditional model.
    Coding "coding" {
        /// Half of it in each group, with opposite signs: the same model when the groups change places.
        Half "1/2",
        /// All of it in group 1.
        First "1",
        /// All of it in group 2.
        Second "0",
    }
}

impl Coding {
    /// The multiples of the random effect in the two groups.
    pub(super) fn shares(self) -> [f64; 2] {
        match self {
            Coding::Half => [0.5, -0.5],
            Coding::First => [1.0, 0.0],
            Coding::Second => [0.0, -1.0],
        }
    }
}

choice! {
    /// The basis of tests and intervals.
    CountInference "inference" {
        /// The normal distribution and the observed information.
        Wald "wald",
        /// The t distribution with k − p degrees of freedom and the observed information.
        T "t",
        /// The profile likelihood.
        Profile "profile",
    }
}

choice! {
    /// A penalty of the likelihood.
    Penalty "penalty" {
        /// None.
        None "none",
        /// Jeffreys' prior (Firth 1993): finite estimates for every table.
        Firth "firth",
    }
}

choice! {
    /// The treatment of studies without events (or with events only) in both groups.
    DoubleZero "drop00" {
        /// They stay in the analysis.
        Keep "no",
        /// They are left out.
        Drop "yes",
    }
}

/// A model for counts and how it is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Glmm {
    /// The likelihood; `None` takes `cm-el` for two groups and `normal` for one.
    pub model: Option<Model>,
    /// One effect or effects that vary.
    pub effects: Effects,
    /// The spread of the random effect over two groups (`um-fs`, `um-rs`); `None` for half and half.
    pub coding: Option<Coding>,
    /// True if the random effects of `um-rs` may correlate.
    pub correlated: bool,
    /// The link of a model of proportions; `None` for the logit.
    pub link: Option<Link>,
    /// The basis of tests and intervals.
    pub inference: CountInference,
    /// The penalty.
    pub penalty: Penalty,
    /// The treatment of double-zero studies.
    pub double_zero: DoubleZero,
    /// False to leave out the interval of tau².
    pub tau2_interval: bool,
    /// False to leave out the estimates of the studies by themselves.
    pub study_estimates: bool,
    /// The interval of single proportions and rates (one group).
    pub study_interval: StudyInterval,
    /// The confidence level.
    pub level: Level,
}

impl Default for Glmm {
    fn default() -> Self {
        Glmm {
            model: None,
            effects: Effects::Random,
            coding: None,
            correlated: false,
            link: None,
            inference: CountInference::Wald,
            penalty: Penalty::None,
            double_zero: DoubleZero::Keep,
            tau2_interval: true,
            study_estimates: true,
            study_interval: StudyInterval::ClopperPearson,
            level: Level::default(),
        }
    }
}

impl Glmm {
    /// The given likelihood with everything else by default.
    pub fn new(model: Model) -> Self {
        Glmm { model: Some(model), ..Glmm::default() }
    }

    /// Sets one effect for all studies or effects that vary.
    #[must_use]
    pub fn effects(mut self, effects: Effects) -> Self {
        self.effects = effects;
        self
    }

    /// Sets the spread of the random effect over two groups.
    #[must_use]
    pub fn coding(mut self, coding: Coding) -> Self {
        self.coding = Some(coding);
        self
    }

    /// Lets the random effects of `um-rs` correlate.
    #[must_use]
    pub fn correlated(mut self) -> Self {
        self.correlated = true;
        self
    }

    /// Sets the link of a model of proportions.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }

    /// Sets the basis of tests and intervals.
    #[must_use]
    pub fn inference(mut self, inference: CountInference) -> Self {
        self.inference = inference;
        self
    }

    /// Sets the penalty.
    #[must_use]
    pub fn penalty(mut self, penalty: Penalty) -> Self {
        self.penalty = penalty;
        self
    }

    /// Sets what happens to double-zero studies.
    #[must_use]
    pub fn double_zero(mut self, double_zero: DoubleZero) -> Self {
        self.double_zero = double_zero;
        self
    }

    /// Leaves out the interval of tau², which costs some fits.
    #[must_use]
    pub fn without_tau2_interval(mut self) -> Self {
        self.tau2_interval = false;
        self
    }

    /// Leaves out the estimates of the studies by themselves, whose exact intervals cost as much as a small fit.
    #[must_use]
    pub fn without_study_estimates(mut self) -> Self {
        self.study_estimates = false;
        self
    }

    /// Sets the interval of single proportions and rates.
    #[must_use]
    pub fn study_interval(mut self, interval: StudyInterval) -> Self {
        self.study_interval = interval;
        self
    }

    /// Sets the confidence level.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }
}
