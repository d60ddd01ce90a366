//! The parts of a bias analysis by their names, and the choices within them.

use crate::codes::{choice, codes};

choice! {
    /// A test for small-study effects, or another part of the report.
    Analysis "test" {
        /// Egger's regression.
        Egger "egger",
        /// Begg and Mazumdar's rank correlation.
        Begg "begg",
        /// Regression on a chosen predictor.
        Regression "regression",
        /// Thompson and Sharp's regression with an additive tau².
        ThompsonSharp "thompson-sharp",
        /// Harbord's score test.
        Harbord "harbord",
        /// Peters' regression on the inverse of the size.
        Peters "peters",
        /// Macaskill's regression on the size.
        Macaskill "macaskill",
        /// Schwarzer's rank correlation of counts.
        Schwarzer "schwarzer",
        /// Rücker's arcsine test.
        Ruecker "ruecker",
        /// Deeks' regression on the effective size (diagnostic odds ratios).
        Deeks "deeks",
        /// Pustejovsky and Rodgers' regression (standardized mean differences).
        PustejovskyRodgers "pustejovsky-rodgers",
        /// Lin and Chu's skewness of standardized deviates.
        Skewness "skewness",
        /// The LFK index of the Doi plot, which is no test.
        Lfk "lfk",
        /// Trim and fill.
        TrimAndFill "trim-and-fill",
        /// Fail-safe numbers.
        FailsafeN "failsafe-n",
        /// Selection models.
        Selection "selection",
        /// Excess significance.
        ExcessSignificance "excess-significance",
        /// Henmi and Copas's interval.
        HenmiCopas "henmi-copas",
        /// PET and PEESE.
        PetPeese "pet-peese",
        /// Limit meta-analysis.
        Limit "limit",
        /// p-curve.
        PCurve "p-curve",
        /// Unrestricted weighted least squares and the adequately powered studies.
        Uwls "uwls",
        /// The Copas selection model.
        Copas "copas",
        /// p-uniform and p-uniform*.
        PUniform "p-uniform",
        /// z-curve.
        ZCurve "z-curve",
        /// Sensitivity of the mean to selection, up to the worst case.
        WorstCase "worst-case",
        /// Bounds of the bias from unreported studies.
        ReportingBias "reporting-bias",
        /// Missing binary outcomes.
        MissingOutcomes "missing-outcomes",
        /// The power of the tests by simulation.
        Power "power",
    }
}

impl Analysis {
    /// Tells whether it is a test for small-study effects.
    pub fn is_asymmetry_test(self) -> bool {
        (self as u8) <= Analysis::Lfk as u8
    }
}

choice! {
    /// The predictor of the general regression test.
    Predictor "predictor" {
        /// The standard error.
        Sei "sei",
        /// The variance.
        Vi "vi",
        /// The size n.
        Ni "ni",
        /// 1 / n.
        Ninv "ninv",
        /// √n.
        SqrtNi "sqrtni",
        /// 1 / √n.
        SqrtNinv "sqrtninv",
    }
}

choice! {
    /// The model of the general regression test.
    RegressionModel "regression" {
        /// Weighted least squares with a multiplicative dispersion, as Egger's.
        Lm "lm",
        /// A meta-regression with an additive tau².
        Rma "rma",
    }
}

/// The intervals of selection models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SelectionInterval {
    /// `wald`: from standard errors alone.
    #[default]
    Wald,
    /// `profile`: by the profile likelihood as well, in the fit's `profile`.
    Profile,
}

codes! { SelectionInterval, "interval of selection models" {
    Wald "wald" [],
    Profile "profile" ["profile likelihood"],
} }
