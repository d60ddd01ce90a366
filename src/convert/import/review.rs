//! What the readers of other programs' files return: the rows of a review with their comparison and outcome.

use serde::Serialize;

use super::super::baseline_risk::WithInterval;
#[cfg(any(feature = "csv", feature = "revman"))]
use super::super::record::Derived;
use super::super::record::{Provenance, Step};
use crate::{
    Measure,
    effect::{Correlation, Effect, PersonTime, TwoByTwo, TwoMeans},
};

/// The numbers of one row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RowData {
    /// Dichotomous outcome.
    Counts(TwoByTwo),
    /// Continuous outcome.
    Means(TwoMeans),
    /// Events in person-times.
    Rates(PersonTime),
    /// A correlation of n people.
    Correlation(Correlation),
    /// Generic inverse variance: estimate and squared standard error.
    Generic(Effect),
    /// O - E and V as log hazard ratio (or Peto log odds ratio) with its variance.
    OMinusE(Effect),
}

impl RowData {
    /// The numbers under the names of the roles of a table (`ai n1i ci n2i`, `m1i ...`, `yi vi`), as analyses take them.
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        match self {
            RowData::Counts(t) => {
                vec![("ai", t.ai()), ("n1i", t.n1i()), ("ci", t.ci()), ("n2i", t.n2i())]
            }
            RowData::Means(m) => vec![
                ("m1i", m.m1i()),
                ("sd1i", m.sd1i()),
                ("n1i", m.n1i()),
                ("m2i", m.m2i()),
                ("sd2i", m.sd2i()),
                ("n2i", m.n2i()),
            ],
            RowData::Rates(r) => {
                vec![("x1i", r.x1i()), ("t1i", r.t1i()), ("x2i", r.x2i()), ("t2i", r.t2i())]
            }
            RowData::Correlation(c) => vec![("ri", c.ri()), ("ni", c.ni())],
            RowData::Generic(e) | RowData::OMinusE(e) => vec![("yi", e.yi), ("vi", e.vi)],
        }
    }

    /// The kind of data in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            RowData::Counts(_) => "counts",
            RowData::Means(_) => "means",
            RowData::Rates(_) => "rates",
            RowData::Correlation(_) => "correlation",
            RowData::Generic(_) => "generic",
            RowData::OMinusE(_) => "o-minus-e",
        }
    }
}

/// One data row of a review.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// The number and name of the comparison, as `1 BCG versus none`.
    pub comparison: String,
    /// The number and name of the outcome.
    pub outcome: String,
    /// The name of the subgroup, if there are subgroups.
    pub subgroup: Option<String>,
    /// The name of the study.
    pub study: String,
    /// The year of the study, if it is given.
    pub year: Option<i32>,
    /// The effect measure of the outcome as the file names it (`RR`, `PETO_OR`, `Mean Difference`, ...).
    pub effect_measure: Option<String>,
    /// The method of the outcome (`MH`, `IV`, `PETO`, ...).
    pub method: Option<String>,
    /// Whether the review used a random-effects model.
    pub random: Option<bool>,
    /// The numbers.
    pub data: RowData,
    /// How the numbers were derived, where the file does not hold them as they are analysed (a variance from an interval, a
    /// log hazard ratio from O - E and V); empty where they were taken over as they stand.
    pub steps: Vec<Step>,
}

/// What a reader makes of the cells of a row: the numbers with their derivation, or why they are impossible.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) type Numbers = crate::Result<Derived<RowData>>;

/// Numbers as the file holds them.
#[cfg(any(feature = "csv", feature = "revman"))]
pub(super) fn reported(data: crate::Result<RowData>) -> Numbers {
    data.map(Derived::reported)
}

impl Row {
    /// The effect measure as this crate names it, if it is known.
    pub fn measure(&self) -> Option<Measure> {
        let name: String = self
            .effect_measure
            .as_deref()?
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        Some(match name.as_str() {
            "rr" | "riskratio" => Measure::RiskRatio,
            "or" | "oddsratio" | "oddsrationonevent" => Measure::OddsRatio,
            "rd" | "riskdifference" => Measure::RiskDifference,
            "petoor" | "peto" | "petooddsratio" => Measure::PetoOddsRatio,
            "md" | "meandifference" => Measure::MeanDifference,
            "smd" | "stdmeandifference" | "standardizedmeandifference" | "standardisedmeandifference" => {
                Measure::StandardizedMeanDifference
            }
            "hr" | "hazardratio" => "HR".parse().ok()?,
            "irr" | "rateratio" => "IRR".parse().ok()?,
            // Codes and names of this crate.
            _ => return self.effect_measure.as_deref()?.parse().ok(),
        })
    }
}

