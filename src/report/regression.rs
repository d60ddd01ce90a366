//! The printed fit of a meta-regression: metafor's layout, then predictions, the methods and the notes.

use std::fmt;

use super::parts;
use crate::{
    pool::{Inference, PoolModel, Prediction},
    regression::{
        Arrangements, Coefficient, Contrasts, MarginalMeans, ModelComparison, Permutation, PredictedEffect,
        RegressionFit, TestDistribution, WaldTest,
    },
    text::{
        Align, Grid, Section, coefficients_csv, degrees, fixed, markdown, optional, p_text, p_value, percent,
        plain, stars,
    },
};

impl fmt::Display for RegressionFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.headline(), &self.sections()))
    }
}

impl RegressionFit {
    /// The printed fit: criteria, residual heterogeneity, the test of moderators, coefficients, predictions, methods, notes.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = self.fit.iter().map(parts::criteria).collect();
        let facts = Section::untitled().facts(self.residual_facts());
        sections.extend(Some(facts).filter(|section| !section.blocks.is_empty()));
        sections.extend(
            self.residual_test().map(|line| Section::new("Test for Residual Heterogeneity").lines([line])),
        );
        if let Some(test) = &self.moderator_test {
            let span = match (usize::from(self.design.has_intercept()) + 1, self.design.p()) {
                (first, last) if first == last => format!("coefficient {first}"),
                (first, last) => format!("coefficients {first}:{last}"),
            };
            let title = format!("Test of Moderators ({span})");
            sections.push(Section::new(title).lines([test.to_string()]));
        }
        let robust = self
            .robust
            .as_ref()
            .map(|robust| format!("Cluster-robust inference: {}, {} clusters", robust.kind, robust.clusters));
        sections.push(
            Section::new("Model Results")
                .table("", coefficients_grid(&self.coefficients))
                .paragraph(robust.unwrap_or_default()),
        );
        sections.extend(self.permutation.as_ref().map(|permutation| self.permutation_section(permutation)));
        if let Some(predictions) = &self.predictions {
            sections.push(Section::new("Predicted Effects").table("", predictions_grid(predictions)));
        }
        sections.push(Section::new("Methods used").list(self.methods()));
        sections.extend(parts::notes(&self.notes));
        sections
    }
}

impl fmt::Display for WaldTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.distribution, self.df2) {
            (TestDistribution::F, Some(df2)) => write!(
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

impl fmt::Display for ModelComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["", "df", "AIC", "BIC", "AICc", "logLik", "LRT", "pval", "QE", "tau^2", "R^2"];
        let mut grid =
            Grid::new(names.map(|name| (name, if name.is_empty() { Align::Left } else { Align::Right })));
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
                optional(model.q, 4),
                optional(model.tau2, 4),
                if reduced { self.r2.map_or("-".to_owned(), |r2| percent(r2, 2)) } else { String::new() },
            ]);
        }
        let table = Section::untitled().table("", grid);
        f.write_str(&plain("", &[table].into_iter().chain(parts::notes(&self.notes)).collect::<Vec<_>>()))
    }
}

impl RegressionFit {
    /// `Mixed-Effects Model (k = 13; tau^2 estimator: REML)`.
    pub fn headline(&self) -> String {
        let k = self.k;
        let mixed = if self.moderator_test.is_some() { "Mixed" } else { "Random" };
        match (self.model, self.method) {
            (PoolModel::Random, Some(_)) if !self.residual_heterogeneity.is_estimated() => {
                format!("{mixed}-Effects Model (k = {k}; tau^2 fixed by the user)")
            }
            (PoolModel::Random, Some(method)) => {
                format!("{mixed}-Effects Model (k = {k}; tau^2 estimator: {method})")
            }
            (PoolModel::Random, None) => format!("{mixed}-Effects Model (k = {k})"),
            _ => format!("Fixed-Effects with Moderators Model (k = {k})"),
        }
    }

