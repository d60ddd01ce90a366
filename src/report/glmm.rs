//! The printed fit of a model for counts, its paragraph, and the comparison of methods.

use std::fmt;

use super::parts;
use crate::{
    glmm::{
        CountFit, CountInference, CountMeasure, Effects, Interval, LikelihoodRatio, MethodComparison, Model,
        Penalty,
    },
    linear::INTERCEPT,
    pool::PredictionInterval,
    text::{Align, Grid, Notation, Section, fixed, markdown, p_text, p_value, plain},
};

/// Intervals of the two bases differ visibly if a limit differs by more than this part of the width.
const VISIBLE: f64 = 0.05;

/// Ratios as ratios; `{:#}` for their logarithms, `{:.2}` for two decimals.
impl fmt::Display for CountFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.measure.ratio_name());
        f.write_str(&plain(&self.headline(), &self.sections_in(&notation)))
    }
}

impl CountMeasure {
    /// The name of the ratio that effects are logarithms of; `None` for proportions and rates.
    pub fn ratio_name(self) -> Option<String> {
        self.two_groups().then(|| self.name().to_owned())
    }
}

impl CountFit {
    /// The printed fit: criteria, heterogeneity, coefficients, studies, the methods used, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&self.notation())
    }

    /// The notation of the printed fit: ratios as ratios.
    pub fn notation(&self) -> Notation {
        self.measure.ratio_name().map_or_else(Notation::new, Notation::ratios)
    }

    /// The printed fit in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let terms = self.all_coefficients();
        let mut sections = vec![
            Section::untitled()
                .table("", self.information_grid(notation))
                .lines(self.heterogeneity_lines(notation)),
            Section::new("Model Results")
                .table("", self.coefficients_grid(notation))
                .lines(parts::coefficients_line(terms.iter().map(|c| &c.term), notation))
                .lines(self.result_lines(notation)),
            Section::new("Studies").table("", self.studies_grid(notation)),
            Section::new("Methods used").list(self.methods()),
        ];
        sections.extend(parts::notes(&self.notes));
        sections
    }

    /// The first line: model, measure and numbers of studies.
    pub fn headline(&self) -> String {
        let effects = match self.effects {
            Effects::Common => "Common-effect",
            _ => "Random-effects",
        };
        let informative = if self.k_informative == self.k {
            String::new()
        } else {
            format!(", {} informative", self.k_informative)
        };
        format!("{effects} model of counts, {} ({}; k = {}{informative})", self.model, self.measure, self.k)
    }

    fn information_grid(&self, notation: &Notation) -> Grid {
        let mut grid =
            Grid::new(["logLik", "parameters", "AIC", "BIC", "AICc"].map(|name| (name, Align::Right)));
        let fit = &self.fit;
        grid.row([
            notation.number(fit.log_likelihood),
            fit.parameters.to_string(),
            notation.number(fit.aic),
            notation.number(fit.bic),
            notation.optional(fit.aicc),
        ]);
        grid
    }

    fn heterogeneity_lines(&self, notation: &Notation) -> Vec<String> {
        let h = &self.heterogeneity;
        let mut lines = Vec::new();
        let test = |name: &str, test: &LikelihoodRatio| {
            let (statistic, p) = (notation.number(test.statistic), p_text(test.p_value));
            format!("{name}: LR(df = {}) = {statistic}, {p}", test.df)
        };
        if let Some(tau2) = h.tau2 {
            let se = h.tau2_se.map_or(String::new(), |se| format!(" (SE = {})", notation.number(se)));
            let interval = h.tau2_ci.map_or(String::new(), |(lower, upper)| {
                let upper = upper.map_or("Inf".to_owned(), |upper| notation.number(upper));
                format!(" [{}, {upper}]", notation.number(lower))
            });
            lines.push(format!("tau^2: {}{se}{interval}", notation.number(tau2)));
            lines.push(format!("tau:   {}", notation.optional(h.tau)));
        }
        if let Some(sigma2) = h.sigma2 {
            lines.push(format!("sigma^2 of the baselines: {}", notation.number(sigma2)));
        }
        if let Some(rho) = h.rho {
            let what = match self.model {
                Model::BivariateBetaBinomial => "the two groups' risks",
                _ => "baseline and effect",
            };
            lines.push(format!("correlation of {what}: {}", notation.number(rho)));
        }
        if let Some(overdispersion) = h.overdispersion {
            lines.push(format!("overdispersion: {}", notation.number(overdispersion)));
        }
        lines.extend(h.lrt.as_ref().map(|lrt| test("Test of tau^2 = 0", lrt)));
        lines.extend(h.overdispersion_lrt.as_ref().map(|lrt| test("Test of no overdispersion", lrt)));
        lines.extend(h.rho_lrt.as_ref().map(|lrt| test("Test of no correlation", lrt)));
        lines.extend(h.q_lrt.as_ref().map(|q| test("Test for heterogeneity (saturated model)", q)));
        if let Some(test) = &self.moderator_test {
            let name = if test.df2.is_some() { "F" } else { "QM" };
            lines.push(format!(
                "Test of moderators: {name}(df = {}) = {}, {}",
                test.df1,
                notation.number(test.statistic),
                p_text(test.p_value)
            ));
        }
        lines
    }

    /// The coefficients with tests and limits.
    pub fn coefficients_grid(&self, notation: &Notation) -> Grid {
        let coefficients = self.all_coefficients();
        let notation = &notation.of_coefficients(coefficients.iter().any(|c| c.term != INTERCEPT));
        let mut header = vec![("", Align::Left)];
        header.extend(
            [notation.estimate(), notation.se(), "statistic", "pval", "ci.lb", "ci.ub"]
                .map(|name| (name, Align::Right)),
        );
        let mut grid = Grid::new(header);
        for c in coefficients {
            grid.row([
                c.term.clone(),
                notation.effect_if(c.estimate),
                notation.optional(c.se),
                notation.optional(c.statistic),
                c.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                notation.lower(c.ci_lower),
                notation.upper(c.ci_upper),
            ]);
        }
        grid
    }

    /// The name of the quantity that people read.
    fn shown_name(&self) -> String {
        let name = self.measure.name();
        let mut chars = name.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + chars.as_str())
    }

    fn result_lines(&self, notation: &Notation) -> Vec<String> {
        let mut lines = Vec::new();
        let Some(effect) = &self.effect else { return lines };
        let bracket = |interval: &Interval| {
            let open = if self.measure.two_groups() { "0" } else { "-" };
            let text = |value: Option<f64>, infinite: &str| {
                value.map_or(infinite.to_owned(), |value| significant(value, notation))
            };
            format!(
                "{} [{}, {}]",
                text(interval.estimate, "-"),
                text(interval.ci_lower, open),
                text(interval.ci_upper, "Inf")
            )
        };
        let kind = if self.measure.two_groups() { "" } else { " (median study)" };
        lines.push(format!("{}{kind}: {}", self.shown_name(), bracket(&self.transformed)));
        if let Some(marginal) = &self.marginal {
            lines.push(format!("Mean {} over studies: {}", self.measure.name(), bracket(marginal)));
        }
        if self.inference == CountInference::Wald
            && let (Some(profile), Some(lower), Some(upper)) =
                (&self.profile, effect.ci_lower, effect.ci_upper)
        {
            let visible = VISIBLE * (upper - lower);
            let off = |a: Option<f64>, b: f64| a.is_none_or(|a| (a - b).abs() > visible);
            if off(profile.ci_lower, lower) || off(profile.ci_upper, upper) {
                lines.push(format!(
                    "The likelihood is skewed: its profile interval is [{}, {}], Wald's [{}, {}].",
                    notation.lower(profile.ci_lower),
                    notation.upper(profile.ci_upper),
                    notation.effect(lower),
                    notation.effect(upper)
                ));
            }
        }
        lines
    }

    /// The studies by themselves.
    pub fn studies_grid(&self, notation: &Notation) -> Grid {
        let header = [("study", Align::Left), (notation.estimate(), Align::Right), ("ci.lb", Align::Right)];
        let mut grid = Grid::new(header.into_iter().chain([("ci.ub", Align::Right), ("", Align::Left)]));
        for study in &self.studies {
            let (lower, upper) = match study.informative && self.measure.two_groups() {
                true => (notation.lower(study.ci_lower), notation.upper(study.ci_upper)),
                false => (notation.effect_if(study.ci_lower), notation.effect_if(study.ci_upper)),
            };
            let remark = if study.informative { "" } else { "no information" };
            let estimate = notation.effect_if(study.estimate);
            grid.row([study.study.clone(), estimate, lower, upper, remark.to_owned()]);
        }
        grid
    }

    /// The methods used, a line each.
    pub fn methods(&self) -> Vec<String> {
        let mut lines = vec![
            format!("{} ({} link): {}", self.model.name(), self.link, self.why()),
            "maximum likelihood: integrals by the trapezoidal rule to the last digits, Newton's method from several starts"
                .to_owned(),
        ];
        lines.push(match self.inference {
            CountInference::Profile => {
                format!("{} intervals and P values of the profile likelihood", self.level)
            }
            CountInference::T => {
                format!("{} intervals of the t distribution, observed information", self.level)
            }
            CountInference::Wald => {
                format!("{} intervals of Wald, observed information", self.level)
            }
        });
        if self.penalty == Penalty::Firth {
            lines.push("Firth's penalty".to_owned());
        }
        if self.measure.two_groups() {
            lines.push("studies: conditional maximum with its exact interval".to_owned());
        } else {
            lines.push(format!("studies: {} intervals", self.study_interval.name()));
        }
        lines
    }

    /// A paragraph for a paper: which likelihood, why, and what it found.
    pub fn paragraph(&self, prediction: Option<PredictionInterval>) -> String {
        let mut text = format!(
            "We pooled the {}s of {} studies from the counts themselves, by a {} ({}).",
            self.measure.name(),
            self.k,
            self.model.name(),
            self.why()
        );
        if self.k_informative < self.k && self.measure.two_groups() {
            text += &format!(
                " {} of them had information on the ratio; no continuity correction was made.",
                self.k_informative
            );
        }
        let between = |interval: &Interval| {
            let text = |value: Option<f64>, infinite: &str| value.map_or(infinite.to_owned(), plainly);
            let lower = if self.measure.two_groups() { "0" } else { "no bound" };
            format!("{} to {}", text(interval.ci_lower, lower), text(interval.ci_upper, "infinity"))
        };
        if self.effect.is_some() {
            text += &match self.transformed.estimate {
                Some(estimate) => format!(
                    " The {} was {} ({} confidence interval {}).",
                    self.measure.name(),
                    plainly(estimate),
                    self.level,
                    between(&self.transformed)
                ),
                None => format!(
                    " The estimate was infinite; the {} confidence interval ran from {}.",
                    self.level,
                    between(&self.transformed)
                ),
            };
        }
        if let Some(tau) = self.heterogeneity.tau {
            text += &format!(" The standard deviation of effects between studies was {}", fixed(tau, 2));
            text += &prediction.map_or(".".to_owned(), |interval| {
                format!(
                    ", with a {} prediction interval from {} to {}.",
                    self.level,
                    plainly(self.shown(interval.lower)),
                    plainly(self.shown(interval.upper))
                )
            });
        }
        text
    }

    /// The fit in Markdown, with its paragraph.
    pub fn to_markdown(&self) -> String {
        self.markdown_in(&self.notation())
    }

    /// The same in a notation.
    pub fn markdown_in(&self, notation: &Notation) -> String {
        let mut sections = self.sections_in(notation);
        sections.insert(0, Section::untitled().paragraph(self.paragraph(None)));
        markdown(&self.headline(), &sections)
    }

    /// The coefficients as CSV, with all their digits.
    pub fn to_csv(&self) -> String {
        let names = ["term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper"];
        let mut grid = Grid::new(names.map(|name| (name, Align::Right)));
        for c in self.all_coefficients() {
            let values = [c.estimate, c.se, c.statistic, c.df, c.p_value, c.ci_lower, c.ci_upper];
            let mut row = vec![c.term.clone()];
            row.extend(values.map(|value| value.map_or(String::new(), |value| value.to_string())));
            grid.row(row);
        }
        grid.to_csv()
    }
}