/// An estimate that the file itself holds, to compare a new analysis with.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PublishedEstimate {
    /// The comparison, as in the rows.
    pub comparison: String,
    /// The outcome, as in the rows.
    pub outcome: String,
    /// The subgroup; `None` for all studies.
    pub subgroup: Option<String>,
    /// The estimate and its interval as people read it (ratios as ratios).
    pub effect: WithInterval,
    /// Between-study variance, if given.
    pub tau2: Option<f64>,
    /// Cochran's Q, if given.
    pub q: Option<f64>,
}

/// The data of a review.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Review {
    /// The rows in the order of the file.
    pub rows: Vec<Row>,
    /// The pooled estimates that the file holds.
    pub published: Vec<PublishedEstimate>,
    /// Rows that were left out, and why.
    pub notes: Vec<String>,
}

impl Review {
    /// The rows of one analysis, by the number or the beginning of the title of its comparison and its outcome (case does
    /// not matter); `None` takes all.
    #[must_use]
    pub fn select(&self, comparison: Option<&str>, outcome: Option<&str>) -> Review {
        let chosen = |title: &str, wanted: Option<&str>| {
            wanted.is_none_or(|wanted| {
                let (title, wanted) = (title.to_lowercase(), wanted.trim().to_lowercase());
                let (number, name) = title.split_once(' ').unwrap_or((&title, &title));
                number == wanted || name.starts_with(&wanted) || title == wanted
            })
        };
        let both = |c: &str, o: &str| chosen(c, comparison) && chosen(o, outcome);
        Review {
            rows: self.rows.iter().filter(|row| both(&row.comparison, &row.outcome)).cloned().collect(),
            published: self
                .published
                .iter()
                .filter(|estimate| both(&estimate.comparison, &estimate.outcome))
                .cloned()
                .collect(),
            notes: self.notes.clone(),
        }
    }

    /// The derivations of all rows, each with its study.
    pub fn provenance(&self) -> Provenance {
        let mut provenance = Provenance::new();
        for row in &self.rows {
            for step in &row.steps {
                provenance.add(&row.study, &step.clone().gives(()));
            }
        }
        provenance
    }

    /// The comparisons with their outcomes and the number of rows of each, in the order of the file.
    pub fn analyses(&self) -> Vec<(&str, &str, usize)> {
        let mut found: Vec<(&str, &str, usize)> = Vec::new();
        for row in &self.rows {
            match found.iter_mut().find(|(c, o, _)| *c == row.comparison && *o == row.outcome) {
                Some((_, _, count)) => *count += 1,
                None => found.push((&row.comparison, &row.outcome, 1)),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn row(comparison: &str, outcome: &str, measure: &str) -> Row {
        Row {
            comparison: comparison.into(),
            outcome: outcome.into(),
            subgroup: None,
            study: "A".into(),
            year: None,
            effect_measure: Some(measure.into()),
            method: None,
            random: None,
            data: RowData::Generic(Effect { yi: 1.0, vi: 0.5 }),
            steps: vec![Step::new("effect", "as given", "definition").assuming("correlation", 0.5)],
        }
    }

    #[test]
    fn analyses_are_chosen_by_number_or_name() {
        let rows = vec![
            row("1 Drug", "2 Death", "RR"),
            row("1 Drug", "12 Pain", "MD"),
            row("11 Diet", "2 Death", "RR"),
        ];
        let review = Review { rows, ..Review::default() };
        assert_eq!(review.select(Some("1"), Some("2")).rows.len(), 1);
        assert_eq!(review.select(Some("drug"), None).rows.len(), 2);
        assert_eq!(review.select(None, Some("death")).rows.len(), 2);
        assert_eq!(
            review.analyses(),
            [("1 Drug", "2 Death", 1), ("1 Drug", "12 Pain", 1), ("11 Diet", "2 Death", 1)]
        );
    }

    #[test]
    fn the_record_names_studies_and_assumptions() {
        let review = Review { rows: vec![row("1 Drug", "2 Death", "RR")], ..Review::default() };
        let assumptions = review.provenance().assumptions();
        assert_eq!(assumptions.len(), 1);
        assert_eq!((assumptions[0].0.value, assumptions[0].1.as_slice()), (Some(0.5), &["A".to_owned()][..]));
    }

    #[test]
    fn names_of_measures_are_understood() {
        for (name, code) in [
            ("PETO_OR", "PETO"),
            ("Std. Mean Difference", "SMD"),
            ("Risk Ratio", "RR"),
            ("Hazard Ratio", "HR"),
            ("Mean Difference", "MD"),
        ] {
            assert_eq!(row("1", "1", name).measure().unwrap().code(), code);
        }
        assert_eq!(row("1", "1", "Something").measure(), None);
    }
}
