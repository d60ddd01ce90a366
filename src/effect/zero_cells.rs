//! The handling of zero cells: one policy with the conventions of the common programs as presets.
//!
//! A risk ratio, odds ratio or rate ratio does not exist, or has no variance, when a count is 0. The usual remedy is to
//! add ½ to the counts; programs differ in which counts of which studies. [`ZeroCells`] spells the choice out:
//!
//! | preset | adds | to | studies without events (or without non-events) in both groups |
//! |---|---|---|---|
//! | [`metafor`](ZeroCells::metafor) (default, but for groups of nobody) | ½ to each cell | studies with a zero cell | kept |
//! | [`meta`](ZeroCells::meta) | ½ to each cell, in Mantel-Haenszel estimates too; risk ratios: to the events only; risk differences: in the variance only | studies with a zero cell | left out for ratios of risks and odds |
//! | [`handbook`](ZeroCells::handbook) | ½ to each cell | studies with a zero cell | left out for ratios |
//! | [`revman`](ZeroCells::revman) | ½ to each cell, in Mantel-Haenszel estimates too | studies whose effect or variance does not exist without it | left out for ratios |
//! | [`treatment_arm`](ZeroCells::treatment_arm) | to both cells of a group its share of all people, n1/N and n2/N | studies with a zero cell | left out for ratios |
//! | [`none`](ZeroCells::none) | nothing | | kept (no effect, where it does not exist) |
//!
//! An amount that is added to both cells of a group enlarges its denominator twice: by 1 with ½ to each cell, by 2n1/N with the
//! treatment-arm correction; what `meta` adds to the events of a risk ratio enlarges it once. For rates the amount goes to the
//! events, and person-time stays as it is. A group that is empty has no effect, whatever is added, but
//! under the policy of metafor.
//!
//! By default nothing is added for the measures that need no correction: `AS PHI ZPHI RTET ZTET IRSD PAS PFT IRS IRFT`.
//! An amount given explicitly is added for these too. Genotype counts are never corrected.
//!
//! ```
//! use consilience::effect::{AddTo, TwoByTwo, ZeroCells};
//! use consilience::{EffectSizes, Measure};
//!
//! // Three of the catheter trials of Niel-Weise (2007): the first and the third have zero cells.
//! let tables = [
//!     TwoByTwo::from_totals(0.0, 116.0, 3.0, 117.0)?,
//!     TwoByTwo::from_totals(1.0, 44.0, 3.0, 35.0)?,
//!     TwoByTwo::from_totals(0.0, 118.0, 0.0, 105.0)?,
//! ];
//! let labels = ["Bach 1996", "George 1997", "Yucel 2004"];
//! let metafor = EffectSizes::from_two_by_two(Measure::OddsRatio, labels, &tables, ZeroCells::metafor())?;
//! assert_eq!(metafor.len(), 3);
//! let handbook = EffectSizes::from_two_by_two(Measure::OddsRatio, labels, &tables, ZeroCells::handbook())?;
//! assert_eq!(handbook.len(), 2);
//! assert_eq!(handbook.notes()[0], "0.5 was added to each cell: Bach 1996");
//! assert_eq!(handbook.notes()[1], "left out because there are no events in either group: Yucel 2004");
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Higgins JPT and others (2023). Cochrane Handbook for Systematic Reviews of Interventions, section 10.4.4.
//! - Sweeting MJ, Sutton AJ, Lambert PC (2004). What to add to nothing? Use and avoidance of continuity corrections in
//!   meta-analysis of sparse data. doi:10.1002/sim.1761
//! - Deeks JJ, Higgins JPT (2010). Statistical algorithms in Review Manager 5.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{DataKind, Measure};
use crate::codes::{codes, option_values};
use crate::{Error, Result};

/// The studies to which the amount is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AddTo {
    /// `only0`: studies with a zero count.
    #[default]
    Only0,
    /// `all`: all studies.
    All,
    /// `if0all`: all studies if any has a zero count.
    If0All,
    /// `undefined`: studies whose effect does not exist, or has no positive variance, without it.
    Undefined,
    /// `none`: no study.
    None,
}

