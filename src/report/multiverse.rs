//! The printed multiverse.

use std::fmt;

use super::{Align, Grid, fixed, p_value};
use crate::pool::Multiverse;

impl Multiverse {
    /// The table of all combinations.
    pub fn grid(&self) -> Grid {
        let mut header = vec![("model", Align::Left), ("tau^2 by", Align::Left), ("inference", Align::Left)];
        header.extend(
            ["tau^2", "estimate", "se", "ci.lb", "ci.ub", "pval", "pi.lb", "pi.ub"]
                .map(|n| (n, Align::Right)),
        );
        let mut grid = Grid::new(header);
        let text = |value: Option<f64>| value.map_or("-".to_owned(), |v| fixed(v, 4));
        for row in &self.rows {
            grid.row([
                format!("{:?}", row.model).to_lowercase(),
                row.method.map_or("-".to_owned(), |m| m.to_string()),
                row.inference.to_string(),
                text(row.tau2),
                fixed(row.estimate, 4),
                fixed(row.se, 4),
                fixed(row.ci_lower, 4),
                fixed(row.ci_upper, 4),
                row.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                text(row.prediction_lower),
                text(row.prediction_upper),
            ]);
        }
        grid
    }
}

impl fmt::Display for Multiverse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Every estimator by every inference (k = {}, {} intervals)\n", self.k, self.level)?;
        write!(f, "{}", self.grid().to_text())?;
        let (without, all) = (self.rows.len() - self.excluding(0.0).count(), self.rows.len());
        writeln!(f, "\n{} of {all} intervals exclude 0, {without} include it.", all - without)
    }
}
