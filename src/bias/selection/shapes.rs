//! The choices behind a selection model: direction, shape, imprecision, the fixed weights of Vevea and Woods.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::codes;

/// The direction of the P values on which selection rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Alternative {
    /// `greater`: small P values are those of large positive effects.
    #[default]
    Greater,
    /// `less`: of large negative effects.
    Less,
    /// `two-sided`: of large effects in either direction.
    TwoSided,
}

codes! { Alternative, "alternative" {
    Greater "greater" [],
    Less "less" [],
    TwoSided "two-sided" [],
} }

/// The shape of a selection function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SelectionFunction {
    /// `stepfun`: constant between cut points.
    Stepfun,
    /// `beta`: a beta density.
    Beta,
    /// `halfnorm`: half-normal.
    Halfnorm,
    /// `negexp`: negative exponential.
    Negexp,
    /// `logistic`: logistic.
    Logistic,
    /// `power`: a power of 1 - p.
    Power,
    /// `negexppow`: negative exponential of a power.
    Negexppow,
    /// `trunc`: by the effect itself, constant on both sides of a cut point.
    Trunc,
}

impl SelectionFunction {
    /// All of them.
    pub const ALL: &'static [SelectionFunction] = &[
        SelectionFunction::Stepfun,
        SelectionFunction::Beta,
        SelectionFunction::Halfnorm,
        SelectionFunction::Negexp,
        SelectionFunction::Logistic,
        SelectionFunction::Power,
        SelectionFunction::Negexppow,
        SelectionFunction::Trunc,
    ];

    /// Tells whether the parameter may be scaled by the precision of the studies.
    pub(super) fn takes_precision(self) -> bool {
        !matches!(self, SelectionFunction::Stepfun | SelectionFunction::Beta | SelectionFunction::Trunc)
    }
}

impl fmt::Display for SelectionFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            SelectionFunction::Stepfun => "stepfun",
            SelectionFunction::Beta => "beta",
            SelectionFunction::Halfnorm => "halfnorm",
            SelectionFunction::Negexp => "negexp",
            SelectionFunction::Logistic => "logistic",
            SelectionFunction::Power => "power",
            SelectionFunction::Negexppow => "negexppow",
            SelectionFunction::Trunc => "trunc",
        })
    }
}

/// The measure of the imprecision of a study, where selection depends on it. The values are divided by the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Imprecision {
    /// `sei`: the standard error.
    Sei,
    /// `vi`: the variance.
    Vi,
    /// `ninv`: 1 / n.
    Ninv,
    /// `sqrtninv`: 1 / √n.
    SqrtNinv,
}

crate::codes::codes!(Imprecision, "precision" {
    Sei "sei" [], Vi "vi" [], Ninv "ninv" [], SqrtNinv "sqrtninv" [],
});

/// The fixed weights that Vevea and Woods (2005, table 1) chose for a sensitivity analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum VeveaWoods {
    /// `moderate-one-tailed`.
    ModerateOneTailed,
    /// `severe-one-tailed`.
    SevereOneTailed,
    /// `moderate-two-tailed`: in both directions, by one-sided P values.
    ModerateTwoTailed,
    /// `severe-two-tailed`.
    SevereTwoTailed,
}

impl VeveaWoods {
    /// All of them.
    pub const ALL: &'static [VeveaWoods] = &[
        VeveaWoods::ModerateOneTailed,
        VeveaWoods::SevereOneTailed,
        VeveaWoods::ModerateTwoTailed,
        VeveaWoods::SevereTwoTailed,
    ];

    /// The cut points of the one-sided P value.
    pub const STEPS: [f64; 13] =
        [0.005, 0.01, 0.05, 0.1, 0.25, 0.35, 0.5, 0.65, 0.75, 0.9, 0.95, 0.99, 0.995];

    /// The weight of each interval, the first 1.
    pub fn weights(self) -> [f64; 14] {
        match self {
            VeveaWoods::ModerateOneTailed => {
                [1.0, 0.99, 0.95, 0.8, 0.75, 0.65, 0.6, 0.55, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
            }
            VeveaWoods::SevereOneTailed => {
                [1.0, 0.99, 0.9, 0.75, 0.6, 0.5, 0.4, 0.35, 0.3, 0.25, 0.1, 0.1, 0.1, 0.1]
            }
            VeveaWoods::ModerateTwoTailed => {
                [1.0, 0.99, 0.95, 0.9, 0.8, 0.75, 0.6, 0.6, 0.75, 0.8, 0.9, 0.95, 0.99, 1.0]
            }
            VeveaWoods::SevereTwoTailed => {
                [1.0, 0.99, 0.9, 0.75, 0.6, 0.5, 0.25, 0.25, 0.5, 0.6, 0.75, 0.9, 0.99, 1.0]
            }
        }
    }
}

impl fmt::Display for VeveaWoods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            VeveaWoods::ModerateOneTailed => "moderate-one-tailed",
            VeveaWoods::SevereOneTailed => "severe-one-tailed",
            VeveaWoods::ModerateTwoTailed => "moderate-two-tailed",
            VeveaWoods::SevereTwoTailed => "severe-two-tailed",
        })
    }
}
