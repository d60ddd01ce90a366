//! The printed fit of a meta-regression: metafor's layout, then predictions, the methods and the notes.

use std::fmt;

use super::parts;
use crate::{
    effect::Scale,
    linear::INTERCEPT,
    pool::{Inference, PoolModel, Prediction},
    regression::{
        Arrangements, Coefficient, Contrasts, MarginalMeans, ModelComparison, Permutation, PredictedEffect,
        RegressionFit, WaldTest,
    },
    text::{
        Align, Grid, Notation, Section, coefficients_csv, degrees, fixed, markdown, p_text, p_value, percent,
        plain, stars,
    },
};

/// Ratios as ratios; `{:#}` for their logarithms, `{:.2}` for two decimals.
impl fmt::Display for RegressionFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.ratio_name());
        f.write_str(&plain(&self.headline(), &self.sections_in(&notation)))
    }
}

impl RegressionFit {
    /// The name of the ratio that the effects are logarithms of; `None` for other measures.
    pub fn ratio_name(&self) -> Option<String> {
        self.measure.ratio_name(self.back.scale)
    }

    /// The notation of the printed fit: ratios as ratios.
    pub fn notation(&self) -> Notation {
        parts::notation(self.measure, self.back.scale)
    }

    /// The printed fit: criteria, residual heterogeneity, the test of moderators, coefficients, predictions, methods, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&self.notation())
    }

    /// The printed fit in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let mut sections: Vec<Section> = self.fit.iter().map(|fit| parts::criteria(fit, notation)).collect();
        let facts = Section::untitled().facts(self.residual_facts(notation));
        sections.extend(Some(facts).filter(|section| !section.blocks.is_empty()));
        sections.extend(
            self.residual_test(notation)
                .map(|line| Section::new("Test for Residual Heterogeneity").lines([line])),
        );
        if let Some(test) = &self.moderator_test {
            let span = match (usize::from(self.design.has_intercept()) + 1, self.design.p()) {
                (first, last) if first == last => format!("coefficient {first}"),
                (first, last) => format!("coefficients {first}:{last}"),
            };
            let title = format!("Test of Moderators ({span})");
            sections.push(Section::new(title).lines([parts::test_line(test, notation)]));
        }
        let robust = self
            .robust
            .as_ref()
            .map(|robust| format!("Cluster-robust inference: {}, {} clusters", robust.kind, robust.clusters));
        sections.push(
            Section::new("Model Results")
                .table("", coefficients_grid(&self.coefficients, notation))
                .lines(parts::coefficients_line(self.coefficients.iter().map(|c| &c.term), notation))
                .paragraph(robust.unwrap_or_default()),
        );
        sections.extend(self.permutation.as_ref().map(|permutation| self.permutation_section(permutation)));
        if let Some(predictions) = &self.predictions {
            let grid = predictions_grid(predictions, notation);
            sections.push(Section::new("Predicted Effects").table("", grid));
        }
        sections.push(Section::new("Methods used").list(self.methods()));
        sections.extend(parts::notes(&self.notes));
        sections
    }
}

impl fmt::Display for WaldTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&parts::test_line(self, &Notation::asked(f, None)))
    }
}

impl Contrasts {
    /// The table of the contrasts with their tests, and the test of all together. Where effects are ratios, so are the
    /// contrasts: a difference of logarithms is a ratio of ratios.
    pub fn section(&self, title: impl Into<String>, notation: &Notation) -> Section {
        let together = self
            .joint_test
            .as_ref()
            .map(|test| format!("All together: {}", parts::test_line(test, notation)));
        let adjusted = format!("P values adjusted by: {}", self.adjustment);
        Section::new(title)
            .table("", self.grid(&notation.of_coefficients(true)))
            .lines(together.into_iter().chain([adjusted]))
    }

