//! The PRISMA 2020 flow diagram: how records became studies.
//!
//! The numbers are checked against each other before anything is drawn: what is screened must be what was identified less
//! what was removed, and so on down to the studies. A diagram whose boxes do not add up is refused with the sum that
//! fails; it is the commonest fault of published ones.
//!
//! The four templates of the statement follow from what is given: with or without previous studies, with or without other
//! methods of identification.
//!
//! # References
//!
//! - Page MJ, McKenzie JE, Bossuyt PM, and others (2021). The PRISMA 2020 statement: an updated guideline for reporting
//!   systematic reviews. BMJ 372:n71. doi:10.1136/bmj.n71
//! - Haddaway NR, Page MJ, Pritchard CC, McGuinness LA (2022). PRISMA2020: an R package and Shiny app for producing PRISMA
//!   2020-compliant flow diagrams. Campbell Syst Rev 18:e1230 (the names of the rows that [`Prisma::from_table`] reads).
//!   doi:10.1002/cl2.1230

mod draw;
mod read;

use crate::plot::Figure;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result,
    plot::{frame::Look, scene::Scene, sheet::page_wide},
};

/// The numbers of a PRISMA 2020 flow diagram. What is `None` was not counted, and its line is left out.
///
/// ```
/// use consilience::plot::Figure;
/// # fn main() -> consilience::Result<()> {
/// use consilience::plot::review::Prisma;
///
/// let diagram = Prisma::new(1200, 300)
///     .removed(250, None, None)
///     .screened(1250, 1150)
///     .sought(100, 4)
///     .assessed(96, [("wrong population", 50), ("no comparator", 26)])
///     .included(18, Some(20));
/// assert!(diagram.scene()?.description.contains("1250 records were screened"));
///
/// let error = diagram.screened(1300, 1150).scene().unwrap_err();
/// assert!(error.to_string().contains("1500 identified less 250 removed are 1250"), "{error}");
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Prisma {
    /// Studies of the previous version of the review.
    pub previous_studies: Option<u64>,
    /// Their reports.
    pub previous_reports: Option<u64>,
    /// Records from databases.
    pub databases: u64,
    /// Records from registers.
    pub registers: u64,
    /// Records of each database; if there are any, they add up to `databases`.
    pub each_database: Vec<(String, u64)>,
    /// Records of each register; if there are any, they add up to `registers`.
    pub each_register: Vec<(String, u64)>,
    /// Duplicates removed before screening.
    pub duplicates: u64,
    /// Records marked as ineligible by automation tools.
    pub automation: Option<u64>,
    /// Records removed for other reasons.
    pub removed_otherwise: Option<u64>,
    /// Records screened.
    pub screened: u64,
    /// Records excluded.
    pub excluded: u64,
    /// Reports sought for retrieval.
    pub sought: u64,
    /// Reports not retrieved.
    pub not_retrieved: u64,
    /// Reports assessed for eligibility.
    pub assessed: u64,
    /// Reports excluded by reason.
    pub excluded_reports: Vec<(String, u64)>,
    /// The other arm.
    pub other: Option<OtherSources>,
    /// New studies included.
    pub new_studies: u64,
    /// Their reports.
    pub new_reports: Option<u64>,
    /// All studies, those of the previous version among them.
    pub total_studies: Option<u64>,
    /// All reports.
    pub total_reports: Option<u64>,
    /// The studies in the meta-analysis.
    #[serde(default)]
    pub pooled_studies: Option<u64>,
    /// Their reports.
    #[serde(default)]
    pub pooled_reports: Option<u64>,
    /// Width, theme and heading; the height follows from the content.
    pub look: Look,
}

/// Records found by other methods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OtherSources {
    /// Records from websites.
    pub websites: Option<u64>,
    /// Records from organisations.
    pub organisations: Option<u64>,
    /// Records from citation searching.
    pub citations: Option<u64>,
    /// Records from other sources, by name.
    pub others: Vec<(String, u64)>,
    /// Reports sought for retrieval.
    pub sought: u64,
    /// Reports not retrieved.
    pub not_retrieved: u64,
    /// Reports assessed for eligibility.
    pub assessed: u64,
    /// Reports excluded by reason.
    pub excluded_reports: Vec<(String, u64)>,
}

