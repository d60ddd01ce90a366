//! The printed table of costs and consequences.

use crate::{
    Level,
    economics::{ConsequenceKind, CostConsequence},
    stat::normal,
    text::{Align, Grid, optional},
};

impl CostConsequence {
    /// The table with intervals of the differences by the normal distribution: costs first, then outcomes, each in order.
    pub fn grid(&self, level: Level) -> Grid {
        let mut grid = Grid::new([
            ("", Align::Left),
            ("unit", Align::Left),
            (self.intervention.as_str(), Align::Right),
            (self.comparator.as_str(), Align::Right),
            ("difference", Align::Right),
            ("ci.lb", Align::Right),
            ("ci.ub", Align::Right),
            ("pval", Align::Right),
        ]);
        let cell = |value: Option<f64>| optional(value, 3);
        let critical = level.critical_value(None);
        for kind in [ConsequenceKind::Cost, ConsequenceKind::Outcome] {
            for row in self.rows.iter().filter(|row| row.kind == kind) {
                let known = row.difference.zip(row.se);
                grid.row([
                    row.name.clone(),
                    row.unit.clone(),
                    cell(row.intervention),
                    cell(row.comparator),
                    cell(row.difference),
                    cell(known.map(|(d, se)| d - critical * se)),
                    cell(known.map(|(d, se)| d + critical * se)),
                    cell(known.filter(|(_, se)| *se > 0.0).map(|(d, se)| normal::two_sided(d / se))),
                ]);
            }
        }
        grid
    }

    /// The table as text.
    pub fn to_text(&self, level: Level) -> String {
        self.grid(level).to_text()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::economics::Consequence;

    #[test]
    fn costs_come_first_and_nothing_is_added_up() {
        let table = CostConsequence::new("A", "B")
            .row(Consequence::outcome("pain", "points", 3.0, 4.0).unwrap().se(0.5).unwrap())
            .row(Consequence::cost("cost", "GBP 2021", 100.0, 60.0).unwrap());
        let grid = table.grid(Level::default());
        assert_eq!(grid.rows().len(), 2);
        assert_eq!(grid.rows()[0][..5], ["cost", "GBP 2021", "100.000", "60.000", "40.000"]);
        assert_eq!(grid.rows()[1][4..], ["-1.000", "-1.980", "-0.020", "0.046"]);
        assert_eq!(grid.rows()[0][5], "-");
    }
}
