//! The choices that options make and no model of the library does: each with its codes.

use std::str::FromStr;

use clap::builder::ValueParserFactory;

use crate::{
    Error, Result,
    codes::{Named, choice, option_values},
    multilevel::CoefficientInference,
    pool::Inference,
    tau2::Tau2,
};

choice! {
    /// The fate of studies without events, or without non-events, in both groups.
    Drop00 "choice for --drop00" {
        /// They have no effect.
        Yes "yes" ["true"],
        /// They are treated as the others.
        No "no" ["false"],
    }
}

choice! {
    /// The scale of ready-made effects.
    ReadyScale "scale" {
        /// Logarithms of ratios.
        Log "log",
        /// Values that are read as they are.
        Identity "identity",
    }
}

choice! {
    /// The center of heterogeneity.
    QCenter "center for --q-about" {
        /// The inverse-variance mean.
        Iv "iv",
        /// The Mantel-Haenszel estimate.
        Mh "mh",
    }
}

choice! {
    /// The model of commands that read effects without tables behind them.
    ReadingModel "model" {
        /// Random effects.
        Random "random",
        /// Fixed effect.
        Fixed "fixed" ["common", "equal"],
    }
}

choice! {
    /// The direction of an effect.
    EffectDirection "direction" {
        /// Above no effect.
        Greater "greater",
        /// Below it.
        Less "less",
    }
}

choice! {
    /// The estimator of a network.
    NetworkEstimator "estimator" {
        /// Inverse variances.
        Inverse "inverse",
        /// Mantel-Haenszel.
        MantelHaenszel "mh",
        /// The non-central hypergeometric distribution.
        Hypergeometric "nch",
        /// Penalized logistic regression.
        Penalized "firth" ["penalized"],
    }
}

choice! {
    /// The standard deviation behind a standardized difference of changes.
    ChangeSd "SD" {
        /// Pooled (Morris 2008).
        Pooled "pooled",
        /// One for each group (Becker 1988).
        Separate "separate",
    }
}

choice! {
    /// The outcome that is measured before and after.
    ChangeOutcome "outcome" {
        /// Means.
        Means "means",
        /// Proportions.
        Proportions "proportions",
        /// Rates.
        Rates "rates",
        /// Ready-made effects.
        Effects "effects",
    }
}

choice! {
    /// The people who are measured before and after.
    ChangeSamples "samples" {
        /// Other people each time.
        Independent "independent",
        /// The same people, with a correlation.
        Same "same",
    }
}

choice! {
    /// The effect of a cross-over trial.
    CrossOverEffect "effect" {
        /// The mean difference.
        Md "md",
        /// The standardized mean difference.
        Smd "smd",
        /// The risk difference.
        Rd "RD",
        /// The risk ratio.
        Rr "RR",
        /// The odds ratio.
        Or "OR",
    }
}

choice! {
    /// The result of reconstructed individual data.
    CurveResult "result" {
        /// The log hazard ratio.
        Hr "hr",
        /// The difference in restricted means.
        Rmst "rmst",
        /// The people, one a row.
        Subjects "subjects",
    }
}

choice! {
    /// The relative effect whose meaning at a baseline risk is told.
    RelativeMeasure "effect" {
        /// The risk ratio.
        Rr "RR",
        /// The odds ratio.
        Or "OR",
        /// The hazard ratio.
        Hr "HR",
        /// The risk difference.
        Rd "RD",
    }
}

/// The inference for a mean, of independent effects or, where the request says how they depend on each other, of a multilevel
/// model, which has kinds of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InferenceChoice {
    /// That of a mean of independent effects; some kinds exist for both models, under one code.
    Independent(Inference),
    /// One that only a multilevel model has.
    Dependent(CoefficientInference),
}

impl InferenceChoice {
    /// The inference for a mean of independent effects.
    pub(crate) fn of_independent(self) -> Result<Inference> {
        match self {
            InferenceChoice::Independent(inference) => Ok(inference),
            InferenceChoice::Dependent(inference) => inference.code().parse(),
        }
    }

    /// The inference of a multilevel model.
    pub(crate) fn of_dependent(self) -> Result<CoefficientInference> {
        match self {
            InferenceChoice::Independent(inference) => inference.code().parse(),
            InferenceChoice::Dependent(inference) => Ok(inference),
        }
    }
}

impl FromStr for InferenceChoice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.parse()
            .map(InferenceChoice::Independent)
            .or_else(|error| text.parse().map(InferenceChoice::Dependent).map_err(|_| error))
    }
}

option_values!(InferenceChoice, Inference::ALL.iter().map(|inference| inference.code().into()).collect());

/// The parser of estimators of tau²; the names by which other programs choose a model without a tau² say how it is chosen here.
pub(super) fn between_studies() -> Named<Tau2> {
    Tau2::value_parser().reading(|text| {
        if !["FE", "EE", "CE"].iter().any(|name| text.eq_ignore_ascii_case(name)) {
            return text.parse();
        }
        let found = format!("`{text}` is a model without a variance between studies");
        Err(Error::setting("--method", found, "use --model fixed"))
    })
}
