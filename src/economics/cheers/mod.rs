//! The contents of a report of an economic evaluation: the 28 items of CHEERS 2022, as far as an analysis can fill them.
//!
//! Use it at the end of an analysis: give it the results, add what only the authors know, and print it as the
//! checklist that journals ask for.
//!
//! An analysis knows its options, rates, price year, methods and numbers. It does not know why they were chosen, who was
//! studied, or who paid. What it knows therefore stands as a fact under the item and never completes it: an item is
//! complete only when the authors have written to it.
//!
//! # Edge cases
//!
//! Facts of several analyses stand one after the other; the same fact is not repeated. Two analyses in different
//! currencies or price years are both reported, and a note says so.
//!
//! ```
//! use consilience::economics::{Cheers, CheersStatus, DiscountTiming, Discounting};
//!
//! let report = Cheers::new()
//!     .discounting(&Discounting::new(0.035, 0.035, DiscountTiming::AsTimed)?)
//!     .set(8, "Health service and social care, as the guidance for the country asks.")?;
//! assert_eq!(report.item(10)?.status(), CheersStatus::Partly); // the reason for the rate is the authors'
//! assert_eq!(report.item(8)?.status(), CheersStatus::Written);
//! assert_eq!(report.item(27)?.status(), CheersStatus::ToBeWritten);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Husereau D, Drummond M, Augustovski F, et al. (2022). Consolidated Health Economic Evaluation Reporting Standards 2022
//!   (CHEERS 2022) statement: updated reporting guidance for health economic evaluations. *BMJ* 376:e067975.
//!   doi:10.1136/bmj-2021-067975

mod analysis;
mod items;

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

pub use items::CheersSection;

use super::money::PriceBase;
use crate::{Error, Result};

/// The status of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CheersStatus {
    /// The authors have written to it.
    Written,
    /// The analysis says something; the rest is to be written by the authors.
    Partly,
    /// To be written by the authors.
    ToBeWritten,
}

impl fmt::Display for CheersStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            CheersStatus::Written => "written",
            CheersStatus::Partly => "partly",
            CheersStatus::ToBeWritten => "to be written",
        })
    }
}

/// One item with what is said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheersItem {
    /// Its number, 1 to 28.
    pub number: usize,
    /// Its section.
    pub section: CheersSection,
    /// Its topic.
    pub topic: String,
    /// The request of the item, in short.
    pub asks: String,
    /// The answer of the analysis.
    pub analysis: Vec<String>,
    /// The answer of the authors.
    pub authors: Option<String>,
}

impl CheersItem {
    /// The status.
    pub fn status(&self) -> CheersStatus {
        match (&self.authors, self.analysis.is_empty()) {
            (Some(_), _) => CheersStatus::Written,
            (None, false) => CheersStatus::Partly,
            (None, true) => CheersStatus::ToBeWritten,
        }
    }

    /// The text for a report, with what is still to be written.
    fn text(&self) -> String {
        let mut parts: Vec<&str> = self.authors.as_deref().into_iter().collect();
        parts.extend(self.analysis.iter().map(String::as_str));
        if parts.is_empty() {
            return "To be written by the authors.".to_owned();
        }
        let mut text = parts.join(" ");
        if self.authors.is_none() {
            text.push_str(" (The rest is to be written by the authors.)");
        }
        text
    }
}

/// The items of CHEERS 2022, filled from analyses and by the authors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Cheers {
    items: Vec<CheersItem>,
    price_base: Option<PriceBase>,
    notes: Vec<String>,
}

#[derive(Deserialize)]
struct Unchecked {
    items: Vec<CheersItem>,
    price_base: Option<PriceBase>,
    notes: Vec<String>,
}

impl TryFrom<Unchecked> for Cheers {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let numbered = raw.items.iter().zip(1..).all(|(item, number)| item.number == number);
        if raw.items.len() != items::ITEMS.len() || !numbered {
            return Err(Error::data(
                format!("{} items", raw.items.len()),
                "a report of CHEERS 2022 has the items 1 to 28 in their order",
            ));
        }
        Ok(Cheers { items: raw.items, price_base: raw.price_base, notes: raw.notes })
    }
}

impl Default for Cheers {
    fn default() -> Self {
        let item = |(i, &(section, topic, asks)): (usize, &(CheersSection, &str, &str))| CheersItem {
            number: i + 1,
            section,
            topic: topic.to_owned(),
            asks: asks.to_owned(),
            analysis: Vec::new(),
            authors: None,
        };
        Cheers {
            items: items::ITEMS.iter().enumerate().map(item).collect(),
            price_base: None,
            notes: Vec::new(),
        }
    }
}

impl Cheers {
    /// All items, still to be written.
    pub fn new() -> Self {
        Self::default()
    }

    /// The items, 1 to 28.
    pub fn items(&self) -> &[CheersItem] {
        &self.items
    }