    fn grid(&self, notation: &Notation) -> Grid {
        let t = self.contrasts.iter().any(|c| c.contrast.df.is_some());
        let mut header = vec![("", Align::Left)];
        header.extend(
            [notation.estimate(), notation.se(), if t { "tval" } else { "zval" }].map(|n| (n, Align::Right)),
        );
        if t {
            header.push(("df", Align::Right));
        }
        header.extend(["pval", "adj. pval", "ci.lb", "ci.ub"].map(|n| (n, Align::Right)));
        let simultaneous = self.contrasts.iter().any(|c| c.simultaneous_ci.is_some());
        if simultaneous {
            header.extend(["sim. ci.lb", "sim. ci.ub"].map(|n| (n, Align::Right)));
        }
        let ratio = self.contrasts.iter().any(|c| c.ratio.is_some()) && !notation.is_ratio();
        if ratio {
            header.push(("ratio", Align::Right));
        }
        let mut grid = Grid::new(header);
        for tested in &self.contrasts {
            let mut cells = coefficient_cells(&tested.contrast, t, notation);
            let adjusted = tested.adjusted_p_value.map_or("-".to_owned(), |p| p_value(p, 4));
            cells.insert(if t { 6 } else { 5 }, adjusted);
            cells.pop();
            if simultaneous {
                cells.extend(match tested.simultaneous_ci {
                    Some(limits) => limits.map(|limit| notation.effect(limit)),
                    None => ["-".to_owned(), "-".to_owned()],
                });
            }
            if ratio {
                cells.push(tested.ratio.map_or("-".to_owned(), |values| {
                    let [estimate, lower, upper] = values.map(|value| notation.number(value));
                    format!("{estimate} [{lower}, {upper}]")
                }));
            }
            grid.row(cells);
        }
        grid
    }
}

impl fmt::Display for Contrasts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.contrasts.iter().any(|c| c.ratio.is_some()).then(|| "ratio".to_owned());
        f.write_str(&plain("", &[self.section("", &Notation::asked(f, ratio))]))
    }
}

impl MarginalMeans {
    /// The table of the means, then that of their differences.
    pub fn section(&self, title: impl Into<String>, notation: &Notation) -> Section {
        let differences = self.differences.section("", notation);
        let means = Section::new(title).table("", predictions_grid(&self.means, notation));
        differences.blocks.into_iter().fold(means, Section::block)
    }
}

impl fmt::Display for MarginalMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.means.iter().any(|mean| mean.transformed.scale == Some(Scale::Ratio));
        let notation = Notation::asked(f, ratio.then(|| "ratio".to_owned()));
        f.write_str(&plain("", &[self.section("", &notation)]))
    }
}

impl ModelComparison {
    /// The table of both models with their test.
    pub fn section(&self, title: impl Into<String>, notation: &Notation) -> Section {
        let names = ["", "df", "AIC", "BIC", "AICc", "logLik", "LRT", "pval", "QE", "tau^2", "R^2"];
        let mut grid =
            Grid::new(names.map(|name| (name, if name.is_empty() { Align::Left } else { Align::Right })));
        for (name, model) in [("Full", &self.full), ("Reduced", &self.reduced)] {
            let reduced = name == "Reduced";
            let only = |text: String| if reduced { text } else { String::new() };
            let fit = &model.fit;
            let mut row = vec![name.to_owned(), model.parameters.to_string()];
            row.extend([fit.aic, fit.bic, fit.aicc, fit.log_likelihood].map(|v| notation.number(v)));
            row.extend([only(notation.number(self.lrt)), only(p_value(self.p_value, 4))]);
            row.extend([model.q, model.tau2].map(|v| notation.optional(v)));
            row.push(only(self.r2.map_or("-".to_owned(), |r2| percent(r2, 2))));
            grid.row(row);
        }
        Section::new(title).table("", grid).list(self.notes.iter().cloned())
    }
}

