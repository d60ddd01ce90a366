//! The tables of fits to counts.

use crate::{
    glmm::{CountLeftOut, CountResidual, Exact, HeterogeneityBootstrap},
    report::{Align, Grid, Section, p_value, predictions_grid},
    request::{Format, Rendering},
    text::Notation,
};

use super::Found;

impl Found {
    /// The fit and what was asked for beside it.
    pub(super) fn written(&self, how: Rendering, notation: &Notation) -> String {
        let fit = self.with_profile();
        let mut sections = fit.sections_in(notation);
        if how.format == Format::Markdown {
            sections.insert(0, Section::untitled().paragraph(fit.paragraph(None)));
        }
        let parts = self.parts(notation).into_iter();
        sections.extend(parts.map(|(title, grid)| Section::new(title).table("", grid)));
        how.sections(&fit.headline(), &sections)
    }

    /// The further results that were asked for, as tables.
    fn parts(&self, notation: &Notation) -> Vec<(String, Grid)> {
        let mut parts = Vec::new();
        if let Some(bootstrap) = &self.bootstrap {
            let title = format!(
                "Tests of heterogeneity by parametric bootstrap ({} replicates, seed {})",
                bootstrap.replicates, bootstrap.seed
            );
            parts.push((title, bootstrap_grid(bootstrap)));
        }
        let scale = if notation.is_ratio() { "" } else { " (log scale)" };
        if let Some(exact) = &self.exact {
            let title = format!("Exact conditional inference about a common ratio{scale}");
            parts.push((title, exact_grid(exact, notation)));
        }
        if let Some(combined) = &self.combined {
            let mut grid =
                Grid::new([notation.estimate(), "ci.lb", "ci.ub", "pval"].map(|name| (name, Align::Right)));
            let values = [combined.estimate, combined.ci_lower, combined.ci_upper];
            let p = p_value(combined.p_value, 4);
            grid.row(values.map(|value| notation.effect_if(value)).into_iter().chain([p]));
            parts.push((format!("Combined exact P values of the studies{scale}"), grid));
        }
        if let Some(left) = &self.leave_one_out {
            parts.push(("Without each study".to_owned(), left_out_grid(left, notation)));
        }
        if let Some(residuals) = &self.residuals {
            let title = "Residuals and empirical Bayes estimates".to_owned();
            parts.push((title, residuals_grid(residuals, notation)));
        }
        if let Some(predictions) = &self.predictions {
            parts.push(("Predicted effects".to_owned(), predictions_grid(predictions, notation)));
        }
        if let Some(comparison) = &self.multiverse {
            parts.push(("Every method for counts".to_owned(), comparison.grid(notation)));
        }
        parts
    }
}

fn bootstrap_grid(bootstrap: &HeterogeneityBootstrap) -> Grid {
    let mut grid = Grid::new([("", Align::Left), ("mid-P", Align::Right)]);
    let rows = [
        ("tau^2 = 0, or no overdispersion", bootstrap.lrt_p_value),
        ("common effect against saturated model", bootstrap.q_lrt_p_value),
    ];
    for (name, p) in rows {
        if let Some(p) = p {
            grid.row([name.to_owned(), p_value(p, 4)]);
        }
    }
    if bootstrap.failed > 0 {
        grid.row(["replicates that could not be fitted".to_owned(), bootstrap.failed.to_string()]);
    }
    grid
}

fn exact_grid(exact: &Exact, notation: &Notation) -> Grid {
    let mut header = vec![("", Align::Left)];
    header.extend([notation.estimate(), "ci.lb", "ci.ub", "pval"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for (name, lower, upper, p) in [
        ("exact", exact.ci_lower, exact.ci_upper, exact.p_value),
        ("mid-P", exact.mid_p.ci_lower, exact.mid_p.ci_upper, exact.mid_p.p_value),
    ] {
        grid.row([
            name.to_owned(),
            notation.effect_if(exact.estimate),
            notation.lower(lower),
            notation.upper(upper),
            p_value(p, 4),
        ]);
    }
    grid
}

fn left_out_grid(left: &[CountLeftOut], notation: &Notation) -> Grid {
    let mut header = vec![("study", Align::Left)];
    let (estimate, se) = (notation.estimate(), notation.se());
    header.extend([estimate, se, "ci.lb", "ci.ub", "pval", "tau^2"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for one in left {
        let p = one.p_value.map_or("-".to_owned(), |p| p_value(p, 4));
        grid.row([
            one.study.clone(),
            notation.effect_if(one.estimate),
            notation.optional(one.se),
            notation.effect_if(one.ci_lower),
            notation.effect_if(one.ci_upper),
            p,
            notation.optional(one.tau2),
        ]);
    }
    grid
}

fn residuals_grid(residuals: &[CountResidual], notation: &Notation) -> Grid {
    let mut header = vec![("study", Align::Left)];
    let blup = if notation.is_ratio() { format!("blup of {}", notation.estimate()) } else { "blup".into() };
    header.extend(["residual", blup.as_str(), "ci.lb", "ci.ub"].map(|name| (name, Align::Right)));
    let mut grid = Grid::new(header);
    for one in residuals {
        grid.row([
            one.study.clone(),
            notation.optional(one.residual),
            notation.effect_if(one.blup),
            notation.effect_if(one.blup_ci_lower),
            notation.effect_if(one.blup_ci_upper),
        ]);
    }
    grid
}

/// One row for each coefficient of each model, with all digits.
pub fn models_csv(found: &[Found]) -> String {
    let names = ["model", "term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper"];
    let of_model = ["tau2", "log_likelihood", "aic"];
    let mut grid = Grid::new(names.into_iter().chain(of_model).map(|name| (name, Align::Right)));
    for one in found {
        let fit = &one.fit;
        let of_model = [fit.heterogeneity.tau2, Some(fit.fit.log_likelihood), Some(fit.fit.aic)];
        for c in fit.all_coefficients() {
            let values = [c.estimate, c.se, c.statistic, c.df, c.p_value, c.ci_lower, c.ci_upper];
            let values = values.into_iter().chain(of_model);
            let cells = values.map(|value| value.map_or_else(String::new, |value| value.to_string()));
            grid.row([fit.model.to_string(), c.term.clone()].into_iter().chain(cells));
        }
    }
    grid.to_csv()
}

/// One row for each model.
pub fn models_grid(found: &[Found], notation: &Notation) -> Grid {
    let slopes = found.iter().any(|one| one.fit.coefficients.is_some());
    let notation = &notation.of_coefficients(slopes);
    let mut header = vec![("model", Align::Left), ("term", Align::Left)];
    header.extend(
        [notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "tau^2", "logLik", "AIC"]
            .map(|name| (name, Align::Right)),
    );
    let mut grid = Grid::new(header);
    for one in found {
        for c in one.fit.all_coefficients() {
            grid.row([
                one.fit.model.to_string(),
                c.term.clone(),
                notation.effect_if(c.estimate),
                notation.optional(c.se),
                c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                notation.effect_if(c.ci_lower),
                notation.effect_if(c.ci_upper),
                notation.optional(one.fit.heterogeneity.tau2),
                notation.number(one.fit.fit.log_likelihood),
                notation.number(one.fit.fit.aic),
            ]);
        }
    }
    grid
}
