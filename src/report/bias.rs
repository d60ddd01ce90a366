//! The printed bias analysis: guidance first, then tests, adjusted effects, and the rest.

use std::fmt;

use super::parts;
use crate::{
    bias::{
        Alternative, Analysis, AsymmetryTest, BiasReport, Copas, PCurve, PetOrPeese, SelectionFit,
        SimulatedData, SmallStudyPower, WorstCase, ZCurve,
    },
    pool::PoolModel,
    text::{Align, Grid, Notation, Section, fixed, markdown, optional as cell, p_value, plain},
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

fn selection_grid(fits: &[SelectionFit], notation: &Notation) -> Grid {
    let mut header = vec![("model", Align::Left), ("alternative", Align::Left), ("delta (se)", Align::Left)];
    header.extend(
        ["LRT", "df", "pval", notation.estimate(), notation.se(), "ci", "tau^2"].map(|n| (n, Align::Right)),
    );
    let mut grid = Grid::new(header);
    for s in fits {
        // Many fixed weights have a name instead.
        let shown =
            if s.delta.len() > 6 && s.delta_se.iter().all(Option::is_none) { 0 } else { s.delta.len() };
        let delta: Vec<String> = s.delta[..shown]
            .iter()
            .zip(&s.delta_se)
            .map(|(d, se)| match se {
                Some(se) => format!("{} ({})", notation.number(*d), notation.number(*se)),
                None => notation.number(*d),
            })
            .collect();
        grid.row([
            s.model.clone(),
            s.alternative.to_string(),
            if shown == 0 { "fixed".to_owned() } else { delta.join(", ") },
            notation.optional(s.lrt),
            if s.lrt.is_some() { s.lrt_df.to_string() } else { "-".to_owned() },
            p_cell(s.lrt_p_value),
            notation.effect(s.estimate),
            notation.optional(s.se),
            range(s.ci_lower, s.ci_upper, notation),
            notation.optional(s.tau2),
        ]);
        for c in s.coefficients.iter().flatten() {
            grid.row([
                format!("  {}", c.term),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                p_cell(c.p_value),
                notation.effect(c.estimate),
                notation.optional(c.se),
                range(c.ci_lower, c.ci_upper, notation),
                String::new(),
            ]);
        }
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

fn profile_section(fits: &[SelectionFit], notation: &Notation) -> Option<Part> {
    let mut grid = headed("model", [notation.estimate(), "tau^2", "delta"]);
    let plain = &notation.of_logarithms();
    let mut any = false;
    for s in fits {
        let Some(p) = &s.profile else { continue };
        any = true;
        let number = |ends: [Option<f64>; 2]| limits(ends, plain);
        let deltas: Vec<String> = p.delta.iter().map(|d| d.map_or("fixed".to_owned(), number)).collect();
        let coefficients = p.coefficients.iter().map(|ends| limits(*ends, notation));
        grid.row([
            s.model.clone(),
            coefficients.collect::<Vec<_>>().join("; "),
            p.tau2.map_or("-".to_owned(), number),
            if p.delta.iter().all(Option::is_none) { "fixed".to_owned() } else { deltas.join("; ") },
        ]);
    }
    any.then_some(Part { title: "Profile-likelihood intervals of selection models", grid, line: None })
}

fn copas_section(copas: &Copas, notation: &Notation) -> Part {
    let mut grid = headed(
        "P(published), least to most precise",
        ["missing", notation.estimate(), notation.se(), "pval", "ci", "tau^2", "rho", "residual pval"],
    );
    let strongest = copas.chosen;
    for (i, p) in copas.grid.iter().enumerate() {
        // The grid has many rows; those with a most precise study of 0.99 are shown, and the chosen one.
        if p.most_precise != 0.99 && p.gamma0.is_some() && strongest != Some(i) {
            continue;
        }
        let mark = if strongest == Some(i) { " *" } else { "" };
        grid.row([
            format!("{} to {}{mark}", p.least_precise, p.most_precise),
            fixed(p.missing, 1),
            notation.effect(p.estimate),
            notation.optional(p.se),
            p_cell(p.p_value),
            range(p.ci_lower, p.ci_upper, notation),
            notation.number(p.tau2),
            notation.optional(p.rho),
            p_value(p.residual_p_value, 4),
        ]);
    }
    let line = match strongest {
        Some(_) => {
            "* the fewest missing studies that leave no residual asymmetry (P of at least 0.1): the adjusted estimate."
        }
        None => "Every strength of selection in the grid leaves residual asymmetry: no adjusted estimate.",
    };
    Part { title: "Copas selection model", grid, line: Some(line.to_owned()) }
}

fn p_curve_section(p: &PCurve, notation: &Notation) -> Part {
    let mut grid = headed("curve", ["k", "right skew Z", "pval", "flatness Z", "pval"]);
    let rows = [
        ("full (P < .05)", p.k_significant, Some(p.right_skew_full), Some(p.flatness_full)),
        ("half (P < .025)", p.k_half, p.right_skew_half, p.flatness_half),
    ];
    for (name, k, skew, flat) in rows {
        grid.row([
            name.to_owned(),
            k.to_string(),
            notation.optional(skew.map(|t| t.statistic)),
            p_cell(skew.map(|t| t.p_value)),
            notation.optional(flat.map(|t| t.statistic)),
            p_cell(flat.map(|t| t.p_value)),
        ]);
    }
    for d in &p.robustness {
        let (n, which) = if d.lowest > 0 { (d.lowest, "lowest") } else { (d.highest, "highest") };
        grid.row([
            format!("full, {n} {which} dropped"),
            (p.k_significant - n).to_string(),
            notation.number(d.right_skew_full.statistic),
            p_value(d.right_skew_full.p_value, 4),
            notation.number(d.flatness_full.statistic),
            p_value(d.flatness_full.p_value, 4),
        ]);
    }
    let verdict = match (p.evidential_value, p.inadequate) {
        (true, _) => "Evidential value is present",
        (_, true) => "Evidential value is inadequate or absent",
        _ => "Evidential value is neither shown nor excluded",
    };
    Part {
        title: "p-curve",
        grid,
        line: Some(format!(
            "{verdict}; power {}% (90% CI {} to {}).",
            fixed(100.0 * p.power, 0),
            fixed(100.0 * p.power_ci_lower, 0),
            fixed(100.0 * p.power_ci_upper, 0)
        )),
    }
}

fn z_curve_section(z: &ZCurve, notation: &Notation) -> Part {
    let mut grid = headed("rate", ["estimate", "ci.lb", "ci.ub"]);
    grid.row([
        "expected replication rate".to_owned(),
        notation.number(z.err),
        notation.optional(z.err_ci_lower),
        notation.optional(z.err_ci_upper),
    ]);
    grid.row([
        "expected discovery rate".to_owned(),
        notation.number(z.edr),
        notation.optional(z.edr_ci_lower),
        notation.optional(z.edr_ci_upper),
    ]);
    let plain = |name: &str, x: f64| [name.to_owned(), notation.number(x), "-".to_owned(), "-".to_owned()];
    grid.row(plain("observed discovery rate", z.observed_discovery_rate));
    grid.row(plain("Soric's false discovery risk", z.soric_fdr));
    grid.row(plain("file drawer ratio", z.file_drawer_ratio));
    Part {
        title: "z-curve",
        grid,
        line: Some(format!(
            "{} significant studies, {} of them with |z| up to 5; intervals from {} resampled sets.",
            z.k_significant, z.k_fitted, z.bootstrap
        )),
    }
}

fn worst_case_section(w: &WorstCase, notation: &Notation) -> Part {
    let names = [notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub"];
    let mut grid = headed("affirmative studies published", names);
    for c in &w.corrected {
        grid.row([
            c.eta.map_or("worst case".to_owned(), |eta| format!("{eta} times as often")),
            notation.effect(c.estimate),
            notation.number(c.se),
            p_value(c.p_value, 4),
            notation.effect(c.ci_lower),
            notation.effect(c.ci_upper),
        ]);
    }
    let to = match notation.is_ratio() {
        true => format!("a {} of {}", notation.estimate(), notation.effect(w.threshold)),
        false => w.threshold.to_string(),
    };
    let value = |s: Option<f64>| s.map_or("not possible".to_owned(), |s| fixed(s, 2));
    let direction = if w.favored == Alternative::Less { "negative" } else { "positive" };
    Part {
        title: "Sensitivity to selection",
        grid,
        line: Some(format!(
            "{} of {} studies are affirmative (significant and {direction}). S values to {to}: estimate {}, confidence limit {}.",
            w.k_affirmative,
            w.k_affirmative + w.k_other,
            value(w.s_value),
            value(w.s_value_ci)
        )),
    }
}

fn power_section(p: &SmallStudyPower, notation: &Notation) -> Part {
    let mut grid = headed("test", ["size", "power"]);
    for t in &p.tests {
        let name = if t.name == Analysis::Lfk { "lfk beyond 1".to_owned() } else { t.name.to_string() };
        grid.row([name, cell(t.size, 3), cell(t.power, 3)]);
    }
    let mean = if notation.is_ratio() { notation.estimate() } else { "mean" };
    let drawn = match p.drawn {
        SimulatedData::Tables => "two-by-two tables",
        SimulatedData::StandardizedMeans => "standardized mean differences",
        SimulatedData::Effects => "normal effects",
    };
    Part {
        title: "Power of the tests at 0.05, by simulation",
        grid,
        line: Some(format!(
            "{} replicates of {drawn} with {mean} {}, tau^2 {}; under selection a study that is not significant is published \
             {} times as often as others. Seed {}.",
            p.replicates,
            notation.effect(p.mean),
            notation.number(p.tau2),
            p.relative_probability,
            p.seed
        )),
    }
}

impl BiasReport {
    /// Remarks on the tests without a P value, or with two of them.
    fn tests_line(&self) -> Option<String> {
        let mut lines = Vec::new();
        if let Some(p) = self.tests.iter().find_map(|t| t.combined_p_value) {
            lines.push(format!("Skewness and regression combined: pval {}.", p_value(p, 4)));
        }
        if let Some(index) = self.tests.iter().find_map(|t| t.index) {
            let word = match index.abs() {
                x if x <= 1.0 => "no",
                x if x <= 2.0 => "minor",
                _ => "major",
            };
            lines.push(format!(
                "LFK beyond 1 is called asymmetry (here: {word}), but it is no test: its false-positive rate depends on the \
                 number and size of the studies (Schwarzer et al. 2024)."
            ));
        }
        (!lines.is_empty()).then(|| wrapped(&lines.join(" ")))
    }

    fn p_uniform_section(&self, notation: &Notation) -> Option<Part> {
        let names = ["k", "significant", notation.estimate(), "ci", "pval", "tau^2", "bias pval"];
        let mut grid = headed("method", names);
        if let Some(p) = &self.p_uniform {
            grid.row([
                "p-uniform".to_owned(),
                p.k_significant.to_string(),
                p.k_significant.to_string(),
                notation.effect(p.estimate),
                notation.range(p.ci_lower, p.ci_upper),
                p_value(p.p_value, 4),
                "-".to_owned(),
                p_value(p.bias_p_value, 4),
            ]);
        }
        if let Some(p) = &self.p_uniform_star {
            grid.row([
                "p-uniform*".to_owned(),
                (p.k_significant + p.k_other).to_string(),
                p.k_significant.to_string(),
                notation.effect(p.estimate),
                limits([p.ci_lower, p.ci_upper], notation),
                p_value(p.p_value, 4),
                notation.number(p.tau2),
                "-".to_owned(),
            ]);
        }
        (self.p_uniform.is_some() || self.p_uniform_star.is_some()).then_some(Part {
            title: "p-uniform",
            grid,
            line: None,
        })
    }

    fn bounds_section(&self, notation: &Notation) -> Option<Part> {
        let bounds = self.reporting_bias.as_ref()?;
        // The bias of a logarithm is a factor of the ratio.
        let bias = if notation.is_ratio() { "largest factor" } else { "largest bias" };
        let mut grid = headed("unreported studies", [bias, notation.estimate(), "ci.lb", "ci.ub"]);
        for b in bounds {
            grid.row([
                b.unreported.to_string(),
                notation.effect(b.max_bias),
                notation.effect(b.estimate),
                notation.effect(b.ci_lower),
                notation.effect(b.ci_upper),
            ]);
        }
        Some(Part { title: "Bounds of the bias from unreported studies", grid, line: None })
    }

    fn imputed_section(&self, notation: &Notation) -> Option<Part> {
        let effects = self.missing_outcomes.as_ref()?;
        let names = ["k", notation.estimate(), notation.se(), "pval", "ci.lb", "ci.ub", "tau^2"];
        let mut grid = headed("missing outcomes", names);
        for e in effects {
            grid.row([
                e.strategy.to_string(),
                e.k.to_string(),
                notation.effect(e.estimate),
                notation.number(e.se),
                p_cell(e.p_value),
                notation.effect(e.ci_lower),
                notation.effect(e.ci_upper),
                notation.optional(e.tau2),
            ]);
        }
        Some(Part { title: "Missing outcomes", grid, line: None })
    }
}
