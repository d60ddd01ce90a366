//! The printed bias analysis: guidance first, then tests, adjusted effects, and the rest.

use std::fmt;

use super::{Align, Grid, fixed, p_value};
use crate::{
    bias::{AsymmetryTest, BiasReport, PetOrPeese, SelectionFit},
    pool::PoolModel,
};

fn cell(value: Option<f64>, digits: usize) -> String {
    value.map_or("-".to_owned(), |v| fixed(v, digits))
}

fn p_cell(p: Option<f64>) -> String {
    p.map_or("-".to_owned(), |p| p_value(p, 4))
}

fn range(lower: Option<f64>, upper: Option<f64>) -> String {
    lower.zip(upper).map_or("-".to_owned(), |(a, b)| format!("{} to {}", fixed(a, 4), fixed(b, 4)))
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
        writeln!(f, "{}\n\n{}", self.headline(), wrapped(&self.guidance))?;
        for section in self.sections() {
            write!(f, "\n{}:\n\n{}", section.title, section.grid.to_text())?;
            if let Some(line) = section.line {
                writeln!(f, "{line}")?;
            }
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

/// A part of the report: a heading, a table and a line under it.
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) grid: Grid,
    pub(super) line: Option<String>,
}

impl BiasReport {
    pub(super) fn headline(&self) -> String {
        let model = match (self.model, self.method) {
            (PoolModel::Random, Some(method)) => format!("random-effects model, tau^2 estimator: {method}"),
            _ => "fixed-effect model".to_owned(),
        };
        format!("Small-study effects among {} studies ({model}; {} inference)", self.k, self.inference)
    }

    pub(super) fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        if !self.tests.is_empty() {
            sections.push(Section {
                title: "Tests for funnel plot asymmetry",
                grid: tests_grid(&self.tests),
                line: None,
            });
        }
        if let Some(grid) = self.adjusted_grid() {
            let line = self.pet_peese.as_ref().map(|p| {
                let taken = if p.chosen == PetOrPeese::Pet { "PET" } else { "PEESE" };
                format!("PET-PEESE takes {taken}.")
            });
            sections.push(Section { title: "Adjusted effects", grid, line });
        }
        if !self.selection_models.is_empty() {
            sections.push(Section {
                title: "Selection models",
                grid: selection_grid(&self.selection_models),
                line: None,
            });
        }
        if let Some(p) = &self.p_curve {
            let mut grid = Grid::new(
                [("curve", Align::Left)]
                    .into_iter()
                    .chain(["k", "right skew Z", "pval", "flatness Z", "pval"].map(|n| (n, Align::Right))),
            );
            let rows = [
                ("full (P < .05)", p.k_significant, Some(p.right_skew_full), Some(p.flatness_full)),
                ("half (P < .025)", p.k_half, p.right_skew_half, p.flatness_half),
            ];
            for (name, k, skew, flat) in rows {
                grid.row([
                    name.to_owned(),
                    k.to_string(),
                    cell(skew.map(|t| t.statistic), 4),
                    p_cell(skew.map(|t| t.p_value)),
                    cell(flat.map(|t| t.statistic), 4),
                    p_cell(flat.map(|t| t.p_value)),
                ]);
            }
            let verdict = match (p.evidential_value, p.inadequate) {
                (true, _) => "Evidential value is present",
                (_, true) => "Evidential value is inadequate or absent",
                _ => "Evidential value is neither shown nor excluded",
            };
            sections.push(Section {
                title: "p-curve",
                grid,
                line: Some(format!(
                    "{verdict}; power {}% (90% CI {} to {}).",
                    fixed(100.0 * p.power, 0),
                    fixed(100.0 * p.power_ci_lower, 0),
                    fixed(100.0 * p.power_ci_upper, 0)
                )),
            });
        }
        if let Some(e) = &self.excess_significance {
            let mut grid = Grid::new(
                ["test", "observed", "expected", "O / E", "X^2", "pval"].map(|n| (n, Align::Right)),
            );
            grid.row([
                e.test.to_string(),
                e.observed.to_string(),
                fixed(e.expected, 4),
                fixed(e.ratio, 4),
                cell(e.statistic, 4),
                p_value(e.p_value, 4),
            ]);
            sections.push(Section { title: "Excess significance (P < .05)", grid, line: None });
        }
        if let Some(n) = &self.failsafe_n {
            let mut grid = Grid::new(
                ["Rosenthal", "Orwin", "target", "Rosenberg", "general"].map(|n| (n, Align::Right)),
            );
            let count = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
            grid.row([
                n.rosenthal.to_string(),
                count(n.orwin),
                cell(n.target, 4),
                n.rosenberg.to_string(),
                count(n.general),
            ]);
            sections.push(Section { title: "Fail-safe N", grid, line: None });
        }
        sections
    }

    /// The effects that the methods adjust, one line each.
    fn adjusted_grid(&self) -> Option<Grid> {
        let mut grid = Grid::new(
            [("method", Align::Left)]
                .into_iter()
                .chain(["estimate", "se", "pval", "ci.lb", "ci.ub", "tau^2"].map(|n| (n, Align::Right))),
        );
        let mut any = false;
        let mut row =
            |name: String, estimate: f64, se: f64, p: Option<f64>, ci: (f64, f64), tau2: Option<f64>| {
                any = true;
                grid.row([
                    name,
                    fixed(estimate, 4),
                    fixed(se, 4),
                    p_cell(p),
                    fixed(ci.0, 4),
                    fixed(ci.1, 4),
                    cell(tau2, 4),
                ]);
            };
        if let Some(t) = &self.trim_and_fill {
            let name = format!("trim and fill ({}: {} filled {})", t.estimator, t.k0, t.side);
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
        if let Some(h) = &self.henmi_copas {
            row("Henmi-Copas".to_owned(), h.estimate, h.se, None, (h.ci_lower, h.ci_upper), Some(h.tau2));
        }
        any.then_some(grid)
    }

    /// The report as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("## {}\n\n{}\n", self.headline(), self.guidance);
        for section in self.sections() {
            out += &format!("\n### {}\n\n{}", section.title, section.grid.to_markdown());
            if let Some(line) = section.line {
                out += &format!("\n{line}\n");
            }
        }
        if !self.notes.is_empty() {
            out += "\n### Notes\n\n";
            for note in &self.notes {
                out += &format!("- {note}\n");
            }
        }
        out
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
    match (test.intercept, test.slope) {
        (Some(_), _) => ("intercept", test.intercept),
        (_, Some(_)) => ("slope", test.slope),
        _ => ("tau", test.tau),
    }
}