codes! { AddTo, "choice of studies" {
    Only0 "only0" [],
    All "all" [],
    If0All "if0all" [],
    Undefined "undefined" [],
    None "none" [],
} }

/// The fate of studies without events, or without non-events, in both groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DoubleZero {
    /// They are treated as the others.
    #[default]
    Keep,
    /// They have no effect, whatever the measure.
    Drop,
    /// They have no effect if the measure is a ratio of risks, odds or rates.
    DropRatios,
}

/// The way the amount is spread over the cells of a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Spread {
    /// The same amount to each cell.
    #[default]
    EachCell,
    /// As `EachCell`, but for risk ratios to the events only, and for risk differences to the counts in the variance
    /// only, the difference staying as observed (the R package meta).
    AsMeta,
    /// Twice the amount shared between the groups in proportion to their sizes (Sweeting 2004: to the reciprocal
    /// of the size of the other group), so that a study without events in either group shows no effect.
    TreatmentArm,
}

/// The reach of a correction of zero cells beyond the effects of single studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reach {
    /// Nowhere: Mantel-Haenszel estimates use the counts as they are.
    #[default]
    Effects,
    /// Into Mantel-Haenszel estimates too, which then leave out the studies that the policy leaves out.
    Pooled,
}

/// The policy for zero cells.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ZeroCells {
    /// The amount; `None` is ½, or 0 for the measures that need no correction.
    pub add: Option<f64>,
    /// The studies to which it is added.
    pub to: AddTo,
    /// The fate of studies without events, or without non-events, in both groups.
    pub drop00: DoubleZero,
    /// The way it is spread over the cells.
    pub spread: Spread,
    /// The reach of the correction beyond the effects of single studies.
    #[serde(default)]
    pub reach: Reach,
    /// True if the cells of a group of nobody are corrected as others are; else its study has no effect.
    #[serde(default)]
    pub empty_groups: bool,
}

type Policy = fn() -> ZeroCells;

/// The policies that have a name.
const PRESETS: [(&str, Policy); 6] = [
    ("metafor", ZeroCells::metafor),
    ("meta", ZeroCells::meta),
    ("handbook", ZeroCells::handbook),
    ("revman", ZeroCells::revman),
    ("treatment-arm", ZeroCells::treatment_arm),
    ("none", ZeroCells::none),
];

impl FromStr for ZeroCells {
    type Err = Error;

    /// A preset by its name: `metafor`, `meta`, `handbook`, `revman`, `treatment-arm` or `none`.
    fn from_str(text: &str) -> Result<Self> {
        let named = |(name, _): &&(&str, _)| name.eq_ignore_ascii_case(text.trim());
        let preset = PRESETS.iter().find(named).map(|(_, preset)| preset());
        preset.ok_or_else(|| Error::unknown("policy for zero cells", text, PRESETS.map(|(name, _)| name)))
    }
}

option_values!(ZeroCells, PRESETS.iter().map(|(name, _)| (*name).into()).collect());

impl ZeroCells {
    /// As the R package metafor: ½ to each cell of the studies with a zero cell, those with an empty group among them; no study is
    /// left out.
    pub fn metafor() -> Self {
        ZeroCells { empty_groups: true, ..Self::default() }
    }

    /// As the R package meta: ½ to each cell (risk ratios: to the events only; risk differences: in the variance only) of
    /// the studies with a zero cell, and to each cell in Mantel-Haenszel estimates (there risk differences stay as observed
    /// and the sizes of the groups grow); ratios of risks and odds leave out studies without events, or without non-events,
    /// in both groups.
    pub fn meta() -> Self {
        ZeroCells { spread: Spread::AsMeta, reach: Reach::Pooled, ..Self::handbook() }
    }

