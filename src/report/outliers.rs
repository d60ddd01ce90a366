//! The printed models with heavy tails.

use std::fmt;

use super::parts;
use crate::{
    influence::{OutlierFit, OutlierReport},
    text::{Align, Grid, Notation, Section, fixed, optional as cell, p_value, plain},
};

impl OutlierReport {
    /// The models, a row for each coefficient.
    fn models(&self, notation: &Notation) -> Grid {
        let names = [
            notation.estimate(),
            "ci.lb",
            "ci.ub",
            "pval",
            "tau^2",
            "df",
            "outlier tau^2",
            "share",
            "logLik",
            "AIC",
            "LRT",
            "LRT p",
        ];
        let header = [("model", Align::Left), ("term", Align::Left)];
        let mut grid = Grid::new(header.into_iter().chain(names.map(|n| (n, Align::Right))));
        let mut add = |name: &str, fit: &OutlierFit| {
            for c in &fit.coefficients {
                grid.row([
                    name.to_owned(),
                    c.term.clone(),
                    notation.effect(c.estimate),
                    notation.effect_if(c.ci_lower),
                    notation.effect_if(c.ci_upper),
                    p_value(c.p_value, 4),
                    notation.number(fit.tau2),
                    cell(fit.df, 2),
                    notation.optional(fit.outlier_tau2),
                    cell(fit.outlier_share, 3),
                    fixed(fit.log_likelihood, 3),
                    fixed(fit.aic, 2),
                    cell(fit.lrt, 3),
                    fit.bootstrap_p_value.or(fit.lrt_p_value).map_or("-".to_owned(), |p| p_value(p, 4)),
                ]);
            }
        };
        add("normal", &self.normal);
        add("t", &self.t);
        add("mixture", &self.mixture);
        grid
    }

    /// The studies: how far each is an outlier.
    fn studies(&self) -> Grid {
        let mut grid = Grid::new([
            ("study", Align::Left),
            ("outlier probability", Align::Right),
            ("weight in the tail", Align::Right),
        ]);
        for (mixture, t) in self.mixture.studies.iter().zip(&self.t.studies) {
            grid.row([mixture.study.clone(), cell(mixture.outlier_probability, 3), cell(t.weight, 3)]);
        }
        grid
    }

    /// The printed report: the models, the studies, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&parts::notation(self.measure, None))
    }

    /// The printed report in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let title = "Models with outliers (maximum likelihood, profile intervals)";
        let mut sections = vec![
            Section::new(title).table("", self.models(notation)),
            Section::untitled().table("", self.studies()),
        ];
        sections.extend(parts::notes(&self.notes));
        sections
    }
}

impl fmt::Display for OutlierReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &self.sections_in(&Notation::asked(f, self.measure.ratio_name(None)))))
    }
}