fn tests_grid(tests: &[AsymmetryTest]) -> Grid {
    let mut header = vec![("test", Align::Left), ("tested", Align::Left)];
    header.extend(["value", "se", "statistic", "df", "pval", "limit effect"].map(|n| (n, Align::Right)));
    let mut grid = Grid::new(header);
    for t in tests {
        let (tested, value) = tested(t);
        let limit = t.limit_estimate.map_or("-".to_owned(), |e| {
            format!("{} ({})", fixed(e, 4), range(t.limit_ci_lower, t.limit_ci_upper))
        });
        grid.row([
            t.name.to_string(),
            tested.to_owned(),
            cell(value, 4),
            cell(t.se, 4),
            cell(t.statistic, 4),
            cell(t.df, 0),
            p_cell(t.p_value),
            limit,
        ]);
    }
    grid
}

fn selection_grid(fits: &[SelectionFit]) -> Grid {
    let mut header = vec![("model", Align::Left), ("alternative", Align::Left), ("delta (se)", Align::Left)];
    header.extend(["LRT", "df", "pval", "estimate", "se", "ci", "tau^2"].map(|n| (n, Align::Right)));
    let mut grid = Grid::new(header);
    for s in fits {
        let steps: Vec<String> = s.steps.iter().map(ToString::to_string).collect();
        let colon = if steps.is_empty() { "" } else { ":" };
        let name = format!("{}{colon}{}", s.name, steps.join(","));
        let delta: Vec<String> = s
            .delta
            .iter()
            .zip(&s.delta_se)
            .map(|(d, se)| match se {
                Some(se) => format!("{} ({})", fixed(*d, 4), fixed(*se, 4)),
                None => fixed(*d, 4),
            })
            .collect();
        grid.row([
            name,
            s.alternative.to_string(),
            delta.join(", "),
            fixed(s.lrt, 4),
            s.lrt_df.to_string(),
            p_value(s.lrt_p_value, 4),
            fixed(s.estimate, 4),
            cell(s.se, 4),
            range(s.ci_lower, s.ci_upper),
            cell(s.tau2, 4),
        ]);
    }
    grid
}
