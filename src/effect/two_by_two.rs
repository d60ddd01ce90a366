//! Two-by-two tables: events and non-events in two groups.
//!
//! With the cells a, b (group 1: events, non-events) and c, d (group 2), n1 = a + b, n2 = c + d, N = n1 + n2, p1 = a/n1 and
//! p2 = c/n2:
//!
//! | measure | yi | vi |
//! |---|---|---|
//! | `RR` | ln(p1/p2) | b/(a n1) + d/(c n2) |
//! | `OR` | ln(ad/bc) | Σ 1/cell |
//! | `PETO` | (a - E)/V | 1/V; E = n1(a+c)/N, V = n1 n2 (a+c)(b+d)/(N²(N-1)) |
//! | `RD` | p1 - p2 | Σ p(1-p)/n; `UB` Σ p(1-p)/(n-1); `AV` at Σa/Σn1 and Σc/Σn2 |
//! | `AS` | asin√p1 - asin√p2 | 1/(4n1) + 1/(4n2) |
//! | `PHI` | φ = (ad - bc)/√(n1 n2 (a+c)(b+d)) | `LS` and `CS` multinomial, `ST` with n1 and n2 fixed |
//! | `YUQ`, `YUY` | (OR - 1)/(OR + 1), the same of √OR | ¼(1-Q²)² Σ 1/cell, (1-Y²)²/16 Σ 1/cell |
//! | `PBIT` | Φ⁻¹(p1) - Φ⁻¹(p2) | Σ 2π p(1-p) exp(z²)/n |
//! | `OR2DN`, `OR2DL` = `OR2D` | ln OR/1.65, ln OR·√3/π | that of ln OR, scaled likewise |
//! | `RTET` | ρ of two normal variables that are cut into events and non-events, by maximum likelihood | asymptotic |
//!
//! `ZPHI` and `ZTET` are Fisher's z of `PHI` and `RTET`, with vi/(1-r²)². What is done about zero cells is told by
//! [`ZeroCells`].
//!
//! ```
//! use consilience::effect::{TwoByTwo, ZeroCells};
//! use consilience::{EffectSizes, Measure};
//!
//! // Two of the BCG vaccine trials (Colditz and others 1994).
//! let tables = [TwoByTwo::new(4.0, 119.0, 11.0, 128.0)?, TwoByTwo::new(6.0, 300.0, 29.0, 274.0)?];
//! let labels = ["Aronson 1948", "Ferguson & Simes 1949"];
//! let effects = EffectSizes::from_two_by_two(Measure::RiskRatio, labels, &tables, ZeroCells::default())?;
//! assert!((effects.yi()[0] - -0.8893113339).abs() < 1e-10);
//! assert!((effects.vi()[0] - 0.3255847650).abs() < 1e-10);
//! assert_eq!(effects.sizes(), Some(&[262.0, 609.0][..]));
//!
//! let error = TwoByTwo::from_totals(12.0, 10.0, 3.0, 10.0).unwrap_err();
//! assert!(error.to_string().starts_with("column ai: 12 events exceed the 10 persons of n1i"));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Yusuf S and others (1985). Beta blockade during and after myocardial infarction. doi:10.1016/s0033-0620(85)80003-7
//! - Rücker G and others (2009). Why add anything to nothing? The arcsine difference as a measure of treatment effect in
//!   meta-analysis with zero cells. doi:10.1002/sim.3511
//! - Bishop YMM, Fienberg SE, Holland PW (1975). Discrete Multivariate Analysis, section 11.3 (variance of φ).
//! - Yule GU (1912). On the methods of measuring association between two attributes. doi:10.2307/2340126
//! - Sánchez-Meca J, Marín-Martínez F, Chacón-Moscoso S (2003). Effect-size indices for dichotomized outcomes in
//!   meta-analysis. doi:10.1037/1082-989X.8.4.448

use std::f64::consts::PI;

use serde::Serialize;

use super::{
    Measure, Spread, VarianceType, ZeroCells,
    check::{count, events_of, getters},
    outcome::{Computed, Outcome, computed},
    tetrachoric,
};
use crate::{
    Result,
    stat::{Tail, normal},
};

/// Events and non-events in two groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TwoByTwo {
    ai: f64,
    bi: f64,
    ci: f64,
    di: f64,
}