    /// As the Cochrane Handbook: ½ to each cell of the studies with a zero cell; ratios leave out studies without
    /// events, or without non-events, in both groups.
    pub fn handbook() -> Self {
        ZeroCells { drop00: DoubleZero::DropRatios, ..Self::default() }
    }

    /// As described for RevMan: ½ to each cell where a zero would leave the effect or its standard error undefined or
    /// 0, in the single studies and in Mantel-Haenszel estimates alike; ratios leave out studies without events, or without
    /// non-events, in both groups.
    pub fn revman() -> Self {
        ZeroCells { to: AddTo::Undefined, reach: Reach::Pooled, ..Self::handbook() }
    }

    /// The treatment-arm continuity correction of Sweeting and others (2004): to both cells of a group its share of the people
    /// of the study, so that the two amounts add up to 1 and each denominator grows by twice its amount.
    pub fn treatment_arm() -> Self {
        ZeroCells { spread: Spread::TreatmentArm, ..Self::handbook() }
    }

    /// No correction.
    pub fn none() -> Self {
        ZeroCells { to: AddTo::None, ..Self::default() }
    }

    /// Sets the amount, for the measures that need no correction too.
    #[must_use]
    #[allow(clippy::should_implement_trait)] // the setter of the field `add`
    pub fn add(mut self, amount: f64) -> Self {
        self.add = Some(amount);
        self
    }

    /// Sets the studies to which it is added.
    #[must_use]
    pub fn to(mut self, to: AddTo) -> Self {
        self.to = to;
        self
    }

    /// Sets what becomes of studies without events, or without non-events, in both groups.
    #[must_use]
    pub fn drop00(mut self, drop00: DoubleZero) -> Self {
        self.drop00 = drop00;
        self
    }

    /// Sets how the amount is spread over the cells.
    #[must_use]
    pub fn spread(mut self, spread: Spread) -> Self {
        self.spread = spread;
        self
    }

    /// Sets where it goes beside the effects of single studies.
    #[must_use]
    pub fn reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// The amount for a measure.
    ///
    /// # Errors
    ///
    /// If the amount given is negative or not finite.
    pub fn amount(&self, measure: Measure) -> Result<f64> {
        match self.add {
            Some(amount) if amount.is_finite() && amount >= 0.0 => Ok(amount),
            Some(amount) => Err(Error::setting(
                "add",
                format!("amount is {amount}"),
                "give an amount of 0 or more, e.g. 0.5",
            )),
            None if needs_no_correction(measure) => Ok(0.0),
            None => Ok(0.5),
        }
    }

    /// True if studies that are empty in both groups have no effect for a measure.
    pub(crate) fn drops(&self, measure: Measure) -> bool {
        match self.drop00 {
            DoubleZero::Keep => false,
            DoubleZero::Drop => true,
            DoubleZero::DropRatios => {
                matches!(
                    measure,
                    Measure::RiskRatio
                        | Measure::OddsRatio
                        | Measure::PetoOddsRatio
                        | Measure::OddsRatioToSmd
                        | Measure::OddsRatioToSmdNormal
                        | Measure::OddsRatioToSmdLogistic
                        | Measure::YuleQ
                        | Measure::YuleY
                ) || (measure == Measure::RateRatio && self.spread != Spread::AsMeta)
            }
        }
    }

    /// The rows that are corrected, given those with a zero count and those without a usable effect as they are.
    pub(crate) fn rows(&self, zero: &[bool], unusable: impl Fn(usize) -> bool) -> Vec<bool> {
        let any = zero.contains(&true);
        let chosen = |(row, &is_zero): (usize, &bool)| match self.to {
            AddTo::Only0 => is_zero,
            AddTo::All => true,
            AddTo::If0All => any,
            AddTo::Undefined => is_zero && unusable(row),
            AddTo::None => false,
        };
        zero.iter().enumerate().map(chosen).collect()
    }

