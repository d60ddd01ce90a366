//! The printed fit of a meta-regression: metafor's layout, then predictions, the methods and the notes.

use std::fmt;

use super::{
    Align, Grid, fixed,
    layout::coefficients_csv,
    notes, p_value, percent,
    pool::{p_text, stars},
};
use crate::{
    pool::{Inference, PoolModel, Prediction},
    regression::{
        Arrangements, Coefficient, Comparison, Contrasts, Distribution, MarginalMeans, Permutation,
        PredictedEffect, RegressionFit, WaldTest,
    },
};

impl fmt::Display for RegressionFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        if let Some(fit) = &self.fit {
            let mut grid =
                Grid::new(["logLik", "deviance", "AIC", "BIC", "AICc"].map(|name| (name, Align::Right)));
            grid.row([fit.log_likelihood, fit.deviance, fit.aic, fit.bic, fit.aicc].map(|v| fixed(v, 4)));
            write!(f, "\n{}", grid.to_text())?;
        }
        write!(f, "\n{}", self.residual_lines())?;
        if let Some(test) = &self.moderator_test {
            let span = match (usize::from(self.design.has_intercept()) + 1, self.design.p()) {
                (first, last) if first == last => format!("coefficient {first}"),
                (first, last) => format!("coefficients {first}:{last}"),
            };
            writeln!(f, "\nTest of Moderators ({span}):\n{test}")?;
        }
        write!(f, "\nModel Results:\n\n{}", coefficients_grid(&self.coefficients).to_text())?;
        if let Some(robust) = &self.robust {
            writeln!(f, "\nCluster-robust inference: {}, {} clusters", robust.kind, robust.clusters)?;
        }
        if let Some(permutation) = &self.permutation {
            write!(f, "\n{}", self.permutation_lines(permutation))?;
        }
        if let Some(predictions) = &self.predictions {
            write!(f, "\nPredicted Effects:\n\n{}", predictions_grid(predictions).to_text())?;
        }
        writeln!(f, "\nMethods used:")?;
        for line in self.methods() {
            writeln!(f, "- {line}")?;
        }
        f.write_str(&notes::text(&self.notes))
    }
}

impl fmt::Display for WaldTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.distribution, self.df2) {
            (Distribution::F, Some(df2)) => write!(
                f,
                "F(df1 = {}, df2 = {}) = {}, {}",
                self.df1,
                degrees(df2),
                fixed(self.statistic, 4),
                p_text(self.p_value)
            ),
            _ => write!(f, "QM(df = {}) = {}, {}", self.df1, fixed(self.statistic, 4), p_text(self.p_value)),
        }
    }
}

impl fmt::Display for Contrasts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.contrasts.iter().any(|c| c.contrast.df.is_some());
        let mut header = vec![("", Align::Left)];
        header.extend(["estimate", "se", if t { "tval" } else { "zval" }].map(|n| (n, Align::Right)));
        if t {
            header.push(("df", Align::Right));
        }
        header.extend(["pval", "adj. pval", "ci.lb", "ci.ub"].map(|n| (n, Align::Right)));
        let simultaneous = self.contrasts.iter().any(|c| c.simultaneous_ci.is_some());
        if simultaneous {
            header.extend(["sim. ci.lb", "sim. ci.ub"].map(|n| (n, Align::Right)));
        }
        let ratio = self.contrasts.iter().any(|c| c.ratio.is_some());
        if ratio {
            header.push(("ratio", Align::Right));
        }
        let mut grid = Grid::new(header);
        for tested in &self.contrasts {
            let mut cells = coefficient_cells(&tested.contrast, t);
            let adjusted = tested.adjusted_p_value.map_or("-".to_owned(), |p| p_value(p, 4));
            cells.insert(if t { 6 } else { 5 }, adjusted);
            cells.pop();
            if simultaneous {
                cells.extend(match tested.simultaneous_ci {
                    Some(limits) => limits.map(|limit| fixed(limit, 4)),
                    None => ["-".to_owned(), "-".to_owned()],
                });
            }
            if ratio {
                cells.push(tested.ratio.map_or("-".to_owned(), |[estimate, lower, upper]| {
                    format!("{} [{}, {}]", fixed(estimate, 4), fixed(lower, 4), fixed(upper, 4))
                }));
            }
            grid.row(cells);
        }
        f.write_str(&grid.to_text())?;
        if let Some(test) = &self.joint_test {
            writeln!(f, "\nAll together: {test}")?;
        }
        writeln!(f, "P values adjusted by: {}", self.adjustment)
    }
}

