//! The kinds of cluster-robust covariance.

use crate::codes::codes;

/// The kind of cluster-robust covariance, by its customary code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RobustType {
    /// `CR0`: the sandwich as it is (Liang and Zeger 1986), with `m − p` degrees of freedom.
    Cr0,
    /// `CR1`: CR0 times `m/(m − p)`, which other software also calls `CR1p`; both codes are read. (The `CR1` of the R
    /// package clubSandwich has `m/(m − 1)`.)
    Cr1,
    /// `CR1S`: CR0 times `m(k − 1)/((m − 1)(k − p))`, the factor of Stata.
    Cr1S,
    /// `CR2`: the bias-reduced linearization of Bell and McCaffrey, unbiased under the working model, with
    /// Satterthwaite's degrees of freedom. The one to report.
    #[default]
    Cr2,
    /// `CR3`: close to the jackknife over clusters, somewhat too large, with Satterthwaite's degrees of freedom.
    Cr3,
}

codes! { RobustType, "robust type" {
    Cr0 "CR0" ["HC0", "Liang-Zeger"],
    Cr1 "CR1" ["CR1p"],
    Cr1S "CR1S" ["Stata"],
    Cr2 "CR2" ["Bell-McCaffrey", "bias-reduced linearization"],
    Cr3 "CR3" ["jackknife"],
} }

impl RobustType {
    /// True if tests use degrees of freedom by Satterthwaite's approximation, which differ by coefficient.
    pub fn has_satterthwaite(self) -> bool {
        matches!(self, RobustType::Cr2 | RobustType::Cr3)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn codes_are_read_whatever_their_case() {
        for &kind in RobustType::ALL {
            assert_eq!(kind.code().to_lowercase().parse::<RobustType>().unwrap(), kind);
        }
        assert_eq!("CR1p".parse::<RobustType>().unwrap(), RobustType::Cr1);
        let message = "CR9".parse::<RobustType>().unwrap_err().to_string();
        assert!(message.contains("CR2"), "{message}");
    }
}
