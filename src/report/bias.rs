//! The printed bias analysis: guidance first, then tests, adjusted effects, and the rest.

mod adjusted;

use std::fmt;

use super::parts;
use crate::{
    bias::{AsymmetryTest, BiasReport, PetOrPeese},
    pool::PoolModel,
    text::{Align, Grid, Notation, Section, fixed, markdown, optional as cell, p_value, plain},
};

use adjusted::{
    copas_section, p_curve_section, power_section, profile_section, selection_grid, worst_case_section,
    z_curve_section,
};

/// A number of which small values keep their digits.
fn small(value: Option<f64>, notation: &Notation) -> String {
    match value {
        Some(v) if v != 0.0 && v.abs() < 0.001 => format!("{v:.2e}"),
        value => notation.optional(value),
    }
}

fn p_cell(p: Option<f64>) -> String {
    p.map_or("-".to_owned(), |p| p_value(p, 4))
}

fn range(lower: Option<f64>, upper: Option<f64>, notation: &Notation) -> String {
    lower.zip(upper).map_or("-".to_owned(), |(lower, upper)| notation.range(lower, upper))
}

/// Words in lines of at most 100 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let n = word.chars().count();
        if width > 0 && width + 1 + n > 100 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out += word;
        width += n;
    }
    out
}

impl fmt::Display for BiasReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notation = Notation::asked(f, self.measure.ratio_name(None));
        f.write_str(&plain(&self.headline(), &self.wrapped_in(&notation)))
    }
}

/// A part of the report: a heading, a table and a line under it.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) grid: Grid,
    pub(super) line: Option<String>,
}

impl Part {
    /// The part as a section; the line stands right below the table.
    fn section(self) -> Section {
        Section::new(self.title).table("", self.grid).lines(self.line)
    }
}

impl BiasReport {
    /// The printed report: guidance, then the tests, adjusted effects and the rest, notes.
    pub fn sections(&self) -> Vec<Section> {
        self.sections_in(&parts::notation(self.measure, None))
    }

    /// The printed report in a notation.
    pub fn sections_in(&self, notation: &Notation) -> Vec<Section> {
        self.sections_with(&self.guidance, notation)
    }

    /// The same with the guidance in lines for a terminal.
    pub fn wrapped_in(&self, notation: &Notation) -> Vec<Section> {
        self.sections_with(&wrapped(&self.guidance), notation)
    }

    fn sections_with(&self, guidance: &str, notation: &Notation) -> Vec<Section> {
        let mut sections = vec![Section::untitled().paragraph(guidance)];
        sections.extend(self.parts(notation).into_iter().map(Part::section));
        sections.extend(parts::notes(&self.notes));
        sections
    }

    /// The number of studies and the model.
    pub fn headline(&self) -> String {
        let model = match (self.model, self.method) {
            (PoolModel::Random, Some(method)) => format!("random-effects model, tau^2 estimator: {method}"),
            _ => "fixed-effect model".to_owned(),
        };
        format!("Small-study effects among {} studies ({model}; {} inference)", self.k, self.inference)
    }

    pub(super) fn parts(&self, notation: &Notation) -> Vec<Part> {
        let mut sections = Vec::new();
        if !self.tests.is_empty() {
            sections.push(Part {
                title: "Tests for funnel plot asymmetry",
                grid: tests_grid(&self.tests, notation),
                line: self.tests_line(),
            });
        }
        sections.extend(self.adjusted_part(notation));
        if !self.selection_models.is_empty() {
            sections.push(Part {
                title: "Selection models",
                grid: selection_grid(&self.selection_models, notation),
                line: None,
            });
        }
        if let Some(section) = profile_section(&self.selection_models, notation) {
            sections.push(section);
        }
        sections.extend(self.copas.as_ref().map(|copas| copas_section(copas, notation)));
        sections.extend(self.p_curve.as_ref().map(|curve| p_curve_section(curve, notation)));
        if let Some(section) = self.p_uniform_section(notation) {
            sections.push(section);
        }
        sections.extend(self.z_curve.as_ref().map(|curve| z_curve_section(curve, notation)));
        sections.extend(self.worst_case.as_ref().map(|worst| worst_case_section(worst, notation)));
        if let Some(section) = self.bounds_section(notation) {
            sections.push(section);
        }
        if let Some(section) = self.imputed_section(notation) {
            sections.push(section);
        }
        sections.extend(self.excess_part(notation));
        sections.extend(self.failsafe_part(notation));
        sections.extend(self.power.as_ref().map(|power| power_section(power, notation)));
        sections
    }

