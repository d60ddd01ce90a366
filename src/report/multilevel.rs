//! The printed fit of a multilevel model, in metafor's layout.

use std::fmt;

use super::{Align, Grid, fixed, layout::coefficients_csv, notes, p_value, percent, pool::p_text};
use crate::multilevel::{MultilevelFit, StructureEstimate, TestDistribution};

impl fmt::Display for MultilevelFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Multivariate Meta-Analysis Model (k = {}; method: {})", self.k, self.method)?;
        let fit = &self.fit;
        let mut grid =
            Grid::new(["logLik", "deviance", "AIC", "BIC", "AICc"].map(|name| (name, Align::Right)));
        grid.row([fit.log_likelihood, fit.deviance, fit.aic, fit.bic, fit.aicc].map(|v| fixed(v, 4)));
        write!(f, "\n{}", grid.to_text())?;

        writeln!(f, "\nVariance Components:")?;
        if self.variance_components.is_empty() && self.structures.is_empty() {
            writeln!(f, "\nnone")?;
        }
        if !self.variance_components.is_empty() {
            let intervals = self.variance_components.iter().any(|component| component.ci.is_some());
            let mut header = vec![
                ("", Align::Left),
                ("estim", Align::Right),
                ("sqrt", Align::Right),
                ("nlvls", Align::Right),
            ];
            if intervals {
                header.extend([("ci.lb", Align::Right), ("ci.ub", Align::Right)]);
            }
            header.extend([("I^2", Align::Right), ("factor", Align::Left)]);
            let mut grid = Grid::new(header);
            for (at, component) in self.variance_components.iter().enumerate() {
                let mut row = vec![
                    format!("sigma^2.{}", at + 1),
                    fixed(component.sigma2, 4),
                    fixed(component.sigma2.sqrt(), 4),
                    component.levels.to_string(),
                ];
                if intervals {
                    let end = |at: usize| {
                        component.ci.and_then(|ci| ci[at]).map_or_else(String::new, |value| fixed(value, 4))
                    };
                    row.extend([end(0), end(1)]);
                }
                row.push(component.i2.map_or_else(String::new, |i2| percent(i2, 2)));
                row.push(component.name.clone());
                grid.row(row);
            }
            write!(f, "\n{}", grid.to_text())?;
        }
        for structure in &self.structures {
            write!(f, "{}", structure_text(structure))?;
        }

        let heterogeneity = &self.residual_heterogeneity;
        let residual = if self.moderator_test.is_some() { "Residual " } else { "" };
        writeln!(
            f,
            "\nTest for {residual}Heterogeneity:\nQ(df = {}) = {}, {}",
            heterogeneity.q_df,
            fixed(heterogeneity.q, 4),
            p_text(heterogeneity.q_p_value)
        )?;
        if let Some(i2) = heterogeneity.i2.filter(|_| !self.variance_components.is_empty()) {
            writeln!(f, "I^2 (all levels): {}", percent(i2, 2))?;
        } else if let Some(i2) = heterogeneity.jackson_i2 {
            writeln!(f, "I^2 (Jackson, White and Riley, of all coefficients): {}", percent(i2, 2))?;
        }
        if let Some(test) = &self.moderator_test {
            let statistic = fixed(test.statistic, 4);
            writeln!(f, "\nTest of Moderators:")?;
            match (test.distribution, test.df2) {
                (TestDistribution::F, Some(df2)) => {
                    let digits = if df2.fract() == 0.0 { 0 } else { 2 };
                    writeln!(
                        f,
                        "F(df1 = {}, df2 = {}) = {statistic}, {}",
                        test.df1,
                        fixed(df2, digits),
                        p_text(test.p_value)
                    )?;
                }
                _ => writeln!(f, "QM(df = {}) = {statistic}, {}", test.df1, p_text(test.p_value))?,
            }
        }

        let with_df = self.coefficients.iter().any(|coefficient| coefficient.df.is_some());
        let mut header = vec![("", Align::Left), ("estimate", Align::Right), ("se", Align::Right)];
        header.push((if with_df { "tval" } else { "zval" }, Align::Right));
        if with_df {
            header.push(("df", Align::Right));
        }
        header.extend(["pval", "ci.lb", "ci.ub"].map(|name| (name, Align::Right)));
        let mut grid = Grid::new(header);
        for coefficient in &self.coefficients {
            let mut row =
                vec![coefficient.term.clone(), fixed(coefficient.estimate, 4), fixed(coefficient.se, 4)];
            row.push(coefficient.statistic.map_or_else(String::new, |value| fixed(value, 4)));
            if with_df {
                let df = coefficient.df.unwrap_or(f64::INFINITY);
                row.push(fixed(df, if df.fract() == 0.0 { 0 } else { 2 }));
            }
            row.push(coefficient.p_value.map_or_else(String::new, |p| p_value(p, 4)));
            row.extend([fixed(coefficient.ci_lower, 4), fixed(coefficient.ci_upper, 4)]);
            grid.row(row);
        }
        write!(f, "\nModel Results:\n\n{}", grid.to_text())?;
        if let Some(prediction) = &self.prediction {
            writeln!(
                f,
                "\n{} prediction interval for a new group at every level: [{}, {}]",
                self.level,
                fixed(prediction.lower, 4),
                fixed(prediction.upper, 4)
            )?;
        }
        if let Some(robust) = &self.robust {
            writeln!(f, "\nCluster-robust inference: {}, {} clusters", robust.kind, robust.clusters)?;
        }
        f.write_str(&notes::text(&self.notes))
    }
}

