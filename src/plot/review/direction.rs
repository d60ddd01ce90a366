//! Directions of effect: which way each study points in each outcome, as harvest and effect-direction plots show it.
//!
//! A study that reports several measures of an outcome points where at least 70 % of them point, and
//! both ways otherwise (Boon and Thomson 2021). The sign test of an outcome is the exact two-sided binomial test of studies that
//! favour the intervention against those that do not, with probability ½ (Cochrane Handbook, 12.2.1.3); whether an effect
//! was significant plays no part in it.
//!
//! # References
//!
//! - Boon MH, Thomson H (2021). The effect direction plot revisited: application of the 2019 Cochrane Handbook guidance on
//!   alternative synthesis methods. Res Synth Methods 12:29-33. doi:10.1002/jrsm.1458
//! - Ogilvie D, Fayter D, Petticrew M, and others (2008). The harvest plot: a method for synthesising evidence about the
//!   differential effects of interventions. BMC Med Res Methodol 8:8. doi:10.1186/1471-2288-8-8

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Judgement;
use crate::{Error, Result, stat::binomial, table::Table};

/// The direction of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// The comparator is better.
    Against,
    /// Both ways, or no difference.
    Mixed,
    /// The intervention is better.
    Favours,
}

impl Direction {
    /// All of them, from left to right.
    pub const ALL: [Direction; 3] = [Direction::Against, Direction::Mixed, Direction::Favours];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Against => "against",
            Direction::Mixed => "mixed",
            Direction::Favours => "favours",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Direction {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "favours" | "favors" | "positive" | "benefit" | "+" | "up" => Ok(Direction::Favours),
            "against" | "negative" | "harm" | "-" | "−" | "down" => Ok(Direction::Against),
            "mixed" | "none" | "no effect" | "no change" | "no difference" | "conflicting" | "0" | "o"
            | "=" => Ok(Direction::Mixed),
            _ => Err(Error::data(
                format!("`{text}` is no direction"),
                "write one of: favours (positive), against (negative), mixed (no difference)",
            )),
        }
    }
}

/// The finding of a study for an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DirectionCell {
    /// Its direction.
    pub direction: Direction,
    /// Of how many measures.
    pub measures: usize,
}

impl DirectionCell {
    /// The direction of several measures: that of at least 70 % of them, else both ways.
    pub fn of(directions: &[Direction]) -> Option<Self> {
        if directions.is_empty() {
            return None;
        }
        let count = |wanted: Direction| directions.iter().filter(|d| **d == wanted).count();
        // In whole numbers, so that 7 of 10 are 70 %.
        let clear = |wanted: &Direction| 10 * count(*wanted) >= 7 * directions.len();
        let direction =
            [Direction::Favours, Direction::Against].into_iter().find(clear).unwrap_or(Direction::Mixed);
        Some(DirectionCell { direction, measures: directions.len() })
    }
}

/// A study with what it says of each outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DirectionStudy {
    /// Its name.
    pub study: String,
    /// Its design, as printed.
    pub design: Option<String>,
    /// The people in its intervention group, or in all.
    pub size: Option<f64>,
    /// The risk of its bias.
    pub risk_of_bias: Option<Judgement>,
    /// The suitability of its design for the question: 1 (least), 2 or 3 (most).
    pub suitability: Option<u8>,
    /// Its finding for each outcome.
    pub cells: Vec<Option<DirectionCell>>,
}

/// Studies by outcomes.
///
/// ```
/// use consilience::plot::Figure;
/// use consilience::plot::review::{Direction, Directions};
///
/// let directions = Directions::new()
///     .add("First trial", "anxiety", Direction::Favours)
///     .add("Second trial", "anxiety", Direction::Favours)
///     .add("Second trial", "quality of life", Direction::Against);
/// assert_eq!(directions.sign_test("anxiety")?, Some(0.5)); // two heads in two throws, both sides
/// assert_eq!(directions.effect_direction().scene()?.of_class("direction").count(), 3);
/// # Ok::<(), consilience::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Directions {
    /// The outcomes.
    pub outcomes: Vec<String>,
    /// The studies.
    pub studies: Vec<DirectionStudy>,
    /// Directions of single measures, of which the cells are made: study, outcome, direction.
    measures: Vec<(usize, usize, Direction)>,
}

impl Directions {
    /// No study yet.
    pub fn new() -> Self {
        Directions::default()
    }