    /// The adjusted effects, and what PET-PEESE and UWLS say of themselves.
    fn adjusted_part(&self, notation: &Notation) -> Option<Part> {
        let grid = self.adjusted_grid(notation)?;
        let mut lines = Vec::new();
        if let Some(p) = &self.pet_peese {
            let taken = if p.chosen == PetOrPeese::Pet { "PET" } else { "PEESE" };
            lines.push(format!("PET-PEESE takes {taken}."));
        }
        if let Some(u) = &self.uwls {
            let waap = match u.waap {
                None => format!(" {} adequately powered: WAAP-WLS is UWLS.", u.k_adequate),
                Some(_) => String::new(),
            };
            let power = fixed(100.0 * u.median_power, 0);
            lines.push(format!("Median power to find the UWLS effect {power}%.{waap}"));
        }
        let line = (!lines.is_empty()).then(|| lines.join(" "));
        Some(Part { title: "Adjusted effects", grid, line })
    }

    fn excess_part(&self, notation: &Notation) -> Option<Part> {
        let e = self.excess_significance.as_ref()?;
        let names = ["test", "observed", "expected", "O / E", "X^2", "pval"];
        let mut grid = Grid::new(names.map(|n| (n, Align::Right)));
        grid.row([
            e.test.to_string(),
            e.observed.to_string(),
            notation.number(e.expected),
            notation.number(e.ratio),
            notation.optional(e.statistic),
            p_cell(e.p_value),
        ]);
        Some(Part { title: "Excess significance (P < .05)", grid, line: None })
    }

    fn failsafe_part(&self, notation: &Notation) -> Option<Part> {
        let n = self.failsafe_n.as_ref()?;
        let names = ["Rosenthal", "Orwin", "target", "Rosenberg", "general"];
        let mut grid = Grid::new(names.map(|n| (n, Align::Right)));
        let count = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
        grid.row([
            count(n.rosenthal),
            count(n.orwin),
            notation.effect_if(n.target),
            count(n.rosenberg),
            count(n.general),
        ]);
        Some(Part { title: "Fail-safe N", grid, line: None })
    }

    /// The effects that the methods adjust, one line each.
    fn adjusted_grid(&self, notation: &Notation) -> Option<Grid> {
        let mut grid = Grid::new(
            [("method", Align::Left)].into_iter().chain(
                [notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "tau^2"]
                    .map(|n| (n, Align::Right)),
            ),
        );
        let mut any = false;
        let mut row =
            |name: String, estimate: f64, se: f64, p: Option<f64>, ci: (f64, f64), tau2: Option<f64>| {
                any = true;
                grid.row([
                    name,
                    notation.effect(estimate),
                    notation.number(se),
                    p_cell(p),
                    notation.effect(ci.0),
                    notation.effect(ci.1),
                    notation.optional(tau2),
                ]);
            };
        if let Some(t) = &self.trim_and_fill {
            let trimmed = match (t.trimming, self.model) {
                (PoolModel::Random, PoolModel::Random) => ", random-random",
                (_, PoolModel::Random) => ", fixed-random",
                _ => "",
            };
            let name = format!("trim and fill ({}{trimmed}: {} filled {})", t.estimator, t.k0, t.side);
            row(name, t.estimate, t.se, t.p_value, (t.ci_lower, t.ci_upper), t.tau2);
        }
        if let Some(p) = &self.pet_peese {
            for (name, e) in [("PET", p.pet), ("PEESE", p.peese)] {
                row(name.to_owned(), e.estimate, e.se, e.p_value, (e.ci_lower, e.ci_upper), None);
            }
        }
        if let Some(l) = &self.limit {
            row(
                "limit meta-analysis".to_owned(),
                l.estimate,
                l.se,
                l.p_value,
                (l.ci_lower, l.ci_upper),
                Some(l.tau2),
            );
        }
        if let Some(u) = &self.uwls {
            let e = u.uwls;
            row("UWLS".to_owned(), e.estimate, e.se, e.p_value, (e.ci_lower, e.ci_upper), None);
            if let Some(e) = u.waap {
                let name = format!("WAAP ({} of {} adequately powered)", u.k_adequate, self.k);
                row(name, e.estimate, e.se, e.p_value, (e.ci_lower, e.ci_upper), None);
            }
        }
        if let Some(h) = &self.henmi_copas {
            row("Henmi-Copas".to_owned(), h.estimate, h.se, None, (h.ci_lower, h.ci_upper), Some(h.tau2));
        }
        any.then_some(grid)
    }