impl fmt::Display for MarginalMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", predictions_grid(&self.means).to_text(), self.differences)
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["", "df", "AIC", "BIC", "AICc", "logLik", "LRT", "pval", "QE", "tau^2", "R^2"];
        let mut grid =
            Grid::new(names.map(|name| (name, if name.is_empty() { Align::Left } else { Align::Right })));
        let text = |value: Option<f64>| value.map_or("-".to_owned(), |v| fixed(v, 4));
        for (name, model) in [("Full", &self.full), ("Reduced", &self.reduced)] {
            let reduced = name == "Reduced";
            grid.row([
                name.to_owned(),
                model.parameters.to_string(),
                fixed(model.fit.aic, 4),
                fixed(model.fit.bic, 4),
                fixed(model.fit.aicc, 4),
                fixed(model.fit.log_likelihood, 4),
                if reduced { fixed(self.lrt, 4) } else { String::new() },
                if reduced { p_value(self.p_value, 4) } else { String::new() },
                text(model.q),
                text(model.tau2),
                if reduced { self.r2.map_or("-".to_owned(), |r2| percent(r2, 2)) } else { String::new() },
            ]);
        }
        f.write_str(&grid.to_text())?;
        f.write_str(&notes::text(&self.notes))
    }
}

impl RegressionFit {
    /// `Mixed-Effects Model (k = 13; tau^2 estimator: REML)`.
    pub fn headline(&self) -> String {
        let k = self.k;
        let mixed = if self.moderator_test.is_some() { "Mixed" } else { "Random" };
        match (self.model, self.method) {
            (PoolModel::Random, Some(_)) if self.residual_heterogeneity.tau2_se.is_none() => {
                format!("{mixed}-Effects Model (k = {k}; tau^2 fixed by the user)")
            }
            (PoolModel::Random, Some(method)) => {
                format!("{mixed}-Effects Model (k = {k}; tau^2 estimator: {method})")
            }
            (PoolModel::Random, None) => format!("{mixed}-Effects Model (k = {k})"),
            _ => format!("Fixed-Effects with Moderators Model (k = {k})"),
        }
    }

    fn permutation_lines(&self, permutation: &Permutation) -> String {
        let kind = match permutation.arrangements {
            Arrangements::AllPermutations => "all permutations",
            Arrangements::AllSigns => "all changes of sign",
            Arrangements::RandomPermutations => "random permutations",
            Arrangements::RandomSigns => "random changes of sign",
        };
        let mut out = format!("Permutation P values ({} {kind}):\n", permutation.iterations);
        for (c, p) in self.coefficients.iter().zip(&permutation.p_values) {
            out += &format!("  {}: {}\n", c.term, fixed(*p, 4));
        }
        if let Some(p) = permutation.moderator_p_value {
            out += &format!("  moderators together: {}\n", fixed(p, 4));
        }
        out
    }