    fn study_at(&mut self, study: &str) -> usize {
        if let Some(at) = self.studies.iter().position(|s| s.study == study) {
            return at;
        }
        self.studies.push(DirectionStudy {
            study: study.to_owned(),
            design: None,
            size: None,
            risk_of_bias: None,
            suitability: None,
            cells: vec![None; self.outcomes.len()],
        });
        self.studies.len() - 1
    }

    /// Adds a measure of an outcome in a study; several of the same outcome become one direction.
    #[must_use]
    pub fn add(mut self, study: &str, outcome: &str, direction: Direction) -> Self {
        let row = self.study_at(study);
        let column = match self.outcomes.iter().position(|o| o == outcome) {
            Some(at) => at,
            None => {
                self.outcomes.push(outcome.to_owned());
                self.studies.iter_mut().for_each(|s| s.cells.push(None));
                self.outcomes.len() - 1
            }
        };
        self.measures.push((row, column, direction));
        let all: Vec<Direction> =
            self.measures.iter().filter(|(r, c, _)| (*r, *c) == (row, column)).map(|(.., d)| *d).collect();
        if let Some(cell) = self.studies.get_mut(row).and_then(|s| s.cells.get_mut(column)) {
            *cell = DirectionCell::of(&all);
        }
        self
    }

    /// Says more of a study: its design, its size, the risk of its bias, how well its design suits (1 to 3).
    #[must_use]
    pub fn describe(
        mut self,
        study: &str,
        design: Option<&str>,
        size: Option<f64>,
        risk_of_bias: Option<Judgement>,
        suitability: Option<u8>,
    ) -> Self {
        let at = self.study_at(study);
        if let Some(s) = self.studies.get_mut(at) {
            s.design = design.map(str::to_owned).or(s.design.take());
            s.size = size.or(s.size);
            s.risk_of_bias = risk_of_bias.or(s.risk_of_bias);
            s.suitability = suitability.or(s.suitability);
        }
        self
    }

    /// Reads a table with a row for each measure: `study`, `outcome` (or `domain`), `direction` (favours, against, mixed), and as
    /// far as they are there `design`, `n` (or `n_intervention`), `risk_of_bias` (or `overall`), `suitability` (1 to 3), of which a study's
    /// first value counts. A row without a direction is passed over.
    ///
    /// # Errors
    ///
    /// If a column is missing or a cell cannot be read: the error names row, column, value and what is allowed.
    pub fn from_table(table: &Table) -> Result<Self> {
        let need = |names: &[&str], what: &str| {
            names.iter().find(|name| table.has(name)).map(|name| (*name).to_owned()).ok_or_else(|| {
                let found = format!("no column `{}`", names.first().copied().unwrap_or_default());
                table.in_file(Error::data(found, format!("the figure needs {what}")))
            })
        };
        let optional =
            |names: &[&str]| names.iter().find(|name| table.has(name)).map(|name| (*name).to_owned());
        let outcome_column = need(&["outcome", "domain"], "the outcome of each row")?;
        let direction_column = need(&["direction"], "the direction of each row: favours, against or mixed")?;
        let (outcome, direction) = (table.texts(&outcome_column)?, table.texts(&direction_column)?);
        let risk_column = optional(&["risk_of_bias", "overall"]);
        let risk = risk_column.as_deref().map(|name| table.texts(name)).transpose()?;
        let design = optional(&["design"]).map(|name| table.texts(&name)).transpose()?;
        let size = optional(&["n", "ni", "n_intervention", "participants"])
            .map(|name| table.numbers(&name))
            .transpose()?;
        let suits = optional(&["suitability"]).map(|name| table.numbers(&name)).transpose()?;
        let mut made = Directions::new();
        for row in 0..table.len() {
            let at = |error: Error, column: &str| table.at(error, row, Some(column));
            let cell = |cells: &[Option<String>]| cells.get(row).cloned().flatten();
            let study = table.label(row);
            let judgement = match (risk.as_deref().and_then(cell), &risk_column) {
                (Some(text), Some(column)) => Some(Judgement::read(&text).ok_or_else(|| {
                    let names: Vec<&str> = Judgement::ALL.iter().map(|j| j.name()).collect();
                    let error = Error::data(
                        format!("`{text}` is no judgement on the risk of bias"),
                        format!("write one of: {}", names.join(", ")),
                    );
                    at(error, column)
                })?),
                _ => None,
            };
            let number = |column: &Option<Vec<Option<f64>>>| column.as_ref()?.get(row).copied().flatten();
            let suitability = match number(&suits) {
                Some(s) if [1.0, 2.0, 3.0].contains(&s) => Some(s as u8),
                Some(s) => {
                    let error =
                        Error::data(format!("a suitability of {s}"), "write 1 (least), 2 or 3 (most)");
                    return Err(at(error, "suitability"));
                }
                None => None,
            };
            let size = number(&size);
            if let Some(n) = size.filter(|n| !(n.is_finite() && *n >= 0.0)) {
                return Err(at(Error::data(format!("a size of {n}"), "write a number of at least 0"), "n"));
            }
            made = made.describe(
                &study,
                design.as_deref().and_then(cell).as_deref(),
                size,
                judgement,
                suitability,
            );
            let Some(text) = cell(&direction) else { continue };
            let Some(outcome) = cell(&outcome) else {
                return Err(at(Error::data("the outcome is missing", "name it"), &outcome_column));
            };
            let direction = text.parse::<Direction>().map_err(|error| at(error, &direction_column))?;
            made = made.add(&study, &outcome, direction);
        }
        if made.measures.is_empty() {
            return Err(table.in_file(Error::data("no row has a direction", "give at least one")));
        }
        Ok(made)
    }

