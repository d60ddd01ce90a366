//! Tests of reported numbers for skewness, which speaks against a normal distribution.

use serde::{Deserialize, Serialize};

use super::reported::{ReportedSummary, Scenario};

/// The test of Shi et al. (2023) for skewness at the 5 % level.
///
/// With T1 = |a + b - 2m| / (b - a) and T2 = |q1 + q3 - 2m| / (q3 - q1), the statistics and critical values are
///
/// - S1: T1, against 1.01 / ln(n + 9) + 2.43 / (n + 1);
/// - S2: T2, against 2.66 / √n - 5.92 / n²;
/// - S3: max(2.65·ln(0.6n)/√n · T1, T2), against 2.97 / √n - 39.1 / n³.
///
/// A statistic above its critical value says that the data are skewed, so that methods for normal data mislead.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Skewness {
    /// The numbers that were used.
    pub scenario: Scenario,
    /// The test statistic.
    pub statistic: f64,
    /// The critical value at the 5 % level.
    pub critical_value: f64,
    /// True if the statistic exceeds the critical value.
    pub skewed: bool,
}

impl ReportedSummary {
    /// Tests the reported numbers for skewness. `None` where the critical value does not apply: quartiles that
    /// coincide, or so few people that the fitted critical value is not positive.
    pub fn skewness(&self) -> Option<Skewness> {
        let (n, m) = (self.n(), self.median());
        let asymmetry = |(low, high): (f64, f64)| {
            let width = high - low;
            (width > 0.0).then(|| (low + high - 2.0 * m).abs() / width)
        };
        let (statistic, critical_value) = match self.scenario() {
            Scenario::Range => (asymmetry(self.extremes()?)?, 1.01 / (n + 9.0).ln() + 2.43 / (n + 1.0)),
            Scenario::Quartiles => (asymmetry(self.quartile_pair()?)?, 2.66 / n.sqrt() - 5.92 / (n * n)),
            Scenario::Five => {
                let (t1, t2) = (asymmetry(self.extremes()?)?, asymmetry(self.quartile_pair()?)?);
                let scaled = 2.65 * (0.6 * n).ln() / n.sqrt() * t1;
                (scaled.max(t2), 2.97 / n.sqrt() - 39.1 / n.powi(3))
            }
        };
        (critical_value > 0.0).then_some(Skewness {
            scenario: self.scenario(),
            statistic,
            critical_value,
            skewed: statistic > critical_value,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// By hand from the formulas.
    #[test]
    fn the_three_statistics() {
        let s1 = ReportedSummary::range(2.0, 8.0, 18.0, 50.0).unwrap().skewness().unwrap();
        approx::assert_relative_eq!(s1.statistic, 0.25, max_relative = 1e-15);
        approx::assert_relative_eq!(s1.critical_value, 0.295_345_581, max_relative = 1e-6);
        assert!(!s1.skewed);
        let s2 = ReportedSummary::quartiles(4.0, 8.0, 13.0, 50.0).unwrap().skewness().unwrap();
        approx::assert_relative_eq!(s2.statistic, 1.0 / 9.0, max_relative = 1e-15);
        let s3 = ReportedSummary::five(2.0, 4.0, 8.0, 13.0, 18.0, 50.0).unwrap().skewness().unwrap();
        approx::assert_relative_eq!(s3.statistic, 0.318_663_790, max_relative = 1e-6);
        assert!(!s3.skewed);
        assert!(ReportedSummary::quartiles(4.0, 4.5, 13.0, 50.0).unwrap().skewness().unwrap().skewed);
    }
}
