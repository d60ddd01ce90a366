//! Contours: where an effect of one size lies among P values and numbers of people.

use serde::{Deserialize, Serialize};

use crate::{Error, Result, plot::number::shortest};

/// The effect that contours join.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Contours {
    /// No contours.
    None,
    /// Standardized mean differences; each is drawn on both sides.
    StandardizedMeanDifference {
        /// The sizes.
        sizes: Vec<f64>,
        /// The share of the people in the intervention group.
        share: f64,
    },
    /// Correlations; each is drawn on both sides.
    Correlation {
        /// The sizes.
        sizes: Vec<f64>,
    },
    /// Odds ratios above 1; each is drawn with its inverse.
    OddsRatio {
        /// The sizes.
        sizes: Vec<f64>,
        /// The risk with the comparator.
        baseline: f64,
        /// The share of the people in the intervention group.
        share: f64,
    },
    /// Risk ratios above 1; each is drawn with its inverse.
    RiskRatio {
        /// The sizes.
        sizes: Vec<f64>,
        /// The risk with the comparator.
        baseline: f64,
        /// The share of the people in the intervention group.
        share: f64,
    },
}

impl Contours {
    /// The number of people at which an effect of this size (negative, or a ratio below 1, at the left) has the P value of `z`.
    pub fn people(&self, size: f64, z: f64) -> Option<f64> {
        let z2 = z * z;
        let n = match self {
            Contours::None => return None,
            Contours::StandardizedMeanDifference { share, .. } => {
                z2 / (size * size) * (1.0 / (share * (1.0 - share)) + 0.5 * size * size)
            }
            Contours::Correlation { .. } => 3.0 + z2 / size.atanh().powi(2),
            Contours::OddsRatio { baseline: p0, share: r, .. } => {
                let p1 = size * p0 / (1.0 - p0 + size * p0);
                z2 / size.ln().powi(2) * (1.0 / (r * p1 * (1.0 - p1)) + 1.0 / ((1.0 - r) * p0 * (1.0 - p0)))
            }
            Contours::RiskRatio { baseline: p0, share: r, .. } => {
                let p1 = size * p0;
                z2 / size.ln().powi(2) * ((1.0 - p1) / (r * p1) + (1.0 - p0) / ((1.0 - r) * p0))
            }
        };
        (n.is_finite() && n > 0.0).then_some(n)
    }

    pub(super) fn sizes(&self) -> &[f64] {
        match self {
            Contours::None => &[],
            Contours::StandardizedMeanDifference { sizes, .. }
            | Contours::Correlation { sizes }
            | Contours::OddsRatio { sizes, .. }
            | Contours::RiskRatio { sizes, .. } => sizes,
        }
    }

    /// The size on the side of the comparator.
    pub(super) fn mirrored(&self, size: f64) -> f64 {
        match self {
            Contours::OddsRatio { .. } | Contours::RiskRatio { .. } => 1.0 / size,
            _ => -size,
        }
    }

    pub(super) fn label(&self, size: f64) -> String {
        let (size_text, other) = (shortest(size), self.mirrored(size));
        match self {
            Contours::None => String::new(),
            Contours::StandardizedMeanDifference { .. } => format!("SMD ±{size_text}"),
            Contours::Correlation { .. } => format!("r ±{size_text}"),
            Contours::OddsRatio { .. } => {
                format!("OR {} or {size_text}", crate::plot::number::fixed(other, 2))
            }
            Contours::RiskRatio { .. } => {
                format!("RR {} or {size_text}", crate::plot::number::fixed(other, 2))
            }
        }
    }

    pub(super) fn assumption(&self) -> Option<String> {
        Some(match self {
            Contours::None => return None,
            Contours::StandardizedMeanDifference { share, .. } => {
                format!(
                    "Contours: standardized mean differences with {}% of the people in the intervention group.",
                    shortest(100.0 * share)
                )
            }
            Contours::Correlation { .. } => "Contours: correlations.".to_owned(),
            Contours::OddsRatio { baseline, share, .. } | Contours::RiskRatio { baseline, share, .. } => {
                format!(
                    "Contours: {} at a risk of {} with the comparator and {}% of the people in the intervention group.",
                    if matches!(self, Contours::OddsRatio { .. }) { "odds ratios" } else { "risk ratios" },
                    shortest(*baseline),
                    shortest(100.0 * share)
                )
            }
        })
    }

    pub(super) fn check(&self) -> Result<()> {
        let wrong = |found: String, remedy: &str| Err(Error::setting("contours", found, remedy));
        let (share, baseline) = match self {
            Contours::StandardizedMeanDifference { share, .. } => (Some(share), None),
            Contours::OddsRatio { share, baseline, .. } | Contours::RiskRatio { share, baseline, .. } => {
                (Some(share), Some(baseline))
            }
            _ => (None, None),
        };
        for (name, value) in [("share", share), ("baseline risk", baseline)] {
            if let Some(value) = value.filter(|v| !(**v > 0.0 && **v < 1.0)) {
                return wrong(format!("a {name} of {value}"), "give a number between 0 and 1");
            }
        }
        for &size in self.sizes() {
            let (good, remedy) = match self {
                Contours::Correlation { .. } => {
                    (size > 0.0 && size < 1.0, "give correlations between 0 and 1")
                }
                Contours::OddsRatio { .. } => (size > 1.0 && size.is_finite(), "give odds ratios above 1"),
                Contours::RiskRatio { baseline, .. } => (
                    size > 1.0 && size * baseline < 1.0,
                    "give risk ratios above 1 that do not make of the baseline risk more than 1",
                ),
                _ => (size > 0.0 && size.is_finite(), "give sizes above 0"),
            };
            if !good {
                return wrong(format!("an effect of {size}"), remedy);
            }
        }
        Ok(())
    }
}