    /// The numbers of studies against the intervention, both ways, and in favor of it, for an outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if there is no such outcome.
    pub fn votes(&self, outcome: &str) -> Result<[u64; 3]> {
        let column = self
            .outcomes
            .iter()
            .position(|o| o == outcome)
            .ok_or_else(|| Error::unknown("outcome", outcome, &self.outcomes))?;
        let cells = self.studies.iter().filter_map(|s| s.cells.get(column).copied().flatten());
        Ok(cells.fold([0; 3], |mut votes, cell| {
            if let Some(vote) = votes.get_mut(cell.direction as usize) {
                *vote += 1;
            }
            votes
        }))
    }

    /// The P value of the sign test of an outcome; `None` if no study has a clear direction.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if there is no such outcome.
    pub fn sign_test(&self, outcome: &str) -> Result<Option<f64>> {
        let [against, _, favours] = self.votes(outcome)?;
        let all = favours + against;
        Ok((all > 0).then(|| (2.0 * binomial::cdf(favours.min(against), all, 0.5)).min(1.0)))
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.measures.is_empty() {
            return Err(Error::data("no direction of an effect", "add at least one"));
        }
        Ok(())
    }

    /// True if the studies say anything of these.
    pub(super) fn judgements(&self) -> Vec<Judgement> {
        Judgement::ALL
            .into_iter()
            .filter(|j| self.studies.iter().any(|s| s.risk_of_bias == Some(*j)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn seven_in_ten_make_a_direction() {
        use Direction::*;
        let of = |f: usize, a: usize, m: usize| {
            let all: Vec<Direction> = [vec![Favours; f], vec![Against; a], vec![Mixed; m]].concat();
            DirectionCell::of(&all).map(|c| c.direction)
        };
        assert_eq!(of(7, 3, 0), Some(Favours));
        assert_eq!(of(2, 1, 0), Some(Mixed));
        assert_eq!(of(3, 7, 0), Some(Against));
        assert_eq!(of(1, 0, 0), Some(Favours));
        assert_eq!(of(1, 0, 1), Some(Mixed), "measures without a difference count among all");
        assert_eq!(of(0, 0, 2), Some(Mixed));
        assert_eq!(of(0, 0, 0), None);
    }

    #[test]
    fn sign_tests_are_exact() {
        // R: binom.test(7, 8)$p.value = 0.0703125; binom.test(3, 6)$p.value = 1
        let made = |favours: usize, against: usize| {
            let votes = [vec![Direction::Favours; favours], vec![Direction::Against; against]].concat();
            votes.into_iter().enumerate().fold(Directions::new(), |d, (i, v)| d.add(&format!("S{i}"), "o", v))
        };
        assert!((made(7, 1).sign_test("o").unwrap().unwrap() - 0.0703125).abs() < 1e-15);
        assert_eq!(made(3, 3).sign_test("o").unwrap(), Some(1.0));
        assert!(made(1, 1).sign_test("x").is_err());
    }
}