impl TwoByTwo {
    /// A table from its cells: `ai` events and `bi` non-events in group 1, `ci` and `di` in group 2.
    ///
    /// # Errors
    ///
    /// If a cell is negative or not finite.
    pub fn new(ai: f64, bi: f64, ci: f64, di: f64) -> Result<Self> {
        Ok(TwoByTwo {
            ai: count("ai", ai)?,
            bi: count("bi", bi)?,
            ci: count("ci", ci)?,
            di: count("di", di)?,
        })
    }

    /// A table from the events `ai` and `ci` in groups of `n1i` and `n2i`.
    ///
    /// # Errors
    ///
    /// If a number is negative or not finite, or the events of a group exceed its size.
    pub fn from_totals(ai: f64, n1i: f64, ci: f64, n2i: f64) -> Result<Self> {
        let (ai, ci) = (events_of("ai", ai, "n1i", n1i)?, events_of("ci", ci, "n2i", n2i)?);
        Ok(TwoByTwo { ai, bi: n1i - ai, ci, di: n2i - ci })
    }

    getters! {
        /// Events in group 1.
        ai,
        /// Non-events in group 1.
        bi,
        /// Events in group 2.
        ci,
        /// Non-events in group 2.
        di,
    }

    /// The size of group 1.
    pub fn n1i(&self) -> f64 {
        self.ai + self.bi
    }

    /// The size of group 2.
    pub fn n2i(&self) -> f64 {
        self.ci + self.di
    }

    /// True if a cell is 0.
    pub fn has_zero(&self) -> bool {
        self.cells().contains(&0.0)
    }

    /// The reason for which a study says nothing about a ratio: both groups without events, or without non-events.
    pub(crate) fn double_zero(&self) -> Option<&'static str> {
        if self.ai == 0.0 && self.ci == 0.0 {
            Some("there are no events in either group")
        } else if self.bi == 0.0 && self.di == 0.0 {
            Some("there are no non-events in either group")
        } else {
            None
        }
    }

    fn cells(&self) -> [f64; 4] {
        [self.ai, self.bi, self.ci, self.di]
    }
}

/// The cells of each table under a zero-cell policy, which of them were corrected, and why a study is left out.
pub(crate) struct Corrected {
    pub(crate) cells: Vec<[f64; 4]>,
    pub(crate) corrected: Vec<bool>,
    pub(crate) dropped: Vec<Option<&'static str>>,
}

/// Corrects tables under a zero-cell policy.
pub(crate) fn correct(
    measure: Measure,
    tables: &[TwoByTwo],
    variance: VarianceType,
    zero_cells: &ZeroCells,
) -> Result<Corrected> {
    let amount = zero_cells.amount(measure)?;
    let drops = zero_cells.drops(measure);
    let dropped: Vec<Option<&'static str>> =
        tables.iter().map(|t| t.double_zero().filter(|_| drops)).collect();
    let zero: Vec<bool> = tables.iter().zip(&dropped).map(|(t, d)| t.has_zero() && d.is_none()).collect();
    let unusable = |row: usize| {
        tables
            .get(row)
            .is_some_and(|t| !effect(measure, t.cells(), variance, [0.5; 2]).is_ok_and(|e| e.vi > 0.0))
    };
    let corrected = zero_cells.rows(&zero, unusable);
    let cells = |(t, &is_corrected): (&TwoByTwo, &bool)| {
        let [a, b, c, d] = t.cells();
        if !is_corrected {
            return [a, b, c, d];
        }
        let (add1, add2) = zero_cells.shares(amount, t.n1i(), t.n2i());
        if zero_cells.spread == Spread::AsMeta && measure == Measure::RiskRatio {
            [a + add1, b, c + add2, d]
        } else {
            [a + add1, b + add1, c + add2, d + add2]
        }
    };
    Ok(Corrected { cells: tables.iter().zip(&corrected).map(cells).collect(), corrected, dropped })
}

