//! Tests of stratified 2x2 tables: Cochran-Mantel-Haenszel, Breslow-Day and Tarone.
//!
//! With a events in group 1 of table i, given its margins: E = n1 m / N and V = n1 n2 m (N - m) / (N² (N - 1)), m = a + c.
//!
//! - CMH: (|Σ(a - E)| - ½)² / ΣV on 1 degree of freedom (Mantel and Haenszel 1959); for person-time V = t1 t2 m / T².
//! - Breslow-Day: Σ (a - A)² / Var(a | OR), where A is the number of events expected in group 1 if the table's odds ratio
//!   were the common one, and 1 / Var = 1/A + 1/(m-A) + 1/(n1-A) + 1/(n2-m+A); on one degree of freedom less than tables
//!   (Breslow and Day 1980, Statistical Methods in Cancer Research, vol. 1, equation 4.32).
//! - Tarone: Breslow-Day less (Σ(a - A))² / ΣVar (Tarone 1985, doi:10.1093/biomet/72.1.91).
//!
//! Tables in which a margin is 0 carry no information and are left out.

use serde::{Deserialize, Serialize};

use crate::stat::chi2;

/// A chi-square test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChiSquareTest {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The P value.
    pub p_value: f64,
}

impl ChiSquareTest {
    fn new(statistic: f64, df: usize) -> Option<Self> {
        (statistic.is_finite() && df > 0).then(|| ChiSquareTest {
            statistic,
            df,
            p_value: chi2::sf(statistic, df as f64),
        })
    }
}

/// The tests of a stratified analysis, as far as they apply.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StratifiedTests {
    /// Cochran-Mantel-Haenszel, with continuity correction: is there any effect?
    pub cmh: Option<ChiSquareTest>,
    /// Breslow-Day: is the odds ratio the same in all tables?
    pub breslow_day: Option<ChiSquareTest>,
    /// Tarone's correction of Breslow-Day.
    pub tarone: Option<ChiSquareTest>,
}
