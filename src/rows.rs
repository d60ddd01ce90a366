//! `SourceRows`: the rows of a table from which effects, a design or a factor were made, so that parts of an analysis that do not line up
//! are noticed.

use std::sync::Arc;

use crate::{Error, Result};

/// So many rows are named in an error.
const NAMED: usize = 10;

/// Positions counted from 0 in memory and from 1 in files, where people read them.
pub(crate) mod from_one {
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(rows: &[usize], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(rows.iter().map(|row| row.saturating_add(1)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<usize>, D::Error> {
        let below = |row: usize| row.checked_sub(1).ok_or_else(|| de::Error::custom("rows count from 1"));
        Vec::<usize>::deserialize(deserializer)?.into_iter().map(below).collect()
    }
}

/// The positions of rows in their source, from 0; unknown for what was made from plain numbers, which lines up by its length.
///
/// Two things that say the same are equal wherever they came from: rows do not count in comparisons, and are not written to files.
#[derive(Debug, Clone, Default)]
pub struct SourceRows(Option<Arc<[usize]>>);

impl PartialEq for SourceRows {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl SourceRows {
    /// Known rows.
    pub fn new(rows: impl Into<Vec<usize>>) -> Self {
        SourceRows(Some(rows.into().into()))
    }

    /// The rows, if they are known.
    pub fn get(&self) -> Option<&[usize]> {
        self.0.as_deref()
    }

    /// Those at the given positions.
    #[must_use]
    pub fn subset(&self, positions: &[usize]) -> Self {
        let pick = |rows: &[usize]| positions.iter().filter_map(|&at| rows.get(at).copied()).collect();
        SourceRows(self.get().map(pick))
    }

    /// Refuses parts that were made from different rows of a source; the error names them. `what` is the other part: "the design".
    ///
    /// # Errors
    ///
    /// If both know their rows and these differ.
    pub fn check(&self, other: &SourceRows, what: &str) -> Result<()> {
        let (Some(own), Some(theirs)) = (self.get(), other.get()) else { return Ok(()) };
        if own == theirs {
            return Ok(());
        }
        let missing = |these: &[usize], those: &[usize]| -> Vec<usize> {
            these.iter().copied().filter(|row| !those.contains(row)).collect()
        };
        let (lacking, surplus) = (missing(own, theirs), missing(theirs, own));
        let mut found = Vec::new();
        if !lacking.is_empty() {
            found.push(format!("{what} lacks {} of the effects", named(&lacking)));
        }
        if !surplus.is_empty() {
            found.push(format!("{what} has {}, which the effects lack", named(&surplus)));
        }
        if found.is_empty() {
            found.push(format!("{what} has the rows of the effects in another order"));
        }
        Err(Error::data(found.join("; "), "take effects, design and factors from the same rows of the data"))
    }
}

/// Rows as people count them.
fn named(rows: &[usize]) -> String {
    let shown: Vec<String> = rows.iter().take(NAMED).map(|row| (row + 1).to_string()).collect();
    let word = if rows.len() == 1 { "row" } else { "rows" };
    let more = if rows.len() > NAMED { format!(" and {} more", rows.len() - NAMED) } else { String::new() };
    format!("{word} {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_does_not_line_up_is_named() {
        let effects = SourceRows::new([0, 1, 2, 4]);
        assert!(effects.check(&SourceRows::default(), "the design").is_ok());
        assert!(effects.check(&SourceRows::new([0, 1, 2, 4]), "the design").is_ok());
        let error =
            |rows: &[usize]| effects.check(&SourceRows::new(rows), "the design").unwrap_err().to_string();
        assert!(
            error(&[0, 1, 3, 4])
                .contains("the design lacks row 3 of the effects; the design has row 4, which")
        );
        assert!(error(&[1, 0, 2, 4]).contains("another order"));
        assert_eq!(effects.subset(&[3, 0]).get(), Some(&[4, 0][..]));
    }
}