    /// What the moderators leave and what they explain, in metafor's words.
    pub(super) fn residual_lines(&self) -> String {
        let h = &self.residual_heterogeneity;
        let mut lines: Vec<(&str, String)> = Vec::new();
        let bracket = |ci: Option<[f64; 2]>, unit: &str, digits: usize| match ci {
            Some(_) if h.tau2_ci_empty => String::new(),
            Some([a, b]) => format!(" [{}{unit}, {}{unit}]", fixed(a, digits), fixed(b, digits)),
            None => String::new(),
        };
        if let Some(tau2) = h.tau2 {
            let se = h.tau2_se.map_or(String::new(), |se| format!(" (SE = {})", fixed(se, 4)));
            let ci = if h.tau2_ci_empty { " [empty set]".to_owned() } else { bracket(h.tau2_ci, "", 4) };
            lines.push((
                "tau^2 (estimated amount of residual heterogeneity):",
                format!("{}{se}{ci}", fixed(tau2, 4)),
            ));
        }
        if let Some(tau) = h.tau {
            lines.push((
                "tau (square root of estimated tau^2 value):",
                fixed(tau, 4) + &bracket(h.tau_ci, "", 4),
            ));
        }
        let mixed = h.tau2.is_some();
        if let Some(i2) = h.i2 {
            let ci = if mixed { bracket(h.i2_ci, "%", 2) } else { String::new() };
            lines.push(("I^2 (residual heterogeneity / unaccounted variability):", percent(i2, 2) + &ci));
        }
        if let Some(h2) = h.h2 {
            let ci = if mixed { bracket(h.h2_ci, "", 2) } else { String::new() };
            lines.push(("H^2 (unaccounted variability / sampling variability):", fixed(h2, 2) + &ci));
        }
        if let Some(r2) = self.r2 {
            lines.push(("R^2 (amount of heterogeneity accounted for):", percent(r2, 2)));
        }
        let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let mut out: String = lines.iter().map(|(name, value)| format!("{name:width$} {value}\n")).collect();
        if let (Some(q), Some(p)) = (h.q, h.q_p_value) {
            out += &format!(
                "\nTest for Residual Heterogeneity:\nQE(df = {}) = {}, {}\n",
                h.q_df,
                fixed(q, 4),
                p_text(p)
            );
        }
        out
    }

    /// Every method behind the numbers, one line each.
    pub fn methods(&self) -> Vec<String> {
        let mut lines = vec![format!("Measure: {} ({})", self.measure.label().to_lowercase(), self.measure)];
        let weights = if self.weights.is_some() { "weights as given" } else { "inverse-variance weights" };
        lines.push(match self.model {
            PoolModel::Random => format!("Mixed-effects meta-regression, {weights}"),
            _ => format!("Fixed-effects meta-regression, {weights}"),
        });
        let h = &self.residual_heterogeneity;
        if let (Some(method), Some(_)) = (self.method, h.tau2) {
            lines.push(match h.tau2_se {
                Some(_) => format!("Residual tau^2: {} ({method})", method.name()),
                None => "Residual tau^2: fixed by the user".to_owned(),
            });
        }
        if let Some(method) = h.tau2_ci_method {
            lines.push(format!("Interval for tau^2, and by it for tau, I^2 and H^2: {method}"));
        }
        let residual = self.k - self.design.p();
        lines.push(match (&self.robust, self.inference) {
            (Some(robust), _) => format!(
                "Inference for the coefficients: cluster-robust {}, {} clusters",
                robust.kind, robust.clusters
            ),
            (None, Inference::Wald) => format!("Inference for the coefficients: {}", Inference::Wald.name()),
            (None, Inference::KenwardRoger) => {
                "Inference for the coefficients: Kenward-Roger, degrees of freedom by coefficient".to_owned()
            }
            (None, other) => format!("Inference for the coefficients: {}, {residual} df", other.name()),
        });
        if self.predictions.is_some() {
            let name = match self.prediction_method {
                Some(Prediction::Normal) => "normal distribution",
                Some(Prediction::T) => "t distribution with the degrees of freedom of the coefficients",
                Some(Prediction::Hts) => {
                    "t distribution with one degree of freedom less than the coefficients"
                }
                _ => "",
            };
            if let Some(method) = self.prediction_method {
                lines.push(format!("Prediction intervals: {name} (code {method})"));
            }
        }
        if self.r2.is_some() {
            lines.push(match h.tau2 {
                Some(_) => {
                    "R^2: reduction of tau^2 against the model without moderators, by the same estimator"
                        .to_owned()
                }
                None => "R^2: adjusted R^2 of the weighted regression".to_owned(),
            });
        }
        lines
    }

