//! The printed multiverse.

use std::fmt;

use crate::{
    pool::Multiverse,
    text::{Align, Grid, Notation, Section, p_value, plain},
};

impl Multiverse {
    /// The table of all combinations.
    pub fn grid(&self, notation: &Notation) -> Grid {
        let mut header = vec![("model", Align::Left), ("tau^2 by", Align::Left), ("inference", Align::Left)];
        header.extend(
            ["tau^2", notation.estimate(), notation.se(), "ci.lb", "ci.ub", "pval", "pi.lb", "pi.ub"]
                .map(|n| (n, Align::Right)),
        );
        let mut grid = Grid::new(header);
        for row in &self.rows {
            grid.row([
                format!("{:?}", row.model).to_lowercase(),
                row.method.map_or("-".to_owned(), |m| m.to_string()),
                row.inference.to_string(),
                notation.optional(row.tau2),
                notation.effect(row.estimate),
                notation.number(row.se),
                notation.effect(row.ci_lower),
                notation.effect(row.ci_upper),
                row.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                notation.effect_if(row.prediction_lower),
                notation.effect_if(row.prediction_upper),
            ]);
        }
        grid
    }

    /// `Every estimator by every inference (k = 13, 95% intervals)`.
    pub fn headline(&self) -> String {
        format!("Every estimator by every inference (k = {}, {} intervals)", self.k, self.level)
    }

    /// The printed table and the number of intervals that exclude no effect.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&Notation::new())
    }

    /// The same in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let (all, excluding) = (self.rows.len(), self.excluding(0.0).count());
        let null = notation.null();
        let line = format!("{excluding} of {all} intervals exclude {null}, {} include it.", all - excluding);
        vec![Section::untitled().table("", self.grid(notation)).paragraph(line)]
    }
}

impl fmt::Display for Multiverse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.headline(), &self.sections_in(&Notation::asked(f, None))))
    }
}
