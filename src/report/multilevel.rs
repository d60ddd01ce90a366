//! The printed fit of a multilevel model, in metafor's layout.

use std::fmt;

use super::{Align, Grid, fixed, p_value, percent, pool::p_text};
use crate::multilevel::{MultilevelFit, TestDistribution};

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
            let (inner, outer) = structure.name.split_once('|').unwrap_or((&structure.name, ""));
            writeln!(
                f,
                "\nouter factor: {outer} (nlvls = {})\ninner factor: {inner} (nlvls = {})\nstructure: {}\n",
                structure.outer_levels,
                structure.levels.len(),
                structure.structure
            )?;
            let mut grid = Grid::new([
                ("", Align::Left),
                ("estim", Align::Right),
                ("sqrt", Align::Right),
                ("level", Align::Left),
            ]);
            let common = structure.tau2.len() == 1;
            for (at, (tau2, level)) in structure.tau2.iter().zip(&structure.levels).enumerate() {
                let name = if common { "tau^2".to_owned() } else { format!("tau^2.{}", at + 1) };
                let level = if common { "" } else { level };
                grid.row([name, fixed(*tau2, 4), fixed(tau2.sqrt(), 4), level.to_owned()]);
            }
            let shown = |rho: Option<f64>| rho.map_or_else(|| "not defined".to_owned(), |rho| fixed(rho, 4));
            if let [rho] = structure.rho[..] {
                grid.row(["rho".to_owned(), shown(rho)]);
            } else {
                let count = structure.levels.len();
                let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
                for ((a, b), rho) in pairs.zip(&structure.rho) {
                    let pair = match (structure.levels.get(a), structure.levels.get(b)) {
                        (Some(first), Some(second)) => format!("{first}, {second}"),
                        _ => String::new(),
                    };
                    grid.row([format!("rho.{}{}", a + 1, b + 1), shown(*rho), String::new(), pair]);
                }
            }
            f.write_str(&grid.to_text())?;
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
        if !self.notes.is_empty() {
            writeln!(f, "\nNotes:")?;
            for note in &self.notes {
                writeln!(f, "- {note}")?;
            }
        }
        Ok(())
    }
}
