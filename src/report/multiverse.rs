//! The printed multiverse.

use std::fmt;

use crate::{
    pool::Multiverse,
    text::{Align, Grid, Section, fixed, optional, p_value, plain},
};

impl Multiverse {
    /// The table of all combinations.
    pub fn grid(&self) -> Grid {
        let mut header = vec![("model", Align::Left), ("tau^2 by", Align::Left), ("inference", Align::Left)];
        header.extend(
            ["tau^2", "estimate", "se", "ci.lb", "ci.ub", "pval", "pi.lb", "pi.ub"]
                .map(|n| (n, Align::Right)),
        );
        let mut grid = Grid::new(header);
        for row in &self.rows {
            grid.row([
                format!("{:?}", row.model).to_lowercase(),
                row.method.map_or("-".to_owned(), |m| m.to_string()),
                row.inference.to_string(),
                optional(row.tau2, 4),
                fixed(row.estimate, 4),
                fixed(row.se, 4),
                fixed(row.ci_lower, 4),
                fixed(row.ci_upper, 4),
                row.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                optional(row.prediction_lower, 4),
                optional(row.prediction_upper, 4),
            ]);
        }
        grid
    }

    /// `Every estimator by every inference (k = 13, 95% intervals)`.
    pub fn headline(&self) -> String {
        format!("Every estimator by every inference (k = {}, {} intervals)", self.k, self.level)
    }

    /// The printed table and the number of intervals that exclude 0.
    pub fn sections(&self) -> Vec<Section> {
        let (all, excluding) = (self.rows.len(), self.excluding(0.0).count());
        let line = format!("{excluding} of {all} intervals exclude 0, {} include it.", all - excluding);
        vec![Section::untitled().table("", self.grid()).paragraph(line)]
    }
}

impl fmt::Display for Multiverse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.headline(), &self.sections()))
    }
}
