//! From arms to comparisons: one row for each pair of arms of a study.
//!
//! Use it when the data have one row for each arm (long form) and a pairwise or network meta-analysis wants contrasts. A
//! study with m arms has m(m - 1)/2 comparisons, which are not independent: a study with more than two arms leaves a
//! note, and the covariances come from [`super::super::unit::covariance`] or from combining arms.
//!
//! The first arm of a pair is the intervention, the second the comparator: the reference treatment, if given, is always the
//! comparator; other pairs keep the order of the rows.
//!
//! ```
//! use consilience::convert::import::pairwise::{self, PairwiseArm, ArmOutcome, PairData};
//! use consilience::effect::Proportion;
//!
//! let arm = |study, treatment, events, n| -> consilience::Result<PairwiseArm> {
//!     Ok(PairwiseArm::new(study, treatment, ArmOutcome::Counts(Proportion::new(events, n)?)))
//! };
//! let arms = [arm("Smith 2001", "placebo", 9.0, 40.0)?, arm("Smith 2001", "drug", 4.0, 42.0)?];
//! let pairs = pairwise::comparisons(&arms, Some("placebo"))?;
//! assert_eq!((pairs.rows[0].intervention.as_str(), pairs.rows[0].comparator.as_str()), ("drug", "placebo"));
//! let PairData::Counts(table) = &pairs.rows[0].data else { unreachable!() };
//! assert_eq!((table.ai(), table.ci()), (4.0, 9.0));
//! # Ok::<(), consilience::Error>(())
//! ```

use serde::Serialize;

use super::review::RowData;
use crate::{
    Error, Result,
    effect::{OneMean, PersonTime, Proportion, Rate, TwoByTwo, TwoMeans},
};

/// The outcome of one arm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ArmOutcome {
    /// Events among people.
    Counts(Proportion),
    /// Mean, SD and size.
    Means(OneMean),
    /// Events in a person-time.
    Rates(Rate),
}

impl ArmOutcome {
    /// The numbers under the names of the roles of a table (`xi ni`, `mi sdi ni`, `xi ti`).
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        match self {
            ArmOutcome::Counts(p) => vec![("xi", p.xi()), ("ni", p.ni())],
            ArmOutcome::Means(m) => vec![("mi", m.mi()), ("sdi", m.sdi()), ("ni", m.ni())],
            ArmOutcome::Rates(r) => vec![("xi", r.xi()), ("ti", r.ti())],
        }
    }
}

/// One arm of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PairwiseArm {
    /// The label of the study.
    pub study: String,
    /// The treatment.
    pub treatment: String,
    /// The outcome.
    pub data: ArmOutcome,
}

impl PairwiseArm {
    /// An arm of a study.
    pub fn new(study: impl Into<String>, treatment: impl Into<String>, data: ArmOutcome) -> Self {
        PairwiseArm { study: study.into(), treatment: treatment.into(), data }
    }
}

/// The outcomes of two arms, intervention first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PairData {
    /// Two by two.
    Counts(TwoByTwo),
    /// Two means.
    Means(TwoMeans),
    /// Two rates.
    Rates(PersonTime),
}

impl PairData {
    /// The numbers under the names of the roles of a table (`ai n1i ci n2i`, `m1i ...`, `x1i t1i x2i t2i`).
    pub fn values(&self) -> Vec<(&'static str, f64)> {
        match self {
            PairData::Counts(t) => RowData::Counts(*t).values(),
            PairData::Means(m) => RowData::Means(*m).values(),
            PairData::Rates(r) => RowData::Rates(*r).values(),
        }
    }