/// A positive number to three significant digits.
fn plainly(value: f64) -> String {
    significant(value, &Notation::new())
}

/// A positive number to three significant digits, or the decimals that are asked for.
fn significant(value: f64, notation: &Notation) -> String {
    let digits = if value == 0.0 || !value.is_finite() {
        2
    } else {
        (2 - value.abs().log10().floor() as i32).clamp(2, 9) as usize
    };
    fixed(value, notation.decimals(digits))
}

impl MethodComparison {
    /// One row for each method.
    pub fn grid(&self, notation: &Notation) -> Grid {
        let mut header = vec![("method", Align::Left), ("effects", Align::Left)];
        header.extend(
            [notation.estimate(), notation.se(), "ci.lb", "ci.ub", "pval", "tau^2", "AIC"]
                .map(|name| (name, Align::Right)),
        );
        header.push(("assumes", Align::Left));
        let mut grid = Grid::new(header);
        for row in &self.rows {
            let answer = row.p_value.is_some() || row.estimate.is_some();
            let (lower, upper) = match answer {
                true => (notation.lower(row.ci_lower), notation.upper(row.ci_upper)),
                false => (notation.effect_if(row.ci_lower), notation.effect_if(row.ci_upper)),
            };
            grid.row([
                row.method.clone(),
                row.effects.to_string(),
                notation.effect_if(row.estimate),
                notation.optional(row.se),
                lower,
                upper,
                row.p_value.map_or("-".to_owned(), |p| p_value(p, 4)),
                notation.optional(row.tau2),
                row.aic.map_or("-".to_owned(), |aic| fixed(aic, notation.decimals(2))),
                row.note.clone().filter(|_| !answer).unwrap_or_else(|| row.assumes.clone()),
            ]);
        }
        grid
    }
}

impl MethodComparison {
    /// `Every method for counts (OR; k = 13, 95% intervals)`.
    pub fn headline(&self) -> String {
        format!("Every method for counts ({}; k = {}, {} intervals)", self.measure, self.k, self.level)
    }

    /// The table of the methods, and the notes.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        let table = Section::untitled().table("", self.grid(notation));
        [table].into_iter().chain(parts::notes(&self.notes)).collect()
    }
}

impl fmt::Display for MethodComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.measure.ratio_name());
        f.write_str(&plain(&self.headline(), &self.sections_in(&notation)))
    }
}