impl OtherSources {
    /// Records from websites, organisations and citation searching.
    pub fn new(websites: u64, organisations: u64, citations: u64) -> Self {
        OtherSources {
            websites: Some(websites),
            organisations: Some(organisations),
            citations: Some(citations),
            ..OtherSources::default()
        }
    }

    /// Reports sought for retrieval, and those of them that were not retrieved.
    #[must_use]
    pub fn sought(mut self, sought: u64, not_retrieved: u64) -> Self {
        (self.sought, self.not_retrieved) = (sought, not_retrieved);
        self
    }

    /// Reports assessed for eligibility, and those of them that were excluded by reason.
    #[must_use]
    pub fn assessed<S: Into<String>>(
        mut self,
        assessed: u64,
        excluded: impl IntoIterator<Item = (S, u64)>,
    ) -> Self {
        self.assessed = assessed;
        self.excluded_reports = excluded.into_iter().map(|(reason, n)| (reason.into(), n)).collect();
        self
    }

    fn identified(&self) -> u64 {
        let named = [self.websites, self.organisations, self.citations].into_iter().flatten();
        named.fold(sum(&self.others), u64::saturating_add)
    }

    /// Checks that the numbers agree with each other.
    fn check(&self) -> Result<()> {
        let found = self.identified();
        if self.sought > found {
            let parts = "the records identified".to_owned();
            agrees("reports sought by other methods", self.sought, parts, i128::from(found))?;
        }
        let parts = format!("{} sought less {} not retrieved", self.sought, self.not_retrieved);
        let expected = less(self.sought, self.not_retrieved);
        agrees("reports assessed of other methods", self.assessed, parts, expected)
    }
}

fn sum(parts: &[(String, u64)]) -> u64 {
    parts.iter().fold(0, |sum: u64, (_, n)| sum.saturating_add(*n))
}

impl Prisma {
    /// A diagram with the records that databases and registers gave; the other numbers follow.
    pub fn new(databases: u64, registers: u64) -> Self {
        Prisma {
            previous_studies: None,
            previous_reports: None,
            databases,
            registers,
            each_database: Vec::new(),
            each_register: Vec::new(),
            duplicates: 0,
            automation: None,
            removed_otherwise: None,
            screened: 0,
            excluded: 0,
            sought: 0,
            not_retrieved: 0,
            assessed: 0,
            excluded_reports: Vec::new(),
            other: None,
            new_studies: 0,
            new_reports: None,
            total_studies: None,
            total_reports: None,
            pooled_studies: None,
            pooled_reports: None,
            look: page_wide(),
        }
    }

    /// Studies of the previous version of the review, and their reports.
    #[must_use]
    pub fn previous(mut self, studies: u64, reports: Option<u64>) -> Self {
        (self.previous_studies, self.previous_reports) = (Some(studies), reports);
        self
    }

    /// Records removed before screening: duplicates, by automation tools, for other reasons.
    #[must_use]
    pub fn removed(mut self, duplicates: u64, automation: Option<u64>, otherwise: Option<u64>) -> Self {
        (self.duplicates, self.automation, self.removed_otherwise) = (duplicates, automation, otherwise);
        self
    }

    /// Records screened, and those of them that were excluded.
    #[must_use]
    pub fn screened(mut self, screened: u64, excluded: u64) -> Self {
        (self.screened, self.excluded) = (screened, excluded);
        self
    }

    /// Reports sought for retrieval, and those of them that were not retrieved.
    #[must_use]
    pub fn sought(mut self, sought: u64, not_retrieved: u64) -> Self {
        (self.sought, self.not_retrieved) = (sought, not_retrieved);
        self
    }