    /// The outcomes of the two arms.
    ///
    /// # Errors
    ///
    /// If an arm alone is too small for its kind of data.
    pub fn arms(&self) -> Result<[ArmOutcome; 2]> {
        Ok(match self {
            PairData::Counts(t) => [
                ArmOutcome::Counts(Proportion::new(t.ai(), t.n1i())?),
                ArmOutcome::Counts(Proportion::new(t.ci(), t.n2i())?),
            ],
            PairData::Means(m) => [
                ArmOutcome::Means(OneMean::new(m.m1i(), m.sd1i(), m.n1i())?),
                ArmOutcome::Means(OneMean::new(m.m2i(), m.sd2i(), m.n2i())?),
            ],
            PairData::Rates(r) => [
                ArmOutcome::Rates(Rate::new(r.x1i(), r.t1i())?),
                ArmOutcome::Rates(Rate::new(r.x2i(), r.t2i())?),
            ],
        })
    }
}

/// One comparison of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PairwiseComparison {
    /// The label of the study.
    pub study: String,
    /// Treatment of group 1.
    pub intervention: String,
    /// Treatment of group 2.
    pub comparator: String,
    /// The outcomes.
    pub data: PairData,
}

impl PairwiseComparison {
    /// A comparison of two treatments in a study.
    pub fn new(
        study: impl Into<String>,
        intervention: impl Into<String>,
        comparator: impl Into<String>,
        data: PairData,
    ) -> Self {
        PairwiseComparison {
            study: study.into(),
            intervention: intervention.into(),
            comparator: comparator.into(),
            data,
        }
    }
}

/// All comparisons, study by study in the order of their first rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparisons {
    /// The comparisons.
    pub rows: Vec<PairwiseComparison>,
    /// Studies with one arm, and those whose comparisons are dependent.
    pub notes: Vec<String>,
}

fn pair(one: &ArmOutcome, two: &ArmOutcome) -> Result<PairData> {
    match (one, two) {
        (ArmOutcome::Counts(a), ArmOutcome::Counts(b)) => {
            Ok(PairData::Counts(TwoByTwo::from_totals(a.xi(), a.ni(), b.xi(), b.ni())?))
        }
        (ArmOutcome::Means(a), ArmOutcome::Means(b)) => {
            Ok(PairData::Means(TwoMeans::new(a.mi(), a.sdi(), a.ni(), b.mi(), b.sdi(), b.ni())?))
        }
        (ArmOutcome::Rates(a), ArmOutcome::Rates(b)) => {
            Ok(PairData::Rates(PersonTime::new(a.xi(), a.ti(), b.xi(), b.ti())?))
        }
        _ => {
            Err(Error::data("arms with different kinds of outcome", "all arms of a study need the same kind"))
        }
    }
}

/// From comparisons back to arms: each arm of a study once, in the order in which they appear.
///
/// # Errors
///
/// If an arm stands in several comparisons of a study with different numbers.
pub fn arms(rows: &[PairwiseComparison]) -> Result<Vec<PairwiseArm>> {
    let mut arms: Vec<PairwiseArm> = Vec::new();
    let mut known: std::collections::HashMap<(String, String), ArmOutcome> = std::collections::HashMap::new();
    for (row, comparison) in rows.iter().enumerate() {
        let place = |error: Error| error.in_row(row + 1).in_study(&comparison.study);
        let treatments = [&comparison.intervention, &comparison.comparator];
        for (treatment, data) in treatments.into_iter().zip(comparison.data.arms().map_err(place)?) {
            match known.insert((comparison.study.clone(), treatment.clone()), data) {
                None => arms.push(PairwiseArm::new(&comparison.study, treatment, data)),
                Some(before) if before == data => {}
                Some(_) => {
                    return Err(place(Error::data(
                        format!("arm `{treatment}` has other numbers than in an earlier comparison"),
                        "an arm has one outcome: undo a split of the comparator first",
                    )));
                }
            }
        }
    }
    Ok(arms)
}