    /// The result as Markdown: coefficients, what the moderators leave, predictions, methods and notes.
    pub fn to_markdown(&self) -> String {
        let mut out =
            format!("## {}\n\n{}", self.headline(), coefficients_grid(&self.coefficients).to_markdown());
        if let Some(test) = &self.moderator_test {
            out += &format!("\nTest of moderators: {test}\n");
        }
        out += "\n### Residual heterogeneity\n\n";
        for line in self.residual_lines().lines().filter(|l| !l.is_empty() && !l.starts_with("Test")) {
            let words = line.replace('^', "\\^").split_whitespace().collect::<Vec<_>>().join(" ");
            out += &format!("- {words}\n");
        }
        if let Some(predictions) = &self.predictions {
            out += &format!("\n### Predicted effects\n\n{}", predictions_grid(predictions).to_markdown());
        }
        out += "\n### Methods used\n\n";
        for line in self.methods() {
            out += &format!("- {line}\n");
        }
        out + &notes::markdown(&self.notes)
    }

    /// The coefficients as CSV with all digits.
    pub fn to_csv(&self) -> String {
        coefficients_csv(self.coefficients.iter().map(|c| {
            (c.term.as_str(), [c.estimate, c.se], [c.statistic, c.df, c.p_value], [c.ci_lower, c.ci_upper])
        }))
    }
}

fn degrees(df: f64) -> String {
    if df.fract() == 0.0 { fixed(df, 0) } else { fixed(df, 2) }
}

fn coefficient_cells(c: &Coefficient, t: bool) -> Vec<String> {
    let text = |value: Option<f64>| value.map_or("-".to_owned(), |v| fixed(v, 4));
    let mut row = vec![c.term.clone(), fixed(c.estimate, 4), fixed(c.se, 4), text(c.statistic)];
    if t {
        row.push(c.df.map_or("-".to_owned(), degrees));
    }
    row.push(c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)));
    row.extend([fixed(c.ci_lower, 4), fixed(c.ci_upper, 4)]);
    row.push(c.p_value.map_or(String::new(), |p| stars(p).to_owned()));
    row
}

pub(super) fn coefficients_grid(coefficients: &[Coefficient]) -> Grid {
    let t = coefficients.iter().any(|c| c.df.is_some());
    let mut header = vec![("", Align::Left)];
    header.extend(["estimate", "se", if t { "tval" } else { "zval" }].map(|n| (n, Align::Right)));
    if t {
        header.push(("df", Align::Right));
    }
    header.extend(["pval", "ci.lb", "ci.ub"].map(|n| (n, Align::Right)));
    header.push(("", Align::Left));
    let mut grid = Grid::new(header);
    for c in coefficients {
        grid.row(coefficient_cells(c, t));
    }
    grid
}

/// The predicted effects, one row each.
pub fn predictions_grid(predictions: &[PredictedEffect]) -> Grid {
    let names: Vec<&str> = predictions
        .first()
        .map(|p| p.values.0.iter().map(|(name, _)| name.as_str()).collect())
        .unwrap_or_default();
    let interval = predictions.iter().any(|p| p.prediction_lower.is_some());
    let back = predictions.iter().any(|p| p.transformed.estimate.is_some());
    let mut header: Vec<(&str, Align)> = names.into_iter().map(|name| (name, Align::Left)).collect();
    header.extend(["pred", "se", "ci.lb", "ci.ub"].map(|n| (n, Align::Right)));
    if interval {
        header.extend(["pi.lb", "pi.ub"].map(|n| (n, Align::Right)));
    }
    if back {
        header.push(("transformed", Align::Right));
    }
    let mut grid = Grid::new(header);
    let text = |value: Option<f64>| value.map_or("-".to_owned(), |v| fixed(v, 4));
    for p in predictions {
        let mut row: Vec<String> = p.values.0.iter().map(|(_, value)| value.to_string()).collect();
        row.extend([p.estimate, p.se, p.ci_lower, p.ci_upper].map(|v| fixed(v, 4)));
        if interval {
            row.extend([text(p.prediction_lower), text(p.prediction_upper)]);
        }
        if back {
            row.push(match (p.transformed.estimate, p.transformed.ci_lower, p.transformed.ci_upper) {
                (Some(e), Some(l), Some(u)) => format!("{} [{}, {}]", fixed(e, 4), fixed(l, 4), fixed(u, 4)),
                _ => "-".to_owned(),
            });
        }
        grid.row(row);
    }
    grid
}
