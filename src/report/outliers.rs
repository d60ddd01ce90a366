//! The printed models with heavy tails.

use std::fmt;

use super::{Align, Grid, fixed, notes, p_value};
use crate::influence::{OutlierFit, OutlierReport};

fn cell(value: Option<f64>, digits: usize) -> String {
    value.map_or("-".to_owned(), |v| fixed(v, digits))
}

impl OutlierReport {
    /// The models, a row for each coefficient.
    fn models(&self) -> Grid {
        let names = [
            "estimate",
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
                    fixed(c.estimate, 4),
                    cell(c.ci_lower, 4),
                    cell(c.ci_upper, 4),
                    p_value(c.p_value, 4),
                    fixed(fit.tau2, 4),
                    cell(fit.df, 2),
                    cell(fit.outlier_tau2, 4),
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

    /// The report as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("### Models with outliers\n\n{}", self.models().to_markdown());
        out += &format!("\n{}", self.studies().to_markdown());
        out + &notes::markdown(&self.notes)
    }
}

impl fmt::Display for OutlierReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Models with outliers (maximum likelihood, profile intervals):\n\n{}",
            self.models().to_text()
        )?;
        write!(f, "\n{}", self.studies().to_text())?;
        f.write_str(&notes::text(&self.notes))
    }
}
