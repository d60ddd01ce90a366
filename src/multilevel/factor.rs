//! Grouping factors: which effects share a study, a district, an outcome.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Error, Result, SourceRows};

/// A named grouping of the effects. Levels stand in alphabetical order of their bytes, in numeric order if all of them
/// are numbers.
///
/// ```
/// use consilience::multilevel::Factor;
///
/// let trial = Factor::new("trial", ["2", "10", "2"])?;
/// assert_eq!(trial.levels(), ["2", "10"]);
/// assert_eq!(trial.codes(), [0, 1, 0]);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    name: String,
    levels: Vec<String>,
    codes: Vec<usize>,
    #[serde(skip)]
    rows: SourceRows,
}

impl Factor {
    /// The factor `name` with the label of each effect.
    ///
    /// # Errors
    ///
    /// If there is no label or one is empty.
    pub fn new<L: Into<String>>(
        name: impl Into<String>,
        labels: impl IntoIterator<Item = L>,
    ) -> Result<Self> {
        let name = name.into();
        let labels: Vec<String> = labels.into_iter().map(Into::into).collect();
        if labels.is_empty() {
            return Err(Error::data("no labels", "a factor needs a label for each effect").in_column(name));
        }
        if let Some(row) = labels.iter().position(|label| label.trim().is_empty()) {
            return Err(Error::data("the label is empty", "a factor needs a label for each effect")
                .in_row(row + 1)
                .in_column(name));
        }
        let numbers: Option<Vec<f64>> =
            labels.iter().map(|label| label.trim().parse().ok().filter(|x: &f64| x.is_finite())).collect();
        let (levels, codes) = match numbers {
            Some(numbers) => {
                let mut order: Vec<usize> = (0..labels.len()).collect();
                order.sort_by(|&i, &j| numbers[i].total_cmp(&numbers[j]));
                let (mut levels, mut codes) = (Vec::<String>::new(), vec![0; labels.len()]);
                let mut last = None;
                for row in order {
                    if last != Some(numbers[row]) {
                        levels.push(labels[row].trim().to_owned());
                        last = Some(numbers[row]);
                    }
                    codes[row] = levels.len() - 1;
                }
                (levels, codes)
            }
            None => {
                let distinct: BTreeSet<&String> = labels.iter().collect();
                let place: BTreeMap<&String, usize> =
                    distinct.iter().enumerate().map(|(at, label)| (*label, at)).collect();
                let codes = labels.iter().filter_map(|label| place.get(label).copied()).collect();
                (distinct.into_iter().cloned().collect(), codes)
            }
        };
        Ok(Factor { name, levels, codes, rows: SourceRows::default() })
    }

    /// The factor with its levels in the order in which they first appear.
    ///
    /// # Errors
    ///
    /// If there is no label or one is empty.
    pub fn in_order<L: Into<String>>(
        name: impl Into<String>,
        labels: impl IntoIterator<Item = L>,
    ) -> Result<Self> {
        let sorted = Factor::new(name, labels)?;
        let mut place = vec![None; sorted.levels.len()];
        let mut levels = Vec::with_capacity(sorted.levels.len());
        let codes = sorted
            .codes
            .iter()
            .map(|&code| {
                *place[code].get_or_insert_with(|| {
                    levels.push(sorted.levels[code].clone());
                    levels.len() - 1
                })
            })
            .collect();
        Ok(Factor { levels, codes, ..sorted })
    }

    /// The same factor with the rows of the source that its labels were read from.
    #[must_use]
    pub fn with_rows(mut self, rows: SourceRows) -> Self {
        self.rows = rows;
        self
    }

    /// The rows of the source.
    pub fn rows(&self) -> &SourceRows {
        &self.rows
    }

    /// The same factor under another name.
    #[must_use]
    pub fn renamed(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The factor with a level of its own for each of `k` effects.
    ///
    /// # Errors
    ///
    /// If `k` is 0.
    pub fn each_effect(name: impl Into<String>, k: usize) -> Result<Self> {
        Factor::new(name, (1..=k).map(|row| row.to_string()))
    }

    /// This factor within another, named `outer/inner`: effects share a level if they share those of both.
    ///
    /// # Errors
    ///
    /// If the factors cover different numbers of effects.
    pub fn within(&self, outer: &Factor) -> Result<Self> {
        same_length(outer, self)?;
        let pairs: Vec<(usize, usize)> =
            outer.codes.iter().copied().zip(self.codes.iter().copied()).collect();
        let distinct: BTreeSet<(usize, usize)> = pairs.iter().copied().collect();
        let place: BTreeMap<(usize, usize), usize> =
            distinct.iter().enumerate().map(|(at, pair)| (*pair, at)).collect();
        Ok(Factor {
            name: format!("{}/{}", outer.name, self.name),
            levels: distinct
                .iter()
                .map(|&(o, i)| format!("{}/{}", outer.levels[o], self.levels[i]))
                .collect(),
            codes: pairs.iter().filter_map(|pair| place.get(pair).copied()).collect(),
            rows: self.rows.clone(),
        })
    }

    /// The factor on these effects only, with the levels that they have.
    pub(super) fn subset(&self, rows: &[usize]) -> Factor {
        let present: BTreeSet<usize> = rows.iter().map(|&row| self.codes[row]).collect();
        let place: BTreeMap<usize, usize> =
            present.iter().enumerate().map(|(at, &code)| (code, at)).collect();
        Factor {
            name: self.name.clone(),
            levels: present.iter().map(|&code| self.levels[code].clone()).collect(),
            codes: rows.iter().filter_map(|&row| place.get(&self.codes[row]).copied()).collect(),
            rows: self.rows.subset(rows),
        }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The labels of the levels, in order.
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// The position of each effect's level in [`levels`](Self::levels).
    pub fn codes(&self) -> &[usize] {
        &self.codes
    }

    /// The number of effects.
    #[allow(clippy::len_without_is_empty)] // there is always at least one
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// The levels as numbers, if all of them are numbers.
    pub fn values(&self) -> Option<Vec<f64>> {
        self.levels.iter().map(|level| level.parse().ok()).collect()
    }

    /// The effects of each level.
    pub(super) fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.levels.len()];
        for (row, &code) in self.codes.iter().enumerate() {
            members[code].push(row);
        }
        members
    }
}

pub(super) fn same_length(a: &Factor, b: &Factor) -> Result<()> {
    if a.len() == b.len() {
        return Ok(());
    }
    Err(Error::data(
        format!("factor {} covers {} effects, factor {} covers {}", a.name, a.len(), b.name, b.len()),
        "all factors need one label for each effect",
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn numbers_stand_in_numeric_order_and_text_by_bytes() {
        let numbers = Factor::new("a", ["11", "2", "11.0"]).unwrap();
        assert_eq!(numbers.levels(), ["2", "11"]);
        assert_eq!(numbers.codes(), [1, 0, 1]);
        let text = Factor::new("a", ["b", "B", "10"]).unwrap();
        assert_eq!(text.levels(), ["10", "B", "b"]);
    }

    #[test]
    fn a_nested_factor_tells_apart_equal_labels_of_different_groups() {
        let district = Factor::new("district", ["1", "1", "2"]).unwrap();
        let school = Factor::new("school", ["1", "2", "1"]).unwrap();
        let nested = school.within(&district).unwrap();
        assert_eq!(nested.name(), "district/school");
        assert_eq!(nested.levels(), ["1/1", "1/2", "2/1"]);
        assert!(Factor::new("x", ["a", " "]).is_err());
    }
}