/// All pairs of arms within each study.
///
/// # Errors
///
/// If no arm is given, a treatment occurs twice in a study, or the arms of a study hold different kinds of outcome.
pub fn comparisons(arms: &[PairwiseArm], reference: Option<&str>) -> Result<Comparisons> {
    if arms.is_empty() {
        return Err(Error::data("no arms", "give at least two arms of a study"));
    }
    let mut order: Vec<&str> = Vec::new();
    let mut by_study: std::collections::HashMap<&str, Vec<(usize, &PairwiseArm)>> =
        std::collections::HashMap::new();
    for (row, arm) in arms.iter().enumerate() {
        let group = by_study.entry(&arm.study).or_default();
        if group.is_empty() {
            order.push(&arm.study);
        }
        if group.iter().any(|(_, other)| other.treatment == arm.treatment) {
            return Err(Error::data(
                format!("treatment `{}` twice in one study", arm.treatment),
                "combine the arms, or give them different names",
            )
            .in_row(row + 1)
            .in_study(&arm.study));
        }
        group.push((row, arm));
    }
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for study in order {
        let group = by_study.get(study).map_or(&[][..], Vec::as_slice);
        match group.len() {
            1 => notes.push(format!("{study} has one arm and no comparison")),
            2 => {}
            m => {
                notes.push(format!("{study} has {m} arms: its {} comparisons are dependent", m * (m - 1) / 2))
            }
        }
        for (i, (_, first)) in group.iter().enumerate() {
            for (row, second) in group.iter().skip(i + 1) {
                let (one, two) = if reference == Some(first.treatment.as_str()) {
                    (second, first)
                } else {
                    (first, second)
                };
                let data = pair(&one.data, &two.data).map_err(|e| e.in_row(row + 1).in_study(study))?;
                rows.push(PairwiseComparison {
                    study: study.to_owned(),
                    intervention: one.treatment.clone(),
                    comparator: two.treatment.clone(),
                    data,
                });
            }
        }
    }
    Ok(Comparisons { rows, notes })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn arm(study: &str, treatment: &str) -> PairwiseArm {
        PairwiseArm::new(study, treatment, ArmOutcome::Counts(Proportion::new(3.0, 10.0).unwrap()))
    }

    #[test]
    fn three_arms_make_three_comparisons() {
        let arms = [arm("A", "x"), arm("B", "x"), arm("A", "p"), arm("A", "y"), arm("C", "x"), arm("C", "p")];
        let all = comparisons(&arms, Some("p")).unwrap();
        let names: Vec<(&str, &str, &str)> = all
            .rows
            .iter()
            .map(|r| (r.study.as_str(), r.intervention.as_str(), r.comparator.as_str()))
            .collect();
        assert_eq!(names, [("A", "x", "p"), ("A", "x", "y"), ("A", "y", "p"), ("C", "x", "p")]);
        assert_eq!(all.notes.len(), 2);
    }

    #[test]
    fn arms_come_back() {
        let given = [arm("A", "x"), arm("A", "p"), arm("A", "y"), arm("C", "x"), arm("C", "p")];
        let all = comparisons(&given, Some("p")).unwrap();
        let again = arms(&all.rows).unwrap();
        assert_eq!(again.len(), given.len());
        assert!(given.iter().all(|arm| again.contains(arm)));
        let mut rows = all.rows;
        rows[1].data = PairData::Counts(TwoByTwo::new(1.0, 2.0, 3.0, 4.0).unwrap());
        assert!(arms(&rows).unwrap_err().to_string().contains("other numbers"));
    }

    #[test]
    fn malformed_arms_are_named() {
        let text = comparisons(&[arm("A", "x"), arm("A", "x")], None).unwrap_err().to_string();
        assert!(text.contains("row 2 (A)") && text.contains("`x` twice"), "{text}");
        let mean = PairwiseArm::new("A", "y", ArmOutcome::Means(OneMean::new(1.0, 1.0, 5.0).unwrap()));
        assert!(comparisons(&[arm("A", "x"), mean], None).is_err());
        assert!(comparisons(&[], None).is_err());
    }
}