/// The outcomes of tables under a zero-cell policy.
pub(crate) fn outcomes(
    measure: Measure,
    tables: &[TwoByTwo],
    variance: VarianceType,
    zero_cells: &ZeroCells,
) -> Result<Vec<Outcome>> {
    let amount = zero_cells.amount(measure)?;
    let Corrected { cells: adjusted, corrected, dropped } = correct(measure, tables, variance, zero_cells)?;
    let kept = dropped.iter().zip(&adjusted).filter(|(reason, _)| reason.is_none());
    let average = average_risks(kept.map(|(_, cells)| *cells));
    let observed_difference = zero_cells.spread == Spread::AsMeta && measure == Measure::RiskDifference;
    let outcome = |(row, table): (usize, &TwoByTwo)| {
        let size = table.n1i() + table.n2i();
        if let Some(reason) = dropped.get(row).copied().flatten() {
            return Outcome::new(Err(reason), size);
        }
        let is_corrected = corrected.get(row).copied().unwrap_or(false);
        let filled = zero_cells.empty_groups && is_corrected && amount > 0.0;
        if (table.n1i() == 0.0 || table.n2i() == 0.0) && !filled {
            return Outcome::new(Err("a group is empty"), size);
        }
        let cells = adjusted.get(row).copied().unwrap_or_else(|| table.cells());
        let mut computed = effect(measure, cells, variance, average);
        if let (true, Ok(effect)) = (observed_difference, &mut computed) {
            effect.yi = table.ai / table.n1i() - table.ci / table.n2i();
        }
        let note = if is_corrected { zero_cells.note(amount, measure) } else { None };
        Outcome::new(computed, size).with_note(note)
    };
    Ok(tables.iter().enumerate().map(outcome).collect())
}

/// Σa/Σn1 and Σc/Σn2.
fn average_risks(tables: impl Iterator<Item = [f64; 4]>) -> [f64; 2] {
    let sum = tables.fold([0.0; 4], |s, t| [s[0] + t[0], s[1] + t[1], s[2] + t[2], s[3] + t[3]]);
    [sum[0] / (sum[0] + sum[1]), sum[2] / (sum[2] + sum[3])]
}

/// The effect of one table with the cells [a, b, c, d]; `average` holds the average risks for `AV`.
fn effect(measure: Measure, cells: [f64; 4], variance: VarianceType, average: [f64; 2]) -> Computed {
    let [a, b, c, d] = cells;
    let (n1, n2) = (a + b, c + d);
    let total = n1 + n2;
    let (p1, p2) = (a / n1, c / n2);
    let reciprocals = 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d;
    let log_odds_ratio = (a / b).ln() - (c / d).ln();
    match measure {
        Measure::RiskRatio => computed(p1.ln() - p2.ln(), b / (a * n1) + d / (c * n2)),
        Measure::OddsRatio => computed(log_odds_ratio, reciprocals),
        Measure::PetoOddsRatio => {
            let (events, non_events) = (a + c, b + d);
            let v = n1 * n2 * events / total * non_events / total / (total - 1.0);
            computed((a - n1 * events / total) / v, 1.0 / v)
        }
        Measure::RiskDifference => {
            let [q1, q2] = [b / n1, d / n2];
            let vi = match variance {
                VarianceType::Unbiased => p1 * q1 / (n1 - 1.0) + p2 * q2 / (n2 - 1.0),
                VarianceType::Average => {
                    let [r1, r2] = average;
                    r1 * (1.0 - r1) / n1 + r2 * (1.0 - r2) / n2
                }
                _ => p1 * q1 / n1 + p2 * q2 / n2,
            };
            computed(p1 - p2, vi)
        }
        Measure::ArcsineDifference => computed(p1.sqrt().asin() - p2.sqrt().asin(), 0.25 / n1 + 0.25 / n2),
        Measure::Phi | Measure::ZPhi => {
            let (phi, vi) = phi(cells, variance);
            if measure == Measure::Phi { computed(phi, vi) } else { fisher_z(phi, vi) }
        }
        Measure::YuleQ => {
            let q = (a * d - b * c) / (a * d + b * c);
            computed(q, 0.25 * (1.0 - q * q).powi(2) * reciprocals)
        }
        Measure::YuleY => {
            let (ad, bc) = ((a * d).sqrt(), (b * c).sqrt());
            let y = (ad - bc) / (ad + bc);
            computed(y, (1.0 - y * y).powi(2) * reciprocals / 16.0)
        }
        Measure::Tetrachoric | Measure::ZTetrachoric => {
            let Some((rho, vi)) = tetrachoric::estimate(cells) else {
                return Err("a zero cell or margin leaves the tetrachoric correlation without a variance");
            };
            if measure == Measure::Tetrachoric { computed(rho, vi) } else { fisher_z(rho, vi) }
        }
        Measure::ProbitDifference => {
            let (z1, z2) = (probit(a, b), probit(c, d));
            let term = |z: f64, p: f64, q: f64, n: f64| 2.0 * PI * p * q * (z * z).exp() / n;
            computed(z1 - z2, term(z1, p1, b / n1, n1) + term(z2, p2, d / n2, n2))
        }
        Measure::OddsRatioToSmdNormal => computed(log_odds_ratio / 1.65, reciprocals / (1.65 * 1.65)),
        Measure::OddsRatioToSmd | Measure::OddsRatioToSmdLogistic => {
            computed(log_odds_ratio * 3.0f64.sqrt() / PI, reciprocals * 3.0 / (PI * PI))
        }
        _ => Err("the measure is not one of two-by-two tables"),
    }
}