impl MultilevelFit {
    /// The coefficients as CSV with all digits.
    pub fn to_csv(&self) -> String {
        coefficients_csv(self.coefficients.iter().map(|c| {
            (c.term.as_str(), [c.estimate, c.se], [c.statistic, c.df, c.p_value], [c.ci_lower, c.ci_upper])
        }))
    }
}

/// Variances and correlations of a structure, as a table.
fn structure_text(structure: &StructureEstimate) -> String {
    let (inner, outer) = structure.name.split_once('|').unwrap_or((&structure.name, ""));
    let spatial = structure.structure.is_spatial();
    let what = if structure.structure.is_slopes() { "coefficients" } else { "inner factor" };
    let inner = if spatial {
        format!("places: {inner}")
    } else {
        format!("{what}: {inner} (nlvls = {})", structure.levels.len())
    };
    let mut text = format!(
        "\nouter factor: {outer} (nlvls = {})\n{inner}\nstructure: {}\n\n",
        structure.outer_levels, structure.structure
    );
    let all = || structure.tau2_ci.iter().chain(&structure.rho_ci);
    let intervals = all().any(Option::is_some);
    let mut header =
        vec![("", Align::Left), ("estim", Align::Right), ("sqrt", Align::Right), ("se", Align::Right)];
    if intervals {
        header.extend([("ci.lb", Align::Right), ("ci.ub", Align::Right)]);
    }
    if structure.i2.iter().any(Option::is_some) && structure.tau2.len() > 1 {
        header.push(("I^2", Align::Right));
    }
    header.push(("level", Align::Left));
    let with_i2 = header.iter().any(|(name, _)| *name == "I^2");
    let mut grid = Grid::new(header);
    let four = |value: Option<f64>| value.map_or_else(String::new, |value| fixed(value, 4));
    let mut row = |name: String,
                   (value, root): (String, String),
                   se: Option<f64>,
                   ci: Option<[Option<f64>; 2]>,
                   (i2, level): (Option<f64>, String)| {
        let mut cells = vec![name, value, root, four(se)];
        if intervals {
            // An end that does not exist is infinite.
            let end = |at: usize| match ci {
                Some(ci) => ci[at].map_or_else(|| "Inf".to_owned(), |value| fixed(value, 4)),
                None => String::new(),
            };
            cells.extend([end(0), end(1)]);
        }
        if with_i2 {
            cells.push(i2.map_or_else(String::new, |i2| percent(i2, 2)));
        }
        cells.push(level);
        grid.row(cells);
    };
    let at = |values: &[Option<f64>], place: usize| values.get(place).copied().flatten();
    let end = |values: &[Option<[Option<f64>; 2]>], place: usize| values.get(place).copied().flatten();
    let common = structure.tau2.len() == 1;
    for (place, tau2) in structure.tau2.iter().enumerate() {
        let name = if common { "tau^2".to_owned() } else { format!("tau^2.{}", place + 1) };
        let level = structure.levels.get(place).filter(|_| !common).cloned().unwrap_or_default();
        row(
            name,
            (fixed(*tau2, 4), fixed(tau2.sqrt(), 4)),
            at(&structure.tau2_se, place),
            end(&structure.tau2_ci, place),
            (at(&structure.i2, place), level),
        );
    }
    let count = structure.levels.len();
    let pairs: Vec<(usize, usize)> = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))).collect();
    for (place, rho) in structure.rho.iter().enumerate() {
        let shown = rho.map_or_else(|| "not defined".to_owned(), |rho| fixed(rho, 4));
        let (name, level) = match pairs.get(place).filter(|_| structure.rho.len() > 1) {
            Some(&(a, b)) => {
                let level = match (structure.levels.get(a), structure.levels.get(b)) {
                    (Some(first), Some(second)) => format!("{first}, {second}"),
                    _ => String::new(),
                };
                (format!("rho.{}{}", a + 1, b + 1), level)
            }
            None => ((if spatial { "range" } else { "rho" }).to_owned(), String::new()),
        };
        row(
            name,
            (shown, String::new()),
            at(&structure.rho_se, place),
            end(&structure.rho_ci, place),
            (None, level),
        );
    }
    text.push_str(&grid.to_text());
    text
}