    fn permutation_section(&self, permutation: &Permutation) -> Section {
        let kind = match permutation.arrangements {
            Arrangements::AllPermutations => "all permutations",
            Arrangements::AllSigns => "all changes of sign",
            Arrangements::RandomPermutations => "random permutations",
            Arrangements::RandomSigns => "random changes of sign",
        };
        let terms = self.coefficients.iter().zip(&permutation.p_values);
        let together =
            permutation.moderator_p_value.map(|p| format!("  moderators together: {}", fixed(p, 4)));
        Section::new(format!("Permutation P values ({} {kind})", permutation.iterations))
            .lines(terms.map(|(c, p)| format!("  {}: {}", c.term, fixed(*p, 4))).chain(together))
    }

    /// The heterogeneity that the moderators leave and that they explain, in metafor's words.
    pub(super) fn residual_facts(&self) -> Vec<(&'static str, String)> {
        let h = &self.residual_heterogeneity;
        let mut facts = Vec::new();
        let bracket = |ci: Option<[f64; 2]>, unit: &str, digits: usize| match ci {
            Some(_) if h.tau2_ci_empty => String::new(),
            Some([a, b]) => format!(" [{}{unit}, {}{unit}]", fixed(a, digits), fixed(b, digits)),
            None => String::new(),
        };
        if let Some(tau2) = h.tau2 {
            let se = h.tau2_se.map_or(String::new(), |se| format!(" (SE = {})", fixed(se, 4)));
            let ci = if h.tau2_ci_empty { " [empty set]".to_owned() } else { bracket(h.tau2_ci, "", 4) };
            facts.push((
                "tau^2 (estimated amount of residual heterogeneity)",
                format!("{}{se}{ci}", fixed(tau2, 4)),
            ));
        }
        if let Some(tau) = h.tau {
            let ci = bracket(h.tau_ci, "", 4);
            facts.push(("tau (square root of estimated tau^2 value)", fixed(tau, 4) + &ci));
        }
        let mixed = h.tau2.is_some();
        if let Some(i2) = h.i2 {
            let ci = if mixed { bracket(h.i2_ci, "%", 2) } else { String::new() };
            facts.push(("I^2 (residual heterogeneity / unaccounted variability)", percent(i2, 2) + &ci));
        }
        if let Some(h2) = h.h2 {
            let ci = if mixed { bracket(h.h2_ci, "", 2) } else { String::new() };
            facts.push(("H^2 (unaccounted variability / sampling variability)", fixed(h2, 2) + &ci));
        }
        if let Some(r2) = self.r2 {
            facts.push(("R^2 (amount of heterogeneity accounted for)", percent(r2, 2)));
        }
        facts
    }

    /// The test of what the moderators leave: `QE(df = 11) = 30.7331, p-val = 0.0012`.
    pub(super) fn residual_test(&self) -> Option<String> {
        let h = &self.residual_heterogeneity;
        let (q, p) = h.q.zip(h.q_p_value)?;
        Some(format!("QE(df = {}) = {}, {}", h.q_df, fixed(q, 4), p_text(p)))
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
            lines.push(match h.is_estimated() {
                true => format!("Residual tau^2: {} ({method})", method.name()),
                false => "Residual tau^2: fixed by the user".to_owned(),
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

    /// The printed fit as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown(&self.headline(), &self.sections())
    }

    /// The coefficients as CSV with all digits.
    pub fn to_csv(&self) -> String {
        coefficients_csv(self.coefficients.iter().map(|c| {
            (c.term.as_str(), [c.estimate, c.se], [c.statistic, c.df, c.p_value], [c.ci_lower, c.ci_upper])
        }))
    }
}

fn coefficient_cells(c: &Coefficient, t: bool) -> Vec<String> {
    let mut row = vec![c.term.clone(), fixed(c.estimate, 4), fixed(c.se, 4), optional(c.statistic, 4)];
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
    for p in predictions {
        let mut row: Vec<String> = p.values.0.iter().map(|(_, value)| value.to_string()).collect();
        row.extend([p.estimate, p.se, p.ci_lower, p.ci_upper].map(|v| fixed(v, 4)));
        if interval {
            row.extend([optional(p.prediction_lower, 4), optional(p.prediction_upper, 4)]);
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
