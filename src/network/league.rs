//! The league table: every treatment against every other, always row versus column.
//!
//! Below the diagonal stand the network estimates, above it the direct ones, or the network estimates of a second outcome.
//! Packages differ in which way a cell is to be read; here every cell is row minus column.

use serde::{Deserialize, Serialize};

use super::{Difference, NetworkFit};

/// The order of the treatments in a league table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum LeagueOrder {
    /// `rank`: from best to worst.
    #[default]
    Rank,
    /// `level`: the order of the levels.
    Level,
    /// `given`: the order of the data.
    Given,
}

crate::codes::codes!(LeagueOrder, "order" {
    Rank "rank" [], Level "level" [], Given "given" [],
});

/// A league table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct League {
    /// The names of the treatments in the order of rows and columns.
    pub order: Vec<String>,
    /// Row by row, row minus column; `None` on the diagonal and where there is no evidence.
    pub cells: Vec<Vec<Option<Difference>>>,
}

impl NetworkFit {
    /// The treatments in an order of the league table; `ranked` has them from best to worst.
    pub fn league_order(&self, order: LeagueOrder, ranked: &[usize]) -> Vec<usize> {
        match order {
            LeagueOrder::Rank => ranked.to_vec(),
            LeagueOrder::Level => (0..self.theta.len()).collect(),
            LeagueOrder::Given => {
                let mut seen = vec![false; self.theta.len()];
                let arms = self.network.studies.iter().flat_map(|s| &s.arms);
                arms.map(|arm| arm.treatment).filter(|&t| !std::mem::replace(&mut seen[t], true)).collect()
            }
        }
    }

    /// The league table of these treatments: network estimates below the diagonal, direct ones above.
    pub fn league(&self, order: &[usize]) -> League {
        let size = self.theta.len();
        let evidence = self.direct_evidence();
        let direct = |row: usize, column: usize| {
            let (i, j) = (row.min(column), row.max(column));
            let difference = evidence[i * size + j].map(|d| self.direct_difference(&d))?;
            Some(if row < column { difference } else { difference.reversed() })
        };
        self.league_of(order, direct)
    }

    /// The league table of two outcomes: this one below the diagonal, the other above it, matched by the treatments' names.
    pub fn league_with(&self, order: &[usize], other: &NetworkFit) -> League {
        let names = &self.network.treatments;
        let position = |t: usize| other.network.treatments.iter().position(|name| *name == names[t]);
        let positions: Vec<Option<usize>> = (0..names.len()).map(position).collect();
        self.league_of(order, |row, column| {
            let (i, j) = (positions[row]?, positions[column]?);
            Some(Difference { prediction_lower: None, prediction_upper: None, ..other.difference(i, j) })
        })
    }

    fn league_of(&self, order: &[usize], above: impl Fn(usize, usize) -> Option<Difference>) -> League {
        let cell = |r: usize, c: usize| {
            if r == c {
                None
            } else if r > c {
                let difference = self.difference(order[r], order[c]);
                Some(Difference { prediction_lower: None, prediction_upper: None, ..difference })
            } else {
                above(order[r], order[c])
            }
        };
        let count = order.len();
        League {
            order: order.iter().map(|&t| self.network.treatments[t].clone()).collect(),
            cells: (0..count).map(|r| (0..count).map(|c| cell(r, c)).collect()).collect(),
        }
    }
}
