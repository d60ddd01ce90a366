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

use crate::{
    Error, Result,
    effect::{PersonTime, TwoByTwo},
    stat::chi2,
};

/// A chi-square test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StratifiedTests {
    /// Cochran-Mantel-Haenszel, with continuity correction: is there any effect?
    pub cmh: Option<ChiSquareTest>,
    /// Breslow-Day: is the odds ratio the same in all tables?
    pub breslow_day: Option<ChiSquareTest>,
    /// Tarone's correction of Breslow-Day.
    pub tarone: Option<ChiSquareTest>,
}

/// The margins of a table: sizes of the groups, events, all.
struct Margins {
    n1: f64,
    n2: f64,
    events: f64,
    total: f64,
}

impl Margins {
    fn of(table: &TwoByTwo) -> Self {
        let (n1, n2) = (table.n1i(), table.n2i());
        Margins { n1, n2, events: table.ai() + table.ci(), total: n1 + n2 }
    }

    fn informative(&self) -> bool {
        self.n1 > 0.0 && self.n2 > 0.0 && self.events > 0.0 && self.events < self.total
    }
}

/// Refuses a table of at most one person in all that has both events and non-events: fractional counts whose hypergeometric
/// variance, which divides by N - 1, does not exist.
pub(super) fn check_size(label: &str, table: &TwoByTwo) -> Result<()> {
    let m = Margins::of(table);
    if m.informative() && m.total <= 1.0 {
        let found = format!("a table of {} people in all", m.total);
        return Err(Error::data(found, "give counts of people, of more than one").in_study(label));
    }
    Ok(())
}

/// Observed less expected events in group 1, and their hypergeometric variance; `None` without information, and where the
/// variance does not exist.
pub(super) fn observed_less_expected(table: &TwoByTwo) -> Option<(f64, f64)> {
    let m = Margins::of(table);
    let n = m.total;
    if !m.informative() || n <= 1.0 {
        return None;
    }
    let variance = m.n1 * m.n2 * m.events * (n - m.events) / (n * n * (n - 1.0));
    Some((table.ai() - m.n1 * m.events / n, variance))
}

fn continuity_corrected(sums: impl Iterator<Item = (f64, f64)>) -> Option<ChiSquareTest> {
    let (difference, variance) = sums.fold((0.0, 0.0), |(d, v), (di, vi)| (d + di, v + vi));
    ChiSquareTest::new((difference.abs() - 0.5).max(0.0).powi(2) / variance, 1)
}

/// The Cochran-Mantel-Haenszel test of tables of events.
pub(super) fn cmh(tables: &[TwoByTwo]) -> Option<ChiSquareTest> {
    continuity_corrected(tables.iter().filter_map(observed_less_expected))
}

/// The Mantel-Haenszel test of person-time data.
pub(super) fn cmh_rates(rates: &[PersonTime]) -> Option<ChiSquareTest> {
    continuity_corrected(rates.iter().map(|r| {
        let (events, time) = (r.x1i() + r.x2i(), r.t1i() + r.t2i());
        (r.x1i() - events * r.t1i() / time, events * r.t1i() * r.t2i() / (time * time))
    }))
}

/// The Breslow-Day and Tarone tests at the common odds ratio.
pub(super) fn breslow_day(
    tables: &[TwoByTwo],
    odds_ratio: f64,
) -> (Option<ChiSquareTest>, Option<ChiSquareTest>) {
    let (mut statistic, mut difference, mut variance, mut count) = (0.0, 0.0, 0.0, 0_usize);
    for table in tables {
        let m = Margins::of(table);
        if !m.informative() {
            continue;
        }
        let expected = expected_events(&m, odds_ratio);
        let cells = [expected, m.events - expected, m.n1 - expected, m.n2 - m.events + expected];
        let var = 1.0 / cells.iter().map(|c| 1.0 / c).sum::<f64>();
        let d = table.ai() - expected;
        statistic += d * d / var;
        difference += d;
        variance += var;
        count += 1;
    }
    let df = count.saturating_sub(1);
    (
        ChiSquareTest::new(statistic, df),
        ChiSquareTest::new(statistic - difference * difference / variance, df),
    )
}

/// The events A in group 1 at which the table with these margins has the given odds ratio: the root of
/// A (n2 - m + A) = OR (m - A)(n1 - A) within its bounds.
fn expected_events(m: &Margins, odds_ratio: f64) -> f64 {
    // (1 - OR) A² + (n2 - m + OR (m + n1)) A - OR m n1 = 0, solved without cancellation.
    let a = 1.0 - odds_ratio;
    let b = m.n2 - m.events + odds_ratio * (m.events + m.n1);
    let c = -odds_ratio * m.events * m.n1;
    // b > 0 within the bounds of A, so this form has no difference of near-equal numbers.
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    -2.0 * c / (b + root)
}
