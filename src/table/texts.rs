//! The texts of a column: each once with a code for every row while they repeat, one after another when they do not.
//!
//! Columns of groups repeat few texts, which are worth finding again; labels hardly ever repeat, and looking for them would
//! cost more time and memory than they do. A column starts with codes and gives them up when most of its texts are new.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The code of a missing text.
const NO_TEXT: u32 = u32::MAX;

/// Below this many different texts codes are kept: they cost little, and few rows tell little.
const FEW: usize = 4096;

/// The ends of texts in the text that holds them all, which only rise: four bytes each as long as they do.
#[derive(Clone, Debug, Default)]
struct Ends {
    near: Vec<u32>,
    far: Vec<usize>,
}

impl Ends {
    fn len(&self) -> usize {
        self.near.len() + self.far.len()
    }

    fn push(&mut self, end: usize) {
        match u32::try_from(end) {
            Ok(end) => self.near.push(end),
            Err(_) => self.far.push(end),
        }
    }

    fn get(&self, at: usize) -> Option<usize> {
        match self.near.get(at) {
            Some(end) => Some(*end as usize),
            None => self.far.get(at - self.near.len()).copied(),
        }
    }
}

/// Texts of rows, any of which may be missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Ends,
    /// The text of each row; without codes every row has its own, empty where it is missing.
    codes: Option<Vec<u32>>,
    /// The order of the levels, as far as it is given.
    order: Vec<String>,
}

impl Texts {
    /// The same texts with an order of their levels.
    pub(super) fn ordered(mut self, order: Vec<String>) -> Self {
        self.order = order;
        self
    }

    /// The given order of the levels; empty without one.
    pub(super) fn order(&self) -> &[String] {
        &self.order
    }

    /// The place of a level in the given order; those that it does not name come after it.
    pub(super) fn place(&self, level: &str) -> usize {
        self.order.iter().position(|known| known == level).unwrap_or(self.order.len())
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.codes.as_ref().map_or_else(|| self.ends.len(), Vec::len)
    }

    /// The number of texts that are kept.
    pub(super) fn kept(&self) -> usize {
        self.ends.len()
    }

    /// A text that is kept; empty beyond the last.
    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..end)).unwrap_or_default()
    }

    /// The position of a row's text among those that are kept; `None` where it is missing.
    pub(super) fn position(&self, row: usize) -> Option<usize> {
        match &self.codes {
            Some(codes) => codes.get(row).filter(|code| **code != NO_TEXT).map(|code| *code as usize),
            None => (row < self.ends.len() && !self.text(row).is_empty()).then_some(row),
        }
    }

    /// The text of a row; `None` where it is missing.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        self.position(row).map(|at| self.text(at))
    }

    /// The texts of the rows in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The given rows; positions beyond the end become missing.
    pub(super) fn select(&self, rows: &[usize]) -> Texts {
        if let Some(codes) = &self.codes {
            let codes = rows.iter().map(|row| codes.get(*row).copied().unwrap_or(NO_TEXT)).collect();
            return Texts { codes: Some(codes), ..self.clone() };
        }
        let mut kept = Texts::default().ordered(self.order.clone());
        for row in rows {
            kept.append(self.get(*row).unwrap_or_default());
        }
        kept
    }

    fn append(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }
}

/// Collects texts as they are read.
#[derive(Debug, Default)]
pub(super) struct Collector {
    texts: Texts,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Collector {
    pub(super) fn new() -> Self {
        Collector { texts: Texts { codes: Some(Vec::new()), ..Texts::default() }, ..Collector::default() }
    }

    /// Adds the text of a row; an empty one counts as missing.
    pub(super) fn push(&mut self, text: Option<&str>) {
        let text = text.filter(|text| !text.is_empty());
        let Some(codes) = &mut self.texts.codes else {
            return self.texts.append(text.unwrap_or_default());
        };
        let Some(text) = text else { return codes.push(NO_TEXT) };
        let hash = self.hasher.hash_one(text);
        let texts = &self.texts;
        let code = match self.known.find(hash, |code| texts.text(*code as usize) == text) {
            Some(code) => *code,
            None => {
                let code = u32::try_from(self.texts.ends.len()).unwrap_or(NO_TEXT);
                self.texts.append(text);
                let (texts, hasher) = (&self.texts, &self.hasher);
                self.known.insert_unique(hash, code, |code| hasher.hash_one(texts.text(*code as usize)));
                code
            }
        };
        if let Some(codes) = &mut self.texts.codes {
            codes.push(code);
            // one new text in every two rows: codes no longer pay
            if self.texts.ends.len() > FEW && self.texts.ends.len() > codes.len() / 2 {
                self.give_up_codes();
            }
        }
    }

    fn give_up_codes(&mut self) {
        let mut plain = Texts::default();
        for text in self.texts.iter() {
            plain.append(text.unwrap_or_default());
        }
        self.texts = plain;
        self.known = HashTable::new();
    }

    pub(super) fn finish(self) -> Texts {
        self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_the_loss_of_their_codes() {
        let mut collector = Collector::new();
        let text = |row: usize| (!row.is_multiple_of(7)).then(|| format!("study {}", row / 2 * 3));
        for row in 0..20_000 {
            collector.push(text(row).as_deref());
        }
        let texts = collector.finish();
        assert!(texts.codes.is_none());
        assert_eq!(texts.len(), 20_000);
        for row in (0..20_000).step_by(997) {
            assert_eq!(texts.get(row), text(row).as_deref());
        }
        assert_eq!(texts.get(20_000), None);
        let few = texts.select(&[7, 8, 30_000]);
        assert_eq!((few.get(0), few.get(1), few.get(2)), (None, Some("study 12"), None));
    }

    #[test]
    fn repeated_texts_are_kept_once() {
        let mut collector = Collector::new();
        for row in 0..20_000 {
            collector.push(Some(if row % 2 == 0 { "clinic" } else { "school" }));
        }
        let texts = collector.finish();
        assert_eq!((texts.kept(), texts.len()), (2, 20_000));
        assert_eq!(texts.get(3), Some("school"));
    }
}