    /// The amounts for the two groups, given their sizes.
    pub(crate) fn shares(&self, amount: f64, size1: f64, size2: f64) -> (f64, f64) {
        match self.spread {
            Spread::TreatmentArm if size1 + size2 > 0.0 => {
                (2.0 * amount * size1 / (size1 + size2), 2.0 * amount * size2 / (size1 + size2))
            }
            _ => (amount, amount),
        }
    }

    /// The note on a corrected row.
    pub(crate) fn note(&self, amount: f64, measure: Measure) -> Option<String> {
        if amount == 0.0 {
            return None;
        }
        let what = match (self.spread, measure.data_kind()) {
            (Spread::TreatmentArm, DataKind::TwoByTwo) => {
                return Some(format!(
                    "{} was shared between the groups in proportion to their sizes, and each group's share added to its events \
                     and to its non-events (twice to its denominator)",
                    2.0 * amount
                ));
            }
            (Spread::TreatmentArm, DataKind::PersonTime) => {
                return Some(format!(
                    "{} was shared between the groups in proportion to their person-time and added to the events",
                    2.0 * amount
                ));
            }
            (Spread::AsMeta, _) if measure == Measure::RiskRatio => "the events of both groups",
            (Spread::AsMeta, _) if measure == Measure::RiskDifference => "each cell in the variance",
            (_, DataKind::TwoByTwo | DataKind::MatchedPairs) => "each cell",
            (_, DataKind::PersonTime) => "the events of both groups",
            (_, DataKind::Proportion) => "the events and the non-events",
            _ => "the events",
        };
        Some(format!("{amount} was added to {what}"))
    }
}

/// The measures that have a value and a variance for zero counts.
fn needs_no_correction(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::ArcsineDifference
            | Measure::Phi
            | Measure::ZPhi
            | Measure::Tetrachoric
            | Measure::ZTetrachoric
            | Measure::SquareRootRateDifference
            | Measure::ArcsineProportion
            | Measure::DoubleArcsineProportion
            | Measure::SquareRootIncidenceRate
            | Measure::DoubleSquareRootIncidenceRate
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_choice_of_studies_follows_the_zeros() {
        let zero = [true, false, false];
        let rows = |to| ZeroCells::default().to(to).rows(&zero, |_| false);
        assert_eq!(rows(AddTo::Only0), [true, false, false]);
        assert_eq!(rows(AddTo::All), [true; 3]);
        assert_eq!(rows(AddTo::If0All), [true; 3]);
        assert_eq!(rows(AddTo::None), [false; 3]);
        assert_eq!(rows(AddTo::Undefined), [false; 3]);
        assert_eq!(ZeroCells::default().to(AddTo::If0All).rows(&[false; 2], |_| true), [false; 2]);
    }

    #[test]
    fn the_default_amount_depends_on_the_measure() {
        assert_eq!(ZeroCells::default().amount(Measure::OddsRatio).unwrap(), 0.5);
        assert_eq!(ZeroCells::default().amount(Measure::Phi).unwrap(), 0.0);
        assert_eq!(ZeroCells::default().add(0.1).amount(Measure::Phi).unwrap(), 0.1);
        assert!(ZeroCells::default().add(-1.0).amount(Measure::Phi).is_err());
    }

    #[test]
    fn the_treatment_arm_correction_shows_no_effect_without_events() {
        // Sweeting 2004: k_T = 1/(R+1), k_C = R/(R+1) with R = n_C/n_T
        let (k1, k2) = ZeroCells::treatment_arm().shares(0.5, 100.0, 300.0);
        assert_eq!((k1, k2), (0.25, 0.75));
        let (k1, k2) = ZeroCells::default().shares(0.5, 100.0, 300.0);
        assert_eq!((k1, k2), (0.5, 0.5));
    }

    #[test]
    fn codes_parse_back() {
        for to in AddTo::ALL {
            assert_eq!(to.to_string().parse::<AddTo>().unwrap(), *to);
        }
        assert!("only1".parse::<AddTo>().unwrap_err().to_string().contains("only0"));
    }
}
