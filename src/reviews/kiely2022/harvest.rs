//! Directions of effect by outcome domain, with vote counts and sign tests: what can be said without pooling.
//!
//! Each reported effect is classed by its sign and, where an interval or P value allows, by whether it excludes no effect
//! at 5 %. A study votes once in a domain: for the intervention if at least 70 % of its effects with a known direction
//! favour it, against if at most 30 % do, else its vote is mixed (Boon and Thomson 2021, doi:10.1002/jrsm.1458). The sign test
//! is the exact two-sided binomial test of for against with probability ½ (Cochrane Handbook, section 12.2.1.3); significance
//! plays no part in it. Use of health services and costs count as reported: less is classed as favourable.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::data::{BeneficialSign, Kiely2022, ReportedEffect};
use crate::stat::binomial;

/// The direction of one reported effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportedDirection {
    /// In favour of the intervention, and no effect is excluded at 5 %.
    FavoursSignificant,
    /// In favour of the intervention.
    Favours,
    /// Against the intervention.
    Against,
    /// Against the intervention, and no effect is excluded at 5 %.
    AgainstSignificant,
    /// Reported as no difference, or without a number.
    NotReported,
}

impl ReportedDirection {
    fn of(effect: &ReportedEffect) -> Self {
        let Some(value) = effect.additive().filter(|v| *v != 0.0) else {
            // A direction in words, without a number.
            let improved = effect.note.starts_with("better in the intervention arm");
            return if improved {
                ReportedDirection::FavoursSignificant
            } else {
                ReportedDirection::NotReported
            };
        };
        let good = (value > 0.0) == (effect.favours == BeneficialSign::Positive);
        let significant = match (effect.ci_lower, effect.ci_upper) {
            (Some(lower), Some(upper)) => {
                let null = if effect.is_ratio() { 1.0 } else { 0.0 };
                lower > null || upper < null
            }
            _ => effect
                .p_value
                .as_deref()
                .is_some_and(|p| p.trim_start_matches('<').parse::<f64>().is_ok_and(|p| p < 0.05)),
        };
        match (good, significant) {
            (true, true) => ReportedDirection::FavoursSignificant,
            (true, false) => ReportedDirection::Favours,
            (false, false) => ReportedDirection::Against,
            (false, true) => ReportedDirection::AgainstSignificant,
        }
    }

    /// A sign for tables: `++`, `+`, `-`, `--`, `o`.
    pub fn symbol(self) -> &'static str {
        match self {
            ReportedDirection::FavoursSignificant => "++",
            ReportedDirection::Favours => "+",
            ReportedDirection::Against => "-",
            ReportedDirection::AgainstSignificant => "--",
            ReportedDirection::NotReported => "o",
        }
    }

    fn favourable(self) -> Option<bool> {
        match self {
            ReportedDirection::FavoursSignificant | ReportedDirection::Favours => Some(true),
            ReportedDirection::Against | ReportedDirection::AgainstSignificant => Some(false),
            ReportedDirection::NotReported => None,
        }
    }
}

/// The votes in one domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HarvestRow {
    /// The domain.
    pub domain: String,
    /// Each study with the directions of its effects.
    pub studies: Vec<(String, Vec<ReportedDirection>)>,
    /// Studies that vote for the intervention.
    pub favours: u64,
    /// Studies that vote against it.
    pub against: u64,
    /// Studies whose effects go both ways.
    pub mixed: u64,
    /// Studies that report no direction.
    pub unknown: u64,
    /// The P value of the sign test; `None` without votes.
    pub sign_test: Option<f64>,
}

/// The harvest: directions of effect by domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Harvest {
    /// One row for each domain, in the order in which they first occur.
    pub rows: Vec<HarvestRow>,
}

impl Kiely2022 {
    /// The directions of effect by domain.
    pub fn harvest(&self) -> Harvest {
        let mut order: Vec<&str> = Vec::new();
        let mut domains: BTreeMap<&str, Vec<(String, Vec<ReportedDirection>)>> = BTreeMap::new();
        for effect in &self.effects {
            if !order.contains(&effect.domain.as_str()) {
                order.push(&effect.domain);
            }
            let studies = domains.entry(&effect.domain).or_default();
            let direction = ReportedDirection::of(effect);
            match studies.iter_mut().find(|(study, _)| *study == effect.study) {
                Some((_, directions)) => directions.push(direction),
                None => studies.push((effect.study.clone(), vec![direction])),
            }
        }
        let rows = order.into_iter().filter_map(|d| Some(row(d, domains.remove(d)?))).collect();
        Harvest { rows }
    }
}

fn row(domain: &str, studies: Vec<(String, Vec<ReportedDirection>)>) -> HarvestRow {
    let mut row = HarvestRow {
        domain: domain.to_owned(),
        studies: Vec::new(),
        favours: 0,
        against: 0,
        mixed: 0,
        unknown: 0,
        sign_test: None,
    };
    for (_, directions) in &studies {
        let known: Vec<bool> = directions.iter().filter_map(|d| d.favourable()).collect();
        let good = known.iter().filter(|g| **g).count() as f64 / known.len().max(1) as f64;
        match (known.is_empty(), good) {
            (true, _) => row.unknown += 1,
            (false, good) if good >= 0.7 => row.favours += 1,
            (false, good) if good <= 0.3 => row.against += 1,
            _ => row.mixed += 1,
        }
    }
    row.studies = studies;
    row.sign_test = sign_test(row.favours, row.against);
    row
}

/// The exact two-sided binomial test with probability ½.
fn sign_test(favours: u64, against: u64) -> Option<f64> {
    let votes = favours + against;
    (votes > 0).then(|| (2.0 * binomial::cdf(favours.min(against), votes, 0.5)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_tests_are_exact() {
        // 2 (1 + 8) / 256 and 2 / 32, by hand.
        let close = |p: Option<f64>, expected: f64| p.is_some_and(|p| (p - expected).abs() < 1e-15);
        assert!(close(sign_test(7, 1), 18.0 / 256.0));
        assert!(close(sign_test(5, 0), 2.0 / 32.0));
        assert_eq!(sign_test(3, 3), Some(1.0));
        assert_eq!(sign_test(0, 0), None);
    }
}