/// Φ⁻¹(a/(a+b)) from the smaller tail.
pub(crate) fn probit(events: f64, non_events: f64) -> f64 {
    if events == 0.0 || non_events == 0.0 {
        return if events == non_events { f64::NAN } else { (events - non_events) * f64::INFINITY };
    }
    let n = events + non_events;
    normal::quantile(if events < non_events { Tail::Lower(events / n) } else { Tail::Upper(non_events / n) })
}

/// Fisher's z of a coefficient whose sampling variance is known, by the delta method.
pub(crate) fn fisher_z(r: f64, vi: f64) -> Computed {
    computed(r.atanh(), vi / (1.0 - r * r).powi(2))
}

/// φ and its sampling variance: multinomial, or with the sizes of the groups fixed.
fn phi([a, b, c, d]: [f64; 4], variance: VarianceType) -> (f64, f64) {
    let (n1, n2, m1, m2) = (a + b, c + d, a + c, b + d);
    let total = n1 + n2;
    let margins = (n1 * n2).sqrt() * (m1 * m2).sqrt();
    // Perfect association, without the rounding of the margins' roots.
    if margins > 0.0 && ((b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0)) {
        return (if a > 0.0 { 1.0 } else { -1.0 }, 0.0);
    }
    let phi = (a * d - b * c) / margins;
    let vi = if variance == VarianceType::Stratified {
        // φ = (p1-p2)√(w1 w2)/√(p q) with w = n/N, p = w1 p1 + w2 p2, q = 1-p, p1 and p2 independent proportions.
        let (w1, w2, p, q) = (n1 / total, n2 / total, m1 / total, m2 / total);
        let (p1, p2) = (a / n1, c / n2);
        let scale = (w1 * w2 / (p * q)).sqrt();
        let bend = 0.5 * (p1 - p2) * (1.0 - 2.0 * p) / (p * q);
        let (g1, g2) = (scale * (1.0 - w1 * bend), scale * (-1.0 - w2 * bend));
        g1 * g1 * p1 * (b / n1) / n1 + g2 * g2 * p2 * (d / n2) / n2
    } else {
        let (row, column) = (n1 - n2, m1 - m2);
        ((1.0 - phi * phi) + phi * (1.0 + 0.5 * phi * phi) * row * column / margins
            - 0.75 * phi * phi * (row * row / (n1 * n2) + column * column / (m1 * m2)))
            / total
    };
    // At |φ| = 1 the variance is 0 up to rounding.
    (phi, if vi < 0.0 && vi > -1e-12 / total { 0.0 } else { vi })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::effect::AddTo;

    fn one(measure: Measure, variance: VarianceType, table: TwoByTwo) -> (f64, f64) {
        let outcome = &outcomes(measure, &[table], variance, &ZeroCells::default()).unwrap()[0];
        (outcome.yi().unwrap(), outcome.vi().unwrap())
    }

    #[test]
    fn variance_types_agree_with_metafor() {
        // R 4.2, metafor 3.8-1: escalc(measure, ai=c(11,5), bi=c(128,20), ci=c(29,9), di=c(110,30), vtype)
        let tables =
            [TwoByTwo::new(11.0, 128.0, 29.0, 110.0).unwrap(), TwoByTwo::new(5.0, 20.0, 9.0, 30.0).unwrap()];
        for (measure, variance, expected) in [
            (Measure::RiskDifference, VarianceType::Unbiased, [0.00172448841052275, 0.01133810858507215]),
            (Measure::RiskDifference, VarianceType::Average, [0.00184137355439139, 0.00782704896879967]),
            (Measure::Phi, VarianceType::Stratified, [0.0030922999268885, 0.0152250200286370]),
            (Measure::Phi, VarianceType::CrossSectional, [0.00309658940808655, 0.01522629634102162]),
        ] {
            let outcomes = outcomes(measure, &tables, variance, &ZeroCells::default()).unwrap();
            for (outcome, expected) in outcomes.iter().zip(expected) {
                approx::assert_relative_eq!(outcome.vi().unwrap(), expected, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn probit_difference_of_a_zero_is_infinite() {
        assert_eq!(probit(0.0, 3.0), f64::NEG_INFINITY);
        assert_eq!(probit(3.0, 0.0), f64::INFINITY);
        assert!(probit(0.0, 0.0).is_nan());
    }

    #[test]
    fn zero_cells_without_correction_give_no_ratio() {
        // R 4.2, metafor 3.8-1 gives NA for the first and third, 0 with variance 0 for the second
        let policy = ZeroCells::none();
        let tables = [(0.0, 10.0, 0.0, 12.0), (5.0, 0.0, 6.0, 0.0), (0.0, 8.0, 4.0, 9.0)]
            .map(|(a, b, c, d)| TwoByTwo::new(a, b, c, d).unwrap());
        let rr = outcomes(Measure::RiskRatio, &tables, VarianceType::LargeSample, &policy).unwrap();
        assert_eq!(rr[0].effect, None);
        assert_eq!((rr[1].yi(), rr[1].vi()), (Some(0.0), Some(0.0)));
        assert_eq!(rr[1].unusable(), Some("its sampling variance is 0"));
        assert_eq!(rr[2].reason.as_deref(), Some("the effect is infinite"));
    }

    #[test]
    fn a_correction_where_undefined_leaves_defined_effects_alone() {
        let policy = ZeroCells::none().to(AddTo::Undefined);
        let tables = [(0.0, 10.0, 3.0, 12.0), (0.0, 10.0, 0.0, 12.0)]
            .map(|(a, b, c, d)| TwoByTwo::new(a, b, c, d).unwrap());
        let rd = outcomes(Measure::RiskDifference, &tables, VarianceType::LargeSample, &policy).unwrap();
        assert_eq!(rd[0].yi(), Some(-0.2));
        assert!(rd[0].notes.is_empty());
        assert_eq!(rd[1].notes, ["0.5 was added to each cell"]);
    }

    #[test]
    fn an_empty_group_has_no_effect() {
        let table = TwoByTwo::from_totals(0.0, 0.0, 1.0, 5.0).unwrap();
        let outcome =
            &outcomes(Measure::RiskRatio, &[table], VarianceType::LargeSample, &ZeroCells::default())
                .unwrap()[0];
        assert_eq!(outcome.reason.as_deref(), Some("a group is empty"));
        // metafor 5.0.1: escalc(measure = "RR", ai = 0, n1i = 0, ci = 3, n2i = 50)
        let table = TwoByTwo::from_totals(0.0, 0.0, 3.0, 50.0).unwrap();
        let outcome =
            &outcomes(Measure::RiskRatio, &[table], VarianceType::LargeSample, &ZeroCells::metafor())
                .unwrap()[0];
        let effect = outcome.effect.unwrap();
        assert!((effect.yi - 1.9859155).abs() < 1e-6 && (effect.vi - 1.2661064).abs() < 1e-6, "{effect:?}");
    }

    #[test]
    fn phi_of_a_diagonal_table_has_no_variance() {
        let table = TwoByTwo::new(0.0, 10.0, 3.0, 0.0).unwrap();
        let (yi, vi) = one(Measure::Phi, VarianceType::LargeSample, table);
        approx::assert_relative_eq!(yi, -1.0, max_relative = 1e-15);
        assert!(vi.abs() < 1e-15);
        // Its Fisher's z is infinite, also where the margins' roots are not exact.
        for (b, c) in [(10.0, 3.0), (6.0, 30.0)] {
            let table = TwoByTwo::new(0.0, b, c, 0.0).unwrap();
            let made =
                outcomes(Measure::ZPhi, &[table], VarianceType::LargeSample, &ZeroCells::default()).unwrap();
            assert_eq!(made[0].unusable(), Some("the effect is infinite"));
        }
    }
}