    /// The item of a number.
    ///
    /// # Errors
    ///
    /// If the number is not within 1 to 28.
    pub fn item(&self, number: usize) -> Result<&CheersItem> {
        number.checked_sub(1).and_then(|i| self.items.get(i)).ok_or_else(|| no_item(number))
    }

    /// Sets the authors' answer to an item, in place of an earlier one.
    ///
    /// # Errors
    ///
    /// If the number is not within 1 to 28 or the text is empty.
    pub fn set(mut self, number: usize, text: impl Into<String>) -> Result<Self> {
        let text = text.into().trim().to_owned();
        let item =
            number.checked_sub(1).and_then(|i| self.items.get_mut(i)).ok_or_else(|| no_item(number))?;
        if text.is_empty() {
            return Err(Error::setting(
                "CHEERS item",
                format!("{number} with an empty text"),
                format!("say {}", item.asks),
            ));
        }
        item.authors = Some(text);
        Ok(self)
    }

    /// The number of items that have a status.
    pub fn count(&self, status: CheersStatus) -> usize {
        self.items.iter().filter(|item| item.status() == status).count()
    }

    /// Notes and warnings.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Adds a fact of the analysis to an item of `items::ITEMS`.
    fn fact(&mut self, number: usize, fact: String) {
        if let Some(item) = number.checked_sub(1).and_then(|i| self.items.get_mut(i))
            && !item.analysis.contains(&fact)
        {
            item.analysis.push(fact);
        }
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The checklist as a table in Markdown.
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("| No | Section | Topic | Status | Report |\n|---:|---|---|---|---|\n");
        for item in &self.items {
            let cell = item.text().replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ");
            // A string takes everything.
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {cell} |",
                item.number,
                item.section,
                item.topic,
                item.status()
            );
        }
        let _ = writeln!(text, "\n{}", self.counts());
        for note in &self.notes {
            let _ = writeln!(text, "\n- {note}");
        }
        text
    }

    fn counts(&self) -> String {
        format!(
            "{} of {} items written, {} partly (by the analysis), {} to be written.",
            self.count(CheersStatus::Written),
            self.items.len(),
            self.count(CheersStatus::Partly),
            self.count(CheersStatus::ToBeWritten)
        )
    }
}

fn no_item(number: usize) -> Error {
    Error::setting("CHEERS item", number.to_string(), "give a number from 1 to 28")
}

impl fmt::Display for Cheers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut section = None;
        for item in &self.items {
            if section != Some(item.section) {
                writeln!(f, "{}{}", if section.is_some() { "\n" } else { "" }, item.section)?;
                section = Some(item.section);
            }
            writeln!(f, "{:>4} {} [{}]", item.number, item.topic, item.status())?;
            if item.status() != CheersStatus::Written {
                writeln!(f, "     asks: {}", item.asks)?;
            }
            for said in item.authors.iter().chain(&item.analysis) {
                writeln!(f, "     {said}")?;
            }
        }
        writeln!(f, "\n{}", self.counts())?;
        for note in &self.notes {
            writeln!(f, "\nNote: {note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    /// Sections and some topics as the statement's table numbers them.
    #[test]
    fn the_items_are_those_of_the_statement() {
        let report = Cheers::new();
        let count = |section| report.items().iter().filter(|item| item.section == section).count();
        assert_eq!(report.items().len(), 28);
        assert_eq!(count(CheersSection::Methods), 18); // 4 to 21
        assert_eq!(count(CheersSection::Results), 4); // 22 to 25
        assert_eq!(count(CheersSection::OtherInformation), 2);
        for (number, topic) in [
            (4, "Health economic analysis plan"),
            (10, "Discount rate"),
            (15, "Currency, price date, and conversion"),
            (18, "Characterising heterogeneity"),
            (20, "Characterising uncertainty"),
            (23, "Summary of main results"),
            (27, "Source of funding"),
        ] {
            assert_eq!(report.item(number).unwrap().topic, topic);
        }
        assert_eq!(report.count(CheersStatus::ToBeWritten), 28);
    }

    #[test]
    fn the_authors_write_and_wrong_numbers_are_named() {
        let report = Cheers::new().set(27, " A | B\nC ").unwrap();
        assert_eq!(report.count(CheersStatus::Written), 1);
        assert!(
            report
                .to_markdown()
                .contains("| 27 | Other information | Source of funding | written | A \\| B C |")
        );
        assert!(report.to_string().contains("1 of 28 items written, 0 partly"));
        for wrong in [0, 29] {
            assert!(report.item(wrong).unwrap_err().to_string().contains("from 1 to 28"));
            assert!(report.clone().set(wrong, "x").is_err());
        }
        assert!(report.clone().set(27, "  ").unwrap_err().to_string().contains("who paid"));
    }

    #[test]
    fn a_report_is_kept_as_json() {
        let report = Cheers::new().set(1, "An evaluation of a against b").unwrap();
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Cheers>(&text).unwrap(), report);
        let short = r#"{"items":[],"price_base":null,"notes":[]}"#;
        assert!(serde_json::from_str::<Cheers>(short).unwrap_err().to_string().contains("1 to 28"));
    }
}