    /// Reports assessed for eligibility, and those of them that were excluded by reason.
    #[must_use]
    pub fn assessed<S: Into<String>>(
        mut self,
        assessed: u64,
        excluded: impl IntoIterator<Item = (S, u64)>,
    ) -> Self {
        self.assessed = assessed;
        self.excluded_reports = excluded.into_iter().map(|(reason, n)| (reason.into(), n)).collect();
        self
    }

    /// The records found by other methods.
    #[must_use]
    pub fn other(mut self, other: OtherSources) -> Self {
        self.other = Some(other);
        self
    }

    /// New studies included, and their reports.
    #[must_use]
    pub fn included(mut self, studies: u64, reports: Option<u64>) -> Self {
        (self.new_studies, self.new_reports) = (studies, reports);
        self
    }

    /// All studies, those of the previous version among them, and all reports.
    #[must_use]
    pub fn total(mut self, studies: u64, reports: Option<u64>) -> Self {
        (self.total_studies, self.total_reports) = (Some(studies), reports);
        self
    }

    /// Checks that the numbers agree with each other.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] with the sum that fails.
    pub fn check(&self) -> Result<()> {
        for (what, given, parts) in [
            ("records from databases", self.databases, &self.each_database),
            ("records from registers", self.registers, &self.each_register),
        ] {
            if !parts.is_empty() {
                agrees(what, given, format!("the {} sources together", parts.len()), i128::from(sum(parts)))?;
            }
        }
        let identified = self.databases.saturating_add(self.registers);
        let removed = [self.automation, self.removed_otherwise].into_iter().flatten();
        let removed = removed.fold(self.duplicates, u64::saturating_add);
        let parts = format!("{identified} identified less {removed} removed");
        agrees("records screened", self.screened, parts, less(identified, removed))?;
        let parts = format!("{} screened less {} excluded", self.screened, self.excluded);
        agrees("reports sought", self.sought, parts, less(self.screened, self.excluded))?;
        let parts = format!("{} sought less {} not retrieved", self.sought, self.not_retrieved);
        agrees("reports assessed", self.assessed, parts, less(self.sought, self.not_retrieved))?;
        if let Some(other) = &self.other {
            other.check()?;
        }
        self.check_included()?;
        for (what, total, previous, new) in [
            ("studies in all", self.total_studies, self.previous_studies, Some(self.new_studies)),
            ("reports in all", self.total_reports, self.previous_reports, self.new_reports),
        ] {
            if let (Some(total), Some(previous), Some(new)) = (total, previous, new) {
                let parts = format!("{previous} previous and {new} new");
                agrees(what, total, parts, i128::from(previous) + i128::from(new))?;
            }
        }
        Ok(())
    }

    /// Checks the new studies and their reports against the reports that were assessed.
    fn check_included(&self) -> Result<()> {
        let excluded = sum(&self.excluded_reports);
        let mut reports = less(self.assessed, excluded);
        let mut parts = format!("{} assessed less {excluded} excluded", self.assessed);
        if let Some(other) = &self.other {
            let excluded = sum(&other.excluded_reports);
            reports += less(other.assessed, excluded);
            parts += &format!(" and {} assessed less {excluded} excluded of other methods", other.assessed);
        }
        match self.new_reports {
            Some(given) => agrees("reports of new studies", given, parts, reports)?,
            None if i128::from(self.new_studies) > reports => {
                let parts = format!("{parts}, the reports they can come from,");
                agrees("new studies", self.new_studies, parts, reports)?;
            }
            None => {}
        }
        if let Some(reports) = self.new_reports.filter(|reports| *reports < self.new_studies) {
            let found =
                format!("the numbers do not agree: {} new studies in {reports} reports", self.new_studies);
            return Err(Error::data(found, "every study has at least one report"));
        }
        Ok(())
    }
}

/// Refuses a number that is not what its parts make.
fn agrees(what: &str, given: u64, parts: String, expected: i128) -> Result<()> {
    if i128::from(given) == expected {
        return Ok(());
    }
    let verb = if expected == 1 { "is" } else { "are" };
    Err(Error::data(
        format!("the numbers do not agree: {what} is {given}, but {parts} {verb} {expected}"),
        "check the numbers of the flow diagram against the search log",
    ))
}