impl fmt::Display for ModelComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain("", &[self.section("", &Notation::asked(f, None))]))
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
    pub(super) fn residual_facts(&self, notation: &Notation) -> Vec<(&'static str, String)> {
        let four = notation.decimals(4);
        let h = &self.residual_heterogeneity;
        let mut facts = Vec::new();
        let bracket = |ci: Option<[f64; 2]>, unit: &str, digits: usize| match ci {
            Some(_) if h.tau2_ci_empty => String::new(),
            Some([a, b]) => format!(" [{}{unit}, {}{unit}]", fixed(a, digits), fixed(b, digits)),
            None => String::new(),
        };
        if let Some(tau2) = h.tau2 {
            let se = h.tau2_se.map_or(String::new(), |se| format!(" (SE = {})", notation.number(se)));
            let ci = if h.tau2_ci_empty { " [empty set]".to_owned() } else { bracket(h.tau2_ci, "", four) };
            facts.push((
                "tau^2 (estimated amount of residual heterogeneity)",
                format!("{}{se}{ci}", notation.number(tau2)),
            ));
        }
        if let Some(tau) = h.tau {
            let ci = bracket(h.tau_ci, "", four);
            facts.push(("tau (square root of estimated tau^2 value)", notation.number(tau) + &ci));
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
    pub(super) fn residual_test(&self, notation: &Notation) -> Option<String> {
        let h = &self.residual_heterogeneity;
        let (q, p) = h.q.zip(h.q_p_value)?;
        Some(format!("QE(df = {}) = {}, {}", h.q_df, notation.number(q), p_text(p)))
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

fn coefficient_cells(c: &Coefficient, t: bool, notation: &Notation) -> Vec<String> {
    let mut row = vec![c.term.clone(), notation.effect(c.estimate), notation.number(c.se)];
    row.push(notation.optional(c.statistic));
    if t {
        row.push(c.df.map_or("-".to_owned(), degrees));
    }
    row.push(c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)));
    row.extend([c.ci_lower, c.ci_upper].map(|limit| notation.effect(limit)));
    row.push(c.p_value.map_or(String::new(), |p| stars(p).to_owned()));
    row
}

pub(super) fn coefficients_grid(coefficients: &[Coefficient], notation: &Notation) -> Grid {
    let notation = &notation.of_coefficients(coefficients.iter().any(|c| c.term != INTERCEPT));
    let t = coefficients.iter().any(|c| c.df.is_some());
    let mut header = vec![("", Align::Left)];
    header.extend(
        [notation.estimate(), notation.se(), if t { "tval" } else { "zval" }].map(|n| (n, Align::Right)),
    );
    if t {
        header.push(("df", Align::Right));
    }
    header.extend(["pval", "ci.lb", "ci.ub"].map(|n| (n, Align::Right)));
    header.push(("", Align::Left));
    let mut grid = Grid::new(header);
    for c in coefficients {
        grid.row(coefficient_cells(c, t, notation));
    }
    grid
}

/// The predicted effects, one row each.
pub fn predictions_grid(predictions: &[PredictedEffect], notation: &Notation) -> Grid {
    let names: Vec<&str> = predictions
        .first()
        .map(|p| p.values.0.iter().map(|(name, _)| name.as_str()).collect())
        .unwrap_or_default();
    let interval = predictions.iter().any(|p| p.prediction_lower.is_some());
    let back = predictions.iter().any(|p| p.transformed.estimate.is_some()) && !notation.is_ratio();
    let mut header: Vec<(&str, Align)> = names.into_iter().map(|name| (name, Align::Left)).collect();
    let pred = if notation.is_ratio() { notation.estimate() } else { "pred" };
    header.extend([pred, notation.se(), "ci.lb", "ci.ub"].map(|n| (n, Align::Right)));
    if interval {
        header.extend(["pi.lb", "pi.ub"].map(|n| (n, Align::Right)));
    }
    if back {
        header.push(("transformed", Align::Right));
    }
    let mut grid = Grid::new(header);
    for p in predictions {
        let mut row: Vec<String> = p.values.0.iter().map(|(_, value)| value.to_string()).collect();
        row.extend([notation.effect(p.estimate), notation.number(p.se)]);
        row.extend([p.ci_lower, p.ci_upper].map(|limit| notation.effect(limit)));
        if interval {
            row.extend([p.prediction_lower, p.prediction_upper].map(|limit| notation.effect_if(limit)));
        }
        if back {
            row.push(match (p.transformed.estimate, p.transformed.ci_lower, p.transformed.ci_upper) {
                (Some(e), Some(l), Some(u)) => {
                    let [e, l, u] = [e, l, u].map(|value| notation.number(value));
                    format!("{e} [{l}, {u}]")
                }
                _ => "-".to_owned(),
            });
        }
        grid.row(row);
    }
    grid
}