    /// The report as Markdown.
    pub fn to_markdown(&self) -> String {
        markdown(&self.headline(), &self.sections())
    }

    /// The tests as CSV with all digits, one line each.
    pub fn to_csv(&self) -> String {
        let names = [
            "name",
            "tested",
            "value",
            "se",
            "statistic",
            "df",
            "p_value",
            "limit_estimate",
            "limit_ci_lower",
            "limit_ci_upper",
        ];
        let mut grid = Grid::new(names.map(|n| (n, Align::Right)));
        let text = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        for t in &self.tests {
            let (tested, value) = tested(t);
            let mut row = vec![t.name.to_string(), tested.to_owned()];
            row.extend(
                [
                    value,
                    t.se,
                    t.statistic,
                    t.df,
                    t.p_value,
                    t.limit_estimate,
                    t.limit_ci_lower,
                    t.limit_ci_upper,
                ]
                .map(text),
            );
            grid.row(row);
        }
        grid.to_csv()
    }
}

fn tested(test: &AsymmetryTest) -> (&'static str, Option<f64>) {
    match (test.intercept, test.slope, test.skewness, test.index) {
        (Some(_), ..) => ("intercept", test.intercept),
        (_, Some(_), ..) => ("slope", test.slope),
        (_, _, Some(_), _) => ("skewness", test.skewness),
        (.., Some(_)) => ("index", test.index),
        _ => ("tau", test.tau),
    }
}

fn tests_grid(tests: &[AsymmetryTest], notation: &Notation) -> Grid {
    let mut header = vec![("test", Align::Left), ("tested", Align::Left)];
    let limit = match notation.is_ratio() {
        true => format!("limit {}", notation.estimate()),
        false => "limit effect".to_owned(),
    };
    header.extend(["value", "se", "statistic", "df", "pval", limit.as_str()].map(|n| (n, Align::Right)));
    let mut grid = Grid::new(header);
    for t in tests {
        let (tested, value) = tested(t);
        let limit = t.limit_estimate.map_or("-".to_owned(), |e| {
            format!("{} ({})", notation.effect(e), range(t.limit_ci_lower, t.limit_ci_upper, notation))
        });
        grid.row([
            t.name.to_string(),
            tested.to_owned(),
            small(value, notation),
            small(t.se, notation),
            notation.optional(t.statistic),
            cell(t.df, 0),
            p_cell(t.p_value),
            limit,
        ]);
    }
    grid
}

fn headed<const N: usize>(first: &str, rest: [&str; N]) -> Grid {
    Grid::new([(first, Align::Left)].into_iter().chain(rest.map(|n| (n, Align::Right))))
}

/// An interval of effects with limits that may not exist.
fn limits(limits: [Option<f64>; 2], notation: &Notation) -> String {
    let end = |x: Option<f64>| x.map_or("?".to_owned(), |x| notation.effect(x));
    format!("{} to {}", end(limits[0]), end(limits[1]))
}