fn less(whole: u64, part: u64) -> i128 {
    i128::from(whole) - i128::from(part)
}

impl Figure for Prisma {
    /// Lays the diagram out.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] if the numbers do not agree, [`Error::Setting`] for a size out of range.
    fn scene(&self) -> Result<Scene> {
        self.check()?;
        draw::draw(self)
    }

    fn look_mut(&mut self) -> &mut Look {
        &mut self.look
    }

    fn height_follows(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::plot::{scene::Shape, sheet::assert_tidy};

    fn plain() -> Prisma {
        Prisma::new(1200, 300)
            .removed(250, None, None)
            .screened(1250, 1150)
            .sought(100, 4)
            .assessed(96, [("wrong population", 50), ("no comparator", 26)])
            .included(18, Some(20))
    }

    fn full() -> Prisma {
        let other = OtherSources::new(7, 2, 31).sought(22, 3).assessed(19, [("not a trial <b>", 14)]);
        Prisma { each_database: vec![("MEDLINE".into(), 700), ("Embase".into(), 500)], ..plain() }
            .removed(200, Some(40), Some(10))
            .other(other)
            .previous(11, Some(13))
            .included(23, Some(25))
            .total(34, Some(38))
    }

    #[test]
    fn the_four_templates_are_tidy() {
        let no_other = Prisma { other: None, ..full().included(18, Some(20)).total(29, Some(33)) };
        let mut no_previous = full();
        (no_previous.previous_studies, no_previous.total_studies) = (None, None);
        (no_previous.previous_reports, no_previous.total_reports) = (None, None);
        for diagram in [plain(), no_other, no_previous, full()] {
            for width in [85.0, 120.0, 170.0] {
                let scene = diagram.clone().title("Flow of studies").width_mm(width).scene().unwrap();
                assert_tidy(&scene);
                // Every text lies within a box or a bar.
                let boxes: Vec<_> = scene
                    .elements
                    .iter()
                    .filter(|e| matches!(e.shape, Shape::Rect { .. }))
                    .map(|e| e.bounds())
                    .collect();
                for element in
                    scene.elements.iter().filter(|e| matches!(e.shape, Shape::Text(_)) && e.class != "title")
                {
                    let t = element.bounds();
                    assert!(
                        boxes.iter().any(|b| b.left <= t.left
                            && b.right >= t.right
                            && b.top <= t.top + 1.0
                            && b.bottom >= t.bottom - 1.0),
                        "{element:?} at {width}"
                    );
                }
            }
        }
    }

    #[test]
    fn numbers_that_do_not_agree_are_refused_with_the_sum() {
        let message = |diagram: Prisma| diagram.check().unwrap_err().to_string();
        assert!(
            message(plain().screened(1251, 1150)).starts_with(
                "the numbers do not agree: records screened is 1251, but 1500 identified less 250 removed are 1250;"
            )
        );
        assert!(
            message(plain().sought(99, 4))
                .contains("reports sought is 99, but 1250 screened less 1150 excluded are 100")
        );
        assert!(
            message(plain().sought(100, 5))
                .contains("reports assessed is 96, but 100 sought less 5 not retrieved are 95")
        );
        assert!(
            message(plain().included(18, Some(21)))
                .contains("reports of new studies is 21, but 96 assessed less 76 excluded are 20")
        );
        assert!(message(plain().included(21, None)).contains("new studies is 21"));
        assert!(message(plain().included(21, Some(20))).contains("21 new studies in 20 reports"));
        assert!(
            message(full().total(35, None))
                .contains("studies in all is 35, but 11 previous and 23 new are 34")
        );
        assert!(message(plain().removed(2000, None, None)).contains("are -500"));
        let mut parts = plain();
        parts.each_database = vec![("MEDLINE".into(), 1100)];
        assert!(
            message(parts).contains("records from databases is 1200, but the 1 sources together are 1100")
        );
    }

    #[test]
    fn markup_in_a_reason_is_escaped() {
        let svg = full().scene().unwrap().to_svg();
        assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>"));
    }
}
